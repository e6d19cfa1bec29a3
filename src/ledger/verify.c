/* Verifying: the chain from its first entry, then each row against its own.
 *
 * The chain is read once in the order of seq.  The rows are read kind by kind
 * in the order of their ids, and beside them the entries in the order of row
 * and seq, so that one row and its entries are in memory at a time: a replay
 * applies `after` (and empties what is in `before` alone), adds what installing
 * a catalogue filled, and is compared with the row.
 */
#include "ledger/approval.h"
#include "ledger/history_internal.h"

#include <jansson.h>

#define PROGRESS_STEP 4096

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  HxFindingFunc function;
  gpointer data;
  HxProgress progress;
  guint64 done, total;
  HxDigest *digest; /* of the chain */
  HxIdent *ident;
  GString *frame;
} HxVerify;

static void tell (HxVerify *verify, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

static void
tell (HxVerify *verify, const char *format, ...)
{
  g_autofree char *finding = NULL;
  va_list arguments;

  va_start (arguments, format);
  finding = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  verify->function (finding, verify->data);
}

static gboolean
advance (HxVerify *verify, GError **error)
{
  verify->done++;
  if (verify->progress == NULL || verify->done % PROGRESS_STEP != 0
      || verify->progress (verify->done, verify->total, verify->data))
    return TRUE;
  return hx_fail (error, HX_ERROR_LIMIT, _ ("核对被中止"), NULL, NULL);
}

/* ------------------------------------------------------------------- chain */

static gboolean
link_holds (HxVerify *verify, HxStatement *statement, guint8 *head,
            gint64 expected_seq)
{
  guint8 digest[HX_DIGEST_SIZE];
  HxEntry entry;

  hx_entry_read (statement, &entry);
  hx_entry_digest (verify->digest, verify->frame, head, &entry, digest);
  if (entry.seq == expected_seq
      && hx_column_size (statement, 10) == HX_DIGEST_SIZE
      && memcmp (digest, hx_column_blob (statement, 10), HX_DIGEST_SIZE) == 0)
    {
      memcpy (head, digest, HX_DIGEST_SIZE);
      return TRUE;
    }
  tell (verify, _ ("变更日志在第 %ld 条断开: %s %ld: 此后各条都依赖它"),
        (long)expected_seq, entry.kind, (long)entry.row);
  return FALSE;
}

static gboolean
check_chain (HxVerify *verify, GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_statement_new (verify->connection,
                          "SELECT " HX_ENTRY_COLUMNS ", digest FROM change_log"
                          " WHERE bureau_id = ?1 ORDER BY seq",
                          error);
  guint8 head[HX_DIGEST_SIZE] = { 0 };
  gint64 seq = 0;
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      if (!link_holds (verify, statement, head, ++seq))
        return TRUE;
      if (!advance (verify, error))
        return FALSE;
    }
  return step == HX_STEP_DONE;
}

/* ------------------------------------------------------------------ replay */

/* Fills of the versions of the kind after `from`, up to `to`. */
static void
apply_fills (HxRow *row, const GPtrArray *fills, gint64 from, gint64 to)
{
  for (guint i = 0; i < fills->len; i++)
    {
      const HxFill *fill = g_ptr_array_index (fills, i);
      HxValue *value = &row->values[fill->field->index];

      if (fill->version <= from || fill->version > to || value->filled)
        continue;
      if (fill->text != NULL)
        hx_row_set_text (row, value, fill->text);
      value->filled = TRUE;
      value->integer = fill->integer;
    }
}

static void
replay (HxConnection *connection, HxRow *row, const HxEntry *entry,
        const GPtrArray *fills)
{
  if (g_str_equal (entry->action, "history"))
    return;
  if (row->id != 0)
    apply_fills (row, fills, row->definition, entry->definition);
  row->id = entry->row;
  row->seq = entry->seq;
  row->definition = entry->definition;
  row->version++;
  if (g_str_equal (entry->action, "void")
      || g_str_equal (entry->action, "restore"))
    {
      row->is_void = *entry->action == 'v';
      return;
    }
  hx_row_forget (row, entry->before);
  hx_row_apply (connection, row, entry->after);
}

/* -------------------------------------------------------------------- rows */

static gboolean
same_system (const HxRow *a, const HxRow *b)
{
  return a->unit_id == b->unit_id && a->is_void == b->is_void
         && a->version == b->version && a->definition == b->definition
         && a->seq == b->seq;
}

typedef struct
{
  HxStatement *rows, *entries;
  HxRow *row, *replayed;
  GPtrArray *fills;
  guint n_digests;
  gint64 ident;
  gboolean more;
} HxMerge;

/* The columns of the digests stand behind the ident. */
static gboolean
digest_holds (HxVerify *verify, HxStatement *statement, int column,
              const HxField *field, const HxValue *value)
{
  if (!value->filled)
    return hx_column_is_null (statement, column);
  return hx_column_integer (statement, column)
         == hx_value_digest (verify->connection, field, value->text,
                             verify->frame);
}

static void
compare_digests (HxVerify *verify, const HxMerge *merge)
{
  const HxRow *row = merge->row;
  int column = 1;

  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);

      if (field->digest_column == NULL)
        continue;
      if (!row->values[i].unopened
          && !digest_holds (verify, merge->rows, column, field,
                            &row->values[i]))
        tell (verify,
              _ ("%s（%s）编号 %ld 的“%s”的摘要不对: 有人绕过程序改了它"),
              row->kind->name, row->kind->table, (long)row->id, field->name);
      column++;
    }
}

static void
compare_field (HxVerify *verify, const HxRow *row, const HxField *field,
               const HxRow *replayed)
{
  const HxValue *value = &row->values[field->index];
  const HxValue *logged = &replayed->values[field->index];

  if (value->unopened)
    tell (verify, _ ("%s（%s）编号 %ld 的“%s”打不开: 有人绕过程序改了它"),
          row->kind->name, row->kind->table, (long)row->id, field->name);
  else if (logged->unopened)
    tell (verify, _ ("%s（%s）编号 %ld 的“%s”在变更日志里打不开"),
          row->kind->name, row->kind->table, (long)row->id, field->name);
  else if (!hx_value_equal (field, value, logged))
    tell (verify,
          _ ("%s（%s）编号 %ld 的“%s”与变更日志不符: 有人绕过程序改了它"),
          row->kind->name, row->kind->table, (long)row->id, field->name);
}

static void
compare (HxVerify *verify, const HxMerge *merge)
{
  const HxRow *row = merge->row;
  const HxRow *replayed = merge->replayed;
  const char *name = row->kind->name;
  gint64 ident = merge->ident;

  for (guint i = 0; i < row->kind->fields->len; i++)
    compare_field (verify, row, g_ptr_array_index (row->kind->fields, i),
                   replayed);
  compare_digests (verify, merge);
  if (!same_system (row, replayed))
    tell (verify,
          _ ("%s（%s）编号 %ld 的作废、机构或版本与变更日志不符: "
             "有人绕过程序改了它"),
          name, row->kind->table, (long)row->id);
  else if (ident != 0 && ident != hx_row_ident (verify->ident, row))
    tell (verify, _ ("%s（%s）编号 %ld 的识别码不对: 有人绕过程序改了它"), name,
          row->kind->table, (long)row->id);
}

/* The entries of the next row, replayed; id is 0 at the end. */
static gboolean
next_replay (HxVerify *verify, HxMerge *merge, GError **error)
{
  HxRow *replayed = merge->replayed;
  HxStep step = HX_STEP_ROW;
  HxEntry entry;

  hx_row_clear (replayed);
  while (merge->more)
    {
      hx_entry_read (merge->entries, &entry);
      if (replayed->id != 0 && entry.row != replayed->id)
        break;
      if (!g_str_equal (entry.action, HX_ACTION_REVEAL)
          && !hx_action_is_approval (entry.action))
        replay (verify->connection, replayed, &entry, merge->fills);
      step = hx_step (merge->entries, error);
      merge->more = step == HX_STEP_ROW;
      if (step == HX_STEP_ERROR || !advance (verify, error))
        return FALSE;
    }
  apply_fills (replayed, merge->fills, replayed->definition, G_MAXINT64);
  return TRUE;
}

static gboolean
next_row (HxMerge *merge, GError **error)
{
  HxStep step = hx_step (merge->rows, error);

  hx_row_clear (merge->row);
  if (step == HX_STEP_ROW)
    {
      merge->ident = hx_column_integer (merge->rows, 0);
      hx_row_read (merge->rows, 1 + (int)merge->n_digests, merge->row);
    }
  return step != HX_STEP_ERROR;
}

static gboolean
merge_step (HxVerify *verify, HxMerge *merge, GError **error)
{
  const HxRow *row = merge->row;
  const HxRow *replayed = merge->replayed;
  gboolean has_row = row->id != 0;
  gboolean take_row = has_row && (replayed->id == 0 || row->id <= replayed->id);
  gboolean take_entry
      = replayed->id != 0 && (!has_row || replayed->id <= row->id);

  if (take_row && take_entry)
    compare (verify, merge);
  else if (take_row)
    tell (verify, _ ("%s（%s）编号 %ld 没有来历: 变更日志里没有它"),
          row->kind->name, row->kind->table, (long)row->id);
  else
    tell (verify, _ ("%s（%s）编号 %ld 不见了: 有人绕过程序删了它"),
          row->kind->name, row->kind->table, (long)replayed->id);
  if (take_row && !next_row (merge, error))
    return FALSE;
  return !take_entry || next_replay (verify, merge, error);
}

static gboolean
run_merge (HxVerify *verify, HxMerge *merge, GError **error)
{
  HxStep step = hx_step (merge->entries, error);

  merge->more = step == HX_STEP_ROW;
  if (step == HX_STEP_ERROR || !next_row (merge, error)
      || !next_replay (verify, merge, error))
    return FALSE;
  while (merge->row->id != 0 || merge->replayed->id != 0)
    if (!merge_step (verify, merge, error))
      return FALSE;
  return TRUE;
}

static char *
rows_sql (const HxKind *kind, guint *n_digests)
{
  g_autofree char *columns = hx_row_columns (kind, NULL);
  GString *sql = g_string_new ("SELECT ident, ");

  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (kind->fields, i);

      if (field->digest_column == NULL)
        continue;
      g_string_append_printf (sql, "\"%s\", ", field->digest_column);
      (*n_digests)++;
    }
  g_string_append_printf (sql, "%s FROM %s WHERE bureau_id = ?1 ORDER BY id",
                          columns, kind->table);
  return g_string_free (sql, FALSE);
}

static gboolean
check_kind (HxVerify *verify, const HxKind *kind, GError **error)
{
  guint n_digests = 0;
  g_autofree char *sql = rows_sql (kind, &n_digests);
  g_autoptr (HxStatement) rows
      = hx_statement_new (verify->connection, sql, error);
  g_autoptr (HxStatement) entries = NULL;
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autoptr (HxRow) replayed = hx_row_new (kind);
  g_autoptr (GPtrArray) fills = NULL;
  HxMerge merge = { rows, NULL, row, replayed, NULL, n_digests, 0, FALSE };

  if (rows == NULL)
    return FALSE;
  merge.fills = fills = hx_catalogue_fills (verify->connection, kind, error);
  if (fills == NULL)
    return FALSE;
  entries = hx_statement_new (verify->connection, HX_LOG_REPLAY, error);
  if (entries == NULL)
    return FALSE;
  merge.entries = entries;
  hx_bind_integer (rows, 1, HX_BUREAU_ID);
  hx_bind_integer (entries, 1, HX_BUREAU_ID);
  hx_bind_text (entries, 2, kind->key, -1);
  return run_merge (verify, &merge, error);
}

static gboolean
check_all (HxVerify *verify, GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (verify->catalogue);
  gint64 entries = 0;

  if (!hx_query_integer (verify->connection, "SELECT count(*) FROM change_log",
                         0, &entries, error))
    return FALSE;
  verify->total = 2 * (guint64)entries;
  if (!check_chain (verify, error))
    return FALSE;
  for (guint i = 0; i < kinds->len; i++)
    if (!check_kind (verify, g_ptr_array_index (kinds, i), error)
        || !hx_history_verify (verify->connection, g_ptr_array_index (kinds, i),
                               verify->function, verify->data, error))
      return FALSE;
  return hx_approval_verify (verify->connection, verify->function, verify->data,
                             error);
}

gboolean
hx_ledger_verify (HxConnection *connection, HxCatalogue *catalogue,
                  HxFindingFunc function, gpointer data, HxProgress progress,
                  GError **error)
{
  g_autoptr (HxDigest) digest
      = hx_digest_new (hx_catalogue_digest_kind (catalogue));
  g_autoptr (HxIdent) identity = hx_ident_new (connection);
  g_autoptr (GString) frame = g_string_new (NULL);
  HxVerify verify = { connection, catalogue, function, data,     progress,
                      0,          0,         digest,   identity, frame };

  if (digest == NULL || identity == NULL)
    return hx_fail (error, HX_ERROR_STORE, _ ("系统没有所需的摘要算法"), NULL,
                    NULL);
  return check_all (&verify, error);
}
