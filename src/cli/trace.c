#include "cli/session.h"
#include "people/weakness.h"

typedef struct
{
  HxConnection *connection;
  HxJson *json; /* NULL: lines for people */
  GError *error;
} Trace;

/* The person or thing that a row is about, masked. */
static char *
row_subject (Trace *trace, const HxRow *row)
{
  const HxField *field = row->kind->of_field;
  if (field == NULL || !row->values[field->index].filled)
    return NULL;
  return hx_value_display (trace->connection, row, field, HX_AUDIENCE_OUTSIDE,
                           &trace->error);
}

static char *
row_unit (Trace *trace, const HxRow *row)
{
  return row->unit_id != 0
             ? hx_unit_name (trace->connection, row->unit_id, &trace->error)
             : NULL;
}

static void
row_fields_json (Trace *trace, const HxRow *row)
{
  hx_json_object_begin (trace->json);
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      if (!row->values[i].filled)
        continue;
      g_autofree char *text = hx_value_display (
          trace->connection, row, field, HX_AUDIENCE_OUTSIDE, &trace->error);
      hx_json_member (trace->json, field->key, text);
    }
  hx_json_object_end (trace->json);
}

static void
row_json (Trace *trace, const HxRow *row, const char *day)
{
  g_autofree char *subject = row_subject (trace, row);
  g_autofree char *unit = row_unit (trace, row);
  hx_json_object_begin (trace->json);
  hx_json_member (trace->json, "kind", row->kind->key);
  hx_json_member_integer (trace->json, "id", row->id);
  hx_json_member (trace->json, "date", day[0] != '\0' ? day : NULL);
  hx_json_member (trace->json, "unit", unit);
  hx_json_member (trace->json, "person", subject);
  hx_json_key (trace->json, "fields");
  row_fields_json (trace, row);
  hx_json_object_end (trace->json);
}

static void
row_line (Trace *trace, const HxRow *row, const char *day)
{
  g_autoptr (GString) line = g_string_new (NULL);
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];
      if (!row->values[i].filled || field == row->kind->date)
        continue;
      g_autofree char *text = hx_value_display (
          trace->connection, row, field, HX_AUDIENCE_OUTSIDE, &trace->error);
      g_string_append_printf (line, " %s=%s", field->name, text);
    }
  hx_cli_print ("%s %" G_GINT64_FORMAT " %s%s\n", row->kind->name, row->id, day,
                line->str);
}

static gboolean
show_row (const HxRow *row, gpointer data)
{
  Trace *trace = data;
  char day[HX_DATE_TEXT_SIZE] = "";
  if (hx_row_day (row) != 0)
    hx_date_format (hx_date_from_number (hx_row_day (row)), day);
  if (trace->json != NULL)
    row_json (trace, row, day);
  else
    row_line (trace, row, day);
  return trace->error == NULL;
}

typedef struct
{
  const char *key;
  const HxCliPeriod *choice;
  int year;
  gboolean as_json;
} TraceCall;

/* Behind the rows, what was counted and why the figure is weak. */
static gboolean
print_weak (const HxCliReading *reading, const char *key,
            const HxPeriod *period, GError **error)
{
  g_autoptr (HxFigure) figure = hx_figure_read (
      reading->connection, reading->catalogue, key, period, error);
  if (figure == NULL)
    return FALSE;
  g_autoptr (HxWeakness) weakness = hx_weakness_new (
      reading->connection, reading->catalogue, period->unit_id, figure->as_of);
  hx_cli_print (_ ("口径：%s\n"), figure->indicator->query);
  if (figure->indicator->limits != NULL)
    hx_cli_print (_ ("说明：%s\n"), figure->indicator->limits);
  g_autofree char *text = hx_weakness_of (weakness, figure->indicator, error);
  if (text != NULL && *text != '\0')
    hx_cli_print ("※ %s\n", text);
  return text != NULL;
}

static gboolean
print_trace (HxCli *cli, const TraceCall *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  HxPeriod period = { .year = call->year };
  if (!hx_cli_period (&reading, call->choice, &period, error))
    return FALSE;
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  Trace trace = { .connection = reading.connection,
                  .json = call->as_json ? &json : NULL };
  hx_json_array_begin (&json);
  if (!hx_trace (trace.connection, reading.catalogue, call->key, &period,
                 show_row, &trace, error))
    return g_clear_error (&trace.error), FALSE;
  if (trace.error != NULL)
    return g_propagate_error (error, trace.error), FALSE;
  hx_json_array_end (&json);
  if (call->as_json)
    hx_cli_print ("%s\n", out->str);
  return call->as_json || print_weak (&reading, call->key, &period, error);
}

static gboolean
run_trace (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_autofree char *year = NULL;
  g_auto (HxCliPeriod) choice = { 0 };
  TraceCall call = { .choice = &choice };
  const GOptionEntry entries[] = {
    { "year", 0, 0, G_OPTION_ARG_STRING, &year, NULL, NULL },
    HX_CLI_PERIOD_ENTRIES (&choice),
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_trace, entries, 1, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  if (year == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("缺少年度"), "trace",
                    _ ("加上 --year 2023"));
  call.key = arguments[1];
  return hx_cli_year (year, &call.year, error)
         && print_trace (cli, &call, error);
}

const HxCommand hx_command_trace = {
  .name = "trace",
  .synopsis = "INDICATOR --year YEAR [--as-of DATE] [--month N] [--unit NAME] "
              "[--json]",
  .summary = N_ ("打开一个数字背后的每一行"),
  .manual = N_ ("行数与指标所数的行数相同；姓名、证件号等以＊遮盖。\n"
                "--as-of、--month、--unit 与 figures 的相同。\n\n"
                "例： hongxia trace visits --year 2023 --json"),
  .run = run_trace,
};
