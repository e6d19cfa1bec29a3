#include "check/source_internal.h"

#include <string.h>

#define REPLACEMENT 0xFFFD

void
hx_scribe_init (HxScribe *scribe)
{
  *scribe = (HxScribe){ 0 };
  scribe->text = g_string_new (NULL);
  scribe->cells = g_array_new (FALSE, TRUE, sizeof (HxSourceCell));
}

void
hx_scribe_clear (HxScribe *scribe)
{
  if (scribe->text != NULL)
    g_string_free (scribe->text, TRUE);
  if (scribe->cells != NULL)
    g_array_unref (scribe->cells);
  *scribe = (HxScribe){ 0 };
}

void
hx_scribe_fail (HxScribe *scribe, HxSourceFault fault)
{
  if (scribe->fault == HX_FAULT_NONE)
    scribe->fault = fault;
}

/* ---------------------------------------------------------------- characters
 */

static gboolean
is_kept (gunichar character)
{
  if (character == '\n' || character == '\t')
    return TRUE;
  return character >= 0x20 && (character < 0x7F || character > 0x9F)
         && character != 0xFEFF;
}

void
hx_scribe_put_character (HxScribe *scribe, gunichar character)
{
  if (!g_unichar_validate (character))
    character = REPLACEMENT;
  if (scribe->fault != HX_FAULT_NONE || !is_kept (character))
    return;
  if (scribe->text->len + 4 > HX_SOURCE_TEXT_MAX)
    {
      hx_scribe_fail (scribe, HX_FAULT_LARGE);
      return;
    }
  g_string_append_unichar (scribe->text, character);
  scribe->characters++;
}

void
hx_scribe_put (HxScribe *scribe, const char *text, gsize length)
{
  const char *const end = text + length;

  while (text < end && scribe->fault == HX_FAULT_NONE)
    {
      const gunichar character
          = g_utf8_get_char_validated (text, (gssize)(end - text));
      const gboolean is_valid = character < (gunichar)-2;

      hx_scribe_put_character (scribe, is_valid ? character : REPLACEMENT);
      text += is_valid && *text != '\0' ? g_utf8_skip[(guchar)*text] : 1;
    }
}

/* --------------------------------------------------------------------- lines
 */

static void
drop_last (HxScribe *scribe)
{
  g_string_truncate (scribe->text, scribe->text->len - 1);
  scribe->characters--;
}

static char
last (const HxScribe *scribe)
{
  return scribe->text->len > scribe->begin
             ? scribe->text->str[scribe->text->len - 1]
             : '\0';
}

gboolean
hx_scribe_at_start (const HxScribe *scribe)
{
  return last (scribe) == '\0' || last (scribe) == '\n';
}

void
hx_scribe_line (HxScribe *scribe)
{
  while (last (scribe) == ' ')
    drop_last (scribe);
  if (!hx_scribe_at_start (scribe))
    hx_scribe_put_character (scribe, '\n');
}

void
hx_scribe_trim (HxScribe *scribe)
{
  while (last (scribe) == ' ' || last (scribe) == '\n' || last (scribe) == '\t')
    drop_last (scribe);
}
