#include "plan/plan_json.h"

static void
member_day (HxJson *json, const char *key, HxDate date)
{
  char day[HX_DATE_TEXT_SIZE] = "";
  if (date.year != 0)
    hx_date_format (date, day);
  hx_json_member (json, key, date.year != 0 ? day : NULL);
}

static void
member_share (HxJson *json, const char *key, gboolean has, gint64 share)
{
  g_autofree char *text = hx_decimal_format ((HxDecimal){ share, 2 });
  hx_json_member (json, key, has ? text : NULL);
}

static void
member_bool (HxJson *json, const char *key, gboolean value)
{
  hx_json_key (json, key);
  hx_json_bool (json, value);
}

static void
member_code (HxJson *json, const char *key, const HxCode *code)
{
  hx_json_member (json, key, code != NULL ? code->code : NULL);
}

static void
member_yuan (HxJson *json, const char *key, gint64 fen)
{
  g_autofree char *text = hx_money_format_yuan (fen);
  hx_json_member (json, key, text);
}

static void
lag_json (HxJson *json, const HxLag *lag)
{
  hx_json_object_begin (json);
  member_day (json, "date", lag->date);
  member_code (json, "cause", lag->cause);
  hx_json_member (json, "reason", lag->reason);
  hx_json_member (json, "measure", lag->measure);
  hx_json_member (json, "owner", lag->owner);
  member_day (json, "due", lag->due);
  member_day (json, "done_on", lag->done_on);
  hx_json_member_integer (json, "days_over", lag->days_over);
  member_code (json, "forecast", lag->forecast);
  hx_json_object_end (json);
}

static void
replan_json (HxJson *json, const HxReplan *replan)
{
  hx_json_object_begin (json);
  member_day (json, "date", replan->date);
  member_day (json, "planned", replan->planned);
  hx_json_member (json, "reason", replan->reason);
  hx_json_member (json, "approved_by", replan->approved_by);
  hx_json_object_end (json);
}

void
hx_milestone_json (HxJson *json, const HxMilestone *milestone)
{
  hx_json_object_begin (json);
  hx_json_member_integer (json, "id", milestone->id);
  hx_json_member (json, "number", milestone->number);
  hx_json_member (json, "name", milestone->name);
  hx_json_member (json, "owner", milestone->owner);
  hx_json_member_integer (json, "weight", milestone->weight);
  member_day (json, "baseline", milestone->baseline);
  member_day (json, "planned", milestone->planned);
  member_day (json, "done_on", milestone->done_on);
  hx_json_member (json, "result", milestone->result);
  hx_json_member (json, "state", hx_milestone_state_key (milestone->state));
  hx_json_member_integer (json, "days_late", milestone->days_late);
  hx_json_member_integer (json, "days_behind", milestone->days_behind);
  member_bool (json, "pulled_back", milestone->pulled_back);
  hx_json_member (json, "wants", hx_lag_want_key (milestone->wants));
  hx_json_key (json, "replans");
  hx_json_array_begin (json);
  for (guint i = 0; i < milestone->replans->len; i++)
    replan_json (json, milestone->replans->pdata[i]);
  hx_json_array_end (json);
  hx_json_key (json, "answers");
  hx_json_array_begin (json);
  for (guint i = 0; i < milestone->lags->len; i++)
    lag_json (json, milestone->lags->pdata[i]);
  hx_json_array_end (json);
  hx_json_object_end (json);
}

static void
money_json (HxJson *json, const HxPlanTask *task)
{
  hx_json_key (json, "money");
  if (!task->has_money)
    {
      hx_json_null (json);
      return;
    }
  hx_json_object_begin (json);
  member_yuan (json, "initial", task->money.initial);
  member_yuan (json, "adjusted", task->money.adjusted);
  member_yuan (json, "carried_in", task->money.carried_in);
  member_yuan (json, "total", task->money.total);
  member_yuan (json, "executed", task->money.executed);
  member_yuan (json, "open", task->money.open);
  hx_json_object_end (json);
}

static void
task_json (HxJson *json, const HxPlanTask *task)
{
  hx_json_object_begin (json);
  hx_json_member_integer (json, "id", task->id);
  hx_json_member (json, "number", task->number);
  hx_json_member (json, "name", task->name);
  hx_json_member (json, "goal", task->goal != NULL ? task->goal->number : NULL);
  hx_json_member (json, "owner", task->owner);
  hx_json_member_integer (json, "weight", task->weight);
  member_code (json, "budget", task->budget);
  member_share (json, "work_done", task->has_work, task->work_done);
  member_share (json, "work_due", task->has_work, task->work_due);
  hx_json_member_integer (json, "weight_done", task->weight_done);
  hx_json_member_integer (json, "weight_all", task->weight_all);
  member_share (json, "spent", task->has_money && task->money.total > 0,
                task->spent);
  member_share (json, "time_gone", TRUE, task->time_gone);
  money_json (json, task);
  hx_json_member_integer (json, "late", task->late);
  hx_json_member_integer (json, "unanswered", task->unanswered);
  hx_json_key (json, "milestones");
  hx_json_array_begin (json);
  for (guint i = 0; i < task->milestones->len; i++)
    hx_milestone_json (json, task->milestones->pdata[i]);
  hx_json_array_end (json);
  hx_json_object_end (json);
}

static void
measure_json (HxJson *json, const HxProblemMeasure *measure)
{
  hx_json_object_begin (json);
  hx_json_member (json, "number", measure->number);
  hx_json_member (json, "text", measure->text);
  hx_json_member (json, "owner", measure->owner);
  member_day (json, "due", measure->due);
  hx_json_member (json, "result", measure->result);
  member_code (json, "state", measure->state);
  member_bool (json, "done", measure->is_done);
  member_day (json, "done_on", measure->done_on);
  hx_json_member_integer (json, "days_over", measure->days_over);
  hx_json_member (json, "progress", measure->progress);
  hx_json_object_end (json);
}

static void
problem_json (HxJson *json, const HxProblem *problem)
{
  hx_json_object_begin (json);
  hx_json_member_integer (json, "year", problem->year);
  hx_json_member (json, "number", problem->number);
  hx_json_member (json, "title", problem->title);
  hx_json_member (json, "text", problem->text);
  member_code (json, "cause", problem->cause);
  hx_json_member (json, "reason", problem->reason);
  member_code (json, "source", problem->source);
  if (problem->has_amount)
    member_yuan (json, "amount", problem->amount);
  hx_json_member (json, "state", hx_problem_state_key (problem->state));
  hx_json_key (json, "measures");
  hx_json_array_begin (json);
  for (guint i = 0; i < problem->measures->len; i++)
    measure_json (json, problem->measures->pdata[i]);
  hx_json_array_end (json);
  hx_json_object_end (json);
}

void
hx_problems_json (HxJson *json, const GPtrArray *problems)
{
  hx_json_array_begin (json);
  for (guint i = 0; i < problems->len; i++)
    problem_json (json, problems->pdata[i]);
  hx_json_array_end (json);
}

static void
problems_member (HxJson *json, const char *key, const GPtrArray *problems)
{
  if (problems == NULL)
    return;
  hx_json_key (json, key);
  hx_problems_json (json, problems);
}

static void
goals_json (HxJson *json, const GPtrArray *goals)
{
  hx_json_key (json, "goals");
  hx_json_array_begin (json);
  for (guint i = 0; i < goals->len; i++)
    {
      const HxPlanGoal *goal = goals->pdata[i];
      hx_json_object_begin (json);
      hx_json_member (json, "number", goal->number);
      hx_json_member (json, "name", goal->name);
      hx_json_member (json, "text", goal->text);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

void
hx_plan_json (const HxPlanDocument *document, GString *out)
{
  const HxPlanYear *plan = document->plan;
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "year", plan->year);
  member_day (&json, "as_of", plan->as_of);
  member_share (&json, "time_gone", TRUE, plan->time_gone);
  problems_member (&json, "problems_before", document->before);
  goals_json (&json, plan->goals);
  hx_json_key (&json, "tasks");
  hx_json_array_begin (&json);
  for (guint i = 0; i < document->tasks->len; i++)
    task_json (&json, document->tasks->pdata[i]);
  hx_json_array_end (&json);
  problems_member (&json, "problems", document->problems);
  hx_json_object_end (&json);
}
