#include "support.h"

static const char *const layouts[]
    = { "Y-MM-DD", "Y/MM/DD", "Y.MM.DD",   "YMMDD", "Y年MM月DD日",
        "Y/M/D",   "Y.M.D",   "Y年M月D日", "Y-M-D" };

static HxDate
date_of (const GDate *day)
{
  return (HxDate){ (gint16)g_date_get_year (day), (gint8)g_date_get_month (day),
                   (gint8)g_date_get_day (day) };
}

/* Y, MM and M, DD and D stand for the parts. */
static char *
write_layout (const char *layout, HxDate date)
{
  GString *text = g_string_new (layout);
  const struct
  {
    const char *mark;
    int value;
    int digits;
  } parts[] = { { "Y", date.year, 4 },
                { "MM", date.month, 2 },
                { "M", date.month, 1 },
                { "DD", date.day, 2 },
                { "D", date.day, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *value
          = g_strdup_printf ("%0*d", parts[i].digits, parts[i].value);

      g_string_replace (text, parts[i].mark, value, 0);
    }
  return g_string_free (text, FALSE);
}

static void
assert_reads (const char *text, HxDate expected)
{
  g_autoptr (GError) error = NULL;
  HxDate date = { 0, 0, 0 };

  if (!hx_date_parse (text, TRUE, &date, &error))
    fail_msg ("%s: %s", text, error->message);
  if (hx_date_compare (date, expected) != 0)
    fail_msg ("%s read as %d", text, hx_date_number (date));
}

static void
every_day_of_two_centuries_is_read_in_every_layout (void **state)
{
  GDate day;

  (void)state;
  g_date_set_dmy (&day, 1, G_DATE_JANUARY, 1900);
  for (; g_date_get_year (&day) <= 2100; g_date_add_days (&day, 1))
    for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
      {
        g_autofree char *text = write_layout (layouts[i], date_of (&day));

        assert_reads (text, date_of (&day));
      }
}

static void
every_day_of_two_centuries_is_read_in_numerals (void **state)
{
  static const char *const digits[]
      = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
  GDate day;

  (void)state;
  g_date_set_dmy (&day, 1, G_DATE_JANUARY, 1900);
  for (; g_date_get_year (&day) <= 2100; g_date_add_days (&day, 7))
    {
      HxDate date = date_of (&day);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *month = hx_numeral_chinese (date.month);
      g_autofree char *of_month = hx_numeral_chinese (date.day);

      for (int place = 1000; place > 0; place /= 10)
        g_string_append (text, digits[date.year / place % 10]);
      g_string_append_printf (text, "年%s月%s日", month, of_month);
      assert_reads (text->str, date);
    }
}

static void
every_day_of_all_years_has_its_number (void **state)
{
  GDate day;
  gint64 number = 0;

  (void)state;
  g_date_set_dmy (&day, 1, G_DATE_JANUARY, 1);
  number = hx_date_days (date_of (&day));
  assert_int_equal (number, -719162);
  for (gint64 i = 0; i < 3652059; i++)
    {
      HxDate date = hx_date_from_days (number + i);

      assert_int_equal (hx_date_days (date), number + i);
      if (i % 13 != 0)
        continue;
      assert_int_equal (hx_date_compare (date, date_of (&day)), 0);
      if (i + 13 < 3652059)
        g_date_add_days (&day, 13);
    }
}

static void
a_day_is_valid_when_the_calendar_has_it (void **state)
{
  (void)state;
  for (int year = 1895; year <= 2105; year++)
    for (int month = 0; month <= 13; month++)
      for (int day = 0; day <= 32; day++)
        assert_int_equal (hx_date_is_valid (year, month, day),
                          g_date_valid_dmy ((GDateDay)day, (GDateMonth)month,
                                            (GDateYear)year));
  assert_false (hx_date_is_valid (0, 1, 1));
  assert_false (hx_date_is_valid (10000, 1, 1));
  assert_false (hx_date_is_valid (2023, -1, 1));
  assert_int_equal (hx_date_days_in_month (2023, 0), 0);
  assert_int_equal (hx_date_days_in_month (2023, 13), 0);
}

static void
dates_are_read_as_people_write_them (void **state)
{
  static const struct
  {
    const char *text;
    gint32 number;
  } cases[] = {
    { "2023-03-05", 20230305 },
    { "2023/3/5", 20230305 },
    { "2023.3.5", 20230305 },
    { "20230305", 20230305 },
    { "2023年3月5日", 20230305 },
    { "2023年3月5号", 20230305 },
    { "二〇二三年三月五日", 20230305 },
    { "二零二三年十二月三十一日", 20231231 },
    { "二○二三年十月廿五日", 20231025 },
    { "一九三八年七月", 19380700 },
    { "二〇二三年3月五日", 20230305 },
    { "２０２３－０３－０５", 20230305 },
    { "２０２３年３月５日", 20230305 },
    { "２０２３／３／５", 20230305 },
    { " 2023-03-05\xE3\x80\x80", 20230305 },
    { "2023 年 3 月 5 日", 20230305 },
    { "2023 - 3 - 5", 20230305 },
    { "2023-03-05 08:00", 20230305 },
    { "2023-03-05 08:00:59", 20230305 },
    { "2023-03-05T08:00:00.123456Z", 20230305 },
    { "2023-03-05T08:00:00+08:00", 20230305 },
    { "2023-03-05T08:00:00-0330", 20230305 },
    { "2023/3/5 8:00", 20230305 },
    { "2023/3/5 8:00:00 PM", 20230305 },
    { "2023/3/5 下午8:00", 20230305 },
    { "2023年3月5日 8时30分", 20230305 },
    { "2023年3月5日8时", 20230305 },
    { "2023年3月5日上午8点30分15秒", 20230305 },
    { "2023年3月5日 08:30", 20230305 },
    { "20230305 0800", 20230305 },
    { "20230305T080000", 20230305 },
    { "20230305080000", 20230305 },
    { "1938-07", 19380700 },
    { "1938.7", 19380700 },
    { "1938/07", 19380700 },
    { "193807", 19380700 },
    { "1938年7月", 19380700 },
    { "1938 年 7 月", 19380700 },
    { "1938年", 19380000 },
    { "1938", 19380000 },
    { "一九三八年", 19380000 },
    { "0001-01-01", 10101 },
    { "9999-12-31", 99991231 },
    { "2000-02-29", 20000229 },
    { "1944年2月29日", 19440229 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_reads (cases[i].text, hx_date_from_number (cases[i].number));
}

static void
what_no_calendar_has_is_refused_and_never_moved (void **state)
{
  static const char *const impossible[] = {
    "1938-02-30",
    "1938-02-29",
    "1900-02-29",
    "2100-02-29",
    "2023-04-31",
    "2023-13-01",
    "2023-00-05",
    "2023-03-00",
    "2023年2月30日",
    "20230230",
    "1938-13",
    "193813",
    "1938-00",
    "1938年0月",
    "2023/6/31",
    "2023.11.31",
    "二〇二三年二月三十日",
    "20230230080000",
    "2023-03-32",
    "1943-02-29",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (impossible); i++)
    {
      g_autoptr (GError) error = NULL;
      HxDate date = { 1, 1, 1 };

      assert_false (hx_date_parse (impossible[i], TRUE, &date, &error));
      assert_error (error, HX_ERROR_DATA, "在日历上不存在");
      assert_int_equal (hx_date_number (date), 10101);
    }
}

static void
what_is_not_a_date_is_refused (void **state)
{
  static const char *const wrong[] = {
    "",
    " ",
    "abc",
    "去年",
    "23-03-05",
    "2023-03-05-",
    "03/05/2023",
    "2023-03/05",
    "2023-",
    "2023-03-",
    "2023-03-05x",
    "2023-03-055",
    "2023-03-05 25:00",
    "2023-03-05 8:60",
    "2023-03-05 8",
    "2023-03-058:00",
    "0000-01-01",
    "00000101",
    "2023030",
    "202303055",
    "45000",
    "2023年3月5",
    "2023年3",
    "年3月5日",
    "2023年13",
    "2023月3日5",
    "二三年三月五日",
    "2023-03-05 明天",
    "2023--03-05",
    "-2023-03-05",
    "+2023",
    "2023年三十月五日x",
    "2023-03-05T",
    "2023-03-05 08:00 XM",
    "2023-03-05 08:00+99:00",
    "12023-03-05",
    "三百年一月一日",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      HxDate date;

      if (hx_date_parse (wrong[i], TRUE, &date, &error))
        fail_msg ("%s was read", wrong[i]);
      assert_error (error, HX_ERROR_DATA, "不是日期");
    }
  assert_false (hx_date_parse (NULL, TRUE, &(HxDate){ 0, 0, 0 }, NULL));
}

static void
a_partial_date_needs_leave (void **state)
{
  static const char *const partial[]
      = { "1938", "1938-07", "193807", "1938年", "1938年7月" };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (partial); i++)
    {
      g_autoptr (GError) error = NULL;
      HxDate date;

      assert_false (hx_date_parse (partial[i], FALSE, &date, &error));
      assert_error (error, HX_ERROR_DATA, "没有写全年月日");
    }
}

static void
a_very_long_text_is_no_date (void **state)
{
  g_autofree char *text = g_strnfill (1 << 20, '2');
  g_autoptr (GError) error = NULL;
  HxDate date;

  (void)state;
  assert_false (hx_date_parse (text, TRUE, &date, &error));
  assert_true (strlen (error->message) < 300);
}

static void
serials_follow_excel_with_its_false_leap_day (void **state)
{
  static const struct
  {
    gint64 serial;
    gboolean epoch_1904;
    gint32 number; /* 0: refused */
  } cases[] = {
    { 1, FALSE, 19000101 },
    { 59, FALSE, 19000228 },
    { 60, FALSE, 0 },
    { 61, FALSE, 19000301 },
    { 44990, FALSE, 20230305 },
    { 2958465, FALSE, 99991231 },
    { 2958466, FALSE, 0 },
    { 0, FALSE, 0 },
    { -1, FALSE, 0 },
    { G_MAXINT64, FALSE, 0 },
    { G_MININT64, FALSE, 0 },
    { 0, TRUE, 19040101 },
    { 60, TRUE, 19040301 },
    { 43528, TRUE, 20230305 },
    { 2957003, TRUE, 99991231 },
    { 2957004, TRUE, 0 },
    { -1, TRUE, 0 },
    { G_MAXINT64, TRUE, 0 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxDate date = { 0, 0, 0 };
      gboolean read
          = hx_date_from_serial (cases[i].serial, cases[i].epoch_1904, &date);

      assert_int_equal (read, cases[i].number != 0);
      assert_int_equal (hx_date_number (date), cases[i].number);
    }
}

static void
dates_are_written_with_the_parts_they_have (void **state)
{
  static const struct
  {
    HxDate date;
    const char *text;
  } cases[] = {
    { { 2023, 3, 5 }, "2023-03-05" }, { { 1938, 7, 0 }, "1938-07" },
    { { 1938, 0, 0 }, "1938" },       { { 1, 12, 31 }, "0001-12-31" },
    { { 9999, 1, 1 }, "9999-01-01" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[HX_DATE_TEXT_SIZE];

      hx_date_format (cases[i].date, text);
      assert_string_equal (text, cases[i].text);
      assert_reads (text, cases[i].date);
    }
}

static void
numbers_of_dates_sort_as_dates_do (void **state)
{
  static const HxDate sorted[]
      = { { 1938, 0, 0 },   { 1938, 7, 0 }, { 1938, 7, 1 },
          { 1938, 12, 31 }, { 1939, 0, 0 }, { 2023, 1, 1 } };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        int order = hx_date_compare (sorted[i], sorted[j]);
        HxDate back = hx_date_from_number (hx_date_number (sorted[i]));

        assert_int_equal ((order > 0) - (order < 0), (i > j) - (i < j));
        assert_int_equal (hx_date_compare (back, sorted[i]), 0);
      }
}

static void
now_is_written_in_utc_to_the_microsecond (void **state)
{
  g_autofree char *text = hx_time_now ();
  g_autoptr (GDateTime) read = g_date_time_new_from_iso8601 (text, NULL);
  gint64 now = g_get_real_time () / 1000000;

  (void)state;
  assert_int_equal (strlen (text), strlen ("2023-03-05T08:00:00.123456Z"));
  assert_non_null (read);
  assert_in_range (now - g_date_time_to_unix (read), 0, 5);
}

static void
today_is_a_day_of_the_calendar (void **state)
{
  HxDate before = hx_date_today ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  HxDate after = hx_date_today ();
  HxDate expected = { (gint16)g_date_time_get_year (now),
                      (gint8)g_date_time_get_month (now),
                      (gint8)g_date_time_get_day_of_month (now) };

  (void)state;
  assert_true (hx_date_compare (before, expected) <= 0);
  assert_true (hx_date_compare (expected, after) <= 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_day_of_two_centuries_is_read_in_every_layout),
    cmocka_unit_test (every_day_of_two_centuries_is_read_in_numerals),
    cmocka_unit_test (every_day_of_all_years_has_its_number),
    cmocka_unit_test (a_day_is_valid_when_the_calendar_has_it),
    cmocka_unit_test (dates_are_read_as_people_write_them),
    cmocka_unit_test (what_no_calendar_has_is_refused_and_never_moved),
    cmocka_unit_test (what_is_not_a_date_is_refused),
    cmocka_unit_test (a_partial_date_needs_leave),
    cmocka_unit_test (a_very_long_text_is_no_date),
    cmocka_unit_test (serials_follow_excel_with_its_false_leap_day),
    cmocka_unit_test (dates_are_written_with_the_parts_they_have),
    cmocka_unit_test (numbers_of_dates_sort_as_dates_do),
    cmocka_unit_test (now_is_written_in_utc_to_the_microsecond),
    cmocka_unit_test (today_is_a_day_of_the_calendar),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
