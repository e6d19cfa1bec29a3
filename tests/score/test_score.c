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

/* ------------------------------------------------------------------ by hand
 */

#define FOUR                                                                    \
  "  - {key: list, name: 清单, points: 40, rule: checklist,\n"                \
  "     items: [甲项, 乙项]}\n"                                             \
  "  - {key: calm, name: 定性, points: 30, rule: qualitative}\n"              \
  "  - {key: asked, name: 是否, points: 20, rule: yes_no, evidence: false}\n" \
  "  - {key: other, name: 他评, points: 10, rule: stated}\n"

static void
a_row_scores_nothing_until_it_is_signed_with_evidence (void **state)
{
  static const char *const lines[] = {
    ENTRY "row=list checks=全部",
    ENTRY "row=calm step=reached evidence=a.pdf",
    ENTRY "row=asked checks=是",
    ENTRY "row=他评 value=10 evidence=b.pdf;c.pdf",
    NULL,
  };
  static const char *const better[] = {
    ENTRY "row=list checks=全部 evidence=a.pdf",
    ENTRY "row=calm step=reached share=95 evidence=a.pdf reason=尚有不足",
    NULL,
  };
  g_autoptr (HxScore) score = NULL;
  g_autoptr (HxScore) after = NULL;

  use_card (*state, "", FOUR);
  play (*state, lines);
  score = score_of (*state, "own", "");
  assert_score (score, "list", "0.00");
  assert_true (finds (score, "list", "缺少佐证材料，暂不得分"));
  assert_score (score, "calm", "0.00");
  assert_true (finds (score, "calm", "完成等次和得分比例"));
  assert_score (score, "asked", "20.00");
  assert_score (score, "other", "10.00");
  assert_int_equal (row_of (score, "other")->evidence, 2);
  assert_string_equal (row_of (score, "other")->signer, "甲");
  assert_false (score->is_complete);
  assert_total (score, "30.00", "差");

  play (*state, better);
  after = score_of (*state, "own", "");
  assert_true (after->is_complete);
  assert_int_equal (after->findings->len, 0);
  assert_total (after, "98.50", "优");
}

static void
lost_points_want_a_reason (void **state)
{
  static const char *const lines[] = {
    ENTRY "row=list checks=2 evidence=a.pdf",
    NULL,
  };
  g_autoptr (HxScore) score = NULL;

  use_card (*state, "", FOUR);
  play (*state, lines);
  score = score_of (*state, "own", "");
  assert_score (score, "list", "20.00");
  assert_true (finds (score, "list", "没有写明原因"));
  assert_string_equal (row_of (score, "list")->reason,
                       "不符合：甲项，扣 20.00 分");
}

static void
rows_that_do_not_apply_are_scaled_away (void **state)
{
  static const char *const lines[] = {
    ENTRY "row=list checks=1 evidence=a.pdf reason=缺一项",
    ENTRY "row=calm applies=否 reason=没有这类工作",
    ENTRY "row=asked applies=否",
    ENTRY "row=other value=10 evidence=a.pdf",
    NULL,
  };
  g_autoptr (HxScore) score = NULL;

  use_card (*state, "", FOUR);
  play (*state, lines);
  score = score_of (*state, "own", "");
  assert_int_equal (score->points, 5000);
  assert_int_equal (score->earned, 3000);
  assert_total (score, "60.00", "中");
  assert_false (finds (score, "calm", "不适用"));
  assert_true (finds (score, "asked", "写了不适用，没有写明原因"));
}

static void
an_entry_of_no_row_is_named (void **state)
{
  static const char *const lines[] = {
    ENTRY "row=lost value=1",
    "put score_entry date=2024-02-01 year=2022 card=own row=list checks=1"
    " signer=甲 evidence=a.pdf",
    "put score_entry date=2024-02-01 year=2023 card=another row=list checks=1"
    " signer=甲 evidence=a.pdf",
    NULL,
  };
  g_autoptr (HxScore) score = NULL;

  use_card (*state, "", FOUR);
  play (*state, lines);
  score = score_of (*state, "own", "");
  assert_true (finds (score, NULL, "“lost”不在这张表里"));
  assert_true (finds (score, "list", "没有填报"));
}

static void
within_the_year_later_entries_do_not_count (void **state)
{
  static const char *const lines[] = {
    "put score_entry date=2023-07-01 year=2023 card=own row=asked checks=是"
    " signer=甲",
    "put score_entry date=2023-08-01 year=2023 card=own row=other value=10"
    " signer=甲 evidence=a.pdf",
    NULL,
  };
  g_autoptr (HxScore) score = NULL;

  use_card (*state, "", FOUR);
  play (*state, lines);
  score = score_of (*state, "own", "2023-07-31");
  assert_score (score, "asked", "20.00");
  assert_score (score, "other", "0.00");
}

/* -------------------------------------------------------------------- numbers
 */

#define LINE(number, amount)                                                   \
  "put budget_line number=" number " since=2023-01-01 name=项目 "            \
  "source=general_public nature=project amount=" amount
#define PAID(number, day, amount)                                              \
  "put payment voucher=" number " date=" day " line=1 amount=" amount

#define MONEY                                                                  \
  "  - {key: pace, name: 进度, points: 40, rule: quarters,\n"                \
  "     value: budget.quarter_rates}\n"                                        \
  "  - {key: only, name: 项目, points: 30, rule: ratio,\n"                   \
  "     ratio: [budget.executed@project, budget.total@project]}\n"             \
  "  - {key: office, name: 公用, points: 20, rule: ratio,\n"                 \
  "     ratio: [budget.executed@office, budget.total@office],\n"               \
  "     without_base: not_applicable}\n"                                       \
  "  - {key: last, name: 比上年, points: 10, rule: deduct, above: 0,\n"     \
  "     each: 0.5, change: budget.total, without_base: full}\n"

static void
the_pace_of_spending_is_the_mean_of_ended_quarters (void **state)
{
  static const char *const lines[] = {
    LINE ("1", "1000"),
    PAID ("1", "2023-03-31", "250"),
    PAID ("2", "2023-06-30", "150"), /* 40 of 50 per cent */
    PAID ("3", "2023-07-01", "350"), /* 75 */
    PAID ("4", "2023-12-31", "250"),
    NULL,
  };
  g_autoptr (HxScore) score = NULL;
  g_autoptr (HxScore) half = NULL;

  use_card (*state, "", MONEY);
  play (*state, lines);
  score = score_of (*state, "own", "");
  half = score_of (*state, "own", "2023-09-29");
  assert_score (score, "pace", "38.00"); /* (1 + 0.8 + 1 + 1) / 4 */
  assert_score (half, "pace", "36.00");  /* two quarters have ended */
  assert_int_equal (row_of (half, "pace")->from->len, 3);
  assert_score (score, "only", "30.00");
  assert_int_equal (row_of (score, "office")->state, HX_SCORE_ROW_SKIPPED);
  assert_score (score, "last", "10.00");
  assert_total (score, "97.50", "优"); /* 78 of 80 */
}

static void
a_change_is_against_the_year_before (void **state)
{
  static const char *const lines[] = {
    LINE ("1", "1045"),
    "put budget_line number=0 since=2022-01-01 name=项目 "
    "source=general_public nature=project amount=1000",
    NULL,
  };
  g_autoptr (HxScore) score = NULL;
  const HxScoreRow *row;

  use_card (*state, "", MONEY);
  play (*state, lines);
  score = score_of (*state, "own", "");
  row = row_of (score, "last");
  assert_string_equal (row->value, "4.50%");
  assert_score (score, "last", "7.75");
  assert_string_equal (((HxScoreFrom *)row->from->pdata[1])->name,
                       "全年预算（2022 年）");
}

/* Up and down do not cancel, a transfer counts once, what was carried in and
 * what is dated later not at all. */
static void
an_adjustment_counts_whichever_way_it_goes (void **state)
{
  static const char *const lines[] = {
    LINE ("1", "1000"),
    LINE ("2", "1000"),
    "put budget_adjustment number=1 date=2023-03-01 line=1 kind=increase"
    " amount=60 document=文",
    "put budget_adjustment number=2 date=2023-04-01 line=1 kind=decrease"
    " amount=-60 document=文",
    "put budget_adjustment number=3 date=2023-05-01 line=1 kind=transfer"
    " amount=-80.01 document=调",
    "put budget_adjustment number=4 date=2023-05-01 line=2 kind=transfer"
    " amount=80.01 document=调",
    "put budget_adjustment number=5 date=2023-06-01 line=2 kind=carried_in"
    " amount=500 document=文",
    "put budget_adjustment number=6 date=2023-07-01 line=2 kind=decrease"
    " amount=-100 document=文",
    NULL,
  };
  g_autoptr (HxScore) half = NULL, score = NULL;
  const HxScoreFrom *moved;

  play (*state, lines);
  half = score_of (*state, "mof_2013", "2023-06-30");
  score = score_of (*state, "mof_2013", "");
  moved = row_of (half, "adjustment_rate")->from->pdata[0];
  assert_string_equal (moved->key, "budget.moved");
  /* 200.01 of 2000 is just above 10 per cent, 300.01 still within 20 */
  assert_string_equal (row_of (half, "adjustment_rate")->value, "10.00%");
  assert_score (half, "adjustment_rate", "1.00");
  assert_string_equal (row_of (score, "adjustment_rate")->value, "15.00%");
  assert_score (score, "adjustment_rate", "1.00");
}

/* The total is scaled once, half up at its last digit. */
static void
scaling_rounds_half_up_at_the_last_digit (void **state)
{
  static const struct
  {
    const char *value, *total;
  } totals[]
      = { { "50.02", "62.53" }, { "50.01", "62.51" }, { "80", "100.00" } };

  use_card (*state, "",
            "  - {key: other, name: 他评, points: 80, rule: stated}\n"
            "  - {key: none, name: 不设, points: 20, rule: stated}\n");
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      g_autofree char *entry = g_strdup_printf (
          ENTRY "row=other value=%s evidence=a.pdf reason=x", totals[i].value);
      const char *lines[]
          = { entry, ENTRY "row=none applies=否 reason=没有这类工作", NULL };
      g_autoptr (HxScore) score = NULL;
      g_autofree char *total = NULL;

      play (*state, lines);
      score = score_of (*state, "own", "");
      total = hx_score_format (score, score->total);
      assert_string_equal (total, totals[i].total);
    }
}

/* What was filled in is told with the row, and by whom. */
static void
a_row_tells_what_it_stands_on (void **state)
{
  static const char *const lines[] = {
    ENTRY "row=list checks=2 evidence=a.pdf;b.pdf reason=缺一项",
    ENTRY "row=calm step=partly share=79.5 evidence=a.pdf reason=尚有不足",
    ENTRY "row=asked checks=是",
    NULL,
  };
  static const struct
  {
    const char *row, *basis;
  } rows[] = {
    { "list", "填报：2 项要点符合 1 项；填报人：甲，佐证材料 2 份" },
    { "calm", "填报：部分达成并具有一定效果 79.5%；填报人：甲，佐证材料 1 份" },
    { "asked", "填报：是；填报人：甲" },
    { "other", NULL },
  };
  g_autoptr (HxScore) score = NULL;

  use_card (*state, "", FOUR);
  play (*state, lines);
  score = score_of (*state, "own", "");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *basis = hx_score_row_basis (row_of (score, rows[i].row));

      if (g_strcmp0 (basis, rows[i].basis) != 0)
        fail_msg ("%s stands on %s", rows[i].row, basis);
    }
}

#define CHOICE                                                                 \
  "  - key: one\n    name: 二选一\n    points: 100\n    rule: choose\n"     \
  "    take: %s\n    options:\n"                                               \
  "      - {key: rate, name: 比率, rule: ratio}\n"                           \
  "      - {key: fall, name: 降幅, rule: deduct, above: 0, each: 10,\n"      \
  "         value: entry.base}\n"

static void
the_best_or_the_stated_option_counts (void **state)
{
  static const struct
  {
    const char *take, *entry, *score;
  } choices[] = {
    { "best", ENTRY "row=one value=70 base=2 evidence=a.pdf reason=x",
      "80.00" },
    { "best", ENTRY "row=one value=70 evidence=a.pdf reason=x", "70.00" },
    { "stated",
      ENTRY "row=one value=70 base=2 checks=比率 evidence=a.pdf "
            "reason=x",
      "70.00" },
    { "stated",
      ENTRY "row=one value=70 base=2 checks=fall evidence=a.pdf "
            "reason=x",
      "80.00" },
    { "stated",
      ENTRY "row=one value=70 base=2 checks=甲 evidence=a.pdf "
            "reason=x",
      "0.00" },
    /* a tie, and half up at the last digit of the better one: 33.335, 33.33 */
    { "best", ENTRY "row=one value=80 base=2 evidence=a.pdf reason=x",
      "80.00" },
    { "best", ENTRY "row=one value=33.335 base=6.667 evidence=a.pdf reason=x",
      "33.34" },
    { "best", ENTRY "row=one value=33.3349 base=6.6667 evidence=a.pdf reason=x",
      "33.33" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const char *lines[] = { choices[i].entry, NULL };
      g_autofree char *rows = g_strdup_printf (CHOICE, choices[i].take);
      g_autoptr (HxScore) score = NULL;

      use_card (*state, "", rows);
      play (*state, lines);
      score = score_of (*state, "own", "");
      assert_score (score, "one", choices[i].score);
    }
}

static void
an_option_that_does_not_apply_leaves_the_other (void **state)
{
  static const char *const rows
      = "  - key: one\n    name: 二选一\n    points: 60\n    rule: choose\n"
        "    options:\n"
        "      - {key: share, name: 占比, rule: ratio,\n"
        "         ratio: [entry.value, entry.base],\n"
        "         without_base: not_applicable}\n"
        "      - {key: rate, name: 完成率, rule: ratio, value: entry.value}\n"
        "  - key: none\n    name: 都不适用\n    points: 40\n"
        "    rule: choose\n    options:\n"
        "      - {key: a, name: 甲, rule: ratio, ratio: [entry.value, 0],\n"
        "         without_base: not_applicable}\n"
        "      - {key: b, name: 乙, rule: ratio, ratio: [entry.value, 0],\n"
        "         without_base: not_applicable}\n";
  static const char *const lines[]
      = { ENTRY "row=one value=50 base=0 reason=x evidence=a.pdf",
          ENTRY "row=none value=50 reason=x evidence=a.pdf", NULL };
  g_autoptr (HxScore) score = NULL;

  use_card (*state, "", rows);
  play (*state, lines);
  score = score_of (*state, "own", "");
  assert_score (score, "one", "30.00");
  assert_int_equal (row_of (score, "one")->missing->len, 0);
  assert_int_equal (row_of (score, "none")->state, HX_SCORE_ROW_SKIPPED);
  assert_true (score->is_complete);
  assert_total (score, "50.00", "差");
}

static void
a_bonus_lifts_the_total_and_never_past_the_full_points (void **state)
{
  static const struct
  {
    const char *value, *total;
  } bonuses[] = { { "2", "92.00" }, { "20", "95.00" }, { "-3", "87.00" } };

  use_card (*state, "",
            "  - {key: other, name: 他评, points: 100, rule: stated}\n"
            "  - {key: more, name: 加减, rule: bonus, most: 5, least: -10}\n");
  for (guint i = 0; i < G_N_ELEMENTS (bonuses); i++)
    {
      g_autofree char *bonus = g_strdup_printf (
          ENTRY "row=more value=%s evidence=a.pdf", bonuses[i].value);
      const char *lines[]
          = { ENTRY "row=other value=90 evidence=a.pdf reason=x", bonus, NULL };
      const char *full[]
          = { ENTRY "row=other value=99 evidence=a.pdf reason=x", NULL };
      g_autoptr (HxScore) score = NULL;
      g_autoptr (HxScore) capped = NULL;
      g_autofree char *total = NULL;

      play (*state, lines);
      score = score_of (*state, "own", "");
      assert_int_equal (score->findings->len, 0);
      assert_int_equal (row_of (score, "more")->deduction, 0);
      total = hx_score_format (score, score->total);
      assert_string_equal (total, bonuses[i].total);
      play (*state, full);
      capped = score_of (*state, "own", "");
      assert_true (capped->total <= 10000);
    }
}

/* -------------------------------------------------------------------- targets
 */

#define TARGET(number, rest)                                                   \
  "put target number=" number " year=2023 name=指标" number " " rest
#define RESULT(number, rest)                                                   \
  "put target_result date=2024-01-10 target=" number " signer=乙 " rest

static const char *const target_lines[] = {
  LINE ("1", "1000"),
  PAID ("1", "2023-06-30", "1000"),
  TARGET ("1", "level=output aspect=quantity direction=at_least value=30 "
               "weight=20"),
  TARGET ("2", "level=output aspect=quality direction=at_most value=90 "
               "weight=20"),
  TARGET ("3", "level=cost aspect=cost direction=equal value=200 weight=10"),
  TARGET ("4", "level=benefit aspect=social direction=qualitative "
               "wording=见效 weight=25"),
  TARGET ("5", "level=satisfaction aspect=satisfaction direction=at_least "
               "value=95 weight=10"),
  RESULT ("1", "value=24 evidence=a.pdf reason=人手不足 measure=增加人手"),
  RESULT ("2", "value=89.974 evidence=a.pdf"),
  RESULT ("3", "value=190 evidence=a.pdf"),
  RESULT ("4", "step=partly share=79.9 evidence=a.pdf reason=刚起步"),
  RESULT ("5", "value=96"),
  NULL,
};

static void
the_project_form_scores_every_target (void **state)
{
  g_autoptr (HxScore) score = NULL;
  const HxScoreRow *first;

  play (*state, target_lines);
  score = score_of (*state, "project_self", "");
  first = row_of (score, "1");
  assert_score (score, "execution", "10.00");
  assert_score (score, "1", "16.00");
  assert_string_equal (first->reason, "人手不足");
  assert_string_equal (first->measure, "增加人手");
  assert_string_equal (first->target, "≥30");
  assert_score (score, "2", "20.00");
  assert_score (score, "3", "9.50");
  assert_true (finds (score, "3", "没有写明原因"));
  assert_score (score, "4", "19.98"); /* 19.975 */
  assert_score (score, "5", "0.00");
  assert_true (finds (score, "5", "缺少佐证材料"));
  assert_score (score, "output", "45.50");
  assert_score (score, "output.quantity", "16.00");
  assert_true (finds (score, "benefit", "合计 25.00，应为 30.00，少 5.00"));
  assert_total (score, "75.48", "中");
}

static void
weights_above_a_level_give_no_more_than_its_points (void **state)
{
  static const char *const more[] = {
    TARGET ("6", "level=satisfaction aspect=satisfaction direction=at_least "
                 "value=1 weight=10"),
    RESULT ("5", "value=96 evidence=a.pdf"),
    RESULT ("6", "value=1 evidence=a.pdf"),
    NULL,
  };
  g_autoptr (HxScore) score = NULL;

  play (*state, target_lines);
  play (*state, more);
  score = score_of (*state, "project_self", "");
  assert_true (finds (score, "satisfaction", "多 10.00"));
  assert_score (score, "satisfaction", "10.00");
}

static void
a_card_may_take_the_mean_of_targets (void **state)
{
  g_autoptr (HxScore) score = NULL;

  play (*state, target_lines);
  score = score_of (*state, "gd_department", "");
  /* (80 × 20 + 100 × 20 + 95 × 10) / 50 of 20 points */
  assert_score (score, "outputs", "18.20");
  /* 79.9 × 25, and nothing for the one without evidence: of 35 */
  assert_score (score, "effects", "11.41");
  assert_true (finds (score, "effects", "绩效指标 5：缺少佐证材料"));
  assert_int_equal (row_of (score, "outputs")->from->len, 3);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
#define CASE(name)                                                             \
  cmocka_unit_test_setup_teardown (name, score_setup, fixture_teardown)
    CASE (an_empty_year_scores_nothing_and_says_what_is_missing),
    CASE (money_and_entries_make_the_score),
    CASE (a_row_scores_nothing_until_it_is_signed_with_evidence),
    CASE (lost_points_want_a_reason),
    CASE (rows_that_do_not_apply_are_scaled_away),
    CASE (an_entry_of_no_row_is_named),
    CASE (within_the_year_later_entries_do_not_count),
    CASE (the_pace_of_spending_is_the_mean_of_ended_quarters),
    CASE (a_change_is_against_the_year_before),
    CASE (an_adjustment_counts_whichever_way_it_goes),
    CASE (scaling_rounds_half_up_at_the_last_digit),
    CASE (a_row_tells_what_it_stands_on),
    CASE (the_best_or_the_stated_option_counts),
    CASE (an_option_that_does_not_apply_leaves_the_other),
    CASE (a_bonus_lifts_the_total_and_never_past_the_full_points),
    CASE (the_project_form_scores_every_target),
    CASE (weights_above_a_level_give_no_more_than_its_points),
    CASE (a_card_may_take_the_mean_of_targets),
  };

  return cmocka_run_group_tests_name ("scores", tests, NULL, NULL);
}
