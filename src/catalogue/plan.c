#include "catalogue/plan.h"
#include "catalogue/role.h"

#define HX_ROLE_VIEW HxPlanView

static const HxRole goal_roles[] = {
  ROLE (goal_number, "number", HX_ROLE_TEXT, MUST, NULL),
  ROLE (goal_year, "year", HX_ROLE_INTEGER, MUST, NULL),
  ROLE (goal_name, "name", HX_ROLE_TEXT, MUST, NULL),
  ROLE (goal_text, "text", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole task_roles[] = {
  ROLE (task_number, "number", HX_ROLE_TEXT, MUST, NULL),
  ROLE (task_year, "year", HX_ROLE_INTEGER, MUST, NULL),
  ROLE (task_name, "name", HX_ROLE_TEXT, MUST, NULL),
  ROLE (task_goal, "goal", HX_ROLE_REF, MAY, "goal"),
  ROLE (task_budget, "budget", HX_ROLE_CHOICE, MAY, NULL),
  ROLE (task_owner, "owner", HX_ROLE_TEXT, MAY, NULL),
  ROLE (task_weight, "weight", HX_ROLE_INTEGER, MAY, NULL),
  ROLE (task_section, "section", HX_ROLE_REF, MAY, NULL),
};

static const HxRole milestone_roles[] = {
  ROLE (milestone_number, "number", HX_ROLE_TEXT, MUST, NULL),
  ROLE (milestone_task, "task", HX_ROLE_REF, MUST, "task"),
  ROLE (milestone_name, "name", HX_ROLE_TEXT, MUST, NULL),
  ROLE (milestone_owner, "owner", HX_ROLE_TEXT, MUST, NULL),
  ROLE (milestone_baseline, "baseline", HX_ROLE_DATE, MUST, NULL),
  ROLE (milestone_done_on, "done_on", HX_ROLE_DATE, MUST, NULL),
  ROLE (milestone_weight, "weight", HX_ROLE_INTEGER, MAY, NULL),
  ROLE (milestone_result, "result", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole replan_roles[] = {
  ROLE (replan_milestone, "milestone", HX_ROLE_REF, MUST, "milestone"),
  ROLE (replan_planned, "planned", HX_ROLE_DATE, MUST, NULL),
  ROLE (replan_reason, "reason", HX_ROLE_TEXT, MUST, NULL),
  ROLE (replan_approved_by, "approved_by", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole lag_roles[] = {
  ROLE (lag_milestone, "milestone", HX_ROLE_REF, MUST, "milestone"),
  ROLE (lag_cause, "cause", HX_ROLE_CHOICE, MUST,
        "funds system staff hardware other"),
  ROLE (lag_reason, "reason", HX_ROLE_TEXT, MUST, NULL),
  ROLE (lag_measure, "measure", HX_ROLE_TEXT, MUST, NULL),
  ROLE (lag_owner, "owner", HX_ROLE_TEXT, MUST, NULL),
  ROLE (lag_due, "due", HX_ROLE_DATE, MUST, NULL),
  ROLE (lag_done_on, "done_on", HX_ROLE_DATE, MAY, NULL),
  ROLE (lag_forecast, "forecast", HX_ROLE_CHOICE, MUST,
        "certain possible impossible"),
};

static const HxRole target_roles[] = {
  ROLE (target_number, "number", HX_ROLE_TEXT, MUST, NULL),
  ROLE (target_year, "year", HX_ROLE_INTEGER, MUST, NULL),
  ROLE (target_name, "name", HX_ROLE_TEXT, MUST, NULL),
  ROLE (target_level, "level", HX_ROLE_CHOICE, MUST,
        "output benefit satisfaction cost"),
  ROLE (target_aspect, "aspect", HX_ROLE_CHOICE, MAY, NULL),
  ROLE (target_direction, "direction", HX_ROLE_CHOICE, MUST,
        "at_least at_most equal qualitative"),
  ROLE (target_value, "value", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (target_wording, "wording", HX_ROLE_TEXT, MAY, NULL),
  ROLE (target_measure_unit, "measure_unit", HX_ROLE_TEXT, MAY, NULL),
  ROLE (target_base, "base", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (target_weight, "weight", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (target_tolerance, "tolerance", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (target_indicator, "indicator", HX_ROLE_TEXT, MAY, NULL),
  ROLE (target_task, "task", HX_ROLE_REF, MAY, "task"),
  ROLE (target_owner, "owner", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole result_roles[] = {
  ROLE (result_target, "target", HX_ROLE_REF, MUST, "target"),
  ROLE (result_value, "value", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (result_step, "step", HX_ROLE_CHOICE, MUST, "reached partly missed"),
  ROLE (result_share, "share", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (result_text, "text", HX_ROLE_TEXT, MAY, NULL),
  ROLE (result_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
  ROLE (result_measure, "measure", HX_ROLE_TEXT, MAY, NULL),
  ROLE (result_signer, "signer", HX_ROLE_TEXT, MUST, NULL),
  ROLE (result_evidence, "evidence", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole answer_roles[] = {
  ROLE (answer_target, "target", HX_ROLE_REF, MUST, "target"),
  ROLE (answer_forecast, "forecast", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (answer_forecast_text, "forecast_text", HX_ROLE_TEXT, MAY, NULL),
  ROLE (answer_funds, "funds", HX_ROLE_BOOL, MAY, NULL),
  ROLE (answer_system, "system", HX_ROLE_BOOL, MAY, NULL),
  ROLE (answer_staff, "staff", HX_ROLE_BOOL, MAY, NULL),
  ROLE (answer_hardware, "hardware", HX_ROLE_BOOL, MAY, NULL),
  ROLE (answer_other, "other", HX_ROLE_BOOL, MAY, NULL),
  ROLE (answer_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
  ROLE (answer_likelihood, "likelihood", HX_ROLE_CHOICE, MUST,
        "certain possible impossible"),
  ROLE (answer_note, "note", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole reply_roles[] = {
  ROLE (reply_as_of, "as_of", HX_ROLE_DATE, MUST, NULL),
  ROLE (reply_line, "line", HX_ROLE_REF, MAY, NULL),
  ROLE (reply_target, "target", HX_ROLE_REF, MAY, "target"),
  ROLE (reply_decision, "decision", HX_ROLE_CHOICE, MUST,
        "continue reallocate cancel"),
  ROLE (reply_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
  ROLE (reply_owner, "owner", HX_ROLE_TEXT, MAY, NULL),
  ROLE (reply_due, "due", HX_ROLE_DATE, MAY, NULL),
};

static const HxRole problem_roles[] = {
  ROLE (problem_number, "number", HX_ROLE_TEXT, MUST, NULL),
  ROLE (problem_year, "year", HX_ROLE_INTEGER, MUST, NULL),
  ROLE (problem_title, "title", HX_ROLE_TEXT, MUST, NULL),
  ROLE (problem_text, "text", HX_ROLE_TEXT, MAY, NULL),
  ROLE (problem_cause, "cause", HX_ROLE_CHOICE, MAY, NULL),
  ROLE (problem_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
  ROLE (problem_source, "source", HX_ROLE_CHOICE, MAY, NULL),
  ROLE (problem_amount, "amount", HX_ROLE_MONEY, MAY, NULL),
  ROLE (problem_line, "line", HX_ROLE_REF, MAY, NULL),
  ROLE (problem_milestone, "milestone", HX_ROLE_REF, MAY, "milestone"),
  ROLE (problem_target, "target", HX_ROLE_REF, MAY, "target"),
};

static const HxRole measure_roles[] = {
  ROLE (measure_number, "number", HX_ROLE_TEXT, MUST, NULL),
  ROLE (measure_problem, "problem", HX_ROLE_REF, MUST, "problem"),
  ROLE (measure_text, "text", HX_ROLE_TEXT, MUST, NULL),
  ROLE (measure_owner, "owner", HX_ROLE_TEXT, MUST, NULL),
  ROLE (measure_due, "due", HX_ROLE_DATE, MUST, NULL),
  ROLE (measure_result, "result", HX_ROLE_TEXT, MUST, NULL),
  ROLE (measure_state, "state", HX_ROLE_CHOICE, MUST,
        "planned doing done stopped"),
  ROLE (measure_done_on, "done_on", HX_ROLE_DATE, MAY, NULL),
  ROLE (measure_progress, "progress", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole text_roles[] = {
  ROLE (text_number, "number", HX_ROLE_TEXT, MUST, NULL),
  ROLE (text_year, "year", HX_ROLE_INTEGER, MUST, NULL),
  ROLE (text_place, "place", HX_ROLE_CHOICE, MUST,
        "function goal conclusion work result"),
  ROLE (text_task, "task", HX_ROLE_REF, MAY, "task"),
  ROLE (text_position, "position", HX_ROLE_INTEGER, MUST, NULL),
  ROLE (text_title, "title", HX_ROLE_TEXT, MAY, NULL),
  ROLE (text_text, "text", HX_ROLE_TEXT, MUST, NULL),
};

static const HxRole entry_roles[] = {
  ROLE (entry_year, "year", HX_ROLE_INTEGER, MUST, NULL),
  ROLE (entry_card, "card", HX_ROLE_TEXT, MUST, NULL),
  ROLE (entry_row, "row", HX_ROLE_TEXT, MUST, NULL),
  ROLE (entry_applies, "applies", HX_ROLE_BOOL, MAY, NULL),
  ROLE (entry_value, "value", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (entry_base, "base", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (entry_checks, "checks", HX_ROLE_TEXT, MAY, NULL),
  ROLE (entry_step, "step", HX_ROLE_CHOICE, MAY, "reached partly missed"),
  ROLE (entry_share, "share", HX_ROLE_DECIMAL, MAY, NULL),
  ROLE (entry_reason, "reason", HX_ROLE_TEXT, MAY, NULL),
  ROLE (entry_signer, "signer", HX_ROLE_TEXT, MUST, NULL),
  ROLE (entry_evidence, "evidence", HX_ROLE_TEXT, MAY, NULL),
};

static const HxRole review_roles[] = {
  ROLE (review_year, "year", HX_ROLE_INTEGER, MUST, NULL),
  ROLE (review_check, "check", HX_ROLE_TEXT, MUST, NULL),
  ROLE (review_place, "place", HX_ROLE_TEXT, MUST, NULL),
  ROLE (review_reason, "reason", HX_ROLE_TEXT, MUST, NULL),
  ROLE (review_signer, "signer", HX_ROLE_TEXT, MUST, NULL),
};

static const HxSection sections[] = {
  SECTION (goal, MAY, TRUE),       SECTION (task, MUST, TRUE),
  SECTION (milestone, MUST, TRUE), SECTION (replan, MAY, FALSE),
  SECTION (lag, MAY, FALSE),       SECTION (target, MAY, TRUE),
  SECTION (result, MAY, FALSE),    SECTION (answer, MAY, FALSE),
  SECTION (reply, MAY, FALSE),     SECTION (problem, MAY, TRUE),
  SECTION (measure, MAY, TRUE),    SECTION (text, MAY, TRUE),
  SECTION (entry, MAY, FALSE),     SECTION (review, MAY, FALSE),
};

void
hx_plan_view_load (HxLoader *loader, const HxNode *root)
{
  static const char *const settings[] = { NULL };
  static const HxSections all = { sections, G_N_ELEMENTS (sections), settings };

  loader->catalogue->plan = g_new0 (HxPlanView, 1);
  hx_sections_load (loader, root, &all, loader->catalogue->plan);
}

const HxPlanView *
hx_catalogue_plan (const HxCatalogue *catalogue)
{
  return catalogue->plan;
}
