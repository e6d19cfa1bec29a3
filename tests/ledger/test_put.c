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

static void
each_entry_hangs_on_the_one_before (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxDigest) digest = hx_digest_new (HX_DIGEST_SHA256);
  g_autoptr (GString) frame = g_string_new (NULL);
  guint8 expected[HX_DIGEST_SIZE];
  char hex[HX_DIGEST_HEX_SIZE];
  g_autofree char *at = NULL;
  g_autofree char *found = NULL;

  in_ledger (fixture, put_sample, NULL);
  at = read_text (fixture, "SELECT at FROM change_log WHERE seq = 1");
  g_string_set_size (frame, HX_DIGEST_SIZE);
  memset (frame->str, 0, frame->len);
  const char *const columns[] = { "1",
                                  "1",
                                  at,
                                  "测试员",
                                  "试验",
                                  "add",
                                  "unit",
                                  "1",
                                  "1",
                                  NULL,
                                  "{\"name\":\"一街\"}" };
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      guint32 size = columns[i] ? (guint32)strlen (columns[i]) : G_MAXUINT32;
      guint32 big = GUINT32_TO_BE (size);

      g_string_append_len (frame, (const char *)&big, 4);
      g_string_append (frame, columns[i] ? columns[i] : "");
    }
  hx_digest_update (digest, frame->str, frame->len);
  hx_digest_finish (digest, expected);
  hx_digest_hex (expected, hex);
  found = read_text (fixture, "SELECT lower(hex(digest)) FROM change_log"
                              " WHERE seq = 1");
  assert_string_equal (found, hex);
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

/* -------------------------------------------------------------------- speed */

static void
put_many (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  const HxField *date = hx_kind_field (fixture->visit, "date");
  const HxField *cadre = hx_kind_field (fixture->visit, "cadre");
  const HxField *gift = hx_kind_field (fixture->visit, "gift");
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  gint64 *took = data;
  gint64 start = g_get_monotonic_time ();

  for (int i = 0; i < 20000; i++)
    {
      HxPutOutcome outcome;
      char text[HX_DATE_TEXT_SIZE];

      hx_row_clear (row);
      hx_date_format (hx_date_from_days (i), text);
      hx_row_set (ledger, row, date, text, NULL, NULL);
      hx_row_set (ledger, row, cadre, "张三", NULL, NULL);
      hx_row_set (ledger, row, gift, "200", NULL, NULL);
      hx_row_check (ledger, row, NULL, NULL, NULL);
      hx_ledger_put (ledger, row, NULL, &outcome, NULL, NULL);
    }
  *took = g_get_monotonic_time () - start;
}

static void
many_rows_in_one_write_are_all_kept (void **state)
{
  Fixture *fixture = *state;
  gint64 took = 0;

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, put_many, &took);
  print_message ("%.1f us a row\n", (double)took / 20000);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"),
                    20000);
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
    EACH (a_row_is_found_by_its_identity_before_and_after_it_is_written),
    EACH (a_unit_is_named_by_its_row_id),
    EACH (a_row_in_use_is_not_voided_until_its_users_are),
    EACH (voiding_needs_a_reason),
    EACH (the_history_of_a_row_is_told_oldest_first),
    EACH (many_rows_in_one_write_are_all_kept),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
