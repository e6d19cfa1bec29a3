/* Private to the room budget.
 *
 * budget_sql  the sums of a year as statements
 * line        the lines with their money
 */
#ifndef HX_BUDGET_INTERNAL_H
#define HX_BUDGET_INTERNAL_H

#include "budget/budget.h"

/* The days asked for: from 1 January of the year. */
typedef struct
{
  int year;
  char first[HX_DATE_TEXT_SIZE], last[HX_DATE_TEXT_SIZE],
      end[HX_DATE_TEXT_SIZE];
} HxSpan;

void hx_span_init (HxSpan *span, int year, HxDate as_of);

/* The view, or NULL with *error. */
const HxBudgetView *hx_budget_view (HxCatalogue *catalogue, GError **error);

/* ------------------------------------------------------------ budget_sql */

/* id, unit_id, day, number, name, amount, source, nature, task, function class,
 * economic class of the lines of the year, by number; NULL for what the
 * catalogue has not. */
HxStatement *hx_sql_lines (HxConnection *connection, const HxBudgetView *view,
                           const HxSpan *span, GError **error);
/* Records that add up by line: line, sum and, with a field `by`, its code. */
typedef struct
{
  const HxKind *kind;
  const HxField *line, *amount, *by;
} HxSums;
HxStatement *hx_sql_sums (HxConnection *connection, const HxSums *sums,
                          const HxSpan *span, GError **error);
/* line, amount of the last row of each line, in order of line. */
HxStatement *hx_sql_last (HxConnection *connection, const HxSums *sums,
                          const HxSpan *span, GError **error);

#endif
