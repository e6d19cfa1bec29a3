/* Exact fractions against arithmetic that is checked another way. */
#include "card_test.h"

static void
rounding_is_half_away_from_zero (void **state)
{
  static const struct
  {
    const char *value;
    guint decimals;
    const char *text;
  } cases[] = {
    { "9.505", 2, "9.51" },   { "9.50499", 2, "9.50" },
    { "-9.505", 2, "-9.51" }, { "95.045", 2, "95.05" },
    { "1/3", 4, "0.3333" },   { "2/3", 4, "0.6667" },
    { "0.5", 0, "1" },        { "-0.5", 0, "-1" },
    { "0.49", 0, "0" },       { "1/8", 2, "0.13" },
    { "7", 2, "7.00" },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = hx_fraction_format (fraction_of (cases[i].value),
                                                  cases[i].decimals, FALSE);

      assert_string_equal (text, cases[i].text);
    }
}

static void
the_short_form_drops_zeros_alone (void **state)
{
  g_autofree char *whole = hx_fraction_format (fraction_of ("100"), 4, TRUE);
  g_autofree char *half = hx_fraction_format (fraction_of ("0.50"), 4, TRUE);
  g_autofree char *none = hx_fraction_format (hx_fraction (1, 0), 4, TRUE);

  (void)state;
  assert_string_equal (whole, "100");
  assert_string_equal (half, "0.5");
  assert_string_equal (none, "—");
}

#define SMALL 36 /* −4/1 … 4/4 */

static void
small_fraction (int number, int *numerator, int *denominator)
{
  *numerator = number / 4 - 4;
  *denominator = number % 4 + 1;
}

/* Fractions for which plain integers are a model. */
static void
small_fractions_add_and_compare_as_integers_say (void **state)
{
  (void)state;
  for (int i = 0; i < SMALL * SMALL; i++)
    {
      int a, b, c, d;
      HxFraction one, other;

      small_fraction (i / SMALL, &a, &b);
      small_fraction (i % SMALL, &c, &d);
      one = hx_fraction (a, b);
      other = hx_fraction (c, d);
      assert_int_equal (
          hx_fraction_compare (hx_fraction_add (one, other),
                               hx_fraction (a * d + c * b, b * d)),
          0);
      assert_int_equal (hx_fraction_compare (hx_fraction_multiply (one, other),
                                             hx_fraction (a * c, b * d)),
                        0);
      assert_int_equal (hx_fraction_compare (one, other),
                        (a * d > c * b) - (a * d < c * b));
    }
}

static void
large_fractions_compare_without_loss (void **state)
{
  const HxFraction one = hx_fraction (G_MAXINT64, G_MAXINT64 - 1);
  const HxFraction other = hx_fraction (G_MAXINT64 - 1, G_MAXINT64 - 2);
  const HxFraction product = hx_fraction_multiply (one, one);

  (void)state;
  assert_int_equal (hx_fraction_compare (one, other), -1);
  assert_int_equal (hx_fraction_compare (other, one), 1);
  assert_true (hx_fraction_is_number (product));
  assert_int_equal (hx_fraction_compare (product, one), 1);
  assert_int_equal (hx_fraction_compare (product, product), 0);
}

static void
what_does_not_fit_is_no_number_and_stays_none (void **state)
{
  const HxFraction large = hx_fraction_multiply (hx_fraction (G_MAXINT64, 1),
                                                 hx_fraction (G_MAXINT64, 1));
  const HxFraction none = hx_fraction_multiply (large, large);
  gint64 units;

  (void)state;
  assert_true (hx_fraction_is_number (large));
  assert_false (hx_fraction_is_number (none));
  assert_false (hx_fraction_is_number (hx_fraction_add (none, large)));
  assert_false (
      hx_fraction_is_number (hx_fraction_divide (large, hx_fraction (0, 1))));
  assert_false (hx_fraction_round (none, 2, &units));
  assert_false (hx_fraction_round (large, 2, &units));
  assert_int_equal (hx_fraction_compare (none, hx_fraction (-5, 1)), -1);
}

static void
the_floor_goes_down (void **state)
{
  static const struct
  {
    const char *value, *floor;
  } cases[] = { { "4.5", "4" }, { "4", "4" },    { "-0.5", "-1" },
                { "-1", "-1" }, { "0.99", "0" }, { "-1.01", "-2" } };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (
        hx_fraction_compare (hx_fraction_floor (fraction_of (cases[i].value)),
                             fraction_of (cases[i].floor)),
        0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (rounding_is_half_away_from_zero),
    cmocka_unit_test (the_short_form_drops_zeros_alone),
    cmocka_unit_test (small_fractions_add_and_compare_as_integers_say),
    cmocka_unit_test (large_fractions_compare_without_loss),
    cmocka_unit_test (what_does_not_fit_is_no_number_and_stays_none),
    cmocka_unit_test (the_floor_goes_down),
  };

  return cmocka_run_group_tests_name ("fractions", tests, NULL, NULL);
}
