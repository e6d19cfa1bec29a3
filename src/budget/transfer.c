#include "budget/budget_internal.h"

static void
add_gap (const HxBudgetView *view, HxStatement *statement, GPtrArray *findings)
{
  const char *document = hx_column_text (statement, 0);
  const gint64 gap = hx_column_integer (statement, 1);
  g_autofree char *yuan = hx_yuan (gap);
  HxBudgetFinding *finding = hx_finding_add (
      findings, HX_BUDGET_TRANSFER, gap,
      g_strdup_printf (gap > 0 ? _ ("%ld 行调剂合计多出 %s，应当是 0")
                               : _ ("%ld 行调剂合计少了 %s，应当是 0"),
                       (long)hx_column_integer (statement, 2), yuan),
      _ ("补登或改正这个文号的调剂；不是调剂的改为追加、追减"));

  finding->place
      = g_strdup_printf ("%s %s", view->adjustment_document->name, document);
}

gboolean
hx_budget_check_transfers (HxConnection *connection, const HxBudgetView *view,
                           const HxSpan *span, GPtrArray *findings,
                           GError **error)
{
  g_autoptr (HxStatement) statement = NULL;
  HxStep step = HX_STEP_ERROR;

  if (view->adjustment == NULL || view->adjustment_document == NULL)
    return TRUE;
  statement = hx_sql_transfers (connection, view, span, error);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    add_gap (view, statement, findings);
  return step == HX_STEP_DONE;
}
