/* Accounts, sessions, tokens and changes by the API. */
#include "server/account_part.h"

#include "access/change.h"
#include "access/unmask.h"

#include <string.h>

/* -------------------------------------------------------------------- shapes
 */

static void
write_roles (HxJson *json, HxUserRoles roles)
{
  hx_json_key (json, "roles");
  hx_json_array_begin (json);
  for (guint i = 0; i < HX_USER_ROLES; i++)
    if (roles & 1u << i)
      hx_json_string (json, hx_user_role_key (i));
  hx_json_array_end (json);
}

static void
write_bool (HxJson *json, const char *key, gboolean value)
{
  hx_json_key (json, key);
  hx_json_bool (json, value);
}

/* Seconds since 1970 as a moment of UTC, null for 0. */
static void
write_moment (HxJson *json, const char *key, gint64 seconds)
{
  g_autoptr (GDateTime) moment
      = seconds > 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;
  g_autofree char *text
      = moment != NULL ? g_date_time_format_iso8601 (moment) : NULL;

  hx_json_member (json, key, text);
}

static void
write_session (HxJson *json, gpointer item)
{
  const HxSession *session = item;

  hx_json_member_integer (json, "id", session->id);
  hx_json_member (json, "login", session->login);
  hx_json_member (json, "agent", session->agent);
  hx_json_member (json, "address", session->address);
  write_moment (json, "created_at", session->created_at);
  write_moment (json, "seen_at", session->seen_at);
}

static void
write_token (HxJson *json, gpointer item)
{
  const HxToken *token = item;

  hx_json_member_integer (json, "id", token->id);
  hx_json_member (json, "label", token->label);
  write_roles (json, token->roles);
  write_bool (json, "writes", token->writes);
  write_moment (json, "created_at", token->created_at);
  write_moment (json, "ends_at", token->ends_at);
  write_moment (json, "used_at", token->used_at);
}

static void
write_account (HxJson *json, gpointer item)
{
  const HxAccount *account = item;

  hx_json_member_integer (json, "id", account->id);
  hx_json_member (json, "login", account->login);
  hx_json_member (json, "name", account->name);
  write_roles (json, account->roles);
  hx_json_member_integer (json, "unit", account->unit_id);
  write_bool (json, "disabled", account->disabled);
  write_bool (json, "must_change", account->must_change);
  write_bool (json, "one_time_code", account->has_code);
  write_moment (json, "created_at", account->created_at);
}

static void
write_change (HxJson *json, gpointer item)
{
  const HxChange *change = item;

  hx_json_member_integer (json, "id", change->id);
  hx_json_member (json, "what", hx_change_name (change->what));
  hx_json_member (json, "login", change->login);
  hx_json_member (json, "name", change->name);
  hx_json_member (json, "text", change->text);
  hx_json_member (json, "reason", change->reason);
  hx_json_member (json, "asked_by", change->asker);
  write_moment (json, "asked_at", change->asked_at);
  hx_json_member (json, "state", change->state);
  hx_json_member (json, "answered_by", change->answerer);
  write_moment (json, "answered_at", change->answered_at);
  hx_json_member (json, "answer", change->answer);
}

typedef void (*WriteItem) (HxJson *json, gpointer item);

/* FALSE when the list is NULL. */
static gboolean
reply_list (HxCall *call, const GPtrArray *list, WriteItem write)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  if (list == NULL)
    return FALSE;
  hx_json_init (&json, out, FALSE);
  hx_json_array_begin (&json);
  for (guint i = 0; i < list->len; i++)
    {
      hx_json_object_begin (&json);
      write (&json, list->pdata[i]);
      hx_json_object_end (&json);
    }
  hx_json_array_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

/* {"KEY": TEXT} */
static gboolean
reply_text (HxCall *call, const char *key, const char *text, guint status)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, key, text);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), status);
}

/* --------------------------------------------------------------- one's own
 */

static HxAuthor
author_of (const HxCall *call)
{
  return (HxAuthor){ hx_call_identity (call)->login,
                     hx_call_request (call)->id };
}

static gboolean
account_show (HxCall *call, GError **error)
{
  const HxIdentity *identity = hx_call_identity (call);
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  (void)error;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "login", identity->login);
  hx_json_member (&json, "name", identity->name);
  write_roles (&json, identity->roles);
  hx_json_member_integer (&json, "unit", identity->unit_id);
  hx_json_member (&json, "unit_name", identity->unit_name);
  write_bool (&json, "reads_only", identity->reads_only);
  hx_json_object_end (&json);
  return hx_call_reply_json (call, g_steal_pointer (&out), 200);
}

static gboolean
sessions_list (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) list
      = connection != NULL
            ? hx_sessions_list (hx_call_sessions (call), connection,
                                hx_call_identity (call)->user_id, error)
            : NULL;

  return reply_list (call, list, write_session);
}

static gboolean
session_delete (HxCall *call, GError **error)
{
  const HxAuthor author = author_of (call);

  return hx_sessions_end (hx_call_sessions (call), &author,
                          hx_call_identity (call)->user_id,
                          hx_call_integer (call, "id"), error)
         && reply_text (call, "state", "ended", 200);
}

static gboolean
tokens_list (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) list
      = connection != NULL ? hx_tokens (hx_call_sessions (call), connection,
                                        hx_call_identity (call)->user_id, error)
                           : NULL;

  return reply_list (call, list, write_token);
}

/* A token never makes another: who stole one could outlive its end. */
static gboolean
token_create (HxCall *call, GError **error)
{
  const HxIdentity *identity = hx_call_identity (call);
  const HxAuthor author = author_of (call);
  const HxTokenNew wanted = { .user_id = identity->user_id,
                              .label = hx_call_text (call, "label"),
                              .roles = hx_roles_sent (call),
                              .writes = hx_call_bool (call, "writes"),
                              .days = hx_call_integer (call, "days") };
  g_autofree char *token = NULL;

  if (identity->token_id != 0)
    return hx_fail (error, HX_ERROR_CONFLICT,
                    _ ("令牌不能生成令牌，请登录后生成"), NULL, NULL);
  return hx_token_add (hx_call_sessions (call), &author, &wanted, &token, error)
         && reply_text (call, "token", token, 201);
}

static gboolean
token_delete (HxCall *call, GError **error)
{
  const HxAuthor author = author_of (call);

  return hx_token_end (hx_call_sessions (call), &author,
                       hx_call_identity (call)->user_id,
                       hx_call_integer (call, "id"), error)
         && reply_text (call, "state", "ended", 200);
}

/* ------------------------------------------------------------ administrators
 */

static gboolean
users_list (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) list
      = connection != NULL ? hx_accounts (connection, error) : NULL;

  return reply_list (call, list, write_account);
}

static gboolean
changes_list (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) list
      = connection != NULL
            ? hx_change_list (connection, hx_call_bool (call, "waiting"), error)
            : NULL;

  return reply_list (call, list, write_change);
}

typedef struct
{
  const HxIdentity *who;
  gint64 id;
  gboolean confirmed;
  const char *answer;
} Answer;

static gboolean
give_answer (HxLedger *ledger, gpointer data, GError **error)
{
  const Answer *answer = data;

  return hx_change_answer (ledger, answer->who, answer->id, answer->confirmed,
                           answer->answer, error);
}

static gboolean
change_answer (HxCall *call, GError **error)
{
  Answer answer
      = { .who = hx_call_identity (call),
          .id = hx_call_integer (call, "id"),
          .confirmed = strcmp (hx_call_text (call, "confirm"), "yes") == 0,
          .answer = hx_call_text (call, "answer") };
  gboolean done = FALSE;

  if (!hx_account_write (call, give_answer, &answer, &done, error))
    return FALSE;
  if (!done)
    return hx_call_refuse (call, error);
  return reply_text (call, "state", answer.confirmed ? "done" : "refused", 200);
}

/* -------------------------------------------------------------------- unmask
 */

typedef struct
{
  const HxIdentity *identity;
  HxUnmask wanted;
  GPtrArray *values;
} Asking;

static gboolean
unmask (HxLedger *ledger, gpointer data, GError **error)
{
  Asking *asking = data;

  return hx_unmask (ledger, asking->identity, &asking->wanted, &asking->values,
                    error);
}

static gboolean
unmask_create (HxCall *call, GError **error)
{
  const HxKind *kind = hx_call_kind (call, "kind");
  const HxField *field = hx_kind_field (kind, hx_call_text (call, "field"));
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = NULL;
  Asking asking = { .identity = hx_call_identity (call),
                    .wanted = { .kind = kind,
                                .id = hx_call_integer (call, "id"),
                                .fields = fields,
                                .reason = hx_call_text (call, "reason") } };
  gboolean done;

  if (field == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一项"), NULL, NULL);
  g_ptr_array_add (fields, (gpointer)(guintptr)field);
  done = hx_call_write (call, unmask, &asking, error);
  values = asking.values;
  return done && reply_text (call, "value", values->pdata[0], 200);
}

/* ------------------------------------------------------------------- routes
 */

static const HxParameter one_session[] = { HX_PART_ID (N_ ("登录")), { 0 } };
static const HxParameter one_token[] = { HX_PART_ID (N_ ("令牌")), { 0 } };
static const HxParameter token_sent[] = {
  HX_PART_TEXT ("label", HX_IN_FORM, HX_REQUIRED, 100, N_ ("用途")),
  { "days", HX_IN_FORM, HX_TYPE_INTEGER, HX_REQUIRED, 1, 3660, NULL,
    N_ ("多少天有效") },
  { "writes", HX_IN_FORM, HX_TYPE_BOOL, 0, 0, 0, NULL, N_ ("也可以改数据") },
  { "roles", HX_IN_FORM, HX_TYPE_CHOICE, HX_MANY, 0, 0,
    "system|security|audit|liaison|clerk|finance|section|bureau|reviewer|"
    "reader",
    N_ ("角色") },
  { 0 },
};
static const HxParameter changes_shown[] = {
  { "waiting", HX_IN_QUERY, HX_TYPE_BOOL, 0, 0, 0, NULL, N_ ("只要未答复的") },
  { 0 },
};
static const HxParameter answer_sent[] = {
  HX_PART_ID (N_ ("申请")),
  { "confirm", HX_IN_FORM, HX_TYPE_CHOICE, HX_REQUIRED, 0, 0, "yes|no",
    N_ ("怎么答复") },
  HX_PART_TEXT ("answer", HX_IN_FORM, 0, HX_CHANGE_REASON_MAX,
                N_ ("驳回的原因")),
  { 0 },
};
static const HxParameter unmask_sent[] = {
  { "kind", HX_IN_FORM, HX_TYPE_KIND, HX_REQUIRED, 0, 0, NULL, N_ ("台账") },
  { "id", HX_IN_FORM, HX_TYPE_ID, HX_REQUIRED, 0, 0, NULL, N_ ("记录号") },
  HX_PART_TEXT ("field", HX_IN_FORM, HX_REQUIRED, 60, N_ ("字段")),
  HX_PART_TEXT ("reason", HX_IN_FORM, HX_REQUIRED, 200, N_ ("理由")),
  { 0 },
};

#define API "/api/v1"
#define ROUTE(method, path, name, summary, roles, parameters, handler,         \
              answers)                                                         \
  {                                                                            \
    HX_METHOD_##method, API path, name, summary, roles, HX_ROUTE_API,          \
        parameters, handler, 0, answers                                        \
  }

const HxRoute hx_routes_api_account[] = {
  ROUTE (GET, "/account", "account_show", N_ ("我的账号"), HX_USER_ANYBODY,
         NULL, account_show, N_ ("登录的人、角色和机构")),
  ROUTE (GET, "/account/sessions", "sessions_list", N_ ("自己的登录"),
         HX_USER_ANYBODY, NULL, sessions_list, N_ ("最近用过的在前")),
  ROUTE (DELETE, "/account/sessions/{id}", "session_delete",
         N_ ("结束自己的一处登录"), HX_USER_ANYBODY, one_session,
         session_delete, N_ ("state：ended")),
  ROUTE (GET, "/account/tokens", "tokens_list", N_ ("自己的接口令牌"),
         HX_USER_ANYBODY, NULL, tokens_list, N_ ("有效的令牌，不含令牌本身")),
  ROUTE (POST, "/account/tokens", "token_create", N_ ("生成接口令牌"),
         HX_USER_ANYBODY, token_sent, token_create, N_ ("token：只出现这一次")),
  ROUTE (DELETE, "/account/tokens/{id}", "token_delete", N_ ("作废接口令牌"),
         HX_USER_ANYBODY, one_token, token_delete, N_ ("state：ended")),
  ROUTE (GET, "/users", "users_list", N_ ("用户"),
         HX_USER_SECURITY | HX_USER_AUDIT, NULL, users_list,
         N_ ("全部账号，按账号排列")),
  ROUTE (GET, "/changes", "changes_list", N_ ("待确认的改动"),
         HX_USER_ADMINISTRATORS, changes_shown, changes_list,
         N_ ("新的在前，最多 200 项")),
  ROUTE (POST, "/changes/{id}/answer", "change_answer_create",
         N_ ("确认或驳回改动"), HX_USER_ADMINISTRATORS, answer_sent,
         change_answer, N_ ("state：done 或 refused")),
  ROUTE (POST, "/unmask", "unmask_create", N_ ("查看遮住的内容"),
         HX_USER_PEOPLE | HX_USER_FINANCE, unmask_sent, unmask_create,
         N_ ("value：原文；这次查看已记下")),
  { 0 },
};
