/* Quantities told in Chinese numerals.  Private to the room check.
 *
 * 三百二十名, 五十万元, 百分之八十五 are quantities as 320名 and 85% are.  Of
 * plain words, 一是, 三个全覆盖, 六大, only those of ten and more with a unit
 * are; numbers of order, 第十二届, and of plans, 十四五, are none.
 */
#ifndef HX_CHECK_NUMERAL_H
#define HX_CHECK_NUMERAL_H

#include "check/words.h"

G_BEGIN_DECLS

typedef struct
{
  gsize until; /* behind the numeral */
  gint64 value;
  gboolean is_percent; /* 百分之 … */
} HxNumeral;

/* The numeral of ten or more that begins at this byte. */
gboolean hx_numeral_at (const HxWords *words, gsize at, HxNumeral *numeral);

G_END_DECLS

#endif
