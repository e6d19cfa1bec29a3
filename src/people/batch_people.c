/* Who is asked: one pass over the register, row by row, so that secret fields
 * are read as the ledger gives them.
 *
 * Neighbours stand together: people are in order of unit, then of the plan's
 * fields, then of their rows. */
#include "duty/duty.h"
#include "ledger/secret.h"
#include "ledger/selection.h"
#include "people/age.h"
#include "people/batch_internal.h"

typedef struct
{
  const HxBatchRequest *request;
  HxBatchPeople *people;
  GHashTable *states;
  GHashTable *due; /* gint64 of those who are asked; NULL: all selected */
  const HxField *birth, *name;
  GString *order;
} Asking;

/* --------------------------------------------------------------------- due */

static gboolean
take_due (const HxDutyItem *item, gpointer data)
{
  GHashTable *due = data;
  if (!g_hash_table_contains (due, &item->row_id))
    g_hash_table_add (due, g_memdup2 (&item->row_id, sizeof item->row_id));
  return TRUE;
}

static GHashTable *
who_is_due (HxConnection *connection, HxCatalogue *catalogue,
            const HxBatchRequest *request, GError **error)
{
  const HxBatchPlan *plan = request->plan;
  g_autoptr (GHashTable) due
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const HxDutyQuery query
      = { .from = { request->from.year, 1, 1 },
          .until = { request->from.year, 12, 31 },
          .as_of = request->as_of,
          .duty = plan->duty != NULL ? plan->duty->key : NULL };
  if (plan->duty == NULL)
    return hx_fail (error, HX_ERROR_USAGE, _ ("没有说安排哪些人"), plan->name,
                    _ ("写 --people 条件")),
           NULL;
  if (!hx_duty_list (connection, catalogue, &query, take_due, due, error))
    return NULL;
  return g_steal_pointer (&due);
}

/* ------------------------------------------------------------------- rules */

static gboolean
is_one_of (const HxCondition *one, const HxValue *value)
{
  for (guint i = 0; one->texts != NULL && one->texts[i] != NULL; i++)
    if (value->text != NULL && g_str_equal (one->texts[i], value->text))
      return TRUE;
  for (guint i = 0; one->integers != NULL && i < one->integers->len; i++)
    if (g_array_index (one->integers, gint64, i) == value->integer)
      return TRUE;
  return FALSE;
}

static gboolean
holds (const HxCondition *one, const HxRow *row)
{
  const HxValue *value = &row->values[one->field->index];
  if (one->test == HX_TEST_EMPTY || one->test == HX_TEST_FILLED)
    return value->filled == (one->test == HX_TEST_FILLED);
  if (!value->filled)
    return FALSE;
  if (one->test == HX_TEST_IN)
    return is_one_of (one, value);
  return (!one->has_min || value->integer >= one->min)
         && (!one->has_max || value->integer <= one->max);
}

static gboolean
hold_all (const GPtrArray *conditions, const HxRow *row)
{
  for (guint i = 0; i < conditions->len; i++)
    if (!holds (conditions->pdata[i], row))
      return FALSE;
  return TRUE;
}

static int
age_of (const Asking *asking, const HxRow *row)
{
  const HxValue *value
      = asking->birth != NULL ? &row->values[asking->birth->index] : NULL;
  return value != NULL && value->filled
             ? hx_age_on (hx_date_from_number ((gint32)value->integer),
                          asking->request->from)
             : HX_AGE_UNKNOWN;
}

static gboolean
applies (const HxFrailRule *rule, const HxRow *row, int age)
{
  const HxValue *value
      = rule->field != NULL ? &row->values[rule->field->index] : NULL;
  if (value == NULL)
    return age >= rule->age;
  if (!value->filled)
    return FALSE;
  if (rule->field->type == HX_FIELD_BOOL)
    return value->integer != 0;
  return value->text != NULL
         && g_strv_contains ((const char *const *)rule->codes, value->text);
}

static gboolean
is_frail (const Asking *asking, const HxRow *row)
{
  const HxBatchPlan *plan = asking->request->plan;
  const int age = age_of (asking, row);
  int points = 0;
  for (guint i = 0; i < plan->frail_rules->len; i++)
    {
      const HxFrailRule *rule
          = &g_array_index (plan->frail_rules, HxFrailRule, i);
      points += applies (rule, row, age) ? rule->points : 0;
    }
  return plan->frail_from > 0 && points >= plan->frail_from;
}

/* ------------------------------------------------------------------ asking */

static char *
text_of (const Asking *asking, const HxRow *row, const HxField *field)
{
  const HxValue *value = field != NULL ? &row->values[field->index] : NULL;
  return value != NULL && value->filled && value->text != NULL
             ? g_string_chunk_insert (asking->people->texts, value->text)
             : NULL;
}

static void
add_candidate (Asking *asking, const HxRow *row)
{
  const HxBatchPlan *plan = asking->request->plan;
  HxBatchCandidate candidate
      = { .id = row->id,
          .unit_id = row->unit_id,
          .is_frail = is_frail (asking, row),
          .spouse = text_of (asking, row, plan->partner) };
  if (candidate.spouse != NULL)
    candidate.name = text_of (asking, row, asking->name);
  g_string_truncate (asking->order, 0);
  for (guint i = 0; i < plan->order->len; i++)
    g_string_append_printf (asking->order, "%s\t",
                            hx_batch_code (row, plan->order->pdata[i]));
  candidate.order
      = g_string_chunk_insert_const (asking->people->texts, asking->order->str);
  g_array_append_val (asking->people->candidates, candidate);
}

static void
add_missed (Asking *asking, const HxRow *row, const HxBatchState *state)
{
  const HxBatchMissed missed
      = { row->id, row->unit_id, state->batch, state->day, state->is_noted };
  if (asking->people->missed != NULL)
    g_array_append_val (asking->people->missed, missed);
}

/* Without the key nobody would seem frail, and a plan would be wrong. */
static gboolean
is_open (const HxBatchPlan *plan, const HxRow *row, GError **error)
{
  gboolean open
      = plan->partner == NULL || !row->values[plan->partner->index].unopened;
  for (guint i = 0; i < plan->frail_rules->len; i++)
    {
      const HxFrailRule *rule
          = &g_array_index (plan->frail_rules, HxFrailRule, i);
      open &= rule->field == NULL || !row->values[rule->field->index].unopened;
    }
  return open || hx_row_is_open (row, error);
}

static gboolean
ask (const HxRow *row, gpointer data, GError **error)
{
  Asking *asking = data;
  HxBatchDraft *draft = asking->people->draft;
  const HxBatchState *state = g_hash_table_lookup (asking->states, &row->id);
  const HxBatchStanding standing
      = state != NULL ? state->standing : HX_BATCH_FREE;
  if (asking->due != NULL && !g_hash_table_contains (asking->due, &row->id))
    return TRUE;
  if (asking->request->for_missed && standing != HX_BATCH_MISSED)
    return TRUE;
  draft->asked++;
  if (!hold_all (asking->request->plan->where, row))
    {
      draft->elsewhere++;
      return TRUE;
    }
  draft->standing[standing]++;
  if (standing == HX_BATCH_MISSED)
    add_missed (asking, row, state);
  if (standing
      != (asking->request->for_missed ? HX_BATCH_MISSED : HX_BATCH_FREE))
    return TRUE;
  if (!is_open (asking->request->plan, row, error))
    return FALSE;
  add_candidate (asking, row);
  return TRUE;
}

static int
compare_candidates (gconstpointer first, gconstpointer second)
{
  const HxBatchCandidate *a = first, *b = second;
  if (a->unit_id != b->unit_id)
    return (a->unit_id > b->unit_id) - (a->unit_id < b->unit_id);
  const int order = g_strcmp0 (a->order, b->order);
  return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

static int
compare_missed (gconstpointer first, gconstpointer second)
{
  const HxBatchMissed *a = first, *b = second;
  if (a->unit_id != b->unit_id)
    return (a->unit_id > b->unit_id) - (a->unit_id < b->unit_id);
  return (a->person > b->person) - (a->person < b->person);
}

static gboolean
ask_all (HxConnection *connection, HxCatalogue *catalogue, Asking *asking,
         GError **error)
{
  const HxBatchRequest *request = asking->request;
  g_autoptr (HxSelection) selection
      = hx_selection_new (connection, catalogue, request->plan->people,
                          request->terms, request->as_of, error);
  if (selection == NULL || !hx_selection_each (selection, ask, asking, error))
    return FALSE;
  g_array_sort (asking->people->candidates, compare_candidates);
  if (asking->people->missed != NULL)
    g_array_sort (asking->people->missed, compare_missed);
  return TRUE;
}

gboolean
hx_batch_people (HxConnection *connection, HxCatalogue *catalogue,
                 const HxBatchRequest *request, HxBatchPeople *people,
                 GError **error)
{
  const HxKind *kind = request->plan->people;
  g_autoptr (GHashTable) due = NULL;
  g_autoptr (GHashTable) states = hx_batch_states (
      connection, request->plan, request->from.year, request->as_of, error);
  if (states == NULL)
    return FALSE;
  if (request->terms == NULL && !request->for_missed)
    {
      due = who_is_due (connection, catalogue, request, error);
      if (due == NULL)
        return FALSE;
    }
  g_autoptr (GString) order = g_string_new (NULL);
  Asking asking = { .request = request,
                    .people = people,
                    .states = states,
                    .due = due,
                    .birth = hx_kind_field (kind, "birth_date"),
                    .name = hx_kind_label_field (kind),
                    .order = order };
  return ask_all (connection, catalogue, &asking, error);
}

GArray *
hx_batch_missed (HxConnection *connection, HxCatalogue *catalogue,
                 const HxBatchPlan *plan, int year, HxDate as_of,
                 GError **error)
{
  const HxBatchRequest request = { .plan = plan,
                                   .from = { (gint16)year, 1, 1 },
                                   .until = { (gint16)year, 12, 31 },
                                   .as_of = as_of,
                                   .for_missed = TRUE };
  HxBatchDraft counts = { 0 };
  HxBatchPeople people = {
    .draft = &counts,
    .candidates = g_array_new (FALSE, FALSE, sizeof (HxBatchCandidate)),
    .missed = g_array_new (FALSE, FALSE, sizeof (HxBatchMissed)),
    .texts = g_string_chunk_new (1024),
  };
  const gboolean done
      = hx_batch_people (connection, catalogue, &request, &people, error);
  g_array_unref (people.candidates);
  g_string_chunk_free (people.texts);
  if (done)
    return people.missed;
  g_array_unref (people.missed);
  return NULL;
}
