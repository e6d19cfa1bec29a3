/* statistics: how many there are of each class, and how the number came about.
 *
 * A cross table counts the rows of a register as of a day by dimensions: a
 * field (choice, ref or bool) or the age in bands.  Every row is counted once;
 * a row without a value is in the class 未填, so that the parts make up the
 * whole.  Rows and columns are sums of their cells, and the whole is counted
 * a second time by SQL; what does not agree is an error.  Classes that nobody
 * is in are left out; the rest are in the order of the code list, of the tree
 * of units, or of the ages.
 *
 * A balance says for each class of one dimension
 *
 *     last year + entered + moved in − moved out − left = this year
 *
 * where entered is by `since` and left by `until`, by the reason in the field
 * `exit` where the kind has one.  Who is there on a day is said in selection.h:
 * a last day of 31 December is still in that year's number.  Who entered and
 * left within the year counts as both, in the class of the last day.  Moves
 * are between the classes of last year's end (or of the first day) and of
 * this year's (or of the last day); with terms, also into and out of the rows
 * that they choose.  Both years' numbers are counted a second time as cross
 * tables; a class that does not balance is an error that names its rows.
 *
 * Threads: those of the connection.
 */
#ifndef HX_PEOPLE_STATISTICS_H
#define HX_PEOPLE_STATISTICS_H

#include "ledger/selection.h"

G_BEGIN_DECLS

#define HX_DIMENSIONS_MAX 3  /* of the rows, and of the columns */
#define HX_CLASSES_MAX 10000 /* of the rows, and of the columns */
#define HX_AGE_BANDS_MAX 30

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  const HxKind *kind;
  const GArray *rows, *columns; /* HxDimension; columns may be NULL */
  const GArray *ages;           /* int, ascending: where bands begin */
  const char *const *terms;     /* see selection.h; may be NULL */
  HxDate as_of;
} HxStatisticsQuery;

/* "age" (年龄), or a field by key, name or alias; comma between them.  Appends
 * HxDimension. */
gboolean hx_dimensions_parse (const HxKind *kind, const char *text,
                              GArray *dimensions, GError **error);
/* "60,70,80" as int, ascending. */
gboolean hx_ages_parse (const char *text, GArray *ages, GError **error);
/* 60, 65, 70, … 90; the caller's. */
GArray *hx_ages_default (void);

typedef struct
{
  char *key;        /* codes, row ids or ages, by `/`; "" for 未填 */
  GPtrArray *names; /* char *, one a dimension */
  gint64 total;
} HxClass;

typedef struct
{
  GPtrArray *rows, *columns; /* HxClass; no columns: one class without name */
  gint64 *cells;             /* row by row */
  gint64 total;
} HxCross;

HxCross *hx_cross_count (const HxStatisticsQuery *query, GError **error);
void hx_cross_free (HxCross *cross);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxCross, hx_cross_free)

typedef struct
{
  HxClass *row; /* its total is this year's number; NULL: all of them */
  gint64 last, entered, moved_in, moved_out;
  gint64 *left; /* one a reason */
} HxBalanceLine;

typedef struct
{
  GPtrArray *reasons; /* HxClass, those that occur; its total is of all */
  GPtrArray *lines;   /* HxBalanceLine */
  HxBalanceLine *all;
} HxBalance;

/* Of the first of query->rows from the day `last` to query->as_of. */
HxBalance *hx_balance_count (const HxStatisticsQuery *query, HxDate last,
                             GError **error);
void hx_balance_free (HxBalance *balance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxBalance, hx_balance_free)

G_END_DECLS

#endif
