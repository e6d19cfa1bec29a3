/* What an actual value is worth against its target.
 *
 * Everything is a comparison of fractions; a deviation is never rounded before
 * it is held against the tolerance, so that 20.00001 % is over 20 %. */
#include "plan/exact.h"
#include "plan/target.h"

#include <string.h>

typedef struct
{
  const char *code;
  gboolean (*is_reached) (int compared); /* actual against target */
  gboolean (*complete) (const HxTarget *target, HxExact *share);
  gboolean may_be_over;
} Rule;

static gboolean
is_at_least (int compared)
{
  return compared >= 0;
}

static gboolean
is_at_most (int compared)
{
  return compared <= 0;
}

static gboolean
is_equal (int compared)
{
  return compared == 0;
}

static HxExact
whole_or_none (gboolean is_whole)
{
  return (HxExact){ is_whole ? 1 : 0, 1, FALSE };
}

static gboolean
complete_at_least (const HxTarget *target, HxExact *share)
{
  if (target->value.numerator > 0)
    return hx_exact_divide (target->actual, target->value, share);
  *share
      = whole_or_none (hx_exact_compare (target->actual, target->value) >= 0);
  return TRUE;
}

static gboolean
complete_at_most (const HxTarget *target, HxExact *share)
{
  if (target->actual.numerator > 0 && target->value.numerator >= 0)
    return hx_exact_divide (target->value, target->actual, share);
  *share
      = whole_or_none (hx_exact_compare (target->actual, target->value) <= 0);
  return TRUE;
}

static gboolean
complete_equal (const HxTarget *target, HxExact *share)
{
  if (target->value.numerator == 0)
    {
      *share = whole_or_none (target->actual.numerator == 0);
      return TRUE;
    }
  if (!hx_exact_deviation (target->actual, target->value, share))
    return FALSE;
  share->numerator = MAX (share->denominator - share->numerator, 0);
  return TRUE;
}

static const Rule rules[] = {
  { "at_least", is_at_least, complete_at_least, TRUE },
  { "at_most", is_at_most, complete_at_most, TRUE },
  { "equal", is_equal, complete_equal, FALSE },
};

static const Rule *
rule_of (const HxTarget *target)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].code, target->direction->code))
      return &rules[i];
  return NULL;
}

/* ------------------------------------------------------------- qualitative */

static gboolean
weigh_step (HxTarget *target)
{
  const char *step = target->step != NULL ? target->step->code : "";
  const gboolean is_reached = g_str_equal (step, "reached");
  gint64 one = 1;

  if (target->step != NULL)
    target->state = is_reached ? HX_TARGET_REACHED : HX_TARGET_MISSED;
  for (guint i = 0; target->has_share && i < target->share.scale; i++)
    one *= 10;
  if (target->has_share)
    target->has_completion
        = hx_round_half_up (target->share.units, one, 2, &target->completion);
  else if (is_reached || g_str_equal (step, "missed"))
    {
      target->has_completion = TRUE;
      target->completion = is_reached ? HX_COMPLETION_WHOLE : 0;
    }
  return TRUE;
}

/* -------------------------------------------------------------- quantities */

static gboolean
is_over (const HxTarget *target, gboolean *over)
{
  HxExact deviation, tolerance;
  gint64 whole = 100;

  *over = FALSE;
  if (!target->has_tolerance || target->value.numerator == 0)
    return TRUE;
  for (guint i = 0; i < target->tolerance.scale; i++)
    whole *= 10;
  if (!hx_exact_reduce (target->tolerance.units, whole, &tolerance)
      || !hx_exact_deviation (target->actual, target->value, &deviation))
    return FALSE;
  *over = hx_exact_compare (deviation, tolerance) > 0;
  return TRUE;
}

static gboolean
weigh_value (HxTarget *target, const Rule *rule)
{
  const int compared = hx_exact_compare (target->actual, target->value);
  HxExact share;
  gboolean over = FALSE;

  target->state
      = rule->is_reached (compared) ? HX_TARGET_REACHED : HX_TARGET_MISSED;
  if (!rule->complete (target, &share)
      || !hx_round_half_up (share.numerator, share.denominator, 4,
                            &target->completion))
    return FALSE;
  target->has_completion = TRUE;
  if (target->state != HX_TARGET_REACHED || !rule->may_be_over)
    return TRUE;
  if (!is_over (target, &over))
    return FALSE;
  if (over)
    target->state = HX_TARGET_OVER;
  return TRUE;
}

gboolean
hx_target_weigh (HxTarget *target, GError **error)
{
  const Rule *rule = rule_of (target);

  target->state = HX_TARGET_UNKNOWN;
  target->has_completion = FALSE;
  target->completion = 0;
  if (rule == NULL)
    return weigh_step (target);
  if (!target->has_value || !target->has_actual || weigh_value (target, rule))
    return TRUE;
  return hx_fail (error, HX_ERROR_LIMIT, _ ("数字太大"), target->name, NULL);
}

/* -------------------------------------------------------------------- words */

gboolean
hx_target_must_explain (const HxTarget *target)
{
  return target->state == HX_TARGET_MISSED || target->state == HX_TARGET_OVER;
}

char *
hx_target_value_text (const HxTarget *target)
{
  g_autofree char *value = NULL;

  if (!target->has_value)
    return g_strdup (target->wording != NULL ? target->wording : "");
  value = hx_exact_format (target->value);
  return g_strdup_printf (
      "%s%s%s%s", rule_of (target) != NULL ? target->direction->name : "",
      value, target->unit != NULL ? " " : "",
      target->unit != NULL ? target->unit : "");
}

char *
hx_target_actual_text (const HxTarget *target)
{
  if (target->actual_text != NULL)
    return g_strdup_printf ("%s%s%s", target->actual_text,
                            target->unit != NULL ? " " : "",
                            target->unit != NULL ? target->unit : "");
  if (target->step != NULL)
    return g_strdup (target->step->name);
  return g_strdup (target->text != NULL ? target->text : "");
}

const char *
hx_target_state_name (HxTargetState state)
{
  static const char *const names[] = {
    [HX_TARGET_UNKNOWN] = N_ ("未知"),
    [HX_TARGET_REACHED] = N_ ("已达成"),
    [HX_TARGET_MISSED] = N_ ("未达成"),
    [HX_TARGET_OVER] = N_ ("已达成，偏差较大"),
  };

  return _ (names[state]);
}
