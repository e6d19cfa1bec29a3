#include "support.h"

static void
amounts_are_read_to_the_fen (void **state)
{
  static const struct
  {
    const char *text;
    HxMoneyUnit unit;
    gint64 fen;
  } cases[] = {
    { "1,234.50", HX_MONEY_YUAN, 123450 },
    { "¥1234.5", HX_MONEY_YUAN, 123450 },
    { "￥ 1234.5", HX_MONEY_YUAN, 123450 },
    { "-¥12", HX_MONEY_YUAN, -1200 },
    { "¥-12", HX_MONEY_YUAN, -1200 },
    { "1486.55万元", HX_MONEY_YUAN, 1486550000 },
    { "1486.55 万", HX_MONEY_YUAN, 1486550000 },
    { "１４８６．５５万元", HX_MONEY_YUAN, 1486550000 },
    { "1486.55", HX_MONEY_WAN_YUAN, 1486550000 },
    { "20元", HX_MONEY_WAN_YUAN, 2000 },
    { "20元整", HX_MONEY_YI_YUAN, 2000 },
    { "1.5亿元", HX_MONEY_YUAN, 15000000000 },
    { "0.00000001亿", HX_MONEY_YUAN, 100 },
    { "0.000001", HX_MONEY_WAN_YUAN, 1 },
    { "0.01", HX_MONEY_YUAN, 1 },
    { "12.5000", HX_MONEY_YUAN, 1250 },
    { "-73.40", HX_MONEY_WAN_YUAN, -73400000 },
    { "9,000,000,000,000.00", HX_MONEY_YUAN, HX_MONEY_MAX },
    { "-90000亿", HX_MONEY_YUAN, -HX_MONEY_MAX },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 fen = 0;

      assert_true (hx_money_parse (cases[i].text, cases[i].unit, &fen, &error));
      assert_int_equal (fen, cases[i].fen);
    }
}

static void
wrong_amounts_are_named (void **state)
{
  static const struct
  {
    const char *text;
    HxMoneyUnit unit;
    HxErrorCode code;
    const char *part;
  } cases[] = {
    { "", HX_MONEY_YUAN, HX_ERROR_DATA, "不是数字" },
    { "元", HX_MONEY_YUAN, HX_ERROR_DATA, "不是数字" },
    { "¥", HX_MONEY_YUAN, HX_ERROR_DATA, "不是数字" },
    { "¥¥1", HX_MONEY_YUAN, HX_ERROR_DATA, "不是数字" },
    { "约20", HX_MONEY_YUAN, HX_ERROR_DATA, "不是数字" },
    { "20美元", HX_MONEY_YUAN, HX_ERROR_DATA, "不是数字" },
    { "1e3", HX_MONEY_YUAN, HX_ERROR_DATA, "不是数字" },
    { "1.005", HX_MONEY_YUAN, HX_ERROR_DATA, "小数多于 2 位" },
    { "1.0000001万", HX_MONEY_YUAN, HX_ERROR_DATA, "小数多于 6 位" },
    { "9000000000000.01", HX_MONEY_YUAN, HX_ERROR_LIMIT, "太大" },
    { "90000.0000000001亿", HX_MONEY_YUAN, HX_ERROR_LIMIT, "太大" },
    { "-9000000000000.01", HX_MONEY_YUAN, HX_ERROR_LIMIT, "太大" },
    { "9223372036854775807", HX_MONEY_WAN_YUAN, HX_ERROR_LIMIT, "太大" },
    { "92233720368547758070", HX_MONEY_YUAN, HX_ERROR_LIMIT, "太大" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 fen = 42;

      assert_false (
          hx_money_parse (cases[i].text, cases[i].unit, &fen, &error));
      assert_error (error, cases[i].code, cases[i].part);
      assert_int_equal (fen, 42);
    }
  assert_false (hx_money_parse (NULL, HX_MONEY_YUAN, &(gint64){ 0 }, NULL));
}

static void
amounts_are_written_in_yuan_and_in_wan (void **state)
{
  (void)state;
  assert_text (hx_money_format_yuan (123450), "1234.50");
  assert_text (hx_money_format_yuan (-5), "-0.05");
  assert_text (hx_money_format_wan (1486550000, 2), "1486.55");
  assert_text (hx_money_format_wan (0, 2), "0.00");
  assert_text (hx_money_format_wan (5000, 2), "0.01");
  assert_text (hx_money_format_wan (4999, 2), "0.00");
  assert_text (hx_money_format_wan (-5000, 2), "-0.01");
  assert_text (hx_money_format_wan (20000000, 0), "20");
  assert_text (hx_money_format_wan (1, 6), "0.000001");
  assert_text (hx_money_format_wan (G_MAXINT64, 9), "9223372036854.775807");
}

static void
what_is_written_in_yuan_reads_back_the_same (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  (void)state;
  for (int i = 0; i < 20000; i++)
    {
      gint64 fen = (gint64)g_rand_int (random)
                   * g_rand_int_range (random, -200000, 200000);
      g_autofree char *yuan = hx_money_format_yuan (fen);
      g_autofree char *wan = hx_money_format_wan (fen, 6);
      gint64 read;

      assert_true (hx_money_parse (yuan, HX_MONEY_YUAN, &read, NULL));
      assert_int_equal (read, fen);
      assert_true (hx_money_parse (wan, HX_MONEY_WAN_YUAN, &read, NULL));
      assert_int_equal (read, fen);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (amounts_are_read_to_the_fen),
    cmocka_unit_test (wrong_amounts_are_named),
    cmocka_unit_test (amounts_are_written_in_yuan_and_in_wan),
    cmocka_unit_test (what_is_written_in_yuan_reads_back_the_same),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
