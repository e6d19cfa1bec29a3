/* Festivals are a table in the order of HxFestival: a name, what else it is
 * called, and how it is found in a year. */
#include "base/base_internal.h"
#include "base/lunar_table.h"

#include <string.h>

#define QINGMING_BITS 0x3U

typedef struct _Festival Festival;

struct _Festival
{
  const char *key;
  const char *name;
  const char *aliases; /* with spaces between */
  gboolean (*find) (const Festival *festival, int year, HxDate *date);
  gint8 month;
  gint8 day;
};

static gboolean
find_solar (const Festival *festival, int year, HxDate *date)
{
  *date = (HxDate){ (gint16)year, festival->month, festival->day };
  return TRUE;
}

static gboolean
find_lunar (const Festival *festival, int year, HxDate *date)
{
  HxLunarDate lunar = { (gint16)year, festival->month, festival->day, FALSE };

  return hx_lunar_to_date (lunar, date, NULL);
}

/* In the last month of the lunar year before. */
static gboolean
find_lunar_before (const Festival *festival, int year, HxDate *date)
{
  return find_lunar (festival, year - 1, date);
}

/* The last month may have 29 or 30 days. */
static gboolean
find_eve (const Festival *festival, int year, HxDate *date)
{
  if (!find_lunar (festival, year, date))
    return FALSE;
  *date = hx_date_from_days (hx_date_days (*date) - 1);
  return TRUE;
}

static gboolean
find_qingming (const Festival *festival, int year, HxDate *date)
{
  guint32 word = hx_lunar_years[year - HX_LUNAR_FIRST_YEAR];
  guint32 later = word >> HX_LUNAR_QINGMING_SHIFT & QINGMING_BITS;

  *date = (HxDate){ (gint16)year, festival->month,
                    (gint8)(festival->day + (int)later) };
  return TRUE;
}

static const Festival festivals[HX_FESTIVALS] = {
  { "laba", N_ ("腊八"), "腊八节", find_lunar_before, 12, 8 },
  { "new_year_eve", N_ ("除夕"), "除夕夜 大年三十 年三十", find_eve, 1, 1 },
  { "spring", N_ ("春节"), "新春 农历新年 大年初一 过年", find_lunar, 1, 1 },
  { "lantern", N_ ("元宵"), "元宵节 上元节", find_lunar, 1, 15 },
  { "qingming", N_ ("清明"), "清明节", find_qingming, 4, 4 },
  { "dragon_boat", N_ ("端午"), "端午节 端阳 端阳节", find_lunar, 5, 5 },
  { "party_day", N_ ("七一"), "建党节 七一建党节", find_solar, 7, 1 },
  { "army_day", N_ ("八一"), "建军节 八一建军节", find_solar, 8, 1 },
  { "mid_autumn", N_ ("中秋"), "中秋节", find_lunar, 8, 15 },
  { "double_ninth", N_ ("重阳"), "重阳节 敬老节 老年节", find_lunar, 9, 9 },
  { "national_day", N_ ("国庆"), "国庆节 十一", find_solar, 10, 1 },
};

gboolean
hx_festival_date (HxFestival festival, int year, HxDate *date)
{
  const Festival *found;

  if (year < HX_LUNAR_FIRST_YEAR || year > HX_LUNAR_LAST_YEAR
      || (guint)festival >= HX_FESTIVALS)
    return FALSE;
  found = &festivals[festival];
  return found->find (found, year, date);
}

const char *
hx_festival_key (HxFestival festival)
{
  return festivals[festival].key;
}

const char *
hx_festival_name (HxFestival festival)
{
  return _ (festivals[festival].name);
}

static gboolean
is_called (const Festival *festival, const char *text)
{
  gsize size = strlen (text);
  const char *alias = festival->aliases;

  if (strcmp (text, festival->key) == 0 || strcmp (text, festival->name) == 0)
    return TRUE;
  while (*alias != '\0')
    {
      gsize length = strcspn (alias, " ");

      if (length == size && strncmp (alias, text, size) == 0)
        return TRUE;
      alias += length + strspn (alias + length, " ");
    }
  return FALSE;
}

gboolean
hx_festival_parse (const char *text, HxFestival *festival)
{
  char plain[HX_SHORT_TEXT_SIZE];

  if (!hx_text_normalise_short (text, plain, sizeof plain))
    return FALSE;
  for (guint i = 0; i < HX_FESTIVALS; i++)
    if (is_called (&festivals[i], plain))
      {
        *festival = (HxFestival)i;
        return TRUE;
      }
  return FALSE;
}
