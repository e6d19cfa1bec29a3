#include "support.h"

static void
a_solar_birthday_is_the_same_day_of_each_year (void **state)
{
  HxDate birth = { 1938, 7, 12 };

  (void)state;
  for (int year = 1938; year <= 2100; year++)
    {
      HxDate day = { 0, 0, 0 };

      assert_true (
          hx_birthday_solar (birth, year, HX_LEAP_DAY_FEBRUARY_28, &day));
      assert_int_equal (hx_date_number (day), year * 10000 + 712);
    }
}

static void
the_29th_of_february_follows_its_rule_in_common_years (void **state)
{
  static const struct
  {
    int year;
    HxLeapDayRule rule;
    gint32 number;
  } cases[] = {
    { 2024, HX_LEAP_DAY_FEBRUARY_28, 20240229 },
    { 2024, HX_LEAP_DAY_MARCH_1, 20240229 },
    { 2023, HX_LEAP_DAY_FEBRUARY_28, 20230228 },
    { 2023, HX_LEAP_DAY_MARCH_1, 20230301 },
    { 2000, HX_LEAP_DAY_MARCH_1, 20000229 },
    { 2100, HX_LEAP_DAY_FEBRUARY_28, 21000228 },
    { 2100, HX_LEAP_DAY_MARCH_1, 21000301 },
  };
  HxDate birth = { 1936, 2, 29 };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxDate day = { 0, 0, 0 };

      assert_true (
          hx_birthday_solar (birth, cases[i].year, cases[i].rule, &day));
      assert_int_equal (hx_date_number (day), cases[i].number);
    }
}

static void
a_birth_without_its_day_has_no_birthday (void **state)
{
  static const HxDate births[]
      = { { 1938, 0, 0 },  { 1938, 7, 0 },  { 1938, 13, 1 }, { 1938, -1, 1 },
          { 1938, 7, -1 }, { 1938, 4, 31 }, { 1938, 2, 30 } };
  HxDate day = { 7, 7, 7 };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (births); i++)
    assert_false (
        hx_birthday_solar (births[i], 2023, HX_LEAP_DAY_MARCH_1, &day));
  assert_false (
      hx_birthday_solar ((HxDate){ 1938, 7, 1 }, 0, HX_LEAP_DAY_MARCH_1, &day));
  assert_false (hx_birthday_solar ((HxDate){ 1938, 7, 1 }, 10000,
                                   HX_LEAP_DAY_MARCH_1, &day));
  assert_int_equal (day.day, 7);
}

static void
lunar_birthdays_are_those_of_the_almanac (void **state)
{
  static const struct
  {
    HxLunarDate birth;
    int year;
    gint32 days[HX_BIRTHDAYS_MAX];
  } cases[] = {
    /* a plain month */
    { { 1938, 8, 15, FALSE }, 2023, { 20230929 } },
    { { 0, 8, 15, FALSE }, 2024, { 20240917 } },
    { { 1943, 2, 3, FALSE }, 2023, { 20230222 } },
    /* a leap month, in years with that month and without */
    { { 1947, 2, 3, TRUE }, 2023, { 20230324 } },
    { { 1947, 2, 3, TRUE }, 2024, { 20240312 } },
    { { 2020, 4, 29, TRUE }, 2020, { 20200620 } },
    { { 2020, 4, 29, TRUE }, 2025, { 20250526 } },
    /* day 30 of a month of 29 days: 2024-03-09 ends the first month */
    { { 1940, 1, 30, FALSE }, 2024, { 20240309 } },
    { { 1940, 1, 30, FALSE }, 2023, { 20230219 } },
    { { 1944, 2, 30, TRUE }, 2023, { 20230419 } },
    /* twice in a year, and not at all */
    { { 1935, 12, 8, FALSE }, 2022, { 20220110, 20221230 } },
    { { 1935, 12, 8, FALSE }, 2023, { 0 } },
    { { 1935, 12, 8, FALSE }, 2024, { 20240118 } },
    { { 1935, 12, 30, FALSE }, 2024, { 20240209 } },
    { { 1935, 12, 30, FALSE }, 2025, { 20250128 } },
    /* the last years of the range */
    { { 2030, 12, 1, FALSE }, 2100, { 21000110, 21001231 } },
    { { 2030, 12, 2, FALSE }, 2100, { 21000111 } },
    /* no such birth, or no such year */
    { { 1938, 0, 1, FALSE }, 2023, { 0 } },
    { { 1938, 13, 1, FALSE }, 2023, { 0 } },
    { { 1938, 1, 0, FALSE }, 2023, { 0 } },
    { { 1938, 1, 31, FALSE }, 2023, { 0 } },
    { { 1938, 1, 1, FALSE }, 1899, { 0 } },
    { { 1938, 1, 1, FALSE }, 2102, { 0 } },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxDate days[HX_BIRTHDAYS_MAX] = { { 0, 0, 0 }, { 0, 0, 0 } };

      hx_birthday_lunar (cases[i].birth, cases[i].year, days);
      for (guint j = 0; j < HX_BIRTHDAYS_MAX; j++)
        if (hx_date_number (days[j]) != cases[i].days[j])
          fail_msg ("%d-%d in %d: %d", cases[i].birth.month, cases[i].birth.day,
                    cases[i].year, hx_date_number (days[j]));
    }
}

/* The slow way: is this day, of this year, the birthday? */
static gboolean
is_birthday (HxLunarDate birth, HxLunarDate day)
{
  gboolean leap
      = birth.is_leap && hx_lunar_leap_month (day.year) == birth.month;
  int days = hx_lunar_days_in_month (day.year, day.month, day.is_leap);

  return day.month == birth.month && day.is_leap == leap
         && (day.day == birth.day || (birth.day == 30 && day.day == days));
}

static guint
search_year (HxLunarDate birth, int year, HxDate *days)
{
  gint64 first = hx_date_days ((HxDate){ (gint16)year, 1, 1 });
  guint count = 0;

  for (gint64 day = first; day < first + 366; day++)
    {
      HxDate date = hx_date_from_days (day);
      HxLunarDate lunar;

      if (date.year == year && hx_lunar_from_date (date, &lunar, NULL)
          && is_birthday (birth, lunar))
        {
          assert_in_range (count, 0, HX_BIRTHDAYS_MAX - 1);
          days[count++] = date;
        }
    }
  return count;
}

static void
every_lunar_birthday_is_where_a_search_of_the_year_finds_it (void **state)
{
  static const gint8 of_month[] = { 1, 15, 29, 30 };
  guint none = 0;
  guint twice = 0;

  (void)state;
  for (int year = 1900; year <= 2100; year += 1)
    for (int i = 0; i < 12 * 4 * 2; i += 1 + year % 7)
      {
        HxLunarDate birth
            = { 0, (gint8)(i / 8 + 1), of_month[i / 2 % 4], i % 2 };
        HxDate found[HX_BIRTHDAYS_MAX];
        HxDate days[HX_BIRTHDAYS_MAX];
        guint count = search_year (birth, year, found);

        assert_int_equal (hx_birthday_lunar (birth, year, days), count);
        for (guint j = 0; j < count; j++)
          assert_int_equal (hx_date_number (days[j]),
                            hx_date_number (found[j]));
        none += count == 0;
        twice += count == 2;
      }
  assert_true (none > 100);
  assert_true (twice > 100);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_solar_birthday_is_the_same_day_of_each_year),
    cmocka_unit_test (the_29th_of_february_follows_its_rule_in_common_years),
    cmocka_unit_test (a_birth_without_its_day_has_no_birthday),
    cmocka_unit_test (lunar_birthdays_are_those_of_the_almanac),
    cmocka_unit_test (
        every_lunar_birthday_is_where_a_search_of_the_year_finds_it),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
