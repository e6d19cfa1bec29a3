/* The reading process: what it may do, what is believed of its answer, and
 * what becomes of one that dies, hangs or talks without end. */
#include "source_fixture.h"

#include "check/source_child.h"
#include "check/source_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* -------------------------------------------------------------------- answers
 */

static GByteArray *
answer_of (const char *text, const HxSourceCell *cells, guint count)
{
  g_auto (HxScribe) scribe;

  hx_scribe_init (&scribe);
  hx_scribe_put (&scribe, text, strlen (text));
  g_array_append_vals (scribe.cells, cells, count);
  return hx_answer_write (&scribe, TRUE);
}

static gboolean
is_believed (const GByteArray *answer, gsize length)
{
  HxSource source = { 0 };
  HxSourceFault fault;
  gboolean believed;

  source.cells = g_array_new (FALSE, FALSE, sizeof (HxSourceCell));
  believed = hx_answer_read (answer->data, length, &source, &fault);
  assert_int_equal (fault == HX_FAULT_NONE, believed);
  if (believed)
    assert_int_equal (g_utf8_strlen (source.text, -1), source.characters);
  g_free (source.text);
  g_array_unref (source.cells);
  return believed;
}

typedef struct
{
  HxSourceCell cells[2];
  gboolean believed;
} Cells;

/* Of a text of four characters. */
static const Cells cell_cases[] = {
  { { { 0, 0, 0, 1, 1, 0, 2 }, { 0, 0, 1, 1, 1, 2, 2 } }, TRUE },
  { { { 0, 0, 0, 1, 1, 4, 0 }, { 0, 0, 1, 1, 1, 4, 0 } }, TRUE },
  { { { 0, 0, 0, 1, 1, 0, 2 }, { 0, 0, 1, 1, 1, 1, 2 } }, FALSE },
  { { { 0, 0, 0, 1, 1, 0, 2 }, { 0, 0, 1, 1, 1, 3, 2 } }, FALSE },
  { { { 0, 0, 0, 1, 1, 0, 2 }, { 0, 0, 1, 1, 1, 5, 0 } }, FALSE },
  { { { 0, 0, 0, 1, 1, 0, 5 }, { 0, 0, 1, 1, 1, 5, 0 } }, FALSE },
  { { { 0, 0, 0, 0, 1, 0, 1 }, { 0, 0, 1, 1, 1, 2, 2 } }, FALSE },
  { { { 0, 0, 0, 1, 0, 0, 1 }, { 0, 0, 1, 1, 1, 2, 2 } }, FALSE },
  { { { 0, 9999999, 0, 1, 1, 0, 1 }, { 0, 0, 1, 1, 1, 2, 2 } }, FALSE },
  { { { 0, 0, 0, 1, 1, 2, G_MAXUINT32 - 1 }, { 0, 0, 1, 1, 1, 2, 2 } }, FALSE },
};

static void
cells_outside_the_text_are_not_believed (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cell_cases); i++)
    {
      g_autoptr (GByteArray) answer
          = answer_of ("支出12", cell_cases[i].cells, 2);
      assert_int_equal (is_believed (answer, answer->len),
                        cell_cases[i].believed);
    }
}

static void
an_answer_of_another_size_is_not_believed (void **state)
{
  const HxSourceCell cell = { 0, 0, 0, 1, 1, 0, 2 };
  g_autoptr (GByteArray) answer = answer_of ("支出12", &cell, 1);

  (void)state;
  for (gsize length = 0; length < answer->len; length++)
    assert_false (is_believed (answer, length));
  assert_true (is_believed (answer, answer->len));
  g_byte_array_append (answer, (const guint8 *)"", 1);
  assert_false (is_believed (answer, answer->len));
}

/* Whatever the bytes, no crash and no text that is none. */
static void
random_answers_do_no_harm (void **state)
{
  const HxSourceCell cell = { 0, 0, 0, 1, 1, 0, 2 };
  GRand *rand = g_rand_new_with_seed (7);
  guint believed = 0;

  (void)state;
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GByteArray) answer = answer_of ("支出12", &cell, 1);
      for (gint k = g_rand_int_range (rand, 1, 4); k > 0; k--)
        answer->data[g_rand_int_range (rand, 0, (gint32)answer->len)]
            ^= (guint8)(1 << g_rand_int_range (rand, 0, 8));
      believed += is_believed (answer, answer->len);
    }
  assert_in_range (believed, 100, 19000);
  g_rand_free (rand);
}

static void
every_fault_has_its_message (void **state)
{
  (void)state;
  for (guint i = HX_FAULT_NONE; i <= HX_FAULTS; i++)
    {
      g_autoptr (GError) error = NULL;
      assert_false (hx_source_fail ((HxSourceFault)i, "报告.pdf", &error));
      assert_non_null (strstr (error->message, ": 报告.pdf: "));
    }
}

/* -------------------------------------------------------------------- sandbox
 */

/* One bit for each thing that could be done. */
static int
try_everything (const char *path)
{
  void *page = mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int done = page != MAP_FAILED;

  done |= (open ("/proc/self/status", O_RDONLY | O_CLOEXEC) >= 0) << 1;
  done |= (open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) >= 0) << 2;
  done |= (socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0) << 3;
  done |= (vfork () == 0) << 4;
  done |= (kill (getppid (), 0) == 0) << 5;
  done |= (unlink (path) == 0) << 6;
  return done;
}

static void
a_confined_process_can_do_nothing_else (void **state)
{
  char *path = fixture_file ("在", "1", 1);
  const pid_t child = fork ();
  int status = 0;

  (void)state;
  assert_true (child >= 0);
  if (child == 0)
    _exit (hx_sandbox_enter () ? try_everything (path) : 127);
  assert_int_equal (waitpid (child, &status, 0), child);
  assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) != 127) /* a kernel without the filter */
    assert_int_equal (WEXITSTATUS (status), 0);
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  fixture_remove (path);
}

/* --------------------------------------------------------------- bad children
 */

/* What is read of a page when this script is the reader. */
static char *
read_by (const char *script)
{
  g_autofree char *reader = g_strdup (g_getenv ("HONGXIA_READER"));
  char *path = fixture_file ("reader", script, strlen (script));
  char *text;

  assert_int_equal (g_chmod (path, 0700), 0);
  assert_true (g_setenv ("HONGXIA_READER", path, TRUE));
  text = fixture_read ("页.html", "<html>甲", strlen ("<html>甲"));
  assert_true (g_setenv ("HONGXIA_READER", reader, TRUE));
  fixture_remove (path);
  return text;
}

static const struct
{
  const char *script, *said;
} children[] = {
  { "#!/bin/sh\nexit 0\n", "文件太复杂或已损坏" },
  { "#!/bin/sh\nkill -SEGV $$\n", "文件太复杂或已损坏" },
  { "#!/bin/sh\necho HXR1 and more and more and more\n", "文件太复杂或已损坏" },
  { "#!/bin/sh\nexec yes yes yes yes yes\n", "文件太复杂或已损坏" },
  { "#!/nowhere/at/all\n", "读文件的子进程启动不了" },
};

static void
a_child_that_dies_or_babbles_is_one_error (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autofree char *text = read_by (children[i].script);
      if (!g_str_has_prefix (text, "FAIL ")
          || strstr (text, children[i].said) == NULL)
        fail_msg ("%s gives %s", children[i].script, text);
    }
}

static void
a_child_that_hangs_is_ended (void **state)
{
  static const char script[] = "#!/bin/sh\nexec sleep 60\n";
  g_autofree char *reader = g_strdup (g_getenv ("HONGXIA_READER"));
  char *path = fixture_file ("reader", script, strlen (script));
  const gint64 begun = g_get_monotonic_time ();

  (void)state;
  assert_int_equal (g_chmod (path, 0700), 0);
  assert_true (g_setenv ("HONGXIA_READER", path, TRUE));
  g_autoptr (GByteArray) answer
      = hx_source_start (HX_SOURCE_HTML, STDIN_FILENO, 1, "页", NULL);
  assert_true (g_setenv ("HONGXIA_READER", reader, TRUE));
  fixture_remove (path);
  assert_non_null (answer);
  assert_int_equal (answer->len, 0);
  assert_true (g_get_monotonic_time () - begun < 30 * G_USEC_PER_SEC);
}

/* This program does not know the word; as a reader it would run its tests. */
static void
a_reader_never_starts_a_reader (void **state)
{
  (void)state;
  assert_true (g_setenv ("HONGXIA_READING", "1", TRUE));
  g_autofree char *text
      = fixture_read ("页.html", "<html>甲", strlen ("<html>甲"));
  g_unsetenv ("HONGXIA_READING");
  assert_non_null (strstr (text, "FAIL 读文件的子进程启动不了"));
}

static gpointer
read_many (gpointer data)
{
  (void)data;
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text
          = fixture_read ("页.html", "<html>甲", strlen ("<html>甲"));
      assert_string_equal (text, "甲\n");
    }
  return NULL;
}

static void
threads_read_at_the_same_time (void **state)
{
  GThread *threads[4];

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_many, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
the_hidden_word_wants_a_kind_and_a_file (void **state)
{
  int ends[2];

  (void)state;
  assert_int_equal (pipe (ends), 0);
  assert_int_equal (hx_source_child_main ("none", ends[0], ends[1]), 2);
  assert_int_equal (hx_source_child_main ("html", ends[0], ends[1]), 2);
  close (ends[0]);
  close (ends[1]);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (cells_outside_the_text_are_not_believed),
    cmocka_unit_test (an_answer_of_another_size_is_not_believed),
    cmocka_unit_test (random_answers_do_no_harm),
    cmocka_unit_test (every_fault_has_its_message),
    cmocka_unit_test (a_confined_process_can_do_nothing_else),
    cmocka_unit_test (a_child_that_dies_or_babbles_is_one_error),
    cmocka_unit_test (a_child_that_hangs_is_ended),
    cmocka_unit_test (a_reader_never_starts_a_reader),
    cmocka_unit_test (threads_read_at_the_same_time),
    cmocka_unit_test (the_hidden_word_wants_a_kind_and_a_file),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
