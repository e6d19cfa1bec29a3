/* Reading targets.  What is weighed against what is in target_weigh.c. */
#include "plan/target.h"
#include "plan/exact.h"
#include "plan/living.h"

#include <string.h>

#define FEN_OF_YUAN 100
#define FEN_OF_WAN 1000000

void
hx_target_free (HxTarget *target)
{
  if (target == NULL)
    return;
  g_free (target->number);
  g_free (target->name);
  g_free (target->wording);
  g_free (target->unit);
  g_free (target->indicator);
  g_free (target->owner);
  g_free (target->actual_text);
  g_free (target->text);
  g_free (target->reason);
  g_free (target->measure);
  g_free (target->signer);
  g_free (target->evidence);
  g_free (target->fault);
  g_free (target);
}

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  const HxPlanView *view;
  HxPeriod period;
  GPtrArray *results;    /* HxRow, the last first */
  GHashTable *result_of; /* target id → HxRow, the last up to the day */
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->result_of, g_hash_table_unref);
  g_clear_pointer (&reading->results, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* --------------------------------------------------------------- statements */

static gboolean
read_results (Reading *reading, GError **error)
{
  const HxPlanView *view = reading->view;
  const HxDate as_of = reading->period.as_of;
  const gint32 until = as_of.year != 0 ? hx_date_number (as_of) : G_MAXINT32;
  g_autofree char *rest = NULL;

  reading->result_of = g_hash_table_new (g_int64_hash, g_int64_equal);
  if (view->result == NULL)
    return TRUE;
  rest = g_strdup_printf ("%s IN (SELECT id FROM %s WHERE bureau_id = ?1"
                          " AND %s = ?2) ORDER BY day DESC, id DESC",
                          hx_field_column (view->result_target),
                          view->target->table,
                          hx_field_column (view->target_year));
  reading->results = hx_living_rows (reading->connection, view->result, rest,
                                     reading->period.year, error);
  for (guint i = 0; reading->results != NULL && i < reading->results->len; i++)
    {
      const HxRow *row = reading->results->pdata[i];
      gint64 *id = &row->values[view->result_target->index].integer;

      if (hx_row_day (row) <= until
          && !g_hash_table_contains (reading->result_of, id))
        g_hash_table_insert (reading->result_of, id,
                             reading->results->pdata[i]);
    }
  return reading->results != NULL;
}

static void
take_statement (const Reading *reading, HxTarget *target)
{
  const HxPlanView *view = reading->view;
  const HxRow *row = g_hash_table_lookup (reading->result_of, &target->id);

  if (row == NULL)
    return;
  target->result_id = row->id;
  target->stated_on = hx_date_from_number (hx_row_day (row));
  target->step = hx_living_code (row, view->result_step);
  target->has_share
      = hx_living_decimal (row, view->result_share, &target->share);
  target->text = hx_living_text (row, view->result_text);
  target->reason = hx_living_text (row, view->result_reason);
  target->measure = hx_living_text (row, view->result_measure);
  target->signer = hx_living_text (row, view->result_signer);
  target->has_evidence = hx_living_has (row, view->result_evidence);
  target->evidence = hx_living_text (row, view->result_evidence);
  if (target->indicator == NULL)
    target->has_actual
        = hx_living_exact (row, view->result_value, &target->actual);
  if (target->has_actual)
    target->actual_text = hx_exact_format (target->actual);
}

/* ------------------------------------------------------------------ figures */

static void
fault (HxTarget *target, char *what)
{
  g_free (target->fault);
  target->fault = what;
}

/* What the figure is printed in, where that is not a mere count. */
static const char *
unit_of (const HxFigure *figure)
{
  if (figure->value.is_money)
    return g_strcmp0 (figure->indicator->unit, "元") == 0 ? "元" : "万元";
  return g_strcmp0 (figure->indicator->unit, "%") == 0 ? "%" : NULL;
}

static gboolean
is_same_unit (const HxTarget *target, const HxFigure *figure)
{
  static const char *const heavy[] = { "元", "万元", "亿元", "%", NULL };
  const char *unit = unit_of (figure);
  g_autofree char *own
      = target->unit != NULL ? hx_text_normalise (target->unit) : NULL;

  if (own == NULL || *own == '\0')
    return TRUE;
  return unit != NULL ? g_str_equal (own, unit) : !g_strv_contains (heavy, own);
}

static gboolean
value_of (const HxFigure *figure, HxExact *value)
{
  const char *unit = unit_of (figure);
  HxWide numerator = figure->value.numerator;
  HxWide denominator = figure->value.denominator;

  if (figure->value.is_money)
    denominator *= g_str_equal (unit, "元") ? FEN_OF_YUAN : FEN_OF_WAN;
  else if (unit != NULL)
    numerator *= 100;
  return hx_exact_reduce (numerator, denominator, value);
}

static gboolean
take_figure (const Reading *reading, HxTarget *target, GError **error)
{
  g_autoptr (HxFigure) figure = NULL;

  if (hx_catalogue_indicator (reading->catalogue, target->indicator) == NULL)
    {
      fault (target, g_strdup_printf (_ ("没有数字“%s”，取不到完成值"),
                                      target->indicator));
      return TRUE;
    }
  target->is_figure = TRUE;
  figure = hx_figure_read (reading->connection, reading->catalogue,
                           target->indicator, &reading->period, error);
  if (figure == NULL)
    return FALSE;
  target->rows = figure->rows;
  if (!is_same_unit (target, figure))
    fault (target, g_strdup_printf (_ ("计量单位“%s”和数字“%s”的“%s”不同"),
                                    target->unit, figure->indicator->name,
                                    figure->indicator->unit));
  else if (!figure->is_void)
    {
      target->has_actual = value_of (figure, &target->actual);
      if (!target->has_actual)
        return hx_fail (error, HX_ERROR_LIMIT, _ ("数字太大"),
                        target->indicator, NULL);
      target->actual_text = g_strdup (figure->text);
    }
  return TRUE;
}

/* ------------------------------------------------------------------ targets */

static HxTarget *
target_new (const HxPlanView *view, const HxRow *row)
{
  HxTarget *target = g_new0 (HxTarget, 1);

  target->id = row->id;
  target->number = hx_living_text (row, view->target_number);
  target->name = hx_living_text (row, view->target_name);
  target->level = hx_living_code (row, view->target_level);
  target->aspect = hx_living_code (row, view->target_aspect);
  target->direction = hx_living_code (row, view->target_direction);
  target->has_value = hx_living_exact (row, view->target_value, &target->value);
  target->has_base = hx_living_exact (row, view->target_base, &target->base);
  target->wording = hx_living_text (row, view->target_wording);
  target->unit = hx_living_text (row, view->target_measure_unit);
  target->has_tolerance
      = hx_living_decimal (row, view->target_tolerance, &target->tolerance);
  target->has_weight
      = hx_living_decimal (row, view->target_weight, &target->weight);
  target->indicator = hx_living_text (row, view->target_indicator);
  target->task_id = hx_living_integer (row, view->target_task);
  target->owner = hx_living_text (row, view->target_owner);
  return target;
}

static gboolean
fill (const Reading *reading, HxTarget *target, GError **error)
{
  const gboolean is_qualitative
      = g_str_equal (target->direction->code, "qualitative");

  if (!is_qualitative && !target->has_value)
    fault (target, g_strdup (_ ("没有年度指标值")));
  if (target->indicator != NULL && !take_figure (reading, target, error))
    return FALSE;
  take_statement (reading, target);
  if (hx_target_weigh (target, error))
    return TRUE;
  hx_error_at (error, target->number);
  return FALSE;
}

GPtrArray *
hx_targets_read (HxConnection *connection, HxCatalogue *catalogue, int year,
                 HxDate as_of, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (catalogue);
  g_auto (Reading) reading
      = { connection, catalogue, view, { year, as_of, 0, 0 }, NULL, NULL };
  g_autoptr (GPtrArray) targets
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_target_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *rest = NULL;

  if (view == NULL || view->target == NULL)
    return g_steal_pointer (&targets);
  rest = g_strdup_printf ("%s = ?2 ORDER BY %s, id",
                          hx_field_column (view->target_year),
                          hx_field_column (view->target_number));
  rows = hx_living_rows (connection, view->target, rest, year, error);
  if (rows == NULL || !read_results (&reading, error))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      HxTarget *target = target_new (view, rows->pdata[i]);

      g_ptr_array_add (targets, target);
      if (!fill (&reading, target, error))
        return NULL;
    }
  return g_steal_pointer (&targets);
}
