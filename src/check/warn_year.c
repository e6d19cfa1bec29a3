/* Years that are not this report's: last year's words left standing.
 *
 * The report's year is the one that most of its “2024年度…” speak of, those
 * in headings counting more.  A year is stale where the report's own is
 * expected: at the head of a heading or of a sentence that says what the
 * report is about (2023年度部门决算, 2023年度政府采购金额).  Sentences that
 * compare, quote or look back are passed over.
 */
#include "check/warn.h"

#include <string.h>

#define YEAR_FIRST 1990
#define YEARS 120
#define HEADING_WEIGHT 3
#define VOTES_MIN 3
#define CLAUSE_LETTERS_MAX 60
#define CLAUSE_BYTES_MAX 180 /* a longer one is not looked through */

/* What the report's own year leads to. */
#define SUBJECTS                                                                    \
  "部门决算|部门预算|单位决算|单位预算|决算公开|部门绩效|"  \
  "收入支出总|收入支出决算|财政拨款收入支出|财政拨款支出|" \
  "一般公共预算财政拨款|政府性基金预算财政拨款|"               \
  "国有资本经营预算财政拨款|无政府性基金|无国有资本经营|"  \
  "政府采购金额|政府采购支出|“三公”经费|机关运行经费|"    \
  "部门整体支出|整体支出|预算绩效管理工作|绩效自评|国有资本占有"

/* Words before the year in its clause, and behind it, that look elsewhere. */
static const char *const elsewhere[]
    = { "比",   "与",   "较",   "同",   "对",   "将",   "根据", "按照",
        "依据", "自",   "从",   "在",   "上年", "去年", "以前", "批复",
        "印发", "关于", "《",   "“",    "至",   "截至", "起",   "以来",
        "超",   "继",   "其中", "完成", "原",   "经",   "向",   "于",
        "通过", "因",   "由",   "已",   "（",   "开展", "启动", "编制",
        "公开", "及",   "、",   "和",   "按",   NULL };
static const char *const behind[]
    = { "相比", "问题", "整改", "批复", "结转",     "结余",   "以来", "上年",
        "持平", "同期", "对比", "遗留", "执行数为", "执行数", NULL };

typedef struct
{
  guint votes[YEARS];
  guint all;
} Votes;

/* --------------------------------------------------------------------- years
 */

/* “2024年”, “2024年度”: the year, and where its words end; 0 for none. */
static int
year_at (const HxWords *words, gsize at, gsize *until)
{
  const char *text = words->clean->str;
  int year = 0;

  for (gsize i = 0; i < 4; i++)
    {
      if (!g_ascii_isdigit (text[at + i]))
        return 0;
      year = year * 10 + (text[at + i] - '0');
    }
  if (!hx_words_go_on (words, at + 4, "年")
      || (at > 0
          && (g_ascii_isalnum (text[at - 1]) || text[at - 1] == '-'
              || text[at - 1] == '.'))
      || year < YEAR_FIRST || year >= YEAR_FIRST + YEARS)
    return 0;
  *until = at + 4 + strlen ("年");
  if (hx_words_go_on (words, *until, "度"))
    *until += strlen ("度");
  return year;
}

/* The next year at or behind `*at`. */
static int
next_year (const HxWords *words, gsize *at, gsize *until)
{
  const char *text = words->clean->str;

  while (*at < words->clean->len)
    {
      const int year
          = g_ascii_isdigit (text[*at]) ? year_at (words, *at, until) : 0;

      if (year != 0)
        return year;
      (*at)++;
    }
  return 0;
}

/* Before the year its clause looks elsewhere, or is too long to tell. */
static gboolean
compares (const HxSearch *search, gsize from, gsize at)
{
  return at - from > CLAUSE_BYTES_MAX
         || hx_reading_says (search->reading, from, at, elsewhere);
}

/* ----------------------------------------------------------- the report's own
 */

static guint
weight_of (const HxSearch *search, gsize at, gsize until)
{
  const HxWords *words = search->reading->words;
  gsize clause = 0;

  if (!hx_words_go_on (words, until, SUBJECTS)
      && !hx_words_come_from (words, until, "年度"))
    return 0;
  clause = hx_words_clause (words, at);
  if (compares (search, clause, at))
    return 0;
  return hx_words_is_line (words, at) || clause == hx_words_sentence (words, at)
             ? HEADING_WEIGHT
             : 1;
}

static void
count_votes (const HxSearch *search, Votes *votes)
{
  const HxWords *words = search->reading->words;
  gsize until = 0;

  for (gsize at = 0;; at = until)
    {
      const int year = next_year (words, &at, &until);
      guint weight = 0;

      if (year == 0)
        return;
      weight = weight_of (search, at, until);
      votes->votes[year - YEAR_FIRST] += weight;
      votes->all += weight;
    }
}

/* 0: the text leaves it open. */
static int
own_year (const HxSearch *search)
{
  Votes votes = { 0 };
  guint best = 0;

  count_votes (search, &votes);
  for (guint i = 0; i < YEARS; i++)
    if (votes.votes[i] > votes.votes[best])
      best = i;
  if (votes.votes[best] < VOTES_MIN * HEADING_WEIGHT
      || votes.votes[best] * 4 < votes.all * 3)
    return 0;
  return YEAR_FIRST + (int)best;
}

/* --------------------------------------------------------------------- stale
 */

static gsize
clause_ends (const HxWords *words, gsize at)
{
  const char *text = words->clean->str;

  for (guint i = 0; i < CLAUSE_LETTERS_MAX && at < words->clean->len; i++)
    {
      if (hx_words_go_on (words, at, "，|。|；|\n"))
        break;
      at += (gsize)g_utf8_skip[(guchar)text[at]];
    }
  return at;
}

/* The year of a report stands at the head of its sentence, behind the name of
 * the office at most. */
static gboolean
is_expected (const HxSearch *search, gsize at, gsize until)
{
  const HxWords *words = search->reading->words;
  const gsize clause = hx_words_clause (words, at);

  return hx_words_go_on (words, until, SUBJECTS)
         && clause == hx_words_sentence (words, at)
         && !compares (search, clause, at)
         && !hx_reading_says (search->reading, until,
                              clause_ends (words, until), behind);
}

static void
warn_year (HxSearch *search, HxSpan place, int own)
{
  g_autofree char *advice = g_strdup_printf (
      _ ("本报告说的是 %d 年，这里像是往年的文字没有改，请核对。"), own);

  hx_warning_add (search, HX_WARNING_YEAR, place, advice);
}

void
hx_warn_years (HxSearch *search)
{
  const HxWords *words = search->reading->words;
  const int own = own_year (search);
  gsize until = 0;

  if (own == 0)
    return;
  for (gsize at = 0;; at = until)
    {
      const int year = next_year (words, &at, &until);

      if (year == 0)
        return;
      if (year != own && year != own + 1 && is_expected (search, at, until))
        warn_year (search, (HxSpan){ at, until }, own);
    }
}
