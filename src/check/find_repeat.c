/* The same quantity said twice.
 *
 * Equal amounts under names that answer to each other, or equal to so many
 * digits that it is no chance, are one quantity.  In an item that opens with
 * its amount (“…（项）”A 万元 … 2024 年预算安排 B) both are one by its form, so
 * that there a difference is an error.
 */
#include "check/group.h"

#include <string.h>

#define SIGNIFICANT_MIN 4
#define NAME_BYTES_MIN 12 /* four characters */
#define SUBJECT_BYTES_MIN 18
#define LONG_DIGITS 6
#define SLIP_BACK_MAX 60
#define BACK_MAX 400
#define SWAPPED_DIGITS 5
#define LED_BYTES 6 /* two characters */
#define SIDE_BYTES_MIN 9
#define AROUND_MAX 120
#define AROUND_MIN 36
#define AROUND_SHORT_MIN 48

static void
add (HxSearch *search, guint first, guint second)
{
  const HxReading *reading = search->reading;
  HxProposal proposal = { .kind = HX_CLAIM_REPEAT,
                          .formula = "a==b",
                          .operands = &first,
                          .count = 1,
                          .stated = second };

  proposal.outcome = hx_outcome_sum (reading, &first, NULL, 1);
  hx_claim_add (search->result, reading, &proposal);
}

static gboolean
is_one (const HxReading *reading, const HxTerm *a, const HxTerm *b)
{
  return hx_term_is_alike (a, b) && a->quantity.exact == b->quantity.exact
         && a->quantity.exact > 0 && a->sign == b->sign
         && (hx_quantity_digits (&b->quantity) >= SIGNIFICANT_MIN
             || hx_reading_match (reading, a->name, b->name) >= 1);
}

static gboolean
is_told (const HxTerm *term)
{
  return hx_term_is_amount (term) || term->role == HX_TERM_DELTA;
}

static gboolean
differs_by_slip (const HxReading *reading, guint first, guint second)
{
  HxProposal proposal = {
    .kind = HX_CLAIM_REPEAT, .operands = &first, .count = 1, .stated = second
  };

  proposal.outcome = hx_outcome_sum (reading, &first, NULL, 1);
  return hx_proposal_is_slip (reading, &proposal);
}

/* Where each amount stood last: by its value, the index of the term, plus
 * one; before each term, the one of its value before it. */
typedef struct
{
  GHashTable *last; /* gint64 */
  guint *before;    /* plus one; 0: none */
} Places;

static void
remember (Places *places, const HxTerm *term, guint index)
{
  gint64 *key = g_new (gint64, 1);

  *key = (gint64)(term->quantity.exact & G_MAXINT64);
  places->before[index]
      = GPOINTER_TO_UINT (g_hash_table_lookup (places->last, key));
  g_hash_table_insert (places->last, key, GUINT_TO_POINTER (index + 1));
}

/* The nearest one before. */
static void
find_equal (HxSearch *search, const Places *places, guint index)
{
  const HxReading *reading = search->reading;
  const HxTerm *term = hx_reading_term (reading, index);

  for (guint i = places->before[index]; i > 0 && i + BACK_MAX > index;
       i = places->before[i - 1])
    if (is_one (reading, hx_reading_term (reading, i - 1), term))
      {
        add (search, i - 1, index);
        return;
      }
}

/* -------------------------------------------------------------------- slips */

/* One name, one year, in two sentences or twice in one: where only one digit
 * or two swapped part the amounts, one of them is a slip. */
/* 金额 and 预算数 are said of one thing after another; 一般公共预算财政拨款支出
 * is one thing wherever it is said. */
static gboolean
is_one_subject (const HxReading *reading, const HxTerm *a, const HxTerm *b)
{
  static const char *const ends[] = { "收入", "支出", "总计", "合计" };

  if (a->sentence == b->sentence)
    return a->name.until - a->name.from >= NAME_BYTES_MIN;
  if (a->name.until - a->name.from < SUBJECT_BYTES_MIN)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (hx_words_end_with (reading->words, a->name.from, a->name.until,
                           ends[i]))
      return TRUE;
  return FALSE;
}

/* What is planned to come in is planned to be spent. */
static gboolean
is_twin (const HxReading *reading, const HxTerm *a, const HxTerm *b)
{
  static const struct
  {
    const char *income, *spending;
  } twins[] = {
    { "收入预算", "支出预算" },
    { "收入总预算", "支出总预算" },
    { "收入总计", "支出总计" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (twins); i++)
    if (hx_words_end_with (reading->words, a->lead.from, a->lead.until,
                           twins[i].income)
        && hx_words_end_with (reading->words, b->lead.from, b->lead.until,
                              twins[i].spending))
      return TRUE;
  return FALSE;
}

/* Amounts of so many digits that only one parts them, both of income or both
 * of spending. */
static gboolean
is_long_alike (const HxReading *reading, const HxTerm *a, const HxTerm *b)
{
  static const char *const ends[] = { "收入", "支出" };

  if (hx_quantity_digits (&a->quantity) < LONG_DIGITS)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (hx_words_end_with (reading->words, a->name.from, a->name.until, ends[i])
        && hx_words_end_with (reading->words, b->name.from, b->name.until,
                              ends[i]))
      return TRUE;
  return FALSE;
}

/* 2469.93 and 2496.93: the same digits, two of them in each other's place. */
static gboolean
is_swapped (const HxTerm *a, const HxTerm *b)
{
  gint64 x = ABS (a->quantity.value.units), y = ABS (b->quantity.value.units);
  gint64 in_x[2], in_y[2];
  guint different = 0;

  if (a->quantity.value.scale != b->quantity.value.scale)
    return FALSE;
  for (; x > 0 || y > 0; x /= 10, y /= 10)
    if (x % 10 != y % 10)
      {
        if (different == 2)
          return FALSE;
        in_x[different] = x % 10;
        in_y[different++] = y % 10;
      }
  return different == 2 && in_x[0] == in_y[1] && in_x[1] == in_y[0];
}

/* Both are led to by the same last words: 总计, 涉及资金, 增加. */
static gboolean
is_led_alike (const HxReading *reading, const HxTerm *a, const HxTerm *b)
{
  const char *text = reading->words->clean->str;

  return a->lead.until - a->lead.from >= LED_BYTES
         && b->lead.until - b->lead.from >= LED_BYTES
         && strncmp (text + a->lead.until - LED_BYTES,
                     text + b->lead.until - LED_BYTES, LED_BYTES)
                == 0;
}

/* By chance two amounts of so many digits are hardly ever parted by a swap. */
static gboolean
is_swapped_thing (const HxReading *reading, const HxTerm *a, const HxTerm *b)
{
  return a->role == b->role && is_told (b) && a->sign == b->sign
         && hx_term_is_alike (a, b)
         && hx_quantity_digits (&a->quantity) >= SWAPPED_DIGITS
         && hx_quantity_digits (&b->quantity)
                == hx_quantity_digits (&a->quantity)
         && is_swapped (a, b)
         && (a->year == b->year || a->year == 0 || b->year == 0)
         && (hx_reading_match (reading, a->name, b->name) >= 1
             || is_led_alike (reading, a, b));
}

static gboolean
is_same_thing (const HxReading *reading, const HxTerm *a, const HxTerm *b)
{
  return a->role == HX_TERM_VALUE && b->role == HX_TERM_VALUE
         && hx_term_is_alike (a, b) && a->quantity.exact != b->quantity.exact
         && ((hx_reading_match (reading, a->name, b->name) == 3
              && is_one_subject (reading, a, b))
             || is_twin (reading, a, b) || is_twin (reading, b, a)
             || is_long_alike (reading, a, b))
         && (a->year == b->year || a->year == 0 || b->year == 0)
         && hx_quantity_digits (&a->quantity) >= SIGNIFICANT_MIN
         && hx_quantity_digits (&b->quantity)
                == hx_quantity_digits (&a->quantity);
}

static gboolean
is_said_before (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);

  for (guint i = index; i-- > 0 && i + SLIP_BACK_MAX > index;)
    {
      const HxTerm *before = hx_reading_term (reading, i);

      if (before->quantity.exact == term->quantity.exact
          && hx_reading_match (reading, before->name, term->name) == 3)
        return TRUE;
    }
  return FALSE;
}

static void
find_slip (HxSearch *search, guint index)
{
  const HxReading *reading = search->reading;

  if (is_said_before (reading, index))
    return;
  for (guint i = index; i-- > 0 && i + SLIP_BACK_MAX > index;)
    {
      if (is_swapped_thing (reading, hx_reading_term (reading, i),
                            hx_reading_term (reading, index)))
        {
          add (search, i, index);
          return;
        }
      if (!is_same_thing (reading, hx_reading_term (reading, i),
                          hx_reading_term (reading, index)))
        continue;
      if (differs_by_slip (reading, i, index))
        add (search, i, index);
      return;
    }
}

/* ----------------------------------------------------------------- sentences
 *
 * “全年分15批次组织老干部1100人健康体检” in two chapters: the words on both
 * sides are the same, so the number is.
 */

static gsize
alike_before (const char *text, gsize a, gsize b)
{
  gsize length = 0;

  while (length < MIN (a, b) && length < AROUND_MAX
         && text[a - length - 1] == text[b - length - 1])
    length++;
  return length;
}

static gsize
alike_after (const char *text, gsize a, gsize b)
{
  gsize length = 0;

  while (length < AROUND_MAX && text[a + length] != '\0'
         && text[a + length] == text[b + length])
    length++;
  return length;
}

static gboolean
is_told_again (const HxReading *reading, const HxTerm *a, const HxTerm *b)
{
  const char *text = reading->words->clean->str;
  const gsize before = alike_before (text, a->quantity.from, b->quantity.from);
  const gsize after = alike_after (text, a->quantity.until, b->quantity.until);
  const guint digits = hx_quantity_digits (&a->quantity);

  return before >= SIDE_BYTES_MIN && after >= SIDE_BYTES_MIN && digits > 1
         && before + after >= (digits > 2 ? AROUND_MIN : AROUND_SHORT_MIN);
}

static gboolean
is_counted (const HxTerm *term)
{
  return term->role == HX_TERM_VALUE && term->quantity.kind == HX_QUANTITY_COUNT
         && term->quantity.vague == HX_VAGUE_NOT;
}

/* The counts of the text by the words behind them. */
static void
find_told_again (HxSearch *search)
{
  const HxReading *reading = search->reading;
  const char *text = reading->words->clean->str;
  g_autoptr (GHashTable) last
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);
      char *behind = NULL;
      guint before = 0;

      if (!is_counted (term)
          || term->quantity.until + SIDE_BYTES_MIN > reading->words->clean->len)
        continue;
      behind = g_strndup (text + term->quantity.until, SIDE_BYTES_MIN);
      before = GPOINTER_TO_UINT (g_hash_table_lookup (last, behind));
      g_hash_table_insert (last, behind, GUINT_TO_POINTER (i + 1));
      if (before > 0
          && hx_term_is_alike (hx_reading_term (reading, before - 1), term)
          && is_told_again (reading, hx_reading_term (reading, before - 1),
                            term)
          && differs_by_slip (reading, before - 1, i))
        add (search, before - 1, i);
    }
}

/* --------------------------------------------------------------------- items
 */

static gboolean
opens_item (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);

  return term->item != 0 && term->role == HX_TERM_VALUE
         && (index == 0
             || hx_reading_term (reading, index - 1)->item != term->item)
         && hx_words_search (reading->words, term->lead.from, term->lead.until,
                             "（项）")
                != G_MAXSIZE;
}

/* “2024年预算安排”: what the item opened with, said again.  “支出决算为” too,
 * unless the item opened with what was planned. */
static gboolean
says_again (const HxReading *reading, guint first, guint index)
{
  const HxTerm *head = hx_reading_term (reading, first);
  const HxTerm *term = hx_reading_term (reading, index);
  const HxSpan lead = term->lead;

  if (term->role != HX_TERM_VALUE)
    return FALSE;
  if (term->year != 0
      && hx_words_end_with (reading->words, lead.from, lead.until, "预算安排"))
    return TRUE;
  return hx_words_end_with (reading->words, lead.from, lead.until, "支出决算为")
         && (head->quantity.exact == term->quantity.exact
             || differs_by_slip (reading, first, index));
}

static void
find_in_item (HxSearch *search, guint first)
{
  const HxReading *reading = search->reading;
  const HxTerm *head = hx_reading_term (reading, first);

  for (guint i = first + 1; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->item != head->item)
        return;
      if (says_again (reading, first, i))
        {
          add (search, first, i);
          return;
        }
    }
}

void
hx_find_repeats (HxSearch *search)
{
  const HxReading *reading = search->reading;
  g_autoptr (GHashTable) last
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree guint *before = g_new0 (guint, reading->terms->len + 1);
  Places places = { last, before };

  for (guint i = 0; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (opens_item (reading, i))
        find_in_item (search, i);
      if (!is_told (term))
        continue;
      remember (&places, term, i);
      find_equal (search, &places, i);
      find_slip (search, i);
    }
  find_told_again (search);
}
