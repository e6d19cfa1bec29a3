/* What the plan of the year says of our own report: V07 targets and late
 * milestones that nobody explained, V09 qualitative targets without evidence,
 * V22 benefits that are counts of output. */
#include "check/review_internal.h"

#include "plan/plan.h"
#include "plan/target.h"

#include <string.h>

/* ---------------------------------------------------------------- V07 targets
 */

/* A qualitative target has a step in place of a value. */
static gboolean
is_known (const HxTarget *target)
{
  return target->has_actual || target->step != NULL;
}

static void
found_target (HxReviewCase *review, guint number, const HxTarget *target,
              const HxFound *what)
{
  const HxPlanView *view = hx_catalogue_plan (review->catalogue);
  g_autofree char *place = hx_review_row_place (view->target, target->number);
  HxFound found = *what;

  found.place = place;
  hx_review_found (review, number, &found);
}

static void
unknown_target (HxReviewCase *review, const HxTarget *target)
{
  const HxFound found = {
    .rule = _ ("每个指标写明年度指标值和实际完成值"),
    .value = target->fault != NULL ? target->fault : _ ("没有实际完成值"),
    .advice = _ ("补上指标值，或在指标完成情况里填报完成值"),
  };

  found_target (review, 7, target, &found);
}

static const char *
what_lacks (const HxTarget *target)
{
  if (target->reason == NULL)
    return target->measure == NULL ? _ ("没有原因和措施") : _ ("没有原因");
  return target->measure == NULL ? _ ("没有措施") : NULL;
}

/* Over the line, or off by more than it, also where the target's own tolerance
 * is wider. */
static gboolean
must_explain (const HxReviewCase *review, const HxTarget *target)
{
  const HxReviewRules *rules = review->rules;

  return hx_target_must_explain (target)
         || (target->has_completion && rules->has_limit[HX_REVIEW_OVER]
             && target->completion > rules->limits[HX_REVIEW_OVER]);
}

static void
explain_target (HxReviewCase *review, const HxTarget *target)
{
  const char *lacks = what_lacks (target);
  g_autofree char *wanted = hx_target_value_text (target);
  g_autofree char *actual = hx_target_actual_text (target);

  if (lacks == NULL)
    return;
  g_autofree char *value = g_strdup_printf (
      _ ("%s：指标值 %s，完成 %s，%s"), target->name, wanted, actual, lacks);
  const HxFound found = {
    .rule = _ ("没有达到或超出太多的指标，写明原因和措施"),
    .value = value,
    .advice = _ ("在指标完成情况里写明偏差原因和改进措施"),
  };
  found_target (review, 7, target, &found);
}

/* ---------------------------------------------------------- V09 and V22 */

static gboolean
is_code (const HxCode *code, const char *key)
{
  return code != NULL && strcmp (code->code, key) == 0;
}

static void
check_quality (HxReviewCase *review, const HxTarget *target)
{
  const HxFound found = { .rule = _ ("定性指标的完成情况有佐证材料"),
                          .value = target->name,
                          .advice = _ ("在指标完成情况里补上佐证材料") };

  if (is_code (target->direction, "qualitative") && is_known (target)
      && !target->has_evidence)
    found_target (review, 9, target, &found);
}

/* A count or sum of rows is what was done, not what it was good for. */
static gboolean
is_output_count (const HxReviewCase *review, const HxTarget *target)
{
  const HxIndicator *indicator
      = target->indicator == NULL
            ? NULL
            : hx_catalogue_indicator (review->catalogue, target->indicator);
  const char *const *counted = HX_REVIEW_WORD (review, HX_REVIEW_COUNTED);

  if (indicator != NULL)
    return indicator->measure == HX_MEASURE_COUNT
           || indicator->measure == HX_MEASURE_SUM
           || indicator->measure == HX_MEASURE_DISTINCT;
  return target->unit != NULL && g_strv_contains (counted, target->unit);
}

static void
check_benefit (HxReviewCase *review, const HxTarget *target)
{
  const HxFound found = { .rule = _ ("效益指标要说明效果，不能只数做了多少"),
                          .value = target->name,
                          .advice = _ ("改用覆盖率、满意度等说明效果的指标") };

  if (is_code (target->level, "benefit") && is_output_count (review, target))
    found_target (review, 22, target, &found);
}

static void
check_target (HxReviewCase *review, const HxTarget *target)
{
  if (target->fault != NULL || !is_known (target))
    unknown_target (review, target);
  else if (must_explain (review, target))
    explain_target (review, target);
  check_quality (review, target);
  check_benefit (review, target);
}

/* ----------------------------------------------------- V07 tasks, milestones
 */

static gboolean
has_target (const GPtrArray *targets, gint64 task_id)
{
  for (guint i = 0; i < targets->len; i++)
    if (((const HxTarget *)targets->pdata[i])->task_id == task_id)
      return TRUE;
  return FALSE;
}

static void
check_milestone (HxReviewCase *review, const HxMilestone *milestone)
{
  const HxPlanView *view = hx_catalogue_plan (review->catalogue);
  g_autofree char *place
      = hx_review_row_place (view->milestone, milestone->number);
  g_autofree char *value = g_strdup_printf (
      _ ("%s晚 %" G_GINT64_FORMAT " 天：%s"), milestone->name,
      milestone->days_late, hx_lag_want_name (milestone->wants));
  const HxFound found = { .place = place,
                          .rule = _ ("滞后的节点写明原因、措施、责任人和时限"),
                          .value = value,
                          .advice = _ ("在滞后说明里写明") };

  if (milestone->needs_answer)
    hx_review_found (review, 7, &found);
}

static void
check_task (HxReviewCase *review, const HxPlanTask *task,
            const GPtrArray *targets)
{
  const HxPlanView *view = hx_catalogue_plan (review->catalogue);
  g_autofree char *place = hx_review_row_place (view->task, task->number);
  const HxFound found
      = { .place = place,
          .rule = _ ("每项重点任务至少有一个指标，写明年度指标值和实际完成值"),
          .value = _ ("没有指标"),
          .advice = _ ("在绩效指标里给这项任务设定指标") };

  if (view->target != NULL && !has_target (targets, task->id))
    hx_review_found (review, 7, &found);
  for (guint i = 0; i < task->milestones->len; i++)
    check_milestone (review, task->milestones->pdata[i]);
}

static void
check_empty (HxReviewCase *review, const HxPlanYear *plan)
{
  const HxFound found = { .place = hx_review_whole (),
                          .rule = _ ("报告写明年度重点任务和完成情况"),
                          .value = _ ("这一年没有登记重点任务"),
                          .advice = _ ("登记年度目标、重点任务、节点和指标") };

  if (plan->tasks->len == 0)
    hx_review_found (review, 7, &found);
}

gboolean
hx_review_plan (HxReviewCase *review, GError **error)
{
  const int year = review->options->year;
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (HxPlanYear) plan = NULL;

  if (hx_catalogue_plan (review->catalogue) == NULL)
    return TRUE;
  targets = hx_targets_read (review->connection, review->catalogue, year,
                             review->options->as_of, error);
  plan = targets == NULL ? NULL
                         : hx_plan_read (review->connection, review->catalogue,
                                         year, review->as_of, error);
  if (plan == NULL)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    check_target (review, targets->pdata[i]);
  for (guint i = 0; i < plan->tasks->len; i++)
    check_task (review, plan->tasks->pdata[i], targets);
  check_empty (review, plan);
  return TRUE;
}
