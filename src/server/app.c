/* The application: what calls share, and the way of a call through its steps.
 *
 * The key by which cursors, messages and tokens of forms are signed is made of
 * the database's own key, so that a page that was open while the server was
 * started anew can still be sent; another key of the database makes them
 * worthless. */
#include "report/draft.h"
#include "server/call_internal.h"
#include "server/today.h"

#include <string.h>
#include <sys/random.h>

#define BODY_MAX (64 * 1024)
#define UPLOAD_MAX (64 * 1024 * 1024)
#define SECRET_SIZE 32
#define RATE 50
/* Units, years and languages of which the first page keeps what is due. */
#define TODAY_KEPT 128

struct _HxApp
{
  HxStore *store;
  HxSessions *sessions;
  HxRouter *router;
  HxThrottle *throttle;
  HxMemo *due; /* of the first page */
  char *folder;
  HxDate today;
  guint8 secret[SECRET_SIZE];
  GMutex lock; /* of the catalogue */
  HxCatalogue *catalogue;
};

static const HxMigration MIGRATIONS[] = {
  { 1, "CREATE TABLE idempotency ("
       "  bureau_id INTEGER NOT NULL,"
       "  key_digest TEXT NOT NULL,"
       "  at INTEGER NOT NULL,"
       "  body_digest TEXT NOT NULL,"
       "  status INTEGER NOT NULL,"
       "  reply TEXT NOT NULL,"
       "  PRIMARY KEY (bureau_id, key_digest)) $options;"
       "CREATE INDEX idempotency_at ON idempotency (bureau_id, at)" },
};

gboolean
hx_server_migrate (HxConnection *connection, GError **error)
{
  return hx_ledger_migrate (connection, error)
         && hx_report_migrate (connection, error)
         && hx_migrate (connection, "server", MIGRATIONS,
                        G_N_ELEMENTS (MIGRATIONS), error);
}

/* ------------------------------------------------------------- to be signed */

static gboolean
derive_secret (HxApp *app, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (app->store, error);
  if (reader == NULL)
    return FALSE;
  GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = SECRET_SIZE;
  for (guint i = 0; i < 8; i++)
    {
      const char part = (char)('0' + i);
      const gint64 digest = hx_connection_digest (hx_reader_connection (reader),
                                                  "server", &part, 1);
      guint8 random[8] = { 0 };
      /* A database without a key has nothing to protect yet. */
      if (digest == 0 && getrandom (random, sizeof random, 0) < 0)
        memset (random, 0, sizeof random);
      g_checksum_update (sum, (const guchar *)&digest, sizeof digest);
      g_checksum_update (sum, random, sizeof random);
    }
  g_checksum_get_digest (sum, app->secret, &size);
  g_checksum_free (sum);
  return TRUE;
}

void
hx_app_tag (const HxApp *app, const char *purpose, const char *text,
            guint8 *tag)
{
  guint8 whole[SECRET_SIZE];
  gsize size = sizeof whole;
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, app->secret, sizeof app->secret);
  /* With its NUL: no purpose and text are those of another pair. */
  g_hmac_update (hmac, (const guchar *)purpose, (gssize)strlen (purpose) + 1);
  g_hmac_update (hmac, (const guchar *)text, (gssize)strlen (text));
  g_hmac_get_digest (hmac, whole, &size);
  g_hmac_unref (hmac);
  memcpy (tag, whole, HX_TAG_SIZE);
}

char *
hx_app_sign (const HxApp *app, const char *purpose, const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_set_size (bytes, HX_TAG_SIZE);
  hx_app_tag (app, purpose, text, bytes->data);
  g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text));
  char *sealed = g_base64_encode (bytes->data, bytes->len);
  g_strdelimit (g_strdelimit (sealed, "+", '-'), "/", '_');
  sealed[strcspn (sealed, "=")] = '\0';
  return sealed;
}

char *
hx_app_open (const HxApp *app, const char *purpose, const char *sealed)
{
  g_autofree char *padded
      = g_strconcat (sealed, &"==="[3 - (4 - strlen (sealed) % 4) % 4], NULL);
  g_strdelimit (g_strdelimit (padded, "-", '+'), "_", '/');
  gsize size = 0;
  g_autofree guint8 *bytes = g_base64_decode (padded, &size);
  guint8 tag[HX_TAG_SIZE];
  if (size < HX_TAG_SIZE)
    return NULL;
  g_autofree char *text
      = g_strndup ((char *)bytes + HX_TAG_SIZE, size - HX_TAG_SIZE);
  hx_app_tag (app, purpose, text, tag);
  if (strlen (text) != size - HX_TAG_SIZE
      || !hx_bytes_are_equal (tag, bytes, HX_TAG_SIZE))
    return NULL;
  return g_steal_pointer (&text);
}

gboolean
hx_bytes_are_equal (const guint8 *a, const guint8 *b, gsize size)
{
  volatile guint8 difference = 0;
  for (gsize i = 0; i < size; i++)
    difference = (guint8)(difference | (a[i] ^ b[i]));
  return difference == 0;
}

/* -------------------------------------------------------- begin, end, share */

static gboolean
migrate (HxConnection *connection, gpointer data, GError **error)
{
  (void)data;
  return hx_server_migrate (connection, error);
}

HxApp *
hx_app_new (const HxAppOptions *options, GError **error)
{
  g_autoptr (HxApp) app = g_new0 (HxApp, 1);
  g_mutex_init (&app->lock);
  app->store = options->store;
  app->today = options->today;
  app->folder = g_strdup (options->folder);
  app->catalogue = hx_catalogue_ref (options->catalogue);
  app->router = hx_router_new (hx_routes);
  app->due = hx_memo_new (TODAY_KEPT, hx_today_duties_clear);
  app->throttle = hx_throttle_new (options->rate != 0 ? options->rate : RATE);
  if (!hx_write (app->store, migrate, NULL, error)
      || !derive_secret (app, error))
    return NULL;
  app->sessions = hx_sessions_new (app->store, app->catalogue, NULL, error);
  if (app->sessions == NULL)
    return NULL;
  return g_steal_pointer (&app);
}

void
hx_app_free (HxApp *app)
{
  if (app == NULL)
    return;
  hx_sessions_free (app->sessions);
  hx_router_free (app->router);
  hx_throttle_free (app->throttle);
  hx_memo_free (app->due);
  hx_catalogue_unref (app->catalogue);
  g_mutex_clear (&app->lock);
  g_free (app->folder);
  g_free (app);
}

void
hx_app_use_catalogue (HxApp *app, HxCatalogue *catalogue)
{
  g_mutex_lock (&app->lock);
  HxCatalogue *before = app->catalogue;
  app->catalogue = hx_catalogue_ref (catalogue);
  g_mutex_unlock (&app->lock);
  hx_sessions_set_catalogue (app->sessions, catalogue);
  hx_catalogue_unref (before);
}

HxCatalogue *
hx_app_catalogue (HxApp *app)
{
  g_mutex_lock (&app->lock);
  HxCatalogue *catalogue = hx_catalogue_ref (app->catalogue);
  g_mutex_unlock (&app->lock);
  return catalogue;
}

HxStore *
hx_app_store (const HxApp *app)
{
  return app->store;
}

HxSessions *
hx_app_sessions (const HxApp *app)
{
  return app->sessions;
}

HxDate
hx_app_today (const HxApp *app)
{
  return app->today.year != 0 ? app->today : hx_date_today ();
}

const char *
hx_app_folder (const HxApp *app)
{
  return app->folder;
}

HxMemo *
hx_call_today_memo (const HxCall *call)
{
  return call->app->due;
}

HxThrottle *
hx_app_throttle (const HxApp *app)
{
  return app->throttle;
}

/* ------------------------------------------------------------ the way of one
 */

HxIntake
hx_app_intake (HxMethod method, const char *path, gpointer app)
{
  const HxApp *self = app;
  g_auto (HxMatch) match = { .route = NULL };
  hx_router_find (self->router, method, path, &match);
  if (match.route == NULL)
    return (HxIntake){ .body_max = BODY_MAX };
  const gboolean uploads = (match.route->flags & HX_ROUTE_UPLOAD) != 0;
  const guint64 usual = uploads ? UPLOAD_MAX : BODY_MAX;
  return (HxIntake){
    .body_max = match.route->body_max != 0 ? match.route->body_max : usual,
    .uploads = uploads,
  };
}

static void
allow_header (HxCall *call)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i <= HX_METHOD_DELETE; i++)
    if ((call->match.allowed & 1u << i) != 0)
      g_string_append_printf (names, "%s%s%s", names->len > 0 ? ", " : "",
                              hx_method_name ((HxMethod)i),
                              i == HX_METHOD_GET ? ", HEAD" : "");
  hx_call_header (call, "Allow", names->str);
}

static gboolean
find_route (HxCall *call, GError **error)
{
  const HxRequest *request = call->request;
  hx_router_find (call->app->router, request->method, request->path,
                  &call->match);
  if (call->match.allowed == 0)
    return hx_status_fail (error, 404, _ ("没有这个地址"));
  if (call->match.route == NULL)
    {
      allow_header (call);
      return hx_status_fail (error, 405, _ ("这个地址不接受这种操作"));
    }
  call->route = call->match.route;
  return TRUE;
}

static gboolean
handle (HxCall *call, GError **error)
{
  hx_call_keep_year (call);
  if (!call->route->handler (call, error))
    return FALSE;
  g_return_val_if_fail (call->reply != NULL, FALSE);
  hx_idempotency_finish (call);
  return TRUE;
}

/* FALSE without *error is a fault of the program, and answered as such. */
static gboolean
walk (HxCall *call, GError **error)
{
  static gboolean (*const steps[]) (HxCall *, GError **) = {
    find_route,    hx_admit,           hx_throttle_check,
    hx_csrf_check, hx_parameters_read, hx_idempotency_begin,
    handle,
  };
  for (gsize i = 0; i < G_N_ELEMENTS (steps) && call->reply == NULL; i++)
    if (!steps[i](call, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_api (const char *path)
{
  return g_str_has_prefix (path, HX_API_PREFIX);
}

/* Pages keep to what the user chose, and are Chinese until then. */
static HxLanguage
language_of (const HxRequest *request)
{
  HxLanguage language = HX_LANGUAGE_CHINESE;
  const char *chosen
      = g_hash_table_lookup (request->cookies, HX_COOKIE_LANGUAGE);
  if (!hx_language_parse (chosen, &language) && is_api (request->path))
    hx_language_parse (
        g_hash_table_lookup (request->headers, "accept-language"), &language);
  return language;
}

HxReply *
hx_app_answer (const HxRequest *request, gpointer app)
{
  const HxLanguage before = hx_language_get ();
  g_auto (HxCall) call = { .app = NULL };
  g_autoptr (GError) error = NULL;
  hx_language_set (language_of (request));
  hx_call_begin (&call, app, request);
  if (!walk (&call, &error))
    hx_problem_reply (&call, error);
  hx_language_set (before);
  hx_security_headers (call.reply, request->is_secure);
  call.reply->route = call.route->name;
  call.reply->user
      = call.identity != NULL ? g_strdup (call.identity->login) : NULL;
  return g_steal_pointer (&call.reply);
}
