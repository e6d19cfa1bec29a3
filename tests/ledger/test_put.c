#include "ledger_test.h"

static void
a_new_row_is_written_with_its_unit_and_log (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *after = NULL;

  in_ledger (fixture, put_sample, NULL);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"
                                           " WHERE day = '2023-03-05' AND"
                                           " unit_id = 1 AND gift = 20050"
                                           " AND occasion = 'birthday'"),
                    1);
  after = read_text (fixture, "SELECT after FROM change_log WHERE seq = 3");
  assert_string_equal (after, "{\"date\":\"2023-03-05\",\"cadre\":1,"
                              "\"occasion\":\"birthday\",\"gift\":20050,"
                              "\"unit_id\":1}");
}

static void
the_same_rows_again_add_nothing (void **state)
{
  Fixture *fixture = *state;

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, put_sample, NULL);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"),
                    3);
}

static void
put_gift (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  const char *const cells[] = { "date=2023-03-05", "cadre=张三", data, NULL };
  HxPutOutcome outcome = put_cells (ledger, fixture->visit, cells, NULL);

  if (outcome != HX_PUT_CHANGED)
    g_error ("outcome %d", (int)outcome);
}

static void
a_change_logs_the_changed_fields_alone (void **state)
{
  Fixture *fixture = *state;
  char cell[] = "gift=300";
  g_autofree char *both = NULL;

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, put_gift, cell);
  both = read_text (fixture, "SELECT before || after FROM change_log"
                             " WHERE seq = 4 AND action = 'change'");
  assert_string_equal (both, "{\"gift\":20050}{\"gift\":30000}");
  assert_int_equal (read_integer (fixture, "SELECT version FROM rec_visit"), 2);
}

static char *
read_entry (Fixture *fixture, int seq, const char *column)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM change_log WHERE seq = %d", column, seq);

  return read_text (fixture, sql);
}

/* By the words of ledger.h: the digest before, then each column with its
 * length. */
static void
digest_entry (Fixture *fixture, int seq, const guint8 *previous, guint8 *out)
{
  static const char *const columns[]
      = { "bureau_id", "seq", "at",         "actor",  "request", "action",
          "kind",      "row", "definition", "before", "after" };
  g_autoptr (HxDigest) digest
      = hx_digest_new (hx_catalogue_digest_kind (fixture->catalogue));

  hx_digest_update (digest, previous, HX_DIGEST_SIZE);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = read_entry (fixture, seq, columns[i]);
      guint32 size = text != NULL ? (guint32)strlen (text) : G_MAXUINT32;
      guint32 big = GUINT32_TO_BE (size);

      hx_digest_update (digest, &big, 4);
      if (text != NULL)
        hx_digest_update (digest, text, size);
    }
  hx_digest_finish (digest, out);
}

static void
each_entry_hangs_on_the_one_before (void **state)
{
  guint8 digest[HX_DIGEST_SIZE] = { 0 };
  char cell[] = "gift=300";

  in_ledger (*state, put_sample, NULL);
  in_ledger (*state, put_gift, cell);
  for (int seq = 1; seq <= 4; seq++)
    {
      g_autofree char *found = read_entry (*state, seq, "lower(hex(digest))");
      char hex[HX_DIGEST_HEX_SIZE];

      digest_entry (*state, seq, digest, digest);
      hx_digest_hex (digest, hex);
      assert_string_equal (found, hex);
    }
}

/* -------------------------------------------------------------------- find */

static void
find_visits (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const stored[]
      = { "date=2023-03-05", "cadre=张三", "occasion=生日", NULL };
  static const char *const other[]
      = { "date=2023-03-06", "cadre=张三", "occasion=生日", NULL };
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  gint64 *ids = data;
  HxPutOutcome outcome;

  put_sample (fixture, ledger, NULL);
  set_cells (ledger, row, stored);
  if (hx_ledger_find (ledger, row, NULL))
    ids[0] = row->id;
  hx_row_clear (row);
  set_cells (ledger, row, other);
  if (hx_ledger_find (ledger, row, NULL))
    ids[1] = row->id;
  hx_ledger_put (ledger, row, NULL, &outcome, NULL, NULL);
  row->id = 0;
  if (hx_ledger_find (ledger, row, NULL))
    ids[2] = row->id;
}

static void
a_row_is_found_by_its_identity_before_and_after_it_is_written (void **state)
{
  gint64 ids[] = { -1, -1, -1 };

  in_ledger (*state, find_visits, ids);
  assert_int_equal (ids[0], 1);
  assert_int_equal (ids[1], 0);
  assert_int_equal (ids[2], 2);
}

static void
a_unit_is_named_by_its_row_id (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  in_ledger (fixture, put_sample, NULL);
  reader = hx_store_reader (fixture->store, NULL);
  name = hx_unit_name (hx_reader_connection (reader), 1, &error);
  assert_no_error (error);
  assert_string_equal (name, "一街");
  assert_null (hx_unit_name (hx_reader_connection (reader), 0, &error));
  assert_no_error (error);
  assert_null (hx_unit_name (hx_reader_connection (reader), 7, &error));
  assert_int_equal (error->code, HX_ERROR_NOT_FOUND);
}

/* -------------------------------------------------------------------- void */

typedef struct
{
  const HxKind *kind;
  const char *reason;
  char *message;
} Voiding;

static void
void_first (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Voiding *voiding = data;
  g_autoptr (GError) error = NULL;

  (void)fixture;
  g_clear_pointer (&voiding->message, g_free);
  if (!hx_ledger_void (ledger, voiding->kind, 1, voiding->reason, &error))
    voiding->message = g_strdup (error->message);
}

static void
a_row_in_use_is_not_voided_until_its_users_are (void **state)
{
  Fixture *fixture = *state;
  Voiding cadre = { fixture->cadre, "重复登记", NULL };
  Voiding visit = { fixture->visit, "误记", NULL };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, void_first, &cadre);
  assert_non_null (strstr (cadre.message, "1 行走访慰问"));
  in_ledger (fixture, void_first, &visit);
  assert_null (visit.message);
  in_ledger (fixture, void_first, &cadre);
  assert_null (cadre.message);
  in_ledger (fixture, void_first, &cadre);
  assert_non_null (strstr (cadre.message, "已经作废"));
  g_free (cadre.message);
}

static void
voiding_needs_a_reason (void **state)
{
  Fixture *fixture = *state;
  Voiding visit = { fixture->visit, "　", NULL };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, void_first, &visit);
  assert_non_null (visit.message);
  g_free (visit.message);
  assert_int_equal (read_integer (fixture, "SELECT void FROM rec_visit"), 0);
}

/* ------------------------------------------------------------------ history */

static gboolean
gather (const HxLogEntry *entry, gpointer data)
{
  g_string_append_printf (data, "%s;", entry->action);
  return TRUE;
}

static void
the_history_of_a_row_is_told_oldest_first (void **state)
{
  Fixture *fixture = *state;
  Voiding visit = { fixture->visit, "误记", NULL };
  g_autoptr (GString) actions = g_string_new (NULL);
  g_autoptr (HxReader) reader = NULL;
  char cell[] = "gift=300";

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, put_gift, cell);
  in_ledger (fixture, void_first, &visit);
  reader = hx_store_reader (fixture->store, NULL);
  assert_true (hx_ledger_history (hx_reader_connection (reader), fixture->visit,
                                  1, gather, actions, NULL));
  assert_string_equal (actions->str, "add;change;void;");
}

/* --------------------------------------------------------------------- many */

static void
put_many (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  const int *count = data;
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);

  for (int i = 0; i < *count; i++)
    {
      g_autofree char *date = NULL;
      HxPutOutcome outcome = HX_PUT_REFUSED;
      char text[HX_DATE_TEXT_SIZE];

      hx_row_clear (row);
      hx_date_format (hx_date_from_days (i), text);
      date = g_strconcat ("date=", text, NULL);
      set_cells (ledger, row, (const char *[]){ date, "cadre=张三", NULL });
      if (!hx_row_check (ledger, row, NULL, NULL, NULL)
          || !hx_ledger_put (ledger, row, NULL, &outcome, NULL, NULL)
          || outcome != HX_PUT_NEW)
        g_error ("row %d", i);
    }
}

static void
many_rows_in_one_write_are_all_kept (void **state)
{
  int count = 5000;

  in_ledger (*state, put_sample, NULL);
  in_ledger (*state, put_many, &count);
  assert_int_equal (read_integer (*state, "SELECT count(*) FROM rec_visit"),
                    5001);
  assert_int_equal (read_integer (*state, "SELECT max(seq) FROM change_log"),
                    5003);
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, fixture_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (a_new_row_is_written_with_its_unit_and_log),
    EACH (the_same_rows_again_add_nothing),
    EACH (a_change_logs_the_changed_fields_alone),
    EACH (each_entry_hangs_on_the_one_before),
    cmocka_unit_test_setup_teardown (each_entry_hangs_on_the_one_before,
                                     fixture_setup_sm3, fixture_teardown),
    EACH (a_row_is_found_by_its_identity_before_and_after_it_is_written),
    EACH (a_unit_is_named_by_its_row_id),
    EACH (a_row_in_use_is_not_voided_until_its_users_are),
    EACH (voiding_needs_a_reason),
    EACH (the_history_of_a_row_is_told_oldest_first),
    EACH (many_rows_in_one_write_are_all_kept),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
