/* Shares: 占 55.10%, 占本年支出合计的 99.86%, （26.79%）.
 *
 * What a share is of is named, or understood from the list in which its amount
 * stands.  For each share the amounts that would make it are gathered; shares
 * that stand together have one base, so the base that most of them fit is the
 * base of all, and one that does not fit it is wrong.
 */
#include "check/group.h"
#include "check/list.h"

#define BACK_MAX 80
#define NAMED_BACK_MAX 400
#define AHEAD_MAX 16
#define TWO_AHEAD_MAX 48
#define TOGETHER_MAX 64
#define FIT_MIN 2

/* “分配率 99.3%；其中中央安排 39.64 亿元（99.2%）”: bare rates of a sentence
 * are of the kind of the one in words before them. */
static gboolean
follows_done (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);

  for (guint i = index; i-- > 0 && i + HX_SENTENCE_REACH > index;)
    {
      const HxTerm *before = hx_reading_term (reading, i);

      if (before->sentence != term->sentence || before->role == HX_TERM_SHARE)
        return FALSE;
      if (before->role == HX_TERM_DONE)
        return TRUE;
    }
  return FALSE;
}

/* A bare rate is a share when nothing but a bracket parts it from its amount:
 * after an amount and 的 it is a rate of that, see find_rate.c. */
static gboolean
is_share (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);

  if (term->owner == HX_NO_TERM)
    return FALSE;
  return term->role == HX_TERM_SHARE
         || (term->role == HX_TERM_BARE && term->owner + 1 == index
             && term->lead.until == term->lead.from
             && !follows_done (reading, index));
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

static gboolean
fits (const HxReading *reading, guint share, guint base)
{
  const guint operands[2] = { hx_reading_term (reading, share)->owner, base };
  const HxProposal proposal = share_of (reading, operands, share);

  return hx_proposal_verdict (reading, &proposal) != HX_VERDICT_ERROR;
}

static gboolean
may_be_base (const HxReading *reading, guint share, guint base)
{
  const guint owner = hx_reading_term (reading, share)->owner;
  const HxTerm *amount = hx_reading_term (reading, owner);
  const HxTerm *whole = hx_reading_term (reading, base);

  return base != owner && hx_term_is_amount (whole)
         && hx_term_is_alike (whole, amount)
         && whole->quantity.exact >= amount->quantity.exact;
}

static void
add (HxSearch *search, guint share, guint base)
{
  const guint operands[2]
      = { hx_reading_term (search->reading, share)->owner, base };
  const HxProposal proposal = share_of (search->reading, operands, share);

  hx_claim_add (search->result, search->reading, &proposal);
}

/* ---------------------------------------------------------------- the base */

static gboolean
is_named (const HxTerm *share)
{
  return share->base.until > share->base.from;
}

static guint
name_score (const HxReading *reading, guint share, guint base)
{
  const HxTerm *term = hx_reading_term (reading, share);
  const HxTerm *whole = hx_reading_term (reading, base);

  return hx_reading_match (reading, term->base, whole->name);
}

/* Shares that stand together, and what they are of. */
typedef struct
{
  guint shares[TOGETHER_MAX];
  guint bases[TOGETHER_MAX];
  guint count;
} Together;

/* Shares told together that make a hundred are of one whole. */
static gboolean
makes_hundred (const HxReading *reading, const Together *together)
{
  HxWide sum = 0;
  HxWide slack = 0;

  for (guint i = 0; i < together->count; i++)
    {
      const HxTerm *share = hx_reading_term (reading, together->shares[i]);

      sum += share->quantity.exact;
      slack += share->quantity.half;
    }
  return together->count >= 2 && ABS (sum - HX_QUANTITY_HUNDRED) <= slack;
}

static gboolean
is_owner (const HxReading *reading, const Together *together, guint amount)
{
  for (guint i = 0; i < together->count; i++)
    if (hx_reading_term (reading, together->shares[i])->owner == amount)
      return TRUE;
  return FALSE;
}

/* The amount that makes the share: the best named, then the nearest; none of
 * those that shares of one whole are of. */
static guint
best_fit (const HxReading *reading, guint share, const Together *whole)
{
  const guint owner = hx_reading_term (reading, share)->owner;
  const guint least = owner > BACK_MAX ? owner - BACK_MAX : 0;
  const guint most = MIN (share + AHEAD_MAX, reading->terms->len - 1);
  guint best = HX_NO_TERM;
  guint best_score = 0;

  for (guint step = 0; step <= BACK_MAX + AHEAD_MAX; step++)
    {
      const guint base
          = step <= owner - least ? owner - step : share + step - owner + least;
      guint score = 0;

      if (base > most || !may_be_base (reading, share, base)
          || !fits (reading, share, base)
          || (whole != NULL && is_owner (reading, whole, base)))
        continue;
      score = 1 + name_score (reading, share, base);
      if (best == HX_NO_TERM || score > best_score)
        {
          best = base;
          best_score = score;
        }
    }
  return best;
}

/* The one amount before that bears the very name. */
static guint
named_base (const HxReading *reading, guint share)
{
  const guint owner = hx_reading_term (reading, share)->owner;
  guint found = HX_NO_TERM;

  for (guint i = owner; i-- > 0 && i + NAMED_BACK_MAX > owner;)
    {
      if (!may_be_base (reading, share, i)
          || name_score (reading, share, i) < 3)
        continue;
      if (found != HX_NO_TERM
          && hx_reading_term (reading, found)->quantity.exact
                 != hx_reading_term (reading, i)->quantity.exact)
        return HX_NO_TERM;
      if (found == HX_NO_TERM)
        found = i;
    }
  return found;
}

/* “完成一般公共预算收入A，其中非税收入B，占一般公共预算收入的R”: the amount
 * right in front, whose name ends with that of the base. */
static guint
base_in_front (const HxReading *reading, guint share)
{
  const HxTerm *term = hx_reading_term (reading, share);
  const guint base = term->owner - 1;

  return term->owner > 0 && may_be_base (reading, share, base)
                 && hx_reading_term (reading, base)->group == term->group
                 && name_score (reading, share, base) == 2
             ? base
             : HX_NO_TERM;
}

/* ----------------------------------------------------------------- together */

/* A share without words is of what the one before is of. */
static gboolean
same_base_words (const HxReading *reading, const HxTerm *a, const HxTerm *b)
{
  if (!is_named (b))
    return TRUE;
  return is_named (a) && hx_reading_match (reading, a->base, b->base) == 3;
}

static gboolean
is_listed (const HxReading *reading, guint total, guint part)
{
  guint parts[HX_LIST_MAX];
  const guint count = hx_list_parts (reading, total, parts);

  for (guint i = 0; i < count; i++)
    if (parts[i] == part)
      return TRUE;
  return FALSE;
}

/* The total at the head of the list in which the amount stands. */
static guint
head_of (const HxReading *reading, guint share)
{
  const HxTerm *term = hx_reading_term (reading, share);

  for (guint i = term->owner; i-- > 0 && i + HX_SENTENCE_REACH > term->owner;)
    {
      if (hx_reading_term (reading, i)->sentence != term->sentence)
        break;
      if (may_be_base (reading, share, i)
          && is_listed (reading, i, term->owner))
        return i;
    }
  return HX_NO_TERM;
}

/* The next sentence has a list of its own, be its total right or wrong. */
static gboolean
opens_list (const HxReading *reading, guint share, const HxTerm *last)
{
  const HxTerm *term = hx_reading_term (reading, share);

  if (term->sentence == last->sentence || is_named (term))
    return FALSE;
  for (guint i = term->owner; i-- > 0 && i + HX_SENTENCE_REACH > term->owner;)
    {
      const HxTerm *total = hx_reading_term (reading, i);

      if (total->sentence != term->sentence)
        return FALSE;
      if (hx_term_is_amount (total) && is_listed (reading, i, term->owner))
        return TRUE;
    }
  return FALSE;
}

/* Shares of one list: each next one within a sentence of the one before, and
 * none with a base of another name. */
static guint
gather (const HxReading *reading, guint from, Together *together)
{
  const HxTerm *named = NULL;
  guint next = from;

  together->count = 0;
  for (guint i = from; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);
      const HxTerm *last = NULL;

      if (!is_share (reading, i))
        continue;
      if (together->count > 0)
        {
          last = hx_reading_term (reading,
                                  together->shares[together->count - 1]);
          if (term->sentence > last->sentence + 1
              || !same_base_words (reading, named, term)
              || opens_list (reading, i, last)
              || together->count == TOGETHER_MAX)
            break;
        }
      if (together->count == 0 || is_named (term))
        named = term;
      together->shares[together->count++] = i;
      next = i;
    }
  return next;
}

static void
find_bases (const HxReading *reading, Together *together)
{
  const Together *whole = makes_hundred (reading, together) ? together : NULL;

  for (guint i = 0; i < together->count; i++)
    together->bases[i] = best_fit (reading, together->shares[i], whole);
}

/* The amount that makes most of the shares. */
static guint
common_base (const HxReading *reading, const Together *together, guint *fitting)
{
  guint best = HX_NO_TERM;

  *fitting = 0;
  for (guint i = 0; i < together->count; i++)
    {
      guint count = 0;

      if (together->bases[i] == HX_NO_TERM)
        continue;
      for (guint j = 0; j < together->count; j++)
        if (may_be_base (reading, together->shares[j], together->bases[i])
            && fits (reading, together->shares[j], together->bases[i]))
          count++;
      if (count > *fitting)
        {
          *fitting = count;
          best = together->bases[i];
        }
    }
  return best;
}

static gboolean
holds_part (const HxGroup *group, guint part)
{
  for (guint i = 0; i < group->parts->len; i++)
    if (g_array_index (group->parts, guint, i) == part)
      return TRUE;
  return FALSE;
}

static gboolean
is_part_of (const HxSearch *search, guint share, guint base)
{
  const guint owner = hx_reading_term (search->reading, share)->owner;

  for (guint i = 0; i < search->groups->len; i++)
    {
      const HxGroup *group = g_ptr_array_index (search->groups, i);

      if (group->total == base && group->holds && holds_part (group, owner))
        return TRUE;
    }
  return FALSE;
}

/* The amount right in front of the first of them, which they make. */
static gboolean
stands_before (const HxReading *reading, const Together *together, guint base)
{
  const guint first = hx_reading_term (reading, together->shares[0])->owner;

  for (guint i = first; i-- > 0;)
    if (hx_term_is_amount (hx_reading_term (reading, i)))
      return i == base;
  return FALSE;
}

/* Of many shares two may fit by chance. */
static gboolean
is_most (const Together *together, guint fitting)
{
  return fitting >= FIT_MIN && fitting * 2 > together->count;
}

/* Of two shares that make a hundred one is of the base; a slip keeps their
 * amounts from making it. */
static gboolean
is_whole_but_slip (const HxReading *reading, const Together *together,
                   guint base)
{
  guint owners[2];
  HxProposal proposal = {
    .kind = HX_CLAIM_SUM, .operands = owners, .count = 2, .stated = base
  };

  if (together->count != 2 || !makes_hundred (reading, together))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    owners[i] = hx_reading_term (reading, together->shares[i])->owner;
  proposal.outcome = hx_outcome_sum (reading, owners, NULL, 2);
  return hx_proposal_is_slip (reading, &proposal);
}

static gboolean
is_first_named (const HxReading *reading, const Together *together, guint base)
{
  return is_named (hx_reading_term (reading, together->shares[0]))
         && name_score (reading, together->shares[0], base) >= 2;
}

/* The common base is what the share is of though it does not make it. */
static gboolean
is_of_common (const HxSearch *search, const Together *together, guint share,
              guint common, guint fitting)
{
  const HxReading *reading = search->reading;
  const gboolean is_whole = makes_hundred (reading, together)
                            && stands_before (reading, together, common);

  if (!is_whole && !may_be_base (reading, share, common))
    return FALSE;
  return is_whole || is_most (together, fitting)
         || is_part_of (search, share, common)
         || is_whole_but_slip (reading, together, common)
         || (!is_named (hx_reading_term (reading, share))
             && is_first_named (reading, together, common));
}

/* What the share must be of when nothing makes it. */
static guint
meant_base (const HxSearch *search, const Together *together, guint share,
            guint common, guint fitting)
{
  const HxReading *reading = search->reading;
  const gboolean has_name = is_named (hx_reading_term (reading, share));
  guint base = has_name ? named_base (reading, share) : HX_NO_TERM;

  if (has_name && base == HX_NO_TERM)
    base = base_in_front (reading, share);
  if (base != HX_NO_TERM)
    return base;
  if (common != HX_NO_TERM
      && is_of_common (search, together, share, common, fitting))
    return common;
  return has_name ? HX_NO_TERM : head_of (reading, share);
}

/* A base that happens to fit under another name than the one given, while the
 * one of that name does not. */
static gboolean
is_other_base (const HxReading *reading, guint share, guint base)
{
  const HxTerm *term = hx_reading_term (reading, share);

  return is_named (term) && name_score (reading, share, base) == 0
         && named_base (reading, share) != HX_NO_TERM;
}

/* The amount is one of the parts that make the whole of the list, and no part
 * of what the share happens to fit. */
static gboolean
is_chance (const HxSearch *search, guint share, guint base, guint common)
{
  return base != common && !is_named (hx_reading_term (search->reading, share))
         && is_part_of (search, share, common)
         && !is_part_of (search, share, base);
}

/* Three or more shares of a base of this name are of one amount. */
static gboolean
is_of_one_name (const HxReading *reading, const Together *together,
                guint position, guint fitting)
{
  const HxTerm *share = hx_reading_term (reading, together->shares[position]);

  return is_named (share) && fitting > FIT_MIN && is_most (together, fitting)
         && name_score (reading, together->shares[position],
                        together->bases[position])
                == 0;
}

static void
judge_one (HxSearch *search, Together *together, guint position, guint common,
           guint fitting)
{
  const HxReading *reading = search->reading;
  const guint share = together->shares[position];
  guint base = together->bases[position];

  if (common != HX_NO_TERM && fitting >= FIT_MIN
      && may_be_base (reading, share, common) && fits (reading, share, common))
    base = common;
  if (common != HX_NO_TERM && fitting >= FIT_MIN && base != HX_NO_TERM
      && may_be_base (reading, share, common)
      && (name_score (reading, share, base)
              < name_score (reading, share, common)
          || is_of_one_name (reading, together, position, fitting)
          || is_chance (search, share, base, common)))
    base = common;
  if (base == HX_NO_TERM || is_other_base (reading, share, base))
    base = meant_base (search, together, share, common, fitting);
  together->bases[position] = base;
  if (base != HX_NO_TERM)
    add (search, share, base);
}

/* Shares that make a hundred and are each the share of what their amounts
 * make, while no amount is that: the total nearest in front is wrong. */
static void
find_wrong_total (HxSearch *search, const Together *together)
{
  const HxReading *reading = search->reading;
  const HxTerm *first = hx_reading_term (reading, together->shares[0]);
  guint owners[TOGETHER_MAX];

  if (!makes_hundred (reading, together) || together->count > HX_LIST_MAX)
    return;
  for (guint i = 0; i < together->count; i++)
    owners[i] = hx_reading_term (reading, together->shares[i])->owner;
  if (!hx_list_is_borne_by_shares (reading, owners, together->count))
    return;
  for (guint i = first->owner; i-- > 0 && i + HX_SENTENCE_REACH > first->owner;)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->sentence + 2 < first->sentence)
        return;
      if ((term->role == HX_TERM_VALUE || term->role == HX_TERM_TOTAL)
          && hx_term_is_alike (term, hx_reading_term (reading, first->owner)))
        {
          hx_list_add_nearly (search, i, owners, together->count);
          return;
        }
    }
}

/* Amounts whose shares of one base make a hundred make that base. */
static void
find_whole (HxSearch *search, const Together *together)
{
  const HxReading *reading = search->reading;
  guint owners[TOGETHER_MAX];
  HxWide sum = 0;
  HxWide slack = 0;

  for (guint i = 0; i < together->count; i++)
    {
      const HxTerm *share = hx_reading_term (reading, together->shares[i]);

      if (together->bases[i] == HX_NO_TERM
          || together->bases[i] != together->bases[0])
        return;
      owners[i] = share->owner;
      sum += share->quantity.exact;
      slack += share->quantity.half * 2;
    }
  if (together->count >= 2 && ABS (sum - HX_QUANTITY_HUNDRED) <= slack
      && together->bases[0] < owners[0])
    hx_search_add_group (search, together->bases[0], owners, together->count);
}

/* ----------------------------------------------------------- a hundred, all */

static void
add_hundred (HxSearch *search, const guint *shares, guint count)
{
  HxProposal proposal = { .kind = HX_CLAIM_SUM,
                          .formula = "a+b+…",
                          .operands = shares,
                          .count = count,
                          .stated = HX_NO_TERM,
                          .implied = HX_QUANTITY_HUNDRED };

  proposal.outcome = hx_outcome_sum (search->reading, shares, NULL, count);
  hx_claim_add (search->result, search->reading, &proposal);
}

static guint
share_of_part (const HxReading *reading, guint part)
{
  for (guint i = part + 1; i < MIN (part + 6, reading->terms->len); i++)
    if (is_share (reading, i) && hx_reading_term (reading, i)->owner == part)
      return i;
  return HX_NO_TERM;
}

/* The words do not name another base than the total. */
static gboolean
is_of_total (const HxReading *reading, guint share, guint total)
{
  const HxTerm *whole = hx_reading_term (reading, total);
  const guint named = is_named (hx_reading_term (reading, share))
                          ? named_base (reading, share)
                          : HX_NO_TERM;

  return whole->quantity.exact > 0
         && (named == HX_NO_TERM
             || hx_reading_term (reading, named)->quantity.exact
                    == whole->quantity.exact);
}

static gboolean
may_be_of_other (const HxSearch *search, guint share, guint total)
{
  const guint base = best_fit (search->reading, share, NULL);

  return base != HX_NO_TERM && !is_chance (search, share, base, total);
}

/* Shares of parts that make their total make a hundred.  All but one of them
 * have to be shares of that total. */
static void
find_hundred (HxSearch *search, const HxGroup *group)
{
  const HxReading *reading = search->reading;
  guint shares[TOGETHER_MAX];
  guint count = 0;
  guint fitting = 0;

  for (guint i = 0; i < group->parts->len; i++)
    {
      const guint part = g_array_index (group->parts, guint, i);
      const guint share = share_of_part (reading, part);

      if (share == HX_NO_TERM || count == TOGETHER_MAX)
        return;
      if (fits (reading, share, group->total))
        fitting++;
      else if (may_be_of_other (search, share, group->total))
        return;
      shares[count++] = share;
    }
  if (count >= 2 && fitting + 1 >= count
      && is_of_total (reading, shares[0], group->total))
    add_hundred (search, shares, count);
}

/* 基本支出 and 项目支出 of the same whole, wherever the whole stands. */
static void
find_two (HxSearch *search, guint share)
{
  const HxReading *reading = search->reading;
  const HxTerm *term = hx_reading_term (reading, share);

  if (!is_share (reading, share) || !is_named (term))
    return;
  for (guint i = share + 1;
       i < MIN (share + TWO_AHEAD_MAX, reading->terms->len); i++)
    {
      const HxTerm *other = hx_reading_term (reading, i);
      const guint owners[2] = { term->owner, other->owner };

      if (is_share (reading, i) && is_named (other)
          && hx_reading_match (reading, term->base, other->base) == 3
          && hx_list_is_known_whole (reading, owners, 2))
        {
          add_hundred (search, (const guint[2]){ share, i }, 2);
          return;
        }
    }
}

void
hx_find_shares (HxSearch *search)
{
  const HxReading *reading = search->reading;
  Together *together = g_new (Together, 1);

  for (guint i = 0; i < reading->terms->len; i++)
    {
      guint fitting = 0;
      guint common = HX_NO_TERM;
      guint last = i;

      if (!is_share (reading, i))
        continue;
      last = gather (reading, i, together);
      find_bases (reading, together);
      common = common_base (reading, together, &fitting);
      for (guint j = 0; j < together->count; j++)
        judge_one (search, together, j, common, fitting);
      find_whole (search, together);
      find_wrong_total (search, together);
      i = last;
    }
  for (guint i = 0; i < search->groups->len; i++)
    {
      const HxGroup *group = g_ptr_array_index (search->groups, i);

      if (group->holds)
        find_hundred (search, group);
    }
  for (guint i = 0; i < reading->terms->len; i++)
    find_two (search, i);
  g_free (together);
}
