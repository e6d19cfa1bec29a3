/* Who must agree: submitted, approved, returned, and what verify holds. */
#include "ledger_test.h"

#include "ledger/approval.h"

typedef struct
{
  Fixture *fixture;
  const char *actor;
  HxEdit *edit; /* NULL: decide */
  gint64 row, version;
  const char *reason; /* NULL: approve */
} Step;

static gboolean
take_step (HxConnection *connection, gpointer data, GError **error)
{
  const Step *step = data;
  const HxAuthor author = { step->actor, "表单" };
  const HxKind *visit = step->fixture->visit;
  g_autoptr (HxLedger) ledger = hx_ledger_new (
      connection, step->fixture->catalogue, &author, NULL, error);
  gboolean done;

  if (ledger == NULL)
    return FALSE;
  if (step->edit != NULL)
    done = hx_edit_run (ledger, step->edit, error);
  else if (step->reason != NULL)
    done = hx_ledger_return (ledger, visit, step->row, step->version,
                             step->reason, error);
  else
    done = hx_ledger_approve (ledger, visit, step->row, step->version, error);
  return done && hx_ledger_finish (ledger, error);
}

/* NULL: it was done. */
static char *
try_step (Step *step)
{
  g_autoptr (GError) error = NULL;

  if (hx_write (step->fixture->store, take_step, step, &error))
    return NULL;
  return g_strdup (error->message);
}

static gint64
enter (Fixture *fixture, const char *actor, gint64 id, const char *note)
{
  g_autoptr (HxEdit) edit = hx_edit_new (fixture->visit, id);
  Step step = { .fixture = fixture, .actor = actor, .edit = edit };
  g_autofree char *failed = NULL;

  if (id == 0)
    {
      hx_edit_cell (edit, hx_kind_field (fixture->visit, "cadre"), "张三");
      hx_edit_cell (edit, fixture->visit->date, "2023-06-01");
    }
  hx_edit_cell (edit, hx_kind_field (fixture->visit, "note"), note);
  failed = try_step (&step);
  assert_null (failed);
  assert_true (edit->is_done);
  return edit->id;
}

static HxApprovalState
state_of (Fixture *fixture, gint64 row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_auto (HxApproval) approval = { 0 };

  assert_true (hx_approval_read (hx_reader_connection (reader), fixture->visit,
                                 row, &approval, &error));
  return approval.state;
}

static int
setup (void **state)
{
  const int done = fixture_setup (state);
  Fixture *fixture = *state;
  g_autofree char *visit = g_strconcat (catalogue_file ("records/visit.yaml"),
                                        "approval: true\n", NULL);

  use_catalogue (fixture, "records/visit.yaml", visit);
  in_ledger (fixture, put_sample, NULL);
  return done;
}

static void
count_finding (const char *finding, gpointer data)
{
  guint *count = data;

  (void)finding;
  (*count)++;
}

static guint
verify (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  guint count = 0;

  assert_true (hx_ledger_verify (hx_reader_connection (reader),
                                 fixture->catalogue, count_finding, &count,
                                 NULL, &error));
  return count;
}

/* ------------------------------------------------------------------ states */

static void
what_was_put_without_a_form_waits_for_nobody (void **state)
{
  Fixture *fixture = *state;
  Step step = { .fixture = fixture, .actor = "王科长", .row = 1 };
  g_autofree char *refused = try_step (&step);

  assert_int_equal (state_of (fixture, 1), HX_APPROVAL_NONE);
  assert_non_null (refused);
}

static void
what_is_entered_by_hand_is_approved_by_another (void **state)
{
  Fixture *fixture = *state;
  const gint64 row = enter (fixture, "李科员", 0, "甲");
  Step own = { .fixture = fixture, .actor = "李科员", .row = row };
  Step other = { .fixture = fixture, .actor = "王科长", .row = row };

  assert_int_equal (state_of (fixture, row), HX_APPROVAL_SUBMITTED);
  g_autofree char *refused = try_step (&own);
  assert_non_null (strstr (refused, "自己提交的不能自己审批"));
  assert_int_equal (state_of (fixture, row), HX_APPROVAL_SUBMITTED);
  g_autofree char *done = try_step (&other);
  assert_null (done);
  assert_int_equal (state_of (fixture, row), HX_APPROVAL_APPROVED);
  g_autofree char *again = try_step (&other);
  assert_non_null (again);
  assert_int_equal (verify (fixture), 0);
}

static void
a_return_says_why_and_a_change_submits_anew (void **state)
{
  Fixture *fixture = *state;
  const gint64 row = enter (fixture, "李科员", 0, "甲");
  Step bare
      = { .fixture = fixture, .actor = "王科长", .row = row, .reason = " " };
  Step back = {
    .fixture = fixture, .actor = "王科长", .row = row, .reason = "少写了金额"
  };

  g_autofree char *refused = try_step (&bare);
  assert_non_null (refused);
  g_autofree char *done = try_step (&back);
  assert_null (done);
  assert_int_equal (state_of (fixture, row), HX_APPROVAL_RETURNED);
  assert_int_equal (verify (fixture), 0);
  enter (fixture, "李科员", row, "乙");
  assert_int_equal (state_of (fixture, row), HX_APPROVAL_SUBMITTED);
  g_autofree char *action
      = read_text (fixture, "SELECT group_concat(action, ' ') FROM change_log"
                            " WHERE kind = 'visit' AND row = 2");
  assert_string_equal (action, "add submit return change submit");
  assert_int_equal (verify (fixture), 0);
}

static void
an_approved_row_that_is_changed_waits_again (void **state)
{
  Fixture *fixture = *state;
  const gint64 row = enter (fixture, "李科员", 0, "甲");
  Step step = { .fixture = fixture, .actor = "王科长", .row = row };

  g_autofree char *done = try_step (&step);
  assert_null (done);
  enter (fixture, "李科员", row, "甲");
  assert_int_equal (state_of (fixture, row), HX_APPROVAL_APPROVED);
  enter (fixture, "王科长", row, "乙");
  assert_int_equal (state_of (fixture, row), HX_APPROVAL_SUBMITTED);
  g_autofree char *own = try_step (&step);
  assert_non_null (own);
}

static void
what_changed_after_it_was_looked_at_is_not_approved (void **state)
{
  Fixture *fixture = *state;
  const gint64 row = enter (fixture, "李科员", 0, "甲");
  Step step
      = { .fixture = fixture, .actor = "王科长", .row = row, .version = 1 };

  enter (fixture, "李科员", row, "乙");
  g_autofree char *refused = try_step (&step);
  assert_non_null (strstr (refused, "又改过"));
  step.version = 2;
  g_autofree char *done = try_step (&step);
  assert_null (done);
}

/* ------------------------------------------------------------------- lists */

static gboolean
take_row (const HxApproval *approval, gpointer data)
{
  g_string_append_printf (data, "%ld:%s ", (long)approval->row,
                          approval->submitter);
  return TRUE;
}

static char *
list (Fixture *fixture, const HxApprovalQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autoptr (GString) out = g_string_new (NULL);

  assert_true (hx_approvals_each (hx_reader_connection (reader),
                                  fixture->catalogue, query, take_row, out,
                                  &error));
  return g_strdup (out->str);
}

static gboolean
reaches_nothing (gconstpointer data, const HxRow *row)
{
  (void)data;
  (void)row;
  return FALSE;
}

static void
lists_hold_what_waits_for_whom (void **state)
{
  Fixture *fixture = *state;
  const gint64 row = enter (fixture, "李科员", 0, "甲");
  Step back = {
    .fixture = fixture, .actor = "王科长", .row = row, .reason = "看不清"
  };
  HxApprovalQuery query
      = { .state = HX_APPROVAL_SUBMITTED, .not_of = "王科长" };
  g_autofree char *waiting = list (fixture, &query);

  assert_string_equal (waiting, "2:李科员 ");
  query.not_of = "李科员";
  g_autofree char *own = list (fixture, &query);
  assert_string_equal (own, "");
  query.not_of = NULL;
  query.reaches = reaches_nothing;
  g_autofree char *far = list (fixture, &query);
  assert_string_equal (far, "");
  g_autofree char *done = try_step (&back);
  assert_null (done);
  const HxApprovalQuery returned
      = { .state = HX_APPROVAL_RETURNED, .submitter = "李科员" };
  g_autofree char *mine = list (fixture, &returned);
  assert_string_equal (mine, "2:李科员 ");
}

/* ------------------------------------------------------------------- verify */

static void
a_state_that_was_altered_by_sql_is_found (void **state)
{
  static const char *const tampers[] = {
    "UPDATE approval SET state = 2, actor = '王科长', at = submitted_at",
    "UPDATE approval SET submitter = '张局'",
    "DELETE FROM approval",
    "UPDATE approval SET row = 1",
  };
  Fixture *fixture = *state;

  enter (fixture, "李科员", 0, "甲");
  for (guint i = 0; i < G_N_ELEMENTS (tampers); i++)
    {
      run_sql (fixture, "CREATE TABLE kept AS SELECT * FROM approval");
      run_sql (fixture, tampers[i]);
      assert_int_not_equal (verify (fixture), 0);
      run_sql (fixture, "DELETE FROM approval");
      run_sql (fixture, "INSERT INTO approval SELECT * FROM kept");
      run_sql (fixture, "DROP TABLE kept");
      assert_int_equal (verify (fixture), 0);
    }
}

#define TEST(function)                                                         \
  cmocka_unit_test_setup_teardown (function, setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_was_put_without_a_form_waits_for_nobody),
    TEST (what_is_entered_by_hand_is_approved_by_another),
    TEST (a_return_says_why_and_a_change_submits_anew),
    TEST (an_approved_row_that_is_changed_waits_again),
    TEST (what_changed_after_it_was_looked_at_is_not_approved),
    TEST (lists_hold_what_waits_for_whom),
    TEST (a_state_that_was_altered_by_sql_is_found),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
