/* Slips of a pen: one digit wrong, or two neighbours swapped. */
#include "check/claim.h"

/* Two numbers of the same unit that differ as a slip makes them differ. */
static gboolean
is_slip (HxWide written, HxWide meant)
{
  HxWide power = 1;
  HxWide difference = ABS (meant - written);

  if (written <= 0 || meant <= 0 || difference == 0)
    return FALSE;
  while (difference % 10 == 0)
    {
      difference /= 10;
      power *= 10;
    }
  if (difference < 10 && written / power / 10 == meant / power / 10)
    return TRUE;
  return difference % 9 == 0 && difference / 9 < 10
         && written / power % 10 == meant / power / 10 % 10
         && written / power / 10 % 10 == meant / power % 10
         && written / power / 100 == meant / power / 100;
}

static HxWide
exact_of (const HxReading *reading, guint term)
{
  return hx_reading_term (reading, term)->quantity.exact;
}

/* A rate to the last digit that the stated one has; sums are exact. */
static HxWide
meant_value (const HxProposal *proposal, const HxQuantity *stated)
{
  const HxWide last = stated->half * 2;
  const HxWide value = proposal->outcome.value;

  if (stated->kind != HX_QUANTITY_PERCENT || proposal->kind == HX_CLAIM_SUM)
    return value;
  return (value + stated->half) / last * last;
}

/* Its operands are added up, so that the gap is what one of them lacks. */
static gboolean
adds_up (const HxProposal *proposal)
{
  return proposal->kind == HX_CLAIM_SUM
         || (proposal->kind == HX_CLAIM_DIFFERENCE && proposal->signs != NULL);
}

gboolean
hx_proposal_slip (const HxReading *reading, const HxProposal *proposal,
                  HxSlip *slip)
{
  HxWide gap = 0;

  if (!proposal->outcome.exists || proposal->stated == HX_NO_TERM
      || (proposal->outcome.value <= 0 && !adds_up (proposal)))
    return FALSE;
  slip->term = proposal->stated;
  slip->meant = meant_value (
      proposal, &hx_reading_term (reading, proposal->stated)->quantity);
  if (is_slip (exact_of (reading, slip->term), slip->meant))
    return TRUE;
  gap = exact_of (reading, proposal->stated) - proposal->outcome.value;
  for (guint i = 0; adds_up (proposal) && i < proposal->count; i++)
    {
      const int sign = proposal->signs == NULL ? 1 : proposal->signs[i];

      slip->term = proposal->operands[i];
      slip->meant = exact_of (reading, slip->term) + sign * gap;
      if (is_slip (exact_of (reading, slip->term), slip->meant))
        return TRUE;
    }
  return FALSE;
}

gboolean
hx_proposal_is_slip (const HxReading *reading, const HxProposal *proposal)
{
  HxSlip slip = { HX_NO_TERM, 0 };

  return hx_proposal_slip (reading, proposal, &slip);
}
