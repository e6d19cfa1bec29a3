/* Rates of what was done of a budget: 完成年初预算的 95.45%, 执行率 99.8%,
 * 为年初预算 10065 万元的 43.2%.
 *
 * The numerator is the amount that the sentence speaks of; the base stands at
 * the rate's side, or earlier in the sentence under the name that the rate
 * gives it.
 */
#include "check/group.h"

#include <string.h>

#define FORMULA "a/b*100"

static HxProposal
ratio_of (const HxReading *reading, const guint operands[2], guint stated)
{
  return (HxProposal){
    .kind = HX_CLAIM_RATIO,
    .formula = FORMULA,
    .operands = operands,
    .count = 2,
    .stated = stated,
    .outcome = hx_outcome_ratio (hx_reading_term (reading, operands[0]),
                                 hx_reading_term (reading, operands[1])),
  };
}

/* Adds the ratio; of one that the words do not make sure, only if it holds. */
static gboolean
propose (HxSearch *search, const guint operands[2], guint stated,
         gboolean is_sure)
{
  const HxProposal proposal = ratio_of (search->reading, operands, stated);

  if (operands[0] == operands[1]
      || !hx_term_is_alike (hx_reading_term (search->reading, operands[0]),
                            hx_reading_term (search->reading, operands[1])))
    return FALSE;
  if (!is_sure
      && hx_proposal_verdict (search->reading, &proposal) == HX_VERDICT_ERROR)
    return FALSE;
  hx_claim_add (search->result, search->reading, &proposal);
  return TRUE;
}

/* The words between the amount before and the rate are “的” and no more. */
static gboolean
is_beside (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);
  const HxTerm *before
      = index == 0 ? NULL : hx_reading_term (reading, index - 1);

  return before != NULL && hx_term_is_amount (before)
         && before->quantity.until == term->lead.from
         && hx_words_end_with (reading->words, term->lead.from,
                               term->lead.until, "的")
         && term->lead.until - term->lead.from == strlen ("的");
}

/* The amount in front of another in its sentence. */
static guint
amount_before (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);

  for (guint i = index; i-- > 0 && i + HX_SENTENCE_REACH > index;)
    {
      const HxTerm *before = hx_reading_term (reading, i);

      if (before->sentence != term->sentence)
        break;
      if ((before->role == HX_TERM_VALUE || before->role == HX_TERM_TOTAL)
          && hx_term_is_alike (before, term)
          && (before->bracket == 0 || before->bracket == term->bracket))
        return i;
    }
  return HX_NO_TERM;
}

/* The words of two budgets name the same one: 年初 is not 全年. */
static gboolean
is_same_budget (const HxReading *reading, const HxTerm *rate,
                const HxTerm *budget)
{
  static const char *const sorts[] = { "年初", "全年", "调整" };
  const HxWords *words = reading->words;

  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      const gboolean asked
          = hx_words_search (words, rate->lead.from, rate->lead.until, sorts[i])
            != G_MAXSIZE;
      const gboolean given = hx_words_search (words, budget->lead.from,
                                              budget->lead.until, sorts[i])
                             != G_MAXSIZE;

      if (asked && !given)
        return FALSE;
    }
  return TRUE;
}

/* Every budget in the sentence before the rate: the one it names for sure,
 * others if they fit. */
static void
find_in_sentence (HxSearch *search, guint rate)
{
  const HxReading *reading = search->reading;
  const HxTerm *term = hx_reading_term (reading, rate);
  gboolean is_found = FALSE;

  if (term->owner == HX_NO_TERM)
    return;
  for (guint i = rate; i-- > 0 && i + HX_SENTENCE_REACH > rate;)
    {
      const HxTerm *budget = hx_reading_term (reading, i);
      const guint operands[2] = { term->owner, i };

      if (budget->sentence != term->sentence)
        break;
      if (budget->role == HX_TERM_BUDGET && i < term->owner
          && propose (
              search, operands, rate,
              !is_found
                  && (budget->group == term->group || i + 1 == term->owner)
                  && is_same_budget (reading, term, budget)))
        is_found = is_found || is_same_budget (reading, term, budget);
    }
}

/* “为预算的 100.9%（预算数为 52.80 亿元）” */
static void
find_in_bracket_behind (HxSearch *search, guint rate)
{
  const HxReading *reading = search->reading;
  const HxTerm *term = hx_reading_term (reading, rate);
  const guint operands[2] = { term->owner, rate + 1 };
  const HxTerm *budget = NULL;

  if (term->owner == HX_NO_TERM || rate + 1 >= reading->terms->len)
    return;
  budget = hx_reading_term (reading, rate + 1);
  if (budget->role == HX_TERM_BUDGET && budget->bracket != 0
      && budget->bracket != term->bracket && budget->sentence == term->sentence)
    (void)propose (search, operands, rate, TRUE);
}

/* 总量 75.20 亿元已支 45.76 亿元，支付率 60.8%: if it fits. */
static void
find_rate_of_both (HxSearch *search, guint rate)
{
  const HxReading *reading = search->reading;
  const guint owner = hx_reading_term (reading, rate)->owner;
  const guint before
      = owner == HX_NO_TERM ? HX_NO_TERM : amount_before (reading, owner);
  const guint operands[2] = { owner, before };
  const guint turned[2] = { before, owner };

  if (before != HX_NO_TERM && !propose (search, operands, rate, FALSE))
    (void)propose (search, turned, rate, FALSE);
}

/* （年初预算 2750 万元，52.0%） */
static void
find_bare (HxSearch *search, guint rate)
{
  const HxReading *reading = search->reading;
  const HxTerm *term = hx_reading_term (reading, rate);
  const HxTerm *before = rate == 0 ? NULL : hx_reading_term (reading, rate - 1);
  guint operands[2] = { HX_NO_TERM, rate - 1 };

  if (before == NULL || before->sentence != term->sentence
      || before->role != HX_TERM_BUDGET || before->bracket != term->bracket)
    return;
  operands[0] = amount_before (reading, rate - 1);
  if (operands[0] != HX_NO_TERM)
    (void)propose (search, operands, rate, TRUE);
}

void
hx_find_rates (HxSearch *search)
{
  const HxReading *reading = search->reading;

  for (guint i = 1; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (is_beside (reading, i))
        {
          const guint operands[2] = { amount_before (reading, i - 1), i - 1 };

          if (operands[0] != HX_NO_TERM
              && hx_reading_term (reading, i - 1)->role == HX_TERM_BUDGET)
            (void)propose (search, operands, i, TRUE);
          else if (operands[0] != HX_NO_TERM)
            (void)propose (search, operands, i, FALSE);
        }
      else if (term->role == HX_TERM_DONE)
        {
          find_in_sentence (search, i);
          find_rate_of_both (search, i);
          find_in_bracket_behind (search, i);
        }
      else if (term->role == HX_TERM_BARE)
        find_bare (search, i);
    }
}
