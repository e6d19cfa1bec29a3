/* What is loaded before any row: styles, shared strings, the list of sheets. */
#include "workbook_fixture.h"

#include "exchange/xlsx_internal.h"

#include <string.h>

/* A package of one part "p.xml", or none. */
static char *
open_one (HxPackage *package, const char *xml)
{
  const FixturePart parts[] = {
    { .name = "p.xml", .data = xml },
    { .name = "other", .data = "x" },
    { .name = NULL },
  };
  const HxPackageLimits limits = { G_MAXUINT64, 200 };
  char *path = fixture_zip ("p.zip", parts);
  memset (package, 0, sizeof *package);
  assert_true (hx_package_open (package, path, &limits, NULL));
  return path;
}

static void
close_one (HxPackage *package, char *path)
{
  hx_package_close (package);
  fixture_remove (path);
}

/* ------------------------------------------------------------------ styles */

typedef struct
{
  const char *xml;
  const char *kinds; /* . number, D date, T time, E elapsed */
} Styles;

static const Styles styles[] = {
  { "<styleSheet/>", "" },
  { "<styleSheet><cellXfs/></styleSheet>", "" },
  { "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
    "<xf numFmtId=\"20\"/><xf numFmtId=\"46\"/></cellXfs></styleSheet>",
    ".DTE" },
  /* only the list of cell styles counts */
  { "<styleSheet><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
    "<xf numFmtId=\"1\"/></cellXfs><dxfs><dxf><xf numFmtId=\"14\"/></dxf>"
    "</dxfs></styleSheet>",
    "." },
  { "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"0.0\"/></numFmts><cellXfs>"
    "<xf numFmtId=\"165\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
    ".D" },
  /* a file may give a built-in number a meaning of its own */
  { "<styleSheet><numFmts><numFmt numFmtId=\"14\" formatCode=\"0\"/>"
    "<numFmt numFmtId=\"2\" formatCode=\"h:mm\"/></numFmts><cellXfs>"
    "<xf numFmtId=\"14\"/><xf numFmtId=\"2\"/></cellXfs></styleSheet>",
    ".T" },
  /* what says nothing is a number */
  { "<styleSheet><numFmts><numFmt numFmtId=\"164\"/></numFmts><cellXfs><xf/>"
    "<xf numFmtId=\"164\"/><xf numFmtId=\"999\"/><xf numFmtId=\"x\"/>"
    "<xf numFmtId=\"99999999999999\"/></cellXfs></styleSheet>",
    "....." },
  { "<s:styleSheet xmlns:s=\"u\"><s:cellXfs><s:xf numFmtId=\"58\">"
    "<s:alignment/></s:xf><o:xf xmlns:o=\"v\" numFmtId=\"0\"/></s:cellXfs>"
    "</s:styleSheet>",
    "D" },
};

static void
each_cell_style_is_a_date_or_not (void **state)
{
  (void)state;
  static const char letters[] = ".DTE";
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      HxPackage package;
      char *path = open_one (&package, styles[i].xml);
      g_autoptr (GByteArray) kinds = hx_styles_load (&package, "p.xml", NULL);
      assert_non_null (kinds);
      assert_int_equal (kinds->len, strlen (styles[i].kinds));
      for (guint k = 0; k < kinds->len; k++)
        assert_int_equal (letters[kinds->data[k]], styles[i].kinds[k]);
      close_one (&package, path);
    }
}

/* ----------------------------------------------------------------- strings */

typedef struct
{
  const char *xml;
  const char *strings; /* each with a | behind it */
} Strings;

static const Strings strings[] = {
  { "<sst/>", "" },
  /* what a file says of its count is not needed */
  { "<sst count=\"9\" uniqueCount=\"1\"><si><t>甲</t></si><si><t>乙</t></si>"
    "</sst>",
    "甲|乙|" },
  { "<sst><si/><si><t/></si><si><t></t></si><si><t>甲</t></si></sst>",
    "|||甲|" },
  { "<sst><si><r><t>甲</t></r><r><rPr><sz val=\"9\"/></rPr><t>乙</t></r></si>"
    "<si><t>丙</t></si></sst>",
    "甲乙|丙|" },
  { "<sst><si><t>甲</t><rPh sb=\"0\" eb=\"1\"><t>JIA</t></rPh>"
    "<phoneticPr fontId=\"1\"/></si></sst>",
    "甲|" },
  { "<sst>\n <si>\n  <t>甲</t>\n </si>\n</sst>", "甲|" },
  { "<sst><si><t>一<!-- x -->二<![CDATA[<三>]]></t></si></sst>", "一二<三>|" },
  { "<sst><extLst><ext/></extLst><si><t>甲</t></si></sst>", "甲|" },
};

static void
shared_strings_are_counted_from_zero (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      HxPackage package;
      HxStrings loaded = { NULL, NULL };
      HxTableLimits limits;
      const char *text;
      char *path = open_one (&package, strings[i].xml);
      g_autoptr (GString) all = g_string_new (NULL);
      hx_table_limits_default (&limits);
      assert_true (hx_strings_load (&loaded, &package, &limits, "p.xml", NULL));
      for (guint k = 0; (text = hx_strings_get (&loaded, k)) != NULL; k++)
        g_string_append_printf (all, "%s|", text);
      assert_string_equal (all->str, strings[i].strings);
      assert_null (hx_strings_get (&loaded, G_MAXUINT64));
      hx_strings_clear (&loaded);
      close_one (&package, path);
    }
}

static void
a_workbook_may_lack_styles_and_strings (void **state)
{
  (void)state;
  HxPackage package;
  HxStrings loaded = { NULL, NULL };
  HxTableLimits limits;
  char *path = open_one (&package, "<x/>");
  hx_table_limits_default (&limits);
  g_autoptr (GByteArray) kinds = hx_styles_load (&package, NULL, NULL);
  assert_non_null (kinds);
  assert_int_equal (kinds->len, 0);
  assert_true (hx_strings_load (&loaded, &package, &limits, NULL, NULL));
  assert_null (hx_strings_get (&loaded, 0));
  hx_strings_clear (&loaded);
  close_one (&package, path);
}

/* ---------------------------------------------------------------- workbook */

typedef struct
{
  const char *inner; /* of <workbook> */
  gboolean epoch_1904;
  const char *sheets; /* name, part, and * if hidden */
} Book;

static const Book books[] = {
  { "<sheets><sheet name=\"甲\" r:id=\"a\"/></sheets>", FALSE, "甲=xl/1.xml;" },
  { "<workbookPr date1904=\"1\"/><sheets><sheet name=\"甲\" r:id=\"a\"/>"
    "</sheets>",
    TRUE, "甲=xl/1.xml;" },
  { "<workbookPr date1904=\"true\"/><sheets><sheet r:id=\"a\"/></sheets>", TRUE,
    "=xl/1.xml;" },
  { "<workbookPr date1904=\"0\"/><sheets><sheet name=\"甲\" r:id=\"b\" "
    "state=\"visible\"/><sheet name=\"乙\" r:id=\"a\" state=\"hidden\"/>"
    "<sheet name=\"丙\" r:id=\"a\" state=\"veryHidden\"/></sheets>",
    FALSE, "甲=2.xml;乙=xl/1.xml*;丙=xl/1.xml*;" },
  /* sheets that hold no table are not in the list */
  { "<sheets><sheet name=\"图\" r:id=\"c\"/><sheet name=\"甲\" r:id=\"a\"/>"
    "</sheets><sheet name=\"外\" r:id=\"a\"/>",
    FALSE, "甲=xl/1.xml;" },
};

static char *
open_book (HxPackage *package, const char *inner)
{
  g_autofree char *book
      = g_strdup_printf ("<workbook xmlns:r=\"r\">%s</workbook>", inner);
  const FixturePart parts[] = {
    { .name = "_rels/.rels",
      .data = "<Relationships><Relationship Id=\"1\" Type=\"t/officeDocument\" "
              "Target=\"xl/book.xml\"/></Relationships>" },
    { .name = "xl/_rels/book.xml.rels",
      .data = "<Relationships>"
              "<Relationship Id=\"a\" Type=\"t/worksheet\" Target=\"1.xml\"/>"
              "<Relationship Id=\"b\" Type=\"t/worksheet\" Target=\"/2.xml\"/>"
              "<Relationship Id=\"c\" Type=\"t/chartsheet\" Target=\"3.xml\"/>"
              "<Relationship Id=\"s\" Type=\"t/styles\" Target=\"s.xml\"/>"
              "</Relationships>" },
    { .name = "xl/book.xml", .data = book },
    { .name = NULL },
  };
  const HxPackageLimits limits = { G_MAXUINT64, 200 };
  char *path = fixture_zip ("p.zip", parts);
  memset (package, 0, sizeof *package);
  assert_true (hx_package_open (package, path, &limits, NULL));
  return path;
}

static void
sheets_are_listed_with_their_parts (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (books); i++)
    {
      HxPackage package;
      HxWorkbook workbook = { NULL, NULL, NULL, FALSE };
      char *path = open_book (&package, books[i].inner);
      g_autoptr (GString) all = g_string_new (NULL);
      assert_true (hx_workbook_load (&workbook, &package, NULL));
      for (guint k = 0; k < workbook.sheets->len; k++)
        {
          const HxSheetEntry *entry
              = &g_array_index (workbook.sheets, HxSheetEntry, k);
          g_string_append_printf (all, "%s=%s%s;", entry->sheet.name,
                                  entry->part, entry->sheet.hidden ? "*" : "");
        }
      assert_string_equal (all->str, books[i].sheets);
      assert_int_equal (workbook.epoch_1904, books[i].epoch_1904);
      assert_string_equal (workbook.styles_part, "xl/s.xml");
      assert_null (workbook.strings_part);
      hx_workbook_clear (&workbook);
      close_one (&package, path);
    }
}

/* A cell says “名册.xlsx“名单”B2”: the way a user finds it. */
static void
a_fault_in_a_cell_reads_as_one_sentence (void **state)
{
  (void)state;
  const Fixture fixture
      = { .rows = "<row r=\"12\"><c r=\"AB12\"><v>?</v></c></row>" };
  g_autofree char *rows = fixture_read (fixture_workbook (&fixture), NULL);
  assert_string_equal (
      rows, "FAIL 单元格里的数字写坏了: 名册.xlsx“名单”AB12: 请用 Excel 或 WPS "
            "打开，检查这一格，另存一次再导入");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_cell_style_is_a_date_or_not),
    cmocka_unit_test (shared_strings_are_counted_from_zero),
    cmocka_unit_test (a_workbook_may_lack_styles_and_strings),
    cmocka_unit_test (sheets_are_listed_with_their_parts),
    cmocka_unit_test (a_fault_in_a_cell_reads_as_one_sentence),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
