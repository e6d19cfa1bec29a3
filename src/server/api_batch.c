/* Batches by the API. */
#include "server/batch_view.h"

static gboolean
batches_get (HxCall *call, GError **error)
{
  const HxBatchPlan *plan = hx_batch_plan_of (call, error);
  g_auto (HxShown) shown = { 0 };
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (plan == NULL || !hx_shown_open (&shown, call, error))
    return FALSE;
  lines = hx_batch_lines (shown.connection, plan, hx_call_year (call), error);
  if (lines == NULL)
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < lines->len; i++)
    {
      const HxBatchLine *line = lines->pdata[i];
      g_autofree char *hospital = hx_batch_row_name (
          shown.connection, plan->hospital->target, line->hospital, error);

      if (hospital == NULL)
        return FALSE;
      hx_batch_line_json (&json, line, hospital);
    }
  hx_json_array_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

static gboolean
write_seat (HxShown *shown, const HxBatchPlan *plan, HxJson *json,
            const HxBatchSeat *seat, GError **error)
{
  g_autofree char *label = hx_shown_label (shown, seat->person, error);
  g_autofree char *reason
      = label != NULL
            ? hx_shown_plain (shown, seat->attendance, plan->reason, error)
            : NULL;
  const char *unit = reason != NULL
                         ? hx_shown_unit (shown, seat->person->unit_id, error)
                         : NULL;

  if (unit == NULL)
    return FALSE;
  hx_json_object_begin (json);
  hx_json_member_integer (json, "attendance", seat->attendance->id);
  hx_json_member_integer (json, "person", seat->person->id);
  hx_json_member (json, "label", label);
  hx_json_member (json, "unit", *unit != '\0' ? unit : NULL);
  hx_json_member (json, "result",
                  seat->attendance->values[plan->result->index].text);
  hx_json_member (json, "reason", *reason != '\0' ? reason : NULL);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
batch_get (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxBatchPage) page = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (!hx_shown_open (&shown, call, error)
      || !hx_batch_page_open (&page, &shown, error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "batch");
  hx_batch_line_json (&json, page.line, page.hospital);
  hx_json_key (&json, "people");
  hx_json_array_begin (&json);
  for (guint i = 0; i < page.places->len; i++)
    if (!write_seat (&shown, page.plan, &json, page.places->pdata[i], error))
      return FALSE;
  hx_json_array_end (&json);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

static gboolean
batches_post (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxBatchPlanning) planning = { 0 };
  GString *out;
  HxJson json;

  if (!hx_shown_open (&shown, call, error)
      || !hx_batch_planning_run (&planning, &shown, error))
    return FALSE;
  out = g_string_new (NULL);
  hx_json_init (&json, out, FALSE);
  hx_batch_draft_json (&json, planning.draft, planning.lines, !planning.trial);
  return hx_call_reply_json (call, out, planning.trial ? 200 : 201);
}

static gboolean
reply_count (HxCall *call, const char *name, guint count)
{
  GString *out = g_string_new (NULL);
  HxJson json;

  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, name, count);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, out, 200);
}

static gboolean
attendance_post (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxBatchPage) page = { 0 };
  guint changed = 0;

  if (!hx_shown_open (&shown, call, error)
      || !hx_batch_page_open (&page, &shown, error)
      || !hx_batch_mark_run (&page, &shown, &changed, error))
    return FALSE;
  if (hx_call_has_faults (call))
    return hx_call_refuse (call, error);
  return reply_count (call, "changed", changed);
}

static gboolean
cancel_post (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxBatchPage) page = { 0 };

  return hx_shown_open (&shown, call, error)
         && hx_batch_page_open (&page, &shown, error)
         && hx_batch_cancel_run (&page, &shown, error)
         && reply_count (call, "cancelled", 1);
}

static gboolean
write_missed (HxShown *shown, const HxBatchPlan *plan, HxJson *json,
              const HxBatchMissed *missed, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (plan->people);
  g_autofree char *label = NULL;
  char day[HX_DATE_TEXT_SIZE];

  if (!hx_row_load (shown->connection, row, missed->person, error))
    return FALSE;
  if (!hx_identity_reaches (shown->identity, row))
    return TRUE;
  label = hx_shown_label (shown, row, error);
  if (label == NULL)
    return FALSE;
  hx_date_format (hx_date_from_number (missed->day), day);
  hx_json_object_begin (json);
  hx_json_member_integer (json, "person", missed->person);
  hx_json_member (json, "label", label);
  hx_json_member_integer (json, "batch", missed->batch);
  hx_json_member (json, "day", day);
  hx_json_key (json, "noted");
  hx_json_bool (json, missed->is_noted);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
missed_get (HxCall *call, GError **error)
{
  const HxBatchPlan *plan = hx_batch_plan_of (call, error);
  g_auto (HxShown) shown = { 0 };
  g_autoptr (GArray) all = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (plan == NULL || !hx_shown_open (&shown, call, error))
    return FALSE;
  all = hx_batch_missed (shown.connection, hx_call_catalogue (call), plan,
                         hx_call_year (call), hx_call_as_of (call), error);
  if (all == NULL)
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < all->len; i++)
    if (!write_missed (&shown, plan, &json,
                       &g_array_index (all, HxBatchMissed, i), error))
      return FALSE;
  hx_json_array_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

#define PLAN                                                                   \
  {                                                                            \
    "plan", HX_IN_PATH, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("哪种分批安排") \
  }
#define NUMBER                                                                 \
  {                                                                            \
    "number", HX_IN_PATH, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("批次号")     \
  }
#define YEAR                                                                   \
  {                                                                            \
    "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度")                     \
  }

static const HxParameter list[] = { PLAN, YEAR, { .name = NULL } };
static const HxParameter one[] = { PLAN, NUMBER, YEAR, { .name = NULL } };
static const HxParameter planned[]
    = { HX_BATCH_PLAN_PARAMETERS, { .name = NULL } };
static const HxParameter marked[]
    = { PLAN, NUMBER, HX_BATCH_MARK_PARAMETERS, YEAR, { .name = NULL } };
static const HxParameter cancelled[]
    = { PLAN,
        NUMBER,
        { "reason", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED, .min = 1, .max = 500,
          .what = N_ ("原因") },
        YEAR,
        { .name = NULL } };

const HxRoute hx_routes_api_batch[] = {
  { HX_METHOD_GET, "/api/v1/batches/{plan}", "batches_list", N_ ("一年的批次"),
    HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_API, list, .handler = batches_get,
    .answers = N_ ("各批的日期、医院、人数") },
  { HX_METHOD_POST, "/api/v1/batches", "batches_add", N_ ("安排批次"),
    HX_BATCH_PLANNERS, HX_ROUTE_API, planned, .handler = batches_post,
    .answers = N_ ("batches：各批和其中的人；trial 时没有写入") },
  { HX_METHOD_GET, "/api/v1/batches/{plan}/{number}", "batches_get",
    N_ ("一批和其中的人"), HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_API, one,
    .handler = batch_get, .answers = N_ ("batch、people") },
  { HX_METHOD_POST, "/api/v1/batches/{plan}/{number}/attendance",
    "batches_attendance", N_ ("登记谁到了"), HX_BATCH_ROLES, HX_ROUTE_API,
    marked, .handler = attendance_post, .answers = N_ ("changed：改了几人") },
  { HX_METHOD_POST, "/api/v1/batches/{plan}/{number}/cancel", "batches_cancel",
    N_ ("取消一批"), HX_BATCH_PLANNERS, HX_ROUTE_API, cancelled,
    .handler = cancel_post, .answers = N_ ("cancelled") },
  { HX_METHOD_GET, "/api/v1/batches/{plan}/missed", "batches_missed",
    N_ ("缺席的人"), HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_API, list,
    .handler = missed_get, .answers = N_ ("谁缺席了哪一批") },
  { 0 },
};
