/* wide: whole numbers of 128 bits, for products of two 64-bit numbers.
 * Pure: any thread. */
#ifndef HX_BASE_WIDE_H
#define HX_BASE_WIDE_H

#include <glib.h>

G_BEGIN_DECLS

__extension__ typedef __int128 HxWide;

/* The greatest common divisor, 0 for two zeros; neither may be the least
 * number there is, whose negation does not fit. */
HxWide hx_wide_divisor (HxWide a, HxWide b);

G_END_DECLS

#endif
