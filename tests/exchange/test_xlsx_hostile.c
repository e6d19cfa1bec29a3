/* Files that are no workbooks, damaged ones, and ones made to do harm: each
 * is refused with one error that says what it is. */
#include "workbook_fixture.h"

#include "exchange/table_internal.h"

#include <glib/gstdio.h>
#include <string.h>

#define SHEET "xl/worksheets/sheet1.xml"
#define STRINGS "xl/sharedStrings.xml"
#define WORKBOOK "xl/workbook.xml"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

static void
check_fails (const char *rows, const char *what)
{
  if (!g_str_has_prefix (rows, "FAIL ") || strstr (rows, what) == NULL
      || strstr (rows, "名册.xlsx") == NULL)
    fail_msg ("“%s” is not in: %s", what, rows);
}

/* ------------------------------------------------------------- other files */

typedef struct
{
  const char *data;
  gsize size;
  const char *what;
} Bytes;

#define OLE "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 "
#define ENCRYPTED "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"

static const Bytes files[] = {
  { OLE ENCRYPTED, sizeof (OLE ENCRYPTED), "工作簿加了密码" },
  { OLE "W\0o\0r\0k\0b\0o\0o\0k\0", 26, "旧版 xls" },
  { "<html><table></table></html>", 28, "内容是网页" },
  { "\xEF\xBB\xBF \r\n<!DOCTYPE html>", 20, "内容是网页" },
  { "PK\3\4 and then nothing", 22, "后半截丢失" },
  { "PK", 2, "后半截丢失" },
  { "plain", 5, "不是 xlsx" },
  { "PK\5\6\0\0\0\0\xFF\xFF\xFF\xFF\0\0\0\0\0\0\0\0\0\0", 22, "文件太多" },
  { "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22, "没有工作簿" },
};

static void
what_is_no_workbook_is_named (void **state)
{
  (void)state;
  HxTableLimits limits;
  hx_table_limits_default (&limits);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      char *path = fixture_file ("名册.xlsx", files[i].data, files[i].size);
      assert_null (hx_xlsx_open (path, &limits, &error));
      assert_non_null (strstr (error->message, files[i].what));
      assert_non_null (strstr (error->message, "名册.xlsx"));
      fixture_remove (path);
    }
}

/* The mark may lie anywhere, also across two blocks. */
static void
a_password_is_found_wherever_it_stands (void **state)
{
  (void)state;
  HxTableLimits limits;
  hx_table_limits_default (&limits);
  static const gsize places[] = { 8, 65505, 65520, 65535, 65536, 131060 };
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *data = g_malloc0 (200000);
      memcpy (data, OLE, sizeof OLE - 1);
      memcpy (data + places[i], ENCRYPTED, sizeof ENCRYPTED - 1);
      char *path = fixture_file ("名册.xlsx", data, 200000);
      assert_null (hx_xlsx_open (path, &limits, &error));
      assert_non_null (strstr (error->message, "加了密码"));
      fixture_remove (path);
    }
}

typedef struct
{
  FixturePart parts[3];
  const char *what;
} Zip;

#define RELS(target)                                                           \
  {                                                                            \
    .name = "_rels/.rels",                                                     \
    .data = "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"a\" "     \
            "Type=\"" FIXTURE_RELATIONS "/officeDocument\" "                   \
            "Target=\"" target "\"/></Relationships>"                          \
  }

static const Zip zips[] = {
  { { RELS ("word/document.xml"),
      { .name = "word/document.xml", .data = "<w:document xmlns:w=\"w\"/>" } },
    "Word 文档" },
  { { RELS ("ppt/presentation.xml"),
      { .name = "ppt/presentation.xml",
        .data = "<p:presentation xmlns:p=\"p\"/>" } },
    "演示文稿" },
  { { RELS ("xl/workbook.bin"),
      { .name = "xl/workbook.bin", .data = "\x83\x01" } },
    "xlsb" },
  { { { .name = "mimetype",
        .data = "application/vnd.oasis.opendocument.spreadsheet" },
      { .name = "content.xml", .data = "<x/>" } },
    "ods" },
  { { { .name = "mimetype",
        .data = "application/vnd.oasis.opendocument.text" } },
    "OpenDocument" },
  { { { .name = "OFD.xml", .data = "<x/>" } }, "OFD" },
  { { { .name = "名单.csv", .data = "a,b" } }, "里面没有工作簿" },
  { { RELS ("xl/workbook.xml") }, "缺了一部分" },
  { { RELS ("../../../etc/passwd") }, "缺了一部分" },
};

static void
a_zip_of_something_else_is_named (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (zips); i++)
    {
      FixturePart parts[4] = { { .name = NULL } };
      memcpy (parts, zips[i].parts, sizeof zips[i].parts);
      g_autofree char *rows
          = fixture_read (fixture_zip ("名册.xlsx", parts), NULL);
      check_fails (rows, zips[i].what);
    }
}

/* ----------------------------------------------------------- damaged parts */

typedef struct
{
  FixturePart part;
  const char *what;
} Damage;

#define BILLION "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
#define ROOT(inner)                                                            \
  "<worksheet xmlns=\"" FIXTURE_MAIN "\">" inner "</worksheet>"
#define BOOK(inner)                                                            \
  "<workbook xmlns=\"" FIXTURE_MAIN "\" xmlns:r=\"" FIXTURE_RELATIONS "\">"    \
  "<sheets>" inner "</sheets></workbook>"

static const Damage damages[] = {
  { { .name = SHEET, .data = BILLION ROOT ("<sheetData/>") }, "文档类型" },
  { { .name = STRINGS, .data = BILLION "<sst><si><t>&b;</t></si></sst>" },
    "文档类型" },
  { { .name = WORKBOOK, .data = BILLION BOOK ("") }, "文档类型" },
  { { .name = "_rels/.rels", .data = BILLION "<Relationships/>" }, "文档类型" },
  { { .name = SHEET, .data = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>" },
    "文档类型" },
  { { .name = SHEET, .data = ROOT ("<sheetData>&b;</sheetData>") }, "写坏了" },
  { { .name = SHEET, .data = NULL }, "缺了一部分" },
  { { .name = STRINGS, .data = NULL }, "缺了一部分" },
  { { .name = SHEET, .data = "<worksheet><sheetData>" }, "写坏了" },
  { { .name = SHEET, .data = ROOT ("<sheetData/>") "<more/>" }, "写坏了" },
  { { .name = SHEET, .data = ROOT ("<sheetData></row></sheetData>") },
    "写坏了" },
  { { .name = SHEET, .data = ROOT ("\x01") }, "写坏了" },
  { { .name = SHEET, .data = ROOT ("\xC3\x28") }, "写坏了" },
  { { .name = SHEET, .data = "<chartsheet/>" }, "应有的样子" },
  { { .name = STRINGS, .data = "<x/>" }, "应有的样子" },
  { { .name = WORKBOOK, .data = BOOK ("") }, "没有工作表" },
  { { .name = WORKBOOK,
      .data = BOOK ("<sheet name=\"乙\" sheetId=\"1\" r:id=\"rId9\"/>") },
    "找不到的工作表" },
  { { .name = WORKBOOK, .data = BOOK ("<sheet name=\"乙\" sheetId=\"1\"/>") },
    "找不到的工作表" },
  { { .name = WORKBOOK, .data = "<other/>" }, "没有工作簿" },
  { { .name = SHEET, .data = ROOT ("<sheetData/>"), .password = "x" },
    "加了密码" },
};

static void
a_damaged_part_is_an_error (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *rows
          = fixture_read (fixture_with (&damages[i].part), NULL);
      check_fails (rows, damages[i].what);
    }
}

/* ------------------------------------------------------------ damaged cells */

typedef struct
{
  const char *rows;
  const char *what;
  const char *where;
} Cell;

static const Cell cells[] = {
  { "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>9</v></c></row>", "找不到",
    "“名单”B2" },
  { "<row r=\"2\"><c r=\"AA2\" t=\"s\"><v>-1</v></c></row>", "找不到",
    "“名单”AA2" },
  { "<row r=\"2\"><c t=\"s\"><v>99999999999999999999</v></c></row>", "找不到",
    "“名单”A2" },
  { "<row r=\"2\"><c r=\"B2\"><v>1,5</v></c></row>", "数字写坏了", "B2" },
  { "<row r=\"2\"><c r=\"B2\"><v>1E999</v></c></row>", "数字写坏了", "B2" },
  { "<row r=\"2\"><c r=\"B2\" t=\"x\"><v>1</v></c></row>", "种类", "B2" },
  { "<row r=\"2\"><c r=\"2B\"><v>1</v></c></row>", "位置写坏了", "A2" },
  { "<row r=\"2\"><c r=\"B\"><v>1</v></c></row>", "位置写坏了", "A2" },
  { "<row r=\"2\"><c r=\"B0\"><v>1</v></c></row>", "位置写坏了", "A2" },
  { "<row r=\"2\"><c r=\"B3\"><v>1</v></c></row>", "所在的行", "B2" },
  { "<row><c r=\"B5\"/><c r=\"C6\"/></row>", "所在的行", "C5" },
  { "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>2</v></c></row>",
    "出现了两次", "B2" },
  { "<row r=\"3\"/><row r=\"2\"/>", "顺序", "第3行之后" },
  { "<row r=\"3\"/><row r=\"3\"/>", "顺序", "第3行之后" },
  { "<row r=\"0\"/>", "顺序", "第0行之后" },
  { "<row r=\"x\"/>", "行号", "第0行之后" },
  { "<row r=\"1048577\"/>", "行号", "第0行之后" },
  { "<row r=\"1048576\"/><row/>", "上限", "第1048576行之后" },
  { "<row><c r=\"A1048577\"/></row>", "位置写坏了", "A1" },
  { "<row r=\"1\"><c r=\"XFE1\"/></row>", "超过 16384 列", "XFE1" },
  { "<row r=\"1\"><c r=\"ZZZZZZZZZ1\"><v>1</v></c></row>", "超过 16384 列",
    "名单" },
  { "<row r=\"1\"><c r=\"A1\"><f t=\"array\" ref=\"A1:?\">1</f></c></row>",
    "公式的范围", "A1" },
};

static void
a_damaged_cell_is_named_by_its_place (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      const Fixture fixture = { .rows = cells[i].rows };
      g_autofree char *rows = fixture_read (fixture_workbook (&fixture), NULL);
      check_fails (rows, cells[i].what);
      check_fails (rows, cells[i].where);
    }
}

/* ------------------------------------------------------------------ limits */

static char *
repeat (const char *before, const char *text, guint times, const char *behind)
{
  GString *out = g_string_new (before);
  for (guint i = 0; i < times; i++)
    g_string_append (out, text);
  g_string_append (out, behind);
  return g_string_free (out, FALSE);
}

static void
check_limited (const char *part, char *data, const HxTableLimits *limits,
               const char *what)
{
  const FixturePart replaced = { .name = part, .data = data };
  g_autofree char *rows = fixture_read (fixture_with (&replaced), limits);
  check_fails (rows, what);
  g_free (data);
}

static void
what_grows_without_end_is_stopped (void **state)
{
  (void)state;
  check_limited (SHEET,
                 repeat ("<worksheet><sheetData>", "          ", 2000000,
                         "</sheetData></worksheet>"),
                 NULL, "撑爆");
  check_limited (STRINGS,
                 repeat ("<sst>", "<si/><!--   -->", 1000000, "</sst>"), NULL,
                 "撑爆");
  check_limited (SHEET,
                 repeat ("<worksheet><sheetData><row>", "<c><v>1</v></c>", 1025,
                         "</row></sheetData></worksheet>"),
                 NULL, "超过 1024 个");
  check_limited (SHEET,
                 repeat ("<worksheet><sheetData><row>", "<c/>", 16385,
                         "</row></sheetData></worksheet>"),
                 NULL, "超过 16384 列");
  check_limited (SHEET, repeat ("<worksheet>", "<x>", 70, ""), NULL,
                 "嵌套太深");
  check_limited (SHEET, repeat ("<worksheet x=\"", "aaaaaaaa", 400000, "\"/>"),
                 NULL, "太长的标记");
  check_limited (SHEET, repeat ("<worksheet><!--", "aaaaaaaa", 400000, "-->"),
                 NULL, "太长的标记");
  check_limited (WORKBOOK,
                 repeat ("<workbook><sheets>",
                         "<sheet name=\"a\" id=\"rId1\"/>", 1025,
                         "</sheets></workbook>"),
                 NULL, "工作表太多");
  check_limited ("xl/styles.xml",
                 repeat ("<styleSheet><cellXfs>", "<xf/>", 65537,
                         "</cellXfs></styleSheet>"),
                 NULL, "样式太多");
  check_limited ("xl/_rels/workbook.xml.rels",
                 repeat ("<Relationships>",
                         "<Relationship Id=\"a\" Type=\"b\" Target=\"c\"/>",
                         4097, "</Relationships>"),
                 NULL, "部件太多");
}

static void
the_limits_of_the_caller_hold (void **state)
{
  (void)state;
  HxTableLimits limits;
  hx_table_limits_default (&limits);
  limits.strings_bytes = 1 << 20;
  check_limited (STRINGS, repeat ("<sst>", "<si/>", 140000, "</sst>"), &limits,
                 "超过 1 MB");
  check_limited (
      STRINGS, repeat ("<sst>", "<si><t>0123456789</t></si>", 60000, "</sst>"),
      &limits, "超过 1 MB");
  limits.entry_bytes = 1000;
  check_limited (SHEET, repeat ("<worksheet>", " ", 1000, "</worksheet>"),
                 &limits, "解开后太大");
  hx_table_limits_default (&limits);
  limits.cell_characters = 4;
  check_limited (STRINGS, g_strdup ("<sst><si><t>一二三四五</t></si></sst>"),
                 &limits, "超过 4 个字");
  check_limited (STRINGS,
                 repeat ("<sst><si><t>", "x", 10000, "</t></si></sst>"),
                 &limits, "超过 4 个字");
  check_limited (SHEET,
                 g_strdup ("<worksheet><sheetData><row><c t=\"str\"><v>一二三四"
                           "五</v></c></row></sheetData></worksheet>"),
                 &limits, "超过 4 个字");
  limits.cell_characters = 32767;
  limits.row_bytes = 1024;
  check_limited (SHEET,
                 repeat ("<worksheet><sheetData><row>",
                         "<c t=\"str\"><v>0123456789</v></c>", 200,
                         "</row></sheetData></worksheet>"),
                 &limits, "一行的文字超过 1 KB");
}

/* ------------------------------------------------------------- cut, flipped */

static char *
stored_workbook (gsize *size)
{
  const FixturePart part = { .name = SHEET,
                             .data = ROOT ("<sheetData><row><c><v>1</v></c><c>"
                                           "<v>2</v></c></row></sheetData>"),
                             .stored = TRUE };
  char *data;
  char *path = fixture_with (&part);
  assert_true (g_file_get_contents (path, &data, size, NULL));
  fixture_remove (path);
  return data;
}

static void
a_cut_file_is_refused_at_every_length (void **state)
{
  (void)state;
  gsize size;
  g_autofree char *data = stored_workbook (&size);
  for (gsize length = 2; length < size; length += 7)
    {
      g_autofree char *rows
          = fixture_read (fixture_file ("名册.xlsx", data, length), NULL);
      check_fails (rows, "请");
    }
}

/* A checksum stands for each part: no flipped bit yields other rows. */
static void
a_flipped_bit_never_yields_other_rows (void **state)
{
  (void)state;
  gsize size;
  guint failed = 0;
  g_autofree char *data = stored_workbook (&size);
  for (gsize at = 0; at < size; at += 3)
    {
      data[at] = (char)(data[at] ^ (1 << at % 8));
      g_autofree char *rows
          = fixture_read (fixture_file ("名册.xlsx", data, size), NULL);
      data[at] = (char)(data[at] ^ (1 << at % 8));
      if (strstr (rows, "FAIL ") != NULL)
        failed++;
      else
        assert_string_equal (rows, "1:#1|#2\n");
    }
  assert_in_range (failed, size / 6, size / 3);
}

static void
a_wrong_checksum_is_named (void **state)
{
  (void)state;
  gsize size;
  g_autofree char *data = stored_workbook (&size);
  char *value = memmem (data, size, "<v>2", 4);
  assert_non_null (value);
  value[3] = '3';
  g_autofree char *rows
      = fixture_read (fixture_file ("名册.xlsx", data, size), NULL);
  check_fails (strstr (rows, "FAIL"), "校验和");
  assert_non_null (strstr (rows, SHEET));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_is_no_workbook_is_named),
    cmocka_unit_test (a_password_is_found_wherever_it_stands),
    cmocka_unit_test (a_zip_of_something_else_is_named),
    cmocka_unit_test (a_damaged_part_is_an_error),
    cmocka_unit_test (a_damaged_cell_is_named_by_its_place),
    cmocka_unit_test (what_grows_without_end_is_stopped),
    cmocka_unit_test (the_limits_of_the_caller_hold),
    cmocka_unit_test (a_cut_file_is_refused_at_every_length),
    cmocka_unit_test (a_flipped_bit_never_yields_other_rows),
    cmocka_unit_test (a_wrong_checksum_is_named),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
