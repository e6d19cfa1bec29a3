#include "duty/item.h"

const char *
hx_duty_state_name (HxDutyState state)
{
  static const char *const names[]
      = { N_ ("超期"), N_ ("应办"), N_ ("将到"), N_ ("已办") };

  return hx_text (names[state]);
}

char *
hx_duty_unit_name (HxConnection *connection, gint64 unit_id, GError **error)
{
  return unit_id != 0 ? hx_unit_name (connection, unit_id, error)
                      : g_strdup ("");
}

char *
hx_duty_item_name (const HxDutyItem *item)
{
  if (item->step == NULL)
    return g_strdup (item->duty->name);
  return g_strdup_printf ("%s·%s", item->duty->name, item->step->name);
}

static char *
row_label (HxConnection *connection, const HxDutyItem *item,
           HxAudience audience, GError **error)
{
  const HxField *field = hx_kind_label_field (item->duty->of);
  if (field == NULL || item->label == NULL)
    return g_strdup ("");
  g_autoptr (HxRow) row = hx_row_new (item->duty->of);
  row->id = item->row_id;
  row->values[field->index] = (HxValue){
    .filled = TRUE,
    .text = item->label,
    .integer = g_ascii_strtoll (item->label, NULL, 10),
  };
  return hx_value_display (connection, row, field, audience, error);
}

char *
hx_duty_item_label (HxConnection *connection, const HxDutyItem *item,
                    HxAudience audience, GError **error)
{
  g_autofree char *label = row_label (connection, item, audience, error);
  g_autofree char *detail = NULL;
  if (label == NULL)
    return NULL;
  if (item->is_lunar)
    detail = g_strdup_printf (_ ("（%d岁，农历）"), item->age);
  else if (item->age != 0)
    detail = g_strdup_printf (_ ("（%d岁）"), item->age);
  else if (item->duty->rule == HX_WHEN_FESTIVAL)
    detail = g_strdup_printf (_ ("（%s）"), hx_festival_name (item->festival));
  return g_strconcat (label, detail, NULL);
}

char *
hx_duty_rate (const HxDutyCoverage *line)
{
  HxDecimal rate = { 0, 2 };
  if (!hx_round_half_up (line->done * 100, line->due, rate.scale, &rate.units))
    return g_strdup ("");
  return hx_decimal_format (rate);
}

HxDutyCoverage
hx_duty_total (const GArray *lines, guint first)
{
  HxDutyCoverage total = { 0 };
  total.duty = g_array_index (lines, HxDutyCoverage, first).duty;
  for (guint i = first; i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);
      if (line->duty != total.duty)
        break;
      total.due += line->due;
      total.done += line->done;
      total.open += line->open;
      total.overdue += line->overdue;
    }
  return total;
}
