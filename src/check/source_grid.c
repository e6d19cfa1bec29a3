/* Where the cells of a table are.
 *
 * A cell takes the next column that no cell of a row above reaches into.
 * Spans are believed up to a bound and end with the table. */
#include "check/source_internal.h"

#define SPAN_MOST 1000
#define COLUMNS_MOST 2000

struct _HxSourceGrid
{
  HxScribe *scribe;
  HxSourceGrid *outer;
  GArray *cells; /* HxSourceCell */
  GArray *taken; /* guint: rows for which the column is taken from above */
  guint rows;    /* begun */
  guint column;
  gboolean in_row, in_cell, is_layout;
};

HxSourceGrid *
hx_source_grid_begin (HxScribe *scribe, HxSourceGrid *outer)
{
  HxSourceGrid *grid = g_new0 (HxSourceGrid, 1);

  hx_scribe_line (scribe);
  grid->scribe = scribe;
  grid->outer = outer;
  grid->cells = g_array_new (FALSE, TRUE, sizeof (HxSourceCell));
  grid->taken = g_array_new (FALSE, TRUE, sizeof (guint));
  if (outer != NULL)
    outer->is_layout = TRUE;
  return grid;
}

/* ---------------------------------------------------------------------- rows
 */

void
hx_source_grid_row_end (HxSourceGrid *grid)
{
  hx_source_grid_cell_end (grid);
  if (!grid->in_row)
    return;
  grid->in_row = FALSE;
  if (grid->is_layout)
    hx_scribe_line (grid->scribe);
  else if (grid->column > 0)
    hx_scribe_put_character (grid->scribe, '\n');
  grid->scribe->begin = grid->scribe->text->len;
}

void
hx_source_grid_row (HxSourceGrid *grid)
{
  hx_source_grid_row_end (grid);
  for (guint i = 0; i < grid->taken->len; i++)
    if (g_array_index (grid->taken, guint, i) > 0)
      g_array_index (grid->taken, guint, i)--;
  grid->rows++;
  grid->column = 0;
  grid->in_row = TRUE;
}

/* --------------------------------------------------------------------- cells
 */

static void
pass_taken (HxSourceGrid *grid)
{
  while (grid->column < grid->taken->len
         && g_array_index (grid->taken, guint, grid->column) > 0)
    grid->column++;
}

static void
take (HxSourceGrid *grid, guint rows, guint columns)
{
  const guint behind = grid->column + columns;

  if (grid->taken->len < behind)
    g_array_set_size (grid->taken, behind);
  for (guint i = grid->column; i < behind; i++)
    g_array_index (grid->taken, guint, i) = rows;
}

static void
enter (HxSourceGrid *grid)
{
  hx_source_grid_cell_end (grid);
  if (!grid->in_row)
    hx_source_grid_row (grid);
  if (grid->is_layout)
    hx_scribe_line (grid->scribe);
  else if (grid->column > 0)
    hx_scribe_put_character (grid->scribe, '\t');
  grid->scribe->begin = grid->scribe->text->len;
  grid->in_cell = TRUE;
}

void
hx_source_grid_cell (HxSourceGrid *grid, guint rows, guint columns)
{
  HxSourceCell cell = { 0 };

  enter (grid);
  pass_taken (grid);
  cell.row = grid->rows - 1;
  cell.column = grid->column;
  cell.rows = CLAMP (rows, 1, SPAN_MOST);
  cell.columns = CLAMP (columns, 1, SPAN_MOST);
  cell.offset = grid->scribe->characters;
  if (cell.column + cell.columns > COLUMNS_MOST
      || grid->cells->len >= HX_SOURCE_CELLS_MAX)
    {
      hx_scribe_fail (grid->scribe, HX_FAULT_LARGE);
      return;
    }
  g_array_append_val (grid->cells, cell);
  take (grid, cell.rows, cell.columns);
  grid->column += cell.columns;
}

void
hx_source_grid_skip (HxSourceGrid *grid, guint columns)
{
  grid->column += MIN (columns, SPAN_MOST);
}

static HxSourceCell *
above (HxSourceGrid *grid)
{
  for (guint i = grid->cells->len; i-- > 0;)
    {
      HxSourceCell *cell = &g_array_index (grid->cells, HxSourceCell, i);

      if (cell->column == grid->column
          && cell->row + cell->rows + 1 == grid->rows)
        return cell;
      if (cell->row + SPAN_MOST < grid->rows)
        return NULL;
    }
  return NULL;
}

void
hx_source_grid_cell_down (HxSourceGrid *grid, guint columns)
{
  HxSourceCell *cell = grid->in_row ? above (grid) : NULL;

  if (cell == NULL || cell->rows >= SPAN_MOST)
    {
      hx_source_grid_cell (grid, 1, columns);
      return;
    }
  cell->rows++;
  enter (grid);
  grid->column += cell->columns;
}

/* The words of a cell that goes on below are the last cell's none. */
void
hx_source_grid_cell_end (HxSourceGrid *grid)
{
  HxScribe *scribe = grid->scribe;

  if (!grid->in_cell)
    return;
  grid->in_cell = FALSE;
  hx_scribe_trim (scribe);
  if (grid->cells->len == 0)
    return;
  HxSourceCell *cell
      = &g_array_index (grid->cells, HxSourceCell, grid->cells->len - 1);
  if (cell->row + 1 == grid->rows
      && cell->column + cell->columns == grid->column)
    cell->length = scribe->characters - cell->offset;
  if (!grid->is_layout)
    scribe->begin = scribe->text->len;
}

/* ----------------------------------------------------------------------- end
 */

static void
give_cells (HxSourceGrid *grid)
{
  HxScribe *scribe = grid->scribe;

  if (grid->is_layout || grid->cells->len == 0)
    return;
  if (scribe->cells->len + grid->cells->len > HX_SOURCE_CELLS_MAX)
    {
      hx_scribe_fail (scribe, HX_FAULT_LARGE);
      return;
    }
  for (guint i = 0; i < grid->cells->len; i++)
    {
      HxSourceCell *cell = &g_array_index (grid->cells, HxSourceCell, i);
      cell->table = scribe->tables;
      cell->rows = MIN (cell->rows, grid->rows - cell->row);
    }
  g_array_append_vals (scribe->cells, grid->cells->data, grid->cells->len);
  scribe->tables++;
}

HxSourceGrid *
hx_source_grid_end (HxSourceGrid *grid)
{
  HxSourceGrid *outer = grid->outer;

  hx_source_grid_row_end (grid);
  give_cells (grid);
  grid->scribe->begin = grid->scribe->text->len;
  g_array_unref (grid->cells);
  g_array_unref (grid->taken);
  g_free (grid);
  return outer;
}
