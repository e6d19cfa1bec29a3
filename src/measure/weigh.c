/* Weighing: does a row count for a rule, and for how much. */
#include "measure/measure_internal.h"

struct _HxWeigher
{
  HxConnection *connection;
  HxViews *views;
  GPtrArray *rules; /* HxRule or NULL, by indicator */
  GPtrArray *in;    /* by kind: GPtrArray of HxRule, or NULL */
  GPtrArray *over;
  GArray *values;
};

gboolean
hx_rule_has_cells (const HxIndicator *indicator)
{
  return indicator->measure <= HX_MEASURE_COVERAGE;
}

/* -------------------------------------------------------------- conditions */

static gboolean
reference_holds (HxWeigher *weigher, const HxCondition *condition, guint slot,
                 const HxRow *row, GError **error)
{
  const HxValue *value = &row->values[condition->reference->index];
  const HxView *view = NULL;

  if (value->filled)
    view = hx_view_get (weigher->views, condition->reference->target,
                        value->integer, error);
  if (view == NULL)
    return condition->test == HX_TEST_EMPTY;
  return view->passes[slot] != 0;
}

static gboolean
where_holds (HxWeigher *weigher, const GPtrArray *where, const guint *slots,
             const HxRow *row, GError **error)
{
  for (guint i = 0; where != NULL && i < where->len; i++)
    {
      const HxCondition *condition = where->pdata[i];
      gboolean holds
          = condition->reference == NULL
                ? hx_condition_holds (condition,
                                      &row->values[condition->field->index])
                : reference_holds (weigher, condition, slots[i], row, error);

      if (!holds)
        return FALSE;
    }
  return TRUE;
}

/* ------------------------------------------------------------------ values */

void
hx_people_add (const char *people, GArray *ids)
{
  for (const char *p = people; p != NULL && *p != '\0';)
    {
      char *end;
      gint64 id;

      if (!g_ascii_isdigit (*p))
        {
          p++;
          continue;
        }
      id = g_ascii_strtoll (p, &end, 10);
      g_array_append_val (ids, id);
      p = end;
    }
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

static void
add_values (const HxField *field, const HxValue *value, GArray *values)
{
  guint kept = 0;

  if (field->type != HX_FIELD_ATTENDEES)
    {
      if (value->filled)
        g_array_append_val (values, value->integer);
      return;
    }
  hx_people_add (value->people, values);
  g_array_sort (values, compare_values);
  for (guint i = 0; i < values->len; i++)
    if (i == 0
        || g_array_index (values, gint64, i)
               != g_array_index (values, gint64, kept - 1))
      g_array_index (values, gint64, kept++)
          = g_array_index (values, gint64, i);
  g_array_set_size (values, kept);
}

/* A covered row must be live, fit the base and exist at the end of the year:
 * who is no longer in the base's figure of the year is not in the covered. */
static void
keep_covered (HxWeigher *weigher, const HxRule *rule, gint32 day,
              GError **error)
{
  const GPtrArray *where = rule->indicator->base_where;
  GArray *values = weigher->values;
  gint32 end = day / 10000 * 10000 + 1231;
  guint kept = 0;

  for (guint i = 0; i < values->len; i++)
    {
      gint64 id = g_array_index (values, gint64, i);
      const HxView *view
          = hx_view_get (weigher->views, rule->indicator->base, id, error);
      gboolean holds = view != NULL && view->until >= end && view->since <= end;

      for (guint j = 0; holds && where != NULL && j < where->len; j++)
        holds = view->passes[rule->base_slots[j]] != 0;
      if (holds)
        g_array_index (values, gint64, kept++) = id;
    }
  g_array_set_size (values, kept);
}

/* Sums, distinct counts and coverages go by a field of the row. */
static void
weigh_field (HxWeigher *weigher, const HxRule *rule, const HxRow *row,
             HxWeight *weight, GError **error)
{
  const HxField *field = rule->indicator->field;
  const HxValue *value = &row->values[field->index];

  if (rule->indicator->measure == HX_MEASURE_SUM)
    {
      weight->counts = value->filled;
      weight->amount = value->integer;
      return;
    }
  add_values (field, value, weigher->values);
  if (rule->indicator->measure == HX_MEASURE_COVERAGE)
    keep_covered (weigher, rule, weight->day, error);
  weight->counts = weigher->values->len > 0;
}

static void
weigh_matching (HxWeigher *weigher, const HxRule *rule, const HxRow *row,
                HxWeight *weight, GError **error)
{
  weight->day = hx_day_first (hx_row_day (row));
  weight->amount = 1;
  weight->counts = TRUE;
  if (rule->indicator->field != NULL)
    weigh_field (weigher, rule, row, weight, error);
  else if (rule->indicator->measure == HX_MEASURE_MEMBERS)
    {
      weight->day = hx_row_since (row);
      weight->until = hx_row_until (row);
      weight->counts = weight->day <= weight->until;
    }
}

gboolean
hx_weigh (HxWeigher *weigher, const HxRule *rule, const HxRow *row,
          HxWeight *weight, GError **error)
{
  GError *failure = NULL;

  weight->counts = FALSE;
  weight->until = 0;
  weight->values = weigher->values;
  g_array_set_size (weigher->values, 0);
  if (!row->is_void
      && where_holds (weigher, rule->indicator->where, rule->slots, row,
                      &failure)
      && failure == NULL)
    weigh_matching (weigher, rule, row, weight, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* The conditions on the base of a coverage name fields of the base alone. */
static gboolean
base_holds (const GPtrArray *where, const HxRow *row)
{
  for (guint i = 0; where != NULL && i < where->len; i++)
    {
      const HxCondition *condition = where->pdata[i];

      if (!hx_condition_holds (condition,
                               &row->values[condition->field->index]))
        return FALSE;
    }
  return TRUE;
}

void
hx_weigh_base (HxWeigher *weigher, const HxRule *rule, const HxRow *row,
               HxWeight *weight)
{
  g_array_set_size (weigher->values, 0);
  weight->values = weigher->values;
  weight->day = hx_row_since (row);
  weight->until = hx_row_until (row);
  weight->amount = 1;
  weight->counts = !row->is_void && weight->day <= weight->until
                   && base_holds (rule->indicator->base_where, row);
}

/* ----------------------------------------------------------------- pending */

static gboolean
field_looks_at_pending (HxWeigher *weigher, const HxField *field,
                        const HxRow *row)
{
  const HxValue *value = row != NULL ? &row->values[field->index] : NULL;
  g_autoptr (GArray) ids = NULL;

  if (!hx_views_is_pending (weigher->views, field->target, 0))
    return FALSE;
  if (row == NULL)
    return TRUE;
  if (field->type != HX_FIELD_ATTENDEES)
    return value->filled
           && hx_views_is_pending (weigher->views, field->target,
                                   value->integer);
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  hx_people_add (value->people, ids);
  for (guint i = 0; i < ids->len; i++)
    if (hx_views_is_pending (weigher->views, field->target,
                             g_array_index (ids, gint64, i)))
      return TRUE;
  return FALSE;
}

gboolean
hx_row_looks_at_pending (HxWeigher *weigher, const HxRule *rule,
                         const HxRow *row)
{
  const HxIndicator *indicator = rule->indicator;

  if (indicator->measure == HX_MEASURE_COVERAGE
      && field_looks_at_pending (weigher, indicator->field, row))
    return TRUE;
  for (guint i = 0; indicator->where != NULL && i < indicator->where->len; i++)
    {
      const HxCondition *condition = indicator->where->pdata[i];

      if (condition->reference != NULL
          && field_looks_at_pending (weigher, condition->reference, row))
        return TRUE;
    }
  return FALSE;
}

/* ------------------------------------------------------------------- making */

static void
rule_free (gpointer data)
{
  HxRule *rule = data;

  if (rule == NULL)
    return;
  g_free (rule->slots);
  g_free (rule->base_slots);
  g_free (rule);
}

static guint *
slots_add (HxViews *views, const GPtrArray *where, const HxKind *base)
{
  guint n = where != NULL ? where->len : 0;
  guint *slots = n > 0 ? g_new0 (guint, n) : NULL;

  for (guint i = 0; i < n; i++)
    {
      const HxCondition *condition = where->pdata[i];

      if (base != NULL)
        slots[i] = hx_views_slot (views, base, condition);
      else if (condition->reference != NULL)
        slots[i]
            = hx_views_slot (views, condition->reference->target, condition);
    }
  return slots;
}

static void
list_add (GPtrArray *lists, const HxKind *kind, HxRule *rule)
{
  if (lists->pdata[kind->index] == NULL)
    lists->pdata[kind->index] = g_ptr_array_new ();
  g_ptr_array_add (lists->pdata[kind->index], rule);
}

static void
rule_add (HxWeigher *weigher, const HxIndicator *indicator)
{
  HxRule *rule = NULL;

  if (hx_rule_has_cells (indicator))
    {
      rule = g_new0 (HxRule, 1);
      rule->indicator = indicator;
      rule->slots = slots_add (weigher->views, indicator->where, NULL);
      list_add (weigher->in, indicator->kind, rule);
    }
  g_ptr_array_add (weigher->rules, rule);
  if (rule == NULL || indicator->measure != HX_MEASURE_COVERAGE)
    return;
  rule->base_slots
      = slots_add (weigher->views, indicator->base_where, indicator->base);
  hx_views_use (weigher->views, indicator->base);
  list_add (weigher->over, indicator->base, rule);
}

static gboolean
read_ids (HxWeigher *weigher, HxCatalogue *catalogue, GError **error)
{
  HxStatement *statement = hx_statement (
      weigher->connection, "SELECT id, key FROM indicator WHERE bureau_id = ?1",
      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      const HxIndicator *indicator
          = hx_catalogue_indicator (catalogue, hx_column_text (statement, 1));
      HxRule *rule = indicator != NULL
                         ? g_ptr_array_index (weigher->rules, indicator->index)
                         : NULL;

      if (rule == NULL)
        continue;
      rule->id = hx_column_integer (statement, 0);
      /* A base follows its indicator. */
      if (indicator->measure == HX_MEASURE_COVERAGE)
        rule->base_id = rule->id + 1;
    }
  hx_statement_reset (statement);
  return step == HX_STEP_DONE;
}

static void
list_free (gpointer data)
{
  if (data != NULL)
    g_ptr_array_unref (data);
}

HxWeigher *
hx_weigher_new (HxConnection *connection, HxCatalogue *catalogue,
                GError **error)
{
  g_autoptr (HxWeigher) weigher = g_new0 (HxWeigher, 1);
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);
  const GPtrArray *indicators = hx_catalogue_counted (catalogue);

  weigher->connection = connection;
  weigher->views = hx_views_new (connection, catalogue);
  weigher->rules = g_ptr_array_new_with_free_func (rule_free);
  weigher->in = g_ptr_array_new_with_free_func (list_free);
  weigher->over = g_ptr_array_new_with_free_func (list_free);
  weigher->values = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_set_size (weigher->in, (int)kinds->len);
  g_ptr_array_set_size (weigher->over, (int)kinds->len);
  for (guint i = 0; i < indicators->len; i++)
    rule_add (weigher, indicators->pdata[i]);
  if (!read_ids (weigher, catalogue, error))
    return NULL;
  return g_steal_pointer (&weigher);
}

void
hx_weigher_free (HxWeigher *weigher)
{
  if (weigher == NULL)
    return;
  g_ptr_array_unref (weigher->rules);
  g_ptr_array_unref (weigher->in);
  g_ptr_array_unref (weigher->over);
  g_array_unref (weigher->values);
  hx_views_free (weigher->views);
  g_free (weigher);
}

const HxRule *
hx_weigher_rule (HxWeigher *weigher, guint index)
{
  return g_ptr_array_index (weigher->rules, index);
}

const GPtrArray *
hx_weigher_rules_in (HxWeigher *weigher, const HxKind *kind)
{
  return g_ptr_array_index (weigher->in, kind->index);
}

const GPtrArray *
hx_weigher_rules_over (HxWeigher *weigher, const HxKind *kind)
{
  return g_ptr_array_index (weigher->over, kind->index);
}

HxViews *
hx_weigher_views (HxWeigher *weigher)
{
  return weigher->views;
}
