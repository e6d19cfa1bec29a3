#include "find_fixture.h"

static void
append_claim (GString *all, const HxClaim *claim)
{
  g_string_append_printf (all, "%s%s %s ", all->len == 0 ? "" : "; ",
                          hx_claim_kind_key (claim->kind),
                          hx_verdict_key (claim->verdict));
  if (claim->verdict == HX_VERDICT_ERROR)
    g_string_append_printf (all, "%s ", hx_severity_key (claim->severity));
  for (guint i = 0; i < claim->operands->len; i++)
    {
      const HxClaimFigure *figure = claim->operands->pdata[i];

      g_string_append_printf (all, "%s%s", i == 0 ? "" : ",", figure->text);
    }
  g_string_append_printf (all, "=%s", claim->stated->text);
}

char *
find_claims (const HxCheckResult *result)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < result->claims->len; i++)
    append_claim (all, result->claims->pdata[i]);
  return g_string_free (all, FALSE);
}

void
find_check (const FindCase *cases, gsize count)
{
  guint wrong = 0;

  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (HxCheckResult) result = engine_check (cases[i].text);
      g_autofree char *claims = find_claims (result);

      if (strcmp (claims, cases[i].claims) == 0)
        continue;
      wrong++;
      print_error ("%s\n  found    %s\n  expected %s\n", cases[i].text, claims,
                   cases[i].claims);
    }
  assert_int_equal (wrong, 0);
}

char *
find_message (const char *text)
{
  g_autoptr (HxCheckResult) result = engine_check (text);
  const HxClaim *found = NULL;

  for (guint i = 0; i < result->claims->len; i++)
    {
      const HxClaim *claim = result->claims->pdata[i];

      if (claim->verdict == HX_VERDICT_OK)
        continue;
      assert_null (found);
      found = claim;
    }
  if (found == NULL)
    {
      fail_msg ("%s", text);
      return NULL;
    }
  return g_strdup (found->message);
}
