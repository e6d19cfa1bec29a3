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

/* In 0.01 万元: what is shown of a month adds up to what is shown so far. */
static char *
step_text (gint64 so_far, gint64 in_month)
{
  const gint64 step
      = hx_money_hundredths (so_far) - hx_money_hundredths (so_far - in_month);
  return hx_decimal_format ((HxDecimal){ step, 2 });
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
    hx_cli_progress_share (month->rate),
    hx_cli_progress_share (month->linear),
    hx_cli_progress_share (month->rate - month->linear),
    step_text (month->planned_so_far, month->planned),
    hx_money_format_wan (month->planned_so_far, 2),
    hx_cli_rate (month->executed_so_far, month->planned_so_far),
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

void
hx_cli_months_json (HxJson *json, const GArray *months)
{
  hx_json_key (json, "months");
  hx_json_array_begin (json);
  for (guint i = 0; i < months->len; i++)
    {
      const HxBudgetMonth *month = &g_array_index (months, HxBudgetMonth, i);
      hx_json_object_begin (json);
      hx_json_member_integer (json, "month", i + 1);
      hx_json_member_integer (json, "executed", month->executed);
      hx_json_member_integer (json, "executed_so_far", month->executed_so_far);
      hx_json_member_integer (json, "planned", month->planned);
      hx_json_member_integer (json, "planned_so_far", month->planned_so_far);
      hx_json_member_integer (json, "rate", month->rate);
      hx_json_member_integer (json, "linear", month->linear);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
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

static void
contract_json (HxJson *json, const HxBudgetContract *contract)
{
  hx_json_object_begin (json);
  hx_json_member (json, "number", contract->number);
  hx_json_member (json, "name", contract->name);
  hx_json_member (json, "supplier", contract->supplier);
  hx_json_member (json, "line", contract->line);
  hx_json_member_integer (json, "planned", contract->planned);
  hx_json_member_integer (json, "contracted", contract->contracted);
  hx_json_key (json, "accepted");
  if (contract->has_acceptance)
    hx_json_integer (json, contract->accepted);
  else
    hx_json_null (json);
  hx_json_key (json, "final");
  hx_json_bool (json, contract->is_final);
  hx_json_member_integer (json, "paid", contract->paid);
  hx_json_member_integer (json, "paid_in_year", contract->paid_in_year);
  hx_json_member (
      json, "contract_cause",
      contract->contract_cause != NULL ? contract->contract_cause->code : NULL);
  hx_json_member (json, "contract_reason", contract->contract_reason);
  hx_json_member (
      json, "accepted_cause",
      contract->accepted_cause != NULL ? contract->accepted_cause->code : NULL);
  hx_json_member (json, "accepted_reason", contract->accepted_reason);
  hx_json_object_end (json);
}

void
hx_cli_contracts_json (HxJson *json, const GPtrArray *contracts)
{
  hx_json_key (json, "contracts");
  hx_json_array_begin (json);
  for (guint i = 0; i < contracts->len; i++)
    contract_json (json, contracts->pdata[i]);
  hx_json_array_end (json);
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

void
hx_cli_findings_json (HxJson *json, const char *key, const GPtrArray *findings)
{
  hx_json_key (json, key);
  hx_json_array_begin (json);
  for (guint i = 0; i < findings->len; i++)
    {
      const HxBudgetFinding *one = findings->pdata[i];
      hx_json_object_begin (json);
      hx_json_member (json, "kind", hx_budget_finding_key (one->kind));
      hx_json_member (json, "line", one->line);
      hx_json_member (json, "place", one->place);
      hx_json_member_integer (json, "amount", one->amount);
      hx_json_member (json, "text", one->text);
      hx_json_member (json, "advice", one->advice);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}
