#include "exchange/duty_json.h"

static void
member_date (HxJson *json, const char *key, HxDate date)
{
  char text[HX_DATE_TEXT_SIZE];

  hx_date_format (date, text);
  hx_json_member (json, key, text);
}

void
hx_duty_item_json (HxJson *json, const HxDutyItem *item, const char *label,
                   const char *unit)
{
  char day[HX_DATE_TEXT_SIZE];
  hx_json_object_begin (json);
  hx_json_member (json, "duty", item->duty->key);
  g_autofree char *name = hx_duty_item_name (item);
  hx_json_member (json, "name", name);
  hx_json_member (json, "state", hx_duty_state_key (item->state));
  hx_date_format (item->due, day);
  hx_json_member (json, "due", day);
  hx_date_format (item->opens, day);
  hx_json_member (json, "opens", day);
  hx_date_format (item->closes, day);
  hx_json_member (json, "closes", day);
  hx_json_member (json, "unit", unit[0] != '\0' ? unit : NULL);
  hx_json_member (json, "kind", item->duty->of->key);
  hx_json_member_integer (json, "id", item->row_id);
  hx_json_member (json, "label", label);
  if (item->duty->by != NULL)
    hx_json_member (json, "by", item->duty->by->code);
  if (item->step != NULL)
    hx_json_member (json, "step", item->step->code);
  if (item->age != 0)
    hx_json_member_integer (json, "age", item->age);
  if (item->age != 0)
    hx_json_member (json, "calendar", item->is_lunar ? "lunar" : "solar");
  if (item->duty->rule == HX_WHEN_FESTIVAL)
    hx_json_member (json, "festival", hx_festival_key (item->festival));
  hx_json_object_end (json);
}

void
hx_duty_missing_json (HxJson *json, const HxDutyItem *item, const char *label,
                      const char *unit)
{
  char due[HX_DATE_TEXT_SIZE];
  g_autofree char *name = hx_duty_item_name (item);
  hx_date_format (item->due, due);
  hx_json_object_begin (json);
  hx_json_member (json, "duty", item->duty->key);
  hx_json_member (json, "name", name);
  hx_json_member (json, "state", hx_duty_state_key (item->state));
  hx_json_member (json, "due", due);
  hx_json_member (json, "unit", unit[0] != '\0' ? unit : NULL);
  hx_json_member (json, "kind", item->duty->of->key);
  hx_json_member_integer (json, "id", item->row_id);
  hx_json_member (json, "label", label);
  hx_json_object_end (json);
}

void
hx_duty_coverage_json (HxJson *json, const HxDutyCoverage *line,
                       const char *unit)
{
  g_autofree char *rate = hx_duty_rate (line);
  hx_json_object_begin (json);
  hx_json_member (json, "duty", line->duty->key);
  hx_json_member (json, "name", line->duty->name);
  hx_json_member (json, "unit", unit);
  hx_json_member_integer (json, "due", line->due);
  hx_json_member_integer (json, "done", line->done);
  hx_json_member_integer (json, "open", line->open);
  hx_json_member_integer (json, "overdue", line->overdue);
  hx_json_member (json, "rate", rate);
  hx_json_object_end (json);
}

void
hx_duty_of_row_json (HxJson *json, const HxDutyItem *item)
{
  g_autofree char *name = hx_duty_item_name (item);
  hx_json_object_begin (json);
  hx_json_member (json, "duty", item->duty->key);
  hx_json_member (json, "name", name);
  hx_json_member (json, "step", item->step != NULL ? item->step->code : NULL);
  hx_json_member (json, "state", hx_duty_state_key (item->state));
  member_date (json, "due", item->due);
  member_date (json, "opens", item->opens);
  member_date (json, "closes", item->closes);
  if (item->done_by != NULL)
    {
      hx_json_member (json, "done_by", item->done_by->key);
      hx_json_member_integer (json, "done_id", item->done_id);
      member_date (json, "done_on", item->done_on);
    }
  hx_json_object_end (json);
}
