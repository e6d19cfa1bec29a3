#include "cli/duty_query.h"
#include "exchange/duty_json.h"

typedef struct
{
  HxCliDuty duty;
  int year;
  gboolean as_json, missing;
} CoverageCall;

static void
print_columns (const char *name, const char *unit, const char *rate,
               const char *const *counts)
{
  hx_cli_print_padded (name, 22, FALSE);
  hx_cli_print (" ");
  hx_cli_print_padded (unit, 20, FALSE);
  for (guint i = 0; i < 4; i++)
    hx_cli_print_padded (counts[i], 8, TRUE);
  hx_cli_print_padded (rate, 10, TRUE);
  hx_cli_print ("\n");
}

static void
line_text (const HxDutyCoverage *line, const char *unit)
{
  const gint64 numbers[] = { line->due, line->done, line->open, line->overdue };
  char counts[4][24];
  const char *texts[4];
  g_autofree char *rate = hx_duty_rate (line);
  g_autofree char *percent = g_strdup_printf ("%s%%", rate);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_snprintf (counts[i], sizeof counts[i], "%" G_GINT64_FORMAT, numbers[i]);
      texts[i] = counts[i];
    }
  print_columns (line->duty->name, unit, percent, texts);
}

static gboolean
show_line (HxConnection *connection, HxJson *json, const HxDutyCoverage *line,
           GError **error)
{
  g_autofree char *unit = hx_duty_unit_name (connection, line->unit_id, error);
  if (unit == NULL)
    return FALSE;
  if (json != NULL)
    hx_duty_coverage_json (json, line, unit);
  else
    line_text (line, unit);
  return TRUE;
}

/* Each duty's total stands before its units. */
static gboolean
show_lines (HxConnection *connection, HxJson *json, const GArray *lines,
            GError **error)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);
      const gboolean is_first = i == 0 || line->duty != (line - 1)->duty;
      const HxDutyCoverage total = is_first ? hx_duty_total (lines, i) : *line;
      if (is_first && json != NULL)
        hx_duty_coverage_json (json, &total, NULL);
      else if (is_first)
        line_text (&total, _ ("合计"));
      if (!show_line (connection, json, line, error))
        return FALSE;
    }
  return TRUE;
}

/* ----------------------------------------------------------------- missing */

typedef struct
{
  HxConnection *connection;
  HxJson *json; /* NULL: lines for people */
  gint64 items;
  GError *error;
} Missing;

static void
missing_line (const HxDutyItem *item, const char *label, const char *unit)
{
  char due[HX_DATE_TEXT_SIZE];
  g_autofree char *name = hx_duty_item_name (item);
  hx_date_format (item->due, due);
  hx_cli_print_padded (name, 22, FALSE);
  hx_cli_print (" ");
  hx_cli_print_padded (unit, 20, FALSE);
  hx_cli_print_padded (due, 12, FALSE);
  hx_cli_print ("%s %s %" G_GINT64_FORMAT "\n", label, item->duty->of->key,
                item->row_id);
}

static gboolean
show_missing (const HxDutyItem *item, gpointer data)
{
  Missing *missing = data;
  HxConnection *connection = missing->connection;
  if (item->state == HX_DUTY_DONE)
    return TRUE;
  g_autofree char *label = hx_duty_item_label (
      connection, item, HX_AUDIENCE_INSIDE, &missing->error);
  g_autofree char *unit
      = label != NULL
            ? hx_duty_unit_name (connection, item->unit_id, &missing->error)
            : NULL;
  if (unit == NULL)
    return FALSE;
  missing->items++;
  if (missing->json != NULL)
    hx_duty_missing_json (missing->json, item, label, unit);
  else
    missing_line (item, label, unit);
  return TRUE;
}

static gboolean
print_missing (const HxCliReading *reading, int year, const HxDutyQuery *query,
               HxJson *json, GError **error)
{
  HxDutyQuery whole = *query;
  Missing missing = { .connection = reading->connection, .json = json };
  whole.from = (HxDate){ (gint16)year, 1, 1 };
  whole.until = (HxDate){ (gint16)year, 12, 31 };
  whole.with_ended = TRUE;
  if (!hx_duty_list (reading->connection, reading->catalogue, &whole,
                     show_missing, &missing, error))
    return g_clear_error (&missing.error), FALSE;
  if (missing.error != NULL)
    return g_propagate_error (error, missing.error), FALSE;
  if (json == NULL)
    hx_cli_print (_ ("共 %d 项还没有办到\n"), (int)missing.items);
  return TRUE;
}

/* ---------------------------------------------------------------- coverage */

static gboolean
print_counts (const HxCliReading *reading, int year, const HxDutyQuery *query,
              HxJson *json, GError **error)
{
  const char *heads[]
      = { _ ("应办数"), _ ("已办数"), _ ("未到期"), _ ("超期数") };
  g_autoptr (GArray) lines = hx_duty_coverage (
      reading->connection, reading->catalogue, year, query, error);
  if (lines == NULL)
    return FALSE;
  if (json == NULL)
    print_columns (_ ("事项"), _ ("机构"), _ ("覆盖率"), heads);
  return show_lines (reading->connection, json, lines, error);
}

static gboolean
print_coverage (HxCli *cli, const CoverageCall *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  const HxDate end = { (gint16)call->year, 12, 31 };
  HxDutyQuery query = { .as_of = hx_date_today () };
  if (hx_date_compare (end, query.as_of) < 0)
    query.as_of = end;
  if (!hx_cli_duty_query (&reading, &call->duty, &query, error))
    return FALSE;
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_array_begin (&json);
  if (!(call->missing ? print_missing : print_counts) (
          &reading, call->year, &query, call->as_json ? &json : NULL, error))
    return FALSE;
  hx_json_array_end (&json);
  if (call->as_json)
    hx_cli_print ("%s\n", out->str);
  return TRUE;
}

static gboolean
run_coverage (HxCli *cli, int argc, char **arguments, GError **error)
{
  CoverageCall call = { 0 };
  const GOptionEntry entries[] = {
    HX_CLI_DUTY_ENTRIES (&call.duty),
    { "missing", 0, 0, G_OPTION_ARG_NONE, &call.missing, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_coverage, entries, 1, &argc,
                                  &arguments, error);
  if (done && argc > 0)
    done = hx_cli_year (arguments[1], &call.year, error)
           && print_coverage (cli, &call, error);
  hx_cli_duty_clear (&call.duty);
  return done;
}

const HxCommand hx_command_coverage = {
  .name = "coverage",
  .synopsis = "YEAR [--as-of DATE] [--unit NAME] [--duty KEY] [--by WHO] "
              "[--missing] [--json]",
  .summary = N_ ("按事项和机构列出一年应办、已办、未到期、超期的数目和覆盖率"),
  .manual = N_ ("覆盖率是已办数除以应办数，四舍五入到两位小数。"
                "应办数等于已办、未到期、超期三数之和。\n"
                "  --as-of DATE  看这一天的情况，默认今天，"
                "过去的年度默认年底\n"
                "  --unit NAME   只看这个机构和它下面的\n"
                "  --duty KEY    只看这一项\n"
                "  --by WHO      只看由它承办的，例如 局、街道\n"
                "  --missing     不列数目，列出还没办到的对象\n"
                "  --json        用 JSON 输出；unit 为 null 的是合计\n\n"
                "例： hongxia coverage 2023 --duty birthday_greeting"),
  .run = run_coverage,
};
