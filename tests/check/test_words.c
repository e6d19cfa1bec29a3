/* The words of a source, ready to be searched. */
#include "engine_fixture.h"

#include "check/words.h"

typedef struct
{
  const char *text, *clean;
} Case;

static HxWords *
words_of (const char *text)
{
  g_autoptr (HxSource) source = engine_source (text);

  return hx_words_new (source);
}

static const Case cleaned[] = {
  { "", "" },
  { " \n\t\r\n　\xC2\xA0", "" },
  { "收入 12.5 万\n元", "收入12.5万元" },
  { "支\n出\r\n决 算", "支出决算" },
  /* full-width letters and digits, and brackets of any hand */
  { "２０２５年(一)ａ；b;c：d:", "2025年（一）a；b；c：d：" },
  { "１２．５％和３﹪", "12.5%和3%" },
  /* a comma that a Chinese hand typed stays what it is */
  { "3，518.85", "3，518.85" },
  /* numbers that only a blank parted are still two */
  { "预算 12 13 合计", "预算12 13合计" },
  { "预算 12\n13 合计", "预算12 13合计" },
  { "12 万元 13 万元", "12万元13万元" },
  { "A 12", "A 12" },
  { "𬱖 甲", "𬱖甲" },
};

static void
blanks_and_widths_are_gone_and_numbers_still_parted (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cleaned); i++)
    {
      g_autoptr (HxWords) words = words_of (cleaned[i].text);

      assert_string_equal (words->clean->str, cleaned[i].clean);
    }
}

static const Case headings[] = {
  /* a heading that stands alone ends with a line */
  { "一、收入情况\n本年收入", "一、收入情况\n本年收入" },
  { "（一）收入情况\n本年收入", "（一）收入情况\n本年收入" },
  { "一、收入情况", "一、收入情况\n" },
  /* no heading: a figure, a clause, a sentence, an item, too long */
  { "一、收入3万元\n支出", "一、收入3万元支出" },
  { "一、收入，\n支出", "一、收入，支出" },
  { "一、无。\n支出", "一、无。支出" },
  { "1、收入情况\n支出", "1、收入情况支出" },
  { "收入情况\n支出", "收入情况支出" },
  { "一、一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二\n三",
    "一、一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二"
    "三" },
};

static void
a_heading_on_its_own_line_ends_with_one (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      g_autoptr (HxWords) words = words_of (headings[i].text);

      assert_string_equal (words->clean->str, headings[i].clean);
    }
}

static const struct
{
  const char *text;
  HxMark mark;
  const char *behind;
} marks[] = {
  { "一、收入。", HX_MARK_CHAPTER, "收入。" },
  { "十二、收入。", HX_MARK_CHAPTER, "收入。" },
  { "（三）收入。", HX_MARK_SECTION, "收入。" },
  { "(十一)收入。", HX_MARK_SECTION, "收入。" },
  { "1、收入", HX_MARK_ITEM, "收入" },
  { "12.收入", HX_MARK_ITEM, "收入" },
  { "12 . 收入", HX_MARK_ITEM, "收入" },
  { "１．收入", HX_MARK_ITEM, "收入" },
  { "（2）收入", HX_MARK_POINT, "收入" },
  { "2)收入", HX_MARK_POINT, "收入" },
  { "12.5万元", HX_MARK_NONE, NULL },
  { "123、收入", HX_MARK_NONE, NULL },
  { "（123）收入", HX_MARK_NONE, NULL },
  { "（一收入", HX_MARK_NONE, NULL },
  { "、收入", HX_MARK_NONE, NULL },
  { "收入", HX_MARK_NONE, NULL },
  { "一共三项", HX_MARK_NONE, NULL },
};

static void
marks_of_items_are_known (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autoptr (HxWords) words = words_of (marks[i].text);
      gsize end = 0;
      const HxMark mark = hx_words_mark (words, 0, &end);

      if (mark != marks[i].mark)
        print_error ("%s\n", marks[i].text);
      assert_int_equal (mark, marks[i].mark);
      if (marks[i].behind != NULL)
        assert_string_equal (words->clean->str + end, marks[i].behind);
    }
}

static void
what_is_searched_is_found_first_and_last (void **state)
{
  g_autoptr (HxWords) words = words_of ("支出 1，支出 2，收入");
  const gsize length = words->clean->len;

  (void)state;
  assert_int_equal (hx_words_search (words, 0, length, "支出"), 0);
  assert_int_equal (hx_words_search_last (words, 0, length, "支出"), 10);
  assert_int_equal (hx_words_search (words, 1, length, "支出"), 10);
  /* not beyond the end of the piece */
  assert_true (hx_words_search (words, 0, 5, "支出") == G_MAXSIZE);
  assert_true (hx_words_search_last (words, 0, length, "结余") == G_MAXSIZE);
  assert_true (hx_words_end_with (words, 0, length, "收入"));
  assert_false (hx_words_end_with (words, 0, length - 3, "收入"));
  assert_false (hx_words_end_with (words, length - 3, length, "收入"));
}

static void
the_source_is_given_back_for_any_words (void **state)
{
  g_autoptr (HxSource) source = engine_source ("甲 12.5 万\n元。");
  g_autoptr (HxWords) words = hx_words_new (source);
  g_autofree char *original
      = hx_words_original (words, source, 3, 3 + strlen ("12.5万元"));

  (void)state;
  assert_string_equal (words->clean->str, "甲12.5万元。");
  assert_string_equal (original, "12.5 万\n元");
}

/* ---------------------------------------------------------------- any text */

/* The letters of a text that count, one by one: an independent reading. */
static char *
slow_letters (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p += g_utf8_skip[(guchar)*p])
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (letters, g_utf8_get_char (p));
  return g_string_free (letters, FALSE);
}

static char *
random_text (GRand *random)
{
  static const char *const pieces[]
      = { "收入", "12",   "3.5", " ", "\n", "\r\n", "一、", "，",
          "万元", "𬱖", "a",   "%", "。", "　",   "年" };
  GString *text = g_string_new (NULL);
  const int count = g_rand_int_range (random, 0, 40);

  for (int i = 0; i < count; i++)
    g_string_append (
        text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* Every byte knows its character: what stands there is the letter itself. */
static void
check_origins (const HxWords *words, const char *text)
{
  assert_int_equal (words->origins->len, words->clean->len + 1);
  assert_int_equal (words->steps->len, g_utf8_strlen (text, -1) + 1);
  for (gsize at = 0; at < words->clean->len;)
    {
      const char *here = words->clean->str + at;
      const guint32 origin = g_array_index (words->origins, guint32, at);
      const guint32 step = g_array_index (words->steps, guint32, origin);
      const gsize width = (gsize)g_utf8_skip[(guchar)*here];

      assert_ptr_equal (text + step, g_utf8_offset_to_pointer (text, origin));
      if (*here != ' ' && *here != '\n')
        assert_memory_equal (here, text + step, width);
      for (gsize i = 1; i < width; i++)
        assert_int_equal (g_array_index (words->origins, guint32, at + i),
                          origin);
      at += width;
    }
}

static void
every_letter_of_any_text_is_kept_and_knows_its_place (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (51);

  (void)state;
  for (guint round = 0; round < 500; round++)
    {
      g_autofree char *text = random_text (random);
      g_autofree char *letters = slow_letters (text);
      g_autoptr (HxWords) words = words_of (text);
      g_autofree char *kept = slow_letters (words->clean->str);

      assert_string_equal (kept, letters);
      check_origins (words, text);
      for (guint i = 1; i < words->lines->len; i++)
        assert_true (g_array_index (words->lines, guint32, i - 1)
                     < g_array_index (words->lines, guint32, i));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (blanks_and_widths_are_gone_and_numbers_still_parted),
    cmocka_unit_test (a_heading_on_its_own_line_ends_with_one),
    cmocka_unit_test (marks_of_items_are_known),
    cmocka_unit_test (what_is_searched_is_found_first_and_last),
    cmocka_unit_test (the_source_is_given_back_for_any_words),
    cmocka_unit_test (every_letter_of_any_text_is_kept_and_knows_its_place),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
