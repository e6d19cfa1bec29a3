#include "server/shown.h"

#define ID_BITS 48

gboolean
hx_shown_open (HxShown *shown, HxCall *call, GError **error)
{
  *shown = (HxShown){ .call = call, .identity = hx_call_identity (call) };
  shown->connection = hx_call_connection (call, error);
  shown->labels
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return shown->connection != NULL;
}

void
hx_shown_clear (HxShown *shown)
{
  g_clear_pointer (&shown->labels, g_hash_table_unref);
}

static const char *
find_label (const HxShown *shown, gint64 key)
{
  return g_hash_table_lookup (shown->labels, &key);
}

static const char *
keep_label (HxShown *shown, gint64 key, char *label)
{
  gint64 *kept = g_new (gint64, 1);

  *kept = key;
  g_hash_table_insert (shown->labels, kept, label);
  return label;
}

/* NULL without *error: hidden. */
static const char *
reference_label (HxShown *shown, const HxRow *row, const HxField *field,
                 GError **error)
{
  const gint64 key = ((gint64)(field->target->index + 1) << ID_BITS)
                     ^ row->values[field->index].integer;
  const char *known = find_label (shown, key);
  char *label = NULL;

  if (known != NULL)
    return known;
  label = hx_identity_value (shown->identity, shown->connection, row, field,
                             error);
  return label != NULL ? keep_label (shown, key, label) : NULL;
}

char *
hx_shown_text (HxShown *shown, const HxRow *row, const HxField *field,
               GError **error)
{
  if (field->type != HX_FIELD_REF || !row->values[field->index].filled)
    return hx_identity_value (shown->identity, shown->connection, row, field,
                              error);
  if (!hx_identity_sees (shown->identity, row->kind, field))
    return NULL;
  return g_strdup (reference_label (shown, row, field, error));
}

char *
hx_shown_plain (HxShown *shown, const HxRow *row, const HxField *field,
                GError **error)
{
  g_autoptr (GError) failed = NULL;
  char *text
      = field != NULL ? hx_shown_text (shown, row, field, &failed) : NULL;

  if (failed == NULL)
    return text != NULL ? text : g_strdup ("");
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

char *
hx_shown_label (HxShown *shown, const HxRow *row, GError **error)
{
  return hx_shown_plain (shown, row, hx_kind_label_field (row->kind), error);
}

const char *
hx_shown_unit (HxShown *shown, gint64 unit_id, GError **error)
{
  const char *known = unit_id == 0 ? "" : find_label (shown, -unit_id);
  char *name = NULL;

  if (known != NULL)
    return known;
  name = hx_unit_name (shown->connection, unit_id, error);
  return name != NULL ? keep_label (shown, -unit_id, name) : NULL;
}

static gboolean
write_member (HxShown *shown, HxJson *json, const HxRow *row,
              const HxField *field, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *text = hx_shown_text (shown, row, field, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (text != NULL)
    hx_json_member (json, field->key, text);
  return TRUE;
}

gboolean
hx_shown_members (HxShown *shown, HxJson *json, const HxRow *row,
                  const HxField *but, GError **error)
{
  const GPtrArray *fields = row->kind->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const HxField *field = fields->pdata[i];

      if (row->values[i].filled && field != but
          && !write_member (shown, json, row, field, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hx_shown_load (HxShown *shown, HxRow *row, gint64 id, GError **error)
{
  g_autofree char *where = NULL;

  if (hx_identity_may (shown->identity, HX_ACT_READ, row->kind))
    {
      if (!hx_row_load (shown->connection, row, id, error))
        return FALSE;
      if (hx_identity_reaches (shown->identity, row))
        return TRUE;
    }
  where = g_strdup_printf ("%s %" G_GINT64_FORMAT, row->kind->name, id);
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一行"), where,
                  _ ("请核对编号"));
}
