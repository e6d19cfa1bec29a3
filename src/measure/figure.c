/* Reading figures: sums of few cells, and fractions of them. */
#include "measure/measure_internal.h"

#include <string.h>

__extension__ typedef __int128 HxWide;

#define DEPTH_MAX 16 /* indicators made of indicators */

typedef struct
{
  HxConnection *connection;
  gint64 id;
  gint64 unit_id;
  gint32 first, last; /* days counted, both included */
} HxSpan;

static gint64
minimum (gint64 a, gint64 b)
{
  return a < b ? a : b;
}

static gint32
period_last (const HxIndicator *indicator, const HxPeriod *period)
{
  gint32 last = period->year * 10000 + 1231;
  gint32 given = hx_day_last (hx_date_number (period->as_of));

  if (period->month != 0)
    last = hx_day_last (period->year * 10000 + period->month * 100);
  if (indicator->until_month != 0)
    last = (gint32)minimum (last, period->year * 10000
                                      + indicator->until_month * 100
                                      + indicator->until_day);
  return period->as_of.year != 0 ? (gint32)minimum (last, given) : last;
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

#define CELLS                                                                  \
  "SELECT COALESCE (SUM (amount), 0), COALESCE (SUM (rows), 0) FROM cell"      \
  " WHERE bureau_id = ?1 AND indicator = ?2 AND unit_id = ?3"

static gboolean
read_days (const HxSpan *span, gint64 *amount, gint64 *rows, GError **error)
{
  gint32 year = span->first / 10000 * 10000;
  HxSpan cell = *span;

  if (span->first == year + 101 && span->last == year + 1231)
    {
      cell.first = cell.last = year;
      return span_sum (&cell, CELLS " AND period BETWEEN ?4 AND ?5", amount,
                       rows, error);
    }
  return span_sum (span,
                   CELLS " AND period BETWEEN ?4 AND ?5 AND period % 100 <> 0",
                   amount, rows, error);
}

static gboolean
read_distinct (const HxSpan *span, gint64 *amount, gint64 *rows, GError **error)
{
  gint64 ignored;

  if (!read_days (span, amount, rows, error))
    return FALSE;
  if (span->first % 10000 == 101
      && (span->last / 100 % 100 != 1 || span->first == span->last))
    return TRUE;
  return span_sum (span,
                   "SELECT COUNT (DISTINCT value), 0 FROM member"
                   " WHERE bureau_id = ?1 AND indicator = ?2 AND unit_id = ?3"
                   " AND year = ?4 / 10000 AND day BETWEEN ?4 AND ?5",
                   amount, &ignored, error);
}

/* Whole years before the last, found one behind the other, then its days. */
static gboolean
read_members (const HxSpan *span, gint64 *amount, gint64 *rows, GError **error)
{
  HxSpan step = *span;
  gint64 some = 0, period = 0;

  *amount = *rows = 0;
  for (step.first = 0; step.first < span->last / 10000 * 10000;)
    {
      if (!span_sum (&step,
                     "SELECT period, amount FROM cell WHERE bureau_id = ?1"
                     " AND indicator = ?2 AND unit_id = ?3"
                     " AND period >= ?4 AND period < ?5 / 10000 * 10000"
                     " AND period % 10000 = 0 ORDER BY period LIMIT 1",
                     &period, &some, error))
        return FALSE;
      if (period < step.first || period == 0)
        break;
      *amount += some;
      step.first = (gint32)period + 10000;
      period = 0;
    }
  step.first = span->last / 10000 * 10000 + 101;
  if (!read_days (&step, &some, rows, error))
    return FALSE;
  *amount += some;
  *rows = *amount;
  return TRUE;
}

static gboolean
indicator_id (HxConnection *connection, const HxIndicator *indicator,
              gint64 *id, GError **error)
{
  HxStatement *statement = hx_statement (
      connection, "SELECT id FROM indicator WHERE bureau_id = ?1 AND key = ?2",
      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, indicator->key, -1);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *id = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  if (step == HX_STEP_DONE)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("指标还没有登记"),
                    indicator->key, _ ("请重新安装目录"));
  return step == HX_STEP_ROW;
}

/* ------------------------------------------------------------------ measures
 */

static gboolean
exact_set (HxFigure *figure, HxWide numerator, HxWide denominator,
           GError **error)
{
  HxWide a = numerator < 0 ? -numerator : numerator, b = denominator;

  if (denominator < 0)
    return exact_set (figure, -numerator, -denominator, error);
  figure->is_void = denominator == 0;
  while (b != 0)
    {
      HxWide rest = a % b;
      a = b;
      b = rest;
    }
  if (denominator == 0)
    numerator = 0, denominator = 1;
  else if (a > 1)
    numerator /= a, denominator /= a;
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
read_cells (HxConnection *connection, const HxPeriod *period, HxFigure *figure,
            GError **error)
{
  const HxIndicator *indicator = figure->indicator;
  HxSpan span = { connection, 0, period->unit_id,
                  period->year * 10000
                      + (period->month != 0 ? period->month : 1) * 100 + 1,
                  hx_date_number (figure->as_of) };
  gint64 amount = 0, base = 1, ignored;

  if (!indicator_id (connection, indicator, &span.id, error))
    return FALSE;
  if (indicator->measure == HX_MEASURE_MEMBERS)
    {
      if (!read_members (&span, &amount, &figure->rows, error))
        return FALSE;
    }
  else if (indicator->measure >= HX_MEASURE_DISTINCT)
    {
      if (!read_distinct (&span, &amount, &figure->rows, error))
        return FALSE;
    }
  else if (!read_days (&span, &amount, &figure->rows, error))
    return FALSE;
  if (indicator->measure == HX_MEASURE_COVERAGE)
    {
      span.id++;
      if (!read_members (&span, &base, &ignored, error))
        return FALSE;
    }
  if (indicator->measure == HX_MEASURE_SUM)
    {
      figure->value.is_money = indicator->field->type == HX_FIELD_MONEY;
      if (indicator->field->type == HX_FIELD_DECIMAL)
        base = power_of_ten (indicator->field->decimals);
    }
  return exact_set (figure, amount, base, error);
}

static HxFigure *figure_read (HxConnection *connection,
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
read_parts (HxConnection *connection, const HxPeriod *period, guint depth,
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
      g_autoptr (HxFigure) part = figure_read (connection, parts->pdata[i],
                                               &within, depth + 1, error);

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
        indicator->decimals > 0 ? (guint)minimum (indicator->decimals, 6) : 2);
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
figure_read (HxConnection *connection, const HxIndicator *indicator,
             const HxPeriod *period, guint depth, GError **error)
{
  g_autoptr (HxFigure) figure = g_new0 (HxFigure, 1);
  gboolean done;

  figure->indicator = indicator;
  figure->year = period->year;
  figure->as_of = hx_date_from_number (period_last (indicator, period));
  figure->value.denominator = 1;
  if (hx_rule_has_cells (indicator))
    done = read_cells (connection, period, figure, error);
  else if (indicator->measure == HX_MEASURE_TYPED)
    done = exact_set (figure, indicator->typed.units,
                      power_of_ten (indicator->typed.scale), error);
  else
    done = read_parts (connection, period, depth, figure, error);
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

HxFigure *
hx_figure_read (HxConnection *connection, HxCatalogue *catalogue,
                const char *key, const HxPeriod *period, GError **error)
{
  const HxIndicator *indicator = hx_catalogue_indicator (catalogue, key);

  if (indicator != NULL)
    return figure_read (connection, indicator, period, 0, error);
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个指标"), key,
           _ ("请核对指标的代号"));
  return NULL;
}

GPtrArray *
hx_figures_read (HxConnection *connection, HxCatalogue *catalogue,
                 const HxPeriod *period, GError **error)
{
  const GPtrArray *indicators = hx_catalogue_indicators (catalogue);
  g_autoptr (GPtrArray) figures
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_figure_free);

  for (guint i = 0; i < indicators->len; i++)
    {
      HxFigure *figure
          = figure_read (connection, indicators->pdata[i], period, 0, error);

      if (figure == NULL)
        return NULL;
      g_ptr_array_add (figures, figure);
    }
  return g_steal_pointer (&figures);
}
