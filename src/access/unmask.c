/* Masked values in clear, and who asked for them. */
#include "access/unmask.h"

#include "ledger/secret.h"

#include <jansson.h>

static gboolean
fail_hidden (GError **error)
{
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一项"), NULL,
                  _ ("它不在您能看的范围里"));
}

static gboolean
may_unmask (const HxIdentity *identity, const HxUnmask *wanted)
{
  for (guint i = 0; i < wanted->fields->len; i++)
    if (!hx_identity_unmasks (identity, wanted->kind, wanted->fields->pdata[i]))
      return FALSE;
  return wanted->fields->len > 0;
}

static GPtrArray *
say_values (HxConnection *connection, const HxRow *row, const GPtrArray *fields,
            GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < fields->len; i++)
    {
      g_autoptr (GError) wrong = NULL;
      char *value = hx_value_display (connection, row, fields->pdata[i],
                                      HX_AUDIENCE_TRUSTED, &wrong);

      if (wrong != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&wrong));
          return NULL;
        }
      g_ptr_array_add (values, value != NULL ? value : g_strdup (""));
    }
  return g_steal_pointer (&values);
}

gboolean
hx_unmask (HxLedger *ledger, const HxIdentity *identity, const HxUnmask *wanted,
           GPtrArray **values, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  const HxReveal reveal
      = { wanted->kind, wanted->id, 0, wanted->fields, wanted->reason };
  g_autoptr (HxRow) row = hx_row_new (wanted->kind);

  if (!may_unmask (identity, wanted))
    return fail_hidden (error);
  if (!hx_row_load (connection, row, wanted->id, error))
    return FALSE;
  if (!hx_identity_reaches (identity, row))
    return fail_hidden (error);
  *values = say_values (connection, row, wanted->fields, error);
  return *values != NULL && hx_ledger_reveal (ledger, &reveal, error);
}

/* ------------------------------------------------------------------- reveals
 */

static void
revealed_free (gpointer data)
{
  HxRevealed *revealed = data;

  g_free (revealed->at);
  g_free (revealed->actor);
  g_free (revealed->label);
  g_free (revealed->fields);
  g_free (revealed->reason);
  g_free (revealed);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxRevealed, revealed_free)

static char *
name_fields (const HxKind *kind, const json_t *keys)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (keys); i++)
    {
      const char *key = json_string_value (json_array_get (keys, i));
      const HxField *field = key != NULL ? hx_kind_field (kind, key) : NULL;

      g_string_append_printf (names, "%s%s", names->len > 0 ? "、" : "",
                              field != NULL ? field->name
                              : key != NULL ? key
                                            : "");
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
read_after (HxRevealed *revealed, const char *after)
{
  json_t *json = after != NULL ? json_loads (after, 0, NULL) : NULL;

  revealed->fields
      = name_fields (revealed->kind, json_object_get (json, "reveal"));
  revealed->reason
      = g_strdup (json_string_value (json_object_get (json, "reason")));
  revealed->count = json_integer_value (json_object_get (json, "count"));
  json_decref (json);
}

/* FALSE without *error: it is not this reader's. */
static gboolean
label_row (HxConnection *connection, const HxIdentity *identity,
           HxRevealed *revealed, GError **error)
{
  const HxField *field = hx_kind_label_field (revealed->kind);
  g_autoptr (HxRow) row = NULL;

  if (revealed->row == 0)
    return identity->units == NULL;
  row = hx_row_new (revealed->kind);
  if (!hx_row_load (connection, row, revealed->row, error))
    return FALSE;
  if (!hx_identity_reaches (identity, row))
    return FALSE;
  if (field != NULL)
    revealed->label
        = hx_identity_value (identity, connection, row, field, error);
  return TRUE;
}

static HxRevealed *
read_revealed (HxStatement *statement, const HxIdentity *identity)
{
  const char *key = hx_column_text (statement, 3);
  const HxKind *kind
      = key != NULL ? hx_catalogue_kind (identity->catalogue, key) : NULL;
  HxRevealed *revealed;

  if (kind == NULL || !hx_identity_may (identity, HX_ACT_READ, kind))
    return NULL;
  revealed = g_new0 (HxRevealed, 1);
  revealed->kind = kind;
  revealed->seq = hx_column_integer (statement, 0);
  revealed->at = g_strdup (hx_column_text (statement, 1));
  revealed->actor = g_strdup (hx_column_text (statement, 2));
  revealed->row = hx_column_integer (statement, 4);
  read_after (revealed, hx_column_text (statement, 5));
  return revealed;
}

GPtrArray *
hx_reveals (HxConnection *connection, const HxIdentity *identity, gint64 before,
            guint max, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (revealed_free);
  g_autoptr (HxStatement) statement = hx_statement_new (
      connection,
      "SELECT seq, at, actor, kind, row, after FROM change_log"
      " WHERE bureau_id = ?1 AND action = 'reveal' AND (?2 = 0 OR seq < ?2)"
      " ORDER BY seq DESC",
      error);
  HxStep step = HX_STEP_DONE;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, before);
  while (list->len < max && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      g_autoptr (HxRevealed) revealed = read_revealed (statement, identity);
      g_autoptr (GError) wrong = NULL;

      if (revealed == NULL)
        continue;
      if (label_row (connection, identity, revealed, &wrong))
        g_ptr_array_add (list, g_steal_pointer (&revealed));
      if (wrong != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&wrong));
          return NULL;
        }
    }
  return step != HX_STEP_ERROR ? g_steal_pointer (&list) : NULL;
}
