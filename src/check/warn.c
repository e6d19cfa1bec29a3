/* Warnings as they are told, and the words at a place. */
#include "check/warn.h"

#include <string.h>

#define SENTENCE_BYTES_MAX 900

/* ------------------------------------------------------------------ warnings
 */

void
hx_warning_add (HxSearch *search, HxCheckWarningCode code, HxSpan place,
                const char *advice)
{
  const HxWords *words = search->reading->words;
  const guint32 *origins = (const guint32 *)(gpointer)words->origins->data;
  g_autofree char *clean
      = g_strndup (words->clean->str + place.from, place.until - place.from);
  HxCheckWarning *warning = g_new0 (HxCheckWarning, 1);

  warning->code = code;
  warning->offset = origins[place.from];
  warning->length = origins[place.until - 1] + 1 - origins[place.from];
  warning->text = hx_words_original (words, search->reading->source, place.from,
                                     place.until);
  warning->message = g_strdup_printf (_ ("“%s”：%s"), clean, advice);
  g_ptr_array_add (search->result->warnings, warning);
}

void
hx_warning_free (HxCheckWarning *warning)
{
  if (warning == NULL)
    return;
  g_free (warning->text);
  g_free (warning->message);
  g_free (warning);
}

static int
compare_warnings (gconstpointer a, gconstpointer b)
{
  const HxCheckWarning *one = *(HxCheckWarning *const *)a;
  const HxCheckWarning *other = *(HxCheckWarning *const *)b;

  if (one->offset != other->offset)
    return one->offset < other->offset ? -1 : 1;
  return (int)one->code - (int)other->code;
}

void
hx_warnings_sort (GPtrArray *warnings)
{
  g_ptr_array_sort (warnings, compare_warnings);
}

/* -------------------------------------------------------------------- places
 */

static gsize
part_length (const char *list)
{
  return strcspn (list, "|");
}

gboolean
hx_words_go_on (const HxWords *words, gsize at, const char *list)
{
  while (*list != '\0')
    {
      const gsize length = part_length (list);

      if (length > 0 && strncmp (words->clean->str + at, list, length) == 0)
        return TRUE;
      list += length + (list[length] == '|');
    }
  return FALSE;
}

gboolean
hx_words_come_from (const HxWords *words, gsize at, const char *list)
{
  while (*list != '\0')
    {
      const gsize length = part_length (list);

      if (length > 0 && length <= at
          && memcmp (words->clean->str + at - length, list, length) == 0)
        return TRUE;
      list += length + (list[length] == '|');
    }
  return FALSE;
}

gboolean
hx_words_is_line (const HxWords *words, gsize at)
{
  const guint32 *lines = (const guint32 *)(gpointer)words->lines->data;
  gsize low = 0;
  gsize high = words->lines->len;

  while (low < high)
    {
      const gsize middle = low + (high - low) / 2;

      if (lines[middle] < at)
        low = middle + 1;
      else
        high = middle;
    }
  return low < words->lines->len && lines[low] == at;
}

gboolean
hx_words_is_over (const HxWords *words, gsize at)
{
  return at >= words->clean->len || hx_words_is_line (words, at)
         || hx_words_go_on (words, at, "，|。|；|！|\n");
}

/* The stop that ends at `at`, 0 for none: read by its bytes, since every
 * year and every number asks. */
static gunichar
stop_before (const char *text, gsize at)
{
  const char *p = text + at;

  if (at > 0 && p[-1] == '\n')
    return '\n';
  if (at < 3 || (guchar)p[-1] < 0x80
      || ((guchar)p[-3] != 0xEF && (guchar)p[-3] != 0xE3))
    return 0;
  return g_utf8_get_char (p - 3);
}

static gboolean
ends_sentence (gunichar stop)
{
  return stop == '\n' || stop == 0x3002 /* 。 */ || stop == 0xFF1B /* ； */
         || stop == 0xFF01 /* ！ */ || stop == 0xFF1F /* ？ */;
}

static gboolean
ends_clause (gunichar stop)
{
  return ends_sentence (stop) || stop == 0xFF0C /* ， */
         || stop == 0xFF1A /* ： */;
}

static gsize
back_to (const HxWords *words, gsize at, gboolean (*ends) (gunichar))
{
  const char *text = words->clean->str;
  const gsize least = at > SENTENCE_BYTES_MAX ? at - SENTENCE_BYTES_MAX : 0;

  while (at > least && !ends (stop_before (text, at)))
    at = (gsize)(g_utf8_prev_char (text + at) - text);
  return at;
}

gsize
hx_words_clause (const HxWords *words, gsize at)
{
  return back_to (words, at, ends_clause);
}

gsize
hx_words_sentence (const HxWords *words, gsize at)
{
  return back_to (words, at, ends_sentence);
}
