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
