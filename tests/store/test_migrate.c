/* Migrations and settings. */
#include "store_test.h"

static const HxMigration steps[] = {
  { 1, "CREATE TABLE one (bureau_id INTEGER NOT NULL, id INTEGER NOT NULL,"
       " PRIMARY KEY (bureau_id, id)) $options" },
  { 2, "ALTER TABLE one ADD COLUMN note TEXT;"
       "CREATE TABLE two (id INTEGER PRIMARY KEY) $options" },
  { 3, "INSERT INTO one (bureau_id, id) VALUES (1, 3)" },
};

typedef struct
{
  const char *room;
  const HxMigration *steps;
  gsize n_steps;
} Room;

static gboolean
migrate (HxConnection *connection, gpointer data, GError **error)
{
  const Room *room = data;

  return hx_migrate (connection, room->room, room->steps, room->n_steps, error);
}

static gboolean
run (Fixture *fixture, gsize n_steps, GError **error)
{
  Room room = { "tower", steps, n_steps };

  return hx_write (fixture->store, migrate, &room, error);
}

static gint64
version (Fixture *fixture)
{
  return count_of (fixture->store, "SELECT MAX (version) FROM schema_version"
                                   " WHERE room = 'tower'");
}

static void
each_step_runs_once (void **state)
{
  Fixture *fixture = *state;

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      run (fixture, 3, &error);
      assert_no_error (error);
      fixture_reopen (fixture);
    }
  assert_int_equal (count_of (fixture->store, "SELECT COUNT (*) FROM one"), 1);
  assert_int_equal (count_of (fixture->store,
                              "SELECT COUNT (*) FROM schema_version"
                              " WHERE room = 'tower' AND applied_at > '2'"),
                    3);
}

static void
an_older_database_gets_the_steps_it_lacks (void **state)
{
  Fixture *fixture = *state;

  assert_true (run (fixture, 1, NULL));
  assert_int_equal (version (fixture), 1);
  must_write (fixture->store, "INSERT INTO one VALUES (1, 9)");
  assert_true (run (fixture, 3, NULL));
  assert_int_equal (version (fixture), 3);
  assert_int_equal (count_of (fixture->store, "SELECT SUM (id) FROM one"), 12);
}

static void
a_newer_database_is_refused_and_names_both_versions (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  assert_true (run (fixture, 3, NULL));
  assert_false (run (fixture, 2, &error));
  assert_failed (error, HX_ERROR_STORE, "tower 表是第 3 版，本程序只到第 2 版");
  assert_non_null (strstr (error->message, "升级"));
}

static void
a_failed_step_leaves_the_older_version_whole (void **state)
{
  static const HxMigration broken[] = {
    { 1, "CREATE TABLE one (id INTEGER PRIMARY KEY) $options" },
    { 2, "CREATE TABLE two (id INTEGER PRIMARY KEY) $options; SELEC" },
  };
  Room room = { "tower", broken, G_N_ELEMENTS (broken) };
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  assert_false (hx_write (fixture->store, migrate, &room, &error));
  assert_failed (error, HX_ERROR_STORE, "tower");
  assert_int_equal (count_of (fixture->store,
                              "SELECT COUNT (*) FROM sqlite_schema"
                              " WHERE name IN ('one', 'two')"),
                    0);
  assert_int_equal (version (fixture), 0);
}

static void
tables_are_strict_and_lie_in_the_order_of_their_key (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  assert_true (run (fixture, 3, NULL));
  assert_false (
      write_sql (fixture->store, "INSERT INTO two VALUES ('二')", &error));
  assert_failed (error, HX_ERROR_CONFLICT, "two.id");
  assert_int_equal (count_of (fixture->store,
                              "SELECT COUNT (*) FROM pragma_table_list"
                              " WHERE name IN ('one', 'two', 'setting',"
                              " 'schema_version') AND wr = 1 AND strict = 1"),
                    4);
}

static void
rooms_do_not_share_their_versions (void **state)
{
  Room other = { "cellar", NULL, 0 };
  Fixture *fixture = *state;

  assert_true (run (fixture, 3, NULL));
  assert_true (hx_write (fixture->store, migrate, &other, NULL));
  assert_int_equal (count_of (fixture->store, "SELECT COUNT (DISTINCT room)"
                                              " FROM schema_version"),
                    2);
}

/* ---------------------------------------------------------------- settings */

typedef struct
{
  const char *key;
  const char *value;
} Setting;

static gboolean
set (HxConnection *connection, gpointer data, GError **error)
{
  const Setting *setting = data;

  return hx_setting_set (connection, setting->key, setting->value, error);
}

static char *
get (Fixture *fixture, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  char *value = hx_setting_get (hx_reader_connection (reader), key, &error);

  assert_no_error (error);
  return value;
}

static void
a_setting_is_kept_until_it_is_set_again (void **state)
{
  static const Setting settings[] = {
    { "单位名称", "某区委老干部局" },
    { "empty", "" },
    { "单位名称", "另一个局" },
  };
  Fixture *fixture = *state;

  assert_null (get (fixture, "单位名称"));
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *value = NULL;
      Setting setting = settings[i];

      assert_true (hx_write (fixture->store, set, &setting, NULL));
      fixture_reopen (fixture);
      value = get (fixture, setting.key);
      assert_string_equal (value, setting.value);
    }
  assert_int_equal (count_of (fixture->store, "SELECT COUNT (*) FROM setting"
                                              " WHERE bureau_id = 1"),
                    2);
}

static void
a_setting_without_a_value_is_refused (void **state)
{
  Setting setting = { "key", NULL };
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  assert_false (hx_write (fixture->store, set, &setting, &error));
  assert_failed (error, HX_ERROR_CONFLICT, "setting.value");
}

#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, fixture_setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (each_step_runs_once),
    TEST (an_older_database_gets_the_steps_it_lacks),
    TEST (a_newer_database_is_refused_and_names_both_versions),
    TEST (a_failed_step_leaves_the_older_version_whole),
    TEST (tables_are_strict_and_lie_in_the_order_of_their_key),
    TEST (rooms_do_not_share_their_versions),
    TEST (a_setting_is_kept_until_it_is_set_again),
    TEST (a_setting_without_a_value_is_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
