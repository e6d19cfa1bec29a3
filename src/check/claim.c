/* Verdicts, and claims as they are told. */
#include "check/claim.h"

#include <string.h>

/* ------------------------------------------------------------------ figures */

HxClaimFigure *
hx_claim_figure_new (const HxReading *reading, guint index)
{
  const HxQuantity *quantity = &hx_reading_term (reading, index)->quantity;
  const HxWords *words = reading->words;
  HxClaimFigure *figure = g_new0 (HxClaimFigure, 1);
  const guint32 from = g_array_index (words->origins, guint32, quantity->from);
  const guint32 last
      = g_array_index (words->origins, guint32, quantity->until - 1);

  figure->offset = from;
  figure->length = last + 1 - from;
  figure->text = hx_words_original (words, reading->source, quantity->from,
                                    quantity->until);
  figure->value = quantity->value;
  figure->unit = quantity->unit != NULL
                     ? g_strdup (quantity->unit)
                     : g_strndup (words->clean->str + quantity->digits,
                                  quantity->until - quantity->digits);
  if (*figure->unit == '\0' && quantity->kind == HX_QUANTITY_PERCENT)
    {
      g_free (figure->unit);
      figure->unit = g_strdup ("%");
    }
  return figure;
}

void
hx_claim_figure_free (HxClaimFigure *figure)
{
  if (figure == NULL)
    return;
  g_free (figure->text);
  g_free (figure->unit);
  g_free (figure);
}

static HxClaimFigure *
implied_figure (void)
{
  HxClaimFigure *figure = g_new0 (HxClaimFigure, 1);

  figure->offset = HX_CLAIM_IMPLIED;
  figure->text = g_strdup ("");
  figure->value = (HxDecimal){ 1000, 1 };
  figure->unit = g_strdup ("%");
  return figure;
}

/* The words of a direction; its value is its sign. */
static HxClaimFigure *
words_figure (const HxReading *reading, const HxProposal *proposal)
{
  const HxWords *words = reading->words;
  const HxSpan span = proposal->words;
  const guint32 *origins = (const guint32 *)(gpointer)words->origins->data;
  HxClaimFigure *figure = g_new0 (HxClaimFigure, 1);

  figure->offset = origins[span.from];
  figure->length = origins[span.until - 1] + 1 - origins[span.from];
  figure->text
      = hx_words_original (words, reading->source, span.from, span.until);
  figure->value = (HxDecimal){ proposal->sign, 0 };
  figure->unit = g_strdup ("");
  return figure;
}

static HxClaimFigure *
stated_figure (const HxReading *reading, const HxProposal *proposal)
{
  if (proposal->kind == HX_CLAIM_DIRECTION)
    return words_figure (reading, proposal);
  return proposal->stated == HX_NO_TERM
             ? implied_figure ()
             : hx_claim_figure_new (reading, proposal->stated);
}

/* ----------------------------------------------------------------- verdicts */

/* Of an implied total of shares, the coarsest of their last digits. */
static HxWide
half_of_stated (const HxReading *reading, const HxProposal *proposal)
{
  HxWide half = 0;

  if (proposal->stated != HX_NO_TERM)
    return hx_reading_term (reading, proposal->stated)->quantity.half;
  for (guint i = 0; i < proposal->count; i++)
    half = MAX (
        half, hx_reading_term (reading, proposal->operands[i])->quantity.half);
  return half;
}

static HxWide
stated_of (const HxReading *reading, const HxProposal *proposal)
{
  return proposal->stated == HX_NO_TERM
             ? proposal->implied
             : hx_reading_term (reading, proposal->stated)->quantity.exact;
}

static int
sign_of (HxWide value)
{
  return value < 0 ? -1 : value > 0;
}

static HxVerdict
direction_verdict (const HxProposal *proposal)
{
  const HxOutcome *outcome = &proposal->outcome;

  if (sign_of (outcome->value) == proposal->sign)
    return HX_VERDICT_OK;
  return sign_of (outcome->low) <= proposal->sign
                 && sign_of (outcome->high) >= proposal->sign
             ? HX_VERDICT_ROUNDING
             : HX_VERDICT_ERROR;
}

HxVerdict
hx_proposal_verdict (const HxReading *reading, const HxProposal *proposal)
{
  const HxOutcome *outcome = &proposal->outcome;
  const HxWide stated = stated_of (reading, proposal);
  const HxWide half = half_of_stated (reading, proposal);

  if (proposal->lack != NULL)
    return HX_VERDICT_UNKNOWN;
  if (!outcome->exists)
    return HX_VERDICT_ERROR;
  if (proposal->kind == HX_CLAIM_DIRECTION)
    return direction_verdict (proposal);
  if (ABS (outcome->value - stated) <= half)
    return HX_VERDICT_OK;
  if (outcome->low <= stated + half && outcome->high >= stated - half)
    return HX_VERDICT_ROUNDING;
  return HX_VERDICT_ERROR;
}

gboolean
hx_proposal_is_near (const HxReading *reading, const HxProposal *proposal)
{
  return proposal->outcome.exists
         && ABS (proposal->outcome.value - stated_of (reading, proposal))
                <= 2 * half_of_stated (reading, proposal);
}

/* ------------------------------------------------------------------- claims */

static HxSeverity
severity_of (const HxReading *reading, const HxProposal *proposal,
             HxVerdict verdict)
{
  if (verdict == HX_VERDICT_OK || verdict == HX_VERDICT_UNKNOWN)
    return HX_SEVERITY_NONE;
  return hx_proposal_is_near (reading, proposal) ? HX_SEVERITY_LAST_DIGIT
                                                 : HX_SEVERITY_MATERIAL;
}

void
hx_claim_free (HxClaim *claim)
{
  if (claim == NULL)
    return;
  g_ptr_array_unref (claim->operands);
  hx_claim_figure_free (claim->stated);
  g_free (claim->message);
  g_free (claim);
}

void
hx_claim_add (HxCheckResult *result, const HxReading *reading,
              const HxProposal *proposal)
{
  HxClaim *claim = g_new0 (HxClaim, 1);

  claim->kind = proposal->kind;
  claim->formula = proposal->formula;
  claim->operands
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_claim_figure_free);
  for (guint i = 0; i < proposal->count; i++)
    g_ptr_array_add (claim->operands,
                     hx_claim_figure_new (reading, proposal->operands[i]));
  claim->stated = stated_figure (reading, proposal);
  claim->has_computed = proposal->outcome.exists;
  if (claim->kind == HX_CLAIM_DIRECTION)
    claim->computed = (HxDecimal){ sign_of (proposal->outcome.value), 0 };
  else if (claim->has_computed)
    claim->computed = hx_claim_in_unit (proposal->outcome.value,
                                        hx_claim_unit (reading, proposal),
                                        HX_COMPUTED_PLACES);
  claim->verdict = hx_proposal_verdict (reading, proposal);
  claim->severity = severity_of (reading, proposal, claim->verdict);
  claim->message = hx_claim_tell (reading, claim, proposal);
  g_ptr_array_add (result->claims, claim);
}
