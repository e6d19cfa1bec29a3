#include "cli/budget_show.h"
#include "plan/years.h"

typedef struct
{
  int year;
  HxDate as_of; /* year 0: the end of the year */
  gboolean has_cut;
  HxCut cut;
  gboolean months, contracts, closing, as_json;
} Call;

/* All that was asked for, of one moment. */
typedef struct
{
  GPtrArray *lines, *rows; /* rows NULL: no cut */
  GPtrArray *check;
  GArray *months; /* or NULL, as the rest */
  GPtrArray *contracts, *differences, *closing;
} Answer;

static void
answer_clear (Answer *answer)
{
  GPtrArray **const arrays[]
      = { &answer->lines,     &answer->rows,        &answer->check,
          &answer->contracts, &answer->differences, &answer->closing };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (arrays[i], g_ptr_array_unref);
  g_clear_pointer (&answer->months, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static gboolean
read_lines (const HxCliReading *reading, const Call *call, Answer *answer,
            GError **error)
{
  answer->lines = hx_budget_lines (reading->connection, reading->catalogue,
                                   call->year, call->as_of, error);
  if (answer->lines == NULL)
    return FALSE;
  answer->check = hx_budget_check (reading->connection, reading->catalogue,
                                   call->year, call->as_of, error);
  if (answer->check == NULL || !call->has_cut)
    return answer->check != NULL;
  answer->rows = hx_budget_cut (reading->connection, reading->catalogue,
                                answer->lines, call->cut, error);
  return answer->rows != NULL;
}

/* A year that is not over yet ends today. */
static HxDate
last_day (const Call *call)
{
  const HxDate today = hx_date_today ();
  return call->as_of.year == 0 && today.year == call->year ? today
                                                           : call->as_of;
}

static gboolean
read_contracts (const HxCliReading *reading, const Call *call, Answer *answer,
                GError **error)
{
  answer->contracts = hx_budget_contracts (
      reading->connection, reading->catalogue, call->year, call->as_of, error);
  if (answer->contracts == NULL)
    return FALSE;
  answer->differences = hx_budget_contract_findings (
      reading->connection, reading->catalogue, call->year, call->as_of, error);
  return answer->differences != NULL;
}

static gboolean
read_answer (const HxCliReading *reading, const Call *call, Answer *answer,
             GError **error)
{
  if (!read_lines (reading, call, answer, error)
      || (call->contracts && !read_contracts (reading, call, answer, error)))
    return FALSE;
  if (call->months)
    answer->months = hx_budget_months (reading->connection, reading->catalogue,
                                       call->year, last_day (call), error);
  if (call->months && answer->months == NULL)
    return FALSE;
  if (call->closing)
    answer->closing = hx_budget_closing (reading->connection,
                                         reading->catalogue, call->year, error);
  return !call->closing || answer->closing != NULL;
}

/* -------------------------------------------------------------------- text */

static GArray *
money_rows (const Answer *answer)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (HxCliMoneyRow));
  for (guint i = 0; answer->rows != NULL && i < answer->rows->len; i++)
    {
      const HxCutRow *cut = answer->rows->pdata[i];
      const HxCliMoneyRow row = { NULL, cut->name, cut->money };
      g_array_append_val (rows, row);
    }
  for (guint i = 0; answer->rows == NULL && i < answer->lines->len; i++)
    {
      const HxBudgetLine *line = answer->lines->pdata[i];
      const HxCliMoneyRow row = { line->number, line->name, line->money };
      g_array_append_val (rows, row);
    }
  return rows;
}

/* Until a year is over, what is left is not missing. */
static gboolean
is_whole_year (const Call *call)
{
  const HxDate last = { (gint16)call->year, 12, 31 };
  const HxDate day = call->as_of.year != 0 ? call->as_of : last;
  return hx_date_compare (day, last) == 0
         && hx_date_compare (hx_date_today (), last) > 0;
}

static void
print_money (const Call *call, const Answer *answer)
{
  g_autoptr (GArray) rows = money_rows (answer);
  char as_of[HX_DATE_TEXT_SIZE] = "";
  if (call->as_of.year != 0)
    hx_date_format (call->as_of, as_of);
  hx_cli_print (_ ("%d 年预算与执行（万元）%s%s\n"), call->year,
                *as_of != '\0' ? _ ("，截至 ") : "", as_of);
  if (rows->len == 0)
    {
      hx_cli_print ("%s\n", _ ("没有预算指标"));
      return;
    }
  hx_cli_money_table (call->has_cut ? hx_cut_name (call->cut) : _ ("预算指标"),
                      rows, is_whole_year (call));
  if (answer->check->len > 0)
    hx_cli_print ("%s\n", _ ("核对不上："));
  else
    hx_cli_print ("%s\n", _ ("核对：按来源、性质、任务、机构、科目各种分法"
                             "合计一致，与指标数字一致"));
  hx_cli_findings_list (answer->check);
}

/* As after roll-forward: what is 0 everywhere closes, and says nothing. */
static gboolean
has_no_money (const Answer *answer)
{
  for (guint i = 0; i < answer->lines->len; i++)
    {
      const HxMoney *money
          = &((const HxBudgetLine *)answer->lines->pdata[i])->money;
      if (money->total != 0 || money->executed != 0)
        return FALSE;
    }
  return TRUE;
}

static void
print_closing (const Call *call, const Answer *answer)
{
  if (answer->closing->len == 0 && has_no_money (answer))
    {
      hx_cli_print (_ ("%d 年各项预算的金额都是 0：先填批复的年初预算，再看"
                       "去向\n"),
                    call->year);
      return;
    }
  if (answer->closing->len == 0)
    {
      hx_cli_print (_ ("%d 年各项预算都有去向：全年预算 = 执行 + 结转结余 + "
                       "收回、注销\n"),
                    call->year);
      return;
    }
  hx_cli_print (_ ("%d 年还不能关账，报告不能印发：\n"), call->year);
  hx_cli_findings_list (answer->closing);
}

static void
print_text (const Call *call, const Answer *answer)
{
  const gboolean is_part = call->months || call->contracts || call->closing;
  if (!is_part || call->has_cut)
    print_money (call, answer);
  if (answer->months != NULL)
    hx_cli_months_table (answer->months);
  if (answer->contracts != NULL)
    {
      hx_cli_contracts_table (answer->contracts);
      hx_cli_findings_list (answer->differences);
    }
  if (answer->closing != NULL)
    print_closing (call, answer);
}

/* -------------------------------------------------------------------- JSON */

static void
lines_json (HxJson *json, const GPtrArray *lines)
{
  hx_json_key (json, "lines");
  hx_json_array_begin (json);
  for (guint i = 0; i < lines->len; i++)
    {
      const HxBudgetLine *line = lines->pdata[i];
      const HxCode *const codes[] = { line->source, line->nature, line->task };
      const char *const keys[] = { "source", "nature", "task" };
      hx_json_object_begin (json);
      hx_json_member (json, "number", line->number);
      hx_json_member (json, "name", line->name);
      for (guint k = 0; k < G_N_ELEMENTS (codes); k++)
        hx_json_member (json, keys[k],
                        codes[k] != NULL ? codes[k]->code : NULL);
      hx_json_member (json, "function_class", line->function_class);
      hx_json_member (json, "economic_class", line->economic_class);
      hx_cli_money_json (json, &line->money);
      hx_json_member_integer (json, "planned", line->planned);
      hx_json_key (json, "forecast");
      if (line->has_forecast)
        hx_json_integer (json, line->forecast);
      else
        hx_json_null (json);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
cut_json (HxJson *json, const Call *call, const GPtrArray *rows)
{
  hx_json_member (json, "by", hx_cut_key (call->cut));
  hx_json_key (json, "rows");
  hx_json_array_begin (json);
  for (guint i = 0; i < rows->len; i++)
    {
      const HxCutRow *row = rows->pdata[i];
      hx_json_object_begin (json);
      hx_json_member (json, "key", row->key);
      hx_json_member (json, "name", row->name);
      hx_json_member_integer (json, "lines", row->lines);
      hx_cli_money_json (json, &row->money);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
head_json (HxJson *json, const Call *call, const Answer *answer)
{
  HxMoney sum = { 0 };
  char as_of[HX_DATE_TEXT_SIZE];
  HxDate day = call->as_of;
  if (day.year == 0)
    day = (HxDate){ (gint16)call->year, 12, 31 };
  hx_date_format (day, as_of);
  for (guint i = 0; i < answer->lines->len; i++)
    hx_money_add (&sum, &((HxBudgetLine *)answer->lines->pdata[i])->money);
  hx_json_member_integer (json, "year", call->year);
  hx_json_member (json, "as_of", as_of);
  hx_json_member (json, "money_unit", "分");
  hx_json_key (json, "sum");
  hx_json_object_begin (json);
  hx_cli_money_json (json, &sum);
  hx_json_object_end (json);
}

static void
print_json (const Call *call, const Answer *answer)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  head_json (&json, call, answer);
  if (answer->rows != NULL)
    cut_json (&json, call, answer->rows);
  else
    lines_json (&json, answer->lines);
  hx_cli_findings_json (&json, "check", answer->check);
  if (answer->months != NULL)
    hx_cli_months_json (&json, answer->months);
  if (answer->contracts != NULL)
    {
      hx_cli_contracts_json (&json, answer->contracts);
      hx_cli_findings_json (&json, "differences", answer->differences);
    }
  if (answer->closing != NULL)
    hx_cli_findings_json (&json, "closing", answer->closing);
  hx_json_object_end (&json);
  hx_cli_print ("%s\n", out->str);
}

/* ----------------------------------------------------------------- command */

/* The closing is of the whole year. */
static gboolean
take_day (const char *text, Call *call, GError **error)
{
  if (!hx_cli_as_of (text, &call->as_of, error))
    return FALSE;
  if (text != NULL && call->closing)
    return hx_fail (error, HX_ERROR_USAGE, _ ("关账看的是全年"),
                    "--closing, --as-of", _ ("去掉其中一个"));
  return text == NULL || call->as_of.year == call->year
         || hx_fail (error, HX_ERROR_USAGE, _ ("截止日期不在这个年度里"), text,
                     NULL);
}

static gboolean
take_cut (const char *by, Call *call, GError **error)
{
  call->has_cut = by != NULL;
  if (by == NULL || hx_cut_parse (by, &call->cut))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("不认识的分法"), by,
                  _ ("写 source、nature、task、unit、function、economic 或 "
                     "source_nature"));
}

static gboolean
show (HxCli *cli, const Call *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  g_auto (Answer) answer = { 0 };
  if (!hx_cli_read (cli, &reading, error)
      || !read_answer (&reading, call, &answer, error))
    return FALSE;
  cli->findings = answer.check->len > 0
                  || (answer.differences != NULL && answer.differences->len > 0)
                  || (answer.closing != NULL && answer.closing->len > 0);
  if (answer.lines->len == 0 && !cli->findings
      && !hx_year_need (reading.connection, reading.catalogue, call->year,
                        HX_YEAR_LINES, error))
    return FALSE;
  if (call->as_json)
    print_json (call, &answer);
  else
    print_text (call, &answer);
  return TRUE;
}

static gboolean
run_budget (HxCli *cli, int argc, char **arguments, GError **error)
{
  Call call = { 0 };
  g_autofree char *as_of = NULL;
  g_autofree char *by = NULL;
  const GOptionEntry entries[] = {
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &as_of, NULL, NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, NULL, NULL },
    { "months", 0, 0, G_OPTION_ARG_NONE, &call.months, NULL, NULL },
    { "contracts", 0, 0, G_OPTION_ARG_NONE, &call.contracts, NULL, NULL },
    { "closing", 0, 0, G_OPTION_ARG_NONE, &call.closing, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_budget, entries, 1, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  return hx_cli_year (arguments[1], &call.year, error)
         && take_day (as_of, &call, error) && take_cut (by, &call, error)
         && show (cli, &call, error);
}

const HxCommand hx_command_budget = {
  .name = "budget",
  .synopsis = "YEAR [--as-of DATE] [--by CUT] [--months] [--contracts] "
              "[--closing] [--json]",
  .summary = N_ ("一年的预算、执行和去向"),
  .manual = N_ (
      "逐条预算指标列出年初预算、调整、上年结转、全年预算、执行和结转结余等，\n"
      "单位万元；三种口径分开，不混用。各种分法的合计和指标数字每次都核对到分。"
      "\n\n"
      "  --as-of DATE  只算到这一天，默认到年末\n"
      "  --by CUT      按 source 来源、nature 性质、task 任务、unit 机构、\n"
      "                function 功能科目、economic 经济科目、\n"
      "                source_nature 来源与性质 合计\n"
      "  --months      逐月支付，与序时进度、用款计划对照\n"
      "  --contracts   合同的计划、合同、审定、已付金额和差额原因\n"
      "  --closing     关账：哪些指标的钱没有去向、多多少少多少，\n"
      "                哪些剩余没有写原因\n"
      "  --json        用 JSON 输出，金额到分\n\n"
      "都平、都有原因时退出码为 0，有核对不上的为 1。\n\n"
      "例： hongxia budget 2023 --by source\n"
      "     hongxia budget 2023 --as-of 2023-7-31 --months\n"
      "     hongxia budget 2023 --closing"),
  .run = run_budget,
};
