/* The checks of records: money, plan, targets, evidence, who got something. */
#include "review_test.h"

static const HxReviewOptions own = { .year = 2023 };

static int
setup (void **state)
{
  static const char *const lines[] = {
    "put unit code=1 name=甲街道 kind=街道",
    "put cadre number=A1 name=测试甲 id_number=999999195303050015 "
    "birth_date=1953-03-05 street=甲街道",
    "put cadre number=A2 name=测试乙 id_number=999999193301010010 "
    "birth_date=1933-01-01 street=甲街道 status=已故 until=2023-06-30",
    "put budget_line number=B1 since=2023-01-05 name=场地 "
    "source=general_public "
    "nature=project amount=1000.00",
    "put payment voucher=P1 date=2023-05-01 line=B1 amount=900.00 "
    "evidence=a.pdf",
    NULL,
  };

  budget_setup (state);
  play (*state, lines);
  return 0;
}

static void
more (Fixture *fixture, const char *line)
{
  const char *const lines[] = { line, NULL };

  play (fixture, lines);
}

static void
money_that_is_nowhere_blocks_to_the_fen (void **state)
{
  g_autofree char *open = found_in (*state, &own, "V03");
  assert_string_equal (open, "!V03 预算指标 B1\n");

  more (*state, "put unspent_reason date=2023-12-31 line=B1 cause=final_cost "
                "amount=99.99 disposal=withdrawn reason=尾款核减");
  g_autoptr (HxReviewResult) made = review_of (*state, &own);
  const HxReviewFinding *fen = hx_review_find (made, "V03", "预算指标 B1");
  assert_non_null (fen);
  assert_says (fen->value, "0.01");
  assert_true (fen->blocks);

  more (*state, "put unspent_reason date=2023-12-31 line=B1 cause=final_cost "
                "amount=100.00 disposal=withdrawn reason=尾款核减");
  g_autofree char *closed = found_in (*state, &own, "V01 V02 V03 V08");
  assert_string_equal (closed, "");
}

static void
before_the_year_is_over_nothing_must_close (void **state)
{
  const HxReviewOptions july = { .year = 2023, .as_of = { 2023, 7, 31 } };
  g_autofree char *found = found_in (*state, &july, "V03 V08");

  assert_string_equal (found, "");
}

static void
a_low_rate_without_a_cause_blocks (void **state)
{
  g_autofree char *high = found_in (*state, &own, "V08");
  assert_string_equal (high, "");

  more (*state, "put budget_line number=B2 since=2023-01-05 name=设备 "
                "source=other nature=project amount=1000.00");
  g_autofree char *low = found_in (*state, &own, "V08");
  assert_string_equal (low, "!V08 预算指标 B2\n");
}

static void
an_adjustment_without_its_document_blocks (void **state)
{
  more (*state, "put budget_adjustment number=T1 date=2023-08-01 line=B1 "
                "kind=increase amount=10.00");
  g_autofree char *found = found_in (*state, &own, "V02");
  assert_string_equal (found, "!V02 预算指标 B1\n");
}

static void
a_task_without_targets_and_a_target_without_value_block (void **state)
{
  g_autofree char *none = found_in (*state, &own, "V07");
  assert_string_equal (none, "!V07 全文\n");

  more (*state, "put plan_task number=T1 year=2023 name=办学 owner=陈科长");
  g_autofree char *bare = found_in (*state, &own, "V07");
  assert_string_equal (bare, "!V07 重点任务 T1\n");

  more (*state, "put target number=Z1 year=2023 task=T1 level=output "
                "aspect=quantity name=走访 direction=at_least value=10 "
                "measure_unit=次");
  g_autofree char *unknown = found_in (*state, &own, "V07");
  assert_string_equal (unknown, "!V07 绩效指标 Z1\n");

  more (*state, "put target_result date=2023-12-31 target=Z1 value=10 "
                "signer=陈科长");
  g_autofree char *reached = found_in (*state, &own, "V07");
  assert_string_equal (reached, "");
}

static void
plan_target (Fixture *fixture, const char *actual)
{
  g_autofree char *result = g_strdup_printf (
      "put target_result date=2023-12-31 target=Z1 signer=陈科长 %s", actual);
  const char *const lines[] = {
    "put plan_task number=T1 year=2023 name=办学 owner=陈科长",
    "put target number=Z1 year=2023 task=T1 level=output aspect=quantity "
    "name=走访 direction=at_least value=100 measure_unit=次 tolerance=50",
    result,
    NULL,
  };

  play (fixture, lines);
}

/* Not reached, reached, at the line, over it; with and without a cause. */
static void
a_target_that_is_far_off_needs_cause_and_measure (void **state)
{
  static const struct
  {
    const char *actual, *found;
  } steps[] = {
    { "value=99.9999", "!V07 绩效指标 Z1\n" },
    { "value=100", "" },
    { "value=120", "" },
    { "value=120.01", "!V07 绩效指标 Z1\n" },
    { "value=99 reason=下雨", "!V07 绩效指标 Z1\n" },
    { "value=99 reason=下雨 measure=补办", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      plan_target (*state, steps[i].actual);
      g_autofree char *found = found_in (*state, &own, "V07");
      if (strcmp (found, steps[i].found) != 0)
        fail_msg ("%s: %s", steps[i].actual, found);
      more (*state, "void target_result target=Z1 date=2023-12-31");
      fixture_teardown (state);
      setup (state);
    }
}

static void
a_late_milestone_without_an_answer_blocks (void **state)
{
  plan_target (*state, "value=100");
  more (*state, "put milestone number=J1 task=T1 name=验收 owner=陈科长 "
                "baseline=2023-06-30 done_on=2023-09-30");
  g_autofree char *late = found_in (*state, &own, "V07");
  assert_string_equal (late, "!V07 阶段节点 J1\n");

  more (*state, "put milestone_lag date=2023-07-05 milestone=J1 cause=other "
                "reason=核减 measure=催办 owner=陈科长 due=2023-09-30 "
                "forecast=certain done_on=2023-09-30");
  g_autofree char *answered = found_in (*state, &own, "V07");
  assert_string_equal (answered, "");
}

static void
problems_need_measures_with_a_result (void **state)
{
  static const char problem[]
      = "put problem number=W1 year=2023 title=尾款核减 "
        "text=少付 cause=other source=self reason=";
  static const char measure[] = "put measure number=C1 problem=W1 text=列表 "
                                "owner=陈科长 due=2024-06-30 result=";
  g_autofree char *none = found_in (*state, &own, "V11");
  assert_string_equal (none, "!V11 全文\n");

  g_autofree char *vague = g_strconcat (problem, "暂无。", NULL);
  more (*state, vague);
  g_autofree char *bare = found_in (*state, &own, "V11");
  assert_string_equal (bare, "!V11 存在问题 W1\n!V11 存在问题 W1\n");

  g_autofree char *reason = g_strconcat (problem, "无人复核", NULL);
  g_autofree char *empty = g_strconcat (measure, "无", NULL);
  more (*state, reason);
  more (*state, empty);
  g_autofree char *result = found_in (*state, &own, "V11");
  assert_string_equal (result, "!V11 改进措施 C1\n");

  g_autofree char *whole = g_strconcat (measure, "合同10个全部列表", NULL);
  more (*state, whole);
  g_autofree char *good = found_in (*state, &own, "V11");
  assert_string_equal (good, "");
}

static void
last_years_problems_need_a_state (void **state)
{
  more (*state, "put problem number=W1 year=2022 title=慢 text=慢 cause=other "
                "source=self reason=人少");
  g_autofree char *bare = found_in (*state, &own, "V24");
  assert_string_equal (bare, "V24 存在问题 W1\n");

  more (*state, "put measure number=C1 problem=W1 text=加人 owner=陈科长 "
                "due=2023-06-30 result=1人 state=doing");
  g_autofree char *over = found_in (*state, &own, "V24");
  assert_string_equal (over, "V24 存在问题 W1\n");

  more (*state, "put measure number=C1 problem=W1 text=加人 owner=陈科长 "
                "due=2023-06-30 result=1人 state=done done_on=2023-06-01");
  g_autofree char *done = found_in (*state, &own, "V24");
  assert_string_equal (done, "");
}

static void
qualities_want_evidence_and_benefits_more_than_counts (void **state)
{
  plan_target (*state, "value=100");
  more (*state, "put target number=Z2 year=2023 task=T1 level=benefit "
                "aspect=social name=受教育 direction=at_least value=1 "
                "measure_unit=人次 indicator=youth_reached");
  more (*state, "put target number=Z3 year=2023 task=T1 level=benefit "
                "aspect=social name=满意 direction=qualitative wording=满意");
  more (*state, "put target_result date=2023-12-31 target=Z3 step=reached "
                "signer=陈科长");
  g_autofree char *found = found_in (*state, &own, "V09 V22");
  assert_string_equal (found, "V09 绩效指标 Z3\nV22 绩效指标 Z2\n");

  more (*state, "put target_result date=2023-12-31 target=Z3 step=reached "
                "signer=陈科长 evidence=问卷.pdf");
  g_autofree char *proved = found_in (*state, &own, "V09");
  assert_string_equal (proved, "");
}

static void
nobody_benefits_twice_or_after_the_end (void **state)
{
  more (*state,
        "put aid_payment cadre=A1 voucher=V1 date=2023-03-01 kind=sudden "
        "amount=100");
  more (*state,
        "put aid_payment cadre=A1 voucher=V2 date=2023-03-01 kind=sudden "
        "amount=200");
  g_autofree char *good = found_in (*state, &own, "V18");
  assert_string_equal (good, "");

  more (*state,
        "put aid_payment cadre=A1 voucher=V3 date=2023-03-01 kind=sudden "
        "amount=200");
  more (*state, "put visit cadre=A2 date=2023-06-30 occasion=birthday");
  more (*state, "put visit cadre=A2 date=2023-07-01 occasion=festival");
  g_autofree char *found = found_in (*state, &own, "V18");
  assert_says (found, "!V18 困难帮扶 V3\n");
  assert_says (found, "2023-07-01");
  assert_null (strstr (found, "2023-06-30"));
  assert_null (strstr (found, "测试乙"));
}

static void
evidence_is_asked_for_what_the_report_counts (void **state)
{
  g_autofree char *none = found_in (*state, &own, "V10 V19");
  assert_string_equal (none, "");

  more (*state, "put visit cadre=A1 date=2023-03-01 occasion=birthday");
  g_autofree char *unsaid = found_in (*state, &own, "V10");
  assert_string_equal (unsaid, "");

  more (*state, "put report_text number=W1 year=2023 place=result position=1 "
                "text=走访{{visits}}人次。");
  more (
      *state,
      "put visit cadre=A1 date=2023-04-01 occasion=birthday evidence=b:c.jpg");
  g_autofree char *found = found_in (*state, &own, "V10 V19");
  assert_says (found, "V10 走访慰问\n");
  assert_says (found, "V19 走访慰问");
}

static void
a_form_takes_so_many_characters (void **state)
{
  g_autoptr (GString) long_ = g_string_new ("value=99 measure=补办 reason=");

  for (guint i = 0; i < 100; i++)
    g_string_append (long_, "雨");
  plan_target (*state, long_->str);
  g_autofree char *fits = found_in (*state, &own, "V20");
  assert_string_equal (fits, "");

  g_string_append (long_, "雨");
  plan_target (*state, long_->str);
  g_autofree char *found = found_in (*state, &own, "V20");
  assert_says (found, "!V20 指标完成情况");
  assert_says (found, "偏差原因");
}

static void
a_survey_needs_sample_and_result (void **state)
{
  more (*state, "put questionnaire number=W1 date=2023-05-01 title=问 sent=100 "
                "returned=60 rate=98.5");
  g_autofree char *good = found_in (*state, &own, "V23");
  assert_string_equal (good, "");

  more (*state, "put questionnaire number=W3 date=2023-05-02 title=问 sent=100 "
                "returned=60 satisfied=59");
  g_autofree char *counted = found_in (*state, &own, "V23");
  assert_string_equal (counted, "");

  more (*state, "put questionnaire number=W2 date=2023-06-01 title=问 sent=100 "
                "returned=29");
  g_autoptr (HxReviewResult) made = review_of (*state, &own);
  guint count = 0;
  for (guint i = 0; i < made->findings->len; i++)
    count += strcmp (((HxReviewFinding *)made->findings->pdata[i])->place,
                     "问卷调查 W2")
             == 0;
  assert_int_equal (count, 3); /* no satisfaction, few answers, low response */
}

/* What nobody entered is a hole in the report, named by its heading. */
/* 10 points of output, where the form of projects asks for 50. */
static void
points_of_targets_are_held_against_the_form_of_projects (void **state)
{
  more (*state, "put plan_task number=T1 year=2023 name=办学 owner=陈科长");
  more (*state, "put target number=Z1 year=2023 task=T1 level=output "
                "aspect=quantity name=走访 direction=at_least value=10 "
                "measure_unit=次 weight=10");
  g_autofree char *ten = found_in (*state, &own, "V05");
  assert_says (ten, "V05 评分表 project_self output\n");
  assert_null (strstr (ten, "!"));

  more (*state, "put target number=Z1 year=2023 task=T1 level=output "
                "aspect=quantity name=走访 direction=at_least value=10 "
                "measure_unit=次 weight=50");
  g_autofree char *fifty = found_in (*state, &own, "V05");
  assert_null (strstr (fifty, "project_self output\n"));
}

static void
a_part_without_words_blocks (void **state)
{
  g_autofree char *empty = found_in (*state, &own, "V17");
  assert_says (empty, "!V17 一（一）\n");
  assert_says (empty, "!V17 二（一）\n");

  more (*state, "put report_text number=W1 year=2023 place=function position=1 "
                "text=落实待遇。");
  more (*state, "put report_text number=W2 year=2023 place=conclusion "
                "position=2 text=走访{{visits}}人次。");
  g_autofree char *filled = found_in (*state, &own, "V17");
  assert_null (strstr (filled, "!V17 一（一）\n"));
  assert_null (strstr (filled, "!V17 二（一）\n"));
}

static void
a_number_typed_into_a_passage_blocks (void **state)
{
  more (*state, "put report_text number=W1 year=2023 place=conclusion "
                "position=1 text=走访386人次。");
  more (*state, "put report_text number=W2 year=2023 place=result position=1 "
                "text=走访{{nothing}}人次。");
  more (*state, "put report_text number=W3 year=2023 place=work position=1 "
                "text=没有任务。");
  g_autoptr (HxReviewResult) made = review_of (*state, &own);
  g_autoptr (GString) values = g_string_new (NULL);
  for (guint i = 0; i < made->findings->len; i++)
    {
      const HxReviewFinding *finding = made->findings->pdata[i];
      if (strcmp (finding->check->id, "V04") == 0)
        g_string_append_printf (values, "%s%s %s\n", finding->blocks ? "!" : "",
                                finding->place, finding->value);
    }
  assert_says (values->str, "数字“386”是手工写的: 报告文字 W1:1:3");
  assert_says (values->str, "没有“nothing”这个名称或指标: 报告文字 W2:1:3");
  assert_says (values->str, "没有写明是哪项重点任务的举措: 报告文字 W3");
  assert_says (values->str, "!");
}

/* The figure tells its day; the words beside it do not tell it again. */
static void
an_early_figure_is_told_once (void **state)
{
  more (*state, "put report_text number=W1 year=2023 place=result position=1 "
                "text=截至{{day_of.campus_attendances}}，"
                "共{{campus_attendances}}人次。");
  g_autofree char *once = found_in (*state, &own, "V15");
  assert_string_equal (once, "V15 指标 分教点参加学习人次\n");

  more (*state, "put report_text number=W2 year=2023 place=result position=2 "
                "text=截至{{day_of.campus_attendances}}，班子调整完毕。");
  g_autofree char *twice = found_in (*state, &own, "V15");
  assert_says (twice, "V15 二（三）“截至2023年11月30”\n");
}

static void
an_early_day_is_told (void **state)
{
  const HxReviewOptions july = { .year = 2023, .as_of = { 2023, 7, 31 } };
  g_autofree char *found = found_in (*state, &july, "V15");

  assert_says (found, "V15 指标 全年预算数\n");
}

static void
an_answer_lets_a_finding_stand_unless_it_may_not (void **state)
{
  more (*state, "put review_answer date=2024-01-05 year=2023 check=V03 "
                "place=别处 reason=不是这里 signer=陈科长");
  g_autofree char *other = found_in (*state, &own, "V03");
  assert_string_equal (other, "!V03 预算指标 B1\n");
  more (*state, "put review_answer date=2024-01-05 year=2022 check=V07 "
                "place=全文 reason=不是今年 signer=陈科长");
  more (*state, "put review_answer date=2024-01-05 year=2023 check=V06 "
                "place=全文 reason=不打分 signer=陈科长");
  g_autofree char *year = found_in (*state, &own, "V07");
  assert_string_equal (year, "!V07 全文\n");

  more (*state, "put review_answer date=2024-01-05 year=2023 check=V07 "
                "place=全文 reason=新单位，没有计划 signer=陈科长");
  g_autoptr (HxReviewResult) made = review_of (*state, &own);
  const HxReviewFinding *plan = hx_review_find (made, "V07", "全文");
  assert_false (plan->blocks);
  assert_string_equal (plan->reason, "新单位，没有计划");
  assert_string_equal (plan->signer, "陈科长");
  assert_int_equal (made->answered, 1);

  g_autoptr (HxReviewDraft) draft
      = hx_review_draft_new ("a.txt", "空。", strlen ("空。"), NULL);
  const HxReviewOptions options = { .year = 2023, .draft = draft };
  g_autofree char *score = found_in (*state, &options, "V06");
  assert_string_equal (score, "!V06 全文\n!V06 全文\n");
}

static void
a_draft_is_held_against_the_records (void **state)
{
  g_autofree char *found = found_in_draft (
      *state, "a.txt", "全年预算数0.10万元，执行数0.08万元。", "V04");

  assert_string_equal (found, "!V04 题首“执行数”\n");
}

static void
the_same_rows_give_the_same_findings (void **state)
{
  g_autofree char *first = found_in (*state, &own, NULL);
  g_autofree char *second = found_in (*state, &own, NULL);

  assert_true (strlen (first) > 0);
  assert_string_equal (first, second);
}

#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    EACH (money_that_is_nowhere_blocks_to_the_fen),
    EACH (before_the_year_is_over_nothing_must_close),
    EACH (a_low_rate_without_a_cause_blocks),
    EACH (an_adjustment_without_its_document_blocks),
    EACH (a_task_without_targets_and_a_target_without_value_block),
    EACH (a_target_that_is_far_off_needs_cause_and_measure),
    EACH (a_late_milestone_without_an_answer_blocks),
    EACH (problems_need_measures_with_a_result),
    EACH (last_years_problems_need_a_state),
    EACH (qualities_want_evidence_and_benefits_more_than_counts),
    EACH (nobody_benefits_twice_or_after_the_end),
    EACH (evidence_is_asked_for_what_the_report_counts),
    EACH (a_form_takes_so_many_characters),
    EACH (a_survey_needs_sample_and_result),
    EACH (points_of_targets_are_held_against_the_form_of_projects),
    EACH (a_part_without_words_blocks),
    EACH (a_number_typed_into_a_passage_blocks),
    EACH (an_early_figure_is_told_once),
    EACH (an_early_day_is_told),
    EACH (an_answer_lets_a_finding_stand_unless_it_may_not),
    EACH (a_draft_is_held_against_the_records),
    EACH (the_same_rows_give_the_same_findings),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
