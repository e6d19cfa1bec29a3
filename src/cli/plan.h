/* What the files of the command plan share. */
#ifndef HX_CLI_PLAN_H
#define HX_CLI_PLAN_H

#include "cli/session.h"
#include "plan/plan.h"
#include "plan/problem.h"

G_BEGIN_DECLS

#define HX_CLI_PLAN_WIDTH 80 /* where there is no terminal */

typedef struct
{
  HxPlanYear *plan;
  GPtrArray *tasks;    /* HxPlanTask of the plan that were asked for */
  GPtrArray *before;   /* HxProblem of the years before; NULL: not asked for */
  GPtrArray *problems; /* of the year; NULL likewise */
  char *lack;          /* why there are no tasks; NULL: there are some */
  gboolean with_history;
  int width; /* columns of the terminal */
} CliPlan;

/* "58.08" of 5808. */
char *hx_cli_plan_share (gint64 share);
/* The date, or `none`, into a buffer of HX_DATE_TEXT_SIZE. */
void hx_cli_plan_day (HxDate date, const char *none, char *buffer);
void hx_cli_plan_lines (const CliPlan *plan);
/* Only what must be answered; how many there are. */
guint hx_cli_plan_missing (const CliPlan *plan);
void hx_cli_plan_problems (const GPtrArray *problems);
/* Months as columns, a milestone a line; at least 73 columns. */
void hx_cli_plan_gantt (const CliPlan *plan);

G_END_DECLS

#endif
