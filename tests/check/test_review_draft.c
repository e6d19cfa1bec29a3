/* The checks of words: a draft with the faults of a real report, and each check
 * by sentences that it must tell and sentences that it must leave alone. */
#include "review_test.h"

#define TEXT(words) "## 一、情况\n\n" words "\n"

static void
a_draft_with_the_known_weaknesses_raises_them_all (void **state)
{
  static const char *const wanted[] = {
    "!V06 全文\n!V06 全文\n",             /* neither score nor grade */
    "!V07 全文\n",                        /* no targets */
    "V13 一（三）“不忘初心，牢记使命”\n", /* a campaign of 2019 */
    "!V02 三“年初预算数”\n",              /* two bases */
    "!V03 一（二）“年末结转和结余”\n",    /* 73.40 of which nothing is said */
    "V15 二（二）2“截至11月”\n",          /* cut-off */
    "V14 二（二）2“老干部大讲堂”\n",      /* two names */
    "V12 二（一）“40多”\n",               /* vague words */
    "V12 二（二）1“780余”\n",
    "V12 二（二）1“近万”\n",
    "V12 二（二）1“6万多”\n",
    "V12 二（二）2“超过3.9万”\n",
    "V16 二（三）“退休干部学校在各街道开设”\n",   /* a paragraph twice */
    "V23 二（二）3“问卷”\nV23 二（二）3“问卷”\n", /* no satisfaction */
    "!V11 四\n!V11 四\n!V11 四\n", /* no owner, no date, no result */
    "V14 四“保障预先”\n",          /* a slip of the pen */
    "V14 三“与与”\n",
    "V21 二（二）1“高＊＊”\n", /* private persons */
    "V21 二（二）1“罗＊＊”\n",
    "V24 全文\n",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReviewDraft) draft
      = hx_review_draft_read (HX_TEST_SOURCE "/draft.txt", &error);
  const HxReviewOptions options = { .year = 2023, .draft = draft };

  check (draft != NULL, error);
  g_autofree char *found = found_in (*state, &options, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_says (found, wanted[i]);
  assert_null (strstr (found, "V01"));
  assert_null (strstr (found, "V04"));
  assert_null (strstr (found, "V17"));
  assert_null (strstr (found, "高建平"));
}

static void
the_value_says_how_much_is_missing (void **state)
{
  g_autoptr (HxReviewDraft) draft
      = hx_review_draft_read (HX_TEST_SOURCE "/draft.txt", NULL);
  const HxReviewOptions options = { .year = 2023, .draft = draft };
  g_autoptr (HxReviewResult) made = review_of (*state, &options);
  const HxReviewFinding *open
      = hx_review_find (made, "V03", "一（二）“年末结转和结余”");

  assert_non_null (open);
  assert_says (open->value, "73.40 万元");
  assert_true (open->line > 1);
  assert_true (open->blocks);
  assert_true (open->advice[0] != '\0');
  assert_null (hx_review_find (made, "V03", "一"));
}

static void
a_text_for_the_public_must_name_nobody (void **state)
{
  g_autoptr (HxReviewDraft) draft
      = hx_review_draft_read (HX_TEST_SOURCE "/draft.txt", NULL);
  const HxReviewOptions options
      = { .year = 2023, .draft = draft, .is_public = TRUE };
  g_autofree char *found = found_in (*state, &options, "V21");

  assert_string_equal (found,
                       "!V21 二（二）1“高＊＊”\n!V21 二（二）1“罗＊＊”\n");
}

/* Each text, the checks asked, and what they find: "" nothing. */
static const struct
{
  const char *words, *only, *found;
} cases[] = {
  /* V01: parts and sum */
  { TEXT ("执行数10.00万元。基本支出6.00万元，项目支出4.00万元。"), "V01", "" },
  { TEXT ("执行数10.00万元。基本支出6.00万元，项目支出4.01万元。"), "V01",
    "!V01 一“基本支出”\n" },
  { TEXT ("执行数10.00万元。一般公共预算财政拨款9.00万元，其他资金1.00万元。"),
    "V01", "" },
  { TEXT ("执行数10.00万元。一般公共预算财政拨款9.00万元，其他资金0.99万元。"),
    "V01", "!V01 一“一般公共预算财政拨款”\n" },
  { TEXT ("执行数10.00万元。基本支出比上年少。"), "V01", "" },
  /* V02: bases and rate */
  { TEXT ("年初预算数8.00万元，预算调整数2.00万元，全年预算数10.00万元。"),
    "V02", "" },
  { TEXT ("年初预算数8.00万元，预算调整数2.01万元，全年预算数10.00万元。"),
    "V02", "!V02 一“全年预算数”\n" },
  { TEXT ("年初预算数8.00万元，全年预算数10.00万元。"), "V02",
    "!V02 一“全年预算数”\n" },
  { TEXT ("全年预算数10.00万元，比年初预算数多。"), "V02",
    "!V02 一“年初预算数”\n" },
  { TEXT ("年初预算数没有执行完。"), "V02", "" },
  { TEXT ("全年预算数1486.55万元，执行数1413.15万元，完成预算的95.06%。"),
    "V02", "" },
  { TEXT ("全年预算数1486.55万元，执行数1413.15万元，完成预算的95.1％。"),
    "V02", "" },
  { TEXT ("全年预算数1486.55万元，执行数1413.15万元，完成预算的95.07%。"),
    "V02", "!V02 一“完成预算的”\n" },
  { TEXT ("全年预算数0.00万元，执行数0.00万元，预算执行率100%。"), "V02", "" },
  /* V03: what is left */
  { TEXT ("全年预算数10.00万元，执行数9.00万元，年末结转和结余1.00万元。"),
    "V03", "" },
  { TEXT ("全年预算数10.00万元，执行数9.00万元，年末结转和结余0.99万元。"),
    "V03", "!V03 一“年末结转和结余”\n" },
  { TEXT ("全年预算数10.00万元，执行数9.00万元，其余1.00万元由财政收回。"),
    "V03", "" },
  { TEXT ("全年预算数10.00万元，执行数9.00万元，其余11.00万元收回。"), "V03",
    "!V03 一“全年预算数”\n" },
  { TEXT ("全年预算数100000元，执行数10万元。"), "V03", "" },
  /* V04: one number for one thing */
  { TEXT ("执行数9.00万元。\n\n执行数9.01万元。"), "V04", "!V04 一“执行数”\n" },
  { TEXT ("执行数9.00万元。\n\n执行数为90000元。"), "V04", "" },
  /* V06 */
  { TEXT ("自评得分95.2分，等级为优。"), "V06", "" },
  { TEXT ("自评得分为100分，自评等级：良。"), "V06", "" },
  { TEXT ("自评得分100.01分，等级为优。"), "V06", "!V06 一“自评得分”\n" },
  { TEXT ("自评得分待定，等级为优。"), "V06", "!V06 全文\n" },
  /* V07 */
  { TEXT ("年度指标值30次，实际完成值34次。"), "V07", "" },
  /* V08 */
  { TEXT ("预算执行率90.00%。"), "V08", "" },
  { TEXT ("预算执行率89.99%。"), "V08", "!V08 一“预算执行率”\n" },
  { TEXT ("预算执行率89.99%，主要原因是验收核减。"), "V08", "" },
  /* V11 */
  { "## 三、存在的主要问题\n\n尾款核减。\n\n## 四、改进措施\n\n"
    "1. 由综合科牵头，6月30日前把10个合同的工期逐月列出。\n",
    "V11", "" },
  { "## 三、存在的主要问题\n\n暂无。\n\n## 四、改进措施\n\n无\n", "V11",
    "!V11 三\n!V11 四\n" },
  { "## 三、主要问题及改进措施\n\n尾款核减。责任人陈某，年底前列出合同10个。\n",
    "V11", "" },
  { TEXT ("一切都好。"), "V11", "!V11 全文\n!V11 全文\n" },
  { "## 三、存在的主要问题\n\n无法按时验收。\n\n## 四、下一步\n\n"
    "1. 责任人：陈某，2024年6月底前办完。\n",
    "V11", "!V11 四\n" },
  /* V12 */
  { TEXT ("近三年来，走访大约200人，还有100人左右没有走访。"), "V12",
    "V12 一“大约200”\nV12 一“100人左右”\n" },
  { TEXT ("一多半是第二次来，同比增加；数字化。"), "V12", "" },
  { TEXT ("走访380人次，三百多场。"), "V12", "V12 一“三百多”\n" },
  { TEXT ("走访[380多](fact:visits)人次，[近万](fact:a)人。"), "V12", "" },
  { TEXT ("误差不超过百分之五，超过百分之五的另作说明。"), "V12",
    "V12 一“超过百”\n" },
  /* V13 */
  { TEXT ("2022年举办三期。"), "V13", "V13 一“2022年”\n" },
  { TEXT ("二〇二二年举办三期。"), "V13", "V13 一“二〇二二年”\n" },
  { TEXT ("2023年比2022年多办三期。按（2018年）文件。"), "V13", "" },
  { "## 四、改进措施\n\n2024年6月30日前完成。\n", "V13", "" },
  { TEXT ("开展三严三实教育。"), "V13", "V13 一“三严三实”\n" },
  /* V14 */
  { TEXT ("老干部大学堂与老干部大讲堂，老干部大讲堂。"), "V14",
    "V14 一“老干部大讲堂”\nV14 一“老干部大讲堂”\n" },
  { TEXT ("红霞先锋驿站24个。"), "V14", "" },
  { TEXT ("先锋驿站24个。"), "V14", "V14 一“先锋驿站”\n" },
  { TEXT ("建立建全制度。"), "V14", "V14 一“建立建全”\n" },
  /* V15 */
  { TEXT ("截至12月31日、截至12月底、截至年底，共三次。"), "V15", "" },
  { TEXT ("截至12月15日，共三次。"), "V15", "V15 一“截至12月15”\n" },
  { TEXT ("截止到2023年十一月底，共三次。"), "V15",
    "V15 一“截止到2023年十一月”\n" },
  /* V17 */
  { TEXT ("满意度为XX%。完成情况（100字以内）"), "V17",
    "!V17 一“XX”\n!V17 一“字以内”\n" },
  { "| 指标 | 完成值 |\n|---|---|\n| 场次 | |\n| 人次 | 3 |\n", "V17",
    "!V17 题首\n" },
  /* V21 */
  { TEXT ("身份证号999999193301010010，电话13800138000、020-81234567。"), "V21",
    "V21 一“999999********0010”\nV21 一“138****8000”\nV21 一“020-****”\n" },
  { TEXT ("卡号6222021234567890123。"), "V21", "V21 一“6＊＊＊＊”\n" },
  { TEXT ("住中山路8号的王建国同志。"), "V21", "V21 一“中山路＊＊号”\n" },
  { TEXT ("慰问王建国同志。李小红、张建军同志获奖。"), "V21",
    "V21 一“李＊＊”\nV21 一“张＊＊”\n" },
  { TEXT ("王建国、李小红2名老干部获奖，关心、关爱3名老干部。"), "V21",
    "V21 一“王＊＊”\nV21 一“李＊＊”\n" },
  { TEXT ("协助20余名老同志住院，方便老同志，单位同志，广大同志。"), "V21",
    "" },
  { TEXT ("全年13800138000.00元；编号20230101。"), "V21",
    "V21 一“138****8000”\n" },
  /* V23 */
  { TEXT ("发放问卷200份，回收有效问卷190份，满意度98.5%。"), "V23", "" },
  { TEXT ("问卷回收190份。"), "V23", "V23 一“问卷”\n" },
  { TEXT ("没有做过调查。"), "V23", "" },
  /* V24 */
  { TEXT ("上年三个问题均已整改。"), "V24", "" },
};

static void
each_check_tells_its_faults_and_no_others (void **state)
{
  guint wrong = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found
          = found_in_draft (*state, "a.md", cases[i].words, cases[i].only);

      if (strcmp (found, cases[i].found) == 0)
        continue;
      print_message ("%s: %s found %s\n", cases[i].only, cases[i].words, found);
      wrong++;
    }
  assert_int_equal (wrong, 0);
}

static void
plain_text_and_markdown_are_read_alike (void **state)
{
  static const char words[] = "一、情况\n\n走访380多人次，截至11月底。\n";
  g_autofree char *plain = found_in_draft (*state, "a.txt", words, "V12 V15");
  g_autofree char *marked = found_in_draft (*state, "a.md", words, "V12 V15");

  assert_string_equal (plain, "V12 一“380多”\nV15 一“截至11月”\n");
  assert_string_equal (plain, marked);
}

static void
a_place_stays_when_lines_move (void **state)
{
  g_autofree char *before
      = found_in_draft (*state, "a.md", TEXT ("走访380多人次。"), "V12");
  g_autofree char *after = found_in_draft (
      *state, "a.md", "前言。\n\n\n" TEXT ("今年，走访380多人次。"), "V12");

  assert_string_equal (before, after);
}

static void
too_many_findings_of_one_check_become_a_number (void **state)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < HX_REVIEW_FINDINGS_MAX + 7; i++)
    g_string_append (text, "建立建全，");
  g_autoptr (HxReviewDraft) draft
      = hx_review_draft_new ("a.txt", text->str, text->len, NULL);
  const HxReviewOptions options = { .year = 2023, .draft = draft };
  g_autoptr (HxReviewResult) made = review_of (*state, &options);
  const HxReviewFinding *rest = hx_review_find (made, "V14", "其余");

  assert_non_null (rest);
  assert_says (rest->value, "7");
}

/* Whatever a text is, reading it ends and its places are there. */
static void
random_texts_do_no_harm (void **state)
{
  static const char *const pieces[]
      = { "执行数", "1",    ".",  ",",           "万元",       "%",
          "近",     "余",   "王", "小红",        "同志",       "、",
          "2名",    "截至", "月", "年",          "全年预算数", "得分",
          "\n",     "# ",   "|",  "一、",        "问卷",       "改进措施",
          "999999", "路",   "号", "[a](fact:x)", "万" };
  GRand *random = g_rand_new_with_seed (4);

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < 80; i++)
        g_string_append (
            text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      g_autofree char *plain = found_in_draft (*state, "a", text->str, NULL);
      g_autofree char *marked
          = found_in_draft (*state, "a.md", text->str, NULL);

      assert_non_null (plain);
      assert_non_null (marked);
    }
  g_rand_free (random);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_draft_with_the_known_weaknesses_raises_them_all),
    cmocka_unit_test (the_value_says_how_much_is_missing),
    cmocka_unit_test (a_text_for_the_public_must_name_nobody),
    cmocka_unit_test (each_check_tells_its_faults_and_no_others),
    cmocka_unit_test (plain_text_and_markdown_are_read_alike),
    cmocka_unit_test (a_place_stays_when_lines_move),
    cmocka_unit_test (too_many_findings_of_one_check_become_a_number),
    cmocka_unit_test (random_texts_do_no_harm),
  };

  return cmocka_run_group_tests (tests, budget_setup, fixture_teardown);
}
