#include "cli/due_calendar.h"

#include "duty/item.h"
#include "exchange/calendar.h"

#define WINDOW_DAYS_MAX 15

static void
place (HxCalendarEvent *event, const HxDutyItem *item)
{
  const gint64 days = hx_date_days (item->closes) - hx_date_days (item->opens);
  event->first = event->last = item->due;
  if (item->state == HX_DUTY_OVERDUE)
    event->first = event->last = event->stamp;
  else if (days < WINDOW_DAYS_MAX)
    {
      event->first = item->opens;
      event->last = item->closes;
    }
}

/* What is done by whom until when stays one event in every feed. */
static char *
event_uid (const HxDutyItem *item)
{
  return g_strdup_printf (
      "%s.%s.%" G_GINT64_FORMAT ".%08d.%08d%s%s@hongxia", item->duty->key,
      item->duty->of->key, item->row_id, hx_date_number (item->opens),
      hx_date_number (item->due), item->step != NULL ? "." : "",
      item->step != NULL ? item->step->code : "");
}

static char *
event_description (const HxDutyItem *item)
{
  char due[HX_DATE_TEXT_SIZE], opens[HX_DATE_TEXT_SIZE];
  char closes[HX_DATE_TEXT_SIZE];
  hx_date_format (item->due, due);
  hx_date_format (item->opens, opens);
  hx_date_format (item->closes, closes);
  g_autofree char *when
      = g_strdup_printf (_ ("应办 %s，可办 %s 至 %s"), due, opens, closes);
  g_autofree char *by
      = item->duty->by == NULL
            ? NULL
            : g_strdup_printf (_ ("承办：%s"), item->duty->by->name);
  return g_strdup_printf ("%s\n%s%s%s %" G_GINT64_FORMAT, when,
                          by != NULL ? by : "", by != NULL ? "\n" : "",
                          item->duty->of->key, item->row_id);
}

void
hx_cli_due_event (GString *out, const HxDutyItem *item, HxDate as_of,
                  const char *label, const char *unit)
{
  g_autofree char *uid = event_uid (item);
  g_autofree char *name = hx_duty_item_name (item);
  g_autofree char *description = event_description (item);
  g_autofree char *summary = g_strdup_printf (
      "%s%s %s", item->state == HX_DUTY_OVERDUE ? _ ("超期：") : "", name,
      label);
  HxCalendarEvent event = { .uid = uid,
                            .stamp = as_of,
                            .summary = summary,
                            .description = description,
                            .location = unit,
                            .category = item->duty->name };
  place (&event, item);
  hx_calendar_event (out, &event);
}
