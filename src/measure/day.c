/* Days as numbers, with partial dates at their beginning or end. */
#include "measure/measure_internal.h"

gint32
hx_day_first (gint32 day)
{
  if (day == 0)
    return HX_DAY_FIRST;
  if (day / 100 % 100 == 0)
    return day / 10000 * 10000 + 101;
  return day % 100 == 0 ? day + 1 : day;
}

gint32
hx_day_last (gint32 day)
{
  if (day == 0)
    return HX_DAY_LAST;
  if (day / 100 % 100 == 0)
    return day / 10000 * 10000 + 1231;
  if (day % 100 == 0)
    return day + hx_date_days_in_month (day / 10000, day / 100 % 100);
  return day;
}

gint32
hx_day_next (gint32 day)
{
  HxDate date;

  if (day >= HX_DAY_LAST)
    return 0;
  date = hx_date_from_days (hx_date_days (hx_date_from_number (day)) + 1);
  return hx_date_number (date);
}

gint32
hx_day_parse (const char *text)
{
  gint32 day = 0;
  int digits = 0;

  for (; text != NULL && *text != '\0' && digits < 8; text++)
    if (g_ascii_isdigit (*text))
      {
        day = day * 10 + (*text - '0');
        digits++;
      }
  for (; digits > 0 && digits < 8; digits++)
    day *= 10;
  return day;
}

static gint32
field_day (const HxRow *row, const HxField *field)
{
  if (field == NULL || !row->values[field->index].filled)
    return 0;
  return (gint32)row->values[field->index].integer;
}

gint32
hx_row_since (const HxRow *row)
{
  return hx_day_first (field_day (row, row->kind->since));
}

gint32
hx_row_until (const HxRow *row)
{
  return hx_day_last (field_day (row, row->kind->until));
}
