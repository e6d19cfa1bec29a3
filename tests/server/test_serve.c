/* What the server answers beside the application. */
#include "server_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int
setup (void **state)
{
  *state = server_fixture_new (FALSE,
                               &(HxServerOptions){ .metrics_token = "secret" });
  return 0;
}

static int
teardown (void **state)
{
  server_fixture_free (*state);
  return 0;
}

static void
health_is_told_to_anybody (void **state)
{
  const ServerFixture *fixture = *state;
  g_autoptr (Answer) answer = client_get (fixture->port, "/healthz", NULL);

  assert_int_equal (answer->status, 200);
  assert_string_equal (answer->body, "ok\n");
}

static void
health_takes_no_post (void **state)
{
  const ServerFixture *fixture = *state;
  g_autoptr (Answer) answer = client_ask (
      fixture->port, &(Question){ "POST", "/healthz", NULL, NULL });

  assert_int_equal (answer->status, 405);
}

static void
metrics_count_what_was_answered (void **state)
{
  const ServerFixture *fixture = *state;
  g_autoptr (Answer) health G_GNUC_UNUSED
      = client_get (fixture->port, "/healthz", NULL);
  g_autoptr (Answer) answer = client_get (fixture->port, "/metrics", NULL);

  assert_int_equal (answer->status, 200);
  assert_true (g_str_has_prefix (answer_header (answer, "content-type"),
                                 "text/plain; version=0.0.4"));
  assert_non_null (strstr (answer->body, "\nhongxia_http_requests_total{"
                                         "route=\"health\",status=\"200\"} "));
  assert_non_null (strstr (answer->body, "\nprocess_resident_memory_bytes "));
}

/* What a proxy forwards does not come from this machine. */
static void
metrics_are_not_for_those_behind_a_proxy (void **state)
{
  static const struct
  {
    const char *headers;
    guint status;
  } cases[] = {
    { "X-Forwarded-For: 192.0.2.1\r\n", 403 },
    { "Forwarded: for=192.0.2.1\r\n", 403 },
    { "X-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer secret\r\n", 200 },
    { "X-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer secrets\r\n", 403 },
    { "X-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer secre\r\n", 403 },
    { "X-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer \r\n", 403 },
    { "X-Forwarded-For: 192.0.2.1\r\nAuthorization: secret\r\n", 403 },
  };
  const ServerFixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer
          = client_get (fixture->port, "/metrics", cases[i].headers);

      assert_int_equal (answer->status, cases[i].status);
    }
}

/* A page for who is there, the login for the rest. */
static void
a_session_and_a_token_open_what_is_theirs (void **state)
{
  ServerFixture *fixture = *state;
  const gint64 id = server_fixture_user (fixture, "zhao", HX_USER_BUREAU, 0);
  g_autofree char *cookie = server_fixture_cookie (fixture, "zhao");
  g_autofree char *token = server_fixture_token (fixture, id);
  g_autoptr (Answer) nobody = client_get (fixture->port, "/", NULL);
  g_autoptr (Answer) somebody = client_get (fixture->port, "/", cookie);
  g_autoptr (Answer) stranger
      = client_get (fixture->port, "/api/v1/people", NULL);
  g_autoptr (Answer) program
      = client_get (fixture->port, "/api/v1/people", token);

  assert_int_equal (nobody->status, 303);
  assert_int_equal (somebody->status, 200);
  assert_int_equal (stranger->status, 401);
  assert_int_equal (program->status, 200);
}

static void
what_is_not_there_is_404 (void **state)
{
  const ServerFixture *fixture = *state;
  g_autoptr (Answer) page = client_get (fixture->port, "/no-such-thing", NULL);
  g_autoptr (Answer) file
      = client_get (fixture->port, "/static/no-such-thing.css", NULL);

  assert_int_equal (page->status, 404);
  assert_int_equal (file->status, 404);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (health_is_told_to_anybody),
    cmocka_unit_test (health_takes_no_post),
    cmocka_unit_test (metrics_count_what_was_answered),
    cmocka_unit_test (metrics_are_not_for_those_behind_a_proxy),
    cmocka_unit_test (a_session_and_a_token_open_what_is_theirs),
    cmocka_unit_test (what_is_not_there_is_404),
  };

  return cmocka_run_group_tests_name ("serve", tests, setup, teardown);
}
