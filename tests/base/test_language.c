/* The catalogue can be loaded once in a process, so that damaged ones come
 * first, and those that might pass are tried in a child. */
#include "support.h"

#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  const char *original, *translation;
} Pair;

/* Sorted by byte, as msgfmt sorts. */
static const Pair pairs[] = {
  { "", "Content-Type: text/plain; charset=UTF-8\n" },
  { "%s 不是数字", "%s is not a number" },
  { "一", "one" },
  { "三", "three" },
  { "二", "two" },
  { "无译文", "" },
};

static void
put_word (GByteArray *out, guint32 word, gboolean swapped)
{
  guint32 value = swapped ? GUINT32_SWAP_LE_BE (word) : word;

  g_byte_array_append (out, (const guint8 *)&value, sizeof value);
}

static GByteArray *
build (const Pair *list, guint count, gboolean swapped)
{
  GByteArray *out = g_byte_array_new ();
  guint32 offset = 28 + count * 16;
  const guint32 head[]
      = { 0x950412de, 0, count, 28, 28 + count * 8, 0, offset };

  for (gsize i = 0; i < G_N_ELEMENTS (head); i++)
    put_word (out, head[i], swapped);
  for (guint i = 0; i < 2 * count; i++)
    {
      const char *text
          = i < count ? list[i].original : list[i - count].translation;

      put_word (out, (guint32)strlen (text), swapped);
      put_word (out, offset, swapped);
      offset += (guint32)strlen (text) + 1;
    }
  for (guint i = 0; i < 2 * count; i++)
    {
      const char *text
          = i < count ? list[i].original : list[i - count].translation;

      g_byte_array_append (out, (const guint8 *)text, (guint)strlen (text) + 1);
    }
  return out;
}

static gboolean
load (const GByteArray *data, guint size, GError **error)
{
  /* A copy of exactly this size: reading past it is caught. */
  g_autoptr (GBytes) bytes = g_bytes_new (data->data, size);

  return hx_language_load (HX_LANGUAGE_ENGLISH, bytes, error);
}

static void
before_a_catalogue_is_loaded_everything_is_chinese (void **state)
{
  (void)state;
  assert_int_equal (hx_language_get (), HX_LANGUAGE_CHINESE);
  hx_language_set (HX_LANGUAGE_ENGLISH);
  assert_string_equal (hx_text ("一"), "一");
  hx_language_set (HX_LANGUAGE_CHINESE);
}

static void
a_catalogue_cut_anywhere_is_refused (void **state)
{
  g_autoptr (GByteArray) whole = build (pairs, G_N_ELEMENTS (pairs), FALSE);

  (void)state;
  for (guint size = 0; size < whole->len; size++)
    {
      g_autoptr (GError) error = NULL;

      assert_false (load (whole, size, &error));
      assert_error (error, HX_ERROR_DATA, "译文文件已损坏");
    }
}

static void
a_catalogue_out_of_order_is_refused (void **state)
{
  static const Pair unsorted[] = { { "二", "two" }, { "一", "one" } };
  static const Pair doubled[] = { { "一", "one" }, { "一", "uno" } };
  g_autoptr (GByteArray) first = build (unsorted, 2, FALSE);
  g_autoptr (GByteArray) second = build (doubled, 2, FALSE);

  (void)state;
  assert_false (load (first, first->len, NULL));
  assert_false (load (second, second->len, NULL));
}

static void
a_catalogue_of_chinese_is_refused (void **state)
{
  g_autoptr (GByteArray) data = build (pairs, G_N_ELEMENTS (pairs), FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new (data->data, data->len);
  g_autoptr (GError) error = NULL;

  (void)state;
  assert_false (hx_language_load (HX_LANGUAGE_CHINESE, bytes, &error));
  assert_error (error, HX_ERROR_USAGE, "中文");
}

/* 0 refused, 1 loaded and every lookup came back; a crash is neither. */
static int
try_in_child (const GByteArray *data)
{
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      int loaded = load (data, data->len, NULL);
      gsize length = 0;

      hx_language_set (HX_LANGUAGE_ENGLISH);
      for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
        length += strlen (hx_text (pairs[i].original));
      _exit (length < 100000 ? loaded : 2);
    }
  assert_int_equal (waitpid (child, &status, 0), child);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

static void
no_changed_byte_makes_a_lookup_crash (void **state)
{
  g_autoptr (GByteArray) data = build (pairs, G_N_ELEMENTS (pairs), FALSE);

  (void)state;
  for (guint i = 0; i < 28 + 16 * G_N_ELEMENTS (pairs); i++)
    {
      guint8 kept = data->data[i];

      data->data[i] = (guint8)(kept ^ (i % 2 == 0 ? 0xFF : 0x01));
      assert_in_range (try_in_child (data), 0, 1);
      data->data[i] = kept;
    }
}

static void
a_catalogue_of_the_other_byte_order_is_read (void **state)
{
  g_autoptr (GByteArray) data = build (pairs, G_N_ELEMENTS (pairs), TRUE);

  (void)state;
  assert_int_equal (try_in_child (data), 1);
}

static void
english_is_looked_up_and_chinese_is_not (void **state)
{
  g_autoptr (GByteArray) data = build (pairs, G_N_ELEMENTS (pairs), FALSE);

  (void)state;
  assert_true (load (data, data->len, NULL));
  assert_string_equal (hx_text ("二"), "二");
  hx_language_set (HX_LANGUAGE_ENGLISH);
  assert_string_equal (hx_text ("一"), "one");
  assert_string_equal (hx_text ("二"), "two");
  assert_string_equal (hx_text ("三"), "three");
  assert_string_equal (_ ("%s 不是数字"), "%s is not a number");
  hx_language_set (HX_LANGUAGE_CHINESE);
}

static void
text_without_a_translation_stays_chinese (void **state)
{
  (void)state;
  hx_language_set (HX_LANGUAGE_ENGLISH);
  assert_string_equal (hx_text ("四"), "四");
  assert_string_equal (hx_text ("无译文"), "无译文");
  assert_string_equal (hx_text (""), "");
  hx_language_set (HX_LANGUAGE_CHINESE);
}

static void
a_second_catalogue_is_refused (void **state)
{
  g_autoptr (GByteArray) data = build (pairs, G_N_ELEMENTS (pairs), FALSE);
  g_autoptr (GError) error = NULL;

  (void)state;
  assert_false (load (data, data->len, &error));
  assert_error (error, HX_ERROR_CONFLICT, "一次");
}

static gpointer
speak_in_thread (gpointer data)
{
  HxLanguage first = hx_language_get ();

  hx_language_set (HX_LANGUAGE_ENGLISH);
  *(const char **)data = hx_text ("一");
  return GINT_TO_POINTER (first);
}

static void
each_thread_speaks_its_own_language (void **state)
{
  const char *said = NULL;
  GThread *thread = g_thread_new ("other", speak_in_thread, &said);

  (void)state;
  assert_int_equal (GPOINTER_TO_INT (g_thread_join (thread)),
                    HX_LANGUAGE_CHINESE);
  assert_string_equal (said, "one");
  assert_string_equal (hx_text ("一"), "一");
}

static void
names_of_languages_are_read (void **state)
{
  static const struct
  {
    const char *name;
    int language; /* -1: refused */
  } cases[] = {
    { "zh", HX_LANGUAGE_CHINESE },
    { "zh_CN.UTF-8", HX_LANGUAGE_CHINESE },
    { "zh-Hans", HX_LANGUAGE_CHINESE },
    { "EN", HX_LANGUAGE_ENGLISH },
    { "en_US", HX_LANGUAGE_ENGLISH },
    { "en.UTF-8", HX_LANGUAGE_ENGLISH },
    { "eng", -1 },
    { "C", -1 },
    { "", -1 },
    { "fr_FR", -1 },
    { NULL, -1 },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HxLanguage language = (HxLanguage)99;
      gboolean read = hx_language_parse (cases[i].name, &language);

      assert_int_equal (read ? (int)language : -1, cases[i].language);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (before_a_catalogue_is_loaded_everything_is_chinese),
    cmocka_unit_test (a_catalogue_cut_anywhere_is_refused),
    cmocka_unit_test (a_catalogue_out_of_order_is_refused),
    cmocka_unit_test (a_catalogue_of_chinese_is_refused),
    cmocka_unit_test (no_changed_byte_makes_a_lookup_crash),
    cmocka_unit_test (a_catalogue_of_the_other_byte_order_is_read),
    cmocka_unit_test (english_is_looked_up_and_chinese_is_not),
    cmocka_unit_test (text_without_a_translation_stays_chinese),
    cmocka_unit_test (a_second_catalogue_is_refused),
    cmocka_unit_test (each_thread_speaks_its_own_language),
    cmocka_unit_test (names_of_languages_are_read),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
