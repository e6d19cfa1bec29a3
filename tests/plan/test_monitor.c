/* Monitoring: warnings at their edges, answers in time and too late, and random
 * bureaus beside a slow reference that counts everything by hand. */
#include "../measure/measure_test.h"
#include "plan/monitor.h"

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

typedef struct
{
  gint32 as_of, today;
  const char *rules;
} Ask;

static HxMonitor *
monitor_on (Fixture *fixture, Ask ask)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  const HxMonitorQuery query
      = { 2023, hx_date_from_number (ask.as_of),
          hx_date_from_number (ask.today != 0 ? ask.today : ask.as_of),
          hx_catalogue_monitor (fixture->catalogue, ask.rules) };
  HxMonitor *monitor;

  check (reader != NULL, error);
  monitor = hx_monitor_read (hx_reader_connection (reader), fixture->catalogue,
                             &query, &error);
  check (monitor != NULL, error);
  return monitor;
}

#define LINE(number, amount, rest)                                             \
  "put budget_line since=2023-01-05 source=general_public nature=project"      \
  " name=项目 number=" number " amount=" amount rest
#define TARGET(number, rest)                                                   \
  "put target year=2023 level=output aspect=quantity name=指标 number=" number \
  " " rest

static int
warnings_of (const HxMonitor *monitor, HxWarningKind kind)
{
  int count = 0;

  for (guint i = 0; i < monitor->warnings->len; i++)
    count += ((HxMonitorWarning *)monitor->warnings->pdata[i])->kind == kind;
  return count;
}

/* -------------------------------------------------------------------- lines */

static void
a_line_warns_below_its_warning_line_and_not_at_it (void **state)
{
  static const char *const lines[] = {
    LINE ("L1", "10000", ""),
    "put payment voucher=P1 date=2023-02-01 line=L1 amount=3999.99",
    "put payment voucher=P2 date=2023-07-15 line=L1 amount=0.01",
    NULL,
  };
  static const struct
  {
    gint32 day;
    const char *rules, *rate;
    gboolean has_line, warns;
  } cuts[] = {
    { 20230131, NULL, "0.00", FALSE, FALSE },
    { 20230429, NULL, "40.00", FALSE, FALSE },
    { 20230430, NULL, "40.00", TRUE, FALSE }, /* 25 */
    { 20230629, NULL, "40.00", TRUE, FALSE },
    { 20230630, NULL, "40.00", TRUE, TRUE }, /* 39.9999 is below 40 */
    { 20230714, NULL, "40.00", TRUE, TRUE },
    { 20230715, NULL, "40.00", TRUE, FALSE }, /* 40 is not */
    { 20230830, NULL, "40.00", TRUE, FALSE },
    { 20230831, NULL, "40.00", TRUE, TRUE },
    { 20231231, NULL, "40.00", TRUE, TRUE },
    { 20230130, "linear", "0.00", FALSE, FALSE },
    { 20230131, "linear", "0.00", TRUE, TRUE },
    { 20230430, "linear", "40.00", TRUE, FALSE }, /* 33.33 */
    { 20230530, "linear", "40.00", TRUE, FALSE },
    { 20230531, "序时进度", "40.00", TRUE, TRUE }, /* 41.67 */
  };

  play (*state, lines);
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (HxMonitor) monitor
          = monitor_on (*state, (Ask){ cuts[i].day, 0, cuts[i].rules });
      const HxMonitorLine *line = monitor->lines->pdata[0];
      g_autofree char *rate = hx_monitor_percent (line->rate.rate);

      if (monitor->has_line != cuts[i].has_line
          || line->rate.is_below != cuts[i].warns
          || monitor->whole.is_below != cuts[i].warns
          || warnings_of (monitor, HX_WARNING_LINE) != cuts[i].warns)
        fail_msg ("%d: line %d, warns %d", cuts[i].day, monitor->has_line,
                  line->rate.is_below);
      assert_string_equal (rate, cuts[i].rate);
    }
}

static void
june_at_39_99_warns_and_at_40_does_not (void **state)
{
  static const char *const lines[] = {
    LINE ("L1", "10000", ""),
    LINE ("L2", "10000", ""),
    "put payment voucher=P1 date=2023-02-01 line=L1 amount=3999",
    "put payment voucher=P2 date=2023-02-01 line=L2 amount=4000",
    NULL,
  };
  g_autoptr (HxMonitor) monitor = NULL;
  const HxMonitorWarning *warning;

  play (*state, lines);
  monitor = monitor_on (*state, (Ask){ 20230630, 0, NULL });
  assert_int_equal (monitor->warnings->len, 1);
  warning = monitor->warnings->pdata[0];
  assert_string_equal (warning->line->line->number, "L1");
  assert_string_equal (warning->text, "支出进度 39.99%，低于预警线 40.00%");
}

static void
what_is_granted_later_or_has_no_budget_is_not_measured (void **state)
{
  static const char *const lines[] = {
    LINE ("L1", "0", ""),
    "put budget_line since=2023-08-10 source=general_public nature=project"
    " name=后补 number=L2 amount=500",
    "put budget_adjustment number=A1 date=2023-03-01 line=L1 kind=carried_in"
    " amount=700 document=文",
    NULL,
  };
  g_autoptr (HxMonitor) monitor = NULL;
  const HxMonitorLine *line;

  play (*state, lines);
  monitor = monitor_on (*state, (Ask){ 20230731, 0, NULL });
  assert_int_equal (monitor->lines->len, 1);
  line = monitor->lines->pdata[0];
  assert_false (line->rate.has_rate); /* what was carried in is no base here */
  assert_int_equal (line->line->money.total, 70000);
  assert_int_equal (monitor->warnings->len, 0);
}

/* The sum is that of the budget, whenever a line was granted. */
static void
what_is_paid_before_the_grant_is_shown (void **state)
{
  static const char *const lines[] = {
    LINE ("L1", "1000", ""),
    "put budget_line since=2023-01-16 source=general_public nature=project"
    " name=晚下达 number=L2 amount=500",
    "put payment voucher=P1 date=2023-01-10 line=L2 amount=60",
    NULL,
  };
  static const struct
  {
    gint32 day;
    guint lines;
    gint64 executed, base;
  } cuts[] = { { 20230109, 1, 0, 100000 },
               { 20230110, 2, 6000, 100000 },
               { 20230116, 2, 6000, 150000 } };

  play (*state, lines);
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (HxMonitor) monitor
          = monitor_on (*state, (Ask){ cuts[i].day, 0, NULL });

      assert_int_equal (monitor->lines->len, cuts[i].lines);
      assert_int_equal (monitor->money.executed, cuts[i].executed);
      assert_int_equal (monitor->whole.base, cuts[i].base);
      if (i == 1)
        assert_false (
            ((HxMonitorLine *)monitor->lines->pdata[1])->rate.has_rate);
    }
}

/* ---------------------------------------------------------------------- gap */

static void
goals_and_money_part_by_more_than_ten_points (void **state)
{
  static const char *const lines[] = {
    "put plan_task number=R1 year=2023 name=任务 budget=youth owner=甲",
    LINE ("L1", "1000", " task=youth"),
    LINE ("L2", "1000", " task=education"),
    TARGET ("T1", "direction=at_least value=10 task=R1 weight=1"),
    TARGET ("T2", "direction=at_least value=10 task=R1 weight=3"),
    TARGET ("T3", "direction=at_most value=10 task=R1 weight=50"),
    "put target_result target=T1 date=2023-06-30 value=80 signer=甲",
    "put target_result target=T2 date=2023-06-30 value=4 signer=甲",
    "put target_result target=T3 date=2023-06-30 value=1 signer=甲",
    "put payment voucher=P1 date=2023-06-01 line=L1 amount=450",
    "put payment voucher=P2 date=2023-06-01 line=L2 amount=990",
    "put payment voucher=P3 date=2023-07-01 line=L1 amount=-0.01",
    NULL,
  };
  static const struct
  {
    gint32 day;
    gboolean warns;
  } cuts[] = { { 20230629, FALSE }, { 20230630, FALSE }, { 20230701, TRUE } };

  play (*state, lines);
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (HxMonitor) monitor
          = monitor_on (*state, (Ask){ cuts[i].day, 0, NULL });
      const HxMonitorLine *line = monitor->lines->pdata[0];

      /* (1·100 + 3·40) / 4 = 55 against 45: ten points and no more */
      assert_int_equal (line->rate.goals, i == 0 ? 0 : 5500);
      assert_int_equal (line->rate.targets, i == 0 ? 0 : 2);
      assert_int_equal (line->rate.is_apart, cuts[i].warns);
      assert_int_equal (warnings_of (monitor, HX_WARNING_GAP), cuts[i].warns);
      assert_int_equal (
          ((HxMonitorLine *)monitor->lines->pdata[1])->rate.targets, 0);
    }
}

/* ------------------------------------------------------------------ targets */

static void
a_target_warns_when_it_is_behind_the_months (void **state)
{
  static const char *const lines[] = {
    TARGET ("T1", "direction=at_least value=1000"),
    TARGET ("T2", "direction=at_least value=1000"),
    TARGET ("T3", "direction=at_most value=10"),
    TARGET ("T4", "direction=qualitative wording=落实"),
    TARGET ("T5", "direction=at_least value=10"),
    "put target_result target=T1 date=2023-01-02 value=400 signer=甲",
    "put target_result target=T2 date=2023-01-02 value=399 signer=甲",
    "put target_result target=T3 date=2023-01-02 value=10.5 signer=甲",
    "put target_result target=T4 date=2023-01-02 step=missed signer=甲",
    NULL,
  };
  g_autoptr (HxMonitor) may = NULL, june = NULL;
  static const gboolean behind[] = { FALSE, TRUE, TRUE, TRUE, FALSE };

  play (*state, lines);
  may = monitor_on (*state, (Ask){ 20230629, 0, NULL });
  june = monitor_on (*state, (Ask){ 20230630, 0, NULL });
  for (guint i = 0; i < june->targets->len; i++)
    assert_int_equal (((HxMonitorTarget *)june->targets->pdata[i])->is_behind,
                      behind[i]);
  assert_int_equal (warnings_of (june, HX_WARNING_TARGET), 3);
  assert_int_equal (warnings_of (may, HX_WARNING_TARGET), 2);
  assert_string_equal (((HxMonitorWarning *)june->warnings->pdata[1])->text,
                       "目标 ≤10，已达 10.5");
  assert_string_equal (((HxMonitorWarning *)june->warnings->pdata[0])->text,
                       "完成 39.90%，落后于序时进度 50.00%");
}

/* ------------------------------------------------------------------ answers */

static void
the_answer_of_the_day_counts_else_the_last_before_it (void **state)
{
  static const char *const lines[] = {
    TARGET ("T1", "direction=at_least value=10 measure_unit=次"),
    "put monitor_answer target=T1 date=2023-06-30 forecast=9 system=是"
    " reason=缓 likelihood=possible",
    "put monitor_answer target=T1 date=2023-07-31 forecast=10"
    " likelihood=certain note=好",
    NULL,
  };
  static const struct
  {
    gint32 day, answered;
    const char *forecast, *likelihood;
  } cuts[] = { { 20230629, 0, "", NULL },
               { 20230630, 20230630, "9 次", "possible" },
               { 20230730, 20230630, "9 次", "possible" },
               { 20230731, 20230731, "10 次", "certain" },
               { 20231231, 20230731, "10 次", "certain" } };

  play (*state, lines);
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (HxMonitor) monitor
          = monitor_on (*state, (Ask){ cuts[i].day, 0, NULL });
      const HxMonitorTarget *target = monitor->targets->pdata[0];
      g_autofree char *forecast = hx_monitor_forecast_text (target);

      assert_int_equal (hx_date_number (target->answered_on), cuts[i].answered);
      assert_string_equal (forecast, cuts[i].forecast);
      if (cuts[i].likelihood != NULL)
        assert_string_equal (target->likelihood->code, cuts[i].likelihood);
      assert_int_equal (target->causes[1], i == 1 || i == 2);
    }
}

static void
a_warning_is_answered_within_ten_working_days (void **state)
{
  static const char *const lines[] = {
    LINE ("L1", "1000", ""),
    LINE ("L2", "1000", ""),
    LINE ("L3", "1000", ""),
    "put monitor_reply number=Y1 date=2023-08-14 as_of=2023-07-31 line=L1"
    " decision=continue reason=缓 owner=甲 due=2023-12-01",
    "put monitor_reply number=Y2 date=2023-08-15 as_of=2023-07-31 line=L2"
    " decision=cancel reason=停 owner=甲 due=2023-12-01",
    "put monitor_reply number=Y3 date=2023-07-05 as_of=2023-06-30 line=L3"
    " decision=cancel reason=停 owner=甲 due=2023-12-01",
    NULL,
  };
  static const struct
  {
    gint32 today;
    gint32 replied[3];
    gboolean overdue[3], late[3];
  } days[] = {
    { 20230813, { 0, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 } },
    { 20230814, { 20230814, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 } },
    { 20230815, { 20230814, 20230815, 0 }, { 0, 0, 1 }, { 0, 1, 0 } },
  };

  play (*state, lines);
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (HxMonitor) monitor
          = monitor_on (*state, (Ask){ 20230731, days[i].today, NULL });

      assert_int_equal (monitor->warnings->len, 3);
      for (guint j = 0; j < 3; j++)
        {
          const HxMonitorWarning *warning = monitor->warnings->pdata[j];

          assert_int_equal (hx_date_number (warning->due), 20230814);
          assert_int_equal (hx_date_number (warning->replied_on),
                            days[i].replied[j]);
          assert_int_equal (warning->is_overdue, days[i].overdue[j]);
          assert_int_equal (warning->is_late, days[i].late[j]);
        }
    }
}

static void
what_the_form_leaves_open_is_named (void **state)
{
  static const char *const lines[] = {
    LINE ("L1", "1000", ""),
    LINE ("L2", "1000", ""),
    "put spending_forecast date=2023-07-20 line=L2 amount=900",
    TARGET ("T1", "direction=at_least value=10 indicator=nothing_such"),
    TARGET ("T2", "direction=at_least value=10"),
    TARGET ("T3", "direction=at_least value=10"),
    TARGET ("T4", "direction=at_least value=10"),
    "put target_result target=T3 date=2023-07-02 value=10 signer=甲",
    "put target_result target=T4 date=2023-07-02 value=10 signer=甲",
    "put monitor_answer target=T1 date=2023-07-31 likelihood=certain",
    "put monitor_answer target=T2 date=2023-07-31 likelihood=certain",
    "put monitor_answer target=T4 date=2023-07-31 likelihood=possible"
    " reason=缓",
    NULL,
  };
  static const HxHoleKind kinds[]
      = { HX_HOLE_FORECAST, HX_HOLE_FAULT, HX_HOLE_VALUE, HX_HOLE_ANSWER,
          HX_HOLE_CAUSE };
  g_autoptr (HxMonitor) monitor = NULL;

  play (*state, lines);
  monitor = monitor_on (*state, (Ask){ 20230731, 0, NULL });
  assert_int_equal (monitor->holes->len, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < monitor->holes->len; i++)
    assert_int_equal (((HxMonitorHole *)monitor->holes->pdata[i])->kind,
                      kinds[i]);
  assert_int_equal (monitor->forecast, 90000);
  assert_int_equal (monitor->forecasts, 1);
  assert_int_equal (hx_monitor_open (monitor),
                    monitor->holes->len + monitor->warnings->len);
}

static void
a_forecast_below_what_is_spent_is_to_be_made_anew (void **state)
{
  static const char *const lines[] = {
    LINE ("L1", "1000", ""),
    "put spending_forecast date=2023-07-20 line=L1 amount=900",
    "put payment voucher=P1 date=2023-08-01 line=L1 amount=900",
    "put payment voucher=P2 date=2023-08-02 line=L1 amount=0.01",
    "put spending_forecast date=2023-08-03 line=L1 amount=900.01",
    NULL,
  };
  static const struct
  {
    gint32 day;
    guint holes;
  } cuts[] = { { 20230719, 1 },
               { 20230720, 0 },
               { 20230801, 0 },
               { 20230802, 1 },
               { 20230803, 0 } };

  play (*state, lines);
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (HxMonitor) monitor
          = monitor_on (*state, (Ask){ cuts[i].day, 0, NULL });

      assert_int_equal (monitor->holes->len, cuts[i].holes);
      if (i == 3)
        assert_non_null (strstr (
            ((HxMonitorHole *)monitor->holes->pdata[0])->text, "少于已执行的"));
    }
}

static void
a_day_of_another_year_and_missing_rules_are_refused (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  const HxMonitorRules *rules = hx_catalogue_monitor (fixture->catalogue, NULL);
  const HxMonitorQuery queries[] = { { 2023, { 2024, 1, 1 }, { 0 }, rules },
                                     { 2023, { 2023, 6, 0 }, { 0 }, rules },
                                     { 2023, { 2023, 6, 30 }, { 0 }, NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_null (hx_monitor_read (hx_reader_connection (reader),
                                    fixture->catalogue, &queries[i], &error));
      assert_int_equal (error->code,
                        i == 2 ? HX_ERROR_NOT_FOUND : HX_ERROR_USAGE);
    }
}

int
main (void)
{
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    TEST (a_line_warns_below_its_warning_line_and_not_at_it),
    TEST (june_at_39_99_warns_and_at_40_does_not),
    TEST (what_is_granted_later_or_has_no_budget_is_not_measured),
    TEST (what_is_paid_before_the_grant_is_shown),
    TEST (goals_and_money_part_by_more_than_ten_points),
    TEST (a_target_warns_when_it_is_behind_the_months),
    TEST (the_answer_of_the_day_counts_else_the_last_before_it),
    TEST (a_warning_is_answered_within_ten_working_days),
    TEST (what_the_form_leaves_open_is_named),
    TEST (a_forecast_below_what_is_spent_is_to_be_made_anew),
    TEST (a_day_of_another_year_and_missing_rules_are_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
