/* Figures told in parallel: “依次为A和B；…依次减少C、D，降幅依次为R、S”.
 *
 * A run is two or more figures of one kind with nothing but 、 和 与 between
 * them, after 依次 or 分别.  The n-th of each run belong together.
 */
#include "check/group.h"

#include <string.h>

#define RUN_MAX 12
#define SHARES_SENTENCES 8
#define AMOUNTS_SENTENCES 2
#define WHOLE_PARTS_MIN 3
#define WHOLE_BACK_MAX 40

typedef struct
{
  guint first, count;
} Run;

static gboolean
is_joined (const HxReading *reading, guint index)
{
  static const char *const joints[] = { "、", "和", "与", "及", "，" };
  const HxTerm *term = hx_reading_term (reading, index);
  const HxTerm *before = hx_reading_term (reading, index - 1);
  const gsize from = before->quantity.until;
  const gsize length = term->quantity.from - from;

  if (term->sentence != before->sentence || !hx_term_is_alike (term, before))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (joints); i++)
    if (length == strlen (joints[i])
        && strncmp (reading->words->clean->str + from, joints[i], length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_in_parallel (const HxReading *reading, guint index)
{
  static const char *const words[] = { "依次", "分别", NULL };
  const HxTerm *term = hx_reading_term (reading, index);

  return hx_reading_says (reading, term->lead.from, term->lead.until, words);
}

static Run
run_at (const HxReading *reading, guint index)
{
  Run run = { index, 1 };

  while (index + run.count < reading->terms->len && run.count < RUN_MAX
         && is_joined (reading, index + run.count))
    run.count++;
  return run;
}

/* “分别增加” without a name speaks of the amounts; another name may not. */
static gboolean
is_of_amounts (const HxReading *reading, Run amounts, Run changes)
{
  const HxTerm *amount = hx_reading_term (reading, amounts.first);
  const HxTerm *change = hx_reading_term (reading, changes.first);
  const gsize length = change->name.until - change->name.from;

  return length == 0
         || (length == strlen ("分别")
             && is_in_parallel (reading, changes.first))
         || hx_reading_match (reading, amount->name, change->name) > 0;
}

/* The rates stand in the sentence of the changes, and these not far behind the
 * amounts. */
static gboolean
is_together (const HxReading *reading, Run amounts, Run changes, Run rates)
{
  const HxTerm *amount = hx_reading_term (reading, amounts.first);
  const HxTerm *change = hx_reading_term (reading, changes.first);
  const HxTerm *rate = hx_reading_term (reading, rates.first);

  return amounts.count == changes.count && changes.count == rates.count
         && change->sign != 0 && amounts.first < changes.first
         && change->sentence == rate->sentence
         && amount->sentence + AMOUNTS_SENTENCES >= change->sentence;
}

static HxProposal
growth_of (const HxReading *reading, const guint operands[2], guint stated,
           int sign)
{
  return (HxProposal){
    .kind = HX_CLAIM_GROWTH,
    .formula = sign < 0 ? "delta/(cur+delta)*100" : "delta/(cur-delta)*100",
    .operands = operands,
    .count = 2,
    .stated = stated,
    .outcome = hx_outcome_growth (hx_reading_term (reading, operands[0]),
                                  hx_reading_term (reading, operands[1]), sign),
  };
}

static void
pair (HxSearch *search, Run amounts, Run changes, Run rates)
{
  const HxReading *reading = search->reading;
  const int sign = hx_reading_term (reading, changes.first)->sign;
  gboolean is_sure = FALSE;

  if (!is_together (reading, amounts, changes, rates))
    return;
  is_sure = is_of_amounts (reading, amounts, changes);
  for (guint i = 0; i < rates.count; i++)
    {
      const guint operands[2] = { amounts.first + i, changes.first + i };
      const HxProposal proposal
          = growth_of (reading, operands, rates.first + i, sign);

      if (is_sure
          || hx_proposal_verdict (reading, &proposal) != HX_VERDICT_ERROR)
        hx_claim_add (search->result, reading, &proposal);
    }
}

/* ------------------------------------------------------------------- shares */

/* The last group in front of the run with as many parts. */
static const HxGroup *
group_before (const HxSearch *search, Run run)
{
  const HxGroup *best = NULL;

  for (guint i = 0; i < search->groups->len; i++)
    {
      const HxGroup *group = g_ptr_array_index (search->groups, i);
      const guint last
          = g_array_index (group->parts, guint, group->parts->len - 1);

      if (group->parts->len == run.count && last < run.first
          && (best == NULL
              || last >= g_array_index (best->parts, guint,
                                        best->parts->len - 1)))
        best = group;
    }
  return best;
}

static HxProposal
share_of (const HxReading *reading, const guint operands[2], guint stated)
{
  return (HxProposal){
    .kind = HX_CLAIM_RATIO,
    .formula = "a/b*100",
    .operands = operands,
    .count = 2,
    .stated = stated,
    .outcome = hx_outcome_ratio (hx_reading_term (reading, operands[0]),
                                 hx_reading_term (reading, operands[1])),
  };
}

/* How many of the shares are those of the parts in the whole. */
static guint
fitting (const HxReading *reading, const guint *parts, guint whole, Run run)
{
  guint count = 0;

  for (guint i = 0; i < run.count; i++)
    {
      const guint operands[2] = { parts[i], whole };
      const HxProposal proposal = share_of (reading, operands, run.first + i);

      count += hx_proposal_verdict (reading, &proposal) != HX_VERDICT_ERROR;
    }
  return count;
}

/* Shares of the whole when all but one of them are; else those that are. */
static void
add_shares (HxSearch *search, const guint *parts, guint whole, Run run)
{
  const HxReading *reading = search->reading;
  const gboolean all = fitting (reading, parts, whole, run) + 1 >= run.count;

  for (guint i = 0; i < run.count; i++)
    {
      const guint operands[2] = { parts[i], whole };
      const HxProposal proposal = share_of (reading, operands, run.first + i);

      if (all || hx_proposal_verdict (reading, &proposal) != HX_VERDICT_ERROR)
        hx_claim_add (search->result, reading, &proposal);
    }
}

/* The stated shares are of one whole: they make a hundred. */
static gboolean
is_whole (const HxReading *reading, Run run)
{
  guint shares[RUN_MAX];
  HxProposal proposal = { .kind = HX_CLAIM_SUM,
                          .operands = shares,
                          .count = run.count,
                          .stated = HX_NO_TERM };

  for (guint i = 0; i < run.count; i++)
    shares[i] = run.first + i;
  proposal.implied = HX_QUANTITY_HUNDRED;
  proposal.outcome = hx_outcome_sum (reading, shares, NULL, run.count);
  return hx_proposal_verdict (reading, &proposal) != HX_VERDICT_ERROR;
}

/* “金额分别为A、B、C、D，占比分别为R、S、T、U”: the whole is the amount in
 * front of which all shares but one are.  What A to D then do not make is an
 * error too. */
static void
find_whole (HxSearch *search, Run amounts, Run run)
{
  const HxReading *reading = search->reading;
  guint parts[RUN_MAX];

  if (amounts.count != run.count || run.count < WHOLE_PARTS_MIN
      || hx_reading_term (reading, amounts.first)->sentence
             != hx_reading_term (reading, run.first)->sentence
      || !is_whole (reading, run))
    return;
  for (guint i = 0; i < run.count; i++)
    parts[i] = amounts.first + i;
  for (guint i = amounts.first; i-- > 0 && i + WHOLE_BACK_MAX > amounts.first;)
    if (hx_term_is_amount (hx_reading_term (reading, i))
        && hx_term_is_alike (hx_reading_term (reading, i),
                             hx_reading_term (reading, amounts.first))
        && fitting (reading, parts, i, run) + 1 >= run.count)
      {
        add_shares (search, parts, i, run);
        hx_search_add_group (search, i, parts, run.count);
        return;
      }
}

/* “其中A、B、C，依次占R、S、T” */
static void
find_shares (HxSearch *search, Run amounts, Run run)
{
  const HxReading *reading = search->reading;
  const HxGroup *group = group_before (search, run);

  if (group == NULL
      || hx_reading_term (reading, run.first)->sentence
             > hx_reading_term (reading, group->total)->sentence
                   + SHARES_SENTENCES)
    find_whole (search, amounts, run);
  else
    add_shares (search, (const guint *)(gpointer)group->parts->data,
                group->total, run);
}

void
hx_find_pairs (HxSearch *search)
{
  const HxReading *reading = search->reading;
  Run amounts = { 0, 0 };
  Run changes = { 0, 0 };

  for (guint i = 0; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);
      const Run run = run_at (reading, i);

      if (run.count < 2 || !is_in_parallel (reading, i))
        continue;
      if (term->role == HX_TERM_SHARE)
        find_shares (search, amounts, run);
      else if (term->role == HX_TERM_GROWTH)
        {
          pair (search, amounts, changes, run);
          changes.count = 0;
        }
      else if (term->role == HX_TERM_DELTA)
        changes = run;
      else
        amounts = run;
      i += run.count - 1;
    }
}
