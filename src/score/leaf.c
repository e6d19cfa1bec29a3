/* One row: what the rule is given, what comes of it, and what is missing. */
#include "score/score_internal.h"

#include <string.h>

#define PRINTED_DECIMALS 2

static gboolean apply (HxLeaf *leaf, const HxRule *rule, HxRuleResult *result,
                       GError **error);

/* ---------------------------------------------------------------- the number
 */

static void
show_value (HxLeaf *leaf, const HxRule *rule)
{
  HxScoreRow *row = leaf->row;
  const HxScoreFrom *from = row->from != NULL && row->from->len > 0
                                ? row->from->pdata[row->from->len - 1]
                                : NULL;
  g_autofree char *text = NULL;

  g_clear_pointer (&row->value, g_free);
  if (rule->source.kind == HX_SOURCE_VALUE && from != NULL)
    row->value
        = g_strconcat (from->text, from->unit != NULL ? from->unit : "", NULL);
  if (rule->source.kind == HX_SOURCE_VALUE)
    return;
  text = hx_fraction_format (leaf->input.value, PRINTED_DECIMALS, FALSE);
  row->value = g_strconcat (text, "%", NULL);
}

static void
take_quotient (HxLeaf *leaf, const HxSource *source, const HxScoreNumber *a,
               const HxScoreNumber *b)
{
  HxFraction part = a->value;

  leaf->input.has_value = a->is_there && b->is_there;
  leaf->is_void = leaf->input.has_value
                  && (a->is_void || b->is_void || b->value.numerator == 0);
  if (!leaf->input.has_value || leaf->is_void)
    return;
  if (source->kind != HX_SOURCE_RATIO)
    part = hx_fraction_subtract (part, b->value);
  leaf->input.value = hx_fraction_multiply (hx_fraction_divide (part, b->value),
                                            hx_fraction (100, 1));
}

/* The second number: of this year, or the first one of the year before. */
static gboolean
read_second (HxLeaf *leaf, const HxSource *source, HxScoreNumber *b,
             GError **error)
{
  const int year = leaf->scoring->score->year;

  return source->kind == HX_SOURCE_CHANGE
             ? hx_operand_read (leaf, &source->a, year - 1, b, error)
             : hx_operand_read (leaf, &source->b, year, b, error);
}

static gboolean
read_source (HxLeaf *leaf, const HxSource *source, GError **error)
{
  HxScoreNumber a, b;
  HxFraction *value = &leaf->input.value;

  if (!hx_operand_read (leaf, &source->a, leaf->scoring->score->year, &a,
                        error))
    return FALSE;
  if (source->kind == HX_SOURCE_VALUE)
    {
      leaf->input.has_value = a.is_there;
      leaf->is_void = a.is_void;
      *value = a.value;
    }
  else if (!read_second (leaf, source, &b, error))
    return FALSE;
  else
    take_quotient (leaf, source, &a, &b);
  if (source->absolute && value->numerator < 0)
    value->numerator = -value->numerator;
  return TRUE;
}

/* A yes or no may be written as such. */
static void
read_yes_no (HxLeaf *leaf)
{
  gboolean yes = FALSE;

  if (leaf->input.has_value || leaf->entry == NULL
      || leaf->entry->checks == NULL
      || !hx_yes_no_parse (leaf->entry->checks, &yes))
    return;
  leaf->input.has_value = TRUE;
  leaf->input.value = hx_fraction (yes ? 1 : 0, 1);
  leaf->row->value = g_strdup (yes ? _ ("是") : _ ("否"));
}

static void
show_checks (HxLeaf *leaf, const HxRule *rule)
{
  guint met = 0;

  for (guint i = 0; i < rule->items->len; i++)
    met += (leaf->input.checks >> i & 1) != 0;
  g_free (leaf->row->value);
  leaf->row->value
      = g_strdup_printf (_ ("%u 项要点符合 %u 项"), rule->items->len, met);
}

static void
show_step (HxLeaf *leaf)
{
  const HxScoreEntry *entry = leaf->entry;
  g_autofree char *share
      = entry->has_share ? hx_fraction_format (
            hx_fraction_of_decimal (entry->share), HX_SCORE_DECIMALS_MAX, TRUE)
                         : NULL;

  g_free (leaf->row->value);
  leaf->row->value
      = g_strdup_printf ("%s%s%s%s", entry->step_name, share != NULL ? " " : "",
                         share != NULL ? share : "", share != NULL ? "%" : "");
}

/* What the entry says beside numbers. */
static void
read_stated (HxLeaf *leaf, const HxRule *rule)
{
  const HxScoreEntry *entry = leaf->entry;

  if (rule->kind == HX_RULE_YES_NO)
    read_yes_no (leaf);
  if (entry == NULL)
    return;
  if (rule->kind == HX_RULE_CHECKLIST && entry->checks != NULL)
    {
      leaf->input.has_checks = hx_checks_parse (entry->checks, rule->items->len,
                                                &leaf->input.checks);
      if (!leaf->input.has_checks)
        hx_score_missing (
            leaf->row, g_strdup_printf (_ ("符合条目“%s”看不懂，写序号如 1,3"),
                                        entry->checks));
    }
  if (rule->kind == HX_RULE_CHECKLIST && leaf->input.has_checks)
    show_checks (leaf, rule);
  if (rule->kind == HX_RULE_QUALITATIVE && entry->step_name != NULL)
    show_step (leaf);
  leaf->input.step = entry->step;
  leaf->input.has_share = entry->has_share;
  leaf->input.share = entry->share;
}

static gboolean
read_input (HxLeaf *leaf, const HxRule *rule, GError **error)
{
  if (rule->kind == HX_RULE_TARGETS)
    return hx_score_target_parts (leaf, rule, error);
  if (rule->kind == HX_RULE_QUARTERS)
    return hx_quarters_read (leaf, error);
  if (rule->source.kind != HX_SOURCE_NONE
      && !read_source (leaf, &rule->source, error))
    return FALSE;
  if (leaf->input.has_value && !leaf->is_void)
    show_value (leaf, rule);
  read_stated (leaf, rule);
  return TRUE;
}

/* -------------------------------------------------------------------- options
 */

/* What an option lacks is nothing to the row when another one scores, and it
 * does not apply only when none of them does. */
static void
settle_options (HxLeaf *leaf, guint skipped, HxRuleResult *result)
{
  HxScoreRow *row = leaf->row;

  if (result->state == HX_RULE_SCORED)
    {
      row->state = HX_SCORE_ROW_SCORED;
      g_ptr_array_set_size (row->missing, 0);
    }
  else if (skipped == row->card->rule->options->len)
    {
      row->state = HX_SCORE_ROW_SKIPPED;
      result->state = HX_RULE_SCORED;
    }
  else
    row->state
        = row->missing->len > 0 ? HX_SCORE_ROW_MISSING : HX_SCORE_ROW_SCORED;
}

static gboolean
is_better (const HxRuleResult *own, const HxRuleResult *best)
{
  return own->state == HX_RULE_SCORED
         && (best->state != HX_RULE_SCORED
             || hx_fraction_compare (own->score, best->score) > 0);
}

static gboolean
apply_best (HxLeaf *leaf, const HxRule *rule, HxRuleResult *result,
            GError **error)
{
  HxScoreRow *row = leaf->row;
  g_autofree char *value = NULL;
  guint skipped = 0;

  result->state = HX_RULE_NO_VALUE;
  for (guint i = 0; i < rule->options->len; i++)
    {
      const HxRuleOption *option = rule->options->pdata[i];
      HxRuleResult own;

      row->state = HX_SCORE_ROW_SCORED;
      if (!apply (leaf, option->rule, &own, error))
        return FALSE;
      if (row->state == HX_SCORE_ROW_SKIPPED)
        skipped++;
      else if (is_better (&own, result))
        {
          *result = own;
          g_free (value);
          value = g_strdup_printf ("%s %s", option->name,
                                   row->value != NULL ? row->value : "");
        }
    }
  g_free (row->value);
  row->value = g_steal_pointer (&value);
  settle_options (leaf, skipped, result);
  return TRUE;
}

static gboolean
apply_choice (HxLeaf *leaf, const HxRule *rule, HxRuleResult *result,
              GError **error)
{
  const char *stated = leaf->entry != NULL ? leaf->entry->checks : NULL;

  if (!rule->takes_stated)
    return apply_best (leaf, rule, result, error);
  for (guint i = 0; stated != NULL && i < rule->options->len; i++)
    {
      const HxRuleOption *option = rule->options->pdata[i];

      if (strcmp (option->key, stated) == 0
          || strcmp (option->name, stated) == 0)
        return apply (leaf, option->rule, result, error);
    }
  result->state = HX_RULE_NO_VALUE;
  hx_score_missing (leaf->row, g_strdup (_ ("没有写明选用哪一个选项")));
  return TRUE;
}

/* ------------------------------------------------------------------ the result
 */

static void
apply_void (HxLeaf *leaf, const HxRule *rule, HxRuleResult *result)
{
  result->state = HX_RULE_SCORED;
  if (rule->source.without_base == HX_WITHOUT_BASE_FULL)
    result->score = hx_fraction_of_decimal (leaf->row->card->points);
  else if (rule->source.without_base == HX_WITHOUT_BASE_SKIP)
    leaf->row->state = HX_SCORE_ROW_SKIPPED;
  else
    {
      result->state = HX_RULE_NO_VALUE;
      hx_score_missing (leaf->row, g_strdup (_ ("分母为 0，算不出比率")));
    }
}

static gboolean
apply (HxLeaf *leaf, const HxRule *rule, HxRuleResult *result, GError **error)
{
  *result = (HxRuleResult){ .score = hx_fraction (0, 1) };
  leaf->input = (HxRuleInput){ 0 };
  leaf->is_void = FALSE;
  if (rule->kind == HX_RULE_CHOOSE)
    return apply_choice (leaf, rule, result, error);
  if (!read_input (leaf, rule, error))
    return FALSE;
  if (leaf->is_void)
    apply_void (leaf, rule, result);
  else
    *result = hx_score_apply (rule, leaf->row->card->points, &leaf->input);
  return TRUE;
}

/* A row that somebody must fill in wants a signed entry with evidence. */
static void
check_entry (const HxLeaf *leaf)
{
  const HxCardRow *card = leaf->row->card;

  if (!card->is_manual)
    return;
  if (leaf->entry == NULL)
    hx_score_missing (leaf->row, g_strdup (_ ("没有填报")));
  else if (leaf->entry->signer == NULL)
    hx_score_missing (leaf->row, g_strdup (_ ("没有打分人签字")));
  if (leaf->entry != NULL && card->wants_evidence && leaf->entry->evidence == 0)
    hx_score_missing (leaf->row, g_strdup (_ ("缺少佐证材料")));
}

static void
check_result (HxLeaf *leaf, const HxRuleResult *result)
{
  HxScoreRow *row = leaf->row;

  check_entry (leaf);
  if (result->state != HX_RULE_SCORED && row->missing->len == 0)
    hx_score_missing (row, g_strdup (hx_score_state_text (result->state)));
}

static void
explain (HxLeaf *leaf, const HxRule *rule)
{
  HxScoreRow *row = leaf->row;
  const char *stated = leaf->entry != NULL ? leaf->entry->reason : NULL;

  if (row->state == HX_SCORE_ROW_MISSING)
    return;
  if (row->is_over && stated == NULL)
    hx_score_finding (leaf->scoring, row,
                      g_strdup (_ ("超出目标较多，没有说明原因")),
                      _ ("在自评打分里写明原因"));
  if (row->deduction <= 0 && !row->is_over)
    return;
  row->reason = g_strdup (stated);
  if (stated != NULL || row->deduction <= 0)
    return;
  row->reason = hx_score_reason (leaf, rule);
  row->is_computed_reason = TRUE;
  if (row->card->is_manual)
    hx_score_finding (leaf->scoring, row, g_strdup (_ ("扣了分，没有写明原因")),
                      _ ("在自评打分里写明扣分原因"));
}

/* Why it does not apply is to be said. */
static void
skip (HxLeaf *leaf)
{
  HxScoreRow *row = leaf->row;

  row->state = HX_SCORE_ROW_SKIPPED;
  if (leaf->entry != NULL)
    row->reason = g_strdup (leaf->entry->reason);
  if (row->reason == NULL && leaf->entry != NULL && !leaf->entry->applies)
    hx_score_finding (leaf->scoring, row,
                      g_strdup (_ ("写了不适用，没有写明原因")),
                      _ ("在自评打分里写明为什么不适用"));
}

gboolean
hx_score_leaf (HxScoring *scoring, HxScoreRow *row, GError **error)
{
  HxScoreEntry *entry = hx_entry_find (scoring, row->card);
  HxLeaf leaf = { .scoring = scoring, .row = row, .entry = entry };
  HxRuleResult result;
  gboolean good;

  if (entry != NULL)
    {
      row->signer = g_strdup (entry->signer);
      row->entry_id = entry->id;
      row->evidence = entry->evidence;
    }
  if (entry != NULL && !entry->applies)
    {
      skip (&leaf);
      return TRUE;
    }
  leaf.targets = g_array_new (FALSE, FALSE, sizeof (HxRulePart));
  good = apply (&leaf, row->card->rule, &result, error);
  if (good && row->state == HX_SCORE_ROW_SKIPPED)
    skip (&leaf);
  else if (good)
    {
      check_result (&leaf, &result);
      hx_score_settle (scoring, row, &result);
      explain (&leaf, row->card->rule);
    }
  g_array_unref (leaf.targets);
  return good;
}
