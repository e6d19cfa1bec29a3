/* Contracts: planned, contracted, accepted, paid, and why they differ. */
#include "budget/budget_internal.h"

void
hx_budget_contract_free (HxBudgetContract *contract)
{
  if (contract == NULL)
    return;
  g_free (contract->number);
  g_free (contract->name);
  g_free (contract->supplier);
  g_free (contract->line);
  g_free (contract->contract_reason);
  g_free (contract->accepted_reason);
  g_free (contract);
}

typedef struct
{
  HxConnection *connection;
  const HxBudgetView *view;
  const HxSpan *span;
  GPtrArray *contracts;
  GHashTable *by_id;
} Reader;

static void
read_contract (Reader *reader, HxStatement *statement, GHashTable *lines)
{
  const HxBudgetView *view = reader->view;
  HxBudgetContract *contract = g_new0 (HxBudgetContract, 1);
  const HxBudgetLine *line;

  contract->id = hx_column_integer (statement, 0);
  contract->line_id = hx_column_integer (statement, 1);
  contract->number = g_strdup (hx_column_text (statement, 2));
  contract->name = g_strdup (hx_column_text (statement, 3));
  contract->supplier = g_strdup (hx_column_text (statement, 4));
  contract->planned = hx_column_integer (statement, 5);
  contract->contracted = hx_column_integer (statement, 6);
  contract->contract_cause
      = hx_column_code (statement, 7, view->contract_cause);
  contract->contract_reason = g_strdup (hx_column_text (statement, 8));
  line = g_hash_table_lookup (lines, &contract->line_id);
  if (line != NULL)
    contract->line = g_strdup (line->number);
  g_ptr_array_add (reader->contracts, contract);
  g_hash_table_insert (reader->by_id, &contract->id, contract);
}

static gboolean
read_contracts (Reader *reader, GHashTable *lines, GError **error)
{
  g_autoptr (HxStatement) statement = hx_sql_contracts (
      reader->connection, reader->view, reader->span, error);
  HxStep step = HX_STEP_ERROR;

  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    read_contract (reader, statement, lines);
  return step == HX_STEP_DONE;
}

/* Rows come in order of day; after a final one only a final one counts. */
static void
read_acceptance (Reader *reader, HxStatement *statement,
                 HxBudgetContract *contract)
{
  const HxBudgetView *view = reader->view;
  const gint64 amount = hx_column_integer (statement, 1);
  const gboolean is_final
      = view->acceptance_final == NULL || hx_column_integer (statement, 2) != 0;

  if (contract->is_final && !is_final)
    return;
  contract->accepted = is_final ? amount : contract->accepted + amount;
  contract->is_final = is_final;
  contract->has_acceptance = TRUE;
  contract->accepted_cause
      = hx_column_code (statement, 3, view->acceptance_cause);
  g_free (contract->accepted_reason);
  contract->accepted_reason = g_strdup (hx_column_text (statement, 4));
}

static gboolean
read_acceptances (Reader *reader, GError **error)
{
  g_autoptr (HxStatement) statement = NULL;
  HxStep step = HX_STEP_ERROR;

  if (reader->view->acceptance == NULL)
    return TRUE;
  statement = hx_sql_acceptances (reader->connection, reader->view,
                                  reader->span, error);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);
      HxBudgetContract *contract = g_hash_table_lookup (reader->by_id, &id);

      if (contract != NULL)
        read_acceptance (reader, statement, contract);
    }
  return step == HX_STEP_DONE;
}

static gboolean
read_paid (Reader *reader, GError **error)
{
  g_autoptr (HxStatement) statement = NULL;
  HxStep step = HX_STEP_ERROR;

  if (reader->view->payment_contract == NULL)
    return TRUE;
  statement
      = hx_sql_paid (reader->connection, reader->view, reader->span, error);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);
      HxBudgetContract *contract = g_hash_table_lookup (reader->by_id, &id);

      if (contract == NULL)
        continue;
      contract->paid = hx_column_integer (statement, 1);
      contract->paid_in_year = hx_column_integer (statement, 2);
    }
  return step == HX_STEP_DONE;
}

static GPtrArray *
contracts_of_lines (HxConnection *connection, const HxBudgetView *view,
                    GHashTable *lines, const HxSpan *span, GError **error)
{
  g_autoptr (GPtrArray) contracts = g_ptr_array_new_with_free_func (
      (GDestroyNotify)hx_budget_contract_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  Reader reader = { connection, view, span, contracts, by_id };

  if (view->contract == NULL)
    return g_steal_pointer (&contracts);
  if (!read_contracts (&reader, lines, error)
      || !read_acceptances (&reader, error) || !read_paid (&reader, error))
    return NULL;
  for (guint i = contracts->len; i-- > 0;)
    {
      const HxBudgetContract *contract = contracts->pdata[i];

      if (contract->line == NULL && contract->paid_in_year == 0)
        g_ptr_array_remove_index (contracts, i);
    }
  return g_steal_pointer (&contracts);
}

GPtrArray *
hx_budget_contracts (HxConnection *connection, HxCatalogue *catalogue, int year,
                     HxDate as_of, GError **error)
{
  g_autoptr (GPtrArray) lines
      = hx_budget_lines (connection, catalogue, year, as_of, error);
  g_autoptr (GHashTable) by_id = NULL;
  HxSpan span;

  if (lines == NULL)
    return NULL;
  by_id = hx_lines_by_id (lines);
  hx_span_init (&span, year, as_of);
  return contracts_of_lines (connection, hx_catalogue_budget (catalogue), by_id,
                             &span, error);
}

/* ---------------------------------------------------------------- findings */

static void
add (GPtrArray *findings, HxBudgetFindingKind kind,
     const HxBudgetContract *contract, gint64 amount)
{
  static const struct
  {
    const char *format, *advice;
  } says[] = {
    [HX_BUDGET_CONTRACTED] = { N_ ("合同金额与计划金额相差 %s，没有写原因"),
                               N_ ("在合同上填写差额原因") },
    [HX_BUDGET_ACCEPTED] = { N_ ("审定金额与合同金额相差 %s，没有写原因"),
                             N_ ("在验收结算上填写差额原因") },
    [HX_BUDGET_OVERPAID]
    = { N_ ("支付比可付金额多 %s"), N_ ("核对支付与验收结算；多付的应退回") },
    [HX_BUDGET_UNPAID] = { N_ ("审定后还有 %s 没有支付，预算上也没有写去向"),
                           N_ ("支付，或在结转结余、未支出说明里写明") },
  };
  g_autofree char *yuan = hx_yuan (amount);
  HxBudgetFinding *finding;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  finding = hx_finding_add (findings, kind, amount,
                            g_strdup_printf (hx_text (says[kind].format), yuan),
                            hx_text (says[kind].advice));
#pragma GCC diagnostic pop
  finding->line_id = contract->line_id;
  finding->line = g_strdup (contract->line);
  finding->place = g_strdup_printf ("%s %s", contract->number, contract->name);
}

/* Is what is not paid yet among the remainders of the line? */
static gboolean
is_explained (const HxBudgetLine *line, gint64 unpaid)
{
  return line != NULL
         && line->money.carried_over + line->money.withdrawn
                    + line->money.lapsed
                >= unpaid;
}

static void
find_in (GPtrArray *findings, const HxBudgetContract *contract,
         const HxBudgetLine *line)
{
  const gint64 limit
      = contract->is_final ? contract->accepted : contract->contracted;

  if (contract->contracted != contract->planned
      && contract->contract_cause == NULL && contract->contract_reason == NULL)
    add (findings, HX_BUDGET_CONTRACTED, contract,
         contract->contracted - contract->planned);
  if (contract->is_final && contract->accepted != contract->contracted
      && contract->accepted_cause == NULL && contract->accepted_reason == NULL)
    add (findings, HX_BUDGET_ACCEPTED, contract,
         contract->accepted - contract->contracted);
  if (contract->paid > limit)
    add (findings, HX_BUDGET_OVERPAID, contract, contract->paid - limit);
  if (contract->is_final && contract->paid < limit
      && !is_explained (line, limit - contract->paid))
    add (findings, HX_BUDGET_UNPAID, contract, limit - contract->paid);
}

GPtrArray *
hx_budget_contract_findings (HxConnection *connection, HxCatalogue *catalogue,
                             int year, HxDate as_of, GError **error)
{
  g_autoptr (GPtrArray) findings = hx_findings_new ();
  g_autoptr (GPtrArray) lines
      = hx_budget_lines (connection, catalogue, year, as_of, error);
  g_autoptr (GPtrArray) contracts = NULL;
  g_autoptr (GHashTable) by_id = NULL;
  HxSpan span;

  if (lines == NULL)
    return NULL;
  by_id = hx_lines_by_id (lines);
  hx_span_init (&span, year, as_of);
  contracts = contracts_of_lines (connection, hx_catalogue_budget (catalogue),
                                  by_id, &span, error);
  if (contracts == NULL)
    return NULL;
  for (guint i = 0; i < contracts->len; i++)
    {
      const HxBudgetContract *contract = contracts->pdata[i];

      find_in (findings, contract,
               g_hash_table_lookup (by_id, &contract->line_id));
    }
  return g_steal_pointer (&findings);
}
