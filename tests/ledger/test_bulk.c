/* Many rows into an empty kind: what holds row by row holds in bulk. */
#include "ledger_test.h"

#define MANY 20500 /* more than the indexes stay up for */

static gint64
count_indexes_of (Fixture *fixture, const char *table)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT COUNT(*) FROM sqlite_schema"
                         " WHERE type = 'index' AND tbl_name = '%s'",
                         table);
  return read_integer (fixture, sql);
}

static gint64
count_indexes (Fixture *fixture)
{
  return count_indexes_of (fixture, "rec_visit");
}

static HxPutOutcome
put_day (HxLedger *ledger, const HxKind *visit, guint number, const char *gift,
         gint64 *id)
{
  char date[HX_DATE_TEXT_SIZE];
  hx_date_format (
      hx_date_from_days (hx_date_days ((HxDate){ 1950, 1, 1 }) + (int)number),
      date);
  g_autofree char *day = g_strconcat ("date=", date, NULL);
  g_autofree char *money = g_strconcat ("gift=", gift, NULL);
  const char *cells[]
      = { "cadre=999999193301010010", "occasion=birthday", day, money, NULL };
  return put_cells (ledger, visit, cells, id);
}

static void
put_many (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  gint64 first = 0, again = 0;
  (void)data;
  for (guint i = 0; i < MANY; i++)
    assert_int_equal (
        put_day (ledger, fixture->visit, i, "100", i == 7 ? &first : &again),
        HX_PUT_NEW);
  assert_int_equal (put_day (ledger, fixture->visit, 7, "100", &again),
                    HX_PUT_UNCHANGED);
  assert_int_equal (again, first);
  assert_int_equal (put_day (ledger, fixture->visit, 7, "200", &again),
                    HX_PUT_CHANGED);
  assert_int_equal (again, first);
}

static void
put_one_more (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  gint64 id = 0;
  (void)data;
  assert_int_equal (put_day (ledger, fixture->visit, 9, "100", &id),
                    HX_PUT_UNCHANGED);
  assert_int_equal (put_day (ledger, fixture->visit, MANY + 1, "100", &id),
                    HX_PUT_NEW);
}

static void
tell (const char *finding, gpointer data)
{
  (void)data;
  fail_msg ("%s", finding);
}

static void
rows_in_bulk_are_told_apart_and_the_indexes_come_back (void **state)
{
  Fixture *fixture = *state;
  const gint64 indexes = count_indexes (fixture);
  g_autoptr (GError) error = NULL;
  in_ledger (fixture, put_sample, NULL);
  run_sql (fixture, "DELETE FROM rec_visit");
  run_sql (fixture, "DELETE FROM change_log WHERE kind = 'visit'");
  in_ledger (fixture, put_many, NULL);
  assert_int_equal (count_indexes (fixture), indexes);
  assert_int_equal (read_integer (fixture, "SELECT COUNT(*) FROM rec_visit"),
                    MANY);
  assert_int_equal (
      read_integer (fixture, "SELECT COUNT(*) FROM sqlite_stat1"
                             " WHERE tbl = 'rec_visit' AND idx LIKE '%ident'"),
      1);
  in_ledger (fixture, put_one_more, NULL);
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  assert_no_error (error);
  assert_true (hx_ledger_verify (hx_reader_connection (reader),
                                 fixture->catalogue, tell, NULL, NULL, &error));
  assert_no_error (error);
}

static gboolean
fail_after_many (HxConnection *connection, gpointer data, GError **error)
{
  Fixture *fixture = data;
  const HxAuthor author = { "测试员", "bulk" };
  g_autoptr (HxLedger) ledger
      = hx_ledger_new (connection, fixture->catalogue, &author, NULL, error);
  gint64 id = 0;
  put_sample (fixture, ledger, NULL);
  for (guint i = 0; i < MANY; i++)
    put_day (ledger, fixture->visit, i, "100", &id);
  return hx_fail (error, HX_ERROR_DATA, "够了", NULL, NULL);
}

static void
a_write_that_fails_in_bulk_leaves_rows_and_indexes_as_they_were (void **state)
{
  Fixture *fixture = *state;
  const gint64 indexes = count_indexes (fixture);
  g_autoptr (GError) error = NULL;
  assert_false (hx_write (fixture->store, fail_after_many, fixture, &error));
  assert_string_equal (error->message, "够了");
  assert_int_equal (count_indexes (fixture), indexes);
  assert_int_equal (read_integer (fixture, "SELECT COUNT(*) FROM rec_visit"),
                    0);
}

/* ---------------------------------------------------------------- registers */

#define PEOPLE 1500 /* past where the indexes of an empty kind come down */

static void
put_unit (Fixture *fixture, HxLedger *ledger, const char *name,
          const char *parent)
{
  g_autofree char *own = g_strconcat ("name=", name, NULL);
  g_autofree char *above = g_strconcat ("parent=", parent, NULL);
  const char *cells[] = { own, above, NULL };
  put_cells (ledger, fixture->unit, cells, NULL);
}

/* Each under the one before it, which a cell names. */
static void
put_chain (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autofree char *before = g_strdup ("");
  (void)data;
  for (guint i = 0; i < PEOPLE; i++)
    {
      g_autofree char *name = g_strdup_printf ("机构%u", i);
      put_unit (fixture, ledger, name, before);
      g_free (before);
      before = g_steal_pointer (&name);
    }
}

static void
rows_of_one_file_refer_to_each_other_in_bulk (void **state)
{
  Fixture *fixture = *state;
  const gint64 indexes = count_indexes_of (fixture, "reg_unit");
  in_ledger (fixture, put_chain, NULL);
  assert_int_equal (count_indexes_of (fixture, "reg_unit"), indexes);
  assert_int_equal (read_integer (fixture, "SELECT COUNT(*) FROM reg_unit u"
                                           " JOIN reg_unit p ON p.id = u.parent"
                                           " WHERE p.id = u.id - 1"),
                    PEOPLE - 1);
}

static char *
number_of (guint person)
{
  char digits[19];
  g_snprintf (digits, sizeof digits, "99999919330101%03u", person % 1000);
  return g_strdup_printf ("id_number=%s%c", digits,
                          hx_id_number_check_character (digits));
}

static gboolean
put_person (Fixture *fixture, HxLedger *ledger, guint person, guint card,
            HxFaults *faults)
{
  g_autofree char *number = number_of (person);
  g_autofree char *name = g_strdup_printf ("name=人%u", person);
  g_autofree char *own = g_strdup_printf ("card=%u", card);
  const char *cells[] = { number, name, own, NULL };
  g_autoptr (HxRow) row = hx_row_new (fixture->cadre);
  g_autoptr (GError) error = NULL;
  HxPutOutcome outcome;
  set_cells (ledger, row, cells);
  return hx_row_check (ledger, row, NULL, faults, &error)
         && hx_ledger_put (ledger, row, NULL, &outcome, faults, &error);
}

typedef struct
{
  guint taken, refused;
} Cards;

/* A thousand people, each with a card; then each asks for the next one's, and
 * gets a new one of their own. */
static void
put_cards (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Cards *cards = data;
  HxFaults faults = { g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0; i < 1000; i++)
    cards->taken += put_person (fixture, ledger, i, i, &faults);
  for (guint i = 0; i < 1000; i++)
    {
      cards->refused
          += !put_person (fixture, ledger, i, (i + 1) % 1000, &faults);
      cards->taken += put_person (fixture, ledger, i, 5000 + i, &faults);
    }
  g_ptr_array_unref (faults.faults);
}

static void
a_value_that_is_taken_is_refused_in_bulk (void **state)
{
  Fixture *fixture = *state;
  const gint64 indexes = count_indexes_of (fixture, "reg_cadre");
  Cards cards = { 0, 0 };
  in_ledger (fixture, put_cards, &cards);
  assert_int_equal (count_indexes_of (fixture, "reg_cadre"), indexes);
  assert_int_equal (cards.refused, 999); /* the first card is free by then */
  assert_int_equal (cards.taken, 2000);
  assert_int_equal (read_integer (fixture, "SELECT COUNT(DISTINCT card)"
                                           " FROM reg_cadre"),
                    1000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (
        rows_in_bulk_are_told_apart_and_the_indexes_come_back, fixture_setup,
        fixture_teardown),
    cmocka_unit_test_setup_teardown (
        a_write_that_fails_in_bulk_leaves_rows_and_indexes_as_they_were,
        fixture_setup, fixture_teardown),
    cmocka_unit_test_setup_teardown (
        rows_of_one_file_refer_to_each_other_in_bulk, fixture_setup,
        fixture_teardown),
    cmocka_unit_test_setup_teardown (a_value_that_is_taken_is_refused_in_bulk,
                                     fixture_setup, fixture_teardown),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
