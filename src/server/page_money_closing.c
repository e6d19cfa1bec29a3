/* Contracts beside what was accepted and paid, and whether the year closes. */
#include "server/money_part.h"

/* ---------------------------------------------------------------- contracts
 */

static const char *
cause_of (const HxCode *cause, const char *reason)
{
  return reason != NULL ? reason : cause != NULL ? cause->name : "";
}

static void
write_contract (HxGrid *grid, const HxCall *call,
                const HxBudgetContract *contract)
{
  const HxBudgetView *view = hx_catalogue_budget (hx_call_catalogue (call));
  g_autofree char *url = hx_ledger_url (view->contract, contract->id);
  g_autofree char *name
      = g_strdup_printf ("%s %s", contract->number, contract->name);
  char *const amounts[] = {
    hx_say_money (contract->planned, TRUE),
    hx_say_money (contract->contracted, TRUE),
    contract->has_acceptance ? hx_say_money (contract->accepted, TRUE)
                             : g_strdup (_ ("未审定")),
    hx_say_money (contract->paid, TRUE),
  };
  hx_grid_row (grid, url);
  hx_grid_cell (grid, name);
  hx_grid_cell (grid, contract->supplier);
  hx_grid_cell (grid, contract->line != NULL ? contract->line : "–");
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      hx_grid_cell (grid, amounts[i]);
      g_free (amounts[i]);
    }
  hx_grid_cell (grid,
                cause_of (contract->contract_cause, contract->contract_reason));
  hx_grid_cell (grid,
                cause_of (contract->accepted_cause, contract->accepted_reason));
}

static void
write_contracts (HxHtml *html, const HxCall *call, const GPtrArray *contracts)
{
  const HxColumn columns[] = { { .name = _ ("合同") },
                               { .name = _ ("供应商") },
                               { .name = _ ("预算指标") },
                               { .name = _ ("计划"), .is_number = TRUE },
                               { .name = _ ("合同金额"), .is_number = TRUE },
                               { .name = _ ("审定"), .is_number = TRUE },
                               { .name = _ ("已支付"), .is_number = TRUE },
                               { .name = _ ("合同为何不同于计划") },
                               { .name = _ ("审定为何不同于合同") },
                               { .name = NULL } };
  HxGrid *grid
      = hx_grid_begin (html, _ ("计划、合同、审定、已付并排"), columns);
  for (guint i = 0; i < contracts->len; i++)
    write_contract (grid, call, contracts->pdata[i]);
  hx_grid_end (grid);
}

static gboolean
contracts_page (HxCall *call, GError **error)
{
  const HxBudgetView *view = hx_money_view (call, error);
  const int year = hx_call_year (call);
  HxBudgetQuery query
      = { .year = year, .today = hx_call_today (call), .contracts = TRUE };
  g_auto (HxBudgetAnswer) answer = { 0 };
  g_autofree char *title = g_strdup_printf (_ ("%d 年合同"), year);
  g_autofree char *ledger = NULL;
  HxHtml *html;
  if (view == NULL || !hx_year_need_kind (call, view->contract, error)
      || !hx_year_day (call, year, &query.as_of, error)
      || !hx_money_answer (call, &query, &answer, error))
    return FALSE;
  ledger = hx_ledger_url (view->contract, 0);
  html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .at = "money",
                           .lead = _ ("审定前最多付到合同金额，审定后最多付到"
                                      "审定金额；差额都要有原因。"),
                           .with_year = TRUE,
                           .wide = TRUE });
  hx_part_tabs (html, call, hx_money_tabs, "/money/contracts");
  hx_part_day (html, call, "/money/contracts", query.as_of, NULL);
  hx_part_findings (html, _ ("要补的"), answer.differences);
  if (answer.contracts->len > 0)
    write_contracts (html, call, answer.contracts);
  else
    hx_part_empty (html, _ ("这一年没有合同。"), ledger, _ ("到合同台账登记"));
  return hx_page_end (call, html);
}

/* ------------------------------------------------------------------ closing
 */

static void
write_line (HxGrid *grid, const HxBudgetLine *line)
{
  const HxMoney *money = &line->money;
  const gint64 amounts[]
      = { money->total,     money->executed, money->carried_over,
          money->withdrawn, money->lapsed,   money->open };
  g_autofree char *url = hx_money_line_url (line->id, "");
  g_autofree char *name = g_strdup_printf ("%s %s", line->number, line->name);
  HxHtml *html;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, name);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text = hx_say_money (amounts[i], FALSE);
      hx_grid_cell (grid, text);
    }
  html = hx_grid_cell_begin (grid);
  hx_part_badge (html, money->open == 0 ? HX_TONE_GOOD : HX_TONE_BAD,
                 money->open == 0 ? _ ("平") : _ ("不平"));
  hx_grid_cell_end (grid);
}

static void
write_identity (HxHtml *html, const GPtrArray *lines)
{
  const HxColumn columns[] = { { .name = _ ("预算指标") },
                               { .name = _ ("全年预算"), .is_number = TRUE },
                               { .name = _ ("执行"), .is_number = TRUE },
                               { .name = _ ("结转结余"), .is_number = TRUE },
                               { .name = _ ("收回"), .is_number = TRUE },
                               { .name = _ ("注销"), .is_number = TRUE },
                               { .name = _ ("去向不明"), .is_number = TRUE },
                               { .name = _ ("平不平") },
                               { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, _ ("逐条看钱的去向，算到分"), columns);
  for (guint i = 0; i < lines->len; i++)
    write_line (grid, lines->pdata[i]);
  hx_grid_end (grid);
}

/* A line that is open or lacks a cause is answered by a form of that line. */
static void
write_answers (HxHtml *html, const HxCall *call, const HxBudgetFinding *finding)
{
  const HxBudgetView *view = hx_catalogue_budget (hx_call_catalogue (call));
  const struct
  {
    const HxKind *kind;
    const char *what, *text;
  } forms[] = { { view->carry_over, "/carry-over", _ ("登记结转结余") },
                { view->unspent, "/unspent", _ ("说明收回或注销") },
                { view->payment, "/payment", _ ("补登支付") } };
  for (guint i = 0; finding->line_id != 0 && i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *url
          = hx_money_line_url (finding->line_id, forms[i].what);
      if (hx_year_writes (call, forms[i].kind)
          && hx_identity_has (hx_call_identity (call), HX_USER_FINANCE))
        hx_part_action (html, url, forms[i].text, FALSE);
    }
}

static void
write_finding (HxHtml *html, const HxCall *call, const HxBudgetFinding *finding)
{
  hx_html_open (html, "article", "class", "card", NULL);
  hx_html_element (html, "h3", finding->place, NULL);
  hx_html_element (html, "p", finding->text, NULL);
  hx_html_element (html, "p", finding->advice, "class", "quiet", NULL);
  hx_html_open (html, "p", "class", "actions", NULL);
  if (finding->line_id != 0)
    hx_part_line_link (html, finding->line_id, _ ("打开这条指标"));
  if (finding->kind == HX_BUDGET_OPEN)
    write_answers (html, call, finding);
  hx_html_close (html, "p");
  hx_html_close (html, "article");
}

static void
write_closing (HxHtml *html, const HxCall *call, const HxBudgetAnswer *answer)
{
  g_autofree char *open
      = g_strdup_printf (_ ("%d 年还不能关账，报告不能印发：下面 %u 处要补。"),
                         answer->query.year, answer->closing->len);
  if (hx_budget_has_no_money (answer->lines))
    {
      hx_part_notice (
          html, HX_TONE_WARN,
          _ ("各项预算的金额都是 0：先填批复的年初预算，再看去向。"));
      return;
    }
  if (answer->closing->len == 0)
    hx_part_notice (html, HX_TONE_GOOD,
                    _ ("各项预算都有去向：全年预算 = 执行 + 结转结余 + 收回 + "
                       "注销。"));
  else
    hx_part_notice (html, HX_TONE_BAD, open);
  if (answer->closing->len > 0)
    {
      hx_part_section_begin (html, "holes", _ ("要补的"));
      for (guint i = 0; i < answer->closing->len; i++)
        write_finding (html, call, answer->closing->pdata[i]);
      hx_part_section_end (html);
    }
  hx_part_section_begin (html, "lines", _ ("逐条"));
  write_identity (html, answer->lines);
  hx_part_section_end (html);
}

static gboolean
closing_page (HxCall *call, GError **error)
{
  const int year = hx_call_year (call);
  const HxBudgetQuery query
      = { .year = year, .today = hx_call_today (call), .closing = TRUE };
  g_auto (HxBudgetAnswer) answer = { 0 };
  g_autofree char *title = g_strdup_printf (_ ("%d 年关账"), year);
  HxHtml *html;
  if (hx_money_view (call, error) == NULL
      || !hx_money_answer (call, &query, &answer, error))
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .at = "money",
                           .lead = hx_budget_is_whole_year (&query)
                                       ? _ ("每条指标的钱都要说清去向，差一分也"
                                            "不行。")
                                       : _ ("这一年还没有过完，没有支出的钱还"
                                            "可以支出。"),
                           .with_year = TRUE,
                           .wide = TRUE });
  hx_part_tabs (html, call, hx_money_tabs, "/money/closing");
  if (answer.lines->len == 0)
    hx_part_empty (html, _ ("没有预算指标。"), "/money", _ ("回到经费"));
  else
    write_closing (html, call, &answer);
  return hx_page_end (call, html);
}

static const HxParameter day_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { 0 },
};
static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};

const HxRoute hx_routes_money_closing[] = {
  { HX_METHOD_GET, "/money/contracts", "money_contracts_page", N_ ("合同"),
    HX_MONEY_READERS, HX_ROUTE_PAGE, day_parameters,
    .handler = contracts_page },
  { HX_METHOD_GET, "/money/closing", "money_closing_page", N_ ("关账"),
    HX_MONEY_READERS, HX_ROUTE_PAGE, year_parameters, .handler = closing_page },
  { 0 },
};
