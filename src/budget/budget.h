/* budget: the money of a year, line by line.
 *
 * A line is a row of the register that budget.yaml calls `line`: the money for
 * one source, nature and task.  Its year is that of its `since`.  What happens
 * to it are records: adjustments, payments, what is carried over, withdrawn or
 * lapsed.  Three bases are kept apart and never mixed:
 *
 *   initial     年初预算: what the line was granted with
 *   adjusted    调整: the year's own adjustments, up and down
 *   carried_in  上年结转: adjustments of the code `carried_in`
 *
 * All is as of a day: rows dated after it are not seen, nor is what a line was
 * granted with when its own day is after it.  Records count in the year in
 * which they are dated: what is dated outside the year of its line is in no
 * line (hx_budget_cuts_read names it).  Void rows count nowhere.
 *
 * Nothing is stored: lines are added up from the rows each time, one statement
 * for each kind of record, whatever the number of lines.
 *
 * Ownership: arrays are the caller's with all that is in them; codes are the
 * catalogue's.  Money is 分.  Threads: as the connection's.
 */
#ifndef HX_BUDGET_H
#define HX_BUDGET_H

#include "catalogue/budget.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 initial, adjusted, carried_in;
  gint64 total; /* the three together */
  gint64 executed;
  gint64 carried_over, withdrawn, lapsed;
  gint64 open; /* total less the four above: a year closes only at 0 */
} HxMoney;

/* No sum over lines of one year can overflow: reading them has checked it. */
void hx_money_add (HxMoney *sum, const HxMoney *other);

typedef struct
{
  gint64 id, unit_id; /* the unit may be 0 */
  char *number, *name;
  char *function_class, *economic_class; /* NULL: not said */
  const HxCode *source, *nature;
  const HxCode *task; /* NULL: not said */
  HxDate since;
  HxMoney money;
  gint64 planned;  /* what the fund plan says up to the day */
  gint64 forecast; /* the last one up to the day */
  gboolean has_plan, has_forecast;
} HxBudgetLine;

void hx_budget_line_free (HxBudgetLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxBudgetLine, hx_budget_line_free)

/* HxBudgetLine of the year by number.  `as_of` with year 0, and one after the
 * year, is 31 December.  HX_ERROR_NOT_FOUND when the catalogue keeps no money.
 */
GPtrArray *hx_budget_lines (HxConnection *connection, HxCatalogue *catalogue,
                            int year, HxDate as_of, GError **error);

G_END_DECLS

#endif
