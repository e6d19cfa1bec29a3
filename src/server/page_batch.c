/* 分批安排: the batches of a year, one batch with its names to tick, planning
 * seen before it is made, lists out and back. */
#include "exchange/batch_list.h"
#include "server/batch_view.h"
#include "server/links.h"

#include <glib/gstdio.h>
#include <string.h>

/* --------------------------------------------------------------------- list */

static gboolean
show_line (HxGrid *grid, HxShown *shown, const HxBatchPlan *plan,
           const HxBatchLine *line, GError **error)
{
  g_autofree char *url = hx_batch_url (plan, line->number, "");
  g_autofree char *day = hx_batch_say_day (line->day);
  g_autofree char *hospital = hx_batch_row_name (
      shown->connection, plan->hospital->target, line->hospital, error);

  if (hospital == NULL)
    return FALSE;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, line->number);
  hx_grid_cell (grid, day);
  hx_grid_cell (grid, hospital);
  hx_part_badge (hx_grid_cell_begin (grid),
                 line->is_held ? HX_TONE_GOOD : HX_TONE_PLAIN,
                 line->is_held ? _ ("已进行") : _ ("已安排"));
  hx_grid_cell_end (grid);
  hx_grid_number (grid, line->places);
  hx_grid_number (grid, line->planned);
  hx_grid_number (grid, line->attended);
  hx_grid_number (grid, line->absent);
  hx_grid_number (grid, line->other);
  return TRUE;
}

static gboolean
show_lines (HxHtml *html, HxShown *shown, const HxBatchPlan *plan,
            const GPtrArray *lines, GError **error)
{
  const HxColumn columns[] = { { .name = _ ("批次") },
                               { .name = _ ("日期") },
                               { .name = _ ("医院") },
                               { .name = _ ("状态") },
                               { .name = _ ("名额"), .is_number = TRUE },
                               { .name = plan->planned->name, TRUE },
                               { .name = plan->attended->name, TRUE },
                               { .name = plan->absent->name, TRUE },
                               { .name = _ ("其他"), .is_number = TRUE },
                               { .name = NULL } };
  gboolean done = TRUE;
  HxGrid *grid;

  if (lines->len == 0)
    {
      const gboolean may = hx_batch_may_plan (shown, plan);

      hx_part_empty (html, _ ("这一年还没有安排批次。"),
                     may ? "/batches/new" : NULL, may ? _ ("现在安排") : NULL);
      return TRUE;
    }
  grid = hx_grid_begin (html, plan->name, columns);
  for (guint i = 0; i < lines->len && done; i++)
    done = show_line (grid, shown, plan, lines->pdata[i], error);
  hx_grid_end (grid);
  return done;
}

static void
show_ways (HxHtml *html, HxShown *shown, const HxBatchPlan *plan)
{
  HxCall *call = shown->call;
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  g_autofree char *new_url = hx_url ("/batches/new", "plan", plan->key, NULL);
  g_autofree char *missed
      = hx_url ("/batches/missed", "plan", plan->key, "year", year, NULL);
  g_autofree char *back = hx_url ("/batches/return", "plan", plan->key, NULL);

  hx_html_open (html, "p", "class", "actions", NULL);
  if (hx_batch_may_plan (shown, plan))
    {
      hx_part_action (html, new_url, _ ("安排批次"), TRUE);
      hx_part_action (html, back, _ ("导入签到名单"), FALSE);
    }
  hx_part_action (html, missed, _ ("缺席的人"), FALSE);
  hx_html_close (html, "p");
}

static gboolean
batches_page (HxCall *call, GError **error)
{
  const HxBatchPlan *plan = hx_batch_plan_of (call, error);
  g_auto (HxShown) shown = { 0 };
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (HxHtml) html = NULL;

  if (plan == NULL || !hx_shown_open (&shown, call, error))
    return FALSE;
  lines = hx_batch_lines (shown.connection, plan, hx_call_year (call), error);
  if (lines == NULL)
    return FALSE;
  html = hx_page_begin (call, &(HxPageHead){ .title = plan->name,
                                             .at = "duties",
                                             .back = "/duties",
                                             .back_name = _ ("应办事项"),
                                             .with_year = TRUE,
                                             .wide = TRUE });
  show_ways (html, &shown, plan);
  if (!show_lines (html, &shown, plan, lines, error))
    return FALSE;
  return hx_page_end (call, g_steal_pointer (&html));
}

/* ---------------------------------------------------------------- one batch */

static void
tick_cell (HxGrid *grid, const HxBatchPlan *plan, const HxBatchSeat *seat,
           const char *label)
{
  const HxRow *row = seat->attendance;
  const gboolean is_here
      = g_strcmp0 (row->values[plan->result->index].text, plan->attended->code)
        == 0;
  g_autofree char *id = hx_number_text (row->id);
  g_autofree char *name = g_strdup_printf (_ ("%s到了"), label);
  HxHtml *html = hx_grid_cell_begin (grid);

  hx_html_void (html, "input", "type", "checkbox", "name", "came", "value", id,
                "checked", is_here ? "" : NULL, "aria-label", name, NULL);
  hx_grid_cell_end (grid);
}

static void
reason_cell (HxGrid *grid, const HxBatchSeat *seat, const char *label,
             const char *reason)
{
  g_autofree char *field
      = g_strdup_printf ("f.%" G_GINT64_FORMAT, seat->attendance->id);
  g_autofree char *name = g_strdup_printf (_ ("%s缺席的原因"), label);
  HxHtml *html = hx_grid_cell_begin (grid);

  hx_html_void (html, "input", "type", "text", "name", field, "value", reason,
                "maxlength", "200", "aria-label", name, NULL);
  hx_grid_cell_end (grid);
}

static gboolean
show_seat (HxGrid *grid, HxShown *shown, const HxBatchPage *page,
           const HxBatchSeat *seat, GError **error)
{
  const HxBatchPlan *plan = page->plan;
  const gboolean may
      = hx_identity_may (shown->identity, HX_ACT_WRITE, plan->attendance);
  g_autofree char *url
      = hx_link_row (shown->call, seat->person->kind, seat->person->id);
  g_autofree char *label = hx_shown_label (shown, seat->person, error);
  g_autofree char *result
      = label != NULL
            ? hx_shown_plain (shown, seat->attendance, plan->result, error)
            : NULL;
  g_autofree char *reason
      = result != NULL
            ? hx_shown_plain (shown, seat->attendance, plan->reason, error)
            : NULL;
  const char *unit = reason != NULL
                         ? hx_shown_unit (shown, seat->person->unit_id, error)
                         : NULL;

  if (unit == NULL)
    return FALSE;
  hx_grid_row (grid, url);
  hx_grid_cell (grid, label);
  hx_grid_cell (grid, unit);
  hx_grid_cell (grid, result);
  if (may)
    {
      tick_cell (grid, plan, seat, label);
      reason_cell (grid, seat, label, reason);
      return TRUE;
    }
  hx_grid_cell (grid, reason);
  return TRUE;
}

static gboolean
show_seats (HxHtml *html, HxShown *shown, const HxBatchPage *page,
            GError **error)
{
  const HxColumn ticked[]
      = { { .name = _ ("姓名") },       { .name = _ ("机构") },
          { .name = _ ("结果") },       { .name = _ ("到了") },
          { .name = _ ("缺席的原因") }, { .name = NULL } };
  const HxColumn read[] = { { .name = _ ("姓名") },
                            { .name = _ ("机构") },
                            { .name = _ ("结果") },
                            { .name = _ ("缺席的原因") },
                            { .name = NULL } };
  const gboolean may
      = hx_identity_may (shown->identity, HX_ACT_WRITE, page->plan->attendance);
  HxGrid *grid = hx_grid_begin (html, _ ("名单"), may ? ticked : read);
  gboolean done = TRUE;

  for (guint i = 0; i < page->places->len && done; i++)
    done = show_seat (grid, shown, page, page->places->pdata[i], error);
  hx_grid_end (grid);
  return done;
}

static gboolean
show_names (HxHtml *html, HxShown *shown, const HxBatchPage *page,
            GError **error)
{
  HxCall *call = shown->call;
  g_autofree char *url
      = hx_batch_url (page->plan, page->line->number, "/attendance");
  gboolean done;

  if (page->places->len == 0)
    {
      hx_part_empty (html, _ ("这一批里没有您这里的人。"), "/batches",
                     _ ("看别的批次"));
      return TRUE;
    }
  if (!hx_identity_may (shown->identity, HX_ACT_WRITE, page->plan->attendance))
    return show_seats (html, shown, page, error);
  hx_form_begin (html, call,
                 &(HxForm){ .action = url, .method = HX_METHOD_POST });
  done = show_seats (html, shown, page, error);
  hx_form_input (html, &(HxInput){ .name = "absent",
                                   .label = _ ("没有勾的都记为缺席"),
                                   .hint = _ ("这一批结束之后再勾选"),
                                   .type = "checkbox" });
  hx_form_submit (html, _ ("保存"), HX_TONE_PLAIN);
  hx_form_end (html);
  return done;
}

static void
show_planner (HxHtml *html, HxShown *shown, const HxBatchPage *page)
{
  g_autofree char *list
      = hx_batch_url (page->plan, page->line->number, "/list");
  g_autofree char *cancel
      = hx_batch_url (page->plan, page->line->number, "/cancel");

  if (!hx_batch_may_plan (shown, page->plan))
    return;
  if (hx_identity_may (shown->identity, HX_ACT_EXPORT, page->plan->people))
    {
      hx_html_open (html, "p", "class", "actions", NULL);
      hx_part_action (html, list, _ ("名单（XLSX）"), FALSE);
      hx_html_close (html, "p");
    }
  if (page->line->is_held || page->line->attended > 0)
    return;
  hx_part_section_begin (html, "cancel", _ ("取消这一批"));
  hx_form_begin (html, shown->call,
                 &(HxForm){ .action = cancel, .method = HX_METHOD_POST });
  hx_form_input (
      html,
      &(HxInput){ .name = "reason", .label = _ ("原因"), .required = TRUE });
  hx_form_submit (html, _ ("取消这一批"), HX_TONE_BAD);
  hx_form_end (html);
  hx_part_section_end (html);
}

static gboolean
show_batch (HxShown *shown, const HxBatchPage *page, GError **error)
{
  HxCall *call = shown->call;
  g_autofree char *day = hx_batch_say_day (page->line->day);
  g_autofree char *lead
      = g_strdup_printf (_ ("%s · %s · 共 %u 人，您能看到 %u 人"), day,
                         *page->hospital != '\0' ? page->hospital : _ ("未定"),
                         page->seats->len, page->places->len);
  g_autofree char *back = hx_url ("/batches", "plan", page->plan->key, NULL);
  g_autoptr (HxHtml) html = hx_page_begin (
      call, &(HxPageHead){ .title = page->line->number,
                           .at = "duties",
                           .lead = lead,
                           .back = back,
                           .back_name = page->plan->name,
                           .wide = TRUE,
                           .status = hx_call_has_faults (call) ? 422 : 200 });

  if (!show_names (html, shown, page, error))
    return FALSE;
  show_planner (html, shown, page);
  return hx_page_end (call, g_steal_pointer (&html));
}

static gboolean
batch_page (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxBatchPage) page = { 0 };

  return hx_shown_open (&shown, call, error)
         && hx_batch_page_open (&page, &shown, error)
         && show_batch (&shown, &page, error);
}

static gboolean
attendance_take (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxBatchPage) page = { 0 };
  g_autofree char *url = NULL;
  g_autofree char *said = NULL;
  guint changed = 0;

  if (!hx_shown_open (&shown, call, error)
      || !hx_batch_page_open (&page, &shown, error)
      || !hx_batch_mark_run (&page, &shown, &changed, error))
    return FALSE;
  if (hx_call_has_faults (call))
    return show_batch (&shown, &page, error);
  url = hx_batch_url (page.plan, page.line->number, "");
  said = g_strdup_printf (_ ("已保存，改了 %u 人"), changed);
  return hx_call_redirect (call, url, said);
}

static gboolean
cancel_take (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxBatchPage) page = { 0 };
  g_autofree char *url = NULL;

  if (!hx_shown_open (&shown, call, error)
      || !hx_batch_page_open (&page, &shown, error)
      || !hx_batch_cancel_run (&page, &shown, error))
    return FALSE;
  url = hx_url ("/batches", "plan", page.plan->key, NULL);
  return hx_call_redirect (call, url, _ ("这一批已取消，名单随之作废"));
}

/* The file is the reply's; its name is taken away at once. */
static gboolean
list_get (HxCall *call, GError **error)
{
  g_auto (HxShown) shown = { 0 };
  g_auto (HxBatchPage) page = { 0 };
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (uuid, ".xlsx", NULL);
  g_autofree char *path = g_build_filename (hx_call_folder (call), name, NULL);
  g_autofree char *as = NULL;
  guint people = 0;
  gboolean done;

  if (!hx_shown_open (&shown, call, error)
      || !hx_batch_page_open (&page, &shown, error))
    return FALSE;
  if (!hx_batch_may_plan (&shown, page.plan)
      || !hx_identity_may (shown.identity, HX_ACT_EXPORT, page.plan->people))
    return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("您不能导出名单"),
                    page.plan->name, NULL);
  const HxBatchListOptions options
      = { .connection = shown.connection, .plan = page.plan };
  as = g_strconcat (page.line->number, ".xlsx", NULL);
  done = hx_batch_list_write (&options, page.line, path, &people, error)
         && hx_call_reply_file (call, path,
                                "application/vnd.openxmlformats-officedocument"
                                ".spreadsheetml.sheet",
                                as, error);
  g_unlink (path);
  return done;
}

/* ------------------------------------------------------------------- routes */

#define PLAN                                                                   \
  {                                                                            \
    "plan", HX_IN_QUERY, HX_TYPE_TEXT, .what = N_ ("哪种分批安排")             \
  }
#define PATH                                                                   \
  { "plan", HX_IN_PATH, HX_TYPE_TEXT, HX_REQUIRED,                             \
    .what = N_ ("哪种分批安排") },                                             \
  {                                                                            \
    "number", HX_IN_PATH, HX_TYPE_TEXT, HX_REQUIRED, .what = N_ ("批次号")     \
  }
#define YEAR                                                                   \
  {                                                                            \
    "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度")                     \
  }

static const HxParameter list[] = { PLAN, YEAR, { .name = NULL } };
static const HxParameter one[] = { PATH, YEAR, { .name = NULL } };
static const HxParameter marked[]
    = { PATH, HX_BATCH_MARK_PARAMETERS, YEAR, { .name = NULL } };
static const HxParameter cancelled[]
    = { PATH,
        { "reason", HX_IN_FORM, HX_TYPE_TEXT, HX_REQUIRED, .min = 1, .max = 500,
          .what = N_ ("原因") },
        YEAR,
        { .name = NULL } };

#define READERS (HX_USER_PEOPLE | HX_USER_READER)

const HxRoute hx_routes_batch[] = {
  { HX_METHOD_GET, "/batches", "batches_page", N_ ("分批安排"), READERS,
    HX_ROUTE_PAGE, list, .handler = batches_page },
  { HX_METHOD_GET, "/batches/{plan}/{number}", "batch_page", N_ ("一批的名单"),
    READERS, HX_ROUTE_PAGE, one, .handler = batch_page },
  { HX_METHOD_POST, "/batches/{plan}/{number}/attendance",
    "batch_attendance_take", N_ ("登记谁到了"), HX_BATCH_ROLES, HX_ROUTE_PAGE,
    marked, .handler = attendance_take },
  { HX_METHOD_POST, "/batches/{plan}/{number}/cancel", "batch_cancel_take",
    N_ ("取消一批"), HX_BATCH_PLANNERS, HX_ROUTE_PAGE, cancelled,
    .handler = cancel_take },
  { HX_METHOD_GET, "/batches/{plan}/{number}/list", "batch_list_get",
    N_ ("一批的名单，XLSX"), HX_BATCH_PLANNERS, HX_ROUTE_PAGE, one,
    .handler = list_get },
  { 0 },
};
