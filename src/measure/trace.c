/* The rows behind a figure: rows of the period, weighed as they were counted.
 */
#include "measure/measure_internal.h"

typedef struct
{
  HxWeigher *weigher;
  HxUnits *units;
  const HxRule *rule;
  gint64 unit_id;
  gint32 as_of;
  HxTraceFunc function;
  gpointer data;
  gboolean stopped;
  GArray *values;
} HxTrace;

static gboolean
is_below (HxTrace *trace, gint64 unit_id, GError **error)
{
  const GArray *above = hx_units_above (trace->units, unit_id, error);

  for (guint i = 0; above != NULL && i < above->len; i++)
    if (g_array_index (above, gint64, i) == trace->unit_id)
      return TRUE;
  return FALSE;
}

static gboolean
trace_row (const HxRow *row, gpointer data, GError **error)
{
  HxTrace *trace = data;
  HxWeight weight = { .values = trace->values };

  if (trace->stopped || !is_below (trace, row->unit_id, error))
    return error == NULL || *error == NULL;
  if (!hx_weigh (trace->weigher, trace->rule, row, &weight, error))
    return FALSE;
  if (!weight.counts)
    return TRUE;
  if (weight.until != 0
      && (weight.day > trace->as_of || weight.until < trace->as_of))
    return TRUE;
  trace->stopped = !trace->function (row, trace->data);
  return TRUE;
}

static gboolean
trace_rule (HxConnection *connection, const HxPeriod *period,
            const HxFigure *figure, HxTrace *trace, GError **error)
{
  char first[HX_DATE_TEXT_SIZE], last[HX_DATE_TEXT_SIZE];
  HxScanBounds bounds
      = { .extra = " AND day BETWEEN ?2 AND ?3", .texts = { first, last } };
  const HxIndicator *indicator = figure->indicator;
  gint8 month = (gint8)(period->month != 0 ? period->month : 1);

  hx_date_format ((HxDate){ (gint16)period->year, month, 1 }, first);
  hx_date_format (figure->as_of, last);
  trace->as_of = hx_date_number (figure->as_of);
  return hx_scan (connection, indicator->kind,
                  indicator->measure == HX_MEASURE_MEMBERS ? NULL : &bounds,
                  trace_row, trace, error);
}

static gboolean
trace_indicator (HxConnection *connection, HxCatalogue *catalogue,
                 const HxIndicator *indicator, const HxPeriod *period,
                 HxTrace *trace, GError **error)
{
  g_autoptr (HxFigure) figure
      = hx_figure_read (connection, catalogue, indicator->key, period, error);
  HxPeriod within = *period;

  if (figure == NULL)
    return FALSE;
  trace->rule = hx_weigher_rule (trace->weigher, indicator->index);
  if (trace->rule != NULL)
    return trace_rule (connection, period, figure, trace, error);
  within.as_of = figure->as_of;
  for (guint i = 0; indicator->parts != NULL && i < indicator->parts->len; i++)
    if (!trace_indicator (connection, catalogue, indicator->parts->pdata[i],
                          &within, trace, error))
      return FALSE;
  return TRUE;
}

gboolean
hx_trace (HxConnection *connection, HxCatalogue *catalogue, const char *key,
          const HxPeriod *period, HxTraceFunc function, gpointer data,
          GError **error)
{
  const HxIndicator *indicator = hx_catalogue_indicator (catalogue, key);
  g_autoptr (HxWeigher) weigher = NULL;
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  HxTrace trace = { .unit_id = period->unit_id,
                    .function = function,
                    .data = data,
                    .values = values };
  gboolean done;

  if (indicator == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个指标"), key,
                    _ ("请核对指标的代号"));
  if ((weigher = hx_weigher_new (connection, catalogue, error)) == NULL)
    return FALSE;
  trace.weigher = weigher;
  trace.units = hx_units_new (connection, catalogue);
  done = trace_indicator (connection, catalogue, indicator, period, &trace,
                          error);
  hx_units_free (trace.units);
  return done;
}
