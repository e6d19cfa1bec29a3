/* The engine over a text that a test writes out. */
#ifndef HX_ENGINE_FIXTURE_H
#define HX_ENGINE_FIXTURE_H

#include "check/check.h"
#include "check/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>

#include <string.h>

/* Fails the test when the text is none. */
HxSource *engine_source (const char *text);
/* What a check of the text finds. */
HxCheckResult *engine_check (const char *text);
/* The warnings as "code 字词; code 字词", in order; "" for none (g_free). */
char *engine_warnings (const HxCheckResult *result);
/* The claims of one kind as "verdict a,b=c; …", figures as the text has
 * them (g_free). */
char *engine_claims (const HxCheckResult *result, HxClaimKind kind);

#endif
