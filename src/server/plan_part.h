/* plan_part: what the pages of the plan share.
 *
 * Texts are the caller's.
 */
#ifndef HX_SERVER_PLAN_PART_H
#define HX_SERVER_PLAN_PART_H

#include "plan/problem.h"
#include "plan/roll.h"
#include "server/year_part.h"

G_BEGIN_DECLS

extern const HxTab hx_plan_tabs[];

/* 逾期完成，晚 25 天. */
char *hx_milestone_say (const HxMilestone *milestone);
void hx_part_milestone_state (HxHtml *html, const HxMilestone *milestone);
/* Work, money and time of a task, one under the other. */
void hx_part_task_bars (HxHtml *html, const HxPlanTask *task);
/* The chart: a row of a table a milestone. `tasks` are HxPlanTask. */
void hx_part_gantt (HxHtml *html, const HxPlanYear *plan,
                    const GPtrArray *tasks);
/* Problems with their measures; `can_write` adds the links to forms. */
void hx_part_problems (HxHtml *html, HxCall *call, const GPtrArray *problems);
/* The plan that a task or a milestone by its row id is of, on the day asked
 * for; the thing itself in `task` or `milestone`.  Out of reach: not found. */
HxPlanYear *hx_plan_of_task (HxCall *call, gint64 id, HxPlanTask **task,
                             GError **error);
HxPlanYear *hx_plan_of_milestone (HxCall *call, gint64 id,
                                  const HxMilestone **milestone,
                                  GError **error);
/* Its tasks that the user reaches; unref it. */
GPtrArray *hx_plan_reached (const HxCall *call, const HxPlanYear *plan);
/* Takes out of an array of HxProblem those out of reach. */
void hx_problems_reached (const HxCall *call, GPtrArray *problems);
/* Next year's plan from a year's; dry: nothing is kept.  `roll` is to be zero.
 */
gboolean hx_plan_roll_call (HxCall *call, int year, gboolean is_dry,
                            HxRoll *roll, GError **error);

G_END_DECLS

#endif
