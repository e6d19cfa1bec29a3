/* Values as a user reads them. */
#include "ledger/ledger_internal.h"
#include "ledger/secret.h"

/* A register of people is one that keeps their ID numbers or birth dates. */
static gboolean
is_of_people (const HxKind *kind)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (kind->fields, i);

      if (field->type == HX_FIELD_ID_NUMBER
          || g_str_equal (field->key, "birth_date"))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_persons_name (const HxKind *kind, const HxField *field)
{
  return field->person
         || (g_str_equal (field->key, "name") && is_of_people (kind));
}

gboolean
hx_field_is_masked (const HxKind *kind, const HxField *field,
                    HxAudience audience)
{
  const gboolean names = audience == HX_AUDIENCE_OUTSIDE;
  const HxField *label = field->type == HX_FIELD_REF
                             ? hx_kind_label_field (field->target)
                             : NULL;

  if (audience == HX_AUDIENCE_TRUSTED)
    return FALSE;
  if (label != NULL)
    return names && is_persons_name (field->target, label);
  return field->secret || field->type == HX_FIELD_ID_NUMBER
         || field->type == HX_FIELD_PHONE
         || (names && is_persons_name (kind, field));
}

static char *
mask (const HxKind *kind, const HxField *field, HxAudience audience, char *text)
{
  g_autofree char *plain = text;

  if (field->type == HX_FIELD_ID_NUMBER)
    return hx_mask_id_number (plain);
  if (field->type == HX_FIELD_PHONE)
    return hx_mask_phone (plain);
  if (field->secret)
    return hx_mask_text (plain);
  if (audience == HX_AUDIENCE_OUTSIDE && is_persons_name (kind, field))
    return hx_mask_name (plain);
  return g_steal_pointer (&plain);
}

const HxField *
hx_kind_label_field (const HxKind *kind)
{
  const HxField *name = hx_kind_field (kind, "name");

  if (name != NULL)
    return name;
  for (guint i = 0; i < kind->identity->len; i++)
    {
      const HxField *field = g_ptr_array_index (kind->identity, i);

      if (field->type != HX_FIELD_REF)
        return field;
    }
  return NULL;
}

/* The one value of a row that it is called by. */
static gboolean
load_label (HxConnection *connection, HxRow *row, const HxField *label,
            gint64 id, GError **error)
{
  HxStatement *statement;
  HxStep step;

  if (label->type == HX_FIELD_ATTENDEES)
    return hx_row_load (connection, row, id, error);
  statement = hx_label_statement (connection, row->kind, label, error);
  if (statement == NULL)
    return FALSE;
  row->id = id;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    hx_row_read_field (statement, 0, row, label);
  hx_statement_reset (statement);
  if (step == HX_STEP_DONE)
    return hx_row_load (connection, row, id, error);
  return step == HX_STEP_ROW;
}

static char *
display_reference (HxConnection *connection, const HxField *field, gint64 id,
                   HxAudience audience, GError **error)
{
  g_autoptr (HxRow) target = hx_row_new (field->target);
  const HxField *label = hx_kind_label_field (field->target);

  if (label == NULL)
    return g_strdup_printf ("%s %ld", field->target->name, (long)id);
  if (!load_label (connection, target, label, id, error))
    return NULL;
  return hx_value_display (connection, target, label, audience, error);
}

char *
hx_value_display (HxConnection *connection, const HxRow *row,
                  const HxField *field, HxAudience audience, GError **error)
{
  const HxValue *value = &row->values[field->index];
  char *text;

  if (!value->filled)
    return g_strdup ("");
  if (value->unopened)
    return hx_row_is_open (row, error), NULL;
  if (field->type == HX_FIELD_REF)
    return display_reference (connection, field, value->integer, audience,
                              error);
  text = hx_field_class (field->type)->format (field, value);
  if (audience == HX_AUDIENCE_TRUSTED)
    return text;
  return mask (row->kind, field, audience, text);
}
