/* http: connections, requests and replies; all that knows libmicrohttpd.
 *
 * An epoll pool reads requests whole (bodies into memory, uploads into files),
 * then suspends the connection and hands the request to the pool of workers;
 * a worker answers and the connection goes on.  What can be answered at once
 * (static files, health) is answered by the epoll thread.  A worker that
 * writes waits for the commit, its connection waits with it, and nobody else.
 *
 * Limits: a header of 32 KiB, a body of the route's maximum, connections in
 * all and of one address, seconds of silence.  Requests that a proxy could
 * read in two ways (Content-Length twice, or with Transfer-Encoding) get 400
 * and the end of the connection.
 *
 * Stopping: hx_http_stop lets requests end that were begun, refuses others
 * with 503, waits at most the given time.
 */
#ifndef HX_SERVER_HTTP_H
#define HX_SERVER_HTTP_H

#include "base/base.h"

G_BEGIN_DECLS

typedef enum
{
  HX_METHOD_GET, /* HEAD too */
  HX_METHOD_POST,
  HX_METHOD_PUT,
  HX_METHOD_PATCH,
  HX_METHOD_DELETE
} HxMethod;

/* "GET", … */
const char *hx_method_name (HxMethod method);

typedef struct
{
  char *name;      /* of the form's field */
  char *file_name; /* as the client calls it, without folders; untrusted */
  char *path;      /* where it lies; removed with the request */
  guint64 size;
} HxUpload;

/* A request that has been read whole. */
typedef struct
{
  HxMethod method;
  gboolean is_head;
  char *path;          /* decoded, normal, begins with "/" */
  char *query_text;    /* as it came, without "?"; never NULL */
  GHashTable *query;   /* char * → GPtrArray of char *; valid UTF-8 */
  GHashTable *form;    /* the same, of a form in the body */
  GHashTable *headers; /* lower-case name → value; cookies apart */
  GHashTable *cookies;
  GPtrArray *uploads; /* HxUpload */
  GBytes *body;       /* of what is no form; NULL: none */
  char *address;      /* of the client, X-Forwarded-For of a trusted proxy */
  gboolean is_secure; /* TLS, or the proxy says so */
  char id[33];        /* of the request, for log and errors */
  gint64 began;       /* monotonic, µs */
} HxRequest;

typedef struct
{
  guint status;       /* 200 … */
  const char *type;   /* media type, a literal */
  GBytes *body;       /* or: */
  int file;           /* a descriptor that is the reply's; -1: none */
  GPtrArray *headers; /* char *: name, value, name, value */
  const char *route;  /* its name for log and metrics, a literal; or NULL */
  char *user;         /* the login for the log; or NULL */
} HxReply;

/* `body` is kept by a reference of the reply's own; NULL: an empty one. */
HxReply *hx_reply_new (guint status, const char *type, GBytes *body);
void hx_reply_header (HxReply *reply, const char *name, const char *value);
/* NULL: there is none of that name. */
const char *hx_reply_find (const HxReply *reply, const char *name);
/* The digest of the body as its ETag: who has it gets 304 instead. */
void hx_reply_etag (HxReply *reply);
/* One sentence of what is wrong, as text or, below /api/, as a problem
 * document, in the language that the thread speaks. */
HxReply *hx_reply_problem (guint status, const char *path, const char *id);
void hx_reply_free (HxReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxReply, hx_reply_free)

/* How a request is to be read; asked when its header is there. */
typedef struct
{
  guint64 body_max; /* bytes in all */
  gboolean uploads; /* multipart is taken */
  gboolean inlined; /* answered by the epoll thread, without a body */
} HxIntake;

typedef struct
{
  HxIntake (*intake) (HxMethod method, const char *path, gpointer data);
  /* On a worker, or on the epoll thread when inlined; never NULL. */
  HxReply *(*answer) (const HxRequest *request, gpointer data);
  gpointer data;
} HxHttpHandler;

typedef struct
{
  const char *address;     /* "127.0.0.1:8023", "[::]:443"; port 0: any */
  int socket;              /* one that listens already, or 0 */
  const char *certificate; /* PEM files; NULL: no TLS */
  const char *key;
  guint threads;      /* epoll; 0 and too few: one for 120 connections */
  guint workers;      /* 0: 16 */
  guint connections;  /* 0: 1024 */
  guint per_address;  /* of one address, but the proxy's; 0: 512 */
  guint idle_seconds; /* 0: 30 */
  const char *proxy; /* address whose X-Forwarded-… are believed; NULL: none */
  const char *access_log;    /* a file, "-" for standard output; NULL: none */
  const char *upload_folder; /* NULL: the system's for temporary files */
} HxHttpOptions;

typedef struct _HxHttp HxHttp;

HxHttp *hx_http_start (const HxHttpOptions *options,
                       const HxHttpHandler *handler, GError **error);
/* The port that it listens on. */
guint hx_http_port (const HxHttp *http);
/* TRUE: all that was begun has ended. */
gboolean hx_http_stop (HxHttp *http, guint seconds);
/* Waits for what workers still do. */
void hx_http_free (HxHttp *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxHttp, hx_http_free)

/* The address of a file of web/ ("style.css"), with a digest in it; what it
 * does not have is a g_critical and "". */
const char *hx_static_url (const char *name);

/* The access log is opened anew: it was renamed.  Signal-safe it is not. */
gboolean hx_http_reopen_log (HxHttp *http, GError **error);

/* What the server counts of itself, as Prometheus reads it, appended. */
void hx_http_metrics (const HxHttp *http, GString *out);

G_END_DECLS

#endif
