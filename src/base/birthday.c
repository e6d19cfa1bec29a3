#include "base/base_internal.h"

gboolean
hx_birthday_solar (HxDate birth, int year, HxLeapDayRule rule, HxDate *day)
{
  HxDate kept = { (gint16)year, birth.month, birth.day };
  gboolean is_leap_day = birth.month == 2 && birth.day == 29;

  if (year < 1 || year > 9999)
    return FALSE;
  if (is_leap_day && hx_date_days_in_month (year, 2) < 29)
    kept = rule == HX_LEAP_DAY_MARCH_1 ? (HxDate){ (gint16)year, 3, 1 }
                                       : (HxDate){ (gint16)year, 2, 28 };
  if (!hx_date_is_valid (kept.year, kept.month, kept.day))
    return FALSE;
  *day = kept;
  return TRUE;
}

/* The day of the lunar year on which the birthday is kept. */
static gboolean
birthday_of_lunar_year (HxLunarDate birth, int year, HxDate *day)
{
  gboolean is_leap = birth.is_leap && hx_lunar_leap_month (year) == birth.month;
  int days = hx_lunar_days_in_month (year, birth.month, is_leap);
  HxLunarDate kept
      = { (gint16)year, birth.month, (gint8)MIN (birth.day, days), is_leap };

  return days > 0 && birth.day <= 30 && hx_lunar_to_date (kept, day, NULL);
}

guint
hx_birthday_lunar (HxLunarDate birth, int year, HxDate *days)
{
  guint count = 0;

  for (int lunar_year = year - 1; lunar_year <= year; lunar_year++)
    {
      HxDate day;

      if (birthday_of_lunar_year (birth, lunar_year, &day) && day.year == year)
        days[count++] = day;
    }
  return count;
}
