#include "cli/duty_query.h"

#define DAYS_MAX 3660

typedef struct
{
  HxConnection *connection;
  HxJson *json; /* NULL: lines for people */
  gint64 items, overdue;
  GError *error;
} Due;

typedef struct
{
  HxCliDuty duty;
  int days, back;
  gboolean as_json;
} DueCall;

static const char *
state_name (HxDutyState state)
{
  static const char *const names[]
      = { N_ ("超期"), N_ ("应办"), N_ ("将到"), N_ ("已办") };
  return hx_text (names[state]);
}

static void
item_json (const Due *due, const HxDutyItem *item, const char *label,
           const char *unit)
{
  HxJson *json = due->json;
  char day[HX_DATE_TEXT_SIZE];
  hx_json_object_begin (json);
  hx_json_member (json, "duty", item->duty->key);
  g_autofree char *name = hx_cli_duty_name (item);
  hx_json_member (json, "name", name);
  hx_json_member (json, "state", hx_duty_state_key (item->state));
  hx_date_format (item->due, day);
  hx_json_member (json, "due", day);
  hx_date_format (item->opens, day);
  hx_json_member (json, "opens", day);
  hx_date_format (item->closes, day);
  hx_json_member (json, "closes", day);
  hx_json_member (json, "unit", unit[0] != '\0' ? unit : NULL);
  hx_json_member (json, "kind", item->duty->of->key);
  hx_json_member_integer (json, "id", item->row_id);
  hx_json_member (json, "label", label);
  if (item->duty->by != NULL)
    hx_json_member (json, "by", item->duty->by->code);
  if (item->step != NULL)
    hx_json_member (json, "step", item->step->code);
  if (item->age != 0)
    hx_json_member_integer (json, "age", item->age);
  if (item->age != 0)
    hx_json_member (json, "calendar", item->is_lunar ? "lunar" : "solar");
  if (item->duty->rule == HX_WHEN_FESTIVAL)
    hx_json_member (json, "festival", hx_festival_key (item->festival));
  hx_json_object_end (json);
}

static void
print_columns (const char *state, const char *day, const char *unit,
               const char *name)
{
  hx_cli_print_padded (state, 6, FALSE);
  hx_cli_print_padded (day, 12, FALSE);
  hx_cli_print_padded (unit, 20, FALSE);
  hx_cli_print (" ");
  hx_cli_print_padded (name, 22, FALSE);
}

static void
item_line (const HxDutyItem *item, const char *label, const char *unit)
{
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *name = hx_cli_duty_name (item);
  hx_date_format (item->due, day);
  print_columns (state_name (item->state), day, unit, name);
  hx_cli_print (" %s %s %" G_GINT64_FORMAT "\n", label, item->duty->of->key,
                item->row_id);
}

static gboolean
show_item (const HxDutyItem *item, gpointer data)
{
  Due *due = data;
  if (item->state == HX_DUTY_DONE)
    return TRUE;
  g_autofree char *label
      = hx_cli_duty_label (due->connection, item, &due->error);
  g_autofree char *unit
      = due->error == NULL
            ? hx_cli_duty_unit (due->connection, item->unit_id, &due->error)
            : NULL;
  if (due->error != NULL)
    return FALSE;
  due->items++;
  due->overdue += item->state == HX_DUTY_OVERDUE;
  if (due->json != NULL)
    item_json (due, item, label, unit);
  else
    item_line (item, label, unit);
  return TRUE;
}

static HxDate
shifted (HxDate date, int days)
{
  static const HxDate last = { 9999, 12, 31 }, first = { 1, 1, 1 };
  return hx_date_from_days (CLAMP (hx_date_days (date) + days,
                                   hx_date_days (first), hx_date_days (last)));
}

static gboolean
print_due (HxCli *cli, const DueCall *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  Due due = { .connection = reading.connection,
              .json = call->as_json ? &json : NULL };
  HxDutyQuery query = { .as_of = hx_date_today () };
  if (!hx_cli_duty_query (&reading, &call->duty, &query, error))
    return FALSE;
  query.from = shifted (query.as_of, -call->back);
  query.until = shifted (query.as_of, call->days);
  hx_json_array_begin (&json);
  if (due.json == NULL)
    {
      print_columns (_ ("状态"), _ ("应办日期"), _ ("机构"), _ ("事项"));
      hx_cli_print (" %s\n", _ ("对象"));
    }
  if (!hx_duty_list (due.connection, reading.catalogue, &query, show_item, &due,
                     error))
    return g_clear_error (&due.error), FALSE;
  if (due.error != NULL)
    return g_propagate_error (error, due.error), FALSE;
  hx_json_array_end (&json);
  if (call->as_json)
    hx_cli_print ("%s\n", out->str);
  else
    hx_cli_print (_ ("共 %d 项，其中超期 %d 项\n"), (int)due.items,
                  (int)due.overdue);
  return TRUE;
}

static gboolean
run_due (HxCli *cli, int argc, char **arguments, GError **error)
{
  DueCall call = { .days = 30, .back = 90 };
  const GOptionEntry entries[] = {
    HX_CLI_DUTY_ENTRIES (&call.duty),
    { "days", 0, 0, G_OPTION_ARG_INT, &call.days, NULL, NULL },
    { "back", 0, 0, G_OPTION_ARG_INT, &call.back, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_due, entries, 0, &argc,
                                  &arguments, error);
  if (done && argc > 0
      && (call.days < 0 || call.days > DAYS_MAX || call.back < 0
          || call.back > DAYS_MAX))
    done = hx_fail (error, HX_ERROR_USAGE, _ ("天数不对"), "--days, --back",
                    _ ("写 0 到 3660"));
  else if (done && argc > 0)
    done = print_due (cli, &call, error);
  hx_cli_duty_clear (&call.duty);
  return done;
}

const HxCommand hx_command_due = {
  .name = "due",
  .synopsis = "[--as-of DATE] [--days N] [--back N] [--unit NAME] "
              "[--duty KEY] [--by WHO] [--json]",
  .summary = N_ ("列出谁有什么该办而未办：超期的在前"),
  .manual = N_ ("办了没有由台账推定：期限内有对得上的登记就算已办，"
                "登记作废则又成未办。\n"
                "姓名以＊遮盖；行末是名册和记录号。\n"
                "  --as-of DATE  看这一天的情况，默认今天\n"
                "  --days N      列到此后第 N 天应办的，默认 30\n"
                "  --back N      列此前 N 天内应办的，默认 90\n"
                "  --unit NAME   只看这个机构和它下面的\n"
                "  --duty KEY    只看这一项\n"
                "  --by WHO      只看由它承办的，例如 局、街道\n"
                "  --json        用 JSON 输出\n\n"
                "例： hongxia due --as-of 2023-06-30 --days 14"),
  .run = run_due,
};
