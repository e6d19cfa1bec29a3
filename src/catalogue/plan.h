/* Which kinds hold the plan of a year, and which of their fields say what.
 *
 * plan.yaml binds roles to kinds as budget.yaml does (see budget.h):
 *
 *   section      roles (* must be there)
 *   goal         register: number*, year* (integer), name*, text
 *   task*        register: number*, year*, name*, goal (ref), budget (a choice
 *                of the same code list as the task of a budget line), owner,
 *                weight (integer), section (ref to unit)
 *   milestone*   register: number*, task*, name*, owner*, baseline* (date),
 *                done_on* (date), weight (integer), result (text)
 *   replan       record: milestone*, planned* (date), reason*, approved_by
 *   lag          record: milestone*, cause* (choice: funds, system, staff,
 *                hardware, other), reason*, measure*, owner*, due* (date),
 *                done_on (date), forecast* (choice: certain, possible,
 *                impossible)
 *   target       register: number*, year*, name*, level* (choice: output,
 *                benefit, satisfaction, cost), aspect (choice), direction*
 *                (choice: at_least, at_most, equal, qualitative), value
 *                (decimal), wording (text), measure_unit (text), base, weight
 *                (decimals), tolerance (decimal, per cent), indicator (text:
 *                the key of a figure), task (ref), owner
 *   result       record: target*, value (decimal), step* (choice: reached,
 *                partly, missed), share (decimal, per cent of the points),
 *                text, reason, measure, signer*, evidence
 *   answer       record: target*, forecast (decimal), forecast_text, funds,
 *                system, staff, hardware, other (bools), reason, likelihood*
 *                (choice as of forecast above), note
 *   reply        record: as_of* (date), line (ref), target (ref), decision*
 *                (choice: continue, reallocate, cancel), reason, owner, due
 *   problem      register: number*, year*, title*, text, cause (choice),
 *                reason, source, amount (money), line, milestone, target (refs)
 *   measure      register: number*, problem*, text*, owner*, due* (date),
 *                result* (text), state* (choice: planned, doing, done,
 *                stopped), done_on (date), progress (text)
 *   text         register: number*, year*, place* (choice: function, goal,
 *                conclusion, work, result), task (ref), position* (integer),
 *                title, text* (with figures, see report.h)
 *   entry        record: year*, card*, row* (texts), applies (bool), value,
 *                base (decimals), checks (text), step, share, reason, signer*,
 *                evidence
 *   review       record: year*, check*, place*, reason*, signer*
 *
 * Texts and dates are TEXT columns, so an evidence may stand where a text does.
 * Pointers are the catalogue's.  Fields of a section that is missing are NULL.
 */
#ifndef HX_CATALOGUE_PLAN_H
#define HX_CATALOGUE_PLAN_H

#include "catalogue/catalogue.h"

G_BEGIN_DECLS

typedef struct
{
  const HxKind *goal;
  const HxField *goal_number, *goal_year, *goal_name, *goal_text;

  const HxKind *task;
  const HxField *task_number, *task_year, *task_name, *task_goal, *task_budget,
      *task_owner, *task_weight, *task_section;

  const HxKind *milestone;
  const HxField *milestone_number, *milestone_task, *milestone_name,
      *milestone_owner, *milestone_baseline, *milestone_done_on,
      *milestone_weight, *milestone_result;

  const HxKind *replan;
  const HxField *replan_milestone, *replan_planned, *replan_reason,
      *replan_approved_by;

  const HxKind *lag;
  const HxField *lag_milestone, *lag_cause, *lag_reason, *lag_measure,
      *lag_owner, *lag_due, *lag_done_on, *lag_forecast;

  const HxKind *target;
  const HxField *target_number, *target_year, *target_name, *target_level,
      *target_aspect, *target_direction, *target_value, *target_wording,
      *target_measure_unit, *target_base, *target_weight, *target_tolerance,
      *target_indicator, *target_task, *target_owner;

  const HxKind *result;
  const HxField *result_target, *result_value, *result_step, *result_share,
      *result_text, *result_reason, *result_measure, *result_signer,
      *result_evidence;

  const HxKind *answer;
  const HxField *answer_target, *answer_forecast, *answer_forecast_text,
      *answer_funds, *answer_system, *answer_staff, *answer_hardware,
      *answer_other, *answer_reason, *answer_likelihood, *answer_note;

  const HxKind *reply;
  const HxField *reply_as_of, *reply_line, *reply_target, *reply_decision,
      *reply_reason, *reply_owner, *reply_due;

  const HxKind *problem;
  const HxField *problem_number, *problem_year, *problem_title, *problem_text,
      *problem_cause, *problem_reason, *problem_source, *problem_amount,
      *problem_line, *problem_milestone, *problem_target;

  const HxKind *measure;
  const HxField *measure_number, *measure_problem, *measure_text,
      *measure_owner, *measure_due, *measure_result, *measure_state,
      *measure_done_on, *measure_progress;

  const HxKind *text;
  const HxField *text_number, *text_year, *text_place, *text_task,
      *text_position, *text_title, *text_text;

  const HxKind *entry;
  const HxField *entry_year, *entry_card, *entry_row, *entry_applies,
      *entry_value, *entry_base, *entry_checks, *entry_step, *entry_share,
      *entry_reason, *entry_signer, *entry_evidence;

  const HxKind *review;
  const HxField *review_year, *review_check, *review_place, *review_reason,
      *review_signer;
} HxPlanView;

/* NULL when the catalogue keeps no plan. */
const HxPlanView *hx_catalogue_plan (const HxCatalogue *catalogue);

G_END_DECLS

#endif
