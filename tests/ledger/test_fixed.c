/* Fields that keep what they hold. */
#include "ledger_test.h"

#define VISIT                                                                  \
  "key: visit\nname: 走访慰问\nof: cadre\nidentity: [number]\nfields:\n"   \
  "  - {key: number, name: 编号, required: true}\n"                          \
  "  - {key: planned, name: 原定日期, type: date, fixed: true,"            \
  " instead: 改期请另登记}\n"                                            \
  "  - {key: gift, name: 慰问金, type: money, fixed: true}\n"               \
  "  - {key: code, name: 口令, secret: true, fixed: true}\n"                 \
  "  - {key: note, name: 情况}\n"

typedef struct
{
  const char *const *cells;
  HxPutOutcome outcome;
  char *fault; /* the first, or NULL */
  gboolean by_id;
} Try;

static void
try_clear (Try *try)
{
  g_free (try->fault);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Try, try_clear)

static int
setup (void **state)
{
  fixture_setup (state);
  use_catalogue (*state, "records/visit.yaml", VISIT);
  return 0;
}

static gboolean
establish (HxConnection *connection, gpointer data, GError **error)
{
  (void)data;
  return hx_key_establish (connection, error);
}

static void
put_first (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  static const char *const cadre[]
      = { "name=张三", "id_number=999999193301010010", NULL };

  put_cells (ledger, fixture->cadre, cadre, NULL);
  put_cells (ledger, fixture->visit, data, NULL);
}

/* As an import does it: fields without a column keep what they hold. */
static void
put_named (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Try *try = data;
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  g_autofree guint8 *set = g_new0 (guint8, row->kind->fields->len);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  g_autoptr (GError) error = NULL;

  if (try->by_id)
    hx_row_load (hx_ledger_connection (ledger), row, 1, NULL);
  for (const char *const *cell = try->cells; *cell != NULL; cell++)
    {
      g_auto (GStrv) parts = g_strsplit (*cell, "=", 2);

      set[hx_kind_field (row->kind, parts[0])->index] = 1;
    }
  set_cells (ledger, row, try->cells);
  if (try->by_id)
    try->outcome = hx_ledger_change (ledger, row, &faults, &error)
                       ? HX_PUT_CHANGED
                       : HX_PUT_REFUSED;
  else if (hx_row_check (ledger, row, set, &faults, &error))
    hx_ledger_put (ledger, row, set, &try->outcome, &faults, &error);
  assert_no_error (error);
  if (list->len > 0)
    try->fault = g_strdup (list->pdata[0]);
}

static void
attempt (Fixture *fixture, Try *try)
{
  g_clear_pointer (&try->fault, g_free);
  in_ledger (fixture, put_named, try);
}

static void
put_start (Fixture *fixture)
{
  static const char *const cells[]
      = { "number=1",           "cadre=张三",  "date=2023-03-01",
          "planned=2023-05-01", "code=甲乙丙", NULL };
  g_autoptr (GError) error = NULL;

  hx_write (fixture->store, establish, NULL, &error);
  assert_no_error (error);
  in_ledger (fixture, put_first, (gpointer)(guintptr)cells);
}

#define ROW                                                                    \
  "SELECT planned || ' ' || coalesce (gift, '-') || ' ' || version"            \
  " FROM rec_visit WHERE id = 1"

static void
what_it_holds_is_not_changed (void **state)
{
  static const struct
  {
    const char *cells[3];
    const char *says;
  } rows[] = {
    { { "number=1", "planned=2023-06-01" },
      "原定日期: 已登记为 2023-05-01，不能改动：改期请另登记" },
    { { "number=1", "planned=" }, "不能改动" },
    { { "number=1", "code=丁" }, "口令: 已登记为 ＊，不能改动" },
  };
  Fixture *fixture = *state;

  put_start (fixture);
  g_autofree char *before = read_text (fixture, ROW);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++)
    {
      g_auto (Try) try = { .cells = rows[i / 2].cells, .by_id = i % 2 };

      attempt (fixture, &try);
      assert_int_equal (try.outcome, HX_PUT_REFUSED);
      if (strstr (try.fault, rows[i / 2].says) == NULL)
        fail_msg ("%s", try.fault);
    }
  g_autofree char *after = read_text (fixture, ROW);
  assert_string_equal (before, after);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM change_log"),
                    2);
}

static void
the_rest_of_the_row_may_change (void **state)
{
  static const char *const without[] = { "number=1", "note=好", NULL };
  static const char *const same[] = { "number=1", "planned=2023年5月1日",
                                      "code=甲乙丙", "note=更好", NULL };
  static const char *const again[] = { "number=1", "planned=2023/5/1", NULL };
  Fixture *fixture = *state;
  g_auto (Try) try = { .cells = without };

  put_start (fixture);
  attempt (fixture, &try);
  assert_int_equal (try.outcome, HX_PUT_CHANGED);
  try.cells = same;
  attempt (fixture, &try);
  assert_int_equal (try.outcome, HX_PUT_CHANGED);
  try.cells = again;
  attempt (fixture, &try);
  assert_int_equal (try.outcome, HX_PUT_UNCHANGED);
  assert_null (try.fault);
}

static void
an_empty_one_is_filled_once (void **state)
{
  static const char *const first[] = { "number=1", "gift=200", NULL };
  static const char *const second[] = { "number=1", "gift=200.01", NULL };
  Fixture *fixture = *state;
  g_auto (Try) try = { .cells = first };

  put_start (fixture);
  attempt (fixture, &try);
  assert_int_equal (try.outcome, HX_PUT_CHANGED);
  try.cells = second;
  attempt (fixture, &try);
  assert_int_equal (try.outcome, HX_PUT_REFUSED);
  assert_non_null (strstr (try.fault, "200.00"));
  assert_non_null (strstr (try.fault, "作废后另行登记"));
}

static void
void_first (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)data;
  hx_ledger_void (ledger, fixture->visit, 1, "登记错了", &error);
  assert_no_error (error);
}

static void
a_void_row_leaves_room_for_a_right_one (void **state)
{
  static const char *const right[]
      = { "number=1a", "cadre=张三", "date=2023-03-01", "planned=2023-06-01",
          NULL };
  Fixture *fixture = *state;
  g_auto (Try) try = { .cells = right };

  put_start (fixture);
  in_ledger (fixture, void_first, NULL);
  attempt (fixture, &try);
  assert_int_equal (try.outcome, HX_PUT_NEW);
  g_autofree char *planned
      = read_text (fixture, "SELECT planned FROM rec_visit WHERE void = 0");
  assert_string_equal (planned, "2023-06-01");
}

static void
put_cadre (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  put_cells (ledger, fixture->cadre, data, NULL);
}

static char *
change_cadre (Fixture *fixture, const char *const *cells)
{
  const HxKind *visit = fixture->visit;
  g_auto (Try) try = { .cells = cells };

  fixture->visit = fixture->cadre; /* the kind that `put_named` is about */
  in_ledger (fixture, put_named, &try);
  fixture->visit = visit;
  return g_steal_pointer (&try.fault);
}

#define CADRE                                                                  \
  "key: cadre\nname: 老干部\nidentity: [name]\nfields:\n"                   \
  "  - {key: name, name: 姓名, required: true}\n"                            \
  "  - {key: number, name: 编号}\n"                                          \
  "  - {key: card, name: 证号, fixed: true}\n"

static void
what_has_not_begun_may_change (void **state)
{
  static const char *const later[]
      = { "name=甲", "card=1", "since=2999-01-01", NULL };
  static const char *const other[] = { "name=甲", "card=2", NULL };
  static const char *const begun[] = { "name=甲", "since=2020-01-01", NULL };
  static const char *const again[] = { "name=甲", "since=2999-01-01", NULL };
  static const char *const third[] = { "name=甲", "card=3", NULL };
  Fixture *fixture = *state;

  use_catalogue (fixture, "registers/cadre.yaml", CADRE);
  in_ledger (fixture, put_cadre, (gpointer)(guintptr)later);
  g_autofree char *changed = change_cadre (fixture, other);
  assert_null (changed);
  g_autofree char *starts = change_cadre (fixture, begun);
  assert_null (starts);
  g_autofree char *put_off = change_cadre (fixture, again);
  assert_non_null (put_off);
  g_autofree char *refused = change_cadre (fixture, third);
  assert_non_null (refused);
  g_autofree char *card = read_text (fixture, "SELECT card FROM reg_cadre");
  assert_string_equal (card, "2");
}

static void
take_back (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  g_autoptr (GError) error = NULL;

  (void)fixture;
  hx_ledger_revert (ledger, data, "撤销", &faults, &error);
  assert_no_error (error);
  assert_int_equal (list->len, 0);
}

/* Entry 3 filled the gift, entry 4 voids the row. */
static void
taking_back_is_no_change (void **state)
{
  static const char *const first[] = { "number=1", "gift=200", NULL };
  gint64 last[] = { 4, 4 }, filling[] = { 3, 3 };
  Fixture *fixture = *state;
  g_auto (Try) try = { .cells = first };

  put_start (fixture);
  attempt (fixture, &try);
  in_ledger (fixture, void_first, NULL);
  in_ledger (fixture, take_back, last);
  g_autofree char *filled = read_text (fixture, ROW);
  assert_string_equal (filled, "2023-05-01 20000 4");
  in_ledger (fixture, take_back, filling);
  g_autofree char *emptied = read_text (fixture, ROW);
  assert_string_equal (emptied, "2023-05-01 - 5");
}

#define CASE(name)                                                             \
  cmocka_unit_test_setup_teardown (name, setup, fixture_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    CASE (what_it_holds_is_not_changed),
    CASE (the_rest_of_the_row_may_change),
    CASE (an_empty_one_is_filled_once),
    CASE (a_void_row_leaves_room_for_a_right_one),
    CASE (taking_back_is_no_change),
    cmocka_unit_test_setup_teardown (what_has_not_begun_may_change,
                                     fixture_setup, fixture_teardown),
  };

  return cmocka_run_group_tests_name ("fixed", tests, NULL, NULL);
}
