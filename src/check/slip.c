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

/* What the figure would be by a slip, within `slack` of what is needed. */
static gboolean
nearly (const HxQuantity *written, HxWide needed, HxWide slack, HxWide *meant)
{
  const HxWide last = written->half * 2;
  const HxWide least = MAX (needed - slack, 0);

  for (HxWide candidate = (least + last - 1) / last * last;
       candidate <= needed + slack; candidate += last)
    if (is_slip (written->exact, candidate))
      {
        *meant = candidate;
        return TRUE;
      }
  return FALSE;
}

/* Roundings of the others may leave the sum a little off even then. */
static HxWide
slack_of (const HxProposal *proposal, const HxQuantity *quantity)
{
  return MIN (proposal->outcome.high - proposal->outcome.value,
              quantity->half * 4);
}

gboolean
hx_proposal_slip (const HxReading *reading, const HxProposal *proposal,
                  HxSlip *slip)
{
  const HxQuantity *stated = NULL;
  HxWide gap = 0;

  if (!proposal->outcome.exists || proposal->stated == HX_NO_TERM
      || (proposal->outcome.value <= 0 && !adds_up (proposal)))
    return FALSE;
  stated = &hx_reading_term (reading, proposal->stated)->quantity;
  slip->term = proposal->stated;
  slip->meant = meant_value (proposal, stated);
  if (is_slip (stated->exact, slip->meant))
    return TRUE;
  if (!adds_up (proposal))
    return FALSE;
  if (nearly (stated, proposal->outcome.value, slack_of (proposal, stated),
              &slip->meant))
    return TRUE;
  gap = stated->exact - proposal->outcome.value;
  for (guint i = 0; i < proposal->count; i++)
    {
      const int sign = proposal->signs == NULL ? 1 : proposal->signs[i];
      const HxQuantity *part
          = &hx_reading_term (reading, proposal->operands[i])->quantity;

      slip->term = proposal->operands[i];
      if (nearly (part, part->exact + sign * gap, slack_of (proposal, part),
                  &slip->meant))
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
