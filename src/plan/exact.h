/* Comparing and dividing exact values.  Private to the room plan. */
#ifndef HX_PLAN_EXACT_H
#define HX_PLAN_EXACT_H

#include "base/base.h"
#include "base/wide.h"

/* <0, 0, >0. */
int hx_exact_compare (HxExact a, HxExact b);
/* In lowest terms; FALSE when it does not fit, or the denominator is 0. */
gboolean hx_exact_reduce (HxWide numerator, HxWide denominator, HxExact *exact);
/* a / b; FALSE when b is 0, or it does not fit. */
gboolean hx_exact_divide (HxExact a, HxExact b, HxExact *quotient);
/* |a − b| / |b|, likewise. */
gboolean hx_exact_deviation (HxExact a, HxExact b, HxExact *deviation);
/* "30", "2.5": a decimal without needless zeros; half up at four places. */
char *hx_exact_format (HxExact exact);

#endif
