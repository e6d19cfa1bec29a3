#include "sample.h"

#include <string.h>
#include <xlsxwriter.h>

/* A workbook is written row by row in constant memory: the library then keeps
 * strings in the cells, and rows must come in order.  Amounts are written as
 * text, for a cell of a workbook holds a binary fraction and money does not.
 */

#define ROWS_MAX 1048575   /* under the heading */
#define CREATED 1704067200 /* 2024-01-01 */

struct _Sheet
{
  char *folder;
  const char *file;
  const char *kind;
  const char *const *headings;
  guint columns;
  guint part;
  lxw_row_t row;
  guint64 rows;
  lxw_workbook *workbook;
  lxw_worksheet *worksheet;
  lxw_format *date_format;
  GString *order;
  GError *error;
};

static void
keep_error (Sheet *sheet, lxw_error code)
{
  if (code == LXW_NO_ERROR || sheet->error != NULL)
    return;
  hx_fail (&sheet->error, HX_ERROR_STORE, lxw_strerror (code), sheet->file,
           "请检查输出目录是否可写、磁盘是否已满");
}

static void
write_headings (Sheet *sheet)
{
  lxw_format *bold = workbook_add_format (sheet->workbook);

  format_set_bold (bold);
  worksheet_set_column (sheet->worksheet, 0, (lxw_col_t)(sheet->columns - 1),
                        16, NULL);
  for (guint i = 0; i < sheet->columns; i++)
    keep_error (sheet,
                worksheet_write_string (sheet->worksheet, 0, (lxw_col_t)i,
                                        sheet->headings[i], bold));
  worksheet_freeze_panes (sheet->worksheet, 1, 0);
  sheet->row = 0;
}

static void
begin_file (Sheet *sheet)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE,
                                   .tmpdir = sheet->folder,
                                   .use_zip64 = LXW_FALSE };
  char author[] = "红霞示例";
  lxw_doc_properties properties = { .author = author, .created = CREATED };
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  sheet->part++;
  name = sheet->part == 1
             ? g_strdup_printf ("%s.xlsx", sheet->file)
             : g_strdup_printf ("%s-%u.xlsx", sheet->file, sheet->part);
  path = g_build_filename (sheet->folder, name, NULL);
  g_string_append_printf (sheet->order, "%s\t%s\n", name, sheet->kind);
  sheet->workbook = workbook_new_opt (path, &options);
  workbook_set_properties (sheet->workbook, &properties);
  sheet->worksheet = workbook_add_worksheet (sheet->workbook, NULL);
  sheet->date_format = workbook_add_format (sheet->workbook);
  format_set_num_format (sheet->date_format, "yyyy-mm-dd");
  write_headings (sheet);
}

static void
end_file (Sheet *sheet)
{
  keep_error (sheet, workbook_close (sheet->workbook));
  sheet->workbook = NULL;
}

Sheet *
sheet_open (const char *folder, const char *file, const char *kind,
            const char *const *headings)
{
  Sheet *sheet = g_new0 (Sheet, 1);

  sheet->folder = g_strdup (folder);
  sheet->file = file;
  sheet->kind = kind;
  sheet->headings = headings;
  while (headings[sheet->columns] != NULL)
    sheet->columns++;
  sheet->order = g_string_new (NULL);
  begin_file (sheet);
  return sheet;
}

static lxw_error
write_date (Sheet *sheet, lxw_col_t column, HxDate date)
{
  lxw_datetime value = { date.year, date.month, date.day, 0, 0, 0 };
  char text[HX_DATE_TEXT_SIZE];

  if (date.day != 0 && date.year > 1900)
    return worksheet_write_datetime (sheet->worksheet, sheet->row, column,
                                     &value, sheet->date_format);
  hx_date_format (date, text);
  return worksheet_write_string (sheet->worksheet, sheet->row, column, text,
                                 NULL);
}

static lxw_error
write_money (Sheet *sheet, lxw_col_t column, gint64 fen)
{
  g_autofree char *text = hx_money_format_yuan (fen);

  return worksheet_write_string (sheet->worksheet, sheet->row, column, text,
                                 NULL);
}

static lxw_error
write_cell (Sheet *sheet, lxw_col_t column, const Cell *cell)
{
  switch (cell->kind)
    {
    case CELL_TEXT:
      return cell->text == NULL || cell->text[0] == '\0'
                 ? LXW_NO_ERROR
                 : worksheet_write_string (sheet->worksheet, sheet->row, column,
                                           cell->text, NULL);
    case CELL_NUMBER:
      return worksheet_write_number (sheet->worksheet, sheet->row, column,
                                     (double)cell->number, NULL);
    case CELL_DATE:
      return write_date (sheet, column, cell->date);
    case CELL_MONEY:
      return write_money (sheet, column, cell->number);
    case CELL_EMPTY:
    default:
      return LXW_NO_ERROR;
    }
}

void
sheet_row (Sheet *sheet, const Cell *cells, guint count)
{
  if (sheet->error != NULL)
    return;
  if (count != sheet->columns)
    {
      hx_failf (&sheet->error, HX_ERROR_DATA, "%s: %u cells, %u headings",
                sheet->file, count, sheet->columns);
      return;
    }
  if (sheet->row == ROWS_MAX)
    {
      end_file (sheet);
      begin_file (sheet);
    }
  sheet->row++;
  sheet->rows++;
  for (guint i = 0; i < count; i++)
    keep_error (sheet, write_cell (sheet, (lxw_col_t)i, &cells[i]));
}

guint64
sheet_rows (const Sheet *sheet)
{
  return sheet->rows;
}

gboolean
sheet_close (Sheet *sheet, GString *order, GError **error)
{
  gboolean done;

  end_file (sheet);
  g_string_append (order, sheet->order->str);
  done = sheet->error == NULL;
  if (!done)
    g_propagate_error (error, sheet->error);
  g_string_free (sheet->order, TRUE);
  g_free (sheet->folder);
  g_free (sheet);
  return done;
}
