/* The first page: what waits, what is due, how far the year is. */
#include "server/display.h"
#include "server/links.h"
#include "server/today_page.h"

#include <string.h>

#define ITEMS_SHOWN 12

/* 1,828 */
static char *
say_number (gint64 number)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT, number);
  for (gssize at = (gssize)text->len - 3; at > 0; at -= 3)
    g_string_insert_c (text, at, ',');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ------------------------------------------------------------- what waits */

static void
write_number (HxHtml *html, const HxTodayNumber *number, gint64 n)
{
  static const char *const classes[] = {
    [HX_TONE_PLAIN] = NULL,
    [HX_TONE_GOOD] = "good",
    [HX_TONE_WARN] = "warn",
    [HX_TONE_BAD] = "bad",
  };
  g_autofree char *url = g_strconcat (number->path, number->query, NULL);
  g_autofree char *text = say_number (n);

  hx_html_open (html, "li", NULL);
  hx_html_open (html, "a", "href", url, "class",
                n > 0 ? classes[number->tone] : NULL, NULL);
  hx_html_element (html, "b", text, NULL);
  hx_html_text (html, " ");
  hx_html_element (html, "span", _ (number->name), NULL);
  hx_html_close (html, "a");
  hx_html_close (html, "li");
}

static gboolean
write_numbers (HxTodayView *view, HxHtml *html, GError **error)
{
  guint shown = 0;

  for (const HxTodayNumber *number = hx_today_numbers; number->key != NULL;
       number++)
    {
      gint64 n = 0;

      if (!hx_today_number_is_for (view, number))
        continue;
      if (!number->count (view, &n, error))
        return FALSE;
      if (shown++ == 0)
        {
          hx_part_section_begin (html, "waiting", _ ("等我处理"));
          hx_html_open (html, "ul", "class", "numbers", NULL);
        }
      write_number (html, number, n);
    }
  if (shown == 0)
    return TRUE;
  hx_html_close (html, "ul");
  hx_part_section_end (html);
  return TRUE;
}

/* -------------------------------------------------------------- this week */

/* 今天, 还有 3 天, 超期 5 天. */
static char *
say_left (const HxTodayView *view, const HxTodayItem *item)
{
  gint64 left = hx_date_days (item->closes) - hx_date_days (view->as_of);

  if (left < 0)
    return g_strdup_printf (_ ("超期 %d 天"), (int)-left);
  if (left == 0)
    return g_strdup (_ ("今天截止"));
  return g_strdup_printf (_ ("还有 %d 天"), (int)left);
}

static HxTone
tone_of (const HxTodayView *view, const HxTodayItem *item)
{
  gint64 left = hx_date_days (item->closes) - hx_date_days (view->as_of);

  if (item->state == HX_DUTY_OVERDUE)
    return HX_TONE_BAD;
  return left <= HX_TODAY_DAYS ? HX_TONE_WARN : HX_TONE_PLAIN;
}

static const HxField *
reference_of (const HxTodayItem *item)
{
  const HxDutyProof *proof = item->duty->done_by->pdata[0];

  return proof->reference;
}

static void
write_item_actions (const HxTodayView *view, HxHtml *html,
                    const HxTodayItem *item)
{
  g_autofree char *form = hx_link_new (
      view->call, &(HxNewRecord){ .kind = item->done_by,
                                  .reference = reference_of (item),
                                  .row = item->row_id,
                                  .back = "/" });
  const char *name = item->done_by->name;
  g_autofree char *text = strstr (name, "登记") != NULL
                              ? g_strdup (name)
                              : g_strdup_printf (_ ("登记%s"), name);

  if (form == NULL)
    return;
  hx_html_open (html, "p", "class", "do", NULL);
  hx_part_action (html, form, text, TRUE);
  hx_html_close (html, "p");
}

static void
write_item (const HxTodayView *view, HxHtml *html, const HxTodayItem *item)
{
  g_autofree char *row = hx_link_row (view->call, item->duty->of, item->row_id);
  g_autofree char *left = say_left (view, item);
  g_autofree char *day = hx_say_date (item->due);

  hx_html_open (html, "li", "class", "card", NULL);
  hx_html_open (html, "h3", NULL);
  hx_html_element (html, row != NULL ? "a" : "span", item->label, "href", row,
                   NULL);
  hx_html_close (html, "h3");
  hx_html_open (html, "p", NULL);
  hx_html_text (html, item->name);
  hx_html_text (html, " ");
  hx_part_badge (html, tone_of (view, item), left);
  hx_html_close (html, "p");
  hx_html_open (html, "p", "class", "quiet", NULL);
  hx_html_text (html, day);
  if (item->unit[0] != '\0')
    hx_html_textf (html, " · %s", item->unit);
  hx_html_close (html, "p");
  write_item_actions (view, html, item);
  hx_html_close (html, "li");
}

/* Whose names the user may read. */
static gboolean
may_see (const HxTodayView *view, const HxTodayItem *item)
{
  return hx_identity_may (hx_call_identity (view->call), HX_ACT_READ,
                          item->duty->of);
}

static void
write_items (const HxTodayView *view, HxHtml *html)
{
  guint shown = 0;

  hx_html_open (html, "ul", "class", "tasks", NULL);
  for (guint i = 0; i < view->duties->items->len && shown < ITEMS_SHOWN; i++)
    {
      const HxTodayItem *item = view->duties->items->pdata[i];

      if (!may_see (view, item))
        continue;
      write_item (view, html, item);
      shown++;
    }
  hx_html_close (html, "ul");
}

static gboolean
has_items (const HxTodayView *view)
{
  for (guint i = 0; i < view->duties->items->len; i++)
    if (may_see (view, view->duties->items->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
write_week (const HxTodayView *view, HxHtml *html)
{
  if (view->duties == NULL
      || !hx_identity_has (hx_call_identity (view->call),
                           HX_USER_LIAISON | HX_USER_CLERK))
    return;
  hx_part_section_begin (html, "week", _ ("先办这些"));
  if (has_items (view))
    write_items (view, html);
  else
    hx_part_empty (html, _ ("眼下没有要办的事。"), "/people",
                   _ ("找人、看档案"));
  if (hx_page_opens (view->call, "/due"))
    {
      hx_html_open (html, "p", NULL);
      hx_part_action (html, "/due", _ ("全部应办事项"), FALSE);
      hx_html_close (html, "p");
    }
  hx_part_section_end (html);
}

/* --------------------------------------------------------------- the year */

static gint64
share_of (gint64 part, gint64 whole)
{
  gint64 share;

  return hx_round_half_up (part * 10000, whole, 0, &share) ? share : 0;
}

/* Behind the time by more than ten points: warned of. */
static HxTone
pace (const HxTodayView *view, gint64 share)
{
  return share + 1000 < view->time_gone ? HX_TONE_WARN : HX_TONE_GOOD;
}

typedef struct
{
  const char *path, *name;
  gint64 share;
  const char *more; /* words behind the share */
} YearBar;

static void
write_bar (const HxTodayView *view, HxHtml *html, const YearBar *bar)
{
  g_autofree char *percent = hx_say_percent (bar->share);
  g_autofree char *text = g_strdup_printf ("%s　%s", percent, bar->more);
  gboolean opens = bar->path != NULL && hx_page_opens (view->call, bar->path);

  if (opens)
    hx_html_open (html, "a", "href", bar->path, "class", "plain", NULL);
  hx_part_bar (
      html,
      &(HxBar){ .label = bar->name,
                .text = text,
                .permille = (gint)(bar->share / 10),
                .mark = bar->path == NULL ? -1 : (gint)(view->time_gone / 10),
                .tone = bar->path == NULL ? HX_TONE_PLAIN
                                          : pace (view, bar->share) });
  if (opens)
    hx_html_close (html, "a");
}

static void
write_time_bar (const HxTodayView *view, HxHtml *html)
{
  g_autofree char *day = hx_say_date (view->as_of);

  write_bar (view, html, &(YearBar){ NULL, _ ("时间"), view->time_gone, day });
}

static void
write_duty_bar (const HxTodayView *view, HxHtml *html)
{
  g_autofree char *done = NULL, *due = NULL, *more = NULL;

  if (view->duties == NULL || view->duties->due == 0)
    return;
  done = say_number (view->duties->done);
  due = say_number (view->duties->due);
  more = g_strdup_printf (_ ("已办 %s，应办 %s"), done, due);
  write_bar (view, html,
             &(YearBar){ "/duties", _ ("应办事项"),
                         share_of (view->duties->done, view->duties->due),
                         more });
}

static void
write_work_bar (const HxTodayView *view, HxHtml *html)
{
  g_autofree char *more = NULL;

  if (view->plan == NULL)
    return;
  more = g_strdup_printf (_ ("%d 项重点任务，滞后节点 %d 个"),
                          (int)view->plan->tasks->len, (int)view->late);
  write_bar (view, html,
             &(YearBar){ "/plan", _ ("重点任务"), view->work, more });
}

static void
write_money_bar (const HxTodayView *view, HxHtml *html)
{
  g_autofree char *paid = NULL, *total = NULL, *more = NULL;

  if (!view->has_money)
    return;
  paid = hx_say_money (view->money.executed, TRUE);
  total = hx_say_money (view->money.total, TRUE);
  more = g_strdup_printf (_ ("已支出 %s，全年 %s"), paid, total);
  write_bar (view, html,
             &(YearBar){ "/money", _ ("经费执行"),
                         share_of (view->money.executed, view->money.total),
                         more });
}

static void
write_year (const HxTodayView *view, HxHtml *html)
{
  if (!hx_identity_has (hx_call_identity (view->call), HX_USER_BUSINESS))
    return;
  hx_part_section_begin (html, "this-year", _ ("这一年走到哪里"));
  hx_html_open (html, "div", "class", "card", NULL);
  write_time_bar (view, html);
  write_duty_bar (view, html);
  write_work_bar (view, html);
  write_money_bar (view, html);
  hx_html_element (html, "p", _ ("竖线是时间走到的位置。"), "class", "quiet",
                   NULL);
  hx_html_close (html, "div");
  hx_part_section_end (html);
}

/* ---------------------------------------------------------- duty by duty */

static void
write_count (HxGrid *grid, gint64 number)
{
  g_autofree char *text = number != 0 ? say_number (number) : NULL;

  hx_grid_cell (grid, text);
}

static void
write_duty (HxGrid *grid, const HxTodayDuty *line)
{
  g_autofree char *url
      = hx_url ("/due", "duty", line->duty->key, "whole", "1", NULL);
  g_autofree char *overdue = say_number (line->overdue);
  g_autofree char *rate
      = line->due == 0 ? NULL
                       : hx_say_percent (share_of (line->done, line->due));

  hx_grid_row (grid, url);
  hx_grid_cell (grid, line->duty->name);
  hx_grid_cell (grid, line->duty->by != NULL ? line->duty->by->name : NULL);
  write_count (grid, line->due);
  write_count (grid, line->done);
  hx_grid_cell (grid, rate);
  write_count (grid, line->open);
  if (line->overdue == 0)
    hx_grid_cell (grid, NULL);
  else
    {
      hx_part_badge (hx_grid_cell_begin (grid), HX_TONE_BAD, overdue);
      hx_grid_cell_end (grid);
    }
}

static void
write_duties (const HxTodayView *view, HxHtml *html)
{
  const HxColumn columns[] = { { .name = _ ("事项") },
                               { .name = _ ("承办") },
                               { .name = _ ("全年应办"), .is_number = TRUE },
                               { .name = _ ("已办"), .is_number = TRUE },
                               { .name = _ ("覆盖率"), .is_number = TRUE },
                               { .name = _ ("今天可办"), .is_number = TRUE },
                               { .name = _ ("超期未办"), .is_number = TRUE },
                               { 0 } };
  HxGrid *grid;

  if (view->duties == NULL || view->duties->duties->len == 0
      || !hx_page_opens (view->call, "/due")
      || !hx_identity_has (hx_call_identity (view->call),
                           HX_USER_BUSINESS & ~(guint)HX_USER_LIAISON))
    return;
  hx_part_section_begin (html, "duties", _ ("各项应办办到哪里"));
  grid = hx_grid_begin (html, _ ("各项应办事项的应办、已办和超期"), columns);
  for (guint i = 0; i < view->duties->duties->len; i++)
    write_duty (grid, &g_array_index (view->duties->duties, HxTodayDuty, i));
  hx_grid_end (grid);
  hx_part_section_end (html);
}

/* ------------------------------------------- work, time, money of each task */

static void
write_share (HxGrid *grid, gboolean is_there, gint64 share)
{
  g_autofree char *text = is_there ? hx_say_percent (share) : NULL;

  hx_grid_cell (grid, text);
}

static void
write_task (HxGrid *grid, const HxPlanTask *task)
{
  g_autofree char *url
      = g_strdup_printf ("/plan/tasks/%" G_GINT64_FORMAT, task->id);
  g_autofree char *late = g_strdup_printf ("%u", task->late);
  g_autofree char *money
      = task->has_money ? hx_say_money (task->money.total, TRUE) : NULL;

  hx_grid_row (grid, url);
  hx_grid_cell (grid, task->name);
  hx_grid_cell (grid, task->owner);
  write_share (grid, task->has_work, task->work_done);
  write_share (grid, task->has_work, task->work_due);
  write_share (grid, task->has_money, task->spent);
  hx_grid_cell (grid, money);
  if (task->late == 0)
    hx_grid_cell (grid, NULL);
  else
    {
      hx_part_badge (hx_grid_cell_begin (grid), HX_TONE_BAD, late);
      hx_grid_cell_end (grid);
    }
}

static void
write_tasks (const HxTodayView *view, HxHtml *html)
{
  const HxColumn columns[]
      = { { .name = _ ("重点任务") },
          { .name = _ ("负责人") },
          { .name = _ ("工作完成"), .is_number = TRUE },
          { .name = _ ("按计划应完成"), .is_number = TRUE },
          { .name = _ ("经费执行"), .is_number = TRUE },
          { .name = _ ("全年经费"), .is_number = TRUE },
          { .name = _ ("滞后节点"), .is_number = TRUE },
          { 0 } };
  HxGrid *grid;

  if (view->plan == NULL
      || !hx_identity_has (hx_call_identity (view->call),
                           HX_USER_BUREAU | HX_USER_SECTION))
    return;
  hx_part_section_begin (html, "tasks", _ ("任务：工作、时间、经费"));
  grid = hx_grid_begin (html, _ ("各项重点任务的工作、时间和经费"), columns);
  for (guint i = 0; i < view->plan->tasks->len; i++)
    write_task (grid, view->plan->tasks->pdata[i]);
  hx_grid_end (grid);
  hx_part_section_end (html);
}

/* ----------------------------------------------------- where else to begin */

typedef struct
{
  HxUserRoles roles;
  const char *path;
  const char *name, *what;
} Start;

static const Start starts[] = {
  { HX_USER_LIAISON, "/people", N_ ("找人"),
    N_ ("按姓名、拼音首字母、街道查找") },
  { HX_USER_CLERK, "/ledgers", N_ ("登记台账"),
    N_ ("走访、体检、课堂、活动，也可以导入表格") },
  { HX_USER_FINANCE, "/money", N_ ("经费"),
    N_ ("预算、调整、支付，导入国库系统的表") },
  { HX_USER_FINANCE | HX_USER_REVIEWER | HX_USER_READER, "/monitoring",
    N_ ("监控与自评"), N_ ("双监控表和自评表，从数据里填好") },
  { HX_USER_REVIEWER | HX_USER_READER | HX_USER_BUREAU, "/report", N_ ("报告"),
    N_ ("全年报告，每个数字都能点开到记录") },
  { HX_USER_REVIEWER | HX_USER_READER | HX_USER_FINANCE, "/indicators",
    N_ ("指标"), N_ ("数值、目标、来源和口径") },
  { HX_USER_REVIEWER, "/check", N_ ("核数"),
    N_ ("放进一份报告，看里面的数字对不对") },
  { HX_USER_ADMINISTRATORS, "/administration", N_ ("管理"),
    N_ ("各管理员只看到自己的部分") },
};

static void
write_starts (const HxTodayView *view, HxHtml *html)
{
  const HxIdentity *identity = hx_call_identity (view->call);
  guint shown = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      const Start *start = &starts[i];

      if (!hx_identity_has (identity, start->roles)
          || !hx_page_opens (view->call, start->path))
        continue;
      if (shown++ == 0)
        {
          hx_part_section_begin (html, "starts", _ ("从这里开始"));
          hx_html_open (html, "ul", "class", "tasks", NULL);
        }
      hx_html_open (html, "li", "class", "card", NULL);
      hx_html_open (html, "h3", NULL);
      hx_html_element (html, "a", _ (start->name), "href", start->path, NULL);
      hx_html_close (html, "h3");
      hx_html_element (html, "p", _ (start->what), "class", "quiet", NULL);
      hx_html_close (html, "li");
    }
  if (shown == 0)
    return;
  hx_html_close (html, "ul");
  hx_part_section_end (html);
}

/* --------------------------------------------------------------------- page */

static char *
say_weekday (HxDate date)
{
  static const char *const names[]
      = { N_ ("星期四"), N_ ("星期五"), N_ ("星期六"), N_ ("星期日"),
          N_ ("星期一"), N_ ("星期二"), N_ ("星期三") };
  gint64 days = hx_date_days (date) % 7;
  g_autofree char *day = hx_say_date (date);

  return g_strdup_printf ("%s　%s", day, _ (names[days < 0 ? days + 7 : days]));
}

static gboolean
today_page (HxCall *call, GError **error)
{
  const HxIdentity *identity = hx_call_identity (call);
  g_auto (HxTodayView) view = { 0 };
  g_autoptr (HxHtml) html = NULL;
  g_autofree char *day = NULL, *lead = NULL;

  if (!hx_today_view_init (&view, call, error))
    return FALSE;
  day = say_weekday (view.as_of);
  lead = identity->unit_name != NULL
             ? g_strdup_printf ("%s · %s", day, identity->unit_name)
             : g_strdup (day);
  html = hx_page_begin (call, &(HxPageHead){ .title = _ ("工作台"),
                                             .at = "today",
                                             .lead = lead,
                                             .with_year = hx_identity_has (
                                                 identity, HX_USER_BUSINESS) });
  if (!write_numbers (&view, html, error))
    return FALSE;
  if (hx_identity_has (identity, HX_USER_LIAISON))
    write_week (&view, html);
  write_year (&view, html);
  write_tasks (&view, html);
  if (!hx_identity_has (identity, HX_USER_LIAISON))
    write_week (&view, html);
  write_duties (&view, html);
  write_starts (&view, html);
  return hx_page_end (call, g_steal_pointer (&html));
}

static const HxParameter parameters[]
    = { { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") }, { 0 } };

const HxRoute hx_routes_today[] = {
  { HX_METHOD_GET, "/", "today_page", N_ ("工作台"), HX_USER_ANYBODY,
    HX_ROUTE_PAGE, parameters, .handler = today_page },
  { 0 },
};
