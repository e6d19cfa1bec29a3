#include "plan/problem.h"
#include "plan/living.h"

const char *
hx_problem_state_key (HxProblemState state)
{
  static const char *const keys[]
      = { "unanswered", "planned", "begun", "settled", "stopped" };

  return keys[state];
}

const char *
hx_problem_state_name (HxProblemState state)
{
  static const char *const names[]
      = { N_ ("未定措施"), N_ ("未开始"), N_ ("整改中"), N_ ("已整改"),
          N_ ("不再整改") };

  return hx_text (names[state]);
}

static void
measure_free (gpointer data)
{
  HxProblemMeasure *measure = data;

  g_free (measure->number);
  g_free (measure->text);
  g_free (measure->owner);
  g_free (measure->result);
  g_free (measure->progress);
  g_free (measure);
}

void
hx_problem_free (HxProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->number);
  g_free (problem->title);
  g_free (problem->text);
  g_free (problem->reason);
  g_ptr_array_unref (problem->measures);
  g_free (problem);
}

static void
problem_free (gpointer data)
{
  hx_problem_free (data);
}

/* --------------------------------------------------------------------- rows */

static HxProblem *
problem_new (const HxPlanView *view, const HxRow *row)
{
  HxProblem *problem = g_new0 (HxProblem, 1);

  problem->id = row->id;
  problem->unit_id = row->unit_id;
  problem->year = (int)hx_living_integer (row, view->problem_year);
  problem->number = hx_living_text (row, view->problem_number);
  problem->title = hx_living_text (row, view->problem_title);
  problem->text = hx_living_text (row, view->problem_text);
  problem->reason = hx_living_text (row, view->problem_reason);
  problem->cause = hx_living_code (row, view->problem_cause);
  problem->source = hx_living_code (row, view->problem_source);
  problem->has_amount = hx_living_has (row, view->problem_amount);
  problem->amount = hx_living_integer (row, view->problem_amount);
  problem->line_id = hx_living_integer (row, view->problem_line);
  problem->milestone_id = hx_living_integer (row, view->problem_milestone);
  problem->target_id = hx_living_integer (row, view->problem_target);
  problem->measures = g_ptr_array_new_with_free_func (measure_free);
  return problem;
}

static gboolean
has_code (const HxCode *code, const char *text)
{
  return code != NULL && g_str_equal (code->code, text);
}

/* A state that came with a later day is not known yet. */
static void
judge_measure (HxProblemMeasure *measure, HxDate as_of)
{
  const gboolean is_dated = measure->done_on.year != 0;

  if (is_dated && hx_date_compare (measure->done_on, as_of) > 0)
    measure->done_on = (HxDate){ 0 };
  measure->is_done = measure->done_on.year != 0
                     || (!is_dated && has_code (measure->state, "done"));
  measure->is_stopped
      = !measure->is_done && has_code (measure->state, "stopped");
  if (!measure->is_done && !measure->is_stopped)
    measure->days_over
        = MAX (hx_date_days (as_of) - hx_date_days (measure->due), 0);
}

static HxProblemMeasure *
measure_new (const HxPlanView *view, const HxRow *row)
{
  HxProblemMeasure *measure = g_new0 (HxProblemMeasure, 1);

  measure->id = row->id;
  measure->number = hx_living_text (row, view->measure_number);
  measure->text = hx_living_text (row, view->measure_text);
  measure->owner = hx_living_text (row, view->measure_owner);
  measure->result = hx_living_text (row, view->measure_result);
  measure->progress = hx_living_text (row, view->measure_progress);
  measure->state = hx_living_code (row, view->measure_state);
  measure->due = hx_living_date (row, view->measure_due);
  measure->done_on = hx_living_date (row, view->measure_done_on);
  return measure;
}

static void
judge (HxProblem *problem)
{
  guint done = 0, stopped = 0, begun = 0;
  const guint all = problem->measures->len;

  for (guint i = 0; i < all; i++)
    {
      const HxProblemMeasure *measure = problem->measures->pdata[i];

      done += measure->is_done;
      stopped += measure->is_stopped;
      begun += measure->is_done || has_code (measure->state, "doing");
      problem->days_over = MAX (problem->days_over, measure->days_over);
    }
  problem->state = all == 0                ? HX_PROBLEM_UNANSWERED
                   : stopped == all        ? HX_PROBLEM_STOPPED
                   : done + stopped == all ? HX_PROBLEM_SETTLED
                   : begun > 0             ? HX_PROBLEM_BEGUN
                                           : HX_PROBLEM_PLANNED;
}

/* ------------------------------------------------------------------ reading */

static gboolean
read_measures (HxConnection *connection, const HxPlanView *view,
               GHashTable *problems, HxDate as_of, GError **error)
{
  g_autofree char *rest = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (view->measure == NULL)
    return TRUE;
  rest = g_strdup_printf ("?2 = ?2 ORDER BY \"%s\", \"%s\", id",
                          hx_field_column (view->measure_due),
                          hx_field_column (view->measure_number));
  rows = hx_living_rows (connection, view->measure, rest, 0, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const HxRow *row = rows->pdata[i];
      const gint64 of = hx_living_integer (row, view->measure_problem);
      HxProblem *problem = g_hash_table_lookup (problems, &of);
      HxProblemMeasure *measure;

      if (problem == NULL)
        continue;
      measure = measure_new (view, row);
      judge_measure (measure, as_of);
      g_ptr_array_add (problem->measures, measure);
    }
  return TRUE;
}

/* The problems for which `test`, which may ask for the year by ?2, holds. */
static GPtrArray *
read_problems (HxConnection *connection, const HxPlanView *view,
               const char *test, int year, HxDate as_of, GError **error)
{
  g_autofree char *rest
      = g_strdup_printf ("\"%s\" %s ?2 ORDER BY \"%s\", \"%s\", id",
                         hx_field_column (view->problem_year), test,
                         hx_field_column (view->problem_year),
                         hx_field_column (view->problem_number));
  g_autoptr (GPtrArray) rows
      = hx_living_rows (connection, view->problem, rest, year, error);
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func (problem_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      HxProblem *problem = problem_new (view, rows->pdata[i]);

      g_ptr_array_add (problems, problem);
      g_hash_table_insert (by_id, &problem->id, problem);
    }
  if (!read_measures (connection, view, by_id, as_of, error))
    return NULL;
  for (guint i = 0; i < problems->len; i++)
    judge (problems->pdata[i]);
  return g_steal_pointer (&problems);
}

static gboolean
keeps_problems (const HxPlanView *view)
{
  return view != NULL && view->problem != NULL;
}

GPtrArray *
hx_problems_read (HxConnection *connection, HxCatalogue *catalogue, int year,
                  HxDate as_of, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (catalogue);

  if (!keeps_problems (view))
    return g_ptr_array_new ();
  if (as_of.year == 0)
    as_of = (HxDate){ (gint16)year, 12, 31 };
  return read_problems (connection, view, "=", year, as_of, error);
}

static gboolean
is_over (const HxProblem *problem)
{
  return problem->state == HX_PROBLEM_SETTLED
         || problem->state == HX_PROBLEM_STOPPED;
}

GPtrArray *
hx_problems_before (HxConnection *connection, HxCatalogue *catalogue, int year,
                    HxDate as_of, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (catalogue);
  const HxDate eve = { (gint16)(year - 1), 12, 31 };
  g_autoptr (GPtrArray) then = NULL; /* as they stood when the year began */
  GPtrArray *problems;

  if (!keeps_problems (view))
    return g_ptr_array_new ();
  if (as_of.year == 0)
    as_of = (HxDate){ (gint16)year, 12, 31 };
  then = read_problems (connection, view, "<", year, eve, error);
  if (then == NULL)
    return NULL;
  problems = read_problems (connection, view, "<", year, as_of, error);
  for (guint i = problems != NULL ? problems->len : 0; i > 0; i--)
    if (((HxProblem *)then->pdata[i - 1])->year < year - 1
        && is_over (then->pdata[i - 1]))
      g_ptr_array_remove_index (problems, i - 1);
  return problems;
}
