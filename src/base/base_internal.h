/* What the files of this room share and no other room sees. */
#ifndef HX_BASE_INTERNAL_H
#define HX_BASE_INTERNAL_H

#include "base/base.h"
#include "base/wide.h"

/* Long enough for every date, number and telephone that is one. */
#define HX_SHORT_TEXT_SIZE 256

/* hx_text_normalise without allocation; FALSE if `text` has `size` bytes or
 * more, which no well-formed short value has. */
gboolean hx_text_normalise_short (const char *text, char *buffer, gsize size);

/* The first characters of what a user wrote, always valid UTF-8, for an error
 * message.  NULL gives "". */
char *hx_excerpt (const char *text);

/* 10^exponent for exponents 0…18. */
gint64 hx_power_of_ten (guint exponent);

/* Decimal digits of `number`, without the printf machinery. */
void hx_append_integer (GString *out, gint64 number);

/* Digits from `text` on, at most `most`; the number of digits read. */
guint hx_scan_digits (const char *text, guint most, int *value);

/* Bytes of the character of a Chinese number that stands at `text`, or 0. */
gsize hx_numeral_character_size (const char *text);

/* An error about a file for the `errno` given, in plain words. */
gboolean hx_file_fail (GError **error, const char *what, const char *path,
                       int number);
/* What was made or renamed at `path` is there after a crash. */
gboolean hx_file_sync_folder (const char *path, GError **error);

#endif
