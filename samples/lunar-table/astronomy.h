/* The table of lunar years, computed: what the files of this program share.
 *
 * A moment is a number of days since 2000-01-01 12:00 of Terrestrial Time
 * (J2000), as the theories of the Sun and the Moon count.  A civil day is a
 * number of days since 1970-01-01, as hx_date_days counts, at the meridian
 * that the calendar goes by. */
#ifndef HX_LUNAR_TABLE_ASTRONOMY_H
#define HX_LUNAR_TABLE_ASTRONOMY_H

#include <glib.h>

#define DAYS_IN_CENTURY 36525.0
#define SECONDS_IN_DAY 86400.0

/* sun.c: the moment nearest to `guess` at which the Sun's apparent longitude
 * is `degrees`: 15 for 清明, 270 for 冬至. */
double lunar_table_sun_reaches (double degrees, double guess);

/* moon.c: new moon number `count`, 0 being that of 2000-01-06. */
double lunar_table_new_moon (int count);

/* clock.c: the civil day, and how far into it the moment is. */
gint64 lunar_table_day (double moment);
double lunar_table_second_of_day (double moment);

/* calendar.c */

/* 1899 lacks the months before the winter solstice of 1898. */
#define FIRST_YEAR 1900
#define LAST_YEAR 2100

typedef struct
{
  gint64 first; /* civil day */
  int year;     /* the Gregorian year in which its first month begins */
  int number;   /* 1…12 */
  gboolean is_leap;
  int days;
} LunarMonth;

/* The months of the years FIRST_YEAR…LAST_YEAR in their order. */
GArray *lunar_table_months (void);
/* The day of April on which 清明 falls. */
int lunar_table_qingming (int year);
/* Each new moon, 中气 and 清明 less than `seconds` from a midnight of the
 * civil day, one a line: those on which an error could move a date. */
char *lunar_table_near_midnight (double seconds);

#endif
