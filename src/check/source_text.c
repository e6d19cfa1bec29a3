/* Plain text.  A file is UTF-8 when all of it is; with a mark of UTF-16 it is
 * that; otherwise GB18030.
 *
 * A UTF-8 file with one wrong byte is nearly always GB18030 too, as gibberish:
 * three bytes a character make pairs.  So what is not UTF-8 but has more whole
 * characters of it than wrong bytes is taken for a damaged one.
 */
#include "check/source_internal.h"

#include <string.h>
#include <unicode/ucnv.h>

#define MOST_BYTES 3 /* of UTF-8 for one byte of any encoding */
#define SLACK 16

typedef struct
{
  const char *encoding;
  gsize length;
  const char *bytes;
} Mark;

static const Mark marks[] = {
  { "UTF-8", 3, "\xEF\xBB\xBF" },
  { "UTF-16LE", 2, "\xFF\xFE" },
  { "UTF-16BE", 2, "\xFE\xFF" },
};

/* ------------------------------------------------------------------ decoding
 */

/* Where the character begins that is none, or is NUL. */
static gsize
wrong_place (UConverter *converter, const char *bytes, gsize length)
{
  const char *at = bytes, *before = bytes;
  UErrorCode status = U_ZERO_ERROR;
  UChar32 character = 1;

  ucnv_reset (converter);
  while (at < bytes + length && U_SUCCESS (status) && character != 0)
    {
      before = at;
      character = ucnv_getNextUChar (converter, &at, bytes + length, &status);
    }
  return (gsize)(before - bytes);
}

/* The bytes of the text; -1: some are wrong. */
static gssize
convert (UConverter *converter, const char *bytes, gsize length, char *text,
         gsize room)
{
  UErrorCode status = U_ZERO_ERROR;
  const int32_t size
      = ucnv_toAlgorithmic (UCNV_UTF8, converter, text, (int32_t)room, bytes,
                            (int32_t)length, &status);

  return U_SUCCESS (status) && memchr (text, '\0', (gsize)size) == NULL ? size
                                                                        : -1;
}

char *
hx_source_decode (const char *encoding, gboolean lenient, const char *bytes,
                  gsize length, gsize *wrong)
{
  const gsize room = length * MOST_BYTES + SLACK;
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter;
  gssize size;
  char *text;

  *wrong = 0;
  if (room > G_MAXINT32)
    return NULL;
  converter = ucnv_open (encoding, &status);
  if (U_FAILURE (status))
    return NULL;
  if (!lenient)
    ucnv_setToUCallBack (converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL,
                         &status);
  text = g_malloc (room);
  size = convert (converter, bytes, length, text, room);
  if (size < 0)
    {
      *wrong = wrong_place (converter, bytes, length);
      g_clear_pointer (&text, g_free);
    }
  ucnv_close (converter);
  return text != NULL ? g_realloc (text, (gsize)size + 1) : NULL;
}

/* ------------------------------------------------------------------- errors
 */

/* Line and character are counted as far as they can be read. */
static gboolean
fail_byte (const char *encoding, const char *bytes, gsize wrong,
           const char *where, GError **error)
{
  gsize ignored;
  g_autofree char *text
      = hx_source_decode (encoding, TRUE, bytes, wrong, &ignored);
  const char *line = text != NULL ? strrchr (text, '\n') : NULL;
  g_autofree char *what = NULL;
  glong lines = 1;

  for (const char *at = text; at != NULL && *at != '\0'; at++)
    lines += *at == '\n';
  line = line != NULL ? line + 1 : text;
  what = g_strdup_printf (
      _ ("第 %ld 行第 %ld 个字起，不是 %s 编码的文字"), lines,
      line != NULL ? g_utf8_strlen (line, -1) + 1 : 1, encoding);
  return hx_fail (error, HX_ERROR_DATA, what, where,
                  _ ("请另存为 UTF-8 文本后再试"));
}

/* --------------------------------------------------------------------- plain
 */

gboolean
hx_source_leans_to_utf8 (const char *bytes, gsize length)
{
  const char *at = bytes, *const end = bytes + length;
  gsize whole = 0, wrong = 0;

  while (at < end)
    {
      const gunichar character
          = g_utf8_get_char_validated (at, (gssize)(end - at));
      const gboolean is_valid = character < (gunichar)-2;

      whole += is_valid && character >= 0x80;
      wrong += !is_valid;
      at += is_valid ? g_utf8_skip[(guchar)*at] : 1;
    }
  return whole > wrong;
}

static char *
plain_in (const char *encoding, const char *bytes, gsize length,
          const char *where, GError **error)
{
  gsize wrong;
  g_autofree char *text
      = hx_source_decode (encoding, FALSE, bytes, length, &wrong);

  if (text == NULL)
    fail_byte (encoding, bytes, wrong, where, error);
  return g_steal_pointer (&text);
}

/* Without a mark; UTF-16 has its zeros. */
static char *
plain_unmarked (const char *bytes, gsize length, const char *where,
                GError **error)
{
  const char *wrong = NULL;

  if (memchr (bytes, '\0', length) != NULL)
    {
      hx_fail (error, HX_ERROR_DATA, _ ("里面有空字节，不是文字文件"), where,
               _ ("可以读文本、网页、Word（docx）和 PDF"));
      return NULL;
    }
  if (g_utf8_validate_len (bytes, length, &wrong))
    return g_strndup (bytes, length);
  return plain_in (hx_source_leans_to_utf8 (bytes, length) ? "UTF-8"
                                                           : "GB18030",
                   bytes, length, where, error);
}

const char *
hx_source_mark (const char *bytes, gsize length, gsize *mark)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].length
        && memcmp (bytes, marks[i].bytes, marks[i].length) == 0)
      {
        *mark = marks[i].length;
        return marks[i].encoding;
      }
  *mark = 0;
  return NULL;
}

char *
hx_source_plain (const char *bytes, gsize length, const char *where,
                 GError **error)
{
  gsize mark;
  const char *encoding = hx_source_mark (bytes, length, &mark);
  g_autofree char *text = NULL;

  if (encoding != NULL)
    text = plain_in (encoding, bytes + mark, length - mark, where, error);
  else
    text = plain_unmarked (bytes, length, where, error);
  if (text != NULL && strlen (text) > HX_SOURCE_TEXT_MAX)
    {
      hx_fail (error, HX_ERROR_LIMIT, _ ("文字太长"), where,
               _ ("最多 8 MB，请分成几个文件"));
      return NULL;
    }
  return g_steal_pointer (&text);
}
