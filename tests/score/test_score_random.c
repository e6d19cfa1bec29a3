/* Random cards with random entries, scored a second time by plain integers:
 * points in 1/100, numbers in 1/10000, nothing shared with the room. */
#include "../chance.h"
#include "score_test.h"

#define ROUNDS 12
#define GROUPS 4
#define ROWS_MAX 7

typedef enum
{
  PLAIN_RATIO,
  PLAIN_INVERSE,
  PLAIN_DEDUCT,
  PLAIN_WHOLE,
  PLAIN_BELOW,
  PLAIN_COUNT,
  PLAIN_STEPS,
  PLAIN_YES,
  PLAIN_NO,
  PLAIN_STATED,
  PLAIN_CHECKS,
  PLAIN_QUALITY,
  PLAIN_BEST,
  PLAIN_BONUS,
  PLAIN_KINDS
} PlainKind;

typedef struct
{
  char key[24];
  guint group;
  PlainKind kind;
  gint64 points; /* 1/100 */
  gint64 bound;  /* target or limit, 1/10000 */
  gint64 each;   /* 1/100 */
  guint items;
  gboolean has_entry, applies, has_evidence, has_value;
  gint64 value; /* 1/10000 */
  guint checks; /* bits */
  guint step;   /* 1…3 */
  gint64 share; /* 1/100 per cent */
} PlainRow;

/* ------------------------------------------------------------------ the model
 */

/* Half up; both above 0 or the first 0. */
static gint64
divide (gint64 numerator, gint64 denominator)
{
  return numerator < 0 ? -divide (-numerator, denominator)
                       : (2 * numerator + denominator) / (2 * denominator);
}

static gint64
model_loss (const PlainRow *row, gint64 beyond, gboolean whole)
{
  gint64 loss; /* in 1/1000000 */

  if (beyond <= 0)
    return row->points;
  if (whole)
    beyond = beyond / 10000 * 10000;
  loss = beyond * row->each;
  if (loss >= row->points * 10000)
    return 0;
  return divide (row->points * 10000 - loss, 10000);
}

static gint64
model_ratio (const PlainRow *row)
{
  if (row->value <= 0)
    return 0;
  return row->value >= row->bound
             ? row->points
             : divide (row->points * row->value, row->bound);
}

static gint64
model_inverse (const PlainRow *row)
{
  return row->value <= row->bound
             ? row->points
             : divide (row->points * row->bound, row->value);
}

static guint
model_bits (guint bits)
{
  guint count = 0;

  for (; bits != 0; bits /= 2)
    count += bits % 2;
  return count;
}

static gboolean
model_share_fits (const PlainRow *row)
{
  static const gint64 low[] = { 0, 8000, 6000, 0 };
  static const gint64 high[] = { 0, 10001, 8000, 6000 };

  return row->step != 0 && row->share >= low[row->step]
         && row->share < high[row->step];
}

static gint64
model_steps (const PlainRow *row)
{
  if (row->value >= row->bound)
    return row->points;
  return row->value > row->bound / 2 ? row->points / 2 : 0;
}

static gint64
model_bonus (const PlainRow *row)
{
  return CLAMP (divide (row->value * row->each, 10000), -300, 200);
}

/* Whether the row scores at all. */
static gboolean
model_is_scored (const PlainRow *row)
{
  if (!row->has_entry || !row->has_evidence)
    return FALSE;
  if (row->kind == PLAIN_CHECKS)
    return row->checks != 0;
  if (row->kind == PLAIN_QUALITY)
    return model_share_fits (row);
  if (row->kind == PLAIN_STATED)
    return row->has_value && row->value >= 0 && row->value <= row->points * 100;
  return row->has_value;
}

static gint64
model_deduct (const PlainRow *row)
{
  return model_loss (row, row->value - row->bound, FALSE);
}

static gint64
model_whole (const PlainRow *row)
{
  return model_loss (row, row->value - row->bound, TRUE);
}

static gint64
model_below (const PlainRow *row)
{
  return model_loss (row, row->bound - row->value, FALSE);
}

static gint64
model_yes_no (const PlainRow *row)
{
  return (row->value != 0) == (row->kind == PLAIN_YES) ? row->points : 0;
}

static gint64
model_stated (const PlainRow *row)
{
  return divide (row->value, 100);
}

static gint64
model_checks (const PlainRow *row)
{
  return divide (row->points * model_bits (row->checks), row->items);
}

static gint64
model_quality (const PlainRow *row)
{
  return divide (row->points * row->share, 10000);
}

static gint64
model_best (const PlainRow *row)
{
  return MAX (model_ratio (row), model_inverse (row));
}

static gint64
model_score (const PlainRow *row)
{
  static gint64 (*const models[]) (const PlainRow *row) = {
    [PLAIN_RATIO] = model_ratio,   [PLAIN_INVERSE] = model_inverse,
    [PLAIN_DEDUCT] = model_deduct, [PLAIN_WHOLE] = model_whole,
    [PLAIN_BELOW] = model_below,   [PLAIN_COUNT] = model_deduct,
    [PLAIN_STEPS] = model_steps,   [PLAIN_YES] = model_yes_no,
    [PLAIN_NO] = model_yes_no,     [PLAIN_STATED] = model_stated,
    [PLAIN_CHECKS] = model_checks, [PLAIN_QUALITY] = model_quality,
    [PLAIN_BEST] = model_best,     [PLAIN_BONUS] = model_bonus,
  };

  return models[row->kind](row);
}

/* ------------------------------------------------------------------ invention
 */

static gint64
any (gint32 from, gint32 to)
{
  return g_random_int_range (from, to + 1);
}

/* Around the bound, at the bound, far from it, at a point of it. */
static gint64
any_value (const PlainRow *row)
{
  static const gint64 off[] = { 0, 1, -1, 10000, -10000, 25000, 4999 };

  if (any (0, 2) == 0)
    return any (-20000, 3000000);
  return row->bound + off[any (0, G_N_ELEMENTS (off) - 1)];
}

static PlainRow
invent (guint round, guint group, guint number)
{
  PlainRow row = { .group = group };

  g_snprintf (row.key, sizeof row.key, "r%u_%u_%u", round, group, number);
  row.kind = (PlainKind)any (0, PLAIN_KINDS - 1);
  row.points = row.kind == PLAIN_BONUS ? 0 : any (1, 1000) * 2;
  row.bound = any (1, 2000000);
  row.each = any (1, 200);
  row.items = (guint)any (1, 7);
  row.has_entry = any (0, 9) != 0;
  row.applies = any (0, 7) != 0;
  row.has_evidence = any (0, 9) != 0;
  row.has_value = any (0, 11) != 0;
  row.value = any_value (&row);
  if (row.kind == PLAIN_YES || row.kind == PLAIN_NO)
    row.value = any (0, 1) * 10000;
  if (row.kind == PLAIN_STATED)
    row.value = any (0, (gint32)row.points * 110);
  if (row.kind == PLAIN_BONUS)
    row.value = any (-50000, 50000);
  row.checks = (guint)any (0, (1 << row.items) - 1);
  row.step = (guint)any (1, 3);
  row.share
      = any (0, 2) == 0 ? any (0, 10000) : any (0, 5) * 2000 + any (-1, 1);
  row.share = CLAMP (row.share, 0, 10000);
  return row;
}

/* ------------------------------------------------------------------- the card
 */

static char *
decimal (gint64 units, guint scale)
{
  return hx_decimal_format ((HxDecimal){ units, scale });
}

/* With one bound, or a bound and what each costs. */
static char *
simple_text (const PlainRow *row, const char *bound, const char *each)
{
  static const char *const formats[] = {
    [PLAIN_RATIO] = "rule: ratio, target: %s",
    [PLAIN_INVERSE] = "rule: inverse, target: %s",
    [PLAIN_DEDUCT] = "rule: deduct, above: %s, each: %s",
    [PLAIN_WHOLE] = "rule: deduct, above: %s, each: %s, whole: true",
    [PLAIN_BELOW] = "rule: deduct, below: %s, each: %s",
    [PLAIN_COUNT] = "rule: count, free: %s, each: %s",
    [PLAIN_YES] = "rule: yes_no",
    [PLAIN_NO] = "rule: yes_no, wants: 否",
    [PLAIN_STATED] = "rule: stated",
    [PLAIN_QUALITY] = "rule: qualitative",
  };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (formats[row->kind], bound, each);
#pragma GCC diagnostic pop
}

static char *
steps_text (const PlainRow *row, const char *bound)
{
  g_autofree char *points = decimal (row->points, 2);
  g_autofree char *half = decimal (row->bound / 2, 4);
  g_autofree char *half_points = decimal (row->points / 2, 2);

  return g_strdup_printf (
      "rule: steps, steps: [{from: %s, points: %s}, {above: %s, below: %s, "
      "points: %s}, {to: %s, points: 0}]",
      bound, points, half, bound, half_points, half);
}

static char *
rule_text (const PlainRow *row)
{
  g_autofree char *bound = decimal (row->bound, 4);
  g_autofree char *each = decimal (row->each, 2);

  if (row->kind == PLAIN_STEPS)
    return steps_text (row, bound);
  if (row->kind == PLAIN_BONUS)
    return g_strdup_printf ("rule: bonus, each: %s, most: 2, least: -3", each);
  if (row->kind == PLAIN_BEST)
    return g_strdup_printf (
        "rule: choose, options: [{key: a, name: 甲, rule: ratio, target: %s},"
        " {key: b, name: 乙, rule: inverse, target: %s}]",
        bound, bound);
  return simple_text (row, bound, each);
}

static char *
checklist_text (const PlainRow *row)
{
  g_autoptr (GString) items = g_string_new ("rule: checklist, items: [");

  for (guint i = 0; i < row->items; i++)
    g_string_append_printf (items, "%s项%u", i > 0 ? ", " : "", i);
  return g_strdup_printf ("%s]", items->str);
}

static void
append_card_row (GString *card, const PlainRow *row)
{
  g_autofree char *rule
      = row->kind == PLAIN_CHECKS ? checklist_text (row) : rule_text (row);
  g_autofree char *points = decimal (row->points, 2);

  g_string_append_printf (card, "      - {key: %s, name: 项 %s, %s%s%s%s}\n",
                          row->key, row->key,
                          row->kind == PLAIN_BONUS ? "" : "points: ",
                          row->kind == PLAIN_BONUS ? "" : points,
                          row->kind == PLAIN_BONUS ? "" : ", ", rule);
}

static gint64
sum_points (const GArray *rows, int group)
{
  gint64 sum = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const PlainRow *row = &g_array_index (rows, PlainRow, i);

      if (group < 0 || row->group == (guint)group)
        sum += row->points;
    }
  return sum;
}

static void
install_card (Fixture *fixture, const GArray *rows)
{
  g_autoptr (GString) card = g_string_new (NULL);
  g_autofree char *total = decimal (sum_points (rows, -1), 2);
  g_autofree char *head = g_strdup_printf ("total: %s\n", total);

  for (int group = 0; group < GROUPS; group++)
    {
      g_autofree char *points = decimal (sum_points (rows, group), 2);

      g_string_append_printf (
          card, "  - key: g%d\n    name: 组\n    points: %s\n    rows:\n",
          group, points);
      for (guint i = 0; i < rows->len; i++)
        if (g_array_index (rows, PlainRow, i).group == (guint)group)
          append_card_row (card, &g_array_index (rows, PlainRow, i));
    }
  use_card (fixture, head, card->str);
}

/* ----------------------------------------------------------------- the entries
 */

static void
append_checks (GString *line, guint checks)
{
  const char *between = " checks=";

  for (guint i = 0; checks >> i != 0; i++)
    if ((checks >> i & 1) != 0)
      {
        g_string_append_printf (line, "%s%u", between, i + 1);
        between = ",";
      }
}

static void
put_entry (Fixture *fixture, const PlainRow *row)
{
  static const char *const steps[] = { "", "reached", "partly", "missed" };
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *value = decimal (row->value, 4);
  g_autofree char *share = decimal (row->share, 2);
  const char *lines[] = { NULL, NULL };

  g_string_printf (line,
                   "put score_entry date=2024-02-01 year=2023 card=own "
                   "row=%s applies=%s signer=甲 reason=原因",
                   row->key, row->applies ? "是" : "否");
  if (row->has_evidence)
    g_string_append (line, " evidence=a.pdf");
  if (row->kind == PLAIN_QUALITY)
    g_string_append_printf (line, " step=%s share=%s", steps[row->step], share);
  else if (row->kind == PLAIN_CHECKS)
    append_checks (line, row->checks);
  else if (row->has_value)
    g_string_append_printf (line, " value=%s", value);
  lines[0] = line->str;
  play (fixture, lines);
}

/* --------------------------------------------------------------- the
 * comparison
 */

typedef struct
{
  gint64 earned, skipped, bonus;
  gboolean is_complete;
} PlainSum;

static void
compare_row (const HxScore *score, const PlainRow *row, PlainSum *sum)
{
  const HxScoreRow *is = row_of (score, row->key);
  const gboolean is_skipped = row->has_entry && !row->applies;
  const gboolean is_scored = !is_skipped && model_is_scored (row);
  const gint64 expected = is_scored ? model_score (row) : 0;
  const HxScoreRowState state = is_skipped  ? HX_SCORE_ROW_SKIPPED
                                : is_scored ? HX_SCORE_ROW_SCORED
                                            : HX_SCORE_ROW_MISSING;

  if (is->state != state || is->score != expected)
    fail_msg ("row %s of kind %d: state %d score %" G_GINT64_FORMAT
              ", expected state %d score %" G_GINT64_FORMAT,
              row->key, row->kind, is->state, is->score, state, expected);
  sum->is_complete &= state != HX_SCORE_ROW_MISSING;
  if (is_skipped)
    sum->skipped += row->points;
  else if (row->kind == PLAIN_BONUS)
    sum->bonus += expected;
  else
    sum->earned += expected;
}

static void
compare_card (const HxScore *score, const GArray *rows)
{
  const gint64 full = sum_points (rows, -1);
  PlainSum sum = { .is_complete = TRUE };
  gint64 total;

  for (guint i = 0; i < rows->len; i++)
    compare_row (score, &g_array_index (rows, PlainRow, i), &sum);
  total = full == sum.skipped ? 0
                              : divide (sum.earned * full, full - sum.skipped);
  assert_int_equal (score->earned, sum.earned);
  assert_int_equal (score->bonus, sum.bonus);
  assert_int_equal (score->points, full - sum.skipped);
  assert_int_equal (score->total, CLAMP (total + sum.bonus, 0, full));
  assert_int_equal (score->is_complete, sum.is_complete);
}

static void
compare_groups (const HxScore *score, const GArray *rows)
{
  for (int group = 0; group < GROUPS; group++)
    {
      g_autofree char *key = g_strdup_printf ("g%d", group);
      gint64 sum = 0;

      for (guint i = 0; i < rows->len; i++)
        {
          const PlainRow *row = &g_array_index (rows, PlainRow, i);

          if (row->group == (guint)group && row->kind != PLAIN_BONUS)
            sum += row_of (score, row->key)->score;
        }
      assert_int_equal (row_of (score, key)->score, sum);
      assert_int_equal (row_of (score, key)->points, sum_points (rows, group));
    }
}

static GArray *
invent_card (guint round)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (PlainRow));

  for (guint group = 0; group < GROUPS; group++)
    {
      const guint count = (guint)any (1, ROWS_MAX);
      PlainRow first = invent (round, group, 0);

      if (first.kind == PLAIN_BONUS)
        {
          first.kind = PLAIN_RATIO;
          first.points = 500;
        }
      g_array_append_val (rows, first);
      for (guint i = 1; i < count; i++)
        {
          const PlainRow row = invent (round, group, i);

          g_array_append_val (rows, row);
        }
    }
  return rows;
}

static void
random_cards_score_as_plain_integers_say (void **state)
{
  Fixture *fixture = *state;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GArray) rows = NULL;
      g_autoptr (HxScore) score = NULL;

      g_random_set_seed (chance_seed (20230701) + round);
      rows = invent_card (round);
      install_card (fixture, rows);
      for (guint i = 0; i < rows->len; i++)
        if (g_array_index (rows, PlainRow, i).has_entry)
          put_entry (fixture, &g_array_index (rows, PlainRow, i));
      score = score_of (fixture, "own", "");
      compare_card (score, rows);
      compare_groups (score, rows);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (random_cards_score_as_plain_integers_say,
                                     score_setup, fixture_teardown),
  };

  return cmocka_run_group_tests_name ("random cards", tests, NULL, NULL);
}
