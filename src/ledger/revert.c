/* Taking back a run of entries of the change log.
 *
 * The entries are taken back one by one, the last first, so that each meets
 * the row as it left it.  Only what the entry itself changed is looked at and
 * put back: other fields may have moved on since.  To the history it is a
 * correction: what was put in was wrong all the time. */
#include "ledger/history_internal.h"

typedef struct
{
  HxLedger *ledger;
  const char *reason;
  HxFaults *faults;
  gboolean good;    /* all entries so far */
  gboolean refused; /* this one */
} Revert;

typedef struct
{
  gint64 seq, row;
  char *action, *kind, *before, *after;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->action);
  g_free (entry->kind);
  g_free (entry->before);
  g_free (entry->after);
  g_free (entry);
}

static void
refuse (Revert *revert, const HxKind *kind, gint64 row, const char *why)
{
  revert->good = FALSE;
  revert->refused = TRUE;
  hx_faults_take (revert->faults,
                  g_strdup_printf ("%s %ld: %s", kind->name, (long)row, why));
}

/* The last entry first; NULL with *error. */
static GPtrArray *
read_entries (HxLedger *ledger, const gint64 *range, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  HxStatement *statement
      = hx_statement (ledger->connection,
                      "SELECT " HX_ENTRY_COLUMNS " FROM change_log"
                      " WHERE bureau_id = ?1 AND seq BETWEEN ?2 AND ?3"
                      " ORDER BY seq DESC",
                      error);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, range[0]);
  hx_bind_integer (statement, 3, range[1]);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      Entry *kept = g_new0 (Entry, 1);
      HxEntry entry;

      hx_entry_read (statement, &entry);
      *kept = (Entry){ .seq = entry.seq,
                       .row = entry.row,
                       .action = g_strdup (entry.action),
                       .kind = g_strdup (entry.kind),
                       .before = g_strdup (entry.before),
                       .after = g_strdup (entry.after) };
      g_ptr_array_add (entries, kept);
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

/* ------------------------------------------------------------------- checks */

/* What the row refers to lives. */
static gboolean
refers_to_the_living (Revert *revert, const HxRow *row, GError **error)
{
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);
      g_autoptr (HxRow) target = NULL;

      if (field->type != HX_FIELD_REF || !row->values[i].filled)
        continue;
      target = hx_row_new (field->target);
      if (!hx_row_load (revert->ledger->connection, target,
                        row->values[i].integer, error))
        return FALSE;
      if (target->is_void)
        refuse (revert, row->kind, row->id, _ ("它所指的一行已经作废"));
    }
  return TRUE;
}

/* Nobody took the place of the row meanwhile. */
static gboolean
has_its_place (Revert *revert, HxKindState *state, HxRow *row, GError **error)
{
  HxFaults *faults = revert->faults;
  g_autoptr (GError) failed = NULL;
  const HxRow *stored = state->stored;

  if (!hx_ledger_find_stored (revert->ledger, state, row, row->id, error))
    return FALSE;
  if (stored->id != 0 && !stored->is_void)
    {
      g_autofree char *why = g_strdup_printf (
          _ ("已有另一行与它相同，编号 %ld"), (long)stored->id);

      refuse (revert, row->kind, row->id, why);
    }
  if (!hx_row_is_unique (revert->ledger, row, faults, &failed))
    {
      revert->good = FALSE;
      revert->refused = TRUE;
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return refers_to_the_living (revert, row, error)
         && hx_ledger_stored (revert->ledger, state, row->id, error);
}

/* The row holds what the entry left in it. */
static gboolean
holds (HxLedger *ledger, const HxRow *row, const Entry *entry)
{
  g_autoptr (HxRow) left = hx_row_new (row->kind);

  for (guint i = 0; i < row->kind->fields->len; i++)
    hx_value_copy (left, i, &row->values[i]);
  left->id = row->id;
  hx_row_forget (left, entry->before);
  hx_row_apply (ledger->connection, left, entry->after);
  for (guint i = 0; i < row->kind->fields->len; i++)
    if (!hx_value_equal (g_ptr_array_index (row->kind->fields, i),
                         &row->values[i], &left->values[i]))
      return FALSE;
  return TRUE;
}

/* ------------------------------------------------------------------ entries */

static gboolean
restore (Revert *revert, HxKindState *state, HxRow *row, const Entry *entry,
         GError **error)
{
  if (!row->is_void || row->seq != entry->seq)
    {
      refuse (revert, row->kind, row->id, _ ("后来又有变动"));
      return TRUE;
    }
  row->is_void = FALSE;
  if (!has_its_place (revert, state, row, error))
    return FALSE;
  return revert->refused
         || hx_ledger_write (revert->ledger, state, row, state->stored,
                             revert->reason, error);
}

static gboolean
write_change (HxLedger *ledger, HxKindState *state, HxRow *row, GError **error)
{
  gboolean done
      = hx_history_plan (ledger, state->stored, row, NULL, error)
        && hx_ledger_write (ledger, state, row, state->stored, NULL, error);

  g_array_set_size (ledger->dated, 0);
  return done;
}

static gboolean
change_back (Revert *revert, HxKindState *state, HxRow *row, const Entry *entry,
             GError **error)
{
  if (row->is_void || !holds (revert->ledger, row, entry))
    {
      refuse (revert, row->kind, row->id, _ ("后来又有变动"));
      return TRUE;
    }
  hx_row_forget (row, entry->after);
  hx_row_apply (revert->ledger->connection, row, entry->before);
  if (!has_its_place (revert, state, row, error))
    return FALSE;
  return revert->refused || write_change (revert->ledger, state, row, error);
}

typedef gboolean (*Undo) (Revert *revert, HxKindState *state, HxRow *row,
                          const Entry *entry, GError **error);

static Undo
undo_of (const char *action)
{
  static const struct
  {
    const char *action;
    Undo undo;
  } undos[] = { { "change", change_back }, { "void", restore } };

  for (guint i = 0; i < G_N_ELEMENTS (undos); i++)
    if (g_str_equal (undos[i].action, action))
      return undos[i].undo;
  return NULL;
}

static gboolean
take_back (Revert *revert, const Entry *entry, GError **error)
{
  HxLedger *ledger = revert->ledger;
  const HxKind *kind = hx_catalogue_kind (ledger->catalogue, entry->kind);
  const Undo undo = undo_of (entry->action);
  HxKindState *state;
  g_autoptr (HxRow) row = NULL;

  if (kind == NULL)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("目录里没有这种台账了"),
                    entry->kind, NULL);
  if (undo == NULL)
    {
      refuse (revert, kind, entry->row, _ ("这种变更不能撤销"));
      return TRUE;
    }
  revert->refused = FALSE;
  state = hx_ledger_kind (ledger, kind, error);
  row = hx_row_new (kind);
  return state != NULL
         && hx_row_load (ledger->connection, row, entry->row, error)
         && undo (revert, state, row, entry, error);
}

gboolean
hx_ledger_revert (HxLedger *ledger, const gint64 *range, const char *reason,
                  HxFaults *faults, GError **error)
{
  g_autoptr (GPtrArray) entries = read_entries (ledger, range, error);
  Revert revert = { ledger, reason, faults, TRUE, FALSE };

  const HxEffect effect = ledger->effect;
  gboolean done = entries != NULL;

  ledger->effect = (HxEffect){ .is_correction = TRUE };
  for (guint i = 0; done && i < entries->len; i++)
    done = take_back (&revert, entries->pdata[i], error);
  ledger->effect = effect;
  return done && revert.good;
}
