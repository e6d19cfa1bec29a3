#include "server/plan_part.h"

const HxTab hx_plan_tabs[] = {
  { "/plan", N_ ("任务和节点") },
  { "/plan/problems", N_ ("问题和整改") },
  { "/plan/next", N_ ("结转到下一年") },
  { NULL, NULL },
};

/* -------------------------------------------------------------------- words */

char *
hx_milestone_say (const HxMilestone *milestone)
{
  const char *state = hx_milestone_state_name (milestone->state);
  const int days = (int)milestone->days_late;
  if (milestone->pulled_back)
    return g_strdup_printf (_ ("晚 %d 天完成，已追回"), days);
  if (days > 0)
    return g_strdup_printf (_ ("%s，晚 %d 天"), state, days);
  return g_strdup (state);
}

static HxTone
tone_of (const HxMilestone *milestone)
{
  static const HxTone tones[] = { [HX_MILESTONE_DONE] = HX_TONE_GOOD,
                                  [HX_MILESTONE_DONE_LATE] = HX_TONE_WARN,
                                  [HX_MILESTONE_OPEN] = HX_TONE_PLAIN,
                                  [HX_MILESTONE_LATE] = HX_TONE_BAD };
  return milestone->pulled_back ? HX_TONE_GOOD : tones[milestone->state];
}

void
hx_part_milestone_state (HxHtml *html, const HxMilestone *milestone)
{
  g_autofree char *text = hx_milestone_say (milestone);
  hx_part_badge (html, tone_of (milestone), text);
}

/* --------------------------------------------------------------------- bars */

/* Parts in a thousand, for drawing alone. */
static gint
permille (gint64 share)
{
  return (gint)CLAMP (share / 10, 0, 1000);
}

static void
write_work (HxHtml *html, const HxPlanTask *task)
{
  g_autofree char *done = hx_say_percent (task->work_done);
  g_autofree char *due = hx_say_percent (task->work_due);
  g_autofree char *text = task->has_work
                              ? g_strdup_printf (_ ("%s，应达 %s"), done, due)
                              : g_strdup (_ ("还没有阶段节点"));
  hx_part_bar (
      html,
      &(HxBar){ .label = _ ("工作"),
                .text = text,
                .permille = permille (task->work_done),
                .mark = task->has_work ? permille (task->work_due) : -1,
                .tone = task->late > 0                     ? HX_TONE_BAD
                        : task->work_done < task->work_due ? HX_TONE_WARN
                                                           : HX_TONE_GOOD });
}

static void
write_money (HxHtml *html, const HxPlanTask *task)
{
  g_autofree char *spent = hx_say_money (task->money.executed, TRUE);
  g_autofree char *total = hx_say_money (task->money.total, TRUE);
  g_autofree char *share = hx_say_percent (task->spent);
  g_autofree char *text
      = task->has_money && task->money.total > 0
            ? g_strdup_printf (_ ("%s，支出 %s，预算 %s"), share, spent, total)
            : g_strdup (_ ("没有预算"));
  hx_part_bar (
      html, &(HxBar){ .label = _ ("经费"),
                      .text = text,
                      .permille = permille (task->spent),
                      .mark = task->has_money ? permille (task->time_gone) : -1,
                      .tone = HX_TONE_PLAIN });
}

void
hx_part_task_bars (HxHtml *html, const HxPlanTask *task)
{
  g_autofree char *time = hx_say_percent (task->time_gone);
  hx_html_open (html, "div", "class", "bars", NULL);
  write_work (html, task);
  write_money (html, task);
  hx_part_bar (html, &(HxBar){ .label = _ ("时间"),
                               .text = time,
                               .permille = permille (task->time_gone),
                               .mark = -1,
                               .tone = HX_TONE_PLAIN });
  hx_html_close (html, "div");
}

/* -------------------------------------------------------------------- gantt */

/* Work on a milestone begins where the one before it should be done. */
static void
write_milestone (HxGrid *grid, const HxPlanYear *plan,
                 const HxMilestone *milestone, HxDate begin)
{
  g_autofree char *url
      = g_strdup_printf ("/plan/milestones/%" G_GINT64_FORMAT, milestone->id);
  g_autofree char *name
      = g_strdup_printf ("%s %s", milestone->number, milestone->name);
  const gboolean is_moved
      = hx_date_compare (milestone->planned, milestone->baseline) != 0;
  g_autofree char *baseline = hx_say_day (milestone->baseline);
  g_autofree char *planned = hx_say_day (milestone->planned);
  g_autofree char *done = hx_say_day (milestone->done_on);
  HxHtml *html;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, name);
  hx_grid_cell (grid, milestone->owner);
  hx_grid_cell (grid, baseline);
  hx_grid_cell (grid, is_moved ? planned : _ ("未调整"));
  hx_grid_cell (grid, milestone->done_on.year != 0 ? done : _ ("未完成"));
  html = hx_grid_cell_begin (grid);
  hx_part_milestone_state (html, milestone);
  hx_grid_cell_end (grid);
  html = hx_grid_cell_begin (grid);
  hx_chart_milestone (html, plan, milestone, begin);
  hx_grid_cell_end (grid);
}

void
hx_part_gantt (HxHtml *html, const HxPlanYear *plan, const GPtrArray *tasks)
{
  const HxColumn columns[] = {
    { .name = _ ("节点") },
    { .name = _ ("责任人") },
    { .name = _ ("原定") },
    { .name = _ ("现定") },
    { .name = _ ("完成") },
    { .name = _ ("状态") },
    { .name = _ ("进度图（1月至12月）") },
    { .name = NULL },
  };
  g_autofree char *caption
      = g_strdup_printf (_ ("%d 年阶段节点，天数对照原定日期"), plan->year);
  HxGrid *grid;
  hx_chart_legend (html);
  hx_html_open (html, "div", "class", "gantt-table", NULL);
  grid = hx_grid_begin (html, caption, columns);
  for (guint i = 0; i < tasks->len; i++)
    {
      const HxPlanTask *task = tasks->pdata[i];
      HxDate begin = { 0 };
      for (guint j = 0; j < task->milestones->len; j++)
        {
          const HxMilestone *milestone = task->milestones->pdata[j];
          write_milestone (grid, plan, milestone, begin);
          begin = milestone->baseline;
        }
    }
  hx_grid_end (grid);
  hx_html_close (html, "div");
}

/* ------------------------------------------------------------------ reaching
 */

GPtrArray *
hx_plan_reached (const HxCall *call, const HxPlanYear *plan)
{
  GPtrArray *tasks = g_ptr_array_new ();
  for (guint i = 0; i < plan->tasks->len; i++)
    if (hx_year_reaches_task (call, plan->tasks->pdata[i]))
      g_ptr_array_add (tasks, plan->tasks->pdata[i]);
  return tasks;
}

/* A measure has a unit of its own, which may be the user's. */
void
hx_problems_reached (const HxCall *call, GPtrArray *problems)
{
  for (guint i = problems->len; i > 0; i--)
    if (!hx_year_reaches (call,
                          ((const HxProblem *)problems->pdata[i - 1])->unit_id))
      g_ptr_array_remove_index (problems, i - 1);
}

static HxPlanYear *
read_year (HxCall *call, int year, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  HxDate day;
  if (connection == NULL || !hx_year_day (call, year, &day, error))
    return NULL;
  return hx_plan_read (connection, hx_call_catalogue (call), year, day, error);
}

/* The value of a field of a living row; 0 with *error. */
static gint64
value_of (HxCall *call, const HxKind *kind, const HxField *field, gint64 id,
          GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxRow) row = hx_row_new (kind);
  if (connection == NULL || !hx_row_load (connection, row, id, error))
    return 0;
  if (!row->is_void && row->values[field->index].filled)
    return row->values[field->index].integer;
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一行，或者已经作废"),
           kind->name, NULL);
  return 0;
}

static HxPlanTask *
find_task (const HxPlanYear *plan, gint64 id)
{
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      HxPlanTask *task = plan->tasks->pdata[i];
      if (task->id == id)
        return task;
    }
  return NULL;
}

HxPlanYear *
hx_plan_of_task (HxCall *call, gint64 id, HxPlanTask **task, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  g_autoptr (HxPlanYear) plan = NULL;
  gint64 year;
  if (!hx_year_need_kind (call, view != NULL ? view->task : NULL, error)
      || view == NULL)
    return NULL;
  year = value_of (call, view->task, view->task_year, id, error);
  if (year == 0)
    return NULL;
  plan = read_year (call, (int)year, error);
  if (plan == NULL)
    return NULL;
  *task = find_task (plan, id);
  if (*task != NULL && hx_year_reaches_task (call, *task))
    return g_steal_pointer (&plan);
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这项任务"), NULL,
           _ ("从任务列表里选"));
  return NULL;
}

HxPlanYear *
hx_plan_of_milestone (HxCall *call, gint64 id, const HxMilestone **milestone,
                      GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  g_autoptr (HxPlanYear) plan = NULL;
  gint64 task_id, year;
  if (!hx_year_need_kind (call, view != NULL ? view->milestone : NULL, error)
      || view == NULL)
    return NULL;
  task_id = value_of (call, view->milestone, view->milestone_task, id, error);
  year = task_id == 0
             ? 0
             : value_of (call, view->task, view->task_year, task_id, error);
  if (year == 0)
    return NULL;
  plan = read_year (call, (int)year, error);
  if (plan == NULL)
    return NULL;
  *milestone = hx_plan_milestone_id (plan, id);
  if (*milestone != NULL
      && (hx_year_reaches (call, (*milestone)->unit_id)
          || hx_year_reaches (call, (*milestone)->task->unit_id)))
    return g_steal_pointer (&plan);
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个节点"), NULL,
           _ ("从任务列表里选"));
  return NULL;
}

/* ------------------------------------------------------------------ rolling
 */

typedef struct
{
  int year;
  HxDate today;
  gboolean is_dry;
  HxRoll *roll;
} Rolling;

static gboolean
roll_year (HxLedger *ledger, gpointer data, GError **error)
{
  Rolling *rolling = data;
  if (!hx_plan_roll (ledger, rolling->year, rolling->today, rolling->roll,
                     error))
    return FALSE;
  if (rolling->is_dry)
    hx_write_discard (hx_ledger_connection (ledger));
  return TRUE;
}

gboolean
hx_plan_roll_call (HxCall *call, int year, gboolean is_dry, HxRoll *roll,
                   GError **error)
{
  Rolling rolling = { year, hx_call_today (call), is_dry, roll };
  return hx_call_write (call, roll_year, &rolling, error);
}
