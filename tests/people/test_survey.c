/* How far a campaign is: who counts, which record, and random records against
 * a plain recount. */
#include "quality_test.h"

#include "people/survey.h"

static const HxDate today = { 2024, 6, 30 };

static int
set_up (void **state)
{
  static const char *const rows[] = {
    "unit name=区 kind=科室",
    "unit name=一街 kind=街道 parent=区",
    "unit name=二街 kind=街道 parent=区",
    "campaign number=春 who=birth_date<1950 since=2024-03-01 until=2024-05-31",
    "campaign number=夏 since=2024-06-01",
    "person number=1 home=一街 birth_date=1940",
    "person number=2 home=一街 birth_date=1960",
    "person number=3 home=二街 birth_date=1940",
    "person number=4 home=二街 birth_date=1940 status=已故",
  };

  *state = bureau_new ();
  bureau_put (*state, rows, G_N_ELEMENTS (rows));
  return 0;
}

static int
tear_down (void **state)
{
  bureau_free (*state);
  return 0;
}

static gboolean
keep_person (const HxRow *row, HxSurveyState state, const char *result,
             gpointer data)
{
  static const char *const names[] = { "done", "tried", "open" };

  g_string_append_printf (data, "%ld %s %s\n", (long)row->id, names[state],
                          result != NULL ? result : "-");
  return TRUE;
}

static GPtrArray *
progress_of (Bureau *bureau, const char *campaign, const char *unit,
             HxDate as_of, GString *people)
{
  HxConnection *connection = bureau_read (bureau);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxSurvey) survey
      = hx_survey_find (connection, bureau->quality, campaign, as_of, &error);
  HxSurveyQuery query = { bureau->quality, survey, unit, as_of };
  GPtrArray *parts = NULL;

  assert_no_error (error);
  parts = hx_survey_progress (connection, bureau->catalogue, &query,
                              keep_person, people, &error);
  assert_no_error (error);
  return parts;
}

static void
assert_people (Bureau *bureau, const char *campaign, const char *expected)
{
  g_autoptr (GString) people = g_string_new (NULL);

  g_ptr_array_unref (progress_of (bureau, campaign, NULL, today, people));
  assert_string_equal (people->str, expected);
}

static void
those_whom_the_terms_give_are_to_be_surveyed (void **state)
{
  assert_people (*state, "春", "1 open -\n3 open -\n");
  assert_people (*state, "夏", "1 open -\n2 open -\n3 open -\n");
}

static void
the_last_record_counts (void **state)
{
  static const char *const looks[] = {
    "look number=1 person=1 date=2024-03-05 result=无误 campaign=春",
    "look number=2 person=3 date=2024-03-05 result=更正 campaign=春",
    "look number=3 person=3 date=2024-04-05 result=未联系上 campaign=春",
  };

  bureau_put (*state, looks, G_N_ELEMENTS (looks));
  assert_people (*state, "春", "1 done good\n3 tried away\n");
  bureau_sql (*state, "UPDATE rec_look SET void = 1 WHERE number = '3'");
  assert_people (*state, "春", "1 done good\n3 done mended\n");
}

static void
a_record_without_campaign_counts_in_its_days (void **state)
{
  static const char *const looks[] = {
    "look number=1 person=1 date=2024-02-29 result=无误",
    "look number=2 person=3 date=2024-05-31 result=无误",
    "look number=3 person=1 date=2024-04-01 result=无误 campaign=夏",
    "look number=4 person=2 date=2024-07-01 result=无误",
  };

  bureau_put (*state, looks, G_N_ELEMENTS (looks));
  assert_people (*state, "春", "1 open -\n3 done good\n");
  assert_people (*state, "夏", "1 done good\n2 open -\n3 open -\n");
}

static void
without_a_name_it_is_the_campaign_that_began_last (void **state)
{
  HxConnection *connection = bureau_read (*state);
  Bureau *bureau = *state;
  const HxDate april = { 2024, 4, 1 }, before = { 2024, 1, 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HxSurvey) last
      = hx_survey_find (connection, bureau->quality, NULL, today, &error);
  g_autoptr (HxSurvey) spring
      = hx_survey_find (connection, bureau->quality, NULL, april, &error);

  assert_no_error (error);
  assert_string_equal (last->number, "夏");
  assert_string_equal (spring->number, "春");
  assert_string_equal (spring->terms[0], "birth_date<1950");
  assert_null (
      hx_survey_find (connection, bureau->quality, NULL, before, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
  g_clear_error (&error);
  assert_null (
      hx_survey_find (connection, bureau->quality, "冬", today, &error));
  assert_non_null (strstr (error->message, "冬"));
}

static void
parts_are_by_unit (void **state)
{
  g_autoptr (GString) people = g_string_new (NULL);
  g_autoptr (GPtrArray) all = progress_of (*state, "夏", NULL, today, people);
  g_autoptr (GPtrArray) some
      = progress_of (*state, "夏", "二街", today, people);
  const HxSurveyPart *first = all->pdata[0], *second = all->pdata[1];
  const HxSurveyPart *only = some->pdata[0];

  assert_int_equal (all->len, 2);
  assert_int_equal (first->people, 2);
  assert_int_equal (second->people, 1);
  assert_int_equal (some->len, 1);
  assert_int_equal (only->unit_id, second->unit_id);
}

/* ------------------------------------------------------------ random records
 */

#define CROWD 200
#define LOOKS 600

typedef struct
{
  int day; /* of the last record; 0: none */
  guint result;
} Last;

static void
random_records_are_counted_as_by_hand (void **state)
{
  static const char *const results[] = { "good", "mended", "away" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) people = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GPtrArray) parts = NULL;
  GRand *random = g_rand_new_with_seed (7);
  Last last[CROWD + 1] = { 0 };
  gint64 sum = 0;

  for (guint i = 5; i <= CROWD; i++)
    g_ptr_array_add (lines, g_strdup_printf ("person number=%u home=%s", i,
                                             i % 3 == 0 ? "一街" : "二街"));
  for (guint i = 1; i <= LOOKS; i++)
    {
      guint person = (guint)g_rand_int_range (random, 1, CROWD + 1);
      int day = g_rand_int_range (random, 1, 31);
      guint result = (guint)g_rand_int_range (random, 0, 3);

      g_ptr_array_add (lines,
                       g_strdup_printf ("look number=%u person=%u"
                                        " date=2024-06-%02d result=%s",
                                        i, person, day, results[result]));
      if (day >= last[person].day)
        last[person] = (Last){ day, result };
    }
  bureau_put (*state, (const char *const *)lines->pdata, lines->len);
  for (guint i = 1; i <= CROWD; i++)
    if (i != 4)
      g_string_append_printf (expected, "%u %s %s\n", i,
                              last[i].day == 0      ? "open"
                              : last[i].result == 2 ? "tried"
                                                    : "done",
                              last[i].day == 0 ? "-" : results[last[i].result]);
  parts = progress_of (*state, "夏", NULL, today, people);
  assert_string_equal (people->str, expected->str);
  for (guint i = 0; i < parts->len; i++)
    {
      const HxSurveyPart *part = parts->pdata[i];

      assert_int_equal (part->people, part->done + part->tried + part->open);
      assert_int_equal (part->results[0] + part->results[1], part->done);
      assert_int_equal (part->results[2], part->tried);
      sum += part->people;
    }
  assert_int_equal (sum, CROWD - 1);
  g_rand_free (random);
}

int
main (void)
{
#define EACH(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    EACH (those_whom_the_terms_give_are_to_be_surveyed),
    EACH (the_last_record_counts),
    EACH (a_record_without_campaign_counts_in_its_days),
    EACH (without_a_name_it_is_the_campaign_that_began_last),
    EACH (parts_are_by_unit),
    EACH (random_records_are_counted_as_by_hand),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
