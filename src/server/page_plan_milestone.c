/* A milestone: its first date, which never changes, every new one, why it is
 * late and what is done about it; and the forms that it asks for. */
#include "server/plan_part.h"
#include "server/year_form.h"

static const HxPlanView *
view_of (const HxCall *call)
{
  return hx_catalogue_plan (hx_call_catalogue (call));
}

static char *
milestone_url (gint64 id, const char *what)
{
  return g_strdup_printf ("/plan/milestones/%" G_GINT64_FORMAT "%s", id, what);
}

/* -------------------------------------------------------------------- facts */

static void
write_facts (HxHtml *html, const HxPlanYear *plan, const HxMilestone *milestone)
{
  g_autofree char *task = g_strdup_printf ("%s %s", milestone->task->number,
                                           milestone->task->name);
  g_autofree char *weight
      = g_strdup_printf ("%" G_GINT64_FORMAT, milestone->weight);
  g_autofree char *baseline = hx_say_date (milestone->baseline);
  g_autofree char *planned = hx_say_date (milestone->planned);
  g_autofree char *done = milestone->done_on.year != 0
                              ? hx_say_date (milestone->done_on)
                              : g_strdup (_ ("未完成"));
  g_autofree char *url
      = g_strdup_printf ("/plan/tasks/%" G_GINT64_FORMAT, milestone->task->id);
  HxDate none = { 0 };
  hx_html_open (html, "p", NULL);
  hx_part_milestone_state (html, milestone);
  hx_html_close (html, "p");
  hx_chart_milestone (html, plan, milestone, none);
  hx_html_open (html, "dl", "class", "facts", NULL);
  hx_html_element (html, "dt", _ ("任务"), NULL);
  hx_html_open (html, "dd", NULL);
  hx_html_element (html, "a", task, "href", url, NULL);
  hx_html_close (html, "dd");
  hx_part_fact (html, _ ("责任人"), milestone->owner);
  hx_part_fact (html, _ ("权重"), weight);
  hx_part_fact (html, _ ("原定完成日期（不变）"), baseline);
  hx_part_fact (html, _ ("现定完成日期"),
                milestone->replans->len > 0 ? planned : _ ("未调整"));
  hx_part_fact (html, _ ("实际完成日期"), done);
  hx_part_fact (html, _ ("完成情况"), milestone->result);
  hx_html_close (html, "dl");
}

static void
write_done_link (HxHtml *html, HxCall *call, const HxMilestone *milestone)
{
  g_autofree char *done = milestone_url (milestone->id, "/done");
  g_autofree char *ledger
      = hx_ledger_url (view_of (call)->milestone, milestone->id);
  hx_part_add (html, call, view_of (call)->milestone, done,
               milestone->done_on.year != 0 ? _ ("修改完成情况")
                                            : _ ("登记完成"));
  hx_html_open (html, "p", NULL);
  hx_html_element (html, "a", _ ("在台账里看这个节点和它的修改记录"), "href",
                   ledger, NULL);
  hx_html_close (html, "p");
}

/* ----------------------------------------------------------------- re-plans */

static void
write_replan_rows (HxHtml *html, const HxMilestone *milestone)
{
  const HxColumn columns[]
      = { { .name = _ ("调整日期") }, { .name = _ ("原来") },
          { .name = _ ("改为") },     { .name = _ ("原因") },
          { .name = _ ("批准人") },   { .name = NULL } };
  HxGrid *grid = hx_grid_begin (html, _ ("历次调整"), columns);
  HxDate before = milestone->baseline;
  for (guint i = 0; i < milestone->replans->len; i++)
    {
      const HxReplan *replan = milestone->replans->pdata[i];
      g_autofree char *day = hx_say_day (replan->date);
      g_autofree char *from = hx_say_day (before);
      g_autofree char *to = hx_say_day (replan->planned);
      hx_grid_row (grid, NULL);
      hx_grid_cell (grid, day);
      hx_grid_cell (grid, from);
      hx_grid_cell (grid, to);
      hx_grid_cell (grid, replan->reason);
      hx_grid_cell (grid, replan->approved_by);
      before = replan->planned;
    }
  hx_grid_end (grid);
}

static void
write_replans (HxHtml *html, HxCall *call, const HxMilestone *milestone)
{
  g_autofree char *add = milestone_url (milestone->id, "/replan");
  hx_part_section_begin (html, "replans", _ ("节点调整"));
  if (milestone->replans->len == 0)
    hx_part_empty (
        html, _ ("没有调整过，仍按原定日期。"), NULL,
        _ ("改期要写原因和批准人；原定日期不变，滞后天数仍对照它算"));
  else
    write_replan_rows (html, milestone);
  hx_part_add (html, call, view_of (call)->replan, add, _ ("登记一次调整"));
  hx_part_section_end (html);
}

/* ----------------------------------------------------------------- lateness */

static void
write_lag (HxHtml *html, HxCall *call, const HxMilestone *milestone,
           const HxLag *lag)
{
  g_autofree char *said = hx_say_date (lag->date);
  g_autofree char *due = hx_say_date (lag->due);
  g_autofree char *done = hx_say_date (lag->done_on);
  g_autofree char *over
      = g_strdup_printf (_ ("已过期 %d 天"), (int)lag->days_over);
  g_autofree char *what = g_strdup_printf ("/lag/%" G_GINT64_FORMAT, lag->id);
  g_autofree char *url = milestone_url (milestone->id, what);
  hx_html_open (html, "article", "class", "card", NULL);
  hx_html_element (html, "h3", said, NULL);
  if (lag->days_over > 0)
    hx_part_badge (html, HX_TONE_BAD, over);
  hx_html_open (html, "dl", "class", "facts", NULL);
  hx_part_fact (html, _ ("原因"), lag->cause != NULL ? lag->cause->name : NULL);
  hx_part_fact (html, _ ("原因说明"), lag->reason);
  hx_part_fact (html, _ ("纠正措施"), lag->measure);
  hx_part_fact (html, _ ("责任人"), lag->owner);
  hx_part_fact (html, _ ("时限"), due);
  hx_part_fact (html, _ ("措施完成"),
                lag->done_on.year != 0 ? done : _ ("未完成"));
  hx_part_fact (html, _ ("完成可能性"),
                lag->forecast != NULL ? lag->forecast->name : NULL);
  hx_html_close (html, "dl");
  hx_part_add (html, call, view_of (call)->lag, url,
               lag->done_on.year != 0 ? _ ("修改这份说明")
                                      : _ ("登记措施完成或修改"));
  hx_html_close (html, "article");
}

static void
write_lags (HxHtml *html, HxCall *call, const HxMilestone *milestone)
{
  g_autofree char *add = milestone_url (milestone->id, "/lag");
  const gboolean is_late = milestone->days_late > 0;
  if (!is_late && milestone->lags->len == 0)
    return;
  hx_part_section_begin (html, "lags", _ ("滞后原因和措施"));
  if (milestone->needs_answer)
    hx_part_notice (html, HX_TONE_WARN, hx_lag_want_name (milestone->wants));
  if (milestone->pulled_back)
    hx_part_notice (html, HX_TONE_GOOD,
                    _ ("已追回：本任务后面的节点仍按原定日期完成。"));
  for (guint i = milestone->lags->len; i > 0; i--)
    write_lag (html, call, milestone, milestone->lags->pdata[i - 1]);
  hx_part_add (html, call, view_of (call)->lag, add,
               milestone->lags->len > 0 ? _ ("再写一份滞后说明")
                                        : _ ("填写滞后说明"));
  hx_part_section_end (html);
}

static gboolean
milestone_page (HxCall *call, GError **error)
{
  const HxMilestone *milestone = NULL;
  g_autoptr (HxPlanYear) plan = hx_plan_of_milestone (
      call, hx_call_integer (call, "id"), &milestone, error);
  g_autofree char *title = NULL, *back = NULL, *lead = NULL, *day = NULL,
                  *action = NULL;
  HxHtml *html;
  if (plan == NULL)
    return FALSE;
  title = g_strdup_printf ("%s %s", milestone->number, milestone->name);
  day = hx_say_date (plan->as_of);
  lead = g_strdup_printf (_ ("截至 %s"), day);
  back = g_strdup_printf ("/plan?year=%d", plan->year);
  action = milestone_url (milestone->id, "");
  html = hx_page_begin (call, &(HxPageHead){ .title = title,
                                             .at = "plan",
                                             .lead = lead,
                                             .back = back,
                                             .back_name = _ ("计划") });
  write_facts (html, plan, milestone);
  write_done_link (html, call, milestone);
  write_lags (html, call, milestone);
  write_replans (html, call, milestone);
  hx_part_day (html, call, action, plan->as_of, NULL);
  return hx_page_end (call, html);
}

/* -------------------------------------------------------------------- forms */

/* The page that the form belongs to.  The owner of the milestone answers for it
 * in the field `owner` (may be NULL), unless another is named. */
static gboolean
begin_form (HxCall *call, HxYearForm *form, const char *what,
            const HxField *owner, GError **error)
{
  const HxMilestone *milestone = NULL;
  const gint64 id = hx_call_integer (call, "id");
  g_autoptr (HxPlanYear) plan
      = hx_plan_of_milestone (call, id, &milestone, error);
  g_autofree char *baseline = NULL, *state = NULL;
  if (plan == NULL)
    return FALSE;
  baseline = hx_say_date (milestone->baseline);
  state = hx_milestone_say (milestone);
  form->at = "plan";
  form->lead = g_strdup_printf (_ ("%s %s，原定 %s，%s"), milestone->number,
                                milestone->name, baseline, state);
  form->action = milestone_url (id, what);
  form->back = milestone_url (id, "");
  form->back_name = g_strdup (milestone->number);
  hx_year_form_preset (form, owner, milestone->owner);
  return TRUE;
}

static gboolean
lag_page (HxCall *call, GError **error)
{
  const HxPlanView *view = view_of (call);
  g_auto (HxYearForm) form = { .kind = view->lag,
                               .title = g_strdup (_ ("滞后说明")),
                               .said = _ ("滞后说明已保存") };
  if (!begin_form (call, &form, "/lag", view->lag_owner, error))
    return FALSE;
  hx_year_form_preset_day (&form, form.kind->date, hx_call_today (call));
  hx_year_form_hide_row (&form, view->lag_milestone,
                         hx_call_integer (call, "id"));
  return hx_year_form (call, &form, error);
}

/* Is the row about the milestone of the path? */
static gboolean
is_of_milestone (HxCall *call, gint64 lag_id, GError **error)
{
  const HxPlanView *view = view_of (call);
  HxConnection *connection = hx_call_connection (call, error);
  g_autoptr (HxRow) row = hx_row_new (view->lag);
  if (connection == NULL || !hx_row_load (connection, row, lag_id, error))
    return FALSE;
  if (row->values[view->lag_milestone->index].integer
      == hx_call_integer (call, "id"))
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这个节点没有这份滞后说明"),
                  NULL, NULL);
}

static gboolean
lag_change_page (HxCall *call, GError **error)
{
  const gint64 lag_id = hx_call_integer (call, "lag");
  g_autofree char *what = g_strdup_printf ("/lag/%" G_GINT64_FORMAT, lag_id);
  g_auto (HxYearForm) form = { .kind = view_of (call)->lag,
                               .id = lag_id,
                               .title = g_strdup (_ ("修改滞后说明")),
                               .said = _ ("滞后说明已保存") };
  if (!begin_form (call, &form, what, NULL, error)
      || !is_of_milestone (call, lag_id, error))
    return FALSE;
  return hx_year_form (call, &form, error);
}

static gboolean
replan_page (HxCall *call, GError **error)
{
  const HxPlanView *view = view_of (call);
  g_auto (HxYearForm) form = { .kind = view->replan,
                               .title = g_strdup (_ ("节点调整")),
                               .said = _ ("调整已保存，原定日期不变") };
  if (!begin_form (call, &form, "/replan", NULL, error))
    return FALSE;
  hx_year_form_preset_day (&form, form.kind->date, hx_call_today (call));
  hx_year_form_hide_row (&form, view->replan_milestone,
                         hx_call_integer (call, "id"));
  return hx_year_form (call, &form, error);
}

static gboolean
done_page (HxCall *call, GError **error)
{
  const HxPlanView *view = view_of (call);
  const HxField *evidence = hx_kind_field (view->milestone, "evidence");
  const char *const only[]
      = { view->milestone_done_on->key,
          view->milestone_result != NULL ? view->milestone_result->key : "",
          evidence != NULL ? evidence->key : NULL, NULL };
  g_auto (HxYearForm) form = { .kind = view->milestone,
                               .id = hx_call_integer (call, "id"),
                               .title = g_strdup (_ ("登记完成情况")),
                               .only = only,
                               .said = _ ("完成情况已保存") };
  return begin_form (call, &form, "/done", NULL, error)
         && hx_year_form (call, &form, error);
}

static gboolean
new_page (HxCall *call, GError **error)
{
  const HxPlanView *view = view_of (call);
  HxPlanTask *task = NULL;
  const gint64 id = hx_call_integer (call, "id");
  g_autoptr (HxPlanYear) plan = hx_plan_of_task (call, id, &task, error);
  g_auto (HxYearForm) form = { .kind = view->milestone,
                               .at = "plan",
                               .title = g_strdup (_ ("添加阶段节点")),
                               .said = _ ("节点已添加") };
  if (plan == NULL)
    return FALSE;
  form.lead = g_strdup_printf ("%s %s", task->number, task->name);
  form.back = g_strdup_printf ("/plan/tasks/%" G_GINT64_FORMAT, id);
  form.back_name = g_strdup (task->number);
  form.action = g_strconcat (form.back, "/milestone", NULL);
  hx_year_form_preset (&form, view->milestone_owner, task->owner);
  hx_year_form_hide_row (&form, view->milestone_task, id);
  return hx_year_form (call, &form, error);
}

/* ------------------------------------------------------------------- routes */

#define OF_MILESTONE                                                           \
  {                                                                            \
    "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("节点")             \
  }

static const HxParameter show[] = {
  OF_MILESTONE,
  { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },
  { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("截至日期") },
  { 0 },
};

static const HxParameter ask[] = { OF_MILESTONE, { 0 } };
static const HxParameter take[]
    = { OF_MILESTONE, HX_RECORD_FORM_PARAMETERS, { 0 } };
static const HxParameter ask_lag[]
    = { OF_MILESTONE,
        { "lag", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("说明") },
        { 0 } };
static const HxParameter take_lag[]
    = { OF_MILESTONE,
        { "lag", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("说明") },
        HX_RECORD_FORM_PARAMETERS,
        { 0 } };

#define WRITERS (HX_USER_CLERK | HX_USER_SECTION)
#define TAKES (HX_ROUTE_PAGE | HX_ROUTE_UPLOAD)

const HxRoute hx_routes_plan_milestone[] = {
  { HX_METHOD_GET, "/plan/milestones/{id}", "plan_milestone_page",
    N_ ("阶段节点"), HX_YEAR_READERS, HX_ROUTE_PAGE, show,
    .handler = milestone_page },
  { HX_METHOD_GET, "/plan/milestones/{id}/lag", "plan_lag_form",
    N_ ("滞后说明表"), WRITERS, HX_ROUTE_PAGE, ask, .handler = lag_page },
  { HX_METHOD_POST, "/plan/milestones/{id}/lag", "plan_lag_take",
    N_ ("填写滞后说明"), WRITERS, TAKES, take, .handler = lag_page },
  { HX_METHOD_GET, "/plan/milestones/{id}/lag/{lag}", "plan_lag_change_form",
    N_ ("修改滞后说明表"), WRITERS, HX_ROUTE_PAGE, ask_lag,
    .handler = lag_change_page },
  { HX_METHOD_POST, "/plan/milestones/{id}/lag/{lag}", "plan_lag_change_take",
    N_ ("修改滞后说明"), WRITERS, TAKES, take_lag, .handler = lag_change_page },
  { HX_METHOD_GET, "/plan/milestones/{id}/replan", "plan_replan_form",
    N_ ("节点调整表"), WRITERS, HX_ROUTE_PAGE, ask, .handler = replan_page },
  { HX_METHOD_POST, "/plan/milestones/{id}/replan", "plan_replan_take",
    N_ ("登记节点调整"), WRITERS, TAKES, take, .handler = replan_page },
  { HX_METHOD_GET, "/plan/milestones/{id}/done", "plan_done_form",
    N_ ("完成情况表"), WRITERS, HX_ROUTE_PAGE, ask, .handler = done_page },
  { HX_METHOD_POST, "/plan/milestones/{id}/done", "plan_done_take",
    N_ ("登记节点完成"), WRITERS, TAKES, take, .handler = done_page },
  { HX_METHOD_GET, "/plan/tasks/{id}/milestone", "plan_milestone_form",
    N_ ("新节点表"), WRITERS, HX_ROUTE_PAGE, ask, .handler = new_page },
  { HX_METHOD_POST, "/plan/tasks/{id}/milestone", "plan_milestone_take",
    N_ ("添加节点"), WRITERS, TAKES, take, .handler = new_page },
  { 0 },
};
