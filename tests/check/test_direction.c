/* Words of direction against figures. */
#include "engine_fixture.h"

typedef struct
{
  const char *text;
  const char *claims;
} Case;

static void
check_cases (const Case *cases, gsize count, HxClaimKind kind)
{
  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (HxCheckResult) result = engine_check (cases[i].text);
      g_autofree char *claims = engine_claims (result, kind);

      if (strcmp (claims, cases[i].claims) != 0)
        print_error ("%s\n", cases[i].text);
      assert_string_equal (claims, cases[i].claims);
    }
}

#define CHECK(cases)                                                           \
  check_cases (cases, G_N_ELEMENTS (cases), HX_CLAIM_DIRECTION)
#define CHECK_GROWTHS(cases)                                                   \
  check_cases (cases, G_N_ELEMENTS (cases), HX_CLAIM_GROWTH)

#define A "年初预算为54.53万元，支出决算为"
#define DONE(amount) A amount "万元，完成年初预算的100%。"

static const Case comparisons[] = {
  { DONE ("50.00") "决算数小于预算数的主要原因：节约。",
    "ok 50.00万元,54.53万元=小于" },
  { DONE ("50.00") "决算数大于预算数的主要原因：节约。",
    "error 50.00万元,54.53万元=大于" },
  { DONE ("54.53") "决算数同预算数持平。", "ok 54.53万元,54.53万元=持平" },
  { DONE ("54.35") "决算数与年初预算数一致。",
    "error 54.35万元,54.53万元=一致" },
  { DONE ("54.53") "决算数等于预算数。", "ok 54.53万元,54.53万元=等于" },
  { DONE ("60.00") "支出决算数低于年初预算数的原因是节约。",
    "error 60.00万元,54.53万元=低于" },
  /* in the same sentence, over printed lines */
  { A "50.00万\n元，决算数\n小于预算数，原因：节约。",
    "ok 50.00万\n元,54.53万元=小于" },
  /* equal as written, less in truth */
  { DONE ("54.53") "决算数小于预算数。", "rounding 54.53万元,54.53万元=小于" },
  /* only the rate is told */
  { "支出决算为0.39万元，完成预算的13.68%。决算数小于预算数。",
    "ok 13.68%=小于" },
  { "支出决算为0.39万元，完成预算的113.68%。决算数小于预算数。",
    "error 113.68%=小于" },
  { "支出决算为0.39万元，完成预算的100.00%。决算数与预算数持平。",
    "ok 100.00%=持平" },
  { "支出决算为0.39万元，完成预算的100%。决算数小于预算数。",
    "rounding 100%=小于" },
  /* two budgets: the one that is named */
  { "年初预算为50万元，全年预算为70万元，支出决算为60万元。决算数小于全年"
    "预算数的主要原因：节约。",
    "ok 60万元,70万元=小于" },
};

static const Case no_comparisons[] = {
  /* of something else */
  { DONE ("50.00") "“三公”经费支出决算数大于预算数的主要原因：", "" },
  { DONE ("50.00") "人员经费决算数大于预算数。", "" },
  { DONE ("50.00") "主要原因：节约。没有突破。决算数大于预算数。", "" },
  { DONE ("50.00") "\n二、其他情况说明\n决算数大于预算数的主要原因：", "" },
  /* which of two budgets? */
  { "年初预算为50万元，全年预算为70万元，支出决算为60万元。决算数大于预算数。",
    "" },
  /* no figures */
  { "决算数大于预算数。", "" },
  { "决算数大于上年数。", "" },
};

static void
what_was_done_is_held_against_its_budget (void **state)
{
  (void)state;
  CHECK (comparisons);
}

static void
words_about_other_figures_are_not_judged (void **state)
{
  (void)state;
  CHECK (no_comparisons);
}

#define YEARS(before, now)                                                     \
  "2023年当年预算执行数为" before "万元，2024年预算安排" now "万元，"

/* The rate that the words speak of is what is wrong. */
static const Case growths[] = {
  { YEARS ("60.13", "25.77") "比2023年预算执行数减少57.14%。",
    "ok 25.77万元,60.13万元=57.14%" },
  { YEARS ("60.13", "25.77") "比2023年预算执行数增加57.14%。",
    "error 25.77万元,60.13万元=57.14%" },
  { YEARS ("25.77", "60.13") "比2023年预算执行数减少了133.33%。",
    "error 60.13万元,25.77万元=133.33%" },
  { "支出30万元，比上年减少5万元，下降14.3%。", "ok 30万元,5万元=14.3%" },
  { "支出30万元，比上年减少5万元，增长14.3%。", "error 30万元,5万元=14.3%" },
  { "支出30万元，比上年增加5万元，下降20%。", "error 30万元,5万元=20%" },
  { "支出30万元，比上年减少5万元，负增长14.3%。", "ok 30万元,5万元=14.3%" },
};

static const Case changes[] = {
  { YEARS ("60.13", "25.77") "比2023年预算执行数减少34.36万元。",
    "ok 25.77万元,60.13万元=减少" },
  { YEARS ("60.13", "25.77") "比2023年预算执行数增加34.36万元。",
    "error 25.77万元,60.13万元=增加" },
  { YEARS ("20.00", "20.00") "比2023年预算执行数持平。",
    "ok 20.00万元,20.00万元=持平" },
  { YEARS ("20.00", "21.00") "与2023年预算执行数持平。",
    "error 21.00万元,20.00万元=持平" },
  { YEARS ("20.00", "20") "与2023年预算执行数持平。",
    "ok 20万元,20.00万元=持平" },
};

static const Case no_changes[] = {
  { YEARS ("20.00", "21.00") "与2023年预算执行数基本持平。", "" },
  /* another year, another amount */
  { YEARS ("20.00", "21.00") "比2022年预算执行数减少3%。", "" },
  { YEARS ("20.00", "21.00") "比2022年预算执行数持平。", "" },
  { "支出21.00万元，比2023年减少3%。", "" },
  { YEARS ("20.00", "21.00") "比2023年预算执行数减少0%。", "" },
};

static void
a_rate_is_held_against_both_years_and_the_change (void **state)
{
  (void)state;
  CHECK_GROWTHS (growths);
}

static void
a_change_is_held_against_both_years (void **state)
{
  (void)state;
  CHECK (changes);
}

static void
a_change_against_something_else_is_not_judged (void **state)
{
  (void)state;
  CHECK (no_changes);
}

static const Case pairs[] = {
  { "全年比上年减少5万元，增长3%。", "error 5万元=增长" },
  { "全年比上年增加5万元，下降3%。", "error 5万元=下降" },
  { "支出30万元，比上年减少，增长3%。", "error 3%=减少" },
  { "支出30万元，较2023年有所增长，下降3%。", "error 3%=增长" },
};

static const Case no_pairs[] = {
  { "支出30万元，比上年减少5万元，下降3%。", "" },
  { "支出30万元，比上年减少5万元，负增长3%。", "" },
  { "支出30万元，比上年减少5万元，比预算增长3%。", "" },
  { "支出30万元，比上年减少5万元；增长3%。", "" },
  { "支出30万元，比上年减少5万元，工资增长3%。", "" },
  { "支出30万元，比上年减少5万元，增长-3%。", "" },
  { "收入、支出分别增加3万元、减少5万元，增长3%。", "" },
  { "支出30万元，人员减少，增长3%。", "" },
  { "支出30万元，比上年减少，工资增长3%。", "" },
  { "支出30万元，比上年减少5万元，下降（增长）3%。", "" },
};

static void
one_comparison_has_one_direction (void **state)
{
  (void)state;
  CHECK (pairs);
}

static void
two_comparisons_may_have_two (void **state)
{
  (void)state;
  CHECK (no_pairs);
}

/* ---------------------------------------------------------------- the claim */

static const HxClaim *
only_direction (const HxCheckResult *result)
{
  const HxClaim *found = NULL;

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      if (claim->kind != HX_CLAIM_DIRECTION)
        continue;
      assert_null (found);
      found = claim;
    }
  assert_non_null (found);
  return found;
}

static void
an_error_says_which_direction_the_figures_have (void **state)
{
  g_autoptr (HxCheckResult) result
      = engine_check (A "50.00万元。\n决算数大\n于预算数。");
  const HxClaim *claim = only_direction (result);

  (void)state;
  assert_string_equal (claim->stated->text, "大\n于");
  assert_int_equal (claim->stated->offset, 30);
  assert_int_equal (claim->stated->length, 3);
  assert_int_equal (claim->stated->value.units, 1);
  assert_int_equal (claim->computed.units, -1);
  assert_int_equal (claim->severity, HX_SEVERITY_MATERIAL);
  assert_non_null (strstr (claim->message, "“小于”（4.53万元）"));
  assert_non_null (strstr (claim->message, "“大于”"));
}

static void
a_turned_rate_says_the_direction_it_should_have (void **state)
{
  g_autoptr (HxCheckResult) result = engine_check (
      YEARS ("60.13", "25.77") "比2023年预算执行数增加57.14%。");
  const HxClaim *claim = NULL;

  (void)state;
  for (guint i = 0; i < result->claims->len; i++)
    if (((const HxClaim *)result->claims->pdata[i])->kind == HX_CLAIM_GROWTH)
      claim = result->claims->pdata[i];
  if (claim == NULL)
    {
      fail_msg ("%s", "no claim");
      return;
    }
  assert_int_equal (claim->severity, HX_SEVERITY_MATERIAL);
  assert_true (claim->computed.units < 0);
  assert_non_null (strstr (claim->message, "按数字看是下降 57.14"));
}

static void
one_unit_of_the_last_digit_is_an_error_of_the_last_digit (void **state)
{
  g_autoptr (HxCheckResult) result
      = engine_check (DONE ("54.54") "决算数小于预算数。");
  const HxClaim *claim = only_direction (result);

  (void)state;
  assert_int_equal (claim->verdict, HX_VERDICT_ERROR);
  assert_int_equal (claim->severity, HX_SEVERITY_LAST_DIGIT);
}

/* By trying every pair of amounts that are written so, in 分 and tenths. */
static HxVerdict
slow_verdict (int done, int budget, int said)
{
  gboolean may_be = FALSE;

  if ((done < budget ? 0 : done > budget ? 2 : 1) == said)
    return HX_VERDICT_OK;
  for (int a = done * 10 - 5; a <= done * 10 + 5; a++)
    for (int b = budget * 10 - 5; b <= budget * 10 + 5; b++)
      may_be = may_be || (a < b ? 0 : a > b ? 2 : 1) == said;
  return may_be ? HX_VERDICT_ROUNDING : HX_VERDICT_ERROR;
}

static void
random_amounts_are_judged_as_their_order_is (void **state)
{
  static const char *const words[] = { "小于", "等于", "大于" };
  g_autoptr (GRand) random = g_rand_new_with_seed (55);

  (void)state;
  for (guint round = 0; round < 300; round++)
    {
      const int budget = g_rand_int_range (random, 1, 400);
      const int done = g_rand_int_range (random, 1, 400);
      const int said = g_rand_int_range (random, 0, 3);
      g_autofree char *text = g_strdup_printf (
          "年初预算为%d.%02d万元，支出决算为%d.%02d万元。决算数%s预算数。",
          budget / 100, budget % 100, done / 100, done % 100, words[said]);
      g_autoptr (HxCheckResult) result = engine_check (text);
      const HxClaim *claim = only_direction (result);

      assert_int_equal (claim->verdict, slow_verdict (done, budget, said));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_was_done_is_held_against_its_budget),
    cmocka_unit_test (words_about_other_figures_are_not_judged),
    cmocka_unit_test (a_rate_is_held_against_both_years_and_the_change),
    cmocka_unit_test (a_change_is_held_against_both_years),
    cmocka_unit_test (a_change_against_something_else_is_not_judged),
    cmocka_unit_test (one_comparison_has_one_direction),
    cmocka_unit_test (two_comparisons_may_have_two),
    cmocka_unit_test (an_error_says_which_direction_the_figures_have),
    cmocka_unit_test (a_turned_rate_says_the_direction_it_should_have),
    cmocka_unit_test (one_unit_of_the_last_digit_is_an_error_of_the_last_digit),
    cmocka_unit_test (random_amounts_are_judged_as_their_order_is),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
