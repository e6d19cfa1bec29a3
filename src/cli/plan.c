#include "cli/plan.h"
#include "plan/plan_json.h"
#include "plan/years.h"

#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_MAX 400

typedef struct
{
  int year;
  char *as_of, *unit, *task;
  int width;
  gboolean history, missing, as_json;
} PlanCall;

static void
cli_plan_clear (CliPlan *plan)
{
  g_clear_pointer (&plan->tasks, g_ptr_array_unref);
  g_clear_pointer (&plan->before, g_ptr_array_unref);
  g_clear_pointer (&plan->problems, g_ptr_array_unref);
  g_clear_pointer (&plan->plan, hx_plan_free);
  g_clear_pointer (&plan->lack, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliPlan, cli_plan_clear)

/* ---------------------------------------------------------------- choosing */

/* The unit and all below it: gint64 of each. */
static GHashTable *
units_below (const HxCliReading *reading, gint64 unit_id, GError **error)
{
  const HxKind *unit = hx_catalogue_kind (reading->catalogue, "unit");
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE tree (id) AS (SELECT ?2 UNION SELECT u.id FROM %s u"
      " JOIN tree ON u.parent = tree.id WHERE u.bureau_id = ?1)"
      " SELECT id FROM tree",
      unit->table);
  HxStatement *statement = hx_statement (reading->connection, sql, error);
  g_autoptr (GHashTable) units
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  HxStep step;
  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, unit_id);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);
      g_hash_table_add (units, g_memdup2 (&id, sizeof id));
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&units) : NULL;
}

/* A task is a unit's when it or one of its milestones is. */
static gboolean
is_of_units (const HxPlanTask *task, GHashTable *units)
{
  if (units == NULL || g_hash_table_contains (units, &task->unit_id))
    return TRUE;
  for (guint i = 0; i < task->milestones->len; i++)
    if (g_hash_table_contains (
            units, &((HxMilestone *)task->milestones->pdata[i])->unit_id))
      return TRUE;
  return FALSE;
}

static gboolean
choose_tasks (CliPlan *plan, const PlanCall *call, GHashTable *units,
              GError **error)
{
  plan->tasks = g_ptr_array_new ();
  for (guint i = 0; i < plan->plan->tasks->len; i++)
    {
      HxPlanTask *task = plan->plan->tasks->pdata[i];
      if ((call->task == NULL || g_strcmp0 (task->number, call->task) == 0)
          && is_of_units (task, units))
        g_ptr_array_add (plan->tasks, task);
    }
  if (call->task == NULL || plan->tasks->len > 0 || plan->plan->tasks->len == 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这一年没有这项任务"),
                  call->task, _ ("写任务编号；不带 --task 就列出全部"));
}

static gboolean
read_problems (const HxCliReading *reading, CliPlan *plan, GError **error)
{
  const HxPlanYear *year = plan->plan;
  plan->before = hx_problems_before (reading->connection, reading->catalogue,
                                     year->year, year->as_of, error);
  if (plan->before == NULL)
    return FALSE;
  plan->problems = hx_problems_read (reading->connection, reading->catalogue,
                                     year->year, year->as_of, error);
  return plan->problems != NULL;
}

static gboolean
read_plan (const HxCliReading *reading, const PlanCall *call, CliPlan *plan,
           GError **error)
{
  const HxDate end = { (gint16)call->year, 12, 31 };
  HxDate as_of = hx_date_today ();
  g_autoptr (GHashTable) units = NULL;
  gint64 unit_id = 0;
  if (hx_date_compare (end, as_of) < 0)
    as_of = end;
  if (!hx_cli_as_of (call->as_of, &as_of, error)
      || !hx_cli_unit (reading, call->unit, &unit_id, error))
    return FALSE;
  plan->plan = hx_plan_read (reading->connection, reading->catalogue,
                             call->year, as_of, error);
  if (plan->plan == NULL)
    return FALSE;
  if (unit_id != 0)
    units = units_below (reading, unit_id, error);
  if (unit_id != 0 && units == NULL)
    return FALSE;
  return choose_tasks (plan, call, units, error)
         && (call->task != NULL || call->unit != NULL
             || read_problems (reading, plan, error));
}

/* ----------------------------------------------------------------- showing */

static int
terminal_width (void)
{
  struct winsize size;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return HX_CLI_PLAN_WIDTH;
}

static void
print (HxCli *cli, const PlanCall *call, CliPlan *plan)
{
  plan->with_history = call->history;
  plan->width = call->width != 0 ? call->width : terminal_width ();
  if (call->as_json)
    {
      const HxPlanDocument document
          = { plan->plan, plan->tasks, plan->before, plan->problems };
      g_autoptr (GString) out = g_string_new (NULL);
      hx_plan_json (&document, out);
      hx_cli_print ("%s\n", out->str);
    }
  else if (call->missing)
    cli->findings = hx_cli_plan_missing (plan) > 0;
  else
    hx_cli_plan_lines (plan);
}

static gboolean
has_problems (const CliPlan *plan)
{
  return (plan->before != NULL && plan->before->len > 0)
         || (plan->problems != NULL && plan->problems->len > 0);
}

/* A year without tasks may still have problems to show. */
static gboolean
find_lack (const HxCliReading *reading, const PlanCall *call, CliPlan *plan,
           GError **error)
{
  g_autoptr (GError) lack = NULL;
  if (hx_year_need (reading->connection, reading->catalogue, call->year,
                    HX_YEAR_TASKS, &lack))
    return TRUE;
  if (!g_error_matches (lack, HX_ERROR, HX_ERROR_NOT_FOUND) || call->missing
      || !has_problems (plan))
    {
      g_propagate_error (error, g_steal_pointer (&lack));
      return FALSE;
    }
  plan->lack = g_strdup (lack->message);
  return TRUE;
}

static gboolean
show (HxCli *cli, const PlanCall *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  g_auto (CliPlan) plan = { 0 };
  if (!hx_cli_read (cli, &reading, error)
      || !read_plan (&reading, call, &plan, error)
      || !find_lack (&reading, call, &plan, error))
    return FALSE;
  print (cli, call, &plan);
  return TRUE;
}

static gboolean
check_call (const PlanCall *call, GError **error)
{
  if (call->width != 0 && (call->width < 40 || call->width > WIDTH_MAX))
    return hx_fail (error, HX_ERROR_USAGE, _ ("宽度不对"), "--width",
                    _ ("写 40 到 400"));
  if (call->missing && call->as_json)
    return hx_fail (error, HX_ERROR_USAGE, _ ("只能选一种输出"),
                    "--missing, --json",
                    _ ("--json 里每个节点的 wants 就是待答复的"));
  return TRUE;
}

static gboolean
run_plan (HxCli *cli, int argc, char **arguments, GError **error)
{
  PlanCall call = { 0 };
  const GOptionEntry entries[] = {
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &call.unit, NULL, NULL },
    { "task", 0, 0, G_OPTION_ARG_STRING, &call.task, NULL, NULL },
    { "history", 0, 0, G_OPTION_ARG_NONE, &call.history, NULL, NULL },
    { "missing", 0, 0, G_OPTION_ARG_NONE, &call.missing, NULL, NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &call.width, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_plan, entries, 1, &argc,
                                  &arguments, error);
  if (done && argc > 0)
    done = hx_cli_year (arguments[1], &call.year, error)
           && check_call (&call, error) && show (cli, &call, error);
  g_free (call.as_of);
  g_free (call.unit);
  g_free (call.task);
  return done;
}

const HxCommand hx_command_plan = {
  .name = "plan",
  .synopsis = "YEAR [--as-of DATE] [--unit NAME] [--task NUMBER] [--history] "
              "[--missing] [--width N] [--json]",
  .summary = N_ ("列出一年的重点任务和节点：工作、资金、时间并排看"),
  .manual = N_ (
      "工作是已完成节点的权重占比，应达是按原定日期该完成的占比，资金是支出占\n"
      "预算的比例，时间是这一年已过的比例。同一预算任务的几项任务看的是同一笔钱"
      "。\n"
      "滞后天数一律对照原定日期：改期登记为“节点调整”，原定日期不变。滞后的节点"
      "\n"
      "要有滞后说明：原因、纠正措施、责任人、时限、完成可能性。逾期完成而同一任"
      "务\n"
      "下一个节点仍按原定日期完成的，记为“已追回”。\n"
      "开头是以前年度问题的整改情况，末尾是本年度的问题。\n"
      "  --as-of DATE   看这一天的情况，默认今天，过去的年度默认年底\n"
      "  --unit NAME    只看这个机构和它下面的任务\n"
      "  --task NUMBER  只看这一项任务\n"
      "  --history      列出每次调整和每份滞后说明\n"
      "  --missing      只列待答复的节点；有就以状态 1 退出\n"
      "  --width N      宽度，默认随终端，否则 80；宽了名称就写全\n"
      "  --json         用 JSON 输出\n\n"
      "例： hongxia plan 2023 --as-of 2023-07-31\n"
      "     hongxia plan 2023 --task RW2023-5 --history"),
  .run = run_plan,
};
