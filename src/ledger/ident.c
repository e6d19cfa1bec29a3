/* Identity: which two rows are the same row.
 *
 * The column `ident` holds 64 bits of the SHA-256 of the identity's values, or,
 * when one of them is secret, 63 bits of their keyed digest.  Rows that share
 * them are compared value by value, so a collision costs time and never
 * correctness.  One row is asked for its ident several times on its way into a
 * table: the values are kept beside the last answer, and only other values are
 * digested again.
 *
 * A row whose number is known to be bad has its name in its identity as well.
 *
 * Installing a catalogue with another identity leaves 0, which is no ident;
 * the first ledger that meets the kind makes those idents anew.
 */
#include "ledger/ledger_internal.h"

HxIdent *
hx_ident_new (HxConnection *connection)
{
  HxIdent *ident = g_new0 (HxIdent, 1);

  ident->connection = connection;
  ident->digest = hx_digest_new (HX_DIGEST_SHA256);
  ident->frame = g_string_new (NULL);
  ident->last = g_string_new (NULL);
  if (ident->digest != NULL)
    return ident;
  hx_ident_free (ident);
  return NULL;
}

void
hx_ident_free (HxIdent *ident)
{
  if (ident == NULL)
    return;
  hx_digest_free (ident->digest);
  g_string_free (ident->frame, TRUE);
  g_string_free (ident->last, TRUE);
  g_free (ident);
}

gboolean
hx_is_identity (const HxKind *kind, const HxField *field)
{
  return kind->identity->len == 1 && kind->identity->pdata[0] == field
         && field->known_bad == NULL;
}

/* What tells apart two rows that share a known bad number; NULL: nothing. */
static const HxField *
second_field (const HxRow *row)
{
  return hx_row_is_known_bad (row) ? hx_kind_label_field (row->kind) : NULL;
}

gboolean
hx_row_same_identity (const HxRow *a, const HxRow *b)
{
  const GPtrArray *identity = a->kind->identity;
  const HxField *second = second_field (a);

  if (second != second_field (b)
      || (second != NULL
          && !hx_value_equal (second, &a->values[second->index],
                              &b->values[second->index])))
    return FALSE;
  for (guint i = 0; i < identity->len; i++)
    {
      const HxField *field = g_ptr_array_index (identity, i);

      if (!hx_value_equal (field, &a->values[field->index],
                           &b->values[field->index]))
        return FALSE;
    }
  return TRUE;
}

static void
frame_value (GString *frame, const HxField *field, const HxValue *value)
{
  hx_append (frame, value->filled ? "\1" : "", 1);
  if (!value->filled)
    return;
  if (hx_field_type_is_integer (field->type))
    hx_log_integer (frame, value->integer);
  else
    hx_append (frame, value->text, strlen (value->text));
  hx_append (frame, "", 1);
  if (value->people != NULL)
    hx_append (frame, value->people, strlen (value->people));
}

static guint64
open_digest (HxDigest *digest, const GString *frame)
{
  guint8 bytes[HX_DIGEST_SIZE];
  guint64 value = 0;

  hx_digest_reset (digest);
  hx_digest_update (digest, frame->str, frame->len);
  hx_digest_finish (digest, bytes);
  for (guint i = 0; i < sizeof value; i++)
    value = value << 8 | bytes[i];
  return value;
}

static void
digest_frame (HxIdent *ident, gboolean keyed)
{
  GString *frame = ident->frame;

  ident->is_keyed = keyed;
  ident->value = keyed ? (guint64)hx_connection_digest (
                     ident->connection, "ident", frame->str, frame->len)
                       : open_digest (ident->digest, frame);
  if (ident->value == 0)
    ident->value = 1;
  ident->frame = ident->last;
  ident->last = frame;
  ident->serial++;
}

gint64
hx_row_ident (HxIdent *ident, const HxRow *row)
{
  const GPtrArray *identity = row->kind->identity;
  const HxField *second = second_field (row);

  g_string_truncate (ident->frame, 0);
  if (second != NULL)
    frame_value (ident->frame, second, &row->values[second->index]);
  for (guint i = 0; i < identity->len; i++)
    {
      const HxField *field = g_ptr_array_index (identity, i);

      frame_value (ident->frame, field, &row->values[field->index]);
    }
  if (ident->serial == 0 || ident->is_keyed != row->kind->secret_identity
      || !g_string_equal (ident->frame, ident->last))
    digest_frame (ident, row->kind->secret_identity);
  return (gint64)ident->value;
}

/* ---------------------------------------------------------------- restoring */

#define RESTORE_STEP 1000

typedef struct
{
  gint64 id, ident;
} Restored;

static gboolean
gather (HxLedger *ledger, const HxKind *kind, GArray *found, GError **error)
{
  g_autofree char *find = hx_sql_find (kind);
  g_autofree char *sql = g_strdup_printf ("%s LIMIT %d", find, RESTORE_STEP);
  HxStatement *statement = hx_statement (ledger->connection, sql, error);
  g_autoptr (HxRow) row = NULL;
  HxStep step;

  if (statement == NULL)
    return FALSE;
  row = hx_row_new (kind);
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, 0);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      Restored restored;

      hx_row_read (statement, 0, row);
      restored = (Restored){ row->id, hx_row_ident (ledger->ident, row) };
      g_array_append_val (found, restored);
    }
  return step == HX_STEP_DONE;
}

static gboolean
restore (HxLedger *ledger, const HxKind *kind, const Restored *restored,
         GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("UPDATE %s SET ident = ?3 WHERE bureau_id = ?1"
                         " AND id = ?2",
                         kind->table);
  HxStatement *statement = hx_statement (ledger->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, restored->id);
  hx_bind_integer (statement, 3, restored->ident);
  return hx_step_done (statement, error);
}

static gboolean
any_is_missing (HxLedger *ledger, const HxKind *kind, gint64 *id,
                GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT id FROM %s WHERE bureau_id = %d"
                         " AND ident = 0 LIMIT 1",
                         kind->table, HX_BUREAU_ID);

  return hx_query_integer (ledger->connection, sql, 0, id, error);
}

gboolean
hx_ident_restore (HxLedger *ledger, const HxKind *kind, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Restored));
  gint64 missing;

  if (!any_is_missing (ledger, kind, &missing, error))
    return FALSE;
  while (missing != 0)
    {
      g_array_set_size (found, 0);
      if (!gather (ledger, kind, found, error))
        return FALSE;
      for (guint i = 0; i < found->len; i++)
        if (!restore (ledger, kind, &g_array_index (found, Restored, i), error))
          return FALSE;
      missing = found->len == RESTORE_STEP;
    }
  return TRUE;
}
