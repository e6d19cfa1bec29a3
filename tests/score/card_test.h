/* What the tests of scorecards share: a catalogue of one card, in memory. */
#ifndef HX_CARD_TEST_H
#define HX_CARD_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "catalogue/scorecard.h"
#include "score/rule.h"

/* A card of one row of `points` whose rule is written as in YAML flow:
 * "rule: ratio, value: 1". */
HxCatalogue *card_of_rule (const char *points, const char *rule,
                           GError **error);
const HxCardRow *first_row (const HxCatalogue *catalogue, const char *card);

/* A decimal or a fraction, "104.5" or "2/3". */
HxFraction fraction_of (const char *text);

#endif
