/* Sentences and all that the engine claims of them. */
#ifndef HX_FIND_FIXTURE_H
#define HX_FIND_FIXTURE_H

#include "engine_fixture.h"

typedef struct
{
  const char *text;
  const char *claims; /* as find_claims writes them */
} FindCase;

/* Every claim, by place: "kind verdict a,b=c; …", an error with its severity
 * behind it; figures as the text has them, line ends and all (g_free). */
char *find_claims (const HxCheckResult *result);
/* Each text has these claims and no others. */
void find_check (const FindCase *cases, gsize count);
/* The message of the one claim of the text that is not ok (g_free). */
char *find_message (const char *text);

#define FIND(cases) find_check (cases, G_N_ELEMENTS (cases))

#endif
