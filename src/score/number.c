/* The numbers that rows are computed from: figures, budget, plan, targets, and
 * what was filled in. */
#include "budget/budget.h"
#include "plan/target.h"
#include "score/score_internal.h"

#define WAN_YUAN 1000000 /* 分 */
#define PRINTED_DECIMALS 2

static void
from_free (gpointer data)
{
  HxScoreFrom *from = data;

  g_free (from->key);
  g_free (from->name);
  g_free (from->text);
  g_free (from->unit);
  g_free (from);
}

void
hx_score_from_add (HxScoreRow *row, const HxFromWords *words)
{
  HxScoreFrom *from = g_new0 (HxScoreFrom, 1);

  if (row->from == NULL)
    row->from = g_ptr_array_new_with_free_func (from_free);
  from->key = g_strdup (words->key);
  from->name = g_strdup (words->name);
  from->text = g_strdup (words->text);
  from->unit = g_strdup (words->unit);
  from->indicator = words->indicator;
  from->year = words->year;
  g_ptr_array_add (row->from, from);
}

/* Of another year than the card's: with that year behind it. */
static char *
name_in (const HxScoring *scoring, const char *name, int year)
{
  return year == scoring->score->year
             ? g_strdup (name)
             : g_strdup_printf (_ ("%s（%d 年）"), name, year);
}

/* -------------------------------------------------------------------- figures
 */

static gboolean
read_figure (HxLeaf *leaf, const HxOperand *operand, int year,
             HxScoreNumber *number, GError **error)
{
  const HxScoring *scoring = leaf->scoring;
  const HxIndicator *indicator = operand->indicator;
  const gboolean is_own = year == scoring->score->year;
  const HxPeriod period
      = { .year = year,
          .as_of = is_own ? scoring->score->as_of : (HxDate){ 0 } };
  g_autoptr (HxFigure) figure
      = hx_figure_read (scoring->connection, scoring->score->catalogue,
                        indicator->key, &period, error);
  g_autofree char *name = name_in (scoring, indicator->name, year);
  gint64 scale = 1;

  if (figure == NULL)
    return FALSE;
  if (scoring->score->task != NULL)
    hx_score_finding (leaf->scoring, leaf->row,
                      g_strdup_printf (_ ("“%s”是全单位的数，不是这项任务的"),
                                       indicator->name),
                      _ ("在评分表里改用 budget、plan、targets 开头的数"));
  if (indicator->is_money)
    scale = g_strcmp0 (indicator->unit, "元") == 0 ? 100 : WAN_YUAN;
  number->is_there = TRUE;
  number->is_void = figure->is_void;
  number->value = hx_fraction_divide (hx_fraction_of_exact (figure->value),
                                      hx_fraction (scale, 1));
  if (g_strcmp0 (indicator->unit, "%") == 0)
    number->value = hx_fraction_multiply (number->value, hx_fraction (100, 1));
  hx_score_from_add (leaf->row, &(HxFromWords){ .key = indicator->key,
                                                .name = name,
                                                .text = figure->text,
                                                .unit = indicator->unit,
                                                .indicator = indicator,
                                                .year = year });
  return TRUE;
}

/* --------------------------------------------------------------------- budget
 */

static GPtrArray *
lines_of (HxScoring *scoring, int year, GError **error)
{
  const gboolean is_own = year == scoring->score->year;
  GPtrArray **lines = &scoring->lines[is_own ? 0 : 1];

  if (*lines == NULL)
    *lines = hx_budget_lines (
        scoring->connection, scoring->score->catalogue, year,
        is_own ? scoring->score->as_of : (HxDate){ 0 }, error);
  return *lines;
}

static gint64
amount_of (const HxBudgetLine *line, HxFact fact)
{
  const HxMoney *money = &line->money;
  const gint64 amounts[] = {
    [HX_FACT_BUDGET_INITIAL] = money->initial,
    [HX_FACT_BUDGET_ADJUSTED] = money->adjusted,
    [HX_FACT_BUDGET_CARRIED_IN] = money->carried_in,
    [HX_FACT_BUDGET_TOTAL] = money->total,
    [HX_FACT_BUDGET_EXECUTED] = money->executed,
    [HX_FACT_BUDGET_CARRIED_OVER] = money->carried_over,
    [HX_FACT_BUDGET_WITHDRAWN] = money->withdrawn,
    [HX_FACT_BUDGET_LAPSED] = money->lapsed,
    [HX_FACT_BUDGET_OPEN] = money->open,
    [HX_FACT_BUDGET_PLANNED] = line->planned,
    [HX_FACT_BUDGET_MOVED] = line->moved,
  };

  return amounts[fact];
}

static gboolean
read_money (HxScoring *scoring, const HxOperand *operand, int year,
            gint64 *amount, GError **error)
{
  const GPtrArray *lines = lines_of (scoring, year, error);

  *amount = 0;
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const HxBudgetLine *line = lines->pdata[i];

      if (hx_score_has_line (scoring->score, line)
          && (operand->nature == NULL || operand->nature == line->nature))
        *amount += amount_of (line, operand->fact);
    }
  return lines != NULL;
}

/* ------------------------------------------------------------------- the plan
 */

static gint64
count_milestones (const HxPlanTask *task, HxFact fact)
{
  gint64 count = 0;

  for (guint j = 0; j < task->milestones->len; j++)
    {
      const HxMilestone *milestone = task->milestones->pdata[j];
      const gboolean on_time = milestone->state == HX_MILESTONE_DONE;
      const gboolean done
          = on_time || milestone->state == HX_MILESTONE_DONE_LATE;

      count += fact == HX_FACT_PLAN_MILESTONES
               || (fact == HX_FACT_PLAN_MILESTONES_DONE && done)
               || (fact == HX_FACT_PLAN_MILESTONES_ON_TIME && on_time);
    }
  return count;
}

static gint64
count_task (const HxPlanTask *task, HxFact fact)
{
  if (fact == HX_FACT_PLAN_TASKS)
    return 1;
  if (fact == HX_FACT_PLAN_TASKS_DONE)
    return task->has_work && task->weight_done == task->weight_all;
  return count_milestones (task, fact);
}

static GPtrArray *
tasks_of (HxScoring *scoring, GError **error)
{
  if (scoring->plan == NULL)
    scoring->plan
        = hx_plan_read (scoring->connection, scoring->score->catalogue,
                        scoring->score->year, scoring->score->as_of, error);
  return scoring->plan != NULL ? scoring->plan->tasks : NULL;
}

static gboolean
read_plan (HxScoring *scoring, HxFact fact, gint64 *count, GError **error)
{
  const GPtrArray *tasks = tasks_of (scoring, error);

  *count = 0;
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      const HxPlanTask *task = tasks->pdata[i];

      if (hx_score_has_task (scoring->score, task->id))
        *count += count_task (task, fact);
    }
  return tasks != NULL;
}

/* ------------------------------------------------------------------- one task
 */

static HxScoreTask *
score_task_new (const HxPlanTask *task)
{
  HxScoreTask *own = g_new0 (HxScoreTask, 1);

  own->id = task->id;
  own->unit_id = task->unit_id;
  own->number = g_strdup (task->number);
  own->name = g_strdup (task->name);
  own->budget = task->budget;
  return own;
}

void
hx_score_task_free (HxScoreTask *task)
{
  if (task == NULL)
    return;
  g_free (task->number);
  g_free (task->name);
  g_free (task);
}

gboolean
hx_score_take_task (HxScoring *scoring, const char *name, GError **error)
{
  const GPtrArray *tasks;
  g_autoptr (GString) known = g_string_new (_ ("可用："));

  if (name == NULL)
    return TRUE;
  tasks = tasks_of (scoring, error);
  if (tasks == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    {
      const HxPlanTask *task = tasks->pdata[i];

      if (g_str_equal (task->number, name) || g_str_equal (task->name, name))
        {
          scoring->score->task = score_task_new (task);
          return TRUE;
        }
      g_string_append_printf (known, "%s%s（%s）", i > 0 ? "、" : "",
                              task->number, task->name);
    }
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个年度没有这项重点任务"),
                  name, tasks->len > 0 ? known->str : NULL);
}

gboolean
hx_score_has_task (const HxScore *score, gint64 id)
{
  return score->task == NULL || score->task->id == id;
}

gboolean
hx_score_has_line (const HxScore *score, const HxBudgetLine *line)
{
  if (score->task == NULL)
    return TRUE;
  return score->task->budget != NULL && line->task != NULL
         && g_str_equal (score->task->budget->code, line->task->code);
}

/* -------------------------------------------------------------------- targets
 */

GPtrArray *
hx_scoring_targets (HxScoring *scoring, GError **error)
{
  const HxScore *score = scoring->score;
  HxDate as_of = { 0 };

  if (scoring->targets != NULL)
    return scoring->targets;
  if (!scoring->is_whole_year)
    as_of = score->as_of;
  scoring->targets = hx_targets_read (scoring->connection, score->catalogue,
                                      score->year, as_of, error);
  for (guint i = scoring->targets != NULL ? scoring->targets->len : 0; i > 0;
       i--)
    {
      const HxTarget *target = scoring->targets->pdata[i - 1];

      if (!hx_score_has_task (score, target->task_id))
        g_ptr_array_remove_index (scoring->targets, i - 1);
    }
  return scoring->targets;
}

static gboolean
read_target_count (HxScoring *scoring, HxFact fact, gint64 *count,
                   GError **error)
{
  const GPtrArray *targets = hx_scoring_targets (scoring, error);

  *count = 0;
  for (guint i = 0; targets != NULL && i < targets->len; i++)
    {
      const HxTarget *target = targets->pdata[i];

      *count += fact == HX_FACT_TARGETS || target->state == HX_TARGET_REACHED
                || target->state == HX_TARGET_OVER;
    }
  return targets != NULL;
}

/* ---------------------------------------------------------------------- facts
 */

static gboolean
read_count (HxScoring *scoring, HxFact fact, gint64 *count, GError **error)
{
  if (fact == HX_FACT_TARGETS || fact == HX_FACT_TARGETS_REACHED)
    return read_target_count (scoring, fact, count, error);
  return read_plan (scoring, fact, count, error);
}

static char *
fact_name (const HxScoring *scoring, const HxOperand *operand, int year)
{
  g_autofree char *own
      = operand->nature == NULL
            ? g_strdup (hx_fact_name (operand->fact))
            : g_strdup_printf ("%s（%s）", hx_fact_name (operand->fact),
                               operand->nature->name);

  return name_in (scoring, own, year);
}

static gboolean
read_fact (HxLeaf *leaf, const HxOperand *operand, int year,
           HxScoreNumber *number, GError **error)
{
  HxScoring *scoring = leaf->scoring;
  const gboolean is_money = hx_fact_is_money (operand->fact);
  g_autofree char *name = fact_name (scoring, operand, year);
  g_autofree char *key
      = operand->nature == NULL
            ? g_strdup (hx_fact_key (operand->fact))
            : g_strdup_printf ("%s@%s", hx_fact_key (operand->fact),
                               operand->nature->code);
  g_autofree char *text = NULL;
  gint64 amount = 0;

  if (!(is_money ? read_money (scoring, operand, year, &amount, error)
                 : read_count (scoring, operand->fact, &amount, error)))
    return FALSE;
  number->is_there = TRUE;
  number->value = hx_fraction (amount, is_money ? WAN_YUAN : 1);
  text = is_money ? hx_money_format_wan (amount, PRINTED_DECIMALS)
                  : g_strdup_printf ("%" G_GINT64_FORMAT, amount);
  hx_score_from_add (leaf->row,
                     &(HxFromWords){ .key = key,
                                     .name = name,
                                     .text = text,
                                     .unit = is_money ? "万元" : NULL,
                                     .year = year });
  return TRUE;
}

/* -------------------------------------------------------------------- entries
 */

static void
read_entry (HxLeaf *leaf, const HxOperand *operand, HxScoreNumber *number)
{
  const HxScoreEntry *entry = leaf->entry;
  const gboolean is_base = operand->kind == HX_OPERAND_ENTRY_BASE;
  HxFraction value;
  g_autofree char *text = NULL;

  if (entry == NULL || !(is_base ? entry->has_base : entry->has_value))
    return;
  value = hx_fraction_of_decimal (is_base ? entry->base : entry->value);
  text = hx_fraction_format (value, HX_SCORE_DECIMALS_MAX, TRUE);
  number->is_there = TRUE;
  number->value = value;
  hx_score_from_add (
      leaf->row,
      &(HxFromWords){ .key = is_base ? "entry.base" : "entry.value",
                      .name = is_base ? _ ("填报的对照数值") : _ ("填报的数值"),
                      .text = text,
                      .year = leaf->scoring->score->year });
}

gboolean
hx_operand_read (HxLeaf *leaf, const HxOperand *operand, int year,
                 HxScoreNumber *number, GError **error)
{
  *number = (HxScoreNumber){ 0 };
  switch (operand->kind)
    {
    case HX_OPERAND_FIGURE:
      return read_figure (leaf, operand, year, number, error);
    case HX_OPERAND_FACT:
      return read_fact (leaf, operand, year, number, error);
    case HX_OPERAND_NUMBER:
      number->is_there = TRUE;
      number->value = hx_fraction_of_decimal (operand->number);
      return TRUE;
    case HX_OPERAND_ENTRY_VALUE:
    case HX_OPERAND_ENTRY_BASE:
      read_entry (leaf, operand, number);
      return TRUE;
    }
  return TRUE;
}

/* ------------------------------------------------------------------- quarters
 */

static gboolean
read_quarter (HxLeaf *leaf, guint quarter, HxFraction total, GError **error)
{
  const HxScoring *scoring = leaf->scoring;
  HxRuleInput *input = &leaf->input;
  const HxDate end = { (gint16)scoring->score->year, (gint8)(quarter * 3 + 3),
                       quarter == 0 || quarter == 3 ? 31 : 30 };
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *name
      = g_strdup_printf (_ ("第 %u 季度末执行率"), quarter + 1);
  g_autofree char *text = NULL;
  gint64 executed = 0;

  if (hx_date_compare (end, scoring->score->as_of) > 0)
    return TRUE;
  lines = hx_budget_lines (scoring->connection, scoring->score->catalogue,
                           scoring->score->year, end, error);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    if (hx_score_has_line (scoring->score, lines->pdata[i]))
      executed += ((HxBudgetLine *)lines->pdata[i])->money.executed;
  if (lines == NULL)
    return FALSE;
  input->parts[input->n_parts] = hx_fraction_multiply (
      hx_fraction_divide (hx_fraction (executed, 1), total),
      hx_fraction (100, 1));
  text = hx_fraction_format (input->parts[input->n_parts++], PRINTED_DECIMALS,
                             FALSE);
  hx_score_from_add (leaf->row, &(HxFromWords){ .key = "budget.quarter_rates",
                                                .name = name,
                                                .text = text,
                                                .unit = "%",
                                                .year = scoring->score->year });
  return TRUE;
}

/* What was spent by the end of each quarter, of the budget as it is now. */
gboolean
hx_quarters_read (HxLeaf *leaf, GError **error)
{
  const HxOperand operand
      = { .kind = HX_OPERAND_FACT, .fact = HX_FACT_BUDGET_TOTAL };
  HxScoreNumber total;

  if (!hx_operand_read (leaf, &operand, leaf->scoring->score->year, &total,
                        error))
    return FALSE;
  leaf->is_void = total.value.numerator == 0;
  if (leaf->is_void)
    return TRUE;
  total.value = hx_fraction_multiply (total.value, hx_fraction (WAN_YUAN, 1));
  for (guint i = 0; i < HX_SCORE_QUARTERS; i++)
    if (!read_quarter (leaf, i, total.value, error))
      return FALSE;
  return TRUE;
}
