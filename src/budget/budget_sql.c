/* Money by line as SQL.  Identifiers are keys of the catalogue, checked when
 * it was loaded.
 *
 * Sums over a whole kind are to be one pass over its table: `id > 0` and the
 * plus before what is grouped by keep the engine from walking an index of the
 * references and looking up every row, which takes three times as long. */
#include "budget/budget_internal.h"

static HxStatement *
in_span (HxConnection *connection, const char *sql, const HxSpan *span,
         GError **error)
{
  HxStatement *statement = hx_statement_new (connection, sql, error);

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, span->first, -1);
  hx_bind_text (statement, 3, span->last, -1);
  return statement;
}

static void
append_column (GString *sql, const HxField *field)
{
  if (field == NULL)
    g_string_append (sql, ", NULL");
  else
    g_string_append_printf (sql, ", \"%s\"", hx_field_column (field));
}

HxStatement *
hx_sql_lines (HxConnection *connection, const HxBudgetView *view,
              const HxSpan *span, GError **error)
{
  const HxField *const columns[]
      = { view->line_number,   view->line_name,    view->line_amount,
          view->line_source,   view->line_nature,  view->line_task,
          view->line_function, view->line_economic };
  g_autoptr (GString) sql = g_string_new ("SELECT id, unit_id, day");
  HxStatement *statement;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    append_column (sql, columns[i]);
  g_string_append_printf (sql,
                          " FROM %s WHERE bureau_id = ?1 AND void = 0"
                          " AND day >= ?2 AND day <= ?3 ORDER BY \"%s\", id",
                          view->line->table,
                          hx_field_column (view->line_number));
  statement = in_span (connection, sql->str, span, error);
  if (statement != NULL)
    hx_bind_text (statement, 3, span->end, -1);
  return statement;
}

HxStatement *
hx_sql_sums (HxConnection *connection, const HxSums *sums, const HxSpan *span,
             GError **error)
{
  const char *line = hx_field_column (sums->line);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "SELECT \"%s\", SUM (\"%s\")", line,
                   hx_field_column (sums->amount));
  append_column (sql, sums->by);
  g_string_append_printf (sql,
                          " FROM %s WHERE bureau_id = ?1 AND id > 0"
                          " AND void = 0 AND day >= ?2 AND day <= ?3"
                          " GROUP BY +\"%s\"",
                          sums->kind->table, line);
  if (sums->by != NULL)
    append_column (sql, sums->by);
  return in_span (connection, sql->str, span, error);
}

HxStatement *
hx_sql_moved (HxConnection *connection, const HxSums *sums, const HxSpan *span,
              GError **error)
{
  const char *line = hx_field_column (sums->line);
  const char *amount = hx_field_column (sums->amount);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *kind
      = sums->by == NULL
            ? g_strdup ("''")
            : g_strdup_printf ("\"%s\"", hx_field_column (sums->by));

  g_string_printf (sql,
                   "SELECT \"%s\", SUM (CASE WHEN \"%s\" > 0 THEN \"%s\""
                   " WHEN %s = 'transfer' THEN 0 ELSE -\"%s\" END) FROM %s"
                   " WHERE bureau_id = ?1 AND id > 0 AND void = 0"
                   " AND day >= ?2 AND day <= ?3 AND %s <> 'carried_in'"
                   " GROUP BY +\"%s\"",
                   line, amount, amount, kind, amount, sums->kind->table, kind,
                   line);
  return in_span (connection, sql->str, span, error);
}

HxStatement *
hx_sql_last (HxConnection *connection, const HxSums *sums, const HxSpan *span,
             GError **error)
{
  const char *line = hx_field_column (sums->line);
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"%s\", \"%s\" FROM %s WHERE bureau_id = ?1 AND void = 0"
      " AND day >= ?2 AND day <= ?3 ORDER BY \"%s\", day, id",
      line, hx_field_column (sums->amount), sums->kind->table, line);

  return in_span (connection, sql, span, error);
}

static HxStatement *
sums_where (HxConnection *connection, const HxSums *sums, const char *condition,
            const HxSpan *span, GError **error)
{
  const char *line = hx_field_column (sums->line);
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"%s\", SUM (\"%s\"), COUNT (*) FROM %s WHERE bureau_id = ?1"
      " AND void = 0 AND day >= ?2 AND day <= ?3 AND %s GROUP BY \"%s\"",
      line, hx_field_column (sums->amount), sums->kind->table, condition, line);

  return in_span (connection, sql, span, error);
}

HxStatement *
hx_sql_lacking (HxConnection *connection, const HxSums *sums,
                const HxSpan *span, GError **error)
{
  g_autofree char *condition
      = g_strdup_printf ("\"%s\" IS NULL", hx_field_column (sums->by));

  return sums_where (connection, sums, condition, span, error);
}

HxStatement *
hx_sql_negative (HxConnection *connection, const HxSums *sums,
                 const HxSpan *span, GError **error)
{
  g_autofree char *condition
      = g_strdup_printf ("\"%s\" < 0", hx_field_column (sums->amount));

  return sums_where (connection, sums, condition, span, error);
}

HxStatement *
hx_sql_stray (HxConnection *connection, const HxBudgetView *view,
              const HxSums *sums, const HxSpan *span, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT g.line, l.\"%s\", g.amount, g.n FROM (SELECT \"%s\" AS line,"
      " (day >= ?2 AND day <= ?3) AS inside, SUM (\"%s\") AS amount,"
      " COUNT (*) AS n FROM %s WHERE bureau_id = ?1 AND id > 0 AND void = 0"
      " GROUP BY +\"%s\", 2) g LEFT JOIN %s l ON l.bureau_id = ?1 AND l.id = "
      "g.line"
      " WHERE g.inside <> IFNULL (l.void = 0 AND l.day >= ?2 AND l.day <= ?3,"
      " 0) ORDER BY 2, 1",
      hx_field_column (view->line_number), hx_field_column (sums->line),
      hx_field_column (sums->amount), sums->kind->table,
      hx_field_column (sums->line), view->line->table);
  HxStatement *statement = in_span (connection, sql, span, error);

  if (statement != NULL)
    hx_bind_text (statement, 3, span->end, -1);
  return statement;
}

HxStatement *
hx_sql_transfers (HxConnection *connection, const HxBudgetView *view,
                  const HxSpan *span, GError **error)
{
  const char *amount = hx_field_column (view->adjustment_amount);
  const char *document = hx_field_column (view->adjustment_document);
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"%s\", SUM (\"%s\"), COUNT (*) FROM %s WHERE bureau_id = ?1"
      " AND void = 0 AND day >= ?2 AND day <= ?3 AND \"%s\" = 'transfer'"
      " AND \"%s\" IS NOT NULL GROUP BY 1 HAVING SUM (\"%s\") <> 0 ORDER BY 1",
      document, amount, view->adjustment->table,
      hx_field_column (view->adjustment_kind), document, amount);

  return in_span (connection, sql, span, error);
}

HxStatement *
hx_sql_months (HxConnection *connection, const HxSums *sums, const HxSpan *span,
               GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"%s\", CAST (substr (day, 6, 2) AS INTEGER), SUM (\"%s\")"
      " FROM %s WHERE bureau_id = ?1 AND id > 0 AND void = 0 AND day >= ?2"
      " AND day <= ?3 GROUP BY +\"%s\", 2",
      hx_field_column (sums->line), hx_field_column (sums->amount),
      sums->kind->table, hx_field_column (sums->line));

  return in_span (connection, sql, span, error);
}

HxStatement *
hx_sql_paid_lines (HxConnection *connection, const HxBudgetView *view,
                   GError **error)
{
  const char *number = hx_field_column (view->line_number);
  g_autofree char *sql = g_strdup_printf (
      "SELECT l.id, l.\"%s\", l.\"%s\", p.paid FROM (SELECT \"%s\" AS line,"
      " SUM (\"%s\") AS paid FROM %s WHERE bureau_id = ?1 AND id > 0"
      " AND void = 0 GROUP BY +\"%s\") p JOIN %s l ON l.bureau_id = ?1 AND "
      "l.id = p.line"
      " ORDER BY 2, 1",
      number, hx_field_column (view->line_name),
      hx_field_column (view->payment_line),
      hx_field_column (view->payment_amount), view->payment->table,
      hx_field_column (view->payment_line), view->line->table);
  HxStatement *statement = hx_statement_new (connection, sql, error);

  if (statement != NULL)
    hx_bind_integer (statement, 1, HX_BUREAU_ID);
  return statement;
}

/* --------------------------------------------------------------- contracts */

HxStatement *
hx_sql_contracts (HxConnection *connection, const HxBudgetView *view,
                  const HxSpan *span, GError **error)
{
  const HxField *const columns[]
      = { view->contract_line,    view->contract_number,
          view->contract_name,    view->contract_supplier,
          view->contract_planned, view->contract_amount,
          view->contract_cause,   view->contract_reason };
  g_autoptr (GString) sql = g_string_new ("SELECT id");

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    append_column (sql, columns[i]);
  g_string_append_printf (sql,
                          " FROM %s WHERE bureau_id = ?1 AND void = 0"
                          " AND ?2 <= ?3 AND (day IS NULL OR day <= ?3)"
                          " ORDER BY \"%s\", id",
                          view->contract->table,
                          hx_field_column (view->contract_number));
  return in_span (connection, sql->str, span, error);
}

HxStatement *
hx_sql_acceptances (HxConnection *connection, const HxBudgetView *view,
                    const HxSpan *span, GError **error)
{
  const HxField *const columns[]
      = { view->acceptance_final, view->acceptance_cause,
          view->acceptance_reason };
  const char *contract = hx_field_column (view->acceptance_contract);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "SELECT \"%s\", \"%s\"", contract,
                   hx_field_column (view->acceptance_amount));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    append_column (sql, columns[i]);
  g_string_append_printf (
      sql,
      " FROM %s WHERE bureau_id = ?1 AND void = 0"
      " AND ?2 <= ?3 AND day <= ?3 ORDER BY \"%s\", day, id",
      view->acceptance->table, contract);
  return in_span (connection, sql->str, span, error);
}

HxStatement *
hx_sql_paid (HxConnection *connection, const HxBudgetView *view,
             const HxSpan *span, GError **error)
{
  const char *contract = hx_field_column (view->payment_contract);
  const char *amount = hx_field_column (view->payment_amount);
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"%s\", SUM (\"%s\"), SUM (CASE WHEN day >= ?2 THEN \"%s\""
      " ELSE 0 END) FROM %s WHERE bureau_id = ?1 AND void = 0 AND day <= ?3"
      " AND \"%s\" IS NOT NULL GROUP BY \"%s\"",
      contract, amount, amount, view->payment->table, contract, contract);

  return in_span (connection, sql, span, error);
}
