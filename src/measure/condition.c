/* Weighing: does a row count for a rule, and for how much.
 *
 * Conditions on a referenced row are numbered per kind of that row (slots).
 * The first question about a referenced row loads it once and keeps one byte
 * a slot and the days on which the row exists; a million rows that refer to
 * 13,000 people cost 13,000 loads.  What is kept is bounded: a full table is
 * emptied.
 */
#include "measure/measure_internal.h"

#include <string.h>

#define VIEWS_MAX 200000 /* rows */

typedef struct
{
  GPtrArray *slots; /* HxCondition, borrowed */
  GHashTable *views;
  HxRow *row; /* for loading */
  char *sql;
} HxLens;

struct _HxWeigher
{
  HxConnection *connection;
  GPtrArray *rules;  /* HxRule or NULL, by indicator */
  GPtrArray *lenses; /* HxLens by kind */
};

gboolean
hx_rule_has_cells (const HxIndicator *indicator)
{
  return indicator->measure <= HX_MEASURE_COVERAGE;
}

gint32
hx_day_first (gint32 day)
{
  if (day == 0)
    return HX_DAY_FIRST;
  if (day / 100 % 100 == 0)
    return day / 10000 * 10000 + 101;
  return day % 100 == 0 ? day + 1 : day;
}

gint32
hx_day_last (gint32 day)
{
  if (day == 0)
    return HX_DAY_LAST;
  if (day / 100 % 100 == 0)
    return day / 10000 * 10000 + 1231;
  if (day % 100 == 0)
    return day + hx_date_days_in_month (day / 10000, day / 100 % 100);
  return day;
}

gint32
hx_day_next (gint32 day)
{
  HxDate date;

  if (day >= HX_DAY_LAST)
    return 0;
  date = hx_date_from_days (hx_date_days (hx_date_from_number (day)) + 1);
  return hx_date_number (date);
}

static gint32
field_day (const HxRow *row, const HxField *field)
{
  if (field == NULL || !row->values[field->index].filled)
    return 0;
  return (gint32)row->values[field->index].integer;
}

gint32
hx_row_since (const HxRow *row)
{
  return hx_day_first (field_day (row, row->kind->since));
}

gint32
hx_row_until (const HxRow *row)
{
  return hx_day_last (field_day (row, row->kind->until));
}

/* ------------------------------------------------------------- conditions */

static gboolean
value_is_in (const HxCondition *condition, const HxValue *value)
{
  if (!value->filled)
    return FALSE;
  if (condition->texts != NULL)
    return value->text != NULL
           && g_strv_contains ((const char *const *)condition->texts,
                               value->text);
  for (guint i = 0; condition->integers != NULL && i < condition->integers->len;
       i++)
    if (g_array_index (condition->integers, gint64, i) == value->integer)
      return TRUE;
  return FALSE;
}

static gboolean
condition_holds (const HxCondition *condition, const HxRow *row)
{
  const HxValue *value = &row->values[condition->field->index];

  switch (condition->test)
    {
    case HX_TEST_IN:
      return value_is_in (condition, value);
    case HX_TEST_RANGE:
      return value->filled
             && (!condition->has_min || value->integer >= condition->min)
             && (!condition->has_max || value->integer <= condition->max);
    case HX_TEST_FILLED:
      return value->filled;
    case HX_TEST_EMPTY:
      return !value->filled;
    default:
      return FALSE;
    }
}

/* ------------------------------------------------------------------ views */

static HxLens *
lens_of (HxWeigher *weigher, const HxKind *kind)
{
  return g_ptr_array_index (weigher->lenses, kind->index);
}

HxView *
hx_weigher_view (HxWeigher *weigher, const HxRow *row)
{
  HxLens *lens = lens_of (weigher, row->kind);
  HxView *view = g_malloc0 (sizeof (HxView) + lens->slots->len);

  if (!row->is_void)
    {
      view->since = hx_row_since (row);
      view->until = hx_row_until (row);
    }
  for (guint i = 0; i < lens->slots->len; i++)
    view->passes[i] = condition_holds (lens->slots->pdata[i], row) ? 1 : 0;
  return view;
}

gboolean
hx_weigher_view_equal (HxWeigher *weigher, const HxKind *kind, const HxView *a,
                       const HxView *b)
{
  HxLens *lens = lens_of (weigher, kind);

  return a->since == b->since && a->until == b->until
         && memcmp (a->passes, b->passes, lens->slots->len) == 0;
}

void
hx_weigher_show (HxWeigher *weigher, const HxKind *kind, gint64 id,
                 HxView *view)
{
  HxLens *lens = lens_of (weigher, kind);
  gint64 *key = g_new (gint64, 1);

  if (g_hash_table_size (lens->views) >= VIEWS_MAX)
    g_hash_table_remove_all (lens->views);
  *key = id;
  g_hash_table_replace (lens->views, key, view);
}

/* NULL without *error: no such row. */
static const HxView *
view_get (HxWeigher *weigher, const HxKind *kind, gint64 id, GError **error)
{
  HxLens *lens = lens_of (weigher, kind);
  HxView *view = g_hash_table_lookup (lens->views, &id);
  HxStatement *statement;

  if (view != NULL)
    return view;
  if ((statement = hx_statement (weigher->connection, lens->sql, error))
      == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  if (hx_step (statement, error) == HX_STEP_ROW)
    {
      hx_row_clear (lens->row);
      hx_row_read (statement, 0, lens->row);
      view = hx_weigher_view (weigher, lens->row);
      hx_weigher_show (weigher, kind, id, view);
    }
  hx_statement_reset (statement);
  return view;
}

/* ---------------------------------------------------------------- weighing */

static gboolean
reference_holds (HxWeigher *weigher, const HxCondition *condition, guint slot,
                 const HxRow *row, GError **error)
{
  const HxValue *value = &row->values[condition->reference->index];
  const HxView *view = NULL;

  if (value->filled)
    view = view_get (weigher, condition->reference->target, value->integer,
                     error);
  if (view == NULL)
    return condition->test == HX_TEST_EMPTY;
  return view->passes[slot] != 0;
}

static gboolean
where_holds (HxWeigher *weigher, const HxRule *rule, const HxRow *row,
             GError **error)
{
  const GPtrArray *where = rule->indicator->where;

  for (guint i = 0; where != NULL && i < where->len; i++)
    {
      const HxCondition *condition = where->pdata[i];
      gboolean holds = condition->reference == NULL
                           ? condition_holds (condition, row)
                           : reference_holds (weigher, condition,
                                              rule->slots[i], row, error);

      if (!holds)
        return FALSE;
    }
  return TRUE;
}

/* The conditions on the base of a coverage name fields of the base alone. */
static gboolean
base_holds (const GPtrArray *where, const HxRow *row)
{
  for (guint i = 0; where != NULL && i < where->len; i++)
    if (!condition_holds (where->pdata[i], row))
      return FALSE;
  return TRUE;
}

/* Ids stand in a JSON array of integers that the ledger wrote. */
static void
add_people (const char *people, GArray *values)
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
      g_array_append_val (values, id);
      p = end;
    }
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* Text values (a choice) are counted by a 64-bit digest, FNV-1a. */
static gint64
text_value (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (const char *p = text; *p != '\0'; p++)
    hash = (hash ^ (guchar)*p) * G_GUINT64_CONSTANT (1099511628211);
  return (gint64)(hash >> 1);
}

static void
add_values (const HxField *field, const HxValue *value, GArray *values)
{
  guint kept = 0;

  if (field->type == HX_FIELD_ATTENDEES)
    add_people (value->people, values);
  else if (value->filled)
    {
      gint64 one = hx_field_type_is_integer (field->type)
                       ? value->integer
                       : text_value (value->text != NULL ? value->text : "");
      g_array_append_val (values, one);
    }
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
static gboolean
keep_covered (HxWeigher *weigher, const HxRule *rule, gint32 day,
              GArray *values, GError **error)
{
  const GPtrArray *where = rule->indicator->base_where;
  gint32 end = day / 10000 * 10000 + 1231;
  guint kept = 0;

  for (guint i = 0; i < values->len; i++)
    {
      gint64 id = g_array_index (values, gint64, i);
      const HxView *view = view_get (weigher, rule->indicator->base, id, error);
      gboolean holds = view != NULL && view->until >= end && view->since <= end;

      for (guint j = 0; holds && where != NULL && j < where->len; j++)
        holds = view->passes[rule->base_slots[j]] != 0;
      if (holds)
        g_array_index (values, gint64, kept++) = id;
    }
  g_array_set_size (values, kept);
  return TRUE;
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
  add_values (field, value, weight->values);
  if (rule->indicator->measure == HX_MEASURE_COVERAGE)
    keep_covered (weigher, rule, weight->day, weight->values, error);
  weight->counts = weight->values->len > 0;
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
  g_array_set_size (weight->values, 0);
  if (!row->is_void && where_holds (weigher, rule, row, &failure)
      && failure == NULL)
    weigh_matching (weigher, rule, row, weight, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

void
hx_weigh_base (const HxRule *rule, const HxRow *row, HxWeight *weight)
{
  weight->day = hx_row_since (row);
  weight->until = hx_row_until (row);
  weight->amount = 1;
  weight->counts = !row->is_void && weight->day <= weight->until
                   && base_holds (rule->indicator->base_where, row);
}

/* ------------------------------------------------------------------- making */

static void
lens_free (gpointer data)
{
  HxLens *lens = data;

  g_ptr_array_unref (lens->slots);
  g_hash_table_unref (lens->views);
  hx_row_free (lens->row);
  g_free (lens->sql);
  g_free (lens);
}

static HxLens *
lens_new (const HxKind *kind)
{
  HxLens *lens = g_new0 (HxLens, 1);
  g_autofree char *columns = hx_row_columns (kind, NULL);

  lens->slots = g_ptr_array_new ();
  lens->views
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  lens->row = hx_row_new (kind);
  lens->sql
      = g_strdup_printf ("SELECT %s FROM %s WHERE bureau_id = ?1 AND id = ?2",
                         columns, kind->table);
  return lens;
}

static guint
slot_add (HxLens *lens, const HxCondition *condition)
{
  g_ptr_array_add (lens->slots, (gpointer)(guintptr)condition);
  return lens->slots->len - 1;
}

static guint *
slots_add (HxWeigher *weigher, const GPtrArray *where, const HxKind *base)
{
  guint n = where != NULL ? where->len : 0;
  guint *slots = g_new0 (guint, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const HxCondition *condition = where->pdata[i];
      const HxKind *kind = base;

      if (condition->reference != NULL)
        kind = condition->reference->target;
      if (kind != NULL)
        slots[i] = slot_add (lens_of (weigher, kind), condition);
    }
  return slots;
}

static gboolean
rule_ids (HxConnection *connection, HxRule *rule, GError **error)
{
  HxStatement *statement = hx_statement (
      connection, "SELECT id FROM indicator WHERE bureau_id = ?1 AND key = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, rule->indicator->key, -1);
  if (hx_step (statement, error) == HX_STEP_ROW)
    rule->id = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  /* A base follows its indicator. */
  rule->base_id
      = rule->indicator->measure == HX_MEASURE_COVERAGE ? rule->id + 1 : 0;
  return error == NULL || *error == NULL;
}

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

static gboolean
rule_add (HxWeigher *weigher, const HxIndicator *indicator, GError **error)
{
  HxRule *rule;

  if (!hx_rule_has_cells (indicator))
    {
      g_ptr_array_add (weigher->rules, NULL);
      return TRUE;
    }
  rule = g_new0 (HxRule, 1);
  rule->indicator = indicator;
  rule->slots = slots_add (weigher, indicator->where, NULL);
  rule->base_slots
      = slots_add (weigher, indicator->base_where, indicator->base);
  g_ptr_array_add (weigher->rules, rule);
  return rule_ids (weigher->connection, rule, error);
}

HxWeigher *
hx_weigher_new (HxConnection *connection, HxCatalogue *catalogue,
                GError **error)
{
  g_autoptr (HxWeigher) weigher = g_new0 (HxWeigher, 1);
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);
  const GPtrArray *indicators = hx_catalogue_indicators (catalogue);
  GError *failure = NULL;

  weigher->connection = connection;
  weigher->rules = g_ptr_array_new_with_free_func (rule_free);
  weigher->lenses = g_ptr_array_new_with_free_func (lens_free);
  for (guint i = 0; i < kinds->len; i++)
    g_ptr_array_add (weigher->lenses, lens_new (kinds->pdata[i]));
  for (guint i = 0; i < indicators->len; i++)
    if (!rule_add (weigher, indicators->pdata[i], &failure))
      {
        g_propagate_error (error, failure);
        return NULL;
      }
  return g_steal_pointer (&weigher);
}

void
hx_weigher_free (HxWeigher *weigher)
{
  if (weigher == NULL)
    return;
  g_ptr_array_unref (weigher->rules);
  g_ptr_array_unref (weigher->lenses);
  g_free (weigher);
}

const HxRule *
hx_weigher_rule (HxWeigher *weigher, guint index)
{
  return g_ptr_array_index (weigher->rules, index);
}
