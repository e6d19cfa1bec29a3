/* What the files of the recount share: verify_sql.c asks the tables for what
 * counts, sort.c puts it in order, verify.c compares it with cells and members.
 * Of the watcher's side they use the tree of units and the days alone. */
#ifndef HX_VERIFY_INTERNAL_H
#define HX_VERIFY_INTERNAL_H

#include "measure/measure_internal.h"

/* ------------------------------------------------------------------ sorter */

#define HX_TALLY_KEYS 4

typedef struct
{
  gint64 key[HX_TALLY_KEYS];
  gint64 rows, amount;
} HxTally;

typedef struct _HxSorter HxSorter;
/* `records` in memory at most; the rest in a temporary file. */
HxSorter *hx_sorter_new (guint records);
void hx_sorter_free (HxSorter *sorter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxSorter, hx_sorter_free)
gboolean hx_sorter_add (HxSorter *sorter, const HxTally *tally, GError **error);
/* After the last add and before the first next. */
gboolean hx_sorter_sort (HxSorter *sorter, GError **error);
gboolean hx_sorter_next (HxSorter *sorter, HxTally *tally, gboolean *is_end,
                         GError **error);

/* --------------------------------------------------------------------- SQL */

/* The rows that match a rule: unit_id, day, until, value, people. */
enum
{
  HX_MATCH_UNIT,
  HX_MATCH_DAY,
  HX_MATCH_UNTIL,
  HX_MATCH_VALUE,
  HX_MATCH_PEOPLE
};

HxStatement *hx_match_rows (HxConnection *connection,
                            const HxIndicator *indicator, GError **error);
HxStatement *hx_match_base (HxConnection *connection,
                            const HxIndicator *indicator, GError **error);
/* The same columns of one row of the base, whose id is parameter 2; the bound
 * values stay through resets. */
HxStatement *hx_match_one (HxConnection *connection,
                           const HxIndicator *indicator, GError **error);

#endif
