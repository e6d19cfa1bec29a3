/* Logging in.
 *
 * A try is counted before the password is looked at, in a write of its own: the
 * count is taken back when the password was right.  So a hundred tries that
 * come at once find the account locked after the fifth, as they would one after
 * the other.  A right password alone does not clear the count where a code is
 * asked for as well: else it would buy new tries at the code.
 */
#include "access/code.h"
#include "access/session_internal.h"

#include <sodium.h>

#define AGENT_NAME_MAX 200

typedef struct
{
  const HxLogin *login;
  gint64 user_id; /* 0: by login->login */
  HxAccessSettings settings;
  gint64 now;
  HxAccount *account; /* NULL: none may try */
  gboolean locks;     /* the last try before the lock */
  char *cookie;       /* of the session to be made */
  char *hash;         /* the password kept anew, or NULL */
} Try;

static void
try_clear (Try *try)
{
  hx_account_free (try->account);
  g_free (try->cookie);
  g_free (try->hash);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Try, try_clear)

static HxAccount *
find_account (HxConnection *connection, const Try *try, GError **error)
{
  g_autoptr (GError) none = NULL;
  HxAccount *account
      = try->user_id != 0
            ? hx_account_load (connection, try->user_id, &none)
            : hx_account_find (connection, try->login->login, &none);

  if (none != NULL && !g_error_matches (none, HX_ERROR, HX_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&none));
  return account;
}

static gboolean
set_failures (HxConnection *connection, const HxAccount *account,
              GError **error)
{
  return hx_access_run (connection,
                        "UPDATE user_account SET failures = ?3,"
                        " locked_until = ?4 WHERE bureau_id = ?1 AND id = ?2",
                        HX_INTEGERS (HX_BUREAU_ID, account->id,
                                     account->failures, account->locked_until),
                        NULL, error);
}

/* FALSE: it is not to be tried. */
static gboolean
count_failure (const Try *try, HxAccount *account, gboolean *locks)
{
  if (account->disabled || *account->password == '\0'
      || try->now < account->locked_until)
    return FALSE;
  if (account->locked_until != 0)
    account->failures = 0;
  account->failures++;
  *locks = account->failures >= try->settings.login_failures;
  account->locked_until = *locks ? try->now + try->settings.lock_seconds : 0;
  return TRUE;
}

static gboolean
begin_try (HxConnection *connection, gpointer data, GError **error)
{
  Try *try = data;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (HxAccount) account = find_account (connection, try, &wrong);

  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  if (account == NULL || !count_failure (try, account, &try->locks))
    return TRUE;
  if (!set_failures (connection, account, error))
    return FALSE;
  try->account = g_steal_pointer (&account);
  return TRUE;
}

static gboolean
note_login (HxLedger *ledger, const Try *try, const char *action,
            GError **error)
{
  g_autoptr (GString) after = g_string_new (NULL);
  HxNote note = { action, HX_SUBJECT_LOGIN, try->account->id, NULL };
  HxJson json;

  hx_json_init (&json, after, FALSE);
  hx_json_object_begin (&json);
  if (try->login != NULL && try->login->address != NULL)
    hx_json_member (&json, "address", try->login->address);
  hx_json_object_end (&json);
  note.after = after->str;
  return hx_ledger_note (ledger, &note, error);
}

static gboolean
refuse_try (HxLedger *ledger, gpointer data, GError **error)
{
  const Try *try = data;

  return note_login (ledger, try, "refused", error)
         && (!try->locks || note_login (ledger, try, "lock", error));
}

/* ----------------------------------------------------------------- sessions */

gint64
hx_sessions_random_id (void)
{
  guint64 number;

  randombytes_buf (&number, sizeof number);
  return (gint64)(number >> 16) + 1;
}

/* Those that ended by themselves. */
static gboolean
purge_sessions (HxConnection *connection, const Try *try, GError **error)
{
  return hx_access_run (connection,
                        "DELETE FROM user_session WHERE bureau_id = ?1"
                        " AND (seen_at <= ?2 OR created_at <= ?3"
                        "  OR (wants_code = 1 AND created_at <= ?4))",
                        HX_INTEGERS (HX_BUREAU_ID,
                                     try->now - try->settings.idle_seconds,
                                     try->now - try->settings.session_seconds,
                                     try->now - HX_CODE_SECONDS),
                        NULL, error);
}

static gboolean
insert_session (HxConnection *connection, const Try *try, gboolean wants_code,
                GError **error)
{
  const char *agent = try->login->agent != NULL ? try->login->agent : "";
  g_autofree char *valid = g_utf8_make_valid (agent, -1);
  g_autofree char *name = g_utf8_substring (
      valid, 0, MIN (g_utf8_strlen (valid, -1), AGENT_NAME_MAX));
  guint8 digest[HX_SHA256_SIZE];
  guint8 bound[HX_SHA256_SIZE];
  HxStatement *statement = hx_statement (
      connection,
      "INSERT INTO user_session (bureau_id, id, user_id, digest, agent,"
      " agent_name, address, wants_code, created_at, seen_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
      error);

  if (statement == NULL)
    return FALSE;
  hx_access_digest (try->cookie, digest);
  hx_access_digest (agent, bound);
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, hx_sessions_random_id ());
  hx_bind_integer (statement, 3, try->account->id);
  hx_bind_blob (statement, 4, digest, sizeof digest);
  hx_bind_blob (statement, 5, bound, sizeof bound);
  hx_bind_text (statement, 6, name, -1);
  hx_bind_text (statement, 7, try->login->address, -1);
  hx_bind_integer (statement, 8, wants_code);
  hx_bind_integer (statement, 9, try->now);
  return hx_step_done (statement, error);
}

static gboolean
keep_anew (HxLedger *ledger, const Try *try, GError **error)
{
  HxStatement *statement;

  if (try->hash == NULL)
    return TRUE;
  statement = hx_statement (hx_ledger_connection (ledger),
                            "UPDATE user_account SET password = ?3"
                            " WHERE bureau_id = ?1 AND id = ?2",
                            error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, try->account->id);
  hx_bind_text (statement, 3, try->hash, -1);
  return hx_step_done (statement, error)
         && hx_account_note (ledger, try->account->id, "rehash", error);
}

/* The password was right: the count goes back by one, or to nothing. */
static gboolean
clear_failures (HxConnection *connection, HxAccount *account, GError **error)
{
  account->failures = account->has_code ? account->failures - 1 : 0;
  account->locked_until = 0;
  return set_failures (connection, account, error);
}

/* The account may have changed since the password was looked at. */
static gboolean
is_the_same (HxConnection *connection, const Try *try)
{
  g_autoptr (HxAccount) now
      = hx_account_load (connection, try->account->id, NULL);

  return now != NULL && !now->disabled
         && g_str_equal (now->password, try->account->password);
}

static gboolean
let_in (HxLedger *ledger, gpointer data, GError **error)
{
  Try *try = data;
  HxConnection *connection = hx_ledger_connection (ledger);

  if (!is_the_same (connection, try))
    {
      g_clear_pointer (&try->cookie, g_free);
      return TRUE;
    }
  return purge_sessions (connection, try, error)
         && clear_failures (connection, try->account, error)
         && insert_session (connection, try, try->account->has_code, error)
         && keep_anew (ledger, try, error)
         && (try->account->has_code
             || note_login (ledger, try, "login", error));
}

gboolean
hx_sessions_write (HxSessions *sessions, const HxAuthor *author,
                   HxAccessFunc function, gpointer data, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = hx_sessions_catalogue (sessions);
  HxAccessWrite write = { catalogue, author, function, data };
  const gboolean done = hx_access_write (sessions->store, &write, error);

  hx_sessions_forget (sessions);
  return done;
}

/* -------------------------------------------------------------------- login */

/* A name that nobody has takes as long as one that somebody has. */
static gboolean
is_right (HxSessions *sessions, const Try *try, const char *password)
{
  gboolean right;

  g_mutex_lock (&sessions->hashing);
  if (sessions->decoy == NULL)
    sessions->decoy = hx_password_hash ("", NULL);
  right = hx_password_verify (try->account != NULL      ? try->account->password
                              : sessions->decoy != NULL ? sessions->decoy
                                                        : "",
                              password);
  g_mutex_unlock (&sessions->hashing);
  return right && try->account != NULL;
}

static gboolean
prepare (HxSessions *sessions, Try *try, GError **error)
{
  if (!hx_sessions_refresh (sessions, error))
    return FALSE;
  try->settings = hx_sessions_settings (sessions);
  try->now = hx_sessions_now (sessions);
  return TRUE;
}

static gboolean
is_sane (const char *text)
{
  return text != NULL && hx_text_is_valid (text, -1)
         && strlen (text) <= HX_PASSWORD_MAX * 4;
}

/* The password is right: what else there is to do outside the write. */
static void
make_cookie (HxSessions *sessions, Try *try)
{
  try->cookie = hx_access_secret ();
  if (!hx_password_is_old (try->account->password))
    return;
  g_mutex_lock (&sessions->hashing);
  try->hash = hx_password_hash (try->login->password, NULL);
  g_mutex_unlock (&sessions->hashing);
}

gboolean
hx_sessions_login (HxSessions *sessions, const HxLogin *login,
                   HxLoginOutcome *outcome, char **cookie, GError **error)
{
  g_auto (Try) try = { .login = login };
  HxAuthor author = { .request = login->request };

  *outcome = HX_LOGIN_REFUSED;
  *cookie = NULL;
  if (!is_sane (login->login) || !is_sane (login->password))
    return TRUE;
  if (!prepare (sessions, &try, error)
      || !hx_write (sessions->store, begin_try, &try, error))
    return FALSE;
  if (!is_right (sessions, &try, login->password))
    {
      if (try.account == NULL)
        return TRUE;
      author.actor = try.account->login;
      return hx_sessions_write (sessions, &author, refuse_try, &try, error);
    }
  author.actor = try.account->login;
  make_cookie (sessions, &try);
  if (!hx_sessions_write (sessions, &author, let_in, &try, error))
    return FALSE;
  if (try.cookie != NULL)
    *outcome = try.account->has_code ? HX_LOGIN_CODE : HX_LOGIN_IN;
  *cookie = g_steal_pointer (&try.cookie);
  return TRUE;
}

static gboolean
reset_failures (HxConnection *connection, gpointer data, GError **error)
{
  Try *try = data;

  try->account->failures = 0;
  try->account->locked_until = 0;
  return set_failures (connection, try->account, error);
}

gboolean
hx_sessions_confirm (HxSessions *sessions, gint64 user_id, const char *password,
                     gboolean *right, GError **error)
{
  g_auto (Try) try = { .user_id = user_id };
  HxAuthor author = { 0 };

  *right = FALSE;
  if (!is_sane (password))
    return TRUE;
  if (!prepare (sessions, &try, error)
      || !hx_write (sessions->store, begin_try, &try, error))
    return FALSE;
  *right = is_right (sessions, &try, password);
  if (*right)
    return hx_write (sessions->store, reset_failures, &try, error);
  if (try.account == NULL)
    return TRUE;
  author.actor = try.account->login;
  return hx_sessions_write (sessions, &author, refuse_try, &try, error);
}

/* --------------------------------------------------------------------- code */

typedef struct
{
  Try try;
  const guint8 *digest, *agent;
  gint64 session_id;
  gboolean right;
} CodeTry;

/* Whose code is asked for; user_id stays 0 when the first step is over. */
static gboolean
find_first_step (HxConnection *connection, CodeTry *code, GError **error)
{
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT id, user_id, agent FROM user_session"
                      " WHERE bureau_id = ?1 AND digest = ?2"
                      " AND wants_code = 1 AND created_at > ?3",
                      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_blob (statement, 2, code->digest, HX_SHA256_SIZE);
  hx_bind_integer (statement, 3, code->try.now - HX_CODE_SECONDS);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW && hx_column_size (statement, 2) == HX_SHA256_SIZE
      && memcmp (hx_column_blob (statement, 2), code->agent, HX_SHA256_SIZE)
             == 0)
    {
      code->session_id = hx_column_integer (statement, 0);
      code->try.user_id = hx_column_integer (statement, 1);
    }
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static gboolean
end_first_step (HxConnection *connection, const CodeTry *code, GError **error)
{
  return hx_access_run (connection,
                        "DELETE FROM user_session"
                        " WHERE bureau_id = ?1 AND id = ?2",
                        HX_INTEGERS (HX_BUREAU_ID, code->session_id), NULL,
                        error);
}

static gboolean
take_code (HxLedger *ledger, CodeTry *code, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  Try *try = &code->try;

  if (!hx_code_use (ledger, try->user_id, try->login->password, try->now,
                    &code->right, error))
    return FALSE;
  if (!code->right)
    return set_failures (connection, try->account, error)
           && (!try->locks || end_first_step (connection, code, error))
           && refuse_try (ledger, try, error);
  return reset_failures (connection, try, error)
         && end_first_step (connection, code, error)
         && insert_session (connection, try, FALSE, error)
         && note_login (ledger, try, "login", error);
}

static gboolean
try_code (HxLedger *ledger, gpointer data, GError **error)
{
  CodeTry *code = data;
  Try *try = &code->try;
  HxConnection *connection = hx_ledger_connection (ledger);

  if (!find_first_step (connection, code, error))
    return FALSE;
  if (try->user_id == 0)
    return TRUE;
  try->account = hx_account_load (connection, try->user_id, error);
  if (try->account == NULL)
    return FALSE;
  if (!count_failure (try, try->account, &try->locks))
    return TRUE;
  return take_code (ledger, code, error);
}

static gboolean
run_code (HxSessions *sessions, CodeTry *code, const HxLogin *login,
          GError **error)
{
  const HxAuthor author
      = { login->login != NULL ? login->login : "-", login->request };

  code->try.cookie = hx_access_secret ();
  return prepare (sessions, &code->try, error)
         && hx_sessions_write (sessions, &author, try_code, code, error);
}

gboolean
hx_sessions_code (HxSessions *sessions, const char *old, const HxLogin *login,
                  HxLoginOutcome *outcome, char **cookie, GError **error)
{
  guint8 digest[HX_SHA256_SIZE];
  guint8 agent[HX_SHA256_SIZE];
  CodeTry code
      = { .try = { .login = login }, .digest = digest, .agent = agent };
  gboolean done;

  *outcome = HX_LOGIN_REFUSED;
  *cookie = NULL;
  if (old == NULL || !is_sane (login->password))
    return TRUE;
  hx_access_digest (old, digest);
  hx_access_digest (login->agent != NULL ? login->agent : "", agent);
  done = run_code (sessions, &code, login, error);
  if (done && code.right)
    {
      *outcome = HX_LOGIN_IN;
      *cookie = g_steal_pointer (&code.try.cookie);
    }
  try_clear (&code.try);
  return done;
}
