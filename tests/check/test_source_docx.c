/* Word documents: words in order, tables, what is left out, automatic
 * numbers; packages that are none. */
#include "source_fixture.h"

#include "check/source_docx_internal.h"

#include <string.h>

#define T(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define P(text) "<w:p>" T (text) "</w:p>"
#define TC(text) "<w:tc>" P (text) "</w:tc>"

typedef struct
{
  const char *body, *text;
} Case;

static void
check_text (const char *body, const FixturePart *others, const char *expected)
{
  gsize size;
  g_autofree char *bytes = fixture_docx (body, others, &size);
  g_autofree char *text = fixture_read ("报告.docx", bytes, size);

  if (strcmp (text, expected) != 0)
    fail_msg ("%s\nis read as: %s\ninstead of: %s", body, text, expected);
}

static const Case words[] = {
  { P ("甲") P ("乙"), "甲\n乙\n" },
  { "<w:p>" T ("收") T ("入 ") T ("1") "</w:p>", "收入 1\n" },
  { P ("甲") "<w:p/>" P ("") P ("乙"), "甲\n乙\n" },
  { "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t>"
    "<w:noBreakHyphen/><w:t>1</w:t></w:r></w:p>",
    "甲\t乙\n丙-1\n" },
  /* the tab stops of a paragraph are no tabs */
  { "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>" T (
        "甲") "</w:p>",
    "甲\n" },
  { P ("&lt;5&amp;&#x4E07;"), "<5&万\n" },
  /* hyperlinks, fields, content controls, formulas */
  { "<w:p><w:hyperlink>" T ("甲") "</w:hyperlink><w:r><w:instrText>PAGE"
                                  "</w:instrText></w:r><w:fldSimple>" T (
                                      "3") "</w:fldSimple></w:p>",
    "甲3\n" },
  { "<w:sdt><w:sdtContent>" P ("甲") "</w:sdtContent></w:sdt>", "甲\n" },
  { "<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>", "x=1\n" },
  /* tracked changes */
  { "<w:p>" T ("甲") "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
                     "<w:ins>" T ("新") "</w:ins></w:p>",
    "甲新\n" },
  { "<w:p><w:moveFrom>" T ("旧") "</w:moveFrom><w:moveTo>" T (
        "新") "</w:moveTo></w:p>",
    "新\n" },
  { "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" T ("收入") "</w:p>" P ("1"),
    "收入1\n" },
  /* hidden words; a hidden paragraph mark hides none */
  { "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t><w:tab/></w:r>" T (
        "甲") "</w:p>",
    "甲\n" },
  { "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr>"
    "<w:vanish w:val=\"0\"/></w:rPr><w:t>甲</w:t></w:r></w:p>",
    "甲\n" },
  { "<w:p><w:r><w:ruby><w:rt>" T ("jiǎ") "</w:rt><w:rubyBase>" T (
        "甲") "</w:rubyBase></w:ruby></w:r></w:p>",
    "甲\n" },
  /* a text box stands behind its paragraph, and once */
  { "<w:p>" T ("收") "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" P (
        "框一")
        P ("框二") "</w:txbxContent></mc:Choice><mc:Fallback>"
                   "<w:txbxContent>" P (
                       "框一") "</w:txbxContent></mc:Fallback>"
                               "</mc:AlternateContent></w:r>" T ("入") "</w:p>",
    "收入\n框一\n框二\n" },
};

static void
words_are_read_in_order (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    check_text (words[i].body, NULL, words[i].text);
}

/* --------------------------------------------------------------------- tables
 */

typedef struct
{
  const char *body, *text, *cells;
} Table;

#define TR(cells) "<w:tr>" cells "</w:tr>"
#define WITH(properties, text)                                                 \
  "<w:tc><w:tcPr>" properties "</w:tcPr>" P (text) "</w:tc>"

static const Table tables[] = {
  { P ("前") "<w:tbl>" TR (TC ("甲") TC ("1"))
        TR (TC ("乙") TC ("")) "</w:tbl>" P ("后"),
    "前\n甲\t1\n乙\t\n后\n", "0:0,0=甲\n0:0,1=1\n0:1,0=乙\n0:1,1=\n" },
  { "<w:tbl>" TR ("<w:tc>" P ("甲") P ("丙") "</w:tc>" TC ("1")) "</w:tbl>",
    "甲\n丙\t1\n", "0:0,0=甲\n丙\n0:0,1=1\n" },
  { "<w:tbl>" TR (WITH ("<w:vMerge w:val=\"restart\"/>", "项目")
                      WITH ("<w:gridSpan w:val=\"2\"/>", "金额"))
        TR (WITH ("<w:vMerge/>", "") TC ("预算") TC ("决算")) "</w:tbl>",
    "项目\t金额\n\t预算\t决算\n",
    "0:0,0+2×1=项目\n0:0,1+1×2=金额\n0:1,1=预算\n0:1,2=决算\n" },
  { "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" TC (
        "甲") "</w:tr></w:tbl>",
    "\t甲\n", "0:0,1=甲\n" },
  { "<w:tbl>" TR (WITH ("<w:vMerge/>", "甲")) "</w:tbl>", "甲\n",
    "0:0,0=甲\n" },
  { "<w:tbl>" TR ("<w:tc>" P ("外") "<w:tbl>" TR (
        TC ("内") TC ("1")) "</w:tbl></w:tc>" TC ("2")) "</w:tbl>",
    "外\n内\t1\n2\n", "0:0,0=内\n0:0,1=1\n" },
};

static void
tables_are_read_cell_by_cell (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      gsize size;
      g_autofree char *bytes = fixture_docx (tables[i].body, NULL, &size);
      char *path = fixture_file ("表.docx", bytes, size);
      g_autoptr (HxSource) source = hx_source_read (path, NULL);
      fixture_remove (path);
      check_text (tables[i].body, NULL, tables[i].text);
      assert_int_equal (source->kind, HX_SOURCE_DOCX);
      g_autofree char *cells = fixture_cells (source);
      if (strcmp (cells, tables[i].cells) != 0)
        fail_msg ("%s\nhas the cells: %s\ninstead of: %s", tables[i].body,
                  cells, tables[i].cells);
    }
}

/* -------------------------------------------------------------------- numbers
 */

#define LVL(level, format, form)                                               \
  "<w:lvl w:ilvl=\"" level                                                     \
  "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format                         \
  "\"/><w:lvlText w:val=\"" form "\"/></w:lvl>"
#define LISTED(number, level, text)                                            \
  "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" number \
  "\"/></w:numPr></w:pPr>" T (text) "</w:p>"

static const FixturePart lists[] = {
  { "numbering",
    "<w:numbering " FIXTURE_WORD "><w:abstractNum w:abstractNumId=\"0\">" LVL (
        "0", "chineseCounting", "%1、") LVL ("1", "chineseCountingThousand",
                                             "（%2）") LVL ("2", "decimal",
                                                            "%3.")
        LVL ("3", "decimalEnclosedCircle", "%4") LVL (
            "4", "bullet",
            "*") "</w:abstractNum>"
                 "<w:abstractNum w:abstractNumId=\"1\">" LVL (
                     "0", "decimal", "%1.") LVL ("1", "decimal", "%1.%2")
                     LVL ("2", "lowerRoman", "%3)") LVL (
                         "3", "upperLetter",
                         "%4)") "</w:abstractNum>"
                                "<w:num w:numId=\"1\"><w:abstractNumId "
                                "w:val=\"0\"/></w:num>"
                                "<w:num w:numId=\"2\"><w:abstractNumId "
                                "w:val=\"1\"/></w:num>"
                                "<w:num w:numId=\"3\"><w:abstractNumId "
                                "w:val=\"1\"/>"
                                "<w:lvlOverride w:ilvl=\"0\"><w:startOverride "
                                "w:val=\"7\"/>"
                                "</w:lvlOverride></w:num>"
                                "</w:numbering>" },
  { "styles",
    "<w:styles " FIXTURE_WORD "><w:style w:styleId=\"1\"><w:pPr><w:numPr>"
    "<w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
    "<w:style w:styleId=\"2\"><w:basedOn w:val=\"1\"/><w:pPr><w:numPr>"
    "<w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>"
    "<w:style w:styleId=\"3\"><w:basedOn w:val=\"3\"/></w:style></w:styles>" },
  { NULL, NULL },
};

#define STYLED(style, text)                                                    \
  "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr>" T (text) "</w:p>"

static const Case listed[] = {
  { LISTED ("1", "0", "收入") LISTED ("1", "1", "甲") LISTED ("1", "1", "乙")
        LISTED ("1", "0", "支出") LISTED ("1", "1", "丙")
            LISTED ("1", "2", "丁") LISTED ("1", "3", "戊"),
    "一、收入\n（一）甲\n（二）乙\n二、支出\n（一）丙\n1. 丁\n①戊\n" },
  { LISTED ("2", "0", "甲") LISTED ("2", "1", "乙") LISTED ("2", "1", "丙")
        LISTED ("2", "2", "丁") LISTED ("2", "3", "戊") LISTED ("2", "0", "己"),
    "1. 甲\n1.1 乙\n1.2 丙\ni) 丁\nA) 戊\n2. 己\n" },
  /* one that begins anew; one that is taken off; one that is not there */
  { LISTED ("2", "0", "甲") LISTED ("3", "0", "乙") LISTED ("3", "0", "丙")
        LISTED ("0", "0", "丁") LISTED ("9", "0", "戊"),
    "1. 甲\n7. 乙\n8. 丙\n丁\n戊\n" },
  { STYLED ("1", "收入") STYLED ("2", "甲") STYLED ("1", "支出")
        STYLED ("3", "乙") STYLED ("none", "丙"),
    "一、收入\n（一）甲\n二、支出\n乙\n丙\n" },
  { LISTED ("1", "4", "点"), "点\n" },
  /* a tracked change keeps the old list */
  { "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:pPrChange><w:pPr>"
    "<w:numPr><w:numId "
    "w:val=\"2\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>" T ("甲") "</w:p>",
    "一、甲\n" },
};

static void
automatic_numbers_are_written_out (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
    check_text (listed[i].body, lists, listed[i].text);
}

static const struct
{
  const char *format;
  guint number;
  const char *text;
} counts[] = {
  { NULL, 12, "12" },
  { "decimal", 0, "0" },
  { "chineseCounting", 10, "十" },
  { "chineseCountingThousand", 21, "二十一" },
  { "decimalEnclosedCircle", 20, "⑳" },
  { "decimalEnclosedCircleChinese", 21, "21" },
  { "upperLetter", 26, "Z" },
  { "lowerLetter", 27, "aa" },
  { "upperRoman", 1994, "MCMXCIV" },
  { "lowerRoman", 4, "iv" },
  { "none", 3, "" },
  { "klingonCounting", 3, "3" },
  { "lowerLetter", 0, "" },
  { "upperLetter", 4000000000u, NULL },
  { "upperRoman", 4000000000u, "" },
};

static void
every_format_counts_as_word_does (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      hx_docx_count (counts[i].format, counts[i].number, out);
      if (counts[i].text != NULL)
        assert_string_equal (out->str, counts[i].text);
      assert_true (out->len < 20);
    }
}

static void
twenty_five_headings_are_counted_in_chinese (void **state)
{
  g_autoptr (GString) body = g_string_new (NULL);

  (void)state;
  for (guint i = 0; i < 25; i++)
    g_string_append (body, LISTED ("1", "0", "节"));
  gsize size;
  g_autofree char *bytes = fixture_docx (body->str, lists, &size);
  g_autofree char *text = fixture_read ("报告.docx", bytes, size);
  assert_non_null (strstr (text, "\n十、节\n十一、节\n"));
  assert_non_null (strstr (text, "\n二十五、节\n"));
}

static void
notes_stand_at_the_end (void **state)
{
  static const FixturePart notes[] = {
    { "footnotes",
      "<w:footnotes " FIXTURE_WORD ">"
      "<w:footnote w:type=\"separator\">" P (
          "线") "</w:footnote>"
                "<w:footnote w:id=\"2\">" P (
                    "含上年结转 3 万元") "</w:footnote></w:footnotes>" },
    { "endnotes", "<w:endnotes " FIXTURE_WORD "><w:endnote w:id=\"2\">" P (
                      "末") "</w:endnote></w:endnotes>" },
    { NULL, NULL },
  };

  (void)state;
  check_text ("<w:p>" T ("支出") "<w:r><w:footnoteReference/></w:r>" T (
                  "1") "</w:p>" P ("乙"),
              notes, "支出1\n乙\n含上年结转 3 万元\n末\n");
}

/* ------------------------------------------------------------------- refused
 */

static void
check_fails (const FixturePart *parts, const char *what)
{
  gsize size;
  g_autofree char *bytes = fixture_zip (parts, &size);
  g_autofree char *text = fixture_read ("报告.docx", bytes, size);

  if (!g_str_has_prefix (text, "FAIL ") || strstr (text, what) == NULL)
    fail_msg ("“%s” is not in: %s", what, text);
}

#define RELATION(target)                                                       \
  {                                                                            \
    "_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/"           \
                   "officeDocument\" Target=\"" target "\"/></Relationships>"  \
  }

static void
packages_that_are_no_documents_are_refused (void **state)
{
  static const FixturePart cases[][3] = {
    { { "名单.csv", "a" } },
    { RELATION ("xl/workbook.xml"),
      { "xl/workbook.xml", "<workbook><t>1</t></workbook>" } },
    { RELATION ("word/document.xml") },
    { RELATION ("word/document.xml"), { "word/document.xml", "<w:document>" } },
    { RELATION ("word/document.xml"),
      { "word/document.xml", "<!DOCTYPE x [<!ENTITY a "
                             "\"aaaa\">]><document><t>&a;</t></document>" } },
    { RELATION ("word/document.xml"),
      { "word/document.xml", "<document><p/></document>" } },
  };
  static const char *const said[]
      = { "不是 Word 文档", "不是 Word 文档", "损坏",
          "损坏",           "损坏",           "里面没有文字" };

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FixturePart parts[4] = { { NULL, NULL } };
      memcpy (parts, cases[i], sizeof cases[i]);
      check_fails (parts, said[i]);
    }
}

static void
check_repeated (const char *begin, const char *unit, guint times,
                const char *what)
{
  g_autoptr (GString) body = g_string_new (begin);
  gsize size;

  for (guint i = 0; i < times; i++)
    g_string_append (body, unit);
  g_autofree char *bytes = fixture_docx (body->str, NULL, &size);
  g_autofree char *text = fixture_read ("报告.docx", bytes, size);
  if (!g_str_has_prefix (text, "FAIL ") || strstr (text, what) == NULL)
    fail_msg ("“%s” is not in: %.200s", what, text);
}

static void
what_grows_without_end_is_stopped (void **state)
{
  (void)state;
  check_repeated ("", "<w:tbl><w:tr><w:tc>", 50, "嵌套太深");
  check_repeated ("", P ("七七七七七七七七七七七七七七七七七七七七"), 160000,
                  "内容太多");
  /* 40 MB of spaces in 40 kB */
  check_repeated ("<w:p><w:r><w:instrText>",
                  "                                                          "
                  "                                                          ",
                  360000, "内容太多");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (words_are_read_in_order),
    cmocka_unit_test (tables_are_read_cell_by_cell),
    cmocka_unit_test (automatic_numbers_are_written_out),
    cmocka_unit_test (every_format_counts_as_word_does),
    cmocka_unit_test (twenty_five_headings_are_counted_in_chinese),
    cmocka_unit_test (notes_stand_at_the_end),
    cmocka_unit_test (packages_that_are_no_documents_are_refused),
    cmocka_unit_test (what_grows_without_end_is_stopped),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
