/* A check made by hand, of awkward things: claims that share figures, a line
 * end within a figure, a character beyond the BMP, markup in the text, a figure
 * that the text does not say, a claim without a computed value. */
#ifndef HX_CLAIM_FIXTURE_H
#define HX_CLAIM_FIXTURE_H

#include "check/claim_output.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#define FIXTURE_PATH "年报 <1>.txt"

typedef struct
{
  HxSource *source;
  HxCheckResult *result;
  HxChecked checked;
} Fixture;

/* Claims: 0 sum, a material error; 1 ratio, ok; 2 ratio, rounding; 3 growth
 * without a computed value, unknown; 4 sum of shares, last digit, implied. */
Fixture *fixture_new (void);
/* A random text with random claims in it, of the same kinds of things. */
Fixture *fixture_random (guint32 seed);
void fixture_free (Fixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* The bytes of the text before a character, by counting from the start. */
const char *slow_at (const char *text, gsize offset);
gboolean has (const char *text, const char *part);

#endif
