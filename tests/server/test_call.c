/* What every call is held to, whatever it does: what it takes, how it is
 * refused, what is asked twice, what browsers are told. */
#include "login.h"

#include "server/call_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define UNITS "/api/v1/records/unit"
#define JSON "Content-Type: application/json\r\n"

typedef struct
{
  ServerFixture *fixture;
  char *token;  /* of a clerk */
  char *cookie; /* of the same */
} Desk;

static int
setup (void **state)
{
  Desk *desk = g_new0 (Desk, 1);
  desk->fixture = server_fixture_new (FALSE, NULL);
  const gint64 clerk
      = server_fixture_user (desk->fixture, "clerk", HX_USER_CLERK, 0);
  desk->token = server_fixture_token (desk->fixture, clerk);
  desk->cookie = server_fixture_cookie (desk->fixture, "clerk");
  *state = desk;
  return 0;
}

static int
teardown (void **state)
{
  Desk *desk = *state;
  server_fixture_free (desk->fixture);
  g_free (desk->token);
  g_free (desk->cookie);
  g_free (desk);
  return 0;
}

static Answer *
ask (const Desk *desk, const char *method, const char *target, const char *more,
     const char *body)
{
  g_autofree char *headers
      = g_strconcat (desk->token, JSON, more != NULL ? more : "", NULL);
  return client_ask (desk->fixture->port,
                     &(Question){ method, target, headers, body });
}

static json_t *
document (const Answer *answer)
{
  json_error_t fault;
  json_t *json = json_loads (answer->body, JSON_REJECT_DUPLICATES, &fault);
  if (json == NULL)
    fail_msg ("%u: %s: %s", answer->status, fault.text, answer->body);
  return json;
}

static char *
unit_body (const char *code)
{
  return g_strdup_printf ("{\"fields\": {\"code\": \"%s\", \"name\": "
                          "\"%s街道\", \"kind\": \"street\"}}",
                          code, code);
}

/* ------------------------------------------------------------ what is taken */

typedef struct
{
  const char *method, *target, *body;
  guint status;
  const char *field, *reason; /* of one of the errors; NULL: of the detail */
} Refusal;

static const Refusal REFUSALS[] = {
  { "POST", UNITS, "{}", 400, "fields", "没有填任何内容" },
  { "POST", UNITS, "{\"fields\": 3}", 400, "fields", "这里要写一个对象" },
  { "POST", UNITS, "{\"fields\": {\"code\": 1.5}}", 400, "code", "加引号" },
  { "POST", UNITS, "{\"fields\": {\"code\": {}}}", 400, "code", "一个值" },
  { "POST", UNITS, "{\"fields\": {\"code\": \"x\"}, \"fild\": 1}", 400, "fild",
    "没有这个参数" },
  { "POST", UNITS, "{\"fields\": {}, \"fields\": {}}", 400, NULL, "第 1 行" },
  { "POST", UNITS, "{\"fields\"", 400, NULL, "JSON 写得不对" },
  { "POST", UNITS, "[]", 400, NULL, "要是一个对象" },
  { "GET", UNITS "?limit=0", NULL, 400, "limit", "要在 1 到 200 之间" },
  { "GET", UNITS "?limit=201", NULL, 400, "limit", "要在 1 到 200 之间" },
  { "GET", UNITS "?limit=many", NULL, 400, "limit", "要写成整数" },
  { "GET", UNITS "?limit=1&limit=2", NULL, 400, "limit", "只能有一个" },
  { "GET", UNITS "?from=2023-02-30", NULL, 400, "from", "2023-02-30" },
  { "GET", UNITS "?colour=red", NULL, 400, "colour", "没有这个参数" },
  { "GET", UNITS "?cursor=abc", NULL, 400, NULL, "翻页的记号不对" },
  { "GET", "/api/v1/records/nothing", NULL, 404, NULL, "没有这个地址" },
  { "GET", UNITS "/0", NULL, 404, NULL, "没有这个地址" },
  { "GET", UNITS "/-1", NULL, 404, NULL, "没有这个地址" },
  { "GET", UNITS "/99999999999999999999", NULL, 404, NULL, "没有这个地址" },
  { "GET", "/api/v1/nowhere", NULL, 404, NULL, "没有这个地址" },
  { "DELETE", UNITS, NULL, 405, NULL, "不接受这种操作" },
};

static gboolean
has_error (const json_t *problem, const char *field, const char *reason)
{
  json_t *each;
  size_t i;
  json_array_foreach (json_object_get (problem, "errors"), i, each)
  {
    const char *name = json_string_value (json_object_get (each, "field"));
    const char *text = json_string_value (json_object_get (each, "reason"));
    if (g_strcmp0 (name, field) == 0 && strstr (text, reason) != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
what_is_wrong_is_named_by_field_and_reason (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    {
      const Refusal *each = &REFUSALS[i];
      g_autoptr (Answer) answer
          = ask (*state, each->method, each->target, NULL, each->body);
      json_t *problem = document (answer);
      const char *detail
          = json_string_value (json_object_get (problem, "detail"));
      const gboolean said = each->field != NULL
                                ? has_error (problem, each->field, each->reason)
                                : strstr (detail, each->reason) != NULL;
      if (answer->status != each->status || !said)
        fail_msg ("%s %s %s: %s", each->method, each->target, each->body,
                  answer->body);
      assert_string_equal (answer_header (answer, "content-type"),
                           "application/problem+json");
      assert_int_equal (
          json_integer_value (json_object_get (problem, "status")),
          each->status);
      assert_int_equal (
          strlen (json_string_value (json_object_get (problem, "instance"))),
          32);
      json_decref (problem);
    }
}

static void
all_that_is_wrong_is_said_at_once (void **state)
{
  g_autoptr (Answer) answer = ask (
      *state, "GET", UNITS "?limit=0&from=x&until=y&colour=z", NULL, NULL);
  json_t *problem = document (answer);
  assert_int_equal (json_array_size (json_object_get (problem, "errors")), 4);
  json_decref (problem);
}

static void
a_problem_is_told_in_the_language_of_the_caller (void **state)
{
  g_autoptr (Answer) chinese = ask (*state, "GET", "/api/v1/no", NULL, NULL);
  g_autoptr (Answer) unknown
      = ask (*state, "GET", "/api/v1/no", "Accept-Language: fr\r\n", NULL);
  assert_non_null (strstr (chinese->body, "没有找到"));
  assert_non_null (strstr (unknown->body, "没有找到"));
}

static void
a_body_that_is_no_json_is_refused (void **state)
{
  const Desk *desk = *state;
  g_autofree char *headers
      = g_strconcat (desk->token, "Content-Type: text/plain\r\n", NULL);
  g_autoptr (Answer) answer = client_ask (
      desk->fixture->port, &(Question){ "POST", UNITS, headers, "fields=1" });
  assert_int_equal (answer->status, 415);
}

static void
a_wrong_method_is_told_the_right_ones (void **state)
{
  g_autoptr (Answer) answer = ask (*state, "DELETE", UNITS, NULL, NULL);
  assert_string_equal (answer_header (answer, "allow"), "GET, HEAD, POST");
}

/* ------------------------------------------------------------ asked for twice
 */

static void
what_is_asked_twice_by_one_key_is_done_once (void **state)
{
  const char *key = "Idempotency-Key: one\r\n";
  g_autofree char *body = unit_body ("S-ONE");
  g_autofree char *other = unit_body ("S-OTHER");
  g_autoptr (Answer) first = ask (*state, "POST", UNITS, key, body);
  g_autoptr (Answer) again = ask (*state, "POST", UNITS, key, body);
  g_autoptr (Answer) changed = ask (*state, "POST", UNITS, key, other);
  if (first->status >= 300)
    fail_msg ("%u: %s", first->status, first->body);
  assert_int_equal (again->status, first->status);
  assert_string_equal (again->body, first->body);
  assert_null (answer_header (first, "idempotent-replayed"));
  assert_string_equal (answer_header (again, "idempotent-replayed"), "true");
  assert_int_equal (changed->status, 422);
  g_autoptr (Answer) list
      = ask (*state, "GET", UNITS "?where=code%3DS-OTHER", NULL, NULL);
  assert_null (strstr (list->body, "S-OTHER"));
}

static void
without_the_key_the_second_finds_the_first (void **state)
{
  g_autofree char *body = unit_body ("S-TWICE");
  g_autoptr (Answer) first = ask (*state, "POST", UNITS, NULL, body);
  g_autoptr (Answer) again = ask (*state, "POST", UNITS, NULL, body);
  assert_true (first->status < 300);
  assert_null (answer_header (again, "idempotent-replayed"));
  assert_string_not_equal (first->body, again->body);
}

static void
a_call_that_failed_has_used_no_key (void **state)
{
  const char *key = "Idempotency-Key: failed\r\n";
  g_autofree char *body = unit_body ("S-LATER");
  g_autoptr (Answer) wrong
      = ask (*state, "POST", UNITS, key, "{\"fields\": {\"code\": \"S\"}}");
  g_autoptr (Answer) right = ask (*state, "POST", UNITS, key, body);
  assert_true (wrong->status >= 400 && wrong->status < 500);
  assert_true (right->status < 300);
  assert_null (answer_header (right, "idempotent-replayed"));
}

static void
a_key_is_neither_empty_nor_endless (void **state)
{
  g_autofree char *letters = g_strnfill (201, 'k');
  g_autofree char *header
      = g_strdup_printf ("Idempotency-Key: %s\r\n", letters);
  g_autofree char *body = unit_body ("S-KEY");
  g_autoptr (Answer) answer = ask (*state, "POST", UNITS, header, body);
  assert_int_equal (answer->status, 400);
}

/* -------------------------------------------------------------------- paging
 */

static void
a_cursor_goes_on_and_is_of_its_list_alone (void **state)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *code = g_strdup_printf ("S-PAGE-%u", i);
      g_autofree char *body = unit_body (code);
      answer_free (ask (*state, "POST", UNITS, NULL, body));
    }
  g_autoptr (Answer) page = ask (*state, "GET", UNITS "?limit=2", NULL, NULL);
  json_t *first = document (page);
  const char *next = json_string_value (json_object_get (first, "next"));
  assert_non_null (next);
  g_autofree char *on = g_strconcat (UNITS "?limit=2&cursor=", next, NULL);
  g_autofree char *bent = g_strdup (on);
  bent[strlen (bent) - 1] = bent[strlen (bent) - 1] == 'A' ? 'B' : 'A';
  bent[strlen (bent) - 9] = bent[strlen (bent) - 9] == 'A' ? 'B' : 'A';
  g_autofree char *elsewhere
      = g_strconcat ("/api/v1/people?cursor=", next, NULL);
  g_autoptr (Answer) second = ask (*state, "GET", on, NULL, NULL);
  g_autoptr (Answer) wrong = ask (*state, "GET", bent, NULL, NULL);
  g_autoptr (Answer) other = ask (*state, "GET", elsewhere, NULL, NULL);
  assert_int_equal (second->status, 200);
  assert_string_not_equal (second->body, page->body);
  assert_int_equal (wrong->status, 400);
  assert_int_equal (other->status, 400);
  json_decref (first);
}

/* ------------------------------------------------------- what browsers learn
 */

static void
every_reply_keeps_browsers_in_bounds (void **state)
{
  static const char *const targets[] = { "/help", "/nowhere", UNITS };
  const Desk *desk = *state;
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (Answer) answer
          = client_get (desk->fixture->port, targets[i], desk->cookie);
      const char *policy = answer_header (answer, "content-security-policy");
      assert_non_null (policy);
      assert_non_null (strstr (policy, "default-src 'none'"));
      assert_null (strstr (policy, "unsafe"));
      assert_string_equal (answer_header (answer, "x-content-type-options"),
                           "nosniff");
      assert_string_equal (answer_header (answer, "cache-control"), "no-store");
      assert_string_equal (answer_header (answer, "referrer-policy"),
                           "same-origin");
      assert_null (answer_header (answer, "strict-transport-security"));
    }
}

static void
a_page_that_is_not_there_says_so_with_its_number (void **state)
{
  const Desk *desk = *state;
  g_autoptr (Answer) answer
      = client_get (desk->fixture->port, "/nowhere", desk->cookie);
  assert_int_equal (answer->status, 404);
  assert_non_null (strstr (answer->body, "<h1>没有找到</h1>"));
  assert_non_null (strstr (answer->body, "编号："));
}

static void
the_token_of_a_form_looks_new_each_time_and_holds (void **state)
{
  const Desk *desk = *state;
  g_autofree char *first = login_prove (desk->fixture, "/help", desk->cookie);
  g_autofree char *second = login_prove (desk->fixture, "/help", desk->cookie);
  assert_string_not_equal (first, second);
  const char *const proofs[] = { first, second };
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *headers
          = g_strconcat (desk->cookie, JSON, proofs[i], NULL);
      g_autoptr (Answer) answer = client_ask (
          desk->fixture->port, &(Question){ "POST", UNITS, headers, "{}" });
      assert_int_equal (answer->status, 400);
    }
}

static void
a_change_from_another_site_is_refused_with_the_token_too (void **state)
{
  static const char *const from[]
      = { "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
          "Origin: https://elsewhere.example\r\n", "Origin: null\r\n" };
  const Desk *desk = *state;
  g_autofree char *proof = login_prove (desk->fixture, "/help", desk->cookie);
  for (gsize i = 0; i < G_N_ELEMENTS (from); i++)
    {
      g_autofree char *headers
          = g_strconcat (desk->cookie, JSON, proof, from[i], NULL);
      g_autoptr (Answer) answer = client_ask (
          desk->fixture->port, &(Question){ "POST", UNITS, headers, "{}" });
      assert_int_equal (answer->status, 403);
    }
}

static void
a_page_takes_no_token (void **state)
{
  const Desk *desk = *state;
  g_autoptr (Answer) answer
      = client_get (desk->fixture->port, "/", desk->token);
  assert_int_equal (answer->status, 303);
  assert_non_null (strstr (answer_header (answer, "location"), "/login"));
}

static void
the_login_is_told_where_to_go_on (void **state)
{
  const Desk *desk = *state;
  g_autoptr (Answer) answer
      = client_get (desk->fixture->port, "/people?q=x", NULL);
  assert_string_equal (answer_header (answer, "location"),
                       "/login?next=%2Fpeople%3Fq%3Dx");
}

/* ---------------------------------------------------------------- not too
 * often */

static void
who_asks_too_often_waits (void **state)
{
  HxThrottle *throttle = hx_throttle_new (2);
  guint taken = 0;
  (void)state;
  while (hx_throttle_take (throttle, "u1", 0) == 0)
    taken++;
  assert_int_equal (taken, 20);
  assert_int_equal (hx_throttle_take (throttle, "u1", 0), 1);
  assert_int_equal (hx_throttle_take (throttle, "u2", 0), 0);
  /* Half a second gives one more, and no second one. */
  assert_int_equal (hx_throttle_take (throttle, "u1", 500000), 0);
  assert_int_not_equal (hx_throttle_take (throttle, "u1", 500000), 0);
  assert_int_equal (hx_throttle_take (throttle, "u1", 60000000), 0);
  hx_throttle_free (throttle);
}

static void
a_server_says_how_long_to_wait (void **state)
{
  const HxServerOptions slow = { .rate = 1 };
  g_autoptr (ServerFixture) fixture = server_fixture_new (FALSE, &slow);
  guint status = 0;
  (void)state;
  for (guint i = 0; i < 15 && status != 429; i++)
    {
      g_autoptr (Answer) answer = client_get (fixture->port, "/login", NULL);
      status = answer->status;
      if (status == 429)
        assert_string_equal (answer_header (answer, "retry-after"), "1");
    }
  assert_int_equal (status, 429);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_is_wrong_is_named_by_field_and_reason),
    cmocka_unit_test (all_that_is_wrong_is_said_at_once),
    cmocka_unit_test (a_problem_is_told_in_the_language_of_the_caller),
    cmocka_unit_test (a_body_that_is_no_json_is_refused),
    cmocka_unit_test (a_wrong_method_is_told_the_right_ones),
    cmocka_unit_test (what_is_asked_twice_by_one_key_is_done_once),
    cmocka_unit_test (without_the_key_the_second_finds_the_first),
    cmocka_unit_test (a_call_that_failed_has_used_no_key),
    cmocka_unit_test (a_key_is_neither_empty_nor_endless),
    cmocka_unit_test (a_cursor_goes_on_and_is_of_its_list_alone),
    cmocka_unit_test (every_reply_keeps_browsers_in_bounds),
    cmocka_unit_test (a_page_that_is_not_there_says_so_with_its_number),
    cmocka_unit_test (the_token_of_a_form_looks_new_each_time_and_holds),
    cmocka_unit_test (a_change_from_another_site_is_refused_with_the_token_too),
    cmocka_unit_test (a_page_takes_no_token),
    cmocka_unit_test (the_login_is_told_where_to_go_on),
    cmocka_unit_test (who_asks_too_often_waits),
    cmocka_unit_test (a_server_says_how_long_to_wait),
  };
  return cmocka_run_group_tests (tests, setup, teardown);
}
