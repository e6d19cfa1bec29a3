/* Asking twice for one change: the header Idempotency-Key of a POST.
 *
 * The key belongs to the user and the route.  Within a day the same key with
 * the same body gets the reply that it got, with another body 422.  That the
 * key is used is written with the change itself, in one commit; the reply
 * follows in a commit of its own.  A server that ends between the two leaves a
 * key whose reply nobody knows: then the answer is 409, the change was made
 * and is to be looked up.  A call that failed has used no key. */
#include "server/call_internal.h"

#include <string.h>

#define KEY_MAX 200
#define KEPT_SECONDS (24 * 60 * 60)
#define REPLY_MAX (256 * 1024)
#define SQL_FIND                                                               \
  "SELECT body_digest, status, reply FROM idempotency "                        \
  "WHERE bureau_id = ?1 AND key_digest = ?2 AND at > ?3"
#define SQL_FORGET "DELETE FROM idempotency WHERE bureau_id = ?1 AND at <= ?2"
#define SQL_RESERVE                                                            \
  "INSERT INTO idempotency "                                                   \
  "(bureau_id, key_digest, at, body_digest, status, reply) "                   \
  "VALUES (?1, ?2, ?3, ?4, 0, '')"
#define SQL_FINISH                                                             \
  "UPDATE idempotency SET status = ?3, reply = ?4 "                            \
  "WHERE bureau_id = ?1 AND key_digest = ?2"

static gint64
seconds_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
digest_call (HxCall *call, const char *key)
{
  g_autofree char *whose = g_strdup_printf (
      "%" G_GINT64_FORMAT "\n%s\n%s\n%s", call->identity->user_id,
      call->route->name, call->request->path, key);
  call->key_digest
      = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whose, -1);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  call->body_digest = g_compute_checksum_for_bytes (
      G_CHECKSUM_SHA256,
      call->request->body != NULL ? call->request->body : empty);
}

static gboolean
replay (HxCall *call, HxStatement *statement, GError **error)
{
  if (strcmp (hx_column_text (statement, 0), call->body_digest) != 0)
    return hx_status_fail (error, 422,
                           _ ("这个 Idempotency-Key 已用于另一个请求"));
  if (hx_column_integer (statement, 1) == 0)
    return hx_status_fail (error, 409,
                           _ ("这个请求已经做过，但答复没有留下：请查看结果"));
  hx_call_header (call, "Idempotent-Replayed", "true");
  return hx_call_reply_json (call, g_string_new (hx_column_text (statement, 2)),
                             (guint)hx_column_integer (statement, 1));
}

gboolean
hx_idempotency_begin (HxCall *call, GError **error)
{
  const char *key = hx_call_request_header (call, "idempotency-key");
  if (key == NULL || call->request->method != HX_METHOD_POST
      || !hx_call_is_api (call) || call->identity == NULL)
    return TRUE;
  if (key[0] == '\0' || strlen (key) > KEY_MAX)
    return hx_status_fail (error, 400,
                           _ ("Idempotency-Key 要有 1 到 200 个字符"));
  digest_call (call, key);
  HxConnection *connection = hx_call_connection (call, error);
  HxStatement *find
      = connection != NULL ? hx_statement (connection, SQL_FIND, error) : NULL;
  if (find == NULL)
    return FALSE;
  hx_bind_integer (find, 1, HX_BUREAU_ID);
  hx_bind_text (find, 2, call->key_digest, -1);
  hx_bind_integer (find, 3, seconds_now () - KEPT_SECONDS);
  const HxStep step = hx_step (find, error);
  if (step != HX_STEP_ROW)
    return step == HX_STEP_DONE;
  const gboolean done = replay (call, find, error);
  hx_statement_reset (find);
  return done;
}

static gboolean
forget_old (HxConnection *connection, GError **error)
{
  HxStatement *forget = hx_statement (connection, SQL_FORGET, error);
  if (forget == NULL)
    return FALSE;
  hx_bind_integer (forget, 1, HX_BUREAU_ID);
  hx_bind_integer (forget, 2, seconds_now () - KEPT_SECONDS);
  return hx_step_done (forget, error);
}

static gboolean
is_used (HxConnection *connection, const HxCall *call)
{
  HxStatement *find = hx_statement (connection, SQL_FIND, NULL);
  if (find == NULL)
    return FALSE;
  hx_bind_integer (find, 1, HX_BUREAU_ID);
  hx_bind_text (find, 2, call->key_digest, -1);
  hx_bind_integer (find, 3, 0);
  const gboolean used = hx_step (find, NULL) == HX_STEP_ROW;
  hx_statement_reset (find);
  return used;
}

gboolean
hx_idempotency_reserve (HxCall *call, HxConnection *connection, GError **error)
{
  if (call->key_digest == NULL || call->reserved)
    return TRUE;
  if (!forget_old (connection, error))
    return FALSE;
  if (is_used (connection, call))
    return hx_fail (error, HX_ERROR_CONFLICT,
                    _ ("同一个 Idempotency-Key 的请求正在办理"), NULL,
                    _ ("请稍后查看结果"));
  HxStatement *reserve = hx_statement (connection, SQL_RESERVE, error);
  if (reserve == NULL)
    return FALSE;
  hx_bind_integer (reserve, 1, HX_BUREAU_ID);
  hx_bind_text (reserve, 2, call->key_digest, -1);
  hx_bind_integer (reserve, 3, seconds_now ());
  hx_bind_text (reserve, 4, call->body_digest, -1);
  call->reserved = hx_step_done (reserve, error);
  return call->reserved;
}

static gboolean
keep_reply (HxConnection *connection, gpointer data, GError **error)
{
  const HxCall *call = data;
  gsize size = 0;
  const char *text = g_bytes_get_data (call->reply->body, &size);
  HxStatement *finish = hx_statement (connection, SQL_FINISH, error);
  if (finish == NULL)
    return FALSE;
  hx_bind_integer (finish, 1, HX_BUREAU_ID);
  hx_bind_text (finish, 2, call->key_digest, -1);
  hx_bind_integer (finish, 3, call->reply->status);
  hx_bind_text (finish, 4, text, (gssize)size);
  return hx_step_done (finish, error);
}

void
hx_idempotency_finish (HxCall *call)
{
  g_autoptr (GError) error = NULL;
  if (!call->reserved || call->reply->body == NULL
      || g_bytes_get_size (call->reply->body) > REPLY_MAX)
    return;
  if (!hx_write (hx_call_store (call), keep_reply, call, &error))
    g_info ("request %s: %s", call->request->id, error->message);
}
