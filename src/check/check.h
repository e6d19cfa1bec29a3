/* check: the arithmetic of a report, ours or anybody's.
 *
 * A claim is a figure in the text that other figures of the text imply: a
 * total of parts, a rate of two amounts, a growth of an amount and its change,
 * a difference, the same quantity said twice.  Which figures belong together
 * is read from the words; whether they agree is computed exactly, each figure
 * being an interval of half a unit of its own last digit.
 *
 *   ok        what the operands give, rounded half up, is what is stated
 *   rounding  not quite, but the operands' own rounding explains it
 *   error     no values within the operands' rounding give what is stated
 *   unknown   a claim, but the text does not give what it is to be checked
 *             against
 *
 * An error is of the last digit when one unit of it would do, else material.
 *
 * Nothing is guessed: where the words leave open which figures are meant, a
 * claim is made only if it holds.
 *
 * Ownership: a result owns its claims and warnings.  Threads: any; a result is
 * read-only once made.
 */
#ifndef HX_CHECK_CHECK_H
#define HX_CHECK_CHECK_H

#include "check/source.h"

G_BEGIN_DECLS

typedef enum
{
  HX_CLAIM_SUM,
  HX_CLAIM_RATIO,
  HX_CLAIM_GROWTH,
  HX_CLAIM_DIFFERENCE,
  HX_CLAIM_PRODUCT,
  HX_CLAIM_REPEAT,
  HX_CLAIM_DIRECTION, /* 减少 where the figures say a rise */
  HX_CLAIM_KINDS
} HxClaimKind;

typedef enum
{
  HX_VERDICT_OK,
  HX_VERDICT_ROUNDING,
  HX_VERDICT_ERROR,
  HX_VERDICT_UNKNOWN,
  HX_VERDICTS
} HxVerdict;

typedef enum
{
  HX_SEVERITY_NONE,
  HX_SEVERITY_LAST_DIGIT,
  HX_SEVERITY_MATERIAL,
  HX_SEVERITIES
} HxSeverity;

#define HX_CLAIM_IMPLIED G_MAXSIZE /* an offset: the text does not say it */

/* A figure as the text says it (HxFigure is one of the measure room). */
typedef struct
{
  gsize offset, length; /* in characters; HX_CLAIM_IMPLIED and 0 */
  char *text;           /* what stands there, line ends and all */
  HxDecimal value;      /* in the unit as written, with the places written */
  char *unit;           /* "万元", "%", "个百分点", "" */
} HxClaimFigure;

typedef struct
{
  HxClaimKind kind;
  const char *formula; /* "a+b+…", "a/b*100", "delta/(cur-delta)*100" … */
  GPtrArray *operands; /* HxClaimFigure */
  HxClaimFigure *stated;
  gboolean has_computed; /* FALSE: there is none (a base of zero) */
  HxDecimal computed;    /* in the unit of `stated`, half up at 6 places */
  HxVerdict verdict;
  HxSeverity severity;
  char *message; /* in the user's words; what would mend it, when one change
                  * of a digit or one exchange of operands would */
} HxClaim;

/* What is not arithmetic. */
typedef enum
{
  HX_WARNING_LEFTOVER, /* 减增加, 下降（增长）, XX, 暂无: of a template */
  HX_WARNING_NO_UNIT,   /* a rate without %, an amount without its unit */
  HX_WARNING_TWO_NAMES, /* one thing, two names */
  HX_WARNING_YEAR,      /* a year that is not this report's */
  HX_WARNINGS
} HxCheckWarningCode;

typedef struct
{
  HxCheckWarningCode code;
  gsize offset, length;
  char *text;
  char *message;
} HxCheckWarning;

typedef struct
{
  GPtrArray *claims;   /* HxClaim, by the place of what is stated, then of the
                        * first operand */
  GPtrArray *warnings; /* HxCheckWarning, by place */
  guint verdicts[HX_VERDICTS];
} HxCheckResult;

HxCheckResult *hx_check_source (const HxSource *source);

/* A figure whose value is known beyond the digits that the text gives it, as
 * of a report that was written from records. */
typedef struct
{
  gsize offset, length; /* in characters: the number, its unit or not */
  HxExact value;        /* money in 分 or not, a share of 1 or of 100 */
} HxKnownFigure;

/* The same, with figures computed from what they are and not from their
 * rounding; what is stated stays the digits that the text gives.  `known` are
 * HxKnownFigure by place; one that is not what the text says there, to a unit
 * of its last digit, is passed over. */
HxCheckResult *hx_check_source_known (const HxSource *source,
                                      const GArray *known);
void hx_check_result_free (HxCheckResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxCheckResult, hx_check_result_free)

/* The words of the files: "sum", "last_digit", "template_leftover". */
const char *hx_claim_kind_key (HxClaimKind kind);
const char *hx_verdict_key (HxVerdict verdict);
const char *hx_severity_key (HxSeverity severity); /* of none: "" */
const char *hx_check_warning_key (HxCheckWarningCode code);

G_END_DECLS

#endif
