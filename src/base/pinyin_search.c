/* Finding names by what people type.
 *
 * The keys of a name are all ways to write it from one of its characters on.
 * Each character may be written in a few ways (its options: a reading, and
 * that reading with u for v); the ways multiply, and are kept to WAYS_MAX by
 * leaving later characters their first option.  hx_name_matches knows no such
 * limit: it walks name and query together and remembers where it failed, so
 * that no place is tried twice. */
#include "base/pinyin_internal.h"

#include <string.h>

#define WAYS_MAX 16
#define OPTIONS_MAX (2 * HX_READINGS_MAX)
#define KEYS_MAX (HX_NAME_CHARACTERS_MAX * (2 * WAYS_MAX + 1))
#define KEY_SIZE (HX_NAME_CHARACTERS_MAX * HX_SYLLABLE_SIZE)

/* The ways to write one character. */
typedef struct
{
  guint8 count;
  guint8 size[OPTIONS_MAX];
  char text[OPTIONS_MAX][HX_SYLLABLE_SIZE];
} Options;

typedef struct
{
  HxNameUnits units;
  Options spelled[HX_NAME_CHARACTERS_MAX];
  Options letters[HX_NAME_CHARACTERS_MAX];
  HxNameKeyFound found;
  gpointer data;
  guint keys;
  guint64 seen[KEYS_MAX];
  char key[KEY_SIZE];
} Search;

static void
add_option (Options *options, const char *text, gsize size)
{
  for (guint i = 0; i < options->count; i++)
    if (options->size[i] == size && memcmp (options->text[i], text, size) == 0)
      return;
  memcpy (options->text[options->count], text, size);
  options->size[options->count++] = (guint8)size;
}

static void
spelled_options (const HxPinyin *pinyin, const HxNameUnit *unit,
                 Options *options)
{
  options->count = 0;
  for (guint i = 0; i < unit->count; i++)
    {
      const HxSyllable *syllable
          = hx_pinyin_syllable (pinyin, unit->readings[i]);
      const HxSyllable *plain = hx_pinyin_syllable (pinyin, syllable->plain);

      add_option (options, syllable->text, strlen (syllable->text));
      if (plain != syllable)
        add_option (options, plain->text, strlen (plain->text));
    }
}

/* Within a run of Latin letters only the first has an initial. */
static void
letter_options (const HxNameUnit *unit, const Options *spelled,
                Options *letters)
{
  letters->count = 0;
  if (!unit->head)
    add_option (letters, "", 0);
  for (guint i = 0; unit->head && i < spelled->count; i++)
    add_option (letters, spelled->text[i],
                (gsize)g_utf8_skip[(guint8)spelled->text[i][0]]);
}

/* ---------------------------------------------------------------- keys */

/* FNV-1a. */
static guint64
hash (const char *text, gsize size)
{
  guint64 sum = G_GUINT64_CONSTANT (0xCBF29CE484222325);

  for (gsize i = 0; i < size; i++)
    sum = (sum ^ (guint8)text[i]) * G_GUINT64_CONSTANT (0x100000001B3);
  return sum;
}

static void
emit (Search *search, gsize size)
{
  guint64 sum = hash (search->key, size);

  for (guint i = 0; i < search->keys; i++)
    if (search->seen[i] == sum)
      return;
  if (size == 0 || search->keys == KEYS_MAX)
    return;
  search->seen[search->keys++] = sum;
  search->key[size] = '\0';
  search->found (search->key, search->data);
}

/* All ways from `at` on, behind the `size` bytes that are there. */
static void
write_on (Search *search, const Options *options, guint at, gsize size,
          guint ways)
{
  const Options *here = &options[at];
  guint count;

  if (at == search->units.count)
    {
      emit (search, size);
      return;
    }
  count = ways * here->count > WAYS_MAX ? 1 : here->count;
  for (guint i = 0; i < count; i++)
    {
      memcpy (search->key + size, here->text[i], HX_SYLLABLE_SIZE);
      write_on (search, options, at + 1, size + here->size[i], ways * count);
    }
}

static void
emit_han (Search *search, guint first)
{
  gsize size = 0;
  gboolean han = FALSE;

  for (guint i = first; i < search->units.count; i++)
    {
      const HxNameUnit *unit = &search->units.unit[i];

      han = han || unit->kind == HX_UNIT_HAN;
      size += hx_put_character (search->key + size, unit->fold);
    }
  if (han)
    emit (search, size);
}

static gboolean
has_two_heads (const HxNameUnits *units, guint first)
{
  for (guint i = first + 1; i < units->count; i++)
    if (units->unit[i].head)
      return TRUE;
  return FALSE;
}

static void
prepare (HxPinyin *pinyin, Search *search, const char *name)
{
  hx_name_units (pinyin, name, &search->units);
  search->keys = 0;
  for (guint i = 0; i < search->units.count; i++)
    {
      const HxNameUnit *unit = &search->units.unit[i];

      spelled_options (pinyin, unit, &search->spelled[i]);
      letter_options (unit, &search->spelled[i], &search->letters[i]);
    }
}

void
hx_name_search_keys (HxPinyin *pinyin, const char *name, HxNameKeys kinds,
                     HxNameKeyFound found, gpointer data)
{
  Search search;

  prepare (pinyin, &search, name);
  search.found = found;
  search.data = data;
  for (guint i = 0; i < search.units.count; i++)
    {
      if (i > 0 && (kinds & HX_NAME_KEY_PARTS) == 0)
        return;
      if (!search.units.unit[i].head)
        continue;
      if (kinds & HX_NAME_KEY_HAN)
        emit_han (&search, i);
      if (kinds & HX_NAME_KEY_PINYIN)
        write_on (&search, search.spelled, i, 0, 1);
      if (kinds & HX_NAME_KEY_INITIALS
          && (i == 0 || has_two_heads (&search.units, i)))
        write_on (&search, search.letters, i, 0, 1);
    }
}

/* -------------------------------------------------------------- queries */

/* One letter of a query behind the letters that are there. */
static void
append_letter (GString *out, const HxNameUnit *unit)
{
  char letter = (char)unit->fold;
  char before = out->len > 0 ? out->str[out->len - 1] : '\0';

  if (unit->count > 1 && (before == 'l' || before == 'n'))
    letter = 'v';
  if (letter == 'v' && (before == 'j' || before == 'q' || before == 'x'))
    letter = 'u';
  g_string_append_c (out, letter);
  /* The passport's LYU and NYU; no other spelling begins so. */
  if (out->len == 3 && letter == 'u' && before == 'y'
      && (out->str[0] == 'l' || out->str[0] == 'n'))
    {
      g_string_truncate (out, 1);
      g_string_append_c (out, 'v');
    }
}

/* The whole query in the letters of the keys; `pure` stops where Han and
 * Latin meet. */
static char *
normalise (HxPinyin *pinyin, const char *query, gboolean pure)
{
  g_autoptr (GString) marked = g_string_new (query);
  g_autofree char *composed = NULL;
  GString *out = g_string_new (NULL);
  HxNameUnits units;

  g_string_replace (marked, "u:", "ü", 0);
  g_string_replace (marked, "U:", "ü", 0);
  if (hx_text_is_valid (marked->str, -1))
    composed = g_utf8_normalize (marked->str, -1, G_NORMALIZE_NFC);
  hx_name_units (pinyin, composed == NULL ? query : composed, &units);
  for (guint i = 0; i < units.count; i++)
    {
      const HxNameUnit *unit = &units.unit[i];

      if (pure && unit->kind != units.unit[0].kind)
        break;
      if (unit->kind == HX_UNIT_LETTER)
        append_letter (out, unit);
      else
        g_string_append_unichar (out, unit->fold);
    }
  return g_string_free (out, FALSE);
}

char *
hx_name_query (HxPinyin *pinyin, const char *query)
{
  return normalise (pinyin, query, TRUE);
}

/* ------------------------------------------------------------- matching */

typedef struct
{
  const HxNameUnits *units;
  const Options *spelled;
  const char *query;
  /* A bit for each byte of the query at which a character did not fit. */
  guint64 failed[HX_NAME_CHARACTERS_MAX][KEY_SIZE / 64];
} Match;

static gboolean fits (Match *match, guint at, gsize offset);

static gboolean
fits_option (Match *match, guint at, gsize offset, const Options *options,
             guint option)
{
  const char *rest = match->query + offset;
  const char *text = options->text[option];
  gsize size = options->size[option];
  gsize initial = (gsize)g_utf8_skip[(guint8)text[0]];
  gsize same = 0;
  guint next = at + 1;

  while (same < size && rest[same] == text[same])
    same++;
  if (rest[same] == '\0')
    return TRUE;
  if (same == size && fits (match, next, offset + size))
    return TRUE;
  while (next < match->units->count && !match->units->unit[next].head)
    next++;
  return match->units->unit[at].head && same >= initial
         && fits (match, next, offset + initial);
}

static gboolean
fits_somehow (Match *match, guint at, gsize offset)
{
  const Options *options = &match->spelled[at];
  char own[HX_SYLLABLE_SIZE];
  gsize size = hx_put_character (own, match->units->unit[at].fold);

  if (strncmp (match->query + offset, own, size) == 0
      && fits (match, at + 1, offset + size))
    return TRUE;
  for (guint i = 0; i < options->count; i++)
    if (fits_option (match, at, offset, options, i))
      return TRUE;
  return FALSE;
}

/* Whether the query from `offset` on is written by the characters from `at`
 * on. */
static gboolean
fits (Match *match, guint at, gsize offset)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (offset % 64);

  if (match->query[offset] == '\0')
    return TRUE;
  if (at == match->units->count)
    return FALSE;
  if (match->failed[at][offset / 64] & bit)
    return FALSE;
  if (fits_somehow (match, at, offset))
    return TRUE;
  match->failed[at][offset / 64] |= bit;
  return FALSE;
}

char *
hx_name_pattern (HxPinyin *pinyin, const char *query)
{
  return normalise (pinyin, query, FALSE);
}

gboolean
hx_name_matches (HxPinyin *pinyin, const char *name, const char *query)
{
  g_autofree char *wanted = hx_name_pattern (pinyin, query);

  return hx_name_fits (pinyin, name, wanted);
}

gboolean
hx_name_fits (HxPinyin *pinyin, const char *name, const char *pattern)
{
  Options spelled[HX_NAME_CHARACTERS_MAX];
  HxNameUnits units;
  Match match = { &units, spelled, pattern, { { 0 } } };

  if (*pattern == '\0' || strlen (pattern) >= KEY_SIZE)
    return FALSE;
  hx_name_units (pinyin, name, &units);
  for (guint i = 0; i < units.count; i++)
    spelled_options (pinyin, &units.unit[i], &spelled[i]);
  for (guint i = 0; i < units.count; i++)
    if (units.unit[i].head && fits (&match, i, 0))
      return TRUE;
  return FALSE;
}
