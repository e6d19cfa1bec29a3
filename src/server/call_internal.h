/* What the files that make up a call share: see call.h and router.h. */
#ifndef HX_SERVER_CALL_INTERNAL_H
#define HX_SERVER_CALL_INTERNAL_H

#include "server/router.h"

G_BEGIN_DECLS

#define HX_LOGIN_PATH "/login"
#define HX_PASSWORD_PATH "/password"
#define HX_API_PREFIX "/api/"

#define HX_YEAR_MIN 1949
#define HX_YEAR_MAX 2199

#define HX_COOKIE_YEAR "year"
#define HX_COOKIE_LANGUAGE "language"
#define HX_COOKIE_SAID "said"

/* ----------------------------------------------------------------- the call */

/* A parameter as it was sent; `texts` is NULL when it was not. */
typedef struct
{
  GPtrArray *texts; /* borrowed char *, NULL at the end */
  gint64 integer;   /* bool too */
  HxDate date;
  const HxKind *kind;
  const HxUpload *upload;
} HxArgument;

typedef struct
{
  char *field; /* or NULL */
  char *text;
} HxFault;

struct _HxCall
{
  HxApp *app;
  const HxRequest *request;
  const HxRoute *route;
  HxMatch match;
  HxVisitor visitor;
  const HxIdentity
      *identity; /* the visitor's; NULL: nobody, or not yet asked */
  HxCatalogue *catalogue;
  HxReader *reader;
  HxReply *reply;
  GPtrArray *headers; /* char *: name, value, of the reply to come */
  json_t *json;       /* the body of a call of the API */
  GStringChunk *chunk;
  HxArgument *arguments; /* one a parameter of the route */
  GHashTable *cells;     /* of HX_TYPE_VALUES: char * → char * */
  GPtrArray *keys;       /* of these, sorted */
  GPtrArray *faults;     /* HxFault */
  char *csrf;
  char *said;
  char *key_digest, *body_digest; /* of the idempotency key, or NULL */
  gboolean reserved;              /* a write of this call has used the key */
};

void hx_call_begin (HxCall *call, HxApp *app, const HxRequest *request);
void hx_call_end (HxCall *call);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxCall, hx_call_end)

gboolean hx_call_is_api (const HxCall *call);
gboolean hx_call_is_unsafe (const HxCall *call);
const char *hx_call_request_header (const HxCall *call, const char *name);
/* "; Path=/; …" is put behind; value NULL takes the cookie away. */
void hx_call_cookie (HxCall *call, const char *name, const char *value,
                     int max_age);
/* The year of the query is that of the session. */
void hx_call_keep_year (HxCall *call);
/* A line of the query or form, NULL when it is not there. */
const char *hx_request_value (GHashTable *table, const char *name);

/* ------------------------------------------------------------ steps of a call
 *
 * Each either leaves the call to the next step, or sets a reply, or fails. */

/* Who is there, and may that be? */
gboolean hx_admit (HxCall *call, GError **error);
gboolean hx_csrf_check (HxCall *call, GError **error);
/* Makes the text of this reply. */
void hx_csrf_prepare (HxCall *call);
gboolean hx_throttle_check (HxCall *call, GError **error);
gboolean hx_parameters_read (HxCall *call, GError **error);
gboolean hx_idempotency_begin (HxCall *call, GError **error);

/* Inside the write of a call: the key is used. */
gboolean hx_idempotency_reserve (HxCall *call, HxConnection *connection,
                                 GError **error);
/* Keeps the reply for whoever asks again. */
void hx_idempotency_finish (HxCall *call);

/* ---------------------------------------------------------------- problems */

/* Errors that are a status: the code is that of HTTP, the message what the
 * user reads. */
#define HX_STATUS_ERROR (hx_status_error_quark ())
GQuark hx_status_error_quark (void);
/* FALSE. */
gboolean hx_status_fail (GError **error, guint status, const char *what);

/* The reply of the call: a page, or a problem document. */
void hx_problem_reply (HxCall *call, const GError *error);
/* The schema of a problem document. */
void hx_problem_schema (HxJson *json);

/* What browsers are told with every reply. */
void hx_security_headers (HxReply *reply, gboolean is_secure);

/* --------------------------------------------------------- the application */

typedef struct _HxThrottle HxThrottle;
HxThrottle *hx_throttle_new (guint rate);
void hx_throttle_free (HxThrottle *throttle);
/* 0: go on; else seconds to wait.  `now` is monotonic, in µs. */
guint hx_throttle_take (HxThrottle *throttle, const char *who, gint64 now);

HxStore *hx_app_store (const HxApp *app);
HxCatalogue *hx_app_catalogue (HxApp *app); /* a reference */
HxSessions *hx_app_sessions (const HxApp *app);
HxDate hx_app_today (const HxApp *app);
const char *hx_app_folder (const HxApp *app);
HxThrottle *hx_app_throttle (const HxApp *app);

#define HX_TAG_SIZE 16
/* Of a text, for a purpose, by a key that this database alone has. */
void hx_app_tag (const HxApp *app, const char *purpose, const char *text,
                 guint8 *tag);
/* The text with its tag, in letters that go into an address or a cookie. */
char *hx_app_sign (const HxApp *app, const char *purpose, const char *text);
/* NULL when it was not signed here, for that. */
char *hx_app_open (const HxApp *app, const char *purpose, const char *sealed);
gboolean hx_bytes_are_equal (const guint8 *a, const guint8 *b, gsize size);

G_END_DECLS

#endif
