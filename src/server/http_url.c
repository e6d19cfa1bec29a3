#include "server/http_internal.h"

#include <string.h>

char *
hx_url_decode (const char *text, gsize size, gboolean plus)
{
  g_autofree char *out = g_malloc (size + 1);
  gsize length = 0;
  for (gsize i = 0; i < size; i++)
    {
      char c = text[i];
      if (c == '+' && plus)
        c = ' ';
      else if (c == '%')
        {
          if (size - i < 3 || !g_ascii_isxdigit (text[i + 1])
              || !g_ascii_isxdigit (text[i + 2]))
            return NULL;
          c = (char)(g_ascii_xdigit_value (text[i + 1]) * 16
                     + g_ascii_xdigit_value (text[i + 2]));
          i += 2;
        }
      out[length++] = c;
    }
  out[length] = '\0';
  return hx_text_is_valid (out, (gssize)length) ? g_steal_pointer (&out) : NULL;
}

static gboolean
is_dots (const char *segment, gsize length)
{
  return (length == 1 && segment[0] == '.')
         || (length == 2 && segment[0] == '.' && segment[1] == '.');
}

/* What could be read in two ways is refused, never mended: a proxy that mends
 * it otherwise would let through what it should not. */
static gboolean
is_normal (const char *path)
{
  if (path[0] != '/')
    return FALSE;
  for (const char *c = path; *c != '\0'; c++)
    if ((guchar)*c < 0x20 || *c == 0x7f || *c == '\\')
      return FALSE;
  const char *segment = path + 1;
  const char *slash = NULL;
  while ((slash = strchr (segment, '/')) != NULL)
    {
      const gsize length = (gsize)(slash - segment);
      if (length == 0 || is_dots (segment, length))
        return FALSE;
      segment = slash + 1;
    }
  return !is_dots (segment, strlen (segment));
}

char *
hx_url_path (const char *text, gsize size)
{
  g_autofree char *path = NULL;
  const char *escaped = memchr (text, '%', size);
  path = hx_url_decode (text, size, FALSE);
  if (path == NULL || !is_normal (path))
    return NULL;
  /* An escaped "/" is no border of segments, and nothing here needs one. */
  for (; escaped != NULL; escaped = strchr (escaped + 1, '%'))
    if (escaped < text + size && escaped[1] == '2'
        && (escaped[2] == 'f' || escaped[2] == 'F'))
      return NULL;
  return g_steal_pointer (&path);
}

static void
free_values (gpointer values)
{
  g_ptr_array_unref (values);
}

GHashTable *
hx_fields_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_values);
}

void
hx_fields_add (GHashTable *fields, char *name, char *value)
{
  GPtrArray *values = g_hash_table_lookup (fields, name);
  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (fields, name, values);
    }
  else
    g_free (name);
  g_ptr_array_add (values, value);
}

static gboolean
add_pair (GHashTable *fields, const char *text, gsize size)
{
  const char *equals = memchr (text, '=', size);
  const gsize length = equals != NULL ? (gsize)(equals - text) : size;
  g_autofree char *name = hx_url_decode (text, length, TRUE);
  char *value = equals != NULL
                    ? hx_url_decode (equals + 1, size - length - 1, TRUE)
                    : g_strdup ("");
  if (name == NULL || value == NULL)
    {
      g_free (value);
      return FALSE;
    }
  hx_fields_add (fields, g_steal_pointer (&name), value);
  return TRUE;
}

gboolean
hx_url_fields (const char *text, gsize size, guint most, GHashTable *fields)
{
  const char *end = text + size;
  for (guint count = 0; text < end; count++)
    {
      const char *ampersand = memchr (text, '&', (gsize)(end - text));
      const char *stop = ampersand != NULL ? ampersand : end;
      if (count == most)
        return FALSE;
      if (stop > text && !add_pair (fields, text, (gsize)(stop - text)))
        return FALSE;
      text = stop + 1;
    }
  return TRUE;
}
