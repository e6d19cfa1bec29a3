/* The words of the writers. */
#include "check/claim_output_internal.h"

static const char *const kinds[HX_CLAIM_KINDS] = {
  [HX_CLAIM_SUM] = N_ ("合计"),           [HX_CLAIM_RATIO] = N_ ("比率"),
  [HX_CLAIM_GROWTH] = N_ ("增减幅度"),    [HX_CLAIM_DIFFERENCE] = N_ ("差额"),
  [HX_CLAIM_PRODUCT] = N_ ("乘积"),       [HX_CLAIM_REPEAT] = N_ ("前后一致"),
  [HX_CLAIM_DIRECTION] = N_ ("增减方向"),
};

static const char *const verdicts[HX_VERDICTS] = {
  [HX_VERDICT_OK] = N_ ("相符"),
  [HX_VERDICT_ROUNDING] = N_ ("舍入"),
  [HX_VERDICT_ERROR] = N_ ("差错"),
  [HX_VERDICT_UNKNOWN] = N_ ("无法核对"),
};

static const char *const sentences[HX_VERDICTS] = {
  [HX_VERDICT_OK] = N_ ("与其他数字相符。"),
  [HX_VERDICT_ROUNDING] = N_ ("相差的一点由各数四舍五入造成。"),
  [HX_VERDICT_ERROR] = N_ ("与其他数字不符。"),
  [HX_VERDICT_UNKNOWN] = N_ ("文中没有核对它所需的数字。"),
};

static const char *const warnings[HX_WARNINGS] = {
  [HX_WARNING_LEFTOVER] = N_ ("模板残留"),
  [HX_WARNING_NO_UNIT] = N_ ("缺少单位"),
  [HX_WARNING_TWO_NAMES] = N_ ("名称不一"),
  [HX_WARNING_YEAR] = N_ ("年份存疑"),
};

const char *
hx_claim_kind_name (HxClaimKind kind)
{
  return hx_text (kinds[kind]);
}

const char *
hx_claim_verdict_name (HxVerdict verdict, HxSeverity severity)
{
  if (verdict == HX_VERDICT_ERROR && severity == HX_SEVERITY_LAST_DIGIT)
    return _ ("末位差错");
  return hx_text (verdicts[verdict]);
}

const char *
hx_check_warning_name (HxCheckWarningCode code)
{
  return hx_text (warnings[code]);
}

const char *
hx_claim_message (const HxClaim *claim)
{
  if (claim->message != NULL && *claim->message != '\0')
    return claim->message;
  return hx_text (sentences[claim->verdict]);
}

const HxClaimFigure *
hx_claim_shown (const HxClaim *claim)
{
  if (claim->stated->offset != HX_CLAIM_IMPLIED)
    return claim->stated;
  for (guint i = 0; i < claim->operands->len; i++)
    {
      const HxClaimFigure *operand = claim->operands->pdata[i];

      if (operand->offset != HX_CLAIM_IMPLIED)
        return operand;
    }
  return NULL;
}

char *
hx_checked_name (const HxChecked *checked)
{
  if (g_str_equal (checked->path, "-"))
    return g_strdup (_ ("标准输入"));
  return hx_plain_line (checked->path);
}

guint
hx_checked_errors (const HxChecked *checked)
{
  return checked->result == NULL ? 0
                                 : checked->result->verdicts[HX_VERDICT_ERROR];
}

guint
hx_checked_errors_of (const HxChecked *checked, HxSeverity severity)
{
  guint errors = 0;

  if (checked->result == NULL)
    return 0;
  for (guint i = 0; i < checked->result->claims->len; i++)
    {
      const HxClaim *claim = checked->result->claims->pdata[i];

      errors
          += claim->verdict == HX_VERDICT_ERROR && claim->severity == severity;
    }
  return errors;
}
