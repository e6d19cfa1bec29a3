#include "support.h"

typedef struct
{
  gint64 number;
  const char *text;
} Case;

static void
numbers_are_written_as_they_are_said (void **state)
{
  static const Case cases[] = {
    { 0, "零" },
    { 3, "三" },
    { 10, "十" },
    { 12, "十二" },
    { 20, "二十" },
    { 100, "一百" },
    { 105, "一百零五" },
    { 110, "一百一十" },
    { 115, "一百一十五" },
    { 320, "三百二十" },
    { 1000, "一千" },
    { 1005, "一千零五" },
    { 1050, "一千零五十" },
    { 1500, "一千五百" },
    { 10000, "一万" },
    { 10005, "一万零五" },
    { 10050, "一万零五十" },
    { 10500, "一万零五百" },
    { 15000, "一万五千" },
    { 100000, "十万" },
    { 120034, "十二万零三十四" },
    { 1000001, "一百万零一" },
    { 10010010, "一千零一万零一十" },
    { 99999999, "九千九百九十九万九千九百九十九" },
    { -1, NULL },
    { 100000000, NULL },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (hx_numeral_chinese (cases[i].number), cases[i].text);
}

static void
numerals_are_read_as_people_write_them (void **state)
{
  static const Case cases[] = {
    { 320, "三百二十" },
    { 2000, "两千" },
    { 2023, "二〇二三" },
    { 2023, "二零二三" },
    { 2023, "二○二三" },
    { 25, "廿五" },
    { 20, "廿" },
    { 31, "卅一" },
    { 10, "十" },
    { 11, "十一" },
    { 5, "五" },
    { 0, "零" },
    { 0, "〇" },
    { 2, "两" },
    { 10, "一〇" },
    { 200, "两百" },
    { 110, "一百十" },
    { 10005, "一万零五" },
    { 20000, "两万" },
    { 100000, "十万" },
    { 500000000, "五亿" },
    { 100000001, "一亿零一" },
    { 110000, "十一万" },
    { 1050, " 一千零五十 " },
    { 123450000, "一亿二千三百四十五万" },
    { 999999999999, "九千九百九十九亿九千九百九十九万九千九百九十九" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 number = -1;

      if (!hx_numeral_parse (cases[i].text, &number))
        fail_msg ("%s was not read", cases[i].text);
      assert_int_equal (number, cases[i].number);
    }
}

static void
what_is_not_one_number_is_refused (void **state)
{
  static const char *const wrong[] = {
    "",         " ",      "百",     "千五",     "三百五",   "一万五",
    "一百零",   "十十",   "十百",   "二十百",   "一百二百", "零五十",
    "一零零百", "万",     "一万万", "一万亿",   "三百人",   "约三百",
    "320",      "3百",    "十廿",   "廿十",     "一二十",   "一百零零五",
    "两两千",   "一万零", "廿百",   "\xE4\xB8", "三\xFF",   "五十 三",
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gint64 number;

      if (hx_numeral_parse (wrong[i], &number))
        fail_msg ("%s was read", wrong[i]);
    }
  assert_false (hx_numeral_parse (NULL, &(gint64){ 0 }));
}

static void
nineteen_places_are_too_many (void **state)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 number;

  (void)state;
  for (int i = 0; i < 18; i++)
    g_string_append (text, "九");
  assert_true (hx_numeral_parse (text->str, &number));
  assert_int_equal (number, G_GINT64_CONSTANT (999999999999999999));
  g_string_append (text, "九");
  assert_false (hx_numeral_parse (text->str, &number));
}

static void
what_is_written_reads_back_the_same (void **state)
{
  (void)state;
  for (gint64 number = 0; number <= 99999999;
       number += number < 30000 ? 1 : 4999)
    {
      g_autofree char *text = hx_numeral_chinese (number);
      gint64 read = -1;

      assert_true (hx_numeral_parse (text, &read));
      assert_int_equal (read, number);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (numbers_are_written_as_they_are_said),
    cmocka_unit_test (numerals_are_read_as_people_write_them),
    cmocka_unit_test (what_is_not_one_number_is_refused),
    cmocka_unit_test (nineteen_places_are_too_many),
    cmocka_unit_test (what_is_written_reads_back_the_same),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
