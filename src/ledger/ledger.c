/* The ledger of one write, and what it knows of each kind. */
#include "ledger/history_internal.h"
#include "ledger/lock_internal.h"
#include "ledger/search_internal.h"

HxLedger *
hx_ledger_new (HxConnection *connection, HxCatalogue *catalogue,
               const HxAuthor *author, const HxWatcher *watcher, GError **error)
{
  g_autoptr (HxLedger) ledger = g_new0 (HxLedger, 1);

  ledger->connection = connection;
  ledger->catalogue = hx_catalogue_ref (catalogue);
  ledger->actor = g_strdup (author->actor);
  ledger->request = g_strdup (author->request);
  ledger->at = hx_time_now ();
  if (watcher != NULL)
    ledger->watcher = *watcher;
  ledger->kinds = g_ptr_array_new_with_free_func (hx_kind_state_free);
  g_ptr_array_set_size (ledger->kinds,
                        (int)hx_catalogue_kinds (catalogue)->len);
  ledger->chain = hx_digest_new (hx_catalogue_digest_kind (catalogue));
  ledger->ident = hx_ident_new (connection);
  ledger->before = g_string_new (NULL);
  ledger->after = g_string_new (NULL);
  ledger->frame = g_string_new (NULL);
  ledger->normal = g_string_new (NULL);
  ledger->dated = g_array_new (FALSE, FALSE, sizeof (HxDatedChange));
  ledger->warnings = g_ptr_array_new_with_free_func (g_free);
  ledger->locks = hx_locks_new ();
  if (ledger->chain == NULL || ledger->ident == NULL)
    {
      hx_fail (error, HX_ERROR_STORE, _ ("系统没有所需的摘要算法"), NULL, NULL);
      return NULL;
    }
  if (!hx_log_open (ledger, error) || !hx_lock_open (ledger, error))
    return NULL;
  return g_steal_pointer (&ledger);
}

gboolean
hx_ledger_finish (HxLedger *ledger, GError **error)
{
  for (guint i = 0; i < ledger->kinds->len; i++)
    if (ledger->kinds->pdata[i] != NULL
        && (!hx_bulk_end (ledger, ledger->kinds->pdata[i], error)
            || !hx_ledger_index_end (ledger->kinds->pdata[i], error)))
      return FALSE;
  if (ledger->watcher.finish == NULL)
    return TRUE;
  return ledger->watcher.finish (ledger->watcher.data, error);
}

void
hx_ledger_free (HxLedger *ledger)
{
  if (ledger == NULL)
    return;
  g_ptr_array_unref (ledger->kinds);
  hx_ledger_index_free (ledger);
  hx_digest_free (ledger->chain);
  hx_ident_free (ledger->ident);
  g_string_free (ledger->before, TRUE);
  g_string_free (ledger->after, TRUE);
  g_string_free (ledger->frame, TRUE);
  g_string_free (ledger->normal, TRUE);
  g_array_unref (ledger->dated);
  g_ptr_array_unref (ledger->warnings);
  hx_spend_free (ledger->spend);
  g_array_unref (ledger->locks);
  g_free (ledger->correction);
  g_free (ledger->actor);
  g_free (ledger->request);
  g_free (ledger->at);
  hx_catalogue_unref (ledger->catalogue);
  g_free (ledger);
}

gint64
hx_ledger_seq (const HxLedger *ledger)
{
  return ledger->seq;
}

const GPtrArray *
hx_ledger_warnings (const HxLedger *ledger, guint64 *count)
{
  if (count != NULL)
    *count = ledger->n_warnings;
  return ledger->warnings;
}

HxConnection *
hx_ledger_connection (HxLedger *ledger)
{
  return ledger->connection;
}

HxCatalogue *
hx_ledger_catalogue (HxLedger *ledger)
{
  return ledger->catalogue;
}

/* ------------------------------------------------------------------- kinds */

void
hx_kind_state_free (gpointer data)
{
  HxKindState *state = data;

  if (state == NULL)
    return;
  hx_bulk_free (state->bulk);
  hx_key_buffer_free (state->keys);
  hx_row_free (state->stored);
  hx_row_free (state->cell);
  g_free (state->names);
  g_free (state->repeats);
  g_hash_table_unref (state->targets);
  g_hash_table_unref (state->units);
  g_clear_pointer (&state->twins, g_hash_table_unref);
  g_free (state);
}

/* The log counts too: an id is never given twice, not even when a row was
 * removed behind the program's back. */
static gboolean
read_last_id (HxLedger *ledger, HxKindState *state, GError **error)
{
  g_autofree char *rows
      = g_strdup_printf ("SELECT max(id) FROM %s WHERE bureau_id = %d",
                         state->kind->table, HX_BUREAU_ID);
  g_autofree char *entries = g_strdup_printf (
      "SELECT max(row) FROM change_log WHERE bureau_id = %d AND kind = '%s'",
      HX_BUREAU_ID, state->kind->key);
  gint64 row = 0;
  gint64 entry = 0;

  if (!hx_query_integer (ledger->connection, rows, 0, &row, error)
      || !hx_query_integer (ledger->connection, entries, 0, &entry, error))
    return FALSE;
  state->last_id = MAX (row, entry);
  return TRUE;
}

gint64
hx_kind_next_id (HxLedger *ledger, HxKindState *state, GError **error)
{
  if (state->last_id < 0 && !read_last_id (ledger, state, error))
    return 0;
  return ++state->last_id;
}

HxStatement *
hx_kind_statement (HxLedger *ledger, const HxKindState *state,
                   HxStatement **kept, char *(*sql) (const HxKind *kind),
                   GError **error)
{
  g_autofree char *text = NULL;

  if (*kept != NULL)
    return *kept;
  text = sql (state->kind);
  *kept = hx_statement (ledger->connection, text, error);
  return *kept;
}

HxKindState *
hx_ledger_kind (HxLedger *ledger, const HxKind *kind, GError **error)
{
  HxKindState *state = g_ptr_array_index (ledger->kinds, kind->index);

  if (state != NULL)
    return state;
  state = g_new0 (HxKindState, 1);
  state->kind = kind;
  state->names = g_new0 (HxStatement *, MAX (kind->fields->len, 1));
  state->repeats = g_new0 (HxStatement *, MAX (kind->fields->len, 1));
  state->stored = hx_row_new (kind);
  state->cell = hx_row_new (kind);
  state->targets
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  state->units
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  state->last_id = -1;
  if (!hx_ident_restore (ledger, kind, error)
      || !hx_bulk_begin (ledger, state, error))
    {
      hx_kind_state_free (state);
      return NULL;
    }
  ledger->kinds->pdata[kind->index] = state;
  return state;
}
