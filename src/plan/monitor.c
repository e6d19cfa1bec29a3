#include "plan/exact.h"
#include "plan/living.h"
#include "plan/monitor_internal.h"

#include <string.h>

static void
target_free (gpointer data)
{
  HxMonitorTarget *target = data;

  g_free (target->forecast_text);
  g_free (target->reason);
  g_free (target->note);
  g_free (target);
}

static void
warning_free (gpointer data)
{
  HxMonitorWarning *warning = data;

  g_free (warning->text);
  g_free (warning->reason);
  g_free (warning->owner);
  g_free (warning);
}

static void
hole_free (gpointer data)
{
  HxMonitorHole *hole = data;

  g_free (hole->text);
  g_free (hole);
}

void
hx_monitor_free (HxMonitor *monitor)
{
  if (monitor == NULL)
    return;
  g_ptr_array_unref (monitor->lines);
  g_ptr_array_unref (monitor->targets);
  g_ptr_array_unref (monitor->warnings);
  g_ptr_array_unref (monitor->holes);
  g_clear_pointer (&monitor->budget_lines, g_ptr_array_unref);
  g_clear_pointer (&monitor->plan_targets, g_ptr_array_unref);
  g_free (monitor);
}

static HxMonitor *
monitor_new (const HxMonitorQuery *query)
{
  HxMonitor *monitor = g_new0 (HxMonitor, 1);

  monitor->year = query->year;
  monitor->rules = query->rules;
  monitor->as_of = query->as_of.year != 0
                       ? query->as_of
                       : (HxDate){ (gint16)query->year, 12, 31 };
  monitor->today = query->today.year != 0 ? query->today : hx_date_today ();
  monitor->months = hx_months_gone (monitor->as_of);
  monitor->has_line = hx_monitor_line_on (monitor->rules, monitor->as_of,
                                          &monitor->line_numerator,
                                          &monitor->line_denominator);
  monitor->lines = g_ptr_array_new_with_free_func (g_free);
  monitor->targets = g_ptr_array_new_with_free_func (target_free);
  monitor->warnings = g_ptr_array_new_with_free_func (warning_free);
  monitor->holes = g_ptr_array_new_with_free_func (hole_free);
  return monitor;
}

/* ------------------------------------------------------------------ reading */

/* Money of a line that is not granted yet is money all the same: the sum is
 * that of the budget on any day. */
static gboolean
has_money (const HxMoney *money)
{
  return money->executed != 0 || money->total != 0;
}

static gboolean
read_lines (const HxMonitoring *monitoring, GError **error)
{
  HxMonitor *monitor = monitoring->monitor;

  monitor->budget_lines
      = hx_budget_lines (monitoring->connection, monitoring->catalogue,
                         monitor->year, monitor->as_of, error);
  if (monitor->budget_lines == NULL)
    return FALSE;
  for (guint i = 0; i < monitor->budget_lines->len; i++)
    {
      const HxBudgetLine *line = monitor->budget_lines->pdata[i];
      HxMonitorLine *own;

      if (hx_date_compare (line->since, monitor->as_of) > 0
          && !has_money (&line->money))
        continue;
      own = g_new0 (HxMonitorLine, 1);
      own->line = line;
      g_ptr_array_add (monitor->lines, own);
      hx_money_add (&monitor->money, &line->money);
      monitor->forecast += line->has_forecast ? line->forecast : 0;
      monitor->forecasts += line->has_forecast;
    }
  return TRUE;
}

static gboolean
read_targets (const HxMonitoring *monitoring, GError **error)
{
  HxMonitor *monitor = monitoring->monitor;

  monitor->plan_targets
      = hx_targets_read (monitoring->connection, monitoring->catalogue,
                         monitor->year, monitor->as_of, error);
  for (guint i = 0;
       monitor->plan_targets != NULL && i < monitor->plan_targets->len; i++)
    {
      HxMonitorTarget *own = g_new0 (HxMonitorTarget, 1);

      own->target = monitor->plan_targets->pdata[i];
      own->is_behind = hx_monitor_is_behind (monitor, own->target);
      g_ptr_array_add (monitor->targets, own);
    }
  return monitor->plan_targets != NULL;
}

/* ------------------------------------------------------------------ answers */

static HxMonitorTarget *
target_of (const HxMonitor *monitor, gint64 id)
{
  for (guint i = 0; i < monitor->targets->len; i++)
    {
      HxMonitorTarget *target = monitor->targets->pdata[i];

      if (target->target->id == id)
        return target;
    }
  return NULL;
}

static void
take_answer (const HxPlanView *view, const HxRow *row, HxMonitorTarget *target)
{
  const HxField *const causes[HX_MONITOR_CAUSES]
      = { view->answer_funds, view->answer_system, view->answer_staff,
          view->answer_hardware, view->answer_other };

  target->answer_id = row->id;
  target->answered_on = hx_date_from_number (hx_row_day (row));
  target->has_forecast
      = hx_living_exact (row, view->answer_forecast, &target->forecast);
  target->forecast_text = hx_living_text (row, view->answer_forecast_text);
  for (guint i = 0; i < HX_MONITOR_CAUSES; i++)
    target->causes[i] = hx_living_integer (row, causes[i]) != 0;
  target->reason = hx_living_text (row, view->answer_reason);
  target->likelihood = hx_living_code (row, view->answer_likelihood);
  target->note = hx_living_text (row, view->answer_note);
}

gboolean
hx_monitor_read_answers (const HxMonitoring *monitoring, GError **error)
{
  const HxPlanView *view = monitoring->view;
  HxMonitor *monitor = monitoring->monitor;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *rest = NULL;

  if (view == NULL || view->answer == NULL || view->target == NULL)
    return TRUE;
  rest = g_strdup_printf ("%s IN (SELECT id FROM %s WHERE bureau_id = ?1"
                          " AND %s = ?2) ORDER BY day DESC, id DESC",
                          hx_field_column (view->answer_target),
                          view->target->table,
                          hx_field_column (view->target_year));
  rows = hx_living_rows (monitoring->connection, view->answer, rest,
                         monitor->year, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const HxRow *row = rows->pdata[i];
      HxMonitorTarget *target
          = target_of (monitor, hx_living_integer (row, view->answer_target));

      if (target != NULL && target->answered_on.year == 0
          && hx_row_day (row) <= hx_date_number (monitor->as_of))
        take_answer (view, row, target);
    }
  return rows != NULL;
}

HxMonitor *
hx_monitor_read (HxConnection *connection, HxCatalogue *catalogue,
                 const HxMonitorQuery *query, GError **error)
{
  HxMonitoring monitoring
      = { connection, catalogue, hx_catalogue_plan (catalogue), NULL };
  g_autoptr (HxMonitor) monitor = NULL;
  char day[HX_DATE_TEXT_SIZE];

  if (query->rules == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("目录里没有监控规则"),
                    "monitor.yaml", _ ("写明预警线，见 docs/monitor.md")),
           NULL;
  monitoring.monitor = monitor = monitor_new (query);
  hx_date_format (monitor->as_of, day);
  if (monitor->as_of.year != monitor->year || monitor->as_of.day == 0)
    return hx_fail (error, HX_ERROR_USAGE, _ ("监控截止日期不在这个年度里"),
                    day, NULL),
           NULL;
  if (!read_lines (&monitoring, error) || !read_targets (&monitoring, error)
      || !hx_monitor_read_answers (&monitoring, error)
      || !hx_monitor_weigh (&monitoring, error)
      || !hx_monitor_warn (&monitoring, error))
    return NULL;
  hx_monitor_find_holes (monitor);
  return g_steal_pointer (&monitor);
}

/* -------------------------------------------------------------------- words */

const char *
hx_monitor_cause_name (guint cause)
{
  static const char *const names[HX_MONITOR_CAUSES]
      = { N_ ("经费保障"), N_ ("制度保障"), N_ ("人员保障"),
          N_ ("硬件条件保障"), N_ ("其他") };

  return _ (names[cause]);
}

const char *
hx_monitor_base_name (HxMonitorBase base)
{
  static const char *const names[]
      = { [HX_MONITOR_INITIAL] = N_ ("年初预算数"),
          [HX_MONITOR_ADJUSTED] = N_ ("调整后预算数"),
          [HX_MONITOR_TOTAL] = N_ ("全年预算数（含上年结转）") };

  return _ (names[base]);
}

char *
hx_monitor_rules_note (const HxMonitor *monitor)
{
  const HxMonitorRules *rules = monitor->rules;

  if (rules->year == 0 || rules->year == monitor->year)
    return NULL;
  return g_strdup_printf (
      _ ("※ 预警规则是%s %d 年的，不是本年度的，请按本地当年的通知替换"),
      rules->region != NULL ? rules->region : "", rules->year);
}

/* How far the rows, rounded one by one, are from the rounded whole at most. */
static gint64
rounding_of (const HxMonitor *monitor)
{
  gint64 off[] = { hx_money_hundredths (monitor->money.initial),
                   hx_money_hundredths (monitor->money.initial
                                        + monitor->money.adjusted),
                   hx_money_hundredths (monitor->money.executed) };
  gint64 most = 0;

  for (guint i = 0; i < monitor->lines->len; i++)
    {
      const HxMoney *money
          = &((HxMonitorLine *)monitor->lines->pdata[i])->line->money;

      off[0] -= hx_money_hundredths (money->initial);
      off[1] -= hx_money_hundredths (money->initial + money->adjusted);
      off[2] -= hx_money_hundredths (money->executed);
    }
  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    most = MAX (most, ABS (off[i]));
  return most;
}

char *
hx_monitor_rounding_note (const HxMonitor *monitor)
{
  return hx_money_rounding_text (rounding_of (monitor));
}

char *
hx_monitor_percent (gint64 share)
{
  return hx_decimal_format ((HxDecimal){ share, 2 });
}

char *
hx_monitor_forecast_text (const HxMonitorTarget *target)
{
  const char *unit = target->target->unit;
  g_autofree char *value = NULL;

  if (!target->has_forecast)
    return g_strdup (target->forecast_text != NULL ? target->forecast_text
                                                   : "");
  value = hx_exact_format (target->forecast);
  return g_strdup_printf ("%s%s%s", value, unit != NULL ? " " : "",
                          unit != NULL ? unit : "");
}

guint
hx_monitor_open (const HxMonitor *monitor)
{
  guint open = monitor->holes->len;

  for (guint i = 0; i < monitor->warnings->len; i++)
    open += ((HxMonitorWarning *)monitor->warnings->pdata[i])->replied_on.year
            == 0;
  return open;
}
