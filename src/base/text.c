/* Text as it stands in the cells of old workbooks.
 *
 * Normalising never makes a text longer (a full-width letter has three bytes,
 * its half-width form one), so it writes into a buffer of the input's size
 * without looking back.  Most bytes mean nothing to it: they are copied in
 * runs, and only the lead bytes under which spaces, marks and full-width
 * forms live are decoded. */
#include "base/base_internal.h"

#include <string.h>

#define EXCERPT_MAX 30
#define FULL_WIDTH_FIRST 0xFF01 /* ！ */
#define FULL_WIDTH_LAST 0xFF5E  /* ～ */

typedef enum
{
  KIND_LETTER,
  KIND_SPACE,
  KIND_NOTHING /* takes no room on paper */
} Kind;

typedef struct
{
  gunichar first;
  gunichar last;
  Kind kind;
} KindRange;

static const KindRange kind_ranges[] = {
  { 0x0009, 0x000D, KIND_SPACE },   { 0x0020, 0x0020, KIND_SPACE },
  { 0x0085, 0x0085, KIND_SPACE },   { 0x00A0, 0x00A0, KIND_SPACE },
  { 0x00AD, 0x00AD, KIND_NOTHING }, { 0x1680, 0x1680, KIND_SPACE },
  { 0x180E, 0x180E, KIND_NOTHING }, { 0x2000, 0x200A, KIND_SPACE },
  { 0x200B, 0x200F, KIND_NOTHING }, { 0x2028, 0x2029, KIND_SPACE },
  { 0x202A, 0x202E, KIND_NOTHING }, { 0x202F, 0x202F, KIND_SPACE },
  { 0x205F, 0x205F, KIND_SPACE },   { 0x2060, 0x2064, KIND_NOTHING },
  { 0x2066, 0x206F, KIND_NOTHING }, { 0x3000, 0x3000, KIND_SPACE },
  { 0xFEFF, 0xFEFF, KIND_NOTHING },
};

static Kind
kind_of (gunichar character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kind_ranges); i++)
    if (character <= kind_ranges[i].last)
      return character >= kind_ranges[i].first ? kind_ranges[i].kind
                                               : KIND_LETTER;
  return KIND_LETTER;
}

/* TRUE for bytes that normalising copies without a look: printing ASCII,
 * continuation bytes, leads of blocks without spaces or full-width forms. */
static inline gboolean
is_plain (guint8 byte)
{
  if (byte < 0x80)
    return byte > 0x20;
  return byte != 0xC2 && byte != 0xE1 && byte != 0xE2 && byte != 0xE3
         && byte != 0xEF;
}

/* One character from `text`, which may be invalid: then one byte of it. */
static gunichar
decode (const char *text, gsize *size)
{
  gunichar character = g_utf8_get_char_validated (text, -1);

  if (character == (gunichar)-1 || character == (gunichar)-2)
    {
      *size = 1;
      return G_MAXUINT32;
    }
  *size = (guint8)g_utf8_skip[(guint8)*text];
  return character;
}

/* A run of plain bytes, or one character of the rest. */
static char *
put (char *end, const char *text, gsize size, gunichar character)
{
  if (character >= FULL_WIDTH_FIRST && character <= FULL_WIDTH_LAST)
    {
      *end = (char)(character - FULL_WIDTH_FIRST + '!');
      return end + 1;
    }
  memcpy (end, text, size);
  return end + size;
}

static gsize
normalise (const char *text, char *out)
{
  char *end = out;
  gboolean space = FALSE;

  for (gsize size = 0; *text != '\0'; text += size)
    {
      gunichar character = 0;
      Kind kind = KIND_LETTER;

      for (size = 0; is_plain ((guint8)text[size]);)
        size++;
      if (size == 0)
        {
          character = decode (text, &size);
          kind = kind_of (character);
        }
      if (kind == KIND_SPACE)
        space = end > out;
      if (kind != KIND_LETTER)
        continue;
      if (space)
        *end++ = ' ';
      space = FALSE;
      end = put (end, text, size, character);
    }
  *end = '\0';
  return (gsize)(end - out);
}

gboolean
hx_text_is_valid (const char *text, gssize length)
{
  return g_utf8_validate (text, length, NULL);
}

char *
hx_text_normalise (const char *text)
{
  char *out;

  if (text == NULL)
    return NULL;
  out = g_malloc (strlen (text) + 1);
  normalise (text, out);
  return out;
}

void
hx_text_normalise_into (const char *text, GString *out)
{
  gsize size = text == NULL ? 0 : strlen (text);

  g_string_set_size (out, size);
  if (size > 0)
    g_string_truncate (out, normalise (text, out->str));
}

gboolean
hx_text_normalise_short (const char *text, char *buffer, gsize size)
{
  if (text == NULL || strnlen (text, size) == size)
    return FALSE;
  normalise (text, buffer);
  return TRUE;
}

char *
hx_text_trim (const char *text)
{
  const char *end;
  gsize size;

  if (text == NULL)
    return NULL;
  while (*text != '\0' && kind_of (decode (text, &size)) != KIND_LETTER)
    text += size;
  end = text + strlen (text);
  while (end > text)
    {
      const char *last = g_utf8_find_prev_char (text, end);

      if (last == NULL || kind_of (decode (last, &size)) == KIND_LETTER
          || last + size != end)
        break;
      end = last;
    }
  return g_strndup (text, (gsize)(end - text));
}

static gboolean
is_one_of (gunichar character, const char *characters)
{
  return character <= 0x10FFFF
         && g_utf8_strchr (characters, -1, character) != NULL;
}

static char *
column_key (const char *label, gboolean keep_brackets)
{
  g_autofree char *plain = hx_text_normalise (label);
  GString *key = g_string_new (NULL);
  guint depth = 0;
  gsize size;

  for (const char *at = plain; *at != '\0'; at += size)
    {
      gunichar character = decode (at, &size);

      if (is_one_of (character, "([{【〔〖"))
        depth++;
      else if (is_one_of (character, ")]}】〕〗"))
        depth -= depth > 0;
      else if ((depth == 0 || keep_brackets) && !is_one_of (character, " *:※∶"))
        g_string_append_len (key, at, (gssize)size);
    }
  g_string_ascii_down (key);
  return g_string_free (key, FALSE);
}

char *
hx_text_column_key (const char *label)
{
  char *key;

  if (label == NULL)
    return NULL;
  key = column_key (label, FALSE);
  if (*key != '\0')
    return key;
  g_free (key);
  return column_key (label, TRUE);
}

gsize
hx_text_characters (const char *text)
{
  gsize count = 0, size;

  for (; text != NULL && *text != '\0'; text += size, count++)
    decode (text, &size);
  return count;
}

char *
hx_excerpt (const char *text)
{
  GString *excerpt = g_string_new (NULL);
  gsize size;

  for (gsize count = 0; text != NULL && *text != '\0'; text += size)
    {
      gunichar character = decode (text, &size);

      if (count++ == EXCERPT_MAX)
        {
          g_string_append (excerpt, "…");
          break;
        }
      g_string_append_unichar (excerpt,
                               character <= 0x10FFFF ? character : 0xFFFD);
    }
  return g_string_free (excerpt, FALSE);
}
