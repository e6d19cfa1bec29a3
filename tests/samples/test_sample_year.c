#include "base/base.h"

#include <expat.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>
#include <zip.h>

/* The figures are counted again from the workbooks by a small reader that
 * knows only what the sample writes: one sheet, strings in the cells. */

typedef struct
{
  const char *program;
  char *folder;
} Fixture;

typedef struct
{
  GPtrArray *rows; /* GPtrArray of char * */
  GString *text;
  gboolean in_value;
} Reader;

static void
on_start (void *data, const char *name, const char **attributes)
{
  Reader *reader = data;
  const char *place = NULL;
  GPtrArray *row;
  guint column = 0;

  if (strcmp (name, "row") == 0)
    g_ptr_array_add (reader->rows, g_ptr_array_new_with_free_func (g_free));
  reader->in_value = strcmp (name, "v") == 0 || strcmp (name, "t") == 0;
  if (strcmp (name, "c") != 0)
    return;
  g_string_truncate (reader->text, 0);
  for (gsize i = 0; attributes[i] != NULL; i += 2)
    if (strcmp (attributes[i], "r") == 0)
      place = attributes[i + 1];
  assert_non_null (place);
  for (; g_ascii_isalpha (*place); place++)
    column = column * 26 + (guint)(*place - 'A') + 1;
  row = g_ptr_array_index (reader->rows, reader->rows->len - 1);
  while (row->len + 1 < column)
    g_ptr_array_add (row, g_strdup (""));
}

static void
on_end (void *data, const char *name)
{
  Reader *reader = data;

  reader->in_value = FALSE;
  if (strcmp (name, "c") == 0)
    g_ptr_array_add (g_ptr_array_index (reader->rows, reader->rows->len - 1),
                     g_strdup (reader->text->str));
}

static void
on_text (void *data, const char *text, int length)
{
  Reader *reader = data;

  if (reader->in_value)
    g_string_append_len (reader->text, text, length);
}

static void
parse (Reader *reader, const char *text, gsize size)
{
  XML_Parser parser = XML_ParserCreate (NULL);

  XML_SetUserData (parser, reader);
  XML_SetElementHandler (parser, on_start, on_end);
  XML_SetCharacterDataHandler (parser, on_text);
  assert_int_equal (XML_Parse (parser, text, (int)size, XML_TRUE),
                    XML_STATUS_OK);
  XML_ParserFree (parser);
}

static GPtrArray *
read_rows (const Fixture *fixture, const char *file)
{
  Reader reader
      = { g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref),
          g_string_new (NULL), FALSE };
  g_autofree char *path = g_build_filename (fixture->folder, file, NULL);
  zip_t *archive = zip_open (path, ZIP_RDONLY, NULL);
  zip_stat_t entry;
  zip_file_t *sheet;
  g_autofree char *text = NULL;

  assert_non_null (archive);
  assert_int_equal (zip_stat (archive, "xl/worksheets/sheet1.xml", 0, &entry),
                    0);
  text = g_malloc (entry.size);
  sheet = zip_fopen (archive, "xl/worksheets/sheet1.xml", 0);
  assert_int_equal (zip_fread (sheet, text, entry.size),
                    (zip_int64_t)entry.size);
  zip_fclose (sheet);
  zip_discard (archive);
  parse (&reader, text, entry.size);
  g_string_free (reader.text, TRUE);
  return reader.rows;
}

static const char *
cell (const GPtrArray *rows, guint row, guint column)
{
  const GPtrArray *cells = g_ptr_array_index (rows, row);

  return column < cells->len ? g_ptr_array_index (cells, column) : "";
}

static guint
column_of (const GPtrArray *rows, const char *heading)
{
  const GPtrArray *cells = g_ptr_array_index (rows, 0);

  for (guint i = 0; i < cells->len; i++)
    if (strcmp (cell (rows, 0, i), heading) == 0)
      return i;
  fail_msg ("no column %s", heading);
  return 0;
}

/* Column `heading` of the rows added up; money in 分. */
static gint64
sum (const GPtrArray *rows, const char *heading, gboolean money)
{
  guint column = column_of (rows, heading);
  gint64 total = 0;

  for (guint i = 1; i < rows->len; i++)
    {
      const char *text = cell (rows, i, column);
      gint64 fen = 0;

      if (money)
        assert_true (hx_money_parse (text, HX_MONEY_YUAN, &fen, NULL));
      total += money ? fen : g_ascii_strtoll (text, NULL, 10);
    }
  return total;
}

/* Different values in a column, of the rows where `other` is `wanted`. */
static guint
distinct (const GPtrArray *rows, const char *heading, const char *other,
          const char *wanted)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint column = column_of (rows, heading);
  guint tested = other == NULL ? 0 : column_of (rows, other);

  for (guint i = 1; i < rows->len; i++)
    if (other == NULL || strcmp (cell (rows, i, tested), wanted) == 0)
      g_hash_table_add (seen, (gpointer)(guintptr)cell (rows, i, column));
  return g_hash_table_size (seen);
}

static void
write_year (const char *program, const char *folder, const char *seed)
{
  const char *arguments[] = { program, "-o", folder, "--seed", seed, NULL };
  GStrv copy = g_strdupv ((GStrv)(guintptr)arguments);
  int status = -1;

  assert_true (g_spawn_sync (NULL, copy, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                             NULL, NULL, &status, NULL));
  assert_int_equal (status, 0);
  g_strfreev (copy);
}

static void
remove_folder (const char *folder)
{
  GDir *directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (directory);
  g_rmdir (folder);
}

static const char *
program_path (void **state)
{
  return ((const Fixture *)*state)->program;
}

/* ------------------------------------------------------------------ figures */

typedef struct
{
  const char *file;
  guint rows;
} Count;

static void
the_workbooks_hold_as_many_rows_as_the_year_had (void **state)
{
  static const Count counts[] = {
    { "05离退休干部党支部.xlsx", 67 }, { "07分教点.xlsx", 25 },
    { "08红霞先锋驿站.xlsx", 24 },     { "15走访慰问.xlsx", 386 },
    { "17困难帮扶.xlsx", 23 },         { "18体检批次.xlsx", 15 },
    { "25党组织活动.xlsx", 34 },       { "29主题教育学习会.xlsx", 14 },
    { "31关爱下一代活动.xlsx", 784 },  { "34荣退人员.xlsx", 43 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GPtrArray) rows = read_rows (*state, counts[i].file);

      assert_int_equal (rows->len - 1, counts[i].rows);
    }
}

static void
every_id_number_is_valid_and_agrees_with_birth_and_sex (void **state)
{
  g_autoptr (GPtrArray) rows = read_rows (*state, "06离退休干部.xlsx");
  guint number = column_of (rows, "身份证号");
  guint sex = column_of (rows, "性别");
  guint birth = column_of (rows, "出生日期");

  assert_int_equal (rows->len - 1, 13026);
  assert_int_equal (distinct (rows, "身份证号", NULL, NULL), 13026);
  for (guint i = 1; i < rows->len; i++)
    {
      HxIdNumber id;
      HxDate date;
      gint64 serial = g_ascii_strtoll (cell (rows, i, birth), NULL, 10);

      assert_true (hx_id_number_parse (cell (rows, i, number), &id, NULL));
      assert_memory_equal (id.number, "999999", 6);
      assert_string_equal (cell (rows, i, sex), id.sex == 1 ? "男" : "女");
      assert_true (hx_date_from_serial (serial, FALSE, &date));
      assert_int_equal (hx_date_compare (id.birth, date), 0);
    }
}

static void
attendances_until_november_are_39412_and_reach_everyone (void **state)
{
  g_autoptr (GPtrArray) named = read_rows (*state, "24课次签到.xlsx");
  g_autoptr (GPtrArray) sessions = read_rows (*state, "23教学课次.xlsx");
  guint column = column_of (named, "签到日期");
  gint64 count = sum (sessions, "未实名人次", FALSE);

  /* 45260 is 2023-11-30 */
  for (guint i = 1; i < named->len; i++)
    if (g_ascii_strtoll (cell (named, i, column), NULL, 10) <= 45260)
      count++;
  assert_int_equal (count, 39412);
  assert_int_equal (distinct (named, "离退休干部", NULL, NULL), 13026);
  assert_int_equal (distinct (sessions, "授课校长", "课次类别", "专题党课"),
                    25);
}

static void
people_are_counted_once (void **state)
{
  g_autoptr (GPtrArray) checkups = read_rows (*state, "19体检登记.xlsx");
  g_autoptr (GPtrArray) contacts = read_rows (*state, "16微关爱联系.xlsx");
  g_autoptr (GPtrArray) visits = read_rows (*state, "15走访慰问.xlsx");

  assert_int_equal (distinct (checkups, "离退休干部", "体检情况", "已检"),
                    1100);
  assert_int_equal (distinct (contacts, "离退休干部", NULL, NULL), 1146);
  assert_int_equal (distinct (visits, "离退休干部", "走访事由", "生日"), 94);
}

static void
youth_and_party_attendances_have_their_sums (void **state)
{
  g_autoptr (GPtrArray) youth = read_rows (*state, "31关爱下一代活动.xlsx");
  g_autoptr (GPtrArray) party = read_rows (*state, "25党组织活动.xlsx");

  assert_int_equal (sum (youth, "五老人次", FALSE), 9870);
  assert_int_equal (sum (youth, "青少年人次", FALSE), 63420);
  assert_int_equal (sum (party, "参加人次", FALSE), 6240);
}

static void
the_money_closes_to_the_fen (void **state)
{
  g_autoptr (GPtrArray) lines = read_rows (*state, "40预算指标.xlsx");
  g_autoptr (GPtrArray) changes = read_rows (*state, "41预算调整.xlsx");
  g_autoptr (GPtrArray) payments = read_rows (*state, "50预算支付.xlsx");
  g_autoptr (GPtrArray) unspent = read_rows (*state, "51未支出说明.xlsx");
  g_autoptr (GPtrArray) aid = read_rows (*state, "17困难帮扶.xlsx");
  gint64 budget
      = sum (lines, "年初预算", TRUE) + sum (changes, "调整金额", TRUE);
  gint64 paid = sum (payments, "支付金额", TRUE);

  assert_int_equal (budget, 1486550000);
  assert_int_equal (paid, 1413150000);
  assert_int_equal (sum (unspent, "未支出金额", TRUE), budget - paid);
  assert_int_equal (sum (aid, "帮扶金额", TRUE), 20000000);
}

static void
the_works_account_for_every_fen_that_was_not_spent (void **state)
{
  g_autoptr (GPtrArray) contracts = read_rows (*state, "47采购合同.xlsx");
  g_autoptr (GPtrArray) accepted = read_rows (*state, "48验收结算.xlsx");
  g_autoptr (GPtrArray) unspent = read_rows (*state, "51未支出说明.xlsx");
  g_autoptr (GPtrArray) lines = read_rows (*state, "40预算指标.xlsx");
  g_autoptr (GPtrArray) plan = read_rows (*state, "49用款计划.xlsx");
  gint64 planned = sum (contracts, "计划金额", TRUE);

  assert_int_equal (planned - sum (accepted, "审定金额", TRUE),
                    sum (unspent, "未支出金额", TRUE));
  assert_int_equal (sum (plan, "计划金额", TRUE),
                    sum (lines, "年初预算", TRUE));
}

static void
the_points_of_the_targets_are_ninety (void **state)
{
  g_autoptr (GPtrArray) targets = read_rows (*state, "53绩效指标.xlsx");

  assert_int_equal (sum (targets, "分值", FALSE), 90);
}

static void
no_payment_is_below_zero (void **state)
{
  g_autoptr (GPtrArray) rows = read_rows (*state, "50预算支付.xlsx");
  guint column = column_of (rows, "支付金额");

  for (guint i = 1; i < rows->len; i++)
    assert_true (cell (rows, i, column)[0] != '-');
}

/* ------------------------------------------------------------ the same bytes
 */

static char *
digest_of (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  guint8 digest[HX_DIGEST_SIZE];
  char *hex = g_malloc (HX_DIGEST_HEX_SIZE);

  assert_true (hx_digest_file (HX_DIGEST_SHA256, path, digest, NULL));
  hx_digest_hex (digest, hex);
  return hex;
}

static void
one_seed_gives_the_same_bytes_and_another_does_not (void **state)
{
  static const char *const files[]
      = { "order.tsv", "06离退休干部.xlsx", "15走访慰问.xlsx",
          "24课次签到.xlsx", "50预算支付.xlsx" };
  const Fixture *fixture = *state;
  g_autofree char *again = g_dir_make_tmp ("hx-sample-XXXXXX", NULL);
  g_autofree char *other = g_dir_make_tmp ("hx-sample-XXXXXX", NULL);

  write_year (program_path (state), again, "2023");
  write_year (program_path (state), other, "7");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *first = digest_of (fixture->folder, files[i]);
      g_autofree char *second = digest_of (again, files[i]);
      g_autofree char *third = digest_of (other, files[i]);

      assert_string_equal (first, second);
      if (i > 0)
        assert_string_not_equal (first, third);
    }
  remove_folder (again);
  remove_folder (other);
}

static void
a_wrong_call_ends_with_status_two (void **state)
{
  const char *const calls[][3]
      = { { "--seed=1", NULL }, { "--scale=0", "--output=unused", NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      const char *arguments[]
          = { program_path (state), calls[i][0], calls[i][1], NULL };
      GStrv copy = g_strdupv ((GStrv)(guintptr)arguments);
      int status = 0;

      assert_true (g_spawn_sync (NULL, copy, NULL, G_SPAWN_STDERR_TO_DEV_NULL,
                                 NULL, NULL, NULL, NULL, &status, NULL));
      assert_true (WIFEXITED (status));
      assert_int_equal (WEXITSTATUS (status), 2);
      g_strfreev (copy);
    }
  assert_false (g_file_test ("unused", G_FILE_TEST_EXISTS));
}

static int
set_up (void **state)
{
  Fixture *fixture = *state;

  fixture->folder = g_dir_make_tmp ("hx-sample-XXXXXX", NULL);
  write_year (fixture->program, fixture->folder, "2023");
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  remove_folder (fixture->folder);
  g_free (fixture->folder);
  return 0;
}

int
main (int count, char **arguments)
{
  Fixture fixture = { count > 1 ? arguments[1] : "", NULL };
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_prestate (the_workbooks_hold_as_many_rows_as_the_year_had,
                               &fixture),
    cmocka_unit_test_prestate (
        every_id_number_is_valid_and_agrees_with_birth_and_sex, &fixture),
    cmocka_unit_test_prestate (
        attendances_until_november_are_39412_and_reach_everyone, &fixture),
    cmocka_unit_test_prestate (people_are_counted_once, &fixture),
    cmocka_unit_test_prestate (youth_and_party_attendances_have_their_sums,
                               &fixture),
    cmocka_unit_test_prestate (the_money_closes_to_the_fen, &fixture),
    cmocka_unit_test_prestate (
        the_works_account_for_every_fen_that_was_not_spent, &fixture),
    cmocka_unit_test_prestate (the_points_of_the_targets_are_ninety, &fixture),
    cmocka_unit_test_prestate (no_payment_is_below_zero, &fixture),
    cmocka_unit_test_prestate (
        one_seed_gives_the_same_bytes_and_another_does_not, &fixture),
    cmocka_unit_test_prestate (a_wrong_call_ends_with_status_two, &fixture),
  };
  void *state = &fixture;
  int failed;

  set_up (&state);
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  tear_down (&state);
  return failed;
}
