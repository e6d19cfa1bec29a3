/* call: one request on its way to its handler, with all that a handler needs.
 *
 * Parameters have been read and checked by the route's declaration before the
 * handler runs: asking for one that it does not declare is a g_critical.
 *
 * Reading: hx_call_connection is a reader of one moment.  Writing:
 * hx_call_write runs a function with a ledger in the store's writer, with the
 * user as the author and the request's id as the request, and returns when it
 * is durable.  A page's change ends with hx_call_redirect, so that reloading
 * does not repeat it.
 *
 * Ownership: what a call returns is the call's unless it says otherwise.
 * Threads: a call belongs to its worker.
 */
#ifndef HX_SERVER_CALL_H
#define HX_SERVER_CALL_H

#include "access/session.h"
#include "measure/measure.h"
#include "server/html.h"
#include "server/route.h"

#include <jansson.h>

G_BEGIN_DECLS

/* ----------------------------------------------------------- what is there */

/* Of an error's page without a route: one of no name, never NULL. */
const HxRoute *hx_call_route (const HxCall *call);
const HxRequest *hx_call_request (const HxCall *call);
/* NULL on public routes when nobody is logged in. */
const HxIdentity *hx_call_identity (const HxCall *call);
/* The same with what the login asks besides. */
const HxVisitor *hx_call_visitor (const HxCall *call);
HxSessions *hx_call_sessions (const HxCall *call);
HxCatalogue *hx_call_catalogue (const HxCall *call);
HxStore *hx_call_store (const HxCall *call);
/* Opened at the first call, of one moment until a write of this call. */
HxConnection *hx_call_connection (HxCall *call, GError **error);
/* The day it is: today, or that of `serve --today`. */
HxDate hx_call_today (const HxCall *call);
/* The year that the user works on: `year` of the query where the route has it,
 * else that of the session, else that of today. */
int hx_call_year (const HxCall *call);
/* The last day that counts in that year: its end, or today when it is this
 * year. */
HxDate hx_call_as_of (const HxCall *call);
/* Came from htmx: the part of the page with the id of HX-Target is enough. */
gboolean hx_call_is_part (const HxCall *call);
/* What each form of the session carries in its field "csrf", or a script in the
 * header X-CSRF-Token; "" when nobody is logged in.  Another text in every
 * reply that means the same, so that the size of a compressed page tells
 * nothing. */
const char *hx_call_csrf (const HxCall *call);
/* What the redirect before this page said, shown once; or NULL. */
const char *hx_call_said (HxCall *call);
/* Where files of the user's work are kept until they are used. */
const char *hx_call_folder (const HxCall *call);
/* The application, for a change of its catalogue. */
struct _HxApp *hx_call_app (const HxCall *call);

/* --------------------------------------------------------------- parameters */

/* NULL, 0 and year 0 when it is not there. */
const char *hx_call_text (const HxCall *call, const char *name);
gint64 hx_call_integer (const HxCall *call,
                        const char *name); /* ID, YEAR too */
HxDate hx_call_date (const HxCall *call, const char *name);
gboolean hx_call_bool (const HxCall *call, const char *name);
const HxKind *hx_call_kind (const HxCall *call, const char *name);
/* HX_MANY: NULL at the end, never NULL. */
const char *const *hx_call_texts (const HxCall *call, const char *name);
const HxUpload *hx_call_upload (const HxCall *call, const char *name);
const GPtrArray *hx_call_uploads (const HxCall *call); /* HxUpload */
/* HX_TYPE_VALUES: the cell for the key; NULL: it was not sent, "": emptied.
 * What came more than once is joined by ";". */
const char *hx_call_value (const HxCall *call, const char *key);
/* The keys that were sent, sorted; NULL at the end, never NULL. */
const char *const *hx_call_value_keys (const HxCall *call);

/* ------------------------------------------------------------------ writing */

gboolean hx_call_write (HxCall *call, HxLedgerFunc function, gpointer data,
                        GError **error);

/* ------------------------------------------------------------------ faults
 *
 * What is wrong with what the user sent: `field` is a parameter's name, or the
 * key of a field of the record, or NULL.  A handler that has named faults
 * returns hx_call_refuse, which is FALSE: a problem document with 422 and the
 * list; of a page, the handler shows its form again with hx_call_fault at each
 * field and hx_call_reply_page (call, html, 422) instead.
 */
void hx_call_add_fault (HxCall *call, const char *field, const char *text);
/* Of that field; NULL: those of none; NULL when there is none. */
const char *hx_call_fault (const HxCall *call, const char *field);
gboolean hx_call_has_faults (const HxCall *call);
gboolean hx_call_refuse (HxCall *call, GError **error);

/* ------------------------------------------------------------------ replies
 *
 * Each is the reply of the call; always TRUE, so that `return
 * hx_call_redirect (…);` reads as it acts.
 */

/* Takes the writer. */
gboolean hx_call_reply_html (HxCall *call, HxHtml *html, guint status);
/* JSON, from a HxJson's text; takes it. */
gboolean hx_call_reply_json (HxCall *call, GString *json, guint status);
/* `file_name` (may be NULL: shown in place) is what the user saves it as. */
gboolean hx_call_reply_bytes (HxCall *call, GBytes *bytes, const char *type,
                              const char *file_name);
gboolean hx_call_reply_file (HxCall *call, const char *path, const char *type,
                             const char *file_name, GError **error);
/* 303.  `said` (may be NULL) is shown on the next page. */
gboolean hx_call_redirect (HxCall *call, const char *url, const char *said);
void hx_call_header (HxCall *call, const char *name, const char *value);

/* ------------------------------------------------------------------- paging
 *
 * A list goes on behind a key, never from a number of rows.  A cursor holds
 * the values that the last row is sorted by and its id, signed.
 */
#define HX_PAGE_ROWS 50
#define HX_PAGE_ROWS_MAX 200

/* Of `values`, NULL at the end; the caller's. */
char *hx_cursor_new (const HxCall *call, const char *const *values);
/* NULL with *error when it is not one of this server; the caller's. */
char **hx_cursor_parse (const HxCall *call, const char *cursor, GError **error);

G_END_DECLS

#endif
