#include "check/numeral.h"

#include <string.h>

#define LETTERS_MAX 16
#define PERCENT "百分之"

/* A letter of numerals; all are of three bytes.  Asked of every letter of a
 * text. */
static gboolean
is_numeral (const char *text)
{
  static const char letters[][4]
      = { "一", "二", "两", "三", "四", "五", "六", "七", "八",
          "九", "十", "百", "千", "万", "亿", "零", "〇" };
  const guchar first = (guchar)text[0];

  if (text[1] == '\0'
      || (first != 0xE3 && first != 0xE4 && first != 0xE5 && first != 0xE7
          && first != 0xE9))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (text[2] == letters[i][2] && text[1] == letters[i][1]
        && text[0] == letters[i][0])
      return TRUE;
  return FALSE;
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
