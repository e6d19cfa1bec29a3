#include "cli/due_calendar.h"
#include "cli/duty_query.h"
#include "exchange/calendar.h"
#include "exchange/duty_json.h"

#include <string.h>

#define DAYS_MAX 3660

typedef struct _Due Due;

/* How the list is told. */
typedef struct
{
  HxAudience audience;
  void (*begin) (Due *due);
  void (*item) (Due *due, const HxDutyItem *item, const char *label,
                const char *unit);
  void (*end) (Due *due);
} Form;

struct _Due
{
  HxConnection *connection;
  const Form *form;
  GString *out; /* of the forms for programs */
  HxJson json;
  HxDate as_of;
  const char *title; /* of the calendar */
  gint64 items, overdue;
  GError *error;
};

typedef struct
{
  HxCliDuty duty;
  int days, back;
  gboolean as_json;
  char *ics; /* a file, "-" for standard output; NULL: no calendar */
} DueCall;

static void
item_json (Due *due, const HxDutyItem *item, const char *label,
           const char *unit)
{
  hx_duty_item_json (&due->json, item, label, unit);
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
item_line (Due *due, const HxDutyItem *item, const char *label,
           const char *unit)
{
  (void)due;
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *name = hx_duty_item_name (item);
  hx_date_format (item->due, day);
  print_columns (hx_duty_state_name (item->state), day, unit, name);
  hx_cli_print (" %s %s %" G_GINT64_FORMAT "\n", label, item->duty->of->key,
                item->row_id);
}

static void
begin_lines (Due *due)
{
  (void)due;
  print_columns (_ ("状态"), _ ("应办日期"), _ ("机构"), _ ("事项"));
  hx_cli_print (" %s\n", _ ("对象"));
}

static void
end_lines (Due *due)
{
  hx_cli_print (_ ("共 %d 项，其中超期 %d 项\n"), (int)due->items,
                (int)due->overdue);
}

static void
begin_json (Due *due)
{
  hx_json_init (&due->json, due->out, TRUE);
  hx_json_array_begin (&due->json);
}

static void
end_json (Due *due)
{
  hx_json_array_end (&due->json);
  g_string_append_c (due->out, '\n');
}

static void
begin_calendar (Due *due)
{
  hx_calendar_begin (due->out, due->title);
}

static void
item_calendar (Due *due, const HxDutyItem *item, const char *label,
               const char *unit)
{
  hx_cli_due_event (due->out, item, due->as_of, label, unit);
}

static void
end_calendar (Due *due)
{
  hx_calendar_end (due->out);
}

static const Form lines
    = { HX_AUDIENCE_INSIDE, begin_lines, item_line, end_lines };
static const Form json
    = { HX_AUDIENCE_INSIDE, begin_json, item_json, end_json };
static const Form calendar
    = { HX_AUDIENCE_OUTSIDE, begin_calendar, item_calendar, end_calendar };

static gboolean
show_item (const HxDutyItem *item, gpointer data)
{
  Due *due = data;
  if (item->state == HX_DUTY_DONE)
    return TRUE;
  g_autofree char *label = hx_duty_item_label (
      due->connection, item, due->form->audience, &due->error);
  g_autofree char *unit
      = due->error == NULL
            ? hx_duty_unit_name (due->connection, item->unit_id, &due->error)
            : NULL;
  if (due->error != NULL)
    return FALSE;
  due->items++;
  due->overdue += item->state == HX_DUTY_OVERDUE;
  due->form->item (due, item, label, unit);
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
write_out (const Due *due, const DueCall *call, GError **error)
{
  if (call->ics == NULL || strcmp (call->ics, "-") == 0)
    return hx_cli_print ("%s", due->out->str), TRUE;
  if (!hx_file_replace (call->ics, due->out->str, (gssize)due->out->len, error))
    return FALSE;
  hx_cli_print (_ ("%s：%d 项\n"), call->ics, (int)due->items);
  return TRUE;
}

static gboolean
list_due (const HxCliReading *reading, Due *due, const HxDutyQuery *query,
          GError **error)
{
  due->form->begin (due);
  if (!hx_duty_list (due->connection, reading->catalogue, query, show_item, due,
                     error))
    return g_clear_error (&due->error), FALSE;
  if (due->error != NULL)
    return g_propagate_error (error, due->error), FALSE;
  due->form->end (due);
  return TRUE;
}

static gboolean
print_due (HxCli *cli, const DueCall *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  HxDutyQuery query = { .as_of = hx_date_today () };
  if (!hx_cli_duty_query (&reading, &call->duty, &query, error))
    return FALSE;
  query.from = shifted (query.as_of, -call->back);
  query.until = shifted (query.as_of, call->days);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *title = g_strdup_printf (
      _ ("应办事项 %s"), call->duty.unit != NULL
                             ? call->duty.unit
                             : hx_catalogue_name (reading.catalogue));
  Due due = { .connection = reading.connection,
              .form = call->as_json ? &json : &lines,
              .out = out,
              .as_of = query.as_of,
              .title = title };
  if (call->ics != NULL)
    due.form = &calendar;
  return list_due (&reading, &due, &query, error)
         && write_out (&due, call, error);
}

static gboolean
check_call (const DueCall *call, GError **error)
{
  if (call->days < 0 || call->days > DAYS_MAX || call->back < 0
      || call->back > DAYS_MAX)
    return hx_fail (error, HX_ERROR_USAGE, _ ("天数不对"), "--days, --back",
                    _ ("写 0 到 3660"));
  if (call->ics != NULL && call->as_json)
    return hx_fail (error, HX_ERROR_USAGE, _ ("只能选一种输出"),
                    "--ics, --json", NULL);
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
    { "ics", 0, 0, G_OPTION_ARG_FILENAME, &call.ics, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_due, entries, 0, &argc,
                                  &arguments, error);
  if (done && argc > 0)
    done = check_call (&call, error) && print_due (cli, &call, error);
  g_free (call.ics);
  hx_cli_duty_clear (&call.duty);
  return done;
}

const HxCommand hx_command_due = {
  .name = "due",
  .synopsis = "[--as-of DATE] [--days N] [--back N] [--unit NAME] "
              "[--duty KEY] [--by WHO] [--ics FILE|-] [--json]",
  .summary = N_ ("列出谁有什么该办而未办：超期的在前"),
  .manual = N_ ("办了没有由台账推定：期限内有对得上的登记就算已办，"
                "登记作废则又成未办。\n"
                "行末是名册和记录号；日历里的姓名以＊遮盖。\n"
                "  --as-of DATE  看这一天的情况，默认今天\n"
                "  --days N      列到此后第 N 天应办的，默认 30\n"
                "  --back N      列此前 N 天内应办的，默认 90\n"
                "  --unit NAME   只看这个机构和它下面的\n"
                "  --duty KEY    只看这一项\n"
                "  --by WHO      只看由它承办的，例如 局、街道\n"
                "  --ics FILE    写成可订阅的日历文件，- 写到标准输出\n"
                "  --json        用 JSON 输出\n\n"
                "例： hongxia due --as-of 2023-06-30 --days 14\n"
                "     hongxia due --unit 昌华街道 --days 60 --ics 昌华.ics"),
  .run = run_due,
};
