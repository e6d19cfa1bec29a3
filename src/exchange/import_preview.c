/* The columns of a file before anything is taken from it. */
#include "exchange/import_internal.h"

static void
column_free (gpointer data)
{
  HxImportColumn *column = data;
  g_free (column->label);
  g_ptr_array_unref (column->samples);
  g_free (column);
}

void
hx_import_preview_clear (HxImportPreview *preview)
{
  g_clear_pointer (&preview->sheet, g_free);
  g_clear_pointer (&preview->columns, g_ptr_array_unref);
  g_clear_pointer (&preview->missing, g_ptr_array_unref);
}

static void
take_columns (HxImportPreview *preview, const HxImportColumns *columns)
{
  preview->header = columns->number;
  for (guint i = 0; i < columns->n_fields; i++)
    {
      HxImportColumn *column = g_new0 (HxImportColumn, 1);
      column->label = g_strdup (columns->labels->pdata[i]);
      column->field = columns->fields[i];
      column->samples = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (preview->columns, column);
    }
}

static gboolean
take_samples (HxImportPreview *preview, HxTable *table, guint rows,
              GError **error)
{
  HxTableStep step = HX_TABLE_ROW;
  HxTableRow row;
  for (guint taken = 0; taken < rows; taken++)
    {
      step = hx_table_next (table, &row, error);
      if (step != HX_TABLE_ROW)
        break;
      for (guint i = 0; i < preview->columns->len; i++)
        {
          const HxImportColumn *column = preview->columns->pdata[i];
          g_ptr_array_add (column->samples,
                           g_strdup (hx_table_row_text (&row, i)));
        }
    }
  return step != HX_TABLE_FAIL;
}

static gboolean
has_constant (const HxMapping *mapping, const HxField *field)
{
  for (guint i = 0; mapping != NULL && i < mapping->constants->len; i++)
    if (((HxMappingConstant *)mapping->constants->pdata[i])->field == field)
      return TRUE;
  return FALSE;
}

static void
find_missing (HxImportPreview *preview, const HxKind *kind,
              const HxImportColumns *columns, const HxMapping *mapping)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      HxField *field = kind->fields->pdata[i];
      if (field->required && field->default_text == NULL && !columns->set[i]
          && !has_constant (mapping, field))
        g_ptr_array_add (preview->missing, field);
    }
}

/* FALSE without *error: no header here, look at the next sheet. */
static gboolean
preview_sheet (const HxKind *kind, HxTable *table,
               const HxImportOptions *options, HxImportPreview *preview,
               GError **error)
{
  g_autoptr (GError) none = NULL;
  HxImportSummary summary;
  hx_import_summary_init (&summary);
  g_autoptr (HxImportColumns) columns
      = hx_import_columns_find (table, kind, options, &summary, &none);
  hx_import_summary_clear (&summary);
  if (columns == NULL
      && (!g_error_matches (none, HX_ERROR, HX_ERROR_NOT_FOUND)
          || hx_table_n_sheets (table) == 1))
    g_propagate_error (error, g_steal_pointer (&none));
  if (columns == NULL)
    return FALSE;
  take_columns (preview, columns);
  find_missing (preview, kind, columns, options->mapping);
  return TRUE;
}

gboolean
hx_import_preview (const HxKind *kind, const char *path,
                   const HxImportOptions *options, guint rows,
                   HxImportPreview *preview, GError **error)
{
  const HxImportOptions none = { 0 };
  g_autoptr (HxTable) table = hx_table_open (path, NULL, error);
  g_autoptr (GError) failed = NULL;
  *preview = (HxImportPreview){ .columns
                                = g_ptr_array_new_with_free_func (column_free),
                                .missing = g_ptr_array_new () };
  if (options == NULL)
    options = &none;
  for (guint i = 0; table != NULL && i < hx_table_n_sheets (table); i++)
    {
      const HxTableSheet *sheet = hx_table_sheet (table, i);
      if (sheet->hidden || !hx_import_wants_sheet (options->mapping, table, i))
        continue;
      if (!hx_table_select_sheet (table, i, error))
        return FALSE;
      if (preview_sheet (kind, table, options, preview, &failed))
        {
          preview->sheet = g_strdup (sheet->name);
          return take_samples (preview, table, rows, error);
        }
      if (failed != NULL)
        return g_propagate_error (error, g_steal_pointer (&failed)), FALSE;
    }
  if (table == NULL)
    return FALSE;
  return hx_fail (error, HX_ERROR_DATA, _ ("没有一张工作表有认得的表头"), path,
                  _ ("检查选择的台账是否正确"));
}
