#include "server/duplicate_view.h"

#include "server/people_list.h"

const HxDuplicateRules *
hx_duplicate_rules (const HxCall *call, GError **error)
{
  const HxKind *kind = hx_people_kind (call, error);
  const HxDuplicateRules *rules
      = kind != NULL ? hx_catalogue_duplicates (hx_call_catalogue (call), kind)
                     : NULL;

  if (kind != NULL && rules == NULL)
    hx_fail (error, HX_ERROR_NOT_FOUND, _ ("目录里没有写明这种名册怎样查重"),
             "duplicates.yaml", NULL);
  return rules;
}

/* -------------------------------------------------------------------- pairs */

void
hx_pair_view_clear (HxPairView *pair)
{
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&pair->rows[i], hx_row_free);
      g_clear_pointer (&pair->labels[i], g_free);
    }
}

gboolean
hx_pair_view_load (HxPairView *pair, HxShown *shown, const HxKind *kind,
                   const gint64 *ids, GError **error)
{
  for (guint i = 0; i < 2; i++)
    {
      pair->rows[i] = hx_row_new (kind);
      if (!hx_shown_load (shown, pair->rows[i], ids[i], error))
        return FALSE;
      pair->labels[i] = hx_shown_label (shown, pair->rows[i], error);
      pair->units[i] = hx_shown_unit (shown, pair->rows[i]->unit_id, error);
      if (pair->labels[i] == NULL || pair->units[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

/* FALSE without *error: somebody of it is beyond the scope. */
static gboolean
tell_pair (HxShown *shown, const HxDuplicates *found,
           const HxDuplicatePair *pair, HxPairView *view, GError **error)
{
  const gint64 ids[] = { pair->one, pair->other };
  g_autoptr (GError) failed = NULL;

  if (hx_pair_view_load (view, shown, found->rules->of, ids, &failed))
    return TRUE;
  if (!g_error_matches (failed, HX_ERROR, HX_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

HxDuplicates *
hx_pairs_each (HxShown *shown, HxPairQuery *query, HxPairFunc function,
               gpointer data, GError **error)
{
  const HxDuplicateRules *rules = hx_duplicate_rules (shown->call, error);
  HxDuplicateQuery asked = { .unit_id = query->unit_id };
  g_autoptr (HxDuplicates) found = NULL;
  guint told = 0;

  if (rules == NULL
      || !hx_identity_unit (shown->identity, &asked.unit_id, error))
    return NULL;
  found = hx_duplicates_find (shown->connection, rules, &asked, error);
  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->pairs->len && told < query->limit; i++)
    {
      const HxDuplicatePair *pair
          = &g_array_index (found->pairs, HxDuplicatePair, i);
      g_autoptr (GError) failed = NULL;
      g_auto (HxPairView) view = { 0 };

      if (!tell_pair (shown, found, pair, &view, &failed))
        query->hidden++;
      else if (function (pair, &view, data, &failed))
        told++;
      if (failed != NULL)
        return g_propagate_error (error, g_steal_pointer (&failed)), NULL;
    }
  return g_steal_pointer (&found);
}

/* ------------------------------------------------------------------ merging */

void
hx_merging_clear (HxMerging *merging)
{
  hx_merged_clear (&merging->merged);
}

static gboolean
check_rights (const HxShown *shown, const HxKind *kind, GError **error)
{
  if (hx_identity_may (shown->identity, HX_ACT_WRITE, kind)
      && hx_identity_may (shown->identity, HX_ACT_VOID, kind))
    return TRUE;
  return hx_fail (error, HX_ERROR_CONFLICT, _ ("您不能合并这种名册的行"),
                  kind->name, _ ("请能作废的人来做"));
}

static gboolean
check_scope (HxShown *shown, const HxKind *kind, const gint64 *ids,
             GError **error)
{
  g_auto (HxPairView) view = { 0 };

  return check_rights (shown, kind, error)
         && hx_pair_view_load (&view, shown, kind, ids, error);
}

static gboolean
merge (HxLedger *ledger, gpointer data, GError **error)
{
  HxMerging *merging = data;

  if (!hx_merge (ledger, merging->rules, &merging->order, &merging->merged,
                 error))
    return FALSE;
  if (merging->trial)
    hx_write_discard (hx_ledger_connection (ledger));
  return TRUE;
}

gboolean
hx_merging_run (HxMerging *merging, HxShown *shown, GError **error)
{
  const HxCall *call = shown->call;
  const char *reason = hx_call_text (call, "reason");
  const gint64 ids[]
      = { hx_call_integer (call, "keep"), hx_call_integer (call, "other") };

  merging->rules = hx_duplicate_rules (call, error);
  if (merging->rules == NULL
      || !check_scope (shown, merging->rules->of, ids, error))
    return FALSE;
  merging->order = (HxMergeOrder){
    .keep = ids[0],
    .other = ids[1],
    .reason = reason != NULL && *reason != '\0' ? reason : _ ("重复登记"),
    .take = hx_call_texts (call, "take"),
  };
  merging->trial = hx_call_bool (call, "trial");
  return hx_call_write (shown->call, merge, merging, error);
}

typedef struct
{
  const HxDuplicateRules *rules;
  gint64 pair[2];
  const char *reason;
  gint64 id;
} Note;

static gboolean
write_note (HxLedger *ledger, gpointer data, GError **error)
{
  Note *note = data;

  return hx_duplicates_not_same (ledger, note->rules, note->pair, note->reason,
                                 &note->id, error);
}

gboolean
hx_not_same_run (HxShown *shown, gint64 *id, GError **error)
{
  const HxCall *call = shown->call;
  Note note = { .rules = hx_duplicate_rules (call, error),
                .pair = { hx_call_integer (call, "one"),
                          hx_call_integer (call, "other") },
                .reason = hx_call_text (call, "reason") };

  if (note.rules == NULL
      || !check_scope (shown, note.rules->of, note.pair, error)
      || !hx_call_write (shown->call, write_note, &note, error))
    return FALSE;
  *id = note.id;
  return TRUE;
}

typedef struct
{
  const HxDuplicateRules *rules;
  gint64 note;
} Undo;

static gboolean
undo (HxLedger *ledger, gpointer data, GError **error)
{
  const Undo *asked = data;

  return hx_merge_undo (ledger, asked->rules, asked->note, error);
}

gboolean
hx_merge_undo_run (HxShown *shown, GError **error)
{
  const HxCall *call = shown->call;
  Undo asked
      = { hx_duplicate_rules (call, error), hx_call_integer (call, "merge") };
  g_autoptr (HxRow) row = NULL;

  if (asked.rules == NULL || !check_rights (shown, asked.rules->of, error))
    return FALSE;
  if (asked.rules->merges == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这次合并"), NULL, NULL);
  row = hx_row_new (asked.rules->merges);
  return hx_shown_load (shown, row, asked.note, error)
         && hx_call_write (shown->call, undo, &asked, error);
}
