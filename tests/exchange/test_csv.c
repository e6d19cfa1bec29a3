/* The CSV reader: encodings, boundaries, quoting, limits, errors. */
#include "exchange/exchange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#define BLOCK 65536

static char *
write_file (const char *name, const char *data, gssize size)
{
  g_autofree char *folder = g_dir_make_tmp ("hx-csv-XXXXXX", NULL);
  char *path = g_build_filename (folder, name, NULL);
  assert_true (g_file_set_contents (path, data, size, NULL));
  return path;
}

static void
remove_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_remove (path);
  g_rmdir (folder);
}

/* All rows as "number:cell|cell\n", or "!message". */
static char *
read_limited (const char *data, gssize size, const HxTableLimits *limits)
{
  g_autofree char *path = write_file ("t.csv", data, size);
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  g_autoptr (HxTable) table = hx_table_open (path, limits, &error);
  HxTableRow row;
  HxTableStep step = table != NULL ? HX_TABLE_ROW : HX_TABLE_FAIL;
  while (step == HX_TABLE_ROW)
    {
      step = hx_table_next (table, &row, &error);
      if (step != HX_TABLE_ROW)
        break;
      g_string_append_printf (out, "%u:", (guint)row.number);
      for (guint i = 0; i < row.n_cells; i++)
        g_string_append_printf (out, "%s%s", i ? "|" : "", row.cells[i].text);
      g_string_append_c (out, '\n');
    }
  if (step == HX_TABLE_FAIL)
    g_string_append_printf (out, "!%s", error->message);
  remove_file (path);
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *data;
  const char *rows;
} Case;

static const Case cases[] = {
  { "a,b\n1,2\n", "1:a|b\n2:1|2\n" },
  { "a,b\r\n1,2\r\n", "1:a|b\n2:1|2\n" },
  { "a,b\r1,2", "1:a|b\n2:1|2\n" },
  { "\xEF\xBB\xBF姓名,岁\n张三,1", "1:姓名|岁\n2:张三|1\n" },
  { "a\tb\n1,5\t2", "1:a|b\n2:1,5|2\n" },
  { "a;b\n1;2", "1:a|b\n2:1|2\n" },
  { "a,b\n\n,\n1,2\n,,\n", "1:a|b\n4:1|2\n" },
  { "a,b\n\"x\ny\",\"q\"\"q\"\n3,4", "1:a|b\n2:x\ny|q\"q\n4:3|4\n" },
  { "a,b\n\"x\r\ny\" ,5\"\n3,", "1:a|b\n2:x\r\ny|5\"\n4:3\n" },
  { "a,b\n,2\n\"\",3", "1:a|b\n2:|2\n3:|3\n" },
  { "\xD5\xC5\xC8\xFD,b\n", "1:张三|b\n" },
  { "\x99\x33\xC3\x36,b\n", "1:𬱖|b\n" },
};

static void
a_csv_is_read_as_its_rows (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = read_limited (cases[i].data, -1, NULL);
      assert_string_equal (rows, cases[i].rows);
    }
}

static const Case faults[] = {
  { "a,b\n1,2\n3,\"open\n4,5\n", "第3行" },
  { "a,b\n1,\"x\"y\n", "第2行" },
  { "\xEF\xBB\xBF"
    "a,b\n1,\xFF\n",
    "第2行" },
};

static void
a_fault_is_named_with_its_line (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *rows = read_limited (faults[i].data, -1, NULL);
      assert_non_null (strchr (rows, '!'));
      assert_non_null (strstr (strchr (rows, '!'), faults[i].rows));
    }
  g_autofree char *nul = read_limited ("a,b\n1,\0\n", 8, NULL);
  assert_non_null (strstr (nul, "空字节"));
  assert_non_null (strstr (nul, "第2行"));
}

/* `character` in `bytes` laid over the block boundary at each offset. */
static void
check_straddle (const char *bytes, const char *character)
{
  for (gsize shift = 0; shift <= strlen (bytes); shift++)
    {
      g_autoptr (GString) data = g_string_new (bytes);
      g_autoptr (GString) expected = g_string_new ("1:");
      g_string_append (data, ",b\n");
      g_string_append_printf (expected, "%s|b\n", character);
      guint line = 2;
      while (data->len + 11 < BLOCK - shift)
        {
          g_string_append (data, "123456789\n");
          g_string_append_printf (expected, "%u:123456789\n", line++);
        }
      gsize pad = BLOCK - shift - data->len;
      g_string_append_printf (expected, "%u:", line);
      for (gsize i = 0; i < pad; i++)
        {
          g_string_append_c (data, 'x');
          g_string_append_c (expected, 'x');
        }
      g_string_append_printf (data, "%s,z\n", bytes);
      g_string_append_printf (expected, "%s|z\n", character);
      g_autofree char *rows = read_limited (data->str, (gssize)data->len, NULL);
      assert_string_equal (rows, expected->str);
    }
}

static void
a_character_across_a_block_boundary_stays_whole (void **state)
{
  (void)state;
  check_straddle ("\xD5\xC5", "张");
  check_straddle ("\x99\x33\xC3\x36", "𬱖");
  check_straddle ("张", "张");
  check_straddle ("𬱖", "𬱖");
}

static void
what_is_too_large_is_refused (void **state)
{
  (void)state;
  HxTableLimits limits;
  hx_table_limits_default (&limits);
  limits.columns = 3;
  g_autofree char *columns = read_limited ("1,2,3,4\n", -1, &limits);
  assert_non_null (strstr (columns, "超过 3 列"));
  limits.columns = 9;
  limits.cells = 2;
  g_autofree char *cells = read_limited ("1,,2,3\n", -1, &limits);
  assert_non_null (strstr (cells, "超过 2 个"));
  limits.cells = 9;
  limits.cell_characters = 4;
  g_autofree char *fits = read_limited ("张张张张\n", -1, &limits);
  assert_string_equal (fits, "1:张张张张\n");
  g_autofree char *longer = read_limited ("abcde\n", -1, &limits);
  assert_non_null (strstr (longer, "超过 4 个字"));
}

static guint
known_labels (const HxTableRow *row, gpointer data)
{
  const char *const *labels = data;
  guint known = 0;
  for (guint i = 0; i < row->n_cells; i++)
    known += g_strv_contains (labels, row->cells[i].text);
  return known;
}

static void
the_header_is_found_below_title_rows (void **state)
{
  (void)state;
  const char *labels[] = { "姓名", "性别", NULL };
  g_autofree char *path
      = write_file ("h.csv", "名册,,\n,姓名,\n序,姓名,性别\n1,张三,男\n", -1);
  g_autoptr (HxTable) table = hx_table_open (path, NULL, NULL);
  HxTableRow row;
  assert_true (hx_table_find_header (table, known_labels, labels, &row, NULL));
  assert_int_equal (row.number, 3);
  assert_int_equal (hx_table_next (table, &row, NULL), HX_TABLE_ROW);
  assert_string_equal (hx_table_row_text (&row, 1), "张三");
  labels[0] = labels[1] = "无";
  g_autoptr (GError) error = NULL;
  assert_false (
      hx_table_find_header (table, known_labels, labels, &row, &error));
  assert_int_equal (error->code, HX_ERROR_NOT_FOUND);
  remove_file (path);
}

static void
a_file_that_is_no_csv_is_refused_by_name (void **state)
{
  (void)state;
  g_autofree char *ole = write_file ("a.xls", "\xD0\xCF\x11\xE0 rest", -1);
  g_autofree char *page = write_file ("a.xlsx", "<html></html>", -1);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  assert_null (hx_table_open (ole, NULL, &first));
  assert_non_null (strstr (first->message, "旧版 xls"));
  assert_null (hx_table_open (page, NULL, &second));
  assert_non_null (strstr (second->message, "不是 xlsx"));
  remove_file (ole);
  remove_file (page);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_csv_is_read_as_its_rows),
    cmocka_unit_test (a_fault_is_named_with_its_line),
    cmocka_unit_test (a_character_across_a_block_boundary_stays_whole),
    cmocka_unit_test (what_is_too_large_is_refused),
    cmocka_unit_test (the_header_is_found_below_title_rows),
    cmocka_unit_test (a_file_that_is_no_csv_is_refused_by_name),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
