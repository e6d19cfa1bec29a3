/* What the files of the PDF reader share:
 *
 *   library   poppler, found when it is needed
 *   rows      characters with their boxes to the lines of a page
 *   table     which lines are rows of a table; the writing
 */
#ifndef HX_CHECK_SOURCE_PDF_INTERNAL_H
#define HX_CHECK_SOURCE_PDF_INTERNAL_H

#include "check/source_internal.h"

#include <poppler.h>

/* ----------------------------------------------------------------- library */

typedef struct
{
  GQuark (*error_quark) (void);
  PopplerDocument *(*open) (GBytes *bytes, const char *password,
                            GError **error);
  int (*pages) (PopplerDocument *document);
  PopplerPage *(*page) (PopplerDocument *document, int index);
  char *(*text) (PopplerPage *page);
  gboolean (*layout) (PopplerPage *page, PopplerRectangle **boxes,
                      guint *count);
} HxPdfLibrary;

/* hx_pdf_prepare gives it, with the tables that Chinese fonts of the file may
 * need in its memory; NULL when it is not installed. */

/* The font maps that a file names: those of its bytes, or all that are known
 * when it has objects that are packed. */
GPtrArray *hx_pdf_maps (const char *bytes, gsize length);

/* -------------------------------------------------------------------- rows */

/* In hundredths of a point, from the top left corner. */
typedef struct
{
  gint x1, y1, x2, y2;
} HxPdfBox;

/* A space in a piece: a byte of its words, and the gap on the page. */
typedef struct
{
  gsize offset;
  gint x1, x2;
} HxPdfSpace;

/* Words that stand together on a line. */
typedef struct
{
  HxPdfBox box;
  GString *words;
  GArray *spaces; /* HxPdfSpace */
} HxPdfPiece;

typedef struct
{
  gint top, bottom;
  GPtrArray *pieces; /* HxPdfPiece, from left to right */
} HxPdfRow;

/* HxPdfRow from top to bottom.  There is a box for each character of the
 * text. */
GPtrArray *hx_pdf_rows (const char *text, const HxPdfBox *boxes);
/* What stands behind space `number` of piece `index` becomes a piece of its
 * own. */
void hx_pdf_row_split (HxPdfRow *row, guint index, guint number);

/* ------------------------------------------------------------------- table */

/* The rows of page `number` (from 1), tables cell by cell. */
void hx_pdf_write (GPtrArray *rows, guint number, HxScribe *scribe);

#endif
