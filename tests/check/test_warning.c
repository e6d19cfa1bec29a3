/* Warnings: what is one, what only looks like one, and where it stands. */
#include "engine_fixture.h"

typedef struct
{
  const char *text;
  const char *warnings; /* "": none */
} Case;

static void
check_cases (const Case *cases, gsize count)
{
  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (HxCheckResult) result = engine_check (cases[i].text);
      g_autofree char *warnings = engine_warnings (result);

      if (strcmp (warnings, cases[i].warnings) != 0)
        print_error ("%s\n", cases[i].text);
      assert_string_equal (warnings, cases[i].warnings);
    }
}

#define CHECK(cases) check_cases (cases, G_N_ELEMENTS (cases))

#define LEFT "template_leftover "

static const Case choices[] = {
  { "与2023年度相比，减增加52.11万元。", LEFT "减增加" },
  { "决算数大小于预算数的主要原因：人员调入。", LEFT "大小于" },
  { "比上年减少0.15万元，下降（增长）27.78%。", LEFT "下降（增长）" },
  { "比上年减少0.15万元，下降(增长)27.78%。", LEFT "下降(增长)" },
  { "比上年增加（减少）2.40万元。", LEFT "增加（减少）" },
  { "比上年增长/下降3.2%。", LEFT "增长/下降" },
  { "比上年增长／下降3.2%。", LEFT "增长／下降" },
  { "支出增加减少的主要原因：人员调入。", LEFT "增加减少" },
  { "比上年增加或减少 3 万元。", LEFT "增加或减少" },
  /* split by the printed line */
  { "比上年减\n增加 52.11 万元。", LEFT "减\n增加" },
};

static const Case no_choices[] = {
  { "项目 上年数 本年数 增加（减少）额 增长（下降）率", "" },
  { "（三）收入支出增加（减少）情况说明\n无。", "" },
  { "预算增减变动情况表", "" },
  { "因压减增加的费用。", "" },
  { "因核减增加值，增加 3 万元。", "" },
  { "说明增加或减少的原因。", "" },
  { "决算数小于预算数的主要原因：节约。", "" },
  { "面积大小于人均无关。", LEFT "大小于" },
};

static void
a_choice_of_the_template_is_told (void **state)
{
  (void)state;
  CHECK (choices);
}

static void
columns_and_words_that_hold_both_directions_are_none (void **state)
{
  (void)state;
  CHECK (no_choices);
}

static const Case blanks[] = {
  { "主要原因：XX。", LEFT "XX" },
  { "主要原因：ＸＸ。", LEFT "ＸＸ" },
  { "××项目支出 3 万元。", LEFT "××" },
  { "支出 X 万元。", LEFT "X" },
  { "联系人：＿＿＿。", LEFT "＿＿＿" },
  { "完成了____个项目。", LEFT "____" },
  { "根据【】号文件。", LEFT "【】" },
  { "根据《 》的要求。", LEFT "《 》" },
  { "共（ ）万元。", LEFT "（ ）" },
  { "某某单位支出 3 万元。", LEFT "某某" },
  { "存在的问题：暂无。", LEFT "暂无" },
  { "存在的问题\n暂无\n下一步打算", LEFT "暂无" },
  { "（此处填写单位名称）", LEFT "（此处" },
  { "主要成效待补充。", LEFT "待补充" },
};

static const Case no_blanks[] = {
  { "购置XXL码工装。", "" },
  { "SUV-XX型车辆。", "" },
  { "二○○五年成立。", "" },
  { "负责人签字：____", "" },
  { "根据沪府规【2016】168号文。", "" },
  { "是（）否（）", "" },
  { "暂无政府性基金预算安排。", "" },
  { "待补充的人员。", "" },
  { "某单位支出 3 万元。", "" },
  { "文件名 a__b。", "" },
  { "X光机 2 台。", "" },
  { "2×3 米。", "" },
};

static void
what_was_not_filled_in_is_told (void **state)
{
  (void)state;
  CHECK (blanks);
}

static void
codes_signatures_and_plain_words_are_no_blanks (void **state)
{
  (void)state;
  CHECK (no_blanks);
}

static const Case doubles[] = {
  { "区委的的决定。", LEFT "的的" },
  { "尾款支付与\n与年初预算数相差较大。", LEFT "与\n与" },
  { "预算为为 3 万元。", LEFT "为为" },
  { "支出 3 万元元。", LEFT "万元元" },
  { "占 3.2%%。", LEFT "%%" },
  { "主要主要原因：节约。", LEFT "主要主要" },
};

static const Case no_doubles[] = {
  { "达到目的的措施。", "" },
  { "的的确确。", "" },
  { "参与与监督。", "" },
  { "普及及推广。", "" },
  { "不了了之。", "" },
  { "和和美美。", "" },
  { "为为民服务中心拨款。", "" },
  { "道路路口。", "" },
  { "其中中央安排 3 万元。", "" },
  { "及及时整改。", "" },
  { "万元 万元", "" },
  { "增长    增长", "" },
  { "资金系统统计。", "" },
  { "了了解情况。", "" },
};

static void
words_typed_twice_are_told (void **state)
{
  (void)state;
  CHECK (doubles);
}

static void
words_that_meet_their_like_are_none (void **state)
{
  (void)state;
  CHECK (no_doubles);
}

#define UNIT "missing_unit "

static const Case units[] = {
  { "收入增加 1193.20 万元，增长 13.95。主要原因：", UNIT "13.95" },
  { "支出 12 万元，占 12.5；", UNIT "12.5" },
  { "支出 12 万元，完成年初预算的 95.45。", UNIT "95.45" },
  { "支出 12 万元，占本年支出合计的 99.86，", UNIT "99.86" },
  { "工资 100 元，占基本支出%，同比增加 3 元。", UNIT "占基本支出%" },
  { "工资 100 元，增长%。", UNIT "增长%" },
  { "年初预算为万元，支出决算为 3 万元。", UNIT "年初预算为万元" },
  { "年初预算为 54.53，支出决算为 54.53 万元。", UNIT "54.53" },
  { "年初预算为 54.53 万元，支出决算为 1,154.53，完成 100%。",
    UNIT "1,154.53" },
};

static const Case no_units[] = {
  { "收入增加 1193.20 万元，增长 13.95%。", "" },
  { "比上年增长 3 倍。", "" },
  { "平均得分 98.50，评为优。", "" },
  { "年初预算为 0，支出决算为 0。", "" },
  { "占比（%）", "" },
  { "项目 预算 54.53\n决算 54.53", "" },
  { "预算、决算分别为 12.30，11.20 万元。", "" },
  { "预算 12.30、11.20 万元。", "" },
  { "单位：万元", "" },
  { "版本 2.10。", "" },
  { "共 3 个项目，增长 3 个。", "" },
  { "以万元为单位。", "" },
  { "指标：预算执行率 10，支付进度 5。", "" },
};

static void
a_rate_without_its_sign_and_an_amount_without_its_unit_are_told (void **state)
{
  (void)state;
  CHECK (units);
}

static void
numbers_that_need_no_unit_are_let_be (void **state)
{
  (void)state;
  CHECK (no_units);
}

#define NAME "two_names "

static const Case names[] = {
  { "松陵市西城区规划和自然资源局支出。松陵市西城区规划和自然资源局收入。"
    "松陵市西城区规划与自然资源局结余。",
    NAME "松陵市西城区规划与自然资源局" },
  /* the rarer one, though it comes first */
  { "松陵市规划自然资源局支出。松陵市规划和自然资源局收入。"
    "松陵市规划和自然资源局结余。",
    NAME "松陵市规划自然资源局" },
  { "公务用车购置及运行费 3.20 万元；合计中，公务用车购置及运行维护费支出 "
    "3.20 万元。",
    NAME "公务用车购置及运行维护费" },
};

static const Case no_names[] = {
  { "松陵市第一老干部活动中心和松陵市第二老干部活动中心。", "" },
  { "松陵市教育事务服务中心、松陵市体育事务服务中心。", "" },
  { "东城区退役军人事务局，西城区退役军人事务局。", "" },
  { "松陵区公安分局和松陵市公安分局。", "" },
  { "松陵市教育局和松陵市体育局，松陵市教育局与松陵市体育局。", "" },
  { "区委组织部和区老干部活动中心，区委组织部与区老干部活动中心。", "" },
  { "松陵市规划和自然资源局。松陵市规划和自然资源局。", "" },
  /* another amount: another thing */
  { "公务用车运行费 3.20 万元，公务用车运行维护费 4.20 万元。", "" },
};

static void
one_office_under_two_names_is_told_at_the_rarer (void **state)
{
  (void)state;
  CHECK (names);
}

static void
offices_that_differ_in_a_word_of_weight_are_two (void **state)
{
  (void)state;
  CHECK (no_names);
}

#define YEAR "stale_year "
#define OWN                                                                                      \
  "2024年度部门决算情况说明\n松陵市财政局2024年度收入支出总计3万元。" \
  "2024年度政府采购金额为3万元。"                                                    \
  "2024年度无政府性基金预算财政拨款收入和支出。"

static const Case years[] = {
  { OWN "松陵市财政局2022年度政府采购金额为2万元。", YEAR "2022年度" },
  { OWN "\n2023年度部门决算情况说明\n", YEAR "2023年度" },
  { OWN "松陵市财政局2023年度预算绩效管理工作开展情况如下：", YEAR "2023年度" },
};

static const Case no_years[] = {
  { OWN "与2023年度政府采购金额相比，减少1万元。", "" },
  { OWN "比2023年度部门决算减少1万元。", "" },
  { OWN "根据2023年度部门决算批复。", "" },
  { OWN "对2023年度部门整体支出绩效评价发现的问题进行整改。", "" },
  { OWN "编报2025年度部门预算。", "" },
  { OWN "2023年度部门决算批复后，", "" },
  { OWN "《2023年度部门决算》已公开。", "" },
  { OWN "2021年成立。", "" },
  /* half and half: the text leaves its year open */
  { "2023年度部门决算。2023年度政府采购金额为3万元。"
    "2024年度部门决算。2024年度政府采购金额为3万元。",
    "" },
  { "2023年度部门决算。", "" },
};

static void
a_year_of_an_older_report_is_told (void **state)
{
  (void)state;
  CHECK (years);
}

static void
years_that_compare_quote_or_look_back_are_let_be (void **state)
{
  (void)state;
  CHECK (no_years);
}

/* ------------------------------------------------------------------ what it is
 */

static void
a_warning_says_where_it_stands_and_what_to_do (void **state)
{
  g_autoptr (HxCheckResult) result = engine_check (
      "一、情况\n比上年减少，下降\n（增长） 27.78%，增长 13.95。");
  const HxCheckWarning *first = NULL;
  const HxCheckWarning *second = NULL;

  (void)state;
  assert_int_equal (result->warnings->len, 2);
  first = result->warnings->pdata[0];
  second = result->warnings->pdata[1];
  assert_int_equal (first->code, HX_WARNING_LEFTOVER);
  assert_int_equal (first->offset, 11);
  assert_int_equal (first->length, 7);
  assert_string_equal (first->text, "下降\n（增长）");
  assert_non_null (strstr (first->message, "“下降（增长）”"));
  assert_non_null (strstr (first->message, "请"));
  assert_int_equal (second->code, HX_WARNING_NO_UNIT);
  assert_int_equal (second->offset, 29);
  assert_int_equal (second->length, 5);
}

static void
warnings_stand_in_the_order_of_the_text (void **state)
{
  g_autoptr (HxCheckResult) result = engine_check (
      "增长 13.95。减增加 3 万元，区委的的决定，支出为万元。XX。占 3.1，");

  (void)state;
  assert_int_equal (result->warnings->len, 6);
  for (guint i = 1; i < result->warnings->len; i++)
    {
      const HxCheckWarning *before = result->warnings->pdata[i - 1];
      const HxCheckWarning *after = result->warnings->pdata[i];

      assert_true (before->offset + before->length <= after->offset);
    }
}

/* Pieces of every sort, in any order: whatever comes of it lies in the text
 * and says what stands there. */
static void
the_place_of_a_warning_is_its_words_in_any_text (void **state)
{
  static const char *const pieces[]
      = { "减增加", "XX",   "的的",   " ",  "\n",   "，",         "。",
          "万元",   "%",    "3.21",   "占", "增长", "2024年度",   "部门决算",
          "__",     "（）", "市规划", "和", "与",   "自然资源局", "𬱖" };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  (void)state;
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (HxCheckResult) result = NULL;

      for (guint i = 0; i < 60; i++)
        g_string_append (
            text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      result = engine_check (text->str);
      for (guint i = 0; i < result->warnings->len; i++)
        {
          const HxCheckWarning *warning = result->warnings->pdata[i];
          const char *from
              = g_utf8_offset_to_pointer (text->str, (glong)warning->offset);
          const char *until
              = g_utf8_offset_to_pointer (from, (glong)warning->length);
          g_autofree char *there = g_strndup (from, (gsize)(until - from));

          assert_string_equal (warning->text, there);
          assert_true (until <= text->str + text->len);
        }
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_choice_of_the_template_is_told),
    cmocka_unit_test (columns_and_words_that_hold_both_directions_are_none),
    cmocka_unit_test (what_was_not_filled_in_is_told),
    cmocka_unit_test (codes_signatures_and_plain_words_are_no_blanks),
    cmocka_unit_test (words_typed_twice_are_told),
    cmocka_unit_test (words_that_meet_their_like_are_none),
    cmocka_unit_test (
        a_rate_without_its_sign_and_an_amount_without_its_unit_are_told),
    cmocka_unit_test (numbers_that_need_no_unit_are_let_be),
    cmocka_unit_test (one_office_under_two_names_is_told_at_the_rarer),
    cmocka_unit_test (offices_that_differ_in_a_word_of_weight_are_two),
    cmocka_unit_test (a_year_of_an_older_report_is_told),
    cmocka_unit_test (years_that_compare_quote_or_look_back_are_let_be),
    cmocka_unit_test (a_warning_says_where_it_stands_and_what_to_do),
    cmocka_unit_test (warnings_stand_in_the_order_of_the_text),
    cmocka_unit_test (the_place_of_a_warning_is_its_words_in_any_text),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
