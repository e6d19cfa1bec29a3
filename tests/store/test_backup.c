/* Backup and restore. */
#include "store_test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROWS 20000
#define WRITERS 4

static int
setup (void **state)
{
  Fixture *fixture;

  if (fixture_setup (state) != 0)
    return 1;
  fixture = *state;
  must_write (fixture->store,
              "CREATE TABLE thing (id INTEGER PRIMARY KEY, text TEXT);"
              "CREATE INDEX by_text ON thing (text);"
              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
              " SELECT i + 1 FROM n WHERE i < 20000)"
              " INSERT INTO thing SELECT i, '行' || i FROM n");
  return 0;
}

static void
must_back_up (Fixture *fixture, const char *path)
{
  g_autoptr (GError) error = NULL;

  hx_store_backup (fixture->store, path, NULL, NULL, &error);
  assert_no_error (error);
}

static gint64
count_in_file (const char *path, const char *sql)
{
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxStore) store = hx_store_open (url, HX_STORE_OPEN, NULL, &error);

  assert_no_error (error);
  assert_true (hx_store_check (store, NULL));
  return count_of (store, sql);
}

static guint
files_in (const char *folder)
{
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (listing) != NULL)
    count++;
  return count;
}

/* ------------------------------------------------------------------ backup */

static void
a_backup_is_one_private_file_with_everything (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = fixture_file (fixture, "备份.db");
  g_autofree char *data = NULL;
  guint files = files_in (fixture->folder);
  GStatBuf status;

  must_back_up (fixture, path);
  assert_int_equal (files_in (fixture->folder), files + 1);
  assert_int_equal (g_stat (path, &status), 0);
  assert_int_equal (status.st_mode & 0777, 0600);
  assert_true (g_file_get_contents (path, &data, NULL, NULL));
  assert_int_equal (data[18], 1); /* not in WAL mode: nothing else is needed */
  assert_int_equal (data[19], 1);
  assert_int_equal (count_in_file (path, "SELECT COUNT (*) FROM thing"), ROWS);
}

static void
a_backup_never_overwrites (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = fixture_file (fixture, "备份.db");
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "x", 1, NULL);
  assert_false (hx_store_backup (fixture->store, path, NULL, NULL, &error));
  assert_failed (error, HX_ERROR_CONFLICT, path);
  g_file_get_contents (path, &data, NULL, NULL);
  assert_string_equal (data, "x");
}

static void
a_backup_into_a_missing_folder_is_refused (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = fixture_file (fixture, "没有/备份.db");
  g_autoptr (GError) error = NULL;

  assert_false (hx_store_backup (fixture->store, path, NULL, NULL, &error));
  assert_failed (error, HX_ERROR_STORE, "目录不存在");
}

typedef struct
{
  guint calls;
  guint stop_after;
  guint64 done;
  guint64 total;
} Progress;

static gboolean
follow (guint64 done, guint64 total, gpointer data)
{
  Progress *progress = data;

  progress->calls++;
  progress->done = done;
  progress->total = total;
  return progress->stop_after == 0 || progress->calls < progress->stop_after;
}

static void
progress_ends_at_the_total (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = fixture_file (fixture, "备份.db");
  Progress progress = { 0 };

  assert_true (hx_store_backup (fixture->store, path, follow, &progress, NULL));
  assert_true (progress.calls > 0);
  assert_true (progress.total > 0);
  assert_int_equal (progress.done, progress.total);
}

static void
a_stopped_backup_leaves_no_file (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = fixture_file (fixture, "备份.db");
  guint files = files_in (fixture->folder);
  g_autoptr (GError) error = NULL;
  Progress progress = { .stop_after = 1 };

  assert_false (
      hx_store_backup (fixture->store, path, follow, &progress, &error));
  assert_failed (error, HX_ERROR_STORE, "停止");
  assert_int_equal (files_in (fixture->folder), files);
  must_back_up (fixture, path);
}

/* Somebody else takes the name while the copy is being made. */
static gboolean
take_the_name (guint64 done, guint64 total, gpointer data)
{
  (void)done;
  (void)total;
  return g_file_set_contents (data, "别人的", -1, NULL);
}

static void
a_name_taken_meanwhile_is_not_overwritten (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = fixture_file (fixture, "备份.db");
  g_autofree char *data = NULL;
  guint files = files_in (fixture->folder);
  g_autoptr (GError) error = NULL;

  assert_false (
      hx_store_backup (fixture->store, path, take_the_name, path, &error));
  assert_failed (error, HX_ERROR_CONFLICT, path);
  g_file_get_contents (path, &data, NULL, NULL);
  assert_string_equal (data, "别人的");
  assert_int_equal (files_in (fixture->folder), files + 1);
}

/* Each write adds as many rows of one kind as of the other. */
typedef struct
{
  HxStore *store;
  gint is_done;
  gint failures;
} Storm;

static gpointer
storm_main (gpointer data)
{
  Storm *storm = data;

  while (!g_atomic_int_get (&storm->is_done))
    if (!write_sql (storm->store,
                    "INSERT INTO thing (text) VALUES ('左');"
                    "INSERT INTO thing (text) VALUES ('右')",
                    NULL))
      g_atomic_int_inc (&storm->failures);
  return NULL;
}

static gboolean
slowly (guint64 done, guint64 total, gpointer data)
{
  (void)done;
  (void)total;
  (void)data;
  g_usleep (20000);
  return TRUE;
}

static void
check_balance (Fixture *fixture, const char *path, gint64 *last)
{
  g_autoptr (GError) error = NULL;
  gint64 left;

  hx_store_backup (fixture->store, path, slowly, NULL, &error);
  assert_no_error (error);
  left = count_in_file (path, "SELECT COUNT (*) FROM thing"
                              " WHERE text = '左'");
  assert_int_equal (left, count_in_file (path, "SELECT COUNT (*) FROM thing"
                                               " WHERE text = '右'"));
  assert_true (left >= *last);
  *last = left;
}

static void
a_backup_made_during_writes_is_of_one_moment (void **state)
{
  Fixture *fixture = *state;
  Storm storm = { .store = fixture->store };
  GThread *threads[WRITERS];
  gint64 last = 0;

  for (int i = 0; i < WRITERS; i++)
    threads[i] = g_thread_new ("storm", storm_main, &storm);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("备份-%d.db", i);
      g_autofree char *path = fixture_file (fixture, name);

      check_balance (fixture, path, &last);
    }
  g_atomic_int_set (&storm.is_done, TRUE);
  for (int i = 0; i < WRITERS; i++)
    g_thread_join (threads[i]);
  assert_true (last > 0);
  assert_int_equal (storm.failures, 0);
}

/* ----------------------------------------------------------------- restore */

/* A backup with ROWS rows; the database goes on to ROWS + 1 and is closed. */
static char *
back_up_and_go_on (Fixture *fixture)
{
  char *path = fixture_file (fixture, "备份.db");

  must_back_up (fixture, path);
  must_write (fixture->store, "INSERT INTO thing (text) VALUES ('后来')");
  hx_store_close (g_steal_pointer (&fixture->store));
  return path;
}

static void
a_restore_brings_back_the_backup_and_keeps_what_was_there (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *backup = back_up_and_go_on (fixture);
  g_autofree char *prefix
      = g_strconcat (fixture->path, ".before-restore-", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *kept = NULL;

      hx_store_restore (fixture->url, backup, NULL, &kept, &error);
      assert_no_error (error);
      assert_true (g_str_has_prefix (kept, prefix));
      assert_int_equal (count_in_file (kept, "SELECT COUNT (*) FROM thing"),
                        i == 0 ? ROWS + 1 : ROWS);
      assert_int_equal (g_stat (fixture->path, &status), 0);
      assert_int_equal (status.st_mode & 0777, 0600);
      assert_int_equal (
          count_in_file (fixture->path, "SELECT COUNT (*) FROM thing"), ROWS);
    }
  /* database, backup, three kept */
  assert_int_equal (files_in (fixture->folder), 5);
}

static void
a_restore_to_an_empty_place_keeps_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *backup = back_up_and_go_on (fixture);
  g_autofree char *path = fixture_file (fixture, "新.db");
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  char *kept = backup;

  assert_true (hx_store_restore (url, backup, NULL, &kept, NULL));
  assert_null (kept);
  assert_int_equal (count_in_file (path, "SELECT COUNT (*) FROM thing"), ROWS);
}

static void
a_log_left_beside_an_empty_place_is_not_applied (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *stale = NULL;
  g_autofree char *backup = fixture_file (fixture, "备份.db");
  gsize size = 0;

  must_back_up (fixture, backup);
  must_write (fixture->store, "DELETE FROM thing");
  g_file_get_contents (log, &stale, &size, NULL);
  assert_true (size > 0);
  hx_store_close (g_steal_pointer (&fixture->store));
  g_unlink (fixture->path);
  g_file_set_contents (log, stale, (gssize)size, NULL);
  assert_true (hx_store_restore (fixture->url, backup, NULL, NULL, NULL));
  assert_int_equal (
      count_in_file (fixture->path, "SELECT COUNT (*) FROM thing"), ROWS);
}

static void
a_plain_copy_with_its_log_is_restored_whole (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *copy = fixture_file (fixture, "抄.db");
  g_autofree char *copy_log = fixture_file (fixture, "抄.db-wal");
  g_autofree char *data = NULL;
  g_autofree char *log_data = NULL;
  gsize size = 0;
  gsize log_size = 0;

  fixture_reopen (fixture);
  must_write (fixture->store, "DELETE FROM thing WHERE id > 5");
  g_file_get_contents (fixture->path, &data, &size, NULL);
  g_file_get_contents (log, &log_data, &log_size, NULL);
  g_file_set_contents (copy, data, (gssize)size, NULL);
  g_file_set_contents (copy_log, log_data, (gssize)log_size, NULL);
  hx_store_close (g_steal_pointer (&fixture->store));
  assert_true (hx_store_restore (fixture->url, copy, NULL, NULL, NULL));
  assert_int_equal (
      count_in_file (fixture->path, "SELECT COUNT (*) FROM thing"), 5);
}

static void
a_database_in_use_is_not_replaced (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *backup = fixture_file (fixture, "备份.db");
  g_autoptr (GError) error = NULL;

  must_back_up (fixture, backup);
  must_write (fixture->store, "INSERT INTO thing (text) VALUES ('后来')");
  assert_false (hx_store_restore (fixture->url, backup, NULL, NULL, &error));
  assert_failed (error, HX_ERROR_STORE, "占用");
  must_write (fixture->store, "INSERT INTO thing (text) VALUES ('再后来')");
  assert_int_equal (count_of (fixture->store, "SELECT COUNT (*) FROM thing"),
                    ROWS + 2);
}

static void
a_restore_follows_a_link_to_the_database (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *backup = back_up_and_go_on (fixture);
  g_autofree char *name = fixture_file (fixture, "链接.db");
  g_autofree char *url = g_strconcat ("sqlite:", name, NULL);
  g_autofree char *kept = NULL;

  assert_int_equal (symlink (fixture->path, name), 0);
  assert_true (hx_store_restore (url, backup, NULL, &kept, NULL));
  assert_true (g_file_test (name, G_FILE_TEST_IS_SYMLINK));
  assert_true (g_str_has_prefix (kept, fixture->path));
  assert_int_equal (
      count_in_file (fixture->path, "SELECT COUNT (*) FROM thing"), ROWS);
}

static void
a_ruined_database_is_replaced_and_kept_as_it_is (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *backup = back_up_and_go_on (fixture);
  g_autofree char *kept = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, "不再是数据库", -1, NULL);
  hx_store_restore (fixture->url, backup, NULL, &kept, &error);
  assert_no_error (error);
  g_file_get_contents (kept, &data, NULL, NULL);
  assert_string_equal (data, "不再是数据库");
  assert_int_equal (
      count_in_file (fixture->path, "SELECT COUNT (*) FROM thing"), ROWS);
}

/* ---------------------------------------------------------------- refusals */

/* Nothing has changed, no file has come. */
static void
check_refused (Fixture *fixture, const char *backup, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  guint files = files_in (fixture->folder);
  char *kept = NULL;

  assert_false (hx_store_restore (fixture->url, backup, NULL, &kept, &error));
  assert_failed (error, code, part);
  assert_null (kept);
  assert_int_equal (files_in (fixture->folder), files);
  assert_int_equal (
      count_in_file (fixture->path, "SELECT COUNT (*) FROM thing"), ROWS + 1);
}

static void
a_truncated_backup_is_refused (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *backup = back_up_and_go_on (fixture);
  g_autofree char *data = NULL;
  gsize size = 0;

  g_file_get_contents (backup, &data, &size, NULL);
  for (gsize cut = 1; cut <= 4; cut++)
    {
      g_file_set_contents (backup, data, (gssize)(size * (4 - cut) / 4), NULL);
      check_refused (fixture, backup, HX_ERROR_STORE,
                     cut < 4 ? "损坏" : "空文件");
    }
  g_file_set_contents (backup, data, (gssize)size - 1, NULL);
  check_refused (fixture, backup, HX_ERROR_STORE, "损坏");
}

static void
a_backup_damaged_in_the_middle_is_refused (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *backup = back_up_and_go_on (fixture);
  g_autofree char *data = NULL;
  gsize size = 0;

  g_file_get_contents (backup, &data, &size, NULL);
  memset (data + size / 8192 * 4096, 0xee, 4096);
  g_file_set_contents (backup, data, (gssize)size, NULL);
  check_refused (fixture, backup, HX_ERROR_STORE, "损坏");
}

static void
what_is_no_backup_of_ours_is_refused (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *backup = back_up_and_go_on (fixture);
  g_autofree char *foreign = fixture_file (fixture, "别的.db");
  g_autofree char *newer = fixture_file (fixture, "新.db");
  g_autofree char *text = fixture_file (fixture, "字.txt");
  sqlite3 *db = NULL;

  sqlite3_open (foreign, &db);
  sqlite3_exec (db, "CREATE TABLE a (b)", NULL, NULL, NULL);
  sqlite3_close (db);
  check_refused (fixture, foreign, HX_ERROR_STORE, "别的程序");

  g_file_set_contents (text, "走访慰问386次", -1, NULL);
  check_refused (fixture, text, HX_ERROR_STORE, "不是红霞数据库");
  check_refused (fixture, fixture->folder, HX_ERROR_STORE, "目录");
  check_refused (fixture, newer, HX_ERROR_NOT_FOUND, newer);
  check_refused (fixture, fixture->path, HX_ERROR_USAGE, "同一个文件");

  sqlite3_open (backup, &db);
  sqlite3_exec (db, "INSERT INTO schema_version VALUES ('store', 99, '')", NULL,
                NULL, NULL);
  sqlite3_close (db);
  check_refused (fixture, backup, HX_ERROR_STORE, "99");
}

static void
a_database_of_another_program_is_not_replaced (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *backup = back_up_and_go_on (fixture);
  g_autofree char *foreign = fixture_file (fixture, "别的.db");
  g_autofree char *url = g_strconcat ("sqlite:", foreign, NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  sqlite3_open (foreign, &db);
  sqlite3_exec (db, "CREATE TABLE a (b)", NULL, NULL, NULL);
  sqlite3_close (db);
  assert_false (hx_store_restore (url, backup, NULL, NULL, &error));
  assert_failed (error, HX_ERROR_STORE, "别的程序");
  sqlite3_open (foreign, &db);
  assert_int_equal (sqlite3_exec (db, "SELECT b FROM a", 0, 0, 0), SQLITE_OK);
  sqlite3_close (db);
}

#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_backup_is_one_private_file_with_everything),
    TEST (a_backup_never_overwrites),
    TEST (a_backup_into_a_missing_folder_is_refused),
    TEST (progress_ends_at_the_total),
    TEST (a_stopped_backup_leaves_no_file),
    TEST (a_name_taken_meanwhile_is_not_overwritten),
    TEST (a_backup_made_during_writes_is_of_one_moment),
    TEST (a_restore_brings_back_the_backup_and_keeps_what_was_there),
    TEST (a_restore_to_an_empty_place_keeps_nothing),
    TEST (a_log_left_beside_an_empty_place_is_not_applied),
    TEST (a_plain_copy_with_its_log_is_restored_whole),
    TEST (a_database_in_use_is_not_replaced),
    TEST (a_restore_follows_a_link_to_the_database),
    TEST (a_ruined_database_is_replaced_and_kept_as_it_is),
    TEST (a_truncated_backup_is_refused),
    TEST (a_backup_damaged_in_the_middle_is_refused),
    TEST (what_is_no_backup_of_ours_is_refused),
    TEST (a_database_of_another_program_is_not_replaced),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
