/* The items of all duties in the order of their urgency. */
#include "duty/duty_internal.h"

const char *
hx_duty_state_key (HxDutyState state)
{
  static const char *const keys[] = { "overdue", "open", "upcoming", "done" };

  return keys[state];
}

static int
sign (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare (gconstpointer first, gconstpointer second, gpointer as_of)
{
  const HxDue *a = first, *b = second;
  const gint64 day = *(const gint64 *)as_of;
  const int late = (hx_due_state (b, day) == HX_DUTY_OVERDUE)
                   - (hx_due_state (a, day) == HX_DUTY_OVERDUE);
  const int due = sign (a->when.due, b->when.due);
  const int duty = sign (a->duty->index, b->duty->index);
  const int row = sign (a->row_id, b->row_id);

  if (late != 0)
    return late;
  if (due != 0)
    return due;
  if (duty != 0)
    return duty;
  if (row != 0 || a->when.opens != b->when.opens)
    return row != 0 ? row : sign (a->when.opens, b->when.opens);
  return sign (a->step, b->step);
}

static gboolean
tell (const HxDue *due, gint64 as_of, HxDutyFunc function, gpointer data)
{
  const HxDutyProof *proof
      = due->proof == 0 ? NULL : due->duty->done_by->pdata[due->proof - 1];
  HxDutyItem item = {
    .duty = due->duty,
    .row_id = due->row_id,
    .unit_id = due->unit_id,
    .label = due->label,
    .due = hx_date_from_days (due->when.due),
    .opens = hx_date_from_days (due->when.opens),
    .closes = hx_date_from_days (due->when.closes),
    .state = hx_due_state (due, as_of),
    .is_lunar = due->when.is_lunar,
    .step
    = due->step == 0 ? NULL : due->duty->each->codes->pdata[due->step - 1],
  };

  if (due->duty->rule == HX_WHEN_BIRTHDAY)
    item.age = due->when.number;
  if (due->duty->rule == HX_WHEN_FESTIVAL)
    item.festival = (HxFestival)due->when.number;
  if (proof != NULL)
    {
      item.done_by = proof->kind;
      item.done_id = due->done_id;
      item.done_on = hx_date_from_days (due->done_on);
    }
  return function (&item, data);
}

gboolean
hx_duty_list (HxConnection *connection, HxCatalogue *catalogue,
              const HxDutyQuery *query, HxDutyFunc function, gpointer data,
              GError **error)
{
  g_autoptr (GPtrArray) duties = hx_gather_duties (catalogue, query, error);
  g_autoptr (GArray) dues = g_array_new (FALSE, FALSE, sizeof (HxDue));
  g_autoptr (GStringChunk) labels = g_string_chunk_new (64 * 1024);
  HxGather gather = { .connection = connection,
                      .query = query,
                      .from = hx_date_days (query->from),
                      .until = hx_date_days (query->until),
                      .as_of = hx_date_days (query->as_of),
                      .labels = labels };
  gboolean more = TRUE;

  if (duties == NULL)
    return FALSE;
  for (guint i = 0; i < duties->len; i++)
    if (!hx_gather (&gather, duties->pdata[i], dues, error))
      return FALSE;
  g_array_sort_with_data (dues, compare, &gather.as_of);
  for (guint i = 0; more && i < dues->len; i++)
    more = tell (&g_array_index (dues, HxDue, i), gather.as_of, function, data);
  return TRUE;
}
