/* V01 to V04 and V08 of a draft: the amounts that it states, against each other
 * and against the records.
 *
 * An amount is a number behind one of its words in the same clause (执行数
 * 1413.15万元); the words and the figures behind them are the catalogue's.  The
 * first number stated for each amount counts; another one later is a finding.
 */
#include "check/review_internal.h"
#include "check/review_scan.h"

#include <string.h>

#define LOOK_AHEAD 45 /* bytes between the words and the number */
#define RATE_SCALE 4  /* 1/10000 */

typedef struct
{
  const HxReviewAmount *amount;
  const HxTextBlock *block; /* where it was stated first, or only named */
  gsize offset, length;
  gboolean is_named, is_stated;
  gint64 value; /* 分, or 1/10000 */
  guint decimals;
} Stated;

typedef struct
{
  HxReviewCase *review;
  char **words;   /* of all amounts */
  GArray *stated; /* Stated, one an amount */
} Amounts;

/* --------------------------------------------------------------- reading them
 */

static const struct
{
  const char *word;
  HxMoneyUnit unit;
} units[] = {
  { "万元", HX_MONEY_WAN_YUAN },
  { "亿元", HX_MONEY_YI_YUAN },
  { "元", HX_MONEY_YUAN },
};

/* The number as money, or as a share for a rate. */
static gboolean
read_value (const char *text, gsize from, gsize end, Stated *stated)
{
  g_autofree char *digits = g_strndup (text + from, end - from);
  HxDecimal decimal = { 0, 0 };

  if (stated->amount->role == HX_REVIEW_RATE)
    {
      if ((text[end] != '%' && !g_str_has_prefix (text + end, "％"))
          || hx_scan_number (text, from, &decimal) == from)
        return FALSE;
      stated->decimals = decimal.scale;
      if (!hx_decimal_rescale (&decimal, 2))
        return FALSE;
      stated->value = decimal.units;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (text + end, units[i].word))
      return hx_money_parse (digits, units[i].unit, &stated->value, NULL);
  return FALSE;
}

/* The first number behind the words, before the clause ends or another amount
 * is named. */
static gsize
number_behind (const Amounts *amounts, const char *text, gsize from)
{
  for (gsize at = from; at <= from + LOOK_AHEAD && text[at] != '\0';
       at += hx_text_width (text + at))
    {
      gunichar character = g_utf8_get_char (text + at);

      if (hx_scan_is_digit (character))
        return at;
      if (g_utf8_strchr ("。；，、|！？", -1, character) != NULL
          || hx_words_at (text + at, (const char *const *)amounts->words) > 0)
        return 0;
    }
  return 0;
}

static void
found_twice (const Amounts *amounts, const Stated *first, const Stated *again)
{
  const gboolean is_rate = first->amount->role == HX_REVIEW_RATE;
  g_autofree char *one = is_rate ? hx_review_per_cent (first->value)
                                 : hx_review_wan (first->value);
  g_autofree char *other = is_rate ? hx_review_per_cent (again->value)
                                   : hx_review_wan (again->value);
  g_autofree char *value
      = g_strdup_printf (_ ("前文是 %s，这里是 %s"), one, other);
  const HxFound found = {
    .block = again->block,
    .offset = again->offset,
    .length = again->length,
    .rule = _ ("同一个数前后一致"),
    .value = value,
    .advice = _ ("核对后改成同一个数"),
  };

  hx_review_found (amounts->review, 4, &found);
}

static void
take_amount (Amounts *amounts, guint index, const HxTextBlock *block,
             gsize offset, gsize length)
{
  Stated *stated = &g_array_index (amounts->stated, Stated, index);
  const char *text = block->words->str;
  gsize from = number_behind (amounts, text, offset + length);
  HxDecimal decimal;
  gsize end = from == 0 ? 0 : hx_scan_number (text, from, &decimal);
  Stated again = { stated->amount, block, offset, length, TRUE, FALSE, 0, 0 };

  again.is_stated = end > from && read_value (text, from, end, &again);
  if (!stated->is_stated && (again.is_stated || !stated->is_named))
    *stated = again;
  else if (again.is_stated
           && (again.value != stated->value
               && again.decimals == stated->decimals))
    found_twice (amounts, stated, &again);
}

static int
amount_of (const Amounts *amounts, const char *word, gsize length)
{
  for (guint i = 0; i < amounts->stated->len; i++)
    {
      const HxReviewAmount *amount
          = g_array_index (amounts->stated, Stated, i).amount;

      for (char **each = amount->words; *each != NULL; each++)
        if (strlen (*each) == length && strncmp (*each, word, length) == 0)
          return (int)i;
    }
  return -1;
}

static void
read_block (Amounts *amounts, const HxTextBlock *block)
{
  const char *text = block->words->str;
  gsize at = 0, length;

  while (
      hx_words_find (text, &at, (const char *const *)amounts->words, &length))
    {
      take_amount (amounts, (guint)amount_of (amounts, text + at, length),
                   block, at, length);
      at += length;
    }
}

static void
amounts_init (Amounts *amounts, HxReviewCase *review)
{
  GPtrArray *words = g_ptr_array_new ();

  amounts->review = review;
  amounts->stated = g_array_new (FALSE, TRUE, sizeof (Stated));
  for (guint i = 0; i < review->rules->amounts->len; i++)
    {
      const HxReviewAmount *amount = review->rules->amounts->pdata[i];
      const Stated stated = { .amount = amount };

      g_array_append_val (amounts->stated, stated);
      for (char **each = amount->words; *each != NULL; each++)
        g_ptr_array_add (words, g_strdup (*each));
    }
  g_ptr_array_add (words, NULL);
  amounts->words = (char **)g_ptr_array_free (words, FALSE);
  for (guint i = 0; i < review->text->blocks->len; i++)
    read_block (amounts, review->text->blocks->pdata[i]);
}

static void
amounts_clear (Amounts *amounts)
{
  g_strfreev (amounts->words);
  g_array_unref (amounts->stated);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Amounts, amounts_clear)

/* The first of a role that is stated; else one that is named; else NULL. */
static const Stated *
role_of (const Amounts *amounts, HxReviewRole role, gboolean is_stated)
{
  for (guint i = 0; i < amounts->stated->len; i++)
    {
      const Stated *stated = &g_array_index (amounts->stated, Stated, i);

      if (stated->amount->role == role
          && (is_stated ? stated->is_stated : stated->is_named))
        return stated;
    }
  return NULL;
}

static void
found_at (const Amounts *amounts, guint number, const Stated *stated,
          const HxFound *what)
{
  HxFound found = *what;

  found.block = stated->block;
  found.offset = stated->offset;
  found.length = stated->length;
  hx_review_found (amounts->review, number, &found);
}

/* ------------------------------------------------------------ V01 parts and
 * sum
 */

static void
check_parts (const Amounts *amounts, HxReviewRole role, const char *what)
{
  const Stated *executed = role_of (amounts, HX_REVIEW_EXECUTED, TRUE);
  const Stated *first = role_of (amounts, role, TRUE);
  gint64 sum = 0;

  for (guint i = 0; i < amounts->stated->len; i++)
    {
      const Stated *stated = &g_array_index (amounts->stated, Stated, i);

      if (stated->is_stated && stated->amount->role == role)
        sum += stated->value;
    }
  if (executed == NULL || first == NULL || sum == executed->value)
    return;
  g_autofree char *parts = hx_review_wan (sum);
  g_autofree char *whole = hx_review_wan (executed->value);
  g_autofree char *gap = hx_review_wan (sum - executed->value);
  g_autofree char *value = g_strdup_printf (_ ("%s合计 %s，执行数 %s，相差 %s"),
                                            what, parts, whole, gap);
  const HxFound found
      = { .rule = _ ("各资金来源之和、各支出性质之和都等于执行数"),
          .value = value,
          .advice = _ ("逐项核对，改到一分不差") };
  found_at (amounts, 1, first, &found);
}

/* ------------------------------------------------------ V02 one base, one rate
 */

static void
check_base (const Amounts *amounts)
{
  const Stated *initial = role_of (amounts, HX_REVIEW_INITIAL, FALSE);
  const Stated *total = role_of (amounts, HX_REVIEW_TOTAL, FALSE);
  const HxFound found = {
    .rule = _ ("全文只用一个预算口径；两个都用的，都写明金额和调整数"),
    .value = _ ("既写“年初预算数”又写“全年预算数”，没有写齐两者的金额"),
    .advice = _ ("统一用全年预算数，或写明年初预算数、调整数和全年预算数"),
  };

  if (initial == NULL || total == NULL
      || (initial->is_stated && total->is_stated))
    return;
  found_at (amounts, 2, initial->is_stated ? total : initial, &found);
}

static void
check_adjustment (const Amounts *amounts)
{
  const Stated *initial = role_of (amounts, HX_REVIEW_INITIAL, TRUE);
  const Stated *adjusted = role_of (amounts, HX_REVIEW_ADJUSTED, TRUE);
  const Stated *total = role_of (amounts, HX_REVIEW_TOTAL, TRUE);
  const gint64 change = adjusted == NULL ? 0 : adjusted->value;

  if (initial == NULL || total == NULL
      || initial->value + change == total->value)
    return;
  g_autofree char *gap = hx_review_wan (total->value - initial->value - change);
  g_autofree char *value
      = g_strdup_printf (_ ("全年预算数比年初预算数加调整数多 %s"), gap);
  const HxFound found = { .rule = _ ("全年预算数＝年初预算数＋调整数"),
                          .value = value,
                          .advice = _ ("写明每笔调整和文号，改到一分不差") };
  found_at (amounts, 2, total, &found);
}

static void
check_rate (const Amounts *amounts)
{
  const Stated *executed = role_of (amounts, HX_REVIEW_EXECUTED, TRUE);
  const Stated *total = role_of (amounts, HX_REVIEW_TOTAL, TRUE);
  const Stated *rate = role_of (amounts, HX_REVIEW_RATE, TRUE);
  gint64 right = 0, shown = 0;

  if (executed == NULL || total == NULL || rate == NULL || rate->decimals > 2
      || !hx_round_half_up (executed->value, total->value, rate->decimals + 2,
                            &right))
    return;
  shown = rate->value;
  for (guint i = rate->decimals; i < 2; i++)
    right *= 10;
  if (shown == right)
    return;
  g_autofree char *stated = hx_review_per_cent (shown);
  g_autofree char *computed = hx_review_per_cent (right);
  g_autofree char *value
      = g_strdup_printf (_ ("写的是 %s，算得 %s"), stated, computed);
  const HxFound found = { .rule = _ ("预算执行率＝执行数÷全年预算数"),
                          .value = value,
                          .advice = _ ("按全年预算数重算") };
  found_at (amounts, 2, rate, &found);
}

/* ---------------------------------------------- V03 what is left is explained
 */

/* Is the amount stated somewhere, by whatever word? */
static gboolean
is_mentioned (const HxReviewText *text, gint64 fen)
{
  g_autofree char *number = hx_money_format_wan (fen, 2);

  for (guint i = 0; i < text->blocks->len; i++)
    {
      const HxTextBlock *block = text->blocks->pdata[i];
      const char *at = strstr (block->words->str, number);

      if (at != NULL
          && !hx_scan_is_digit (hx_scan_before (
              block->words->str, (gsize)(at - block->words->str))))
        return TRUE;
    }
  return FALSE;
}

static void
check_closing (const Amounts *amounts)
{
  const Stated *executed = role_of (amounts, HX_REVIEW_EXECUTED, TRUE);
  const Stated *total = role_of (amounts, HX_REVIEW_TOTAL, TRUE);
  const Stated *carried = role_of (amounts, HX_REVIEW_CARRY_OVER, TRUE);
  const gint64 over = carried == NULL ? 0 : carried->value;
  gint64 open;

  if (executed == NULL || total == NULL)
    return;
  open = total->value - executed->value - over;
  if (open == 0 || is_mentioned (amounts->review->text, open))
    return;
  g_autofree char *gap = hx_review_wan (open);
  g_autofree char *left = hx_review_wan (over);
  g_autofree char *value = g_strdup_printf (
      _ ("没有支出的钱里有 %s 没有交代（年末结转和结余 %s）"), gap, left);
  const HxFound found = {
    .rule = _ ("全年预算数＝执行数＋结转结余＋收回注销，差额要说明"),
    .value = value,
    .advice = _ ("逐条预算指标写明这笔钱的去向、金额和原因"),
  };
  found_at (amounts, 3, carried != NULL ? carried : total, &found);
}

/* ------------------------------------------- V04 as the records have it, V08
 */

/* A figure as the amounts are kept: 分, or 1/10000. */
static gboolean
figure_value (const HxFigure *figure, guint decimals, gint64 *value)
{
  if (figure->is_void)
    return FALSE;
  if (figure->value.is_money)
    {
      *value = figure->value.numerator;
      return TRUE;
    }
  if (decimals > 2
      || !hx_round_half_up (figure->value.numerator, figure->value.denominator,
                            decimals + 2, value))
    return FALSE;
  for (guint i = decimals; i < 2; i++)
    *value *= 10;
  return TRUE;
}

/* The text states money in 万元 with two places. */
static gboolean
is_as_printed (gint64 stated, gint64 exact, gboolean is_money)
{
  gint64 printed;

  if (!is_money || stated == exact)
    return stated == exact;
  return hx_round_half_up (exact, 10000, 0, &printed) && stated % 10000 == 0
         && printed * 10000 == stated;
}

static void
check_record (const Amounts *amounts, const Stated *stated)
{
  const HxIndicator *indicator = stated->amount->figure;
  const HxFigure *figure
      = indicator == NULL || !stated->is_stated
            ? NULL
            : hx_review_figure (amounts->review, indicator->key);
  gint64 exact;

  if (figure == NULL || figure->rows == 0
      || !figure_value (figure, stated->decimals, &exact)
      || is_as_printed (stated->value, exact, figure->value.is_money))
    return;
  const gboolean is_rate = stated->amount->role == HX_REVIEW_RATE;
  g_autofree char *one = is_rate ? hx_review_per_cent (stated->value)
                                 : hx_review_wan (stated->value);
  g_autofree char *other
      = is_rate ? hx_review_per_cent (exact) : hx_review_wan (exact);
  g_autofree char *value
      = g_strdup_printf (_ ("文稿写 %s，台账是 %s"), one, other);
  const HxFound found = { .rule = _ ("文稿里的数与台账一致"),
                          .value = value,
                          .advice = _ ("核对台账，改文稿或补记录") };
  found_at (amounts, 4, stated, &found);
}

static gboolean
has_words (const HxReviewText *text, const char *const *words)
{
  for (guint i = 0; i < text->blocks->len; i++)
    {
      const HxTextBlock *block = text->blocks->pdata[i];
      gsize from = 0, length;

      if (hx_words_find (block->words->str, &from, words, &length))
        return TRUE;
    }
  return FALSE;
}

static void
check_execution (const Amounts *amounts)
{
  const HxReviewCase *review = amounts->review;
  const Stated *rate = role_of (amounts, HX_REVIEW_RATE, TRUE);
  const guint line = review->rules->limits[HX_REVIEW_EXECUTION];

  if (rate == NULL || !review->rules->has_limit[HX_REVIEW_EXECUTION]
      || rate->value >= line
      || has_words (review->text, HX_REVIEW_WORD (review, HX_REVIEW_CAUSES)))
    return;
  g_autofree char *value = hx_review_per_cent (rate->value);
  g_autofree char *least = hx_review_per_cent (line);
  g_autofree char *rule
      = g_strdup_printf (_ ("预算执行率低于 %s 的，写明原因"), least);
  const HxFound found = { .rule = rule,
                          .value = value,
                          .advice = _ ("写明执行慢的原因和整改措施") };
  found_at (amounts, 8, rate, &found);
}

gboolean
hx_review_draft_amounts (HxReviewCase *review, GError **error)
{
  g_auto (Amounts) amounts = { 0 };

  (void)error;
  amounts_init (&amounts, review);
  check_parts (&amounts, HX_REVIEW_SOURCE, _ ("各资金来源"));
  check_parts (&amounts, HX_REVIEW_NATURE, _ ("各支出性质"));
  check_base (&amounts);
  check_adjustment (&amounts);
  check_rate (&amounts);
  check_closing (&amounts);
  check_execution (&amounts);
  for (guint i = 0; i < amounts.stated->len; i++)
    check_record (&amounts, &g_array_index (amounts.stated, Stated, i));
  return TRUE;
}
