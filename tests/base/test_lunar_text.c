#include "support.h"

typedef struct
{
  const char *text;
  HxLunarDate lunar;
} Case;

static void
lunar_dates_are_written_as_almanacs_do (void **state)
{
  static const Case cases[] = {
    { "癸卯年闰二月初三", { 2023, 2, 3, TRUE } },
    { "二月初三", { 0, 2, 3, FALSE } },
    { "闰二月初三", { 0, 2, 3, TRUE } },
    { "甲辰年正月初一", { 2024, 1, 1, FALSE } },
    { "庚子年十二月三十", { 1900, 12, 30, FALSE } },
    { "癸丑年闰十一月十九", { 2033, 11, 19, TRUE } },
    { "庚申年十月初十", { 2100, 10, 10, FALSE } },
    { "戊寅年闰七月十一", { 1938, 7, 11, TRUE } },
    { "甲子年六月二十", { 1984, 6, 20, FALSE } },
    { "癸亥年三月廿一", { 1983, 3, 21, FALSE } },
    { "九月廿九", { 0, 9, 29, FALSE } },
    { "", { 2023, 0, 1, FALSE } },
    { "", { 2023, 13, 1, FALSE } },
    { "", { 2023, 1, 0, FALSE } },
    { "", { 2023, 1, 31, FALSE } },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[HX_LUNAR_TEXT_SIZE];

      hx_lunar_format (cases[i].lunar, text);
      assert_string_equal (text, cases[i].text);
    }
}

static void
assert_reads (const char *text, int latest, HxLunarDate expected)
{
  g_autoptr (GError) error = NULL;
  HxLunarDate lunar = { 0, 0, 0, FALSE };

  if (!hx_lunar_parse (text, latest, &lunar, &error))
    fail_msg ("%s: %s", text, error->message);
  if (lunar.year != expected.year || lunar.month != expected.month
      || lunar.day != expected.day || lunar.is_leap != expected.is_leap)
    fail_msg ("%s read as %d-%d-%d%s", text, lunar.year, lunar.month, lunar.day,
              lunar.is_leap ? " of a leap month" : "");
}

static void
lunar_dates_are_read_as_people_write_them (void **state)
{
  static const Case cases[] = {
    { "农历正月初一", { 0, 1, 1, FALSE } },
    { "闰四月十五", { 0, 4, 15, TRUE } },
    { "腊月廿九", { 0, 12, 29, FALSE } },
    { "冬月三十", { 0, 11, 30, FALSE } },
    { "閏臘月初八", { 0, 12, 8, TRUE } },
    { "臘月卅", { 0, 12, 30, FALSE } },
    { "一月初一", { 0, 1, 1, FALSE } },
    { "十一月十一", { 0, 11, 11, FALSE } },
    { "十二月二十一", { 0, 12, 21, FALSE } },
    { "十月廿", { 0, 10, 20, FALSE } },
    { "闰十一月十九", { 0, 11, 19, TRUE } },
    { "八月十五日", { 0, 8, 15, FALSE } },
    { "8月15日", { 0, 8, 15, FALSE } },
    { "８月１５号", { 0, 8, 15, FALSE } },
    { "农历 8 月 15 日", { 0, 8, 15, FALSE } },
    { "  阴历 八月　初五 ", { 0, 8, 5, FALSE } },
    { "旧历九月初九", { 0, 9, 9, FALSE } },
    { "夏历九月初10", { 0, 9, 10, FALSE } },
    { "農曆八月十五", { 0, 8, 15, FALSE } },
    { "2023年闰二月初三", { 2023, 2, 3, TRUE } },
    { "农历2023年闰二月初三", { 2023, 2, 3, TRUE } },
    { "2023年农历二月三十", { 2023, 2, 30, FALSE } },
    { "二〇二三年二月初三", { 2023, 2, 3, FALSE } },
    { "一九三八年闰七月廿九", { 1938, 7, 29, TRUE } },
    { "癸卯年闰二月初三", { 2023, 2, 3, TRUE } },
    { "农历癸卯 年 二月初三", { 2023, 2, 3, FALSE } },
    { "农历8.15", { 0, 8, 15, FALSE } },
    { "阴历8-15", { 0, 8, 15, FALSE } },
    { "农历 1938/8/15", { 1938, 8, 15, FALSE } },
    { "旧历1938.08.05", { 1938, 8, 5, FALSE } },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_reads (cases[i].text, 2026, cases[i].lunar);
}

static void
a_named_year_is_the_last_of_that_name (void **state)
{
  static const struct
  {
    const char *text;
    int latest;
    gint16 year;
  } cases[] = {
    { "癸卯年正月初一", 2026, 2023 }, { "癸卯年正月初一", 2023, 2023 },
    { "癸卯年正月初一", 2022, 1963 }, { "癸卯年正月初一", 1962, 1903 },
    { "甲子年正月初一", 2026, 1984 }, { "癸亥年正月初一", 2026, 1983 },
    { "庚子年正月初一", 1950, 1900 }, { "庚申年正月初一", 9999, 2100 },
    { "辛酉年正月初一", 9999, 2041 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_reads (cases[i].text, cases[i].latest,
                  (HxLunarDate){ cases[i].year, 1, 1, FALSE });
}

static void
what_is_written_is_read_back_on_every_day (void **state)
{
  gint64 first = hx_date_days (hx_date_from_number (19000131));
  gint64 last = hx_date_days (hx_date_from_number (21001231));

  (void)state;
  for (gint64 day = first; day <= last; day++)
    {
      HxLunarDate lunar = { 0, 0, 0, FALSE };
      char text[HX_LUNAR_TEXT_SIZE];

      assert_true (hx_lunar_from_date (hx_date_from_days (day), &lunar, NULL));
      hx_lunar_format (lunar, text);
      assert_reads (text, lunar.year, lunar);
    }
}

static void
what_is_no_lunar_date_is_refused (void **state)
{
  static const char *const texts[] = { "",
                                       "农历",
                                       "正月",
                                       "初一",
                                       "十三月初一",
                                       "零月初一",
                                       "正月初十一",
                                       "正月三十一",
                                       "正月零",
                                       "正月初",
                                       "8.15",
                                       "1938-8-15",
                                       "甲丑年正月初一",
                                       "甲年正月初一",
                                       "癸卯正月初一",
                                       "闰闰二月初一",
                                       "正月初一日号",
                                       "正月初一吧",
                                       "正月正月初一",
                                       "农历2023",
                                       "农历8",
                                       "农历8.15.",
                                       "农历38.8.15",
                                       "农历1938.8-15",
                                       "农历13.1",
                                       "农历0.1",
                                       "农历1.31",
                                       "农历1.0",
                                       "2023-02-03",
                                       "99年正月初一",
                                       "正月123",
                                       "腊月廿十",
                                       "12345年正月初一",
                                       "八月十五十五",
                                       "闰",
                                       "闰月初一" };
  g_autofree char *long_text = g_strnfill (5000, '8');
  HxLunarDate lunar = { 7, 7, 7, FALSE };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      if (hx_lunar_parse (texts[i], 2026, &lunar, &error))
        fail_msg ("%s was read", texts[i]);
      assert_error (error, HX_ERROR_DATA, "不是农历日期");
      assert_error (error, HX_ERROR_DATA, texts[i]);
    }
  assert_false (hx_lunar_parse (NULL, 2026, &lunar, NULL));
  assert_false (hx_lunar_parse (long_text, 2026, &lunar, NULL));
  assert_int_equal (lunar.day, 7);
}

static void
a_day_that_its_year_does_not_have_is_refused (void **state)
{
  static const struct
  {
    const char *text;
    int latest;
    const char *part;
  } cases[] = {
    { "2022年闰二月初一", 2026, "农历 2022 年没有闰 2 月" },
    { "2024年正月三十", 2026, "农历 2024 年 1 月只有 29 天" },
    { "癸卯年闰二月三十", 2026, "农历 2023 年闰 2 月只有 29 天" },
    { "癸卯年闰二月初三", 2022, "农历 1963 年没有闰 2 月" },
    { "1899年正月初一", 2026, "1900-01-31 至 2100-12-31" },
    { "农历2101.1.1", 2026, "1900-01-31 至 2100-12-31" },
    { "己亥年正月初一", 1950, "1900-01-31 至 2100-12-31" },
    { "己亥年正月初一", 0, "1900-01-31 至 2100-12-31" },
    { "己亥年正月初一", G_MININT, "1900-01-31 至 2100-12-31" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      HxLunarDate lunar = { 7, 7, 7, FALSE };

      assert_false (
          hx_lunar_parse (cases[i].text, cases[i].latest, &lunar, &error));
      assert_error (error, HX_ERROR_DATA, cases[i].part);
      assert_int_equal (lunar.day, 7);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (lunar_dates_are_written_as_almanacs_do),
    cmocka_unit_test (lunar_dates_are_read_as_people_write_them),
    cmocka_unit_test (a_named_year_is_the_last_of_that_name),
    cmocka_unit_test (what_is_written_is_read_back_on_every_day),
    cmocka_unit_test (what_is_no_lunar_date_is_refused),
    cmocka_unit_test (a_day_that_its_year_does_not_have_is_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
