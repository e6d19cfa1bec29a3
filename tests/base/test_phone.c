#include "support.h"

static void
numbers_are_brought_to_one_form (void **state)
{
  static const struct
  {
    const char *text, *phone;
  } cases[] = {
    { "13800138000", "13800138000" },
    { "138-0013-8000", "13800138000" },
    { "138 0013 8000", "13800138000" },
    { "＋８６　１３８００１３８０００", "13800138000" },
    { "+86-138-0013-8000", "13800138000" },
    { "8613800138000", "13800138000" },
    { "008613800138000", "13800138000" },
    { "19912345678", "19912345678" },
    { "020-81234567", "020-81234567" },
    { "02081234567", "020-81234567" },
    { "(020)81234567", "020-81234567" },
    { "（020）8123 4567", "020-81234567" },
    { "010-65123456", "010-65123456" },
    { "0755-28123456", "0755-28123456" },
    { "0871-6512345", "0871-6512345" },
    { "81234567", "81234567" },
    { "8123-4567", "81234567" },
    { "6123456", "6123456" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      char *phone = NULL;

      if (!hx_phone_parse (cases[i].text, &phone, &error))
        fail_msg ("%s", error->message);
      assert_text (phone, cases[i].phone);
    }
}

static void
what_is_not_a_number_is_refused (void **state)
{
  static const char *const wrong[] = {
    "",
    "-",
    "+",
    "12345",
    "1380013800",
    "138001380000",
    "12800138000",
    "23800138000",
    "020-8123456789",
    "020",
    "020-01234567",
    "00-81234567",
    "13800138OOO",
    "张三",
    "400-800-1234",
    "020-81234567转801",
    "11234567",
    "1.38e10",
    "0",
    "\xFF",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      char *phone = NULL;

      if (hx_phone_parse (wrong[i], &phone, &error))
        fail_msg ("%s was read as %s", wrong[i], phone);
      assert_null (phone);
      assert_error (error, HX_ERROR_DATA, "不是手机或固定电话号码");
    }
  assert_false (hx_phone_parse (NULL, &(char *){ NULL }, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (numbers_are_brought_to_one_form),
    cmocka_unit_test (what_is_not_a_number_is_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
