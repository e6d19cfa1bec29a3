/* What people answer in the monitoring: forecasts of lines, answers and values
 * of targets, replies to warnings; each for one day of monitoring. */
#include "server/monitor_part.h"
#include "server/year_form.h"

typedef struct
{
  const HxMonitorLine *line; /* or: */
  const HxMonitorTarget *target;
} Subject;

static const HxPlanView *
view_of (const HxCall *call)
{
  return hx_catalogue_plan (hx_call_catalogue (call));
}

static gboolean
find_subject (HxCall *call, const HxMonitorView *view, Subject *subject,
              GError **error)
{
  const gint64 id = hx_call_integer (call, "id");
  const gboolean is_line
      = g_str_has_prefix (hx_call_route (call)->path, "/monitoring/lines/");
  for (guint i = 0; is_line && i < view->lines->len; i++)
    if (((HxMonitorLine *)view->lines->pdata[i])->line->id == id)
      subject->line = view->lines->pdata[i];
  for (guint i = 0; !is_line && i < view->targets->len; i++)
    if (((HxMonitorTarget *)view->targets->pdata[i])->target->id == id)
      subject->target = view->targets->pdata[i];
  if (subject->line != NULL || subject->target != NULL)
    return TRUE;
  return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("这一年的监控里没有这一条"),
                  NULL, _ ("从监控表里选"));
}

static const char *
number_of (const Subject *subject)
{
  if (subject->line != NULL)
    return subject->line->line->number;
  return subject->target != NULL ? subject->target->target->number : NULL;
}

static const char *
name_of (const Subject *subject)
{
  if (subject->line != NULL)
    return subject->line->line->name;
  return subject->target != NULL ? subject->target->target->name : NULL;
}

/* Reads the day, finds what the form is about, and says it. */
static gboolean
begin_form (HxCall *call, HxMonitorView *view, Subject *subject,
            HxYearForm *form, GError **error)
{
  g_autofree char *day = NULL;
  if (!hx_monitor_view_read (call, view, error)
      || !find_subject (call, view, subject, error))
    return FALSE;
  day = hx_say_date (view->monitor->as_of);
  form->at = "monitoring";
  form->lead = g_strdup_printf (_ ("%s %s，监控截止 %s"), number_of (subject),
                                name_of (subject), day);
  form->action = hx_monitor_url (call, hx_call_request (call)->path);
  form->back = hx_monitor_url (call, "/monitoring");
  form->back_name = g_strdup (_ ("绩效监控"));
  return TRUE;
}

static void
hide_day (HxYearForm *form, const HxField *field, HxDate day)
{
  g_autofree char *text = hx_say_day (day);
  hx_year_form_hide (form, field, text);
}

/* -------------------------------------------------------------------- forms
 */

static gboolean
forecast_form (HxCall *call, GError **error)
{
  const HxBudgetView *money = hx_catalogue_budget (hx_call_catalogue (call));
  g_auto (HxMonitorView) view = { 0 };
  g_auto (HxYearForm) form
      = { .title = g_strdup (_ ("全年预计执行")), .said = _ ("预计已登记") };
  Subject subject = { 0 };
  if (!begin_form (call, &view, &subject, &form, error)
      || !hx_year_need_kind (call, money->forecast, error))
    return FALSE;
  form.kind = money->forecast;
  hide_day (&form, form.kind->date, view.monitor->as_of);
  hx_year_form_hide_row (&form, money->forecast_line, subject.line->line->id);
  return hx_year_form (call, &form, error);
}

/* What was said on that very day is changed; what was said before is where a
 * new answer begins. */
static void
begin_answer (const HxPlanView *plan, const HxMonitorTarget *own,
              HxYearForm *form)
{
  hx_year_form_preset (form, plan->answer_forecast_text, own->forecast_text);
  hx_year_form_preset (form, plan->answer_reason, own->reason);
  hx_year_form_preset (form, plan->answer_note, own->note);
  hx_year_form_preset (form, plan->answer_likelihood,
                       own->likelihood != NULL ? own->likelihood->code : NULL);
}

static gboolean
answer_form (HxCall *call, GError **error)
{
  const HxPlanView *plan = view_of (call);
  g_auto (HxMonitorView) view = { 0 };
  g_auto (HxYearForm) form
      = { .title = g_strdup (_ ("监控填报")), .said = _ ("填报已保存") };
  Subject subject = { 0 };
  const HxMonitorTarget *own;
  if (!begin_form (call, &view, &subject, &form, error)
      || !hx_year_need_kind (call, plan->answer, error))
    return FALSE;
  own = subject.target;
  form.kind = plan->answer;
  if (own->answer_id != 0
      && hx_date_compare (own->answered_on, view.monitor->as_of) == 0)
    form.id = own->answer_id;
  else
    begin_answer (plan, own, &form);
  hide_day (&form, form.kind->date, view.monitor->as_of);
  hx_year_form_hide_row (&form, plan->answer_target, own->target->id);
  return hx_year_form (call, &form, error);
}

static gboolean
result_form (HxCall *call, GError **error)
{
  const HxPlanView *plan = view_of (call);
  g_auto (HxMonitorView) view = { 0 };
  g_auto (HxYearForm) form = { .title = g_strdup (_ ("指标完成情况")),
                               .said = _ ("完成情况已保存") };
  Subject subject = { 0 };
  const HxTarget *target;
  if (!begin_form (call, &view, &subject, &form, error)
      || !hx_year_need_kind (call, plan->result, error))
    return FALSE;
  target = subject.target->target;
  form.kind = plan->result;
  if (target->result_id != 0
      && hx_date_compare (target->stated_on, view.monitor->as_of) == 0)
    form.id = target->result_id;
  else
    hx_year_form_preset (&form, plan->result_signer,
                         hx_call_identity (call)->name);
  hide_day (&form, form.kind->date, view.monitor->as_of);
  hx_year_form_hide_row (&form, plan->result_target, target->id);
  return hx_year_form (call, &form, error);
}

static gboolean
reply_form (HxCall *call, GError **error)
{
  const HxPlanView *plan = view_of (call);
  g_auto (HxMonitorView) view = { 0 };
  g_auto (HxYearForm) form
      = { .title = g_strdup (_ ("预警答复")), .said = _ ("答复已登记") };
  g_autofree char *number = NULL, *day = NULL;
  Subject subject = { 0 };
  if (!begin_form (call, &view, &subject, &form, error)
      || !hx_year_need_kind (call, plan->reply, error))
    return FALSE;
  form.kind = plan->reply;
  day = hx_say_day (view.monitor->as_of);
  number = g_strdup_printf ("YJ%s-%s", day, number_of (&subject));
  hx_year_form_preset (&form, hx_kind_field (plan->reply, "number"), number);
  hx_year_form_preset_day (&form, form.kind->date, hx_call_today (call));
  hx_year_form_preset (&form, plan->reply_owner, hx_call_identity (call)->name);
  hide_day (&form, plan->reply_as_of, view.monitor->as_of);
  if (subject.line != NULL)
    hx_year_form_hide_row (&form, plan->reply_line, subject.line->line->id);
  else if (subject.target != NULL)
    hx_year_form_hide_row (&form, plan->reply_target,
                           subject.target->target->id);
  return hx_year_form (call, &form, error);
}

/* ------------------------------------------------------------------- routes
 */

#define OF_DAY                                                                 \
  { "id", HX_IN_PATH, HX_TYPE_ID, HX_REQUIRED, .what = N_ ("哪一条") },        \
      { "year", HX_IN_QUERY, HX_TYPE_YEAR, .what = N_ ("年度") },              \
      { "as_of", HX_IN_QUERY, HX_TYPE_DATE, .what = N_ ("监控截止日期") },     \
  {                                                                            \
    "rules", HX_IN_QUERY, HX_TYPE_TEXT, .max = 60, .what = N_ ("预警规则")     \
  }

static const HxParameter ask[] = { OF_DAY, { 0 } };
static const HxParameter take[] = { OF_DAY, HX_RECORD_FORM_PARAMETERS, { 0 } };

#define FORM(path, name, text, function)                                       \
  { HX_METHOD_GET, "/monitoring/" path,  "monitoring_" name "_form",           \
    text,          HX_MONITOR_WRITERS,   HX_ROUTE_PAGE,                        \
    ask,           .handler = (function) },                                    \
  {                                                                            \
    HX_METHOD_POST, "/monitoring/" path, "monitoring_" name "_take", text,     \
        HX_MONITOR_WRITERS, HX_ROUTE_PAGE | HX_ROUTE_UPLOAD, take,             \
        .handler = (function)                                                  \
  }

const HxRoute hx_routes_monitor_form[] = {
  FORM ("lines/{id}/forecast", "forecast", N_ ("填写全年预计"), forecast_form),
  FORM ("lines/{id}/reply", "line_reply", N_ ("答复支出预警"), reply_form),
  FORM ("targets/{id}/answer", "answer", N_ ("监控填报"), answer_form),
  FORM ("targets/{id}/result", "result", N_ ("填写指标完成情况"), result_form),
  FORM ("targets/{id}/reply", "target_reply", N_ ("答复指标预警"), reply_form),
  { 0 },
};
