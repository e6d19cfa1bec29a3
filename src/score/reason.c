/* Why points are lost, where nobody said: what was computed, in a sentence. */
#include "score/score_internal.h"

/* A bound as the value is written: with the sign of per cent where that has
 * one. */
static char *
bound_text (const HxLeaf *leaf, HxDecimal bound)
{
  g_autofree char *text = hx_fraction_format (hx_fraction_of_decimal (bound),
                                              HX_SCORE_DECIMALS_MAX, TRUE);
  const gboolean is_share
      = leaf->row->value != NULL && g_str_has_suffix (leaf->row->value, "%");

  return g_strconcat (text, is_share ? "%" : "", NULL);
}

static char *
reason_ratio (const HxLeaf *leaf, const HxRule *rule, const char *lost)
{
  g_autofree char *target = bound_text (leaf, rule->target);

  return g_strdup_printf (leaf->row->is_over
                              ? _ ("完成值 %s，目标 %s，超出较多，扣 %s 分")
                              : _ ("完成值 %s，目标 %s，按比例扣 %s 分"),
                          leaf->row->value, target, lost);
}

static char *
reason_deduct (const HxLeaf *leaf, const HxRule *rule, const char *lost)
{
  g_autofree char *limit = bound_text (leaf, rule->limit);

  return g_strdup_printf (rule->below ? _ ("完成值 %s，低于 %s，扣 %s 分")
                                      : _ ("完成值 %s，超过 %s，扣 %s 分"),
                          leaf->row->value, limit, lost);
}

static char *
reason_checks (const HxLeaf *leaf, const HxRule *rule, const char *lost)
{
  g_autoptr (GString) not_met = g_string_new (NULL);

  for (guint i = 0; i < rule->items->len; i++)
    if ((leaf->input.checks >> i & 1) == 0)
      g_string_append_printf (not_met, "%s%s", not_met->len > 0 ? "；" : "",
                              ((HxCheckItem *)rule->items->pdata[i])->text);
  return g_strdup_printf (_ ("不符合：%s，扣 %s 分"), not_met->str, lost);
}

static char *
reason_targets (const HxLeaf *leaf, const HxRule *rule, const char *lost)
{
  guint behind = 0;

  (void)rule;
  for (guint i = 0; i < leaf->targets->len; i++)
    behind += hx_fraction_compare (
                  g_array_index (leaf->targets, HxRulePart, i).reached,
                  hx_fraction (100, 1))
              < 0;
  return g_strdup_printf (_ ("%u 项绩效指标有 %u 项没有完成，扣 %s 分"),
                          leaf->targets->len, behind, lost);
}

static char *
reason_quarters (const HxLeaf *leaf, const HxRule *rule, const char *lost)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < leaf->input.n_parts; i++)
    {
      const HxFraction plan = hx_fraction_of_decimal (rule->plan[i]);
      g_autofree char *is = hx_fraction_format (leaf->input.parts[i], 2, FALSE);
      g_autofree char *should = hx_fraction_format (plan, 2, TRUE);

      if (hx_fraction_compare (leaf->input.parts[i], plan) < 0)
        g_string_append_printf (list, _ ("%s第 %u 季度末 %s%%（计划 %s%%）"),
                                list->len > 0 ? "，" : "", i + 1, is, should);
    }
  return g_strdup_printf (_ ("%s，扣 %s 分"), list->str, lost);
}

static char *
reason_plain (const HxLeaf *leaf, const HxRule *rule, const char *lost)
{
  (void)rule;
  if (leaf->row->value == NULL)
    return g_strdup_printf (_ ("按评分标准扣 %s 分"), lost);
  return g_strdup_printf (_ ("完成值 %s，按评分标准扣 %s 分"), leaf->row->value,
                          lost);
}

char *
hx_score_reason (const HxLeaf *leaf, const HxRule *rule)
{
  static char *(*const reasons[]) (const HxLeaf *, const HxRule *, const char *)
      = {
          [HX_RULE_RATIO] = reason_ratio,
          [HX_RULE_INVERSE] = reason_ratio,
          [HX_RULE_STEPS] = reason_plain,
          [HX_RULE_DEDUCT] = reason_deduct,
          [HX_RULE_COUNT] = reason_plain,
          [HX_RULE_CHECKLIST] = reason_checks,
          [HX_RULE_YES_NO] = reason_plain,
          [HX_RULE_QUALITATIVE] = reason_plain,
          [HX_RULE_CHOOSE] = reason_plain,
          [HX_RULE_QUARTERS] = reason_quarters,
          [HX_RULE_TARGETS] = reason_targets,
          [HX_RULE_STATED] = reason_plain,
          [HX_RULE_BONUS] = reason_plain,
        };
  g_autofree char *lost
      = hx_score_format (leaf->scoring->score, leaf->row->deduction);

  return reasons[rule->kind](leaf, rule, lost);
}
