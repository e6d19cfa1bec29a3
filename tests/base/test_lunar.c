/* The table is held against published almanacs: the first days and leap months
 * of all its years, days on which other programs are known to err, and eclipses
 * of the Sun, each of which is a first day of a month. */
#include "support.h"

/* 正月初一 of 1900 to 2100 as month × 100 + day. */
static const gint16 first_days[] = {
  /* 1900 */ 131, 219, 208, 129, 216, 204, 125, 213, 202, 122,
  /* 1910 */ 210, 130, 218, 206, 126, 214, 203, 123, 211, 201,
  /* 1920 */ 220, 208, 128, 216, 205, 124, 213, 202, 123, 210,
  /* 1930 */ 130, 217, 206, 126, 214, 204, 124, 211, 131, 219,
  /* 1940 */ 208, 127, 215, 205, 125, 213, 202, 122, 210, 129,
  /* 1950 */ 217, 206, 127, 214, 203, 124, 212, 131, 218, 208,
  /* 1960 */ 128, 215, 205, 125, 213, 202, 121, 209, 130, 217,
  /* 1970 */ 206, 127, 215, 203, 123, 211, 131, 218, 207, 128,
  /* 1980 */ 216, 205, 125, 213, 202, 220, 209, 129, 217, 206,
  /* 1990 */ 127, 215, 204, 123, 210, 131, 219, 207, 128, 216,
  /* 2000 */ 205, 124, 212, 201, 122, 209, 129, 218, 207, 126,
  /* 2010 */ 214, 203, 123, 210, 131, 219, 208, 128, 216, 205,
  /* 2020 */ 125, 212, 201, 122, 210, 129, 217, 206, 126, 213,
  /* 2030 */ 203, 123, 211, 131, 219, 208, 128, 215, 204, 124,
  /* 2040 */ 212, 201, 122, 210, 130, 217, 206, 126, 214, 202,
  /* 2050 */ 123, 211, 201, 219, 208, 128, 215, 204, 124, 212,
  /* 2060 */ 202, 121, 209, 129, 217, 205, 126, 214, 203, 123,
  /* 2070 */ 211, 131, 219, 207, 127, 215, 205, 124, 212, 202,
  /* 2080 */ 122, 209, 129, 217, 206, 126, 214, 203, 124, 210,
  /* 2090 */ 130, 218, 207, 127, 215, 205, 125, 212, 201, 121,
  /* 2100 */ 209,
};

typedef struct
{
  gint16 year;
  gint8 month;
} Leap;

static const Leap leaps[] = {
  { 1900, 8 }, { 1903, 5 },  { 1906, 4 }, { 1909, 2 }, { 1911, 6 }, { 1914, 5 },
  { 1917, 2 }, { 1919, 7 },  { 1922, 5 }, { 1925, 4 }, { 1928, 2 }, { 1930, 6 },
  { 1933, 5 }, { 1936, 3 },  { 1938, 7 }, { 1941, 6 }, { 1944, 4 }, { 1947, 2 },
  { 1949, 7 }, { 1952, 5 },  { 1955, 3 }, { 1957, 8 }, { 1960, 6 }, { 1963, 4 },
  { 1966, 3 }, { 1968, 7 },  { 1971, 5 }, { 1974, 4 }, { 1976, 8 }, { 1979, 6 },
  { 1982, 4 }, { 1984, 10 }, { 1987, 6 }, { 1990, 5 }, { 1993, 3 }, { 1995, 8 },
  { 1998, 5 }, { 2001, 4 },  { 2004, 2 }, { 2006, 7 }, { 2009, 5 }, { 2012, 4 },
  { 2014, 9 }, { 2017, 6 },  { 2020, 4 }, { 2023, 2 }, { 2025, 6 }, { 2028, 5 },
  { 2031, 3 }, { 2033, 11 }, { 2036, 6 }, { 2039, 5 }, { 2042, 2 }, { 2044, 7 },
  { 2047, 5 }, { 2050, 3 },  { 2052, 8 }, { 2055, 6 }, { 2058, 4 }, { 2061, 3 },
  { 2063, 7 }, { 2066, 5 },  { 2069, 4 }, { 2071, 8 }, { 2074, 6 }, { 2077, 4 },
  { 2080, 3 }, { 2082, 7 },  { 2085, 5 }, { 2088, 4 }, { 2090, 8 }, { 2093, 6 },
  { 2096, 4 }, { 2099, 2 },
};

static HxLunarDate
lunar_of (HxDate date)
{
  g_autoptr (GError) error = NULL;
  HxLunarDate lunar = { 0, 0, 0, FALSE };

  if (!hx_lunar_from_date (date, &lunar, &error))
    fail_msg ("%s", error->message);
  return lunar;
}

static void
assert_lunar (gint32 number, HxLunarDate expected)
{
  HxLunarDate lunar = lunar_of (hx_date_from_number (number));

  if (lunar.year != expected.year || lunar.month != expected.month
      || lunar.day != expected.day || lunar.is_leap != expected.is_leap)
    fail_msg ("%d is %d-%d-%d%s", number, lunar.year, lunar.month, lunar.day,
              lunar.is_leap ? " of a leap month" : "");
}

static void
each_year_begins_on_the_day_of_the_almanacs (void **state)
{
  (void)state;
  assert_int_equal (G_N_ELEMENTS (first_days), 201);
  for (int i = 0; i < 201; i++)
    {
      HxLunarDate first = { (gint16)(1900 + i), 1, 1, FALSE };
      HxDate date = { 0, 0, 0 };

      assert_lunar ((1900 + i) * 10000 + first_days[i], first);
      assert_true (hx_lunar_to_date (first, &date, NULL));
      assert_int_equal (hx_date_number (date),
                        (1900 + i) * 10000 + first_days[i]);
    }
}

static void
leap_months_are_those_of_the_almanacs (void **state)
{
  gsize next = 0;

  (void)state;
  for (int year = 1900; year <= 2100; year++)
    {
      gboolean has = next < G_N_ELEMENTS (leaps) && leaps[next].year == year;

      assert_int_equal (hx_lunar_leap_month (year),
                        has ? leaps[next].month : 0);
      next += has;
    }
  assert_int_equal (next, G_N_ELEMENTS (leaps));
  assert_int_equal (hx_lunar_leap_month (1899), 0);
  assert_int_equal (hx_lunar_leap_month (2101), 0);
}

/* A new moon or a term of the Sun within minutes of midnight. */
static void
days_on_which_other_tables_err_are_right (void **state)
{
  static const struct
  {
    gint32 number;
    HxLunarDate lunar;
  } cases[] = {
    { 19060423, { 1906, 3, 30, FALSE } }, { 19060424, { 1906, 4, 1, FALSE } },
    { 19141117, { 1914, 10, 1, FALSE } }, { 19160203, { 1916, 1, 1, FALSE } },
    { 19170323, { 1917, 2, 1, TRUE } },   { 19170421, { 1917, 3, 1, FALSE } },
    { 19201110, { 1920, 10, 1, FALSE } }, { 19220625, { 1922, 5, 1, TRUE } },
    { 19330723, { 1933, 6, 1, FALSE } },  { 19540203, { 1954, 1, 1, FALSE } },
    { 19561202, { 1956, 11, 1, FALSE } }, { 19780903, { 1978, 8, 1, FALSE } },
    { 19870726, { 1987, 6, 1, TRUE } },   { 19870824, { 1987, 7, 1, FALSE } },
    { 19990117, { 1998, 12, 1, FALSE } }, { 20120817, { 2012, 7, 1, FALSE } },
    { 20181108, { 2018, 10, 1, FALSE } }, { 20270206, { 2027, 1, 1, FALSE } },
    { 20300203, { 2030, 1, 1, FALSE } },  { 20331122, { 2033, 11, 1, FALSE } },
    { 20331222, { 2033, 11, 1, TRUE } },  { 20340120, { 2033, 12, 1, FALSE } },
    { 20570929, { 2057, 9, 1, FALSE } },  { 20890904, { 2089, 8, 1, FALSE } },
    { 20970807, { 2097, 7, 1, FALSE } },  { 20970806, { 2097, 6, 29, FALSE } },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_lunar (cases[i].number, cases[i].lunar);
}

static void
an_eclipse_of_the_sun_is_on_the_first_of_a_month (void **state)
{
  static const gint32 eclipses[]
      = { 19190529, 19360619, 19410921, 19550620, 19680922, 19800216,
          19870923, 19970309, 20080801, 20090722, 20100115, 20120521,
          20160309, 20191226, 20200621, 20350902, 20600430 };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (eclipses); i++)
    {
      HxLunarDate lunar = lunar_of (hx_date_from_number (eclipses[i]));

      if (lunar.day != 1)
        fail_msg ("%d is day %d", eclipses[i], lunar.day);
    }
}

static void
both_ends_of_the_range_are_in_it (void **state)
{
  (void)state;
  assert_lunar (19000131, (HxLunarDate){ 1900, 1, 1, FALSE });
  assert_lunar (21001231, (HxLunarDate){ 2100, 12, 1, FALSE });
  assert_lunar (19491001, (HxLunarDate){ 1949, 8, 10, FALSE });
}

/* The day behind `lunar`: the next of its month, or the first of the next. */
static void
assert_follows (HxLunarDate lunar, HxLunarDate next)
{
  gboolean into_leap
      = !lunar.is_leap && hx_lunar_leap_month (lunar.year) == lunar.month;
  int month = into_leap ? lunar.month : lunar.month % 12 + 1;

  if (next.day != 1)
    {
      assert_int_equal (next.day, lunar.day + 1);
      assert_int_equal (next.month, lunar.month);
      assert_int_equal (next.is_leap, lunar.is_leap);
      assert_int_equal (next.year, lunar.year);
      return;
    }
  assert_int_equal (lunar.day, hx_lunar_days_in_month (lunar.year, lunar.month,
                                                       lunar.is_leap));
  assert_in_range (lunar.day, 29, 30);
  assert_int_equal (next.month, month);
  assert_int_equal (next.is_leap, into_leap);
  assert_int_equal (next.year, lunar.year + (month == 1));
}

static void
every_day_of_two_centuries_goes_there_and_back_without_a_gap (void **state)
{
  gint64 first = hx_date_days (hx_date_from_number (19000131));
  gint64 last = hx_date_days (hx_date_from_number (21001231));
  HxLunarDate before = { 1899, 12, 30, FALSE };

  (void)state;
  for (gint64 day = first; day <= last; day++)
    {
      HxDate date = hx_date_from_days (day);
      HxLunarDate lunar = lunar_of (date);
      HxDate back = { 0, 0, 0 };

      if (day > first)
        assert_follows (before, lunar);
      assert_true (hx_lunar_to_date (lunar, &back, NULL));
      assert_int_equal (hx_date_number (back), hx_date_number (date));
      before = lunar;
    }
}

static void
a_year_has_twelve_months_or_thirteen_with_a_leap_month (void **state)
{
  (void)state;
  for (int year = 1900; year <= 2100; year++)
    {
      int days = 0;
      int months = 0;

      for (int month = 1; month <= 12; month++)
        for (int leap = 0; leap <= 1; leap++)
          {
            int length = hx_lunar_days_in_month (year, month, leap);

            days += length;
            months += length > 0;
          }
      if (hx_lunar_leap_month (year) > 0)
        assert_true (months == 13 && days >= 383 && days <= 385);
      else
        assert_true (months == 12 && days >= 353 && days <= 355);
    }
}

static void
a_month_that_is_not_there_has_no_days (void **state)
{
  (void)state;
  assert_int_equal (hx_lunar_days_in_month (2023, 2, TRUE), 29);
  assert_int_equal (hx_lunar_days_in_month (2023, 3, TRUE), 0);
  assert_int_equal (hx_lunar_days_in_month (2022, 2, TRUE), 0);
  assert_int_equal (hx_lunar_days_in_month (2023, 0, FALSE), 0);
  assert_int_equal (hx_lunar_days_in_month (2023, 0, TRUE), 0);
  assert_int_equal (hx_lunar_days_in_month (2022, 0, TRUE), 0);
  assert_int_equal (hx_lunar_days_in_month (2023, 13, FALSE), 0);
  assert_int_equal (hx_lunar_days_in_month (2023, -1, FALSE), 0);
  assert_int_equal (hx_lunar_days_in_month (1899, 1, FALSE), 0);
  assert_int_equal (hx_lunar_days_in_month (2101, 1, FALSE), 0);
}

static void
a_lunar_day_that_no_almanac_has_is_refused (void **state)
{
  static const struct
  {
    HxLunarDate lunar;
    const char *part;
  } cases[] = {
    { { 2023, 2, 30, TRUE }, "农历 2023 年闰 2 月只有 29 天" },
    { { 2024, 1, 30, FALSE }, "农历 2024 年 1 月只有 29 天" },
    { { 2024, 1, 31, FALSE }, "只有 29 天" },
    { { 2024, 1, 0, FALSE }, "只有 29 天" },
    { { 2024, 1, -1, FALSE }, "只有 29 天" },
    { { 2022, 2, 1, TRUE }, "农历 2022 年没有闰 2 月" },
    { { 2023, 3, 1, TRUE }, "农历 2023 年没有闰 3 月" },
    { { 2023, 13, 1, FALSE }, "农历没有第 13 个月" },
    { { 2023, 0, 1, TRUE }, "农历没有第 0 个月" },
    { { 1899, 12, 1, FALSE }, "1900-01-31 至 2100-12-31" },
    { { 2101, 1, 1, FALSE }, "1900-01-31 至 2100-12-31" },
    { { 2100, 12, 2, FALSE }, "1900-01-31 至 2100-12-31" },
    { { 0, 1, 1, FALSE }, "1900-01-31 至 2100-12-31" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      HxDate date = { 1, 2, 3 };

      assert_false (hx_lunar_to_date (cases[i].lunar, &date, &error));
      assert_error (error, HX_ERROR_DATA, cases[i].part);
      assert_false (hx_lunar_to_date (cases[i].lunar, &date, NULL));
      assert_int_equal (hx_date_number (date), 10203);
    }
}

static void
a_date_out_of_range_or_not_whole_is_refused (void **state)
{
  static const struct
  {
    gint32 number;
    const char *part;
  } cases[] = {
    { 19000130, "“1900-01-30”不在农历表的范围内" },
    { 21010101, "“2101-01-01”不在农历表的范围内" },
    { 10101, "不在农历表的范围内" },
    { 99991231, "不在农历表的范围内" },
    { 19380700, "“1938-07”没有写全年月日" },
    { 19380000, "“1938”没有写全年月日" },
    { 20230230, "不在农历表的范围内" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      HxDate date = hx_date_from_number (cases[i].number);
      HxLunarDate lunar = { 7, 7, 7, FALSE };

      assert_false (hx_lunar_from_date (date, &lunar, &error));
      assert_error (error, HX_ERROR_DATA, cases[i].part);
      assert_false (hx_lunar_from_date (date, &lunar, NULL));
      assert_int_equal (lunar.day, 7);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_year_begins_on_the_day_of_the_almanacs),
    cmocka_unit_test (leap_months_are_those_of_the_almanacs),
    cmocka_unit_test (days_on_which_other_tables_err_are_right),
    cmocka_unit_test (an_eclipse_of_the_sun_is_on_the_first_of_a_month),
    cmocka_unit_test (both_ends_of_the_range_are_in_it),
    cmocka_unit_test (
        every_day_of_two_centuries_goes_there_and_back_without_a_gap),
    cmocka_unit_test (a_year_has_twelve_months_or_thirteen_with_a_leap_month),
    cmocka_unit_test (a_month_that_is_not_there_has_no_days),
    cmocka_unit_test (a_lunar_day_that_no_almanac_has_is_refused),
    cmocka_unit_test (a_date_out_of_range_or_not_whole_is_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
