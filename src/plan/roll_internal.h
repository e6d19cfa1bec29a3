/* What the files of next year's plan share.
 *
 * roll         the run: kind by kind, row by row
 * roll_part    which rows of a kind go along, and what becomes of their values
 * roll_number  the numbers of the next year
 */
#ifndef HX_PLAN_ROLL_INTERNAL_H
#define HX_PLAN_ROLL_INTERNAL_H

#include "plan/roll.h"

#include "budget/budget.h"
#include "plan/living.h"
#include "plan/target.h"

typedef struct
{
  HxLedger *ledger;
  const HxPlanView *plan;
  const HxBudgetView *budget; /* or NULL */
  int year;
  HxRoll *roll;
  GHashTable *moved;   /* "kind:id" of this year: gint64 of the next, 0: none */
  GHashTable *taken;   /* "kind:number" given in this run */
  GHashTable *actuals; /* id of a target: HxTarget */
} HxRoller;

typedef struct
{
  const HxKind *kind; /* NULL: the catalogue has none */
  const HxField *number, *name;
  const HxField *year;       /* NULL: it is told otherwise */
  const HxField *parent;     /* a row without it does not go along, or NULL */
  const HxField *dropped[2]; /* say how it went; or NULL */
  const HxField *late; /* may be known only once the year has ended, or NULL */
  char *rest;          /* of the query; ?2 is the year */
  gboolean (*adapt) (const HxRoller *roller, const HxRow *old, HxRow *row,
                     HxFaults *faults, GError **error);
} HxRollPart;

/* Goals, tasks, milestones, lines, targets: an order in which what is referred
 * to comes first.  `rest` of each is the caller's. */
#define HX_ROLL_PARTS 6
void hx_roll_parts (const HxRoller *roller, HxRollPart *parts);
/* The row of the next year, without its number.  FALSE: the store failed, or
 * `faults` says what is wrong. */
gboolean hx_roll_make (const HxRoller *roller, const HxRollPart *part,
                       const HxRow *old, HxRow *row, HxFaults *faults,
                       GError **error);
/* That a row of this year is `to` in the next, 0: none. */
void hx_roll_remember (const HxRoller *roller, const HxKind *kind, gint64 from,
                       gint64 to);
/* Gives the row its number.  row->id is 0 when it is to be added, else that of
 * the row that is there; *is_void when that is void. */
gboolean hx_roll_number (const HxRoller *roller, const HxRollPart *part,
                         HxRow *row, gboolean *is_void, HxFaults *faults,
                         GError **error);

#endif
