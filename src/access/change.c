/* Changes that wait for another administrator. */
#include "access/change.h"
#include "access/access_internal.h"
#include "access/code.h"

#include <jansson.h>

#define LIST_MAX "200"

/* What a row holds, opened. */
typedef struct
{
  gint64 id, user_id, asked_by;
  int what; /* -1: none */
  char *content, *reason, *state;
  json_t *json; /* of content */
} Pending;

static void
pending_clear (Pending *pending)
{
  g_free (pending->content);
  g_free (pending->reason);
  g_free (pending->state);
  json_decref (pending->json);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pending, pending_clear)

static const char *
text_of (const json_t *json, const char *key)
{
  return json_string_value (json_object_get (json, key));
}

static gint64
number_of (const json_t *json, const char *key)
{
  return json_integer_value (json_object_get (json, key));
}

static HxUserRoles
roles_of (const json_t *json)
{
  const char *text = text_of (json, "roles");
  HxUserRoles roles = HX_USER_NOBODY;

  if (text != NULL)
    hx_user_roles_parse (text, &roles, NULL);
  return roles;
}

/* --------------------------------------------------------------- what it does
 *
 * Each way of changing: how it is checked when it is asked for, done when it is
 * confirmed, and told to people.
 */

typedef struct
{
  const char *key, *name;
  HxUserRoles askers;
  gboolean (*check) (HxConnection *connection, const HxChangeWanted *wanted,
                     GError **error);
  gboolean (*apply) (HxLedger *ledger, const Pending *pending, GError **error);
  char *(*tell) (HxConnection *connection, const json_t *content);
} Way;

static gboolean
check_add (HxConnection *connection, const HxChangeWanted *wanted,
           GError **error)
{
  const HxAccountNew account = { wanted->login, wanted->name, wanted->roles,
                                 wanted->unit_id, wanted->hash };

  return hx_account_check_new (connection, &account, error);
}

static gboolean
apply_add (HxLedger *ledger, const Pending *pending, GError **error)
{
  const json_t *json = pending->json;
  const HxAccountNew account
      = { text_of (json, "login"), text_of (json, "name"), roles_of (json),
          number_of (json, "unit"), text_of (json, "hash") };
  gint64 id;

  return hx_account_add (ledger, &account, &id, error);
}

static char *
tell_roles (HxConnection *connection, const json_t *content)
{
  const HxUserRoles roles = roles_of (content);
  g_autoptr (GString) text = g_string_new (NULL);

  (void)connection;
  for (guint i = 0; i < HX_USER_ROLES; i++)
    if (roles & 1u << i)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "",
                              hx_user_role_name (i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
tell_unit (HxConnection *connection, const json_t *content)
{
  char *name = hx_unit_name (connection, number_of (content, "unit"), NULL);

  return name != NULL ? name : g_strdup (_ ("全单位"));
}

static char *
tell_add (HxConnection *connection, const json_t *content)
{
  g_autofree char *roles = tell_roles (connection, content);
  g_autofree char *unit = tell_unit (connection, content);

  return g_strdup_printf (_ ("%s；%s"), roles, unit);
}

static gboolean
check_roles (HxConnection *connection, const HxChangeWanted *wanted,
             GError **error)
{
  return hx_account_check_roles (connection, wanted->user_id, wanted->roles,
                                 error);
}

static gboolean
apply_roles (HxLedger *ledger, const Pending *pending, GError **error)
{
  return hx_account_set_roles (ledger, pending->user_id,
                               roles_of (pending->json), error);
}

static gboolean
check_unit (HxConnection *connection, const HxChangeWanted *wanted,
            GError **error)
{
  g_autofree char *name = NULL;

  if (wanted->unit_id == 0)
    return TRUE;
  name = hx_unit_name (connection, wanted->unit_id, error);
  return name != NULL;
}

static gboolean
apply_unit (HxLedger *ledger, const Pending *pending, GError **error)
{
  return hx_account_set_unit (ledger, pending->user_id,
                              number_of (pending->json, "unit"), error);
}

static gboolean
check_disable (HxConnection *connection, const HxChangeWanted *wanted,
               GError **error)
{
  return hx_account_check_roles (connection, wanted->user_id, HX_USER_NOBODY,
                                 error);
}

static gboolean
apply_disable (HxLedger *ledger, const Pending *pending, GError **error)
{
  return hx_account_set_disabled (ledger, pending->user_id, TRUE, error);
}

static gboolean
apply_enable (HxLedger *ledger, const Pending *pending, GError **error)
{
  return hx_account_set_disabled (ledger, pending->user_id, FALSE, error);
}

static gboolean
apply_password (HxLedger *ledger, const Pending *pending, GError **error)
{
  return hx_account_set_password (ledger, pending->user_id,
                                  text_of (pending->json, "hash"), TRUE, error);
}

static gboolean
apply_no_code (HxLedger *ledger, const Pending *pending, GError **error)
{
  return hx_code_end (ledger, pending->user_id, error);
}

static const HxAccessSetting *
setting_of (const char *key)
{
  for (guint i = 0; hx_access_setting (i) != NULL; i++)
    if (g_strcmp0 (hx_access_setting (i)->key, key) == 0)
      return hx_access_setting (i);
  return NULL;
}

static gboolean
check_setting (HxConnection *connection, const HxChangeWanted *wanted,
               GError **error)
{
  const HxAccessSetting *setting = setting_of (wanted->key);

  (void)connection;
  if (setting == NULL)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这项设置"), wanted->key,
                    NULL);
  if (wanted->value >= setting->min && wanted->value <= setting->max)
    return TRUE;
  return hx_failf (
      error, HX_ERROR_DATA,
      _ ("“%s”要在 %" G_GINT64_FORMAT " 到 %" G_GINT64_FORMAT " 之间"),
      hx_text (setting->what), setting->min, setting->max);
}

static gboolean
apply_setting (HxLedger *ledger, const Pending *pending, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT,
                                            number_of (pending->json, "value"));
  HxConnection *connection = hx_ledger_connection (ledger);

  return hx_setting_set (connection, text_of (pending->json, "key"), value,
                         error)
         && hx_access_touch (connection, error);
}

static char *
tell_setting (HxConnection *connection, const json_t *content)
{
  const HxAccessSetting *setting = setting_of (text_of (content, "key"));

  (void)connection;
  return g_strdup_printf (_ ("%s：%" G_GINT64_FORMAT),
                          setting != NULL ? hx_text (setting->what) : "",
                          number_of (content, "value"));
}

static const Way ways[HX_CHANGES] = {
  [HX_CHANGE_ADD] = { "add", N_ ("新建账号"), HX_USER_SECURITY, check_add,
                      apply_add, tell_add },
  [HX_CHANGE_ROLES] = { "roles", N_ ("改角色"), HX_USER_SECURITY, check_roles,
                        apply_roles, tell_roles },
  [HX_CHANGE_UNIT] = { "unit", N_ ("改机构"), HX_USER_SECURITY, check_unit,
                       apply_unit, tell_unit },
  [HX_CHANGE_DISABLE] = { "disable", N_ ("停用账号"), HX_USER_SECURITY,
                          check_disable, apply_disable, NULL },
  [HX_CHANGE_ENABLE]
  = { "enable", N_ ("启用账号"), HX_USER_SECURITY, NULL, apply_enable, NULL },
  [HX_CHANGE_PASSWORD] = { "password", N_ ("重设密码"), HX_USER_SECURITY, NULL,
                           apply_password, NULL },
  [HX_CHANGE_NO_CODE] = { "no_code", N_ ("解除动态口令"), HX_USER_SECURITY,
                          NULL, apply_no_code, NULL },
  [HX_CHANGE_SETTING] = { "setting", N_ ("改设置"), HX_USER_SYSTEM,
                          check_setting, apply_setting, tell_setting },
};

const char *
hx_change_name (HxChangeWhat what)
{
  return hx_text (ways[what].name);
}

static int
way_of (const char *key)
{
  for (guint i = 0; i < HX_CHANGES; i++)
    if (g_strcmp0 (ways[i].key, key) == 0)
      return (int)i;
  return -1;
}

/* ------------------------------------------------------------------- logging
 */

static char *
describe_wanted (const HxChangeWanted *wanted)
{
  g_autofree char *roles = hx_user_roles_text (wanted->roles);
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;

  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  if (wanted->login != NULL)
    hx_json_member (&json, "login", wanted->login);
  if (wanted->name != NULL)
    hx_json_member (&json, "name", wanted->name);
  if (wanted->roles != HX_USER_NOBODY)
    hx_json_member (&json, "roles", roles);
  hx_json_member_integer (&json, "unit", wanted->unit_id);
  if (wanted->hash != NULL)
    hx_json_member (&json, "hash", wanted->hash);
  if (wanted->key != NULL)
    {
      hx_json_member (&json, "key", wanted->key);
      hx_json_member_integer (&json, "value", wanted->value);
    }
  hx_json_object_end (&json);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What the log says of a step: all but the hash of a password, of which it has
 * the digest of the content. */
static char *
describe_step (const Pending *pending, const char *answer)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint8 digest[HX_SHA256_SIZE];
  char hex[HX_DIGEST_HEX_SIZE];
  HxJson json;

  hx_access_digest (pending->content, digest);
  hx_digest_hex (digest, hex);
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "what", ways[pending->what].key);
  hx_json_member_integer (&json, "user", pending->user_id);
  hx_json_member (&json, "reason", pending->reason);
  hx_json_member (&json, "content", hex);
  if (answer != NULL)
    hx_json_member (&json, "answer", answer);
  hx_json_object_end (&json);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
note_step (HxLedger *ledger, const Pending *pending, const char *action,
           const char *answer, GError **error)
{
  g_autofree char *after = describe_step (pending, answer);
  const HxNote note = { action, HX_SUBJECT_CHANGE, pending->id, after };

  return hx_ledger_note (ledger, &note, error);
}

/* Nobody changed behind the program's back what waits. */
static gboolean
is_as_asked (HxConnection *connection, const Pending *pending, GError **error)
{
  g_autofree char *expected = describe_step (pending, NULL);
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT after FROM change_log WHERE bureau_id = ?1"
                      " AND kind = '" HX_SUBJECT_CHANGE "' AND row = ?2"
                      " AND action = 'ask' ORDER BY seq DESC LIMIT 1",
                      error);
  gboolean same = FALSE;
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, pending->id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    same = g_strcmp0 (hx_column_text (statement, 0), expected) == 0;
  hx_statement_reset (statement);
  if (same || step == HX_STEP_ERROR)
    return same;
  return hx_fail (error, HX_ERROR_CONFLICT,
                  _ ("等待确认的内容和当初申请的不一样: 有人绕过程序改了它"),
                  NULL, _ ("请驳回，并报告审计管理员"));
}

/* --------------------------------------------------------------------- asking
 */

static gboolean
check_reason (const char *reason, GError **error)
{
  const glong length = reason != NULL && hx_text_is_valid (reason, -1)
                           ? g_utf8_strlen (reason, -1)
                           : 0;

  if (length >= 1 && length <= HX_CHANGE_REASON_MAX)
    return TRUE;
  return hx_fail (error, HX_ERROR_DATA, _ ("要写明原因，最多 200 个字"), NULL,
                  NULL);
}

static gboolean
check_wanted (HxConnection *connection, const HxIdentity *asker,
              const HxChangeWanted *wanted, GError **error)
{
  const Way *way = &ways[wanted->what];
  const gboolean is_of_user
      = wanted->what != HX_CHANGE_ADD && wanted->what != HX_CHANGE_SETTING;
  g_autoptr (HxAccount) account = NULL;

  if (!hx_identity_has (asker, way->askers) || asker->reads_only)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("您的角色不能申请这种改动"),
                    hx_text (way->name), NULL);
  if (!check_reason (wanted->reason, error))
    return FALSE;
  if (is_of_user
      && (account = hx_account_load (connection, wanted->user_id, error))
             == NULL)
    return FALSE;
  return way->check == NULL || way->check (connection, wanted, error);
}

static gboolean
insert_change (HxConnection *connection, const Pending *pending, GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "INSERT INTO user_change (bureau_id, id, what, user_id, content,"
      " reason, asked_by, asked_at, state, answered_by, answered_at, answer)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'waiting', 0, 0, NULL)",
      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, pending->id);
  hx_bind_text (statement, 3, ways[pending->what].key, -1);
  hx_bind_integer (statement, 4, pending->user_id);
  hx_bind_text (statement, 5, pending->content, -1);
  hx_bind_text (statement, 6, pending->reason, -1);
  hx_bind_integer (statement, 7, pending->asked_by);
  hx_bind_integer (statement, 8, g_get_real_time () / G_USEC_PER_SEC);
  return hx_step_done (statement, error);
}

gboolean
hx_change_ask (HxLedger *ledger, const HxIdentity *asker,
               const HxChangeWanted *wanted, gint64 *id, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  g_auto (Pending) pending = { .what = (int)wanted->what,
                               .user_id = wanted->user_id,
                               .asked_by = asker->user_id };

  if (!check_wanted (connection, asker, wanted, error)
      || !hx_query_integer (connection, "SELECT max (id) FROM user_change", 0,
                            id, error))
    return FALSE;
  pending.id = ++*id;
  pending.content = describe_wanted (wanted);
  pending.reason = g_strdup (wanted->reason);
  return insert_change (connection, &pending, error)
         && note_step (ledger, &pending, "ask", NULL, error);
}

/* ------------------------------------------------------------------ answering
 */

static gboolean
load_pending (HxConnection *connection, gint64 id, Pending *pending,
              GError **error)
{
  HxStatement *statement
      = hx_statement (connection,
                      "SELECT what, user_id, content, reason, asked_by, state"
                      " FROM user_change WHERE bureau_id = ?1 AND id = ?2",
                      error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, id);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    {
      pending->id = id;
      pending->what = way_of (hx_column_text (statement, 0));
      pending->user_id = hx_column_integer (statement, 1);
      pending->content = g_strdup (hx_column_text (statement, 2));
      pending->reason = g_strdup (hx_column_text (statement, 3));
      pending->asked_by = hx_column_integer (statement, 4);
      pending->state = g_strdup (hx_column_text (statement, 5));
      pending->json = json_loads (pending->content, 0, NULL);
    }
  hx_statement_reset (statement);
  if (step == HX_STEP_ERROR)
    return FALSE;
  if (pending->json == NULL || pending->what < 0)
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这项申请"), NULL, NULL);
  if (g_strcmp0 (pending->state, "waiting") == 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_CONFLICT, _ ("这项申请已经答复过"), NULL,
                  NULL);
}

static gboolean
settle (HxConnection *connection, const Pending *pending, const HxIdentity *who,
        const char *const *said, GError **error)
{
  HxStatement *statement
      = hx_statement (connection,
                      "UPDATE user_change SET state = ?3, answered_by = ?4,"
                      " answered_at = ?5, answer = ?6"
                      " WHERE bureau_id = ?1 AND id = ?2",
                      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, pending->id);
  hx_bind_text (statement, 3, said[0], -1);
  hx_bind_integer (statement, 4, who->user_id);
  hx_bind_integer (statement, 5, g_get_real_time () / G_USEC_PER_SEC);
  hx_bind_text (statement, 6, said[1], -1);
  return hx_step_done (statement, error);
}

static gboolean
may_answer (const HxIdentity *who, gint64 asked_by, gint64 user_id)
{
  return hx_identity_has (who, HX_USER_ADMINISTRATORS) && !who->reads_only
         && who->user_id != asked_by && who->user_id != user_id;
}

gboolean
hx_change_may_answer (const HxIdentity *who, const HxChange *change)
{
  return may_answer (who, change->asked_by, change->user_id);
}

gboolean
hx_change_answer (HxLedger *ledger, const HxIdentity *who, gint64 id,
                  gboolean confirmed, const char *answer, GError **error)
{
  HxConnection *connection = hx_ledger_connection (ledger);
  const char *const said[] = { confirmed ? "done" : "refused", answer };
  g_auto (Pending) pending = { .what = -1 };

  if (!load_pending (connection, id, &pending, error))
    return FALSE;
  if (!may_answer (who, pending.asked_by, pending.user_id))
    return hx_fail (error, HX_ERROR_CONFLICT,
                    _ ("申请的人和被改的人都不能自己答复"), NULL,
                    _ ("请另一名管理员确认"));
  if (!confirmed && !check_reason (answer, error))
    return FALSE;
  if (confirmed
      && (!is_as_asked (connection, &pending, error)
          || !ways[pending.what].apply (ledger, &pending, error)))
    return FALSE;
  return settle (connection, &pending, who, said, error)
         && note_step (ledger, &pending, confirmed ? "confirm" : "refuse",
                       answer, error);
}

gboolean
hx_change_withdraw (HxLedger *ledger, const HxIdentity *who, gint64 id,
                    GError **error)
{
  static const char *const said[] = { "withdrawn", NULL };
  HxConnection *connection = hx_ledger_connection (ledger);
  g_auto (Pending) pending = { .what = -1 };

  if (!load_pending (connection, id, &pending, error))
    return FALSE;
  if (pending.asked_by != who->user_id)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("只能撤回自己的申请"), NULL,
                    NULL);
  return settle (connection, &pending, who, said, error)
         && note_step (ledger, &pending, "withdraw", NULL, error);
}

/* ---------------------------------------------------------------------- list
 */

static void
change_free (gpointer data)
{
  HxChange *change = data;

  g_free (change->login);
  g_free (change->name);
  g_free (change->text);
  g_free (change->reason);
  g_free (change->answer);
  g_free (change->state);
  g_free (change->asker);
  g_free (change->answerer);
  g_free (change);
}

static HxChange *
read_change (HxConnection *connection, HxStatement *statement)
{
  HxChange *change = g_new0 (HxChange, 1);
  const int what = way_of (hx_column_text (statement, 1));
  json_t *content = json_loads (hx_column_text (statement, 3), 0, NULL);
  const char *login = hx_column_text (statement, 12);
  const char *name = hx_column_text (statement, 13);

  change->id = hx_column_integer (statement, 0);
  change->what = (HxChangeWhat)MAX (what, 0);
  change->user_id = hx_column_integer (statement, 2);
  change->reason = g_strdup (hx_column_text (statement, 4));
  change->asked_by = hx_column_integer (statement, 5);
  change->asked_at = hx_column_integer (statement, 6);
  change->state = g_strdup (hx_column_text (statement, 7));
  change->answered_by = hx_column_integer (statement, 8);
  change->answered_at = hx_column_integer (statement, 9);
  change->answer = g_strdup (hx_column_text (statement, 10));
  change->asker = g_strdup (hx_column_text (statement, 11));
  change->login = g_strdup (login != NULL ? login : text_of (content, "login"));
  change->name = g_strdup (name != NULL ? name : text_of (content, "name"));
  change->answerer = g_strdup (hx_column_text (statement, 14));
  if (what >= 0 && ways[what].tell != NULL)
    change->text = ways[what].tell (connection, content);
  json_decref (content);
  return change;
}

GPtrArray *
hx_change_list (HxConnection *connection, gboolean waiting, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (change_free);
  HxStatement *statement = hx_statement (
      connection,
      "SELECT c.id, c.what, c.user_id, c.content, c.reason, c.asked_by,"
      " c.asked_at, c.state, c.answered_by, c.answered_at, c.answer,"
      " a.login, u.login, u.name, b.login FROM user_change c"
      " LEFT JOIN user_account a ON a.bureau_id = ?1 AND a.id = c.asked_by"
      " LEFT JOIN user_account u ON u.bureau_id = ?1 AND u.id = c.user_id"
      " LEFT JOIN user_account b ON b.bureau_id = ?1 AND b.id = c.answered_by"
      " WHERE c.bureau_id = ?1 AND (?2 = 0 OR c.state = 'waiting')"
      " ORDER BY c.id DESC LIMIT " LIST_MAX,
      error);
  HxStep step;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, waiting);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_ptr_array_add (changes, read_change (connection, statement));
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}
