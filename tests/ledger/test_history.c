/* What a field held when, and that the change log knows it too. */
#include "ledger_test.h"

#include "ledger/history.h"
#include "ledger/selection.h"

static const char cadre_kind[]
    = "key: cadre\n"
      "name: 老干部\n"
      "identity: [name]\n"
      "unit: street\n"
      "fields:\n"
      "  - {key: name, name: 姓名, required: true, max: 10}\n"
      "  - {key: street, name: 街道, type: ref, to: unit, dated: true}\n"
      "  - {key: sex, name: 性别, type: choice, codes: sex, dated: true}\n"
      "  - {key: ended, name: 届满, type: date, dated: true}\n"
      "  - {key: note, name: 备注}\n";

static void
put_streets (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const units[][2]
      = { { "name=一街" }, { "name=二街" }, { "name=三街" } };
  static const char *const cadre[] = { "name=甲", "street=一街", NULL };

  (void)data;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      const char *const cells[] = { units[i][0], NULL };

      put_cells (ledger, fixture->unit, cells, NULL);
    }
  put_cells (ledger, fixture->cadre, cadre, NULL);
}

static int
setup (void **state)
{
  Fixture *fixture;

  fixture_setup (state);
  fixture = *state;
  use_catalogue (fixture, "registers/cadre.yaml", cadre_kind);
  in_ledger (fixture, put_streets, NULL);
  return 0;
}

/* ------------------------------------------------------------------ changes */

typedef struct
{
  gint64 id;
  const char *from; /* NULL: today */
  gboolean is_correction;
  const char *cells[4];
} Change;

static void
apply_change (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  const Change *change = data;
  HxEffect effect = { { 0 }, change->is_correction };
  g_autoptr (HxRow) row = hx_row_new (fixture->cadre);
  g_autofree guint8 *set = g_new0 (guint8, fixture->cadre->fields->len);
  g_autoptr (GError) error = NULL;
  HxFaults faults = { NULL };

  if (change->from != NULL)
    hx_date_parse (change->from, FALSE, &effect.from, NULL);
  if (!hx_ledger_effect (ledger, &effect, &error)
      || !hx_row_load (hx_ledger_connection (ledger), row, change->id, &error))
    g_error ("%s", error->message);
  set_cells (ledger, row, change->cells);
  for (guint i = 0; change->cells[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (change->cells[i], "=", 2);

      set[hx_kind_field (fixture->cadre, parts[0])->index] = 1;
    }
  if (!hx_ledger_change_fields (ledger, row, set, &faults, &error))
    g_error ("%s", error != NULL ? error->message : "fault");
}

static void
change (Fixture *fixture, Change what)
{
  in_ledger (fixture, apply_change, &what);
}

static gboolean
append_past (const HxPast *past, gpointer data)
{
  g_string_append_printf (data, "%s%s=", past->since, past->field->key);
  if (!past->value.filled)
    g_string_append (data, "-");
  else if (past->value.text != NULL)
    g_string_append (data, past->value.text);
  else
    g_string_append_printf (data, "%d", (int)past->value.integer);
  g_string_append (data, " ");
  return TRUE;
}

static char *
periods (Fixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  GString *out = g_string_new (NULL);

  hx_history_each (hx_reader_connection (reader), fixture->cadre, id,
                   append_past, out, &error);
  assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
assert_periods (Fixture *fixture, const char *expected)
{
  g_autofree char *found = periods (fixture, 1);

  assert_string_equal (found, expected);
}

static void
count_finding (const char *finding, gpointer data)
{
  g_string_append_printf (data, "%s\n", finding);
}

static char *
findings (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  GString *out = g_string_new (NULL);

  hx_ledger_verify (hx_reader_connection (reader), fixture->catalogue,
                    count_finding, out, NULL, &error);
  assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
assert_clean (Fixture *fixture)
{
  g_autofree char *found = findings (fixture);

  assert_string_equal (found, "");
}

/* -------------------------------------------------------------------- tests */

static void
a_field_that_never_changed_has_no_period (void **state)
{
  assert_periods (*state, "");
  change (*state, (Change){ 1, NULL, FALSE, { "note=好", NULL } });
  assert_periods (*state, "");
  assert_clean (*state);
}

static void
a_change_keeps_what_was_and_from_when_the_new_holds (void **state)
{
  Fixture *fixture = *state;

  change (fixture, (Change){ 1, "2023-05-01", FALSE, { "street=二街", NULL } });
  assert_periods (fixture, "street=1 2023-05-01street=2 ");
  change (fixture, (Change){ 1, "2024-02-29", FALSE, { "street=", NULL } });
  assert_periods (fixture, "street=1 2023-05-01street=2 2024-02-29street=- ");
  assert_int_equal (
      read_integer (fixture,
                    "SELECT street IS NULL AND unit_id IS NULL AND version = 3"
                    " FROM reg_cadre"),
      1);
  assert_clean (fixture);
}

static void
without_a_day_a_change_is_of_today (void **state)
{
  char today[HX_DATE_TEXT_SIZE];
  g_autofree char *expected = NULL;

  hx_date_format (hx_date_today (), today);
  expected = g_strdup_printf ("street=1 %sstreet=2 ", today);
  change (*state, (Change){ 1, NULL, FALSE, { "street=二街", NULL } });
  assert_periods (*state, expected);
  assert_clean (*state);
}

static void
filling_what_was_empty_makes_no_period_unless_a_day_is_given (void **state)
{
  change (*state, (Change){ 1, NULL, FALSE, { "sex=男", NULL } });
  assert_periods (*state, "");
  change (*state,
          (Change){ 1, "2023-01-01", FALSE, { "ended=2025-1-1", NULL } });
  assert_periods (*state, "ended=- 2023-01-01ended=2025-01-01 ");
  assert_clean (*state);
}

static void
a_correction_replaces_the_value_in_force (void **state)
{
  change (*state, (Change){ 1, NULL, TRUE, { "street=三街", NULL } });
  assert_periods (*state, "");
  change (*state, (Change){ 1, "2023-05-01", FALSE, { "street=二街", NULL } });
  change (*state, (Change){ 1, NULL, TRUE, { "street=一街", NULL } });
  assert_periods (*state, "street=3 2023-05-01street=1 ");
  change (*state, (Change){ 1, "2022-01-01", TRUE, { "street=二街", NULL } });
  assert_periods (*state, "street=2 2023-05-01street=1 ");
  assert_int_equal (read_integer (*state, "SELECT street FROM reg_cadre"), 1);
  assert_clean (*state);
}

static void
what_is_put_before_a_later_change_is_of_the_past_alone (void **state)
{
  Fixture *fixture = *state;

  change (fixture, (Change){ 1, "2023-05-01", FALSE, { "street=二街", NULL } });
  change (
      fixture,
      (Change){ 1, "2022-03-01", FALSE, { "street=三街", "note=补", NULL } });
  assert_periods (fixture, "street=1 2022-03-01street=3 2023-05-01street=2 ");
  assert_int_equal (read_integer (fixture, "SELECT street FROM reg_cadre"), 2);
  assert_int_equal (read_integer (fixture, "SELECT version FROM reg_cadre"), 3);
  assert_int_equal (read_integer (fixture, "SELECT COUNT (*) FROM change_log"
                                           " WHERE action = 'history'"),
                    1);
  /* what the row holds today may be what is meant for the past */
  change (fixture, (Change){ 1, "2022-06-01", FALSE, { "street=二街", NULL } });
  assert_periods (fixture, "street=1 2022-03-01street=3 2022-06-01street=2"
                           " 2023-05-01street=2 ");
  assert_int_equal (read_integer (fixture, "SELECT version FROM reg_cadre"), 3);
  assert_clean (fixture);
}

static void
two_changes_of_one_day_are_one_period (void **state)
{
  change (*state, (Change){ 1, "2023-05-01", FALSE, { "street=二街", NULL } });
  change (*state, (Change){ 1, "2023-05-01", FALSE, { "street=三街", NULL } });
  assert_periods (*state, "street=1 2023-05-01street=3 ");
  assert_clean (*state);
}

static void
the_log_says_from_which_day (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *after = NULL;
  char from[HX_DATE_TEXT_SIZE];
  gboolean is_correction = TRUE;

  change (fixture, (Change){ 1, "2023-05-01", FALSE, { "street=二街", NULL } });
  after = read_text (fixture, "SELECT after FROM change_log"
                              " ORDER BY seq DESC LIMIT 1");
  assert_string_equal (after, "{\"street\":2,\"unit_id\":2,"
                              "\"@from\":\"2023-05-01\","
                              "\"@dated\":[\"street\"]}");
  assert_true (hx_history_entry (after, from, &is_correction));
  assert_string_equal (from, "2023-05-01");
  assert_false (is_correction);
  assert_false (
      hx_history_entry ("{\"note\":\"@from\"}", from, &is_correction));
  assert_false (hx_history_entry (NULL, from, &is_correction));
}

static void
try_future (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  HxDate tomorrow = hx_date_from_days (hx_date_days (hx_date_today ()) + 1);
  const HxEffect future = { tomorrow, FALSE };
  const HxEffect partial = { { 2023, 5, 0 }, FALSE };
  GError **errors = data;

  (void)fixture;
  if (hx_ledger_effect (ledger, &future, &errors[0])
      || hx_ledger_effect (ledger, &partial, &errors[1])
      || !hx_ledger_effect (ledger, NULL, NULL))
    g_error ("taken");
}

static void
a_day_to_come_and_a_part_of_a_date_are_refused (void **state)
{
  GError *errors[2] = { NULL };

  in_ledger (*state, try_future, errors);
  assert_non_null (strstr (errors[0]->message, "今天之后"));
  assert_non_null (strstr (errors[1]->message, "年月日"));
  g_clear_error (&errors[0]);
  g_clear_error (&errors[1]);
}

static void
tampering_with_the_history_is_found (void **state)
{
  static const char *const wrong[] = {
    "UPDATE history SET integer = 3 WHERE since = ''",
    "UPDATE history SET since = '2023-05-02' WHERE since <> ''",
    "DELETE FROM history WHERE since <> ''",
    "DELETE FROM history",
    "UPDATE history SET seq = seq + 1",
    "UPDATE history SET field = 'sex'",
    "INSERT INTO history VALUES (1, 'cadre', 7, 'sex', '', NULL, '1', 1)",
  };
  Fixture *fixture = *state;

  change (fixture, (Change){ 1, "2023-05-01", FALSE, { "street=二街", NULL } });
  run_sql (fixture, "CREATE TABLE kept AS SELECT * FROM history");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *found = NULL;

      run_sql (fixture, wrong[i]);
      found = findings (fixture);
      if (strstr (found, "的历史") == NULL)
        fail_msg ("%s: %s", wrong[i], found);
      run_sql (fixture, "DELETE FROM history;"
                        "INSERT INTO history SELECT * FROM kept");
      assert_clean (fixture);
    }
}

/* ------------------------------------------------------ years against a model
 *
 * The model writes down for each day of the last two months what each field
 * held; a mark says that a change begins on the day. */

#define DAYS 60
#define PEOPLE 6
#define STEPS 400

typedef struct
{
  int street[DAYS], mark[DAYS]; /* 0: empty */
} Life;

static int
period_end (const Life *life, int day)
{
  for (int i = day + 1; i < DAYS; i++)
    if (life->mark[i])
      return i;
  return DAYS;
}

/* Day 0 begins a period in any case. */
static int
period_start (const Life *life, int day)
{
  int start = 0;

  for (int i = 1; i <= day; i++)
    if (life->mark[i])
      start = i;
  return start;
}

static gboolean
has_marks (const Life *life)
{
  for (int i = 0; i < DAYS; i++)
    if (life->mark[i])
      return TRUE;
  return FALSE;
}

static void
live (Life *life, int day, gboolean with_day, gboolean is_correction,
      int street)
{
  int start = day;
  int end = period_end (life, day);

  if (life->street[day] == street)
    return;
  if (is_correction)
    start = period_start (life, day);
  else if (!with_day && life->street[day] == 0 && !has_marks (life))
    start = 0;
  else
    life->mark[day] = 1;
  for (int i = start; i < end; i++)
    life->street[i] = street;
}

static HxDate
day_of (int day)
{
  return hx_date_from_days (hx_date_days (hx_date_today ()) - DAYS + 1 + day);
}

static void
put_many (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  (void)data;
  for (int i = 2; i <= PEOPLE; i++)
    {
      g_autofree char *name = g_strdup_printf ("name=人%d", i);
      const char *const cells[] = { name, NULL };

      put_cells (ledger, fixture->cadre, cells, NULL);
    }
}

static void
random_change (Fixture *fixture, GRand *random, Life *lives)
{
  static const char *const cells[]
      = { "street=", "street=一街", "street=二街", "street=三街" };
  int person = g_rand_int_range (random, 0, PEOPLE);
  gboolean with_day = g_rand_int_range (random, 0, 4) > 0;
  int day = with_day ? g_rand_int_range (random, 0, DAYS) : DAYS - 1;
  gboolean is_correction = g_rand_int_range (random, 0, 4) == 0;
  int street = g_rand_int_range (random, 0, 4);
  char text[HX_DATE_TEXT_SIZE];

  hx_date_format (day_of (day), text);
  change (fixture, (Change){ person + 1,
                             with_day ? text : NULL,
                             is_correction,
                             { cells[street], NULL } });
  live (&lives[person], day, with_day, is_correction, street);
}

typedef struct
{
  const Life *lives;
  int day;
} Expected;

static gboolean
is_as_lived (const HxRow *row, gpointer data, GError **error)
{
  const Expected *expected = data;
  const HxValue *value
      = &row->values[hx_kind_field (row->kind, "street")->index];
  int street = expected->lives[row->id - 1].street[expected->day];

  if ((value->filled ? value->integer : 0) == street && row->unit_id == street)
    return TRUE;
  return hx_failf (error, HX_ERROR_DATA, "%d on day %d: %d, not %d",
                   (int)row->id, expected->day, (int)value->integer, street);
}

static void
compare_lives (Fixture *fixture, const Life *lives)
{
  for (int day = 0; day < DAYS; day++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
      g_autoptr (HxSelection) all
          = hx_selection_new (hx_reader_connection (reader), fixture->catalogue,
                              fixture->cadre, NULL, day_of (day), &error);
      const char *const terms[] = { "street=二街", NULL };
      g_autoptr (HxSelection) second
          = hx_selection_new (hx_reader_connection (reader), fixture->catalogue,
                              fixture->cadre, terms, day_of (day), &error);
      g_autoptr (GArray) ids = hx_selection_ids (second, &error);
      Expected expected = { lives, day };
      guint n_second = 0;

      hx_selection_each (all, is_as_lived, &expected, &error);
      assert_no_error (error);
      for (int i = 0; i < PEOPLE; i++)
        n_second += lives[i].street[day] == 2;
      assert_int_equal (ids->len, n_second);
    }
}

static void
any_order_of_changes_gives_the_lives_of_a_slow_model (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GRand) random = g_rand_new_with_seed (20231231);
  Life lives[PEOPLE] = { 0 };

  in_ledger (fixture, put_many, NULL);
  for (int day = 0; day < DAYS; day++)
    lives[0].street[day] = 1;
  for (int step = 0; step < STEPS; step++)
    {
      random_change (fixture, random, lives);
      if (step % 40 == 0)
        compare_lives (fixture, lives);
    }
  compare_lives (fixture, lives);
  assert_clean (fixture);
  assert_true (read_integer (fixture, "SELECT COUNT (*) FROM history") > 100);
}

int
main (void)
{
#define CASE(function)                                                         \
  cmocka_unit_test_setup_teardown (function, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    CASE (a_field_that_never_changed_has_no_period),
    CASE (a_change_keeps_what_was_and_from_when_the_new_holds),
    CASE (without_a_day_a_change_is_of_today),
    CASE (filling_what_was_empty_makes_no_period_unless_a_day_is_given),
    CASE (a_correction_replaces_the_value_in_force),
    CASE (what_is_put_before_a_later_change_is_of_the_past_alone),
    CASE (two_changes_of_one_day_are_one_period),
    CASE (the_log_says_from_which_day),
    CASE (a_day_to_come_and_a_part_of_a_date_are_refused),
    CASE (tampering_with_the_history_is_found),
    CASE (any_order_of_changes_gives_the_lives_of_a_slow_model),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
