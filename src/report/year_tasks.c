/* The key tasks of a year for a template: work, money and time, what came
 * late and why, and the targets of each. */
#include "plan/plan.h"
#include "plan/target.h"
#include "report/year_facts.h"

static void
add_days (HxYearFacts *facts, const HxMilestone *milestone, json_t *item)
{
  const HxPlanView *view = hx_catalogue_plan (facts->catalogue);
  HxYearFact *fact = hx_year_fact (
      facts, (HxFactName){ "late", milestone->number, milestone->id }, item,
      "days");
  hx_fact_number (fact, milestone->days_late, _ ("天"));
  hx_fact_words (fact,
                 g_strdup_printf (_ ("%s晚于原定日期的天数"), milestone->name),
                 g_strdup (_ ("完成日（未完成的为截止日）减原定日期")));
  hx_fact_row (fact, view->milestone, milestone->id, milestone->baseline,
               milestone->result);
}

static json_t *
late_item (HxYearFacts *facts, const HxMilestone *milestone)
{
  json_t *item = json_object ();
  const HxLag *lag = milestone->lag;
  hx_set_text (item, "number", milestone->number);
  hx_set_text (item, "name", milestone->name);
  hx_set_text (item, "owner", milestone->owner);
  hx_set_day (item, "baseline", milestone->baseline);
  hx_set_day (item, "planned", milestone->planned);
  hx_set_day (item, "done_on", milestone->done_on);
  hx_set_flag (item, "is_done", milestone->done_on.year != 0);
  hx_set_flag (item, "pulled_back", milestone->pulled_back);
  hx_set_flag (item, "answered", lag != NULL);
  hx_set_code (item, "cause", lag == NULL ? NULL : lag->cause);
  hx_set_text (item, "reason", lag == NULL ? NULL : lag->reason);
  hx_set_text (item, "measure", lag == NULL ? NULL : lag->measure);
  hx_set_text (item, "measure_owner", lag == NULL ? NULL : lag->owner);
  if (lag != NULL)
    hx_set_day (item, "due", lag->due);
  add_days (facts, milestone, item);
  return item;
}

static void
add_work (HxYearFacts *facts, const HxPlanTask *task, json_t *item)
{
  const HxPlanView *view = hx_catalogue_plan (facts->catalogue);
  hx_set_flag (item, "has_work", task->has_work);
  if (!task->has_work)
    return;
  HxYearFact *fact = hx_year_fact (
      facts, (HxFactName){ "work", task->number, task->id }, item, "work");
  hx_fact_share (fact, task->work_done);
  hx_fact_words (fact, g_strdup_printf (_ ("%s的工作进度"), task->name),
                 g_strdup (_ ("已完成节点的权重占全部节点权重")));
  for (guint i = 0; i < task->milestones->len; i++)
    {
      const HxMilestone *milestone = task->milestones->pdata[i];
      hx_fact_row (fact, view->milestone, milestone->id, milestone->baseline,
                   milestone->name);
    }
}

static gboolean
is_late (const HxMilestone *milestone)
{
  return milestone->state == HX_MILESTONE_LATE
         || milestone->state == HX_MILESTONE_DONE_LATE;
}

static gboolean
is_on_time (const HxMilestone *milestone)
{
  return milestone->state == HX_MILESTONE_DONE;
}

static gboolean
is_pending (const HxMilestone *milestone)
{
  return milestone->state == HX_MILESTONE_OPEN;
}

static gboolean
is_any (const HxMilestone *milestone)
{
  return milestone != NULL;
}

static json_t *
late_list (HxYearFacts *facts, const HxPlanTask *task)
{
  json_t *list = json_array ();
  for (guint i = 0; i < task->milestones->len; i++)
    {
      const HxMilestone *milestone = task->milestones->pdata[i];
      if (is_late (milestone))
        json_array_append_new (list, late_item (facts, milestone));
    }
  return list;
}

/* How many stages a task has, and how they went. */
static void
add_stages (HxYearFacts *facts, const HxPlanTask *task, json_t *item)
{
  const struct
  {
    const char *prefix, *member, *name;
    gboolean (*counts) (const HxMilestone *milestone);
  } sorts[] = {
    { "stages", "stages", _ ("阶段节点数"), is_any },
    { "on_time", "on_time", _ ("按原定日期完成的节点数"), is_on_time },
    { "late_stages", "late_count", _ ("晚于原定日期的节点数"), is_late },
    { "pending", "pending", _ ("尚未到期的节点数"), is_pending },
  };
  const HxPlanView *view = hx_catalogue_plan (facts->catalogue);
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      HxYearFact *fact = hx_year_fact (
          facts, (HxFactName){ sorts[i].prefix, task->number, task->id }, item,
          sorts[i].member);
      gint64 count = 0;
      for (guint j = 0; j < task->milestones->len; j++)
        {
          const HxMilestone *milestone = task->milestones->pdata[j];
          if (!sorts[i].counts (milestone))
            continue;
          count++;
          hx_fact_row (fact, view->milestone, milestone->id,
                       milestone->baseline, milestone->name);
        }
      hx_fact_number (fact, count, _ ("个"));
      hx_fact_words (fact,
                     g_strdup_printf ("%s：%s", task->name, sorts[i].name),
                     g_strdup (_ ("任务的阶段节点，对照最初定的日期")));
      if (sorts[i].counts == is_pending)
        hx_set_flag (item, "has_pending", count > 0);
    }
  hx_set_flag (item, "has_stages", task->milestones->len > 0);
}

static void
add_money (HxYearFacts *facts, const HxPlanTask *task, json_t *item)
{
  const HxFactName total = { "task_total", task->number, task->id };
  const HxFactName executed = { "task_executed", task->number, task->id };
  const HxFactName spent = { "task_spent", task->number, task->id };
  const gboolean granted = task->has_money && task->money.total > 0;
  hx_set_flag (item, "has_money", granted);
  if (!granted)
    return;
  g_autofree char *query
      = g_strdup_printf (_ ("任务为“%s”的全部预算指标"), task->budget->name);
  HxYearFact *fact = hx_year_fact (facts, total, item, "total");
  hx_fact_money (fact, task->money.total);
  hx_fact_words (fact, g_strdup_printf (_ ("%s的全年预算数"), task->name),
                 g_strdup (query));
  fact = hx_year_fact (facts, executed, item, "executed");
  hx_fact_money (fact, task->money.executed);
  hx_fact_words (fact, g_strdup_printf (_ ("%s的执行数"), task->name),
                 g_strdup (query));
  fact = hx_year_fact (facts, spent, item, "spent");
  hx_fact_share (fact, task->spent);
  hx_fact_words (fact, g_strdup_printf (_ ("%s的预算执行率"), task->name),
                 g_strdup (query));
}

/* The items of the list of targets that belong to the task; each gets its
 * name, and the last is told. */
static json_t *
targets_of (const HxYearFacts *facts, const HxPlanTask *task)
{
  const json_t *all = json_object_get (facts->context, "targets");
  json_t *list = json_array ();
  json_t *last = NULL;
  for (guint i = 0; i < facts->targets->len; i++)
    {
      const HxTarget *target = facts->targets->pdata[i];
      json_t *item = json_array_get (all, i);
      if (target->task_id != task->id)
        continue;
      last = item;
      hx_set_text (item, "task", task->name);
      hx_set_flag (item, "is_last", FALSE);
      json_array_append (list, item);
    }
  if (last != NULL)
    hx_set_flag (last, "is_last", TRUE);
  return list;
}

static json_t *
task_item (HxYearFacts *facts, const HxPlanTask *task)
{
  json_t *item = json_object ();
  json_t *late = late_list (facts, task);
  json_t *targets = targets_of (facts, task);
  json_t *works = hx_year_works (facts, task->id);
  hx_set_text (item, "number", task->number);
  hx_set_text (item, "name", task->name);
  hx_set_text (item, "owner", task->owner);
  hx_set_text (item, "goal", task->goal == NULL ? NULL : task->goal->name);
  hx_set_flag (item, "has_late", json_array_size (late) > 0);
  hx_set_flag (item, "has_targets", json_array_size (targets) > 0);
  json_object_set_new (item, "late", late);
  json_object_set_new (item, "targets", targets);
  json_object_set_new (item, "works", works);
  add_work (facts, task, item);
  add_stages (facts, task, item);
  add_money (facts, task, item);
  return item;
}

static json_t *
goal_item (const HxPlanGoal *goal)
{
  json_t *item = json_object ();
  hx_set_text (item, "number", goal->number);
  hx_set_text (item, "name", goal->name);
  hx_set_text (item, "text", goal->text);
  return item;
}

gboolean
hx_year_tasks (HxYearFacts *facts, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (facts->catalogue);
  json_t *tasks = json_array ();
  json_t *goals = json_array ();
  json_object_set_new (facts->context, "tasks", tasks);
  json_object_set_new (facts->context, "goals", goals);
  hx_set_flag (facts->context, "has_late", FALSE);
  if (view == NULL || view->task == NULL)
    return TRUE;
  g_autoptr (HxPlanYear) plan = hx_plan_read (
      facts->connection, facts->catalogue, facts->year, facts->as_of, error);
  if (plan == NULL)
    return FALSE;
  gboolean has_late = FALSE;
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      json_t *item = task_item (facts, plan->tasks->pdata[i]);
      json_object_set_new (item, "position", json_integer (i + 1));
      has_late = has_late || json_is_true (json_object_get (item, "has_late"));
      json_array_append_new (tasks, item);
    }
  hx_set_flag (facts->context, "has_late", has_late);
  for (guint i = 0; i < plan->goals->len; i++)
    json_array_append_new (goals, goal_item (plan->goals->pdata[i]));
  return TRUE;
}
