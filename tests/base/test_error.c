#include "support.h"

static void
an_error_is_one_sentence_in_three_parts (void **state)
{
  static const struct
  {
    const char *where, *what_to_do, *message;
  } cases[] = {
    { "甲.xlsx 第 3 行", "请改正", "金额太大: 甲.xlsx 第 3 行: 请改正" },
    { NULL, "请改正", "金额太大: 请改正" },
    { "甲.xlsx", NULL, "金额太大: 甲.xlsx" },
    { "", "", "金额太大" },
    { NULL, NULL, "金额太大" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_false (hx_fail (&error, HX_ERROR_LIMIT, "金额太大", cases[i].where,
                             cases[i].what_to_do));
      assert_string_equal (error->message, cases[i].message);
      assert_int_equal (error->code, HX_ERROR_LIMIT);
    }
}

static void
failing_without_an_error_to_fill_is_allowed (void **state)
{
  (void)state;
  assert_false (hx_fail (NULL, HX_ERROR_DATA, "甲", "乙", "丙"));
  assert_false (hx_failf (NULL, HX_ERROR_DATA, "%d", 3));
}

static void
a_percent_sign_in_a_text_is_not_a_format (void **state)
{
  g_autoptr (GError) error = NULL;

  (void)state;
  hx_fail (&error, HX_ERROR_DATA, "100%s", "%n", "%d");
  assert_string_equal (error->message, "100%s: %n: %d");
}

static void
a_format_makes_the_first_part (void **state)
{
  g_autoptr (GError) error = NULL;

  (void)state;
  hx_failf (&error, HX_ERROR_USAGE, "共 %d 行，%s", 3, "太多");
  assert_error (error, HX_ERROR_USAGE, "共 3 行，太多");
}

static void
a_place_is_put_behind_the_first_part (void **state)
{
  g_autoptr (GError) error = NULL;

  (void)state;
  hx_fail (&error, HX_ERROR_DATA, "日期: 不存在", NULL, "请核对");
  hx_error_at (&error, "第 5 行");
  assert_string_equal (error->message, "日期: 不存在: 第 5 行: 请核对");
}

static void
the_outer_place_stands_before_the_inner (void **state)
{
  g_autoptr (GError) error = NULL;

  (void)state;
  hx_fail (&error, HX_ERROR_DATA, "日期不存在", "第 5 行", "请核对");
  hx_error_at (&error, "名册");
  hx_error_at (&error, "甲.xlsx");
  assert_string_equal (error->message,
                       "日期不存在: 甲.xlsx: 名册: 第 5 行: 请核对");
}

static void
a_prefix_and_a_copy_keep_the_place_of_the_place (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  (void)state;
  hx_fail (&error, HX_ERROR_DATA, "日期不存在", NULL, "请核对");
  g_prefix_error (&error, "导入失败，");
  copy = g_error_copy (error);
  hx_error_at (&copy, "第 5 行");
  assert_string_equal (copy->message, "导入失败，日期不存在: 第 5 行: 请核对");
  assert_string_equal (error->message, "导入失败，日期不存在: 请核对");
}

static void
a_foreign_error_gets_its_place_at_the_end (void **state)
{
  g_autoptr (GError) error = NULL;
  GError *none = NULL;

  (void)state;
  g_set_error_literal (&error, G_FILE_ERROR, G_FILE_ERROR_IO, "read");
  hx_error_at (&error, "甲.xlsx");
  assert_string_equal (error->message, "read: 甲.xlsx");
  hx_error_at (&error, NULL);
  hx_error_at (&error, "");
  assert_string_equal (error->message, "read: 甲.xlsx");
  hx_error_at (&none, "甲.xlsx");
  hx_error_at (NULL, "甲.xlsx");
  assert_null (none);
}

static void
the_code_decides_the_exit_status (void **state)
{
  static const struct
  {
    HxErrorCode code;
    int status;
  } cases[] = {
    { HX_ERROR_FINDING, 1 },  { HX_ERROR_USAGE, 2 }, { HX_ERROR_DATA, 3 },
    { HX_ERROR_STORE, 3 },    { HX_ERROR_LIMIT, 3 }, { HX_ERROR_NOT_FOUND, 3 },
    { HX_ERROR_CONFLICT, 3 },
  };
  g_autoptr (GError) foreign
      = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_EXIST, "x");

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      hx_failf (&error, cases[i].code, "x");
      assert_int_equal (hx_error_exit_status (error), cases[i].status);
    }
  assert_int_equal (hx_error_exit_status (foreign), 3);
  assert_int_equal (hx_error_exit_status (NULL), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_error_is_one_sentence_in_three_parts),
    cmocka_unit_test (failing_without_an_error_to_fill_is_allowed),
    cmocka_unit_test (a_percent_sign_in_a_text_is_not_a_format),
    cmocka_unit_test (a_format_makes_the_first_part),
    cmocka_unit_test (a_place_is_put_behind_the_first_part),
    cmocka_unit_test (the_outer_place_stands_before_the_inner),
    cmocka_unit_test (a_prefix_and_a_copy_keep_the_place_of_the_place),
    cmocka_unit_test (a_foreign_error_gets_its_place_at_the_end),
    cmocka_unit_test (the_code_decides_the_exit_status),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
