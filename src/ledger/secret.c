/* Sealing and opening the values of rows, and their digests. */
#include "ledger/secret.h"
#include "ledger/ledger_internal.h"

/* ------------------------------------------------------------------ opening
 */

void
hx_value_open (HxConnection *connection, HxRow *row, const HxField *field,
               const char *sealed)
{
  HxValue *value = &row->values[field->index];
  HxPlace place = { row->kind->key, field->key, row->id };
  g_autoptr (GString) text = g_string_sized_new (64);

  value->filled = TRUE;
  value->sealed = g_string_chunk_insert (row->arena, sealed);
  value->unopened
      = !hx_connection_unseal (connection, &place, sealed, text, NULL);
  value->text = g_string_chunk_insert (row->arena, text->str);
}

gboolean
hx_row_is_open (const HxRow *row, GError **error)
{
  for (guint i = 0; row->kind->has_secrets && i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);
      g_autofree char *where = NULL;

      if (!row->values[i].unopened)
        continue;
      where = g_strdup_printf (_ ("%s（%s）编号 %ld 的“%s”"), row->kind->name,
                               row->kind->table, (long)row->id, field->name);
      return hx_fail (error, HX_ERROR_DATA,
                      _ ("加密的内容打不开：有人绕过程序改动、挪动过，"
                         "或密钥文件里缺少那一代密钥"),
                      where, _ ("用 hongxia verify 查清，再从备份恢复"));
    }
  return TRUE;
}

/* ------------------------------------------------------------------ sealing
 */

/* The value as the table has it, if it is the same. */
static gboolean
keep_sealed (HxRow *row, const HxRow *before, const HxField *field)
{
  const HxValue *old = &before->values[field->index];
  HxValue *value = &row->values[field->index];

  if (old->sealed == NULL || old->unopened
      || !hx_value_equal (field, value, old))
    return FALSE;
  value->sealed = g_string_chunk_insert (row->arena, old->sealed);
  return TRUE;
}

static gboolean
seal_value (HxConnection *connection, HxRow *row, const HxField *field,
            GString *buffer, GError **error)
{
  HxValue *value = &row->values[field->index];
  HxPlace place = { row->kind->key, field->key, row->id };

  if (!hx_connection_seal (connection, &place, value->text, buffer, error))
    return FALSE;
  value->sealed = g_string_chunk_insert (row->arena, buffer->str);
  return TRUE;
}

gboolean
hx_row_seal (HxConnection *connection, HxRow *row, const HxRow *before,
             GString *buffer, GError **error)
{
  if (!row->kind->has_secrets)
    return TRUE;
  if (!hx_row_is_open (row, error))
    return FALSE;
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);
      HxValue *value = &row->values[i];

      if (!field->secret || !value->filled)
        continue;
      if (field->digest_column != NULL)
        value->integer
            = hx_value_digest (connection, field, value->text, buffer);
      if ((before == NULL || !keep_sealed (row, before, field))
          && !seal_value (connection, row, field, buffer, error))
        return FALSE;
    }
  return TRUE;
}

/* ------------------------------------------------------------------ digests
 */

void
hx_bind_value (HxLedger *ledger, HxStatement *statement, int index,
               const HxField *field, const HxValue *value)
{
  if (field->secret)
    hx_bind_integer (statement, index,
                     hx_value_digest (ledger->connection, field, value->text,
                                      ledger->frame));
  else if (hx_field_type_is_integer (field->type))
    hx_bind_integer (statement, index, value->integer);
  else
    hx_bind_text (statement, index, value->text, -1);
}

gboolean
hx_sealed_equal (HxLedger *ledger, const HxPlace *place, const char *sealed,
                 const char *text)
{
  return hx_connection_unseal (ledger->connection, place, sealed, ledger->frame,
                               NULL)
         && g_str_equal (ledger->frame->str, text);
}

/* Telephones and ID numbers are in normal form already. */
gint64
hx_value_digest (HxConnection *connection, const HxField *field,
                 const char *text, GString *buffer)
{
  if (field->type == HX_FIELD_TEXT)
    {
      hx_text_normalise_into (text, buffer);
      text = buffer->str;
    }
  return hx_connection_digest (connection, field->digest_domain, text,
                               strlen (text));
}

/* What a user wrote as it would be stored; the caller's. */
static char *
normal_form (const HxField *field, const char *text)
{
  char *normal = NULL;
  HxIdNumber id;

  if (field->type == HX_FIELD_PHONE && hx_phone_parse (text, &normal, NULL))
    return normal;
  if (field->type == HX_FIELD_ID_NUMBER && hx_id_number_parse (text, &id, NULL))
    return g_strdup (id.number);
  if (field->type == HX_FIELD_ID_NUMBER)
    normal = hx_known_bad_number (text);
  if (normal != NULL)
    return normal;
  normal = hx_text_normalise (text);
  for (char *p = normal; field->type == HX_FIELD_ID_NUMBER && *p != '\0'; p++)
    *p = g_ascii_toupper (*p);
  return normal;
}

gint64
hx_secret_digest (HxConnection *connection, const HxField *field,
                  const char *text)
{
  g_autofree char *normal
      = text != NULL ? normal_form (field, text) : g_strdup ("");

  if (field->digest_domain == NULL || *normal == '\0')
    return 0;
  return hx_connection_digest (connection, field->digest_domain, normal,
                               strlen (normal));
}

gint64
hx_secret_tail_digest (HxConnection *connection, const HxField *field,
                       const char *text, guint n)
{
  g_autofree char *normal
      = text != NULL ? normal_form (field, text) : g_strdup ("");
  g_autofree char *domain = NULL;
  gsize characters = hx_text_characters (normal);
  const char *tail;

  if (field->digest_domain == NULL || n == 0 || characters < n)
    return 0;
  domain = g_strdup_printf ("%s/%u", field->digest_domain, n);
  tail = g_utf8_offset_to_pointer (normal, (glong)(characters - n));
  return hx_connection_digest (connection, domain, tail, strlen (tail));
}

/* -------------------------------------------------------------------- reveal
 */

static void
describe_reveal (HxLedger *ledger, const HxReveal *reveal, const char *reason)
{
  HxJson json;

  g_string_truncate (ledger->before, 0);
  g_string_truncate (ledger->after, 0);
  hx_json_init (&json, ledger->after, FALSE);
  hx_json_object_begin (&json);
  hx_json_key (&json, "reveal");
  hx_json_array_begin (&json);
  for (guint i = 0; i < reveal->fields->len; i++)
    hx_json_string (&json, ((const HxField *)reveal->fields->pdata[i])->key);
  hx_json_array_end (&json);
  hx_json_member (&json, "reason", reason);
  if (reveal->row == 0)
    hx_json_member_integer (&json, "count", reveal->count);
  hx_json_object_end (&json);
}

gboolean
hx_ledger_reveal (HxLedger *ledger, const HxReveal *reveal, GError **error)
{
  HxRow row = { .kind = reveal->kind,
                .id = reveal->row,
                .definition = reveal->kind->version };
  g_autofree char *reason
      = hx_text_trim (reveal->reason != NULL ? reveal->reason : "");
  gint64 unit_id;

  if (*reason == '\0')
    return hx_fail (error, HX_ERROR_USAGE, _ ("查看保密的内容要写明理由"),
                    reveal->kind->name, _ ("例如 --reason 核对发放名单"));
  if (reveal->row != 0
      && !hx_lookup_unit (ledger, reveal->kind, reveal->row, &unit_id, error))
    return FALSE;
  describe_reveal (ledger, reveal, reason);
  return hx_log_write (ledger, HX_ACTION_REVEAL, &row, error);
}
