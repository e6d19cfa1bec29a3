/* Figures of a few rows that can be counted by eye. */
#include "measure_test.h"

static const HxPeriod year = { .year = 2023 };

static const char *const sample[] = {
  "put unit name=区",
  "put unit name=东街 parent=区",
  "put unit name=西街 parent=区",
  "put person title=甲 home=东街 grade=3 member=是 joined=1958-07-01",
  "put person title=乙 home=西街 grade=1 member=否 since=2023-05-01",
  "put person title=丙 home=西街 grade=2 until=2023-06-30",
  "put visit person=甲 date=2023-03-05 gift=20.5 hours=1.5 place=家中",
  "put visit person=甲 date=2023-08-16 gift=1 hours=2",
  "put visit person=乙 date=2023-08-15 hours=1",
  "put visit person=丙 date=2022-12-31 gift=7",
  "put visit person=丙 date=2023-04",
  "put lesson title=一 home=东街 since=2023-02-01 crowd=甲、乙",
  "put lesson title=二 home=东街 since=2023-09-01 crowd=30",
  "put lesson title=三 home=东街",
  NULL,
};

enum
{
  EAST = 2,
  WEST = 3
};

static const struct
{
  const char *key;
  HxPeriod period;
  const char *text;
} cases[] = {
  { "visits", { .year = 2023 }, "4" },
  { "visits", { .year = 2022 }, "1" },
  { "visits", { .year = 2021 }, "0" },
  { "visits", { .year = 2023, .unit_id = EAST }, "2" },
  { "visits", { .year = 2023, .unit_id = WEST }, "2" },
  { "visits", { .year = 2023, .unit_id = 1 }, "4" },
  { "visits", { .year = 2023, .unit_id = 77 }, "0" },
  { "visits", { .year = 2023, .month = 8 }, "2" },
  { "visits", { .year = 2023, .month = 8, .unit_id = WEST }, "1" },
  { "visits", { .year = 2023, .month = 4 }, "1" },
  { "visits", { .year = 2023, .as_of = { 2023, 3, 31 } }, "1" },
  { "visits", { .year = 2023, .as_of = { 2023, 4, 1 } }, "2" },
  { "visits", { .year = 2023, .as_of = { 2023, 8, 0 } }, "4" },
  { "visits", { .year = 2023, .as_of = { 2022, 6, 1 } }, "0" },
  { "visits", { .year = 2022, .as_of = { 2023, 6, 1 } }, "1" },
  { "by_august", { .year = 2023 }, "3" },
  { "by_august", { .year = 2023, .month = 8 }, "1" },
  { "by_august", { .year = 2023, .month = 9 }, "0" },
  { "gifts", { .year = 2023 }, "21.50" },
  { "gifts", { .year = 2023, .unit_id = WEST }, "0.00" },
  { "hours", { .year = 2023 }, "4.5" },
  { "mean", { .year = 2023 }, "1.13" },
  { "mean", { .year = 2021 }, "" },
  { "heads", { .year = 2023 }, "32" },
  { "visited", { .year = 2023 }, "3" },
  { "visited", { .year = 2023, .month = 8 }, "2" },
  { "visited", { .year = 2023, .month = 8, .as_of = { 2023, 8, 15 } }, "1" },
  { "visited", { .year = 2023, .as_of = { 2023, 8, 15 } }, "3" },
  { "visited", { .year = 2023, .as_of = { 2023, 4, 30 } }, "2" },
  { "listeners", { .year = 2023 }, "2" },
  { "high", { .year = 2023 }, "3" },
  { "comrades", { .year = 2023 }, "1" },
  { "old", { .year = 2023 }, "2" },
  { "home", { .year = 2023 }, "1" },
  { "people", { .year = 2023 }, "2" },
  { "people", { .year = 2022 }, "2" },
  { "people", { .year = 2023, .as_of = { 2023, 5, 1 } }, "3" },
  { "people", { .year = 2023, .month = 6 }, "3" },
  { "people", { .year = 2023, .month = 7 }, "2" },
  { "people", { .year = 2023, .unit_id = WEST }, "1" },
  { "covered", { .year = 2023 }, "100.00" },
  { "reach", { .year = 2023 }, "100.00" },
  { "reach", { .year = 2022 }, "0.00" },
  { "covered", { .year = 2023, .as_of = { 2023, 2, 1 } }, "0.00" },
  { "covered", { .year = 2023, .unit_id = 77 }, "" },
  { "void", { .year = 2023 }, "" },
  { "nothing", { .year = 2023 }, "0" },
  { "both", { .year = 2023 }, "7" },
  { "full", { .year = 2023 }, "2" },
  { "full", { .year = 2023, .unit_id = 77 }, "0" },
  { "typed", { .year = 2023 }, "12.5" },
};

static void
start (Fixture *fixture)
{
  fixture_install (fixture, bureau_catalogue (NULL));
  play (fixture, sample);
}

static void
each_figure_is_what_one_counts_by_eye (void **state)
{
  Fixture *fixture = *state;

  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_figure (fixture, cases[i].key, &cases[i].period, cases[i].text);
      assert_traced (fixture, &cases[i].period);
    }
}

static void
all_figures_come_in_the_catalogues_order (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GPtrArray) figures = NULL;
  const GPtrArray *indicators;

  start (fixture);
  reader = hx_store_reader (fixture->store, NULL);
  figures = hx_figures_read (hx_reader_connection (reader), fixture->catalogue,
                             &year, NULL);
  indicators = hx_catalogue_indicators (fixture->catalogue);
  assert_int_equal (figures->len, indicators->len);
  for (guint i = 0; i < figures->len; i++)
    {
      const HxFigure *one = figures->pdata[i];

      assert_ptr_equal (one->indicator, indicators->pdata[i]);
      assert_int_equal (one->year, 2023);
      assert_int_equal (
          hx_date_number (one->as_of),
          g_str_equal (one->indicator->key, "by_august") ? 20230815 : 20231231);
    }
}

static void
an_unknown_indicator_is_named (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  start (fixture);
  reader = hx_store_reader (fixture->store, NULL);
  assert_null (hx_figure_read (hx_reader_connection (reader),
                               fixture->catalogue, "none", &year, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
  assert_non_null (strstr (error->message, "none"));
  g_clear_error (&error);
  assert_false (hx_trace (hx_reader_connection (reader), fixture->catalogue,
                          "none", &year, NULL, NULL, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
}

static gboolean
take_two (const HxRow *row, gpointer data)
{
  GArray *days = data;
  gint32 day = hx_row_day (row);

  g_array_append_val (days, day);
  return days->len < 2;
}

static void
a_trace_runs_by_day_and_stops_when_asked (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GError) error = NULL;

  start (fixture);
  reader = hx_store_reader (fixture->store, NULL);
  check (hx_trace (hx_reader_connection (reader), fixture->catalogue, "both",
                   &year, take_two, days, &error),
         error);
  assert_int_equal (days->len, 2);
  assert_int_equal (g_array_index (days, gint32, 0), 20230305);
  assert_int_equal (g_array_index (days, gint32, 1), 20230400);
}

/* --------------------------------------------------------------- changes */

static const struct
{
  const char *line;
  const char *key;
  HxPeriod period;
  const char *before, *after;
} changes[] = {
  { "put visit person=甲 date=2023-03-05 gift=0.5 hours=1.5 place=家中",
    "gifts",
    { .year = 2023 },
    "21.50",
    "1.50" },
  { "void visit person=丙 date=2023-04",
    "visited",
    { .year = 2023 },
    "3",
    "2" },
  { "void visit person=甲 date=2023-03-05",
    "visited",
    { .year = 2023, .as_of = { 2023, 8, 15 } },
    "2",
    "1" },
  { "put person title=乙 home=西街 grade=2 member=否 since=2023-05-01",
    "high",
    { .year = 2023 },
    "1",
    "2" },
  { "put person title=甲 home=东街 grade=3 member=否",
    "comrades",
    { .year = 2023 },
    "1",
    "0" },
  { "put person title=丁 home=东街 grade=2",
    "covered",
    { .year = 2023 },
    "100.00",
    "66.67" },
  { "put person title=甲 home=东街 grade=3 until=2023-11-30",
    "covered",
    { .year = 2023 },
    "66.67",
    "50.00" },
  { "put person title=乙 home=西街 grade=2 since=2024-01-01",
    "people",
    { .year = 2023 },
    "2",
    "1" },
  { "put unit name=西街", "visits", { .year = 2023, .unit_id = 1 }, "2", "1" },
  { "put unit name=西街 parent=东街",
    "visits",
    { .year = 2023, .unit_id = EAST },
    "1",
    "2" },
  { "put lesson title=一 home=东街 since=2023-02-01 crowd=甲",
    "listeners",
    { .year = 2023 },
    "2",
    "1" },
};

/* One bureau sees all changes, each on top of those before. */
static void
a_change_moves_its_figures_at_once (void **state)
{
  Fixture *fixture = *state;

  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *text = NULL;

      assert_figure (fixture, changes[i].key, &changes[i].period,
                     changes[i].before);
      play (fixture, (const char *const[]){ changes[i].line, NULL });
      assert_figure (fixture, changes[i].key, &changes[i].period,
                     changes[i].after);
      assert_traced (fixture, &year);
      text = findings (fixture);
      assert_string_equal (text, "");
    }
}

/* The rows that refer to a changed row are weighed anew whatever else the same
 * write holds: rows before it, rows behind it, a change and its undoing. */
static void
one_write_may_change_rows_and_what_they_refer_to (void **state)
{
  static const char *const lines[] = {
    "put visit person=乙 date=2023-10-01",
    "put person title=乙 home=西街 grade=3 since=2023-05-01",
    "put visit person=乙 date=2023-10-02",
    "put visit person=乙 date=2023-08-15 hours=3",
    "put person title=甲 home=东街 grade=1",
    "put person title=甲 home=东街 grade=3",
    "void visit person=乙 date=2023-10-01",
    "put person title=丙 home=西街 grade=1 mentor=乙",
    "put person title=乙 home=西街 grade=2 since=2023-05-01 mentor=乙",
    NULL,
  };
  Fixture *fixture = *state;
  g_autofree char *text = NULL;

  start (fixture);
  play (fixture, lines);
  text = findings (fixture);
  assert_string_equal (text, "");
  assert_figure (fixture, "high", &year, "4");
  assert_figure (fixture, "taught", &year, "2");
}

static gboolean
play_one (HxLedger *ledger, gpointer data, GError **error)
{
  (void)error;
  play_line (ledger, data);
  return TRUE;
}

static void
a_refused_write_leaves_no_trace (void **state)
{
  static const HxAuthor author = { "测试员", "试验" };
  char line[] = "put visit person=甲 date=2023-11-11";
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  start (fixture);
  before = tables (fixture);
  assert_int_equal (read_integer (fixture, "SELECT COUNT (*) FROM rec_visit"),
                    5);
  run_sql (fixture, "CREATE TRIGGER no BEFORE INSERT ON cell BEGIN"
                    " SELECT RAISE (ABORT, 'no'); END");
  assert_false (hx_measure_write (fixture->store, fixture->catalogue, &author,
                                  play_one, line, &error));
  assert_non_null (error);
  after = tables (fixture);
  assert_string_equal (before, after);
  assert_int_equal (read_integer (fixture, "SELECT COUNT (*) FROM rec_visit"),
                    5);
}

/* ------------------------------------------------------------------- rules */

static void
only_changed_rules_are_counted_again (void **state)
{
  static const char first[]
      = "- {key: visits, name: 走访, unit: 次, count: true, in: visit}\n"
        "- {key: visited, name: 人, unit: 名, distinct: person, in: visit}\n";
  static const char second[]
      = "- {key: visits, name: 走访, unit: 次, count: true, in: visit}\n"
        "- {key: visited, name: 人, unit: 名, distinct: person, in: visit,"
        " where: {person.grade: {min: 2}}}\n"
        "- {key: gifts, name: 礼, unit: 元, sum: gift, in: visit}\n";
  static const char third[]
      = "- {key: gifts, name: 礼金, unit: 元, sum: gift, in: visit}\n";
  Fixture *fixture = *state;
  g_autofree char *text = NULL;

  assert_int_equal (fixture_install (fixture, bureau_catalogue (first)), 2);
  play (fixture, sample);
  assert_figure (fixture, "visited", &year, "3");
  assert_int_equal (fixture_install (fixture, bureau_catalogue (second)), 2);
  assert_figure (fixture, "visits", &year, "4");
  assert_figure (fixture, "visited", &year, "2");
  assert_figure (fixture, "gifts", &year, "21.50");
  text = findings (fixture);
  assert_string_equal (text, "");
  assert_int_equal (fixture_install (fixture, bureau_catalogue (third)), 0);
  assert_int_equal (read_integer (fixture, "SELECT COUNT (*) FROM member"), 0);
  assert_int_equal (
      read_integer (fixture, "SELECT COUNT (DISTINCT indicator) FROM cell"), 1);
}

int
main (void)
{
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, fixture_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    TEST (each_figure_is_what_one_counts_by_eye),
    TEST (all_figures_come_in_the_catalogues_order),
    TEST (an_unknown_indicator_is_named),
    TEST (a_trace_runs_by_day_and_stops_when_asked),
    TEST (a_change_moves_its_figures_at_once),
    TEST (one_write_may_change_rows_and_what_they_refer_to),
    TEST (a_refused_write_leaves_no_trace),
    TEST (only_changed_rules_are_counted_again),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
