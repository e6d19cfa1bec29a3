/* Who would come when: people, days and hospitals brought together. */
#include "catalogue/days.h"
#include "people/batch_internal.h"

void
hx_batch_draft_free (HxBatchDraft *draft)
{
  if (draft == NULL)
    return;
  g_array_unref (draft->people);
  g_array_unref (draft->ids);
  g_array_unref (draft->slots);
  g_ptr_array_unref (draft->numbers);
  g_free (draft->batch_of);
  g_free (draft);
}

static HxBatchDraft *
draft_new (const HxBatchRequest *request)
{
  HxBatchDraft *draft = g_new0 (HxBatchDraft, 1);
  draft->plan = request->plan;
  draft->year = request->from.year;
  draft->people = g_array_new (FALSE, FALSE, sizeof (HxBatchPerson));
  draft->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  draft->slots = g_array_new (FALSE, FALSE, sizeof (HxBatchSlot));
  draft->numbers = g_ptr_array_new_with_free_func (g_free);
  return draft;
}

/* ----------------------------------------------------------------- couples */

static char *
couple_key (GStringChunk *texts, gint64 unit_id, const char *name,
            const char *spouse)
{
  g_autofree char *key
      = g_strdup_printf ("%" G_GINT64_FORMAT "\t%s\t%s", unit_id, name, spouse);
  return g_string_chunk_insert_const (texts, key);
}

/* By unit, own name and partner's name; who shares all three with another is
 * nobody's partner. */
static GHashTable *
by_couple (const HxBatchPeople *people)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < people->candidates->len; i++)
    {
      const HxBatchCandidate *one
          = &g_array_index (people->candidates, HxBatchCandidate, i);
      if (one->spouse == NULL || one->name == NULL)
        continue;
      char *key
          = couple_key (people->texts, one->unit_id, one->name, one->spouse);
      const gboolean is_twice = g_hash_table_contains (table, key);
      g_hash_table_insert (table, key,
                           GUINT_TO_POINTER (is_twice ? HX_BATCH_NONE : i));
    }
  return table;
}

static guint
partner_of (const HxBatchPeople *people, GHashTable *table, guint i)
{
  const HxBatchCandidate *one
      = &g_array_index (people->candidates, HxBatchCandidate, i);
  gpointer own = NULL, other = NULL;
  if (one->spouse == NULL || one->name == NULL)
    return HX_BATCH_NONE;
  char *key = couple_key (people->texts, one->unit_id, one->name, one->spouse);
  char *wanted
      = couple_key (people->texts, one->unit_id, one->spouse, one->name);
  if (!g_hash_table_lookup_extended (table, key, NULL, &own)
      || !g_hash_table_lookup_extended (table, wanted, NULL, &other)
      || GPOINTER_TO_UINT (own) != i || GPOINTER_TO_UINT (other) == i)
    return HX_BATCH_NONE;
  return GPOINTER_TO_UINT (other);
}

static void
take_people (HxBatchDraft *draft, const HxBatchPeople *people)
{
  g_autoptr (GHashTable) table = by_couple (people);
  for (guint i = 0; i < people->candidates->len; i++)
    {
      const HxBatchCandidate *one
          = &g_array_index (people->candidates, HxBatchCandidate, i);
      const HxBatchPerson person = { .street = one->unit_id,
                                     .is_frail = one->is_frail,
                                     .partner = partner_of (people, table, i) };
      g_array_append_val (draft->people, person);
      g_array_append_val (draft->ids, one->id);
      draft->frail += one->is_frail;
      draft->couples += person.partner != HX_BATCH_NONE && person.partner < i;
    }
}

/* -------------------------------------------------------------------- days */

static gboolean
is_blocked (const HxBatchRequest *request, gint32 day)
{
  for (guint i = 0; request->blocked != NULL && i < request->blocked->len; i++)
    if (g_array_index (request->blocked, gint32, i) == day)
      return TRUE;
  const HxDate date = hx_date_from_number (day);
  return hx_day_in_spans (request->plan->closed, date)
         || hx_day_is_festive (request->plan->festivals, date);
}

static GArray *
open_days (const HxBatchRequest *request, GError **error)
{
  g_autoptr (GArray) blocked = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GArray) opened = g_array_new (FALSE, FALSE, sizeof (gint32));
  const HxBatchDays days = { .from = request->from,
                             .until = request->until,
                             .weekdays = request->plan->weekdays,
                             .blocked = blocked,
                             .opened = opened };
  const gint64 last = hx_date_days (request->until);
  for (gint64 i = hx_date_days (request->from); i <= last; i++)
    {
      const gint32 day = hx_date_number (hx_date_from_days (i));
      if (is_blocked (request, day))
        g_array_append_val (blocked, day);
      else if (hx_day_in_spans (request->plan->open, hx_date_from_number (day)))
        g_array_append_val (opened, day);
    }
  return hx_batch_days (&days, error);
}

/* --------------------------------------------------------------- hospitals */

static int
find_hospital (HxConnection *connection, const HxKind *kind,
               const HxField *field, const char *name, gint64 *id,
               GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM %s WHERE bureau_id = ?1 AND \"%s\" = ?2 AND void = 0"
      " ORDER BY id LIMIT 1",
      kind->table, hx_field_column (field));
  HxStatement *statement = hx_statement (connection, sql, error);
  if (statement == NULL)
    return HX_STEP_ERROR;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, name, -1);
  const HxStep step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *id = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return step;
}

gboolean
hx_batch_hospital_find (HxConnection *connection, const HxBatchPlan *plan,
                        const char *name, gint64 *id, GError **error)
{
  const HxKind *kind = plan->hospital->target;
  g_autofree char *text = hx_text_trim (name);
  for (guint i = 0; i < kind->refer_by->len; i++)
    {
      const HxField *field = kind->refer_by->pdata[i];
      if (hx_field_type_is_integer (field->type) || field->secret)
        continue;
      const int step = find_hospital (connection, kind, field, text, id, error);
      if (step != HX_STEP_DONE)
        return step == HX_STEP_ROW;
    }
  g_autofree char *what = g_strdup_printf (_ ("没有这个%s"), kind->name);
  return hx_fail (error, HX_ERROR_NOT_FOUND, what, text,
                  _ ("写名称或编号，几个之间用逗号"));
}

static gboolean
take_hospitals (HxConnection *connection, const HxBatchRequest *request,
                GArray *hospitals, GError **error)
{
  const HxBatchPlan *plan = request->plan;
  g_autoptr (HxRow) row = hx_row_new (plan->hospital->target);
  const guint count = request->hospitals != NULL ? request->hospitals->len : 0;
  for (guint i = 0; i < count; i++)
    {
      HxBatchHospital hospital
          = { .id = g_array_index (request->hospitals, gint64, i) };
      hx_row_clear (row);
      if (!hx_row_load (connection, row, hospital.id, error))
        return FALSE;
      if (plan->daily != NULL && row->values[plan->daily->index].filled)
        hospital.daily = (guint)row->values[plan->daily->index].integer;
      if (plan->preferred != NULL)
        hospital.is_preferred
            = row->values[plan->preferred->index].integer != 0;
      g_array_append_val (hospitals, hospital);
    }
  return TRUE;
}

static GArray *
taken_slots (HxConnection *connection, const HxBatchRequest *request,
             GError **error)
{
  g_autoptr (GPtrArray) lines
      = hx_batch_lines (connection, request->plan, request->from.year, error);
  if (lines == NULL)
    return NULL;
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (HxBatchSlot));
  for (guint i = 0; i < lines->len; i++)
    {
      const HxBatchLine *line = lines->pdata[i];
      const HxBatchSlot slot = { .day = line->day, .hospital = line->hospital };
      g_array_append_val (taken, slot);
    }
  return taken;
}

/* ------------------------------------------------------------------- draft */

/* A plan's number of batches is for a year's people: those who came later, or
 * missed theirs, take as few as hold them. */
static guint
batches_for (const HxBatchRequest *request, guint people, guint capacity)
{
  const guint64 usual = request->plan->batches;
  const guint fewest = MAX ((people + capacity - 1) / capacity, 1);
  if (request->batches > 0)
    return request->batches;
  return request->for_missed || people * 2 < usual * capacity ? fewest
                                                              : (guint)usual;
}

static gboolean
take_slots (HxConnection *connection, const HxBatchRequest *request,
            HxBatchDraft *draft, GError **error)
{
  g_autoptr (GArray) hospitals
      = g_array_new (FALSE, FALSE, sizeof (HxBatchHospital));
  g_autoptr (GArray) days = open_days (request, error);
  g_autoptr (GArray) taken
      = days != NULL ? taken_slots (connection, request, error) : NULL;
  if (taken == NULL || !take_hospitals (connection, request, hospitals, error))
    return FALSE;
  const guint capacity
      = request->capacity > 0 ? request->capacity : request->plan->capacity;
  const HxBatchWish wish = {
    .days = days,
    .hospitals = hospitals,
    .taken = taken,
    .frail_weekdays = request->plan->frail_weekdays,
    .batches = batches_for (request, draft->people->len, capacity),
    .capacity = capacity,
  };
  GArray *slots = hx_batch_slots (&wish, draft->people->len, error);
  if (slots == NULL)
    return FALSE;
  g_array_unref (draft->slots);
  draft->slots = slots;
  return TRUE;
}

/* Few people of few streets may leave a batch empty: it is not held. */
static void
drop_empty (HxBatchDraft *draft)
{
  g_autofree guint *at = g_new0 (guint, MAX (draft->slots->len, 1));
  guint kept = 0;
  for (guint i = 0; i < draft->people->len; i++)
    at[draft->batch_of[i]] = 1;
  for (guint i = 0; i < draft->slots->len; i++)
    if (at[i] != 0)
      {
        g_array_index (draft->slots, HxBatchSlot, kept)
            = g_array_index (draft->slots, HxBatchSlot, i);
        at[i] = kept++;
      }
  g_array_set_size (draft->slots, kept);
  for (guint i = 0; i < draft->people->len; i++)
    draft->batch_of[i] = at[draft->batch_of[i]];
}

static gboolean
take_numbers (HxConnection *connection, HxBatchDraft *draft, GError **error)
{
  guint last = 0;
  if (!hx_batch_last_number (connection, draft->plan, draft->year, &last,
                             error))
    return FALSE;
  for (guint i = 0; i < draft->slots->len; i++)
    g_ptr_array_add (draft->numbers,
                     g_strdup_printf ("%s%d-%02u", draft->plan->number,
                                      draft->year, last + i + 1));
  return TRUE;
}

static gboolean
spread (HxConnection *connection, const HxBatchRequest *request,
        HxBatchDraft *draft, GError **error)
{
  draft->batch_of = g_new (guint, MAX (draft->people->len, 1));
  if (draft->people->len == 0)
    return TRUE;
  if (!take_slots (connection, request, draft, error)
      || !hx_batch_spread (draft->people, draft->slots,
                           draft->plan->frail_share, draft->batch_of, error))
    return FALSE;
  drop_empty (draft);
  return take_numbers (connection, draft, error);
}

static gboolean
gather (HxConnection *connection, HxCatalogue *catalogue,
        const HxBatchRequest *request, HxBatchDraft *draft, GError **error)
{
  HxBatchPeople people = {
    .draft = draft,
    .candidates = g_array_new (FALSE, FALSE, sizeof (HxBatchCandidate)),
    .texts = g_string_chunk_new (64 * 1024),
  };
  const gboolean done
      = hx_batch_people (connection, catalogue, request, &people, error);
  if (done)
    take_people (draft, &people);
  g_array_unref (people.candidates);
  g_string_chunk_free (people.texts);
  return done;
}

HxBatchDraft *
hx_batch_draft (HxConnection *connection, HxCatalogue *catalogue,
                const HxBatchRequest *request, GError **error)
{
  g_autoptr (HxBatchDraft) draft = draft_new (request);
  if (request->from.year != request->until.year)
    return hx_fail (error, HX_ERROR_USAGE, _ ("两个日期不在同一年"),
                    "--from, --to", _ ("按年度分开安排")),
           NULL;
  if (!gather (connection, catalogue, request, draft, error)
      || !spread (connection, request, draft, error))
    return NULL;
  return g_steal_pointer (&draft);
}
