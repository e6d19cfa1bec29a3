#include "support.h"

typedef struct
{
  char *(*mask) (const char *);
  const char *text, *expected;
} Case;

static const Case cases[] = {
  { hx_mask_name, "张三丰", "张＊＊" },
  { hx_mask_name, "欧阳某某", "欧＊＊＊" },
  { hx_mask_name, "𬱖田", "𬱖＊" },
  { hx_mask_name, " 张三 ", "张＊" },
  { hx_mask_name, "阿卜杜热合曼·买买提", "阿＊＊＊＊" },
  { hx_mask_name, "张", "＊" },
  { hx_mask_name, "", "" },
  { hx_mask_name, NULL, NULL },
  { hx_mask_id_number, "999999193301010010", "999999********0010" },
  { hx_mask_id_number, "99999919440229002X", "999999********002X" },
  { hx_mask_id_number, "999999330101001", "999999******001" },
  { hx_mask_id_number, "99999933010100", "9＊＊＊＊" },
  { hx_mask_id_number, "护照", "护＊" },
  { hx_mask_id_number, NULL, NULL },
  { hx_mask_phone, "13800138000", "138****8000" },
  { hx_mask_phone, "020-81234567", "020-****4567" },
  { hx_mask_phone, "0755-8123456", "0755-***3456" },
  { hx_mask_phone, "81234567", "****4567" },
  { hx_mask_phone, "12345", "1＊＊＊＊" },
  { hx_mask_phone, "020-81234567转8", "0＊＊＊＊" },
  { hx_mask_phone, "", "" },
  { hx_mask_phone, NULL, NULL },
  { hx_mask_text, "西华路一号", "西＊＊＊＊" },
  { hx_mask_text, "a very long text", "a＊＊＊＊" },
  { hx_mask_text, NULL, NULL },
};

static void
masking_shows_no_more_than_is_allowed (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (cases[i].mask (cases[i].text), cases[i].expected);
}

static void
masked_text_is_valid_whatever_came_in (void **state)
{
  static const char *const invalid[] = { "\xFF", "\xFF\xFE", "\xE4\xB8甲" };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autofree char *masked = hx_mask_text (invalid[i]);

      assert_true (g_utf8_validate (masked, -1, NULL));
      assert_true (*masked != '\0');
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (masking_shows_no_more_than_is_allowed),
    cmocka_unit_test (masked_text_is_valid_whatever_came_in),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
