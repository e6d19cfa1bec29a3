/* A year of which nothing was entered says what it lacks. */
#include "plan_test.h"

#include "plan/years.h"

#define LINE(number, year)                                                     \
  "budget_line|number=" number "|since=" year                                  \
  "-01-10|name=甲|source=一般公共预算|nature=项目支出|amount=1"
#define TASK(number, year)                                                     \
  "plan_task|number=" number "|year=" year "|name=甲|owner=乙"

/* The error, or NULL. */
static char *
lack_of (Bureau *bureau, int year, guint parts)
{
  g_autoptr (GError) error = NULL;

  if (hx_year_need (bureau_read (bureau), bureau->catalogue, year, parts,
                    &error))
    {
      assert_null (error);
      return NULL;
    }
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
  return g_strdup (error->message);
}

static void
an_empty_database_lacks_every_year (void **state)
{
  g_autofree char *lack = lack_of (*state, 2023, HX_YEAR_LINES);

  assert_string_equal (
      lack, "2023 年没有登记预算指标: 哪一年的都还没有登记: 核对年度；"
            "要做这一年的，先 hongxia import 导入 budget_line");
}

static void
the_years_that_have_some_are_named_the_last_first (void **state)
{
  g_autofree char *lack = NULL, *other = NULL, *tasks = NULL, *any = NULL;

  PUT (*state, LINE ("A", "2021"), LINE ("B", "2021"), LINE ("C", "2023"),
       TASK ("T", "2019"));
  lack = lack_of (*state, 2022, HX_YEAR_LINES);
  assert_non_null (strstr (lack, ": 有的年度是 2023、2021: "));
  assert_non_null (strstr (lack, "或用 hongxia roll-forward 2021 由上年结转"));
  assert_null (lack_of (*state, 2023, HX_YEAR_LINES));
  tasks = lack_of (*state, 2023, HX_YEAR_TASKS);
  assert_non_null (
      strstr (tasks, "2023 年没有登记重点任务: 有的年度是 2019: "));
  assert_null (strstr (tasks, "roll-forward"));
  other = lack_of (*state, 2018, HX_YEAR_LINES | HX_YEAR_TASKS);
  assert_non_null (strstr (other, "没有登记预算指标、重点任务"));
  assert_non_null (strstr (other, "2023、2021、2019"));
  any = lack_of (*state, 2019, HX_YEAR_ANY);
  assert_null (any);
}

static void
what_was_made_void_is_not_there (void **state)
{
  g_autofree char *lack = NULL;

  PUT (*state, LINE ("A", "2023"));
  assert_null (lack_of (*state, 2023, HX_YEAR_LINES));
  bureau_void (*state, "budget_line", 1);
  lack = lack_of (*state, 2023, HX_YEAR_LINES);
  assert_non_null (lack);
}

#define CASE(name)                                                             \
  cmocka_unit_test_setup_teardown (name, bureau_setup, bureau_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    CASE (an_empty_database_lacks_every_year),
    CASE (the_years_that_have_some_are_named_the_last_first),
    CASE (what_was_made_void_is_not_there),
  };

  return cmocka_run_group_tests_name ("years", tests, NULL, NULL);
}
