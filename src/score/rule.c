#include "score/rule.h"

static HxFraction
of_points (HxDecimal points, HxFraction share)
{
  return hx_fraction_multiply (hx_fraction_of_decimal (points), share);
}

static HxFraction
hundredth (HxFraction per_cent)
{
  return hx_fraction_divide (per_cent, hx_fraction (100, 1));
}

static HxFraction
within (HxFraction value, HxFraction least, HxFraction most)
{
  return hx_fraction_is_number (value)
             ? hx_fraction_least (hx_fraction_most (value, least), most)
             : value;
}

/* Bounded by nothing and the full points. */
static void
give (HxRuleResult *result, HxDecimal points, HxFraction score)
{
  result->score
      = within (score, hx_fraction (0, 1), hx_fraction_of_decimal (points));
}

/* ------------------------------------------------------------------- ratios
 */

/* What a row far over its target loses, as a share of its points. */
static HxFraction
over_loss (const HxRule *rule, HxFraction reached)
{
  const HxFraction beyond
      = hx_fraction_subtract (reached, hx_fraction_of_decimal (rule->over));

  return hundredth (
      hx_fraction_multiply (beyond, hx_fraction_of_decimal (rule->over_rate)));
}

/* `reached` in per cent of the target. */
static void
give_reached (const HxRule *rule, HxDecimal points, HxFraction reached,
              HxRuleResult *result)
{
  HxFraction share
      = hx_fraction_least (hundredth (reached), hx_fraction (1, 1));

  result->is_over
      = rule->has_over
        && hx_fraction_compare (reached, hx_fraction_of_decimal (rule->over))
               >= 0;
  if (result->is_over)
    share = hx_fraction_subtract (share, over_loss (rule, reached));
  give (result, points, of_points (points, share));
}

static HxFraction
per_cent_of (HxFraction part, HxFraction whole)
{
  return hx_fraction_multiply (hx_fraction_divide (part, whole),
                               hx_fraction (100, 1));
}

static void
apply_ratio (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
             HxRuleResult *result)
{
  give_reached (
      rule, points,
      per_cent_of (input->value, hx_fraction_of_decimal (rule->target)),
      result);
}

/* Nothing, where little is wanted, is as good as can be. */
static void
apply_inverse (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
               HxRuleResult *result)
{
  const HxFraction target = hx_fraction_of_decimal (rule->target);

  if (input->value.numerator <= 0)
    give (result, points, hx_fraction_of_decimal (points));
  else
    give_reached (rule, points, per_cent_of (target, input->value), result);
}

/* -------------------------------------------------------------------- tables
 */

static gboolean
in_step (const HxScoreStep *step, HxFraction value)
{
  const int low
      = hx_fraction_compare (value, hx_fraction_of_decimal (step->low));
  const int high
      = hx_fraction_compare (value, hx_fraction_of_decimal (step->high));

  if (step->has_low && (step->low_open ? low <= 0 : low < 0))
    return FALSE;
  return !step->has_high || (step->high_open ? high < 0 : high <= 0);
}

static void
apply_steps (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
             HxRuleResult *result)
{
  for (guint i = 0; i < rule->steps->len; i++)
    {
      const HxScoreStep *step = &g_array_index (rule->steps, HxScoreStep, i);

      if (in_step (step, input->value))
        give (result, points, hx_fraction_of_decimal (step->points));
    }
}

/* ---------------------------------------------------------------- deductions
 */

static void
take_off (const HxRule *rule, HxDecimal points, HxFraction times,
          HxRuleResult *result)
{
  const HxFraction off
      = hx_fraction_multiply (hx_fraction_most (times, hx_fraction (0, 1)),
                              hx_fraction_of_decimal (rule->each));

  give (result, points,
        hx_fraction_subtract (hx_fraction_of_decimal (points), off));
}

static void
apply_deduct (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
              HxRuleResult *result)
{
  const HxFraction limit = hx_fraction_of_decimal (rule->limit);
  const HxFraction beyond = rule->below
                                ? hx_fraction_subtract (limit, input->value)
                                : hx_fraction_subtract (input->value, limit);
  const HxFraction times
      = hx_fraction_divide (beyond, hx_fraction_of_decimal (rule->per));

  take_off (rule, points, rule->whole ? hx_fraction_floor (times) : times,
            result);
}

static void
apply_count (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
             HxRuleResult *result)
{
  take_off (
      rule, points,
      hx_fraction_subtract (input->value, hx_fraction_of_decimal (rule->free)),
      result);
}

/* ------------------------------------------------------------ filled in by
 * hand
 */

static void
apply_checklist (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
                 HxRuleResult *result)
{
  const guint n = rule->items->len;
  HxFraction sum = hx_fraction (0, 1);

  if (n < HX_RULE_ITEMS_MAX && input->checks >> n != 0)
    result->state = HX_RULE_BAD_VALUE;
  for (guint i = 0; i < n; i++)
    {
      const HxCheckItem *item = rule->items->pdata[i];

      if ((input->checks >> i & 1) != 0)
        sum = hx_fraction_add (
            sum, item->has_points ? hx_fraction_of_decimal (item->points)
                                  : of_points (points, hx_fraction (1, n)));
    }
  give (result, points, sum);
}

static void
apply_yes_no (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
              HxRuleResult *result)
{
  const gboolean is_yes = input->value.numerator != 0;

  give (result, points,
        is_yes != rule->wants_no ? hx_fraction_of_decimal (points)
                                 : hx_fraction (0, 1));
}

/* The band of a step: its lower end belongs to it, its upper end to the next
 * better one. */
static gboolean
share_fits (const HxRule *rule, const HxRuleInput *input)
{
  const HxDecimal ends[]
      = { { 100, 0 }, rule->bands[0], rule->bands[1], { 0, 0 } };
  const int step = (int)input->step; /* 1 … 3 */
  const int high = hx_decimal_compare (input->share, ends[step - 1]);

  return hx_decimal_compare (input->share, ends[step]) >= 0
         && (step == HX_STATED_REACHED ? high <= 0 : high < 0);
}

static void
apply_qualitative (const HxRule *rule, HxDecimal points,
                   const HxRuleInput *input, HxRuleResult *result)
{
  if (input->step == HX_STATED_NONE || !input->has_share)
    result->state = HX_RULE_NO_STEP;
  else if (!share_fits (rule, input))
    result->state = HX_RULE_BAD_SHARE;
  give (result, points,
        of_points (points, hundredth (hx_fraction_of_decimal (input->share))));
}

static void
apply_stated (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
              HxRuleResult *result)
{
  (void)rule;
  if (input->value.numerator < 0
      || hx_fraction_compare (input->value, hx_fraction_of_decimal (points))
             > 0)
    result->state = HX_RULE_BAD_VALUE;
  give (result, points, input->value);
}

static void
apply_bonus (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
             HxRuleResult *result)
{
  (void)points;
  result->score = within (
      hx_fraction_multiply (input->value, hx_fraction_of_decimal (rule->each)),
      hx_fraction_of_decimal (rule->least),
      hx_fraction_of_decimal (rule->most));
}

/* --------------------------------------------------------------------- means
 */

static void
apply_quarters (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
                HxRuleResult *result)
{
  HxFraction sum = hx_fraction (0, 1);

  for (guint i = 0; i < input->n_parts; i++)
    {
      const HxFraction reached = hx_fraction_divide (
          input->parts[i], hx_fraction_of_decimal (rule->plan[i]));

      sum = hx_fraction_add (
          sum, within (reached, hx_fraction (0, 1), hx_fraction (1, 1)));
    }
  give (result, points,
        of_points (points,
                   hx_fraction_divide (sum, hx_fraction (input->n_parts, 1))));
}

static void
apply_targets (const HxRule *rule, HxDecimal points, const HxRuleInput *input,
               HxRuleResult *result)
{
  HxFraction sum = hx_fraction (0, 1), weights = hx_fraction (0, 1);

  (void)rule;
  for (guint i = 0; i < input->targets->len; i++)
    {
      const HxRulePart *part = &g_array_index (input->targets, HxRulePart, i);
      const HxFraction reached = within (
          hundredth (part->reached), hx_fraction (0, 1), hx_fraction (1, 1));

      sum = hx_fraction_add (sum, hx_fraction_multiply (reached, part->weight));
      weights = hx_fraction_add (weights, part->weight);
    }
  if (weights.numerator == 0)
    result->state = HX_RULE_NO_VALUE;
  else
    give (result, points,
          of_points (points, hx_fraction_divide (sum, weights)));
}

/* --------------------------------------------------------------------- table
 */

static gboolean
has_value (const HxRuleInput *input)
{
  return input->has_value;
}

static gboolean
has_checks (const HxRuleInput *input)
{
  return input->has_checks;
}

static gboolean
has_step (const HxRuleInput *input)
{
  return input->step != HX_STATED_NONE || input->has_share;
}

static gboolean
has_parts (const HxRuleInput *input)
{
  return input->n_parts > 0;
}

static gboolean
has_targets (const HxRuleInput *input)
{
  return input->targets != NULL && input->targets->len > 0;
}

typedef void (*Apply) (const HxRule *rule, HxDecimal points,
                       const HxRuleInput *input, HxRuleResult *result);

static const struct
{
  gboolean (*has_input) (const HxRuleInput *input);
  Apply apply;
} rules[] = {
  [HX_RULE_RATIO] = { has_value, apply_ratio },
  [HX_RULE_INVERSE] = { has_value, apply_inverse },
  [HX_RULE_STEPS] = { has_value, apply_steps },
  [HX_RULE_DEDUCT] = { has_value, apply_deduct },
  [HX_RULE_COUNT] = { has_value, apply_count },
  [HX_RULE_CHECKLIST] = { has_checks, apply_checklist },
  [HX_RULE_YES_NO] = { has_value, apply_yes_no },
  [HX_RULE_QUALITATIVE] = { has_step, apply_qualitative },
  [HX_RULE_QUARTERS] = { has_parts, apply_quarters },
  [HX_RULE_TARGETS] = { has_targets, apply_targets },
  [HX_RULE_STATED] = { has_value, apply_stated },
  [HX_RULE_BONUS] = { has_value, apply_bonus },
};

HxRuleResult
hx_score_apply (const HxRule *rule, HxDecimal points, const HxRuleInput *input)
{
  HxRuleResult result = { .state = HX_RULE_SCORED };

  result.score = hx_fraction (0, 1);
  g_return_val_if_fail (rules[rule->kind].apply != NULL, result);
  if (!rules[rule->kind].has_input (input))
    result.state = HX_RULE_NO_VALUE;
  else
    rules[rule->kind].apply (rule, points, input, &result);
  if (result.state == HX_RULE_SCORED && !hx_fraction_is_number (result.score))
    result.state = HX_RULE_TOO_LARGE;
  if (result.state != HX_RULE_SCORED)
    result.score = hx_fraction (0, 1);
  return result;
}

const char *
hx_score_state_text (HxRuleState state)
{
  static const char *const texts[] = {
    [HX_RULE_SCORED] = N_ ("已评分"),
    [HX_RULE_NO_VALUE] = N_ ("没有完成值"),
    [HX_RULE_NO_STEP] = N_ ("没有写完成等次和得分比例"),
    [HX_RULE_BAD_SHARE] = N_ ("得分比例不在所选完成等次的范围里"),
    [HX_RULE_BAD_VALUE] = N_ ("所填的数超出了这一项的范围"),
    [HX_RULE_TOO_LARGE] = N_ ("数字太大，算不出准确的得分"),
  };

  return _ (texts[state]);
}
