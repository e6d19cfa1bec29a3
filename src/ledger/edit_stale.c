/* A row that was changed while somebody filled in its form.
 *
 * What the user saw is replayed from the row's entries of the change log up to
 * that version; each entry but those that change no row makes one version.
 */
#include "ledger/edit_internal.h"

#include "ledger/secret.h"

typedef struct
{
  HxLedger *ledger;
  HxRow *seen;
  gint64 version, wanted;
  char *at, *actor; /* of the last change behind it */
} Replay;

static gboolean
replay_entry (const HxLogEntry *entry, gpointer data)
{
  Replay *replay = data;

  if (g_str_equal (entry->action, HX_ACTION_REVEAL)
      || g_str_equal (entry->action, "history")
      || hx_action_is_approval (entry->action))
    return TRUE;
  if (++replay->version > replay->wanted)
    {
      g_free (replay->at);
      g_free (replay->actor);
      replay->at = g_strdup (entry->at);
      replay->actor = g_strdup (entry->actor);
      return TRUE;
    }
  if (g_str_equal (entry->action, "void")
      || g_str_equal (entry->action, "restore"))
    return TRUE;
  hx_row_forget (replay->seen, entry->before);
  hx_row_apply (replay->ledger->connection, replay->seen, entry->after);
  return TRUE;
}

static void
add_meanwhile (HxEdit *edit, const Replay *replay, const HxField *field,
               char *was, char *is)
{
  HxMeanwhile *meanwhile = g_new0 (HxMeanwhile, 1);

  meanwhile->field = field;
  meanwhile->at = g_strdup (replay->at);
  meanwhile->actor = g_strdup (replay->actor);
  meanwhile->was = was;
  meanwhile->is = is;
  g_ptr_array_add (edit->meanwhile, meanwhile);
}

/* A cell that still says what the user saw takes what is there now. */
static gboolean
take_field (HxEdit *edit, const Replay *replay, const HxField *field,
            const HxRow *stored, GError **error)
{
  HxConnection *connection = replay->ledger->connection;
  char **cell = &edit->cells[field->index];
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;
  g_autofree char *seen = NULL;

  if (hx_value_equal (field, &replay->seen->values[field->index],
                      &stored->values[field->index]))
    return TRUE;
  was = hx_value_display (connection, replay->seen, field, HX_AUDIENCE_INSIDE,
                          error);
  is = was == NULL ? NULL
                   : hx_value_display (connection, stored, field,
                                       HX_AUDIENCE_INSIDE, error);
  if (is == NULL)
    return FALSE;
  add_meanwhile (edit, replay, field, g_steal_pointer (&was),
                 g_steal_pointer (&is));
  if (*cell == NULL)
    return TRUE;
  seen = hx_value_cell (connection, replay->seen, field, error);
  if (seen == NULL)
    return FALSE;
  if (!g_str_equal (seen, *cell))
    return TRUE;
  g_free (*cell);
  *cell = hx_value_cell (connection, stored, field, error);
  return *cell != NULL;
}

static gboolean
take_fields (HxEdit *edit, const Replay *replay, const HxRow *stored,
             GError **error)
{
  const GPtrArray *fields = edit->kind->fields;

  for (guint i = 0; i < fields->len; i++)
    if (!take_field (edit, replay, fields->pdata[i], stored, error))
      return FALSE;
  if (edit->meanwhile->len == 0)
    add_meanwhile (edit, replay, NULL, NULL, NULL);
  edit->version = stored->version;
  edit->is_stale = TRUE;
  if (stored->is_void)
    hx_edit_fault (edit, NULL, _ ("这一行已经作废"));
  return TRUE;
}

gboolean
hx_edit_catch_up (HxLedger *ledger, HxEdit *edit, const HxRow *stored,
                  GError **error)
{
  g_autoptr (HxRow) seen = hx_row_new (edit->kind);
  Replay replay = { .ledger = ledger, .seen = seen, .wanted = edit->version };
  gboolean done;

  seen->id = stored->id;
  done = hx_ledger_history (ledger->connection, edit->kind, stored->id,
                            replay_entry, &replay, error)
         && take_fields (edit, &replay, stored, error);
  g_free (replay.at);
  g_free (replay.actor);
  return done;
}
