/* Sentences, leads and owners.  Which words make which role: role.c. */
#include "check/term.h"

#include "check/role.h"

#include <string.h>

#define LEAD_BYTES_MAX 240
#define NAMED_BACK_MAX 40

/* ------------------------------------------------------------------- places */

typedef struct
{
  HxReading *reading;
  guint sentence, group, item, chapter, line, bracket, brackets;
  HxMark mark;
  gsize opened;
  gsize at; /* how far the words are counted */
} Places;

static gboolean
stands (const char *text, const char *word)
{
  return strncmp (text, word, strlen (word)) == 0;
}

static void
enter_line (Places *places)
{
  const GArray *lines = places->reading->words->lines;
  HxMark mark = HX_MARK_NONE;
  gsize end = 0;

  while (places->line < lines->len
         && g_array_index (lines, guint32, places->line) < places->at)
    places->line++;
  if (places->line >= lines->len
      || g_array_index (lines, guint32, places->line) != places->at)
    return;
  mark = hx_words_mark (places->reading->words, places->at, &end);
  if (mark == HX_MARK_NONE || mark == HX_MARK_POINT)
    return;
  places->chapter += mark == HX_MARK_CHAPTER;
  places->sentence++, places->group++, places->item++;
  places->mark = mark;
  places->opened = end;
}

/* 。 in front of 完成 is a slip for ，. */
static gboolean
ends_sentence (const char *text)
{
  return stands (text, "。") && !stands (text + strlen ("。"), "完成");
}

static void
pass_letter (Places *places, const char *text)
{
  if (ends_sentence (text) || stands (text, "！") || stands (text, "？")
      || *text == '\n')
    {
      places->sentence++, places->group++;
      places->bracket = 0;
    }
  else if (stands (text, "；"))
    places->group++;
  else if (stands (text, "（"))
    places->bracket = ++places->brackets;
  else if (stands (text, "）"))
    places->bracket = 0;
}

static void
go_to (Places *places, gsize until)
{
  const char *text = places->reading->words->clean->str;

  while (places->at < until)
    {
      enter_line (places);
      pass_letter (places, text + places->at);
      places->at += (gsize)g_utf8_skip[(guchar)text[places->at]];
    }
}

/* -------------------------------------------------------------------- leads */

static gboolean
stops_lead (const char *text)
{
  static const char *const stops[]
      = { "，", "。", "；", "：", "、", "（", "\n", "！", "？", "" };

  for (guint i = 0; *stops[i] != '\0'; i++)
    if (stands (text, stops[i]))
      return TRUE;
  return FALSE;
}

/* Where the bracket closed at `at` opens, not before `least`. */
static gsize
bracket_opens (const char *text, gsize at, gsize least)
{
  while (at > least)
    {
      at = (gsize)(g_utf8_prev_char (text + at) - text);
      if (stands (text + at, "（"))
        return at;
    }
  return G_MAXSIZE;
}

static HxSpan
lead_of (const HxWords *words, gsize least, gsize until)
{
  const char *text = words->clean->str;
  HxSpan lead = { until, until };

  if (least + LEAD_BYTES_MAX < until)
    {
      least = until - LEAD_BYTES_MAX;
      while ((text[least] & 0xC0) == 0x80)
        least++;
    }
  while (lead.from > least)
    {
      const gsize at = (gsize)(g_utf8_prev_char (text + lead.from) - text);
      gsize open = G_MAXSIZE;

      if (stands (text + at, "）"))
        {
          open = bracket_opens (text, at, least);
          if (open == G_MAXSIZE)
            break;
        }
      else if (stops_lead (text + at))
        break;
      lead.from = open == G_MAXSIZE ? at : open;
    }
  return lead;
}

/* ------------------------------------------------------------------- owners */

static gboolean
is_rate_or_change (const HxTerm *term)
{
  return term->role >= HX_TERM_DELTA && term->role <= HX_TERM_BARE;
}

static gboolean
may_own (const HxReading *reading, guint owner, const HxTerm *term)
{
  const HxTerm *amount = hx_reading_term (reading, owner);

  return amount->role == HX_TERM_VALUE || amount->role == HX_TERM_TOTAL
         || (amount->role == HX_TERM_BALANCE && term->role != HX_TERM_DONE);
}

/* “基本支出占一般公共预算支出的 96.41%”: the amount of that name. */
static guint
named_owner (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);

  for (guint i = index; i-- > 0 && i + NAMED_BACK_MAX > index;)
    {
      const HxTerm *before = hx_reading_term (reading, i);

      if (hx_term_is_amount (before)
          && hx_reading_match (reading, before->name, term->name) >= 2)
        return i;
    }
  return HX_NO_TERM;
}

/* The nearest amount before it in its sentence; what stands in brackets is
 * not spoken of outside them. */
static guint
owner_of (const HxReading *reading, guint index)
{
  const HxTerm *term = hx_reading_term (reading, index);

  if (term->role == HX_TERM_SHARE && term->name.until > term->name.from)
    return named_owner (reading, index);

  for (guint i = index; i-- > 0 && i + HX_SENTENCE_REACH > index;)
    {
      const HxTerm *before = hx_reading_term (reading, i);

      if (before->sentence != term->sentence)
        break;
      if (before->bracket != 0 && before->bracket != term->bracket)
        continue;
      if (may_own (reading, i, term))
        return i;
    }
  return HX_NO_TERM;
}

/* --------------------------------------------------------------------- made */

/* A number that fills a cell is read with its table (table.h). */
static gboolean
fills_cell (const HxWords *words, const HxQuantity *quantity)
{
  const char *text = words->clean->str;
  gsize from = quantity->from;

  while (from > 0 && text[from - 1] == '-')
    from--;
  return from > 0 && text[from - 1] == '\n' && text[quantity->until] == '\n';
}

static void
add_term (HxReading *reading, Places *places, const HxQuantity *quantity)
{
  const guint count = reading->terms->len;
  HxTerm term = { .quantity = *quantity, .owner = HX_NO_TERM };

  go_to (places, quantity->from);
  enter_line (places);
  term.sentence = places->sentence;
  term.group = places->group;
  term.item = places->item;
  term.mark = places->mark;
  term.opened = places->opened;
  term.chapter = places->chapter;
  term.bracket = places->bracket;
  term.lead = lead_of (
      reading->words,
      count == 0 ? 0 : hx_reading_term (reading, count - 1)->quantity.until,
      quantity->from);
  hx_role_read (reading->words, &term);
  g_array_append_val (reading->terms, term);
}

HxReading *
hx_reading_new (const HxSource *source)
{
  HxReading *reading = g_new0 (HxReading, 1);
  Places places = { .reading = reading };
  g_autoptr (GArray) quantities = NULL;

  reading->source = source;
  reading->words = hx_words_new (source);
  reading->terms = g_array_new (FALSE, FALSE, sizeof (HxTerm));
  quantities = hx_quantities_scan (reading->words);
  for (guint i = 0; i < quantities->len; i++)
    {
      const HxQuantity *quantity = &g_array_index (quantities, HxQuantity, i);

      if (!fills_cell (reading->words, quantity))
        add_term (reading, &places, quantity);
    }
  hx_role_settle (reading);
  for (guint i = 0; i < reading->terms->len; i++)
    if (is_rate_or_change (hx_reading_term (reading, i)))
      hx_reading_term (reading, i)->owner = owner_of (reading, i);
  return reading;
}

void
hx_reading_free (HxReading *reading)
{
  if (reading == NULL)
    return;
  hx_words_free (reading->words);
  g_array_unref (reading->terms);
  g_free (reading);
}

gboolean
hx_term_is_alike (const HxTerm *a, const HxTerm *b)
{
  return a->quantity.kind == b->quantity.kind
         && g_strcmp0 (a->quantity.counter, b->quantity.counter) == 0;
}

gboolean
hx_reading_says (const HxReading *reading, gsize from, gsize until,
                 const char *const *list)
{
  for (; *list != NULL; list++)
    if (from < until
        && hx_words_search (reading->words, from, until, *list) != G_MAXSIZE)
      return TRUE;
  return FALSE;
}

/* -------------------------------------------------------------------- names */

static gsize
span_length (HxSpan span)
{
  return span.until - span.from;
}

static gboolean
ends_alike (const char *text, HxSpan longer, HxSpan shorter)
{
  const gsize length = span_length (shorter);

  return memcmp (text + longer.until - length, text + shorter.from, length)
         == 0;
}

guint
hx_reading_match (const HxReading *reading, HxSpan a, HxSpan b)
{
  const char *text = reading->words->clean->str;
  const HxSpan longer = span_length (a) >= span_length (b) ? a : b;
  const HxSpan shorter = span_length (a) >= span_length (b) ? b : a;

  if (span_length (shorter) < strlen ("支出"))
    return 0;
  if (ends_alike (text, longer, shorter))
    return span_length (longer) == span_length (shorter) ? 3 : 2;
  return memmem (text + longer.from, span_length (longer), text + shorter.from,
                 span_length (shorter))
                 != NULL
             ? 1
             : 0;
}
