#include "access/access.h"

#include <string.h>

/* In the order of the bits. */
static const char *const names[HX_USER_ROLES]
    = { N_ ("系统管理员"), N_ ("安全管理员"), N_ ("审计管理员"), N_ ("联络员"),
        N_ ("科室经办"),   N_ ("财务人员"),   N_ ("科室负责人"), N_ ("局领导"),
        N_ ("评审、审计"), N_ ("只读") };

const char *
hx_user_role_name (guint i)
{
  g_return_val_if_fail (i < HX_USER_ROLES, NULL);
  return hx_text (names[i]);
}

gboolean
hx_user_role_parse (const char *text, HxUserRole *role)
{
  for (guint i = 0; i < HX_USER_ROLES; i++)
    if (strcmp (text, hx_user_role_key (i)) == 0
        || strcmp (text, names[i]) == 0)
      {
        *role = (HxUserRole)(1u << i);
        return TRUE;
      }
  return FALSE;
}

char *
hx_user_roles_text (HxUserRoles roles)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < HX_USER_ROLES; i++)
    if (roles & 1u << i)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                              hx_user_role_key (i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
fail_unknown (const char *word, GError **error)
{
  g_autoptr (GString) known = g_string_new (_ ("可用："));

  for (guint i = 0; i < HX_USER_ROLES; i++)
    g_string_append_printf (known, "%s%s（%s）", i > 0 ? "、" : "",
                            hx_user_role_key (i), hx_text (names[i]));
  return hx_fail (error, HX_ERROR_USAGE, _ ("没有这个角色"), word, known->str);
}

gboolean
hx_user_roles_parse (const char *text, HxUserRoles *roles, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  *roles = HX_USER_NOBODY;
  for (guint i = 0; words[i] != NULL; i++)
    {
      HxUserRole role;

      if (*g_strstrip (words[i]) == '\0')
        continue;
      if (!hx_user_role_parse (words[i], &role))
        return fail_unknown (words[i], error);
      *roles |= role;
    }
  return TRUE;
}

gboolean
hx_user_roles_check (HxUserRoles roles, GError **error)
{
  const HxUserRoles administrator = roles & HX_USER_ADMINISTRATORS;

  if (roles == HX_USER_NOBODY)
    return hx_fail (error, HX_ERROR_DATA, _ ("至少要有一个角色"), NULL, NULL);
  if (administrator == 0 || roles == administrator)
    if ((administrator & (administrator - 1)) == 0)
      return TRUE;
  return hx_fail (error, HX_ERROR_DATA,
                  _ ("系统、安全、审计管理员各由一人担任，不兼别的角色"), NULL,
                  _ ("给业务工作另开一个账号"));
}
