#include "support.h"

__extension__ typedef __int128 Wide;

#define COUNT(number)                                                          \
  {                                                                            \
    (number), 1, FALSE                                                         \
  }
#define RATIO(above, below)                                                    \
  {                                                                            \
    (above), (below), FALSE                                                    \
  }
#define FEN(fen)                                                               \
  {                                                                            \
    (fen), 1, TRUE                                                             \
  }

typedef struct
{
  HxExact value;
  const char *filter;
  guint decimals;
  const char *expected; /* the wording, or a part of the error */
} Case;

static const Case true_cases[] = {
  { COUNT (386), "多 10", 0, "380多" },
  { COUNT (381), "多 10", 0, "380多" },
  { COUNT (389), "多10", 0, "380多" },
  { COUNT (386), "余 10", 0, "380余" },
  { COUNT (6130), "余 1000", 0, "6000余" },
  { COUNT (1123), "多 100", 0, "1100多" },
  { COUNT (35), "余 10", 0, "30余" },
  { COUNT (63210), "多 1万", 0, "6万多" },
  { COUNT (63210), "余 10000", 0, "6万余" },
  { COUNT (63210), "多 1000", 0, "63000多" },
  { COUNT (60500), "多 1000", 0, "60000多" },
  { RATIO (1, 3), NULL, 2, "0.33" },
  { RATIO (761, 2), "多 10", 0, "380多" },
  { COUNT (9870), "近 1万", 0, "近万" },
  { COUNT (9500), "近 1万", 0, "近万" },
  { COUNT (9999), "近 10000", 0, "近万" },
  { COUNT (29000), "近 1万", 0, "近3万" },
  { COUNT (295), "近 100", 0, "近300" },
  { COUNT (38900), "近 0.1万", 0, "近3.9万" },
  { RATIO (19999, 2), "近 1万", 0, "近万" },
  { COUNT (39412), "超 0.1万", 0, "超过3.9万" },
  { COUNT (39001), "超 1000", 0, "超过3.9万" },
  { COUNT (386), "超 10", 0, "超过380" },
  { COUNT (10001), "超 1万", 0, "超过1万" },
  { COUNT (39412), "超 100", 0, "超过39400" },
  { COUNT (13021), "约 0.1万", 0, "1.3万" },
  { COUNT (13000), "约 0.1万", 0, "1.3万" },
  { COUNT (13500), "约 0.1万", 0, "1.4万" },
  { COUNT (13499), "约 0.1万", 0, "1.3万" },
  { COUNT (96), "约 10", 0, "100" },
  { COUNT (5), "约 10", 0, "10" },
  { COUNT (123456), "约 1万", 0, "12万" },
  { RATIO (1299, 100), "约 1", 0, "13" },
  { COUNT (60000), "整 10000", 0, "6万" },
  { COUNT (60000), "整 1万", 0, "6万" },
  { COUNT (500), "整 100", 0, "500" },
  { COUNT (13000), "整 0.1万", 0, "1.3万" },
  { COUNT (0), "整 10", 0, "0" },
  { RATIO (120, 2), "整 10", 0, "60" },
  { FEN (1486550000), "万元", 0, "1486.55" },
  { FEN (1486550000), "", 0, "1486.55" },
  { FEN (1486550000), NULL, 4, "1486.55" },
  { FEN (0), "万元", 0, "0.00" },
  { FEN (-73400000), "万元", 2, "-73.40" },
  { FEN (20000000), "万元 0", 0, "20" },
  { FEN (20400000), "万元 1", 0, "20.4" },
  { FEN (5001), "万元", 0, "0.01" },
  { FEN (1), "万元 6", 0, "0.000001" },
  { FEN (1486550000), "千分", 0, "1,486.55" },
  { RATIO (141315, 148655), "%2", 0, "95.06%" },
  { RATIO (1, 1), "%0", 0, "100%" },
  { RATIO (1, 1), "% 2", 0, "100.00%" },
  { RATIO (2, 3), "%1", 0, "66.7%" },
  { RATIO (19009, 20000), "%2", 0, "95.05%" },
  { RATIO (-1, 8), "%1", 0, "-12.5%" },
  { COUNT (3), "汉字", 0, "三" },
  { COUNT (320), "汉字", 0, "三百二十" },
  { COUNT (39412), "千分", 0, "39,412" },
  { COUNT (412), "千分", 0, "412" },
  { COUNT (-1234567), "千分", 0, "-1,234,567" },
  { COUNT (-123), "千分", 0, "-123" },
  { RATIO (12345678, 10), "千分", 1, "1,234,567.8" },
  { COUNT (1000), "千分", 2, "1,000.00" },
  { COUNT (386), NULL, 0, "386" },
  { COUNT (386), "", 2, "386.00" },
  { RATIO (1, 2), "", 0, "1" },
  { COUNT (386), "  多　１０ ", 0, "380多" },
};

static void
true_wordings_are_derived (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (true_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      char *wording = NULL;

      if (!hx_wording_derive (true_cases[i].value, true_cases[i].filter,
                              true_cases[i].decimals, &wording, &error))
        fail_msg ("%s: %s", true_cases[i].expected, error->message);
      assert_text (wording, true_cases[i].expected);
    }
}

static void
what_would_be_untrue_is_refused_with_value_and_reason (void **state)
{
  static const Case cases[] = {
    { COUNT (380), "多 10", 0, "380 不能写成“380多”（多 10）：没有超出" },
    { COUNT (378), "多 380", 0, "数值不到一个单位" },
    { COUNT (380), "余 10", 0, "380 不能写成“380余”（余 10）：没有超出" },
    { COUNT (60000), "多 1万", 0, "60000 不能写成“6万多”" },
    { COUNT (9), "多 10", 0, "9 不能用“多 10”：数值不到一个单位" },
    { COUNT (0), "多 10", 0, "数值不到一个单位" },
    { COUNT (-386), "多 10", 0, "数值不到一个单位" },
    { RATIO (380, 1), "多 10", 0, "没有超出" },
    { COUNT (9499), "近 1万", 0,
      "9499 不能写成“近万”（近 1万）：还差百分之五以上" },
    { COUNT (10000), "近 1万", 0, "10000 不能写成“近2万”" },
    { COUNT (0), "近 1万", 0, "数值不到一个单位" },
    { COUNT (-1), "近 1万", 0, "数值不到一个单位" },
    { COUNT (39000), "超 0.1万", 0, "39000 不能写成“超过3.9万”" },
    { COUNT (999), "超 0.1万", 0, "数值不到一个单位" },
    { COUNT (4), "约 10", 0, "数值不到一个单位" },
    { COUNT (-13021), "约 0.1万", 0, "数值不到一个单位" },
    { COUNT (60001), "整 1万", 0, "60001 不能写成“6万”（整 1万）：不是整数倍" },
    { RATIO (1, 2), "整 1", 0, "1/2 不能写成“0”" },
    { COUNT (-60000), "整 1万", 0, "数值是负的" },
    { FEN (20400000), "万元 0", 0, "204000.00 不能写成“20”" },
    { FEN (20410000), "万元 1", 0, "不能写成“20.4”" },
    { FEN (20000000), "多 1万", 0, "200000.00 不能用“多 1万”：金额只能" },
    { FEN (20000000), "%2", 0, "金额只能" },
    { FEN (20000000), "汉字", 0, "金额只能" },
    { COUNT (20), "万元", 0, "20 不能用“万元”：这不是金额" },
    { RATIO (1, 2), "汉字", 0, "只有一亿以内的整数" },
    { COUNT (-1), "汉字", 0, "只有一亿以内的整数" },
    { COUNT (100000000), "汉字", 0, "只有一亿以内的整数" },
    { RATIO (1, 0), "%2", 0, "分母为零" },
    { RATIO (1, -2), "", 0, "分母为零" },
    { COUNT (G_MAXINT64), "近 1万", 0, "数值太大" },
    { COUNT (G_MAXINT64), "约 1万", 0, "数值太大" },
    { COUNT (G_MAXINT64), "%2", 0, "数值太大" },
    { COUNT (G_MAXINT64), "", 3, "数值太大" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      char *wording = NULL;

      if (hx_wording_derive (cases[i].value, cases[i].filter, cases[i].decimals,
                             &wording, &error))
        fail_msg ("%s gave %s", cases[i].expected, wording);
      assert_error (error, HX_ERROR_DATA, cases[i].expected);
      assert_null (wording);
    }
}

static void
malformed_filters_are_refused (void **state)
{
  static const char *const wrong[] = {
    "多",
    "多 0",
    "多 -10",
    "多 x",
    "多 0.5",
    "多 1.00001万",
    "多 万",
    "近",
    "超 0万",
    "约 1e3",
    "整",
    "万元 7",
    "万元 x",
    "%",
    "%7",
    "%-1",
    "%22",
    "汉字 1",
    "千分 2",
    "大约 10",
    "abc",
    "|",
    "多 10 10",
    "多 1万万",
    "多 99999999999999999999",
    "多 1000000000001",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      if (hx_wording_is_filter (wrong[i], &error))
        fail_msg ("%s was taken", wrong[i]);
      assert_error (error, HX_ERROR_DATA, "数字的写法");
      assert_false (hx_wording_is_approximate (wrong[i]));
    }
}

static void
well_formed_filters_are_told_by_whether_they_approximate (void **state)
{
  static const struct
  {
    const char *filter;
    gboolean approximate;
  } cases[] = {
    { "多 10", TRUE },    { "余 100", TRUE },   { "近 1万", TRUE },
    { "超 0.1万", TRUE }, { "约 0.1万", TRUE }, { "整 10000", FALSE },
    { "万元", FALSE },    { "万元 0", FALSE },  { "%2", FALSE },
    { "汉字", FALSE },    { "千分", FALSE },    { "", FALSE },
    { NULL, FALSE },      { "多 1,000", TRUE }, { "多 1000000000000", TRUE },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_true (hx_wording_is_filter (cases[i].filter, NULL));
      assert_int_equal (hx_wording_is_approximate (cases[i].filter),
                        cases[i].approximate);
    }
}

/* The number that a reader takes from a wording. */
static gint64
read_back (const char *wording)
{
  g_autoptr (GString) number = g_string_new (wording);
  static const char *const words[] = { "超过", "近", "多", "余" };
  HxDecimal decimal;
  gboolean wan;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (number, words[i], "", 0);
  wan = g_string_replace (number, "万", "", 0) > 0;
  if (number->len == 0)
    g_string_append_c (number, '1');
  assert_true (hx_decimal_parse (number->str, 4, &decimal, NULL));
  assert_true (hx_decimal_rescale (&decimal, 4));
  return wan ? decimal.units : decimal.units / 10000;
}

/* Whether a sentence with this word and number is true of the value. */
static gboolean
is_true (const char *word, gint64 stated, HxExact value, gint64 step)
{
  Wide exact = value.numerator, unit = value.denominator;

  if (strcmp (word, "近") == 0)
    return exact < stated * unit && exact * 100 >= stated * unit * 95;
  if (strcmp (word, "约") == 0)
    return (stated * unit - exact) * 2 <= step * unit
           && (exact - stated * unit) * 2 <= step * unit;
  return exact > stated * unit && exact < (stated + step) * unit;
}

static void
no_wording_states_what_is_untrue_and_none_is_withheld (void **state)
{
  static const char *const words[] = { "多", "余", "近", "超", "约" };
  static const gint64 steps[] = { 1, 10, 100, 1000, 5000, 10000, 50000 };
  g_autoptr (GRand) random = g_rand_new_with_seed (386);

  (void)state;
  for (int i = 0; i < 60000; i++)
    {
      const char *word = words[i % G_N_ELEMENTS (words)];
      gint64 step = steps[g_rand_int_range (random, 0, G_N_ELEMENTS (steps))];
      HxExact value
          = { g_rand_int_range (random, 1, 200000),
              i % 3 == 0 ? g_rand_int_range (random, 1, 9) : 1, FALSE };
      g_autofree char *filter
          = g_strdup_printf ("%s %" G_GINT64_FORMAT, word, step);
      g_autofree char *wording = NULL;
      gint64 whole = value.numerator / value.denominator;

      if (hx_wording_derive (value, filter, 0, &wording, NULL))
        assert_true (is_true (word, read_back (wording), value, step));
      else
        for (gint64 stated = whole / step * step; stated <= whole + step;
             stated += step)
          assert_false (stated > 0 && is_true (word, stated, value, step));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (true_wordings_are_derived),
    cmocka_unit_test (what_would_be_untrue_is_refused_with_value_and_reason),
    cmocka_unit_test (malformed_filters_are_refused),
    cmocka_unit_test (well_formed_filters_are_told_by_whether_they_approximate),
    cmocka_unit_test (no_wording_states_what_is_untrue_and_none_is_withheld),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
