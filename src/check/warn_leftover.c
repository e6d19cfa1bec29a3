/* What a template leaves behind: choices not made, blanks not filled, notes
 * to whoever fills it in, examples; and words typed twice.
 *
 * The text is read once.  A letter that begins none of the words, which a
 * small filter tells, is passed at once.
 */
#include "check/warn.h"

#include <string.h>

typedef enum
{
  CHOICE,
  BLANK,
  NOTE,
  EXAMPLE,
  DOUBLE,
  REASONS
} Reason;

static const char *const messages[REASONS] = {
  N_ ("像是范本里的选择项没有删改，请只留下与实际相符的词。"),
  N_ ("像是没有填写的空白，请填上实际内容或删去。"),
  N_ ("像是范本里的填写说明，请改成实际内容或删去。"),
  N_ ("像是范本里的示例用语，请换成实际名称。"),
  N_ ("字词重复了，请删去多余的。"),
};

typedef struct
{
  const char *word;
  Reason reason;
  const char *not_before, *not_behind; /* parted by '|'; "": anything goes */
  const char *only_behind;             /* "": anything goes */
} Leftover;

/* Columns of tables and headings may name both directions. */
#define COLUMN "率|额|数|值|%|（%|（万|幅|情况|变动|变化|的情况|项目|情形"
#define OFFICE                                                                 \
  "单位|部门|局|委|办|中心|街道|镇|乡|区|市|县|项目|公司|年|学校|医院"

static const Leftover leftovers[] = {
  { "减增加", CHOICE, "缩|削|压|裁|核|增|加|递", COLUMN, "" },
  { "增减少", CHOICE, "新|净|递|加", COLUMN, "" },
  { "增加减少", CHOICE, "", COLUMN, "" },
  { "减少增加", CHOICE, "", COLUMN, "" },
  { "增长下降", CHOICE, "", COLUMN, "" },
  { "下降增长", CHOICE, "", COLUMN, "" },
  { "大小于", CHOICE, "", "", "" },
  { "小大于", CHOICE, "", "", "" },
  { "高低于", CHOICE, "", "", "" },
  { "增加/减少", CHOICE, "", COLUMN, "" },
  { "减少/增加", CHOICE, "", COLUMN, "" },
  { "增长/下降", CHOICE, "", COLUMN, "" },
  { "下降/增长", CHOICE, "", COLUMN, "" },
  { "上升/下降", CHOICE, "", COLUMN, "" },
  { "提高/降低", CHOICE, "", COLUMN, "" },
  { "大于/小于", CHOICE, "", COLUMN, "" },
  { "小于/大于", CHOICE, "", COLUMN, "" },
  { "高于/低于", CHOICE, "", COLUMN, "" },
  { "大于/等于", CHOICE, "", COLUMN, "" },
  { "增加（减少）", CHOICE, "", COLUMN, "" },
  { "减少（增加）", CHOICE, "", COLUMN, "" },
  { "增长（下降）", CHOICE, "", COLUMN, "" },
  { "下降（增长）", CHOICE, "", COLUMN, "" },
  { "增加（下降）", CHOICE, "", COLUMN, "" },
  { "增长（减少）", CHOICE, "", COLUMN, "" },
  { "上升（下降）", CHOICE, "", COLUMN, "" },
  { "大于（小于）", CHOICE, "", COLUMN, "" },
  { "小于（大于）", CHOICE, "", COLUMN, "" },
  { "大于（等于）", CHOICE, "", COLUMN, "" },
  { "高于（低于）", CHOICE, "", COLUMN, "" },
  { "增加（或减少）", CHOICE, "", COLUMN, "" },
  { "增长（或下降）", CHOICE, "", COLUMN, "" },
  { "增加或减少", CHOICE, "", COLUMN, "0|1|2|3|4|5|6|7|8|9" },
  { "增长或下降", CHOICE, "", COLUMN, "0|1|2|3|4|5|6|7|8|9" },

  { "【】", BLANK, "", "", "" },
  { "〔〕", BLANK, "", "", "" },
  { "《》", BLANK, "", "", "" },
  { "“”", BLANK, "", "", "" },
  { "（）", BLANK, "是|否|有|无", "", "万元|元|个|项|年|月|日|人|次|%" },

  { "待补充", NOTE, "亟|急|有", "的|完善|说明|和|、|资金|人员|材料", "" },
  { "待填写", NOTE, "", "", "" },
  { "待填报", NOTE, "", "", "" },
  { "（此处", NOTE, "", "", "" },
  { "此处填写", NOTE, "（", "", "" },
  { "此处插入", NOTE, "（", "", "" },
  { "点击此处", NOTE, "", "", "输入|添加|编辑" },
  { "请在此处", NOTE, "", "", "" },
  { "请在此填", NOTE, "", "", "" },
  { "（请填写", NOTE, "", "", "" },
  { "（请根据", NOTE, "", "", "" },
  { "（请说明", NOTE, "", "", "" },
  { "（请补充", NOTE, "", "", "" },
  { "（请简要", NOTE, "", "", "" },
  { "（请列举", NOTE, "", "", "" },
  { "（请详细", NOTE, "", "", "" },
  { "（请概述", NOTE, "", "", "" },
  { "（根据实际情况填写", NOTE, "", "", "" },
  { "（按实际情况填写", NOTE, "", "", "" },
  { "（据实填写", NOTE, "", "", "" },
  { "（填写", NOTE, "", "", "" },
  { "（简要说明", NOTE, "", "", "" },
  { "（如无请", NOTE, "", "", "" },
  { "（若无请", NOTE, "", "", "" },
  { "（如没有请", NOTE, "", "", "" },
  { "如无则删除", NOTE, "", "", "" },
  { "没有的请删除", NOTE, "", "", "" },
  { "暂无", NOTE, "", "",
    "，|。|；|内容|数据|资料|相关内容|相关数据|相关资料|信息|说明|\n" },

  { "某某", EXAMPLE, "某", "", OFFICE },
  { "某年某月", EXAMPLE, "", "", "" },

  { "的的", DOUBLE, "目|标", "确|士|哥|话", "" },
  { "与与", DOUBLE, "参|赠|给|授", "会|否", "" },
  { "和和", DOUBLE, "总|共|温|缓|饱|祥|平|柔|调|谐|随|宽", "美|睦|气|平|谐",
    "" },
  { "及及", DOUBLE, "普|涉|危|顾|波|触|推|埃|旁", "时|其|格|早", "" },
  { "了了", DOUBLE, "不|直|为|除|算|罢|得|极", "解|结|断|却|之|然|望|如|事",
    "" },
  { "为为", DOUBLE, "", "", "0|1|2|3|4|5|6|7|8|9" },
  { "较较", DOUBLE, "比|计", "", "" },
  { "被被", DOUBLE, "", "", "" },
  { "且且", DOUBLE, "", "", "" },
  { "万元元", DOUBLE, "", "", "" },
  { "万万元", DOUBLE, "千|百|十", "", "" },
  { "万元万元", DOUBLE, "", "", "" },
  { "%%", DOUBLE, "", "", "" },
  { "主要主要", DOUBLE, "", "", "" },
  { "其中其中", DOUBLE, "", "", "" },
  { "其中：其中", DOUBLE, "", "", "" },
  { "增加增加", DOUBLE, "", "", "" },
  { "减少减少", DOUBLE, "", "", "" },
  { "增长增长", DOUBLE, "", "", "" },
  { "下降下降", DOUBLE, "", "", "" },
  { "开展开展", DOUBLE, "", "", "" },
  { "进行进行", DOUBLE, "", "", "" },
  { "加强加强", DOUBLE, "", "", "" },
  { "由于由于", DOUBLE, "", "", "" },
  { "以及以及", DOUBLE, "", "", "" },
  { "根据根据", DOUBLE, "", "", "" },
  { "原因原因", DOUBLE, "", "", "" },
  { "相比相比", DOUBLE, "", "", "" },
  { "完成完成", DOUBLE, "", "率|情|度|预|进", "" },
  { "共计共计", DOUBLE, "", "", "" },
};

/* Letters that stand for what is to be filled in. */
static const struct
{
  const char *letter;
  guint least;
  Reason reason;
  const char *not_before, *not_behind;
} fillings[] = {
  { "X", 2, BLANK, "", "" },
  { "x", 2, BLANK, "", "" },
  { "×", 2, BLANK, "", "" },
  { "_", 2, BLANK, "签字：|签名：|盖章：|章）：|字）：|日期：|名）：", "" },
  { "○", 2, BLANK, "一|二|三|九|八", "一|二|三|四|五|六|七|八|九|年" },
};

/* -------------------------------------------------------------------- filter
 */

#define FILTER_SIZE 1024

typedef struct
{
  guint8 may[FILTER_SIZE];
} Filter;

static guint
filter_place (const char *text)
{
  const guint one = (guchar)text[0];
  const guint two = one == 0 ? 0 : (guchar)text[1];
  const guint three = one < 0xE0 || two == 0 ? 0 : (guchar)text[2];

  return (one < 0x80 ? one : one * 7 + two * 31 + three * 3) % FILTER_SIZE;
}

static void
filter_init (Filter *filter)
{
  memset (filter, 0, sizeof *filter);
  for (gsize i = 0; i < G_N_ELEMENTS (leftovers); i++)
    filter->may[filter_place (leftovers[i].word)] = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (fillings); i++)
    filter->may[filter_place (fillings[i].letter)] = 1;
}

/* --------------------------------------------------------------------- finds
 */

/* Two copies in two cells of a table are none; a letter twice at the end and
 * the beginning of a printed line is one. */
static gboolean
is_in_one_piece (const HxWords *words, gsize from, gsize until)
{
  const guint32 *origins = (const guint32 *)(gpointer)words->origins->data;
  const char *text = words->clean->str;
  const glong letters = g_utf8_strlen (text + from, (gssize)(until - from));
  const gboolean is_broken
      = letters == 2 && hx_words_is_line (words, until - (until - from) / 2);

  return origins[until - 1] - origins[from] + 1
         <= (guint32)letters + (is_broken ? 1 : 0);
}

/* The length of the word that is left there, 0 for none. */
static gsize
leftover_at (const HxWords *words, gsize at, const Leftover *leftover)
{
  const char *text = words->clean->str + at;
  const gsize length
      = text[1] == leftover->word[1] ? strlen (leftover->word) : 0;
  const gsize until = at + length;

  if (length == 0 || strncmp (text, leftover->word, length) != 0
      || hx_words_come_from (words, at, leftover->not_before)
      || hx_words_go_on (words, until, leftover->not_behind))
    return 0;
  if (*leftover->only_behind != '\0'
      && !hx_words_go_on (words, until, leftover->only_behind)
      && !(strstr (leftover->only_behind, "。") != NULL
           && hx_words_is_over (words, until)))
    return 0;
  if (leftover->reason == DOUBLE && !is_in_one_piece (words, at, until))
    return 0;
  return length;
}

static gboolean
is_code_letter (char letter)
{
  return g_ascii_isalnum (letter) || letter == '-' || letter == '.'
         || letter == '@' || letter == '/';
}

/* “X 万元”: one letter is enough before a unit. */
static gboolean
stands_for_number (const HxWords *words, gsize at, gsize until)
{
  return until == at + 1 && (words->clean->str[at] | 0x20) == 'x'
         && hx_words_go_on (words, until, "万元|年|月|日|个|项|元|人次|%");
}

static gsize
filling_at (const HxWords *words, gsize at, gsize kind)
{
  const char *text = words->clean->str;
  const char *letter = fillings[kind].letter;
  const gsize width = strlen (letter);
  gsize until = at;
  guint count = 0;

  while (strncmp (text + until, letter, width) == 0)
    {
      until += width;
      count++;
    }
  if (count == 0 || hx_words_come_from (words, at, letter)
      || (at > 0 && is_code_letter (text[at - 1]))
      || is_code_letter (text[until])
      || hx_words_come_from (words, at, fillings[kind].not_before)
      || hx_words_go_on (words, until, fillings[kind].not_behind))
    return 0;
  return count >= fillings[kind].least || stands_for_number (words, at, until)
             ? until - at
             : 0;
}

static gsize
find_at (const HxWords *words, gsize at, Reason *reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (leftovers); i++)
    {
      const gsize length = leftover_at (words, at, &leftovers[i]);

      *reason = leftovers[i].reason;
      if (length != 0)
        return length;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fillings); i++)
    {
      const gsize length = filling_at (words, at, i);

      *reason = fillings[i].reason;
      if (length != 0)
        return length;
    }
  return 0;
}

void
hx_warn_leftovers (HxSearch *search)
{
  const HxWords *words = search->reading->words;
  const char *text = words->clean->str;
  Filter filter;

  filter_init (&filter);
  for (gsize at = 0; at < words->clean->len;)
    {
      const gsize step = (gsize)g_utf8_skip[(guchar)text[at]];
      Reason reason = BLANK;
      gsize length = 0;

      if (filter.may[filter_place (text + at)])
        length = find_at (words, at, &reason);
      if (length != 0)
        hx_warning_add (search, HX_WARNING_LEFTOVER,
                        (HxSpan){ at, at + length }, _ (messages[reason]));
      at += MAX (length, step);
    }
}
