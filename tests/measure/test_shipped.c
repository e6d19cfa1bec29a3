/* The catalogue of the tree: it installs, and its figures follow a few rows of
 * each kind of rule. */
#include "measure_test.h"

static const HxPeriod year = { .year = 2023 };

static const char *const rows[] = {
  "put unit code=Q name=区 kind=district",
  "put unit code=J name=金花街 kind=street parent=Q",
  "put cadre number=1 name=甲 id_number=999999193301010010 street=金花街"
  " politics=01 category=retired",
  "put cadre number=2 name=乙 id_number=99999919400101003X street=金花街"
  " politics=13 category=retired",
  "put teaching_point code=F1 name=金花分教点 kind=street unit=J",
  "put teaching_point code=F2 name=中心分教点 kind=centre unit=Q",
  "put class_session number=K1 since=2023-03-01 point=F1 kind=party_lecture"
  " head=1 head_count=30",
  "put class_attendance cadre=1 session=K1 date=2023-03-01",
  "put class_attendance cadre=2 session=K1 date=2023-12-01",
  "put budget_line number=Y1 since=2023-01-01 name=走访 source=general_public"
  " nature=project amount=200000",
  "put budget_adjustment number=T1 date=2023-06-01 line=Y1 kind=decrease"
  " amount=-50000",
  "put payment voucher=Z1 date=2023-05-01 line=Y1 amount=100000.5",
  "put visit cadre=1 date=2023-02-03 occasion=birthday",
  "put visit cadre=1 date=2023-09-09 occasion=birthday",
  "put retirement_ceremony number=R1 since=2023-07-01 title=荣退 talk=是",
  "put ceremony_retiree cadre=2 ceremony=R1 date=2023-07-01",
  NULL,
};

static const struct
{
  const char *key, *text;
} figures[] = {
  { "visits", "2" },
  { "birthday_greetings", "1" },
  { "budget_initial", "20.00" },
  { "budget_adjusted", "-5.00" },
  { "budget_total", "15.00" },
  { "budget_executed", "10.00" },
  { "budget_execution_rate", "66.67" },
  { "executed_general_public", "10.00" },
  { "executed_gov_fund", "0.00" },
  { "executed_project", "10.00" },
  { "campuses", "2" },
  { "campuses_street", "1" },
  { "coverage_site", "50.00" },
  { "coverage_lecture", "50.00" },
  { "coverage_members", "100.00" },
  { "full_coverages", "1" },
  { "campus_heads_lecturing", "1" },
  { "campus_attendances_named", "1" },
  { "campus_attendances", "31" },
  { "ceremony_retirees", "1" },
};

static void
install_shipped (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  HxCatalogue *catalogue = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);

  check (catalogue != NULL, error);
  assert_true (fixture_install (fixture, catalogue) > 50);
}

static void
its_figures_follow_a_few_rows (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *text = NULL;

  install_shipped (fixture);
  play (fixture, rows);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    assert_figure (fixture, figures[i].key, &year, figures[i].text);
  assert_traced (fixture, &year);
  text = findings (fixture);
  assert_string_equal (text, "");
}

static void
a_line_of_another_source_takes_its_payments_along (void **state)
{
  static const char *const change[] = {
    "put budget_line number=Y1 since=2023-01-01 name=走访 source=gov_fund"
    " nature=project amount=200000",
    NULL,
  };
  Fixture *fixture = *state;
  g_autofree char *text = NULL;

  install_shipped (fixture);
  play (fixture, rows);
  play (fixture, change);
  assert_figure (fixture, "executed_general_public", &year, "0.00");
  assert_figure (fixture, "executed_gov_fund", &year, "10.00");
  assert_figure (fixture, "executed_project", &year, "10.00");
  text = findings (fixture);
  assert_string_equal (text, "");
}

static void
an_empty_year_has_all_its_figures (void **state)
{
  Fixture *fixture = *state;
  const GPtrArray *indicators;

  install_shipped (fixture);
  assert_traced (fixture, &year);
  indicators = hx_catalogue_indicators (fixture->catalogue);
  for (guint i = 0; i < indicators->len; i++)
    {
      const HxIndicator *one = indicators->pdata[i];
      g_autofree char *text = figure (fixture, one->key, &year);
      gboolean has_value = one->measure != HX_MEASURE_RATIO
                           && one->measure != HX_MEASURE_COVERAGE;

      assert_int_equal (*text != '\0', has_value);
    }
}

int
main (void)
{
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, fixture_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    TEST (its_figures_follow_a_few_rows),
    TEST (a_line_of_another_source_takes_its_payments_along),
    TEST (an_empty_year_has_all_its_figures),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
