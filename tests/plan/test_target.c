/* Targets: where their actual value comes from, and what it is worth. */
#include "../chance.h"
#include "../measure/measure_test.h"
#include "plan/target.h"

/* ------------------------------------------------------------- by the table */

typedef struct
{
  const char *direction, *target, *actual, *tolerance;
  HxTargetState state;
  gint64 completion;
} Case;

/* The actual value is held against the target at its edges. */
static const Case cases[] = {
  { "at_least", "50", "50", "20", HX_TARGET_REACHED, 10000 },
  { "at_least", "50", "40", "20", HX_TARGET_MISSED, 8000 },
  { "at_least", "50", "60", "20", HX_TARGET_REACHED, 12000 },
  { "at_least", "50", "60.0001", "20", HX_TARGET_OVER, 12000 },
  { "at_least", "50", "60.0025", "20", HX_TARGET_OVER, 12001 },
  { "at_least", "50", "49.9999", "20", HX_TARGET_MISSED, 10000 },
  { "at_least", "50", "0", "20", HX_TARGET_MISSED, 0 },
  { "at_least", "3", "1", "20", HX_TARGET_MISSED, 3333 },
  { "at_least", "3", "2", "20", HX_TARGET_MISSED, 6667 },
  { "at_least", "50", "5000", NULL, HX_TARGET_REACHED, 1000000 },
  { "at_least", "50", "50.0001", "0", HX_TARGET_OVER, 10000 },
  { "at_least", "0", "0", "20", HX_TARGET_REACHED, 10000 },
  { "at_least", "0", "7", "20", HX_TARGET_REACHED, 10000 },
  { "at_least", "-5", "-6", "20", HX_TARGET_MISSED, 0 },
  { "at_least", "-5", "-5", "20", HX_TARGET_REACHED, 10000 },
  { "at_most", "90", "89.974", "20", HX_TARGET_REACHED, 10003 },
  { "at_most", "90", "100", "20", HX_TARGET_MISSED, 9000 },
  { "at_most", "90", "72", "20", HX_TARGET_REACHED, 12500 },
  { "at_most", "90", "71.9999", "20", HX_TARGET_OVER, 12500 },
  { "at_most", "90", "0", "20", HX_TARGET_OVER, 10000 },
  { "at_most", "90", "0", "100", HX_TARGET_REACHED, 10000 },
  { "at_most", "0", "0", "20", HX_TARGET_REACHED, 10000 },
  { "at_most", "0", "3", "20", HX_TARGET_MISSED, 0 },
  { "at_most", "-2", "3", "20", HX_TARGET_MISSED, 0 },
  { "at_most", "-2", "-2", "20", HX_TARGET_REACHED, 10000 },
  { "equal", "3", "3", "20", HX_TARGET_REACHED, 10000 },
  { "equal", "3", "2", "20", HX_TARGET_MISSED, 6667 },
  { "equal", "3", "4", "20", HX_TARGET_MISSED, 6667 },
  { "equal", "3", "9", "20", HX_TARGET_MISSED, 0 },
  { "equal", "0", "0", "20", HX_TARGET_REACHED, 10000 },
  { "equal", "0", "1", "20", HX_TARGET_MISSED, 0 },
};

static HxExact
exact (const char *text)
{
  HxDecimal decimal;
  HxExact value;

  assert_true (hx_decimal_parse (text, 4, &decimal, NULL));
  value = (HxExact){ decimal.units, 1, FALSE };
  for (guint i = 0; i < decimal.scale; i++)
    value.denominator *= 10;
  return value;
}

static void
an_actual_value_is_weighed_at_the_edges (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];
      char *code = g_strdup (one->direction);
      const HxCode direction = { code, code, NULL, FALSE };
      HxTarget target = { .direction = &direction,
                          .has_value = TRUE,
                          .value = exact (one->target),
                          .has_actual = TRUE,
                          .actual = exact (one->actual),
                          .has_tolerance = one->tolerance != NULL };
      g_autoptr (GError) error = NULL;

      if (one->tolerance != NULL)
        assert_true (
            hx_decimal_parse (one->tolerance, 2, &target.tolerance, NULL));
      check (hx_target_weigh (&target, &error), error);
      if (target.state != one->state || target.completion != one->completion
          || !target.has_completion)
        fail_msg ("%s %s, %s: state %d, completion %ld", one->direction,
                  one->target, one->actual, (int)target.state,
                  (long)target.completion);
      assert_int_equal (hx_target_must_explain (&target),
                        one->state == HX_TARGET_MISSED
                            || one->state == HX_TARGET_OVER);
      g_free (code);
    }
}

/* Against long division by hand: floor of 20000·a/b plus one, halved. */
static void
completion_is_half_up_for_any_pair (void **state)
{
  char code[] = "at_least";
  const HxCode direction = { code, code, NULL, FALSE };

  (void)state;
  for (guint i = 0; i < 20000; i++)
    {
      const gint64 a = g_random_int_range (0, 1000000);
      const gint64 b = g_random_int_range (1, 1000000);
      HxTarget target = { .direction = &direction,
                          .has_value = TRUE,
                          .value = { b, 10000, FALSE },
                          .has_actual = TRUE,
                          .actual = { a, 100, FALSE } };
      const gint64 expected = (20000 * (a * 100) / b + 1) / 2;

      assert_true (hx_target_weigh (&target, NULL));
      assert_int_equal (target.completion, expected);
      assert_int_equal (target.state,
                        a * 100 >= b ? HX_TARGET_REACHED : HX_TARGET_MISSED);
    }
}

/* -------------------------------------------------------------- from a store
 */

static int
setup (void **state)
{
  g_autoptr (GError) error = NULL;
  HxCatalogue *catalogue;

  fixture_setup (state);
  catalogue = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
  check (catalogue != NULL, error);
  fixture_install (*state, catalogue);
  return 0;
}

static GPtrArray *
targets_on (Fixture *fixture, gint32 day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  GPtrArray *targets;

  check (reader != NULL, error);
  targets = hx_targets_read (hx_reader_connection (reader), fixture->catalogue,
                             2023, hx_date_from_number (day), &error);
  check (targets != NULL, error);
  return targets;
}

#define TARGET(number, rest)                                                   \
  "put target year=2023 level=output aspect=quantity name=指标 number=" number \
  " " rest

static void
a_target_without_a_figure_takes_the_last_statement_up_to_the_day (void **state)
{
  static const char *const lines[] = {
    TARGET ("T1", "direction=at_least value=10 measure_unit=次"),
    "put target_result target=T1 date=2023-06-30 value=4 signer=甲",
    "put target_result target=T1 date=2023-09-30 value=9.5 signer=乙"
    " reason=待补",
    "put target_result target=T1 date=2024-01-20 value=10 signer=丙",
    NULL,
  };
  static const struct
  {
    gint32 day;
    const char *actual, *signer;
    gint64 completion;
  } cuts[] = {
    { 20230629, NULL, NULL, 0 },        { 20230630, "4 次", "甲", 4000 },
    { 20230929, "4 次", "甲", 4000 },   { 20230930, "9.5 次", "乙", 9500 },
    { 20231231, "9.5 次", "乙", 9500 }, { 0, "10 次", "丙", 10000 },
  };

  play (*state, lines);
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (GPtrArray) targets = targets_on (*state, cuts[i].day);
      const HxTarget *target = targets->pdata[0];
      g_autofree char *text = hx_target_actual_text (target);

      assert_string_equal (text, cuts[i].actual != NULL ? cuts[i].actual : "");
      assert_int_equal (target->has_actual, cuts[i].actual != NULL);
      assert_int_equal (target->completion, cuts[i].completion);
      if (cuts[i].signer != NULL)
        assert_string_equal (target->signer, cuts[i].signer);
      else
        assert_int_equal (target->state, HX_TARGET_UNKNOWN);
    }
}

static const char *const money[] = {
  "put budget_line number=L1 since=2023-01-01 name=项目 source=general_public"
  " nature=project amount=3000000",
  "put payment voucher=P1 date=2023-05-05 line=L1 amount=1499999.99",
  "put payment voucher=P2 date=2023-08-05 line=L1 amount=0.01",
  NULL,
};

static void
a_figure_is_compared_exactly_in_its_own_unit (void **state)
{
  static const char *const lines[] = {
    TARGET ("T1", "direction=at_least value=150 measure_unit=万元"
                  " indicator=budget_executed"),
    TARGET ("T2", "direction=at_least value=50 measure_unit=%"
                  " indicator=budget_execution_rate"),
    TARGET ("T3", "direction=at_least value=1 indicator=budget_executed"
                  " measure_unit=元"),
    NULL,
  };

  play (*state, money);
  play (*state, lines);
  for (guint later = 0; later < 2; later++)
    {
      g_autoptr (GPtrArray) targets
          = targets_on (*state, later == 1 ? 20230805 : 20230731);

      for (guint i = 0; i < 2; i++)
        {
          const HxTarget *target = targets->pdata[i];

          assert_true (target->is_figure);
          assert_string_equal (target->actual_text,
                               i == 0 ? "150.00" : "50.00");
          assert_int_equal (target->state,
                            later == 1 ? HX_TARGET_REACHED : HX_TARGET_MISSED);
          assert_null (target->fault);
        }
      assert_int_equal (((HxTarget *)targets->pdata[0])->rows, later + 1);
      assert_non_null (strstr (((HxTarget *)targets->pdata[2])->fault, "万元"));
      assert_false (((HxTarget *)targets->pdata[2])->has_actual);
    }
}

static void
a_target_that_cannot_be_measured_says_why (void **state)
{
  static const char *const lines[] = {
    TARGET ("T1", "direction=at_least value=1 indicator=no_such_figure"),
    TARGET ("T2", "direction=at_most"),
    TARGET ("T3", "direction=at_least value=50 measure_unit=%"
                  " indicator=budget_execution_rate"),
    "put target_result target=T1 date=2023-06-30 value=4 signer=甲",
    NULL,
  };
  g_autoptr (GPtrArray) targets = NULL;
  const HxTarget *const *target;

  play (*state, lines);
  targets = targets_on (*state, 20231231);
  target = (const HxTarget *const *)targets->pdata;
  assert_non_null (strstr (target[0]->fault, "no_such_figure"));
  assert_string_equal (target[1]->fault, "没有年度指标值");
  assert_null (target[2]->fault);
  for (guint i = 0; i < targets->len; i++)
    {
      assert_int_equal (target[i]->state, HX_TARGET_UNKNOWN);
      assert_false (target[i]->has_actual || target[i]->has_completion);
    }
}

static void
a_qualitative_target_counts_by_its_share_or_its_step (void **state)
{
  static const char *const lines[] = {
    TARGET ("T1", "direction=qualitative wording=落实"),
    TARGET ("T2", "direction=qualitative wording=落实"),
    TARGET ("T3", "direction=qualitative wording=落实"),
    TARGET ("T4", "direction=qualitative wording=落实"),
    TARGET ("T5", "direction=qualitative wording=落实"),
    "put target_result target=T1 date=2023-06-30 step=reached signer=甲",
    "put target_result target=T2 date=2023-06-30 step=reached share=92.5"
    " signer=甲 evidence=附件.pdf",
    "put target_result target=T3 date=2023-06-30 step=partly signer=甲",
    "put target_result target=T4 date=2023-06-30 step=missed signer=甲",
    NULL,
  };
  static const struct
  {
    HxTargetState state;
    gboolean has_completion;
    gint64 completion;
  } wanted[] = { { HX_TARGET_REACHED, TRUE, 10000 },
                 { HX_TARGET_REACHED, TRUE, 9250 },
                 { HX_TARGET_MISSED, FALSE, 0 },
                 { HX_TARGET_MISSED, TRUE, 0 },
                 { HX_TARGET_UNKNOWN, FALSE, 0 } };
  g_autoptr (GPtrArray) targets = NULL;

  play (*state, lines);
  targets = targets_on (*state, 0);
  assert_int_equal (targets->len, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < targets->len; i++)
    {
      const HxTarget *target = targets->pdata[i];
      g_autofree char *text = hx_target_value_text (target);

      assert_int_equal (target->state, wanted[i].state);
      assert_int_equal (target->has_completion, wanted[i].has_completion);
      assert_int_equal (target->completion, wanted[i].completion);
      assert_int_equal (target->has_evidence, i == 1);
      assert_null (target->fault);
      assert_string_equal (text, "落实");
    }
}

static void
targets_are_those_of_the_year_by_number (void **state)
{
  static const char *const lines[] = {
    TARGET ("T2", "direction=at_most value=163.4 measure_unit=万元 weight=2.5"),
    TARGET ("T1", "direction=equal value=3 base=2 owner=甲"),
    "put target year=2022 level=output aspect=quantity name=旧 number=T0"
    " direction=equal value=3",
    TARGET ("T3", "direction=equal value=3"),
    "void target number=T3",
    NULL,
  };
  g_autoptr (GPtrArray) targets = NULL;
  const HxTarget *first, *second;
  g_autofree char *text = NULL;

  play (*state, lines);
  targets = targets_on (*state, 0);
  assert_int_equal (targets->len, 2);
  first = targets->pdata[0];
  second = targets->pdata[1];
  assert_string_equal (first->number, "T1");
  assert_string_equal (first->owner, "甲");
  assert_true (first->has_base && first->base.numerator == 20000);
  assert_false (first->has_weight);
  assert_string_equal (second->number, "T2");
  assert_int_equal (second->weight.units, 250);
  assert_int_equal (second->tolerance.units, 2000);
  text = hx_target_value_text (second);
  assert_string_equal (text, "≤163.4 万元");
}

int
main (void)
{
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_actual_value_is_weighed_at_the_edges),
    cmocka_unit_test (completion_is_half_up_for_any_pair),
    TEST (a_target_without_a_figure_takes_the_last_statement_up_to_the_day),
    TEST (a_figure_is_compared_exactly_in_its_own_unit),
    TEST (a_target_that_cannot_be_measured_says_why),
    TEST (a_qualitative_target_counts_by_its_share_or_its_step),
    TEST (targets_are_those_of_the_year_by_number),
  };

  chance_begin ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
