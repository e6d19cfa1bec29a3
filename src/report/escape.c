/* Escaping of what comes from data.
 *
 * Markdown has no single rule: what a character means depends on where it
 * stands.  Marks that work inside a line are escaped everywhere; those that
 * only work at the start of one (lists, rules, underlined headings, indented
 * code) only when the output stands there.  A line end would start a new
 * block, so a value is always put on one line. */
#include "report/report_internal.h"

#include <string.h>

void
hx_escape_html (GString *out, const char *text)
{
  for (; *text != '\0'; text++)
    {
      switch (*text)
        {
        case '&':
          g_string_append (out, "&amp;");
          break;
        case '<':
          g_string_append (out, "&lt;");
          break;
        case '>':
          g_string_append (out, "&gt;");
          break;
        case '"':
          g_string_append (out, "&quot;");
          break;
        default:
          g_string_append_c (out, *text);
        }
    }
}

static gboolean
at_line_start (const GString *out)
{
  gsize at = out->len;

  while (at > 0 && (out->str[at - 1] == ' ' || out->str[at - 1] == '\t'))
    at--;
  return at == 0 || out->str[at - 1] == '\n';
}

/* "12." and "12)" open a list: put the backslash before the mark. */
static const char *
escape_line_start (GString *out, const char *text)
{
  gsize digits;

  text += strspn (text, " \t\r\n");
  digits = strspn (text, "0123456789");
  g_string_append_len (out, text, (gssize)digits);
  text += digits;
  if ((digits > 0 && (*text == '.' || *text == ')'))
      || (digits == 0 && *text != '\0' && strchr ("+-=", *text) != NULL))
    {
      g_string_append_c (out, '\\');
      g_string_append_c (out, *text++);
    }
  return text;
}

void
hx_escape_markdown (GString *out, const char *text)
{
  if (at_line_start (out))
    text = escape_line_start (out, text);
  for (; *text != '\0'; text++)
    {
      if (*text == '\r' || *text == '\n')
        {
          text += strspn (text, "\r\n") - 1;
          g_string_append_c (out, ' ');
          continue;
        }
      if (strchr ("\\`*_[]<>&|~#!", *text) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *text);
    }
}
