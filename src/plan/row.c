#include "plan/plan_internal.h"

gint64
hx_plan_integer (const HxRow *row, const HxField *field, gint64 fallback)
{
  return field != NULL && row->values[field->index].filled
             ? row->values[field->index].integer
             : fallback;
}

const char *
hx_plan_text (GStringChunk *texts, const HxRow *row, const HxField *field)
{
  const HxValue *value = field == NULL ? NULL : &row->values[field->index];

  return value == NULL || !value->filled || value->text == NULL
             ? NULL
             : g_string_chunk_insert (texts, value->text);
}
