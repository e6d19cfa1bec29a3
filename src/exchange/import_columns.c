#include "exchange/import_internal.h"

#include <string.h>

typedef struct
{
  GHashTable *labels; /* hx_kind_labels */
  const HxMapping *mapping;
  GHashTable *chosen;
  HxImportUnit unit; /* said in the row `unit_row`, the first that says one */
  guint64 unit_row;
} Search;

static gboolean
is_known (const Search *search, const char *label)
{
  g_autofree char *key = hx_text_column_key (label);
  g_autofree char *trimmed = hx_text_trim (label);
  if (search->chosen != NULL && g_hash_table_contains (search->chosen, trimmed))
    return TRUE;
  return search->mapping != NULL ? hx_import_is_mapped (search->mapping, label)
                                 : g_hash_table_contains (search->labels, key);
}

static guint
count_known (const HxTableRow *row, gpointer data)
{
  Search *search = data;
  guint known = 0;
  if (!search->unit.is_money)
    {
      search->unit = hx_import_unit_of_titles (row);
      search->unit_row = row->number;
    }
  if (search->mapping != NULL && search->mapping->header != 0
      && search->mapping->header != row->number)
    return 0;
  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i].text[0] != '\0' && is_known (search, row->cells[i].text))
      known++;
  return known;
}

/* In the language of now, or in that of the source. */
static gboolean
is_label (const char *label, const char *name)
{
  return strcmp (label, hx_text (name)) == 0 || strcmp (label, name) == 0;
}

static gboolean
is_failure_column (const char *label)
{
  return is_label (label, HX_LABEL_REASON) || is_label (label, HX_LABEL_ROW);
}

static guint
find_reason (const HxImportColumns *columns)
{
  guint column = 0;
  while (column < columns->n_fields
         && !is_label (columns->labels->pdata[column], HX_LABEL_REASON))
    column++;
  return column;
}

static char *
where_header (const HxImportColumns *columns, const HxTable *table)
{
  return hx_table_where (table, columns->number);
}

static gboolean
fail_twice (const HxImportColumns *columns, guint column, const HxField *field,
            const HxTable *table, GError **error)
{
  guint first = 0;
  while (columns->fields[first] != field)
    first++;
  g_autofree char *what = g_strdup_printf (
      _ ("“%s”和“%s”两列都是“%s”"), (char *)columns->labels->pdata[first],
      (char *)columns->labels->pdata[column], field->name);
  g_autofree char *where = where_header (columns, table);
  return hx_fail (error, HX_ERROR_DATA, what, where,
                  _ ("删去其中一列；也请核对是否选对了台账"));
}

/* What was chosen by hand goes before the name. */
static const HxField *
field_of_column (const HxImportColumns *columns, const char *label,
                 const HxKind *kind)
{
  const char *key = columns->chosen != NULL
                        ? g_hash_table_lookup (columns->chosen, label)
                        : NULL;
  if (key == NULL)
    return hx_kind_field_by_label (kind, label);
  return *key != '\0' ? hx_kind_field (kind, key) : NULL;
}

static gboolean
match_column (HxImportColumns *columns, guint column, const HxKind *kind,
              const HxTable *table, GError **error)
{
  const char *label = columns->labels->pdata[column];
  const HxField *field = field_of_column (columns, label, kind);
  if (field == NULL)
    return TRUE;
  if (columns->set[field->index])
    return fail_twice (columns, column, field, table, error);
  columns->set[field->index] = 1;
  columns->fields[column] = field;
  return TRUE;
}

/* The mapping's unit, unless the file says another one. */
static gboolean
take_mapped_unit (HxImportColumns *columns, guint column, HxImportUnit said,
                  const HxTable *table, GError **error)
{
  const char *unit = columns->mapped[column]->unit;
  const char *label = columns->labels->pdata[column];
  if (said.name == NULL || strcmp (said.name, unit) == 0)
    {
      columns->units[column] = unit;
      return TRUE;
    }
  g_autofree char *what = g_strdup_printf (
      _ ("“%s”一列的单位是%s，映射写的是%s"), label, said.name, unit);
  g_autofree char *where = where_header (columns, table);
  return hx_fail (error, HX_ERROR_DATA, what, where,
                  _ ("核对单位，改正映射里的 unit"));
}

/* The unit over a money column: its heading's, else the sheet's. */
static gboolean
find_unit (HxImportColumns *columns, guint column, HxImportUnit sheet,
           const HxTable *table, GError **error)
{
  const HxField *field = columns->fields[column];
  if (field == NULL || field->type != HX_FIELD_MONEY)
    return TRUE;
  char *label = columns->labels->pdata[column];
  const HxImportUnit own = hx_import_unit_of_label (label);
  const HxImportUnit unit = own.is_money ? own : sheet;
  columns->units[column] = unit.name;
  if (columns->mapped != NULL && columns->mapped[column]->unit != NULL
      && !take_mapped_unit (columns, column, unit, table, error))
    return FALSE;
  if (unit.is_money && unit.name == NULL)
    {
      g_autofree char *what
          = g_strdup_printf (_ ("读不懂“%s”一列的金额单位"), label);
      g_autofree char *where = where_header (columns, table);
      return hx_fail (error, HX_ERROR_DATA, what, where,
                      _ ("把单位改成元、万元或亿元，数也相应改好"));
    }
  /* The workbook of failed rows has no titles: the heading says it there. */
  if (!own.is_money && unit.name != NULL)
    {
      columns->labels->pdata[column]
          = g_strdup_printf ("%s（%s）", label, unit.name);
      g_free (label);
    }
  return TRUE;
}

static gboolean
is_tested (const HxImportColumns *columns, guint column)
{
  for (guint i = 0; columns->tests != NULL && i < columns->tests->len; i++)
    if (g_array_index (columns->tests, HxImportTest, i).column == column)
      return TRUE;
  return FALSE;
}

static void
name_unknown (const HxImportColumns *columns, HxImportSummary *summary)
{
  for (guint i = 0; i < columns->n_fields; i++)
    {
      const char *label = columns->labels->pdata[i];
      if (columns->fields[i] == NULL && label[0] != '\0'
          && !is_failure_column (label) && !is_tested (columns, i)
          && !g_ptr_array_find_with_equal_func (summary->unknown_columns, label,
                                                g_str_equal, NULL))
        g_ptr_array_add (summary->unknown_columns, g_strdup (label));
    }
}

/* Without every column of the identity no row could be told from another. */
static gboolean
check_identity (const HxImportColumns *columns, const HxKind *kind,
                const HxTable *table, GError **error)
{
  for (guint i = 0; i < kind->identity->len; i++)
    {
      const HxField *field = kind->identity->pdata[i];
      if (columns->set[field->index] || field->default_text != NULL
          || !field->required)
        continue;
      g_autofree char *what = g_strdup_printf (_ ("缺少“%s”一列"), field->name);
      g_autofree char *where = where_header (columns, table);
      return hx_fail (error, HX_ERROR_DATA, what, where,
                      _ ("没有它就分不清哪两行是同一行；补上这一列再导入"));
    }
  return TRUE;
}

static gboolean
match_columns (HxImportColumns *columns, const HxKind *kind,
               const HxTable *table, GError **error)
{
  if (columns->mapping != NULL)
    return hx_import_columns_map (columns, table, error);
  for (guint i = 0; i < columns->n_fields; i++)
    if (!match_column (columns, i, kind, table, error))
      return FALSE;
  return TRUE;
}

HxImportColumns *
hx_import_columns_find (HxTable *table, const HxKind *kind,
                        const HxImportOptions *options,
                        HxImportSummary *summary, GError **error)
{
  const HxMapping *mapping = options->mapping;
  HxTableRow header;
  g_autoptr (GHashTable) labels = hx_kind_labels (kind);
  Search search
      = { .labels = labels, .mapping = mapping, .chosen = options->chosen };
  if (!hx_table_find_header (table, count_known, &search, &header, error))
    return NULL;
  if (search.unit_row >= header.number)
    search.unit = (HxImportUnit){ NULL, FALSE };
  g_autoptr (HxImportColumns) columns = g_new0 (HxImportColumns, 1);
  columns->number = header.number;
  columns->mapping = mapping;
  columns->chosen = options->chosen;
  columns->n_fields = header.n_cells;
  columns->fields = g_new0 (const HxField *, header.n_cells);
  columns->units = g_new0 (const char *, header.n_cells);
  columns->set = g_new0 (guint8, kind->fields->len);
  columns->labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < header.n_cells; i++)
    g_ptr_array_add (columns->labels, hx_text_trim (header.cells[i].text));
  if (!match_columns (columns, kind, table, error))
    return NULL;
  for (guint i = 0; i < header.n_cells; i++)
    if (!find_unit (columns, i, search.unit, table, error))
      return NULL;
  columns->reason_column = find_reason (columns);
  name_unknown (columns, summary);
  if (!check_identity (columns, kind, table, error))
    return NULL;
  return g_steal_pointer (&columns);
}

void
hx_import_columns_free (HxImportColumns *columns)
{
  if (columns == NULL)
    return;
  g_free (columns->fields);
  g_free (columns->units);
  g_free (columns->set);
  g_free (columns->mapped);
  g_clear_pointer (&columns->tests, g_array_unref);
  g_ptr_array_unref (columns->labels);
  g_free (columns->header);
  g_free (columns);
}

gboolean
hx_import_columns_same (const HxImportColumns *first,
                        const HxImportColumns *other, const HxTable *table,
                        GError **error)
{
  gboolean same = first->n_fields == other->n_fields;
  for (guint i = 0; same && i < first->n_fields; i++)
    same = strcmp (first->labels->pdata[i], other->labels->pdata[i]) == 0;
  if (same)
    return TRUE;
  const char *name = hx_table_sheet (table, hx_table_selected (table))->name;
  return hx_fail (error, HX_ERROR_DATA, _ ("各工作表的表头不一样"), name,
                  _ ("把表头不同的工作表另存为单独的文件，分开导入"));
}

void
hx_import_columns_header (HxImportColumns *columns, HxTableRow *header)
{
  if (columns->header == NULL)
    {
      columns->header = g_new0 (HxTableCell, columns->n_fields);
      for (guint i = 0; i < columns->n_fields; i++)
        columns->header[i] = (HxTableCell){
          .text = columns->labels->pdata[i],
          .type = HX_CELL_TEXT,
        };
    }
  *header = (HxTableRow){
    .number = 1,
    .n_cells = columns->n_fields,
    .cells = columns->header,
  };
}
