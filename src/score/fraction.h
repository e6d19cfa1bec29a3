/* fraction: exact numbers for scores.
 *
 * A fraction is kept in lowest terms with a denominator above 0.  What does not
 * fit 128 bits, and a division by 0, is no number (denominator 0); whatever is
 * made of it is none either, so that a whole calculation is asked once, at its
 * end.  No floating point.  Pure: any thread.
 */
#ifndef HX_SCORE_FRACTION_H
#define HX_SCORE_FRACTION_H

#include "base/base.h"
#include "base/wide.h"

G_BEGIN_DECLS

typedef struct
{
  HxWide numerator, denominator;
} HxFraction;

HxFraction hx_fraction (gint64 numerator, gint64 denominator);
HxFraction hx_fraction_of_decimal (HxDecimal decimal);
HxFraction hx_fraction_of_exact (HxExact exact);
gboolean hx_fraction_is_number (HxFraction fraction);

HxFraction hx_fraction_add (HxFraction a, HxFraction b);
HxFraction hx_fraction_subtract (HxFraction a, HxFraction b);
HxFraction hx_fraction_multiply (HxFraction a, HxFraction b);
HxFraction hx_fraction_divide (HxFraction a, HxFraction b);
/* The largest whole number that is not above it. */
HxFraction hx_fraction_floor (HxFraction fraction);
/* <0, 0, >0, exact for all numbers; no number is below every other. */
int hx_fraction_compare (HxFraction a, HxFraction b);
HxFraction hx_fraction_least (HxFraction a, HxFraction b);
HxFraction hx_fraction_most (HxFraction a, HxFraction b);

/* Units of 10^-decimals, half away from zero (四舍五入); FALSE when it is no
 * number or does not fit. */
gboolean hx_fraction_round (HxFraction fraction, guint decimals, gint64 *units);
/* "9.51" rounded so; trailing zeros go when `short_form`.  "—" for what is no
 * number.  The caller's. */
char *hx_fraction_format (HxFraction fraction, guint decimals,
                          gboolean short_form);

G_END_DECLS

#endif
