/* Who is there, and may that be? */
#include "server/call_internal.h"

#include <string.h>

#define BEARER "Bearer "

/* Pages go by the session's cookie alone; the API by a token where one is
 * sent. */
static gboolean
find_visitor (HxCall *call, GError **error)
{
  HxSessions *sessions = hx_call_sessions (call);
  const char *sent = hx_call_request_header (call, "authorization");
  const gboolean by_token = hx_call_is_api (call) && sent != NULL;
  if (!by_token)
    return hx_sessions_find (
        sessions, g_hash_table_lookup (call->request->cookies, HX_COOKIE),
        hx_call_request_header (call, "user-agent"), &call->visitor, error);
  if (g_ascii_strncasecmp (sent, BEARER, strlen (BEARER)) != 0)
    return TRUE;
  return hx_sessions_find_token (sessions, sent + strlen (BEARER),
                                 &call->visitor, error);
}

/* To the login, and from there back to what was asked for. */
static gboolean
send_to_login (HxCall *call, GError **error)
{
  const HxRequest *request = call->request;
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
  const HxIdentity *identity = call->visitor.identity;
  call->identity = identity;
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
  if (identity->reads_only && hx_call_is_unsafe (call))
    return hx_status_fail (error, 403, _ ("这个令牌只能读，不能改"));
  return TRUE;
}
