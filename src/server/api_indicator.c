/* The figures of a year by the API. */
#include "exchange/figure_json.h"
#include "server/indicator_view.h"
#include "server/links.h"

#include "people/weakness.h"

/* --------------------------------------------------------------------- list */

static void
write_target (HxJson *json, const HxTarget *target)
{
  g_autofree char *wanted
      = target != NULL ? hx_target_value_text (target) : NULL;
  hx_json_member (json, "target", wanted);
  hx_json_member (json, "state",
                  target != NULL ? hx_target_state_name (target->state) : NULL);
}

static void
write_line (HxJson *json, const HxIndicatorView *view, const HxFigure *figure)
{
  const char *key = figure->indicator->key;
  hx_json_object_begin (json);
  hx_figure_members (json, figure, g_hash_table_lookup (view->stated, key),
                     g_hash_table_lookup (view->weak, key));
  write_target (json, hx_indicator_target (view, figure->indicator));
  hx_json_object_end (json);
}

static gboolean
list_get (HxCall *call, GError **error)
{
  g_auto (HxIndicatorView) view = { 0 };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  if (!hx_indicator_view_read (call, &view, error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < view.figures->len; i++)
    write_line (&json, &view, view.figures->pdata[i]);
  hx_json_array_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* ---------------------------------------------------------------------- one */

static void
write_value (HxJson *json, const HxFigure *figure)
{
  hx_json_member (json, "value", figure->is_void ? NULL : figure->text);
  hx_json_member_integer (json, "rows", figure->rows);
}

static gboolean
write_months (HxJson *json, HxCall *call, const HxIndicator *indicator,
              const HxPeriod *period, GError **error)
{
  g_autoptr (GPtrArray) months
      = hx_indicator_months (call, indicator, period, error);
  if (months == NULL)
    return FALSE;
  hx_json_key (json, "months");
  hx_json_array_begin (json);
  for (guint i = 0; i < months->len; i++)
    {
      hx_json_object_begin (json);
      hx_json_member_integer (json, "month", i + 1);
      write_value (json, months->pdata[i]);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
  return TRUE;
}

static gboolean
write_unit (HxJson *json, HxCall *call, const HxIndicator *indicator,
            const HxPeriod *period, const HxOption *unit, GError **error)
{
  HxPeriod of_unit = *period;
  g_autoptr (HxFigure) figure = NULL;
  of_unit.unit_id = g_ascii_strtoll (unit->value, NULL, 10);
  figure = hx_figure_read (hx_call_connection (call, error),
                           hx_call_catalogue (call), indicator->key, &of_unit,
                           error);
  if (figure == NULL)
    return FALSE;
  if (figure->rows == 0)
    return TRUE;
  hx_json_object_begin (json);
  hx_json_member_integer (json, "unit", of_unit.unit_id);
  hx_json_member (json, "name", unit->name);
  write_value (json, figure);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
write_units (HxJson *json, HxCall *call, const HxIndicator *indicator,
             const HxPeriod *period, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxUnitChoice) choice = { 0 };
  gboolean done = TRUE;
  if (!hx_shown_open (&shown, call, error)
      || !hx_unit_choice (&shown, &choice, error))
    return FALSE;
  hx_json_key (json, "units");
  hx_json_array_begin (json);
  for (guint i = 1; done && i + 1 < choice.options->len; i++)
    done = write_unit (json, call, indicator, period,
                       &g_array_index (choice.options, HxOption, i), error);
  hx_json_array_end (json);
  return done;
}

/* What it is, and how it spreads over months and units. */
static gboolean
write_one (HxJson *json, HxCall *call, const HxIndicator *indicator,
           const HxPeriod *period, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxFigure) figure = NULL;
  g_autoptr (HxWeakness) weakness = NULL;
  g_autofree char *weak = NULL;
  if (connection == NULL)
    return FALSE;
  figure = hx_figure_read (connection, hx_call_catalogue (call), indicator->key,
                           period, error);
  if (figure == NULL)
    return FALSE;
  weakness = hx_weakness_new (connection, hx_call_catalogue (call),
                              period->unit_id, figure->as_of);
  weak = hx_weakness_of (weakness, indicator, error);
  if (weak == NULL)
    return FALSE;
  hx_figure_members (json, figure, NULL, *weak != '\0' ? weak : NULL);
  return write_months (json, call, indicator, period, error)
         && write_units (json, call, indicator, period, error);
}

static gboolean
write_rows (HxJson *json, HxCall *call, const HxIndicator *indicator,
            const HxPeriod *period, GError **error)
{
  HxIndicatorSource source = { call, indicator, period };
  const HxFigureRows rows = hx_indicator_rows (&source);
  return hx_figure_rows_json (json, call, &rows, error);
}

static gboolean
reply_one (HxCall *call,
           gboolean (*write) (HxJson *json, HxCall *call,
                              const HxIndicator *indicator,
                              const HxPeriod *period, GError **error),
           GError **error)
{
  const HxIndicator *indicator = hx_indicator_asked (call, error);
  g_autoptr (GString) out = g_string_new (NULL);
  HxPeriod period;
  HxJson json;
  if (indicator == NULL || !hx_indicator_period (call, &period, error))
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  if (!write (&json, call, indicator, &period, error))
    return FALSE;
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

static gboolean
one_get (HxCall *call, GError **error)
{
  return reply_one (call, write_one, error);
}

static gboolean
rows_get (HxCall *call, GError **error)
{
  return reply_one (call, write_rows, error);
}

/* ------------------------------------------------------------------- routes */

#define KEY                                                                    \
  {                                                                            \
    "key", HX_IN_PATH, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("指标")          \
  }
#define PERIOD                                                                 \
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },                  \
      { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },         \
  {                                                                            \
    "unit", HX_IN_QUERY, HX_TYPE_ID, .what = N_ ("机构")                       \
  }

static const HxParameter list_parameters[] = { PERIOD, { .name = NULL } };
static const HxParameter one_parameters[] = { KEY, PERIOD, { .name = NULL } };
static const HxParameter rows_parameters[]
    = { KEY,
        PERIOD,
        { "cursor", HX_IN_QUERY, HX_TYPE_TEXT, .max = 400,
          .what = N_ ("续页") },
        { .name = NULL } };

const HxRoute hx_routes_api_indicator[] = {
  { HX_METHOD_GET, "/api/v1/indicators", "indicators_list", N_ ("一年的指标"),
    HX_FIGURE_READERS, HX_ROUTE_API, list_parameters, .handler = list_get,
    .answers = N_ ("每个指标的值、口径、报告写法、目标和状态；金额另有分") },
  { HX_METHOD_GET, "/api/v1/indicators/{key}", "indicator_show",
    N_ ("一个指标：口径、逐月、各机构"), HX_FIGURE_READERS, HX_ROUTE_API,
    one_parameters, .handler = one_get,
    .answers = N_ ("months：逐月；units：有记录的各机构，含下属") },
  { HX_METHOD_GET, "/api/v1/indicators/{key}/rows", "indicator_rows",
    N_ ("一个指标背后的记录"), HX_FIGURE_READERS, HX_ROUTE_API, rows_parameters,
    .handler = rows_get,
    .answers = N_ ("items：可以看的记录；next：下一页的 cursor") },
  { 0 },
};
