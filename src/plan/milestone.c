/* The rules of lateness: see plan.h. */
#include "plan/plan_internal.h"

const char *
hx_milestone_state_key (HxMilestoneState state)
{
  static const char *const keys[] = { "done", "done_late", "open", "late" };

  return keys[state];
}

const char *
hx_milestone_state_name (HxMilestoneState state)
{
  static const char *const names[]
      = { N_ ("按期完成"), N_ ("逾期完成"), N_ ("未到期"), N_ ("滞后") };

  return hx_text (names[state]);
}

const char *
hx_lag_want_key (HxLagWant want)
{
  static const char *const keys[]
      = { "nothing", "answer", "overdue", "broken", "vain" };

  return keys[want];
}

const char *
hx_lag_want_name (HxLagWant want)
{
  static const char *const names[]
      = { "", N_ ("缺滞后说明：请填原因、纠正措施、责任人、时限和完成可能性"),
          N_ ("纠正措施已过时限仍未完成：请填完成日期，或另填滞后说明"),
          N_ ("调整后的日期也已过：请再填滞后说明"),
          N_ ("纠正措施已完成，节点仍未完成：请另填滞后说明") };

  return want == HX_LAG_WANTS_NOTHING ? names[0] : hx_text (names[want]);
}

static gint64
days_after (HxDate day, HxDate other)
{
  return MAX (hx_date_days (day) - hx_date_days (other), 0);
}

static void
judge_lag (HxLag *lag, HxDate as_of)
{
  lag->days_over = lag->done_on.year != 0 ? 0 : days_after (as_of, lag->due);
}

static HxLagWant
wanted (const HxMilestone *milestone, HxDate as_of)
{
  const HxLag *lag = milestone->lag;

  if (milestone->days_late == 0)
    return HX_LAG_WANTS_NOTHING;
  if (lag == NULL)
    return HX_LAG_WANTS_ANSWER;
  if (milestone->state != HX_MILESTONE_LATE)
    return HX_LAG_WANTS_NOTHING;
  if (lag->days_over > 0)
    return HX_LAG_WANTS_AS_OVERDUE;
  if (hx_date_compare (milestone->planned, as_of) >= 0)
    return HX_LAG_WANTS_NOTHING;
  if (milestone->replans->len > 0
      && hx_date_compare (lag->date, milestone->planned) <= 0)
    return HX_LAG_WANTS_AS_BROKEN;
  return lag->done_on.year != 0 && hx_date_compare (lag->due, as_of) < 0
             ? HX_LAG_WANTS_AS_VAIN
             : HX_LAG_WANTS_NOTHING;
}

static HxMilestoneState
state_of (const HxMilestone *milestone)
{
  const gboolean is_late = milestone->days_late > 0;

  if (milestone->done_on.year != 0)
    return is_late ? HX_MILESTONE_DONE_LATE : HX_MILESTONE_DONE;
  return is_late ? HX_MILESTONE_LATE : HX_MILESTONE_OPEN;
}

static gpointer
last_of (const GPtrArray *array)
{
  return array->len == 0 ? NULL : array->pdata[array->len - 1];
}

void
hx_milestone_judge (HxMilestone *milestone, HxDate as_of)
{
  const HxReplan *replan = last_of (milestone->replans);
  const HxDate end = milestone->done_on.year != 0 ? milestone->done_on : as_of;

  milestone->planned = replan != NULL ? replan->planned : milestone->baseline;
  milestone->days_late = days_after (end, milestone->baseline);
  milestone->days_behind = days_after (end, milestone->planned);
  milestone->state = state_of (milestone);
  for (guint i = 0; i < milestone->lags->len; i++)
    judge_lag (milestone->lags->pdata[i], as_of);
  milestone->lag = last_of (milestone->lags);
  milestone->wants = wanted (milestone, as_of);
  milestone->needs_answer = milestone->wants != HX_LAG_WANTS_NOTHING;
}

/* -------------------------------------------------------------------- tasks */

gint64
hx_plan_share (gint64 part, gint64 whole)
{
  gint64 share = 0;

  hx_round_half_up (part, whole, 4, &share);
  return share;
}

gint64
hx_plan_time_gone (int year, HxDate as_of)
{
  const gint64 before = hx_date_days ((HxDate){ (gint16)(year - 1), 12, 31 });
  const gint64 all = hx_date_days ((HxDate){ (gint16)year, 12, 31 }) - before;

  return hx_plan_share (CLAMP (hx_date_days (as_of) - before, 0, all), all);
}

/* All milestones at the next later baseline were done by it. */
static gboolean
next_was_kept (const GPtrArray *milestones, guint index)
{
  const HxDate own = ((HxMilestone *)milestones->pdata[index])->baseline;
  const HxMilestone *next = NULL;

  for (guint i = index + 1; i < milestones->len; i++)
    {
      const HxMilestone *later = milestones->pdata[i];

      if (hx_date_compare (later->baseline, own) == 0)
        continue;
      if (next != NULL && hx_date_compare (later->baseline, next->baseline) > 0)
        break;
      if (later->state != HX_MILESTONE_DONE)
        return FALSE;
      next = later;
    }
  return next != NULL;
}

void
hx_task_judge (HxPlanTask *task, HxDate as_of)
{
  for (guint i = 0; i < task->milestones->len; i++)
    {
      HxMilestone *milestone = task->milestones->pdata[i];

      milestone->pulled_back = milestone->state == HX_MILESTONE_DONE_LATE
                               && next_was_kept (task->milestones, i);
      task->weight_all += milestone->weight;
      if (milestone->done_on.year != 0)
        task->weight_done += milestone->weight;
      if (hx_date_compare (milestone->baseline, as_of) <= 0)
        task->weight_due += milestone->weight;
      task->late += milestone->state == HX_MILESTONE_LATE;
      task->unanswered += milestone->needs_answer;
    }
  task->has_work = task->weight_all > 0;
  task->work_done = hx_plan_share (task->weight_done, task->weight_all);
  task->work_due = hx_plan_share (task->weight_due, task->weight_all);
}
