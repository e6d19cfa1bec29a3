/* What a draft must have and whether it is there: a score and a grade (V06),
 * targets (V07), problems and measures (V11), the result of a survey (V23),
 * what became of last year's problems (V24).
 *
 * Of our own report the records answer for these, not its words. */
#include "check/review_internal.h"
#include "check/review_scan.h"

#include <string.h>

#define SCORE_AHEAD 24 /* bytes between 自评得分 and the number */
#define SCORE_WHOLE 100
#define GRADE_AHEAD 12

typedef struct
{
  const HxTextBlock *block;
  gsize offset, length;
} Spot;

/* The first place of one of the words; FALSE: none. */
static gboolean
find_spot (const HxReviewText *text, const char *const *words, Spot *spot)
{
  for (guint i = 0; i < text->blocks->len; i++)
    {
      spot->block = text->blocks->pdata[i];
      spot->offset = 0;
      if (hx_words_find (spot->block->words->str, &spot->offset, words,
                         &spot->length))
        return TRUE;
    }
  return FALSE;
}

static void
found_lack (HxReviewCase *review, guint number, const char *place,
            const HxFound *what)
{
  HxFound found = *what;

  found.place = place;
  hx_review_found (review, number, &found);
}

/* ------------------------------------------------------------------ V06 score
 */

static gboolean
score_behind (const char *text, gsize from, HxDecimal *score)
{
  for (gsize at = from; at <= from + SCORE_AHEAD && text[at] != '\0';
       at += hx_text_width (text + at))
    if (hx_scan_number (text, at, score) > at)
      return TRUE;
  return FALSE;
}

gboolean
hx_review_stated_score (HxReviewCase *review, HxFound *found, HxDecimal *score)
{
  const char *const *words = HX_REVIEW_WORD (review, HX_REVIEW_SCORES);

  for (guint i = 0; i < review->text->blocks->len; i++)
    {
      const HxTextBlock *block = review->text->blocks->pdata[i];
      gsize at = 0, length;

      while (hx_words_find (block->words->str, &at, words, &length))
        {
          found->block = block;
          found->offset = at;
          found->length = length;
          at += length;
          if (score_behind (block->words->str, at, score))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
find_grade (HxReviewCase *review)
{
  const char *const *names = HX_REVIEW_WORD (review, HX_REVIEW_GRADE_NAMES);
  const char *const *words = HX_REVIEW_WORD (review, HX_REVIEW_GRADES);

  for (guint i = 0; i < review->text->blocks->len; i++)
    {
      const HxTextBlock *block = review->text->blocks->pdata[i];
      const char *text = block->words->str;
      gsize at = 0, length;

      while (hx_words_find (text, &at, words, &length))
        {
          gsize name = at + length, size;

          if (hx_words_find (text, &name, names, &size)
              && name <= at + length + GRADE_AHEAD)
            return TRUE;
          at += length;
        }
    }
  return FALSE;
}

gboolean
hx_review_draft_score (HxReviewCase *review, GError **error)
{
  const HxFound no_score = { .rule = _ ("自评报告要有自评得分"),
                             .value = _ ("没有写得分"),
                             .advice = _ ("按评分表逐项打分，写明总分") };
  const HxFound no_grade = { .rule = _ ("自评报告要有评价等级"),
                             .value = _ ("没有写等级"),
                             .advice = _ ("按总分写明优、良、中、差") };
  const HxDecimal whole = { SCORE_WHOLE, 0 };
  HxFound found
      = { .rule = _ ("得分在 0 和满分之间"), .advice = _ ("核对评分表") };
  HxDecimal score;

  (void)error;
  if (!hx_review_stated_score (review, &found, &score))
    found_lack (review, 6, hx_review_whole (), &no_score);
  else if (hx_decimal_compare (score, whole) > 0)
    {
      g_autofree char *value = hx_decimal_format (score);

      found.value = value;
      hx_review_found (review, 6, &found);
    }
  if (!find_grade (review))
    found_lack (review, 6, hx_review_whole (), &no_grade);
  return TRUE;
}

/* ---------------------------------------------------------------- V07 targets
 */

gboolean
hx_review_draft_targets (HxReviewCase *review, GError **error)
{
  const HxFound found
      = { .rule = _ ("每项重点任务至少有一个指标，写明年度指标值和实际完成值"),
          .value = _ ("全文没有指标值或目标值"),
          .advice = _ ("逐项任务补上指标、年度指标值和实际完成值") };
  Spot spot;

  (void)error;
  if (!find_spot (review->text, HX_REVIEW_WORD (review, HX_REVIEW_TARGETS),
                  &spot))
    found_lack (review, 7, hx_review_whole (), &found);
  return TRUE;
}

/* -------------------------------------------------- V11 problems and measures
 */

typedef struct
{
  const HxTextBlock *heading; /* NULL: there is no such section */
  GString *words;             /* of its blocks, the headings aside */
} Section;

static Section
section_of (const HxReviewText *text, const char *const *words)
{
  Section section = { NULL, g_string_new (NULL) };

  for (guint i = 0; i < text->blocks->len; i++)
    {
      const HxTextBlock *block = text->blocks->pdata[i];

      if (!hx_text_block_in (block, words))
        continue;
      if (section.heading == NULL)
        section.heading = block;
      if (block->kind != HX_BLOCK_HEADING)
        g_string_append_printf (section.words, "%s\n", block->words->str);
    }
  return section;
}

/* 无。 暂无 没有问题 : nothing is said but that there is nothing. */
static gboolean
says_nothing (HxReviewCase *review, const char *text)
{
  const char *const *nothing = HX_REVIEW_WORD (review, HX_REVIEW_NOTHING);
  g_autofree char *words = g_strdup (text);
  gsize length;

  g_strdelimit (words, "\n", ' ');
  g_strstrip (words);
  length = hx_words_at (words, nothing);
  return *words == '\0'
         || (length > 0
             && (words[length] == '\0'
                 || g_str_has_prefix (words + length, "。")));
}

static void
check_section (HxReviewCase *review, const Section *section, const char *what)
{
  g_autofree char *rule = g_strdup_printf (_ ("%s要写实"), what);
  const HxFound missing = { .place = hx_review_whole (),
                            .rule = rule,
                            .value = _ ("没有这一部分"),
                            .advice = _ ("补上这一部分") };
  const HxFound empty = { .block = section->heading,
                          .rule = rule,
                          .value = _ ("没有内容，或只写了“无”"),
                          .advice = _ ("写明问题、原因和涉及的金额或指标") };

  if (section->heading == NULL)
    hx_review_found (review, 11, &missing);
  else if (says_nothing (review, section->words->str))
    hx_review_found (review, 11, &empty);
}

/* 6月30日, 2024年6月 : a day or a month in figures. */
static gboolean
has_date (const char *text)
{
  for (gsize at = 0; text[at] != '\0';)
    {
      gsize end;
      int number = hx_scan_small (text, at, &end);

      if (number >= 1 && number <= 12 && g_str_has_prefix (text + end, "月"))
        return TRUE;
      at = end > at ? end : at + hx_text_width (text + at);
    }
  return FALSE;
}

/* A number that is neither an ordinal at a line's start nor part of a date. */
static gboolean
has_result (const char *text)
{
  gunichar before = '\n';

  for (gsize at = 0; text[at] != '\0';)
    {
      HxDecimal value;
      gsize end = hx_scan_number (text, at, &value);
      gunichar next = g_utf8_get_char (text + end);

      if (end > at && before != '\n' && before != 0xFF08
          && (next == 0 || g_utf8_strchr ("年月日季.、", -1, next) == NULL))
        return TRUE;
      before = end > at ? '0' : next;
      at = end > at ? end : at + hx_text_width (text + at);
    }
  return FALSE;
}

static void
found_measure (HxReviewCase *review, const Section *section, const char *value)
{
  const HxFound found = {
    .block = section->heading,
    .rule = _ ("每条措施有责任人、完成时限和可衡量的成果"),
    .value = value,
    .advice = _ ("逐条写明由谁、到哪一天、做到什么数"),
  };

  hx_review_found (review, 11, &found);
}

static void
check_measures (HxReviewCase *review, const Section *section)
{
  const char *text = section->words->str;
  gsize from = 0, length;

  if (section->heading == NULL || says_nothing (review, text))
    return;
  if (!hx_words_find (text, &from, HX_REVIEW_WORD (review, HX_REVIEW_OWNERS),
                      &length))
    found_measure (review, section, _ ("没有责任人"));
  from = 0;
  if (!has_date (text)
      && !hx_words_find (text, &from, HX_REVIEW_WORD (review, HX_REVIEW_DUES),
                         &length))
    found_measure (review, section, _ ("没有完成时限"));
  if (!has_result (text))
    found_measure (review, section, _ ("没有可衡量的成果"));
}

gboolean
hx_review_draft_measures (HxReviewCase *review, GError **error)
{
  Section problems
      = section_of (review->text, HX_REVIEW_WORD (review, HX_REVIEW_PROBLEMS));
  Section measures
      = section_of (review->text, HX_REVIEW_WORD (review, HX_REVIEW_MEASURES));
  const HxFound found = { .rule = _ ("报告要写明上年问题的整改情况"),
                          .value = _ ("全文没有提到整改"),
                          .advice = _ ("逐条写明上年问题整改到哪一步") };
  Spot spot;

  (void)error;
  check_section (review, &problems, _ ("存在的问题"));
  check_section (review, &measures, _ ("改进措施"));
  check_measures (review, &measures);
  if (!find_spot (review->text, HX_REVIEW_WORD (review, HX_REVIEW_RECTIFIED),
                  &spot))
    found_lack (review, 24, hx_review_whole (), &found);
  g_string_free (problems.words, TRUE);
  g_string_free (measures.words, TRUE);
  return TRUE;
}

/* ---------------------------------------------------------------- V23 surveys
 */

/* 满意度98.5% anywhere in the text. */
static gboolean
has_satisfaction (HxReviewCase *review)
{
  const char *const *words = HX_REVIEW_WORD (review, HX_REVIEW_SATISFACTION);

  for (guint i = 0; i < review->text->blocks->len; i++)
    {
      const HxTextBlock *block = review->text->blocks->pdata[i];
      gsize at = 0, length;

      if (hx_words_find (block->words->str, &at, words, &length)
          && (strchr (block->words->str + at, '%') != NULL
              || strstr (block->words->str + at, "％") != NULL))
        return TRUE;
    }
  return FALSE;
}

gboolean
hx_review_draft_surveys (HxReviewCase *review, GError **error)
{
  HxFound found = { .rule = _ ("做过调查的，写明满意度、发放和有效份数") };
  Spot survey, samples;

  (void)error;
  if (!find_spot (review->text, HX_REVIEW_WORD (review, HX_REVIEW_SURVEYS),
                  &survey))
    return TRUE;
  found.block = survey.block;
  found.offset = survey.offset;
  found.length = survey.length;
  found.value = _ ("没有满意度");
  found.advice = _ ("写明满意度，并附原始问卷的统计");
  if (!has_satisfaction (review))
    hx_review_found (review, 23, &found);
  found.value = _ ("没有写发放、回收的份数");
  found.advice = _ ("写明发放多少份、收回有效多少份");
  if (!find_spot (review->text, HX_REVIEW_WORD (review, HX_REVIEW_SAMPLES),
                  &samples))
    hx_review_found (review, 23, &found);
  return TRUE;
}
