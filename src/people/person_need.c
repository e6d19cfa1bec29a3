/* Needs: from the dates of a record to its state on a day. */
#include "people/person_internal.h"

static HxDate
seen (const HxPerson *person, const HxRow *row, const HxField *field)
{
  const HxDate date = hx_person_date (row, field);

  return date.year != 0 && hx_person_day (date) <= hx_date_days (person->as_of)
             ? date
             : (HxDate){ 0 };
}

static gboolean
holds (const GPtrArray *conditions, const HxRow *row)
{
  for (guint i = 0; conditions != NULL && i < conditions->len; i++)
    {
      const HxCondition *condition = conditions->pdata[i];

      if (!hx_condition_holds (condition,
                               &row->values[condition->field->index]))
        return FALSE;
    }
  return conditions != NULL;
}

/* Solved without a day is solved; with a day to come it is not yet. */
static HxNeedState
state_of (const HxPersonView *view, const HxPersonNeed *need)
{
  const gboolean has_day = hx_person_date (need->row, view->solved).year != 0;

  if (need->confirmed.year != 0)
    return HX_NEED_CONFIRMED;
  if (need->solved.year != 0 || (!has_day && holds (view->done, need->row)))
    return HX_NEED_SOLVED;
  if (holds (view->stopped, need->row))
    return HX_NEED_STOPPED;
  return need->promised.year != 0 ? HX_NEED_PROMISED : HX_NEED_RAISED;
}

static HxPersonNeed
need_of (const HxPerson *person, const HxRow *row)
{
  const HxPersonView *view = person->view;
  const gint64 today = hx_date_days (person->as_of);
  HxPersonNeed need = {
    .row = row,
    .raised = hx_date_from_number (hx_row_day (row)),
    .promised = seen (person, row, view->promised),
    .due = hx_person_date (row, view->due),
    .solved = seen (person, row, view->solved),
    .confirmed = seen (person, row, view->confirmed),
  };

  need.state = state_of (view, &need);
  need.is_open = need.state <= HX_NEED_PROMISED;
  need.is_overdue
      = need.is_open && need.due.year != 0 && hx_person_day (need.due) < today;
  need.days = (need.solved.year != 0 ? hx_person_day (need.solved) : today)
              - hx_person_day (need.raised);
  return need;
}

static int
by_urgency (gconstpointer first, gconstpointer second)
{
  const HxPersonNeed *a = first, *b = second;
  const gint64 day_a = hx_person_day (a->is_overdue ? a->due : a->raised);
  const gint64 day_b = hx_person_day (b->is_overdue ? b->due : b->raised);

  if (a->is_open != b->is_open)
    return b->is_open - a->is_open;
  if (a->is_overdue != b->is_overdue)
    return b->is_overdue - a->is_overdue;
  if (day_a != day_b)
    return day_a < day_b ? -1 : 1;
  return a->row->id < b->row->id ? -1 : 1;
}

void
hx_person_load_needs (HxPerson *person)
{
  const GPtrArray *rows = hx_person_plan_rows (person);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const HxPersonNeed need = need_of (person, rows->pdata[i]);

      g_array_append_val (person->needs, need);
      person->needs_open += need.is_open;
      person->needs_overdue += need.is_overdue;
    }
  g_array_sort (person->needs, by_urgency);
}
