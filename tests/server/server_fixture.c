#include "server_fixture.h"

#include "ledger/search.h"
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>

static const HxAuthor author = { "测试员", "试验" };
static const HxDate november = { 2023, 11, 30 };

#define assert_no_error(error)                                                 \
  G_STMT_START                                                                 \
  {                                                                            \
    if ((error) != NULL)                                                       \
      fail_msg ("%s", (error)->message);                                       \
  }                                                                            \
  G_STMT_END

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  return hx_ledger_migrate (connection, error)
         && hx_measure_migrate (connection, error)
         && hx_key_establish (connection, error)
         && hx_catalogue_install (connection, data, NULL, error)
         && hx_search_sync (connection, data, NULL, error)
         && hx_measure_sync (connection, data, NULL, error);
}

static void
copy_file (const char *from, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (path);

  g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  assert_no_error (error);
}

static void
open_store (ServerFixture *fixture, gboolean year)
{
  static const HxStoreOptions options = { .durability = HX_DURABLE_NORMAL };
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("sqlite:%s/a.db", fixture->folder);

  if (year)
    {
      copy_file (HX_TEST_YEAR, fixture->folder, "a.db");
      copy_file (HX_TEST_YEAR ".key", fixture->folder, "a.db.key");
    }
  fixture->store = hx_store_open (url, year ? HX_STORE_OPEN : HX_STORE_CREATE,
                                  &options, &error);
  assert_no_error (error);
}

static void
load_catalogue (ServerFixture *fixture, gboolean year)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;

  if (!year)
    {
      fixture->catalogue = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
      assert_no_error (error);
      hx_write (fixture->store, install, fixture->catalogue, &error);
      assert_no_error (error);
      return;
    }
  reader = hx_store_reader (fixture->store, &error);
  assert_no_error (error);
  fixture->catalogue
      = hx_catalogue_installed (hx_reader_connection (reader), &error);
  assert_no_error (error);
}

ServerFixture *
server_fixture_new (gboolean year, const HxServerOptions *options)
{
  ServerFixture *fixture = g_new0 (ServerFixture, 1);
  HxServerOptions own = { 0 };
  g_autoptr (GError) error = NULL;

  if (options != NULL)
    own = *options;
  fixture->folder = g_dir_make_tmp ("hx-server-XXXXXX", NULL);
  open_store (fixture, year);
  load_catalogue (fixture, year);
  own.http.address = "127.0.0.1:0";
  own.http.upload_folder = fixture->folder;
  if (year && own.today.year == 0)
    own.today = november;
  if (own.rate == 0)
    own.rate = 100000;
  fixture->server
      = hx_server_start (fixture->store, fixture->catalogue, &own, &error);
  assert_no_error (error);
  fixture->port = hx_server_port (fixture->server);
  fixture->sessions
      = hx_sessions_new (fixture->store, fixture->catalogue, NULL, &error);
  assert_no_error (error);
  return fixture;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (g_file_test (below, G_FILE_TEST_IS_DIR))
        remove_folder (below);
      else
        g_unlink (below);
    }
  g_rmdir (path);
}

void
server_fixture_free (ServerFixture *fixture)
{
  if (fixture == NULL)
    return;
  hx_server_free (fixture->server);
  hx_sessions_free (fixture->sessions);
  hx_store_close (fixture->store);
  hx_catalogue_unref (fixture->catalogue);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture);
}

void
server_fixture_write (ServerFixture *fixture, HxLedgerFunc function,
                      gpointer data)
{
  g_autoptr (GError) error = NULL;

  hx_measure_write (fixture->store, fixture->catalogue, &author, function, data,
                    &error);
  assert_no_error (error);
}

/* -------------------------------------------------------------------- users */

typedef struct
{
  HxAccountNew account;
  gint64 id;
} NewUser;

static gboolean
add_user (HxLedger *ledger, gpointer data, GError **error)
{
  NewUser *user = data;

  return hx_account_add (ledger, &user->account, &user->id, error)
         && hx_account_set_password (ledger, user->id, user->account.hash,
                                     FALSE, error);
}

gint64
server_fixture_user (ServerFixture *fixture, const char *login,
                     HxUserRoles roles, gint64 unit_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = hx_password_hash (SERVER_FIXTURE_PASSWORD, &error);
  NewUser user = { { .login = login,
                     .name = login,
                     .roles = roles,
                     .unit_id = unit_id,
                     .hash = hash },
                   0 };

  assert_no_error (error);
  server_fixture_write (fixture, add_user, &user);
  return user.id;
}

char *
server_fixture_token (ServerFixture *fixture, gint64 user_id)
{
  const HxTokenNew wanted
      = { .user_id = user_id, .label = "试验", .writes = TRUE, .days = 1 };
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  hx_token_add (fixture->sessions, &author, &wanted, &token, &error);
  assert_no_error (error);
  return g_strconcat ("Authorization: Bearer ", token, "\r\n", NULL);
}

char *
server_fixture_cookie (ServerFixture *fixture, const char *login)
{
  const HxLogin wanted
      = { .login = login, .password = SERVER_FIXTURE_PASSWORD };
  HxLoginOutcome outcome = HX_LOGIN_REFUSED;
  g_autofree char *cookie = NULL;
  g_autoptr (GError) error = NULL;

  hx_sessions_login (fixture->sessions, &wanted, &outcome, &cookie, &error);
  assert_no_error (error);
  assert_int_equal (outcome, HX_LOGIN_IN);
  return g_strconcat ("Cookie: " HX_COOKIE "=", cookie, "\r\n", NULL);
}
