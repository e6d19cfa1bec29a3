/* Attendance as it comes back, line by line.
 *
 * The key of a line is the row of the attendance; the person's number, where it
 * is filled in, must agree with it, so that a list that was sorted by a part of
 * its columns is found out.  A line without a key is somebody who was not on
 * the list. */
#include "people/batch_internal.h"

void
hx_batch_marks_clear (HxBatchMarks *marks)
{
  g_clear_pointer (&marks->settled, g_hash_table_unref);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

/* A reference by what the user calls it; 0 with a fault. */
static gboolean
find_reference (HxBatchMarks *marks, const HxField *field, const char *text,
                gint64 *id, HxFaults *faults, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (marks->plan->attendance);
  if (!hx_row_set (marks->ledger, row, field, text, faults, error))
    return *error == NULL;
  *id = row->values[field->index].integer;
  return TRUE;
}

/* ------------------------------------------------------------------- batch */

static gboolean
is_ahead (const HxBatchMarks *marks, gint32 day)
{
  return marks->today.year != 0 && day > hx_date_number (marks->today);
}

/* Once somebody came or did not, the batch was held. */
static gboolean
hold_batch (HxBatchMarks *marks, gint64 batch, GError **error)
{
  const HxBatchPlan *plan = marks->plan;
  g_autoptr (HxRow) row = hx_row_new (plan->batch);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  if (marks->settled == NULL)
    marks->settled
        = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (g_hash_table_contains (marks->settled, &batch))
    return TRUE;
  g_hash_table_add (marks->settled, g_memdup2 (&batch, sizeof batch));
  if (!hx_row_load (hx_ledger_connection (marks->ledger), row, batch, error))
    return FALSE;
  if (!g_str_equal (hx_batch_code (row, plan->state),
                    plan->state_planned->code))
    return TRUE;
  return hx_row_set (marks->ledger, row, plan->state, plan->state_held->code,
                     &faults, error)
         && hx_ledger_change (marks->ledger, row, &faults, error);
}

/* ------------------------------------------------------------------ result */

/* What the line says of the result: what is filled in, else attended if there
 * is a signature. */
static const char *
result_text (const HxBatchMarks *marks, const HxBatchMark *mark)
{
  if (!is_blank (mark->result))
    return mark->result;
  return is_blank (mark->sign) ? "" : marks->plan->attended->code;
}

static gboolean
set_result (HxBatchMarks *marks, const HxBatchMark *mark, HxRow *row,
            HxFaults *faults, GError **error)
{
  const HxBatchPlan *plan = marks->plan;
  const char *result = result_text (marks, mark);
  const gboolean is_set = (*result == '\0'
                           || hx_row_set (marks->ledger, row, plan->result,
                                          result, faults, error))
                          && (plan->reason == NULL || is_blank (mark->reason)
                              || hx_row_set (marks->ledger, row, plan->reason,
                                             mark->reason, faults, error));
  return is_set || *error == NULL;
}

static gboolean
finish (HxBatchMarks *marks, const HxRow *row, GError **error)
{
  const HxBatchPlan *plan = marks->plan;
  if (g_str_equal (hx_batch_code (row, plan->result), plan->planned->code))
    return TRUE;
  return hold_batch (marks, row->values[plan->of_batch->index].integer, error);
}

/* ----------------------------------------------------------------- on list */

static gboolean
agrees (HxBatchMarks *marks, const HxBatchMark *mark, const HxRow *row,
        HxFaults *faults, GError **error)
{
  const HxBatchPlan *plan = marks->plan;
  const gint64 of_person = row->values[plan->person->index].integer;
  const gint64 of_batch = row->values[plan->of_batch->index].integer;
  gint64 person = of_person, batch = of_batch;
  if (!is_blank (mark->person)
      && !find_reference (marks, plan->person, mark->person, &person, faults,
                          error))
    return FALSE;
  if (!is_blank (mark->batch)
      && !find_reference (marks, plan->of_batch, mark->batch, &batch, faults,
                          error))
    return FALSE;
  if (faults->faults->len == 0 && person != of_person)
    g_ptr_array_add (
        faults->faults,
        g_strdup_printf (_ ("登记号与%s不是同一个人；名单可能只排了"
                            "几列的序"),
                         plan->person->name));
  if (faults->faults->len == 0 && batch != of_batch)
    g_ptr_array_add (faults->faults,
                     g_strdup_printf (_ ("登记号不属于%s“%s”"),
                                      plan->batch->name, mark->batch));
  return TRUE;
}

static void
note_batch (HxBatchMarks *marks, const HxRow *row)
{
  const gint64 batch = row->values[marks->plan->of_batch->index].integer;
  marks->is_mixed |= marks->batch != 0 && marks->batch != batch;
  marks->batch = batch;
}

static gboolean
load_listed (HxBatchMarks *marks, const HxBatchMark *mark, HxRow *row,
             HxFaults *faults, GError **error)
{
  g_autoptr (GError) none = NULL;
  gint64 id = 0;
  if (!g_ascii_string_to_signed (mark->key, 10, 1, G_MAXINT64, &id, NULL))
    {
      g_ptr_array_add (faults->faults,
                       g_strdup_printf (_ ("登记号“%s”不对"), mark->key));
      return TRUE;
    }
  if (!hx_row_load (hx_ledger_connection (marks->ledger), row, id, &none))
    {
      if (!g_error_matches (none, HX_ERROR, HX_ERROR_NOT_FOUND))
        return g_propagate_error (error, g_steal_pointer (&none)), FALSE;
      g_ptr_array_add (faults->faults,
                       g_strdup_printf (_ ("没有登记号“%s”"), mark->key));
      return TRUE;
    }
  note_batch (marks, row);
  if (row->is_void)
    g_ptr_array_add (faults->faults,
                     g_strdup (_ ("这一行已经作废（批次取消了）")));
  else if (is_ahead (marks, hx_row_day (row)))
    g_ptr_array_add (faults->faults, g_strdup (_ ("这一批的日期还没有到")));
  else
    return agrees (marks, mark, row, faults, error);
  return TRUE;
}

static gboolean
mark_listed (HxBatchMarks *marks, const HxBatchMark *mark,
             HxBatchMarkOutcome *outcome, HxFaults *faults, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (marks->plan->attendance);
  if (!load_listed (marks, mark, row, faults, error))
    return FALSE;
  const gint64 version = row->version;
  if (faults->faults->len == 0 && !set_result (marks, mark, row, faults, error))
    return FALSE;
  if (faults->faults->len == 0
      && !hx_ledger_change (marks->ledger, row, faults, error)
      && *error != NULL)
    return FALSE;
  *outcome = row->version != version ? HX_BATCH_MARK_CHANGED
                                     : HX_BATCH_MARK_UNCHANGED;
  if (faults->faults->len > 0)
    {
      *outcome = HX_BATCH_MARK_REFUSED;
      return TRUE;
    }
  return finish (marks, row, error);
}

/* ---------------------------------------------------------------- walk-ins */

static gboolean
batch_day (HxBatchMarks *marks, gint64 batch, HxRow *row, HxFaults *faults,
           GError **error)
{
  g_autoptr (HxRow) of = hx_row_new (marks->plan->batch);
  char day[HX_DATE_TEXT_SIZE];
  if (!hx_row_load (hx_ledger_connection (marks->ledger), of, batch, error))
    return FALSE;
  if (is_ahead (marks, hx_row_day (of)))
    g_ptr_array_add (faults->faults, g_strdup (_ ("这一批的日期还没有到")));
  hx_date_format (hx_date_from_number (hx_row_day (of)), day);
  return hx_row_set (marks->ledger, row, marks->plan->attendance->date, day,
                     faults, error)
         || *error == NULL;
}

static gboolean
put_walk_in (HxBatchMarks *marks, HxRow *row, HxBatchMarkOutcome *outcome,
             HxFaults *faults, GError **error)
{
  HxPutOutcome put = HX_PUT_REFUSED;
  if (!hx_row_check (marks->ledger, row, NULL, faults, error))
    return *error == NULL;
  if (!hx_ledger_put (marks->ledger, row, NULL, &put, faults, error))
    return FALSE;
  *outcome = put == HX_PUT_UNCHANGED ? HX_BATCH_MARK_UNCHANGED
             : put == HX_PUT_CHANGED ? HX_BATCH_MARK_CHANGED
                                     : HX_BATCH_MARK_ADDED;
  return put == HX_PUT_REFUSED || finish (marks, row, error);
}

/* Known by person and batch: already there, to be added, or only named. */
static gboolean
mark_known (HxBatchMarks *marks, const HxBatchMark *mark, HxRow *row,
            HxBatchMarkOutcome *outcome, HxFaults *faults, GError **error)
{
  const HxBatchPlan *plan = marks->plan;
  if (!hx_ledger_find (marks->ledger, row, error))
    return FALSE;
  const gint64 id = row->id;
  if (id == 0 && !marks->add)
    return *outcome = HX_BATCH_MARK_WALK_IN, TRUE;
  if (id != 0)
    {
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, id);
      const HxBatchMark listed = { .key = key,
                                   .sign = mark->sign,
                                   .result = mark->result,
                                   .reason = mark->reason };
      return mark_listed (marks, &listed, outcome, faults, error);
    }
  if (!batch_day (marks, row->values[plan->of_batch->index].integer, row,
                  faults, error)
      || !set_result (marks, mark, row, faults, error))
    return FALSE;
  return faults->faults->len > 0
         || put_walk_in (marks, row, outcome, faults, error);
}

/* The batch that the line names, else that of the lines before it. */
static gboolean
set_batch (HxBatchMarks *marks, const HxBatchMark *mark, HxRow *row,
           HxFaults *faults, GError **error)
{
  HxValue *value = &row->values[marks->plan->of_batch->index];
  if (!is_blank (mark->batch))
    return hx_row_set (marks->ledger, row, marks->plan->of_batch, mark->batch,
                       faults, error)
           || *error == NULL;
  if (marks->batch == 0 || marks->is_mixed)
    g_ptr_array_add (faults->faults, g_strdup (_ ("名单外的人要写明批次号")));
  value->filled = TRUE;
  value->integer = marks->batch;
  return TRUE;
}

static gboolean
mark_walk_in (HxBatchMarks *marks, const HxBatchMark *mark,
              HxBatchMarkOutcome *outcome, HxFaults *faults, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (marks->plan->attendance);
  if (is_blank (mark->person))
    g_ptr_array_add (faults->faults,
                     g_strdup (_ ("没有登记号，也没有人员编号")));
  else if (!hx_row_set (marks->ledger, row, marks->plan->person, mark->person,
                        faults, error)
           && *error != NULL)
    return FALSE;
  if (faults->faults->len == 0 && !set_batch (marks, mark, row, faults, error))
    return FALSE;
  if (faults->faults->len == 0
      && !mark_known (marks, mark, row, outcome, faults, error))
    return FALSE;
  if (faults->faults->len > 0)
    *outcome = HX_BATCH_MARK_REFUSED;
  return TRUE;
}

gboolean
hx_batch_mark (HxBatchMarks *marks, const HxBatchMark *mark,
               HxBatchMarkOutcome *outcome, HxFaults *faults, GError **error)
{
  if (*result_text (marks, mark) == '\0' && is_blank (mark->reason))
    return *outcome = HX_BATCH_MARK_BLANK, TRUE;
  return is_blank (mark->key)
             ? mark_walk_in (marks, mark, outcome, faults, error)
             : mark_listed (marks, mark, outcome, faults, error);
}
