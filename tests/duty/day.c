/* Days counted by hand, one after the other. */
#include "day.h"

gboolean
day_is_leap (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
day_month_days (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return days[month - 1] + (month == 2 && day_is_leap (year));
}

int
day_number (Day day)
{
  return day.year * 10000 + day.month * 100 + day.day;
}

Day
day_next (Day day)
{
  if (day.day < day_month_days (day.year, day.month))
    return (Day){ day.year, day.month, day.day + 1 };
  if (day.month < 12)
    return (Day){ day.year, day.month + 1, 1 };
  return (Day){ day.year + 1, 1, 1 };
}

Day
day_previous (Day day)
{
  if (day.day > 1)
    return (Day){ day.year, day.month, day.day - 1 };
  if (day.month > 1)
    return (Day){ day.year, day.month - 1,
                  day_month_days (day.year, day.month - 1) };
  return (Day){ day.year - 1, 12, 31 };
}

Day
day_moved (Day day, int days)
{
  for (; days > 0; days--)
    day = day_next (day);
  for (; days < 0; days++)
    day = day_previous (day);
  return day;
}

Day
day_first_of (Day day)
{
  return (Day){ day.year, MAX (day.month, 1), MAX (day.day, 1) };
}

Day
day_last_of (Day day)
{
  const int month = day.month == 0 ? 12 : day.month;

  return (Day){ day.year, month,
                day.day == 0 ? day_month_days (day.year, month) : day.day };
}

gboolean
day_is_last_of_month (Day day)
{
  return day.day == day_month_days (day.year, day.month);
}

gboolean
day_is_yearly (Day date, Day day)
{
  if (date.month != day.month)
    return FALSE;
  if (date.day == 0
      || (date.day == 29 && date.month == 2 && !day_is_leap (day.year)))
    return day_is_last_of_month (day);
  return date.day == day.day;
}
