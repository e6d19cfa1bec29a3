/* score/score_json: scorecards as JSON, in the one shape that the command line
 * and the API share.  Points and scores are texts with the card's decimals.
 * Each function appends, without a line break behind it.
 */
#ifndef HX_SCORE_SCORE_JSON_H
#define HX_SCORE_SCORE_JSON_H

#include "score/score.h"

G_BEGIN_DECLS

void hx_score_json (const HxScore *score, GString *out);
/* An array of the cards that are for the year; year 0: all. */
void hx_scorecards_json (const HxCatalogue *catalogue, int year, GString *out);

G_END_DECLS

#endif
