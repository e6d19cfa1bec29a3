#include "plan/plan_json.h"

/* Amounts are in 分; shares in 1/10000, as texts in per cent. */

static void
put_date (HxJson *json, const char *key, HxDate date)
{
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (date, day);
  hx_json_member (json, key, date.year != 0 ? day : NULL);
}

static void
put_share (HxJson *json, const char *key, gboolean is_known, gint64 share)
{
  g_autofree char *text = is_known ? hx_monitor_percent (share) : NULL;

  hx_json_member (json, key, text);
}

static void
put_flag (HxJson *json, const char *key, gboolean value)
{
  hx_json_key (json, key);
  hx_json_bool (json, value);
}

/* ------------------------------------------------------------------- money */

static void
put_money (HxJson *json, const HxMoney *money, const HxMonitorRate *rate)
{
  hx_json_member_integer (json, "initial", money->initial);
  hx_json_member_integer (json, "adjusted", money->initial + money->adjusted);
  hx_json_member_integer (json, "total", money->total);
  hx_json_member_integer (json, "executed", money->executed);
  hx_json_member_integer (json, "base", rate->base);
  put_share (json, "rate", rate->has_rate, rate->rate);
  put_share (json, "goals", rate->targets > 0, rate->goals);
  put_flag (json, "below_line", rate->is_below);
  put_flag (json, "apart", rate->is_apart);
}

static void
put_forecast (HxJson *json, gboolean is_known, gint64 forecast)
{
  hx_json_key (json, "forecast");
  if (is_known)
    hx_json_integer (json, forecast);
  else
    hx_json_null (json);
}

static void
put_lines (HxJson *json, const HxMonitor *monitor)
{
  hx_json_key (json, "whole");
  hx_json_object_begin (json);
  put_money (json, &monitor->money, &monitor->whole);
  put_forecast (
      json, monitor->forecasts > 0 && monitor->forecasts == monitor->lines->len,
      monitor->forecast);
  hx_json_object_end (json);
  hx_json_key (json, "lines");
  hx_json_array_begin (json);
  for (guint i = 0; i < monitor->lines->len; i++)
    {
      const HxMonitorLine *line = monitor->lines->pdata[i];

      hx_json_object_begin (json);
      hx_json_member (json, "number", line->line->number);
      hx_json_member (json, "name", line->line->name);
      put_money (json, &line->line->money, &line->rate);
      put_forecast (json, line->line->has_forecast, line->line->forecast);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

/* ------------------------------------------------------------------ targets */

static void
put_answer (HxJson *json, const HxMonitorTarget *own)
{
  static const char *const causes[HX_MONITOR_CAUSES]
      = { "funds", "system", "staff", "hardware", "other" };
  g_autofree char *forecast = hx_monitor_forecast_text (own);

  put_date (json, "answered_on", own->answered_on);
  hx_json_member (json, "forecast", *forecast != '\0' ? forecast : NULL);
  hx_json_key (json, "causes");
  hx_json_array_begin (json);
  for (guint i = 0; i < HX_MONITOR_CAUSES; i++)
    if (own->causes[i])
      hx_json_string (json, causes[i]);
  hx_json_array_end (json);
  hx_json_member (json, "reason", own->reason);
  hx_json_member (json, "likelihood",
                  own->likelihood != NULL ? own->likelihood->code : NULL);
  hx_json_member (json, "note", own->note);
}

static void
put_targets (HxJson *json, const HxMonitor *monitor)
{
  hx_json_key (json, "targets");
  hx_json_array_begin (json);
  for (guint i = 0; i < monitor->targets->len; i++)
    {
      const HxMonitorTarget *own = monitor->targets->pdata[i];
      g_autofree char *value = hx_target_value_text (own->target);
      g_autofree char *actual = hx_target_actual_text (own->target);

      hx_json_object_begin (json);
      hx_json_member (json, "number", own->target->number);
      hx_json_member (json, "name", own->target->name);
      hx_json_member (json, "level", own->target->level->code);
      hx_json_member (json, "target", value);
      hx_json_member (json, "actual", *actual != '\0' ? actual : NULL);
      put_share (json, "completion", own->target->has_completion,
                 own->target->completion);
      put_flag (json, "behind", own->is_behind);
      put_answer (json, own);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

/* ----------------------------------------------------------------- warnings */

static void
put_of (HxJson *json, const HxMonitorLine *line, const HxMonitorTarget *target)
{
  hx_json_member (json, "line", line != NULL ? line->line->number : NULL);
  hx_json_member (json, "target",
                  target != NULL ? target->target->number : NULL);
}

static void
put_warnings (HxJson *json, const HxMonitor *monitor, gboolean is_open_alone)
{
  static const char *const kinds[] = { [HX_WARNING_LINE] = "line",
                                       [HX_WARNING_GAP] = "gap",
                                       [HX_WARNING_TARGET] = "target" };

  hx_json_key (json, "warnings");
  hx_json_array_begin (json);
  for (guint i = 0; i < monitor->warnings->len; i++)
    {
      const HxMonitorWarning *warning = monitor->warnings->pdata[i];

      if (is_open_alone && warning->replied_on.year != 0)
        continue;
      hx_json_object_begin (json);
      hx_json_member (json, "kind", kinds[warning->kind]);
      put_of (json, warning->line, warning->target);
      hx_json_member (json, "text", warning->text);
      put_date (json, "due", warning->due);
      put_date (json, "replied_on", warning->replied_on);
      hx_json_member (json, "decision",
                      warning->decision != NULL ? warning->decision->code
                                                : NULL);
      hx_json_member (json, "reason", warning->reason);
      hx_json_member (json, "owner", warning->owner);
      put_flag (json, "late", warning->is_late);
      put_flag (json, "overdue", warning->is_overdue);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
put_holes (HxJson *json, const HxMonitor *monitor)
{
  static const char *const kinds[] = { [HX_HOLE_FORECAST] = "forecast",
                                       [HX_HOLE_ANSWER] = "answer",
                                       [HX_HOLE_CAUSE] = "cause",
                                       [HX_HOLE_VALUE] = "value",
                                       [HX_HOLE_FAULT] = "fault" };

  hx_json_key (json, "holes");
  hx_json_array_begin (json);
  for (guint i = 0; i < monitor->holes->len; i++)
    {
      const HxMonitorHole *hole = monitor->holes->pdata[i];

      hx_json_object_begin (json);
      hx_json_member (json, "kind", kinds[hole->kind]);
      put_of (json, hole->line, hole->target);
      hx_json_member (json, "text", hole->text);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

void
hx_monitor_table_json (const HxMonitor *monitor, gboolean is_open_alone,
                       GString *out)
{
  gint64 line = 0;
  HxJson json;

  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "year", monitor->year);
  put_date (&json, "as_of", monitor->as_of);
  hx_json_member (&json, "rules", monitor->rules->key);
  hx_json_member (&json, "document", monitor->rules->document);
  if (monitor->has_line)
    hx_round_half_up (monitor->line_numerator, monitor->line_denominator, 4,
                      &line);
  put_share (&json, "warning_line", monitor->has_line, line);
  if (!is_open_alone)
    {
      put_lines (&json, monitor);
      put_targets (&json, monitor);
    }
  put_warnings (&json, monitor, is_open_alone);
  put_holes (&json, monitor);
  hx_json_object_end (&json);
}
