#include "cli/monitor_show.h"
#include "cli/session.h"
#include "exchange/monitor_form.h"
#include "exchange/monitor_json.h"
#include "plan/plan_json.h"
#include "plan/years.h"
#include "report/year.h"

#include <string.h>

typedef struct
{
  char *as_of, *today, *rules, *format, *output;
  gboolean is_open_alone, as_json;
} MonitorCall;

static void
call_clear (MonitorCall *call)
{
  g_free (call->as_of);
  g_free (call->today);
  g_free (call->rules);
  g_free (call->format);
  g_free (call->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MonitorCall, call_clear)

/* ------------------------------------------------------------------- asking */

static gboolean
find_rules (HxCatalogue *catalogue, const char *name,
            const HxMonitorRules **rules, GError **error)
{
  const GPtrArray *sets = hx_catalogue_monitor_sets (catalogue);
  g_autoptr (GString) known = g_string_new (_ ("可用："));

  *rules = hx_catalogue_monitor (catalogue, name);
  if (*rules != NULL || name == NULL)
    return TRUE;
  for (guint i = 0; i < sets->len; i++)
    {
      const HxMonitorRules *each = sets->pdata[i];

      g_string_append_printf (known, "%s%s（%s）", i > 0 ? "、" : "", each->key,
                              each->name);
    }
  return hx_fail (error, HX_ERROR_USAGE, _ ("没有这套监控规则"), name,
                  known->str);
}

/* Today, or the day of the year that is nearest to it. */
static gboolean
make_query (HxCatalogue *catalogue, const MonitorCall *call,
            HxMonitorQuery *query, GError **error)
{
  const HxDate first = { (gint16)query->year, 1, 1 };
  const HxDate last = { (gint16)query->year, 12, 31 };

  query->today = hx_date_today ();
  if (!hx_cli_as_of (call->today, &query->today, error))
    return FALSE;
  query->as_of = hx_date_compare (query->today, last) < 0 ? query->today : last;
  if (hx_date_compare (query->as_of, first) < 0)
    query->as_of = first;
  return hx_cli_as_of (call->as_of, &query->as_of, error)
         && find_rules (catalogue, call->rules, &query->rules, error);
}

/* ------------------------------------------------------------------ showing */

static void
print_json (const HxMonitor *monitor, gboolean is_open_alone)
{
  g_autoptr (GString) out = g_string_new (NULL);
  hx_monitor_table_json (monitor, is_open_alone, out);
  hx_cli_print ("%s\n", out->str);
}

static gboolean
show_text (const HxCliReading *reading, const MonitorCall *call,
           const HxMonitor *monitor, GError **error)
{
  (void)reading;
  if (call->output != NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("文字格式不写文件"), "-o",
                    _ ("写 --format xlsx 或 --format json"));
  if (call->as_json)
    print_json (monitor, call->is_open_alone);
  else if (call->is_open_alone)
    hx_monitor_print_open (monitor);
  else
    hx_monitor_print (monitor);
  return TRUE;
}

static gboolean
write_form (const HxCliReading *reading, const MonitorCall *call,
            const HxMonitor *monitor, GError **error)
{
  g_autofree char *bureau = NULL;
  g_autoptr (GError) wrong = NULL;

  if (call->output == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有写明写到哪个文件"), NULL,
                    _ ("用 -o 写明，如 -o 监控表.xlsx"));
  bureau = hx_setting_get (reading->connection, HX_SETTING_BUREAU, &wrong);
  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  return hx_monitor_form_write (monitor, bureau, call->output, error);
}

static gboolean
write_exchange (const HxCliReading *reading, const MonitorCall *call,
                const HxMonitor *monitor, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) wrong = NULL;
  g_autofree char *bureau
      = hx_setting_get (reading->connection, HX_SETTING_BUREAU, &wrong);
  const HxMonitorExport export_
      = { monitor, hx_catalogue_monitor_sender (reading->catalogue), bureau };

  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  if (!hx_monitor_json_write (&export_, out, error))
    return FALSE;
  if (call->output != NULL)
    return hx_file_replace (call->output, out->str, (gssize)out->len, error);
  hx_cli_print ("%s", out->str);
  return TRUE;
}

static const struct
{
  const char *name;
  gboolean (*show) (const HxCliReading *reading, const MonitorCall *call,
                    const HxMonitor *monitor, GError **error);
} formats[] = {
  { "text", show_text },
  { "xlsx", write_form },
  { "json", write_exchange },
};

static gboolean
show (const HxCliReading *reading, const MonitorCall *call,
      const HxMonitor *monitor, GError **error)
{
  const char *name = call->format != NULL ? call->format : "text";

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i].name, name) == 0)
      return formats[i].show (reading, call, monitor, error);
  return hx_fail (error, HX_ERROR_USAGE, _ ("不认识的格式"), name,
                  _ ("可用 text、xlsx、json"));
}

static gboolean
monitor (HxCli *cli, const MonitorCall *call, const char *year, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  HxMonitorQuery query = { 0 };
  g_autoptr (HxMonitor) found = NULL;

  if (!hx_cli_year (year, &query.year, error)
      || !hx_cli_read (cli, &reading, error)
      || !make_query (reading.catalogue, call, &query, error))
    return FALSE;
  found
      = hx_monitor_read (reading.connection, reading.catalogue, &query, error);
  if (found == NULL
      || !hx_year_need (reading.connection, reading.catalogue, query.year,
                        HX_YEAR_LINES | HX_YEAR_TARGETS, error)
      || !show (&reading, call, found, error))
    return FALSE;
  cli->findings |= call->is_open_alone && hx_monitor_open (found) > 0;
  return TRUE;
}

static gboolean
run_monitor (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_auto (MonitorCall) call = { 0 };
  const GOptionEntry entries[] = {
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "today", 0, 0, G_OPTION_ARG_STRING, &call.today, NULL, NULL },
    { "rules", 0, 0, G_OPTION_ARG_STRING, &call.rules, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &call.format, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &call.output, NULL, NULL },
    { "unanswered", 0, 0, G_OPTION_ARG_NONE, &call.is_open_alone, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!hx_cli_options (cli, &hx_command_monitor, entries, 1, &argc, &arguments,
                       error))
    return FALSE;
  return argc == 0 || monitor (cli, &call, arguments[1], error);
}

const HxCommand hx_command_monitor = {
  .name = "monitor",
  .synopsis = "YEAR [--as-of DATE] [--rules NAME] [--format text|xlsx|json]"
              " [-o FILE] [--unanswered] [--today DATE] [--json]",
  .summary = N_ ("绩效运行监控：支出进度、目标进度、预警和答复"),
  .manual = N_ (
      "截至某天的“双监控”：每条预算的年初、调整后、执行数、执行率和全年预计，\n"
      "每个指标的目标值、完成情况、全年预计、偏差原因和完成可能性。\n"
      "支出低于预警线、支出与目标进度相差过大、指标落后的，应在规定的工作日内\n"
      "答复（台账“预警处理”）；预警线写在目录的 monitor.yaml 里。\n\n"
      "  --as-of DATE     监控截止日期，默认今天，过去的年度默认 12 月 31 日\n"
      "  --rules NAME     用哪一套预警规则\n"
      "  --format xlsx    按监控表的格式写成工作簿，要写 -o\n"
      "  --format json    按 PAY_PERF_MONITOR_* 字段写成 JSON\n"
      "  -o FILE          写到这个文件\n"
      "  --unanswered     只列没有答复的预警和没有填的内容，有就退出 1\n"
      "  --today DATE     按哪一天看是否逾期，默认今天\n"
      "  --json           用 JSON 输出本表\n\n"
      "例： hongxia monitor 2023 --as-of 2023-07-31\n"
      "     hongxia monitor 2023 --as-of 2023-07-31 --format xlsx -o "
      "监控表.xlsx\n"
      "     hongxia monitor 2023 --unanswered"),
  .run = run_monitor,
};
