#include "server/indicator_view.h"
#include "base/wide.h"

#include "people/weakness.h"
#include "report/year.h"

gboolean
hx_indicator_period (HxCall *call, HxPeriod *period, GError **error)
{
  *period = (HxPeriod){ .year = hx_call_year (call),
                        .unit_id = hx_call_integer (call, "unit") };
  return hx_year_day (call, period->year, &period->as_of, error)
         && hx_identity_unit (hx_call_identity (call), &period->unit_id, error);
}

void
hx_indicator_view_clear (HxIndicatorView *view)
{
  g_clear_pointer (&view->figures, g_ptr_array_unref);
  g_clear_pointer (&view->stated, g_hash_table_unref);
  g_clear_pointer (&view->weak, g_hash_table_unref);
  g_clear_pointer (&view->targets, g_ptr_array_unref);
}

static gboolean
read_targets (HxCall *call, HxConnection *connection, HxIndicatorView *view,
              GError **error)
{
  if (view->period.unit_id == 0)
    view->targets
        = hx_targets_read (connection, hx_call_catalogue (call),
                           view->period.year, view->period.as_of, error);
  else
    view->targets = g_ptr_array_new ();
  return view->targets != NULL;
}

gboolean
hx_indicator_view_read (HxCall *call, HxIndicatorView *view, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  HxCatalogue *catalogue = hx_call_catalogue (call);
  if (connection == NULL || !hx_indicator_period (call, &view->period, error))
    return FALSE;
  view->figures = hx_figures_read (connection, catalogue, &view->period, error);
  if (view->figures == NULL)
    return FALSE;
  view->stated = hx_report_stated (connection, catalogue, &view->period,
                                   view->figures, error);
  if (view->stated == NULL)
    return FALSE;
  view->weak = hx_weakness_of_figures (
      connection, catalogue, view->period.unit_id, view->figures, error);
  return view->weak != NULL && read_targets (call, connection, view, error);
}

GPtrArray *
hx_indicator_months (HxCall *call, const HxIndicator *indicator,
                     const HxPeriod *period, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) months
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_figure_free);
  if (connection == NULL)
    return NULL;
  for (int month = 1; month <= 12; month++)
    {
      HxPeriod one = *period;
      HxFigure *figure;
      one.month = month;
      if (period->as_of.year != 0 && month > period->as_of.month)
        break;
      figure = hx_figure_read (connection, hx_call_catalogue (call),
                               indicator->key, &one, error);
      if (figure == NULL)
        return NULL;
      g_ptr_array_add (months, figure);
    }
  return g_steal_pointer (&months);
}

const HxIndicator *
hx_indicator_asked (HxCall *call, GError **error)
{
  const char *key = hx_call_text (call, "key");
  const HxIndicator *indicator
      = hx_catalogue_indicator (hx_call_catalogue (call), key);
  if (indicator == NULL)
    hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个指标"), key,
             _ ("从指标页点进来"));
  return indicator;
}

const HxTarget *
hx_indicator_target (const HxIndicatorView *view, const HxIndicator *indicator)
{
  for (guint i = 0; i < view->targets->len; i++)
    {
      const HxTarget *target = view->targets->pdata[i];
      if (g_strcmp0 (target->indicator, indicator->key) == 0)
        return target;
    }
  return NULL;
}

static gboolean
trace (HxConnection *connection, HxTracePlace *place, HxTraceFunc function,
       gpointer data, gpointer source, GError **error)
{
  const HxIndicatorSource *of = source;
  place->period = of->period;
  return hx_trace_behind (connection, hx_call_catalogue (of->call),
                          of->indicator->key, place, function, data, error);
}

HxFigureRows
hx_indicator_rows (HxIndicatorSource *source)
{
  return (HxFigureRows){ trace, source };
}

/* Ten thousandths of a share, else the number as it is. */
static gint64
drawn (const HxFigure *figure)
{
  if (figure->is_void)
    return 0;
  if (figure->value.denominator == 1)
    return figure->value.numerator;
  return (gint64)((HxWide)figure->value.numerator * 10000
                  / figure->value.denominator);
}

void
hx_indicator_spark (HxHtml *html, const GPtrArray *figures, const char *what)
{
  gint64 values[12];
  gsize n = 0;
  for (guint i = 0; i < figures->len && i < G_N_ELEMENTS (values); i++)
    values[n++] = drawn (figures->pdata[i]);
  if (n > 0)
    hx_part_spark (html, values, n, what);
}

char *
hx_say_figure (const HxFigure *figure)
{
  const char *unit = figure->indicator->unit;
  if (figure->is_void)
    return g_strdup ("—");
  return g_str_equal (unit, "%")
             ? g_strdup_printf ("%s%%", figure->text)
             : g_strdup_printf ("%s %s", figure->text, unit);
}
