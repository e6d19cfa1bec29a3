#include "access/access.h"

#include <string.h>

typedef struct
{
  const char *key, *name;
} Role;

/* In the order of the bits. */
static const Role ROLES[HX_USER_ROLES] = {
  { "system", N_ ("系统管理员") },   { "security", N_ ("安全管理员") },
  { "audit", N_ ("审计管理员") },    { "liaison", N_ ("联络员") },
  { "clerk", N_ ("科室经办") },      { "finance", N_ ("财务人员") },
  { "section", N_ ("科室负责人") },  { "bureau", N_ ("局领导") },
  { "reviewer", N_ ("评审、审计") }, { "reader", N_ ("只读") },
};

const char *
hx_user_role_key (guint i)
{
  g_return_val_if_fail (i < HX_USER_ROLES, NULL);
  return ROLES[i].key;
}

const char *
hx_user_role_name (guint i)
{
  g_return_val_if_fail (i < HX_USER_ROLES, NULL);
  return hx_text (ROLES[i].name);
}

gboolean
hx_user_role_parse (const char *text, HxUserRole *role)
{
  for (guint i = 0; i < HX_USER_ROLES; i++)
    if (strcmp (text, ROLES[i].key) == 0 || strcmp (text, ROLES[i].name) == 0)
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
                              ROLES[i].key);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
fail_unknown (const char *word, GError **error)
{
  g_autoptr (GString) known = g_string_new (_ ("可用："));

  for (guint i = 0; i < HX_USER_ROLES; i++)
    g_string_append_printf (known, "%s%s（%s）", i > 0 ? "、" : "",
                            ROLES[i].key, hx_text (ROLES[i].name));
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
