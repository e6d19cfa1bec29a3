#include "exchange/xlsx_internal.h"

typedef struct
{
  HxXlsx shared;
  HxSheet *sheet;
} Reader;

static void
reader_free (Reader *reader)
{
  hx_sheet_free (reader->sheet);
  if (reader->shared.styles != NULL)
    g_byte_array_unref (reader->shared.styles);
  hx_strings_clear (&reader->shared.strings);
  hx_workbook_clear (&reader->shared.workbook);
  hx_package_close (&reader->shared.package);
  g_free (reader);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, reader_free)

static gboolean
load (HxXlsx *xlsx, const char *path, const HxTableLimits *limits,
      GError **error)
{
  const HxPackageLimits unpacked = { limits->entry_bytes, limits->entry_ratio };
  xlsx->limits = *limits;
  if (!hx_package_open (&xlsx->package, path, &unpacked, error)
      || !hx_workbook_load (&xlsx->workbook, &xlsx->package, error)
      || !hx_strings_load (&xlsx->strings, &xlsx->package, limits,
                           xlsx->workbook.strings_part, error))
    return FALSE;
  xlsx->styles
      = hx_styles_load (&xlsx->package, xlsx->workbook.styles_part, error);
  return xlsx->styles != NULL;
}

gpointer
hx_xlsx_open (const char *path, const HxTableLimits *limits, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (Reader) reader = g_new0 (Reader, 1);
  if (!hx_container_check (path, name, error)
      || !load (&reader->shared, path, limits, error))
    return NULL;
  return g_steal_pointer (&reader);
}

static void
xlsx_close (gpointer reader)
{
  reader_free (reader);
}

static const char *
xlsx_encoding (gconstpointer reader)
{
  (void)reader;
  return "UTF-8";
}

static guint
xlsx_n_sheets (gconstpointer reader)
{
  return ((const Reader *)reader)->shared.workbook.sheets->len;
}

static const HxSheetEntry *
entry_of (const Reader *reader, guint index)
{
  return &g_array_index (reader->shared.workbook.sheets, HxSheetEntry, index);
}

static const HxTableSheet *
xlsx_sheet (gconstpointer reader, guint index)
{
  return &entry_of (reader, index)->sheet;
}

static gboolean
xlsx_select (gpointer data, guint index, GError **error)
{
  Reader *reader = data;
  g_clear_pointer (&reader->sheet, hx_sheet_free);
  reader->sheet
      = hx_sheet_open (&reader->shared, entry_of (reader, index), error);
  return reader->sheet != NULL;
}

static HxTableStep
xlsx_next (gpointer reader, HxTableRow *row, GError **error)
{
  return hx_sheet_next (((Reader *)reader)->sheet, row, error);
}

static void
xlsx_progress (gconstpointer data, guint64 *done, guint64 *total)
{
  const Reader *reader = data;
  *done = *total = 0;
  if (reader->sheet != NULL)
    hx_sheet_progress (reader->sheet, done, total);
}

const HxTableClass hx_xlsx_class = {
  HX_TABLE_XLSX, xlsx_close,  xlsx_encoding, xlsx_n_sheets,
  xlsx_sheet,    xlsx_select, xlsx_next,     xlsx_progress,
};
