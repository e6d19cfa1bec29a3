/* Every cell counted again from the rows, by sorting what counts. */
#include "measure/measure_internal.h"

typedef struct
{
  gint64 rows, amount;
} HxSum;

typedef struct
{
  gint64 unit_id, value, day;
} HxSeen;

typedef struct
{
  HxConnection *connection;
  HxWeigher *weigher;
  HxUnits *units;
  const HxRule *rule;
  gboolean is_base;
  GHashTable *sums; /* "unit/period" → HxSum */
  GArray *seen;     /* HxSeen */
  GArray *values;
  HxFindingFunc function;
  gpointer data;
} HxCheck;

static void
sum_add (HxCheck *check, gint64 unit_id, gint64 period, gint64 rows,
         gint64 amount)
{
  g_autofree char *key = g_strdup_printf (
      "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, unit_id, period);
  HxSum *sum = g_hash_table_lookup (check->sums, key);

  if (sum == NULL)
    {
      sum = g_new0 (HxSum, 1);
      g_hash_table_insert (check->sums, g_steal_pointer (&key), sum);
    }
  sum->rows += rows;
  sum->amount += amount;
}

static void
sum_day (HxCheck *check, gint64 unit_id, gint32 day, gint64 rows, gint64 amount)
{
  sum_add (check, unit_id, day / 10000 * 10000, rows, amount);
  sum_add (check, unit_id, day / 100 * 100, rows, amount);
  sum_add (check, unit_id, day, rows, amount);
}

static void
check_unit (HxCheck *check, const HxWeight *weight, gint64 unit_id)
{
  gint32 after = weight->until != 0 ? hx_day_next (weight->until) : 0;
  gboolean distinct = weight->values->len > 0;

  sum_day (check, unit_id, weight->day, 1, distinct ? 0 : weight->amount);
  if (after != 0)
    sum_day (check, unit_id, after, -1, -1);
  for (guint i = 0; i < weight->values->len; i++)
    {
      HxSeen seen
          = { unit_id, g_array_index (weight->values, gint64, i), weight->day };
      g_array_append_val (check->seen, seen);
    }
}

static gboolean
check_row (const HxRow *row, gpointer data, GError **error)
{
  HxCheck *check = data;
  HxWeight weight = { .values = check->values };
  const GArray *above;

  g_array_set_size (check->values, 0);
  if (check->is_base)
    hx_weigh_base (check->rule, row, &weight);
  else if (!hx_weigh (check->weigher, check->rule, row, &weight, error))
    return FALSE;
  if (!weight.counts)
    return TRUE;
  if ((above = hx_units_above (check->units, row->unit_id, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < above->len; i++)
    check_unit (check, &weight, g_array_index (above, gint64, i));
  return TRUE;
}

static int
seen_compare (gconstpointer a, gconstpointer b)
{
  const HxSeen *x = a, *y = b;

  if (x->unit_id != y->unit_id)
    return x->unit_id < y->unit_id ? -1 : 1;
  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;
  return (x->day > y->day) - (x->day < y->day);
}

static void
count_seen (HxCheck *check)
{
  g_array_sort (check->seen, seen_compare);
  for (guint i = 0; i < check->seen->len; i++)
    {
      const HxSeen *seen = &g_array_index (check->seen, HxSeen, i);
      const HxSeen *last = seen - MIN (i, 1);
      gboolean same = i > 0 && last->unit_id == seen->unit_id
                      && last->value == seen->value;

      if (!same || last->day / 10000 != seen->day / 10000)
        {
          sum_add (check, seen->unit_id, seen->day / 10000 * 10000, 0, 1);
          sum_add (check, seen->unit_id, seen->day, 0, 1);
        }
      if (!same || last->day / 100 != seen->day / 100)
        sum_add (check, seen->unit_id, seen->day / 100 * 100, 0, 1);
    }
}

static void
report (HxCheck *check, const char *cell, const HxSum *sum, gint64 rows,
        gint64 amount)
{
  g_autofree char *finding = g_strdup_printf (
      _ ("指标“%s”的单元（机构/时段 %s）与记录不符：按记录应为 %lld 行、"
         "合计 %lld，现存 %lld 行、合计 %lld"),
      check->rule->indicator->key, cell, (long long)sum->rows,
      (long long)sum->amount, (long long)rows, (long long)amount);

  check->function (finding, check->data);
}

/* Takes out of the sums every cell that is as it should be or was named. */
static gboolean
compare_stored (HxCheck *check, gint64 id, GError **error)
{
  static const HxSum none = { 0, 0 };
  HxStatement *statement = hx_statement (
      check->connection,
      "SELECT unit_id, period, rows, amount FROM cell"
      " WHERE bureau_id = ?1 AND indicator = ?2 ORDER BY unit_id, period",
      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      g_autofree char *key = g_strdup_printf (
          "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
          hx_column_integer (statement, 0), hx_column_integer (statement, 1));
      const HxSum *sum = g_hash_table_lookup (check->sums, key);
      gint64 rows = hx_column_integer (statement, 2);
      gint64 amount = hx_column_integer (statement, 3);

      if (sum == NULL)
        sum = &none;
      if (sum->rows != rows || sum->amount != amount)
        report (check, key, sum, rows, amount);
      g_hash_table_remove (check->sums, key);
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}

static gboolean
check_cells (HxCheck *check, const HxKind *kind, gint64 id, GError **error)
{
  GHashTableIter iterator;
  gpointer key, sum;

  g_hash_table_remove_all (check->sums);
  g_array_set_size (check->seen, 0);
  if (!hx_scan (check->connection, kind, NULL, check_row, check, error))
    return FALSE;
  count_seen (check);
  if (!compare_stored (check, id, error))
    return FALSE;
  g_hash_table_iter_init (&iterator, check->sums);
  while (g_hash_table_iter_next (&iterator, &key, &sum))
    if (((HxSum *)sum)->rows != 0 || ((HxSum *)sum)->amount != 0)
      report (check, key, sum, 0, 0);
  return TRUE;
}

static gboolean
check_rule (HxCheck *check, const HxRule *rule, GError **error)
{
  check->rule = rule;
  check->is_base = FALSE;
  if (!check_cells (check, rule->indicator->kind, rule->id, error))
    return FALSE;
  check->is_base = TRUE;
  return rule->base_id == 0
         || check_cells (check, rule->indicator->base, rule->base_id, error);
}

static gboolean
check_all (HxCheck *check, const GPtrArray *indicators, HxProgress progress,
           GError **error)
{
  for (guint i = 0; i < indicators->len; i++)
    {
      const HxRule *rule = hx_weigher_rule (check->weigher, i);

      if (rule != NULL && !check_rule (check, rule, error))
        return FALSE;
      if (progress != NULL && !progress (i + 1, indicators->len, check->data))
        return TRUE;
    }
  return TRUE;
}

gboolean
hx_measure_verify (HxConnection *connection, HxCatalogue *catalogue,
                   HxFindingFunc function, gpointer data, HxProgress progress,
                   GError **error)
{
  g_autoptr (HxWeigher) weigher = hx_weigher_new (connection, catalogue, error);
  g_autoptr (GHashTable) sums
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (HxSeen));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  HxCheck check = { .connection = connection,
                    .weigher = weigher,
                    .sums = sums,
                    .seen = seen,
                    .values = values,
                    .function = function,
                    .data = data };
  gboolean done;

  if (weigher == NULL)
    return FALSE;
  check.units = hx_units_new (connection, catalogue);
  done = check_all (&check, hx_catalogue_indicators (catalogue), progress,
                    error);
  hx_units_free (check.units);
  return done;
}
