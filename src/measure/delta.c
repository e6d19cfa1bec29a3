/* What a write changes, collected in memory and brought to the tables.
 *
 * While rows come in, a change is kept for its own unit and day alone: one
 * record of a flat table, 40 bytes.  Flushing spreads it over the units above
 * and over year, month and day.  Past PENDING_MAX records the table is
 * flushed, and the spread cells are written whenever they pass theirs, so a
 * write of any size holds at most some 30 MB here.
 */
#include "measure/measure_internal.h"

#define PENDING_MAX (256 * 1024)

struct _HxDelta
{
  HxConnection *connection;
  HxUnits *units;
  guint limit;
  HxFlat *cells, *members; /* as they come */
  HxFlat *periods;         /* spread over units */
};

HxDelta *
hx_delta_new (HxConnection *connection, HxUnits *units)
{
  HxDelta *delta = g_new0 (HxDelta, 1);

  delta->connection = connection;
  delta->units = units;
  delta->limit = PENDING_MAX;
  delta->cells = hx_flat_new (sizeof (HxEntry), HX_ENTRY_WORDS);
  delta->members = hx_flat_new (sizeof (HxEntry), HX_ENTRY_WORDS);
  delta->periods = hx_flat_new (sizeof (HxEntry), HX_ENTRY_WORDS);
  return delta;
}

void
hx_delta_free (HxDelta *delta)
{
  if (delta == NULL)
    return;
  hx_flat_free (delta->cells);
  hx_flat_free (delta->members);
  hx_flat_free (delta->periods);
  g_free (delta);
}

void
hx_delta_limit (HxDelta *delta, guint records)
{
  delta->limit = records;
}

/* --------------------------------------------------------------- collecting
 */

static void
entry_add (HxFlat *flat, const HxEntry *entry)
{
  HxEntry *found = hx_flat_add (flat, (const gint64 *)entry);

  found->rows += entry->rows;
  found->amount += entry->amount;
}

static void
add (HxDelta *delta, gint64 id, const HxRow *row, const HxWeight *weight,
     int sign)
{
  gboolean is_members = weight->values->len > 0;
  HxEntry entry
      = { row->unit_id, 0,    (gint32)id,
          weight->day,  sign, is_members ? 0 : sign * weight->amount };
  gint32 after = weight->until != 0 ? hx_day_next (weight->until) : 0;

  entry_add (delta->cells, &entry);
  for (guint i = 0; i < weight->values->len; i++)
    {
      entry.value = g_array_index (weight->values, gint64, i);
      entry_add (delta->members, &entry);
    }
  if (after == 0)
    return;
  entry.day = after;
  entry.rows = entry.amount = -sign;
  entry_add (delta->cells, &entry);
}

void
hx_delta_add (HxDelta *delta, const HxRule *rule, const HxRow *row,
              const HxWeight *weight, int sign)
{
  if (weight->counts)
    add (delta, rule->id, row, weight, sign);
}

void
hx_delta_add_base (HxDelta *delta, const HxRule *rule, const HxRow *row,
                   const HxWeight *weight, int sign)
{
  if (weight->counts)
    add (delta, rule->base_id, row, weight, sign);
}

/* -------------------------------------------------------------------- cells
 */

static int
compare_periods (gconstpointer a, gconstpointer b)
{
  const HxEntry *x = a, *y = b;
  const gint64 left[] = { x->indicator, x->unit_id, x->day };
  const gint64 right[] = { y->indicator, y->unit_id, y->day };

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    if (left[i] != right[i])
      return left[i] < right[i] ? -1 : 1;
  return 0;
}

#define CELL_KEY                                                               \
  " WHERE bureau_id = ?1 AND indicator = ?2 AND unit_id = ?3 AND period = ?4"

/* 1 when the statement changed a cell, 0 when it did not, -1 with *error. */
static int
cell_change (HxDelta *delta, const char *sql, const HxEntry *entry,
             GError **error)
{
  HxStatement *statement = hx_statement (delta->connection, sql, error);

  if (statement == NULL)
    return -1;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, entry->indicator);
  hx_bind_integer (statement, 3, entry->unit_id);
  hx_bind_integer (statement, 4, entry->day);
  hx_bind_integer (statement, 5, entry->rows);
  hx_bind_integer (statement, 6, entry->amount);
  if (!hx_step_done (statement, error))
    return -1;
  return hx_changes (delta->connection) > 0 ? 1 : 0;
}

/* What happens most stands first: a cell is there and goes on counting, it is
 * not there yet, it comes to nothing and goes. */
static gboolean
cell_write (HxDelta *delta, const HxEntry *entry, GError **error)
{
  static const char *const steps[] = {
    "UPDATE cell SET rows = rows + ?5, amount = amount + ?6" CELL_KEY
    " AND (rows <> -?5 OR amount <> -?6)",
    "INSERT INTO cell (bureau_id, indicator, unit_id, period, rows, amount)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    "DELETE FROM cell" CELL_KEY " AND rows = -?5 AND amount = -?6",
  };
  int changed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (steps) && changed == 0; i++)
    changed = cell_change (delta, steps[i], entry, error);
  return changed >= 0;
}

static gboolean
periods_flush (HxDelta *delta, GError **error)
{
  hx_flat_sort (delta->periods, compare_periods);
  for (guint i = 0; i < hx_flat_count (delta->periods); i++)
    {
      const HxEntry *entry = hx_flat_at (delta->periods, i);

      if ((entry->rows != 0 || entry->amount != 0)
          && !cell_write (delta, entry, error))
        return FALSE;
    }
  hx_flat_clear (delta->periods);
  return TRUE;
}

/* ---------------------------------------------------------------- spreading
 */

static gboolean
period_add (gpointer data, const HxEntry *entry, GError **error)
{
  HxDelta *delta = data;

  entry_add (delta->periods, entry);
  return hx_flat_count (delta->periods) < delta->limit
         || periods_flush (delta, error);
}

static gboolean
spread_cell (HxDelta *delta, HxEntry entry, GError **error)
{
  const GArray *above = hx_units_above (delta->units, entry.unit_id, error);
  const gint32 periods[]
      = { entry.day / 10000 * 10000, entry.day / 100 * 100, entry.day };

  for (guint i = 0; above != NULL && i < above->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (periods); j++)
      {
        entry.unit_id = g_array_index (above, gint64, i);
        entry.day = periods[j];
        if (!period_add (delta, &entry, error))
          return FALSE;
      }
  return above != NULL;
}

static gboolean
spread (HxDelta *delta, GError **error)
{
  for (guint i = 0; i < hx_flat_count (delta->cells); i++)
    {
      const HxEntry *entry = hx_flat_at (delta->cells, i);

      if ((entry->rows != 0 || entry->amount != 0)
          && !spread_cell (delta, *entry, error))
        return FALSE;
    }
  return hx_members_flush (delta->connection, delta->units, delta->members,
                           period_add, delta, error);
}

gboolean
hx_delta_flush (HxDelta *delta, GError **error)
{
  gboolean done = spread (delta, error) && periods_flush (delta, error);

  hx_flat_clear (delta->cells);
  hx_flat_clear (delta->members);
  hx_flat_clear (delta->periods);
  return done;
}

gboolean
hx_delta_spill (HxDelta *delta, GError **error)
{
  return hx_flat_count (delta->cells) + hx_flat_count (delta->members)
             < delta->limit
         || hx_delta_flush (delta, error);
}
