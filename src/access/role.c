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
