/* A filled-in scorecard as a text. */
#ifndef HX_CLI_SCORE_OUTPUT_H
#define HX_CLI_SCORE_OUTPUT_H

#include "score/score.h"

G_BEGIN_DECLS

/* The caller's. */
char *hx_cli_score_text (const HxScore *score);
/* Prints the cards; year 0: of all years. */
void hx_cli_scorecards (const HxCatalogue *catalogue, int year);

G_END_DECLS

#endif
