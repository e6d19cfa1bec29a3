/* batch_list: the list of a batch as a workbook, out to the hospital and back
 * with who came.
 *
 * Out: one sheet to print, A4 across, the header on every page: who is asked,
 * in order of street, with places to sign and to fill in.  What is masked is
 * said by the caller; names are, unless he says otherwise.  The last column is
 * the row of the attendance: by it the list is known again, whatever happens to
 * names and order.
 *
 * Back: any workbook or CSV with such columns.  A result that is filled in
 * counts, else a signature; a line with neither says nothing.  All files are
 * one write: an unreadable one leaves everything as it was.  A line that is
 * refused does not stop the others.
 *
 * Threads: as the connection's.
 */
#ifndef HX_EXCHANGE_BATCH_LIST_H
#define HX_EXCHANGE_BATCH_LIST_H

#include "exchange/exchange.h"
#include "people/batch_plan.h"

G_BEGIN_DECLS

/* Columns beside those of fields. */
#define HX_LABEL_KEY N_ ("登记号")
#define HX_LABEL_SIGN N_ ("签到")

/* ------------------------------------------------------------------- out */

typedef struct
{
  HxConnection *connection;
  const HxBatchPlan *plan;
  /* Whether a field of the people is masked; NULL: all that can be are. */
  gboolean (*masks) (const HxField *field, gpointer data);
  gpointer data;
} HxBatchListOptions;

/* Written beside and renamed; a file that is there is left as it is and is an
 * error, since somebody may have filled it in.  *people: how many are on it. */
gboolean hx_batch_list_write (const HxBatchListOptions *options,
                              const HxBatchLine *line, const char *path,
                              guint *people, GError **error);

/* ------------------------------------------------------------------ back */

typedef struct
{
  const HxBatchPlan *plan;
  gboolean add;     /* take walk-ins */
  gboolean dry_run; /* do everything, keep nothing */
  HxDate today;     /* lists of later days are refused */
  HxAuthor author;
  /* Each line that was not taken, as it is found; on the writer's thread. */
  void (*told) (const char *where, const char *reason, gpointer data);
  gpointer data;
} HxBatchReturnOptions;

/* rows = changed + unchanged + blank + added + walk_ins + refused */
typedef struct
{
  guint rows, changed, unchanged, blank, added;
  guint walk_ins; /* not on the list and not taken */
  guint refused;
} HxBatchReturnSummary;

/* TRUE also with refused lines; FALSE: nothing was kept. `paths` ends with
 * NULL. */
gboolean hx_batch_return (HxStore *store, HxCatalogue *catalogue,
                          char *const *paths,
                          const HxBatchReturnOptions *options,
                          HxBatchReturnSummary *summary, GError **error);

G_END_DECLS

#endif
