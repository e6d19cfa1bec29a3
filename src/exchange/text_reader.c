/* Characters do not stop at block boundaries.  UTF-8 is checked in place, and
 * the one to three bytes of a character that is not whole yet are kept in
 * front of the next block.  Every other encoding goes through an ICU
 * converter, which holds such bytes itself; its UTF-16 may still end on the
 * first half of a pair, which is kept in `high`.
 */
#include "exchange/text_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#define BLOCK 65536
#define SAMPLE (1024 * 1024)
#define SLACK 16

typedef struct
{
  const char *name;
  const char *converter; /* NULL: UTF-8, read in place */
  guint mark;            /* bytes of the mark */
  guint8 bytes[3];
} Encoding;

static const Encoding encodings[] = {
  { "UTF-8", NULL, 3, { 0xEF, 0xBB, 0xBF } },
  { "UTF-16LE", "UTF-16LE", 2, { 0xFF, 0xFE, 0 } },
  { "UTF-16BE", "UTF-16BE", 2, { 0xFE, 0xFF, 0 } },
};
static const Encoding plain_utf8 = { "UTF-8", NULL, 0, { 0 } };
static const Encoding plain_gb18030 = { "GB18030", "gb18030", 0, { 0 } };

struct _HxTextReader
{
  int fd;
  const Encoding *encoding;
  UConverter *converter;
  char *raw;  /* BLOCK bytes as they are in the file */
  gsize kept; /* bytes of a broken character, at `kept_at` in raw */
  gsize kept_at;
  UChar *wide;
  UChar high;
  char *text;
  GError *pending;
  gboolean ended;
  guint64 done;
  guint64 total;
};

static gboolean
fail_bytes (GError **error, const char *encoding)
{
  return hx_failf (error, HX_ERROR_DATA, _ ("这里有不是 %s 文字的字节"),
                   encoding);
}

static gboolean
fail_nul (GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, _ ("文件里有空字节，不是文本文件"),
                  NULL, _ ("请另存为 UTF-8 的 CSV"));
}

/* Up to `size` bytes; short only at the end of the file. */
static gssize
read_all (int fd, char *buffer, gsize size)
{
  gsize have = 0;
  while (have < size)
    {
      gssize n = read (fd, buffer + have, size - have);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      have += (gsize)n;
    }
  return (gssize)have;
}

/* -------------------------------------------------------- which encoding */

/* How far the bytes are UTF-8; a character cut by the end of a sample does
 * not count against it. */
static gsize
utf8_prefix (const char *bytes, gsize length, gboolean whole)
{
  const char *end;
  if (g_utf8_validate_len (bytes, length, &end))
    return length;
  gsize rest = length - (gsize)(end - bytes);
  if (!whole && rest < 4
      && g_utf8_get_char_validated (end, (gssize)rest) == (gunichar)-2)
    return length;
  return length - rest;
}

/* The bytes of the GB18030 character at `at`, which may be more than are left;
 * 0: no such character. */
static gsize
gb18030_width (const guint8 *at, gsize left)
{
  if (at[0] < 0x80)
    return 1;
  if (at[0] == 0x80 || at[0] == 0xFF)
    return 0;
  if (left < 2)
    return 2;
  if (at[1] >= '0' && at[1] <= '9')
    return 4;
  return at[1] < 0x40 || at[1] == 0x7F || at[1] == 0xFF ? 0 : 2;
}

static gsize
gb18030_prefix (const char *bytes, gsize length, gboolean whole)
{
  gsize i = 0;
  while (i < length)
    {
      gsize width = gb18030_width ((const guint8 *)bytes + i, length - i);
      if (width == 0)
        return i;
      if (width > length - i)
        return whole ? i : length;
      i += width;
    }
  return length;
}

static const Encoding *
detect (const char *sample, gsize length, gboolean whole)
{
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (length >= encodings[i].mark
        && memcmp (sample, encodings[i].bytes, encodings[i].mark) == 0)
      return &encodings[i];
  gsize utf8 = utf8_prefix (sample, length, whole);
  if (utf8 == length || sample[utf8] == '\0')
    return &plain_utf8;
  return gb18030_prefix (sample, length, whole) > utf8 ? &plain_gb18030
                                                       : &plain_utf8;
}

/* NULL with an error: the file cannot be read. */
static const Encoding *
detect_encoding (int fd, GError **error)
{
  g_autofree char *sample = g_malloc (SAMPLE);
  gssize length = read_all (fd, sample, SAMPLE);
  if (length >= 0)
    return detect (sample, (gsize)length, length < SAMPLE);
  hx_fail (error, HX_ERROR_DATA, g_strerror (errno), NULL, NULL);
  return NULL;
}

/* --------------------------------------------------------------- opening */

static gboolean
open_converter (HxTextReader *reader, GError **error)
{
  UErrorCode status = U_ZERO_ERROR;
  if (reader->encoding->converter == NULL)
    return TRUE;
  reader->converter = ucnv_open (reader->encoding->converter, &status);
  if (U_SUCCESS (status))
    ucnv_setToUCallBack (reader->converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL,
                         NULL, &status);
  if (U_FAILURE (status))
    return hx_failf (error, HX_ERROR_DATA, _ ("系统不能读 %s 编码"),
                     reader->encoding->name);
  reader->wide = g_new (UChar, BLOCK + SLACK);
  reader->text = g_malloc ((BLOCK + SLACK) * 3);
  return TRUE;
}

HxTextReader *
hx_text_reader_open (const char *path, GError **error)
{
  struct stat status;
  g_autoptr (HxTextReader) reader = g_new0 (HxTextReader, 1);
  reader->fd = open (path, O_RDONLY | O_CLOEXEC);
  if (reader->fd < 0 || fstat (reader->fd, &status) != 0)
    {
      hx_fail (error, HX_ERROR_DATA, g_strerror (errno), NULL, NULL);
      return NULL;
    }
  reader->total = (guint64)status.st_size;
  reader->raw = g_malloc (BLOCK + SLACK);
  reader->encoding = detect_encoding (reader->fd, error);
  if (reader->encoding == NULL || !open_converter (reader, error)
      || !hx_text_reader_rewind (reader, error))
    return NULL;
  return g_steal_pointer (&reader);
}

void
hx_text_reader_free (HxTextReader *reader)
{
  if (reader == NULL)
    return;
  if (reader->fd >= 0)
    close (reader->fd);
  if (reader->converter != NULL)
    ucnv_close (reader->converter);
  g_clear_error (&reader->pending);
  g_free (reader->raw);
  g_free (reader->wide);
  g_free (reader->text);
  g_free (reader);
}

gboolean
hx_text_reader_rewind (HxTextReader *reader, GError **error)
{
  if (lseek (reader->fd, (off_t)reader->encoding->mark, SEEK_SET) < 0)
    return hx_fail (error, HX_ERROR_DATA, g_strerror (errno), NULL, NULL);
  if (reader->converter != NULL)
    ucnv_reset (reader->converter);
  g_clear_error (&reader->pending);
  reader->kept = 0;
  reader->high = 0;
  reader->ended = FALSE;
  reader->done = reader->encoding->mark;
  return TRUE;
}

const char *
hx_text_reader_encoding (const HxTextReader *reader)
{
  return reader->encoding->name;
}

/* --------------------------------------------------------------- filling */

static gboolean
read_block (HxTextReader *reader, gsize *length, GError **error)
{
  memmove (reader->raw, reader->raw + reader->kept_at, reader->kept);
  gssize n
      = read_all (reader->fd, reader->raw + reader->kept, BLOCK - reader->kept);
  if (n < 0)
    return hx_fail (error, HX_ERROR_DATA, g_strerror (errno), NULL, NULL);
  *length = reader->kept + (gsize)n;
  reader->ended = (gsize)n < BLOCK - reader->kept;
  reader->done += (guint64)n;
  reader->kept = 0;
  return TRUE;
}

static gsize
take_utf8 (HxTextReader *reader, gsize length)
{
  const char *end;
  if (g_utf8_validate_len (reader->raw, length, &end))
    return length;
  gsize good = (gsize)(end - reader->raw);
  if (utf8_prefix (reader->raw + good, length - good, reader->ended)
      == length - good)
    {
      reader->kept = length - good;
      reader->kept_at = good;
    }
  else if (*end == '\0')
    fail_nul (&reader->pending);
  else
    fail_bytes (&reader->pending, "UTF-8");
  return good;
}

static gsize
put_utf8 (char *out, gunichar c)
{
  if (c < 0x80)
    {
      *out = (char)c;
      return 1;
    }
  return (gsize)g_unichar_to_utf8 (c, out);
}

/* UTF-16 to UTF-8; stops in front of a NUL. */
static gsize
narrow (HxTextReader *reader, const UChar *end)
{
  gsize length = 0;
  for (const UChar *at = reader->wide; at < end; at++)
    {
      gunichar c = *at;
      if (c == 0)
        {
          g_clear_error (&reader->pending);
          fail_nul (&reader->pending);
          break;
        }
      if (U16_IS_LEAD (c))
        {
          reader->high = (UChar)c;
          continue;
        }
      if (U16_IS_TRAIL (c))
        c = (gunichar)U16_GET_SUPPLEMENTARY (reader->high, c);
      length += put_utf8 (reader->text + length, c);
    }
  return length;
}

static gsize
take_converted (HxTextReader *reader, gsize length)
{
  UErrorCode status = U_ZERO_ERROR;
  const char *source = reader->raw;
  UChar *target = reader->wide;
  ucnv_toUnicode (reader->converter, &target, reader->wide + BLOCK + SLACK,
                  &source, reader->raw + length, NULL, reader->ended, &status);
  if (U_FAILURE (status))
    fail_bytes (&reader->pending, reader->encoding->name);
  return narrow (reader, target);
}

gboolean
hx_text_reader_fill (HxTextReader *reader, const char **block, gsize *length,
                     GError **error)
{
  *length = 0;
  *block = "";
  while (*length == 0)
    {
      gsize raw = 0;
      if (reader->pending != NULL)
        {
          g_propagate_error (error, g_error_copy (reader->pending));
          return FALSE;
        }
      if (reader->ended)
        return TRUE;
      if (!read_block (reader, &raw, error))
        return FALSE;
      gboolean plain = reader->converter == NULL;
      *length = plain ? take_utf8 (reader, raw) : take_converted (reader, raw);
      *block = plain ? reader->raw : reader->text;
    }
  return TRUE;
}

void
hx_text_reader_progress (const HxTextReader *reader, guint64 *done,
                         guint64 *total)
{
  *done = reader->done;
  *total = reader->total;
}
