/* PDF files: lines as they are printed, tables by where words stand, page
 * numbers, fonts that are not embedded, files that cannot be read. */
#include "source_fixture.h"

#include "check/source_pdf_internal.h"

#include <cairo-pdf.h>
#include <string.h>

#define FONT "Noto Sans CJK SC"
#define SIZE 12

/* Asked by the leak sanitizer: what the drawing library loses is no fault of
 * the reader, which runs in a process of its own. */
const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libcairo\nleak:libfontconfig\n";
}

/* ------------------------------------------------------------------- drawing
 */

/* Words at a place of a page; right: the place is their end. */
typedef struct
{
  guint page;
  gint x, y;
  const char *words;
  gboolean right;
} Drawn;

static cairo_status_t
take_bytes (void *bytes, const unsigned char *data, unsigned length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw (cairo_t *cairo, const Drawn *drawn)
{
  cairo_text_extents_t extents;

  cairo_text_extents (cairo, drawn->words, &extents);
  cairo_move_to (cairo, drawn->right ? drawn->x - extents.x_advance : drawn->x,
                 drawn->y);
  cairo_show_text (cairo, drawn->words);
}

/* Entries without words end the list. */
static GByteArray *
pdf_of (const Drawn *drawn)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (take_bytes, bytes, 595, 842);
  cairo_t *cairo = cairo_create (surface);
  guint page = 0;

  cairo_select_font_face (cairo, FONT, CAIRO_FONT_SLANT_NORMAL,
                          CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cairo, SIZE);
  cairo_rectangle (cairo, 10, 10, 50, 20);
  cairo_stroke (cairo);
  for (; drawn->words != NULL; drawn++)
    {
      for (; page < drawn->page; page++)
        cairo_show_page (cairo);
      draw (cairo, drawn);
    }
  cairo_show_page (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return bytes;
}

static void
check_drawn (const Drawn *drawn, const char *text, const char *cells)
{
  g_autoptr (GByteArray) bytes = pdf_of (drawn);
  g_autoptr (GError) error = NULL;
  char *path = fixture_file ("报告.pdf", bytes->data, bytes->len);
  g_autoptr (HxSource) source = hx_source_read (path, &error);
  g_autofree char *read = NULL;

  fixture_remove (path);
  if (source == NULL)
    fail_msg ("%s", error->message);
  assert_int_equal (source->kind, HX_SOURCE_PDF);
  assert_string_equal (source->text, text);
  read = fixture_cells (source);
  assert_string_equal (read, cells);
}

/* ---------------------------------------------------------------------- lines
 */

static void
lines_are_read_from_top_to_bottom (void **state)
{
  static const Drawn drawn[] = {
    { 0, 60, 140, "万元，增长 12.08%。", FALSE },
    { 0, 60, 100, "一、收入情况", FALSE },
    { 0, 84, 120, "收入总计 307.82", FALSE },
    { 1, 60, 100, "第二页", FALSE },
    { 0, 0, 0, NULL, FALSE },
  };

  (void)state;
  check_drawn (drawn,
               "一、收入情况\n收入总计 307.82\n万元，增长 12.08%。\n第二页\n",
               "");
}

/* Word puts a line together of many strings; justified lines have gaps. */
static void
what_stands_close_is_one_line (void **state)
{
  static const Drawn drawn[] = {
    { 0, 60, 100, "收入", FALSE },    { 0, 84, 100, "总计", FALSE },
    { 0, 112, 100, "307.82", FALSE }, { 0, 156, 101, "万元", FALSE },
    { 0, 240, 100, "单位", FALSE },   { 0, 60, 300, "末", FALSE },
    { 0, 0, 0, NULL, FALSE },
  };

  (void)state;
  check_drawn (drawn, "收入总计 307.82 万元 单位\n末\n", "");
}

static void
numbers_of_pages_are_left_out (void **state)
{
  static const Drawn drawn[] = {
    { 0, 60, 100, "占本年支出的", FALSE },
    { 0, 290, 800, "- 1 -", FALSE },
    { 1, 60, 100, "100.00%。", FALSE },
    { 1, 60, 120, "2", FALSE },
    { 1, 60, 140, "甲", FALSE },
    { 1, 290, 800, "2", FALSE },
    { 2, 60, 100, "2024", FALSE },
    { 2, 60, 120, "年", FALSE },
    { 2, 60, 800, "第 3 页 共 3 页", FALSE },
    { 0, 0, 0, NULL, FALSE },
  };

  (void)state;
  check_drawn (drawn, "占本年支出的\n100.00%。\n2\n甲\n2024\n年\n", "");
}

/* --------------------------------------------------------------------- tables
 */

/* Drawn column by column, headings at the left, figures at the right. */
static void
rows_of_words_in_columns_are_a_table (void **state)
{
  static const Drawn drawn[] = {
    { 0, 60, 80, "表一 收支情况如下，单位为万元，含上年结转和结余", FALSE },
    { 0, 60, 100, "项目", FALSE },
    { 0, 60, 120, "基本支出", FALSE },
    { 0, 60, 140, "2024 年项目", FALSE },
    { 0, 200, 100, "预算数", FALSE },
    { 0, 290, 120, "1,234.56", TRUE },
    { 0, 290, 140, "34.56", TRUE },
    { 0, 300, 100, "决算数", FALSE },
    { 0, 398, 120, "1,200.00", TRUE },
    { 0, 401, 100, "完成率", FALSE },
    { 0, 401, 120, "97.20%", FALSE },
    { 0, 401, 140, "0%", FALSE },
    { 0, 60, 160, "以上表内数字均以万元为单位，保留两位小数，其中含上年结转",
      FALSE },
    { 0, 0, 0, NULL, FALSE },
  };

  (void)state;
  check_drawn (
      drawn,
      "表一 收支情况如下，单位为万元，含上年结转和结余\n"
      "项目\t预算数\t决算数\t完成率\n基本支出\t1,234.56\t1,200.00\t97.20%\n"
      "2024 年项目\t34.56\t\t0%\n"
      "以上表内数字均以万元为单位，保留两位小数，其中含上年结转\n",
      "0:0,0=项目\n0:0,1=预算数\n0:0,2=决算数\n0:0,3=完成率\n"
      "0:1,0=基本支出\n0:1,1=1,234.56\n0:1,2=1,200.00\n0:1,3=97.20%\n"
      "0:2,0=2024 年项目\n0:2,1=34.56\n0:2,2=\n0:2,3=0%\n");
}

static void
one_row_of_words_apart_is_no_table (void **state)
{
  static const Drawn drawn[] = {
    { 0, 60, 100, "单位：某局", FALSE }, { 0, 400, 100, "2024 年", FALSE },
    { 0, 60, 120, "收入情况", FALSE },   { 0, 60, 300, "甲", FALSE },
    { 0, 400, 300, "乙", FALSE },        { 0, 0, 0, NULL, FALSE },
  };

  (void)state;
  check_drawn (drawn, "单位：某局 2024 年\n收入情况\n甲 乙\n", "");
}

/* ------------------------------------------------------------- random tables
 *
 * Words of a random grid, each character in a box of its own, told in random
 * order: the cells come back. */

#define EM 1000

static void
add_word (GString *text, GArray *boxes, const char *word, gint x, gint y)
{
  const HxPdfBox none = { x, y, x, y + EM };

  for (; *word != '\0'; word++, x += EM / 2)
    {
      const HxPdfBox box = { x, y, x + EM / 2, y + EM };
      g_string_append_c (text, *word);
      g_array_append_val (boxes, box);
    }
  g_string_append_c (text, '\n');
  g_array_append_val (boxes, none);
}

static void
shuffle (GRand *rand, guint *order, guint count)
{
  for (guint i = 0; i < count; i++)
    order[i] = i;
  for (guint i = count; i > 1; i--)
    {
      const guint k = (guint)g_rand_int_range (rand, 0, (gint32)i);
      const guint kept = order[i - 1];
      order[i - 1] = order[k];
      order[k] = kept;
    }
}

static void
check_grid (guint32 seed)
{
  GRand *rand = g_rand_new_with_seed (seed);
  const guint rows = (guint)g_rand_int_range (rand, 2, 8);
  const guint columns = (guint)g_rand_int_range (rand, 2, 6);
  const guint count = rows * columns;
  g_autofree guint *order = g_new (guint, count);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (HxPdfBox));
  g_auto (HxScribe) scribe;

  shuffle (rand, order, count);
  for (guint i = 0; i < count; i++)
    {
      const guint row = order[i] / columns, column = order[i] % columns;
      g_autofree char *word = g_strdup_printf ("%u", row * 100 + column + 10);
      const gint slack = g_rand_int_range (rand, 0, EM);
      add_word (text, boxes, word, (gint)column * 5 * EM + slack,
                (gint)row * 2 * EM);
    }
  for (guint i = 0; i < count; i++)
    g_string_append_printf (expected, "%u%c",
                            i / columns * 100 + i % columns + 10,
                            i % columns + 1 < columns ? '\t' : '\n');
  hx_scribe_init (&scribe);
  g_autoptr (GPtrArray) made
      = hx_pdf_rows (text->str, (const HxPdfBox *)(gpointer)boxes->data);
  hx_pdf_write (made, 1, &scribe);
  if (strcmp (scribe.text->str, expected->str) != 0
      || scribe.cells->len != count)
    fail_msg ("seed %u: %s\ninstead of %s", seed, scribe.text->str,
              expected->str);
  g_rand_free (rand);
}

static void
random_grids_come_back_cell_by_cell (void **state)
{
  (void)state;
  for (guint32 seed = 0; seed < 300; seed++)
    check_grid (seed);
}

/* Boxes of any size and place: every word is written once. */
static void
random_boxes_lose_no_word (void **state)
{
  GRand *rand = g_rand_new_with_seed (20260306);

  (void)state;
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GArray) boxes = g_array_new (FALSE, TRUE, sizeof (HxPdfBox));
      g_auto (HxScribe) scribe;
      gsize letters = 0, read = 0;

      for (gint k = g_rand_int_range (rand, 1, 200); k > 0; k--)
        {
          const gint x = g_rand_int_range (rand, -5000, 50000);
          const gint y = g_rand_int_range (rand, -500, 9000);
          const HxPdfBox box = { x, y, x + g_rand_int_range (rand, 0, 9000),
                                 y + g_rand_int_range (rand, 0, 1500) };
          g_string_append_c (text, "ab \n"[g_rand_int_range (rand, 0, 4)]);
          g_array_append_val (boxes, box);
        }
      hx_scribe_init (&scribe);
      g_autoptr (GPtrArray) made
          = hx_pdf_rows (text->str, (const HxPdfBox *)(gpointer)boxes->data);
      hx_pdf_write (made, 1, &scribe);
      for (const char *at = text->str; *at != '\0'; at++)
        letters += g_ascii_isalpha (*at);
      for (const char *at = scribe.text->str; *at != '\0'; at++)
        read += g_ascii_isalpha (*at);
      assert_int_equal (read, letters);
    }
  g_rand_free (rand);
}

/* ------------------------------------------------------------ written by hand
 */

static char *
read_pdf (const char *font, const char *words, const char *trailer)
{
  g_autofree char *bytes = g_strdup_printf (
      "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]"
      "/Resources<</Font<</F %s>>>>/Contents 4 0 R>>endobj\n"
      "4 0 obj<</Length %u>>stream\nBT /F 12 Tf 50 400 Td %s Tj ET\n"
      "endstream endobj\ntrailer<</Root 1 0 R%s>>\n%%%%EOF\n",
      font, (guint)strlen (words) + 30, words, trailer);

  return fixture_read ("报告.pdf", bytes, strlen (bytes));
}

#define PLAIN "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
#define CHINESE(map)                                                           \
  "<</Type/Font/Subtype/Type0/BaseFont/STSong/Encoding/" map                   \
  "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong"         \
  "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"              \
  "/FontDescriptor<</Type/FontDescriptor/FontName/STSong/Flags 4>>>>]>>"

static void
fonts_that_are_not_embedded_are_read (void **state)
{
  g_autofree char *plain = read_pdf (PLAIN, "(12.5 %)", "");

  (void)state;
  assert_string_equal (plain, "12.5 %\n");
  if (!g_file_test ("/usr/share/poppler/cMap/Adobe-GB1", G_FILE_TEST_IS_DIR))
    return;
  g_autofree char *gbk = read_pdf (CHINESE ("GBK-EUC-H"), "<D6A7B3F6>", "");
  assert_string_equal (gbk, "支出\n");
  g_autofree char *ucs = read_pdf (CHINESE ("UniGB-UCS2-H"), "<652F51FA>", "");
  assert_string_equal (ucs, "支出\n");
  g_autofree char *utf16
      = read_pdf (CHINESE ("UniGB-UTF16-H"), "<652F51FA>", "");
  assert_string_equal (utf16, "支出\n");
}

static void
check_maps (const char *bytes, guint count, const char *first)
{
  g_autoptr (GPtrArray) maps = hx_pdf_maps (bytes, strlen (bytes));

  assert_int_equal (maps->len, count);
  if (count > 0)
    assert_string_equal (maps->pdata[0], first);
}

static void
maps_are_prepared_where_a_file_may_need_them (void **state)
{
  (void)state;
  check_maps ("/Encoding/Identity-H", 0, NULL);
  check_maps ("/Encoding/GBK2K-H x", 1, "GBK2K-H");
  check_maps ("/Ordering(GB1)/Encoding/Identity-H", 1, "GBK-EUC-H");
  check_maps ("/Type/ObjStm", 4, "GBK-EUC-H");
}

static void
check_fails (char *text, const char *what)
{
  if (!g_str_has_prefix (text, "FAIL ") || strstr (text, what) == NULL)
    fail_msg ("“%s” is not in: %s", what, text);
  g_free (text);
}

static void
what_has_no_words_is_told_by_its_kind (void **state)
{
  static const Drawn nothing[] = { { 0, 0, 0, NULL, FALSE } };
  g_autoptr (GByteArray) scan = pdf_of (nothing);
  static const char locked[]
      = "/Encrypt<</Filter/Standard/V 1/R 2/P -4"
        "/O(01234567890123456789012345678901)"
        "/U(01234567890123456789012345678901)>>/ID[(a)(a)]";

  (void)state;
  check_fails (fixture_read ("扫描.pdf", scan->data, scan->len),
               "没有文字层，可能是扫描件");
  check_fails (read_pdf (PLAIN, "(1)", locked), "文件加了密码");
  check_fails (fixture_read ("坏.pdf", "%PDF-1.4\nxyz", 12), "损坏");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (lines_are_read_from_top_to_bottom),
    cmocka_unit_test (what_stands_close_is_one_line),
    cmocka_unit_test (numbers_of_pages_are_left_out),
    cmocka_unit_test (rows_of_words_in_columns_are_a_table),
    cmocka_unit_test (one_row_of_words_apart_is_no_table),
    cmocka_unit_test (random_grids_come_back_cell_by_cell),
    cmocka_unit_test (random_boxes_lose_no_word),
    cmocka_unit_test (fonts_that_are_not_embedded_are_read),
    cmocka_unit_test (maps_are_prepared_where_a_file_may_need_them),
    cmocka_unit_test (what_has_no_words_is_told_by_its_kind),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
