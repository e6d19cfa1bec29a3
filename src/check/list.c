#include "check/list.h"

#include <string.h>

#define SLIP_DIGITS_MIN 5 /* with fewer, one digit apart is chance */
#define BETWEEN_BYTES_MAX 360
#define NEARLY_GAP 20 /* one part in twenty */
#define SPLIT_SENTENCES 3
#define KNOWN_SENTENCES 6
#define KNOWN_MAX 5
#define SPLIT_GAP 50 /* one part in fifty apart, still the same total */

static const char *const openers[]
    = { "其中", "分为", "包括", "由",   "分别", "含", "来源", "构成", "组成",
        "当中", "拆开", "内含", "其下", "中，", "：", "分",   NULL };

gboolean
hx_list_is_opened (const HxReading *reading, const HxTerm *total,
                   const HxTerm *first)
{
  const gsize from = total->quantity.until;
  const gsize until = first->quantity.from;

  if (first->bracket != 0 && first->bracket != total->bracket
      && strncmp (reading->words->clean->str + from, "（", strlen ("（")) == 0)
    return TRUE;
  return until > from && until - from < BETWEEN_BYTES_MAX
         && hx_reading_says (reading, from, until, openers);
}

/* ---------------------------------------------------------- what is a whole */

/* Parts that are all there is of something. */
static const char *const wholes[][5] = {
  { "基本支出", "项目支出", NULL },
  { "人员经费", "公用经费", NULL },
  { "货物", "工程", "服务", NULL },
  { "集中采购", "分散采购", NULL },
  { "地上", "地下", NULL },
  { "计容", "不计容", NULL },
  { "中央", "地方", NULL },
  { "非税", "税收", NULL },
  { "因公出国", "公务用车", "公务接待", NULL },
  { "公务用车购置", "运行", NULL },
  { "男", "女", NULL },
  { "“优”", "“良”", "“合格”", "“不合格”", NULL },
  { "已", "正在", NULL },
  { "高级", "中级", "初级", NULL },
  { "市本级", "区县", NULL },
  { "市本级", "县", NULL },
};

static gboolean
name_holds (const HxReading *reading, guint index, const char *word)
{
  const HxTerm *term = hx_reading_term (reading, index);

  return hx_words_search (reading->words, term->lead.from, term->lead.until,
                          word)
         != G_MAXSIZE;
}

static gboolean
is_one_each (const HxReading *reading, const char *const *whole,
             const guint *parts, guint count)
{
  for (guint i = 0; i < count; i++)
    if (whole[i] == NULL || !name_holds (reading, parts[i], whole[i]))
      return FALSE;
  return count >= 2 && whole[count] == NULL;
}

gboolean
hx_list_is_known_whole (const HxReading *reading, const guint *parts,
                        guint count)
{
  guint turned[2] = { count == 2 ? parts[1] : 0, parts[0] };

  for (gsize i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (is_one_each (reading, wholes[i], parts, count)
        || (count == 2 && is_one_each (reading, wholes[i], turned, 2)))
      return TRUE;
  return FALSE;
}

/* “三项”, “两块”, “四个来源” in front of as many parts. */
static gboolean
is_counted (const HxReading *reading, gsize from, gsize until, guint count)
{
  static const char *const numbers[]
      = { "", "", "两", "三", "四", "五", "六", "七", "八" };
  static const char *const things[]
      = { "项", "块", "类", "个来源", "部分", "方面", "个部分", "级" };

  if (count >= G_N_ELEMENTS (numbers) || count < 2)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (things); i++)
    {
      g_autofree char *phrase = g_strconcat (numbers[count], things[i], NULL);

      if (hx_words_search (reading->words, from, until, phrase) != G_MAXSIZE)
        return TRUE;
    }
  return FALSE;
}

/* “由…组成”, “…和…构成”. */
static gboolean
is_composed (const HxReading *reading, const guint *parts, guint count,
             gsize from)
{
  const HxTerm *first = hx_reading_term (reading, parts[0]);
  const HxTerm *last = hx_reading_term (reading, parts[count - 1]);
  const gsize behind = MIN (last->quantity.until + strlen ("元组成"),
                            reading->words->clean->len);
  static const char *const froms[] = { "由", NULL };
  static const char *const ends[] = { "组成", "构成", NULL };

  return hx_reading_says (reading, from, first->quantity.from, froms)
         && hx_reading_says (reading, last->quantity.until, behind, ends);
}

/* -------------------------------------------------------------------- lists */

/* Some total is made by parts that begin with this one. */
static gboolean
is_explained (const HxSearch *search, guint first)
{
  for (guint i = 0; i < search->groups->len; i++)
    {
      const HxGroup *group = g_ptr_array_index (search->groups, i);

      if (group->holds && g_array_index (group->parts, guint, 0) == first)
        return TRUE;
    }
  return FALSE;
}

/* This total is. */
static gboolean
has_group (const HxSearch *search, guint total, guint first)
{
  for (guint i = 0; i < search->groups->len; i++)
    {
      const HxGroup *group = g_ptr_array_index (search->groups, i);

      if (group->total == total && group->holds
          && g_array_index (group->parts, guint, 0) == first)
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  const HxReading *reading;
  const HxTerm *head;
  const HxTerm *first; /* the first part; NULL before */
  guint inner;         /* the group in which a part's own list stands; 0 */
  guint parts[HX_LIST_MAX];
  guint count;
} Collection;

static gboolean
is_of_kind (const HxTerm *term, const HxTerm *head)
{
  return hx_term_is_amount (term) && hx_term_is_alike (term, head)
         && term->role != HX_TERM_PREVIOUS && term->role != HX_TERM_BALANCE
         && (term->role == HX_TERM_BUDGET) == (head->role == HX_TERM_BUDGET);
}

/* The words behind the head open the list here; a bracket not at once behind
 * it is beside the list. */
static gboolean
begins_list (const Collection *list, const HxTerm *term)
{
  static const char *const opens[] = { "（其中", NULL };
  const HxWords *words = list->reading->words;
  const gsize behind = list->head->quantity.until;

  if (term->bracket == 0 || term->bracket == list->head->bracket)
    return TRUE;
  return hx_words_search (words, behind, behind + strlen ("（"), "（")
             != G_MAXSIZE
         || hx_reading_says (list->reading, behind, term->quantity.from, opens);
}

/* A second 其中 opens the list of the part before it, to the next ；. */
static gboolean
is_inner (Collection *list, guint index)
{
  static const char *const opens[] = { "其中", "当中", NULL };
  const HxTerm *term = hx_reading_term (list->reading, index);
  const HxTerm *before = hx_reading_term (list->reading, index - 1);

  if (list->inner != 0 && term->group == list->inner)
    return TRUE;
  list->inner = 0;
  if (list->count == 0)
    return FALSE;
  if (term->group == before->group && term->bracket == before->bracket
      && hx_reading_says (list->reading, before->quantity.until,
                          term->quantity.from, opens))
    list->inner = term->group;
  return list->inner != 0;
}

static void
take_part (Collection *list, guint index)
{
  const HxTerm *term = hx_reading_term (list->reading, index);

  if (!is_of_kind (term, list->head)
      || (list->first == NULL && !begins_list (list, term)))
    return;
  if (list->first == NULL)
    list->first = term;
  if (term->bracket == list->first->bracket && !is_inner (list, index))
    list->parts[list->count++] = index;
}

/* “… 97895 万元，为预算的 76.5%。其中：税收收入 …” */
static gboolean
goes_on (const Collection *list, const HxTerm *term)
{
  static const char *const opens[] = { "。其中", "。\n其中", NULL };

  return term->sentence == list->head->sentence + 1
         && hx_reading_says (list->reading, list->head->quantity.until,
                             list->first == NULL ? term->quantity.from
                                                 : list->first->quantity.from,
                             opens);
}

static gboolean
is_over (const Collection *list, const HxTerm *term)
{
  return (term->sentence != list->head->sentence && !goes_on (list, term))
         || (list->first != NULL && list->first->bracket != 0
             && term->bracket != list->first->bracket);
}

guint
hx_list_parts (const HxReading *reading, guint total, guint *parts)
{
  Collection list
      = { .reading = reading, .head = hx_reading_term (reading, total) };

  for (guint i = total + 1; i < reading->terms->len && list.count < HX_LIST_MAX
                            && i < total + HX_SENTENCE_REACH;
       i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (is_over (&list, term))
        break;
      if (list.first == NULL && is_of_kind (term, list.head)
          && !hx_list_is_opened (reading, list.head, term))
        return 0;
      take_part (&list, i);
    }
  memcpy (parts, list.parts, list.count * sizeof *parts);
  return list.count;
}

/* A list whose last part is 其他… leaves nothing out. */
static gboolean
ends_with_others (const HxReading *reading, const guint *parts, guint count)
{
  const HxTerm *last = hx_reading_term (reading, parts[count - 1]);
  const gsize at = hx_words_search (reading->words, last->lead.from,
                                    last->lead.until, "其他");

  return count >= 3 && at != G_MAXSIZE
         && at <= last->lead.from + strlen ("和其");
}

static gboolean
is_whole (const HxReading *reading, const HxTerm *head, const guint *parts,
          guint count)
{
  const HxTerm *first = hx_reading_term (reading, parts[0]);

  return ends_with_others (reading, parts, count)
         || hx_list_is_known_whole (reading, parts, count)
         || is_counted (reading, head->quantity.until, first->quantity.from,
                        count)
         || is_composed (reading, parts, count, head->quantity.until);
}

/* The parts up to the first ；. */
static guint
first_group (const HxReading *reading, const guint *parts, guint count)
{
  guint length = 0;

  while (length < count
         && hx_reading_term (reading, parts[length])->group
                == hx_reading_term (reading, parts[0])->group)
    length++;
  return length;
}

/* Every part has a share, and all are shares of what the parts make: it is
 * the total that is wrong. */
gboolean
hx_list_is_borne_by_shares (const HxReading *reading, const guint *parts,
                            guint count)
{
  const HxWide sum = hx_outcome_sum (reading, parts, NULL, count).value;

  if (sum <= 0)
    return FALSE;
  for (guint i = 0; i < count; i++)
    {
      const HxTerm *part = hx_reading_term (reading, parts[i]);
      const HxTerm *share = parts[i] + 1 < reading->terms->len
                                ? hx_reading_term (reading, parts[i] + 1)
                                : NULL;
      HxWide exact = 0;

      if (share == NULL || share->owner != parts[i]
          || (share->role != HX_TERM_SHARE && share->role != HX_TERM_BARE))
        return FALSE;
      exact = part->quantity.exact * HX_QUANTITY_HUNDRED / sum;
      if (ABS (exact - share->quantity.exact) > share->quantity.half + 1)
        return FALSE;
    }
  return TRUE;
}

static void
judge_parts (HxSearch *search, guint total, const guint *parts, guint count)
{
  const HxReading *reading = search->reading;
  const HxTerm *head = hx_reading_term (reading, total);
  HxProposal proposal = { .kind = HX_CLAIM_SUM,
                          .formula = "a+b+…",
                          .operands = parts,
                          .count = count,
                          .stated = total };

  if (count < 2 || has_group (search, total, parts[0]))
    return;
  proposal.outcome = hx_outcome_sum (reading, parts, NULL, count);
  if (hx_proposal_verdict (reading, &proposal) == HX_VERDICT_ERROR
      && !is_whole (reading, head, parts, count)
      && !hx_list_is_borne_by_shares (reading, parts, count)
      && (hx_quantity_digits (&head->quantity) < SLIP_DIGITS_MIN
          || !hx_proposal_is_slip (reading, &proposal)))
    return;
  hx_search_add_group (search, total, parts, count);
}

static void
judge_one (HxSearch *search, guint total)
{
  const HxReading *reading = search->reading;
  guint parts[HX_LIST_MAX];
  const guint count = hx_list_parts (reading, total, parts);
  const guint length = first_group (reading, parts, count);

  judge_parts (search, total, parts, count);
  if (length < count
      && hx_reading_term (reading, parts[0])->group
             == hx_reading_term (reading, total)->group)
    judge_parts (search, total, parts, length);
}

/* ------------------------------------------------------------------- splits */

/* “按资金来源分，”, “从用途看，”: all of something, split once more. */
static gboolean
opens_split (const HxReading *reading, guint index)
{
  static const char *const opens[] = { "按", "从", "分", "构成", NULL };
  static const char *const some[] = { "主要", "重点", "部分", NULL };
  static const char *const ends[]
      = { "分，",   "看，",   "划分，",   "拆开，", "分：",
          "看：",   "分类，", "三级：",   "两级：", "两块：",
          "级次，", "品类，", "构成上，", NULL };
  const HxTerm *term = hx_reading_term (reading, index);
  const gsize from
      = index == 0 ? 0 : hx_reading_term (reading, index - 1)->quantity.until;
  gsize start
      = hx_words_search_last (reading->words, from, term->quantity.from, "。");

  start = start == G_MAXSIZE ? from : start;
  return !hx_reading_says (reading, start, term->quantity.from, some)
         && hx_reading_says (reading, start, term->quantity.from, opens)
         && hx_reading_says (reading, start, term->quantity.from, ends);
}

/* One slip parts the sum from the total, of so many digits that it is no
 * chance. */
static gboolean
is_slipped (const HxSearch *search, guint total, const guint *parts,
            guint count)
{
  const HxReading *reading = search->reading;
  HxProposal proposal = {
    .kind = HX_CLAIM_SUM, .operands = parts, .count = count, .stated = total
  };

  if (hx_quantity_digits (&hx_reading_term (reading, total)->quantity)
      < SLIP_DIGITS_MIN)
    return FALSE;
  proposal.outcome = hx_outcome_sum (reading, parts, NULL, count);
  return hx_proposal_is_slip (reading, &proposal);
}

/* The amount not far in front that the parts nearly make. */
static guint
total_of_split (const HxSearch *search, const guint *parts, guint count)
{
  const HxReading *reading = search->reading;
  const HxTerm *first = hx_reading_term (reading, parts[0]);
  const HxOutcome sum = hx_outcome_sum (reading, parts, NULL, count);

  for (guint i = parts[0]; i-- > 0 && i + HX_SENTENCE_REACH > parts[0];)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->sentence + SPLIT_SENTENCES < first->sentence)
        break;
      if (is_of_kind (first, term)
          && (ABS (term->quantity.exact - sum.value)
                  <= term->quantity.exact / SPLIT_GAP
              || is_slipped (search, i, parts, count)))
        return i;
    }
  return HX_NO_TERM;
}

static void
find_slipped_total (HxSearch *search, const guint *parts, guint count)
{
  const HxReading *reading = search->reading;
  const HxTerm *first = hx_reading_term (reading, parts[0]);

  for (guint i = parts[0]; i-- > 0 && i + HX_SENTENCE_REACH > parts[0];)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->sentence + KNOWN_SENTENCES < first->sentence)
        return;
      if (is_of_kind (first, term) && is_slipped (search, i, parts, count))
        {
          hx_search_add_group (search, i, parts, count);
          return;
        }
    }
}

void
hx_list_add_nearly (HxSearch *search, guint total, const guint *parts,
                    guint count)
{
  const HxTerm *head = hx_reading_term (search->reading, total);
  const HxOutcome sum = hx_outcome_sum (search->reading, parts, NULL, count);

  if (sum.value != head->quantity.exact
      && (ABS (sum.value - head->quantity.exact)
              <= head->quantity.exact / NEARLY_GAP
          || is_slipped (search, total, parts, count)))
    hx_search_add_group (search, total, parts, count);
}

static void
judge_split (HxSearch *search, guint index)
{
  const HxReading *reading = search->reading;
  const HxTerm *first = hx_reading_term (reading, index);
  guint parts[HX_LIST_MAX];
  guint count = 0;
  guint total = HX_NO_TERM;

  for (guint i = index; i < reading->terms->len && count < HX_LIST_MAX
                        && i < index + HX_SENTENCE_REACH;
       i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->sentence != first->sentence
          || (i > index && opens_split (reading, i)))
        break;
      if (is_of_kind (term, first) && term->bracket == first->bracket)
        parts[count++] = i;
    }
  total = count < 2 ? HX_NO_TERM : total_of_split (search, parts, count);
  if (total != HX_NO_TERM && !is_explained (search, parts[0]))
    hx_search_add_group (search, total, parts, count);
}

/* Amounts in a row that by their names are all there is, and that one slip
 * keeps from making an amount in front of them. */
static void
judge_known (HxSearch *search, guint index)
{
  const HxReading *reading = search->reading;
  const HxTerm *first = hx_reading_term (reading, index);
  guint parts[KNOWN_MAX];
  guint count = 0;

  for (guint i = index; i < reading->terms->len && count < KNOWN_MAX
                        && i < index + HX_SENTENCE_REACH;
       i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->sentence != first->sentence)
        break;
      if (!is_of_kind (term, first) || term->bracket != first->bracket)
        continue;
      parts[count++] = i;
      if (!hx_list_is_known_whole (reading, parts, count))
        continue;
      if (!is_explained (search, index))
        find_slipped_total (search, parts, count);
      return;
    }
}

void
hx_list_judge (HxSearch *search)
{
  const HxReading *reading = search->reading;

  for (guint i = 0; i < reading->terms->len; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (hx_term_is_amount (term) && term->role != HX_TERM_BALANCE
          && term->quantity.vague == HX_VAGUE_NOT && term->quantity.exact > 0)
        judge_one (search, i);
      if (term->role != HX_TERM_VALUE
          || term->quantity.kind != HX_QUANTITY_MONEY)
        continue;
      if (opens_split (reading, i))
        judge_split (search, i);
      judge_known (search, i);
    }
}

/* ------------------------------------------------------------------- behind */

/* A sentence that begins with 加上 adds to what the one before began with. */
static gboolean
is_first_of_next (const HxReading *reading, guint index, guint total)
{
  static const char *const adds[] = { "。加上", "。加", NULL };
  const HxTerm *term = hx_reading_term (reading, index);
  const HxTerm *next = hx_reading_term (reading, index + 1);

  return term->sentence + 1 == hx_reading_term (reading, total)->sentence
         && next->sentence == term->sentence + 1
         && hx_reading_says (reading, term->quantity.until, next->quantity.from,
                             adds);
}

/* The first amount of the sentence that counts what `like` counts. */
static guint
head_of_sentence (const HxReading *reading, guint index, const HxTerm *like)
{
  const HxTerm *term = hx_reading_term (reading, index);
  guint first = HX_NO_TERM;

  for (guint i = index + 1; i-- > 0 && i + HX_SENTENCE_REACH > index;)
    {
      const HxTerm *before = hx_reading_term (reading, i);

      if (before->sentence != term->sentence)
        break;
      if (before->role == HX_TERM_VALUE && hx_term_is_alike (before, like))
        first = i;
    }
  return first;
}

/* Another total of the same word: what is in front of it is its own. */
static gboolean
is_same_total (const HxReading *reading, const HxTerm *term, const HxTerm *head)
{
  static const char *const words[] = { "合计", "总计", "共计", "总量" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (hx_words_end_with (reading->words, term->lead.from, term->lead.until,
                           words[i])
        && hx_words_end_with (reading->words, head->lead.from, head->lead.until,
                              words[i]))
      return TRUE;
  return FALSE;
}

/* The amounts of the sentence in front of the total; with “三项合计” the last
 * three. */
static guint
parts_before (const HxReading *reading, guint total, guint *parts)
{
  const HxTerm *head = hx_reading_term (reading, total);
  guint count = 0;

  for (guint i = total;
       i-- > 0 && count < HX_LIST_MAX && i + HX_SENTENCE_REACH > total;)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (is_first_of_next (reading, i, total))
        {
          const guint first = head_of_sentence (reading, i, head);

          if (first != HX_NO_TERM)
            parts[count++] = first;
          break;
        }
      if (term->sentence != head->sentence
          || is_same_total (reading, term, head)
          || is_counted (reading, head->lead.from, head->lead.until, count))
        break;
      if (hx_term_is_amount (term) && term->role != HX_TERM_BUDGET
          && term->role != HX_TERM_PREVIOUS && hx_term_is_alike (term, head))
        parts[count++] = i;
    }
  for (guint i = 0; i < count / 2; i++)
    {
      const guint other = parts[i];

      parts[i] = parts[count - 1 - i];
      parts[count - 1 - i] = other;
    }
  return count;
}

/* “教育A，占…；社保B，占…；住房C。财政拨款收支总预算T”: all of the sentence
 * before. */
static guint
parts_of_sentence_before (const HxReading *reading, guint total, guint *parts)
{
  const HxTerm *head = hx_reading_term (reading, total);
  const guint sentence
      = total == 0 ? 0 : hx_reading_term (reading, total - 1)->sentence;
  guint first = total;
  guint count = 0;

  if (total == 0 || sentence + 1 != head->sentence)
    return 0;
  while (first > 0 && first + HX_SENTENCE_REACH > total
         && hx_reading_term (reading, first - 1)->sentence == sentence)
    first--;
  for (guint i = first; i < total && count < HX_LIST_MAX; i++)
    if (hx_reading_term (reading, i)->role == HX_TERM_VALUE
        && hx_term_is_alike (hx_reading_term (reading, i), head))
      parts[count++] = i;
  return count;
}

static void
judge_next_sentence (HxSearch *search, guint total)
{
  guint parts[HX_LIST_MAX];
  const guint count = parts_of_sentence_before (search->reading, total, parts);

  if (count >= 3 && is_slipped (search, total, parts, count))
    hx_search_add_group (search, total, parts, count);
}

void
hx_list_judge_behind (HxSearch *search, guint total)
{
  const HxReading *reading = search->reading;
  const HxTerm *head = hx_reading_term (reading, total);
  guint parts[HX_LIST_MAX];
  const guint count = parts_before (reading, total, parts);
  HxProposal proposal = { .kind = HX_CLAIM_SUM,
                          .formula = "a+b+…",
                          .operands = parts,
                          .count = count,
                          .stated = total };

  if (count < 2)
    {
      judge_next_sentence (search, total);
      return;
    }
  proposal.outcome = hx_outcome_sum (reading, parts, NULL, count);
  if (hx_proposal_is_slip (reading, &proposal)
      || is_counted (reading, head->lead.from, head->lead.until, count))
    hx_search_add_group (search, total, parts, count);
}
