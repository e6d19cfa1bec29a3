/* bench-server DB WORKERS
 *
 * The server as `hongxia serve` runs it, on a port of the system's choice and
 * without a limit of how often one user may ask, with a user of the whole
 * bureau who may read and write.  Ends when its input does.
 *
 *   port    where
 *   token   of that user
 *   people  how many there are, numbered from 1
 */
#include "access/session.h"
#include "bench.h"
#include "server/serve.h"

#include <stdio.h>

#define PROGRAM "bench-server"

typedef struct
{
  BenchBase base;
  HxServer *server;
  HxSessions *sessions;
} Bureau;

static const HxAuthor author = { "bench", "bench" };

static gboolean
add_user (HxLedger *ledger, gpointer data, GError **error)
{
  gint64 *id = data;
  g_autofree char *login
      = g_strdup_printf ("bench%" G_GINT64_FORMAT, g_get_real_time ());
  g_autofree char *hash = hx_password_hash ("no-one-logs-in-7", error);
  const HxAccountNew account = { .login = login,
                                 .name = "bench",
                                 .roles = HX_USER_CLERK | HX_USER_BUREAU,
                                 .hash = hash };
  return hash != NULL && hx_account_add (ledger, &account, id, error)
         && hx_account_set_password (ledger, *id, hash, FALSE, error);
}

static gboolean
make_token (Bureau *bureau, char **token, GError **error)
{
  HxTokenNew wanted = { .label = "bench", .writes = TRUE, .days = 1 };
  bureau->sessions = hx_sessions_new (bureau->base.store,
                                      bureau->base.catalogue, NULL, error);
  return bureau->sessions != NULL
         && hx_measure_write (bureau->base.store, bureau->base.catalogue,
                              &author, add_user, &wanted.user_id, error)
         && hx_token_add (bureau->sessions, &author, &wanted, token, error);
}

static gboolean
count_people (Bureau *bureau, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (bureau->base.store, error);
  gint64 people = 0;
  if (reader == NULL
      || !hx_query_integer (hx_reader_connection (reader),
                            "SELECT MAX (id) FROM reg_cadre", 0, &people,
                            error))
    return FALSE;
  bench_put_integer ("people", people);
  return TRUE;
}

static gboolean
serve (Bureau *bureau, char **arguments, GError **error)
{
  g_autofree char *token = NULL;
  const HxServerOptions options
      = { .http = { .address = "127.0.0.1:0",
                    .workers = bench_number (arguments[2]) },
          .today = { 2023, 11, 30 },
          .rate = 1000000 };
  const HxStoreOptions store = { .reader_kib = HX_SERVER_READER_KIB };
  if (!bench_open (&bureau->base, arguments[1], &store, error))
    return FALSE;
  bureau->server = hx_server_start (bureau->base.store, bureau->base.catalogue,
                                    &options, error);
  if (bureau->server == NULL || !make_token (bureau, &token, error)
      || !count_people (bureau, error))
    return FALSE;
  printf ("token\t%s\n", token);
  bench_put_integer ("port", hx_server_port (bureau->server));
  fflush (stdout);
  while (getchar () != EOF)
    ;
  hx_server_stop (bureau->server, 10);
  return TRUE;
}

int
main (int argc, char **arguments)
{
  Bureau bureau = { 0 };
  g_autoptr (GError) error = NULL;
  if (argc != 3)
    return 2;
  serve (&bureau, arguments, &error);
  hx_server_free (bureau.server);
  hx_sessions_free (bureau.sessions);
  bench_close (&bureau.base);
  return bench_status (PROGRAM, g_steal_pointer (&error));
}
