/* Dates, money and shares as people here write them. */
#include "server/page.h"

#include <string.h>

static const char *const months[]
    = { N_ ("1月"), N_ ("2月"),  N_ ("3月"),  N_ ("4月"),
        N_ ("5月"), N_ ("6月"),  N_ ("7月"),  N_ ("8月"),
        N_ ("9月"), N_ ("10月"), N_ ("11月"), N_ ("12月") };

/* 5 March 2023, for those who read English. */
static char *
english_date (HxDate date)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (date.day != 0)
    g_string_append_printf (text, "%d ", date.day);
  if (date.month >= 1 && date.month <= 12)
    g_string_append_printf (text, "%s ", _ (months[date.month - 1]));
  g_string_append_printf (text, "%d", date.year);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
hx_say_date (HxDate date)
{
  if (date.year == 0)
    return g_strdup ("");
  if (hx_language_get () == HX_LANGUAGE_ENGLISH)
    return english_date (date);
  if (date.month == 0)
    return g_strdup_printf ("%d年", date.year);
  if (date.day == 0)
    return g_strdup_printf ("%d年%d月", date.year, date.month);
  return g_strdup_printf ("%d年%d月%d日", date.year, date.month, date.day);
}

/* "1234567.80" with commas between thousands. */
static char *
group_thousands (const char *plain)
{
  g_autoptr (GString) text = g_string_new (plain);
  const char *point = strchr (plain, '.');
  gssize first = plain[0] == '-' ? 1 : 0;
  gssize at = point != NULL ? point - plain : (gssize)text->len;

  for (at -= 3; at > first; at -= 3)
    g_string_insert_c (text, at, ',');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define WAN_FEN G_GINT64_CONSTANT (1000000)

char *
hx_say_money (gint64 fen, gboolean wan)
{
  gboolean in_wan = wan && (fen >= WAN_FEN || fen <= -WAN_FEN);
  g_autofree char *plain
      = in_wan ? hx_money_format_wan (fen, 2) : hx_money_format_yuan (fen);
  g_autofree char *grouped = group_thousands (plain);

  return g_strdup_printf (in_wan ? _ ("%s 万元") : _ ("%s 元"), grouped);
}

char *
hx_say_percent (gint64 hundredths)
{
  HxDecimal decimal = { hundredths, 2 };
  g_autofree char *number = hx_decimal_format (decimal);

  return g_strconcat (number, "%", NULL);
}
