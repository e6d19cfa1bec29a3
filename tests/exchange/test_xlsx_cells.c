/* What a cell of a workbook is read as. */
#include "workbook_fixture.h"

typedef struct
{
  const char *rows;
  const char *expected;
} Case;

/* 0 General, 1 a date, 2 a time of day, 3 time that passes 24 hours, 4 text */
static const char styles[]
    = "<numFmts count=\"1\"><numFmt numFmtId=\"176\" "
      "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/>"
      "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
      "<xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf numFmtId=\"20\"/>"
      "<xf numFmtId=\"46\"/><xf numFmtId=\"49\"/></cellXfs>"
      "<dxfs><dxf><numFmt numFmtId=\"0\" formatCode=\"yyyy\"/></dxf></dxfs>";

static const char strings[]
    = "<si><t>姓名</t></si>"
      "<si><t xml:space=\"preserve\"> 两 端 </t></si>"
      "<si><t>\n  排版\n </t></si>"
      "<si><r><rPr><b/></rPr><t>张</t></r><r><t xml:space=\"preserve\"> 三</t>"
      "</r><rPh sb=\"0\" eb=\"1\"><t>ZHANG</t></rPh><phoneticPr fontId=\"1\"/>"
      "</si>"
      "<si/>"
      "<si><t>a_x000A_b_x005F_x0041_ _x41_ _xD83D__xDE00__xD800_</t></si>";

static const Case cells[] = {
  { "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", "1:姓名\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c></row>", "1: 两 端 \n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>2</v></c></row>", "1:排版\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>3</v></c></row>", "1:张 三\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>4</v></c></row>", "" },
  { "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>5</v></c></row>",
    "1:a\nb_x0041_ _x41_ 😀\xEF\xBF\xBD\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>甲</t></is></c></row>",
    "1:甲\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><r><t>甲</t></r><r><t>&lt;乙"
    "</t></r><rPh><t>x</t></rPh></is></c><c r=\"B1\"><v>1</v></c></row>",
    "1:甲<乙|#1\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"str\"><f>A2</f><v>甲_x0042_</v></c></row>",
    "1:=甲B\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"b\">"
    "<v>0</v></c></row>",
    "1:?1|?0\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>",
    "1:=!#DIV/0!\n" },
  { "<row r=\"1\"><c r=\"A1\"><v>12.50</v></c></row>", "1:#12.5(12.50)\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"n\" s=\"4\"><v>1E5</v></c></row>",
    "1:#100000(1E5)\n" },
  { "<row r=\"1\"><c r=\"A1\"><v>9.9999919330101E+17</v></c></row>",
    "1:$#999999193301010000(9.9999919330101E+17)\n" },
  { "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44990</v></c></row>",
    "1:@2023-03-05\n" },
  { "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44990.604166666664</v></c></row>",
    "1:@2023-03-05 14:30:00\n" },
  { "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>0.60416666666666663</v></c></row>",
    "1:%14:30:00\n" },
  { "<row r=\"1\"><c r=\"A1\" s=\"3\"><v>1.0625</v></c></row>",
    "1:%25:30:00\n" },
  { "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>-3</v></c></row>", "1:#-3\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>2023-03-05T00:00:00</v></c></row>",
    "1:@2023-03-05\n" },
  { "<row r=\"1\"><c r=\"A1\"><f>B1+1</f><v>2</v></c></row>", "1:=#2\n" },
  { "<row r=\"1\"><c r=\"A1\"><f>B1+1</f></c></row>", "1:~\n" },
  { "<row r=\"1\"><c r=\"A1\"><f>B1+1</f><v/></c></row>", "1:~\n" },
  { "<row r=\"1\"><c r=\"A1\" t=\"str\"><f>B1</f><v></v></c><c r=\"B1\">"
    "<v>1</v></c></row>",
    "1:=|#1\n" },
  { "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"0\"/><v>7</v></c></row>",
    "1:=#7\n" },
  { "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:B2\" si=\"0\">B1</f>"
    "<v>7</v></c><c r=\"B1\"><v>8</v></c></row>",
    "1:=#7|#8\n" },
  /* an array formula fills cells that look like values */
  { "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><f t=\"array\" "
    "ref=\"B1:C2\">A1*2</f><v>2</v></c><c r=\"C1\"><v>3</v></c></row>"
    "<row r=\"2\"><c r=\"A2\"><v>4</v></c><c r=\"B2\"/><c r=\"C2\" t=\"s\">"
    "<v>0</v></c><c r=\"D2\"><v>5</v></c></row>"
    "<row r=\"3\"><c r=\"C3\"><v>6</v></c></row>",
    "1:#1|=#2|=#3\n2:#4||=姓名|#5\n3:||#6\n" },
  { "<row r=\"1\"><c r=\"A1\"><f t=\"array\" ref=\"A1\">B1</f><v>2</v></c>"
    "<c r=\"B1\"><v>1</v></c></row>",
    "1:=#2|#1\n" },
};

static void
a_cell_is_read_as_what_it_shows (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      const Fixture fixture = { cells[i].rows, strings, styles, NULL };
      g_autofree char *rows = fixture_read (fixture_workbook (&fixture), NULL);
      assert_string_equal (rows, cells[i].expected);
    }
}

static void
the_1904_system_moves_dates (void **state)
{
  (void)state;
  const Fixture fixture = { "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>43528</v></c>"
                            "<c r=\"B1\" s=\"1\"><v>0</v></c></row>",
                            NULL, styles, "date1904=\"1\"" };
  g_autofree char *rows = fixture_read (fixture_workbook (&fixture), NULL);
  assert_string_equal (rows, "1:@2023-03-05|@1904-01-01\n");
}

static const Case layouts[] = {
  /* merged title rows, a gap, styled empty cells, an empty tail */
  { "<row r=\"1\" spans=\"1:9\"><c r=\"A1\" t=\"s\"><v>3</v></c>"
    "<c r=\"B1\" s=\"1\"/><c r=\"C1\" s=\"1\"/></row>"
    "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>0</v></c><c r=\"D3\"><v>1</v></c>"
    "<c r=\"E3\" s=\"2\"/></row>"
    "<row r=\"4\"><c r=\"A4\" s=\"1\"/></row><row r=\"5\"/>",
    "1:张 三\n3:|姓名||#1\n" },
  /* places are counted where they are not written */
  { "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/>"
    "<row><c><v>3</v></c></row>",
    "1:#1||#2\n3:#3\n" },
  { "<row><c><v>1</v></c><c r=\"D1\"><v>2</v></c><c><v>3</v></c></row>",
    "1:#1|||#2|#3\n" },
  /* the cells know the row */
  { "<row><c r=\"A3\"><v>1</v></c></row><row><c><v>2</v></c></row>",
    "3:#1\n4:#2\n" },
  /* cells in any order */
  { "<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"a1\"><v>1</v></c></row>",
    "1:#1||#3\n" },
  { "<row r=\"1\"><c r=\"AB1\"><v>1</v></c></row>",
    "1:|||||||||||||||||||||||||||#1\n" },
  { "", "" },
};

static void
cells_stand_where_they_say (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      const Fixture fixture = { layouts[i].rows, strings, styles, NULL };
      g_autofree char *rows = fixture_read (fixture_workbook (&fixture), NULL);
      assert_string_equal (rows, layouts[i].expected);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_cell_is_read_as_what_it_shows),
    cmocka_unit_test (the_1904_system_moves_dates),
    cmocka_unit_test (cells_stand_where_they_say),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
