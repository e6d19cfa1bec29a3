/* RFC 4180, pulled: `at`…`end` is what is left of the block in hand, and each
 * step that needs one more byte asks for the next block, so that a cell, a
 * quote or a CRLF may lie across any boundary.
 *
 * `line` counts physical lines, also those inside quotes; a record has the
 * number of the line it begins on.  A quote inside a cell that does not begin
 * with one is an ordinary character, as in Excel.
 */
#include "exchange/table_internal.h"
#include "exchange/text_reader.h"

#include <string.h>

#define END (-1)
#define FAULT (-2)

typedef struct
{
  HxTextReader *text;
  char *name;
  HxTableSheet sheet;
  HxCells cells;
  const char *at;
  const char *end;
  guint64 line;
  char separator;
  gboolean stops[256]; /* bytes that end a run in a plain cell */
} Csv;

static void
csv_free (Csv *csv)
{
  hx_text_reader_free (csv->text);
  hx_cells_clear (&csv->cells);
  g_free (csv->name);
  g_free (csv);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Csv, csv_free)

static void
csv_close (gpointer reader)
{
  csv_free (reader);
}

static gboolean
csv_locate (const Csv *csv, guint64 line, GError **error)
{
  g_autofree char *where = hx_where_line (csv->name, line);
  hx_error_at (error, where);
  return FALSE;
}

/* The next byte without taking it, END or FAULT. */
static int
csv_peek (Csv *csv, GError **error)
{
  gsize length;
  if (csv->at < csv->end)
    return (guint8)*csv->at;
  if (!hx_text_reader_fill (csv->text, &csv->at, &length, error))
    {
      csv->end = csv->at;
      csv_locate (csv, csv->line, error);
      return FAULT;
    }
  csv->end = csv->at + length;
  return length == 0 ? END : (guint8)*csv->at;
}

/* ------------------------------------------------------------- separator */

/* The first line that has any candidate outside quotes decides. */
static char
find_separator (const char *text, gsize length)
{
  static const char candidates[3] = { ',', '\t', ';' };
  guint counts[3] = { 0, 0, 0 };
  gboolean quoted = FALSE;
  guint best = 0;
  for (gsize i = 0; i < length; i++)
    {
      const char *found = memchr (candidates, text[i], 3);
      if (text[i] == '"')
        quoted = !quoted;
      else if (found != NULL && !quoted)
        counts[found - candidates]++;
      else if ((text[i] == '\n' || text[i] == '\r') && !quoted
               && counts[0] + counts[1] + counts[2] > 0)
        break;
    }
  for (guint i = 1; i < 3; i++)
    if (counts[i] > counts[best])
      best = i;
  return candidates[best];
}

static gboolean
csv_start (Csv *csv, GError **error)
{
  if (!hx_text_reader_rewind (csv->text, error))
    return FALSE;
  csv->at = csv->end = NULL;
  csv->line = 1;
  if (csv_peek (csv, error) == FAULT)
    return FALSE;
  csv->separator = find_separator (csv->at, (gsize)(csv->end - csv->at));
  memset (csv->stops, 0, sizeof csv->stops);
  csv->stops[(guint8)csv->separator] = TRUE;
  csv->stops['\n'] = csv->stops['\r'] = TRUE;
  return TRUE;
}

gpointer
hx_csv_open (const char *path, const HxTableLimits *limits, GError **error)
{
  g_autoptr (Csv) csv = g_new0 (Csv, 1);
  csv->name = g_filename_display_basename (path);
  csv->sheet.name = csv->name;
  hx_cells_init (&csv->cells, limits);
  csv->text = hx_text_reader_open (path, error);
  if (csv->text == NULL)
    {
      hx_error_at (error, csv->name);
      return NULL;
    }
  return g_steal_pointer (&csv);
}

/* ----------------------------------------------------------------- cells */

static gboolean
plain_cell (Csv *csv, GError **error)
{
  int next;
  while ((next = csv_peek (csv, error)) >= 0 && !csv->stops[next])
    {
      const char *run = csv->at;
      while (csv->at < csv->end && !csv->stops[(guint8)*csv->at])
        csv->at++;
      if (!hx_cells_append (&csv->cells, run, (gsize)(csv->at - run), error))
        return csv_locate (csv, csv->line, error);
    }
  return next != FAULT;
}

/* A line end just before `at`: `last` is what stood before it. */
static void
count_lines (Csv *csv, const char *run, gsize length, char *last)
{
  for (gsize i = 0; i < length; i++)
    {
      if (run[i] == '\r' || (run[i] == '\n' && *last != '\r'))
        csv->line++;
      *last = run[i];
    }
}

static gboolean
fail_cut (Csv *csv, guint64 opened, GError **error)
{
  g_autofree char *where = hx_where_line (csv->name, opened);
  return hx_fail (error, HX_ERROR_DATA,
                  _ ("引号打开后一直没有关上，文件可能被截断了"), where,
                  _ ("请补上引号，或重新导出文件"));
}

static gboolean
after_quote (Csv *csv, GError **error)
{
  int next = csv_peek (csv, error);
  while (next == ' ')
    {
      csv->at++;
      next = csv_peek (csv, error);
    }
  if (next == FAULT)
    return FALSE;
  if (next == END || csv->stops[next])
    return TRUE;
  hx_fail (error, HX_ERROR_DATA, _ ("引号关上之后还有文字"), NULL,
           _ ("单元格里的引号要写成两个"));
  return csv_locate (csv, csv->line, error);
}

static gboolean
quoted_cell (Csv *csv, GError **error)
{
  guint64 opened = csv->line;
  char last = '\0';
  csv->at++;
  for (;;)
    {
      int next = csv_peek (csv, error);
      if (next == FAULT)
        return FALSE;
      if (next == END)
        return fail_cut (csv, opened, error);
      const char *run = csv->at;
      const char *quote = memchr (run, '"', (gsize)(csv->end - run));
      gsize length = (gsize)((quote != NULL ? quote : csv->end) - run);
      if (!hx_cells_append (&csv->cells, run, length, error))
        return csv_locate (csv, opened, error);
      count_lines (csv, run, length, &last);
      csv->at += length + (quote != NULL);
      if (quote == NULL)
        continue;
      if (csv_peek (csv, NULL) != '"')
        return after_quote (csv, error);
      last = '"';
      if (!hx_cells_append (&csv->cells, "\"", 1, error))
        return csv_locate (csv, opened, error);
      csv->at++;
    }
}

/* Take a line end; nothing at the end of the file. */
static gboolean
take_line_end (Csv *csv, int next)
{
  if (next == END)
    return TRUE;
  csv->at++;
  if (next == '\r' && csv_peek (csv, NULL) == '\n')
    csv->at++;
  csv->line++;
  return TRUE;
}

/* One record into the cells. */
static gboolean
read_record (Csv *csv, GError **error)
{
  for (guint column = 0;; column++)
    {
      int next = csv_peek (csv, error);
      if (next == FAULT)
        return FALSE;
      if (!hx_cells_begin (&csv->cells, column, error))
        return csv_locate (csv, csv->line, error);
      if (!(next == '"' ? quoted_cell (csv, error) : plain_cell (csv, error)))
        return FALSE;
      if (!hx_cells_end (&csv->cells, HX_CELL_TEXT, error))
        return csv_locate (csv, csv->line, error);
      next = csv_peek (csv, error);
      if (next == FAULT)
        return FALSE;
      if (next != (guint8)csv->separator)
        return take_line_end (csv, next);
      csv->at++;
    }
}

static HxTableStep
csv_next (gpointer reader, HxTableRow *row, GError **error)
{
  Csv *csv = reader;
  do
    {
      guint64 line = csv->line;
      int next = csv_peek (csv, error);
      hx_cells_reset (&csv->cells);
      if (next == END)
        return HX_TABLE_END;
      if (next == FAULT || !read_record (csv, error))
        return HX_TABLE_FAIL;
      hx_cells_finish (&csv->cells, line, row);
    }
  while (row->n_cells == 0);
  return HX_TABLE_ROW;
}

/* ----------------------------------------------------------------- class */

static const char *
csv_encoding (gconstpointer reader)
{
  return hx_text_reader_encoding (((const Csv *)reader)->text);
}

static guint
csv_n_sheets (gconstpointer reader)
{
  (void)reader;
  return 1;
}

static const HxTableSheet *
csv_sheet (gconstpointer reader, guint index)
{
  (void)index;
  return &((const Csv *)reader)->sheet;
}

static gboolean
csv_select (gpointer reader, guint index, GError **error)
{
  (void)index;
  return csv_start (reader, error);
}

static void
csv_progress (gconstpointer reader, guint64 *done, guint64 *total)
{
  hx_text_reader_progress (((const Csv *)reader)->text, done, total);
}

const HxTableClass hx_csv_class = {
  HX_TABLE_CSV, csv_close,  csv_encoding, csv_n_sheets,
  csv_sheet,    csv_select, csv_next,     csv_progress,
};
