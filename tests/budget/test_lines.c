/* The lines of a year with their money as of any day: single rules, and random
 * ledgers against a model that adds up row by row. */
#include "budget_test.h"

#include "../chance.h"

static GPtrArray *
lines_of (Fixture *fixture, int year, gint32 as_of)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  GPtrArray *lines;

  check (reader != NULL, error);
  lines = hx_budget_lines (hx_reader_connection (reader), fixture->catalogue,
                           year, day_of (as_of), &error);
  check (lines != NULL, error);
  return lines;
}

static void
assert_money (const HxMoney *read, const HxMoney *model, const char *number)
{
#define SAME(member)                                                           \
  if (read->member != model->member)                                           \
  fail_msg ("%s: " #member " is %" G_GINT64_FORMAT                             \
            " and should be %" G_GINT64_FORMAT,                                \
            number, read->member, model->member)
  SAME (initial);
  SAME (adjusted);
  SAME (carried_in);
  SAME (total);
  SAME (executed);
  SAME (carried_over);
  SAME (withdrawn);
  SAME (lapsed);
  SAME (open);
#undef SAME
}

static void
play_year (Fixture *fixture)
{
  static const char *const rows[] = {
    "put budget_line number=A since=2023-01-15 name=甲 source=general_public"
    " nature=project task=venue amount=100",
    "put budget_line number=B since=2023-06-01 name=乙 source=gov_fund"
    " nature=office amount=50.01",
    "put budget_line number=C since=2022-01-15 name=丙 source=other"
    " nature=office amount=7",
    "put budget_adjustment number=1 date=2023-03-01 line=A kind=increase"
    " amount=10",
    "put budget_adjustment number=2 date=2023-04-01 line=A kind=decrease"
    " amount=-30",
    "put budget_adjustment number=3 date=2023-02-01 line=A kind=carried_in"
    " amount=5.55",
    "put payment voucher=1 date=2023-03-31 line=A amount=40",
    "put payment voucher=2 date=2023-12-31 line=A amount=-0.01",
    "put payment voucher=3 date=2022-12-31 line=C amount=1",
    "put payment voucher=4 date=2023-05-01 line=A amount=3",
    "void payment voucher=4",
    "put carry_over date=2023-12-31 line=A cause=late amount=20",
    "put unspent_reason date=2023-12-31 line=A cause=saved reason=省"
    " disposal=withdrawn amount=15",
    "put unspent_reason date=2023-12-31 line=A cause=late reason=迟"
    " disposal=lapsed amount=10.56",
    "put fund_plan date=2023-01-01 line=A amount=30",
    "put fund_plan date=2023-06-01 line=A amount=31",
    "put spending_forecast date=2023-06-30 line=A amount=60",
    "put spending_forecast date=2023-05-31 line=A amount=70",
    NULL,
  };

  play (fixture, rows);
}

static void
a_line_keeps_its_three_bases_apart_and_closes_at_zero (void **state)
{
  Fixture *fixture = *state;
  static const HxMoney whole
      = { 10000, -2000, 555, 8555, 3999, 2000, 1500, 1056, 0 };
  g_autoptr (GPtrArray) lines = NULL;
  const HxBudgetLine *line;

  play_year (fixture);
  lines = lines_of (fixture, 2023, 0);
  assert_int_equal (lines->len, 2);
  line = lines->pdata[0];
  assert_string_equal (line->number, "A");
  assert_string_equal (line->name, "甲");
  assert_string_equal (line->source->code, "general_public");
  assert_string_equal (line->nature->code, "project");
  assert_string_equal (line->task->code, "venue");
  assert_null (line->function_class);
  assert_int_equal (hx_date_number (line->since), 20230115);
  assert_money (&line->money, &whole, "A");
  assert_int_equal (line->planned, 6100);
  assert_int_equal (line->forecast, 6000);
  line = lines->pdata[1];
  assert_null (line->task);
  assert_int_equal (line->money.open, 5001);
  assert_false (line->has_plan);
  assert_false (line->has_forecast);
}

static void
what_is_dated_after_the_day_is_not_seen (void **state)
{
  Fixture *fixture = *state;
  static const HxMoney june = { 10000, -2000, 555, 8555, 4000, 0, 0, 0, 4555 };
  static const HxMoney january = { 10000, 0, 0, 10000, 0, 0, 0, 0, 10000 };
  static const struct
  {
    gint32 as_of;
    guint lines;
    gint64 planned, forecast;
    const HxMoney *money;
  } days[] = {
    { 20230629, 2, 6100, 7000, &june },
    { 20230531, 1, 3000, 7000, &june },
    { 20230530, 1, 3000, 0, &june },
    { 20230131, 1, 3000, 0, &january },
  };

  play_year (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GPtrArray) lines = lines_of (fixture, 2023, days[i].as_of);
      const HxBudgetLine *line = lines->pdata[0];

      assert_int_equal (lines->len, days[i].lines);
      assert_money (&line->money, days[i].money, line->number);
      assert_int_equal (line->planned, days[i].planned);
      assert_int_equal (line->forecast, days[i].forecast);
      assert_int_equal (line->has_forecast, days[i].forecast != 0);
    }
}

static void
a_day_before_the_year_has_no_lines_and_one_after_it_is_its_end (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) before = NULL, after = NULL, other = NULL;
  const HxBudgetLine *line;

  play_year (fixture);
  before = lines_of (fixture, 2023, 20221231);
  after = lines_of (fixture, 2023, 20240815);
  other = lines_of (fixture, 2022, 0);
  assert_int_equal (before->len, 0);
  line = after->pdata[0];
  assert_int_equal (line->money.executed, 3999);
  assert_int_equal (other->len, 1);
  line = other->pdata[0];
  assert_int_equal (line->money.open, 600);
}

static void
a_payment_before_the_line_was_granted_shows_the_line (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = {
    "put budget_line number=A since=2023-06-01 name=甲 source=general_public"
    " nature=project amount=100",
    "put payment voucher=1 date=2023-02-01 line=A amount=40",
    NULL,
  };
  g_autoptr (GPtrArray) january = NULL, march = NULL;
  const HxBudgetLine *line;

  play (fixture, rows);
  january = lines_of (fixture, 2023, 20230131);
  march = lines_of (fixture, 2023, 20230331);
  assert_int_equal (january->len, 0);
  assert_int_equal (march->len, 1);
  line = march->pdata[0];
  assert_int_equal (line->money.total, 0);
  assert_int_equal (line->money.open, -4000);
}

static void
amounts_that_do_not_fit_together_are_an_error (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;

  play_year (fixture);
  run_sql (fixture, "UPDATE reg_budget_line SET amount = 9223372036854775807");
  reader = hx_store_reader (fixture->store, NULL);
  assert_null (hx_budget_lines (hx_reader_connection (reader),
                                fixture->catalogue, 2023, (HxDate){ 0 },
                                &error));
  assert_int_equal (error->code, HX_ERROR_LIMIT);
}

static void
a_catalogue_without_money_says_so (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;

  fixture_install (fixture, bureau_catalogue (NULL));
  reader = hx_store_reader (fixture->store, NULL);
  assert_null (hx_budget_lines (hx_reader_connection (reader),
                                fixture->catalogue, 2023, (HxDate){ 0 },
                                &error));
  assert_int_equal (error->code, HX_ERROR_NOT_FOUND);
  assert_non_null (strstr (error->message, "budget.yaml"));
}

static void
random_ledgers_add_up_as_the_model_does_on_every_day (void **state)
{
  Fixture *fixture = *state;
  static const gint32 days[]
      = { 20230101, 20230228, 20230331, 20230615, 20231031, 20231231 };
  g_autoptr (Model) model = model_new ();

  model_write (model, fixture, 300);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GPtrArray) lines = lines_of (fixture, MODEL_YEAR, days[i]);

      for (guint k = 0; k < lines->len; k++)
        {
          const HxBudgetLine *line = lines->pdata[k];
          const guint number
              = (guint)g_ascii_strtoll (line->number + 1, NULL, 10);
          const HxMoney money = model_money (model, number, days[i]);

          assert_money (&line->money, &money, line->number);
          assert_int_equal (line->planned,
                            model_sum (model, number, ROW_PLAN, days[i]));
          assert_string_equal (line->source->code, model_source (number));
        }
      if (days[i] == 20231231)
        assert_int_equal (lines->len, MODEL_LINES);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (
        a_line_keeps_its_three_bases_apart_and_closes_at_zero, budget_setup,
        fixture_teardown),
    cmocka_unit_test_setup_teardown (what_is_dated_after_the_day_is_not_seen,
                                     budget_setup, fixture_teardown),
    cmocka_unit_test_setup_teardown (
        a_day_before_the_year_has_no_lines_and_one_after_it_is_its_end,
        budget_setup, fixture_teardown),
    cmocka_unit_test_setup_teardown (
        a_payment_before_the_line_was_granted_shows_the_line, budget_setup,
        fixture_teardown),
    cmocka_unit_test_setup_teardown (
        amounts_that_do_not_fit_together_are_an_error, budget_setup,
        fixture_teardown),
    cmocka_unit_test_setup_teardown (a_catalogue_without_money_says_so,
                                     fixture_setup, fixture_teardown),
    cmocka_unit_test_setup_teardown (
        random_ledgers_add_up_as_the_model_does_on_every_day, budget_setup_warn,
        fixture_teardown),
  };

  chance_begin ();
  return cmocka_run_group_tests_name ("budget lines", tests, NULL, NULL);
}
