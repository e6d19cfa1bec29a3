/* Plain text: what is read is the file, character for character; what is no
 * text is one error with its place. */
#include "source_fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SENTENCE "支出 2,955.57 万元，占 74.59%。"

typedef struct
{
  const char *bytes;
  gsize size;
  const char *text;
} Case;

#define CASE(bytes, text)                                                      \
  {                                                                            \
    bytes, sizeof (bytes) - 1, text                                            \
  }

static void
check (const Case *cases, gsize count)
{
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *text
          = fixture_read ("报告.txt", cases[i].bytes, cases[i].size);
      assert_string_equal (text, cases[i].text);
    }
}

static const Case texts[] = {
  CASE ("", ""),
  CASE ("12", "12"),
  CASE (SENTENCE, SENTENCE),
  CASE ("\xEF\xBB\xBF" SENTENCE, SENTENCE),
  CASE ("甲\r\n乙\r丙\n\f丁\t", "甲\r\n乙\r丙\n\f丁\t"),
  CASE ("\xEF\xBB\xBF\xEF\xBB\xBF甲", "\xEF\xBB\xBF甲"),
  /* GB18030 of two and of four bytes */
  CASE ("\xD6\xA7\xB3\xF6\r\n1", "支出\r\n1"),
  CASE ("\x99\x33\xC3\x36\xBC\xD7", "𬱖甲"),
  CASE ("\xC1\xAA\xCD\xA8\xD6\xA7\xB3\xF6", "联通支出"),
  /* UTF-16 by its mark */
  CASE ("\xFF\xFE\x32\x75\x0D\0\x0A\0\x31\0", "甲\r\n1"),
  CASE ("\xFE\xFF\x75\x32\0\x31", "甲1"),
  /* not markup, though it begins like it */
  CASE ("<5 万元", "<5 万元"),
};

static void
a_text_is_its_file (void **state)
{
  (void)state;
  check (texts, G_N_ELEMENTS (texts));
}

#define TO_UTF8 ": 请另存为 UTF-8 文本后再试"
#define WHICH ": 可以读文本、网页、Word（docx）和 PDF"

static const Case wrong[] = {
  CASE ("甲\n支出\xFF一二三",
        "FAIL 第 2 行第 3 个字起，不是 UTF-8 编码的文字: ?" TO_UTF8),
  CASE ("\xEF\xBB\xBF甲\x80",
        "FAIL 第 1 行第 2 个字起，不是 UTF-8 编码的文字: ?" TO_UTF8),
  CASE ("一二三四\xE4\xB8",
        "FAIL 第 1 行第 5 个字起，不是 UTF-8 编码的文字: ?" TO_UTF8),
  CASE ("\xD6\xA7\n\xB3\xF6\xFF",
        "FAIL 第 2 行第 2 个字起，不是 GB18030 编码的文字: ?" TO_UTF8),
  CASE ("\xD6\xA7\xB3",
        "FAIL 第 1 行第 2 个字起，不是 GB18030 编码的文字: ?" TO_UTF8),
  CASE ("\xFF\xFE\x32\x75\x31",
        "FAIL 第 1 行第 2 个字起，不是 UTF-16LE 编码的文字: ?" TO_UTF8),
  CASE ("\xFF\xFE\x32\x75\0\0",
        "FAIL 第 1 行第 2 个字起，不是 UTF-16LE 编码的文字: ?" TO_UTF8),
  CASE ("甲\0乙", "FAIL 里面有空字节，不是文字文件: ?" WHICH),
};

/* The file's own path, which differs, is "?" in the expected text. */
static void
what_is_no_text_is_told_with_its_place (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (GStrv) parts = g_strsplit (wrong[i].text, "?", 2);
      g_autofree char *said
          = fixture_read ("报告.txt", wrong[i].bytes, wrong[i].size);
      if (!g_str_has_prefix (said, parts[0])
          || !g_str_has_suffix (said, parts[1]))
        fail_msg ("%s\ninstead of %s", said, wrong[i].text);
    }
}

static const Case kinds[] = {
  CASE ("\xD0\xCF\x11\xE0\xA1\xB1", "旧版 doc 文档，或加了密码"),
  CASE ("{\\rtf1 x}", "是 RTF 文档"),
  CASE ("\x89PNG\r\n\x1A\n", "是图片"),
  CASE ("II*\0abc", "是图片"),
  CASE ("Rar!\x1A\7", "是压缩包"),
  CASE ("\x1F\x8B\x08", "是压缩包"),
  CASE ("PK\5\6\0\0\0\0", "是空的压缩包"),
};

static void
other_kinds_are_named (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *said
          = fixture_read ("报告.txt", kinds[i].bytes, kinds[i].size);
      if (strstr (said, kinds[i].text) == NULL)
        fail_msg ("%s\ninstead of %s", said, kinds[i].text);
    }
}

/* ------------------------------------------------------------- random texts */

static void
append_random (GString *text, GRand *rand)
{
  static const gunichar firsts[] = { 0x20, 0x4E00, 0x3000, 0xFF01, 0x2C400 };
  const gunichar first
      = firsts[g_rand_int_range (rand, 0, G_N_ELEMENTS (firsts))];

  g_string_append_unichar (text,
                           first + (gunichar)g_rand_int_range (rand, 0, 90));
}

static void
check_encoding (const char *text, const char *encoding)
{
  gsize size = 0;
  g_autofree char *bytes
      = g_convert (text, -1, encoding, "UTF-8", NULL, &size, NULL);
  g_autofree char *read = NULL;

  assert_non_null (bytes);
  read = fixture_read ("报告.txt", bytes, size);
  assert_string_equal (read, text);
}

static void
random_texts_come_back_from_every_encoding (void **state)
{
  GRand *rand = g_rand_new_with_seed (20260211);

  (void)state;
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GString) text = g_string_new ("收入支出");
      const gint length = g_rand_int_range (rand, 0, 400);
      for (gint k = 0; k < length; k++)
        append_random (text, rand);
      check_encoding (text->str, "UTF-8");
      check_encoding (text->str, "GB18030");
    }
  g_rand_free (rand);
}

/* -------------------------------------------------------------------- files */

static void
check_fails (const char *path, HxErrorCode code, const char *what)
{
  g_autoptr (GError) error = NULL;

  assert_null (hx_source_read (path, &error));
  assert_true (g_error_matches (error, HX_ERROR, (int)code));
  if (strstr (error->message, what) == NULL)
    fail_msg ("%s\ninstead of %s", error->message, what);
}

static void
what_cannot_be_opened_is_one_error (void **state)
{
  (void)state;
  check_fails ("/nowhere/报告.txt", HX_ERROR_NOT_FOUND, "没有这个文件");
  check_fails (g_get_tmp_dir (), HX_ERROR_DATA, "这是文件夹");
}

static void
check_large (goffset size, const char *what)
{
  char *path = fixture_file ("报告.txt", "1", 1);

  assert_int_equal (truncate (path, size), 0);
  check_fails (path, HX_ERROR_LIMIT, what);
  fixture_remove (path);
}

static void
what_is_too_large_is_refused_before_it_is_read (void **state)
{
  (void)state;
  check_large ((goffset)HX_SOURCE_BYTES_MAX + 1, "最多 64 MB");
  check_large (2 * HX_SOURCE_TEXT_MAX + 1, "最多 8 MB");
}

static void
eight_megabytes_are_read_and_no_byte_more (void **state)
{
  g_autofree char *bytes = g_malloc (HX_SOURCE_TEXT_MAX + 1);

  (void)state;
  memset (bytes, '7', HX_SOURCE_TEXT_MAX + 1);
  g_autofree char *read = fixture_read ("大.txt", bytes, HX_SOURCE_TEXT_MAX);
  assert_int_equal (strlen (read), HX_SOURCE_TEXT_MAX);
  g_autofree char *more
      = fixture_read ("大.txt", bytes, HX_SOURCE_TEXT_MAX + 1);
  assert_non_null (strstr (more, "最多 8 MB"));
}

/* Standard input, here a pipe and then a file that was read before. */
static void
check_standard_input (int file, const char *text)
{
  const int kept = dup (STDIN_FILENO);
  g_autoptr (GError) error = NULL;

  assert_int_equal (dup2 (file, STDIN_FILENO), STDIN_FILENO);
  g_autoptr (HxSource) source = hx_source_read ("-", &error);
  assert_int_equal (dup2 (kept, STDIN_FILENO), STDIN_FILENO);
  close (kept);
  assert_null (error);
  assert_string_equal (source->text, text);
  assert_string_equal (source->name, "-");
}

static void
standard_input_is_read_as_a_file_is (void **state)
{
  char *path = fixture_file ("报告.txt", SENTENCE, strlen (SENTENCE));
  const int file = open (path, O_RDONLY | O_CLOEXEC);
  int ends[2];

  (void)state;
  assert_int_equal (pipe (ends), 0);
  assert_int_equal (write (ends[1], SENTENCE, strlen (SENTENCE)),
                    strlen (SENTENCE));
  close (ends[1]);
  check_standard_input (ends[0], SENTENCE);
  close (ends[0]);
  check_standard_input (file, SENTENCE);
  close (file);
  fixture_remove (path);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_text_is_its_file),
    cmocka_unit_test (what_is_no_text_is_told_with_its_place),
    cmocka_unit_test (other_kinds_are_named),
    cmocka_unit_test (random_texts_come_back_from_every_encoding),
    cmocka_unit_test (what_cannot_be_opened_is_one_error),
    cmocka_unit_test (what_is_too_large_is_refused_before_it_is_read),
    cmocka_unit_test (eight_megabytes_are_read_and_no_byte_more),
    cmocka_unit_test (standard_input_is_read_as_a_file_is),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
