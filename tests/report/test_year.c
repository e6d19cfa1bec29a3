/* What a report says of a year beside its figures: each subject with records of
 * an invented bureau, through a template that asks for it alone. */
#include "../budget/budget_test.h"
#include "report/year.h"

static const HxPeriod year_2024 = { .year = 2024 };

/* The year's report by the template; the caller's. */
static char *
report (Fixture *fixture, const HxPeriod *period, const char *template_,
        HxReportFormat format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autofree char *path
      = g_build_filename (fixture->folder, "template.md", NULL);
  const HxReportOptions options = { .format = format, .template_path = path };
  char *text;

  check (reader != NULL, error);
  check (g_file_set_contents (path, template_, -1, &error), error);
  text = hx_report_year (hx_reader_connection (reader), fixture->catalogue,
                         period, &options, &error);
  check (text != NULL, error);
  return text;
}

static void
assert_report (Fixture *fixture, const char *template_, const char *expected)
{
  g_autofree char *text
      = report (fixture, &year_2024, template_, HX_REPORT_MARKDOWN);

  g_strchomp (text);
  assert_string_equal (text, expected);
}

static void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    fail_msg ("no “%s” in: %s", part, text);
}

static int
setup (void **state)
{
  static const char *const lines[] = {
    "put unit code=1 name=甲街道 kind=街道",
    "put cadre number=A1 name=测试甲 id_number=999999195303050015 "
    "birth_date=1953-03-05 street=甲街道",
    "put plan_task number=RW1 year=2024 name=办学 owner=陈某 budget=education",
    "put plan_task number=RW2 year=2024 name=走访 owner=李某",
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
visit_on (Fixture *fixture, guint from, guint until)
{
  for (guint day = from; day <= until; day++)
    {
      g_autofree char *line = g_strdup_printf (
          "put visit cadre=A1 date=2024-%02u-%02u occasion=birthday",
          1 + day / 28, 1 + day % 28);

      more (fixture, line);
    }
}

/* ----------------------------------------------------------------- passages
 */

#define WORKS                                                                  \
  "{{#tasks}}{{position}}.{{name}}：{{#works}}{{ordinal}}是"                 \
  "{{#has_title}}{{title}}：{{/has_title}}{{&text}}；{{/works}}{{/tasks}}"

static void
passages_stand_with_their_task_in_their_order (void **state)
{
  more (*state, "put report_text number=W3 year=2024 place=work task=RW1 "
                "position=2 text=后做这件。");
  more (*state, "put report_text number=W2 year=2024 place=work task=RW1 "
                "position=1 title=先 text=先做这件");
  more (*state, "put report_text number=W1 year=2024 place=work task=RW2 "
                "position=1 text=走访{{visits}}人次。");
  more (*state, "put report_text number=W0 year=2023 place=work task=RW2 "
                "position=1 text=上年的话。");
  visit_on (*state, 1, 2);
  assert_report (*state, WORKS,
                 "1.办学：一是先：先做这件；二是后做这件；"
                 "2.走访：一是走访[2](fact:visits)人次；");
}

/* Two bureaus with one template do not say the same. */
static void
each_place_has_its_list (void **state)
{
  static const char template_[]
      = "{{#functions}}职能{{&text}}。{{/functions}}"
        "{{#aims}}目标{{&text}}。{{/aims}}{{#summary}}结论{{&text}}。"
        "{{/summary}}{{#results}}成效{{&text}}。{{/results}}"
        "{{^has_aims}}没有目标。{{/has_aims}}";

  assert_report (*state, template_, "没有目标。");
  more (*state, "put report_text number=W1 year=2024 place=function "
                "position=1 text=甲。");
  more (*state,
        "put report_text number=W2 year=2024 place=goal position=1 text=乙");
  more (*state, "put report_text number=W3 year=2024 place=conclusion "
                "position=1 text={{year}}年丙");
  more (*state,
        "put report_text number=W4 year=2024 place=result position=1 text=丁");
  assert_report (*state, template_, "职能甲。目标乙。结论2024年丙。成效丁。");
}

static void
the_words_of_a_passage_are_no_markdown (void **state)
{
  more (*state, "put report_text number=W1 year=2024 place=result position=1 "
                "text=*重*[点](fact:visits)与<b>{{visits}}");
  g_autofree char *json = report (
      *state, &year_2024, "{{#results}}{{&text}}{{/results}}", HX_REPORT_JSON);
  assert_says (json, "*重*[点](fact:visits)与<b>");
  assert_says (json, "\"figure\": \"visits\"");
  assert_null (strstr (json, "emphasis"));
}

static void
a_figure_says_up_to_which_day_it_counts (void **state)
{
  assert_report (*state, "{{day_of.visits}}、{{day_of.campus_attendances}}",
                 "2024年12月31日、2024年11月30日");
}

/* ----------------------------------------------------------------- wordings
 */

/* 380多 was approved for 2023 and says nothing of another year. */
static void
a_wording_that_was_approved_binds_its_year_alone (void **state)
{
  const HxPeriod year_2023 = { .year = 2023 };

  visit_on (*state, 1, 12);
  assert_report (*state, "{{visits | 多 10}}", "[10多](fact:visits)");

  for (guint day = 1; day <= 12; day++)
    {
      g_autofree char *line = g_strdup_printf (
          "put visit cadre=A1 date=2023-03-%02u occasion=birthday", day);
      more (*state, line);
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader
      = hx_store_reader (((Fixture *)*state)->store, &error);
  g_autofree char *path
      = g_build_filename (((Fixture *)*state)->folder, "template.md", NULL);
  const HxReportOptions options = { .template_path = path };
  assert_null (hx_report_year (hx_reader_connection (reader),
                               ((Fixture *)*state)->catalogue, &year_2023,
                               &options, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_FINDING));
  assert_says (error->message, "380多");
}

/* -------------------------------------------------------------------- tasks
 */

static void
stages_are_counted_by_the_dates_first_planned (void **state)
{
  static const char *const lines[] = {
    "put milestone number=J1 task=RW1 name=招生 owner=甲 baseline=2024-03-01 "
    "done_on=2024-03-01",
    "put milestone number=J2 task=RW1 name=开班 owner=甲 baseline=2024-04-01 "
    "done_on=2024-04-11",
    "put milestone number=J3 task=RW1 name=结业 owner=甲 baseline=2024-06-01",
    "put milestone number=J4 task=RW1 name=总结 owner=甲 baseline=2024-12-01",
    NULL,
  };
  const HxPeriod july = { .year = 2024, .as_of = { 2024, 7, 1 } };
  static const char template_[]
      = "{{#tasks}}{{#has_stages}}{{stages}}={{on_time}}+{{late_count}}+"
        "{{pending}}{{#late}} {{name}}{{days}}{{/late}}{{/has_stages}}"
        "{{/tasks}}";

  play (*state, lines);
  g_autofree char *text = report (*state, &july, template_, HX_REPORT_MARKDOWN);
  assert_string_equal (
      g_strchomp (text),
      "[4](fact:stages_rw1)=[1](fact:on_time_rw1)+[2](fact:late_stages_rw1)+"
      "[1](fact:pending_rw1) 开班[10](fact:late_j2) 结业[30](fact:late_j3)");
}

/* ------------------------------------------------------------------ targets
 */

#define TARGETS                                                                  \
  "{{#tasks}}{{#targets}}{{name}}{{#has_actual}}{{actual}}{{unit}}"              \
  "{{/has_actual}}{{^has_actual}}{{actual_text}}{{/has_actual}}（{{target}}）" \
  "{{state}}{{^is_last}}；{{/is_last}}{{/targets}}{{/tasks}}"

static void
targets_state_value_and_actual_as_a_report_does (void **state)
{
  static const char *const lines[] = {
    "put target number=Z1 year=2024 task=RW1 level=output aspect=quantity "
    "name=走访 direction=at_least value=2 measure_unit=人次 indicator=visits",
    "put target number=Z2 year=2024 task=RW1 level=cost aspect=cost name=造价 "
    "direction=at_most value=163.4 measure_unit=万元 tolerance=20",
    "put target number=Z3 year=2024 task=RW1 level=output aspect=quality "
    "name=落实 direction=qualitative wording=无遗漏",
    "put target_result date=2024-12-31 target=Z2 value=90 signer=甲",
    "put target_result date=2024-12-31 target=Z3 step=reached signer=甲",
    NULL,
  };

  play (*state, lines);
  visit_on (*state, 1, 1);
  assert_report (*state, TARGETS,
                 "走访[1](fact:visits)人次（≥2人次）未达成；"
                 "造价[90.00](fact:target_z2)万元（≤163.40万元）"
                 "已达成，偏差较大；落实达成年度指标（无遗漏）已达成");
}

/* --------------------------------------------------------------- monitoring
 */

#define MONITORED                                                              \
  "{{#monitoring}}{{as_of}}{{#targets}}{{name}}{{actual}}{{unit}}预计"       \
  "{{forecast}}{{unit}}{{/targets}}{{/monitoring}}"

/* Three visits by the end of July, five in the year. */
static void
what_was_monitored_opens_to_the_rows_up_to_that_day (void **state)
{
  static const char *const lines[] = {
    "put budget_line number=B1 since=2024-01-05 name=场地 "
    "source=general_public nature=project amount=1000.00",
    "put target number=Z1 year=2024 task=RW1 level=output aspect=quantity "
    "name=走访 direction=at_least value=4 measure_unit=人次 indicator=visits",
    "put monitor_answer target=Z1 date=2024-07-31 forecast=4 "
    "likelihood=certain",
    "put visit cadre=A1 date=2024-08-01 occasion=birthday",
    "put visit cadre=A1 date=2024-09-01 occasion=birthday",
    NULL,
  };

  play (*state, lines);
  visit_on (*state, 1, 3);
  assert_report (*state, MONITORED,
                 "2024年7月31日走访[3](fact:monitor_actual_z1)人次"
                 "预计[4](fact:monitor_expected_z1)人次");
  g_autofree char *html
      = report (*state, &year_2024, MONITORED, HX_REPORT_HTML);
  const char *panel = strstr (html, "id=\"fact-monitor_actual_z1\"");
  assert_non_null (panel);
  assert_says (panel, "3 人次");
  assert_says (panel, "2024-07-31");
  assert_says (panel, "2024-01-04");
  assert_null (strstr (panel, "2024-08-01"));
}

/* Nothing was monitored: no names of it are asked for. */
static void
a_year_without_monitoring_is_reported (void **state)
{
  assert_report (*state,
                 "甲{{#monitoring}}{{rate}}{{initial | 万元}}{{/monitoring}}",
                 "甲");
}

/* -------------------------------------------------------------------- money
 */

static void
what_was_not_spent_says_where_it_went (void **state)
{
  static const char *const lines[] = {
    "put budget_line number=B1 since=2024-01-05 name=场地 "
    "source=general_public nature=project amount=1000000.00",
    "put payment voucher=P1 date=2024-05-01 line=B1 amount=900000.00",
    "put unspent_reason date=2024-12-31 line=B1 cause=final_cost "
    "amount=70000.00 disposal=withdrawn reason=尾款核减。",
    NULL,
  };

  play (*state, lines);
  assert_report (*state,
                 "{{#money}}{{unspent | 万元}}={{withdrawn | 万元}}+"
                 "{{#has_open}}{{open | 万元}}{{/has_open}}{{/money}}："
                 "{{#remainders}}{{line}}{{amount | 万元}}{{reason}}"
                 "{{/remainders}}",
                 "[10.00](fact:money_unspent)=[7.00](fact:money_withdrawn)+"
                 "[3.00](fact:money_open)：场地[7.00](fact:remainder_b1)"
                 "尾款核减");
}

/* ----------------------------------------------------------------- problems
 */

static void
problems_bring_their_measures_and_last_years_come_back (void **state)
{
  static const char *const lines[] = {
    "put problem number=T1 year=2024 title=慢 text=验收慢。 cause=system "
    "reason=没有时限 source=self amount=1200.00",
    "put measure number=C1 problem=T1 text=定时限 owner=甲 due=2025-03-31 "
    "result=全部按期 state=doing",
    "put problem number=T0 year=2023 title=旧 text=旧。 cause=system reason=旧 "
    "source=self",
    "put measure number=C0 problem=T0 text=改 owner=乙 due=2024-03-31 "
    "result=改完 state=done done_on=2024-02-01",
    NULL,
  };

  play (*state, lines);
  assert_report (*state,
                 "{{#problems}}{{title}}{{text}}{{amount | 万元}}{{#measures}}"
                 "{{text}}{{owner}}{{due}}{{result}}{{/measures}}{{/problems}}"
                 "；{{#last_problems}}{{title}}{{state}}{{#measures}}"
                 "{{done_on}}{{/measures}}{{/last_problems}}",
                 "慢验收慢[0.12](fact:problem_t1)定时限甲2025年3月31日全部按期"
                 "；旧已整改2024年2月1日");
}

/* -------------------------------------------------------------------- score
 */

static void
a_year_without_targets_is_not_scored (void **state)
{
  assert_report (
      *state, "{{#score}}{{total}}{{/score}}{{^score}}没有{{/score}}", "没有");
  more (*state, "put target number=Z1 year=2024 task=RW1 level=output "
                "aspect=quantity name=走访 direction=at_least value=2 "
                "measure_unit=人次 indicator=visits");
  g_autofree char *html
      = report (*state, &year_2024,
                "{{#score}}{{total}}{{#rows}}{{#scored}}{{score}}{{/scored}}"
                "{{/rows}}{{/score}}",
                HX_REPORT_HTML);
  assert_says (html, "id=\"fact-score_total\"");
  assert_says (html, "各行得分之和，依据财预〔2013〕53号");
  assert_says (html, "取数：已达标的绩效指标数 0；绩效指标数 1");
}

/* ------------------------------------------------------------------- review
 */

/* The text for the review is the Markdown, whatever is written. */
static void
the_text_for_a_review_is_that_of_the_markdown (void **state)
{
  g_autoptr (GError) error = NULL;
  Fixture *fixture = *state;
  g_autofree char *plain = report (
      fixture, &year_2024, "# 题\n\n{{visits}}次\n", HX_REPORT_MARKDOWN);
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autofree char *path
      = g_build_filename (fixture->folder, "template.md", NULL);

  for (HxReportFormat format = HX_REPORT_MARKDOWN; format <= HX_REPORT_DOCX;
       format++)
    {
      g_autofree char *markdown = NULL;
      gsize length = 0;
      const HxReportOptions options = { .format = format,
                                        .template_path = path,
                                        .length = &length,
                                        .markdown = &markdown };
      g_autofree char *written
          = hx_report_year (hx_reader_connection (reader), fixture->catalogue,
                            &year_2024, &options, &error);
      check (written != NULL, error);
      assert_string_equal (markdown, plain);
    }
}

#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    EACH (passages_stand_with_their_task_in_their_order),
    EACH (each_place_has_its_list),
    EACH (the_words_of_a_passage_are_no_markdown),
    EACH (a_figure_says_up_to_which_day_it_counts),
    EACH (a_wording_that_was_approved_binds_its_year_alone),
    EACH (stages_are_counted_by_the_dates_first_planned),
    EACH (targets_state_value_and_actual_as_a_report_does),
    EACH (what_was_monitored_opens_to_the_rows_up_to_that_day),
    EACH (a_year_without_monitoring_is_reported),
    EACH (what_was_not_spent_says_where_it_went),
    EACH (problems_bring_their_measures_and_last_years_come_back),
    EACH (a_year_without_targets_is_not_scored),
    EACH (the_text_for_a_review_is_that_of_the_markdown),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
