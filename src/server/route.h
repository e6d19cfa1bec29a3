/* route: every page and every operation, declared once.
 *
 * A route is a row of a table: method, path, who may, what it takes, how much,
 * and the function that does it.  Router, validation, the OpenAPI document,
 * the navigation and the access test all read these tables; nothing else says
 * who may do what.
 *
 *   static const HxParameter show[] = {
 *     { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("人员") },
 *     { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
 *     { NULL }
 *   };
 *   const HxRoute hx_routes_people[] = {
 *     { HX_METHOD_GET, "/people/{id}", "person_page", N_ ("个人档案"),
 *       HX_USER_PEOPLE, HX_ROUTE_PAGE, show, .handler = person_page },
 *     { 0 }
 *   };
 *
 * Paths are in English words; pages stand at the root, operations below
 * /api/v1, what belongs to the retired cadres themselves below /me, to the
 * public below /public, to work without network below /offline: the latter
 * three are kept free and answer 404 for now.
 *
 * Order of checks: does the path exist (404), the method (405), somebody logged
 * in (401, pages: to the login), the role (403), the origin of a change (403),
 * the size (413), the parameters (400 with a list of fields), then the handler,
 * which asks for kind, row and scope: what is out of scope is 404.
 */
#ifndef HX_SERVER_ROUTE_H
#define HX_SERVER_ROUTE_H

#include "access/access.h"
#include "server/http.h"

G_BEGIN_DECLS

typedef struct _HxCall HxCall;

/* Sets a reply of the call, or fails with *error, which becomes a page or a
 * problem document of the fitting status. */
typedef gboolean (*HxHandler) (HxCall *call, GError **error);

typedef enum
{
  HX_IN_QUERY,
  HX_IN_PATH,
  HX_IN_FORM, /* of pages: a form; of the API: a member of the JSON body */
  HX_IN_FILE  /* an upload */
} HxParameterPlace;

typedef enum
{
  HX_TYPE_TEXT, /* min and max are characters; max 0 is 200 */
  HX_TYPE_INTEGER,
  HX_TYPE_ID, /* a positive integer */
  HX_TYPE_YEAR,
  HX_TYPE_DATE,
  HX_TYPE_BOOL, /* "1", "true", "on"; missing: FALSE */
  HX_TYPE_CHOICE,
  HX_TYPE_KIND,  /* a kind of the catalogue, by its key */
  HX_TYPE_VALUES /* members of any name, as cells hold them: a record's form.
                  * Of pages: the fields "f.KEY" of the form; of the API: the
                  * object of that name */
} HxParameterType;

typedef enum
{
  HX_REQUIRED = 1 << 0,
  HX_MANY = 1 << 1 /* may come more than once; of the API: an array */
} HxParameterFlags;

typedef struct
{
  const char *name;
  HxParameterPlace place;
  HxParameterType type;
  HxParameterFlags flags;
  gint64 min, max;     /* both 0: none */
  const char *choices; /* "a|b|c" */
  const char *what;    /* what it is called, N_() */
} HxParameter;

typedef enum
{
  HX_ROUTE_PAGE = 1 << 0,   /* HTML, a session's cookie, errors as pages */
  HX_ROUTE_API = 1 << 1,    /* JSON, a session's cookie or a token */
  HX_ROUTE_PUBLIC = 1 << 2, /* nobody need be logged in */
  HX_ROUTE_UPLOAD = 1 << 3, /* takes files */
  HX_ROUTE_FREE = 1 << 4,   /* the place of something that comes later */
  HX_ROUTE_UNCHANGED_PASSWORD = 1 << 5, /* open though the password must be
                                         * changed first */
  HX_ROUTE_SHOWS_FAULTS = 1 << 6 /* the handler runs though parameters have
                                  * faults, and shows its form with them */
} HxRouteFlags;

typedef struct
{
  HxMethod method;
  const char *path;    /* "{name}" is one segment; NULL ends the table */
  const char *name;    /* operationId: people_show; unique */
  const char *summary; /* N_() */
  HxUserRoles roles;
  HxRouteFlags flags;
  const HxParameter *parameters; /* name NULL ends them; or NULL */
  HxHandler handler;
  guint64 body_max;    /* bytes; 0: 64 KiB, with files 64 MiB */
  const char *answers; /* API: what the reply holds, N_(), one sentence */
} HxRoute;

/* Tables that end with an empty route, NULL at the end: routes.c. */
extern const HxRoute *const hx_routes[];

/* Compares the tables with themselves: two routes of one path, parameters that
 * no path has, missing texts.  One sentence a fault; used by the tests. */
void hx_routes_check (HxFindingFunc function, gpointer data);
/* The API as OpenAPI 3.1, in the user's language; the kinds of the catalogue
 * stand in it as schemas. */
void hx_routes_openapi (HxCatalogue *catalogue, GString *out);

G_END_DECLS

#endif
