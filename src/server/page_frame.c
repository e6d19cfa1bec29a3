/* The frame of every page.
 *
 * The navigation holds no list of roles: an entry is shown where the route
 * table has a page of its address that the user's roles open. */
#include "server/display.h"
#include "server/html_internal.h"
#include "server/page.h"

#include "report/year.h"

#include <string.h>

/* A session without requests ends after so long. */
#define HX_PAGE_IDLE_SECONDS 600

typedef struct
{
  const char *at;   /* HxPageHead.at */
  const char *path; /* of the page */
  const char *name;
} Entry;

static const Entry entries[] = {
  { "today", "/", N_ ("工作台") },
  { "people", "/people", N_ ("人员") },
  { "ledgers", "/ledgers", N_ ("台账") },
  { "duties", "/duties", N_ ("应办事项") },
  { "plan", "/plan", N_ ("计划") },
  { "money", "/money", N_ ("经费") },
  { "indicators", "/indicators", N_ ("指标") },
  { "monitoring", "/monitoring", N_ ("监控与自评") },
  { "report", "/report", N_ ("报告") },
  { "check", "/check", N_ ("核数") },
  { "administration", "/administration", N_ ("管理") },
};

/* ---------------------------------------------------------- who opens what */

static const HxRoute *
find_page (const char *path)
{
  for (guint i = 0; hx_routes[i] != NULL; i++)
    for (const HxRoute *route = hx_routes[i]; route->path != NULL; route++)
      if (route->method == HX_METHOD_GET && (route->flags & HX_ROUTE_PAGE) != 0
          && strcmp (route->path, path) == 0)
        return route;
  return NULL;
}

gboolean
hx_page_opens (const HxCall *call, const char *path)
{
  const HxRoute *route = find_page (path);
  const HxIdentity *identity = hx_call_identity (call);

  if (route == NULL || (route->flags & HX_ROUTE_FREE) != 0)
    return FALSE;
  if ((route->flags & HX_ROUTE_PUBLIC) != 0)
    return TRUE;
  return identity != NULL && hx_identity_has (identity, route->roles);
}

/* --------------------------------------------------------------------- head */

static const char *
language_code (void)
{
  return hx_language_get () == HX_LANGUAGE_ENGLISH ? "en" : "zh-CN";
}

static void
write_head (HxHtml *html, const HxPageHead *head, const char *bureau)
{
  g_autofree char *title
      = bureau != NULL ? g_strdup_printf ("%s · %s", head->title, bureau)
                       : g_strdup (head->title);

  hx_html_open (html, "head", NULL);
  hx_html_void (html, "meta", "charset", "utf-8", NULL);
  hx_html_element (html, "title", title, NULL);
  hx_html_void (html, "meta", "name", "viewport", "content",
                "width=device-width, initial-scale=1", NULL);
  hx_html_void (html, "meta", "name", "color-scheme", "content", "light dark",
                NULL);
  hx_html_void (html, "meta", "name", "htmx-config", "content",
                "{\"allowEval\":false,\"includeIndicatorStyles\":false,"
                "\"selfRequestsOnly\":true,\"historyCacheSize\":0,"
                "\"scrollIntoViewOnBoost\":false,"
                /* What is refused comes back as a page with its faults. */
                "\"responseHandling\":[{\"code\":\"204\",\"swap\":false},"
                "{\"code\":\"...\",\"swap\":true}]}",
                NULL);
  hx_html_void (html, "link", "rel", "stylesheet", "href",
                hx_static_url ("style.css"), NULL);
  hx_html_void (html, "link", "rel", "icon", "type", "image/svg+xml", "href",
                hx_static_url ("icons/hongxia.svg"), NULL);
  hx_html_element (html, "script", NULL, "src",
                   hx_static_url ("vendor/htmx/htmx.min.js"), "defer", "",
                   NULL);
  hx_html_element (html, "script", NULL, "src", hx_static_url ("script.js"),
                   "defer", "", NULL);
  hx_html_close (html, "head");
}

/* -------------------------------------------------------------------- tools */

/* The address of this page, to come back to: of what was asked by GET. */
static char *
this_page (const HxCall *call)
{
  const HxRequest *request = hx_call_request (call);

  if (request->method != HX_METHOD_GET || !hx_url_is_ours (request->path))
    return g_strdup ("/");
  if (request->query_text[0] == '\0')
    return g_strdup (request->path);
  return g_strconcat (request->path, "?", request->query_text, NULL);
}

static void
write_choice (HxHtml *html, const char *url, const char *text, gboolean is_on)
{
  hx_html_open (html, "li", NULL);
  hx_html_open (html, "a", "href", url, "rel", "nofollow", NULL);
  if (is_on)
    hx_html_element (html, "span", "✓ ", "aria-hidden", "true", NULL);
  hx_html_text (html, text);
  if (is_on)
    hx_html_element (html, "span", _ ("（已选）"), "class", "unseen", NULL);
  hx_html_close (html, "a");
  hx_html_close (html, "li");
}

static void
write_display_menu (HxHtml *html, const HxCall *call, const char *back)
{
  guint i;

  hx_html_open (html, "details", "class", "menu", NULL);
  hx_html_element (html, "summary", _ ("显示"), NULL);
  hx_html_open (html, "ul", NULL);
  for (i = 0; hx_display_choices[i].value != NULL; i++)
    {
      const HxDisplayChoice *choice = &hx_display_choices[i];
      g_autofree char *url = hx_url ("/display", choice->name, choice->value,
                                     "back", back, NULL);

      write_choice (html, url, _ (choice->text),
                    hx_display_is (call, choice->name, choice->value));
    }
  hx_html_close (html, "ul");
  hx_html_close (html, "details");
}

static void
write_language (HxHtml *html, const char *back)
{
  gboolean is_english = hx_language_get () == HX_LANGUAGE_ENGLISH;
  g_autofree char *url = hx_url ("/language", "to", is_english ? "zh" : "en",
                                 "back", back, NULL);

  hx_html_element (html, "a", is_english ? "中文" : "English", "href", url,
                   "lang", is_english ? "zh-CN" : "en", "class", "tool", "rel",
                   "nofollow", NULL);
}

static void
write_user_menu (HxHtml *html, HxCall *call)
{
  const HxIdentity *identity = hx_call_identity (call);

  hx_html_open (html, "details", "class", "menu", NULL);
  hx_html_element (html, "summary", identity->name, NULL);
  hx_html_open (html, "div", NULL);
  for (guint i = 0; i < HX_USER_ROLES; i++)
    if ((identity->roles & (1u << i)) != 0)
      hx_html_element (html, "p", hx_user_role_name (i), "class", "quiet",
                       NULL);
  if (identity->unit_name != NULL)
    hx_html_element (html, "p", identity->unit_name, "class", "quiet", NULL);
  if (hx_page_opens (call, "/account"))
    {
      hx_html_open (html, "p", NULL);
      hx_html_element (html, "a", _ ("我的账号"), "href", "/account", NULL);
      hx_html_close (html, "p");
    }
  hx_form_button (html, call, "/logout", _ ("退出登录"));
  hx_html_close (html, "div");
  hx_html_close (html, "details");
}

static void
write_header (HxHtml *html, HxCall *call, const char *bureau)
{
  g_autofree char *back = this_page (call);

  hx_html_open (html, "header", "class", "top", NULL);
  hx_html_open (html, "p", "class", "brand", NULL);
  hx_html_open (html, "a", "href", "/", NULL);
  hx_html_void (html, "img", "src", hx_static_url ("icons/hongxia.svg"), "alt",
                "", "width", "27", "height", "27", NULL);
  hx_html_element (html, "span", bureau != NULL ? bureau : _ ("红霞"), NULL);
  hx_html_close (html, "a");
  hx_html_close (html, "p");
  hx_html_open (html, "div", "class", "tools", NULL);
  write_display_menu (html, call, back);
  write_language (html, back);
  if (hx_page_opens (call, "/help"))
    hx_html_element (html, "a", _ ("帮助"), "href", "/help", "class", "tool",
                     NULL);
  if (hx_call_identity (call) != NULL)
    write_user_menu (html, call);
  hx_html_close (html, "div");
  hx_html_close (html, "header");
}

/* --------------------------------------------------------------- navigation */

static void
write_navigation (HxHtml *html, const HxCall *call, const char *at)
{
  if (hx_call_identity (call) == NULL)
    return;
  hx_html_open (html, "nav", "class", "rooms", "aria-label", _ ("主导航"),
                NULL);
  hx_html_open (html, "ul", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      const Entry *entry = &entries[i];

      if (!hx_page_opens (call, entry->path))
        continue;
      hx_html_open (html, "li", NULL);
      hx_html_element (html, "a", _ (entry->name), "href", entry->path,
                       "aria-current",
                       g_strcmp0 (at, entry->at) == 0 ? "page" : NULL, NULL);
      hx_html_close (html, "li");
    }
  hx_html_close (html, "ul");
  hx_html_close (html, "nav");
}

/* --------------------------------------------------------------------- year */

/* What else the page was asked for goes along, but for where a list goes on. */
static void
keep_query (HxHtml *html, const HxCall *call)
{
  GHashTableIter iter;
  gpointer name, values;

  g_hash_table_iter_init (&iter, hx_call_request (call)->query);
  while (g_hash_table_iter_next (&iter, &name, &values))
    {
      const GPtrArray *array = values;

      if (strcmp (name, "year") == 0 || strcmp (name, "after") == 0)
        continue;
      for (guint i = 0; i < array->len; i++)
        hx_html_void (html, "input", "type", "hidden", "name", name, "value",
                      (const char *)g_ptr_array_index (array, i), NULL);
    }
}

#define YEARS_BACK 5

static void
write_year (HxHtml *html, HxCall *call)
{
  int chosen = hx_call_year (call);
  int last = MAX (hx_call_today (call).year, chosen) + 1;
  int first = MIN (last - 1 - YEARS_BACK, chosen);

  hx_html_open (html, "form", "method", "get", "action",
                hx_call_request (call)->path, "class", "year", NULL);
  keep_query (html, call);
  hx_html_element (html, "label", _ ("年度"), "for", "year", NULL);
  hx_html_open (html, "select", "id", "year", "name", "year", "data-submit", "",
                NULL);
  for (int year = last; year >= first; year--)
    {
      g_autofree char *value = g_strdup_printf ("%d", year);

      hx_html_element (html, "option", value, "value", value, "selected",
                       year == chosen ? "" : NULL, NULL);
    }
  hx_html_close (html, "select");
  hx_html_element (html, "button", _ ("换"), "type", "submit", "class",
                   "button unscripted", NULL);
  hx_html_close (html, "form");
}

/* --------------------------------------------------------- end of a session */

/* The script shows it when the session is about to end. */
static void
write_idle_notice (HxHtml *html, const HxCall *call)
{
  g_autofree char *seconds = g_strdup_printf ("%d", HX_PAGE_IDLE_SECONDS);

  if (hx_call_identity (call) == NULL)
    return;
  hx_html_open (html, "div", "class", "idle", "id", "idle", "role",
                "alertdialog", "aria-label", _ ("即将自动退出"), "data-seconds",
                seconds, "hidden", "", NULL);
  hx_html_element (html, "p",
                   _ ("您有一会儿没有操作了。为了安全，一分钟内将自动退出，没有"
                      "保存的内容会丢失。"),
                   NULL);
  hx_html_element (html, "button", _ ("继续工作"), "type", "button", "class",
                   "button main", NULL);
  hx_html_close (html, "div");
}

/* --------------------------------------------------------------------- page */

static void
write_title (HxHtml *html, HxCall *call, const HxPageHead *head)
{
  hx_html_open (html, "div", "class", "title", NULL);
  hx_html_open (html, "div", NULL);
  if (head->back != NULL)
    {
      hx_html_open (html, "p", "class", "back", NULL);
      hx_html_open (html, "a", "href", head->back, NULL);
      hx_html_element (html, "span", "← ", "aria-hidden", "true", NULL);
      hx_html_text (html,
                    head->back_name != NULL ? head->back_name : _ ("返回"));
      hx_html_close (html, "a");
      hx_html_close (html, "p");
    }
  hx_html_element (html, "h1", head->title, NULL);
  if (head->lead != NULL)
    hx_html_element (html, "p", head->lead, "class", "lead", NULL);
  hx_html_close (html, "div");
  if (head->with_year)
    write_year (html, call);
  hx_html_close (html, "div");
}

static char *
bureau_name (HxCall *call)
{
  g_autoptr (GError) error = NULL;
  HxConnection *connection = hx_call_connection (call, &error);

  if (connection == NULL)
    return NULL;
  return hx_setting_get (connection, HX_SETTING_BUREAU, &error);
}

static void
write_frame (HxHtml *html, HxCall *call, const HxPageHead *head)
{
  g_autofree char *bureau = bureau_name (call);
  g_autofree char *modes = hx_display_class (call);

  hx_html_trusted (html, "<!DOCTYPE html>\n", -1);
  hx_html_open (html, "html", "lang", language_code (), "class", modes, NULL);
  write_head (html, head, bureau);
  hx_html_open (html, "body", NULL);
  hx_html_element (html, "a", _ ("跳到正文"), "href", "#main", "class", "skip",
                   NULL);
  write_header (html, call, bureau);
  write_navigation (html, call, head->at);
}

HxHtml *
hx_page_begin (HxCall *call, const HxPageHead *head)
{
  HxHtml *html = hx_html_new ();
  const char *said;

  html->status = head->status == 0 ? 200 : head->status;
  html->is_part = hx_call_is_part (call);
  if (!html->is_part)
    write_frame (html, call, head);
  hx_html_open (html, "main", "id", "main", "tabindex", "-1", "class",
                head->wide ? "wide" : NULL, NULL);
  write_title (html, call, head);
  said = hx_call_said (call);
  if (said != NULL)
    hx_part_notice (html, HX_TONE_GOOD, said);
  return html;
}

static void
write_footer (HxHtml *html, HxCall *call)
{
  g_autofree char *today = hx_say_date (hx_call_today (call));

  hx_html_open (html, "footer", NULL);
  hx_html_open (html, "p", NULL);
  hx_html_text (html, today);
  hx_html_text (html, " · ");
  hx_html_textf (html, _ ("红霞 %s"), HX_VERSION);
  hx_html_close (html, "p");
  hx_html_close (html, "footer");
}

gboolean
hx_page_end (HxCall *call, HxHtml *html)
{
  guint status = html->status;

  hx_html_close (html, "main");
  if (!html->is_part)
    {
      write_footer (html, call);
      write_idle_notice (html, call);
      hx_html_close (html, "body");
      hx_html_close (html, "html");
    }
  return hx_call_reply_html (call, html, status);
}
