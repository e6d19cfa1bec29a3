/* score_part: the scorecard that a call asks for.  Of the whole bureau it is
 * shown to those of the whole bureau; of a key task to those who reach it. */
#ifndef HX_SERVER_SCORE_PART_H
#define HX_SERVER_SCORE_PART_H

#include "score/score.h"
#include "server/monitor_part.h"

G_BEGIN_DECLS

/* By the parameters year, as_of, card and task.  NULL with *error. */
HxScore *hx_score_of_call (HxCall *call, GError **error);
/* The same page with these parameters; the caller's. */
char *hx_score_url (const HxScore *score, const char *path);

G_END_DECLS

#endif
