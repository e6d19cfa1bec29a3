#include "check/claim_output_internal.h"

#define FIGURES_SHOWN 12

static void
append_head (GString *out, const HxChecked *checked)
{
  const guint *verdicts = checked->result->verdicts;
  g_autofree char *name = hx_checked_name (checked);
  const guint last = hx_checked_errors_of (checked, HX_SEVERITY_LAST_DIGIT);

  g_string_append_printf (out, _ ("%s：%u 个字，算式 %u 处\n"), name,
                          (guint)checked->source->characters,
                          checked->result->claims->len);
  g_string_append_printf (
      out,
      _ ("  差错 %u，末位差错 %u，提示 %u；相符 %u，舍入 %u，无法核对 %u\n"),
      verdicts[HX_VERDICT_ERROR] - last, last, checked->result->warnings->len,
      verdicts[HX_VERDICT_OK], verdicts[HX_VERDICT_ROUNDING],
      verdicts[HX_VERDICT_UNKNOWN]);
}

static void
append_place (GString *out, const HxPlaces *places, gsize offset)
{
  const HxPlace place = hx_places_find (places, offset);

  g_string_append_printf (out, _ ("第 %u 行第 %u 字"), place.line,
                          place.column);
}

static void
append_excerpt (GString *out, const HxPlaces *places, gsize offset,
                gsize length)
{
  g_auto (HxExcerpt) excerpt = { 0 };

  hx_excerpt_init (&excerpt, places, offset, length);
  g_string_append_printf (out, "    %s【%s】%s\n", excerpt.before, excerpt.here,
                          excerpt.after);
}

/* “1,200.00 万元”（第 3 行第 9 字）, so that the clerk can look them up. */
static void
append_figures (GString *out, const HxPlaces *places, const HxClaim *claim)
{
  const guint shown = MIN (claim->operands->len, FIGURES_SHOWN);

  if (shown == 0)
    return;
  g_string_append (out, _ ("    所用的数："));
  for (guint i = 0; i < shown; i++)
    {
      const HxClaimFigure *operand = claim->operands->pdata[i];
      g_autofree char *words = hx_one_line (operand->text);

      g_string_append_printf (out, "%s%s", i == 0 ? "" : _ ("；"), words);
      if (operand->offset == HX_CLAIM_IMPLIED)
        continue;
      const HxPlace place = hx_places_find (places, operand->offset);
      g_string_append_printf (out, _ ("（第 %u 行第 %u 字）"), place.line,
                              place.column);
    }
  if (shown < claim->operands->len)
    g_string_append_printf (out, _ ("……共 %u 个"), claim->operands->len);
  g_string_append_c (out, '\n');
}

static void
append_claim (GString *out, const HxPlaces *places, const HxClaim *claim)
{
  const HxClaimFigure *shown = hx_claim_shown (claim);
  g_autofree char *message = hx_plain_line (hx_claim_message (claim));

  g_string_append_c (out, '\n');
  if (shown != NULL)
    {
      append_place (out, places, shown->offset);
      g_string_append (out, "  ");
    }
  g_string_append_printf (
      out, _ ("%s：%s\n"),
      hx_claim_verdict_name (claim->verdict, claim->severity),
      hx_claim_kind_name (claim->kind));
  if (shown != NULL)
    append_excerpt (out, places, shown->offset, shown->length);
  g_string_append_printf (out, "    %s\n", message);
  append_figures (out, places, claim);
}

static void
append_warning (GString *out, const HxPlaces *places,
                const HxCheckWarning *warning)
{
  g_autofree char *message = hx_plain_line (warning->message);

  g_string_append_c (out, '\n');
  append_place (out, places, warning->offset);
  g_string_append_printf (out, _ ("  提示：%s\n"),
                          hx_check_warning_name (warning->code));
  append_excerpt (out, places, warning->offset, warning->length);
  g_string_append_printf (out, "    %s\n", message);
}

void
hx_checked_text (const HxChecked *checked, gboolean is_all, GString *out)
{
  const HxCheckResult *result = checked->result;
  g_autoptr (HxPlaces) places = hx_places_new (checked->source);

  append_head (out, checked);
  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      if (is_all || claim->verdict == HX_VERDICT_ERROR)
        append_claim (out, places, claim);
    }
  for (guint i = 0; i < result->warnings->len; i++)
    append_warning (out, places, result->warnings->pdata[i]);
}
