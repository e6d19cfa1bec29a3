#include "ledger_test.h"

#include "ledger/secret.h"

typedef struct
{
  const char *key, *text;
  const char *shown; /* NULL: refused */
} Case;

static const Case cases[] = {
  { "date", "２０２３年3月5日", "2023-03-05" },
  { "date", "2023-02-30", NULL },
  { "date", "2023-03", NULL },
  { "cadre", "张三", "张三" },
  { "cadre", "９９９９９９193301010010", "张三" },
  { "cadre", "李四", NULL },
  { "occasion", "节日", "节日" },
  { "occasion", "festival", "节日" },
  { "occasion", "无名", NULL },
  { "gift", "1,234.5", "1234.50" },
  { "gift", "-1", NULL },
  { "gift", "1.234", NULL },
  { "crowd", "35人次", "35人次" },
  { "crowd", "张三", "1人次（实名）" },
  { "crowd", "张三、张三", NULL },
  { "crowd", "张三、李四", NULL },
  { "crowd", "-3", NULL },
  { "note", " 一切 安好　", "一切 安好" },
  { "indoors", "是", "是" },
  { "indoors", "×", "否" },
  { "indoors", "也许", NULL },
  { "hours", "1.5", "1.5" },
  { "hours", "1.25", NULL },
  { "hours", "　", "" },
};

static void
try_case (HxLedger *ledger, HxRow *row, const Case *one, GString *wrong)
{
  const HxField *field = hx_kind_field (row->kind, one->key);
  HxFaults faults = { g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (GError) error = NULL;
  gboolean good = hx_row_set (ledger, row, field, one->text, &faults, &error);
  g_autofree char *shown = hx_value_display (hx_ledger_connection (ledger), row,
                                             field, HX_AUDIENCE_TRUSTED, NULL);

  if (good != (one->shown != NULL) || faults.faults->len != !good
      || error != NULL || g_strcmp0 (shown, good ? one->shown : "") != 0)
    g_string_append_printf (wrong, "%s=%s: %s\n", one->key, one->text, shown);
  if (!good && !g_str_has_prefix (faults.faults->pdata[0], field->name))
    g_string_append_printf (wrong, "%s\n", (char *)faults.faults->pdata[0]);
  g_ptr_array_unref (faults.faults);
}

static void
try_cases (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);

  put_sample (fixture, ledger, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    try_case (ledger, row, &cases[i], data);
}

static void
a_cell_becomes_the_value_it_says_or_is_refused (void **state)
{
  g_autoptr (GString) wrong = g_string_new (NULL);

  in_ledger (*state, try_cases, wrong);
  assert_string_equal (wrong->str, "");
}

/* -------------------------------------------------------------------- check */

static const struct
{
  const char *cells[7];
  const char *fault; /* NULL: none */
} rows[] = {
  { { "name=李四", "id_number=999999193301010010", "sex=男", "birth_date=1933",
      NULL },
    NULL },
  { { "name=李四", "id_number=999999193301010010", "sex=女", NULL }, "性别" },
  { { "name=李四", "id_number=999999193301010010", "birth_date=1933-02", NULL },
    "出生日期" },
  { { "id_number=999999193301010010", NULL }, "姓名" },
  { { "name=李四", NULL }, "身份证号" },
  { { "name=李四", "id_number=999999193301010010", "since=2023-03-05",
      "until=2023-03-04", NULL },
    "终止日期" },
};

static void
check_rows (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HxRow) row = hx_row_new (fixture->cadre);
      HxFaults faults = { g_ptr_array_new_with_free_func (g_free) };
      gboolean good;

      set_cells (ledger, row, rows[i].cells);
      good = hx_row_check (ledger, row, NULL, &faults, NULL);
      if (good != (rows[i].fault == NULL)
          || (!good
              && !g_str_has_prefix (faults.faults->pdata[0], rows[i].fault)))
        g_string_append_printf (data, "row %u\n", i);
      g_ptr_array_unref (faults.faults);
    }
}

static void
a_row_is_checked_as_a_whole (void **state)
{
  g_autoptr (GString) wrong = g_string_new (NULL);

  in_ledger (*state, check_rows, wrong);
  assert_string_equal (wrong->str, "");
}

static void
show_masked (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  g_autoptr (HxRow) row = hx_row_new (fixture->visit);
  put_sample (fixture, ledger, NULL);
  if (!hx_row_load (hx_ledger_connection (ledger), row, 1, NULL))
    return;
  for (HxAudience to = HX_AUDIENCE_TRUSTED; to <= HX_AUDIENCE_INSIDE; to++)
    {
      g_autofree char *shown
          = hx_value_display (hx_ledger_connection (ledger), row,
                              hx_kind_field (row->kind, "cadre"), to, NULL);
      g_string_append_printf (data, "%s ", shown);
    }
}

static void
a_text_that_is_a_persons_name_is_masked_outside (void **state)
{
  static const char yaml[] = "key: post\n"
                             "name: 任职\n"
                             "identity: [name]\n"
                             "fields:\n"
                             "  - {key: name, name: 姓名, person: true}\n"
                             "  - {key: office, name: 现职}\n";
  Fixture *fixture = *state;
  const HxKind *kind;

  use_catalogue (fixture, "registers/post.yaml", yaml);
  kind = hx_catalogue_kind (fixture->catalogue, "post");
  for (HxAudience to = HX_AUDIENCE_TRUSTED; to <= HX_AUDIENCE_INSIDE; to++)
    {
      const gboolean is_outside = to == HX_AUDIENCE_OUTSIDE;

      assert_int_equal (
          hx_field_is_masked (kind, hx_kind_field (kind, "name"), to),
          is_outside);
      assert_false (
          hx_field_is_masked (kind, hx_kind_field (kind, "office"), to));
    }
}

static void
a_persons_name_behind_a_reference_is_masked_outside (void **state)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  in_ledger (*state, show_masked, shown);
  assert_string_equal (shown->str, "张三 张＊ 张三 ");
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, fixture_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (a_cell_becomes_the_value_it_says_or_is_refused),
    EACH (a_row_is_checked_as_a_whole),
    EACH (a_text_that_is_a_persons_name_is_masked_outside),
    EACH (a_persons_name_behind_a_reference_is_masked_outside),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
