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

static gboolean
choose_unit (HxConnection *connection, HxCatalogue *catalogue, const char *name,
             gint64 *unit_id, GError **error)
{
  const HxKind *unit = hx_catalogue_kind (catalogue, "unit");
  if (name == NULL)
    return TRUE;
  if (unit == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("这个目录里没有机构"), "--unit",
                    NULL);
  return hx_unit_find (connection, unit, name, unit_id, error);
}

gboolean
hx_cli_duty_query (HxConnection *connection, HxCatalogue *catalogue,
                   const HxCliDuty *choice, HxDutyQuery *query, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  if (hx_catalogue_duties (catalogue)->len == 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录里没有应办事项"),
                    "duties.yaml", _ ("用 hongxia init 装上有应办事项的目录"));
  if (choice->as_of != NULL
      && !hx_date_parse (choice->as_of, FALSE, &query->as_of, &wrong))
    return hx_fail (error, HX_ERROR_USAGE, wrong->message, "--as-of",
                    _ ("例如 2023-11-30"));
  return choose_duty (catalogue, choice->duty, query, error)
         && choose_unit (connection, catalogue, choice->unit, &query->unit_id,
                         error);
}

char *
hx_cli_duty_unit (HxConnection *connection, gint64 unit_id, GError **error)
{
  return unit_id != 0 ? hx_unit_name (connection, unit_id, error)
                      : g_strdup ("");
}
