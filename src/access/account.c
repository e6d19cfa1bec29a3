/* Accounts: reading them, and every way in which they change. */
#include "access/access_internal.h"

#define COLUMNS                                                                \
  "id, login, name, roles, unit_id, password, must_change, disabled,"          \
  " totp IS NOT NULL AND totp_step >= 0, failures, locked_until, created_at"

void
hx_account_free (HxAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->login);
  g_free (account->name);
  g_free (account->password);
  g_free (account);
}

static HxAccount *
read_account (HxStatement *statement)
{
  HxAccount *account = g_new0 (HxAccount, 1);
  const char *roles = hx_column_text (statement, 3);

  account->id = hx_column_integer (statement, 0);
  account->login = g_strdup (hx_column_text (statement, 1));
  account->name = g_strdup (hx_column_text (statement, 2));
  hx_user_roles_parse (roles != NULL ? roles : "", &account->roles, NULL);
  account->unit_id = hx_column_integer (statement, 4);
  account->password = g_strdup (hx_column_text (statement, 5));
  account->must_change = hx_column_integer (statement, 6) != 0;
  account->disabled = hx_column_integer (statement, 7) != 0;
  account->has_code = hx_column_integer (statement, 8) != 0;
  account->failures = hx_column_integer (statement, 9);
  account->locked_until = hx_column_integer (statement, 10);
  account->created_at = hx_column_integer (statement, 11);
  return account;
}

/* NULL without *error: there is none. */
static HxAccount *
read_one (HxStatement *statement, GError **error)
{
  HxAccount *account = NULL;

  if (hx_step (statement, error) == HX_STEP_ROW)
    account = read_account (statement);
  hx_statement_reset (statement);
  return account;
}

HxAccount *
hx_account_load (HxConnection *connection, gint64 id, GError **error)
{
  HxStatement *statement = hx_statement (connection,
                                         "SELECT " COLUMNS " FROM user_account"
                                         " WHERE bureau_id = ?1 AND id = ?2",
                                         error);
  g_autoptr (GError) wrong = NULL;
  HxAccount *account;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  account = read_one (statement, &wrong);
  if (wrong != NULL)
    g_propagate_error (error, g_steal_pointer (&wrong));
  else if (account == NULL)
    hx_failf (error, HX_ERROR_NOT_FOUND, _ ("没有编号 %ld 的用户"), (long)id);
  return account;
}

HxAccount *
hx_account_find (HxConnection *connection, const char *login, GError **error)
{
  HxStatement *statement = hx_statement (connection,
                                         "SELECT " COLUMNS " FROM user_account"
                                         " WHERE bureau_id = ?1 AND login = ?2",
                                         error);
  g_autofree char *small = g_ascii_strdown (login, -1);
  g_autoptr (GError) wrong = NULL;
  HxAccount *account;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, small, -1);
  account = read_one (statement, &wrong);
  if (wrong != NULL)
    g_propagate_error (error, g_steal_pointer (&wrong));
  else if (account == NULL)
    hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个用户"), login, NULL);
  return account;
}

static void
free_account (gpointer account)
{
  hx_account_free (account);
}

GPtrArray *
hx_accounts (HxConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) accounts
      = g_ptr_array_new_with_free_func (free_account);
  HxStatement *statement = hx_statement (connection,
                                         "SELECT " COLUMNS " FROM user_account"
                                         " WHERE bureau_id = ?1 ORDER BY login",
                                         error);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_ptr_array_add (accounts, read_account (statement));
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&accounts) : NULL;
}

/* ------------------------------------------------------------------- checks */

static gboolean
check_login (const char *login, GError **error)
{
  const gsize size = strlen (login);
  gboolean good
      = size >= 2 && size <= HX_LOGIN_MAX && g_ascii_islower (login[0]);

  for (gsize i = 0; i < size && good; i++)
    good = g_ascii_islower (login[i]) || g_ascii_isdigit (login[i])
           || strchr ("._-", login[i]) != NULL;
  if (good)
    return TRUE;
  return hx_fail (error, HX_ERROR_DATA, _ ("账号写得不对"), login,
                  _ ("用 2 到 32 个小写字母、数字、点、横线，字母开头"));
}

static gboolean
check_name (const char *name, GError **error)
{
  const glong length
      = hx_text_is_valid (name, -1) ? g_utf8_strlen (name, -1) : 0;

  if (length >= 1 && length <= HX_USER_NAME_MAX)
    return TRUE;
  return hx_fail (error, HX_ERROR_DATA, _ ("姓名要有 1 到 30 个字"), name,
                  NULL);
}

static gboolean
check_unit (HxConnection *connection, gint64 unit_id, GError **error)
{
  g_autofree char *name = NULL;

  if (unit_id == 0)
    return TRUE;
  name = hx_unit_name (connection, unit_id, error);
  return name != NULL;
}

/* Without one of each, nobody could undo it. */
static gboolean
check_last (HxConnection *connection, const HxAccount *account, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  const HxUserRoles role = account->roles & HX_USER_ADMINISTRATORS;
  guint others = 0;

  if (role == 0 || account->disabled)
    return TRUE;
  if ((all = hx_accounts (connection, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const HxAccount *other = all->pdata[i];

      others += other->id != account->id && !other->disabled
                && (other->roles & role) != 0;
    }
  if (others > 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_CONFLICT, _ ("这是最后一名能用的这种管理员"),
                  account->login, _ ("先另设一名"));
}

/* ----------------------------------------------------------------- changing */

/* What the log says an account is. */
static char *
describe (HxStatement *statement)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint8 digest[HX_SHA256_SIZE];
  char hex[HX_DIGEST_HEX_SIZE];
  HxJson json;

  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "login", hx_column_text (statement, 0));
  hx_json_member (&json, "name", hx_column_text (statement, 1));
  hx_json_member (&json, "roles", hx_column_text (statement, 2));
  hx_json_member_integer (&json, "unit", hx_column_integer (statement, 3));
  hx_json_member_integer (&json, "disabled", hx_column_integer (statement, 4));
  for (int column = 5; column < 7; column++)
    {
      if (hx_column_is_null (statement, column))
        continue;
      hx_access_digest (hx_column_text (statement, column), digest);
      hx_digest_hex (digest, hex);
      hx_json_member (&json, column == 5 ? "password" : "code", hex);
    }
  hx_json_object_end (&json);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char description_sql[]
    = "SELECT login, name, roles, unit_id, disabled, password,"
      " CASE WHEN totp_step >= 0 THEN totp END FROM user_account WHERE "
      "bureau_id = ?1 AND id = ?2";

static gboolean
describe_account (HxConnection *connection, gint64 id, char **text,
                  GError **error)
{
  HxStatement *statement = hx_statement (connection, description_sql, error);
  HxStep step;

  *text = NULL;
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *text = describe (statement);
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

gboolean
hx_account_note (HxLedger *ledger, gint64 id, const char *action,
                 GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autofree char *after = NULL;
  HxNote note = { action, HX_SUBJECT_USER, id, NULL };

  if (!describe_account (connection, id, &after, error))
    return FALSE;
  note.after = after;
  return hx_ledger_note (ledger, &note, error)
         && hx_access_touch (connection, error);
}

static gboolean
insert_account (HxConnection *connection, const HxAccountNew *account,
                gint64 id, GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "INSERT INTO user_account (bureau_id, id, login, name, roles, unit_id,"
      " password, must_change, disabled, failures, locked_until, totp,"
      " totp_step, created_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, 0, 0, 0, NULL, 0, ?8)",
      error);
  g_autofree char *roles = hx_user_roles_text (account->roles);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  hx_bind_text (statement, 3, account->login, -1);
  hx_bind_text (statement, 4, account->name, -1);
  hx_bind_text (statement, 5, roles, -1);
  hx_bind_integer (statement, 6, account->unit_id);
  hx_bind_text (statement, 7, account->hash != NULL ? account->hash : "", -1);
  hx_bind_integer (statement, 8, g_get_real_time () / G_USEC_PER_SEC);
  return hx_step_done (statement, error);
}

static gboolean
refuse_twice (HxConnection *connection, const char *login, GError **error)
{
  g_autoptr (GError) none = NULL;
  g_autoptr (HxAccount) there = hx_account_find (connection, login, &none);

  if (there != NULL)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("已有这个账号"), login, NULL);
  if (g_error_matches (none, HX_ERROR, HX_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&none));
  return FALSE;
}

gboolean
hx_account_check_new (HxConnection *connection, const HxAccountNew *account,
                      GError **error)
{
  return check_login (account->login, error)
         && check_name (account->name, error)
         && hx_user_roles_check (account->roles, error)
         && check_unit (connection, account->unit_id, error)
         && refuse_twice (connection, account->login, error);
}

gboolean
hx_account_check_roles (HxConnection *connection, gint64 id, HxUserRoles roles,
                        GError **error)
{
  g_autoptr (HxAccount) account = hx_account_load (connection, id, error);

  return account != NULL
         && (roles == HX_USER_NOBODY || hx_user_roles_check (roles, error))
         && ((account->roles & HX_USER_ADMINISTRATORS & ~roles) == 0
             || check_last (connection, account, error));
}

gboolean
hx_account_add (HxLedger *ledger, const HxAccountNew *account, gint64 *id,
                GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);

  if (!hx_account_check_new (connection, account, error)
      || !hx_query_integer (connection, "SELECT max (id) FROM user_account", 0,
                            id, error))
    return FALSE;
  ++*id;
  return insert_account (connection, account, *id, error)
         && hx_account_note (ledger, *id, "add", error);
}

gboolean
hx_account_set_roles (HxLedger *ledger, gint64 id, HxUserRoles roles,
                      GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autofree char *text = hx_user_roles_text (roles);
  HxStatement *statement;

  if (!hx_user_roles_check (roles, error)
      || !hx_account_check_roles (connection, id, roles, error))
    return FALSE;
  statement = hx_statement (connection,
                            "UPDATE user_account SET roles = ?3"
                            " WHERE bureau_id = ?1 AND id = ?2",
                            error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  hx_bind_text (statement, 3, text, -1);
  return hx_step_done (statement, error)
         && hx_account_note (ledger, id, "roles", error);
}

gboolean
hx_account_set_unit (HxLedger *ledger, gint64 id, gint64 unit_id,
                     GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autoptr (HxAccount) account = hx_account_load (connection, id, error);

  return account != NULL && check_unit (connection, unit_id, error)
         && hx_access_run (connection,
                           "UPDATE user_account SET unit_id = ?3"
                           " WHERE bureau_id = ?1 AND id = ?2",
                           HX_INTEGERS (HX_BUREAU_ID, id, unit_id), NULL, error)
         && hx_account_note (ledger, id, "unit", error);
}

static gboolean
end_everything (HxConnection *connection, gint64 id, GError **error)
{
  const HxIntegers both = HX_INTEGERS (HX_BUREAU_ID, id);

  return hx_access_run (connection,
                        "DELETE FROM user_session"
                        " WHERE bureau_id = ?1 AND user_id = ?2",
                        both, NULL, error)
         && hx_access_run (connection,
                           "DELETE FROM user_token"
                           " WHERE bureau_id = ?1 AND user_id = ?2",
                           both, NULL, error);
}

gboolean
hx_account_set_disabled (HxLedger *ledger, gint64 id, gboolean disabled,
                         GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autoptr (HxAccount) account = hx_account_load (connection, id, error);

  return account != NULL
         && (!disabled || check_last (connection, account, error))
         && hx_access_run (connection,
                           "UPDATE user_account SET disabled = ?3,"
                           " failures = 0, locked_until = 0"
                           " WHERE bureau_id = ?1 AND id = ?2",
                           HX_INTEGERS (HX_BUREAU_ID, id, disabled != 0), NULL,
                           error)
         && (!disabled || end_everything (connection, id, error))
         && hx_account_note (ledger, id, disabled ? "disable" : "enable",
                             error);
}

gboolean
hx_account_set_password (HxLedger *ledger, gint64 id, const char *hash,
                         gboolean must_change, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_autoptr (HxAccount) account = hx_account_load (connection, id, error);
  HxStatement *statement;

  if (account == NULL)
    return FALSE;
  statement = hx_statement (connection,
                            "UPDATE user_account SET password = ?3,"
                            " must_change = ?4, failures = 0, locked_until = 0"
                            " WHERE bureau_id = ?1 AND id = ?2",
                            error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  hx_bind_text (statement, 3, hash, -1);
  hx_bind_integer (statement, 4, must_change);
  return hx_step_done (statement, error)
         && hx_access_run (connection,
                           "DELETE FROM user_session"
                           " WHERE bureau_id = ?1 AND user_id = ?2",
                           HX_INTEGERS (HX_BUREAU_ID, id), NULL, error)
         && hx_account_note (ledger, id, "password", error);
}

/* ------------------------------------------------------------------- verify */

static gboolean
log_says (HxConnection *connection, gint64 id, char **text, GError **error)
{
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT after FROM change_log WHERE bureau_id = ?1"
                      " AND kind = '" HX_SUBJECT_USER "' AND row = ?2"
                      " ORDER BY seq DESC LIMIT 1",
                      error);
  HxStep step;

  *text = NULL;
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *text = g_strdup (hx_column_text (statement, 0));
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static void
tell (HxFindingFunc function, gpointer data, gint64 id)
{
  g_autofree char *finding = g_strdup_printf (
      _ ("用户 %ld 与变更日志不符: 有人绕过程序改了账号"), (long)id);

  function (finding, data);
}

static gboolean
verify_one (HxConnection *connection, gint64 id, gboolean *holds,
            GError **error)
{
  g_autofree char *now = NULL;
  g_autofree char *said = NULL;

  if (!describe_account (connection, id, &now, error)
      || !log_says (connection, id, &said, error))
    return FALSE;
  *holds = g_strcmp0 (now, said) == 0;
  return TRUE;
}

gboolean
hx_access_verify (HxConnection *connection, HxFindingFunc function,
                  gpointer data, GError **error)
{
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (HxStatement) ids = NULL;
  HxStep step;

  if (!hx_table_columns (connection, "user_account", &columns, error))
    return FALSE;
  if (columns->len == 0)
    return TRUE;
  ids = hx_statement_new (connection,
                          "SELECT id FROM user_account UNION"
                          " SELECT row FROM change_log WHERE bureau_id = ?1"
                          " AND kind = '" HX_SUBJECT_USER "' ORDER BY 1",
                          error);
  if (ids == NULL)
    return FALSE;
  hx_bind_integer (ids, 1, HX_BUREAU_ID);
  while ((step = hx_step (ids, error)) == HX_STEP_ROW)
    {
      const gint64 id = hx_column_integer (ids, 0);
      gboolean holds = FALSE;

      if (!verify_one (connection, id, &holds, error))
        return FALSE;
      if (!holds)
        tell (function, data, id);
    }
  return step == HX_STEP_DONE;
}
