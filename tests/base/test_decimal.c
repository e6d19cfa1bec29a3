#include "support.h"

__extension__ typedef __int128 Wide;

typedef struct
{
  const char *text;
  guint max_scale;
  gint64 units;
  guint scale;
} Case;

static void
decimals_are_read_exactly (void **state)
{
  static const Case cases[] = {
    { "0", 0, 0, 0 },
    { "-0", 2, 0, 0 },
    { "007", 0, 7, 0 },
    { "+12.50", 2, 1250, 2 },
    { "-12.5", 2, -125, 1 },
    { "1,234", 0, 1234, 0 },
    { "1,234,567.89", 2, 123456789, 2 },
    { "１，２３４．５", 2, 12345, 1 },
    { "－３", 0, -3, 0 },
    { " 42 ", 0, 42, 0 },
    { "1.5000", 2, 150, 2 },
    { "1.000", 0, 1, 0 },
    { "0.000000000001", 12, 1, 12 },
    { "9223372036854775807", 0, G_MAXINT64, 0 },
    { "-9223372036854775807", 0, -G_MAXINT64, 0 },
    { "9223372036854775.807", 3, G_MAXINT64, 3 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      HxDecimal decimal;

      assert_true (hx_decimal_parse (cases[i].text, cases[i].max_scale,
                                     &decimal, &error));
      assert_int_equal (decimal.units, cases[i].units);
      assert_int_equal (decimal.scale, cases[i].scale);
    }
}

static void
what_is_not_a_decimal_is_refused (void **state)
{
  static const char *const wrong[] = {
    "",      " ",    "-",      "+-1",      "--1",      "1-",        "1.",
    ".5",    ".",    "1.2.3",  "1e5",      "0x10",     "1,23",      "12,34,567",
    ",123",  "1,",   "1,,234", "1234,567", "1,2345",   "1.234,567", "一",
    "1 234", "12元", "nan",    "inf",      "1,234,56", "１．",      "a",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      HxDecimal decimal;

      assert_false (hx_decimal_parse (wrong[i], 12, &decimal, &error));
      assert_error (error, HX_ERROR_DATA, "不是数字");
    }
  assert_false (hx_decimal_parse (NULL, 2, &(HxDecimal){ 0, 0 }, NULL));
}

static void
too_many_places_are_an_error_and_never_rounded (void **state)
{
  g_autoptr (GError) error = NULL;
  HxDecimal decimal;

  (void)state;
  assert_false (hx_decimal_parse ("1.005", 2, &decimal, &error));
  assert_error (error, HX_ERROR_DATA, "小数多于 2 位");
}

static void
a_number_beyond_64_bits_is_an_error (void **state)
{
  static const char *const large[]
      = { "9223372036854775808", "-9223372036854775808",
          "99999999999999999999999999", "92233720368547758.08" };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (large); i++)
    {
      g_autoptr (GError) error = NULL;
      HxDecimal decimal;

      assert_false (hx_decimal_parse (large[i], 12, &decimal, &error));
      assert_error (error, HX_ERROR_LIMIT, "太大");
    }
}

static void
a_megabyte_of_digits_is_refused_in_a_short_message (void **state)
{
  g_autofree char *digits = g_strnfill (1 << 20, '9');
  g_autoptr (GError) error = NULL;
  HxDecimal decimal;

  (void)state;
  assert_false (hx_decimal_parse (digits, 2, &decimal, &error));
  assert_true (strlen (error->message) < 200);
}

static void
an_error_quotes_whole_characters (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) invalid = NULL;
  HxDecimal decimal;

  (void)state;
  hx_decimal_parse ("二百五十元二百五十元二百五十元二百五十元二百五十元"
                    "二百五十元二百五十元二百五十元",
                    2, &decimal, &error);
  assert_error (error, HX_ERROR_DATA, "…”不是数字");
  hx_decimal_parse ("1\xFF", 2, &decimal, &invalid);
  assert_true (g_utf8_validate (invalid->message, -1, NULL));
}

static void
formatting_writes_exactly_the_places (void **state)
{
  static const struct
  {
    HxDecimal decimal;
    const char *text;
  } cases[] = {
    { { 0, 0 }, "0" },
    { { 0, 2 }, "0.00" },
    { { 5, 2 }, "0.05" },
    { { -5, 2 }, "-0.05" },
    { { -1250, 2 }, "-12.50" },
    { { 123456, 0 }, "123456" },
    { { 1, 12 }, "0.000000000001" },
    { { G_MAXINT64, 2 }, "92233720368547758.07" },
    { { G_MININT64, 3 }, "-9223372036854775.808" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (hx_decimal_format (cases[i].decimal), cases[i].text);
}

static void
what_is_formatted_reads_back_the_same (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  (void)state;
  for (int i = 0; i < 20000; i++)
    {
      HxDecimal written = { (gint64)g_rand_int (random)
                                * g_rand_int_range (random, -9999, 9999),
                            (guint)g_rand_int_range (random, 0, 13) };
      g_autofree char *text = hx_decimal_format (written);
      HxDecimal read;

      assert_true (hx_decimal_parse (text, 12, &read, NULL));
      assert_int_equal (read.units, written.units);
      assert_int_equal (read.scale, written.scale);
    }
}

static void
rescaling_is_exact_or_refused (void **state)
{
  HxDecimal decimal = { 1250, 2 };
  HxDecimal large = { G_MAXINT64, 0 };

  (void)state;
  assert_true (hx_decimal_rescale (&decimal, 4));
  assert_int_equal (decimal.units, 125000);
  assert_true (hx_decimal_rescale (&decimal, 1));
  assert_int_equal (decimal.units, 125);
  assert_int_equal (decimal.scale, 1);
  assert_false (hx_decimal_rescale (&decimal, 0));
  assert_int_equal (decimal.units, 125);
  assert_false (hx_decimal_rescale (&decimal, 13));
  assert_false (hx_decimal_rescale (&large, 1));
  assert_int_equal (large.scale, 0);
}

static void
comparing_is_exact_whatever_the_scales (void **state)
{
  static const struct
  {
    HxDecimal a, b;
    int order;
  } cases[] = {
    { { 15, 1 }, { 150, 2 }, 0 },
    { { 15, 1 }, { 151, 2 }, -1 },
    { { -15, 1 }, { -151, 2 }, 1 },
    { { 0, 0 }, { 0, 12 }, 0 },
    { { G_MAXINT64, 0 }, { G_MAXINT64, 12 }, 1 },
    { { G_MININT64, 0 }, { G_MAXINT64, 0 }, -1 },
    { { 9223372036854775, 0 }, { G_MAXINT64, 3 }, -1 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_int_equal (hx_decimal_compare (cases[i].a, cases[i].b),
                        cases[i].order);
      assert_int_equal (hx_decimal_compare (cases[i].b, cases[i].a),
                        -cases[i].order);
    }
}

static void
halves_are_rounded_away_from_zero (void **state)
{
  static const struct
  {
    gint64 numerator, denominator;
    guint scale;
    gint64 result;
  } cases[] = {
    { 95045, 1000, 2, 9505 },
    { 95044, 1000, 2, 9504 },
    { 1, 2, 0, 1 },
    { -1, 2, 0, -1 },
    { 1, -2, 0, -1 },
    { -1, -2, 0, 1 },
    { 3, 2, 0, 2 },
    { 5, 2, 0, 3 },
    { 1, 3, 4, 3333 },
    { 2, 3, 4, 6667 },
    { 0, 7, 6, 0 },
    { 141315, 148655, 4, 9506 },
    { G_MAXINT64, 1, 0, G_MAXINT64 },
    { G_MININT64, 1, 0, G_MININT64 },
    { G_MAXINT64, G_MAXINT64, 18, G_GINT64_CONSTANT (1000000000000000000) },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 result;

      assert_true (hx_round_half_up (cases[i].numerator, cases[i].denominator,
                                     cases[i].scale, &result));
      assert_int_equal (result, cases[i].result);
    }
}

static void
rounding_refuses_what_does_not_fit (void **state)
{
  gint64 result = 42;

  (void)state;
  assert_false (hx_round_half_up (1, 0, 0, &result));
  assert_false (hx_round_half_up (G_MAXINT64, 1, 1, &result));
  assert_false (hx_round_half_up (G_MININT64, -1, 0, &result));
  assert_false (hx_round_half_up (1, 1, 19, &result));
  assert_int_equal (result, 42);
}

static void
assert_rounded_to_half_a_unit (gint64 numerator, gint64 denominator,
                               guint scale)
{
  static const gint64 powers[] = { 1, 10, 100 };
  gint64 result, over;

  assert_true (hx_round_half_up (numerator, denominator, scale, &result));
  over = 2 * result * denominator - 2 * numerator * powers[scale];
  assert_true (ABS (over) <= denominator);
  if (ABS (over) == denominator)
    assert_true ((over > 0) == (numerator > 0));
}

static void
rounding_is_off_by_half_a_unit_at_most (void **state)
{
  (void)state;
  for (gint64 numerator = -300; numerator <= 300; numerator++)
    for (gint64 denominator = 1; denominator <= 40; denominator++)
      for (guint scale = 0; scale < 3; scale++)
        assert_rounded_to_half_a_unit (numerator, denominator, scale);
}

static void
rounding_of_large_numbers_agrees_with_wide_division (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  (void)state;
  for (int i = 0; i < 20000; i++)
    {
      gint64 numerator
          = (gint64)(g_rand_int (random) >> 1) * (gint64)g_rand_int (random);
      gint64 denominator = (gint64)g_rand_int (random) + 1;
      Wide doubled = (Wide)numerator * 100 * 2 / denominator;
      Wide expected = doubled / 2 + (Wide)(doubled % 2);
      gint64 result = 0;

      if (hx_round_half_up (numerator, denominator, 2, &result))
        assert_true (result == expected);
      else
        assert_true (expected > G_MAXINT64);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (decimals_are_read_exactly),
    cmocka_unit_test (what_is_not_a_decimal_is_refused),
    cmocka_unit_test (too_many_places_are_an_error_and_never_rounded),
    cmocka_unit_test (a_number_beyond_64_bits_is_an_error),
    cmocka_unit_test (a_megabyte_of_digits_is_refused_in_a_short_message),
    cmocka_unit_test (an_error_quotes_whole_characters),
    cmocka_unit_test (formatting_writes_exactly_the_places),
    cmocka_unit_test (what_is_formatted_reads_back_the_same),
    cmocka_unit_test (rescaling_is_exact_or_refused),
    cmocka_unit_test (comparing_is_exact_whatever_the_scales),
    cmocka_unit_test (halves_are_rounded_away_from_zero),
    cmocka_unit_test (rounding_refuses_what_does_not_fit),
    cmocka_unit_test (rounding_is_off_by_half_a_unit_at_most),
    cmocka_unit_test (rounding_of_large_numbers_agrees_with_wide_division),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
