#include "measure.h"

#define BEFORE 70 /* characters shown around what is stated */
#define AFTER 25
#define NEAR 16 /* before an operand that stands elsewhere */

/* Characters [from, to) of the text on one line. */
static void
text_append (GString *out, const char *text, gsize from, gsize to)
{
  const char *at = g_utf8_offset_to_pointer (text, (glong)from);

  for (gsize i = from; i < to && *at != '\0';
       i++, at += g_utf8_skip[(guchar)*at])
    if (*at == '\n')
      g_string_append (out, "⏎");
    else if (*at != '\r')
      g_string_append_unichar (out, g_utf8_get_char (at));
}

static gsize
length_of (const HxClaimFigure *figure)
{
  if (figure->length > 0 || figure->text == NULL)
    return figure->length;
  return (gsize)g_utf8_strlen (figure->text, -1);
}

static void
figure_append (GString *out, const HxClaimFigure *figure)
{
  g_autofree char *value = hx_decimal_format (figure->value);

  if (figure->offset == HX_CLAIM_IMPLIED)
    g_string_append_printf (out, "(implied %s%s)", value, figure->unit);
  else
    {
      text_append (out, figure->text, 0, length_of (figure));
      g_string_append_printf (out, "@%" G_GSIZE_FORMAT, figure->offset);
    }
}

/* What stands before an operand that the line of the claim does not show. */
static void
operand_append (GString *out, const Report *report,
                const HxClaimFigure *operand)
{
  gsize from = operand->offset > NEAR ? operand->offset - NEAR : 0;

  if (operand->offset == HX_CLAIM_IMPLIED
      || operand->offset > report->source->characters)
    return;
  g_string_append_printf (out, "\n        @%" G_GSIZE_FORMAT " …",
                          operand->offset);
  text_append (out, report->source->text, from, operand->offset);
  g_string_append (out, "[");
  text_append (out, report->source->text, operand->offset,
               operand->offset + length_of (operand));
  g_string_append (out, "]");
}

static void
surroundings_append (GString *out, const Report *report, const HxClaim *claim)
{
  const char *text = report->source->text;
  gsize at = claim->stated->offset;
  gsize from = at > BEFORE ? at - BEFORE : 0;
  gsize end = at + length_of (claim->stated);
  gboolean known = at != HX_CLAIM_IMPLIED && at <= report->source->characters;

  if (known)
    {
      g_string_append (out, "\n      ");
      text_append (out, text, from, at);
      g_string_append (out, "【");
      text_append (out, text, at, end);
      g_string_append (out, "】");
      text_append (out, text, end, end + AFTER);
    }
  for (guint i = 0; i < claim->operands->len; i++)
    {
      const HxClaimFigure *operand = claim->operands->pdata[i];

      if (!known || operand->offset < from || operand->offset > end + AFTER)
        operand_append (out, report, operand);
    }
}

void
claim_print (const Report *report, const char *label, const HxClaim *claim)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *computed = claim->has_computed
                                  ? hx_decimal_format (claim->computed)
                                  : g_strdup ("none");

  g_string_append_printf (out, "%s %s: %s %s %s  ", label, report->name,
                          hx_claim_kind_key (claim->kind),
                          hx_verdict_key (claim->verdict),
                          hx_severity_key (claim->severity));
  figure_append (out, claim->stated);
  g_string_append_printf (out, " = %s of", claim->formula);
  for (guint i = 0; i < claim->operands->len; i++)
    {
      g_string_append_c (out, ' ');
      figure_append (out, claim->operands->pdata[i]);
    }
  g_string_append_printf (out, " gives %s", computed);
  surroundings_append (out, report, claim);
  if (claim->message != NULL && claim->message[0] != '\0')
    g_string_append_printf (out, "\n      %s", claim->message);
  g_print ("%s\n", out->str);
}
