/* The money by the API, in the shape of `hongxia budget --json`. */
#include "server/money_part.h"

static gboolean
reply (HxCall *call, const HxBudgetQuery *query, GError **error)
{
  g_auto (HxBudgetAnswer) answer = { 0 };
  GString *out;
  if (hx_money_view (call, error) == NULL
      || !hx_money_answer (call, query, &answer, error))
    return FALSE;
  out = g_string_new (NULL);
  hx_budget_answer_json (&answer, out);
  return hx_call_reply_json (call, out, 200);
}

static gboolean
budget_show (HxCall *call, GError **error)
{
  const char *by = hx_call_text (call, "by");
  HxBudgetQuery query = { .year = hx_call_year (call),
                          .today = hx_call_today (call),
                          .months = hx_call_bool (call, "months"),
                          .contracts = hx_call_bool (call, "contracts") };
  query.has_cut = by != NULL && hx_cut_parse (by, &query.cut);
  return hx_year_day (call, query.year, &query.as_of, error)
         && reply (call, &query, error);
}

static gboolean
closing_show (HxCall *call, GError **error)
{
  const HxBudgetQuery query = { .year = hx_call_year (call),
                                .today = hx_call_today (call),
                                .closing = TRUE };
  return reply (call, &query, error);
}

static const HxParameter budget_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { "by", HX_IN_QUERY, HX_TYPE_CHOICE,
    .choices = "source|nature|task|unit|function|economic|source_nature",
    .what = N_ ("分法") },
  { "months", HX_IN_QUERY, HX_TYPE_BOOL, .what = N_ ("带逐月执行") },
  { "contracts", HX_IN_QUERY, HX_TYPE_BOOL, .what = N_ ("带合同") },
  { 0 },
};
static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};

const HxRoute hx_routes_api_money[] = {
  { HX_METHOD_GET, "/api/v1/budget", "budget_show", N_ ("预算与执行"),
    HX_MONEY_READERS, HX_ROUTE_API, budget_parameters, .handler = budget_show,
    .answers = N_ ("预算指标或一种分法，金额是分") },
  { HX_METHOD_GET, "/api/v1/budget/closing", "budget_closing_show", N_ ("关账"),
    HX_MONEY_READERS, HX_ROUTE_API, year_parameters, .handler = closing_show,
    .answers = N_ ("预算指标，和还没有去向的钱") },
  { 0 },
};
