/* The upper half of a project form: names, funds, goals. */
#include "exchange/score_form_internal.h"
#include "ledger/ledger.h"
#include "plan/plan.h"

#define FIRST_AMOUNT 2

static void
put (HxScoreWriter *writer, HxFormSpan span, const char *text,
     lxw_format *format)
{
  hx_book_form_put (&writer->form, span, text, format);
}

/* -------------------------------------------------------------------- names */

static gboolean
put_names (HxScoreWriter *writer, GError **error)
{
  const HxScoreTask *task = writer->score->task;
  g_autofree char *unit = NULL;
  g_autofree char *name
      = task == NULL ? g_strdup (_ ("全部项目"))
                     : g_strdup_printf ("%s %s", task->number, task->name);

  if (task != NULL && task->unit_id != 0)
    {
      unit = hx_unit_name (writer->connection, task->unit_id, error);
      if (unit == NULL)
        return FALSE;
    }
  put (writer, (HxFormSpan){ 1, 0, 1 }, _ ("项目名称"), writer->head);
  put (writer, (HxFormSpan){ 1, 2, 2 }, name, writer->cell);
  put (writer, (HxFormSpan){ 1, 3, 3 }, _ ("主管部门"), writer->head);
  put (writer, (HxFormSpan){ 1, 4, 5 }, writer->bureau, writer->cell);
  put (writer, (HxFormSpan){ 1, 6, 6 }, _ ("实施单位"), writer->head);
  put (writer, (HxFormSpan){ 1, 7, 7 }, unit != NULL ? unit : writer->bureau,
       writer->cell);
  hx_book_form_next (&writer->form, 0);
  return TRUE;
}

/* -------------------------------------------------------------------- funds */

const HxScoreRow *
hx_score_rate_row (const HxScore *score)
{
  for (guint i = 0; i < score->rows->len; i++)
    {
      const HxScoreRow *row = score->rows->pdata[i];
      const HxRule *rule = row->is_target ? NULL : row->card->rule;

      if (rule != NULL && rule->kind == HX_RULE_RATIO
          && rule->source.kind == HX_SOURCE_RATIO
          && rule->source.a.kind == HX_OPERAND_FACT
          && rule->source.a.fact == HX_FACT_BUDGET_EXECUTED
          && rule->source.a.nature == NULL)
        return row;
    }
  return NULL;
}

/* What the card measures spending against. */
static gint64
base_of (const HxScoreRow *rate, const HxMoney *money)
{
  const HxOperand *base = rate != NULL ? &rate->card->rule->source.b : NULL;

  return base != NULL && base->kind == HX_OPERAND_FACT
                 && base->fact == HX_FACT_BUDGET_INITIAL
             ? money->initial
             : money->total;
}

static void
put_fund (HxScoreWriter *writer, const char *name, const HxMoney *money,
          gboolean is_whole)
{
  const gint64 amounts[] = { money->initial, money->total, money->executed };
  const HxScoreRow *rate = hx_score_rate_row (writer->score);
  HxDecimal share = { 0, 4 };

  put (writer, (HxFormSpan){ 1, 0, 1 }, name, writer->middle);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    hx_book_form_put_money (
        &writer->form, (HxFormSpan){ 1, FIRST_AMOUNT + i, FIRST_AMOUNT + i },
        amounts[i], writer->money);
  put (writer, (HxFormSpan){ 1, 5, 5 }, "", writer->middle);
  put (writer, (HxFormSpan){ 1, 7, 7 }, "", writer->middle);
  if (is_whole && rate != NULL)
    {
      hx_score_put_points (writer, 5, rate->points);
      hx_score_put_points (writer, 7, rate->score);
    }
  if (hx_round_half_up (money->executed, base_of (rate, money), 4,
                        &share.units))
    hx_book_form_put_number (&writer->form, (HxFormSpan){ 1, 6, 6 }, share,
                             writer->share);
  else
    put (writer, (HxFormSpan){ 1, 6, 6 }, "—", writer->middle);
  hx_book_form_next (&writer->form, 0);
}

/* Amounts as they are printed: of the whole, less those of its parts. */
typedef struct
{
  gint64 initial, total, executed;
} Rounding;

static void
add_rounding (Rounding *rounding, const HxMoney *money, int sign)
{
  rounding->initial += sign * hx_money_hundredths (money->initial);
  rounding->total += sign * hx_money_hundredths (money->total);
  rounding->executed += sign * hx_money_hundredths (money->executed);
}

static void
put_rounding (HxScoreWriter *writer, const Rounding *rounding)
{
  const gint64 most = MAX (MAX (ABS (rounding->initial), ABS (rounding->total)),
                           ABS (rounding->executed));
  g_autofree char *note = hx_money_rounding_text (most);

  if (note == NULL)
    return;
  put (writer, (HxFormSpan){ 1, 0, HX_PROJECT_COLUMNS - 1 }, note,
       writer->cell);
  hx_book_form_next (&writer->form, 0);
}

static void
put_sources (HxScoreWriter *writer, const GPtrArray *lines, Rounding *rounding)
{
  const HxBudgetView *view = hx_catalogue_budget (writer->score->catalogue);
  const GPtrArray *codes = view->line_source->codes->codes;

  for (guint c = 0; c < codes->len; c++)
    {
      const HxCode *code = codes->pdata[c];
      g_autofree char *name = g_strdup_printf (_ ("其中：%s"), code->name);
      HxMoney sum = { 0 };
      guint n = 0;

      for (guint i = 0; i < lines->len; i++)
        {
          const HxBudgetLine *line = lines->pdata[i];

          if (line->source != code || !hx_score_has_line (writer->score, line))
            continue;
          hx_money_add (&sum, &line->money);
          n++;
        }
      if (n == 0)
        continue;
      put_fund (writer, name, &sum, FALSE);
      add_rounding (rounding, &sum, -1);
    }
}

/* By which rule the rate scores, and why it loses points. */
static void
put_rate_note (HxScoreWriter *writer)
{
  const HxScoreRow *rate = hx_score_rate_row (writer->score);
  g_autofree char *note = NULL;
  g_autofree char *text = NULL;

  if (rate == NULL)
    return;
  note = hx_score_row_note (rate);
  text = g_strdup_printf (
      "%s%s%s", rate->standard != NULL ? rate->standard : "",
      rate->standard != NULL && *note != '\0' ? "；" : "", note);
  put (writer, (HxFormSpan){ 1, 0, 1 }, _ ("执行率说明"), writer->middle);
  put (writer, (HxFormSpan){ 1, 2, HX_PROJECT_COLUMNS - 1 }, text,
       writer->cell);
  hx_book_form_next (&writer->form, 0);
}

static gboolean
put_funds (HxScoreWriter *writer, GError **error)
{
  static const char *const heads[]
      = { N_ ("年初预算数"), N_ ("全年预算数"), N_ ("全年执行数"),
          N_ ("分值"),       N_ ("执行率"),     N_ ("得分") };
  const HxScore *score = writer->score;
  g_autoptr (GPtrArray) lines = hx_budget_lines (
      writer->connection, score->catalogue, score->year, score->as_of, error);
  HxMoney sum = { 0 };
  Rounding rounding = { 0 };

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (hx_score_has_line (score, lines->pdata[i]))
      hx_money_add (&sum, &((HxBudgetLine *)lines->pdata[i])->money);
  put (writer, (HxFormSpan){ 1, 0, 1 }, _ ("项目资金（万元）"), writer->head);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    put (writer, (HxFormSpan){ 1, FIRST_AMOUNT + i, FIRST_AMOUNT + i },
         hx_text (heads[i]), writer->head);
  hx_book_form_next (&writer->form, 0);
  put_fund (writer, _ ("年度资金总额"), &sum, TRUE);
  add_rounding (&rounding, &sum, 1);
  put_sources (writer, lines, &rounding);
  put_rounding (writer, &rounding);
  put_rate_note (writer);
  return TRUE;
}

/* -------------------------------------------------------------------- goals */

static gboolean
serves (const HxScore *score, const HxPlanTask *task, const HxPlanGoal *goal)
{
  return task->goal == goal
         && (score->task == NULL || score->task->id == task->id);
}

static char *
work_text (const HxPlanTask *task)
{
  guint done = 0, on_time = 0;

  for (guint i = 0; i < task->milestones->len; i++)
    {
      const HxMilestone *milestone = task->milestones->pdata[i];

      on_time += milestone->state == HX_MILESTONE_DONE;
      done += milestone->state == HX_MILESTONE_DONE
              || milestone->state == HX_MILESTONE_DONE_LATE;
    }
  return g_strdup_printf (_ ("%s：阶段节点 %u 个，完成 %u 个，其中按期 %u 个"),
                          task->name, task->milestones->len, done, on_time);
}

/* What became of a goal, by the milestones of its tasks. */
static char *
goal_work (const HxScoreWriter *writer, const HxPlanYear *plan,
           const HxPlanGoal *goal)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < plan->tasks->len; i++)
    if (serves (writer->score, plan->tasks->pdata[i], goal))
      {
        g_autofree char *work = work_text (plan->tasks->pdata[i]);

        g_string_append_printf (text, "%s%s", text->len > 0 ? "；" : "", work);
      }
  return g_string_free (text, FALSE);
}

static void
put_goal (HxScoreWriter *writer, const HxPlanYear *plan, const HxPlanGoal *goal)
{
  g_autofree char *wanted
      = g_strdup_printf ("%s%s%s", goal->name, goal->text != NULL ? "：" : "",
                         goal->text != NULL ? goal->text : "");
  g_autofree char *work = goal_work (writer, plan, goal);

  if (writer->score->task != NULL && *work == '\0')
    return;
  put (writer, (HxFormSpan){ 1, 0, 1 }, _ ("年度总体目标"), writer->middle);
  put (writer, (HxFormSpan){ 1, 2, 4 }, wanted, writer->cell);
  put (writer, (HxFormSpan){ 1, 5, 7 }, work, writer->cell);
  hx_book_form_next (&writer->form, 2);
}

static gboolean
put_goals (HxScoreWriter *writer, GError **error)
{
  const HxScore *score = writer->score;
  g_autoptr (HxPlanYear) plan = hx_plan_read (
      writer->connection, score->catalogue, score->year, score->as_of, error);

  if (plan == NULL)
    return FALSE;
  put (writer, (HxFormSpan){ 1, 0, 1 }, "", writer->head);
  put (writer, (HxFormSpan){ 1, 2, 4 }, _ ("预期目标"), writer->head);
  put (writer, (HxFormSpan){ 1, 5, 7 }, _ ("实际完成情况"), writer->head);
  hx_book_form_next (&writer->form, 0);
  for (guint i = 0; i < plan->goals->len; i++)
    put_goal (writer, plan, plan->goals->pdata[i]);
  return TRUE;
}

gboolean
hx_score_put_project (HxScoreWriter *writer, GError **error)
{
  return put_names (writer, error) && put_funds (writer, error)
         && put_goals (writer, error);
}
