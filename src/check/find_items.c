/* Numbered items over pages: the amounts of “1、…（项）… 年初预算为 a，支出决算
 * 为 b” make the total that was given before them, and those of one class make
 * what the class was given.
 *
 * Of each item the first amount of a kind counts: what follows speaks of it.
 */
#include "check/group.h"

#include <string.h>

#define ITEMS_MAX 200
#define BACK_MAX 60
#define SIGNIFICANT_MIN 3
#define SLIP_DIGITS_MIN 4
#define SLIP_ITEMS_MIN 3
#define SLIP_BACK_MAX 14

/* The first amounts of a run of items. */
typedef struct
{
  guint terms[ITEMS_MAX];
  guint count;
} Run;

static gboolean
is_wanted (const HxTerm *term, HxTermRole role)
{
  return term->quantity.vague == HX_VAGUE_NOT
         && term->quantity.kind == HX_QUANTITY_MONEY && term->role == role;
}

/* From `start` on: one amount an item, while the items follow each other under
 * marks of the same kind.  Where the run ends. */
static guint
read_run (const HxReading *reading, guint start, HxTermRole role, Run *run)
{
  const HxTerm *first = hx_reading_term (reading, start);
  guint item = 0;
  guint i = start;

  run->count = 0;
  for (; i < reading->terms->len && run->count < ITEMS_MAX; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (term->mark != first->mark || term->chapter != first->chapter)
        break;
      if (term->item == item || !is_wanted (term, role))
        continue;
      item = term->item;
      run->terms[run->count++] = i;
    }
  return i;
}

static gboolean
makes (const HxReading *reading, guint total, const guint *parts, guint count)
{
  HxProposal proposal = {
    .kind = HX_CLAIM_SUM, .operands = parts, .count = count, .stated = total
  };

  proposal.outcome = hx_outcome_sum (reading, parts, NULL, count);
  return hx_proposal_verdict (reading, &proposal) != HX_VERDICT_ERROR;
}

/* One slip keeps them from making it. */
static gboolean
slips (const HxReading *reading, guint total, const guint *parts, guint count)
{
  HxProposal proposal = {
    .kind = HX_CLAIM_SUM, .operands = parts, .count = count, .stated = total
  };

  if (hx_quantity_digits (&hx_reading_term (reading, total)->quantity)
      < SLIP_DIGITS_MIN)
    return FALSE;
  proposal.outcome = hx_outcome_sum (reading, parts, NULL, count);
  return hx_proposal_is_slip (reading, &proposal);
}

/* Some amounts of the run are known not to make their class: the error is
 * told there. */
static gboolean
is_blamed (const HxSearch *search, const Run *run)
{
  for (guint i = 0; i < search->groups->len; i++)
    {
      const HxGroup *group = g_ptr_array_index (search->groups, i);
      const guint first = g_array_index (group->parts, guint, 0);

      if (!group->holds && first >= run->terms[0]
          && first <= run->terms[run->count - 1])
        return TRUE;
    }
  return FALSE;
}

/* The amount right in front that one slip keeps the run from making. */
static void
find_slipped (HxSearch *search, guint start, const Run *run, HxTermRole role)
{
  const HxReading *reading = search->reading;

  if (run->count < SLIP_ITEMS_MIN || is_blamed (search, run))
    return;
  for (guint i = start; i-- > 0 && i + SLIP_BACK_MAX > start;)
    if (is_wanted (hx_reading_term (reading, i), role)
        && slips (reading, i, run->terms, run->count))
      {
        hx_search_add_group (search, i, run->terms, run->count);
        return;
      }
}

/* -------------------------------------------------------------------- sides
 *
 * “年初预算为 B，支出决算为 K。其中：” and items that tell both: when the items
 * make K they are all of them, and must make B as well.
 */

/* The only amount of the role in the sentence of a term. */
static guint
beside (const HxReading *reading, guint index, HxTermRole role)
{
  const guint sentence = hx_reading_term (reading, index)->sentence;
  guint found = HX_NO_TERM;
  guint i = index;

  while (i > 0 && hx_reading_term (reading, i - 1)->sentence == sentence)
    i--;
  for (; i < reading->terms->len
         && hx_reading_term (reading, i)->sentence == sentence;
       i++)
    {
      if (!is_wanted (hx_reading_term (reading, i), role))
        continue;
      if (found != HX_NO_TERM)
        return HX_NO_TERM;
      found = i;
    }
  return found;
}

static void
find_sides (HxSearch *search, guint start, guint total, const Run *run)
{
  static const HxTermRole sides[]
      = { HX_TERM_BUDGET, HX_TERM_VALUE, HX_TERM_PREVIOUS };
  const HxReading *reading = search->reading;
  Run *side = g_new (Run, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      const guint whole = beside (reading, total, sides[i]);

      if (whole == HX_NO_TERM || whole == total)
        continue;
      (void)read_run (reading, start, sides[i], side);
      if (side->count == run->count
          && !makes (reading, whole, side->terms, side->count))
        hx_search_add_group (search, whole, side->terms, side->count);
    }
  g_free (side);
}

/* Amounts in front of the run that all of it makes. */
static void
find_total (HxSearch *search, guint start, const Run *run, HxTermRole role)
{
  const HxReading *reading = search->reading;
  gboolean is_found = FALSE;

  if (run->count < 2)
    return;
  for (guint i = start; i-- > 0 && i + BACK_MAX > start;)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (!is_wanted (term, role)
          || hx_quantity_digits (&term->quantity) < SIGNIFICANT_MIN
          || !makes (reading, i, run->terms, run->count))
        continue;
      hx_search_add_group (search, i, run->terms, run->count);
      if (!is_found)
        find_sides (search, start, i, run);
      is_found = TRUE;
    }
  if (!is_found)
    find_slipped (search, start, run, role);
}

/* ------------------------------------------------------------------ classes */

/* “卫生健康支出（类）行政事业单位医疗（款）…”: the words in front of （类）. */
static HxSpan
class_of (const HxReading *reading, const HxTerm *term)
{
  const HxWords *words = reading->words;
  HxSpan class = { term->opened, term->opened };
  const gsize at = hx_words_search (
      words, term->opened, MAX (term->opened, term->quantity.from), "（类）");

  if (strncmp (words->clean->str + class.from, "“", strlen ("“")) == 0)
    class.from += strlen ("“");
  class.until = at == G_MAXSIZE ? class.from : at;
  return class;
}

static guint
same_class (const HxReading *reading, const Run *run, guint from)
{
  const HxSpan class = class_of (reading,
                                 hx_reading_term (reading, run->terms[from]));
  guint end = from + 1;

  if (class.from >= class.until)
    return end;
  while (end < run->count
         && hx_reading_match (
                reading, class,
                class_of (reading, hx_reading_term (reading, run->terms[end])))
                == 3)
    end++;
  return end;
}

/* The amount that bears the name of the class, in front of the items. */
static guint
total_of_class (const HxReading *reading, guint start, HxSpan class)
{
  for (guint i = start; i-- > 0 && i + BACK_MAX > start;)
    {
      const HxTerm *term = hx_reading_term (reading, i);

      if (is_wanted (term, HX_TERM_VALUE)
          && hx_reading_match (reading, term->name, class) == 3)
        return i;
    }
  return HX_NO_TERM;
}

static void
find_classes (HxSearch *search, guint start, const Run *run)
{
  const HxReading *reading = search->reading;

  for (guint from = 0, end = 0; from < run->count; from = end)
    {
      guint total = HX_NO_TERM;

      end = same_class (reading, run, from);
      if (end - from < 2)
        continue;
      total = total_of_class (
          reading, start,
          class_of (reading, hx_reading_term (reading, run->terms[from])));
      if (total != HX_NO_TERM
          && (makes (reading, total, run->terms + from, end - from)
              || slips (reading, total, run->terms + from, end - from)))
        hx_search_add_group (search, total, run->terms + from, end - from);
    }
}

static gboolean
starts_run (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);
  static const char *const announces[] = { "其中：", "如下：", NULL };
  const HxTerm *before = NULL;

  if (term->mark == HX_MARK_NONE)
    return FALSE;
  if (index == 0)
    return TRUE;
  before = hx_reading_term (reading, index - 1);
  if (before->item != term->item
      && hx_reading_says (reading, before->quantity.until, term->quantity.from,
                          announces))
    return TRUE;
  return before->mark != term->mark || before->chapter != term->chapter;
}

void
hx_find_items (HxSearch *search)
{
  const HxReading *reading = search->reading;
  Run *run = g_new (Run, 1);

  for (guint i = 0; i < reading->terms->len; i++)
    {
      if (!starts_run (reading, i))
        continue;
      (void)read_run (reading, i, HX_TERM_BUDGET, run);
      find_total (search, i, run, HX_TERM_BUDGET);
      (void)read_run (reading, i, HX_TERM_VALUE, run);
      find_classes (search, i, run);
      find_total (search, i, run, HX_TERM_VALUE);
    }
  g_free (run);
}
