#include "base/base_internal.h"

#include <string.h>

typedef enum
{
  READING_DONE,
  READING_NO_NUMBER,
  READING_TOO_PRECISE,
  READING_TOO_LARGE,
} Reading;

typedef struct
{
  gboolean negative;
  const char *whole; /* with separators */
  gsize whole_length;
  const char *fraction; /* without trailing zeros beyond the scale */
  gsize fraction_length;
} Parts;

gint64
hx_power_of_ten (guint exponent)
{
  gint64 power = 1;

  while (exponent-- > 0)
    power *= 10;
  return power;
}

void
hx_append_integer (GString *out, gint64 number)
{
  char digits[20];
  gsize at = sizeof digits;
  guint64 rest = number < 0 ? -(guint64)number : (guint64)number;

  do
    digits[--at] = (char)('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (number < 0)
    g_string_append_c (out, '-');
  g_string_append_len (out, digits + at, (gssize)(sizeof digits - at));
}

guint
hx_scan_digits (const char *text, guint most, int *value)
{
  guint count = 0;

  *value = 0;
  while (count < most && g_ascii_isdigit (text[count]))
    *value = *value * 10 + (text[count++] - '0');
  return count;
}

/* 1,234,567: one to three digits, then threes. */
static gboolean
groups_are_sound (const char *text, gsize length)
{
  gsize digits = 0;
  gboolean grouped = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != ',')
        {
          digits++;
          continue;
        }
      if (digits == 0 || digits > 3 || (grouped && digits != 3))
        return FALSE;
      grouped = TRUE;
      digits = 0;
    }
  return digits > 0 && (!grouped || digits == 3);
}

static gboolean
split (const char *text, Parts *parts)
{
  parts->negative = *text == '-';
  if (*text == '-' || *text == '+')
    text++;
  parts->whole = text;
  parts->whole_length = strspn (text, "0123456789,");
  text += parts->whole_length;
  parts->fraction = text;
  parts->fraction_length = 0;
  if (*text == '.')
    {
      parts->fraction = ++text;
      parts->fraction_length = strspn (text, "0123456789");
      text += parts->fraction_length;
      if (parts->fraction_length == 0)
        return FALSE;
    }
  return *text == '\0' && groups_are_sound (parts->whole, parts->whole_length);
}

static gboolean
add_digits (const char *digits, gsize length, gint64 *units)
{
  for (gsize i = 0; i < length; i++)
    {
      if (digits[i] == ',')
        continue;
      if (__builtin_mul_overflow (*units, (gint64)10, units)
          || __builtin_add_overflow (*units, (gint64)(digits[i] - '0'), units))
        return FALSE;
    }
  return TRUE;
}

static Reading
read_decimal (const char *text, guint max_scale, HxDecimal *decimal)
{
  char plain[HX_SHORT_TEXT_SIZE];
  Parts parts;
  gint64 units = 0;

  if (!hx_text_normalise_short (text, plain, sizeof plain)
      || !split (plain, &parts))
    return READING_NO_NUMBER;
  while (parts.fraction_length > max_scale
         && parts.fraction[parts.fraction_length - 1] == '0')
    parts.fraction_length--;
  if (parts.fraction_length > max_scale)
    return READING_TOO_PRECISE;
  if (!add_digits (parts.whole, parts.whole_length, &units)
      || !add_digits (parts.fraction, parts.fraction_length, &units))
    return READING_TOO_LARGE;
  decimal->units = parts.negative ? -units : units;
  decimal->scale = (guint)parts.fraction_length;
  return READING_DONE;
}

gboolean
hx_decimal_parse (const char *text, guint max_scale, HxDecimal *decimal,
                  GError **error)
{
  g_autofree char *excerpt = NULL;
  Reading reading;

  max_scale = MIN (max_scale, HX_DECIMAL_SCALE_MAX);
  reading = read_decimal (text, max_scale, decimal);
  if (reading == READING_DONE)
    return TRUE;
  excerpt = hx_excerpt (text);
  if (reading == READING_TOO_PRECISE)
    return hx_failf (error, HX_ERROR_DATA, _ ("“%s”的小数多于 %u 位"), excerpt,
                     max_scale);
  if (reading == READING_TOO_LARGE)
    return hx_failf (error, HX_ERROR_LIMIT, _ ("“%s”太大"), excerpt);
  return hx_failf (error, HX_ERROR_DATA,
                   _ ("“%s”不是数字: 请只写数字，如 1234.50"), excerpt);
}

gboolean
hx_decimal_rescale (HxDecimal *decimal, guint scale)
{
  gint64 factor, units;

  if (scale > HX_DECIMAL_SCALE_MAX || decimal->scale > HX_DECIMAL_SCALE_MAX)
    return FALSE;
  if (scale >= decimal->scale)
    {
      factor = hx_power_of_ten (scale - decimal->scale);
      if (__builtin_mul_overflow (decimal->units, factor, &units))
        return FALSE;
    }
  else
    {
      factor = hx_power_of_ten (decimal->scale - scale);
      if (decimal->units % factor != 0)
        return FALSE;
      units = decimal->units / factor;
    }
  decimal->units = units;
  decimal->scale = scale;
  return TRUE;
}

char *
hx_decimal_format (HxDecimal decimal)
{
  guint scale = MIN (decimal.scale, HX_DECIMAL_SCALE_MAX);
  GString *text = g_string_sized_new (24);
  gsize sign = decimal.units < 0;

  hx_append_integer (text, decimal.units);
  while (text->len - sign <= scale)
    g_string_insert_c (text, (gssize)sign, '0');
  if (scale > 0)
    g_string_insert_c (text, (gssize)(text->len - scale), '.');
  return g_string_free (text, FALSE);
}

static HxWide
widest (HxDecimal decimal)
{
  guint scale = MIN (decimal.scale, HX_DECIMAL_SCALE_MAX);

  return (HxWide)decimal.units * hx_power_of_ten (HX_DECIMAL_SCALE_MAX - scale);
}

int
hx_decimal_compare (HxDecimal a, HxDecimal b)
{
  HxWide left = widest (a), right = widest (b);

  return (left > right) - (left < right);
}

gboolean
hx_round_half_up (gint64 numerator, gint64 denominator, guint scale,
                  gint64 *result)
{
  gboolean negative = (numerator < 0) != (denominator < 0);
  HxWide above = numerator, below = denominator, quotient;

  if (denominator == 0 || scale > 18)
    return FALSE;
  above = (above < 0 ? -above : above) * hx_power_of_ten (scale);
  below = below < 0 ? -below : below;
  quotient = above / below;
  if (above % below * 2 >= below)
    quotient++;
  if (quotient > (HxWide)G_MAXINT64 + negative)
    return FALSE;
  *result = (gint64)(negative ? -quotient : quotient);
  return TRUE;
}
