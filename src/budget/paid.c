#include "budget/budget_internal.h"

static void
paid_free (gpointer data)
{
  HxBudgetPaid *paid = data;

  g_free (paid->number);
  g_free (paid->name);
  g_free (paid);
}

GPtrArray *
hx_budget_paid (HxConnection *connection, HxCatalogue *catalogue,
                GError **error)
{
  const HxBudgetView *view = hx_budget_view (catalogue, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (paid_free);
  g_autoptr (HxStatement) statement
      = view == NULL ? NULL : hx_sql_paid_lines (connection, view, error);
  HxStep step = HX_STEP_ERROR;

  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      HxBudgetPaid *paid = g_new0 (HxBudgetPaid, 1);

      paid->id = hx_column_integer (statement, 0);
      paid->number = g_strdup (hx_column_text (statement, 1));
      paid->name = g_strdup (hx_column_text (statement, 2));
      paid->paid = hx_column_integer (statement, 3);
      g_ptr_array_add (lines, paid);
    }
  return step == HX_STEP_DONE ? g_steal_pointer (&lines) : NULL;
}
