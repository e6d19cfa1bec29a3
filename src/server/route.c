/* The tables held against themselves. */
#include "server/route.h"

#include <string.h>

typedef struct
{
  HxFindingFunc function;
  gpointer data;
  GHashTable *names, *paths; /* sets of char * */
} Check;

static void
tell (const Check *check, const HxRoute *route, const char *what)
{
  g_autofree char *finding
      = g_strdup_printf ("%s %s (%s): %s", hx_method_name (route->method),
                         route->path, route->name, what);
  check->function (finding, check->data);
}

/* "/people/{id}/edit" → "GET /people/{}/edit". */
static char *
path_shape (const HxRoute *route)
{
  g_autoptr (GString) shape = g_string_new (hx_method_name (route->method));
  gboolean within = FALSE;
  g_string_append_c (shape, ' ');
  for (const char *at = route->path; *at != '\0'; at++)
    {
      within = within && *at != '}';
      if (!within)
        g_string_append_c (shape, *at);
      within = within || *at == '{';
    }
  return g_string_free (g_steal_pointer (&shape), FALSE);
}

static gboolean
path_holds (const HxRoute *route, const char *name)
{
  g_autofree char *wanted = g_strdup_printf ("{%s}", name);
  g_auto (GStrv) segments = g_strsplit (route->path, "/", -1);
  return g_strv_contains ((const char *const *)segments, wanted);
}

static gboolean
is_declared (const HxRoute *route, const char *segment)
{
  const HxParameter *each = route->parameters;
  g_autofree char *name
      = g_strndup (segment + 1, MAX (strlen (segment), 2) - 2);
  for (; each != NULL && each->name != NULL; each++)
    if (each->place == HX_IN_PATH && strcmp (each->name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
check_path (const Check *check, const HxRoute *route)
{
  static const char *const kept[] = { "/me", "/public", "/offline" };
  g_auto (GStrv) segments = g_strsplit (route->path, "/", -1);
  const gboolean below_api = g_str_has_prefix (route->path, "/api/v1/");
  if (route->path[0] != '/')
    tell (check, route, "the path does not begin with /");
  if (below_api != ((route->flags & HX_ROUTE_API) != 0))
    tell (check, route, "the API stands below /api/v1, and nothing else");
  for (guint i = 0; segments[i] != NULL; i++)
    if (segments[i][0] == '{' && !is_declared (route, segments[i]))
      tell (check, route, "a segment in braces is no parameter");
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_str_has_prefix (route->path, kept[i])
        && strchr ("/", route->path[strlen (kept[i])]) != NULL
        && (route->flags & HX_ROUTE_FREE) == 0)
      tell (check, route, "the path is kept free");
}

static void
check_parameter (const Check *check, const HxRoute *route,
                 const HxParameter *parameter)
{
  if (parameter->place == HX_IN_PATH && !path_holds (route, parameter->name))
    tell (check, route, "a parameter of the path is not in it");
  if (parameter->place == HX_IN_PATH && (parameter->flags & HX_REQUIRED) == 0)
    tell (check, route, "a parameter of the path is not required");
  if (parameter->what == NULL)
    tell (check, route, "a parameter is not called anything");
  if ((parameter->type == HX_TYPE_CHOICE) != (parameter->choices != NULL))
    tell (check, route, "choices belong to HX_TYPE_CHOICE");
  if (parameter->place == HX_IN_FILE && (route->flags & HX_ROUTE_UPLOAD) == 0)
    tell (check, route, "takes a file without HX_ROUTE_UPLOAD");
  if (parameter->place >= HX_IN_FORM && route->method == HX_METHOD_GET)
    tell (check, route, "a GET has no form");
  for (const HxParameter *other = route->parameters; other != parameter;
       other++)
    if (strcmp (other->name, parameter->name) == 0)
      tell (check, route, "two parameters of one name");
}

static void
check_texts (const Check *check, const HxRoute *route)
{
  const gboolean is_api = (route->flags & HX_ROUTE_API) != 0;
  if (route->summary == NULL || route->summary[0] == '\0')
    tell (check, route, "no summary");
  if (is_api && route->answers == NULL)
    tell (check, route, "does not say what it answers");
  if (is_api == ((route->flags & HX_ROUTE_PAGE) != 0))
    tell (check, route, "is either a page or of the API");
  if (route->roles == HX_USER_NOBODY && (route->flags & HX_ROUTE_PUBLIC) == 0)
    tell (check, route, "is nobody's");
  if (route->handler == NULL && (route->flags & HX_ROUTE_FREE) == 0)
    tell (check, route, "has no handler");
}

static void
check_route (const Check *check, const HxRoute *route)
{
  g_autofree char *shape = path_shape (route);
  const HxParameter *each = route->parameters;
  if (g_hash_table_contains (check->paths, shape))
    tell (check, route, "another route has the same path and method");
  g_hash_table_add (check->paths, g_steal_pointer (&shape));
  if (route->name == NULL || g_hash_table_contains (check->names, route->name))
    tell (check, route, "another route has the same name, or it has none");
  else
    g_hash_table_add (check->names, g_strdup (route->name));
  check_path (check, route);
  check_texts (check, route);
  for (; each != NULL && each->name != NULL; each++)
    check_parameter (check, route, each);
}

void
hx_routes_check (HxFindingFunc function, gpointer data)
{
  Check check = {
    .function = function,
    .data = data,
    .names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  for (guint i = 0; hx_routes[i] != NULL; i++)
    for (const HxRoute *route = hx_routes[i]; route->path != NULL; route++)
      check_route (&check, route);
  g_hash_table_unref (check.names);
  g_hash_table_unref (check.paths);
}
