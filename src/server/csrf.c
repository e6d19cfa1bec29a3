/* Whether a change was asked for by a page of ours.
 *
 * A session's tag is masked by random bytes of its own in every reply.  A
 * token is not sent by browsers on their own: calls with one need no proof.
 *
 * Where a browser says from where a request comes (Sec-Fetch-Site, Origin) that
 * is asked first; it alone guards forms of those who are not logged in. */
#include "server/call_internal.h"

#include <string.h>
#include <sys/random.h>

#define PURPOSE "csrf"

static void
session_tag (const HxCall *call, guint8 *tag)
{
  hx_app_tag (call->app, PURPOSE, call->visitor.csrf, tag);
}

/* Of somebody, or of one who is still asked for the code. */
static gboolean
has_session (const HxCall *call)
{
  return call->visitor.csrf[0] != '\0';
}

void
hx_csrf_prepare (HxCall *call)
{
  guint8 bytes[2 * HX_TAG_SIZE];
  if (!has_session (call) || hx_call_is_api (call))
    return;
  g_return_if_fail (getrandom (bytes, HX_TAG_SIZE, 0) == HX_TAG_SIZE);
  session_tag (call, bytes + HX_TAG_SIZE);
  for (gsize i = 0; i < HX_TAG_SIZE; i++)
    bytes[HX_TAG_SIZE + i] ^= bytes[i];
  call->csrf = g_base64_encode (bytes, sizeof bytes);
}

const char *
hx_call_csrf (const HxCall *call)
{
  return call->csrf != NULL ? call->csrf : "";
}

static gboolean
token_is_ours (const HxCall *call, const char *token)
{
  guint8 tag[HX_TAG_SIZE];
  gsize size = 0;
  if (token == NULL || strlen (token) > 64)
    return FALSE;
  g_autofree guint8 *bytes = g_base64_decode (token, &size);
  if (size != 2 * HX_TAG_SIZE)
    return FALSE;
  session_tag (call, tag);
  for (gsize i = 0; i < HX_TAG_SIZE; i++)
    bytes[HX_TAG_SIZE + i] ^= bytes[i];
  return hx_bytes_are_equal (bytes + HX_TAG_SIZE, tag, HX_TAG_SIZE);
}

/* "https://host:port" against the Host that was asked. */
static gboolean
is_our_origin (const HxCall *call, const char *origin)
{
  const char *host = hx_call_request_header (call, "host");
  const char *there = strstr (origin, "://");
  return host != NULL && there != NULL
         && g_ascii_strcasecmp (there + 3, host) == 0;
}

static gboolean
comes_from_elsewhere (const HxCall *call)
{
  const char *site = hx_call_request_header (call, "sec-fetch-site");
  const char *origin = hx_call_request_header (call, "origin");
  if (site != NULL)
    return strcmp (site, "same-origin") != 0 && strcmp (site, "none") != 0;
  return origin != NULL && !is_our_origin (call, origin);
}

gboolean
hx_csrf_check (HxCall *call, GError **error)
{
  if (!hx_call_is_unsafe (call)
      || (call->identity != NULL && call->identity->token_id != 0))
    return TRUE;
  if (comes_from_elsewhere (call))
    return hx_status_fail (error, 403, _ ("这个操作是从别的网站发来的"));
  if (!has_session (call))
    return TRUE;
  const char *token = hx_call_request_header (call, "x-csrf-token");
  if (token == NULL)
    token = hx_request_value (call->request->form, "csrf");
  if (token_is_ours (call, token))
    return TRUE;
  return hx_status_fail (error, 403,
                         _ ("页面放得太久，或已换了登录：请刷新后再提交"));
}
