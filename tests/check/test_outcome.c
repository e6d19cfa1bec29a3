/* Arithmetic of intervals, verdicts and slips, against fractions worked out
 * the long way: every corner of what the operands may be. */
#include "engine_fixture.h"

#include "check/claim.h"

#define ONE ((HxWide)100000000)
#define ROUNDS 3000

/* ------------------------------------------------------------------ figures */

static HxWide
ten_to (guint exponent)
{
  return exponent == 0 ? 1 : 10 * ten_to (exponent - 1);
}

/* units × 10^-scale × 10^exponent, by hand. */
static HxTerm
term_of (HxQuantityKind kind, gint64 units, guint scale, guint exponent)
{
  HxTerm term = { .quantity = { .kind = kind } };
  const HxWide last = ONE * ten_to (exponent) / ten_to (scale);

  term.quantity.value = (HxDecimal){ units, scale };
  term.quantity.exact = units * last;
  term.quantity.half = last / 2;
  return term;
}

/* The reading that holds them, in order; free its terms. */
static HxReading
reading_of (const HxTerm *terms, guint count)
{
  HxReading reading = { 0 };

  reading.terms = g_array_new (FALSE, FALSE, sizeof (HxTerm));
  g_array_append_vals (reading.terms, terms, count);
  return reading;
}

static HxTerm
random_money (GRand *random, int most)
{
  const guint scale = (guint)g_rand_int_range (random, 0, 3);
  HxTerm term = term_of (HX_QUANTITY_MONEY, g_rand_int_range (random, 1, most),
                         scale, 4);

  term.quantity.is_counted = g_rand_int_range (random, 0, 8) == 0;
  return term;
}

/* ---------------------------------------------------------------- fractions */

typedef struct
{
  HxWide over, under; /* under > 0 */
} Fraction;

static int
compare (Fraction a, Fraction b)
{
  const HxWide left = a.over * b.under;
  const HxWide right = b.over * a.under;

  return left < right ? -1 : left > right;
}

/* The least and the greatest of what the corners give. */
typedef struct
{
  Fraction value, least, greatest;
  gboolean exists;
} Model;

typedef gboolean (*Formula) (HxWide a, HxWide b, Fraction *result);

static Model
model_of (const HxTerm *a, const HxTerm *b, Formula formula)
{
  Model model = { 0 };

  model.exists = formula (a->quantity.exact, b->quantity.exact, &model.value);
  model.least = model.greatest = model.value;
  for (int i = -1; i <= 1; i++)
    for (int j = -1; j <= 1; j++)
      {
        Fraction corner = { 0 };

        if (!formula (a->quantity.exact + i * hx_quantity_slack (&a->quantity),
                      b->quantity.exact + j * hx_quantity_slack (&b->quantity),
                      &corner))
          continue;
        if (compare (corner, model.least) < 0)
          model.least = corner;
        if (compare (corner, model.greatest) > 0)
          model.greatest = corner;
      }
  return model;
}

static gboolean
ratio (HxWide a, HxWide b, Fraction *result)
{
  *result = (Fraction){ MAX (a, 0) * 100, b };
  return b > 0;
}

static gboolean
rise (HxWide now, HxWide delta, Fraction *result)
{
  *result = (Fraction){ MAX (delta, 0) * 100, now - delta };
  return now - delta > 0;
}

static gboolean
fall (HxWide now, HxWide delta, Fraction *result)
{
  *result = (Fraction){ MAX (delta, 0) * 100, now + delta };
  return now + delta > 0;
}

/* Of a rise; a fall is the same with its sign turned. */
static gboolean
change (HxWide now, HxWide before, Fraction *result)
{
  *result = (Fraction){ (now - before) * 100, before };
  return before > 0;
}

static gboolean
change_down (HxWide now, HxWide before, Fraction *result)
{
  *result = (Fraction){ (before - now) * 100, before };
  return before > 0;
}

/* ---------------------------------------------------------------- verdicts */

/* Bounds are kept to 10^-8 of a percent: a fraction nearer to the edge than
 * that is not judged. */
static gboolean
is_at_edge (Fraction value, HxWide edge)
{
  const HxWide gap = value.over * ONE - edge * value.under;

  return gap != 0 && ABS (gap) <= 2 * value.under;
}

static gboolean
is_too_near (const Model *model, HxWide stated, HxWide half)
{
  return is_at_edge (model->value, stated - half)
         || is_at_edge (model->value, stated + half)
         || is_at_edge (model->least, stated + half)
         || is_at_edge (model->greatest, stated - half);
}

static HxVerdict
slow_verdict (const Model *model, HxWide stated, HxWide half)
{
  const Fraction low = { stated - half, ONE };
  const Fraction high = { stated + half, ONE };

  if (!model->exists)
    return HX_VERDICT_ERROR;
  if (compare (model->value, low) >= 0 && compare (model->value, high) <= 0)
    return HX_VERDICT_OK;
  return compare (model->least, high) <= 0
                 && compare (model->greatest, low) >= 0
             ? HX_VERDICT_ROUNDING
             : HX_VERDICT_ERROR;
}

/* A rate near the true one, in percent with a few places. */
static HxTerm
random_rate (GRand *random, const Model *model)
{
  const guint scale = (guint)g_rand_int_range (random, 0, 3);
  const HxWide exact
      = model->exists ? model->value.over * ten_to (scale) / model->value.under
                      : 100;
  const gint64 units = (gint64)exact + g_rand_int_range (random, -3, 4);

  return term_of (HX_QUANTITY_PERCENT, MAX (units, 0), scale, 0);
}

typedef HxOutcome (*Engine) (const HxTerm *a, const HxTerm *b);

/* The engine's verdict about random figures is the model's. */
static void
check_against (Formula formula, Engine engine, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint seen[HX_VERDICTS] = { 0 };

  for (guint round = 0; round < ROUNDS; round++)
    {
      const guint operands[2] = { 0, 1 };
      HxTerm terms[3]
          = { random_money (random, 5000), random_money (random, 900) };
      const Model model = model_of (&terms[0], &terms[1], formula);
      HxProposal proposal = {
        .kind = HX_CLAIM_RATIO, .operands = operands, .count = 2, .stated = 2
      };
      HxReading reading = { 0 };
      HxVerdict verdict = HX_VERDICT_UNKNOWN;

      if (model.exists && model.value.over < 0)
        continue;
      terms[2] = random_rate (random, &model);
      reading = reading_of (terms, 3);
      proposal.outcome = engine (&terms[0], &terms[1]);
      verdict = hx_proposal_verdict (&reading, &proposal);
      g_array_unref (reading.terms);
      if (is_too_near (&model, terms[2].quantity.exact, terms[2].quantity.half))
        continue;
      assert_int_equal (proposal.outcome.exists, model.exists);
      assert_int_equal (verdict, slow_verdict (&model, terms[2].quantity.exact,
                                               terms[2].quantity.half));
      seen[verdict]++;
    }
  /* it was a test: each verdict came often enough */
  assert_true (seen[HX_VERDICT_OK] > 100);
  assert_true (seen[HX_VERDICT_ROUNDING] > 100);
  assert_true (seen[HX_VERDICT_ERROR] > 100);
}

static HxOutcome
engine_rise (const HxTerm *a, const HxTerm *b)
{
  return hx_outcome_growth (a, b, 1);
}

static HxOutcome
engine_fall (const HxTerm *a, const HxTerm *b)
{
  return hx_outcome_growth (a, b, -1);
}

static void
a_ratio_is_judged_as_every_corner_of_it (void **state)
{
  (void)state;
  check_against (ratio, hx_outcome_ratio, 61);
}

static void
a_rise_is_judged_as_every_corner_of_it (void **state)
{
  (void)state;
  check_against (rise, engine_rise, 62);
}

static void
a_fall_is_judged_as_every_corner_of_it (void **state)
{
  (void)state;
  check_against (fall, engine_fall, 63);
}

static void
a_change_of_both_years_is_judged_as_every_corner_of_it (void **state)
{
  (void)state;
  check_against (change, hx_outcome_change, 64);
  check_against (change_down, hx_outcome_change, 65);
}

/* --------------------------------------------------------- sums and products
 */

static void
sums_add_and_take_away_with_their_slack (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (66);

  (void)state;
  for (guint round = 0; round < ROUNDS; round++)
    {
      HxTerm terms[5];
      guint operands[5];
      int signs[5];
      HxReading reading = { 0 };
      HxWide value = 0;
      HxWide slack = 0;
      HxOutcome outcome;

      for (guint i = 0; i < 5; i++)
        {
          terms[i] = random_money (random, 99999);
          operands[i] = 4 - i;
          signs[i] = g_rand_boolean (random) ? 1 : -1;
        }
      reading = reading_of (terms, 5);
      for (guint i = 0; i < 5; i++)
        {
          value += signs[i] * terms[4 - i].quantity.exact;
          slack += hx_quantity_slack (&terms[4 - i].quantity);
        }
      outcome = hx_outcome_sum (&reading, operands, signs, 5);
      g_array_unref (reading.terms);
      assert_true (outcome.exists);
      assert_true (outcome.value == value);
      assert_true (outcome.low == value - slack);
      assert_true (outcome.high == value + slack);
    }
}

static void
products_multiply_and_give_up_before_they_overflow (void **state)
{
  const HxTerm people = term_of (HX_QUANTITY_COUNT, 120, 0, 0);
  const HxTerm price = term_of (HX_QUANTITY_MONEY, 50025, 2, 0);
  const HxTerm great = term_of (HX_QUANTITY_MONEY, 999999999999999, 0, 2);
  const HxOutcome outcome = hx_outcome_product (&people, &price, 3);

  (void)state;
  assert_true (outcome.exists);
  assert_true (outcome.value == 180090 * ONE);
  assert_true (outcome.low < outcome.value && outcome.value < outcome.high);
  assert_false (hx_outcome_product (&great, &great, 1).exists);
}

static void
turning_an_outcome_turns_its_bounds (void **state)
{
  const HxOutcome turned = hx_outcome_turn (
      (HxOutcome){ .exists = TRUE, .value = 5, .low = 3, .high = 9 });

  (void)state;
  assert_true (turned.value == -5 && turned.low == -9 && turned.high == -3);
}

/* --------------------------------------------------------------------- edges
 */

#define ROUND(rate) "年初预算为800元，支出决算为100元，完成年初预算的" rate "。"
#define FINE(rate)                                                             \
  "年初预算为800.00元，支出决算为100.00元，完成年初预算的" rate "。"

/* 100 of 800 are 12.5 %. */
static const struct
{
  const char *text;
  HxVerdict verdict;
  HxSeverity severity;
} edges[] = {
  { ROUND ("12.5%"), HX_VERDICT_OK, HX_SEVERITY_NONE },
  { ROUND ("12.50%"), HX_VERDICT_OK, HX_SEVERITY_NONE },
  /* half of the last digit: 13 half up, and no further from 12 */
  { ROUND ("13%"), HX_VERDICT_OK, HX_SEVERITY_NONE },
  { ROUND ("12%"), HX_VERDICT_OK, HX_SEVERITY_NONE },
  { ROUND ("11%"), HX_VERDICT_ERROR, HX_SEVERITY_MATERIAL },
  { ROUND ("14%"), HX_VERDICT_ERROR, HX_SEVERITY_MATERIAL },
  /* 99.5 of 800.5 are 12.43 %, 100.5 of 799.5 are 12.57 % */
  { ROUND ("12.4%"), HX_VERDICT_ROUNDING, HX_SEVERITY_LAST_DIGIT },
  { ROUND ("12.6%"), HX_VERDICT_ROUNDING, HX_SEVERITY_LAST_DIGIT },
  { ROUND ("12.57%"), HX_VERDICT_ROUNDING, HX_SEVERITY_MATERIAL },
  { ROUND ("12.58%"), HX_VERDICT_ERROR, HX_SEVERITY_MATERIAL },
  { FINE ("12.6%"), HX_VERDICT_ERROR, HX_SEVERITY_LAST_DIGIT },
  { FINE ("12.7%"), HX_VERDICT_ERROR, HX_SEVERITY_MATERIAL },
  { FINE ("125%"), HX_VERDICT_ERROR, HX_SEVERITY_MATERIAL },
};

static const HxClaim *
claim_of (const HxCheckResult *result, HxClaimKind kind)
{
  for (guint i = 0; i < result->claims->len; i++)
    if (((const HxClaim *)result->claims->pdata[i])->kind == kind)
      return result->claims->pdata[i];
  return NULL;
}

static void
verdict_and_severity_turn_at_half_and_at_one_unit (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      g_autoptr (HxCheckResult) result = engine_check (edges[i].text);
      const HxClaim *claim = claim_of (result, HX_CLAIM_RATIO);

      if (claim == NULL)
        {
          fail_msg ("no claim: %s", edges[i].text);
          return;
        }
      if (claim->verdict != edges[i].verdict
          || claim->severity != edges[i].severity)
        print_error ("%s\n", edges[i].text);
      assert_int_equal (claim->verdict, edges[i].verdict);
      assert_int_equal (claim->severity, edges[i].severity);
    }
}

static void
a_base_of_zero_has_no_rate (void **state)
{
  const HxTerm none = term_of (HX_QUANTITY_MONEY, 0, 2, 4);
  const HxTerm some = term_of (HX_QUANTITY_MONEY, 300, 2, 4);

  (void)state;
  assert_false (hx_outcome_ratio (&some, &none).exists);
  assert_false (hx_outcome_change (&some, &none).exists);
  assert_false (hx_outcome_growth (&some, &some, 1).exists);
  assert_true (hx_outcome_ratio (&none, &some).exists);
  assert_true (hx_outcome_ratio (&none, &some).value == 0);
  assert_true (hx_outcome_growth (&none, &some, -1).value == 100 * ONE);
}

/* --------------------------------------------------------------------- slips
 */

static gboolean
is_slip (gint64 written, gint64 meant, guint scale)
{
  const HxTerm terms[1] = { term_of (HX_QUANTITY_MONEY, written, scale, 4) };
  const HxTerm other = term_of (HX_QUANTITY_MONEY, meant, scale, 4);
  HxReading reading = reading_of (terms, 1);
  HxProposal proposal = { .kind = HX_CLAIM_RATIO, .stated = 0 };
  gboolean answer = FALSE;

  proposal.outcome
      = (HxOutcome){ .exists = TRUE, .value = other.quantity.exact };
  answer = hx_proposal_is_slip (&reading, &proposal);
  g_array_unref (reading.terms);
  return answer;
}

/* Digit by digit, as one would with a pencil. */
static gboolean
slow_slip (gint64 written, gint64 meant)
{
  g_autofree char *a = g_strdup_printf ("%08" G_GINT64_FORMAT, written);
  g_autofree char *b = g_strdup_printf ("%08" G_GINT64_FORMAT, meant);
  guint differ = 0;
  guint first = 0;
  guint last = 0;

  for (guint i = 0; i < 8; i++)
    if (a[i] != b[i])
      {
        first = differ == 0 ? i : first;
        last = i;
        differ++;
      }
  return differ == 1
         || (differ == 2 && last == first + 1 && a[first] == b[last]
             && a[last] == b[first]);
}

static void
a_slip_is_one_digit_or_two_neighbours_swapped (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (67);
  guint slips = 0;

  (void)state;
  for (guint round = 0; round < 100 * ROUNDS; round++)
    {
      const gint64 written = g_rand_int_range (random, 1, 3000);
      const gint64 meant = g_rand_int_range (random, 1, 3000);
      const gboolean slow = slow_slip (written, meant);

      assert_int_equal (is_slip (written, meant, round % 3), slow);
      slips += slow ? 1 : 0;
    }
  assert_true (slips > 100);
  assert_true (is_slip (245550, 243750, 2) == slow_slip (245550, 243750));
  assert_true (is_slip (432108, 431208, 2));
  assert_false (is_slip (432108, 432108, 2));
}

/* A sum is explained by a slip in one of its parts as well. */
static void
a_sum_may_slip_in_a_part (void **state)
{
  const HxTerm terms[3] = { term_of (HX_QUANTITY_MONEY, 1234, 2, 4),
                            term_of (HX_QUANTITY_MONEY, 5500, 2, 4),
                            term_of (HX_QUANTITY_MONEY, 6824, 2, 4) };
  const guint operands[2] = { 0, 1 };
  HxReading reading = reading_of (terms, 3);
  HxProposal proposal
      = { .kind = HX_CLAIM_SUM, .operands = operands, .count = 2, .stated = 2 };

  (void)state;
  proposal.outcome = hx_outcome_sum (&reading, operands, NULL, 2);
  /* 12.34 for 13.24 */
  assert_true (hx_proposal_is_slip (&reading, &proposal));
  proposal.kind = HX_CLAIM_DIFFERENCE;
  assert_false (hx_proposal_is_slip (&reading, &proposal));
  g_array_unref (reading.terms);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_ratio_is_judged_as_every_corner_of_it),
    cmocka_unit_test (a_rise_is_judged_as_every_corner_of_it),
    cmocka_unit_test (a_fall_is_judged_as_every_corner_of_it),
    cmocka_unit_test (a_change_of_both_years_is_judged_as_every_corner_of_it),
    cmocka_unit_test (sums_add_and_take_away_with_their_slack),
    cmocka_unit_test (products_multiply_and_give_up_before_they_overflow),
    cmocka_unit_test (turning_an_outcome_turns_its_bounds),
    cmocka_unit_test (verdict_and_severity_turn_at_half_and_at_one_unit),
    cmocka_unit_test (a_base_of_zero_has_no_rate),
    cmocka_unit_test (a_slip_is_one_digit_or_two_neighbours_swapped),
    cmocka_unit_test (a_sum_may_slip_in_a_part),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
