/* Birthdays by the lunar calendar.  What people remember is the lunar day; the
 * year is seldom said and the date in the papers may be the solar day, or the
 * lunar one written as if it were solar.  So the lunar year of birth is the one
 * whose such day lies nearest to the date in the papers. */
#include "duty/duty_internal.h"

static gboolean
find_year (HxDate birth, HxLunarDate *lunar)
{
  const gint64 first = hx_occasion_first (birth);
  const gint64 middle = first + (hx_occasion_last (birth) - first) / 2;
  gint64 nearest = G_MAXINT64;

  for (int year = birth.year - 1; year <= birth.year + 1; year++)
    {
      HxDate days[HX_BIRTHDAYS_MAX];
      const guint n = hx_birthday_lunar (*lunar, year, days);

      for (guint i = 0; i < n; i++)
        {
          const gint64 away = ABS (hx_date_days (days[i]) - middle);
          HxLunarDate found;

          if (away >= nearest || !hx_lunar_from_date (days[i], &found, NULL))
            continue;
          nearest = away;
          lunar->year = found.year;
        }
    }
  return nearest != G_MAXINT64;
}

static gboolean
find_birth (HxDate birth, const char *day, HxLunarDate *lunar)
{
  if (day != NULL && hx_lunar_parse (day, birth.year, lunar, NULL))
    return lunar->year != 0 || find_year (birth, lunar);
  return birth.day != 0 && hx_lunar_from_date (birth, lunar, NULL);
}

static void
add_year (const HxDuty *duty, HxLunarDate birth, int year, HxSpan *span)
{
  HxDate days[HX_BIRTHDAYS_MAX];
  const guint n = hx_birthday_lunar (birth, year, days);

  for (guint i = 0; i < n; i++)
    {
      const gint64 due = hx_date_days (days[i]);
      HxLunarDate kept;

      if (!hx_lunar_from_date (days[i], &kept, NULL)
          || !hx_occasion_is_asked (duty, kept.year - birth.year))
        continue;
      hx_occasion_add (span,
                       (HxOccasion){ due, due - duty->before, due + duty->after,
                                     kept.year - birth.year, TRUE });
    }
}

gboolean
hx_occasions_lunar (const HxDuty *duty, HxDate birth, const char *day,
                    HxSpan *span)
{
  const int last = hx_date_from_days (span->until).year;
  HxLunarDate lunar;

  if (birth.year == 0 || !find_birth (birth, day, &lunar))
    return FALSE;
  for (int year = hx_date_from_days (span->from).year; year <= last; year++)
    add_year (duty, lunar, year, span);
  return TRUE;
}
