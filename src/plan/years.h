/* plan/years: which years have money, tasks, targets, entries of
 * scorecards at all.
 *
 * A command that is asked for a year of which nothing was entered says so,
 * with the years that it could be asked for, instead of tables full of zeros.
 *
 * Void rows are not there.  A part that the catalogue does not keep is no part:
 * it is never missed.  Threads: those of the connection.
 */
#ifndef HX_PLAN_YEARS_H
#define HX_PLAN_YEARS_H

#include "catalogue/budget.h"
#include "catalogue/plan.h"

G_BEGIN_DECLS

typedef enum
{
  HX_YEAR_LINES = 1 << 0,   /* budget lines granted in the year */
  HX_YEAR_TASKS = 1 << 1,   /* key tasks of the year */
  HX_YEAR_TARGETS = 1 << 2, /* targets of the year */
  HX_YEAR_ENTRIES = 1 << 3  /* rows of scorecards filled in for the year */
} HxYearPart;

#define HX_YEAR_ANY (HX_YEAR_LINES | HX_YEAR_TASKS | HX_YEAR_TARGETS)

/* TRUE when the year has one at least of `parts` (HxYearPart, or-ed), or the
 * catalogue keeps none of them.  Else HX_ERROR_NOT_FOUND: what the year lacks,
 * the years that have some of it, how to bring it in. */
gboolean hx_year_need (HxConnection *connection, HxCatalogue *catalogue,
                       int year, guint parts, GError **error);

G_END_DECLS

#endif
