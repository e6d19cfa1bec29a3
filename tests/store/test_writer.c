/* The writer: each write whole or not at all, and answered for. */
#include "store_test.h"

#include <pthread.h>

#include "fault.h"
#include "store/store_internal.h"

#define THREADS 64
#define WRITES 60

static int
setup (void **state)
{
  Fixture *fixture;

  fault_set (FAULT_NONE);
  if (fixture_setup (state) != 0)
    return 1;
  fixture = *state;
  must_write (fixture->store,
              "CREATE TABLE thing (id INTEGER PRIMARY KEY, part TEXT)");
  return 0;
}

static int
teardown (void **state)
{
  fault_set (FAULT_NONE);
  return fixture_teardown (state);
}

static gint64
things (Fixture *fixture)
{
  return count_of (fixture->store, "SELECT COUNT (*) FROM thing");
}

/* ------------------------------------------------------------- many writers */

typedef struct
{
  HxStore *store;
  int number;
  gboolean succeeded[WRITES];
  int wrong_answers;
} Clerk;

typedef struct
{
  gint64 id;
  gboolean fails;
} Entry;

static gboolean
insert (HxConnection *connection, gint64 id, GError **error)
{
  HxStatement *statement
      = hx_statement (connection, "INSERT INTO thing (id) VALUES (?1)", error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, id);
  return hx_step_done (statement, error);
}

/* Two rows or none; those that fail have done half of their work. */
static gboolean
enter (HxConnection *connection, gpointer data, GError **error)
{
  const Entry *entry = data;

  if (!insert (connection, entry->id, error))
    return FALSE;
  if (entry->fails)
    return hx_fail (error, HX_ERROR_DATA, "此行有误", NULL, NULL);
  return insert (connection, -entry->id, error);
}

static gpointer
clerk_main (gpointer data)
{
  Clerk *clerk = data;

  for (int i = 0; i < WRITES; i++)
    {
      g_autoptr (GError) error = NULL;
      Entry entry = { .id = 1 + clerk->number * WRITES + i,
                      .fails = (clerk->number + i) % 3 == 0 };

      clerk->succeeded[i] = hx_write (clerk->store, enter, &entry, &error);
      if (clerk->succeeded[i] == entry.fails
          || clerk->succeeded[i] != (error == NULL))
        clerk->wrong_answers++;
    }
  return NULL;
}

static void
run_clerks (HxStore *store, Clerk *clerks)
{
  GThread *threads[THREADS];

  for (int i = 0; i < THREADS; i++)
    {
      clerks[i].store = store;
      clerks[i].number = i;
      threads[i] = g_thread_new ("clerk", clerk_main, &clerks[i]);
    }
  for (int i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
}

static void
exactly_what_was_answered_is_there (void **state)
{
  Fixture *fixture = *state;
  g_autofree Clerk *clerks = g_new0 (Clerk, THREADS);
  g_autoptr (HxReader) reader = NULL;
  HxStatement *statement;
  gint64 expected = 0;

  run_clerks (fixture->store, clerks);
  reader = hx_store_reader (fixture->store, NULL);
  statement = hx_statement (
      hx_reader_connection (reader),
      "SELECT COUNT (*) FROM thing WHERE id = ?1 OR id = -?1", NULL);
  for (int i = 0; i < THREADS * WRITES; i++)
    {
      const Clerk *clerk = &clerks[i / WRITES];
      gboolean succeeded = clerk->succeeded[i % WRITES];

      hx_bind_integer (statement, 1, i + 1);
      assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
      assert_int_equal (hx_column_integer (statement, 0), succeeded ? 2 : 0);
      hx_statement_reset (statement);
      expected += succeeded ? 2 : 0;
      assert_int_equal (clerk->wrong_answers, 0);
    }
  assert_int_equal (expected, 2 * (THREADS * WRITES * 2 / 3));
  assert_int_equal (things (fixture), expected);
  assert_true (hx_store_check (fixture->store, NULL));
}

/* ------------------------------------------------------------ one by one */

static gboolean
insert_then_fail (HxConnection *connection, gpointer data, GError **error)
{
  (void)data;
  return insert (connection, 1, error)
         && hx_fail (error, HX_ERROR_CONFLICT, "不行", NULL, NULL);
}

static void
a_failed_write_gives_its_own_error_and_leaves_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  assert_false (hx_write (fixture->store, insert_then_fail, NULL, &error));
  assert_failed (error, HX_ERROR_CONFLICT, "不行");
  assert_int_equal (things (fixture), 0);
  assert_false (hx_write (fixture->store, insert_then_fail, NULL, NULL));
}

static gboolean
fail_silently (HxConnection *connection, gpointer data, GError **error)
{
  (void)data;
  (void)error;
  return insert (connection, 1, NULL) && FALSE;
}

static void
a_write_that_fails_silently_still_gives_an_error (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  assert_false (hx_write (fixture->store, fail_silently, NULL, &error));
  assert_failed (error, HX_ERROR_STORE, "原因");
  assert_int_equal (things (fixture), 0);
}

static gboolean
insert_and_discard (HxConnection *connection, gpointer data, GError **error)
{
  gint64 *seen = data;

  hx_write_discard (connection);
  return insert (connection, 1, error)
         && hx_query_integer (connection, "SELECT COUNT (*) FROM thing", 0,
                              seen, error);
}

static void
a_discarded_write_succeeds_and_leaves_no_trace (void **state)
{
  Fixture *fixture = *state;
  gint64 seen = 0;

  assert_true (hx_write (fixture->store, insert_and_discard, &seen, NULL));
  assert_int_equal (seen, 1);
  assert_int_equal (things (fixture), 0);
  must_write (fixture->store, "INSERT INTO thing (id) VALUES (2)");
  assert_int_equal (things (fixture), 1);
}

static gboolean
write_again (HxConnection *connection, gpointer data, GError **error)
{
  return insert (connection, 1, error)
         && hx_write (data, write_again, data, error);
}

static void
a_write_inside_a_write_is_refused (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  assert_false (hx_write (fixture->store, write_again, fixture->store, &error));
  assert_failed (error, HX_ERROR_STORE, "写入之中不能再发起写入");
  assert_int_equal (things (fixture), 0);
}

static gboolean
leave_midway (HxConnection *connection, gpointer data, GError **error)
{
  HxStatement *statement
      = hx_statement (connection, "SELECT id FROM thing", error);

  (void)data;
  return insert (connection, 3, error)
         && hx_step (statement, error) == HX_STEP_ROW;
}

static gboolean
leave_midway_and_fail (HxConnection *connection, gpointer data, GError **error)
{
  return leave_midway (connection, data, error) && FALSE;
}

static void
a_statement_left_midway_blocks_nothing (void **state)
{
  Fixture *fixture = *state;

  must_write (fixture->store, "INSERT INTO thing (id) VALUES (1), (2)");
  assert_false (hx_write (fixture->store, leave_midway_and_fail, NULL, NULL));
  assert_int_equal (things (fixture), 2);
  assert_true (hx_write (fixture->store, leave_midway, NULL, NULL));
  assert_int_equal (things (fixture), 3);
  must_write (fixture->store, "DROP TABLE thing");
}

static void
a_write_cannot_end_the_transaction (void **state)
{
  static const char *const attempts[]
      = { "COMMIT",
          "ROLLBACK",
          "BEGIN",
          "RELEASE hx_write",
          "ROLLBACK TO hx_write",
          "INSERT INTO thing (id) VALUES (2); END" };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_false (write_sql (fixture->store, attempts[i], &error));
      assert_failed (error, HX_ERROR_STORE, "事务");
    }
  assert_int_equal (things (fixture), 0);
}

static void
a_write_may_have_savepoints_of_its_own (void **state)
{
  Fixture *fixture = *state;

  must_write (fixture->store, "INSERT INTO thing (id) VALUES (1);"
                              "SAVEPOINT mine;"
                              "INSERT INTO thing (id) VALUES (2);"
                              "ROLLBACK TO mine; RELEASE mine;"
                              "INSERT INTO thing (id) VALUES (3);"
                              "SAVEPOINT left_open");
  assert_int_equal (count_of (fixture->store, "SELECT SUM (id) FROM thing"), 4);
}

/* -------------------------------------------------------- one shared round
 *
 * A gate write holds the writer until all others wait behind it: those then
 * run in one transaction.
 */

#define ROUND 8

typedef struct
{
  pthread_mutex_t lock;
  pthread_cond_t changed;
  gboolean is_held;
  gboolean is_open;
} Gate;

typedef struct
{
  HxStore *store;
  const char *sql;
  HxLanguage language;
  HxLanguage spoken; /* while the write ran */
  GError *error;
  gboolean succeeded;
} Caller;

static gboolean
run_caller (HxConnection *connection, gpointer data, GError **error)
{
  Caller *caller = data;

  caller->spoken = hx_language_get ();
  return hx_execute (connection, caller->sql, error);
}

static gboolean
hold (HxConnection *connection, gpointer data, GError **error)
{
  Gate *gate = data;

  (void)connection;
  (void)error;
  pthread_mutex_lock (&gate->lock);
  gate->is_held = TRUE;
  pthread_cond_broadcast (&gate->changed);
  while (!gate->is_open)
    pthread_cond_wait (&gate->changed, &gate->lock);
  pthread_mutex_unlock (&gate->lock);
  return TRUE;
}

typedef struct
{
  HxStore *store;
  Gate *gate;
} Holder;

static gpointer
holder_main (gpointer data)
{
  Holder *holder = data;

  hx_write (holder->store, hold, holder->gate, NULL);
  return NULL;
}

static gpointer
caller_main (gpointer data)
{
  Caller *caller = data;

  hx_language_set (caller->language);
  caller->succeeded
      = hx_write (caller->store, run_caller, caller, &caller->error);
  return NULL;
}

/* The last in the queue, once it is another than `previous`. */
static HxRequest *
wait_for_next (HxStore *store, HxRequest *previous)
{
  HxRequest *last = previous;

  while (last == previous)
    {
      g_usleep (200);
      pthread_mutex_lock (&store->writer.lock);
      last = store->writer.last;
      pthread_mutex_unlock (&store->writer.lock);
    }
  return last;
}

static void
run_round (Fixture *fixture, Caller *callers, Fault fault)
{
  Gate gate
      = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, FALSE, FALSE };
  Holder holder = { fixture->store, &gate };
  GThread *first = g_thread_new ("holder", holder_main, &holder);
  GThread *threads[ROUND];
  HxRequest *last = NULL;

  pthread_mutex_lock (&gate.lock);
  while (!gate.is_held)
    pthread_cond_wait (&gate.changed, &gate.lock);
  pthread_mutex_unlock (&gate.lock);
  for (int i = 0; i < ROUND; i++)
    {
      callers[i].store = fixture->store;
      threads[i] = g_thread_new ("caller", caller_main, &callers[i]);
      last = wait_for_next (fixture->store, last);
    }
  fault_set (fault);
  pthread_mutex_lock (&gate.lock);
  gate.is_open = TRUE;
  pthread_cond_broadcast (&gate.changed);
  pthread_mutex_unlock (&gate.lock);
  g_thread_join (first);
  for (int i = 0; i < ROUND; i++)
    g_thread_join (threads[i]);
  pthread_mutex_destroy (&gate.lock);
  pthread_cond_destroy (&gate.changed);
}

static void
clear_callers (Caller *callers)
{
  for (int i = 0; i < ROUND; i++)
    g_clear_error (&callers[i].error);
}

static void
a_failed_commit_is_told_to_all_of_its_round (void **state)
{
  static const struct
  {
    Fault fault;
    const char *part;
  } faults[] = { { FAULT_FULL, "磁盘空间不足" }, { FAULT_SYNC, "出错" } };
  Fixture *fixture = *state;

  for (gsize f = 0; f < G_N_ELEMENTS (faults); f++)
    {
      Caller callers[ROUND] = { 0 };

      for (int i = 0; i < ROUND; i++)
        callers[i].sql = "INSERT INTO thing (part) VALUES ('x')";
      run_round (fixture, callers, faults[f].fault);
      assert_true (fault_count () > 0);
      fault_set (FAULT_NONE);
      for (int i = 0; i < ROUND; i++)
        {
          assert_false (callers[i].succeeded);
          assert_failed (callers[i].error, HX_ERROR_STORE, faults[f].part);
        }
      clear_callers (callers);
      assert_int_equal (things (fixture), 0);
    }
  must_write (fixture->store, "INSERT INTO thing (id) VALUES (1)");
  fixture_reopen (fixture);
  assert_int_equal (things (fixture), 1);
}

static void
each_write_speaks_the_language_of_its_caller (void **state)
{
  Fixture *fixture = *state;
  Caller callers[ROUND] = { 0 };

  for (int i = 0; i < ROUND; i++)
    {
      callers[i].sql = "INSERT INTO thing (part) VALUES ('x')";
      callers[i].language
          = i % 2 == 0 ? HX_LANGUAGE_ENGLISH : HX_LANGUAGE_CHINESE;
    }
  run_round (fixture, callers, FAULT_NONE);
  for (int i = 0; i < ROUND; i++)
    assert_int_equal (callers[i].spoken, callers[i].language);
}

static void
a_failed_write_does_not_touch_its_neighbours (void **state)
{
  Fixture *fixture = *state;
  Caller callers[ROUND] = { 0 };

  for (int i = 0; i < ROUND; i++)
    callers[i].sql = i == 3 ? "INSERT INTO thing (part) VALUES ('y');"
                              "INSERT INTO thing (id) VALUES (1), (1)"
                            : "INSERT INTO thing (part) VALUES ('x')";
  run_round (fixture, callers, FAULT_NONE);
  for (int i = 0; i < ROUND; i++)
    assert_int_equal (callers[i].succeeded, i != 3);
  assert_failed (callers[3].error, HX_ERROR_CONFLICT, "thing.id");
  clear_callers (callers);
  assert_int_equal (things (fixture), ROUND - 1);
  assert_int_equal (
      count_of (fixture->store, "SELECT COUNT (*) FROM thing WHERE part = 'y'"),
      0);
}

static void
a_key_that_stays_open_fails_its_own_write_alone (void **state)
{
  Fixture *fixture = *state;
  Caller callers[ROUND] = { 0 };

  must_write (fixture->store,
              "CREATE TABLE child (id INTEGER PRIMARY KEY, of INTEGER"
              " REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)");
  for (int i = 0; i < ROUND; i++)
    callers[i].sql = i == 2 ? "INSERT INTO child (of) VALUES (99)"
                            : "INSERT INTO child (id, of) VALUES (1, 7);"
                              "INSERT INTO thing (id) VALUES (7);"
                              "DELETE FROM child; DELETE FROM thing;"
                              "INSERT INTO thing (part) VALUES ('x')";
  for (int i = 3; i < ROUND; i++)
    callers[i].sql = "INSERT INTO child (of) SELECT MAX (id) FROM thing";
  run_round (fixture, callers, FAULT_NONE);
  for (int i = 0; i < ROUND; i++)
    assert_int_equal (callers[i].succeeded, i != 2);
  assert_failed (callers[2].error, HX_ERROR_CONFLICT, "不存在");
  clear_callers (callers);
  assert_int_equal (count_of (fixture->store, "SELECT COUNT (*) FROM child"),
                    ROUND - 3);
  assert_true (hx_store_check (fixture->store, NULL));
}

static void
a_lost_transaction_fails_those_in_it_and_spares_the_rest (void **state)
{
  HxStoreOptions options = { .cache_kib = 64 };
  Fixture *fixture = *state;
  Caller callers[ROUND] = { 0 };
  int failed = 0;

  /* a cache so small that the third write already reaches the disk */
  hx_store_close (fixture->store);
  fixture->store = hx_store_open (fixture->url, HX_STORE_OPEN, &options, NULL);
  for (int i = 0; i < ROUND; i++)
    callers[i].sql = i == 2
                         ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                           " SELECT i + 1 FROM n WHERE i < 20000)"
                           " INSERT INTO thing (part) SELECT 'abcdefghijklmnop'"
                           " || i FROM n"
                         : "SELECT 1 FROM thing";
  callers[1].sql = "INSERT INTO thing (part) VALUES ('before')";
  run_round (fixture, callers, FAULT_FULL);
  fault_set (FAULT_NONE);
  for (int i = 0; i < ROUND; i++)
    failed += !callers[i].succeeded;
  assert_false (callers[1].succeeded);
  assert_failed (callers[1].error, HX_ERROR_STORE, "磁盘空间不足");
  assert_false (callers[2].succeeded);
  for (int i = 3; i < ROUND; i++)
    assert_true (callers[i].succeeded);
  assert_int_equal (failed, 3);
  clear_callers (callers);
  assert_int_equal (things (fixture), 0);
  must_write (fixture->store, "INSERT INTO thing (id) VALUES (1)");
  assert_int_equal (things (fixture), 1);
}

/* ------------------------------------------------------------------ closing */

static void
closing_waits_for_what_was_handed_over (void **state)
{
  Fixture *fixture = *state;
  Caller callers[ROUND] = { 0 };
  GThread *threads[ROUND];

  for (int i = 0; i < ROUND; i++)
    {
      callers[i].store = fixture->store;
      callers[i].sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                       " SELECT i + 1 FROM n WHERE i < 20000)"
                       " INSERT INTO thing (part) SELECT 'x' FROM n";
      threads[i] = g_thread_new ("caller", caller_main, &callers[i]);
    }
  g_usleep (50000);
  hx_store_close (g_steal_pointer (&fixture->store));
  for (int i = 0; i < ROUND; i++)
    {
      g_thread_join (threads[i]);
      assert_true (callers[i].succeeded);
    }
  fixture->store = hx_store_open (fixture->url, HX_STORE_OPEN, NULL, NULL);
  assert_int_equal (things (fixture), ROUND * 20000);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (exactly_what_was_answered_is_there),
    TEST (a_failed_write_gives_its_own_error_and_leaves_nothing),
    TEST (a_write_that_fails_silently_still_gives_an_error),
    TEST (a_discarded_write_succeeds_and_leaves_no_trace),
    TEST (a_write_inside_a_write_is_refused),
    TEST (a_statement_left_midway_blocks_nothing),
    TEST (a_write_cannot_end_the_transaction),
    TEST (a_write_may_have_savepoints_of_its_own),
    TEST (a_failed_commit_is_told_to_all_of_its_round),
    TEST (each_write_speaks_the_language_of_its_caller),
    TEST (a_failed_write_does_not_touch_its_neighbours),
    TEST (a_key_that_stays_open_fails_its_own_write_alone),
    TEST (a_lost_transaction_fails_those_in_it_and_spares_the_rest),
    TEST (closing_waits_for_what_was_handed_over),
  };

  fault_install ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
