/* Readers: one moment each, read only, pooled. */
#include "store_test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define READERS 20

static gint64
count_in (HxReader *reader)
{
  gint64 value = -1;

  assert_true (hx_query_integer (hx_reader_connection (reader),
                                 "SELECT COUNT (*) FROM thing", -1, &value,
                                 NULL));
  return value;
}

static int
setup (void **state)
{
  Fixture *fixture;

  if (fixture_setup (state) != 0)
    return 1;
  fixture = *state;
  must_write (fixture->store, "CREATE TABLE thing (id INTEGER)");
  return 0;
}

static void
what_a_reader_sees_does_not_move (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) before = hx_store_reader (fixture->store, NULL);
  g_autoptr (HxReader) after = NULL;

  /* the moment is the one of the call, though nothing has been read yet */
  must_write (fixture->store, "INSERT INTO thing VALUES (1)");
  after = hx_store_reader (fixture->store, NULL);
  assert_int_equal (count_in (before), 0);
  assert_int_equal (count_in (after), 1);
  must_write (fixture->store, "INSERT INTO thing VALUES (2)");
  assert_int_equal (count_in (before), 0);
  assert_int_equal (count_in (after), 1);
}

static void
a_reader_given_back_sees_the_present_when_lent_again (void **state)
{
  Fixture *fixture = *state;

  for (gint64 i = 1; i < 5; i++)
    {
      must_write (fixture->store, "INSERT INTO thing VALUES (1)");
      assert_int_equal (
          count_of (fixture->store, "SELECT COUNT (*) FROM thing"), i);
    }
}

static void
a_reader_cannot_write (void **state)
{
  static const char *const writes[] = { "INSERT INTO thing VALUES (1)",
                                        "CREATE TABLE other (id INTEGER)",
                                        "DELETE FROM thing",
                                        "COMMIT",
                                        "BEGIN IMMEDIATE",
                                        "ROLLBACK" };
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_false (
          hx_execute (hx_reader_connection (reader), writes[i], &error));
      assert_non_null (error);
    }
  assert_int_equal (count_in (reader), 0);
}

static void
many_readers_at_once_are_all_served (void **state)
{
  Fixture *fixture = *state;
  HxReader *readers[READERS];

  for (int round = 0; round < 2; round++)
    {
      for (gsize i = 0; i < READERS; i++)
        {
          readers[i] = hx_store_reader (fixture->store, NULL);
          assert_int_equal (count_in (readers[i]), 0);
        }
      for (gsize i = 0; i < READERS; i++)
        hx_reader_free (readers[i]);
    }
}

static void
a_scan_left_halfway_is_ended_with_the_reader (void **state)
{
  Fixture *fixture = *state;
  HxReader *reader;
  HxStatement *statement;

  must_write (fixture->store, "INSERT INTO thing VALUES (1), (2), (3)");
  reader = hx_store_reader (fixture->store, NULL);
  statement = hx_statement (hx_reader_connection (reader),
                            "SELECT id FROM thing", NULL);
  assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
  hx_reader_free (reader);

  must_write (fixture->store, "INSERT INTO thing VALUES (4)");
  assert_int_equal (count_of (fixture->store, "SELECT COUNT (*) FROM thing"),
                    4);
}

static void
several_scans_may_stand_on_a_row_and_end_in_any_order (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = NULL;
  HxStatement *scans[4];

  must_write (fixture->store, "INSERT INTO thing VALUES (1), (2), (3)");
  reader = hx_store_reader (fixture->store, NULL);
  for (int i = 0; i < 4; i++)
    {
      scans[i] = hx_statement_new (hx_reader_connection (reader),
                                   "SELECT id FROM thing", NULL);
      assert_int_equal (hx_step (scans[i], NULL), HX_STEP_ROW);
    }
  hx_statement_free (scans[1]);
  hx_statement_reset (scans[3]);
  assert_int_equal (hx_step (scans[0], NULL), HX_STEP_ROW);
  assert_int_equal (hx_column_integer (scans[0], 0), 2);
  hx_statement_free (scans[0]);
  assert_int_equal (hx_step (scans[2], NULL), HX_STEP_ROW);
  assert_int_equal (hx_step (scans[3], NULL), HX_STEP_ROW);
  assert_int_equal (hx_column_integer (scans[3], 0), 1);
  hx_statement_free (scans[3]);
  hx_statement_free (scans[2]);
}

static void
a_reader_of_a_vanished_file_is_an_error (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  g_unlink (fixture->path);
  assert_null (hx_store_reader (fixture->store, &error));
  assert_failed (error, HX_ERROR_STORE, fixture->path);
}

static void
a_reader_sees_new_columns_of_a_table_it_knows (void **state)
{
  Fixture *fixture = *state;

  must_write (fixture->store, "INSERT INTO thing VALUES (1)");
  assert_int_equal (count_of (fixture->store, "SELECT * FROM thing"), 1);
  must_write (fixture->store, "ALTER TABLE thing ADD COLUMN more INTEGER");
  must_write (fixture->store, "UPDATE thing SET more = 5");
  assert_int_equal (count_of (fixture->store, "SELECT more FROM thing"), 5);
  assert_int_equal (count_of (fixture->store, "SELECT * FROM thing"), 1);
}

static void
a_reader_may_come_back_after_the_store_is_closed (void **state)
{
  Fixture *fixture = *state;
  HxReader *first = hx_store_reader (fixture->store, NULL);
  HxReader *second = hx_store_reader (fixture->store, NULL);

  hx_store_close (g_steal_pointer (&fixture->store));
  hx_reader_free (first);
  assert_int_equal (count_in (second), 0);
  hx_reader_free (second);
}

static void
nothing_is_freed_twice (void **state)
{
  (void)state;
  hx_reader_free (NULL);
  hx_statement_free (NULL);
  hx_store_close (NULL);
}

static void
a_sound_database_passes_the_check (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  hx_store_check (fixture->store, &error);
  assert_no_error (error);
}

/* What another program does that has the keys switched off. */
static void
behind_our_back (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  assert_int_equal (sqlite3_open (path, &db), SQLITE_OK);
  assert_int_equal (sqlite3_exec (db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close (db);
}

static void
the_check_names_a_key_that_points_nowhere (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  must_write (fixture->store, "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
                              "CREATE TABLE child (id INTEGER PRIMARY KEY,"
                              " of INTEGER REFERENCES parent (id))");
  behind_our_back (fixture->path, "INSERT INTO child VALUES (1, 7)");
  assert_false (hx_store_check (fixture->store, &error));
  assert_failed (error, HX_ERROR_STORE, "child → parent");
}

static void
the_check_finds_an_index_that_lies (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  must_write (fixture->store, "CREATE INDEX by_id ON thing (id);"
                              "INSERT INTO thing VALUES (1), (2)");
  behind_our_back (fixture->path, "PRAGMA writable_schema = ON;"
                                  "UPDATE sqlite_schema SET sql ="
                                  " 'CREATE INDEX by_id ON thing (id DESC)'"
                                  " WHERE name = 'by_id'");
  fixture_reopen (fixture);
  assert_false (hx_store_check (fixture->store, &error));
  assert_failed (error, HX_ERROR_STORE, "by_id");
}

#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_a_reader_sees_does_not_move),
    TEST (a_reader_given_back_sees_the_present_when_lent_again),
    TEST (a_reader_cannot_write),
    TEST (many_readers_at_once_are_all_served),
    TEST (a_scan_left_halfway_is_ended_with_the_reader),
    TEST (several_scans_may_stand_on_a_row_and_end_in_any_order),
    TEST (a_reader_of_a_vanished_file_is_an_error),
    TEST (a_reader_sees_new_columns_of_a_table_it_knows),
    TEST (a_reader_may_come_back_after_the_store_is_closed),
    TEST (nothing_is_freed_twice),
    TEST (a_sound_database_passes_the_check),
    TEST (the_check_names_a_key_that_points_nowhere),
    TEST (the_check_finds_an_index_that_lies),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
