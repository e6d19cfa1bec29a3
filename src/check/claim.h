/* Making claims: exact arithmetic, verdict, message.  Private to the room
 * check.
 *
 * What is computed is an exact value with the bounds that the operands' own
 * rounding allows.  The verdict follows from these and the stated figure:
 * check.h says how.
 */
#ifndef HX_CHECK_CLAIM_H
#define HX_CHECK_CLAIM_H

#include "check/check.h"
#include "check/term.h"

G_BEGIN_DECLS

/* 10^-HX_QUANTITY_PLACES of the base unit, as quantities. */
typedef struct
{
  gboolean exists; /* FALSE: there is none, as of a base of zero */
  HxWide value, low, high;
} HxOutcome;

/* How a claim of a table is told. */
typedef struct
{
  const char *place; /* “合计”行“执行数”列 */
  const char *how;   /* 各行相加 */
  const char *where; /* 表中; 文中 */
} HxTelling;

/* What a finder wants said. */
typedef struct
{
  HxClaimKind kind;
  const char *formula;
  const guint *operands; /* indices of terms */
  guint count;
  const int *signs; /* of the operands of a sum or difference; NULL: all 1 */
  guint stated;     /* index of a term; HX_NO_TERM: implied, 100 % */
  HxWide implied;   /* the implied value */
  HxOutcome outcome;
  HxSpan words; /* of a direction: what the text says in words … */
  int sign;     /* … and the sign that the outcome then has: 1, 0, -1 */
  const HxTelling *telling; /* NULL: of sentences */
  const char *lack; /* what the text does not give: not checkable; NULL */
} HxProposal;

/* Σ sign × operand; signs NULL: all 1. */
HxOutcome hx_outcome_sum (const HxReading *reading, const guint *operands,
                          const int *signs, guint count);
/* a / b, in percent. */
HxOutcome hx_outcome_ratio (const HxTerm *a, const HxTerm *b);
/* delta / (current - sign × delta), in percent; delta is a magnitude. */
HxOutcome hx_outcome_growth (const HxTerm *current, const HxTerm *delta,
                             int sign);
/* |current - previous| / previous, in percent. */
HxOutcome hx_outcome_change (const HxTerm *current, const HxTerm *previous);

/* The same, of the other sign: what is computed is not what the words say. */
HxOutcome hx_outcome_turn (HxOutcome outcome);
/* count × price × times. */
HxOutcome hx_outcome_product (const HxTerm *count, const HxTerm *price,
                              guint times);

HxVerdict hx_proposal_verdict (const HxReading *reading,
                               const HxProposal *proposal);
/* Stated and computed are within one unit of the last digit. */
gboolean hx_proposal_is_near (const HxReading *reading,
                              const HxProposal *proposal);
/* An error that one digit changed or two neighbours swapped would explain,
 * in the stated figure or in an operand of a sum. */
gboolean hx_proposal_is_slip (const HxReading *reading,
                              const HxProposal *proposal);

typedef struct
{
  guint term; /* the one that is wrong */
  HxWide meant;
} HxSlip;

/* The same, and which figure it is; of a rate, rounded like the stated. */
gboolean hx_proposal_slip (const HxReading *reading, const HxProposal *proposal,
                           HxSlip *slip);

#define HX_COMPUTED_PLACES 6

/* The quantity in whose unit the computed value is told. */
const HxQuantity *hx_claim_unit (const HxReading *reading,
                                 const HxProposal *proposal);
HxDecimal hx_claim_in_unit (HxWide exact, const HxQuantity *quantity,
                            guint places);
char *hx_claim_tell (const HxReading *reading, const HxClaim *claim,
                     const HxProposal *proposal);

/* Adds the claim with its verdict and message. */
void hx_claim_add (HxCheckResult *result, const HxReading *reading,
                   const HxProposal *proposal);

/* The figure that a term is, as the source says it. */
HxClaimFigure *hx_claim_figure_new (const HxReading *reading, guint index);
void hx_claim_figure_free (HxClaimFigure *figure);
void hx_claim_free (HxClaim *claim);

G_END_DECLS

#endif
