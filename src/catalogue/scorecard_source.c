/* Where the numbers of a scorecard come from. */
#include "catalogue/scorecard_internal.h"

static const struct
{
  const char *key, *name;
  gboolean is_money;
} facts[HX_FACTS] = {
  [HX_FACT_BUDGET_INITIAL] = { "budget.initial", N_ ("年初预算"), TRUE },
  [HX_FACT_BUDGET_ADJUSTED] = { "budget.adjusted", N_ ("预算调整"), TRUE },
  [HX_FACT_BUDGET_CARRIED_IN] = { "budget.carried_in", N_ ("上年结转"), TRUE },
  [HX_FACT_BUDGET_TOTAL] = { "budget.total", N_ ("全年预算"), TRUE },
  [HX_FACT_BUDGET_EXECUTED] = { "budget.executed", N_ ("预算执行"), TRUE },
  [HX_FACT_BUDGET_CARRIED_OVER]
  = { "budget.carried_over", N_ ("结转结余"), TRUE },
  [HX_FACT_BUDGET_WITHDRAWN] = { "budget.withdrawn", N_ ("财政收回"), TRUE },
  [HX_FACT_BUDGET_LAPSED] = { "budget.lapsed", N_ ("额度注销"), TRUE },
  [HX_FACT_BUDGET_OPEN] = { "budget.open", N_ ("没有着落的余额"), TRUE },
  [HX_FACT_BUDGET_PLANNED] = { "budget.planned", N_ ("用款计划到期数"), TRUE },
  [HX_FACT_BUDGET_MOVED]
  = { "budget.moved", N_ ("追加、追减和调剂的总额"), TRUE },
  [HX_FACT_BUDGET_QUARTER_RATES]
  = { "budget.quarter_rates", N_ ("各季度末执行率"), FALSE },
  [HX_FACT_PLAN_TASKS] = { "plan.tasks", N_ ("重点任务数"), FALSE },
  [HX_FACT_PLAN_TASKS_DONE]
  = { "plan.tasks_done", N_ ("已办结的重点任务数"), FALSE },
  [HX_FACT_PLAN_MILESTONES] = { "plan.milestones", N_ ("阶段节点数"), FALSE },
  [HX_FACT_PLAN_MILESTONES_DONE]
  = { "plan.milestones_done", N_ ("已完成的阶段节点数"), FALSE },
  [HX_FACT_PLAN_MILESTONES_ON_TIME]
  = { "plan.milestones_on_time", N_ ("按时完成的阶段节点数"), FALSE },
  [HX_FACT_TARGETS] = { "targets.count", N_ ("绩效指标数"), FALSE },
  [HX_FACT_TARGETS_REACHED]
  = { "targets.reached", N_ ("已达标的绩效指标数"), FALSE },
};

const char *
hx_fact_key (HxFact fact)
{
  return (guint)fact < HX_FACTS ? facts[fact].key : NULL;
}

const char *
hx_fact_name (HxFact fact)
{
  return _ (facts[fact].name);
}

gboolean
hx_fact_is_money (HxFact fact)
{
  return facts[fact].is_money;
}

/* ------------------------------------------------------------------ operands
 */

static void
fault_fact (HxLoader *loader, const HxNode *node)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < HX_FACTS; i++)
    g_ptr_array_add (known, hx_borrow (facts[i].key));
  g_ptr_array_add (known, hx_borrow ("entry.value"));
  g_ptr_array_add (known, hx_borrow ("entry.base"));
  hx_fault_unknown (loader, node, _ ("没有这样的数"), known);
}

static const HxCode *
find_nature (HxLoader *loader, const HxNode *node, const char *text)
{
  const HxBudgetView *budget = loader->catalogue->budget;
  const HxCode *code = budget != NULL && budget->line_nature != NULL
                           ? hx_code_find (budget->line_nature->codes, text)
                           : NULL;

  if (code == NULL)
    hx_fault (loader, node, g_strdup_printf (_ ("没有支出性质“%s”"), text),
              _ ("@ 后面写支出性质的代码"));
  return code;
}

static void
load_fact (HxLoader *loader, const HxNode *node, HxOperand *operand)
{
  const char *at = strchr (node->text, '@');
  g_autofree char *key = at == NULL
                             ? g_strdup (node->text)
                             : g_strndup (node->text, (gsize)(at - node->text));
  guint fact = 0;

  while (fact < HX_FACTS && strcmp (facts[fact].key, key) != 0)
    fact++;
  if (fact == HX_FACTS || (at != NULL && !facts[fact].is_money))
    {
      fault_fact (loader, node);
      return;
    }
  operand->kind = HX_OPERAND_FACT;
  operand->fact = (HxFact)fact;
  if (at != NULL)
    operand->nature = find_nature (loader, node, at + 1);
}

static void
load_figure (HxLoader *loader, const HxNode *node, HxOperand *operand)
{
  const GPtrArray *all = loader->catalogue->indicators;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  operand->kind = HX_OPERAND_FIGURE;
  operand->indicator = hx_catalogue_indicator (loader->catalogue, node->text);
  if (operand->indicator != NULL)
    return;
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (known, ((HxIndicator *)all->pdata[i])->key);
  hx_fault_unknown (loader, node, _ ("没有指标"), known);
}

static void
load_operand (HxLoader *loader, const HxNode *node, HxOperand *operand)
{
  if (!hx_node_is (loader, node, HX_NODE_SCALAR))
    return;
  if (strcmp (node->text, "entry.value") == 0)
    operand->kind = HX_OPERAND_ENTRY_VALUE;
  else if (strcmp (node->text, "entry.base") == 0)
    operand->kind = HX_OPERAND_ENTRY_BASE;
  else if (hx_decimal_parse (node->text, HX_SCORE_DECIMALS_MAX,
                             &operand->number, NULL))
    operand->kind = HX_OPERAND_NUMBER;
  else if (strchr (node->text, '.') != NULL)
    load_fact (loader, node, operand);
  else
    load_figure (loader, node, operand);
}

/* -------------------------------------------------------------------- source
 */

static gboolean
load_pair (HxLoader *loader, const HxNode *node, HxSource *source)
{
  if (node->kind != HX_NODE_SEQUENCE || node->items->len != 2)
    {
      hx_fault (loader, node, g_strdup (_ ("这里要写两个数")),
                _ ("例如 [budget.executed, budget.total]"));
      return FALSE;
    }
  load_operand (loader, node->items->pdata[0], &source->a);
  load_operand (loader, node->items->pdata[1], &source->b);
  return TRUE;
}

static void
load_change (HxLoader *loader, const HxNode *node, HxSource *source)
{
  source->kind = HX_SOURCE_CHANGE_FROM;
  if (node->kind == HX_NODE_SEQUENCE)
    {
      load_pair (loader, node, source);
      return;
    }
  source->kind = HX_SOURCE_CHANGE;
  load_operand (loader, node, &source->a);
  if (source->a.kind != HX_OPERAND_FIGURE && source->a.kind != HX_OPERAND_FACT)
    hx_fault (loader, node, g_strdup (_ ("上年的数无从取得")),
              _ ("写 change: [本年, 上年]"));
}

static void
load_without_base (HxLoader *loader, const HxNode *node, HxSource *source)
{
  static const char *const words[] = { "missing", "full", "not_applicable" };
  const char *text = hx_node_text (loader, node, "without_base");

  if (text == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      {
        source->without_base = (HxWithoutBase)i;
        return;
      }
  hx_fault (loader, hx_node_get (node, "without_base"),
            g_strdup_printf (_ ("“%s”的值“%s”不对"), "without_base", text),
            _ ("写 missing、full 或 not_applicable"));
}

void
hx_source_load (HxLoader *loader, const HxNode *node, HxSource *source)
{
  const HxNode *value = hx_node_get (node, "value");
  const HxNode *ratio = hx_node_get (node, "ratio");
  const HxNode *change = hx_node_get (node, "change");

  source->kind = HX_SOURCE_VALUE;
  source->a.kind = HX_OPERAND_ENTRY_VALUE;
  source->absolute = hx_node_bool (loader, node, "absolute");
  load_without_base (loader, node, source);
  if ((value != NULL) + (ratio != NULL) + (change != NULL) > 1)
    hx_fault (loader, node, g_strdup (_ ("取数的写法只能有一种")),
              _ ("value、ratio、change 只留一个"));
  if (value != NULL)
    load_operand (loader, value, &source->a);
  if (ratio != NULL)
    {
      source->kind = HX_SOURCE_RATIO;
      load_pair (loader, ratio, source);
    }
  if (change != NULL)
    load_change (loader, change, source);
}
