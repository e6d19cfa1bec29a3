/* One file into one kind: one write of the store, so that whatever stops it
 * leaves nothing behind.  Every row with content below the header ends as
 * exactly one of new, changed, unchanged or failed. */

#include "exchange/exchange.h"
#include "exchange/import_internal.h"
#include "ledger/lock.h"

#include <string.h>

#define PROGRESS_EVERY 500 /* rows */

typedef struct
{
  const char *path;
  const HxKind *kind;
  const HxImportOptions *options;
  HxImportSummary *summary;
  HxTable *table;
  HxImportColumns *columns; /* of the first sheet that has a header */
  HxFailureWriter *failures;
  HxLedger *ledger;
  HxRow *row;
  HxFaults faults;
  GArray *seen_at;      /* guint32 file row by row id: who came twice */
  gboolean is_negative; /* the money of the row, by the mapping */
  HxReconciled verdict; /* of the row; without a mapping it is new */
} Import;

/* ------------------------------------------------------------- one row */

static char *
join_faults (const HxFaults *faults)
{
  g_ptr_array_add (faults->faults, NULL);
  char *reason = g_strjoinv ("；", (char **)faults->faults->pdata);
  g_ptr_array_set_size (faults->faults, (int)faults->faults->len - 1);
  return reason;
}

static gboolean
open_failures (Import *import, GError **error)
{
  if (import->options->errors_path == NULL || import->failures != NULL)
    return TRUE;
  HxTableRow header;
  hx_import_columns_header (import->columns, &header);
  import->failures
      = hx_failure_writer_new (import->options->errors_path, &header, error);
  return import->failures != NULL;
}

static gboolean
row_failed (Import *import, const HxTableRow *cells, GError **error)
{
  const HxImportOptions *options = import->options;
  if (import->verdict == HX_RECONCILED_CONTRADICTS)
    import->summary->contradicting++;
  else
    import->summary->failed++;
  g_autofree char *reason = join_faults (&import->faults);
  if (options->failed != NULL)
    {
      g_autofree char *where = hx_table_where (import->table, cells->number);
      options->failed (where, reason, options->data);
    }
  if (!open_failures (import, error))
    return FALSE;
  return import->failures == NULL
         || hx_failure_writer_row (import->failures, cells, reason, error);
}

/* A formula shows what some program last made of it, not what was recorded. */
static gboolean
refuse_formula (Import *import, const HxTableRow *cells, const HxField *field,
                GError **error)
{
  g_autofree char *where = hx_table_where (import->table, cells->number);
  g_autofree char *what = g_strdup_printf (_ ("“%s”一格是公式"), field->name);
  return hx_fail (error, HX_ERROR_DATA, what, where,
                  _ ("在表格软件里把这一列复制、选择性粘贴为数值后再导入；"
                     "这次什么都没有导入"));
}

/* The ledger says FALSE to a fault of the row, which goes on its list, as to an
 * error of the store, which ends the import. */
static gboolean
goes_on (gboolean good, GError **error)
{
  return good || *error == NULL;
}

static void
add_fault (Import *import, const HxField *field, const char *what)
{
  g_ptr_array_add (import->faults.faults,
                   g_strdup_printf ("%s：%s", field->name, what));
}

static gboolean
set_text (Import *import, guint column, const char *text, GError **error)
{
  const char *unit = import->columns->units[column];
  g_autofree char *with_unit = NULL;
  g_autofree char *translated = hx_import_translate (import->columns, column,
                                                     text, import->is_negative);
  if (translated != NULL)
    text = translated;
  if (unit != NULL && text[0] != '\0' && !hx_import_unit_is_said (text))
    text = with_unit = g_strconcat (text, unit, NULL);
  return goes_on (hx_row_set (import->ledger, import->row,
                              import->columns->fields[column], text,
                              &import->faults, error),
                  error);
}

static gboolean
set_cell (Import *import, const HxTableRow *cells, guint column,
          const HxField *field, GError **error)
{
  if (column >= cells->n_cells)
    return set_text (import, column, "", error);
  const HxTableCell *cell = &cells->cells[column];
  if (cell->formula)
    return refuse_formula (import, cells, field, error);
  if (cell->lossy)
    return add_fault (import, field,
                      _ ("表格软件把它存成了数字，后几位已经丢失；"
                         "请把这一格设为文本重新填写")),
           TRUE;
  if (cell->type == HX_CELL_ERROR)
    return add_fault (import, field, cell->text), TRUE;
  return set_text (import, column, cell->text, error);
}

static gboolean
set_constants (Import *import, GError **error)
{
  const HxMapping *mapping = import->columns->mapping;
  for (guint i = 0; mapping != NULL && i < mapping->constants->len; i++)
    {
      const HxMappingConstant *constant = mapping->constants->pdata[i];
      if (!goes_on (hx_row_set (import->ledger, import->row, constant->field,
                                constant->text, &import->faults, error),
                    error))
        return FALSE;
    }
  return TRUE;
}

/* Where in this file the row of the database was met before; 0: nowhere. */
static guint32 *
seen_at (Import *import)
{
  const guint id = (guint)import->row->id;
  if (id >= import->seen_at->len)
    g_array_set_size (import->seen_at, id + 1024);
  return &g_array_index (import->seen_at, guint32, id);
}

/* What is known already is not checked: it is not written either. */
static gboolean
check_row (Import *import, GError **error)
{
  const HxMapping *mapping = import->columns->mapping;
  import->verdict = HX_RECONCILED_NEW;
  if (mapping != NULL && import->faults.faults->len == 0
      && !hx_import_reconcile (import->ledger, mapping, import->row,
                               &import->faults, &import->verdict, error))
    return FALSE;
  /* Against a row of the same file it is one that came twice. */
  if (import->verdict == HX_RECONCILED_CONTRADICTS && *seen_at (import) != 0)
    {
      import->verdict = HX_RECONCILED_KNOWN;
      g_ptr_array_set_size (import->faults.faults, 0);
    }
  return import->verdict != HX_RECONCILED_NEW
         || goes_on (hx_row_check (import->ledger, import->row,
                                   import->columns->set, &import->faults,
                                   error),
                     error);
}

static gboolean
set_cells (Import *import, const HxTableRow *cells, GError **error)
{
  hx_row_clear (import->row);
  g_ptr_array_set_size (import->faults.faults, 0);
  import->is_negative = hx_import_is_negative (import->columns, cells);
  for (guint column = 0; column < import->columns->n_fields; column++)
    {
      const HxField *field = import->columns->fields[column];
      if (field != NULL && !set_cell (import, cells, column, field, error))
        return FALSE;
    }
  return set_constants (import, error) && check_row (import, error);
}

/* How the reason of a row that came twice begins. */
#define TWICE N_ ("文件里重复")

static gboolean
came_before (Import *import)
{
  if (import->row->id == 0 || *seen_at (import) == 0)
    return FALSE;
  g_autofree char *which
      = g_strdup_printf (_ ("与第 %u 行是同一行"), *seen_at (import));
  g_ptr_array_add (import->faults.faults,
                   g_strdup_printf ("%s: %s", hx_text (TWICE), which));
  return TRUE;
}

/* A workbook of failed rows comes back with a row in it that failed because
 * it came twice, and it still means the row that was taken: as a change it
 * would put one person's cells over another's. */
static gboolean
came_twice_still (Import *import, const HxTableRow *cells)
{
  const HxImportColumns *columns = import->columns;
  const char *reason = columns->reason_column < columns->n_fields
                           ? hx_table_row_text (cells, columns->reason_column)
                           : "";
  if (import->row->id == 0
      || (strstr (reason, hx_text (TWICE)) == NULL
          && strstr (reason, TWICE) == NULL))
    return FALSE;
  g_ptr_array_add (
      import->faults.faults,
      g_strdup_printf ("%s: %s", hx_text (TWICE),
                       _ ("仍与已导入的一行相同；改正它，或删去这一行；"
                          "确要更改那一行，就清空“失败原因”一格")));
  return TRUE;
}

static void
count_outcome (HxImportSummary *summary, HxPutOutcome outcome)
{
  guint64 *const counts[] = {
    [HX_PUT_NEW] = &summary->added,
    [HX_PUT_CHANGED] = &summary->changed,
    [HX_PUT_UNCHANGED] = &summary->unchanged,
  };
  (*counts[outcome])++;
}

static gboolean
row_known (Import *import, const HxTableRow *cells)
{
  *seen_at (import) = (guint32)cells->number;
  import->summary->unchanged++;
  return TRUE;
}

static gboolean
import_row (Import *import, const HxTableRow *cells, GError **error)
{
  HxPutOutcome outcome = HX_PUT_REFUSED;
  import->summary->rows++;
  if (!set_cells (import, cells, error))
    return FALSE;
  if (import->faults.faults->len > 0)
    return row_failed (import, cells, error);
  if (!hx_ledger_find (import->ledger, import->row, error))
    return FALSE;
  if (came_before (import) || came_twice_still (import, cells))
    return row_failed (import, cells, error);
  if (import->verdict == HX_RECONCILED_KNOWN)
    return row_known (import, cells);
  if (!hx_ledger_put (import->ledger, import->row, import->columns->set,
                      &outcome, &import->faults, error))
    return FALSE;
  if (outcome == HX_PUT_REFUSED)
    return row_failed (import, cells, error);
  *seen_at (import) = (guint32)cells->number;
  count_outcome (import->summary, outcome);
  return TRUE;
}

/* ---------------------------------------------------------- whole sheets */

static gboolean
report_progress (Import *import, GError **error)
{
  guint64 done = 0, total = 0;
  if (import->options->progress == NULL
      || import->summary->rows % PROGRESS_EVERY != 0)
    return TRUE;
  hx_table_progress (import->table, &done, &total);
  if (import->options->progress (done, total, import->options->data))
    return TRUE;
  return hx_fail (error, HX_ERROR_DATA, _ ("导入被中止"), import->path,
                  _ ("这次什么都没有导入"));
}

static gboolean
import_rows (Import *import, GError **error)
{
  HxTableRow cells;
  HxTableStep step;
  while ((step = hx_table_next (import->table, &cells, error)) == HX_TABLE_ROW)
    {
      if (hx_import_is_skipped (import->columns, &cells))
        import->summary->skipped++;
      else if (!import_row (import, &cells, error)
               || !report_progress (import, error))
        return FALSE;
    }
  return step == HX_TABLE_END;
}

static gboolean
import_sheet (Import *import, guint sheet, GError **error)
{
  g_autoptr (HxImportColumns) columns = NULL;
  if (!hx_import_wants_sheet (import->options->mapping, import->table, sheet))
    {
      const char *name = hx_table_sheet (import->table, sheet)->name;
      g_ptr_array_add (import->summary->skipped_sheets, g_strdup (name));
      return TRUE;
    }
  if (!hx_table_select_sheet (import->table, sheet, error))
    return FALSE;
  g_autoptr (GError) none = NULL;
  columns = hx_import_columns_find (import->table, import->kind,
                                    import->options, import->summary, &none);
  if (columns == NULL && g_error_matches (none, HX_ERROR, HX_ERROR_NOT_FOUND)
      && hx_table_n_sheets (import->table) > 1)
    {
      const char *name = hx_table_sheet (import->table, sheet)->name;
      g_ptr_array_add (import->summary->skipped_sheets, g_strdup (name));
      return TRUE;
    }
  if (columns == NULL)
    return g_propagate_error (error, g_steal_pointer (&none)), FALSE;
  if (import->columns == NULL)
    import->columns = g_steal_pointer (&columns);
  else if (!hx_import_columns_same (import->columns, columns, import->table,
                                    error))
    return FALSE;
  return import_rows (import, error);
}

static gboolean
import_sheets (Import *import, GError **error)
{
  for (guint i = 0; i < hx_table_n_sheets (import->table); i++)
    if (!hx_table_sheet (import->table, i)->hidden
        && !import_sheet (import, i, error))
      return FALSE;
  if (import->columns != NULL)
    return TRUE;
  return hx_fail (error, HX_ERROR_DATA, _ ("没有一张工作表有认得的表头"),
                  import->path, _ ("检查选择的台账是否正确"));
}

/* Of an import of payments by a mapping: what the lines have paid so far. */
static gboolean
read_paid (Import *import, GPtrArray **paid, GError **error)
{
  HxCatalogue *catalogue = hx_ledger_catalogue (import->ledger);
  const HxBudgetView *view = hx_catalogue_budget (catalogue);
  if (import->options->mapping == NULL || view == NULL
      || view->payment != import->kind)
    return TRUE;
  *paid = hx_budget_paid (hx_ledger_connection (import->ledger), catalogue,
                          error);
  return *paid != NULL;
}

static void
keep_warnings (Import *import)
{
  HxImportSummary *summary = import->summary;
  const GPtrArray *warnings
      = hx_ledger_warnings (import->ledger, &summary->n_warnings);
  for (guint i = 0; i < warnings->len; i++)
    g_ptr_array_add (summary->warnings, g_strdup (warnings->pdata[i]));
}

static gboolean
is_refused (const Import *import)
{
  const HxImportOptions *options = import->options;
  const HxImportSummary *summary = import->summary;
  if (options->mapping != NULL && summary->contradicting > 0
      && !options->skip_contradictions)
    return TRUE;
  return (options->all_or_nothing || options->mapping != NULL)
         && summary->failed > 0;
}

static gboolean
run_import (HxLedger *ledger, gpointer data, GError **error)
{
  Import *import = data;
  import->ledger = ledger;
  if (!hx_ledger_correct (ledger, import->options->after_issue, error)
      || !hx_ledger_effect (ledger, &import->options->effect, error)
      || !read_paid (import, &import->summary->paid_before, error)
      || !import_sheets (import, error)
      || !read_paid (import, &import->summary->paid_after, error))
    return FALSE;
  keep_warnings (import);
  if (import->options->dry_run || is_refused (import))
    {
      hx_write_discard (hx_ledger_connection (ledger));
      import->summary->kept = FALSE;
    }
  return TRUE;
}

/* ------------------------------------------------------------ the file */

static void
import_clear (Import *import)
{
  hx_table_free (import->table);
  hx_import_columns_free (import->columns);
  hx_failure_writer_free (import->failures);
  hx_row_free (import->row);
  g_ptr_array_unref (import->faults.faults);
  g_array_unref (import->seen_at);
}

static gboolean
import_file (Import *import, HxStore *store, HxCatalogue *catalogue,
             GError **error)
{
  import->table = hx_table_open (import->path, NULL, error);
  if (import->table == NULL)
    return FALSE;
  import->row = hx_row_new (import->kind);
  import->summary->kept = TRUE;
  if (!hx_measure_write (store, catalogue, &import->options->author, run_import,
                         import, error))
    return FALSE;
  return import->failures == NULL
         || hx_failure_writer_finish (import->failures, error);
}

gboolean
hx_import (HxStore *store, HxCatalogue *catalogue, const HxKind *kind,
           const char *path, const HxImportOptions *options,
           HxImportSummary *summary, GError **error)
{
  Import import = {
    .path = path,
    .kind = kind,
    .options = options,
    .summary = summary,
    .faults = { .faults = g_ptr_array_new_with_free_func (g_free) },
    .seen_at = g_array_new (FALSE, TRUE, sizeof (guint32)),
  };
  hx_import_summary_init (summary);
  const gboolean done = import_file (&import, store, catalogue, error);
  import_clear (&import);
  return done;
}

void
hx_import_summary_init (HxImportSummary *summary)
{
  *summary = (HxImportSummary){
    .unknown_columns = g_ptr_array_new_with_free_func (g_free),
    .skipped_sheets = g_ptr_array_new_with_free_func (g_free),
    .warnings = g_ptr_array_new_with_free_func (g_free),
  };
}

void
hx_import_summary_clear (HxImportSummary *summary)
{
  g_clear_pointer (&summary->unknown_columns, g_ptr_array_unref);
  g_clear_pointer (&summary->skipped_sheets, g_ptr_array_unref);
  g_clear_pointer (&summary->warnings, g_ptr_array_unref);
  g_clear_pointer (&summary->paid_before, g_ptr_array_unref);
  g_clear_pointer (&summary->paid_after, g_ptr_array_unref);
}
