#include "engine_fixture.h"

HxSource *
engine_source (const char *text)
{
  g_autoptr (GError) error = NULL;
  HxSource *source = hx_source_new ("文本", text, strlen (text), &error);

  assert_null (error);
  assert_non_null (source);
  return source;
}

HxCheckResult *
engine_check (const char *text)
{
  g_autoptr (HxSource) source = engine_source (text);

  return hx_check_source (source);
}

char *
engine_warnings (const HxCheckResult *result)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < result->warnings->len; i++)
    {
      const HxCheckWarning *warning = result->warnings->pdata[i];

      g_string_append_printf (all, "%s%s %s", i == 0 ? "" : "; ",
                              hx_check_warning_key (warning->code),
                              warning->text);
    }
  return g_string_free (all, FALSE);
}

static void
append_claim (GString *all, const HxClaim *claim)
{
  g_string_append_printf (all, "%s%s ", all->len == 0 ? "" : "; ",
                          hx_verdict_key (claim->verdict));
  for (guint i = 0; i < claim->operands->len; i++)
    {
      const HxClaimFigure *figure = claim->operands->pdata[i];

      g_string_append_printf (all, "%s%s", i == 0 ? "" : ",", figure->text);
    }
  g_string_append_printf (all, "=%s", claim->stated->text);
}

char *
engine_claims (const HxCheckResult *result, HxClaimKind kind)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      if (claim->kind == kind)
        append_claim (all, claim);
    }
  return g_string_free (all, FALSE);
}
