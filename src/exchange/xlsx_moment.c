/* Dates and times of day: from serials, whose whole part counts days and whose
 * fraction is of a day, and from ISO 8601 text.  Rounded to the second, which
 * may move a serial just below midnight to the next day. */
#include "exchange/xlsx_internal.h"

#include <stdio.h>
#include <string.h>

#define SECONDS_IN_DAY 86400
#define SERIAL_DIGITS 8 /* 2958465 is 9999-12-31 */
#define FRACTION_DIGITS 12
#define FRACTION_UNIT G_GINT64_CONSTANT (1000000000000)

typedef struct
{
  gint64 days;
  gint64 seconds;
} Serial;

static gint64
digit_at (const HxNumber *number, int index)
{
  return index >= 0 && index < (int)number->n_digits
             ? number->digits[index] - '0'
             : 0;
}

static gboolean
split (const HxNumber *number, Serial *serial)
{
  gint64 fraction = 0;
  *serial = (Serial){ 0, 0 };
  if (number->negative || number->point > SERIAL_DIGITS)
    return FALSE;
  for (int i = 0; i < number->point; i++)
    serial->days = serial->days * 10 + digit_at (number, i);
  for (int i = 0; i < FRACTION_DIGITS; i++)
    fraction = fraction * 10 + digit_at (number, number->point + i);
  serial->seconds
      = (fraction * SECONDS_IN_DAY + FRACTION_UNIT / 2) / FRACTION_UNIT;
  return TRUE;
}

/* ---------------------------------------------------------------- printing */

static void
print_time (gint64 seconds, char *buffer)
{
  g_snprintf (buffer, HX_MOMENT_SIZE, "%02d:%02d:%02d", (int)(seconds / 3600),
              (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static void
print_moment (HxDate date, gint64 seconds, char *buffer)
{
  hx_date_format (date, buffer);
  if (seconds == 0)
    return;
  gsize length = strlen (buffer);
  buffer[length++] = ' ';
  print_time (seconds, buffer + length);
}

/* ----------------------------------------------------------------- serials */

static HxCellType
print_date (Serial serial, gboolean epoch_1904, char *buffer)
{
  HxDate date;
  serial.days += serial.seconds / SECONDS_IN_DAY;
  if (!hx_date_from_serial (serial.days, epoch_1904, &date))
    return HX_CELL_NUMBER;
  print_moment (date, serial.seconds % SECONDS_IN_DAY, buffer);
  return HX_CELL_DATE;
}

HxCellType
hx_number_moment (const HxNumber *number, HxFormatKind kind,
                  gboolean epoch_1904, char *buffer)
{
  Serial serial;
  if (kind == HX_FORMAT_NUMBER || !split (number, &serial))
    return HX_CELL_NUMBER;
  if (kind == HX_FORMAT_ELAPSED)
    print_time (serial.days * SECONDS_IN_DAY + serial.seconds, buffer);
  else if (kind == HX_FORMAT_TIME && serial.days == 0)
    print_time (serial.seconds % SECONDS_IN_DAY, buffer);
  else
    return print_date (serial, epoch_1904, buffer);
  return HX_CELL_TIME;
}

/* ---------------------------------------------------------------- ISO 8601 */

/* `count` digits and, unless it is 0, the mark before them. */
static gboolean
take_number (const char **text, char mark, guint count, int *number)
{
  const char *at = *text;
  *number = 0;
  if (mark != '\0' && *at++ != mark)
    return FALSE;
  for (guint i = 0; i < count; i++, at++)
    {
      if (!g_ascii_isdigit (*at))
        return FALSE;
      *number = *number * 10 + (*at - '0');
    }
  *text = at;
  return TRUE;
}

static gboolean
take_date (const char **text, HxDate *date)
{
  int year, month, day;
  if (!take_number (text, '\0', 4, &year) || !take_number (text, '-', 2, &month)
      || !take_number (text, '-', 2, &day)
      || !hx_date_is_valid (year, month, day))
    return FALSE;
  *date = (HxDate){ (gint16)year, (gint8)month, (gint8)day };
  return TRUE;
}

/* Tenths and less are dropped, as is the zone: a workbook's time is local. */
static gboolean
take_time (const char **text, gint64 *seconds)
{
  int hour, minute, second = 0, zone;
  if (!take_number (text, '\0', 2, &hour)
      || !take_number (text, ':', 2, &minute))
    return FALSE;
  if (**text == ':' && !take_number (text, ':', 2, &second))
    return FALSE;
  if (**text == '.')
    *text += 1 + strspn (*text + 1, "0123456789");
  if (**text == 'Z')
    (*text)++;
  else if ((**text == '+' || **text == '-')
           && (!take_number (text, **text, 2, &zone)
               || !take_number (text, ':', 2, &zone)))
    return FALSE;
  *seconds = (hour * 60 + minute) * 60 + second;
  return hour < 24 && minute < 60 && second < 60;
}

HxCellType
hx_iso_moment (const char *text, char *buffer)
{
  HxDate date;
  gint64 seconds = 0;
  const char *at = text + (*text == 'T');
  if (take_time (&at, &seconds) && *at == '\0')
    {
      print_time (seconds, buffer);
      return HX_CELL_TIME;
    }
  at = text;
  seconds = 0;
  if (!take_date (&at, &date))
    return HX_CELL_TEXT;
  if ((*at == 'T' || *at == ' ') && (at++, !take_time (&at, &seconds)))
    return HX_CELL_TEXT;
  if (*at != '\0')
    return HX_CELL_TEXT;
  print_moment (date, seconds, buffer);
  return HX_CELL_DATE;
}
