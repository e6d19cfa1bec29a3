/* Differences, what is left, repeats and bounds: find_difference.c,
 * find_repeat.c, find_bound.c. */
#include "find_fixture.h"

/* -------------------------------------------------------- changes of parts */

#define OPENED "本年支出900.50万元，比上年"
#define PARTED "其中：办公费600.30万元，"

static const FindCase changes[] = {
  { OPENED "增加50.25万元，" PARTED
           "增加70.50万元；差旅费300.20万元，减少20.25万元。",
    "sum ok 600.30万元,300.20万元=900.50万元; "
    "difference ok 70.50万元,20.25万元=50.25万元" },
  { OPENED "减少50.25万元，" PARTED
           "减少70.50万元；差旅费300.20万元，增加20.25万元。",
    "sum ok 600.30万元,300.20万元=900.50万元; "
    "difference ok 70.50万元,20.25万元=50.25万元" },
  /* a slip */
  { OPENED "增加50.25万元，" PARTED
           "增加70.50万元；差旅费300.20万元，减少20.75万元。",
    "sum ok 600.30万元,300.20万元=900.50万元; "
    "difference error material 70.50万元,20.75万元=50.25万元" },
  /* the rest of the change is of what is not told */
  { "本年支出900.50万元，比上年增加9万元，其中：办公费500.30万元，增加3万元；"
    "差旅费300.20万元，增加1万元；培训费100.00万元。",
    "sum ok 500.30万元,300.20万元,100.00万元=900.50万元" },
  { OPENED "增加50.25万元，" PARTED
           "增加61.50万元；差旅费300.20万元，减少2.75万元。",
    "sum ok 600.30万元,300.20万元=900.50万元" },
};

static void
changes_of_parts_make_the_change_of_the_total (void **state)
{
  (void)state;
  FIND (changes);
}

/* ------------------------------------------------------------ what is left */

static const FindCase balances[] = {
  { "收入1493万元、上级补助44万元、上年结余140万元，支出1459万元，结余128万元"
    "。",
    "difference error material 1493万元,44万元,140万元,1459万元=128万元" },
  /* the rate says what was done of what, the rest is left */
  { "调整后预算6538.37万元，全年执行6290.46万元，执行率96.21%，结转结余274.91"
    "万元。",
    "ratio ok 6290.46万元,6538.37万元=96.21%; "
    "difference error material 6538.37万元,6290.46万元=274.91万元" },
  { "基金收入4260万元，其中保费收入3885万元；支出3478万元；本年收支结余872万元"
    "。",
    "difference error material 4260万元,3478万元=872万元" },
  { "收入合计1250.40万元，支出合计1200.15万元，年终结余50.25万元。",
    "sum ok 1200.15万元,50.25万元=1250.40万元; "
    "difference ok 1250.40万元,1200.15万元=50.25万元" },
  { "收入合计 1250.40\n万元，支出合计 1200.15 万\n元，年终结余\n50.25 万元。",
    "sum ok 1200.15 万\n元,50.25 万元=1250.40\n万元; "
    "difference ok 1250.40\n万元,1200.15 万\n元=50.25 万元" },
  { "收入合计1250.40万元，支出合计1200.15万元，年终结余52.05万元。",
    "difference error material 1250.40万元,1200.15万元=52.05万元" },
  /* the digit that is wrong makes it less than nothing */
  { "收入合计3939.03万元，支出合计5010.27万元，年终结余928.76万元。",
    "difference error material 3939.03万元,5010.27万元=928.76万元" },
  { "年初结转和结余20.00万元，本年收入800.50万元，本年支出790.25万元，年末结转"
    "和结余30.25万元。",
    "difference ok 20.00万元,800.50万元,790.25万元=30.25万元" },
  { "年初结转和结余20.00万元，本年收入800.50万元，本年支出790.25万元，年末结转"
    "和结余41.75万元。",
    "difference error material 20.00万元,800.50万元,790.25万元=41.75万元" },
  { "甲基金本年收入88.50万元，甲基金本年支出66.25万元，本年收支结余22.25万元。",
    "sum ok 66.25万元,22.25万元=88.50万元; "
    "difference ok 88.50万元,66.25万元=22.25万元" },
};

static const FindCase no_balances[] = {
  /* some of it was taken back: no slip of the rest */
  { "基金收入4260万元，其中保费收入3885万元；支出3478万元；本年收支结余120万元"
    "。",
    "" },
  /* a reserve in between: no slip explains it */
  { "收入合计1250.40万元，支出合计1200.15万元，年终结余31.07万元。", "" },
  { "年终结余31.07万元。", "" },
  { "收入18万元，支出5万元，上缴2万元，结余19万元。", "" },
  { "本年收入800.50万元，本年支出790.25万元，其中上缴12.00万元，结余41.75"
    "万元。",
    "" },
};

static void
income_less_expense_is_what_is_left (void **state)
{
  (void)state;
  FIND (balances);
}

static void
what_is_left_of_more_than_is_told_is_not_judged (void **state)
{
  (void)state;
  FIND (no_balances);
}

/* ------------------------------------------------------------------ points */

static const FindCase points[] = {
  { "满意率93.42%，上年91.97%，提高1.45个百分点。",
    "difference ok 93.42%,91.97%=1.45个百分点" },
  { "满意率 93.42\n%，上年 91.97%，提高 1.45\n个百分点。",
    "difference ok 93.42\n%,91.97%=1.45\n个百分点" },
  { "满意率93.42%，上年91.97%，提高1.54个百分点。",
    "difference error material 93.42%,91.97%=1.54个百分点" },
  { "办结率由88%升到94%，高出6个百分点。", "difference ok 88%,94%=6个百分点" },
  { "办结率88%，满意率94%，高出8个百分点。", "" },
  { "满意率93.42%，提高1.54个百分点。", "" },
};

static void
points_part_two_rates (void **state)
{
  (void)state;
  FIND (points);
}

/* ----------------------------------------------------------------- repeats */

static const FindCase repeats[] = {
  { "公务接待费支出12.75万元。\n二、情况说明\n公务接待费支出12.75万元，均为"
    "工作餐。",
    "repeat ok 12.75万元=12.75万元" },
  { "公务接待费支出12.75万元。公务接待费支出 12.75\n万元，均为工作餐。",
    "repeat ok 12.75万元=12.75\n万元" },
  { "公务接待费支出12.75万元。公务接待费支出127500元。",
    "repeat ok 12.75万元=127500元" },
  /* one digit, two neighbours */
  { "公务接待费支出12.75万元。公务接待费支出12.76万元。",
    "repeat rounding 12.75万元=12.76万元" },
  { "公务接待费支出12.75万元。公务接待费支出127501元。", "" },
  { "公务接待费支出12.75万元。公务接待费支出21.75万元。",
    "repeat error material 12.75万元=21.75万元" },
  { "公务接待费支出12.75万元。公务接待费支出12.15万元。",
    "repeat error material 12.75万元=12.15万元" },
  /* two digits in each other's place, under words that end alike */
  { "项目24个，涉及资金1,268.40万元。公开的项目，涉及资金1,286.40万元。",
    "repeat error material 1,268.40万元=1,286.40万元" },
  /* the same words on both sides */
  { "全年分15批次组织老干部1100人健康体检。\n三、成效\n全年分15批次组织老干部"
    "1010人健康体检。",
    "repeat error material 1100人=1010人" },
  /* more than what it is a part of */
  { "接待费支出0.39万元。其中：国内接待支出8.39万元。",
    "repeat error material 0.39万元=8.39万元" },
};

static const FindCase no_repeats[] = {
  /* of four digits a swap is chance, and so it is under other words */
  { "结转68万元。其中：福利498万元。", "" },
  { "组织老干部1100人健康体检。组织党员1010人健康讲座。", "" },
  { "项目24个，涉及资金12.68万元。公开的项目，涉及资金12.86万元。", "" },
  { "项目24个，涉及资金1,268.40万元。全年走访慰问送出1,286.40万元。", "" },
  /* too far apart for a slip */
  { "公务接待费支出12.75万元。公务接待费支出18.31万元。", "" },
  /* other years, other names, short names */
  { "2023年公务接待费支出12.75万元。2024年公务接待费支出12.15万元。", "" },
  { "公务接待费支出12.75万元。因公出国费支出12.15万元。", "" },
  { "支出12.75万元。支出12.15万元。", "" },
  { "项目涉及金额12.75万元。项目涉及金额12.15万元。", "" },
  /* few digits */
  { "公务接待费支出1.5万元。公务接待费支出1.6万元。", "" },
  { "公务接待费支出约12.75万元。公务接待费支出12.95万元以上。", "" },
};

static const FindCase repeated_items[] = {
  { "二、安排\n1、文化支出（类）群众文化（款）场馆（项）60.25万元，主要用于"
    "维修。2024年预算安排60.25万元。",
    "repeat ok 60.25万元=60.25万元" },
  { "二、安排\n1、文化支出（类）群众文化（款）场馆（项）60.25万元，主要用于"
    "维修。2024年预算安排73.50万元。",
    "repeat error material 60.25万元=73.50万元" },
  { "二、安排\n1、文化支出（类）群众文化（款）场馆（项）60.25万元，主要用于"
    "维修。其中设备安排33.50万元。",
    "" },
  /* done of it: the same, a slip of the same, or another amount */
  { "二、支出\n1、文化支出（类）群众文化（款）场馆（项）60.25万元，主要用于"
    "维修。支出决算为60.25万元。",
    "repeat ok 60.25万元=60.25万元" },
  { "二、支出\n1、文化支出（类）群众文化（款）场馆（项）60.25万元，主要用于"
    "维修。支出决算为60.52万元。",
    "repeat error material 60.25万元=60.52万元" },
  { "二、支出\n1、文化支出（类）群众文化（款）场馆（项）60.25万元，主要用于"
    "维修。支出决算为48.10万元。",
    "" },
};

static void
one_quantity_said_twice_is_the_same (void **state)
{
  (void)state;
  FIND (repeats);
}

static void
what_may_be_another_quantity_is_no_repeat (void **state)
{
  (void)state;
  FIND (no_repeats);
}

static void
an_item_says_its_amount_twice (void **state)
{
  (void)state;
  FIND (repeated_items);
}

/* ------------------------------------------------------------------ bounds */

static const FindCase bounds[] = {
  { "基本支出600.30万元。一般公共预算基本支出712.50万元。",
    "repeat error material 600.30万元=712.50万元" },
  { "财政拨款收入支出总计900.50万元。财政拨款收入 912.75\n万元。",
    "repeat error material 900.50万元=912.75\n万元" },
  { "基本支出600.30万元。一般公共预算基本支出512.50万元。", "" },
  { "2023年基本支出600.30万元。2024年一般公共预算基本支出712.50万元。", "" },
  { "基本支出超过600.30万元。一般公共预算基本支出712.50万元。", "" },
  { "甲馆支出600.30万元。一般公共预算支出712.50万元。", "" },
};

static void
a_part_is_never_more_than_its_whole (void **state)
{
  (void)state;
  FIND (bounds);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (changes_of_parts_make_the_change_of_the_total),
    cmocka_unit_test (income_less_expense_is_what_is_left),
    cmocka_unit_test (what_is_left_of_more_than_is_told_is_not_judged),
    cmocka_unit_test (points_part_two_rates),
    cmocka_unit_test (one_quantity_said_twice_is_the_same),
    cmocka_unit_test (what_may_be_another_quantity_is_no_repeat),
    cmocka_unit_test (an_item_says_its_amount_twice),
    cmocka_unit_test (a_part_is_never_more_than_its_whole),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
