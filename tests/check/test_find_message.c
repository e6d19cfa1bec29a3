/* What a clerk is told: claim_message.c. */
#include "find_fixture.h"

/* The message of the only claim that is not ok. */
static const FindCase messages[] = {
  /* the slip, in the stated figure and in a part */
  { "本年收入1250.40万元，其中：财政拨款收入1180.40万元，其他收入90.00万元。",
    "所列 2 项相加为 1270.40万元，文中写 1250.40万元，相差 20.00万元；若 "
    "1250.40"
    " 是 1270.40 之误，就全部相符。" },
  { "本年收入1250.40万元，其中：财政拨款收入1810.40万元，其他收入70.00万元。",
    "所列 2 项相加为 1880.40万元，文中写 1250.40万元，相差 630.00万元；若 "
    "1810.40 是 1180.40 之误，就全部相符。" },
  /* no slip */
  { "本年支出900.50万元，其中：基本支出612.35万元，项目支出300.20万元。",
    "所列 2 项相加为 912.55万元，文中写 900.50万元，相差 12.05万元。" },
  { "本年支出10.00万元，其中：办公费5.0万元，差旅费4.9万元。",
    "所列 2 项相加为 9.90万元，文中写 10.00万元，相差 0.10万元，可由四舍五入"
    "解释。" },
  /* rates are told two places further */
  { "年初预算为80.00万元，支出决算为76.00万元，完成年初预算的59.00%。",
    "两数相除为 95.0000%，文中写 59.00%，相差 36.0000%；若 59.00 是 95.00 "
    "之误，"
    "就全部相符。" },
  { "年初预算为7680.00万元，支出决算为7296.00万元，完成年初预算的95.01%。",
    "两数相除为 95.0000%，文中写 95.01%，相差 0.0100%。" },
  { "差旅费支出110.00万元，比上年增加10.00万元，增长15.00%。",
    "按增减额推算为 10.0000%，文中写 15.00%，相差 5.0000%；若 15.00 是 10.00 "
    "之误，就全部相符。" },
  { "差旅费支出110.00万元，比上年增加10.00万元，下降10.00%。",
    "按数字看是增长 10.0000%，文中写的 10.00% 方向相反，请核对用词和数字。" },
  { "收入合计1250.40万元，支出合计1200.15万元，年终结余52.05万元。",
    "各项相加减为 50.25万元，文中写 52.05万元，相差 1.80万元；若 52.05 是 "
    "50.25 "
    "之误，就全部相符。" },
  { "收入合计3939.03万元，支出合计5010.27万元，年终结余928.76万元。",
    "各项相加减为 -1071.24万元，文中写 928.76万元，相差 2000.00万元；若 "
    "3939.03 "
    "是 5939.03 之误，就全部相符。" },
  { "年初结转和结余20.00万元，本年收入800.50万元，本年支出770.75万元，年末结转"
    "和结余59.75万元。",
    "各项相加减为 49.75万元，文中写 59.75万元，相差 10.00万元；若 59.75 是 "
    "49.75 "
    "之误，就全部相符。" },
  { "年初结转和结余20.00万元，本年收入800.50万元，本年支出770.75万元，年末结转"
    "和结余51.75万元。",
    "各项相加减为 49.75万元，文中写 51.75万元，相差 2.00万元；若 20.00 是 "
    "22.00 "
    "之误，就全部相符。" },
  { "公务接待费支出12.75万元。公务接待费支出21.75万元。",
    "前文写的是 12.75万元，文中写 21.75万元，相差 9.00万元；若 21.75 是 12.75 "
    "之误，就全部相符。" },
  { "慰问120人，每人500元，共8万元。",
    "数量乘标准为 6.00万元，文中写 8万元，相差 2.00万元；若 8 是 6 之误，就全部"
    "相符。" },
  { "下设6个科室，分别为：办公室、群体科、竞训科、场馆科。",
    "逐一列出的共 4个，文中写 6个，相差 2个；若 6 是 4 之误，就全部相符。" },
  /* a base of nought */
  { "年初预算为0万元，支出决算为76.00万元，完成年初预算的100%。",
    "基数为 0，算不出比率，文中却写 100%。请改为“上年无此项”之类的说明，或核对"
    "基数。" },
  /* what is not told */
  { "公务接待费60.00万元，占57.00%。",
    "文中没有找到这个占比的总数，无法核对。" },
  { "支出决算为76.00万元，完成年初预算的59.00%。",
    "文中没有给出它所对照的预算数或任务数，无法核对。" },
  { "差旅费支出110.00万元，比上年增长19.00%。",
    "文中没有给出上年数或增减额，无法核对。" },
};

static void
a_message_says_the_sum_the_gap_and_the_slip (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *message = find_message (messages[i].text);

      assert_string_equal (message, messages[i].claims);
    }
}

/* The claim of the shares of a whole: nothing in the text states it. */
static const HxClaim *
implied_claim (const HxCheckResult *result)
{
  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      if (claim->stated->offset == HX_CLAIM_IMPLIED)
        return claim;
    }
  return NULL;
}

static void
shares_that_make_no_hundred_are_told_so (void **state)
{
  g_autoptr (HxCheckResult) result = engine_check (
      "基本支出600.00万元，占总支出的71.25%；项目支出200.00万元，"
      "占总支出的29.75%。");
  const HxClaim *claim = implied_claim (result);

  (void)state;
  if (claim == NULL)
    {
      fail_msg ("%s", "no claim");
      return;
    }
  assert_string_equal (claim->message,
                       "所列 2 项相加为 101.00%，应为 100.0%，相差 1.00%。");
  assert_string_equal (claim->stated->text, "");
  assert_string_equal (claim->stated->unit, "%");
  assert_int_equal (claim->stated->length, 0);
  assert_int_equal (claim->computed.units, 101000000);
  assert_int_equal (claim->severity, HX_SEVERITY_MATERIAL);
}

static void
what_has_no_value_computes_nothing (void **state)
{
  g_autoptr (HxCheckResult) result = engine_check (
      "差旅费支出110.00万元，比上年增加110.00万元，增长100.00%。");
  const HxClaim *claim = NULL;

  (void)state;
  assert_int_equal (result->claims->len, 1);
  claim = result->claims->pdata[0];
  assert_false (claim->has_computed);
  assert_int_equal (claim->verdict, HX_VERDICT_ERROR);
  assert_non_null (strstr (claim->message, "基数为 0"));
}

/* The figure is where the text has it, in characters. */
static void
figures_stand_where_the_text_has_them (void **state)
{
  g_autoptr (HxCheckResult) result = engine_check (
      "𠀀年初预算为 80.00\n万元，支出决算为76.00万元，完成年初预算的59.00%。");
  const HxClaim *claim = NULL;
  const HxClaimFigure *base = NULL;

  (void)state;
  assert_int_equal (result->claims->len, 1);
  claim = result->claims->pdata[0];
  base = claim->operands->pdata[1];
  assert_int_equal (base->offset, 7);
  assert_int_equal (base->length, 8);
  assert_string_equal (base->text, "80.00\n万元");
  assert_string_equal (base->unit, "万元");
  assert_int_equal (base->value.units, 8000);
  assert_int_equal (base->value.scale, 2);
  assert_int_equal (claim->stated->offset, 36);
  assert_string_equal (claim->stated->unit, "%");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_message_says_the_sum_the_gap_and_the_slip),
    cmocka_unit_test (shares_that_make_no_hundred_are_told_so),
    cmocka_unit_test (what_has_no_value_computes_nothing),
    cmocka_unit_test (figures_stand_where_the_text_has_them),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
