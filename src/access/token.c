/* Revoking sessions; tokens. */
#include "access/session_internal.h"

/* ------------------------------------------------------------------ sessions
 */

static void
session_free (gpointer data)
{
  HxSession *session = data;

  g_free (session->login);
  g_free (session->name);
  g_free (session->agent);
  g_free (session->address);
  g_free (session);
}

static HxSession *
read_session (HxStatement *statement)
{
  HxSession *session = g_new0 (HxSession, 1);

  session->id = hx_column_integer (statement, 0);
  session->user_id = hx_column_integer (statement, 1);
  session->login = g_strdup (hx_column_text (statement, 2));
  session->name = g_strdup (hx_column_text (statement, 3));
  session->agent = g_strdup (hx_column_text (statement, 4));
  session->address = g_strdup (hx_column_text (statement, 5));
  session->created_at = hx_column_integer (statement, 6);
  session->seen_at = hx_column_integer (statement, 7);
  return session;
}

GPtrArray *
hx_sessions_list (HxSessions *sessions, HxConnection *connection,
                  gint64 user_id, GError **error)
{
  const HxAccessSettings settings = hx_sessions_settings (sessions);
  const gint64 now = hx_sessions_now (sessions);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (session_free);
  HxStatement *statement = hx_statement (
      connection,
      "SELECT s.id, s.user_id, a.login, a.name, s.agent_name, s.address,"
      " s.created_at, s.seen_at FROM user_session s JOIN user_account a"
      " ON a.bureau_id = s.bureau_id AND a.id = s.user_id"
      " WHERE s.bureau_id = ?1 AND (?2 = 0 OR s.user_id = ?2)"
      " AND s.wants_code = 0 AND s.seen_at > ?3 AND s.created_at > ?4"
      " ORDER BY s.seen_at DESC, s.id",
      error);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, user_id);
  hx_bind_integer (statement, 3, now - settings.idle_seconds - HX_SEEN_SECONDS);
  hx_bind_integer (statement, 4, now - settings.session_seconds);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_ptr_array_add (list, read_session (statement));
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

typedef struct
{
  const char *sql;
  const char *action;
  gint64 user_id, id;
  gboolean one; /* it must be there */
} Ending;

static gboolean
end_rows (HxLedger *ledger, gpointer data, GError **error)
{
  const Ending *ending = data;
  HxNote note = { ending->action, HX_SUBJECT_LOGIN, ending->user_id, NULL };
  gint64 changed = 0;

  if (!hx_access_run (hx_ledger_connection (ledger), ending->sql,
                      HX_INTEGERS (HX_BUREAU_ID, ending->user_id, ending->id),
                      &changed, error))
    return FALSE;
  if (changed == 0 && ending->one)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("它已经不在了"), NULL, NULL);
  return changed == 0 || hx_ledger_note (ledger, &note, error);
}

static gboolean
end_some (HxSessions *sessions, const HxAuthor *author, Ending ending,
          GError **error)
{
  return hx_sessions_write (sessions, author, end_rows, &ending, error);
}

gboolean
hx_sessions_end (HxSessions *sessions, const HxAuthor *author, gint64 user_id,
                 gint64 session_id, GError **error)
{
  return end_some (sessions, author,
                   (Ending){ "DELETE FROM user_session WHERE bureau_id = ?1"
                             " AND (?2 = 0 OR user_id = ?2) AND id = ?3",
                             "end", user_id, session_id, TRUE },
                   error);
}

gboolean
hx_sessions_end_all (HxSessions *sessions, const HxAuthor *author,
                     gint64 user_id, gint64 except, GError **error)
{
  return end_some (sessions, author,
                   (Ending){ "DELETE FROM user_session WHERE bureau_id = ?1"
                             " AND user_id = ?2 AND id <> ?3",
                             "end", user_id, except, FALSE },
                   error);
}

/* ------------------------------------------------------------------- tokens */

typedef struct
{
  const HxTokenNew *wanted;
  gint64 now, id;
  const char *token;
} Adding;

static gboolean
insert_token (HxConnection *connection, const Adding *adding, GError **error)
{
  const HxTokenNew *wanted = adding->wanted;
  g_autofree char *roles = hx_user_roles_text (wanted->roles);
  guint8 digest[HX_SHA256_SIZE];
  HxStatement *statement = hx_statement (
      connection,
      "INSERT INTO user_token (bureau_id, id, user_id, digest, label, roles,"
      " writes, created_at, ends_at, seen_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)",
      error);

  if (statement == NULL)
    return FALSE;
  hx_access_digest (adding->token, digest);
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, adding->id);
  hx_bind_integer (statement, 3, wanted->user_id);
  hx_bind_blob (statement, 4, digest, sizeof digest);
  hx_bind_text (statement, 5, wanted->label, -1);
  hx_bind_text (statement, 6, roles, -1);
  hx_bind_integer (statement, 7, wanted->writes != 0);
  hx_bind_integer (statement, 8, adding->now);
  hx_bind_integer (statement, 9, adding->now + wanted->days * 86400);
  return hx_step_done (statement, error);
}

static gboolean
add_token (HxLedger *ledger, gpointer data, GError **error)
{
  const Adding *adding = data;
  const HxTokenNew *wanted = adding->wanted;
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autoptr (HxAccount) account
      = hx_account_load (connection, wanted->user_id, error);
  HxNote note = { "token", HX_SUBJECT_LOGIN, wanted->user_id, NULL };

  if (account == NULL)
    return FALSE;
  if (account->disabled || (wanted->roles & ~account->roles) != 0)
    return hx_fail (error, HX_ERROR_DATA, _ ("令牌不能有用户自己没有的角色"),
                    account->login, NULL);
  return insert_token (connection, adding, error)
         && hx_ledger_note (ledger, &note, error);
}

gboolean
hx_token_add (HxSessions *sessions, const HxAuthor *author,
              const HxTokenNew *wanted, char **token, GError **error)
{
  const HxAccessSettings settings = hx_sessions_settings (sessions);
  g_autofree char *secret = hx_access_secret ();
  g_autofree char *made = g_strconcat (HX_TOKEN_PREFIX, secret, NULL);
  Adding adding
      = { wanted, hx_sessions_now (sessions), hx_sessions_random_id (), made };

  if (wanted->label == NULL || !hx_text_is_valid (wanted->label, -1)
      || *wanted->label == '\0' || g_utf8_strlen (wanted->label, -1) > 100)
    return hx_fail (error, HX_ERROR_DATA, _ ("写明令牌作什么用，最多 100 个字"),
                    NULL, NULL);
  if (wanted->days < 1 || wanted->days > settings.token_days_max)
    return hx_failf (error, HX_ERROR_DATA,
                     _ ("令牌的有效期是 1 到 %" G_GINT64_FORMAT " 天"),
                     settings.token_days_max);
  if (!hx_sessions_write (sessions, author, add_token, &adding, error))
    return FALSE;
  *token = g_steal_pointer (&made);
  return TRUE;
}

gboolean
hx_token_end (HxSessions *sessions, const HxAuthor *author, gint64 user_id,
              gint64 token_id, GError **error)
{
  return end_some (sessions, author,
                   (Ending){ "DELETE FROM user_token WHERE bureau_id = ?1"
                             " AND (?2 = 0 OR user_id = ?2) AND id = ?3",
                             "token end", user_id, token_id, TRUE },
                   error);
}

static void
token_free (gpointer data)
{
  HxToken *token = data;

  g_free (token->label);
  g_free (token);
}

static HxToken *
read_token (HxStatement *statement)
{
  HxToken *token = g_new0 (HxToken, 1);
  const char *roles = hx_column_text (statement, 3);

  token->id = hx_column_integer (statement, 0);
  token->user_id = hx_column_integer (statement, 1);
  token->label = g_strdup (hx_column_text (statement, 2));
  hx_user_roles_parse (roles != NULL ? roles : "", &token->roles, NULL);
  token->writes = hx_column_integer (statement, 4) != 0;
  token->created_at = hx_column_integer (statement, 5);
  token->ends_at = hx_column_integer (statement, 6);
  token->used_at = hx_column_integer (statement, 7);
  return token;
}

GPtrArray *
hx_tokens (HxSessions *sessions, HxConnection *connection, gint64 user_id,
           GError **error)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (token_free);
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT id, user_id, label, roles, writes, created_at,"
                      " ends_at, seen_at FROM user_token WHERE bureau_id = ?1"
                      " AND (?2 = 0 OR user_id = ?2) AND ends_at > ?3"
                      " ORDER BY created_at, id",
                      error);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, user_id);
  hx_bind_integer (statement, 3, hx_sessions_now (sessions));
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_ptr_array_add (tokens, read_token (statement));
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&tokens) : NULL;
}
