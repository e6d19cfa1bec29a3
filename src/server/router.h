/* router: the application behind the connections.
 *
 * hx_app_new compiles the route tables into a tree of segments; hx_app_intake
 * and hx_app_answer are what http.h asks: how a request is to be read, and the
 * reply to it.  Every reply of the application goes through here: checks in
 * the order that route.h names, the handler, errors as pages or problem
 * documents, headers that keep browsers in bounds, the language of the
 * request.
 *
 * Static files, health and metrics are not the application's: who serves them
 * answers before asking here.
 *
 * Ownership: an application borrows the store and keeps the catalogue.
 * Threads: hx_app_intake and hx_app_answer may be called from any.
 */
#ifndef HX_SERVER_ROUTER_H
#define HX_SERVER_ROUTER_H

#include "server/call.h"

G_BEGIN_DECLS

/* The tables of this room; run when the application starts. */
gboolean hx_server_migrate (HxConnection *connection, GError **error);

/* ---------------------------------------------------------------- the tree */

#define HX_PATH_SEGMENTS_MAX 16

typedef struct _HxRouter HxRouter;

typedef struct
{
  const HxRoute *route; /* NULL: no such path, or not by this method */
  guint allowed; /* methods of the path, 1 << HX_METHOD_…; 0: no path */
  /* Of the "{…}" in the order of the route's path; freed by clear. */
  char *values[HX_PATH_SEGMENTS_MAX + 1];
} HxMatch;

/* `tables` as hx_routes.  A literal segment goes before one in braces. */
HxRouter *hx_router_new (const HxRoute *const *tables);
void hx_router_free (HxRouter *router);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxRouter, hx_router_free)
void hx_router_find (const HxRouter *router, HxMethod method, const char *path,
                     HxMatch *match);
void hx_match_clear (HxMatch *match);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxMatch, hx_match_clear)

/* --------------------------------------------------------- the application */

typedef struct
{
  HxStore *store;
  HxCatalogue *catalogue;
  HxDate today;       /* year 0: the clock's */
  const char *folder; /* of files that users work on; must be there */
  guint rate; /* requests a second of one user, in the long run; 0: 50 */
} HxAppOptions;

typedef struct _HxApp HxApp;

HxApp *hx_app_new (const HxAppOptions *options, GError **error);
void hx_app_free (HxApp *app);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxApp, hx_app_free)

/* The members of a HxHttpHandler; `app` is a HxApp. */
HxIntake hx_app_intake (HxMethod method, const char *path, gpointer app);
HxReply *hx_app_answer (const HxRequest *request, gpointer app);

/* The catalogue of calls from now on; calls under way keep theirs. */
void hx_app_use_catalogue (HxApp *app, HxCatalogue *catalogue);

G_END_DECLS

#endif
