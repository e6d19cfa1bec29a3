#include "budget/budget_internal.h"

const char *
hx_budget_finding_key (HxBudgetFindingKind kind)
{
  static const char *const keys[] = {
    [HX_BUDGET_OPEN] = "open",
    [HX_BUDGET_OVER] = "over",
    [HX_BUDGET_OVERSPENT] = "overspent",
    [HX_BUDGET_NO_CAUSE] = "no_cause",
    [HX_BUDGET_NO_DISPOSAL] = "no_disposal",
    [HX_BUDGET_NEGATIVE] = "negative",
    [HX_BUDGET_NO_DOCUMENT] = "no_document",
    [HX_BUDGET_STRAY] = "stray",
    [HX_BUDGET_CUT] = "cut",
    [HX_BUDGET_FIGURE] = "figure",
    [HX_BUDGET_TRANSFER] = "transfer",
    [HX_BUDGET_CONTRACTED] = "contracted",
    [HX_BUDGET_ACCEPTED] = "accepted",
    [HX_BUDGET_OVERPAID] = "overpaid",
    [HX_BUDGET_UNPAID] = "unpaid",
  };

  return keys[kind];
}

void
hx_budget_finding_free (HxBudgetFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->line);
  g_free (finding->place);
  g_free (finding->text);
  g_free (finding->advice);
  g_free (finding);
}

GPtrArray *
hx_findings_new (void)
{
  return g_ptr_array_new_with_free_func (
      (GDestroyNotify)hx_budget_finding_free);
}

HxBudgetFinding *
hx_finding_add (GPtrArray *findings, HxBudgetFindingKind kind, gint64 amount,
                char *text, const char *advice)
{
  HxBudgetFinding *finding = g_new0 (HxBudgetFinding, 1);

  finding->kind = kind;
  finding->amount = amount;
  finding->text = text;
  finding->advice = g_strdup (advice);
  g_ptr_array_add (findings, finding);
  return finding;
}

void
hx_finding_of_line (HxBudgetFinding *finding, const HxBudgetLine *line)
{
  finding->line_id = line->id;
  finding->line = g_strdup (line->number);
  finding->place = g_strdup_printf ("%s %s", line->number, line->name);
}

char *
hx_yuan (gint64 fen)
{
  g_autofree char *yuan = hx_money_format_yuan (ABS (fen));

  return g_strdup_printf (_ ("%s 元"), yuan);
}
