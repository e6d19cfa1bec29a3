/* rule: how many points a row of a scorecard gets.  See catalogue/scorecard.h
 * for the rules and what they read.
 *
 * Pure functions on exact numbers: the result is a fraction, to be rounded once
 * by whoever prints it.  A score is never below 0 nor above the row's points
 * (a bonus: within its own bounds).
 */
#ifndef HX_SCORE_RULE_H
#define HX_SCORE_RULE_H

#include "catalogue/scorecard.h"
#include "score/fraction.h"

G_BEGIN_DECLS

#define HX_RULE_ITEMS_MAX 64

typedef enum
{
  HX_STATED_NONE,
  HX_STATED_REACHED,
  HX_STATED_PARTLY,
  HX_STATED_MISSED
} HxStatedStep;

/* Of how many the mean is made, and what each reached, for quarters and
 * targets. */
typedef struct
{
  HxFraction reached, weight;
} HxRulePart;

typedef struct
{
  gboolean has_value;
  HxFraction value;
  guint64 checks; /* bit 0: the first item is fulfilled */
  gboolean has_checks;
  HxStatedStep step;
  gboolean has_share;
  HxDecimal share;                     /* per cent of the points */
  HxFraction parts[HX_SCORE_QUARTERS]; /* quarters: per cent spent by its end */
  guint n_parts;                       /* how many quarters have ended */
  const GArray *targets;               /* HxRulePart; reached in per cent */
} HxRuleInput;

/* Why there is no score. */
typedef enum
{
  HX_RULE_SCORED,
  HX_RULE_NO_VALUE,  /* nothing was given */
  HX_RULE_NO_STEP,   /* the qualitative step or its share is missing */
  HX_RULE_BAD_SHARE, /* the share is outside the band of the step */
  HX_RULE_BAD_VALUE, /* a stated score above the points, a check too many */
  HX_RULE_TOO_LARGE  /* no exact number any more */
} HxRuleState;

typedef struct
{
  HxRuleState state;
  HxFraction score;
  gboolean is_over; /* so far over the target that it must be explained */
} HxRuleResult;

/* All rules but choose, whose options are applied one by one. */
HxRuleResult hx_score_apply (const HxRule *rule, HxDecimal points,
                             const HxRuleInput *input);
/* In the user's language. */
const char *hx_score_state_text (HxRuleState state);

G_END_DECLS

#endif
