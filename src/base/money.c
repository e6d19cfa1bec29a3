#include "base/base_internal.h"

#include <string.h>

#define FEN_PER_WAN G_GINT64_CONSTANT (1000000)

typedef struct
{
  const char *name;
  HxMoneyUnit unit;
} UnitName;

/* Longer names before those they end with. */
static const UnitName unit_names[] = {
  { "亿元", HX_MONEY_YI_YUAN },  { "亿", HX_MONEY_YI_YUAN },
  { "万元", HX_MONEY_WAN_YUAN }, { "万", HX_MONEY_WAN_YUAN },
  { "元整", HX_MONEY_YUAN },     { "元", HX_MONEY_YUAN },
};

/* How many decimal places of the unit make one 分. */
static const guint unit_scales[] = {
  [HX_MONEY_YUAN] = 2,
  [HX_MONEY_WAN_YUAN] = 6,
  [HX_MONEY_YI_YUAN] = 10,
};

/* Cuts a unit off the end of `text`. */
static void
take_unit (char *text, HxMoneyUnit *unit)
{
  gsize length = strlen (text);

  if (length == 0 || g_ascii_isdigit (text[length - 1]))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (unit_names); i++)
    {
      if (!g_str_has_suffix (text, unit_names[i].name))
        continue;
      text[length - strlen (unit_names[i].name)] = '\0';
      g_strchomp (text);
      *unit = unit_names[i].unit;
      return;
    }
}

/* "-¥12" and "¥-12" alike: the sign of currency is dropped where it stands
 * first or behind the sign of the number. */
static void
drop_currency (char *text)
{
  static const char *const signs[] = { "¥", "￥" };
  char *start = text;

  if (*start == '-' || *start == '+')
    start++;
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      gsize size = strlen (signs[i]);

      if (strncmp (start, signs[i], size) != 0)
        continue;
      size += start[size] == ' ';
      memmove (start, start + size, strlen (start + size) + 1);
      return;
    }
}

gboolean
hx_money_parse (const char *text, HxMoneyUnit unit, gint64 *fen, GError **error)
{
  char plain[HX_SHORT_TEXT_SIZE];
  HxDecimal decimal;

  if (!hx_text_normalise_short (text, plain, sizeof plain))
    return hx_decimal_parse (text, 0, &decimal, error);
  take_unit (plain, &unit);
  drop_currency (plain);
  if (!hx_decimal_parse (plain, unit_scales[unit], &decimal, error))
    return FALSE;
  if (!hx_decimal_rescale (&decimal, unit_scales[unit])
      || decimal.units > HX_MONEY_MAX || decimal.units < -HX_MONEY_MAX)
    {
      g_autofree char *excerpt = hx_excerpt (text);

      return hx_failf (error, HX_ERROR_LIMIT, _ ("金额“%s”太大"), excerpt);
    }
  *fen = decimal.units;
  return TRUE;
}

char *
hx_money_format_yuan (gint64 fen)
{
  return hx_decimal_format ((HxDecimal){ fen, 2 });
}

char *
hx_money_format_wan (gint64 fen, guint decimals)
{
  HxDecimal wan = { 0, MIN (decimals, 6) };

  hx_round_half_up (fen, FEN_PER_WAN, wan.scale, &wan.units);
  return hx_decimal_format (wan);
}
