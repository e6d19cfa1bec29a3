/* serve: the whole server, from the socket to the application.
 *
 * Beside the application (router.h) it answers for the files of web/, for
 * /healthz ("ok", to anybody) and for /metrics (Prometheus text, to programs
 * of this machine or with a token).
 *
 * Ownership: a server borrows the store and keeps the catalogue.  Threads: the
 * functions below belong to the thread that started it.
 */
#ifndef HX_SERVER_SERVE_H
#define HX_SERVER_SERVE_H

#include "catalogue/catalogue.h"
#include "server/http.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef struct
{
  HxHttpOptions http;
  HxDate today;              /* year 0: the clock's */
  const char *folder;        /* of files that users work on; NULL: one below
                              * that of uploads, removed at the end */
  const char *metrics_token; /* NULL: programs of this machine alone */
  guint rate;                /* requests a second of one user; 0: 50 */
} HxServerOptions;

/* What the store of a server is opened with: one reader a worker. */
#define HX_SERVER_READER_KIB 6144

typedef struct _HxServer HxServer;

HxServer *hx_server_start (HxStore *store, HxCatalogue *catalogue,
                           const HxServerOptions *options, GError **error);
guint hx_server_port (const HxServer *server);
/* See hx_http_stop. */
gboolean hx_server_stop (HxServer *server, guint seconds);
gboolean hx_server_reopen_log (HxServer *server, GError **error);
void hx_server_free (HxServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxServer, hx_server_free)

G_END_DECLS

#endif
