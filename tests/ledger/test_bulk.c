/* Many rows into an empty kind: what holds row by row holds in bulk. */
#include "ledger_test.h"

#define MANY 20500 /* more than the indexes stay up for */

static gint64
count_indexes (Fixture *fixture)
{
  return read_integer (fixture, "SELECT COUNT(*) FROM sqlite_schema"
                                " WHERE type = 'index'"
                                " AND tbl_name = 'rec_visit'");
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
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
