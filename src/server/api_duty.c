/* What is due, by the API. */
#include "exchange/duty_json.h"
#include "server/duty_list.h"

static gboolean
write_line (HxShown *shown, HxJson *json, const HxDutyLine *line,
            GError **error)
{
  const char *unit = hx_shown_unit (shown, line->item.unit_id, error);

  if (unit == NULL)
    return FALSE;
  hx_duty_item_json (json, &line->item, line->label, unit);
  return TRUE;
}

static gboolean
duties_get (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxDutyList) list = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  const gint64 limit = hx_call_integer (call, "limit");
  HxJson json;

  if (!hx_shown_open (&shown, call, error)
      || !hx_duty_list_read (&shown, limit > 0 ? (guint)limit : HX_PAGE_ROWS,
                             &list, error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "rows");
  hx_json_array_begin (&json);
  for (guint i = 0; i < list.lines->len; i++)
    if (!write_line (&shown, &json, list.lines->pdata[i], error))
      return FALSE;
  hx_json_array_end (&json);
  hx_json_member (&json, "next", list.next);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

static gboolean
write_coverage (HxShown *shown, HxJson *json, const GArray *lines,
                GError **error)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);
      const char *unit = hx_shown_unit (shown, line->unit_id, error);

      if (unit == NULL)
        return FALSE;
      if (i == 0 || line->duty != (line - 1)->duty)
        {
          const HxDutyCoverage total = hx_duty_total (lines, i);

          hx_duty_coverage_json (json, &total, NULL);
        }
      hx_duty_coverage_json (json, line, unit);
    }
  return TRUE;
}

static gboolean
coverage_get (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray) lines = NULL;
  HxJson json;

  if (!hx_shown_open (&shown, call, error))
    return FALSE;
  lines = hx_duty_coverage_read (&shown, error);
  if (lines == NULL)
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_array_begin (&json);
  if (!write_coverage (&shown, &json, lines, error))
    return FALSE;
  hx_json_array_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

static const HxParameter list_parameters[]
    = { HX_DUTY_PARAMETERS,
        { "limit", HX_IN_QUERY, HX_TYPE_INTEGER, .min = 1,
          .max = HX_PAGE_ROWS_MAX, .what = N_ ("最多几行") },
        { .name = NULL } };

static const HxParameter coverage_parameters[] = {
  { "duty", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("事项") },
  { "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构") },
  { "by", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("承办") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { .name = NULL },
};

const HxRoute hx_routes_api_duty[] = {
  { HX_METHOD_GET, "/api/v1/duties", "duties_list", N_ ("应办事项"),
    HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_API, list_parameters,
    .handler = duties_get,
    .answers = N_ ("rows：超期的在前；next：下一页的 cursor") },
  { HX_METHOD_GET, "/api/v1/coverage", "coverage_list",
    N_ ("各事项各机构的覆盖率"), HX_USER_PEOPLE | HX_USER_READER, HX_ROUTE_API,
    coverage_parameters, .handler = coverage_get,
    .answers = N_ ("每一事项先是合计，unit 为 null，后是各机构") },
  { 0 },
};
