/* Batches and attendances into the ledger, and batches out of it. */
#include "people/batch_internal.h"

static gboolean
fail_with_faults (const HxFaults *faults, const char *where, GError **error)
{
  g_ptr_array_add (faults->faults, NULL);
  g_autofree char *what = g_strjoinv ("；", (char **)faults->faults->pdata);
  g_ptr_array_set_size (faults->faults, (int)faults->faults->len - 1);
  return hx_fail (error, HX_ERROR_DATA, what, where, NULL);
}

static void
set_reference (HxRow *row, const HxField *field, gint64 id)
{
  HxValue *value = &row->values[field->index];
  value->filled = id != 0;
  value->integer = id;
}

/* A value that the ledger reads itself; what it does not take ends the write.
 */
static gboolean
set_text (HxLedger *ledger, HxRow *row, const HxField *field, const char *text,
          GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  if (hx_row_set (ledger, row, field, text, &faults, error))
    return TRUE;
  return *error == NULL ? fail_with_faults (&faults, text, error) : FALSE;
}

/* Checked and put; it must be new. */
static gboolean
put_new (HxLedger *ledger, HxRow *row, const char *where, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  HxPutOutcome outcome = HX_PUT_REFUSED;
  if (!hx_row_check (ledger, row, NULL, &faults, error))
    return *error == NULL ? fail_with_faults (&faults, where, error) : FALSE;
  if (!hx_ledger_put (ledger, row, NULL, &outcome, &faults, error))
    return FALSE;
  if (outcome == HX_PUT_NEW)
    return TRUE;
  if (list->len > 0)
    return fail_with_faults (&faults, where, error);
  return hx_fail (error, HX_ERROR_CONFLICT, _ ("已经有这一条"), where, NULL);
}

static gboolean
write_batch (HxLedger *ledger, HxRow *row, const HxBatchDraft *draft, guint i,
             GError **error)
{
  const HxBatchPlan *plan = draft->plan;
  const HxBatchSlot *slot = &g_array_index (draft->slots, HxBatchSlot, i);
  const char *number = draft->numbers->pdata[i];
  char day[HX_DATE_TEXT_SIZE];
  hx_date_format (hx_date_from_number (slot->day), day);
  hx_row_clear (row);
  if (!set_text (ledger, row, plan->batch->identity->pdata[0], number, error)
      || !set_text (ledger, row, plan->batch->since, day, error)
      || !set_text (ledger, row, plan->state, plan->state_planned->code, error))
    return FALSE;
  set_reference (row, plan->hospital, slot->hospital);
  if (plan->places != NULL)
    set_reference (row, plan->places, slot->places);
  return put_new (ledger, row, number, error);
}

static gboolean
write_attendance (HxLedger *ledger, HxRow *row, const HxBatchDraft *draft,
                  guint i, gint64 batch, GError **error)
{
  const HxBatchPlan *plan = draft->plan;
  const guint at = draft->batch_of[i];
  char day[HX_DATE_TEXT_SIZE];
  hx_date_format (
      hx_date_from_number (g_array_index (draft->slots, HxBatchSlot, at).day),
      day);
  hx_row_clear (row);
  set_reference (row, plan->person, g_array_index (draft->ids, gint64, i));
  set_reference (row, plan->of_batch, batch);
  return set_text (ledger, row, plan->attendance->date, day, error)
         && set_text (ledger, row, plan->result, plan->planned->code, error)
         && put_new (ledger, row, draft->numbers->pdata[at], error);
}

gboolean
hx_batch_draft_write (HxLedger *ledger, const HxBatchDraft *draft,
                      GError **error)
{
  g_autoptr (HxRow) batch = hx_row_new (draft->plan->batch);
  g_autoptr (HxRow) attendance = hx_row_new (draft->plan->attendance);
  g_autofree gint64 *ids = g_new0 (gint64, MAX (draft->slots->len, 1));
  for (guint i = 0; i < draft->slots->len; i++)
    {
      if (!write_batch (ledger, batch, draft, i, error))
        return FALSE;
      ids[i] = batch->id;
    }
  for (guint i = 0; i < draft->people->len; i++)
    if (!write_attendance (ledger, attendance, draft, i,
                           ids[draft->batch_of[i]], error))
      return FALSE;
  return TRUE;
}

/* ------------------------------------------------------------------ cancel */

/* The live attendances of a batch, by id. */
static GArray *
attendances_of (HxConnection *connection, const HxBatchPlan *plan, gint64 batch,
                gboolean *is_used, GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_batch_rows_of_batch (connection, plan, batch, error);
  g_autoptr (HxRow) row = hx_row_new (plan->attendance);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  HxStep step = HX_STEP_ERROR;
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    {
      hx_row_read (statement, 0, row);
      g_array_append_val (ids, row->id);
      *is_used |= g_str_equal (hx_batch_code (row, plan->result),
                               plan->attended->code);
    }
  return step == HX_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
load_batch (HxLedger *ledger, const HxBatchPlan *plan, const char *number,
            HxRow *row, GError **error)
{
  if (!set_text (ledger, row, plan->batch->identity->pdata[0], number, error)
      || !hx_ledger_find (ledger, row, error))
    return FALSE;
  if (row->id == 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个批次"), number,
                    _ ("hongxia batch show 列出全部批次"));
  return hx_row_load (hx_ledger_connection (ledger), row, row->id, error);
}

gboolean
hx_batch_cancel (HxLedger *ledger, const HxBatchPlan *plan, const char *number,
                 const char *reason, guint *people, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (plan->batch);
  gboolean is_used = FALSE;
  if (!load_batch (ledger, plan, number, row, error))
    return FALSE;
  g_autoptr (GArray) ids = attendances_of (hx_ledger_connection (ledger), plan,
                                           row->id, &is_used, error);
  if (ids == NULL)
    return FALSE;
  if (is_used
      || !g_str_equal (hx_batch_code (row, plan->state),
                       plan->state_planned->code))
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("这一批已经进行，不能取消"),
                    number, _ ("登记错了就用 record change 更正"));
  for (guint i = 0; i < ids->len; i++)
    if (!hx_ledger_void (ledger, plan->attendance,
                         g_array_index (ids, gint64, i), reason, error))
      return FALSE;
  *people = ids->len;
  return hx_ledger_void (ledger, plan->batch, row->id, reason, error);
}
