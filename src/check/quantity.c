/* Numbers out of words.
 *
 * What follows a number decides: a unit of the table makes it a quantity, a
 * word of time or order makes it none.  The longest unit wins, so that 个百分点
 * is not 个, and 万元 not 万.  万 and 亿 multiply what they stand before: 6
 * 万多 人次 are 60,000 and more 人次, 0.39 万 alone is money.
 */
#include "check/quantity.h"

#include "check/numeral.h"

#include <string.h>

#define DIGITS_MAX 15
#define BASE_EXPONENT HX_QUANTITY_PLACES
#define EXACT_DIGITS_MAX 26 /* a hundred times it in percent fits 128 bits */

typedef struct
{
  const char *word;
  HxQuantityKind kind;
  guint exponent; /* a power of ten */
} Unit;

/* -------------------------------------------------------------------- units */

static const Unit multipliers[] = {
  { "万亿", HX_QUANTITY_NONE, 12 }, { "千亿", HX_QUANTITY_NONE, 11 },
  { "百亿", HX_QUANTITY_NONE, 10 }, { "亿", HX_QUANTITY_NONE, 8 },
  { "千万", HX_QUANTITY_NONE, 7 },  { "百万", HX_QUANTITY_NONE, 6 },
  { "万", HX_QUANTITY_NONE, 4 },    { "千", HX_QUANTITY_NONE, 3 },
};

static const Unit shares[] = {
  { "个百分点", HX_QUANTITY_POINTS, 0 },
  { "百分点", HX_QUANTITY_POINTS, 0 },
  { "%", HX_QUANTITY_PERCENT, 0 },
};

/* Numbers before these are no quantities: dates, times, orders, codes. */
static const char *const not_counters[]
    = { "个月", "个工作日", "个年度", "年", "月",    "日", "号",   "时",
        "周",   "岁",       "级",     "届", "层",    "楼", "℃",    "度",
        "类）", "款）",     "项）",   "路", "弄",    "街", "单元", "版",
        "小时", "分钟",     "秒",     "天", "个小时" };

static const char *const counters[] = {
  "人次",     "批次",   "场次",   "班次",     "车次", "户次", "家次", "团组",
  "平方公里", "平方米", "立方米", "千瓦时",   "公里", "千米", "公顷", "公斤",
  "千克",     "课时",   "学时",   "台（套）", "台套", "个",   "人",   "名",
  "批",       "次",     "辆",     "台",       "套",   "项",   "户",   "家",
  "件",       "支",     "篇",     "场",       "份",   "米",   "亩",   "吨",
  "处",       "所",     "座",     "条",       "张",   "册",   "本",   "部",
  "间",       "栋",     "幢",     "艘",       "头",   "只",   "株",   "盏",
  "期",       "班",     "组",     "对",       "位",   "枚",   "幅",   "块",
  "片",       "桶",     "箱",     "瓶",       "节",   "门",   "种",   "宗",
  "起",       "例",     "分",     "床",       "类",   "款"
};

static gsize
word_at (const char *text, const char *word)
{
  gsize length = 0;

  while (word[length] != '\0' && text[length] == word[length])
    length++;
  return word[length] == '\0' ? length : 0;
}

static const Unit *
unit_at (const char *text, const Unit *units, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (word_at (text, units[i].word) != 0)
      return &units[i];
  return NULL;
}

static const char *
longest (const char *text, const char *const *list, gsize length)
{
  const char *best = NULL;

  for (gsize i = 0; i < length; i++)
    if (word_at (text, list[i]) != 0
        && (best == NULL || strlen (list[i]) > strlen (best)))
      best = list[i];
  return best;
}

/* 余, 多, 来 between a number and its unit. */
static gsize
about_at (const char *text)
{
  static const char *const words[] = { "余", "多", "来", "几" };
  const char *word = longest (text, words, G_N_ELEMENTS (words));

  return word == NULL ? 0 : strlen (word);
}

static gboolean
ends_amount (const char *text)
{
  static const char *const stops[]
      = { "，", "。", "；", "、", "（", "）", "：", "”", "\n", "的" };

  return *text == '\0' || longest (text, stops, G_N_ELEMENTS (stops)) != NULL;
}

/* --------------------------------------------------------------- the number */

/* The digits of a group behind a separator: exactly three. */
static gboolean
is_group (const char *text)
{
  return g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1])
         && g_ascii_isdigit (text[2]) && !g_ascii_isdigit (text[3]);
}

static gsize
separator_at (const char *text)
{
  const gsize wide = word_at (text, "，");

  if (*text == ',' && is_group (text + 1))
    return 1;
  return wide != 0 && is_group (text + wide) ? wide : 0;
}

/* A full-width comma parts thousands only where a fraction, another group or a
 * unit of money follows; else it parts clauses. */
static gboolean
is_thousands (const char *text, gsize separator)
{
  const char *behind = text + separator + 3;

  return separator == 1 || *behind == '.' || separator_at (behind) != 0
         || word_at (behind, "万元") != 0 || word_at (behind, "元") != 0;
}

/* Reads digits into `plain`; the length read. */
static gsize
read_number (const char *text, GString *plain)
{
  const char *p = text;

  g_string_truncate (plain, 0);
  while (g_ascii_isdigit (*p))
    g_string_append_c (plain, *p++);
  if (plain->len <= 3 && plain->str[0] != '0')
    for (gsize wide = separator_at (p); wide != 0 && is_thousands (p, wide);
         wide = separator_at (p))
      {
        g_string_append_len (plain, p + wide, 3);
        p += wide + 3;
      }
  if (*p == '.' && g_ascii_isdigit (p[1]))
    do
      g_string_append_c (plain, *p++);
    while (g_ascii_isdigit (*p));
  return (gsize)(p - text);
}

/* ------------------------------------------------------------ what surrounds
 */

static gboolean
is_code_letter (char letter)
{
  return g_ascii_isalpha (letter) || letter == '+' || letter == '.'
         || letter == '_' || letter == '#';
}

static gboolean
ends_range (const HxWords *words, gsize from)
{
  static const char *const dashes[] = { "-", "－", "—", "～", "~", "–", "至" };

  for (gsize i = 0; i < G_N_ELEMENTS (dashes); i++)
    {
      const gsize length = strlen (dashes[i]);

      if (from > length && hx_words_end_with (words, 0, from, dashes[i])
          && (g_ascii_isdigit (words->clean->str[from - length - 1])
              || words->clean->str[from - length - 1] == '%'))
        return TRUE;
    }
  return FALSE;
}

/* A letter before or behind that makes the number part of a code. */
static gboolean
is_code (const HxWords *words, gsize from, gsize until)
{
  const char *text = words->clean->str;
  static const char *const closers[] = { "】", "〕", "］", "]", "号", "/" };

  if (from > 0
      && (is_code_letter (text[from - 1])
          || hx_words_end_with (words, 0, from, "第")
          || (text[from - 1] == '-' && from > 1
              && g_ascii_isalpha (text[from - 2]))))
    return TRUE;
  return is_code_letter (text[until])
         || longest (text + until, closers, G_N_ELEMENTS (closers)) != NULL;
}

static guint
vague_before (const HxWords *words, gsize from)
{
  static const struct
  {
    const char *word;
    guint vague;
  } cues[] = {
    { "约", HX_VAGUE_ABOUT },     { "约为", HX_VAGUE_ABOUT },
    { "近", HX_VAGUE_ABOUT },     { "大约", HX_VAGUE_ABOUT },
    { "超", HX_VAGUE_BOUND },     { "超过", HX_VAGUE_BOUND },
    { "突破", HX_VAGUE_BOUND },   { "≥", HX_VAGUE_BOUND },
    { "≤", HX_VAGUE_BOUND },      { ">", HX_VAGUE_BOUND },
    { "<", HX_VAGUE_BOUND },      { "不超过", HX_VAGUE_BOUND },
    { "不低于", HX_VAGUE_BOUND }, { "不少于", HX_VAGUE_BOUND },
    { "不高于", HX_VAGUE_BOUND }, { "至少", HX_VAGUE_BOUND },
    { "最高", HX_VAGUE_BOUND },   { "单价", HX_VAGUE_BOUND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cues); i++)
    if (hx_words_end_with (words, 0, from, cues[i].word))
      return cues[i].vague;
  return ends_range (words, from) ? HX_VAGUE_RANGE : 0;
}

static guint
vague_behind (const char *text)
{
  static const struct
  {
    const char *word;
    guint vague;
  } cues[] = {
    { "以上", HX_VAGUE_BOUND },       { "以下", HX_VAGUE_BOUND },
    { "以内", HX_VAGUE_BOUND },       { "（含）以上", HX_VAGUE_BOUND },
    { "（含）以下", HX_VAGUE_BOUND }, { "左右", HX_VAGUE_ABOUT },
    { "余", HX_VAGUE_ABOUT },         { "多", HX_VAGUE_ABOUT },
    { "/", HX_VAGUE_EACH },           { "每", HX_VAGUE_EACH },
    { "-", HX_VAGUE_RANGE },          { "—", HX_VAGUE_RANGE },
    { "～", HX_VAGUE_RANGE },         { "~", HX_VAGUE_RANGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cues); i++)
    if (word_at (text, cues[i].word) != 0)
      return cues[i].vague;
  return 0;
}

/* ----------------------------------------------------------------- the unit */

/* Lengths, areas and weights are measured and rounded. */
static gboolean
is_measure (const char *counter)
{
  static const char *const measures[]
      = { "平方公里", "平方米", "立方米", "千瓦时", "公里",
          "千米",     "公顷",   "公斤",   "千克",   "米",
          "亩",       "吨",     "分",     "课时",   "学时" };

  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    if (strcmp (counter, measures[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The unit behind the number: how far it reaches, 0 for none at all. */
static gsize
read_money_or_count (const char *text, HxQuantity *quantity, guint *exponent)
{
  const char *p = text;
  const Unit *multiplier = NULL;
  const char *counter = NULL;

  p += about_at (p);
  multiplier = unit_at (p, multipliers, G_N_ELEMENTS (multipliers));
  if (multiplier != NULL)
    {
      *exponent = multiplier->exponent;
      p += strlen (multiplier->word);
      if (about_at (p) != 0)
        quantity->vague |= HX_VAGUE_ABOUT;
      p += about_at (p);
    }
  quantity->kind = HX_QUANTITY_MONEY;
  if (word_at (p, "元") != 0)
    return (gsize)(p - text) + strlen ("元");
  if (longest (p, not_counters, G_N_ELEMENTS (not_counters)) == NULL)
    counter = longest (p, counters, G_N_ELEMENTS (counters));
  if (counter != NULL)
    {
      quantity->kind = HX_QUANTITY_COUNT;
      quantity->counter = counter;
      quantity->is_counted = multiplier == NULL && !is_measure (counter);
      return (gsize)(p - text) + strlen (counter);
    }
  if (multiplier != NULL && ends_amount (p) && *exponent >= 4)
    return (gsize)(p - text);
  quantity->kind = HX_QUANTITY_NONE;
  *exponent = 0;
  return 0;
}

static void
read_unit (const char *text, HxQuantity *quantity, guint *exponent)
{
  const Unit *share = unit_at (text, shares, G_N_ELEMENTS (shares));

  *exponent = 0;
  if (share != NULL)
    {
      quantity->kind = share->kind;
      quantity->until = quantity->digits + strlen (share->word);
      return;
    }
  quantity->until
      = quantity->digits + read_money_or_count (text, quantity, exponent);
  if (quantity->until > quantity->digits && about_at (text) != 0)
    quantity->vague |= HX_VAGUE_ABOUT;
}

static HxWide
power (guint exponent)
{
  HxWide value = 1;

  while (exponent-- > 0)
    value *= 10;
  return value;
}

static gboolean
set_value (HxQuantity *quantity, const char *plain, guint exponent)
{
  HxWide last = 0;

  if (strlen (plain) > DIGITS_MAX
      || !hx_decimal_parse (plain, BASE_EXPONENT - 1, &quantity->value, NULL))
    return FALSE;
  last = power (BASE_EXPONENT - quantity->value.scale + exponent);
  quantity->exact = quantity->value.units * last;
  quantity->half = last / 2;
  quantity->one = power (BASE_EXPONENT + exponent);
  return quantity->exact < power (EXACT_DIGITS_MAX);
}

/* -------------------------------------------------------------------- scan */

/* A number without a unit counts where the words before it want one. */
static gboolean
is_wanted (const HxWords *words, const HxQuantity *quantity)
{
  static const char *const wants[]
      = { "增长", "下降", "占", "增幅", "降幅", "完成率", "执行率" };
  const char *behind = words->clean->str + quantity->until;

  if (!ends_amount (behind) || word_at (behind, "、") != 0
      || word_at (behind, "：") != 0 || word_at (behind, "的") != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (wants); i++)
    if (hx_words_end_with (words, 0, quantity->from, wants[i]))
      return TRUE;
  return quantity->value.units == 0
         && (hx_words_end_with (words, 0, quantity->from, "预算为")
             || hx_words_end_with (words, 0, quantity->from, "决算为"));
}

/* 约 13459 平方米 is no rounder than 13459. */
static gboolean
is_written_out (const HxQuantity *quantity)
{
  return quantity->value.units >= 1000 && quantity->value.units % 10 != 0;
}

static gboolean
is_quantity (const HxWords *words, HxQuantity *quantity)
{
  const char *behind = words->clean->str + quantity->until;

  if (quantity->kind == HX_QUANTITY_NONE && !is_wanted (words, quantity))
    return FALSE;
  quantity->vague |= vague_before (words, quantity->from);
  if (is_written_out (quantity))
    quantity->vague &= ~(guint)HX_VAGUE_ABOUT;
  quantity->vague |= vague_behind (behind);
  return TRUE;
}

static gboolean
is_mark (const HxWords *words, gsize from, guint *line)
{
  const GArray *lines = words->lines;
  gsize end = 0;

  while (*line < lines->len && g_array_index (lines, guint32, *line) < from)
    (*line)++;
  return *line < lines->len && g_array_index (lines, guint32, *line) == from
         && hx_words_mark (words, from, &end) != HX_MARK_NONE;
}

gboolean
hx_quantity_read (const HxWords *words, gsize from, HxQuantity *quantity)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  const char *text = words->clean->str;
  guint exponent = 0;

  *quantity = (HxQuantity){ .from = from };
  if (!g_ascii_isdigit (text[from]))
    return FALSE;
  quantity->digits = from + read_number (text + from, plain);
  read_unit (text + quantity->digits, quantity, &exponent);
  return set_value (quantity, plain->str, exponent);
}

/* A quantity in Chinese numerals, taken if there is one here; the bytes
 * passed. */
static gsize
read_told (const HxWords *words, gsize at, GArray *quantities)
{
  const char *text = words->clean->str;
  HxQuantity quantity = { .from = at };
  HxNumeral numeral = { 0, 0, FALSE };
  char plain[24];
  guint exponent = 0;

  if (!hx_numeral_at (words, at, &numeral))
    return (gsize)g_utf8_skip[(guchar)text[at]];
  quantity.digits = quantity.until = numeral.until;
  if (numeral.is_percent)
    quantity.kind = HX_QUANTITY_PERCENT;
  else
    read_unit (text + numeral.until, &quantity, &exponent);
  g_snprintf (plain, sizeof plain, "%" G_GINT64_FORMAT, numeral.value);
  if (quantity.kind != HX_QUANTITY_NONE
      && set_value (&quantity, plain, exponent)
      && is_quantity (words, &quantity))
    {
      if (numeral.is_percent)
        quantity.unit = "%";
      g_array_append_val (quantities, quantity);
    }
  return numeral.until - at;
}

GArray *
hx_quantities_scan (const HxWords *words)
{
  GArray *quantities = g_array_new (FALSE, FALSE, sizeof (HxQuantity));
  g_autoptr (GString) plain = g_string_new (NULL);
  const char *text = words->clean->str;
  guint line = 0;

  for (gsize at = 0; at < words->clean->len;)
    {
      HxQuantity quantity = { .from = at };
      guint exponent = 0;

      if (!g_ascii_isdigit (text[at]))
        {
          at += read_told (words, at, quantities);
          continue;
        }
      quantity.digits = at + read_number (text + at, plain);
      read_unit (text + quantity.digits, &quantity, &exponent);
      if (!is_code (words, at, quantity.digits) && !is_mark (words, at, &line)
          && set_value (&quantity, plain->str, exponent)
          && is_quantity (words, &quantity))
        g_array_append_val (quantities, quantity);
      at = MAX (quantity.digits, at + 1);
    }
  return quantities;
}

guint
hx_quantity_digits (const HxQuantity *quantity)
{
  guint digits = 0;

  for (gint64 units = ABS (quantity->value.units); units > 0; units /= 10)
    digits++;
  return digits;
}
