/* Statements: values in and out, the cache, errors. */
#include "store_test.h"

#define TABLE                                                                  \
  "CREATE TABLE thing (id INTEGER PRIMARY KEY, text TEXT, data BLOB)"

typedef struct
{
  const char *text;
  gssize length;
} Text;

/* ------------------------------------------------------------------ values */

static gboolean
insert_text (HxConnection *connection, gpointer data, GError **error)
{
  const Text *text = data;
  HxStatement *statement = hx_statement (
      connection, "INSERT INTO thing (id, text) VALUES (1, ?1)", error);

  if (statement == NULL)
    return FALSE;
  hx_bind_text (statement, 1, text->text, text->length);
  return hx_step_done (statement, error);
}

static void
check_text (HxStore *store, const char *expected, gsize size)
{
  g_autoptr (HxReader) reader = hx_store_reader (store, NULL);
  HxStatement *statement = hx_statement (hx_reader_connection (reader),
                                         "SELECT text FROM thing", NULL);

  assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
  assert_int_equal (hx_column_is_null (statement, 0), expected == NULL);
  if (expected == NULL)
    {
      assert_null (hx_column_text (statement, 0));
      return;
    }
  assert_memory_equal (hx_column_text (statement, 0), expected, size + 1);
  assert_int_equal (hx_column_size (statement, 0), size);
}

static void
text_comes_back_as_it_went_in (void **state)
{
  static const struct
  {
    Text in;
    gsize size;
  } cases[] = {
    { { "红霞", -1 }, 6 },
    { { "", -1 }, 0 },
    { { "", 0 }, 0 },
    { { "👵🏻走访 😀", -1 }, 8 + 6 + 1 + 4 },
    { { "前\0后", 7 }, 7 },
    { { "两面", 3 }, 3 },
    { { "'; DROP TABLE thing; --", -1 }, 23 },
    { { NULL, -1 }, 0 },
  };
  Fixture *fixture = *state;

  must_write (fixture->store, TABLE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *cut = NULL;
      Text text = cases[i].in;

      must_write (fixture->store, "DELETE FROM thing");
      hx_write (fixture->store, insert_text, &text, &error);
      assert_no_error (error);
      if (text.text != NULL)
        {
          cut = g_malloc0 (cases[i].size + 1);
          memcpy (cut, text.text, cases[i].size);
        }
      check_text (fixture->store, cut, cases[i].size);
    }
}

static gboolean
insert_blobs (HxConnection *connection, gpointer data, GError **error)
{
  static const guint8 bytes[] = { 0, 255, 0, 1 };
  HxStatement *statement = hx_statement (
      connection, "INSERT INTO thing (id, data) VALUES (?1, ?2)", error);

  (void)data;
  hx_bind_integer (statement, 1, 1);
  hx_bind_blob (statement, 2, bytes, sizeof bytes);
  if (!hx_step_done (statement, error))
    return FALSE;
  hx_bind_integer (statement, 1, 2);
  hx_bind_blob (statement, 2, bytes, 0);
  if (!hx_step_done (statement, error))
    return FALSE;
  hx_bind_integer (statement, 1, 3);
  hx_bind_blob (statement, 2, NULL, 0);
  return hx_step_done (statement, error);
}

static void
an_empty_blob_is_not_null (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = NULL;
  HxStatement *statement;

  must_write (fixture->store, TABLE);
  assert_true (hx_write (fixture->store, insert_blobs, NULL, NULL));
  reader = hx_store_reader (fixture->store, NULL);
  statement = hx_statement (hx_reader_connection (reader),
                            "SELECT data FROM thing ORDER BY id", NULL);

  assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
  assert_memory_equal (hx_column_blob (statement, 0), "\0\377\0\1", 4);
  assert_int_equal (hx_column_size (statement, 0), 4);
  assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
  assert_non_null (hx_column_blob (statement, 0));
  assert_int_equal (hx_column_size (statement, 0), 0);
  assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
  assert_null (hx_column_blob (statement, 0));
  assert_true (hx_column_is_null (statement, 0));
  assert_int_equal (hx_step (statement, NULL), HX_STEP_DONE);
}

static gboolean
insert_integers (HxConnection *connection, gpointer data, GError **error)
{
  const gint64 *numbers = data;
  HxStatement *statement
      = hx_statement (connection, "INSERT INTO thing (id) VALUES (?1)", error);

  for (int i = 0; i < 3; i++)
    {
      hx_bind_integer (statement, 1, numbers[i]);
      if (!hx_step_done (statement, error))
        return FALSE;
    }
  return TRUE;
}

static void
the_largest_integers_come_back (void **state)
{
  Fixture *fixture = *state;
  gint64 numbers[] = { G_MININT64, -1, G_MAXINT64 };

  must_write (fixture->store, TABLE);
  assert_true (hx_write (fixture->store, insert_integers, numbers, NULL));
  assert_int_equal (count_of (fixture->store, "SELECT MIN (id) FROM thing"),
                    G_MININT64);
  assert_int_equal (count_of (fixture->store, "SELECT MAX (id) FROM thing"),
                    G_MAXINT64);
}

static gboolean
update_and_count (HxConnection *connection, gpointer data, GError **error)
{
  gint64 *changed = data;

  if (!hx_execute (connection, "UPDATE thing SET text = 'x' WHERE id > 1",
                   error))
    return FALSE;
  *changed = hx_changes (connection);
  return TRUE;
}

static void
changes_counts_the_rows_of_the_last_statement (void **state)
{
  Fixture *fixture = *state;
  gint64 changed = -1;

  must_write (fixture->store, TABLE);
  must_write (fixture->store, "INSERT INTO thing (id) VALUES (1), (2), (3)");
  assert_true (hx_write (fixture->store, update_and_count, &changed, NULL));
  assert_int_equal (changed, 2);
}

/* ------------------------------------------------------------------- cache */

static void
the_same_text_gives_the_same_statement (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);
  g_autofree char *copy = g_strdup ("SELECT 1");
  HxStatement *first = hx_statement (connection, "SELECT 1", NULL);

  assert_ptr_equal (hx_statement (connection, "SELECT 1", NULL), first);
  assert_ptr_equal (hx_statement (connection, copy, NULL), first);
}

static void
another_text_at_the_same_address_is_another_statement (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);
  char buffer[16];
  gint64 value = 0;

  for (int i = 1; i < 10; i++)
    {
      g_snprintf (buffer, sizeof buffer, "SELECT %d", i);
      assert_true (hx_query_integer (connection, buffer, 0, &value, NULL));
      assert_int_equal (value, i);
    }
}

static void
a_thousand_statements_stay_valid (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);
  HxStatement *statements[1000];

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      statements[i] = hx_statement (connection, sql, NULL);
    }
  for (int i = 0; i < 1000; i++)
    {
      assert_int_equal (hx_step (statements[i], NULL), HX_STEP_ROW);
      assert_int_equal (hx_column_integer (statements[i], 0), i);
    }
}

static void
a_statement_is_handed_out_reset_and_unbound (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);
  HxStatement *statement = hx_statement (connection, "SELECT ?1", NULL);

  hx_bind_integer (statement, 1, 7);
  assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
  statement = hx_statement (connection, "SELECT ?1", NULL);
  assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
  assert_true (hx_column_is_null (statement, 0));
}

static void
a_new_statement_scans_beside_the_cached_one (void **state)
{
  const char *sql = "SELECT id FROM thing ORDER BY id";
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (HxStatement) outer = NULL;
  int seen = 0;

  must_write (fixture->store, TABLE);
  must_write (fixture->store, "INSERT INTO thing (id) VALUES (1), (2), (3)");
  reader = hx_store_reader (fixture->store, NULL);
  outer = hx_statement_new (hx_reader_connection (reader), sql, NULL);
  while (hx_step (outer, NULL) == HX_STEP_ROW)
    {
      gint64 first = 0;

      seen++;
      assert_true (hx_query_integer (hx_reader_connection (reader), sql, 0,
                                     &first, NULL));
      assert_int_equal (first, 1);
      assert_int_equal (hx_column_integer (outer, 0), seen);
    }
  assert_int_equal (seen, 3);
}

/* ------------------------------------------------------------------ errors */

static void
wrong_sql_is_told_with_its_text (void **state)
{
  static const char *const wrong[] = {
    "SELEC 1", "SELECT nothing",    "SELECT 1; SELECT 2",
    "",        "SELECT \"nobody\"", "  ;",
  };
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_null (
          hx_statement (hx_reader_connection (reader), wrong[i], &error));
      assert_failed (error, HX_ERROR_STORE, wrong[i]);
    }
}

static void
a_failed_bind_is_told_by_the_step (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxStatement *statement
      = hx_statement (hx_reader_connection (reader), "SELECT ?1", NULL);

  hx_bind_integer (statement, 2, 1);
  hx_bind_integer (statement, 1, 1);
  assert_int_equal (hx_step (statement, &error), HX_STEP_ERROR);
  assert_failed (error, HX_ERROR_STORE, "SELECT ?1");
  statement = hx_statement (hx_reader_connection (reader), "SELECT ?1", NULL);
  assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
}

static void
a_row_where_none_should_be_is_an_error (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxStatement *statement
      = hx_statement (hx_reader_connection (reader), "SELECT 1", NULL);

  assert_false (hx_step_done (statement, &error));
  assert_failed (error, HX_ERROR_STORE, "SELECT 1");
}

static void
a_broken_constraint_is_a_conflict_that_names_it (void **state)
{
  static const struct
  {
    const char *sql;
    const char *names;
  } cases[] = {
    { "INSERT INTO rule (id, sex) VALUES (1, 1)", "rule.id" },
    { "INSERT INTO rule (id, sex) VALUES (2, 3)", "sex IN (1, 2)" },
    { "INSERT INTO rule (id, sex) VALUES (2, NULL)", "rule.sex" },
    { "INSERT INTO rule (id, sex) VALUES ('二', 1)", "rule.id" },
    { "INSERT INTO rule (id, sex, boss) VALUES (2, 1, 9)", "FOREIGN KEY" },
  };
  Fixture *fixture = *state;

  must_write (fixture->store,
              "CREATE TABLE rule (id INTEGER NOT NULL PRIMARY KEY,"
              " sex INTEGER NOT NULL CHECK (sex IN (1, 2)),"
              " boss INTEGER REFERENCES rule (id)) STRICT, WITHOUT ROWID;"
              "INSERT INTO rule (id, sex) VALUES (1, 1)");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_false (write_sql (fixture->store, cases[i].sql, &error));
      assert_failed (error, HX_ERROR_CONFLICT, cases[i].names);
    }
  assert_int_equal (count_of (fixture->store, "SELECT COUNT (*) FROM rule"), 1);
}

/* ----------------------------------------------------------------- columns */

static void
columns_have_count_and_names (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxStatement *statement = hx_statement (hx_reader_connection (reader),
                                         "SELECT 1 AS one, 2 AS 二", NULL);

  assert_int_equal (hx_column_count (statement), 2);
  assert_string_equal (hx_column_name (statement, 0), "one");
  assert_string_equal (hx_column_name (statement, 1), "二");
}

static void
the_columns_of_a_table_are_named_in_order (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (GPtrArray) none = NULL;

  must_write (fixture->store, TABLE);
  reader = hx_store_reader (fixture->store, NULL);
  assert_true (hx_table_columns (hx_reader_connection (reader), "thing",
                                 &columns, NULL));
  assert_int_equal (columns->len, 3);
  assert_string_equal (g_ptr_array_index (columns, 0), "id");
  assert_string_equal (g_ptr_array_index (columns, 2), "data");
  assert_true (
      hx_table_columns (hx_reader_connection (reader), "nothing", &none, NULL));
  assert_int_equal (none->len, 0);
}

static void
a_query_without_a_row_gives_the_fallback (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  gint64 value = 0;

  assert_true (hx_query_integer (hx_reader_connection (reader),
                                 "SELECT 1 WHERE 0", 42, &value, NULL));
  assert_int_equal (value, 42);
}

#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, fixture_setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (text_comes_back_as_it_went_in),
    TEST (an_empty_blob_is_not_null),
    TEST (the_largest_integers_come_back),
    TEST (changes_counts_the_rows_of_the_last_statement),
    TEST (the_same_text_gives_the_same_statement),
    TEST (another_text_at_the_same_address_is_another_statement),
    TEST (a_thousand_statements_stay_valid),
    TEST (a_statement_is_handed_out_reset_and_unbound),
    TEST (a_new_statement_scans_beside_the_cached_one),
    TEST (wrong_sql_is_told_with_its_text),
    TEST (a_failed_bind_is_told_by_the_step),
    TEST (a_row_where_none_should_be_is_an_error),
    TEST (a_broken_constraint_is_a_conflict_that_names_it),
    TEST (columns_have_count_and_names),
    TEST (the_columns_of_a_table_are_named_in_order),
    TEST (a_query_without_a_row_gives_the_fallback),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
