/* Chinese numerals.
 *
 * Written numbers are sections of four places (千百十 and a unit), each
 * followed by 亿 or 万 but the last.  A skipped place is said by 零.  Reading
 * keeps the section so far, the digit that waits for its unit, and the unit
 * that the next must stay below. */
#include "base/base_internal.h"

#include <string.h>

#define NUMBER_MAX 99999999
#define SECTION 10000
#define POSITIONS_MAX 18

typedef enum
{
  ROLE_DIGIT,
  ROLE_TENS,    /* 廿: two tens in one character */
  ROLE_UNIT,    /* 十 百 千 */
  ROLE_SECTION, /* 万 亿 */
} Role;

typedef struct
{
  const char *character;
  Role role;
  gint64 value;
} Numeral;

static const Numeral numerals[] = {
  { "〇", ROLE_DIGIT, 0 },       { "零", ROLE_DIGIT, 0 },
  { "○", ROLE_DIGIT, 0 },        { "一", ROLE_DIGIT, 1 },
  { "二", ROLE_DIGIT, 2 },       { "两", ROLE_DIGIT, 2 },
  { "三", ROLE_DIGIT, 3 },       { "四", ROLE_DIGIT, 4 },
  { "五", ROLE_DIGIT, 5 },       { "六", ROLE_DIGIT, 6 },
  { "七", ROLE_DIGIT, 7 },       { "八", ROLE_DIGIT, 8 },
  { "九", ROLE_DIGIT, 9 },       { "廿", ROLE_TENS, 20 },
  { "卅", ROLE_TENS, 30 },       { "十", ROLE_UNIT, 10 },
  { "百", ROLE_UNIT, 100 },      { "千", ROLE_UNIT, 1000 },
  { "万", ROLE_SECTION, 10000 }, { "亿", ROLE_SECTION, 100000000 },
};

typedef struct
{
  gint64 total;      /* of the sections that are closed */
  gint64 section;    /* so far */
  gint64 digit;      /* waits for its unit; -1 for none */
  gint64 unit;       /* the next unit must be smaller */
  gint64 last_scale; /* the next 万 or 亿 must be smaller */
  gboolean zero;     /* a place was skipped by 零 */
} Reading;

static const Numeral *
numeral_at (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numerals); i++)
    if (g_str_has_prefix (text, numerals[i].character))
      return &numerals[i];
  return NULL;
}

gsize
hx_numeral_character_size (const char *text)
{
  const Numeral *numeral = numeral_at (text);

  return numeral == NULL ? 0 : strlen (numeral->character);
}

static gboolean
read_digit (Reading *reading, gint64 digit)
{
  if (reading->digit >= 0)
    return FALSE;
  if (digit > 0)
    reading->digit = digit;
  else if (reading->zero || (reading->total == 0 && reading->section == 0))
    return FALSE;
  else
    reading->zero = TRUE;
  return TRUE;
}

static gboolean
read_tens (Reading *reading, gint64 tens)
{
  if (reading->digit >= 0 || reading->unit <= 10)
    return FALSE;
  reading->section += tens;
  reading->unit = 10;
  reading->zero = FALSE;
  return TRUE;
}

/* 十 alone is 一十. */
static gboolean
read_unit (Reading *reading, gint64 unit)
{
  if (unit >= reading->unit || (reading->digit < 0 && unit != 10))
    return FALSE;
  reading->section += MAX (reading->digit, 1) * unit;
  reading->unit = unit;
  reading->digit = -1;
  reading->zero = FALSE;
  return TRUE;
}

/* A last digit stands behind 十 or 零 or alone: 三百五 might be 305 or 350. */
static gboolean
close_section (Reading *reading)
{
  gboolean alone = reading->section == 0 && reading->total == 0;

  if (reading->digit < 0)
    return !reading->zero;
  if (reading->unit != 10 && !reading->zero && !alone)
    return FALSE;
  reading->section += reading->digit;
  reading->digit = -1;
  reading->zero = FALSE;
  return TRUE;
}

static gboolean
read_section (Reading *reading, gint64 scale)
{
  if (scale >= reading->last_scale || !close_section (reading)
      || reading->section == 0)
    return FALSE;
  reading->total += reading->section * scale;
  reading->section = 0;
  reading->unit = SECTION;
  reading->last_scale = scale;
  return TRUE;
}

static gboolean (*const readers[]) (Reading *, gint64) = {
  [ROLE_DIGIT] = read_digit,
  [ROLE_TENS] = read_tens,
  [ROLE_UNIT] = read_unit,
  [ROLE_SECTION] = read_section,
};

/* 二〇二三: digits alone, by place. */
static gboolean
read_positions (const char *text, gint64 *number)
{
  guint count = 0;

  *number = 0;
  while (*text != '\0')
    {
      const Numeral *numeral = numeral_at (text);

      if (numeral == NULL || numeral->role != ROLE_DIGIT
          || ++count > POSITIONS_MAX)
        return FALSE;
      *number = *number * 10 + numeral->value;
      text += strlen (numeral->character);
    }
  return count > 0;
}

gboolean
hx_numeral_parse (const char *text, gint64 *number)
{
  Reading reading = { 0, 0, -1, SECTION, G_MAXINT64, FALSE };
  char plain[HX_SHORT_TEXT_SIZE];
  const char *at = plain;

  if (!hx_text_normalise_short (text, plain, sizeof plain) || *plain == '\0')
    return FALSE;
  if (read_positions (plain, number))
    return TRUE;
  while (*at != '\0')
    {
      const Numeral *numeral = numeral_at (at);

      if (numeral == NULL || !readers[numeral->role](&reading, numeral->value))
        return FALSE;
      at += strlen (numeral->character);
    }
  if (!close_section (&reading))
    return FALSE;
  *number = reading.total + reading.section;
  return TRUE;
}

static const char *const digit_names[]
    = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

static void
append_section (GString *text, int section)
{
  static const char *const unit_names[] = { "千", "百", "十", "" };
  gboolean gap = FALSE;

  for (int place = 0, unit = 1000; unit > 0; place++, unit /= 10)
    {
      int digit = section / unit % 10;

      if (digit == 0)
        {
          gap = TRUE;
          continue;
        }
      if (gap && text->len > 0)
        g_string_append (text, "零");
      gap = FALSE;
      if (digit > 1 || unit != 10 || text->len > 0)
        g_string_append (text, digit_names[digit]);
      g_string_append (text, unit_names[place]);
    }
}

char *
hx_numeral_chinese (gint64 number)
{
  GString *text;

  if (number < 0 || number > NUMBER_MAX)
    return NULL;
  text = g_string_new (number == 0 ? digit_names[0] : NULL);
  append_section (text, (int)(number / SECTION));
  if (number >= SECTION)
    g_string_append (text, "万");
  append_section (text, (int)(number % SECTION));
  return g_string_free (text, FALSE);
}
