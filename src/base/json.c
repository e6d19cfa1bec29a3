#include "base/base_internal.h"

#include <string.h>

#define LEVEL_HAS_MEMBERS 1
#define LEVEL_AFTER_KEY 2

void
hx_json_init (HxJson *json, GString *out, gboolean pretty)
{
  memset (json, 0, sizeof *json);
  json->out = out;
  json->pretty = pretty;
}

static void
break_line (HxJson *json)
{
  if (!json->pretty)
    return;
  g_string_append_c (json->out, '\n');
  for (guint i = 0; i < json->depth; i++)
    g_string_append (json->out, "  ");
}

/* What must stand before the next key or value. */
static void
separate (HxJson *json)
{
  guint8 *level = &json->used[json->depth];

  if (*level & LEVEL_AFTER_KEY)
    {
      *level &= (guint8)~LEVEL_AFTER_KEY;
      return;
    }
  if (json->depth == 0)
    return;
  if (*level & LEVEL_HAS_MEMBERS)
    g_string_append_c (json->out, ',');
  *level |= LEVEL_HAS_MEMBERS;
  break_line (json);
}

static void
begin (HxJson *json, char bracket)
{
  g_return_if_fail (json->depth + 1 < G_N_ELEMENTS (json->used));
  separate (json);
  g_string_append_c (json->out, bracket);
  json->used[++json->depth] = 0;
}

static void
end (HxJson *json, char bracket)
{
  gboolean has_members;

  g_return_if_fail (json->depth > 0);
  has_members = json->used[json->depth--] & LEVEL_HAS_MEMBERS;
  if (has_members)
    break_line (json);
  g_string_append_c (json->out, bracket);
}

void
hx_json_object_begin (HxJson *json)
{
  begin (json, '{');
}

void
hx_json_object_end (HxJson *json)
{
  end (json, '}');
}

void
hx_json_array_begin (HxJson *json)
{
  begin (json, '[');
}

void
hx_json_array_end (HxJson *json)
{
  end (json, ']');
}

void
hx_json_key (HxJson *json, const char *key)
{
  separate (json);
  hx_json_append_string (json->out, key);
  g_string_append (json->out, json->pretty ? ": " : ":");
  json->used[json->depth] |= LEVEL_AFTER_KEY;
}

void
hx_json_string (HxJson *json, const char *text)
{
  separate (json);
  hx_json_append_string (json->out, text);
}

void
hx_json_integer (HxJson *json, gint64 number)
{
  separate (json);
  hx_append_integer (json->out, number);
}

void
hx_json_decimal (HxJson *json, HxDecimal decimal)
{
  g_autofree char *text = hx_decimal_format (decimal);

  separate (json);
  g_string_append (json->out, text);
}

void
hx_json_bool (HxJson *json, gboolean value)
{
  separate (json);
  g_string_append (json->out, value ? "true" : "false");
}

void
hx_json_null (HxJson *json)
{
  hx_json_string (json, NULL);
}

void
hx_json_raw (HxJson *json, const char *text)
{
  separate (json);
  g_string_append (json->out, text);
}

void
hx_json_member (HxJson *json, const char *key, const char *text)
{
  hx_json_key (json, key);
  hx_json_string (json, text);
}

void
hx_json_member_integer (HxJson *json, const char *key, gint64 number)
{
  hx_json_key (json, key);
  hx_json_integer (json, number);
}

/* ------------------------------------------------------------------ strings
 *
 * Text is appended in runs up to the next byte that JSON cannot hold as it
 * is.  ASCII is told by one comparison a byte; only text beyond it is
 * validated, and only text that fails is mended piece by piece. */

static inline gboolean
needs_escape (guint8 byte)
{
  return byte < 0x20 || byte == '"' || byte == '\\';
}

static void
append_escape (GString *out, guint8 byte)
{
  static const char names[32] = {
    ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'
  };
  char name = (char)byte;

  if (byte < sizeof names)
    name = names[byte];
  if (name == '\0')
    {
      g_string_append_printf (out, "\\u%04x", byte);
      return;
    }
  g_string_append_c (out, '\\');
  g_string_append_c (out, name);
}

static void
append_valid (GString *out, const char *text, gsize size)
{
  gsize start = 0;

  for (gsize i = 0; i < size; i++)
    if (needs_escape ((guint8)text[i]))
      {
        g_string_append_len (out, text + start, (gssize)(i - start));
        append_escape (out, (guint8)text[i]);
        start = i + 1;
      }
  g_string_append_len (out, text + start, (gssize)(size - start));
}

void
hx_json_append_string (GString *out, const char *text)
{
  const char *valid_end;
  gsize plain = 0;

  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  g_string_append_c (out, '"');
  while ((guint8)text[plain] < 0x80 && !needs_escape ((guint8)text[plain]))
    plain++;
  g_string_append_len (out, text, (gssize)plain);
  for (text += plain; *text != '\0'; text = valid_end)
    {
      gboolean valid = g_utf8_validate (text, -1, &valid_end);

      append_valid (out, text, (gsize)(valid_end - text));
      if (valid)
        break;
      g_string_append (out, "\xEF\xBF\xBD");
      valid_end++;
    }
  g_string_append_c (out, '"');
}
