/* What went wrong, said to a person or to a program (RFC 9457).
 *
 * Errors of the store are not for users: they are told that it was not their
 * fault, and the number under which the log has the rest. */
#include "server/call_internal.h"

#include "server/page.h"

#include <string.h>

typedef struct
{
  guint status;
  const char *slug, *title, *what_to_do;
} Problem;

static const Problem PROBLEMS[] = {
  { 400, "parameters", N_ ("填写有误"), N_ ("请返回上一页改正后再提交。") },
  { 401, "login", N_ ("还没有登录"), N_ ("请登录后再试。") },
  { 403, "forbidden", N_ ("没有权限"),
    N_ ("需要这项权限时，请与本单位的安全管理员联系。") },
  { 404, "not-found", N_ ("没有找到"),
    N_ ("可能已经作废、改了地址，或不在您负责的范围内。") },
  { 405, "method", N_ ("操作方式不对"), N_ ("请从页面上的按钮操作。") },
  { 409, "conflict", N_ ("与已有的内容冲突"),
    N_ ("请返回上一页，看看现在的内容，再决定怎样改。") },
  { 413, "too-large", N_ ("内容太大"),
    N_ ("请分几次提交，或换小一些的文件。") },
  { 415, "media-type", N_ ("格式不对"), N_ ("请换一种格式再提交。") },
  { 422, "refused", N_ ("没有通过检查"), N_ ("请返回上一页改正后再提交。") },
  { 429, "too-often", N_ ("请稍等"), N_ ("请等几秒钟再试。") },
  { 503, "stopping", N_ ("暂时不能使用"), N_ ("请过一会儿再试。") },
  { 500, "server", N_ ("系统出错"),
    N_ ("刚才的操作没有生效，也不是您的错。请过一会儿再试；"
        "还不行，就把下面的编号告诉系统管理员。") },
};

GQuark
hx_status_error_quark (void)
{
  return g_quark_from_static_string ("hx-status-error");
}

gboolean
hx_status_fail (GError **error, guint status, const char *what)
{
  g_set_error_literal (error, HX_STATUS_ERROR, (int)status, what);
  return FALSE;
}

static guint
status_of (const GError *error)
{
  static const guint of_codes[] = {
    [HX_ERROR_FINDING] = 422,  [HX_ERROR_USAGE] = 400,
    [HX_ERROR_DATA] = 422,     [HX_ERROR_STORE] = 500,
    [HX_ERROR_LIMIT] = 422,    [HX_ERROR_NOT_FOUND] = 404,
    [HX_ERROR_CONFLICT] = 409, [HX_ERROR_FORBIDDEN] = 403,
  };
  if (error == NULL)
    return 500;
  if (error->domain == HX_STATUS_ERROR)
    return (guint)error->code;
  if (error->domain != HX_ERROR
      || (gsize)error->code >= G_N_ELEMENTS (of_codes))
    return 500;
  return of_codes[error->code];
}

/* The last one stands for those that are not listed. */
static const Problem *
problem_of (guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PROBLEMS); i++)
    if (PROBLEMS[i].status == status)
      return &PROBLEMS[i];
  return &PROBLEMS[G_N_ELEMENTS (PROBLEMS) - 1];
}

/* What the parameter is called, or its name. */
static const char *
field_label (const HxCall *call, const char *field)
{
  const HxParameter *each = call->route->parameters;
  for (; each != NULL && each->name != NULL; each++)
    if (each->what != NULL && strcmp (each->name, field) == 0)
      return hx_text (each->what);
  return field;
}

/* -------------------------------------------------------------------- JSON */

static void
write_faults (const HxCall *call, HxJson *json)
{
  hx_json_key (json, "errors");
  hx_json_array_begin (json);
  for (guint i = 0; i < call->faults->len; i++)
    {
      const HxFault *fault = call->faults->pdata[i];
      hx_json_object_begin (json);
      if (fault->field != NULL)
        {
          hx_json_member (json, "field", fault->field);
          hx_json_member (json, "name", field_label (call, fault->field));
        }
      hx_json_member (json, "reason", fault->text);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
reply_document (HxCall *call, guint status, const char *detail)
{
  const Problem *problem = problem_of (status);
  g_autofree char *type = g_strconcat ("/problems/", problem->slug, NULL);
  GString *out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, FALSE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "type", type);
  hx_json_member (&json, "title", hx_text (problem->title));
  hx_json_member_integer (&json, "status", status);
  hx_json_member (&json, "detail", detail);
  hx_json_member (&json, "instance", call->request->id);
  if (call->faults->len > 0)
    write_faults (call, &json);
  hx_json_object_end (&json);
  hx_call_reply_json (call, out, status);
}

/* -------------------------------------------------------------------- pages */

static void
list_faults (const HxCall *call, HxHtml *html)
{
  if (call->faults->len == 0)
    return;
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; i < call->faults->len; i++)
    {
      const HxFault *fault = call->faults->pdata[i];
      hx_html_open (html, "li", NULL);
      if (fault->field != NULL)
        hx_html_textf (html, "%s：", field_label (call, fault->field));
      hx_html_text (html, fault->text);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
}

static void
reply_page (HxCall *call, guint status, const char *detail)
{
  const Problem *problem = problem_of (status);
  HxHtml *html
      = hx_page_begin (call, &(HxPageHead){ .title = hx_text (problem->title),
                                            .status = status });
  hx_part_notice (html, HX_TONE_BAD, detail);
  list_faults (call, html);
  hx_html_element (html, "p", hx_text (problem->what_to_do), NULL);
  hx_html_open (html, "p", NULL);
  hx_part_action (html, "/", _ ("回到工作台"), FALSE);
  hx_html_close (html, "p");
  hx_html_open (html, "p", "class", "quiet", NULL);
  hx_html_textf (html, _ ("编号：%s"), call->request->id);
  hx_html_close (html, "p");
  hx_page_end (call, html);
}

void
hx_problem_reply (HxCall *call, const GError *error)
{
  const guint status = status_of (error);
  const char *detail = status == 500 || error == NULL
                           ? _ ("服务器处理这个请求时出了错")
                           : error->message;
  if (status == 500)
    g_info ("request %s: %s", call->request->id,
            error != NULL ? error->message : "no reply");
  if (hx_call_is_api (call))
    reply_document (call, status, detail);
  else
    reply_page (call, status, detail);
}
