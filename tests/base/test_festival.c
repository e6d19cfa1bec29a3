#include "support.h"

static void
festivals_fall_where_the_almanacs_have_them (void **state)
{
  static const struct
  {
    HxFestival festival;
    gint32 numbers[10];
  } cases[] = {
    { HX_FESTIVAL_SPRING,
      { 19000131, 19490129, 19780207, 20200125, 20210212, 20220201, 20230122,
        20240210, 20250129, 20270206 } },
    { HX_FESTIVAL_NEW_YEAR_EVE,
      { 19000130, 20200124, 20210211, 20220131, 20230121, 20240209, 20250128,
        20270205 } },
    { HX_FESTIVAL_LANTERN,
      { 20200208, 20210226, 20220215, 20230205, 20240224, 20250212 } },
    { HX_FESTIVAL_QINGMING,
      { 20190405, 20200404, 20210404, 20220405, 20230405, 20240404, 20250404,
        20260405, 20270405, 19110406 } },
    { HX_FESTIVAL_DRAGON_BOAT,
      { 20190607, 20200625, 20210614, 20220603, 20230622, 20240610, 20250531,
        20260619 } },
    { HX_FESTIVAL_PARTY_DAY, { 19210701, 20230701, 21000701 } },
    { HX_FESTIVAL_ARMY_DAY, { 19270801, 20230801, 21000801 } },
    { HX_FESTIVAL_MID_AUTUMN,
      { 19780917, 20171004, 20180924, 20190913, 20201001, 20210921, 20220910,
        20230929, 20240917, 20251006 } },
    { HX_FESTIVAL_DOUBLE_NINTH,
      { 20191007, 20201025, 20211014, 20221004, 20231023, 20241011,
        20251029 } },
    { HX_FESTIVAL_NATIONAL_DAY, { 19491001, 20231001, 21001001 } },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < 10 && cases[i].numbers[j] != 0; j++)
      {
        gint32 number = cases[i].numbers[j];
        HxDate date = { 0, 0, 0 };

        assert_true (
            hx_festival_date (cases[i].festival, number / 10000, &date));
        assert_int_equal (hx_date_number (date), number);
      }
}

static void
the_eighth_of_the_last_month_belongs_to_the_spring_that_follows (void **state)
{
  static const struct
  {
    int year;
    gint32 number;
  } cases[] = { { 2022, 20220110 },
                { 2023, 20221230 },
                { 2024, 20240118 },
                { 2025, 20250107 },
                { 2100, 21000117 } };
  HxDate date = { 0, 0, 0 };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_true (hx_festival_date (HX_FESTIVAL_LABA, cases[i].year, &date));
      assert_int_equal (hx_date_number (date), cases[i].number);
    }
  assert_false (hx_festival_date (HX_FESTIVAL_LABA, 1900, &date));
}

/* The rule of thumb in use for 清明: it has no exception in two centuries. */
static void
qingming_follows_the_rule_of_thumb_of_its_century (void **state)
{
  (void)state;
  for (int year = 1901; year <= 2099; year++)
    {
      int of_century = year % 100;
      int constant = year < 2000 ? 55900 : 48100;
      HxDate date = { 0, 0, 0 };

      if (year == 2000)
        continue;
      assert_true (hx_festival_date (HX_FESTIVAL_QINGMING, year, &date));
      assert_int_equal (date.month, 4);
      if (date.day != (of_century * 2422 + constant) / 10000 - of_century / 4)
        fail_msg ("%d: %d", year, date.day);
    }
}

static void
every_festival_is_in_its_year_and_in_order (void **state)
{
  (void)state;
  for (int year = 1901; year <= 2100; year++)
    {
      gint32 before = (year - 1) * 10000 + 1228;

      for (guint i = 0; i < HX_FESTIVALS; i++)
        {
          HxDate date = { 0, 0, 0 };

          if (i == HX_FESTIVAL_NATIONAL_DAY)
            continue;
          assert_true (hx_festival_date ((HxFestival)i, year, &date));
          assert_true (hx_date_number (date) > before);
          assert_true (date.year == year || i == HX_FESTIVAL_LABA);
          before = hx_date_number (date);
        }
    }
}

static void
years_without_a_table_have_no_festivals (void **state)
{
  HxDate date = { 7, 7, 7 };

  (void)state;
  for (guint i = 0; i < HX_FESTIVALS; i++)
    {
      assert_false (hx_festival_date ((HxFestival)i, 1899, &date));
      assert_false (hx_festival_date ((HxFestival)i, 2101, &date));
    }
  assert_false (hx_festival_date ((HxFestival)HX_FESTIVALS, 2023, &date));
  assert_false (hx_festival_date ((HxFestival)-1, 2023, &date));
  assert_int_equal (date.day, 7);
}

static void
keys_and_names_lead_back_to_their_festival (void **state)
{
  (void)state;
  for (guint i = 0; i < HX_FESTIVALS; i++)
    {
      HxFestival festival = (HxFestival)99;

      assert_true (
          hx_festival_parse (hx_festival_key ((HxFestival)i), &festival));
      assert_int_equal (festival, i);
      festival = (HxFestival)99;
      assert_true (
          hx_festival_parse (hx_festival_name ((HxFestival)i), &festival));
      assert_int_equal (festival, i);
    }
}

static void
other_names_in_use_are_known (void **state)
{
  static const struct
  {
    const char *text;
    int festival; /* -1: none */
  } cases[] = {
    { "春节", HX_FESTIVAL_SPRING },
    { " 春 节 ", -1 },
    { "　春节 ", HX_FESTIVAL_SPRING },
    { "过年", HX_FESTIVAL_SPRING },
    { "农历新年", HX_FESTIVAL_SPRING },
    { "元宵节", HX_FESTIVAL_LANTERN },
    { "清明节", HX_FESTIVAL_QINGMING },
    { "端阳", HX_FESTIVAL_DRAGON_BOAT },
    { "端午节", HX_FESTIVAL_DRAGON_BOAT },
    { "建党节", HX_FESTIVAL_PARTY_DAY },
    { "七一建党节", HX_FESTIVAL_PARTY_DAY },
    { "建军节", HX_FESTIVAL_ARMY_DAY },
    { "中秋节", HX_FESTIVAL_MID_AUTUMN },
    { "mid_autumn", HX_FESTIVAL_MID_AUTUMN },
    { "敬老节", HX_FESTIVAL_DOUBLE_NINTH },
    { "老年节", HX_FESTIVAL_DOUBLE_NINTH },
    { "国庆节", HX_FESTIVAL_NATIONAL_DAY },
    { "十一", HX_FESTIVAL_NATIONAL_DAY },
    { "大年三十", HX_FESTIVAL_NEW_YEAR_EVE },
    { "腊八节", HX_FESTIVAL_LABA },
    { "", -1 },
    { "节", -1 },
    { "春", -1 },
    { "元宵节 上元节", -1 },
    { "圣诞节", -1 },
    { NULL, -1 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxFestival festival = (HxFestival)99;
      gboolean known = hx_festival_parse (cases[i].text, &festival);

      if ((known ? (int)festival : -1) != cases[i].festival)
        fail_msg ("%s: %d", cases[i].text, (int)festival);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (festivals_fall_where_the_almanacs_have_them),
    cmocka_unit_test (
        the_eighth_of_the_last_month_belongs_to_the_spring_that_follows),
    cmocka_unit_test (qingming_follows_the_rule_of_thumb_of_its_century),
    cmocka_unit_test (every_festival_is_in_its_year_and_in_order),
    cmocka_unit_test (years_without_a_table_have_no_festivals),
    cmocka_unit_test (keys_and_names_lead_back_to_their_festival),
    cmocka_unit_test (other_names_in_use_are_known),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
