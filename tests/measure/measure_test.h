/* What the tests of the measures share: a small bureau, its rows by lines of
 * text, and figures beside counts by plain SQL. */
#ifndef HX_MEASURE_TEST_H
#define HX_MEASURE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measure/measure.h"

typedef struct
{
  char *folder;
  HxStore *store;
  HxCatalogue *catalogue;
} Fixture;

int fixture_setup (void **state);
int fixture_teardown (void **state);
/* The small bureau's catalogue; `indicators` NULL: its own. */
HxCatalogue *bureau_catalogue (const char *indicators);
HxCatalogue *bureau_catalogue_without (const char *key);
/* Installs another catalogue; returns how many indicators were recounted. */
guint fixture_install (Fixture *fixture, HxCatalogue *catalogue);

/* Lines, one write together, last NULL:
 *   "put visit person=甲 date=2023-03-05 gift=20"
 *   "void visit person=甲 date=2023-03-05" by the identity alone */
void play (Fixture *fixture, const char *const *lines);
void play_line (HxLedger *ledger, const char *line);

/* Inside one write, with a ledger. */
void in_ledger (Fixture *fixture, HxLedgerFunc function, gpointer data);
void run_sql (Fixture *fixture, const char *sql);
gint64 read_integer (Fixture *fixture, const char *sql);

/* "386", "95.06", "" for no value. */
char *figure (Fixture *fixture, const char *key, const HxPeriod *period);
void assert_figure (Fixture *fixture, const char *key, const HxPeriod *period,
                    const char *text);
/* Every indicator: rows of the figure = rows of the trace. */
void assert_traced (Fixture *fixture, const HxPeriod *period);
/* What hx_measure_verify says, one finding a line. */
char *findings (Fixture *fixture);
/* Cells and members as text, in order. */
char *tables (Fixture *fixture);

void check (gboolean done, const GError *error);

#endif
