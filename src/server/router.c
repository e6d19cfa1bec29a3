/* The tree of segments.
 *
 * A node has its literal children by name, at most one child for "{…}", and a
 * route for each method that ends here.  Looking up tries the literal child
 * first and comes back for the other when that leads to nothing; no path has
 * more than HX_PATH_SEGMENTS_MAX segments, so that this ends soon. */
#include "server/router.h"

#include <string.h>

#define METHODS (HX_METHOD_DELETE + 1)

typedef struct _Node Node;
struct _Node
{
  GHashTable *literals; /* char * → Node; NULL: none */
  Node *any;
  const HxRoute *routes[METHODS];
};

struct _HxRouter
{
  Node *root;
};

static void
node_free (gpointer data)
{
  Node *node = data;
  if (node == NULL)
    return;
  g_clear_pointer (&node->literals, g_hash_table_unref);
  node_free (node->any);
  g_free (node);
}

static Node *
child_for (Node *node, const char *segment)
{
  if (segment[0] == '{')
    {
      if (node->any == NULL)
        node->any = g_new0 (Node, 1);
      return node->any;
    }
  if (node->literals == NULL)
    node->literals
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, node_free);
  Node *child = g_hash_table_lookup (node->literals, segment);
  if (child == NULL)
    {
      child = g_new0 (Node, 1);
      g_hash_table_insert (node->literals, g_strdup (segment), child);
    }
  return child;
}

static void
add_route (HxRouter *router, const HxRoute *route)
{
  g_auto (GStrv) segments = g_strsplit (route->path + 1, "/", -1);
  Node *node = router->root;
  for (guint i = 0; segments[i] != NULL; i++)
    node = child_for (node, segments[i]);
  if (node->routes[route->method] == NULL)
    node->routes[route->method] = route;
}

HxRouter *
hx_router_new (const HxRoute *const *tables)
{
  HxRouter *router = g_new0 (HxRouter, 1);
  router->root = g_new0 (Node, 1);
  for (guint i = 0; tables[i] != NULL; i++)
    for (const HxRoute *route = tables[i]; route->path != NULL; route++)
      if ((route->flags & HX_ROUTE_FREE) == 0)
        add_route (router, route);
  return router;
}

void
hx_router_free (HxRouter *router)
{
  if (router == NULL)
    return;
  node_free (router->root);
  g_free (router);
}

static guint
methods_of (const Node *node)
{
  guint methods = 0;
  for (guint i = 0; i < METHODS; i++)
    methods |= node->routes[i] != NULL ? 1u << i : 0;
  return methods;
}

/* The node of the segments from `at` on at which a route ends; `taken` are
 * those that stood for "{…}", in their order. */
static const Node *
descend (const Node *node, char **at, char **taken, guint n_taken)
{
  if (*at == NULL)
    {
      taken[n_taken] = NULL;
      return methods_of (node) != 0 ? node : NULL;
    }
  const Node *child = node->literals != NULL
                          ? g_hash_table_lookup (node->literals, *at)
                          : NULL;
  const Node *found
      = child != NULL ? descend (child, at + 1, taken, n_taken) : NULL;
  if (found != NULL || node->any == NULL || **at == '\0')
    return found;
  taken[n_taken] = *at;
  return descend (node->any, at + 1, taken, n_taken + 1);
}

void
hx_router_find (const HxRouter *router, HxMethod method, const char *path,
                HxMatch *match)
{
  *match = (HxMatch){ .route = NULL };
  if (path[0] != '/')
    return;
  g_auto (GStrv) segments
      = g_strsplit (path + 1, "/", HX_PATH_SEGMENTS_MAX + 1);
  if (g_strv_length (segments) > HX_PATH_SEGMENTS_MAX)
    return;
  char *taken[HX_PATH_SEGMENTS_MAX + 1] = { NULL };
  const Node *node = descend (router->root, segments, taken, 0);
  if (node == NULL)
    return;
  match->allowed = methods_of (node);
  match->route = node->routes[method];
  for (guint i = 0; match->route != NULL && taken[i] != NULL; i++)
    match->values[i] = g_strdup (taken[i]);
}

void
hx_match_clear (HxMatch *match)
{
  for (guint i = 0; match->values[i] != NULL; i++)
    g_free (match->values[i]);
  *match = (HxMatch){ .route = NULL };
}
