/* When is what the engine claims what somebody annotated?
 *
 * The figure that is claimed must be the same: at the same place, or for both
 * left unsaid (shares that must make 100 %).  The kind must be of the same
 * family: a balance may be called a sum of signed parts, a wrong direction is
 * an error of the growth.  Operands may come in another order, and may stand
 * at another place of the text where the same quantity is said.
 *
 * Of now, before and change any two make a growth; where the text has all three
 * it may be claimed of either two.
 *
 * Which of two mentions is "the repeat" is a matter of taste: either side of
 * the pair may be the stated one, if both say the same pair of quantities and
 * one of the places is the same. */
#include "measure.h"

void
figure_free (HxClaimFigure *figure)
{
  if (figure == NULL)
    return;
  g_free (figure->text);
  g_free (figure->unit);
  g_free (figure);
}

void
claim_free (HxClaim *claim)
{
  g_ptr_array_unref (claim->operands);
  figure_free (claim->stated);
  g_free (claim->message);
  g_free (claim);
}

static const guint family_of[HX_CLAIM_KINDS] = {
  [HX_CLAIM_SUM] = 0,    [HX_CLAIM_DIFFERENCE] = 0, [HX_CLAIM_PRODUCT] = 0,
  [HX_CLAIM_RATIO] = 1,  [HX_CLAIM_GROWTH] = 2,     [HX_CLAIM_DIRECTION] = 2,
  [HX_CLAIM_REPEAT] = 3,
};

static gboolean
same_place (const HxClaimFigure *a, const HxClaimFigure *b)
{
  if (a->offset == HX_CLAIM_IMPLIED || b->offset == HX_CLAIM_IMPLIED)
    return a->offset == b->offset;
  return a->offset < b->offset + MAX (b->length, 1)
         && b->offset < a->offset + MAX (a->length, 1);
}

static gboolean
same_quantity (const HxClaimFigure *a, const HxClaimFigure *b)
{
  return hx_decimal_compare (a->value, b->value) == 0
         && g_strcmp0 (a->unit, b->unit) == 0;
}

static gboolean
same_operand (const HxClaimFigure *a, const HxClaimFigure *b)
{
  return same_place (a, b) || same_quantity (a, b);
}

/* How many operands of `a` are operands of `b`, each taken once. */
static guint
operands_shared (const HxClaim *a, const HxClaim *b)
{
  g_autofree gboolean *taken = g_new0 (gboolean, b->operands->len + 1);
  guint shared = 0;

  for (guint i = 0; i < a->operands->len; i++)
    for (guint j = 0; j < b->operands->len; j++)
      if (!taken[j]
          && same_operand (a->operands->pdata[i], b->operands->pdata[j]))
        {
          taken[j] = TRUE;
          shared++;
          break;
        }
  return shared;
}

static gboolean
same_pair (const HxClaim *a, const HxClaim *b)
{
  const HxClaimFigure *a_other = NULL, *b_other = NULL;

  if (a->operands->len == 0 || b->operands->len == 0)
    return FALSE;
  a_other = a->operands->pdata[0];
  b_other = b->operands->pdata[0];
  if (!same_place (a->stated, b->stated) && !same_place (a->stated, b_other)
      && !same_place (a_other, b->stated) && !same_place (a_other, b_other))
    return FALSE;
  return (same_quantity (a->stated, b->stated)
          && same_quantity (a_other, b_other))
         || (same_quantity (a->stated, b_other)
             && same_quantity (a_other, b->stated));
}

gboolean
claims_share_figure (const HxClaim *a, const HxClaim *b)
{
  if (family_of[a->kind] != family_of[b->kind])
    return FALSE;
  if (a->kind == HX_CLAIM_REPEAT)
    return same_pair (a, b);
  if (!same_place (a->stated, b->stated))
    return FALSE;
  return a->stated->offset != HX_CLAIM_IMPLIED
         || 2 * operands_shared (a, b)
                >= MAX (a->operands->len, b->operands->len);
}

gboolean
claims_equal (const HxClaim *a, const HxClaim *b)
{
  if (!claims_share_figure (a, b))
    return FALSE;
  if (family_of[a->kind] == family_of[HX_CLAIM_GROWTH])
    return operands_shared (a, b) > 0;
  return a->kind == HX_CLAIM_REPEAT
         || (a->operands->len == b->operands->len
             && operands_shared (a, b) == a->operands->len);
}

gboolean
claims_touch (const HxClaim *a, const HxClaim *b)
{
  return claims_share_figure (a, b)
         && (a->kind == HX_CLAIM_REPEAT || operands_shared (a, b) > 0);
}
