/* What is sent to one row: taken, refused, stale, like others. */
#include "ledger_test.h"

#include "ledger/edit.h"

typedef struct
{
  const HxKind *kind;
  gint64 id, version;
  const char *const *cells; /* "key=text", NULL at the end */
  gboolean asks_alike;
  HxReaches reaches;
} Send;

typedef struct
{
  Fixture *fixture;
  HxEdit *edit;
} Run;

static gboolean
run_edit (HxConnection *connection, gpointer data, GError **error)
{
  static const HxAuthor author = { "李科员", "表单" };
  Run *run = data;
  g_autoptr (HxLedger) ledger = hx_ledger_new (
      connection, run->fixture->catalogue, &author, NULL, error);

  return ledger != NULL && hx_edit_run (ledger, run->edit, error)
         && hx_ledger_finish (ledger, error);
}

static void
fill (HxEdit *edit, const char *const *cells)
{
  for (; cells != NULL && *cells != NULL; cells++)
    {
      const char *equals = strchr (*cells, '=');
      g_autofree char *key = g_strndup (*cells, (gsize)(equals - *cells));
      const HxField *field = hx_kind_field (edit->kind, key);

      assert_non_null (field);
      hx_edit_cell (edit, field, equals + 1);
    }
}

static HxEdit *
send (Fixture *fixture, const Send *what)
{
  HxEdit *edit = hx_edit_new (what->kind, what->id);
  Run run = { fixture, edit };
  g_autoptr (GError) error = NULL;

  edit->version = what->version;
  edit->asks_alike = what->asks_alike;
  edit->reaches = what->reaches;
  fill (edit, what->cells);
  hx_write (fixture->store, run_edit, &run, &error);
  assert_no_error (error);
  return edit;
}

static char *
fault_of (const HxEdit *edit, const char *key)
{
  const HxField *field = hx_kind_field (edit->kind, key);

  assert_non_null (field);
  return hx_edit_fault_of (edit, field);
}

static int
setup (void **state)
{
  const int done = fixture_setup (state);

  in_ledger (*state, put_sample, NULL);
  return done;
}

/* -------------------------------------------------------------------- new */

static void
a_new_row_is_written_with_its_author (void **state)
{
  static const char *const cells[]
      = { "cadre=张三", "date=2023-06-01", "gift=1,200.50", NULL };
  Fixture *fixture = *state;
  g_autoptr (HxEdit) edit
      = send (fixture, &(Send){ .kind = fixture->visit, .cells = cells });

  assert_true (edit->is_done);
  assert_int_equal (edit->outcome, HX_PUT_NEW);
  assert_int_equal (edit->version, 1);
  assert_int_equal (read_integer (fixture,
                                  "SELECT gift FROM rec_visit WHERE day ="
                                  " '2023-06-01'"),
                    120050);
  g_autofree char *actor = read_text (
      fixture, "SELECT actor FROM change_log ORDER BY seq DESC LIMIT 1");
  assert_string_equal (actor, "李科员");
}

static void
each_fault_stands_at_its_field_and_nothing_is_written (void **state)
{
  static const char *const cells[]
      = { "cadre=无此人", "date=六月", "gift=-5", NULL };
  Fixture *fixture = *state;
  const gint64 before
      = read_integer (fixture, "SELECT count(*) FROM change_log");
  g_autoptr (HxEdit) edit
      = send (fixture, &(Send){ .kind = fixture->visit, .cells = cells });
  static const char *const keys[] = { "cadre", "date", "gift" };

  assert_false (edit->is_done);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *fault = fault_of (edit, keys[i]);

      assert_non_null (fault);
    }
  g_autofree char *none = fault_of (edit, "note");
  assert_null (none);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"),
                    before);
}

static void
what_is_missing_is_named_at_its_field (void **state)
{
  static const char *const cells[] = { "cadre=张三", NULL };
  Fixture *fixture = *state;
  g_autoptr (HxEdit) edit
      = send (fixture, &(Send){ .kind = fixture->visit, .cells = cells });
  g_autofree char *fault = fault_of (edit, "date");

  assert_false (edit->is_done);
  assert_string_equal (fault, "必须填写");
}

static void
a_row_of_the_same_identity_is_named_and_left_alone (void **state)
{
  static const char *const cells[]
      = { "cadre=张三", "date=2023-03-05", "gift=9", NULL };
  Fixture *fixture = *state;
  const gint64 gift = read_integer (fixture, "SELECT gift FROM rec_visit");
  g_autoptr (HxEdit) edit
      = send (fixture, &(Send){ .kind = fixture->visit, .cells = cells });

  assert_false (edit->is_done);
  assert_int_equal (edit->same, 1);
  assert_int_equal (read_integer (fixture, "SELECT gift FROM rec_visit"), gift);
}

static void
a_row_like_others_is_held_back_until_it_is_meant (void **state)
{
  static const char *const cells[]
      = { "cadre=张三", "date=2023-03-05", "occasion=节日", NULL };
  Fixture *fixture = *state;
  Send what = { .kind = fixture->visit, .cells = cells, .asks_alike = TRUE };
  g_autoptr (HxEdit) held = send (fixture, &what);

  assert_false (held->is_done);
  assert_int_equal (held->alike->len, 1);
  assert_int_equal (g_array_index (held->alike, gint64, 0), 1);
  what.asks_alike = FALSE;
  g_autoptr (HxEdit) meant = send (fixture, &what);
  assert_true (meant->is_done);
}

/* -------------------------------------------------------------- references */

static void
a_reference_is_taken_by_id_and_with_the_name_behind (void **state)
{
  static const char *const ways[]
      = { "cadre=#1", "cadre=#1 张三", "cadre=张三", "cadre=张三 昌华街道" };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *date = g_strdup_printf ("date=2023-07-%02u", i + 1);
      const char *const cells[] = { ways[i], date, NULL };
      g_autoptr (HxEdit) edit
          = send (fixture, &(Send){ .kind = fixture->visit, .cells = cells });

      assert_true (edit->is_done);
    }
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"
                                           " WHERE cadre = 1"),
                    1 + G_N_ELEMENTS (ways));
}

static void
an_id_of_no_row_is_a_fault (void **state)
{
  static const char *const cells[] = { "cadre=#99", "date=2023-07-01", NULL };
  Fixture *fixture = *state;
  g_autoptr (HxEdit) edit
      = send (fixture, &(Send){ .kind = fixture->visit, .cells = cells });
  g_autofree char *fault = fault_of (edit, "cadre");

  assert_non_null (strstr (fault, "没有"));
}

static void
attendees_are_taken_name_by_name_or_as_a_number (void **state)
{
  static const char *const named[]
      = { "cadre=张三", "date=2023-08-01", "crowd=#1 张三", NULL };
  static const char *const counted[]
      = { "cadre=张三", "date=2023-08-02", "crowd=35", NULL };
  static const char *const twice[]
      = { "cadre=张三", "date=2023-08-03", "crowd=张三、#1", NULL };
  Fixture *fixture = *state;
  g_autoptr (HxEdit) one
      = send (fixture, &(Send){ .kind = fixture->visit, .cells = named });
  g_autoptr (HxEdit) two
      = send (fixture, &(Send){ .kind = fixture->visit, .cells = counted });
  g_autoptr (HxEdit) three
      = send (fixture, &(Send){ .kind = fixture->visit, .cells = twice });
  g_autofree char *people
      = read_text (fixture, "SELECT crowd_people FROM rec_visit"
                            " WHERE day = '2023-08-01'");

  assert_true (one->is_done && two->is_done);
  assert_string_equal (people, "[1]");
  assert_int_equal (read_integer (fixture, "SELECT crowd FROM rec_visit"
                                           " WHERE day = '2023-08-02'"),
                    35);
  assert_false (three->is_done);
}

/* ------------------------------------------------------------------ change */

/* Each cell as it stands. */
static HxEdit *
edit_of_row (Fixture *fixture, const HxKind *kind, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autoptr (HxRow) row = hx_row_new (kind);
  HxEdit *edit = hx_edit_new (kind, id);

  assert_true (hx_row_load (hx_reader_connection (reader), row, id, &error));
  for (guint i = 0; i < kind->fields->len; i++)
    {
      g_autofree char *cell = hx_value_cell (hx_reader_connection (reader), row,
                                             kind->fields->pdata[i], &error);

      assert_no_error (error);
      hx_edit_cell (edit, kind->fields->pdata[i], cell);
    }
  edit->version = row->version;
  return edit;
}

static void
run (Fixture *fixture, HxEdit *edit)
{
  Run run = { fixture, edit };
  g_autoptr (GError) error = NULL;

  hx_write (fixture->store, run_edit, &run, &error);
  assert_no_error (error);
}

static void
a_row_sent_back_as_it_was_is_unchanged (void **state)
{
  static const char *const cells[]
      = { "cadre=张三",    "date=2023-09-01", "gift=1200.50", "crowd=张三",
          "note=两行\n字", "indoors=是",      "hours=1.5",    NULL };
  Fixture *fixture = *state;
  g_autoptr (HxEdit) made
      = send (fixture, &(Send){ .kind = fixture->visit, .cells = cells });
  const gint64 entries
      = read_integer (fixture, "SELECT count(*) FROM change_log");
  const struct
  {
    const HxKind *kind;
    gint64 id;
  } rows[] = { { fixture->visit, 1 },
               { fixture->visit, made->id },
               { fixture->cadre, 1 },
               { fixture->unit, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HxEdit) edit = edit_of_row (fixture, rows[i].kind, rows[i].id);

      run (fixture, edit);
      assert_true (edit->is_done);
      assert_int_equal (edit->outcome, HX_PUT_UNCHANGED);
    }
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"),
                    entries);
}

static void
only_the_cells_that_were_sent_change (void **state)
{
  static const char *const cells[] = { "note=改过", NULL };
  Fixture *fixture = *state;
  const gint64 gift = read_integer (fixture, "SELECT gift FROM rec_visit");
  g_autoptr (HxEdit) edit = send (
      fixture, &(Send){ .kind = fixture->visit, .id = 1, .cells = cells });

  assert_int_equal (edit->outcome, HX_PUT_CHANGED);
  assert_int_equal (edit->version, 2);
  assert_int_equal (read_integer (fixture, "SELECT gift FROM rec_visit"), gift);
}

static void
a_stale_edit_is_refused_and_brought_up_to_date (void **state)
{
  static const char *const theirs[] = { "gift=88", "note=他们写的", NULL };
  Fixture *fixture = *state;
  const HxField *gift = hx_kind_field (fixture->visit, "gift");
  const HxField *note = hx_kind_field (fixture->visit, "note");
  g_autoptr (HxEdit) mine = edit_of_row (fixture, fixture->visit, 1);
  g_autoptr (HxEdit) other = send (
      fixture, &(Send){ .kind = fixture->visit, .id = 1, .cells = theirs });

  assert_true (other->is_done);
  hx_edit_cell (mine, note, "我写的");
  run (fixture, mine);
  assert_false (mine->is_done);
  assert_true (mine->is_stale);
  assert_int_equal (mine->meanwhile->len, 2);
  const HxMeanwhile *first = mine->meanwhile->pdata[0];
  assert_ptr_equal (first->field, gift);
  assert_string_equal (first->actor, "李科员");
  assert_string_equal (first->is, "88.00");
  assert_string_equal (mine->cells[gift->index], "88.00");
  assert_string_equal (mine->cells[note->index], "我写的");

  run (fixture, mine);
  assert_true (mine->is_done);
  g_autofree char *text = read_text (fixture, "SELECT note FROM rec_visit");
  assert_string_equal (text, "我写的");
  assert_int_equal (read_integer (fixture, "SELECT gift FROM rec_visit"), 8800);
}

static gboolean
reaches_nothing (gconstpointer data, const HxRow *row)
{
  (void)data;
  (void)row;
  return FALSE;
}

static gboolean
reaches_people (gconstpointer data, const HxRow *row)
{
  (void)data;
  return g_str_equal (row->kind->key, "cadre");
}

static void
what_is_out_of_reach_is_not_found (void **state)
{
  static const char *const cells[] = { "note=改过", NULL };
  Fixture *fixture = *state;
  g_autoptr (HxEdit) edit = hx_edit_new (fixture->visit, 1);
  Run run = { fixture, edit };
  g_autoptr (GError) error = NULL;

  edit->reaches = reaches_nothing;
  fill (edit, cells);
  assert_false (hx_write (fixture->store, run_edit, &run, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
}

static void
nothing_is_written_for_a_unit_out_of_reach (void **state)
{
  static const char *const cells[] = { "cadre=张三", "date=2023-06-01", NULL };
  Fixture *fixture = *state;
  g_autoptr (HxEdit) person
      = send (fixture, &(Send){ .kind = fixture->visit,
                                .cells = cells,
                                .reaches = reaches_nothing });
  g_autofree char *fault = fault_of (person, "cadre");
  g_autoptr (HxEdit) row = send (fixture, &(Send){ .kind = fixture->visit,
                                                   .cells = cells,
                                                   .reaches = reaches_people });
  g_autofree char *whole = hx_edit_fault_of (row, NULL);

  assert_non_null (fault);
  assert_false (person->is_done);
  assert_non_null (whole);
  assert_false (row->is_done);
}

#define TEST(function)                                                         \
  cmocka_unit_test_setup_teardown (function, setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_new_row_is_written_with_its_author),
    TEST (each_fault_stands_at_its_field_and_nothing_is_written),
    TEST (what_is_missing_is_named_at_its_field),
    TEST (a_row_of_the_same_identity_is_named_and_left_alone),
    TEST (a_row_like_others_is_held_back_until_it_is_meant),
    TEST (a_reference_is_taken_by_id_and_with_the_name_behind),
    TEST (an_id_of_no_row_is_a_fault),
    TEST (attendees_are_taken_name_by_name_or_as_a_number),
    TEST (a_row_sent_back_as_it_was_is_unchanged),
    TEST (only_the_cells_that_were_sent_change),
    TEST (a_stale_edit_is_refused_and_brought_up_to_date),
    TEST (what_is_out_of_reach_is_not_found),
    TEST (nothing_is_written_for_a_unit_out_of_reach),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
