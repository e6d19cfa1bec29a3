/* The lunar calendar from its table of years.
 *
 * A month stands at a place in its year: months up to the leap month at their
 * number less one, the leap month and those behind it one place later. */
#include "base/base_internal.h"
#include "base/lunar_table.h"

#define LEAP_BITS 0xfU
#define FIRST_BITS 0x3fU
#define SHORT_MONTH 29

static const HxDate first_day = { 1900, 1, 31 };
static const HxDate last_day = { 2100, 12, 31 };

static gboolean
is_in_table (int year)
{
  return year >= HX_LUNAR_FIRST_YEAR && year <= HX_LUNAR_LAST_YEAR;
}

static guint32
word_of (int year)
{
  return hx_lunar_years[year - HX_LUNAR_FIRST_YEAR];
}

static int
leap_month (guint32 word)
{
  return (int)(word >> HX_LUNAR_LEAP_SHIFT & LEAP_BITS);
}

static int
days_at (guint32 word, int place)
{
  return SHORT_MONTH + (int)(word >> place & 1U);
}

static gint64
first_of_year (int year)
{
  HxDate earliest = { (gint16)year, 1, 20 };

  return hx_date_days (earliest)
         + (word_of (year) >> HX_LUNAR_FIRST_SHIFT & FIRST_BITS);
}

/* From the first day of the year to that of the month at the place. */
static int
days_before (guint32 word, int place)
{
  int days = 0;

  for (int before = 0; before < place; before++)
    days += days_at (word, before);
  return days;
}

/* -1 if the year has no such month. */
static int
place_of (guint32 word, int month, gboolean is_leap)
{
  int leap = leap_month (word);

  if (month < 1 || month > 12 || (is_leap && month != leap))
    return -1;
  return month - 1 + (is_leap || (leap > 0 && month > leap));
}

int
hx_lunar_leap_month (int year)
{
  return is_in_table (year) ? leap_month (word_of (year)) : 0;
}

int
hx_lunar_days_in_month (int year, int month, gboolean is_leap)
{
  int place
      = is_in_table (year) ? place_of (word_of (year), month, is_leap) : -1;

  return place < 0 ? 0 : days_at (word_of (year), place);
}

/* ------------------------------------------------------------- conversions */

static gboolean
fail_range (GError **error, const char *what)
{
  return hx_fail (error, HX_ERROR_DATA, what, NULL,
                  _ ("农历只能换算 1900-01-31 至 2100-12-31 的日期"));
}

static gboolean
check_date (HxDate date, GError **error)
{
  char text[HX_DATE_TEXT_SIZE];
  g_autofree char *what = NULL;

  if (hx_date_is_valid (date.year, date.month, date.day)
      && hx_date_compare (date, first_day) >= 0
      && hx_date_compare (date, last_day) <= 0)
    return TRUE;
  if (error == NULL)
    return FALSE;
  hx_date_format (date, text);
  if (date.month == 0 || date.day == 0)
    {
      what = g_strdup_printf (_ ("“%s”没有写全年月日，换算不了农历"), text);
      return hx_fail (error, HX_ERROR_DATA, what, NULL, _ ("请补全年月日"));
    }
  what = g_strdup_printf (_ ("“%s”不在农历表的范围内"), text);
  return fail_range (error, what);
}

gboolean
hx_lunar_from_date (HxDate date, HxLunarDate *lunar, GError **error)
{
  int year = date.year;
  int place = 0;
  int leap;
  gint64 days;
  gint64 first;
  guint32 word;

  if (!check_date (date, error))
    return FALSE;
  days = hx_date_days (date);
  first = first_of_year (year);
  if (days < first)
    first = first_of_year (--year);
  word = word_of (year);
  for (; days - first >= days_at (word, place); place++)
    first += days_at (word, place);
  leap = leap_month (word);
  lunar->year = (gint16)year;
  lunar->month = (gint8)(place + (leap == 0 || place < leap));
  lunar->day = (gint8)(days - first + 1);
  lunar->is_leap = leap > 0 && place == leap;
  return TRUE;
}

static gboolean
fail_no_month (HxLunarDate lunar, GError **error)
{
  g_autofree char *what = NULL;

  if (lunar.month < 1 || lunar.month > 12)
    what = g_strdup_printf (_ ("农历没有第 %d 个月"), lunar.month);
  else
    what = g_strdup_printf (_ ("农历 %d 年没有闰 %d 月"), lunar.year,
                            lunar.month);
  return hx_fail (error, HX_ERROR_DATA, what, NULL, _ ("请核对年份和月份"));
}

static gboolean
fail_no_day (HxLunarDate lunar, int days, GError **error)
{
  g_autofree char *what = NULL;

  what = g_strdup_printf (lunar.is_leap ? _ ("农历 %d 年闰 %d 月只有 %d 天")
                                        : _ ("农历 %d 年 %d 月只有 %d 天"),
                          lunar.year, lunar.month, days);
  return hx_fail (error, HX_ERROR_DATA, what, NULL, _ ("请核对月和日"));
}

static gboolean
fail_year (HxLunarDate lunar, GError **error)
{
  g_autofree char *what
      = g_strdup_printf (_ ("农历 %d 年这一天不在农历表的范围内"), lunar.year);

  return fail_range (error, what);
}

gboolean
hx_lunar_to_date (HxLunarDate lunar, HxDate *date, GError **error)
{
  int place;
  guint32 word;
  HxDate found;

  if (!is_in_table (lunar.year))
    return fail_year (lunar, error);
  word = word_of (lunar.year);
  place = place_of (word, lunar.month, lunar.is_leap);
  if (place < 0)
    return fail_no_month (lunar, error);
  if (lunar.day < 1 || lunar.day > days_at (word, place))
    return fail_no_day (lunar, days_at (word, place), error);
  found = hx_date_from_days (first_of_year (lunar.year)
                             + days_before (word, place) + lunar.day - 1);
  if (hx_date_compare (found, last_day) > 0)
    return fail_year (lunar, error);
  *date = found;
  return TRUE;
}
