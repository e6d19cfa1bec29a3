/* Money by line as SQL.  Identifiers are keys of the catalogue, checked when
 * it was loaded. */
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
                          " FROM %s WHERE bureau_id = ?1 AND void = 0"
                          " AND day >= ?2 AND day <= ?3 GROUP BY \"%s\"",
                          sums->kind->table, line);
  if (sums->by != NULL)
    append_column (sql, sums->by);
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
