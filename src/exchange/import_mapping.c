/* An import by a mapping: columns by another system's names, its codes, rows
 * that are none, and what the database says already. */
#include "exchange/import_internal.h"

#include <string.h>

static gboolean
is_tested (const GPtrArray *tests, const char *label)
{
  for (guint i = 0; i < tests->len; i++)
    if (hx_mapping_is_named (((HxMappingTest *)tests->pdata[i])->names, label))
      return TRUE;
  return FALSE;
}

gboolean
hx_import_wants_sheet (const HxMapping *mapping, const HxTable *table,
                       guint sheet)
{
  return mapping == NULL || mapping->sheets[0] == NULL
         || hx_table_format (table) == HX_TABLE_CSV
         || hx_mapping_is_named (mapping->sheets,
                                 hx_table_sheet (table, sheet)->name);
}

gboolean
hx_import_is_mapped (const HxMapping *mapping, const char *label)
{
  for (guint i = 0; i < mapping->columns->len; i++)
    if (hx_mapping_is_named (
            ((HxMappingColumn *)mapping->columns->pdata[i])->names, label))
      return TRUE;
  return is_tested (mapping->skip, label)
         || is_tested (mapping->negative, label);
}

/* ----------------------------------------------------------------- columns */

/* The column of this name; n_fields: none, or *error when there are two. */
static gboolean
find_column (const HxImportColumns *columns, const char *name,
             const HxTable *table, guint *found, GError **error)
{
  char *const names[] = { (char *)(guintptr)name, NULL };
  g_autofree char *what = NULL;
  g_autofree char *where = NULL;

  *found = columns->n_fields;
  for (guint i = 0; i < columns->n_fields; i++)
    {
      if (!hx_mapping_is_named (names, columns->labels->pdata[i]))
        continue;
      if (*found == columns->n_fields)
        {
          *found = i;
          continue;
        }
      what = g_strdup_printf (_ ("“%s”一列有两个"), name);
      where = hx_table_where (table, columns->number);
      return hx_fail (error, HX_ERROR_DATA, what, where,
                      _ ("删去其中一列，或在映射里写清列名"));
    }
  return TRUE;
}

/* By the first of the names that has a column. */
static gboolean
find_named (const HxImportColumns *columns, char *const *names,
            const HxTable *table, guint *found, GError **error)
{
  *found = columns->n_fields;
  for (; *names != NULL && *found == columns->n_fields; names++)
    if (!find_column (columns, *names, table, found, error))
      return FALSE;
  return TRUE;
}

static gboolean
fail_missing (const HxImportColumns *columns, char **names,
              const HxTable *table, GError **error)
{
  g_autofree char *all = g_strjoinv ("、", names);
  g_autofree char *what = g_strdup_printf (_ ("缺少一列，应名为：%s"), all);
  g_autofree char *where = hx_table_where (table, columns->number);

  return hx_fail (error, HX_ERROR_DATA, what, where,
                  _ ("在映射里加上这个文件的列名，或删去用到它的那一条"));
}

static gboolean
map_column (HxImportColumns *columns, const HxMappingColumn *column,
            const HxTable *table, GError **error)
{
  guint found;

  if (!find_named (columns, column->names, table, &found, error))
    return FALSE;
  if (found == columns->n_fields)
    return !column->field->required
           || fail_missing (columns, column->names, table, error);
  columns->fields[found] = column->field;
  columns->mapped[found] = column;
  columns->set[column->field->index] = 1;
  return TRUE;
}

static gboolean
map_tests (HxImportColumns *columns, const GPtrArray *tests,
           gboolean is_negative, const HxTable *table, GError **error)
{
  for (guint i = 0; i < tests->len; i++)
    {
      HxImportTest test = { tests->pdata[i], columns->n_fields, is_negative };

      if (test.test->names[0] == NULL)
        {
          g_array_append_val (columns->tests, test);
          continue;
        }
      if (!find_named (columns, test.test->names, table, &test.column, error))
        return FALSE;
      if (test.column == columns->n_fields)
        return fail_missing (columns, test.test->names, table, error);
      g_array_append_val (columns->tests, test);
    }
  return TRUE;
}

gboolean
hx_import_columns_map (HxImportColumns *columns, const HxTable *table,
                       GError **error)
{
  const HxMapping *mapping = columns->mapping;

  columns->mapped = g_new0 (const HxMappingColumn *, columns->n_fields + 1);
  columns->tests = g_array_new (FALSE, FALSE, sizeof (HxImportTest));
  for (guint i = 0; i < mapping->columns->len; i++)
    if (!map_column (columns, mapping->columns->pdata[i], table, error))
      return FALSE;
  for (guint i = 0; i < mapping->constants->len; i++)
    columns
        ->set[((HxMappingConstant *)mapping->constants->pdata[i])->field->index]
        = 1;
  return map_tests (columns, mapping->skip, FALSE, table, error)
         && map_tests (columns, mapping->negative, TRUE, table, error);
}

/* -------------------------------------------------------------------- rows */

static gboolean
cell_is (const HxMappingTest *test, const HxTableRow *cells, guint column)
{
  g_autofree char *text = hx_text_normalise (hx_table_row_text (cells, column));

  return g_strv_contains ((const char *const *)test->is, text);
}

static gboolean
holds (const HxImportTest *test, const HxTableRow *cells)
{
  if (test->test->names[0] != NULL)
    return cell_is (test->test, cells, test->column);
  for (guint column = 0; column < cells->n_cells; column++)
    if (cell_is (test->test, cells, column))
      return TRUE;
  return FALSE;
}

static gboolean
any_holds (const HxImportColumns *columns, const HxTableRow *cells,
           gboolean is_negative)
{
  for (guint i = 0; columns->tests != NULL && i < columns->tests->len; i++)
    {
      const HxImportTest *test
          = &g_array_index (columns->tests, HxImportTest, i);

      if (test->is_negative == is_negative && holds (test, cells))
        return TRUE;
    }
  return FALSE;
}

gboolean
hx_import_is_skipped (const HxImportColumns *columns, const HxTableRow *cells)
{
  return any_holds (columns, cells, FALSE);
}

gboolean
hx_import_is_negative (const HxImportColumns *columns, const HxTableRow *cells)
{
  return any_holds (columns, cells, TRUE);
}

char *
hx_import_translate (const HxImportColumns *columns, guint column,
                     const char *text, gboolean is_negative)
{
  const HxMappingColumn *mapped
      = columns->mapped != NULL ? columns->mapped[column] : NULL;
  g_autofree char *normal = NULL;

  if (mapped == NULL)
    return NULL;
  normal = hx_text_normalise (text);
  if (mapped->codes != NULL)
    return g_strdup (g_hash_table_lookup (mapped->codes, normal));
  if (!is_negative || mapped->field->type != HX_FIELD_MONEY || *normal == '\0'
      || *normal == '-')
    return NULL;
  return g_strconcat ("-", normal, NULL);
}

/* ------------------------------------------------------------- reconciling */

static gboolean
add_difference (HxLedger *ledger, const HxRow *stored, const HxRow *row,
                const HxField *field, HxFaults *faults, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autofree char *ours
      = hx_value_display (connection, stored, field, HX_AUDIENCE_INSIDE, error);
  g_autofree char *theirs = ours == NULL
                                ? NULL
                                : hx_value_display (connection, row, field,
                                                    HX_AUDIENCE_INSIDE, error);

  if (theirs == NULL)
    return FALSE;
  g_ptr_array_add (faults->faults,
                   g_strdup_printf (_ ("与已有的不一致：%s 已有“%s”，文件“%s”"),
                                    field->name, ours, theirs));
  return TRUE;
}

gboolean
hx_import_reconcile (HxLedger *ledger, const HxMapping *mapping, HxRow *row,
                     HxFaults *faults, HxReconciled *verdict, GError **error)
{
  g_autoptr (HxRow) stored = NULL;

  *verdict = HX_RECONCILED_NEW;
  if (!hx_ledger_find (ledger, row, error))
    return FALSE;
  if (row->id == 0)
    return TRUE;
  stored = hx_row_new (row->kind);
  if (!hx_row_load (hx_ledger_connection (ledger), stored, row->id, error))
    return FALSE;
  if (stored->is_void)
    return TRUE;
  *verdict = HX_RECONCILED_KNOWN;
  for (guint i = 0; i < mapping->agree->len; i++)
    {
      const HxField *field = mapping->agree->pdata[i];

      if (hx_value_equal (field, &row->values[field->index],
                          &stored->values[field->index]))
        continue;
      *verdict = HX_RECONCILED_CONTRADICTS;
      if (!add_difference (ledger, stored, row, field, faults, error))
        return FALSE;
    }
  return TRUE;
}
