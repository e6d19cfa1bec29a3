/* Rows as a workbook brings them: some columns, checked, then put. */
#include "ledger_test.h"

typedef struct
{
  const HxKind *kind;
  const char *const *cells; /* "key=text"; other columns are not carried */
  char *faults;             /* joined, NULL when there were none */
  HxPutOutcome outcome;
  gint64 id;
} Import;

static void
import_clear (Import *import)
{
  g_clear_pointer (&import->faults, g_free);
}

static void
check_and_put (HxLedger *ledger, HxRow *row, const guint8 *set,
               HxFaults *faults, Import *import)
{
  g_autoptr (GError) error = NULL;

  if (hx_row_check (ledger, row, set, faults, &error)
      && hx_ledger_find (ledger, row, &error))
    hx_ledger_put (ledger, row, set, &import->outcome, faults, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  import->id = row->id;
}

static void
import_one (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Import *import = data;
  g_autoptr (HxRow) row = hx_row_new (import->kind);
  g_autofree guint8 *set = g_new0 (guint8, import->kind->fields->len);
  HxFaults faults = { g_ptr_array_new_with_free_func (g_free) };

  (void)fixture;
  import_clear (import);
  import->outcome = HX_PUT_REFUSED;
  set_cells (ledger, row, import->cells);
  for (const char *const *cell = import->cells; *cell != NULL; cell++)
    {
      g_auto (GStrv) parts = g_strsplit (*cell, "=", 2);

      set[hx_kind_field (row->kind, parts[0])->index] = 1;
    }
  check_and_put (ledger, row, set, &faults, import);
  if (faults.faults->len > 0)
    {
      g_ptr_array_add (faults.faults, NULL);
      import->faults = g_strjoinv ("; ", (char **)faults.faults->pdata);
    }
  g_ptr_array_unref (faults.faults);
}

/* ---------------------------------------------------------------- set mask */

static void
a_missing_required_column_keeps_what_is_stored (void **state)
{
  static const char *const cells[]
      = { "id_number=999999193301010010", "card=甲1", NULL };
  Fixture *fixture = *state;
  Import import = { .kind = fixture->cadre, .cells = cells };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, import_one, &import);
  assert_null (import.faults);
  assert_int_equal (import.outcome, HX_PUT_CHANGED);
  assert_int_equal (import.id, 1);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM reg_cadre"
                                           " WHERE name = '张三' AND"
                                           " card = '甲1' AND unit_id = 1"),
                    1);
}

static void
a_missing_required_column_is_a_fault_on_a_new_row (void **state)
{
  static const char *const cells[] = { "id_number=999999193301010037", NULL };
  Fixture *fixture = *state;
  Import import = { .kind = fixture->cadre, .cells = cells };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, import_one, &import);
  assert_non_null (import.faults);
  assert_string_equal (import.faults, "姓名: 必须填写");
  import_clear (&import);
}

static void
an_empty_cell_of_a_carried_column_clears_or_is_refused (void **state)
{
  static const char *const card[]
      = { "id_number=999999193301010010", "name=张三", "card=甲1", NULL };
  static const char *const no_card[]
      = { "id_number=999999193301010010", "card=", NULL };
  static const char *const no_name[]
      = { "id_number=999999193301010010", "name=", NULL };
  Fixture *fixture = *state;
  Import import = { .kind = fixture->cadre, .cells = card };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, import_one, &import);
  import.cells = no_card;
  in_ledger (fixture, import_one, &import);
  assert_int_equal (import.outcome, HX_PUT_CHANGED);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM reg_cadre"
                                           " WHERE card IS NULL"),
                    1);
  import.cells = no_name;
  in_ledger (fixture, import_one, &import);
  assert_string_equal (import.faults, "姓名: 必须填写");
  import_clear (&import);
}

static void
a_column_not_carried_is_not_given_its_default_again (void **state)
{
  static const char *const festival[]
      = { "date=2023-03-05", "cadre=张三", "occasion=节日", "note=一", NULL };
  static const char *const without[]
      = { "date=2023-03-05", "cadre=张三", "note=二", NULL };
  Fixture *fixture = *state;
  Import import = { .kind = fixture->visit, .cells = festival };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, import_one, &import);
  assert_int_equal (import.outcome, HX_PUT_NEW);
  import.cells = without;
  in_ledger (fixture, import_one, &import);
  assert_null (import.faults);
  assert_int_equal (import.outcome, HX_PUT_CHANGED);
  assert_int_equal (import.id, 1);
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM rec_visit"
                                           " WHERE id = 1 AND note = '二'"
                                           " AND gift = 20050"),
                    1);
}

static void
what_is_not_carried_is_compared_with_what_is (void **state)
{
  static const char *const born[]
      = { "id_number=999999193301010010", "birth_date=1933-01", NULL };
  static const char *const other_sex[]
      = { "id_number=999999193301010010", "sex=女", NULL };
  static const char *const early[]
      = { "id_number=999999193301010010", "since=2020-01-01", NULL };
  static const char *const before[]
      = { "id_number=999999193301010010", "until=2019-12-31", NULL };
  Fixture *fixture = *state;
  Import import = { .kind = fixture->cadre, .cells = born };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, import_one, &import);
  assert_null (import.faults);
  import.cells = other_sex;
  in_ledger (fixture, import_one, &import);
  assert_string_equal (import.faults, "性别: 与身份证号里的性别不一致");
  import.cells = early;
  in_ledger (fixture, import_one, &import);
  assert_null (import.faults);
  import.cells = before;
  in_ledger (fixture, import_one, &import);
  assert_string_equal (import.faults, "终止日期: 早于起始日期");
  import_clear (&import);
}

/* ------------------------------------------------------------------ unique */

static const char *const first_card[]
    = { "name=李四", "id_number=999999193301010029", "card=甲1", NULL };
static const char *const second_card[]
    = { "name=王五", "id_number=999999193301010037", "card=甲1", NULL };

static void
a_unique_value_is_kept_by_one_row_alone (void **state)
{
  Fixture *fixture = *state;
  Import import = { .kind = fixture->cadre, .cells = first_card };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, import_one, &import);
  in_ledger (fixture, import_one, &import);
  assert_null (import.faults);
  assert_int_equal (import.outcome, HX_PUT_UNCHANGED);
  import.cells = second_card;
  in_ledger (fixture, import_one, &import);
  assert_string_equal (import.faults, "证号: 与编号 2 的一行重复");
  import_clear (&import);
}

static void
import_both (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Import *import = data;

  import->cells = first_card;
  import_one (fixture, ledger, import);
  if (import->faults != NULL)
    g_error ("%s", import->faults);
  import->cells = second_card;
  import_one (fixture, ledger, import);
}

static void
a_unique_value_twice_in_one_write_is_refused (void **state)
{
  Fixture *fixture = *state;
  Import import = { .kind = fixture->cadre };

  in_ledger (fixture, import_both, &import);
  assert_string_equal (import.faults, "证号: 与编号 1 的一行重复");
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM reg_cadre"),
                    1);
  import_clear (&import);
}

static void
void_second (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  (void)data;
  if (!hx_ledger_void (ledger, fixture->cadre, 2, "重复登记", NULL))
    g_error ("not voided");
}

static void
a_voided_row_gives_its_unique_value_free (void **state)
{
  Fixture *fixture = *state;
  Import import = { .kind = fixture->cadre, .cells = first_card };

  in_ledger (fixture, put_sample, NULL);
  in_ledger (fixture, import_one, &import);
  in_ledger (fixture, void_second, NULL);
  import.cells = second_card;
  in_ledger (fixture, import_one, &import);
  assert_null (import.faults);
  assert_int_equal (import.outcome, HX_PUT_NEW);
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, fixture_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (a_missing_required_column_keeps_what_is_stored),
    EACH (a_missing_required_column_is_a_fault_on_a_new_row),
    EACH (an_empty_cell_of_a_carried_column_clears_or_is_refused),
    EACH (a_column_not_carried_is_not_given_its_default_again),
    EACH (what_is_not_carried_is_compared_with_what_is),
    EACH (a_unique_value_is_kept_by_one_row_alone),
    EACH (a_unique_value_twice_in_one_write_is_refused),
    EACH (a_voided_row_gives_its_unique_value_free),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
