/* Totals and their parts, counts and what is named: find_sum.c, list.c,
 * find_items.c, find_names.c. */
#include "find_fixture.h"

/* -------------------------------------------------------------- in front */

static const FindCase made[] = {
  { "青禾区档案馆本年收入1250.40万元，其中：财政拨款收入1180.40万元，其他收入"
    "70.00万元。",
    "sum ok 1180.40万元,70.00万元=1250.40万元" },
  /* a list within a list */
  { "松塘区体育局本年支出900.50万元，其中：基本支出600.30万元（人员经费500.20"
    "万元、公用经费100.10万元），项目支出300.20万元。",
    "sum ok 600.30万元,300.20万元=900.50万元; "
    "sum ok 500.20万元,100.10万元,300.20万元=900.50万元; "
    "sum ok 500.20万元,100.10万元=600.30万元" },
  { "本年支出900.50万元。其中：办公费600.30万元，差旅费300.20万元。",
    "sum ok 600.30万元,300.20万元=900.50万元" },
  /* split twice */
  { "本年支出900.50万元，包括办公费600.30万元、差旅费300.20万元。按来源分，"
    "拨款850.50万元，自筹50.00万元。",
    "sum ok 600.30万元,300.20万元=900.50万元; "
    "sum ok 850.50万元,50.00万元=900.50万元" },
  /* 亿元 of 万元 */
  { "总投资1.2500亿元，其中：土建8,500万元，设备4,000万元。",
    "sum ok 8,500万元,4,000万元=1.2500亿元" },
  /* things are counted like money */
  { "共有车辆9辆，其中：轿车5辆、客车3辆、货车1辆。",
    "sum ok 5辆,3辆,1辆=9辆" },
  { "全馆建筑面积13459平方米，其中：地上8103平方米，地下5356平方米。",
    "sum ok 8103平方米,5356平方米=13459平方米" },
  /* noughts */
  { "采购支出0万元，其中：货物0万元、工程0万元、服务0万元。",
    "sum ok 0万元,0万元,0万元=0万元" },
  { "采购支出120.50万元，其中：货物100.50万元、服务20.00万元、工程0万元。",
    "sum ok 100.50万元,20.00万元,0万元=120.50万元" },
  /* what the parts leave off */
  { "本年支出10.00万元，其中：办公费5.0万元，差旅费4.9万元。",
    "sum rounding 5.0万元,4.9万元=10.00万元" },
};

/* The same sum in the notations of the field. */
static const FindCase notations[] = {
  { "收入 1250.40 万元，其中：拨款 1,180.40 万元，其他收入 70.00 万元。",
    "sum ok 1,180.40 万元,70.00 万元=1250.40 万元" },
  { "收入\n1250.40\n万元，其\n中：拨款 1180.40 万\n元，其他收入 70.00 万元。",
    "sum ok 1180.40 万\n元,70.00 万元=1250.40\n万元" },
  { "收入１２５０．４０万元，其中：拨款１，１８０．４０万元，其他收入７０．００"
    "万元。",
    "sum ok １，１８０．４０万元,７０．００万元=１２５０．４０万元" },
  { "收入1250.40万，其中:拨款1180.40万,其他收入70.00万。",
    "sum ok 1180.40万,70.00万=1250.40万" },
  { "收入12504000元，其中：拨款1180.40万元，其他收入70.00万元。",
    "sum ok 1180.40万元,70.00万元=12504000元" },
};

static const FindCase wrong[] = {
  /* one digit */
  { "本年收入1250.40万元，其中：财政拨款收入1180.40万元，其他收入90.00万元。",
    "sum error material 1180.40万元,90.00万元=1250.40万元" },
  /* two neighbours, in a part */
  { "本年收入1250.40万元，其中：财政拨款收入1810.40万元，其他收入70.00万元。",
    "sum error material 1810.40万元,70.00万元=1250.40万元" },
  /* the names are all there is */
  { "本年支出900.50万元，其中：基本支出612.30万元，项目支出300.20万元。",
    "sum error material 612.30万元,300.20万元=900.50万元" },
  { "采购支出150.00万元，其中：货物60.00万元、工程50.00万元、服务16.00万元。",
    "sum error material 60.00万元,50.00万元,16.00万元=150.00万元" },
  { "全馆职工48人，其中：男21人，女26人。",
    "sum error last_digit 21人,26人=48人" },
  /* the words count them, or close the list */
  { "本年支出700.00万元，分三块：办公费200.00万元，差旅费300.00万元，培训费"
    "155.00万元。",
    "sum error material 200.00万元,300.00万元,155.00万元=700.00万元" },
  { "经费700.00万元，由区级资金200.00万元、街道资金300.00万元、社会捐款155.00"
    "万元组成。",
    "sum error material 200.00万元,300.00万元,155.00万元=700.00万元" },
  { "本年支出700.00万元，其中：办公费200.00万元，差旅费300.00万元，其他支出"
    "155.00万元。",
    "sum error material 200.00万元,300.00万元,155.00万元=700.00万元" },
  /* all there is, in a sentence of its own */
  { "支出总计900.50万元。基本支出600.30万元。项目支出300.20万元。",
    "sum ok 600.30万元,300.20万元=900.50万元" },
  { "支出总计900.50万元。其余如下，基本支出600.30万元，项目支出380.20万元。",
    "sum error material 600.30万元,380.20万元=900.50万元" },
  /* the shares bear the parts out */
  { "支出总计777.00万元，其中：印刷费600.00万元，占60.00%，租车费400.00万元，"
    "占40.00%。",
    "sum error material 600.00万元,400.00万元=777.00万元; "
    "ratio error material 600.00万元,777.00万元=60.00%; "
    "ratio error material 400.00万元,777.00万元=40.00%" },
  /* one unit of the last digit */
  { "本年支出900.51万元，其中：基本支出600.30万元，项目支出300.20万元。",
    "sum rounding 600.30万元,300.20万元=900.51万元" },
};

static const FindCase open[] = {
  /* some of many */
  { "本年支出900.50万元，其中：办公费212.30万元，差旅费300.20万元。", "" },
  { "本年支出900.50万元，主要用于办公费212.30万元、差旅费300.20万元。", "" },
  /* a slip of four digits is chance */
  { "本年支出45.20万元，其中：办公费21.30万元，差旅费23.80万元。", "" },
  { "安排活动14场，其中：讲座6场，展览7场。", "" },
  { "支出总计900.50万元。其余如下，基本支出612.30万元，项目支出380.20万元。",
    "" },
  /* about as much */
  { "本年收入约1250.40万元，其中：拨款1180.40万元，其他收入90.00万元。", "" },
  /* another year, another kind of thing */
  { "本年支出900.50万元，其中：培训600人，展览300场。", "" },
  { "本年支出900.50万元；上年支出880.30万元。", "" },
  /* nothing opens a list of small figures */
  { "培训9人，参观5人，讲座3人。", "" },
  { "文号〔2024〕15号，第3条，2024年5月8日。", "" },
};

static void
parts_behind_a_total_make_it (void **state)
{
  (void)state;
  FIND (made);
}

static void
spaces_line_ends_and_wide_digits_change_nothing (void **state)
{
  (void)state;
  FIND (notations);
}

static void
a_whole_list_or_a_slip_that_does_not_make_it_is_wrong (void **state)
{
  (void)state;
  FIND (wrong);
}

static void
a_list_that_may_go_on_is_not_judged (void **state)
{
  (void)state;
  FIND (open);
}

/* ---------------------------------------------------------------- behind */

static const FindCase made_before[] = {
  { "宣传费12.50万元、培训费7.25万元、会议费3.25万元，三项合计23.00万元。",
    "sum ok 12.50万元,7.25万元,3.25万元=23.00万元" },
  { "书法班30人，合唱班45人，摄影班25人，共100人。",
    "sum ok 30人,45人,25人=100人" },
  { "购书0万元、订报12.50万元、装裱7.25万元，合计19.75万元。",
    "sum ok 0万元,12.50万元,7.25万元=19.75万元" },
  { "收入为12.50万元。加上结余7.25万元，收入总计19.75万元。",
    "sum ok 12.50万元,7.25万元=19.75万元" },
};

static const FindCase wrong_before[] = {
  { "宣传费12.50万元、培训费7.25万元、会议费3.25万元，三项合计24.00万元。",
    "sum error material 12.50万元,7.25万元,3.25万元=24.00万元" },
  { "宣传费112.50万元、培训费67.25万元，合计179.57万元。",
    "sum error material 112.50万元,67.25万元=179.57万元" },
  { "宣传费112.50万元、培训费67.25万元，两项合计250.00万元。",
    "sum error material 112.50万元,67.25万元=250.00万元" },
};

static const FindCase open_before[] = {
  { "宣传费112.50万元、培训费67.25万元，全年合计250.00万元。", "" },
  { "宣传费112.50万元。培训费67.25万元。全年合计250.00万元。", "" },
  { "宣传费112.50万元、培训费67.25万元，余额179.57万元。", "" },
  { "宣传费近112.50万元、培训费67.25万元，合计250.00万元。", "" },
};

static void
a_total_behind_its_parts_is_made_by_them (void **state)
{
  (void)state;
  FIND (made_before);
}

static void
a_total_behind_its_parts_is_wrong_by_a_slip_or_a_count (void **state)
{
  (void)state;
  FIND (wrong_before);
}

static void
a_total_of_more_than_is_told_is_not_judged (void **state)
{
  (void)state;
  FIND (open_before);
}

/* ----------------------------------------------------------------- splits */

static const FindCase splits[] = {
  { "总支出900.50万元。按用途分，办公费600.40万元，差旅费300.20万元。",
    "sum error material 600.40万元,300.20万元=900.50万元" },
  { "总支出900.50万元。按用途分，主要是办公费600.40万元，差旅费300.20万元。",
    "" },
  { "总支出900.50万元。按用途分，办公费400.40万元，差旅费300.20万元。", "" },
};

static void
a_split_by_something_is_whole (void **state)
{
  (void)state;
  FIND (splits);
}

/* ------------------------------------------------------------------ items */

#define ITEM(number, class, name, budget, done)                                \
  number "、" class "（类）文化（款）" name "（项）年初预算为" budget          \
                    "万元，支出决算为" done "万元。\n"
#define HEAD(budget, done)                                                     \
  "二、支出情况\n年初预算为" budget "万元，支出决算为" done "万元，其中：\n"

static const FindCase items[] = {
  { HEAD ("412.75", "400.25")
        ITEM ("1", "文化支出", "图书馆", "200.50", "190.25")
            ITEM ("2", "卫生支出", "保健", "150.25", "149.75")
                ITEM ("3", "住房支出", "公积金", "62.00", "60.25"),
    "sum ok 200.50万元,150.25万元,62.00万元=412.75万元; "
    "sum ok 190.25万元,149.75万元,60.25万元=400.25万元" },
  /* all items are there, as the budget shows: they must make the other too */
  { HEAD ("412.75", "433.33")
        ITEM ("1", "文化支出", "图书馆", "200.50", "190.25")
            ITEM ("2", "卫生支出", "保健", "150.25", "149.75")
                ITEM ("3", "住房支出", "公积金", "62.00", "60.25"),
    "sum ok 200.50万元,150.25万元,62.00万元=412.75万元; "
    "sum error material 190.25万元,149.75万元,60.25万元=433.33万元" },
  /* of items that make neither nothing is said */
  { HEAD ("455.55", "433.33")
        ITEM ("1", "文化支出", "图书馆", "200.50", "190.25")
            ITEM ("2", "卫生支出", "保健", "150.25", "149.75")
                ITEM ("3", "住房支出", "公积金", "62.00", "60.25"),
    "" },
};

static const FindCase classes[] = {
  { "二、支出情况\n文化支出340.00万元，住房支出70.25万元。\n" ITEM (
        "1", "文化支出", "图书馆", "200.50", "190.25")
        ITEM ("2", "文化支出", "群众艺术", "150.25", "149.75")
            ITEM ("3", "住房支出", "公积金", "62.00", "60.25"),
    "sum ok 190.25万元,149.75万元=340.00万元" },
};

/* One digit wrong in an item, and more. */
static const FindCase classes_wrong[] = {
  { "二、支出情况\n文化支出430.00万元，住房支出70.25万元。\n" ITEM (
        "1", "文化支出", "图书馆", "200.50", "190.25")
        ITEM ("2", "文化支出", "群众艺术", "150.25", "149.75")
            ITEM ("3", "文化支出", "场馆", "62.00", "60.00"),
    "sum error material 190.25万元,149.75万元,60.00万元=430.00万元" },
  { "二、支出情况\n文化支出431.25万元，住房支出70.25万元。\n" ITEM (
        "1", "文化支出", "图书馆", "200.50", "190.25")
        ITEM ("2", "文化支出", "群众艺术", "150.25", "149.75")
            ITEM ("3", "文化支出", "场馆", "62.00", "60.00"),
    "" },
};

static void
items_of_one_class_are_wrong_by_a_slip (void **state)
{
  (void)state;
  FIND (classes_wrong);
}

static void
numbered_items_make_what_was_given_before_them (void **state)
{
  (void)state;
  FIND (items);
}

static void
items_of_one_class_make_its_amount (void **state)
{
  (void)state;
  FIND (classes);
}

/* ------------------------------------------------------------------ names */

static const FindCase named[] = {
  { "松塘区体育局设4个科室，分别为：办公室、群体科、竞训科、场馆科。",
    "sum ok 办公室,群体科,竞训科,场馆科=4个" },
  { "下设３ 个\n站所，分别是球类站、水上站、冰\n雪站。",
    "sum ok 球类站,水上站,冰\n雪站=３ 个" },
  { "实施3项工程，即：照明工程、步道工程和亲水工程；进展顺利。", "" },
  { "下设5个科室，分别为：办公室、群体科、竞训科、场馆科。",
    "sum error last_digit 办公室,群体科,竞训科,场馆科=5个" },
  { "下设6个科室，分别为：办公室、群体科、竞训科、场馆科。",
    "sum error material 办公室,群体科,竞训科,场馆科=6个" },
};

static const FindCase unnamed[] = {
  { "下设5个科室，分别为：办公室、群体科、竞训科等。", "" },
  { "下设5个科室，分别为办公室、群体科、竞训和场馆科。", "" },
  { "下设5个科室，分别为办公室（督查室）、群体科、竞训科、场馆科。", "" },
  { "下设5个科室，主要有办公室、群体科、竞训科、场馆科。", "" },
  { "完成5项指标，分别为出勤率95%、满意率98%、办结率99%。", "" },
  /* of both together */
  { "设3个科室和4个中心，分别为：办公室、群体科、竞训科、球类中心、冰雪"
    "中心。",
    "" },
  /* told in groups */
  { "设5个机构，分别为：办公室、群体科、竞训科；球类中心、冰雪中心。", "" },
};

static void
a_number_of_names_is_how_many_are_named (void **state)
{
  (void)state;
  FIND (named);
}

static void
a_list_that_is_not_all_the_names_is_not_counted (void **state)
{
  (void)state;
  FIND (unnamed);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (parts_behind_a_total_make_it),
    cmocka_unit_test (spaces_line_ends_and_wide_digits_change_nothing),
    cmocka_unit_test (a_whole_list_or_a_slip_that_does_not_make_it_is_wrong),
    cmocka_unit_test (a_list_that_may_go_on_is_not_judged),
    cmocka_unit_test (a_total_behind_its_parts_is_made_by_them),
    cmocka_unit_test (a_total_behind_its_parts_is_wrong_by_a_slip_or_a_count),
    cmocka_unit_test (a_total_of_more_than_is_told_is_not_judged),
    cmocka_unit_test (a_split_by_something_is_whole),
    cmocka_unit_test (numbered_items_make_what_was_given_before_them),
    cmocka_unit_test (items_of_one_class_make_its_amount),
    cmocka_unit_test (items_of_one_class_are_wrong_by_a_slip),
    cmocka_unit_test (a_number_of_names_is_how_many_are_named),
    cmocka_unit_test (a_list_that_is_not_all_the_names_is_not_counted),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
