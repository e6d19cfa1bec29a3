/* What the files of the reading share.  Private to the room check, lowest
 * first:
 *
 *   kind      what a file is, by its bytes
 *   text      bytes to UTF-8, and where they are none
 *   source    a file or standard input, and which way it goes
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

/* ICU's name of an encoding; NULL when there is no such encoding, or a byte
 * is wrong: then *wrong is its place.  Lenient: U+FFFD stands for it. */
char *hx_source_decode (const char *encoding, gboolean lenient,
                        const char *bytes, gsize length, gsize *wrong);
/* The text of a plain file. */
char *hx_source_plain (const char *bytes, gsize length, const char *where,
                       GError **error);

/* ------------------------------------------------------------------ source */

/* The first `size` bytes of a file; fewer when it was made shorter. */
char *hx_source_bytes (int file, gsize size, gsize *length);

#endif
