/* What a write changes, collected in memory and brought to the tables.
 *
 * While rows come in, a change is kept for its own unit and day alone: one
 * entry of a hash.  Flushing spreads it over the units above and over year,
 * month and day.  For distinct counts the days of one value in one year are
 * read, changed and compared: a first day that moves, a month that is gained
 * or lost, become changes of cells.
 */
#include "measure/measure_internal.h"

#include <string.h>

#define PENDING_MAX 200000

typedef struct
{
  gint64 indicator, unit_id, year, value, day; /* cells: value and year 0 */
  gint64 rows, amount;
} HxEntry;

struct _HxDelta
{
  HxConnection *connection;
  HxUnits *units;
  GHashTable *cells, *members;  /* as they come */
  GHashTable *periods, *counts; /* spread over units */
};

static guint
entry_hash (gconstpointer data)
{
  const HxEntry *entry = data;
  guint64 hash = (guint64)entry->value;

  hash = (hash ^ (guint64)entry->unit_id)
         * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  hash = (hash ^ (guint64)entry->day) * G_GUINT64_CONSTANT (0xC2B2AE3D27D4EB4F);
  hash = (hash ^ (guint64)entry->indicator)
         * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return (guint)(hash >> 32);
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, G_STRUCT_OFFSET (HxEntry, rows)) == 0;
}

static GHashTable *
entries_new (void)
{
  return g_hash_table_new_full (entry_hash, entry_equal, g_free, NULL);
}

static void
entry_add (GHashTable *table, const HxEntry *entry)
{
  HxEntry *found = g_hash_table_lookup (table, entry);

  if (found == NULL)
    {
      g_hash_table_add (table, g_memdup2 (entry, sizeof *entry));
      return;
    }
  found->rows += entry->rows;
  found->amount += entry->amount;
}

HxDelta *
hx_delta_new (HxConnection *connection, HxUnits *units)
{
  HxDelta *delta = g_new0 (HxDelta, 1);

  delta->connection = connection;
  delta->units = units;
  delta->cells = entries_new ();
  delta->members = entries_new ();
  delta->periods = entries_new ();
  delta->counts = entries_new ();
  return delta;
}

void
hx_delta_clear (HxDelta *delta)
{
  g_hash_table_remove_all (delta->cells);
  g_hash_table_remove_all (delta->members);
  g_hash_table_remove_all (delta->periods);
  g_hash_table_remove_all (delta->counts);
}

void
hx_delta_free (HxDelta *delta)
{
  if (delta == NULL)
    return;
  g_hash_table_unref (delta->cells);
  g_hash_table_unref (delta->members);
  g_hash_table_unref (delta->periods);
  g_hash_table_unref (delta->counts);
  g_free (delta);
}

void
hx_delta_cell (HxDelta *delta, const HxSpot *spot, gint64 rows, gint64 amount)
{
  HxEntry entry
      = { spot->indicator, spot->unit_id, 0, 0, spot->day, rows, amount };

  entry_add (delta->cells, &entry);
}

void
hx_delta_member (HxDelta *delta, const HxSpot *spot, gint64 value, gint64 rows)
{
  HxEntry entry = {
    spot->indicator, spot->unit_id, spot->day / 10000, value, spot->day, rows, 0
  };

  entry_add (delta->members, &entry);
}

gboolean
hx_delta_is_full (const HxDelta *delta)
{
  return g_hash_table_size (delta->cells) + g_hash_table_size (delta->members)
         >= PENDING_MAX;
}

/* ------------------------------------------------------------------ spreading
 */

static void
period_add (HxDelta *delta, const HxEntry *at, gint64 period, gint64 rows,
            gint64 amount)
{
  HxEntry entry = { at->indicator, at->unit_id, 0, 0, period, rows, amount };

  if (rows != 0 || amount != 0)
    entry_add (delta->periods, &entry);
}

static gboolean
spread (HxDelta *delta, GHashTable *from, gboolean is_cell, GError **error)
{
  GHashTableIter iterator;
  gpointer key;

  g_hash_table_iter_init (&iterator, from);
  while (g_hash_table_iter_next (&iterator, &key, NULL))
    {
      HxEntry entry = *(HxEntry *)key;
      const GArray *above = hx_units_above (delta->units, entry.unit_id, error);

      if (above == NULL)
        return FALSE;
      for (guint i = 0; i < above->len; i++)
        {
          entry.unit_id = g_array_index (above, gint64, i);
          if (!is_cell)
            {
              entry_add (delta->counts, &entry);
              continue;
            }
          period_add (delta, &entry, entry.day / 10000 * 10000, entry.rows,
                      entry.amount);
          period_add (delta, &entry, entry.day / 100 * 100, entry.rows,
                      entry.amount);
          period_add (delta, &entry, entry.day, entry.rows, entry.amount);
        }
    }
  return TRUE;
}

/* -------------------------------------------------------------------- members
 */

static HxStatement *
member_statement (HxDelta *delta, const char *sql, const HxEntry *entry,
                  GError **error)
{
  HxStatement *statement = hx_statement (delta->connection, sql, error);

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, entry->indicator);
  hx_bind_integer (statement, 3, entry->unit_id);
  hx_bind_integer (statement, 4, entry->year);
  hx_bind_integer (statement, 5, entry->value);
  return statement;
}

static gboolean
days_load (HxDelta *delta, const HxEntry *entry, GArray *days, GError **error)
{
  HxStatement *statement = member_statement (
      delta,
      "SELECT day FROM member WHERE bureau_id = ?1 AND indicator = ?2"
      " AND unit_id = ?3 AND year = ?4 AND value = ?5 ORDER BY day",
      entry, error);
  HxStep step;

  g_array_set_size (days, 0);
  if (statement == NULL)
    return FALSE;
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      gint64 day = hx_column_integer (statement, 0);
      g_array_append_val (days, day);
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}

static void
days_contribute (HxDelta *delta, const HxEntry *at, const GArray *days,
                 int sign)
{
  gint64 month = 0;

  for (guint i = 0; i < days->len; i++)
    {
      gint64 day = g_array_index (days, gint64, i);

      if (i == 0)
        {
          period_add (delta, at, day / 10000 * 10000, 0, sign);
          period_add (delta, at, day, 0, sign);
        }
      if (day / 100 != month)
        period_add (delta, at, day / 100 * 100, 0, sign);
      month = day / 100;
    }
}

static gboolean
member_run (HxDelta *delta, const char *sql, const HxEntry *entry,
            gboolean has_rows, GError **error)
{
  HxStatement *statement = member_statement (delta, sql, entry, error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 6, entry->day);
  if (has_rows)
    hx_bind_integer (statement, 7, entry->rows);
  return hx_step_done (statement, error);
}

#define MEMBER_KEY                                                             \
  " WHERE bureau_id = ?1 AND indicator = ?2 AND unit_id = ?3 AND year = ?4"    \
  " AND value = ?5 AND day = ?6"

static gboolean
member_write (HxDelta *delta, const HxEntry *entry, GError **error)
{
  if (entry->rows == 0)
    return TRUE;
  if (!member_run (delta, "UPDATE member SET rows = rows + ?7" MEMBER_KEY,
                   entry, TRUE, error))
    return FALSE;
  if (hx_changes (delta->connection) == 0)
    return member_run (delta,
                       "INSERT INTO member (bureau_id, indicator, unit_id,"
                       " year, value, day, rows)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                       entry, TRUE, error);
  if (entry->rows > 0)
    return TRUE;
  return member_run (delta, "DELETE FROM member" MEMBER_KEY " AND rows = 0",
                     entry, FALSE, error);
}

static int
entry_compare (gconstpointer a, gconstpointer b)
{
  const HxEntry *x = *(HxEntry *const *)a, *y = *(HxEntry *const *)b;
  const gint64 left[] = { x->indicator, x->unit_id, x->year, x->value, x->day };
  const gint64 right[]
      = { y->indicator, y->unit_id, y->year, y->value, y->day };

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    if (left[i] != right[i])
      return left[i] < right[i] ? -1 : 1;
  return 0;
}

static GPtrArray *
entries_sorted (GHashTable *table)
{
  GPtrArray *entries = g_ptr_array_new ();
  GHashTableIter iterator;
  gpointer key;

  g_hash_table_iter_init (&iterator, table);
  while (g_hash_table_iter_next (&iterator, &key, NULL))
    g_ptr_array_add (entries, key);

  g_ptr_array_sort (entries, entry_compare);
  return entries;
}

static gboolean
same_value (const HxEntry *a, const HxEntry *b)
{
  return memcmp (a, b, G_STRUCT_OFFSET (HxEntry, day)) == 0;
}

static gboolean
members_flush (HxDelta *delta, GError **error)
{
  g_autoptr (GPtrArray) entries = entries_sorted (delta->counts);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < entries->len;)
    {
      const HxEntry *first = entries->pdata[i];

      if (!days_load (delta, first, days, error))
        return FALSE;
      days_contribute (delta, first, days, -1);
      for (; i < entries->len && same_value (first, entries->pdata[i]); i++)
        if (!member_write (delta, entries->pdata[i], error))
          return FALSE;
      if (!days_load (delta, first, days, error))
        return FALSE;
      days_contribute (delta, first, days, 1);
    }
  return TRUE;
}

/* ---------------------------------------------------------------------- cells
 */

static gboolean
cell_run (HxDelta *delta, const char *sql, const HxEntry *entry, GError **error)
{
  HxStatement *statement = hx_statement (delta->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, entry->indicator);
  hx_bind_integer (statement, 3, entry->unit_id);
  hx_bind_integer (statement, 4, entry->day);
  hx_bind_integer (statement, 5, entry->rows);
  hx_bind_integer (statement, 6, entry->amount);
  return hx_step_done (statement, error);
}

static gboolean
cells_flush (HxDelta *delta, GError **error)
{
  g_autoptr (GPtrArray) entries = entries_sorted (delta->periods);

  for (guint i = 0; i < entries->len; i++)
    {
      const HxEntry *entry = entries->pdata[i];

      if (entry->rows == 0 && entry->amount == 0)
        continue;
      if (!cell_run (delta,
                     "UPDATE cell SET rows = rows + ?5, amount = amount + ?6"
                     " WHERE bureau_id = ?1 AND indicator = ?2"
                     " AND unit_id = ?3 AND period = ?4",
                     entry, error))
        return FALSE;
      if (hx_changes (delta->connection) == 0
          && !cell_run (delta,
                        "INSERT INTO cell (bureau_id, indicator, unit_id,"
                        " period, rows, amount)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                        entry, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hx_delta_flush (HxDelta *delta, GError **error)
{
  gboolean done = spread (delta, delta->cells, TRUE, error)
                  && spread (delta, delta->members, FALSE, error)
                  && members_flush (delta, error) && cells_flush (delta, error);

  hx_delta_clear (delta);
  return done;
}
