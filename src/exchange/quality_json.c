#include "exchange/quality_json.h"

typedef struct
{
  HxJson *json;
  HxConnection *connection;
  const GArray *parts;
} Writing;

char *
hx_quality_percent (gint64 share)
{
  HxDecimal decimal = { share, 2 };
  return hx_decimal_format (decimal);
}

gboolean
hx_quality_is_weak (const HxQualityField *field, const HxQualityCount *count)
{
  return count->rows > 0
         && hx_quality_share (count->filled, count->rows) < field->required;
}

char *
hx_quality_unit_name (HxConnection *connection, gint64 unit_id, GError **error)
{
  return unit_id != 0 ? hx_unit_name (connection, unit_id, error)
                      : g_strdup (_ ("（没有机构）"));
}

char *
hx_quality_advice (const HxQualityItem *todo)
{
  char day[HX_DATE_TEXT_SIZE];
  if (todo->problem == HX_QUALITY_MISSING)
    return g_strdup (_ ("没有填：补填"));
  if (todo->problem == HX_QUALITY_WRONG)
    return g_strdup_printf (_ ("%s：改正"), todo->what);
  if (todo->verified.year == 0)
    return g_strdup (_ ("从未核实：核实"));
  hx_date_format (todo->verified, day);
  return g_strdup_printf (_ ("上次核实 %s %s：重新核实"), day,
                          todo->verified_by != NULL ? todo->verified_by : "");
}

static void
count_json (HxJson *json, const HxQualityCount *count)
{
  hx_json_member_integer (json, "rows", count->rows);
  hx_json_member_integer (json, "filled", count->filled);
  hx_json_member_integer (json, "valid", count->valid);
  hx_json_member_integer (json, "known_bad", count->known_bad);
  hx_json_member_integer (json, "fresh", count->fresh);
}

static gboolean
unit_json (const Writing *writing, guint field, GError **error)
{
  HxJson *json = writing->json;

  hx_json_key (json, "units");
  hx_json_array_begin (json);
  for (guint i = 0; i < writing->parts->len; i++)
    {
      const HxQualityPart *part
          = &g_array_index (writing->parts, HxQualityPart, i);
      if (part->field != field)
        continue;
      g_autofree char *name
          = hx_quality_unit_name (writing->connection, part->unit_id, error);
      if (name == NULL)
        return FALSE;
      hx_json_object_begin (json);
      hx_json_member (json, "unit", name);
      count_json (json, &part->count);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
  return TRUE;
}

gboolean
hx_quality_json (HxJson *json, HxConnection *connection,
                 const HxQualityQuery *query, const GArray *parts,
                 GError **error)
{
  const GPtrArray *fields = query->quality->fields;
  const Writing writing = { json, connection, parts };
  hx_json_array_begin (json);
  for (guint i = 0; i < fields->len; i++)
    {
      const HxQualityField *field = fields->pdata[i];
      HxQualityCount total = hx_quality_total (parts, (int)i);
      if (query->field != NULL && query->field != field->field)
        continue;
      g_autofree char *required = hx_quality_percent (field->required);
      hx_json_object_begin (json);
      hx_json_member (json, "field", field->field->key);
      hx_json_member (json, "name", field->field->name);
      hx_json_member (json, "required", field->required > 0 ? required : NULL);
      hx_json_member_integer (json, "fresh_months", field->months);
      hx_json_key (json, "weak");
      hx_json_bool (json, hx_quality_is_weak (field, &total));
      count_json (json, &total);
      if (!unit_json (&writing, i, error))
        return FALSE;
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
  return TRUE;
}
