/* Of a plan of batches: which days are open, and who counts as frail. */
#include "catalogue/catalogue_internal.h"

#define POINTS_MAX 100
#define AGE_MAX 150

/* -------------------------------------------------------------------- days */

void
hx_batch_days_load (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  HxWorkingDays days = { 0, plan->festivals, plan->closed, plan->open };

  hx_working_days_load (loader, &days, node);
  plan->weekdays = days.weekdays;
}

/* ------------------------------------------------------------------- frail */

static void
take_codes (HxLoader *loader, const HxNode *node, HxFrailRule *rule)
{
  g_auto (GStrv) words = hx_node_strings (loader, node, "is");
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      const HxCode *code = hx_code_find (rule->field->codes, words[i]);

      if (code == NULL)
        hx_fault (loader, hx_node_get (node, "is"),
                  g_strdup_printf (_ ("代码表“%s”里没有“%s”"),
                                   rule->field->codes->name, words[i]),
                  NULL);
      else
        g_ptr_array_add (codes, g_strdup (code->code));
    }
  g_ptr_array_add (codes, NULL);
  rule->codes = (char **)g_ptr_array_steal (codes, NULL);
}

static void
take_rule_field (HxLoader *loader, const HxBatchPlan *plan, const HxNode *node,
                 HxFrailRule *rule)
{
  const char *key = hx_node_text (loader, node, "field");

  if (key == NULL || plan->people == NULL)
    return;
  rule->field = hx_kind_field (plan->people, key);
  if (rule->field != NULL && rule->field->type == HX_FIELD_CHOICE)
    take_codes (loader, node, rule);
  else if (rule->field == NULL || rule->field->type != HX_FIELD_BOOL)
    hx_fault (loader, hx_node_get (node, "field"),
              g_strdup_printf (_ ("没有代码或是否字段“%s”"), key), NULL);
}

static void
take_rule (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  static const HxKey keys[] = {
    { "age", FALSE }, { "field", FALSE }, { "is", FALSE }, { "points", TRUE }
  };
  HxFrailRule rule = { 0 };
  guint number = 0;

  if (!hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  if ((hx_node_get (node, "age") == NULL)
      == (hx_node_get (node, "field") == NULL))
    {
      hx_fault (loader, node, g_strdup (_ ("没有写明看什么")),
                _ ("age 和 field 中写一个"));
      return;
    }
  if (hx_batch_number (loader, node, "points", POINTS_MAX, &number))
    rule.points = (int)number;
  if (hx_batch_number (loader, node, "age", AGE_MAX, &number))
    rule.age = (int)number;
  take_rule_field (loader, plan, node, &rule);
  g_array_append_val (plan->frail_rules, rule);
}

void
hx_batch_frail_load (HxLoader *loader, HxBatchPlan *plan, const HxNode *node)
{
  static const HxKey keys[] = { { "from", TRUE },
                                { "share", TRUE },
                                { "weekdays", FALSE },
                                { "points", FALSE } };
  const HxNode *points = hx_node_get (node, "points");
  guint from = 0;

  if (node == NULL || !hx_node_check (loader, node, keys, G_N_ELEMENTS (keys)))
    return;
  hx_batch_number (loader, node, "from", POINTS_MAX, &from);
  plan->frail_from = (int)from;
  hx_batch_number (loader, node, "share", 100, &plan->frail_share);
  plan->frail_weekdays = hx_weekdays_load (loader, node, 0);
  if (points == NULL || !hx_node_is (loader, points, HX_NODE_SEQUENCE))
    return;
  for (guint i = 0; i < points->items->len; i++)
    take_rule (loader, plan, points->items->pdata[i]);
}
