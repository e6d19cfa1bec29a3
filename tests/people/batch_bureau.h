/* What the tests of batches share: the shipped catalogue in a store, rows from
 * words, and people at random whose circumstances the test knows. */
#ifndef HX_BATCH_BUREAU_H
#define HX_BATCH_BUREAU_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measure/measure.h"
#include "people/batch_plan.h"

typedef struct
{
  char *folder;
  HxStore *store;
  HxCatalogue *catalogue;
  const HxBatchPlan *plan;
} Bureau;

Bureau *bureau_new (void);
void bureau_free (Bureau *bureau);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bureau, bureau_free)
char *bureau_path (const Bureau *bureau, const char *name);
void check (gboolean done, const GError *error);
void bureau_write (Bureau *bureau, HxLedgerFunc function, gpointer data);
/* Cells as "key=text" up to NULL; the id. */
gint64 put_row (HxLedger *ledger, const char *kind, const char *const *cells);

/* One of the register, as the test made him; row 1 is the first. */
typedef struct
{
  gint64 id;
  char name[32], spouse[32];
  guint street; /* 1… */
  int birth_year;
  const char *status, *health, *living;
  HxDate since, until; /* year 0: none */
} Somebody;

/* Two hospitals, the first with a green channel, and people of 离休. */
void bureau_people (Bureau *bureau, GRand *random, Somebody *people,
                    guint count);
/* Points by the shipped rules, in words of the test's own. */
gboolean is_frail (const Somebody *somebody, int year);

HxBatchDraft *draft (Bureau *bureau, const HxBatchRequest *request);
/* The draft is made and written in one write. */
void write_plan (Bureau *bureau, const HxBatchRequest *request);
GPtrArray *lines_of (Bureau *bureau, int year);
GArray *missed_of (Bureau *bureau, int year, HxDate as_of);
gint64 count_rows (Bureau *bureau, const char *sql);

#endif
