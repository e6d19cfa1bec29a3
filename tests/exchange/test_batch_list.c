/* Lists of batches out and back: what is on them, and that what is filled in
 * comes to the right people whatever the order of the rows. */
#include "../people/batch_bureau.h"

#include "exchange/batch_list.h"

#define PEOPLE 200
#define COLUMNS_MAX 16

/* ----------------------------------------------------------------- reading */

typedef struct
{
  guint count; /* columns */
  char *labels[COLUMNS_MAX];
  GPtrArray *rows; /* char **, one a column, NULL at the end */
} Sheet;

static void
sheet_clear (Sheet *sheet)
{
  for (guint i = 0; i < COLUMNS_MAX; i++)
    g_free (sheet->labels[i]);
  g_ptr_array_unref (sheet->rows);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

static guint
is_header (const HxTableRow *row, gpointer data)
{
  (void)data;
  return g_str_equal (hx_table_row_text (row, 0), "序号");
}

static void
read_sheet (const char *path, Sheet *sheet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxTable) table = hx_table_open (path, NULL, &error);
  HxTableRow row;
  check (table != NULL, error);
  *sheet = (Sheet){ .rows = g_ptr_array_new_with_free_func (
                        (GDestroyNotify)g_strfreev) };
  check (hx_table_find_header (table, is_header, NULL, &row, &error), error);
  sheet->count = row.n_cells;
  assert_true (sheet->count < COLUMNS_MAX);
  for (guint i = 0; i < sheet->count; i++)
    sheet->labels[i] = g_strdup (row.cells[i].text);
  while (hx_table_next (table, &row, &error) == HX_TABLE_ROW)
    {
      char **texts = g_new0 (char *, COLUMNS_MAX + 1);
      for (guint i = 0; i < sheet->count; i++)
        texts[i] = g_strdup (hx_table_row_text (&row, i));
      g_ptr_array_add (sheet->rows, texts);
    }
  assert_null (error);
}

static guint
column (const Sheet *sheet, const char *label)
{
  for (guint i = 0; i < sheet->count; i++)
    if (g_str_equal (sheet->labels[i], label))
      return i;
  fail_msg ("no column %s", label);
  return 0;
}

static char **
cell (const Sheet *sheet, guint row, const char *label)
{
  return &((char **)sheet->rows->pdata[row])[column (sheet, label)];
}

static void
fill (const Sheet *sheet, guint row, const char *label, const char *text)
{
  char **at = cell (sheet, row, label);
  g_free (*at);
  *at = g_strdup (text);
}

static void
write_sheet (const char *path, const Sheet *sheet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxWorkbookWriter) writer
      = hx_workbook_writer_new (path, "回", &error);
  check (writer != NULL, error);
  check (hx_workbook_writer_header (writer, (const char *const *)sheet->labels,
                                    sheet->count, &error),
         error);
  for (guint i = 0; i < sheet->rows->len; i++)
    check (hx_workbook_writer_row (writer, sheet->rows->pdata[i], sheet->count,
                                   &error),
           error);
  check (hx_workbook_writer_finish (writer, &error), error);
}

/* -------------------------------------------------------------------- plan */

static gboolean
shows_names (const HxField *field, gpointer data)
{
  (void)data;
  return !g_str_equal (field->key, "name");
}

static void
plan_year (Bureau *bureau, GRand *random, Somebody *people)
{
  const HxBatchRequest request = { .plan = bureau->plan,
                                   .from = { 2023, 4, 3 },
                                   .until = { 2023, 4, 28 },
                                   .as_of = { 2023, 4, 3 },
                                   .batches = 6,
                                   .capacity = 40 };
  bureau_people (bureau, random, people, PEOPLE);
  write_plan (bureau, &request);
}

static char *
write_list (Bureau *bureau, const HxBatchLine *line, gboolean named)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  g_autofree char *name
      = g_strdup_printf ("%s%s.xlsx", line->number, named ? "" : "-masked");
  char *path = bureau_path (bureau, name);
  const HxBatchListOptions options
      = { .connection = hx_reader_connection (reader),
          .plan = bureau->plan,
          .masks = named ? shows_names : NULL };
  guint people = 0;
  check (hx_batch_list_write (&options, line, path, &people, &error), error);
  assert_int_equal (people, line->planned);
  return path;
}

static HxBatchReturnSummary
take_back (Bureau *bureau, const char *path, gboolean add)
{
  g_autoptr (GError) error = NULL;
  char *const paths[] = { (char *)(guintptr)path, NULL };
  const HxBatchReturnOptions options = { .plan = bureau->plan,
                                         .add = add,
                                         .today = { 2023, 5, 2 },
                                         .author = { "测试员", "名单" } };
  HxBatchReturnSummary summary;
  check (hx_batch_return (bureau->store, bureau->catalogue, paths, &options,
                          &summary, &error),
         error);
  assert_int_equal (summary.rows, summary.changed + summary.unchanged
                                      + summary.blank + summary.added
                                      + summary.walk_ins + summary.refused);
  return summary;
}

static char *
result_of (Bureau *bureau, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  g_autoptr (HxRow) row = hx_row_new (bureau->plan->attendance);
  check (hx_row_load (hx_reader_connection (reader), row,
                      g_ascii_strtoll (key, NULL, 10), &error),
         error);
  return g_strdup (row->values[bureau->plan->result->index].text);
}

/* ------------------------------------------------------------------- tests */

static void
test_a_list_names_its_people_only_when_asked_to (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  plan_year (bureau, random, people);
  g_autoptr (GPtrArray) lines = lines_of (bureau, 2023);
  g_autofree char *named = write_list (bureau, lines->pdata[0], TRUE);
  g_autofree char *masked = write_list (bureau, lines->pdata[0], FALSE);
  g_auto (Sheet) full, veiled;
  read_sheet (named, &full);
  read_sheet (masked, &veiled);
  assert_int_equal (full.rows->len, veiled.rows->len);
  for (guint i = 0; i < full.rows->len; i++)
    {
      /* 某12 of A012: the person is the one of the number. */
      const char *number = *cell (&full, i, "人员编号");
      const Somebody *one = &people[g_ascii_strtoll (number + 1, NULL, 10) - 1];
      g_autofree char *age = g_strdup_printf ("%d", 2023 - one->birth_year);
      assert_string_equal (*cell (&full, i, "姓名"), one->name);
      assert_string_equal (*cell (&full, i, "年龄"), age);
      assert_string_equal (*cell (&full, i, "签到"), "");
      assert_string_equal (*cell (&full, i, "体检情况"), "");
      assert_null (strstr (*cell (&veiled, i, "姓名"), one->name + 3));
      assert_string_equal (*cell (&full, i, "登记号"),
                           *cell (&veiled, i, "登记号"));
    }
}

static gboolean
end_three (HxLedger *ledger, gpointer data, GError **error)
{
  const Sheet *sheet = data;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { .faults = list };
  g_autoptr (HxRow) row
      = hx_row_new (hx_catalogue_kind (hx_ledger_catalogue (ledger), "cadre"));
  for (guint i = 0; i < 3; i++)
    {
      const gint64 id
          = g_ascii_strtoll (*cell (sheet, i, "人员编号") + 1, NULL, 10);
      if (!hx_row_load (hx_ledger_connection (ledger), row, id, error)
          || !hx_row_set (ledger, row, row->kind->until, "2023-04-02", &faults,
                          error)
          || !hx_ledger_change (ledger, row, &faults, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_who_left_the_register_is_not_on_the_list (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  plan_year (bureau, random, people);
  g_autoptr (GPtrArray) lines = lines_of (bureau, 2023);
  g_autofree char *before = write_list (bureau, lines->pdata[0], TRUE);
  g_auto (Sheet) sheet, less;
  read_sheet (before, &sheet);
  bureau_write (bureau, end_three, &sheet);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  g_autofree char *after = bureau_path (bureau, "after.xlsx");
  const HxBatchListOptions options
      = { .connection = hx_reader_connection (reader), .plan = bureau->plan };
  guint count = 0;
  check (hx_batch_list_write (&options, lines->pdata[0], after, &count, &error),
         error);
  read_sheet (after, &less);
  assert_int_equal (less.rows->len, sheet.rows->len - 3);
  assert_int_equal (count, less.rows->len);
  assert_string_equal (*cell (&less, 0, "登记号"), *cell (&sheet, 3, "登记号"));
}

static void
test_a_list_is_not_written_over (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  g_autoptr (GError) error = NULL;
  plan_year (bureau, random, people);
  g_autoptr (GPtrArray) lines = lines_of (bureau, 2023);
  g_autofree char *path = write_list (bureau, lines->pdata[0], TRUE);
  g_autoptr (HxReader) reader = hx_store_reader (bureau->store, &error);
  const HxBatchListOptions options
      = { .connection = hx_reader_connection (reader), .plan = bureau->plan };
  guint count = 0;
  assert_false (
      hx_batch_list_write (&options, lines->pdata[0], path, &count, &error));
  assert_int_equal (error->code, HX_ERROR_CONFLICT);
}

/* How a row may be filled in, and what it then means. */
static const struct
{
  const char *sign, *result, *reason, *code;
} fillings[] = {
  { "", "", "", "planned" },
  { "画押", "", "", "attended" },
  { "", "已检", "", "attended" },
  { "画押", "已体检", "", "attended" },
  { "", "未检", "住院", "absent" },
  { "画押", "未检", "", "absent" },
  { "", "放弃", "不想去", "declined" },
  { "", "", "住院", "planned" },
};

static void
shuffle (GRand *random, GPtrArray *rows)
{
  for (guint i = rows->len; i > 1; i--)
    {
      const guint k = (guint)g_rand_int_range (random, 0, (gint32)i);
      gpointer kept = rows->pdata[i - 1];
      rows->pdata[i - 1] = rows->pdata[k];
      rows->pdata[k] = kept;
    }
}

/* Fills at random; the codes that are to come of it, by the rows' keys. */
static void
fill_all (GRand *random, const Sheet *sheet, GHashTable *codes)
{
  for (guint i = 0; i < sheet->rows->len; i++)
    {
      const guint way
          = (guint)g_rand_int_range (random, 0, G_N_ELEMENTS (fillings));
      fill (sheet, i, "签到", fillings[way].sign);
      fill (sheet, i, "体检情况", fillings[way].result);
      fill (sheet, i, "未检原因", fillings[way].reason);
      g_hash_table_insert (codes, g_strdup (*cell (sheet, i, "登记号")),
                           g_strdup (fillings[way].code));
    }
  shuffle (random, sheet->rows);
}

static void
assert_results (Bureau *bureau, GHashTable *codes)
{
  GHashTableIter each;
  gpointer key, code;
  guint missed_expected = 0;
  g_hash_table_iter_init (&each, codes);
  while (g_hash_table_iter_next (&each, &key, &code))
    {
      g_autofree char *result = result_of (bureau, key);
      assert_string_equal (result, code);
      missed_expected
          += g_str_equal (code, "planned") || g_str_equal (code, "absent");
    }
  g_autoptr (GArray) missed = missed_of (bureau, 2023, (HxDate){ 2023, 5, 2 });
  /* Whose register ended meanwhile is missed no more: none of these did. */
  assert_true (missed->len <= missed_expected);
  for (guint i = 0; i < missed->len; i++)
    {
      const HxBatchMissed *one = &g_array_index (missed, HxBatchMissed, i);
      assert_true (one->day < 20230502);
    }
}

static void
test_what_is_filled_in_comes_to_the_right_people (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  g_autoptr (GHashTable) codes
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  plan_year (bureau, random, people);
  g_autoptr (GPtrArray) lines = lines_of (bureau, 2023);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *path = write_list (bureau, lines->pdata[i], i % 2 == 0);
      g_auto (Sheet) sheet;
      read_sheet (path, &sheet);
      fill_all (random, &sheet, codes);
      write_sheet (path, &sheet);
      const HxBatchReturnSummary first = take_back (bureau, path, FALSE);
      const HxBatchReturnSummary again = take_back (bureau, path, FALSE);
      assert_int_equal (first.refused + first.walk_ins + first.unchanged, 0);
      assert_int_equal (first.rows, sheet.rows->len);
      assert_int_equal (again.changed, 0);
      assert_int_equal (again.unchanged, first.changed);
    }
  assert_results (bureau, codes);
  g_autoptr (GPtrArray) held = lines_of (bureau, 2023);
  for (guint i = 0; i < held->len; i++)
    assert_true (((HxBatchLine *)held->pdata[i])->is_held);
}

/* ----------------------------------------------------------------- refused */

static void
spoil_number (const Sheet *sheet)
{
  fill (sheet, 0, "人员编号", *cell (sheet, 1, "人员编号"));
}

static void
spoil_key (const Sheet *sheet)
{
  fill (sheet, 0, "登记号", "x1");
}

static void
spoil_result (const Sheet *sheet)
{
  fill (sheet, 0, "体检情况", "来了");
}

static void
spoil_twice (const Sheet *sheet)
{
  fill (sheet, 0, "登记号", *cell (sheet, 1, "登记号"));
  fill (sheet, 0, "人员编号", *cell (sheet, 1, "人员编号"));
}

static void
test_a_line_that_cannot_be_right_is_refused_alone (void **state)
{
  static void (*const spoilers[]) (const Sheet *)
      = { spoil_number, spoil_key, spoil_result, spoil_twice };
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  plan_year (bureau, random, people);
  g_autoptr (GPtrArray) lines = lines_of (bureau, 2023);
  for (guint i = 0; i < G_N_ELEMENTS (spoilers); i++)
    {
      g_autofree char *path = write_list (bureau, lines->pdata[i], TRUE);
      g_auto (Sheet) sheet;
      read_sheet (path, &sheet);
      g_autofree char *key = g_strdup (*cell (&sheet, 0, "登记号"));
      for (guint k = 0; k < sheet.rows->len; k++)
        fill (&sheet, k, "体检情况", "已检");
      spoilers[i](&sheet);
      write_sheet (path, &sheet);
      const HxBatchReturnSummary summary = take_back (bureau, path, FALSE);
      g_autofree char *result = result_of (bureau, key);
      assert_int_equal (summary.refused, 1);
      assert_int_equal (summary.changed, sheet.rows->len - 1);
      assert_string_equal (result, "planned");
    }
}

static const Somebody *
not_planned (const Somebody *people)
{
  for (guint i = 0; i < PEOPLE; i++)
    if (g_str_equal (people[i].status, "away"))
      return &people[i];
  fail_msg ("everybody is planned");
  return NULL;
}

static void
test_walk_ins_are_taken_when_asked_for (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  plan_year (bureau, random, people);
  g_autoptr (GPtrArray) lines = lines_of (bureau, 2023);
  g_autofree char *path = write_list (bureau, lines->pdata[0], TRUE);
  g_auto (Sheet) sheet;
  read_sheet (path, &sheet);
  const guint last = sheet.rows->len;
  char **empty = g_new0 (char *, COLUMNS_MAX + 1);
  for (guint i = 0; i < sheet.count; i++)
    empty[i] = g_strdup ("");
  g_ptr_array_add (sheet.rows, empty);
  g_autofree char *number
      = g_strdup_printf ("A%03u", (guint)(not_planned (people) - people) + 1);
  fill (&sheet, 0, "签到", "画押");
  fill (&sheet, last, "人员编号", number);
  fill (&sheet, last, "签到", "画押");
  write_sheet (path, &sheet);
  const HxBatchReturnSummary told = take_back (bureau, path, FALSE);
  const HxBatchReturnSummary added = take_back (bureau, path, TRUE);
  const HxBatchReturnSummary again = take_back (bureau, path, TRUE);
  assert_int_equal (told.walk_ins, 1);
  assert_int_equal (told.changed, 1);
  assert_int_equal (added.added, 1);
  assert_int_equal (again.added, 0);
  assert_int_equal (again.unchanged, 2);
  assert_int_equal (count_rows (bureau,
                                "SELECT COUNT (*) FROM rec_checkup_attendance"
                                " WHERE result = 'attended'"),
                    2);
}

static void
test_a_file_that_is_no_list_changes_nothing (void **state)
{
  (void)state;
  g_autoptr (Bureau) bureau = bureau_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  g_autofree Somebody *people = g_new0 (Somebody, PEOPLE);
  plan_year (bureau, random, people);
  g_autoptr (GPtrArray) lines = lines_of (bureau, 2023);
  g_autofree char *good = write_list (bureau, lines->pdata[0], TRUE);
  g_autofree char *bad = bureau_path (bureau, "bad.csv");
  g_auto (Sheet) sheet;
  read_sheet (good, &sheet);
  fill (&sheet, 0, "体检情况", "已检");
  write_sheet (good, &sheet);
  static const char *const texts[]
      = { "甲,乙\n1,2\n", "登记号,登记号,签到\n1,1,是\n", "签到\n是\n",
          "登记号\n1\n", "" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      char *const paths[] = { good, bad, NULL };
      const HxBatchReturnOptions options
          = { .plan = bureau->plan, .author = { "测试员", "名单" } };
      HxBatchReturnSummary summary;
      assert_true (g_file_set_contents (bad, texts[i], -1, NULL));
      assert_false (hx_batch_return (bureau->store, bureau->catalogue, paths,
                                     &options, &summary, &error));
      assert_non_null (error);
      assert_int_equal (
          count_rows (bureau, "SELECT COUNT (*) FROM rec_checkup_attendance"
                              " WHERE result <> 'planned'"),
          0);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_a_list_names_its_people_only_when_asked_to),
    cmocka_unit_test (test_who_left_the_register_is_not_on_the_list),
    cmocka_unit_test (test_a_list_is_not_written_over),
    cmocka_unit_test (test_what_is_filled_in_comes_to_the_right_people),
    cmocka_unit_test (test_a_line_that_cannot_be_right_is_refused_alone),
    cmocka_unit_test (test_walk_ins_are_taken_when_asked_for),
    cmocka_unit_test (test_a_file_that_is_no_list_changes_nothing),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
