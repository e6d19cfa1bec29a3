/* Rows by the API: add, change, refuse, void, approve, return. */
#include "login.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

typedef struct
{
  ServerFixture *server;
  char *clerk, *head, *reader; /* lines of headers */
} Fixture;

static int
setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  ServerFixture *server
      = server_fixture_new (FALSE, &(HxServerOptions){ .rate = 100000 });

  fixture->server = server;
  fixture->clerk = server_fixture_token (
      server, server_fixture_user (server, "clerk", HX_USER_CLERK, 0));
  fixture->head = server_fixture_token (
      server, server_fixture_user (server, "head", HX_USER_SECTION, 0));
  fixture->reader = server_fixture_token (
      server, server_fixture_user (server, "reader", HX_USER_READER, 0));
  *state = fixture;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *fixture = *state;

  server_fixture_free (fixture->server);
  g_free (fixture->clerk);
  g_free (fixture->head);
  g_free (fixture->reader);
  g_free (fixture);
  return 0;
}

static json_t *
ask (const Fixture *fixture, const char *token, const Question *question,
     guint status)
{
  g_autofree char *target
      = g_strconcat ("/api/v1/records/", question->target, NULL);
  g_autofree char *headers
      = g_strconcat (token, "Content-Type: application/json\r\n", NULL);
  g_autoptr (Answer) answer = client_ask (
      fixture->server->port, &(Question){ .method = question->method,
                                          .target = target,
                                          .headers = headers,
                                          .body = question->body });

  if (answer->status != status)
    fail_msg ("%s %s: %u: %s", question->method, target, answer->status,
              answer->body);
  return json_loads (answer->body, 0, NULL);
}

static json_t *
send (const Fixture *fixture, const char *target, const char *body,
      guint status)
{
  return ask (fixture, fixture->clerk,
              &(Question){ .method = "POST", .target = target, .body = body },
              status);
}

static gint64
number_in (json_t *answer, const char *name)
{
  const gint64 number = json_integer_value (json_object_get (answer, name));

  json_decref (answer);
  return number;
}

/* The word at a path of members, compared and released. */
static void
assert_says (json_t *answer, const char *object, const char *name,
             const char *text)
{
  json_t *inner = object != NULL ? json_object_get (answer, object) : answer;

  assert_int_equal (
      g_strcmp0 (json_string_value (json_object_get (inner, name)), text), 0);
  json_decref (answer);
}

#define AWARD                                                                  \
  "{\"fields\":{\"number\":\"%s\",\"date\":\"2023-05-01\","                    \
  "\"honour\":\"best_cadre\",\"level\":\"district\"}}"

static gint64
add_award (const Fixture *fixture, const char *number)
{
  g_autofree char *body = g_strdup_printf (AWARD, number);

  return number_in (send (fixture, "award", body, 201), "id");
}

static void
a_row_is_added_read_and_changed (void **state)
{
  const Fixture *fixture = *state;
  const gint64 id = add_award (fixture, "A-1");
  g_autofree char *target = g_strdup_printf ("award/%" G_GINT64_FORMAT, id);
  const Question read = { .method = "GET", .target = target };
  const Question change
      = { .method = "PATCH",
          .target = target,
          .body = "{\"version\":1,\"fields\":{\"title\":\"最美\"}}" };

  assert_says (ask (fixture, fixture->clerk, &read, 200), "fields", "number",
               "A-1");
  assert_says (ask (fixture, fixture->clerk, &change, 200), NULL, "outcome",
               "changed");
  assert_says (ask (fixture, fixture->clerk, &read, 200), "fields", "title",
               "最美");
}

static void
a_change_of_what_was_not_seen_is_a_conflict (void **state)
{
  const Fixture *fixture = *state;
  const gint64 id = add_award (fixture, "A-2");
  g_autofree char *target = g_strdup_printf ("award/%" G_GINT64_FORMAT, id);
  const Question change
      = { .method = "PATCH",
          .target = target,
          .body = "{\"version\":1,\"fields\":{\"title\":\"一\"}}" };
  const Question stale
      = { .method = "PATCH",
          .target = target,
          .body = "{\"version\":1,\"fields\":{\"title\":\"二\"}}" };

  json_decref (ask (fixture, fixture->clerk, &change, 200));
  json_decref (ask (fixture, fixture->clerk, &stale, 409));
}

static void
each_fault_names_its_field (void **state)
{
  const Fixture *fixture = *state;
  json_t *answer
      = send (fixture, "award",
              "{\"fields\":{\"date\":\"五月\",\"level\":\"天\"}}", 422);
  json_t *errors = json_object_get (answer, "errors");
  gboolean has_date = FALSE, has_number = FALSE;

  for (size_t i = 0; i < json_array_size (errors); i++)
    {
      const char *field = json_string_value (
          json_object_get (json_array_get (errors, i), "field"));

      has_date = has_date || g_strcmp0 (field, "date") == 0;
      has_number = has_number || g_strcmp0 (field, "number") == 0;
    }
  assert_true (has_date && has_number);
  json_decref (answer);
}

static void
the_same_row_twice_is_refused (void **state)
{
  const Fixture *fixture = *state;
  g_autofree char *body = g_strdup_printf (AWARD, "A-3");

  add_award (fixture, "A-3");
  json_decref (send (fixture, "award", body, 422));
}

static void
who_submitted_does_not_approve_and_another_does (void **state)
{
  const Fixture *fixture = *state;
  const gint64 id = add_award (fixture, "A-4");
  g_autofree char *target
      = g_strdup_printf ("award/%" G_GINT64_FORMAT "/approve", id);
  const Question approve
      = { .method = "POST", .target = target, .body = "{\"version\":1}" };

  json_decref (send (fixture, target, "{}", 403));
  assert_says (ask (fixture, fixture->head, &approve, 200), "approval", "state",
               "approved");
  json_decref (ask (fixture, fixture->head, &approve, 409));
}

static void
a_row_is_returned_and_voided_with_a_reason (void **state)
{
  const Fixture *fixture = *state;
  const gint64 id = add_award (fixture, "A-5");
  g_autofree char *back
      = g_strdup_printf ("award/%" G_GINT64_FORMAT "/return", id);
  g_autofree char *gone
      = g_strdup_printf ("award/%" G_GINT64_FORMAT "/void", id);
  g_autofree char *past
      = g_strdup_printf ("award/%" G_GINT64_FORMAT "/history", id);
  const Question without = { .method = "POST", .target = back, .body = "{}" };
  const Question with
      = { .method = "POST", .target = back, .body = "{\"reason\":\"缺文号\"}" };
  const Question history = { .method = "GET", .target = past };

  json_decref (ask (fixture, fixture->head, &without, 400));
  assert_says (ask (fixture, fixture->head, &with, 200), "approval", "reason",
               "缺文号");
  json_decref (ask (fixture, fixture->head,
                    &(Question){ .method = "POST",
                                 .target = gone,
                                 .body = "{\"reason\":\"登记错\"}" },
                    200));
  json_t *answer = ask (fixture, fixture->clerk, &history, 200);
  assert_int_equal (json_array_size (json_object_get (answer, "history")), 4);
  json_decref (answer);
}

static void
a_reader_reads_and_writes_nothing (void **state)
{
  const Fixture *fixture = *state;
  g_autofree char *body = g_strdup_printf (AWARD, "A-6");
  const Question list = { .method = "GET", .target = "award?limit=2" };
  const Question add = { .method = "POST", .target = "award", .body = body };

  json_t *answer = ask (fixture, fixture->reader, &list, 200);
  assert_int_equal (json_array_size (json_object_get (answer, "rows")), 2);
  assert_non_null (json_string_value (json_object_get (answer, "next")));
  json_decref (answer);
  json_decref (ask (fixture, fixture->reader, &add, 403));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_row_is_added_read_and_changed),
    cmocka_unit_test (a_change_of_what_was_not_seen_is_a_conflict),
    cmocka_unit_test (each_fault_names_its_field),
    cmocka_unit_test (the_same_row_twice_is_refused),
    cmocka_unit_test (who_submitted_does_not_approve_and_another_does),
    cmocka_unit_test (a_row_is_returned_and_voided_with_a_reason),
    cmocka_unit_test (a_reader_reads_and_writes_nothing),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
