#include "fake_call.h"

struct _FakeCall
{
  HxRequest request;
  HxIdentity *identity;
  char *fault;
  char *said;
  char *page;
  guint status;
  gboolean is_part;
};

static const struct
{
  HxMethod method;
  const char *path;
  HxUserRoles roles;
  HxRouteFlags flags;
} pages[] = {
  { HX_METHOD_GET, "/", HX_USER_ANYBODY, HX_ROUTE_PAGE },
  { HX_METHOD_GET, "/people", HX_USER_PEOPLE, HX_ROUTE_PAGE },
  { HX_METHOD_GET, "/money", HX_USER_FINANCE | HX_USER_BUREAU, HX_ROUTE_PAGE },
  { HX_METHOD_POST, "/plan", HX_USER_ANYBODY, HX_ROUTE_PAGE },
  { HX_METHOD_GET, "/check", HX_USER_ANYBODY, HX_ROUTE_API },
  { HX_METHOD_GET, "/report", HX_USER_ANYBODY, HX_ROUTE_PAGE | HX_ROUTE_FREE },
  { HX_METHOD_GET, "/help", HX_USER_NOBODY, HX_ROUTE_PAGE | HX_ROUTE_PUBLIC },
};

static HxRoute table[G_N_ELEMENTS (pages) + 1];
const HxRoute *const hx_routes[] = { table, NULL };

static void
fill_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      table[i].method = pages[i].method;
      table[i].path = pages[i].path;
      table[i].roles = pages[i].roles;
      table[i].flags = pages[i].flags;
    }
}

static void
add_value (GHashTable *values, const char *name, const char *value)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (array, g_strdup (value));
  g_hash_table_insert (values, g_strdup (name), array);
}

FakeCall *
fake_call_new (HxIdentity *identity)
{
  FakeCall *fake = g_new0 (FakeCall, 1);

  fill_table ();
  fake->identity = identity;
  fake->request.path = g_strdup ("/people");
  fake->request.query_text = g_strdup ("year=2023&q=x");
  fake->request.query = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  add_value (fake->request.query, "year", "2023");
  add_value (fake->request.query, "q", "x");
  fake->request.cookies
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return fake;
}

void
fake_call_free (FakeCall *fake)
{
  if (fake == NULL)
    return;
  g_free (fake->request.path);
  g_free (fake->request.query_text);
  g_hash_table_unref (fake->request.query);
  g_hash_table_unref (fake->request.cookies);
  g_free (fake->fault);
  g_free (fake->said);
  g_free (fake->page);
  g_free (fake);
}

HxCall *
fake_call (FakeCall *fake)
{
  return (HxCall *)(gpointer)fake;
}

static const FakeCall *
fake_of (const HxCall *call)
{
  return (const FakeCall *)(gconstpointer)call;
}

void
fake_call_post (FakeCall *fake, const char *path)
{
  g_free (fake->request.path);
  fake->request.path = g_strdup (path);
  fake->request.method = HX_METHOD_POST;
}

void
fake_call_cookie (FakeCall *fake, const char *name, const char *value)
{
  g_hash_table_insert (fake->request.cookies, g_strdup (name),
                       g_strdup (value));
}

void
fake_call_set_fault (FakeCall *fake, const char *text)
{
  fake->fault = g_strdup (text);
}

void
fake_call_set_said (FakeCall *fake, const char *text)
{
  fake->said = g_strdup (text);
}

void
fake_call_set_part (FakeCall *fake)
{
  fake->is_part = TRUE;
}

const char *
fake_call_page (FakeCall *fake, guint *status)
{
  *status = fake->status;
  return fake->page;
}

/* ------------------------------------------------------- what the parts ask */

const HxRequest *
hx_call_request (const HxCall *call)
{
  return &fake_of (call)->request;
}

const HxIdentity *
hx_call_identity (const HxCall *call)
{
  return fake_of (call)->identity;
}

gboolean
hx_identity_has (const HxIdentity *identity, HxUserRoles roles)
{
  return (identity->roles & roles) != 0;
}

HxConnection *
hx_call_connection (HxCall *call G_GNUC_UNUSED, GError **error)
{
  hx_fail (error, HX_ERROR_STORE, "no store", NULL, NULL);
  return NULL;
}

HxDate
hx_call_today (const HxCall *call G_GNUC_UNUSED)
{
  return (HxDate){ 2023, 11, 30 };
}

int
hx_call_year (const HxCall *call G_GNUC_UNUSED)
{
  return 2023;
}

gboolean
hx_call_is_part (const HxCall *call)
{
  return fake_of (call)->is_part;
}

const char *
hx_call_csrf (const HxCall *call G_GNUC_UNUSED)
{
  return "token";
}

const char *
hx_call_said (HxCall *call)
{
  return fake_of (call)->said;
}

const char *
hx_call_fault (const HxCall *call, const char *field)
{
  return field == NULL ? fake_of (call)->fault : NULL;
}

const char *
hx_call_text (const HxCall *call G_GNUC_UNUSED, const char *name G_GNUC_UNUSED)
{
  return NULL;
}

void
hx_call_header (HxCall *call G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
                const char *value G_GNUC_UNUSED)
{
}

gboolean
hx_call_redirect (HxCall *call G_GNUC_UNUSED, const char *url G_GNUC_UNUSED,
                  const char *said G_GNUC_UNUSED)
{
  return TRUE;
}

gboolean
hx_call_reply_html (HxCall *call, HxHtml *html, guint status)
{
  FakeCall *fake = (FakeCall *)(gpointer)call;
  g_autoptr (GBytes) bytes = hx_html_finish (html);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  fake->page = g_strndup (data, size);
  fake->status = status;
  return TRUE;
}

const char *
hx_static_url (const char *name G_GNUC_UNUSED)
{
  return "/static/x";
}
