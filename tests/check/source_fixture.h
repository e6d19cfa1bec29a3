/* Files for the tests of reading, and what comes of them as one string. */
#ifndef HX_SOURCE_FIXTURE_H
#define HX_SOURCE_FIXTURE_H

#include "check/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>

/* A file of these bytes in a folder of its own: its path (g_free). */
char *fixture_file (const char *name, const void *bytes, gsize size);
/* The file and its folder, and the path itself. */
void fixture_remove (char *path);
/* The text that is read from a file of these bytes, or "FAIL message", which
 * is one line and names the file.  Whatever is read is looked over: places
 * within the text, cells in order, characters counted. */
char *fixture_read (const char *name, const void *bytes, gsize size);
/* The cells as "table:row,column[+rows×columns]=words\n". */
char *fixture_cells (const HxSource *source);

/* A part of a package; NULL ends a list. */
typedef struct
{
  const char *name, *data;
} FixturePart;

#define FIXTURE_WORD                                                           \
  "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "  \
  "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "  \
  "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""

/* The bytes (g_free) of a zip, and of a DOCX of this body and other parts,
 * each with its relation: "footnotes" is word/footnotes.xml. */
char *fixture_zip (const FixturePart *parts, gsize *size);
char *fixture_docx (const char *body, const FixturePart *others, gsize *size);

#endif
