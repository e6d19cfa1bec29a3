/* What of a year's report is kept beside its text: the figures that it prints,
 * each with its rows, and the values of all that it could print. */
#include "report/year.h"
#include "report/year_internal.h"

#include <string.h>

static gboolean
keep_one (HxYear *year, const char *key, const char *stated, GError **error)
{
  const HxFigure *figure = g_hash_table_lookup (year->figures, key);
  const HxYearFact *fact = g_hash_table_lookup (year->facts.facts, key);
  HxPrinted *printed = NULL;
  if (figure != NULL)
    printed = hx_printed_of_figure (figure, stated);
  else if (fact != NULL)
    printed = hx_printed_of_fact (year->catalogue, fact, stated, error);
  if (printed != NULL)
    g_ptr_array_add (year->options->printed, printed);
  return printed != NULL || fact == NULL;
}

gboolean
hx_year_keep_printed (HxYear *year, const char *markdown, GError **error)
{
  if (year->options->printed == NULL)
    return TRUE;
  g_autoptr (HxDocument) document = hx_document_parse (markdown, -1, error);
  if (document == NULL)
    return FALSE;
  g_autoptr (GHashTable) stated = hx_document_figures (document);
  g_autoptr (GList) keys
      = g_list_sort (g_hash_table_get_keys (stated), (GCompareFunc)strcmp);
  for (const GList *each = keys; each != NULL; each = each->next)
    if (!keep_one (year, each->data, g_hash_table_lookup (stated, each->data),
                   error))
      return FALSE;
  return TRUE;
}

gboolean
hx_report_values (HxConnection *connection, HxCatalogue *catalogue,
                  const HxPeriod *period, GHashTable *values, GError **error)
{
  const HxReportOptions options = { .values = values };
  g_auto (HxYear) year = {
    .connection = connection,
    .catalogue = catalogue,
    .options = &options,
    .period = *period,
  };
  if (!hx_year_prepare (&year, error))
    return FALSE;
  hx_year_keep_values (&year);
  return TRUE;
}

HxPrinted *
hx_report_figure (HxConnection *connection, HxCatalogue *catalogue,
                  const HxPeriod *period, const char *key, GError **error)
{
  g_autoptr (GPtrArray) printed
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_printed_free);
  const HxReportOptions options = { .printed = printed };
  g_auto (HxYear) year = {
    .connection = connection,
    .catalogue = catalogue,
    .options = &options,
    .period = *period,
  };
  if (!hx_year_prepare (&year, error) || !keep_one (&year, key, NULL, error))
    return NULL;
  if (printed->len > 0)
    return g_ptr_array_steal_index (printed, 0);
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这一年的报告里没有这个数字"), key,
           NULL);
  return NULL;
}
