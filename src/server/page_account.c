/* One's own account: sessions, tokens, the one-time code. */
#include "server/account_part.h"

#include "access/code.h"

#define ACCOUNT "/account"
#define CODE "/account/code"

static HxAuthor
author_of (const HxCall *call)
{
  return (HxAuthor){ hx_call_identity (call)->login,
                     hx_call_request (call)->id };
}

static gint64
now_of (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* --------------------------------------------------------------------- page */

static void
write_link (HxHtml *html, const char *url, const char *text)
{
  hx_html_open (html, "p", NULL);
  hx_part_action (html, url, text, FALSE);
  hx_html_close (html, "p");
}

static void
write_tokens (HxHtml *html, HxCall *call, const GPtrArray *tokens)
{
  const HxColumn columns[]
      = { { .name = _ ("用途") },   { .name = _ ("权限") },
          { .name = _ ("有效到") }, { .name = _ ("最近使用") },
          { .name = _ ("作废") },   { 0 } };
  HxGrid *grid;

  if (tokens->len == 0)
    {
      hx_part_empty (html, _ ("没有令牌。别的程序要读写这里的数据时才需要。"),
                     NULL, NULL);
      return;
    }
  grid = hx_grid_begin (html, _ ("接口令牌"), columns);
  for (guint i = 0; i < tokens->len; i++)
    {
      const HxToken *token = tokens->pdata[i];
      g_autofree char *ends = hx_say_second (token->ends_at);
      g_autofree char *used = hx_say_second (token->used_at);
      g_autofree char *url = g_strdup_printf (
          ACCOUNT "/tokens/%" G_GINT64_FORMAT "/end", token->id);

      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, token->label);
      hx_grid_cell (grid, token->writes ? _ ("能读能改") : _ ("只能读"));
      hx_grid_cell (grid, ends);
      hx_grid_cell (grid, *used != '\0' ? used : _ ("还没用过"));
      hx_form_button (hx_grid_cell_begin (grid), call, url, _ ("作废"));
      hx_grid_cell_end (grid);
    }
  hx_grid_end (grid);
}

static void
write_token_form (HxHtml *html, HxCall *call)
{
  hx_form_begin (
      html, call,
      &(HxForm){ .action = ACCOUNT "/tokens", .method = HX_METHOD_POST });
  hx_form_input (html, &(HxInput){ .name = "label",
                                   .label = _ ("新令牌的用途"),
                                   .value = hx_call_has_faults (call)
                                                ? hx_call_text (call, "label")
                                                : NULL,
                                   .fault = hx_call_fault (call, "label"),
                                   .required = TRUE });
  hx_form_input (html, &(HxInput){ .name = "days",
                                   .label = _ ("多少天有效"),
                                   .type = "number",
                                   .value = "90",
                                   .required = TRUE });
  hx_form_input (html, &(HxInput){ .name = "writes",
                                   .label = _ ("也可以改数据"),
                                   .type = "checkbox" });
  hx_form_submit (html, _ ("生成令牌"), HX_TONE_PLAIN);
  hx_form_end (html);
}

static void
write_security (HxHtml *html, const HxAccount *account)
{
  hx_part_section_begin (html, "security", _ ("密码和动态口令"));
  write_link (html, "/password", _ ("修改密码"));
  hx_html_element (
      html, "p",
      account->has_code
          ? _ ("动态口令已开：登录时除了密码还要手机上的 6 位数字。")
          : _ ("动态口令没有开。开了以后，光有密码登不进来。"),
      NULL);
  write_link (html, CODE,
              account->has_code ? _ ("停用动态口令") : _ ("开动态口令"));
  hx_part_section_end (html);
}

static gboolean
write_sessions (HxHtml *html, HxCall *call, HxConnection *connection,
                GError **error)
{
  HxSessions *sessions = hx_call_sessions (call);
  const gint64 user_id = hx_call_identity (call)->user_id;
  g_autoptr (GPtrArray) list
      = hx_sessions_list (sessions, connection, user_id, error);
  g_autoptr (GPtrArray) tokens
      = list != NULL ? hx_tokens (sessions, connection, user_id, error) : NULL;

  if (tokens == NULL)
    return FALSE;
  hx_part_section_begin (html, "sessions", _ ("登录的地方"));
  hx_part_sessions (html, call, list, ACCOUNT "/sessions/");
  hx_part_section_end (html);
  hx_part_section_begin (html, "tokens", _ ("接口令牌"));
  write_tokens (html, call, tokens);
  write_token_form (html, call);
  hx_part_section_end (html);
  return TRUE;
}

static gboolean
show_account (HxCall *call, guint status, GError **error)
{
  const HxIdentity *identity = hx_call_identity (call);
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxAccount) account
      = connection != NULL
            ? hx_account_load (connection, identity->user_id, error)
            : NULL;
  g_autofree char *roles = hx_say_roles (identity->roles);
  g_autofree char *lead = g_strdup_printf (
      _ ("%s（%s）：%s；%s"), identity->name, identity->login, roles,
      identity->unit_name != NULL ? identity->unit_name : _ ("全单位"));
  HxHtml *html;

  if (account == NULL)
    return FALSE;
  html = hx_page_begin (
      call,
      &(HxPageHead){ .title = _ ("我的账号"), .lead = lead, .status = status });
  write_security (html, account);
  if (!write_sessions (html, call, connection, error))
    {
      hx_html_free (html);
      return FALSE;
    }
  return hx_page_end (call, html);
}

static gboolean
account_page (HxCall *call, GError **error)
{
  return show_account (call, 200, error);
}

static gboolean
session_end (HxCall *call, GError **error)
{
  const HxAuthor author = author_of (call);

  return hx_sessions_end (hx_call_sessions (call), &author,
                          hx_call_identity (call)->user_id,
                          hx_call_integer (call, "id"), error)
         && hx_call_redirect (call, ACCOUNT, _ ("那里的登录已结束"));
}

/* ------------------------------------------------------------------- tokens */

static gboolean
show_token (HxCall *call, const char *token)
{
  HxHtml *html
      = hx_page_begin (call, &(HxPageHead){ .title = _ ("新的接口令牌"),
                                            .back = ACCOUNT,
                                            .back_name = _ ("我的账号") });

  hx_part_notice (html, HX_TONE_WARN,
                  _ ("只显示这一次，请现在就存到要用它的程序里。"));
  hx_html_open (html, "p", NULL);
  hx_html_element (html, "code", token, NULL);
  hx_html_close (html, "p");
  return hx_page_end (call, html);
}

static gboolean
token_add (HxCall *call, GError **error)
{
  const HxAuthor author = author_of (call);
  const HxTokenNew wanted = { .user_id = hx_call_identity (call)->user_id,
                              .label = hx_call_text (call, "label"),
                              .writes = hx_call_bool (call, "writes"),
                              .days = hx_call_integer (call, "days") };
  g_autoptr (GError) wrong = NULL;
  g_autofree char *token = NULL;

  if (hx_token_add (hx_call_sessions (call), &author, &wanted, &token, &wrong))
    return show_token (call, token);
  if (!g_error_matches (wrong, HX_ERROR, HX_ERROR_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  hx_call_add_fault (call, "label", wrong->message);
  return show_account (call, 422, error);
}

static gboolean
token_end (HxCall *call, GError **error)
{
  const HxAuthor author = author_of (call);

  return hx_token_end (hx_call_sessions (call), &author,
                       hx_call_identity (call)->user_id,
                       hx_call_integer (call, "id"), error)
         && hx_call_redirect (call, ACCOUNT, _ ("令牌已作废"));
}

/* --------------------------------------------------------------------- code */

typedef struct
{
  gint64 user_id;
  const char *code;
  char **recovery;
} Enrolment;

static gboolean
begin_code (HxLedger *ledger, gpointer data, GError **error)
{
  const Enrolment *enrolment = data;
  g_autofree char *secret = NULL;
  g_autofree char *address = NULL;

  return hx_code_begin (ledger, enrolment->user_id, &secret, &address, error);
}

static gboolean
confirm_code (HxLedger *ledger, gpointer data, GError **error)
{
  Enrolment *enrolment = data;

  return hx_code_confirm (ledger, enrolment->user_id, enrolment->code,
                          now_of (), &enrolment->recovery, error);
}

static gboolean
end_code (HxLedger *ledger, gpointer data, GError **error)
{
  const Enrolment *enrolment = data;

  return hx_code_end (ledger, enrolment->user_id, error);
}

static gboolean
write_picture (HxHtml *html, const char *login, const char *secret,
               GError **error)
{
  g_autofree char *address = hx_code_address (login, secret);
  g_autofree char *path = NULL;
  g_autofree char *box = NULL;
  guint side;

  path = hx_code_picture (address, &side, error);
  if (path == NULL)
    return FALSE;
  box = g_strdup_printf ("0 0 %u %u", side, side);
  hx_html_open (html, "p", NULL);
  hx_html_open (html, "svg", "viewBox", box, "width", "240", "height", "240",
                "role", "img", "aria-label", _ ("动态口令的二维码"), NULL);
  hx_html_element (html, "rect", NULL, "width", "100%", "height", "100%",
                   "fill", "#fff", NULL);
  hx_html_element (html, "path", NULL, "d", path, "fill", "#000", NULL);
  hx_html_close (html, "svg");
  hx_html_close (html, "p");
  hx_html_open (html, "p", NULL);
  hx_html_text (html, _ ("扫不了就手工输入："));
  hx_html_element (html, "code", secret, NULL);
  hx_html_close (html, "p");
  return TRUE;
}

static void
write_code_form (HxHtml *html, HxCall *call, gboolean ends)
{
  hx_form_begin (html, call,
                 &(HxForm){ .action = ends ? CODE "/end" : CODE,
                            .method = HX_METHOD_POST });
  hx_form_input (html,
                 ends ? &(HxInput){ .name = "password",
                                    .label = _ ("密码"),
                                    .type = "password",
                                    .required = TRUE,
                                    .fault = hx_call_fault (call, "password"),
                                    .autocomplete = "current-password" }
                      : &(HxInput){ .name = "code",
                                    .label = _ ("手机上显示的 6 位数字"),
                                    .required = TRUE,
                                    .fault = hx_call_fault (call, "code"),
                                    .inputmode = "numeric",
                                    .autocomplete = "one-time-code" });
  hx_form_submit (html, ends ? _ ("停用动态口令") : _ ("确认"),
                  ends ? HX_TONE_BAD : HX_TONE_GOOD);
  hx_form_end (html);
}

/* In use: stop it.  Waiting: the picture.  Else: begin. */
static gboolean
write_code (HxHtml *html, HxCall *call, const HxAccount *account,
            const char *secret, GError **error)
{
  if (account->has_code)
    {
      write_code_form (html, call, TRUE);
      return TRUE;
    }
  if (secret == NULL)
    {
      hx_html_element (html, "p",
                       _ ("手机上要有一个能生成动态口令的程序"
                          "（身份验证器），它不用联网。"),
                       NULL);
      hx_form_button (html, call, CODE "/begin", _ ("开始绑定"));
      return TRUE;
    }
  if (!write_picture (html, account->login, secret, error))
    return FALSE;
  write_code_form (html, call, FALSE);
  return TRUE;
}

static gboolean
show_code (HxCall *call, guint status, GError **error)
{
  const gint64 user_id = hx_call_identity (call)->user_id;
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxAccount) account
      = connection != NULL ? hx_account_load (connection, user_id, error)
                           : NULL;
  g_autoptr (GError) wrong = NULL;
  g_autofree char *secret = NULL;
  HxHtml *html;

  if (account == NULL)
    return FALSE;
  secret = hx_code_waiting (connection, user_id, &wrong);
  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  html = hx_page_begin (call, &(HxPageHead){ .title = _ ("动态口令"),
                                             .back = ACCOUNT,
                                             .back_name = _ ("我的账号"),
                                             .status = status });
  if (write_code (html, call, account, secret, error))
    return hx_page_end (call, html);
  hx_html_free (html);
  return FALSE;
}

static gboolean
code_page (HxCall *call, GError **error)
{
  return show_code (call, 200, error);
}

static gboolean
code_begin (HxCall *call, GError **error)
{
  Enrolment enrolment = { .user_id = hx_call_identity (call)->user_id };

  return hx_call_write (call, begin_code, &enrolment, error)
         && hx_call_redirect (call, CODE, NULL);
}

static gboolean
show_recovery (HxCall *call, char **codes)
{
  HxHtml *html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("动态口令已开"),
                           .lead = _ ("手机丢了，用下面的恢复码登录，每个只能用"
                                      "一次。请现在抄下或打印，锁起来。"),
                           .back = ACCOUNT,
                           .back_name = _ ("我的账号") });

  hx_html_open (html, "ul", NULL);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      hx_html_open (html, "li", NULL);
      hx_html_element (html, "code", codes[i], NULL);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
  return hx_page_end (call, html);
}

static gboolean
code_confirm (HxCall *call, GError **error)
{
  Enrolment enrolment = { .user_id = hx_call_identity (call)->user_id,
                          .code = hx_call_text (call, "code") };
  g_auto (GStrv) recovery = NULL;

  if (!hx_call_write (call, confirm_code, &enrolment, error))
    return FALSE;
  recovery = enrolment.recovery;
  if (recovery != NULL)
    return show_recovery (call, recovery);
  hx_call_add_fault (call, "code", _ ("口令不对：看看手机的时间准不准"));
  return show_code (call, 422, error);
}

static gboolean
code_end (HxCall *call, GError **error)
{
  Enrolment enrolment = { .user_id = hx_call_identity (call)->user_id };
  gboolean right = FALSE;

  if (!hx_sessions_confirm (hx_call_sessions (call), enrolment.user_id,
                            hx_call_text (call, "password"), &right, error))
    return FALSE;
  if (!right)
    {
      hx_call_add_fault (call, "password", _ ("密码不对"));
      return show_code (call, 422, error);
    }
  return hx_call_write (call, end_code, &enrolment, error)
         && hx_call_redirect (call, ACCOUNT, _ ("动态口令已停用"));
}

/* ------------------------------------------------------------------- routes */

static const HxParameter one_session[] = { HX_PART_ID (N_ ("登录")), { 0 } };
static const HxParameter one_token[] = { HX_PART_ID (N_ ("令牌")), { 0 } };
static const HxParameter token_sent[] = {
  HX_PART_TEXT ("label", HX_IN_FORM, HX_REQUIRED, 100, N_ ("用途")),
  { "days", HX_IN_FORM, HX_TYPE_INTEGER, HX_REQUIRED, 1, 3660, NULL,
    N_ ("多少天有效") },
  { "writes", HX_IN_FORM, HX_TYPE_BOOL, 0, 0, 0, NULL, N_ ("也可以改数据") },
  { 0 },
};
static const HxParameter code_sent[] = {
  HX_PART_TEXT ("code", HX_IN_FORM, HX_REQUIRED, 20, N_ ("动态口令")),
  { 0 },
};
static const HxParameter password_sent[] = {
  HX_PART_TEXT ("password", HX_IN_FORM, HX_REQUIRED, HX_PASSWORD_MAX,
                N_ ("密码")),
  { 0 },
};

#define ROUTE(method, path, name, summary, parameters, handler)                \
  {                                                                            \
    HX_METHOD_##method, path, name, summary, HX_USER_ANYBODY, HX_ROUTE_PAGE,   \
        parameters, handler, 0, NULL                                           \
  }

const HxRoute hx_routes_account[] = {
  ROUTE (GET, ACCOUNT, "account_page", N_ ("我的账号"), NULL, account_page),
  ROUTE (POST, ACCOUNT "/sessions/{id}/end", "account_session_end",
         N_ ("结束自己的一处登录"), one_session, session_end),
  ROUTE (POST, ACCOUNT "/tokens", "account_token_add", N_ ("生成接口令牌"),
         token_sent, token_add),
  ROUTE (POST, ACCOUNT "/tokens/{id}/end", "account_token_end",
         N_ ("作废接口令牌"), one_token, token_end),
  ROUTE (GET, CODE, "account_code_page", N_ ("动态口令"), NULL, code_page),
  ROUTE (POST, CODE "/begin", "account_code_begin", N_ ("开始绑定动态口令"),
         NULL, code_begin),
  ROUTE (POST, CODE, "account_code_confirm", N_ ("确认动态口令"), code_sent,
         code_confirm),
  ROUTE (POST, CODE "/end", "account_code_end", N_ ("停用动态口令"),
         password_sent, code_end),
  { 0 },
};
