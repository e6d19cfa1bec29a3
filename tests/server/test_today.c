/* The first page on the sample year, at the end of November 2023: its numbers
 * are those of the lists that they open, each role has its own. */
#include "year_page_test.h"

#include "budget/budget.h"
#include "duty/duty.h"
#include "server/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#define DAY ((HxDate){ 2023, 11, 30 })

/* One of each role, of the whole bureau. */
typedef struct
{
  ServerFixture *fixture;
  Visitor *visitors[HX_USER_ROLES];
} Bureau;

static int
setup (void **state)
{
  Bureau *bureau = g_new0 (Bureau, 1);

  bureau->fixture = server_fixture_new (TRUE, NULL);
  for (guint i = 0; i < HX_USER_ROLES; i++)
    bureau->visitors[i] = visitor_new (bureau->fixture, 1u << i, 0);
  *state = bureau;
  return 0;
}

static int
teardown (void **state)
{
  Bureau *bureau = *state;

  for (guint i = 0; i < HX_USER_ROLES; i++)
    visitor_free (bureau->visitors[i]);
  server_fixture_free (bureau->fixture);
  g_free (bureau);
  return 0;
}

static const Visitor *
of_role (void **state, HxUserRoles role)
{
  const Bureau *bureau = *state;
  guint i = 0;

  while (role != 1u << i)
    i++;
  return bureau->visitors[i];
}

static ServerFixture *
fixture_of (void **state)
{
  return ((Bureau *)*state)->fixture;
}

/* --------------------------------------------------------- what is expected */

typedef struct
{
  gint64 overdue, open, week;
  const HxKind *kind; /* of a record that shows one done, and its id */
  gint64 record;
} Expected;

static gboolean
count (const HxDutyItem *item, gpointer data)
{
  Expected *expected = data;

  switch (item->state)
    {
    case HX_DUTY_OVERDUE:
      expected->overdue++;
      break;
    case HX_DUTY_OPEN:
      expected->open++;
      if (hx_date_days (item->closes) - hx_date_days (DAY) < 7)
        expected->week++;
      break;
    case HX_DUTY_DONE:
      /* Of those one visit alone shows it. */
      if (strcmp (item->duty->key, "birthday_greeting") != 0)
        break;
      expected->kind = item->done_by;
      expected->record = item->done_id;
      break;
    case HX_DUTY_UPCOMING:
      break;
    }
  return TRUE;
}

static gint64
unit_named (ServerFixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autofree char *sql
      = g_strdup_printf ("SELECT id FROM reg_unit WHERE name = '%s'", name);
  gint64 id;

  assert_true (
      hx_query_integer (hx_reader_connection (reader), sql, 0, &id, &error));
  assert_true (id > 0);
  return id;
}

static Expected
expect (ServerFixture *fixture, gint64 unit_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  const HxDutyQuery query = { .from = { 2023, 1, 1 },
                              .until = { 2023, 12, 31 },
                              .as_of = DAY,
                              .unit_id = unit_id };
  Expected expected = { 0 };

  assert_true (hx_duty_list (hx_reader_connection (reader), fixture->catalogue,
                             &query, count, &expected, &error));
  return expected;
}

/* ------------------------------------------------------------- what is said */

static json_t *
ask (const Visitor *visitor)
{
  g_autoptr (Answer) answer = visitor_get (visitor, "/api/v1/today");
  json_error_t error;
  json_t *json;

  assert_int_equal (answer->status, 200);
  json = json_loads (answer->body, JSON_REJECT_DUPLICATES, &error);
  assert_non_null (json);
  return json;
}

static gint64
number (const json_t *json, const char *part, const char *key)
{
  const json_t *value = json_object_get (json_object_get (json, part), key);

  assert_true (json_is_integer (value));
  return json_integer_value (value);
}

static void
numbers_are_those_of_the_list (void **state)
{
  ServerFixture *fixture = fixture_of (state);
  const Visitor *clerk = of_role (state, HX_USER_CLERK);
  const Expected expected = expect (fixture, 0);
  json_t *json = ask (clerk);

  assert_true (expected.overdue > 0 && expected.open > expected.week);
  assert_int_equal (number (json, "duties", "overdue"), expected.overdue);
  assert_int_equal (number (json, "duties", "open"), expected.open);
  assert_int_equal (number (json, "duties", "week"), expected.week);
  assert_int_equal (number (json, "waiting", "overdue"), expected.overdue);
  assert_int_equal (json_integer_value (json_object_get (json, "year")), 2023);
  json_decref (json);
}

static void
a_liaison_counts_the_own_street_alone (void **state)
{
  ServerFixture *fixture = fixture_of (state);
  const gint64 unit = unit_named (fixture, "沙面街道");
  g_autoptr (Visitor) liaison = visitor_new (fixture, HX_USER_LIAISON, unit);
  const Expected expected = expect (fixture, unit);
  g_autofree char *page = visitor_page (liaison, "/");
  json_t *json = ask (liaison);
  json_t *items = json_object_get (json_object_get (json, "duties"), "items");
  size_t i;
  json_t *item;

  assert_int_equal (number (json, "duties", "overdue"), expected.overdue);
  assert_true (json_array_size (items) > 0);
  json_array_foreach (items, i, item) assert_string_equal (
      json_string_value (json_object_get (item, "unit")), "沙面街道");
  assert_page_has (page, "先办这些");
  assert_page_has (page, "沙面街道");
  assert_page_lacks (page, "逢源街道");
  json_decref (json);
}

static void
what_ends_first_stands_first_and_overdue_behind_it (void **state)
{
  const Visitor *clerk = of_role (state, HX_USER_CLERK);
  json_t *json = ask (clerk);
  json_t *items = json_object_get (json_object_get (json, "duties"), "items");
  const char *last = "";
  gboolean was_overdue = FALSE;
  size_t i;
  json_t *item;

  json_array_foreach (items, i, item)
  {
    const char *closes = json_string_value (json_object_get (item, "closes"));

    if (strcmp (json_string_value (json_object_get (item, "state")), "overdue")
        == 0)
      was_overdue = TRUE;
    else if (!was_overdue)
      {
        assert_true (strcmp (last, closes) <= 0);
        assert_true (strcmp (closes, "2023-12-06") <= 0);
        last = closes;
      }
  }
  json_decref (json);
}

/* -------------------------------------------------------------- after a write
 */

static gboolean
void_record (HxLedger *ledger, gpointer data, GError **error)
{
  const Expected *expected = data;

  return hx_ledger_void (ledger, expected->kind, expected->record, "登记错了",
                         error);
}

static void
what_was_kept_is_forgotten_after_a_write (void **state)
{
  ServerFixture *fixture = fixture_of (state);
  const Visitor *clerk = of_role (state, HX_USER_CLERK);
  Expected expected = expect (fixture, 0);
  json_t *before = ask (clerk);
  json_t *same = ask (clerk);
  json_t *after;

  assert_true (json_equal (before, same));
  server_fixture_write (fixture, void_record, &expected);
  after = ask (clerk);
  assert_true (number (after, "duties", "done")
               < number (before, "duties", "done"));
  assert_int_equal (number (after, "duties", "due"),
                    number (before, "duties", "due"));
  json_decref (before);
  json_decref (same);
  json_decref (after);
}

/* --------------------------------------------------------------------- roles
 */

static void
each_role_has_its_own_page (void **state)
{
  static const struct
  {
    HxUserRoles roles;
    const char *has, *lacks;
  } cases[] = {
    { HX_USER_BUREAU, "任务：工作、时间、经费", "先办这些" },
    { HX_USER_SECTION, "滞后节点待说明", "结清尚有问题" },
    { HX_USER_CLERK, "先办这些", "经费执行" },
    { HX_USER_FINANCE, "经费执行", "超期未办" },
    { HX_USER_REVIEWER, "这一年走到哪里", "先办这些" },
    { HX_USER_READER, "这一年走到哪里", "等我处理" },
    { HX_USER_SYSTEM, "工作台", "这一年走到哪里" },
    { HX_USER_AUDIT, "工作台", "应办事项" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Visitor *visitor = of_role (state, cases[i].roles);
      g_autofree char *page = visitor_page (visitor, "/");

      assert_page_has (page, cases[i].has);
      assert_page_lacks (page, cases[i].lacks);
    }
}

/* Where an href of the page leads, from `at` on; NULL at the end. */
static char *
next_link (const char **at)
{
  const char *begin = strstr (*at, "href=\"/"), *end;
  g_autofree char *escaped = NULL;
  g_auto (GStrv) parts = NULL;

  if (begin == NULL)
    return NULL;
  begin += strlen ("href=\"");
  end = strchr (begin, '"');
  *at = end;
  escaped = g_strndup (begin, (gsize)(end - begin));
  parts = g_strsplit (escaped, "&amp;", -1);
  return g_strjoinv ("&", parts);
}

static void
no_link_of_the_first_page_is_a_dead_end (void **state)
{
  static const HxUserRoles roles[]
      = { HX_USER_BUREAU, HX_USER_LIAISON, HX_USER_FINANCE, HX_USER_REVIEWER,
          HX_USER_SECURITY };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const Visitor *visitor = of_role (state, roles[i]);
      g_autofree char *page = visitor_page (visitor, "/");
      const char *at = page;
      char *link;

      while ((link = next_link (&at)) != NULL)
        {
          g_autoptr (Answer) answer = visitor_get (visitor, link);

          if (answer->status != 200 && answer->status != 303)
            fail_msg ("%s: %u", link, answer->status);
          g_free (link);
        }
    }
}

static void
the_money_is_that_of_the_lines (void **state)
{
  ServerFixture *fixture = fixture_of (state);
  const Visitor *finance = of_role (state, HX_USER_FINANCE);
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autoptr (GPtrArray) lines = hx_budget_lines (
      hx_reader_connection (reader), fixture->catalogue, 2023, DAY, &error);
  g_autofree char *page = visitor_page (finance, "/");
  g_autofree char *said = NULL;
  gint64 executed = 0;

  for (guint i = 0; i < lines->len; i++)
    executed += ((const HxBudgetLine *)lines->pdata[i])->money.executed;
  assert_true (executed > 0);
  said = hx_say_money (executed, TRUE);
  assert_page_has (page, said);
}

/* --------------------------------------------------------- display and help */

static void
a_choice_of_display_comes_back_to_this_site_alone (void **state)
{
  static const struct
  {
    const char *target, *cookie, *place;
  } cases[] = {
    { "/display?type=large&back=%2Fhelp", "display=large;", "/help" },
    { "/display?colour=dark&back=%2F%2Felsewhere.example", "display=dark;",
      "/" },
    { "/display?type=plain", "display=plain;", "/" },
    { "/language?to=en&back=%2Fhelp%3Fx%3D1", "language=en;", "/help?x=1" },
    { "/language?to=en&back=https%3A%2F%2Felsewhere.example", "language=en;",
      "/" },
  };
  ServerFixture *fixture = fixture_of (state);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Question question = { .method = "GET", .target = cases[i].target };
      g_autoptr (Answer) answer = client_ask (fixture->port, &question);

      assert_int_equal (answer->status, 303);
      assert_string_equal (answer_header (answer, "location"), cases[i].place);
      assert_non_null (
          strstr (answer_header (answer, "set-cookie"), cases[i].cookie));
    }
}

static void
help_is_there_before_the_login (void **state)
{
  ServerFixture *fixture = fixture_of (state);
  const Question chinese = { .method = "GET", .target = "/help" };
  const Question english = { .method = "GET",
                             .target = "/help",
                             .headers = "Cookie: language=en\r\n" };
  g_autoptr (Answer) answer = client_ask (fixture->port, &chinese);
  g_autoptr (Answer) other = client_ask (fixture->port, &english);

  assert_int_equal (answer->status, 200);
  assert_page_has (answer->body, "有事找谁");
  assert_page_lacks (answer->body, "经费");
  assert_page_has (other->body, "<html lang=\"en\"");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (numbers_are_those_of_the_list),
    cmocka_unit_test (a_liaison_counts_the_own_street_alone),
    cmocka_unit_test (what_ends_first_stands_first_and_overdue_behind_it),
    cmocka_unit_test (each_role_has_its_own_page),
    cmocka_unit_test (no_link_of_the_first_page_is_a_dead_end),
    cmocka_unit_test (the_money_is_that_of_the_lines),
    cmocka_unit_test (a_choice_of_display_comes_back_to_this_site_alone),
    cmocka_unit_test (help_is_there_before_the_login),
    cmocka_unit_test (what_was_kept_is_forgotten_after_a_write),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
