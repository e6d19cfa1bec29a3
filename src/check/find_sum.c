/* Totals in front of their parts, and behind them.
 *
 * The amounts of a text stand in the order in which one walks a tree: a total,
 * its first part, that part's own parts, its second part.  So the parts of a
 * total are looked for by walking on from it, each amount taken either alone
 * or together with a group of its own that was found before (the walk goes
 * from the end of the text to its start).  What makes the total is believed
 * when the words allow it; what does not is called an error only when the
 * words say that the list is whole (form: list.c).
 */
#include "check/group.h"
#include "check/list.h"

#define REACH_MAX 48       /* amounts */
#define REACH_SENTENCES 16 /* behind the total */
#define STEPS_MAX 3000
#define SIGNIFICANT_MIN 4
#define STARTS_MAX 24

/* The amounts of one kind, in order. */
typedef struct
{
  HxSearch *search;
  GArray *terms;    /* guint */
  gboolean *begins; /* at a position: a list may begin here */
  GArray *ends;     /* guint: behind the group of this one; 0: it has none */
} Series;

typedef struct
{
  const Series *series;
  guint total; /* position */
  HxWide aim;
  guint steps;
  guint reach; /* sentences behind the total */
  guint chosen[REACH_MAX];
  guint count;
  guint end; /* position behind the last part */
  HxWide slack;
} Walk;

static guint
index_at (const Series *series, guint position)
{
  return g_array_index (series->terms, guint, position);
}

static const HxTerm *
term_at (const Series *series, guint position)
{
  return hx_reading_term (series->search->reading, index_at (series, position));
}

static const HxTerm *
total_of (const Walk *walk)
{
  return term_at (walk->series, walk->total);
}

/* --------------------------------------------------------------------- walk */

/* Roundings seldom all go one way: what misses by more is no list of these
 * parts. */
static HxWide
likely_slack (const Walk *walk)
{
  HxWide coarsest = hx_quantity_slack (&total_of (walk)->quantity);

  for (guint i = 0; i < walk->count; i++)
    coarsest = MAX (
        coarsest,
        hx_quantity_slack (
            &hx_reading_term (walk->series->search->reading, walk->chosen[i])
                 ->quantity));
  return coarsest * (6 + walk->count) / 3;
}

static gboolean
is_made (const Walk *walk, HxWide sum, HxWide slack)
{
  return walk->count >= 2 && ABS (sum - walk->aim) <= slack
         && ABS (sum - walk->aim) <= likely_slack (walk);
}

/* What stands in a bracket of its own is beside the list. */
static gboolean
may_skip (const Walk *walk, const HxTerm *term)
{
  return term->bracket != 0 && term->bracket != total_of (walk)->bracket;
}

static gboolean
is_out_of_reach (const Walk *walk, guint position)
{
  return position >= walk->series->terms->len || walk->count >= REACH_MAX
         || term_at (walk->series, position)->sentence
                > total_of (walk)->sentence + walk->reach;
}

static gboolean
go_on (Walk *walk, guint position, HxWide sum, HxWide slack)
{
  const HxTerm *term = NULL;
  guint inner = 0;

  if (is_made (walk, sum, slack))
    {
      walk->end = position;
      walk->slack = slack;
      return TRUE;
    }
  if (is_out_of_reach (walk, position) || sum > walk->aim + slack
      || ++walk->steps > STEPS_MAX)
    return FALSE;
  term = term_at (walk->series, position);
  inner = g_array_index (walk->series->ends, guint, position);
  walk->chosen[walk->count++] = index_at (walk->series, position);
  if ((inner != 0
       && go_on (walk, inner, sum + hx_quantity_value (&term->quantity),
                 slack + hx_quantity_slack (&term->quantity)))
      || go_on (walk, position + 1, sum + hx_quantity_value (&term->quantity),
                slack + hx_quantity_slack (&term->quantity)))
    return TRUE;
  walk->count--;
  return may_skip (walk, term) && go_on (walk, position + 1, sum, slack);
}

/* Zeros behind the last part belong to the list. */
static void
take_zeros (Walk *walk)
{
  while (!is_out_of_reach (walk, walk->end))
    {
      const HxTerm *term = term_at (walk->series, walk->end);

      if (term->quantity.exact != 0
          || term->sentence != term_at (walk->series, walk->end - 1)->sentence)
        return;
      walk->chosen[walk->count++] = index_at (walk->series, walk->end++);
    }
}

/* --------------------------------------------------------------- plausible */

/* Small numbers make each other by chance. */
static gboolean
needs_words (const HxTerm *total)
{
  return total->quantity.kind == HX_QUANTITY_COUNT
         || hx_quantity_digits (&total->quantity) < SIGNIFICANT_MIN;
}

static gboolean
walk_from (Walk *walk, guint start)
{
  const HxTerm *total = total_of (walk);

  walk->aim = hx_quantity_value (&total->quantity);
  walk->reach = needs_words (total)
                    ? term_at (walk->series, start)->sentence - total->sentence
                    : REACH_SENTENCES;
  walk->count = 0;
  walk->steps = 0;
  if (!go_on (walk, start, 0, hx_quantity_slack (&total->quantity)))
    return FALSE;
  take_zeros (walk);
  return TRUE;
}

static gboolean
begins_sentence (const Series *series, guint position)
{
  const HxTerm *term = term_at (series, position);
  const HxTerm *before = term_at (series, position - 1);

  return term->sentence != before->sentence || term->group != before->group
         || hx_list_is_opened (series->search->reading, before, term);
}

static gboolean
ends_sentence (const Series *series, guint end)
{
  const HxTerm *last = NULL;
  const HxTerm *next = NULL;

  if (end >= series->terms->len)
    return TRUE;
  last = term_at (series, end - 1);
  next = term_at (series, end);
  return last->sentence != next->sentence || last->group != next->group;
}

static void
take (Series *series, const Walk *walk)
{
  hx_search_add_group (series->search, index_at (series, walk->total),
                       walk->chosen, walk->count);
}

/* -------------------------------------------------------------- in front of */

/* In its sentence, or in the next one that begins with 其中. */
static gboolean
is_beside (const HxReading *reading, const HxTerm *total, const HxTerm *first)
{
  static const char *const opens[] = { "。其中", NULL };

  return first->sentence == total->sentence
         || (first->sentence == total->sentence + 1
             && hx_reading_says (reading, total->quantity.until,
                                 first->quantity.from, opens));
}

/* The parts follow the total at once. */
static void
find_direct (Series *series, guint position)
{
  const HxReading *reading = series->search->reading;
  Walk walk = { .series = series, .total = position };
  const HxTerm *total = term_at (series, position);
  const HxTerm *first = NULL;

  if (position + 2 >= series->terms->len || total->quantity.exact == 0)
    return;
  first = term_at (series, position + 1);
  if (needs_words (total)
      && (!is_beside (reading, total, first)
          || !hx_list_is_opened (reading, total, first)))
    return;
  if (!walk_from (&walk, position + 1))
    return;
  g_array_index (series->ends, guint, position) = walk.end;
  take (series, &walk);
}

/* The total is split once more, by something else, further on. */
static void
find_later (Series *series, guint position)
{
  const HxTerm *total = term_at (series, position);
  guint starts = 0;

  if (needs_words (total))
    return;
  for (guint start = position + 2;
       start + 1 < series->terms->len && starts < STARTS_MAX; start++)
    {
      Walk walk = { .series = series, .total = position };
      const HxTerm *first = term_at (series, start);

      if (first->sentence > total->sentence + REACH_SENTENCES)
        break;
      if (!series->begins[start])
        continue;
      starts++;
      if (walk_from (&walk, start) && ends_sentence (series, walk.end))
        take (series, &walk);
    }
}

/* Nought is nought and nought, when the words say that it is a list. */
static void
find_zeros (Series *series, guint position)
{
  const HxReading *reading = series->search->reading;
  const HxTerm *total = term_at (series, position);
  Walk walk = { .series = series, .total = position, .end = position + 1 };

  if (total->quantity.exact != 0 || position + 2 >= series->terms->len
      || !hx_list_is_opened (reading, total, term_at (series, position + 1)))
    return;
  take_zeros (&walk);
  if (walk.count >= 2 && ends_sentence (series, walk.end))
    take (series, &walk);
}

/* ------------------------------------------------------------------- behind */

static gboolean
is_total_behind (const Series *series, guint position)
{
  const HxReading *reading = series->search->reading;
  const HxTerm *term = term_at (series, position);
  static const char *const words[]
      = { "合计", "总计", "共计", "共", "总", NULL };

  return term->quantity.exact > 0
         && hx_reading_says (reading, term->lead.from, term->lead.until, words);
}

/* Zeros in front of the first part, in its sentence. */
static guint
take_leading_zeros (const Series *series, guint position, guint *parts,
                    guint count)
{
  for (guint i = position - count; i-- > 0 && count < REACH_MAX;)
    {
      const HxTerm *term = term_at (series, i);

      if (term->quantity.exact != 0
          || term->sentence != term_at (series, i + 1)->sentence)
        break;
      parts[count++] = index_at (series, i);
    }
  return count;
}

static void
find_behind (Series *series, guint position)
{
  const HxTerm *total = term_at (series, position);
  guint parts[REACH_MAX];
  guint count = 0;
  const HxWide aim = hx_quantity_value (&total->quantity);
  HxWide sum = 0;
  HxWide slack = hx_quantity_slack (&total->quantity);

  if (!is_total_behind (series, position))
    return;
  for (guint i = position; i-- > 0 && count < REACH_MAX;)
    {
      const HxTerm *term = term_at (series, i);

      if (term->sentence + 3 < total->sentence || sum > aim + slack)
        break;
      parts[count++] = index_at (series, i);
      sum += hx_quantity_value (&term->quantity);
      slack += hx_quantity_slack (&term->quantity);
      if (count >= 2 && ABS (sum - aim) <= slack)
        break;
    }
  if (count < 2 || ABS (sum - aim) > slack)
    {
      hx_list_judge_behind (series->search, index_at (series, position));
      return;
    }
  count = take_leading_zeros (series, position, parts, count);
  for (guint i = 0; i < count / 2; i++)
    {
      const guint other = parts[i];

      parts[i] = parts[count - 1 - i];
      parts[count - 1 - i] = other;
    }
  hx_search_add_group (series->search, index_at (series, position), parts,
                       count);
}

/* -------------------------------------------------------------------- series
 */

static gboolean
is_member (const HxTerm *term, const HxTerm *first)
{
  return hx_term_is_amount (term) && hx_term_is_alike (term, first)
         && (term->role == HX_TERM_BUDGET) == (first->role == HX_TERM_BUDGET)
         && (term->role == HX_TERM_PREVIOUS)
                == (first->role == HX_TERM_PREVIOUS)
         && term->quantity.vague == HX_VAGUE_NOT;
}

static void
find_in (Series *series)
{
  for (guint i = 1; i < series->terms->len; i++)
    series->begins[i] = begins_sentence (series, i);
  for (guint i = series->terms->len; i-- > 0;)
    {
      find_direct (series, i);
      find_zeros (series, i);
    }
  for (guint i = 0; i < series->terms->len; i++)
    {
      find_behind (series, i);
      find_later (series, i);
    }
}

void
hx_find_sums (HxSearch *search)
{
  const HxReading *reading = search->reading;
  g_autofree gboolean *done = g_new0 (gboolean, reading->terms->len + 1);

  for (guint first = 0; first < reading->terms->len; first++)
    {
      const HxTerm *leader = hx_reading_term (reading, first);
      Series series = { .search = search };

      if (done[first] || !hx_term_is_amount (leader)
          || leader->quantity.vague != HX_VAGUE_NOT)
        continue;
      series.terms = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint i = first; i < reading->terms->len; i++)
        if (!done[i] && is_member (hx_reading_term (reading, i), leader))
          {
            done[i] = TRUE;
            g_array_append_val (series.terms, i);
          }
      series.ends = g_array_new (FALSE, TRUE, sizeof (guint));
      g_array_set_size (series.ends, series.terms->len);
      series.begins = g_new0 (gboolean, series.terms->len);
      find_in (&series);
      g_free (series.begins);
      g_array_unref (series.terms);
      g_array_unref (series.ends);
    }
  hx_list_judge (search);
}
