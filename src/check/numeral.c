#include "check/numeral.h"

#include <string.h>

#define LETTERS_MAX 16
#define PERCENT "百分之"

/* The letters of numerals, of three bytes each, in the order of their bytes as
 * one number: 〇一七万三两九二五亿八六十千四百零. */
static const guint32 LETTERS[]
    = { 0xE38087, 0xE4B880, 0xE4B883, 0xE4B887, 0xE4B889, 0xE4B8A4,
        0xE4B99D, 0xE4BA8C, 0xE4BA94, 0xE4BABF, 0xE585AB, 0xE585AD,
        0xE58D81, 0xE58D83, 0xE59B9B, 0xE799BE, 0xE99BB6 };

/* Asked of every letter of a text. */
static gboolean
is_numeral (const char *text)
{
  const guchar *bytes = (const guchar *)text;
  gsize at = 0;

  if (bytes[0] < 0xE3 || bytes[0] > 0xE9 || bytes[1] == 0)
    return FALSE;
  const guint32 letter
      = (guint32)bytes[0] << 16 | (guint32)bytes[1] << 8 | bytes[2];
  while (at < G_N_ELEMENTS (LETTERS) && LETTERS[at] < letter)
    at++;
  return at < G_N_ELEMENTS (LETTERS) && LETTERS[at] == letter;
}

static gsize
numerals_end (const char *text, gsize at)
{
  gsize end = at;

  while (end < at + (gsize)3 * LETTERS_MAX && is_numeral (text + end))
    end += 3;
  return end;
}

static gboolean
is_told_before (const HxWords *words, gsize at)
{
  return at >= 3
         && (is_numeral (words->clean->str + at - 3)
             || hx_words_end_with (words, 0, at, "第")
             || hx_words_end_with (words, 0, at, "数"));
}

gboolean
hx_numeral_at (const HxWords *words, gsize at, HxNumeral *numeral)
{
  const char *text = words->clean->str;
  char letters[3 * LETTERS_MAX + 1];
  gsize from = at;

  if (!is_numeral (text + at) || is_told_before (words, at))
    return FALSE;
  numeral->is_percent = strncmp (text + at, PERCENT, strlen (PERCENT)) == 0;
  if (numeral->is_percent)
    from += strlen (PERCENT);
  numeral->until = numerals_end (text, from);
  if (numeral->until == from || numeral->until - from >= sizeof letters)
    return FALSE;
  memcpy (letters, text + from, numeral->until - from);
  letters[numeral->until - from] = '\0';
  return hx_numeral_parse (letters, &numeral->value)
         && (numeral->is_percent ? numeral->value <= 10000
                                 : numeral->value >= 10);
}
