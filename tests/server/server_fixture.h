/* The whole server in this process, on a port of the system's choice, with a
 * database of its own below the temporary folder. */
#ifndef TESTS_SERVER_FIXTURE_H
#define TESTS_SERVER_FIXTURE_H

#include "client.h"
#include "measure/measure.h"
#include "server/serve.h"

typedef struct
{
  char *folder;
  HxStore *store;
  HxCatalogue *catalogue;
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

#endif
