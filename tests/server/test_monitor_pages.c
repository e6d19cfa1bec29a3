/* The pages of the monitoring, on the sample year, against what the room plan
 * says of it. */
#include "year_page_test.h"

#include "plan/monitor.h"
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
  Visitor *section, *finance, *liaison;
} Pages;

static int
setup (void **state)
{
  Pages *pages = g_new0 (Pages, 1);

  pages->fixture = server_fixture_new (TRUE, NULL);
  pages->section = visitor_new (pages->fixture, HX_USER_SECTION, 0);
  pages->finance = visitor_new (pages->fixture, HX_USER_FINANCE, 0);
  pages->liaison = visitor_new (pages->fixture, HX_USER_LIAISON, 0);
  *state = pages;
  return 0;
}

static int
teardown (void **state)
{
  Pages *pages = *state;

  visitor_free (pages->section);
  visitor_free (pages->finance);
  visitor_free (pages->liaison);
  server_fixture_free (pages->fixture);
  g_free (pages);
  return 0;
}

static HxMonitor *
read_monitor (Pages *pages, HxDate day)
{
  g_autoptr (HxReader) reader = hx_store_reader (pages->fixture->store, NULL);
  const HxMonitorQuery query
      = { day.year,
          day,
          { 2023, 11, 30 },
          hx_catalogue_monitor (pages->fixture->catalogue, NULL) };
  g_autoptr (GError) error = NULL;
  HxMonitor *monitor = hx_monitor_read (
      hx_reader_connection (reader), pages->fixture->catalogue, &query, &error);

  if (monitor == NULL)
    fail_msg ("%s", error->message);
  return monitor;
}

#define JULY "year=2023&as_of=2023-07-31"
static const HxDate july = { 2023, 7, 31 };

static void
the_table_is_that_of_the_day (void **state)
{
  Pages *pages = *state;
  g_autoptr (HxMonitor) monitor = read_monitor (pages, july);
  g_autofree char *page = visitor_page (pages->section, "/monitoring?" JULY);

  assert_int_equal (monitor->targets->len, 16);
  for (guint i = 0; i < monitor->lines->len; i++)
    {
      const HxMonitorLine *line = monitor->lines->pdata[i];
      g_autofree char *rate = hx_monitor_percent (line->rate.rate);
      g_autofree char *cell = g_strdup_printf (">%s%%<", rate);

      assert_page_has (page, line->line->name);
      assert_page_has (page, cell);
    }
  for (guint i = 0; i < monitor->targets->len; i++)
    {
      const HxTarget *target
          = ((HxMonitorTarget *)monitor->targets->pdata[i])->target;
      g_autofree char *value = hx_target_value_text (target);
      g_autofree char *escaped = g_markup_escape_text (value, -1);

      assert_page_has (page, target->number);
      assert_page_has (page, escaped);
    }
  for (guint i = 0; i < monitor->warnings->len; i++)
    assert_page_has (page,
                     ((HxMonitorWarning *)monitor->warnings->pdata[i])->text);
  assert_page_has (page, "支出预警线 40.00%");
  assert_page_has (page, "不是本年度的");
}

static void
what_is_not_answered_is_listed_with_where_to_answer (void **state)
{
  Pages *pages = *state;
  const HxDate day = { 2023, 9, 30 };
  g_autoptr (HxMonitor) monitor = read_monitor (pages, day);
  g_autofree char *page = visitor_page (
      pages->section, "/monitoring/open?year=2023&as_of=2023-09-30");

  assert_true (hx_monitor_open (monitor) > 0);
  for (guint i = 0; i < monitor->warnings->len; i++)
    {
      const HxMonitorWarning *warning = monitor->warnings->pdata[i];
      g_autofree char *form = g_strdup_printf (
          "/monitoring/%s/%" G_GINT64_FORMAT "/reply",
          warning->line != NULL ? "lines" : "targets",
          warning->line != NULL ? warning->line->line->id
                                : warning->target->target->id);

      assert_page_has (page, form);
    }
}

static void
a_reply_takes_a_warning_off_the_list (void **state)
{
  Pages *pages = *state;
  const HxDate day = { 2023, 9, 30 };
  g_autoptr (HxMonitor) before = read_monitor (pages, day);
  g_autoptr (HxMonitor) after = NULL;
  const HxMonitorWarning *warning = before->warnings->pdata[0];
  const char *of = warning->line != NULL ? "lines" : "targets";
  const gint64 id = warning->line != NULL ? warning->line->line->id
                                          : warning->target->target->id;
  g_autofree char *form = g_strdup_printf ("/monitoring/%s/%" G_GINT64_FORMAT
                                           "/reply?year=2023&as_of=2023-09-30",
                                           of, id);
  g_autoptr (Answer) answer = visitor_send (
      pages->section, form,
      "f.number=YJ1&f.date=2023-10-08&f.decision=continue&f.reason=%E7%BB%A7"
      "&f.owner=%E7%BD%97&f.due=2023-12-01");

  if (answer->status != 303)
    fail_msg ("%u %s", answer->status, answer->body);
  after = read_monitor (pages, day);
  assert_true (hx_monitor_open (after) < hx_monitor_open (before));
}

/* What was said on that very day is changed, not said twice. */
static void
an_answer_of_the_same_day_is_changed (void **state)
{
  Pages *pages = *state;
  g_autoptr (HxMonitor) before = read_monitor (pages, july);
  const HxMonitorTarget *target = before->targets->pdata[0];
  g_autoptr (HxMonitor) after = NULL;
  g_autofree char *form = g_strdup_printf (
      "/monitoring/targets/%" G_GINT64_FORMAT "/answer?" JULY,
      target->target->id);
  g_autoptr (Answer) answer
      = visitor_send (pages->section, form,
                      "f.likelihood=possible&f.staff=1&f.reason=%E7%BC%BA");
  const HxMonitorTarget *now;

  assert_true (target->answer_id != 0);
  if (answer->status != 303)
    fail_msg ("%u %s", answer->status, answer->body);
  after = read_monitor (pages, july);
  now = after->targets->pdata[0];
  assert_int_equal (now->answer_id, target->answer_id);
  assert_string_equal (now->likelihood->code, "possible");
}

static void
files_are_those_that_are_handed_in (void **state)
{
  Pages *pages = *state;
  g_autoptr (Answer) form
      = visitor_get (pages->section, "/monitoring/table.xlsx?" JULY);
  g_autoptr (Answer) data
      = visitor_get (pages->section, "/monitoring/exchange.json?" JULY);

  assert_int_equal (form->status, 200);
  assert_memory_equal (form->body, "PK", 2);
  assert_int_equal (data->status, 200);
  assert_page_has (data->body, "PAY_PERF_MONITOR_INFO");
  assert_non_null (
      strstr (answer_header (data, "content-disposition"), "attachment"));
}

static void
the_api_says_what_the_command_prints (void **state)
{
  Pages *pages = *state;
  g_autoptr (HxMonitor) monitor = read_monitor (pages, july);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (Answer) answer
      = visitor_get (pages->finance, "/api/v1/monitor?" JULY);

  hx_monitor_table_json (monitor, FALSE, expected);
  assert_int_equal (answer->status, 200);
  assert_string_equal (g_strchomp (answer->body), expected->str);
}

static void
who_has_no_part_in_it_is_refused (void **state)
{
  Pages *pages = *state;
  g_autoptr (Visitor) own = visitor_new (pages->fixture, HX_USER_SECTION, 6);
  g_autoptr (Answer) street = visitor_get (pages->liaison, "/monitoring");
  g_autoptr (Answer) outside
      = visitor_get (pages->section, "/monitoring?year=2023&as_of=2022-07-31");
  g_autoptr (Answer) whole = visitor_get (own, "/monitoring/table.xlsx?" JULY);
  g_autofree char *page = visitor_page (own, "/monitoring?" JULY);

  assert_int_equal (street->status, 403);
  assert_true (outside->status >= 400 && outside->status < 500);
  assert_int_equal (whole->status, 404);
  assert_page_has (page, "ZB2023-01");
  assert_page_lacks (page, "ZB2023-10");
  assert_page_lacks (page, "2023-008");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_table_is_that_of_the_day),
    cmocka_unit_test (what_is_not_answered_is_listed_with_where_to_answer),
    cmocka_unit_test (files_are_those_that_are_handed_in),
    cmocka_unit_test (the_api_says_what_the_command_prints),
    cmocka_unit_test (who_has_no_part_in_it_is_refused),
    cmocka_unit_test (a_reply_takes_a_warning_off_the_list),
    cmocka_unit_test (an_answer_of_the_same_day_is_changed),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
