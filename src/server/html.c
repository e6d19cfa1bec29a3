/* Writing a page.
 *
 * What a caller hands over is of two kinds, and the kind is never guessed:
 * names (of elements and attributes) are literals of ours, a wrong one is a
 * g_critical; values and text come from anywhere and are escaped whatever
 * they hold.  Between them stand addresses.  They are built by code, but often
 * of parts that a user typed, so an attribute that the browser follows is
 * held to this site here, at the last place before it leaves. */
#include "server/html_internal.h"

#include <string.h>

#define TAGS_DEEP 64

HxHtml *
hx_html_new (void)
{
  HxHtml *html = g_new0 (HxHtml, 1);

  html->out = g_string_sized_new (8192);
  html->open
      = g_array_sized_new (FALSE, FALSE, sizeof (const char *), TAGS_DEEP);
  html->status = 200;
  return html;
}

void
hx_html_slip (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_logv (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, format, arguments);
  va_end (arguments);
}

static void
release (HxHtml *html)
{
  g_array_unref (html->open);
  g_clear_pointer (&html->uses, g_hash_table_unref);
  if (html->faults != NULL)
    g_string_free (html->faults, TRUE);
  g_free (html);
}

void
hx_html_free (HxHtml *html)
{
  if (html == NULL)
    return;
  g_string_free (html->out, TRUE);
  release (html);
}

/* The element that is open; "" when none is. */
static const char *
innermost (const HxHtml *html)
{
  if (html->open->len == 0)
    return "";
  return g_array_index (html->open, const char *, html->open->len - 1);
}

GBytes *
hx_html_finish (HxHtml *html)
{
  GBytes *bytes;

  if (html->open->len > 0)
    hx_html_slip ("the element <%s> was never closed", innermost (html));
  bytes = g_string_free_to_bytes (html->out);
  release (html);
  return bytes;
}

/* ----------------------------------------------------------------- escaping */

/* What stands for a byte, NULL: itself.  Control characters have no place in
 * a page, not even by number. */
static const char *
stand_in (guchar byte)
{
  switch (byte)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\t':
    case '\n':
    case '\r':
      return NULL;
    default:
      return byte < 0x20 || byte == 0x7f ? "\xef\xbf\xbd" : NULL;
    }
}

void
hx_html_escape (GString *out, const char *text, gsize size)
{
  gsize from = 0;

  for (gsize i = 0; i < size; i++)
    {
      const char *other = stand_in ((guchar)text[i]);

      if (other == NULL)
        continue;
      g_string_append_len (out, text + from, (gssize)(i - from));
      g_string_append (out, other);
      from = i + 1;
    }
  g_string_append_len (out, text + from, (gssize)(size - from));
}

/* ---------------------------------------------------------------- addresses */

/* A browser drops tabs and line breaks inside an address, so that "/\t/host"
 * is "//host" to it; it takes a backslash for a slash. */
gboolean
hx_url_is_ours (const char *url)
{
  if (url == NULL || strchr ("/?#", url[0]) == NULL || url[0] == '\0')
    return FALSE;
  for (const char *at = url; *at != '\0'; at++)
    if ((guchar)*at < 0x20 || *at == 0x7f || *at == '\\')
      return FALSE;
  return url[0] != '/' || url[1] != '/';
}

/* A number to call, as a phone takes it. */
static gboolean
is_phone (const char *url)
{
  return g_str_has_prefix (url, "tel:")
         && strspn (url + 4, "+-0123456789") == strlen (url + 4);
}

/* A picture that is in the page; never SVG, which may hold scripts. */
static gboolean
is_picture (const char *url)
{
  static const char *const types[]
      = { "data:image/png;base64,", "data:image/jpeg;base64," };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_prefix (url, types[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_followed (const char *name)
{
  static const char *const names[] = { "href",       "src",      "action",
                                       "formaction", "hx-get",   "hx-post",
                                       "hx-put",     "hx-patch", "hx-delete",
                                       "poster",     "cite",     "data-url" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* --------------------------------------------------------------- attributes */

/* Names are letters, digits, "-" and ":" (viewBox, xlink:href). */
static gboolean
is_name (const char *name)
{
  if (!g_ascii_isalpha (name[0]))
    return FALSE;
  for (const char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != ':')
      return FALSE;
  return TRUE;
}

static gboolean
is_allowed (const char *tag, const char *name, const char *value)
{
  if (!is_name (name) || strcmp (name, "style") == 0
      || strcmp (name, "srcdoc") == 0
      || g_ascii_strncasecmp (name, "on", 2) == 0
      || g_str_has_prefix (name, "hx-on"))
    {
      hx_html_slip ("<%s> may have no attribute %s", tag, name);
      return FALSE;
    }
  if (!is_followed (name) || hx_url_is_ours (value)
      || (strcmp (name, "href") == 0 && is_phone (value))
      || (strcmp (name, "src") == 0 && is_picture (value)))
    return TRUE;
  hx_html_slip ("<%s %s> leads away from this site", tag, name);
  return FALSE;
}

static void
put_attribute (GString *out, const char *tag, const char *name,
               const char *value)
{
  if (value == NULL || !is_allowed (tag, name, value))
    return;
  g_string_append_c (out, ' ');
  g_string_append (out, name);
  if (*value == '\0' && strcmp (name, "value") != 0
      && strcmp (name, "alt") != 0)
    return;
  g_string_append (out, "=\"");
  hx_html_escape (out, value, strlen (value));
  g_string_append_c (out, '"');
}

static void
put_tag (HxHtml *html, const char *tag, va_list attributes)
{
  const char *name;

  if (!is_name (tag) || strcmp (tag, "style") == 0)
    hx_html_slip ("<%s> has no place in a page", tag);
  g_string_append_c (html->out, '<');
  g_string_append (html->out, tag);
  while ((name = va_arg (attributes, const char *)) != NULL)
    put_attribute (html->out, tag, name, va_arg (attributes, const char *));
  g_string_append_c (html->out, '>');
}

/* ----------------------------------------------------------------- elements */

static void
enter (HxHtml *html, const char *tag)
{
  const char *name = g_intern_string (tag);

  g_array_append_val (html->open, name);
}

void
hx_html_open (HxHtml *html, const char *tag, ...)
{
  va_list attributes;

  va_start (attributes, tag);
  put_tag (html, tag, attributes);
  va_end (attributes);
  enter (html, tag);
}

void
hx_html_close (HxHtml *html, const char *tag)
{
  if (strcmp (innermost (html), tag) != 0)
    {
      hx_html_slip ("</%s> where <%s> is open", tag, innermost (html));
      return;
    }
  g_array_set_size (html->open, html->open->len - 1);
  g_string_append (html->out, "</");
  g_string_append (html->out, tag);
  g_string_append_c (html->out, '>');
}

void
hx_html_void (HxHtml *html, const char *tag, ...)
{
  va_list attributes;

  va_start (attributes, tag);
  put_tag (html, tag, attributes);
  va_end (attributes);
}

void
hx_html_element (HxHtml *html, const char *tag, const char *text, ...)
{
  va_list attributes;

  va_start (attributes, text);
  put_tag (html, tag, attributes);
  va_end (attributes);
  enter (html, tag);
  hx_html_text (html, text);
  hx_html_close (html, tag);
}

/* A script's content is no text: nothing would escape it. */
void
hx_html_text (HxHtml *html, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (strcmp (innermost (html), "script") == 0)
    {
      hx_html_slip ("a script comes from a file of its own");
      return;
    }
  hx_html_escape (html->out, text, strlen (text));
}

void
hx_html_textf (HxHtml *html, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  hx_html_text (html, text);
}

void
hx_html_trusted (HxHtml *html, const char *markup, gssize size)
{
  g_string_append_len (html->out, markup, size);
}
