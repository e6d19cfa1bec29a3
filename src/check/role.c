/* The words that lead to a figure, and what they make of it.
 *
 * The lead of “与 2023 年度相比，财政拨款支出比上年减少 12.30 万元” is
 * “财政拨款支出比上年减少”: its end is the cue (减少: a change, downwards),
 * what stands before 比 is the name.  The longest cue that ends the lead wins.
 */
#include "check/role.h"

#include <string.h>

typedef struct
{
  const char *word;
  gsize length;
  HxTermRole role;
  int sign;
} Cue;

/* Of amounts, by the end of the lead. */
static const Cue amount_cues[] = {
  { "增加", sizeof "增加" - 1, HX_TERM_DELTA, 1 },
  { "净增加", sizeof "净增加" - 1, HX_TERM_DELTA, 1 },
  { "净增", sizeof "净增" - 1, HX_TERM_DELTA, 1 },
  { "增收", sizeof "增收" - 1, HX_TERM_DELTA, 1 },
  { "增支", sizeof "增支" - 1, HX_TERM_DELTA, 1 },
  { "多收", sizeof "多收" - 1, HX_TERM_DELTA, 1 },
  { "多支", sizeof "多支" - 1, HX_TERM_DELTA, 1 },
  { "多", sizeof "多" - 1, HX_TERM_DELTA, 1 },
  { "增长", sizeof "增长" - 1, HX_TERM_DELTA, 1 },
  { "增", sizeof "增" - 1, HX_TERM_DELTA, 1 },
  { "提高", sizeof "提高" - 1, HX_TERM_DELTA, 1 },
  { "上升", sizeof "上升" - 1, HX_TERM_DELTA, 1 },
  { "增加了", sizeof "增加了" - 1, HX_TERM_DELTA, 1 },
  { "减少", sizeof "减少" - 1, HX_TERM_DELTA, -1 },
  { "减收", sizeof "减收" - 1, HX_TERM_DELTA, -1 },
  { "减支", sizeof "减支" - 1, HX_TERM_DELTA, -1 },
  { "少收", sizeof "少收" - 1, HX_TERM_DELTA, -1 },
  { "少支", sizeof "少支" - 1, HX_TERM_DELTA, -1 },
  { "少", sizeof "少" - 1, HX_TERM_DELTA, -1 },
  { "下降", sizeof "下降" - 1, HX_TERM_DELTA, -1 },
  { "降低", sizeof "降低" - 1, HX_TERM_DELTA, -1 },
  { "减", sizeof "减" - 1, HX_TERM_DELTA, -1 },
  { "压减", sizeof "压减" - 1, HX_TERM_DELTA, -1 },
  { "净减少", sizeof "净减少" - 1, HX_TERM_DELTA, -1 },
  { "净减", sizeof "净减" - 1, HX_TERM_DELTA, -1 },
  { "合计", sizeof "合计" - 1, HX_TERM_TOTAL, 0 },
  { "总计", sizeof "总计" - 1, HX_TERM_TOTAL, 0 },
  { "共计", sizeof "共计" - 1, HX_TERM_TOTAL, 0 },
  { "总额", sizeof "总额" - 1, HX_TERM_TOTAL, 0 },
  { "总量", sizeof "总量" - 1, HX_TERM_TOTAL, 0 },
  { "结转下年", sizeof "结转下年" - 1, HX_TERM_BALANCE, 0 },
  { "总收入", sizeof "总收入" - 1, HX_TERM_TOTAL, 0 },
  { "总支出", sizeof "总支出" - 1, HX_TERM_TOTAL, 0 },
  { "结余", sizeof "结余" - 1, HX_TERM_BALANCE, 0 },
  { "结转", sizeof "结转" - 1, HX_TERM_BALANCE, 0 },
  { "结转结余", sizeof "结转结余" - 1, HX_TERM_BALANCE, 0 },
  { "结转和结余", sizeof "结转和结余" - 1, HX_TERM_BALANCE, 0 },
  { "未分", sizeof "未分" - 1, HX_TERM_BALANCE, 0 },
  { "剩余", sizeof "剩余" - 1, HX_TERM_BALANCE, 0 },
  { "尚有", sizeof "尚有" - 1, HX_TERM_BALANCE, 0 },
  { "余额", sizeof "余额" - 1, HX_TERM_VALUE, 0 },
  { "上年结余", sizeof "上年结余" - 1, HX_TERM_VALUE, 0 },
  { "上年结转", sizeof "上年结转" - 1, HX_TERM_VALUE, 0 },
  { "年初结余", sizeof "年初结余" - 1, HX_TERM_VALUE, 0 },
  { "上年结转结余", sizeof "上年结转结余" - 1, HX_TERM_VALUE, 0 },
  { "上年结转和结余", sizeof "上年结转和结余" - 1, HX_TERM_VALUE, 0 },
  { "年初结转和结余", sizeof "年初结转和结余" - 1, HX_TERM_VALUE, 0 },
  { "年初结转结余", sizeof "年初结转结余" - 1, HX_TERM_VALUE, 0 },
  { "上年为", sizeof "上年为" - 1, HX_TERM_PREVIOUS, 0 },
  { "上年", sizeof "上年" - 1, HX_TERM_PREVIOUS, 0 },
  { "上年数", sizeof "上年数" - 1, HX_TERM_PREVIOUS, 0 },
  { "上年同期", sizeof "上年同期" - 1, HX_TERM_PREVIOUS, 0 },
  { "去年同期", sizeof "去年同期" - 1, HX_TERM_PREVIOUS, 0 },
  { "每人", sizeof "每人" - 1, HX_TERM_OTHER, 0 },
  { "人均", sizeof "人均" - 1, HX_TERM_OTHER, 0 },
  { "标准", sizeof "标准" - 1, HX_TERM_OTHER, 0 },
  { "单价", sizeof "单价" - 1, HX_TERM_OTHER, 0 },
  { "新增", sizeof "新增" - 1, HX_TERM_VALUE, 0 },
};

/* Of percentages, by the end of the lead. */
static const Cue rate_cues[] = {
  { "增长", sizeof "增长" - 1, HX_TERM_GROWTH, 1 },
  { "增加", sizeof "增加" - 1, HX_TERM_GROWTH, 1 },
  { "增幅", sizeof "增幅" - 1, HX_TERM_GROWTH, 1 },
  { "增", sizeof "增" - 1, HX_TERM_GROWTH, 1 },
  { "上升", sizeof "上升" - 1, HX_TERM_GROWTH, 1 },
  { "提高", sizeof "提高" - 1, HX_TERM_GROWTH, 1 },
  { "提升", sizeof "提升" - 1, HX_TERM_GROWTH, 1 },
  { "上涨", sizeof "上涨" - 1, HX_TERM_GROWTH, 1 },
  { "涨幅", sizeof "涨幅" - 1, HX_TERM_GROWTH, 1 },
  { "涨", sizeof "涨" - 1, HX_TERM_GROWTH, 1 },
  { "升", sizeof "升" - 1, HX_TERM_GROWTH, 1 },
  { "多", sizeof "多" - 1, HX_TERM_GROWTH, 1 },
  { "增速", sizeof "增速" - 1, HX_TERM_GROWTH, 1 },
  { "增长率", sizeof "增长率" - 1, HX_TERM_GROWTH, 1 },
  { "净增长", sizeof "净增长" - 1, HX_TERM_GROWTH, 1 },
  { "增加率", sizeof "增加率" - 1, HX_TERM_GROWTH, 1 },
  { "减少率", sizeof "减少率" - 1, HX_TERM_GROWTH, -1 },
  { "下降率", sizeof "下降率" - 1, HX_TERM_GROWTH, -1 },
  { "下降", sizeof "下降" - 1, HX_TERM_GROWTH, -1 },
  { "减少", sizeof "减少" - 1, HX_TERM_GROWTH, -1 },
  { "降幅", sizeof "降幅" - 1, HX_TERM_GROWTH, -1 },
  { "减幅", sizeof "减幅" - 1, HX_TERM_GROWTH, -1 },
  { "降低", sizeof "降低" - 1, HX_TERM_GROWTH, -1 },
  { "降", sizeof "降" - 1, HX_TERM_GROWTH, -1 },
  { "跌", sizeof "跌" - 1, HX_TERM_GROWTH, -1 },
  { "下跌", sizeof "下跌" - 1, HX_TERM_GROWTH, -1 },
  { "减", sizeof "减" - 1, HX_TERM_GROWTH, -1 },
  { "少", sizeof "少" - 1, HX_TERM_GROWTH, -1 },
  { "下滑", sizeof "下滑" - 1, HX_TERM_GROWTH, -1 },
  { "回落", sizeof "回落" - 1, HX_TERM_GROWTH, -1 },
  { "负增长", sizeof "负增长" - 1, HX_TERM_GROWTH, -1 },
  { "缩减", sizeof "缩减" - 1, HX_TERM_GROWTH, -1 },
  { "压减", sizeof "压减" - 1, HX_TERM_GROWTH, -1 },
  { "完成率", sizeof "完成率" - 1, HX_TERM_DONE, 0 },
  { "执行率", sizeof "执行率" - 1, HX_TERM_DONE, 0 },
  { "支付率", sizeof "支付率" - 1, HX_TERM_DONE, 0 },
  { "支出率", sizeof "支出率" - 1, HX_TERM_DONE, 0 },
  { "分配率", sizeof "分配率" - 1, HX_TERM_DONE, 0 },
  { "使用率", sizeof "使用率" - 1, HX_TERM_DONE, 0 },
  { "支出进度", sizeof "支出进度" - 1, HX_TERM_DONE, 0 },
  { "执行进度", sizeof "执行进度" - 1, HX_TERM_DONE, 0 },
  { "占比", sizeof "占比" - 1, HX_TERM_SHARE, 0 },
  { "比重", sizeof "比重" - 1, HX_TERM_SHARE, 0 },
};

/* Words between a cue and the figure that say nothing. */
static const char *const fillers[]
    = { "为", "是",   "了", "达", "达到", "到", "共",   "约",   "近", "超过",
        "超", "突破", "：", "仅", "只有", "均", "分别", "依次", "都" };

/* ------------------------------------------------------------------ helpers */

static gsize
strip_one (const HxWords *words, HxSpan lead)
{
  gsize best = 0;

  if (hx_words_end_with (words, lead.from, lead.until, "人均"))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (fillers); i++)
    if (hx_words_end_with (words, lead.from, lead.until, fillers[i]))
      best = MAX (best, strlen (fillers[i]));
  return best;
}

/* “下降（增长）”: what the bracket adds is not the cue. */
static HxSpan
strip_bracket (const HxWords *words, HxSpan lead)
{
  gsize open = 0;

  if (!hx_words_end_with (words, lead.from, lead.until, "）"))
    return lead;
  open = hx_words_search_last (words, lead.from, lead.until, "（");
  if (open != G_MAXSIZE && open > lead.from)
    lead.until = open;
  return lead;
}

static HxSpan
strip_fillers (const HxWords *words, HxSpan lead)
{
  for (gsize width = strip_one (words, lead); width != 0;
       width = strip_one (words, lead))
    lead.until -= width;
  return lead;
}

static const Cue *
cue_of (const HxWords *words, HxSpan lead, const Cue *cues, gsize length)
{
  const char *end = words->clean->str + lead.until;
  const gsize room = lead.until - lead.from;
  const Cue *best = NULL;
  gsize longest = 0;

  for (gsize i = 0; i < length; i++)
    if (cues[i].length <= room && cues[i].length > longest
        && memcmp (end - cues[i].length, cues[i].word, cues[i].length) == 0)
      {
        best = &cues[i];
        longest = best->length;
      }
  return best;
}

/* -------------------------------------------------------------------- names */

static gsize
first_of (const HxWords *words, HxSpan span, const char *const *list)
{
  gsize first = G_MAXSIZE;

  for (; *list != NULL; list++)
    first = MIN (first, hx_words_search (words, span.from, span.until, *list));
  return first;
}

/* What a comparison adds is no part of the name. */
static HxSpan
without_comparison (const HxWords *words, HxSpan name)
{
  static const char *const comparisons[]
      = { "同比", "对比", "比",   "较",     "同期",   "与2",
          "与上", "与去", "与年", "与预算", "和上年", NULL };
  const gsize at = first_of (words, name, comparisons);

  if (at != G_MAXSIZE)
    name.until = at;
  return name;
}

static HxSpan
without_front (const HxWords *words, HxSpan name)
{
  static const char *const fronts[]
      = { "其中", "当中", "加上", "加", "另有", "本年", "当年", "全年", "（" };
  gboolean is_changed = TRUE;

  while (is_changed)
    {
      is_changed = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (fronts); i++)
        {
          const gsize length = strlen (fronts[i]);

          if (name.until - name.from > length
              && memcmp (words->clean->str + name.from, fronts[i], length) == 0
              && strncmp (words->clean->str + name.from, "加上级", 9) != 0)
            {
              name.from += length;
              is_changed = TRUE;
            }
        }
    }
  return name;
}

static HxSpan
without_end (const HxWords *words, HxSpan name)
{
  static const char *const ends[]
      = { "年初预算", "全年预算", "调整预算", "预算数", "支出决算",
          "决算数",   "决算",     "执行数",   "数",     "预算安排",
          "累计",     "预算",     "”",        "实际",   "（类）",
          "（款）",   "（项）",   "科目",     "完成",   "累计完成" };
  gboolean is_changed = TRUE;

  while (is_changed)
    {
      is_changed = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
        if (hx_words_end_with (words, name.from, name.until, ends[i]))
          {
            name.until -= strlen (ends[i]);
            is_changed = TRUE;
          }
    }
  return name;
}

/* A year at the head of a name, as in “2024年度收入支出总计”. */
static HxSpan
without_year (const HxWords *words, HxSpan name)
{
  const gsize at = hx_words_search_last (words, name.from, name.until, "年");
  const char *behind = NULL;

  if (at == G_MAXSIZE || at < name.from + 4
      || !g_ascii_isdigit (words->clean->str[at - 1]))
    return name;
  behind = words->clean->str + at + strlen ("年");
  if (strncmp (behind, "度", strlen ("度")) == 0)
    behind += strlen ("度");
  name.from = (gsize)(behind - words->clean->str);
  return name;
}

static int
year_of (const HxWords *words, HxSpan lead)
{
  const char *text = words->clean->str;

  for (gsize at = lead.from; at + 4 < lead.until; at++)
    if ((text[at] == '1' || text[at] == '2') && g_ascii_isdigit (text[at + 1])
        && g_ascii_isdigit (text[at + 2]) && g_ascii_isdigit (text[at + 3])
        && strncmp (text + at + 4, "年", strlen ("年")) == 0)
      return (int)g_ascii_strtoll (text + at, NULL, 10);
  return 0;
}

/* -------------------------------------------------------------------- rates */

/* 占年初预算, 占任务数: what was done of it, no share of a whole. */
static gboolean
is_goal (const HxWords *words, HxSpan base)
{
  static const char *const goals[]
      = { "年初预算", "年初预算数", "调整预算", "调整预算数", "调整后预算",
          "全年预算", "全年预算数", "预算数",   "任务",       "任务数",
          "计划",     "计划数",     "目标",     "目标数",     "代编预算" };

  for (gsize i = 0; i < G_N_ELEMENTS (goals); i++)
    if (hx_words_end_with (words, base.from, base.until, goals[i]))
      return TRUE;
  return base.until - base.from == strlen ("预算")
         && hx_words_end_with (words, base.from, base.until, "预算");
}

/* “占本年支出合计的”: the base between the word and 的. */
static gboolean
read_base (const HxWords *words, HxTerm *term, const char *word,
           HxTermRole role)
{
  static const char *const ends[]
      = { "的", "比重", "比例", "百分比", "比", "之" };
  const gsize at
      = hx_words_search_last (words, term->lead.from, term->lead.until, word);
  HxSpan base = { 0, term->lead.until };
  gboolean is_changed = TRUE;

  if (at == G_MAXSIZE)
    return FALSE;
  base.from = at + strlen (word);
  base = strip_fillers (words, base);
  while (is_changed)
    {
      is_changed = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
        if (hx_words_end_with (words, base.from, base.until, ends[i]))
          {
            base.until -= strlen (ends[i]);
            is_changed = TRUE;
          }
    }
  term->role
      = role == HX_TERM_SHARE && is_goal (words, base) ? HX_TERM_DONE : role;
  term->base = without_front (words, without_year (words, base));
  if (role == HX_TERM_SHARE)
    term->name = without_front (
        words, without_end (words, (HxSpan){ term->lead.from, at }));
  return TRUE;
}

static gboolean
ends_with_of (const HxWords *words, HxSpan lead)
{
  return hx_words_end_with (words, lead.from, lead.until, "的")
         || hx_words_end_with (words, lead.from, lead.until, "的比重为")
         || hx_words_end_with (words, lead.from, lead.until, "的比例为");
}

/* “在一般公共预算支出里占”: the base stands before the word. */
static void
read_base_before (const HxWords *words, HxTerm *term)
{
  const gsize in
      = hx_words_search (words, term->lead.from, term->lead.until, "在");
  const gsize until
      = hx_words_search_last (words, term->lead.from, term->lead.until, "里");

  if (in == G_MAXSIZE || until == G_MAXSIZE || in >= until
      || term->base.from != term->base.until)
    return;
  term->base = (HxSpan){ in + strlen ("在"), until };
  term->name = (HxSpan){ in, in };
}

static void
read_rate (const HxWords *words, HxTerm *term)
{
  const HxSpan lead = strip_fillers (words, strip_bracket (words, term->lead));
  const Cue *cue = cue_of (words, lead, rate_cues, G_N_ELEMENTS (rate_cues));

  term->role = HX_TERM_OTHER;
  if (cue != NULL && cue->role == HX_TERM_GROWTH)
    {
      term->role = cue->role;
      term->sign = cue->sign;
      term->name = (HxSpan){ lead.from, lead.until - cue->length };
      term->name = without_comparison (words, term->name);
      return;
    }
  if (read_base (words, term, "占", HX_TERM_SHARE))
    {
      read_base_before (words, term);
      return;
    }
  if (ends_with_of (words, term->lead)
      && (read_base (words, term, "完成", HX_TERM_DONE)
          || read_base (words, term, "相当于", HX_TERM_DONE)
          || read_base (words, term, "为", HX_TERM_DONE)))
    return;
  if (cue != NULL)
    {
      term->role = cue->role;
      read_base_before (words, term);
    }
  else if (hx_words_end_with (words, lead.from, lead.until, "完成"))
    term->role = HX_TERM_DONE;
  else if (term->lead.from == term->lead.until
           || hx_words_end_with (words, term->lead.from, term->lead.until,
                                 "的"))
    term->role = HX_TERM_BARE;
}

/* ------------------------------------------------------------------ amounts */

/* 增加到, 下降至: what was reached, not the change. */
static gboolean
reaches (const HxWords *words, const HxTerm *term)
{
  return hx_words_end_with (words, term->lead.from, term->lead.until, "到")
         || hx_words_end_with (words, term->lead.from, term->lead.until, "至");
}

/* “较2024年的2190万元减少221万元”: the amount compared with. */
static gboolean
compares (const HxWords *words, HxSpan lead)
{
  static const char *const words_of_comparison[] = { "比", "较", "与", "同" };
  static const char *const equals[]
      = { "无变化", "持平", "一致", "相同", "不变", "相比", NULL };
  const char *text = words->clean->str + lead.from;

  if (first_of (words, lead, equals) != G_MAXSIZE)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (words_of_comparison); i++)
    {
      const gsize length = strlen (words_of_comparison[i]);

      if (strncmp (text, words_of_comparison[i], length) == 0)
        return strncmp (text + length, "20", 2) == 0
               || strncmp (text + length, "上年", strlen ("上年")) == 0
               || strncmp (text + length, "去年", strlen ("去年")) == 0;
    }
  return FALSE;
}

static void
read_amount (const HxWords *words, HxTerm *term)
{
  const HxSpan lead = strip_fillers (words, strip_bracket (words, term->lead));
  const Cue *cue
      = cue_of (words, lead, amount_cues, G_N_ELEMENTS (amount_cues));

  if (cue != NULL && cue->role == HX_TERM_DELTA && reaches (words, term))
    cue = NULL;
  term->role = cue == NULL ? HX_TERM_VALUE : cue->role;
  term->sign = cue == NULL ? 0 : cue->sign;
  term->name = lead;
  if (term->role == HX_TERM_DELTA)
    {
      term->name.until -= cue->length;
      term->name = without_comparison (words, term->name);
    }
  term->name = without_front (
      words, without_year (words, without_end (words, term->name)));
  if (term->role == HX_TERM_VALUE && compares (words, term->lead))
    term->role = HX_TERM_PREVIOUS;
  if (hx_words_search (words, lead.from, lead.until, "曾") != G_MAXSIZE
      || term->quantity.vague
             & (HX_VAGUE_BOUND | HX_VAGUE_RANGE | HX_VAGUE_EACH))
    term->role = HX_TERM_OTHER;
}

/* A number whose unit was left out is what its words say. */
static void
supply_unit (HxTerm *term, HxQuantityKind kind)
{
  if (term->quantity.kind == HX_QUANTITY_NONE)
    term->quantity.kind = kind;
}

void
hx_role_read (const HxWords *words, HxTerm *term)
{
  term->name = term->base = (HxSpan){ term->lead.until, term->lead.until };
  term->year = year_of (words, term->lead);
  switch (term->quantity.kind)
    {
    case HX_QUANTITY_PERCENT:
      read_rate (words, term);
      break;
    case HX_QUANTITY_POINTS:
      term->role = HX_TERM_OTHER;
      break;
    case HX_QUANTITY_NONE:
      read_rate (words, term);
      supply_unit (term, term->role == HX_TERM_OTHER ? HX_QUANTITY_MONEY
                                                     : HX_QUANTITY_PERCENT);
      if (term->quantity.kind == HX_QUANTITY_MONEY)
        read_amount (words, term);
      break;
    default:
      read_amount (words, term);
    }
}

/* --------------------------------------------------------------- neighbours */

static gboolean
says_budget (const HxWords *words, const HxTerm *term)
{
  static const char *const budgets[]
      = { "预算", "预算数", "预算总额", "预算为", "预算数为", "计划" };

  for (gsize i = 0; i < G_N_ELEMENTS (budgets); i++)
    if (hx_words_end_with (words, term->lead.from, term->lead.until,
                           budgets[i]))
      return TRUE;
  return FALSE;
}

static gboolean
says_done (const HxWords *words, const HxTerm *term)
{
  static const char *const done[]
      = { "决算", "执行数", "实际支出", "实际完成", "完成", "执行" };

  for (gsize i = 0; i < G_N_ELEMENTS (done); i++)
    if (hx_words_search (words, term->lead.from, term->lead.until, done[i])
        != G_MAXSIZE)
      return TRUE;
  return FALSE;
}

/* “为预算的 100.9%（预算数为 52.80 亿元）” */
static gboolean
is_in_bracket_of_rate (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);
  const HxTerm *before
      = index == 0 ? NULL : hx_reading_term (reading, index - 1);

  return before != NULL && term->bracket != 0
         && before->bracket != term->bracket
         && before->sentence == term->sentence
         && (before->role == HX_TERM_DONE || before->role == HX_TERM_BARE);
}

/* “预算A，全年支出B，执行率R” */
static gboolean
is_rated (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);
  const HxTerm *next = index + 1 < reading->terms->len
                           ? hx_reading_term (reading, index + 1)
                           : NULL;

  return next != NULL && next->role == HX_TERM_DONE
         && next->group == term->group && !says_budget (reading->words, term);
}

/* A budget is one whose execution stands behind it in the same sentence. */
static gboolean
is_budget (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);

  if (term->role != HX_TERM_VALUE || !says_budget (reading->words, term))
    return FALSE;
  if (is_in_bracket_of_rate (reading, index))
    return TRUE;
  for (guint i = index + 1; i < reading->terms->len; i++)
    {
      const HxTerm *next = hx_reading_term (reading, i);

      if (next->sentence != term->sentence)
        return FALSE;
      if (next->role == HX_TERM_DONE || next->role == HX_TERM_BARE)
        return TRUE;
      if (next->role != HX_TERM_VALUE)
        return FALSE;
      if (says_done (reading->words, next) || is_rated (reading, i))
        return TRUE;
      if (!says_budget (reading->words, next))
        return FALSE;
    }
  return FALSE;
}

/* “2016年预算B，2015年预算A”. */
static gboolean
follows_year (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);
  const HxTerm *before
      = index == 0 ? NULL : hx_reading_term (reading, index - 1);

  return before != NULL && term->year != 0 && before->year == term->year + 1
         && before->role == HX_TERM_VALUE && before->sentence == term->sentence
         && hx_term_is_alike (before, term);
}

/* “2023年执行数为A，2024年预算安排B”, “从A下降到B”, “B，2022年为A，减少…”: A is
 * of before. */
static gboolean
is_previous (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);
  const HxTerm *next = NULL;

  if (term->role != HX_TERM_VALUE || index + 1 >= reading->terms->len)
    return FALSE;
  next = hx_reading_term (reading, index + 1);
  if (next->sentence != term->sentence)
    return FALSE;
  if (follows_year (reading, index))
    return TRUE;
  if (next->role == HX_TERM_DELTA || next->role == HX_TERM_GROWTH)
    return term->year != 0 && term->name.from == term->name.until && index > 0
           && hx_reading_term (reading, index - 1)->role == HX_TERM_VALUE
           && hx_reading_term (reading, index - 1)->sentence == term->sentence;
  if (next->role != HX_TERM_VALUE)
    return FALSE;
  if (hx_words_end_with (reading->words, term->lead.from, term->lead.until,
                         "从")
      || hx_words_end_with (reading->words, term->lead.from, term->lead.until,
                            "由"))
    return reaches (reading->words, next);
  return term->year != 0 && next->year == term->year + 1;
}

/* “公务接待费年初预算为A，支出决算为B”: B bears the name of A. */
static void
inherit_name (HxReading *reading, guint index)
{
  HxTerm *term = hx_reading_term (reading, index);
  const HxTerm *before
      = index == 0 ? NULL : hx_reading_term (reading, index - 1);

  if (before != NULL && before->role == HX_TERM_BUDGET
      && before->sentence == term->sentence && term->role == HX_TERM_VALUE
      && term->name.until - term->name.from <= strlen ("支出"))
    term->name = before->name;
}

void
hx_role_settle (HxReading *reading)
{
  for (guint i = 0; i < reading->terms->len; i++)
    {
      inherit_name (reading, i);
      if (is_budget (reading, i))
        hx_reading_term (reading, i)->role = HX_TERM_BUDGET;
      else if (is_previous (reading, i))
        hx_reading_term (reading, i)->role = HX_TERM_PREVIOUS;
    }
}
