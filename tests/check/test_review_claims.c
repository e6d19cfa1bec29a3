/* The arithmetic of the words among the findings of a review. */
#include "review_test.h"

#define WRONG                                                                  \
  "本年支出合计307.82万元，其中：基本支出105.58万元，项目支出220.24万元。"
#define RIGHT                                                                  \
  "本年支出合计307.82万元，其中：基本支出105.58万元，项目支出202.24万元。"

static void
a_sum_that_fails_blocks_at_its_place (void **state)
{
  static const struct
  {
    const char *name, *words, *found;
  } cases[] = {
    { "a.txt", "二、经费\n（一）支出\n" WRONG "\n",
      "!V04 二（一）“307.82万元”\n" },
    { "a.md", "## 二、经费\n\n" WRONG "\n", "!V04 二“307.82万元”\n" },
    /* broken to a page's width, between a number and its unit */
    { "a.txt",
      "二、经费\n　　本单位按照批复的预算执行，本年支出合计 307.82\n万元，"
      "其中：基本支出 105.58 万元，项目支出 220.24 万元。\n",
      "!V04 二“307.82万元”\n" },
    { "a.txt", "二、经费\n" RIGHT "\n", "" },
    /* a target beside what was done of it */
    { "a.md",
      "## 二、指标\n\n| 指标 | 目标 | 完成 |\n|---|---|---|\n"
      "| 走访人次 | 380人次 | 386人次 |\n",
      "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found
          = found_in_draft (*state, cases[i].name, cases[i].words, "V04");

      assert_string_equal (found, cases[i].found);
    }
}

static void
the_finding_shows_the_sum_and_can_be_answered (void **state)
{
  static const char words[] = "二、经费\n" WRONG "\n";
  g_autoptr (HxReviewDraft) draft
      = hx_review_draft_new ("a.txt", words, strlen (words), NULL);
  const HxReviewOptions options = { .year = 2023, .draft = draft };
  g_autoptr (HxReviewResult) made = review_of (*state, &options);
  const HxReviewFinding *finding
      = hx_review_find (made, "V04", "二“307.82万元”");

  assert_non_null (finding);
  assert_false (finding->check->answerable);
  assert_true (finding->is_answerable);
  assert_int_equal (finding->line, 2);
  assert_int_equal (finding->column, 7);
  assert_says (finding->value, "325.82");
  assert_says (finding->value, "18.00");
}

/* V02 tells of the rate; the same is not told twice. */
static void
what_a_check_of_amounts_has_told_is_not_told_again (void **state)
{
  static const char words[]
      = "## 二、经费\n\n全年预算数1486.55万元，执行数1413.15万元，"
        "预算执行率93.06%。\n";
  g_autofree char *rate = found_in_draft (*state, "a.md", words, "V02");
  g_autofree char *claims = found_in_draft (*state, "a.md", words, "V04");

  assert_says (rate, "!V02");
  assert_null (strstr (claims, "93.06"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_sum_that_fails_blocks_at_its_place),
    cmocka_unit_test (the_finding_shows_the_sum_and_can_be_answered),
    cmocka_unit_test (what_a_check_of_amounts_has_told_is_not_told_again),
  };

  return cmocka_run_group_tests (tests, budget_setup, fixture_teardown);
}
