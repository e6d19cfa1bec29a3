/* A connection's requests run through the stages of a turn (http_internal.h).
 * libmicrohttpd calls `on_access` again and again for one request: with the
 * head, with each piece of the body, at its end, and once more after a worker
 * has resumed the connection.
 *
 * A request that is refused while its body still comes is answered when the
 * body has been read and dropped, or the client would meet a broken connection
 * before it reads why. */
#include "server/http_internal.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

gboolean
hx_http_is_stopping (const HxHttp *http)
{
  return __atomic_load_n (&http->is_stopping, __ATOMIC_ACQUIRE);
}

/* ------------------------------------------------------------ from head on */

static void
count_active (HxTurn *turn, gboolean begins)
{
  HxHttp *http = turn->http;
  pthread_mutex_lock (&http->lock);
  if (begins)
    http->active++;
  else if (turn->is_counted && --http->active == 0)
    pthread_cond_broadcast (&http->idle);
  turn->is_counted = begins;
  pthread_mutex_unlock (&http->lock);
}

static enum MHD_Result
send_refusal (HxTurn *turn)
{
  HxRequest *request = &turn->request;
  const char *language
      = g_hash_table_lookup (request->headers, "accept-language");
  const HxLanguage before = hx_language_get ();
  if (language != NULL && g_str_has_prefix (language, "en"))
    hx_language_set (HX_LANGUAGE_ENGLISH);
  turn->close = TRUE;
  turn->stage = HX_STAGE_REPLY;
  hx_reply_free (turn->reply);
  turn->reply = hx_reply_problem (turn->refused, request->path, request->id);
  hx_language_set (before);
  return hx_turn_send (turn);
}

/* Worth reading to its end, so that the client hears why? */
static gboolean
is_drained (HxTurn *turn)
{
  GHashTable *headers = turn->request.headers;
  const char *length = g_hash_table_lookup (headers, "content-length");
  if (turn->refused != 413 || g_hash_table_contains (headers, "expect"))
    return FALSE;
  return length == NULL || g_ascii_strtoull (length, NULL, 10) <= HX_DRAIN_MAX;
}

static enum MHD_Result
refuse_body (HxTurn *turn, guint status)
{
  turn->refused = status;
  hx_body_clear (&turn->body);
  if (turn->stage == HX_STAGE_HEAD && !is_drained (turn))
    return send_refusal (turn);
  turn->stage = HX_STAGE_BODY;
  return MHD_YES;
}

static enum MHD_Result
take_head (HxTurn *turn, const char *method, const char *version)
{
  const HxHttpHandler *handler = &turn->http->handler;
  HxRequest *request = &turn->request;
  count_active (turn, TRUE);
  turn->refused = hx_turn_read_head (turn, method, version);
  if (turn->refused == 0 && hx_http_is_stopping (turn->http))
    turn->refused = 503;
  if (turn->refused != 0)
    return send_refusal (turn);
  turn->intake
      = handler->intake (request->method, request->path, handler->data);
  const guint wrong = hx_body_begin (turn);
  if (wrong != 0)
    return refuse_body (turn, wrong);
  turn->stage = HX_STAGE_BODY;
  hx_watch_body (&turn->http->watch, turn->client, request->began, 0);
  return MHD_YES;
}

static enum MHD_Result
take_body (HxTurn *turn, const char *data, size_t *size)
{
  const guint wrong = hx_body_take (turn, data, *size);
  *size = 0;
  if (wrong != 0)
    return refuse_body (turn, wrong);
  if (turn->body.received > turn->intake.body_max + HX_DRAIN_MAX)
    return MHD_NO;
  hx_watch_body (&turn->http->watch, turn->client, turn->request.began,
                 turn->body.received);
  return MHD_YES;
}

static enum MHD_Result
go_on (HxTurn *turn)
{
  const HxHttpHandler *handler = &turn->http->handler;
  hx_watch_nothing (turn->client);
  if (turn->refused == 0)
    turn->refused = hx_body_end (turn);
  if (turn->refused != 0)
    return send_refusal (turn);
  if (turn->intake.inlined)
    {
      turn->stage = HX_STAGE_REPLY;
      turn->reply = handler->answer (&turn->request, handler->data);
      hx_reply_fit (turn->reply, &turn->request, NULL);
      return hx_turn_send (turn);
    }
  turn->stage = HX_STAGE_WORK;
  MHD_suspend_connection (turn->connection);
  hx_workers_add (&turn->http->workers, turn);
  return MHD_YES;
}

/* --------------------------------------------------------------- callbacks */

static enum MHD_Result
on_access (void *data, struct MHD_Connection *connection, const char *url,
           const char *method, const char *version, const char *upload,
           size_t *upload_size, void **turn_of)
{
  HxTurn *turn = *turn_of;
  (void)data;
  (void)connection;
  (void)url;
  switch (turn->stage)
    {
    case HX_STAGE_HEAD:
      return take_head (turn, method, version);
    case HX_STAGE_BODY:
      return *upload_size > 0 ? take_body (turn, upload, upload_size)
                              : go_on (turn);
    case HX_STAGE_REPLY:
      return hx_turn_send (turn);
    default:
      return MHD_NO;
    }
}

static void *
on_target (void *data, const char *target, struct MHD_Connection *connection)
{
  return hx_turn_new (data, connection, target);
}

static void
on_completed (void *data, struct MHD_Connection *connection, void **turn_of,
              enum MHD_RequestTerminationCode how)
{
  HxHttp *http = data;
  HxTurn *turn = *turn_of;
  (void)connection;
  (void)how;
  if (turn == NULL)
    return;
  if (turn->reply != NULL)
    {
      const gint64 micros = g_get_monotonic_time () - turn->request.began;
      hx_metrics_count (&http->metrics, turn->reply, micros);
      hx_access_log_write (&http->log, turn, micros);
    }
  hx_watch_header (&http->watch, turn->client);
  if (turn->is_counted)
    count_active (turn, FALSE);
  hx_turn_free (turn);
  *turn_of = NULL;
}

static void
on_connection (void *data, struct MHD_Connection *connection, void **client_of,
               enum MHD_ConnectionNotificationCode what)
{
  HxHttp *http = data;
  if (what == MHD_CONNECTION_NOTIFY_STARTED)
    *client_of = hx_watch_add (&http->watch, connection);
  else if (*client_of != NULL)
    hx_watch_remove (&http->watch, g_steal_pointer (client_of));
}

/* The target is read here, strictly; MHD's own reading is not used. */
static size_t
on_unescape (void *data, struct MHD_Connection *connection, char *text)
{
  (void)data;
  (void)connection;
  return strlen (text);
}

/* What clients do wrong is theirs; the access log has what was answered. */
static void
on_log (void *data, const char *format, va_list arguments)
{
  (void)data;
  (void)format;
  (void)arguments;
}

/* ------------------------------------------------------------------- start */

static guint
or_else (guint value, guint otherwise)
{
  return value != 0 ? value : otherwise;
}

static gboolean
read_certificate (HxHttp *http, const HxHttpOptions *options, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  if (options->certificate == NULL)
    return TRUE;
  http->is_secure = TRUE;
  if (options->key != NULL
      && g_file_get_contents (options->certificate, &http->certificate, NULL,
                              &wrong)
      && g_file_get_contents (options->key, &http->key, NULL, &wrong))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("读不了证书和它的密钥"),
                  options->certificate,
                  wrong != NULL ? wrong->message : _ ("证书和密钥要一起给出"));
}

#define MAX_EXTRA 5

/* What depends on the options: TLS, more threads than one. */
static void
fill_extra (const HxHttp *http, guint threads, struct MHD_OptionItem *extra)
{
  if (threads > 1)
    *extra++ = (struct MHD_OptionItem){ MHD_OPTION_THREAD_POOL_SIZE,
                                        (intptr_t)threads, NULL };
  if (http->is_secure)
    {
      *extra++ = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0,
                                          http->certificate };
      *extra++
          = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, http->key };
      *extra++ = (struct MHD_OptionItem){
        MHD_OPTION_HTTPS_PRIORITIES, 0,
        (void *)(gsize) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
      };
    }
  *extra = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
}

/* A thread that is given as many events as it takes at once, 128, asks for more
 * before it looks at them, and sleeps when there are none (libmicrohttpd
 * 0.9.75).  So each has fewer connections than that. */
#define CONNECTIONS_PER_THREAD 120

static struct MHD_Daemon *
start_daemon (HxHttp *http, const HxHttpOptions *options)
{
  struct MHD_OptionItem extra[MAX_EXTRA];
  const guint connections = or_else (options->connections, 1024);
  const guint threads
      = MAX (or_else (options->threads, g_get_num_processors () / 2),
             connections / CONNECTIONS_PER_THREAD + 1);
  const guint per_address
      = options->proxy != NULL ? 0 : or_else (options->per_address, 512);
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME
                   | MHD_USE_TURBO | MHD_USE_ERROR_LOG;
  if (http->is_secure)
    flags |= MHD_USE_TLS;
  fill_extra (http, threads, extra);
  return MHD_start_daemon (
      flags, 0, NULL, NULL, on_access, http, MHD_OPTION_EXTERNAL_LOGGER, on_log,
      NULL, MHD_OPTION_LISTEN_SOCKET, http->socket, MHD_OPTION_URI_LOG_CALLBACK,
      on_target, http, MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, NULL,
      MHD_OPTION_NOTIFY_COMPLETED, on_completed, http,
      MHD_OPTION_NOTIFY_CONNECTION, on_connection, http,
      MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      (size_t)HX_CONNECTION_MEMORY, MHD_OPTION_CONNECTION_LIMIT, connections,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address,
      MHD_OPTION_CONNECTION_TIMEOUT, or_else (options->idle_seconds, 30),
      MHD_OPTION_ARRAY, extra, MHD_OPTION_END);
}

static gboolean
open_socket (HxHttp *http, const HxHttpOptions *options, GError **error)
{
  http->socket = options->socket > 0
                     ? options->socket
                     : hx_socket_listen (options->address, error);
  if (http->socket < 0)
    return FALSE;
  http->port = hx_socket_port (http->socket);
  return TRUE;
}

HxHttp *
hx_http_start (const HxHttpOptions *options, const HxHttpHandler *handler,
               GError **error)
{
  HxHttp *http = g_new0 (HxHttp, 1);
  http->handler = *handler;
  http->socket = -1;
  http->proxy = g_strdup (options->proxy);
  http->upload_folder
      = g_strdup (options->upload_folder != NULL ? options->upload_folder
                                                 : g_get_tmp_dir ());
  pthread_mutex_init (&http->lock, NULL);
  pthread_cond_init (&http->idle, NULL);
  hx_metrics_init (&http->metrics);
  hx_watch_start (&http->watch, or_else (options->idle_seconds, 30));
  hx_workers_start (&http->workers, or_else (options->workers, 16));
  if (!hx_access_log_open (&http->log, options->access_log, error)
      || !read_certificate (http, options, error)
      || !open_socket (http, options, error))
    {
      hx_http_free (http);
      return NULL;
    }
  http->daemon = start_daemon (http, options);
  if (http->daemon != NULL)
    return http;
  hx_fail (error, HX_ERROR_STORE, _ ("HTTP 服务启动不了"), options->address,
           http->is_secure ? _ ("检查证书和密钥是否成对") : NULL);
  hx_http_free (http);
  return NULL;
}

guint
hx_http_port (const HxHttp *http)
{
  return http->port;
}

/* -------------------------------------------------------------------- stop */

/* TRUE when nothing is active any more. */
static gboolean
wait_idle (HxHttp *http, guint seconds)
{
  struct timespec until;
  int waited = 0;
  clock_gettime (CLOCK_REALTIME, &until);
  until.tv_sec += seconds;
  pthread_mutex_lock (&http->lock);
  while (http->active > 0 && waited == 0)
    waited = pthread_cond_timedwait (&http->idle, &http->lock, &until);
  const gboolean is_idle = http->active == 0;
  pthread_mutex_unlock (&http->lock);
  return is_idle;
}

gboolean
hx_http_stop (HxHttp *http, guint seconds)
{
  if (!hx_http_is_stopping (http) && http->daemon != NULL)
    {
      __atomic_store_n (&http->is_stopping, TRUE, __ATOMIC_RELEASE);
      MHD_quiesce_daemon (http->daemon);
      close (http->socket);
      http->socket = -1;
    }
  return wait_idle (http, seconds);
}

void
hx_http_free (HxHttp *http)
{
  if (http == NULL)
    return;
  if (http->daemon != NULL)
    hx_http_stop (http, 0);
  hx_workers_stop (&http->workers);
  if (http->daemon != NULL)
    MHD_stop_daemon (http->daemon);
  hx_watch_stop (&http->watch);
  hx_access_log_close (&http->log);
  hx_metrics_clear (&http->metrics);
  if (http->socket >= 0)
    close (http->socket);
  pthread_cond_destroy (&http->idle);
  pthread_mutex_destroy (&http->lock);
  g_free (http->proxy);
  g_free (http->upload_folder);
  g_free (http->certificate);
  g_free (http->key);
  g_free (http);
}

gboolean
hx_http_reopen_log (HxHttp *http, GError **error)
{
  return hx_access_log_reopen (&http->log, error);
}

void
hx_http_metrics (const HxHttp *http, GString *out)
{
  HxHttp *own = (HxHttp *)(gsize)http;
  pthread_mutex_lock (&own->watch.lock);
  const guint connections = own->watch.count;
  pthread_mutex_unlock (&own->watch.lock);
  pthread_mutex_lock (&own->workers.lock);
  const guint waiting = own->workers.waiting;
  pthread_mutex_unlock (&own->workers.lock);
  g_string_append_printf (
      out,
      "# TYPE hongxia_http_connections gauge\nhongxia_http_connections %u\n"
      "# TYPE hongxia_http_waiting gauge\nhongxia_http_waiting %u\n",
      connections, waiting);
  hx_metrics_write (&own->metrics, out);
}
