/* The lines of a page as they are printed.
 *
 * Poppler gives characters in an order of its own, which follows columns: down
 * one column of a table, then the next.  Here they become pieces, words with
 * no wide gap between, and pieces at one height become a row.
 */
#include "check/source_pdf_internal.h"

#define GAP_TENTHS 11  /* of the height: beside it, another piece begins */
#define SPACE_TENTHS 2 /* of the height: two pieces joined keep a space */

static void
piece_free (gpointer data)
{
  HxPdfPiece *piece = data;

  g_string_free (piece->words, TRUE);
  g_array_unref (piece->spaces);
  g_free (piece);
}

static void
row_free (gpointer data)
{
  HxPdfRow *row = data;

  g_ptr_array_unref (row->pieces);
  g_free (row);
}

static gint
height (const HxPdfBox *box)
{
  return MAX (box->y2 - box->y1, 1);
}

static gint
middle (const HxPdfBox *box)
{
  return (box->y1 + box->y2) / 2;
}

static gboolean
same_height (const HxPdfBox *a, const HxPdfBox *b)
{
  return (middle (a) > b->y1 && middle (a) < b->y2)
         || (middle (b) > a->y1 && middle (b) < a->y2);
}

/* `next` stands right of `box` with no gap, or a narrow one. */
static gboolean
adjoins (const HxPdfBox *box, const HxPdfBox *next)
{
  const gint tall = MIN (height (box), height (next));
  const gint gap = next->x1 - box->x2;

  return gap * 10 <= tall * GAP_TENTHS && gap > -tall;
}

static void
extend (HxPdfBox *box, const HxPdfBox *by)
{
  box->x1 = MIN (box->x1, by->x1);
  box->y1 = MIN (box->y1, by->y1);
  box->x2 = MAX (box->x2, by->x2);
  box->y2 = MAX (box->y2, by->y2);
}

/* --------------------------------------------------------------------- pieces
 */

static HxPdfPiece *
piece_new (const HxPdfBox *box)
{
  HxPdfPiece *piece = g_new0 (HxPdfPiece, 1);

  piece->box = *box;
  piece->words = g_string_new (NULL);
  piece->spaces = g_array_new (FALSE, FALSE, sizeof (HxPdfSpace));
  return piece;
}

static HxPdfPiece *
add_piece (GPtrArray *pieces, const HxPdfBox *box)
{
  HxPdfPiece *piece = piece_new (box);

  g_ptr_array_add (pieces, piece);
  return piece;
}

static void
add_space (HxPdfPiece *piece, gint x2)
{
  const HxPdfSpace space = { piece->words->len, piece->box.x2, x2 };

  g_array_append_val (piece->spaces, space);
  g_string_append_c (piece->words, ' ');
}

static GPtrArray *
pieces_of (const char *text, const HxPdfBox *boxes)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func (piece_free);
  HxPdfPiece *piece = NULL;
  gboolean space = FALSE;

  for (gsize i = 0; *text != '\0'; i++, text += g_utf8_skip[(guchar)*text])
    {
      const gunichar character = g_utf8_get_char (text);

      if (character == '\n')
        piece = NULL;
      space |= g_unichar_isspace (character);
      if (g_unichar_isspace (character))
        continue;
      if (piece == NULL || !same_height (&piece->box, &boxes[i])
          || !adjoins (&piece->box, &boxes[i]))
        piece = add_piece (pieces, &boxes[i]);
      else if (space)
        add_space (piece, boxes[i].x1);
      g_string_append_unichar (piece->words, character);
      extend (&piece->box, &boxes[i]);
      space = FALSE;
    }
  return pieces;
}

/* ----------------------------------------------------------------------- rows
 */

static gint
by_height (gconstpointer a, gconstpointer b)
{
  const HxPdfPiece *const *first = a, *const *second = b;
  const gint down = middle (&(*first)->box) - middle (&(*second)->box);

  return down != 0 ? down : (*first)->box.x1 - (*second)->box.x1;
}

static gint
by_place (gconstpointer a, gconstpointer b)
{
  const HxPdfPiece *const *first = a, *const *second = b;

  return (*first)->box.x1 - (*second)->box.x1;
}

static void
append_piece (HxPdfPiece *piece, const HxPdfPiece *next)
{
  const gsize before = piece->words->len;

  for (guint i = 0; i < next->spaces->len; i++)
    {
      HxPdfSpace space = g_array_index (next->spaces, HxPdfSpace, i);
      space.offset += before;
      g_array_append_val (piece->spaces, space);
    }
  g_string_append (piece->words, next->words->str);
}

/* Pieces of a row that poppler told apart, but print does not. */
static void
join_pieces (GPtrArray *pieces)
{
  for (guint i = 1; i < pieces->len;)
    {
      HxPdfPiece *piece = pieces->pdata[i - 1];
      const HxPdfPiece *next = pieces->pdata[i];
      const gint gap = next->box.x1 - piece->box.x2;

      if (!adjoins (&piece->box, &next->box))
        {
          i++;
          continue;
        }
      if (gap * 10 > height (&next->box) * SPACE_TENTHS)
        add_space (piece, next->box.x1);
      append_piece (piece, next);
      extend (&piece->box, &next->box);
      g_ptr_array_remove_index (pieces, i);
    }
}

static HxPdfRow *
add_row (GPtrArray *rows, const HxPdfPiece *first)
{
  HxPdfRow *row = g_new0 (HxPdfRow, 1);

  row->top = first->box.y1;
  row->bottom = first->box.y2;
  row->pieces = g_ptr_array_new_with_free_func (piece_free);
  g_ptr_array_add (rows, row);
  return row;
}

GPtrArray *
hx_pdf_rows (const char *text, const HxPdfBox *boxes)
{
  g_autoptr (GPtrArray) pieces = pieces_of (text, boxes);
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  HxPdfRow *row = NULL;
  HxPdfBox band = { 0, 0, 0, 0 };

  g_ptr_array_sort (pieces, by_height);
  g_ptr_array_set_free_func (pieces, NULL); /* the rows take them over */
  for (guint i = 0; i < pieces->len; i++)
    {
      HxPdfPiece *piece = pieces->pdata[i];

      if (row == NULL || !same_height (&band, &piece->box))
        {
          row = add_row (rows, piece);
          band = piece->box;
        }
      row->top = MIN (row->top, piece->box.y1);
      row->bottom = MAX (row->bottom, piece->box.y2);
      g_ptr_array_add (row->pieces, piece);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      HxPdfRow *made = rows->pdata[i];
      g_ptr_array_sort (made->pieces, by_place);
      join_pieces (made->pieces);
    }
  return rows;
}

void
hx_pdf_row_split (HxPdfRow *row, guint index, guint number)
{
  HxPdfPiece *piece = row->pieces->pdata[index];
  const HxPdfSpace at = g_array_index (piece->spaces, HxPdfSpace, number);
  HxPdfPiece *next = piece_new (&piece->box);

  next->box.x1 = at.x2;
  piece->box.x2 = at.x1;
  g_string_append (next->words, piece->words->str + at.offset + 1);
  g_string_truncate (piece->words, at.offset);
  for (guint i = number + 1; i < piece->spaces->len; i++)
    {
      HxPdfSpace space = g_array_index (piece->spaces, HxPdfSpace, i);
      space.offset -= at.offset + 1;
      g_array_append_val (next->spaces, space);
    }
  g_array_set_size (piece->spaces, number);
  g_ptr_array_insert (row->pieces, (gint)index + 1, next);
}
