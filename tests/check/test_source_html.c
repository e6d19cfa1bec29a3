/* Web pages: words, lines, tables, what is left out, encodings. */
#include "source_fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define PAGE(body) "<html><body>" body "</body></html>"

typedef struct
{
  const char *page;
  const char *text;
} Case;

static void
check_text (const char *page, gsize size, const char *expected)
{
  g_autofree char *text = fixture_read ("页.html", page, size);

  if (strcmp (text, expected) != 0)
    fail_msg ("%s\nis read as: %s\ninstead of: %s", page, text, expected);
}

static const Case words[] = {
  { PAGE ("<p>甲</p><p>乙</p>"), "甲\n乙\n" },
  { PAGE ("甲<br>乙<hr>丙"), "甲\n乙\n丙\n" },
  { PAGE ("<h1>一、收入</h1>支出<div>1<div>2</div>3</div>"),
    "一、收入\n支出\n1\n2\n3\n" },
  { PAGE ("<p>收<b>入</b> <span>1</span><i> 2</i></p>"), "收入 1 2\n" },
  { PAGE ("<p>  收入\n 2,955.57\t万元 </p>"), "收入 2,955.57 万元\n" },
  { PAGE ("<p>收\n  入<b>\n</b>1</p>"), "收入 1\n" },
  { PAGE ("<p>收 入</p>"), "收 入\n" },
  { PAGE ("<p>&lt;5&nbsp;%&amp;&#19975;&#x5143;&yen;&nosuch;</p>"),
    "<5 %&万元¥&nosuch;\n" },
  { PAGE ("<pre>甲  1\n  乙</pre>丙"), "甲  1\n  乙\n丙\n" },
  { PAGE ("<ul><li>甲<li>乙</ul>"), "甲\n乙\n" },
  { PAGE ("<p>甲<p>乙<p>"), "甲\n乙\n" },
  { "<html><head><title>名</title><meta name=a></head>甲", "甲\n" },
  { PAGE ("甲<script>var a = '<p>1</p>';</script><style>p {}</style>乙"),
    "甲乙\n" },
  { PAGE ("甲<!-- <p>注</p> --><p hidden>1<b>2</b></p>乙"), "甲乙\n" },
  { PAGE ("甲<div style='color:red; DISPLAY : none'>1<p>2</div>乙"), "甲乙\n" },
  { PAGE ("<p style='visibility:hidden'>1</p><select><option>2</select>乙"),
    "乙\n" },
  { PAGE ("甲<noscript>1</noscript><textarea>2</textarea>"), "甲\n" },
  { PAGE ("甲</div></td></table>乙"), "甲乙\n" },
  { PAGE ("<td>甲<tr>乙"), "甲\n乙\n" },
  { "<p>甲", "甲\n" },
  { "<div><div><div>甲", "甲\n" },
};

static void
words_are_read_block_by_block (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    check_text (words[i].page, strlen (words[i].page), words[i].text);
}

/* -------------------------------------------------------------------- tables
 */

typedef struct
{
  const char *page, *text, *cells;
} Table;

static const Table tables[] = {
  { PAGE ("<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>"
          "</table>后"),
    "甲\t1\n乙\t2\n后\n", "0:0,0=甲\n0:0,1=1\n0:1,0=乙\n0:1,1=2\n" },
  /* ends left out; an empty cell; lines within a cell */
  { PAGE ("<table><tr><td><p>甲</p><p>丙</p><td><tr><td>乙<br><td> 2 "
          "</table>"),
    "甲\n丙\t\n乙\t2\n", "0:0,0=甲\n丙\n0:0,1=\n0:1,0=乙\n0:1,1=2\n" },
  { PAGE ("<table><tr><th rowspan=2>项目<th colspan=2>金额<tr><td>预算<td>决算"
          "<tr><td>甲<td>1<td>2</table>"),
    "项目\t金额\n预算\t决算\n甲\t1\t2\n",
    "0:0,0+2×1=项目\n0:0,1+1×2=金额\n0:1,1=预算\n0:1,2=决算\n"
    "0:2,0=甲\n0:2,1=1\n0:2,2=2\n" },
  /* two tables, words between */
  { PAGE ("前<table><tr><td>甲</table>中<table><tr><td>乙</table>"),
    "前\n甲\n中\n乙\n", "0:0,0=甲\n1:0,0=乙\n" },
  /* the outer table is layout */
  { PAGE ("<table><tr><td>菜单<td>前<table><tr><td>甲<td>1</table>后"
          "<tr><td>末<td>尾</table>"),
    "菜单\t前\n甲\t1\n后\n末\n尾\n", "0:0,0=甲\n0:0,1=1\n" },
  { PAGE ("<table><tr><td><table><tr><td>甲<td><td></table></table>乙"),
    "甲\t\t\n乙\n", "0:0,0=甲\n0:0,1=\n0:0,2=\n" },
  /* spans beyond the table and beyond reason */
  { PAGE ("<table><tr><td rowspan=9>甲<td colspan=0>1</table>"), "甲\t1\n",
    "0:0,0=甲\n0:0,1=1\n" },
  { PAGE ("<table><tr><td rowspan=65535 colspan=-1>甲<tr><td>1</table>"),
    "甲\n1\n", NULL },
  /* rows that are not said to be rows, cells that are hidden */
  { PAGE ("<table><td>甲<td hidden>2<td>1</table>"), "甲\t1\n",
    "0:0,0=甲\n0:0,1=1\n" },
  { PAGE ("<table><caption>表</caption><tbody><tr><td>甲</tbody></table>"),
    "表\n甲\n", "0:0,0=甲\n" },
};

static void
tables_are_read_cell_by_cell (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const Table *table = &tables[i];
      char *path = fixture_file ("表.html", table->page, strlen (table->page));
      g_autoptr (HxSource) source = hx_source_read (path, NULL);
      fixture_remove (path);
      assert_non_null (source);
      check_text (table->page, strlen (table->page), table->text);
      g_autofree char *cells = fixture_cells (source);
      if (table->cells != NULL && strcmp (cells, table->cells) != 0)
        fail_msg ("%s\nhas the cells: %s\ninstead of: %s", table->page, cells,
                  table->cells);
      assert_int_equal (source->kind, HX_SOURCE_HTML);
    }
}

/* ------------------------------------------------------------------ encodings
 */

#define META(charset) "<html><head><meta charset=" charset "></head>"
#define ZHICHU_GB "\xD6\xA7\xB3\xF6"

static const Case encodings[] = {
  { META ("utf-8") "支出", "支出\n" },
  { META ("gb2312") ZHICHU_GB "\x99\x33\xC3\x36", "支出𬱖\n" },
  { META ("\"GBK\"") ZHICHU_GB, "支出\n" },
  { "<html>" ZHICHU_GB, "支出\n" },
  { "<html>支出", "支出\n" },
  { "\xEF\xBB\xBF<html>支出", "支出\n" },
  /* what it says is not what it is */
  { META ("gb2312") "支出", "支出\n" },
  { META ("no-such-thing") ZHICHU_GB, "支出\n" },
  { "<html><meta http-equiv=\"Content-Type\" content=\"text/html; "
    "charset=big5\">\xA4\xE4\xA5\x58",
    "支出\n" },
  /* a wrong byte in a page is one wrong character */
  { META ("utf-8") "支\xFF出", "支�出\n" },
};

static void
pages_are_read_in_their_encoding (void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    check_text (encodings[i].page, strlen (encodings[i].page),
                encodings[i].text);
}

/* ----------------------------------------------------------------- no words
 */

static void
check_repeated (const char *unit, guint times, const char *what)
{
  g_autoptr (GString) page = g_string_new ("<html><body>");

  for (guint i = 0; i < times; i++)
    g_string_append (page, unit);
  g_autofree char *text = fixture_read ("页.html", page->str, page->len);
  if (!g_str_has_prefix (text, "FAIL ") || strstr (text, what) == NULL)
    fail_msg ("%u times %s: %.200s", times, unit, text);
}

static void
a_page_that_cannot_be_read_is_one_error (void **state)
{
  (void)state;
  check_repeated ("<p></p>", 3, "里面没有文字");
  check_repeated ("<script>1</script>", 3, "里面没有文字");
  check_repeated ("<b>", 5000, "嵌套太深");
  check_repeated ("<table><tr><td>1", 3000, "嵌套太深");
  check_repeated ("七七七七七七七七七七七七七七七七", 200000, "内容太多");
  check_repeated ("<table><tr><td colspan=1000>1<td colspan=1000>"
                  "<td colspan=1000>2",
                  1, "内容太多");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (words_are_read_block_by_block),
    cmocka_unit_test (tables_are_read_cell_by_cell),
    cmocka_unit_test (pages_are_read_in_their_encoding),
    cmocka_unit_test (a_page_that_cannot_be_read_is_one_error),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
