#include "check/claim_output_internal.h"

static void
offset_json (HxJson *json, gsize offset)
{
  hx_json_member_integer (json, "offset",
                          offset == HX_CLAIM_IMPLIED ? -1 : (gint64)offset);
}

static void
figure_json (HxJson *json, const HxClaimFigure *figure)
{
  hx_json_object_begin (json);
  hx_json_member (json, "text", figure->text);
  offset_json (json, figure->offset);
  hx_json_key (json, "value");
  hx_json_decimal (json, figure->value);
  hx_json_member (json, "unit", figure->unit);
  hx_json_object_end (json);
}

/* Computed at six places, whatever it needs: written with what it needs. */
static void
computed_json (HxJson *json, const HxClaim *claim)
{
  HxDecimal computed = claim->computed;

  hx_json_key (json, "computed");
  if (!claim->has_computed)
    {
      hx_json_null (json);
      return;
    }
  while (computed.scale > 0
         && hx_decimal_rescale (&computed, computed.scale - 1))
    ;
  hx_json_decimal (json, computed);
}

static void
claim_json (HxJson *json, const HxClaim *claim)
{
  hx_json_object_begin (json);
  hx_json_member (json, "kind", hx_claim_kind_key (claim->kind));
  hx_json_member (json, "formula", claim->formula);
  hx_json_key (json, "operands");
  hx_json_array_begin (json);
  for (guint i = 0; i < claim->operands->len; i++)
    figure_json (json, claim->operands->pdata[i]);
  hx_json_array_end (json);
  hx_json_key (json, "stated");
  figure_json (json, claim->stated);
  computed_json (json, claim);
  hx_json_member (json, "verdict", hx_verdict_key (claim->verdict));
  hx_json_member (json, "severity", hx_severity_key (claim->severity));
  hx_json_member (json, "message", hx_claim_message (claim));
  hx_json_object_end (json);
}

static void
warning_json (HxJson *json, const HxCheckWarning *warning)
{
  hx_json_object_begin (json);
  hx_json_member (json, "code", hx_check_warning_key (warning->code));
  hx_json_member (json, "text", warning->text);
  offset_json (json, warning->offset);
  hx_json_member (json, "message", warning->message);
  hx_json_object_end (json);
}

static void
result_json (HxJson *json, const HxChecked *checked)
{
  const HxCheckResult *result = checked->result;

  hx_json_member_integer (json, "text_characters",
                          (gint64)checked->source->characters);
  hx_json_key (json, "claims");
  hx_json_array_begin (json);
  for (guint i = 0; i < result->claims->len; i++)
    claim_json (json, result->claims->pdata[i]);
  hx_json_array_end (json);
  hx_json_key (json, "warnings");
  hx_json_array_begin (json);
  for (guint i = 0; i < result->warnings->len; i++)
    warning_json (json, result->warnings->pdata[i]);
  hx_json_array_end (json);
}

void
hx_checked_json (const HxChecked *checked, GString *out)
{
  HxJson json;

  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  result_json (&json, checked);
  hx_json_object_end (&json);
  g_string_append_c (out, '\n');
}

void
hx_checked_json_line (const HxChecked *checked, GString *out)
{
  HxJson json;

  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "file", checked->path);
  if (checked->result == NULL)
    hx_json_member (&json, "error", checked->fault);
  else
    result_json (&json, checked);
  hx_json_object_end (&json);
  g_string_append_c (out, '\n');
}
