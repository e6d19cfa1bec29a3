/* The plan of a year as of a day, rule by rule. */
#include "plan_test.h"

#define GOAL "plan_goal|number=G1|year=2023|name=服务"
#define TASK "plan_task|number=T1|year=2023|goal=G1|name=修缮|owner=陈某"

static void
put_plan (Bureau *bureau)
{
  PUT (bureau, GOAL, TASK,
       "milestone|number=M1|task=T1|name=设计|owner=甲|baseline=2023-03-31"
       "|weight=2",
       "milestone|number=M2|task=T1|name=施工|owner=乙|baseline=2023-06-30"
       "|weight=3",
       "milestone|number=M3|task=T1|name=验收|owner=丙|baseline=2023-09-30");
}

static void
done (Bureau *bureau, const char *number, const char *on)
{
  g_autofree char *line
      = g_strdup_printf ("milestone|number=%s|done_on=%s", number, on);

  PUT (bureau, line);
}

static void
assert_date (HxDate date, const char *text)
{
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (date, day);
  assert_string_equal (day, text);
}

/* ------------------------------------------------------------------ lateness
 */

static void
a_milestone_is_late_by_its_baseline (void **state)
{
  static const struct
  {
    const char *as_of, *done_on;
    HxMilestoneState state;
    gint64 days_late;
  } rows[] = {
    { "2023-03-30", NULL, HX_MILESTONE_OPEN, 0 },
    { "2023-03-31", NULL, HX_MILESTONE_OPEN, 0 },
    { "2023-04-01", NULL, HX_MILESTONE_LATE, 1 },
    { "2023-12-31", NULL, HX_MILESTONE_LATE, 275 },
    { "2023-12-31", "2023-03-31", HX_MILESTONE_DONE, 0 },
    { "2023-12-31", "2023-02-01", HX_MILESTONE_DONE, 0 },
    { "2023-12-31", "2023-04-01", HX_MILESTONE_DONE_LATE, 1 },
    { "2023-04-09", "2023-04-10", HX_MILESTONE_LATE, 9 },
    { "2023-04-10", "2023-04-10", HX_MILESTONE_DONE_LATE, 10 },
    { "2023-03-31", "2023-04-10", HX_MILESTONE_OPEN, 0 },
  };

  put_plan (*state);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HxPlanYear) plan = NULL;
      const HxMilestone *milestone;

      done (*state, "M1", rows[i].done_on != NULL ? rows[i].done_on : "");
      plan = plan_on (*state, 2023, rows[i].as_of);
      milestone = hx_plan_milestone (plan, "M1");
      assert_int_equal (milestone->state, rows[i].state);
      assert_int_equal (milestone->days_late, rows[i].days_late);
      assert_date (milestone->baseline, "2023-03-31");
    }
}

static void
a_new_date_moves_the_current_day_alone (void **state)
{
  g_autoptr (HxPlanYear) before = NULL;
  g_autoptr (HxPlanYear) after = NULL;
  const HxMilestone *milestone;

  put_plan (*state);
  PUT (*state,
       "milestone_replan|milestone=M1|date=2023-05-08|planned=2023-07-15"
       "|reason=再改|approved_by=局长",
       "milestone_replan|milestone=M1|date=2023-04-02|planned=2023-05-05"
       "|reason=改|approved_by=局长");
  before = plan_on (*state, 2023, "2023-05-07");
  milestone = hx_plan_milestone (before, "M1");
  assert_date (milestone->planned, "2023-05-05");
  assert_int_equal (milestone->replans->len, 1);
  assert_int_equal (milestone->days_late, 37);
  assert_int_equal (milestone->days_behind, 2);

  after = plan_on (*state, 2023, "2023-05-08");
  milestone = hx_plan_milestone (after, "M1");
  assert_date (milestone->baseline, "2023-03-31");
  assert_date (milestone->planned, "2023-07-15");
  assert_int_equal (milestone->replans->len, 2);
  assert_date (((HxReplan *)milestone->replans->pdata[0])->planned,
               "2023-05-05");
  assert_string_equal (((HxReplan *)milestone->replans->pdata[1])->reason,
                       "再改");
  assert_int_equal (milestone->days_late, 38);
  assert_int_equal (milestone->days_behind, 0);
}

static void
a_day_taken_back_is_no_re_plan (void **state)
{
  g_autoptr (HxPlanYear) plan = NULL;
  const HxMilestone *milestone;

  put_plan (*state);
  PUT (*state, "milestone_replan|milestone=M1|date=2023-04-02"
               "|planned=2023-05-05|reason=改|approved_by=局长");
  bureau_void (*state, "milestone_replan", 1);
  plan = plan_on (*state, 2023, NULL);
  milestone = hx_plan_milestone (plan, "M1");
  assert_date (milestone->planned, "2023-03-31");
  assert_int_equal (milestone->replans->len, 0);
}

/* ------------------------------------------------------------------- answers
 */

#define LAG                                                                    \
  "milestone_lag|milestone=M1|date=2023-04-05|cause=经费|reason=款未到"   \
  "|measure=催款|owner=甲|due=2023-05-01|forecast=确定能"

static HxLagWant
wants_on (Bureau *bureau, const char *as_of)
{
  g_autoptr (HxPlanYear) plan = plan_on (bureau, 2023, as_of);
  const HxMilestone *milestone = hx_plan_milestone (plan, "M1");

  assert_int_equal (milestone->needs_answer,
                    milestone->wants != HX_LAG_WANTS_NOTHING);
  assert_int_equal (milestone->task->unanswered > 0, milestone->needs_answer);
  return milestone->wants;
}

static void
lateness_asks_until_it_is_answered (void **state)
{
  put_plan (*state);
  assert_int_equal (wants_on (*state, "2023-03-31"), HX_LAG_WANTS_NOTHING);
  assert_int_equal (wants_on (*state, "2023-04-01"), HX_LAG_WANTS_ANSWER);
  PUT (*state, LAG);
  assert_int_equal (wants_on (*state, "2023-04-04"), HX_LAG_WANTS_ANSWER);
  assert_int_equal (wants_on (*state, "2023-04-05"), HX_LAG_WANTS_NOTHING);
  assert_int_equal (wants_on (*state, "2023-05-01"), HX_LAG_WANTS_NOTHING);
  assert_int_equal (wants_on (*state, "2023-05-02"), HX_LAG_WANTS_AS_OVERDUE);
}

static void
a_measure_that_was_done_and_did_not_help_asks_again (void **state)
{
  put_plan (*state);
  PUT (*state, LAG "|done_on=2023-04-20");
  assert_int_equal (wants_on (*state, "2023-05-01"), HX_LAG_WANTS_NOTHING);
  assert_int_equal (wants_on (*state, "2023-05-02"), HX_LAG_WANTS_AS_VAIN);
  PUT (*state, LAG "|done_on=2023-05-10");
  assert_int_equal (wants_on (*state, "2023-05-09"), HX_LAG_WANTS_AS_OVERDUE);
  assert_int_equal (wants_on (*state, "2023-05-10"), HX_LAG_WANTS_AS_VAIN);
  PUT (*state,
       "milestone_replan|milestone=M1|date=2023-05-03"
       "|planned=2023-05-20|reason=改|approved_by=局长",
       "milestone_lag|milestone=M1|date=2023-05-21|cause=人员|reason=缺人"
       "|measure=增派|owner=甲|due=2023-05-25|done_on=2023-05-22"
       "|forecast=有可能");
  assert_int_equal (wants_on (*state, "2023-05-20"), HX_LAG_WANTS_NOTHING);
  assert_int_equal (wants_on (*state, "2023-05-25"), HX_LAG_WANTS_NOTHING);
  assert_int_equal (wants_on (*state, "2023-05-26"), HX_LAG_WANTS_AS_VAIN);
  done (*state, "M1", "2023-05-27");
  assert_int_equal (wants_on (*state, "2023-05-27"), HX_LAG_WANTS_NOTHING);
}

static void
a_milestone_done_late_still_owes_its_cause (void **state)
{
  put_plan (*state);
  done (*state, "M1", "2023-04-03");
  assert_int_equal (wants_on (*state, "2023-06-01"), HX_LAG_WANTS_ANSWER);
  PUT (*state, LAG);
  assert_int_equal (wants_on (*state, "2023-06-01"), HX_LAG_WANTS_NOTHING);
}

static void
a_broken_new_date_asks_again (void **state)
{
  put_plan (*state);
  PUT (*state, LAG "|done_on=2023-04-20",
       "milestone_replan|milestone=M1|date=2023-04-05|planned=2023-05-31"
       "|reason=改|approved_by=局长");
  assert_int_equal (wants_on (*state, "2023-05-31"), HX_LAG_WANTS_NOTHING);
  assert_int_equal (wants_on (*state, "2023-06-01"), HX_LAG_WANTS_AS_BROKEN);
  PUT (*state, "milestone_lag|milestone=M1|date=2023-06-01|cause=人员"
               "|reason=缺人|measure=增派|owner=甲|due=2023-08-01"
               "|forecast=有可能");
  assert_int_equal (wants_on (*state, "2023-06-01"), HX_LAG_WANTS_NOTHING);
}

static void
the_last_answer_is_the_one_in_force (void **state)
{
  g_autoptr (HxPlanYear) plan = NULL;
  const HxMilestone *milestone;

  put_plan (*state);
  PUT (*state,
       "milestone_lag|milestone=M1|date=2023-06-01|cause=人员|reason=缺人"
       "|measure=增派|owner=乙|due=2023-08-01|forecast=有可能",
       LAG);
  plan = plan_on (*state, 2023, "2023-08-11");
  milestone = hx_plan_milestone (plan, "M1");
  assert_int_equal (milestone->lags->len, 2);
  assert_string_equal (milestone->lag->measure, "增派");
  assert_string_equal (milestone->lag->cause->code, "staff");
  assert_string_equal (milestone->lag->forecast->code, "possible");
  assert_string_equal (milestone->lag->owner, "乙");
  assert_int_equal (milestone->lag->days_over, 10);
}

/* --------------------------------------------------------------- pulled back
 */

static void
a_late_milestone_is_pulled_back_by_the_next (void **state)
{
  static const struct
  {
    const char *first, *second, *as_of;
    gboolean pulled_back;
  } rows[] = {
    { "2023-04-10", "2023-06-30", "2023-12-31", TRUE },
    { "2023-04-10", "2023-07-01", "2023-12-31", FALSE },
    { "2023-04-10", "2023-06-30", "2023-06-29", FALSE },
    { "2023-04-10", "", "2023-12-31", FALSE },
    { "2023-03-31", "2023-06-30", "2023-12-31", FALSE },
    { "", "2023-06-30", "2023-12-31", FALSE },
  };

  put_plan (*state);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HxPlanYear) plan = NULL;

      done (*state, "M1", rows[i].first);
      done (*state, "M2", rows[i].second);
      plan = plan_on (*state, 2023, rows[i].as_of);
      assert_int_equal (hx_plan_milestone (plan, "M1")->pulled_back,
                        rows[i].pulled_back);
    }
}

static void
a_new_date_of_the_next_pulls_nothing_back (void **state)
{
  g_autoptr (HxPlanYear) plan = NULL;

  put_plan (*state);
  done (*state, "M1", "2023-04-10");
  done (*state, "M2", "2023-07-10");
  PUT (*state, "milestone_replan|milestone=M2|date=2023-06-20"
               "|planned=2023-07-31|reason=改|approved_by=局长");
  plan = plan_on (*state, 2023, NULL);
  assert_false (hx_plan_milestone (plan, "M1")->pulled_back);
}

static void
all_milestones_of_the_next_day_must_be_kept (void **state)
{
  g_autoptr (HxPlanYear) one = NULL;
  g_autoptr (HxPlanYear) both = NULL;

  put_plan (*state);
  PUT (*state, "milestone|number=M2b|task=T1|name=采购|owner=乙"
               "|baseline=2023-06-30");
  done (*state, "M1", "2023-04-10");
  done (*state, "M2", "2023-06-01");
  one = plan_on (*state, 2023, NULL);
  assert_false (hx_plan_milestone (one, "M1")->pulled_back);
  done (*state, "M2b", "2023-06-30");
  both = plan_on (*state, 2023, NULL);
  assert_true (hx_plan_milestone (both, "M1")->pulled_back);
}

/* ---------------------------------------------------------------------- task
 */

static void
the_work_of_a_task_is_weighed (void **state)
{
  g_autoptr (HxPlanYear) plan = NULL;
  const HxPlanTask *task;

  put_plan (*state);
  done (*state, "M1", "2023-04-10");
  plan = plan_on (*state, 2023, "2023-07-01");
  task = hx_plan_task (plan, "T1");
  assert_int_equal (task->weight_done, 2);
  assert_int_equal (task->weight_due, 5);
  assert_int_equal (task->weight_all, 6);
  assert_int_equal (task->work_done, 3333);
  assert_int_equal (task->work_due, 8333);
  assert_int_equal (task->late, 1);
  assert_int_equal (task->time_gone, 4986); /* 182 of 365 days */
}

static void
a_task_without_milestones_has_no_work (void **state)
{
  g_autoptr (HxPlanYear) plan = NULL;
  const HxPlanTask *task;

  PUT (*state, GOAL, TASK);
  plan = plan_on (*state, 2023, NULL);
  task = hx_plan_task (plan, "T1");
  assert_false (task->has_work);
  assert_int_equal (task->work_done, 0);
  assert_string_equal (task->goal->number, "G1");
}

static void
the_time_of_the_year_counts_its_days (void **state)
{
  static const struct
  {
    int year;
    const char *as_of;
    gint64 gone;
  } rows[] = {
    { 2023, "2022-12-31", 0 },     { 2023, "2023-01-01", 27 },
    { 2023, "2023-12-30", 9973 },  { 2023, NULL, 10000 },
    { 2023, "2024-05-01", 10000 }, { 2024, "2024-07-01", 5000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HxPlanYear) plan
          = plan_on (*state, rows[i].year, rows[i].as_of);

      assert_int_equal (plan->time_gone, rows[i].gone);
    }
}

static void
a_year_has_only_its_own_tasks (void **state)
{
  g_autoptr (HxPlanYear) plan = NULL;
  g_autoptr (HxPlanYear) empty = NULL;

  put_plan (*state);
  PUT (*state, "plan_task|number=N1|year=2024|goal=G1|name=别年|owner=陈某",
       "milestone|number=N1-1|task=N1|name=甲|owner=甲|baseline=2023-05-01");
  plan = plan_on (*state, 2024, NULL);
  assert_int_equal (plan->tasks->len, 1);
  assert_null (((HxPlanTask *)plan->tasks->pdata[0])->goal);
  assert_non_null (hx_plan_milestone (plan, "N1-1"));
  assert_null (hx_plan_milestone (plan, "M1"));
  empty = plan_on (*state, 2022, NULL);
  assert_int_equal (empty->tasks->len, 0);
}

static void
a_task_has_the_money_of_its_lines (void **state)
{
  g_autoptr (HxPlanYear) plan = NULL;
  const HxPlanTask *task;

  PUT (
      *state, GOAL, TASK "|budget=venue",
      "plan_task|number=T2|year=2023|name=别的|owner=陈某",
      "budget_line|number=B1|since=2023-01-10|name=修缮|source=general_public"
      "|nature=project|task=venue|amount=1000.00",
      "budget_line|number=B2|since=2023-01-10|name=修缮二|source=general_public"
      "|nature=project|task=venue|amount=500.00",
      "budget_line|number=B3|since=2023-01-10|name=其他|source=general_public"
      "|nature=project|amount=70.00",
      "payment|voucher=V1|date=2023-03-01|line=B1|amount=300.00",
      "payment|voucher=V2|date=2023-09-01|line=B2|amount=500.00");
  plan = plan_on (*state, 2023, "2023-06-30");
  task = hx_plan_task (plan, "T1");
  assert_true (task->has_money);
  assert_int_equal (task->money.total, 150000);
  assert_int_equal (task->money.executed, 30000);
  assert_int_equal (task->spent, 2000);
  assert_false (hx_plan_task (plan, "T2")->has_money);
}

static void
a_catalogue_without_a_plan_is_told_apart (void **state)
{
  Bureau *bureau = *state;
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autoptr (HxCatalogue) bare = NULL;
  g_autoptr (GError) error = NULL;

  hx_bundle_add (bundle, "catalogue.yaml", "key: bare\nname: 试验局\n");
  bare = hx_catalogue_load (bundle, &error);
  assert_no_error (error);
  assert_null (
      hx_plan_read (bureau_read (bureau), bare, 2023, (HxDate){ 0 }, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
}

#define CASE(name)                                                             \
  cmocka_unit_test_setup_teardown (name, bureau_setup, bureau_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    CASE (a_milestone_is_late_by_its_baseline),
    CASE (a_new_date_moves_the_current_day_alone),
    CASE (a_day_taken_back_is_no_re_plan),
    CASE (lateness_asks_until_it_is_answered),
    CASE (a_measure_that_was_done_and_did_not_help_asks_again),
    CASE (a_milestone_done_late_still_owes_its_cause),
    CASE (a_broken_new_date_asks_again),
    CASE (the_last_answer_is_the_one_in_force),
    CASE (a_late_milestone_is_pulled_back_by_the_next),
    CASE (a_new_date_of_the_next_pulls_nothing_back),
    CASE (all_milestones_of_the_next_day_must_be_kept),
    CASE (the_work_of_a_task_is_weighed),
    CASE (a_task_without_milestones_has_no_work),
    CASE (the_time_of_the_year_counts_its_days),
    CASE (a_year_has_only_its_own_tasks),
    CASE (a_task_has_the_money_of_its_lines),
    CASE (a_catalogue_without_a_plan_is_told_apart),
  };

  return cmocka_run_group_tests_name ("plan", tests, NULL, NULL);
}
