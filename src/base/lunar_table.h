/* The lunar years 1900 to 2100, one word each, private to this room:
 *
 *   bits 0–12   bit i is set if the month at place i has 30 days, else 29;
 *               a leap month stands behind the month whose number it bears
 *   bits 13–16  the number of the leap month, 0 if the year has none
 *   bits 17–22  days from 20 January to the first day of the lunar year
 *   bits 23–24  days from 4 April to 清明 in the Gregorian year
 *
 * The words are computed by samples/lunar-table, which names its sources. */
#ifndef HX_BASE_LUNAR_TABLE_H
#define HX_BASE_LUNAR_TABLE_H

#include <glib.h>

#define HX_LUNAR_FIRST_YEAR 1900
#define HX_LUNAR_LAST_YEAR 2100
#define HX_LUNAR_YEARS (HX_LUNAR_LAST_YEAR - HX_LUNAR_FIRST_YEAR + 1)

#define HX_LUNAR_LEAP_SHIFT 13
#define HX_LUNAR_FIRST_SHIFT 17
#define HX_LUNAR_QINGMING_SHIFT 23

extern const guint32 hx_lunar_years[HX_LUNAR_YEARS];

#endif
