/* The days on which a duty is due. */
#include "duty/duty_internal.h"

#include <stdlib.h>

HxDate
hx_occasion_date (const char *text)
{
  int parts[3] = { 0 };

  for (int i = 0; text != NULL && *text != '\0' && i < 3; i++)
    {
      char *end = NULL;

      parts[i] = (int)strtol (text, &end, 10);
      text = *end == '-' ? end + 1 : NULL;
    }
  return (HxDate){ (gint16)parts[0], (gint8)parts[1], (gint8)parts[2] };
}

gint64
hx_occasion_first (HxDate date)
{
  date.month = MAX (date.month, 1);
  date.day = MAX (date.day, 1);
  return hx_date_days (date);
}

gint64
hx_occasion_last (HxDate date)
{
  if (date.month == 0)
    date = (HxDate){ date.year, 12, 31 };
  if (date.day == 0)
    date.day = (gint8)hx_date_days_in_month (date.year, date.month);
  return hx_date_days (date);
}

void
hx_occasion_add (HxSpan *span, HxOccasion occasion)
{
  if (occasion.due >= span->from && occasion.due <= span->until)
    g_array_append_val (span->occasions, occasion);
}

static void
add_around (const HxDuty *duty, HxSpan *span, gint64 due, int number)
{
  hx_occasion_add (span, (HxOccasion){ due, due - duty->before,
                                       due + duty->after, number, FALSE });
}

gboolean
hx_occasion_is_common (const HxDuty *duty)
{
  return duty->rule == HX_WHEN_EVERY || duty->rule == HX_WHEN_FESTIVAL;
}

static void
add_periods (const HxDuty *duty, HxSpan *span)
{
  HxDate first = hx_date_from_days (span->from);
  HxDate last = hx_date_from_days (span->until);

  for (int month = first.year * 12 + first.month - 1;
       month <= last.year * 12 + last.month - 1; month++)
    {
      const int opens = month - duty->months + 1;

      if ((month + 1) % duty->months != 0)
        continue;
      const gint64 due = hx_occasion_last (
          (HxDate){ (gint16)(month / 12), (gint8)(month % 12 + 1), 0 });
      hx_occasion_add (span, (HxOccasion){ due,
                                           hx_occasion_first ((HxDate){
                                               (gint16)(opens / 12),
                                               (gint8)(opens % 12 + 1), 0 }),
                                           due, 0, FALSE });
    }
}

/* 腊八 and 除夕 may lie in the year before their own. */
static void
add_festivals (const HxDuty *duty, HxSpan *span)
{
  const int first = hx_date_from_days (span->from).year;
  const int last = hx_date_from_days (span->until).year + 1;

  for (guint i = 0; i < duty->numbers->len; i++)
    for (int year = first; year <= last; year++)
      {
        const int festival = g_array_index (duty->numbers, int, i);
        HxDate date;

        if (hx_festival_date ((HxFestival)festival, year, &date))
          add_around (duty, span, hx_date_days (date), festival);
      }
}

void
hx_occasions_common (const HxDuty *duty, HxSpan *span)
{
  if (duty->rule == HX_WHEN_EVERY)
    add_periods (duty, span);
  else
    add_festivals (duty, span);
}

gboolean
hx_occasion_is_asked (const HxDuty *duty, int age)
{
  for (guint i = 0; i < duty->numbers->len; i++)
    if (g_array_index (duty->numbers, int, i) == age)
      return TRUE;
  return duty->numbers->len == 0 && age > 0;
}

static void
add_birthdays (const HxDuty *duty, HxDate birth, HxSpan *span)
{
  const int last = hx_date_from_days (span->until).year;

  for (int year = hx_date_from_days (span->from).year; year <= last; year++)
    {
      const int age = year - birth.year;
      const HxDate month = { (gint16)year, birth.month, 0 };
      HxDate day;

      if (birth.month == 0 || !hx_occasion_is_asked (duty, age))
        continue;
      if (hx_birthday_solar (birth, year, HX_LEAP_DAY_FEBRUARY_28, &day))
        add_around (duty, span, hx_date_days (day), age);
      else
        hx_occasion_add (span,
                         (HxOccasion){ hx_occasion_last (month),
                                       hx_occasion_first (month) - duty->before,
                                       hx_occasion_last (month) + duty->after,
                                       age, FALSE });
    }
}

static void
add_years (const HxDuty *duty, HxDate date, HxSpan *span)
{
  const int first = hx_date_from_days (span->from).year;
  const int last = MIN (hx_date_from_days (span->until).year, 9999);
  int times = MAX (duty->is_on_date ? 0 : 1, (first - date.year) / duty->years);

  for (; date.month != 0 && date.year + times * duty->years <= last; times++)
    {
      HxDate due
          = { (gint16)(date.year + times * duty->years), date.month, date.day };

      if (due.day == 0 || !hx_date_is_valid (due.year, due.month, due.day))
        due.day = (gint8)hx_date_days_in_month (due.year, due.month);
      add_around (duty, span, hx_date_days (due), 0);
    }
}

void
hx_occasions_of (const HxDuty *duty, HxDate date, HxSpan *span)
{
  const gint64 due = duty->rule == HX_WHEN_AFTER && date.year != 0
                         ? hx_occasion_last (date) + duty->after
                         : 0;

  if (date.year == 0)
    return;
  if (duty->rule == HX_WHEN_BIRTHDAY)
    add_birthdays (duty, date, span);
  else if (duty->rule == HX_WHEN_SINCE)
    add_years (duty, date, span);
  else
    hx_occasion_add (
        span, (HxOccasion){ due, hx_occasion_first (date), due, 0, FALSE });
}
