/* Changes of parts make the change of their total; income less expense is
 * what is left.
 */
#include "check/group.h"

#define NAMES_BACK 14
#define PARTS_MAX 40
#define SLIP_DIGITS_MIN 4 /* with fewer, one digit apart is chance */

/* When a claim is made. */
typedef enum
{
  IF_IT_HOLDS,
  OR_SLIPPED_LONG, /* or one slip in many digits explains why it does not */
  OR_SLIPPED,      /* or one slip does */
  SURE
} Belief;

typedef struct
{
  guint operands[PARTS_MAX];
  int signs[PARTS_MAX];
  guint count;
} Account;

static void
enter (Account *account, guint operand, int sign)
{
  if (account->count == PARTS_MAX)
    return;
  account->operands[account->count] = operand;
  account->signs[account->count++] = sign;
}

static gboolean
is_slip (const HxReading *reading, const HxProposal *proposal, Belief belief)
{
  const HxTerm *stated = hx_reading_term (reading, proposal->stated);

  if (belief == IF_IT_HOLDS)
    return FALSE;
  return (belief == OR_SLIPPED
          || hx_quantity_digits (&stated->quantity) >= SLIP_DIGITS_MIN)
         && hx_proposal_is_slip (reading, proposal);
}

/* What is told without its sign: 净减少, 赤字. */
static void
turn (const Account *account, int *signs, HxProposal *proposal)
{
  for (guint i = 0; i < account->count; i++)
    signs[i] = -account->signs[i];
  proposal->signs = signs;
  proposal->outcome = hx_outcome_turn (proposal->outcome);
}

static gboolean
add (HxSearch *search, const Account *account, guint stated, Belief belief)
{
  const HxReading *reading = search->reading;
  int turned[PARTS_MAX];
  const gboolean is_of_two
      = account->count == 2 && account->signs[0] > 0 && account->signs[1] < 0;
  HxProposal proposal = { .kind = HX_CLAIM_DIFFERENCE,
                          .formula = is_of_two ? "a-b" : "|±a±b…|",
                          .operands = account->operands,
                          .count = account->count,
                          .signs = account->signs,
                          .stated = stated };

  proposal.outcome = hx_outcome_sum (reading, account->operands, account->signs,
                                     account->count);
  if (proposal.outcome.value < 0 && !is_slip (reading, &proposal, belief))
    turn (account, turned, &proposal);
  if (belief != SURE
      && hx_proposal_verdict (reading, &proposal) == HX_VERDICT_ERROR
      && !is_slip (reading, &proposal, belief))
    return FALSE;
  hx_claim_add (search->result, reading, &proposal);
  return TRUE;
}

/* ------------------------------------------------------------ of the changes
 */

static guint
change_of (const HxReading *reading, guint amount)
{
  for (guint i = amount + 1; i < MIN (amount + 5, reading->terms->len); i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->role == HX_TERM_DELTA && term->owner == amount)
        return i;
      if (hx_term_is_amount (term) && term->role != HX_TERM_BUDGET
          && term->bracket == 0)
        break;
    }
  return HX_NO_TERM;
}

/* The changes of the parts; of a part without one, which is new this year,
 * the amount itself when `with_new`. */
static Account
collect_changes (const HxReading *reading, const HxGroup *group,
                 gboolean with_new)
{
  Account account = { .count = 0 };

  for (guint i = 0; i < group->parts->len; i++)
    {
      const guint part = g_array_index (group->parts, guint, i);
      const guint delta = change_of (reading, part);

      if (delta != HX_NO_TERM)
        enter (&account, delta, hx_reading_term (reading, delta)->sign);
      else if (with_new)
        enter (&account, part, 1);
    }
  return account;
}

static void
find_changes (HxSearch *search, const HxGroup *group)
{
  const guint total = change_of (search->reading, group->total);
  const Account told = collect_changes (search->reading, group, FALSE);
  const Account all = collect_changes (search->reading, group, TRUE);

  if (total == HX_NO_TERM)
    return;
  if (told.count < 2
      || !add (search, &told, total,
               told.count == group->parts->len ? OR_SLIPPED : OR_SLIPPED_LONG))
    (void)add (search, &all, total, OR_SLIPPED_LONG);
}

/* ------------------------------------------------------------- what is left */

static gboolean
is_expense (const HxReading *reading, const HxTerm *term)
{
  static const char *const words[]
      = { "支出", "已分", "已支", "已付", "使用", "完成", NULL };

  return hx_reading_says (reading, term->lead.from, term->lead.until, words);
}

/* Totals before it: income less expense. */
static gboolean
find_from_totals (HxSearch *search, guint balance)
{
  const HxReading *reading = search->reading;
  Account account = { .operands = { HX_NO_TERM, HX_NO_TERM },
                      .signs = { 1, -1 },
                      .count = 2 };

  for (guint i = balance; i-- > 0 && i + 24 > balance;)
    {
      const HxTerm *term = hx_reading_term (reading, i);
      const guint place = is_expense (reading, term) ? 1 : 0;

      if (term->role == HX_TERM_TOTAL && account.operands[place] == HX_NO_TERM)
        account.operands[place] = i;
    }
  return account.operands[0] != HX_NO_TERM && account.operands[1] != HX_NO_TERM
         && add (search, &account, balance, OR_SLIPPED);
}

static gboolean
is_called (const HxReading *reading, const HxTerm *term, const char *word)
{
  return hx_words_end_with (reading->words, term->name.from, term->name.until,
                            word);
}

/* “…收入A，其中…；支出B，…；本年收支结余C”: the nearest two that make it. */
static gboolean
find_from_names (HxSearch *search, guint balance)
{
  const HxReading *reading = search->reading;
  const HxTerm *left = hx_reading_term (reading, balance);
  const guint least = balance > NAMES_BACK ? balance - NAMES_BACK : 0;

  for (guint i = balance; i-- > least;)
    for (guint j = balance; j-- > least;)
      {
        const Account account
            = { .operands = { j, i }, .signs = { 1, -1 }, .count = 2 };
        const HxTerm *expense = hx_reading_term (reading, i);
        const HxTerm *income = hx_reading_term (reading, j);

        if (is_called (reading, expense, "支出")
            && is_called (reading, income, "收入")
            && hx_term_is_alike (expense, left)
            && hx_term_is_alike (income, left)
            && add (search, &account, balance, IF_IT_HOLDS))
          return TRUE;
      }
  return FALSE;
}

static guint
sentence_start (const HxReading *reading, guint index)
{
  const guint sentence = hx_reading_term (reading, index)->sentence;
  guint first = index;

  while (first > 0 && first + HX_SENTENCE_REACH > index
         && hx_reading_term (reading, first - 1)->sentence == sentence)
    first--;
  return first;
}

/* “…收入A…；支出B…；本年收支结余C”: what the sentence opens its income and its
 * expense with, though a slip keeps them from making C. */
static gboolean
find_slipped_from_names (HxSearch *search, guint balance)
{
  static const char *const word[] = { "收支结余", "收支相抵", NULL };
  const HxReading *reading = search->reading;
  const HxTerm *left = hx_reading_term (reading, balance);
  Account account = { .operands = { HX_NO_TERM, HX_NO_TERM },
                      .signs = { 1, -1 },
                      .count = 2 };

  if (!hx_reading_says (reading, left->lead.from, left->lead.until, word))
    return FALSE;
  for (guint i = sentence_start (reading, balance); i < balance; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);
      const guint place = is_called (reading, term, "支出") ? 1 : 0;

      if (hx_term_is_alike (term, left) && account.operands[place] == HX_NO_TERM
          && (place == 1 || is_called (reading, term, "收入")))
        account.operands[place] = i;
    }
  return account.operands[0] != HX_NO_TERM && account.operands[1] != HX_NO_TERM
         && add (search, &account, balance, OR_SLIPPED);
}

/* ------------------------------------------------------- what was not spent */

static gboolean
is_rate_of (const HxReading *reading, const guint operands[2], guint rate)
{
  const HxProposal proposal = {
    .kind = HX_CLAIM_RATIO,
    .operands = operands,
    .count = 2,
    .stated = rate,
    .outcome = hx_outcome_ratio (hx_reading_term (reading, operands[0]),
                                 hx_reading_term (reading, operands[1])),
  };

  return hx_proposal_verdict (reading, &proposal) != HX_VERDICT_ERROR;
}

/* “调整后预算A，执行B，执行率R，结转结余C”: R says that B is what was done of
 * A; C is the rest. */
static gboolean
find_from_rate (HxSearch *search, guint balance)
{
  const HxReading *reading = search->reading;
  const HxTerm *left = hx_reading_term (reading, balance);
  const guint first = sentence_start (reading, balance);

  for (guint rate = balance; rate-- > first + 1;)
    {
      const HxTerm *done = hx_reading_term (reading, rate - 1);

      if (hx_reading_term (reading, rate)->quantity.kind != HX_QUANTITY_PERCENT
          || !hx_term_is_alike (done, left))
        continue;
      for (guint whole = rate - 1; whole-- > first;)
        {
          const Account account = { .operands = { whole, rate - 1 },
                                    .signs = { 1, -1 },
                                    .count = 2 };

          if (hx_term_is_alike (hx_reading_term (reading, whole), left)
              && is_rate_of (reading, (const guint[2]){ rate - 1, whole }, rate)
              && add (search, &account, balance, OR_SLIPPED_LONG))
            return TRUE;
        }
    }
  return FALSE;
}

/* 年初结转和结余, 本年收入, 本年支出 are all that 年末结转和结余 follows from.
 */
static gboolean
is_whole (const HxReading *reading, const Account *account)
{
  static const char *const opening[]
      = { "年初结转", "年初结余", "上年结转", "上年结余", NULL };
  static const char *const income[] = { "收入", NULL };
  static const char *const expense[] = { "支出", NULL };
  const char *const *const names[] = { opening, income, expense };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gboolean is_there = FALSE;

      for (guint j = 0; j < account->count; j++)
        {
          const HxTerm *term = hx_reading_term (reading, account->operands[j]);

          is_there = is_there
                     || hx_reading_says (reading, term->lead.from,
                                         term->lead.until, names[i]);
        }
      if (!is_there)
        return FALSE;
    }
  return TRUE;
}

/* Of these three alone what is left follows; with more beside them, a slip
 * shows that they are all. */
static Belief
belief_of (const HxReading *reading, const Account *account)
{
  if (account->count > 2 && is_whole (reading, account))
    return account->count == 3 ? SURE : OR_SLIPPED;
  return account->count == 2 ? OR_SLIPPED : OR_SLIPPED_LONG;
}

/* All amounts of the sentence before it. */
static void
find_from_sentence (HxSearch *search, guint balance)
{
  const HxReading *reading = search->reading;
  const HxTerm *left = hx_reading_term (reading, balance);
  Account account = { .count = 0 };

  for (guint i = sentence_start (reading, balance); i < balance; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (hx_term_is_amount (term) && hx_term_is_alike (term, left))
        enter (&account, i, is_expense (reading, term) ? -1 : 1);
    }
  if (account.count >= 2)
    (void)add (search, &account, balance, belief_of (reading, &account));
}

/* ------------------------------------------------------------------- points */

static gboolean
is_percent (const HxTerm *term)
{
  return term->quantity.kind == HX_QUANTITY_PERCENT;
}

/* Adds j - i as the points; unless the words are sure, if it holds. */
static gboolean
add_points (HxSearch *search, const guint operands[2], guint points,
            gboolean is_sure)
{
  const HxReading *reading = search->reading;
  const HxTerm *one = hx_reading_term (reading, operands[0]);
  const HxTerm *other = hx_reading_term (reading, operands[1]);
  const int sign = one->quantity.exact >= other->quantity.exact ? 1 : -1;
  const int signs[2] = { sign, -sign };
  HxProposal proposal = { .kind = HX_CLAIM_DIFFERENCE,
                          .formula = "a-b",
                          .operands = operands,
                          .count = 2,
                          .signs = signs,
                          .stated = points };

  proposal.outcome = hx_outcome_sum (reading, operands, signs, 2);
  if (!is_sure && hx_proposal_verdict (reading, &proposal) == HX_VERDICT_ERROR)
    return FALSE;
  hx_claim_add (search->result, reading, &proposal);
  return TRUE;
}

/* “93.42%，上年91.87%，提高1.45个百分点”: the two right before it. */
static gboolean
is_year_on_year (const HxReading *reading, guint points)
{
  static const char *const before[] = { "上年", "去年", NULL };
  const HxTerm *term = hx_reading_term (reading, points);
  const HxTerm *last = NULL;

  if (points < 2)
    return FALSE;
  last = hx_reading_term (reading, points - 1);
  return is_percent (last) && last->group == term->group
         && is_percent (hx_reading_term (reading, points - 2))
         && hx_reading_term (reading, points - 2)->group == term->group
         && (last->year != 0
             || hx_reading_says (reading, last->lead.from, last->lead.until,
                                 before));
}

/* 高出 6 个百分点: the difference of two rates of its sentence. */
static void
find_points (HxSearch *search, guint points)
{
  const HxReading *reading = search->reading;
  const HxTerm *term = hx_reading_term (reading, points);
  const guint most = MIN (points + 3, reading->terms->len);

  for (guint i = most; i-- > 0 && i + 10 > points;)
    for (guint j = i; j-- > 0 && j + 10 > points;)
      if (is_percent (hx_reading_term (reading, i))
          && is_percent (hx_reading_term (reading, j))
          && hx_reading_term (reading, i)->sentence == term->sentence
          && add_points (search, (const guint[2]){ j, i }, points, FALSE))
        return;
  if (is_year_on_year (reading, points))
    (void)add_points (search, (const guint[2]){ points - 2, points - 1 },
                      points, TRUE);
}

void
hx_find_differences (HxSearch *search)
{
  const HxReading *reading = search->reading;

  for (guint i = 0; i < search->groups->len; i++)
    find_changes (search, g_ptr_array_index (search->groups, i));
  for (guint i = 0; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->role == HX_TERM_BALANCE)
        {
          if (!find_from_totals (search, i) && !find_from_names (search, i)
              && !find_slipped_from_names (search, i)
              && !find_from_rate (search, i))
            find_from_sentence (search, i);
        }
      else if (term->quantity.kind == HX_QUANTITY_POINTS)
        find_points (search, i);
    }
}
