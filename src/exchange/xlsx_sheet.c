/* One sheet, a row at a time: the parser pauses at each </row>.
 *
 * Rows must come in order, since none is kept; the standard wants it and the
 * programs call other files damaged.  Cells may come in any order within
 * their row.  Rows and cells need not say where they are: then each is behind
 * the one before it.  The sheet is parsed to its very end, so that a part with
 * a wrong checksum or a broken tail is an error and never a short table.
 */
#include "exchange/xlsx_internal.h"

#include <string.h>

#define STYLE_MOST 65536

typedef struct
{
  const char *name; /* attribute t */
  gboolean text;    /* "" is a value */
  gboolean (*take) (HxSheet *sheet, GError **error);
} CellType;

struct _HxSheet
{
  const HxXlsx *xlsx;
  const HxSheetEntry *entry;
  HxXml *xml;
  HxCells cells;
  GString *value;
  HxRichText rich;
  GArray *ranges;
  guint64 row;
  guint column; /* of the cell; between cells of the next one */
  guint style;
  const CellType *type;
  gboolean row_named; /* the row said its number */
  gboolean in_data;
  gboolean in_row;
  gboolean in_cell;
  gboolean in_inline;
  gboolean formula;
  gboolean valued;
};

/* ------------------------------------------------------------------ places */

static void
append_column (GString *out, guint column)
{
  const gsize at = out->len;
  for (column++; column > 0; column = (column - 1) / 26)
    g_string_insert_c (out, (gssize)at, (char)('A' + (column - 1) % 26));
}

/* Add where in the workbook the parser is: 名册.xlsx“名单”B12. */
static gboolean
locate_cell (const HxSheet *sheet, GError **error)
{
  g_autoptr (GString) where = g_string_new (sheet->xlsx->package.name);
  g_string_append_printf (where, _ ("“%s”"), sheet->entry->name);
  append_column (where, sheet->column);
  g_string_append_printf (where, "%" G_GUINT64_FORMAT, sheet->row);
  hx_error_at (error, where->str);
  return FALSE;
}

static gboolean
fail_row (const HxSheet *sheet, const char *what, GError **error)
{
  g_autofree char *where = g_strdup_printf (
      _ ("%s“%s”第%" G_GUINT64_FORMAT "行之后"), sheet->xlsx->package.name,
      sheet->entry->name, sheet->row);
  return hx_fail (error, HX_ERROR_DATA, what, where,
                  _ ("请用 Excel 或 WPS 打开，另存一次再导入"));
}

static gboolean
fail_cell (const HxSheet *sheet, const char *what, GError **error)
{
  hx_fail (error, HX_ERROR_DATA, what, NULL,
           _ ("请用 Excel 或 WPS 打开，检查这一格，另存一次再导入"));
  return locate_cell (sheet, error);
}

/* ------------------------------------------------------------------ values */

static gboolean
put (HxSheet *sheet, HxCellType type, const char *text, GError **error)
{
  return hx_cells_put (&sheet->cells, sheet->column, type, text, error)
         || locate_cell (sheet, error);
}

static gboolean
take_text (HxSheet *sheet, GError **error)
{
  return put (sheet, HX_CELL_TEXT, sheet->value->str, error);
}

static gboolean
take_shared (HxSheet *sheet, GError **error)
{
  guint64 index;
  const char *text = NULL;
  if (hx_xml_number (sheet->value->str, G_MAXUINT32, &index))
    text = hx_strings_get (&sheet->xlsx->strings, index);
  if (text == NULL)
    return fail_cell (sheet, _ ("单元格的文字在工作簿里找不到"), error);
  return hx_cells_borrow (&sheet->cells, sheet->column, text, error)
         || locate_cell (sheet, error);
}

static gboolean
take_bool (HxSheet *sheet, GError **error)
{
  return put (sheet, HX_CELL_BOOL,
              hx_xml_is_true (sheet->value->str) ? "1" : "0", error);
}

static gboolean
take_error (HxSheet *sheet, GError **error)
{
  return put (sheet, HX_CELL_ERROR, sheet->value->str, error);
}

static gboolean
take_iso_date (HxSheet *sheet, GError **error)
{
  char buffer[HX_MOMENT_SIZE];
  const HxCellType type = hx_iso_moment (sheet->value->str, buffer);
  return put (sheet, type, type == HX_CELL_TEXT ? sheet->value->str : buffer,
              error);
}

static gboolean
put_number (HxSheet *sheet, HxNumber *number, GError **error)
{
  char buffer[HX_NUMBER_TEXT_SIZE];
  hx_number_round (number);
  hx_number_format (number, buffer);
  if (!put (sheet, HX_CELL_NUMBER, buffer, error))
    return FALSE;
  hx_cells_original (&sheet->cells, sheet->value->str);
  hx_cells_last (&sheet->cells)->lossy = hx_number_is_lossy (number);
  return TRUE;
}

static gboolean
take_number (HxSheet *sheet, GError **error)
{
  HxNumber number;
  char buffer[HX_MOMENT_SIZE];
  const GByteArray *styles = sheet->xlsx->styles;
  if (!hx_number_parse (&number, sheet->value->str))
    return fail_cell (sheet, _ ("单元格里的数字写坏了"), error);
  const HxFormatKind kind = sheet->style < styles->len
                                ? (HxFormatKind)styles->data[sheet->style]
                                : HX_FORMAT_NUMBER;
  const HxCellType type = hx_number_moment (
      &number, kind, sheet->xlsx->workbook.epoch_1904, buffer);
  if (type != HX_CELL_NUMBER)
    return put (sheet, type, buffer, error);
  return put_number (sheet, &number, error);
}

static const CellType cell_types[] = {
  { "n", FALSE, take_number },   { "s", FALSE, take_shared },
  { "str", TRUE, take_text },    { "inlineStr", TRUE, take_text },
  { "b", FALSE, take_bool },     { "e", FALSE, take_error },
  { "d", FALSE, take_iso_date },
};

/* ------------------------------------------------------------------- cells */

static gboolean
find_type (HxSheet *sheet, const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (cell_types); i++)
    if (strcmp (cell_types[i].name, name) == 0)
      {
        sheet->type = &cell_types[i];
        return TRUE;
      }
  return fail_cell (sheet, _ ("单元格的种类不认识"), error);
}

static gboolean
place_cell (HxSheet *sheet, const char *reference, GError **error)
{
  guint64 row;
  guint column;
  if (!hx_reference_parse (reference, strlen (reference), &column, &row))
    return fail_cell (sheet, _ ("单元格的位置写坏了"), error);
  sheet->column = column;
  if (!sheet->row_named && row > sheet->row)
    sheet->row = row;
  sheet->row_named = TRUE;
  if (row != sheet->row)
    return fail_cell (sheet, _ ("单元格的位置和所在的行不符"), error);
  return TRUE;
}

static gboolean
cell_attributes (HxSheet *sheet, const char **attributes, GError **error)
{
  guint64 style;
  for (; *attributes != NULL; attributes += 2)
    {
      const char *name = attributes[0], *value = attributes[1];
      if (strcmp (name, "r") == 0 && !place_cell (sheet, value, error))
        return FALSE;
      if (strcmp (name, "t") == 0 && !find_type (sheet, value, error))
        return FALSE;
      if (strcmp (name, "s") == 0 && hx_xml_number (value, STYLE_MOST, &style))
        sheet->style = (guint)style;
    }
  return TRUE;
}

static gboolean
cell_start (HxSheet *sheet, const char **attributes, GError **error)
{
  sheet->type = &cell_types[0];
  sheet->style = 0;
  sheet->formula = sheet->valued = sheet->in_inline = FALSE;
  g_string_truncate (sheet->value, 0);
  hx_rich_text_begin (&sheet->rich);
  if (!cell_attributes (sheet, attributes, error))
    return FALSE;
  if (sheet->column < sheet->cells.limits.columns)
    return TRUE;
  return hx_cells_begin (&sheet->cells, sheet->column, error)
         || locate_cell (sheet, error);
}

/* A formula without a value: programs other than Excel leave it to Excel. */
static gboolean
take_nothing (HxSheet *sheet, GError **error)
{
  if (!sheet->formula)
    return TRUE;
  if (!put (sheet, HX_CELL_EMPTY, "", error))
    return FALSE;
  hx_cells_last (&sheet->cells)->uncached
      = !sheet->valued || !sheet->type->text;
  return TRUE;
}

static gboolean
cell_end (HxSheet *sheet, GError **error)
{
  const gboolean empty = sheet->value->len == 0;
  if (!(empty ? take_nothing : sheet->type->take) (sheet, error))
    return FALSE;
  if (sheet->formula
      || (!empty && hx_ranges_hold (sheet->ranges, sheet->column)))
    hx_cells_last (&sheet->cells)->formula = TRUE;
  sheet->column++;
  return TRUE;
}

static gboolean
formula_start (HxSheet *sheet, const char **attributes, GError **error)
{
  const char *reference = hx_xml_attribute (attributes, "ref");
  const char *type = hx_xml_attribute (attributes, "t");
  sheet->formula = TRUE;
  if (reference == NULL || type == NULL || strcmp (type, "shared") == 0)
    return TRUE;
  return hx_ranges_add (sheet->ranges, reference, error)
         || locate_cell (sheet, error);
}

static gboolean
inside_cell (HxSheet *sheet, const char *name, const char **attributes,
             GError **error)
{
  if (strcmp (name, "f") == 0)
    return formula_start (sheet, attributes, error);
  if (strcmp (name, "v") == 0)
    {
      sheet->valued = TRUE;
      hx_rich_text_open (&sheet->rich, attributes);
    }
  sheet->in_inline = strcmp (name, "is") == 0;
  return TRUE;
}

/* -------------------------------------------------------------------- rows */

static gboolean
row_start (HxSheet *sheet, const char **attributes, GError **error)
{
  guint64 row = sheet->row + 1;
  const char *number = hx_xml_attribute (attributes, "r");
  sheet->row_named = number != NULL;
  if (sheet->row_named && !hx_xml_number (number, HX_ROWS_MOST, &row))
    return fail_row (sheet, _ ("行号写坏了"), error);
  if (row <= sheet->row)
    return fail_row (sheet, _ ("行的顺序乱了"), error);
  if (row > HX_ROWS_MOST)
    return fail_row (sheet, _ ("行数超过了工作表的上限"), error);
  sheet->row = row;
  sheet->column = 0;
  hx_ranges_enter_row (sheet->ranges, row);
  return TRUE;
}

/* ---------------------------------------------------------------- handlers */

static gboolean
sheet_start (gpointer data, guint depth, const char *name,
             const char **attributes, GError **error)
{
  HxSheet *sheet = data;
  if (depth == 5 && sheet->in_cell)
    return inside_cell (sheet, name, attributes, error);
  else if (depth == 4)
    {
      sheet->in_cell = sheet->in_row && strcmp (name, "c") == 0;
      return !sheet->in_cell || cell_start (sheet, attributes, error);
    }
  else if (depth == 3)
    {
      sheet->in_row = sheet->in_data && strcmp (name, "row") == 0;
      return !sheet->in_row || row_start (sheet, attributes, error);
    }
  else if (depth == 2)
    sheet->in_data = strcmp (name, "sheetData") == 0;
  else if (sheet->in_cell && sheet->in_inline)
    hx_rich_text_start (&sheet->rich, depth, name, attributes);
  return TRUE;
}

static gboolean
sheet_end (gpointer data, guint depth, const char *name, GError **error)
{
  HxSheet *sheet = data;
  if (depth == 5 && sheet->in_cell && strcmp (name, "v") == 0)
    hx_rich_text_close (&sheet->rich);
  else if (depth == 5)
    sheet->in_inline = FALSE;
  else if (depth == 4 && sheet->in_cell)
    {
      sheet->in_cell = FALSE;
      return cell_end (sheet, error);
    }
  else if (depth == 3 && sheet->in_row)
    {
      sheet->in_row = FALSE;
      hx_xml_pause (sheet->xml);
    }
  else if (depth > 5 && sheet->in_inline)
    hx_rich_text_end (&sheet->rich, depth, name);
  return TRUE;
}

static gboolean
sheet_text (gpointer data, const char *text, gsize length, GError **error)
{
  HxSheet *sheet = data;
  return hx_rich_text_append (&sheet->rich, text, length, error)
         || locate_cell (sheet, error);
}

/* --------------------------------------------------------------------- use */

HxSheet *
hx_sheet_open (const HxXlsx *xlsx, const HxSheetEntry *entry, GError **error)
{
  static const HxXmlHandlers handlers
      = { "worksheet", sheet_start, sheet_end, sheet_text };
  HxSheet *sheet = g_new0 (HxSheet, 1);
  sheet->xlsx = xlsx;
  sheet->entry = entry;
  sheet->value = g_string_new (NULL);
  sheet->ranges = hx_ranges_new ();
  hx_rich_text_init (&sheet->rich, sheet->value, &xlsx->limits);
  hx_cells_init (&sheet->cells, &xlsx->limits);
  sheet->xml
      = hx_xml_open (&xlsx->package, entry->part, &handlers, sheet, error);
  if (sheet->xml == NULL)
    g_clear_pointer (&sheet, hx_sheet_free);
  return sheet;
}

void
hx_sheet_free (HxSheet *sheet)
{
  if (sheet == NULL)
    return;
  hx_xml_free (sheet->xml);
  hx_cells_clear (&sheet->cells);
  g_string_free (sheet->value, TRUE);
  g_array_unref (sheet->ranges);
  g_free (sheet);
}

HxTableStep
hx_sheet_next (HxSheet *sheet, HxTableRow *row, GError **error)
{
  do
    {
      hx_cells_reset (&sheet->cells);
      const HxXmlStep step = hx_xml_step (sheet->xml, error);
      if (step != HX_XML_PAUSED)
        return step == HX_XML_END ? HX_TABLE_END : HX_TABLE_FAIL;
      hx_cells_finish (&sheet->cells, sheet->row, row);
    }
  while (row->n_cells == 0);
  return HX_TABLE_ROW;
}

void
hx_sheet_progress (const HxSheet *sheet, guint64 *done, guint64 *total)
{
  hx_xml_progress (sheet->xml, done, total);
}
