/* V01 to V03 and V08 of our own report: does the money of the year add up, does
 * it close, and is a low rate explained?  What the room budget finds is told by
 * the check that asks for it. */
#include "check/review_internal.h"

#include "budget/budget.h"

#include <string.h>

#define SHARE_SCALE 4

/* Which check a finding of the budget belongs to. */
static const struct
{
  guint number;
  gboolean is_mild;
  gboolean is_contract; /* its place is the contract, not the line */
} kinds[] = {
  [HX_BUDGET_OPEN] = { 3, FALSE, FALSE },
  [HX_BUDGET_OVER] = { 3, FALSE, FALSE },
  [HX_BUDGET_OVERSPENT] = { 3, FALSE, FALSE },
  [HX_BUDGET_NO_CAUSE] = { 3, FALSE, FALSE },
  [HX_BUDGET_NO_DISPOSAL] = { 3, FALSE, FALSE },
  [HX_BUDGET_NEGATIVE] = { 3, FALSE, FALSE },
  [HX_BUDGET_NO_DOCUMENT] = { 2, FALSE, FALSE },
  [HX_BUDGET_STRAY] = { 2, FALSE, FALSE },
  [HX_BUDGET_CUT] = { 1, FALSE, FALSE },
  [HX_BUDGET_FIGURE] = { 1, FALSE, FALSE },
  [HX_BUDGET_TRANSFER] = { 2, TRUE, FALSE },
  [HX_BUDGET_CONTRACTED] = { 3, FALSE, TRUE },
  [HX_BUDGET_ACCEPTED] = { 3, FALSE, TRUE },
  [HX_BUDGET_OVERPAID] = { 3, TRUE, TRUE },
  [HX_BUDGET_UNPAID] = { 3, TRUE, TRUE },
};

static const char *
rule_of (guint number)
{
  if (number == 1)
    return _ ("各资金来源之和、各支出性质之和都等于执行数");
  return number == 2 ? _ ("全年预算数＝年初预算数＋调整数")
                     : _ ("全年预算数＝执行数＋结转结余＋收回注销，差额要说明");
}

static const char *
rule_of_kind (HxBudgetFindingKind kind)
{
  if (kind == HX_BUDGET_TRANSFER)
    return _ ("一个文号的调剂有增有减，合计是 0");
  return kinds[kind].is_contract
             ? _ ("计划、合同、审定、支付金额相差的，逐项写明原因")
             : rule_of (kinds[kind].number);
}

static char *
place_of (const HxBudgetView *view, const HxBudgetFinding *own)
{
  if (kinds[own->kind].is_contract)
    return g_strdup_printf ("%s %s", view->contract->name, own->place);
  return own->line != NULL ? hx_review_row_place (view->line, own->line)
                           : g_strdup (own->place);
}

static void
tell (HxReviewCase *review, const GPtrArray *findings)
{
  const HxBudgetView *view = hx_catalogue_budget (review->catalogue);

  for (guint i = 0; i < findings->len; i++)
    {
      const HxBudgetFinding *own = findings->pdata[i];
      g_autofree char *place = place_of (view, own);
      const HxFound found = { .place = place,
                              .rule = rule_of_kind (own->kind),
                              .value = own->text,
                              .advice = own->advice,
                              .is_mild = kinds[own->kind].is_mild };

      hx_review_found (review, kinds[own->kind].number, &found);
    }
}

/* -------------------------------------------- V01 the printed parts and the
 * sum
 */

/* Exact money of a figure; FALSE when it has none. */
static gboolean
money_of (const HxReviewCase *review, const HxReviewAmount *amount, gint64 *fen)
{
  const HxFigure *figure = amount->figure == NULL
                               ? NULL
                               : hx_review_figure (review, amount->figure->key);

  if (figure == NULL || figure->is_void || !figure->value.is_money)
    return FALSE;
  *fen = figure->value.numerator;
  return TRUE;
}

static gboolean
sum_of (const HxReviewCase *review, HxReviewRole role, gint64 *sum)
{
  gboolean any = FALSE;

  *sum = 0;
  for (guint i = 0; i < review->rules->amounts->len; i++)
    {
      const HxReviewAmount *amount = review->rules->amounts->pdata[i];
      gint64 fen;

      if (amount->role != role || !money_of (review, amount, &fen))
        continue;
      *sum += fen;
      any = TRUE;
    }
  return any;
}

static void
check_sum (HxReviewCase *review, HxReviewRole role, const char *what)
{
  gint64 sum, executed;

  if (!sum_of (review, role, &sum)
      || !sum_of (review, HX_REVIEW_EXECUTED, &executed) || sum == executed)
    return;
  g_autofree char *parts = hx_money_format_yuan (sum);
  g_autofree char *whole = hx_money_format_yuan (executed);
  g_autofree char *gap = hx_money_format_yuan (sum - executed);
  g_autofree char *value = g_strdup_printf (
      _ ("%s合计 %s 元，执行数 %s 元，相差 %s 元"), what, parts, whole, gap);
  const HxFound found = { .place = what,
                          .rule = rule_of (1),
                          .value = value,
                          .advice = _ ("逐项核对，改到一分不差") };
  hx_review_found (review, 1, &found);
}

/* ------------------------------------------------------- V08 a low rate's
 * cause
 */

static gboolean
lacks_cause (const GPtrArray *closing, gint64 line_id)
{
  for (guint i = 0; i < closing->len; i++)
    {
      const HxBudgetFinding *own = closing->pdata[i];

      if (own->line_id == line_id
          && (own->kind == HX_BUDGET_OPEN || own->kind == HX_BUDGET_NO_CAUSE))
        return TRUE;
    }
  return FALSE;
}

static void
check_line (HxReviewCase *review, const HxBudgetLine *line,
            const GPtrArray *closing)
{
  const HxBudgetView *view = hx_catalogue_budget (review->catalogue);
  const guint least = review->rules->limits[HX_REVIEW_EXECUTION];
  gint64 rate;

  if (!hx_round_half_up (line->money.executed, line->money.total, SHARE_SCALE,
                         &rate)
      || rate >= least || !lacks_cause (closing, line->id))
    return;
  g_autofree char *place = hx_review_row_place (view->line, line->number);
  g_autofree char *value = hx_review_per_cent (rate);
  g_autofree char *limit = hx_review_per_cent (least);
  g_autofree char *rule
      = g_strdup_printf (_ ("预算执行率低于 %s 的，写明原因"), limit);
  const HxFound found = { .place = place,
                          .rule = rule,
                          .value = value,
                          .advice = _ ("在未支出说明或结转结余里写明原因") };
  hx_review_found (review, 8, &found);
}

static void
no_lines (HxReviewCase *review)
{
  const HxFound found = { .place = hx_review_whole (),
                          .rule = rule_of (3),
                          .value = _ ("这一年没有登记预算指标"),
                          .advice = _ ("导入预算指标、预算调整和预算支付") };

  hx_review_found (review, 3, &found);
}

static gboolean
check_rates (HxReviewCase *review, const GPtrArray *closing, GError **error)
{
  g_autoptr (GPtrArray) lines
      = hx_budget_lines (review->connection, review->catalogue,
                         review->options->year, review->as_of, error);

  if (lines != NULL && lines->len == 0)
    no_lines (review);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    if (review->rules->has_limit[HX_REVIEW_EXECUTION])
      check_line (review, lines->pdata[i], closing);
  return lines != NULL;
}

/* A year is closed when it is over: before, what is left is no finding. */
static gboolean
check_closing (HxReviewCase *review, GError **error)
{
  g_autoptr (GPtrArray) closing = NULL;

  if (review->as_of.month != 12 || review->as_of.day != 31)
    return TRUE;
  closing = hx_budget_closing (review->connection, review->catalogue,
                               review->options->year, error);
  if (closing == NULL)
    return FALSE;
  tell (review, closing);
  return check_rates (review, closing, error);
}

gboolean
hx_review_money (HxReviewCase *review, GError **error)
{
  const int year = review->options->year;
  g_autoptr (GPtrArray) sums = NULL;
  g_autoptr (GPtrArray) contracts = NULL;

  if (hx_catalogue_budget (review->catalogue) == NULL)
    return TRUE;
  check_sum (review, HX_REVIEW_SOURCE, _ ("各资金来源"));
  check_sum (review, HX_REVIEW_NATURE, _ ("各支出性质"));
  sums = hx_budget_check (review->connection, review->catalogue, year,
                          review->as_of, error);
  if (sums == NULL)
    return FALSE;
  tell (review, sums);
  contracts = hx_budget_contract_findings (
      review->connection, review->catalogue, year, review->as_of, error);
  if (contracts == NULL)
    return FALSE;
  tell (review, contracts);
  return check_closing (review, error);
}
