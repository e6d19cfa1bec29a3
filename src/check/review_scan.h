/* Numbers in a text, as the checks need them.  Private to the room check. */
#ifndef HX_CHECK_REVIEW_SCAN_H
#define HX_CHECK_REVIEW_SCAN_H

#include "check/review_text.h"

G_BEGIN_DECLS

/* A digit, half or full width. */
gboolean hx_scan_is_digit (gunichar character);
/* 一 … 十百千万亿 and their like. */
gboolean hx_scan_is_numeral (gunichar character);
/* The number at text[from]: its end, and its value with at most four places;
 * `from` when there is none, or one that does not fit. */
gsize hx_scan_number (const char *text, gsize from, HxDecimal *value);
/* 11, １１ or 十一 at text[from]; 0: none.  `end` is behind it. */
int hx_scan_small (const char *text, gsize from, gsize *end);
/* The character before text[at]; 0 at the start. */
gunichar hx_scan_before (const char *text, gsize at);
/* The bytes of the clause around [start, end): up to the nearest of 。；！？，
 * on both sides. */
void hx_scan_clause (const char *text, gsize *start, gsize *end);

G_END_DECLS

#endif
