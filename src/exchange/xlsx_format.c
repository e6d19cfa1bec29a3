/* Whether a number format shows a date.
 *
 * A workbook has no dates: it has serial numbers and formats that show them as
 * dates.  In a format code y, e (the Chinese and Japanese year), d and aaa
 * (the weekday) belong to a date, h and s to a time, and m to whichever is
 * there.  They do not count in quotes, after \ _ and *, in [brackets], and in
 * General, AM/PM and an exponent.  [h], [m], [s] count time beyond its unit.
 * The first section of a code is the one for positive numbers.
 */
#include "exchange/xlsx_internal.h"

#include <string.h>

typedef struct
{
  gboolean date;
  gboolean month_or_minute;
  gboolean time;
  gboolean elapsed;
} Seen;

/* Words whose letters mean nothing else. */
static const char *const words[] = { "General", "AM/PM", "A/P" };

static const char *
skip_word (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (code, words[i], strlen (words[i])) == 0)
      return code + strlen (words[i]);
  return NULL;
}

/* From the opening bracket to behind the closing one. */
static const char *
take_bracket (const char *code, Seen *seen)
{
  const char *end = strchr (code, ']');
  if (end == NULL)
    return code + strlen (code);
  const gsize length = (gsize)(end - code) - 1;
  if (length > 0 && strspn (code + 1, "hHmMsS") >= length)
    seen->elapsed = TRUE;
  return end + 1;
}

static const char *
take_quote (const char *code)
{
  const char *end = strchr (code + 1, '"');
  return end != NULL ? end + 1 : code + strlen (code);
}

/* What stands behind \ _ or *; no byte of a longer character is a letter. */
static const char *
skip_next (const char *code)
{
  return code[1] != '\0' ? code + 2 : code + 1;
}

static const char *
take_letter (const char *code, Seen *seen)
{
  const char letter = g_ascii_tolower (*code);
  if (letter == 'y' || letter == 'd')
    seen->date = TRUE;
  else if (letter == 'e' && code[1] != '+' && code[1] != '-')
    seen->date = TRUE;
  else if (letter == 'a' && g_ascii_strncasecmp (code, "aaa", 3) == 0)
    seen->date = TRUE;
  else if (letter == 'h' || letter == 's')
    seen->time = TRUE;
  else if (letter == 'm')
    seen->month_or_minute = TRUE;
  return code + 1;
}

static const char *
take_one (const char *code, Seen *seen)
{
  const char *behind = skip_word (code);
  if (behind != NULL)
    return behind;
  if (*code == '"')
    return take_quote (code);
  if (*code == '[')
    return take_bracket (code, seen);
  if (strchr ("\\_*", *code) != NULL)
    return skip_next (code);
  return take_letter (code, seen);
}

HxFormatKind
hx_format_of_code (const char *code)
{
  Seen seen = { FALSE, FALSE, FALSE, FALSE };
  while (*code != '\0' && *code != ';')
    code = take_one (code, &seen);
  if (seen.date)
    return HX_FORMAT_DATE;
  if (seen.elapsed)
    return HX_FORMAT_ELAPSED;
  if (seen.time)
    return HX_FORMAT_TIME;
  return seen.month_or_minute ? HX_FORMAT_DATE : HX_FORMAT_NUMBER;
}

/* 27–36 and 50–58 are those of Chinese programs: 2023年3月, 下午2时30分. */
static const struct
{
  guint first;
  guint last;
  HxFormatKind kind;
} builtins[] = {
  { 14, 17, HX_FORMAT_DATE }, { 18, 21, HX_FORMAT_TIME },
  { 22, 22, HX_FORMAT_DATE }, { 27, 31, HX_FORMAT_DATE },
  { 32, 35, HX_FORMAT_TIME }, { 36, 36, HX_FORMAT_DATE },
  { 45, 45, HX_FORMAT_TIME }, { 46, 46, HX_FORMAT_ELAPSED },
  { 47, 47, HX_FORMAT_TIME }, { 50, 54, HX_FORMAT_DATE },
  { 55, 56, HX_FORMAT_TIME }, { 57, 58, HX_FORMAT_DATE },
};

HxFormatKind
hx_format_of_builtin (guint id)
{
  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (id >= builtins[i].first && id <= builtins[i].last)
      return builtins[i].kind;
  return HX_FORMAT_NUMBER;
}
