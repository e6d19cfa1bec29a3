#include "cli/budget_show.h"
#include "plan/years.h"

typedef struct
{
  HxBudgetQuery query;
  gboolean as_json;
} Call;

/* -------------------------------------------------------------------- text */

static GArray *
money_rows (const HxBudgetAnswer *answer)
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

static void
print_money (const HxBudgetAnswer *answer)
{
  g_autoptr (GArray) rows = money_rows (answer);
  char as_of[HX_DATE_TEXT_SIZE] = "";
  if (answer->query.as_of.year != 0)
    hx_date_format (answer->query.as_of, as_of);
  hx_cli_print (_ ("%d 年预算与执行（万元）%s%s\n"), answer->query.year,
                *as_of != '\0' ? _ ("，截至 ") : "", as_of);
  if (rows->len == 0)
    {
      hx_cli_print ("%s\n", _ ("没有预算指标"));
      return;
    }
  hx_cli_money_table (answer->query.has_cut ? hx_cut_name (answer->query.cut)
                                            : _ ("预算指标"),
                      rows, hx_budget_is_whole_year (&answer->query));
  if (answer->check->len > 0)
    hx_cli_print ("%s\n", _ ("核对不上："));
  else
    hx_cli_print ("%s\n", _ ("核对：按来源、性质、任务、机构、科目各种分法"
                             "合计一致，与指标数字一致"));
  hx_cli_findings_list (answer->check);
}

static void
print_closing (const HxBudgetAnswer *answer)
{
  if (answer->closing->len == 0 && hx_budget_has_no_money (answer->lines))
    {
      hx_cli_print (_ ("%d 年各项预算的金额都是 0：先填批复的年初预算，再看"
                       "去向\n"),
                    answer->query.year);
      return;
    }
  if (answer->closing->len == 0)
    {
      hx_cli_print (_ ("%d 年各项预算都有去向：全年预算 = 执行 + 结转结余 + "
                       "收回、注销\n"),
                    answer->query.year);
      return;
    }
  hx_cli_print (_ ("%d 年还不能关账，报告不能印发：\n"), answer->query.year);
  hx_cli_findings_list (answer->closing);
}

static void
print_text (const HxBudgetAnswer *answer)
{
  const gboolean is_part = answer->query.months || answer->query.contracts
                           || answer->query.closing;
  if (!is_part || answer->query.has_cut)
    print_money (answer);
  if (answer->months != NULL)
    hx_cli_months_table (answer->months);
  if (answer->contracts != NULL)
    {
      hx_cli_contracts_table (answer->contracts);
      hx_cli_findings_list (answer->differences);
    }
  if (answer->closing != NULL)
    print_closing (answer);
}

/* ----------------------------------------------------------------- command */

/* The closing is of the whole year. */
static gboolean
take_day (const char *text, Call *call, GError **error)
{
  if (!hx_cli_as_of (text, &call->query.as_of, error))
    return FALSE;
  if (text != NULL && call->query.closing)
    return hx_fail (error, HX_ERROR_USAGE, _ ("关账看的是全年"),
                    "--closing, --as-of", _ ("去掉其中一个"));
  return text == NULL || call->query.as_of.year == call->query.year
         || hx_fail (error, HX_ERROR_USAGE, _ ("截止日期不在这个年度里"), text,
                     NULL);
}

static gboolean
take_cut (const char *by, Call *call, GError **error)
{
  call->query.has_cut = by != NULL;
  if (by == NULL || hx_cut_parse (by, &call->query.cut))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("不认识的分法"), by,
                  _ ("写 source、nature、task、unit、function、economic 或 "
                     "source_nature"));
}

static void
print_json (const HxBudgetAnswer *answer)
{
  g_autoptr (GString) out = g_string_new (NULL);
  hx_budget_answer_json (answer, out);
  hx_cli_print ("%s\n", out->str);
}

static gboolean
show (HxCli *cli, const Call *call, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  g_auto (HxBudgetAnswer) answer = { 0 };
  if (!hx_cli_read (cli, &reading, error)
      || !hx_budget_answer_read (reading.connection, reading.catalogue,
                                 &call->query, &answer, error))
    return FALSE;
  cli->findings = hx_budget_answer_has_findings (&answer);
  if (answer.lines->len == 0 && !cli->findings
      && !hx_year_need (reading.connection, reading.catalogue, call->query.year,
                        HX_YEAR_LINES, error))
    return FALSE;
  if (call->as_json)
    print_json (&answer);
  else
    print_text (&answer);
  return TRUE;
}

static gboolean
run_budget (HxCli *cli, int argc, char **arguments, GError **error)
{
  Call call = { .query.today = hx_date_today () };
  g_autofree char *as_of = NULL;
  g_autofree char *by = NULL;
  const GOptionEntry entries[] = {
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &as_of, NULL, NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, NULL, NULL },
    { "months", 0, 0, G_OPTION_ARG_NONE, &call.query.months, NULL, NULL },
    { "contracts", 0, 0, G_OPTION_ARG_NONE, &call.query.contracts, NULL, NULL },
    { "closing", 0, 0, G_OPTION_ARG_NONE, &call.query.closing, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_budget, entries, 1, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  return hx_cli_year (arguments[1], &call.query.year, error)
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
