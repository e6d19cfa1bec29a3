/* The problems of a year and what is done about them, and what became of those
 * of the year before (整改), for a template. */
#include "plan/problem.h"
#include "report/year_facts.h"

static json_t *
measure_item (const HxProblemMeasure *measure)
{
  json_t *item = json_object ();
  hx_set_text (item, "number", measure->number);
  hx_set_text (item, "text", measure->text);
  hx_set_text (item, "owner", measure->owner);
  hx_set_text (item, "result", measure->result);
  hx_set_text (item, "progress", measure->progress);
  hx_set_code (item, "state", measure->state);
  hx_set_day (item, "due", measure->due);
  hx_set_day (item, "done_on", measure->done_on);
  hx_set_flag (item, "is_done", measure->is_done);
  return item;
}

static void
add_amount (HxYearFacts *facts, const HxProblem *problem, json_t *item)
{
  hx_set_flag (item, "has_amount", problem->has_amount);
  if (!problem->has_amount)
    return;
  const HxPlanView *view = hx_catalogue_plan (facts->catalogue);
  HxYearFact *fact = hx_year_fact (
      facts, (HxFactName){ "problem", problem->number, problem->id }, item,
      "amount");
  hx_fact_money (fact, problem->amount);
  hx_fact_words (fact, g_strdup_printf (_ ("%s涉及的金额"), problem->title),
                 g_strdup (_ ("问题登记的涉及金额")));
  hx_fact_row (fact, view->problem, problem->id, (HxDate){ 0 },
               problem->reason);
}

static json_t *
problem_item (HxYearFacts *facts, const HxProblem *problem)
{
  json_t *item = json_object ();
  json_t *measures = json_array ();
  hx_set_text (item, "number", problem->number);
  hx_set_text (item, "title", problem->title);
  hx_set_text (item, "text", problem->text);
  hx_set_text (item, "reason", problem->reason);
  hx_set_code (item, "cause", problem->cause);
  hx_set_code (item, "source", problem->source);
  hx_set_text (item, "state", hx_problem_state_name (problem->state));
  json_object_set_new (item, "year", json_integer (problem->year));
  add_amount (facts, problem, item);
  for (guint i = 0; i < problem->measures->len; i++)
    json_array_append_new (measures,
                           measure_item (problem->measures->pdata[i]));
  hx_set_flag (item, "has_measures", problem->measures->len > 0);
  json_object_set_new (item, "measures", measures);
  return item;
}

static void
add_list (HxYearFacts *facts, const char *member, const GPtrArray *problems)
{
  json_t *list = json_array ();
  for (guint i = 0; i < problems->len; i++)
    json_array_append_new (list, problem_item (facts, problems->pdata[i]));
  json_object_set_new (facts->context, member, list);
}

gboolean
hx_year_problems (HxYearFacts *facts, GError **error)
{
  g_autoptr (GPtrArray) found = hx_problems_read (
      facts->connection, facts->catalogue, facts->year, facts->as_of, error);
  if (found == NULL)
    return FALSE;
  add_list (facts, "problems", found);
  g_autoptr (GPtrArray) before = hx_problems_before (
      facts->connection, facts->catalogue, facts->year, facts->as_of, error);
  if (before == NULL)
    return FALSE;
  add_list (facts, "last_problems", before);
  return TRUE;
}
