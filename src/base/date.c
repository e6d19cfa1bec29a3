/* Dates as they are written in workbooks.
 *
 * One table of layouts: what stands behind the year, the month and the day.
 * A date may break off after the year or the month; dates without any mark
 * are told by their length.  Behind a whole date a time of day may stand: it
 * must be one, and is dropped. */
#include "base/base_internal.h"

#include <string.h>

#define DAYS_TO_1970 719468 /* from 1 March of the year 0 */
#define DAYS_IN_400_YEARS 146097
#define MICROSECONDS_IN_SECOND G_GINT64_CONSTANT (1000000)
#define SECONDS_IN_DAY 86400

typedef struct
{
  const char *after_year;
  const char *after_month;
  const char *after_day;
  gboolean in_words; /* marks are words: numerals stand for digits, and a
                      * date may end with any of them */
} Layout;

static const Layout layouts[] = {
  { "-", "-", "", FALSE },    { "/", "/", "", FALSE },
  { ".", ".", "", FALSE },    { "年", "月", "日", TRUE },
  { "年", "月", "号", TRUE },
};

typedef struct
{
  const char *after_hour;
  const char *after_minute;
  const char *before_second;
  const char *after_second;
} TimeLayout;

static const TimeLayout time_layouts[] = {
  { ":", "", ":", "" },
  { "时", "分", "", "秒" },
  { "点", "分", "", "秒" },
  { "", "", "", "" },
};

typedef struct
{
  int year;
  int month;
  int day;
  guint parts; /* how many of the three are written */
} Scan;

int
hx_date_days_in_month (int year, int month)
{
  static const gint8 days[]
      = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  if (month < 1 || month > 12)
    return 0;
  return days[month - 1] + (month == 2 && leap);
}

gboolean
hx_date_is_valid (int year, int month, int day)
{
  return year >= 1 && year <= 9999 && day >= 1
         && day <= hx_date_days_in_month (year, month);
}

/* ---------------------------------------------------------------- scanning
 *
 * Each of these takes the place reached and gives the next, NULL when the
 * text is not as wanted; a NULL is passed on. */

static const char *
skip_space (const char *text)
{
  return *text == ' ' ? text + 1 : text;
}

static const char *
skip_mark (const char *text, const char *mark)
{
  gsize size = strlen (mark);

  if (text == NULL || size == 0)
    return text;
  text = skip_space (text);
  return strncmp (text, mark, size) == 0 ? skip_space (text + size) : NULL;
}

static const char *
scan_numeral (const char *text, int *value)
{
  gsize size = 0;
  char numeral[32];
  gint64 number;

  for (gsize step; (step = hx_numeral_character_size (text + size)) > 0;)
    size += step;
  if (size == 0 || size >= sizeof numeral)
    return NULL;
  memcpy (numeral, text, size);
  numeral[size] = '\0';
  if (!hx_numeral_parse (numeral, &number) || number > 9999)
    return NULL;
  *value = (int)number;
  return text + size;
}

static const char *
scan_number (const char *text, guint most, gboolean in_words, int *value)
{
  guint digits;

  if (text == NULL)
    return NULL;
  digits = hx_scan_digits (text, most, value);
  if (digits == 0 && in_words)
    return scan_numeral (text, value);
  return digits > 0 ? text + digits : NULL;
}

static const char *
scan_year (const char *text, gboolean in_words, int *year)
{
  const char *end = scan_number (text, 4, in_words, year);

  if (end == NULL || *year < 1)
    return NULL;
  return g_ascii_isdigit (*text) ? (end - text == 4 ? end : NULL)
                                 : (*year >= 1000 ? end : NULL);
}

static const char *
scan_layout (const char *text, const Layout *layout, Scan *scan)
{
  gboolean in_words = layout->in_words;

  text = scan_year (text, in_words, &scan->year);
  text = skip_mark (text, layout->after_year);
  scan->parts = 1;
  if (text == NULL || *text == '\0')
    return in_words ? text : NULL;
  text = scan_number (text, 2, in_words, &scan->month);
  scan->parts = 2;
  if (text != NULL && *text == '\0' && !in_words)
    return text;
  text = skip_mark (text, layout->after_month);
  if (text == NULL || *text == '\0')
    return in_words ? text : NULL;
  text = scan_number (text, 2, in_words, &scan->day);
  scan->parts = 3;
  return skip_mark (text, layout->after_day);
}

/* 20230305, 193807, 1938, and 20230305080000 as databases write it. */
static const char *
scan_compact (const char *text, Scan *scan)
{
  gsize digits = strspn (text, "0123456789");

  if (digits != 14 && digits != 8 && digits != 6 && digits != 4)
    return NULL;
  scan->parts = digits >= 8 ? 3 : (guint)digits / 2 - 1;
  hx_scan_digits (text, 4, &scan->year);
  if (scan->parts > 1)
    hx_scan_digits (text + 4, 2, &scan->month);
  if (scan->parts > 2)
    hx_scan_digits (text + 6, 2, &scan->day);
  return scan->year < 1 ? NULL : text + MIN (digits, 8);
}

static const char *
scan_clock_part (const char *text, const char *mark, int most)
{
  int value;

  text = scan_number (text, 2, FALSE, &value);
  return text != NULL && value <= most ? skip_mark (text, mark) : NULL;
}

static const char *
scan_time_layout (const char *text, const TimeLayout *layout)
{
  gboolean in_words = *layout->after_second != '\0';

  text = scan_clock_part (text, layout->after_hour, 24);
  if (text != NULL && in_words && !g_ascii_isdigit (*text))
    return text;
  text = scan_clock_part (text, layout->after_minute, 59);
  if (text == NULL || !g_str_has_prefix (text, layout->before_second)
      || (*layout->before_second == '\0' && !g_ascii_isdigit (*text)))
    return text;
  text = scan_clock_part (text + strlen (layout->before_second),
                          layout->after_second, 60);
  if (text == NULL || text[0] != '.' || !g_ascii_isdigit (text[1]))
    return text;
  return text + 1 + strspn (text + 1, "0123456789");
}

/* Half of the day, or a time zone. */
static gboolean
is_time_suffix (const char *text)
{
  text = skip_space (text);
  if (*text == '+' || *text == '-')
    {
      text = scan_clock_part (text + 1, "", 14);
      if (text == NULL || *text == '\0')
        return text != NULL;
      text = scan_clock_part (text + (*text == ':'), "", 59);
      return text != NULL && *text == '\0';
    }
  return *text == '\0' || g_ascii_strcasecmp (text, "am") == 0
         || g_ascii_strcasecmp (text, "pm") == 0 || strcmp (text, "Z") == 0;
}

static gboolean
is_time (const char *text)
{
  static const char *const halves[]
      = { "凌晨", "早上", "上午", "中午", "下午", "晚上", "AM", "PM" };
  const char *end;

  text += *text == 'T' && g_ascii_isdigit (text[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    if (g_str_has_prefix (text, halves[i]))
      {
        text = skip_space (text + strlen (halves[i]));
        break;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (time_layouts); i++)
    {
      end = scan_time_layout (text, &time_layouts[i]);
      if (end != NULL && is_time_suffix (end))
        return TRUE;
    }
  return FALSE;
}

/* A digit behind the day is a third digit of it, not an hour, unless all
 * fourteen stand together. */
static gboolean
is_rest (const char *rest, const char *text)
{
  if (*rest == '\0')
    return TRUE;
  if (g_ascii_isdigit (rest[0]) && g_ascii_isdigit (rest[-1]))
    return strspn (text, "0123456789") == 14 && is_time (rest);
  return is_time (skip_space (rest));
}

static gboolean
scan_date (const char *text, Scan *scan)
{
  const char *rest = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (layouts) && rest == NULL; i++)
    rest = scan_layout (text, &layouts[i], scan);
  if (rest == NULL)
    rest = scan_compact (text, scan);
  return rest != NULL && is_rest (rest, text);
}

/* ----------------------------------------------------------------- parsing */

static inline gboolean
is_digit_pair (const char *text)
{
  return g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]);
}

static inline int
digit_pair (const char *text)
{
  return (text[0] - '0') * 10 + text[1] - '0';
}

/* 2023-03-05 and nothing else: what nearly every date of a large file is. */
static gboolean
parse_iso (const char *text, HxDate *date)
{
  int year, month, day;

  if (strnlen (text, HX_DATE_TEXT_SIZE) != HX_DATE_TEXT_SIZE - 1
      || text[4] != '-' || text[7] != '-' || !is_digit_pair (text)
      || !is_digit_pair (text + 2) || !is_digit_pair (text + 5)
      || !is_digit_pair (text + 8))
    return FALSE;
  year = digit_pair (text) * 100 + digit_pair (text + 2);
  month = digit_pair (text + 5);
  day = digit_pair (text + 8);
  if (!hx_date_is_valid (year, month, day))
    return FALSE;
  *date = (HxDate){ (gint16)year, (gint8)month, (gint8)day };
  return TRUE;
}

typedef enum
{
  READING_DONE,
  READING_NO_DATE,
  READING_NO_SUCH_DAY,
} Reading;

static Reading
read_date (const char *text, HxDate *date)
{
  char plain[HX_SHORT_TEXT_SIZE];
  Scan scan = { 0, 0, 0, 0 };

  if (!hx_text_normalise_short (text, plain, sizeof plain)
      || !scan_date (plain, &scan))
    return READING_NO_DATE;
  if (!hx_date_is_valid (scan.year, scan.parts > 1 ? scan.month : 1,
                         scan.parts > 2 ? scan.day : 1))
    return READING_NO_SUCH_DAY;
  date->year = (gint16)scan.year;
  date->month = (gint8)(scan.parts > 1 ? scan.month : 0);
  date->day = (gint8)(scan.parts > 2 ? scan.day : 0);
  return READING_DONE;
}

gboolean
hx_date_parse (const char *text, gboolean partial, HxDate *date, GError **error)
{
  g_autofree char *excerpt = NULL;
  g_autofree char *what = NULL;
  const char *advice = _ ("请写成 2023-03-05 的样子");
  HxDate read = { 0, 0, 0 };
  Reading reading;

  if (text != NULL && parse_iso (text, date))
    return TRUE;
  reading = read_date (text, &read);
  if (reading == READING_DONE && (partial || read.day > 0))
    {
      *date = read;
      return TRUE;
    }
  excerpt = hx_excerpt (text);
  if (reading == READING_NO_DATE)
    what = g_strdup_printf (_ ("“%s”不是日期"), excerpt);
  else if (reading == READING_NO_SUCH_DAY)
    {
      what = g_strdup_printf (_ ("“%s”在日历上不存在"), excerpt);
      advice = _ ("请核对月和日");
    }
  else
    what = g_strdup_printf (_ ("“%s”没有写全年月日"), excerpt);
  return hx_fail (error, HX_ERROR_DATA, what, NULL, advice);
}

/* ----------------------------------------------------- numbers and days
 *
 * Days are counted from 1 March of the year 0, so that the leap day is the
 * last of its year: months from March on then begin after
 * (153 × month + 2) / 5 days, whatever the year. */

gint64
hx_date_days (HxDate date)
{
  gint64 month = (date.month + 9) % 12;
  gint64 year = date.year - (date.month <= 2);

  return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5
         + date.day - 1 - DAYS_TO_1970;
}

HxDate
hx_date_from_days (gint64 days)
{
  gint64 since = days + DAYS_TO_1970;
  gint64 era = since / DAYS_IN_400_YEARS;
  gint64 of_era = since % DAYS_IN_400_YEARS;
  gint64 year
      = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * year + year / 4 - year / 100);
  gint64 month = (5 * of_year + 2) / 153;
  HxDate date;

  date.day = (gint8)(of_year - (153 * month + 2) / 5 + 1);
  date.month = (gint8)(month < 10 ? month + 3 : month - 9);
  date.year = (gint16)(era * 400 + year + (date.month <= 2));
  return date;
}

/* Excel counts 1900-01-01 as 1 and believes in 1900-02-29, its 60. */
gboolean
hx_date_from_serial (gint64 serial, gboolean epoch_1904, HxDate *date)
{
  static const HxDate base_1900 = { 1899, 12, 31 };
  static const HxDate base_1904 = { 1904, 1, 1 };
  static const HxDate last = { 9999, 12, 31 };
  gint64 base = hx_date_days (epoch_1904 ? base_1904 : base_1900);

  if (serial < (epoch_1904 ? 0 : 1) || serial > hx_date_days (last) - base + 1)
    return FALSE;
  if (!epoch_1904 && serial == 60)
    return FALSE;
  if (!epoch_1904 && serial > 60)
    serial--;
  if (base + serial > hx_date_days (last))
    return FALSE;
  *date = hx_date_from_days (base + serial);
  return TRUE;
}

static char *
put_digits (char *at, int number, guint digits)
{
  for (guint i = digits; i > 0; i--, number /= 10)
    at[i - 1] = (char)('0' + number % 10);
  return at + digits;
}

void
hx_date_format (HxDate date, char *buffer)
{
  char *at = put_digits (buffer, date.year, 4);

  if (date.month > 0)
    {
      *at = '-';
      at = put_digits (at + 1, date.month, 2);
    }
  if (date.month > 0 && date.day > 0)
    {
      *at = '-';
      at = put_digits (at + 1, date.day, 2);
    }
  *at = '\0';
}

gint32
hx_date_number (HxDate date)
{
  return date.year * 10000 + date.month * 100 + date.day;
}

HxDate
hx_date_from_number (gint32 number)
{
  return (HxDate){ (gint16)(number / 10000), (gint8)(number / 100 % 100),
                   (gint8)(number % 100) };
}

int
hx_date_compare (HxDate a, HxDate b)
{
  return hx_date_number (a) - hx_date_number (b);
}

HxDate
hx_date_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  return (HxDate){ (gint16)year, (gint8)month, (gint8)day };
}

char *
hx_time_now (void)
{
  gint64 now = g_get_real_time ();
  gint64 seconds = now / MICROSECONDS_IN_SECOND;
  int of_day = (int)(seconds % SECONDS_IN_DAY);
  char date[HX_DATE_TEXT_SIZE];

  hx_date_format (hx_date_from_days (seconds / SECONDS_IN_DAY), date);
  return g_strdup_printf ("%sT%02d:%02d:%02d.%06dZ", date, of_day / 3600,
                          of_day / 60 % 60, of_day % 60,
                          (int)(now % MICROSECONDS_IN_SECOND));
}
