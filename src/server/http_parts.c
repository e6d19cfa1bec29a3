#include "server/http_parts.h"

#include <string.h>

#define BOUNDARY_MAX 70
#define PART_HEADER_MAX 8192

typedef enum
{
  AT_DELIMITER, /* just behind one: a part or the end comes */
  IN_HEADER,
  IN_DATA,
  AT_END
} Place;

struct _HxParts
{
  HxPartsSink sink;
  char *delimiter; /* "\r\n--" and the boundary */
  gsize length;
  GString *rest; /* what was not yet read */
  Place place;
  gboolean is_begun; /* the first delimiter was there */
};

/* --------------------------------------------------------------- parameters */

/* Behind `; name=` of a header: quoted or not.  `\"` is a quote, another
 * backslash is one: browsers do not escape them. */
static char *
read_value (const char **at)
{
  GString *value = g_string_new (NULL);
  const char *c = *at;
  if (*c != '"')
    {
      const gsize length = strcspn (c, "; \t\r\n");
      g_string_append_len (value, c, (gssize)length);
      *at = c + length;
      return g_string_free (value, FALSE);
    }
  for (c++; *c != '"' && *c != '\0'; c++)
    {
      if (c[0] == '\\' && c[1] == '"')
        c++;
      g_string_append_c (value, *c);
    }
  if (*c == '\0')
    {
      g_string_free (value, TRUE);
      return NULL;
    }
  *at = c + 1;
  return g_string_free (value, FALSE);
}

/* FALSE: malformed.  *value is NULL when the parameter is not there, and NULL
 * it must be before: twice is malformed. */
static gboolean
next_parameter (const char **at, char **name, char **value)
{
  const char *c = *at;
  c += strspn (c, " \t");
  if (*c != ';')
    return FALSE;
  c += 1 + strspn (c + 1, " \t");
  const gsize length = strcspn (c, "=;");
  if (length == 0 || c[length] != '=')
    return FALSE;
  *name = g_ascii_strdown (c, (gssize)length);
  *at = c + length + 1;
  *value = read_value (at);
  return *value != NULL;
}

/* The wanted ones of the parameters behind the first word of a header. */
static gboolean
find_parameters (const char *text, const char *const *wanted, char **values)
{
  const char *at = text + strcspn (text, ";");
  while (at[strspn (at, " \t")] != '\0')
    {
      g_autofree char *name = NULL;
      char *value = NULL;
      if (!next_parameter (&at, &name, &value))
        return FALSE;
      char **place = NULL;
      for (gsize i = 0; wanted[i] != NULL; i++)
        if (strcmp (wanted[i], name) == 0)
          place = &values[i];
      if (place != NULL && *place != NULL)
        {
          g_free (value);
          return FALSE;
        }
      if (place != NULL)
        *place = value;
      else
        g_free (value);
    }
  return TRUE;
}

/* -------------------------------------------------------------------- a part
 */

static const char *
find_disposition (char *const *lines)
{
  static const char name[] = "content-disposition:";
  for (; *lines != NULL; lines++)
    if (g_ascii_strncasecmp (*lines, name, strlen (name)) == 0)
      return *lines + strlen (name);
  return NULL;
}

/* As browsers write what would end the name. */
static char *
plain_name (const char *text)
{
  GString *out = g_string_new (text);
  g_string_replace (out, "%22", "\"", 0);
  g_string_replace (out, "%0D", "\r", 0);
  g_string_replace (out, "%0A", "\n", 0);
  return g_string_free (out, FALSE);
}

static guint
begin_part (HxParts *parts, const char *header)
{
  static const char *const wanted[] = { "name", "filename", NULL };
  char *values[] = { NULL, NULL };
  g_auto (GStrv) lines = g_strsplit (header, "\r\n", -1);
  const char *disposition = find_disposition (lines);
  guint status = 400;
  if (disposition != NULL
      && g_str_has_prefix (disposition + strspn (disposition, " \t"),
                           "form-data")
      && find_parameters (disposition, wanted, values) && values[0] != NULL)
    {
      g_autofree char *name = plain_name (values[0]);
      g_autofree char *file = values[1] != NULL ? plain_name (values[1]) : NULL;
      status = hx_text_is_valid (name, -1)
                   ? parts->sink.begin (name, file, parts->sink.data)
                   : 400;
    }
  g_free (values[0]);
  g_free (values[1]);
  return status;
}

/* ------------------------------------------------------------- place by place
 *
 * Each reads what it can of the rest, says by *more whether the next place has
 * a chance, and returns a status.
 */

static void
drop (HxParts *parts, gsize size)
{
  g_string_erase (parts->rest, 0, (gssize)size);
}

static guint
read_delimiter (HxParts *parts, gboolean *more)
{
  const GString *rest = parts->rest;
  const gsize need = parts->is_begun ? 2 : parts->length + 2;
  *more = rest->len >= need;
  if (!*more)
    return 0;
  if (!parts->is_begun
      && memcmp (rest->str, parts->delimiter, parts->length) != 0)
    return 400;
  const char *behind = rest->str + need - 2;
  if (memcmp (behind, "--", 2) == 0)
    parts->place = AT_END;
  else if (memcmp (behind, "\r\n", 2) == 0)
    parts->place = IN_HEADER;
  else
    return 400;
  parts->is_begun = TRUE;
  drop (parts, need);
  return 0;
}

static guint
read_header (HxParts *parts, gboolean *more)
{
  const GString *rest = parts->rest;
  const char *end = memmem (rest->str, rest->len, "\r\n\r\n", 4);
  *more = end != NULL;
  if (end == NULL)
    return rest->len > PART_HEADER_MAX ? 400 : 0;
  const gsize size = (gsize)(end - rest->str);
  if (size > PART_HEADER_MAX || memchr (rest->str, '\0', size) != NULL)
    return 400;
  g_autofree char *header = g_strndup (rest->str, size);
  drop (parts, size + 4);
  parts->place = IN_DATA;
  return begin_part (parts, header);
}

/* The end of what is there may be the beginning of a delimiter. */
static guint
read_data (HxParts *parts, gboolean *more)
{
  const GString *rest = parts->rest;
  const char *end
      = memmem (rest->str, rest->len, parts->delimiter, parts->length);
  gsize size = rest->len >= parts->length ? rest->len - parts->length + 1 : 0;
  *more = end != NULL;
  if (end != NULL)
    size = (gsize)(end - rest->str);
  guint status
      = size > 0 ? parts->sink.take (rest->str, size, parts->sink.data) : 0;
  if (end == NULL)
    {
      drop (parts, size);
      return status;
    }
  drop (parts, size + parts->length);
  parts->place = AT_DELIMITER;
  return status != 0 ? status : parts->sink.end (parts->sink.data);
}

/* What stands behind the end is nobody's. */
static guint
read_end (HxParts *parts, gboolean *more)
{
  *more = FALSE;
  g_string_truncate (parts->rest, 0);
  return 0;
}

guint
hx_parts_take (HxParts *parts, const char *bytes, gsize size)
{
  static guint (*const readers[]) (HxParts *, gboolean *)
      = { read_delimiter, read_header, read_data, read_end };
  guint status = 0;
  gboolean more = TRUE;
  g_string_append_len (parts->rest, bytes, (gssize)size);
  while (more && status == 0)
    status = readers[parts->place](parts, &more);
  return status;
}

gboolean
hx_parts_is_over (const HxParts *parts)
{
  return parts->place == AT_END;
}

/* --------------------------------------------------------------- its life */

static gboolean
is_boundary (const char *text)
{
  const gsize length = strlen (text);
  if (length == 0 || length > BOUNDARY_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("'()+_,-./:=? ", text[i]) == NULL)
      return FALSE;
  return text[length - 1] != ' ';
}

HxParts *
hx_parts_new (const char *content_type, const HxPartsSink *sink)
{
  static const char *const wanted[] = { "boundary", NULL };
  char *boundary = NULL;
  if (!find_parameters (content_type, wanted, &boundary) || boundary == NULL
      || !is_boundary (boundary))
    {
      g_free (boundary);
      return NULL;
    }
  HxParts *parts = g_new0 (HxParts, 1);
  parts->sink = *sink;
  parts->delimiter = g_strconcat ("\r\n--", boundary, NULL);
  parts->length = strlen (parts->delimiter);
  /* The first one has no line before it. */
  parts->rest = g_string_new ("\r\n");
  g_free (boundary);
  return parts;
}

void
hx_parts_free (HxParts *parts)
{
  if (parts == NULL)
    return;
  g_string_free (parts->rest, TRUE);
  g_free (parts->delimiter);
  g_free (parts);
}
