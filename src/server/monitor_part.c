#include "server/monitor_part.h"

#include "plan/years.h"
#include "report/year.h"

#include <glib/gstdio.h>

const HxTab hx_monitor_tabs[] = {
  { "/monitoring", N_ ("绩效监控") },
  { "/monitoring/open", N_ ("待答复") },
  { "/score", N_ ("自评打分") },
  { NULL, NULL },
};

/* ------------------------------------------------------------------ reaching
 */

/* Ids of the tasks within reach; NULL without *error: all. */
static GHashTable *
reached_tasks (HxCall *call, const HxMonitor *monitor, GError **error)
{
  g_autoptr (HxPlanYear) plan = NULL;
  GHashTable *ids;
  if (hx_year_is_whole (call))
    return NULL;
  plan = hx_plan_read (hx_call_connection (call, error),
                       hx_call_catalogue (call), monitor->year, monitor->as_of,
                       error);
  if (plan == NULL)
    return NULL;
  ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const HxPlanTask *task = plan->tasks->pdata[i];
      if (hx_year_reaches_task (call, task))
        g_hash_table_add (ids, g_memdup2 (&task->id, sizeof task->id));
    }
  return ids;
}

static gboolean
reaches (const HxCall *call, GHashTable *tasks, const HxMonitorLine *line,
         const HxMonitorTarget *target)
{
  if (line != NULL)
    return hx_year_reaches (call, line->line->unit_id);
  return tasks == NULL
         || (target != NULL
             && g_hash_table_contains (tasks, &target->target->task_id));
}

static void
fill (const HxCall *call, HxMonitorView *view, GHashTable *tasks)
{
  const HxMonitor *monitor = view->monitor;
  for (guint i = 0; i < monitor->lines->len; i++)
    if (reaches (call, tasks, monitor->lines->pdata[i], NULL))
      g_ptr_array_add (view->lines, monitor->lines->pdata[i]);
  for (guint i = 0; i < monitor->targets->len; i++)
    if (reaches (call, tasks, NULL, monitor->targets->pdata[i]))
      g_ptr_array_add (view->targets, monitor->targets->pdata[i]);
  for (guint i = 0; i < monitor->warnings->len; i++)
    {
      HxMonitorWarning *warning = monitor->warnings->pdata[i];
      if (reaches (call, tasks, warning->line, warning->target))
        g_ptr_array_add (view->warnings, warning);
    }
  for (guint i = 0; i < monitor->holes->len; i++)
    {
      HxMonitorHole *hole = monitor->holes->pdata[i];
      if (reaches (call, tasks, hole->line, hole->target))
        g_ptr_array_add (view->holes, hole);
    }
}

void
hx_monitor_view_clear (HxMonitorView *view)
{
  GPtrArray **const arrays[]
      = { &view->lines, &view->targets, &view->warnings, &view->holes };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (arrays[i], g_ptr_array_unref);
  g_clear_pointer (&view->monitor, hx_monitor_free);
}

/* ------------------------------------------------------------------- reading
 */

static gboolean
make_query (HxCall *call, HxMonitorQuery *query, GError **error)
{
  const char *name = hx_call_text (call, "rules");
  query->year = hx_call_year (call);
  query->today = hx_call_today (call);
  query->rules = hx_catalogue_monitor (hx_call_catalogue (call), name);
  if (query->rules == NULL && name != NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这套监控规则"), name,
                    _ ("在监控页里选一套"));
  return hx_year_day (call, query->year, &query->as_of, error);
}

static gboolean
sees_kinds (HxCall *call, GError **error)
{
  const HxBudgetView *money = hx_catalogue_budget (hx_call_catalogue (call));
  const HxPlanView *plan = hx_catalogue_plan (hx_call_catalogue (call));
  return hx_year_need_kind (call, money != NULL ? money->line : NULL, error)
         && hx_year_need_kind (call, plan != NULL ? plan->target : NULL, error);
}

gboolean
hx_monitor_view_read (HxCall *call, HxMonitorView *view, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  HxMonitorQuery query = { 0 };
  g_autoptr (GHashTable) tasks = NULL;
  GError *wrong = NULL;
  if (connection == NULL || !sees_kinds (call, error)
      || !make_query (call, &query, error))
    return FALSE;
  view->monitor
      = hx_monitor_read (connection, hx_call_catalogue (call), &query, error);
  if (view->monitor == NULL)
    return FALSE;
  tasks = reached_tasks (call, view->monitor, &wrong);
  if (wrong != NULL)
    {
      g_propagate_error (error, wrong);
      return FALSE;
    }
  view->lines = g_ptr_array_new ();
  view->targets = g_ptr_array_new ();
  view->warnings = g_ptr_array_new ();
  view->holes = g_ptr_array_new ();
  fill (call, view, tasks);
  return TRUE;
}

guint
hx_monitor_view_open (const HxMonitorView *view)
{
  guint open = view->holes->len;
  for (guint i = 0; i < view->warnings->len; i++)
    open
        += ((HxMonitorWarning *)view->warnings->pdata[i])->replied_on.year == 0;
  return open;
}

char *
hx_monitor_url (HxCall *call, const char *path)
{
  HxDate day;
  g_autofree char *said = NULL;
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  if (!hx_year_day (call, hx_call_year (call), &day, NULL))
    day = hx_year_last_day (call, hx_call_year (call));
  said = hx_say_day (day);
  return hx_url (path, "year", year, "as_of", said, "rules",
                 hx_call_text (call, "rules"), NULL);
}

/* --------------------------------------------------------------------- files
 */

char *
hx_call_bureau (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  return connection != NULL
             ? hx_setting_get (connection, HX_SETTING_BUREAU, error)
             : NULL;
}

gboolean
hx_reply_written (HxCall *call, const char *name, HxFileWriter write,
                  gpointer data, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autofree char *file
      = g_strdup_printf ("%s.xlsx", hx_call_request (call)->id);
  g_autofree char *path = g_build_filename (hx_call_folder (call), file, NULL);
  gboolean done;
  if (connection == NULL || !write (connection, path, data, error))
    return FALSE;
  done = hx_call_reply_file (call, path, HX_TYPE_WORKBOOK, name, error);
  g_unlink (path);
  return done;
}
