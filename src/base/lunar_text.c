/* Lunar dates as they are written.
 *
 * Read from left to right: a word that says lunar, a year, the word again, a
 * month and a day in words; where the word stands, also figures with marks
 * between them (农历1938.8.15), which without it would be a solar date. */
#include "base/base_internal.h"
#include "base/lunar_table.h"

#include <string.h>

#define CYCLE 60
#define STEMS 10
#define BRANCHES 12
/* The first year of a cycle, 甲子, is the year 4 and each 60th after it. */
#define CYCLE_YEAR 4

static const char *const stems[STEMS]
    = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸" };
static const char *const branches[BRANCHES] = { "子", "丑", "寅", "卯",
                                                "辰", "巳", "午", "未",
                                                "申", "酉", "戌", "亥" };
static const char *const months[]
    = { "正月", "二月", "三月", "四月", "五月",   "六月",
        "七月", "八月", "九月", "十月", "十一月", "十二月" };
static const char *const tens[] = { "初", "十", "廿" };
static const char *const digits[]
    = { "十", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

/* ----------------------------------------------------------------- writing */

static void
format_day (int day, char *buffer, gsize size)
{
  static const char *const whole[] = { "初十", "二十", "三十" };

  if (day % 10 == 0)
    g_strlcpy (buffer, whole[day / 10 - 1], size);
  else
    {
      g_strlcpy (buffer, tens[day / 10], size);
      g_strlcat (buffer, digits[day % 10], size);
    }
}

void
hx_lunar_format (HxLunarDate lunar, char *buffer)
{
  char day[HX_LUNAR_TEXT_SIZE];

  *buffer = '\0';
  if (lunar.month < 1 || lunar.month > 12 || lunar.day < 1 || lunar.day > 30)
    return;
  if (lunar.year >= CYCLE_YEAR)
    {
      g_strlcat (buffer, stems[(lunar.year - CYCLE_YEAR) % STEMS],
                 HX_LUNAR_TEXT_SIZE);
      g_strlcat (buffer, branches[(lunar.year - CYCLE_YEAR) % BRANCHES],
                 HX_LUNAR_TEXT_SIZE);
      g_strlcat (buffer, "年", HX_LUNAR_TEXT_SIZE);
    }
  if (lunar.is_leap)
    g_strlcat (buffer, "闰", HX_LUNAR_TEXT_SIZE);
  g_strlcat (buffer, months[lunar.month - 1], HX_LUNAR_TEXT_SIZE);
  format_day (lunar.day, day, sizeof day);
  g_strlcat (buffer, day, HX_LUNAR_TEXT_SIZE);
}

/* ----------------------------------------------------------------- reading
 *
 * Each of these takes the place reached and gives the next, NULL when the
 * text is not as wanted; a NULL is passed on. */

static const char *
skip_space (const char *text)
{
  return *text == ' ' ? text + 1 : text;
}

static const char *
skip_word (const char *text, const char *word)
{
  gsize size = strlen (word);

  if (text == NULL || strncmp (text, word, size) != 0)
    return NULL;
  return skip_space (text + size);
}

/* Any of the words, or the same place if none of them is there. */
static const char *
skip_any (const char *text, const char *const *words)
{
  if (text == NULL)
    return NULL;
  for (; *words != NULL; words++)
    {
      const char *end = skip_word (text, *words);

      if (end != NULL)
        return end;
    }
  return text;
}

/* In digits or in characters. */
static const char *
scan_value (const char *text, guint most, int *value)
{
  char numeral[32];
  gsize size = 0;
  gint64 number;
  guint count;

  if (text == NULL)
    return NULL;
  count = hx_scan_digits (text, most, value);
  if (count > 0)
    return g_ascii_isdigit (text[count]) ? NULL : skip_space (text + count);
  for (gsize step; (step = hx_numeral_character_size (text + size)) > 0;)
    size += step;
  if (size == 0 || size >= sizeof numeral)
    return NULL;
  memcpy (numeral, text, size);
  numeral[size] = '\0';
  if (!hx_numeral_parse (numeral, &number) || number > 9999)
    return NULL;
  *value = (int)number;
  return skip_space (text + size);
}

static int
index_at (const char *text, const char *const *characters, int count)
{
  for (int i = 0; i < count; i++)
    if (g_str_has_prefix (text, characters[i]))
      return i;
  return -1;
}

/* The last year up to `latest` with the stem and branch, which go together
 * when both are even or both are odd. */
static const char *
scan_cycle (const char *text, int latest, int *year)
{
  int stem = index_at (text, stems, STEMS);
  int branch;
  int place;

  if (stem < 0)
    return NULL;
  text += strlen (stems[stem]);
  branch = index_at (text, branches, BRANCHES);
  if (branch < 0 || (stem - branch) % 2 != 0)
    return NULL;
  place = (6 * stem + 5 * (BRANCHES - branch)) % CYCLE;
  latest = CLAMP (latest, HX_LUNAR_FIRST_YEAR - 1, HX_LUNAR_LAST_YEAR);
  *year = latest - (latest - CYCLE_YEAR - place + CYCLE) % CYCLE;
  return skip_space (text + strlen (branches[branch]));
}

/* The same place if there is no year. */
static const char *
scan_year (const char *text, int latest, HxLunarDate *lunar)
{
  int year = 0;
  const char *end = scan_cycle (text, latest, &year);

  if (end == NULL)
    end = scan_value (text, 4, &year);
  end = skip_word (end, "年");
  if (end == NULL || year < 1000)
    return text;
  lunar->year = (gint16)year;
  return end;
}

static const char *
scan_month (const char *text, HxLunarDate *lunar)
{
  static const char *const leap_words[] = { "闰", "閏", NULL };
  static const struct
  {
    const char *name;
    gint8 month;
  } names[] = { { "正月", 1 }, { "冬月", 11 }, { "腊月", 12 }, { "臘月", 12 } };
  const char *start = text;
  int month = 0;

  text = skip_any (text, leap_words);
  lunar->is_leap = text != start;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (text, names[i].name))
      {
        lunar->month = names[i].month;
        return skip_word (text, names[i].name);
      }
  text = skip_word (scan_value (text, 2, &month), "月");
  lunar->month = (gint8)MIN (month, 99);
  return text;
}

/* 初 stands before 1 to 10 only. */
static const char *
scan_day (const char *text, HxLunarDate *lunar)
{
  static const char *const day_words[] = { "日", "号", NULL };
  const char *early = skip_word (text, "初");
  int day = 0;

  text = scan_value (early == NULL ? text : early, 2, &day);
  lunar->day = (gint8)MIN (day, 99);
  if (early != NULL && day > 10)
    return NULL;
  return skip_any (text, day_words);
}

/* 1938.8.15 or 8-15. */
static const char *
scan_figures (const char *text, HxLunarDate *lunar)
{
  int numbers[3] = { 0, 0, 0 };
  guint count = 0;
  char mark = '\0';

  while (count < 3)
    {
      guint size = hx_scan_digits (text, 4, &numbers[count++]);

      text += size;
      if (size == 0 || *text == '\0' || strchr ("-./", *text) == NULL
          || (mark != '\0' && *text != mark))
        break;
      mark = *text++;
    }
  if (count < 2 || (count == 3 && numbers[0] < 1000))
    return NULL;
  lunar->year = (gint16)(count == 3 ? numbers[0] : 0);
  lunar->month = (gint8)MIN (numbers[count - 2], 99);
  lunar->day = (gint8)MIN (numbers[count - 1], 99);
  return text;
}

static gboolean
may_be (const HxLunarDate *lunar)
{
  return lunar->month >= 1 && lunar->month <= 12 && lunar->day >= 1
         && lunar->day <= 30;
}

static gboolean
scan_lunar (const char *text, int latest, HxLunarDate *lunar)
{
  static const char *const words[] = { "农历", "農曆", "阴历", "陰曆", "旧历",
                                       "舊曆", "夏历", "夏曆", NULL };
  const char *unmarked = text;
  const char *end;

  text = skip_any (text, words);
  end = text != unmarked ? scan_figures (text, lunar) : NULL;
  if (end != NULL && *end == '\0')
    return may_be (lunar);
  *lunar = (HxLunarDate){ 0, 0, 0, FALSE };
  text = skip_any (scan_year (text, latest, lunar), words);
  text = scan_month (text, lunar);
  if (text != NULL)
    text = scan_day (text, lunar);
  return text != NULL && *text == '\0' && may_be (lunar);
}

gboolean
hx_lunar_parse (const char *text, int latest_year, HxLunarDate *lunar,
                GError **error)
{
  char plain[HX_SHORT_TEXT_SIZE];
  HxLunarDate read = { 0, 0, 0, FALSE };
  g_autofree char *excerpt = NULL;
  g_autofree char *what = NULL;
  HxDate date;

  if (hx_text_normalise_short (text, plain, sizeof plain)
      && scan_lunar (plain, latest_year, &read))
    {
      if (read.year != 0 && !hx_lunar_to_date (read, &date, error))
        return FALSE;
      *lunar = read;
      return TRUE;
    }
  excerpt = hx_excerpt (text);
  what = g_strdup_printf (_ ("“%s”不是农历日期"), excerpt);
  return hx_fail (error, HX_ERROR_DATA, what, NULL,
                  _ ("请写成 正月初一、闰四月十五 或 2023年闰二月初三 的样子"));
}
