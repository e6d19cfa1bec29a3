/* Killed in a storm of writes: what was answered is there, and nothing is
 * half there.
 *
 * The program starts itself again as the child that writes.  Each of its
 * threads says on a pipe, in one small and so unbroken piece, the number of a
 * write that was answered.  The parent kills the child at a random moment,
 * several times over one database, and then compares.
 */
#include "../chance.h"
#include "store_test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define WRITERS 16
#define PARTS 5
#define ROUNDS 12
#define ROUND_SPACE 1000000
#define CHILD "--storm"

/* ---------------------------------------------------------------- the child */

typedef struct
{
  HxStore *store;
  gint64 next;
} Writer;

/* A head that says how many parts it has, and the parts. */
static gboolean
write_whole (HxConnection *connection, gpointer data, GError **error)
{
  const gint64 *number = data;
  HxStatement *head = hx_statement (
      connection, "INSERT INTO head (id, parts) VALUES (?1, ?2)", error);
  HxStatement *part = hx_statement (
      connection, "INSERT INTO part (head, id, text) VALUES (?1, ?2, ?3)",
      error);

  if (head == NULL || part == NULL)
    return FALSE;
  hx_bind_integer (head, 1, *number);
  hx_bind_integer (head, 2, PARTS);
  if (!hx_step_done (head, error))
    return FALSE;
  for (int i = 0; i < PARTS; i++)
    {
      hx_bind_integer (part, 1, *number);
      hx_bind_integer (part, 2, i);
      hx_bind_text (part, 3, "走访慰问离休干部，情况良好", -1);
      if (!hx_step_done (part, error))
        return FALSE;
    }
  return *number % 7 != 0 || hx_fail (error, HX_ERROR_DATA, "x", NULL, NULL);
}

static gpointer
writer_main (gpointer data)
{
  Writer *writer = data;

  for (;; writer->next += WRITERS)
    if (hx_write (writer->store, write_whole, &writer->next, NULL)
        && write (STDOUT_FILENO, &writer->next, sizeof writer->next)
               != sizeof writer->next)
      return NULL;
}

static int
child_main (const char *url, gint64 first)
{
  Writer writers[WRITERS];
  HxStore *store = hx_store_open (url, HX_STORE_OPEN, NULL, NULL);
  GThread *last = NULL;

  if (store == NULL)
    return 1;
  for (int i = 0; i < WRITERS; i++)
    {
      writers[i].store = store;
      writers[i].next = first + i;
      last = g_thread_new ("writer", writer_main, &writers[i]);
    }
  g_thread_join (last);
  return 0;
}

/* --------------------------------------------------------------- the parent */

static pid_t
start_child (const char *url, gint64 first, int *answers)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, first);
  int ends[2];
  pid_t child;

  assert_int_equal (pipe (ends), 0);
  child = fork ();
  if (child == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      execl ("/proc/self/exe", "test", CHILD, url, number, NULL);
      _exit (127);
    }
  close (ends[1]);
  *answers = ends[0];
  return child;
}

/* Everything the child said; it never waits for a full pipe, as this reads
 * while it writes. */
static void
collect (int answers, GArray *answered, gint64 kill_at, pid_t child)
{
  gboolean is_killed = FALSE;
  gint64 number;

  while (read (answers, &number, sizeof number) == sizeof number)
    {
      g_array_append_val (answered, number);
      if (!is_killed && g_get_monotonic_time () > kill_at)
        is_killed = kill (child, SIGKILL) == 0;
    }
}

static void
storm (Fixture *fixture, int round, GArray *answered)
{
  gint64 delay = g_random_int_range (1000, 150000);
  guint before = answered->len;
  int answers = -1;
  int status = 0;
  pid_t child;

  child = start_child (fixture->url, 1 + (gint64)round * ROUND_SPACE, &answers);
  collect (answers, answered, g_get_monotonic_time () + delay, child);
  close (answers);
  assert_int_equal (waitpid (child, &status, 0), child);
  assert_true (WIFSIGNALED (status));
  assert_int_equal (WTERMSIG (status), SIGKILL);
  assert_true (answered->len > before);
}

static void
check_answered (HxStore *store, const GArray *answered)
{
  g_autoptr (HxReader) reader = hx_store_reader (store, NULL);
  HxStatement *statement
      = hx_statement (hx_reader_connection (reader),
                      "SELECT parts FROM head WHERE id = ?1", NULL);

  for (guint i = 0; i < answered->len; i++)
    {
      hx_bind_integer (statement, 1, g_array_index (answered, gint64, i));
      assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
      hx_statement_reset (statement);
    }
}

static void
what_was_answered_survives_and_nothing_is_half_written (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GArray) answered = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  must_write (fixture->store,
              "CREATE TABLE head (id INTEGER PRIMARY KEY, parts INTEGER);"
              "CREATE TABLE part (head INTEGER REFERENCES head (id),"
              " id INTEGER, text TEXT, PRIMARY KEY (head, id))"
              " STRICT, WITHOUT ROWID");
  for (int round = 0; round < ROUNDS; round++)
    {
      hx_store_close (g_steal_pointer (&fixture->store));
      storm (fixture, round, answered);
      fixture->store
          = hx_store_open (fixture->url, HX_STORE_OPEN, NULL, &error);
      assert_no_error (error);
      check_answered (fixture->store, answered);
      assert_int_equal (
          count_of (fixture->store,
                    "SELECT COUNT (*) FROM head WHERE id % 7 = 0 OR parts <>"
                    " (SELECT COUNT (*) FROM part WHERE head = head.id)"),
          0);
      hx_store_check (fixture->store, &error);
      assert_no_error (error);
    }
  assert_true (count_of (fixture->store, "SELECT COUNT (*) FROM head")
               >= (gint64)answered->len);
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (
        what_was_answered_survives_and_nothing_is_half_written, fixture_setup,
        fixture_teardown),
  };

  if (argc == 4 && strcmp (argv[1], CHILD) == 0)
    return child_main (argv[2], g_ascii_strtoll (argv[3], NULL, 10));
  chance_begin ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
