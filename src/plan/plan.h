/* plan: the goals, tasks and milestones of a year as they stood on a day.
 *
 * Everything is computed from the rows whenever it is asked for; nothing is
 * stored.  Which kinds and fields hold it is said by catalogue/plan.h.
 *
 * As of a day D counts what was dated up to D: re-plans and answers by their
 * date, done dates by themselves.  A milestone done after D is open on D.
 *
 *   baseline   the day that was first set.  It never changes: its field is
 *              `fixed` in the catalogue (catalogue.h).
 *   planned    the current day: that of the last re-plan, else the baseline.
 *   days_late  of a milestone that is done: done day - baseline; of one that
 *              is not: D - baseline; 0 where that is not above 0.  A re-plan
 *              never makes a milestone less late.  days_behind is the same
 *              against `planned`.
 *   state      done:      done, not late     open: not done, D <= baseline
 *              done_late: done, but late     late: not done, D > baseline
 *   wants      what lateness still asks for.  A milestone that is late or was
 *              done late and has no answer (cause, measure, owner, date,
 *              forecast) wants one.  One that is still late wants another when
 *              the measure of the last answer is past its date (due < D) and
 *              not done, when the day that a re-plan promised has passed
 *              (planned < D) and the last answer is not younger than it, or
 *              when the measure was done and did not help: its date and the
 *              planned one have passed.
 *   pulled_back   it was done late, and yet all milestones of the same task
 *              at the task's next later baseline were done by that baseline.
 *              The last ones of a task have nothing after them: FALSE.
 *
 * The work of a task is what the weights of its milestones say: those done
 * (late or not) over all; work_due has those above whose baseline is up to D,
 * as the plan would have it.  The time gone is that of the year, counting D
 * whole: 1 January is 1/365, 31 December all; milestones have no first day of
 * their own, and the money of the year runs by the same clock.  Shares are in
 * 1/10000, half-up; the weights are there for who wants them exact.
 *
 * The money of a task is that of all lines of the year that have its budget
 * code, on the same day.  Tasks of one code show the same money: add up lines
 * for a sum, never tasks.
 *
 * The year of a task is its own field; its milestones belong to that year
 * whatever their dates.  Void rows are not there.
 *
 * Ownership: everything below hangs on the HxPlanYear, but HxCode, which is
 * the catalogue's.  A date of year 0 is none; a text that is not filled is
 * NULL.  Threads: those of the connection.
 */
#ifndef HX_PLAN_H
#define HX_PLAN_H

#include "budget/budget.h"
#include "catalogue/plan.h"
#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  const char *number, *name, *text;
} HxPlanGoal;

/* One new date of a milestone. */
typedef struct
{
  gint64 id;
  HxDate date; /* when it was decided */
  HxDate planned;
  const char *reason, *approved_by;
} HxReplan;

/* Why a milestone is late and what is done about it. */
typedef struct
{
  gint64 id;
  HxDate date; /* when it was said */
  const HxCode *cause;
  const char *reason, *measure, *owner;
  HxDate due, done_on; /* of the measure; the second only up to the day */
  const HxCode *forecast;
  gint64 days_over; /* the measure is not done and its date passed: days */
} HxLag;

typedef enum
{
  HX_MILESTONE_DONE,
  HX_MILESTONE_DONE_LATE,
  HX_MILESTONE_OPEN,
  HX_MILESTONE_LATE
} HxMilestoneState;

/* "done", "done_late", "open", "late"; and 按期完成 … for people. */
const char *hx_milestone_state_key (HxMilestoneState state);
const char *hx_milestone_state_name (HxMilestoneState state);

typedef enum
{
  HX_LAG_WANTS_NOTHING,
  HX_LAG_WANTS_ANSWER,     /* none was given */
  HX_LAG_WANTS_AS_OVERDUE, /* the measure is past its date and not done */
  HX_LAG_WANTS_AS_BROKEN,  /* the re-planned day has passed */
  HX_LAG_WANTS_AS_VAIN     /* the measure was done, the milestone is not */
} HxLagWant;

/* "nothing", "answer", "overdue", "broken", "vain"; and a sentence for people.
 */
const char *hx_lag_want_key (HxLagWant want);
const char *hx_lag_want_name (HxLagWant want);

typedef struct _HxPlanTask HxPlanTask;

typedef struct
{
  gint64 id, unit_id;
  const HxPlanTask *task;
  const char *number, *name, *owner, *result;
  gint64 weight; /* 1 where the catalogue has none */
  HxDate baseline, planned, done_on;
  HxMilestoneState state;
  gint64 days_late, days_behind;
  GPtrArray *replans; /* HxReplan up to the day, oldest first */
  GPtrArray *lags;    /* HxLag up to the day, oldest first */
  const HxLag *lag;   /* the last of them, or NULL */
  HxLagWant wants;
  gboolean needs_answer; /* wants something */
  gboolean pulled_back;
} HxMilestone;

struct _HxPlanTask
{
  gint64 id, unit_id;
  const HxPlanGoal *goal; /* of the same year, or NULL */
  const char *number, *name, *owner;
  const HxCode *budget; /* of the lines that pay for it, or NULL */
  gint64 weight;
  GPtrArray *milestones; /* HxMilestone by baseline, number */
  gint64 weight_done, weight_due, weight_all; /* of the milestones */
  gboolean has_work;                          /* weight_all > 0 */
  gint64 work_done, work_due, time_gone;      /* 1/10000 */
  guint late, unanswered; /* milestones not done and late; needs_answer */
  gboolean has_money;     /* there is a line of its budget code */
  HxMoney money;
  gint64 spent; /* 1/10000: executed over total; 0 when there is no total */
};

typedef struct
{
  int year;
  HxDate as_of;
  gint64 time_gone;    /* 1/10000 */
  GPtrArray *goals;    /* HxPlanGoal by number */
  GPtrArray *tasks;    /* HxPlanTask by number */
  GStringChunk *texts; /* private */
} HxPlanYear;

/* as_of year 0: 31 December of the year.  A year of which nothing is planned
 * gives an HxPlanYear without tasks.  HX_ERROR_NOT_FOUND when the catalogue
 * keeps no plan. */
HxPlanYear *hx_plan_read (HxConnection *connection, HxCatalogue *catalogue,
                          int year, HxDate as_of, GError **error);
void hx_plan_free (HxPlanYear *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxPlanYear, hx_plan_free)

/* By number, of all tasks; NULL when there is none. */
const HxPlanTask *hx_plan_task (const HxPlanYear *plan, const char *number);
const HxMilestone *hx_plan_milestone (const HxPlanYear *plan,
                                      const char *number);
/* By row id. */
const HxMilestone *hx_plan_milestone_id (const HxPlanYear *plan, gint64 id);

G_END_DECLS

#endif
