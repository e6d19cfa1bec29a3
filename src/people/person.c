#include "people/person_internal.h"

const char *
hx_need_state_key (HxNeedState state)
{
  static const char *const keys[]
      = { "raised", "promised", "solved", "confirmed", "stopped" };

  return keys[state];
}

const char *
hx_person_event_key (HxPersonEventKind kind)
{
  static const char *const keys[]
      = { "record", "promised", "solved", "confirmed",
          "began",  "ended",    "changed" };

  return keys[kind];
}

gint64
hx_person_day (HxDate date)
{
  if (date.year == 0)
    return G_MAXINT64;
  date.month = MAX (date.month, 1);
  date.day = MAX (date.day, 1);
  return hx_date_days (date);
}

HxDate
hx_person_date (const HxRow *row, const HxField *field)
{
  const HxValue *value = field == NULL ? NULL : &row->values[field->index];

  return value != NULL && value->filled
             ? hx_date_from_number ((gint32)value->integer)
             : (HxDate){ 0 };
}

GPtrArray *
hx_person_plan_rows (const HxPerson *person)
{
  for (guint i = 0; i < person->services->len; i++)
    {
      const HxPersonService *service = person->services->pdata[i];

      if (service->kind == person->view->plan)
        return service->rows;
    }
  return NULL;
}

void
hx_person_free (HxPerson *person)
{
  if (person == NULL)
    return;
  g_array_unref (person->needs);
  g_array_unref (person->duties);
  g_array_unref (person->caps);
  g_array_unref (person->money);
  g_array_unref (person->events);
  g_ptr_array_unref (person->services);
  g_ptr_array_unref (person->kept);
  hx_row_free (person->row);
  g_free (person);
}

static HxPerson *
person_new (const HxPersonView *view, int year, HxDate as_of)
{
  HxPerson *person = g_new0 (HxPerson, 1);

  person->view = view;
  person->row = hx_row_new (view->of);
  person->year = year;
  person->as_of = as_of;
  person->needs = g_array_new (FALSE, FALSE, sizeof (HxPersonNeed));
  person->duties = g_array_new (FALSE, FALSE, sizeof (HxDutyItem));
  person->caps = g_array_new (FALSE, FALSE, sizeof (HxPersonCap));
  person->money = g_array_new (FALSE, FALSE, sizeof (HxPersonMoney));
  person->events = g_array_new (FALSE, FALSE, sizeof (HxPersonEvent));
  person->services = g_ptr_array_new_with_free_func (hx_person_service_free);
  person->kept = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_row_free);
  return person;
}

/* ------------------------------------------------------------------- parts */

static gboolean
take_item (const HxDutyItem *item, gpointer data)
{
  HxDutyItem kept = *item;

  kept.label = NULL; /* of the call alone */
  g_array_append_val ((GArray *)data, kept);
  return TRUE;
}

static gboolean
load_duties (HxPerson *person, HxConnection *connection, HxCatalogue *catalogue,
             GError **error)
{
  const HxDutyQuery query = { .from = { (gint16)person->year, 1, 1 },
                              .until = { (gint16)person->year, 12, 31 },
                              .as_of = person->as_of,
                              .of = person->view->of,
                              .row_id = person->row->id,
                              .with_ended = TRUE };

  return hx_duty_list (connection, catalogue, &query, take_item, person->duties,
                       error);
}

static gboolean
load_caps (HxPerson *person, HxConnection *connection,
           const HxCatalogue *catalogue, GError **error)
{
  const GPtrArray *caps = hx_catalogue_caps (catalogue);
  const HxDate end = { (gint16)person->year, 12, 31 };
  const HxDate day
      = hx_date_compare (end, person->as_of) < 0 ? end : person->as_of;

  for (guint i = 0; i < caps->len; i++)
    {
      HxPersonCap cap = { .cap = caps->pdata[i] };

      if (cap.cap->per->target != person->view->of)
        continue;
      if (!hx_cap_sum (connection, cap.cap, person->row->id, day, &cap.received,
                       error))
        return FALSE;
      g_array_append_val (person->caps, cap);
    }
  return TRUE;
}

/* What there is none of, and the plan, which is told by its needs.  Their rows
 * live on. */
static void
drop_empty (HxPerson *person)
{
  for (guint i = person->services->len; i > 0; i--)
    {
      HxPersonService *service = person->services->pdata[i - 1];

      if (service->kind == person->view->plan)
        while (service->rows->len > 0)
          g_ptr_array_add (person->kept,
                           g_ptr_array_steal_index (service->rows, 0));
      if (service->rows->len == 0)
        g_ptr_array_remove_index (person->services, i - 1);
    }
}

HxPerson *
hx_person_load (HxConnection *connection, HxCatalogue *catalogue, gint64 id,
                int year, HxDate as_of, GError **error)
{
  const HxPersonView *view = hx_catalogue_person (catalogue);
  g_autoptr (HxPerson) person = NULL;

  if (view == NULL)
    {
      hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个目录没有个人档案"),
               "person.yaml", _ ("在目录里写明为哪个名册建档"));
      return NULL;
    }
  person = person_new (view, year, as_of);
  if (!hx_row_load (connection, person->row, id, error)
      || !hx_person_load_services (person, connection, catalogue, error)
      || !load_duties (person, connection, catalogue, error)
      || !load_caps (person, connection, catalogue, error))
    return NULL;
  hx_person_load_needs (person);
  if (!hx_person_load_events (person, connection, error))
    return NULL;
  drop_empty (person);
  return g_steal_pointer (&person);
}
