#include "check/check.h"

static const char *const kind_keys[HX_CLAIM_KINDS] = {
  "sum", "ratio", "growth", "difference", "product", "repeat", "direction"
};
static const char *const verdict_keys[HX_VERDICTS]
    = { "ok", "rounding", "error", "unknown" };
static const char *const severity_keys[HX_SEVERITIES]
    = { "", "last_digit", "material" };
static const char *const warning_keys[HX_WARNINGS]
    = { "template_leftover", "missing_unit", "two_names", "stale_year" };

const char *
hx_claim_kind_key (HxClaimKind kind)
{
  return kind_keys[kind];
}

const char *
hx_verdict_key (HxVerdict verdict)
{
  return verdict_keys[verdict];
}

const char *
hx_severity_key (HxSeverity severity)
{
  return severity_keys[severity];
}

const char *
hx_check_warning_key (HxCheckWarningCode code)
{
  return warning_keys[code];
}

static void
figure_free (gpointer data)
{
  HxClaimFigure *figure = data;

  if (figure == NULL)
    return;
  g_free (figure->text);
  g_free (figure->unit);
  g_free (figure);
}

static void
claim_free (gpointer data)
{
  HxClaim *claim = data;

  g_ptr_array_unref (claim->operands);
  figure_free (claim->stated);
  g_free (claim->message);
  g_free (claim);
}

static void
warning_free (gpointer data)
{
  HxCheckWarning *warning = data;

  g_free (warning->text);
  g_free (warning->message);
  g_free (warning);
}

void
hx_check_result_free (HxCheckResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->claims);
  g_ptr_array_unref (result->warnings);
  g_free (result);
}

HxCheckResult *
hx_check_source (const HxSource *source)
{
  HxCheckResult *result = g_new0 (HxCheckResult, 1);

  (void)source;
  (void)figure_free;
  result->claims = g_ptr_array_new_with_free_func (claim_free);
  result->warnings = g_ptr_array_new_with_free_func (warning_free);
  return result;
}
