#include "exchange/person_json.h"

#include "exchange/duty_json.h"

typedef struct
{
  const HxPersonShown *shown;
  HxJson *json;
} Write;

static void
member_date (HxJson *json, const char *key, HxDate date)
{
  char text[HX_DATE_TEXT_SIZE];
  if (date.year == 0)
    {
      hx_json_member (json, key, NULL);
      return;
    }
  hx_date_format (date, text);
  hx_json_member (json, key, text);
}

static void
member_bool (HxJson *json, const char *key, gboolean value)
{
  hx_json_key (json, key);
  hx_json_bool (json, value);
}

static void
array_begin (HxJson *json, const char *key)
{
  hx_json_key (json, key);
  hx_json_array_begin (json);
}

/* What is hidden has no member. */
static gboolean
write_field (const Write *write, const HxField *field, GError **error)
{
  const HxPersonShown *shown = write->shown;
  g_autoptr (GError) failed = NULL;
  g_autofree char *text
      = shown->value (shown->person->row, field, shown->data, &failed);

  if (text != NULL)
    hx_json_member (write->json, field->key, text);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static void
group_begin (HxJson *json, const char *name)
{
  hx_json_object_begin (json);
  hx_json_member (json, "name", name);
  hx_json_key (json, "fields");
  hx_json_object_begin (json);
}

static void
group_end (HxJson *json)
{
  hx_json_object_end (json);
  hx_json_object_end (json);
}

static gboolean
write_groups (const Write *write, GError **error)
{
  g_autoptr (GPtrArray) fields = hx_person_fields (write->shown);
  const HxRow *row = write->shown->person->row;
  const HxField *last = NULL;
  array_begin (write->json, "groups");
  for (guint i = 0; i < fields->len; i++)
    {
      const HxField *field = fields->pdata[i];
      if (!row->values[field->index].filled)
        continue;
      if (last == NULL || g_strcmp0 (last->group, field->group) != 0)
        {
          if (last != NULL)
            group_end (write->json);
          group_begin (write->json, field->group);
        }
      last = field;
      if (!write_field (write, field, error))
        return FALSE;
    }
  if (last != NULL)
    group_end (write->json);
  hx_json_array_end (write->json);
  return TRUE;
}

static gboolean
write_need (const Write *write, const HxPersonNeed *need, GError **error)
{
  const HxPersonView *view = write->shown->person->view;
  HxJson *json = write->json;
  g_autofree char *text
      = hx_person_text (write->shown, need->row, view->need, error);
  g_autofree char *owner
      = text == NULL
            ? NULL
            : hx_person_text (write->shown, need->row, view->owner, error);
  if (owner == NULL)
    return FALSE;
  hx_json_object_begin (json);
  hx_json_member_integer (json, "id", need->row->id);
  hx_json_member (json, "need", text);
  hx_json_member (json, "owner", *owner != '\0' ? owner : NULL);
  hx_json_member (json, "state", hx_need_state_key (need->state));
  member_bool (json, "open", need->is_open);
  member_bool (json, "overdue", need->is_overdue);
  hx_json_member_integer (json, "days", need->days);
  member_date (json, "raised", need->raised);
  member_date (json, "due", need->due);
  member_date (json, "promised", need->promised);
  member_date (json, "solved", need->solved);
  member_date (json, "confirmed", need->confirmed);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
write_needs (const Write *write, GError **error)
{
  const HxPerson *person = write->shown->person;
  const GArray *needs = person->needs;

  array_begin (write->json, "plan");
  for (guint i = 0;
       i < needs->len && hx_person_shows (write->shown, person->view->plan);
       i++)
    if (!write_need (write, &g_array_index (needs, HxPersonNeed, i), error))
      return FALSE;
  hx_json_array_end (write->json);
  return TRUE;
}

static gboolean
write_row (const Write *write, const HxRow *row, GError **error)
{
  HxJson *json = write->json;
  g_autofree char *gist = hx_person_gist (write->shown, row, error);
  if (gist == NULL)
    return FALSE;
  hx_json_object_begin (json);
  hx_json_member_integer (json, "id", row->id);
  member_date (json, "date", hx_date_from_number (hx_row_day (row)));
  hx_json_member (json, "text", gist);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
write_service (const Write *write, const HxPersonService *service,
               GError **error)
{
  HxJson *json = write->json;
  hx_json_object_begin (json);
  hx_json_member (json, "kind", service->kind->key);
  hx_json_member (json, "name", service->kind->name);
  hx_json_member_integer (json, "this_year", service->this_year);
  hx_json_member_integer (json, "before", service->before);
  array_begin (json, "rows");
  for (guint i = 0; i < service->rows->len; i++)
    if (!write_row (write, service->rows->pdata[i], error))
      return FALSE;
  hx_json_array_end (json);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
write_services (const Write *write, GError **error)
{
  const GPtrArray *services = write->shown->person->services;
  array_begin (write->json, "services");
  for (guint i = 0; i < services->len; i++)
    if (hx_person_shows (write->shown,
                         ((HxPersonService *)services->pdata[i])->kind)
        && !write_service (write, services->pdata[i], error))
      return FALSE;
  hx_json_array_end (write->json);
  return TRUE;
}

static void
write_cap (HxJson *json, const HxPersonCap *line)
{
  const HxCap *cap = line->cap;
  g_autofree char *received = hx_person_amount (cap, line->received);
  g_autofree char *max = cap->has_max ? hx_person_amount (cap, cap->max) : NULL;
  hx_json_object_begin (json);
  hx_json_member (json, "cap", cap->key);
  hx_json_member (json, "name", cap->name);
  hx_json_member (json, "document", cap->document);
  hx_json_member (json, "received", received);
  hx_json_member (json, "max", max);
  member_bool (json, "over", cap->has_max && line->received > cap->max);
  hx_json_object_end (json);
}

static void
write_amount (HxJson *json, const HxPersonMoney *line)
{
  g_autofree char *now = hx_money_format_yuan (line->this_year);
  g_autofree char *before = hx_money_format_yuan (line->before);
  hx_json_object_begin (json);
  hx_json_member (json, "kind", line->kind->key);
  hx_json_member (json, "field", line->field->key);
  hx_json_member (json, "this_year", now);
  hx_json_member (json, "before", before);
  hx_json_object_end (json);
}

static void
write_plain (const Write *write)
{
  const HxPerson *person = write->shown->person;
  HxJson *json = write->json;
  array_begin (json, "duties");
  for (guint i = 0; i < person->duties->len; i++)
    hx_duty_of_row_json (json, &g_array_index (person->duties, HxDutyItem, i));
  hx_json_array_end (json);
  array_begin (json, "caps");
  for (guint i = 0; i < person->caps->len; i++)
    if (hx_person_shows (
            write->shown,
            g_array_index (person->caps, HxPersonCap, i).cap->kind))
      write_cap (json, &g_array_index (person->caps, HxPersonCap, i));
  hx_json_array_end (json);
  array_begin (json, "money");
  for (guint i = 0; i < person->money->len; i++)
    if (hx_person_shows (write->shown,
                         g_array_index (person->money, HxPersonMoney, i).kind))
      write_amount (json, &g_array_index (person->money, HxPersonMoney, i));
  hx_json_array_end (json);
}

static gboolean
write_event (const Write *write, const HxPersonEvent *event, GError **error)
{
  HxJson *json = write->json;
  g_autofree char *text = hx_person_event_text (write->shown, event, error);
  if (text == NULL)
    return FALSE;
  hx_json_object_begin (json);
  member_date (json, "date", event->date);
  hx_json_member (json, "event", hx_person_event_key (event->kind));
  hx_json_member (json, "kind", event->row->kind->key);
  hx_json_member_integer (json, "id", event->row->id);
  hx_json_member (json, "text", text);
  hx_json_object_end (json);
  return TRUE;
}

static gboolean
write_events (const Write *write, GError **error)
{
  const GArray *events = write->shown->person->events;
  array_begin (write->json, "timeline");
  for (guint i = 0; i < events->len; i++)
    if (hx_person_shows (write->shown,
                         g_array_index (events, HxPersonEvent, i).row->kind)
        && !write_event (write, &g_array_index (events, HxPersonEvent, i),
                         error))
      return FALSE;
  hx_json_array_end (write->json);
  return TRUE;
}

gboolean
hx_person_json (HxJson *json, const HxPersonShown *shown, GError **error)
{
  const HxPerson *person = shown->person;
  const Write write = { shown, json };

  hx_json_object_begin (json);
  hx_json_member (json, "kind", person->row->kind->key);
  hx_json_member_integer (json, "id", person->row->id);
  member_bool (json, "void", person->row->is_void);
  hx_json_member_integer (json, "year", person->year);
  member_date (json, "as_of", person->as_of);
  if (!write_groups (&write, error) || !write_needs (&write, error))
    return FALSE;
  write_plain (&write);
  if (!write_services (&write, error) || !write_events (&write, error))
    return FALSE;
  hx_json_object_end (json);
  return TRUE;
}
