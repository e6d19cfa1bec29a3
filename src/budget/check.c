/* Cross-footing: every cut of the lines sums to the same, and the indicators,
 * which are kept by the rows one by one, say what the lines say. */
#include "budget/budget_internal.h"

#include "measure/measure.h"

#include <stddef.h>
#include <string.h>

/* What is compared of a line and of a row of a cut. */
static const struct
{
  const char *name;
  gsize offset;
} amounts[] = {
  { N_ ("年初预算"), offsetof (HxMoney, initial) },
  { N_ ("预算调整"), offsetof (HxMoney, adjusted) },
  { N_ ("上年结转"), offsetof (HxMoney, carried_in) },
  { N_ ("全年预算"), offsetof (HxMoney, total) },
  { N_ ("执行"), offsetof (HxMoney, executed) },
  { N_ ("结转结余"), offsetof (HxMoney, carried_over) },
  { N_ ("收回"), offsetof (HxMoney, withdrawn) },
  { N_ ("注销"), offsetof (HxMoney, lapsed) },
};

static gint64
amount_of (const HxMoney *money, guint which)
{
  return *(const gint64 *)((const char *)money + amounts[which].offset);
}

typedef struct
{
  HxConnection *connection;
  HxCatalogue *catalogue;
  const HxBudgetView *view;
  const GPtrArray *lines;
  HxMoney sum;
  HxPeriod period;
  GPtrArray *findings;
} Footing;

/* -------------------------------------------------------------------- cuts */

static void
compare_cut (Footing *footing, HxCut cut, const HxMoney *sum, const char *hole)
{
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      const gint64 missing = amount_of (&footing->sum, i) - amount_of (sum, i);
      g_autofree char *yuan = NULL;
      HxBudgetFinding *finding;

      if (missing == 0)
        continue;
      yuan = hx_money_format_yuan (missing);
      finding = hx_finding_add (
          footing->findings, HX_BUDGET_CUT, missing,
          g_strdup_printf (_ ("按%s分，%s合计少 %s 元%s"), hx_cut_name (cut),
                           hx_text (amounts[i].name), yuan, hole),
          _ ("补上预算指标缺的内容"));
      finding->place = g_strdup (hx_cut_name (cut));
    }
}

/* What a required word does not cover is a hole; the others may be left out. */
static gboolean
is_required (HxCut cut)
{
  return cut == HX_CUT_SOURCE || cut == HX_CUT_NATURE
         || cut == HX_CUT_SOURCE_NATURE;
}

static gboolean
check_cut (Footing *footing, HxCut cut, GError **error)
{
  g_autoptr (GPtrArray) rows = hx_budget_cut (
      footing->connection, footing->catalogue, footing->lines, cut, error);
  HxMoney sum = { 0 };

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const HxCutRow *row = rows->pdata[i];

      if (*row->key != '\0' || !is_required (cut))
        hx_money_add (&sum, &row->money);
    }
  compare_cut (footing, cut, &sum,
               is_required (cut) ? _ ("：有的预算指标没有写") : "");
  return TRUE;
}

/* -------------------------------------------------------------- indicators */

static const HxCode *
code_of (const HxBudgetView *view, const HxBudgetLine *line,
         const HxField *field)
{
  return field == view->line_source   ? line->source
         : field == view->line_nature ? line->nature
                                      : line->task;
}

static gboolean
is_code_of_line (const HxBudgetView *view, const HxCondition *condition)
{
  return condition->test == HX_TEST_IN && condition->texts != NULL
         && (condition->field == view->line_source
             || condition->field == view->line_nature
             || (view->line_task != NULL
                 && condition->field == view->line_task));
}

static gboolean
line_fits (const HxBudgetView *view, const HxBudgetLine *line,
           const GPtrArray *where)
{
  for (guint i = 0; i < where->len; i++)
    {
      const HxCondition *condition = where->pdata[i];
      const HxCode *code = code_of (view, line, condition->field);

      if (code == NULL
          || !g_strv_contains ((const char *const *)condition->texts,
                               code->code))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const HxKind *kind;
  const HxField *amount, *line; /* line NULL: the row is the line */
  gint64 (*of) (const HxMoney *money);
} Part;

static gint64
initial_of (const HxMoney *money)
{
  return money->initial;
}

static gint64
changes_of (const HxMoney *money)
{
  return money->adjusted + money->carried_in;
}

static gint64
executed_of (const HxMoney *money)
{
  return money->executed;
}

static gint64
carried_over_of (const HxMoney *money)
{
  return money->carried_over;
}

/* All conditions are on codes of the line. */
static gboolean
is_about_lines (const HxBudgetView *view, const HxIndicator *indicator,
                const Part *part)
{
  for (guint i = 0; i < indicator->where->len; i++)
    {
      const HxCondition *condition = indicator->where->pdata[i];

      if (condition->reference != part->line
          || !is_code_of_line (view, condition))
        return FALSE;
    }
  return TRUE;
}

static gboolean
sum_lines (const Footing *footing, const HxIndicator *indicator, gint64 *sum)
{
  const HxBudgetView *view = footing->view;
  const Part parts[] = {
    { view->line, view->line_amount, NULL, initial_of },
    { view->adjustment, view->adjustment_amount, view->adjustment_line,
      changes_of },
    { view->payment, view->payment_amount, view->payment_line, executed_of },
    { view->carry_over, view->carry_over_amount, view->carry_over_line,
      carried_over_of },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const Part *part = &parts[i];

      if (part->kind != indicator->kind || part->amount != indicator->field
          || !is_about_lines (view, indicator, part))
        continue;
      for (guint k = 0; k < footing->lines->len; k++)
        {
          const HxBudgetLine *line = footing->lines->pdata[k];

          if (line_fits (view, line, indicator->where))
            *sum += part->of (&line->money);
        }
      return TRUE;
    }
  return FALSE;
}

/* FALSE: the indicator says something that the lines do not. */
static gboolean
expected (const Footing *footing, const HxIndicator *indicator, gint64 *sum)
{
  if (indicator->until_month != 0)
    return FALSE;
  if (indicator->measure == HX_MEASURE_SUM)
    return sum_lines (footing, indicator, sum);
  if (indicator->measure != HX_MEASURE_TOTAL)
    return FALSE;
  for (guint i = 0; i < indicator->parts->len; i++)
    if (!expected (footing, indicator->parts->pdata[i], sum))
      return FALSE;
  return TRUE;
}

static gboolean
check_indicator (Footing *footing, const HxIndicator *indicator, GError **error)
{
  gint64 sum = 0, difference;
  g_autoptr (HxFigure) figure = NULL;
  g_autofree char *yuan = NULL;
  HxBudgetFinding *finding;

  if (!expected (footing, indicator, &sum))
    return TRUE;
  figure = hx_figure_read (footing->connection, footing->catalogue,
                           indicator->key, &footing->period, error);
  if (figure == NULL)
    return FALSE;
  difference = figure->value.numerator - sum;
  if (difference == 0)
    return TRUE;
  yuan = hx_money_format_yuan (difference);
  finding = hx_finding_add (
      footing->findings, HX_BUDGET_FIGURE, difference,
      g_strdup_printf (_ ("指标“%s”比预算指标合计多 %s 元"), indicator->name,
                       yuan),
      _ ("用 budget --closing 查日期不在年度内的行，用 verify 核对指标"));
  finding->place = g_strdup (indicator->name);
  return TRUE;
}

static gboolean
check_all (Footing *footing, GError **error)
{
  const GPtrArray *indicators = hx_catalogue_indicators (footing->catalogue);

  for (guint i = 0; i < HX_CUTS; i++)
    if (!check_cut (footing, (HxCut)i, error))
      return FALSE;
  for (guint i = 0; i < indicators->len; i++)
    if (!check_indicator (footing, indicators->pdata[i], error))
      return FALSE;
  return TRUE;
}

GPtrArray *
hx_budget_check (HxConnection *connection, HxCatalogue *catalogue, int year,
                 HxDate as_of, GError **error)
{
  g_autoptr (GPtrArray) findings = hx_findings_new ();
  g_autoptr (GPtrArray) lines
      = hx_budget_lines (connection, catalogue, year, as_of, error);
  Footing footing = { .connection = connection,
                      .catalogue = catalogue,
                      .view = hx_catalogue_budget (catalogue),
                      .lines = lines,
                      .period = { .year = year, .as_of = as_of },
                      .findings = findings };
  HxSpan span;

  if (lines == NULL)
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    hx_money_add (&footing.sum, &((HxBudgetLine *)lines->pdata[i])->money);
  hx_span_init (&span, year, as_of);
  if (!check_all (&footing, error)
      || !hx_budget_check_transfers (connection, footing.view, &span, findings,
                                     error))
    return NULL;
  return g_steal_pointer (&findings);
}
