/* Loading scorecards: what a good one becomes, how a wrong one is refused with
 * its place; which card scores a year. */
#include "card_test.h"

#define HEAD                                                                   \
  "key: one\nname: 一张表\ndocument: 一号文\nvalid_from: 2020-01-01\n"
#define ROW(rest) "  - {key: a, name: 甲, points: 100, " rest "}\n"
#define ONE(rest) HEAD "rows:\n" ROW (rest)
#define RATIO "rule: ratio, ratio: [budget.executed, budget.total]"

static HxCatalogue *
shipped_with (const char *path, const char *text, GError **error)
{
  g_autoptr (HxBundle) bundle = hx_bundle_read (HX_TEST_CATALOGUE, error);

  if (bundle == NULL)
    return NULL;
  hx_bundle_add (bundle, path, text);
  return hx_catalogue_load (bundle, error);
}

static const struct
{
  const char *card, *place, *says;
} faults[] = {
  { "- a\n", "1:1", "“键: 值”" },
  { HEAD, "1:1", "缺少“rows”" },
  { "name: 甲\ndocument: 一\nvalid_from: 2020-01-01\nrows:\n" ROW (RATIO),
    "1:1", "缺少“key”" },
  { "key: one\nname: 甲\nvalid_from: 2020-01-01\nrows:\n" ROW (RATIO), "1:1",
    "缺少“document”" },
  { HEAD "grade: 1\nrows:\n" ROW (RATIO), "5:1", "是不是“grades”？" },
  { "key: one\nname: 甲\ndocument: 一\nvalid_from: 2020-02-30\nrows:\n" ROW (
        RATIO),
    "4:", "2020-02-30" },
  { HEAD "years: [2023, 2022]\nrows:\n" ROW (RATIO), "5:", "适用年度不对" },
  { HEAD "layout: wide\nrows:\n" ROW (RATIO), "5:", "“layout”的值" },
  { HEAD "decimals: 5\nrows:\n" ROW (RATIO), "5:", "小数位数不对" },
  { HEAD "grades:\n  - {name: 优, from: 80}\n  - {name: 良, from: 80}\n"
         "rows:\n" ROW (RATIO),
    "7:", "等级要从高到低" },
  { HEAD "grades:\n  - {name: 优}\nrows:\n" ROW (RATIO), "6:", "等级没有下限" },
  { HEAD "total: 90\nrows:\n" ROW (RATIO),
    "7:", "分值合计 100.00，应为 90.00，多 10.00" },
  { HEAD "rows:\n  - key: a\n    name: 甲\n    points: 100\n    rows:\n"
         "      - {key: b, name: 乙, points: 99.99, " RATIO "}\n",
    "6:", "少 0.01" },
  { HEAD "rows:\n  - {key: a, name: 甲, points: 50, " RATIO "}\n"
         "  - {key: a, name: 乙, points: 50, " RATIO "}\n",
    "7:", "评分项“a”重复" },
  { HEAD "rows:\n  - {key: a, name: 甲, points: 100.005, " RATIO "}\n",
    "6:", "100.005" },
  { HEAD "rows:\n  - {key: a, name: 甲, points: 0, " RATIO "}\n",
    "6:", "分值不对" },
  { HEAD "rows:\n  - {key: a, name: 甲, points: 10000.01, " RATIO "}\n",
    "6:", "不超过 10000" },
  { HEAD "rows:\n  - {key: a, name: 甲, points: 92233720368547758, " RATIO
         "}\n  - {key: b, name: 乙, points: 92233720368547758, " RATIO "}\n",
    "7:", "不超过 10000" },
  { HEAD "total: 92233720368547758\nrows:\n" ROW (RATIO),
    "5:", "不超过 10000" },
  { HEAD "rows:\n  - {key: a, name: 甲, points: 110, " RATIO "}\n"
         "  - {key: b, name: 乙, points: -10, " RATIO "}\n",
    "7:", "“乙”的分值不对" },
  { HEAD "rows: []\n", "5:", "评分项最多三级" },
  { ONE ("note: 空"), "6:", "不认识的键" },
  { ONE ("standard: 空"), "6:", "缺少“rule”" },
  { ONE ("rule: rato"), "6:", "是不是“ratio”？" },
  { ONE ("rule: ratio, each: 1"), "6:", "不认识的键" },
  { ONE ("rule: ratio, value: 1, ratio: [1, 2]"), "6:", "只能有一种" },
  { ONE ("rule: ratio, value: budget.spent"), "6:", "没有这样的数" },
  { ONE ("rule: ratio, value: budget.executed@food"),
    "6:", "没有支出性质“food”" },
  { ONE ("rule: ratio, value: plan.tasks@project"), "6:", "没有这样的数" },
  { ONE ("rule: ratio, value: budget_execution_rat"),
    "6:", "是不是“budget_execution_rate”？" },
  { ONE ("rule: ratio, ratio: [1]"), "6:", "这里要写两个数" },
  { ONE ("rule: ratio, value: budget.quarter_rates"),
    "6:", "各季度末执行率不是一个数" },
  { ONE ("rule: ratio, change: entry.value"), "6:", "上年的数无从取得" },
  { ONE ("rule: ratio, without_base: zero"), "6:", "“without_base”的值" },
  { ONE ("rule: ratio, target: 0"), "6:", "“target”要大于 0" },
  { ONE ("rule: ratio, over: 99"), "6:", "over 不能小于 100" },
  { ONE ("rule: ratio, over_rate: 1"), "6:", "over_rate" },
  { ONE ("rule: steps"), "6:", "没有分档" },
  { ONE ("rule: steps, steps: [{from: 5, points: 1}]"), "6:", "空当或重叠" },
  { ONE ("rule: steps, steps: [{from: 5, points: 1}, {below: 4, points: 0}]"),
    "6:", "空当或重叠" },
  { ONE ("rule: steps, steps: [{above: 5, points: 1}, {below: 5, points: "
         "0}]"),
    "6:", "空当或重叠" },
  { ONE ("rule: steps, steps: [{from: 5, points: 1}, {to: 5, points: 0}]"),
    "6:", "空当或重叠" },
  { ONE ("rule: steps, steps: [{from: 5, points: 101}, {below: 5, points: "
         "0}]"),
    "6:", "超出了分值" },
  { ONE ("rule: steps, steps: [{from: 5, above: 5, points: 1}, {below: 5, "
         "points: 0}]"),
    "6:", "只写一个" },
  { ONE ("rule: steps, steps: [{below: 5, points: 1}, {from: 5, below: 5, "
         "points: 2}, {from: 5, points: 3}]"),
    "6:", "这一档里没有一个数" },
  { ONE ("rule: steps, steps: [{to: 5, points: 1}, {above: 5, to: 5, "
         "points: 2}, {above: 5, points: 3}]"),
    "6:", "这一档里没有一个数" },
  { ONE ("rule: deduct, each: 1"), "6:", "缺少“above”" },
  { ONE ("rule: deduct, above: 1"), "6:", "缺少“each”" },
  { ONE ("rule: deduct, above: 1, below: 1, each: 1"), "6:", "只写一个" },
  { ONE ("rule: count, each: 0"), "6:", "“each”要大于 0" },
  { ONE ("rule: checklist"), "6:", "没有要点" },
  { ONE ("rule: checklist, items: [{text: 甲, points: 99}, {text: 乙, "
         "points: 2}]"),
    "6:", "不等于分值" },
  { ONE ("rule: checklist, items: [甲, {text: 乙, points: 100}]"),
    "6:", "不等于分值" },
  { ONE ("rule: yes_no, wants: maybe"), "6:", "“wants”的值" },
  { ONE ("rule: qualitative, bands: [60, 80]"), "6:", "从大到小" },
  { ONE ("rule: quarters"), "6:", "各季度末执行率" },
  { ONE ("rule: quarters, value: budget.quarter_rates, plan: [25, 50]"),
    "6:", "4 个大于 0 的数" },
  { ONE ("rule: targets"), "6:", "哪一级绩效指标" },
  { ONE ("rule: targets, levels: [input]"), "6:", "没有指标级别“input”" },
  { ONE ("rule: stated, value: 3"), "6:", "不能另写取数" },
  { ONE ("rule: choose"), "6:", "没有选项" },
  { ONE ("rule: choose, take: any, options: [{key: x, name: 子, " RATIO
         "}, {key: y, name: 丑, " RATIO "}]"),
    "6:", "“take”的值" },
  { ONE ("rule: choose, options: [{key: x, name: 子, " RATIO
         "}, {key: y, name: 丑, rule: bonus, most: 1}]"),
    "6:", "不能作选项" },
  { ONE ("rule: bonus, most: 1"), "6:", "加减分项没有分值" },
  { ONE (RATIO ", targets: [output]"), "6:", "只能写一种" },
};

static void
a_wrong_card_is_refused_with_its_place (void **state)
{

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue
          = shipped_with ("scorecards/one.yaml", faults[i].card, &error);
      g_autofree char *place
          = g_strdup_printf ("scorecards/one.yaml:%s", faults[i].place);

      if (catalogue != NULL)
        fail_msg ("loaded, and should not: %s", faults[i].card);
      if (strstr (error->message, place) == NULL
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s is refused with “%s”", faults[i].card, error->message);
    }
}

static void
rows_deeper_than_three_levels_are_refused (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue = shipped_with (
      "scorecards/one.yaml",
      HEAD "rows:\n  - key: a\n    name: 甲\n    points: 100\n    rows:\n"
           "      - key: b\n        name: 乙\n        points: 100\n"
           "        rows:\n          - key: c\n            name: 丙\n"
           "            points: 100\n            rows:\n"
           "              - {key: d, name: 丁, points: 100, " RATIO "}\n",
      &error);

  (void)state;
  assert_null (catalogue);
  assert_non_null (strstr (error->message, "评分项最多三级"));
}

static void
steps_may_be_written_in_any_order (void **state)
{
  g_autoptr (HxCatalogue) catalogue = card_of_rule (
      "3",
      "rule: steps, steps: [{above: 10, points: 1}, {to: 0, points: 3}, "
      "{above: 0, to: 10, points: 2}]",
      NULL);
  const HxCardRow *row = first_row (catalogue, "one");

  (void)state;
  assert_int_equal (row->rule->steps->len, 3);
  assert_false (g_array_index (row->rule->steps, HxScoreStep, 0).has_low);
  assert_false (g_array_index (row->rule->steps, HxScoreStep, 2).has_high);
}

static void
the_shipped_cards_load_and_say_what_is_to_be_replaced (void **state)
{
  static const struct
  {
    const char *key;
    gboolean has_warning;
    guint grades;
  } cards[] = { { "mof_2013", TRUE, 4 },
                { "project_self", FALSE, 4 },
                { "gd_department", TRUE, 5 } };
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, NULL);

  (void)state;
  assert_non_null (catalogue);
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      const HxScorecard *card
          = hx_scorecard_find (catalogue, cards[i].key, 2023, NULL);

      assert_non_null (card);
      assert_true ((card->warning != NULL) == cards[i].has_warning);
      assert_int_equal (card->grades->len, cards[i].grades);
      assert_int_equal (card->total.units, 10000);
    }
}

static guint
count_leaves (const GPtrArray *rows)
{
  guint count = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const HxCardRow *row = rows->pdata[i];

      count += row->rows->len > 0 ? count_leaves (row->rows) : 1;
    }
  return count;
}

static void
the_departmental_frame_has_every_row_of_its_annex (void **state)
{
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, NULL);
  const HxScorecard *card
      = hx_scorecard_find (catalogue, "财预〔2013〕53号附件2", 2023, NULL);

  (void)state;
  assert_non_null (card);
  assert_int_equal (card->rows->len, 4);
  assert_int_equal (count_leaves (card->rows), 28);
}

#define CARD(key, from, more)                                                  \
  "key: " key "\nname: 表\nform: 同一张\ndocument: 一\nvalid_from: " from      \
  "\n" more "rows:\n  - {key: a, name: 甲, points: 100, rule: stated}\n"

static void
a_year_takes_the_card_that_is_for_it (void **state)
{
  static const struct
  {
    const char *name;
    int year;
    const char *key; /* NULL: there is none */
  } asked[] = {
    { "同一张", 2021, "old" },   { "同一张", 2022, "new" },
    { "同一张", 2023, "newer" }, { "old", 2022, NULL },
    { "old", 2020, "old" },      { "new", 2030, "new" },
    { "表", 2019, NULL },        { NULL, 2022, "new" },
    { NULL, 2021, NULL },        { "nothing", 2022, NULL },
  };
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autoptr (HxCatalogue) catalogue = NULL;

  (void)state;
  hx_bundle_add (bundle, "catalogue.yaml", "key: test\nname: 试验局\n");
  hx_bundle_add (bundle, "scorecards/a.yaml",
                 CARD ("old", "2020-01-01", "years: [2020, 2021]\n"));
  hx_bundle_add (bundle, "scorecards/b.yaml",
                 CARD ("new", "2022-03-01", "default: true\n"));
  hx_bundle_add (bundle, "scorecards/c.yaml",
                 CARD ("newer", "2023-03-01", "years: [2023]\n"));
  catalogue = hx_catalogue_load (bundle, NULL);
  assert_non_null (catalogue);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (GError) error = NULL;
      const HxScorecard *card
          = hx_scorecard_find (catalogue, asked[i].name, asked[i].year, &error);

      if (g_strcmp0 (card != NULL ? card->key : NULL, asked[i].key) != 0)
        fail_msg ("question %u gives %s", i, card != NULL ? card->key : "none");
      assert_true ((error != NULL) == (asked[i].key == NULL));
    }
}

static void
the_error_names_the_cards_of_the_year (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, NULL);

  (void)state;
  assert_null (hx_scorecard_find (catalogue, "fable", 2015, &error));
  assert_non_null (strstr (error->message, "没有 2015 年度的这张评分表"));
  assert_non_null (strstr (error->message, "mof_2013"));
  assert_null (strstr (error->message, "gd_department"));
}

static void
grades_begin_where_the_card_says (void **state)
{
  static const struct
  {
    gint64 total;
    const char *grade;
  } totals[]
      = { { 10000, "优" }, { 9000, "优" }, { 8999, "良" }, { 8000, "良" },
          { 6000, "中" },  { 5999, "差" }, { 0, "差" } };
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, NULL);
  const HxScorecard *card
      = hx_scorecard_find (catalogue, "mof_2013", 2023, NULL);

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    assert_string_equal (hx_scorecard_grade (card, totals[i].total)->name,
                         totals[i].grade);
}

static void
an_open_bound_belongs_to_the_grade_below (void **state)
{
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autoptr (HxCatalogue) catalogue = NULL;
  const HxScorecard *card;

  (void)state;
  hx_bundle_add (bundle, "catalogue.yaml", "key: test\nname: 试验局\n");
  hx_bundle_add (bundle, "scorecards/a.yaml",
                 CARD ("open", "2020-01-01",
                       "grades:\n  - {name: 优, above: 90}\n"
                       "  - {name: 良, from: 60}\n"));
  catalogue = hx_catalogue_load (bundle, NULL);
  card = hx_scorecard_find (catalogue, "open", 2023, NULL);
  assert_string_equal (hx_scorecard_grade (card, 9001)->name, "优");
  assert_string_equal (hx_scorecard_grade (card, 9000)->name, "良");
  assert_null (hx_scorecard_grade (card, 5999));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_wrong_card_is_refused_with_its_place),
    cmocka_unit_test (rows_deeper_than_three_levels_are_refused),
    cmocka_unit_test (steps_may_be_written_in_any_order),
    cmocka_unit_test (the_shipped_cards_load_and_say_what_is_to_be_replaced),
    cmocka_unit_test (the_departmental_frame_has_every_row_of_its_annex),
    cmocka_unit_test (a_year_takes_the_card_that_is_for_it),
    cmocka_unit_test (the_error_names_the_cards_of_the_year),
    cmocka_unit_test (grades_begin_where_the_card_says),
    cmocka_unit_test (an_open_bound_belongs_to_the_grade_below),
  };

  return cmocka_run_group_tests_name ("scorecards", tests, NULL, NULL);
}
