/* Lines become blocks, and each character knows where it stood. */
#include "check/review_text.h"
#include "review_test.h"

/* "kind heading|words" a block. */
static char *
blocks_of (const char *text, gboolean is_markdown)
{
  static const char kinds[] = "HWR";
  g_autoptr (HxReviewText) read = hx_review_text_new (text, is_markdown);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < read->blocks->len; i++)
    {
      const HxTextBlock *block = read->blocks->pdata[i];

      g_string_append_printf (all, "%c %s|%s\n", kinds[block->kind],
                              block->heading, block->words->str);
    }
  return g_string_free (all, FALSE);
}

static const struct
{
  const char *text;
  gboolean is_markdown;
  const char *blocks;
} cases[] = {
  { "", FALSE, "" },
  { "\n \n", TRUE, "" },
  /* lines broken to a page are one paragraph, spaces beside Chinese go */
  { "一、情况\n\n全区共有 25 个教学点，今年新开设三个，\n\n覆盖全部街道。\n",
    FALSE,
    "H 一|一、情况\nW "
    "一|全区共有25个教学点，今年新开设三个，覆盖全部街道。\n" },
  /* a short line that ends a sentence ends the paragraph */
  { "全区共有二十五个教学点，今年新开设三个。\n完成了。\n下一段也写得和第一行一"
    "样长才行。\n",
    FALSE,
    "W |全区共有二十五个教学点，今年新开设三个。完成了。\n"
    "W |下一段也写得和第一行一样长才行。\n" },
  /* an ordinal begins a block, also after an open line */
  { "一、任务\n1.把第一件事情做得又好又快又省\n2.做第二件。\n", FALSE,
    "H 一|一、任务\nW 一1|1.把第一件事情做得又好又快又省\nW "
    "一2|2.做第二件。\n" },
  /* levels nest, a new first level forgets the others */
  { "一、甲\n（二）乙\n1.丙。\n二、丁\n戊。\n", FALSE,
    "H 一|一、甲\nH 一（二）|（二）乙\nW 一（二）1|1.丙。\nH 二|二、丁\nW "
    "二|戊。\n" },
  /* a number at the start of a line is no ordinal */
  { "一、甲\n累计参加学习的人数超过了往年的水平共\n3.9万人次。\n", FALSE,
    "H 一|一、甲\nW 一|累计参加学习的人数超过了往年的水平共3.9万人次。\n" },
  /* form feeds, full-width spaces and byte-order marks are spaces */
  { "\f　　一、甲 \r\n　乙。\n", FALSE, "H 一|一、甲\nW 一|乙。\n" },
  /* Latin words keep their spaces */
  { "use of AI 系统\n", FALSE, "W |use of AI系统\n" },
  /* Markdown */
  { "# 标题\n\n## "
    "一、甲\n\n走访[380多](fact:visits)人次，\n见[网页](http://a)。\n",
    TRUE, "H |标题\nH 一|一、甲\nW 一|走访380多人次，见网页。\n" },
  { "## 附表\n\n| 甲 | 乙 |\n|---|---:|\n| 1\\. | **3** |\n", TRUE,
    "H 附表|附表\nR 附表||甲|乙|\nR 附表|| 1. | 3 |\n" },
  { "- 一条\n- 两条\n\n1. 三条\n2. 四条\n> 五\n<!-- 不算 -->\n", TRUE,
    "W |一条\nW |两条\nW 1|1.三条\nW 2|2.四条\nW 2|五\n" },
  { "[没有完的(fact:x) [[[\n", TRUE, "W |[没有完的(fact:x) [[[\n" },
};

static void
lines_become_blocks (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *blocks = blocks_of (cases[i].text, cases[i].is_markdown);

      if (strcmp (blocks, cases[i].blocks) != 0)
        fail_msg ("case %" G_GSIZE_FORMAT ": %s", i, blocks);
    }
}

static void
a_linked_figure_knows_its_key_and_bytes (void **state)
{
  g_autoptr (HxReviewText) text = hx_review_text_new (
      "走访[380多](fact:visits)人次，[1](fact:a)个\n", TRUE);
  const HxTextBlock *block = text->blocks->pdata[0];
  const char *at = strstr (block->words->str, "380多");
  const gsize start = (gsize)(at - block->words->str);

  (void)state;
  assert_int_equal (block->facts->len, 2);
  assert_string_equal (((HxTextFact *)block->facts->pdata[0])->key, "visits");
  assert_true (hx_text_block_is_fact (block, start, start + 1));
  assert_true (hx_text_block_is_fact (block, 0, block->words->len));
  assert_false (hx_text_block_is_fact (block, 0, start));
  assert_false (
      hx_text_block_is_fact (block, start + strlen ("380多"), start + 9));
}

/* The character that a slow reader finds at line and column. */
static gunichar
character_at (const char *text, guint line, guint column)
{
  for (guint i = 1; i < line; i++)
    text = strchr (text, '\n') + 1;
  return g_utf8_get_char (g_utf8_offset_to_pointer (text, column - 1));
}

static void
assert_places (const char *text, gboolean is_markdown)
{
  g_autoptr (HxReviewText) read = hx_review_text_new (text, is_markdown);

  for (guint i = 0; i < read->blocks->len; i++)
    {
      const HxTextBlock *block = read->blocks->pdata[i];

      for (const char *p = block->words->str; *p != '\0'; p = hx_text_next (p))
        {
          guint line, column;

          if (*p == ' ')
            continue;
          hx_text_block_place (block, (gsize)(p - block->words->str), &line,
                               &column);
          assert_int_equal (character_at (text, line, column),
                            g_utf8_get_char (p));
        }
    }
}

/* Of random texts made of all that is special, every character is found again
 * where it is said to stand. */
static void
every_character_is_found_again_where_it_stood (void **state)
{
  static const char *const pieces[]
      = { "甲",   "乙丙",   "12", " ",  "\n", "\n\n",        "　",
          "一、", "（二）", "1.", "。", "| ", "[3](fact:a)", "[丁](b)",
          "\\*",  "*",      "# ", "- ", "\f", "a b",         "[",
          "](",   ")",      "##", "，" };
  GRand *random = g_rand_new_with_seed (23);

  (void)state;
  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < 60; i++)
        g_string_append (
            text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      assert_places (text->str, FALSE);
      assert_places (text->str, TRUE);
    }
  g_rand_free (random);
}

static void
words_are_found_by_the_longest (void **state)
{
  static const char *const words[] = { "预算", "预算执行率", "执行", NULL };
  gsize from = 0, length = 0;

  (void)state;
  assert_true (hx_words_find ("全年预算执行率", &from, words, &length));
  assert_int_equal (from, strlen ("全年"));
  assert_int_equal (length, strlen ("预算执行率"));
  from += length;
  assert_false (hx_words_find ("全年预算执行率", &from, words, &length));
}

/* ------------------------------------------------------------------- drafts */

static void
a_draft_is_read_in_both_encodings (void **state)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_autofree char *old
      = g_convert ("红霞，年报", -1, "GB18030", "UTF-8", NULL, &length, NULL);
  g_autoptr (HxReviewDraft) first
      = hx_review_draft_new ("a/初稿.txt", old, length, &error);
  g_autoptr (HxReviewDraft) second = hx_review_draft_new (
      "b.md", "\xEF\xBB\xBF红霞", strlen ("\xEF\xBB\xBF红霞"), &error);

  (void)state;
  assert_string_equal (first->text, "红霞，年报");
  assert_string_equal (first->name, "初稿.txt");
  assert_false (first->is_markdown);
  assert_string_equal (second->text, "红霞");
  assert_true (second->is_markdown);
}

static void
what_is_no_text_is_refused (void **state)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } bad[] = { { "\xFF\xFE\xFF", 3 }, { "PK\0\3", 4 }, { "甲\0乙", 7 } };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_null (
          hx_review_draft_new ("a.txt", bad[i].bytes, bad[i].length, &error));
      assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_DATA));
      assert_says (error->message, "a.txt");
    }
  g_autoptr (GError) error = NULL;
  assert_null (hx_review_draft_read ("/nowhere/a.txt", &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
  g_clear_error (&error);
  assert_null (hx_review_draft_read ("/", &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
  g_clear_error (&error);
  assert_null (hx_review_draft_new ("a", "", HX_REVIEW_TEXT_MAX + 1, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_LIMIT));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (lines_become_blocks),
    cmocka_unit_test (a_linked_figure_knows_its_key_and_bytes),
    cmocka_unit_test (every_character_is_found_again_where_it_stood),
    cmocka_unit_test (words_are_found_by_the_longest),
    cmocka_unit_test (a_draft_is_read_in_both_encodings),
    cmocka_unit_test (what_is_no_text_is_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
