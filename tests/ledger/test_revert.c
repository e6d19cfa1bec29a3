/* Taking back entries of the change log, and identities that void rows hold. */
#include "ledger_test.h"

typedef struct
{
  gint64 range[2];
  gboolean done;
  char *faults; /* a sentence a line */
} Revert;

static void
revert_clear (Revert *revert)
{
  g_free (revert->faults);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Revert, revert_clear)

static gboolean
revert_all (HxLedger *ledger, Revert *revert)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  g_autoptr (GError) error = NULL;

  revert->done
      = hx_ledger_revert (ledger, revert->range, "撤销", &faults, &error);
  assert_no_error (error);
  assert_int_equal (revert->done, list->len == 0);
  g_ptr_array_add (list, NULL);
  revert->faults = g_strjoinv ("\n", (char **)list->pdata);
  return revert->done;
}

static void
take_back (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  (void)fixture;
  if (!revert_all (ledger, data))
    hx_write_discard (hx_ledger_connection (ledger));
}

static void
change_visit (Fixture *fixture, HxLedger *ledger, const char *const *cells)
{
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  g_autoptr (GError) error = NULL;

  assert_true (hx_row_load (hx_ledger_connection (ledger), row, 1, &error));
  set_cells (ledger, row, cells);
  assert_true (hx_ledger_change (ledger, row, NULL, &error));
  assert_no_error (error);
}

/* Entries 4 to 6: the gift, the note and the visit's end. */
static void
change_and_void (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const gift[] = { "gift=77", NULL };
  static const char *const note[] = { "note=好", "date=2023-04-01", NULL };
  g_autoptr (GError) error = NULL;

  (void)data;
  change_visit (fixture, ledger, gift);
  change_visit (fixture, ledger, note);
  assert_true (hx_ledger_void (ledger, fixture->visit, 1, "重复", &error));
  assert_int_equal (hx_ledger_seq (ledger), 6);
}

static void
add_finding (const char *finding, gpointer data)
{
  g_string_append_printf (data, "%s\n", finding);
}

static void
assert_clean (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  assert_no_error (error);
  assert_true (hx_ledger_verify (hx_reader_connection (reader),
                                 fixture->catalogue, add_finding, text, NULL,
                                 &error));
  assert_string_equal (text->str, "");
}

#define VISIT                                                                  \
  "SELECT void || ' ' || day || ' ' || coalesce (gift, '-') || ' '"            \
  " || coalesce (note, '-') FROM rec_visit WHERE id = 1"

static void
changes_and_voids_are_taken_back_the_last_first (void **state)
{
  Fixture *fixture = *state;
  g_auto (Revert) revert = { .range = { 4, 6 } };

  in_ledger (fixture, put_sample, NULL);
  g_autofree char *before = read_text (fixture, VISIT);
  in_ledger (fixture, change_and_void, NULL);
  g_autofree char *changed = read_text (fixture, VISIT);
  in_ledger (fixture, take_back, &revert);
  assert_true (revert.done);
  g_autofree char *after = read_text (fixture, VISIT);
  assert_string_not_equal (before, changed);
  assert_string_equal (before, after);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"),
                    9);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"
                                           " WHERE action = 'restore'"),
                    1);
  assert_clean (fixture);
}

static void
a_part_of_what_was_done_is_taken_back_alone (void **state)
{
  Fixture *fixture = *state;
  g_auto (Revert) end = { .range = { 6, 6 } };
  g_auto (Revert) gift = { .range = { 4, 4 } };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, change_and_void, NULL);
  in_ledger (fixture, take_back, &end);
  in_ledger (fixture, take_back, &gift);
  assert_true (end.done && gift.done);
  g_autofree char *text = read_text (fixture, VISIT);
  assert_non_null (strstr (text, "0 2023-04-01"));
  assert_non_null (strstr (text, "好"));
  assert_null (strstr (text, "7700"));
  assert_clean (fixture);
}

static void
what_moved_on_is_named_and_nothing_is_done (void **state)
{
  Fixture *fixture = *state;
  g_auto (Revert) revert = { .range = { 4, 5 } };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, change_and_void, NULL);
  g_autofree char *before = read_text (fixture, VISIT);
  in_ledger (fixture, take_back, &revert);
  g_autofree char *after = read_text (fixture, VISIT);
  assert_false (revert.done);
  assert_non_null (strstr (revert.faults, "走访慰问 1: 后来又有变动"));
  assert_string_equal (before, after);
  assert_clean (fixture);
}

static void
a_row_that_was_added_cannot_be_taken_back (void **state)
{
  Fixture *fixture = *state;
  g_auto (Revert) revert = { .range = { 3, 3 } };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, take_back, &revert);
  assert_non_null (strstr (revert.faults, "走访慰问 1: 这种变更不能撤销"));
}

/* ------------------------------------------------- places of void rows */

static void
void_the_visit (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)data;
  assert_true (hx_ledger_void (ledger, fixture->visit, 1, "重复", &error));
}

/* Another visit moves to the day of the one that is void. */
static void
move_another_there (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const added[]
      = { "date=2023-03-09", "cadre=张三", "occasion=生日", NULL };
  static const char *const moved[] = { "date=2023-03-05", NULL };
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  g_autoptr (GError) error = NULL;
  gint64 *id = data;

  assert_int_equal (put_cells (ledger, fixture->visit, added, id), HX_PUT_NEW);
  assert_true (hx_row_load (hx_ledger_connection (ledger), row, *id, &error));
  set_cells (ledger, row, moved);
  assert_true (hx_ledger_change (ledger, row, NULL, &error));
}

static void
put_it_again (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const cells[]
      = { "date=2023-03-05", "cadre=张三", "occasion=生日", "note=又", NULL };
  gint64 *id = data;

  assert_int_equal (put_cells (ledger, fixture->visit, cells, id),
                    HX_PUT_CHANGED);
}

static void
a_living_row_may_take_the_place_of_a_void_one (void **state)
{
  Fixture *fixture = *state;
  g_auto (Revert) revert = { .range = { 4, 4 } };
  gint64 id = 0;
  gint64 found = 0;

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, void_the_visit, NULL);
  in_ledger (fixture, move_another_there, &id);
  assert_int_equal (id, 2);
  in_ledger (fixture, put_it_again, &found);
  assert_int_equal (found, id);
  in_ledger (fixture, take_back, &revert);
  assert_false (revert.done);
  assert_non_null (
      strstr (revert.faults, "走访慰问 1: 已有另一行与它相同，编号 2"));
  assert_clean (fixture);
}

static void
void_cadre_and_visit (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)data;
  assert_true (hx_ledger_void (ledger, fixture->visit, 1, "重复", &error));
  assert_true (hx_ledger_void (ledger, fixture->cadre, 1, "重复", &error));
}

static void
a_row_does_not_come_back_to_refer_to_a_void_one (void **state)
{
  Fixture *fixture = *state;
  g_auto (Revert) visit = { .range = { 4, 4 } };
  g_auto (Revert) both = { .range = { 4, 5 } };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, void_cadre_and_visit, NULL);
  in_ledger (fixture, take_back, &visit);
  assert_non_null (strstr (visit.faults, "它所指的一行已经作废"));
  in_ledger (fixture, take_back, &both);
  assert_true (both.done);
  assert_clean (fixture);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
#define TEST(name)                                                             \
  cmocka_unit_test_setup_teardown (name, fixture_setup, fixture_teardown)
    TEST (changes_and_voids_are_taken_back_the_last_first),
    TEST (a_part_of_what_was_done_is_taken_back_alone),
    TEST (what_moved_on_is_named_and_nothing_is_done),
    TEST (a_row_that_was_added_cannot_be_taken_back),
    TEST (a_living_row_may_take_the_place_of_a_void_one),
    TEST (a_row_does_not_come_back_to_refer_to_a_void_one),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
