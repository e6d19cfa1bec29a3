/* V12 vague words, V13 what is of another year, V14 names and spelling, V15 the
 * day up to which it was counted, V17 what is left of a template.
 *
 * A wording that a figure is linked to (380多) is derived from the exact value
 * and opens it: V12 leaves it alone. */
#include "check/review_internal.h"
#include "check/review_scan.h"

#include <string.h>

#define LOOK_BACK 9   /* bytes between a number and 左右: a measure word */
#define LOOK_AHEAD 12 /* bytes between 截至 and its month */
#define MEASURE_YEARS "年天日月周岁"

typedef void (*BlockFunc) (HxReviewCase *review, const HxTextBlock *block);

static gboolean
each_block (HxReviewCase *review, BlockFunc function)
{
  for (guint i = 0; review->text != NULL && i < review->text->blocks->len; i++)
    function (review, review->text->blocks->pdata[i]);
  return TRUE;
}

/* --------------------------------------------------------------- V12 vague */

static void
found_vague (HxReviewCase *review, const HxTextBlock *block, gsize start,
             gsize end)
{
  const HxFound found = {
    .block = block,
    .offset = start,
    .length = end - start,
    .rule = _ ("报告里的数字要写准，不用约数和含糊的词"),
    .advice = _ ("从台账取实际数填上；确需概数的，由系统按实际数写出"),
  };

  if (!hx_text_block_is_fact (block, start, end))
    hx_review_found (review, 12, &found);
}

/* The end of a number in digits or numerals, with 万 and 亿 behind it. */
static gsize
quantity_end (const char *text, gsize from)
{
  HxDecimal value;
  gsize end = hx_scan_number (text, from, &value);

  while (hx_scan_is_numeral (g_utf8_get_char (text + end)))
    end += hx_text_width (text + end);
  return end;
}

/* 近万人, but neither 近三年 nor 不超过百分之五: the end of it, or `at`. */
static gsize
vague_before (HxReviewCase *review, const HxTextBlock *block, gsize at)
{
  const char *text = block->words->str;
  gsize length = hx_words_at (text + at,
                              HX_REVIEW_WORD (review, HX_REVIEW_VAGUE_BEFORE));
  gsize end = length == 0 ? at : quantity_end (text, at + length);
  gunichar next = g_utf8_get_char (text + end);

  if (length == 0 || end == at + length
      || hx_scan_before (text, at) == 0x4E0D /* 不 */
      || (next != 0 && g_utf8_strchr (MEASURE_YEARS, -1, next) != NULL))
    return at;
  found_vague (review, block, at, end);
  return end;
}

/* 780余, 6万多: right behind a number; 100人左右: near behind one. */
static void
vague_after (HxReviewCase *review, const HxTextBlock *block, gsize start,
             gsize end)
{
  const char *text = block->words->str;
  const char *const *words = HX_REVIEW_WORD (review, HX_REVIEW_VAGUE_AFTER);

  for (gsize at = end; at <= end + LOOK_BACK && text[at] != '\0';
       at += hx_text_width (text + at))
    {
      gsize length = hx_words_at (text + at, words);

      if (length > 0
          && (at == end || g_utf8_strlen (text + at, (gssize)length) > 1))
        {
          found_vague (review, block, start, at + length);
          return;
        }
    }
}

static gboolean
is_mere_numeral (const char *text, gsize from, gsize to)
{
  return !hx_scan_is_digit (g_utf8_get_char (text + from))
         && to - from == strlen ("一");
}

static void
vague_block (HxReviewCase *review, const HxTextBlock *block)
{
  const char *const *alone = HX_REVIEW_WORD (review, HX_REVIEW_VAGUE_ALONE);
  const char *text = block->words->str;

  for (gsize at = 0; text[at] != '\0';)
    {
      const gsize number = quantity_end (text, at);
      const gsize end = vague_before (review, block, at);
      const gsize length = hx_words_at (text + at, alone);

      if (length > 0)
        found_vague (review, block, at, at + length);
      if (number > at && !is_mere_numeral (text, at, number))
        vague_after (review, block, at, number);
      at = MAX (MAX (number, end), at + hx_text_width (text + at));
    }
}

gboolean
hx_review_vague (HxReviewCase *review, GError **error)
{
  (void)error;
  return each_block (review, vague_block);
}

/* --------------------------------------------------------------- V13 stale */

static void
stale_phrases (HxReviewCase *review, const HxTextBlock *block)
{
  const int year = review->options->year;

  for (guint i = 0; i < review->rules->phrases->len; i++)
    {
      const HxReviewPhrase *phrase = review->rules->phrases->pdata[i];
      const char *at = strstr (block->words->str, phrase->phrase);
      g_autofree char *value = NULL;

      if (at == NULL
          || (year >= phrase->from
              && (phrase->until == 0 || year <= phrase->until)))
        continue;
      value = g_strdup_printf (_ ("“%s”是%d年到%d年的提法"), phrase->phrase,
                               phrase->from, phrase->until);
      const HxFound found = {
        .block = block,
        .offset = (gsize)(at - block->words->str),
        .length = strlen (phrase->phrase),
        .rule = _ ("提法要合乎报告年度"),
        .value = value,
        .advice = _ ("换成本年度的提法，或删去"),
      };
      hx_review_found (review, 13, &found);
    }
}

/* A year that the sentence itself sets apart from the report's: 较上年, 2024年
 * 6月底前; and the numbers of documents: 〔2018〕34号. */
static gboolean
is_other_year_on_purpose (HxReviewCase *review, const HxTextBlock *block,
                          gsize start, gsize end)
{
  const char *text = block->words->str;
  gunichar before = hx_scan_before (text, start);
  gsize clause_start = start, clause_end = end, from = 0, length;

  if (before != 0 && g_utf8_strchr ("〔[【（(《—-", -1, before) != NULL)
    return TRUE;
  if (hx_text_block_in (block, HX_REVIEW_WORD (review, HX_REVIEW_MEASURES))
      || hx_text_block_in (block, HX_REVIEW_WORD (review, HX_REVIEW_RECTIFIED)))
    return TRUE;
  hx_scan_clause (text, &clause_start, &clause_end);
  g_autofree char *clause
      = g_strndup (text + clause_start, clause_end - clause_start);
  return hx_words_find (
      clause, &from, HX_REVIEW_WORD (review, HX_REVIEW_OTHER_YEARS), &length);
}

static void
stale_year (HxReviewCase *review, const HxTextBlock *block, gsize start,
            gsize end)
{
  const HxFound found = {
    .block = block,
    .offset = start,
    .length = end - start + strlen ("年"),
    .rule = _ ("报告里的年份要是报告年度"),
    .advice = _ ("核对是不是抄了往年的文字；确属往年的，写明“上年”“较……”"),
  };

  if (!hx_text_block_is_fact (block, start, end)
      && !is_other_year_on_purpose (review, block, start, end))
    hx_review_found (review, 13, &found);
}

static void
stale_block (HxReviewCase *review, const HxTextBlock *block)
{
  const char *text = block->words->str;

  stale_phrases (review, block);
  if (block->kind == HX_BLOCK_ROW)
    return;
  for (gsize at = 0; text[at] != '\0';)
    {
      gsize end;
      int year = hx_scan_small (text, at, &end);

      if (year >= 1949 && year <= 2999 && year != review->options->year
          && g_str_has_prefix (text + end, "年"))
        stale_year (review, block, at, end);
      at = end > at ? end : at + hx_text_width (text + at);
    }
}

gboolean
hx_review_stale (HxReviewCase *review, GError **error)
{
  (void)error;
  return each_block (review, stale_block);
}

/* --------------------------------------------------------------- V14 names */

/* Do the bytes stand inside the controlled name? */
static gboolean
is_inside (const char *text, gsize at, gsize length, const char *name)
{
  const gsize size = strlen (name);

  for (gsize back = 0; back <= at && back + length <= size; back++)
    if (strncmp (text + at - back, name, size) == 0)
      return TRUE;
  return FALSE;
}

static void
replace_word (HxReviewCase *review, const HxTextBlock *block, gsize at,
              const char *const *words)
{
  g_autofree char *advice = g_strdup_printf (_ ("改为“%s”"), words[1]);
  const HxFound found = {
    .block = block,
    .offset = at,
    .length = strlen (words[0]),
    .rule = words[2],
    .advice = advice,
  };

  hx_review_found (review, 14, &found);
}

static void
find_alias (HxReviewCase *review, const HxTextBlock *block, const char *name,
            const char *alias)
{
  const char *const words[] = { alias, name, _ ("同一事物只用规范名称") };
  const char *text = block->words->str;

  for (const char *p = strstr (text, alias); p != NULL;
       p = strstr (p + strlen (alias), alias))
    if (!is_inside (text, (gsize)(p - text), strlen (alias), name))
      replace_word (review, block, (gsize)(p - text), words);
}

static void
names_block (HxReviewCase *review, const HxTextBlock *block)
{
  const char *text = block->words->str;

  for (guint i = 0; i < review->rules->names->len; i++)
    {
      const HxReviewName *name = review->rules->names->pdata[i];

      for (char **alias = name->aliases; *alias != NULL; alias++)
        find_alias (review, block, name->name, *alias);
    }
  for (guint i = 0; i < review->rules->typos->len; i++)
    {
      const HxReviewTypo *typo = review->rules->typos->pdata[i];
      const char *const words[]
          = { typo->wrong, typo->right, _ ("文字没有错漏") };

      for (const char *p = strstr (text, typo->wrong); p != NULL;
           p = strstr (p + strlen (typo->wrong), typo->wrong))
        replace_word (review, block, (gsize)(p - text), words);
    }
}

gboolean
hx_review_names (HxReviewCase *review, GError **error)
{
  (void)error;
  return each_block (review, names_block);
}

/* ------------------------------------------------------------ V15 cut-offs */

/* The end of the month that a cut-off names, when it is not the year's end. */
static gsize
early_month (const char *text, gsize from)
{
  gsize at = from;

  while (at <= from + LOOK_AHEAD && text[at] != '\0')
    {
      gsize end, day_end;
      int month = hx_scan_small (text, at, &end);

      if (month >= 1 && month <= 12 && g_str_has_prefix (text + end, "月"))
        {
          int day = hx_scan_small (text, end + strlen ("月"), &day_end);

          return month == 12 && (day == 0 || day == 31) ? 0 : day_end;
        }
      at = end > at ? end : at + hx_text_width (text + at);
    }
  return 0;
}

/* A figure of the block counts up to an earlier day, and is told itself. */
static gboolean
has_early_figure (const HxReviewCase *review, const HxTextBlock *block)
{
  const gint32 end = review->options->year * 10000 + 1231;

  for (guint i = 0; !review->is_draft && i < block->facts->len; i++)
    {
      const HxTextFact *fact = block->facts->pdata[i];
      const HxFigure *figure = hx_review_figure (review, fact->key);

      if (figure != NULL && hx_date_number (figure->as_of) < end)
        return TRUE;
    }
  return FALSE;
}

static void
cut_off_block (HxReviewCase *review, const HxTextBlock *block)
{
  const char *text = block->words->str;
  gsize at = 0, length;

  if (has_early_figure (review, block))
    return;
  while (hx_words_find (text, &at, HX_REVIEW_WORD (review, HX_REVIEW_CUT_OFFS),
                        &length))
    {
      gsize end = early_month (text, at + length);
      const HxFound found = {
        .block = block,
        .offset = at,
        .length = end > at ? end - at : 0,
        .rule = _ ("年度报告的数字要截至12月31日"),
        .advice = _ ("改用全年的数；确实只有到这一天的，说明原因"),
      };

      if (end > at)
        hx_review_found (review, 15, &found);
      at += length;
    }
}

static void
cut_off_figures (HxReviewCase *review)
{
  const gint32 end = review->options->year * 10000 + 1231;

  for (guint i = 0; i < review->figures->len; i++)
    {
      const HxFigure *figure = review->figures->pdata[i];
      char day[HX_DATE_TEXT_SIZE];

      if (hx_date_number (figure->as_of) >= end
          || !hx_review_prints (review, figure->indicator->key))
        continue;
      hx_date_format (figure->as_of, day);
      g_autofree char *place
          = g_strdup_printf ("指标 %s", figure->indicator->name);
      const HxFound found = {
        .place = place,
        .rule = _ ("年度报告的数字要截至12月31日"),
        .value = day,
        .advice = _ ("改用全年的数；确实只有到这一天的，说明原因"),
      };
      hx_review_found (review, 15, &found);
    }
}

gboolean
hx_review_cut_off (HxReviewCase *review, GError **error)
{
  (void)error;
  cut_off_figures (review);
  return each_block (review, cut_off_block);
}

/* ----------------------------------------------------------- V17 leftovers */

static void
found_leftover (HxReviewCase *review, const HxTextBlock *block, gsize at,
                gsize length)
{
  const HxFound found = {
    .block = block,
    .offset = at,
    .length = length,
    .rule = _ ("报告里不留模板的提示、空白和占位"),
    .value = length == 0 ? _ ("空白") : NULL,
    .advice = _ ("填上内容，或删去"),
  };

  hx_review_found (review, 17, &found);
}

static void
leftover_block (HxReviewCase *review, const HxTextBlock *block)
{
  const char *const *words = HX_REVIEW_WORD (review, HX_REVIEW_PLACEHOLDERS);
  const char *text = block->words->str;
  gsize at = 0, length;

  while (hx_words_find (text, &at, words, &length))
    {
      found_leftover (review, block, at, length);
      at += length;
    }
}

/* Cells below a head that may not stay empty. */
static void
blank_cells (HxReviewCase *review, const HxTextBlock *head,
             const HxTextBlock *row)
{
  g_auto (GStrv) names = g_strsplit (head->words->str, "|", -1);
  g_auto (GStrv) cells = g_strsplit (row->words->str, "|", -1);
  const char *const *blanks = HX_REVIEW_WORD (review, HX_REVIEW_BLANKS);
  gsize at = 0;

  for (guint i = 0; names[i] != NULL && cells[i] != NULL; i++)
    {
      gsize from = 0, length;

      gsize size = strlen (cells[i]) + 1;

      if (i > 0 && *g_strstrip (cells[i]) == '\0'
          && hx_words_find (names[i], &from, blanks, &length))
        found_leftover (review, row, at, 0);
      at += size;
    }
}

static void
blank_rows (HxReviewCase *review)
{
  const HxTextBlock *head = NULL;

  for (guint i = 0; review->text != NULL && i < review->text->blocks->len; i++)
    {
      const HxTextBlock *block = review->text->blocks->pdata[i];

      if (block->kind != HX_BLOCK_ROW)
        head = NULL;
      else if (head == NULL)
        head = block;
      else
        blank_cells (review, head, block);
    }
}

/* A heading with nothing below it but headings as high, or the end. */
static void
empty_sections (HxReviewCase *review)
{
  const guint all = review->text == NULL ? 0 : review->text->blocks->len;

  for (guint i = 0; i < all; i++)
    {
      const HxTextBlock *block = review->text->blocks->pdata[i];
      const HxTextBlock *next
          = i + 1 < all ? review->text->blocks->pdata[i + 1] : NULL;
      const HxFound found = { .block = block,
                              .rule = _ ("报告的每一部分都有内容"),
                              .value = _ ("这一部分是空的"),
                              .advice = _ ("登记这一部分的文字或数据") };

      if (block->kind == HX_BLOCK_HEADING
          && (next == NULL
              || (next->kind == HX_BLOCK_HEADING
                  && next->level <= block->level)))
        hx_review_found (review, 17, &found);
    }
}

gboolean
hx_review_leftovers (HxReviewCase *review, GError **error)
{
  (void)error;
  blank_rows (review);
  if (!review->is_draft)
    empty_sections (review);
  return each_block (review, leftover_block);
}
