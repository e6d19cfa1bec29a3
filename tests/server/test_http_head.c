/* The head of a request: what is refused, and how what is taken is read. */
#include "echo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int
setup (void **state)
{
  *state = echo_new (&(HxHttpOptions){ .proxy = "127.0.0.1" });
  return 0;
}

static int
teardown (void **state)
{
  echo_free (*state);
  return 0;
}

/* What comes back for these bytes, and whether the connection ends. */
static guint
status_of (const Echo *echo, const char *raw, gboolean *ends)
{
  const int client = client_open (echo_port (echo));
  g_autoptr (Answer) answer = NULL;

  client_send (client, raw);
  answer = client_read (client, g_str_has_prefix (raw, "HEAD"));
  *ends = answer == NULL
          || g_strcmp0 (answer_header (answer, "connection"), "close") == 0;
  client_close (client);
  return answer != NULL ? answer->status : 0;
}

#define HOST "Host: a\r\n"

static void
what_two_readers_could_read_in_two_ways_is_refused (void **state)
{
  static const char *const requests[] = {
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 3\r\n"
    "Content-Length: 5\r\n\r\nabcde",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 3\r\n"
    "Content-Length: 3\r\n\r\nabc",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n"
    "Content-Length: 5\r\n\r\n0\r\n\r\n",
    "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n"
    "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n"
    "0\r\n\r\n",
    "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n0\r\n"
    "\r\n",
    "POST /echo HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n"
    "\r\n",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: +3\r\n\r\nabc",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: -3\r\n\r\nabc",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 3, 3\r\n\r\nabc",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 0x3\r\n\r\nabc",
    "GET /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "GET /echo HTTP/1.1\r\n\r\n",
    "GET /echo HTTP/1.1\r\n" HOST "Authorization: a\r\n"
    "Authorization: b\r\n\r\n",
    "POST /echo HTTP/1.1\r\n" HOST "Content-Type: text/plain\r\n"
    "Content-Type: application/json\r\n\r\n",
    "GET /echo HTTP/1.1\r\n" HOST "Na(me: x\r\n\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      gboolean ends = FALSE;
      const guint status = status_of (*state, requests[i], &ends);

      if ((status != 400 && status != 0) || !ends)
        fail_msg ("%u: %s", status, requests[i]);
    }
}

static void
paths_are_read_strictly (void **state)
{
  static const struct
  {
    const char *target;
    const char *path; /* NULL: refused */
  } cases[] = {
    { "/echo", "/echo" },    { "/echo/", "/echo/" },    { "/%65cho", "/echo" },
    { "/%E5%BC%A0", "/张" }, { "/a+b", "/a+b" },        { "/a%20b", "/a b" },
    { "/a%25b", "/a%b" },    { "/..", NULL },           { "/a/../b", NULL },
    { "/a/%2e%2e/b", NULL }, { "/a/%2E./b", NULL },     { "/./a", NULL },
    { "/...", "/..." },      { "/.a", "/.a" },          { "//a", NULL },
    { "/a//b", NULL },       { "/a%2fb", NULL },        { "/a%2Fb", NULL },
    { "/a%5cb", NULL },      { "/a\\b", NULL },         { "/a%00b", NULL },
    { "/a%0ab", NULL },      { "/a%7fb", NULL },        { "/a%", NULL },
    { "/a%4", NULL },        { "/a%4g", NULL },         { "/a%zz", NULL },
    { "/%ff", NULL },        { "/%c0%af", NULL },       { "/%ed%a0%80", NULL },
    { "a", NULL },           { "http://a/echo", NULL }, { "*", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer
          = client_get (echo_port (*state), cases[i].target, NULL);

      if (cases[i].path == NULL)
        {
          if (answer->status != 400)
            fail_msg ("%u: %s", answer->status, cases[i].target);
          continue;
        }
      json_t *said = echo_said (answer);
      assert_string_equal (json_string_value (json_object_get (said, "path")),
                           cases[i].path);
      json_decref (said);
    }
}

static void
queries_are_read_into_fields (void **state)
{
  static const struct
  {
    const char *query;
    const char *fields; /* NULL: refused */
  } cases[] = {
    { "", "{}" },
    { "?", "{}" },
    { "?a", "{\"a\": [\"\"]}" },
    { "?a=", "{\"a\": [\"\"]}" },
    { "?a=1&b=2&a=3", "{\"a\": [\"1\", \"3\"], \"b\": [\"2\"]}" },
    { "?a=x+y%2Bz", "{\"a\": [\"x y+z\"]}" },
    { "?%E5%90%8D=%E5%BC%A0", "{\"名\": [\"张\"]}" },
    { "?a=b=c", "{\"a\": [\"b=c\"]}" },
    { "?&&a=1&", "{\"a\": [\"1\"]}" },
    { "?=1", "{\"\": [\"1\"]}" },
    { "?a=%", NULL },
    { "?a=%f", NULL },
    { "?a%gg=1", NULL },
    { "?a=%ff", NULL },
    { "?a=%00", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *target = g_strconcat ("/echo", cases[i].query, NULL);
      g_autoptr (Answer) answer = client_get (echo_port (*state), target, NULL);

      if (cases[i].fields == NULL)
        {
          assert_int_equal (answer->status, 400);
          continue;
        }
      json_t *said = echo_said (answer);
      json_t *wanted = json_loads (cases[i].fields, 0, NULL);
      assert_true (json_equal (json_object_get (said, "query"), wanted));
      json_decref (wanted);
      json_decref (said);
    }
}

static void
too_many_fields_are_refused (void **state)
{
  g_autoptr (GString) target = g_string_new ("/echo?");
  g_autoptr (Answer) answer = NULL;

  for (guint i = 0; i < 501; i++)
    g_string_append (target, "a&");
  answer = client_get (echo_port (*state), target->str, NULL);
  assert_int_equal (answer->status, 400);
}

static void
methods_that_nothing_takes_are_405 (void **state)
{
  static const struct
  {
    const char *method;
    guint status;
  } cases[] = { { "PUT", 200 },     { "PATCH", 200 }, { "DELETE", 200 },
                { "OPTIONS", 405 }, { "TRACE", 405 }, { "PROPFIND", 405 },
                { "get", 405 },     { "G(T", 400 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer
          = client_ask (echo_port (*state),
                        &(Question){ cases[i].method, "/echo", NULL, NULL });

      assert_int_equal (answer->status, cases[i].status);
      if (answer->status == 405)
        assert_non_null (strstr (answer_header (answer, "allow"), "PATCH"));
    }
}

static void
other_versions_are_505 (void **state)
{
  gboolean ends;

  assert_int_equal (
      status_of (*state, "GET /echo HTTP/1.2\r\n" HOST "\r\n", &ends), 505);
  assert_int_equal (
      status_of (*state, "GET /echo HTTP/1.0\r\n" HOST "\r\n", &ends), 200);
}

static void
a_large_header_is_431 (void **state)
{
  static const struct
  {
    gsize size;
    guint status;
  } cases[] = { { 30000, 200 }, { 33000, 431 }, { 200000, 431 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *filler = g_strnfill (cases[i].size, 'y');
      g_autofree char *raw = g_strdup_printf (
          "GET /small HTTP/1.1\r\n" HOST "X: %s\r\n\r\n", filler);
      gboolean ends;

      assert_int_equal (status_of (*state, raw, &ends), cases[i].status);
      assert_int_equal (ends, cases[i].status == 431);
    }
}

static void
headers_and_cookies_are_told_apart (void **state)
{
  g_autoptr (Answer) answer
      = client_get (echo_port (*state), "/echo",
                    "X-One: a\r\nx-one: b\r\nCookie: s=1; t = 2 ;; u; s=3\r\n"
                    "Cookie: v=\"x=y\"\r\n");
  json_t *said = echo_said (answer);
  json_t *wanted = json_loads (
      "{\"s\": \"1\", \"t\": \"2\", \"v\": \"\\\"x=y\\\"\"}", 0, NULL);
  const json_t *headers = json_object_get (said, "headers");

  assert_true (json_equal (json_object_get (said, "cookies"), wanted));
  assert_string_equal (json_string_value (json_object_get (headers, "x-one")),
                       "a, b");
  assert_null (json_object_get (headers, "cookie"));
  json_decref (wanted);
  json_decref (said);
}

static void
the_proxy_says_who_asks (void **state)
{
  static const struct
  {
    const char *headers;
    const char *address;
    gboolean secure;
  } cases[] = {
    { "", "127.0.0.1", FALSE },
    { "X-Forwarded-For: 192.0.2.7\r\n", "192.0.2.7", FALSE },
    { "X-Forwarded-For: 10.0.0.1, 192.0.2.7\r\nX-Forwarded-Proto: https\r\n",
      "192.0.2.7", TRUE },
    { "X-Forwarded-For: 2001:db8::1\r\nX-Forwarded-Proto: http\r\n",
      "2001:db8::1", FALSE },
    { "X-Forwarded-For: <script>\r\n", "127.0.0.1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer
          = client_get (echo_port (*state), "/echo", cases[i].headers);
      json_t *said = echo_said (answer);

      assert_string_equal (
          json_string_value (json_object_get (said, "address")),
          cases[i].address);
      assert_int_equal (json_is_true (json_object_get (said, "secure")),
                        cases[i].secure);
      json_decref (said);
    }
}

static void
nobody_else_says_who_asks (void **state)
{
  g_autoptr (Echo) echo = echo_new (NULL);
  g_autoptr (Answer) answer = client_get (echo_port (echo), "/echo",
                                          "X-Forwarded-For: 192.0.2.7\r\n"
                                          "X-Forwarded-Proto: https\r\n");
  json_t *said = echo_said (answer);

  (void)state;
  assert_string_equal (json_string_value (json_object_get (said, "address")),
                       "127.0.0.1");
  assert_false (json_is_true (json_object_get (said, "secure")));
  json_decref (said);
}

static void
every_request_has_an_id_of_its_own (void **state)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (Answer) answer
          = client_get (echo_port (*state), "/echo", NULL);
      json_t *said = echo_said (answer);
      const char *id = json_string_value (json_object_get (said, "id"));

      assert_int_equal (strlen (id), 32);
      assert_string_equal (answer_header (answer, "x-request-id"), id);
      assert_true (g_hash_table_add (seen, g_strdup (id)));
      json_decref (said);
    }
}

static void
an_error_is_told_in_the_clients_form (void **state)
{
  g_autoptr (Answer) text = client_get (echo_port (*state), "/a//b", NULL);
  g_autoptr (Answer) document = client_ask (
      echo_port (*state), &(Question){ "OPTIONS", "/echo", NULL, NULL });

  assert_non_null (strstr (text->body, "请求不合规范"));
  assert_non_null (strstr (text->body, answer_header (text, "x-request-id")));
  assert_true (
      g_str_has_prefix (answer_header (text, "content-type"), "text/plain"));
  assert_string_equal (answer_header (text, "x-content-type-options"),
                       "nosniff");
  assert_int_equal (document->status, 405);
}

/* The path is not known when its escapes are wrong, so ask for too much. */
static void
an_error_of_the_api_is_a_problem_document (void **state)
{
  g_autofree char *large = g_strnfill (ECHO_BODY_MAX + 1, 'x');
  g_autoptr (Answer) answer = client_ask (
      echo_port (*state), &(Question){ "POST", "/api/v1/x", NULL, large });
  json_t *problem = json_loads (answer->body, 0, NULL);

  assert_int_equal (answer->status, 413);
  assert_string_equal (answer_header (answer, "content-type"),
                       "application/problem+json");
  assert_int_equal (json_integer_value (json_object_get (problem, "status")),
                    413);
  assert_string_equal (json_string_value (json_object_get (problem, "title")),
                       "送来的内容太大");
  json_decref (problem);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_two_readers_could_read_in_two_ways_is_refused),
    cmocka_unit_test (paths_are_read_strictly),
    cmocka_unit_test (queries_are_read_into_fields),
    cmocka_unit_test (too_many_fields_are_refused),
    cmocka_unit_test (methods_that_nothing_takes_are_405),
    cmocka_unit_test (other_versions_are_505),
    cmocka_unit_test (a_large_header_is_431),
    cmocka_unit_test (headers_and_cookies_are_told_apart),
    cmocka_unit_test (the_proxy_says_who_asks),
    cmocka_unit_test (nobody_else_says_who_asks),
    cmocka_unit_test (every_request_has_an_id_of_its_own),
    cmocka_unit_test (an_error_is_told_in_the_clients_form),
    cmocka_unit_test (an_error_of_the_api_is_a_problem_document),
  };

  return cmocka_run_group_tests_name ("http head", tests, setup, teardown);
}
