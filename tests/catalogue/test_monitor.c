/* Loading monitor.yaml, and the working days it names. */
#include "catalogue/monitor.h"
#include "support.h"

#define SET(key, rest)                                                         \
  "- {key: " key ", name: 甲, document: 一号文, base: initial,"            \
  " answer_within: 10, " rest "}\n"

static void
a_set_is_read_whole_and_one_is_in_force (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue = load_with (
      "monitor.yaml",
      "use: b\nsets:\n"
      "- {key: a-2025, name: 四川, region: 川, year: 2025, document: 十号,\n"
      "   base: total, lines: [{after: 04-30, rate: 25},"
      " {after: 06-30, rate: 40.5}],\n"
      "   gap: 10, behind: 0.01, answer_within: 7}\n" SET ("b",
                                                           "lines: linear"),
      &error);
  const HxMonitorRules *first, *second;

  (void)state;
  if (error != NULL)
    fail_msg ("%s", error->message);
  assert_int_equal (hx_catalogue_monitor_sets (catalogue)->len, 2);
  first = hx_catalogue_monitor (catalogue, "四川");
  second = hx_catalogue_monitor (catalogue, NULL);
  assert_string_equal (first->key, "a-2025");
  assert_string_equal (first->region, "川");
  assert_string_equal (first->document, "十号");
  assert_int_equal (first->year, 2025);
  assert_int_equal (first->base, HX_MONITOR_TOTAL);
  assert_int_equal (first->cuts->len, 2);
  assert_int_equal (g_array_index (first->cuts, HxMonitorCut, 1).share, 4050);
  assert_int_equal (g_array_index (first->cuts, HxMonitorCut, 1).month, 6);
  assert_true (first->has_gap && first->has_behind);
  assert_int_equal (first->gap, 1000);
  assert_int_equal (first->behind, 1);
  assert_int_equal (first->answer_within, 7);
  assert_string_equal (second->key, "b");
  assert_true (second->is_linear);
  assert_false (second->has_gap || second->has_behind);
  assert_null (hx_catalogue_monitor (catalogue, "c"));
}

static void
without_the_file_there_are_no_rules_but_weekends (void **state)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) catalogue = must_load (bundle);
  const HxWorkingDays *days = hx_catalogue_working_days (catalogue);

  (void)state;
  assert_null (hx_catalogue_monitor (catalogue, NULL));
  assert_int_equal (hx_catalogue_monitor_sets (catalogue)->len, 0);
  assert_true (hx_day_is_worked (days, (HxDate){ 2023, 7, 28 }));
  assert_false (hx_day_is_worked (days, (HxDate){ 2023, 7, 29 }));
}

static void
a_wrong_set_is_refused_with_its_place (void **state)
{
  static const struct
  {
    const char *text, *place, *says;
  } faults[] = {
    { "- a\n", "1:1", "这里应当是" },
    { "sets: 3\n", "1:7", "这里应当是一个列表" },
    { "use: c\nsets:\n" SET ("b", "lines: linear"), "1:6", "没有监控规则“c”" },
    { "sets:\n" SET ("b", "lines: linear") SET ("b", "lines: linear"), "3:9",
      "监控规则“b”重复" },
    { "sets:\n" SET ("B b", "lines: linear"), "2:9", "代号“B b”不对" },
    { "sets:\n" SET ("b", "lines: straight"), "2:", "不认识的预警线" },
    { "sets:\n" SET ("b", "gap: 10"), "2:", "lines" },
    { "sets:\n" SET ("b", "lines: linear, gap: ten"), "2:", "百分数" },
    { "sets:\n" SET ("b", "lines: linear, gap: 100.01"), "2:", "百分数" },
    { "sets:\n" SET ("b", "lines: linear, gap: 0"), "2:", "百分数" },
    { "sets:\n" SET ("b", "lines: linear, gap: 1.005"), "2:", "百分数" },
    { "sets:\n" SET ("b", "lines: linear, year: 25"), "2:", "不是年度" },
    { "sets:\n" SET ("b", "lines: linear, colour: red"), "2:", "colour" },
    { "sets:\n" SET ("b", "lines: [{after: 02-30, rate: 4}]"),
      "2:", "不是一年里的日子" },
    { "sets:\n" SET ("b", "lines: [{after: 2023-02-03, rate: 4}]"),
      "2:", "不是一年里的日子" },
    { "sets:\n" SET (
          "b", "lines: [{after: 06-30, rate: 4}, {after: 06-30, rate: 5}]"),
      "2:", "没有按日期排列" },
    { "sets: []\ndays: {closed: [13-01]}\n", "2:", "不是日子" },
    { "sets: []\ndays: {festivals: {moon: 3}}\n", "2:", "不认识的节日" },
    { "sets: []\ndays: {weekdays: [friday, mon]}\n", "2:", "不认识的星期" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *place
          = g_strdup_printf ("monitor.yaml:%s", faults[i].place);

      assert_null (load_with ("monitor.yaml", faults[i].text, &error));
      assert_non_null (error);
      if (strstr (error->message, place) == NULL
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%u: %s", (guint)i, error->message);
    }
}

static void
the_line_of_a_day_is_the_last_whose_day_has_come (void **state)
{
  g_autoptr (HxCatalogue) catalogue
      = load_with ("monitor.yaml",
                   "sets:\n" SET ("a", "lines: [{after: 04-30, rate: 25},"
                                       " {after: 06-30, rate: 40}]")
                       SET ("b", "lines: linear"),
                   NULL);
  static const struct
  {
    gint32 day;
    gint64 fixed, months; /* 0: nothing is asked */
  } cuts[] = { { 20230101, 0, 0 },    { 20230130, 0, 0 },
               { 20230131, 0, 1 },    { 20230227, 0, 1 },
               { 20230228, 0, 2 },    { 20240228, 0, 1 },
               { 20240229, 0, 2 },    { 20230429, 0, 3 },
               { 20230430, 2500, 4 }, { 20230629, 2500, 5 },
               { 20230630, 4000, 6 }, { 20231231, 4000, 12 } };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      const HxDate day = hx_date_from_number (cuts[i].day);
      gint64 share = 0, of = 0, months = 0, year = 0;

      assert_int_equal (
          hx_monitor_line_on (hx_catalogue_monitor (catalogue, "a"), day,
                              &share, &of),
          cuts[i].fixed != 0);
      assert_int_equal (share, cuts[i].fixed);
      assert_int_equal (
          hx_monitor_line_on (hx_catalogue_monitor (catalogue, "b"), day,
                              &months, &year),
          cuts[i].months != 0);
      assert_int_equal (months, cuts[i].months);
      assert_int_equal (of, 10000);
      assert_int_equal (year, 12);
    }
}

/* Days of 2023 as the State Council gave them. */
static void
the_shipped_calendar_knows_the_working_days_of_2023 (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
  static const gint32 closed[]
      = { 20230102, 20230121, 20230127, 20230405, 20230429, 20230501,
          20230503, 20230622, 20230624, 20230929, 20231006, 20230730 };
  static const gint32 worked[]
      = { 20230103, 20230120, 20230128, 20230129, 20230130, 20230404,
          20230406, 20230423, 20230504, 20230505, 20230506, 20230625,
          20230928, 20231007, 20231008, 20230731 };
  static const struct
  {
    gint32 from;
    guint count;
    gint32 due;
  } spans[] = { { 20230731, 0, 20230731 },  { 20230731, 1, 20230801 },
                { 20230731, 10, 20230814 }, { 20230630, 10, 20230714 },
                { 20230428, 10, 20230516 }, { 20230120, 1, 20230128 },
                { 20230928, 10, 20231018 }, { 20231031, 10, 20231114 } };
  const HxWorkingDays *days;

  (void)state;
  if (error != NULL)
    fail_msg ("%s", error->message);
  days = hx_catalogue_working_days (catalogue);
  for (gsize i = 0; i < G_N_ELEMENTS (closed); i++)
    if (hx_day_is_worked (days, hx_date_from_number (closed[i])))
      fail_msg ("%d is worked", closed[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (worked); i++)
    if (!hx_day_is_worked (days, hx_date_from_number (worked[i])))
      fail_msg ("%d is closed", worked[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    assert_int_equal (
        hx_date_number (hx_day_after (days, hx_date_from_number (spans[i].from),
                                      spans[i].count)),
        spans[i].due);
}

static void
the_shipped_lines_are_those_of_the_document (void **state)
{
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, NULL);
  const HxMonitorRules *rules = hx_catalogue_monitor (catalogue, NULL);
  static const HxMonitorCut cuts[]
      = { { 4, 30, 2500 }, { 6, 30, 4000 }, { 8, 31, 6000 }, { 10, 31, 8000 } };

  (void)state;
  assert_string_equal (rules->document, "川财绩〔2025〕10号");
  assert_int_equal (rules->cuts->len, G_N_ELEMENTS (cuts));
  for (guint i = 0; i < rules->cuts->len; i++)
    {
      const HxMonitorCut *cut = &g_array_index (rules->cuts, HxMonitorCut, i);

      assert_int_equal (cut->month, cuts[i].month);
      assert_int_equal (cut->day, cuts[i].day);
      assert_int_equal (cut->share, cuts[i].share);
    }
  assert_int_equal (rules->gap, 1000);
  assert_int_equal (rules->answer_within, 10);
  assert_true (hx_catalogue_monitor (catalogue, "linear")->is_linear);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_set_is_read_whole_and_one_is_in_force),
    cmocka_unit_test (without_the_file_there_are_no_rules_but_weekends),
    cmocka_unit_test (a_wrong_set_is_refused_with_its_place),
    cmocka_unit_test (the_line_of_a_day_is_the_last_whose_day_has_come),
    cmocka_unit_test (the_shipped_calendar_knows_the_working_days_of_2023),
    cmocka_unit_test (the_shipped_lines_are_those_of_the_document),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
