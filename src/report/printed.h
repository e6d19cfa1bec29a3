/* The figures that a report prints, each with what is behind it. */
#ifndef HX_REPORT_PRINTED_H
#define HX_REPORT_PRINTED_H

#include "measure/measure.h"

G_BEGIN_DECLS

typedef struct
{
  const HxKind *kind;
  gint64 id;
} HxRowName;

/* One figure: an indicator of the catalogue, or a number of the year's tasks,
 * targets, money … that has rows of its own. */
typedef struct
{
  char *key, *name, *query;
  char *unit;   /* or NULL */
  char *stated; /* as the report says it first; NULL: it does not print it */
  char *value;  /* exact, as text */
  HxExact exact;
  guint decimals;
  gint64 rows;
  /* Its rows are those of this indicator up to that day; else `names`. */
  const HxIndicator *indicator; /* or NULL; the catalogue's */
  HxDate as_of;                 /* year 0: of no day of its own */
  GArray *names;                /* HxRowName */
} HxPrinted;

void hx_printed_free (HxPrinted *printed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxPrinted, hx_printed_free)

/* Calls for each row behind a printed figure as hx_trace does: those of an
 * indicator by day and id, others in their order.  `period` is the report's. */
gboolean hx_printed_trace (HxConnection *connection, HxCatalogue *catalogue,
                           const HxPrinted *printed, const HxPeriod *period,
                           HxTraceFunc function, gpointer data, GError **error);

G_END_DECLS

#endif
