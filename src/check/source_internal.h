/* What the files of the reading share.  Private to the room check, lowest
 * first:
 *
 *   kind      what a file is, by its bytes
 *   text      bytes to UTF-8, and where they are none
 *   scribe    the text as it grows, with its cells; limits
 *   grid      the cells of a table, as HTML and DOCX tell them
 *   html, docx, pdf   a reader each, from bytes into a scribe
 *   sandbox   what a reading process may do
 *   answer    what it writes to its parent, and what of it is believed
 *   child     the process;  start: its parent's side
 *   source    a file or standard input, and which way it goes
 *
 * A reader knows neither files nor messages: it has bytes and gives a fault.
 */
#ifndef HX_CHECK_SOURCE_INTERNAL_H
#define HX_CHECK_SOURCE_INTERNAL_H

#include "check/source.h"

/* -------------------------------------------------------------------- kind */

#define HX_SOURCE_HEAD 1024 /* bytes that tell the kind */

/* FALSE with an error that names what it is instead: a workbook of 1997, a
 * picture, an archive. */
gboolean hx_source_kind (const char *head, gsize length, const char *where,
                         HxSourceKind *kind, GError **error);

/* -------------------------------------------------------------------- text */

/* Of ICU's name of an encoding; NULL when there is no such encoding, or a
 * byte is wrong: then *wrong is its place.  Lenient: U+FFFD stands for it. */
char *hx_source_decode (const char *encoding, gboolean lenient,
                        const char *bytes, gsize length, gsize *wrong);
/* Whether bytes that are no UTF-8 have more of it than wrong bytes. */
gboolean hx_source_leans_to_utf8 (const char *bytes, gsize length);
/* The encoding that a byte-order mark stands for, or NULL. */
const char *hx_source_mark (const char *bytes, gsize length, gsize *mark);
/* The text of a plain file. */
char *hx_source_plain (const char *bytes, gsize length, const char *where,
                       GError **error);

/* ------------------------------------------------------------------ scribe */

typedef enum
{
  HX_FAULT_NONE,
  HX_FAULT_DAMAGED,
  HX_FAULT_PROTECTED, /* by a password */
  HX_FAULT_WORDLESS,  /* no text in it */
  HX_FAULT_SCANNED,   /* pages without a text layer */
  HX_FAULT_LARGE,     /* more than a source may hold */
  HX_FAULT_DEEP,
  HX_FAULT_OTHER,   /* a package that is no document */
  HX_FAULT_LIBRARY, /* what reads it is not installed */
  HX_FAULT_COMPLEX, /* the child died, or gave no answer in time */
  HX_FAULTS
} HxSourceFault;

#define HX_SOURCE_CELLS_MAX 500000

typedef struct
{
  GString *text;
  gsize characters;
  gsize begin;   /* bytes that a line end does not touch: what stands before
                  * the paragraph, or the cell, in hand */
  GArray *cells; /* HxSourceCell */
  guint tables;
  HxSourceFault fault; /* the first; nothing is written after it */
} HxScribe;

void hx_scribe_init (HxScribe *scribe);
void hx_scribe_clear (HxScribe *scribe);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxScribe, hx_scribe_clear)
void hx_scribe_fail (HxScribe *scribe, HxSourceFault fault);
/* Whatever bytes: what is no UTF-8 becomes U+FFFD, control characters but \n
 * and \t are dropped. */
void hx_scribe_put (HxScribe *scribe, const char *text, gsize length);
void hx_scribe_put_character (HxScribe *scribe, gunichar character);
/* End the line, without the spaces before; nothing where none has begun. */
void hx_scribe_line (HxScribe *scribe);
/* Take spaces and line ends off, back to `begin`. */
void hx_scribe_trim (HxScribe *scribe);
/* Nothing stands yet on the line. */
gboolean hx_scribe_at_start (const HxScribe *scribe);

/* Cells of a row stand apart by \t, rows by \n; within a cell, paragraphs by
 * \n.  A table that holds another is there for the layout: its words stay,
 * its cells are none. */
typedef struct _HxSourceGrid HxSourceGrid;

/* `outer` (or NULL) becomes layout. */
HxSourceGrid *hx_source_grid_begin (HxScribe *scribe, HxSourceGrid *outer);
void hx_source_grid_row (HxSourceGrid *grid);
void hx_source_grid_cell (HxSourceGrid *grid, guint rows, guint columns);
/* Columns that no cell takes. */
void hx_source_grid_skip (HxSourceGrid *grid, guint columns);
/* More of the cell above; a cell of its own when there is none. */
void hx_source_grid_cell_down (HxSourceGrid *grid, guint columns);
void hx_source_grid_cell_end (HxSourceGrid *grid);
void hx_source_grid_row_end (HxSourceGrid *grid);
/* Gives the cells to the scribe; the table is gone, its outer one returned. */
HxSourceGrid *hx_source_grid_end (HxSourceGrid *grid);

/* ----------------------------------------------------------------- readers */

void hx_source_html (gpointer prepared, GBytes *bytes, HxScribe *scribe);
void hx_source_docx (gpointer prepared, GBytes *bytes, HxScribe *scribe);
/* `prepared` is of hx_pdf_prepare. */
void hx_source_pdf (gpointer prepared, GBytes *bytes, HxScribe *scribe);
gpointer hx_pdf_prepare (GBytes *bytes);

/* ----------------------------------------------------------------- sandbox */

/* No more files, processes, sockets; time and memory with an end.  FALSE: the
 * kernel refuses the filter of system calls, and only the limits hold. */
gboolean hx_sandbox_enter (void);

/* ------------------------------------------------------------------ answer */

GByteArray *hx_answer_write (const HxScribe *scribe, gboolean confined);
/* The most bytes that an answer has. */
gsize hx_answer_most (void);
/* Nothing of it is believed: FALSE with HX_FAULT_COMPLEX for what no reader
 * would write, else with the reader's fault.  text, characters and cells of
 * the source are set. */
gboolean hx_answer_read (const guint8 *bytes, gsize length, HxSource *source,
                         HxSourceFault *fault);
gboolean hx_source_fail (HxSourceFault fault, const char *where,
                         GError **error);

/* ------------------------------------------------------------------- start */

/* What a child that reads `file` writes in so many seconds; NULL with an error
 * when none could be started.  One that dies or hangs has written less. */
GByteArray *hx_source_start (HxSourceKind kind, int file, guint seconds,
                             const char *where, GError **error);
/* "html"; NULL of plain text. */
const char *hx_source_kind_word (HxSourceKind kind);

/* ------------------------------------------------------------------ source */

/* The first `size` bytes of a file; fewer when it was made shorter. */
char *hx_source_bytes (int file, gsize size, gsize *length);
gboolean hx_source_write_all (int file, const void *bytes, gsize size);

#endif
