#include "cli/plan.h"

#define SPARE_MAX 40
#define TASK_COLUMNS 30
#define SHARE_COLUMNS 8
#define MONEY_COLUMNS 18
#define NUMBER_COLUMNS 13
#define NAME_COLUMNS 18
#define DAY_COLUMNS 11
#define LATE_COLUMNS 5

char *
hx_cli_plan_share (gint64 share)
{
  HxDecimal decimal = { share, 2 };
  return hx_decimal_format (decimal);
}

void
hx_cli_plan_day (HxDate date, const char *none, char *buffer)
{
  if (date.year != 0)
    hx_date_format (date, buffer);
  else
    g_strlcpy (buffer, none, HX_DATE_TEXT_SIZE);
}

static guint
character_columns (const char *at)
{
  const gunichar c = g_utf8_get_char (at);
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

/* The bytes of `text` that fit into `columns`, where a Chinese character takes
 * two. */
static gsize
fitting (const char *text, guint columns)
{
  const char *p = text;
  guint used = 0;
  while (*p != '\0' && used + character_columns (p) <= columns)
    {
      used += character_columns (p);
      p = g_utf8_find_next_char (p, NULL);
    }
  return (gsize)(p - text);
}

/* Cut to fit, and padded; one column stays empty. */
static void
print_cut (const char *text, guint columns)
{
  const gboolean is_whole = text[fitting (text, columns - 1)] == '\0';
  g_autofree char *part = g_strndup (text, fitting (text, columns - 3));
  g_autofree char *cut = g_strconcat (part, "..", NULL);
  hx_cli_print_padded (is_whole ? text : cut, columns, FALSE);
}

/* What a wide terminal leaves for names. */
static guint
spare (const CliPlan *plan)
{
  return (guint)CLAMP (plan->width - HX_CLI_PLAN_WIDTH, 0, SPARE_MAX);
}

static void
print_share (gboolean has, gint64 share)
{
  g_autofree char *number = hx_cli_plan_share (share);
  g_autofree char *text = g_strdup_printf ("%s%%", number);
  hx_cli_print_padded (has ? text : "-", SHARE_COLUMNS, TRUE);
}

static void
print_money (const HxPlanTask *task)
{
  g_autofree char *spent = hx_money_format_wan (task->money.executed, 2);
  g_autofree char *total = hx_money_format_wan (task->money.total, 2);
  g_autofree char *text = g_strdup_printf ("%s/%s", spent, total);
  hx_cli_print_padded (task->has_money ? text : "-", MONEY_COLUMNS, TRUE);
}

/* -------------------------------------------------------------------- tasks */

static void
print_tasks (const CliPlan *plan)
{
  static const char *const heads[]
      = { N_ ("工作"), N_ ("应达"), N_ ("资金"), N_ ("时间") };
  hx_cli_print_padded (_ ("任务"), TASK_COLUMNS + spare (plan), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    hx_cli_print_padded (hx_text (heads[i]), SHARE_COLUMNS, TRUE);
  hx_cli_print_padded (_ ("支出/预算 万元"), MONEY_COLUMNS, TRUE);
  hx_cli_print ("\n");
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const HxPlanTask *task = plan->tasks->pdata[i];
      g_autofree char *label
          = g_strdup_printf ("%s %s", task->number, task->name);
      print_cut (label, TASK_COLUMNS + spare (plan));
      print_share (task->has_work, task->work_done);
      print_share (task->has_work, task->work_due);
      print_share (task->has_money && task->money.total > 0, task->spent);
      print_share (TRUE, task->time_gone);
      print_money (task);
      hx_cli_print ("\n");
    }
}

/* --------------------------------------------------------------- milestones */

static void
print_days (const HxMilestone *milestone)
{
  const HxDate dates[]
      = { milestone->baseline, milestone->planned, milestone->done_on };
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      char day[HX_DATE_TEXT_SIZE];
      const gboolean is_same
          = i == 1 && hx_date_compare (dates[1], dates[0]) == 0;
      hx_cli_plan_day (dates[i], "-", day);
      hx_cli_print_padded (is_same ? "=" : day, DAY_COLUMNS, FALSE);
    }
}

static void
print_milestone (const CliPlan *plan, const HxMilestone *milestone)
{
  g_autofree char *late
      = g_strdup_printf ("%" G_GINT64_FORMAT, milestone->days_late);
  hx_cli_print_padded (milestone->number, NUMBER_COLUMNS - 1, FALSE);
  hx_cli_print (" ");
  print_cut (milestone->name, NAME_COLUMNS + spare (plan));
  print_days (milestone);
  hx_cli_print_padded (milestone->days_late > 0 ? late : "", LATE_COLUMNS,
                       TRUE);
  hx_cli_print (" %s\n", milestone->pulled_back
                             ? _ ("已追回")
                             : hx_milestone_state_name (milestone->state));
}

static void
print_lag (const HxLag *lag)
{
  char said[HX_DATE_TEXT_SIZE], due[HX_DATE_TEXT_SIZE], done[HX_DATE_TEXT_SIZE];
  hx_cli_plan_day (lag->date, "", said);
  hx_cli_plan_day (lag->due, "", due);
  hx_cli_plan_day (lag->done_on, "", done);
  hx_cli_print (_ ("    %s 原因：%s，%s；预计：%s\n"), said,
                lag->cause != NULL ? lag->cause->name : "", lag->reason,
                lag->forecast != NULL ? lag->forecast->name : "");
  hx_cli_print (_ ("    措施：%s（%s，时限 %s"), lag->measure, lag->owner, due);
  if (lag->done_on.year != 0)
    hx_cli_print (_ ("，%s 完成"), done);
  if (lag->days_over > 0)
    hx_cli_print (_ ("，已过 %d 天"), (int)lag->days_over);
  hx_cli_print (_ ("）\n"));
}

static void
print_replans (const HxMilestone *milestone)
{
  HxDate before = milestone->baseline;
  for (guint i = 0; i < milestone->replans->len; i++)
    {
      const HxReplan *replan = milestone->replans->pdata[i];
      char said[HX_DATE_TEXT_SIZE], from[HX_DATE_TEXT_SIZE],
          to[HX_DATE_TEXT_SIZE];
      hx_cli_plan_day (replan->date, "", said);
      hx_cli_plan_day (before, "", from);
      hx_cli_plan_day (replan->planned, "", to);
      hx_cli_print (_ ("    %s 调整：%s 改为 %s，%s"), said, from, to,
                    replan->reason);
      hx_cli_print (replan->approved_by != NULL ? _ ("（%s 批准）\n") : "\n",
                    replan->approved_by);
      before = replan->planned;
    }
}

static void
print_want (const HxMilestone *milestone)
{
  if (milestone->needs_answer)
    hx_cli_print (_ ("    ! %s（%s）\n"), hx_lag_want_name (milestone->wants),
                  milestone->owner);
}

/* The last answer; with the history all of them, and each new date. */
static void
print_details (const HxMilestone *milestone, gboolean with_history)
{
  if (with_history)
    print_replans (milestone);
  for (guint i = with_history || milestone->lags->len == 0
                     ? 0
                     : milestone->lags->len - 1;
       i < milestone->lags->len; i++)
    print_lag (milestone->lags->pdata[i]);
  print_want (milestone);
}

static void
print_heads (const CliPlan *plan)
{
  static const char *const days[] = { N_ ("原定"), N_ ("现定"), N_ ("完成") };
  hx_cli_print_padded (_ ("节点"), NUMBER_COLUMNS, FALSE);
  hx_cli_print_padded (_ ("名称"), NAME_COLUMNS + spare (plan), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    hx_cli_print_padded (hx_text (days[i]), DAY_COLUMNS, FALSE);
  hx_cli_print_padded (_ ("滞后"), LATE_COLUMNS, TRUE);
  hx_cli_print (" %s\n", _ ("状态"));
}

static void
print_task_milestones (const CliPlan *plan, const HxPlanTask *task)
{
  hx_cli_print ("\n%s %s", task->number, task->name);
  if (task->owner != NULL)
    hx_cli_print (_ ("（%s）"), task->owner);
  hx_cli_print ("\n");
  if (task->milestones->len == 0)
    {
      hx_cli_print (_ ("    ! 没有阶段节点\n"));
      return;
    }
  print_heads (plan);
  for (guint i = 0; i < task->milestones->len; i++)
    {
      print_milestone (plan, task->milestones->pdata[i]);
      print_details (task->milestones->pdata[i], plan->with_history);
    }
}

static void
count_states (const CliPlan *plan, guint *counts, guint *unanswered)
{
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const HxPlanTask *task = plan->tasks->pdata[i];
      for (guint j = 0; j < task->milestones->len; j++)
        counts[((HxMilestone *)task->milestones->pdata[j])->state]++;
      *unanswered += task->unanswered;
    }
}

static void
print_summary (const CliPlan *plan)
{
  guint counts[HX_MILESTONE_LATE + 1] = { 0 }, unanswered = 0;
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *time = hx_cli_plan_share (plan->plan->time_gone);
  hx_date_format (plan->plan->as_of, day);
  count_states (plan, counts, &unanswered);
  hx_cli_print (_ ("%d 年计划，截至 %s，时间已过 %s%%\n"), plan->plan->year,
                day, time);
  hx_cli_print (_ ("任务 %u 项；节点按期完成 %u、逾期完成 %u、未到期 %u、"
                   "滞后 %u，待答复 %u\n\n"),
                plan->tasks->len, counts[HX_MILESTONE_DONE],
                counts[HX_MILESTONE_DONE_LATE], counts[HX_MILESTONE_OPEN],
                counts[HX_MILESTONE_LATE], unanswered);
}

static void
print_plan (const CliPlan *plan)
{
  print_tasks (plan);
  for (guint i = 0; i < plan->tasks->len; i++)
    print_task_milestones (plan, plan->tasks->pdata[i]);
  hx_cli_plan_gantt (plan);
}

void
hx_cli_plan_lines (const CliPlan *plan)
{
  print_summary (plan);
  if (plan->before != NULL && plan->before->len > 0)
    {
      hx_cli_print (_ ("以前年度问题的整改情况\n"));
      hx_cli_plan_problems (plan->before);
      hx_cli_print ("\n");
    }
  if (plan->tasks->len == 0)
    hx_cli_print ("%s\n", plan->lack != NULL ? plan->lack : _ ("没有重点任务"));
  else
    print_plan (plan);
  if (plan->problems != NULL && plan->problems->len > 0)
    {
      hx_cli_print (_ ("\n本年度的问题\n"));
      hx_cli_plan_problems (plan->problems);
    }
}

guint
hx_cli_plan_missing (const CliPlan *plan)
{
  guint missing = 0;
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const HxPlanTask *task = plan->tasks->pdata[i];
      for (guint j = 0; j < task->milestones->len; j++)
        {
          const HxMilestone *milestone = task->milestones->pdata[j];
          if (!milestone->needs_answer)
            continue;
          if (missing++ == 0)
            print_heads (plan);
          print_milestone (plan, milestone);
          print_want (milestone);
        }
    }
  hx_cli_print (_ ("待答复的节点 %u 个\n"), missing);
  return missing;
}

/* ----------------------------------------------------------------- problems */

/* Only the last state is kept: of an earlier day it says too much. */
static const char *
measure_state (const HxProblemMeasure *measure)
{
  if (measure->is_done)
    return _ ("已完成");
  if (measure->state == NULL || g_str_equal (measure->state->code, "done"))
    return _ ("到这一天还没有完成");
  return measure->state->name;
}

static void
print_measure (const HxProblemMeasure *measure)
{
  char due[HX_DATE_TEXT_SIZE], done[HX_DATE_TEXT_SIZE];
  hx_cli_plan_day (measure->due, "", due);
  hx_cli_plan_day (measure->done_on, "", done);
  hx_cli_print (_ ("    %s %s（%s，时限 %s；成果：%s）"), measure->number,
                measure->text, measure->owner, due, measure->result);
  hx_cli_print ("%s", measure_state (measure));
  if (measure->done_on.year != 0)
    hx_cli_print (" %s", done);
  if (measure->days_over > 0)
    hx_cli_print (_ ("，超期 %d 天"), (int)measure->days_over);
  hx_cli_print ("\n");
  if (measure->progress != NULL)
    hx_cli_print (_ ("      整改情况：%s\n"), measure->progress);
}

void
hx_cli_plan_problems (const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const HxProblem *problem = problems->pdata[i];
      hx_cli_print ("  %d %s %s  %s\n", problem->year, problem->number,
                    problem->title, hx_problem_state_name (problem->state));
      for (guint j = 0; j < problem->measures->len; j++)
        print_measure (problem->measures->pdata[j]);
    }
}
