/* check/source: the text of a report, out of whatever file it came in.
 *
 *   - TXT: UTF-8 or GB18030, with or without a byte-order mark; UTF-16 with
 *     one.
 *
 *   - HTML: its words, block by block; scripts, styles and what is hidden left
 *     out.  A table that holds another is layout and has no cells.
 *
 *   - DOCX: paragraphs in order with their automatic numbers, tables cell by
 *     cell, text boxes behind their paragraph, notes at the end; tracked
 *     deletions and hidden words left out.
 *
 *   - PDF: the text layer, line by line as it is printed, page numbers left
 *     out; lines whose words stand in columns are rows of a table.
 *
 * The kind is told by the bytes, never by the name.  Lines of the text end
 * with \n; the text of a TXT file is the file itself, every character of it
 * (a byte-order mark aside), so that a place in it is a place in the file.
 * Elsewhere the cells of a row stand apart by \t, and within a cell paragraphs
 * by \n.
 *
 * Places are counted in Unicode characters from 0.
 *
 * Ownership: a source owns everything in it.  Threads: read-only once made.
 */
#ifndef HX_CHECK_SOURCE_H
#define HX_CHECK_SOURCE_H

#include "base/base.h"

G_BEGIN_DECLS

typedef enum
{
  HX_SOURCE_TEXT,
  HX_SOURCE_HTML,
  HX_SOURCE_DOCX,
  HX_SOURCE_PDF
} HxSourceKind;

/* A cell of a table in the file: its words are the characters [offset,
 * offset + length) of the text.  Cells stand in reading order. */
typedef struct
{
  guint table; /* from 0 */
  guint row, column;
  guint rows, columns; /* how far it spans, 1 when it does not */
  gsize offset, length;
} HxSourceCell;

typedef struct
{
  char *name; /* of the file, without its folders; "-" of standard input */
  HxSourceKind kind;
  char *text; /* UTF-8 */
  gsize characters;
  GArray *cells; /* HxSourceCell; none: the file has no tables we know of */
} HxSource;

/* What a reader may take; more is HX_ERROR_LIMIT. */
#define HX_SOURCE_BYTES_MAX (64 * 1024 * 1024)
#define HX_SOURCE_TEXT_MAX (8 * 1024 * 1024) /* bytes of UTF-8 */

/* "-" is standard input.  What is not plain text is read in a child process
 * that may only read this file and write its text (source_child.h); tests set
 * HONGXIA_READER to the built program.  May be called in many threads at once.
 * Errors: HX_ERROR_NOT_FOUND, LIMIT, DATA (of no kind we read, damaged,
 * protected by a password, a PDF without a text layer). */
HxSource *hx_source_read (const char *path, GError **error);
/* Plain text from memory. */
HxSource *hx_source_new (const char *name, const char *bytes, gsize length,
                         GError **error);
void hx_source_free (HxSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxSource, hx_source_free)

G_END_DECLS

#endif
