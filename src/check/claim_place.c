/* Places in a text, and the words around them.
 *
 * A mark every MARK_EVERY characters holds its byte, line and column; a place
 * is found by walking on from the mark before it, so that it takes the same
 * time in a text of one line as in one of many. */
#include "check/claim_output_internal.h"

#include <string.h>

#define MARK_EVERY 256
#define WORDS_BEFORE 40 /* characters of an excerpt */
#define WORDS_AFTER 24
#define NUMBER_MORE 20
#define REST_MORE 8

static void
step (HxPlace *place, const char *text)
{
  const char *at = text + place->byte;

  place->column++;
  if (*at == '\n')
    {
      place->line++;
      place->column = 1;
    }
  place->byte += hx_text_width (at);
}

HxPlaces *
hx_places_new (const HxSource *source)
{
  HxPlaces *places = g_new0 (HxPlaces, 1);
  HxPlace place = { 0, 1, 1 };

  places->text = source->text;
  places->marks = g_array_new (FALSE, FALSE, sizeof (HxPlace));
  for (gsize i = 0;; i++, step (&place, source->text))
    {
      if (i % MARK_EVERY == 0)
        g_array_append_val (places->marks, place);
      if (source->text[place.byte] == '\0')
        {
          places->characters = i;
          return places;
        }
    }
}

void
hx_places_free (HxPlaces *places)
{
  if (places == NULL)
    return;
  g_array_unref (places->marks);
  g_free (places);
}

HxPlace
hx_places_find (const HxPlaces *places, gsize offset)
{
  HxPlace place;

  offset = MIN (offset, places->characters);
  place = g_array_index (places->marks, HxPlace, offset / MARK_EVERY);
  for (gsize i = offset % MARK_EVERY; i > 0; i--)
    step (&place, places->text);
  return place;
}

/* ------------------------------------------------------------------ excerpts
 */

static gboolean
ends_sentence (gunichar character)
{
  return character == 0x3002 /* 。 */ || character == 0xFF01 /* ！ */
         || character == 0xFF1F /* ？ */;
}

/* An empty line, which parts paragraphs: "\n", spaces, "\n". */
static gboolean
is_empty_line (const char *text, const char *at)
{
  if (*at != '\n')
    return FALSE;
  while (at > text && strchr (" \t\r", at[-1]) != NULL)
    at--;
  return at > text && at[-1] == '\n';
}

/* Words are not cut within a number. */
static gboolean
is_of_number (gunichar character)
{
  return g_unichar_isdigit (character) || character == '.' || character == ','
         || character == '%';
}

static const char *
excerpt_start (const HxPlaces *places, const char *from)
{
  const char *at = from;

  for (guint i = 0; i < WORDS_BEFORE + NUMBER_MORE && at > places->text; i++)
    {
      const char *before = g_utf8_prev_char (at);
      gunichar character = g_utf8_get_char (before);

      if (ends_sentence (character) || is_empty_line (places->text, before)
          || (i >= WORDS_BEFORE && !is_of_number (character)))
        return at;
      at = before;
    }
  return at;
}

/* A rest of a few words is not worth cutting. */
static gboolean
ends_soon (const char *at)
{
  for (guint i = 0; i < REST_MORE && *at != '\0' && *at != '\n'; i++)
    {
      if (ends_sentence (g_utf8_get_char (at)))
        return TRUE;
      at = hx_text_next (at);
    }
  return FALSE;
}

static const char *
excerpt_end (const HxPlaces *places, const char *from)
{
  const char *at = from;

  for (guint i = 0; i < WORDS_AFTER + NUMBER_MORE && *at != '\0'; i++)
    {
      gunichar character = g_utf8_get_char (at);

      if (is_empty_line (places->text, at)
          || (i >= WORDS_AFTER && !is_of_number (character) && !ends_soon (at)))
        return at;
      at = hx_text_next (at);
      if (ends_sentence (character))
        return at;
    }
  return at;
}

/* Whether the words go on past `at` in the same sentence. */
static gboolean
is_cut_before (const HxPlaces *places, const char *at)
{
  const char *before;

  if (at == places->text)
    return FALSE;
  before = g_utf8_prev_char (at);
  return !ends_sentence (g_utf8_get_char (before))
         && !is_empty_line (places->text, before);
}

static gboolean
is_cut_after (const HxPlaces *places, const char *at)
{
  return *at != '\0' && !is_empty_line (places->text, at)
         && !ends_sentence (g_utf8_get_char (g_utf8_prev_char (at)));
}

/* What a terminal would act on, and marks that turn the order of the words. */
static gboolean
steers (gunichar character)
{
  return g_unichar_iscntrl (character)
         || (character >= 0x202A && character <= 0x202E)
         || (character >= 0x2066 && character <= 0x2069);
}

static gboolean
is_wide (gunichar character)
{
  return character != 0 && g_unichar_iswide (character);
}

static void
append_one_line (GString *out, const char *text, const char *end)
{
  gunichar last = 0;
  gboolean is_space = FALSE;

  for (; text < end && *text != '\0'; text = hx_text_next (text))
    {
      gunichar character = g_utf8_get_char (text);

      if (g_unichar_isspace (character) || character == 0xFEFF)
        {
          is_space = TRUE;
          continue;
        }
      if (is_space && last != 0 && !is_wide (last) && !is_wide (character))
        g_string_append_c (out, ' ');
      is_space = FALSE;
      last = steers (character) ? 0xFFFD : character;
      g_string_append_unichar (out, last);
    }
  if (is_space && last != 0 && !is_wide (last))
    g_string_append_c (out, ' ');
}

char *
hx_one_line (const char *text)
{
  GString *out = g_string_new (NULL);

  append_one_line (out, text, text + strlen (text));
  return g_string_free (out, FALSE);
}

char *
hx_plain_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = hx_text_next (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isspace (character))
        g_string_append_c (out, ' ');
      else
        g_string_append_unichar (out, steers (character) ? 0xFFFD : character);
    }
  return g_string_free (out, FALSE);
}

void
hx_excerpt_init (HxExcerpt *excerpt, const HxPlaces *places, gsize offset,
                 gsize length)
{
  const char *here = places->text + hx_places_find (places, offset).byte;
  const char *behind
      = places->text + hx_places_find (places, offset + length).byte;
  const char *start = excerpt_start (places, here);
  const char *end = excerpt_end (places, behind);
  GString *before = g_string_new (is_cut_before (places, start) ? "…" : "");
  GString *words = g_string_new (NULL), *after = g_string_new (NULL);

  append_one_line (before, start, here);
  append_one_line (words, here, behind);
  append_one_line (after, behind, end);
  if (is_cut_after (places, end))
    g_string_append (after, "…");
  excerpt->before = g_string_free (before, FALSE);
  excerpt->here = g_string_free (words, FALSE);
  excerpt->after = g_string_free (after, FALSE);
}

void
hx_excerpt_clear (HxExcerpt *excerpt)
{
  g_free (excerpt->before);
  g_free (excerpt->here);
  g_free (excerpt->after);
}
