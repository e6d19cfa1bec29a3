/* Cards filled in from rows of the ledger. */
#include "score_test.h"

#define ENTRY "put score_entry date=2024-02-01 year=2023 card=own signer=甲 "

static void
an_empty_year_scores_nothing_and_says_what_is_missing (void **state)
{
  g_autoptr (HxScore) score = score_of (*state, NULL, "");

  assert_string_equal (score->card->key, "mof_2013");
  assert_total (score, "0.00", "差");
  assert_false (score->is_complete);
  assert_true (finds (score, "goal_reason", "没有填报"));
  assert_true (finds (score, "completion_rate", "分母为 0"));
  assert_int_equal (row_of (score, "payment_progress")->state,
                    HX_SCORE_ROW_SKIPPED);
}

#define TWO                                                                    \
  "  - key: part\n    name: 部分\n    points: 100\n    rows:\n"              \
  "      - {key: rate, name: 执行率, points: 60, rule: ratio,\n"            \
  "         ratio: [budget.executed, budget.total]}\n"                         \
  "      - {key: checks, name: 要点, points: 40, rule: checklist,\n"         \
  "         items: [甲项, 乙项, 丙项, 丁项]}\n"

static void
money_and_entries_make_the_score (void **state)
{
  static const char *const lines[] = {
    "put budget_line number=1 since=2023-01-01 name=项目 "
    "source=general_public nature=project amount=14865500",
    "put payment voucher=1 date=2023-05-05 line=1 amount=14131500",
    ENTRY "row=checks checks=1,2,4 reason=还没有建立 evidence=a.pdf",
    NULL,
  };
  g_autoptr (HxScore) score = NULL;
  const HxScoreRow *rate;

  use_card (*state, "", TWO);
  play (*state, lines);
  score = score_of (*state, "own", "");
  rate = row_of (score, "rate");
  assert_score (score, "rate", "57.04"); /* 95.0624 % of 60: 57.0374 */
  assert_score (score, "checks", "30.00");
  assert_score (score, "part", "87.04");
  assert_total (score, "87.04", "良");
  assert_true (score->is_complete);
  assert_int_equal (score->findings->len, 0);
  assert_string_equal (rate->value, "95.06%");
  assert_true (rate->is_computed_reason);
  assert_string_equal (rate->reason,
                       "完成值 95.06%，目标 100%，按比例扣 2.96 分");
  assert_int_equal (rate->from->len, 2);
  assert_string_equal (((HxScoreFrom *)rate->from->pdata[1])->text, "1486.55");
  assert_string_equal (row_of (score, "checks")->reason, "还没有建立");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (
        an_empty_year_scores_nothing_and_says_what_is_missing, score_setup,
        fixture_teardown),
    cmocka_unit_test_setup_teardown (money_and_entries_make_the_score,
                                     score_setup, fixture_teardown),
  };

  return cmocka_run_group_tests_name ("scores", tests, NULL, NULL);
}
