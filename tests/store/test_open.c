/* Opening: what is refused, in which words, and what is left behind. */
#include "store_test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static void
refused (const char *url, HxStoreFlags flags, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  HxStore *store = hx_store_open (url, flags, NULL, &error);

  assert_null (store);
  assert_failed (error, code, part);
}

/* Something SQLite wrote that is not ours. */
static void
make_database (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  assert_int_equal (sqlite3_open (path, &db), SQLITE_OK);
  assert_int_equal (sqlite3_exec (db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close (db);
}

/* ---------------------------------------------------------------- new files */

static void
a_new_database_is_for_its_owner_alone (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  GStatBuf status;

  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  assert_non_null (fixture->store);
  assert_string_equal (hx_store_url (fixture->store), fixture->url);
  assert_int_equal (g_stat (fixture->path, &status), 0);
  assert_int_equal (status.st_mode & 0777, 0600);
  assert_int_equal (g_stat (log, &status), 0);
  assert_int_equal (status.st_mode & 0777, 0600);
}

static void
closing_leaves_one_file_with_everything (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);

  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  must_write (fixture->store, "CREATE TABLE one (id INTEGER);"
                              "INSERT INTO one VALUES (1)");
  fixture_reopen (fixture);
  hx_store_close (g_steal_pointer (&fixture->store));
  assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  fixture->store = hx_store_open (fixture->url, HX_STORE_OPEN, NULL, NULL);
  assert_int_equal (count_of (fixture->store, "SELECT id FROM one"), 1);
}

static void
create_opens_what_is_there (void **state)
{
  Fixture *fixture = *state;

  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  must_write (fixture->store, "CREATE TABLE one (id INTEGER)");
  hx_store_close (fixture->store);
  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  assert_int_equal (count_of (fixture->store, "SELECT COUNT (*) FROM one"), 0);
}

static void
an_empty_file_becomes_a_database_only_when_asked (void **state)
{
  Fixture *fixture = *state;

  g_file_set_contents (fixture->path, "", 0, NULL);
  refused (fixture->url, HX_STORE_OPEN, HX_ERROR_STORE, fixture->path);
  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  assert_non_null (fixture->store);
}

static void
a_relative_path_survives_a_change_of_folder (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *before = g_get_current_dir ();

  assert_int_equal (g_chdir (fixture->folder), 0);
  fixture->store
      = hx_store_open ("sqlite:file:a?b.db", HX_STORE_CREATE, NULL, NULL);
  assert_int_equal (g_chdir (before), 0);
  assert_int_equal (count_of (fixture->store, "SELECT 1"), 1);
}

typedef struct
{
  gint64 synchronous;
  gint64 cache_size;
  gint64 foreign_keys;
} Settings;

static gboolean
read_settings (HxConnection *connection, gpointer data, GError **error)
{
  Settings *settings = data;

  return hx_query_integer (connection, "PRAGMA synchronous", -1,
                           &settings->synchronous, error)
         && hx_query_integer (connection, "PRAGMA cache_size", -1,
                              &settings->cache_size, error)
         && hx_query_integer (connection, "PRAGMA foreign_keys", -1,
                              &settings->foreign_keys, error);
}

static void
commits_are_synced_unless_the_options_say_less (void **state)
{
  Fixture *fixture = *state;
  Settings settings = { 0 };

  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  assert_true (hx_write (fixture->store, read_settings, &settings, NULL));
  assert_int_equal (settings.synchronous, 2);
  assert_int_equal (settings.cache_size, -65536);
  assert_int_equal (settings.foreign_keys, 1);
}

static void
options_reach_the_engine (void **state)
{
  HxStoreOptions options
      = { .durability = HX_DURABLE_NORMAL, .batch_max = 1, .cache_kib = 128 };
  Fixture *fixture = *state;
  Settings settings = { 0 };

  fixture->store
      = hx_store_open (fixture->url, HX_STORE_CREATE, &options, NULL);
  assert_true (hx_write (fixture->store, read_settings, &settings, NULL));
  assert_int_equal (settings.synchronous, 1);
  assert_int_equal (settings.cache_size, -128);
}

/* ----------------------------------------------------------------- refusals */

static void
a_missing_file_is_not_found (void **state)
{
  Fixture *fixture = *state;

  refused (fixture->url, HX_STORE_OPEN, HX_ERROR_NOT_FOUND, fixture->path);
  assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
a_missing_folder_is_said (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *url
      = g_strconcat ("sqlite:", fixture->folder, "/没有/库.db", NULL);

  refused (url, HX_STORE_CREATE, HX_ERROR_STORE, "目录不存在");
}

static void
a_folder_is_not_a_database (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *url = g_strconcat ("sqlite:", fixture->folder, NULL);

  refused (url, HX_STORE_CREATE, HX_ERROR_STORE, "目录");
}

static void
a_pipe_is_not_a_database (void **state)
{
  Fixture *fixture = *state;

  assert_int_equal (mkfifo (fixture->path, 0600), 0);
  refused (fixture->url, HX_STORE_OPEN, HX_ERROR_STORE, "普通文件");
}

static void
other_files_are_refused_and_left_alone (void **state)
{
  static const gsize sizes[] = { 1, 99, 100, 4096, 10000 };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *before = g_strnfill (sizes[i], 'x');
      g_autofree char *after = NULL;

      g_file_set_contents (fixture->path, before, (gssize)sizes[i], NULL);
      refused (fixture->url, HX_STORE_CREATE, HX_ERROR_STORE, "不是红霞数据库");
      g_file_get_contents (fixture->path, &after, NULL, NULL);
      assert_string_equal (after, before);
    }
}

static void
a_database_of_another_program_is_refused (void **state)
{
  Fixture *fixture = *state;

  make_database (fixture->path, "CREATE TABLE a (b); PRAGMA user_version=3");
  refused (fixture->url, HX_STORE_CREATE, HX_ERROR_STORE, "别的程序");
}

static void
a_database_of_a_newer_program_is_refused (void **state)
{
  Fixture *fixture = *state;

  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  must_write (fixture->store, "INSERT INTO schema_version"
                              " VALUES ('store', 99, '2030-01-01')");
  hx_store_close (g_steal_pointer (&fixture->store));
  refused (fixture->url, HX_STORE_OPEN, HX_ERROR_STORE, "99");
}

static void
a_damaged_database_is_said_to_be_damaged (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *data = NULL;
  gsize size = 0;

  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  hx_store_close (g_steal_pointer (&fixture->store));
  g_file_get_contents (fixture->path, &data, &size, NULL);
  memset (data + 100, 0xee, 400);
  g_file_set_contents (fixture->path, data, (gssize)size, NULL);
  refused (fixture->url, HX_STORE_OPEN, HX_ERROR_STORE, "损坏");
}

static void
addresses_that_name_no_engine_are_usage_errors (void **state)
{
  static const struct
  {
    const char *url;
    const char *part;
  } cases[] = {
    { "hongxia.db", "sqlite:hongxia.db" },
    { "mysql://host/db", "mysql://host/db" },
    { "", "数据库地址不认识" },
    { "sqlite:", "没有文件名" },
    { "sqlite::memory:", "没有文件名" },
    { "sqlite3:x.db", "数据库地址不认识" },
    { "postgres://host/bureau", "postgres://host/bureau" },
    { "postgres:x", "PostgreSQL" },
    { "postgresql://host/bureau", "PostgreSQL" },
  };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      refused (cases[i].url, HX_STORE_CREATE, HX_ERROR_USAGE, cases[i].part);
      assert_false (
          hx_store_restore (cases[i].url, "/dev/null", NULL, NULL, NULL));
    }
}

static void
a_password_in_the_address_is_not_repeated (void **state)
{
  g_autoptr (GError) error = NULL;

  (void)state;
  assert_null (hx_store_open ("postgres://chen:s3cret@db/x?password=s3cret",
                              HX_STORE_OPEN, NULL, &error));
  assert_failed (error, HX_ERROR_USAGE, "postgres://db/x");
  assert_null (strstr (error->message, "s3cret"));
}

/* -------------------------------------------------------------- permissions
 *
 * In a child that is nobody, since root may do everything.
 */

static gboolean
refused_to_nobody (const char *url, const char *part)
{
  g_autoptr (GError) error = NULL;
  HxStore *store = hx_store_open (url, HX_STORE_OPEN, NULL, &error);

  if (store == NULL && strstr (error->message, part) != NULL)
    return TRUE;
  print_error ("%s\n", error != NULL ? error->message : "opened");
  return FALSE;
}

static void
check_as_nobody (const char *url, const char *part)
{
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      if (geteuid () == 0
          && (setresgid (NOBODY, NOBODY, NOBODY) != 0
              || setresuid (NOBODY, NOBODY, NOBODY) != 0))
        _exit (2);
      _exit (refused_to_nobody (url, part) ? 0 : 1);
    }
  assert_int_equal (waitpid (child, &status, 0), child);
  assert_int_equal (status, 0);
}

static void
missing_permissions_are_named (void **state)
{
  static const struct
  {
    mode_t file;
    mode_t folder;
    const char *part;
  } cases[] = {
    { 0000, 0777, "没有读这个文件的权限" },
    { 0444, 0777, "只能读，不能写" },
    { 0666, 0555, "目录不能写" },
  };
  Fixture *fixture = *state;

  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  hx_store_close (g_steal_pointer (&fixture->store));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_chmod (fixture->path, cases[i].file);
      g_chmod (fixture->folder, cases[i].folder);
      check_as_nobody (fixture->url, cases[i].part);
      g_chmod (fixture->folder, 0700);
    }
}

/* ----------------------------------------------------------- second program */

static void
a_second_program_that_writes_is_waited_for_then_named (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;
  gint64 start;

  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  must_write (fixture->store, "CREATE TABLE one (id INTEGER)");
  sqlite3_open (fixture->path, &other);
  assert_int_equal (sqlite3_exec (other, "BEGIN IMMEDIATE", 0, 0, 0), 0);
  start = g_get_monotonic_time ();
  assert_false (
      write_sql (fixture->store, "INSERT INTO one VALUES (1)", &error));
  assert_true (g_get_monotonic_time () - start > G_USEC_PER_SEC);
  assert_failed (error, HX_ERROR_STORE, "另一个程序");
  assert_int_equal (count_of (fixture->store, "SELECT COUNT (*) FROM one"), 0);

  sqlite3_exec (other, "COMMIT", 0, 0, 0);
  must_write (fixture->store, "INSERT INTO one VALUES (1)");
  sqlite3_close (other);
}

static void
a_second_store_opens_while_the_first_writes (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxStore) second = NULL;
  sqlite3 *other = NULL;

  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, NULL);
  sqlite3_open (fixture->path, &other);
  assert_int_equal (sqlite3_exec (other, "BEGIN IMMEDIATE", 0, 0, 0), 0);
  second = hx_store_open (fixture->url, HX_STORE_OPEN, NULL, NULL);
  assert_non_null (second);
  sqlite3_close (other);
}

#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, folder_setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_new_database_is_for_its_owner_alone),
    TEST (closing_leaves_one_file_with_everything),
    TEST (create_opens_what_is_there),
    TEST (an_empty_file_becomes_a_database_only_when_asked),
    TEST (a_relative_path_survives_a_change_of_folder),
    TEST (commits_are_synced_unless_the_options_say_less),
    TEST (options_reach_the_engine),
    TEST (a_missing_file_is_not_found),
    TEST (a_missing_folder_is_said),
    TEST (a_folder_is_not_a_database),
    TEST (a_pipe_is_not_a_database),
    TEST (other_files_are_refused_and_left_alone),
    TEST (a_database_of_another_program_is_refused),
    TEST (a_database_of_a_newer_program_is_refused),
    TEST (a_damaged_database_is_said_to_be_damaged),
    TEST (addresses_that_name_no_engine_are_usage_errors),
    TEST (a_password_in_the_address_is_not_repeated),
    TEST (missing_permissions_are_named),
    TEST (a_second_program_that_writes_is_waited_for_then_named),
    TEST (a_second_store_opens_while_the_first_writes),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
