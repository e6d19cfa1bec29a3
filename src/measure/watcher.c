/* From a changed row to changed cells. */
#include "measure/measure_internal.h"

struct _HxMeasure
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  HxWeigher *weigher;
  HxUnits *units;
  HxDelta *delta;
  HxWatcher watcher;
  gboolean recount; /* a unit moved */
};

static void
apply_weight (HxDelta *delta, const HxRule *rule, const HxRow *row,
              const HxWeight *weight, int sign)
{
  HxSpot spot = { rule->id, row->unit_id, weight->day };

  if (!weight->counts)
    return;
  if (weight->values->len > 0)
    {
      hx_delta_cell (delta, &spot, sign, 0);
      for (guint i = 0; i < weight->values->len; i++)
        hx_delta_member (delta, &spot,
                         g_array_index (weight->values, gint64, i), sign);
      return;
    }
  hx_delta_cell (delta, &spot, sign, sign * weight->amount);
  spot.day = weight->until != 0 ? hx_day_next (weight->until) : 0;
  if (spot.day != 0)
    hx_delta_cell (delta, &spot, -sign, -sign);
}

gboolean
hx_rule_apply (HxWeigher *weigher, HxDelta *delta, const HxRule *rule,
               const HxRow *row, int sign, GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  HxWeight weight = { .values = values };

  if (!hx_weigh (weigher, rule, row, &weight, error))
    return FALSE;
  apply_weight (delta, rule, row, &weight, sign);
  return TRUE;
}

void
hx_rule_apply_base (HxDelta *delta, const HxRule *rule, const HxRow *row,
                    int sign)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  HxWeight weight = { .values = values };
  HxRule base = *rule;

  base.id = rule->base_id;
  hx_weigh_base (rule, row, &weight);
  apply_weight (delta, &base, row, &weight, sign);
}

/* --------------------------------------------------------------- re-weighing
 */

typedef struct
{
  HxMeasure *measure;
  const HxRule *rule;
  const HxRow *before, *after;
} HxReweigh;

static gboolean
reweigh_row (const HxRow *row, gpointer data, GError **error)
{
  HxReweigh *reweigh = data;
  HxWeigher *weigher = reweigh->measure->weigher;
  const HxKind *kind = reweigh->after->kind;
  gint64 id = reweigh->after->id;

  hx_weigher_show (weigher, kind, id,
                   hx_weigher_view (weigher, reweigh->before));
  if (!hx_rule_apply (weigher, reweigh->measure->delta, reweigh->rule, row, -1,
                      error))
    return FALSE;
  hx_weigher_show (weigher, kind, id,
                   hx_weigher_view (weigher, reweigh->after));
  return hx_rule_apply (weigher, reweigh->measure->delta, reweigh->rule, row, 1,
                        error);
}

static gboolean
reweigh_by (HxReweigh *reweigh, const HxField *reference, GError **error)
{
  g_autofree char *extra
      = g_strdup_printf (" AND \"%s\" = ?4", hx_field_column (reference));
  HxScanBounds bounds
      = { .extra = extra, .integer = reweigh->after->id, .has_integer = TRUE };

  return hx_scan (reweigh->measure->connection, reweigh->rule->indicator->kind,
                  &bounds, reweigh_row, reweigh, error);
}

/* A rule weighs a row once, however many of its conditions look through the
 * same reference; two references to one kind are two scans, of which the
 * second leaves out what the first has weighed only when they differ. */
static gboolean
reweigh_rule (HxReweigh *reweigh, GError **error)
{
  const HxIndicator *indicator = reweigh->rule->indicator;
  const HxKind *kind = reweigh->after->kind;
  const HxField *seen = NULL;

  if (indicator->measure == HX_MEASURE_COVERAGE && indicator->base == kind)
    {
      if (indicator->field->type == HX_FIELD_ATTENDEES)
        return hx_scan (reweigh->measure->connection, indicator->kind, NULL,
                        reweigh_row, reweigh, error);
      seen = indicator->field;
    }
  for (guint i = 0; indicator->where != NULL && i < indicator->where->len; i++)
    {
      const HxCondition *condition = indicator->where->pdata[i];

      if (condition->reference == NULL || condition->reference->target != kind
          || condition->reference == seen)
        continue;
      if (seen != NULL)
        return hx_scan (reweigh->measure->connection, indicator->kind, NULL,
                        reweigh_row, reweigh, error);
      seen = condition->reference;
    }
  return seen == NULL || reweigh_by (reweigh, seen, error);
}

static gboolean
reweigh_all (HxMeasure *measure, const HxRow *before, const HxRow *after,
             GError **error)
{
  const GPtrArray *indicators = hx_catalogue_indicators (measure->catalogue);
  g_autofree HxView *old = hx_weigher_view (measure->weigher, before);
  g_autofree HxView *new = hx_weigher_view (measure->weigher, after);

  if (hx_weigher_view_equal (measure->weigher, after->kind, old, new))
    return TRUE;
  for (guint i = 0; i < indicators->len; i++)
    {
      HxReweigh reweigh
          = { measure, hx_weigher_rule (measure->weigher, i), before, after };

      if (reweigh.rule != NULL && !reweigh_rule (&reweigh, error))
        return FALSE;
    }
  return TRUE;
}

/* ------------------------------------------------------------------- changed
 */

static gboolean
rule_changed (HxMeasure *measure, const HxRule *rule, const HxRow *row,
              int sign, GError **error)
{
  if (rule->indicator->kind == row->kind
      && !hx_rule_apply (measure->weigher, measure->delta, rule, row, sign,
                         error))
    return FALSE;
  if (rule->base_id != 0 && rule->indicator->base == row->kind)
    hx_rule_apply_base (measure->delta, rule, row, sign);
  return TRUE;
}

static void
unit_changed (HxMeasure *measure, const HxRow *before, const HxRow *after)
{
  const HxField *parent = hx_units_parent (measure->units);

  hx_units_forget (measure->units);
  if (before != NULL && parent != NULL
      && before->values[parent->index].integer
             != after->values[parent->index].integer)
    measure->recount = TRUE;
}

static gboolean
changed (gpointer data, const HxRow *before, const HxRow *after, GError **error)
{
  HxMeasure *measure = data;
  const GPtrArray *indicators = hx_catalogue_indicators (measure->catalogue);

  if (after->kind == hx_units_kind (measure->units))
    unit_changed (measure, before, after);
  for (guint i = 0; i < indicators->len; i++)
    {
      const HxRule *rule = hx_weigher_rule (measure->weigher, i);

      if (rule == NULL)
        continue;
      if (before != NULL && !rule_changed (measure, rule, before, -1, error))
        return FALSE;
      if (!rule_changed (measure, rule, after, 1, error))
        return FALSE;
    }
  if (before != NULL && after->kind->is_register
      && !reweigh_all (measure, before, after, error))
    return FALSE;
  if (after->kind->is_register)
    hx_weigher_show (measure->weigher, after->kind, after->id,
                     hx_weigher_view (measure->weigher, after));
  return !hx_delta_is_full (measure->delta)
         || hx_delta_flush (measure->delta, error);
}

static gboolean
finish (gpointer data, GError **error)
{
  HxMeasure *measure = data;
  const GPtrArray *indicators = hx_catalogue_indicators (measure->catalogue);

  if (!measure->recount)
    return hx_delta_flush (measure->delta, error);
  hx_delta_clear (measure->delta);
  measure->recount = FALSE;
  for (guint i = 0; i < indicators->len; i++)
    {
      const HxRule *rule = hx_weigher_rule (measure->weigher, i);

      if (rule != NULL
          && !hx_rule_recount (measure->connection, measure->weigher,
                               measure->delta, rule, error))
        return FALSE;
    }
  return TRUE;
}

HxMeasure *
hx_measure_new (HxConnection *connection, HxCatalogue *catalogue,
                GError **error)
{
  g_autoptr (HxMeasure) measure = g_new0 (HxMeasure, 1);

  measure->connection = connection;
  measure->catalogue = hx_catalogue_ref (catalogue);
  measure->weigher = hx_weigher_new (connection, catalogue, error);
  if (measure->weigher == NULL)
    return NULL;
  measure->units = hx_units_new (connection, catalogue);
  measure->delta = hx_delta_new (connection, measure->units);
  measure->watcher = (HxWatcher){ changed, finish, measure };
  return g_steal_pointer (&measure);
}

void
hx_measure_free (HxMeasure *measure)
{
  if (measure == NULL)
    return;
  hx_delta_free (measure->delta);
  hx_units_free (measure->units);
  hx_weigher_free (measure->weigher);
  hx_catalogue_unref (measure->catalogue);
  g_free (measure);
}

const HxWatcher *
hx_measure_watcher (HxMeasure *measure)
{
  return &measure->watcher;
}

typedef struct
{
  HxCatalogue *catalogue;
  const HxAuthor *author;
  HxLedgerFunc function;
  gpointer data;
} HxMeasuredWrite;

static gboolean
measured_write (HxConnection *connection, gpointer data, GError **error)
{
  HxMeasuredWrite *write = data;
  g_autoptr (HxMeasure) measure
      = hx_measure_new (connection, write->catalogue, error);
  g_autoptr (HxLedger) ledger = NULL;

  if (measure == NULL)
    return FALSE;
  ledger = hx_ledger_new (connection, write->catalogue, write->author,
                          hx_measure_watcher (measure), error);
  return ledger != NULL && write->function (ledger, write->data, error)
         && hx_ledger_finish (ledger, error);
}

gboolean
hx_measure_write (HxStore *store, HxCatalogue *catalogue,
                  const HxAuthor *author, HxLedgerFunc function, gpointer data,
                  GError **error)
{
  HxMeasuredWrite write = { catalogue, author, function, data };

  return hx_write (store, measured_write, &write, error);
}
