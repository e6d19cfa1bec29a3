/* Rows made of the targets of the year, and their mean. */
#include "plan/target.h"
#include "score/score_internal.h"

#include <string.h>

/* ------------------------------------------------------------- what was
 * reached
 */

static HxFraction
whole (void)
{
  return hx_fraction (100, 1);
}

static HxFraction
share_of (HxFraction part, HxFraction all)
{
  return hx_fraction_multiply (hx_fraction_divide (part, all), whole ());
}

static gboolean
is_reached (const HxTarget *target)
{
  return target->state == HX_TARGET_REACHED || target->state == HX_TARGET_OVER;
}

/* Per cent of the target that is reached, exactly; see plan/target.h. */
static HxFraction
reached (const HxTarget *target)
{
  const HxFraction value = hx_fraction_of_exact (target->value);
  const HxFraction actual = hx_fraction_of_exact (target->actual);
  HxFraction off;

  if (is_reached (target))
    return hx_fraction_most (whole (),
                             strcmp (target->direction->code, "at_least") == 0
                                     && value.numerator > 0
                                 ? share_of (actual, value)
                                 : whole ());
  if (value.numerator <= 0 && strcmp (target->direction->code, "equal") != 0)
    return hx_fraction (0, 1);
  if (strcmp (target->direction->code, "at_least") == 0)
    return share_of (actual, value);
  if (strcmp (target->direction->code, "at_most") == 0)
    return actual.numerator > 0 ? share_of (value, actual) : hx_fraction (0, 1);
  if (value.numerator == 0)
    return hx_fraction (0, 1);
  off = hx_fraction_divide (hx_fraction_subtract (actual, value), value);
  off.numerator = off.numerator < 0 ? -off.numerator : off.numerator;
  return hx_fraction_multiply (hx_fraction_subtract (hx_fraction (1, 1), off),
                               whole ());
}

static gboolean
is_qualitative (const HxTarget *target)
{
  return strcmp (target->direction->code, "qualitative") == 0;
}

static HxStatedStep
step_of (const HxTarget *target)
{
  static const char *const codes[] = { "", "reached", "partly", "missed" };

  for (guint i = 1; target->step != NULL && i < G_N_ELEMENTS (codes); i++)
    if (strcmp (target->step->code, codes[i]) == 0)
      return (HxStatedStep)i;
  return HX_STATED_NONE;
}

/* What is missing of a target, so that it scores nothing; NULL: nothing. */
static const char *
missing_of (const HxTarget *target)
{
  if (target->fault != NULL)
    return target->fault;
  if (is_qualitative (target) ? target->step == NULL : !target->has_actual)
    return _ ("没有完成值");
  if (!target->is_figure && target->signer == NULL)
    return _ ("没有填报人签字");
  if (!target->is_figure && !target->has_evidence)
    return _ ("缺少佐证材料");
  return NULL;
}

/* The rule that a target is scored by, as a card would have it. */
static HxRuleResult
apply_target (const HxTarget *target, HxDecimal points)
{
  const HxRule ratio = { .kind = HX_RULE_RATIO, .target = { 100, 0 } };
  const HxRule steps
      = { .kind = HX_RULE_QUALITATIVE, .bands = { { 80, 0 }, { 60, 0 } } };
  HxRuleInput input = { .step = step_of (target),
                        .has_share = target->has_share,
                        .share = target->share,
                        .has_value = !is_qualitative (target) };

  if (input.has_value)
    input.value = reached (target);
  return hx_score_apply (input.has_value ? &ratio : &steps, points, &input);
}

/* ----------------------------------------------------------------------- rows
 */

static void
add_from (HxScoreRow *row, const HxTarget *target, const HxScoring *scoring)
{
  g_autofree char *text = hx_target_actual_text (target);
  const HxIndicator *indicator
      = target->is_figure && target->indicator != NULL
            ? hx_catalogue_indicator (scoring->score->catalogue,
                                      target->indicator)
            : NULL;

  hx_score_from_add (row,
                     &(HxFromWords){ .key = indicator != NULL ? indicator->key
                                                              : target->number,
                                     .name = target->name,
                                     .text = text,
                                     .indicator = indicator,
                                     .year = scoring->score->year });
}

static void
explain (HxScoring *scoring, HxScoreRow *row, const HxTarget *target)
{
  g_autofree char *lost = NULL;

  if (row->state == HX_SCORE_ROW_MISSING)
    return;
  row->is_over = target->state == HX_TARGET_OVER;
  if (row->deduction <= 0 && !row->is_over)
    return;
  row->reason = g_strdup (target->reason);
  row->measure = g_strdup (target->measure);
  if (target->reason != NULL)
    return;
  hx_score_finding (scoring, row,
                    g_strdup (row->is_over ? _ ("超出目标较多，没有说明原因")
                                           : _ ("扣了分，没有写明原因")),
                    _ ("在指标完成情况里写明偏差原因"));
  if (row->deduction <= 0)
    return;
  lost = hx_score_format (scoring->score, row->deduction);
  row->reason = g_strdup_printf (_ ("完成值 %s，目标 %s，扣 %s 分"), row->value,
                                 row->target, lost);
  row->is_computed_reason = TRUE;
}

/* What weights are shared out in: two decimals of a target are always whole. */
static gint64
share_units (const HxTarget *target)
{
  HxDecimal weight = target->weight;

  return target->has_weight && hx_decimal_rescale (&weight, 4) ? weight.units
                                                               : 0;
}

/* So much of the points as the weights up to this one are of all of them, less
 * what those before it got. */
static void
take_share (HxScoring *scoring, HxScoreRow *row, const HxTarget *target)
{
  const HxFraction points = hx_fraction (scoring->share_points, 1);
  const HxFraction before
      = hx_fraction (scoring->share_so_far, scoring->share_sum);
  gint64 had = 0, have = 0;

  scoring->share_so_far += share_units (target);
  if (hx_fraction_round (hx_fraction_multiply (points, before), 0, &had)
      && hx_fraction_round (
          hx_fraction_multiply (
              points, hx_fraction (scoring->share_so_far, scoring->share_sum)),
          0, &have))
    row->points = have - had;
}

/* The weight of a target in the decimals of the card; what is finer is
 * refused rather than rounded. */
static void
take_points (HxScoring *scoring, HxScoreRow *row, const HxTarget *target)
{
  HxDecimal points = target->weight;

  if (!target->has_weight)
    hx_score_missing (row, g_strdup (_ ("没有分值")));
  else if (scoring->share_sum > 0)
    take_share (scoring, row, target);
  else if (!hx_decimal_rescale (&points, scoring->score->card->decimals))
    hx_score_missing (row, g_strdup (_ ("分值的小数位数超过评分表")));
  else
    row->points = points.units;
}

/* One a line. */
static guint
files_of (const char *evidence)
{
  guint files = evidence != NULL;

  for (const char *at = evidence; at != NULL && *at != '\0'; at++)
    files += *at == '\n';
  return files;
}

static void
add_row (HxScoring *scoring, const HxScoreRow *group, const HxTarget *target)
{
  HxScoreRow *row = hx_score_row_new (scoring, group->card);
  const char *missing = missing_of (target);
  HxRuleResult result;

  g_free (row->key);
  g_free (row->name);
  row->key = g_strdup (target->number);
  row->name = g_strdup (target->name);
  row->standard = NULL;
  row->level = HX_SCORE_LEVELS;
  row->is_target = TRUE;
  row->points = 0;
  row->target = hx_target_value_text (target);
  row->value = hx_target_actual_text (target);
  row->signer = g_strdup (target->signer);
  row->target_id = target->id;
  row->evidence = files_of (target->evidence);
  add_from (row, target, scoring);
  take_points (scoring, row, target);
  if (missing != NULL)
    hx_score_missing (row, g_strdup (missing));
  result = apply_target (
      target, (HxDecimal){ row->points, scoring->score->card->decimals });
  if (result.state != HX_RULE_SCORED && row->missing->len == 0)
    hx_score_missing (row, g_strdup (hx_score_state_text (result.state)));
  hx_score_settle (scoring, row, &result);
  explain (scoring, row, target);
}

static HxScoreRow *
add_aspect (HxScoring *scoring, const HxScoreRow *group, const HxCode *aspect)
{
  HxScoreRow *row = hx_score_row_new (scoring, group->card);

  g_free (row->name);
  row->name = g_strdup (aspect != NULL ? aspect->name : _ ("未分类"));
  g_free (row->key);
  row->key = g_strconcat (group->key, ".",
                          aspect != NULL ? aspect->code : "none", NULL);
  row->standard = NULL;
  row->level = HX_SCORE_LEVELS - 1;
  row->is_group = TRUE;
  row->is_target = TRUE;
  row->points = 0;
  return row;
}

static gboolean
is_of (const HxTarget *target, char *const *levels)
{
  return g_strv_contains ((const char *const *)levels, target->level->code);
}

/* Those of one aspect; 0 when the aspect came before. */
static void
add_rows_of (HxScoring *scoring, HxScoreRow *group, const GPtrArray *targets,
             const HxCode *aspect)
{
  HxScoreRow *above = NULL;

  for (guint i = 0; i < targets->len; i++)
    {
      const HxTarget *target = targets->pdata[i];

      if (target->aspect != aspect || !is_of (target, group->card->targets))
        continue;
      if (above == NULL)
        above = add_aspect (scoring, group, aspect);
      add_row (scoring, group, target);
    }
}

static void
check_weights (HxScoring *scoring, HxScoreRow *group, gint64 sum)
{
  const gint64 off = sum - group->points;
  g_autofree char *is = hx_score_format (scoring->score, sum);
  g_autofree char *should = hx_score_format (scoring->score, group->points);
  g_autofree char *by = hx_score_format (scoring->score, off < 0 ? -off : off);

  if (off != 0)
    hx_score_finding (
        scoring, group,
        g_strdup_printf (off < 0 ? _ ("指标的分值合计 %s，应为 %s，少 %s")
                                 : _ ("指标的分值合计 %s，应为 %s，多 %s"),
                         is, should, by),
        _ ("改绩效指标的分值，使它们加起来等于这一级的分值"));
}

/* Of a task: how the points of the level are shared out among its targets; a
 * level that has none does not apply. */
static void
share_out (HxScoring *scoring, HxScoreRow *group, const GPtrArray *targets)
{
  guint count = 0;

  scoring->share_points = group->points;
  scoring->share_sum = scoring->share_so_far = 0;
  if (scoring->score->task == NULL)
    return;
  for (guint i = 0; i < targets->len; i++)
    if (is_of (targets->pdata[i], group->card->targets))
      {
        scoring->share_sum += share_units (targets->pdata[i]);
        count++;
      }
  if (count == 0)
    group->state = HX_SCORE_ROW_SKIPPED;
  else
    scoring->score->is_shared
        |= hx_fraction_compare (
               hx_fraction_of_decimal ((HxDecimal){ scoring->share_sum, 4 }),
               hx_fraction_of_decimal (group->card->points))
           != 0;
}

gboolean
hx_score_targets (HxScoring *scoring, HxScoreRow *group, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (scoring->score->catalogue);
  const GPtrArray *targets = hx_scoring_targets (scoring, error);
  const GPtrArray *rows = scoring->score->rows;
  const guint first = rows->len;
  gint64 sum = 0;

  if (targets == NULL)
    return FALSE;
  share_out (scoring, group, targets);
  if (group->state == HX_SCORE_ROW_SKIPPED)
    return TRUE;
  if (view != NULL && view->target_aspect != NULL)
    for (guint i = 0; i < view->target_aspect->codes->codes->len; i++)
      add_rows_of (scoring, group, targets,
                   view->target_aspect->codes->codes->pdata[i]);
  add_rows_of (scoring, group, targets, NULL);
  for (guint i = first; i < rows->len; i++)
    {
      const HxScoreRow *row = rows->pdata[i];

      sum += row->is_group ? 0 : row->points;
    }
  check_weights (scoring, group, sum);
  return TRUE;
}

/* ----------------------------------------------------------------------- mean
 */

static HxFraction
part_reached (const HxTarget *target)
{
  const HxRuleResult result = apply_target (target, (HxDecimal){ 100, 0 });
  gint64 units = 0;

  if (missing_of (target) != NULL
      || !hx_fraction_round (result.score, 2, &units))
    return hx_fraction (0, 1);
  return hx_fraction (units, 100);
}

/* Each target counts with what it reached in per cent as printed, two places,
 * so that the mean can be done again by hand. */
gboolean
hx_score_target_parts (HxLeaf *leaf, const HxRule *rule, GError **error)
{
  const GPtrArray *targets = hx_scoring_targets (leaf->scoring, error);

  for (guint i = 0; targets != NULL && i < targets->len; i++)
    {
      const HxTarget *target = targets->pdata[i];
      HxRulePart part;

      if (!is_of (target, rule->levels))
        continue;
      part.reached = part_reached (target);
      part.weight = target->has_weight ? hx_fraction_of_decimal (target->weight)
                                       : hx_fraction (0, 1);
      g_array_append_val (leaf->targets, part);
      add_from (leaf->row, target, leaf->scoring);
      if (missing_of (target) != NULL || !target->has_weight)
        hx_score_finding (
            leaf->scoring, leaf->row,
            g_strdup_printf (_ ("绩效指标 %s：%s"), target->number,
                             missing_of (target) != NULL ? missing_of (target)
                                                         : _ ("没有分值")),
            _ ("补齐后再打分"));
    }
  leaf->input.targets = leaf->targets;
  return targets != NULL;
}
