#include "people/age.h"

/* The day of the year on which somebody is a year older. */
static HxDate
birthday_in (HxDate birth, int year)
{
  int month = birth.month == 0 ? 12 : birth.month;
  int last = hx_date_days_in_month (year, month);
  int day = birth.day == 0 ? last : MIN (birth.day, last);

  return (HxDate){ (gint16)year, (gint8)month, (gint8)day };
}

int
hx_age_on (HxDate birth, HxDate day)
{
  if (birth.year == 0
      || hx_date_compare (day, birthday_in (birth, birth.year)) < 0)
    return HX_AGE_UNKNOWN;
  int years = day.year - birth.year;
  HxDate birthday = birthday_in (birth, day.year);

  return hx_date_compare (day, birthday) < 0 ? years - 1 : years;
}
