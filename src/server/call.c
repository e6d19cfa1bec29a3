#include "server/call_internal.h"

#include <string.h>

/* What stands for a route where there is none: of errors before one is
 * found. */
static const HxRoute NO_ROUTE = {
  .path = "",
  .name = "",
  .summary = "",
  .flags = HX_ROUTE_PAGE | HX_ROUTE_PUBLIC,
};

static void
fault_free (gpointer data)
{
  HxFault *fault = data;
  g_free (fault->field);
  g_free (fault->text);
  g_free (fault);
}

void
hx_call_begin (HxCall *call, HxApp *app, const HxRequest *request)
{
  *call = (HxCall){
    .app = app,
    .request = request,
    .route = &NO_ROUTE,
    .catalogue = hx_app_catalogue (app),
    .headers = g_ptr_array_new_with_free_func (g_free),
    .faults = g_ptr_array_new_with_free_func (fault_free),
    .chunk = g_string_chunk_new (1024),
  };
}

static void
arguments_free (HxCall *call)
{
  const HxParameter *parameters = call->route->parameters;
  for (guint i = 0; call->arguments != NULL && parameters != NULL
                    && parameters[i].name != NULL;
       i++)
    g_clear_pointer (&call->arguments[i].texts, g_ptr_array_unref);
  g_free (call->arguments);
}

void
hx_call_end (HxCall *call)
{
  if (call->app == NULL)
    return;
  arguments_free (call);
  g_clear_pointer (&call->cells, g_hash_table_unref);
  g_clear_pointer (&call->keys, g_ptr_array_unref);
  g_clear_pointer (&call->reader, hx_reader_free);
  hx_visitor_clear (&call->visitor);
  g_clear_pointer (&call->reply, hx_reply_free);
  g_clear_pointer (&call->json, json_decref);
  hx_match_clear (&call->match);
  g_ptr_array_unref (call->headers);
  g_ptr_array_unref (call->faults);
  g_string_chunk_free (call->chunk);
  g_free (call->csrf);
  g_free (call->said);
  g_free (call->key_digest);
  g_free (call->body_digest);
  hx_catalogue_unref (call->catalogue);
}

/* ----------------------------------------------------------- what is there */

const HxRoute *
hx_call_route (const HxCall *call)
{
  return call->route;
}

const HxRequest *
hx_call_request (const HxCall *call)
{
  return call->request;
}

const HxIdentity *
hx_call_identity (const HxCall *call)
{
  return call->identity;
}

HxCatalogue *
hx_call_catalogue (const HxCall *call)
{
  return call->catalogue;
}

HxStore *
hx_call_store (const HxCall *call)
{
  return hx_app_store (call->app);
}

HxApp *
hx_call_app (const HxCall *call)
{
  return call->app;
}

HxSessions *
hx_call_sessions (const HxCall *call)
{
  return hx_app_sessions (call->app);
}

const HxVisitor *
hx_call_visitor (const HxCall *call)
{
  return &call->visitor;
}

HxConnection *
hx_call_connection (HxCall *call, GError **error)
{
  if (call->reader == NULL)
    call->reader = hx_store_reader (hx_call_store (call), error);
  return call->reader != NULL ? hx_reader_connection (call->reader) : NULL;
}

HxDate
hx_call_today (const HxCall *call)
{
  return hx_app_today (call->app);
}

static const HxParameter *
year_parameter (const HxCall *call)
{
  const HxParameter *each = call->route->parameters;
  for (; each != NULL && each->name != NULL; each++)
    if (each->type == HX_TYPE_YEAR && strcmp (each->name, "year") == 0)
      return each;
  return NULL;
}

/* The year that a page was asked for holds for the pages after it. */
void
hx_call_keep_year (HxCall *call)
{
  const HxParameter *parameter = year_parameter (call);
  const char *kept
      = g_hash_table_lookup (call->request->cookies, HX_COOKIE_YEAR);
  const gint64 year
      = parameter != NULL && parameter->place == HX_IN_QUERY
            ? call->arguments[parameter - call->route->parameters].integer
            : 0;
  char text[16];
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, year);
  if (year != 0 && !hx_call_is_api (call) && g_strcmp0 (kept, text) != 0)
    hx_call_cookie (call, HX_COOKIE_YEAR, text, 0);
}

int
hx_call_year (const HxCall *call)
{
  const HxParameter *parameter = year_parameter (call);
  const char *kept
      = g_hash_table_lookup (call->request->cookies, HX_COOKIE_YEAR);
  gint64 year = 0;
  if (parameter != NULL && call->arguments != NULL)
    year = call->arguments[parameter - call->route->parameters].integer;
  if (year == 0 && kept != NULL
      && !g_ascii_string_to_signed (kept, 10, HX_YEAR_MIN, HX_YEAR_MAX, &year,
                                    NULL))
    year = 0;
  return year != 0 ? (int)year : hx_call_today (call).year;
}

HxDate
hx_call_as_of (const HxCall *call)
{
  const HxDate today = hx_call_today (call);
  const int year = hx_call_year (call);
  if (year == today.year)
    return today;
  return (HxDate){ .year = (gint16)year, .month = 12, .day = 31 };
}

gboolean
hx_call_is_part (const HxCall *call)
{
  return hx_call_request_header (call, "hx-request") != NULL
         && hx_call_request_header (call, "hx-target") != NULL
         && hx_call_request_header (call, "hx-boosted") == NULL
         && hx_call_request_header (call, "hx-history-restore-request") == NULL;
}

const char *
hx_call_folder (const HxCall *call)
{
  return hx_app_folder (call->app);
}

const char *
hx_call_said (HxCall *call)
{
  const char *cookie
      = g_hash_table_lookup (call->request->cookies, HX_COOKIE_SAID);
  if (cookie == NULL || call->said != NULL)
    return call->said;
  call->said = hx_app_open (call->app, HX_COOKIE_SAID, cookie);
  hx_call_cookie (call, HX_COOKIE_SAID, NULL, 0);
  return call->said;
}

gboolean
hx_call_is_api (const HxCall *call)
{
  return g_str_has_prefix (call->request->path, HX_API_PREFIX);
}

gboolean
hx_call_is_unsafe (const HxCall *call)
{
  return call->request->method != HX_METHOD_GET;
}

const char *
hx_call_request_header (const HxCall *call, const char *name)
{
  return g_hash_table_lookup (call->request->headers, name);
}

const char *
hx_request_value (GHashTable *table, const char *name)
{
  const GPtrArray *values
      = table != NULL ? g_hash_table_lookup (table, name) : NULL;
  return values != NULL && values->len > 0 ? values->pdata[0] : NULL;
}

/* ------------------------------------------------------------------ writing */

typedef struct
{
  HxCall *call;
  HxLedgerFunc function;
  gpointer data;
} Write;

static gboolean
write_and_reserve (HxLedger *ledger, gpointer data, GError **error)
{
  const Write *write = data;
  return write->function (ledger, write->data, error)
         && hx_idempotency_reserve (write->call, hx_ledger_connection (ledger),
                                    error);
}

gboolean
hx_call_write (HxCall *call, HxLedgerFunc function, gpointer data,
               GError **error)
{
  const HxIdentity *identity = call->identity;
  const HxAuthor author = {
    .actor = identity != NULL ? identity->login : "-",
    .request = call->request->id,
  };
  Write write = { call, function, data };
  if (!hx_measure_write (hx_call_store (call), call->catalogue, &author,
                         write_and_reserve, &write, error))
    return FALSE;
  g_clear_pointer (&call->reader, hx_reader_free);
  return TRUE;
}

/* ------------------------------------------------------------------- faults */

void
hx_call_add_fault (HxCall *call, const char *field, const char *text)
{
  HxFault *fault = g_new0 (HxFault, 1);
  fault->field = g_strdup (field);
  fault->text = g_strdup (text);
  g_ptr_array_add (call->faults, fault);
}

const char *
hx_call_fault (const HxCall *call, const char *field)
{
  for (guint i = 0; i < call->faults->len; i++)
    {
      const HxFault *fault = call->faults->pdata[i];
      if (g_strcmp0 (fault->field, field) == 0)
        return fault->text;
    }
  return NULL;
}

gboolean
hx_call_has_faults (const HxCall *call)
{
  return call->faults->len > 0;
}

gboolean
hx_call_refuse (HxCall *call, GError **error)
{
  (void)call;
  return hx_status_fail (error, 422, _ ("有几处填得不对"));
}
