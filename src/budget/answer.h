/* budget/answer: what is asked of a year's money, answered at one moment, in
 * the one shape that the command line, the API and the pages share.
 *
 * Amounts in 万元 are rounded so that each column adds up to its sum and the
 * sum is the exact amount rounded once; of a row, initial, adjusted and carried
 * in make its budget.  What becomes of the money is rounded column by column,
 * so that a row may show 0.01 to 0.02 more or less than its budget.
 *
 * Ownership: an answer owns what hangs on it and wants clearing.
 * Threads: those of the connection.
 */
#ifndef HX_BUDGET_ANSWER_H
#define HX_BUDGET_ANSWER_H

#include "budget/budget.h"

G_BEGIN_DECLS

typedef struct
{
  int year;
  HxDate as_of; /* year 0: the end of the year */
  HxDate today; /* the months of a year that is not over end with it */
  gboolean has_cut;
  HxCut cut;
  gboolean months, contracts, closing; /* are asked for too */
} HxBudgetQuery;

typedef struct
{
  HxBudgetQuery query;
  GPtrArray *lines; /* HxBudgetLine */
  GPtrArray *rows;  /* HxCutRow; NULL: no cut was asked for */
  GPtrArray *check; /* HxBudgetFinding of hx_budget_check */
  GArray *months;   /* or NULL, as all that follow */
  GPtrArray *contracts;
  GPtrArray *differences; /* findings of the contracts */
  GPtrArray *closing;
} HxBudgetAnswer;

/* `answer` is to be zero. */
gboolean hx_budget_answer_read (HxConnection *connection,
                                HxCatalogue *catalogue,
                                const HxBudgetQuery *query,
                                HxBudgetAnswer *answer, GError **error);
void hx_budget_answer_clear (HxBudgetAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxBudgetAnswer, hx_budget_answer_clear)

/* There is something that does not agree or close. */
gboolean hx_budget_answer_has_findings (const HxBudgetAnswer *answer);
/* No line has any money, as after a roll-forward: then it closes and says
 * nothing. */
gboolean hx_budget_has_no_money (const GPtrArray *lines);
/* The year is over and asked about as a whole: what is left is missing. */
gboolean hx_budget_is_whole_year (const HxBudgetQuery *query);
/* One object, amounts in 分; appended. */
void hx_budget_answer_json (const HxBudgetAnswer *answer, GString *out);

/* Members of an object that is open. */
void hx_money_json (HxJson *json, const HxMoney *money);
/* A member with an array. */
void hx_budget_findings_json (HxJson *json, const char *key,
                              const GPtrArray *findings);

/* ------------------------------------------------------------ as it is shown
 */

typedef enum
{
  HX_MONEY_INITIAL,
  HX_MONEY_ADJUSTED,
  HX_MONEY_CARRIED_IN,
  HX_MONEY_TOTAL, /* the three above */
  HX_MONEY_EXECUTED,
  HX_MONEY_CARRIED_OVER,
  HX_MONEY_GIVEN_BACK, /* withdrawn and lapsed */
  HX_MONEY_OPEN,
  HX_MONEY_COLUMNS
} HxMoneyColumn;

/* In 0.01 万元. */
typedef struct
{
  gint64 cells[HX_MONEY_COLUMNS];
} HxMoneyShown;

/* 年初预算 …; what is open is missing (去向不明) when the year is over. */
const char *hx_money_column_name (HxMoneyColumn column, gboolean is_over);
/* Of n rows, and of their sum as the last one; the caller's. */
HxMoneyShown *hx_money_show (const HxMoney *rows, guint n);
/* The budget is what became of it, as shown. */
gboolean hx_money_shown_adds_up (const HxMoneyShown *shown);
/* "95.06%" of a share in 1/10000; the caller's, as the next. */
char *hx_share_text (gint64 share);
/* "95.06%"; "–" where there is nothing to divide by. */
char *hx_rate_text (gint64 part, gint64 whole);
/* Of a month, in 0.01 万元: what is shown of months adds up to what is shown so
 * far. */
gint64 hx_money_month_step (gint64 so_far, gint64 in_month);

G_END_DECLS

#endif
