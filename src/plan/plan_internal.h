/* What the files of the room plan share. */
#ifndef HX_PLAN_INTERNAL_H
#define HX_PLAN_INTERNAL_H

#include "plan/plan.h"

/* Values of a row by their field; a field may be NULL: then it is empty. */
gint64 hx_plan_integer (const HxRow *row, const HxField *field,
                        gint64 fallback);
/* Into the chunk; NULL when it is not filled. */
const char *hx_plan_text (GStringChunk *texts, const HxRow *row,
                          const HxField *field);

/* State, lateness and what it asks for, from dates, re-plans and answers. */
void hx_milestone_judge (HxMilestone *milestone, HxDate as_of);
/* Pulled back, and the shares; the milestones are judged and in order. */
void hx_task_judge (HxPlanTask *task, HxDate as_of);
gint64 hx_plan_share (gint64 part, gint64 whole);
/* Of the year, in 1/10000. */
gint64 hx_plan_time_gone (int year, HxDate as_of);

#endif
