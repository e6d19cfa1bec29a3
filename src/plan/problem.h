/* plan/problem: the problems of a year, and what is done about them (整改).
 *
 * A problem belongs to the year in which it was found; its measures each have
 * an owner, a date and a result that one can see.  As of a day D a measure is
 * done when its done date is up to D, or when its state says so and no date is
 * given; one that is neither done nor stopped is over its date by D - due days.
 *
 * A problem is settled when its measures are all done or stopped and one at
 * least is done; stopped when all were stopped; begun when one is done or being
 * done; else planned; unanswered when it has none.
 *
 * Measures keep their last state alone, so an older D sees by dates what was
 * not done yet, and by nothing what was not yet begun.
 *
 * Ownership: problems own their texts and measures; codes are the catalogue's.
 * Threads: those of the connection.
 */
#ifndef HX_PLAN_PROBLEM_H
#define HX_PLAN_PROBLEM_H

#include "catalogue/plan.h"
#include "ledger/ledger.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *number, *text, *owner, *result; /* the result that is aimed at */
  char *progress;                       /* or NULL */
  const HxCode *state;
  HxDate due, done_on; /* the second of year 0: not done up to the day */
  gboolean is_done, is_stopped;
  gint64 days_over;
} HxProblemMeasure;

typedef enum
{
  HX_PROBLEM_UNANSWERED,
  HX_PROBLEM_PLANNED,
  HX_PROBLEM_BEGUN,
  HX_PROBLEM_SETTLED,
  HX_PROBLEM_STOPPED
} HxProblemState;

/* "unanswered" …; and 未定措施, 未开始, 整改中, 已整改, 不再整改. */
const char *hx_problem_state_key (HxProblemState state);
const char *hx_problem_state_name (HxProblemState state);

typedef struct
{
  gint64 id, unit_id;
  int year;
  char *number, *title;
  char *text, *reason;          /* or NULL */
  const HxCode *cause, *source; /* or NULL */
  gboolean has_amount;
  gint64 amount;                           /* 分 */
  gint64 line_id, milestone_id, target_id; /* 0: none */
  GPtrArray *measures; /* HxProblemMeasure by due date, number */
  HxProblemState state;
  gint64 days_over; /* of the measure that is longest over its date */
} HxProblem;

void hx_problem_free (HxProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxProblem, hx_problem_free)

/* HxProblem of the year by number; as_of year 0: 31 December of the year.  None
 * when the catalogue keeps no problems. */
GPtrArray *hx_problems_read (HxConnection *connection, HxCatalogue *catalogue,
                             int year, HxDate as_of, GError **error);

/* What the report of a year opens with: all problems of the year before, and
 * of older years those that were not settled or stopped when the year began;
 * by year, number, each as it stands on the day. */
GPtrArray *hx_problems_before (HxConnection *connection, HxCatalogue *catalogue,
                               int year, HxDate as_of, GError **error);

G_END_DECLS

#endif
