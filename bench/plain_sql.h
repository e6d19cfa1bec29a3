/* plain_sql: an indicator as the SQL that a person would write for it.
 *
 * Made from the catalogue's rule alone and asked of the kinds' own tables:
 * no cells, no members, nothing that room measure keeps.
 */
#ifndef BENCH_PLAIN_SQL_H
#define BENCH_PLAIN_SQL_H

#include "catalogue/catalogue.h"

/* A SELECT of one row and two integers, numerator and denominator, of the
 * whole bureau and year; money in 分.  NULL for an indicator that is typed.
 * The caller frees it. */
char *bench_plain_sql (const HxIndicator *indicator, int year);

#endif
