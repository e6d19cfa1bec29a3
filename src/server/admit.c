/* Who is there, and may that be? */
#include "server/call_internal.h"

#include <string.h>

#define BEARER "Bearer "

static gboolean
find_visitor (HxCall *call, GError **error)
{
  (void)call;
  (void)error;
  return TRUE;
}

/* To the login, and from there back to what was asked for. */
static gboolean
send_to_login (HxCall *call, GError **error)
{
  const HxRequest *request = call->request;
  const char *current = hx_call_request_header (call, "hx-current-url");
  g_autofree char *asked
      = request->query_text[0] != '\0'
            ? g_strconcat (request->path, "?", request->query_text, NULL)
            : g_strdup (request->path);
  const gboolean is_safe = !hx_call_is_unsafe (call);
  g_autofree char *url
      = hx_url (HX_LOGIN_PATH, "next", is_safe ? asked : NULL, NULL);
  if (hx_call_is_part (call))
    {
      hx_call_header (call, "HX-Redirect", HX_LOGIN_PATH);
      return hx_status_fail (error, 401, _ ("请先登录"));
    }
  (void)current;
  return hx_call_redirect (call, url, NULL);
}

static gboolean
nobody (HxCall *call, GError **error)
{
  if (!hx_call_is_api (call))
    return send_to_login (call, error);
  hx_call_header (call, "WWW-Authenticate", "Bearer realm=\"hongxia\"");
  return hx_status_fail (error, 401, _ ("请先登录，或带上有效的令牌"));
}

gboolean
hx_admit (HxCall *call, GError **error)
{
  const HxRoute *route = call->route;
  if (!find_visitor (call, error))
    return FALSE;
  const HxIdentity *identity = call->identity;
  hx_csrf_prepare (call);
  if ((route->flags & HX_ROUTE_PUBLIC) != 0)
    return TRUE;
  if (identity == NULL)
    return nobody (call, error);
  if (identity->must_change
      && (route->flags & HX_ROUTE_UNCHANGED_PASSWORD) == 0)
    return hx_call_is_api (call)
               ? hx_status_fail (error, 403, _ ("请先修改初始密码"))
               : hx_call_redirect (call, HX_PASSWORD_PATH, NULL);
  if ((identity->roles & route->roles) == 0)
    return hx_status_fail (error, 403, _ ("您的角色不能使用这个功能"));
  if (call->is_read_only && hx_call_is_unsafe (call))
    return hx_status_fail (error, 403, _ ("这个令牌只能读，不能改"));
  return TRUE;
}
