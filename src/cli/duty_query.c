#include "cli/duty_query.h"

void
hx_cli_duty_clear (HxCliDuty *choice)
{
  g_free (choice->as_of);
  g_free (choice->unit);
  g_free (choice->duty);
  g_free (choice->by);
}

static gboolean
choose_duty (HxCatalogue *catalogue, const char *key, HxDutyQuery *query,
             GError **error)
{
  if (key == NULL || hx_catalogue_duty (catalogue, key) != NULL)
    return query->duty = key, TRUE;
  g_autoptr (GString) known = g_string_new (_ ("可用："));
  const GPtrArray *duties = hx_catalogue_duties (catalogue);
  for (guint i = 0; i < duties->len; i++)
    {
      const HxDuty *each = duties->pdata[i];
      g_string_append_printf (known, "%s%s（%s）", i > 0 ? "、" : "", each->key,
                              each->name);
    }
  return hx_fail (error, HX_ERROR_USAGE, _ ("没有这个应办事项"), key,
                  known->str);
}

static const HxCode *
find_by (const GPtrArray *duties, const char *text)
{
  for (guint i = 0; i < duties->len; i++)
    {
      const HxCode *by = ((HxDuty *)duties->pdata[i])->by;
      if (by != NULL
          && (g_str_equal (by->code, text) || g_str_equal (by->name, text)
              || g_strv_contains ((const char *const *)by->aliases, text)))
        return by;
    }
  return NULL;
}

static gboolean
choose_by (HxCatalogue *catalogue, const char *text, HxDutyQuery *query,
           GError **error)
{
  if (text == NULL)
    return TRUE;
  g_autofree char *plain = hx_text_normalise (text);
  const HxCode *by = find_by (hx_catalogue_duties (catalogue), plain);
  if (by == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有由它承办的事项"), text,
                    _ ("写应办事项中 by 的代号或名称，例如 street 或 街道"));
  query->by = by->code;
  return TRUE;
}

gboolean
hx_cli_duty_query (const HxCliReading *reading, const HxCliDuty *choice,
                   HxDutyQuery *query, GError **error)
{
  if (hx_catalogue_duties (reading->catalogue)->len == 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录里没有应办事项"),
                    "duties.yaml", _ ("用 hongxia init 装上有应办事项的目录"));
  return hx_cli_as_of (choice->as_of, &query->as_of, error)
         && choose_duty (reading->catalogue, choice->duty, query, error)
         && choose_by (reading->catalogue, choice->by, query, error)
         && hx_cli_unit (reading, choice->unit, &query->unit_id, error);
}

char *
hx_cli_duty_unit (HxConnection *connection, gint64 unit_id, GError **error)
{
  return unit_id != 0 ? hx_unit_name (connection, unit_id, error)
                      : g_strdup ("");
}

char *
hx_cli_duty_name (const HxDutyItem *item)
{
  if (item->step == NULL)
    return g_strdup (item->duty->name);
  return g_strdup_printf ("%s·%s", item->duty->name, item->step->name);
}

static char *
row_label (HxConnection *connection, const HxDutyItem *item,
           HxAudience audience, GError **error)
{
  const HxField *field = hx_kind_label_field (item->duty->of);
  if (field == NULL || item->label == NULL)
    return g_strdup ("");
  g_autoptr (HxRow) row = hx_row_new (item->duty->of);
  row->id = item->row_id;
  row->values[field->index] = (HxValue){
    .filled = TRUE,
    .text = item->label,
    .integer = g_ascii_strtoll (item->label, NULL, 10),
  };
  return hx_value_display (connection, row, field, audience, error);
}

char *
hx_cli_duty_label (HxConnection *connection, const HxDutyItem *item,
                   HxAudience audience, GError **error)
{
  g_autofree char *label = row_label (connection, item, audience, error);
  g_autofree char *detail = NULL;
  if (label == NULL)
    return NULL;
  if (item->is_lunar)
    detail = g_strdup_printf (_ ("（%d岁，农历）"), item->age);
  else if (item->age != 0)
    detail = g_strdup_printf (_ ("（%d岁）"), item->age);
  else if (item->duty->rule == HX_WHEN_FESTIVAL)
    detail = g_strdup_printf (_ ("（%s）"), hx_festival_name (item->festival));
  return g_strconcat (label, detail, NULL);
}
