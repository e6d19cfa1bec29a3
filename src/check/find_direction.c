/* Words of direction against figures.
 *
 *   决算数小于预算数   both are in the sentence before, or their rate is
 *   比…增加, 比…持平   both years' amounts stand in the sentence
 *   减少 5 万元，增长 3%   one comparison, two directions
 *
 * Where a growth or a difference is claimed of the figure, the words are held
 * against it there (find_growth.c) and nothing more is said here.
 *
 * Said only where there is no other figure that the words could mean.
 */
#include "check/warn.h"

#include <string.h>

#define COMPARISON_BYTES_MAX 90
#define APART_BYTES_MAX 600 /* of figures and the words about them */
#define AMOUNTS_MAX 24

typedef struct
{
  const char *word;
  int sign;
} Word;

/* Passes one of the words of `list`, if it stands there. */
static gboolean
pass (const HxWords *words, gsize *at, const char *list)
{
  const char *text = words->clean->str + *at;

  if (!hx_words_go_on (words, *at, list))
    return FALSE;
  while (strncmp (text, list, strcspn (list, "|")) != 0)
    list += strcspn (list, "|") + 1;
  *at += strcspn (list, "|");
  return TRUE;
}

static void
add (HxSearch *search, const HxProposal *proposal, gboolean is_sure)
{
  if (is_sure
      || hx_proposal_verdict (search->reading, proposal) != HX_VERDICT_ERROR)
    hx_claim_add (search->result, search->reading, proposal);
}

/* Which of two amounts is greater. */
static HxProposal
proposal_of (const HxReading *reading, const guint operands[2], HxSpan words,
             int sign)
{
  return (HxProposal){ .kind = HX_CLAIM_DIRECTION,
                       .formula = "sign(a-b)",
                       .operands = operands,
                       .count = 2,
                       .stated = HX_NO_TERM,
                       .outcome = hx_outcome_sum (reading, operands,
                                                  (const int[2]){ 1, -1 }, 2),
                       .words = words,
                       .sign = sign };
}

/* -------------------------------------------------- 决算数小于预算数 */

/* “决算数小于年初预算数”, as it stands in the text. */
typedef struct
{
  gsize at; /* 决算 */
  HxSpan word;
  int sign;
  const char *sort; /* 年初, 全年 or 调整; NULL: the budget, whichever */
} Comparison;

static const char *
sort_behind (const HxWords *words, gsize *at)
{
  static const char *const sorts[] = { "年初", "全年", "调整" };

  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (pass (words, at, sorts[i]))
      return sorts[i];
  return NULL;
}

/* 大于预算数 */
static gboolean
read_order (const HxWords *words, gsize at, Comparison *comparison)
{
  static const Word orders[]
      = { { "大于", 1 },  { "高于", 1 },  { "多于", 1 },  { "超过", 1 },
          { "小于", -1 }, { "低于", -1 }, { "少于", -1 }, { "等于", 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      gsize until = at;

      if (!pass (words, &until, orders[i].word))
        continue;
      comparison->word = (HxSpan){ at, until };
      comparison->sign = orders[i].sign;
      comparison->sort = sort_behind (words, &until);
      return pass (words, &until, "预算");
    }
  return FALSE;
}

/* 同预算数持平 */
static gboolean
read_level (const HxWords *words, gsize at, Comparison *comparison)
{
  gsize until = at;

  if (!pass (words, &until, "同|与|和"))
    return FALSE;
  comparison->sort = sort_behind (words, &until);
  if (!pass (words, &until, "预算数|预算"))
    return FALSE;
  comparison->word.from = until;
  if (!pass (words, &until, "持平|一致|相等|相同"))
    return FALSE;
  comparison->word.until = until;
  comparison->sign = 0;
  return TRUE;
}

/* What is compared has no name of its own, but for 支出 and 收入. */
static gboolean
read_comparison (const HxWords *words, gsize at, Comparison *comparison)
{
  const gsize clause = hx_words_clause (words, at);
  gsize behind = at;

  if (clause != at
      && !(at - clause == strlen ("支出")
           && hx_words_come_from (words, at, "支出|收入")))
    return FALSE;
  if (!pass (words, &behind, "决算数|执行数|决算"))
    return FALSE;
  comparison->at = at;
  return read_order (words, behind, comparison)
         || read_level (words, behind, comparison);
}

/* One stop at most between the figures and the words, and no new item. */
static gboolean
is_near (const HxWords *words, gsize from, gsize until)
{
  gsize stop = G_MAXSIZE;

  if (until > from + APART_BYTES_MAX)
    return FALSE;
  stop = hx_words_search (words, from, until, "。");
  if (hx_words_search (words, from, until, "\n") != G_MAXSIZE
      || hx_words_search (words, from, until, "；") != G_MAXSIZE)
    return FALSE;
  return stop == G_MAXSIZE
         || hx_words_search (words, stop + 1, until, "。") == G_MAXSIZE;
}

static gboolean
is_done (const HxReading *reading, const HxTerm *term)
{
  static const char *const words[] = { "决算", "执行", "支出", NULL };

  return term->role == HX_TERM_VALUE
         && hx_reading_says (reading, term->lead.from, term->lead.until, words);
}

static gboolean
is_sort (const HxReading *reading, const HxTerm *term, const char *sort)
{
  const char *const list[] = { sort, NULL };

  return sort == NULL
         || hx_reading_says (reading, term->lead.from, term->lead.until, list)
         || hx_reading_says (reading, term->base.from, term->base.until, list);
}

/* The amounts of a sentence: the budget of the sort, and what was done of
 * it.  Sure: there are no others. */
typedef struct
{
  guint budget, done, rate;
  gboolean is_sure;
} Amounts;

static void
count_amount (const HxReading *reading, guint index, const char *sort,
              Amounts *amounts)
{
  const HxTerm *term = hx_reading_term (reading, index);
  guint *place = NULL;

  if (term->bracket != 0)
    return;
  if (term->role == HX_TERM_BUDGET && is_sort (reading, term, sort))
    place = &amounts->budget;
  else if (term->role == HX_TERM_DONE && is_sort (reading, term, sort))
    place = &amounts->rate;
  else if (is_done (reading, term))
    place = &amounts->done;
  else if (hx_term_is_amount (term) && term->role != HX_TERM_BUDGET)
    amounts->is_sure = FALSE;
  if (place == NULL)
    return;
  amounts->is_sure = amounts->is_sure && *place == HX_NO_TERM;
  *place = index;
}

static Amounts
amounts_of (const HxReading *reading, guint last, const char *sort)
{
  const guint sentence = hx_reading_term (reading, last)->sentence;
  Amounts amounts = { HX_NO_TERM, HX_NO_TERM, HX_NO_TERM, TRUE };
  guint first = last;

  while (first > 0 && first + AMOUNTS_MAX > last
         && hx_reading_term (reading, first - 1)->sentence == sentence)
    first--;
  amounts.is_sure = first + AMOUNTS_MAX > last;
  for (guint i = first; i <= last; i++)
    count_amount (reading, i, sort, &amounts);
  return amounts;
}

/* 完成预算的 92%: less than the budget. */
static void
judge_rate (HxSearch *search, const Comparison *comparison, guint rate)
{
  const HxReading *reading = search->reading;
  HxProposal proposal = { .kind = HX_CLAIM_DIRECTION,
                          .formula = "sign(a-100)",
                          .operands = &rate,
                          .count = 1,
                          .stated = HX_NO_TERM,
                          .words = comparison->word,
                          .sign = comparison->sign };

  proposal.outcome = hx_outcome_sum (reading, &rate, NULL, 1);
  proposal.outcome.value -= HX_QUANTITY_HUNDRED;
  proposal.outcome.low -= HX_QUANTITY_HUNDRED;
  proposal.outcome.high -= HX_QUANTITY_HUNDRED;
  add (search, &proposal, TRUE);
}

static void
judge_comparison (HxSearch *search, const Comparison *comparison, guint last)
{
  const HxReading *reading = search->reading;
  const HxTerm *term = hx_reading_term (reading, last);
  const Amounts amounts
      = is_near (reading->words, term->quantity.until, comparison->at)
            ? amounts_of (reading, last, comparison->sort)
            : (Amounts){ HX_NO_TERM, HX_NO_TERM, HX_NO_TERM, FALSE };
  const guint operands[2] = { amounts.done, amounts.budget };

  if (amounts.done != HX_NO_TERM && amounts.budget != HX_NO_TERM)
    {
      const HxProposal proposal
          = proposal_of (reading, operands, comparison->word, comparison->sign);

      if (hx_term_is_alike (hx_reading_term (reading, operands[0]),
                            hx_reading_term (reading, operands[1])))
        add (search, &proposal, amounts.is_sure);
    }
  else if (amounts.rate != HX_NO_TERM && amounts.is_sure)
    judge_rate (search, comparison, amounts.rate);
}

static void
find_comparisons (HxSearch *search, const char *head)
{
  const HxReading *reading = search->reading;
  const char *text = reading->words->clean->str;
  guint behind = 0; /* the first term behind the words */

  for (const char *p = strstr (text, head); p != NULL; p = strstr (p, head))
    {
      const gsize at = (gsize)(p - text);
      Comparison comparison = { 0 };

      p += strlen (head);
      while (behind < reading->terms->len
             && hx_reading_term (reading, behind)->quantity.from < at)
        behind++;
      if (behind > 0 && read_comparison (reading->words, at, &comparison))
        judge_comparison (search, &comparison, behind - 1);
    }
}

/* ------------------------------------------------- 比上年增加, 持平 */

/* The comparison names the amount of the year before: its year, and 执行数 or
 * 决算 where it says so. */
static gboolean
is_compared (const HxReading *reading, const HxTerm *previous, HxSpan words,
             int year)
{
  static const char *const sorts[] = { "执行", "决算", "预算" };

  if (year != 0 && previous->year != 0 && year != previous->year)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      const char *const list[] = { sorts[i], NULL };

      if (hx_reading_says (reading, words.from, words.until, list))
        return hx_reading_says (reading, previous->lead.from,
                                previous->lead.until, list);
    }
  return TRUE;
}

static int
year_in (const HxWords *words, HxSpan span)
{
  const char *text = words->clean->str;
  const gsize at = hx_words_search (words, span.from, span.until, "20");

  return at == G_MAXSIZE || at + 4 > span.until
             ? 0
             : (int)g_ascii_strtoll (text + at, NULL, 10);
}

/* The amount of the year before at the side of an amount. */
static guint
previous_beside (const HxReading *reading, guint amount, guint until)
{
  const HxTerm *now = hx_reading_term (reading, amount);
  guint found = HX_NO_TERM;

  if (until > amount + AMOUNTS_MAX)
    return HX_NO_TERM;
  for (guint i = amount == 0 ? 0 : amount - 1; i < until; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->role != HX_TERM_PREVIOUS || term->sentence != now->sentence
          || !hx_term_is_alike (term, now) || term->bracket != now->bracket)
        continue;
      if (found != HX_NO_TERM)
        return HX_NO_TERM;
      found = i;
    }
  return found;
}

/* The word of direction that ends the words before a figure. */
static gboolean
read_direction (const HxWords *words, HxSpan lead, HxSpan *word, int *sign)
{
  static const Word directions[]
      = { { "负增长", -1 }, { "增加", 1 },  { "增长", 1 },  { "上升", 1 },
          { "增幅", 1 },    { "增收", 1 },  { "增支", 1 },  { "提高", 1 },
          { "减少", -1 },   { "下降", -1 }, { "降低", -1 }, { "降幅", -1 },
          { "减幅", -1 },   { "减收", -1 }, { "减支", -1 } };

  while (hx_words_end_with (words, lead.from, lead.until, "为")
         || hx_words_end_with (words, lead.from, lead.until, "了")
         || hx_words_end_with (words, lead.from, lead.until, "达"))
    lead.until -= strlen ("为");
  for (gsize i = 0; i < G_N_ELEMENTS (directions); i++)
    if (hx_words_end_with (words, lead.from, lead.until, directions[i].word))
      {
        *word
            = (HxSpan){ lead.until - strlen (directions[i].word), lead.until };
        *sign = directions[i].sign;
        return TRUE;
      }
  return FALSE;
}

/* 减少 -3%: the sign is in the number. */
static gboolean
is_signed (const HxWords *words, const HxTerm *term)
{
  return term->quantity.from > 0
         && hx_words_come_from (words, term->quantity.from, "-|−|－");
}

static void
judge_change (HxSearch *search, guint change)
{
  const HxReading *reading = search->reading;
  const HxTerm *term = hx_reading_term (reading, change);
  const guint previous = term->owner == HX_NO_TERM
                             ? HX_NO_TERM
                             : previous_beside (reading, term->owner, change);
  const guint operands[2] = { term->owner, previous };
  HxProposal proposal = { 0 };
  HxSpan word = { 0 };
  int sign = 0;

  if (previous == HX_NO_TERM || term->quantity.exact == 0
      || !read_direction (reading->words, term->lead, &word, &sign)
      || !is_compared (reading, hx_reading_term (reading, previous), term->lead,
                       term->year))
    return;
  proposal = proposal_of (reading, operands, word, sign);
  add (search, &proposal, TRUE);
}

/* “…，比2023年预算执行数持平”, right behind the amount. */
static void
judge_level (HxSearch *search, guint amount)
{
  const HxReading *reading = search->reading;
  const HxWords *words = reading->words;
  gsize from = hx_reading_term (reading, amount)->quantity.until;
  gsize until = from;
  const guint previous = previous_beside (reading, amount, amount);
  const guint operands[2] = { amount, previous };
  HxProposal proposal = { 0 };
  HxSpan span = { 0 };

  if (previous == HX_NO_TERM
      || !pass (words, &from, "，比|，与|，较|，同|，和"))
    return;
  span.from = until = from;
  while (!hx_words_is_over (words, until)
         && until < from + COMPARISON_BYTES_MAX)
    until += (gsize)g_utf8_skip[(guchar)words->clean->str[until]];
  span.until = until - strlen ("持平");
  if (until < from + strlen ("持平")
      || !hx_words_come_from (words, until, "持平|一致|相同|相等")
      || hx_words_come_from (words, span.until, "基本|大致|大体|总体|不|保持")
      || !is_compared (reading, hx_reading_term (reading, previous), span,
                       year_in (words, span)))
    return;
  proposal = proposal_of (reading, operands, (HxSpan){ span.until, until }, 0);
  add (search, &proposal, TRUE);
}

/* ------------------------------------------------ 减少 5 万元，增长 3% */

static HxProposal
contrary (const HxReading *reading, const guint *operand, HxSpan words,
          int sign)
{
  HxProposal proposal = { .kind = HX_CLAIM_DIRECTION,
                          .formula = "sign(a)",
                          .operands = operand,
                          .count = 1,
                          .stated = HX_NO_TERM,
                          .words = words,
                          .sign = sign };

  proposal.outcome = hx_outcome_sum (
      reading, operand,
      (const int[1]){ hx_reading_term (reading, *operand)->sign }, 1);
  return proposal;
}

/* The words before the rate are its direction and no more. */
static gboolean
is_bare_direction (const HxTerm *term, HxSpan word)
{
  return word.from == term->lead.from && term->bracket == 0;
}

/* Several things told in one breath: 分别增加 A、减少 B. */
static gboolean
is_parallel (const HxReading *reading, gsize from, gsize until)
{
  static const char *const words[] = { "分别", "依次", "各", "、", NULL };

  return hx_reading_says (reading, from, until, words);
}

gboolean
hx_direction_is_contrary (const HxReading *reading, guint change, guint rate)
{
  const HxTerm *term = hx_reading_term (reading, rate);
  const HxTerm *before = hx_reading_term (reading, change);
  HxSpan word = { 0 };
  HxSpan first = { 0 };
  int sign = 0;
  int first_sign = 0;

  if (change + 1 != rate || before->sign * term->sign >= 0
      || before->role != HX_TERM_DELTA || before->sentence != term->sentence
      || before->group != term->group || before->owner != term->owner
      || before->bracket != 0 || before->quantity.exact == 0
      || !read_direction (reading->words, before->lead, &first, &first_sign)
      || !read_direction (reading->words, term->lead, &word, &sign)
      || !is_bare_direction (term, word))
    return FALSE;
  return sign != first_sign
         && !is_parallel (reading,
                          hx_words_sentence (reading->words, first.from),
                          word.from);
}

static void
judge_pair (HxSearch *search, guint rate)
{
  const HxReading *reading = search->reading;
  const guint change = rate - 1;
  HxProposal proposal = { 0 };
  HxSpan word = { 0 };
  int sign = 0;

  if (!hx_direction_is_contrary (reading, change, rate)
      || !read_direction (reading->words, hx_reading_term (reading, rate)->lead,
                          &word, &sign))
    return;
  proposal = contrary (reading, &change, word, sign);
  add (search, &proposal, TRUE);
}

/* “比上年减少，增长 3%” */
static void
judge_words (HxSearch *search, guint rate)
{
  static const char *const comparisons[] = { "比", "较", NULL };
  const HxReading *reading = search->reading;
  const HxWords *words = reading->words;
  const HxTerm *term = hx_reading_term (reading, rate);
  HxSpan clause = { 0, term->lead.from };
  HxSpan first = { 0 };
  HxSpan word = { 0 };
  HxProposal proposal = { 0 };
  int sign = 0;
  int first_sign = 0;

  if (!read_direction (words, term->lead, &word, &sign)
      || !is_bare_direction (term, word)
      || !hx_words_come_from (words, clause.until, "，"))
    return;
  clause.until -= strlen ("，");
  clause.from = hx_words_clause (words, clause.until);
  if (!read_direction (words, clause, &first, &first_sign) || first_sign == sign
      || !hx_reading_says (reading, clause.from, clause.until, comparisons)
      || is_parallel (reading, hx_words_sentence (words, clause.from),
                      word.from))
    return;
  proposal = contrary (reading, &rate, first, first_sign);
  add (search, &proposal, TRUE);
}

/* Where figures stand of which a growth or a difference is claimed: their
 * words are judged there. */
static GHashTable *
claimed_places (const HxCheckResult *result)
{
  GHashTable *places = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = g_ptr_array_index (result->claims, i);

      if (claim->kind == HX_CLAIM_GROWTH || claim->kind == HX_CLAIM_DIFFERENCE)
        g_hash_table_add (places, GSIZE_TO_POINTER (claim->stated->offset));
    }
  return places;
}

static gboolean
is_claimed (const HxReading *reading, const HxTerm *term, GHashTable *places)
{
  const gsize offset
      = g_array_index (reading->words->origins, guint32, term->quantity.from);

  return g_hash_table_contains (places, GSIZE_TO_POINTER (offset));
}

static gboolean
is_direction (const HxReading *reading, const HxTerm *term)
{
  return (term->role == HX_TERM_DELTA || term->role == HX_TERM_GROWTH)
         && term->quantity.vague == 0 && term->quantity.exact != 0
         && !is_signed (reading->words, term);
}

void
hx_find_directions (HxSearch *search)
{
  const HxReading *reading = search->reading;
  g_autoptr (GHashTable) places = claimed_places (search->result);

  find_comparisons (search, "决算");
  find_comparisons (search, "执行数");
  for (guint i = 0; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->role == HX_TERM_VALUE)
        judge_level (search, i);
      if (!is_direction (reading, term) || is_claimed (reading, term, places))
        continue;
      judge_change (search, i);
      if (i > 0 && term->role == HX_TERM_GROWTH)
        judge_pair (search, i);
      judge_words (search, i);
    }
}
