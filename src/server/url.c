/* Addresses of this site. */
#include "server/html.h"

#include <string.h>

void
hx_url_append (GString *url, const char *text)
{
  static const char hexadecimal[] = "0123456789ABCDEF";

  for (const char *at = text; *at != '\0'; at++)
    {
      guchar byte = (guchar)*at;

      if (g_ascii_isalnum (byte) || strchr ("-._~", byte) != NULL)
        {
          g_string_append_c (url, *at);
          continue;
        }
      g_string_append_c (url, '%');
      g_string_append_c (url, hexadecimal[byte >> 4]);
      g_string_append_c (url, hexadecimal[byte & 15]);
    }
}

char *
hx_url (const char *path, ...)
{
  g_autoptr (GString) url = g_string_new (path);
  char before = strchr (path, '?') != NULL ? '&' : '?';
  const char *name;
  va_list pairs;

  va_start (pairs, path);
  while ((name = va_arg (pairs, const char *)) != NULL)
    {
      const char *value = va_arg (pairs, const char *);

      if (value == NULL || *value == '\0')
        continue;
      g_string_append_c (url, before);
      hx_url_append (url, name);
      g_string_append_c (url, '=');
      hx_url_append (url, value);
      before = '&';
    }
  va_end (pairs);
  return g_string_free (g_steal_pointer (&url), FALSE);
}
