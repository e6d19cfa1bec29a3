/* Rates of lines, progress of goals, and where the two part.
 *
 * The goal progress of a line is Σ weight·completion / Σ weight over 10000;
 * its rate is executed / base.  Whether they part by more than the gap is a
 * comparison of the two fractions, in 128 bits: a weight has at most two
 * decimals and is at most 100, a completion at most 10000, and no budget has
 * 10^15 分. */
#include "plan/exact.h"
#include "plan/living.h"
#include "plan/monitor_internal.h"

#include <string.h>

typedef struct
{
  HxWide earned, weight; /* by the targets' points */
  gint64 plain_earned;   /* each target once */
  guint targets, weighed;
} Goals;

static gint64
capped (gint64 completion)
{
  return CLAMP (completion, 0, HX_COMPLETION_WHOLE);
}

static gboolean
is_ceiling (const HxTarget *target)
{
  return g_str_equal (target->direction->code, "at_most");
}

static void
add_target (Goals *goals, const HxTarget *target)
{
  HxDecimal weight = target->weight;

  if (!target->has_completion || is_ceiling (target))
    return;
  goals->targets++;
  goals->plain_earned += capped (target->completion);
  if (!target->has_weight || weight.units <= 0
      || !hx_decimal_rescale (&weight, 4))
    return;
  goals->weighed++;
  goals->weight += weight.units;
  goals->earned += (HxWide)weight.units * capped (target->completion);
}

/* In lowest terms, of 1; FALSE: nothing is known. */
static gboolean
progress_of (const Goals *goals, HxExact *progress)
{
  if (goals->targets == 0)
    return FALSE;
  if (goals->weighed == goals->targets)
    return hx_exact_reduce (goals->earned, goals->weight * HX_COMPLETION_WHOLE,
                            progress);
  return hx_exact_reduce (goals->plain_earned,
                          (HxWide)goals->targets * HX_COMPLETION_WHOLE,
                          progress);
}

/* --------------------------------------------------------------- of a task */

/* The code by which a target's task is paid for, by the task's id. */
static gboolean
read_tasks (const HxMonitoring *monitoring, GHashTable *codes, GError **error)
{
  const HxPlanView *view = monitoring->view;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *rest = NULL;

  if (view == NULL || view->task_budget == NULL)
    return TRUE;
  rest = g_strdup_printf ("%s = ?2", hx_field_column (view->task_year));
  rows = hx_living_rows (monitoring->connection, view->task, rest,
                         monitoring->monitor->year, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const HxRow *row = rows->pdata[i];
      const HxCode *code = hx_living_code (row, view->task_budget);

      if (code != NULL)
        g_hash_table_insert (codes, g_memdup2 (&row->id, sizeof row->id),
                             (gpointer)(guintptr)code);
    }
  return rows != NULL;
}

static gboolean
is_paid_by (const HxMonitorTarget *target, const HxBudgetLine *line)
{
  return target->task != NULL && line->task != NULL
         && g_str_equal (target->task->code, line->task->code);
}

/* Of a line; NULL: of all. */
static Goals
goals_of (const HxMonitor *monitor, const HxBudgetLine *line)
{
  Goals goals = { 0 };

  for (guint i = 0; i < monitor->targets->len; i++)
    {
      const HxMonitorTarget *own = monitor->targets->pdata[i];

      if (line == NULL || is_paid_by (own, line))
        add_target (&goals, own->target);
    }
  return goals;
}

static gboolean
take_tasks (const HxMonitoring *monitoring, GError **error)
{
  const HxMonitor *monitor = monitoring->monitor;
  g_autoptr (GHashTable) codes
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (!read_tasks (monitoring, codes, error))
    return FALSE;
  for (guint i = 0; i < monitor->targets->len; i++)
    {
      HxMonitorTarget *own = monitor->targets->pdata[i];

      own->task = g_hash_table_lookup (codes, &own->target->task_id);
    }
  return TRUE;
}

/* -------------------------------------------------------------------- rates */

static gint64
base_of (const HxMonitorRules *rules, const HxMoney *money)
{
  switch (rules->base)
    {
    case HX_MONITOR_INITIAL:
      return money->initial;
    case HX_MONITOR_ADJUSTED:
      return money->initial + money->adjusted;
    default:
      return money->total;
    }
}

static gboolean
is_apart (const HxMonitorRules *rules, HxExact spent, HxExact goals)
{
  const HxWide left = (HxWide)spent.numerator * goals.denominator;
  const HxWide right = (HxWide)goals.numerator * spent.denominator;
  const HxWide apart = left > right ? left - right : right - left;

  return apart * HX_COMPLETION_WHOLE
         > (HxWide)rules->gap * spent.denominator * goals.denominator;
}

static gboolean
weigh (const HxMonitor *monitor, const HxMoney *money, const Goals *goals,
       HxMonitorRate *rate)
{
  HxExact progress, spent;
  const gboolean has_goals = progress_of (goals, &progress);

  rate->base = base_of (monitor->rules, money);
  rate->has_rate = rate->base > 0;
  rate->targets = has_goals ? goals->targets : 0;
  if (has_goals
      && !hx_round_half_up (progress.numerator, progress.denominator, 4,
                            &rate->goals))
    return FALSE;
  if (!rate->has_rate)
    return TRUE;
  if (!hx_exact_reduce (money->executed, rate->base, &spent)
      || !hx_round_half_up (spent.numerator, spent.denominator, 4, &rate->rate))
    return FALSE;
  rate->is_below = monitor->has_line
                   && (HxWide)spent.numerator * monitor->line_denominator
                          < (HxWide)monitor->line_numerator * spent.denominator;
  rate->is_apart = has_goals && monitor->rules->has_gap
                   && is_apart (monitor->rules, spent, progress);
  return TRUE;
}

gboolean
hx_monitor_weigh (const HxMonitoring *monitoring, GError **error)
{
  HxMonitor *monitor = monitoring->monitor;
  Goals goals;
  gboolean done;

  if (!take_tasks (monitoring, error))
    return FALSE;
  goals = goals_of (monitor, NULL);
  done = weigh (monitor, &monitor->money, &goals, &monitor->whole);
  for (guint i = 0; done && i < monitor->lines->len; i++)
    {
      HxMonitorLine *own = monitor->lines->pdata[i];

      goals = goals_of (monitor, own->line);
      done = weigh (monitor, &own->line->money, &goals, &own->rate);
    }
  return done || hx_fail (error, HX_ERROR_LIMIT, _ ("数字太大"), NULL, NULL);
}

/* A share of twelve months against a completion less the points allowed. */
gboolean
hx_monitor_is_behind (const HxMonitor *monitor, const HxTarget *target)
{
  const HxMonitorRules *rules = monitor->rules;

  if (!rules->has_behind)
    return FALSE;
  if (is_ceiling (target))
    return target->state == HX_TARGET_MISSED;
  return target->has_completion
         && 12 * (capped (target->completion) + rules->behind)
                < (gint64)monitor->months * HX_COMPLETION_WHOLE;
}
