/* Does the year close, line by line?
 *
 * total − executed − carried over − withdrawn − lapsed is 0 for each line.
 * What is over is told in two parts that sum to it: more paid than granted,
 * and remainders of more than was left. */
#include "budget/budget_internal.h"

typedef struct
{
  HxConnection *connection;
  const HxBudgetView *view;
  HxSpan span;
  GHashTable *lines;
  GPtrArray *findings;
} Closing;

static void
add (Closing *closing, HxBudgetFindingKind kind, const HxBudgetLine *line,
     gint64 amount)
{
  static const struct
  {
    const char *format, *advice;
  } says[] = {
    [HX_BUDGET_OPEN]
    = { N_ ("还有 %s 没有去向"),
        N_ ("支付，或登记结转结余、未支出说明（收回、注销）") },
    [HX_BUDGET_OVER] = { N_ ("结转、收回和注销比剩余的预算多 %s"),
                         N_ ("核对结转结余与未支出说明的金额") },
    [HX_BUDGET_OVERSPENT]
    = { N_ ("支付比全年预算多 %s"), N_ ("核对支付，或补登预算调整") },
    [HX_BUDGET_NO_CAUSE]
    = { N_ ("%s 的结转结余或未支出没有写原因"), N_ ("补上原因") },
    [HX_BUDGET_NO_DISPOSAL]
    = { N_ ("%s 的未支出没有写是收回还是注销"), N_ ("补上处理方式") },
    [HX_BUDGET_NEGATIVE]
    = { N_ ("结转结余或未支出是负数：%s"), N_ ("改正金额，或把这一行作废") },
    [HX_BUDGET_NO_DOCUMENT]
    = { N_ ("%s 的预算调整没有批复文号"), N_ ("补上批复文号") },
  };
  g_autofree char *yuan = hx_yuan (amount);
  HxBudgetFinding *finding;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  finding = hx_finding_add (closing->findings, kind, amount,
                            g_strdup_printf (hx_text (says[kind].format), yuan),
                            hx_text (says[kind].advice));
#pragma GCC diagnostic pop
  hx_finding_of_line (finding, line);
}

static void
find_open (Closing *closing, const HxBudgetLine *line)
{
  const gint64 left = line->money.total - line->money.executed;
  const gint64 open = line->money.open;

  if (left < 0)
    add (closing, HX_BUDGET_OVERSPENT, line, -left);
  if (open > 0)
    add (closing, HX_BUDGET_OPEN, line, open);
  else if (open < MIN (left, 0))
    add (closing, HX_BUDGET_OVER, line, MIN (left, 0) - open);
}

/* ------------------------------------------------------------ what is lacking
 */

typedef HxStatement *(*SumsFunc) (HxConnection *connection, const HxSums *sums,
                                  const HxSpan *span, GError **error);

static gboolean
find_sums (Closing *closing, HxBudgetFindingKind kind, SumsFunc make,
           const HxSums *sums, GError **error)
{
  g_autoptr (HxStatement) statement = NULL;
  HxStep step = HX_STEP_ERROR;

  if (sums->kind == NULL || (make == hx_sql_lacking && sums->by == NULL))
    return TRUE;
  statement = make (closing->connection, sums, &closing->span, error);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);
      const HxBudgetLine *line = g_hash_table_lookup (closing->lines, &id);

      if (line != NULL)
        add (closing, kind, line, hx_column_integer (statement, 1));
    }
  return step == HX_STEP_DONE;
}

static gboolean
find_lacking (Closing *closing, GError **error)
{
  const HxBudgetView *view = closing->view;
  const struct
  {
    HxBudgetFindingKind kind;
    SumsFunc make;
    HxSums sums;
  } all[] = {
    { HX_BUDGET_NO_CAUSE,
      hx_sql_lacking,
      { view->carry_over, view->carry_over_line, view->carry_over_amount,
        view->carry_over_cause != NULL ? view->carry_over_cause
                                       : view->carry_over_reason } },
    { HX_BUDGET_NO_CAUSE,
      hx_sql_lacking,
      { view->unspent, view->unspent_line, view->unspent_amount,
        view->unspent_cause } },
    { HX_BUDGET_NO_DISPOSAL,
      hx_sql_lacking,
      { view->unspent, view->unspent_line, view->unspent_amount,
        view->unspent_disposal } },
    { HX_BUDGET_NEGATIVE,
      hx_sql_negative,
      { view->carry_over, view->carry_over_line, view->carry_over_amount,
        NULL } },
    { HX_BUDGET_NEGATIVE,
      hx_sql_negative,
      { view->unspent, view->unspent_line, view->unspent_amount, NULL } },
    { HX_BUDGET_NO_DOCUMENT,
      hx_sql_lacking,
      { view->adjustment, view->adjustment_line, view->adjustment_amount,
        view->adjustment_document } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (!find_sums (closing, all[i].kind, all[i].make, &all[i].sums, error))
      return FALSE;
  return TRUE;
}

/* ------------------------------------------------------------------- strays */

static void
add_stray (Closing *closing, const HxKind *kind, HxStatement *statement)
{
  const gint64 amount = hx_column_integer (statement, 2);
  g_autofree char *yuan = hx_money_format_yuan (amount);
  const char *number = hx_column_text (statement, 1);
  HxBudgetFinding *finding = hx_finding_add (
      closing->findings, HX_BUDGET_STRAY, amount,
      g_strdup_printf (_ ("%s有 %ld 行（%s 元）的日期不在预算指标的年度"),
                       kind->name, (long)hx_column_integer (statement, 3),
                       yuan),
      _ ("改正日期，或改记到那一年的预算指标"));

  finding->line_id = hx_column_integer (statement, 0);
  finding->line = g_strdup (number);
  finding->place = g_strdup (number != NULL ? number : kind->name);
}

static gboolean
find_strays_of (Closing *closing, const HxSums *sums, GError **error)
{
  g_autoptr (HxStatement) statement = NULL;
  HxStep step = HX_STEP_ERROR;

  if (sums->kind == NULL)
    return TRUE;
  statement = hx_sql_stray (closing->connection, closing->view, sums,
                            &closing->span, error);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    add_stray (closing, sums->kind, statement);
  return step == HX_STEP_DONE;
}

static gboolean
find_strays (Closing *closing, GError **error)
{
  const HxBudgetView *view = closing->view;
  const HxSums all[] = {
    { view->adjustment, view->adjustment_line, view->adjustment_amount, NULL },
    { view->payment, view->payment_line, view->payment_amount, NULL },
    { view->carry_over, view->carry_over_line, view->carry_over_amount, NULL },
    { view->unspent, view->unspent_line, view->unspent_amount, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (!find_strays_of (closing, &all[i], error))
      return FALSE;
  return TRUE;
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const HxBudgetFinding *x = *(HxBudgetFinding *const *)a;
  const HxBudgetFinding *y = *(HxBudgetFinding *const *)b;
  const int order = g_strcmp0 (x->line, y->line);

  return order != 0 ? order : (int)x->kind - (int)y->kind;
}

GPtrArray *
hx_budget_closing (HxConnection *connection, HxCatalogue *catalogue, int year,
                   GError **error)
{
  g_autoptr (GPtrArray) findings = hx_findings_new ();
  g_autoptr (GPtrArray) lines
      = hx_budget_lines (connection, catalogue, year, (HxDate){ 0 }, error);
  g_autoptr (GHashTable) by_id = NULL;
  Closing closing = { .connection = connection, .findings = findings };

  if (lines == NULL)
    return NULL;
  closing.view = hx_catalogue_budget (catalogue);
  closing.lines = by_id = hx_lines_by_id (lines);
  hx_span_init (&closing.span, year, (HxDate){ 0 });
  for (guint i = 0; i < lines->len; i++)
    find_open (&closing, lines->pdata[i]);
  if (!find_lacking (&closing, error) || !find_strays (&closing, error))
    return NULL;
  g_ptr_array_sort (findings, compare_findings);
  return g_steal_pointer (&findings);
}
