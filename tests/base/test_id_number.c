/* Numbers of invented people, in the region 999999 that is assigned to no
 * place; the first is the sample of the standard itself. */
#include "support.h"

static void
right_numbers_give_birth_and_sex (void **state)
{
  static const struct
  {
    const char *text, *number;
    gint32 birth;
    int sex;
    gboolean widened, assigned;
  } cases[] = {
    { "11010519491231002X", "11010519491231002X", 19491231, 2, FALSE, TRUE },
    { "999999193301010010", "999999193301010010", 19330101, 1, FALSE, FALSE },
    { "999999194402290028", "999999194402290028", 19440229, 2, FALSE, FALSE },
    { "11010519491231002x", "11010519491231002X", 19491231, 2, FALSE, TRUE },
    { "９９９９９９１９３３０１０１００１０", "999999193301010010", 19330101, 1,
      FALSE, FALSE },
    { " 999999 19330101 0010 ", "999999193301010010", 19330101, 1, FALSE,
      FALSE },
    { "11010519491231002Ｘ", "11010519491231002X", 19491231, 2, FALSE, TRUE },
    { "110105491231002", "11010519491231002X", 19491231, 2, TRUE, TRUE },
    { "999999330101001", "999999193301010010", 19330101, 1, TRUE, FALSE },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      HxIdNumber id;

      if (!hx_id_number_parse (cases[i].text, &id, &error))
        fail_msg ("%s: %s", cases[i].text, error->message);
      assert_string_equal (id.number, cases[i].number);
      assert_int_equal (hx_date_number (id.birth), cases[i].birth);
      assert_int_equal (id.sex, cases[i].sex);
      assert_int_equal (id.widened, cases[i].widened);
      assert_int_equal (id.region_assigned, cases[i].assigned);
    }
}

static void
an_error_says_what_is_wrong (void **state)
{
  static const struct
  {
    const char *text, *part;
  } cases[] = {
    { "", "有 0 位" },
    { "99999919330101001", "有 17 位" },
    { "9999991933010100100", "有 19 位" },
    { "9999993301010", "有 13 位" },
    { "99999919330101O010", "第 15 位是“O”" },
    { "X99999193301010010", "第 1 位是“X”" },
    { "9999991933010100X0", "第 17 位是“X”" },
    { "99999919330101001Y", "第 18 位是“Y”" },
    { "99999933010100X", "第 15 位是“X”" },
    { "999999一九三三01010010", "第 7 位是“一”" },
    { "999999194302290012", "出生日期 1943-02-29 不存在" },
    { "999999193313010011", "出生日期 1933-13-01 不存在" },
    { "999999330230001", "出生日期 1933-02-30 不存在" },
    { "999999000001010010", "出生日期 0000-01-01 不存在" },
    { "110105194912310021", "校验码应为 X，写的是 1" },
    { "999999193301010011", "校验码应为 0，写的是 1" },
    { "99999919330101001X", "校验码应为 0，写的是 X" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      HxIdNumber id;

      assert_false (hx_id_number_parse (cases[i].text, &id, &error));
      assert_error (error, HX_ERROR_DATA, cases[i].part);
    }
}

static void
no_number_stands_in_an_error (void **state)
{
  g_autoptr (GError) error = NULL;
  HxIdNumber id;

  (void)state;
  hx_id_number_parse ("999999193301010011", &id, &error);
  assert_null (strstr (error->message, "9999991933"));
}

static void
junk_is_refused_without_harm (void **state)
{
  static const char cut[]
      = "99999\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80";
  static const char *const junk[]
      = { "\xFF\xFE", "99999919330101001\xE4", cut };
  g_autofree char *many = g_strnfill (100000, '9');
  HxIdNumber id;

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (junk); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_false (hx_id_number_parse (junk[i], &id, &error));
      assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  assert_false (hx_id_number_parse (many, &id, NULL));
  assert_false (hx_id_number_parse (NULL, &id, NULL));
}

static void
the_check_character_catches_every_single_slip_and_swap (void **state)
{
  static const char number[] = "999999194402290028";

  (void)state;
  assert_int_equal (hx_id_number_check_character (number), '8');
  assert_int_equal (hx_id_number_check_character ("9999991944022900O8"), 0);
  for (gsize place = 0; place < 17; place++)
    for (char digit = '0'; digit <= '9'; digit++)
      {
        g_autofree char *slip = g_strdup (number);

        slip[place] = digit;
        assert_int_equal (hx_id_number_check_character (slip) == '8',
                          digit == number[place]);
      }
  for (gsize place = 0; place < 16; place++)
    {
      g_autofree char *swap = g_strdup (number);

      swap[place] = number[place + 1];
      swap[place + 1] = number[place];
      assert_int_equal (hx_id_number_check_character (swap) == '8',
                        number[place] == number[place + 1]);
    }
}

static void
the_check_character_follows_the_sum_of_the_standard (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (18);

  (void)state;
  for (int i = 0; i < 5000; i++)
    {
      char digits[18] = { 0 };
      guint sum = 0, value;
      char check;

      for (int place = 0; place < 17; place++)
        {
          guint digit = (guint)g_rand_int_range (random, 0, 10);

          digits[place] = (char)('0' + digit);
          sum += digit * ((1u << (17 - place)) % 11);
        }
      check = hx_id_number_check_character (digits);
      value = check == 'X' ? 10 : (guint)(check - '0');
      assert_int_equal ((sum + value) % 11, 1);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (right_numbers_give_birth_and_sex),
    cmocka_unit_test (an_error_says_what_is_wrong),
    cmocka_unit_test (no_number_stands_in_an_error),
    cmocka_unit_test (junk_is_refused_without_harm),
    cmocka_unit_test (the_check_character_catches_every_single_slip_and_swap),
    cmocka_unit_test (the_check_character_follows_the_sum_of_the_standard),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
