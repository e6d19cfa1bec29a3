#include "base/base_internal.h"

#include <string.h>

#define DIGITS 17
#define OLD_LENGTH 15
#define LENGTH 18

/* ISO 7064 MOD 11-2: weights 2^(17-i) mod 11. */
static const guint8 weights[DIGITS]
    = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };

/* GB/T 2260: provinces, regions and, at the end, foreigners' permits. */
static const guint8 provinces[] = {
  11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43,
  44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91,
};

char
hx_id_number_check_character (const char *digits)
{
  guint sum = 0;

  for (guint i = 0; i < DIGITS; i++)
    {
      if (!g_ascii_isdigit (digits[i]))
        return 0;
      sum += weights[i] * (guint)(digits[i] - '0');
    }
  return "10X98765432"[sum % 11];
}

static gboolean
is_assigned (const char *number)
{
  int province;

  hx_scan_digits (number, 2, &province);
  return memchr (provinces, province, sizeof provinces) != NULL;
}

/* Spaces out, x large; FALSE: too long. */
static gboolean
tidy (const char *text, char *plain, gsize size)
{
  char *to = plain;

  if (text != NULL && strspn (text, "0123456789X") == LENGTH
      && text[LENGTH] == '\0')
    {
      memcpy (plain, text, LENGTH + 1);
      return TRUE;
    }
  if (!hx_text_normalise_short (text, plain, size))
    return FALSE;
  for (const char *from = plain; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = g_ascii_toupper (*from);
  *to = '\0';
  return TRUE;
}

static gboolean
refuse_characters (const char *plain, gsize digits, GError **error)
{
  gsize characters = hx_text_characters (plain);
  g_autofree char *wrong = NULL;

  if (!hx_text_is_valid (plain, -1))
    return hx_fail (error, HX_ERROR_DATA, _ ("这不是身份证号"), NULL, NULL);
  if (characters != LENGTH && characters != OLD_LENGTH)
    return hx_failf (error, HX_ERROR_DATA,
                     _ ("身份证号有 %u 位，应为 18 位或 15 位"),
                     (guint)characters);
  wrong = g_utf8_substring (plain, (glong)digits, (glong)digits + 1);
  return hx_failf (error, HX_ERROR_DATA, _ ("身份证号第 %u 位是“%s”，不是数字"),
                   (guint)digits + 1, wrong);
}

static gboolean
check_characters (const char *plain, gsize length, GError **error)
{
  gsize digits = strspn (plain, "0123456789");

  if (length == LENGTH
      && (digits == LENGTH || (digits == DIGITS && plain[DIGITS] == 'X')))
    return TRUE;
  if (length == OLD_LENGTH && digits == OLD_LENGTH)
    return TRUE;
  return refuse_characters (plain, digits, error);
}

/* Eighteen characters from the fifteen of before 1999. */
static void
widen (const char *plain, HxIdNumber *id)
{
  memcpy (id->number, plain, 6);
  memcpy (id->number + 6, "19", 2);
  memcpy (id->number + 8, plain + 6, 9);
  id->number[DIGITS] = hx_id_number_check_character (id->number);
}

static gboolean
read_birth (HxIdNumber *id, GError **error)
{
  int year, month, day;

  hx_scan_digits (id->number + 6, 4, &year);
  hx_scan_digits (id->number + 10, 2, &month);
  hx_scan_digits (id->number + 12, 2, &day);
  if (!hx_date_is_valid (year, month, day))
    return hx_failf (error, HX_ERROR_DATA,
                     _ ("身份证号里的出生日期 %04d-%02d-%02d 不存在"), year,
                     month, day);
  id->birth = (HxDate){ (gint16)year, (gint8)month, (gint8)day };
  return TRUE;
}

gboolean
hx_id_number_parse (const char *text, HxIdNumber *id, GError **error)
{
  char plain[HX_SHORT_TEXT_SIZE];
  gsize length;
  char check;

  if (!tidy (text, plain, sizeof plain))
    return hx_fail (error, HX_ERROR_DATA, _ ("这不是身份证号"), NULL, NULL);
  length = strlen (plain);
  if (!check_characters (plain, length, error))
    return FALSE;
  memset (id, 0, sizeof *id);
  id->widened = length == OLD_LENGTH;
  if (id->widened)
    widen (plain, id);
  else
    memcpy (id->number, plain, LENGTH);
  if (!read_birth (id, error))
    return FALSE;
  check = hx_id_number_check_character (id->number);
  if (check != id->number[DIGITS])
    return hx_failf (error, HX_ERROR_DATA,
                     _ ("身份证号的校验码应为 %c，写的是 %c"), check,
                     id->number[DIGITS]);
  id->sex = (id->number[DIGITS - 1] - '0') % 2 == 1 ? 1 : 2;
  id->region_assigned = is_assigned (id->number);
  return TRUE;
}
