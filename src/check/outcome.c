/* The arithmetic of claims, exact, with the bounds that rounding allows. */
#include "check/claim.h"

#define PRODUCT_BITS 120

/* Half away from zero; the divisor is positive. */
static HxWide
divide (HxWide numerator, HxWide divisor)
{
  const HxWide half = divisor / 2;

  return numerator >= 0 ? (numerator + half) / divisor
                        : -((-numerator + half) / divisor);
}

/* In percent; numbers so great that the product leaves 128 bits do not pass
 * the scanner. */
static HxWide
percent (HxWide numerator, HxWide divisor)
{
  return divide (numerator * HX_QUANTITY_HUNDRED, divisor);
}

HxOutcome
hx_outcome_sum (const HxReading *reading, const guint *operands,
                const int *signs, guint count)
{
  HxOutcome outcome = { .exists = TRUE };
  HxWide slack = 0;

  for (guint i = 0; i < count; i++)
    {
      const HxQuantity *quantity
          = &hx_reading_term (reading, operands[i])->quantity;

      outcome.value
          += (signs == NULL ? 1 : signs[i]) * hx_quantity_value (quantity);
      slack += hx_quantity_slack (quantity);
    }
  outcome.low = outcome.value - slack;
  outcome.high = outcome.value + slack;
  return outcome;
}

HxOutcome
hx_outcome_ratio (const HxTerm *a, const HxTerm *b)
{
  const HxWide part = hx_quantity_value (&a->quantity);
  const HxWide part_slack = hx_quantity_slack (&a->quantity);
  const HxWide base = hx_quantity_value (&b->quantity);
  const HxWide base_slack = hx_quantity_slack (&b->quantity);
  HxOutcome outcome = { .exists = base > 0 };

  if (!outcome.exists)
    return outcome;
  outcome.value = percent (part, base);
  outcome.low = percent (MAX (part - part_slack, 0), base + base_slack);
  outcome.high = base > base_slack
                     ? percent (part + part_slack, base - base_slack)
                     : outcome.value;
  return outcome;
}

/* What grew was smaller before by the change, what fell was greater: when the
 * change is greater than written, so is the amount before only of a fall. */
HxOutcome
hx_outcome_growth (const HxTerm *current, const HxTerm *delta, int sign)
{
  const HxQuantity *now = &current->quantity;
  const HxQuantity *change = &delta->quantity;
  const HxWide before = now->exact - sign * change->exact;
  const HxWide room = hx_quantity_slack (change);
  const HxWide slack = hx_quantity_slack (now) + sign * room;
  HxOutcome outcome = { .exists = before > 0 };

  if (!outcome.exists)
    return outcome;
  outcome.value = percent (change->exact, before);
  outcome.low = before + slack > 0
                    ? percent (MAX (change->exact - room, 0), before + slack)
                    : outcome.value;
  outcome.high = before - slack > 0
                     ? percent (change->exact + room, before - slack)
                     : outcome.value;
  return outcome;
}

HxOutcome
hx_outcome_turn (HxOutcome outcome)
{
  const HxWide low = outcome.low;

  outcome.value = -outcome.value;
  outcome.low = -outcome.high;
  outcome.high = -low;
  return outcome;
}

/* A rise is greatest over the least amount before, a fall over the greatest. */
HxOutcome
hx_outcome_change (const HxTerm *current, const HxTerm *previous)
{
  const HxQuantity *now = &current->quantity;
  const HxQuantity *before = &previous->quantity;
  const HxWide change = ABS (now->exact - before->exact);
  const HxWide slack = hx_quantity_slack (now) + hx_quantity_slack (before);
  const HxWide room = now->exact < before->exact ? -hx_quantity_slack (before)
                                                 : hx_quantity_slack (before);
  HxOutcome outcome = { .exists = before->exact > 0 };

  if (!outcome.exists)
    return outcome;
  outcome.value = percent (change, before->exact);
  outcome.low = before->exact + room > 0
                    ? percent (MAX (change - slack, 0), before->exact + room)
                    : 0;
  outcome.high = before->exact > room
                     ? percent (change + slack, before->exact - room)
                     : outcome.value;
  return outcome;
}

static gboolean
multiply (HxWide a, HxWide b, guint times, HxWide *product)
{
  if (__builtin_mul_overflow (a, b, product)
      || *product > (HxWide)1 << PRODUCT_BITS)
    return FALSE;
  *product = divide (*product, HX_QUANTITY_ONE);
  return !__builtin_mul_overflow (*product, (HxWide)times, product);
}

HxOutcome
hx_outcome_product (const HxTerm *count, const HxTerm *price, guint times)
{
  const HxQuantity *a = &count->quantity;
  const HxQuantity *b = &price->quantity;
  const HxWide a_slack = hx_quantity_slack (a);
  const HxWide b_slack = hx_quantity_slack (b);
  HxOutcome outcome = { .exists = FALSE };

  outcome.exists
      = multiply (a->exact, b->exact, times, &outcome.value)
        && multiply (MAX (a->exact - a_slack, 0), MAX (b->exact - b_slack, 0),
                     times, &outcome.low)
        && multiply (a->exact + a_slack, b->exact + b_slack, times,
                     &outcome.high);
  return outcome;
}
