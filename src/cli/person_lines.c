#include "cli/person_show.h"
#include "duty/item.h"

#define LATEST 3

static gboolean
print_fields (const HxPersonShown *shown, GError **error)
{
  g_autoptr (GPtrArray) fields = hx_person_fields (shown);
  const char *group = NULL;
  for (guint i = 0; i < fields->len; i++)
    {
      const HxField *field = fields->pdata[i];
      if (!shown->person->row->values[field->index].filled)
        continue;
      g_autofree char *text
          = hx_person_text (shown, shown->person->row, field, error);
      if (text == NULL)
        return FALSE;
      if (field->group != NULL && g_strcmp0 (group, field->group) != 0)
        hx_cli_print ("%s\n", field->group);
      group = field->group;
      hx_cli_print ("  %s：%s\n", field->name, text);
    }
  return TRUE;
}

/* ------------------------------------------------------------------- needs */

static const char *
need_state (const HxPersonNeed *need)
{
  static const char *const names[]
      = { N_ ("已提出"), N_ ("已承诺"), N_ ("待确认"), N_ ("已确认"),
          N_ ("已终止") };
  return need->is_overdue ? _ ("超期") : hx_text (names[need->state]);
}

static void
print_day (const char *name, HxDate date)
{
  char text[HX_DATE_TEXT_SIZE];
  if (date.year == 0)
    return;
  hx_date_format (date, text);
  hx_cli_print ("  %s %s", name, text);
}

static gboolean
print_need (const HxPersonShown *shown, const HxPersonNeed *need,
            GError **error)
{
  const HxPersonView *view = shown->person->view;
  g_autofree char *text = hx_person_text (shown, need->row, view->need, error);
  g_autofree char *owner
      = text == NULL ? NULL
                     : hx_person_text (shown, need->row, view->owner, error);
  if (owner == NULL)
    return FALSE;
  hx_cli_print ("  %s", need_state (need));
  print_day (_ ("提出"), need->raised);
  print_day (_ ("时限"), need->due);
  print_day (_ ("承诺"), need->promised);
  print_day (_ ("办结"), need->solved);
  print_day (_ ("本人确认"), need->confirmed);
  hx_cli_print (_ ("  历时 %d 天"), (int)need->days);
  if (*owner != '\0')
    hx_cli_print (_ ("  责任人 %s"), owner);
  hx_cli_print ("\n    %s\n", text);
  return TRUE;
}

static gboolean
print_needs (const HxPersonShown *shown, GError **error)
{
  const HxPerson *person = shown->person;
  if (person->view->plan == NULL)
    return TRUE;
  hx_cli_print (_ ("%s：共 %u 件，未办结 %u 件，其中超期 %u 件\n"),
                person->view->plan->name, person->needs->len,
                person->needs_open, person->needs_overdue);
  for (guint i = 0; i < person->needs->len; i++)
    if (!print_need (shown, &g_array_index (person->needs, HxPersonNeed, i),
                     error))
      return FALSE;
  return TRUE;
}

/* ---------------------------------------------------------------- services */

static gboolean
print_service (const HxPersonShown *shown, const HxPersonService *service,
               GError **error)
{
  hx_cli_print ("  ");
  hx_cli_print_padded (service->kind->name, 20, FALSE);
  hx_cli_print (_ ("本年 %u  以前 %u\n"), service->this_year, service->before);
  for (guint i = 0; i < MIN (service->rows->len, LATEST); i++)
    {
      const HxRow *row = service->rows->pdata[i];
      char day[HX_DATE_TEXT_SIZE] = "";
      g_autofree char *gist = hx_person_gist (shown, row, error);
      if (gist == NULL)
        return FALSE;
      if (hx_row_day (row) != 0)
        hx_date_format (hx_date_from_number (hx_row_day (row)), day);
      hx_cli_print ("    ");
      hx_cli_print_padded (day, 12, FALSE);
      hx_cli_print ("%s\n", gist);
    }
  return TRUE;
}

static gboolean
print_services (const HxPersonShown *shown, GError **error)
{
  const HxPerson *person = shown->person;
  hx_cli_print (_ ("服务与任职（%d年）\n"), person->year);
  for (guint i = 0; i < person->services->len; i++)
    if (!print_service (shown, person->services->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* ------------------------------------------------------------------ duties */

static void
print_duty (const HxDutyItem *item)
{
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *name = hx_duty_item_name (item);
  hx_date_format (item->due, day);
  hx_cli_print ("  %s  %s  %s", hx_duty_state_name (item->state), day, name);
  if (item->state == HX_DUTY_DONE)
    {
      hx_date_format (item->done_on, day);
      hx_cli_print ("  %s %s %" G_GINT64_FORMAT, day, item->done_by->name,
                    item->done_id);
    }
  hx_cli_print ("\n");
}

static void
print_duties (const HxPerson *person)
{
  guint counts[4] = { 0 };
  for (guint i = 0; i < person->duties->len; i++)
    counts[g_array_index (person->duties, HxDutyItem, i).state]++;
  hx_cli_print (_ ("应办事项（%d年）：超期 %u，应办 %u，将到 %u，已办 %u\n"),
                person->year, counts[HX_DUTY_OVERDUE], counts[HX_DUTY_OPEN],
                counts[HX_DUTY_UPCOMING], counts[HX_DUTY_DONE]);
  for (guint i = 0; i < person->duties->len; i++)
    print_duty (&g_array_index (person->duties, HxDutyItem, i));
}

/* ------------------------------------------------------------------- money */

static void
print_cap (const HxPersonCap *line)
{
  static const char *const periods[]
      = { N_ ("累计"), N_ ("本年"), N_ ("本季"), N_ ("本月") };
  const HxCap *cap = line->cap;
  g_autofree char *received = hx_cap_amount (cap, line->received);
  g_autofree char *max = hx_cap_amount (cap, cap->max);
  g_autofree char *left
      = hx_cap_amount (cap, MAX (cap->max - line->received, 0));
  hx_cli_print ("  %s：%s %s", cap->name, hx_text (periods[cap->each]),
                received);
  if (cap->has_max)
    hx_cli_print (_ ("，限额 %s，还可 %s"), max, left);
  else
    hx_cli_print ("%s", _ ("，未定限额"));
  if (cap->has_max && line->received > cap->max)
    hx_cli_print ("%s", _ ("，已超"));
  if (cap->document != NULL)
    hx_cli_print (_ ("（%s）"), cap->document);
  hx_cli_print ("\n");
}

static void
print_money (const HxPerson *person)
{
  hx_cli_print (_ ("领取（%d年）\n"), person->year);
  for (guint i = 0; i < person->money->len; i++)
    {
      const HxPersonMoney *line
          = &g_array_index (person->money, HxPersonMoney, i);
      g_autofree char *now = hx_money_format_yuan (line->this_year);
      g_autofree char *before = hx_money_format_yuan (line->before);
      hx_cli_print (_ ("  %s·%s：本年 %s 元，以前 %s 元\n"), line->kind->name,
                    line->field->name, now, before);
    }
  for (guint i = 0; i < person->caps->len; i++)
    {
      const HxPersonCap *line = &g_array_index (person->caps, HxPersonCap, i);
      if (line->cap->has_max || line->received != 0)
        print_cap (line);
    }
}

/* ------------------------------------------------------------------ events */

static gboolean
print_events (const HxPersonShown *shown, GError **error)
{
  const HxPerson *person = shown->person;
  hx_cli_print (_ ("时间线（%d年）\n"), person->year);
  for (guint i = 0; i < person->events->len; i++)
    {
      const HxPersonEvent *event
          = &g_array_index (person->events, HxPersonEvent, i);
      char day[HX_DATE_TEXT_SIZE];
      g_autofree char *text = hx_person_event_text (shown, event, error);
      if (text == NULL)
        return FALSE;
      hx_date_format (event->date, day);
      hx_cli_print ("  ");
      hx_cli_print_padded (day, 12, FALSE);
      hx_cli_print ("%s\n", text);
    }
  return TRUE;
}

static gboolean
print_head (const HxPersonShown *shown, GError **error)
{
  const HxRow *row = shown->person->row;
  const HxField *field = hx_kind_label_field (row->kind);
  char as_of[HX_DATE_TEXT_SIZE];
  g_autofree char *label
      = field == NULL
            ? g_strdup ("")
            : hx_person_text (shown, shown->person->row, field, error);
  if (label == NULL)
    return FALSE;
  hx_date_format (shown->person->as_of, as_of);
  hx_cli_print ("%s %" G_GINT64_FORMAT " %s%s", row->kind->key, row->id, label,
                row->is_void ? _ ("（已作废）") : "");
  hx_cli_print (_ ("  截至 %s\n"), as_of);
  return TRUE;
}

gboolean
hx_cli_person_lines (const HxPersonShown *shown, GError **error)
{
  if (!print_head (shown, error) || !print_fields (shown, error)
      || !print_needs (shown, error))
    return FALSE;
  print_duties (shown->person);
  if (!print_services (shown, error))
    return FALSE;
  print_money (shown->person);
  return print_events (shown, error);
}
