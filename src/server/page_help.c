/* A short manual in the users' words.  A topic about a page is shown to those
 * who may open it, and to everybody before the login nothing but the first. */
#include "server/display.h"
#include "server/page.h"

typedef struct
{
  const char *id, *path; /* path NULL: for everybody */
  const char *title;
  const char *lines[6]; /* N_(), NULL behind the last */
} Topic;

static const Topic topics[] = {
  { "login",
    NULL,
    N_ ("登录和安全"),
    { N_ ("账号由安全管理员建立。第一次登录要先改口令。"),
      N_ ("连续输错五次会锁五分钟，到时自动解开。"),
      N_ ("十分钟没有操作会自动退出，快到时会提醒。离开座位请先退出登录。"),
      N_ ("口令忘了，或者换了手机，请找安全管理员，不要向别人借账号。") } },
  { "display",
    NULL,
    N_ ("看不清、看着累"),
    { N_ ("右上角“显示”里可以换成大字，也可以换成深色，换一次就记住。"),
      N_ ("浏览器里按 Ctrl 和 + 可以再放大，按 Ctrl 和 0 恢复。"),
      N_ ("每一页都可以打印，打印时不带菜单。") } },
  { "today",
    "/",
    N_ ("工作台"),
    { N_ ("第一眼看“等我处理”：每个数字点开就是名单。"),
      N_ ("“先办这些”是本周到期的和超期的，点“登记”直接填，人和事已经带好。"),
      N_ ("四条横条是这一年走到哪里；竖线是时间的位置，横条没到竖线就是慢了"
          "。") } },
  { "people",
    "/people",
    N_ ("找人、看档案"),
    { N_ ("输入姓名、拼音首字母、编号或街道，边输边出结果。"),
      N_ ("档案里有经历、服务、应办、经费。遮住的号码要看，得写明原因，会留下记"
          "录，负责人看得到。"),
      N_ ("改了什么、谁改的、什么时候，都在历史里，不会丢。") } },
  { "ledgers",
    "/ledgers",
    N_ ("登记台账"),
    { N_ ("红字“必填”的要填。填错了会说哪一格、为什么、怎么改，已填的不会丢。"),
      N_ ("到场的人可以勾名字，也可以只填人数。"),
      N_ ("照片可以用手机当场拍。同一人同一天可能重复时会提醒。"),
      N_ ("登记错了不删除，写明原因作废。"),
      N_ ("旧表格可以整张导入：先看对照和预览，有错的行给出一张错误表，改了再导"
          "。") } },
  { "duties",
    "/duties",
    N_ ("应办事项"),
    { N_ ("应办的名单由规则算出：谁、什么事、哪天以前。登记了相应的记录就算办了"
          "。"),
      N_ ("覆盖率按街道和事项列成一张表，点数字就是名单。") } },
  { "plan",
    "/plan",
    N_ ("计划和滞后"),
    { N_ ("节点的原定日期不变，调整要写原因；晚了就一直显示晚几天。"),
      N_ ("滞后的节点要说明原因、措施、谁负责、什么时候补上。") } },
  { "money",
    "/money",
    N_ ("经费"),
    { N_ ("国库系统导出的表可以直接导入，重复导不会重复记。"),
      N_ ("年终要结清：预算 = 支出 + 结转 + 收回 + "
          "作废，差一分也会说出来。") } },
  { "report",
    "/report",
    N_ ("报告和数字"),
    { N_ ("报告里每个数字都能点开，看到是哪些记录、怎么算的。"),
      N_ ("出具以后数字、文字和名单都冻结；以后记录有改动，会写明“出具后有变化”"
          "。") } },
};

static void
write_topic (HxHtml *html, const Topic *topic)
{
  hx_part_section_begin (html, topic->id, _ (topic->title));
  hx_html_open (html, "ul", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (topic->lines) && topic->lines[i] != NULL;
       i++)
    hx_html_element (html, "li", _ (topic->lines[i]), NULL);
  hx_html_close (html, "ul");
  hx_part_section_end (html);
}

static void
write_keys (HxHtml *html)
{
  static const struct
  {
    const char *key, *what;
  } keys[] = {
    { "Tab", N_ ("到下一个可以点或填的地方；加 Shift 往回") },
    { "Enter", N_ ("打开链接，提交表单") },
    { "Space", N_ ("按按钮，勾选") },
    { "Esc", N_ ("收起菜单") },
    { "Ctrl P", N_ ("打印这一页") },
  };

  hx_part_section_begin (html, "keys", _ ("不用鼠标"));
  hx_html_element (html, "p",
                   _ ("每一页都可以只用键盘。按一下 Tab，第一个是“跳到正文”。"),
                   NULL);
  hx_html_open (html, "dl", "class", "facts", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      hx_html_open (html, "dt", NULL);
      hx_html_element (html, "kbd", keys[i].key, NULL);
      hx_html_close (html, "dt");
      hx_html_element (html, "dd", _ (keys[i].what), NULL);
    }
  hx_html_close (html, "dl");
  hx_part_section_end (html);
}

static void
write_whom_to_ask (HxHtml *html)
{
  static const struct
  {
    const char *matter, *who;
  } matters[] = {
    { N_ ("登录、账号、角色"), N_ ("安全管理员") },
    { N_ ("机构、设置、备份"), N_ ("系统管理员") },
    { N_ ("谁看过、谁改过"), N_ ("审计管理员") },
    { N_ ("记录该怎么填、该不该批"), N_ ("所在科室负责人") },
    { N_ ("页面出错"),
      N_ ("把出错页面上的编号告诉系统管理员，凭它查得到那一次") },
  };

  hx_part_section_begin (html, "ask", _ ("有事找谁"));
  hx_html_open (html, "dl", "class", "facts", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (matters); i++)
    {
      hx_html_element (html, "dt", _ (matters[i].matter), NULL);
      hx_html_element (html, "dd", _ (matters[i].who), NULL);
    }
  hx_html_close (html, "dl");
  hx_part_section_end (html);
}

static gboolean
help_page (HxCall *call, GError **error G_GNUC_UNUSED)
{
  HxHtml *html
      = hx_page_begin (call, &(HxPageHead){ .title = _ ("帮助"),
                                            .lead = _ ("常用的都在这一页。"),
                                            .back = "/",
                                            .back_name = _ ("工作台") });

  hx_html_open (html, "div", "class", "prose", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    if (topics[i].path == NULL || hx_page_opens (call, topics[i].path))
      write_topic (html, &topics[i]);
  write_keys (html);
  write_whom_to_ask (html);
  hx_html_close (html, "div");
  return hx_page_end (call, html);
}

const HxRoute hx_routes_help[] = {
  { HX_METHOD_GET, "/help", "help_page", N_ ("帮助"), HX_USER_ANYBODY,
    HX_ROUTE_PAGE | HX_ROUTE_PUBLIC | HX_ROUTE_UNCHANGED_PASSWORD,
    .handler = help_page },
  { 0 },
};
