#include "cli/duty_query.h"

void
hx_cli_duty_clear (HxCliDuty *choice)
{
  g_free (choice->as_of);
  g_free (choice->unit);
  g_free (choice->duty);
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

gboolean
hx_cli_duty_query (const HxCliReading *reading, const HxCliDuty *choice,
                   HxDutyQuery *query, GError **error)
{
  if (hx_catalogue_duties (reading->catalogue)->len == 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录里没有应办事项"),
                    "duties.yaml", _ ("用 hongxia init 装上有应办事项的目录"));
  return hx_cli_as_of (choice->as_of, &query->as_of, error)
         && choose_duty (reading->catalogue, choice->duty, query, error)
         && hx_cli_unit (reading, choice->unit, &query->unit_id, error);
}

char *
hx_cli_duty_unit (HxConnection *connection, gint64 unit_id, GError **error)
{
  return unit_id != 0 ? hx_unit_name (connection, unit_id, error)
                      : g_strdup ("");
}
