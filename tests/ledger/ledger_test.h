/* What the tests of the ledger share: a small catalogue, installed. */
#ifndef HX_LEDGER_TEST_H
#define HX_LEDGER_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/ledger.h"

typedef struct
{
  char *folder;
  const char *head; /* of the catalogue */
  HxStore *store;
  HxCatalogue *catalogue;
  const HxKind *unit, *cadre, *visit;
} Fixture;

int fixture_setup (void **state);
int fixture_setup_sm3 (void **state);
int fixture_teardown (void **state);
/* Installs the catalogue again with one file put in its place. */
void use_catalogue (Fixture *fixture, const char *path, const char *text);
const char *catalogue_file (const char *path);

/* A function inside one write of its own, with a ledger. */
typedef void (*InLedger) (Fixture *fixture, HxLedger *ledger, gpointer data);
void in_ledger (Fixture *fixture, InLedger function, gpointer data);
void in_watched_ledger (Fixture *fixture, const HxWatcher *watcher,
                        InLedger function, gpointer data);

/* Cells as "key=text" up to NULL; all must be good. */
void set_cells (HxLedger *ledger, HxRow *row, const char *const *cells);
HxPutOutcome put_cells (HxLedger *ledger, const HxKind *kind,
                        const char *const *cells, gint64 *id);
char *read_text (Fixture *fixture, const char *sql);
gint64 read_integer (Fixture *fixture, const char *sql);
void run_sql (Fixture *fixture, const char *sql);
/* A unit, a cadre 张三 of it and one visit of 2023-03-05. */
void put_sample (Fixture *fixture, HxLedger *ledger, gpointer data);

#define assert_no_error(error)                                                 \
  do                                                                           \
    {                                                                          \
      if ((error) != NULL)                                                     \
        fail_msg ("%s", (error)->message);                                     \
    }                                                                          \
  while (0)

#endif
