/* Years whose report has been issued: what may still be written, and how.
 *
 * The sample is a unit, a cadre 张三 (row 1) and one visit of 2023-03-05. */
#include "ledger/lock.h"
#include "ledger_test.h"

#define CADRE "cadre=999999193301010010"

typedef struct
{
  const char *do_; /* put, change, void */
  const char *cells[5];
  const char *reason; /* of a correction, or NULL */
  gboolean passes;
} Case;

/* What a try came to. */
typedef struct
{
  const Case *try;
  gboolean passed;
  char *said; /* the fault or the error; NULL: none */
} Try;

static void
try_clear (Try *try)
{
  g_free (try->said);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Try, try_clear)

static void
lock_until (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  const HxDate *until = data;
  const HxLock lock = { until->year, *until, 7, "abcd" };
  g_autoptr (GError) error = NULL;

  (void)fixture;
  if (!hx_ledger_lock (ledger, &lock, &error))
    g_error ("%s", error->message);
}

static void
lock (Fixture *fixture, int month, int day)
{
  HxDate until = { 2023, month, day };

  in_ledger (fixture, lock_until, &until);
}

static int
setup (void **state)
{
  fixture_setup (state);
  in_ledger (*state, put_sample, NULL);
  return 0;
}

static gboolean
put (HxLedger *ledger, HxRow *row, HxFaults *faults, GError **error)
{
  HxPutOutcome outcome = HX_PUT_REFUSED;

  return hx_row_check (ledger, row, NULL, faults, error)
         && hx_ledger_put (ledger, row, NULL, &outcome, faults, error)
         && outcome != HX_PUT_REFUSED;
}

static gboolean
run_case (Fixture *fixture, HxLedger *ledger, const Case *try, HxFaults *faults,
          GError **error)
{
  const gboolean is_cadre = g_str_has_prefix (try->do_, "cadre");
  const HxKind *kind = is_cadre ? fixture->cadre : fixture->visit;
  g_autoptr (HxRow) row = hx_row_new (kind);

  if (g_str_equal (try->do_, "void"))
    return hx_ledger_void (ledger, kind, 1, "重复", error);
  if (!g_str_equal (try->do_, "put")
      && !hx_row_load (hx_ledger_connection (ledger), row, 1, error))
    return FALSE;
  set_cells (ledger, row, try->cells);
  return g_str_equal (try->do_, "put")
             ? put (ledger, row, faults, error)
             : hx_ledger_change (ledger, row, faults, error);
}

static void
attempt (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Try *try = data;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  g_autoptr (GError) error = NULL;

  try->passed = hx_ledger_correct (ledger, try->try->reason, &error)
                && run_case (fixture, ledger, try->try, &faults, &error);
  if (error != NULL)
    try->said = g_strdup (error->message);
  else if (list->len > 0)
    try->said = g_strdup (list->pdata[0]);
  if (!try->passed)
    hx_write_discard (hx_ledger_connection (ledger));
}

static void
play (Fixture *fixture, const Case *each)
{
  g_auto (Try) try = { .try = each };

  in_ledger (fixture, attempt, &try);
  if (try.passed != each->passes)
    fail_msg ("%s %s: %s", each->do_, each->cells[0],
              try.said != NULL ? try.said : "passed");
  if (!each->passes && strstr (try.said, "出具") == NULL)
    fail_msg ("%s", try.said);
}

static void
play_all (Fixture *fixture, const Case *cases, gsize count)
{
  for (gsize i = 0; i < count; i++)
    play (fixture, &cases[i]);
}

static void
records_of_an_issued_year_want_a_reason (void **state)
{
  static const Case cases[] = {
    { "put", { "date=2023-06-01", CADRE }, NULL, FALSE },
    { "put", { "date=2023-12-31", CADRE }, NULL, FALSE },
    { "put", { "date=2023-01-01", CADRE }, NULL, FALSE },
    { "put", { "date=2022-12-31", CADRE }, NULL, TRUE },
    { "put", { "date=2024-01-01", CADRE }, NULL, TRUE },
    { "change", { "gift=77" }, NULL, FALSE },
    { "change", { "gift=77" }, " ", FALSE },
    { "change", { "gift=200.5" }, NULL, TRUE },
    { "void", { NULL }, NULL, FALSE },
    { "put", { "date=2023-06-01", CADRE }, "漏登", TRUE },
    { "change", { "gift=77" }, "发放单核对", TRUE },
    { "void", { NULL }, "重复登记", TRUE },
  };

  lock (*state, 12, 31);
  play_all (*state, cases, G_N_ELEMENTS (cases));
}

static void
what_the_report_does_not_reach_stays_open (void **state)
{
  static const Case cases[] = {
    { "put", { "date=2023-11-30", CADRE }, NULL, FALSE },
    { "put", { "date=2023-12-01", CADRE }, NULL, TRUE },
  };

  lock (*state, 11, 30);
  play_all (*state, cases, G_N_ELEMENTS (cases));
}

static void
nothing_is_moved_out_of_a_locked_year_or_into_it (void **state)
{
  static const Case out = { "change", { "date=2024-03-05" }, NULL, FALSE };
  static const Case in = { "change", { "date=2023-03-06" }, NULL, FALSE };
  static const Case moved = { "change", { "date=2024-03-05" }, "记错年", TRUE };

  lock (*state, 12, 31);
  play (*state, &out);
  play (*state, &moved);
  play (*state, &in);
}

static void
people_live_on_after_the_report (void **state)
{
  static const Case renamed = { "cadre", { "name=张三丰" }, NULL, TRUE };

  lock (*state, 12, 31);
  play (*state, &renamed);
}

static void
a_later_edition_moves_the_lock (void **state)
{
  static const Case december
      = { "put", { "date=2023-12-01", CADRE }, NULL, FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;
  Fixture *fixture = *state;
  HxDate until;

  lock (fixture, 6, 30);
  lock (fixture, 12, 31);
  play (fixture, &december);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM locked_year"),
                    1);
  reader = hx_store_reader (fixture->store, &error);
  assert_true (
      hx_lock_read (hx_reader_connection (reader), 2023, &until, &error));
  assert_int_equal (hx_date_number (until), 20231231);
  assert_true (
      hx_lock_read (hx_reader_connection (reader), 2022, &until, &error));
  assert_int_equal (until.year, 0);
}

static void
issue_then_put (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  HxDate until = { 2023, 12, 31 };

  lock_until (fixture, ledger, &until);
  attempt (fixture, ledger, data);
}

static void
the_lock_holds_in_its_own_write (void **state)
{
  static const Case late = { "put", { "date=2023-06-01", CADRE }, NULL, FALSE };
  g_auto (Try) try = { .try = &late };

  in_ledger (*state, issue_then_put, &try);
  assert_false (try.passed);
}

static void
keep_finding (const char *finding, gpointer data)
{
  g_string_append_printf (data, "%s\n", finding);
}

static void
the_log_keeps_issue_and_reason_and_still_verifies (void **state)
{
  static const Case cases[] = {
    { "put", { "date=2023-06-01", CADRE }, "漏登“一”笔", TRUE },
    { "change", { "gift=77" }, "核对", TRUE },
    { "void", { NULL }, "重复登记", TRUE },
    { "put", { "date=2024-06-01", CADRE }, "不在其内", TRUE },
  };
  static const char *const entries[] = {
    "SELECT count(*) FROM change_log WHERE after LIKE '%\"@issued\":%'",
    "SELECT after FROM change_log WHERE action = 'issue' AND row = 7",
    "SELECT after FROM change_log WHERE action = 'void'",
  };
  static const char *const expected[] = {
    "3",
    "{\"year\":2023,\"until\":\"2023-12-31\",\"digest\":\"abcd\"}",
    "{\"void\":\"重复\",\"@issued\":\"重复登记\"}",
  };
  Fixture *fixture = *state;
  g_autoptr (GString) findings = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  lock (fixture, 12, 31);
  play_all (fixture, cases, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autofree char *text = read_text (fixture, entries[i]);

      assert_string_equal (text, expected[i]);
    }
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autofree char *digest
      = hx_lock_digest (hx_reader_connection (reader), 7, &error);
  assert_string_equal (digest, "abcd");
  assert_null (hx_lock_digest (hx_reader_connection (reader), 8, &error));
  hx_ledger_verify (hx_reader_connection (reader), fixture->catalogue,
                    keep_finding, findings, NULL, &error);
  assert_no_error (error);
  assert_string_equal (findings->str, "");
}

int
main (void)
{
#define LOCKED(name)                                                           \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    LOCKED (records_of_an_issued_year_want_a_reason),
    LOCKED (what_the_report_does_not_reach_stays_open),
    LOCKED (nothing_is_moved_out_of_a_locked_year_or_into_it),
    LOCKED (people_live_on_after_the_report),
    LOCKED (a_later_edition_moves_the_lock),
    LOCKED (the_lock_holds_in_its_own_write),
    LOCKED (the_log_keeps_issue_and_reason_and_still_verifies),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
