/* Private to the room budget.
 *
 * budget_sql  the sums of a year as statements
 * line        the lines with their money
 * finding     what is wrong, and how it is said
 * transfer    money moved between lines by one document
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
/* Of adjustments but those carried in: line, sum without signs; of transfers
 * what arrives. */
HxStatement *hx_sql_moved (HxConnection *connection, const HxSums *sums,
                           const HxSpan *span, GError **error);
/* line, amount of the last row of each line, in order of line. */
HxStatement *hx_sql_last (HxConnection *connection, const HxSums *sums,
                          const HxSpan *span, GError **error);

/* A field of the kind is empty: line, sum, how many. */
HxStatement *hx_sql_lacking (HxConnection *connection, const HxSums *sums,
                             const HxSpan *span, GError **error);
/* `amount` is below zero: the same. */
HxStatement *hx_sql_negative (HxConnection *connection, const HxSums *sums,
                              const HxSpan *span, GError **error);
/* Rows dated in the year whose line is not of it, and the other way round:
 * line, its number, sum, how many. */
HxStatement *hx_sql_stray (HxConnection *connection, const HxBudgetView *view,
                           const HxSums *sums, const HxSpan *span,
                           GError **error);
/* Documents whose transfers do not sum to 0: number, sum, how many rows. */
HxStatement *hx_sql_transfers (HxConnection *connection,
                               const HxBudgetView *view, const HxSpan *span,
                               GError **error);
/* id, number, name, sum of payments of lines that have some, by number. */
HxStatement *hx_sql_paid_lines (HxConnection *connection,
                                const HxBudgetView *view, GError **error);
/* line, month (1…12), sum. */
HxStatement *hx_sql_months (HxConnection *connection, const HxSums *sums,
                            const HxSpan *span, GError **error);
/* id, line, number, name, supplier, planned, amount, cause, reason of contracts
 * up to the day, by number. */
HxStatement *hx_sql_contracts (HxConnection *connection,
                               const HxBudgetView *view, const HxSpan *span,
                               GError **error);
/* contract, amount, final, cause, reason of acceptances up to the day, in order
 * of contract and day. */
HxStatement *hx_sql_acceptances (HxConnection *connection,
                                 const HxBudgetView *view, const HxSpan *span,
                                 GError **error);
/* contract, sum of what was paid up to the day, and in the year. */
HxStatement *hx_sql_paid (HxConnection *connection, const HxBudgetView *view,
                          const HxSpan *span, GError **error);

/* ------------------------------------------------------------------ lines */

/* The code of a column; NULL when it is none of the list. */
const HxCode *hx_column_code (HxStatement *statement, int column,
                              const HxField *field);
/* HxBudgetLine by their id (gint64 *). */
GHashTable *hx_lines_by_id (const GPtrArray *lines);

/* --------------------------------------------------------------- findings */

GPtrArray *hx_findings_new (void);
/* The rest is the caller's to fill: `text` and `advice` are taken. */
HxBudgetFinding *hx_finding_add (GPtrArray *findings, HxBudgetFindingKind kind,
                                 gint64 amount, char *text, const char *advice);
void hx_finding_of_line (HxBudgetFinding *finding, const HxBudgetLine *line);
/* Adds a finding for each document whose transfers make or lose money. */
gboolean hx_budget_check_transfers (HxConnection *connection,
                                    const HxBudgetView *view,
                                    const HxSpan *span, GPtrArray *findings,
                                    GError **error);
/* "1234.50 元"; without the sign. */
char *hx_yuan (gint64 fen);

#endif
