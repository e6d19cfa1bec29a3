/* The money of a year: lines or a cut of them, months against time and plan,
 * and where the treasury's export comes in. */
#include "server/money_part.h"

#include "catalogue/mapping.h"

/* ------------------------------------------------------------------ summary
 */

static HxMoney
sum_of (const GPtrArray *lines)
{
  HxMoney sum = { 0 };
  for (guint i = 0; i < lines->len; i++)
    hx_money_add (&sum, &((HxBudgetLine *)lines->pdata[i])->money);
  return sum;
}

/* The three bases apart, and what became of them. */
static void
write_bases (HxHtml *html, const HxBudgetQuery *query, const HxMoney *sum)
{
  const struct
  {
    HxMoneyColumn column;
    gint64 fen;
  } facts[] = {
    { HX_MONEY_INITIAL, sum->initial },
    { HX_MONEY_ADJUSTED, sum->adjusted },
    { HX_MONEY_CARRIED_IN, sum->carried_in },
    { HX_MONEY_TOTAL, sum->total },
    { HX_MONEY_EXECUTED, sum->executed },
    { HX_MONEY_OPEN, sum->open },
  };
  hx_html_open (html, "dl", "class", "facts across", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *text = hx_say_money (facts[i].fen, TRUE);
      hx_part_fact (html,
                    hx_money_column_name (facts[i].column,
                                          hx_budget_is_whole_year (query)),
                    text);
    }
  hx_html_close (html, "dl");
}

/* Parts of the year gone, in a thousand, for drawing alone. */
static gint
gone (HxDate day)
{
  const HxDate first = { day.year, 1, 1 };
  const HxDate next = { (gint16)(day.year + 1), 1, 1 };
  const gint64 days = hx_date_days (day) - hx_date_days (first) + 1;
  return (gint)(days * 1000 / (hx_date_days (next) - hx_date_days (first)));
}

static void
write_rate (HxHtml *html, const HxMoney *sum, HxDate day)
{
  g_autofree char *rate = hx_rate_text (sum->executed, sum->total);
  gint64 share = 0;
  hx_round_half_up (sum->executed, sum->total, 3, &share);
  hx_part_bar (html, &(HxBar){ .label = _ ("执行率（竖线是时间进度）"),
                               .text = rate,
                               .permille = (gint)CLAMP (share, 0, 1000),
                               .mark = gone (day),
                               .tone = HX_TONE_PLAIN });
}

/* ---------------------------------------------------------------------- cuts
 */

static void
write_cuts (HxHtml *html, const HxBudgetQuery *query, const char *day)
{
  g_autofree char *year = g_strdup_printf ("%d", query->year);
  hx_html_open (html, "nav", "class", "tabs", "aria-label", _ ("分法"), NULL);
  hx_html_open (html, "ul", NULL);
  for (int cut = -1; cut < HX_CUTS; cut++)
    {
      const char *key = cut < 0 ? NULL : hx_cut_key ((HxCut)cut);
      const gboolean is_on = query->has_cut ? cut == (int)query->cut : cut < 0;
      g_autofree char *url
          = hx_url ("/money", "year", year, "as_of", day, "by", key, NULL);
      hx_html_open (html, "li", NULL);
      hx_html_element (html, "a",
                       cut < 0 ? _ ("逐条") : hx_cut_name ((HxCut)cut), "href",
                       url, "aria-current", is_on ? "true" : NULL, NULL);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
  hx_html_close (html, "nav");
}

/* -------------------------------------------------------------------- lines
 */

static void
write_nothing (HxHtml *html, HxCall *call)
{
  if (hx_year_is_whole (call))
    hx_part_empty (html, _ ("这一年还没有预算指标。"),
                   hx_identity_has (hx_call_identity (call), HX_USER_FINANCE)
                       ? "/money/import"
                       : NULL,
                   _ ("由财务导入财政下达的指标"));
  else
    hx_part_empty (html, _ ("没有您范围里的数。"), NULL,
                   _ ("全单位的经费由财务和局领导查看"));
}

static void
write_check (HxHtml *html, HxCall *call, const HxBudgetAnswer *answer)
{
  if (answer->check->len == 0 && hx_year_is_whole (call))
    hx_part_notice (html, HX_TONE_GOOD,
                    _ ("核对：按来源、性质、任务、机构、科目各种分法合计一致，"
                       "与指标数字一致。"));
  hx_part_findings (html, _ ("核对不上的"), answer->check);
}

static void
keep_task (HxBudgetAnswer *answer, const char *task)
{
  for (guint i = answer->lines->len; task != NULL && i > 0; i--)
    {
      const HxBudgetLine *line = answer->lines->pdata[i - 1];
      if (line->task == NULL || !g_str_equal (line->task->code, task))
        g_ptr_array_remove_index (answer->lines, i - 1);
    }
}

static void
write_lines (HxHtml *html, HxCall *call, const HxBudgetAnswer *answer)
{
  const HxBudgetQuery *query = &answer->query;
  const HxMoney sum = sum_of (answer->lines);
  g_autofree char *day = hx_say_day (query->as_of);
  hx_part_day (html, call, "/money", query->as_of, "by",
               hx_call_text (call, "by"), NULL);
  if (answer->lines->len == 0)
    {
      write_nothing (html, call);
      return;
    }
  write_rate (html, &sum, query->as_of);
  write_bases (html, query, &sum);
  write_cuts (html, query, day);
  hx_part_money (html, query, answer->rows == NULL ? answer->lines : NULL,
                 answer->rows);
  if (hx_call_text (call, "task") == NULL)
    write_check (html, call, answer);
}

static void
write_ledger (HxHtml *html, const HxBudgetView *view)
{
  g_autofree char *ledger = hx_ledger_url (view->line, 0);
  hx_html_open (html, "p", NULL);
  hx_html_element (html, "a", _ ("预算指标台账"), "href", ledger, NULL);
  hx_html_close (html, "p");
}

static gboolean
money_page (HxCall *call, GError **error)
{
  const HxBudgetView *view = hx_money_view (call, error);
  const int year = hx_call_year (call);
  const char *by = hx_call_text (call, "by");
  HxBudgetQuery query = { .year = year, .today = hx_call_today (call) };
  g_auto (HxBudgetAnswer) answer = { 0 };
  g_autofree char *title = g_strdup_printf (_ ("%d 年经费"), year);
  g_autofree char *said = NULL, *lead = NULL;
  HxHtml *html;
  if (view == NULL || !hx_year_day (call, year, &query.as_of, error))
    return FALSE;
  query.has_cut = by != NULL && hx_cut_parse (by, &query.cut);
  if (!hx_money_answer (call, &query, &answer, error))
    return FALSE;
  keep_task (&answer, hx_call_text (call, "task"));
  said = hx_say_date (query.as_of);
  lead = g_strdup_printf (_ ("截至 %s。年初预算、调整、上年结转三种口径分开。"),
                          said);
  html = hx_page_begin (call, &(HxPageHead){ .title = title,
                                             .at = "money",
                                             .lead = lead,
                                             .with_year = TRUE,
                                             .wide = TRUE });
  hx_part_tabs (html, call, hx_money_tabs, "/money");
  write_lines (html, call, &answer);
  write_ledger (html, view);
  return hx_page_end (call, html);
}

/* ------------------------------------------------------------------- months */

static void
write_month (HxGrid *grid, const HxBudgetMonth *month, guint number)
{
  char *const texts[] = {
    g_strdup_printf (_ ("%u月"), number),
    hx_say_wan (hx_money_month_step (month->executed_so_far, month->executed)),
    hx_say_wan (hx_money_hundredths (month->executed_so_far)),
    hx_share_text (month->rate),
    hx_share_text (month->linear),
    hx_share_text (month->rate - month->linear),
    hx_say_wan (hx_money_month_step (month->planned_so_far, month->planned)),
    hx_say_wan (hx_money_hundredths (month->planned_so_far)),
    hx_rate_text (month->executed_so_far, month->planned_so_far),
  };
  hx_grid_row (grid, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      hx_grid_cell (grid, texts[i]);
      g_free (texts[i]);
    }
}

static void
write_months_table (HxHtml *html, const GArray *months)
{
  const HxColumn columns[] = { { .name = _ ("月") },
                               { .name = _ ("当月支付"), .is_number = TRUE },
                               { .name = _ ("累计支付"), .is_number = TRUE },
                               { .name = _ ("执行率"), .is_number = TRUE },
                               { .name = _ ("序时进度"), .is_number = TRUE },
                               { .name = _ ("相差"), .is_number = TRUE },
                               { .name = _ ("当月计划"), .is_number = TRUE },
                               { .name = _ ("累计计划"), .is_number = TRUE },
                               { .name = _ ("支付比计划"), .is_number = TRUE },
                               { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, _ ("逐月支付，单位：万元"), columns);
  for (guint i = 0; i < months->len; i++)
    write_month (grid, &g_array_index (months, HxBudgetMonth, i), i + 1);
  hx_grid_end (grid);
}

static void
write_months_chart (HxHtml *html, const GArray *months, gint64 total)
{
  HxSeries series[]
      = { { .n = months->len, .name = _ ("执行率"), .class = "main" },
          { .n = months->len, .name = _ ("序时进度"), .class = "linear" },
          { .n = months->len, .name = _ ("用款计划"), .class = "planned" } };
  for (guint i = 0; i < months->len; i++)
    {
      const HxBudgetMonth *month = &g_array_index (months, HxBudgetMonth, i);
      series[0].values[i] = month->rate;
      series[1].values[i] = month->linear;
      hx_round_half_up (month->planned_so_far, total, 4, &series[2].values[i]);
    }
  hx_chart_year (html, series, G_N_ELEMENTS (series),
                 _ ("逐月执行率、序时进度和用款计划，数字见下表"));
}

static gboolean
months_page (HxCall *call, GError **error)
{
  const int year = hx_call_year (call);
  HxBudgetQuery query
      = { .year = year, .today = hx_call_today (call), .months = TRUE };
  g_auto (HxBudgetAnswer) answer = { 0 };
  g_autofree char *title = g_strdup_printf (_ ("%d 年逐月执行"), year);
  HxMoney sum;
  HxHtml *html;
  if (hx_money_view (call, error) == NULL
      || !hx_year_day (call, year, &query.as_of, error)
      || !hx_money_answer (call, &query, &answer, error))
    return FALSE;
  sum = sum_of (answer.lines);
  html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .at = "money",
                           .lead = _ ("支付与序时进度、用款计划对照。"),
                           .with_year = TRUE,
                           .wide = TRUE });
  hx_part_tabs (html, call, hx_money_tabs, "/money/months");
  hx_part_day (html, call, "/money/months", query.as_of, NULL);
  if (answer.lines->len == 0 || answer.months == NULL)
    write_nothing (html, call);
  else
    {
      write_months_chart (html, answer.months, sum.total);
      write_months_table (html, answer.months);
    }
  return hx_page_end (call, html);
}

/* ------------------------------------------------------------------- import */

static void
write_import (HxHtml *html, const HxKind *kind, const HxMapping *mapping)
{
  g_autofree char *path = g_strconcat ("/ledgers/", kind->key, "/import", NULL);
  g_autofree char *url = hx_url (path, "mapping", mapping->key, NULL);
  g_autofree char *text
      = g_strdup_printf (_ ("导入%s：%s"), kind->name, mapping->name);
  hx_html_open (html, "li", NULL);
  hx_part_action (html, url, text, FALSE);
  hx_html_close (html, "li");
}

static gboolean
import_page (HxCall *call, GError **error)
{
  const HxBudgetView *view = hx_money_view (call, error);
  const GPtrArray *mappings;
  guint shown = 0;
  HxHtml *html;
  if (view == NULL)
    return FALSE;
  mappings = hx_catalogue_mappings (hx_call_catalogue (call));
  html = hx_page_begin (
      call,
      &(HxPageHead){
          .title = _ ("导入国库数据"),
          .at = "money",
          .lead = _ ("按目录里写好的对应关系导入。先预览：每一行是新的、已有的"
                     "还是矛盾的；有矛盾就一行也不入库，除非跳过它们。") });
  hx_part_tabs (html, call, hx_money_tabs, "/money/import");
  hx_html_open (html, "ul", "class", "plain", NULL);
  for (guint i = 0; i < mappings->len; i++)
    {
      const HxMapping *mapping = mappings->pdata[i];
      if (mapping->kind != view->line && mapping->kind != view->payment)
        continue;
      write_import (html, mapping->kind, mapping);
      shown++;
    }
  hx_html_close (html, "ul");
  if (shown == 0)
    hx_part_empty (html, _ ("目录里没有国库数据的对应关系。"), NULL,
                   _ ("请管理员在目录的 mappings 里添上"));
  return hx_page_end (call, html);
}

/* ------------------------------------------------------------------- routes */

static const HxParameter money_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { "by", HX_IN_QUERY, HX_TYPE_CHOICE,
    .choices = "source|nature|task|unit|function|economic|source_nature",
    .what = N_ ("分法") },
  { "task", HX_IN_QUERY, HX_TYPE_TEXT, .max = 60, .what = N_ ("预算任务") },
  { 0 },
};
static const HxParameter day_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { 0 },
};
static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};

const HxRoute hx_routes_money[] = {
  { HX_METHOD_GET, "/money", "money_page", N_ ("经费"), HX_MONEY_READERS,
    HX_ROUTE_PAGE, money_parameters, .handler = money_page },
  { HX_METHOD_GET, "/money/months", "money_months_page", N_ ("逐月执行"),
    HX_MONEY_READERS, HX_ROUTE_PAGE, day_parameters, .handler = months_page },
  { HX_METHOD_GET, "/money/import", "money_import_page", N_ ("导入国库数据"),
    HX_USER_FINANCE, HX_ROUTE_PAGE, year_parameters, .handler = import_page },
  { 0 },
};
