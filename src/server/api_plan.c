/* The plan by the API, in the shape of `hongxia plan --json`. */
#include "server/plan_part.h"

#include "plan/plan_json.h"

static gboolean
read_problems (HxCall *call, int year, HxDate day, GPtrArray **arrays,
               GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  HxCatalogue *catalogue = hx_call_catalogue (call);
  if (connection == NULL)
    return FALSE;
  arrays[0] = hx_problems_before (connection, catalogue, year, day, error);
  if (arrays[0] == NULL)
    return FALSE;
  arrays[1] = hx_problems_read (connection, catalogue, year, day, error);
  if (arrays[1] == NULL)
    return FALSE;
  hx_problems_reached (call, arrays[0]);
  hx_problems_reached (call, arrays[1]);
  return TRUE;
}

static gboolean
plan_show (HxCall *call, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  const int year = hx_call_year (call);
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxPlanYear) plan = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  GPtrArray *problems[2] = { NULL, NULL };
  GString *out = NULL;
  HxDate day;
  if (connection == NULL
      || !hx_year_need_kind (call, view != NULL ? view->task : NULL, error)
      || !hx_year_day (call, year, &day, error))
    return FALSE;
  plan = hx_plan_read (connection, hx_call_catalogue (call), year, day, error);
  if (plan == NULL)
    return FALSE;
  if (read_problems (call, year, day, problems, error))
    {
      HxPlanDocument document
          = { .plan = plan, .before = problems[0], .problems = problems[1] };
      tasks = hx_plan_reached (call, plan);
      document.tasks = tasks;
      out = g_string_new (NULL);
      hx_plan_json (&document, out);
    }
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    g_clear_pointer (&problems[i], g_ptr_array_unref);
  return out != NULL && hx_call_reply_json (call, out, 200);
}

static gboolean
milestone_show (HxCall *call, GError **error)
{
  const HxMilestone *milestone = NULL;
  g_autoptr (HxPlanYear) plan = hx_plan_of_milestone (
      call, hx_call_integer (call, "id"), &milestone, error);
  GString *out;
  HxJson json;
  if (plan == NULL)
    return FALSE;
  out = g_string_new (NULL);
  hx_json_init (&json, out, TRUE);
  hx_milestone_json (&json, milestone);
  return hx_call_reply_json (call, out, 200);
}

/* ------------------------------------------------------------- roll-forward
 */

static gboolean
roll_forward (HxCall *call, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  const int year = (int)hx_call_integer (call, "year");
  const gboolean is_dry = hx_call_bool (call, "dry_run");
  g_auto (HxRoll) roll = { 0 };
  GString *out;
  if (!hx_year_need_whole (call, _ ("结转"), error)
      || !hx_year_need_kind (call, view != NULL ? view->task : NULL, error)
      || view == NULL)
    return FALSE;
  if (!hx_year_writes (call, view->task))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("您的角色不能写计划"),
                    view->task->name, NULL);
  if (!hx_plan_roll_call (call, year, is_dry, &roll, error))
    return FALSE;
  out = g_string_new (NULL);
  hx_roll_json (&roll, year, is_dry, out);
  return hx_call_reply_json (call, out, 200);
}

/* ------------------------------------------------------------------- routes */

static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { 0 },
};
static const HxParameter milestone_parameters[] = {
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("节点") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { 0 },
};
static const HxParameter roll_parameters[] = {
  { "year", HX_IN_FORM, HX_TYPE_YEAR, HX_REQUIRED, .what = N_ ("年度") },
  { "dry_run", HX_IN_FORM, HX_TYPE_BOOL, .what = N_ ("只试一试") },
  { 0 },
};

const HxRoute hx_routes_api_plan[] = {
  { HX_METHOD_GET, "/api/v1/plan", "plan_show", N_ ("年度计划"),
    HX_YEAR_READERS, HX_ROUTE_API, year_parameters, .handler = plan_show,
    .answers = N_ ("目标、任务、节点和问题；份额是百分数，金额是元") },
  { HX_METHOD_GET, "/api/v1/plan/milestones/{id}", "milestone_show",
    N_ ("一个阶段节点"), HX_YEAR_READERS, HX_ROUTE_API, milestone_parameters,
    .handler = milestone_show, .answers = N_ ("节点、历次调整和滞后说明") },
  { HX_METHOD_POST, "/api/v1/plan/roll-forward", "plan_roll_forward",
    N_ ("结转到下一年"), HX_USER_SECTION, HX_ROUTE_API, roll_parameters,
    .handler = roll_forward, .answers = N_ ("新增、已有的每一行") },
  { 0 },
};
