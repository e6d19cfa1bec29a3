/* ID numbers that are wrong in the old books, and kept with the reason. */
#include "ledger_test.h"

#include "ledger/secret.h"

#define GOOD "999999193301010010"
#define OTHER "999999193301010037"
#define BAD "999999193301010011"

static const char cadre_yaml[]
    = "key: cadre\n"
      "name: 老干部\n"
      "identity: [id_number]\n"
      "refer_by: [id_number]\n"
      "fields:\n"
      "  - {key: name, name: 姓名, required: true}\n"
      "  - {key: id_number, name: 身份证号, type: id_number, required: true,"
      " unique: true, secret: true, known_bad: doubt}\n"
      "  - {key: doubt, name: 存疑原因}\n"
      "  - {key: birth_date, name: 出生日期, type: date}\n"
      "  - {key: sex, name: 性别, type: choice, codes: sex}\n";

static const char open_yaml[]
    = "key: cadre\n"
      "name: 老干部\n"
      "identity: [number]\n"
      "refer_by: [id_number]\n"
      "fields:\n"
      "  - {key: number, name: 编号}\n"
      "  - {key: name, name: 姓名}\n"
      "  - {key: id_number, name: 身份证号, type: id_number, unique: true,"
      " known_bad: doubt}\n"
      "  - {key: doubt, name: 存疑原因}\n";

static int
setup (void **state)
{
  fixture_setup (state);
  use_catalogue (*state, "registers/cadre.yaml", cadre_yaml);
  return 0;
}

typedef struct
{
  const char *cells[6];
  const char *unset; /* a field that the workbook does not carry */
  gint64 id;         /* of a row to be changed; of the row that was written */
  gboolean good;
  HxPutOutcome outcome;
  char *fault;
} Put;

static void
take_fault (Put *put, HxFaults *faults, const GError *error)
{
  if (error != NULL)
    put->fault = g_strdup (error->message);
  else if (faults->faults != NULL && faults->faults->len > 0)
    put->fault = g_strdup (faults->faults->pdata[0]);
  g_clear_pointer (&faults->faults, g_ptr_array_unref);
}

static gboolean
set_put (HxLedger *ledger, HxRow *row, const Put *put, HxFaults *faults)
{
  gboolean good = TRUE;

  for (guint i = 0; put->cells[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (put->cells[i], "=", 2);

      good = hx_row_set (ledger, row, hx_kind_field (row->kind, parts[0]),
                         parts[1], faults, NULL)
             && good;
    }
  return good;
}

static void
put_row (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Put *put = data;
  g_autoptr (HxRow) row = hx_row_new (fixture->cadre);
  g_autofree guint8 *set = g_new (guint8, fixture->cadre->fields->len);
  HxFaults faults = { NULL };
  g_autoptr (GError) error = NULL;

  memset (set, 1, fixture->cadre->fields->len);
  if (put->unset != NULL)
    set[hx_kind_field (fixture->cadre, put->unset)->index] = 0;
  put->good
      = set_put (ledger, row, put, &faults)
        && hx_row_check (ledger, row, set, &faults, &error)
        && hx_ledger_put (ledger, row, set, &put->outcome, &faults, &error);
  put->id = row->id;
  take_fault (put, &faults, error);
}

static void
change_row (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Put *put = data;
  g_autoptr (HxRow) row = hx_row_new (fixture->cadre);
  HxFaults faults = { NULL };
  g_autoptr (GError) error = NULL;

  put->good = hx_row_load (hx_ledger_connection (ledger), row, put->id, &error)
              && set_put (ledger, row, put, &faults)
              && hx_row_check (ledger, row, NULL, &faults, &error)
              && hx_ledger_change (ledger, row, &faults, &error);
  take_fault (put, &faults, error);
}

static gint64
expect (Fixture *fixture, Put put, HxPutOutcome outcome)
{
  in_ledger (fixture, put_row, &put);
  if (!put.good)
    fail_msg ("%s", put.fault);
  assert_int_equal (put.outcome, outcome);
  return put.id;
}

static void
expect_fault (Fixture *fixture, Put put, const char *part)
{
  in_ledger (fixture, put_row, &put);
  assert_false (put.good);
  assert_non_null (put.fault);
  if (strstr (put.fault, part) == NULL)
    assert_string_equal (put.fault, part);
  g_free (put.fault);
}

static void
no_finding (const char *finding, gpointer data)
{
  (void)data;
  fail_msg ("%s", finding);
}

static void
assert_clean (Fixture *fixture)
{
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);

  assert_true (hx_ledger_verify (hx_reader_connection (reader),
                                 fixture->catalogue, no_finding, NULL, NULL,
                                 NULL));
}

/* -------------------------------------------------------------------- taking
 */

static void
a_wrong_number_needs_a_reason_and_is_told_so (void **state)
{
  static const char *const numbers[]
      = { BAD, "99999919330101001", "999999193313010010",
          "99999919330101001Y" };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *cell = g_strconcat ("id_number=", numbers[i], NULL);

      expect_fault (fixture, (Put){ .cells = { "name=张三", cell } },
                    "在“存疑原因”一栏写明原因");
    }
  assert_int_equal (read_integer (fixture, "SELECT count(*) FROM reg_cadre"),
                    0);
}

static void
with_its_reason_it_is_kept_as_it_is_on_either_side (void **state)
{
  Fixture *fixture = *state;
  gint64 id = expect (
      fixture,
      (Put){ .cells = { "name=张三", "id_number=９９９９ 99193301010011",
                        "doubt=户口簿如此" } },
      HX_PUT_NEW);
  g_autoptr (HxRow) row = hx_row_new (fixture->cadre);
  g_autoptr (HxReader) reader = NULL;

  assert_int_equal (expect (fixture,
                            (Put){ .cells = { "doubt=户口簿如此",
                                              "id_number=" BAD, "name=张三" } },
                            HX_PUT_UNCHANGED),
                    id);
  reader = hx_store_reader (fixture->store, NULL);
  assert_true (hx_row_load (hx_reader_connection (reader), row, id, NULL));
  assert_string_equal (
      row->values[hx_kind_field (fixture->cadre, "id_number")->index].text,
      BAD);
  g_clear_pointer (&reader, hx_reader_free);
  assert_clean (fixture);
}

static void
what_nobody_writes_as_a_number_is_refused_all_the_same (void **state)
{
  static const char *const texts[]
      = { "不详", "无", "12345", "一二三四五六七八" };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *cell = g_strconcat ("id_number=", texts[i], NULL);

      expect_fault (fixture,
                    (Put){ .cells = { "name=张三", cell, "doubt=户口簿如此" } },
                    "身份证号");
    }
}

static void
it_is_not_held_against_birth_date_and_sex (void **state)
{
  Fixture *fixture = *state;

  expect_fault (fixture,
                (Put){ .cells = { "name=李四", "id_number=" GOOD,
                                  "birth_date=1940-1-1" } },
                "不一致");
  expect (fixture,
          (Put){ .cells = { "name=李四", "id_number=" GOOD, "sex=女",
                            "birth_date=1940-1-1", "doubt=冒用" } },
          HX_PUT_NEW);
}

/* ------------------------------------------------------------------ identity
 */

static void
two_people_of_one_wrong_number_stay_two (void **state)
{
  Fixture *fixture = *state;
  gint64 first = expect (
      fixture,
      (Put){ .cells = { "name=张三", "id_number=" BAD, "doubt=旧账" } },
      HX_PUT_NEW);
  gint64 second = expect (
      fixture,
      (Put){ .cells = { "name=李四", "id_number=" BAD, "doubt=旧账" } },
      HX_PUT_NEW);

  assert_int_not_equal (first, second);
  assert_int_equal (expect (fixture,
                            (Put){ .cells = { "name=张三", "id_number=" BAD,
                                              "doubt=又查过" } },
                            HX_PUT_CHANGED),
                    first);
  assert_clean (fixture);
}

static void
a_doubted_number_does_not_take_the_place_of_its_owner (void **state)
{
  Fixture *fixture = *state;
  gint64 owner
      = expect (fixture, (Put){ .cells = { "name=张三", "id_number=" GOOD } },
                HX_PUT_NEW);
  gint64 other = expect (
      fixture,
      (Put){ .cells = { "name=李四", "id_number=" GOOD, "doubt=冒用" } },
      HX_PUT_NEW);

  assert_int_not_equal (owner, other);
  assert_int_equal (
      expect (fixture, (Put){ .cells = { "name=张三丰", "id_number=" GOOD } },
              HX_PUT_CHANGED),
      owner);
  assert_clean (fixture);
}

static void
a_workbook_without_the_reason_finds_the_row (void **state)
{
  Fixture *fixture = *state;
  gint64 id = expect (
      fixture,
      (Put){ .cells = { "name=张三", "id_number=" BAD, "doubt=旧账" } },
      HX_PUT_NEW);

  assert_int_equal (expect (fixture,
                            (Put){ .cells = { "name=张三", "id_number=" BAD },
                                   .unset = "doubt" },
                            HX_PUT_UNCHANGED),
                    id);
  expect_fault (
      fixture,
      (Put){ .cells = { "name=李四", "id_number=" BAD }, .unset = "doubt" },
      "存疑原因");
}

static void
a_number_is_put_right_by_a_change (void **state)
{
  Fixture *fixture = *state;
  gint64 id = expect (
      fixture,
      (Put){ .cells = { "name=张三", "id_number=" BAD, "doubt=旧账" } },
      HX_PUT_NEW);
  Put half = { .id = id, .cells = { "doubt=" } };
  Put right = { .id = id, .cells = { "id_number=" GOOD, "doubt=" } };

  in_ledger (fixture, change_row, &half);
  assert_false (half.good);
  g_free (half.fault);
  in_ledger (fixture, change_row, &right);
  assert_true (right.good);
  assert_int_equal (
      expect (fixture, (Put){ .cells = { "name=张三", "id_number=" GOOD } },
              HX_PUT_UNCHANGED),
      id);
  assert_clean (fixture);
}

#define BORN "birth_date=1933-01-01"

static void
who_is_kept_with_a_bad_number_is_not_entered_a_second_time (void **state)
{
  Fixture *fixture = *state;
  gint64 id = expect (
      fixture,
      (Put){ .cells = { "name=张三", "id_number=" BAD, "doubt=旧账", BORN } },
      HX_PUT_NEW);
  Put again = { .cells = { "name=张三", "id_number=" GOOD, BORN } };
  Put right = { .id = id, .cells = { "id_number=" GOOD, "doubt=" } };
  g_autofree char *says = g_strdup_printf ("编号 %d 与此人同名", (int)id);

  in_ledger (fixture, put_row, &again);
  assert_true (again.good);
  assert_int_equal (again.outcome, HX_PUT_REFUSED);
  assert_non_null (strstr (again.fault, says));
  g_free (again.fault);
  /* Another name, another day or no day: somebody else. */
  expect (fixture, (Put){ .cells = { "name=李四", "id_number=" OTHER, BORN } },
          HX_PUT_NEW);
  expect (fixture,
          (Put){ .cells = { "name=张三", "id_number=999999193401010018",
                            "birth_date=1934-01-01" } },
          HX_PUT_NEW);
  /* Put right, he is found by his number. */
  in_ledger (fixture, change_row, &right);
  assert_true (right.good);
  assert_int_equal (
      expect (fixture,
              (Put){ .cells = { "name=张三", "id_number=" GOOD, BORN } },
              HX_PUT_UNCHANGED),
      id);
  assert_clean (fixture);
}

static void
another_person_of_that_name_and_day_is_entered_with_a_reason (void **state)
{
  Fixture *fixture = *state;
  gint64 id = expect (
      fixture,
      (Put){ .cells = { "name=张三", "id_number=" BAD, "doubt=旧账", BORN } },
      HX_PUT_NEW);
  gint64 other = expect (fixture,
                         (Put){ .cells = { "name=张三", "id_number=" GOOD,
                                           "doubt=同名同生日", BORN } },
                         HX_PUT_NEW);
  Put clear = { .id = other, .cells = { "doubt=" } };

  assert_int_not_equal (id, other);
  in_ledger (fixture, change_row, &clear);
  assert_true (clear.good);
  assert_clean (fixture);
}

/* -------------------------------------------------------------------- unique
 */

static void
known_bad_numbers_may_repeat_where_others_may_not (void **state)
{
  Fixture *fixture = *state;

  use_catalogue (fixture, "registers/cadre.yaml", open_yaml);
  expect (fixture,
          (Put){ .cells = { "number=1", "id_number=" GOOD, "doubt=冒用" } },
          HX_PUT_NEW);
  expect (fixture,
          (Put){ .cells = { "number=2", "id_number=" GOOD, "doubt=冒用" } },
          HX_PUT_NEW);
  expect (fixture, (Put){ .cells = { "number=3", "id_number=" GOOD } },
          HX_PUT_NEW);
  expect_fault (fixture, (Put){ .cells = { "number=4", "id_number=" GOOD } },
                "重复");
  expect (fixture, (Put){ .cells = { "number=4", "id_number=" OTHER } },
          HX_PUT_NEW);
  assert_clean (fixture);
}

static void
add_visit (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  const char *cells[] = { "date=2023-3-5", data, NULL };

  put_cells (ledger, fixture->visit, cells, NULL);
}

static void
a_reference_by_a_known_bad_number_finds_its_row (void **state)
{
  Fixture *fixture = *state;
  gint64 id;

  expect (fixture, (Put){ .cells = { "name=李四", "id_number=" GOOD } },
          HX_PUT_NEW);
  id = expect (
      fixture,
      (Put){ .cells = { "name=张三", "id_number=" BAD, "doubt=旧账" } },
      HX_PUT_NEW);
  in_ledger (fixture, add_visit, (gpointer)(guintptr) "cadre=" BAD);
  assert_int_equal (read_integer (fixture, "SELECT cadre FROM rec_visit"), id);
}

static void
a_mark_on_the_catalogue_that_was_not_there_keeps_the_rows (void **state)
{
  Fixture *fixture = *state;
  g_auto (GStrv) parts = g_strsplit (cadre_yaml, ", known_bad: doubt", 2);
  g_autofree char *plain = g_strjoinv ("", parts);
  gint64 id;

  use_catalogue (fixture, "registers/cadre.yaml", plain);
  id = expect (
      fixture,
      (Put){ .cells = { "name=李四", "id_number=" GOOD, "doubt=冒用" } },
      HX_PUT_NEW);
  use_catalogue (fixture, "registers/cadre.yaml", cadre_yaml);
  assert_int_equal (expect (fixture,
                            (Put){ .cells = { "name=李四", "id_number=" GOOD,
                                              "doubt=冒用" } },
                            HX_PUT_UNCHANGED),
                    id);
  assert_clean (fixture);
}

/* ------------------------------------------------------------------ messages
 */

static void
no_message_prints_a_secret_cell (void **state)
{
  static const char *const secrets[]
      = { "1380013", "昌华大街", "神经衰弱", "1933010100" };
  Fixture *fixture = *state;
  const char *cells[][2] = { { "phone", "138001380001380" },
                             { "address", "昌华大街1号" },
                             { "health", "神经衰弱" },
                             { "boss", "999999193301010053" } };

  use_catalogue (fixture, "registers/cadre.yaml",
                 "key: cadre\n"
                 "name: 老干部\n"
                 "identity: [id_number]\n"
                 "fields:\n"
                 "  - {key: id_number, name: 身份证号, type: id_number,"
                 " secret: true}\n"
                 "  - {key: phone, name: 电话, type: phone, secret: true}\n"
                 "  - {key: address, name: 住址, secret: true,"
                 " pattern: '[0-9]+'}\n"
                 "  - {key: health, name: 健康, type: choice, codes: sex,"
                 " secret: true}\n"
                 "  - {key: boss, name: 上级, type: ref, to: cadre}\n");
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *cell = g_strjoin ("=", cells[i][0], cells[i][1], NULL);
      Put put = { .cells = { cell } };

      in_ledger (fixture, put_row, &put);
      assert_non_null (put.fault);
      for (guint j = 0; j < G_N_ELEMENTS (secrets); j++)
        if (strstr (put.fault, secrets[j]) != NULL)
          fail_msg ("%s", put.fault);
      g_free (put.fault);
    }
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (a_wrong_number_needs_a_reason_and_is_told_so),
    EACH (with_its_reason_it_is_kept_as_it_is_on_either_side),
    EACH (what_nobody_writes_as_a_number_is_refused_all_the_same),
    EACH (it_is_not_held_against_birth_date_and_sex),
    EACH (two_people_of_one_wrong_number_stay_two),
    EACH (a_doubted_number_does_not_take_the_place_of_its_owner),
    EACH (a_workbook_without_the_reason_finds_the_row),
    EACH (a_number_is_put_right_by_a_change),
    EACH (who_is_kept_with_a_bad_number_is_not_entered_a_second_time),
    EACH (another_person_of_that_name_and_day_is_entered_with_a_reason),
    EACH (known_bad_numbers_may_repeat_where_others_may_not),
    EACH (a_reference_by_a_known_bad_number_finds_its_row),
    EACH (a_mark_on_the_catalogue_that_was_not_there_keeps_the_rows),
    EACH (no_message_prints_a_secret_cell),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
