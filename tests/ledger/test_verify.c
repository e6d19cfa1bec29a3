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
an_untouched_ledger_has_no_findings (void **state)
{
  g_autoptr (GString) findings = NULL;

  in_ledger (*state, put_sample, NULL);
  findings = findings_of (*state);
  assert_string_equal (findings->str, "");
}

static void
what_was_done_behind_the_program_is_named (void **state)
{
  static const struct
  {
    const char *sql, *finding;
  } cases[] = {
    { "UPDATE rec_visit SET gift = 1", "“慰问金”" },
    { "UPDATE rec_visit SET day = '2023-03-06'", "“日期”" },
    { "UPDATE rec_visit SET gift = 20050, day = '2023-03-05', void = 1",
      "作废" },
    { "UPDATE rec_visit SET void = 0, ident = 1", "识别码" },
    { "INSERT INTO rec_visit (bureau_id, id, void, version, definition, seq,"
      " ident) VALUES (1, 9, 0, 1, 1, 1, 1)",
      "编号 9 没有来历" },
    { "DELETE FROM rec_visit WHERE id = 1", "编号 1 不见了" },
    { "UPDATE change_log SET actor = '别人' WHERE seq = 2", "第 2 条断开" },
    { "DELETE FROM change_log WHERE seq = 1", "第 1 条断开" },
  };

  in_ledger (*state, put_sample, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) findings = NULL;

      run_sql (*state, cases[i].sql);
      findings = findings_of (*state);
      if (strstr (findings->str, cases[i].finding) == NULL)
        fail_msg ("%s: %s", cases[i].sql, findings->str);
    }
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, fixture_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (an_untouched_ledger_has_no_findings),
    EACH (what_was_done_behind_the_program_is_named),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
