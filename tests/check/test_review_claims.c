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

/* Our own report, its links bound to these values in 分. */
static char *
found_in_own (void **state, const gint64 *fen)
{
  static const char *const keys[] = { "total", "basic", "project", "other" };
  g_autoptr (GHashTable) values
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const HxReviewOptions options
      = { .year = 2023,
          .markdown
          = "## 二、经费\n\n本年支出合计[100.01](fact:total)万元，其中："
            "基本支出[33.33](fact:basic)万元，项目支出"
            "[33.34](fact:project)万元，其他支出[33.35](fact:other)"
            "万元。\n",
          .values = fen == NULL ? NULL : values };

  for (gsize i = 0; fen != NULL && i < G_N_ELEMENTS (keys); i++)
    {
      HxExact *value = g_new (HxExact, 1);

      *value = (HxExact){ fen[i], 1, TRUE };
      g_hash_table_insert (values, g_strdup (keys[i]), value);
    }
  return found_in (*state, &options, "V04");
}

static void
our_own_report_is_held_against_exact_values (void **state)
{
  static const gint64 right[] = { 100014000, 33334000, 33336000, 33344000 };
  static const gint64 wrong[] = { 100006000, 33334000, 33344000, 33354000 };
  g_autofree char *as_printed = found_in_own (state, NULL);
  g_autofree char *agreeing = found_in_own (state, right);
  g_autofree char *contradicting = found_in_own (state, wrong);

  assert_null (strstr (as_printed, "100.01"));
  assert_null (strstr (agreeing, "100.01"));
  assert_says (contradicting, "V04 二“100.01万元”");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_sum_that_fails_blocks_at_its_place),
    cmocka_unit_test (the_finding_shows_the_sum_and_can_be_answered),
    cmocka_unit_test (what_a_check_of_amounts_has_told_is_not_told_again),
    cmocka_unit_test (our_own_report_is_held_against_exact_values),
  };

  return cmocka_run_group_tests (tests, budget_setup, fixture_teardown);
}
