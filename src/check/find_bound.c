/* What cannot be more than what it is part of.
 *
 * 财政拨款收入支出总计 holds 财政拨款收入 and what was carried over, so it is
 * never less;
 * 一般公共预算基本支出 is a part of 基本支出, so it is never more, nor is what
 * follows 其中 right behind the whole.  Told as a repeat: the smaller whole is
 * where one of the two figures went wrong.
 */
#include "check/group.h"

#include <string.h>

#define REACH_MAX 60
#define OF_WHICH_BYTES 9 /* “。其中” */

typedef struct
{
  const char *part, *whole; /* how the names end */
} Bound;

static const Bound bounds[] = {
  { "财政拨款收入", "财政拨款收入支出总计" },
  { "财政拨款收入", "财政拨款收支总计" },
};

/* In front of the name of a thing they narrow it. */
static const char *const narrowing[]
    = { "一般公共预算财政拨款", "一般公共预算", "政府性基金预算", "政府性基金",
        "财政拨款" };
static const char *const narrowed[]
    = { "基本支出", "项目支出", "人员经费", "公用经费" };

static gboolean
may_be_held (const HxTerm *part, const HxTerm *whole)
{
  return part->role <= HX_TERM_TOTAL && part->role != HX_TERM_BUDGET
         && part->role != HX_TERM_PREVIOUS && whole->role <= HX_TERM_TOTAL
         && whole->role != HX_TERM_BUDGET && whole->role != HX_TERM_PREVIOUS
         && hx_term_is_alike (part, whole)
         && part->quantity.vague == HX_VAGUE_NOT
         && whole->quantity.vague == HX_VAGUE_NOT
         && (part->year == whole->year || part->year == 0 || whole->year == 0)
         && part->quantity.exact - part->quantity.half
                > whole->quantity.exact + whole->quantity.half;
}

static gboolean
ends (const HxReading *reading, const HxTerm *term, const char *word)
{
  return hx_words_end_with (reading->words, term->lead.from, term->lead.until,
                            word)
         || hx_words_end_with (reading->words, term->name.from,
                               term->name.until, word);
}

static gboolean
is_bound (const HxReading *reading, const HxTerm *part, const HxTerm *whole)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (ends (reading, part, bounds[i].part)
        && ends (reading, whole, bounds[i].whole))
      return TRUE;
  return FALSE;
}

static gboolean
is_exactly (const HxReading *reading, HxSpan name, const char *front,
            const char *word)
{
  const gsize length = strlen (word);

  return name.until - name.from == strlen (front) + length
         && hx_words_end_with (reading->words, name.from, name.until, word)
         && hx_words_end_with (reading->words, name.from, name.until - length,
                               front);
}

static gboolean
is_narrowed (const HxReading *reading, const HxTerm *part, const HxTerm *whole)
{
  for (gsize i = 0; i < G_N_ELEMENTS (narrowed); i++)
    {
      if (!is_exactly (reading, whole->name, "", narrowed[i]))
        continue;
      for (gsize j = 0; j < G_N_ELEMENTS (narrowing); j++)
        if (is_exactly (reading, part->name, narrowing[j], narrowed[i]))
          return TRUE;
    }
  return FALSE;
}

static void
add (HxSearch *search, guint first, guint second)
{
  HxProposal proposal = { .kind = HX_CLAIM_REPEAT,
                          .formula = "a==b",
                          .operands = &first,
                          .count = 1,
                          .stated = second };

  proposal.outcome = hx_outcome_sum (search->reading, &first, NULL, 1);
  hx_claim_add (search->result, search->reading, &proposal);
}

/* “接待费0.39万元。其中：国内接待8.39万元”: the term before is the whole, and
 * but for a slip the part is all of it. */
static gboolean
is_first_part (const HxReading *reading, guint index)
{
  static const char *const of_which[] = { "其中", NULL };
  const HxTerm *term = hx_reading_term (reading, index);
  const guint last = index - 1;
  const HxTerm *before = NULL;
  HxProposal proposal = {
    .kind = HX_CLAIM_REPEAT, .operands = &last, .count = 1, .stated = index
  };

  if (index == 0)
    return FALSE;
  before = hx_reading_term (reading, last);
  if (before->role != HX_TERM_VALUE || term->role != HX_TERM_VALUE
      || before->bracket != term->bracket || !may_be_held (term, before)
      || !hx_reading_says (
          reading, before->quantity.until,
          MIN (before->quantity.until + OF_WHICH_BYTES, term->quantity.from),
          of_which))
    return FALSE;
  proposal.outcome = hx_outcome_sum (reading, &last, NULL, 1);
  return hx_proposal_is_slip (reading, &proposal);
}

/* The nearest before it that is held by it, or holds it. */
static void
find_held (HxSearch *search, const gboolean *named, guint index)
{
  const HxReading *reading = search->reading;
  const HxTerm *term = hx_reading_term (reading, index);

  for (guint j = index; j-- > 0 && j + REACH_MAX > index;)
    {
      const HxTerm *before = hx_reading_term (reading, j);

      if (!named[j])
        continue;
      if ((may_be_held (before, term)
           && (is_bound (reading, before, term)
               || is_narrowed (reading, before, term)))
          || (may_be_held (term, before)
              && (is_bound (reading, term, before)
                  || is_narrowed (reading, term, before))))
        {
          add (search, j, index);
          return;
        }
    }
}

/* Any of the names that this is about. */
static gboolean
is_named (const HxReading *reading, const HxTerm *term)
{
  if (term->role > HX_TERM_TOTAL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (ends (reading, term, bounds[i].part)
        || ends (reading, term, bounds[i].whole))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (narrowed); i++)
    if (hx_words_end_with (reading->words, term->name.from, term->name.until,
                           narrowed[i]))
      return TRUE;
  return FALSE;
}

void
hx_find_bounds (HxSearch *search)
{
  const HxReading *reading = search->reading;
  g_autofree gboolean *named = g_new0 (gboolean, reading->terms->len + 1);

  for (guint i = 0; i < reading->terms->len; i++)
    {
      named[i] = is_named (reading, hx_reading_term (reading, i));
      if (is_first_part (reading, i))
        add (search, i - 1, i);
      else if (named[i])
        find_held (search, named, i);
    }
}
