/* Days counted by hand: nothing here is shared with the program. */
#ifndef HX_DUTY_TEST_DAY_H
#define HX_DUTY_TEST_DAY_H

#include <glib.h>

typedef struct
{
  int year, month, day; /* 0: not known; year 0: no date */
} Day;

gboolean day_is_leap (int year);
int day_month_days (int year, int month);
int day_number (Day day); /* 20230305 */
Day day_next (Day day);
Day day_previous (Day day);
Day day_moved (Day day, int days);
/* What a day without all its parts may mean. */
Day day_first_of (Day day);
Day day_last_of (Day day);
gboolean day_is_last_of_month (Day day);
/* Does a yearly date fall on this day?  29 February on the 28th in common
 * years, a month alone on its last day. */
gboolean day_is_yearly (Day date, Day day);

#endif
