#include "check/numeral.h"

#include <string.h>

#define LETTERS_MAX 16
#define PERCENT "百分之"

/* A letter of numerals; all are of three bytes.  Asked of every letter of a
 * text, so told by its bytes as one number. */
static gboolean
is_numeral (const char *text)
{
  const guchar *bytes = (const guchar *)text;

  if (bytes[0] < 0xE3 || bytes[1] == 0)
    return FALSE;
  switch ((guint)bytes[0] << 16 | (guint)bytes[1] << 8 | bytes[2])
    {
    case 0xE38087: /* 〇 */
    case 0xE4B880: /* 一 */
    case 0xE4B883: /* 七 */
    case 0xE4B887: /* 万 */
    case 0xE4B889: /* 三 */
    case 0xE4B8A4: /* 两 */
    case 0xE4B99D: /* 九 */
    case 0xE4BA8C: /* 二 */
    case 0xE4BA94: /* 五 */
    case 0xE4BABF: /* 亿 */
    case 0xE585AB: /* 八 */
    case 0xE585AD: /* 六 */
    case 0xE58D81: /* 十 */
    case 0xE58D83: /* 千 */
    case 0xE59B9B: /* 四 */
    case 0xE799BE: /* 百 */
    case 0xE99BB6: /* 零 */
      return TRUE;
    default:
      return FALSE;
    }
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
