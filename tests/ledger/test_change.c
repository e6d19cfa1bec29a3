/* Changing and voiding by id, and what the watcher is told. */
#include "ledger_test.h"

/* ------------------------------------------------------------------ change */

typedef struct
{
  gint64 id;
  const char *const *cells;
  gboolean done;
  char *fault;
  char *error;
} Change;

static void
change_clear (Change *change)
{
  g_clear_pointer (&change->fault, g_free);
  g_clear_pointer (&change->error, g_free);
}

static void
change_visit (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Change *change = data;
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  g_autoptr (GError) error = NULL;
  HxFaults faults = { g_ptr_array_new_with_free_func (g_free) };

  hx_row_load (hx_ledger_connection (ledger), row, change->id, NULL);
  row->id = change->id;
  set_cells (ledger, row, change->cells);
  change->done = hx_ledger_change (ledger, row, &faults, &error);
  if (faults.faults->len > 0)
    change->fault = g_strdup (faults.faults->pdata[0]);
  if (error != NULL)
    change->error = g_strdup (error->message);
  g_ptr_array_unref (faults.faults);
}

static void
put_second_visit (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const cells[] = { "date=2023-03-06", "cadre=张三", NULL };

  put_sample (fixture, ledger, data);
  put_cells (ledger, fixture->visit, cells, NULL);
}

static void
a_row_is_changed_by_its_id_even_in_its_identity (void **state)
{
  static const char *const cells[] = { "date=2023-03-07", "gift=", NULL };
  Fixture *fixture = *state;
  Change change = { .id = 1, .cells = cells };
  g_autofree char *both = NULL;

  in_ledger (fixture, put_second_visit, NULL);
  in_ledger (fixture, change_visit, &change);
  assert_true (change.done);
  both = read_text (fixture, "SELECT before || after FROM change_log"
                             " WHERE seq = 5 AND action = 'change'");
  assert_string_equal (both, "{\"date\":\"2023-03-05\",\"gift\":20050}"
                             "{\"date\":\"2023-03-07\"}");
  assert_int_equal (read_integer (fixture, "SELECT version FROM rec_visit"
                                           " WHERE id = 1 AND gift IS NULL"),
                    2);
}

static void
a_change_to_an_identity_that_is_taken_is_refused (void **state)
{
  static const char *const cells[] = { "date=2023-03-06", NULL };
  Fixture *fixture = *state;
  Change change = { .id = 1, .cells = cells };

  in_ledger (fixture, put_second_visit, NULL);
  in_ledger (fixture, change_visit, &change);
  assert_false (change.done);
  assert_null (change.error);
  assert_non_null (strstr (change.fault, "编号 2"));
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"),
                    4);
  change_clear (&change);
}

static void
a_change_of_nothing_leaves_no_entry (void **state)
{
  static const char *const cells[] = { "gift=200.50", NULL };
  Fixture *fixture = *state;
  Change change = { .id = 1, .cells = cells };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, change_visit, &change);
  assert_true (change.done);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"),
                    3);
}

static void
a_change_of_a_row_that_is_not_there_is_an_error (void **state)
{
  static const char *const cells[]
      = { "date=2023-03-08", "cadre=张三", "occasion=节日", NULL };
  Fixture *fixture = *state;
  Change change = { .id = 9, .cells = cells };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, change_visit, &change);
  assert_false (change.done);
  assert_non_null (change.error);
  change_clear (&change);
}

/* -------------------------------------------------------------------- void */

static void
void_visit (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)data;
  if (!hx_ledger_void (ledger, fixture->visit, 1, "误记", &error))
    g_error ("%s", error->message);
}

static void
put_voided (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const cells[]
      = { "date=2023-03-05", "cadre=张三", "occasion=生日", NULL };
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  HxFaults faults = { g_ptr_array_new_with_free_func (g_free) };
  HxPutOutcome outcome;

  set_cells (ledger, row, cells);
  if (!hx_ledger_put (ledger, row, NULL, &outcome, &faults, NULL))
    g_error ("the store failed");
  if (outcome == HX_PUT_REFUSED && row->id == 1)
    g_string_assign (data, faults.faults->pdata[0]);
  g_ptr_array_unref (faults.faults);
}

static void
a_voided_row_is_neither_put_again_nor_changed (void **state)
{
  static const char *const cells[] = { "gift=1", NULL };
  Fixture *fixture = *state;
  Change change = { .id = 1, .cells = cells };
  g_autoptr (GString) fault = g_string_new (NULL);

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, void_visit, NULL);
  in_ledger (fixture, put_voided, fault);
  assert_non_null (strstr (fault->str, "已经作废"));
  in_ledger (fixture, change_visit, &change);
  assert_false (change.done);
  assert_non_null (strstr (change.fault, "已经作废"));
  assert_int_equal (read_integer (fixture, "SELECT gift FROM rec_visit"),
                    20050);
  change_clear (&change);
}

static void
void_unit (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!hx_ledger_void (ledger, fixture->unit, 1, "撤销", &error))
    g_string_assign (data, error->message);
}

static void
put_crowd (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const cadre[]
      = { "name=李四", "id_number=999999193301010037", NULL };
  static const char *const visit[]
      = { "date=2023-03-09", "cadre=张三", "crowd=李四", NULL };

  put_sample (fixture, ledger, data);
  put_cells (ledger, fixture->cadre, cadre, NULL);
  put_cells (ledger, fixture->visit, visit, NULL);
}

static void
void_second_cadre (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!hx_ledger_void (ledger, fixture->cadre, 2, "重复登记", &error))
    g_string_assign (data, error->message);
}

static void
a_unit_with_people_and_a_person_in_a_crowd_stay (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GString) unit = g_string_new (NULL);
  g_autoptr (GString) person = g_string_new (NULL);

  in_ledger (fixture, put_crowd, NULL);
  in_ledger (fixture, void_unit, unit);
  in_ledger (fixture, void_second_cadre, person);
  assert_non_null (strstr (unit->str, "1 行老干部"));
  assert_non_null (strstr (person->str, "1 行走访慰问"));
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"
                                           " WHERE action = 'void'"),
                    0);
}

/* ----------------------------------------------------------------- watcher */

typedef struct
{
  GString *told;
  gboolean fails;
} Watching;

static void
tell_row (GString *told, const HxRow *row)
{
  const HxField *gift = hx_kind_field (row->kind, "gift");

  g_string_append_printf (told, "%s%ld", row->is_void ? "void " : "",
                          (long)row->values[gift->index].integer);
}

static gboolean
told_changed (gpointer data, const HxRow *before, const HxRow *after,
              GError **error)
{
  Watching *watching = data;

  if (!g_str_equal (after->kind->key, "visit"))
    return TRUE;
  if (before != NULL)
    tell_row (watching->told, before);
  g_string_append (watching->told, ">");
  tell_row (watching->told, after);
  g_string_append (watching->told, ";");
  return !watching->fails
         || hx_fail (error, HX_ERROR_DATA, "watcher", NULL, NULL);
}

static gboolean
told_finish (gpointer data, GError **error)
{
  Watching *watching = data;

  (void)error;
  g_string_append (watching->told, "end");
  return TRUE;
}

static void
put_change_and_void (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const more[]
      = { "date=2023-03-05", "cadre=张三", "gift=300", NULL };

  put_sample (fixture, ledger, data);
  put_sample (fixture, ledger, data);
  put_cells (ledger, fixture->visit, more, NULL);
  void_visit (fixture, ledger, data);
}

static void
the_watcher_is_told_what_was_and_what_is (void **state)
{
  g_autoptr (GString) told = g_string_new (NULL);
  Watching watching = { told, FALSE };
  const HxWatcher watcher = { told_changed, told_finish, &watching };

  in_watched_ledger (*state, &watcher, put_change_and_void, NULL);
  assert_string_equal (told->str, ">20050;20050>30000;30000>void 30000;end");
}

static gboolean
put_and_fail (HxConnection *connection, gpointer data, GError **error)
{
  static const HxAuthor author = { "测试员", NULL };
  static const char *const cells[]
      = { "date=2023-03-05", "cadre=张三", "gift=300", NULL };
  Fixture *fixture = data;
  g_autoptr (GString) told = g_string_new (NULL);
  Watching watching = { told, TRUE };
  const HxWatcher watcher = { told_changed, told_finish, &watching };
  g_autoptr (HxLedger) ledger = hx_ledger_new (connection, fixture->catalogue,
                                               &author, &watcher, error);
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  HxPutOutcome outcome;

  set_cells (ledger, row, cells);
  return hx_row_check (ledger, row, NULL, NULL, error)
         && hx_ledger_put (ledger, row, NULL, &outcome, NULL, error);
}

static void
a_watcher_that_fails_takes_row_and_entry_with_it (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  in_ledger (fixture, put_sample, NULL);
  assert_false (hx_write (fixture->store, put_and_fail, fixture, &error));
  assert_non_null (strstr (error->message, "watcher"));
  assert_int_equal (read_integer (fixture, "SELECT gift FROM rec_visit"),
                    20050);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"),
                    3);
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, fixture_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (a_row_is_changed_by_its_id_even_in_its_identity),
    EACH (a_change_to_an_identity_that_is_taken_is_refused),
    EACH (a_change_of_nothing_leaves_no_entry),
    EACH (a_change_of_a_row_that_is_not_there_is_an_error),
    EACH (a_voided_row_is_neither_put_again_nor_changed),
    EACH (a_unit_with_people_and_a_person_in_a_crowd_stay),
    EACH (the_watcher_is_told_what_was_and_what_is),
    EACH (a_watcher_that_fails_takes_row_and_entry_with_it),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
