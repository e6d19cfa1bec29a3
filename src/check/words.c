#include "check/words.h"

#include <string.h>

#define HEADING_LETTERS_MAX 32

/* ------------------------------------------------------------------ letters */

static gunichar
half_width (gunichar letter)
{
  if (letter >= 0xFF01 && letter <= 0xFF5E && letter != 0xFF0C
      && letter != 0xFF1B && letter != 0xFF1A && letter != 0xFF01
      && letter != 0xFF1F && letter != 0xFF08 && letter != 0xFF09)
    return letter - 0xFEE0;
  return letter;
}

/* Brackets and stops have one form, whatever hand typed them. */
static gunichar
plain (gunichar letter)
{
  switch (letter)
    {
    case '(':
      return 0xFF08;
    case ')':
      return 0xFF09;
    case ';':
      return 0xFF1B;
    case ':':
      return 0xFF1A;
    case 0xFE6A:
      return '%';
    default:
      return half_width (letter);
    }
}

static gboolean
is_blank (gunichar letter)
{
  return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n'
         || letter == 0xA0 || letter == 0x3000 || letter == 0xFEFF
         || (letter >= 0x2000 && letter <= 0x200F) || letter == 0x2028;
}

static gboolean
is_numeric (gunichar letter)
{
  return (letter < 128 && g_ascii_isalnum ((char)letter)) || letter == '.';
}

static void
put (HxWords *words, gunichar letter, guint32 origin)
{
  const guint32 origins[6] = { origin, origin, origin, origin, origin, origin };
  char bytes[6];
  const int width = g_unichar_to_utf8 (letter, bytes);

  g_string_append_len (words->clean, bytes, width);
  g_array_append_vals (words->origins, origins, (guint)width);
}

/* -------------------------------------------------------------------- lines */

static gboolean
is_one_of (const char *letters, gunichar letter)
{
  return letter != 0 && g_utf8_strchr (letters, -1, letter) != NULL;
}

#define NUMERALS "一二三四五六七八九十"

static const char *
skip_numerals (const char *text)
{
  while (is_one_of (NUMERALS, g_utf8_get_char (text)))
    text += g_utf8_skip[(guchar)*text];
  return text;
}

static const char *
skip_digits (const char *text)
{
  while (g_ascii_isdigit (*text))
    text++;
  return text;
}

static const char *
skip_word (const char *text, const char *word)
{
  const gsize length = strlen (word);

  return strncmp (text, word, length) == 0 ? text + length : NULL;
}

/* （一） or （1） */
static HxMark
bracket_mark (const char *text, const char **end)
{
  const char *inside = skip_word (text, "（");
  const char *p = NULL;

  if (inside == NULL)
    return HX_MARK_NONE;
  p = skip_numerals (inside);
  if (p > inside && (*end = skip_word (p, "）")) != NULL)
    return HX_MARK_SECTION;
  p = skip_digits (inside);
  if (p > inside && p - inside <= 2 && (*end = skip_word (p, "）")) != NULL)
    return HX_MARK_POINT;
  return HX_MARK_NONE;
}

static HxMark
digit_mark (const char *text, const char **end)
{
  const char *p = skip_digits (text);

  if (p == text || p - text > 2)
    return HX_MARK_NONE;
  if (p[0] == ' ' && p[1] == '.')
    p++;
  if ((*end = skip_word (p, "）")) != NULL)
    return HX_MARK_POINT;
  if ((*end = skip_word (p, "、")) != NULL)
    return HX_MARK_ITEM;
  if (*p == '.' && !g_ascii_isdigit (p[1]))
    {
      *end = p + 1;
      return HX_MARK_ITEM;
    }
  return HX_MARK_NONE;
}

HxMark
hx_words_mark (const HxWords *words, gsize from, gsize *end)
{
  const char *text
      = words->clean->str + from + (words->clean->str[from] == ' ');
  const char *p = skip_numerals (text);
  const char *behind = NULL;
  HxMark mark = HX_MARK_NONE;

  if (p > text && p - text <= 9 && (behind = skip_word (p, "、")) != NULL)
    mark = HX_MARK_CHAPTER;
  if (mark == HX_MARK_NONE)
    mark = bracket_mark (text, &behind);
  if (mark == HX_MARK_NONE)
    mark = digit_mark (text, &behind);
  if (mark != HX_MARK_NONE)
    *end = (gsize)(behind - words->clean->str);
  return mark;
}

/* The line [from, end of clean) just read is a heading that stands alone. */
static gboolean
is_heading (const HxWords *words, gsize from)
{
  gsize behind = 0;
  const HxMark mark = hx_words_mark (words, from, &behind);
  const char *line = words->clean->str + from;

  return (mark == HX_MARK_CHAPTER || mark == HX_MARK_SECTION)
         && g_utf8_strlen (line, -1) <= HEADING_LETTERS_MAX
         && strpbrk (line, "0123456789") == NULL && strstr (line, "，") == NULL
         && strstr (line, "。") == NULL;
}

static void
end_line (HxWords *words, guint32 origin)
{
  guint32 from = words->lines->len == 0 ? 0
                                        : g_array_index (words->lines, guint32,
                                                         words->lines->len - 1);

  if (from == words->clean->len)
    return;
  if (is_heading (words, from))
    put (words, '\n', origin);
  from = (guint32)words->clean->len;
  g_array_append_val (words->lines, from);
}

static gunichar
last_letter (const HxWords *words)
{
  const GString *clean = words->clean;

  return clean->len == 0 ? 0 : (guchar)clean->str[clean->len - 1];
}

/* A half-width comma that does not stand between digits parts clauses. */
static gboolean
is_stop (const char *text, const char *p)
{
  return *p == ','
         && !(p > text && g_ascii_isdigit (p[-1]) && g_ascii_isdigit (p[1]));
}

/* Nothing runs into a cell or out of it. */
static void
end_piece (HxWords *words, guint32 origin)
{
  guint32 from = 0;

  if (words->clean->len == 0 || last_letter (words) == '\n')
    return;
  put (words, '\n', origin);
  from = (guint32)words->clean->len;
  g_array_append_val (words->lines, from);
}

/* `cell` is the first that does not end before this character. */
static void
pass_cells (HxWords *words, const GArray *cells, guint *cell, guint32 origin)
{
  while (*cell < cells->len)
    {
      const HxSourceCell *next = &g_array_index (cells, HxSourceCell, *cell);
      const gsize end = next->offset + next->length;

      if (origin < next->offset)
        return;
      if (origin == next->offset || origin >= end)
        end_piece (words, origin);
      if (origin < end)
        return;
      ++*cell;
    }
}

HxWords *
hx_words_new (const HxSource *source)
{
  HxWords *words = g_new0 (HxWords, 1);
  guint32 origin = 0;
  guint cell = 0;
  gboolean was_blank = FALSE;

  words->clean = g_string_sized_new (strlen (source->text) + 1);
  words->origins = g_array_new (FALSE, FALSE, sizeof (guint32));
  words->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  words->steps = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (words->lines, origin);
  for (const char *p = source->text; *p != '\0'; p += g_utf8_skip[(guchar)*p])
    {
      const gunichar letter
          = is_stop (source->text, p) ? 0xFF0C : plain (g_utf8_get_char (p));
      const guint32 step = (guint32)(p - source->text);

      g_array_append_val (words->steps, step);
      pass_cells (words, source->cells, &cell, origin);
      if (letter == '\n')
        end_line (words, origin);
      if (!is_blank (letter))
        {
          if (was_blank && is_numeric (letter)
              && is_numeric (last_letter (words)))
            put (words, ' ', origin);
          put (words, letter, origin);
        }
      was_blank = is_blank (letter);
      origin++;
    }
  end_line (words, origin);
  g_array_append_val (words->origins, origin);
  origin = (guint32)strlen (source->text);
  g_array_append_val (words->steps, origin);
  return words;
}

void
hx_words_free (HxWords *words)
{
  if (words == NULL)
    return;
  g_string_free (words->clean, TRUE);
  g_array_unref (words->origins);
  g_array_unref (words->lines);
  g_array_unref (words->steps);
  g_free (words);
}

/* ------------------------------------------------------------------- search */

gsize
hx_words_byte (const HxWords *words, gsize character)
{
  const guint32 *origins = (const guint32 *)(gpointer)words->origins->data;
  gsize low = 0;
  gsize high = words->clean->len;

  while (low < high)
    {
      const gsize middle = low + (high - low) / 2;

      if (origins[middle] < character)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
hx_words_end_with (const HxWords *words, gsize from, gsize until,
                   const char *suffix)
{
  const gsize length = strlen (suffix);

  return until - from >= length
         && memcmp (words->clean->str + until - length, suffix, length) == 0;
}

gsize
hx_words_search (const HxWords *words, gsize from, gsize until,
                 const char *part)
{
  const char *found
      = memmem (words->clean->str + from, until - from, part, strlen (part));

  return found == NULL ? G_MAXSIZE : (gsize)(found - words->clean->str);
}

gsize
hx_words_search_last (const HxWords *words, gsize from, gsize until,
                      const char *part)
{
  gsize found = G_MAXSIZE;
  gsize at = from;

  while ((at = hx_words_search (words, at, until, part)) != G_MAXSIZE)
    found = at++;
  return found;
}

char *
hx_words_original (const HxWords *words, const HxSource *source, gsize from,
                   gsize until)
{
  const guint32 *origins = (const guint32 *)(gpointer)words->origins->data;
  const guint32 *steps = (const guint32 *)(gpointer)words->steps->data;
  const guint32 first = steps[origins[from]];
  const guint32 behind = steps[origins[until - 1] + 1];

  return g_strndup (source->text + first, behind - first);
}
