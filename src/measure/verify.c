/* Every cell and member counted again from the rows.
 *
 * One rule at a time, in streams: matching rows give days (unit, day) and, for
 * distinct counts, occurrences (value, year, unit, day).  Occurrences in order
 * are what the table member should say; they and the days, spread over units
 * and periods and put in order, are what the table cell should say.  Both
 * tables lie in the same order, so each comparison is a merge.
 */
#include "measure/verify_internal.h"

#include <string.h>

#define SORTED_MAX (256 * 1024) /* records of 48 bytes, of each sorter */
#define FINDINGS_MAX 20 /* of one indicator; the rest is told as a number */

typedef struct
{
  HxConnection *connection;
  HxUnits *units;
  const HxIndicator *indicator;
  gint64 id;
  HxSorter *days;    /* unit, day */
  HxSorter *members; /* value, year, unit, day */
  HxSorter *cells;   /* unit, period */
  HxStatement *one;  /* a row of the base */
  GArray *ids;
  guint n_findings;
  HxFindingFunc function;
  gpointer data;
} HxCheck;

/* ---------------------------------------------------------------- findings
 */

static void
take_finding (HxCheck *check, char *finding)
{
  if (check->n_findings++ < FINDINGS_MAX)
    check->function (finding, check->data);
  g_free (finding);
}

static char *
unit_text (HxCheck *check, gint64 unit_id)
{
  g_autofree char *name = NULL;

  if (unit_id == 0)
    return g_strdup (_ ("全单位"));
  if (hx_units_kind (check->units) != NULL)
    name = hx_unit_name (check->connection, unit_id, NULL);
  return name != NULL ? g_strdup_printf (_ ("机构“%s”"), name)
                      : g_strdup_printf (_ ("机构 %" G_GINT64_FORMAT), unit_id);
}

static char *
period_text (gint64 period)
{
  char text[HX_DATE_TEXT_SIZE];

  hx_date_format (hx_date_from_number ((gint32)period), text);
  return g_strdup (text);
}

static void
tell_cell (HxCheck *check, const HxTally *right, const HxTally *stored)
{
  g_autofree char *unit = unit_text (check, stored->key[0]);
  g_autofree char *period = period_text (stored->key[1]);

  take_finding (
      check,
      g_strdup_printf (_ ("指标“%s”的单元与台账不符（%s，%s）：按台账应为 %lld "
                          "行、合计 %lld，现存 %lld 行、合计 %lld"),
                       check->indicator->key, unit, period,
                       (long long)right->rows, (long long)right->amount,
                       (long long)stored->rows, (long long)stored->amount));
}

static void
tell_member (HxCheck *check, const gint64 *key, const char *right,
             const char *stored)
{
  g_autofree char *unit = unit_text (check, key[2]);

  take_finding (
      check, g_strdup_printf (_ ("指标“%s”记下的日子与台账不符（编号 %lld，%s，"
                                 "%lld 年）：按台账应为“%s”，现存“%s”"),
                              check->indicator->key, (long long)key[0], unit,
                              (long long)key[1], right, stored));
}

static void
tell_rest (HxCheck *check)
{
  g_autofree char *finding = NULL;

  if (check->n_findings <= FINDINGS_MAX)
    return;
  finding = g_strdup_printf (_ ("指标“%s”还有 %u 处与台账不符"),
                             check->indicator->key,
                             check->n_findings - FINDINGS_MAX);
  check->function (finding, check->data);
}

/* ---------------------------------------------------------- counting rows */

static gboolean
add (HxSorter *sorter, const gint64 *key, gint64 rows, gint64 amount,
     GError **error)
{
  HxTally tally = { { key[0], key[1], key[2], key[3] }, rows, amount };

  return hx_sorter_add (sorter, &tally, error);
}

static gint32
match_since (HxStatement *statement)
{
  return hx_day_first (hx_day_parse (hx_column_text (statement, HX_MATCH_DAY)));
}

static gint32
match_until (HxStatement *statement)
{
  return hx_day_last (
      hx_day_parse (hx_column_text (statement, HX_MATCH_UNTIL)));
}

static gboolean
is_covered (HxCheck *check, gint64 id, gint32 day, gboolean *is_in,
            GError **error)
{
  gint32 end = day / 10000 * 10000 + 1231;
  HxStep step;

  hx_bind_integer (check->one, 2, id);
  step = hx_step (check->one, error);
  *is_in = step == HX_STEP_ROW && match_since (check->one) <= end
           && match_until (check->one) >= end;
  hx_statement_reset (check->one);
  return step != HX_STEP_ERROR;
}

static void
read_ids (HxCheck *check, HxStatement *statement)
{
  gint64 id = hx_column_integer (statement, HX_MATCH_VALUE);

  g_array_set_size (check->ids, 0);
  if (check->indicator->field->type == HX_FIELD_ATTENDEES)
    hx_people_add (hx_column_text (statement, HX_MATCH_PEOPLE), check->ids);
  else if (!hx_column_is_null (statement, HX_MATCH_VALUE))
    g_array_append_val (check->ids, id);
  g_array_sort (check->ids, hx_compare_ids);
}

static gboolean
count_values (HxCheck *check, HxStatement *statement, GError **error)
{
  gint64 unit_id = hx_column_integer (statement, HX_MATCH_UNIT);
  gint32 day = match_since (statement);
  gint64 days_key[HX_TALLY_KEYS] = { unit_id, day };
  gint64 key[HX_TALLY_KEYS] = { 0, day / 10000, unit_id, day };
  gboolean counts = FALSE;

  read_ids (check, statement);
  for (guint i = 0; i < check->ids->len; i++)
    {
      gboolean is_in = TRUE;

      key[0] = g_array_index (check->ids, gint64, i);
      if (i > 0 && key[0] == g_array_index (check->ids, gint64, i - 1))
        continue;
      if (check->one != NULL && !is_covered (check, key[0], day, &is_in, error))
        return FALSE;
      if (is_in && !add (check->members, key, 1, 0, error))
        return FALSE;
      counts |= is_in;
    }
  return !counts || add (check->days, days_key, 1, 0, error);
}

static gboolean
count_amount (HxCheck *check, HxStatement *statement, GError **error)
{
  gboolean is_sum = check->indicator->measure == HX_MEASURE_SUM;
  gint64 key[HX_TALLY_KEYS] = { hx_column_integer (statement, HX_MATCH_UNIT),
                                match_since (statement) };

  if (is_sum && hx_column_is_null (statement, HX_MATCH_VALUE))
    return TRUE;
  return add (check->days, key, 1,
              is_sum ? hx_column_integer (statement, HX_MATCH_VALUE) : 1,
              error);
}

static gboolean
count_span (HxCheck *check, HxStatement *statement, GError **error)
{
  gint32 until = match_until (statement), after = hx_day_next (until);
  gint64 key[HX_TALLY_KEYS] = { hx_column_integer (statement, HX_MATCH_UNIT),
                                match_since (statement) };

  if (key[1] > until)
    return TRUE;
  if (!add (check->days, key, 1, 1, error))
    return FALSE;
  key[1] = after;
  return after == 0 || add (check->days, key, -1, -1, error);
}

typedef gboolean (*CountFunc) (HxCheck *check, HxStatement *statement,
                               GError **error);

static gboolean
count_all (HxCheck *check, HxStatement *statement, CountFunc count,
           GError **error)
{
  HxStep step;

  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    if (!count (check, statement, error))
      return FALSE;
  return step == HX_STEP_DONE;
}

/* ------------------------------------------------------------------ members
 */

/* What a table has, read along with what it should have. */
typedef struct
{
  HxStatement *statement;
  guint n_keys;
  gboolean is_end;
  gint64 key[HX_TALLY_KEYS];
} HxStored;

static gboolean
stored_next (HxStored *stored, GError **error)
{
  HxStep step = hx_step (stored->statement, error);

  stored->is_end = step != HX_STEP_ROW;
  for (guint i = 0; i < stored->n_keys && !stored->is_end; i++)
    stored->key[i] = hx_column_integer (stored->statement, (int)i);
  return step != HX_STEP_ERROR;
}

static gboolean
stored_open (HxStored *stored, HxCheck *check, const char *sql, guint n_keys,
             GError **error)
{
  memset (stored, 0, sizeof *stored);
  stored->n_keys = n_keys;
  stored->statement = hx_statement_new (check->connection, sql, error);
  if (stored->statement == NULL)
    return FALSE;
  hx_bind_integer (stored->statement, 1, HX_BUREAU_ID);
  hx_bind_integer (stored->statement, 2, check->id);
  return stored_next (stored, error);
}

/* <0: the stored comes first; a NULL key is behind everything. */
static int
stored_compare (const HxStored *stored, const gint64 *key)
{
  if (stored->is_end || key == NULL)
    return stored->is_end ? (key == NULL ? 0 : 1) : -1;
  for (guint i = 0; i < stored->n_keys; i++)
    if (stored->key[i] != key[i])
      return stored->key[i] < key[i] ? -1 : 1;
  return 0;
}

static gboolean
compare_member (HxCheck *check, HxStored *stored, const gint64 *key,
                const char *right, GError **error)
{
  int order;

  while ((order = stored_compare (stored, key)) < 0)
    {
      tell_member (check, stored->key, "",
                   hx_column_text (stored->statement, 3));
      if (!stored_next (stored, error))
        return FALSE;
    }
  if (key == NULL)
    return TRUE;
  if (order > 0)
    {
      tell_member (check, key, right, "");
      return TRUE;
    }
  if (g_strcmp0 (right, hx_column_text (stored->statement, 3)) != 0)
    tell_member (check, key, right, hx_column_text (stored->statement, 3));
  return stored_next (stored, error);
}

/* The occurrences of one value in one year: HxTally by unit and day. */
static gboolean
compare_group (HxCheck *check, HxStored *stored, const GArray *group,
               GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < group->len; i++)
    {
      const HxTally *tally = &g_array_index (group, HxTally, i);

      g_string_append_printf (text, "%s%04d", text->len > 0 ? " " : "",
                              (int)(tally->key[3] % 10000));
      if (tally->rows != 1)
        g_string_append_printf (text, "*%lld", (long long)tally->rows);
      if (i + 1 < group->len && tally[1].key[2] == tally->key[2])
        continue;
      if (!compare_member (check, stored, tally->key, text->str, error))
        return FALSE;
      g_string_truncate (text, 0);
    }
  return TRUE;
}

typedef struct
{
  gint64 unit_id, day;
} HxSeen;

static int
compare_seen (gconstpointer a, gconstpointer b)
{
  const HxSeen *x = a, *y = b;

  if (x->unit_id != y->unit_id)
    return x->unit_id < y->unit_id ? -1 : 1;
  return (x->day > y->day) - (x->day < y->day);
}

static gboolean
count_seen (HxCheck *check, GArray *seen, GError **error)
{
  g_array_sort (seen, compare_seen);
  for (guint i = 0; i < seen->len; i++)
    {
      const HxSeen *at = &g_array_index (seen, HxSeen, i);
      gboolean is_first = i == 0 || at[-1].unit_id != at->unit_id;
      gint64 key[HX_TALLY_KEYS] = { at->unit_id, at->day / 100 * 100 };

      if ((is_first || at[-1].day / 100 != at->day / 100)
          && !add (check->cells, key, 0, 1, error))
        return FALSE;
      key[1] = at->day / 10000 * 10000;
      if (is_first && !add (check->cells, key, 0, 1, error))
        return FALSE;
      key[1] = at->day;
      if (is_first && !add (check->cells, key, 0, 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_group (HxCheck *check, const GArray *group, GError **error)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (HxSeen));

  for (guint i = 0; i < group->len; i++)
    {
      const HxTally *tally = &g_array_index (group, HxTally, i);
      const GArray *above = hx_units_above (check->units, tally->key[2], error);

      if (above == NULL)
        return FALSE;
      for (guint j = 0; j < above->len; j++)
        {
          HxSeen one = { g_array_index (above, gint64, j), tally->key[3] };
          g_array_append_val (seen, one);
        }
    }
  return count_seen (check, seen, error);
}

static gboolean
check_members (HxCheck *check, HxStored *stored, GError **error)
{
  g_autoptr (GArray) group = g_array_new (FALSE, FALSE, sizeof (HxTally));
  HxTally tally;
  gboolean is_end = FALSE;

  while (!is_end)
    {
      const HxTally *last
          = group->len > 0 ? &g_array_index (group, HxTally, group->len - 1)
                           : NULL;

      if (!hx_sorter_next (check->members, &tally, &is_end, error))
        return FALSE;
      if (last != NULL
          && (is_end || last->key[0] != tally.key[0]
              || last->key[1] != tally.key[1]))
        {
          if (!compare_group (check, stored, group, error)
              || !count_group (check, group, error))
            return FALSE;
          g_array_set_size (group, 0);
        }
      if (!is_end)
        g_array_append_val (group, tally);
    }
  return compare_member (check, stored, NULL, NULL, error);
}

static gboolean
open_and_check_members (HxCheck *check, GError **error)
{
  HxStored stored;
  gboolean done = stored_open (&stored, check,
                               "SELECT value, year, unit_id, days FROM member"
                               " WHERE bureau_id = ?1 AND indicator = ?2"
                               " ORDER BY value, year, unit_id",
                               3, error)
                  && hx_sorter_sort (check->members, error)
                  && check_members (check, &stored, error);

  hx_statement_free (stored.statement);
  return done;
}

/* -------------------------------------------------------------------- cells
 */

static gboolean
spread_day (HxCheck *check, const HxTally *tally, GError **error)
{
  const GArray *above = hx_units_above (check->units, tally->key[0], error);
  gint64 day = tally->key[1];

  for (guint i = 0; above != NULL && i < above->len; i++)
    {
      gint64 unit_id = g_array_index (above, gint64, i);
      const gint64 keys[][HX_TALLY_KEYS] = { { unit_id, day / 10000 * 10000 },
                                             { unit_id, day / 100 * 100 },
                                             { unit_id, day } };

      for (guint j = 0; j < G_N_ELEMENTS (keys); j++)
        if (!add (check->cells, keys[j], tally->rows, tally->amount, error))
          return FALSE;
    }
  return above != NULL;
}

static gboolean
spread_days (HxCheck *check, GError **error)
{
  HxTally tally;
  gboolean is_end = FALSE;

  if (!hx_sorter_sort (check->days, error))
    return FALSE;
  while (!is_end)
    if (!hx_sorter_next (check->days, &tally, &is_end, error)
        || (!is_end && !spread_day (check, &tally, error)))
      return FALSE;
  return TRUE;
}

static void
read_cell (const HxStored *stored, HxTally *cell)
{
  memcpy (cell->key, stored->key, sizeof cell->key);
  cell->rows = hx_column_integer (stored->statement, 2);
  cell->amount = hx_column_integer (stored->statement, 3);
}

/* `right` NULL: nothing more is expected. */
static gboolean
compare_cell (HxCheck *check, HxStored *stored, const HxTally *right,
              GError **error)
{
  HxTally cell, none = { 0 };
  int order;

  while ((order = stored_compare (stored, right != NULL ? right->key : NULL))
         < 0)
    {
      read_cell (stored, &cell);
      tell_cell (check, &none, &cell);
      if (!stored_next (stored, error))
        return FALSE;
    }
  if (right == NULL)
    return TRUE;
  if (order > 0)
    {
      memcpy (none.key, right->key, sizeof none.key);
      tell_cell (check, right, &none);
      return TRUE;
    }
  read_cell (stored, &cell);
  if (cell.rows != right->rows || cell.amount != right->amount)
    tell_cell (check, right, &cell);
  return stored_next (stored, error);
}

static gboolean
check_cells (HxCheck *check, HxStored *stored, GError **error)
{
  HxTally tally;
  gboolean is_end = FALSE;

  while (hx_sorter_next (check->cells, &tally, &is_end, error))
    {
      if (is_end)
        return compare_cell (check, stored, NULL, error);
      if ((tally.rows != 0 || tally.amount != 0)
          && !compare_cell (check, stored, &tally, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
open_and_check_cells (HxCheck *check, GError **error)
{
  HxStored stored;
  gboolean done = stored_open (&stored, check,
                               "SELECT unit_id, period, rows, amount FROM cell"
                               " WHERE bureau_id = ?1 AND indicator = ?2"
                               " ORDER BY unit_id, period",
                               2, error)
                  && hx_sorter_sort (check->cells, error)
                  && check_cells (check, &stored, error);

  hx_statement_free (stored.statement);
  return done;
}

/* -------------------------------------------------------------------- rules
 */

static gboolean
check_counted (HxCheck *check, HxStatement *statement, CountFunc count,
               GError **error)
{
  g_autoptr (HxSorter) days = hx_sorter_new (SORTED_MAX);
  g_autoptr (HxSorter) members = hx_sorter_new (SORTED_MAX);
  g_autoptr (HxSorter) cells = hx_sorter_new (SORTED_MAX);

  check->days = days;
  check->members = members;
  check->cells = cells;
  return count_all (check, statement, count, error)
         && spread_days (check, error) && open_and_check_members (check, error)
         && open_and_check_cells (check, error);
}

static gboolean
check_base (HxCheck *check, GError **error)
{
  g_autoptr (HxStatement) rows
      = hx_match_base (check->connection, check->indicator, error);

  check->id++; /* the base is the number behind its indicator */
  return rows != NULL && check_counted (check, rows, count_span, error);
}

static gboolean
check_indicator (HxCheck *check, GError **error)
{
  static const CountFunc counts[] = {
    [HX_MEASURE_COUNT] = count_amount,    [HX_MEASURE_SUM] = count_amount,
    [HX_MEASURE_DISTINCT] = count_values, [HX_MEASURE_MEMBERS] = count_span,
    [HX_MEASURE_COVERAGE] = count_values,
  };
  gboolean is_coverage = check->indicator->measure == HX_MEASURE_COVERAGE;
  g_autoptr (HxStatement) rows
      = hx_match_rows (check->connection, check->indicator, error);
  gboolean done;

  if (rows == NULL)
    return FALSE;
  check->one = is_coverage
                   ? hx_match_one (check->connection, check->indicator, error)
                   : NULL;
  if (is_coverage && check->one == NULL)
    return FALSE;
  done = check_counted (check, rows, counts[check->indicator->measure], error)
         && (!is_coverage || check_base (check, error));
  g_clear_pointer (&check->one, hx_statement_free);
  return done;
}

/* 0: it is not registered. */
static gboolean
find_id (HxCheck *check, GError **error)
{
  HxStatement *statement = hx_statement (
      check->connection,
      "SELECT id FROM indicator WHERE bureau_id = ?1 AND key = ?2", error);
  HxStep step;

  check->id = 0;
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, check->indicator->key, -1);
  if ((step = hx_step (statement, error)) == HX_STEP_ROW)
    check->id = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static gboolean
check_one (HxCheck *check, const HxIndicator *indicator, GError **error)
{
  check->indicator = indicator;
  check->n_findings = 0;
  if (!find_id (check, error))
    return FALSE;
  if (check->id == 0)
    take_finding (check,
                  g_strdup_printf (_ ("指标“%s”没有登记，请重新安装目录"),
                                   indicator->key));
  else if (!check_indicator (check, error))
    return FALSE;
  tell_rest (check);
  return TRUE;
}

gboolean
hx_measure_verify (HxConnection *connection, HxCatalogue *catalogue,
                   HxFindingFunc function, gpointer data, HxProgress progress,
                   GError **error)
{
  const GPtrArray *indicators = hx_catalogue_counted (catalogue);
  g_autoptr (HxUnits) units = hx_units_new (connection, catalogue);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  HxCheck check = { .connection = connection,
                    .units = units,
                    .ids = ids,
                    .function = function,
                    .data = data };

  for (guint i = 0; i < indicators->len; i++)
    {
      if (hx_rule_has_cells (indicators->pdata[i])
          && !check_one (&check, indicators->pdata[i], error))
        return FALSE;
      if (progress != NULL && !progress (i + 1, indicators->len, data))
        return TRUE;
    }
  return TRUE;
}
