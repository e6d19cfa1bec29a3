#include "server/serve.h"
#include "server/router.h"
#include "server/static.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct _HxServer
{
  HxStore *store;
  HxApp *app;
  HxHttp *http;
  char *metrics_token;
  char *folder;
  gboolean folder_is_ours;
};

/* ---------------------------------------------------- what the server says */

static HxReply *
answer_text (GString *text)
{
  g_autoptr (GBytes) body = g_string_free_to_bytes (text);
  HxReply *reply = hx_reply_new (200, "text/plain; charset=utf-8", body);
  hx_reply_header (reply, "Cache-Control", "no-store");
  hx_reply_header (reply, "X-Content-Type-Options", "nosniff");
  return reply;
}

static HxReply *
answer_health (const HxRequest *request, HxServer *server)
{
  (void)request;
  (void)server;
  return answer_text (g_string_new ("ok\n"));
}

static gboolean
is_local (const HxRequest *request)
{
  const char *address = request->address;
  return (strcmp (address, "::1") == 0 || g_str_has_prefix (address, "127."))
         && !g_hash_table_contains (request->headers, "x-forwarded-for")
         && !g_hash_table_contains (request->headers, "forwarded");
}

/* In a time that does not tell how much of it is right. */
static gboolean
is_equal (const char *a, const char *b)
{
  const gsize length = strlen (a);
  guchar differs = length != strlen (b);
  for (gsize i = 0; differs == 0 ? i < length : i < strlen (b); i++)
    differs |= (guchar)(a[i % (length + 1)] ^ b[i]);
  return differs == 0;
}

static gboolean
may_read_metrics (const HxRequest *request, const HxServer *server)
{
  const char *given = g_hash_table_lookup (request->headers, "authorization");
  if (is_local (request))
    return TRUE;
  return server->metrics_token != NULL && given != NULL
         && g_str_has_prefix (given, "Bearer ")
         && is_equal (given + strlen ("Bearer "), server->metrics_token);
}

static void
append_memory (GString *out)
{
  guint64 pages = 0;
  FILE *file = fopen ("/proc/self/statm", "re");
  if (file == NULL)
    return;
  if (fscanf (file, "%*u %" G_GUINT64_FORMAT, &pages) == 1)
    g_string_append_printf (out,
                            "# TYPE process_resident_memory_bytes gauge\n"
                            "process_resident_memory_bytes %" G_GUINT64_FORMAT
                            "\n",
                            pages * (guint64)sysconf (_SC_PAGESIZE));
  fclose (file);
}

static HxReply *
answer_metrics (const HxRequest *request, HxServer *server)
{
  if (!may_read_metrics (request, server))
    return hx_reply_problem (403, request->path, request->id);
  GString *out = g_string_new (NULL);
  append_memory (out);
  hx_http_metrics (server->http, out);
  HxReply *reply = answer_text (out);
  reply->type = "text/plain; version=0.0.4; charset=utf-8";
  return reply;
}

typedef struct
{
  const char *path;
  const char *name;
  HxReply *(*answer) (const HxRequest *request, HxServer *server);
} OwnPath;

static const OwnPath own_paths[] = {
  { "/healthz", "health", answer_health },
  { "/metrics", "metrics", answer_metrics },
};

static const OwnPath *
find_own (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_paths); i++)
    if (strcmp (own_paths[i].path, path) == 0)
      return &own_paths[i];
  return NULL;
}

static HxReply *
answer_own (const OwnPath *own, const HxRequest *request, HxServer *server)
{
  HxReply *reply = request->method == HX_METHOD_GET
                       ? own->answer (request, server)
                       : hx_reply_problem (405, request->path, request->id);
  reply->route = own->name;
  return reply;
}

/* ------------------------------------------------------------- the handler */

static HxIntake
intake (HxMethod method, const char *path, gpointer data)
{
  const HxServer *server = data;
  if (g_str_has_prefix (path, HX_STATIC_PREFIX) || find_own (path) != NULL)
    return (HxIntake){ .inlined = TRUE };
  return hx_app_intake (method, path, server->app);
}

static HxReply *
answer (const HxRequest *request, gpointer data)
{
  HxServer *server = data;
  const OwnPath *own = find_own (request->path);
  if (own != NULL)
    return answer_own (own, request, server);
  if (g_str_has_prefix (request->path, HX_STATIC_PREFIX))
    return hx_static_answer (request);
  return hx_app_answer (request, server->app);
}

/* ---------------------------------------------------------- start and stop */

static gboolean
prepare_folder (HxServer *server, const HxServerOptions *options,
                GError **error)
{
  const char *above = options->http.upload_folder != NULL
                          ? options->http.upload_folder
                          : g_get_tmp_dir ();
  if (options->folder != NULL)
    {
      server->folder = g_strdup (options->folder);
      return TRUE;
    }
  server->folder = g_build_filename (above, "hongxia-work-XXXXXX", NULL);
  server->folder_is_ours = g_mkdtemp_full (server->folder, 0700) != NULL;
  return server->folder_is_ours
         || hx_fail (error, HX_ERROR_STORE, _ ("建不了工作文件夹"),
                     server->folder, _ ("请检查空间和权限"));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;
  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      unlink (path);
    }
  rmdir (folder);
}

static HxApp *
make_app (HxServer *server, HxCatalogue *catalogue,
          const HxServerOptions *options, GError **error)
{
  const HxAppOptions wanted = {
    .store = server->store,
    .catalogue = catalogue,
    .today = options->today,
    .folder = server->folder,
    .rate = options->rate,
  };
  return hx_app_new (&wanted, error);
}

HxServer *
hx_server_start (HxStore *store, HxCatalogue *catalogue,
                 const HxServerOptions *options, GError **error)
{
  HxServer *server = g_new0 (HxServer, 1);
  const HxHttpHandler handler
      = { .intake = intake, .answer = answer, .data = server };
  server->store = store;
  server->metrics_token = g_strdup (options->metrics_token);
  if (prepare_folder (server, options, error))
    server->app = make_app (server, catalogue, options, error);
  if (server->app != NULL)
    server->http = hx_http_start (&options->http, &handler, error);
  if (server->http != NULL)
    return server;
  hx_server_free (server);
  return NULL;
}

guint
hx_server_port (const HxServer *server)
{
  return hx_http_port (server->http);
}

gboolean
hx_server_stop (HxServer *server, guint seconds)
{
  return hx_http_stop (server->http, seconds);
}

gboolean
hx_server_reopen_log (HxServer *server, GError **error)
{
  return hx_http_reopen_log (server->http, error);
}

void
hx_server_free (HxServer *server)
{
  if (server == NULL)
    return;
  hx_http_free (server->http);
  hx_app_free (server->app);
  if (server->folder_is_ours)
    remove_folder (server->folder);
  g_free (server->folder);
  g_free (server->metrics_token);
  g_free (server);
}
