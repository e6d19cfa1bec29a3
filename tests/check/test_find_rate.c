/* Rates of budgets, shares and growths: find_rate.c, find_share.c,
 * find_pairs.c, find_growth.c, find_unknown.c. */
#include "find_fixture.h"

/* ------------------------------------------------------------------- rates */

#define DONE(rate)                                                             \
  "年初预算为80.00万元，支出决算为76.00万元，完成年初预算的" rate

static const FindCase done[] = {
  { DONE ("95.00%。"), "ratio ok 76.00万元,80.00万元=95.00%" },
  { DONE ("95%。"), "ratio ok 76.00万元,80.00万元=95%" },
  { DONE ("95.00\n％。"), "ratio ok 76.00万元,80.00万元=95.00\n％" },
  { DONE ("９５.００ %。"), "ratio ok 76.00万元,80.00万元=９５.００ %" },
  { "年初预算为 80.00\n万元， 支出决算为 76.00 万\n元，完 成年初预算的 95%。",
    "ratio ok 76.00 万\n元,80.00\n万元=95%" },
  /* two budgets: the one that is named, or the last */
  { "年初预算为50.00万元，全年预算为76.00万元，支出决算为75.24万元，完成全年"
    "预算的99.00%。",
    "ratio ok 75.24万元,76.00万元=99.00%" },
  { "年初预算为50.00万元，全年预算为76.00万元，支出决算为75.24万元，执行率"
    "99.00%。",
    "ratio ok 75.24万元,76.00万元=99.00%" },
  /* the budget behind the rate, in brackets, beside it */
  { "公共预算支出45.30亿元，为预算的90.6%（预算数为50.00亿元）。",
    "ratio ok 45.30亿元,50.00亿元=90.6%" },
  { "实际支出1430.00万元（年初预算2750.00万元，52.0%）。",
    "ratio ok 1430.00万元,2750.00万元=52.0%" },
  { "支出4348.08万元，为年初预算10065.00万元的43.2%。",
    "ratio ok 4348.08万元,10065.00万元=43.2%" },
  /* of another amount, if it fits */
  { "资金总量75.20亿元，已支45.76亿元，支付率60.9%。",
    "ratio ok 45.76亿元,75.20亿元=60.9%" },
  /* 亿元 of 万元 */
  { "年初预算为1.20亿元，支出决算为9600万元，完成年初预算的80%。",
    "ratio ok 9600万元,1.20亿元=80%" },
  /* the operands' rounding */
  { "年初预算为8.0万元，支出决算为7.6万元，完成年初预算的95.60%。",
    "ratio rounding 7.6万元,8.0万元=95.60%" },
};

static const FindCase done_wrong[] = {
  { DONE ("96.00%。"), "ratio error material 76.00万元,80.00万元=96.00%" },
  { DONE ("59.00\n%。"), "ratio error material 76.00万元,80.00万元=59.00\n%" },
  { DONE ("95.02%。"), "ratio error material 76.00万元,80.00万元=95.02%" },
  { DONE ("95.01%。"), "ratio rounding 76.00万元,80.00万元=95.01%" },
  { "年初预算为7680.00万元，支出决算为7296.00万元，完成年初预算的95.01%。",
    "ratio error last_digit 7296.00万元,7680.00万元=95.01%" },
  { "公共预算支出45.30亿元，为预算的96.0%（预算数为50.00亿元）。",
    "ratio error material 45.30亿元,50.00亿元=96.0%" },
  { "实际支出1430.00万元（年初预算2750.00万元，25.0%）。",
    "ratio error material 1430.00万元,2750.00万元=25.0%" },
  { "支出4348.08万元，为年初预算10065.00万元的34.2%。",
    "ratio error material 4348.08万元,10065.00万元=34.2%" },
  /* nought has no rate */
  { "年初预算为0万元，支出决算为76.00万元，完成年初预算的100%。",
    "ratio error material 76.00万元,0万元=100%" },
};

static const FindCase done_open[] = {
  /* the budget that the rate names is not told */
  { "全年预算为80.00万元，支出决算为76.00万元，完成年初预算的59.00%。",
    "ratio unknown 76.00万元=59.00%" },
  { "支出决算为76.00万元，完成年初预算的59.00%。",
    "ratio unknown 76.00万元=59.00%" },
  { "年初预算为80.00万元。支出决算为76.00万元，完成年初预算的59.00%。",
    "ratio unknown 76.00万元=59.00%" },
  /* of what the rates are nothing says */
  { "资金总量75.20亿元，已支45.76亿元，支付率66.9%。",
    "ratio unknown 45.76亿元=66.9%" },
  { "满意率98.5%，办结率100%。", "" },
  { "年初预算为80.00万元，支出决算约76.00万元，完成年初预算的约59%。", "" },
};

static void
what_was_done_is_a_rate_of_its_budget (void **state)
{
  (void)state;
  FIND (done);
}

static void
a_rate_of_the_budget_it_names_must_hold (void **state)
{
  (void)state;
  FIND (done_wrong);
}

static void
a_rate_of_a_budget_not_told_is_left_unknown (void **state)
{
  (void)state;
  FIND (done_open);
}

/* ------------------------------------------------------------------ shares */

#define SHARES(a, b, c)                                                        \
  "本年收入1000.00万元，其中：拨款收入700.00万元，占" a                        \
  "%；事业收入200.00万元，占" b "%；其他收入100.00万元，占" c "%。"
#define PARTS "sum ok 700.00万元,200.00万元,100.00万元=1000.00万元; "

static const FindCase shares[] = {
  { SHARES ("70", "20", "10"),
    PARTS "ratio ok 700.00万元,1000.00万元=70%; "
          "ratio ok 200.00万元,1000.00万元=20%; "
          "ratio ok 100.00万元,1000.00万元=10%; sum ok 70%,20%,10%=" },
  { SHARES ("70", "29", "10"),
    PARTS "ratio ok 700.00万元,1000.00万元=70%; "
          "ratio error material 200.00万元,1000.00万元=29%; "
          "ratio ok 100.00万元,1000.00万元=10%; "
          "sum error material 70%,29%,10%=" },
  /* the base is named, a sentence before */
  { "本年支出合计800.00万元。基本支出600.00万元，占本年支出合计的75.00%；项目"
    "支出200.00万元，占本年支出合计的25.00%。",
    "sum ok 600.00万元,200.00万元=800.00万元; "
    "ratio ok 600.00万元,800.00万元=75.00%; "
    "ratio ok 200.00万元,800.00万元=25.00%; sum ok 75.00%,25.00%=" },
  /* bare, in brackets */
  { "全年接待480批次，其中：老人360批次（75％），学生120批次（25％）。",
    "sum ok 360批次,120批次=480批次; ratio ok 360批次,480批次=75％; "
    "ratio ok 120批次,480批次=25％; sum ok 75％,25％=" },
  /* over printed lines */
  { "本年支出合计 800.00 万元，其中：基本支出 600.00 万\n元，占 75.00\n%；项目"
    "支出 200.00\n万元，占\n25.00 %。",
    "sum ok 600.00 万\n元,200.00\n万元=800.00 万元; "
    "ratio ok 600.00 万\n元,800.00 万元=75.00\n%; "
    "ratio ok 200.00\n万元,800.00 万元=25.00 %; "
    "sum ok 75.00\n%,25.00 %=" },
};

static const FindCase shares_wrong[] = {
  /* the other of the two is of the total, a slip parts both from it */
  { "收入310682万元。按性质拆开，税收219251万元，占68.6%；非税97431万元，占31."
    "4%。",
    "sum error material 219251万元,97431万元=310682万元; "
    "ratio error material 219251万元,310682万元=68.6%; "
    "ratio ok 97431万元,310682万元=31.4%" },
  /* shares of one whole are not of each other: 10.03 is 0.68% of 1467.21 */
  { "支出总计为1477.04万元。基本支出1467.21万元，占99.32%；项目支出10."
    "03万元，占"
    "0.68%。",
    "sum error material 1467.21万元,10.03万元=1477.04万元; "
    "ratio error material 1467.21万元,1477.04万元=99.32%; "
    "ratio ok 10.03万元,1477.04万元=0.68%" },
  /* the list behind has a total of its own, wrong as it may be */
  { "支出总计600.00万元。基本支出400.00万元，占66.67%；项目支出200.00万元，占"
    "33.33%。本年收入合计120.00万元，其中：拨款收入315.00万元，占75.00%；其他"
    "收入105.00万元，占25.00%。",
    "sum ok 400.00万元,200.00万元=600.00万元; "
    "ratio ok 400.00万元,600.00万元=66.67%; "
    "ratio ok 200.00万元,600.00万元=33.33%; "
    "sum error material 315.00万元,105.00万元=120.00万元; "
    "ratio unknown 315.00万元=75.00%; "
    "ratio error material 105.00万元,120.00万元=25.00%; "
    "sum ok 66.67%,33.33%=" },
  /* one of its name */
  { "本年支出合计为800.00万元。公务接待费60.00万元，占本年支出合计的57.00%。",
    "ratio error material 60.00万元,800.00万元=57.00%" },
  /* shares of one whole that are too much */
  { "基本支出占财政拨款支出的71.25%，项目支出占财政拨款支出的29.75%。", "" },
  { "基本支出600.00万元，占总支出的71.25%；项目支出200.00万元，占总支出的"
    "29.75%。",
    "ratio unknown 600.00万元=71.25%; ratio unknown 200.00万元=29.75%; "
    "sum error material 71.25%,29.75%=" },
};

static const FindCase shares_open[] = {
  { "公务接待费60.00万元，占57.00%。", "ratio unknown 60.00万元=57.00%" },
  { "本年收入990.00万元。公务接待费60.00万元，占机关运行经费的57.00%。",
    "ratio unknown 60.00万元=57.00%" },
  { "女性占57%，六十岁以上占30%。", "" },
};

static void
shares_are_of_the_total_of_their_list (void **state)
{
  (void)state;
  FIND (shares);
}

static void
a_share_of_the_whole_it_names_must_hold (void **state)
{
  (void)state;
  FIND (shares_wrong);
}

static void
a_share_of_what_is_not_told_is_left_unknown (void **state)
{
  (void)state;
  FIND (shares_open);
}

/* --------------------------------------------------------------- in parallel
 */

#define PAIR "收入、支出分别为110.00万元、90.00万元，"

static const FindCase parallel[] = {
  /* the whole is the amount that all but one are shares of */
  { "支出合计200.00万元。三类支出金额分别为100.00万元、60.00万元、41.00万元，"
    "占比分别为50.00%、30.00%、20.00%。",
    "sum error material 100.00万元,60.00万元,41.00万元=200.00万元; "
    "ratio ok 100.00万元,200.00万元=50.00%; "
    "ratio ok 60.00万元,200.00万元=30.00%; "
    "ratio error material 41.00万元,200.00万元=20.00%" },
  { PAIR "分别增加10.00万元、15.00万元，分别增长10.00%、20.00%。",
    "growth ok 110.00万元,10.00万元=10.00%; "
    "growth ok 90.00万元,15.00万元=20.00%" },
  { PAIR "依次减少10.00万元和10.00万元，降幅依次为8.33%和19.00%。",
    "growth ok 110.00万元,10.00万元=8.33%; "
    "growth error material 90.00万元,10.00万元=19.00%" },
  { "本年支出1000.00万元，其中：甲馆450.00万元、乙馆350.00万元、丙馆200.00"
    "万元，分别占45%、35%、20%。",
    "sum ok 450.00万元,350.00万元,200.00万元=1000.00万元; "
    "ratio ok 450.00万元,1000.00万元=45%; "
    "ratio ok 350.00万元,1000.00万元=35%; "
    "ratio ok 200.00万元,1000.00万元=20%" },
  { "本年支出1000.00万元，其中：甲馆450.00万元、乙馆350.00万元、丙馆200.00"
    "万元，分别占45%、36%、20%。",
    "sum ok 450.00万元,350.00万元,200.00万元=1000.00万元; "
    "ratio ok 450.00万元,1000.00万元=45%; "
    "ratio error last_digit 350.00万元,1000.00万元=36%; "
    "ratio ok 200.00万元,1000.00万元=20%" },
};

static const FindCase not_parallel[] = {
  /* as many do not stand in each */
  { PAIR "分别增加10.00万元、15.00万元，分别增长10.00%、20.00%、30.00%。",
    "growth unknown 15.00万元=10.00%" },
  /* other things, further on, without changes of their own */
  { PAIR "分别增加10.00万元、15.00万元，分别增长10.00%、20.00%。\n"
         "办展、讲座的观众分别增长35.00%、42.00%。",
    "growth ok 110.00万元,10.00万元=10.00%; "
    "growth ok 90.00万元,15.00万元=20.00%" },
  { PAIR "分别增加10.00万元、15.00万元，分别增长10.00%、20.00%，观众、读者分别"
         "增长35.00%、42.00%。",
    "growth ok 110.00万元,10.00万元=10.00%; "
    "growth ok 90.00万元,15.00万元=20.00%; "
    "growth unknown 15.00万元=35.00%" },
  { PAIR "餐费、车费分别增加10.00万元、15.00万元，分别增长35.00%、42.00%。",
    "growth unknown 15.00万元=35.00%" },
  { PAIR "分别增加10.00万元、15.00万元。\n二、活动情况\n办展、讲座的观众分别"
         "增长35.00%、42.00%。",
    "" },
};

static void
the_nth_of_each_run_belong_together (void **state)
{
  (void)state;
  FIND (parallel);
}

static void
runs_of_other_things_are_not_paired (void **state)
{
  (void)state;
  FIND (not_parallel);
}

/* ----------------------------------------------------------------- growths */

static const FindCase growths[] = {
  { "差旅费支出110.00万元，比上年增加10.00万元，增长10.00%。",
    "growth ok 110.00万元,10.00万元=10.00%" },
  { "差旅费支出90.00万元，比上年减少10.00万元，下降10.00%。",
    "growth ok 90.00万元,10.00万元=10.00%" },
  /* the rate first */
  { "差旅费支出110.00万元，比上年增长10.00%，多支10.00万元。",
    "growth ok 110.00万元,10.00万元=10.00%" },
  /* the amount by its name, a sentence and more before */
  { "差旅费支出110.00万元。培训费支出33.00万元。差旅费支出比上年增加10.00万元"
    "，增长10.00%。",
    "growth ok 110.00万元,10.00万元=10.00%" },
  /* both years */
  { "差旅费支出110.00万元，上年为100.00万元，增长10.00%。",
    "growth ok 110.00万元,100.00万元=10.00%" },
  { "2023年预算执行数为100.00万元，2024年预算安排110.00万元，比2023年增加"
    "10.00%。",
    "growth ok 110.00万元,100.00万元=10.00%" },
  { "差旅费支出110.00万元，上年为100.00万元，增加10.00万元，增长10.00%。",
    "difference ok 110.00万元,100.00万元=10.00万元; "
    "growth ok 110.00万元,100.00万元=10.00%" },
  { "差旅费支出\n110.00 万\n元，比 上年增加 10.00\n万元，增长 10.00\n％。",
    "growth ok 110.00 万\n元,10.00\n万元=10.00\n％" },
};

static const FindCase growths_wrong[] = {
  { "差旅费支出110.00万元，比上年增加10.00万元，增长19.00%。",
    "growth error material 110.00万元,10.00万元=19.00%" },
  /* over this year's amount, not the year before's */
  { "差旅费支出110.00万元，比上年增加10.00万元，增长9.09%。",
    "growth error material 110.00万元,10.00万元=9.09%" },
  { "差旅费支出110.00万元，上年为100.00万元，增长1.00%。",
    "growth error material 110.00万元,100.00万元=1.00%" },
  { "差旅费支出110.00万元，上年为100.00万元，增加16.00万元，增长10.00%。",
    "difference error material 110.00万元,100.00万元=16.00万元; "
    "growth ok 110.00万元,100.00万元=10.00%" },
  /* from nothing */
  { "差旅费支出110.00万元，比上年增加110.00万元，增长100.00%。",
    "growth error material 110.00万元,110.00万元=100.00%" },
  { "差旅费支出110.00万元，上年为0万元，增长100.00%。",
    "growth error material 110.00万元,0万元=100.00%" },
};

static const FindCase growths_open[] = {
  { "差旅费支出110.00万元，比上年增长19.00%。",
    "growth unknown 110.00万元=19.00%" },
  /* of something that is not told */
  { "差旅费支出110.00万元。培训费支出比上年增加10.00万元，增长19.00%。", "" },
  { "差旅费支出110.00万元，其中住宿费比上年增加10.00万元，增长19.00%。",
    "growth unknown 110.00万元=19.00%" },
  { "观众增长19.00%。", "" },
  /* the rate is of something else than the change before it */
  { "全年讲座160场，比上年增加10场，观众较常年增长19.00%。",
    "growth unknown 160场=19.00%" },
};

static void
a_change_and_its_rate_make_the_year_before (void **state)
{
  (void)state;
  FIND (growths);
}

static void
a_growth_of_what_stands_beside_it_must_hold (void **state)
{
  (void)state;
  FIND (growths_wrong);
}

static void
a_growth_of_what_is_not_told_is_left_open (void **state)
{
  (void)state;
  FIND (growths_open);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_was_done_is_a_rate_of_its_budget),
    cmocka_unit_test (a_rate_of_the_budget_it_names_must_hold),
    cmocka_unit_test (a_rate_of_a_budget_not_told_is_left_unknown),
    cmocka_unit_test (shares_are_of_the_total_of_their_list),
    cmocka_unit_test (a_share_of_the_whole_it_names_must_hold),
    cmocka_unit_test (a_share_of_what_is_not_told_is_left_unknown),
    cmocka_unit_test (the_nth_of_each_run_belong_together),
    cmocka_unit_test (runs_of_other_things_are_not_paired),
    cmocka_unit_test (a_change_and_its_rate_make_the_year_before),
    cmocka_unit_test (a_growth_of_what_stands_beside_it_must_hold),
    cmocka_unit_test (a_growth_of_what_is_not_told_is_left_open),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
