/* The pages of the plan, on the sample year at the end of November 2023. */
#include "year_page_test.h"

#include "plan/plan_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct
{
  ServerFixture *fixture;
  Visitor *section, *liaison, *reader;
} Pages;

static int
setup (void **state)
{
  Pages *pages = g_new0 (Pages, 1);

  pages->fixture = server_fixture_new (TRUE, NULL);
  pages->section = visitor_new (pages->fixture, HX_USER_SECTION, 0);
  pages->liaison = visitor_new (pages->fixture, HX_USER_LIAISON, 0);
  pages->reader = visitor_new (pages->fixture, HX_USER_READER, 0);
  *state = pages;
  return 0;
}

static int
teardown (void **state)
{
  Pages *pages = *state;

  visitor_free (pages->section);
  visitor_free (pages->liaison);
  visitor_free (pages->reader);
  server_fixture_free (pages->fixture);
  g_free (pages);
  return 0;
}

static HxPlanYear *
read_plan (Pages *pages, HxReader *reader, HxDate day)
{
  g_autoptr (GError) error = NULL;
  HxPlanYear *plan
      = hx_plan_read (hx_reader_connection (reader), pages->fixture->catalogue,
                      day.year, day, &error);

  if (plan == NULL)
    fail_msg ("%s", error->message);
  return plan;
}

static HxReader *
open_reader (Pages *pages)
{
  HxReader *reader = hx_store_reader (pages->fixture->store, NULL);

  assert_non_null (reader);
  return reader;
}

/* "58.33%" of 5833, by other means than the page's. */
static char *
percent (gint64 share)
{
  return g_strdup_printf ("%d.%02d%%", (int)(share / 100), (int)(share % 100));
}

static void
every_task_shows_the_work_money_and_time_that_the_plan_says (void **state)
{
  Pages *pages = *state;
  const HxDate day = { 2023, 9, 30 };
  g_autoptr (HxReader) reader = open_reader (pages);
  g_autoptr (HxPlanYear) plan = read_plan (pages, reader, day);
  g_autofree char *page
      = visitor_page (pages->section, "/plan?year=2023&as_of=2023-09-30");

  assert_int_equal (plan->tasks->len, 5);
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const HxPlanTask *task = plan->tasks->pdata[i];
      g_autofree char *done = percent (task->work_done);
      g_autofree char *due = percent (task->work_due);
      g_autofree char *spent = percent (task->spent);
      g_autofree char *work = g_strdup_printf ("%s，应达 %s", done, due);
      g_autofree char *money = g_strdup_printf ("%s，支出 ", spent);

      assert_page_has (page, task->name);
      assert_page_has (page, work);
      assert_page_has (page, money);
    }
  assert_page_has (page, "RW2023-5");
  assert_page_has (page, "滞后，晚 30 天");
  assert_page_has (page, "已追回");
}

static void
every_milestone_is_a_row_of_the_chart (void **state)
{
  Pages *pages = *state;
  const HxDate day = { 2023, 11, 30 };
  g_autoptr (HxReader) reader = open_reader (pages);
  g_autoptr (HxPlanYear) plan = read_plan (pages, reader, day);
  g_autofree char *page = visitor_page (pages->reader, "/plan?year=2023");
  guint charts = 0, milestones = 0;

  for (const char *at = strstr (page, "class=\"gantt\""); at != NULL;
       at = strstr (at + 1, "class=\"gantt\""))
    charts++;
  for (guint i = 0; i < plan->tasks->len; i++)
    milestones += ((HxPlanTask *)plan->tasks->pdata[i])->milestones->len;
  assert_int_equal (charts, milestones);
  assert_page_lacks (page, "style=");
}

static void
a_milestone_shows_its_first_date_each_new_one_and_why_it_is_late (void **state)
{
  Pages *pages = *state;
  g_autofree char *page = visitor_page (pages->section, "/plan/milestones/20");
  static const char *const texts[] = { "JD2023-504",
                                       "2023年8月31日",
                                       "2023年10月15日",
                                       "2023年10月12日",
                                       "逾期完成，晚 42 天",
                                       "2023-08-22",
                                       "汛期停工，消防管线与图纸不符",
                                       "夜间和周末增加班组",
                                       "有可能",
                                       "硬件" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_page_has (page, texts[i]);
}

static const char *
location (const Answer *answer)
{
  const char *url = answer_header (answer, "location");

  return url != NULL ? url : "";
}

/* A milestone of its own, late since the end of June. */
static gint64
add_late_milestone (Pages *pages)
{
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (HxPlanYear) plan = NULL;
  g_autoptr (Answer) answer = visitor_send (
      pages->section, "/plan/tasks/1/milestone",
      "f.number=JD2023-199&f.name=%E8%AF%95&f.owner=%E4%BD%95&f.baseline="
      "2023-06-30&f.weight=1");
  const HxMilestone *milestone;

  if (answer->status != 303)
    fail_msg ("%u %s", answer->status, answer->body);
  assert_string_equal (location (answer), "/plan/tasks/1");
  reader = open_reader (pages);
  plan = read_plan (pages, reader, (HxDate){ 2023, 11, 30 });
  milestone = hx_plan_milestone (plan, "JD2023-199");
  assert_non_null (milestone);
  assert_int_equal (milestone->wants, HX_LAG_WANTS_ANSWER);
  return milestone->id;
}

static void
a_late_milestone_asks_until_it_is_answered (void **state)
{
  Pages *pages = *state;
  const gint64 id = add_late_milestone (pages);
  g_autofree char *url
      = g_strdup_printf ("/plan/milestones/%" G_GINT64_FORMAT, id);
  g_autofree char *form = g_strconcat (url, "/lag", NULL);
  g_autofree char *before = visitor_page (pages->section, "/plan?year=2023");
  g_autoptr (Answer) empty
      = visitor_send (pages->section, form, "f.date=2023-11-30");
  g_autoptr (Answer) full = NULL;
  g_autofree char *after = NULL, *page = NULL;

  assert_page_has (before, "待答复的节点");
  assert_page_has (before, form);
  assert_int_equal (empty->status, 422);
  assert_page_has (empty->body, "纠正措施");
  full = visitor_send (pages->section, form,
                       "f.date=2023-11-30&f.cause=staff&f.reason=%E7%BC%BA"
                       "&f.measure=%E8%A1%A5&f.owner=%E4%BD%95"
                       "&f.due=2023-12-15&f.forecast=certain");
  assert_int_equal (full->status, 303);
  assert_string_equal (location (full), url);
  after = visitor_page (pages->section, "/plan?year=2023");
  assert_page_lacks (after, "待答复的节点");
  page = visitor_page (pages->section, url);
  assert_page_has (page, "2023年12月15日");
  assert_page_has (page, "人员");
}

static void
a_new_date_leaves_the_first_one_as_it_was (void **state)
{
  Pages *pages = *state;
  g_autoptr (Answer) answer = visitor_send (
      pages->section, "/plan/milestones/21/replan",
      "f.date=2023-11-29&f.planned=2024-01-20&f.reason=%E5%AE%A1"
      "&f.approved_by=%E5%B1%80");
  g_autofree char *page = NULL;

  assert_int_equal (answer->status, 303);
  page = visitor_page (pages->section, "/plan/milestones/21");
  assert_page_has (page, "2024年1月20日");
  assert_page_has (page, "原定完成日期（不变）");
  assert_page_has (page, "2024-01-20");
}

static void
last_years_problems_come_back_with_what_became_of_them (void **state)
{
  Pages *pages = *state;
  g_autofree char *page
      = visitor_page (pages->reader, "/plan/problems?year=2023");

  assert_page_has (page, "WT2022-1");
  assert_page_has (page, "登记表已启用，按月抽查");
  assert_page_has (page, "已整改");
  assert_page_lacks (page, "添加措施");
}

static void
next_year_is_shown_before_it_is_made (void **state)
{
  Pages *pages = *state;
  g_autofree char *page = visitor_page (pages->section, "/plan/next?year=2023");
  g_autoptr (Answer) made = NULL;
  g_autofree char *again = NULL, *next = NULL;

  assert_page_has (page, "RW2024-5");
  next = visitor_page (pages->section, "/plan?year=2024&as_of=2024-01-01");
  assert_page_lacks (next, "RW2024-5");
  made = visitor_send (pages->section, "/plan/next?year=2023", "");
  assert_int_equal (made->status, 303);
  again = visitor_page (pages->section, "/plan?year=2024&as_of=2024-01-01");
  assert_page_has (again, "RW2024-5");
}

static void
the_api_says_what_the_command_prints (void **state)
{
  Pages *pages = *state;
  const HxDate day = { 2023, 7, 31 };
  g_autoptr (HxReader) reader = open_reader (pages);
  g_autoptr (HxPlanYear) plan = read_plan (pages, reader, day);
  g_autoptr (GPtrArray) before
      = hx_problems_before (hx_reader_connection (reader),
                            pages->fixture->catalogue, 2023, day, NULL);
  g_autoptr (GPtrArray) now
      = hx_problems_read (hx_reader_connection (reader),
                          pages->fixture->catalogue, 2023, day, NULL);
  const HxPlanDocument document = { plan, plan->tasks, before, now };
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (Answer) answer
      = visitor_get (pages->reader, "/api/v1/plan?year=2023&as_of=2023-07-31");

  hx_plan_json (&document, expected);
  assert_int_equal (answer->status, 200);
  assert_string_equal (g_strchomp (answer->body), expected->str);
}

static void
who_has_no_part_in_it_is_refused (void **state)
{
  Pages *pages = *state;
  static const struct
  {
    const char *target;
    guint status;
  } asked[] = { { "/plan", 403 },
                { "/api/v1/plan", 403 },
                { "/plan/milestones/20/lag", 403 } };
  g_autoptr (Answer) form
      = visitor_get (pages->reader, "/plan/milestones/20/lag");
  g_autoptr (Answer) missing
      = visitor_get (pages->reader, "/plan/milestones/99999");

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (Answer) answer = visitor_get (pages->liaison, asked[i].target);

      assert_int_equal (answer->status, asked[i].status);
    }
  assert_int_equal (form->status, 403);
  assert_int_equal (missing->status, 404);
}

/* Unit 6 has RW2023-1 alone. */
static void
a_section_sees_its_own_tasks (void **state)
{
  Pages *pages = *state;
  g_autoptr (Visitor) own = visitor_new (pages->fixture, HX_USER_SECTION, 6);
  g_autofree char *page = visitor_page (own, "/plan?year=2023");
  g_autoptr (Answer) other = visitor_get (own, "/plan/tasks/5");
  g_autoptr (Answer) next = visitor_get (own, "/plan/next?year=2023");

  assert_page_has (page, "RW2023-1");
  assert_page_lacks (page, "RW2023-3");
  assert_int_equal (other->status, 404);
  assert_int_equal (next->status, 404);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (
        every_task_shows_the_work_money_and_time_that_the_plan_says),
    cmocka_unit_test (every_milestone_is_a_row_of_the_chart),
    cmocka_unit_test (
        a_milestone_shows_its_first_date_each_new_one_and_why_it_is_late),
    cmocka_unit_test (last_years_problems_come_back_with_what_became_of_them),
    cmocka_unit_test (the_api_says_what_the_command_prints),
    cmocka_unit_test (who_has_no_part_in_it_is_refused),
    cmocka_unit_test (a_section_sees_its_own_tasks),
    cmocka_unit_test (a_late_milestone_asks_until_it_is_answered),
    cmocka_unit_test (a_new_date_leaves_the_first_one_as_it_was),
    cmocka_unit_test (next_year_is_shown_before_it_is_made),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
