/* No look-up of the ledger reads through a table, as the engine plans it. */
#include "ledger_test.h"

#include "ledger/ledger_internal.h"

/* Each line of the plan, joined. */
static char *
plan_of (HxConnection *connection, const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxStatement) statement
      = hx_statement_new (connection, explain, &error);
  GString *plan = g_string_new (NULL);

  assert_no_error (error);
  while (hx_step (statement, NULL) == HX_STEP_ROW)
    g_string_append_printf (plan, "%s; ", hx_column_text (statement, 3));
  return g_string_free (plan, FALSE);
}

static void
assert_plan (HxConnection *connection, char *sql, const char *expected)
{
  g_autofree char *own = sql;
  g_autofree char *plan = plan_of (connection, own);

  if (strstr (plan, "SCAN") != NULL || strstr (plan, expected) == NULL)
    fail_msg ("%s\n%s", own, plan);
}

static void
assert_field_plans (HxConnection *connection, const HxKind *kind,
                    const HxField *field)
{
  const char *column
      = field->secret ? field->digest_column : hx_field_column (field);
  g_autofree char *index = g_strdup_printf ("INDEX %s.%s (bureau_id=? AND %s=?",
                                            kind->table, column, column);
  g_autofree char *ident = g_strdup_printf (
      "INDEX %s.ident (bureau_id=? AND ident=?", kind->table);
  gboolean is_identity = hx_is_identity (kind, field);

  if (g_ptr_array_find (kind->refer_by, field, NULL)
      && field->type != HX_FIELD_REF)
    assert_plan (connection, hx_sql_name (kind, field),
                 is_identity && !field->secret ? ident : index);
  if (field->unique && !is_identity)
    assert_plan (connection, hx_sql_repeat (kind, field), index);
  if (field->type == HX_FIELD_REF)
    assert_plan (connection, hx_sql_users (kind, field), index);
}

static void
assert_kind_plans (HxConnection *connection, const HxKind *kind)
{
  g_autofree char *ident = g_strdup_printf (
      "INDEX %s.ident (bureau_id=? AND ident=?)", kind->table);
  static const char key[] = "PRIMARY KEY (bureau_id=? AND id=?)";

  assert_plan (connection, hx_sql_find (kind), ident);
  assert_plan (connection, hx_sql_load (kind), key);
  assert_plan (connection, hx_sql_unit (kind), key);
  assert_plan (connection, hx_sql_update (kind), key);
  for (guint i = 0; i < kind->fields->len; i++)
    assert_field_plans (connection, kind, kind->fields->pdata[i]);
}

static void
assert_all_plans (Fixture *fixture)
{
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  const GPtrArray *kinds = hx_catalogue_kinds (fixture->catalogue);

  for (guint i = 0; i < kinds->len; i++)
    assert_kind_plans (hx_reader_connection (reader), kinds->pdata[i]);
}

static void
every_look_up_has_its_index (void **state)
{
  assert_all_plans (*state);
}

static void
a_field_that_came_later_has_its_index_too (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *text
      = g_strconcat (catalogue_file ("registers/cadre.yaml"),
                     "  - {key: number, name: 编号, unique: true}\n"
                     "  - {key: home, name: 原街道, type: ref, to: unit}\n",
                     NULL);

  use_catalogue (fixture, "registers/cadre.yaml", text);
  assert_non_null (hx_kind_field (fixture->cadre, "home"));
  assert_all_plans (fixture);
}

static void
the_log_is_read_by_its_keys (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);

  assert_plan (connection, g_strdup (HX_LOG_HISTORY), "change_log_row");
  assert_plan (connection, g_strdup (HX_LOG_REPLAY), "change_log_row");
  assert_plan (connection,
               g_strdup ("SELECT max(row) FROM change_log WHERE bureau_id = 1"
                         " AND kind = 'visit'"),
               "change_log_row (bureau_id=? AND kind=?)");
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, fixture_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (every_look_up_has_its_index),
    EACH (a_field_that_came_later_has_its_index_too),
    EACH (the_log_is_read_by_its_keys),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
