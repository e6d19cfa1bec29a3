/* Logging in and out, and the password. */
#include "server/call_internal.h"
#include "server/page.h"

#define HOME "/"
#define CODE_PATH "/login/code"

/* ------------------------------------------------------------------- cookie */

static void
set_cookie (HxCall *call, const char *cookie)
{
  const char *secure = hx_call_request (call)->is_secure ? "; Secure" : "";
  g_autofree char *text
      = cookie != NULL
            ? g_strdup_printf (HX_COOKIE "=%s; Path=/; HttpOnly; "
                                         "SameSite=Strict%s",
                               cookie, secure)
            : g_strdup_printf (HX_COOKIE "=; Path=/; HttpOnly; "
                                         "SameSite=Strict; Max-Age=0%s",
                               secure);

  hx_call_header (call, "Set-Cookie", text);
}

static const char *
cookie_of (const HxCall *call)
{
  return g_hash_table_lookup (hx_call_request (call)->cookies, HX_COOKIE);
}

static HxLogin
login_of (HxCall *call, const char *login, const char *password)
{
  const HxRequest *request = hx_call_request (call);

  return (HxLogin){ .login = login,
                    .password = password,
                    .agent = hx_call_request_header (call, "user-agent"),
                    .address = request->address,
                    .request = request->id };
}

/* Where one wanted to go: within this site alone. */
static const char *
next_of (const HxCall *call)
{
  const char *next = hx_call_text (call, "next");

  return next != NULL && hx_url_is_ours (next) ? next : HOME;
}

/* -------------------------------------------------------------------- pages */

static void
write_next (HxHtml *html, const char *next)
{
  if (g_strcmp0 (next, HOME) != 0)
    hx_form_input (
        html, &(HxInput){ .name = "next", .value = next, .type = "hidden" });
}

static gboolean
show_login (HxCall *call, const char *fault, guint status)
{
  HxHtml *html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("登录"), .status = status });

  if (fault != NULL)
    hx_part_notice (html, HX_TONE_BAD, fault);
  hx_form_begin (
      html, call,
      &(HxForm){ .action = HX_LOGIN_PATH, .method = HX_METHOD_POST });
  write_next (html, next_of (call));
  hx_form_input (
      html,
      &(HxInput){ .name = "login",
                  .label = _ ("账号"),
                  .value = fault != NULL ? hx_call_text (call, "login") : NULL,
                  .required = TRUE,
                  .autofocus = TRUE,
                  .autocomplete = "username" });
  hx_form_input (html, &(HxInput){ .name = "password",
                                   .label = _ ("密码"),
                                   .type = "password",
                                   .required = TRUE,
                                   .autocomplete = "current-password" });
  hx_form_submit (html, _ ("登录"), HX_TONE_GOOD);
  hx_form_end (html);
  hx_html_element (html, "p",
                   _ ("忘了密码，或者还没有账号，请找本单位的安全管理员。"),
                   "class", "quiet", NULL);
  return hx_page_end (call, html);
}

static gboolean
login_page (HxCall *call, GError **error)
{
  (void)error;
  if (hx_call_identity (call) != NULL)
    return hx_call_redirect (call, next_of (call), NULL);
  return show_login (call, NULL, 200);
}

static gboolean
login_send (HxCall *call, GError **error)
{
  const HxLogin login = login_of (call, hx_call_text (call, "login"),
                                  hx_call_text (call, "password"));
  g_autofree char *cookie = NULL;
  g_autofree char *url
      = hx_url (CODE_PATH, "next", hx_call_text (call, "next"), NULL);
  HxLoginOutcome outcome;

  if (!hx_sessions_login (hx_call_sessions (call), &login, &outcome, &cookie,
                          error))
    return FALSE;
  if (outcome == HX_LOGIN_REFUSED)
    return show_login (
        call, _ ("账号或密码不对；连续输错五次会锁定五分钟，请稍后再试"), 422);
  set_cookie (call, cookie);
  return hx_call_redirect (
      call, outcome == HX_LOGIN_CODE ? url : next_of (call), NULL);
}

static gboolean
show_code (HxCall *call, const char *fault, guint status)
{
  HxHtml *html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("动态口令"), .status = status });

  if (fault != NULL)
    hx_part_notice (html, HX_TONE_BAD, fault);
  hx_form_begin (html, call,
                 &(HxForm){ .action = CODE_PATH, .method = HX_METHOD_POST });
  write_next (html, next_of (call));
  hx_form_input (html,
                 &(HxInput){ .name = "code",
                             .label = _ ("动态口令"),
                             .hint = _ ("手机上显示的 6 位数字；手机不在身边，"
                                        "用一个恢复码"),
                             .required = TRUE,
                             .autofocus = TRUE,
                             .autocomplete = "one-time-code" });
  hx_form_submit (html, _ ("登录"), HX_TONE_GOOD);
  hx_form_end (html);
  return hx_page_end (call, html);
}

static gboolean
code_page (HxCall *call, GError **error)
{
  (void)error;
  if (!hx_call_visitor (call)->wants_code)
    return hx_call_redirect (call, HX_LOGIN_PATH, NULL);
  return show_code (call, NULL, 200);
}

static gboolean
code_send (HxCall *call, GError **error)
{
  const HxLogin login = login_of (call, NULL, hx_call_text (call, "code"));
  g_autofree char *cookie = NULL;
  HxLoginOutcome outcome;

  if (!hx_call_visitor (call)->wants_code)
    return hx_call_redirect (call, HX_LOGIN_PATH, _ ("时间太久了，请重新登录"));
  if (!hx_sessions_code (hx_call_sessions (call), cookie_of (call), &login,
                         &outcome, &cookie, error))
    return FALSE;
  if (outcome == HX_LOGIN_REFUSED)
    return show_code (call, _ ("口令不对，或者已经用过，请等下一个"), 422);
  set_cookie (call, cookie);
  return hx_call_redirect (call, next_of (call), NULL);
}

static gboolean
logout_send (HxCall *call, GError **error)
{
  const HxIdentity *identity = hx_call_identity (call);
  const HxAuthor author = { identity->login, hx_call_request (call)->id };
  g_autoptr (GError) gone = NULL;

  if (identity->session_id != 0
      && !hx_sessions_end (hx_call_sessions (call), &author, identity->user_id,
                           identity->session_id, &gone)
      && !g_error_matches (gone, HX_ERROR, HX_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&gone));
      return FALSE;
    }
  set_cookie (call, NULL);
  return hx_call_redirect (call, HX_LOGIN_PATH, _ ("已退出登录"));
}

/* ----------------------------------------------------------------- password */

static gboolean
show_password (HxCall *call, guint status)
{
  const HxIdentity *identity = hx_call_identity (call);
  HxHtml *html = hx_page_begin (
      call, &(HxPageHead){
                .title = _ ("修改密码"),
                .lead = identity->must_change
                            ? _ ("这个密码是别人设的，请先换成自己的。")
                            : _ ("改好以后要重新登录，别处的登录也会结束。"),
                .back = identity->must_change ? NULL : "/account",
                .back_name = _ ("我的账号"),
                .status = status });
  const char *const names[] = { "old", "new", "again" };
  const char *const labels[]
      = { _ ("现在的密码"), _ ("新密码"), _ ("再输一遍新密码") };

  hx_form_begin (
      html, call,
      &(HxForm){ .action = HX_PASSWORD_PATH, .method = HX_METHOD_POST });
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    hx_form_input (
        html,
        &(HxInput){ .name = names[i],
                    .label = labels[i],
                    .type = "password",
                    .required = TRUE,
                    .hint = i == 1 ? _ ("至少 10 个字符，字母、数字、符号中"
                                        "有两种，不要有账号和姓名")
                                   : NULL,
                    .fault = hx_call_fault (call, names[i]),
                    .autocomplete
                    = i == 0 ? "current-password" : "new-password" });
  hx_form_submit (html, _ ("修改密码"), HX_TONE_GOOD);
  hx_form_end (html);
  return hx_page_end (call, html);
}

static gboolean
password_page (HxCall *call, GError **error)
{
  (void)error;
  return show_password (call, 200);
}

/* What is wrong becomes a fault of its field. */
static gboolean
check_new (HxCall *call, HxConnection *connection)
{
  const HxIdentity *identity = hx_call_identity (call);
  const HxPasswordOwner owner = { identity->login, identity->name };
  const char *new = hx_call_text (call, "new");
  g_autoptr (GError) wrong = NULL;

  if (g_strcmp0 (new, hx_call_text (call, "again")) != 0)
    hx_call_add_fault (call, "again", _ ("两遍新密码不一样"));
  if (g_strcmp0 (new, hx_call_text (call, "old")) == 0)
    hx_call_add_fault (call, "new", _ ("新密码和现在的一样"));
  else if (!hx_password_check (connection, new, &owner, &wrong))
    hx_call_add_fault (call, "new", wrong->message);
  return !hx_call_has_faults (call);
}

typedef struct
{
  gint64 user_id;
  const char *hash;
} NewPassword;

static gboolean
write_password (HxLedger *ledger, gpointer data, GError **error)
{
  const NewPassword *new = data;

  return hx_account_set_password (ledger, new->user_id, new->hash, FALSE,
                                  error);
}

static gboolean
password_send (HxCall *call, GError **error)
{
  const HxIdentity *identity = hx_call_identity (call);
  HxSessions *sessions = hx_call_sessions (call);
  HxConnection *connection = hx_call_connection (call, error);
  g_autofree char *hash = NULL;
  NewPassword new = { .user_id = identity->user_id };
  gboolean right = FALSE;

  if (connection == NULL)
    return FALSE;
  if (!check_new (call, connection))
    return show_password (call, 422);
  if (!hx_sessions_confirm (sessions, identity->user_id,
                            hx_call_text (call, "old"), &right, error))
    return FALSE;
  if (!right)
    {
      hx_call_add_fault (call, "old", _ ("现在的密码不对"));
      return show_password (call, 422);
    }
  hash = hx_password_hash (hx_call_text (call, "new"), error);
  new.hash = hash;
  if (hash == NULL || !hx_call_write (call, write_password, &new, error))
    return FALSE;
  hx_sessions_forget (sessions);
  set_cookie (call, NULL);
  return hx_call_redirect (call, HX_LOGIN_PATH, _ ("密码已改，请用新密码登录"));
}

/* ------------------------------------------------------------------- routes */

#define TEXT(name, place, flags, max, what)                                    \
  {                                                                            \
    name, place, HX_TYPE_TEXT, flags, 0, max, NULL, what                       \
  }
#define NEXT(place) TEXT ("next", place, 0, 2000, N_ ("登录后去哪里"))

static const HxParameter login_shown[] = { NEXT (HX_IN_QUERY), { 0 } };
static const HxParameter login_sent[] = {
  NEXT (HX_IN_FORM),
  TEXT ("login", HX_IN_FORM, HX_REQUIRED, 100, N_ ("账号")),
  TEXT ("password", HX_IN_FORM, HX_REQUIRED, HX_PASSWORD_MAX, N_ ("密码")),
  { 0 },
};
static const HxParameter code_sent[] = {
  NEXT (HX_IN_FORM),
  TEXT ("code", HX_IN_FORM, HX_REQUIRED, 40, N_ ("动态口令")),
  { 0 },
};
static const HxParameter password_sent[] = {
  TEXT ("old", HX_IN_FORM, HX_REQUIRED, HX_PASSWORD_MAX, N_ ("现在的密码")),
  TEXT ("new", HX_IN_FORM, HX_REQUIRED, HX_PASSWORD_MAX, N_ ("新密码")),
  TEXT ("again", HX_IN_FORM, HX_REQUIRED, HX_PASSWORD_MAX,
        N_ ("再输一遍新密码")),
  { 0 },
};

#define OPEN (HX_ROUTE_PAGE | HX_ROUTE_PUBLIC)
#define OWN (HX_ROUTE_PAGE | HX_ROUTE_UNCHANGED_PASSWORD)

const HxRoute hx_routes_login[] = {
  { HX_METHOD_GET, HX_LOGIN_PATH, "login_page", N_ ("登录"), HX_USER_NOBODY,
    OPEN, login_shown, login_page, 0, NULL },
  { HX_METHOD_POST, HX_LOGIN_PATH, "login_send", N_ ("登录"), HX_USER_NOBODY,
    OPEN, login_sent, login_send, 0, NULL },
  { HX_METHOD_GET, CODE_PATH, "login_code_page", N_ ("动态口令"),
    HX_USER_NOBODY, OPEN, login_shown, code_page, 0, NULL },
  { HX_METHOD_POST, CODE_PATH, "login_code_send", N_ ("动态口令"),
    HX_USER_NOBODY, OPEN, code_sent, code_send, 0, NULL },
  { HX_METHOD_POST, "/logout", "logout", N_ ("退出登录"), HX_USER_ANYBODY, OWN,
    NULL, logout_send, 0, NULL },
  { HX_METHOD_GET, HX_PASSWORD_PATH, "password_page", N_ ("修改密码"),
    HX_USER_ANYBODY, OWN, NULL, password_page, 0, NULL },
  { HX_METHOD_POST, HX_PASSWORD_PATH, "password_send", N_ ("修改密码"),
    HX_USER_ANYBODY, OWN, password_sent, password_send, 0, NULL },
  { 0 },
};
