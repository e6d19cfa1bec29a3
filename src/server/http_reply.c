#include "server/http_internal.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define GZIP_FROM 1024
#define GZIP_LEVEL 1
#define GZIP_WINDOW (15 + 16) /* 32 KiB, with the header of gzip */

HxReply *
hx_reply_new (guint status, const char *type, GBytes *body)
{
  HxReply *reply = g_new0 (HxReply, 1);
  reply->status = status;
  reply->type = type;
  reply->body = body != NULL ? g_bytes_ref (body) : NULL;
  reply->file = -1;
  reply->headers = g_ptr_array_new_with_free_func (g_free);
  return reply;
}

void
hx_reply_free (HxReply *reply)
{
  if (reply == NULL)
    return;
  g_clear_pointer (&reply->body, g_bytes_unref);
  if (reply->file >= 0)
    close (reply->file);
  g_ptr_array_unref (reply->headers);
  g_free (reply->user);
  g_free (reply);
}

/* A line break in a value would begin a header of its own: MHD refuses it, and
 * so the header is not there. */
void
hx_reply_header (HxReply *reply, const char *name, const char *value)
{
  g_ptr_array_add (reply->headers, g_strdup (name));
  g_ptr_array_add (reply->headers, g_strdup (value));
}

static char **
find_header (const HxReply *reply, const char *name)
{
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    if (g_ascii_strcasecmp (reply->headers->pdata[i], name) == 0)
      return (char **)&reply->headers->pdata[i + 1];
  return NULL;
}

const char *
hx_reply_find (const HxReply *reply, const char *name)
{
  char **found = find_header (reply, name);
  return found != NULL ? *found : NULL;
}

void
hx_reply_etag (HxReply *reply)
{
  guint8 digest[HX_DIGEST_SIZE];
  char hex[HX_DIGEST_HEX_SIZE];
  char tag[36];
  gsize size = 0;
  g_autoptr (HxDigest) of = hx_digest_new (HX_DIGEST_SHA256);
  if (reply->body == NULL || of == NULL)
    return;
  const void *data = g_bytes_get_data (reply->body, &size);
  hx_digest_update (of, data, size);
  hx_digest_finish (of, digest);
  hx_digest_hex (digest, hex);
  g_snprintf (tag, sizeof tag, "\"%.32s\"", hex);
  hx_reply_header (reply, "ETag", tag);
}

/* ---------------------------------------------------------------- problems */

typedef struct
{
  guint status;
  const char *title;
} Problem;

static const Problem problems[] = {
  { 400, N_ ("请求不合规范") },
  { 404, N_ ("没有这个地址") },
  { 405, N_ ("这里不接受这种方法") },
  { 413, N_ ("送来的内容太大") },
  { 415, N_ ("不接受这种格式的内容") },
  { 431, N_ ("请求头太大") },
  { 500, N_ ("服务器出了错") },
  { 503, N_ ("服务正在停止，请稍后再试") },
  { 505, N_ ("不支持这个版本的 HTTP") },
  { 507, N_ ("服务器的磁盘满了") },
};

static const char *
problem_title (guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (problems[i].status == status)
      return hx_text (problems[i].title);
  return _ ("请求没有办成");
}

static GBytes *
problem_document (guint status, const char *id)
{
  GString *out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "type", "about:blank");
  hx_json_member (&json, "title", problem_title (status));
  hx_json_member_integer (&json, "status", (gint64)status);
  hx_json_member (&json, "instance", id);
  hx_json_object_end (&json);
  return g_string_free_to_bytes (out);
}

static GBytes *
problem_text (guint status, const char *id)
{
  GString *out = g_string_new (NULL);
  g_string_printf (out, _ ("%s（%u）\n请求编号 %s\n"), problem_title (status),
                   status, id);
  return g_string_free_to_bytes (out);
}

HxReply *
hx_reply_problem (guint status, const char *path, const char *id)
{
  const gboolean is_api = path != NULL && g_str_has_prefix (path, "/api/");
  g_autoptr (GBytes) body
      = is_api ? problem_document (status, id) : problem_text (status, id);
  HxReply *reply = hx_reply_new (
      status, is_api ? "application/problem+json" : "text/plain; charset=utf-8",
      body);
  hx_reply_header (reply, "X-Content-Type-Options", "nosniff");
  hx_reply_header (reply, "Cache-Control", "no-store");
  if (status == 405)
    hx_reply_header (reply, "Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
  return reply;
}

/* ------------------------------------------------- what the client has, takes
 */

static const char *
opaque (const char *tag)
{
  return g_str_has_prefix (tag, "W/") ? tag + 2 : tag;
}

static gboolean
has_tag (const char *list, const char *tag)
{
  const char *wanted = opaque (tag);
  const gsize length = strlen (wanted);
  while (*list != '\0')
    {
      list += strspn (list, " \t,");
      if (*list == '*')
        return TRUE;
      const char *each = opaque (list);
      if (strncmp (each, wanted, length) == 0
          && strchr (" \t,", each[length]) != NULL)
        return TRUE;
      list += strcspn (list, ",");
    }
  return FALSE;
}

static gboolean
is_known (const HxReply *reply, const HxRequest *request)
{
  const char *tag = hx_reply_find (reply, "ETag");
  const char *known = g_hash_table_lookup (request->headers, "if-none-match");
  return reply->status == 200 && request->method == HX_METHOD_GET && tag != NULL
         && known != NULL && has_tag (known, tag);
}

/* "gzip;q=0" refuses it. */
gboolean
hx_request_takes (const HxRequest *request, const char *coding)
{
  const gsize length = strlen (coding);
  const char *list = g_hash_table_lookup (request->headers, "accept-encoding");
  while (list != NULL && *list != '\0')
    {
      list += strspn (list, " \t,");
      const gsize name = strcspn (list, " \t,;");
      const gsize whole = strcspn (list, ",");
      if (name == length && g_ascii_strncasecmp (list, coding, length) == 0)
        {
          g_autofree char *rest = g_strndup (list + name, whole - name);
          return strstr (rest, "q=0") == NULL || strstr (rest, "q=0.") != NULL;
        }
      list += whole;
    }
  return FALSE;
}

static gboolean
is_text (const char *type)
{
  return type != NULL
         && (g_str_has_prefix (type, "text/") || strstr (type, "json") != NULL
             || strstr (type, "xml") != NULL);
}

static z_stream *
deflate_of_thread (gpointer *deflate)
{
  if (*deflate != NULL)
    {
      deflateReset (*deflate);
      return *deflate;
    }
  z_stream *stream = g_new0 (z_stream, 1);
  if (deflateInit2 (stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8,
                    Z_DEFAULT_STRATEGY)
      != Z_OK)
    {
      g_free (stream);
      return NULL;
    }
  *deflate = stream;
  return stream;
}

void
hx_deflate_free (gpointer deflate)
{
  if (deflate != NULL)
    deflateEnd (deflate);
  g_free (deflate);
}

static GBytes *
gzip (GBytes *body, gpointer *deflate_stream)
{
  z_stream *stream = deflate_of_thread (deflate_stream);
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (body, &size);
  if (stream == NULL || size > G_MAXUINT / 2)
    return NULL;
  const gsize room = deflateBound (stream, size);
  g_autofree Bytef *out = g_malloc (room);
  stream->next_in = (Bytef *)(gsize)data;
  stream->avail_in = (uInt)size;
  stream->next_out = out;
  stream->avail_out = (uInt)room;
  if (deflate (stream, Z_FINISH) != Z_STREAM_END)
    return NULL;
  const gsize length = room - stream->avail_out;
  return g_bytes_new_take (g_realloc (g_steal_pointer (&out), length), length);
}

/* The same text in another coding is another representation: its tag is weak
 * from now on. */
static void
weaken_tag (HxReply *reply)
{
  char **tag = find_header (reply, "ETag");
  if (tag == NULL || g_str_has_prefix (*tag, "W/"))
    return;
  char *weak = g_strconcat ("W/", *tag, NULL);
  g_free (*tag);
  *tag = weak;
}

static void
compress_body (HxReply *reply, gpointer *deflate)
{
  g_autoptr (GBytes) small = gzip (reply->body, deflate);
  if (small == NULL
      || g_bytes_get_size (small) >= g_bytes_get_size (reply->body))
    return;
  g_bytes_unref (reply->body);
  reply->body = g_steal_pointer (&small);
  hx_reply_header (reply, "Content-Encoding", "gzip");
  weaken_tag (reply);
}

void
hx_reply_fit (HxReply *reply, const HxRequest *request, gpointer *deflate)
{
  if (is_known (reply, request))
    {
      reply->status = 304;
      return;
    }
  if (deflate == NULL || reply->body == NULL || !is_text (reply->type)
      || g_bytes_get_size (reply->body) < GZIP_FROM
      || hx_reply_find (reply, "Content-Encoding") != NULL)
    return;
  hx_reply_header (reply, "Vary", "Accept-Encoding");
  if (hx_request_takes (request, "gzip"))
    compress_body (reply, deflate);
}

/* ----------------------------------------------------------------- sending */

static void
unref_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

static struct MHD_Response *
response_of_bytes (HxTurn *turn)
{
  gsize size = 0;
  if (turn->reply->body == NULL)
    return MHD_create_response_from_buffer (0, NULL, MHD_RESPMEM_PERSISTENT);
  gconstpointer data = g_bytes_get_data (turn->reply->body, &size);
  turn->reply_size = size;
  return MHD_create_response_from_buffer_with_free_callback_cls (
      size, (void *)(gsize)data, unref_bytes, g_bytes_ref (turn->reply->body));
}

static struct MHD_Response *
response_of_file (HxTurn *turn)
{
  const off_t size = lseek (turn->reply->file, 0, SEEK_END);
  if (size < 0)
    return NULL;
  turn->reply_size = (guint64)size;
  struct MHD_Response *response
      = MHD_create_response_from_fd64 ((guint64)size, turn->reply->file);
  if (response != NULL)
    turn->reply->file = -1;
  return response;
}

static void
add_headers (HxTurn *turn, struct MHD_Response *response)
{
  const HxReply *reply = turn->reply;
  if (reply->type != NULL && reply->status != 304 && reply->status != 204)
    MHD_add_response_header (response, "Content-Type", reply->type);
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    MHD_add_response_header (response, reply->headers->pdata[i],
                             reply->headers->pdata[i + 1]);
  MHD_add_response_header (response, "X-Request-Id", turn->request.id);
  if (turn->close || hx_http_is_stopping (turn->http))
    MHD_add_response_header (response, "Connection", "close");
}

enum MHD_Result
hx_turn_send (HxTurn *turn)
{
  struct MHD_Response *response = turn->reply->file >= 0
                                      ? response_of_file (turn)
                                      : response_of_bytes (turn);
  if (response == NULL)
    return MHD_NO;
  if (turn->reply->status == 304 || turn->request.is_head)
    turn->reply_size = 0;
  add_headers (turn, response);
  const enum MHD_Result sent
      = MHD_queue_response (turn->connection, turn->reply->status, response);
  MHD_destroy_response (response);
  return sent;
}
