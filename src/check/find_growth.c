/* Growths: 增加 1062.85 万元，增长 12.08%.
 *
 * The change stands beside the rate.  The amount that changed is the one of
 * the sentence, or the nearest before that bears the name of what changed.
 * Where no change is told the amount of the year before may be.
 */
#include "check/group.h"

#include <string.h>

#define BACK_MAX 60
#define BACK_SENTENCES 12

static HxProposal
growth_of (const HxReading *reading, const guint operands[2], guint stated)
{
  const HxTerm *delta = hx_reading_term (reading, operands[1]);
  HxOutcome outcome = hx_outcome_growth (hx_reading_term (reading, operands[0]),
                                         delta, delta->sign);

  if (hx_direction_is_contrary (reading, operands[1], stated))
    outcome = hx_outcome_turn (outcome);
  return (HxProposal){
    .kind = HX_CLAIM_GROWTH,
    .formula
    = delta->sign < 0 ? "delta/(cur+delta)*100" : "delta/(cur-delta)*100",
    .operands = operands,
    .count = 2,
    .stated = stated,
    .outcome = outcome,
  };
}

static gboolean
holds (const HxReading *reading, const guint operands[2], guint stated)
{
  const HxProposal proposal = growth_of (reading, operands, stated);

  return hx_proposal_verdict (reading, &proposal) != HX_VERDICT_ERROR;
}

static void
add (HxSearch *search, const guint operands[2], guint stated)
{
  const HxProposal proposal = growth_of (search->reading, operands, stated);

  hx_claim_add (search->result, search->reading, &proposal);
}

/* --------------------------------------------------------------- the change */

/* Nothing but a comma or a bracket parts them: “累计雨量1846毫米，较常年偏多
 * 14%” is of the rain, not of the storms counted before. */
static gboolean
follows_at_once (const HxReading *reading, const HxTerm *delta,
                 const HxTerm *rate)
{
  const gsize gap = rate->lead.from - delta->quantity.until;

  return gap <= strlen ("，")
         || hx_words_end_with (reading->words, delta->quantity.until,
                               rate->lead.from, "），");
}

/* The change right before the rate, or right behind it (增 15.35%，多收 …). */
static guint
change_of (const HxReading *reading, guint rate)
{
  const HxTerm *term = hx_reading_term (reading, rate);
  const guint count = reading->terms->len;

  if (rate > 0)
    {
      const HxTerm *before = hx_reading_term (reading, rate - 1);

      if (before->role == HX_TERM_DELTA && before->sentence == term->sentence
          && follows_at_once (reading, before, term))
        return rate - 1;
    }
  if (rate + 1 < count)
    {
      const HxTerm *behind = hx_reading_term (reading, rate + 1);

      if (behind->role == HX_TERM_DELTA && behind->sentence == term->sentence
          && behind->group == term->group && behind->sign == term->sign
          && behind->name.from == behind->name.until)
        return rate + 1;
    }
  return HX_NO_TERM;
}

static gboolean
is_nameless (const HxTerm *term)
{
  return term->name.from == term->name.until;
}

static gboolean
may_have_changed (const HxTerm *amount, const HxTerm *delta)
{
  return (amount->role == HX_TERM_VALUE || amount->role == HX_TERM_TOTAL
          || amount->role == HX_TERM_BALANCE)
         && hx_term_is_alike (amount, delta);
}

/* “支出 951.30 万元。与上年相比，减少 …”: nothing else stands in the sentence
 * before, and nothing in front of the change in its own. */
static gboolean
is_only_amount_before (const HxReading *reading, guint amount, guint delta)
{
  const HxTerm *what = hx_reading_term (reading, amount);

  return amount + 1 == delta
         && what->sentence + 1 == hx_reading_term (reading, delta)->sentence
         && (amount == 0
             || hx_reading_term (reading, amount - 1)->sentence
                    != what->sentence);
}

/* Every amount of the very name of the change in the chapter is the same. */
static gboolean
is_only_one_of_name (const HxReading *reading, guint amount, guint delta)
{
  const HxTerm *what = hx_reading_term (reading, amount);
  const HxTerm *change = hx_reading_term (reading, delta);

  if (hx_reading_match (reading, what->name, change->name) < 3
      || what->chapter != change->chapter)
    return FALSE;
  for (guint i = 0; i < reading->terms->len; i++)
    {
      const HxTerm *other = hx_reading_term (reading, i);

      if (may_have_changed (other, change) && other->chapter == change->chapter
          && hx_reading_match (reading, other->name, change->name) == 3
          && other->quantity.exact != what->quantity.exact)
        return FALSE;
    }
  return TRUE;
}

/* The amount of the same sentence right before the change is what changed,
 * when the change has no name of its own or that amount's. */
static gboolean
is_sure (const HxReading *reading, guint amount, guint delta)
{
  const HxTerm *what = hx_reading_term (reading, amount);
  const HxTerm *change = hx_reading_term (reading, delta);

  if (what->sentence == change->sentence
      && (what->bracket == 0 || what->bracket == change->bracket))
    return is_nameless (change)
           || hx_reading_match (reading, what->name, change->name) >= 2;
  if (what->sentence + 1 == change->sentence && !is_nameless (change))
    return hx_reading_match (reading, what->name, change->name) >= 2;
  return is_nameless (change) ? is_only_amount_before (reading, amount, delta)
                              : is_only_one_of_name (reading, amount, delta);
}

/* “讲座160场，增加10场，观众增长19%”: the rate has a name of its own. */
static gboolean
is_of_other (const HxReading *reading, guint rate, guint amount, guint delta)
{
  const HxTerm *term = hx_reading_term (reading, rate);

  return !is_nameless (term)
         && hx_reading_match (reading, term->name,
                              hx_reading_term (reading, amount)->name)
                == 0
         && hx_reading_match (reading, term->name,
                              hx_reading_term (reading, delta)->name)
                == 0;
}

/* The nearest amount that fits, those of the right name first; else the one
 * that must be meant. */
static void
find_by_change (HxSearch *search, guint rate, guint delta)
{
  const HxReading *reading = search->reading;
  const HxTerm *change = hx_reading_term (reading, delta);
  guint sure = HX_NO_TERM;
  guint fitting = HX_NO_TERM;
  guint best = 0;

  for (guint i = MIN (rate, delta); i-- > 0 && i + BACK_MAX > delta;)
    {
      const HxTerm *amount = hx_reading_term (reading, i);
      const guint operands[2] = { i, delta };
      const guint score
          = 1 + hx_reading_match (reading, amount->name, change->name);

      if (amount->sentence + BACK_SENTENCES < change->sentence)
        break;
      if (!may_have_changed (amount, change))
        continue;
      if (sure == HX_NO_TERM && is_sure (reading, i, delta))
        sure = i;
      if (score > best && holds (reading, operands, rate))
        {
          fitting = i;
          best = score;
        }
    }
  if (fitting == HX_NO_TERM && sure != HX_NO_TERM
      && !is_of_other (reading, rate, sure, delta))
    fitting = sure;
  if (fitting != HX_NO_TERM)
    add (search, (const guint[2]){ fitting, delta }, rate);
}

/* --------------------------------------------------------- the year before */

/* The amount of the year before beside the amount, on either side, with no
 * third between them and the rate. */
static guint
previous_of (const HxReading *reading, guint owner, guint rate)
{
  const HxTerm *amount = hx_reading_term (reading, owner);

  for (guint i = rate; i-- > 0;)
    {
      const HxTerm *before = hx_reading_term (reading, i);

      if (before->sentence != amount->sentence)
        break;
      if (before->role == HX_TERM_PREVIOUS)
        return hx_term_is_alike (before, amount) ? i : HX_NO_TERM;
      if (hx_term_is_amount (before) && i != owner)
        break;
    }
  return HX_NO_TERM;
}

/* The difference of both years is the change that is told. */
static void
add_difference (HxSearch *search, const guint operands[2], guint delta)
{
  const HxReading *reading = search->reading;
  const int sign = hx_reading_term (reading, delta)->sign;
  const int signs[2] = { sign, -sign };
  HxProposal proposal = { .kind = HX_CLAIM_DIFFERENCE,
                          .formula = "a-b",
                          .operands = operands,
                          .count = 2,
                          .signs = signs,
                          .stated = delta };

  proposal.outcome = hx_outcome_sum (reading, operands, signs, 2);
  hx_claim_add (search->result, reading, &proposal);
}

/* The figures go one way, the words the other. */
static gboolean
is_turned (const HxReading *reading, const guint operands[2], int sign)
{
  const HxWide now = hx_reading_term (reading, operands[0])->quantity.exact;
  const HxWide before = hx_reading_term (reading, operands[1])->quantity.exact;

  return sign * (now - before) < 0;
}

/* Both years are told: the rate follows from them, as does the change. */
static gboolean
find_by_previous (HxSearch *search, guint rate, guint delta)
{
  const HxReading *reading = search->reading;
  const guint owner = hx_reading_term (reading, rate)->owner;
  const guint previous
      = owner == HX_NO_TERM ? HX_NO_TERM : previous_of (reading, owner, rate);
  const guint operands[2] = { owner, previous };
  HxProposal proposal = { .kind = HX_CLAIM_GROWTH,
                          .formula = "(cur-prev)/prev*100",
                          .operands = operands,
                          .count = 2,
                          .stated = rate };

  if (previous == HX_NO_TERM)
    return FALSE;
  proposal.outcome = hx_outcome_change (hx_reading_term (reading, owner),
                                        hx_reading_term (reading, previous));
  if (is_turned (reading, operands, hx_reading_term (reading, rate)->sign))
    proposal.outcome = hx_outcome_turn (proposal.outcome);
  hx_claim_add (search->result, reading, &proposal);
  if (delta != HX_NO_TERM)
    add_difference (search, operands, delta);
  return TRUE;
}

/* “1969万元，较2024年的2190万元减少221万元”: no rate is told. */
static void
find_by_both_years (HxSearch *search, guint delta)
{
  const HxReading *reading = search->reading;
  const guint owner = hx_reading_term (reading, delta)->owner;
  const guint previous
      = owner == HX_NO_TERM ? HX_NO_TERM : previous_of (reading, owner, delta);

  if (previous != HX_NO_TERM && previous + 1 == delta)
    add_difference (search, (const guint[2]){ owner, previous }, delta);
}

void
hx_find_growths (HxSearch *search)
{
  const HxReading *reading = search->reading;

  for (guint i = 0; i < reading->terms->len; i++)
    {
      guint delta = HX_NO_TERM;

      if (hx_reading_term (reading, i)->role == HX_TERM_DELTA)
        find_by_both_years (search, i);
      if (hx_reading_term (reading, i)->role != HX_TERM_GROWTH)
        continue;
      delta = change_of (reading, i);
      if (!find_by_previous (search, i, delta) && delta != HX_NO_TERM)
        find_by_change (search, i, delta);
    }
}
