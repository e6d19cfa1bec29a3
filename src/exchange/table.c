#include "exchange/table_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _HxTable
{
  const HxTableClass *class;
  gpointer reader;
  char *name;
  guint selected;
  gboolean started;
};

#define MAGIC_SIZE 8

void
hx_table_limits_default (HxTableLimits *limits)
{
  *limits = (HxTableLimits){
    .file_bytes = G_GUINT64_CONSTANT (4) << 30,
    .entry_bytes = G_GUINT64_CONSTANT (4) << 30,
    .entry_ratio = 200,
    .strings_bytes = (gsize)128 << 20,
    .row_bytes = (gsize)4 << 20,
    .columns = 16384,
    .cells = 1024,
    .cell_characters = 32767,
  };
}

char *
hx_where_line (const char *name, guint64 number)
{
  return g_strdup_printf (_ ("%s 第%" G_GUINT64_FORMAT "行"), name, number);
}

const char *
hx_table_row_text (const HxTableRow *row, guint column)
{
  return column < row->n_cells ? row->cells[column].text : "";
}

static gboolean
fail_open (const char *name, GError **error)
{
  int saved = errno;
  if (saved == ENOENT)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个文件"), name,
                    _ ("请检查文件名和路径"));
  return hx_fail (error, HX_ERROR_DATA, g_strerror (saved), name,
                  _ ("请检查文件是否可读"));
}

static gboolean
check_file (int fd, const HxTableLimits *limits, const char *name,
            GError **error)
{
  struct stat status;
  if (fstat (fd, &status) != 0)
    return fail_open (name, error);
  if (!S_ISREG (status.st_mode))
    return hx_fail (error, HX_ERROR_DATA, _ ("不是普通文件"), name, NULL);
  if (status.st_size == 0)
    return hx_fail (error, HX_ERROR_DATA, _ ("文件是空的"), name, NULL);
  if ((guint64)status.st_size > limits->file_bytes)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("文件太大"), name,
                    _ ("请分成几个文件导入"));
  return TRUE;
}

/* First bytes of the file, zeros behind its end. */
static gboolean
read_magic (const char *path, const HxTableLimits *limits, const char *name,
            guint8 *magic, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return fail_open (name, error);
  gboolean good = check_file (fd, limits, name, error);
  memset (magic, 0, MAGIC_SIZE);
  if (good && read (fd, magic, MAGIC_SIZE) < 0)
    good = fail_open (name, error);
  close (fd);
  return good;
}

static gboolean
is_named_workbook (const char *name)
{
  static const char *const endings[]
      = { ".xlsx", ".xlsm", ".xls", ".xltx", ".et" };
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

/* What is called a workbook goes to its reader, which says what it is. */
static const HxTableClass *
class_of (const guint8 *magic, const char *name)
{
  static const guint8 ole[] = { 0xD0, 0xCF, 0x11, 0xE0 };
  if (memcmp (magic, ole, sizeof ole) == 0 || memcmp (magic, "PK", 2) == 0
      || is_named_workbook (name))
    return &hx_xlsx_class;
  return &hx_csv_class;
}

static guint
first_visible (const HxTable *table)
{
  guint count = hx_table_n_sheets (table);
  for (guint i = 0; i < count; i++)
    if (!hx_table_sheet (table, i)->hidden)
      return i;
  return 0;
}

HxTable *
hx_table_open (const char *path, const HxTableLimits *limits, GError **error)
{
  HxTableLimits defaults;
  guint8 magic[MAGIC_SIZE];
  g_autoptr (HxTable) table = g_new0 (HxTable, 1);
  hx_table_limits_default (&defaults);
  if (limits == NULL)
    limits = &defaults;
  table->name = g_filename_display_basename (path);
  if (!read_magic (path, limits, table->name, magic, error))
    return NULL;
  table->class = class_of (magic, table->name);
  table->reader = table->class->format == HX_TABLE_XLSX
                      ? hx_xlsx_open (path, limits, error)
                      : hx_csv_open (path, limits, error);
  if (table->reader == NULL)
    return NULL;
  table->selected = first_visible (table);
  return g_steal_pointer (&table);
}

void
hx_table_free (HxTable *table)
{
  if (table == NULL)
    return;
  if (table->reader != NULL)
    table->class->close (table->reader);
  g_free (table->name);
  g_free (table);
}

HxTableFormat
hx_table_format (const HxTable *table)
{
  return table->class->format;
}

const char *
hx_table_encoding (const HxTable *table)
{
  return table->class->encoding (table->reader);
}

guint
hx_table_n_sheets (const HxTable *table)
{
  return table->class->n_sheets (table->reader);
}

const HxTableSheet *
hx_table_sheet (const HxTable *table, guint index)
{
  return table->class->sheet (table->reader, index);
}

guint
hx_table_selected (const HxTable *table)
{
  return table->selected;
}

gboolean
hx_table_select_sheet (HxTable *table, guint index, GError **error)
{
  if (index >= hx_table_n_sheets (table))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这张工作表"),
                    table->name, NULL);
  table->selected = index;
  table->started = table->class->select (table->reader, index, error);
  return table->started;
}

HxTableStep
hx_table_next (HxTable *table, HxTableRow *row, GError **error)
{
  *row = (HxTableRow){ 0 };
  if (!table->started && !hx_table_select_sheet (table, table->selected, error))
    return HX_TABLE_FAIL;
  return table->class->next (table->reader, row, error);
}

void
hx_table_progress (const HxTable *table, guint64 *done, guint64 *total)
{
  table->class->progress (table->reader, done, total);
}

char *
hx_table_where (const HxTable *table, guint64 number)
{
  return hx_where_line (table->name, number);
}
