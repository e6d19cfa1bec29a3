/* The workbook of failed rows, looked into as the zip that it is. */
#include "exchange/exchange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

static const HxTableCell header_cells[] = {
  { .text = "身份证号", .type = HX_CELL_TEXT },
  { .text = "失败原因", .type = HX_CELL_TEXT },
  { .text = "姓名", .type = HX_CELL_TEXT },
};
static const HxTableCell row_cells[] = {
  { .text = "999999193301010010", .type = HX_CELL_TEXT },
  { .text = "旧的原因", .type = HX_CELL_TEXT },
  { .text = "=张&三", .type = HX_CELL_TEXT },
};
static const HxTableRow header = { 2, 3, header_cells };
static const HxTableRow row = { 17, 3, row_cells };

static char *
read_part (const char *path, const char *part)
{
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);
  assert_non_null (zip);
  zip_file_t *file = zip_fopen (zip, part, 0);
  assert_non_null (file);
  char *text = g_malloc0 (65536);
  assert_true (zip_fread (file, text, 65535) > 0);
  zip_fclose (file);
  zip_close (zip);
  return text;
}

static guint
files_in (const char *folder)
{
  guint count = 0;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
failed_rows_keep_their_columns_as_text (void **state)
{
  (void)state;
  g_autofree char *folder = g_dir_make_tmp ("hx-writer-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "失败.xlsx", NULL);
  g_autoptr (HxFailureWriter) writer
      = hx_failure_writer_new (path, &header, NULL);
  assert_non_null (writer);
  assert_true (hx_failure_writer_row (writer, &row, "日期不存在", NULL));
  assert_true (hx_failure_writer_finish (writer, NULL));
  g_autofree char *sheet = read_part (path, "xl/worksheets/sheet1.xml");
  assert_non_null (strstr (sheet, "<t>999999193301010010</t>"));
  assert_non_null (strstr (sheet, "<t>=张&amp;三</t>"));
  assert_non_null (strstr (sheet, "<t>日期不存在</t>"));
  assert_non_null (strstr (sheet, "<t>17</t>"));
  assert_null (strstr (sheet, "旧的原因"));
  assert_non_null (strstr (sheet, "<autoFilter ref=\"A1:D2\""));
  assert_int_equal (files_in (folder), 1);
  g_unlink (path);
  g_rmdir (folder);
}

static void
what_looks_like_a_written_character_comes_back_as_it_was (void **state)
{
  static const char *const texts[]
      = { "_x0041_", "a_x005F_b_x000A_", "_x_x0041_", "_x00", "普通_xyz_" };
  (void)state;
  g_autofree char *folder = g_dir_make_tmp ("hx-writer-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.xlsx", NULL);
  HxWorkbookWriter *writer = hx_workbook_writer_new (path, "页", NULL);
  assert_true (
      hx_workbook_writer_header (writer, texts, G_N_ELEMENTS (texts), NULL));
  assert_true (
      hx_workbook_writer_row (writer, texts, G_N_ELEMENTS (texts), NULL));
  assert_true (hx_workbook_writer_finish (writer, NULL));
  hx_workbook_writer_free (writer);
  HxTable *table = hx_table_open (path, NULL, NULL);
  HxTableRow read;
  assert_non_null (table);
  for (guint line = 0; line < 2; line++)
    {
      assert_int_equal (hx_table_next (table, &read, NULL), HX_TABLE_ROW);
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        assert_string_equal (hx_table_row_text (&read, i), texts[i]);
    }
  hx_table_free (table);
  g_unlink (path);
  g_rmdir (folder);
}

static void
an_unfinished_workbook_leaves_nothing (void **state)
{
  (void)state;
  g_autofree char *folder = g_dir_make_tmp ("hx-writer-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.xlsx", NULL);
  HxFailureWriter *writer = hx_failure_writer_new (path, &header, NULL);
  assert_non_null (writer);
  hx_failure_writer_free (writer);
  assert_int_equal (files_in (folder), 0);
  g_rmdir (folder);
}

static void
a_folder_that_is_not_there_is_named (void **state)
{
  (void)state;
  g_autoptr (GError) error = NULL;
  assert_null (
      hx_failure_writer_new ("/nonexistent/失败.xlsx", &header, &error));
  assert_non_null (strstr (error->message, "/nonexistent/"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (failed_rows_keep_their_columns_as_text),
    cmocka_unit_test (what_looks_like_a_written_character_comes_back_as_it_was),
    cmocka_unit_test (an_unfinished_workbook_leaves_nothing),
    cmocka_unit_test (a_folder_that_is_not_there_is_named),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
