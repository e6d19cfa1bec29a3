#include "budget/answer.h"

void
hx_budget_answer_clear (HxBudgetAnswer *answer)
{
  GPtrArray **const arrays[]
      = { &answer->lines,     &answer->rows,        &answer->check,
          &answer->contracts, &answer->differences, &answer->closing };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (arrays[i], g_ptr_array_unref);
  g_clear_pointer (&answer->months, g_array_unref);
}

static gboolean
read_lines (HxConnection *connection, HxCatalogue *catalogue,
            HxBudgetAnswer *answer, GError **error)
{
  const HxBudgetQuery *query = &answer->query;
  answer->lines = hx_budget_lines (connection, catalogue, query->year,
                                   query->as_of, error);
  if (answer->lines == NULL)
    return FALSE;
  answer->check = hx_budget_check (connection, catalogue, query->year,
                                   query->as_of, error);
  if (answer->check == NULL || !query->has_cut)
    return answer->check != NULL;
  answer->rows
      = hx_budget_cut (connection, catalogue, answer->lines, query->cut, error);
  return answer->rows != NULL;
}

/* A year that is not over yet ends today. */
static HxDate
last_day (const HxBudgetQuery *query)
{
  const HxDate today = query->today;
  return query->as_of.year == 0 && today.year == query->year ? today
                                                             : query->as_of;
}

static gboolean
read_contracts (HxConnection *connection, HxCatalogue *catalogue,
                HxBudgetAnswer *answer, GError **error)
{
  const HxBudgetQuery *query = &answer->query;
  answer->contracts = hx_budget_contracts (connection, catalogue, query->year,
                                           query->as_of, error);
  if (answer->contracts == NULL)
    return FALSE;
  answer->differences = hx_budget_contract_findings (
      connection, catalogue, query->year, query->as_of, error);
  return answer->differences != NULL;
}

gboolean
hx_budget_answer_read (HxConnection *connection, HxCatalogue *catalogue,
                       const HxBudgetQuery *query, HxBudgetAnswer *answer,
                       GError **error)
{
  answer->query = *query;
  if (!read_lines (connection, catalogue, answer, error)
      || (query->contracts
          && !read_contracts (connection, catalogue, answer, error)))
    return FALSE;
  if (query->months)
    answer->months = hx_budget_months (connection, catalogue, query->year,
                                       last_day (query), error);
  if (query->months && answer->months == NULL)
    return FALSE;
  if (query->closing)
    answer->closing
        = hx_budget_closing (connection, catalogue, query->year, error);
  return !query->closing || answer->closing != NULL;
}

gboolean
hx_budget_answer_has_findings (const HxBudgetAnswer *answer)
{
  return answer->check->len > 0
         || (answer->differences != NULL && answer->differences->len > 0)
         || (answer->closing != NULL && answer->closing->len > 0);
}

gboolean
hx_budget_has_no_money (const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const HxMoney *money = &((const HxBudgetLine *)lines->pdata[i])->money;
      if (money->total != 0 || money->executed != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
hx_budget_is_whole_year (const HxBudgetQuery *query)
{
  const HxDate last = { (gint16)query->year, 12, 31 };
  const HxDate day = query->as_of.year != 0 ? query->as_of : last;
  return hx_date_compare (day, last) == 0
         && hx_date_compare (query->today, last) > 0;
}
