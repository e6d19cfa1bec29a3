/* Numbers as a workbook keeps them: decimal text of a binary number.
 *
 * "1486.5499999999999" is what comes of 1486.55 on its way through binary; the
 * programs show and mean 15 digits, so fractions are brought back to 15.  A
 * whole number is left as it is written: past 15 digits it is not what was
 * typed, and no rounding brings that back, so it is marked instead.
 *
 * Nothing here is computed in binary fractions.
 */
#include "exchange/xlsx_internal.h"

#include <string.h>

#define DIGITS_SHOWN 15
#define EXPONENT_DIGITS 4

/* ------------------------------------------------------------------- parse */

/* Digits of one side of the point; FALSE when there are too many. */
static gboolean
take_digits (HxNumber *number, const char **text, gboolean whole)
{
  for (; g_ascii_isdigit (**text); (*text)++)
    {
      if (number->n_digits == 0 && **text == '0')
        {
          number->point -= !whole;
          continue;
        }
      if (number->n_digits == HX_NUMBER_DIGITS)
        return FALSE;
      number->digits[number->n_digits++] = **text;
      number->point += whole;
    }
  return TRUE;
}

static gboolean
take_exponent (HxNumber *number, const char **text)
{
  int exponent = 0;
  if (**text != 'e' && **text != 'E')
    return TRUE;
  (*text)++;
  const gboolean negative = **text == '-';
  *text += negative || **text == '+';
  const char *begun = *text;
  for (; g_ascii_isdigit (**text); (*text)++)
    {
      if (*text - begun == EXPONENT_DIGITS)
        return FALSE;
      exponent = exponent * 10 + (**text - '0');
    }
  number->point += negative ? -exponent : exponent;
  return *text > begun;
}

static void
drop_zeros (HxNumber *number)
{
  while (number->n_digits > 0 && number->digits[number->n_digits - 1] == '0')
    number->n_digits--;
  number->digits[number->n_digits] = '\0';
  if (number->n_digits == 0)
    {
      number->point = 0;
      number->negative = FALSE;
    }
}

gboolean
hx_number_parse (HxNumber *number, const char *text)
{
  number->n_digits = 0;
  number->point = 0;
  number->negative = *text == '-';
  text += number->negative || *text == '+';
  const char *begun = text;
  if (!take_digits (number, &text, TRUE))
    return FALSE;
  const gboolean point = *text == '.';
  text += point;
  if (point && !take_digits (number, &text, FALSE))
    return FALSE;
  if (text - begun == point || !take_exponent (number, &text) || *text != '\0')
    return FALSE;
  drop_zeros (number);
  return number->point <= HX_NUMBER_DIGITS
         && number->point >= -HX_NUMBER_DIGITS;
}

/* ------------------------------------------------------------------- round */

static gboolean
is_whole (const HxNumber *number)
{
  return number->point >= (int)number->n_digits;
}

void
hx_number_round (HxNumber *number)
{
  if (is_whole (number) || number->n_digits <= DIGITS_SHOWN)
    return;
  const gboolean up = number->digits[DIGITS_SHOWN] >= '5';
  guint last = DIGITS_SHOWN;
  while (up && last > 0 && number->digits[last - 1] == '9')
    last--;
  number->n_digits = last;
  if (up && last > 0)
    number->digits[last - 1]++;
  else if (up)
    {
      number->digits[number->n_digits++] = '1';
      number->point++;
    }
  drop_zeros (number);
}

gboolean
hx_number_is_lossy (const HxNumber *number)
{
  return is_whole (number) && number->point > DIGITS_SHOWN;
}

/* ------------------------------------------------------------------ format */

static char *
append_zeros (char *at, int count)
{
  if (count <= 0)
    return at;
  memset (at, '0', (gsize)count);
  return at + count;
}

static char *
append_digits (char *at, const HxNumber *number, guint from, guint to)
{
  memcpy (at, number->digits + from, to - from);
  return at + (to - from);
}

void
hx_number_format (const HxNumber *number, char *buffer)
{
  char *at = buffer;
  const guint whole = (guint)CLAMP (number->point, 0, (int)number->n_digits);
  if (number->negative)
    *at++ = '-';
  at = append_digits (at, number, 0, whole);
  at = append_zeros (at, number->point - (int)number->n_digits);
  if (number->point <= 0)
    *at++ = '0';
  if (!is_whole (number))
    {
      *at++ = '.';
      at = append_zeros (at, -number->point);
      at = append_digits (at, number, whole, number->n_digits);
    }
  *at = '\0';
}
