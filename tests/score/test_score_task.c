/* The project form of one key task: only its money, milestones and targets. */
#include "score_test.h"

#define LINE(number, task, amount)                                             \
  "put budget_line number=" number " since=2023-01-01 name=项目 task=" task    \
  " source=general_public nature=project amount=" amount
#define TARGET(number, task, rest)                                             \
  "put target number=" number " year=2023 name=指标" number " task=" task      \
  " direction=at_least value=10 " rest
#define RESULT(number, value)                                                  \
  "put target_result date=2024-01-10 target=" number " signer=乙"             \
  " evidence=a.pdf reason=缓 value=" value
#define MILESTONE(number, task, done)                                          \
  "put milestone number=" number " task=" task " name=节点 owner=甲"        \
  " baseline=2023-06-30 done_on=" done

static const char *const year[] = {
  "put plan_task number=R1 year=2023 name=走访 budget=service owner=甲",
  "put plan_task number=R2 year=2023 name=场地 budget=venue owner=甲",
  "put plan_task number=R3 year=2023 name=没有钱 owner=甲",
  LINE ("1", "service", "1000"),
  LINE ("2", "venue", "200"),
  LINE ("3", "service", "500"),
  "put payment voucher=1 date=2023-02-01 line=1 amount=900",
  "put payment voucher=2 date=2023-08-01 line=2 amount=200",
  "put payment voucher=3 date=2023-08-01 line=3 amount=300",
  TARGET ("1", "R1", "level=output aspect=quantity weight=1"),
  TARGET ("2", "R1", "level=output aspect=quality weight=1"),
  TARGET ("3", "R1", "level=cost aspect=cost weight=1"),
  TARGET ("4", "R1", "level=benefit aspect=social weight=7.5"),
  TARGET ("5", "R2", "level=output aspect=quantity weight=47"),
  TARGET ("6", "R2", "level=benefit aspect=social weight=22.5"),
  RESULT ("1", "10"),
  RESULT ("2", "5"),
  RESULT ("3", "10"),
  RESULT ("4", "9"),
  RESULT ("5", "10"),
  RESULT ("6", "10"),
  MILESTONE ("A1", "R1", "2023-06-01"),
  MILESTONE ("A2", "R1", "2023-07-01"),
  MILESTONE ("B1", "R2", "2023-06-01"),
  NULL,
};

static HxScore *
try_task (Fixture *fixture, const char *card, const char *task, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  const HxScoreQuery query = { .year = 2023, .card = card, .task = task };

  return hx_score_read (hx_reader_connection (reader), fixture->catalogue,
                        &query, error);
}

static HxScore *
task_score (Fixture *fixture, const char *card, const char *task)
{
  g_autoptr (GError) error = NULL;
  HxScore *score = try_task (fixture, card, task, &error);

  check (score != NULL, error);
  return score;
}

static void
a_task_has_its_own_money_and_targets_alone (void **state)
{
  g_autoptr (HxScore) score = NULL, other = NULL, whole = NULL;
  const HxScoreRow *rate;

  play (*state, year);
  score = task_score (*state, NULL, "R1");
  other = task_score (*state, NULL, "场地");
  whole = score_of (*state, "project_self", "");
  rate = row_of (score, "execution");
  assert_string_equal (score->card->key, "project_self");
  assert_string_equal (score->task->name, "走访");
  /* 1200 of 1500 */
  assert_string_equal (((HxScoreFrom *)rate->from->pdata[0])->text, "0.12");
  assert_score (score, "execution", "8.00");
  assert_score (other, "execution", "10.00");
  assert_score (whole, "execution", "8.24"); /* 1400 of 1700 */
  assert_null (hx_score_row (score, "5"));
  assert_null (hx_score_row (other, "1"));
  assert_null (whole->task);
}

static void
points_of_a_level_are_shared_out_to_the_last_hundredth (void **state)
{
  g_autoptr (HxScore) score = NULL, other = NULL;

  play (*state, year);
  score = task_score (*state, NULL, "R1");
  other = task_score (*state, NULL, "R2");
  /* thirds of 50, in the order of the form */
  assert_int_equal (row_of (score, "1")->points, 1667);
  assert_int_equal (row_of (score, "2")->points, 1666);
  assert_int_equal (row_of (score, "3")->points, 1667);
  assert_int_equal (row_of (score, "4")->points, 3000);
  assert_score (score, "2", "8.33");
  assert_score (score, "4", "27.00");
  assert_score (score, "output", "41.67");
  assert_true (score->is_shared);
  assert_int_equal (row_of (other, "5")->points, 5000);
  assert_false (finds (score, "output", "合计"));
}

static void
weights_that_add_up_stay_as_they_are (void **state)
{
  static const char *const exact[] = {
    TARGET ("5", "R2", "level=output aspect=quantity weight=49.99"),
    TARGET ("7", "R2", "level=output aspect=quantity weight=0.01"),
    TARGET ("6", "R2", "level=benefit aspect=social weight=30"),
    RESULT ("7", "10"),
    NULL,
  };
  g_autoptr (HxScore) score = NULL;

  play (*state, year);
  play (*state, exact);
  score = task_score (*state, NULL, "R2");
  assert_int_equal (row_of (score, "5")->points, 4999);
  assert_int_equal (row_of (score, "7")->points, 1);
  assert_int_equal (row_of (score, "6")->points, 3000);
  assert_false (score->is_shared);
}

static void
a_level_without_targets_is_scaled_away (void **state)
{
  g_autoptr (HxScore) score = NULL;
  const HxScoreRow *none;

  play (*state, year);
  score = task_score (*state, NULL, "R1");
  none = row_of (score, "satisfaction");
  assert_int_equal (none->state, HX_SCORE_ROW_SKIPPED);
  assert_int_equal (none->deduction, 0);
  assert_int_equal (score->skipped, 1000);
  assert_int_equal (score->points, 9000);
  /* 8.00 + 41.67 + 27.00 = 76.67 of 90 */
  assert_total (score, "85.19", "良");
  assert_true (score->is_complete);
}

static void
a_task_without_money_says_so (void **state)
{
  g_autoptr (HxScore) score = NULL;

  play (*state, year);
  score = task_score (*state, NULL, "R3");
  assert_true (finds (score, "execution", "分母为 0"));
  assert_int_equal (score->skipped, 9000);
  assert_total (score, "0.00", "差");
}

static void
a_task_that_is_not_there_is_refused_with_those_that_are (void **state)
{
  static const struct
  {
    const char *card, *task;
    int code;
    const char *says;
  } calls[] = {
    { NULL, "R9", HX_ERROR_NOT_FOUND, "R1（走访）、R2（场地）" },
    { "mof_2013", "R1", HX_ERROR_USAGE, "按任务打分要用项目自评表" },
    { "nothing", "R1", HX_ERROR_NOT_FOUND, "这张评分表" },
  };

  play (*state, year);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_null (try_task (*state, calls[i].card, calls[i].task, &error));
      assert_int_equal (error->code, calls[i].code);
      assert_non_null (strstr (error->message, calls[i].says));
    }
}

#define OWN                                                                    \
  "  - {key: done, name: 完成率, points: 20, rule: ratio,\n"                \
  "     ratio: [plan.milestones_done, plan.milestones]}\n"                     \
  "  - {key: time, name: 及时率, points: 20, rule: ratio,\n"                \
  "     ratio: [plan.milestones_on_time, plan.milestones]}\n"                  \
  "  - {key: tasks, name: 任务, points: 10, rule: ratio,\n"                  \
  "     ratio: [plan.tasks_done, plan.tasks]}\n"                               \
  "  - {key: hit, name: 达标, points: 10, rule: ratio,\n"                    \
  "     ratio: [targets.reached, targets.count]}\n"                            \
  "  - {key: pace, name: 进度, points: 20, rule: quarters,\n"                \
  "     value: budget.quarter_rates}\n"                                        \
  "  - {key: asked, name: 他评, points: 10, rule: stated}\n"                 \
  "  - {key: rate, name: 全局, points: 10, rule: ratio,\n"                   \
  "     value: budget_execution_rate}\n"

static void
every_kind_of_row_is_of_the_task_and_what_is_not_is_named (void **state)
{
  static const char *const entries[] = {
    "put score_entry date=2024-02-01 year=2023 card=own row=asked value=1"
    " signer=甲 evidence=a.pdf reason=x",
    "put score_entry date=2024-02-01 year=2023 card=own/R1 row=asked value=7"
    " signer=甲 evidence=a.pdf reason=x",
    "put score_entry date=2024-02-01 year=2023 card=own/R2 row=asked value=9"
    " signer=甲 evidence=a.pdf reason=x",
    NULL,
  };
  g_autoptr (HxScore) one = NULL, two = NULL, whole = NULL;

  use_card (*state, "layout: project\n", OWN);
  play (*state, year);
  play (*state, entries);
  one = task_score (*state, "own", "R1");
  two = task_score (*state, "own", "R2");
  whole = score_of (*state, "own", "");
  assert_score (one, "done", "20.00");
  assert_score (one, "time", "10.00");
  assert_score (two, "time", "20.00");
  assert_score (whole, "time", "13.33");
  assert_score (one, "tasks", "10.00");
  assert_score (whole, "tasks", "6.67"); /* the third has no milestones */
  assert_score (one, "hit", "5.00");
  assert_score (two, "hit", "10.00");
  /* 900, 900, 1200, 1200 of 1500: 1, 1, 1, 0.8 */
  assert_score (one, "pace", "19.00");
  assert_score (two, "pace", "10.00");
  assert_score (one, "asked", "7.00");
  assert_score (two, "asked", "9.00");
  assert_score (whole, "asked", "1.00");
  assert_true (finds (one, "rate", "是全单位的数"));
  assert_false (finds (whole, "rate", "是全单位的数"));
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
#define CASE(name)                                                             \
  cmocka_unit_test_setup_teardown (name, score_setup, fixture_teardown)
    CASE (a_task_has_its_own_money_and_targets_alone),
    CASE (points_of_a_level_are_shared_out_to_the_last_hundredth),
    CASE (weights_that_add_up_stay_as_they_are),
    CASE (a_level_without_targets_is_scaled_away),
    CASE (a_task_without_money_says_so),
    CASE (a_task_that_is_not_there_is_refused_with_those_that_are),
    CASE (every_kind_of_row_is_of_the_task_and_what_is_not_is_named),
  };

  return cmocka_run_group_tests_name ("forms of tasks", tests, NULL, NULL);
}
