/* Verdicts, and claims as they are told. */
#include "check/claim.h"

#include <string.h>

#define COMPUTED_PLACES 6

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

/* ------------------------------------------------------------ slips of a pen
 */

/* Whether two numbers of the same unit differ as a slip makes them differ: in
 * one digit, or by two neighbours swapped. */
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

gboolean
hx_proposal_is_slip (const HxReading *reading, const HxProposal *proposal)
{
  const HxWide stated = stated_of (reading, proposal);
  const HxWide gap = stated - proposal->outcome.value;

  if (!proposal->outcome.exists || proposal->stated == HX_NO_TERM)
    return FALSE;
  if (is_slip (stated, proposal->outcome.value))
    return TRUE;
  if (proposal->kind != HX_CLAIM_SUM)
    return FALSE;
  for (guint i = 0; i < proposal->count; i++)
    {
      const HxWide part
          = hx_reading_term (reading, proposal->operands[i])->quantity.exact;

      if (is_slip (part, part + gap))
        return TRUE;
    }
  return FALSE;
}

/* ----------------------------------------------------------------- messages */

/* The value in the unit of a figure that is `exact` long, as a decimal. */
static HxDecimal
in_unit_of (HxWide exact, const HxQuantity *quantity, guint places)
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

static const HxQuantity *
unit_of (const HxReading *reading, const HxProposal *proposal)
{
  const guint index = proposal->stated == HX_NO_TERM ? proposal->operands[0]
                                                     : proposal->stated;

  return &hx_reading_term (reading, index)->quantity;
}

static const char *
what_is_computed (const HxClaim *claim)
{
  static const char *const words[HX_CLAIM_KINDS]
      = { N_ ("各项相加"),   N_ ("两数相除"), N_ ("按增减额推算"),
          N_ ("各项相加减"), N_ ("两数相乘"), N_ ("前文写的是"),
          N_ ("按数字看") };

  return _ (words[claim->kind]);
}

/* Of a sum: the operands of a table may have more places than their total. */
static guint
finest_scale (const HxReading *reading, const HxProposal *proposal)
{
  guint scale = unit_of (reading, proposal)->value.scale;

  for (guint i = 0; proposal->telling != NULL && i < proposal->count; i++)
    scale = MAX (
        scale,
        hx_reading_term (reading, proposal->operands[i])->quantity.value.scale);
  return scale;
}

static HxTelling
telling_of (const HxClaim *claim, const HxProposal *proposal)
{
  if (proposal->telling != NULL)
    return *proposal->telling;
  return (HxTelling){ .how = what_is_computed (claim), .where = _ ("文中") };
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
  const HxQuantity *unit = unit_of (reading, proposal);
  const HxClaimFigure *first = g_ptr_array_index (claim->operands, 0);
  const int sign = sign_of (proposal->outcome.value);
  g_autofree char *said
      = g_strndup (reading->words->clean->str + proposal->words.from,
                   proposal->words.until - proposal->words.from);
  g_autofree char *gap = hx_decimal_format (
      in_unit_of (ABS (proposal->outcome.value), unit, unit->value.scale));
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

static char *
tell (const HxReading *reading, const HxClaim *claim,
      const HxProposal *proposal)
{
  const HxQuantity *unit = unit_of (reading, proposal);
  const guint places = MIN (unit->value.scale + 2, COMPUTED_PLACES);
  const gboolean is_sum = claim->kind == HX_CLAIM_SUM
                          || claim->kind == HX_CLAIM_DIFFERENCE
                          || claim->kind == HX_CLAIM_REPEAT;
  const guint shown = is_sum ? finest_scale (reading, proposal) : places;
  g_autofree char *computed = NULL;
  g_autofree char *gap = NULL;
  g_autofree char *stated = hx_decimal_format (claim->stated->value);
  const HxTelling telling = telling_of (claim, proposal);
  GString *message = NULL;

  if (claim->kind == HX_CLAIM_DIRECTION)
    return tell_direction (reading, claim, proposal);
  if (!claim->has_computed)
    return tell_none (claim, telling.place);
  computed
      = hx_decimal_format (in_unit_of (proposal->outcome.value, unit, shown));
  if (proposal->telling == NULL && claim->kind == HX_CLAIM_GROWTH
      && proposal->outcome.value < 0)
    return tell_turned (reading, claim, proposal, computed);
  gap = hx_decimal_format (
      in_unit_of (ABS (proposal->outcome.value - stated_of (reading, proposal)),
                  unit, shown));
  message = g_string_new (telling.place);
  if (telling.place != NULL)
    g_string_append (message, _ ("："));
  g_string_append_printf (message, _ ("%s %s%s，%s写 %s%s"), telling.how,
                          computed, claim->stated->unit, telling.where, stated,
                          claim->stated->unit);
  if (claim->verdict == HX_VERDICT_ROUNDING)
    g_string_append_printf (message, _ ("，相差 %s%s，可由四舍五入解释"), gap,
                            claim->stated->unit);
  else if (claim->verdict == HX_VERDICT_ERROR)
    g_string_append_printf (message, _ ("，相差 %s%s"), gap,
                            claim->stated->unit);
  g_string_append (message, _ ("。"));
  return g_string_free (message, FALSE);
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
    claim->computed = in_unit_of (proposal->outcome.value,
                                  unit_of (reading, proposal), COMPUTED_PLACES);
  claim->verdict = hx_proposal_verdict (reading, proposal);
  claim->severity = severity_of (reading, proposal, claim->verdict);
  claim->message = tell (reading, claim, proposal);
  g_ptr_array_add (result->claims, claim);
}
