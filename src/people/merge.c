/* Merging and its undoing, as one write each. */
#include "people/merge_internal.h"

#include "ledger/history.h"

void
hx_merged_clear (HxMerged *merged)
{
  g_clear_pointer (&merged->steps, g_array_unref);
}

void
hx_merging_step (HxMerging *merging, const HxMergeStep *step)
{
  g_array_append_vals (merging->steps, step, 1);
}

gboolean
hx_merging_fail (const HxFaults *faults, const char *where,
                 const char *what_to_do, GError **error)
{
  g_autofree char *what = NULL;

  g_ptr_array_add (faults->faults, NULL);
  what = g_strjoinv (_ ("；"), (char **)faults->faults->pdata);
  return hx_fail (error, HX_ERROR_CONFLICT, what, where, what_to_do);
}

/* ------------------------------------------------------------------ checking
 */

static char *
name_of (const HxKind *kind, gint64 id)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, kind->name, id);
}

static gboolean
load_living (HxMerging *merging, HxRow *row, gint64 id, GError **error)
{
  g_autofree char *where = name_of (row->kind, id);

  if (!hx_row_load (merging->connection, row, id, error))
    return FALSE;
  return !row->is_void
         || hx_fail (error, HX_ERROR_CONFLICT, _ ("这一行已经作废"), where,
                     NULL);
}

/* Two people do not become one. */
static gboolean
may_be_one (HxMerging *merging, GError **error)
{
  const HxKind *kind = merging->rules->not_same;
  const gint64 keep = merging->order->keep;
  const gint64 other = merging->order->other;
  g_autofree char *sql
      = kind == NULL ? NULL
                     : g_strdup_printf (
                         "SELECT id FROM %s WHERE bureau_id = %d AND void = 0"
                         " AND one IN (%ld, %ld) AND other IN (%ld, %ld)"
                         " AND one <> other LIMIT 1",
                         kind->table, HX_BUREAU_ID, (long)keep, (long)other,
                         (long)keep, (long)other);
  g_autofree char *where = NULL;
  gint64 found = 0;

  if (sql == NULL)
    return TRUE;
  if (!hx_query_integer (merging->connection, sql, 0, &found, error))
    return FALSE;
  where = name_of (kind, found);
  return found == 0
         || hx_fail (error, HX_ERROR_CONFLICT, _ ("已记下这两行不是同一人"),
                     where, _ ("记错了就先作废那一条"));
}

static gboolean
has_register (const HxDuplicateRules *rules, GError **error)
{
  return rules->merges != NULL
         || hx_fail (error, HX_ERROR_NOT_FOUND,
                     _ ("目录没有写明合并记在哪个名册"), "duplicates.yaml",
                     _ ("补上 merges"));
}

/* ------------------------------------------------------------------- writing
 */

static gboolean
set_cell (HxMerging *merging, HxRow *row, const char *key, const char *text,
          HxFaults *faults, GError **error)
{
  return hx_row_set (merging->ledger, row, hx_kind_field (row->kind, key), text,
                     faults, error)
         || *error == NULL;
}

static gboolean
set_number (HxMerging *merging, HxRow *row, const char *key, gint64 number,
            HxFaults *faults, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return set_cell (merging, row, key, text, faults, error);
}

static gboolean
put_note (HxMerging *merging, gint64 first, gint64 *note, GError **error)
{
  const HxMergeOrder *order = merging->order;
  g_autoptr (HxRow) row = hx_row_new (merging->rules->merges);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  HxPutOutcome outcome;
  g_autoptr (GError) failed = NULL;
  const gint64 last = hx_ledger_seq (merging->ledger);

  if (set_cell (merging, row, "register", merging->rules->of->key, &faults,
                &failed)
      && set_cell (merging, row, "reason", order->reason, &faults, &failed)
      && set_number (merging, row, "keep", order->keep, &faults, &failed)
      && set_number (merging, row, "other", order->other, &faults, &failed)
      && set_number (merging, row, "first", first, &faults, &failed)
      && set_number (merging, row, "last", last, &faults, &failed)
      && hx_row_check (merging->ledger, row, NULL, &faults, &failed)
      && hx_ledger_put (merging->ledger, row, NULL, &outcome, &faults, &failed)
      && list->len == 0)
    return *note = row->id, TRUE;
  if (failed == NULL)
    return hx_merging_fail (&faults, row->kind->name, NULL, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
is_sensible (const HxMergeOrder *order, GError **error)
{
  if (order->keep == order->other)
    return hx_fail (error, HX_ERROR_USAGE, _ ("两个编号是同一行"), NULL, NULL);
  return (order->reason != NULL && *order->reason != '\0')
         || hx_fail (error, HX_ERROR_DATA, _ ("合并要写明原因"), "--reason",
                     NULL);
}

/* To the history it is a correction: the person never was two. */
static gboolean
merge (HxMerging *merging, const HxRow *other, GError **error)
{
  static const HxEffect correction = { .is_correction = TRUE };
  const HxMergeOrder *order = merging->order;

  return hx_ledger_effect (merging->ledger, &correction, error)
         && hx_merging_move (merging, merging->rules->of, order->keep,
                             order->other, error)
         && hx_merging_fill (merging, other, error)
         && hx_ledger_effect (merging->ledger, NULL, error);
}

gboolean
hx_merge (HxLedger *ledger, const HxDuplicateRules *rules,
          const HxMergeOrder *order, HxMerged *merged, GError **error)
{
  const gint64 first = hx_ledger_seq (ledger) + 1;
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (HxMergeStep));
  HxMerging merging = { .ledger = ledger,
                        .connection = hx_ledger_connection (ledger),
                        .rules = rules,
                        .order = order,
                        .steps = steps };
  g_autoptr (HxRow) keep = hx_row_new (rules->of);
  g_autoptr (HxRow) other = hx_row_new (rules->of);

  if (!has_register (rules, error) || !is_sensible (order, error)
      || !load_living (&merging, keep, order->keep, error)
      || !load_living (&merging, other, order->other, error)
      || !may_be_one (&merging, error) || !merge (&merging, other, error)
      || !put_note (&merging, first, &merged->note, error))
    return FALSE;
  merged->steps = g_steal_pointer (&steps);
  return TRUE;
}

/* ------------------------------------------------------------------- undoing
 */

static gint64
number_in (const HxRow *row, const char *key)
{
  return row->values[hx_kind_field (row->kind, key)->index].integer;
}

gboolean
hx_merge_undo (HxLedger *ledger, const HxDuplicateRules *rules, gint64 note,
               GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  g_autoptr (HxRow) row = NULL;
  g_autoptr (GError) failed = NULL;
  g_autofree char *where = NULL;
  g_autofree char *reason = NULL;

  if (!has_register (rules, error))
    return FALSE;
  row = hx_row_new (rules->merges);
  where = name_of (row->kind, note);
  reason = g_strdup_printf (_ ("撤销合并 %ld"), (long)note);
  if (!hx_row_load (hx_ledger_connection (ledger), row, note, error))
    return FALSE;
  if (row->is_void)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("这次合并已经撤销"), where,
                    NULL);
  const gint64 range[] = { number_in (row, "first"), number_in (row, "last") };
  if (hx_ledger_revert (ledger, range, reason, &faults, &failed))
    return hx_ledger_void (ledger, row->kind, note, reason, error);
  if (failed == NULL)
    return hx_merging_fail (&faults, where,
                            _ ("先撤销后来的变动；这次什么也没有改"), error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
