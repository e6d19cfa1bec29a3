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
 * line (hx_budget_closing names it).  Void rows count nowhere.
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
#include "ledger/ledger.h"

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
  gint64 moved;    /* what was adjusted up to the day, whichever way: more and
                    * less without their signs, a transfer where it arrives;
                    * what was carried in is none of it */
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

/* What was paid from a line in all, whatever the dates. */
typedef struct
{
  gint64 id;
  char *number, *name;
  gint64 paid;
} HxBudgetPaid;

/* HxBudgetPaid of every line that has payments, by number. */
GPtrArray *hx_budget_paid (HxConnection *connection, HxCatalogue *catalogue,
                           GError **error);

/* -------------------------------------------------------------------- cuts
 *
 * The same money by another word.  Each cut holds every line once, so all of
 * them sum to the same, to the 分.
 */

typedef enum
{
  HX_CUT_SOURCE,
  HX_CUT_NATURE,
  HX_CUT_TASK,
  HX_CUT_UNIT,
  HX_CUT_FUNCTION,
  HX_CUT_ECONOMIC,
  HX_CUT_SOURCE_NATURE
} HxCut;

#define HX_CUTS 7

/* "source", "nature", "task", "unit", "function", "economic", "source_nature".
 */
const char *hx_cut_key (HxCut cut);
/* 资金来源, in the user's language. */
const char *hx_cut_name (HxCut cut);
gboolean hx_cut_parse (const char *key, HxCut *cut);

typedef struct
{
  char *key;  /* the code, two with a slash, the unit's id, the class; "": the
               * lines do not say */
  char *name; /* 一般公共预算, 未填 */
  guint lines;
  HxMoney money;
  gint64 planned;
} HxCutRow;

/* HxCutRow: codes in the order of their list (sources and natures all, also
 * without money), units and classes in that of their names, 未填 last. */
GPtrArray *hx_budget_cut (HxConnection *connection, HxCatalogue *catalogue,
                          const GPtrArray *lines, HxCut cut, GError **error);

/* 分 as hundredths of 万元 that add up to `total` of the same unit: each is its
 * amount rounded up or down, those that are nearest to the next above go up;
 * what is exact stays. */
void hx_money_spread (const gint64 *fen, guint n, gint64 total, gint64 *out);
/* Half-up, the same unit: 148655 is 1486.55 万元. */
gint64 hx_money_hundredths (gint64 fen);
/* That the rows of a table, each rounded by itself, add up to so many
 * hundredths of 万元 more or less than their total, in a sentence; NULL for 0;
 * the caller's. */
char *hx_money_rounding_text (gint64 off);

/* ------------------------------------------------------------------ months */

typedef struct
{
  gint64 executed, planned;               /* in the month */
  gint64 executed_so_far, planned_so_far; /* from January */
  /* In 1/10000, half-up: of the year's total what was executed by the end of
   * the month, and how much of the year is gone (序时进度: months of twelve, of
   * the last one its days).  A total of 0 has the rate 0. */
  gint64 rate, linear;
} HxBudgetMonth;

/* HxBudgetMonth of January up to the month of the day, of which only what is
 * dated up to it. `total` is that of the lines. */
GArray *hx_budget_months (HxConnection *connection, HxCatalogue *catalogue,
                          int year, HxDate as_of, GError **error);

/* --------------------------------------------------------------- contracts
 *
 * Planned, contracted, accepted and paid.  What was accepted is the amount of
 * the last acceptance that is final; while there is none, the sum of the
 * others.  Payments may reach what was accepted, before the final acceptance
 * what was contracted.
 */

typedef struct
{
  gint64 id, line_id;
  char *number, *name, *supplier; /* the last may be NULL */
  char *line;                     /* its number; NULL: a line of another year */
  gint64 planned, contracted, accepted, paid;
  gint64 paid_in_year;
  gboolean has_acceptance, is_final;
  const HxCode *contract_cause, *accepted_cause; /* NULL: not said */
  char *contract_reason, *accepted_reason;       /* NULL: not said */
} HxBudgetContract;

void hx_budget_contract_free (HxBudgetContract *contract);
/* HxBudgetContract by number: those of the year's lines, and those that were
 * paid for in the year.  Empty when the catalogue keeps no contracts. */
GPtrArray *hx_budget_contracts (HxConnection *connection,
                                HxCatalogue *catalogue, int year, HxDate as_of,
                                GError **error);

/* ---------------------------------------------------------------- findings */

typedef enum
{
  /* The closing identity, per line. */
  HX_BUDGET_OPEN,      /* money of which nobody says where it is */
  HX_BUDGET_OVER,      /* more carried over, withdrawn, lapsed than was left */
  HX_BUDGET_OVERSPENT, /* more paid than granted */
  HX_BUDGET_NO_CAUSE,  /* a remainder without a cause */
  HX_BUDGET_NO_DISPOSAL, /* unspent: neither withdrawn nor lapsed */
  HX_BUDGET_NEGATIVE,    /* a remainder below zero */
  HX_BUDGET_NO_DOCUMENT, /* an adjustment without a document number */
  HX_BUDGET_STRAY,       /* dated in another year than the line */
  /* Cross-footing. */
  HX_BUDGET_CUT,      /* a cut that does not sum to the whole */
  HX_BUDGET_FIGURE,   /* an indicator that says otherwise than the lines */
  HX_BUDGET_TRANSFER, /* transfers of one document that do not sum to 0 */
  /* Contracts. */
  HX_BUDGET_CONTRACTED, /* contracted is not planned, and no cause */
  HX_BUDGET_ACCEPTED,   /* accepted is not contracted, and no cause */
  HX_BUDGET_OVERPAID,   /* paid more than accepted or contracted */
  HX_BUDGET_UNPAID      /* accepted, not paid, and no remainder says why */
} HxBudgetFindingKind;

/* "open", "over", "overspent" … as above. */
const char *hx_budget_finding_key (HxBudgetFindingKind kind);

typedef struct
{
  HxBudgetFindingKind kind;
  gint64 line_id; /* 0: of no one line */
  char *line;     /* its number; NULL: of no one line */
  char *place;    /* "L03 场地改造", a cut, an indicator, a contract */
  gint64 amount;  /* by how much; below zero where the sentence says less */
  char *text;     /* what is wrong and by how much, in the user's language */
  char *advice;   /* what to do */
} HxBudgetFinding;

void hx_budget_finding_free (HxBudgetFinding *finding);

/* Does the year close?  HxBudgetFinding by line: for each that is not
 * total = executed + carried over + withdrawn + lapsed by how much it is not,
 * remainders without cause, adjustments without document number, rows of
 * another year.  Empty: it closes.  OVER and OVERSPENT of a line together are
 * what it is over by. */
GPtrArray *hx_budget_closing (HxConnection *connection, HxCatalogue *catalogue,
                              int year, GError **error);
/* Do all cuts sum to the same, and do the indicators say it too?  Compared is
 * each indicator that sums the amount of lines, adjustments, payments or
 * carry-overs, all or those whose line has certain codes, and totals of such.
 * And do the year's transfers (adjustments of the code `transfer`) of each
 * document sum to 0 up to the day: what one line gives another takes. */
GPtrArray *hx_budget_check (HxConnection *connection, HxCatalogue *catalogue,
                            int year, HxDate as_of, GError **error);
/* Differences of contracts without a cause, and payments over them. */
GPtrArray *hx_budget_contract_findings (HxConnection *connection,
                                        HxCatalogue *catalogue, int year,
                                        HxDate as_of, GError **error);

G_END_DECLS

#endif
