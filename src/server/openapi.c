/* The API as OpenAPI 3.1, from the route tables and the catalogue. */
#include "server/openapi.h"

#include "server/call_internal.h"
#include "server/routes.h"

#include <string.h>

/* ---------------------------------------------------------------- parameters
 */

static void
write_bounds (const HxParameter *parameter, HxJson *json)
{
  if (parameter->min == 0 && parameter->max == 0)
    return;
  hx_json_member_integer (json, "minimum", parameter->min);
  hx_json_member_integer (json, "maximum", parameter->max);
}

static void
schema_text (const HxParameter *parameter, HxJson *json)
{
  hx_json_member (json, "type", "string");
  if (parameter->min > 0)
    hx_json_member_integer (json, "minLength", parameter->min);
  hx_json_member_integer (json, "maxLength",
                          parameter->max != 0 ? parameter->max : 200);
}

static void
schema_integer (const HxParameter *parameter, HxJson *json)
{
  hx_json_member (json, "type", "integer");
  write_bounds (parameter, json);
}

static void
schema_id (const HxParameter *parameter, HxJson *json)
{
  (void)parameter;
  hx_json_member (json, "type", "integer");
  hx_json_member_integer (json, "minimum", 1);
}

static void
schema_year (const HxParameter *parameter, HxJson *json)
{
  (void)parameter;
  hx_json_member (json, "type", "integer");
  hx_json_member_integer (json, "minimum", HX_YEAR_MIN);
  hx_json_member_integer (json, "maximum", HX_YEAR_MAX);
}

static void
schema_date (const HxParameter *parameter, HxJson *json)
{
  (void)parameter;
  hx_json_member (json, "type", "string");
  hx_json_member (json, "format", "date");
}

static void
schema_bool (const HxParameter *parameter, HxJson *json)
{
  (void)parameter;
  hx_json_member (json, "type", "boolean");
}

static void
schema_choice (const HxParameter *parameter, HxJson *json)
{
  g_auto (GStrv) choices = g_strsplit (parameter->choices, "|", -1);
  hx_json_member (json, "type", "string");
  hx_json_key (json, "enum");
  hx_json_array_begin (json);
  for (guint i = 0; choices[i] != NULL; i++)
    hx_json_string (json, choices[i]);
  hx_json_array_end (json);
}

static void
schema_kind (const HxParameter *parameter, HxJson *json)
{
  (void)parameter;
  hx_json_member (json, "$ref", "#/components/schemas/Kind");
}

static void
schema_values (const HxParameter *parameter, HxJson *json)
{
  (void)parameter;
  hx_json_member (json, "$ref", "#/components/schemas/Values");
}

/* By HxParameterType. */
static void (*const SCHEMAS[]) (const HxParameter *, HxJson *) = {
  schema_text, schema_integer, schema_id,   schema_year,   schema_date,
  schema_bool, schema_choice,  schema_kind, schema_values,
};

static void
write_schema (const HxParameter *parameter, HxJson *json)
{
  const gboolean many = (parameter->flags & HX_MANY) != 0;
  hx_json_object_begin (json);
  if (many)
    {
      hx_json_member (json, "type", "array");
      hx_json_key (json, "items");
      hx_json_object_begin (json);
    }
  if (parameter->place == HX_IN_FILE)
    {
      hx_json_member (json, "type", "string");
      hx_json_member (json, "contentMediaType", "application/octet-stream");
    }
  else
    SCHEMAS[parameter->type](parameter, json);
  if (many)
    hx_json_object_end (json);
  hx_json_object_end (json);
}

static void
write_parameter (const HxParameter *parameter, HxJson *json)
{
  hx_json_object_begin (json);
  hx_json_member (json, "name", parameter->name);
  hx_json_member (json, "in",
                  parameter->place == HX_IN_PATH ? "path" : "query");
  hx_json_member (json, "description", hx_text (parameter->what));
  hx_json_key (json, "required");
  hx_json_bool (json, (parameter->flags & HX_REQUIRED) != 0);
  hx_json_key (json, "schema");
  write_schema (parameter, json);
  hx_json_object_end (json);
}

static void
write_reference (HxJson *json, const char *reference)
{
  hx_json_object_begin (json);
  hx_json_member (json, "$ref", reference);
  hx_json_object_end (json);
}

static void
write_parameters (const HxRoute *route, HxJson *json)
{
  const HxParameter *each = route->parameters;
  hx_json_key (json, "parameters");
  hx_json_array_begin (json);
  for (; each != NULL && each->name != NULL; each++)
    if (each->place == HX_IN_PATH || each->place == HX_IN_QUERY)
      write_parameter (each, json);
  if (route->method == HX_METHOD_POST)
    write_reference (json, "#/components/parameters/IdempotencyKey");
  hx_json_array_end (json);
}

static void
write_required (const HxRoute *route, HxJson *json)
{
  const HxParameter *each = route->parameters;
  hx_json_key (json, "required");
  hx_json_array_begin (json);
  for (; each->name != NULL; each++)
    if (each->place >= HX_IN_FORM && (each->flags & HX_REQUIRED) != 0)
      hx_json_string (json, each->name);
  hx_json_array_end (json);
}

static gboolean
has_body (const HxRoute *route)
{
  const HxParameter *each = route->parameters;
  for (; each != NULL && each->name != NULL; each++)
    if (each->place >= HX_IN_FORM)
      return TRUE;
  return FALSE;
}

static void
write_body (const HxRoute *route, HxJson *json)
{
  const gboolean uploads = (route->flags & HX_ROUTE_UPLOAD) != 0;
  if (!has_body (route))
    return;
  hx_json_key (json, "requestBody");
  hx_json_object_begin (json);
  hx_json_key (json, "content");
  hx_json_object_begin (json);
  hx_json_key (json, uploads ? "multipart/form-data" : "application/json");
  hx_json_object_begin (json);
  hx_json_key (json, "schema");
  hx_json_object_begin (json);
  hx_json_member (json, "type", "object");
  hx_json_key (json, "properties");
  hx_json_object_begin (json);
  for (const HxParameter *each = route->parameters; each->name != NULL; each++)
    if (each->place >= HX_IN_FORM)
      {
        hx_json_key (json, each->name);
        write_schema (each, json);
      }
  hx_json_object_end (json);
  write_required (route, json);
  hx_json_object_end (json);
  hx_json_object_end (json);
  hx_json_object_end (json);
  hx_json_object_end (json);
}

/* ---------------------------------------------------------------- operations
 */

static void
write_responses (const HxRoute *route, HxJson *json)
{
  hx_json_key (json, "responses");
  hx_json_object_begin (json);
  hx_json_key (json, "2XX");
  hx_json_object_begin (json);
  hx_json_member (json, "description", hx_text (route->answers));
  hx_json_object_end (json);
  hx_json_key (json, "4XX");
  write_reference (json, "#/components/responses/Problem");
  hx_json_key (json, "5XX");
  write_reference (json, "#/components/responses/Problem");
  hx_json_object_end (json);
}

static void
write_roles (const HxRoute *route, HxJson *json)
{
  hx_json_key (json, "x-roles");
  hx_json_array_begin (json);
  for (guint i = 0; i < HX_USER_ROLES; i++)
    if ((route->roles & 1u << i) != 0)
      hx_json_string (json, hx_user_role_key (i));
  hx_json_array_end (json);
}

/* "/api/v1/people/{id}" → "people". */
static char *
tag_of (const HxRoute *route)
{
  const char *rest = route->path + strlen ("/api/v1/");
  return g_strndup (rest, strcspn (rest, "/."));
}

static void
write_operation (const HxRoute *route, HxJson *json)
{
  g_autofree char *method
      = g_ascii_strdown (hx_method_name (route->method), -1);
  g_autofree char *tag = tag_of (route);
  hx_json_key (json, method);
  hx_json_object_begin (json);
  hx_json_member (json, "operationId", route->name);
  hx_json_member (json, "summary", hx_text (route->summary));
  hx_json_key (json, "tags");
  hx_json_array_begin (json);
  hx_json_string (json, tag);
  hx_json_array_end (json);
  write_roles (route, json);
  if ((route->flags & HX_ROUTE_PUBLIC) != 0)
    {
      hx_json_key (json, "security");
      hx_json_array_begin (json);
      hx_json_array_end (json);
    }
  write_parameters (route, json);
  write_body (route, json);
  write_responses (route, json);
  hx_json_object_end (json);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const HxRoute *const *left = a, *const *right = b;
  const int order = strcmp ((*left)->path, (*right)->path);
  return order != 0 ? order : (int)(*left)->method - (int)(*right)->method;
}

/* HxRoute of the API, by path. */
static GArray *
operations (void)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (HxRoute *));
  for (guint i = 0; hx_routes[i] != NULL; i++)
    for (const HxRoute *route = hx_routes[i]; route->path != NULL; route++)
      if ((route->flags & HX_ROUTE_API) != 0
          && (route->flags & HX_ROUTE_FREE) == 0)
        g_array_append_val (found, route);
  g_array_sort (found, compare_paths);
  return found;
}

static void
write_paths (HxJson *json)
{
  g_autoptr (GArray) found = operations ();
  const char *path = NULL;
  hx_json_key (json, "paths");
  hx_json_object_begin (json);
  for (guint i = 0; i < found->len; i++)
    {
      const HxRoute *route = g_array_index (found, const HxRoute *, i);
      if (path == NULL || strcmp (path, route->path) != 0)
        {
          if (path != NULL)
            hx_json_object_end (json);
          path = route->path;
          hx_json_key (json, path);
          hx_json_object_begin (json);
        }
      write_operation (route, json);
    }
  if (path != NULL)
    hx_json_object_end (json);
  hx_json_object_end (json);
}

static void
write_tags (HxJson *json)
{
  g_autoptr (GArray) found = operations ();
  g_autofree char *last = NULL;
  hx_json_key (json, "tags");
  hx_json_array_begin (json);
  for (guint i = 0; i < found->len; i++)
    {
      const HxRoute *route = g_array_index (found, const HxRoute *, i);
      g_autofree char *tag = tag_of (route);
      if (g_strcmp0 (tag, last) == 0)
        continue;
      hx_json_object_begin (json);
      hx_json_member (json, "name", tag);
      hx_json_member (json, "description", hx_text (route->summary));
      hx_json_object_end (json);
      g_free (last);
      last = g_steal_pointer (&tag);
    }
  hx_json_array_end (json);
}

/* ----------------------------------------------------------------- the whole
 */

static void
write_head (HxJson *json)
{
  hx_json_member (json, "openapi", "3.1.0");
  hx_json_key (json, "info");
  hx_json_object_begin (json);
  hx_json_member (json, "title", _ ("红霞接口"));
  hx_json_member (json, "version", HX_VERSION);
  hx_json_member (
      json, "description",
      _ ("页面能做的，接口都能做。列表按游标翻页：答复里的 next 就是下一页的 "
         "cursor。有小数的数和金额一律写成文本。"));
  hx_json_key (json, "license");
  hx_json_object_begin (json);
  hx_json_member (json, "name", "Apache 2.0");
  hx_json_member (json, "identifier", "Apache-2.0");
  hx_json_object_end (json);
  hx_json_object_end (json);
  hx_json_key (json, "servers");
  hx_json_array_begin (json);
  hx_json_object_begin (json);
  hx_json_member (json, "url", "/");
  hx_json_object_end (json);
  hx_json_array_end (json);
  hx_json_key (json, "security");
  hx_json_array_begin (json);
  hx_json_object_begin (json);
  hx_json_key (json, "token");
  hx_json_array_begin (json);
  hx_json_array_end (json);
  hx_json_object_end (json);
  hx_json_object_begin (json);
  hx_json_key (json, "session");
  hx_json_array_begin (json);
  hx_json_array_end (json);
  hx_json_object_end (json);
  hx_json_array_end (json);
}

void
hx_routes_openapi (HxCatalogue *catalogue, GString *out)
{
  HxJson json;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  write_head (&json);
  write_tags (&json);
  write_paths (&json);
  hx_openapi_components (catalogue, &json);
  hx_json_object_end (&json);
}

static gboolean
openapi_show (HxCall *call, GError **error)
{
  (void)error;
  GString *out = g_string_new (NULL);
  hx_routes_openapi (hx_call_catalogue (call), out);
  return hx_call_reply_json (call, out, 200);
}

const HxRoute hx_routes_api[] = {
  { HX_METHOD_GET, "/api/v1/openapi.json", "openapi_show", N_ ("接口的说明"),
    HX_USER_ANYBODY, HX_ROUTE_API, NULL, .handler = openapi_show,
    .answers = N_ ("OpenAPI 3.1 文档") },
  { 0 },
};
