/* From words to ranges of the index.
 *
 * Each word is read in every way it may be meant, and each way is a source of
 * rows.  What the sources of a word give is counted only as far as
 * HX_SEARCH_SORTED: the word with the fewest leads, its sources are read, and
 * the other words only judge the rows. */
#include "ledger/search_internal.h"

#define LAST_CHARACTER "\xF4\x8F\xBF\xBF"
#define SHORTEST_MIXED 3 /* letters; ou'ych has five */

static void
source_clear (gpointer data)
{
  HxSource *source = data;

  g_free (source->low);
  g_free (source->high);
}

static void
word_free (gpointer data)
{
  HxWord *word = data;

  g_free (word->text);
  g_free (word->name);
  g_free (word->number);
  g_free (word->tail);
  g_free (word->pattern);
  g_ptr_array_unref (word->places);
  g_array_unref (word->sources);
  g_free (word);
}

void
hx_plan_clear (HxPlan *plan)
{
  g_clear_pointer (&plan->words, g_ptr_array_unref);
  g_clear_pointer (&plan->maker, hx_key_maker_keep);
}

/* ----------------------------------------------------------------- sources */

HxStatement *
hx_source_open (const HxPlan *plan, const HxSource *source, gint64 most,
                GError **error)
{
  g_autofree char *table = hx_search_table (plan->kind);
  g_autofree char *sql
      = source->low != NULL
            ? g_strdup_printf ("SELECT row, key FROM %s WHERE bureau_id = ?1"
                               " AND key %s ?2 AND key <= ?3"
                               " ORDER BY key, row LIMIT ?4",
                               table, source->above ? ">" : ">=")
            : g_strdup_printf ("SELECT id, NULL FROM %s WHERE bureau_id = ?1"
                               " AND \"%s\" = ?2 ORDER BY id LIMIT ?3",
                               plan->kind->table,
                               hx_field_column (source->field));
  HxStatement *statement = hx_statement_new (plan->connection, sql, error);

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  if (source->low == NULL)
    {
      hx_bind_integer (statement, 2, source->id);
      hx_bind_integer (statement, 3, most);
      return statement;
    }
  hx_bind_text (statement, 2, source->low, -1);
  hx_bind_text (statement, 3, source->high, -1);
  hx_bind_integer (statement, 4, most);
  return statement;
}

/* How many rows a source gives, up to `most`; -1 with *error. */
static gint64
count (const HxPlan *plan, const HxSource *source, gint64 most, GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_source_open (plan, source, most, error);
  gint64 rows = 0;
  HxStep step = HX_STEP_ERROR;

  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    rows++;
  return step == HX_STEP_DONE ? rows : -1;
}

static gboolean
is_of_names (const HxSource *source)
{
  return source->low != NULL && source->low[0] != HX_KEY_NUMBER
         && source->low[0] != HX_KEY_TAIL;
}

static gboolean
count_word (const HxPlan *plan, HxWord *word, GError **error)
{
  word->count = 0;
  word->is_name = !word->only;
  for (guint i = 0; i < word->sources->len; i++)
    {
      const HxSource *source = &g_array_index (word->sources, HxSource, i);
      gboolean is_name = is_of_names (source);
      gint64 left = HX_SEARCH_SORTED + 1 - word->count;
      gint64 rows;

      if (left == 0 && is_name)
        continue;
      rows = count (plan, source, left == 0 ? 1 : left, error);
      if (rows < 0)
        return FALSE;
      word->is_name = word->is_name && (is_name || rows == 0);
      word->count += left == 0 ? 0 : rows;
    }
  return TRUE;
}

typedef enum
{
  RANGE_EQUAL,
  RANGE_LONGER,
  RANGE_BOTH
} Range;

/* The last key that is the word itself. */
static char *
last_equal (const char *low)
{
  if (low[0] != HX_KEY_NAME || !g_ascii_isalnum (low[1]))
    return g_strdup (low);
  return g_strdup_printf ("%s%c" LAST_CHARACTER, low, HX_KEY_END);
}

static void
add_range (HxWord *word, char class, const char *from, Range range)
{
  g_autofree char *whole = g_strdup_printf ("%c%s", class, from);
  g_autofree char *equal = last_equal (whole);
  HxSource *source;

  g_array_set_size (word->sources, word->sources->len + 1);
  source = &g_array_index (word->sources, HxSource, word->sources->len - 1);
  *source = (HxSource){ .above = range == RANGE_LONGER };
  source->low = g_strdup (range == RANGE_LONGER ? equal : whole);
  source->high = range == RANGE_EQUAL
                     ? g_strdup (equal)
                     : g_strconcat (whole, LAST_CHARACTER, NULL);
}

static void
add_places (HxWord *word)
{
  for (guint i = 0; i < word->places->len; i++)
    {
      const HxNamedPlace *place = word->places->pdata[i];

      for (guint j = 0; j < place->ids->len; j++)
        {
          HxSource source = { .field = place->field,
                              .id = g_array_index (place->ids, gint64, j) };

          g_array_append_val (word->sources, source);
        }
    }
}

static void
add_keys (HxWord *word)
{
  static const Range ranges[] = { RANGE_EQUAL, RANGE_LONGER };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      if (word->name != NULL)
        add_range (word, HX_KEY_NAME, word->name, ranges[i]);
      if (word->number != NULL && (ranges[i] == RANGE_EQUAL || !word->whole))
        add_range (word, HX_KEY_NUMBER, word->number, ranges[i]);
      if (word->tail != NULL && ranges[i] == RANGE_EQUAL)
        add_range (word, HX_KEY_TAIL, word->tail + 1, RANGE_EQUAL);
    }
  if (word->name == NULL)
    return;
  add_range (word, HX_KEY_INITIALS, word->name, RANGE_BOTH);
  add_range (word, HX_KEY_PART, word->name, RANGE_BOTH);
}

static void
add_sources (HxWord *word)
{
  if (!word->only)
    add_keys (word);
  add_places (word);
}

/* ------------------------------------------------------------------- words */

static gboolean
is_mixed (const char *text)
{
  gboolean latin = FALSE, other = FALSE;

  for (; *text != '\0'; text++)
    {
      latin = latin || g_ascii_isalpha (*text);
      other = other || (guint8)*text >= 0x80;
    }
  return latin && other;
}

static gboolean
is_spelled (const char *name)
{
  return strlen (name) >= SHORTEST_MIXED
         && name[strspn (name, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* Nobody has a key that begins with these letters: then one begins with some
 * of them, and the sieve knows the rest. */
static gboolean
shorten (const HxPlan *plan, HxWord *word, GError **error)
{
  while (word->count == 0 && strlen (word->name) > 1)
    {
      word->name[strlen (word->name) - 1] = '\0';
      word->sieve = TRUE;
      g_array_set_size (word->sources, 0);
      add_sources (word);
      if (!count_word (plan, word, error))
        return FALSE;
    }
  return TRUE;
}

static char *
text_or_null (char *text)
{
  if (*text != '\0')
    return text;
  g_free (text);
  return NULL;
}

static char *
read_tail (const HxPlan *plan, const HxWord *word)
{
  for (guint i = 0; i < plan->kind->search->len; i++)
    {
      const HxField *field = plan->kind->search->pdata[i];

      if (field->type == HX_FIELD_ID_NUMBER)
        return hx_key_tail (plan->connection, field, word->text);
    }
  return NULL;
}

/* Keys of the digits at the end of a number have no zeros before them. */
static char *
read_number (HxWord *word)
{
  g_autofree char *number = hx_key_number (word->text);
  const char *significant = number + strspn (number, "0");

  word->whole = significant > number
                && significant[strspn (significant, "0123456789")] == '\0';
  return text_or_null (g_strdup (word->whole ? significant : number));
}

static gboolean
read_word (const HxPlan *plan, HxWord *word, const char *text, GError **error)
{
  word->text = hx_text_normalise (text);
  word->name = text_or_null (hx_name_query (plan->maker->pinyin, word->text));
  word->pattern = hx_name_pattern (plan->maker->pinyin, word->text);
  word->number = read_number (word);
  word->sieve = is_mixed (word->text);
  word->places = g_ptr_array_new_with_free_func (hx_named_place_free);
  word->sources = g_array_new (FALSE, FALSE, sizeof (HxSource));
  g_array_set_clear_func (word->sources, source_clear);
  word->tail = read_tail (plan, word);
  if (!hx_named_places_find (plan->connection, plan->kind, word->text,
                             word->places, &word->only, error))
    return FALSE;
  add_sources (word);
  return count_word (plan, word, error)
         && (word->count > 0 || word->name == NULL || !is_spelled (word->name)
             || shorten (plan, word, error));
}

/* Of words that are all frequent one in characters leads best: its keys say
 * most of the other words. */
static int
guidance (const HxWord *word)
{
  if (word->only || word->name == NULL)
    return 0;
  return g_ascii_isalnum (*word->name) ? 1 : 2;
}

gboolean
hx_plan_init (HxPlan *plan, const char *const *words, GError **error)
{
  plan->maker = hx_key_maker_take (plan->connection);
  plan->words = g_ptr_array_new_with_free_func (word_free);
  for (; *words != NULL; words++)
    {
      HxWord *word = g_new0 (HxWord, 1);

      g_ptr_array_add (plan->words, word);
      if (!read_word (plan, word, *words, error))
        return FALSE;
      if (plan->lead == NULL || word->count < plan->lead->count
          || (word->count == plan->lead->count
              && guidance (word) > guidance (plan->lead)))
        plan->lead = word;
    }
  return TRUE;
}

/* ------------------------------------------------------------- sparing looks
 */

static gboolean
may_be (const HxPlan *plan, const HxWord *word, const char *name,
        gboolean is_folded)
{
  if (!word->is_name)
    return TRUE;
  if (is_folded && !word->sieve && !g_ascii_isalnum (*word->name))
    return strstr (name, word->name) != NULL;
  return hx_name_fits (plan->maker->pinyin, name, word->pattern);
}

gboolean
hx_plan_may_fit (const HxPlan *plan, const char *key)
{
  const char *end = key != NULL ? strchr (key, HX_KEY_END) : NULL;

  if (key == NULL || key[0] != HX_KEY_NAME)
    return TRUE;
  for (guint i = 0; i < plan->words->len; i++)
    if (!may_be (plan, plan->words->pdata[i], end != NULL ? end + 1 : key + 1,
                 end == NULL))
      return FALSE;
  return TRUE;
}
