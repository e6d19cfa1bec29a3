/* The pages of the scorecards, on the sample year, against what the room score
 * says of it. */
#include "year_page_test.h"

#include "score/score_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct
{
  ServerFixture *fixture;
  Visitor *section, *reviewer, *liaison;
} Pages;

static int
setup (void **state)
{
  Pages *pages = g_new0 (Pages, 1);

  pages->fixture = server_fixture_new (TRUE, NULL);
  pages->section = visitor_new (pages->fixture, HX_USER_SECTION, 0);
  pages->reviewer = visitor_new (pages->fixture, HX_USER_REVIEWER, 0);
  pages->liaison = visitor_new (pages->fixture, HX_USER_LIAISON, 0);
  *state = pages;
  return 0;
}

static int
teardown (void **state)
{
  Pages *pages = *state;

  visitor_free (pages->section);
  visitor_free (pages->reviewer);
  visitor_free (pages->liaison);
  server_fixture_free (pages->fixture);
  g_free (pages);
  return 0;
}

static HxScore *
read_score (Pages *pages, const HxScoreQuery *query)
{
  g_autoptr (HxReader) reader = hx_store_reader (pages->fixture->store, NULL);
  g_autoptr (GError) error = NULL;
  HxScore *score = hx_score_read (hx_reader_connection (reader),
                                  pages->fixture->catalogue, query, &error);

  if (score == NULL)
    fail_msg ("%s", error->message);
  return score;
}

static void
assert_page_is_of (const char *page, const HxScore *score)
{
  g_autofree char *total = hx_score_format (score, score->total);
  g_autofree char *said = g_strdup_printf (">%s 分<", total);

  assert_page_has (page, said);
  for (guint i = 0; i < score->rows->len; i++)
    {
      const HxScoreRow *row = score->rows->pdata[i];
      g_autofree char *name = g_strdup_printf (">%s<", row->name);
      g_autofree char *own = hx_score_format (score, row->score);
      g_autofree char *cell = g_strdup_printf (">%s<", own);

      assert_page_has (page, name);
      if (row->state == HX_SCORE_ROW_SCORED)
        assert_page_has (page, cell);
    }
}

static void
every_row_shows_points_score_and_grade (void **state)
{
  Pages *pages = *state;
  const HxScoreQuery query = { .year = 2023 };
  g_autoptr (HxScore) score = read_score (pages, &query);
  g_autofree char *page = visitor_page (pages->reviewer, "/score?year=2023");

  assert_page_is_of (page, score);
  assert_page_has (page, "95.41");
  assert_page_has (page, "文件没有规定分值");
  assert_page_lacks (page, "(null)");
  assert_page_lacks (page, "style=");
}

static void
another_card_and_the_form_of_a_task_can_be_chosen (void **state)
{
  Pages *pages = *state;
  const HxScoreQuery card = { .year = 2023, .card = "project_self" };
  const HxScoreQuery task = { .year = 2023, .task = "RW2023-5" };
  g_autoptr (HxScore) whole = read_score (pages, &card);
  g_autoptr (HxScore) own = read_score (pages, &task);
  g_autofree char *first
      = visitor_page (pages->reviewer, "/score?year=2023&card=project_self");
  g_autofree char *second
      = visitor_page (pages->reviewer, "/score?year=2023&task=RW2023-5");

  assert_page_is_of (first, whole);
  assert_page_is_of (second, own);
  assert_page_has (second, "68.72");
  assert_page_lacks (second, "(null)");
}

static void
what_a_row_was_computed_from_is_a_link (void **state)
{
  Pages *pages = *state;
  const HxScoreQuery query = { .year = 2023 };
  g_autoptr (HxScore) score = read_score (pages, &query);
  g_autofree char *page = visitor_page (pages->reviewer, "/score?year=2023");
  guint figures = 0;

  for (guint i = 0; i < score->rows->len; i++)
    {
      const HxScoreRow *row = score->rows->pdata[i];

      for (guint j = 0; row->from != NULL && j < row->from->len; j++)
        {
          const HxScoreFrom *from = row->from->pdata[j];
          g_autofree char *text = g_strdup_printf (
              "%s%s", from->text, from->unit != NULL ? from->unit : "");

          assert_page_has (page, from->name);
          assert_page_has (page, text);
          figures += from->indicator != NULL;
        }
    }
  if (figures > 0)
    assert_page_has (page, "/indicators/");
  assert_page_has (page, "href=\"/money?year=2023\"");
}

/* The entry that is there is changed, and the score follows it. */
static void
a_row_is_scored_again_by_its_form (void **state)
{
  Pages *pages = *state;
  const HxScoreQuery query = { .year = 2023 };
  g_autoptr (HxScore) before = read_score (pages, &query);
  g_autoptr (HxScore) after = NULL;
  const HxScoreRow *row = NULL, *now;
  g_autofree char *target = NULL;
  g_autoptr (Answer) answer = NULL;

  for (guint i = 0; i < before->rows->len; i++)
    {
      const HxScoreRow *each = before->rows->pdata[i];

      if (!each->is_group && each->entry_id != 0
          && g_strcmp0 (each->name, "资金使用合规性") == 0)
        row = each;
    }
  assert_non_null (row);
  target = g_strdup_printf ("/score/entry?year=2023&card=mof_2013&row=%s",
                            row->key);
  answer = visitor_send (pages->section, target,
                         "f.checks=1%2C2%2C3&f.reason=%E7%BC%BA");
  if (answer->status != 303)
    fail_msg ("%u %s", answer->status, answer->body);
  after = read_score (pages, &query);
  now = hx_score_row (after, row->key);
  assert_int_equal (now->entry_id, row->entry_id);
  assert_true (now->score < row->score);
}

static void
files_and_api_say_the_same (void **state)
{
  Pages *pages = *state;
  const HxScoreQuery query = { .year = 2023, .task = "RW2023-5" };
  g_autoptr (HxScore) score = read_score (pages, &query);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (Answer) form = visitor_get (
      pages->reviewer, "/score/form.xlsx?year=2023&task=RW2023-5");
  g_autoptr (Answer) data = visitor_get (
      pages->reviewer, "/score/form.json?year=2023&task=RW2023-5");
  g_autoptr (Answer) api
      = visitor_get (pages->reviewer, "/api/v1/score?year=2023&task=RW2023-5");

  hx_score_json (score, expected);
  assert_memory_equal (form->body, "PK", 2);
  assert_string_equal (g_strchomp (data->body), expected->str);
  assert_string_equal (g_strchomp (api->body), expected->str);
}

static void
who_has_no_part_in_it_is_refused (void **state)
{
  Pages *pages = *state;
  g_autoptr (Visitor) own = visitor_new (pages->fixture, HX_USER_SECTION, 6);
  g_autoptr (Answer) street = visitor_get (pages->liaison, "/score");
  g_autoptr (Answer) entry
      = visitor_get (pages->reviewer, "/score/entry?year=2023&row=rate");
  g_autoptr (Answer) other
      = visitor_get (own, "/score?year=2023&task=RW2023-5");
  g_autoptr (Answer) file = visitor_get (own, "/score/form.xlsx?year=2023");
  g_autoptr (Answer) no_row
      = visitor_get (pages->section, "/score/entry?year=2023&row=nonsense");
  g_autofree char *page = visitor_page (own, "/score?year=2023");

  assert_int_equal (street->status, 403);
  assert_int_equal (entry->status, 403);
  assert_int_equal (other->status, 404);
  assert_int_equal (file->status, 404);
  assert_int_equal (no_row->status, 404);
  assert_page_has (page, "RW2023-1");
  assert_page_lacks (page, "95.41");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_row_shows_points_score_and_grade),
    cmocka_unit_test (another_card_and_the_form_of_a_task_can_be_chosen),
    cmocka_unit_test (what_a_row_was_computed_from_is_a_link),
    cmocka_unit_test (files_and_api_say_the_same),
    cmocka_unit_test (who_has_no_part_in_it_is_refused),
    cmocka_unit_test (a_row_is_scored_again_by_its_form),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
