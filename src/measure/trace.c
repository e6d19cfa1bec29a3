/* The rows behind a figure: rows of the period, weighed as they were counted.
 */
#include "measure/measure_internal.h"

typedef struct
{
  HxConnection *connection;
  HxWeigher *weigher;
  HxUnits *units;
  const HxPeriod *period;
  gint32 first, last; /* days counted; members: those there on the last */
  const HxRule *rule;
  HxTraceFunc function;
  gpointer data;
  gboolean is_stopped;
  guint part; /* that is being read, from 1 */
  HxTracePlace *place;
  char day[HX_DATE_TEXT_SIZE]; /* of place, while it is bound */
  gboolean is_from_row;        /* the part begins behind place->id */
} HxTrace;

static gboolean
is_below (HxTrace *trace, gint64 unit_id, gboolean *below, GError **error)
{
  const GArray *above = hx_units_above (trace->units, unit_id, error);

  *below = FALSE;
  for (guint i = 0; above != NULL && i < above->len; i++)
    *below |= g_array_index (above, gint64, i) == trace->period->unit_id;
  return above != NULL;
}

static gboolean
is_within (const HxTrace *trace, const HxWeight *weight)
{
  if (!weight->counts || weight->day > trace->last)
    return FALSE;
  return weight->until != 0 ? weight->until >= trace->last
                            : weight->day >= trace->first;
}

static void
keep_place (HxTrace *trace, const HxRow *row)
{
  HxTracePlace *place = trace->place;

  place->part = trace->part;
  place->id = row->id;
  place->day[0] = '\0';
  if (hx_row_day (row) != 0)
    hx_date_format (hx_date_from_number (hx_row_day (row)), place->day);
}

static gboolean
trace_row (HxTrace *trace, const HxRow *row, GError **error)
{
  HxWeight weight;
  gboolean below;

  if (!is_below (trace, row->unit_id, &below, error)
      || !hx_weigh (trace->weigher, trace->rule, row, &weight, error))
    return FALSE;
  if (!below || !is_within (trace, &weight))
    return TRUE;
  keep_place (trace, row);
  trace->is_stopped = !trace->function (row, trace->data);
  return TRUE;
}

/* A date without day or month lies at its beginning, where its text does not:
 * "2023-03" comes before "2023-03-01".  So the text starts a little early. */
static HxStatement *
trace_statement (HxTrace *trace, GError **error)
{
  const HxKind *kind = trace->rule->indicator->kind;
  gboolean is_members = trace->rule->indicator->measure == HX_MEASURE_MEMBERS;
  g_autofree char *columns = hx_row_columns (kind, NULL);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM %s WHERE bureau_id = ?1 AND " HX_ALL_IDS
      " AND void = 0%s%s ORDER BY day, id",
      columns, kind->table, is_members ? "" : " AND day BETWEEN ?2 AND ?3",
      trace->is_from_row ? " AND (coalesce (day, ''), id) > (?4, ?5)" : "");
  HxStatement *statement = hx_statement_new (trace->connection, sql, error);

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  if (trace->is_from_row)
    {
      g_strlcpy (trace->day, trace->place->day, sizeof trace->day);
      hx_bind_text (statement, 4, trace->day, -1);
      hx_bind_integer (statement, 5, trace->place->id);
    }
  return statement;
}

static gboolean
trace_rule (HxTrace *trace, GError **error)
{
  char first[HX_DATE_TEXT_SIZE], last[HX_DATE_TEXT_SIZE];
  gboolean is_january = trace->first / 100 % 100 == 1;
  g_autoptr (HxStatement) statement = trace_statement (trace, error);
  g_autoptr (HxRow) row = NULL;
  HxStep step = HX_STEP_DONE;

  if (statement == NULL)
    return FALSE;
  hx_date_format (hx_date_from_number (is_january ? trace->first / 10000 * 10000
                                                  : trace->first / 100 * 100),
                  first);
  hx_date_format (hx_date_from_number (trace->last), last);
  if (trace->rule->indicator->measure != HX_MEASURE_MEMBERS)
    {
      hx_bind_text (statement, 2, first, -1);
      hx_bind_text (statement, 3, last, -1);
    }
  row = hx_row_new (trace->rule->indicator->kind);
  while (!trace->is_stopped
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_read (statement, 0, row);
      if (!trace_row (trace, row, error))
        return FALSE;
    }
  return step != HX_STEP_ERROR;
}

/* Parts that were told to their end are passed over. */
static gboolean
trace_part (HxTrace *trace, GError **error)
{
  trace->part++;
  if (trace->part < trace->place->part)
    return TRUE;
  trace->is_from_row = trace->part == trace->place->part;
  return trace_rule (trace, error);
}

static gboolean
trace_indicator (HxTrace *trace, const HxIndicator *indicator, gint32 last,
                 GError **error)
{
  trace->first = hx_period_first (trace->period);
  trace->last = MIN (last, hx_period_last (trace->period, indicator));
  trace->rule = hx_weigher_rule (trace->weigher, indicator->index);
  if (trace->rule != NULL)
    return trace_part (trace, error);
  last = trace->last;
  for (guint i = 0; indicator->parts != NULL && i < indicator->parts->len; i++)
    if (!trace->is_stopped
        && !trace_indicator (trace, indicator->parts->pdata[i], last, error))
      return FALSE;
  return TRUE;
}

gboolean
hx_trace_behind (HxConnection *connection, HxCatalogue *catalogue,
                 const char *key, HxTracePlace *place, HxTraceFunc function,
                 gpointer data, GError **error)
{
  const HxIndicator *indicator = hx_catalogue_indicator (catalogue, key);
  g_autoptr (HxWeigher) weigher = NULL;
  g_autoptr (HxUnits) units = NULL;
  HxTrace trace = { .connection = connection,
                    .period = place->period,
                    .place = place,
                    .function = function,
                    .data = data };

  if (indicator == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个指标"), key,
                    _ ("请核对指标的代号"));
  if ((weigher = hx_weigher_new (connection, catalogue, error)) == NULL)
    return FALSE;
  units = hx_units_new (connection, catalogue);
  trace.weigher = weigher;
  trace.units = units;
  return trace_indicator (&trace, indicator, HX_DAY_LAST, error);
}

gboolean
hx_trace (HxConnection *connection, HxCatalogue *catalogue, const char *key,
          const HxPeriod *period, HxTraceFunc function, gpointer data,
          GError **error)
{
  HxTracePlace place = { .period = period };

  return hx_trace_behind (connection, catalogue, key, &place, function, data,
                          error);
}
