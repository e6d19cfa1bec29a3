/* Every kind of rule at its edges: half-up at the last digit, open and closed
 * bounds, the floor of 0 and the ceiling of the points. */
#include "card_test.h"

/* One number in, one score out: `score` is what is printed with two places,
 * with * behind it when the row must be explained. */
typedef struct
{
  const char *points, *rule, *value, *score;
} Vector;

#define STAFF "rule: deduct, above: 100, each: 0.5"
#define KEY                                                                    \
  "rule: steps, steps: [{from: 90, points: 5}, {from: 80, below: 90, "         \
  "points: 4}, {from: 70, below: 80, points: 3}, {from: 60, below: 70, "       \
  "points: 2}, {below: 60, points: 0}]"
#define ADJUST                                                                 \
  "rule: steps, steps: [{to: 0, points: 3}, {above: 0, to: 10, points: 2}, "   \
  "{above: 10, to: 20, points: 1}, {above: 20, to: 30, points: 0.5}, "         \
  "{above: 30, points: 0}]"
#define OPEN_LOW                                                               \
  "rule: steps, steps: [{above: 1, points: 2}, {to: 1, points: 1}]"
#define POSITIVE "rule: ratio, target: 50, over: 120"
#define LOSING "rule: ratio, target: 50, over: 120, over_rate: 1"
#define INVERSE "rule: inverse, target: 90, over: 150"

static const Vector vectors[] = {
  /* 财政供养人员控制率: −0.5 a point, floor 0 */
  { "5", STAFF, "100", "5.00" },
  { "5", STAFF, "101", "4.50" },
  { "5", STAFF, "104.5", "2.75" },
  { "5", STAFF ", whole: true", "104.5", "3.00" },
  { "5", STAFF ", whole: true", "101", "4.50" },
  { "5", STAFF ", whole: true", "100.99", "5.00" },
  { "5", STAFF, "110", "0.00" },
  { "5", STAFF, "109.99", "0.01" },
  { "5", STAFF, "115", "0.00" },
  { "5", STAFF, "-3", "5.00" },
  { "5", STAFF, "100.01", "5.00" },   /* 4.995 half up */
  { "5", STAFF, "100.0101", "4.99" }, /* 4.99495 */
  { "5", STAFF ", per: 2", "104", "4.00" },
  { "5", "rule: deduct, below: 60, each: 1", "60", "5.00" },
  { "5", "rule: deduct, below: 60, each: 1", "58.5", "3.50" },
  { "5", "rule: deduct, below: 60, each: 1, whole: true", "58.5", "4.00" },
  /* 重点支出安排率 */
  { "5", KEY, "90", "5.00" },
  { "5", KEY, "89.99", "4.00" },
  { "5", KEY, "80", "4.00" },
  { "5", KEY, "79.9999", "3.00" },
  { "5", KEY, "60", "2.00" },
  { "5", KEY, "59.99", "0.00" },
  { "5", KEY, "-1", "0.00" },
  { "5", KEY, "1000", "5.00" },
  { "5", KEY, "269.99/3", "4.00" }, /* 89.9966…: not rounded up to 90 */
  /* 预算调整率 */
  { "3", ADJUST, "0", "3.00" },
  { "3", ADJUST, "0.0001", "2.00" },
  { "3", ADJUST, "10", "2.00" },
  { "3", ADJUST, "10.01", "1.00" },
  { "3", ADJUST, "20", "1.00" },
  { "3", ADJUST, "30", "0.50" },
  { "3", ADJUST, "30.01", "0.00" },
  { "2", OPEN_LOW, "1", "1.00" },
  { "2", OPEN_LOW, "1.0001", "2.00" },
  /* execution */
  { "10", "rule: ratio", "95.0624", "9.51" },
  { "10", "rule: ratio", "141315/1486.55", "9.51" },
  { "10", "rule: ratio", "95.05", "9.51" }, /* 9.505 */
  { "10", "rule: ratio", "95.0499", "9.50" },
  { "10", "rule: ratio", "0", "0.00" },
  { "10", "rule: ratio", "-5", "0.00" },
  { "10", "rule: ratio", "100", "10.00" },
  { "10", "rule: ratio", "100.01", "10.00" },
  { "1", "rule: ratio", "200/3", "0.67" },
  { "1", "rule: ratio", "100/3", "0.33" },
  /* positive indicator */
  { "8", POSITIVE, "50", "8.00" },
  { "8", POSITIVE, "40", "6.40" },
  { "8", POSITIVE, "60", "8.00*" },
  { "8", POSITIVE, "59.99", "8.00" },
  { "8", LOSING, "60", "8.00*" },
  { "8", LOSING, "65", "7.20*" }, /* 130 %: 10 % of 8 */
  { "8", LOSING, "200", "0.00*" },
  { "8", LOSING, "59.9999", "8.00" },
  /* inverse */
  { "8", INVERSE, "89.974", "8.00" },
  { "8", INVERSE, "90", "8.00" },
  { "8", INVERSE, "100", "7.20" },
  { "8", INVERSE, "60", "8.00*" }, /* 90/60 = 150 % */
  { "8", INVERSE, "60.01", "8.00" },
  { "8", INVERSE, "0", "8.00" },
  { "8", INVERSE, "90.05", "8.00" }, /* 7.99556 */
  { "8", INVERSE, "96", "7.50" },
  { "1", "rule: inverse, target: 50", "80", "0.63" },      /* 0.625 */
  { "1", "rule: inverse, target: 50", "80.0001", "0.62" }, /* 0.62499… */
  { "1", "rule: inverse, target: 50", "50.0001", "1.00" },
  { "8", INVERSE, "-3", "8.00" },
  /* a step may have more places than the card; it is rounded as all are */
  { "1",
    "rule: steps, steps: [{from: 1, points: 0.125}, {below: 1, points: "
    "0.1249}]",
    "1", "0.13" },
  { "1",
    "rule: steps, steps: [{from: 1, points: 0.125}, {below: 1, points: "
    "0.1249}]",
    "0.9999", "0.12" },
  /* 至 and 低于 at the same number, both ways round */
  { "2", "rule: steps, steps: [{to: 5, points: 2}, {above: 5, points: 0}]", "5",
    "2.00" },
  { "2", "rule: steps, steps: [{below: 5, points: 2}, {from: 5, points: 0}]",
    "5", "0.00" },
  /* below a limit: half up, at it, far under it */
  { "5", "rule: deduct, below: 60, each: 1", "59.995", "5.00" }, /* 4.995 */
  { "5", "rule: deduct, below: 60, each: 1", "59.9949", "4.99" },
  { "5", "rule: deduct, below: 60, each: 1", "55", "0.00" },
  { "5", "rule: deduct, below: 60, each: 1", "61", "5.00" },
  { "5", "rule: deduct, below: 60, each: 1, whole: true", "59.0001", "5.00" },
  { "5", "rule: deduct, below: 60, each: 1, whole: true", "59", "4.00" },
  /* count × deduction */
  { "3", "rule: count, each: 0.125", "1", "2.88" },           /* 2.875 */
  { "3", "rule: count, each: 0.1251", "1", "2.87" },          /* 2.8749 */
  { "3", "rule: count, each: 1, free: 2", "2.0050", "3.00" }, /* 2.995 */
  { "3", "rule: count, each: 1, free: 2", "2.0051", "2.99" },
  { "3", "rule: count, each: 1", "-2", "3.00" },
  { "3", "rule: count, each: 0.5", "0", "3.00" },
  { "3", "rule: count, each: 0.5", "1", "2.50" },
  { "3", "rule: count, each: 0.5", "6", "0.00" },
  { "3", "rule: count, each: 0.5", "7", "0.00" },
  { "3", "rule: count, each: 1, free: 2", "2", "3.00" },
  { "3", "rule: count, each: 1, free: 2", "3", "2.00" },
  { "3", "rule: count, each: 1, free: 2", "0", "3.00" },
  /* yes or no */
  { "13", "rule: yes_no", "1", "13.00" },
  { "13", "rule: yes_no", "0", "0.00" },
  { "13", "rule: yes_no, wants: 否", "0", "13.00" },
  { "13", "rule: yes_no, wants: 否", "2", "0.00" },
  /* stated */
  { "10", "rule: stated", "10", "10.00" },
  { "10", "rule: stated", "7.125", "7.13" },
  { "10", "rule: stated", "7.1249", "7.12" },
  { "10", "rule: stated", "0", "0.00" },
  { "10", "rule: stated", "9.9999", "10.00" },
};

static char *
printed (const HxRuleResult *result)
{
  g_autofree char *score = hx_fraction_format (result->score, 2, FALSE);

  return g_strconcat (score, result->is_over ? "*" : "", NULL);
}

static void
numbers_score_what_the_form_says (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxCatalogue) catalogue
          = card_of_rule (vectors[i].points, vectors[i].rule, &error);
      const HxCardRow *row;
      const HxRuleInput input
          = { .has_value = TRUE, .value = fraction_of (vectors[i].value) };
      HxRuleResult result;
      g_autofree char *score = NULL;

      if (catalogue == NULL)
        fail_msg ("%s: %s", vectors[i].rule, error->message);
      row = first_row (catalogue, "one");
      result = hx_score_apply (row->rule, row->points, &input);
      score = printed (&result);
      if (result.state != HX_RULE_SCORED
          || strcmp (score, vectors[i].score) != 0)
        fail_msg ("%s of %s gives %s and not %s", vectors[i].value,
                  vectors[i].rule, score, vectors[i].score);
    }
}

/* Without a catalogue: rules whose only number is given here. */
static HxRuleResult
apply_plain (HxRule rule, HxDecimal points, const HxRuleInput *input)
{
  return hx_score_apply (&rule, points, input);
}

static void
a_share_belongs_to_the_step_that_it_was_given_for (void **state)
{
  static const struct
  {
    HxStatedStep step;
    const char *share;
    HxRuleState state;
    const char *score; /* of 30 points */
  } shares[] = {
    { HX_STATED_REACHED, "100", HX_RULE_SCORED, "30.00" },
    { HX_STATED_REACHED, "80", HX_RULE_SCORED, "24.00" },
    { HX_STATED_REACHED, "79.99", HX_RULE_BAD_SHARE, "0.00" },
    { HX_STATED_REACHED, "100.01", HX_RULE_BAD_SHARE, "0.00" },
    { HX_STATED_PARTLY, "80", HX_RULE_BAD_SHARE, "0.00" },
    { HX_STATED_PARTLY, "79.99", HX_RULE_SCORED, "24.00" }, /* 23.997 */
    { HX_STATED_PARTLY, "60", HX_RULE_SCORED, "18.00" },
    { HX_STATED_PARTLY, "59.99", HX_RULE_BAD_SHARE, "0.00" },
    { HX_STATED_MISSED, "60", HX_RULE_BAD_SHARE, "0.00" },
    { HX_STATED_MISSED, "59.95", HX_RULE_SCORED, "17.99" }, /* 17.985 */
    { HX_STATED_MISSED, "0", HX_RULE_SCORED, "0.00" },
    { HX_STATED_MISSED, "-1", HX_RULE_BAD_SHARE, "0.00" },
    { HX_STATED_REACHED, NULL, HX_RULE_NO_STEP, "0.00" },
    { HX_STATED_NONE, "90", HX_RULE_NO_STEP, "0.00" },
    { HX_STATED_NONE, NULL, HX_RULE_NO_VALUE, "0.00" },
  };
  const HxRule rule
      = { .kind = HX_RULE_QUALITATIVE, .bands = { { 80, 0 }, { 60, 0 } } };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      HxRuleInput input
          = { .step = shares[i].step, .has_share = shares[i].share != NULL };
      HxRuleResult result;
      g_autofree char *score = NULL;

      if (input.has_share)
        assert_true (hx_decimal_parse (shares[i].share, 2, &input.share, NULL));
      result = apply_plain (rule, (HxDecimal){ 30, 0 }, &input);
      score = printed (&result);
      if (result.state != shares[i].state
          || strcmp (score, shares[i].score) != 0)
        fail_msg ("share %u gives %s, state %d", i, score, result.state);
    }
}

static void
a_checklist_adds_what_is_fulfilled (void **state)
{
  static const struct
  {
    const char *rule;
    guint64 checks;
    HxRuleState state;
    const char *score;
  } lists[] = {
    { "rule: checklist, items: [甲, 乙, 丙]", 7, HX_RULE_SCORED, "2.00" },
    { "rule: checklist, items: [甲, 乙, 丙]", 1, HX_RULE_SCORED, "0.67" },
    { "rule: checklist, items: [甲, 乙, 丙]", 5, HX_RULE_SCORED, "1.33" },
    { "rule: checklist, items: [甲, 乙, 丙]", 0, HX_RULE_SCORED, "0.00" },
    { "rule: checklist, items: [甲, 乙, 丙]", 8, HX_RULE_BAD_VALUE, "0.00" },
    { "rule: checklist, items: [{text: 甲, points: 1.5}, {text: 乙, points: "
      "0.5}]",
      2, HX_RULE_SCORED, "0.50" },
    /* 2 × 5/16 = 0.625, 2 × 9/16 = 1.125: half up */
    { "rule: checklist, items: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, "
      "p]",
      0x1f, HX_RULE_SCORED, "0.63" },
    { "rule: checklist, items: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, "
      "p]",
      0x1ff, HX_RULE_SCORED, "1.13" },
    { "rule: checklist, items: [{text: 甲, points: 1.99}, {text: 乙, points: "
      "0.01}]",
      3, HX_RULE_SCORED, "2.00" },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (HxCatalogue) catalogue
          = card_of_rule ("2", lists[i].rule, NULL);
      const HxCardRow *row = first_row (catalogue, "one");
      const HxRuleInput input
          = { .has_checks = TRUE, .checks = lists[i].checks };
      const HxRuleResult result
          = hx_score_apply (row->rule, row->points, &input);
      g_autofree char *score = printed (&result);

      assert_int_equal (result.state, lists[i].state);
      assert_string_equal (score, lists[i].score);
    }
}

static void
quarters_are_held_against_their_plan (void **state)
{
  static const struct
  {
    const char *rates[HX_SCORE_QUARTERS];
    guint n;
    const char *score; /* of 10 points */
  } years[] = {
    { { "25", "50", "75", "100" }, 4, "10.00" },
    { { "30", "50", "75", "100" }, 4, "10.00" }, /* early does not make up */
    { { "30", "45", "75", "100" }, 4, "9.75" },
    { { "20", "40", "60", "95.06" }, 4, "8.38" }, /* 8.3765 */
    { { "0", "0", "0", "100" }, 4, "2.50" },
    { { "25", "50", "75", "99.8" }, 4, "10.00" }, /* 9.995 */
    { { "25", "50", "75", "99.79" }, 4, "9.99" }, /* 9.99475 */
    { { "25", "50", "74.9999", "100" }, 4, "10.00" },
    { { "24.95", "50", "75", "100" }, 4, "10.00" }, /* 9.995 */
    { { "20", "40", "0", "0" }, 2, "8.00" },        /* two have ended */
    { { "-1", "50", "0", "0" }, 2, "5.00" },
  };
  const HxRule rule
      = { .kind = HX_RULE_QUARTERS,
          .plan = { { 25, 0 }, { 50, 0 }, { 75, 0 }, { 100, 0 } } };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      HxRuleInput input = { .n_parts = years[i].n };
      HxRuleResult result;
      g_autofree char *score = NULL;

      for (guint q = 0; q < HX_SCORE_QUARTERS; q++)
        input.parts[q] = fraction_of (years[i].rates[q]);
      result = apply_plain (rule, (HxDecimal){ 10, 0 }, &input);
      score = printed (&result);
      assert_string_equal (score, years[i].score);
    }
}

static void
targets_count_by_their_weight_and_never_above_full (void **state)
{
  const HxRule rule = { .kind = HX_RULE_TARGETS };
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (HxRulePart));
  const HxRulePart own[] = {
    { fraction_of ("200"), fraction_of ("1") }, /* as 100 */
    { fraction_of ("50"), fraction_of ("3") },
  };
  const HxRulePart light = { fraction_of ("100"), fraction_of ("0") };
  HxRuleInput input = { .targets = parts };
  HxRuleResult result;
  g_autofree char *score = NULL;

  (void)state;
  result = apply_plain (rule, (HxDecimal){ 20, 0 }, &input);
  assert_int_equal (result.state, HX_RULE_NO_VALUE);
  g_array_append_val (parts, light);
  result = apply_plain (rule, (HxDecimal){ 20, 0 }, &input);
  assert_int_equal (result.state, HX_RULE_NO_VALUE);
  g_array_append_vals (parts, own, 2);
  result = apply_plain (rule, (HxDecimal){ 20, 0 }, &input);
  score = printed (&result);
  assert_string_equal (score, "12.50");
}

static void
the_mean_of_targets_rounds_half_up (void **state)
{
  static const struct
  {
    const char *reached, *score; /* with one of 25, both of weight 1; 1 point */
  } means[] = { { "100", "0.63" }, /* 0.625 */
                { "99.99", "0.62" },
                { "101", "0.63" },
                { "0", "0.13" }, /* 0.125 */
                { "-1", "0.13" } };
  const HxRule rule = { .kind = HX_RULE_TARGETS };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (means); i++)
    {
      g_autoptr (GArray) parts
          = g_array_new (FALSE, FALSE, sizeof (HxRulePart));
      const HxRulePart own[]
          = { { fraction_of (means[i].reached), fraction_of ("1") },
              { fraction_of ("25"), fraction_of ("1") } };
      const HxRuleInput input = { .targets = parts };
      HxRuleResult result;
      g_autofree char *score = NULL;

      g_array_append_vals (parts, own, 2);
      result = apply_plain (rule, (HxDecimal){ 1, 0 }, &input);
      score = printed (&result);
      assert_string_equal (score, means[i].score);
    }
}

static void
a_bonus_stays_within_its_bounds (void **state)
{
  static const struct
  {
    const char *value, *score;
  } bonuses[] = {
    { "0.2499", "0.12" }, { "-0.2499", "-0.12" },
    { "4.0001", "2.00" }, { "3.99", "2.00" } /* 1.995 */,
    { "3.9899", "1.99" }, { "0", "0.00" },
    { "1", "0.50" },      { "4", "2.00" },
    { "5", "2.00" },      { "-3", "-1.50" },
    { "-6", "-3.00" },    { "-7", "-3.00" },
    { "0.25", "0.13" },   { "-0.25", "-0.13" },
  };
  const HxRule rule = { .kind = HX_RULE_BONUS,
                        .each = { 5, 1 },
                        .most = { 2, 0 },
                        .least = { -3, 0 } };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (bonuses); i++)
    {
      const HxRuleInput input
          = { .has_value = TRUE, .value = fraction_of (bonuses[i].value) };
      const HxRuleResult result
          = apply_plain (rule, (HxDecimal){ 0, 0 }, &input);
      g_autofree char *score = printed (&result);

      assert_string_equal (score, bonuses[i].score);
    }
}

static void
what_is_not_given_scores_nothing_and_says_so (void **state)
{
  static const HxRuleKind kinds[]
      = { HX_RULE_RATIO,   HX_RULE_INVERSE,     HX_RULE_STEPS,
          HX_RULE_DEDUCT,  HX_RULE_COUNT,       HX_RULE_CHECKLIST,
          HX_RULE_YES_NO,  HX_RULE_QUALITATIVE, HX_RULE_QUARTERS,
          HX_RULE_TARGETS, HX_RULE_STATED,      HX_RULE_BONUS };
  const HxRuleInput input = { 0 };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const HxRuleResult result = apply_plain ((HxRule){ .kind = kinds[i] },
                                               (HxDecimal){ 5, 0 }, &input);

      assert_int_equal (result.state, HX_RULE_NO_VALUE);
      assert_int_equal (hx_fraction_compare (result.score, fraction_of ("0")),
                        0);
    }
}

static void
a_stated_score_is_no_more_than_the_points (void **state)
{
  static const char *const wrong[] = { "5.01", "-0.01" };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const HxRuleInput input
          = { .has_value = TRUE, .value = fraction_of (wrong[i]) };
      const HxRuleResult result = apply_plain (
          (HxRule){ .kind = HX_RULE_STATED }, (HxDecimal){ 5, 0 }, &input);

      assert_int_equal (result.state, HX_RULE_BAD_VALUE);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (numbers_score_what_the_form_says),
    cmocka_unit_test (a_share_belongs_to_the_step_that_it_was_given_for),
    cmocka_unit_test (a_checklist_adds_what_is_fulfilled),
    cmocka_unit_test (quarters_are_held_against_their_plan),
    cmocka_unit_test (targets_count_by_their_weight_and_never_above_full),
    cmocka_unit_test (the_mean_of_targets_rounds_half_up),
    cmocka_unit_test (a_bonus_stays_within_its_bounds),
    cmocka_unit_test (what_is_not_given_scores_nothing_and_says_so),
    cmocka_unit_test (a_stated_score_is_no_more_than_the_points),
  };

  return cmocka_run_group_tests_name ("rules of scorecards", tests, NULL, NULL);
}
