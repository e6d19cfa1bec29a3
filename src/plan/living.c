#include "plan/living.h"

GPtrArray *
hx_living_rows (HxConnection *connection, const HxKind *kind, const char *rest,
                gint64 number, GError **error)
{
  g_autofree char *columns = hx_row_columns (kind, "r");
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s r WHERE r.bureau_id = ?1 AND r.void = 0 AND %s",
      columns, kind->table, rest);
  g_autoptr (HxStatement) statement = hx_statement_new (connection, sql, error);
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_row_free);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, number);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      HxRow *row = hx_row_new (kind);

      hx_row_read (statement, 0, row);
      g_ptr_array_add (rows, row);
    }
  return step == HX_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

gboolean
hx_living_has (const HxRow *row, const HxField *field)
{
  return field != NULL && row->values[field->index].filled;
}

gint64
hx_living_integer (const HxRow *row, const HxField *field)
{
  return hx_living_has (row, field) ? row->values[field->index].integer : 0;
}

HxDate
hx_living_date (const HxRow *row, const HxField *field)
{
  return hx_date_from_number ((gint32)hx_living_integer (row, field));
}

const HxCode *
hx_living_code (const HxRow *row, const HxField *field)
{
  return hx_living_has (row, field)
             ? hx_code_find (field->codes, row->values[field->index].text)
             : NULL;
}

char *
hx_living_text (const HxRow *row, const HxField *field)
{
  return hx_living_has (row, field) ? g_strdup (row->values[field->index].text)
                                    : NULL;
}

gboolean
hx_living_decimal (const HxRow *row, const HxField *field, HxDecimal *decimal)
{
  if (!hx_living_has (row, field))
    return FALSE;
  *decimal = (HxDecimal){ row->values[field->index].integer, field->decimals };
  return TRUE;
}

gboolean
hx_living_exact (const HxRow *row, const HxField *field, HxExact *exact)
{
  HxDecimal decimal;

  if (!hx_living_decimal (row, field, &decimal))
    return FALSE;
  *exact = (HxExact){ decimal.units, 1, FALSE };
  while (decimal.scale-- > 0)
    exact->denominator *= 10;
  return TRUE;
}
