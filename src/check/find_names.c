/* Counts of what is then named: “设 9 个内设机构，分别为：A、B、C…”.
 *
 * Only after 分别为, 分别是 or 即, and only a list that ends with its sentence:
 * with 等 it may go on, with a number in it it is about something else.
 */
#include "check/group.h"

#include <string.h>

#define NAMES_MAX 30
#define NAMES_MIN 3
#define AHEAD_BYTES_MAX 72
#define LIST_BYTES_MAX 1200

typedef struct
{
  HxSpan names[NAMES_MAX];
  guint count;
} Names;

static gboolean
stands (const char *text, const char *word)
{
  return strncmp (text, word, strlen (word)) == 0;
}

/* Where the list begins: behind the word that opens it, in the same clause
 * chain. */
static gsize
list_begins (const HxWords *words, gsize from)
{
  static const char *const openers[]
      = { "分别为：", "分别是：", "分别为", "分别是", "即：" };
  const gsize until = MIN (from + AHEAD_BYTES_MAX, words->clean->len);
  const gsize stop = hx_words_search (words, from, until, "。");

  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      const gsize at = hx_words_search (words, from, until, openers[i]);

      if (at != G_MAXSIZE && at < stop)
        return at + strlen (openers[i]);
    }
  return G_MAXSIZE;
}

static gboolean
ends_list (const char *text)
{
  return *text == '\0' || *text == '\n' || stands (text, "。")
         || stands (text, "；");
}

static void
take_name (Names *names, gsize from, gsize until)
{
  if (names->count < NAMES_MAX && until > from)
    names->names[names->count++] = (HxSpan){ from, until };
}

/* “3 个科室和 4 个中心，分别为”: the names are of both; behind ； more follow.
 */
static gboolean
may_be_of_more (const HxReading *reading, guint index, const Names *names)
{
  const HxTerm *term = hx_reading_term (reading, index);
  const HxTerm *before
      = index == 0 ? NULL : hx_reading_term (reading, index - 1);
  const gsize end = names->names[names->count - 1].until;

  return stands (reading->words->clean->str + end, "；")
         || (before != NULL && before->sentence == term->sentence
             && before->group == term->group && before->quantity.is_counted);
}

/* The names up to the end of the list; FALSE: it is no such list.  和 parts
 * only the last two, and only where 、 parted the ones before. */
static gboolean
read_names (const HxWords *words, gsize from, Names *names)
{
  const char *text = words->clean->str;
  gsize start = from;
  gsize at = from;

  for (; !ends_list (text + at); at += (gsize)g_utf8_skip[(guchar)text[at]])
    {
      if (g_ascii_isdigit (text[at]) || stands (text + at, "等")
          || stands (text + at, "（") || stands (text + at, "，")
          || at > from + LIST_BYTES_MAX)
        return FALSE;
      if (!stands (text + at, "、"))
        continue;
      take_name (names, start, at);
      start = at + strlen ("、");
    }
  take_name (names, start, at);
  return names->count >= NAMES_MIN && names->count < NAMES_MAX;
}

/* “A、B和C”: the last may be two. */
static gboolean
may_be_two (const HxWords *words, HxSpan last)
{
  return hx_words_search (words, last.from, last.until, "和") != G_MAXSIZE
         || hx_words_search (words, last.from, last.until, "及") != G_MAXSIZE;
}

/* The names as terms of one piece each; the first of them. */
static guint
add_terms (HxReading *reading, const Names *names, const HxQuantity *like)
{
  const guint first = reading->terms->len;

  for (guint i = 0; i < names->count; i++)
    {
      HxTerm term = { .quantity = *like, .owner = HX_NO_TERM };

      term.quantity.from = term.quantity.digits = names->names[i].from;
      term.quantity.until = names->names[i].until;
      term.quantity.value = (HxDecimal){ 1, 0 };
      term.quantity.exact = like->one;
      term.quantity.unit = like->counter;
      g_array_append_val (reading->terms, term);
    }
  return first;
}

static void
judge (HxSearch *search, HxReading *reading, guint stated, const Names *names)
{
  const HxTelling telling = { .how = _ ("逐一列出的共"), .where = _ ("文中") };
  const HxQuantity like = hx_reading_term (reading, stated)->quantity;
  const guint first = add_terms (reading, names, &like);
  guint operands[NAMES_MAX];
  HxProposal proposal = { .kind = HX_CLAIM_SUM,
                          .formula = "a+b+…",
                          .operands = operands,
                          .count = names->count,
                          .stated = stated,
                          .telling = &telling };

  for (guint i = 0; i < names->count; i++)
    operands[i] = first + i;
  proposal.outcome = hx_outcome_sum (reading, operands, NULL, names->count);
  hx_claim_add (search->result, reading, &proposal);
  g_array_set_size (reading->terms, first);
}

static gboolean
may_count_names (const HxTerm *term)
{
  return term->quantity.is_counted && term->quantity.vague == HX_VAGUE_NOT
         && term->quantity.value.scale == 0
         && term->quantity.value.units >= NAMES_MIN
         && term->quantity.value.units < NAMES_MAX;
}

void
hx_find_names (HxSearch *search, HxReading *reading)
{
  const guint count = reading->terms->len;

  for (guint i = 0; i < count; i++)
    {
      const HxTerm *term = hx_reading_term (reading, i);
      const gsize from
          = may_count_names (term)
                ? list_begins (reading->words, term->quantity.until)
                : G_MAXSIZE;
      const gint64 stated = term->quantity.value.units;
      Names names = { .count = 0 };

      if (from == G_MAXSIZE
          || (i + 1 < count
              && hx_reading_term (reading, i + 1)->quantity.from < from)
          || !read_names (reading->words, from, &names))
        continue;
      if (stated == names.count
          || (!may_be_two (reading->words, names.names[names.count - 1])
              && !may_be_of_more (reading, i, &names)))
        judge (search, reading, i, &names);
    }
}
