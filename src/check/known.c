/* What is known of figures beyond their digits.
 *
 * A value comes without its unit: money as 分 or as a number of 万元, a share
 * of 1 or of 100.  Which it is, the text itself says: of the few that can be
 * meant the first is taken that the digits could be the rounding of. */
#include "check/check.h"
#include "check/term.h"

#define FACTORS_MAX 3

/* 10^-8 of the base unit for one of what the value may count. */
static const gint64 factors[][FACTORS_MAX] = {
  [HX_QUANTITY_NONE] = { 100000000 },
  [HX_QUANTITY_MONEY]
  = { 100000000, G_GINT64_CONSTANT (1000000000000),
      G_GINT64_CONSTANT (10000000000000000) }, /* 元, 万元, 亿元 */
  [HX_QUANTITY_PERCENT]
  = { G_GINT64_CONSTANT (10000000000), 100000000 }, /* of 1, of 100 */
  [HX_QUANTITY_POINTS] = { G_GINT64_CONSTANT (10000000000), 100000000 },
  [HX_QUANTITY_COUNT] = { 100000000 },
};
static const gint64 fen_factors[FACTORS_MAX] = { 1000000 };

static gboolean
take (HxQuantity *quantity, HxExact value, gint64 factor)
{
  HxWide product, known;

  if (factor == 0 || value.denominator <= 0
      || __builtin_mul_overflow ((HxWide)value.numerator, (HxWide)factor,
                                 &product))
    return FALSE;
  known = product / value.denominator;
  if (ABS (known - quantity->exact) > 2 * quantity->half)
    return FALSE;
  quantity->is_known = TRUE;
  quantity->known = known;
  quantity->slack = product % value.denominator != 0;
  return TRUE;
}

static void
know (HxQuantity *quantity, HxExact value)
{
  const gint64 *list = value.is_money ? fen_factors : factors[quantity->kind];

  for (guint i = 0; i < FACTORS_MAX; i++)
    if (take (quantity, value, list[i]))
      return;
}

static gsize
end_of (const GArray *known, guint index)
{
  const HxKnownFigure *figure = &g_array_index (known, HxKnownFigure, index);

  return figure->offset + figure->length;
}

void
hx_reading_know (HxReading *reading, const GArray *known)
{
  guint at = 0;

  for (guint i = 0; known != NULL && i < reading->terms->len; i++)
    {
      HxQuantity *quantity = &hx_reading_term (reading, i)->quantity;
      const gsize offset
          = g_array_index (reading->words->origins, guint32, quantity->from);

      while (at < known->len && end_of (known, at) <= offset)
        at++;
      if (at == known->len)
        return;
      if (g_array_index (known, HxKnownFigure, at).offset <= offset)
        know (quantity, g_array_index (known, HxKnownFigure, at).value);
    }
}
