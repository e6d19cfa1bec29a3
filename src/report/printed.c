#include "report/printed.h"

#include "report/year_facts.h"
#include "report/year_internal.h"

void
hx_printed_free (HxPrinted *printed)
{
  if (printed == NULL)
    return;
  g_free (printed->key);
  g_free (printed->name);
  g_free (printed->query);
  g_free (printed->unit);
  g_free (printed->stated);
  g_free (printed->value);
  g_clear_pointer (&printed->names, g_array_unref);
  g_free (printed);
}

HxPrinted *
hx_printed_of_figure (const HxFigure *figure, const char *stated)
{
  const HxIndicator *indicator = figure->indicator;
  HxPrinted *printed = g_new0 (HxPrinted, 1);

  *printed = (HxPrinted){
    .key = g_strdup (indicator->key),
    .name = g_strdup (indicator->name),
    .query = g_strdup (indicator->query),
    .unit = g_strdup (indicator->unit),
    .stated = g_strdup (stated),
    .value = g_strdup (figure->is_void ? "" : figure->text),
    .exact = figure->value,
    .decimals = indicator->decimals,
    .rows = figure->rows,
    .indicator = indicator,
    .as_of = figure->as_of,
    .names = g_array_new (FALSE, FALSE, sizeof (HxRowName)),
  };
  return printed;
}

HxPrinted *
hx_printed_of_fact (HxCatalogue *catalogue, const HxYearFact *fact,
                    const char *stated, GError **error)
{
  g_autofree char *value = NULL;
  HxPrinted *printed;

  if (!hx_wording_derive (fact->value, fact->filter, fact->decimals, &value,
                          error))
    return NULL;
  printed = g_new0 (HxPrinted, 1);
  *printed = (HxPrinted){
    .key = g_strdup (fact->key),
    .name = g_strdup (fact->name),
    .query = g_strdup (fact->query),
    .unit = g_strdup (fact->unit),
    .stated = g_strdup (stated),
    .value = g_steal_pointer (&value),
    .exact = fact->value,
    .decimals = fact->decimals,
    .rows = fact->indicator != NULL ? fact->rows : fact->names->len,
    .as_of = fact->as_of,
    .names = g_array_ref (fact->names),
  };
  if (fact->indicator != NULL)
    printed->indicator = hx_catalogue_indicator (catalogue, fact->indicator);
  return printed;
}

gboolean
hx_printed_trace (HxConnection *connection, HxCatalogue *catalogue,
                  const HxPrinted *printed, const HxPeriod *period,
                  HxTraceFunc function, gpointer data, GError **error)
{
  HxPeriod until = *period;

  if (printed->as_of.year != 0)
    until.as_of = printed->as_of;
  if (printed->indicator != NULL)
    return hx_trace (connection, catalogue, printed->indicator->key, &until,
                     function, data, error);
  for (guint i = 0; i < printed->names->len; i++)
    {
      const HxRowName *name = &g_array_index (printed->names, HxRowName, i);
      g_autoptr (HxRow) row = hx_row_new (name->kind);

      if (!hx_row_load (connection, row, name->id, error))
        return FALSE;
      if (!function (row, data))
        return TRUE;
    }
  return TRUE;
}
