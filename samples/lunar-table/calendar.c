/* Months by the rules of GB/T 33661-2017: a month begins on the day of the new
 * moon; the winter solstice (冬至) lies in month 11; where thirteen months lie
 * between two such months, the first of them in which the Sun enters no
 * twelfth of its circle (no 中气) is the leap month and bears the number of
 * the one before it.
 *
 * Where almanacs and published tables agree against the computation, they are
 * followed: it is by them that people live. */
#include "astronomy.h"

#include "base/base.h"

#define SOLSTICE 270.0
#define QINGMING 15.0
#define TWELFTH 30.0
/* 2000-01-01 lies this far into the circle of the Sun. */
#define LONGITUDE_OF_2000 280.0
/* New moons of 1897 and of 2103, and the Sun's twelfths in between. */
#define FIRST_MOON (-1275)
#define LAST_MOON 1285
#define FIRST_TWELFTH (-1230)
#define LAST_TWELFTH 1240

static double
year_begins (int year)
{
  return (year - 2000) * DAYS_IN_CENTURY / 100.0;
}

static double
solar_term (int year, double degrees)
{
  double days = (degrees - LONGITUDE_OF_2000) * DAYS_IN_CENTURY / 36000.0;

  if (days < 0)
    days += DAYS_IN_CENTURY / 100.0;
  return lunar_table_sun_reaches (degrees, year_begins (year) + days);
}

/* The count-th moment since 2000 at which the Sun enters a twelfth. */
static double
twelfth (int count)
{
  double degrees = 300.0 + TWELFTH * count;

  return lunar_table_sun_reaches (degrees, (degrees - LONGITUDE_OF_2000)
                                               * DAYS_IN_CENTURY / 36000.0);
}

int
lunar_table_qingming (int year)
{
  return hx_date_from_days (lunar_table_day (solar_term (year, QINGMING))).day;
}

/* ------------------------------------------------------------------ months */

typedef struct
{
  GArray *moons;    /* of gint64: the first days of months */
  GArray *twelfths; /* of gint64: the days of 中气 */
  GArray *months;   /* of LunarMonth */
} Calendar;

static guint
last_until (const GArray *days, gint64 day)
{
  guint i = 0;

  while (g_array_index (days, gint64, i + 1) <= day)
    i++;
  return i;
}

/* The index of the new moon that opens the month 11 of `year`. */
static guint
month_eleven (const Calendar *calendar, int year)
{
  return last_until (calendar->moons,
                     lunar_table_day (solar_term (year, SOLSTICE)));
}

static gboolean
has_twelfth (const Calendar *calendar, guint moon)
{
  gint64 next = g_array_index (calendar->moons, gint64, moon + 1);
  guint last = last_until (calendar->twelfths, next - 1);

  return g_array_index (calendar->twelfths, gint64, last)
         >= g_array_index (calendar->moons, gint64, moon);
}

/* The index of the leap month between two months 11; `end` if there is none. */
static guint
find_leap (const Calendar *calendar, guint start, guint end)
{
  guint i = start + 1;

  if (end - start == 12)
    return end;
  while (i < end && has_twelfth (calendar, i))
    i++;
  return i;
}

/* From the month 11 of the year before to that of `year`. */
static void
add_months (Calendar *calendar, int year)
{
  guint start = month_eleven (calendar, year - 1);
  guint end = month_eleven (calendar, year);
  guint leap = find_leap (calendar, start, end);
  int number = 10;

  for (guint i = start; i < end; i++)
    {
      gint64 first = g_array_index (calendar->moons, gint64, i);
      gint64 next = g_array_index (calendar->moons, gint64, i + 1);
      LunarMonth month = { first, year, 0, i == leap, (int)(next - first) };

      if (!month.is_leap)
        number = number % 12 + 1;
      month.number = number;
      if (number > 10 && i < start + 3)
        month.year = year - 1;
      if (month.year >= FIRST_YEAR && month.year <= LAST_YEAR)
        g_array_append_val (calendar->months, month);
    }
}

static GArray *
days_of (double (*moment) (int), int first, int last)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (int count = first; count <= last; count++)
    {
      gint64 day = lunar_table_day (moment (count));

      g_array_append_val (days, day);
    }
  return days;
}

/* The almanac of 1906, still reckoned by the older theory of the Qing, has the
 * new moon of 23:52 by the clock of Beijing a day later.  The tables published
 * for 2097 reckon with an Earth slower by 100 s than is now expected, and have
 * that of 85 s after midnight a day earlier. */
static const struct
{
  HxDate computed;
  int later;
} published[] = { { { 1906, 4, 23 }, 1 }, { { 2097, 8, 8 }, -1 } };

static void
follow_published (GArray *moons)
{
  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    {
      gint64 computed = hx_date_days (published[i].computed);
      guint moon = last_until (moons, computed);

      g_array_index (moons, gint64, moon) = computed + published[i].later;
    }
}

GArray *
lunar_table_months (void)
{
  g_autoptr (GArray) moons
      = days_of (lunar_table_new_moon, FIRST_MOON, LAST_MOON);
  g_autoptr (GArray) twelfths = days_of (twelfth, FIRST_TWELFTH, LAST_TWELFTH);
  Calendar calendar
      = { moons, twelfths, g_array_new (FALSE, FALSE, sizeof (LunarMonth)) };

  follow_published (moons);
  for (int year = FIRST_YEAR; year <= LAST_YEAR + 1; year++)
    add_months (&calendar, year);
  return calendar.months;
}

/* ----------------------------------------------------------- near midnight */

static void
note_if_near (GString *out, double seconds, const char *name, double moment)
{
  double second = lunar_table_second_of_day (moment);
  char date[HX_DATE_TEXT_SIZE];

  if (second > SECONDS_IN_DAY / 2)
    second -= SECONDS_IN_DAY;
  if (ABS (second) >= seconds)
    return;
  hx_date_format (hx_date_from_days (lunar_table_day (moment)), date);
  g_string_append_printf (out, "%s %+6.0f s %s\n", date, second, name);
}

char *
lunar_table_near_midnight (double seconds)
{
  GString *out = g_string_new (NULL);

  for (int count = FIRST_MOON; count <= LAST_MOON; count++)
    note_if_near (out, seconds, "new moon", lunar_table_new_moon (count));
  for (int count = FIRST_TWELFTH; count <= LAST_TWELFTH; count++)
    note_if_near (out, seconds, "twelfth", twelfth (count));
  for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
    note_if_near (out, seconds, "qingming", solar_term (year, QINGMING));
  return g_string_free (out, FALSE);
}
