/* The accounts: what is asked for here waits for another administrator. */
#include "server/account_part.h"
#include "server/display.h"

#include "access/change.h"

#include <string.h>

#define USERS "/administration/users"

/* ------------------------------------------------------------------ unit names
 */

static char *
unit_of (HxConnection *connection, gint64 unit_id)
{
  char *name = hx_unit_name (connection, unit_id, NULL);

  return name != NULL ? name : g_strdup (_ ("全单位"));
}

static const char *
state_of (const HxAccount *account)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  return account->disabled             ? _ ("停用")
         : now < account->locked_until ? _ ("锁定")
         : account->must_change        ? _ ("要改密码")
                                       : _ ("在用");
}

/* --------------------------------------------------------------------- list
 */

static void
write_accounts (HxHtml *html, HxConnection *connection,
                const GPtrArray *accounts)
{
  const HxColumn columns[] = { { .name = _ ("账号") },
                               { .name = _ ("姓名") },
                               { .name = _ ("角色") },
                               { .name = _ ("机构") },
                               { .name = _ ("状态") },
                               { .name = _ ("动态口令") },
                               { 0 } };
  HxGrid *grid = hx_grid_begin (html, _ ("用户"), columns);

  for (guint i = 0; i < accounts->len; i++)
    {
      const HxAccount *account = accounts->pdata[i];
      g_autofree char *url
          = g_strdup_printf (USERS "/%" G_GINT64_FORMAT, account->id);
      g_autofree char *roles = hx_say_roles (account->roles);
      g_autofree char *unit = unit_of (connection, account->unit_id);

      hx_grid_row (grid, url);
      hx_grid_cell (grid, account->login);
      hx_grid_cell (grid, account->name);
      hx_grid_cell (grid, roles);
      hx_grid_cell (grid, unit);
      hx_grid_cell (grid, state_of (account));
      hx_grid_cell (grid, account->has_code ? _ ("已开") : _ ("没开"));
    }
  hx_grid_end (grid);
}

static gboolean
users_page (HxCall *call, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (GPtrArray) accounts
      = connection != NULL ? hx_accounts (connection, error) : NULL;
  HxHtml *html;

  if (accounts == NULL)
    return FALSE;
  html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("用户"),
                           .at = "administration",
                           .lead = _ ("新建和改动都要另一名管理员确认才生效。"),
                           .back = "/administration",
                           .back_name = _ ("管理") });
  if (hx_page_opens (call, USERS "/new"))
    {
      hx_html_open (html, "p", NULL);
      hx_part_action (html, USERS "/new", _ ("新建账号"), TRUE);
      hx_html_close (html, "p");
    }
  write_accounts (html, connection, accounts);
  return hx_page_end (call, html);
}

/* ---------------------------------------------------------------------- new
 */

static void
write_reason (HxHtml *html, HxCall *call)
{
  hx_form_input (html, &(HxInput){ .name = "reason",
                                   .label = _ ("原因"),
                                   .required = TRUE,
                                   .value = hx_call_text (call, "reason"),
                                   .fault = hx_call_fault (call, "reason") });
}

static void
write_unit (HxHtml *html, HxCall *call, const char *value)
{
  hx_form_input (html, &(HxInput){ .name = "unit",
                                   .label = _ ("机构"),
                                   .value = value,
                                   .hint = _ ("机构的名称或编号；只能看它和它"
                                              "下属机构的内容。空着是全单位"),
                                   .fault = hx_call_fault (call, "unit") });
}

static gboolean
show_new (HxCall *call, gboolean sent, guint status)
{
  HxHtml *html = hx_page_begin (call, &(HxPageHead){ .title = _ ("新建账号"),
                                                     .at = "administration",
                                                     .back = USERS,
                                                     .back_name = _ ("用户"),
                                                     .status = status });

  hx_form_begin (html, call,
                 &(HxForm){ .action = USERS, .method = HX_METHOD_POST });
  if (sent && hx_call_fault (call, NULL) != NULL)
    hx_part_notice (html, HX_TONE_BAD, hx_call_fault (call, NULL));
  hx_form_input (
      html, &(HxInput){ .name = "login",
                        .label = _ ("账号"),
                        .required = TRUE,
                        .value = sent ? hx_call_text (call, "login") : NULL,
                        .hint = _ ("2 到 32 个小写字母、数字、点、横线，"
                                   "字母开头，例如 li.si"),
                        .autocomplete = "off" });
  hx_form_input (
      html, &(HxInput){ .name = "name",
                        .label = _ ("姓名"),
                        .required = TRUE,
                        .value = sent ? hx_call_text (call, "name") : NULL });
  hx_part_roles (html, sent ? hx_roles_sent (call) : HX_USER_NOBODY, NULL);
  write_unit (html, call, sent ? hx_call_text (call, "unit") : NULL);
  if (sent)
    write_reason (html, call);
  else
    hx_form_input (
        html,
        &(HxInput){ .name = "reason", .label = _ ("原因"), .required = TRUE });
  hx_form_submit (html, _ ("申请新建"), HX_TONE_GOOD);
  hx_form_end (html);
  return hx_page_end (call, html);
}

static gboolean
new_page (HxCall *call, GError **error)
{
  (void)error;
  return show_new (call, FALSE, 200);
}

/* ------------------------------------------------------------------- asking
 */

typedef struct
{
  const HxIdentity *asker;
  HxChangeWanted wanted;
  gint64 id;
} Asking;

static gboolean
ask (HxLedger *ledger, gpointer data, GError **error)
{
  Asking *asking = data;

  return hx_change_ask (ledger, asking->asker, &asking->wanted, &asking->id,
                        error);
}

static gboolean
show_password (HxCall *call, const char *password)
{
  HxHtml *html = hx_page_begin (
      call,
      &(HxPageHead){ .title = _ ("等待确认"),
                     .at = "administration",
                     .lead = _ ("另一名管理员确认以后，这个密码才能用；本人第一"
                                "次登录要改掉它。"),
                     .back = USERS,
                     .back_name = _ ("用户") });

  hx_part_notice (html, HX_TONE_WARN, _ ("密码只显示这一次，请当面交给本人。"));
  hx_html_open (html, "p", NULL);
  hx_html_element (html, "code", password, NULL);
  hx_html_close (html, "p");
  return hx_page_end (call, html);
}

static gboolean
user_add (HxCall *call, GError **error)
{
  Asking asking = { .asker = hx_call_identity (call),
                    .wanted = { .what = HX_CHANGE_ADD,
                                .login = hx_call_text (call, "login"),
                                .name = hx_call_text (call, "name"),
                                .roles = hx_roles_sent (call),
                                .reason = hx_call_text (call, "reason") } };
  g_autofree char *password = hx_password_make ();
  g_autofree char *hash = hx_password_hash (password, error);
  gboolean done = FALSE;

  asking.wanted.hash = hash;
  if (hash == NULL || !hx_unit_sent (call, &asking.wanted.unit_id, error))
    return FALSE;
  if (hx_call_has_faults (call))
    return show_new (call, TRUE, 422);
  if (!hx_account_write (call, ask, &asking, &done, error))
    return FALSE;
  return done ? show_password (call, password) : show_new (call, TRUE, 422);
}

/* --------------------------------------------------------------------- user
 */

static const struct
{
  const char *key;
  HxChangeWhat what;
} simple[] = {
  { "disable", HX_CHANGE_DISABLE },   { "enable", HX_CHANGE_ENABLE },
  { "password", HX_CHANGE_PASSWORD }, { "no_code", HX_CHANGE_NO_CODE },
  { "roles", HX_CHANGE_ROLES },       { "unit", HX_CHANGE_UNIT },
};
#define WHATS "disable|enable|password|no_code|roles|unit"

static gboolean
is_fitting (HxChangeWhat what, const HxAccount *account)
{
  if (what == HX_CHANGE_DISABLE)
    return !account->disabled;
  if (what == HX_CHANGE_ENABLE)
    return account->disabled;
  return what != HX_CHANGE_NO_CODE || account->has_code;
}

static void
write_change_form (HxHtml *html, HxCall *call, const HxAccount *account,
                   const char *unit)
{
  HxOption options[G_N_ELEMENTS (simple) + 1] = { { NULL, NULL } };
  g_autofree char *action
      = g_strdup_printf (USERS "/%" G_GINT64_FORMAT, account->id);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
    if (is_fitting (simple[i].what, account))
      options[n++]
          = (HxOption){ simple[i].key, hx_change_name (simple[i].what) };
  hx_form_begin (html, call,
                 &(HxForm){ .action = action, .method = HX_METHOD_POST });
  hx_form_input (html, &(HxInput){ .name = "what",
                                   .label = _ ("要改什么"),
                                   .type = "radio",
                                   .options = options,
                                   .required = TRUE });
  hx_part_roles (html, account->roles, NULL);
  write_unit (html, call, account->unit_id != 0 ? unit : NULL);
  hx_form_input (
      html,
      &(HxInput){ .name = "reason", .label = _ ("原因"), .required = TRUE });
  hx_form_submit (html, _ ("申请改动"), HX_TONE_GOOD);
  hx_form_end (html);
}

static gboolean
write_user (HxHtml *html, HxCall *call, const HxAccount *account,
            GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autofree char *unit
      = connection != NULL ? unit_of (connection, account->unit_id) : NULL;
  g_autofree char *action
      = g_strdup_printf (USERS "/%" G_GINT64_FORMAT "/sessions/", account->id);
  g_autoptr (GPtrArray) sessions
      = connection != NULL ? hx_sessions_list (hx_call_sessions (call),
                                               connection, account->id, error)
                           : NULL;

  if (sessions == NULL)
    return FALSE;
  if (hx_identity_has (hx_call_identity (call), HX_USER_SECURITY))
    {
      hx_part_section_begin (html, "change", _ ("申请改动"));
      write_change_form (html, call, account, unit);
      hx_part_section_end (html);
    }
  hx_part_section_begin (html, "sessions", _ ("现在的登录"));
  if (sessions->len == 0)
    hx_html_element (html, "p", _ ("现在没有登录。"), NULL);
  else
    hx_part_sessions (html, call, sessions, action);
  hx_part_section_end (html);
  return TRUE;
}

static gboolean
show_user (HxCall *call, guint status, GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxAccount) account
      = connection != NULL
            ? hx_account_load (connection, hx_call_integer (call, "id"), error)
            : NULL;
  g_autofree char *title = NULL;
  g_autofree char *roles = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *lead = NULL;
  HxHtml *html;

  if (account == NULL)
    return FALSE;
  title = g_strdup_printf (_ ("%s（%s）"), account->name, account->login);
  roles = hx_say_roles (account->roles);
  unit = unit_of (connection, account->unit_id);
  lead = g_strdup_printf (_ ("%s；%s；%s"), roles, unit, state_of (account));
  html = hx_page_begin (call, &(HxPageHead){ .title = title,
                                             .at = "administration",
                                             .lead = lead,
                                             .back = USERS,
                                             .back_name = _ ("用户"),
                                             .status = status });
  if (hx_call_fault (call, NULL) != NULL)
    hx_part_notice (html, HX_TONE_BAD, hx_call_fault (call, NULL));
  if (write_user (html, call, account, error))
    return hx_page_end (call, html);
  hx_html_free (html);
  return FALSE;
}

static gboolean
user_page (HxCall *call, GError **error)
{
  return show_user (call, 200, error);
}

static HxChangeWhat
what_sent (const HxCall *call)
{
  const char *sent = hx_call_text (call, "what");

  for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
    if (strcmp (simple[i].key, sent) == 0)
      return simple[i].what;
  g_return_val_if_reached (HX_CHANGE_DISABLE);
}

static gboolean
user_change (HxCall *call, GError **error)
{
  Asking asking = { .asker = hx_call_identity (call),
                    .wanted = { .what = what_sent (call),
                                .user_id = hx_call_integer (call, "id"),
                                .roles = hx_roles_sent (call),
                                .reason = hx_call_text (call, "reason") } };
  const gboolean is_password = asking.wanted.what == HX_CHANGE_PASSWORD;
  g_autofree char *password = is_password ? hx_password_make () : NULL;
  g_autofree char *hash
      = is_password ? hx_password_hash (password, error) : NULL;
  gboolean done = FALSE;

  if (asking.wanted.what != HX_CHANGE_ROLES)
    asking.wanted.roles = HX_USER_NOBODY;
  asking.wanted.hash = hash;
  if ((is_password && hash == NULL)
      || !hx_unit_sent (call, &asking.wanted.unit_id, error))
    return FALSE;
  if (hx_call_has_faults (call))
    return show_user (call, 422, error);
  if (!hx_account_write (call, ask, &asking, &done, error))
    return FALSE;
  if (!done)
    return show_user (call, 422, error);
  return is_password ? show_password (call, password)
                     : hx_call_redirect (call, "/administration/changes",
                                         _ ("已申请，等另一名管理员确认"));
}

static gboolean
session_end (HxCall *call, GError **error)
{
  const HxAuthor author
      = { hx_call_identity (call)->login, hx_call_request (call)->id };
  g_autofree char *url = g_strdup_printf (USERS "/%" G_GINT64_FORMAT,
                                          hx_call_integer (call, "user"));

  return hx_sessions_end (hx_call_sessions (call), &author,
                          hx_call_integer (call, "user"),
                          hx_call_integer (call, "id"), error)
         && hx_call_redirect (call, url, _ ("那里的登录已结束"));
}

/* ------------------------------------------------------------------- routes
 */

#define ROLES                                                                  \
  {                                                                            \
    "roles", HX_IN_FORM, HX_TYPE_CHOICE, HX_MANY, 0, 0,                        \
        "system|security|audit|liaison|clerk|finance|section|bureau|reviewer|" \
        "reader",                                                              \
        N_ ("角色")                                                            \
  }
#define REASON                                                                 \
  HX_PART_TEXT ("reason", HX_IN_FORM, HX_REQUIRED, HX_CHANGE_REASON_MAX,       \
                N_ ("原因"))
#define UNIT HX_PART_TEXT ("unit", HX_IN_FORM, 0, 100, N_ ("机构"))

static const HxParameter add_sent[] = {
  HX_PART_TEXT ("login", HX_IN_FORM, HX_REQUIRED, 40, N_ ("账号")),
  HX_PART_TEXT ("name", HX_IN_FORM, HX_REQUIRED, 40, N_ ("姓名")),
  ROLES,
  UNIT,
  REASON,
  { 0 },
};
static const HxParameter one_user[] = { HX_PART_ID (N_ ("用户")), { 0 } };
static const HxParameter change_sent[] = {
  HX_PART_ID (N_ ("用户")),
  { "what", HX_IN_FORM, HX_TYPE_CHOICE, HX_REQUIRED, 0, 0, WHATS,
    N_ ("要改什么") },
  ROLES,
  UNIT,
  REASON,
  { 0 },
};
static const HxParameter one_session[] = {
  { "user", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, 0, 0, NULL, N_ ("用户") },
  HX_PART_ID (N_ ("登录")),
  { 0 },
};

#define ROUTE(method, path, name, summary, roles, parameters, handler)         \
  {                                                                            \
    HX_METHOD_##method, path, name, summary, roles, HX_ROUTE_PAGE, parameters, \
        handler, 0, NULL                                                       \
  }

const HxRoute hx_routes_users[] = {
  ROUTE (GET, USERS, "users_page", N_ ("用户"),
         HX_USER_SECURITY | HX_USER_AUDIT, NULL, users_page),
  ROUTE (GET, USERS "/new", "user_new_page", N_ ("新建账号"), HX_USER_SECURITY,
         NULL, new_page),
  ROUTE (POST, USERS, "user_add", N_ ("申请新建账号"), HX_USER_SECURITY,
         add_sent, user_add),
  ROUTE (GET, USERS "/{id}", "user_page", N_ ("一个用户"),
         HX_USER_SECURITY | HX_USER_AUDIT, one_user, user_page),
  ROUTE (POST, USERS "/{id}", "user_change", N_ ("申请改动用户"),
         HX_USER_SECURITY, change_sent, user_change),
  ROUTE (POST, USERS "/{user}/sessions/{id}/end", "user_session_end",
         N_ ("结束用户的一处登录"), HX_USER_SECURITY, one_session, session_end),
  { 0 },
};
