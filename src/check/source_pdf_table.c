/* Tables of a page.
 *
 * A PDF says nothing of tables; rows of pieces that stand below one another
 * do.  Columns are bands of the page: each piece of a row lies in a band of
 * its own, begins a new one between two, or spans several.  A row that fits
 * the bands of the rows above goes on with their table; one that does not ends
 * it.  Two rows of two pieces at least make a table.
 */
#include "check/source_pdf_internal.h"

#include <string.h>

#define APART 3 /* heights between two rows that may be of one table */
#define PAGE_NUMBER_BYTES 40

typedef struct
{
  gint x1, x2;
} Band;

static const HxPdfPiece *
piece_of (const HxPdfRow *row, guint index)
{
  return row->pieces->pdata[index];
}

/* ---------------------------------------------------------------------- bands
 */

/* The bands [first, behind) that the box touches; none: the one before which
 * it lies. */
static void
touched (const GArray *bands, const HxPdfBox *box, guint *first, guint *behind)
{
  guint i = 0;

  while (i < bands->len && g_array_index (bands, Band, i).x2 <= box->x1)
    i++;
  *first = i;
  while (i < bands->len && g_array_index (bands, Band, i).x1 < box->x2)
    i++;
  *behind = i;
}

static gboolean
fits (const GArray *bands, const HxPdfRow *row)
{
  guint used = 0; /* bands up to here are taken */

  for (guint i = 0; i < row->pieces->len; i++)
    {
      guint first, behind;

      touched (bands, &piece_of (row, i)->box, &first, &behind);
      if (behind > first && first < used)
        return FALSE;
      if (row->pieces->len == 1 && behind - first != 1)
        return FALSE;
      used = MAX (used, behind);
    }
  return TRUE;
}

/* A band grows as far as its neighbours. */
static void
grow (GArray *bands, guint index, const HxPdfBox *box)
{
  Band *band = &g_array_index (bands, Band, index);

  if (index == 0 || g_array_index (bands, Band, index - 1).x2 < box->x1)
    band->x1 = MIN (band->x1, box->x1);
  if (index + 1 >= bands->len
      || g_array_index (bands, Band, index + 1).x1 > box->x2)
    band->x2 = MAX (band->x2, box->x2);
}

static void
learn (GArray *bands, const HxPdfRow *row)
{
  for (guint i = 0; i < row->pieces->len; i++)
    {
      const HxPdfBox *box = &piece_of (row, i)->box;
      const Band band = { box->x1, box->x2 };
      guint first, behind;

      touched (bands, box, &first, &behind);
      if (behind == first)
        g_array_insert_val (bands, first, band);
      else if (behind == first + 1)
        grow (bands, first, box);
    }
}

/* ---------------------------------------------------------------------- split
 */

/* A narrow gap parts two cells when the word behind it stands in a band that
 * nothing before it touches: "1,200.00 97.20%". */
static gboolean
parts_at (const GArray *bands, const HxPdfPiece *piece, guint number)
{
  const HxPdfSpace *space = &g_array_index (piece->spaces, HxPdfSpace, number);
  const gboolean is_last = number + 1 >= piece->spaces->len;
  const gint end
      = is_last ? piece->box.x2
                : g_array_index (piece->spaces, HxPdfSpace, number + 1).x1;
  const HxPdfBox before = { piece->box.x1, 0, space->x1, 0 };
  const HxPdfBox word = { space->x2, 0, end, 0 };
  guint first, behind, word_first, word_behind;

  touched (bands, &before, &first, &behind);
  touched (bands, &word, &word_first, &word_behind);
  return word_behind > word_first && word_first >= behind;
}

static void
split (const GArray *bands, HxPdfRow *row)
{
  for (guint i = 0; i < row->pieces->len; i++)
    {
      const HxPdfPiece *piece = piece_of (row, i);
      guint number = 0;

      while (number < piece->spaces->len && !parts_at (bands, piece, number))
        number++;
      if (number < piece->spaces->len)
        hx_pdf_row_split (row, i, number);
    }
}

/* ----------------------------------------------------------------------- runs
 */

static gboolean
follows (const HxPdfRow *above, const HxPdfRow *row)
{
  const gint tall = MAX (row->bottom - row->top, 1);

  return row->top - above->bottom <= tall * APART;
}

/* How many rows from `from` on are one table; 0: none is. */
static guint
run_length (GPtrArray *rows, guint from, GArray *bands)
{
  guint full = 0, length = 0; /* up to the last row of two pieces */

  g_array_set_size (bands, 0);
  for (guint i = from; i < rows->len; i++)
    {
      HxPdfRow *row = rows->pdata[i];

      if (i == from ? row->pieces->len < 2 : !follows (rows->pdata[i - 1], row))
        break;
      if (row->pieces->len > 1)
        split (bands, row);
      if (!fits (bands, row))
        break;
      learn (bands, row);
      if (row->pieces->len < 2)
        continue;
      full++;
      length = i - from + 1;
    }
  return full >= 2 ? length : 0;
}

/* The bands of these rows, without what followed them. */
static void
relearn (const GPtrArray *rows, guint from, guint count, GArray *bands)
{
  g_array_set_size (bands, 0);
  for (guint i = from; i < from + count; i++)
    learn (bands, rows->pdata[i]);
}

/* ---------------------------------------------------------------------- merge
 */

/* Whether a row has a piece in each of two neighbouring bands, or one that
 * spans both. */
static gboolean
uses_both (const GArray *bands, const HxPdfRow *row, guint index)
{
  gboolean uses[2] = { FALSE, FALSE };

  for (guint i = 0; i < row->pieces->len; i++)
    {
      guint first, behind;

      touched (bands, &piece_of (row, i)->box, &first, &behind);
      uses[0] |= first <= index && index < behind;
      uses[1] |= first <= index + 1 && index + 1 < behind;
    }
  return uses[0] && uses[1];
}

/* A heading at the left of its column and figures at the right touch nowhere:
 * two neighbouring bands that no row uses both are one. */
static void
merge (const GPtrArray *rows, guint from, guint count, GArray *bands)
{
  for (guint i = 0; i + 1 < bands->len;)
    {
      gboolean apart = FALSE;

      for (guint k = from; k < from + count && !apart; k++)
        apart = uses_both (bands, rows->pdata[k], i);
      if (!apart)
        {
          g_array_index (bands, Band, i).x2
              = g_array_index (bands, Band, i + 1).x2;
          g_array_remove_index (bands, i + 1);
        }
      i += apart;
    }
}

/* -------------------------------------------------------------------- writing
 */

static void
write_cell (HxSourceGrid *grid, HxScribe *scribe, const HxPdfPiece *piece,
            guint columns)
{
  hx_source_grid_cell (grid, 1, columns);
  if (piece != NULL)
    hx_scribe_put (scribe, piece->words->str, piece->words->len);
  hx_source_grid_cell_end (grid);
}

static void
write_row (HxSourceGrid *grid, HxScribe *scribe, const HxPdfRow *row,
           const GArray *bands)
{
  guint column = 0;

  hx_source_grid_row (grid);
  for (guint i = 0; i < row->pieces->len; i++)
    {
      guint first, behind;

      touched (bands, &piece_of (row, i)->box, &first, &behind);
      for (; column < first; column++)
        write_cell (grid, scribe, NULL, 1);
      behind = MAX (behind, column + 1);
      write_cell (grid, scribe, piece_of (row, i), behind - column);
      column = behind;
    }
  for (; column < bands->len; column++)
    write_cell (grid, scribe, NULL, 1);
  hx_source_grid_row_end (grid);
}

static void
write_table (const GPtrArray *rows, guint from, guint count,
             const GArray *bands, HxScribe *scribe)
{
  HxSourceGrid *grid = hx_source_grid_begin (scribe, NULL);

  for (guint i = 0; i < count; i++)
    write_row (grid, scribe, rows->pdata[from + i], bands);
  hx_source_grid_end (grid);
}

static void
write_line (const HxPdfRow *row, HxScribe *scribe)
{
  for (guint i = 0; i < row->pieces->len; i++)
    {
      if (i > 0)
        hx_scribe_put_character (scribe, ' ');
      hx_scribe_put (scribe, piece_of (row, i)->words->str,
                     piece_of (row, i)->words->len);
    }
  hx_scribe_line (scribe);
}

/* ----------------------------------------------------------------------- page
 */

/* "— 3 —", "第 3 页 共 9 页", or a bare number that can be this page's: it
 * would stand in the midst of a sentence. */
static gboolean
is_page_number (const HxPdfRow *row, guint number)
{
  const char *at = piece_of (row, 0)->words->str;
  gboolean is_marked = FALSE;
  guint64 bare = 0;

  if (row->pieces->len != 1 || strlen (at) > PAGE_NUMBER_BYTES)
    return FALSE;
  for (; *at != '\0'; at += g_utf8_skip[(guchar)*at])
    {
      const gunichar character = g_utf8_get_char (at);
      const gboolean is_mark
          = g_utf8_strchr ("-–—―－·第页共/", -1, character) != NULL;

      if (!is_mark && character != ' ' && !g_ascii_isdigit (*at))
        return FALSE;
      is_marked |= is_mark;
      if (g_ascii_isdigit (*at))
        bare = bare * 10 + (guint64)(*at - '0');
    }
  return is_marked || (bare > 0 && bare <= number);
}

void
hx_pdf_write (GPtrArray *rows, guint number, HxScribe *scribe)
{
  g_autoptr (GArray) bands = g_array_new (FALSE, FALSE, sizeof (Band));
  guint i = 0;

  while (i < rows->len)
    {
      const guint count = run_length (rows, i, bands);
      const gboolean is_edge = i == 0 || i + 1 == rows->len;

      if (count > 0)
        {
          relearn (rows, i, count, bands);
          merge (rows, i, count, bands);
          write_table (rows, i, count, bands, scribe);
        }
      else if (!is_edge || !is_page_number (rows->pdata[i], number))
        write_line (rows->pdata[i], scribe);
      i += MAX (count, 1);
    }
}
