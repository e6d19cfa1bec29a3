#include "base/base_internal.h"

#include <string.h>

#define STAR "＊"
#define STARS_MAX 4

/* The first `head` and last `tail` bytes of ASCII text, stars between. */
static char *
mask_between (const char *text, gsize head, gsize tail)
{
  char *masked = g_strdup (text);
  gsize length = strlen (text);

  memset (masked + head, '*', length - head - tail);
  return masked;
}

static gsize
count_of_digits (const char *text)
{
  return strspn (text, "0123456789");
}

char *
hx_mask_text (const char *text)
{
  GString *masked;
  gsize characters, stars;

  if (text == NULL)
    return NULL;
  masked = g_string_new (NULL);
  characters = hx_text_characters (text);
  if (characters > 1 && hx_text_is_valid (text, -1))
    g_string_append_unichar (masked, g_utf8_get_char (text));
  stars = characters > 1 ? MIN (characters - 1, STARS_MAX) : characters;
  for (gsize i = 0; i < stars; i++)
    g_string_append (masked, STAR);
  return g_string_free (masked, FALSE);
}

char *
hx_mask_name (const char *name)
{
  g_autofree char *plain = hx_text_trim (name);

  return hx_mask_text (plain);
}

char *
hx_mask_id_number (const char *number)
{
  gsize length;

  if (number == NULL)
    return NULL;
  length = strlen (number);
  if (length == 18 && count_of_digits (number) >= 17)
    return mask_between (number, 6, 4);
  if (length == 15 && count_of_digits (number) == 15)
    return mask_between (number, 6, 3);
  return hx_mask_text (number);
}

char *
hx_mask_phone (const char *phone)
{
  const char *dash;
  gsize length, local;

  if (phone == NULL)
    return NULL;
  length = strlen (phone);
  if (length == 11 && count_of_digits (phone) == 11)
    return mask_between (phone, 3, 4);
  dash = strchr (phone, '-');
  local = dash == NULL ? 0 : (gsize)(dash - phone) + 1;
  if (length - local < 7 || count_of_digits (phone + local) < length - local)
    return hx_mask_text (phone);
  return mask_between (phone, local, 4);
}
