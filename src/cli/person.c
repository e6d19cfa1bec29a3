#include "cli/person_show.h"
#include "cli/session.h"

typedef struct
{
  const char *text; /* who */
  char *as_of;
  int year;
  gboolean as_json;
  HxCliReveal reveal;
} PersonCall;

/* "cadre 12 王建国 1943 昌华街道": one of several who may be meant. */
static gboolean
append_candidate (HxConnection *connection, const HxKind *kind, gint64 id,
                  GString *out, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (kind);
  const HxField *label = hx_kind_label_field (kind);
  const HxField *birth = hx_kind_field (kind, "birth_date");
  if (!hx_row_load (connection, row, id, error))
    return FALSE;
  g_autofree char *name = label == NULL
                              ? g_strdup ("")
                              : hx_value_display (connection, row, label,
                                                  HX_AUDIENCE_INSIDE, error);
  g_autofree char *unit = name == NULL || row->unit_id == 0
                              ? NULL
                              : hx_unit_name (connection, row->unit_id, error);
  if (name == NULL || (row->unit_id != 0 && unit == NULL))
    return FALSE;
  g_string_append_printf (out, "\n  %s %" G_GINT64_FORMAT " %s", kind->key, id,
                          name);
  if (birth != NULL && row->values[birth->index].filled)
    g_string_append_printf (out, " %d",
                            (int)(row->values[birth->index].integer / 10000));
  g_string_append_printf (out, " %s", unit != NULL ? unit : "");
  return TRUE;
}

static gboolean
fail_ambiguous (const HxCliReading *reading, const char *text,
                const GArray *found, GError **error)
{
  const HxKind *kind = hx_catalogue_person (reading->catalogue)->of;
  g_autoptr (GString) list
      = g_string_new (_ ("请用编号、身份证号或记录号指明是谁："));
  for (guint i = 0; i < MIN (found->len, HX_PERSON_FOUND_MAX); i++)
    if (!append_candidate (reading->connection, kind,
                           g_array_index (found, gint64, i), list, error))
      return FALSE;
  if (found->len > HX_PERSON_FOUND_MAX)
    g_string_append (list, "\n  …");
  return hx_fail (error, HX_ERROR_USAGE, _ ("不止一个人"), text, list->str);
}

static gboolean
find_one (const HxCliReading *reading, const char *text, gint64 *id,
          GError **error)
{
  g_autoptr (GArray) found
      = hx_person_find (reading->connection, reading->catalogue, text, error);
  if (found == NULL)
    return FALSE;
  if (found->len > 1)
    return fail_ambiguous (reading, text, found, error);
  if (found->len == 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有找到这个人"), text,
                    _ ("写记录号、人员编号、身份证号或姓名"));
  *id = g_array_index (found, gint64, 0);
  return TRUE;
}

static gboolean
choose_days (const PersonCall *call, HxDate *as_of, int *year, GError **error)
{
  *as_of = hx_date_today ();
  if (call->year != 0 && (call->year < 1900 || call->year > 9999))
    return hx_fail (error, HX_ERROR_USAGE, _ ("年度要写成四位数字"), "--year",
                    NULL);
  if (call->as_of == NULL && call->year != 0 && call->year < as_of->year)
    *as_of = (HxDate){ (gint16)call->year, 12, 31 };
  if (!hx_cli_as_of (call->as_of, as_of, error))
    return FALSE;
  *year = call->year != 0 ? call->year : as_of->year;
  return TRUE;
}

static char *
shown_value (const HxRow *row, const HxField *field, gpointer data,
             GError **error)
{
  const HxCliPerson *values = data;
  return hx_value_display (values->connection, row, field,
                           row->kind == values->of
                               ? hx_cli_audience (values->reveal, field)
                               : HX_AUDIENCE_INSIDE,
                           error);
}

static gboolean
print_json (const HxPersonShown *shown, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  if (!hx_person_json (&json, shown, error))
    return FALSE;
  hx_cli_print ("%s\n", out->str);
  return TRUE;
}

static gboolean
show_person (HxCli *cli, PersonCall *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  HxDate as_of;
  gint64 id = 0;
  int year = 0;
  if (!choose_days (call, &as_of, &year, error)
      || !hx_cli_read (cli, &reading, error)
      || !find_one (&reading, call->text, &id, error)
      || !hx_cli_reveal_choose (
          &call->reveal, hx_catalogue_person (reading.catalogue)->of, error)
      || !hx_cli_reveal_log (&call->reveal, reading.store, reading.catalogue,
                             id, 0, error))
    return FALSE;
  g_autoptr (HxPerson) person = hx_person_load (
      reading.connection, reading.catalogue, id, year, as_of, error);
  if (person == NULL)
    return FALSE;
  HxCliPerson values = { reading.connection, person->view->of, &call->reveal };
  const HxPersonShown shown
      = { .person = person, .value = shown_value, .data = &values };
  return (call->as_json ? print_json : hx_cli_person_lines) (&shown, error);
}

static gboolean
run_person (HxCli *cli, int argc, char **arguments, GError **error)
{
  PersonCall call = { 0 };
  const GOptionEntry entries[] = {
    { "year", 0, 0, G_OPTION_ARG_INT, &call.year, NULL, NULL },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &call.as_of, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    HX_CLI_REVEAL_ENTRIES (&call.reveal),
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_person, entries, 1, &argc,
                                  &arguments, error);
  if (done && argc > 0)
    {
      call.text = arguments[1];
      done = show_person (cli, &call, error);
    }
  g_free (call.as_of);
  hx_cli_reveal_clear (&call.reveal);
  return done;
}

const HxCommand hx_command_person = {
  .name = "person",
  .synopsis = "ID [--year YEAR] [--as-of DATE] [--reveal 字段,… --reason 理由] "
              "[--json]",
  .summary = N_ ("一人一档：基本情况、急难愁盼、应办事项、服务、领取、时间线"),
  .manual
  = N_ ("ID 是记录号、人员编号、身份证号或姓名（拼音、首字母也行）；"
        "不止一个人时列出有哪些人。\n"
        "保密内容以＊遮盖。\n"
        "  --year YEAR   本年是哪一年，默认 --as-of 的那一年\n"
        "  --as-of DATE  看这一天的情况，默认今天，过去的年度默认年底\n"
        "  --reveal 字段 --reason 理由   原样显示这些字段，并记入变更日志\n"
        "  --json        用 JSON 输出\n\n"
        "例： hongxia person 12\n"
        "     hongxia person 王建国 --year 2023\n"
        "     hongxia person LW0000012 --reveal 手机 --reason 上门慰问"),
  .run = run_person,
};
