/* Telephone numbers of the mainland.
 *
 * A mobile number has eleven digits from 13 to 19.  A land line has seven or
 * eight, behind an area code of three (010, 02x) or four digits, or none in
 * old lists that never leave the town. */
#include "base/base_internal.h"

#include <string.h>

/* Digits and dashes of `text`; FALSE on anything else but spaces, dots and
 * brackets, which people write to group them. */
static gboolean
squeeze (char *text)
{
  char *to = text;

  if (*text == '+')
    text++;
  for (; *text != '\0'; text++)
    {
      if (g_ascii_isdigit (*text))
        *to++ = *text;
      else if (strchr ("-()", *text) == NULL && *text != ' ')
        return FALSE;
    }
  *to = '\0';
  return TRUE;
}

/* The country's code, as +86, 86 or 0086. */
static const char *
drop_country (const char *digits)
{
  static const char *const codes[] = { "0086", "86" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (digits, codes[i]) && strlen (digits) > 11)
      return digits + strlen (codes[i]);
  return digits;
}

static gboolean
is_mobile (const char *digits)
{
  return strlen (digits) == 11 && digits[0] == '1' && digits[1] >= '3';
}

static gsize
area_code_length (const char *digits)
{
  if (digits[0] != '0')
    return 0;
  return digits[1] == '1' || digits[1] == '2' ? 3 : 4;
}

static char *
land_line (const char *digits)
{
  gsize area = area_code_length (digits), length = strlen (digits);
  gsize local = length > area ? length - area : 0;

  if ((local != 7 && local != 8) || strchr ("01", digits[area]) != NULL
      || (area > 0 && digits[1] == '0'))
    return NULL;
  if (area == 0)
    return g_strdup (digits);
  return g_strdup_printf ("%.*s-%s", (int)area, digits, digits + area);
}

gboolean
hx_phone_parse (const char *text, char **phone, GError **error)
{
  char plain[HX_SHORT_TEXT_SIZE];
  g_autofree char *excerpt = NULL;
  char *found = NULL;
  const char *digits;

  if (hx_text_normalise_short (text, plain, sizeof plain) && squeeze (plain))
    {
      digits = drop_country (plain);
      found = is_mobile (digits) ? g_strdup (digits) : land_line (digits);
    }
  if (found != NULL)
    {
      *phone = found;
      return TRUE;
    }
  excerpt = hx_excerpt (text);
  return hx_failf (error, HX_ERROR_DATA, _ ("“%s”不是手机或固定电话号码"),
                   excerpt);
}
