#include "check/review_scan.h"

#include <string.h>

#define SCALE_MAX 4
#define NUMBER_MAX 40  /* bytes */
#define CLAUSE_MAX 180 /* bytes on a side */

gboolean
hx_scan_is_digit (gunichar character)
{
  return (character >= '0' && character <= '9')
         || (character >= 0xFF10 && character <= 0xFF19);
}

gboolean
hx_scan_is_numeral (gunichar character)
{
  return character != 0
         && g_utf8_strchr ("〇零一二两三四五六七八九十百千万亿", -1, character)
                != NULL;
}

gunichar
hx_scan_before (const char *text, gsize at)
{
  return at == 0 ? 0 : g_utf8_get_char (g_utf8_prev_char (text + at));
}

static gboolean
is_inside (gunichar character)
{
  return character == '.' || character == ',' || character == 0xFF0E
         || character == 0xFF0C;
}

/* A comma parts thousands only where a digit follows it. */
static gsize
number_end (const char *text, gsize from)
{
  const char *p = text + from;

  while ((gsize)(p - text) <= from + NUMBER_MAX
         && (hx_scan_is_digit (g_utf8_get_char (p))
             || (p > text + from && is_inside (g_utf8_get_char (p))
                 && hx_scan_is_digit (g_utf8_get_char (hx_text_next (p))))))
    p = hx_text_next (p);
  return (gsize)(p - text);
}

gsize
hx_scan_number (const char *text, gsize from, HxDecimal *value)
{
  gsize end = number_end (text, from);
  g_autofree char *digits = NULL;
  g_autofree char *plain = NULL;

  if (end == from || end - from > NUMBER_MAX)
    return from;
  digits = g_strndup (text + from, end - from);
  plain = hx_text_normalise (digits);
  return hx_decimal_parse (plain, SCALE_MAX, value, NULL) ? end : from;
}

int
hx_scan_small (const char *text, gsize from, gsize *end)
{
  const char *p = text + from;
  g_autofree char *word = NULL;
  g_autofree char *plain = NULL;
  gint64 number = 0;

  while ((gsize)(p - text) <= from + NUMBER_MAX
         && (hx_scan_is_digit (g_utf8_get_char (p))
             || hx_scan_is_numeral (g_utf8_get_char (p))))
    p = hx_text_next (p);
  *end = (gsize)(p - text);
  if (*end == from || *end - from > NUMBER_MAX)
    return 0;
  word = g_strndup (text + from, *end - from);
  plain = hx_text_normalise (word);
  if (g_ascii_string_to_signed (plain, 10, 1, 9999, &number, NULL)
      || (hx_numeral_parse (plain, &number) && number > 0 && number <= 9999))
    return (int)number;
  return 0;
}

static gboolean
ends_clause (gunichar character)
{
  return character != 0
         && g_utf8_strchr ("。；！？，、\n", -1, character) != NULL;
}

void
hx_scan_clause (const char *text, gsize *start, gsize *end)
{
  const gsize least = *start > CLAUSE_MAX ? *start - CLAUSE_MAX : 0;
  const gsize most = *end + CLAUSE_MAX;

  while (*start > least && !ends_clause (hx_scan_before (text, *start)))
    *start = (gsize)(g_utf8_prev_char (text + *start) - text);
  while (*end < most && text[*end] != '\0'
         && !ends_clause (g_utf8_get_char (text + *end)))
    *end += hx_text_width (text + *end);
}
