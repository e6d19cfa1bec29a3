/* The rules of a scorecard: one table says what each is called, which keys it
 * has and how they are read. */
#include "catalogue/scorecard_internal.h"

#define PLACES HX_SCORE_DECIMALS_MAX

typedef struct
{
  HxLoader *loader;
  const HxNode *node;
  HxDecimal points;
  guint decimals;
  HxRule *rule;
} Reading;

typedef struct
{
  const char *name;
  const char *keys[5]; /* beside those of the source */
  gboolean has_source;
  void (*load) (const Reading *reading);
} Descriptor;

static void
item_free (gpointer data)
{
  HxCheckItem *item = data;

  g_free (item->text);
  g_free (item);
}

static void
option_free (gpointer data)
{
  HxRuleOption *option = data;

  g_free (option->key);
  g_free (option->name);
  hx_rule_free (option->rule);
  g_free (option);
}

void
hx_rule_free (HxRule *rule)
{
  if (rule == NULL)
    return;
  g_clear_pointer (&rule->steps, g_array_unref);
  g_clear_pointer (&rule->items, g_ptr_array_unref);
  g_clear_pointer (&rule->options, g_ptr_array_unref);
  g_strfreev (rule->levels);
  g_free (rule);
}

gboolean
hx_score_number (HxLoader *loader, const HxNode *mapping, const char *key,
                 guint scale, HxDecimal *number)
{
  const char *text = hx_node_text (loader, mapping, key);
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return FALSE;
  if (hx_decimal_parse (text, scale, number, &error))
    return TRUE;
  hx_fault (loader, hx_node_get (mapping, key), g_strdup (error->message),
            NULL);
  return FALSE;
}

/* The same where it must be there. */
static gboolean
must_number (const Reading *reading, const char *key, HxDecimal *number)
{
  if (hx_node_get (reading->node, key) == NULL)
    hx_fault (reading->loader, reading->node,
              g_strdup_printf (_ ("缺少“%s”"), key), _ ("补上这一项"));
  return hx_score_number (reading->loader, reading->node, key, PLACES, number);
}

static void
must_be_above_zero (const Reading *reading, const char *key, HxDecimal number)
{
  if (number.units <= 0)
    hx_fault (reading->loader, reading->node,
              g_strdup_printf (_ ("“%s”要大于 0"), key), NULL);
}

/* -------------------------------------------------------------------- ratios
 */

static void
load_ratio (const Reading *reading)
{
  HxRule *rule = reading->rule;

  rule->target = (HxDecimal){ 100, 0 };
  hx_score_number (reading->loader, reading->node, "target", PLACES,
                   &rule->target);
  must_be_above_zero (reading, "target", rule->target);
  rule->has_over = hx_score_number (reading->loader, reading->node, "over",
                                    PLACES, &rule->over);
  if (rule->has_over
      && hx_decimal_compare (rule->over, (HxDecimal){ 100, 0 }) < 0)
    hx_fault (reading->loader, hx_node_get (reading->node, "over"),
              g_strdup (_ ("over 不能小于 100")), NULL);
  if (hx_score_number (reading->loader, reading->node, "over_rate", PLACES,
                       &rule->over_rate)
      && (rule->over_rate.units < 0 || !rule->has_over))
    hx_fault (reading->loader, hx_node_get (reading->node, "over_rate"),
              g_strdup (_ ("over_rate 不能小于 0，并要和 over 一起写")), NULL);
}

/* --------------------------------------------------------------------- steps
 */

static const HxKey step_keys[] = {
  { "from", FALSE },  { "above", FALSE }, { "to", FALSE },
  { "below", FALSE }, { "points", TRUE },
};

/* One end of a step, by either of two keys. */
static gboolean
read_end (const Reading *reading, const HxNode *node, const char *const *keys,
          HxDecimal *end, gboolean *is_open)
{
  const gboolean has
      = hx_score_number (reading->loader, node, keys[0], PLACES, end);

  *is_open = hx_score_number (reading->loader, node, keys[1], PLACES, end);
  if (has && *is_open)
    hx_fault (reading->loader, node,
              g_strdup_printf (_ ("“%s”和“%s”只写一个"), keys[0], keys[1]),
              NULL);
  return has || *is_open;
}

static gboolean
is_empty (const HxScoreStep *step)
{
  const int order = step->has_low && step->has_high
                        ? hx_decimal_compare (step->low, step->high)
                        : -1;

  return order > 0 || (order == 0 && (step->low_open || step->high_open));
}

static void
read_step (const Reading *reading, const HxNode *node)
{
  static const char *const low[] = { "from", "above" };
  static const char *const high[] = { "to", "below" };
  HxScoreStep step = { 0 };

  if (!hx_node_check (reading->loader, node, step_keys,
                      G_N_ELEMENTS (step_keys)))
    return;
  step.has_low = read_end (reading, node, low, &step.low, &step.low_open);
  step.has_high = read_end (reading, node, high, &step.high, &step.high_open);
  hx_score_number (reading->loader, node, "points", PLACES, &step.points);
  if (step.points.units < 0
      || hx_decimal_compare (step.points, reading->points) > 0)
    hx_fault (reading->loader, node, g_strdup (_ ("这一档的分超出了分值")),
              NULL);
  if (is_empty (&step))
    hx_fault (reading->loader, node, g_strdup (_ ("这一档里没有一个数")),
              _ ("下限要小于上限；只有一个数的档写 from 和 to"));
  g_array_append_val (reading->rule->steps, step);
}

/* Those without a lower end first. */
static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const HxScoreStep *one = a, *other = b;

  if (!one->has_low || !other->has_low)
    return (int)one->has_low - (int)other->has_low;
  if (hx_decimal_compare (one->low, other->low) != 0)
    return hx_decimal_compare (one->low, other->low);
  return (int)one->low_open - (int)other->low_open;
}

/* What lies between two steps belongs to one of them. */
static gboolean
steps_meet (const HxScoreStep *lower, const HxScoreStep *upper)
{
  return lower->has_high && upper->has_low
         && hx_decimal_compare (lower->high, upper->low) == 0
         && lower->high_open != upper->low_open;
}

/* Where only one of two neighbours says where they meet, it holds for both. */
static void
complete_ends (HxScoreStep *lower, HxScoreStep *upper)
{
  if (!lower->has_high && upper->has_low)
    {
      lower->has_high = TRUE;
      lower->high = upper->low;
      lower->high_open = !upper->low_open;
    }
}

static void
load_steps (const Reading *reading)
{
  const HxNode *node = hx_node_get (reading->node, "steps");
  GArray *steps = reading->rule->steps
      = g_array_new (FALSE, FALSE, sizeof (HxScoreStep));
  gboolean good = TRUE;

  if (node == NULL || node->kind != HX_NODE_SEQUENCE || node->items->len == 0)
    {
      hx_fault (reading->loader, reading->node, g_strdup (_ ("没有分档")),
                _ ("写 steps: 下面每档一行"));
      return;
    }
  for (guint i = 0; i < node->items->len; i++)
    read_step (reading, node->items->pdata[i]);
  g_array_sort (steps, compare_steps);
  for (guint i = 0; i + 1 < steps->len; i++)
    {
      HxScoreStep *lower = &g_array_index (steps, HxScoreStep, i);
      HxScoreStep *upper = &g_array_index (steps, HxScoreStep, i + 1);

      complete_ends (lower, upper);
      good &= steps_meet (lower, upper);
    }
  if (!good || steps->len == 0 || g_array_index (steps, HxScoreStep, 0).has_low
      || g_array_index (steps, HxScoreStep, steps->len - 1).has_high)
    hx_fault (reading->loader, node, g_strdup (_ ("分档有空当或重叠")),
              _ ("每个数要正好落在一档里：from ≥，above >，to ≤，below <"));
}

/* ---------------------------------------------------------------- deductions
 */

static void
load_deduct (const Reading *reading)
{
  HxRule *rule = reading->rule;

  rule->below = hx_node_get (reading->node, "below") != NULL;
  rule->whole = hx_node_bool (reading->loader, reading->node, "whole");
  rule->per = (HxDecimal){ 1, 0 };
  if (rule->below && hx_node_get (reading->node, "above") != NULL)
    hx_fault (reading->loader, reading->node,
              g_strdup_printf (_ ("“%s”和“%s”只写一个"), "above", "below"),
              NULL);
  must_number (reading, rule->below ? "below" : "above", &rule->limit);
  if (must_number (reading, "each", &rule->each))
    must_be_above_zero (reading, "each", rule->each);
  hx_score_number (reading->loader, reading->node, "per", PLACES, &rule->per);
  must_be_above_zero (reading, "per", rule->per);
}

static void
load_count (const Reading *reading)
{
  if (must_number (reading, "each", &reading->rule->each))
    must_be_above_zero (reading, "each", reading->rule->each);
  hx_score_number (reading->loader, reading->node, "free", PLACES,
                   &reading->rule->free);
}

static void
load_bonus (const Reading *reading)
{
  HxRule *rule = reading->rule;

  rule->each = (HxDecimal){ 1, 0 };
  hx_score_number (reading->loader, reading->node, "each", PLACES, &rule->each);
  hx_score_number (reading->loader, reading->node, "most", PLACES, &rule->most);
  hx_score_number (reading->loader, reading->node, "least", PLACES,
                   &rule->least);
  if (rule->most.units < 0 || rule->least.units > 0
      || hx_decimal_compare (rule->most, rule->least) <= 0)
    hx_fault (reading->loader, reading->node, g_strdup (_ ("加减分没有上下限")),
              _ ("写 most（不小于 0）和 least（不大于 0）"));
}

/* ------------------------------------------------------------ filled in by
 * hand
 */

static const HxKey item_keys[] = { { "text", TRUE }, { "points", TRUE } };

static void
read_item (const Reading *reading, const HxNode *node)
{
  HxCheckItem *item = g_new0 (HxCheckItem, 1);

  g_ptr_array_add (reading->rule->items, item);
  if (node->kind == HX_NODE_SCALAR)
    {
      item->text = g_strdup (node->text);
      return;
    }
  if (!hx_node_check (reading->loader, node, item_keys,
                      G_N_ELEMENTS (item_keys)))
    return;
  item->text = g_strdup (hx_node_text (reading->loader, node, "text"));
  item->has_points = hx_score_number (reading->loader, node, "points",
                                      reading->decimals, &item->points);
}

static gboolean
items_are_sound (const HxRule *rule, HxDecimal points, guint decimals)
{
  HxDecimal sum = { 0, decimals };
  guint with = 0;

  for (guint i = 0; i < rule->items->len; i++)
    {
      const HxCheckItem *item = rule->items->pdata[i];
      HxDecimal own = item->points;

      with += item->has_points;
      if (own.units < 0 || !hx_decimal_rescale (&own, decimals))
        return FALSE;
      sum.units += own.units;
    }
  return with == 0
         || (with == rule->items->len && hx_decimal_compare (sum, points) == 0);
}

static void
load_checklist (const Reading *reading)
{
  const HxNode *node = hx_node_get (reading->node, "items");

  reading->rule->items = g_ptr_array_new_with_free_func (item_free);
  if (node == NULL || node->kind != HX_NODE_SEQUENCE || node->items->len == 0
      || node->items->len > 50)
    {
      hx_fault (reading->loader, reading->node, g_strdup (_ ("没有要点")),
                _ ("写 items: 下面列出要点，最多 50 个"));
      return;
    }
  for (guint i = 0; i < node->items->len; i++)
    read_item (reading, node->items->pdata[i]);
  if (!items_are_sound (reading->rule, reading->points, reading->decimals))
    hx_fault (reading->loader, node, g_strdup (_ ("要点的分加起来不等于分值")),
              _ ("每个要点都写 points，合计等于这一项的分值；或者都不写"));
}

static void
load_yes_no (const Reading *reading)
{
  const char *wants = hx_node_text (reading->loader, reading->node, "wants");

  if (wants == NULL || strcmp (wants, "是") == 0)
    return;
  reading->rule->wants_no = TRUE;
  if (strcmp (wants, "否") != 0)
    hx_fault (reading->loader, hx_node_get (reading->node, "wants"),
              g_strdup_printf (_ ("“%s”的值“%s”不对"), "wants", wants),
              _ ("写 是 或 否"));
}

/* `n` numbers in a list; FALSE when it is not there. */
static gboolean
read_numbers (const Reading *reading, const char *key, guint n,
              HxDecimal *numbers)
{
  const HxNode *list = hx_node_get (reading->node, key);
  gboolean good
      = list != NULL && list->kind == HX_NODE_SEQUENCE && list->items->len == n;

  for (guint i = 0; good && i < n; i++)
    {
      const HxNode *item = list->items->pdata[i];

      good
          = item->kind == HX_NODE_SCALAR
            && hx_decimal_parse (item->text, PLACES, &numbers[i], NULL)
            && numbers[i].units > 0
            && (i == 0 || hx_decimal_compare (numbers[i - 1], numbers[i]) != 0);
    }
  if (list != NULL && !good)
    hx_fault (reading->loader, list,
              g_strdup_printf (_ ("这里要写 %u 个大于 0 的数"), n), NULL);
  return list != NULL;
}

static void
load_qualitative (const Reading *reading)
{
  HxDecimal *bands = reading->rule->bands;

  bands[0] = (HxDecimal){ 80, 0 };
  bands[1] = (HxDecimal){ 60, 0 };
  read_numbers (reading, "bands", 2, bands);
  if (hx_decimal_compare (bands[0], bands[1]) < 0
      || hx_decimal_compare (bands[0], (HxDecimal){ 100, 0 }) > 0)
    hx_fault (reading->loader, reading->node,
              g_strdup (_ ("bands 要从大到小，不超过 100")), NULL);
}

/* --------------------------------------------------------------------- means
 */

static void
load_quarters (const Reading *reading)
{
  const HxSource *source = &reading->rule->source;
  HxDecimal *plan = reading->rule->plan;

  for (int i = 0; i < HX_SCORE_QUARTERS; i++)
    plan[i] = (HxDecimal){ 25 * (i + 1), 0 };
  read_numbers (reading, "plan", HX_SCORE_QUARTERS, plan);
  if (source->kind != HX_SOURCE_VALUE || source->a.kind != HX_OPERAND_FACT
      || source->a.fact != HX_FACT_BUDGET_QUARTER_RATES)
    hx_fault (reading->loader, reading->node,
              g_strdup (_ ("按季度平均的数只有各季度末执行率")),
              _ ("写 value: budget.quarter_rates"));
}

char **
hx_score_levels (HxLoader *loader, const HxNode *node, const char *key)
{
  const HxPlanView *plan = loader->catalogue->plan;
  char **levels = hx_node_strings (loader, node, key);

  if (plan == NULL || plan->target_level == NULL || levels[0] == NULL)
    hx_fault (loader, node, g_strdup (_ ("没有写明哪一级绩效指标")),
              _ ("目录里要有 plan.yaml，并写出指标级别的代码"));
  else
    for (char **level = levels; *level != NULL; level++)
      if (hx_code_find (plan->target_level->codes, *level) == NULL)
        hx_fault (loader, hx_node_get (node, key),
                  g_strdup_printf (_ ("没有指标级别“%s”"), *level), NULL);
  return levels;
}

static void
load_targets (const Reading *reading)
{
  reading->rule->levels
      = hx_score_levels (reading->loader, reading->node, "levels");
}

static void
load_stated (const Reading *reading)
{
  const HxSource *source = &reading->rule->source;

  if (source->kind != HX_SOURCE_VALUE
      || source->a.kind != HX_OPERAND_ENTRY_VALUE)
    hx_fault (reading->loader, reading->node,
              g_strdup (_ ("这条规则的得分是填报的，不能另写取数")), NULL);
}

/* -------------------------------------------------------------------- choose
 */

static void
read_option (const Reading *reading, const HxNode *node)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (HxKey));
  static const HxKey own[] = { { "key", TRUE }, { "name", TRUE } };
  HxRuleOption *option;

  g_array_append_vals (keys, own, G_N_ELEMENTS (own));
  hx_rule_keys (node, keys);
  if (!hx_node_check (reading->loader, node, (const HxKey *)keys->data,
                      keys->len))
    return;
  option = g_new0 (HxRuleOption, 1);
  option->key = g_strdup (hx_node_text (reading->loader, node, "key"));
  option->name = g_strdup (hx_node_text (reading->loader, node, "name"));
  option->rule = hx_rule_load (reading->loader, node, reading->points,
                               reading->decimals);
  g_ptr_array_add (reading->rule->options, option);
  if (option->rule != NULL
      && (option->rule->kind == HX_RULE_CHOOSE
          || option->rule->kind == HX_RULE_BONUS))
    hx_fault (reading->loader, node, g_strdup (_ ("这条规则不能作选项")), NULL);
}

static void
load_choose (const Reading *reading)
{
  const HxNode *node = hx_node_get (reading->node, "options");
  const char *take = hx_node_text (reading->loader, reading->node, "take");

  reading->rule->options = g_ptr_array_new_with_free_func (option_free);
  reading->rule->takes_stated = g_strcmp0 (take, "stated") == 0;
  if (take != NULL && !reading->rule->takes_stated
      && strcmp (take, "best") != 0)
    hx_fault (reading->loader, hx_node_get (reading->node, "take"),
              g_strdup_printf (_ ("“%s”的值“%s”不对"), "take", take),
              _ ("写 best 或 stated"));
  if (node == NULL || node->kind != HX_NODE_SEQUENCE || node->items->len < 2)
    {
      hx_fault (reading->loader, reading->node, g_strdup (_ ("没有选项")),
                _ ("写 options: 下面至少两个"));
      return;
    }
  for (guint i = 0; i < node->items->len; i++)
    read_option (reading, node->items->pdata[i]);
}

/* --------------------------------------------------------------------- table
 */

static const Descriptor rules[] = {
  [HX_RULE_RATIO]
  = { "ratio", { "target", "over", "over_rate" }, TRUE, load_ratio },
  [HX_RULE_INVERSE]
  = { "inverse", { "target", "over", "over_rate" }, TRUE, load_ratio },
  [HX_RULE_STEPS] = { "steps", { "steps" }, TRUE, load_steps },
  [HX_RULE_DEDUCT] = { "deduct",
                       { "above", "below", "each", "per", "whole" },
                       TRUE,
                       load_deduct },
  [HX_RULE_COUNT] = { "count", { "each", "free" }, TRUE, load_count },
  [HX_RULE_CHECKLIST] = { "checklist", { "items" }, FALSE, load_checklist },
  [HX_RULE_YES_NO] = { "yes_no", { "wants" }, TRUE, load_yes_no },
  [HX_RULE_QUALITATIVE]
  = { "qualitative", { "bands" }, FALSE, load_qualitative },
  [HX_RULE_CHOOSE] = { "choose", { "options", "take" }, FALSE, load_choose },
  [HX_RULE_QUARTERS] = { "quarters", { "plan" }, TRUE, load_quarters },
  [HX_RULE_TARGETS] = { "targets", { "levels" }, FALSE, load_targets },
  [HX_RULE_STATED] = { "stated", { NULL }, TRUE, load_stated },
  [HX_RULE_BONUS] = { "bonus", { "each", "most", "least" }, TRUE, load_bonus },
};

const char *
hx_rule_kind_name (HxRuleKind kind)
{
  return rules[kind].name;
}

static int
find_rule (const HxNode *node)
{
  const HxNode *name = hx_node_get (node, "rule");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (name->text, rules[i].name) == 0)
      return (int)i;
  return -1;
}

static void
add_key (GArray *keys, const char *name)
{
  const HxKey key = { name, FALSE };

  g_array_append_val (keys, key);
}

void
hx_rule_keys (const HxNode *node, GArray *known)
{
  static const char *const source[]
      = { "value", "ratio", "change", "absolute", "without_base" };
  const int found = find_rule (node);

  add_key (known, "rule");
  for (guint i = 0; found >= 0 && i < G_N_ELEMENTS (rules[0].keys); i++)
    if (rules[found].keys[i] != NULL)
      add_key (known, rules[found].keys[i]);
  for (guint i = 0; i < G_N_ELEMENTS (source); i++)
    if (found < 0 || rules[found].has_source)
      add_key (known, source[i]);
}

static void
fault_rule (HxLoader *loader, const HxNode *node)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const HxNode *name = hx_node_get (node, "rule");

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    g_ptr_array_add (known, hx_borrow (rules[i].name));
  if (name == NULL)
    hx_fault (loader, node, g_strdup_printf (_ ("缺少“%s”"), "rule"),
              _ ("写明按什么规则打分，或写 rows 分项"));
  else
    hx_fault_unknown (loader, name, _ ("没有评分规则"), known);
}

/* Only the quarters take what is not one number. */
static void
check_quarter_rates (HxLoader *loader, const HxNode *node, const HxRule *rule)
{
  const HxOperand *operands[] = { &rule->source.a, &rule->source.b };

  for (guint i = 0; i < G_N_ELEMENTS (operands); i++)
    if (operands[i]->kind == HX_OPERAND_FACT
        && operands[i]->fact == HX_FACT_BUDGET_QUARTER_RATES
        && rule->kind != HX_RULE_QUARTERS)
      hx_fault (loader, node, g_strdup (_ ("各季度末执行率不是一个数")),
                _ ("用规则 quarters"));
}

HxRule *
hx_rule_load (HxLoader *loader, const HxNode *node, HxDecimal points,
              guint decimals)
{
  const int found = find_rule (node);
  Reading reading = { loader, node, points, decimals, NULL };

  if (found < 0)
    {
      fault_rule (loader, node);
      return NULL;
    }
  reading.rule = g_new0 (HxRule, 1);
  reading.rule->kind = (HxRuleKind)found;
  if (rules[found].has_source)
    hx_source_load (loader, node, &reading.rule->source);
  rules[found].load (&reading);
  check_quarter_rates (loader, node, reading.rule);
  return reading.rule;
}

static gboolean
is_entry (const HxOperand *operand)
{
  return operand->kind == HX_OPERAND_ENTRY_VALUE
         || operand->kind == HX_OPERAND_ENTRY_BASE;
}

gboolean
hx_rule_is_manual (const HxRule *rule)
{
  gboolean manual = rule->kind == HX_RULE_CHECKLIST
                    || rule->kind == HX_RULE_QUALITATIVE || rule->takes_stated;

  if (rule->source.kind != HX_SOURCE_NONE)
    manual |= is_entry (&rule->source.a);
  if (rule->source.kind == HX_SOURCE_RATIO
      || rule->source.kind == HX_SOURCE_CHANGE_FROM)
    manual |= is_entry (&rule->source.b);
  for (guint i = 0; rule->options != NULL && i < rule->options->len; i++)
    {
      const HxRuleOption *option = rule->options->pdata[i];

      manual |= option->rule != NULL && hx_rule_is_manual (option->rule);
    }
  return manual;
}
