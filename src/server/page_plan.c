/* The plan of a year: goals, their tasks with work, money and time side by
 * side, the chart of all milestones; and a task by itself. */
#include "server/plan_part.h"

/* ------------------------------------------------------------ what is asked */

/* HxMilestone of the tasks that want an answer; unref it. */
static GPtrArray *
wanting (const GPtrArray *tasks)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < tasks->len; i++)
    {
      const HxPlanTask *task = tasks->pdata[i];
      for (guint j = 0; j < task->milestones->len; j++)
        {
          HxMilestone *milestone = task->milestones->pdata[j];
          if (milestone->needs_answer)
            g_ptr_array_add (found, milestone);
        }
    }
  return found;
}

static void
write_wanting_row (HxGrid *grid, const HxMilestone *milestone, gboolean can_say)
{
  g_autofree char *url
      = g_strdup_printf ("/plan/milestones/%" G_GINT64_FORMAT, milestone->id);
  g_autofree char *form = g_strconcat (url, "/lag", NULL);
  g_autofree char *name
      = g_strdup_printf ("%s %s", milestone->number, milestone->name);
  HxHtml *html;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, name);
  hx_grid_cell (grid, milestone->owner);
  html = hx_grid_cell_begin (grid);
  hx_part_milestone_state (html, milestone);
  hx_grid_cell_end (grid);
  hx_grid_cell (grid, hx_lag_want_name (milestone->wants));
  html = hx_grid_cell_begin (grid);
  hx_part_action (html, can_say ? form : url,
                  can_say ? _ ("填写滞后说明") : _ ("查看"), FALSE);
  hx_grid_cell_end (grid);
}

static void
write_wanting (HxHtml *html, HxCall *call, const GPtrArray *tasks)
{
  const HxColumn columns[]
      = { { .name = _ ("节点") },     { .name = _ ("责任人") },
          { .name = _ ("状态") },     { .name = _ ("要答复什么") },
          { .name = _ ("要做的事") }, { .name = NULL } };
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  const gboolean can_say = hx_year_writes (call, view->lag);
  g_autoptr (GPtrArray) found = wanting (tasks);
  HxGrid *grid;
  if (found->len == 0)
    return;
  hx_part_section_begin (html, "wanting", _ ("待答复的节点"));
  grid = hx_grid_begin (html, _ ("滞后的节点要说明原因和措施"), columns);
  for (guint i = 0; i < found->len; i++)
    write_wanting_row (grid, found->pdata[i], can_say);
  hx_grid_end (grid);
  hx_part_section_end (html);
}

/* -------------------------------------------------------------------- tasks */

static void
write_task (HxHtml *html, const HxPlanTask *task)
{
  g_autofree char *url
      = g_strdup_printf ("/plan/tasks/%" G_GINT64_FORMAT, task->id);
  hx_html_open (html, "article", "class", "card", NULL);
  hx_html_open (html, "h3", NULL);
  hx_html_open (html, "a", "href", url, NULL);
  hx_html_textf (html, "%s %s", task->number, task->name);
  hx_html_close (html, "a");
  hx_html_close (html, "h3");
  hx_html_open (html, "p", "class", "quiet", NULL);
  if (task->owner != NULL)
    hx_html_textf (html, _ ("责任人 %s；"), task->owner);
  hx_html_textf (html, _ ("节点 %u 个"), task->milestones->len);
  if (task->late > 0)
    hx_html_textf (html, _ ("，滞后 %u 个"), task->late);
  hx_html_close (html, "p");
  hx_part_task_bars (html, task);
  hx_html_close (html, "article");
}

static guint
write_tasks_of (HxHtml *html, const GPtrArray *tasks, const HxPlanGoal *goal,
                gboolean is_counted)
{
  guint n = 0;
  for (guint i = 0; i < tasks->len; i++)
    {
      const HxPlanTask *task = tasks->pdata[i];
      if (task->goal != goal)
        continue;
      n++;
      if (!is_counted)
        write_task (html, task);
    }
  return n;
}

static void
write_goal (HxHtml *html, const GPtrArray *tasks, const HxPlanGoal *goal)
{
  g_autofree char *id
      = goal != NULL ? g_strdup_printf ("goal-%" G_GINT64_FORMAT, goal->id)
                     : g_strdup ("goal-none");
  g_autofree char *title
      = goal != NULL ? g_strdup_printf ("%s %s", goal->number, goal->name)
                     : g_strdup (_ ("没有列入年度目标的任务"));
  if (write_tasks_of (html, tasks, goal, TRUE) == 0)
    return;
  hx_part_section_begin (html, id, title);
  if (goal != NULL && goal->text != NULL)
    hx_html_element (html, "p", goal->text, NULL);
  hx_html_open (html, "div", "class", "cards", NULL);
  write_tasks_of (html, tasks, goal, FALSE);
  hx_html_close (html, "div");
  hx_part_section_end (html);
}

/* ----------------------------------------------------------------- overview */

static char *
lead_of (const HxPlanYear *plan, const GPtrArray *tasks)
{
  guint counts[HX_MILESTONE_LATE + 1] = { 0 };
  g_autofree char *day = hx_say_date (plan->as_of);
  g_autofree char *time = hx_say_percent (plan->time_gone);
  for (guint i = 0; i < tasks->len; i++)
    {
      const HxPlanTask *task = tasks->pdata[i];
      for (guint j = 0; j < task->milestones->len; j++)
        counts[((HxMilestone *)task->milestones->pdata[j])->state]++;
    }
  return g_strdup_printf (
      _ ("截至 %s，时间已过 %s。任务 %u 项；节点按期完成 %u 个，逾期完成 %u "
         "个，未到期 %u 个，滞后 %u 个。"),
      day, time, tasks->len, counts[HX_MILESTONE_DONE],
      counts[HX_MILESTONE_DONE_LATE], counts[HX_MILESTONE_OPEN],
      counts[HX_MILESTONE_LATE]);
}

static void
write_nothing (HxHtml *html, HxCall *call, const HxPlanYear *plan)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  g_autofree char *ledger = hx_ledger_url (view->task, 0);
  const gboolean is_empty = plan->tasks->len == 0;
  hx_part_empty (html,
                 is_empty ? _ ("这一年还没有重点任务。")
                          : _ ("这一年的任务都不在您的范围里。"),
                 is_empty ? ledger : NULL,
                 is_empty ? _ ("登记或导入重点任务")
                          : _ ("任务属于别的机构；需要时请科室负责人调整"));
}

static void
write_plan (HxHtml *html, HxCall *call, const HxPlanYear *plan,
            const GPtrArray *tasks)
{
  hx_part_day (html, call, "/plan", plan->as_of, NULL);
  if (tasks->len == 0)
    {
      write_nothing (html, call, plan);
      return;
    }
  write_wanting (html, call, tasks);
  for (guint i = 0; i < plan->goals->len; i++)
    write_goal (html, tasks, plan->goals->pdata[i]);
  write_goal (html, tasks, NULL);
  hx_part_section_begin (html, "gantt", _ ("进度图"));
  hx_part_gantt (html, plan, tasks);
  hx_part_section_end (html);
}

static gboolean
plan_page (HxCall *call, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  const int year = hx_call_year (call);
  g_autofree char *title = g_strdup_printf (_ ("%d 年计划"), year);
  g_autoptr (HxPlanYear) plan = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autofree char *lead = NULL;
  HxConnection *connection;
  HxHtml *html;
  HxDate day;
  if (!hx_year_need_kind (call, view != NULL ? view->task : NULL, error)
      || !hx_year_day (call, year, &day, error))
    return FALSE;
  connection = hx_call_connection (call, error);
  if (connection == NULL)
    return FALSE;
  plan = hx_plan_read (connection, hx_call_catalogue (call), year, day, error);
  if (plan == NULL)
    return FALSE;
  tasks = hx_plan_reached (call, plan);
  lead = lead_of (plan, tasks);
  html = hx_page_begin (call, &(HxPageHead){ .title = title,
                                             .at = "plan",
                                             .lead = lead,
                                             .with_year = TRUE,
                                             .wide = TRUE });
  hx_part_tabs (html, call, hx_plan_tabs, "/plan");
  write_plan (html, call, plan, tasks);
  return hx_page_end (call, html);
}

/* ------------------------------------------------------------------ one task
 */

static void
write_task_money (HxHtml *html, HxCall *call, const HxPlanTask *task)
{
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  g_autofree char *url
      = hx_url ("/money", "year", year, "task",
                task->budget != NULL ? task->budget->code : NULL, NULL);
  if (!task->has_money
      || !hx_identity_has (hx_call_identity (call), HX_MONEY_READERS))
    return;
  hx_html_open (html, "p", NULL);
  hx_html_element (html, "a", _ ("看这项任务的预算指标"), "href", url, NULL);
  hx_html_close (html, "p");
}

static gboolean
task_page (HxCall *call, GError **error)
{
  HxPlanTask *task = NULL;
  g_autoptr (HxPlanYear) plan
      = hx_plan_of_task (call, hx_call_integer (call, "id"), &task, error);
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  g_autofree char *title = NULL, *add = NULL, *action = NULL, *back = NULL;
  HxHtml *html;
  if (plan == NULL)
    return FALSE;
  g_ptr_array_add (tasks, task);
  title = g_strdup_printf ("%s %s", task->number, task->name);
  action = g_strdup_printf ("/plan/tasks/%" G_GINT64_FORMAT, task->id);
  add = g_strconcat (action, "/milestone", NULL);
  back = g_strdup_printf ("/plan?year=%d", plan->year);
  html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .at = "plan",
                           .lead = task->goal != NULL ? task->goal->name : NULL,
                           .back = back,
                           .back_name = _ ("计划"),
                           .wide = TRUE });
  hx_part_day (html, call, action, plan->as_of, NULL);
  hx_part_task_bars (html, task);
  write_task_money (html, call, task);
  write_wanting (html, call, tasks);
  hx_part_section_begin (html, "gantt", _ ("阶段节点"));
  if (task->milestones->len > 0)
    hx_part_gantt (html, plan, tasks);
  else
    hx_part_empty (html, _ ("这项任务还没有阶段节点，工作进度无从算起。"), NULL,
                   NULL);
  hx_part_add (html, call, view->milestone, add, _ ("添加节点"));
  hx_part_section_end (html);
  return hx_page_end (call, html);
}

/* ------------------------------------------------------------------- routes */

static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { 0 },
};

static const HxParameter id_parameters[] = {
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("任务") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { 0 },
};

const HxRoute hx_routes_plan[] = {
  { HX_METHOD_GET, "/plan", "plan_page", N_ ("年度计划"), HX_YEAR_READERS,
    HX_ROUTE_PAGE, year_parameters, .handler = plan_page },
  { HX_METHOD_GET, "/plan/tasks/{id}", "plan_task_page", N_ ("重点任务"),
    HX_YEAR_READERS, HX_ROUTE_PAGE, id_parameters, .handler = task_page },
  { 0 },
};
