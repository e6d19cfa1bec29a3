/* The tables of a source as markup between its characters.
 *
 * Cells stand in reading order.  Where they do not, or overlap, the text is
 * shown without its tables: it is all there still. */
#include "check/claim_output_internal.h"

static void
markup_clear (gpointer data)
{
  HxMarkup *markup = data;

  g_free (markup->text);
}

static const HxSourceCell *
cell_at (const HxSource *source, guint index)
{
  return index < source->cells->len
             ? &g_array_index (source->cells, HxSourceCell, index)
             : NULL;
}

static gboolean
are_in_order (const HxSource *source)
{
  gsize end = 0;

  for (guint i = 0; i < source->cells->len; i++)
    {
      const HxSourceCell *cell = cell_at (source, i);
      const HxSourceCell *before = i == 0 ? NULL : cell_at (source, i - 1);

      if (cell->offset < end || cell->length > source->characters
          || cell->offset > source->characters - cell->length)
        return FALSE;
      if (before != NULL
          && (cell->table < before->table
              || (cell->table == before->table && cell->row < before->row)))
        return FALSE;
      end = cell->offset + cell->length;
    }
  return TRUE;
}

static void
add (GArray *markups, gsize offset, char *text)
{
  HxMarkup markup = { .offset = offset };

  markup.text = text;
  g_array_append_val (markups, markup);
}

static gboolean
same_table (const HxSourceCell *a, const HxSourceCell *b)
{
  return a != NULL && b != NULL && a->table == b->table;
}

static gboolean
same_row (const HxSourceCell *a, const HxSourceCell *b)
{
  return same_table (a, b) && a->row == b->row;
}

static void
add_cell (GArray *markups, const HxSource *source, guint index)
{
  const HxSourceCell *cell = cell_at (source, index);
  const HxSourceCell *before = index == 0 ? NULL : cell_at (source, index - 1);
  const HxSourceCell *next = cell_at (source, index + 1);

  add (markups, cell->offset,
       g_strdup_printf (
           "%s%s<td rowspan=\"%u\" colspan=\"%u\">",
           same_table (before, cell) ? "" : "<div class=\"wide\"><table>",
           same_row (before, cell) ? "" : "<tr>", cell->rows, cell->columns));
  add (markups, cell->offset + cell->length,
       g_strdup_printf ("</td>%s%s", same_row (cell, next) ? "" : "</tr>",
                        same_table (cell, next) ? "" : "</table></div>"));
}

GArray *
hx_cells_markup (const HxSource *source)
{
  GArray *markups = g_array_new (FALSE, FALSE, sizeof (HxMarkup));

  g_array_set_clear_func (markups, markup_clear);
  if (!are_in_order (source))
    return markups;
  for (guint i = 0; i < source->cells->len; i++)
    add_cell (markups, source, i);
  return markups;
}
