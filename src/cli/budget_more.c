/* Months, contracts and findings of `budget`. */
#include "cli/budget_show.h"

#define NAME_WIDTH 48
#define NUMBER_WIDTH 12

static void
print_wan (gint64 fen)
{
  g_autofree char *text = hx_money_format_wan (fen, 2);
  hx_cli_print_padded (text, NUMBER_WIDTH, TRUE);
}

static void
print_labels (const char *const *labels, guint n)
{
  for (guint i = 0; i < n; i++)
    hx_cli_print_padded (labels[i], NUMBER_WIDTH, TRUE);
}

/* ------------------------------------------------------------------ months */

#define MONTH_COLUMNS 8

static char *
step_text (gint64 so_far, gint64 in_month)
{
  return hx_decimal_format (
      (HxDecimal){ hx_money_month_step (so_far, in_month), 2 });
}

static const char *
month_label (guint column)
{
  const char *const labels[MONTH_COLUMNS]
      = { _ ("当月支付"), _ ("累计支付"), _ ("执行率"),   _ ("序时进度"),
          _ ("相差"),     _ ("当月计划"), _ ("累计计划"), _ ("支付比计划") };
  return labels[column];
}

static void
print_month (const HxBudgetMonth *month, guint number)
{
  char *const texts[MONTH_COLUMNS] = {
    step_text (month->executed_so_far, month->executed),
    hx_money_format_wan (month->executed_so_far, 2),
    hx_share_text (month->rate),
    hx_share_text (month->linear),
    hx_share_text (month->rate - month->linear),
    step_text (month->planned_so_far, month->planned),
    hx_money_format_wan (month->planned_so_far, 2),
    hx_rate_text (month->executed_so_far, month->planned_so_far),
  };
  hx_cli_print ("%2u    ", number);
  for (guint i = 0; i < MONTH_COLUMNS; i++)
    {
      hx_cli_print_padded (texts[i], hx_cli_number_width (month_label (i)),
                           TRUE);
      g_free (texts[i]);
    }
  hx_cli_print ("\n");
}

void
hx_cli_months_table (const GArray *months)
{
  hx_cli_print_padded (_ ("月"), 6, FALSE);
  for (guint i = 0; i < MONTH_COLUMNS; i++)
    hx_cli_print_padded (month_label (i), hx_cli_number_width (month_label (i)),
                         TRUE);
  hx_cli_print ("\n");
  for (guint i = 0; i < months->len; i++)
    print_month (&g_array_index (months, HxBudgetMonth, i), i + 1);
}

/* --------------------------------------------------------------- contracts */

static const char *
cause_text (const HxCode *cause, const char *reason)
{
  return reason != NULL ? reason : cause != NULL ? cause->name : "";
}

static void
print_contract (const HxBudgetContract *contract)
{
  g_autofree char *name
      = g_strdup_printf ("%s %s", contract->number, contract->name);
  const char *planned
      = cause_text (contract->contract_cause, contract->contract_reason);
  const char *accepted
      = cause_text (contract->accepted_cause, contract->accepted_reason);
  hx_cli_print_padded (name, NAME_WIDTH, FALSE);
  hx_cli_print (" ");
  hx_cli_print_padded (contract->line != NULL ? contract->line : "–", 14,
                       FALSE);
  print_wan (contract->planned);
  print_wan (contract->contracted);
  if (contract->has_acceptance)
    print_wan (contract->accepted);
  else
    hx_cli_print_padded ("–", NUMBER_WIDTH, TRUE);
  print_wan (contract->paid);
  hx_cli_print ("\n");
  if (*planned != '\0')
    hx_cli_print (_ ("    合同与计划：%s\n"), planned);
  if (*accepted != '\0')
    hx_cli_print (_ ("    审定与合同：%s\n"), accepted);
}

void
hx_cli_contracts_table (const GPtrArray *contracts)
{
  const char *const labels[]
      = { _ ("计划"), _ ("合同"), _ ("审定"), _ ("已支付") };
  hx_cli_print_padded (_ ("合同（万元）"), NAME_WIDTH, FALSE);
  hx_cli_print (" ");
  hx_cli_print_padded (_ ("预算编号"), 14, FALSE);
  print_labels (labels, G_N_ELEMENTS (labels));
  hx_cli_print ("\n");
  for (guint i = 0; i < contracts->len; i++)
    print_contract (contracts->pdata[i]);
  if (contracts->len == 0)
    hx_cli_print ("%s\n", _ ("没有合同"));
}

/* ---------------------------------------------------------------- findings */

void
hx_cli_findings_list (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const HxBudgetFinding *one = findings->pdata[i];
      hx_cli_print ("  %s：%s（%s）\n", one->place, one->text, one->advice);
    }
}
