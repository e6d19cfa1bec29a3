/* V11 problems and measures of the year, V24 what became of those before. */
#include "check/review_internal.h"

#include "plan/problem.h"

#include <string.h>

static void
found_at (HxReviewCase *review, guint number, const HxFound *what,
          const char *place)
{
  HxFound found = *what;

  found.place = place;
  hx_review_found (review, number, &found);
}

/* 暂无 in place of words. */
static gboolean
says_nothing (HxReviewCase *review, const char *text)
{
  const char *const *nothing = HX_REVIEW_WORD (review, HX_REVIEW_NOTHING);
  const gsize length = text == NULL ? 0 : hx_words_at (text, nothing);

  return text == NULL || *text == '\0'
         || (length > 0
             && (text[length] == '\0' || strcmp (text + length, "。") == 0));
}

/* --------------------------------------------------------------- V11 this year
 */

static void
check_measure (HxReviewCase *review, const HxProblemMeasure *measure)
{
  const HxPlanView *view = hx_catalogue_plan (review->catalogue);
  g_autofree char *place = hx_review_row_place (view->measure, measure->number);
  const HxFound found
      = { .rule = _ ("每条措施有责任人、完成时限和可衡量的成果"),
          .value = says_nothing (review, measure->result)
                       ? _ ("没有可衡量的成果")
                       : _ ("没有责任人"),
          .advice = _ ("逐条写明由谁、到哪一天、做到什么数") };

  if (says_nothing (review, measure->result)
      || says_nothing (review, measure->owner))
    found_at (review, 11, &found, place);
}

static void
check_problem (HxReviewCase *review, const HxProblem *problem)
{
  const HxPlanView *view = hx_catalogue_plan (review->catalogue);
  g_autofree char *place = hx_review_row_place (view->problem, problem->number);
  const HxFound bare = { .rule = _ ("每个问题都有改进措施"),
                         .value = problem->title,
                         .advice = _ ("登记改进措施：责任人、时限、成果") };
  const HxFound empty = { .rule = _ ("存在的问题写实，写明原因"),
                          .value = problem->title,
                          .advice = _ ("写明问题、原因和涉及的金额或指标") };

  if (says_nothing (review, problem->title)
      || says_nothing (review, problem->reason))
    found_at (review, 11, &empty, place);
  if (problem->measures->len == 0)
    found_at (review, 11, &bare, place);
  for (guint i = 0; i < problem->measures->len; i++)
    check_measure (review, problem->measures->pdata[i]);
}

/* ------------------------------------------------------------ V24 the year
 * before
 */

static void
check_rectified (HxReviewCase *review, const HxProblem *problem)
{
  const HxPlanView *view = hx_catalogue_plan (review->catalogue);
  g_autofree char *place = hx_review_row_place (view->problem, problem->number);
  g_autofree char *value = g_strdup_printf (
      _ ("%s：%s"), problem->title, hx_problem_state_name (problem->state));
  const HxFound found = { .rule = _ ("上年的问题逐条写明整改情况"),
                          .value = value,
                          .advice = _ ("在改进措施里更新整改状态和情况") };

  if (problem->state == HX_PROBLEM_UNANSWERED
      || problem->state == HX_PROBLEM_PLANNED || problem->days_over > 0)
    found_at (review, 24, &found, place);
}

gboolean
hx_review_problems (HxReviewCase *review, GError **error)
{
  const HxPlanView *view = hx_catalogue_plan (review->catalogue);
  const HxFound none
      = { .rule = _ ("报告写明存在的问题"),
          .value = _ ("这一年没有登记存在的问题"),
          .advice = _ ("登记存在的问题和改进措施，没有问题的说明理由") };
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) before = NULL;

  if (view == NULL || view->problem == NULL || view->measure == NULL)
    return TRUE;
  problems = hx_problems_read (review->connection, review->catalogue,
                               review->options->year, review->as_of, error);
  before
      = problems == NULL
            ? NULL
            : hx_problems_before (review->connection, review->catalogue,
                                  review->options->year, review->as_of, error);
  if (before == NULL)
    return FALSE;
  if (problems->len == 0)
    found_at (review, 11, &none, hx_review_whole ());
  for (guint i = 0; i < problems->len; i++)
    check_problem (review, problems->pdata[i]);
  for (guint i = 0; i < before->len; i++)
    check_rectified (review, before->pdata[i]);
  return TRUE;
}
