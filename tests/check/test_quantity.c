/* Numbers that are quantities, what they count, and how exact they are. */
#include "engine_fixture.h"

#include "check/quantity.h"

typedef struct
{
  const char *text;
  const char *quantities; /* "12.5万元=125000元", parted by "; " */
} Case;

/* Exact values as decimals without zeros at the end. */
static void
append_exact (GString *all, HxWide exact)
{
  const HxWide one = 100000000;
  g_autofree char *digits = g_strdup_printf (
      "%" G_GINT64_FORMAT ".%08d", (gint64)(exact / one), (int)(exact % one));
  gsize length = strlen (digits);

  while (digits[length - 1] == '0')
    length--;
  if (digits[length - 1] == '.')
    length--;
  g_string_append_len (all, digits, (gssize)length);
}

static void
append_quantity (GString *all, const HxWords *words, const HxQuantity *quantity)
{
  static const char *const kinds[] = { "?", "元", "%", "点", "" };

  g_string_append_len (all, words->clean->str + quantity->from,
                       (gssize)(quantity->until - quantity->from));
  g_string_append_c (all, '=');
  append_exact (all, quantity->exact);
  g_string_append (all, kinds[quantity->kind]);
  if (quantity->kind == HX_QUANTITY_COUNT)
    g_string_append (all, quantity->counter);
  if (quantity->vague & HX_VAGUE_ABOUT)
    g_string_append (all, " about");
  if (quantity->vague & HX_VAGUE_BOUND)
    g_string_append (all, " bound");
  if (quantity->vague & HX_VAGUE_RANGE)
    g_string_append (all, " range");
  if (quantity->vague & HX_VAGUE_EACH)
    g_string_append (all, " each");
}

static GArray *
scan (const char *text, HxWords **words)
{
  g_autoptr (HxSource) source = engine_source (text);

  *words = hx_words_new (source);
  return hx_quantities_scan (*words);
}

static char *
describe (const char *text)
{
  g_autoptr (HxWords) words = NULL;
  g_autoptr (GArray) quantities = scan (text, &words);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < quantities->len; i++)
    {
      if (i > 0)
        g_string_append (all, "; ");
      append_quantity (all, words, &g_array_index (quantities, HxQuantity, i));
    }
  return g_string_free (all, FALSE);
}

static void
check_cases (const Case *cases, gsize count)
{
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *quantities = describe (cases[i].text);

      if (strcmp (quantities, cases[i].quantities) != 0)
        print_error ("%s\n", cases[i].text);
      assert_string_equal (quantities, cases[i].quantities);
    }
}

#define CHECK(cases) check_cases (cases, G_N_ELEMENTS (cases))

static const Case money[] = {
  { "收入 12.5 万元", "12.5万元=125000元" },
  { "收入 12.5 万\n元", "12.5万元=125000元" },
  { "收入 0.39 万（含外宾）", "0.39万=3900元" },
  { "收入 1170.00万。", "1170.00万=11700000元" },
  { "收入 3 亿元，支出 2.25亿。", "3亿元=300000000元; 2.25亿=225000000元" },
  { "规模 1.2 万亿元", "1.2万亿元=1200000000000元" },
  { "收入 500 元", "500元=500元" },
  { "收入 3 千元", "3千元=3000元" },
  { "收入 2 百万元、3 千万元", "2百万元=2000000元; 3千万元=30000000元" },
};

static const Case notations[] = {
  { "19,044.27 万元", "19,044.27万元=190442700元" },
  { "1,234,567 元", "1,234,567元=1234567元" },
  { "３，５１８．８５万元", "3，518.85万元=35188500元" },
  { "3，518万元", "3，518万元=35180000元" },
  { "12,34 万元", "34万元=340000元" },
  { "1,2345 万元", "2345万元=23450000元" },
  /* a clause, not a thousand */
  { "5个，123个", "5个=5个; 123个=123个" },
  { "０．５％", "0.5%=0.5%" },
  { "0.00 万元", "0.00万元=0元" },
  { "007 元", "007元=7元" },
};

static const Case rates[] = {
  { "占 55.10%", "55.10%=55.1%" },
  { "占 55.10 ％", "55.10%=55.1%" },
  { "高出 6 个百分点", "6个百分点=6点" },
  { "高出 1.5 百分点", "1.5百分点=1.5点" },
  /* the sign is missing, the words want it */
  { "增长 13.95。", "13.95=13.95?" },
  { "占 12.5，", "12.5=12.5?" },
  { "预算为 0，决算为 0，", "0=0?; 0=0?" },
};

static const Case counts[] = {
  { "1100 人健康体检", "1100人=1100人" },
  { "近万人次", "" },
  { "28598 人次、23 批次", "28598人次=28598人次; 23批次=23批次" },
  { "2 台（套）", "2台（套）=2台（套）" },
  { "3860 平方米", "3860平方米=3860平方米" },
  { "面积 1.5 万平方米", "1.5万平方米=15000平方米" },
  { "1.3 万名", "1.3万名=13000名" },
  { "平均得分 99.33 分", "99.33分=99.33分" },
};

static void
money_comes_in_every_unit (void **state)
{
  (void)state;
  CHECK (money);
}

static void
thousands_and_widths_are_read (void **state)
{
  (void)state;
  CHECK (notations);
}

static void
rates_have_their_sign_or_are_asked_for (void **state)
{
  (void)state;
  CHECK (rates);
}

static void
counts_keep_what_they_count (void **state)
{
  (void)state;
  CHECK (counts);
}

static const Case none[] = {
  { "2024年12月31日", "" },
  { "9时30分钟", "" },
  { "70岁以上", "" },
  { "第3批", "" },
  { "沪府规【2016】168号", "" },
  { "〔2024〕77号", "" },
  { "1+22+N", "" },
  { "252 弄 4 号", "" },
  { "G1街坊", "" },
  { "（204类）（06款）（01项）", "" },
  { "3.收入情况", "" },
  { "1、收入\n2、支出", "" },
  { "（1）收入", "" },
  { "为期 5 天", "" },
  { "电话 87654321", "" },
  { "10 月", "" },
  { "3 个月、20 个工作日", "" },
  { "25 ℃", "" },
  { "A4纸", "" },
  { "增长 3、4", "" },
  { "", "" },
};

static void
dates_codes_and_ordinals_are_none (void **state)
{
  (void)state;
  CHECK (none);
}

static const Case told[] = {
  { "慰问三百二十名老干部", "三百二十名=320名" },
  { "安排五十万元，支出两千元", "五十万元=500000元; 两千元=2000元" },
  { "执行率百分之八十四，", "百分之八十四=84%" },
  { "共二十余次、一百多人", "二十余次=20次 about; 一百多人=100人 about" },
  { "三个全覆盖，六大行动，一是", "" },
  { "第十二届三中全会，十四五规划", "" },
  { "二〇二四年十一月二十日", "" },
  { "三百五名", "" },
};

static void
chinese_numerals_of_ten_and_more_are_quantities (void **state)
{
  (void)state;
  CHECK (told);
}

static const Case vague[] = {
  { "约 30 万元", "30万元=300000元 about" },
  { "近 30 万元", "30万元=300000元 about" },
  { "30 余万元", "30余万元=300000元 about" },
  { "40多名", "40多名=40名 about" },
  { "6 万多 人次", "6万多人次=60000人次 about" },
  { "30 万元左右", "30万元=300000元 about" },
  { "超过 20 万元", "20万元=200000元 bound" },
  { "不低于 20%", "20%=20% bound" },
  { "≤90万元", "90万元=900000元 bound" },
  { "50 万元（含）以上", "50万元=500000元 bound" },
  { "80 分以上", "80分=80分 bound" },
  { "70-80 分", "80分=80分 range" },
  { "20%-30%", "20%=20% range; 30%=30% range" },
  { "500 元/人", "500元=500元 each" },
  /* written out to the last digit: no rounder for a 约 */
  { "约 13459 平方米", "13459平方米=13459平方米" },
  { "约 13450 平方米", "13450平方米=13450平方米 about" },
};

static void
what_is_not_to_be_taken_at_its_word_is_vague (void **state)
{
  (void)state;
  CHECK (vague);
}

/* ------------------------------------------------------------------- limits */

static const Case limits[] = {
  { "123456789012345 元", "123456789012345元=123456789012345元" },
  { "1234567890123456 元", "" },
  { "99999999999999999999999999999999 元", "" },
  /* more than 10^18 元 */
  { "1000000000 万亿元", "" },
  { "99999 万亿元", "99999万亿元=99999000000000000元" },
  { "0.1234567 万元", "0.1234567万元=1234.567元" },
  { "0.12345678 万元", "" },
};

static void
numbers_beyond_the_limits_are_none (void **state)
{
  (void)state;
  CHECK (limits);
}

static HxQuantity
only (const char *text)
{
  g_autoptr (HxWords) words = NULL;
  g_autoptr (GArray) quantities = scan (text, &words);

  assert_int_equal (quantities->len, 1);
  return g_array_index (quantities, HxQuantity, 0);
}

static void
a_number_is_as_exact_as_its_last_digit (void **state)
{
  const HxWide one = 100000000;
  const HxQuantity money_ = only ("12.50 万元");
  const HxQuantity round_ = only ("12 万元");
  const HxQuantity people = only ("12 人");
  const HxQuantity crowd = only ("1.2 万人");
  const HxQuantity area = only ("12 平方米");
  const HxQuantity rate = only ("12.5%");

  (void)state;
  assert_true (money_.half == 50 * one);
  assert_true (round_.half == 5000 * one);
  assert_int_equal (money_.value.units, 1250);
  assert_int_equal (money_.value.scale, 2);
  assert_true (hx_quantity_slack (&people) == 0);
  assert_true (hx_quantity_slack (&crowd) == 500 * one);
  assert_true (hx_quantity_slack (&area) == one / 2);
  assert_true (rate.half == one / 20);
}

static void
a_quantity_knows_where_its_number_and_its_unit_end (void **state)
{
  const HxQuantity quantity = only ("收入 12.5 万元。");

  (void)state;
  assert_int_equal (quantity.from, strlen ("收入"));
  assert_int_equal (quantity.digits, strlen ("收入12.5"));
  assert_int_equal (quantity.until, strlen ("收入12.5万元"));
}

/* Any amount in 分 comes back, however its thousands and lines are set. */
static char *
written (GRand *random, gint64 cents)
{
  const gint64 whole = cents / 100;
  g_autofree char *tail = g_strdup_printf (
      "%s.%02d%s万%s元", "", (int)(cents % 100),
      g_rand_boolean (random) ? " " : "", g_rand_boolean (random) ? "\n" : "");

  if (whole < 1000 || g_rand_boolean (random))
    return g_strdup_printf ("支出%" G_GINT64_FORMAT "%s。", whole, tail);
  return g_strdup_printf ("支出%" G_GINT64_FORMAT "%s%03d%s。", whole / 1000,
                          g_rand_boolean (random) ? "," : "，",
                          (int)(whole % 1000), tail);
}

static void
any_amount_comes_back_however_it_is_set (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (52);

  (void)state;
  for (guint round = 0; round < 500; round++)
    {
      const gint64 cents = g_rand_int_range (random, 1, 99999999);
      g_autofree char *text = written (random, cents);
      const HxQuantity quantity = only (text);

      assert_int_equal (quantity.value.units, cents);
      assert_true (quantity.exact == (HxWide)cents * 100 * 100000000);
      assert_true (quantity.half == (HxWide)50 * 100000000);
    }
}

/* Digits, points, commas and units in any order: what is found lies in the
 * words, in order, and is not negative. */
static void
quantities_of_any_text_lie_in_it_in_order (void **state)
{
  static const char *const pieces[]
      = { "1",  "23", "000", ".",  ",",      "，",  "万",   "亿",
          "元", "%",  "个",  "人", "百分点", "约",  "以上", "-",
          "第", "号", "年",  " ",  "\n",     "增长" };
  g_autoptr (GRand) random = g_rand_new_with_seed (53);

  (void)state;
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (HxWords) words = NULL;
      g_autoptr (GArray) quantities = NULL;
      gsize behind = 0;

      for (guint i = 0; i < 50; i++)
        g_string_append (
            text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      quantities = scan (text->str, &words);
      for (guint i = 0; i < quantities->len; i++)
        {
          const HxQuantity *one = &g_array_index (quantities, HxQuantity, i);

          assert_true (behind <= one->from && one->from < one->digits);
          assert_true (one->digits <= one->until
                       && one->until <= words->clean->len);
          assert_true (one->exact >= 0 && one->half > 0);
          behind = one->digits;
        }
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (money_comes_in_every_unit),
    cmocka_unit_test (thousands_and_widths_are_read),
    cmocka_unit_test (rates_have_their_sign_or_are_asked_for),
    cmocka_unit_test (counts_keep_what_they_count),
    cmocka_unit_test (dates_codes_and_ordinals_are_none),
    cmocka_unit_test (chinese_numerals_of_ten_and_more_are_quantities),
    cmocka_unit_test (what_is_not_to_be_taken_at_its_word_is_vague),
    cmocka_unit_test (numbers_beyond_the_limits_are_none),
    cmocka_unit_test (a_number_is_as_exact_as_its_last_digit),
    cmocka_unit_test (a_quantity_knows_where_its_number_and_its_unit_end),
    cmocka_unit_test (any_amount_comes_back_however_it_is_set),
    cmocka_unit_test (quantities_of_any_text_lie_in_it_in_order),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
