/* Lines become blocks.
 *
 * A plain text has either one line a paragraph, or was broken to the width of a
 * page (its longest line is short).  Then a line goes on in the next when it is
 * nearly full or ends in the middle of a sentence, unless the next begins with
 * an ordinal.  Empty lines say nothing: some programs put one behind every
 * line.  In Markdown a paragraph ends at an empty line, as it says.
 *
 * A heading is known by its ordinal (一、 （一） 1.), in Markdown also by its
 * #. An ordinal of the third level begins a block of words: reports write their
 * tasks as “1.……一是……”. */
#include "check/review_text.h"

#include <string.h>

#define PAGE_MIN 30 /* columns of the longest line of a page */
#define PAGE_MAX 120
#define FULL_PER_CENT 75    /* of the longest line: it goes on in the next */
#define HEADING_PER_CENT 90 /* the same of a heading */
#define HEADING_MAX 40      /* characters */
#define LABEL_MAX 12        /* characters of a heading without an ordinal */
#define SECTION_MAX 40      /* characters of a heading's words */
#define ORDINAL_DIGITS_MAX 3
#define LEVELS 3
#define LINK_MAX 2000 /* bytes of its words, and of its address */

typedef struct
{
  const char *start, *end; /* without spaces around */
  guint number, column;    /* of `start` */
  guint width;             /* columns */
} Line;

typedef struct
{
  HxReviewText *text;
  HxTextBlock *block;     /* being filled, or NULL */
  guint line, column;     /* where the next character is if nothing is left
                           * out */
  gboolean has_space;     /* before the next character */
  char *labels[LEVELS];   /* "二", "（二）", "1" */
  char *sections[LEVELS]; /* words of the heading; the third is unused */
} Builder;

/* -------------------------------------------------------------------- blocks
 */

static void
fact_free (gpointer data)
{
  HxTextFact *fact = data;

  g_free (fact->key);
  g_free (fact);
}

static void
block_free (gpointer data)
{
  HxTextBlock *block = data;

  g_free (block->heading);
  g_free (block->section);
  g_string_free (block->words, TRUE);
  g_array_unref (block->marks);
  g_ptr_array_unref (block->facts);
  g_free (block);
}

void
hx_review_text_free (HxReviewText *text)
{
  if (text == NULL)
    return;
  g_ptr_array_unref (text->blocks);
  g_free (text);
}

static HxTextBlock *
block_begin (Builder *builder, HxBlockKind kind)
{
  HxTextBlock *block = g_new0 (HxTextBlock, 1);

  block->kind = kind;
  block->words = g_string_new (NULL);
  block->marks = g_array_new (FALSE, FALSE, sizeof (HxTextMark));
  block->facts = g_ptr_array_new_with_free_func (fact_free);
  g_ptr_array_add (builder->text->blocks, block);
  builder->block = block;
  builder->line = builder->column = 0;
  builder->has_space = FALSE;
  return block;
}

static gboolean
is_space (gunichar character)
{
  return g_unichar_isspace (character) || g_unichar_iszerowidth (character)
         || character == 0xFEFF;
}

/* A space stays between Latin words and numbers alone. */
static void
append_space (GString *words, gunichar next)
{
  if (words->len > 0 && (guchar)words->str[words->len - 1] < 0x80
      && next < 0x80)
    g_string_append_c (words, ' ');
}

static void
append (Builder *builder, gunichar character, guint line, guint column)
{
  HxTextBlock *block = builder->block;

  if (is_space (character))
    {
      builder->has_space = TRUE;
      return;
    }
  if (builder->has_space)
    append_space (block->words, character);
  if (builder->has_space || line != builder->line || column != builder->column)
    {
      const HxTextMark mark = { block->words->len, line, column };

      g_array_append_val (block->marks, mark);
    }
  g_string_append_unichar (block->words, character);
  builder->has_space = FALSE;
  builder->line = line;
  builder->column = column + 1;
}

/* ------------------------------------------------------------------ ordinals
 */

static gsize
numerals (const char *text)
{
  const char *p = text;

  while (*p != '\0'
         && g_utf8_strchr ("一二三四五六七八九十", -1, g_utf8_get_char (p)))
    p = hx_text_next (p);
  return (gsize)(p - text);
}

static guint
ordinal_in_brackets (const char *words, char **label)
{
  const char *inside = hx_text_next (words);
  gsize length = numerals (inside);
  gunichar close = g_utf8_get_char (inside + length);

  if (length == 0 || (close != 0xFF09 && close != ')'))
    return 0;
  *label = g_strdup_printf ("（%.*s）", (int)length, inside);
  return 2;
}

static guint
ordinal_of_digits (const char *words, char **label)
{
  gsize length = strspn (words, "0123456789");
  gunichar stop = g_utf8_get_char (words + length);

  if (length == 0 || length > ORDINAL_DIGITS_MAX
      || g_utf8_strchr (".．、", -1, stop) == NULL || stop == 0
      || g_ascii_isdigit (*hx_text_next (words + length)))
    return 0;
  *label = g_strndup (words, length);
  return 3;
}

/* The level that the ordinal at the start says; 0: there is none. */
static guint
ordinal (const char *words, char **label)
{
  gsize length = numerals (words);

  if (length > 0 && g_str_has_prefix (words + length, "、"))
    {
      *label = g_strndup (words, length);
      return 1;
    }
  if (g_str_has_prefix (words, "（") || *words == '(')
    return ordinal_in_brackets (words, label);
  return ordinal_of_digits (words, label);
}

/* The words up to the first sentence's end, and not too many. */
static char *
heading_words (const char *words, glong most)
{
  const char *stop = strstr (words, "。");
  glong length = g_utf8_strlen (words, stop == NULL ? -1 : stop - words);

  return g_utf8_substring (words, 0, MIN (length, most));
}

static void
enter_level (Builder *builder, guint level, char *label, const char *words)
{
  for (guint i = level - 1; i < LEVELS; i++)
    {
      g_clear_pointer (&builder->labels[i], g_free);
      g_clear_pointer (&builder->sections[i], g_free);
    }
  builder->labels[level - 1] = label;
  builder->sections[level - 1] = heading_words (words, SECTION_MAX);
}

static char *
joined (char *const *parts, guint n_parts, const char *between)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n_parts; i++)
    if (parts[i] != NULL)
      g_string_append_printf (all, "%s%s", all->len > 0 ? between : "",
                              parts[i]);
  return g_string_free (all, FALSE);
}

static gboolean
is_short_heading (const char *words)
{
  return g_utf8_strlen (words, -1) <= HEADING_MAX
         && strstr (words, "。") == NULL && strstr (words, "；") == NULL;
}

/* A block is whole: say where it stands.  `hashes` are those of Markdown. */
static void
block_settle (Builder *builder, guint hashes)
{
  HxTextBlock *block = builder->block;
  char *label = NULL;
  guint level
      = block->kind == HX_BLOCK_ROW ? 0 : ordinal (block->words->str, &label);

  if (hashes > 1 && level == 0)
    {
      level = MIN (hashes - 1, LEVELS);
      label = heading_words (block->words->str, LABEL_MAX);
    }
  if (level > 0)
    enter_level (builder, level, label, block->words->str);
  block->level = level;
  if (hashes > 0
      || (level > 0 && level < LEVELS && is_short_heading (block->words->str)))
    block->kind = HX_BLOCK_HEADING;
  block->heading = joined (builder->labels, LEVELS, "");
  block->section = joined (builder->sections, LEVELS - 1, "\n");
  builder->block = NULL;
}

/* -------------------------------------------------------------------- lines
 */

static void
line_trim (Line *line)
{
  while (line->start < line->end && is_space (g_utf8_get_char (line->start)))
    {
      line->start = hx_text_next (line->start);
      line->column++;
    }
  while (line->start < line->end)
    {
      const char *last = g_utf8_prev_char (line->end);

      if (!is_space (g_utf8_get_char (last)))
        break;
      line->end = last;
    }
  for (const char *p = line->start; p < line->end; p = hx_text_next (p))
    line->width += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
}

static GArray *
lines_of (const char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  guint number = 0;

  for (const char *p = text; p != NULL && *p != '\0';)
    {
      const char *end = strchr (p, '\n');
      Line line = { p, end == NULL ? p + strlen (p) : end, ++number, 1, 0 };

      line_trim (&line);
      g_array_append_val (lines, line);
      p = end == NULL ? NULL : end + 1;
    }
  return lines;
}

static gboolean
ends_sentence (const Line *line)
{
  gunichar last = g_utf8_get_char (g_utf8_prev_char (line->end));

  return g_utf8_strchr ("。！？；：…", -1, last) != NULL;
}

static void
append_plain (Builder *builder, const Line *line)
{
  guint column = line->column;

  builder->has_space = builder->block->words->len > 0;
  for (const char *p = line->start; p < line->end; p = hx_text_next (p))
    append (builder, g_utf8_get_char (p), line->number, column++);
}

/* ---------------------------------------------------------------- plain text
 */

static gboolean
goes_on (const Line *line, guint longest, gboolean is_heading)
{
  const gboolean is_page = longest >= PAGE_MIN && longest <= PAGE_MAX;
  const guint full = is_heading ? HEADING_PER_CENT : FULL_PER_CENT;

  if (longest > PAGE_MAX)
    return FALSE;
  if (is_page && line->width * 100 >= longest * full)
    return TRUE;
  return !is_heading && !ends_sentence (line);
}

static guint
line_ordinal (const Line *line)
{
  g_autofree char *words
      = g_strndup (line->start, (gsize)(line->end - line->start));
  g_autofree char *label = NULL;

  return ordinal (words, &label);
}

static void
read_plain (Builder *builder, const GArray *lines)
{
  gboolean open = FALSE;
  guint longest = 0;

  for (guint i = 0; i < lines->len; i++)
    longest = MAX (longest, g_array_index (lines, Line, i).width);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      guint level = line->width == 0 ? 0 : line_ordinal (line);

      if (line->width == 0)
        continue;
      if (builder->block != NULL && (!open || level > 0))
        block_settle (builder, 0);
      if (builder->block == NULL)
        block_begin (builder, HX_BLOCK_WORDS);
      append_plain (builder, line);
      open = goes_on (line, longest, level == 1 || level == 2);
    }
  if (builder->block != NULL)
    block_settle (builder, 0);
}

/* ------------------------------------------------------------------ Markdown
 */

/* `[words](address)` from `p` on: its last byte, `middle` the one behind the
 * words; NULL when it is none. */
static const char *
link_end (const char *p, const char *end, const char **middle)
{
  const char *close = memchr (p, ']', (gsize)MIN (end - p, LINK_MAX));

  *middle = close;
  if (close == NULL || close + 1 >= end || close[1] != '(')
    return NULL;
  return memchr (close, ')', (gsize)MIN (end - close, LINK_MAX));
}

static void
append_fact (Builder *builder, gsize start, const char *address,
             const char *end)
{
  static const char scheme[] = "fact:";
  HxTextFact *fact;

  if (!g_str_has_prefix (address, scheme))
    return;
  fact = g_new0 (HxTextFact, 1);
  fact->start = start;
  fact->end = builder->block->words->len;
  address += strlen (scheme);
  fact->key = g_strndup (address, (gsize)(end - address));
  g_ptr_array_add (builder->block->facts, fact);
}

static guint
append_inline (Builder *builder, const Line *line, const char *end,
               guint column)
{
  const char *p = line->start;

  while (p < end)
    {
      const char *middle,
          *close = *p == '[' ? link_end (p, end, &middle) : NULL;

      if (close != NULL)
        {
          Line inner = { p + 1, middle, line->number, 0, 0 };
          gsize start = builder->block->words->len;

          append_inline (builder, &inner, middle, column + 1);
          append_fact (builder, start, middle + 2, close);
          column += (guint)g_utf8_strlen (p, close + 1 - p);
          p = close + 1;
          continue;
        }
      if (*p == '\\' && p + 1 < end && g_ascii_ispunct (p[1]))
        p++, column++;
      else if (*p == '*')
        {
          p++, column++;
          continue;
        }
      append (builder, g_utf8_get_char (p), line->number, column++);
      p = hx_text_next (p);
    }
  return column;
}

static gboolean
is_rule_of_table (const Line *line)
{
  for (const char *p = line->start; p < line->end; p++)
    if (strchr ("|-: ", *p) == NULL)
      return FALSE;
  return TRUE;
}

/* Marks of lists and quotes go; an ordinal stays, it says where it stands. */
static gboolean
skip_marks (Line *line)
{
  gboolean is_item = FALSE;

  while (line->end - line->start > 1 && strchr ("-*+>", *line->start) != NULL
         && line->start[1] == ' ')
    {
      line->start += 2;
      line->column += 2;
      is_item = TRUE;
    }
  return is_item;
}

static guint
count_hashes (Line *line)
{
  guint hashes = 0;

  while (line->start + hashes < line->end && line->start[hashes] == '#')
    hashes++;
  if (hashes == 0 || hashes > 6 || line->start[hashes] != ' ')
    return 0;
  line->start += hashes;
  line->column += hashes;
  return hashes;
}

static void
settle (Builder *builder, guint hashes)
{
  if (builder->block != NULL)
    block_settle (builder, hashes);
}

static void
read_line (Builder *builder, Line line)
{
  guint hashes;

  if (line.width == 0 || g_str_has_prefix (line.start, "<!--"))
    {
      settle (builder, 0);
      return;
    }
  hashes = count_hashes (&line);
  if (hashes > 0 || *line.start == '|')
    {
      settle (builder, 0);
      if (hashes == 0 && is_rule_of_table (&line))
        return;
      block_begin (builder, hashes > 0 ? HX_BLOCK_HEADING : HX_BLOCK_ROW);
      append_inline (builder, &line, line.end, line.column);
      settle (builder, hashes);
      return;
    }
  if (skip_marks (&line) || line_ordinal (&line) > 0)
    settle (builder, 0);
  if (builder->block == NULL)
    block_begin (builder, HX_BLOCK_WORDS);
  builder->has_space = builder->block->words->len > 0;
  append_inline (builder, &line, line.end, line.column);
}

HxReviewText *
hx_review_text_new (const char *text, gboolean is_markdown)
{
  g_autoptr (GArray) lines = lines_of (text);
  Builder builder = { .text = g_new0 (HxReviewText, 1) };

  builder.text->blocks = g_ptr_array_new_with_free_func (block_free);
  if (!is_markdown)
    read_plain (&builder, lines);
  for (guint i = 0; is_markdown && i < lines->len; i++)
    read_line (&builder, g_array_index (lines, Line, i));
  settle (&builder, 0);
  for (guint i = 0; i < LEVELS; i++)
    {
      g_free (builder.labels[i]);
      g_free (builder.sections[i]);
    }
  return builder.text;
}

/* -------------------------------------------------------------------- asking
 */

void
hx_text_block_place (const HxTextBlock *block, gsize offset, guint *line,
                     guint *column)
{
  guint low = 0, high = block->marks->len;
  const HxTextMark *mark;

  *line = *column = 0;
  if (high == 0)
    return;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (block->marks, HxTextMark, middle).offset <= offset)
        low = middle;
      else
        high = middle;
    }
  mark = &g_array_index (block->marks, HxTextMark, low);
  *line = mark->line;
  *column = mark->column
            + (guint)g_utf8_strlen (block->words->str + mark->offset,
                                    (gssize)(offset - mark->offset));
}

/* Links stand in order and apart. */
gboolean
hx_text_block_is_fact (const HxTextBlock *block, gsize start, gsize end)
{
  guint low = 0, high = block->facts->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const HxTextFact *fact = block->facts->pdata[middle];

      if (fact->start < end && start < fact->end)
        return TRUE;
      if (fact->end <= start)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

gboolean
hx_text_block_in (const HxTextBlock *block, const char *const *words)
{
  gsize from = 0, length;

  return hx_words_find (block->section, &from, words, &length);
}

/* Two bytes are compared first: most words are another. */
gsize
hx_words_at (const char *text, const char *const *words)
{
  gsize longest = 0;

  for (; *words != NULL; words++)
    {
      const char *word = *words;

      if (word[0] != text[0] || word[0] == '\0' || word[1] != text[1])
        continue;
      const gsize length = strlen (word);
      if (length > longest && strncmp (text, word, length) == 0)
        longest = length;
    }
  return longest;
}

gboolean
hx_words_find (const char *text, gsize *from, const char *const *words,
               gsize *length)
{
  for (const char *p = text + *from; *p != '\0'; p = hx_text_next (p))
    {
      *length = hx_words_at (p, words);
      *from = (gsize)(p - text);
      if (*length > 0)
        return TRUE;
    }
  return FALSE;
}
