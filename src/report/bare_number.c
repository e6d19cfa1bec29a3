/* Numbers typed by hand.
 *
 * Digits count wherever they stand.  Chinese numerals are also parts of words
 * (统一, 万元, 千家万户), so they count only in front of a measure word, and
 * a run of mere 十百千万亿 only when 十 begins it or a word such as 近 or 超
 * stands before it.
 *
 *   ordinal at a line's start   1.  2、  3)  （4）      passed over
 *   第3次, 第三次                                       passed over
 *   统一课程, 新一届, 每一名: a word, no count           passed over
 *   386, 95.06%, ３８６                                 found
 *   三百多人, 二十二个, 近万人                           found
 */
#include "report/report_internal.h"

#include <string.h>

#define ORDINAL_DIGITS_MAX 2

static const char *const measures[]
    = { "人",   "名", "位",   "个",   "次",   "场",   "项", "件", "户",
        "家",   "所", "间",   "处",   "条",   "份",   "篇", "期", "节",
        "课",   "班", "批次", "届",   "轮",   "天",   "日", "月", "年",
        "岁",   "周", "小时", "分钟", "元",   "角",   "分", "倍", "成",
        "支",   "队", "块",   "台",   "套",   "本",   "册", "张", "幅",
        "组",   "片", "街",   "村",   "平方", "公里", "米", "％", "%",
        "余人", "例", "宗",   "亩",   "吨",   "封",   "对", "笔", "门" };

static gunichar
at (const char *text, gsize offset)
{
  return g_utf8_get_char (text + offset);
}

static gsize
width (const char *text, gsize offset)
{
  return (gsize)g_utf8_skip[(guchar)text[offset]];
}

static gboolean
is_one_of (gunichar character, const char *set)
{
  return character != 0 && g_utf8_strchr (set, -1, character) != NULL;
}

static gboolean
is_digit (gunichar character)
{
  return (character >= '0' && character <= '9')
         || (character >= 0xFF10 && character <= 0xFF19);
}

static gboolean
is_unit_numeral (gunichar character)
{
  return is_one_of (character, "〇零一二两三四五六七八九十廿卅"
                               "壹贰叁肆伍陆柒捌玖拾");
}

static gboolean
is_numeral (gunichar character)
{
  return is_unit_numeral (character)
         || is_one_of (character, "百千万亿佰仟萬億");
}

static gunichar
before (const char *text, gsize offset)
{
  if (offset == 0)
    return '\n';
  do
    offset--;
  while (((guchar)text[offset] & 0xC0) == 0x80);
  return at (text, offset);
}

/* The end of digits with their points and separators: 1,234.5 */
static gsize
digits_end (const char *text, gsize from, gsize end)
{
  gsize i = from;
  gsize last = from;

  while (i < end
         && (is_digit (at (text, i)) || is_one_of (at (text, i), ".,，．")))
    {
      gboolean digit = is_digit (at (text, i));

      i += width (text, i);
      if (digit)
        last = i;
    }
  return last;
}

static gboolean
measure_follows (const char *text, gsize offset, gsize end)
{
  while (offset < end && is_one_of (at (text, offset), "多余几来 　"))
    offset += width (text, offset);
  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      gsize length = strlen (measures[i]);

      if (offset + length <= end
          && memcmp (text + offset, measures[i], length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Behind nothing but blanks and the marks of headings, lists and quotes. */
static gboolean
is_line_start (const char *text, gsize offset)
{
  while (offset > 0 && strchr ("# \t>*-+(", text[offset - 1]) != NULL)
    offset--;
  return offset == 0 || text[offset - 1] == '\n';
}

static gboolean
is_ordinal (const char *text, gsize from, gsize to, gsize end)
{
  gunichar left = before (text, from);
  gunichar right = to < end ? at (text, to) : 0;

  if (left == 0x7B2C) /* 第 */
    return TRUE;
  if (g_utf8_strlen (text + from, (gssize)(to - from)) > ORDINAL_DIGITS_MAX)
    return FALSE;
  if (left == 0xFF08) /* （ */
    return is_one_of (right, "）)")
           && is_line_start (text, from - strlen ("（"));
  return is_one_of (right, ".、)）．") && is_line_start (text, from);
}

static gboolean
is_allowed (const guint8 *allowed, gsize from, gsize to)
{
  for (gsize i = from; i < to; i++)
    {
      if (!allowed[i])
        return FALSE;
    }
  return TRUE;
}

static gsize
numerals_end (const char *text, gsize from, gsize end, gboolean *has_unit)
{
  gsize i = from;

  *has_unit = FALSE;
  while (i < end && is_numeral (at (text, i)))
    {
      *has_unit = *has_unit || is_unit_numeral (at (text, i));
      i += width (text, i);
    }
  return i;
}

/* 统一, 唯一, 新一届: the 一 of a word. */
static gboolean
is_word (const char *text, gsize from, gsize to)
{
  return to - from == strlen ("一") && at (text, from) == 0x4E00
         && is_one_of (before (text, from), "统唯单逐专同每这那另任某上下新");
}

/* The end of a number that begins at `from`, or `from` if none does; `next`
 * is where to look on. */
static gsize
number_at (const char *text, gsize from, gsize end, gsize *next)
{
  gboolean has_unit;
  gsize to;

  if (is_digit (at (text, from)))
    {
      to = *next = digits_end (text, from, end);
      return is_ordinal (text, from, to, end) ? from : to;
    }
  to = *next = numerals_end (text, from, end, &has_unit);
  if (to == from)
    {
      *next = from + width (text, from);
      return from;
    }
  if (!has_unit && !is_one_of (before (text, from), "近超过约上数逾达"))
    return from;
  if (before (text, from) == 0x7B2C || is_word (text, from, to)
      || !measure_follows (text, to, end))
    return from;
  return to;
}

gboolean
hx_bare_number_next (const char *text, gsize *start, gsize end,
                     const guint8 *allowed, gsize *length)
{
  while (*start < end)
    {
      gsize next;
      gsize to = number_at (text, *start, end, &next);

      if (to > *start && !is_allowed (allowed, *start, to))
        {
          *length = to - *start;
          return TRUE;
        }
      *start = next;
    }
  return FALSE;
}
