/* Next year's plan from this year's: what goes along, and that a second run
 * adds nothing. */
#include "plan_test.h"

#include "../chance.h"
#include "measure/measure.h"
#include "plan/roll.h"

typedef struct
{
  int year;
  HxDate today;
  HxRoll roll;
} Run;

static gboolean
roll (HxLedger *ledger, gpointer data, GError **error)
{
  Run *run = data;

  return hx_plan_roll (ledger, run->year, run->today, &run->roll, error);
}

/* "added present left_out" */
static char *
roll_year (Bureau *bureau, int year, const char *today, GError **error)
{
  static const HxAuthor author = { "测试员", "结转" };
  Run run = { .year = year, .today = day_of (today) };
  const gboolean done = hx_measure_write (bureau->store, bureau->catalogue,
                                          &author, roll, &run, error);
  char *counts = done ? g_strdup_printf ("%u %u %u", run.roll.added,
                                         run.roll.present, run.roll.left_out)
                      : NULL;

  hx_roll_clear (&run.roll);
  return counts;
}

static void
assert_rolled (Bureau *bureau, const char *counts)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = roll_year (bureau, 2023, "2024-01-15", &error);

  assert_no_error (error);
  assert_string_equal (got, counts);
}

static char *
text_of (Bureau *bureau, const char *sql)
{
  g_autoptr (GError) error = NULL;
  HxStatement *statement = hx_statement (bureau_read (bureau), sql, &error);
  char *text;

  assert_no_error (error);
  assert_int_equal (hx_step (statement, &error), HX_STEP_ROW);
  text = g_strdup (hx_column_text (statement, 0));
  hx_statement_reset (statement);
  return text;
}

static void
assert_text (Bureau *bureau, const char *sql, const char *expected)
{
  g_autofree char *text = text_of (bureau, sql);

  if (g_strcmp0 (text, expected) != 0)
    fail_msg ("%s\nis: %s\nnot: %s", sql, text, expected);
}

static gboolean
migrate (HxConnection *connection, gpointer data, GError **error)
{
  return hx_measure_migrate (connection, error)
         && hx_measure_sync (connection, data, NULL, error);
}

static int
setup (void **state)
{
  g_autoptr (GError) error = NULL;

  bureau_setup (state);
  hx_write (((Bureau *)*state)->store, migrate, ((Bureau *)*state)->catalogue,
            &error);
  assert_no_error (error);
  return 0;
}

static void
put_year (Bureau *bureau)
{
  PUT (bureau, "plan_goal|number=MB2023-1|year=2023|name=服务|text=好",
       "plan_task|number=RW2023-1|year=2023|goal=MB2023-1|name=修缮|owner=陈某"
       "|budget=venue|weight=7",
       "milestone|number=JD1|task=RW2023-1|name=验收|owner=甲"
       "|baseline=2023-09-30|done_on=2023-11-20|result=完成|weight=3",
       "milestone_replan|milestone=JD1|date=2023-09-01|planned=2023-11-15"
       "|reason=顺延|approved_by=局长",
       "budget_line|number=YS2023-1|since=2023-01-10|name=修缮"
       "|source=general_public|nature=project|task=venue|amount=1000.00",
       "target|number=ZB2023-1|year=2023|task=RW2023-1|level=output"
       "|aspect=quantity|name=场次|direction=at_least|value=30|base=25"
       "|measure_unit=场|weight=10",
       "target_result|target=ZB2023-1|date=2023-12-31|value=31.5|signer=甲");
}

static void
the_words_of_the_report_follow_their_task (void **state)
{
  put_year (*state);
  PUT (*state,
       "report_text|number=WZ2023-1|year=2023|place=work|task=RW2023-1"
       "|position=1|title=抓进度|text=走访{{visits}}人次",
       "report_text|number=WZ2023-2|year=2023|place=goal|position=2|text=好");
  assert_rolled (*state, "7 0 0");
  assert_text (*state,
               "SELECT w.number || ' ' || t.number || ' ' || w.title || ' '"
               " || w.text FROM reg_report_text w JOIN reg_plan_task t"
               " ON t.id = w.task WHERE w.year = 2024",
               "WZ2024-1 RW2024-1 抓进度 走访{{visits}}人次");
  assert_rolled (*state, "0 7 0");
}

/* ---------------------------------------------------------------- what goes */

static void
each_kind_has_its_row_of_the_next_year (void **state)
{
  put_year (*state);
  assert_rolled (*state, "5 0 0");
  assert_text (*state,
               "SELECT number || ' ' || name || ' ' || text FROM reg_plan_goal"
               " WHERE year = 2024",
               "MB2024-1 服务 好");
  assert_text (*state,
               "SELECT t.number || ' ' || g.number || ' ' || t.budget || ' '"
               " || t.weight || ' ' || t.owner FROM reg_plan_task t"
               " JOIN reg_plan_goal g ON g.id = t.goal WHERE t.year = 2024",
               "RW2024-1 MB2024-1 venue 7 陈某");
  assert_text (*state,
               "SELECT m.number || ' ' || t.number || ' ' || m.baseline || ' '"
               " || coalesce (m.done_on, '-') || ' ' || coalesce (m.result,"
               " '-') || ' ' || m.weight || ' ' || m.day FROM reg_milestone m"
               " JOIN reg_plan_task t ON t.id = m.task WHERE t.year = 2024",
               "JD1-2024 RW2024-1 2024-09-30 - - 3 2024-01-01");
  assert_text (*state,
               "SELECT number || ' ' || day || ' ' || amount || ' ' || task"
               " FROM reg_budget_line WHERE day > '2024'",
               "YS2024-1 2024-01-10 0 venue");
  assert_text (*state,
               "SELECT r.number || ' ' || t.number || ' ' || value || ' ' ||"
               " base FROM reg_target r JOIN reg_plan_task t ON t.id = r.task"
               " WHERE r.year = 2024",
               "ZB2024-1 RW2024-1 300000 315000");
}

static void
a_year_that_is_not_over_has_no_actual_values (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *counts = NULL;

  put_year (*state);
  counts = roll_year (*state, 2023, "2023-12-31", &error);
  assert_no_error (error);
  assert_text (*state,
               "SELECT coalesce (base, 'none') FROM reg_target"
               " WHERE year = 2024",
               "none");
}

static void
the_leap_day_becomes_the_28th (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *counts = NULL;

  PUT (*state, "plan_task|number=T1|year=2024|name=甲|owner=甲",
       "milestone|number=M1|task=T1|name=甲|owner=甲|baseline=2024-02-29");
  counts = roll_year (*state, 2024, "2025-01-01", &error);
  assert_no_error (error);
  assert_text (*state,
               "SELECT baseline FROM reg_milestone WHERE number = 'M1-2025'",
               "2025-02-28");
}

/* ------------------------------------------------------------------- twice */

#define STATE                                                                  \
  "SELECT (SELECT group_concat (number || '/' || version || '/' || void, ' ')" \
  " FROM (SELECT number, version, void FROM reg_plan_goal UNION ALL"           \
  " SELECT number, version, void FROM reg_plan_task UNION ALL"                 \
  " SELECT number, version, void FROM reg_milestone UNION ALL"                 \
  " SELECT number, version, void FROM reg_budget_line UNION ALL"               \
  " SELECT number, version, void FROM reg_target ORDER BY 1))"                 \
  " || ' ' || (SELECT count(*) FROM change_log)"

static void
a_second_run_adds_nothing (void **state)
{
  g_autofree char *once = NULL;

  put_year (*state);
  assert_rolled (*state, "5 0 0");
  once = text_of (*state, STATE);
  assert_rolled (*state, "0 5 0");
  assert_text (*state, STATE, once);
}

static void
what_was_added_since_goes_along_alone (void **state)
{
  put_year (*state);
  assert_rolled (*state, "5 0 0");
  PUT (*state, "milestone|number=JD2023-9|task=RW2023-1|name=启用|owner=甲"
               "|baseline=2023-12-15");
  assert_rolled (*state, "1 5 0");
  assert_text (*state,
               "SELECT t.number FROM reg_milestone m JOIN reg_plan_task t"
               " ON t.id = m.task WHERE m.number = 'JD2024-9'",
               "RW2024-1");
}

static void
a_base_that_was_not_known_yet_is_filled_in_later (void **state)
{
  static const char *const base
      = "SELECT IFNULL (CAST (base AS TEXT), 'none') || ' ' || value || ' '"
        " || COALESCE (owner, '-') FROM reg_target WHERE year = 2024";
  g_autoptr (GError) error = NULL;
  g_autofree char *early = NULL;

  put_year (*state);
  early = roll_year (*state, 2023, "2023-12-01", &error);
  assert_no_error (error);
  assert_string_equal (early, "5 0 0");
  assert_text (*state, base, "none 300000 -");
  PUT (*state, "target|number=ZB2024-1|value=40|owner=乙");
  assert_rolled (*state, "0 4 0");
  assert_text (*state, base, "315000 400000 乙");
  PUT (*state, "target|number=ZB2024-1|base=7");
  assert_rolled (*state, "0 5 0");
  assert_text (*state, base, "70000 400000 乙");
}

static void
what_was_made_void_is_not_made_again (void **state)
{
  put_year (*state);
  assert_rolled (*state, "5 0 0");
  bureau_void (*state, "milestone", 2);
  assert_rolled (*state, "0 4 1");
}

static void
what_refers_to_a_void_task_is_left_out (void **state)
{
  put_year (*state);
  PUT (*state, "plan_task|number=RW2024-1|year=2024|name=甲|owner=甲");
  bureau_void (*state, "plan_task", 2);
  assert_rolled (*state, "3 0 2");
  assert_text (*state,
               "SELECT coalesce (task, 'none') FROM reg_target"
               " WHERE year = 2024",
               "none");
}

/* ----------------------------------------------------------------- numbers */

static void
numbers_do_not_collide (void **state)
{
  PUT (*state, "plan_task|number=A|year=2023|name=甲|owner=甲",
       "plan_task|number=A-2023|year=2023|name=乙|owner=甲",
       "plan_task|number=2023-1|year=2023|name=丙|owner=甲",
       "plan_task|number=2024-1|year=2023|name=丁|owner=甲");
  assert_rolled (*state, "4 0 0");
  assert_text (*state,
               "SELECT group_concat (number || name, ' ') FROM (SELECT * FROM"
               " reg_plan_task WHERE year = 2024 ORDER BY id)",
               "2024-1-2丙 2024-1-2024丁 A-2024甲 A-2024-2乙");
  assert_rolled (*state, "0 4 0");
}

static void
a_year_without_a_plan_is_told (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (roll_year (*state, 2023, "2024-01-15", &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
}

/* Random plans: twice is once, and this year's rows keep their versions. */
static void
random_years_rolled_twice_are_as_once (void **state)
{
  GRand *chance = g_rand_new_with_seed (chance_seed (4));
  g_autofree char *once = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gint64 rows;

  for (guint i = 0; i < 60; i++)
    {
      static const char *const shapes[]
          = { "T#", "2023-#", "T#-2023", "2024-#", "R2023-2023-#" };
      const char *shape
          = shapes[g_rand_int_range (chance, 0, G_N_ELEMENTS (shapes))];
      g_auto (GStrv) halves = g_strsplit (shape, "#", 2);
      g_autofree char *task = g_strdup_printf (
          "plan_task|number=%s%d%s|year=2023|name=甲|owner=甲", halves[0],
          g_rand_int_range (chance, 0, 12), halves[1]);

      PUT (*state, task);
    }
  rows = bureau_integer (*state, "SELECT count(*) FROM reg_plan_task");
  first = g_strdup_printf ("%d 0 0", (int)rows);
  second = g_strdup_printf ("0 %d 0", (int)rows);
  assert_rolled (*state, first);
  once = text_of (*state, STATE);
  assert_rolled (*state, second);
  assert_text (*state, STATE, once);
  assert_int_equal (bureau_integer (*state, "SELECT count(*) FROM reg_plan_task"
                                            " WHERE year = 2024"),
                    rows);
  g_rand_free (chance);
}

#define CASE(name)                                                             \
  cmocka_unit_test_setup_teardown (name, setup, bureau_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    CASE (each_kind_has_its_row_of_the_next_year),
    CASE (a_year_that_is_not_over_has_no_actual_values),
    CASE (the_words_of_the_report_follow_their_task),
    CASE (the_leap_day_becomes_the_28th),
    CASE (a_second_run_adds_nothing),
    CASE (a_base_that_was_not_known_yet_is_filled_in_later),
    CASE (what_was_added_since_goes_along_alone),
    CASE (what_was_made_void_is_not_made_again),
    CASE (what_refers_to_a_void_task_is_left_out),
    CASE (numbers_do_not_collide),
    CASE (a_year_without_a_plan_is_told),
    CASE (random_years_rolled_twice_are_as_once),
  };

  return cmocka_run_group_tests_name ("roll", tests, NULL, NULL);
}
