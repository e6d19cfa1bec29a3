/* plan/plan_json: the plan, the monitoring and a roll-forward as JSON, in the
 * one shape that the command line and the API share.
 *
 * Dates are 2023-07-31, a missing one is null; shares are texts in per cent;
 * the money of tasks and problems is in 元 as a text, that of the monitoring in
 * 分.  Each function appends one object, without a line break behind it.
 */
#ifndef HX_PLAN_PLAN_JSON_H
#define HX_PLAN_PLAN_JSON_H

#include "plan/monitor.h"
#include "plan/plan.h"
#include "plan/problem.h"
#include "plan/roll.h"

G_BEGIN_DECLS

typedef struct
{
  const HxPlanYear *plan;
  const GPtrArray *tasks;    /* HxPlanTask of the plan that are asked for */
  const GPtrArray *before;   /* HxProblem of the years before; NULL: left out */
  const GPtrArray *problems; /* of the year; NULL likewise */
} HxPlanDocument;

void hx_plan_json (const HxPlanDocument *document, GString *out);
/* One milestone with its re-plans and answers. */
void hx_milestone_json (HxJson *json, const HxMilestone *milestone);
/* An array of HxProblem. */
void hx_problems_json (HxJson *json, const GPtrArray *problems);
/* Of the open alone: warnings without a reply, and holes. */
void hx_monitor_table_json (const HxMonitor *monitor, gboolean is_open_alone,
                            GString *out);
/* `year` is the one that was rolled forward from. */
void hx_roll_json (const HxRoll *roll, int year, gboolean is_dry, GString *out);
/* 新增, 已有, 补基期, 已作废. */
const char *hx_rolled_state_name (HxRolledState state);

G_END_DECLS

#endif
