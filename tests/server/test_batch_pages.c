/* Batches on pages and by the API: attendance ticked and taken back, a plan
 * seen before it is made. */
#include "people_page_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BATCH "/batches/checkup/TJ2023-11"
#define BATCH_API "/api/v1" BATCH
#define PERIOD "plan=checkup&from=2023-12-01&to=2023-12-29"

/* "came=1&came=2…" of all but the one at `without`. */
static char *
came_but (json_t *seats, size_t without)
{
  GString *body = g_string_new ("x=");
  size_t i;
  json_t *seat;

  g_string_truncate (body, 0);
  json_array_foreach (seats, i, seat)
  {
    if (i != without)
      g_string_append_printf (
          body, "%scame=%d", body->len > 0 ? "&" : "",
          (int)json_integer_value (json_object_get (seat, "attendance")));
  }
  return g_string_free (body, FALSE);
}

static const char *
result_of (People *people, gint64 attendance, char **reason)
{
  static char result[32];
  g_autoptr (HxRow) row = people_row (people, "checkup_attendance", attendance);

  g_strlcpy (result, people_value (row, "result"), sizeof result);
  *reason = g_strdup (people_value (row, "reason"));
  return result;
}

static void
names_that_are_not_ticked_are_absent_with_their_reason (void **state)
{
  People *people = *state;
  json_t *reply = people_json (people->clerk, BATCH_API);
  json_t *seats = json_object_get (reply, "people");
  const gint64 first = json_integer_value (
      json_object_get (json_array_get (seats, 0), "attendance"));
  g_autofree char *others = came_but (seats, 0);
  g_autofree char *all = came_but (seats, G_MAXSIZE);
  g_autofree char *body = g_strdup_printf ("%s&f.%d=%s", others, (int)first,
                                           "%E4%BD%8F%E9%99%A2");
  g_autoptr (Answer) marked
      = people_post (people->clerk, BATCH "/attendance", body);
  g_autoptr (Answer) again = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *none = NULL;

  assert_true (json_array_size (seats) > 10);
  assert_int_equal (marked->status, 303);
  assert_string_equal (result_of (people, first, &reason), "absent");
  assert_string_equal (reason, "住院");
  again = people_post (people->clerk, BATCH "/attendance", all);
  assert_int_equal (again->status, 303);
  assert_string_equal (result_of (people, first, &none), "attended");
  json_decref (reply);
}

static void
a_liaison_sees_the_names_of_the_own_street_alone (void **state)
{
  People *people = *state;
  json_t *all = people_json (people->clerk, BATCH_API);
  json_t *own = people_json (people->liaison, BATCH_API);
  json_t *seats = json_object_get (own, "people");
  size_t i;
  json_t *seat;

  assert_true (json_array_size (seats)
               < json_array_size (json_object_get (all, "people")));
  json_array_foreach (seats, i, seat)
  {
    g_autoptr (HxRow) row = people_row (
        people, "cadre", json_integer_value (json_object_get (seat, "person")));

    assert_true (people_reach (people, row->unit_id));
  }
  json_decref (all);
  json_decref (own);
}

static size_t
batches (People *people)
{
  json_t *reply
      = people_json (people->clerk, "/api/v1/batches/checkup?year=2023");
  const size_t count = json_array_size (reply);

  json_decref (reply);
  return count;
}

static void
a_plan_is_seen_before_it_is_made (void **state)
{
  People *people = *state;
  const size_t before = batches (people);
  g_autoptr (Answer) seen
      = people_post (people->clerk, "/batches/new", PERIOD "&trial=1");
  g_autoptr (Answer) made = NULL;

  assert_int_equal (seen->status, 200);
  assert_page_has (seen->body, "就这样安排");
  assert_int_equal (batches (people), before);
  made = people_post (people->clerk, "/batches/new", PERIOD);
  assert_int_equal (made->status, 303);
  assert_true (batches (people) > before);
}

static void
days_that_do_not_do_are_told_with_the_form (void **state)
{
  People *people = *state;
  g_autoptr (Answer) answer
      = people_post (people->clerk, "/batches/new",
                     "plan=checkup&from=2023-12-29&to=2023-12-01&trial=1");

  assert_int_equal (answer->status, 422);
  assert_page_has (answer->body, "name=\"from\"");
  assert_page_has (answer->body, "2023-12-29");
}

static void
a_liaison_plans_and_prints_nothing (void **state)
{
  People *people = *state;

  assert_int_equal (people_status (people->liaison, "/batches/new"), 403);
  assert_int_equal (people_status (people->liaison, BATCH "/list"), 403);
  assert_int_equal (people_status (people->clerk, BATCH "/list"), 200);
}

static void
every_page_of_batches_can_be_opened (void **state)
{
  People *people = *state;
  static const char *const targets[]
      = { "/batches", BATCH, "/batches/missed", "/batches?year=2022" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *page = visitor_page (people->clerk, targets[i]);
      g_autofree char *own = visitor_page (people->liaison, targets[i]);

      assert_page_has (page, "<h1");
      assert_page_has (own, "<h1");
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_page_of_batches_can_be_opened),
    cmocka_unit_test (names_that_are_not_ticked_are_absent_with_their_reason),
    cmocka_unit_test (a_liaison_sees_the_names_of_the_own_street_alone),
    cmocka_unit_test (days_that_do_not_do_are_told_with_the_form),
    cmocka_unit_test (a_plan_is_seen_before_it_is_made),
    cmocka_unit_test (a_liaison_plans_and_prints_nothing),
  };

  return cmocka_run_group_tests_name ("batches on pages", tests, people_setup,
                                      people_teardown);
}
