/* People × rate = money. */
#include "engine_fixture.h"

typedef struct
{
  const char *text;
  const char *claims;
} Case;

static void
check_cases (const Case *cases, gsize count)
{
  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (HxCheckResult) result = engine_check (cases[i].text);
      g_autofree char *claims = engine_claims (result, HX_CLAIM_PRODUCT);

      if (strcmp (claims, cases[i].claims) != 0)
        print_error ("%s\n", cases[i].text);
      assert_string_equal (claims, cases[i].claims);
    }
}

#define CHECK(cases) check_cases (cases, G_N_ELEMENTS (cases))

static const Case products[] = {
  { "120 人，每人 500 元，共 6 万元。", "ok 120 人,500 元=6 万元" },
  { "慰问 120 人，每人 500 元，合计 60,000 元。",
    "ok 120 人,500 元=60,000 元" },
  { "按每人每年 1,500 元标准，为 23 人购买保险，共 3.45 万元。",
    "ok 23 人,1,500 元=3.45 万元" },
  { "培训 40 人，人均 0.5 万元，共计 20 万元。", "ok 40 人,0.5 万元=20 万元" },
  { "慰问 46 户，2000 元/户，共 9.20 万元。", "ok 46 户,2000 元=9.20 万元" },
  { "购买 30 台，每台 4,000\n元，合计 12 万元。",
    "ok 30 台,4,000\n元=12 万元" },
  /* by the month */
  { "聘用 3 人，每人每月 5000 元，12 个月共 18 万元。",
    "ok 3 人,5000 元=18 万元" },
  { "聘用 3 人，每人每月 5000 元，全年共 18 万元。",
    "ok 3 人,5000 元=18 万元" },
  { "聘用 3 人，每人每月 5000 元，6 个月共 9 万元。",
    "ok 3 人,5000 元=9 万元" },
  /* the mean is rounded */
  { "培训 7 人，人均 0.14 万元，共 1.00 万元。",
    "rounding 7 人,0.14 万元=1.00 万元" },
};

static const Case errors[] = {
  { "120 人，每人 500 元，共 8 万元。", "error 120 人,500 元=8 万元" },
  { "慰问 85 人，每人 1000 元，共 8.05 万元。",
    "error 85 人,1000 元=8.05 万元" },
  { "参加 210 人，每人 4200 元，小计 82.20 万元。",
    "error 210 人,4200 元=82.20 万元" },
  { "人均 500 元，120 人，合计 16 万元。", "error 120 人,500 元=16 万元" },
  { "慰问 46 户，2000 元/户，共计 9.60 万元。",
    "error 46 户,2000 元=9.60 万元" },
};

static const Case none[] = {
  /* nothing says of what the price is */
  { "120 人，500 元，共 6 万元。", "" },
  /* a price of something else */
  { "120 人，每户 500 元，共 6 万元。", "" },
  /* another figure comes between: what it is for is open */
  { "120 人，每人 500 元，40 场，共 8 万元。", "" },
  { "120 人，每人每天 500 元，共 80 万元。", "" },
  { "聘用 3 人，每人每月 5000 元，12 个月共 20 万元。", "" },
  { "120 余人，每人 500 元，共 8 万元。", "" },
  { "120 人，每人 500 元，其他支出共 8 万元。", "" },
  { "120 人，每人 500 元。共 8 万元。", "" },
  { "120 人，每人不超过 500 元，约 6 万元。", "" },
  { "120 人，每人 500 元，支出 8 万元。", "" },
};

static void
what_holds_is_a_claim (void **state)
{
  (void)state;
  CHECK (products);
}

static void
three_figures_that_stand_alone_must_hold (void **state)
{
  (void)state;
  CHECK (errors);
}

static void
what_the_words_leave_open_is_no_error (void **state)
{
  (void)state;
  CHECK (none);
}

static const HxClaim *
only_product (const HxCheckResult *result)
{
  const HxClaim *found = NULL;

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      if (claim->kind != HX_CLAIM_PRODUCT)
        continue;
      assert_null (found);
      found = claim;
    }
  return found;
}

static void
an_error_says_what_it_should_be (void **state)
{
  g_autoptr (HxCheckResult) result
      = engine_check ("慰问 120 人，每人 500 元，共 8 万元。");
  const HxClaim *claim = only_product (result);

  (void)state;
  assert_non_null (claim);
  assert_int_equal (claim->verdict, HX_VERDICT_ERROR);
  assert_int_equal (claim->severity, HX_SEVERITY_MATERIAL);
  assert_string_equal (claim->formula, "a*b");
  assert_int_equal (claim->computed.units, 6000000);
  assert_int_equal (claim->computed.scale, 6);
  assert_non_null (strstr (claim->message, "6.00"));
}

static void
months_are_in_the_formula (void **state)
{
  g_autoptr (HxCheckResult) result
      = engine_check ("聘用 3 人，每人每月 5000 元，6 个月共 9 万元。");
  const HxClaim *claim = only_product (result);

  (void)state;
  assert_non_null (claim);
  assert_string_equal (claim->formula, "a*b*6");
}

/* Whole people at whole 元: right totals are right, wrong ones are not. */
static void
random_products_are_judged_as_multiplying_says (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (555);

  (void)state;
  for (guint round = 0; round < 300; round++)
    {
      const int people = g_rand_int_range (random, 1, 999);
      const int price = g_rand_int_range (random, 1, 99999);
      const int off = g_rand_boolean (random)
                          ? 0
                          : g_rand_int_range (random, -20000, 20000);
      const gint64 total = (gint64)people * price + off;
      g_autofree char *text = g_strdup_printf (
          "%d人，每人%d元，共%" G_GINT64_FORMAT "元。", people, price, total);
      g_autoptr (HxCheckResult) result = NULL;
      const HxClaim *claim = NULL;

      if (total <= 0 || total == 12 * (gint64)people * price)
        continue;
      result = engine_check (text);
      claim = only_product (result);
      assert_non_null (claim);
      if (off == 0)
        assert_int_equal (claim->verdict, HX_VERDICT_OK);
      else if (2 * ABS (off) > people + 1)
        assert_int_equal (claim->verdict, HX_VERDICT_ERROR);
      else
        assert_int_equal (claim->verdict, HX_VERDICT_ROUNDING);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_holds_is_a_claim),
    cmocka_unit_test (three_figures_that_stand_alone_must_hold),
    cmocka_unit_test (what_the_words_leave_open_is_no_error),
    cmocka_unit_test (an_error_says_what_it_should_be),
    cmocka_unit_test (months_are_in_the_formula),
    cmocka_unit_test (random_products_are_judged_as_multiplying_says),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
