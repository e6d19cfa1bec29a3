/* The monitoring of a year (双监控) for a template, as it was on the last day
 * that was answered for: the annex shows the form as it was handed in. */
#include "plan/monitor.h"
#include "report/year_facts.h"

#include <string.h>

/* The lines that an amount is the sum of, one or all. */
typedef struct
{
  const HxBudgetLine *line; /* NULL: all of them */
  const HxMonitor *monitor;
} Behind;

static void
add_line_row (const HxYearFacts *facts, HxYearFact *fact,
              const HxBudgetLine *line)
{
  hx_fact_row (fact, hx_catalogue_budget (facts->catalogue)->line, line->id,
               (HxDate){ 0 }, line->name);
}

static void
add_line_rows (const HxYearFacts *facts, HxYearFact *fact, const Behind *behind)
{
  if (behind->line != NULL)
    {
      add_line_row (facts, fact, behind->line);
      return;
    }
  for (guint i = 0; i < behind->monitor->lines->len; i++)
    {
      const HxMonitorLine *monitored = behind->monitor->lines->pdata[i];
      add_line_row (facts, fact, monitored->line);
    }
}

static HxMonitor *
read_on (HxYearFacts *facts, HxDate day, GError **error)
{
  const HxMonitorQuery query = {
    .year = facts->year,
    .as_of = day,
    .rules = hx_catalogue_monitor (facts->catalogue, NULL),
  };
  return hx_monitor_read (facts->connection, facts->catalogue, &query, error);
}

static HxDate
last_answer (const HxMonitor *monitor)
{
  HxDate last = { 0 };
  for (guint i = 0; i < monitor->targets->len; i++)
    {
      const HxMonitorTarget *target = monitor->targets->pdata[i];
      if (hx_date_compare (target->answered_on, last) > 0)
        last = target->answered_on;
    }
  return last;
}

static void
add_rate (HxYearFacts *facts, const HxMonitorRate *rate, HxFactName name,
          const Behind *behind, json_t *item)
{
  hx_set_flag (item, "has_rate", rate->has_rate);
  if (!rate->has_rate)
    return;
  HxYearFact *fact = hx_year_fact (facts, name, item, "rate");
  hx_fact_share (fact, rate->rate);
  hx_fact_words (fact, g_strdup (_ ("监控截止日的预算执行率")),
                 g_strdup (_ ("截至监控日的支付数与预算数相比")));
  add_line_rows (facts, fact, behind);
}

static void
add_amounts (HxYearFacts *facts, const HxMoney *money, HxFactName name,
             const Behind *behind, json_t *item)
{
  const struct
  {
    const char *member, *name, *prefix;
    gint64 fen;
  } amounts[] = {
    { "initial", _ ("年初预算数"), "monitor_initial", money->initial },
    { "total", _ ("调整后预算数"), "monitor_total",
      money->initial + money->adjusted },
    { "executed", _ ("截至监控日的执行数"), "monitor_executed",
      money->executed },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      name.prefix = amounts[i].prefix;
      HxYearFact *fact = hx_year_fact (facts, name, item, amounts[i].member);
      hx_fact_money (fact, amounts[i].fen);
      hx_fact_words (fact, g_strdup (amounts[i].name),
                     g_strdup (_ ("截至监控日的预算指标、调整和支付")));
      add_line_rows (facts, fact, behind);
    }
}

static void
add_forecast (HxYearFacts *facts, const HxBudgetLine *line, json_t *item)
{
  hx_set_flag (item, "has_forecast", line->has_forecast);
  if (!line->has_forecast)
    return;
  HxYearFact *fact = hx_year_fact (
      facts, (HxFactName){ "monitor_forecast", line->number, line->id }, item,
      "forecast");
  hx_fact_money (fact, line->forecast);
  hx_fact_words (fact, g_strdup_printf (_ ("%s的全年预计执行数"), line->name),
                 g_strdup (_ ("监控日前最后一次预计")));
  add_line_row (facts, fact, line);
}

/* Of the whole there is a forecast when every line has one. */
static void
add_whole_forecast (HxYearFacts *facts, const HxMonitor *monitor,
                    const Behind *behind, json_t *object)
{
  const gboolean known
      = monitor->lines->len > 0 && monitor->forecasts == monitor->lines->len;
  hx_set_flag (object, "has_forecast", known);
  if (!known)
    return;
  HxYearFact *fact
      = hx_year_fact (facts, (HxFactName){ "monitor_forecast", "whole", 0 },
                      object, "forecast");
  hx_fact_money (fact, monitor->forecast);
  hx_fact_words (fact, g_strdup (_ ("全年预计执行数合计")),
                 g_strdup (_ ("监控日前最后一次预计")));
  add_line_rows (facts, fact, behind);
}

static json_t *
line_item (HxYearFacts *facts, const HxMonitorLine *monitored)
{
  const HxBudgetLine *line = monitored->line;
  json_t *item = json_object ();
  const Behind behind = { line, NULL };
  HxFactName name = { "monitor_rate", line->number, line->id };
  hx_set_text (item, "number", line->number);
  hx_set_text (item, "name", line->name);
  add_rate (facts, &monitored->rate, name, &behind, item);
  add_amounts (facts, &line->money, name, &behind, item);
  add_forecast (facts, line, item);
  return item;
}

static void
add_causes (const HxMonitorTarget *monitored, json_t *item)
{
  g_autoptr (GString) causes = g_string_new (NULL);
  for (guint i = 0; i < HX_MONITOR_CAUSES; i++)
    if (monitored->causes[i])
      g_string_append_printf (causes, "%s%s", causes->len > 0 ? "、" : "",
                              hx_monitor_cause_name (i));
  hx_set_text (item, "causes", causes->str);
}

/* What a target had come to: the rows of its indicator up to the day of
 * monitoring, or the row in which somebody stated it. */
static void
add_actual (HxYearFacts *facts, const HxTarget *target, HxDate as_of,
            json_t *item)
{
  const HxPlanView *view = hx_catalogue_plan (facts->catalogue);
  g_autofree char *text = hx_target_actual_text (target);
  hx_set_flag (item, "has_actual", target->has_actual);
  hx_set_text (item, "actual_text", text);
  if (!target->has_actual)
    return;
  HxYearFact *fact = hx_year_fact (
      facts, (HxFactName){ "monitor_actual", target->number, target->id }, item,
      "actual");
  fact->value = target->actual;
  fact->unit = g_strdup (target->unit);
  fact->decimals = hx_year_decimals (target->actual_text, target->unit);
  hx_fact_words (
      fact, g_strdup_printf (_ ("%s截至监控日的完成值"), target->name),
      g_strdup (target->is_figure ? _ ("按取数指标计算，截至监控日")
                                  : _ ("监控日前最后一次填报的完成值")));
  if (target->is_figure)
    hx_fact_indicator (
        fact, hx_catalogue_indicator (facts->catalogue, target->indicator)->key,
        as_of, target->rows);
  else if (view->result != NULL)
    hx_fact_row (fact, view->result, target->result_id, target->stated_on,
                 target->text);
}

static void
add_expected (HxYearFacts *facts, const HxMonitorTarget *monitored,
              json_t *item)
{
  const HxPlanView *view = hx_catalogue_plan (facts->catalogue);
  const HxTarget *target = monitored->target;
  g_autofree char *text = hx_monitor_forecast_text (monitored);
  hx_set_flag (item, "has_forecast", monitored->has_forecast);
  hx_set_text (item, "forecast_text", text);
  if (!monitored->has_forecast)
    return;
  HxYearFact *fact = hx_year_fact (
      facts, (HxFactName){ "monitor_expected", target->number, target->id },
      item, "forecast");
  text[strcspn (text, " ")] = '\0';
  fact->value = monitored->forecast;
  fact->unit = g_strdup (target->unit);
  fact->decimals = hx_year_decimals (text, target->unit);
  hx_fact_words (fact, g_strdup_printf (_ ("%s全年预计完成值"), target->name),
                 g_strdup (_ ("监控填报的全年预计完成值")));
  hx_fact_row (fact, view->answer, monitored->answer_id, monitored->answered_on,
               monitored->reason);
}

static json_t *
target_item (HxYearFacts *facts, const HxMonitorTarget *monitored, HxDate as_of)
{
  const HxTarget *target = monitored->target;
  json_t *item = json_object ();
  g_autofree char *value = hx_year_target_value (target);
  hx_set_code (item, "level", target->level);
  hx_set_code (item, "aspect", target->aspect);
  hx_set_text (item, "name", target->name);
  hx_set_text (item, "target", value);
  hx_set_text (item, "unit", target->unit);
  hx_set_text (item, "reason", monitored->reason);
  hx_set_code (item, "likelihood", monitored->likelihood);
  hx_set_text (item, "note", monitored->note);
  add_causes (monitored, item);
  add_actual (facts, target, as_of, item);
  add_expected (facts, monitored, item);
  return item;
}

static void
describe (HxYearFacts *facts, const HxMonitor *monitor)
{
  json_t *object = json_object ();
  json_t *lines = json_array ();
  json_t *targets = json_array ();
  const Behind behind = { NULL, monitor };
  const HxFactName whole = { "monitor_rate", "whole", 0 };
  hx_set_day (object, "as_of", monitor->as_of);
  add_rate (facts, &monitor->whole, whole, &behind, object);
  add_amounts (facts, &monitor->money, whole, &behind, object);
  add_whole_forecast (facts, monitor, &behind, object);
  for (guint i = 0; i < monitor->lines->len; i++)
    json_array_append_new (lines, line_item (facts, monitor->lines->pdata[i]));
  for (guint i = 0; i < monitor->targets->len; i++)
    json_array_append_new (
        targets,
        target_item (facts, monitor->targets->pdata[i], monitor->as_of));
  json_object_set_new (object, "lines", lines);
  json_object_set_new (object, "targets", targets);
  json_object_set_new (facts->context, "monitoring", object);
}

gboolean
hx_year_monitoring (HxYearFacts *facts, GError **error)
{
  json_object_set_new (facts->context, "monitoring", json_false ());
  if (hx_catalogue_budget (facts->catalogue) == NULL
      || hx_catalogue_monitor (facts->catalogue, NULL) == NULL)
    return TRUE;
  const HxDate last = { facts->year, 12, 31 };
  g_autoptr (HxMonitor) year_end
      = read_on (facts, facts->as_of.year == 0 ? last : facts->as_of, error);
  if (year_end == NULL)
    return FALSE;
  const HxDate day = last_answer (year_end);
  if (day.year != facts->year)
    return TRUE;
  g_autoptr (HxMonitor) monitor = read_on (facts, day, error);
  if (monitor == NULL)
    return FALSE;
  describe (facts, monitor);
  return TRUE;
}
