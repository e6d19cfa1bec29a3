#include "exchange/table_internal.h"

#include <string.h>

#define ELSEWHERE G_MAXSIZE

void
hx_cells_init (HxCells *cells, const HxTableLimits *limits)
{
  memset (cells, 0, sizeof *cells);
  cells->limits = *limits;
  cells->arena = g_string_sized_new (4096);
}

void
hx_cells_clear (HxCells *cells)
{
  if (cells->arena != NULL)
    g_string_free (cells->arena, TRUE);
  g_free (cells->cells);
  g_free (cells->offsets);
  g_free (cells->originals);
  memset (cells, 0, sizeof *cells);
}

void
hx_cells_reset (HxCells *cells)
{
  g_string_truncate (cells->arena, 0);
  cells->count = 0;
  cells->used = 0;
}

static void
cells_reserve (HxCells *cells, guint count)
{
  if (count <= cells->capacity)
    return;
  cells->capacity = MAX (count, cells->capacity * 2 + 16);
  cells->cells = g_renew (HxTableCell, cells->cells, cells->capacity);
  cells->offsets = g_renew (gsize, cells->offsets, cells->capacity);
  cells->originals = g_renew (gsize, cells->originals, cells->capacity);
}

static void
cell_blank (HxCells *cells, guint column)
{
  cells->cells[column] = (HxTableCell){ .text = "" };
  cells->offsets[column] = ELSEWHERE;
  cells->originals[column] = ELSEWHERE;
}

static gboolean
fail_columns (const HxCells *cells, GError **error)
{
  return hx_failf (error, HX_ERROR_LIMIT, _ ("一行超过 %u 列，不是普通的表格"),
                   cells->limits.columns);
}

gboolean
hx_cells_begin (HxCells *cells, guint column, GError **error)
{
  if (column >= cells->limits.columns)
    return fail_columns (cells, error);
  cells_reserve (cells, column + 1);
  while (cells->count <= column)
    cell_blank (cells, cells->count++);
  if (cells->cells[column].type != HX_CELL_EMPTY)
    return hx_failf (error, HX_ERROR_DATA, _ ("同一个单元格出现了两次"));
  cells->current = column;
  cells->offsets[column] = cells->arena->len;
  return TRUE;
}

static gboolean
fail_characters (const HxCells *cells, GError **error)
{
  return hx_failf (error, HX_ERROR_LIMIT, _ ("一个单元格超过 %u 个字"),
                   cells->limits.cell_characters);
}

gboolean
hx_cells_append (HxCells *cells, const char *text, gsize length, GError **error)
{
  gsize before = cells->arena->len - cells->offsets[cells->current];
  if (before + length > (gsize)cells->limits.cell_characters * 4)
    return fail_characters (cells, error);
  if (cells->arena->len + length > cells->limits.row_bytes)
    return hx_failf (error, HX_ERROR_LIMIT, _ ("一行的文字超过 %u KB"),
                     (guint)(cells->limits.row_bytes / 1024));
  g_string_append_len (cells->arena, text, (gssize)length);
  return TRUE;
}

static gboolean
count_used (HxCells *cells, GError **error)
{
  if (++cells->used > cells->limits.cells)
    return hx_failf (error, HX_ERROR_LIMIT, _ ("一行有内容的单元格超过 %u 个"),
                     cells->limits.cells);
  return TRUE;
}

gboolean
hx_cells_end (HxCells *cells, HxCellType type, GError **error)
{
  gsize offset = cells->offsets[cells->current];
  gsize length = cells->arena->len - offset;
  if (length == 0)
    {
      cells->offsets[cells->current] = ELSEWHERE;
      return TRUE;
    }
  g_string_append_c (cells->arena, '\0');
  if (length > cells->limits.cell_characters
      && hx_text_characters (cells->arena->str + offset)
             > cells->limits.cell_characters)
    return fail_characters (cells, error);
  cells->cells[cells->current].type = type;
  return count_used (cells, error);
}

gboolean
hx_cells_put (HxCells *cells, guint column, HxCellType type, const char *text,
              GError **error)
{
  return hx_cells_begin (cells, column, error)
         && hx_cells_append (cells, text, strlen (text), error)
         && hx_cells_end (cells, type, error);
}

gboolean
hx_cells_borrow (HxCells *cells, guint column, const char *text, GError **error)
{
  if (!hx_cells_begin (cells, column, error))
    return FALSE;
  cells->offsets[column] = ELSEWHERE;
  if (*text == '\0')
    return TRUE;
  cells->cells[column].text = text;
  cells->cells[column].type = HX_CELL_TEXT;
  return count_used (cells, error);
}

void
hx_cells_original (HxCells *cells, const char *text)
{
  cells->originals[cells->current] = cells->arena->len;
  g_string_append_len (cells->arena, text, (gssize)strlen (text) + 1);
}

HxTableCell *
hx_cells_last (HxCells *cells)
{
  return &cells->cells[cells->current];
}

static gboolean
cell_has_content (const HxTableCell *cell)
{
  return cell->type != HX_CELL_EMPTY || cell->uncached;
}

void
hx_cells_finish (HxCells *cells, guint64 number, HxTableRow *row)
{
  while (cells->count > 0
         && !cell_has_content (&cells->cells[cells->count - 1]))
    cells->count--;
  for (guint i = 0; i < cells->count; i++)
    {
      if (cells->offsets[i] != ELSEWHERE)
        cells->cells[i].text = cells->arena->str + cells->offsets[i];
      if (cells->originals[i] != ELSEWHERE)
        cells->cells[i].original = cells->arena->str + cells->originals[i];
    }
  row->number = number;
  row->n_cells = cells->count;
  row->cells = cells->cells;
}
