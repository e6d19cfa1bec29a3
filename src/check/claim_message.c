/* What is said of a claim, for a clerk: the sum, what is written, how far apart
 * they are, and the slip that would explain it. */
#include "check/claim.h"

#include <string.h>

static int
sign_of (HxWide value)
{
  return value < 0 ? -1 : value > 0;
}

/* The value in the unit of a figure that is `exact` long, as a decimal. */
HxDecimal
hx_claim_in_unit (HxWide exact, const HxQuantity *quantity, guint places)
{
  const HxWide one = quantity->one;
  HxDecimal decimal = { 0, places };
  HxWide scale = 1;

  for (guint i = 0; i < places; i++)
    scale *= 10;
  exact *= scale;
  exact = exact >= 0 ? (exact + one / 2) / one : -((-exact + one / 2) / one);
  decimal.units = exact > G_MAXINT64   ? G_MAXINT64
                  : exact < G_MININT64 ? G_MININT64
                                       : (gint64)exact;
  return decimal;
}

const HxQuantity *
hx_claim_unit (const HxReading *reading, const HxProposal *proposal)
{
  const guint index = proposal->stated == HX_NO_TERM ? proposal->operands[0]
                                                     : proposal->stated;

  return &hx_reading_term (reading, index)->quantity;
}

/* “所列 3 项相加为”, in front of the value. */
static char *
what_is_computed (const HxClaim *claim)
{
  static const char *const words[HX_CLAIM_KINDS] = { NULL,
                                                     N_ ("两数相除为"),
                                                     N_ ("按增减额推算为"),
                                                     N_ ("各项相加减为"),
                                                     N_ ("数量乘标准为"),
                                                     N_ ("前文写的是"),
                                                     N_ ("按数字看是") };

  if (claim->kind != HX_CLAIM_SUM)
    return g_strdup (_ (words[claim->kind]));
  return g_strdup_printf (_ ("所列 %u 项相加为"), claim->operands->len);
}

/* Of a sum: the operands of a table may have more places than their total. */
static guint
finest_scale (const HxReading *reading, const HxProposal *proposal)
{
  guint scale = hx_claim_unit (reading, proposal)->value.scale;

  for (guint i = 0; proposal->telling != NULL && i < proposal->count; i++)
    scale = MAX (
        scale,
        hx_reading_term (reading, proposal->operands[i])->quantity.value.scale);
  return scale;
}

static char *
tell_none (const HxClaim *claim, const char *place)
{
  g_autofree char *words = g_strdup_printf (
      _ ("基数为 0，算不出比率，文中却写 %s。请改为“上年无此项”之类的"
         "说明，或核对基数。"),
      claim->stated->text);

  return place == NULL ? g_steal_pointer (&words)
                       : g_strconcat (place, _ ("："), words, NULL);
}

/* 大于 and 小于 compare two figures, 增加 and 减少 tell a change. */
static const char *
direction_word (const char *said, int sign)
{
  static const char *const words[2][3]
      = { { N_ ("减少"), N_ ("持平"), N_ ("增加") },
          { N_ ("小于"), N_ ("等于"), N_ ("大于") } };
  const gboolean compares
      = strstr (said, "于") != NULL || strstr (said, "超过") != NULL;

  return _ (words[compares][sign + 1]);
}

static char *
tell_direction (const HxReading *reading, const HxClaim *claim,
                const HxProposal *proposal)
{
  const HxQuantity *unit = hx_claim_unit (reading, proposal);
  const HxClaimFigure *first = g_ptr_array_index (claim->operands, 0);
  const int sign = sign_of (proposal->outcome.value);
  g_autofree char *said
      = g_strndup (reading->words->clean->str + proposal->words.from,
                   proposal->words.until - proposal->words.from);
  g_autofree char *gap = hx_decimal_format (hx_claim_in_unit (
      ABS (proposal->outcome.value), unit, unit->value.scale));
  const char *word = direction_word (said, sign);

  if (claim->verdict == HX_VERDICT_OK)
    return g_strdup_printf (_ ("按数字看是“%s”，文中写“%s”。"), word, said);
  if (claim->verdict == HX_VERDICT_ROUNDING)
    return g_strdup_printf (
        _ ("按数字看是“%s”，文中写“%s”，可由四舍五入解释。"), word, said);
  return g_strdup_printf (
      _ ("按数字看是“%s”（%s%s），文中写“%s”，请核对用词和数字。"), word, gap,
      first->unit, said);
}

/* A rate whose words say the other direction: the computed one is below 0. */
static char *
tell_turned (const HxReading *reading, const HxClaim *claim,
             const HxProposal *proposal, const char *computed)
{
  const gboolean fell = hx_reading_term (reading, proposal->stated)->sign > 0;
  const char *magnitude = computed + (*computed == '-');
  g_autofree char *said = hx_decimal_format (claim->stated->value);

  return g_strdup_printf (
      _ ("按数字看是%s %s%s，文中写的 %s%s 方向相反，请核对用词和数字。"),
      fell ? _ ("下降") : _ ("增长"), magnitude, claim->stated->unit, said,
      claim->stated->unit);
}

/* “若……是……之误，就全部相符” */
static void
add_slip (GString *message, const HxReading *reading,
          const HxProposal *proposal)
{
  HxSlip slip = { HX_NO_TERM, 0 };
  const HxQuantity *quantity = NULL;
  g_autofree char *written = NULL;
  g_autofree char *meant = NULL;

  if (!hx_proposal_slip (reading, proposal, &slip))
    return;
  quantity = &hx_reading_term (reading, slip.term)->quantity;
  written = hx_decimal_format (quantity->value);
  meant = hx_decimal_format (
      hx_claim_in_unit (slip.meant, quantity, quantity->value.scale));
  g_string_append_printf (message, _ ("；若 %s 是 %s 之误，就全部相符"),
                          written, meant);
}

static void
add_gap (GString *message, const HxReading *reading, const HxClaim *claim,
         const HxProposal *proposal, guint shown)
{
  const HxWide stated
      = proposal->stated == HX_NO_TERM
            ? proposal->implied
            : hx_reading_term (reading, proposal->stated)->quantity.exact;
  g_autofree char *gap = hx_decimal_format (
      hx_claim_in_unit (ABS (proposal->outcome.value - stated),
                        hx_claim_unit (reading, proposal), shown));

  if (claim->verdict == HX_VERDICT_ROUNDING)
    g_string_append_printf (message, _ ("，相差 %s%s，可由四舍五入解释"), gap,
                            claim->stated->unit);
  if (claim->verdict != HX_VERDICT_ERROR)
    return;
  g_string_append_printf (message, _ ("，相差 %s%s"), gap, claim->stated->unit);
  if (claim->severity == HX_SEVERITY_MATERIAL)
    add_slip (message, reading, proposal);
}

static guint
places_shown (const HxReading *reading, const HxClaim *claim,
              const HxProposal *proposal)
{
  const guint scale = hx_claim_unit (reading, proposal)->value.scale;

  return claim->kind == HX_CLAIM_RATIO || claim->kind == HX_CLAIM_GROWTH
                 || claim->kind == HX_CLAIM_PRODUCT
             ? MIN (scale + 2, HX_COMPUTED_PLACES)
             : finest_scale (reading, proposal);
}

static const char *
where_stated (const HxProposal *proposal)
{
  if (proposal->telling != NULL)
    return proposal->telling->where;
  return proposal->stated == HX_NO_TERM ? _ ("应") : _ ("文中");
}

static char *
tell_computed (const HxReading *reading, const HxClaim *claim,
               const HxProposal *proposal, const char *computed)
{
  const HxTelling *telling = proposal->telling;
  const char *place = telling == NULL ? NULL : telling->place;
  g_autofree char *how
      = telling == NULL ? what_is_computed (claim) : g_strdup (telling->how);
  g_autofree char *stated = hx_decimal_format (claim->stated->value);
  GString *message = g_string_new (place);

  if (place != NULL)
    g_string_append (message, _ ("："));
  g_string_append_printf (message,
                          proposal->stated == HX_NO_TERM
                              ? _ ("%s %s%s，%s为 %s%s")
                              : _ ("%s %s%s，%s写 %s%s"),
                          how, computed, claim->stated->unit,
                          where_stated (proposal), stated, claim->stated->unit);
  add_gap (message, reading, claim, proposal,
           places_shown (reading, claim, proposal));
  g_string_append (message, _ ("。"));
  return g_string_free (message, FALSE);
}

char *
hx_claim_tell (const HxReading *reading, const HxClaim *claim,
               const HxProposal *proposal)
{
  g_autofree char *computed = NULL;

  if (proposal->lack != NULL)
    return g_strdup (proposal->lack);
  if (claim->kind == HX_CLAIM_DIRECTION)
    return tell_direction (reading, claim, proposal);
  if (!claim->has_computed)
    return tell_none (
        claim, proposal->telling == NULL ? NULL : proposal->telling->place);
  computed = hx_decimal_format (hx_claim_in_unit (
      proposal->outcome.value, hx_claim_unit (reading, proposal),
      places_shown (reading, claim, proposal)));
  if (proposal->telling == NULL && claim->kind == HX_CLAIM_GROWTH
      && proposal->outcome.value < 0)
    return tell_turned (reading, claim, proposal, computed);
  return tell_computed (reading, claim, proposal, computed);
}
