#include "plan/plan_internal.h"

gint64
hx_plan_integer (const HxRow *row, const HxField *field, gint64 fallback)
{
  return field != NULL && row->values[field->index].filled
             ? row->values[field->index].integer
             : fallback;
}

const char *
hx_plan_text (GStringChunk *texts, const HxRow *row, const HxField *field)
{
  const HxValue *value = field == NULL ? NULL : &row->values[field->index];

  return value == NULL || !value->filled || value->text == NULL
             ? NULL
             : g_string_chunk_insert (texts, value->text);
}

gboolean
hx_plan_each (HxConnection *connection, const HxKind *kind, const char *rest,
              gint64 number, HxPlanRowFunc function, gpointer data,
              GError **error)
{
  g_autofree char *columns = hx_row_columns (kind, "r");
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM %s r WHERE r.bureau_id = ?1"
                         " AND r.void = 0 AND %s",
                         columns, kind->table, rest);
  g_autoptr (HxStatement) statement = hx_statement_new (connection, sql, error);
  g_autoptr (HxRow) row = hx_row_new (kind);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, number);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_clear (row);
      hx_row_read (statement, 0, row);
      if (!function (row, data, error))
        return FALSE;
    }
  return step == HX_STEP_DONE;
}
