#include "exchange/table_internal.h"
#include "exchange/workbook_internal.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define COLUMN_WIDTH 16

struct _HxWorkbookWriter
{
  char *path;
  char *beside;
  char *name;
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *bold;
  lxw_row_t row;
  guint columns;
};

static gboolean
fail_write (const HxWorkbookWriter *writer, lxw_error code, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, _ ("不能写工作簿"), writer->name,
                  lxw_strerror (code));
}

char *
hx_beside_new (const char *path, GError **error)
{
  g_autofree char *beside = g_strdup_printf ("%s.XXXXXX", path);
  int fd = g_mkstemp (beside);
  if (fd < 0)
    return hx_fail (error, HX_ERROR_DATA, _ ("不能在这里写文件"), path,
                    _ ("请换一个文件夹")),
           NULL;
  close (fd);
  return g_steal_pointer (&beside);
}

gboolean
hx_beside_finish (const char *beside, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  if (g_rename (beside, path) == 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_DATA, _ ("不能写工作簿"), name,
                  _ ("请检查文件是否正被打开"));
}

static gboolean
make_sheet (HxWorkbookWriter *writer, const char *sheet, GError **error)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  writer->book = workbook_new_opt (writer->beside, &options);
  if (writer->book == NULL)
    return fail_write (writer, LXW_ERROR_MEMORY_MALLOC_FAILED, error);
  lxw_error code = workbook_validate_sheet_name (writer->book, sheet);
  if (code != LXW_NO_ERROR)
    return fail_write (writer, code, error);
  writer->sheet = workbook_add_worksheet (writer->book, sheet);
  writer->bold = workbook_add_format (writer->book);
  lxw_format *text = workbook_add_format (writer->book);
  format_set_bold (writer->bold);
  format_set_num_format (writer->bold, "@");
  format_set_num_format (text, "@");
  worksheet_set_column (writer->sheet, 0, LXW_COL_MAX - 1, COLUMN_WIDTH, text);
  worksheet_freeze_panes (writer->sheet, 1, 0);
  return TRUE;
}

HxWorkbookWriter *
hx_workbook_writer_new (const char *path, const char *sheet, GError **error)
{
  g_autoptr (HxWorkbookWriter) writer = g_new0 (HxWorkbookWriter, 1);
  writer->path = g_strdup (path);
  writer->name = g_filename_display_basename (path);
  writer->beside = hx_beside_new (path, error);
  if (writer->beside == NULL || !make_sheet (writer, sheet, error))
    return NULL;
  return g_steal_pointer (&writer);
}

char *
hx_workbook_escape (const char *text)
{
  const char *mark = text;
  g_autoptr (GString) out = NULL;
  while ((mark = strstr (mark, "_x")) != NULL)
    {
      guint digits = 0;
      while (digits < 4 && g_ascii_isxdigit (mark[2 + digits]))
        digits++;
      mark += 2;
      if (digits < 4 || mark[4] != '_')
        continue;
      if (out == NULL)
        out = g_string_new (NULL);
      g_string_append_len (out, text, mark - 2 - text);
      g_string_append (out, "_x005F_x");
      text = mark;
    }
  if (out == NULL)
    return NULL;
  g_string_append (out, text);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
write_cells (HxWorkbookWriter *writer, const char *const *texts, guint count,
             lxw_format *format, GError **error)
{
  for (guint i = 0; i < count; i++)
    {
      if (texts[i] == NULL || *texts[i] == '\0')
        continue;
      g_autofree char *escaped = hx_workbook_escape (texts[i]);
      lxw_error code = worksheet_write_string (
          writer->sheet, writer->row, (lxw_col_t)i,
          escaped != NULL ? escaped : texts[i], format);
      if (code != LXW_NO_ERROR)
        return fail_write (writer, code, error);
    }
  writer->row++;
  return TRUE;
}

gboolean
hx_workbook_writer_header (HxWorkbookWriter *writer, const char *const *labels,
                           guint n_labels, GError **error)
{
  writer->columns = n_labels;
  return write_cells (writer, labels, n_labels, writer->bold, error);
}

gboolean
hx_workbook_writer_row (HxWorkbookWriter *writer, const char *const *texts,
                        guint n_texts, GError **error)
{
  if (writer->row >= LXW_ROW_MAX)
    return fail_write (writer, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE, error);
  return write_cells (writer, texts, n_texts, NULL, error);
}

gboolean
hx_workbook_writer_finish (HxWorkbookWriter *writer, GError **error)
{
  if (writer->columns > 0 && writer->row > 0)
    worksheet_autofilter (writer->sheet, 0, 0, writer->row - 1,
                          (lxw_col_t)(writer->columns - 1));
  lxw_error code = workbook_close (g_steal_pointer (&writer->book));
  if (code != LXW_NO_ERROR)
    return fail_write (writer, code, error);
  if (!hx_beside_finish (writer->beside, writer->path, error))
    return FALSE;
  g_clear_pointer (&writer->beside, g_free);
  return TRUE;
}

void
hx_workbook_writer_free (HxWorkbookWriter *writer)
{
  if (writer == NULL)
    return;
  if (writer->book != NULL)
    workbook_close (writer->book);
  if (writer->beside != NULL)
    g_unlink (writer->beside);
  g_free (writer->beside);
  g_free (writer->path);
  g_free (writer->name);
  g_free (writer);
}

/* ----------------------------------------------------------- failed rows */

struct _HxFailureWriter
{
  HxWorkbookWriter *book;
  GArray *columns; /* of the input, that are kept */
  GPtrArray *texts;
};

static void
keep_columns (HxFailureWriter *writer, const HxTableRow *header)
{
  for (guint i = 0; i < header->n_cells; i++)
    {
      const char *label = header->cells[i].text;
      if (g_str_equal (label, _ (HX_LABEL_REASON))
          || g_str_equal (label, _ (HX_LABEL_ROW)))
        continue;
      g_array_append_val (writer->columns, i);
    }
}

static void
gather (HxFailureWriter *writer, const HxTableRow *row, const char *reason,
        const char *number)
{
  g_ptr_array_set_size (writer->texts, 0);
  for (guint i = 0; i < writer->columns->len; i++)
    {
      guint column = g_array_index (writer->columns, guint, i);
      const char *text = hx_table_row_text (row, column);
      g_ptr_array_add (writer->texts, (gpointer)(guintptr)text);
    }
  g_ptr_array_add (writer->texts, (gpointer)(guintptr)reason);
  g_ptr_array_add (writer->texts, (gpointer)(guintptr)number);
}

HxFailureWriter *
hx_failure_writer_new (const char *path, const HxTableRow *header,
                       GError **error)
{
  g_autoptr (HxFailureWriter) writer = g_new0 (HxFailureWriter, 1);
  writer->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  writer->texts = g_ptr_array_new ();
  writer->book = hx_workbook_writer_new (path, _ ("失败行"), error);
  if (writer->book == NULL)
    return NULL;
  keep_columns (writer, header);
  gather (writer, header, _ (HX_LABEL_REASON), _ (HX_LABEL_ROW));
  if (!hx_workbook_writer_header (writer->book,
                                  (const char *const *)writer->texts->pdata,
                                  writer->texts->len, error))
    return NULL;
  return g_steal_pointer (&writer);
}

gboolean
hx_failure_writer_row (HxFailureWriter *writer, const HxTableRow *row,
                       const char *reason, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, row->number);
  gather (writer, row, reason, number);
  return hx_workbook_writer_row (writer->book,
                                 (const char *const *)writer->texts->pdata,
                                 writer->texts->len, error);
}

gboolean
hx_failure_writer_finish (HxFailureWriter *writer, GError **error)
{
  return hx_workbook_writer_finish (writer->book, error);
}

void
hx_failure_writer_free (HxFailureWriter *writer)
{
  if (writer == NULL)
    return;
  hx_workbook_writer_free (writer->book);
  g_array_unref (writer->columns);
  g_ptr_array_unref (writer->texts);
  g_free (writer);
}
