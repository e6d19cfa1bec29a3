/* From the even time of the theories to the day on a calendar in Beijing.
 *
 * Terrestrial Time runs ahead of Universal Time by a difference that the
 * turning of the Earth decides: observed to 2025, and drawn on from there to
 * about 93 s in 2100, which nobody can know to half a minute so far ahead.
 * Three new moons to come are close enough to midnight for that: 2057-09-29
 * (29 s after it), 2089-09-04 (54 s before the next) and 2097-08-08 (85 s
 * after it).
 *
 * Since 1929 the calendar goes by 120° east (GB/T 33661-2017); before that it
 * went by the meridian of Beijing, 116°25′ east. */
#include "astronomy.h"

#include "base/base.h"

#include <math.h>

#define SECONDS_EAST 28800.0
#define SECONDS_BEIJING 27940.0
#define J2000_DAY 10957.5

typedef struct
{
  double year;
  double seconds;
} Difference;

static const Difference differences[] = {
  { 1895, -6.47 }, { 1900, -2.79 }, { 1905, 3.92 },  { 1910, 10.46 },
  { 1915, 17.20 }, { 1920, 21.16 }, { 1925, 23.62 }, { 1930, 24.02 },
  { 1935, 23.93 }, { 1940, 24.33 }, { 1945, 26.77 }, { 1950, 29.15 },
  { 1955, 31.07 }, { 1960, 33.15 }, { 1965, 35.73 }, { 1970, 40.18 },
  { 1975, 45.48 }, { 1980, 50.54 }, { 1985, 54.34 }, { 1990, 56.86 },
  { 1995, 60.79 }, { 2000, 63.83 }, { 2005, 64.69 }, { 2010, 66.07 },
  { 2015, 67.64 }, { 2020, 69.36 }, { 2025, 69.14 }, { 2050, 75.0 },
  { 2075, 83.0 },  { 2105, 95.0 },
};

static double
difference_at (double moment)
{
  double year = 2000.0 + moment / (DAYS_IN_CENTURY / 100.0);
  gsize i = 1;

  while (i < G_N_ELEMENTS (differences) - 1 && differences[i].year < year)
    i++;
  return differences[i - 1].seconds
         + (differences[i].seconds - differences[i - 1].seconds)
               * (year - differences[i - 1].year)
               / (differences[i].year - differences[i - 1].year);
}

/* Days since 1970-01-01 with their fraction. */
static double
civil_time (double moment)
{
  static const HxDate change = { 1929, 1, 1 };
  double universal
      = moment + J2000_DAY - difference_at (moment) / SECONDS_IN_DAY;
  double east = universal + SECONDS_EAST / SECONDS_IN_DAY;

  if (east >= (double)hx_date_days (change))
    return east;
  return universal + SECONDS_BEIJING / SECONDS_IN_DAY;
}

gint64
lunar_table_day (double moment)
{
  return (gint64)floor (civil_time (moment));
}

double
lunar_table_second_of_day (double moment)
{
  double time = civil_time (moment);

  return (time - floor (time)) * SECONDS_IN_DAY;
}
