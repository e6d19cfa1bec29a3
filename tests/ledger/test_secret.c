/* Secret fields: sealed in tables and log, asked for by digest, shown only for
 * a reason. */
#include "secret_test.h"

#include <glib/gstdio.h>

/* ------------------------------------------------------------------ storing
 */

static void
the_tables_and_the_log_hold_no_secret_in_clear (void **state)
{
  static const char *const secrets[]
      = { ID_NUMBER, PHONE, "81234567", "昌华大街", "Ａ-77", "\"sex\":\"1\"" };
  Fixture *fixture = *state;
  Change change = { 1, { "phone=13900139000", "name=张三丰", NULL }, NULL };
  g_autofree char *rows = NULL;
  g_autofree char *log = NULL;

  in_ledger (fixture, put_people, NULL);
  in_ledger (fixture, change_row, &change);
  assert_null (change.fault);
  rows = read_text (fixture,
                    "SELECT group_concat (id_number || phone || landline ||"
                    " address || card || sex) FROM reg_cadre WHERE id = 1");
  log = read_text (fixture, "SELECT group_concat (coalesce (before, '') ||"
                            " coalesce (after, '')) FROM change_log");
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      assert_null (strstr (rows, secrets[i]));
      assert_null (strstr (log, secrets[i]));
    }
  assert_non_null (strstr (log, "张三丰"));
  assert_non_null (strstr (log, "hx1:1:"));
  assert_clean (fixture);
}

static void
a_row_reads_as_it_was_written (void **state)
{
  static const char *const expected[][2] = { { "id_number", ID_NUMBER },
                                             { "phone", PHONE },
                                             { "landline", "020-81234567" },
                                             { "address", "昌华大街1号" },
                                             { "card", "Ａ-77" },
                                             { "sex", "1" } };
  Fixture *fixture = *state;
  g_autoptr (HxRow) row = hx_row_new (fixture->cadre);
  g_autoptr (HxReader) reader = NULL;

  in_ledger (fixture, put_people, NULL);
  reader = hx_store_reader (fixture->store, NULL);
  assert_true (hx_row_load (hx_reader_connection (reader), row, 1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const HxField *field = hx_kind_field (fixture->cadre, expected[i][0]);

      assert_string_equal (row->values[field->index].text, expected[i][1]);
      assert_true (hx_text_is_sealed (row->values[field->index].sealed, NULL));
    }
}

static void
what_does_not_change_keeps_its_sealed_text (void **state)
{
  Fixture *fixture = *state;
  Change change = { 1, { "phone=13900139000", NULL }, NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *phone = NULL;

  in_ledger (fixture, put_people, NULL);
  before = read_text (fixture, "SELECT id_number || address FROM reg_cadre");
  phone = read_text (fixture, "SELECT phone FROM reg_cadre");
  in_ledger (fixture, change_row, &change);
  after = read_text (fixture, "SELECT id_number || address FROM reg_cadre");
  assert_string_equal (before, after);
  assert_int_equal (
      read_integer (fixture,
                    "SELECT instr (after, (SELECT phone FROM reg_cadre)) > 0"
                    " AND instr (after, 'address') = 0 FROM change_log"
                    " ORDER BY seq DESC LIMIT 1"),
      1);
  after = (g_free (after), read_text (fixture, "SELECT before FROM change_log"
                                               " ORDER BY seq DESC LIMIT 1"));
  assert_non_null (strstr (after, phone));
}

static void
voiding_and_emptying_keep_the_table_whole (void **state)
{
  Fixture *fixture = *state;
  Change empty = { 1, { "phone=", "address=", NULL }, NULL };

  in_ledger (fixture, put_people, NULL);
  in_ledger (fixture, change_row, &empty);
  assert_int_equal (read_integer (fixture, "SELECT phone IS NULL AND"
                                           " phone_digest IS NULL AND"
                                           " landline_digest > 0"
                                           " FROM reg_cadre WHERE id = 1"),
                    1);
  assert_clean (fixture);
}

/* ----------------------------------------------------------------- look-ups
 */

static gint64
digest_of (Fixture *fixture, const char *key, const char *text, guint tail)
{
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);
  const HxField *field = hx_kind_field (fixture->cadre, key);

  return tail > 0 ? hx_secret_tail_digest (connection, field, text, tail)
                  : hx_secret_digest (connection, field, text);
}

static void
a_digest_finds_the_rows_however_the_value_is_written (void **state)
{
  static const char *const spellings[]
      = { PHONE, "138 0013 8000", "＋86 138-0013-8000",
          "１３８００１３８０００" };
  Fixture *fixture = *state;

  in_ledger (fixture, put_people, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      gint64 digest = digest_of (fixture, "phone", spellings[i], 0);
      g_autofree char *sql = g_strdup_printf (
          "SELECT count (*) FROM reg_cadre WHERE phone_digest = %ld",
          (long)digest);

      assert_int_equal (read_integer (fixture, sql), 2);
      assert_int_equal (digest_of (fixture, "landline", spellings[i], 0),
                        digest);
    }
  assert_int_not_equal (digest_of (fixture, "card", PHONE, 0),
                        digest_of (fixture, "phone", PHONE, 0));
  assert_int_equal (digest_of (fixture, "card", "A-77", 0),
                    digest_of (fixture, "card", " Ａ－77", 0));
  assert_int_equal (digest_of (fixture, "address", "昌华大街1号", 0), 0);
  assert_int_equal (digest_of (fixture, "phone", " ", 0), 0);
}

static void
a_tail_digest_is_of_the_last_characters (void **state)
{
  Fixture *fixture = *state;
  gint64 tail;

  in_ledger (fixture, put_people, NULL);
  tail = digest_of (fixture, "id_number", ID_NUMBER, 4);
  assert_true (tail > 0);
  assert_int_equal (digest_of (fixture, "id_number", "0010", 4), tail);
  assert_int_not_equal (digest_of (fixture, "id_number", "10", 2), tail);
  assert_int_equal (digest_of (fixture, "id_number", "010", 4), 0);
  assert_int_equal (digest_of (fixture, "id_number", "12345x", 4),
                    digest_of (fixture, "id_number", "345X", 4));
}

static void
put_visit (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  const char *cells[] = { "date=2023-3-5", data, NULL };
  gint64 id;

  put_cells (ledger, fixture->visit, cells, &id);
}

static void
a_reference_by_a_secret_field_finds_its_row (void **state)
{
  Fixture *fixture = *state;

  in_ledger (fixture, put_people, NULL);
  in_ledger (fixture, put_visit, (gpointer)(guintptr) "cadre=" OTHER_ID_NUMBER);
  assert_int_equal (read_integer (fixture, "SELECT cadre FROM rec_visit"), 2);
  in_ledger (fixture, put_visit, (gpointer)(guintptr) "cadre=Ａ-77");
  assert_int_equal (read_integer (fixture, "SELECT cadre FROM rec_visit"
                                           " ORDER BY id DESC LIMIT 1"),
                    1);
}

static void
a_repeated_secret_value_is_refused (void **state)
{
  Fixture *fixture = *state;
  Change card = { 2, { "card=Ａ-77", NULL }, NULL };
  Change id_number = { 2, { "id_number=" ID_NUMBER, NULL }, NULL };

  in_ledger (fixture, put_people, NULL);
  in_ledger (fixture, change_row, &card);
  assert_string_equal (card.fault, "证号: 与编号 1 的一行重复");
  in_ledger (fixture, change_row, &id_number);
  assert_non_null (id_number.fault);
  g_free (card.fault);
  g_free (id_number.fault);
}

static void
the_same_person_comes_once (void **state)
{
  Fixture *fixture = *state;

  in_ledger (fixture, put_people, NULL);
  in_ledger (fixture, put_people, NULL);
  assert_int_equal (read_integer (fixture, "SELECT count (*) FROM reg_cadre"),
                    2);
  assert_int_equal (read_integer (fixture, "SELECT count (*) FROM change_log"),
                    3);
}

/* ----------------------------------------------------------------- tampering
 */

static void
a_moved_value_is_found_and_not_shown (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxRow) row = hx_row_new (fixture->cadre);
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) display = NULL;

  in_ledger (fixture, put_people, NULL);
  run_sql (fixture, "UPDATE reg_cadre SET phone = (SELECT phone FROM reg_cadre"
                    " WHERE id = 1) WHERE id = 2");
  reader = hx_store_reader (fixture->store, NULL);
  assert_false (hx_row_load (hx_reader_connection (reader), row, 2, &error));
  assert_non_null (strstr (error->message, "编号 2 的“电话”"));
  assert_null (hx_value_display (hx_reader_connection (reader), row,
                                 hx_kind_field (fixture->cadre, "phone"),
                                 HX_AUDIENCE_INSIDE, &display));
  assert_non_null (display);
  g_clear_pointer (&reader, hx_reader_free);
  assert_finding (fixture, "编号 2 的“电话”打不开");
}

static void
what_was_written_past_the_program_is_found (void **state)
{
  static const struct
  {
    const char *sql, *finding;
  } cases[] = {
    { "UPDATE reg_cadre SET phone = '13700137000' WHERE id = 1",
      "编号 1 的“电话”打不开" },
    { "UPDATE reg_cadre SET phone_digest = 5 WHERE id = 1",
      "编号 1 的“电话”的摘要不对" },
    { "UPDATE reg_cadre SET address = NULL WHERE id = 1",
      "编号 1 的“住址”与变更日志不符" },
    { "UPDATE reg_cadre SET landline_digest = NULL WHERE id = 1",
      "编号 1 的“座机”的摘要不对" },
    { "UPDATE reg_cadre SET ident = 77 WHERE id = 1", "识别码" },
  };
  Fixture *fixture = *state;

  in_ledger (fixture, put_people, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      run_sql (fixture, "CREATE TABLE kept AS SELECT * FROM reg_cadre");
      run_sql (fixture, cases[i].sql);
      assert_finding (fixture, cases[i].finding);
      run_sql (fixture, "DELETE FROM reg_cadre");
      run_sql (fixture, "INSERT INTO reg_cadre SELECT * FROM kept");
      run_sql (fixture, "DROP TABLE kept");
      assert_clean (fixture);
    }
}

/* ------------------------------------------------------------------ the key
 */

static void
without_its_key_a_database_does_not_open (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *key = g_strdup (hx_store_key_file (fixture->store));
  g_autofree char *kept = g_strconcat (key, ".kept", NULL);
  g_autofree char *url = g_strdup (hx_store_url (fixture->store));
  HxStoreOptions options = { .key_file = kept };
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) open_to_all = NULL;

  in_ledger (fixture, put_people, NULL);
  g_rename (key, kept);
  reopen (fixture, &missing);
  assert_null (fixture->store);
  assert_non_null (strstr (missing->message, key));
  fixture->store = hx_store_open (url, HX_STORE_OPEN, &options, NULL);
  assert_non_null (fixture->store);
  g_clear_pointer (&fixture->store, hx_store_close);

  hx_keyring_unref (hx_keyring_create (key, HX_CIPHER_AES, NULL));
  assert_null (hx_store_open (url, HX_STORE_OPEN, NULL, &wrong));
  assert_non_null (strstr (wrong->message, "不是这个数据库的"));
  g_chmod (kept, 0644);
  assert_null (hx_store_open (url, HX_STORE_OPEN, &options, &open_to_all));
  assert_non_null (strstr (open_to_all->message, "chmod 600"));
  g_chmod (kept, 0600);
  fixture->store = hx_store_open (url, HX_STORE_OPEN, &options, NULL);
  assert_clean (fixture);
}

static gboolean
migrate (HxConnection *connection, gpointer data, GError **error)
{
  (void)data;
  return hx_ledger_migrate (connection, error);
}

static void
a_database_of_an_older_program_is_refused (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  in_ledger (fixture, put_people, NULL);
  run_sql (fixture, "DELETE FROM setting WHERE key = 'secret_key'");
  assert_false (hx_write (fixture->store, migrate, NULL, &error));
  assert_non_null (strstr (error->message, "hongxia init"));
}

/* ------------------------------------------------------------------- reveal
 */

typedef struct
{
  gint64 row, count;
  const char *reason;
  GError *error;
} Ask;

static void
reveal (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Ask *ask = data;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  HxReveal entry
      = { fixture->cadre, ask->row, ask->count, fields, ask->reason };

  g_ptr_array_add (
      fields, (gpointer)(guintptr)hx_kind_field (fixture->cadre, "id_number"));
  g_ptr_array_add (fields,
                   (gpointer)(guintptr)hx_kind_field (fixture->cadre, "phone"));
  hx_ledger_reveal (ledger, &entry, &ask->error);
}

static void
a_look_is_logged_and_changes_nothing (void **state)
{
  Fixture *fixture = *state;
  Ask row = { 1, 0, " 上门慰问 ", NULL };
  Ask list = { 0, 2, "核对名单", NULL };
  Change change = { 1, { "phone=13900139000", NULL }, NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *entry = NULL;

  in_ledger (fixture, put_people, NULL);
  before = read_text (fixture, "SELECT version || '/' || seq FROM reg_cadre");
  in_ledger (fixture, reveal, &row);
  in_ledger (fixture, reveal, &list);
  after = read_text (fixture, "SELECT version || '/' || seq FROM reg_cadre");
  assert_string_equal (before, after);
  entry = read_text (fixture, "SELECT group_concat (row || after) FROM"
                              " change_log WHERE action = 'reveal'");
  assert_string_equal (
      entry, "1{\"reveal\":[\"id_number\",\"phone\"],\"reason\":\"上门慰问\"},"
             "0{\"reveal\":[\"id_number\",\"phone\"],\"reason\":\"核对名单\","
             "\"count\":2}");
  assert_clean (fixture);
  in_ledger (fixture, change_row, &change);
  in_ledger (fixture, reveal, &row);
  assert_clean (fixture);
}

static void
a_look_without_reason_or_row_is_refused (void **state)
{
  Fixture *fixture = *state;
  Ask nothing = { 1, 0, NULL, NULL };
  Ask blank = { 1, 0, "　 ", NULL };
  Ask nobody = { 77, 0, "核对", NULL };

  in_ledger (fixture, put_people, NULL);
  in_ledger (fixture, reveal, &nothing);
  assert_non_null (strstr (nothing.error->message, "理由"));
  in_ledger (fixture, reveal, &blank);
  assert_non_null (blank.error);
  in_ledger (fixture, reveal, &nobody);
  assert_int_equal (nobody.error->code, HX_ERROR_NOT_FOUND);
  assert_int_equal (read_integer (fixture, "SELECT count (*) FROM change_log"
                                           " WHERE action = 'reveal'"),
                    0);
  g_error_free (nothing.error);
  g_error_free (blank.error);
  g_error_free (nobody.error);
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, secret_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (the_tables_and_the_log_hold_no_secret_in_clear),
    EACH (a_row_reads_as_it_was_written),
    EACH (what_does_not_change_keeps_its_sealed_text),
    EACH (voiding_and_emptying_keep_the_table_whole),
    EACH (a_digest_finds_the_rows_however_the_value_is_written),
    EACH (a_tail_digest_is_of_the_last_characters),
    EACH (a_reference_by_a_secret_field_finds_its_row),
    EACH (a_repeated_secret_value_is_refused),
    EACH (the_same_person_comes_once),
    EACH (a_moved_value_is_found_and_not_shown),
    EACH (what_was_written_past_the_program_is_found),
    EACH (without_its_key_a_database_does_not_open),
    EACH (a_database_of_an_older_program_is_refused),
    EACH (a_look_is_logged_and_changes_nothing),
    EACH (a_look_without_reason_or_row_is_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
