#include "server/call_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Scripts, styles and pictures come from this site alone, and nothing stands
 * in the page itself.  A file that is shown in place, a report or a piece of
 * evidence, is a document of its own without any rights here.
 */
#define PAGE_POLICY                                                            \
  "default-src 'none'; script-src 'self'; style-src 'self'; "                  \
  "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "          \
  "frame-src 'self'; manifest-src 'self'; form-action 'self'; "                \
  "base-uri 'none'; frame-ancestors 'self'"
#define FILE_POLICY                                                            \
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "      \
  "frame-ancestors 'self'; sandbox allow-popups"

#define SAID_MAX 700 /* characters: a cookie holds 4,096 bytes */
#define SAID_SECONDS 120

static gboolean
take_reply (HxCall *call, HxReply *reply)
{
  g_clear_pointer (&call->reply, hx_reply_free);
  call->reply = reply;
  for (guint i = 0; i + 1 < call->headers->len; i += 2)
    hx_reply_header (reply, call->headers->pdata[i],
                     call->headers->pdata[i + 1]);
  g_ptr_array_set_size (call->headers, 0);
  return TRUE;
}

void
hx_call_header (HxCall *call, const char *name, const char *value)
{
  if (call->reply != NULL)
    {
      hx_reply_header (call->reply, name, value);
      return;
    }
  g_ptr_array_add (call->headers, g_strdup (name));
  g_ptr_array_add (call->headers, g_strdup (value));
}

void
hx_call_cookie (HxCall *call, const char *name, const char *value, int max_age)
{
  g_autoptr (GString) text = g_string_new (name);
  g_string_append_printf (text, "=%s; Path=/; HttpOnly; SameSite=Lax",
                          value != NULL ? value : "");
  if (value == NULL || max_age > 0)
    g_string_append_printf (text, "; Max-Age=%d", value != NULL ? max_age : 0);
  if (call->request->is_secure)
    g_string_append (text, "; Secure");
  hx_call_header (call, "Set-Cookie", text->str);
}

gboolean
hx_call_reply_html (HxCall *call, HxHtml *html, guint status)
{
  g_autoptr (GBytes) bytes = hx_html_finish (html);
  return take_reply (call,
                     hx_reply_new (status, "text/html; charset=utf-8", bytes));
}

gboolean
hx_call_reply_json (HxCall *call, GString *json, guint status)
{
  const char *type
      = status >= 400 ? "application/problem+json" : "application/json";
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (json);
  return take_reply (call, hx_reply_new (status, type, bytes));
}

/* Both ways of RFC 6266: plain letters, and the name as it is. */
static void
disposition (HxCall *call, const char *file_name)
{
  if (file_name == NULL)
    return;
  g_autofree char *plain = g_strdup (file_name);
  g_autoptr (GString) text = g_string_new ("attachment; filename=\"");
  for (char *at = plain; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr (".-_ ", *at) == NULL)
      *at = '_';
  g_string_append_printf (text, "%s\"; filename*=UTF-8''", plain);
  hx_url_append (text, file_name);
  hx_call_header (call, "Content-Disposition", text->str);
}

/* What lies in a file may be anybody's. */
static void
fence (HxCall *call, const char *type)
{
  if (g_str_has_prefix (type, "text/html")
      || g_str_has_prefix (type, "image/svg"))
    hx_call_header (call, "Content-Security-Policy", FILE_POLICY);
}

gboolean
hx_call_reply_bytes (HxCall *call, GBytes *bytes, const char *type,
                     const char *file_name)
{
  fence (call, type);
  disposition (call, file_name);
  return take_reply (call, hx_reply_new (200, g_intern_string (type), bytes));
}

gboolean
hx_call_reply_file (HxCall *call, const char *path, const char *type,
                    const char *file_name, GError **error)
{
  const int file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0)
    return hx_fail (error,
                    errno == ENOENT ? HX_ERROR_NOT_FOUND : HX_ERROR_STORE,
                    _ ("这个文件打不开"), NULL, NULL);
  HxReply *reply = hx_reply_new (200, g_intern_string (type), NULL);
  reply->file = file;
  fence (call, type);
  disposition (call, file_name);
  return take_reply (call, reply);
}

static void
keep_said (HxCall *call, const char *said)
{
  g_autofree char *cut = NULL;
  if (hx_text_characters (said) > SAID_MAX)
    {
      g_autofree char *head = g_utf8_substring (said, 0, SAID_MAX);
      cut = g_strconcat (head, "……", NULL);
    }
  g_autofree char *sealed
      = hx_app_sign (call->app, HX_COOKIE_SAID, cut != NULL ? cut : said);
  hx_call_cookie (call, HX_COOKIE_SAID, sealed, SAID_SECONDS);
}

gboolean
hx_call_redirect (HxCall *call, const char *url, const char *said)
{
  g_return_val_if_fail (hx_url_is_ours (url), FALSE);
  if (said != NULL)
    keep_said (call, said);
  hx_call_header (call, "Location", url);
  return take_reply (call, hx_reply_new (303, "text/plain", NULL));
}

typedef struct
{
  const char *name, *value;
} Header;

void
hx_security_headers (HxReply *reply, gboolean is_secure)
{
  const Header headers[] = {
    { "Content-Security-Policy", PAGE_POLICY },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "X-Frame-Options", "SAMEORIGIN" },
    { "Permissions-Policy", "geolocation=(), microphone=()" },
    { "Cache-Control", "no-store" },
    { is_secure ? "Strict-Transport-Security" : NULL, "max-age=31536000" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    if (headers[i].name != NULL
        && hx_reply_find (reply, headers[i].name) == NULL)
      hx_reply_header (reply, headers[i].name, headers[i].value);
}
