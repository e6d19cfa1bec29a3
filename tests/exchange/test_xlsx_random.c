/* Random sheets against a slow and obvious model, and characters laid over
 * every boundary of the reader's blocks. */
#include "workbook_fixture.h"

#include <string.h>

#define SHEETS 150
#define BLOCK 65536

/* ------------------------------------------------------------ random sheets
 *
 * A sheet is written as XML and, at the same time, as the rows that must come
 * of it, in the form of fixture_rows. */

typedef struct
{
  GRand *rand;
  GString *xml;
  GString *expected;
  guint row;
  guint column; /* behind the last cell */
} Model;

static const char *const words[]
    = { "张三", "a&b", "𬱖", "<x>", "离 休", "\"" };

static gboolean
toss (Model *model)
{
  return g_rand_boolean (model->rand);
}

static const char *
word (Model *model)
{
  return words[g_rand_int_range (model->rand, 0, G_N_ELEMENTS (words))];
}

static void
escape (GString *xml, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_string_append (xml, escaped);
}

static void
value_inline (Model *model)
{
  const char *text = word (model);
  g_string_append (model->xml, " t=\"inlineStr\"><is><t>");
  escape (model->xml, text);
  g_string_append (model->xml, "</t></is>");
  g_string_append (model->expected, text);
}

/* The shared strings are `words`. */
static void
value_shared (Model *model)
{
  const gint index = g_rand_int_range (model->rand, 0, G_N_ELEMENTS (words));
  g_string_append_printf (model->xml, " t=\"s\"><v>%d</v>", index);
  g_string_append (model->expected, words[index]);
}

static void
value_whole (Model *model)
{
  const gint number = g_rand_int_range (model->rand, -99999, 99999);
  g_string_append_printf (model->xml, "><v>%d</v>", number);
  g_string_append_printf (model->expected, "#%d", number);
}

static void
value_cents (Model *model)
{
  const gint whole = g_rand_int_range (model->rand, 0, 99999);
  const gint tenth = g_rand_int_range (model->rand, 1, 10);
  g_string_append_printf (model->xml, " t=\"n\"><v>%d.%d</v>", whole, tenth);
  g_string_append_printf (model->expected, "#%d.%d", whole, tenth);
}

static void
value_date (Model *model)
{
  HxDate date;
  char day[HX_DATE_TEXT_SIZE];
  const gint serial = g_rand_int_range (model->rand, 61, 60000);
  assert_true (hx_date_from_serial (serial, FALSE, &date));
  hx_date_format (date, day);
  g_string_append_printf (model->xml, " s=\"1\"><v>%d</v>", serial);
  g_string_append_printf (model->expected, "@%s", day);
}

static void
value_formula (Model *model)
{
  const char *text = word (model);
  g_string_append (model->xml, " t=\"str\"><f>A1</f><v>");
  escape (model->xml, text);
  g_string_append (model->xml, "</v>");
  g_string_append_printf (model->expected, "=%s", text);
}

static void (*const values[]) (Model *model) = {
  value_inline, value_shared, value_whole,
  value_cents,  value_date,   value_formula,
};

static void
add_cell (Model *model, guint column)
{
  const gboolean follows = column == model->column;
  g_string_append (model->xml, "<c");
  if (!follows || toss (model))
    g_string_append_printf (model->xml, " r=\"%c%u\"", (char)('A' + column),
                            model->row);
  for (guint i = model->column; i <= column; i++)
    if (i > 0)
      g_string_append_c (model->expected, '|');
  values[g_rand_int_range (model->rand, 0, G_N_ELEMENTS (values))](model);
  g_string_append (model->xml, "</c>");
  model->column = column + 1;
}

/* Some cells of a row, styled empty ones among and behind them. */
static void
add_row (Model *model)
{
  const gsize before = model->expected->len;
  gboolean content = FALSE;
  g_string_append (model->xml, "<row");
  if (toss (model))
    {
      model->row += (guint)g_rand_int_range (model->rand, 0, 3);
      g_string_append_printf (model->xml, " r=\"%u\" spans=\"1:2\"",
                              model->row);
    }
  g_string_append (model->xml, ">");
  g_string_append_printf (model->expected, "%u:", model->row);
  model->column = 0;
  for (guint column = 0; column < 26; column++)
    if (g_rand_int_range (model->rand, 0, 5) == 0)
      {
        add_cell (model, column);
        content = TRUE;
      }
    else if (g_rand_int_range (model->rand, 0, 9) == 0)
      g_string_append_printf (model->xml, "<c r=\"%c%u\" s=\"1\"/>",
                              (char)('A' + column), model->row);
  g_string_append (model->xml, "</row>\n");
  if (content)
    g_string_append_c (model->expected, '\n');
  else
    g_string_truncate (model->expected, before);
  model->row++;
}

static char *
shared_words (void)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_string_append (xml, "<si><t>");
      escape (xml, words[i]);
      g_string_append (xml, "</t></si>");
    }
  return g_strdup (xml->str);
}

static void
check_sheet (guint32 seed, const char *strings)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  Model model = { g_rand_new_with_seed (seed), xml, expected, 1, 0 };
  const gint rows = g_rand_int_range (model.rand, 0, 40);
  for (gint i = 0; i < rows; i++)
    add_row (&model);
  g_rand_free (model.rand);
  const Fixture fixture = {
    .rows = xml->str,
    .strings = strings,
    .styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>",
  };
  g_autofree char *read = fixture_read (fixture_workbook (&fixture), NULL);
  if (strcmp (read, expected->str) != 0)
    fail_msg ("seed %u: %s\nread as: %s", seed, xml->str, read);
}

static void
random_sheets_are_read_as_the_model_says (void **state)
{
  (void)state;
  g_autofree char *strings = shared_words ();
  for (guint32 seed = 0; seed < SHEETS; seed++)
    check_sheet (seed, strings);
}

/* -------------------------------------------------------------- boundaries */

static const char straddler[] = "张𬱖_x5F20_&amp;三";
static const char straddler_read[] = "张𬱖张&三";

/* `before` text `behind`, the text beginning `shift` bytes before the first
 * boundary of a block. */
static char *
lay_across (const char *before, const char *behind, gsize shift)
{
  g_autoptr (GString) xml = g_string_new ("<!--");
  while (xml->len + strlen (before) + 3 + shift < BLOCK)
    g_string_append_c (xml, '.');
  g_string_append_printf (xml, "-->%s%s%s", before, straddler, behind);
  return g_strdup (xml->str);
}

static void
check_across (const char *part, const char *before, const char *behind)
{
  g_autofree char *expected = g_strdup_printf ("1:%s\n", straddler_read);
  for (gsize shift = 0; shift <= strlen (straddler) + 1; shift++)
    {
      g_autofree char *xml = lay_across (before, behind, shift);
      const FixturePart replaced = { .name = part, .data = xml };
      g_autofree char *rows = fixture_read (fixture_with (&replaced), NULL);
      assert_string_equal (rows, expected);
    }
}

static void
a_character_across_a_block_boundary_stays_whole (void **state)
{
  (void)state;
  check_across ("xl/sharedStrings.xml", "<sst><si><t>", "</t></si></sst>");
  check_across ("xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>",
                "</t></is></c></row></sheetData></worksheet>");
  check_across ("xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row><c t=\"str\"><v>",
                "</v></c></row></sheetData></worksheet>");
}

/* ------------------------------------------------------------------ header */

static guint
known_labels (const HxTableRow *row, gpointer data)
{
  const char *const *labels = data;
  guint known = 0;
  for (guint i = 0; i < row->n_cells; i++)
    known += g_strv_contains (labels, row->cells[i].text);
  return known;
}

/* A title over merged cells, a line of remarks, a header of two rows. */
static void
the_header_is_found_below_merged_titles (void **state)
{
  (void)state;
  const char *labels[] = { "姓名", "性别", "单位", NULL };
  const Fixture fixture = {
    .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"/></row>"
            "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c></row>"
            "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c>"
            "<c r=\"B4\" t=\"s\"><v>2</v></c><c r=\"D4\" t=\"s\"><v>3</v></c>"
            "</row><row r=\"5\"><c r=\"A5\"><v>1</v></c></row>",
    .strings = "<si><t>二〇二三年名册</t></si><si><t>姓名</t></si>"
               "<si><t>性别</t></si><si><t>单位</t></si>",
  };
  char *path = fixture_workbook (&fixture);
  g_autoptr (HxTable) table = hx_table_open (path, NULL, NULL);
  HxTableRow row;
  assert_non_null (table);
  assert_true (hx_table_find_header (table, known_labels, labels, &row, NULL));
  assert_int_equal (row.number, 4);
  assert_string_equal (hx_table_row_text (&row, 2), "");
  assert_string_equal (hx_table_row_text (&row, 3), "单位");
  g_autofree char *rest = fixture_rows (table);
  assert_string_equal (rest, "5:#1\n");
  fixture_remove (path);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (random_sheets_are_read_as_the_model_says),
    cmocka_unit_test (a_character_across_a_block_boundary_stays_whole),
    cmocka_unit_test (the_header_is_found_below_merged_titles),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
