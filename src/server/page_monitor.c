/* The monitoring of a year as of a day (双监控): the official table, what
 * warns, what must be answered, and the files that are handed in. */
#include "server/monitor_part.h"

#include "exchange/monitor_form.h"
#include "exchange/monitor_json.h"

/* -------------------------------------------------------------------- words
 */

static char *
percent_or_dash (gboolean is_known, gint64 share)
{
  return is_known ? hx_say_percent (share) : g_strdup ("—");
}

static char *
wan_of (gint64 fen)
{
  return hx_say_wan (hx_money_hundredths (fen));
}

/* --------------------------------------------------------------------- head
 */

static void
write_choice (HxHtml *html, HxCall *call, const HxMonitor *monitor)
{
  const GPtrArray *sets = hx_catalogue_monitor_sets (hx_call_catalogue (call));
  g_autofree HxOption *options = g_new0 (HxOption, (gsize)sets->len + 1);
  g_autofree char *year = g_strdup_printf ("%d", monitor->year);
  g_autofree char *day = hx_say_day (monitor->as_of);
  for (guint i = 0; i < sets->len; i++)
    {
      const HxMonitorRules *rules = sets->pdata[i];
      options[i] = (HxOption){ rules->key, rules->name };
    }
  hx_form_begin (html, call,
                 &(HxForm){ .action = hx_call_route (call)->path,
                            .method = HX_METHOD_GET });
  hx_form_input (html, &(HxInput){ .name = "year",
                                   .label = _ ("年度"),
                                   .type = "hidden",
                                   .value = year });
  hx_form_input (html, &(HxInput){ .name = "as_of",
                                   .label = _ ("监控截止日期"),
                                   .type = "date",
                                   .value = day });
  hx_form_input (html, &(HxInput){ .name = "rules",
                                   .label = _ ("预警规则"),
                                   .type = "select",
                                   .options = options,
                                   .value = monitor->rules->key });
  hx_form_submit (html, _ ("看这一天"), HX_TONE_PLAIN);
  hx_form_end (html);
}

static void
write_rules (HxHtml *html, const HxMonitor *monitor)
{
  g_autofree char *note = hx_monitor_rules_note (monitor);
  gint64 share = 0;
  hx_html_open (html, "p", NULL);
  hx_html_textf (html, _ ("规则：%s，%s；执行率以%s为分母。"),
                 monitor->rules->name, monitor->rules->document,
                 hx_monitor_base_name (monitor->rules->base));
  if (monitor->has_line
      && hx_round_half_up (monitor->line_numerator, monitor->line_denominator,
                           4, &share))
    {
      g_autofree char *line = hx_say_percent (share);
      hx_html_textf (html, _ ("支出预警线 %s。"), line);
    }
  else
    hx_html_text (html, _ ("到这一天还没有支出预警线。"));
  hx_html_close (html, "p");
  if (note != NULL)
    hx_part_notice (html, HX_TONE_WARN, note);
}

/* -------------------------------------------------------------------- money
 */

typedef struct
{
  const HxMoney *money;
  const HxMonitorRate *rate;
  gboolean has_forecast;
  gint64 forecast;
} MoneyRow;

static void
write_flags (HxGrid *grid, const HxMonitorRate *rate)
{
  HxHtml *html = hx_grid_cell_begin (grid);
  if (rate->is_below)
    hx_part_badge (html, HX_TONE_BAD, _ ("低于预警线"));
  if (rate->is_apart)
    hx_part_badge (html, HX_TONE_WARN, _ ("与目标相差过大"));
  if (!rate->is_below && !rate->is_apart)
    hx_html_text (html, _ ("无"));
  hx_grid_cell_end (grid);
}

static void
write_money_cells (HxGrid *grid, const MoneyRow *row)
{
  const HxMoney *money = row->money;
  char *const texts[] = {
    wan_of (money->initial),
    wan_of (money->initial + money->adjusted),
    wan_of (money->executed),
    percent_or_dash (row->rate->has_rate, row->rate->rate),
    row->has_forecast ? wan_of (row->forecast) : g_strdup ("—"),
    percent_or_dash (row->rate->targets > 0, row->rate->goals),
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      hx_grid_cell (grid, texts[i]);
      g_free (texts[i]);
    }
  write_flags (grid, row->rate);
}

static void
write_whole (HxGrid *grid, const HxMonitor *monitor)
{
  const MoneyRow row
      = { &monitor->money, &monitor->whole,
          monitor->forecasts > 0 && monitor->forecasts == monitor->lines->len,
          monitor->forecast };
  hx_grid_total (grid);
  hx_grid_cell (grid, _ ("合计"));
  write_money_cells (grid, &row);
}

static void
write_money (HxHtml *html, HxCall *call, const HxMonitorView *view)
{
  const HxColumn columns[] = { { .name = _ ("预算指标") },
                               { .name = _ ("年初预算"), .is_number = TRUE },
                               { .name = _ ("调整后预算"), .is_number = TRUE },
                               { .name = _ ("执行数"), .is_number = TRUE },
                               { .name = _ ("执行率"), .is_number = TRUE },
                               { .name = _ ("全年预计"), .is_number = TRUE },
                               { .name = _ ("目标进度"), .is_number = TRUE },
                               { .name = _ ("预警") },
                               { .name = NULL } };
  g_autofree char *note = hx_monitor_rounding_note (view->monitor);
  HxGrid *grid = hx_grid_begin (html, _ ("预算执行，单位：万元"), columns);
  for (guint i = 0; i < view->lines->len; i++)
    {
      const HxMonitorLine *own = view->lines->pdata[i];
      const HxBudgetLine *line = own->line;
      const MoneyRow row
          = { &line->money, &own->rate, line->has_forecast, line->forecast };
      g_autofree char *url
          = g_strdup_printf ("/money/lines/%" G_GINT64_FORMAT, line->id);
      g_autofree char *name
          = g_strdup_printf ("%s %s", line->number, line->name);
      const gboolean opens
          = hx_identity_has (hx_call_identity (call), HX_MONEY_READERS);
      hx_grid_row (grid, opens ? url : NULL);
      hx_grid_cell (grid, name);
      write_money_cells (grid, &row);
    }
  if (hx_year_is_whole (call))
    write_whole (grid, view->monitor);
  hx_grid_end (grid);
  if (note != NULL && hx_year_is_whole (call))
    hx_html_element (html, "p", note, "class", "quiet", NULL);
}

/* ------------------------------------------------------------------ targets
 */

static char *
likelihood_of (const HxMonitor *monitor, const HxMonitorTarget *own)
{
  g_autofree char *day = NULL;
  if (own->answered_on.year == 0 || own->likelihood == NULL)
    return g_strdup (_ ("未填报"));
  if (hx_date_compare (own->answered_on, monitor->as_of) == 0)
    return g_strdup (own->likelihood->name);
  day = hx_say_day (own->answered_on);
  return g_strdup_printf (_ ("%s（%s 填报）"), own->likelihood->name, day);
}

static void
write_target (HxGrid *grid, HxCall *call, const HxMonitor *monitor,
              const HxMonitorTarget *own)
{
  const HxTarget *target = own->target;
  g_autofree char *path = g_strdup_printf (
      "/monitoring/targets/%" G_GINT64_FORMAT "/answer", target->id);
  g_autofree char *url = hx_monitor_url (call, path);
  char *const texts[] = {
    hx_target_value_text (target),
    hx_target_actual_text (target),
    percent_or_dash (target->has_completion, target->completion),
    hx_monitor_forecast_text (own),
    likelihood_of (monitor, own),
    hx_monitor_causes_text (own),
  };
  g_autofree char *name
      = g_strdup_printf ("%s %s", target->number, target->name);
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  HxHtml *html;
  hx_grid_row (grid, hx_year_writes (call, view->answer) ? url : NULL);
  hx_grid_cell (grid, name);
  hx_grid_cell (grid, target->level->name);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      hx_grid_cell (grid, texts[i]);
      g_free (texts[i]);
    }
  html = hx_grid_cell_begin (grid);
  if (own->is_behind)
    hx_part_badge (html, HX_TONE_BAD, _ ("落后"));
  else
    hx_html_text (html, _ ("无"));
  hx_grid_cell_end (grid);
}

static void
write_targets (HxHtml *html, HxCall *call, const HxMonitorView *view)
{
  const HxColumn columns[] = { { .name = _ ("三级指标") },
                               { .name = _ ("一级指标") },
                               { .name = _ ("年度指标值") },
                               { .name = _ ("完成情况") },
                               { .name = _ ("完成率"), .is_number = TRUE },
                               { .name = _ ("全年预计") },
                               { .name = _ ("完成可能性") },
                               { .name = _ ("偏差原因") },
                               { .name = _ ("预警") },
                               { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, _ ("绩效指标逐项"), columns);
  for (guint i = 0; i < view->targets->len; i++)
    write_target (grid, call, view->monitor, view->targets->pdata[i]);
  hx_grid_end (grid);
}

/* ------------------------------------------------------------- what is open
 */

static char *
name_of (const HxMonitorLine *line, const HxMonitorTarget *target)
{
  return line != NULL
             ? g_strdup_printf ("%s %s", line->line->number, line->line->name)
             : g_strdup_printf ("%s %s", target->target->number,
                                target->target->name);
}

static char *
form_url (HxCall *call, const HxMonitorLine *line,
          const HxMonitorTarget *target, const char *what)
{
  g_autofree char *path = g_strdup_printf (
      "/monitoring/%s/%" G_GINT64_FORMAT "/%s",
      line != NULL ? "lines" : "targets",
      line != NULL ? line->line->id : target->target->id, what);
  return hx_monitor_url (call, path);
}

static void
write_reply (HxHtml *html, const HxMonitorWarning *warning)
{
  g_autofree char *day = hx_say_date (warning->replied_on);
  hx_part_badge (html, warning->is_late ? HX_TONE_WARN : HX_TONE_GOOD,
                 warning->is_late ? _ ("逾期答复") : _ ("已答复"));
  hx_html_textf (html, " %s %s", day,
                 warning->decision != NULL ? warning->decision->name : "");
  if (warning->reason != NULL)
    hx_html_element (html, "p", warning->reason, "class", "quiet", NULL);
}

static void
write_warning (HxGrid *grid, HxCall *call, const HxMonitorWarning *warning)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  g_autofree char *name = name_of (warning->line, warning->target);
  g_autofree char *due = hx_say_date (warning->due);
  g_autofree char *url
      = form_url (call, warning->line, warning->target, "reply");
  HxHtml *html;
  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, name);
  hx_grid_cell (grid, warning->text);
  hx_grid_cell (grid, due);
  html = hx_grid_cell_begin (grid);
  if (warning->replied_on.year != 0)
    write_reply (html, warning);
  else
    {
      hx_part_badge (html, warning->is_overdue ? HX_TONE_BAD : HX_TONE_WARN,
                     warning->is_overdue ? _ ("逾期未答复") : _ ("未答复"));
      if (hx_year_writes (call, view->reply))
        hx_part_action (html, url, _ ("答复"), FALSE);
    }
  hx_grid_cell_end (grid);
}

static void
write_warnings (HxHtml *html, HxCall *call, const HxMonitorView *view,
                gboolean is_open_alone)
{
  const HxColumn columns[] = { { .name = _ ("哪一条") },
                               { .name = _ ("预警") },
                               { .name = _ ("答复期限") },
                               { .name = _ ("答复") },
                               { .name = NULL } };
  g_autofree char *caption = g_strdup_printf (
      _ ("预警，%u 个工作日内答复"), view->monitor->rules->answer_within);
  HxGrid *grid;
  if (view->warnings->len == 0)
    {
      hx_part_empty (html, _ ("这一天没有预警。"), NULL, NULL);
      return;
    }
  grid = hx_grid_begin (html, caption, columns);
  for (guint i = 0; i < view->warnings->len; i++)
    {
      const HxMonitorWarning *warning = view->warnings->pdata[i];
      if (!is_open_alone || warning->replied_on.year == 0)
        write_warning (grid, call, warning);
    }
  hx_grid_end (grid);
}

/* Where each kind of hole is filled, and with which words. */
static const struct
{
  const char *what, *text;
} hole_forms[] = {
  [HX_HOLE_FORECAST] = { "forecast", N_ ("填全年预计") },
  [HX_HOLE_ANSWER] = { "answer", N_ ("填报") },
  [HX_HOLE_CAUSE] = { "answer", N_ ("填原因") },
  [HX_HOLE_VALUE] = { "result", N_ ("填完成值") },
  [HX_HOLE_FAULT] = { NULL, N_ ("改指标") },
};

static const HxKind *
hole_kind (const HxCall *call, HxHoleKind hole)
{
  const HxPlanView *plan = hx_catalogue_plan (hx_call_catalogue (call));
  const HxBudgetView *money = hx_catalogue_budget (hx_call_catalogue (call));
  switch (hole)
    {
    case HX_HOLE_FORECAST:
      return money->forecast;
    case HX_HOLE_VALUE:
      return plan->result;
    case HX_HOLE_FAULT:
      return plan->target;
    default:
      return plan->answer;
    }
}

static void
write_hole (HxGrid *grid, HxCall *call, const HxMonitorHole *hole)
{
  const HxPlanView *view = hx_catalogue_plan (hx_call_catalogue (call));
  g_autofree char *name = name_of (hole->line, hole->target);
  g_autofree char *url
      = hole_forms[hole->kind].what != NULL
            ? form_url (call, hole->line, hole->target,
                        hole_forms[hole->kind].what)
            : hx_ledger_url (view->target, hole->target->target->id);
  HxHtml *html;
  hx_grid_row (grid, NULL);
  hx_grid_cell (grid, name);
  hx_grid_cell (grid, hole->text);
  html = hx_grid_cell_begin (grid);
  if (hx_year_writes (call, hole_kind (call, hole->kind)))
    hx_part_action (html, url, hx_text (hole_forms[hole->kind].text), FALSE);
  else
    hx_html_text (html, _ ("待填"));
  hx_grid_cell_end (grid);
}

static void
write_holes (HxHtml *html, HxCall *call, const HxMonitorView *view)
{
  const HxColumn columns[] = { { .name = _ ("哪一条") },
                               { .name = _ ("缺什么") },
                               { .name = _ ("要做的事") },
                               { .name = NULL } };
  HxGrid *grid;
  if (view->holes->len == 0)
    {
      hx_part_empty (html, _ ("表里都填齐了。"), NULL, NULL);
      return;
    }
  grid = hx_grid_begin (html, _ ("表里还没有填的"), columns);
  for (guint i = 0; i < view->holes->len; i++)
    write_hole (grid, call, view->holes->pdata[i]);
  hx_grid_end (grid);
}

/* --------------------------------------------------------------------- pages
 */

static char *
lead_of (const HxMonitorView *view)
{
  g_autofree char *day = hx_say_date (view->monitor->as_of);
  const guint open = hx_monitor_view_open (view);
  return open == 0
             ? g_strdup_printf (_ ("截至 %s；都答复了，也都填齐了。"), day)
             : g_strdup_printf (_ ("截至 %s；还有 %u 处要答复或填报。"), day,
                                open);
}

static HxHtml *
begin_page (HxCall *call, const HxMonitorView *view, const char *path)
{
  g_autofree char *lead = lead_of (view);
  g_autofree char *title
      = g_strdup_printf (_ ("%d 年绩效运行监控"), view->monitor->year);
  HxHtml *html = hx_page_begin (call, &(HxPageHead){ .title = title,
                                                     .at = "monitoring",
                                                     .lead = lead,
                                                     .with_year = TRUE,
                                                     .wide = TRUE });
  hx_part_tabs (html, call, hx_monitor_tabs, path);
  write_choice (html, call, view->monitor);
  write_rules (html, view->monitor);
  return html;
}

static void
write_files (HxHtml *html, HxCall *call)
{
  g_autofree char *form = hx_monitor_url (call, "/monitoring/table.xlsx");
  g_autofree char *exchange
      = hx_monitor_url (call, "/monitoring/exchange.json");
  if (!hx_year_is_whole (call))
    return;
  hx_html_open (html, "p", "class", "actions", NULL);
  hx_part_action (html, form, _ ("下载监控表（XLSX）"), TRUE);
  hx_part_action (html, exchange, _ ("下载上报数据（JSON）"), FALSE);
  hx_html_close (html, "p");
}

static gboolean
monitor_page (HxCall *call, GError **error)
{
  g_auto (HxMonitorView) view = { 0 };
  HxHtml *html;
  if (!hx_monitor_view_read (call, &view, error))
    return FALSE;
  html = begin_page (call, &view, "/monitoring");
  if (view.lines->len + view.targets->len == 0)
    {
      hx_part_empty (html, _ ("这一年没有可以监控的预算指标和绩效指标。"),
                     "/plan", _ ("先登记计划和经费"));
      return hx_page_end (call, html);
    }
  write_files (html, call);
  hx_part_section_begin (html, "money", _ ("预算执行"));
  write_money (html, call, &view);
  hx_part_section_end (html);
  hx_part_section_begin (html, "targets", _ ("绩效目标"));
  write_targets (html, call, &view);
  hx_part_section_end (html);
  hx_part_section_begin (html, "warnings", _ ("预警和答复"));
  write_warnings (html, call, &view, FALSE);
  hx_part_section_end (html);
  hx_part_section_begin (html, "holes", _ ("待填报"));
  write_holes (html, call, &view);
  hx_part_section_end (html);
  return hx_page_end (call, html);
}

static gboolean
open_page (HxCall *call, GError **error)
{
  g_auto (HxMonitorView) view = { 0 };
  HxHtml *html;
  if (!hx_monitor_view_read (call, &view, error))
    return FALSE;
  html = begin_page (call, &view, "/monitoring/open");
  if (hx_monitor_view_open (&view) == 0)
    hx_part_notice (html, HX_TONE_GOOD, _ ("没有要答复、要填报的。"));
  hx_part_section_begin (html, "warnings", _ ("要答复的预警"));
  write_warnings (html, call, &view, TRUE);
  hx_part_section_end (html);
  hx_part_section_begin (html, "holes", _ ("待填报"));
  write_holes (html, call, &view);
  hx_part_section_end (html);
  return hx_page_end (call, html);
}

/* --------------------------------------------------------------------- files
 */

typedef struct
{
  const HxMonitor *monitor;
  const char *bureau;
} Form;

static gboolean
write_form (HxConnection *connection, const char *path, gpointer data,
            GError **error)
{
  const Form *form = data;
  (void)connection;
  return hx_monitor_form_write (form->monitor, form->bureau, path, error);
}

static gboolean
read_whole (HxCall *call, HxMonitorView *view, char **bureau, GError **error)
{
  GError *wrong = NULL;
  if (!hx_year_need_whole (call, _ ("监控表"), error)
      || !hx_monitor_view_read (call, view, error))
    return FALSE;
  *bureau = hx_call_bureau (call, &wrong);
  if (wrong == NULL)
    return TRUE;
  g_propagate_error (error, wrong);
  return FALSE;
}

static gboolean
form_file (HxCall *call, GError **error)
{
  g_auto (HxMonitorView) view = { 0 };
  g_autofree char *bureau = NULL;
  g_autofree char *day = NULL, *name = NULL;
  Form form;
  if (!read_whole (call, &view, &bureau, error))
    return FALSE;
  form = (Form){ view.monitor, bureau };
  day = hx_say_day (view.monitor->as_of);
  name = g_strdup_printf (_ ("绩效运行监控表-%s.xlsx"), day);
  return hx_reply_written (call, name, write_form, &form, error);
}

static gboolean
exchange_file (HxCall *call, GError **error)
{
  g_auto (HxMonitorView) view = { 0 };
  g_autofree char *bureau = NULL;
  g_autofree char *day = NULL, *name = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  HxMonitorExport export_;
  if (!read_whole (call, &view, &bureau, error))
    return FALSE;
  export_ = (HxMonitorExport){
    view.monitor, hx_catalogue_monitor_sender (hx_call_catalogue (call)), bureau
  };
  if (!hx_monitor_json_write (&export_, out, error))
    return FALSE;
  day = hx_say_day (view.monitor->as_of);
  name = g_strdup_printf (_ ("绩效运行监控-%s.json"), day);
  bytes = g_string_free_to_bytes (g_steal_pointer (&out));
  return hx_call_reply_bytes (call, bytes, "application/json", name);
}

/* ------------------------------------------------------------------- routes
 */

static const HxParameter parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("监控截止日期") },
  { "rules", HX_IN_QUERY, HX_TYPE_TEXT, .max = 60, .what = N_ ("预警规则") },
  { 0 },
};

const HxRoute hx_routes_monitor[] = {
  { HX_METHOD_GET, "/monitoring", "monitoring_page", N_ ("绩效运行监控"),
    HX_YEAR_READERS, HX_ROUTE_PAGE, parameters, .handler = monitor_page },
  { HX_METHOD_GET, "/monitoring/open", "monitoring_open_page",
    N_ ("待答复的监控"), HX_YEAR_READERS, HX_ROUTE_PAGE, parameters,
    .handler = open_page },
  { HX_METHOD_GET, "/monitoring/table.xlsx", "monitoring_form_file",
    N_ ("监控表工作簿"), HX_YEAR_READERS, HX_ROUTE_PAGE, parameters,
    .handler = form_file },
  { HX_METHOD_GET, "/monitoring/exchange.json", "monitoring_exchange_file",
    N_ ("监控上报数据"), HX_YEAR_READERS, HX_ROUTE_PAGE, parameters,
    .handler = exchange_file },
  { 0 },
};
