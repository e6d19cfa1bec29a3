/* What was done behind the program's back is named, under both digests. */
#include "ledger_test.h"

static void
keep_finding (const char *finding, gpointer data)
{
  g_string_append_printf (data, "%s\n", finding);
}

static GString *
findings_of (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  GString *findings = g_string_new (NULL);

  hx_ledger_verify (hx_reader_connection (reader), fixture->catalogue,
                    keep_finding, findings, NULL, &error);
  assert_no_error (error);
  return findings;
}

static void
assert_clean (Fixture *fixture)
{
  g_autoptr (GString) findings = findings_of (fixture);

  assert_string_equal (findings->str, "");
}

/* Rows that were added, changed and voided: entries 1 to 6. */
static void
put_history (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const changed[]
      = { "date=2023-03-05", "cadre=张三", "gift=300", NULL };
  static const char *const crowd[] = { "date=2023-03-06", "cadre=张三",
                                       "crowd=张三", "note=“引号”\\", NULL };

  put_sample (fixture, ledger, data);
  put_cells (ledger, fixture->visit, changed, NULL);
  put_cells (ledger, fixture->visit, crowd, NULL);
  if (!hx_ledger_void (ledger, fixture->visit, 1, "误记", NULL))
    g_error ("not voided");
}

static void
an_untouched_ledger_has_no_findings (void **state)
{
  in_ledger (*state, put_history, NULL);
  assert_clean (*state);
}

static const struct
{
  const char *sql, *finding;
} cases[] = {
  { "UPDATE rec_visit SET gift = 1 WHERE id = 1", "编号 1 的“慰问金”" },
  { "UPDATE rec_visit SET gift = NULL WHERE id = 1", "编号 1 的“慰问金”" },
  { "UPDATE rec_visit SET day = '2023-03-07' WHERE id = 2", "编号 2 的“日期”" },
  { "UPDATE rec_visit SET crowd_people = '[2]' WHERE id = 2",
    "编号 2 的“参加”" },
  { "UPDATE rec_visit SET void = 0 WHERE id = 1", "编号 1 的作废" },
  { "UPDATE rec_visit SET unit_id = NULL WHERE id = 2", "编号 2 的作废、机构" },
  { "UPDATE rec_visit SET ident = 1 WHERE id = 2", "编号 2 的识别码" },
  { "INSERT INTO rec_visit (bureau_id, id, void, version, definition, seq,"
    " ident) VALUES (1, 9, 0, 1, 1, 1, 1)",
    "编号 9 没有来历" },
  { "DELETE FROM rec_visit WHERE id = 1", "编号 1 不见了" },
  { "UPDATE reg_cadre SET name = '李四'",
    "老干部（reg_cadre）编号 1 的“姓名”" },
  { "UPDATE change_log SET actor = '别人' WHERE seq = 2", "第 2 条断开" },
  { "UPDATE change_log SET request = NULL WHERE seq = 3", "第 3 条断开" },
  { "UPDATE change_log SET after = NULL WHERE seq = 4", "第 4 条断开" },
  { "UPDATE change_log SET at = at || ' ' WHERE seq = 5", "第 5 条断开" },
  { "UPDATE change_log SET definition = 2 WHERE seq = 6", "第 6 条断开" },
  { "UPDATE change_log SET digest = zeroblob (32) WHERE seq = 1",
    "第 1 条断开" },
  { "UPDATE change_log SET digest = x'00' WHERE seq = 1", "第 1 条断开" },
  { "DELETE FROM change_log WHERE seq = 1", "第 1 条断开" },
  { "DELETE FROM change_log WHERE seq = 4", "第 4 条断开" },
};

static void
try_case (void **state, int (*setup) (void **state), guint index)
{
  g_autoptr (GString) findings = NULL;

  assert_int_equal (setup (state), 0);
  in_ledger (*state, put_history, NULL);
  run_sql (*state, cases[index].sql);
  findings = findings_of (*state);
  if (strstr (findings->str, cases[index].finding) == NULL)
    fail_msg ("%s: %s", cases[index].sql, findings->str);
  fixture_teardown (state);
}

static void
what_was_done_behind_the_program_is_named (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      void *own = NULL;

      try_case (&own, i % 2 == 0 ? fixture_setup : fixture_setup_sm3, i);
    }
}

static guint
count (const char *text, const char *part)
{
  guint found = 0;

  for (; (text = strstr (text, part)) != NULL; text++)
    found++;
  return found;
}

static void
only_the_first_broken_link_is_named (void **state)
{
  g_autoptr (GString) findings = NULL;

  in_ledger (*state, put_history, NULL);
  run_sql (*state, "UPDATE change_log SET actor = '别人' WHERE seq IN (2, 5)");
  findings = findings_of (*state);
  assert_int_equal (count (findings->str, "断开"), 1);
  assert_non_null (strstr (findings->str, "第 2 条断开: cadre 1"));
}

static void
put_one_more (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const cells[] = { "date=2023-03-08", "cadre=张三", NULL };

  put_cells (ledger, fixture->visit, cells, data);
}

static void
an_id_is_never_given_twice (void **state)
{
  g_autoptr (GString) findings = NULL;
  gint64 id = 0;

  in_ledger (*state, put_history, NULL);
  run_sql (*state, "DELETE FROM rec_visit WHERE id = 2");
  in_ledger (*state, put_one_more, &id);
  assert_int_equal (id, 3);
  findings = findings_of (*state);
  assert_non_null (strstr (findings->str, "编号 2 不见了"));
}

/* ------------------------------------------------------- changed catalogues */

static void
use_visit_with (Fixture *fixture, const char *field)
{
  g_autofree char *text
      = g_strconcat (catalogue_file ("records/visit.yaml"), field, NULL);

  use_catalogue (fixture, "records/visit.yaml", text);
}

static void
put_gift (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  const char *const cells[] = { "date=2023-03-06", "cadre=张三", data, NULL };

  put_cells (ledger, fixture->visit, cells, NULL);
}

static void
what_installing_fills_is_known_to_the_replay (void **state)
{
  Fixture *fixture = *state;
  char way[] = "way=电话";
  g_autofree char *both = NULL;

  in_ledger (fixture, put_history, NULL);
  use_visit_with (fixture, "  - {key: way, name: 方式, required: true,"
                           " default: 上门}\n"
                           "  - {key: seen, name: 见面日, type: date,"
                           " required: true, default: 2023年1月1日}\n"
                           "  - {key: cost, name: 花费, type: money,"
                           " required: true, default: 1.5}\n");
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"
                                           " WHERE way = '上门' AND cost = 150"
                                           " AND seen = '2023-01-01'"),
                    2);
  assert_clean (fixture);
  in_ledger (fixture, put_gift, way);
  both = read_text (fixture, "SELECT before || after FROM change_log"
                             " WHERE seq = 7 AND definition = 2");
  assert_non_null (strstr (both, "{\"way\":\"电话\"}"));
  assert_non_null (strstr (both, "\"way\":\"上门\""));
  assert_clean (fixture);
}

static void
a_filled_value_that_was_changed_is_named (void **state)
{
  g_autoptr (GString) findings = NULL;

  in_ledger (*state, put_history, NULL);
  use_visit_with (*state, "  - {key: way, name: 方式, required: true,"
                          " default: 上门}\n");
  run_sql (*state, "UPDATE rec_visit SET way = '没去' WHERE id = 1");
  findings = findings_of (*state);
  assert_non_null (strstr (findings->str, "编号 1 的“方式”"));
  assert_null (strstr (findings->str, "编号 2"));
}

static void
another_identity_finds_the_rows_that_are_there (void **state)
{
  Fixture *fixture = *state;
  g_auto (GStrv) parts
      = g_strsplit (catalogue_file ("records/visit.yaml"), ", occasion]", 2);
  g_autofree char *text = g_strjoinv ("]", parts);
  char gift[] = "gift=9";

  in_ledger (fixture, put_history, NULL);
  use_catalogue (fixture, "records/visit.yaml", text);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"
                                           " WHERE ident = 0"),
                    2);
  assert_clean (fixture);
  in_ledger (fixture, put_gift, gift);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"
                                           " WHERE ident <> 0"),
                    2);
  assert_int_equal (read_integer (fixture, "SELECT gift FROM rec_visit"
                                           " WHERE id = 2"),
                    900);
  assert_clean (fixture);
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, fixture_setup, fixture_teardown)
#define EACH_SM3(test)                                                         \
  cmocka_unit_test_setup_teardown (test, fixture_setup_sm3, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (an_untouched_ledger_has_no_findings),
    EACH_SM3 (an_untouched_ledger_has_no_findings),
    cmocka_unit_test (what_was_done_behind_the_program_is_named),
    EACH (only_the_first_broken_link_is_named),
    EACH_SM3 (only_the_first_broken_link_is_named),
    EACH (an_id_is_never_given_twice),
    EACH_SM3 (what_installing_fills_is_known_to_the_replay),
    EACH (a_filled_value_that_was_changed_is_named),
    EACH (another_identity_finds_the_rows_that_are_there),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
