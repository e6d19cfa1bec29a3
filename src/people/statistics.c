/* The cross table: one walk over the rows that tallies cells, rows, columns
 * and the whole apart, so that they can be held against each other. */
#include "people/statistics_internal.h"

typedef struct
{
  HxClasses *rows, *columns;
  GHashTable *cells; /* row and column as they were met → count */
  HxDate day;
  gint64 total;
} Tally;

static void
add_fields (const GArray *dimensions, GPtrArray *fields)
{
  for (guint i = 0; dimensions != NULL && i < dimensions->len; i++)
    {
      gconstpointer field = g_array_index (dimensions, HxDimension, i).field;
      g_ptr_array_add (fields, (gpointer)(guintptr)field);
    }
}

static HxSelection *
select_rows (const HxStatisticsQuery *query, GError **error)
{
  HxSelection *selection
      = hx_selection_new (query->connection, query->catalogue, query->kind,
                          query->terms, query->as_of, error);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  add_fields (query->rows, fields);
  add_fields (query->columns, fields);
  if (selection != NULL)
    hx_selection_only (selection, fields);
  return selection;
}

static gboolean
tally_row (const HxRow *row, gpointer data, GError **error)
{
  Tally *tally = data;
  HxKnownClass *one = hx_classes_of (tally->rows, row, tally->day, error);
  HxKnownClass *other
      = one != NULL ? hx_classes_of (tally->columns, row, tally->day, error)
                    : NULL;
  if (other == NULL)
    return FALSE;
  const gint64 cell = (gint64)one->met << 32 | other->met;
  gint64 *count = g_hash_table_lookup (tally->cells, &cell);
  if (count == NULL)
    {
      gint64 *key = g_memdup2 (&cell, sizeof cell);
      count = g_new0 (gint64, 1);
      g_hash_table_insert (tally->cells, key, count);
    }
  (*count)++;
  one->class.total++;
  other->class.total++;
  tally->total++;
  return TRUE;
}

static gint64
cell_of (const Tally *tally, const HxKnownClass *row,
         const HxKnownClass *column)
{
  const gint64 cell = (gint64)row->met << 32 | column->met;
  const gint64 *count = g_hash_table_lookup (tally->cells, &cell);
  return count != NULL ? *count : 0;
}

static HxCross *
arrange (Tally *tally)
{
  HxCross *cross = g_new0 (HxCross, 1);
  cross->rows = hx_classes_take (tally->rows);
  cross->columns = hx_classes_take (tally->columns);
  cross->total = tally->total;
  cross->cells
      = g_new0 (gint64, MAX (1, (gsize)cross->rows->len * cross->columns->len));
  for (guint i = 0; i < cross->rows->len; i++)
    for (guint j = 0; j < cross->columns->len; j++)
      cross->cells[(gsize)i * cross->columns->len + j]
          = cell_of (tally, cross->rows->pdata[i], cross->columns->pdata[j]);
  return cross;
}

/* ------------------------------------------------------------------ checking
 */

static gboolean
sums_agree (const HxCross *cross)
{
  const guint n_columns = cross->columns->len;
  g_autofree gint64 *columns = g_new0 (gint64, MAX (1, n_columns));
  gint64 total = 0;
  for (guint i = 0; i < cross->rows->len; i++)
    {
      gint64 row = 0;
      for (guint j = 0; j < n_columns; j++)
        {
          row += cross->cells[(gsize)i * n_columns + j];
          columns[j] += cross->cells[(gsize)i * n_columns + j];
        }
      total += row;
      if (row != ((const HxClass *)cross->rows->pdata[i])->total)
        return FALSE;
    }
  for (guint j = 0; j < n_columns; j++)
    if (columns[j] != ((const HxClass *)cross->columns->pdata[j])->total)
      return FALSE;
  return total == cross->total;
}

static gboolean
check (const HxSelection *selection, const HxCross *cross, GError **error)
{
  g_autoptr (GArray) ids = hx_selection_ids (selection, error);
  if (ids == NULL)
    return FALSE;
  if (ids->len == cross->total && sums_agree (cross))
    return TRUE;
  return hx_failf (error, HX_ERROR_STORE,
                   _ ("统计表加不拢：逐行数得 %ld，直接数得 %u"),
                   (long)cross->total, ids->len);
}

HxCross *
hx_cross_count (const HxStatisticsQuery *query, GError **error)
{
  g_autoptr (HxSelection) selection = select_rows (query, error);
  g_autoptr (HxClasses) rows
      = selection != NULL ? hx_classes_new (query, query->rows, error) : NULL;
  g_autoptr (HxClasses) columns
      = rows != NULL ? hx_classes_new (query, query->columns, error) : NULL;
  g_autoptr (GHashTable) cells
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  if (columns == NULL)
    return NULL;
  Tally tally = { rows, columns, cells, query->as_of, 0 };
  if (!hx_selection_each (selection, tally_row, &tally, error))
    return NULL;
  g_autoptr (HxCross) cross = arrange (&tally);
  return check (selection, cross, error) ? g_steal_pointer (&cross) : NULL;
}

void
hx_cross_free (HxCross *cross)
{
  if (cross == NULL)
    return;
  g_ptr_array_unref (cross->rows);
  g_ptr_array_unref (cross->columns);
  g_free (cross->cells);
  g_free (cross);
}
