/* How well the engine reads: its claims beside those that people annotated.
 *
 * A folder holds NNN.txt and NNN.claims.json; each is a report here.  What the
 * engine claims is the same as what is annotated when it is about the same
 * figure (see measure_match.c), whatever the order of its operands.
 *
 * Ownership: a report owns everything in it. */
#ifndef HX_MEASURE_TEST_H
#define HX_MEASURE_TEST_H

#include "check/check.h"

typedef struct
{
  char *name;           /* "001" */
  gboolean has_claims;  /* there is a file of annotations */
  GPtrArray *annotated; /* HxClaim, without messages */
  HxSource *source;
  HxCheckResult *result;
  gint64 microseconds; /* that the engine took */
} Report;

/* `path` is NNN.txt. */
Report *report_read (const char *path, GError **error);
void report_free (Report *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

/* Of claims that were annotated: their formula is not their own. */
void figure_free (HxClaimFigure *figure);
void claim_free (HxClaim *claim);

/* The same figure, claimed to be the same kind of thing. */
gboolean claims_share_figure (const HxClaim *a, const HxClaim *b);
/* And from the same figures; or from at least one of them. */
gboolean claims_equal (const HxClaim *a, const HxClaim *b);
gboolean claims_touch (const HxClaim *a, const HxClaim *b);

/* A claim as lines for who mends the engine: where, from what, the text. */
void claim_print (const Report *report, const char *label,
                  const HxClaim *claim);

#endif
