/* Whole workbooks, in the shapes that different programs give them. */
#include "workbook_fixture.h"

#include <string.h>
#include <xlsxwriter.h>

#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define STRICT_RELATIONS                                                       \
  "http://purl.oclc.org/ooxml/officeDocument/relationships"

#define RELATIONS(inner)                                                       \
  "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                   \
  "<Relationships xmlns=\"" PACKAGE "\">" inner "</Relationships>"
#define RELATION(id, base, type, target)                                       \
  "<Relationship Id=\"" id "\" Type=\"" base "/" type "\" Target=\"" target    \
  "\"/>"

typedef struct
{
  FixturePart parts[8];
  const char *rows;
} Shape;

/* ------------------------------------------------------------- LibreOffice */

#define LIBREOFFICE                                                            \
  {                                                                            \
    {                                                                          \
      { .name = "_rels/.rels",                                                 \
        .data                                                                  \
        = RELATIONS (RELATION ("rId1", PACKAGE "/metadata", "core-properties", \
                               "docProps/core.xml")                            \
                         RELATION ("rId3", FIXTURE_RELATIONS,                  \
                                   "officeDocument", "xl/workbook.xml")) },    \
      { .name = "xl/_rels/workbook.xml.rels",                                  \
        .data = RELATIONS (                                                    \
            RELATION ("rId1", FIXTURE_RELATIONS, "theme", "theme/theme1.xml")  \
                RELATION ("rId2", FIXTURE_RELATIONS, "styles", "styles.xml")   \
                    RELATION ("rId3", FIXTURE_RELATIONS, "worksheet",          \
                              "worksheets/sheet1.xml")                         \
                        RELATION ("rId4", FIXTURE_RELATIONS, "sharedStrings",  \
                                  "sharedStrings.xml")) },                     \
      { .name = "xl/workbook.xml",                                             \
        .data                                                                  \
        = "<workbook xmlns=\"" FIXTURE_MAIN "\" xmlns:r=\"" FIXTURE_RELATIONS  \
          "\"><fileVersion appName=\"Calc\"/>"                                 \
          "<workbookPr backupFile=\"false\" showObjects=\"all\" "              \
          "date1904=\"false\"/><sheets><sheet name=\"Sheet1\" "                \
          "sheetId=\"1\" state=\"visible\" r:id=\"rId3\"/></sheets>"           \
          "<calcPr iterateCount=\"100\"/></workbook>" },                       \
      { .name = "xl/styles.xml",                                               \
        .data = "<styleSheet xmlns=\"" FIXTURE_MAIN "\"><numFmts count=\"2\">" \
                "<numFmt numFmtId=\"164\" formatCode=\"General\"/>"            \
                "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\"/>"     \
                "</numFmts><cellStyleXfs count=\"1\"><xf numFmtId=\"164\"/>"   \
                "</cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"164\" "    \
                "xfId=\"0\"><alignment/></xf><xf numFmtId=\"165\" "            \
                "xfId=\"0\"/></cellXfs></styleSheet>" },                       \
      { .name = "xl/sharedStrings.xml",                                        \
        .data = "<sst xmlns=\"" FIXTURE_MAIN "\" count=\"1\" "                 \
                "uniqueCount=\"1\"><si><t xml:space=\"preserve\">姓名</t>"   \
                "</si></sst>" },                                               \
      { .name = "xl/worksheets/sheet1.xml",                                    \
        .data = "<worksheet xmlns=\"" FIXTURE_MAIN "\"><sheetPr "              \
                "filterMode=\"false\"/><cols><col min=\"1\" max=\"1024\"/>"    \
                "</cols><sheetData><row r=\"1\" customFormat=\"false\" "       \
                "ht=\"12.8\" hidden=\"false\" outlineLevel=\"0\"><c r=\"A1\" " \
                "s=\"0\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\" t=\"n\">"     \
                "<v>44990</v></c><c r=\"C1\" s=\"0\" t=\"b\">"                 \
                "<f aca=\"false\">TRUE()</f><v>1</v></c><c r=\"D1\" s=\"0\" "  \
                "t=\"str\"><f aca=\"false\">A1&amp;1</f><v>姓名1</v></c>"    \
                "</row></sheetData><printOptions/></worksheet>" },             \
    },                                                                         \
        "1:姓名|@2023-03-05|=?1|=姓名1\n"                                  \
  }

/* ------------------------------------- strict, prefixes, paths from the root
 */

#define STRICT_PREFIXED                                                        \
  {                                                                            \
    {                                                                          \
      { .name = "_rels/.rels",                                                 \
        .data = RELATIONS (RELATION ("a", STRICT_RELATIONS, "officeDocument",  \
                                     "/Book/main.xml")) },                     \
      { .name = "Book/_rels/main.xml.rels",                                    \
        .data = "<p:Relationships xmlns:p=\"" PACKAGE "\"><p:Relationship "    \
                "Id=\"s\" Type=\"" STRICT_RELATIONS "/worksheet\" "            \
                "Target=\"../Pages/./one.xml\"/><p:Relationship Id=\"t\" "     \
                "Type=\"" STRICT_RELATIONS "/sharedStrings\" "                 \
                "Target=\"/pages/TEXT.xml\"/></p:Relationships>" },            \
      { .name = "Book/main.xml",                                               \
        .data                                                                  \
        = "<x:workbook xmlns:x=\"" STRICT "\" xmlns:q=\"" STRICT_RELATIONS     \
          "\"><x:workbookPr date1904=\"true\"/>"                               \
          "<x:sheets><x:sheet name=\"甲\" sheetId=\"1\" q:id=\"s\"/>"         \
          "</x:sheets></x:workbook>" },                                        \
      { .name = "Pages/Text.xml",                                              \
        .data = "<x:sst xmlns:x=\"" STRICT "\"><x:si><x:t>姓名</x:t>"        \
                "<y:t xmlns:y=\"y\">不算</y:t></x:si></x:sst>" },              \
      { .name = "Pages/one.xml",                                               \
        .data = "<x:worksheet xmlns:x=\"" STRICT "\"><x:sheetData><x:row>"     \
                "<x:c t=\"s\"><x:v>0</x:v></x:c><y:c xmlns:y=\"y\"><y:v>9"     \
                "</y:v></y:c><x:c t=\"d\"><x:v>2023-03-05</x:v></x:c>"         \
                "</x:row></x:sheetData></x:worksheet>" },                      \
    },                                                                         \
        "1:姓名|@2023-03-05\n"                                               \
  }

/* ------------------------- WPS: built-in Chinese formats, foreign content */

#define WPS                                                                    \
  {                                                                            \
    {                                                                          \
      { .name = "_rels/.rels",                                                 \
        .data = RELATIONS (RELATION ("rId1", FIXTURE_RELATIONS,                \
                                     "officeDocument", "xl/workbook.xml")) },  \
      { .name = "xl/_rels/workbook.xml.rels",                                  \
        .data = RELATIONS (                                                    \
            RELATION ("rId1", FIXTURE_RELATIONS, "worksheet",                  \
                      "/xl/worksheets/sheet1.xml")                             \
                RELATION ("rId5", "http://www.wps.cn/officeDocument/2020",     \
                          "cellImage", "cellimages.xml")                       \
                    RELATION ("rId4", FIXTURE_RELATIONS, "styles",             \
                              "styles.xml")) },                                \
      { .name = "xl/workbook.xml",                                             \
        .data                                                                  \
        = "<workbook xmlns=\"" FIXTURE_MAIN "\" xmlns:r=\"" FIXTURE_RELATIONS  \
          "\" xmlns:mc=\"mc\"><workbookPr/>"                                   \
          "<mc:AlternateContent><mc:Choice Requires=\"x15\"><sheets>"          \
          "<sheet/></sheets></mc:Choice></mc:AlternateContent><sheets>"        \
          "<sheet name=\"名单\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"      \
          "</workbook>" },                                                     \
      { .name = "xl/styles.xml",                                               \
        .data = "<styleSheet xmlns=\"" FIXTURE_MAIN "\"><numFmts count=\"1\">" \
                "<numFmt numFmtId=\"176\" formatCode=\"G/通用格式\"/>"     \
                "</numFmts><cellXfs><xf numFmtId=\"176\"/><xf numFmtId=\"31\"" \
                "/><xf numFmtId=\"57\"/><xf numFmtId=\"32\"/></cellXfs>"       \
                "</styleSheet>" },                                             \
      { .name = "xl/worksheets/sheet1.xml",                                    \
        .data = "<worksheet xmlns=\"" FIXTURE_MAIN "\" xmlns:xdr=\"xdr\" "     \
                "xmlns:etc=\"http://www.wps.cn/officeDocument/2017/"           \
                "etCustomData\"><sheetData><row r=\"1\" spans=\"1:5\"><c "     \
                "r=\"A1\" s=\"0\"><v>44990</v></c><c r=\"B1\" s=\"1\"><v>"     \
                "44990</v></c><c r=\"C1\" s=\"2\"><v>44986</v></c><c r=\"D1\"" \
                " s=\"3\"><v>0.5</v></c><c r=\"E1\" t=\"str\"><f>_xlfn.DISPI"  \
                "MG(\"ID\",1)</f><v>=DISPIMG</v></c></row></sheetData>"        \
                "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"          \
                "</worksheet>" },                                              \
    },                                                                         \
        "1:#44990|@2023-03-05|@2023-03-01|%12:00:00|==DISPIMG\n"               \
  }

static const Shape shapes[] = { LIBREOFFICE, STRICT_PREFIXED, WPS };

static void
workbooks_of_all_programs_read_alike (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      FixturePart parts[9] = { { .name = NULL } };
      memcpy (parts, shapes[i].parts, sizeof shapes[i].parts);
      g_autofree char *rows
          = fixture_read (fixture_zip ("名册.xlsx", parts), NULL);
      assert_string_equal (rows, shapes[i].rows);
    }
}

/* XML may come in UTF-16. */
static void
a_part_in_another_encoding_is_read (void **state)
{
  (void)state;
  gsize size;
  g_autofree char *data = g_convert ("<sst><si><t>张三</t></si></sst>", -1,
                                     "UTF-16", "UTF-8", NULL, &size, NULL);
  const FixturePart part
      = { .name = "xl/sharedStrings.xml", .data = data, .size = size };
  g_autofree char *rows = fixture_read (fixture_with (&part), NULL);
  assert_string_equal (rows, "1:张三\n");
}

/* ------------------------------------------------------------------ sheets */

#define SHEET_OF(text)                                                         \
  "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>" text                 \
  "</t></is></c></row></sheetData></worksheet>"

static const FixturePart several[] = {
  { .name = "_rels/.rels",
    .data = RELATIONS (
        RELATION ("a", FIXTURE_RELATIONS, "officeDocument", "wb.xml")) },
  { .name = "_rels/wb.xml.rels",
    .data = RELATIONS (
        RELATION ("c", FIXTURE_RELATIONS, "chartsheet", "c.xml")
            RELATION ("1", FIXTURE_RELATIONS, "worksheet", "1.xml")
                RELATION ("2", FIXTURE_RELATIONS, "worksheet", "2.xml")
                    RELATION ("3", FIXTURE_RELATIONS, "worksheet", "3.xml")) },
  { .name = "wb.xml",
    .data = "<workbook xmlns:r=\"r\"><sheets>"
            "<sheet name=\"图\" r:id=\"c\"/>"
            "<sheet name=\"字典\" r:id=\"3\" state=\"hidden\"/>"
            "<sheet name=\"名&amp;单\" r:id=\"1\"/>"
            "<sheet name=\"深藏\" r:id=\"2\" state=\"veryHidden\"/>"
            "</sheets></workbook>" },
  { .name = "1.xml", .data = SHEET_OF ("一") },
  { .name = "2.xml", .data = SHEET_OF ("二") },
  { .name = "3.xml", .data = SHEET_OF ("三") },
  { .name = NULL },
};

static void
check_sheet (HxTable *table, guint index, const char *name, gboolean hidden)
{
  const HxTableSheet *sheet = hx_table_sheet (table, index);
  assert_string_equal (sheet->name, name);
  assert_int_equal (sheet->hidden, hidden);
}

static void
sheets_are_listed_and_the_first_visible_one_is_chosen (void **state)
{
  (void)state;
  char *path = fixture_zip ("名册.xlsx", several);
  g_autoptr (HxTable) table = hx_table_open (path, NULL, NULL);
  assert_non_null (table);
  assert_int_equal (hx_table_format (table), HX_TABLE_XLSX);
  assert_string_equal (hx_table_encoding (table), "UTF-8");
  assert_int_equal (hx_table_n_sheets (table), 3);
  check_sheet (table, 0, "字典", TRUE);
  check_sheet (table, 1, "名&单", FALSE);
  check_sheet (table, 2, "深藏", TRUE);
  assert_int_equal (hx_table_selected (table), 1);
  g_autofree char *first = fixture_rows (table);
  assert_string_equal (first, "1:一\n");
  g_autofree char *end = fixture_rows (table);
  assert_string_equal (end, "");
  assert_true (hx_table_select_sheet (table, 2, NULL));
  g_autofree char *second = fixture_rows (table);
  assert_string_equal (second, "1:二\n");
  assert_true (hx_table_select_sheet (table, 1, NULL));
  g_autofree char *again = fixture_rows (table);
  assert_string_equal (again, "1:一\n");
  fixture_remove (path);
}

static void
a_failed_sheet_leaves_the_others_readable (void **state)
{
  (void)state;
  FixturePart parts[G_N_ELEMENTS (several)];
  memcpy (parts, several, sizeof several);
  parts[3].data = "<worksheet><sheetData><row><c><v>x</v></c></row>";
  char *path = fixture_zip ("名册.xlsx", parts);
  g_autoptr (HxTable) table = hx_table_open (path, NULL, NULL);
  HxTableRow row;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      assert_int_equal (hx_table_next (table, &row, &error), HX_TABLE_FAIL);
      assert_non_null (error);
    }
  assert_true (hx_table_select_sheet (table, 0, NULL));
  g_autofree char *rows = fixture_rows (table);
  assert_string_equal (rows, "1:三\n");
  fixture_remove (path);
}

/* ----------------------------------------------------------- libxlsxwriter */

#define MANY 20000

static void
write_many (const char *path, gboolean constant)
{
  lxw_workbook_options options = { .constant_memory = (uint8_t)constant };
  lxw_workbook *workbook = workbook_new_opt (path, &options);
  lxw_worksheet *sheet = workbook_add_worksheet (workbook, "名单");
  lxw_format *date = workbook_add_format (workbook);
  format_set_num_format (date, "yyyy\"年\"m\"月\"d\"日\"");
  for (lxw_row_t row = 0; row < MANY; row++)
    {
      g_autofree char *name = g_strdup_printf (" 张三%u\n ", row);
      worksheet_write_string (sheet, row, 0, name, NULL);
      worksheet_write_number (sheet, row, 1, row + 0.1, NULL);
      worksheet_write_number (sheet, row, 2, 14293 + row, date);
      worksheet_write_boolean (sheet, row, 4, row % 2, NULL);
    }
  assert_int_equal (workbook_close (workbook), LXW_NO_ERROR);
}

static void
check_row (const HxTableRow *row, guint number)
{
  HxDate date;
  char day[HX_DATE_TEXT_SIZE];
  g_autofree char *name = g_strdup_printf (" 张三%u\n ", number);
  g_autofree char *decimal = g_strdup_printf ("%u.1", number);
  hx_date_from_serial (14293 + number, FALSE, &date);
  hx_date_format (date, day);
  assert_int_equal (row->number, number + 1);
  assert_int_equal (row->n_cells, 5);
  assert_string_equal (hx_table_row_text (row, 0), name);
  assert_string_equal (hx_table_row_text (row, 1), decimal);
  assert_string_equal (hx_table_row_text (row, 2), day);
  assert_int_equal (row->cells[3].type, HX_CELL_EMPTY);
  assert_string_equal (hx_table_row_text (row, 4), number % 2 ? "1" : "0");
}

static void
check_many (gboolean constant)
{
  char *path = fixture_file ("名册.xlsx", "", 0);
  write_many (path, constant);
  g_autoptr (HxTable) table = hx_table_open (path, NULL, NULL);
  HxTableRow row;
  guint64 done, total, before = 0;
  for (guint i = 0; i < MANY; i++)
    {
      assert_int_equal (hx_table_next (table, &row, NULL), HX_TABLE_ROW);
      check_row (&row, i);
      hx_table_progress (table, &done, &total);
      assert_true (done >= before && done <= total);
      before = done;
    }
  assert_int_equal (hx_table_next (table, &row, NULL), HX_TABLE_END);
  hx_table_progress (table, &done, &total);
  assert_int_equal (done, total);
  fixture_remove (path);
}

/* Longer than many blocks of the reader, so that every kind of cell lies
 * across their boundaries somewhere. */
static void
a_long_sheet_is_read_to_its_last_cell (void **state)
{
  (void)state;
  check_many (FALSE);
  check_many (TRUE);
}

/* --------------------------------------------------- what the house writes */

static void
failed_rows_come_back_as_they_were_written (void **state)
{
  (void)state;
  static const HxTableCell labels[]
      = { { .text = "身份证号", .type = HX_CELL_TEXT },
          { .text = "姓名", .type = HX_CELL_TEXT } };
  static const HxTableCell texts[]
      = { { .text = "999999193301010010", .type = HX_CELL_TEXT },
          { .text = " =张_三\n", .type = HX_CELL_TEXT } };
  const HxTableRow header = { 1, 2, labels };
  const HxTableRow row = { 9, 2, texts };
  char *path = fixture_file ("名册.xlsx", "", 0);
  g_autoptr (HxFailureWriter) writer
      = hx_failure_writer_new (path, &header, NULL);
  assert_true (hx_failure_writer_row (writer, &row, "原因", NULL));
  assert_true (hx_failure_writer_finish (writer, NULL));
  g_autofree char *rows = fixture_read (path, NULL);
  assert_string_equal (rows, "1:身份证号|姓名|失败原因|原行号\n"
                             "2:999999193301010010| =张_三\n|原因|9\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (workbooks_of_all_programs_read_alike),
    cmocka_unit_test (a_part_in_another_encoding_is_read),
    cmocka_unit_test (sheets_are_listed_and_the_first_visible_one_is_chosen),
    cmocka_unit_test (a_failed_sheet_leaves_the_others_readable),
    cmocka_unit_test (a_long_sheet_is_read_to_its_last_cell),
    cmocka_unit_test (failed_rows_come_back_as_they_were_written),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
