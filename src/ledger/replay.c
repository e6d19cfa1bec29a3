/* From the JSON of a change-log entry back to the values of a row. */
#include "ledger/ledger_internal.h"

#include <jansson.h>
#include <stdlib.h>

static void
apply_people (HxRow *row, const char *key, json_t *json)
{
  g_autofree char *stem = g_strndup (key, strlen (key) - strlen ("_people"));
  const HxField *field = hx_kind_field (row->kind, stem);
  char *text;

  if (field == NULL || field->type != HX_FIELD_ATTENDEES)
    return;
  text = json_dumps (json, JSON_COMPACT);
  row->values[field->index].people
      = g_string_chunk_insert (row->arena, text != NULL ? text : "");
  free (text);
}

static void
apply_value (HxConnection *connection, HxRow *row, const char *key,
             json_t *json)
{
  const HxField *field = hx_kind_field (row->kind, key);
  HxValue *value;

  if (field == NULL && g_str_equal (key, "unit_id"))
    row->unit_id = json_integer_value (json);
  else if (field == NULL && g_str_has_suffix (key, "_people"))
    apply_people (row, key, json);
  if (field == NULL)
    return;
  value = &row->values[field->index];
  *value = (HxValue){ .filled = TRUE };
  if (json_is_string (json) && field->secret)
    hx_value_open (connection, row, field, json_string_value (json));
  else if (json_is_string (json))
    hx_row_set_text (row, value, json_string_value (json));
  else
    value->integer = json_integer_value (json);
}

static void
empty_value (HxRow *row, const char *key)
{
  const HxField *field = hx_kind_field (row->kind, key);

  if (field != NULL)
    row->values[field->index] = (HxValue){ 0 };
  else if (g_str_equal (key, "unit_id"))
    row->unit_id = 0;
}

void
hx_row_apply (HxConnection *connection, HxRow *row, const char *values)
{
  json_t *object = values != NULL ? json_loads (values, 0, NULL) : NULL;
  const char *key;
  json_t *json;

  json_object_foreach (object, key, json)
      apply_value (connection, row, key, json);
  json_decref (object);
}

void
hx_row_forget (HxRow *row, const char *values)
{
  json_t *object = values != NULL ? json_loads (values, 0, NULL) : NULL;
  const char *key;
  json_t *json;

  json_object_foreach (object, key, json) empty_value (row, key);
  json_decref (object);
}
