/* The whole server in this process, on a port of the system's choice, with a
 * database of its own below the temporary folder. */
#ifndef TESTS_SERVER_FIXTURE_H
#define TESTS_SERVER_FIXTURE_H

#include "access/session.h"
#include "client.h"
#include "measure/measure.h"
#include "server/serve.h"

typedef struct
{
  char *folder;
  HxStore *store;
  HxCatalogue *catalogue;
  HxSessions *sessions; /* beside those of the server, on the same tables */
  HxServer *server;
  guint port;
} ServerFixture;

/* A bureau of the shipped catalogue without rows; with the whole sample year
 * where `year` (the day is then 2023-11-30).  `options` may be NULL; address
 * and folders are the fixture's. */
ServerFixture *server_fixture_new (gboolean year,
                                   const HxServerOptions *options);
void server_fixture_free (ServerFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerFixture, server_fixture_free)

/* Something written to the database by "测试员"; fails the test on *error. */
void server_fixture_write (ServerFixture *fixture, HxLedgerFunc function,
                           gpointer data);

/* A user whose password is SERVER_FIXTURE_PASSWORD, need not be changed, and
 * who needs no code. */
#define SERVER_FIXTURE_PASSWORD "石榴-Pomelo-7419"
gint64 server_fixture_user (ServerFixture *fixture, const char *login,
                            HxUserRoles roles, gint64 unit_id);
/* Header lines, with "\r\n", of a client that is this user: a token that may
 * write, the cookie of a new session; the caller's. */
char *server_fixture_token (ServerFixture *fixture, gint64 user_id);
char *server_fixture_cookie (ServerFixture *fixture, const char *login);

#endif
