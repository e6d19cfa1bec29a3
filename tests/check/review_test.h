/* What the tests of the review share: the shipped catalogue in a new database,
 * and findings as lines of text. */
#ifndef HX_REVIEW_TEST_H
#define HX_REVIEW_TEST_H

#include "../budget/budget_test.h"
#include "check/review.h"

/* "V12 二（二）1“780余”" a line, "!" before it when it blocks; of all checks or
 * of one ("V12"), or of several ("V12 V13"). */
char *found_in (Fixture *fixture, const HxReviewOptions *options,
                const char *only);
/* The same of a draft by its words; a name that ends in .md is Markdown. */
char *found_in_draft (Fixture *fixture, const char *name, const char *words,
                      const char *only);
HxReviewResult *review_of (Fixture *fixture, const HxReviewOptions *options);
void assert_says (const char *text, const char *part);

#endif
