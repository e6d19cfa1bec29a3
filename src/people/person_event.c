/* The year of a person in order of date. */
#include "ledger/history.h"
#include "people/person_internal.h"

#include <string.h>

static void
add (HxPerson *person, HxDate date, HxPersonEvent event)
{
  event.date = date;
  if (date.year == person->year
      && hx_person_day (date) <= hx_date_days (person->as_of))
    g_array_append_val (person->events, event);
}

static void
add_span (HxPerson *person, const HxRow *row)
{
  const HxKind *kind = row->kind;

  add (person, hx_person_date (row, kind->since),
       (HxPersonEvent){ .kind = HX_EVENT_BEGAN, .row = row });
  add (person, hx_person_date (row, kind->until),
       (HxPersonEvent){ .kind = HX_EVENT_ENDED, .row = row });
}

static void
add_service (HxPerson *person, const HxPersonService *service)
{
  for (guint i = 0; i < service->rows->len; i++)
    {
      const HxRow *row = service->rows->pdata[i];

      if (service->kind->is_register)
        add_span (person, row);
      else
        add (person, hx_person_date (row, service->kind->date),
             (HxPersonEvent){ .kind = HX_EVENT_RECORD, .row = row });
    }
}

static void
add_need (HxPerson *person, const HxPersonNeed *need)
{
  add (person, need->raised,
       (HxPersonEvent){ .kind = HX_EVENT_RECORD, .row = need->row });
  add (person, need->promised,
       (HxPersonEvent){ .kind = HX_EVENT_PROMISED, .row = need->row });
  add (person, need->solved,
       (HxPersonEvent){ .kind = HX_EVENT_SOLVED, .row = need->row });
  add (person, need->confirmed,
       (HxPersonEvent){ .kind = HX_EVENT_CONFIRMED, .row = need->row });
}

/* ------------------------------------------------------------ dated fields */

static void
set_value (HxRow *row, const HxPast *past)
{
  HxValue *value = &row->values[past->field->index];

  *value = past->value;
  if (value->text != NULL)
    value->text = g_string_chunk_insert (row->arena, value->text);
  value->people = NULL;
}

typedef struct
{
  HxPerson *person;
  const HxField *settled; /* this field has its value of the day */
  HxRow *last;            /* holds what the fields held before */
} Walk;

/* A period that begins after the day of the file says that the row holds what
 * came later: the one before it held on the day. */
static gboolean
take_period (const HxPast *past, gpointer data)
{
  Walk *walk = data;
  HxPerson *person = walk->person;
  char today[HX_DATE_TEXT_SIZE];
  HxDate since;

  hx_date_format (person->as_of, today);
  if (strcmp (past->since, today) > 0)
    {
      if (walk->settled != past->field)
        person->row->values[past->field->index]
            = walk->last->values[past->field->index];
      walk->settled = past->field;
      return TRUE;
    }
  set_value (walk->last, past);
  if (!hx_date_parse (past->since, TRUE, &since, NULL))
    return TRUE;
  HxRow *changed = hx_row_new (person->view->of);

  changed->id = person->row->id;
  set_value (changed, past);
  g_ptr_array_add (person->kept, changed);
  add (person, since,
       (HxPersonEvent){
           .kind = HX_EVENT_CHANGED, .row = changed, .field = past->field });
  return TRUE;
}

static gboolean
load_history (HxPerson *person, HxConnection *connection, GError **error)
{
  Walk walk = { .person = person, .last = hx_row_new (person->view->of) };

  g_ptr_array_add (person->kept, walk.last);
  return hx_history_each (connection, person->view->of, person->row->id,
                          take_period, &walk, error);
}

/* ------------------------------------------------------------------- order */

static int
by_date (gconstpointer first, gconstpointer second)
{
  const HxPersonEvent *a = first, *b = second;
  const gint32 day_a = hx_date_number (a->date);
  const gint32 day_b = hx_date_number (b->date);
  const guint kind_a = a->row->kind->index, kind_b = b->row->kind->index;

  if (day_a != day_b)
    return day_a < day_b ? -1 : 1;
  if (kind_a != kind_b)
    return kind_a < kind_b ? -1 : 1;
  if (a->row->id != b->row->id)
    return a->row->id < b->row->id ? -1 : 1;
  return (int)a->kind - (int)b->kind;
}

gboolean
hx_person_load_events (HxPerson *person, HxConnection *connection,
                       GError **error)
{
  if (!load_history (person, connection, error))
    return FALSE;
  add_span (person, person->row);
  for (guint i = 0; i < person->services->len; i++)
    {
      const HxPersonService *service = person->services->pdata[i];

      if (service->kind != person->view->plan)
        add_service (person, service);
    }
  for (guint i = 0; i < person->needs->len; i++)
    add_need (person, &g_array_index (person->needs, HxPersonNeed, i));
  g_array_sort (person->events, by_date);
  return TRUE;
}
