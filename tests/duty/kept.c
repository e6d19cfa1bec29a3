#include "kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

HxDate
plain (Day day)
{
  return (HxDate){ (gint16)day.year, (gint8)day.month, (gint8)day.day };
}

HxLunarDate
lunar_of (Day day)
{
  HxLunarDate lunar;

  assert_true (hx_lunar_from_date (plain (day), &lunar, NULL));
  return lunar;
}

gboolean
is_kept (HxLunarDate birth, Day day)
{
  const HxLunarDate lunar = lunar_of (day);
  const gboolean wants_leap
      = birth.is_leap && hx_lunar_leap_month (lunar.year) == birth.month;

  if (lunar.month != birth.month || lunar.is_leap != wants_leap)
    return FALSE;
  return lunar.day == birth.day
         || (birth.day == 30 && lunar.day == 29
             && lunar_of (day_next (day)).day == 1);
}

int
lunar_year (HxLunarDate birth, Day papers)
{
  Day back = day_first_of (papers), forth;
  int days = 0;

  for (Day day = back; day_number (day) < day_number (day_last_of (papers));
       day = day_next (day))
    days++;
  back = forth = day_moved (back, days / 2);
  for (;; back = day_previous (back), forth = day_next (forth))
    {
      if (is_kept (birth, back))
        return lunar_of (back).year;
      if (is_kept (birth, forth))
        return lunar_of (forth).year;
    }
}
