/* Reading figures: sums of few cells, and fractions of them. */
#include "base/wide.h"
#include "measure/measure_internal.h"

#include <string.h>

#define DEPTH_MAX 16 /* indicators made of indicators */

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  gint64 *ids; /* by indicator; 0: not registered */
} HxReading;

typedef struct
{
  HxConnection *connection;
  gint64 id;
  gint64 unit_id;
  gint32 first, last; /* days counted, both included */
} HxSpan;

gint32
hx_period_first (const HxPeriod *period)
{
  return period->year * 10000 + (period->month != 0 ? period->month : 1) * 100
         + 1;
}

gint32
hx_period_last (const HxPeriod *period, const HxIndicator *indicator)
{
  gint32 last = period->year * 10000 + 1231;

  if (period->month != 0)
    last = hx_day_last (period->year * 10000 + period->month * 100);
  if (indicator->until_month != 0)
    last = MIN (last, period->year * 10000 + indicator->until_month * 100
                          + indicator->until_day);
  if (period->as_of.year != 0)
    last = MIN (last, hx_day_last (hx_date_number (period->as_of)));
  return last;
}

static gboolean
span_sum (const HxSpan *span, const char *sql, gint64 *amount, gint64 *rows,
          GError **error)
{
  HxStatement *statement = hx_statement (span->connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, span->id);
  hx_bind_integer (statement, 3, span->unit_id);
  hx_bind_integer (statement, 4, span->first);
  hx_bind_integer (statement, 5, span->last);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    {
      *amount = hx_column_integer (statement, 0);
      *rows = hx_column_integer (statement, 1);
    }
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

/* The cell that is just this span, or 0. */
static gint32
whole_period (const HxSpan *span)
{
  gint32 year = span->first / 10000 * 10000, month = span->first / 100 * 100;

  if (span->first == year + 101 && span->last == year + 1231)
    return year;
  return span->first == month + 1 && span->last == hx_day_last (month) ? month
                                                                       : 0;
}

#define CELLS                                                                  \
  "SELECT COALESCE (SUM (amount), 0), COALESCE (SUM (rows), 0) FROM cell"      \
  " WHERE bureau_id = ?1 AND indicator = ?2 AND unit_id = ?3"

static gboolean
read_days (const HxSpan *span, gint64 *amount, gint64 *rows, GError **error)
{
  HxSpan cell = *span;

  *amount = *rows = 0;
  if (span->last < span->first)
    return TRUE;
  cell.first = cell.last = whole_period (span);
  if (cell.first != 0)
    return span_sum (&cell,
                     "SELECT amount, rows FROM cell WHERE bureau_id = ?1"
                     " AND indicator = ?2 AND unit_id = ?3"
                     " AND period BETWEEN ?4 AND ?5",
                     amount, rows, error);
  return span_sum (span,
                   CELLS " AND period BETWEEN ?4 AND ?5 AND period % 100 <> 0",
                   amount, rows, error);
}

/* A value is counted on its first day of the year, so days from January on
 * add up; so does a whole month, which counts by itself.  A part of a later
 * month is told by the days of each value. */
static gboolean
read_distinct (const HxReading *reading, const HxSpan *span, gint64 *amount,
               gint64 *rows, GError **error)
{
  HxMemberSpan days = { span->id, span->unit_id, span->first, span->last };
  g_autoptr (HxUnits) units = NULL;

  if (!read_days (span, amount, rows, error))
    return FALSE;
  if (span->last < span->first || span->first % 10000 == 101
      || whole_period (span) != 0)
    return TRUE;
  units = hx_units_new (reading->connection, reading->catalogue);
  return hx_members_count (reading->connection, units, &days, amount, error);
}

/* Years before the last, found one behind the other by their first cell, then
 * the days of the last.  A year in which nothing changed in sum has none of
 * its own. */
static gboolean
read_members (const HxSpan *span, gint64 *amount, gint64 *rows, GError **error)
{
  HxSpan step = *span;
  gint32 year = span->last / 10000 * 10000;
  gint64 some = 0, period = 0;

  *amount = 0;
  for (step.first = 0, step.last = year - 1; step.first < year;)
    {
      period = -1;
      if (!span_sum (&step,
                     "SELECT amount, period FROM cell WHERE bureau_id = ?1"
                     " AND indicator = ?2 AND unit_id = ?3"
                     " AND period BETWEEN ?4 AND ?5 ORDER BY period LIMIT 1",
                     &some, &period, error))
        return FALSE;
      if (period < 0)
        break;
      if (period % 10000 == 0)
        *amount += some;
      step.first = (gint32)(period / 10000 + 1) * 10000;
    }
  step.first = year + 101;
  step.last = span->last;
  if (!read_days (&step, &some, rows, error))
    return FALSE;
  *amount += some;
  *rows = *amount;
  return TRUE;
}

/* ------------------------------------------------------------------ measures
 */

static gboolean
exact_set (HxFigure *figure, HxWide numerator, HxWide denominator,
           GError **error)
{
  const HxWide common = hx_wide_divisor (numerator, denominator);

  if (denominator < 0)
    return exact_set (figure, -numerator, -denominator, error);
  figure->is_void = denominator == 0;
  if (denominator == 0)
    numerator = 0, denominator = 1;
  else if (common > 1)
    numerator /= common, denominator /= common;
  if (numerator > G_MAXINT64 || numerator < -G_MAXINT64
      || denominator > G_MAXINT64)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("数字太大"),
                    figure->indicator->key, NULL);
  figure->value.numerator = (gint64)numerator;
  figure->value.denominator = (gint64)denominator;
  return TRUE;
}

static gint64
power_of_ten (guint exponent)
{
  gint64 power = 1;

  while (exponent-- > 0)
    power *= 10;
  return power;
}

static gboolean
read_base (const HxReading *reading, const HxPeriod *period, HxFigure *figure,
           gint64 *base, GError **error)
{
  HxSpan span = { reading->connection,
                  reading->ids[figure->indicator->index] + 1, period->unit_id,
                  hx_period_first (period), hx_date_number (figure->as_of) };
  gint64 ignored;

  return read_members (&span, base, &ignored, error);
}

static gboolean
read_cells (const HxReading *reading, const HxPeriod *period, HxFigure *figure,
            GError **error)
{
  const HxIndicator *indicator = figure->indicator;
  HxSpan span
      = { reading->connection, reading->ids[indicator->index], period->unit_id,
          hx_period_first (period), hx_date_number (figure->as_of) };
  gint64 amount = 0, base = 1;
  gboolean done;

  if (span.id == 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("指标还没有登记"),
                    indicator->key, _ ("请重新安装目录"));
  if (indicator->measure == HX_MEASURE_MEMBERS)
    done = read_members (&span, &amount, &figure->rows, error);
  else if (indicator->measure >= HX_MEASURE_DISTINCT)
    done = read_distinct (reading, &span, &amount, &figure->rows, error);
  else
    done = read_days (&span, &amount, &figure->rows, error);
  if (done && indicator->measure == HX_MEASURE_COVERAGE)
    done = read_base (reading, period, figure, &base, error);
  if (done && indicator->measure == HX_MEASURE_SUM)
    {
      figure->value.is_money = indicator->field->type == HX_FIELD_MONEY;
      if (indicator->field->type == HX_FIELD_DECIMAL)
        base = power_of_ten (indicator->field->decimals);
    }
  return done && exact_set (figure, amount, base, error);
}

static HxFigure *figure_read (const HxReading *reading,
                              const HxIndicator *indicator,
                              const HxPeriod *period, guint depth,
                              GError **error);

static gboolean
add_part (HxFigure *figure, const HxFigure *part, guint index, GError **error)
{
  HxWide a = figure->value.numerator, b = figure->value.denominator;
  HxWide c = part->value.numerator, d = part->value.denominator;
  gboolean was_void = figure->is_void || part->is_void;

  figure->rows += part->rows;
  if (index == 0)
    figure->value.is_money = part->value.is_money;
  if (figure->indicator->measure == HX_MEASURE_REACHED)
    {
      figure->value.is_money = FALSE;
      return exact_set (figure, a + (!part->is_void && c >= d ? 1 : 0), 1,
                        error);
    }
  if (figure->indicator->measure == HX_MEASURE_TOTAL || index == 0)
    {
      if (!exact_set (figure, a * d + c * b, b * d, error))
        return FALSE;
    }
  else
    {
      /* Money over a plain number is 元; over money the unit falls out. */
      HxWide fen = figure->value.is_money && !part->value.is_money ? 100 : 1;

      figure->value.is_money = FALSE;
      if (!exact_set (figure, a * d, b * c * fen, error))
        return FALSE;
    }
  figure->is_void |= was_void;
  return TRUE;
}

static gboolean
read_parts (const HxReading *reading, const HxPeriod *period, guint depth,
            HxFigure *figure, GError **error)
{
  const GPtrArray *parts = figure->indicator->parts;
  HxPeriod within = *period;

  if (depth >= DEPTH_MAX)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("指标互相引用过深"),
                    figure->indicator->key, _ ("请检查目录"));
  within.as_of = figure->as_of;
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (HxFigure) part
          = figure_read (reading, parts->pdata[i], &within, depth + 1, error);

      if (part == NULL || !add_part (figure, part, i, error))
        return FALSE;
    }
  return TRUE;
}

/* --------------------------------------------------------------------- text */

static char *
figure_text (const HxFigure *figure)
{
  const HxIndicator *indicator = figure->indicator;
  gint64 scale = 1, units = 0;

  if (figure->is_void)
    return g_strdup ("");
  if (figure->value.is_money && g_strcmp0 (indicator->unit, "元") == 0)
    return hx_money_format_yuan (figure->value.numerator);
  if (figure->value.is_money)
    return hx_money_format_wan (
        figure->value.numerator,
        indicator->decimals > 0 ? (guint)MIN (indicator->decimals, 6) : 2);
  if (g_strcmp0 (indicator->unit, "%") == 0)
    scale = 100;
  if (figure->value.numerator > G_MAXINT64 / 100
      || figure->value.numerator < -(G_MAXINT64 / 100))
    scale = 1;
  if (!hx_round_half_up (figure->value.numerator * scale,
                         figure->value.denominator, indicator->decimals,
                         &units))
    return g_strdup ("");
  return hx_decimal_format ((HxDecimal){ units, indicator->decimals });
}

static HxFigure *
figure_read (const HxReading *reading, const HxIndicator *indicator,
             const HxPeriod *period, guint depth, GError **error)
{
  g_autoptr (HxFigure) figure = g_new0 (HxFigure, 1);
  gboolean done;

  figure->indicator = indicator;
  figure->year = period->year;
  figure->as_of = hx_date_from_number (hx_period_last (period, indicator));
  figure->value.denominator = 1;
  if (hx_rule_has_cells (indicator))
    done = read_cells (reading, period, figure, error);
  else if (indicator->measure == HX_MEASURE_TYPED)
    done = exact_set (figure, indicator->typed.units,
                      power_of_ten (indicator->typed.scale), error);
  else
    done = read_parts (reading, period, depth, figure, error);
  if (!done)
    return NULL;
  figure->text = figure_text (figure);
  return g_steal_pointer (&figure);
}

void
hx_figure_free (HxFigure *figure)
{
  if (figure == NULL)
    return;
  g_free (figure->text);
  g_free (figure);
}

static gboolean
read_ids (HxReading *reading, GError **error)
{
  HxStatement *statement = hx_statement (
      reading->connection, "SELECT id, key FROM indicator WHERE bureau_id = ?1",
      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const HxIndicator *indicator = hx_catalogue_indicator (
          reading->catalogue, hx_column_text (statement, 1));

      if (indicator != NULL)
        reading->ids[indicator->index] = hx_column_integer (statement, 0);
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}

HxFigure *
hx_figure_read (HxConnection *connection, HxCatalogue *catalogue,
                const char *key, const HxPeriod *period, GError **error)
{
  const HxIndicator *indicator = hx_catalogue_indicator (catalogue, key);
  g_autofree gint64 *ids
      = g_new0 (gint64, hx_catalogue_counted (catalogue)->len + 1);
  HxReading reading = { connection, catalogue, ids };

  if (indicator != NULL)
    return read_ids (&reading, error)
               ? figure_read (&reading, indicator, period, 0, error)
               : NULL;
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个指标"), key,
           _ ("请核对指标的代号"));
  return NULL;
}

GPtrArray *
hx_figures_of (HxConnection *connection, HxCatalogue *catalogue,
               const GPtrArray *indicators, const HxPeriod *period,
               GError **error)
{
  g_autofree gint64 *ids
      = g_new0 (gint64, hx_catalogue_counted (catalogue)->len + 1);
  HxReading reading = { connection, catalogue, ids };
  g_autoptr (GPtrArray) figures
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_figure_free);

  if (!read_ids (&reading, error))
    return NULL;
  for (guint i = 0; i < indicators->len; i++)
    {
      HxFigure *figure
          = figure_read (&reading, indicators->pdata[i], period, 0, error);

      if (figure == NULL)
        return NULL;
      g_ptr_array_add (figures, figure);
    }
  return g_steal_pointer (&figures);
}

GPtrArray *
hx_figures_read (HxConnection *connection, HxCatalogue *catalogue,
                 const HxPeriod *period, GError **error)
{
  return hx_figures_of (connection, catalogue,
                        hx_catalogue_indicators (catalogue), period, error);
}
