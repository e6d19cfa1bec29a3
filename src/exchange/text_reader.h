/* Private to exchange: a file of text, whatever its encoding, as blocks of
 * valid UTF-8 without NUL. */
#ifndef HX_TEXT_READER_H
#define HX_TEXT_READER_H

#include "exchange/exchange.h"

typedef struct _HxTextReader HxTextReader;

HxTextReader *hx_text_reader_open (const char *path, GError **error);
void hx_text_reader_free (HxTextReader *reader);
gboolean hx_text_reader_rewind (HxTextReader *reader, GError **error);
const char *hx_text_reader_encoding (const HxTextReader *reader);
/* The next block, borrowed until the next call; *length is 0 at the end.  What
 * is wrong in the file is told after all that stands before it was given. */
gboolean hx_text_reader_fill (HxTextReader *reader, const char **block,
                              gsize *length, GError **error);
void hx_text_reader_progress (const HxTextReader *reader, guint64 *done,
                              guint64 *total);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxTextReader, hx_text_reader_free)

#endif
