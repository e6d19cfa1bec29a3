/* Tables of the DOCX: a grid over the whole width of the text, the head
 * repeated on each page, rows that stay whole.
 *
 * The width of a column follows its longest cell.  While all of them fit, the
 * rest of the page is shared out in proportion; else columns that need less
 * than their even share keep what they need, and the others share what is
 * left by need.  A column in which that would break a number or a date is
 * given what it takes, and the others begin anew. */
#include "report/write_docx_internal.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#define CELL_MARGINS 180
#define LETTER 124       /* a half-width letter of 12 pt */
#define SMALL_LETTER 104 /* … of 10 pt */
#define LETTERS_LEAST 4
#define LETTERS_MOST 36
#define LETTERS_SHORT 18    /* 2023年11月20日: not to be broken */
#define LETTERS_FAIR 10     /* of each other column, that the short may stay */
#define ROW_LETTERS_MAX 800 /* a longer row may break over pages */

typedef struct
{
  HxDocx *docx;
  const guint8 *alignments;
  const char *text_style;
  const char *head_style;
  guint columns;
  guint letter;
  guint *widths;
} Grid;

/* Half-width letters of all text below a node.  Between Chinese and Latin
 * stands a quarter of a character, half a letter. */
static guint
letters (cmark_node *node)
{
  const char *text = cmark_node_get_literal (node);
  gboolean was_wide = FALSE;
  guint count = 0;
  guint joints = 0;

  for (const char *at = text; at != NULL && *at != '\0';
       at += g_utf8_skip[(guchar)*at])
    {
      const gboolean is_wide = g_unichar_iswide_cjk (g_utf8_get_char (at));

      count += is_wide ? 2 : 1;
      joints += at != text && is_wide != was_wide;
      was_wide = is_wide;
    }
  count += (joints + 1) / 2;
  for (cmark_node *child = cmark_node_first_child (node); child != NULL;
       child = cmark_node_next (child))
    count += letters (child);
  return count;
}

static gboolean
has_digit (cmark_node *node)
{
  const char *text = cmark_node_get_literal (node);

  if (text != NULL && strpbrk (text, "0123456789") != NULL)
    return TRUE;
  for (cmark_node *child = cmark_node_first_child (node); child != NULL;
       child = cmark_node_next (child))
    if (has_digit (child))
      return TRUE;
  return FALSE;
}

/* What each column needs for its longest cell, and at least for its numbers and
 * dates. */
static void
measure (Grid *grid, cmark_node *table, guint *needs, guint *floors)
{
  for (cmark_node *row = cmark_node_first_child (table); row != NULL;
       row = cmark_node_next (row))
    {
      cmark_node *cell = cmark_node_first_child (row);

      for (guint i = 0; i < grid->columns && cell != NULL; i++)
        {
          const guint length = letters (cell);

          needs[i] = MAX (needs[i], MIN (length, LETTERS_MOST));
          if (length <= LETTERS_SHORT && has_digit (cell))
            floors[i] = MAX (floors[i], length);
          cell = cmark_node_next (cell);
        }
    }
  for (guint i = 0; i < grid->columns; i++)
    {
      needs[i] = MAX (needs[i], LETTERS_LEAST) * grid->letter + CELL_MARGINS;
      floors[i] = MAX (floors[i], LETTERS_LEAST) * grid->letter + CELL_MARGINS;
    }
}

static guint
sum_of_open (const Grid *grid, const guint *needs)
{
  guint need = 0;

  for (guint i = 0; i < grid->columns; i++)
    need += grid->widths[i] == 0 ? needs[i] : 0;
  return need;
}

/* Shares `width` among the columns without a width, by what they need. */
static void
share (Grid *grid, const guint *needs, guint width)
{
  guint64 need = 0;

  for (guint i = 0; i < grid->columns; i++)
    need += grid->widths[i] == 0 ? needs[i] : 0;
  for (guint i = 0; i < grid->columns; i++)
    {
      if (grid->widths[i] != 0)
        continue;
      grid->widths[i] = (guint)((guint64)width * needs[i] / need);
      width -= grid->widths[i];
      need -= needs[i];
    }
}

/* Columns that need less than an even share get what they need: TRUE if one
 * did, which leaves more to the others. */
static gboolean
settle (Grid *grid, const guint *needs, guint *width, guint *open)
{
  const guint even = *width / *open;
  gboolean settled = FALSE;

  for (guint i = 0; i<grid->columns && * open> 1; i++)
    {
      if (grid->widths[i] != 0 || needs[i] > even)
        continue;
      grid->widths[i] = needs[i];
      *width -= needs[i];
      *open -= 1;
      settled = TRUE;
    }
  return settled;
}

/* Shares the page out among the columns that have no width yet. */
static void
lay_out_rest (Grid *grid, const guint *needs, guint width)
{
  guint open = 0;

  for (guint i = 0; i < grid->columns; i++)
    {
      open += grid->widths[i] == 0;
      width -= grid->widths[i];
    }
  while (sum_of_open (grid, needs) > width && open > 1
         && settle (grid, needs, &width, &open))
    continue;
  share (grid, needs, width);
}

/* The first column that is narrower than its numbers, or `columns`. */
static guint
squeezed (const Grid *grid, const guint *floors)
{
  for (guint i = 0; i < grid->columns; i++)
    if (grid->widths[i] < floors[i])
      return i;
  return grid->columns;
}

/* Columns in which a number would be broken are given what it takes, one after
 * the other, as long as that leaves each of the others enough. */
static void
lay_out (Grid *grid, cmark_node *table, guint width)
{
  g_autofree guint *needs = g_new0 (guint, grid->columns);
  g_autofree guint *floors = g_new0 (guint, grid->columns);
  g_autofree guint *fixed = g_new0 (guint, grid->columns);
  const guint fair = LETTERS_FAIR * grid->letter + CELL_MARGINS;
  guint left = width;
  guint open = grid->columns;

  measure (grid, table, needs, floors);
  for (;;)
    {
      memcpy (grid->widths, fixed, grid->columns * sizeof *fixed);
      lay_out_rest (grid, needs, width);
      const guint tight = squeezed (grid, floors);
      if (tight == grid->columns || open <= 1
          || floors[tight] + (open - 1) * fair > left)
        return;
      fixed[tight] = floors[tight];
      left -= floors[tight];
      open -= 1;
    }
}

static void
write_cell (Grid *grid, cmark_node *cell, guint column, gboolean head)
{
  GString *out = grid->docx->body;
  const char *align = hx_alignment_name (grid->alignments[column]);
  g_autofree char *more = NULL;

  if (!head && align != NULL)
    more = g_strdup_printf ("<w:jc w:val=\"%s\"/>", align);
  g_string_append_printf (out,
                          "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>"
                          "<w:vAlign w:val=\"center\"/></w:tcPr>",
                          grid->widths[column]);
  hx_docx_paragraph_begin (grid->docx,
                           head ? grid->head_style : grid->text_style, more);
  if (cell != NULL)
    hx_docx_inlines (grid->docx, cell);
  g_string_append (out, "</w:p></w:tc>");
}

static void
write_row (Grid *grid, cmark_node *row, gboolean head)
{
  GString *out = grid->docx->body;
  cmark_node *cell = cmark_node_first_child (row);

  g_string_append (out, "<w:tr><w:trPr>");
  if (letters (row) <= ROW_LETTERS_MAX)
    g_string_append (out, "<w:cantSplit/>");
  g_string_append (out, head ? "<w:tblHeader/></w:trPr>" : "</w:trPr>");
  for (guint i = 0; i < grid->columns; i++)
    {
      write_cell (grid, cell, i, head);
      cell = cell != NULL ? cmark_node_next (cell) : NULL;
    }
  g_string_append (out, "</w:tr>\n");
}

static void
write_head (const Grid *grid, guint width)
{
  GString *out = grid->docx->body;

  g_string_append_printf (out,
                          "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/>"
                          "<w:tblW w:w=\"%u\" w:type=\"dxa\"/>"
                          "<w:jc w:val=\"center\"/>"
                          "<w:tblLayout w:type=\"fixed\"/></w:tblPr>"
                          "<w:tblGrid>",
                          width);
  for (guint i = 0; i < grid->columns; i++)
    g_string_append_printf (out, "<w:gridCol w:w=\"%u\"/>", grid->widths[i]);
  g_string_append (out, "</w:tblGrid>\n");
}

void
hx_docx_table (HxDocx *docx, cmark_node *table, const HxDocxPlace *place)
{
  const guint columns = cmark_gfm_extensions_get_table_columns (table);
  const gboolean small = columns >= DOCX_SMALL_COLUMNS;
  g_autofree guint *widths = g_new0 (guint, columns);
  cmark_node *row = cmark_node_first_child (table);
  Grid grid = {
    .docx = docx,
    .alignments = cmark_gfm_extensions_get_table_alignments (table),
    .text_style = small ? "SmallTableText" : "TableText",
    .head_style = small ? "SmallTableHead" : "TableHead",
    .columns = columns,
    .letter = small ? SMALL_LETTER : LETTER,
    .widths = widths,
  };

  lay_out (&grid, table, place->width);
  write_head (&grid, place->width);
  for (gboolean head = TRUE; row != NULL; row = cmark_node_next (row))
    {
      write_row (&grid, row, head);
      head = FALSE;
    }
  g_string_append (docx->body, "</w:tbl>\n");
  hx_docx_paragraph_begin (docx, "TableEnd", NULL);
  g_string_append (docx->body, "</w:p>\n");
}
