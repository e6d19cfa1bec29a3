/* The quantities of a text: numbers with what they count.  Private to the
 * room check.
 *
 * A number is a quantity only with a unit (万元, %, 个百分点, 人次 …), or
 * where the words before it ask for one (增长 13.95。 lacks its %).  Dates,
 * document numbers, codes, ordinals, marks of lists, "1+22+N", times and ages
 * are none.
 *
 * Values are exact: 10^-8 of 元, of a percent, of one piece.  Each is an
 * interval of half a unit of its last digit.
 */
#ifndef HX_CHECK_QUANTITY_H
#define HX_CHECK_QUANTITY_H

#include "base/wide.h"
#include "check/words.h"

G_BEGIN_DECLS

typedef enum
{
  HX_QUANTITY_NONE, /* no unit is written */
  HX_QUANTITY_MONEY,
  HX_QUANTITY_PERCENT,
  HX_QUANTITY_POINTS, /* 百分点 */
  HX_QUANTITY_COUNT
} HxQuantityKind;

#define HX_QUANTITY_PLACES 8
#define HX_QUANTITY_ONE ((HxWide)100000000)
#define HX_QUANTITY_HUNDRED (100 * HX_QUANTITY_ONE)

/* Not to be taken at its word. */
typedef enum
{
  HX_VAGUE_NOT = 0,
  HX_VAGUE_ABOUT = 1 << 0, /* 约, 余, 多, 近 */
  HX_VAGUE_BOUND = 1 << 1, /* 超过, 以上, ≤ */
  HX_VAGUE_RANGE = 1 << 2, /* 2-12个月 */
  HX_VAGUE_EACH = 1 << 3   /* 元/人 */
} HxVague;

typedef struct
{
  gsize from, digits, until; /* bytes of the clean words: the number [from,
                              * digits), with its unit [from, until) */
  HxDecimal value;           /* as written */
  HxWide exact, half;        /* 10^-HX_QUANTITY_PLACES of the base unit */
  HxWide one;                /* what 1 of its own unit is */
  gboolean is_known;         /* beyond its digits: see known.c */
  HxWide known, slack;       /* then: the value, and what is left unknown */
  HxQuantityKind kind;
  const char *counter; /* of a count: interned, "人次" */
  const char *unit;    /* NULL: what is written; else static, "万元" */
  guint vague;         /* HxVague */
  gboolean is_counted; /* pieces, counted one by one: exact, not rounded */
} HxQuantity;

/* What others are computed from: the value, and how far off it may be. */
static inline HxWide
hx_quantity_value (const HxQuantity *quantity)
{
  return quantity->is_known ? quantity->known : quantity->exact;
}

static inline HxWide
hx_quantity_slack (const HxQuantity *quantity)
{
  if (quantity->is_known)
    return quantity->slack;
  return quantity->is_counted ? 0 : quantity->half;
}

/* How many digits its value is written with, without leading zeros. */
guint hx_quantity_digits (const HxQuantity *quantity);

/* The number at this byte with its unit, whatever stands round it; FALSE:
 * none, or one of too many digits. */
gboolean hx_quantity_read (const HxWords *words, gsize from,
                           HxQuantity *quantity);
/* HxQuantity, by place. */
GArray *hx_quantities_scan (const HxWords *words);

G_END_DECLS

#endif
