/* Problems of a year, their measures, and how they come back. */
#include "plan_test.h"

#include "plan/problem.h"

#define PROBLEM(number, year)                                                  \
  "problem|number=" number "|year=" year                                       \
  "|title=甲|text=乙|cause=经费|reason=丙|source=自评"
#define MEASURE(number, problem, due)                                          \
  "measure|number=" number "|problem=" problem                                 \
  "|text=甲|owner=乙|result=丙|due=" due

static GPtrArray *
before (Bureau *bureau, int year, const char *as_of)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *problems = hx_problems_before (
      bureau_read (bureau), bureau->catalogue, year, day_of (as_of), &error);

  assert_no_error (error);
  return problems;
}

static char *
numbers (const GPtrArray *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const HxProblem *problem = problems->pdata[i];

      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "",
                              problem->number,
                              hx_problem_state_key (problem->state));
    }
  return g_strdup (text->str);
}

static void
assert_problem (Bureau *bureau, const char *as_of, HxProblemState state,
                gint64 days_over)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = hx_problems_read (
      bureau_read (bureau), bureau->catalogue, 2023, day_of (as_of), &error);
  const HxProblem *problem;

  assert_no_error (error);
  assert_int_equal (problems->len, 1);
  problem = problems->pdata[0];
  assert_int_equal (problem->state, state);
  assert_int_equal (problem->days_over, days_over);
}

static void
the_state_of_a_problem_is_that_of_its_measures (void **state)
{
  PUT (*state, PROBLEM ("P1", "2023") "|amount=12.50");
  assert_problem (*state, NULL, HX_PROBLEM_UNANSWERED, 0);
  PUT (*state, MEASURE ("C1", "P1", "2023-06-30"),
       MEASURE ("C2", "P1", "2023-09-30"));
  assert_problem (*state, "2023-06-30", HX_PROBLEM_PLANNED, 0);
  assert_problem (*state, "2023-10-01", HX_PROBLEM_PLANNED, 93);
  PUT (*state, "measure|number=C1|state=整改中");
  assert_problem (*state, "2023-07-01", HX_PROBLEM_BEGUN, 1);
  PUT (*state, "measure|number=C1|state=已完成|done_on=2023-07-05");
  assert_problem (*state, "2023-07-05", HX_PROBLEM_BEGUN, 0);
  PUT (*state, "measure|number=C2|state=不再整改");
  assert_problem (*state, "2023-12-31", HX_PROBLEM_SETTLED, 0);
  assert_problem (*state, "2023-07-04", HX_PROBLEM_PLANNED, 4);
  PUT (*state, "measure|number=C1|state=不再整改|done_on=");
  assert_problem (*state, NULL, HX_PROBLEM_STOPPED, 0);
}

static void
a_measure_says_who_when_and_what_one_will_see (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  const HxProblem *problem;
  const HxProblemMeasure *measure;

  PUT (*state, PROBLEM ("P1", "2023") "|amount=12.50",
       MEASURE ("C2", "P1", "2023-09-30"), MEASURE ("C1", "P1", "2023-06-30"));
  problems
      = hx_problems_read (bureau_read (*state), ((Bureau *)*state)->catalogue,
                          2023, (HxDate){ 0 }, &error);
  assert_no_error (error);
  problem = problems->pdata[0];
  assert_true (problem->has_amount);
  assert_int_equal (problem->amount, 1250);
  assert_string_equal (problem->cause->code, "funds");
  assert_string_equal (problem->source->code, "self");
  measure = problem->measures->pdata[0];
  assert_string_equal (measure->number, "C1");
  assert_string_equal (measure->owner, "乙");
  assert_string_equal (measure->result, "丙");
  assert_int_equal (measure->days_over, 184);
}

static void
last_years_problems_come_back_and_older_open_ones (void **state)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autofree char *text = NULL;
  g_autofree char *later_text = NULL;

  PUT (*state, PROBLEM ("P23", "2023"), PROBLEM ("P22", "2022"),
       PROBLEM ("P21a", "2021"), PROBLEM ("P21b", "2021"),
       PROBLEM ("P21c", "2021"), PROBLEM ("P24", "2024"),
       MEASURE ("C22", "P22", "2022-11-01") "|done_on=2022-10-01",
       MEASURE ("C21a", "P21a", "2022-11-01") "|done_on=2022-12-31",
       MEASURE ("C21b", "P21b", "2022-11-01") "|done_on=2023-01-01",
       MEASURE ("C21c", "P21c", "2022-11-01"));
  all = before (*state, 2023, NULL);
  text = numbers (all);
  assert_string_equal (text, "P21b:settled P21c:planned P22:settled");
  later = before (*state, 2024, NULL);
  later_text = numbers (later);
  assert_string_equal (later_text, "P21c:planned P23:unanswered");
}

#define CASE(name)                                                             \
  cmocka_unit_test_setup_teardown (name, bureau_setup, bureau_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    CASE (the_state_of_a_problem_is_that_of_its_measures),
    CASE (a_measure_says_who_when_and_what_one_will_see),
    CASE (last_years_problems_come_back_and_older_open_ones),
  };

  return cmocka_run_group_tests_name ("problem", tests, NULL, NULL);
}
