/* plan/target: what was to be reached in a year, and how far it is.
 *
 * A target's actual value is the figure that it names (`indicator`), counted
 * up to the day; a target that names none has what somebody stated last, up to
 * the day, with a signer.  A figure in 万元 or per cent is compared in 万元 or
 * per cent, exactly, not as it is printed: 94.9999 does not reach 95.
 *
 * Completion, in 1/10000, half up at the last digit, never capped:
 *
 *   at_least     actual / target.  A target of 0 or less cannot be divided by:
 *                10000 when reached, else 0
 *   at_most      target / actual; an actual of 0 or less is 10000 when reached,
 *                else 0; a target below 0 likewise
 *   equal        10000 less the deviation, not below 0; a target of 0 is 10000
 *                when hit, else 0
 *   qualitative  the share that was stated; without one 10000 for the step
 *                `reached`, 0 for `missed`, none for `partly`
 *
 * The deviation is |actual − target| / |target|.  A target that was missed must
 * be explained, and so must one that was passed by more than its tolerance; at
 * the tolerance itself nothing is asked.  A target of 0 has no deviation, and a
 * target without tolerance is never passed by too much.  State is against the
 * target of the whole year, on any day.
 *
 * Ownership: targets own their texts; codes are the catalogue's.
 * Threads: those of the connection.
 */
#ifndef HX_PLAN_TARGET_H
#define HX_PLAN_TARGET_H

#include "catalogue/plan.h"
#include "measure/measure.h"

G_BEGIN_DECLS

#define HX_COMPLETION_WHOLE 10000

typedef enum
{
  HX_TARGET_UNKNOWN, /* nothing to compare: see `fault` and `has_actual` */
  HX_TARGET_REACHED,
  HX_TARGET_MISSED, /* not reached, or not yet */
  HX_TARGET_OVER    /* reached, and past it by more than the tolerance */
} HxTargetState;

typedef struct
{
  gint64 id;
  char *number, *name;
  const HxCode *level, *aspect, *direction; /* aspect may be NULL */
  gboolean has_value, has_base;
  HxExact value, base; /* in `unit` */
  char *wording;       /* of a qualitative target, or NULL */
  char *unit;          /* or NULL */
  gboolean has_tolerance, has_weight;
  HxDecimal tolerance; /* per cent */
  HxDecimal weight;
  char *indicator; /* the key of a figure, or NULL */
  gint64 task_id;  /* 0: none */
  char *owner;     /* or NULL */

  gboolean has_actual;
  HxExact actual;     /* in `unit` */
  char *actual_text;  /* as it is printed: "386", or what was stated; or NULL */
  const HxCode *step; /* of a qualitative one, or NULL */
  gboolean has_share;
  HxDecimal share;  /* per cent */
  gint64 result_id; /* of the row that states it; 0: none */
  HxDate stated_on; /* of the last statement up to the day; year 0: none */
  char *text, *reason, *measure, *signer; /* of it, or NULL */
  gboolean has_evidence;
  char *evidence;     /* of it, a file a line, or NULL */
  gboolean is_figure; /* the actual value is a figure */
  gint64 rows;        /* behind the figure */

  gboolean has_completion;
  gint64 completion; /* in 1/10000 */
  HxTargetState state;
  char *fault; /* what is wrong with the target itself, a sentence; or NULL:
                * no figure of that key, another unit, no value */
} HxTarget;

void hx_target_free (HxTarget *target);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxTarget, hx_target_free)

/* HxTarget by number; none when the catalogue keeps no targets.  as_of year 0:
 * figures on 31 December, and the last statement of any day, for a year is
 * stated after it has ended. */
GPtrArray *hx_targets_read (HxConnection *connection, HxCatalogue *catalogue,
                            int year, HxDate as_of, GError **error);

/* MISSED or OVER: a cause is asked for. */
gboolean hx_target_must_explain (const HxTarget *target);
/* "≥30 次", "≤90 万元", "=100 %", or the wording; the caller's. */
char *hx_target_value_text (const HxTarget *target);
/* The actual value, or the step or text that stands for it, with the unit; ""
 * when nothing is known; the caller's. */
char *hx_target_actual_text (const HxTarget *target);
/* 已达成, 未达成, 已达成，偏差较大, 未知: in the user's language. */
const char *hx_target_state_name (HxTargetState state);

/* Of a target with a value: completion and state of an actual value; all but
 * `has_actual` and `actual` must be filled.  FALSE when the numbers are too
 * large to compare. */
gboolean hx_target_weigh (HxTarget *target, GError **error);

G_END_DECLS

#endif
