/* Sources with tables, drawn; and what the check says of them. */
#ifndef HX_TABLE_FIXTURE_H
#define HX_TABLE_FIXTURE_H

#include "check/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>

/* Lines that begin with | are rows: |合计|1.00|, cells that are only < go on
 * to the right from the one before, ^ down from the one above.  Other lines
 * are words. */
HxSource *fixture_drawn (const char *drawing);
/* The claims, a line each: "sum error material 1413.15 <- 990.92 422.23". */
char *fixture_claims (const HxSource *source);
/* Of them those that are errors. */
char *fixture_errors (const HxSource *source);
/* The message of the only error; fails when there is not one. */
char *fixture_message (const HxSource *source);
/* How many claims are of the kind and verdict. */
guint fixture_count (const HxSource *source, HxClaimKind kind,
                     HxVerdict verdict);

#endif
