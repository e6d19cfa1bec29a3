/* The monitoring and the scorecards by the API, in the shapes of the command
 * line. */
#include "server/score_part.h"

#include "exchange/monitor_json.h"
#include "plan/plan_json.h"
#include "score/score_json.h"

/* ---------------------------------------------------------------- monitoring
 */

static gboolean
monitor_show (HxCall *call, GError **error)
{
  g_auto (HxMonitorView) view = { 0 };
  GString *out;
  if (!hx_year_need_whole (call, _ ("监控表"), error)
      || !hx_monitor_view_read (call, &view, error))
    return FALSE;
  out = g_string_new (NULL);
  hx_monitor_table_json (view.monitor, hx_call_bool (call, "open"), out);
  return hx_call_reply_json (call, out, 200);
}

static gboolean
monitor_exchange (HxCall *call, GError **error)
{
  g_auto (HxMonitorView) view = { 0 };
  g_autofree char *bureau = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  GError *wrong = NULL;
  HxMonitorExport export_;
  if (!hx_year_need_whole (call, _ ("监控表"), error)
      || !hx_monitor_view_read (call, &view, error))
    return FALSE;
  bureau = hx_call_bureau (call, &wrong);
  if (wrong != NULL)
    {
      g_propagate_error (error, wrong);
      return FALSE;
    }
  export_ = (HxMonitorExport){
    view.monitor, hx_catalogue_monitor_sender (hx_call_catalogue (call)), bureau
  };
  return hx_monitor_json_write (&export_, out, error)
         && hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* -------------------------------------------------------------------- scores
 */

static gboolean
score_show (HxCall *call, GError **error)
{
  g_autoptr (HxScore) score = hx_score_of_call (call, error);
  GString *out;
  if (score == NULL)
    return FALSE;
  out = g_string_new (NULL);
  hx_score_json (score, out);
  return hx_call_reply_json (call, out, 200);
}

static gboolean
scorecards_show (HxCall *call, GError **error)
{
  GString *out = g_string_new (NULL);
  (void)error;
  hx_scorecards_json (hx_call_catalogue (call),
                      (int)hx_call_integer (call, "year"), out);
  return hx_call_reply_json (call, out, 200);
}

/* ------------------------------------------------------------------- routes
 */

static const HxParameter monitor_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("监控截止日期") },
  { "rules", HX_IN_QUERY, HX_TYPE_TEXT, .max = 60, .what = N_ ("预警规则") },
  { "open", HX_IN_QUERY, HX_TYPE_BOOL, .what = N_ ("只要没有答复的") },
  { 0 },
};
static const HxParameter exchange_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("监控截止日期") },
  { "rules", HX_IN_QUERY, HX_TYPE_TEXT, .max = 60, .what = N_ ("预警规则") },
  { 0 },
};
static const HxParameter score_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "card", HX_IN_QUERY, HX_TYPE_TEXT, .max = 100, .what = N_ ("评分表") },
  { "task", HX_IN_QUERY, HX_TYPE_TEXT, .max = 200, .what = N_ ("重点任务") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { 0 },
};
static const HxParameter cards_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};

const HxRoute hx_routes_api_score[] = {
  { HX_METHOD_GET, "/api/v1/monitor", "monitor_show", N_ ("绩效运行监控"),
    HX_YEAR_READERS, HX_ROUTE_API, monitor_parameters, .handler = monitor_show,
    .answers = N_ ("预算指标、绩效指标、预警和缺的内容，金额是分") },
  { HX_METHOD_GET, "/api/v1/monitor/exchange", "monitor_exchange",
    N_ ("监控上报数据"), HX_YEAR_READERS, HX_ROUTE_API, exchange_parameters,
    .handler = monitor_exchange, .answers = N_ ("按 PAY_PERF_MONITOR_* 字段") },
  { HX_METHOD_GET, "/api/v1/score", "score_show", N_ ("自评打分"),
    HX_YEAR_READERS, HX_ROUTE_API, score_parameters, .handler = score_show,
    .answers = N_ ("每个评分项的分值、得分、原因和取数") },
  { HX_METHOD_GET, "/api/v1/scorecards", "scorecards_show", N_ ("评分表"),
    HX_YEAR_READERS, HX_ROUTE_API, cards_parameters, .handler = scorecards_show,
    .answers = N_ ("一年适用的评分表") },
  { 0 },
};
