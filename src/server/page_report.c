/* The report of a year as it stands: its text, every figure of which opens to
 * its rows, and its files. */
#include "server/report_part.h"

#include "check/issue.h"

/* --------------------------------------------------------------------- page */

static gboolean
take_change (const HxEditionChange *change, gpointer data)
{
  GString *text = data;
  g_string_append_printf (text, "%s%s %s → %s", text->len > 0 ? "；" : "",
                          change->figure->name, change->figure->value,
                          change->now != NULL ? change->now : "—");
  return TRUE;
}

/* Of the last edition. */
static gboolean
write_state (HxHtml *html, HxCall *call, int year, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) editions = hx_editions_list (connection, year, error);
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autofree char *said = NULL;
  const HxEdition *last;
  if (editions == NULL)
    return FALSE;
  if (editions->len == 0)
    {
      hx_part_notice (html, HX_TONE_PLAIN,
                      _ ("还没有出具，下面是按现在的记录写出的草稿。"));
      return TRUE;
    }
  last = editions->pdata[0];
  if (!hx_edition_changes (connection, hx_call_catalogue (call), last,
                           take_change, changes, error))
    return FALSE;
  said = changes->len == 0
             ? g_strdup_printf (_ ("第 %u 次出具以后没有变动。"), last->number)
             : g_strdup_printf (_ ("第 %u 次出具以后有变化：%s"), last->number,
                                changes->str);
  hx_part_notice (html, changes->len == 0 ? HX_TONE_GOOD : HX_TONE_WARN, said);
  return TRUE;
}

static gboolean
write_text (HxHtml *html, HxCall *call, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  const HxReportAsk ask = { 0 };
  g_autofree char *markdown = hx_report_render (call, &ask, &wrong);
  if (markdown != NULL)
    {
      hx_part_files (html, "/report/file", hx_call_year (call));
      return hx_part_document (html, markdown, "/report/figures/", error);
    }
  if (!g_error_matches (wrong, HX_ERROR, HX_ERROR_FINDING)
      && !g_error_matches (wrong, HX_ERROR, HX_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  hx_part_notice (html, HX_TONE_BAD, _ ("现在还写不出报告，先改好下面这些："));
  hx_part_lines (html, wrong->message);
  hx_part_action (html, "/report/template", _ ("打开模板"), TRUE);
  return TRUE;
}

static gboolean
report_page (HxCall *call, GError **error)
{
  const int year = hx_call_year (call);
  g_autofree char *title = g_strdup_printf (_ ("%d 年绩效自评报告"), year);
  HxHtml *html;
  if (hx_call_connection (call, error) == NULL)
    return FALSE;
  html = hx_page_begin (
      call,
      &(HxPageHead){ .title = title,
                     .at = "report",
                     .lead = _ ("每个数字都连着它背后的行，点一下就看到。"),
                     .with_year = TRUE });
  hx_part_report_tabs (html, call, "/report");
  if (write_state (html, call, year, error) && write_text (html, call, error))
    return hx_page_end (call, html);
  hx_html_free (html);
  return FALSE;
}

/* -------------------------------------------------------------------- files */

static gboolean
report_file (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  const HxPeriod period = hx_report_period (call);
  gsize length = 0;
  const HxReportOptions options = { .format = hx_report_format (call),
                                    .is_draft = TRUE,
                                    .length = &length };
  g_autofree char *name
      = g_strdup_printf (_ ("%d年绩效自评报告（草稿）"), period.year);
  char *text;
  if (connection == NULL)
    return FALSE;
  text = hx_report_year (connection, hx_call_catalogue (call), &period,
                         &options, error);
  return text != NULL
         && hx_report_send (call, text, length, options.format, name);
}

/* ------------------------------------------------------------------- figure */

typedef struct
{
  HxCall *call;
  HxPrinted *printed; /* borrowed */
  HxPeriod period;
  HxPeriod traced; /* up to the day of the printed figure */
} Source;

/* Rows of a number of its own are few: they go on from the number of those that
 * were told, which is kept in the place's id. */
typedef struct
{
  HxTracePlace *place;
  gint64 skip;
  HxTraceFunc function;
  gpointer data;
} Few;

static gboolean
take_few (const HxRow *row, gpointer data)
{
  Few *few = data;
  if (few->skip-- > 0)
    return TRUE;
  few->place->id++;
  return few->function (row, few->data);
}

static gboolean
trace (HxConnection *connection, HxTracePlace *place, HxTraceFunc function,
       gpointer data, gpointer source, GError **error)
{
  Source *of = source;
  Few few = { place, place->id, function, data };
  of->traced = of->period;
  if (of->printed->as_of.year != 0)
    of->traced.as_of = of->printed->as_of;
  place->period = &of->traced;
  if (of->printed->indicator != NULL)
    return hx_trace_behind (connection, hx_call_catalogue (of->call),
                            of->printed->indicator->key, place, function, data,
                            error);
  return hx_printed_trace (connection, hx_call_catalogue (of->call),
                           of->printed, &of->traced, take_few, &few, error);
}

static void
write_facts (HxHtml *html, const HxPrinted *printed)
{
  const gboolean has_unit
      = printed->unit != NULL && !g_str_has_suffix (printed->value, "%");
  g_autofree char *value = g_strdup_printf (
      "%s%s%s", printed->value,
      has_unit && !g_str_equal (printed->unit, "%") ? " " : "",
      has_unit ? printed->unit : "");
  g_autofree char *rows = g_strdup_printf ("%" G_GINT64_FORMAT, printed->rows);
  g_autofree char *day
      = printed->as_of.year != 0 ? hx_say_date (printed->as_of) : NULL;
  hx_html_open (html, "dl", "class", "facts", NULL);
  hx_part_fact (html, _ ("值"), value);
  hx_part_fact (html, _ ("数到"), day);
  hx_part_fact (html, _ ("口径"), printed->query);
  if (printed->indicator != NULL)
    hx_part_fact (html, _ ("说明"), printed->indicator->limits);
  hx_part_fact (html, _ ("背后的行"), rows);
  hx_html_close (html, "dl");
}

static HxPrinted *
printed_of (HxCall *call, Source *source, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  source->call = call;
  source->period = hx_report_period (call);
  if (connection == NULL)
    return NULL;
  source->printed
      = hx_report_figure (connection, hx_call_catalogue (call), &source->period,
                          hx_call_text (call, "key"), error);
  return source->printed;
}

static gboolean
figure_page (HxCall *call, GError **error)
{
  Source source = { 0 };
  g_autoptr (HxPrinted) printed = printed_of (call, &source, error);
  const HxFigureRows rows = { trace, &source };
  g_autofree char *path = NULL;
  HxHtml *html;
  if (printed == NULL)
    return FALSE;
  path = g_strdup_printf ("/report/figures/%s", printed->key);
  html = hx_page_begin (call, &(HxPageHead){ .title = printed->name,
                                             .at = "report",
                                             .back = "/report",
                                             .back_name = _ ("报告"),
                                             .wide = TRUE });
  write_facts (html, printed);
  if (printed->indicator != NULL)
    {
      g_autofree char *url
          = g_strdup_printf ("/indicators/%s", printed->indicator->key);
      hx_part_action (html, url, _ ("逐月、各机构"), FALSE);
    }
  if (hx_figure_rows_table (html, call, &rows, path, error))
    return hx_page_end (call, html);
  hx_html_free (html);
  return FALSE;
}

static gboolean
figure_rows_show (HxCall *call, GError **error)
{
  Source source = { 0 };
  g_autoptr (HxPrinted) printed = printed_of (call, &source, error);
  const HxFigureRows rows = { trace, &source };
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  if (printed == NULL)
    return FALSE;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "key", printed->key);
  hx_json_member (&json, "name", printed->name);
  hx_json_member (&json, "value", printed->value);
  hx_json_member (&json, "unit", printed->unit);
  hx_json_member (&json, "rule", printed->query);
  hx_json_member_integer (&json, "rows", printed->rows);
  if (!hx_figure_rows_json (&json, call, &rows, error))
    return FALSE;
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

static gboolean
report_show (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  const HxPeriod period = hx_report_period (call);
  const HxReportOptions options
      = { .format = HX_REPORT_JSON, .is_draft = TRUE };
  g_autofree char *text
      = connection != NULL ? hx_report_year (
            connection, hx_call_catalogue (call), &period, &options, error)
                           : NULL;
  return text != NULL && hx_call_reply_json (call, g_string_new (text), 200);
}

/* ------------------------------------------------------------------- routes */

static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};
static const HxParameter file_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "format", HX_IN_QUERY, HX_TYPE_CHOICE, .choices = HX_REPORT_FORMATS,
    .what = N_ ("格式") },
  { 0 },
};
static const HxParameter figure_parameters[] = {
  { "key", HX_IN_PATH, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("数字") },
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "cursor", HX_IN_QUERY, HX_TYPE_TEXT, .max = 400, .what = N_ ("续页") },
  { 0 },
};

const HxRoute hx_routes_report[] = {
  { HX_METHOD_GET, "/report", "report_page", N_ ("一年的报告"), HX_YEAR_READERS,
    HX_ROUTE_PAGE, year_parameters, .handler = report_page },
  { HX_METHOD_GET, "/report/file", "report_file", N_ ("报告的文件"),
    HX_YEAR_READERS, HX_ROUTE_PAGE, file_parameters, .handler = report_file },
  { HX_METHOD_GET, "/report/figures/{key}", "report_figure_page",
    N_ ("报告里的一个数字"), HX_YEAR_READERS, HX_ROUTE_PAGE, figure_parameters,
    .handler = figure_page },
  { HX_METHOD_GET, "/api/v1/report", "report_show", N_ ("一年的报告"),
    HX_YEAR_READERS, HX_ROUTE_API, year_parameters, .handler = report_show,
    .answers = N_ ("报告的树：标题、段落、列表、表格，数字带着它的键") },
  { HX_METHOD_GET, "/api/v1/report/figures/{key}", "report_figure_show",
    N_ ("报告里的一个数字"), HX_YEAR_READERS, HX_ROUTE_API, figure_parameters,
    .handler = figure_rows_show,
    .answers = N_ ("值、口径和背后的行，一页一页给") },
  { 0 },
};
