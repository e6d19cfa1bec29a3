/* The way to what each administrator may do. */
#include "server/display.h"
#include "server/page.h"

static const struct
{
  const char *path, *name, *what;
} places[] = {
  { "/administration/users", N_ ("用户"), N_ ("账号、角色、机构和现在的登录") },
  { "/administration/changes", N_ ("待确认的改动"),
    N_ ("另一名管理员申请的改动，在这里确认或驳回") },
  { "/administration/settings", N_ ("安全设置"),
    N_ ("自动退出、锁定、密码和令牌的期限") },
  { "/log", N_ ("变更日志"), N_ ("谁在什么时候改了什么") },
  { "/verify", N_ ("核对"), N_ ("变更链、各行、各数字是否相符") },
  { "/reveals", N_ ("谁看过保密内容"), N_ ("查看的人、内容和理由") },
};

static gboolean
administration_page (HxCall *call, GError **error)
{
  HxHtml *html = hx_page_begin (
      call, &(HxPageHead){ .title = _ ("管理"), .at = "administration" });

  (void)error;
  hx_html_open (html, "ul", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (!hx_page_opens (call, places[i].path))
        continue;
      hx_html_open (html, "li", NULL);
      hx_html_element (html, "a", _ (places[i].name), "href", places[i].path,
                       NULL);
      hx_html_text (html, "：");
      hx_html_text (html, _ (places[i].what));
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
  return hx_page_end (call, html);
}

const HxRoute hx_routes_administration[] = {
  { HX_METHOD_GET, "/administration", "administration_page", N_ ("管理"),
    HX_USER_ADMINISTRATORS, HX_ROUTE_PAGE, NULL, administration_page, 0, NULL },
  { 0 },
};
