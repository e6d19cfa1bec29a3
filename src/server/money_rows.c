/* Records that name a budget line, a page at a time. */
#include "server/money_part.h"

static void
add_period (HxWhere *where, const HxMoneyQuery *query)
{
  char first[HX_DATE_TEXT_SIZE], last[HX_DATE_TEXT_SIZE];
  GString *text = hx_where_text (where);
  hx_date_format (query->first, first);
  hx_date_format (query->last, last);
  g_string_append (text, " AND r.day BETWEEN ");
  hx_where_string (where, first);
  g_string_append (text, " AND ");
  hx_where_string (where, last);
}

static void
add_place (HxWhere *where, const HxMoneyQuery *query)
{
  char day[HX_DATE_TEXT_SIZE];
  GString *text = hx_where_text (where);
  if (query->line_id != 0)
    {
      g_string_append_printf (
          text, " AND r.\"%s\" = ", hx_field_column (query->line));
      hx_where_integer (where, query->line_id);
    }
  if (query->before_id == 0)
    return;
  hx_date_format (query->before_day, day);
  g_string_append (text, " AND (r.day, r.id) < (");
  hx_where_string (where, day);
  g_string_append (text, ", ");
  hx_where_integer (where, query->before_id);
  g_string_append_c (text, ')');
}

static char *
sql_of (HxWhere *where, const HxMoneyQuery *query, const HxKind *line)
{
  g_autofree char *columns = hx_row_columns (query->kind, "r");
  return g_strdup_printf (
      "SELECT %s FROM %s r JOIN %s l ON l.bureau_id = r.bureau_id"
      " AND l.id = r.\"%s\" %s WHERE r.bureau_id = ?1 AND r.void = 0%s"
      " ORDER BY r.day DESC, r.id DESC LIMIT %u",
      columns, query->kind->table, line->table, hx_field_column (query->line),
      hx_where_joins (where)->str, hx_where_text (where)->str, query->limit);
}

GPtrArray *
hx_money_rows (HxCall *call, const HxMoneyQuery *query, GError **error)
{
  const HxBudgetView *view = hx_catalogue_budget (hx_call_catalogue (call));
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxWhere) where = hx_where_new (2);
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_row_free);
  g_autoptr (HxStatement) statement = NULL;
  g_autofree char *sql = NULL;
  HxStep step;
  if (connection == NULL)
    return NULL;
  add_period (where, query);
  add_place (where, query);
  hx_identity_where (hx_call_identity (call), view->line, where, "l");
  sql = sql_of (where, query, view->line);
  statement = hx_statement_new (connection, sql, error);
  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_where_bind (where, statement);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      HxRow *row = hx_row_new (query->kind);
      hx_row_read (statement, 0, row);
      g_ptr_array_add (rows, row);
    }
  return step == HX_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/* -------------------------------------------------------------------- table */

/* Money as people write it; all else as the ledger shows it. */
static char *
cell_of (HxCall *call, HxConnection *connection, const HxRow *row,
         const HxField *field, GError **error)
{
  if (!hx_identity_sees (hx_call_identity (call), row->kind, field)
      || !row->values[field->index].filled)
    return g_strdup ("");
  if (field->type == HX_FIELD_MONEY)
    return hx_say_money (row->values[field->index].integer, FALSE);
  return hx_identity_value (hx_call_identity (call), connection, row, field,
                            error);
}

static gboolean
write_row (HxGrid *grid, HxCall *call, const HxRow *row,
           const HxField *const *fields, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autofree char *url = hx_ledger_url (row->kind, row->id);
  if (connection == NULL)
    return FALSE;
  hx_grid_row (grid, url);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_autoptr (GError) wrong = NULL;
      g_autofree char *text
          = cell_of (call, connection, row, fields[i], &wrong);
      if (wrong != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&wrong));
          return FALSE;
        }
      hx_grid_cell (grid, text);
    }
  return TRUE;
}

#define FIELDS_MAX 12

/* A row that cannot be read ends the page: the table is closed only for the
 * writer's sake. */
gboolean
hx_part_money_rows (HxHtml *html, HxCall *call, const char *caption,
                    const GPtrArray *rows, const HxField *const *fields,
                    GError **error)
{
  HxColumn columns[FIELDS_MAX + 1] = { 0 };
  HxGrid *grid;
  gboolean done = TRUE;
  for (guint i = 0; i < FIELDS_MAX && fields[i] != NULL; i++)
    columns[i] = (HxColumn){ .name = fields[i]->name,
                             .is_number = fields[i]->type == HX_FIELD_MONEY };
  grid = hx_grid_begin (html, caption, columns);
  for (guint i = 0; done && i < rows->len; i++)
    done = write_row (grid, call, rows->pdata[i], fields, error);
  hx_grid_end (grid);
  return done;
}
