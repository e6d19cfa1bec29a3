/* Days on which work is done.
 *
 *   weekdays: [monday, tuesday, wednesday, thursday, friday]
 *   festivals: {spring: 7}         # days from the festival on
 *   closed: [01-01, 2026-02-15..2026-02-23]
 *   open: [2026-02-14]             # worked all the same
 *
 * Ownership: as everything of the catalogue.
 */
#ifndef HX_CATALOGUE_DAYS_H
#define HX_CATALOGUE_DAYS_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef struct
{
  guint weekdays;        /* bit 0: Monday */
  GArray *festivals;     /* HxFestivalSpan */
  GArray *closed, *open; /* HxDaySpan */
} HxWorkingDays;

/* Monday is 0. */
guint hx_day_weekday (HxDate date);
gboolean hx_day_in_spans (const GArray *spans, HxDate date);
/* Also of a festival of the year before that reaches into this one. */
gboolean hx_day_is_festive (const GArray *festivals, HxDate date);

/* What is `open` is worked whatever else is said of it; then come closed days,
 * festivals, and the days of the week. */
gboolean hx_day_is_worked (const HxWorkingDays *days, HxDate date);
/* The `count`th working day after a date, which itself does not count; the
 * date itself for 0.  At least one day of the week is worked. */
HxDate hx_day_after (const HxWorkingDays *days, HxDate date, guint count);

G_END_DECLS

#endif
