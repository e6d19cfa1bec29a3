/* The tables of the room, its settings, and how it writes. */
#include "access/access_internal.h"

#include <sodium.h>

static const HxMigration migrations[] = {
  { 1, "CREATE TABLE user_account (bureau_id INTEGER NOT NULL,"
       " id INTEGER NOT NULL, login TEXT NOT NULL, name TEXT NOT NULL,"
       " roles TEXT NOT NULL, unit_id INTEGER NOT NULL,"
       " password TEXT NOT NULL, must_change INTEGER NOT NULL,"
       " disabled INTEGER NOT NULL, failures INTEGER NOT NULL,"
       " locked_until INTEGER NOT NULL, totp TEXT,"
       " totp_step INTEGER NOT NULL, created_at INTEGER NOT NULL,"
       " PRIMARY KEY (bureau_id, id)) $options;"
       "CREATE UNIQUE INDEX user_account_login ON user_account"
       " (bureau_id, login);"
       "CREATE TABLE user_session (bureau_id INTEGER NOT NULL,"
       " id INTEGER NOT NULL, user_id INTEGER NOT NULL,"
       " digest BLOB NOT NULL, agent BLOB NOT NULL, agent_name TEXT,"
       " address TEXT, wants_code INTEGER NOT NULL,"
       " created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL,"
       " PRIMARY KEY (bureau_id, id)) $options;"
       "CREATE UNIQUE INDEX user_session_digest ON user_session"
       " (bureau_id, digest);"
       "CREATE INDEX user_session_user ON user_session (bureau_id, user_id);"
       "CREATE TABLE user_token (bureau_id INTEGER NOT NULL,"
       " id INTEGER NOT NULL, user_id INTEGER NOT NULL,"
       " digest BLOB NOT NULL, label TEXT NOT NULL, roles TEXT NOT NULL,"
       " writes INTEGER NOT NULL, created_at INTEGER NOT NULL,"
       " ends_at INTEGER NOT NULL, seen_at INTEGER NOT NULL,"
       " PRIMARY KEY (bureau_id, id)) $options;"
       "CREATE UNIQUE INDEX user_token_digest ON user_token"
       " (bureau_id, digest);"
       "CREATE INDEX user_token_user ON user_token (bureau_id, user_id);"
       "CREATE TABLE user_recovery (bureau_id INTEGER NOT NULL,"
       " user_id INTEGER NOT NULL, digest BLOB NOT NULL,"
       " PRIMARY KEY (bureau_id, user_id, digest)) $options;"
       "CREATE TABLE user_change (bureau_id INTEGER NOT NULL,"
       " id INTEGER NOT NULL, what TEXT NOT NULL, user_id INTEGER NOT NULL,"
       " content TEXT NOT NULL, reason TEXT NOT NULL,"
       " asked_by INTEGER NOT NULL, asked_at INTEGER NOT NULL,"
       " state TEXT NOT NULL, answered_by INTEGER NOT NULL,"
       " answered_at INTEGER NOT NULL, answer TEXT,"
       " PRIMARY KEY (bureau_id, id)) $options;"
       "INSERT INTO setting (bureau_id, key, value)"
       " VALUES (1, 'access_generation', '1')"
       " ON CONFLICT (bureau_id, key) DO NOTHING" },
};

gboolean
hx_access_migrate (HxConnection *connection, GError **error)
{
  return hx_migrate (connection, "access", migrations,
                     G_N_ELEMENTS (migrations), error);
}

/* ----------------------------------------------------------------- settings */

#define SETTING(key, what, fallback, min, max, member)                         \
  {                                                                            \
    key, what, fallback, min, max, G_STRUCT_OFFSET (HxAccessSettings, member)  \
  }

static const HxAccessSetting settings_known[] = {
  SETTING ("session_idle_seconds", N_ ("多少秒没有操作就自动退出"), 600, 60,
           28800, idle_seconds),
  SETTING ("session_seconds", N_ ("登录一次最多用多少秒"), 43200, 300, 604800,
           session_seconds),
  SETTING ("login_failures", N_ ("连续输错多少次密码就锁定"), 5, 1, 20,
           login_failures),
  SETTING ("login_lock_seconds", N_ ("锁定多少秒"), 300, 60, 86400,
           lock_seconds),
  SETTING ("password_min", N_ ("密码至少多少个字符"), 10, 8, 64, password_min),
  SETTING ("token_days_max", N_ ("接口令牌最长多少天有效"), 366, 1, 3660,
           token_days_max),
};

const HxAccessSetting *
hx_access_setting (guint i)
{
  return i < G_N_ELEMENTS (settings_known) ? &settings_known[i] : NULL;
}

gboolean
hx_access_settings (HxConnection *connection, HxAccessSettings *settings,
                    GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings_known); i++)
    {
      const HxAccessSetting *known = &settings_known[i];
      g_autoptr (GError) wrong = NULL;
      g_autofree char *text = hx_setting_get (connection, known->key, &wrong);
      gint64 number = known->fallback;

      if (wrong != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&wrong));
          return FALSE;
        }
      if (text != NULL)
        g_ascii_string_to_signed (text, 10, known->min, known->max, &number,
                                  NULL);
      *(gint64 *)(gpointer)((char *)settings + known->offset) = number;
    }
  return TRUE;
}

/* --------------------------------------------------------------- generation
 *
 * Accounts and settings raise a number; units are changed by the ledger, whose
 * log says so.
 */

gboolean
hx_access_touch (HxConnection *connection, GError **error)
{
  return hx_execute (connection,
                     "UPDATE setting SET value = CAST (CAST (value AS INTEGER)"
                     " + 1 AS TEXT) WHERE key = 'access_generation'",
                     error);
}

gboolean
hx_access_generation (HxConnection *connection, gint64 *generation,
                      GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "SELECT coalesce ((SELECT CAST (value AS INTEGER) FROM setting"
      "   WHERE bureau_id = ?1 AND key = 'access_generation'), 0)"
      /* "+": by the index of kinds, not backwards through the whole log. */
      " + coalesce ((SELECT max (+seq) FROM change_log"
      "   WHERE bureau_id = ?1 AND kind = 'unit'), 0)",
      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    *generation = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return step == HX_STEP_ROW;
}

/* ------------------------------------------------------------------ writing */

gboolean
hx_access_run (HxConnection *connection, const char *sql, HxIntegers integers,
               gint64 *changed, GError **error)
{
  HxStatement *statement = hx_statement (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  for (int i = 0; i < integers.n; i++)
    hx_bind_integer (statement, i + 1, integers.values[i]);
  if (!hx_step_done (statement, error))
    return FALSE;
  if (changed != NULL)
    *changed = hx_changes (connection);
  return TRUE;
}

static gboolean
run_write (HxConnection *connection, gpointer data, GError **error)
{
  HxAccessWrite *write = data;
  g_autoptr (HxLedger) ledger = hx_ledger_new (connection, write->catalogue,
                                               write->author, NULL, error);

  return ledger != NULL && write->function (ledger, write->data, error)
         && hx_ledger_finish (ledger, error);
}

gboolean
hx_access_write (HxStore *store, HxAccessWrite *write, GError **error)
{
  return hx_write (store, run_write, write, error);
}

/* ------------------------------------------------------------------ secrets */

void
hx_access_digest (const char *text, guint8 *digest)
{
  crypto_hash_sha256 (digest, (const unsigned char *)text, strlen (text));
}

char *
hx_access_secret (void)
{
  guint8 bytes[HX_SHA256_SIZE];
  char text[sodium_base64_ENCODED_LEN (
      HX_SHA256_SIZE, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (text, sizeof text, bytes, sizeof bytes,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero (bytes, sizeof bytes);
  return g_strdup (text);
}
