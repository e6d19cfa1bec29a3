/* age: how old somebody is on a day, and the bands of the yearly statistics.
 */
#ifndef HX_PEOPLE_AGE_H
#define HX_PEOPLE_AGE_H

#include "base/base.h"

G_BEGIN_DECLS

#define HX_AGE_UNKNOWN (-1)

/* Completed years on a whole date.  A date of birth without a day is taken on
 * the last day of its month, one without a month on the last day of its year,
 * as the duties take it; who was born on 29 February is a year older from
 * 28 February in common years.  HX_AGE_UNKNOWN for no date of birth and for a
 * day before it. */
int hx_age_on (HxDate birth, HxDate day);

G_END_DECLS

#endif
