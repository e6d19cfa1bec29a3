/* What is left of years before and what goes along to the next: problems with
 * their measures, and next year's plan from this one's. */
#include "server/plan_part.h"
#include "server/year_form.h"

#include "plan/plan_json.h"
#include "plan/roll.h"

static const HxPlanView *
view_of (const HxCall *call)
{
  return hx_catalogue_plan (hx_call_catalogue (call));
}

/* ----------------------------------------------------------------- problems */

static void
write_measure (HxGrid *grid, HxCall *call, const HxProblemMeasure *measure)
{
  const HxKind *kind = view_of (call)->measure;
  g_autofree char *url
      = g_strdup_printf ("/plan/measures/%" G_GINT64_FORMAT, measure->id);
  g_autofree char *ledger = hx_ledger_url (kind, measure->id);
  g_autofree char *due = hx_say_day (measure->due);
  g_autofree char *over
      = g_strdup_printf (_ ("超期 %d 天"), (int)measure->days_over);
  g_autofree char *done = hx_say_day (measure->done_on);
  HxHtml *html;
  hx_grid_row (grid, hx_year_writes (call, kind) ? url : ledger);
  hx_grid_cell (grid, measure->text);
  hx_grid_cell (grid, measure->owner);
  hx_grid_cell (grid, due);
  hx_grid_cell (grid, measure->result);
  html = hx_grid_cell_begin (grid);
  if (measure->is_done)
    hx_part_badge (html, HX_TONE_GOOD, _ ("已完成"));
  else if (measure->days_over > 0)
    hx_part_badge (html, HX_TONE_BAD, over);
  else
    hx_html_text (html,
                  measure->state != NULL ? measure->state->name : _ ("未开始"));
  if (measure->done_on.year != 0)
    hx_html_textf (html, " %s", done);
  hx_grid_cell_end (grid);
  hx_grid_cell (grid, measure->progress);
}

static void
write_measures (HxHtml *html, HxCall *call, const HxProblem *problem)
{
  const HxColumn columns[]
      = { { .name = _ ("措施") }, { .name = _ ("责任人") },
          { .name = _ ("时限") }, { .name = _ ("可衡量成果") },
          { .name = _ ("状态") }, { .name = _ ("整改情况") },
          { .name = NULL } };
  g_autofree char *caption
      = g_strdup_printf (_ ("%s 的改进措施"), problem->number);
  HxGrid *grid;
  if (problem->measures->len == 0)
    {
      hx_html_element (html, "p", _ ("还没有措施。"), NULL);
      return;
    }
  grid = hx_grid_begin (html, caption, columns);
  for (guint i = 0; i < problem->measures->len; i++)
    write_measure (grid, call, problem->measures->pdata[i]);
  hx_grid_end (grid);
}

static HxTone
tone_of (const HxProblem *problem)
{
  if (problem->days_over > 0)
    return HX_TONE_BAD;
  return problem->state == HX_PROBLEM_SETTLED      ? HX_TONE_GOOD
         : problem->state == HX_PROBLEM_UNANSWERED ? HX_TONE_BAD
         : problem->state == HX_PROBLEM_STOPPED    ? HX_TONE_PLAIN
                                                   : HX_TONE_WARN;
}

static void
write_problem (HxHtml *html, HxCall *call, const HxProblem *problem)
{
  g_autofree char *amount
      = problem->has_amount ? hx_say_money (problem->amount, TRUE) : NULL;
  g_autofree char *add = g_strdup_printf (
      "/plan/problems/%" G_GINT64_FORMAT "/measure", problem->id);
  g_autofree char *ledger
      = hx_ledger_url (view_of (call)->problem, problem->id);
  hx_html_open (html, "article", "class", "card", NULL);
  hx_html_open (html, "h3", NULL);
  hx_html_open (html, "a", "href", ledger, NULL);
  hx_html_textf (html, "%s %s", problem->number, problem->title);
  hx_html_close (html, "a");
  hx_html_close (html, "h3");
  hx_html_open (html, "p", NULL);
  hx_part_badge (html, tone_of (problem),
                 hx_problem_state_name (problem->state));
  hx_html_close (html, "p");
  hx_html_open (html, "dl", "class", "facts", NULL);
  hx_part_fact (html, _ ("具体表现"), problem->text);
  hx_part_fact (html, _ ("原因"),
                problem->cause != NULL ? problem->cause->name : NULL);
  hx_part_fact (html, _ ("原因说明"), problem->reason);
  hx_part_fact (html, _ ("发现途径"),
                problem->source != NULL ? problem->source->name : NULL);
  hx_part_fact (html, _ ("涉及金额"), amount);
  hx_html_close (html, "dl");
  write_measures (html, call, problem);
  hx_part_add (html, call, view_of (call)->measure, add, _ ("添加措施"));
  hx_html_close (html, "article");
}

void
hx_part_problems (HxHtml *html, HxCall *call, const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    write_problem (html, call, problems->pdata[i]);
}

static void
write_problems (HxHtml *html, HxCall *call, const GPtrArray *before,
                const GPtrArray *now)
{
  hx_part_section_begin (html, "before", _ ("以前年度问题的整改情况"));
  if (before->len == 0)
    hx_part_empty (html, _ ("以前年度没有留下问题。"), NULL, NULL);
  hx_part_problems (html, call, before);
  hx_part_section_end (html);
  hx_part_section_begin (html, "now", _ ("本年度的问题"));
  if (now->len == 0)
    hx_part_empty (html, _ ("本年度还没有登记问题。"), NULL, NULL);
  hx_part_problems (html, call, now);
  hx_part_add (html, call, view_of (call)->problem, "/plan/problem",
               _ ("登记问题"));
  hx_part_section_end (html);
}

static gboolean
problems_page (HxCall *call, GError **error)
{
  const HxPlanView *view = view_of (call);
  const int year = hx_call_year (call);
  g_autofree char *title = g_strdup_printf (_ ("%d 年问题和整改"), year);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) now = NULL;
  HxConnection *connection;
  HxHtml *html;
  HxDate day;
  if (!hx_year_need_kind (call, view != NULL ? view->problem : NULL, error)
      || !hx_year_day (call, year, &day, error))
    return FALSE;
  connection = hx_call_connection (call, error);
  if (connection == NULL)
    return FALSE;
  before = hx_problems_before (connection, hx_call_catalogue (call), year, day,
                               error);
  if (before == NULL)
    return FALSE;
  now = hx_problems_read (connection, hx_call_catalogue (call), year, day,
                          error);
  if (now == NULL)
    return FALSE;
  hx_problems_reached (call, before);
  hx_problems_reached (call, now);
  html = hx_page_begin (
      call, &(HxPageHead){ .title = title,
                           .at = "plan",
                           .lead = _ ("去年的问题和还没整改完的老问题会一直留在"
                                      "这里，直到整改完。"),
                           .with_year = TRUE,
                           .wide = TRUE });
  hx_part_tabs (html, call, hx_plan_tabs, "/plan/problems");
  hx_part_day (html, call, "/plan/problems", day, NULL);
  write_problems (html, call, before, now);
  return hx_page_end (call, html);
}

/* -------------------------------------------------------------------- forms */

static void
begin_form (HxYearForm *form, char *action)
{
  form->at = "plan";
  form->action = action;
  form->back = g_strdup ("/plan/problems");
  form->back_name = g_strdup (_ ("问题和整改"));
}

static gboolean
problem_form (HxCall *call, GError **error)
{
  const HxPlanView *view = view_of (call);
  g_autofree char *year = g_strdup_printf ("%d", hx_call_year (call));
  g_auto (HxYearForm) form = { .kind = view->problem,
                               .title = g_strdup (_ ("登记问题")),
                               .said = _ ("问题已登记") };
  begin_form (&form, g_strdup ("/plan/problem"));
  hx_year_form_preset (&form, view->problem_year, year);
  return hx_year_form (call, &form, error);
}

/* Its title, when the row is within reach; the caller's. */
static char *
title_of (HxCall *call, const HxKind *kind, const HxField *field, gint64 id,
          GError **error)
{
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxRow) row = hx_row_new (kind);
  if (connection == NULL || !hx_row_load (connection, row, id, error))
    return NULL;
  if (!row->is_void && hx_identity_reaches (hx_call_identity (call), row))
    return g_strdup (row->values[field->index].text);
  hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这一行，或者已经作废"),
           kind->name, NULL);
  return NULL;
}

static gboolean
measure_form (HxCall *call, GError **error)
{
  const HxPlanView *view = view_of (call);
  const gint64 id = hx_call_integer (call, "id");
  g_auto (HxYearForm) form = { .kind = view->measure,
                               .title = g_strdup (_ ("添加改进措施")),
                               .said = _ ("措施已添加") };
  begin_form (&form, g_strdup_printf (
                         "/plan/problems/%" G_GINT64_FORMAT "/measure", id));
  form.lead = title_of (call, view->problem, view->problem_title, id, error);
  if (form.lead == NULL)
    return FALSE;
  hx_year_form_hide_row (&form, view->measure_problem, id);
  return hx_year_form (call, &form, error);
}

static gboolean
measure_change_form (HxCall *call, GError **error)
{
  const HxPlanView *view = view_of (call);
  const gint64 id = hx_call_integer (call, "id");
  g_auto (HxYearForm) form = { .kind = view->measure,
                               .id = id,
                               .title = g_strdup (_ ("改进措施")),
                               .said = _ ("措施已保存") };
  begin_form (&form, g_strdup_printf ("/plan/measures/%" G_GINT64_FORMAT, id));
  form.lead = title_of (call, view->measure, view->measure_text, id, error);
  return form.lead != NULL && hx_year_form (call, &form, error);
}

/* ---------------------------------------------------------------- next year */

static void
write_rolled (HxHtml *html, const HxRoll *done)
{
  const HxColumn columns[] = { { .name = _ ("编号") },   { .name = _ ("类别") },
                               { .name = _ ("名称") },   { .name = _ ("来自") },
                               { .name = _ ("会怎样") }, { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, _ ("会结转的每一行"), columns);
  for (guint i = 0; i < done->rows->len; i++)
    {
      const HxRolled *rolled = done->rows->pdata[i];
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, rolled->number);
      hx_grid_cell (grid, rolled->kind->name);
      hx_grid_cell (grid, rolled->name);
      hx_grid_cell (grid, rolled->from);
      hx_grid_cell (grid, hx_rolled_state_name (rolled->state));
    }
  hx_grid_end (grid);
}

static void
write_preview (HxHtml *html, HxCall *call, const HxRoll *done, int from)
{
  const int next = from + 1;
  g_autofree char *year = g_strdup_printf ("%d", from);
  g_autofree char *url = hx_url ("/plan/next", "year", year, NULL);
  g_autofree char *submit = g_strdup_printf (_ ("结转 %u 行到 %d 年"),
                                             done->added + done->filled, next);
  hx_html_open (html, "p", NULL);
  hx_html_textf (html,
                 _ ("%d 年：新增 %u 行，已有 %u 行，作废而不再新增的 %u 行。"),
                 next, done->added, done->present, done->left_out);
  hx_html_close (html, "p");
  if (!done->has_actuals)
    hx_part_notice (html, HX_TONE_WARN,
                    _ ("这一年还没有过完：指标的基期值先留空，过完后再结转一次"
                       "就补上。"));
  if (done->added + done->filled > 0)
    hx_form_button (html, call, url, submit);
  else
    hx_part_notice (html, HX_TONE_GOOD, _ ("都已经结转过了，没有要新增的。"));
  hx_html_element (html, "p",
                   _ ("今年的一行也不动。日期顺延一年；新预算指标的金额是 "
                      "0，等批复下达再填；"
                      "节点的原定日期在下一年开始之前还可以改。"),
                   "class", "quiet", NULL);
  write_rolled (html, done);
}

static HxHtml *
begin_next (HxCall *call, int year)
{
  g_autofree char *title = g_strdup_printf (_ ("结转到 %d 年"), year + 1);
  HxHtml *html = hx_page_begin (
      call,
      &(HxPageHead){ .title = title,
                     .at = "plan",
                     .lead = _ ("把目标、任务、节点、预算指标、绩效指标和报告"
                                "文字带到下一年。先看会有什么，再结转。"),
                     .with_year = TRUE });
  hx_part_tabs (html, call, hx_plan_tabs, "/plan/next");
  return html;
}

/* The preview is the roll itself, discarded: nothing else says as surely what
 * it would do. */
static gboolean
next_page (HxCall *call, GError **error)
{
  const int year = hx_call_year (call);
  g_auto (HxRoll) roll = { 0 };
  g_autoptr (GError) wrong = NULL;
  HxHtml *html;
  if (!hx_year_need_whole (call, _ ("结转"), error))
    return FALSE;
  if (!hx_plan_roll_call (call, year, TRUE, &roll, &wrong)
      && !g_error_matches (wrong, HX_ERROR, HX_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  html = begin_next (call, year);
  if (wrong != NULL)
    hx_part_empty (html, wrong->message, "/plan", _ ("先把这一年的计划填好"));
  else
    write_preview (html, call, &roll, year);
  return hx_page_end (call, html);
}

static gboolean
next_take (HxCall *call, GError **error)
{
  const int year = hx_call_year (call);
  g_auto (HxRoll) roll = { 0 };
  g_autofree char *url = NULL, *said = NULL;
  if (!hx_year_need_whole (call, _ ("结转"), error)
      || !hx_record_may (call, HX_ACT_WRITE, view_of (call)->task, error)
      || !hx_plan_roll_call (call, year, FALSE, &roll, error))
    return FALSE;
  url = g_strdup_printf ("/plan?year=%d", year + 1);
  said = g_strdup_printf (_ ("已结转：新增 %u 行，已有 %u 行"), roll.added,
                          roll.present);
  return hx_call_redirect (call, url, said);
}

/* ------------------------------------------------------------------- routes */

static const HxParameter year_parameters[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { 0 },
};
static const HxParameter year_alone[] = {
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { 0 },
};
static const HxParameter take_problem[] = { HX_RECORD_FORM_PARAMETERS, { 0 } };
static const HxParameter ask[]
    = { { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("编号") },
        { 0 } };
static const HxParameter take[]
    = { { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("编号") },
        HX_RECORD_FORM_PARAMETERS,
        { 0 } };

#define WRITERS (HX_USER_CLERK | HX_USER_SECTION)
#define ROLLERS HX_USER_SECTION
#define TAKES (HX_ROUTE_PAGE | HX_ROUTE_UPLOAD)

const HxRoute hx_routes_plan_next[] = {
  { HX_METHOD_GET, "/plan/problems", "plan_problems_page", N_ ("问题和整改"),
    HX_YEAR_READERS, HX_ROUTE_PAGE, year_parameters, .handler = problems_page },
  { HX_METHOD_GET, "/plan/problem", "plan_problem_form", N_ ("新问题表"),
    WRITERS, HX_ROUTE_PAGE, NULL, .handler = problem_form },
  { HX_METHOD_POST, "/plan/problem", "plan_problem_take", N_ ("登记问题"),
    WRITERS, TAKES, take_problem, .handler = problem_form },
  { HX_METHOD_GET, "/plan/problems/{id}/measure", "plan_measure_form",
    N_ ("新措施表"), WRITERS, HX_ROUTE_PAGE, ask, .handler = measure_form },
  { HX_METHOD_POST, "/plan/problems/{id}/measure", "plan_measure_take",
    N_ ("添加措施"), WRITERS, TAKES, take, .handler = measure_form },
  { HX_METHOD_GET, "/plan/measures/{id}", "plan_measure_change_form",
    N_ ("修改措施表"), WRITERS, HX_ROUTE_PAGE, ask,
    .handler = measure_change_form },
  { HX_METHOD_POST, "/plan/measures/{id}", "plan_measure_change_take",
    N_ ("修改措施"), WRITERS, TAKES, take, .handler = measure_change_form },
  { HX_METHOD_GET, "/plan/next", "plan_next_page", N_ ("结转到下一年"), ROLLERS,
    HX_ROUTE_PAGE, year_alone, .handler = next_page },
  { HX_METHOD_POST, "/plan/next", "plan_next_take", N_ ("结转"), ROLLERS,
    HX_ROUTE_PAGE, year_alone, .handler = next_take },
  { 0 },
};
