/* plan/roll: next year's plan from this year's.
 *
 * Goals, tasks, milestones, budget lines, targets and the words of the report
 * (passage.h) of a year become those of the next one, in one write of the
 * ledger.  Nothing of the year itself is touched.  What goes along:
 *
 *   goals, tasks   all fields; the year is the next, a task follows its goal
 *   milestones     all but what says how it went (done date, result,
 *                  evidence); the baseline is the old baseline a year on, never
 *                  a re-planned day
 *   lines          all but the amount, which is 0: what the next year grants is
 *                  for its own document to say, and no payment fits a line
 *                  before that
 *   targets        all; `base` is this year's actual value once the year has
 *                  ended, else empty; the target value stays as a proposal
 *   words          all; a passage follows its task
 *
 * Every date moves one year on, 29 February to the 28th; days off are not
 * looked at.  Until a milestone begins (its `since`, here 1 January of the next
 * year) its baseline may still be changed: see `fixed` in catalogue.h.  Nothing
 * of the year itself ends up in the next: evidence, `until`.
 *
 * Numbers: the first digits of the year in a number become those of the next
 * (RW2023-1 → RW2024-1); a number without them gets "-2024" behind it.  Where
 * that number is taken by a row that is not of the next year, or by another row
 * of this run, "-2", "-3" … follow.
 *
 * A number that a row of the next year has is there already: it is left alone,
 * and what refers to it refers to that row.  A second run therefore adds
 * nothing.  Only the `base` of a target that was made before the year had ended
 * is filled in, as long as it is empty.  A void row is not made again, nor what
 * would have to refer to it.
 *
 * The template of the report is the catalogue's and of every year.  Problems
 * stay where they are and come back by hx_problems_before.
 */
#ifndef HX_PLAN_ROLL_H
#define HX_PLAN_ROLL_H

#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef enum
{
  HX_ROLLED_ADDED,
  HX_ROLLED_PRESENT, /* was there already */
  HX_ROLLED_FILLED,  /* … and got the base that it lacked */
  HX_ROLLED_LEFT_OUT /* was made void, or refers to what was */
} HxRolledState;

typedef struct
{
  const HxKind *kind;
  gint64 from_id, id; /* id 0: left out */
  char *from, *number, *name;
  HxRolledState state;
} HxRolled;

typedef struct
{
  GPtrArray *rows; /* HxRolled in the order of writing */
  guint added, present, filled, left_out;
  gboolean has_actuals; /* the year is over: targets know their base */
} HxRoll;

void hx_roll_clear (HxRoll *roll);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxRoll, hx_roll_clear)

/* Inside a write; `roll` is to be zero.  `today` decides whether the year is
 * over.  HX_ERROR_NOT_FOUND when the year has nothing to take along. */
gboolean hx_plan_roll (HxLedger *ledger, int year, HxDate today, HxRoll *roll,
                       GError **error);

G_END_DECLS

#endif
