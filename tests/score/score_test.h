/* What the tests of filled-in cards share: the shipped catalogue in a new
 * database, with a card of the test's own. */
#ifndef HX_SCORE_TEST_H
#define HX_SCORE_TEST_H

#include "../measure/measure_test.h"
#include "score/score.h"

/* With the shipped catalogue alone. */
int score_setup (void **state);
/* Puts a card beside the shipped ones: its rows as YAML, from two spaces in. */
void use_card (Fixture *fixture, const char *head, const char *rows);
/* Of 2023; as_of "" is the end of the year. */
HxScore *score_of (Fixture *fixture, const char *card, const char *as_of);

/* A row by key; fails the test when there is none. */
const HxScoreRow *row_of (const HxScore *score, const char *key);
/* "4.50" */
void assert_score (const HxScore *score, const char *key, const char *text);
void assert_total (const HxScore *score, const char *text, const char *grade);
/* Whether a finding of the row (NULL: of the card) holds these words. */
gboolean finds (const HxScore *score, const char *key, const char *words);

#endif
