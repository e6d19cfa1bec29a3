/* Reading the head of a request.
 *
 * Two readers of one stream must agree where a request ends, or a second one
 * can be hidden in the first.  What leaves room for two readings is refused
 * and the connection ends: Content-Length more than once or beside
 * Transfer-Encoding, a coding other than chunked, two Hosts. */
#include "server/http_internal.h"

#include <string.h>

/* --------------------------------------------------------------- the guard */

typedef struct
{
  guint lengths, encodings, hosts, types, authorizations;
  gboolean is_odd;
} Framing;

static gboolean
is_token (const char *text)
{
  if (text[0] == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr ("!#$%&'*+-.^_`|~", *text) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_number (const char *text)
{
  return text[0] != '\0' && strspn (text, "0123456789") == strlen (text)
         && strlen (text) < 19;
}

static enum MHD_Result
look_at_header (void *data, enum MHD_ValueKind kind, const char *name,
                const char *value)
{
  Framing *framing = data;
  (void)kind;
  if (value == NULL)
    value = "";
  if (!is_token (name))
    framing->is_odd = TRUE;
  else if (g_ascii_strcasecmp (name, "content-length") == 0)
    {
      framing->lengths++;
      framing->is_odd |= !is_number (value);
    }
  else if (g_ascii_strcasecmp (name, "transfer-encoding") == 0)
    {
      framing->encodings++;
      framing->is_odd |= g_ascii_strcasecmp (value, "chunked") != 0;
    }
  else if (g_ascii_strcasecmp (name, "host") == 0)
    framing->hosts++;
  else if (g_ascii_strcasecmp (name, "content-type") == 0)
    framing->types++;
  else if (g_ascii_strcasecmp (name, "authorization") == 0)
    framing->authorizations++;
  return MHD_YES;
}

static gsize
header_size (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (
      connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info != NULL ? info->header_size : 0;
}

guint
hx_turn_guard (HxTurn *turn, const char *version)
{
  Framing framing = { 0 };
  const gboolean is_old = strcmp (version, "HTTP/1.0") == 0;
  if (!is_old && strcmp (version, "HTTP/1.1") != 0)
    return 505;
  if (header_size (turn->connection) > HX_HEADER_MAX)
    return 431;
  MHD_get_connection_values (turn->connection, MHD_HEADER_KIND, look_at_header,
                             &framing);
  if (framing.is_odd || framing.lengths + framing.encodings > 1
      || (is_old && framing.encodings > 0) || framing.hosts > 1
      || (!is_old && framing.hosts == 0) || framing.types > 1
      || framing.authorizations > 1)
    return 400;
  return 0;
}

/* ---------------------------------------------------------------- the head */

static gboolean
read_method (HxTurn *turn, const char *method)
{
  turn->request.is_head = strcmp (method, "HEAD") == 0;
  if (turn->request.is_head)
    {
      turn->request.method = HX_METHOD_GET;
      return TRUE;
    }
  for (HxMethod each = HX_METHOD_GET; each <= HX_METHOD_DELETE; each++)
    if (strcmp (method, hx_method_name (each)) == 0)
      {
        turn->request.method = each;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_target (HxTurn *turn)
{
  const char *question = strchr (turn->target, '?');
  const gsize length = question != NULL ? (gsize)(question - turn->target)
                                        : strlen (turn->target);
  HxRequest *request = &turn->request;
  request->query_text = g_strdup (question != NULL ? question + 1 : "");
  request->path = hx_url_path (turn->target, length);
  return request->path != NULL
         && hx_url_fields (request->query_text, strlen (request->query_text),
                           HX_QUERY_FIELDS_MAX, request->query);
}

static void
read_cookies (GHashTable *cookies, const char *text)
{
  while (*text != '\0')
    {
      text += strspn (text, " \t;");
      const gsize length = strcspn (text, ";");
      const char *equals = memchr (text, '=', length);
      if (equals != NULL && equals > text)
        {
          char *name = g_strndup (text, (gsize)(equals - text));
          char *value
              = g_strndup (equals + 1, length - (gsize)(equals + 1 - text));
          g_strchomp (name);
          g_strstrip (value);
          if (g_hash_table_contains (cookies, name))
            {
              g_free (name);
              g_free (value);
            }
          else
            g_hash_table_insert (cookies, name, value);
        }
      text += length;
    }
}

static enum MHD_Result
take_header (void *data, enum MHD_ValueKind kind, const char *name,
             const char *value)
{
  HxRequest *request = data;
  (void)kind;
  char *key = g_ascii_strdown (name, -1);
  char *text = g_utf8_make_valid (value != NULL ? value : "", -1);
  if (strcmp (key, "cookie") == 0)
    {
      read_cookies (request->cookies, text);
      g_free (key);
      g_free (text);
      return MHD_YES;
    }
  const char *before = g_hash_table_lookup (request->headers, key);
  if (before != NULL)
    {
      char *joined = g_strconcat (before, ", ", text, NULL);
      g_free (text);
      text = joined;
    }
  g_hash_table_replace (request->headers, key, text);
  return MHD_YES;
}

/* The last address is the one that the trusted proxy saw. */
static void
believe_proxy (HxTurn *turn)
{
  HxRequest *request = &turn->request;
  const char *chain = g_hash_table_lookup (request->headers, "x-forwarded-for");
  const char *scheme
      = g_hash_table_lookup (request->headers, "x-forwarded-proto");
  const char *comma = chain != NULL ? strrchr (chain, ',') : NULL;
  g_autofree char *last = g_strstrip (g_strdup (comma != NULL   ? comma + 1
                                                : chain != NULL ? chain
                                                                : ""));
  if (g_hostname_is_ip_address (last))
    {
      g_free (request->address);
      request->address = g_steal_pointer (&last);
    }
  if (scheme != NULL)
    request->is_secure = g_ascii_strcasecmp (scheme, "https") == 0;
}

guint
hx_turn_read_head (HxTurn *turn, const char *method, const char *version)
{
  HxRequest *request = &turn->request;
  request->began = g_get_monotonic_time ();
  turn->method = g_strdup (method);
  request->is_secure = turn->http->is_secure;
  request->address = g_strdup (turn->client->address);
  const guint wrong = hx_turn_guard (turn, version);
  if (wrong != 0)
    return wrong;
  MHD_get_connection_values (turn->connection, MHD_HEADER_KIND, take_header,
                             request);
  if (g_strcmp0 (turn->http->proxy, request->address) == 0)
    believe_proxy (turn);
  if (!read_method (turn, method))
    return is_token (method) && strlen (method) < 20 ? 405 : 400;
  return read_target (turn) ? 0 : 400;
}

/* -------------------------------------------------------------------- life */

static void
make_id (char *id)
{
  guint32 words[4];
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = g_random_int ();
  g_snprintf (id, 33, "%08x%08x%08x%08x", words[0], words[1], words[2],
              words[3]);
}

static void
free_upload (gpointer upload)
{
  hx_upload_free (upload);
}

HxTurn *
hx_turn_new (HxHttp *http, struct MHD_Connection *connection,
             const char *target)
{
  HxTurn *turn = g_new0 (HxTurn, 1);
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (
      connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  turn->http = http;
  turn->connection = connection;
  turn->client = info->socket_context;
  turn->target = g_strdup (target);
  turn->body.file = -1;
  HxRequest *request = &turn->request;
  request->query = hx_fields_new ();
  request->form = hx_fields_new ();
  request->headers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  request->cookies
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  request->uploads = g_ptr_array_new_with_free_func (free_upload);
  make_id (request->id);
  return turn;
}

void
hx_turn_free (HxTurn *turn)
{
  if (turn == NULL)
    return;
  HxRequest *request = &turn->request;
  hx_body_clear (&turn->body);
  g_ptr_array_unref (request->uploads);
  g_hash_table_unref (request->query);
  g_hash_table_unref (request->form);
  g_hash_table_unref (request->headers);
  g_hash_table_unref (request->cookies);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request->path);
  g_free (request->query_text);
  g_free (request->address);
  hx_reply_free (turn->reply);
  g_free (turn->target);
  g_free (turn->method);
  g_free (turn);
}
