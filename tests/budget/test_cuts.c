/* Every cut holds every line once; what the indicators say is what the lines
 * say; amounts in 万元 add up; months beside the year. */
#include "budget_test.h"

#include "../chance.h"

typedef struct
{
  HxReader *reader;
  HxConnection *connection;
} Reading;

static Reading
read_of (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  Reading reading = { hx_store_reader (fixture->store, &error), NULL };

  check (reading.reader != NULL, error);
  reading.connection = hx_reader_connection (reading.reader);
  return reading;
}

static GPtrArray *
cut_of (Fixture *fixture, HxCut cut, gint32 as_of)
{
  g_autoptr (GError) error = NULL;
  Reading reading = read_of (fixture);
  g_autoptr (GPtrArray) lines
      = hx_budget_lines (reading.connection, fixture->catalogue, MODEL_YEAR,
                         day_of (as_of), &error);
  GPtrArray *rows;

  check (lines != NULL, error);
  rows = hx_budget_cut (reading.connection, fixture->catalogue, lines, cut,
                        &error);
  check (rows != NULL, error);
  hx_reader_free (reading.reader);
  return rows;
}

/* The findings as "kind place amount", one a line. */
static char *
check_of (Fixture *fixture, gint32 as_of)
{
  g_autoptr (GError) error = NULL;
  Reading reading = read_of (fixture);
  g_autoptr (GPtrArray) findings
      = hx_budget_check (reading.connection, fixture->catalogue, MODEL_YEAR,
                         day_of (as_of), &error);
  g_autoptr (GString) text = g_string_new (NULL);

  check (findings != NULL, error);
  hx_reader_free (reading.reader);
  for (guint i = 0; i < findings->len; i++)
    {
      const HxBudgetFinding *one = findings->pdata[i];

      g_string_append_printf (text, "%s %s %" G_GINT64_FORMAT "\n",
                              hx_budget_finding_key (one->kind), one->place,
                              one->amount);
    }
  return g_strdup (text->str);
}

/* -------------------------------------------------------------------- cuts */

static char *
model_key (guint line, HxCut cut)
{
  switch (cut)
    {
    case HX_CUT_SOURCE:
      return g_strdup (model_source (line));
    case HX_CUT_NATURE:
      return g_strdup (model_nature (line));
    case HX_CUT_TASK:
      return g_strdup (model_task (line));
    case HX_CUT_UNIT:
      return g_strdup ("");
    case HX_CUT_FUNCTION:
      return g_strdup_printf ("201360%u", line % 3);
    case HX_CUT_ECONOMIC:
      return g_strdup_printf ("30%u", line % 4);
    case HX_CUT_SOURCE_NATURE:
      return g_strconcat (model_source (line), "/", model_nature (line), NULL);
    }
  return NULL;
}

static void
assert_row (const Model *model, const HxCutRow *row, HxCut cut, gint32 until)
{
  HxMoney sum = { 0 };
  guint lines = 0;

  for (guint line = 0; line < MODEL_LINES; line++)
    {
      g_autofree char *key = model_key (line, cut);
      const HxMoney money = model_money (model, line, until);

      if (!g_str_equal (key, row->key))
        continue;
      lines++;
      hx_money_add (&sum, &money);
    }
  if (lines != row->lines || memcmp (&sum, &row->money, sizeof sum) != 0)
    fail_msg ("cut %s, row “%s”: %u lines and open %" G_GINT64_FORMAT,
              hx_cut_key (cut), row->key, row->lines, row->money.open);
}

static void
every_cut_of_random_money_sums_to_the_same (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (Model) model = model_new ();
  HxMoney whole = { 0 };

  model_write (model, fixture, 200);
  for (guint line = 0; line < MODEL_LINES; line++)
    {
      const HxMoney money = model_money (model, line, 20231231);

      hx_money_add (&whole, &money);
    }
  for (guint i = 0; i < HX_CUTS; i++)
    {
      g_autoptr (GPtrArray) rows = cut_of (fixture, (HxCut)i, 0);
      HxMoney sum = { 0 };
      guint lines = 0;

      for (guint k = 0; k < rows->len; k++)
        {
          const HxCutRow *row = rows->pdata[k];

          assert_row (model, row, (HxCut)i, 20231231);
          hx_money_add (&sum, &row->money);
          lines += row->lines;
        }
      assert_int_equal (lines, MODEL_LINES);
      assert_memory_equal (&sum, &whole, sizeof sum);
    }
}

static void
the_indicators_say_what_the_lines_say_on_every_day (void **state)
{
  Fixture *fixture = *state;
  static const gint32 days[] = { 20230131, 20230430, 20230731, 20231231 };
  g_autoptr (Model) model = model_new ();

  model_write (model, fixture, 120);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *found = check_of (fixture, days[i]);

      assert_string_equal (found, "");
    }
}

static void
a_cell_that_is_one_fen_off_is_named_with_the_difference (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = {
    "put budget_line number=A since=2023-01-15 name=甲 source=general_public"
    " nature=project task=venue amount=100",
    "put payment voucher=1 date=2023-03-31 line=A amount=40",
    NULL,
  };
  g_autofree char *sound = NULL, *found = NULL;

  play (fixture, rows);
  sound = check_of (fixture, 0);
  assert_string_equal (sound, "");
  run_sql (fixture,
           "UPDATE cell SET amount = amount + 1 WHERE indicator = (SELECT id"
           " FROM indicator WHERE key = 'budget_executed')");
  found = check_of (fixture, 0);
  assert_string_equal (found, "figure 全年执行数 1\n");
}

static void
a_payment_of_the_year_on_a_line_of_another_is_a_difference (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = {
    "put budget_line number=A since=2022-01-15 name=甲 source=general_public"
    " nature=project task=venue amount=100",
    "put payment voucher=1 date=2023-03-31 line=A amount=40",
    NULL,
  };
  g_autofree char *found = NULL;

  play (fixture, rows);
  found = check_of (fixture, 0);
  assert_non_null (strstr (found, "figure 全年执行数 4000\n"));
}

static void
a_line_without_source_is_a_hole_in_the_cut (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = {
    "put budget_line number=A since=2023-01-15 name=甲 source=general_public"
    " nature=project amount=0.01",
    "put budget_line number=B since=2023-01-15 name=乙 source=gov_fund"
    " nature=project amount=5",
    NULL,
  };
  g_autofree char *found = NULL;

  play (fixture, rows);
  run_sql (fixture,
           "UPDATE reg_budget_line SET source = 'gone' WHERE number = 'A'");
  found = check_of (fixture, 0);
  assert_string_equal (found, "cut 资金来源 1\ncut 资金来源 1\n"
                              "cut 资金来源与支出性质 1\n"
                              "cut 资金来源与支出性质 1\n");
}

static void
transfers_of_one_document_take_what_they_give (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = {
    "put budget_line number=A since=2023-01-15 name=甲 source=general_public"
    " nature=project amount=100",
    "put budget_line number=B since=2023-01-15 name=乙 source=general_public"
    " nature=office amount=100",
    "put budget_adjustment number=1 date=2023-03-01 line=A kind=transfer"
    " amount=-30 document=一号",
    "put budget_adjustment number=2 date=2023-03-05 line=B kind=transfer"
    " amount=30 document=一号",
    "put budget_adjustment number=3 date=2023-03-01 line=A kind=transfer"
    " amount=-20 document=二号",
    "put budget_adjustment number=4 date=2023-03-01 line=B kind=transfer"
    " amount=20.01 document=二号",
    "put budget_adjustment number=5 date=2023-03-01 line=B kind=increase"
    " amount=7 document=三号",
    NULL,
  };
  static const char *const mended[] = {
    "put budget_adjustment number=4 date=2023-03-01 line=B kind=transfer"
    " amount=20 document=二号",
    NULL,
  };
  g_autofree char *between = NULL, *found = NULL, *sound = NULL;

  play (fixture, rows);
  between = check_of (fixture, 20230304);
  found = check_of (fixture, 0);
  assert_string_equal (between, "transfer 批复文号 一号 -3000\n"
                                "transfer 批复文号 二号 1\n");
  assert_string_equal (found, "transfer 批复文号 二号 1\n");
  play (fixture, mended);
  sound = check_of (fixture, 0);
  assert_string_equal (sound, "");
}

static void
sources_without_money_are_shown_and_tasks_without_are_not (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = {
    "put unit code=1 name=一科 kind=科室",
    "put unit code=2 name=二科 kind=科室",
    "put budget_line number=A since=2023-01-15 name=甲 source=gov_fund"
    " nature=project task=venue amount=1 section=二科",
    "put budget_line number=B since=2023-01-15 name=乙 source=gov_fund"
    " nature=project amount=1",
    "put budget_line number=C since=2023-01-15 name=丙 source=gov_fund"
    " nature=office amount=1 section=一科",
    NULL,
  };
  g_autoptr (GPtrArray) sources = NULL, tasks = NULL, units = NULL,
                        pairs = NULL;

  play (fixture, rows);
  sources = cut_of (fixture, HX_CUT_SOURCE, 0);
  tasks = cut_of (fixture, HX_CUT_TASK, 0);
  units = cut_of (fixture, HX_CUT_UNIT, 0);
  pairs = cut_of (fixture, HX_CUT_SOURCE_NATURE, 0);
  assert_int_equal (sources->len, 4);
  assert_int_equal (((HxCutRow *)sources->pdata[2])->money.total, 0);
  assert_int_equal (tasks->len, 2);
  assert_string_equal (((HxCutRow *)tasks->pdata[0])->name, "活动阵地");
  assert_string_equal (((HxCutRow *)tasks->pdata[1])->name, "未填");
  assert_int_equal (units->len, 3);
  assert_string_equal (((HxCutRow *)units->pdata[0])->name, "一科");
  assert_string_equal (((HxCutRow *)units->pdata[2])->key, "");
  assert_int_equal (pairs->len, 2);
  assert_string_equal (((HxCutRow *)pairs->pdata[0])->name,
                       "政府性基金／公用经费");
  assert_int_equal (((HxCutRow *)pairs->pdata[1])->lines, 2);
}

static void
a_cut_is_found_by_its_key (void **state)
{
  HxCut cut = HX_CUT_UNIT;

  (void)state;
  for (guint i = 0; i < HX_CUTS; i++)
    {
      assert_true (hx_cut_parse (hx_cut_key ((HxCut)i), &cut));
      assert_int_equal (cut, i);
    }
  assert_false (hx_cut_parse ("colour", &cut));
}

/* -------------------------------------------------------------------- 万元 */

static void
amounts_in_wan_yuan_add_up_to_their_total (void **state)
{
  static const struct
  {
    gint64 fen[3], total, out[3];
  } cases[] = {
    { { 10000, 20000, 30000 }, 6, { 1, 2, 3 } },
    /* thirds: the last cent goes to the largest rest, the first of equals */
    { { 3333, 3333, 3334 }, 1, { 0, 0, 1 } },
    { { 5000, 5000, 0 }, 1, { 1, 0, 0 } },
    { { 6666, 6667, 6667 }, 2, { 0, 1, 1 } },
    { { -5000, 5000, 0 }, 0, { 0, 0, 0 } },
    { { -3, 0, 3 }, 0, { 0, 0, 0 } },
    { { 0, 0, 0 }, 0, { 0, 0, 0 } },
    { { 148655000, 0, 0 }, 14866, { 14866, 0, 0 } },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 out[3];

      hx_money_spread (cases[i].fen, 3, cases[i].total, out);
      for (guint k = 0; k < 3; k++)
        if (out[k] != cases[i].out[k])
          fail_msg ("case %u, part %u: %d", i, k, (int)out[k]);
    }
  assert_int_equal (hx_money_hundredths (5000), 1);
  assert_int_equal (hx_money_hundredths (4999), 0);
  assert_int_equal (hx_money_hundredths (-5000), -1);
}

static void
random_parts_add_up_and_none_moves_by_a_whole_unit (void **state)
{
  gint64 fen[20], out[20];

  (void)state;
  for (guint round = 0; round < 2000; round++)
    {
      const guint n = (guint)g_random_int_range (1, 20);
      gint64 sum = 0, shown = 0, total;

      for (guint i = 0; i < n; i++)
        {
          fen[i] = g_random_int_range (-90000000, 90000000);
          if (g_random_int_range (0, 3) == 0)
            fen[i] -= fen[i] % 10000;
          sum += fen[i];
        }
      total = hx_money_hundredths (sum);
      hx_money_spread (fen, n, total, out);
      for (guint i = 0; i < n; i++)
        {
          shown += out[i];
          assert_true (ABS (fen[i] - out[i] * 10000) < 10000);
          if (fen[i] % 10000 == 0)
            assert_int_equal (out[i] * 10000, fen[i]);
        }
      assert_int_equal (shown, total);
    }
}

/* ------------------------------------------------------------------ months */

static GArray *
months_of (Fixture *fixture, gint32 as_of)
{
  g_autoptr (GError) error = NULL;
  Reading reading = read_of (fixture);
  GArray *months = hx_budget_months (reading.connection, fixture->catalogue,
                                     MODEL_YEAR, day_of (as_of), &error);

  check (months != NULL, error);
  hx_reader_free (reading.reader);
  return months;
}

static gint64
model_month (const Model *model, ModelRowKind kind, int month, gint32 until)
{
  const gint32 before = MODEL_YEAR * 10000 + month * 100;
  gint64 sum = 0;

  for (guint line = 0; line < MODEL_LINES; line++)
    sum += model_sum (model, line, kind, MIN (until, before + 31))
           - model_sum (model, line, kind, MIN (until, before));
  return sum;
}

static void
months_of_random_money_are_what_was_paid_in_them (void **state)
{
  Fixture *fixture = *state;
  static const gint32 days[] = { 20230731, 20230315, 20231231 };
  g_autoptr (Model) model = model_new ();

  model_write (model, fixture, 150);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GArray) months = months_of (fixture, days[i]);
      gint64 paid = 0, planned = 0;

      assert_int_equal (months->len, days[i] / 100 % 100);
      for (guint k = 0; k < months->len; k++)
        {
          const HxBudgetMonth *month
              = &g_array_index (months, HxBudgetMonth, k);

          assert_int_equal (month->executed, model_month (model, ROW_EXECUTED,
                                                          (int)k + 1, days[i]));
          assert_int_equal (month->planned,
                            model_month (model, ROW_PLAN, (int)k + 1, days[i]));
          paid += month->executed;
          planned += month->planned;
          assert_int_equal (month->executed_so_far, paid);
          assert_int_equal (month->planned_so_far, planned);
        }
    }
}

static void
the_rate_of_a_month_stands_beside_the_year_that_is_gone (void **state)
{
  Fixture *fixture = *state;
  static const char *const rows[] = {
    "put budget_line number=A since=2023-01-15 name=甲 source=general_public"
    " nature=project amount=300",
    "put payment voucher=1 date=2023-02-10 line=A amount=100",
    "put payment voucher=2 date=2023-03-10 line=A amount=-0.01",
    NULL,
  };
  static const gint64 linear[] = { 833, 1667, 2097 };
  static const gint64 rate[] = { 0, 3333, 3333 };
  g_autoptr (GArray) months = NULL, none = NULL, empty = NULL;

  empty = months_of (fixture, 20230331);
  assert_int_equal (g_array_index (empty, HxBudgetMonth, 2).rate, 0);
  play (fixture, rows);
  months = months_of (fixture, 20230316);
  assert_int_equal (months->len, 3);
  for (guint i = 0; i < 3; i++)
    {
      const HxBudgetMonth *month = &g_array_index (months, HxBudgetMonth, i);

      assert_int_equal (month->rate, rate[i]);
      assert_int_equal (month->linear, linear[i]);
    }
  none = months_of (fixture, 20221231);
  assert_int_equal (none->len, 0);
}

int
main (void)
{
#define TEST(name, setup)                                                      \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    TEST (every_cut_of_random_money_sums_to_the_same, budget_setup_warn),
    TEST (the_indicators_say_what_the_lines_say_on_every_day,
          budget_setup_warn),
    TEST (a_cell_that_is_one_fen_off_is_named_with_the_difference,
          budget_setup),
    TEST (a_payment_of_the_year_on_a_line_of_another_is_a_difference,
          budget_setup),
    TEST (a_line_without_source_is_a_hole_in_the_cut, budget_setup),
    TEST (transfers_of_one_document_take_what_they_give, budget_setup),
    TEST (sources_without_money_are_shown_and_tasks_without_are_not,
          budget_setup),
    cmocka_unit_test (a_cut_is_found_by_its_key),
    cmocka_unit_test (amounts_in_wan_yuan_add_up_to_their_total),
    cmocka_unit_test (random_parts_add_up_and_none_moves_by_a_whole_unit),
    TEST (months_of_random_money_are_what_was_paid_in_them, budget_setup_warn),
    TEST (the_rate_of_a_month_stands_beside_the_year_that_is_gone,
          budget_setup),
  };

  chance_begin ();
  return cmocka_run_group_tests_name ("budget cuts", tests, NULL, NULL);
}
