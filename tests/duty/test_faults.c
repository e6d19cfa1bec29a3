/* Loading duties.yaml: what a good one becomes, how a wrong one is refused. */
#include "duty_test.h"

#define ONE(fields) "- {key: a, name: 甲, of: person, " fields "}\n"
#define DONE "done_by: {visit: {}}"

typedef struct
{
  const char *duties;
  const char *place; /* line and column */
  const char *says;
} Fault;

static const Fault faults[] = {
  { "key: a\n", "1:1", "这里应当是一个列表" },
  { "- a\n", "1:3", "键: 值" },
  { "- {name: 甲, of: person, when: {every: year}, " DONE "}\n", "1:3",
    "缺少“key”" },
  { ONE ("when: {every: year}, who: b, " DONE), "1:", "不认识的键“who”" },
  { "- {key: A, name: 甲, of: person, when: {every: year}, " DONE "}\n", "1:9",
    "不能作名字" },
  { ONE ("when: {every: year}, " DONE) ONE ("when: {every: year}, " DONE),
    "2:9", "应办事项“a”重复" },
  { "- {key: a, name: 甲, of: visit, when: {every: year}, " DONE "}\n", "1:25",
    "没有名册“visit”" },
  { "- {key: a, name: 甲, of: fly, when: {every: year}, " DONE "}\n", "1:25",
    "没有名册“fly”" },
  { ONE ("where: [], when: {every: year}, " DONE), "1:", "列表是空的" },
  { ONE ("where: [{levl: 1}], when: {every: year}, " DONE),
    "1:", "是不是“level”？" },
  { ONE (DONE), "1:3", "没有写明什么时候该办" },
  { ONE ("when: every, " DONE), "1:", "没有写明什么时候该办" },
  { ONE ("when: {every: year, covered: year}, " DONE),
    "1:", "没有写明什么时候该办" },
  { ONE ("when: {evry: year}, " DONE), "1:", "是不是“every”？" },
  { ONE ("when: {every: day}, " DONE), "1:", "没有写明多久一次" },
  { ONE ("when: {every: [year]}, " DONE), "1:", "没有写明多久一次" },
  { ONE ("when: {covered: month}, " DONE), "1:", "covered 只能是 year" },
  { ONE ("when: {every: year}, within: 7d, " DONE), "1:", "不用“within”" },
  { ONE ("when: {birthday: every}, " DONE), "1:3", "缺少“within”" },
  { ONE ("when: {birthday: [70]}, within: 7, " DONE), "1:", "“7”不是天数" },
  { ONE ("when: {birthday: [70]}, within: 367d, " DONE), "1:", "不是天数" },
  { ONE ("when: {birthday: [70]}, within: -1d, " DONE), "1:", "不是天数" },
  { ONE ("when: {birthday: [70]}, within: {befor: 1d}, " DONE),
    "1:", "是不是“before”？" },
  { ONE ("when: {birthday: []}, within: 7d, " DONE), "1:", "没有写明哪些岁数" },
  { ONE ("when: {birthday: 70}, within: 7d, " DONE), "1:", "没有写明哪些岁数" },
  { ONE ("when: {birthday: [0]}, within: 7d, " DONE),
    "1:", "“0”不是 1 到 150 的整数" },
  { "- {key: a, name: 甲, of: unit, when: {birthday: every}, within: 1d,"
    " done_by: {person: {}}}\n",
    "1:", "没有出生日期字段" },
  { ONE ("when: {festival: []}, within: 7d, " DONE), "1:", "列表是空的" },
  { ONE ("when: {festival: [easter]}, within: 7d, " DONE),
    "1:", "不认识的节日“easter”" },
  { ONE ("when: {every: {years: 3}}, within: 7d, " DONE),
    "1:", "没有写明从哪个日期算起" },
  { ONE ("when: {every: {since: joined}}, within: 7d, " DONE),
    "1:", "缺少“years”" },
  { ONE ("when: {every: {years: 0, since: joined}}, within: 7d, " DONE),
    "1:", "“0”不是 1 到 100 的整数" },
  { ONE ("when: {every: {years: 3, since: joind}}, within: 7d, " DONE),
    "1:", "是不是“joined”？" },
  { ONE ("when: {every: {years: 3, since: level}}, within: 7d, " DONE),
    "1:", "没有日期字段“level”" },
  { ONE ("when: {after: stay}, within: 7d, " DONE), "1:", "键: 值" },
  { ONE ("when: {after: {where: {}}}, within: 7d, " DONE),
    "1:", "一种台账的一个日期" },
  { ONE ("when: {after: {stay: date, visit: date}}, within: 7d, " DONE),
    "1:", "一种台账的一个日期" },
  { ONE ("when: {after: {fly: date}}, within: 7d, " DONE),
    "1:", "没有种类“fly”" },
  { ONE ("when: {after: {unit: since}}, within: 7d, " DONE),
    "1:", "没有指向“人员”的字段" },
  { ONE ("when: {after: {stay: days}}, within: 7d, " DONE),
    "1:", "没有日期字段“days”" },
  { ONE ("when: {after: {stay: date, where: {dys: 1}}}, within: 7d, " DONE),
    "1:", "是不是“days”？" },
  { ONE ("when: {after: {stay: date}}, " DONE), "1:3", "缺少“within”" },
  { ONE ("when: {every: year}, by: fly, " DONE), "1:", "里没有“fly”" },
  { ONE ("when: {every: year}, by: [street], " DONE),
    "1:", "这里应当是一个值" },
  { ONE ("when: {every: year}, begins: 2023-02-30, " DONE),
    "1:", "在日历上不存在" },
  { ONE ("when: {every: year}, each: stp, " DONE), "1:", "是不是“step”？" },
  { ONE ("when: {every: year}, each: step, " DONE),
    "1:", "“走访”没有用代码表“步骤”的字段" },
  { ONE ("when: {every: year}, also: {talk: {visit: {}}}, " DONE),
    "1:", "没有写明分哪些步骤" },
  { ONE ("when: {every: year}, each: step, also: {fly: {visit: {}}},"
         " done_by: {taken: {}}"),
    "1:", "里没有“fly”" },
  { ONE ("when: {every: year}, each: step, also: {talk: {unit: {}}},"
         " done_by: {taken: {}}"),
    "1:", "没有指向“人员”的字段" },
  { ONE ("when: {every: year}, lunar: {calendar: lunar}, " DONE),
    "1:", "只有生日可以按农历" },
  { ONE ("when: {birthday: every}, within: 1d, lunar: {calendar: fly}, " DONE),
    "1:", "里没有“fly”" },
  { ONE ("when: {birthday: every}, within: 1d, lunar_day: lunar_day, " DONE),
    "1:", "没有写明谁的生日按农历" },
  { ONE ("when: {birthday: every}, within: 1d, lunar: {calendar: lunar},"
         " lunar_day: joined, " DONE),
    "1:", "没有文本字段“joined”" },
  { ONE ("when: {birthday: every}, within: 1d, lunar: {calendar: lunar},"
         " lunar_day: hidden, " DONE),
    "1:", "没有文本字段“hidden”" },
  { ONE ("when: {every: year}"), "1:3", "什么记录算作办了" },
  { ONE ("when: {every: year}, done_by: {}"), "1:", "什么记录算作办了" },
  { ONE ("when: {every: year}, done_by: visit"), "1:", "键: 值" },
  { ONE ("when: {every: year}, done_by: {fly: {}}"), "1:", "没有种类“fly”" },
  { ONE ("when: {every: year}, done_by: {unit: {}}"),
    "1:", "没有指向“人员”的字段" },
  { ONE ("when: {every: year}, done_by: {visit: {occasion: fly}}"),
    "1:", "里没有“fly”" },
};

static void
a_wrong_duty_is_refused_with_its_place (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (HxBundle) bundle = bureau_bundle (faults[i].duties);
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue = hx_catalogue_load (bundle, &error);
      g_autofree char *place
          = g_strdup_printf ("duties.yaml:%s", faults[i].place);

      if (catalogue != NULL)
        fail_msg ("loaded, and should not: %s", faults[i].duties);
      if (!g_str_has_prefix (error->message, place)
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s is refused with “%s”, not at %s with “%s”",
                  faults[i].duties, error->message, place, faults[i].says);
      assert_int_equal (error->code, HX_ERROR_DATA);
    }
}

static void
a_catalogue_may_have_no_duties (void **state)
{
  g_autoptr (HxBundle) bundle = bureau_bundle ("[]\n");
  g_autoptr (HxCatalogue) catalogue = hx_catalogue_load (bundle, NULL);
  g_autoptr (HxBundle) bare = hx_bundle_new ();
  g_autoptr (HxCatalogue) empty = NULL;

  (void)state;
  hx_bundle_add (bare, "catalogue.yaml", "key: bare\nname: 空\n");
  empty = hx_catalogue_load (bare, NULL);
  assert_int_equal (hx_catalogue_duties (catalogue)->len, 0);
  assert_int_equal (hx_catalogue_duties (empty)->len, 0);
  assert_null (hx_catalogue_duty (empty, "greet"));
}

static void
a_duty_is_read_whole (void **state)
{
  g_autoptr (HxBundle) bundle = bureau_bundle (
      "- {key: ward, name: 探视, of: person, within: 3d,\n"
      "   where: [{level: 1}, {level: 2, veteran: true}],\n"
      "   when: {after: {stay: date, where: {days: {min: 2}}}},\n"
      "   done_by: {visit: {occasion: 探视}, call: {}}}\n"
      "- {key: term, name: 换届, of: person, within: {after: 9d},\n"
      "   when: {every: {years: 3, from: joined}}, done_by: {call: {}}}\n"
      "- {key: feast, name: 过节, of: person, within: 1d,\n"
      "   when: {festival: [重阳节, spring]}, done_by: {call: {}}}\n");
  g_autoptr (HxCatalogue) catalogue = hx_catalogue_load (bundle, NULL);
  const HxDuty *ward = hx_catalogue_duty (catalogue, "ward");
  const HxDuty *term = hx_catalogue_duty (catalogue, "term");
  const HxDuty *feast = hx_catalogue_duty (catalogue, "feast");
  const HxKind *stay = hx_catalogue_kind (catalogue, "stay");
  const HxDutyProof *call = ward->done_by->pdata[1];

  (void)state;
  assert_int_equal (ward->rule, HX_WHEN_AFTER);
  assert_int_equal (ward->where->len, 2);
  assert_int_equal (((GPtrArray *)ward->where->pdata[1])->len, 2);
  assert_ptr_equal (ward->event, stay);
  assert_ptr_equal (ward->date, stay->date);
  assert_ptr_equal (ward->event_reference, stay->of_field);
  assert_int_equal (ward->before, 0);
  assert_int_equal (ward->after, 3);
  assert_string_equal (call->reference->key, "whom");
  assert_int_equal (term->rule, HX_WHEN_SINCE);
  assert_true (term->is_on_date);
  assert_int_equal (term->before, 0);
  assert_int_equal (term->after, 9);
  assert_int_equal (term->index, 1);
  assert_int_equal (feast->numbers->len, 2);
  assert_int_equal (g_array_index (feast->numbers, int, 0),
                    HX_FESTIVAL_DOUBLE_NINTH);
}

static void
every_festival_may_be_a_duty (void **state)
{
  static const char *const names[] = { "春节", "元宵", "清明", "端午", "七一",
                                       "八一", "中秋", "重阳", "国庆" };
  g_autoptr (HxCatalogue) shipped
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, NULL);
  const HxField *festival
      = hx_kind_field (hx_catalogue_kind (shipped, "visit"), "festival");

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf (
          ONE ("when: {festival: [%s]}, within: 1d, " DONE), names[i]);
      g_autoptr (HxBundle) bundle = bureau_bundle (text);
      g_autoptr (HxCatalogue) catalogue = hx_catalogue_load (bundle, NULL);
      const HxDuty *duty = hx_catalogue_duty (catalogue, "a");
      const HxFestival asked
          = (HxFestival)g_array_index (duty->numbers, int, 0);

      assert_string_equal (hx_festival_name (asked), names[i]);
      assert_string_equal (hx_code_find (festival->codes, names[i])->code,
                           hx_festival_key (asked));
    }
}

static void
the_shipped_duties_load (void **state)
{
  static const char *const keys[]
      = { "birthday_greeting", "checkup",          "lixiu_contact",
          "hospital_visit",    "party_day",        "branch_election",
          "teaching_site",     "teaching_lecture", "teaching_members" };
  g_autoptr (GError) error = NULL;
  g_autoptr (HxCatalogue) catalogue
      = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);

  (void)state;
  check (catalogue != NULL, error);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    assert_non_null (hx_catalogue_duty (catalogue, keys[i]));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_wrong_duty_is_refused_with_its_place),
    cmocka_unit_test (a_catalogue_may_have_no_duties),
    cmocka_unit_test (a_duty_is_read_whole),
    cmocka_unit_test (every_festival_may_be_a_duty),
    cmocka_unit_test (the_shipped_duties_load),
  };

  return cmocka_run_group_tests_name ("duty faults", tests, NULL, NULL);
}
