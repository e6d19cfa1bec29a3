/* Reading a year: tasks first, then what refers to them, each kind once. */
#include "plan/living.h"
#include "plan/plan_internal.h"

typedef struct
{
  HxPlanYear *plan;
  const HxPlanView *view;
  HxConnection *connection;
  GHashTable *goals, *tasks, *milestones; /* row id: what it is */
} Reading;

static void
milestone_free (gpointer data)
{
  HxMilestone *milestone = data;

  g_ptr_array_unref (milestone->replans);
  g_ptr_array_unref (milestone->lags);
  g_free (milestone);
}

static void
task_free (gpointer data)
{
  HxPlanTask *task = data;

  g_ptr_array_unref (task->milestones);
  g_free (task);
}

void
hx_plan_free (HxPlanYear *plan)
{
  if (plan == NULL)
    return;
  g_ptr_array_unref (plan->goals);
  g_ptr_array_unref (plan->tasks);
  g_string_chunk_free (plan->texts);
  g_free (plan);
}

/* Known by its row id, which lies at the head of each struct. */
static void
remember (GHashTable *table, gpointer thing)
{
  g_hash_table_insert (table, thing, thing);
}

static gpointer
recall (GHashTable *table, gint64 id)
{
  return g_hash_table_lookup (table, &id);
}

/* --------------------------------------------------------------------- rows */

static void
take_goal (const Reading *reading, const HxRow *row)
{
  const HxPlanView *view = reading->view;
  GStringChunk *texts = reading->plan->texts;
  HxPlanGoal *goal = g_new0 (HxPlanGoal, 1);

  goal->id = row->id;
  goal->number = hx_plan_text (texts, row, view->goal_number);
  goal->name = hx_plan_text (texts, row, view->goal_name);
  goal->text = hx_plan_text (texts, row, view->goal_text);
  g_ptr_array_add (reading->plan->goals, goal);
  remember (reading->goals, goal);
}

static void
take_task (const Reading *reading, const HxRow *row)
{
  const HxPlanView *view = reading->view;
  GStringChunk *texts = reading->plan->texts;
  HxPlanTask *task = g_new0 (HxPlanTask, 1);

  task->id = row->id;
  task->unit_id = row->unit_id;
  task->goal
      = recall (reading->goals, hx_plan_integer (row, view->task_goal, 0));
  task->number = hx_plan_text (texts, row, view->task_number);
  task->name = hx_plan_text (texts, row, view->task_name);
  task->owner = hx_plan_text (texts, row, view->task_owner);
  task->budget = hx_living_code (row, view->task_budget);
  task->weight = hx_plan_integer (row, view->task_weight, 1);
  task->time_gone = reading->plan->time_gone;
  task->milestones = g_ptr_array_new_with_free_func (milestone_free);
  g_ptr_array_add (reading->plan->tasks, task);
  remember (reading->tasks, task);
}

/* The date, where it is not after the day that is asked about. */
static HxDate
known_by (const Reading *reading, HxDate date)
{
  return date.year != 0 && hx_date_compare (date, reading->plan->as_of) <= 0
             ? date
             : (HxDate){ 0 };
}

static void
take_milestone (const Reading *reading, const HxRow *row)
{
  const HxPlanView *view = reading->view;
  GStringChunk *texts = reading->plan->texts;
  HxPlanTask *task
      = recall (reading->tasks, hx_plan_integer (row, view->milestone_task, 0));
  HxMilestone *milestone;

  if (task == NULL)
    return;
  milestone = g_new0 (HxMilestone, 1);
  milestone->id = row->id;
  milestone->unit_id = row->unit_id;
  milestone->task = task;
  milestone->number = hx_plan_text (texts, row, view->milestone_number);
  milestone->name = hx_plan_text (texts, row, view->milestone_name);
  milestone->owner = hx_plan_text (texts, row, view->milestone_owner);
  milestone->result = hx_plan_text (texts, row, view->milestone_result);
  milestone->weight = hx_plan_integer (row, view->milestone_weight, 1);
  milestone->baseline = hx_living_date (row, view->milestone_baseline);
  milestone->done_on
      = known_by (reading, hx_living_date (row, view->milestone_done_on));
  milestone->replans = g_ptr_array_new_with_free_func (g_free);
  milestone->lags = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (task->milestones, milestone);
  remember (reading->milestones, milestone);
}

/* The milestone that a record is about, when it was there on the day. */
static HxMilestone *
milestone_of (const Reading *reading, const HxRow *row, const HxField *field)
{
  const HxDate date = hx_date_from_number (hx_row_day (row));

  return known_by (reading, date).year == 0
             ? NULL
             : recall (reading->milestones, hx_plan_integer (row, field, 0));
}

static void
take_replan (const Reading *reading, const HxRow *row)
{
  const HxPlanView *view = reading->view;
  GStringChunk *texts = reading->plan->texts;
  HxMilestone *milestone = milestone_of (reading, row, view->replan_milestone);
  HxReplan *replan;

  if (milestone == NULL)
    return;
  replan = g_new0 (HxReplan, 1);
  replan->id = row->id;
  replan->date = hx_date_from_number (hx_row_day (row));
  replan->planned = hx_living_date (row, view->replan_planned);
  replan->reason = hx_plan_text (texts, row, view->replan_reason);
  replan->approved_by = hx_plan_text (texts, row, view->replan_approved_by);
  g_ptr_array_add (milestone->replans, replan);
}

static void
take_lag (const Reading *reading, const HxRow *row)
{
  const HxPlanView *view = reading->view;
  GStringChunk *texts = reading->plan->texts;
  HxMilestone *milestone = milestone_of (reading, row, view->lag_milestone);
  HxLag *lag;

  if (milestone == NULL)
    return;
  lag = g_new0 (HxLag, 1);
  lag->id = row->id;
  lag->date = hx_date_from_number (hx_row_day (row));
  lag->cause = hx_living_code (row, view->lag_cause);
  lag->reason = hx_plan_text (texts, row, view->lag_reason);
  lag->measure = hx_plan_text (texts, row, view->lag_measure);
  lag->owner = hx_plan_text (texts, row, view->lag_owner);
  lag->due = hx_living_date (row, view->lag_due);
  lag->done_on = known_by (reading, hx_living_date (row, view->lag_done_on));
  lag->forecast = hx_living_code (row, view->lag_forecast);
  g_ptr_array_add (milestone->lags, lag);
}

/* ------------------------------------------------------------------ reading */

/* The rows of one kind that belong to the year, in order. */
typedef struct
{
  const HxKind *kind; /* NULL: the catalogue keeps none */
  void (*take) (const Reading *reading, const HxRow *row);
  char *rest; /* of the query */
} Part;

static char *
in_year (const HxField *year, const HxField *number)
{
  return g_strdup_printf ("r.\"%s\" = ?2 ORDER BY r.\"%s\", r.id",
                          hx_field_column (year), hx_field_column (number));
}

static char *
milestones_in_year (const HxPlanView *view)
{
  return g_strdup_printf (
      "r.\"%s\" IN (SELECT id FROM %s WHERE bureau_id = ?1 AND void = 0"
      " AND \"%s\" = ?2) ORDER BY r.\"%s\", r.\"%s\", r.id",
      hx_field_column (view->milestone_task), view->task->table,
      hx_field_column (view->task_year),
      hx_field_column (view->milestone_baseline),
      hx_field_column (view->milestone_number));
}

static char *
about_milestones (const HxPlanView *view, const HxField *milestone)
{
  return g_strdup_printf (
      "r.\"%s\" IN (SELECT m.id FROM %s m JOIN %s t ON t.bureau_id = ?1"
      " AND t.id = m.\"%s\" WHERE m.bureau_id = ?1 AND m.void = 0"
      " AND t.\"%s\" = ?2) ORDER BY r.day, r.id",
      hx_field_column (milestone), view->milestone->table, view->task->table,
      hx_field_column (view->milestone_task),
      hx_field_column (view->task_year));
}

static gboolean
read_part (const Reading *reading, const Part *part, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (part->kind == NULL)
    return TRUE;
  rows = hx_living_rows (reading->connection, part->kind, part->rest,
                         reading->plan->year, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    part->take (reading, rows->pdata[i]);
  return rows != NULL;
}

static gboolean
read_rows (const Reading *reading, GError **error)
{
  const HxPlanView *view = reading->view;
  Part parts[]
      = { { view->goal, take_goal, NULL },
          { view->task, take_task,
            in_year (view->task_year, view->task_number) },
          { view->milestone, take_milestone, milestones_in_year (view) },
          { view->replan, take_replan, NULL },
          { view->lag, take_lag, NULL } };
  gboolean done = TRUE;

  if (view->goal != NULL)
    parts[0].rest = in_year (view->goal_year, view->goal_number);
  if (view->replan != NULL)
    parts[3].rest = about_milestones (view, view->replan_milestone);
  if (view->lag != NULL)
    parts[4].rest = about_milestones (view, view->lag_milestone);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      done = done && read_part (reading, &parts[i], error);
      g_free (parts[i].rest);
    }
  return done;
}

static void
add_line (HxPlanTask *task, const HxBudgetLine *line)
{
  if (task->budget == NULL || line->task == NULL
      || g_strcmp0 (task->budget->code, line->task->code) != 0)
    return;
  task->has_money = TRUE;
  hx_money_add (&task->money, &line->money);
}

/* A catalogue may keep a plan and no money. */
static gboolean
read_money (const Reading *reading, HxCatalogue *catalogue, GError **error)
{
  HxPlanYear *plan = reading->plan;
  g_autoptr (GPtrArray) lines = NULL;

  if (hx_catalogue_budget (catalogue) == NULL)
    return TRUE;
  lines = hx_budget_lines (reading->connection, catalogue, plan->year,
                           plan->as_of, error);
  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      HxPlanTask *task = plan->tasks->pdata[i];

      for (guint j = 0; j < lines->len; j++)
        add_line (task, lines->pdata[j]);
      task->spent = hx_plan_share (task->money.executed, task->money.total);
    }
  return TRUE;
}

static void
judge (HxPlanYear *plan)
{
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      HxPlanTask *task = plan->tasks->pdata[i];

      for (guint j = 0; j < task->milestones->len; j++)
        hx_milestone_judge (task->milestones->pdata[j], plan->as_of);
      hx_task_judge (task, plan->as_of);
    }
}

static HxPlanYear *
plan_new (int year, HxDate as_of)
{
  HxPlanYear *plan = g_new0 (HxPlanYear, 1);

  plan->year = year;
  plan->as_of = as_of.year != 0 ? as_of : (HxDate){ (gint16)year, 12, 31 };
  plan->time_gone = hx_plan_time_gone (year, plan->as_of);
  plan->goals = g_ptr_array_new_with_free_func (g_free);
  plan->tasks = g_ptr_array_new_with_free_func (task_free);
  plan->texts = g_string_chunk_new (4096);
  return plan;
}

static GHashTable *
by_id (void)
{
  return g_hash_table_new (g_int64_hash, g_int64_equal);
}

HxPlanYear *
hx_plan_read (HxConnection *connection, HxCatalogue *catalogue, int year,
              HxDate as_of, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (catalogue);
  g_autoptr (HxPlanYear) plan = plan_new (year, as_of);
  g_autoptr (GHashTable) goals = by_id ();
  g_autoptr (GHashTable) tasks = by_id ();
  g_autoptr (GHashTable) milestones = by_id ();
  Reading reading = { plan, view, connection, goals, tasks, milestones };

  if (view == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("目录没有写明年度计划"),
                    "plan.yaml", _ ("在目录里写 plan.yaml 再 init")),
           NULL;
  if (!read_rows (&reading, error) || !read_money (&reading, catalogue, error))
    return NULL;
  judge (plan);
  return g_steal_pointer (&plan);
}

/* ------------------------------------------------------------------ look-up */

const HxPlanTask *
hx_plan_task (const HxPlanYear *plan, const char *number)
{
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const HxPlanTask *task = plan->tasks->pdata[i];

      if (g_strcmp0 (task->number, number) == 0)
        return task;
    }
  return NULL;
}

typedef gboolean (*IsMeant) (const HxMilestone *milestone, gconstpointer what);

static const HxMilestone *
find_milestone (const HxPlanYear *plan, IsMeant is_meant, gconstpointer what)
{
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const GPtrArray *milestones
          = ((HxPlanTask *)plan->tasks->pdata[i])->milestones;

      for (guint j = 0; j < milestones->len; j++)
        if (is_meant (milestones->pdata[j], what))
          return milestones->pdata[j];
    }
  return NULL;
}

static gboolean
has_number (const HxMilestone *milestone, gconstpointer what)
{
  return g_strcmp0 (milestone->number, what) == 0;
}

static gboolean
has_id (const HxMilestone *milestone, gconstpointer what)
{
  return milestone->id == *(const gint64 *)what;
}

const HxMilestone *
hx_plan_milestone (const HxPlanYear *plan, const char *number)
{
  return find_milestone (plan, has_number, number);
}

const HxMilestone *
hx_plan_milestone_id (const HxPlanYear *plan, gint64 id)
{
  return find_milestone (plan, has_id, &id);
}
