#include "score/fraction.h"

/* Its negation does not fit; nothing that is kept is so low. */
#define WIDE_LEAST (-((((HxWide)1 << 126) - 1) * 2 + 1) - 1)

static const HxFraction no_number = { 0, 0 };

static HxWide
wide_abs (HxWide number)
{
  return number < 0 ? -number : number;
}

static HxFraction
reduce (HxWide numerator, HxWide denominator)
{
  const HxWide common = hx_wide_divisor (numerator, denominator);

  if (denominator == 0)
    return no_number;
  if (denominator < 0)
    return (HxFraction){ -numerator / common, -denominator / common };
  return (HxFraction){ numerator / common, denominator / common };
}

HxFraction
hx_fraction (gint64 numerator, gint64 denominator)
{
  return reduce (numerator, denominator);
}

HxFraction
hx_fraction_of_decimal (HxDecimal decimal)
{
  HxWide power = 1;

  for (guint i = 0; i < decimal.scale; i++)
    power *= 10;
  return reduce (decimal.units, power);
}

HxFraction
hx_fraction_of_exact (HxExact exact)
{
  return reduce (exact.numerator, exact.denominator);
}

gboolean
hx_fraction_is_number (HxFraction fraction)
{
  return fraction.denominator != 0;
}

static gboolean
both_are_numbers (HxFraction a, HxFraction b)
{
  return a.denominator != 0 && b.denominator != 0;
}

HxFraction
hx_fraction_add (HxFraction a, HxFraction b)
{
  HxWide common, left, right, sum, denominator;

  if (!both_are_numbers (a, b))
    return no_number;
  common = hx_wide_divisor (a.denominator, b.denominator);
  if (__builtin_mul_overflow (a.numerator, b.denominator / common, &left)
      || __builtin_mul_overflow (b.numerator, a.denominator / common, &right)
      || __builtin_add_overflow (left, right, &sum)
      || __builtin_mul_overflow (a.denominator, b.denominator / common,
                                 &denominator)
      || sum == WIDE_LEAST)
    return no_number;
  return reduce (sum, denominator);
}

HxFraction
hx_fraction_subtract (HxFraction a, HxFraction b)
{
  b.numerator = -b.numerator;
  return hx_fraction_add (a, b);
}

HxFraction
hx_fraction_multiply (HxFraction a, HxFraction b)
{
  HxWide first, second, numerator, denominator;

  if (!both_are_numbers (a, b))
    return no_number;
  first = MAX (hx_wide_divisor (a.numerator, b.denominator), 1);
  second = MAX (hx_wide_divisor (b.numerator, a.denominator), 1);
  if (__builtin_mul_overflow (a.numerator / first, b.numerator / second,
                              &numerator)
      || __builtin_mul_overflow (a.denominator / second, b.denominator / first,
                                 &denominator)
      || numerator == WIDE_LEAST)
    return no_number;
  return reduce (numerator, denominator);
}

HxFraction
hx_fraction_divide (HxFraction a, HxFraction b)
{
  const HxFraction turned = { b.denominator, b.numerator };

  if (b.numerator == 0 || !both_are_numbers (a, b))
    return no_number;
  return hx_fraction_multiply (
      a, b.numerator > 0
             ? turned
             : (HxFraction){ -turned.numerator, -turned.denominator });
}

static HxWide
whole_part (HxFraction fraction)
{
  const HxWide whole = fraction.numerator / fraction.denominator;

  return fraction.numerator % fraction.denominator < 0 ? whole - 1 : whole;
}

HxFraction
hx_fraction_floor (HxFraction fraction)
{
  if (fraction.denominator == 0)
    return no_number;
  return (HxFraction){ whole_part (fraction), 1 };
}

/* By the digits of both in turn, as long division gives them: nothing is
 * multiplied, so nothing overflows. */
int
hx_fraction_compare (HxFraction a, HxFraction b)
{
  int sign = 1;

  if (!both_are_numbers (a, b))
    return (a.denominator != 0) - (b.denominator != 0);
  for (;;)
    {
      const HxWide one = whole_part (a), other = whole_part (b);

      if (one != other)
        return one < other ? -sign : sign;
      a.numerator -= one * a.denominator;
      b.numerator -= other * b.denominator;
      if (a.numerator == 0 || b.numerator == 0)
        return ((a.numerator != 0) - (b.numerator != 0)) * sign;
      a = (HxFraction){ a.denominator, a.numerator };
      b = (HxFraction){ b.denominator, b.numerator };
      sign = -sign;
    }
}

HxFraction
hx_fraction_least (HxFraction a, HxFraction b)
{
  return hx_fraction_compare (a, b) <= 0 ? a : b;
}

HxFraction
hx_fraction_most (HxFraction a, HxFraction b)
{
  return hx_fraction_compare (a, b) >= 0 ? a : b;
}

gboolean
hx_fraction_round (HxFraction fraction, guint decimals, gint64 *units)
{
  HxWide scaled = fraction.numerator, rest;

  if (fraction.denominator == 0)
    return FALSE;
  for (guint i = 0; i < decimals; i++)
    if (__builtin_mul_overflow (scaled, (HxWide)10, &scaled))
      return FALSE;
  rest = wide_abs (scaled % fraction.denominator);
  scaled /= fraction.denominator;
  if (rest >= fraction.denominator - rest)
    scaled += fraction.numerator < 0 ? -1 : 1;
  if (scaled > G_MAXINT64 || scaled < -G_MAXINT64)
    return FALSE;
  *units = (gint64)scaled;
  return TRUE;
}

char *
hx_fraction_format (HxFraction fraction, guint decimals, gboolean short_form)
{
  HxDecimal decimal = { 0, decimals };

  if (!hx_fraction_round (fraction, decimals, &decimal.units))
    return g_strdup ("—");
  while (short_form && decimal.scale > 0 && decimal.units % 10 == 0)
    {
      decimal.units /= 10;
      decimal.scale--;
    }
  return hx_decimal_format (decimal);
}
