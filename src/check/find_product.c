/* People × rate = money: “按每人每年 1,500 元标准，为 23 人发放，共 3.45 万元”.
 *
 * In one sentence: a number of things, the price of one, and what they come
 * to.  It is a claim when it holds; an error is called only when the three
 * stand by themselves, the price says of what it is and the total says that
 * it is one, or when a slip of a digit explains it.
 */
#include "check/warn.h"

#include <string.h>

#define APART_MAX 6 /* terms between the first and the total */
#define MONTHS_MAX 12

typedef struct
{
  guint count, price, total;
} Factors;

#define EACH(thing, counters)                                                  \
  {                                                                            \
    "每" thing, thing "均", "/" thing "|每" thing, counters                    \
  }

/* A price is of one thing when the words before it hold `each` or `mean`, or
 * one of `behind` stands behind it; which counters count that thing. */
static const struct
{
  const char *each, *mean, *behind;
  const char *counters;
} things[] = {
  EACH ("人", "人|名|位|人次"),
  EACH ("名", "人|名|位"),
  EACH ("户", "户|家"),
  EACH ("台", "台|套|台套"),
  EACH ("套", "套|台"),
  EACH ("份", "份|套"),
  EACH ("次", "次|场|批|人次"),
  EACH ("场", "场|次"),
  EACH ("件", "件"),
  EACH ("个", "个"),
  EACH ("辆", "辆"),
  EACH ("册", "册|本"),
  EACH ("本", "本|册"),
  EACH ("支", "支"),
  EACH ("所", "所"),
  EACH ("期", "期"),
  EACH ("班", "班|个"),
};

/* ------------------------------------------------------------------- factors
 */

/* “每人每年”, “人均”, “元/人”: it says of what it is the price. */
static gboolean
may_be_price (const HxReading *reading, const HxTerm *term)
{
  static const char *const words[] = { "每", "均", NULL };

  return term->quantity.kind == HX_QUANTITY_MONEY
         && (hx_words_go_on (reading->words, term->quantity.until, "/|每")
             || hx_reading_says (reading, term->lead.from, term->lead.until,
                                 words));
}

static gboolean
is_price_of (const HxReading *reading, const HxTerm *price, gsize thing)
{
  const char *const before[] = { things[thing].each, things[thing].mean, NULL };

  return hx_words_go_on (reading->words, price->quantity.until,
                         things[thing].behind)
         || hx_reading_says (reading, price->lead.from, price->lead.until,
                             before);
}

static gboolean
is_counter (const char *counter, const char *list)
{
  const gsize length = strlen (counter);

  for (; *list != '\0';
       list += strcspn (list, "|") + (strchr (list, '|') != NULL))
    if (strcspn (list, "|") == length && strncmp (list, counter, length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_price (const HxReading *reading, const HxTerm *price, const HxTerm *count)
{
  for (gsize i = 0; i < G_N_ELEMENTS (things); i++)
    if (is_counter (count->quantity.counter, things[i].counters)
        && is_price_of (reading, price, i))
      return TRUE;
  return FALSE;
}

/* 共, 合计 and no more before the figure. */
static gboolean
is_total (const HxReading *reading, const HxTerm *term)
{
  static const char *const words[]
      = { "小计",     "共",       "合计",     "共计",     "总计",
          "计",       "总额",     "总金额",   "共需",     "共发放",
          "合计发放", "发放",     "共支付",   "共支出",   "合计支出",
          "合计金额", "共计发放", "共计支出", "金额共计", "金额合计" };
  const gsize length = term->lead.until - term->lead.from;
  const char *lead = reading->words->clean->str + term->lead.from;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (length == strlen (words[i]) && strncmp (lead, words[i], length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
says_total (const HxReading *reading, const HxTerm *term)
{
  static const char *const words[] = { "小计", "共", "计", "总", NULL };

  return hx_reading_says (reading, term->lead.from, term->lead.until, words);
}

static gboolean
may_be_total (const HxTerm *term)
{
  return term->quantity.kind == HX_QUANTITY_MONEY && term->quantity.vague == 0
         && hx_term_is_amount (term);
}

static gboolean
may_be_count (const HxTerm *term)
{
  return term->quantity.kind == HX_QUANTITY_COUNT
         && (term->quantity.vague & ~(guint)HX_VAGUE_EACH) == 0
         && term->quantity.exact > 0;
}

/* --------------------------------------------------------------------- times
 */

/* “每月 … 12个月”: how often the price is paid; 1 when it is not said. */
static guint
months_in (const HxReading *reading, gsize from, gsize until)
{
  const char *text = reading->words->clean->str;
  const gsize at = hx_words_search (reading->words, from, until, "个月");
  guint months = 0;
  guint power = 1;

  if (at == G_MAXSIZE)
    return 1;
  for (gsize p = at; p > from && g_ascii_isdigit (text[p - 1]) && power < 1000;
       p--, power *= 10)
    months += power * (guint)(text[p - 1] - '0');
  return months >= 1 && months <= MONTHS_MAX ? months : 1;
}

static gboolean
is_paid_in_parts (const HxReading *reading, const HxTerm *price)
{
  static const char *const words[]
      = { "每月", "月均", "每天", "每日", "每季", "每次", "每学期", NULL };
  static const char *const behind
      = "/月|/天|/日|/人/月|/人·月|/人月|/季|/次|每月|"
        "每天|/人/天|/人次";

  return hx_reading_says (reading, price->lead.from, price->lead.until, words)
         || hx_words_go_on (reading->words, price->quantity.until, behind);
}

/* -------------------------------------------------------------------- claims
 */

static HxProposal
proposal_of (const HxReading *reading, const Factors *factors,
             const guint operands[2], guint times)
{
  HxProposal proposal = { .kind = HX_CLAIM_PRODUCT,
                          .formula = "a*b",
                          .operands = operands,
                          .count = 2,
                          .stated = factors->total };

  proposal.outcome
      = hx_outcome_product (hx_reading_term (reading, operands[0]),
                            hx_reading_term (reading, operands[1]), times);
  if (times > 1)
    {
      g_autofree char *formula = g_strdup_printf ("a*b*%u", times);

      proposal.formula = g_intern_string (formula);
    }
  return proposal;
}

static gboolean
holds (const HxReading *reading, const HxProposal *proposal)
{
  return proposal->outcome.exists
         && hx_proposal_verdict (reading, proposal) != HX_VERDICT_ERROR;
}

/* The three are neighbours, the total last, and nothing is paid in parts. */
static gboolean
is_sure (const HxReading *reading, const Factors *factors)
{
  const guint first = MIN (factors->count, factors->price);
  const guint second = MAX (factors->count, factors->price);
  const HxTerm *total = hx_reading_term (reading, factors->total);
  const HxTerm *price = hx_reading_term (reading, factors->price);

  return second == first + 1 && factors->total == second + 1
         && is_total (reading, total) && !is_paid_in_parts (reading, price)
         && hx_reading_term (reading, factors->count)->quantity.vague == 0
         && hx_reading_term (reading, first)->group == total->group
         && hx_reading_term (reading, first)->bracket == total->bracket
         && hx_reading_term (reading, second)->bracket == total->bracket;
}

/* TRUE: the three are a claim. */
static gboolean
judge (HxSearch *search, const Factors *factors)
{
  const HxReading *reading = search->reading;
  const guint operands[2] = { factors->count, factors->price };
  const guint months = months_in (
      reading,
      hx_words_sentence (
          reading->words,
          hx_reading_term (reading, MIN (factors->count, factors->price))
              ->quantity.from),
      hx_reading_term (reading, factors->total)->quantity.from);
  const guint times[] = { 1, months, MONTHS_MAX };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const HxProposal proposal
          = proposal_of (reading, factors, operands, times[i]);

      if (holds (reading, &proposal))
        {
          hx_claim_add (search->result, reading, &proposal);
          return TRUE;
        }
    }
  const HxProposal proposal = proposal_of (reading, factors, operands, 1);

  if (!proposal.outcome.exists || months != 1 || !is_sure (reading, factors))
    return FALSE;
  hx_claim_add (search->result, reading, &proposal);
  return TRUE;
}

/* The nearest number of things and the nearest price of one before the total,
 * in its sentence. */
static gboolean
find_factors (const HxReading *reading, Factors *factors, guint price)
{
  const HxTerm *total = hx_reading_term (reading, factors->total);
  const guint first
      = factors->total > APART_MAX ? factors->total - APART_MAX : 0;

  factors->price = price;
  for (guint i = factors->total; i-- > first;)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->sentence != total->sentence)
        break;
      if (may_be_count (term)
          && is_price (reading, hx_reading_term (reading, price), term))
        {
          factors->count = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
find_of_total (HxSearch *search, guint index)
{
  const HxReading *reading = search->reading;
  const HxTerm *total = hx_reading_term (reading, index);
  const guint first = index > APART_MAX ? index - APART_MAX : 0;
  Factors factors = { .total = index };

  for (guint i = index; i-- > first;)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->sentence != total->sentence)
        return;
      if (may_be_price (reading, term) && find_factors (reading, &factors, i))
        {
          (void)judge (search, &factors);
          return;
        }
    }
}

void
hx_find_products (HxSearch *search)
{
  const HxReading *reading = search->reading;

  for (guint i = 2; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (may_be_total (term) && says_total (reading, term))
        find_of_total (search, i);
    }
}
