/* Does the year close: single holes, contracts, and random ledgers against a
 * model that adds up row by row. */
#include "budget_test.h"

#include "../chance.h"

#define LINE                                                                   \
  "put budget_line number=A since=2023-01-15 name=甲 source=general_public"   \
  " nature=project task=venue amount=100"

typedef GPtrArray *(*FindFunc) (HxConnection *connection,
                                HxCatalogue *catalogue, GError **error);

static GPtrArray *
find_closing (HxConnection *connection, HxCatalogue *catalogue, GError **error)
{
  return hx_budget_closing (connection, catalogue, MODEL_YEAR, error);
}

static GPtrArray *
find_contracts (HxConnection *connection, HxCatalogue *catalogue,
                GError **error)
{
  return hx_budget_contract_findings (connection, catalogue, MODEL_YEAR,
                                      (HxDate){ 0 }, error);
}

static GPtrArray *
find (Fixture *fixture, FindFunc function)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  GPtrArray *findings;

  check (reader != NULL, error);
  findings
      = function (hx_reader_connection (reader), fixture->catalogue, &error);
  check (findings != NULL, error);
  return findings;
}

/* "open A 1" one a line. */
static char *
text_of (GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const HxBudgetFinding *one = findings->pdata[i];

      g_string_append_printf (text, "%s %s %" G_GINT64_FORMAT "\n",
                              hx_budget_finding_key (one->kind),
                              one->line != NULL ? one->line : "-", one->amount);
      assert_non_null (one->text);
      assert_non_null (one->advice);
      assert_non_null (one->place);
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *rows[8];
  const char *found;
} years[] = {
  /* all of it paid */
  { { LINE, "put payment voucher=1 date=2023-02-01 line=A amount=100", NULL },
    "" },
  /* a hole of one 分, either way */
  { { LINE, "put payment voucher=1 date=2023-02-01 line=A amount=99.99", NULL },
    "open A 1\n" },
  { { LINE, "put payment voucher=1 date=2023-02-01 line=A amount=100.01",
      NULL },
    "overspent A 1\n" },
  { { LINE, "put payment voucher=1 date=2023-02-01 line=A amount=60",
      "put carry_over date=2023-12-31 line=A cause=late amount=40.01", NULL },
    "over A 1\n" },
  /* both together are what it is over by */
  { { LINE, "put payment voucher=1 date=2023-02-01 line=A amount=101",
      "put carry_over date=2023-12-31 line=A cause=late amount=2", NULL },
    "over A 200\noverspent A 100\n" },
  /* each of the ways that a remainder may go */
  { { LINE, "put payment voucher=1 date=2023-02-01 line=A amount=60",
      "put carry_over date=2023-12-31 line=A cause=late amount=10",
      "put unspent_reason date=2023-12-31 line=A cause=saved reason=省"
      " amount=20",
      "put unspent_reason date=2023-12-31 line=A cause=late reason=迟"
      " disposal=lapsed amount=10",
      NULL },
    "" },
  { { LINE, "put carry_over date=2023-12-31 line=A amount=100", NULL },
    "no_cause A 10000\n" },
  { { LINE, "put payment voucher=1 date=2023-02-01 line=A amount=101",
      "put carry_over date=2023-12-31 line=A cause=late amount=-1", NULL },
    "overspent A 100\nnegative A -100\n" },
  /* refunds, carried in, adjustments with and without a number */
  { { LINE,
      "put budget_adjustment number=1 date=2023-03-01 line=A kind=carried_in"
      " amount=5 document=一",
      "put budget_adjustment number=2 date=2023-03-01 line=A kind=decrease"
      " amount=-25",
      "put payment voucher=1 date=2023-02-01 line=A amount=81",
      "put payment voucher=2 date=2023-02-01 line=A amount=-1", NULL },
    "no_document A -2500\n" },
  /* of another year, both ways */
  { { LINE, "put payment voucher=1 date=2023-02-01 line=A amount=100",
      "put payment voucher=2 date=2024-01-02 line=A amount=3", NULL },
    "stray A 300\n" },
  { { "put budget_line number=B since=2022-01-15 name=乙 source=other"
      " nature=office amount=9",
      "put payment voucher=2 date=2023-01-02 line=B amount=3", NULL },
    "stray B 300\n" },
  /* a line of nothing closes */
  { { "put budget_line number=B since=2023-01-15 name=乙 source=other"
      " nature=office amount=0",
      NULL },
    "" },
};

static void
each_hole_is_named_by_line_and_amount (void **state)
{
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr (GPtrArray) findings = NULL;
      g_autofree char *text = NULL;

      run_sql (fixture, "DELETE FROM reg_budget_line");
      run_sql (fixture, "DELETE FROM rec_payment");
      run_sql (fixture, "DELETE FROM rec_carry_over");
      run_sql (fixture, "DELETE FROM rec_unspent_reason");
      run_sql (fixture, "DELETE FROM rec_budget_adjustment");
      play (fixture, years[i].rows);
      findings = find (fixture, find_closing);
      text = text_of (findings);
      if (!g_str_equal (text, years[i].found))
        fail_msg ("year %u: %s", i, text);
    }
}

static void
an_unspent_sum_without_disposal_goes_nowhere (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = {
    LINE,
    "put unspent_reason date=2023-12-31 line=A cause=saved reason=省"
    " amount=100",
    NULL,
  };
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *text = NULL;

  play (fixture, rows);
  run_sql (fixture, "UPDATE rec_unspent_reason SET disposal = NULL");
  findings = find (fixture, find_closing);
  text = text_of (findings);
  assert_string_equal (text, "open A 10000\nno_disposal A 10000\n");
}

static void
a_finding_says_the_amount_in_yuan_and_what_to_do (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = { LINE, NULL };
  g_autoptr (GPtrArray) findings = NULL;
  const HxBudgetFinding *one;

  play (fixture, rows);
  findings = find (fixture, find_closing);
  assert_int_equal (findings->len, 1);
  one = findings->pdata[0];
  assert_string_equal (one->place, "A 甲");
  assert_string_equal (one->text, "还有 100.00 元 没有去向");
  assert_non_null (strstr (one->advice, "结转结余"));
  assert_int_not_equal (one->line_id, 0);
}

/* ------------------------------------------------------------ random years */

static gint64
amount_of (GPtrArray *findings, HxBudgetFindingKind kind, const char *line)
{
  gint64 sum = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      const HxBudgetFinding *one = findings->pdata[i];

      if (one->kind == kind && g_strcmp0 (one->line, line) == 0)
        sum += one->amount;
    }
  return sum;
}

static void
assert_line_closes_as (GPtrArray *findings, const Model *model, guint line)
{
  const HxMoney money = model_money (model, line, 20231231);
  const gint64 overspent = MAX (0, money.executed - money.total);
  g_autofree char *number = model_number (line);

  assert_int_equal (amount_of (findings, HX_BUDGET_OPEN, number),
                    MAX (0, money.open));
  assert_int_equal (amount_of (findings, HX_BUDGET_OVERSPENT, number),
                    overspent);
  assert_int_equal (amount_of (findings, HX_BUDGET_OVER, number),
                    MAX (0, -money.open) - overspent);
}

static void
random_years_close_exactly_where_the_model_does (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (Model) model = model_new ();
  g_autoptr (GPtrArray) findings = NULL, after = NULL;
  g_autofree char *text = NULL;

  model_write (model, fixture, 200);
  findings = find (fixture, find_closing);
  for (guint line = 0; line < MODEL_LINES; line++)
    assert_line_closes_as (findings, model, line);
  /* what is open is paid, what is over is granted: then it closes */
  for (guint line = 0; line < MODEL_LINES; line++)
    {
      const gint64 open = model_money (model, line, 20231231).open;

      if (open != 0)
        model_row (model, fixture,
                   (ModelRow){ open > 0 ? ROW_EXECUTED : ROW_ADJUSTED, line,
                               20231231, ABS (open), FALSE });
    }
  after = find (fixture, find_closing);
  text = text_of (after);
  assert_string_equal (text, "");
}

/* --------------------------------------------------------------- contracts */

#define CONTRACT(planned, amount, rest)                                           \
  "put contract number=H1 line=A name=装修 supplier=某公司 since=2023-03-01" \
  " planned=" planned " amount=" amount rest
#define ACCEPTED(date, amount, rest)                                           \
  "put acceptance date=" date " contract=H1 amount=" amount rest
#define PAID(voucher, amount)                                                  \
  "put payment voucher=" voucher " date=2023-06-01 line=A contract=H1"         \
  " amount=" amount

static const struct
{
  const char *rows[8];
  const char *found;
  gint64 accepted, paid;
} contracts[] = {
  { { LINE, CONTRACT ("80", "80", ""), NULL }, "", 0, 0 },
  { { LINE, CONTRACT ("80", "75", ""), NULL }, "contracted A -500\n", 0, 0 },
  { { LINE, CONTRACT ("80", "75", " cause=bidding"), NULL }, "", 0, 0 },
  /* stages sum up, the final settlement is the whole */
  { { LINE, CONTRACT ("80", "80", ""),
      ACCEPTED ("2023-04-01", "30", " final=否"),
      ACCEPTED ("2023-05-01", "20", " final=否"), NULL },
    "",
    5000,
    0 },
  { { LINE, CONTRACT ("80", "80", ""),
      ACCEPTED ("2023-04-01", "30", " final=否"),
      ACCEPTED ("2023-05-01", "70", " cause=cut"), PAID ("1", "70"), NULL },
    "",
    7000,
    7000 },
  { { LINE, CONTRACT ("80", "80", ""), ACCEPTED ("2023-05-01", "70", ""),
      PAID ("1", "70"), NULL },
    "accepted A -1000\n",
    7000,
    7000 },
  { { LINE, CONTRACT ("80", "80", ""), PAID ("1", "80.01"), NULL },
    "overpaid A 1\n",
    0,
    8001 },
  { { LINE, CONTRACT ("80", "80", ""),
      ACCEPTED ("2023-05-01", "70", " cause=cut"), PAID ("1", "70.01"), NULL },
    "overpaid A 1\n",
    7000,
    7001 },
  /* what is not paid is explained by the remainder of the line, or is not */
  { { LINE, CONTRACT ("80", "80", ""),
      ACCEPTED ("2023-05-01", "70", " cause=cut"), PAID ("1", "60"), NULL },
    "unpaid A 1000\n",
    7000,
    6000 },
  { { LINE, CONTRACT ("80", "80", ""),
      ACCEPTED ("2023-05-01", "70", " cause=cut"), PAID ("1", "60"),
      "put carry_over date=2023-12-31 line=A cause=late amount=40", NULL },
    "",
    7000,
    6000 },
};

static void
each_difference_of_a_contract_needs_its_cause (void **state)
{
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (contracts); i++)
    {
      g_autoptr (GPtrArray) findings = NULL, read = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (HxReader) reader = NULL;
      g_autofree char *text = NULL;
      const HxBudgetContract *one;

      run_sql (fixture, "DELETE FROM rec_payment");
      run_sql (fixture, "DELETE FROM rec_acceptance");
      run_sql (fixture, "DELETE FROM reg_contract");
      run_sql (fixture, "DELETE FROM rec_carry_over");
      run_sql (fixture, "DELETE FROM reg_budget_line");
      play (fixture, contracts[i].rows);
      findings = find (fixture, find_contracts);
      text = text_of (findings);
      if (!g_str_equal (text, contracts[i].found))
        fail_msg ("contract %u: %s", i, text);
      reader = hx_store_reader (fixture->store, NULL);
      read = hx_budget_contracts (hx_reader_connection (reader),
                                  fixture->catalogue, MODEL_YEAR, (HxDate){ 0 },
                                  &error);
      check (read != NULL, error);
      one = read->pdata[0];
      assert_int_equal (one->accepted, contracts[i].accepted);
      assert_int_equal (one->paid, contracts[i].paid);
      assert_int_equal (one->paid_in_year, contracts[i].paid);
      assert_string_equal (one->line, "A");
    }
}

static void
a_contract_of_an_earlier_year_shows_where_it_was_paid_for (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = {
    LINE,
    "put budget_line number=Z since=2022-01-15 name=旧 source=other"
    " nature=office amount=100",
    "put contract number=H9 line=Z name=旧合同 supplier=某 since=2022-03-01"
    " planned=50 amount=50",
    "put contract number=H8 line=Z name=别的 supplier=某 since=2022-03-01"
    " planned=50 amount=50",
    "put payment voucher=1 date=2022-06-01 line=Z contract=H9 amount=20",
    "put payment voucher=2 date=2023-06-01 line=A contract=H9 amount=30",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GPtrArray) read = NULL, before = NULL;
  const HxBudgetContract *one;

  play (fixture, rows);
  reader = hx_store_reader (fixture->store, NULL);
  read = hx_budget_contracts (hx_reader_connection (reader), fixture->catalogue,
                              2023, (HxDate){ 0 }, &error);
  check (read != NULL, error);
  assert_int_equal (read->len, 1);
  one = read->pdata[0];
  assert_string_equal (one->number, "H9");
  assert_null (one->line);
  assert_int_equal (one->paid, 5000);
  assert_int_equal (one->paid_in_year, 3000);
  before
      = hx_budget_contracts (hx_reader_connection (reader), fixture->catalogue,
                             2023, day_of (20230531), &error);
  assert_int_equal (before->len, 0);
}

int
main (void)
{
#define TEST(name, setup)                                                      \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    TEST (each_hole_is_named_by_line_and_amount, budget_setup_warn),
    TEST (an_unspent_sum_without_disposal_goes_nowhere, budget_setup),
    TEST (a_finding_says_the_amount_in_yuan_and_what_to_do, budget_setup),
    TEST (random_years_close_exactly_where_the_model_does, budget_setup_warn),
    TEST (each_difference_of_a_contract_needs_its_cause, budget_setup_warn),
    TEST (a_contract_of_an_earlier_year_shows_where_it_was_paid_for,
          budget_setup),
  };

  chance_begin ();
  return cmocka_run_group_tests_name ("budget closing", tests, NULL, NULL);
}
