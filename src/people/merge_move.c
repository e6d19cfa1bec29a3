/* Moving what refers to one row over to another. */
#include "people/merge_internal.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 8

/* ------------------------------------------------------------------ gathering
 */

static HxStatement *
select_users (HxMerging *merging, const HxKind *user, const HxField *field,
              GError **error)
{
  const char *column = hx_field_column (field);
  g_autofree char *test
      = field->type == HX_FIELD_ATTENDEES
            ? g_strdup_printf ("replace(replace(\"%s_people\", '[', ','),"
                               " ']', ',') LIKE '%%,' || ?2 || ',%%'",
                               column)
            : g_strdup_printf ("\"%s\" = ?2", column);
  g_autofree char *sql
      = g_strdup_printf ("SELECT id FROM %s WHERE bureau_id = ?1 AND %s"
                         " AND void = 0",
                         user->table, test);

  return hx_statement (merging->connection, sql, error);
}

static gboolean
gather (HxMerging *merging, const HxKind *user, const HxField *field, gint64 of,
        GArray *ids, GError **error)
{
  HxStatement *statement = select_users (merging, user, field, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, of);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (statement, 0);

      g_array_append_val (ids, id);
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}

/* ------------------------------------------------------------------- one row
 */

/* "[3,7,9]" with 7 as 3 is "[3,9]"; *removed counts those who were in it
 * twice.  The caller frees. */
static char *
replace_person (const char *people, gint64 from, gint64 to, gint64 *removed)
{
  g_autofree char *inside = g_strndup (people + 1, strlen (people) - 2);
  g_auto (GStrv) ids = g_strsplit (inside, ",", -1);
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GString) out = g_string_new ("[");

  for (guint i = 0; ids[i] != NULL; i++)
    {
      gint64 id = g_ascii_strtoll (ids[i], NULL, 10);

      id = id == from ? to : id;
      if (!g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        {
          ++*removed;
          continue;
        }
      g_string_append_printf (out, "%s%" G_GINT64_FORMAT,
                              out->len > 1 ? "," : "", id);
    }
  g_string_append_c (out, ']');
  return g_strdup (out->str);
}

static void
move_people (HxRow *row, HxValue *value, gint64 from, gint64 to)
{
  g_autofree char *people = NULL;
  gint64 removed = 0;

  if (value->people == NULL || strlen (value->people) < 2)
    return;
  people = replace_person (value->people, from, to, &removed);
  value->people = g_string_chunk_insert (row->arena, people);
  value->integer -= removed;
}

/* What would refer to itself refers to nothing. */
static void
move_reference (const HxRow *row, HxValue *value, gint64 from, gint64 to,
                gboolean is_own_kind)
{
  if (!value->filled || value->integer != from)
    return;
  value->integer = to;
  if (is_own_kind && row->id == to)
    *value = (HxValue){ 0 };
}

/* A pair of two people has the smaller number first. */
static void
order_pair (HxRow *row)
{
  HxValue *one = &row->values[hx_kind_field (row->kind, "one")->index];
  HxValue *other = &row->values[hx_kind_field (row->kind, "other")->index];
  const gint64 low = MIN (one->integer, other->integer);

  other->integer = MAX (one->integer, other->integer);
  one->integer = low;
}

static void
move_values (HxMerging *merging, HxRow *row, const HxKind *target, gint64 to,
             gint64 from)
{
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];

      if (field->target != target)
        continue;
      if (field->type == HX_FIELD_ATTENDEES)
        move_people (row, &row->values[i], from, to);
      else
        move_reference (row, &row->values[i], from, to, row->kind == target);
    }
  if (row->kind == merging->rules->not_same)
    order_pair (row);
}

/* ------------------------------------------------------------------ repeated
 */

static gboolean
find_repeat (HxMerging *merging, const HxRow *row, const HxField *field,
             gint64 *found, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM %s WHERE bureau_id = %d AND \"%s\" = %ld AND void = 0"
      " AND id <> %ld LIMIT 1",
      row->kind->table, HX_BUREAU_ID, hx_field_column (field),
      (long)row->values[field->index].integer, (long)row->id);

  return hx_query_integer (merging->connection, sql, 0, found, error);
}

/* Another living row with the identity that this one has now, or with the
 * same unique reference; 0: none. */
static gboolean
find_same (HxMerging *merging, HxRow *row, const HxKind *target, gint64 *same,
           GError **error)
{
  g_autoptr (HxRow) found = hx_row_new (row->kind);
  const gint64 own = row->id;
  gboolean done = hx_ledger_find (merging->ledger, row, error);

  *same = row->id != own ? row->id : 0;
  row->id = own;
  if (!done
      || (*same != 0
          && !hx_row_load (merging->connection, found, *same, error)))
    return FALSE;
  if (*same != 0 && found->is_void)
    *same = 0;
  for (guint i = 0; *same == 0 && i < row->kind->fields->len; i++)
    {
      const HxField *field = row->kind->fields->pdata[i];

      if (field->unique && field->type == HX_FIELD_REF
          && field->target == target && row->values[i].filled
          && !find_repeat (merging, row, field, same, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_differences (HxMerging *merging, const HxRow *row, gint64 same,
                  GError **error)
{
  g_autoptr (HxRow) stays = hx_row_new (row->kind);

  if (!hx_row_load (merging->connection, stays, same, error))
    return FALSE;
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxMergeStep step = { HX_MERGE_DIFFERS, row->kind, row->id, same,
                                 row->kind->fields->pdata[i] };

      if (row->values[i].filled
          && !hx_value_equal (step.field, &row->values[i], &stays->values[i]))
        hx_merging_step (merging, &step);
    }
  return TRUE;
}

static gboolean
drop_repeated (HxMerging *merging, const HxRow *row, gint64 same,
               GError **error)
{
  const HxMergeStep step
      = { HX_MERGE_REPEATED, row->kind, row->id, same, NULL };
  g_autofree char *reason
      = g_strdup_printf (_ ("与 %ld 重复：合并 %s %ld"), (long)same,
                         merging->rules->of->name, (long)merging->order->other);

  hx_merging_step (merging, &step);
  if (!tell_differences (merging, row, same, error))
    return FALSE;
  if (row->kind->is_register)
    return hx_merging_move (merging, row->kind, same, row->id, error);
  return hx_ledger_void (merging->ledger, row->kind, row->id, reason, error);
}

/* -------------------------------------------------------------------- moving
 */

static gboolean
change (HxMerging *merging, HxRow *row, GError **error)
{
  const HxMergeStep step = { HX_MERGE_MOVED, row->kind, row->id, 0, NULL };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  g_autoptr (GError) failed = NULL;

  hx_merging_step (merging, &step);
  if (hx_ledger_change (merging->ledger, row, &faults, &failed))
    return TRUE;
  if (failed == NULL)
    return hx_merging_fail (&faults, row->kind->name, NULL, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
move_row (HxMerging *merging, HxRow *row, const HxKind *target, gint64 to,
          gint64 from, GError **error)
{
  gint64 same = 0;

  move_values (merging, row, target, to, from);
  if (!find_same (merging, row, target, &same, error))
    return FALSE;
  return same != 0 ? drop_repeated (merging, row, same, error)
                   : change (merging, row, error);
}

static gboolean
move_kind (HxMerging *merging, const HxKind *user, const HxKind *target,
           gint64 to, gint64 from, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (HxRow) row = hx_row_new (user);

  for (guint i = 0; i < user->fields->len; i++)
    {
      const HxField *field = user->fields->pdata[i];

      if (field->target == target
          && !gather (merging, user, field, from, ids, error))
        return FALSE;
    }
  g_array_sort (ids, hx_compare_ids);
  for (guint i = 0; i < ids->len; i++)
    {
      const gint64 id = g_array_index (ids, gint64, i);

      if (i > 0 && id == g_array_index (ids, gint64, i - 1))
        continue;
      if (!hx_row_load (merging->connection, row, id, error)
          || (!row->is_void
              && !move_row (merging, row, target, to, from, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
hx_merging_move (HxMerging *merging, const HxKind *kind, gint64 to, gint64 from,
                 GError **error)
{
  const GPtrArray *kinds
      = hx_catalogue_kinds (hx_ledger_catalogue (merging->ledger));
  g_autofree char *reason
      = g_strdup_printf (_ ("并入 %ld：%s"), (long)to, merging->order->reason);

  if (merging->depth >= DEPTH_MAX)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("牵连的名册太多层"), kind->name,
                    NULL);
  merging->depth++;
  for (guint i = 0; i < kinds->len; i++)
    if (!move_kind (merging, kinds->pdata[i], kind, to, from, error))
      return FALSE;
  merging->depth--;
  return hx_ledger_void (merging->ledger, kind, from, reason, error);
}
