/* Birthdays by the lunar calendar, found day by day.  What day a day is in that
 * calendar is asked of the base room, which is held to published tables. */
#ifndef HX_DUTY_TEST_KEPT_H
#define HX_DUTY_TEST_KEPT_H

#include "base/base.h"
#include "day.h"

HxDate plain (Day day);
HxLunarDate lunar_of (Day day);
/* Is the day kept as the lunar birthday of one born on `birth`? */
gboolean is_kept (HxLunarDate birth, Day day);
/* The lunar year of birth: of the nearest such day. */
int lunar_year (HxLunarDate birth, Day papers);

#endif
