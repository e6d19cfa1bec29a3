/* The shape of the answer as JSON. */
#include "budget/answer.h"

#include <stddef.h>

void
hx_money_json (HxJson *json, const HxMoney *money)
{
  static const struct
  {
    const char *key;
    gsize offset;
  } members[] = {
    { "initial", offsetof (HxMoney, initial) },
    { "adjusted", offsetof (HxMoney, adjusted) },
    { "carried_in", offsetof (HxMoney, carried_in) },
    { "total", offsetof (HxMoney, total) },
    { "executed", offsetof (HxMoney, executed) },
    { "carried_over", offsetof (HxMoney, carried_over) },
    { "withdrawn", offsetof (HxMoney, withdrawn) },
    { "lapsed", offsetof (HxMoney, lapsed) },
    { "open", offsetof (HxMoney, open) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    hx_json_member_integer (
        json, members[i].key,
        *(const gint64 *)((const char *)money + members[i].offset));
}

static void
months_json (HxJson *json, const GArray *months)
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

static void
contracts_json (HxJson *json, const GPtrArray *contracts)
{
  hx_json_key (json, "contracts");
  hx_json_array_begin (json);
  for (guint i = 0; i < contracts->len; i++)
    contract_json (json, contracts->pdata[i]);
  hx_json_array_end (json);
}

void
hx_budget_findings_json (HxJson *json, const char *key,
                         const GPtrArray *findings)
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

static void
lines_json (HxJson *json, const GPtrArray *lines)
{
  hx_json_key (json, "lines");
  hx_json_array_begin (json);
  for (guint i = 0; i < lines->len; i++)
    {
      const HxBudgetLine *line = lines->pdata[i];
      const HxCode *const codes[] = { line->source, line->nature, line->task };
      const char *const keys[] = { "source", "nature", "task" };
      hx_json_object_begin (json);
      hx_json_member (json, "number", line->number);
      hx_json_member (json, "name", line->name);
      for (guint k = 0; k < G_N_ELEMENTS (codes); k++)
        hx_json_member (json, keys[k],
                        codes[k] != NULL ? codes[k]->code : NULL);
      hx_json_member (json, "function_class", line->function_class);
      hx_json_member (json, "economic_class", line->economic_class);
      hx_money_json (json, &line->money);
      hx_json_member_integer (json, "planned", line->planned);
      hx_json_key (json, "forecast");
      if (line->has_forecast)
        hx_json_integer (json, line->forecast);
      else
        hx_json_null (json);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
cut_json (HxJson *json, const HxBudgetAnswer *answer)
{
  const GPtrArray *rows = answer->rows;
  hx_json_member (json, "by", hx_cut_key (answer->query.cut));
  hx_json_key (json, "rows");
  hx_json_array_begin (json);
  for (guint i = 0; i < rows->len; i++)
    {
      const HxCutRow *row = rows->pdata[i];
      hx_json_object_begin (json);
      hx_json_member (json, "key", row->key);
      hx_json_member (json, "name", row->name);
      hx_json_member_integer (json, "lines", row->lines);
      hx_money_json (json, &row->money);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
head_json (HxJson *json, const HxBudgetAnswer *answer)
{
  const HxBudgetQuery *query = &answer->query;
  HxMoney sum = { 0 };
  char as_of[HX_DATE_TEXT_SIZE];
  HxDate day = query->as_of;
  if (day.year == 0)
    day = (HxDate){ (gint16)query->year, 12, 31 };
  hx_date_format (day, as_of);
  for (guint i = 0; i < answer->lines->len; i++)
    hx_money_add (&sum, &((HxBudgetLine *)answer->lines->pdata[i])->money);
  hx_json_member_integer (json, "year", query->year);
  hx_json_member (json, "as_of", as_of);
  hx_json_member (json, "money_unit", "分");
  hx_json_key (json, "sum");
  hx_json_object_begin (json);
  hx_money_json (json, &sum);
  hx_json_object_end (json);
}

void
hx_budget_answer_json (const HxBudgetAnswer *answer, GString *out)
{
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  head_json (&json, answer);
  if (answer->rows != NULL)
    cut_json (&json, answer);
  else
    lines_json (&json, answer->lines);
  hx_budget_findings_json (&json, "check", answer->check);
  if (answer->months != NULL)
    months_json (&json, answer->months);
  if (answer->contracts != NULL)
    {
      contracts_json (&json, answer->contracts);
      hx_budget_findings_json (&json, "differences", answer->differences);
    }
  if (answer->closing != NULL)
    hx_budget_findings_json (&json, "closing", answer->closing);
  hx_json_object_end (&json);
}
