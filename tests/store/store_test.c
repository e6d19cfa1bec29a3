#include "store_test.h"

#include <glib/gstdio.h>

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (g_file_test (inside, G_FILE_TEST_IS_DIR))
        remove_tree (inside);
      else
        g_unlink (inside);
    }
  g_rmdir (path);
}

int
folder_setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("hx-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "库.db", NULL);
  fixture->url = g_strconcat ("sqlite:", fixture->path, NULL);
  *state = fixture;
  return fixture->folder == NULL;
}

int
fixture_setup (void **state)
{
  g_autoptr (GError) error = NULL;
  Fixture *fixture;

  if (folder_setup (state) != 0)
    return 1;
  fixture = *state;
  fixture->store = hx_store_open (fixture->url, HX_STORE_CREATE, NULL, &error);
  if (fixture->store == NULL)
    print_error ("%s\n", error->message);
  return fixture->store == NULL;
}

int
fixture_teardown (void **state)
{
  Fixture *fixture = *state;

  hx_store_close (fixture->store);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->url);
  g_free (fixture);
  return 0;
}

char *
fixture_file (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

void
fixture_reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  hx_store_close (fixture->store);
  fixture->store = hx_store_open (fixture->url, HX_STORE_OPEN, NULL, &error);
  assert_no_error (error);
}

static gboolean
run_sql (HxConnection *connection, gpointer sql, GError **error)
{
  return hx_execute (connection, sql, error);
}

gboolean
write_sql (HxStore *store, const char *sql, GError **error)
{
  g_autofree char *copy = g_strdup (sql);

  return hx_write (store, run_sql, copy, error);
}

void
must_write (HxStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  write_sql (store, sql, &error);
  assert_no_error (error);
}

gint64
count_of (HxStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (store, &error);
  gint64 value = -1;

  assert_no_error (error);
  hx_query_integer (hx_reader_connection (reader), sql, -1, &value, &error);
  assert_no_error (error);
  return value;
}

void
assert_failed (const GError *error, int code, const char *part)
{
  assert_non_null (error);
  if (error->domain != HX_ERROR || error->code != code
      || strstr (error->message, part) == NULL)
    fail_msg ("code %d instead of %d, or no \"%s\" in: %s", error->code, code,
              part, error->message);
}
