#include "support.h"

typedef struct
{
  const char *text, *expected;
} Case;

static void
normalising_gives_half_width_and_single_spaces (void **state)
{
  static const Case cases[] = {
    { "", "" },
    { "   ", "" },
    { "abc", "abc" },
    { "  a  b\t\n c ", "a b c" },
    { "２０２３－０３－０５", "2023-03-05" },
    { "（甲）：Ａｂ～", "(甲):Ab~" },
    { "\xE3\x80\x80张\xE3\x80\x80三\xE3\x80\x80", "张 三" },
    { "\xC2\xA0"
      "12\xC2\xA0",
      "12" },
    { "\xEF\xBB\xBF编号", "编号" },
    { "张\xE2\x80\x8B三\xE2\x80\x8D", "张三" },
    { "\xE2\x80\x8B \xE2\x80\x8B", "" },
    { "a \xE2\x80\x8B b", "a b" },
    { "\xE2\x80\x83"
      "a\xE2\x80\xA8"
      "b",
      "a b" },
    { "「甲」、乙。", "「甲」、乙。" },
    { "é", "é" },
    { "𬱖田", "𬱖田" },
    { "￥12", "￥12" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (hx_text_normalise (cases[i].text), cases[i].expected);
  assert_null (hx_text_normalise (NULL));
}

static void
normalising_into_a_buffer_replaces_what_it_held (void **state)
{
  g_autoptr (GString) out = g_string_new ("old");

  (void)state;
  hx_text_normalise_into (" １２ ", out);
  assert_string_equal (out->str, "12");
  assert_int_equal (out->len, 2);
  hx_text_normalise_into ("", out);
  assert_int_equal (out->len, 0);
  hx_text_normalise_into ("三", out);
  hx_text_normalise_into (NULL, out);
  assert_string_equal (out->str, "");
}

/* The same rule, one character at a time. */
static char *
model (const char *text)
{
  static const gunichar marks[] = { 0xAD, 0x200B, 0x200D, 0x2060, 0xFEFF };
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (; *text != '\0'; text += g_utf8_skip[(guint8)*text])
    {
      gunichar character = g_utf8_get_char (text);
      gboolean nothing = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
        nothing = nothing || marks[i] == character;
      if (nothing)
        continue;
      if (character >= 0xFF01 && character <= 0xFF5E)
        character -= 0xFEE0;
      if (g_unichar_isspace (character))
        {
          space = TRUE;
          continue;
        }
      if (space && out->len > 0)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, character);
    }
  return g_string_free (out, FALSE);
}

static char *
random_text (GRand *random)
{
  static const gunichar alphabet[]
      = { 'a',    '7',    ' ',    '\t',   '\n',   0xA0,   0xAD,    0xE9,
          0x200B, 0x200D, 0x2003, 0x2028, 0x202F, 0x205F, 0x2060,  0x3000,
          0x3001, 0x4E00, 0x5F20, 0x9FA5, 0xFEFF, 0xFF01, 0xFF10,  0xFF5E,
          0xFF5F, 0xFF00, 0xFFE5, 0x1680, 0x2605, 0xE000, 0x2CC56, '"' };
  GString *text = g_string_new (NULL);

  for (int left = g_rand_int_range (random, 0, 12); left > 0; left--)
    g_string_append_unichar (
        text, alphabet[g_rand_int_range (random, 0, G_N_ELEMENTS (alphabet))]);
  return g_string_free (text, FALSE);
}

static void
normalising_agrees_with_a_slow_model_on_random_text (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20230305);

  (void)state;
  for (int i = 0; i < 50000; i++)
    {
      g_autofree char *text = random_text (random);
      g_autofree char *once = hx_text_normalise (text);
      g_autofree char *expected = model (text);

      assert_string_equal (once, expected);
      assert_text (hx_text_normalise (once), once);
    }
}

static void
invalid_bytes_pass_through_and_nothing_reads_past_the_end (void **state)
{
  static const char *const invalid[]
      = { "\xFF",         "a\xE4\xB8",    "\xE3\x80",        "\x80\x80",
          "\xEF\xBC",     "\xF0\x9F\x98", "a\xC2",           " \xE2 ",
          "\xED\xA0\x80", "\xC0\x80",     "\xF8\x88\x80\x80" };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      /* On the heap in its exact size, where an overrun is caught. */
      g_autofree char *text = g_strdup (invalid[i]);
      g_autofree char *plain = hx_text_normalise (text);
      g_autofree char *trimmed = hx_text_trim (text);
      g_autofree char *key = hx_text_column_key (text);

      assert_true (strlen (plain) <= strlen (text));
      assert_true (strlen (trimmed) <= strlen (text));
      assert_true (strlen (key) <= strlen (text));
      assert_true (strlen (plain) > 0);
      assert_true (hx_text_characters (text) > 0);
      assert_false (hx_text_is_valid (text, -1));
    }
}

static void
text_with_a_nul_inside_is_not_valid (void **state)
{
  (void)state;
  assert_true (hx_text_is_valid ("张三", -1));
  assert_true (hx_text_is_valid ("张三", 6));
  assert_true (hx_text_is_valid ("", 0));
  assert_false (hx_text_is_valid ("a\0b", 3));
  assert_false (hx_text_is_valid ("张三", 5));
}

static void
trimming_leaves_the_inside_alone (void **state)
{
  static const Case cases[] = {
    { "", "" },
    { " \xE3\x80\x80\t", "" },
    { "\xEF\xBB\xBF 张  三\xE3\x80\x80", "张  三" },
    { "\xE2\x80\x8Bａ，ｂ\n", "ａ，ｂ" },
    { "第一行\n第二行", "第一行\n第二行" },
    { " 甲\xC2\xA0", "甲" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (hx_text_trim (cases[i].text), cases[i].expected);
  assert_null (hx_text_trim (NULL));
}

static void
labels_of_one_column_have_one_key (void **state)
{
  static const Case cases[] = {
    { "金额", "金额" },
    { "金额（元）*", "金额" },
    { "＊ 金 额：", "金额" },
    { "金额(元", "金额" },
    { "ID Number", "idnumber" },
    { "ＩＤ号", "id号" },
    { "出生日期【必填】", "出生日期" },
    { "姓名(含（曾用）名)*", "姓名" },
    { "姓\n名", "姓名" },
    { "（备注）", "备注" },
    { "", "" },
    { "甲)乙", "甲乙" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (hx_text_column_key (cases[i].text), cases[i].expected);
  assert_null (hx_text_column_key (NULL));
}

static void
characters_are_counted_not_bytes (void **state)
{
  (void)state;
  assert_int_equal (hx_text_characters ("张三丰"), 3);
  assert_int_equal (hx_text_characters ("a𬱖"), 2);
  assert_int_equal (hx_text_characters (""), 0);
  assert_int_equal (hx_text_characters (NULL), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (normalising_gives_half_width_and_single_spaces),
    cmocka_unit_test (normalising_into_a_buffer_replaces_what_it_held),
    cmocka_unit_test (normalising_agrees_with_a_slow_model_on_random_text),
    cmocka_unit_test (
        invalid_bytes_pass_through_and_nothing_reads_past_the_end),
    cmocka_unit_test (text_with_a_nul_inside_is_not_valid),
    cmocka_unit_test (trimming_leaves_the_inside_alone),
    cmocka_unit_test (labels_of_one_column_have_one_key),
    cmocka_unit_test (characters_are_counted_not_bytes),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
