#include "plan/exact.h"

#include <string.h>

int
hx_exact_compare (HxExact a, HxExact b)
{
  const HxWide left = (HxWide)a.numerator * b.denominator;
  const HxWide right = (HxWide)b.numerator * a.denominator;

  return (left > right) - (left < right);
}

gboolean
hx_exact_reduce (HxWide numerator, HxWide denominator, HxExact *exact)
{
  const HxWide sign = denominator < 0 ? -1 : 1;
  HxWide divisor;

  if (denominator == 0)
    return FALSE;
  divisor = hx_wide_divisor (numerator, denominator);
  numerator = numerator * sign / divisor;
  denominator = denominator * sign / divisor;
  if (numerator > G_MAXINT64 || numerator < -G_MAXINT64
      || denominator > G_MAXINT64)
    return FALSE;
  *exact = (HxExact){ (gint64)numerator, (gint64)denominator, FALSE };
  return TRUE;
}

gboolean
hx_exact_divide (HxExact a, HxExact b, HxExact *quotient)
{
  return hx_exact_reduce ((HxWide)a.numerator * b.denominator,
                          (HxWide)a.denominator * b.numerator, quotient);
}

gboolean
hx_exact_deviation (HxExact a, HxExact b, HxExact *deviation)
{
  if (!hx_exact_divide (a, b, deviation))
    return FALSE;
  if (!hx_exact_reduce ((HxWide)deviation->numerator - deviation->denominator,
                        deviation->denominator, deviation))
    return FALSE;
  deviation->numerator = ABS (deviation->numerator);
  return TRUE;
}

char *
hx_exact_format (HxExact exact)
{
  gint64 units = 0;
  guint scale = 4;

  if (!hx_round_half_up (exact.numerator, exact.denominator, scale, &units))
    return g_strdup ("");
  while (scale > 0 && units % 10 == 0)
    {
      units /= 10;
      scale--;
    }
  return hx_decimal_format ((HxDecimal){ units, scale });
}
