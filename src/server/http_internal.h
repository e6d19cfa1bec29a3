/* http: what its own files share. */
#ifndef HX_SERVER_HTTP_INTERNAL_H
#define HX_SERVER_HTTP_INTERNAL_H

#include "server/http.h"
#include "server/http_parts.h"

#include <microhttpd.h>
#include <pthread.h>

G_BEGIN_DECLS

#define HX_HEADER_MAX 32768
/* Of one connection: the header, what libmicrohttpd notes of it, the header
 * of the reply. */
#define HX_CONNECTION_MEMORY 49152
/* A body that is no file lies in memory. */
#define HX_MEMORY_BODY_MAX 8388608
/* How much of a body that is too large is still read, so that the client
 * comes to read the answer. */
#define HX_DRAIN_MAX 134217728
#define HX_FIELDS_MAX 2000
/* Of the query: libmicrohttpd reads it too, into the memory of the connection,
 * and some 700 are more than there is room for. */
#define HX_QUERY_FIELDS_MAX 500

/* ------------------------------------------------------------- connections */

typedef struct _HxClient HxClient;
struct _HxClient
{
  HxClient *next, *previous;
  char *address; /* of the peer */
  int socket;
  gint64 deadline; /* atomic; µs, when what is awaited must be there; 0: none */
};

/* The connections, and a thread that cuts those which dribble. */
typedef struct
{
  pthread_mutex_t lock;
  pthread_cond_t stop;
  HxClient *first;
  guint count;
  gboolean is_stopping;
  GThread *thread;
  gint64 patience; /* µs for a header */
} HxWatch;

void hx_watch_start (HxWatch *watch, guint idle_seconds);
void hx_watch_stop (HxWatch *watch);
HxClient *hx_watch_add (HxWatch *watch, struct MHD_Connection *connection);
void hx_watch_remove (HxWatch *watch, HxClient *client);
/* A header is awaited; a body of which `received` bytes came since `began`;
 * nothing. */
void hx_watch_header (const HxWatch *watch, HxClient *client);
void hx_watch_body (const HxWatch *watch, HxClient *client, gint64 began,
                    guint64 received);
void hx_watch_nothing (HxClient *client);

/* ------------------------------------------------------------------- a turn
 *
 * One request, from its first line to the end of its reply.
 */

typedef enum
{
  HX_STAGE_HEAD, /* nothing but the target is known */
  HX_STAGE_BODY,
  HX_STAGE_WORK, /* a worker has it, the connection is suspended */
  HX_STAGE_REPLY /* there is a reply to be sent */
} HxStage;

typedef enum
{
  HX_BODY_DROPPED,
  HX_BODY_PLAIN, /* into `collected`, the body as it is */
  HX_BODY_FORM,  /* into `collected`, then read as a form */
  HX_BODY_PARTS  /* multipart */
} HxBodyKind;

typedef struct
{
  HxBodyKind kind;
  guint64 received;
  GByteArray *collected;
  HxParts *parts;
  char *field;      /* of multipart: the one that is being read */
  GString *value;   /* its text, or: */
  HxUpload *upload; /* its file */
  int file;
  guint64 memory; /* of all fields */
  guint fields;
} HxBody;

typedef struct _HxTurn HxTurn;
struct _HxTurn
{
  HxRequest request;
  HxHttp *http;
  struct MHD_Connection *connection;
  HxClient *client;
  HxTurn *next; /* in the queue of the workers */
  char *target; /* as it came */
  char *method; /* the same */
  HxIntake intake;
  HxStage stage;
  HxBody body;
  guint refused; /* a status; 0: not */
  gboolean close;
  gboolean is_counted; /* among the active */
  HxReply *reply;
  guint64 reply_size;
};

HxTurn *hx_turn_new (HxHttp *http, struct MHD_Connection *connection,
                     const char *target);
void hx_turn_free (HxTurn *turn);
/* Reads method, target and header into the request; else the status. */
guint hx_turn_read_head (HxTurn *turn, const char *method, const char *version);
/* Could a proxy have read it in another way?  Else 0. */
guint hx_turn_guard (HxTurn *turn, const char *version);

/* ------------------------------------------------------------------- bodies */

/* How the body is to be taken; else the status. */
guint hx_body_begin (HxTurn *turn);
guint hx_body_take (HxTurn *turn, const char *data, gsize size);
guint hx_body_end (HxTurn *turn);
void hx_body_clear (HxBody *body);
void hx_upload_free (HxUpload *upload);

/* ---------------------------------------------------------------- addresses */

/* Percent-decoded, "+" as a space where `plus`; NULL unless every escape is
 * whole and the result is UTF-8 without NUL. */
char *hx_url_decode (const char *text, gsize size, gboolean plus);
/* Of the path of a target: decoded, without "." and "..", "//" and
 * backslashes; else NULL. */
char *hx_url_path (const char *text, gsize size);
/* name=value&… into a table of arrays; FALSE when it is malformed or has more
 * than `most`. */
gboolean hx_url_fields (const char *text, gsize size, guint most,
                        GHashTable *fields);
GHashTable *hx_fields_new (void);
void hx_fields_add (GHashTable *fields, char *name, char *value);

/* ------------------------------------------------------------------ replies */

/* Does the client take a content coding? */
gboolean hx_request_takes (const HxRequest *request, const char *coding);
/* 304 where the client has it, gzip where it takes it.  `deflate` is a
 * z_stream * of the thread, made at the first use; NULL: no compression. */
void hx_reply_fit (HxReply *reply, const HxRequest *request, gpointer *deflate);
void hx_deflate_free (gpointer deflate);
/* Hands the reply of the turn to libmicrohttpd. */
enum MHD_Result hx_turn_send (HxTurn *turn);

/* ------------------------------------------------------------------ workers */

typedef struct
{
  pthread_mutex_t lock;
  pthread_cond_t work;
  HxTurn *first, *last;
  guint waiting;
  gboolean is_stopping;
  GPtrArray *threads;
} HxWorkers;

void hx_workers_start (HxWorkers *workers, guint count);
void hx_workers_stop (HxWorkers *workers);
void hx_workers_add (HxWorkers *workers, HxTurn *turn);

/* ------------------------------------------------------- log and metrics */

typedef struct
{
  pthread_mutex_t lock;
  char *path; /* NULL: none */
  int file;
} HxAccessLog;

gboolean hx_access_log_open (HxAccessLog *log, const char *path,
                             GError **error);
gboolean hx_access_log_reopen (HxAccessLog *log, GError **error);
void hx_access_log_close (HxAccessLog *log);
void hx_access_log_write (HxAccessLog *log, const HxTurn *turn, gint64 micros);

typedef struct
{
  pthread_mutex_t lock;
  GHashTable *routes; /* const char * → Counters */
} HxMetrics;

void hx_metrics_init (HxMetrics *metrics);
void hx_metrics_clear (HxMetrics *metrics);
void hx_metrics_count (HxMetrics *metrics, const HxReply *reply, gint64 micros);
void hx_metrics_write (HxMetrics *metrics, GString *out);

/* ------------------------------------------------------------------ sockets */

/* One that listens at "host:port"; -1 with *error. */
int hx_socket_listen (const char *address, GError **error);
guint hx_socket_port (int socket);

/* --------------------------------------------------------------- the server */

struct _HxHttp
{
  HxHttpHandler handler;
  struct MHD_Daemon *daemon;
  int socket; /* that listens; −1 when it no longer does */
  guint port;
  char *proxy;
  char *upload_folder;
  char *certificate, *key;
  gboolean is_secure;
  HxWatch watch;
  HxWorkers workers;
  HxAccessLog log;
  HxMetrics metrics;
  pthread_mutex_t lock;
  pthread_cond_t idle;
  guint active;         /* turns that were begun, under the lock */
  gboolean is_stopping; /* atomic */
};

gboolean hx_http_is_stopping (const HxHttp *http);

G_END_DECLS

#endif
