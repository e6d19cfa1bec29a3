/* The change log: one entry a change, chained by digest. */
#include "ledger/history_internal.h"
#include "ledger/lock_internal.h"
#include "ledger/search_internal.h"

static const HxMigration migrations[] = {
  { 1, "CREATE TABLE change_log (bureau_id INTEGER NOT NULL,"
       " seq INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,"
       " request TEXT, action TEXT NOT NULL, kind TEXT NOT NULL,"
       " row INTEGER NOT NULL, definition INTEGER NOT NULL, before TEXT,"
       " after TEXT, digest BLOB NOT NULL, PRIMARY KEY (bureau_id, seq))"
       " $options;"
       "CREATE INDEX change_log_row ON change_log"
       " (bureau_id, kind, row, seq)" },
  /* Who looked at what is asked for among very many other entries. */
  { 2, "CREATE INDEX change_log_reveal ON change_log (bureau_id, seq)"
       " WHERE action = 'reveal'" },
};

/* What an older program wrote lies open in its tables. */
static gboolean
has_key_or_is_new (HxConnection *connection, GError **error)
{
  gint64 entries = 0;
  guint generation;

  return hx_query_integer (connection, "SELECT 1 FROM change_log LIMIT 1", 0,
                           &entries, error)
         && (entries == 0
             || hx_key_generation (connection, &generation, error));
}

gboolean
hx_ledger_migrate (HxConnection *connection, GError **error)
{
  return hx_migrate (connection, "ledger", migrations,
                     G_N_ELEMENTS (migrations), error)
         && hx_search_migrate (connection, error)
         && has_key_or_is_new (connection, error)
         && hx_key_establish (connection, error)
         && hx_history_migrate (connection, error)
         && hx_approval_migrate (connection, error)
         && hx_evidence_migrate (connection, error)
         && hx_lock_migrate (connection, error);
}

/* -------------------------------------------------------------------- JSON */

void
hx_log_integer (GString *out, gint64 number)
{
  char digits[21];
  char *end = digits + sizeof digits;
  char *begin = end;
  guint64 rest = number < 0 ? -(guint64)number : (guint64)number;

  do
    *--begin = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (number < 0)
    *--begin = '-';
  hx_append (out, begin, (gsize)(end - begin));
}

static void
append_key (GString *out, const char *key)
{
  if (out->len > 1)
    hx_append (out, ",", 1);
  hx_append (out, "\"", 1);
  hx_append (out, key, strlen (key));
  hx_append (out, "\":", 2);
}

void
hx_write_integer (GString *out, const HxField *field, const HxValue *value)
{
  append_key (out, field->key);
  hx_log_integer (out, value->integer);
}

void
hx_write_text (GString *out, const HxField *field, const HxValue *value)
{
  append_key (out, field->key);
  hx_json_append_string (out, field->secret ? value->sealed : value->text);
}

/* The named people are a JSON array already. */
void
hx_write_attendees (GString *out, const HxField *field, const HxValue *value)
{
  hx_write_integer (out, field, value);
  if (value->people == NULL)
    return;
  g_string_append (out, ",\"");
  g_string_append (out, field->key);
  g_string_append (out, "_people\":");
  g_string_append (out, value->people);
}

void
hx_log_values (GString *out, const HxRow *row, const HxRow *other)
{
  g_string_assign (out, "{");
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);
      const HxValue *value = &row->values[i];

      if (!value->filled)
        continue;
      if (other != NULL && hx_value_equal (field, value, &other->values[i]))
        continue;
      hx_field_class (field->type)->write (out, field, value);
    }
  if (row->unit_id != 0 && (other == NULL || other->unit_id != row->unit_id))
    {
      append_key (out, "unit_id");
      hx_log_integer (out, row->unit_id);
    }
  g_string_append_c (out, '}');
}

/* ------------------------------------------------------------------- chain */

static void
frame_size (GString *frame, guint32 size)
{
  guint32 big = GUINT32_TO_BE (size);

  hx_append (frame, (const char *)&big, sizeof big);
}

static void
frame_text (GString *frame, const char *text)
{
  gsize size = text != NULL ? strlen (text) : 0;

  frame_size (frame, text != NULL ? (guint32)size : G_MAXUINT32);
  if (size > 0)
    hx_append (frame, text, size);
}

static void
frame_integer (GString *frame, gint64 number)
{
  gsize start = frame->len;
  guint32 big;

  frame_size (frame, 0);
  hx_log_integer (frame, number);
  big = GUINT32_TO_BE ((guint32)(frame->len - start - sizeof big));
  memcpy (frame->str + start, &big, sizeof big);
}

void
hx_entry_digest (HxDigest *digest, GString *frame, const guint8 *previous,
                 const HxEntry *entry, guint8 *out)
{
  g_string_truncate (frame, 0);
  g_string_append_len (frame, (const char *)previous, HX_DIGEST_SIZE);
  frame_integer (frame, HX_BUREAU_ID);
  frame_integer (frame, entry->seq);
  frame_text (frame, entry->at);
  frame_text (frame, entry->actor);
  frame_text (frame, entry->request);
  frame_text (frame, entry->action);
  frame_text (frame, entry->kind);
  frame_integer (frame, entry->row);
  frame_integer (frame, entry->definition);
  frame_text (frame, entry->before);
  frame_text (frame, entry->after);
  hx_digest_reset (digest);
  hx_digest_update (digest, frame->str, frame->len);
  hx_digest_finish (digest, out);
}

static gboolean
read_head (HxLedger *ledger, GError **error)
{
  HxStatement *statement
      = hx_statement (ledger->connection,
                      "SELECT seq, digest FROM change_log WHERE bureau_id = ?1"
                      " ORDER BY seq DESC LIMIT 1",
                      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    {
      ledger->seq = hx_column_integer (statement, 0);
      if (hx_column_size (statement, 1) == HX_DIGEST_SIZE)
        memcpy (ledger->head, hx_column_blob (statement, 1), HX_DIGEST_SIZE);
    }
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

gboolean
hx_log_open (HxLedger *ledger, GError **error)
{
  ledger->log = hx_statement (
      ledger->connection,
      "INSERT INTO change_log (bureau_id, " HX_ENTRY_COLUMNS ", digest)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      error);
  return ledger->log != NULL && read_head (ledger, error);
}

static void
bind_entry (HxStatement *statement, const HxEntry *entry)
{
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, entry->seq);
  hx_bind_text (statement, 3, entry->at, -1);
  hx_bind_text (statement, 4, entry->actor, -1);
  hx_bind_text (statement, 5, entry->request, -1);
  hx_bind_text (statement, 6, entry->action, -1);
  hx_bind_text (statement, 7, entry->kind, -1);
  hx_bind_integer (statement, 8, entry->row);
  hx_bind_integer (statement, 9, entry->definition);
  hx_bind_text (statement, 10, entry->before, -1);
  hx_bind_text (statement, 11, entry->after, -1);
}

static gboolean
write_entry (HxLedger *ledger, HxEntry *entry, GError **error)
{
  guint8 digest[HX_DIGEST_SIZE];

  entry->seq = ledger->seq + 1;
  entry->at = ledger->at;
  entry->actor = ledger->actor;
  entry->request = ledger->request;
  hx_entry_digest (ledger->chain, ledger->frame, ledger->head, entry, digest);
  bind_entry (ledger->log, entry);
  hx_bind_blob (ledger->log, 12, digest, sizeof digest);
  if (!hx_step_done (ledger->log, error))
    return FALSE;
  memcpy (ledger->head, digest, sizeof digest);
  ledger->seq = entry->seq;
  return TRUE;
}

gboolean
hx_log_write (HxLedger *ledger, const char *action, const HxRow *row,
              GError **error)
{
  HxEntry entry = {
    .action = action,
    .kind = row->kind->key,
    .row = row->id,
    .definition = row->definition,
    .before = ledger->before->len > 0 ? ledger->before->str : NULL,
    .after = ledger->after->len > 0 ? ledger->after->str : NULL,
  };

  return write_entry (ledger, &entry, error);
}

gboolean
hx_ledger_note (HxLedger *ledger, const HxNote *note, GError **error)
{
  HxEntry entry = { .action = note->action,
                    .kind = note->subject,
                    .row = note->row,
                    .after = note->after };

  g_return_val_if_fail (note->subject[0] == '@', FALSE);
  return write_entry (ledger, &entry, error);
}

/* ----------------------------------------------------------------- reading */

void
hx_entry_read (HxStatement *statement, HxEntry *entry)
{
  entry->seq = hx_column_integer (statement, 0);
  entry->at = hx_column_text (statement, 1);
  entry->actor = hx_column_text (statement, 2);
  entry->request = hx_column_text (statement, 3);
  entry->action = hx_column_text (statement, 4);
  entry->kind = hx_column_text (statement, 5);
  entry->row = hx_column_integer (statement, 6);
  entry->definition = hx_column_integer (statement, 7);
  entry->before = hx_column_text (statement, 8);
  entry->after = hx_column_text (statement, 9);
}

static gboolean
tell_entry (HxStatement *statement, HxLogFunc function, gpointer data)
{
  HxEntry entry;
  HxLogEntry told;

  hx_entry_read (statement, &entry);
  told = (HxLogEntry){ entry.seq,    entry.at,     entry.actor, entry.request,
                       entry.action, entry.before, entry.after };
  return function (&told, data);
}

gboolean
hx_ledger_history (HxConnection *connection, const HxKind *kind, gint64 id,
                   HxLogFunc function, gpointer data, GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_statement_new (connection, HX_LOG_HISTORY, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, kind->key, -1);
  hx_bind_integer (statement, 3, id);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    if (!tell_entry (statement, function, data))
      return TRUE;
  return step == HX_STEP_DONE;
}
