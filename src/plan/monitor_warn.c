/* What must be answered, and what was. */
#include "plan/living.h"
#include "plan/monitor_internal.h"

#include <string.h>

/* ----------------------------------------------------------------- warnings */

static HxMonitorWarning *
warn (HxMonitor *monitor, const HxWorkingDays *days, HxWarningKind kind,
      char *text)
{
  HxMonitorWarning *warning = g_new0 (HxMonitorWarning, 1);

  warning->kind = kind;
  warning->text = text;
  warning->due
      = hx_day_after (days, monitor->as_of, monitor->rules->answer_within);
  g_ptr_array_add (monitor->warnings, warning);
  return warning;
}

static char *
percent_of (gint64 numerator, gint64 denominator)
{
  gint64 share = 0;

  hx_round_half_up (numerator, denominator, 4, &share);
  return hx_monitor_percent (share);
}

static void
warn_line (HxMonitor *monitor, const HxWorkingDays *days,
           const HxMonitorLine *line)
{
  const HxMonitorRate *rate = &line->rate;
  g_autofree char *spent = hx_monitor_percent (rate->rate);

  if (rate->is_below)
    {
      g_autofree char *asked
          = percent_of (monitor->line_numerator, monitor->line_denominator);

      warn (
          monitor, days, HX_WARNING_LINE,
          g_strdup_printf (_ ("支出进度 %s%%，低于预警线 %s%%"), spent, asked))
          ->line
          = line;
    }
  if (rate->is_apart)
    {
      g_autofree char *goals = hx_monitor_percent (rate->goals);
      g_autofree char *gap = hx_monitor_percent (monitor->rules->gap);

      warn (monitor, days, HX_WARNING_GAP,
            g_strdup_printf (
                _ ("目标进度 %s%% 与支出进度 %s%% 相差超过 %s 个百分点"), goals,
                spent, gap))
          ->line
          = line;
    }
}

static char *
behind_text (const HxMonitor *monitor, const HxTarget *target)
{
  g_autofree char *done = hx_monitor_percent (target->completion);
  g_autofree char *gone = percent_of (monitor->months, 12);
  g_autofree char *wanted = NULL;
  g_autofree char *actual = NULL;

  if (!g_str_equal (target->direction->code, "at_most"))
    return g_strdup_printf (_ ("完成 %s%%，落后于序时进度 %s%%"), done, gone);
  wanted = hx_target_value_text (target);
  actual = hx_target_actual_text (target);
  return g_strdup_printf (_ ("目标 %s，已达 %s"), wanted, actual);
}

static void
warn_all (HxMonitor *monitor, const HxWorkingDays *days)
{
  for (guint i = 0; i < monitor->lines->len; i++)
    warn_line (monitor, days, monitor->lines->pdata[i]);
  for (guint i = 0; i < monitor->targets->len; i++)
    {
      const HxMonitorTarget *target = monitor->targets->pdata[i];

      if (target->is_behind)
        warn (monitor, days, HX_WARNING_TARGET,
              behind_text (monitor, target->target))
            ->target
            = target;
    }
}

/* ------------------------------------------------------------------ replies */

static gboolean
is_meant (const HxPlanView *view, const HxRow *row,
          const HxMonitorWarning *warning)
{
  if (warning->target != NULL)
    return hx_living_integer (row, view->reply_target)
           == warning->target->target->id;
  return hx_living_integer (row, view->reply_line) == warning->line->line->id;
}

static void
take_reply (const HxPlanView *view, const HxRow *row, HxMonitorWarning *warning)
{
  warning->replied_on = hx_date_from_number (hx_row_day (row));
  warning->decision = hx_living_code (row, view->reply_decision);
  warning->reason = hx_living_text (row, view->reply_reason);
  warning->owner = hx_living_text (row, view->reply_owner);
  warning->is_late = hx_date_compare (warning->replied_on, warning->due) > 0;
}

/* The first reply is the one that answered. */
static void
take_replies (const HxMonitor *monitor, const HxPlanView *view,
              const GPtrArray *rows)
{
  const gint32 today = hx_date_number (monitor->today);

  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0;
         hx_row_day (rows->pdata[i]) <= today && j < monitor->warnings->len;
         j++)
      {
        HxMonitorWarning *warning = monitor->warnings->pdata[j];

        if (warning->replied_on.year == 0
            && is_meant (view, rows->pdata[i], warning))
          take_reply (view, rows->pdata[i], warning);
      }
}

static gboolean
read_replies (const HxMonitoring *monitoring, GError **error)
{
  const HxPlanView *view = monitoring->view;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *rest = NULL;
  char day[HX_DATE_TEXT_SIZE];

  if (view == NULL || view->reply == NULL)
    return TRUE;
  hx_date_format (monitoring->monitor->as_of, day);
  rest = g_strdup_printf ("%s = '%s' AND 0 = ?2 ORDER BY day, id",
                          hx_field_column (view->reply_as_of), day);
  rows = hx_living_rows (monitoring->connection, view->reply, rest, 0, error);
  if (rows != NULL)
    take_replies (monitoring->monitor, view, rows);
  return rows != NULL;
}

gboolean
hx_monitor_warn (const HxMonitoring *monitoring, GError **error)
{
  HxMonitor *monitor = monitoring->monitor;

  warn_all (monitor, hx_catalogue_working_days (monitoring->catalogue));
  if (!read_replies (monitoring, error))
    return FALSE;
  for (guint i = 0; i < monitor->warnings->len; i++)
    {
      HxMonitorWarning *warning = monitor->warnings->pdata[i];

      warning->is_overdue
          = warning->replied_on.year == 0
            && hx_date_compare (monitor->today, warning->due) > 0;
    }
  return TRUE;
}

/* -------------------------------------------------------------------- holes */

static void
add_hole (HxMonitor *monitor, HxMonitorHole hole, const char *text)
{
  hole.text = g_strdup (text);
  g_ptr_array_add (monitor->holes, g_memdup2 (&hole, sizeof hole));
}

static gboolean
has_cause (const HxMonitorTarget *target)
{
  for (guint i = 0; i < HX_MONITOR_CAUSES; i++)
    if (target->causes[i])
      return TRUE;
  return FALSE;
}

static gboolean
is_sure (const HxMonitorTarget *target)
{
  return target->likelihood != NULL
         && g_str_equal (target->likelihood->code, "certain");
}

static gboolean
has_something (const HxTarget *target)
{
  return target->has_actual || target->step != NULL || target->has_share
         || target->text != NULL;
}

static void
look_at (HxMonitor *monitor, const HxMonitorTarget *target)
{
  HxMonitorHole found = { .target = target };

  if (target->target->fault != NULL)
    {
      found.kind = HX_HOLE_FAULT;
      add_hole (monitor, found, target->target->fault);
    }
  else if (!has_something (target->target))
    {
      found.kind = HX_HOLE_VALUE;
      add_hole (monitor, found, _ ("没有完成情况"));
    }
  if (target->answered_on.year == 0)
    {
      found.kind = HX_HOLE_ANSWER;
      add_hole (monitor, found, _ ("没有填报全年预计和完成可能性"));
    }
  else if (!is_sure (target) && (!has_cause (target) || target->reason == NULL))
    {
      found.kind = HX_HOLE_CAUSE;
      add_hole (monitor, found, _ ("没有把握完成，却没有选原因并说明"));
    }
}

static void
look_at_forecast (HxMonitor *monitor, const HxMonitorLine *own)
{
  const HxBudgetLine *line = own->line;
  const HxMonitorHole found = { HX_HOLE_FORECAST, own, NULL, NULL };

  if (!line->has_forecast)
    add_hole (monitor, found, _ ("没有全年预计执行数"));
  else if (line->forecast < line->money.executed)
    {
      g_autofree char *forecast = hx_money_format_wan (line->forecast, 2);
      g_autofree char *executed = hx_money_format_wan (line->money.executed, 2);
      g_autofree char *text = g_strdup_printf (
          _ ("全年预计执行数 %s 万元少于已执行的 %s 万元，要重新预计"),
          forecast, executed);

      add_hole (monitor, found, text);
    }
}

void
hx_monitor_find_holes (HxMonitor *monitor)
{
  for (guint i = 0; i < monitor->lines->len; i++)
    look_at_forecast (monitor, monitor->lines->pdata[i]);
  for (guint i = 0; i < monitor->targets->len; i++)
    look_at (monitor, monitor->targets->pdata[i]);
}
