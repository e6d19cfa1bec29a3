/* Random adds, changes and voids against counts by plain SQL: every measure,
 * by year, month and day, by unit, as of a date. */
#include "measure/measure_internal.h"
#include "measure_test.h"

#define PEOPLE 12
#define UNITS 6
#define LESSONS 10

typedef struct
{
  GRand *random;
  guint steps;
  HxCatalogue *catalogue;
} Storm;

static int
pick (GRand *random, int n)
{
  return g_rand_int_range (random, 0, n);
}

static char *
any_date (GRand *random)
{
  int year = 2022 + pick (random, 2), month = 1 + pick (random, 12);

  if (pick (random, 12) == 0)
    return g_strdup_printf ("%d-%02d", year, month);
  return g_strdup_printf ("%d-%02d-%02d", year, month, 1 + pick (random, 28));
}

static void
put_unit (HxLedger *ledger, GRand *random)
{
  int unit = 1 + pick (random, UNITS - 1);
  g_autofree char *line = g_strdup_printf ("put unit name=机构%d parent=机构%d",
                                           unit, pick (random, unit));

  play_line (ledger, line);
}

static void
put_person (HxLedger *ledger, GRand *random)
{
  g_autofree char *line = g_strdup_printf (
      "put person title=人%d home=机构%d mentor=人%d grade=%s member=%s"
      " joined=%s since=%s until=%s",
      pick (random, PEOPLE), pick (random, UNITS), pick (random, PEOPLE),
      ((const char *[]){ "1", "2", "3", "" })[pick (random, 4)],
      ((const char *[]){ "是", "否", "" })[pick (random, 3)],
      ((const char *[]){ "1959", "1960-06", "1960-06-30", "1970-01-01",
                         "" })[pick (random, 5)],
      ((const char *[]){ "2020-02-29", "2022-11-17", "2023-03-03", "",
                         "" })[pick (random, 5)],
      ((const char *[]){ "2023-12-31", "2023-07-15", "2024-02-01", "",
                         "" })[pick (random, 5)]);

  play_line (ledger, line);
}

static void
put_lesson (HxLedger *ledger, GRand *random)
{
  int a = pick (random, PEOPLE), b = pick (random, PEOPLE);
  g_autofree char *date = any_date (random);
  g_autofree char *crowd
      = pick (random, 3) == 0
            ? g_strdup_printf ("%d", pick (random, 90))
            : g_strdup_printf ("人%d、人%d", a, b == a ? (a + 1) % PEOPLE : b);
  g_autofree char *line = g_strdup_printf (
      "put lesson title=课%d home=机构%d since=%s crowd=%s",
      pick (random, LESSONS), pick (random, UNITS),
      strlen (date) == 10 ? date : "", pick (random, 6) == 0 ? "" : crowd);

  play_line (ledger, line);
}

static void
put_visit (HxLedger *ledger, GRand *random)
{
  g_autofree char *date = any_date (random);
  g_autofree char *line = g_strdup_printf (
      "put visit person=人%d date=%s place=%s hours=%s gift=%s",
      pick (random, PEOPLE), date,
      ((const char *[]){ "home", "医院", "" })[pick (random, 3)],
      ((const char *[]){ "1.5", "2", "0.5", "" })[pick (random, 4)],
      ((const char *[]){ "20.5", "300", "" })[pick (random, 3)]);

  play_line (ledger, line);
}

static void
void_visit (HxLedger *ledger, GRand *random)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM rec_visit WHERE void = 0 ORDER BY (id * %d) %% 101",
      1 + pick (random, 100));
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (!hx_query_integer (hx_ledger_connection (ledger), sql, 0, &id, &error))
    g_error ("%s", error->message);
  if (id != 0
      && !hx_ledger_void (
          ledger, hx_catalogue_kind (hx_ledger_catalogue (ledger), "visit"), id,
          "重复", &error))
    g_error ("%s", error->message);
}

static gboolean
blow (HxLedger *ledger, gpointer data, GError **error)
{
  static void (*const steps[]) (HxLedger *, GRand *)
      = { put_visit,  put_visit,  put_visit,  put_visit,  put_visit, put_visit,
          void_visit, void_visit, put_person, put_lesson, put_lesson };
  Storm *storm = data;

  (void)error;
  for (guint i = 0; i < storm->steps; i++)
    if (pick (storm->random, 40) == 0)
      put_unit (ledger, storm->random);
    else
      steps[pick (storm->random, G_N_ELEMENTS (steps))](ledger, storm->random);
  return TRUE;
}

/* The same with so little room that everything is brought to the tables and
 * forgotten again and again. */
static gboolean
blow_in_little_room (HxConnection *connection, gpointer data, GError **error)
{
  static const HxAuthor author = { "测试员", "试验" };
  Storm *storm = data;
  g_autoptr (HxMeasure) measure
      = hx_measure_new (connection, storm->catalogue, error);
  g_autoptr (HxLedger) ledger = NULL;

  hx_measure_limit (measure, (guint)(1 + pick (storm->random, 9)),
                    (guint)(1 + pick (storm->random, 4)));
  ledger = hx_ledger_new (connection, storm->catalogue, &author,
                          hx_measure_watcher (measure), error);
  return ledger != NULL && blow (ledger, storm, error)
         && hx_ledger_finish (ledger, error);
}

static gboolean
found (HxLedger *ledger, gpointer data, GError **error)
{
  (void)data;
  (void)error;
  for (int i = 0; i < UNITS; i++)
    {
      g_autofree char *line = g_strdup_printf ("put unit name=机构%d", i);
      play_line (ledger, line);
    }
  for (int i = 0; i < PEOPLE; i++)
    {
      g_autofree char *line
          = g_strdup_printf ("put person title=人%d grade=%d", i, i % 4);
      play_line (ledger, line);
    }
  return TRUE;
}

/* ------------------------------------------------------------- plain counts
 *
 * In the SQL, $in stands for the unit and $day for the days counted, both of
 * row r; $last and $end for the last day counted and the end of its year. */

#define VISIT "FROM rec_visit r WHERE r.void = 0 AND $in AND $day"
#define PERSON "(SELECT COUNT (*) FROM reg_person p WHERE p.id = r.person AND "
#define FIRST(column) "SUBSTR (" column " || '-01-01', 1, 10)"
#define LIVES(alias, day)                                                      \
  "COALESCE (" alias ".day, '0001-01-01') <= " day " AND COALESCE (" alias     \
  ".until, '9999-12-31') >= " day

static const struct
{
  const char *key, *sql;
} counts[] = {
  { "visits", "SELECT COUNT (*) " VISIT },
  { "gifts", "SELECT SUM (gift) " VISIT },
  { "hours", "SELECT SUM (hours) " VISIT },
  { "heads", "SELECT SUM (crowd) FROM reg_lesson r WHERE r.void = 0"
             " AND $in AND $day" },
  { "visited", "SELECT COUNT (DISTINCT person) " VISIT },
  { "listeners", "SELECT COUNT (*) FROM reg_person p WHERE EXISTS ("
                 "SELECT 1 FROM reg_lesson r WHERE r.void = 0 AND $in AND $day"
                 " AND REPLACE (REPLACE (crowd_people, '[', ','), ']', ',')"
                 " LIKE '%,' || p.id || ',%')" },
  { "high", "SELECT COUNT (*) " VISIT " AND " PERSON "grade >= 2)" },
  { "comrades",
    "SELECT COUNT (DISTINCT person) " VISIT " AND " PERSON "member = 1)" },
  { "old", "SELECT COUNT (*) " VISIT " AND " PERSON
           "joined <= '1960-06' AND joined >= '1')" },
  { "unjoined", "SELECT COUNT (*) " VISIT " AND " PERSON "joined IS NULL)" },
  { "home", "SELECT COUNT (*) " VISIT " AND place = 'home'"
            " AND gift IS NOT NULL" },
  { "people", "SELECT COUNT (*) FROM reg_person r WHERE r.void = 0 AND $in"
              " AND " LIVES ("r", "'$last'") },
  { "taught",
    "SELECT COUNT (*) FROM reg_person r WHERE r.void = 0 AND $in AND " LIVES (
        "r", "'$last'") " AND (SELECT grade FROM reg_person m"
                        " WHERE m.id = r.mentor) >= 2" },
  { "by_august", "SELECT COUNT (*) " VISIT
                 " AND " FIRST ("r.day") " <= SUBSTR ('$last', 1, 4)"
                                         " || '-08-15'" },
};

/* Coverages: the numerator alone. */
static const struct
{
  const char *key, *sql, *base;
} coverages[] = {
  { "covered",
    "SELECT COUNT (DISTINCT person) " VISIT " AND " PERSON
    "p.void = 0 AND grade >= 2 AND " LIVES ("p", "'$end'") ")",
    "SELECT COUNT (*) FROM reg_person r WHERE r.void = 0 AND grade >= 2"
    " AND $in AND " LIVES ("r", "'$last'") },
  { "reach",
    "SELECT COUNT (*) FROM reg_person p WHERE p.void = 0 AND " LIVES (
        "p",
        "'$end'") " AND EXISTS ("
                  "SELECT 1 FROM reg_lesson r WHERE r.void = 0 AND $in"
                  " AND $day AND REPLACE (REPLACE (crowd_people, '[', ','),"
                  " ']', ',') LIKE '%,' || p.id || ',%')",
    "SELECT COUNT (*) FROM reg_person r WHERE r.void = 0"
    " AND $in AND " LIVES ("r", "'$last'") },
};

static char *
replace (char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  g_free (text);
  return g_strjoinv (to, parts);
}

static char *
fill (const char *sql, const HxPeriod *period)
{
  int last_month = period->month != 0 ? period->month : 12;
  g_autofree char *in
      = period->unit_id == 0
            ? g_strdup ("1")
            : g_strdup_printf (
                "r.unit_id IN (WITH RECURSIVE below (id) AS (VALUES (%d)"
                " UNION SELECT u.id FROM reg_unit u, below"
                " WHERE u.parent = below.id) SELECT id FROM below)",
                (int)period->unit_id);
  g_autofree char *first = g_strdup_printf (
      "%d-%02d-01", period->year, period->month != 0 ? period->month : 1);
  g_autofree char *last
      = period->as_of.year != 0
            ? g_strdup_printf ("%d-%02d-%02d", period->as_of.year,
                               period->as_of.month, period->as_of.day)
            : g_strdup_printf (
                "%d-%02d-%02d", period->year, last_month,
                hx_date_days_in_month (period->year, last_month));
  g_autofree char *day
      = g_strdup_printf (FIRST ("r.day") " BETWEEN '%s' AND '%s'", first, last);
  g_autofree char *end = g_strdup_printf ("%d-12-31", period->year);
  char *text = replace (g_strdup (sql), "$in", in);

  text = replace (text, "$day", day);
  text = replace (text, "$last", last);
  return replace (text, "$end", end);
}

static gint64
count (HxConnection *connection, const char *sql, const HxPeriod *period)
{
  g_autofree char *filled = fill (sql, period);
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  check (hx_query_integer (connection, filled, 0, &value, &error), error);
  return value;
}

static void
expect (const HxFigure *read, gint64 numerator, gint64 denominator,
        const HxPeriod *period)
{
  if (read->value.numerator * denominator
      != numerator * read->value.denominator)
    fail_msg ("%s is %d/%d and should be %d/%d (%d month %d unit %d as of %d)",
              read->indicator->key, (int)read->value.numerator,
              (int)read->value.denominator, (int)numerator, (int)denominator,
              period->year, period->month, (int)period->unit_id,
              (int)hx_date_number (period->as_of));
}

static HxFigure *
read_one (Fixture *fixture, HxConnection *connection, const char *key,
          const HxPeriod *period)
{
  g_autoptr (GError) error = NULL;
  HxFigure *read
      = hx_figure_read (connection, fixture->catalogue, key, period, &error);

  check (read != NULL, error);
  return read;
}

static void
compare (Fixture *fixture, const HxPeriod *period)
{
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (HxFigure) read = NULL;

      if (hx_catalogue_indicator (fixture->catalogue, counts[i].key) == NULL)
        continue;
      read = read_one (fixture, connection, counts[i].key, period);
      expect (read, count (connection, counts[i].sql, period),
              g_str_equal (counts[i].key, "hours") ? 10 : 1, period);
    }
  for (guint i = 0; i < G_N_ELEMENTS (coverages); i++)
    {
      g_autoptr (HxFigure) read
          = read_one (fixture, connection, coverages[i].key, period);
      gint64 base = count (connection, coverages[i].base, period);

      assert_int_equal (read->is_void, base == 0);
      if (base != 0)
        expect (read, count (connection, coverages[i].sql, period), base,
                period);
    }
  assert_traced (fixture, period);
}

static void
compare_all (Fixture *fixture)
{
  static const HxPeriod periods[] = {
    { .year = 2023 },
    { .year = 2022 },
    { .year = 2021 },
    { .year = 2023, .as_of = { 2023, 7, 15 } },
    { .year = 2023, .as_of = { 2023, 1, 9 } },
    { .year = 2023, .month = 1 },
    { .year = 2023, .month = 7 },
    { .year = 2022, .month = 12 },
    { .year = 2023, .month = 5, .as_of = { 2023, 5, 14 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    for (gint64 unit = 0; unit <= UNITS; unit += 2)
      {
        HxPeriod period = periods[i];

        period.unit_id = unit;
        compare (fixture, &period);
      }
}

static void
assert_clean (Fixture *fixture)
{
  g_autofree char *text = findings (fixture);

  assert_string_equal (text, "");
}

static void
assert_recount_is_the_same (Fixture *fixture)
{
  g_autofree char *before = tables (fixture);
  g_autofree char *after = NULL;

  run_sql (fixture, "UPDATE indicator SET digest = 'old'");
  assert_int_equal (fixture_install (fixture, bureau_catalogue (NULL)), 17);
  after = tables (fixture);
  assert_string_equal (before, after);
}

static void
storm_over (Fixture *fixture, GRand *random)
{
  g_autoptr (GError) error = NULL;
  Storm storm = { .random = random, .catalogue = fixture->catalogue };

  in_ledger (fixture, found, NULL);
  for (guint i = 0; i < 30; i++)
    {
      storm.steps = (guint)(1 + pick (random, i < 5 ? 60 : 25));
      if (i % 3 == 2)
        check (hx_write (fixture->store, blow_in_little_room, &storm, &error),
               error);
      else
        in_ledger (fixture, blow, &storm);
      assert_clean (fixture);
      if (i % 6 == 5)
        compare_all (fixture);
    }
}

/* `taught` looks at rows of its own kind, so that each changed person is
 * settled at once. */
static void
figures_follow_a_storm_of_changes (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GRand) random = g_rand_new_with_seed (20231231);

  assert_int_equal (fixture_install (fixture, bureau_catalogue (NULL)), 17);
  storm_over (fixture, random);
  assert_recount_is_the_same (fixture);
}

/* Without it, what refers to changed people is settled at the next visit. */
static void
changes_of_people_may_wait_in_a_storm (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  assert_int_equal (
      fixture_install (fixture, bureau_catalogue_without ("taught")), 16);
  storm_over (fixture, random);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (figures_follow_a_storm_of_changes,
                                     fixture_setup, fixture_teardown),
    cmocka_unit_test_setup_teardown (changes_of_people_may_wait_in_a_storm,
                                     fixture_setup, fixture_teardown),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
