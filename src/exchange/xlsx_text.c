/* Text as a workbook keeps it.
 *
 * A string is one <t>, or runs <r><t>…</t></r> that belong together; the
 * reading aids in <rPh> are not part of it.  Without xml:space="preserve" the
 * white space at the ends of a <t> is layout of the file.  Characters that XML
 * cannot hold are written _xHHHH_ in UTF-16 units, and an underscore that
 * would look like that as _x005F_.
 */
#include "exchange/xlsx_internal.h"

#include <string.h>

#define ESCAPE_LENGTH 7 /* _xHHHH_ */

/* ----------------------------------------------------------------- escapes */

/* The UTF-16 unit of an escape at `text`, or -1. */
static int
escaped_unit (const char *text)
{
  int unit = 0;
  if (text[0] != '_' || text[1] != 'x')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      const int digit = g_ascii_xdigit_value (text[i]);
      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
  return text[6] == '_' ? unit : -1;
}

/* The character that begins with `unit`; *text moves behind it. */
static gunichar
take_character (const char **text, int unit)
{
  *text += ESCAPE_LENGTH;
  if (unit >= 0xD800 && unit < 0xDC00)
    {
      const int low = escaped_unit (*text);
      if (low < 0xDC00 || low >= 0xE000)
        return 0xFFFD;
      *text += ESCAPE_LENGTH;
      return 0x10000 + (((gunichar)unit & 0x3FF) << 10)
             + ((gunichar)low & 0x3FF);
    }
  return unit == 0 || (unit >= 0xDC00 && unit < 0xE000) ? 0xFFFD
                                                        : (gunichar)unit;
}

/* In place: what an escape stands for is always shorter. */
static void
decode_escapes (GString *out, gsize from)
{
  char *at = memchr (out->str + from, '_', out->len - from);
  if (at == NULL)
    return;
  char *to = at;
  for (const char *text = at; *text != '\0';)
    {
      const int unit = escaped_unit (text);
      if (unit < 0)
        *to++ = *text++;
      else
        to += g_unichar_to_utf8 (take_character (&text, unit), to);
    }
  g_string_truncate (out, (gsize)(to - out->str));
}

/* ------------------------------------------------------------------ spaces */

static gboolean
is_white (char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static void
trim_run (GString *out, gsize from)
{
  gsize leading = from;
  while (out->len > from && is_white (out->str[out->len - 1]))
    g_string_truncate (out, out->len - 1);
  while (is_white (out->str[leading]))
    leading++;
  if (leading > from)
    g_string_erase (out, (gssize)from, (gssize)(leading - from));
}

/* -------------------------------------------------------------------- runs */

void
hx_rich_text_init (HxRichText *rich, GString *out, const HxTableLimits *limits)
{
  *rich = (HxRichText){ .out = out };
  rich->most = (gsize)limits->cell_characters * ESCAPE_LENGTH;
}

void
hx_rich_text_begin (HxRichText *rich)
{
  rich->begun = rich->run = rich->out->len;
  rich->phonetic = 0;
  rich->open = FALSE;
}

void
hx_rich_text_open (HxRichText *rich, const char **attributes)
{
  const char *space = hx_xml_attribute (attributes, "space");
  rich->open = TRUE;
  rich->preserve = g_strcmp0 (space, "preserve") == 0;
  rich->run = rich->out->len;
}

void
hx_rich_text_close (HxRichText *rich)
{
  if (!rich->open)
    return;
  rich->open = FALSE;
  if (!rich->preserve)
    trim_run (rich->out, rich->run);
  decode_escapes (rich->out, rich->run);
}

void
hx_rich_text_start (HxRichText *rich, guint depth, const char *name,
                    const char **attributes)
{
  if (rich->phonetic == 0 && strcmp (name, "rPh") == 0)
    rich->phonetic = depth;
  else if (rich->phonetic == 0 && !rich->open && strcmp (name, "t") == 0)
    hx_rich_text_open (rich, attributes);
}

void
hx_rich_text_end (HxRichText *rich, guint depth, const char *name)
{
  if (rich->phonetic == depth)
    rich->phonetic = 0;
  else if (rich->phonetic == 0 && strcmp (name, "t") == 0)
    hx_rich_text_close (rich);
}

gboolean
hx_rich_text_append (HxRichText *rich, const char *text, gsize length,
                     GError **error)
{
  if (!rich->open)
    return TRUE;
  if (rich->out->len - rich->begun + length > rich->most)
    return hx_failf (error, HX_ERROR_LIMIT, _ ("一个单元格超过 %u 个字"),
                     (guint)(rich->most / ESCAPE_LENGTH));
  g_string_append_len (rich->out, text, (gssize)length);
  return TRUE;
}
