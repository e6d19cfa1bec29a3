/* Replies: one after the other, without body, known already, compressed; what
 * the log and the metrics say of them. */
#include "echo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <zlib.h>

static int
setup (void **state)
{
  *state = echo_new (NULL);
  return 0;
}

static int
teardown (void **state)
{
  echo_free (*state);
  return 0;
}

static void
a_connection_serves_one_request_after_the_other (void **state)
{
  const int client = client_open (echo_port (*state));

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Answer) answer = NULL;

      client_send (client, i % 2 == 0 ? "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n"
                                      : "POST /echo HTTP/1.1\r\nHost: a\r\n"
                                        "Content-Length: 3\r\n\r\nabc");
      answer = client_read (client, FALSE);
      assert_int_equal (answer->status, 200);
      assert_null (answer_header (answer, "connection"));
    }
  client_close (client);
}

static void
requests_sent_at_once_are_answered_in_their_order (void **state)
{
  const int client = client_open (echo_port (*state));
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (all, "GET %s?n=%u HTTP/1.1\r\nHost: a\r\n\r\n",
                            i % 3 == 0 ? "/inlined" : "/echo", i);
  client_send (client, all->str);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (Answer) answer = client_read (client, FALSE);
      g_autofree char *query = g_strdup_printf ("n=%u", i);
      json_t *said = echo_said (answer);

      assert_string_equal (
          json_string_value (json_object_get (said, "query_text")), query);
      json_decref (said);
    }
  client_close (client);
}

static void
head_is_get_without_the_body (void **state)
{
  static const char *const targets[] = { "/text", "/inlined", "/file" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      const int client = client_open (echo_port (*state));
      g_autofree char *both
          = g_strdup_printf ("HEAD %s HTTP/1.1\r\nHost: a\r\n\r\n"
                             "GET /small HTTP/1.1\r\nHost: a\r\n\r\n",
                             targets[i]);
      g_autoptr (Answer) head = NULL;
      g_autoptr (Answer) next = NULL;

      client_send (client, both);
      head = client_read (client, TRUE);
      next = client_read (client, FALSE);
      assert_int_equal (head->status, 200);
      assert_string_not_equal (answer_header (head, "content-length"), "0");
      assert_int_equal (next->size, 50);
      client_close (client);
    }
}

static void
what_the_client_has_is_304 (void **state)
{
  g_autoptr (Answer) whole = client_get (echo_port (*state), "/text", NULL);
  const char *tag = answer_header (whole, "etag");
  const struct
  {
    const char *format;
    guint status;
  } cases[] = {
    { "If-None-Match: %s\r\n", 304 },
    { "If-None-Match: W/%s\r\n", 304 },
    { "If-None-Match: \"a\", %s\r\n", 304 },
    { "If-None-Match: \"a\",%s , \"b\"\r\n", 304 },
    { "If-None-Match: *, %s\r\n", 304 },
    { "If-None-Match: \"a\"\r\nX: %s\r\n", 200 },
    { "If-None-Match: %sx\r\n", 200 },
    { "If-None-Match:\r\nX: %s\r\n", 200 },
  };

  assert_int_equal (strlen (tag), 34);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) halves = g_strsplit (cases[i].format, "%s", 2);
      g_autofree char *headers = g_strconcat (halves[0], tag, halves[1], NULL);
      g_autoptr (Answer) answer
          = client_get (echo_port (*state), "/text", headers);

      if (answer->status != cases[i].status)
        fail_msg ("%u: %s", answer->status, headers);
      assert_non_null (answer_header (answer, "etag"));
    }
}

/* 304 has a length and no body: the next reply must not be taken for it. */
static void
behind_304_comes_the_next_reply (void **state)
{
  const int client = client_open (echo_port (*state));
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;

  client_send (client, "GET /text HTTP/1.1\r\nHost: a\r\n"
                       "If-None-Match: *\r\n\r\n"
                       "GET /small HTTP/1.1\r\nHost: a\r\n\r\n");
  first = client_read (client, FALSE);
  second = client_read (client, FALSE);
  assert_int_equal (first->status, 304);
  assert_int_equal (second->size, 50);
  client_close (client);
}

static char *
inflate_all (const Answer *answer, gsize *size)
{
  char *out = g_malloc0 (100000);
  z_stream stream = { .next_in = (Bytef *)answer->body,
                      .avail_in = (uInt)answer->size,
                      .next_out = (Bytef *)out,
                      .avail_out = 100000 };

  assert_int_equal (inflateInit2 (&stream, 15 + 16), Z_OK);
  assert_int_equal (inflate (&stream, Z_FINISH), Z_STREAM_END);
  *size = stream.total_out;
  inflateEnd (&stream);
  return out;
}

static void
long_text_is_compressed_for_those_who_take_it (void **state)
{
  static const struct
  {
    const char *target, *headers;
    gboolean compressed;
  } cases[] = {
    { "/text", "Accept-Encoding: gzip\r\n", TRUE },
    { "/text", "Accept-Encoding: deflate, GZIP;q=0.5, br\r\n", TRUE },
    { "/text", "Accept-Encoding: gzip;q=0\r\n", FALSE },
    { "/text", "Accept-Encoding: gzipped\r\n", FALSE },
    { "/text", "Accept-Encoding: br\r\n", FALSE },
    { "/text", NULL, FALSE },
    { "/small", "Accept-Encoding: gzip\r\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer
          = client_get (echo_port (*state), cases[i].target, cases[i].headers);
      const char *coding = answer_header (answer, "content-encoding");
      gsize size = answer->size;
      g_autofree char *text = cases[i].compressed ? inflate_all (answer, &size)
                                                  : g_strdup (answer->body);

      assert_int_equal (coding != NULL, cases[i].compressed);
      assert_int_equal (size, strcmp (cases[i].target, "/text") ? 50 : 5000);
      assert_int_equal (strspn (text, "x"), size);
      assert_int_equal (g_str_has_prefix (answer_header (answer, "etag"), "W/"),
                        cases[i].compressed);
    }
}

/* The stream of a worker is used again. */
static void
compression_serves_again_and_again (void **state)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (Answer) answer = client_get (echo_port (*state), "/text",
                                              "Accept-Encoding: gzip\r\n");
      gsize size;
      g_autofree char *text G_GNUC_UNUSED = inflate_all (answer, &size);

      assert_int_equal (size, 5000);
    }
}

static void
files_are_sent_as_bodies (void **state)
{
  g_autoptr (Answer) answer = client_get (echo_port (*state), "/file", NULL);

  assert_string_equal (answer->body, "out of a file");
}

/* ------------------------------------------------------------ log, metrics */

static json_t *
last_line (const char *path)
{
  g_autofree char *text = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_clear_pointer (&text, g_free);
      if (g_file_get_contents (path, &text, NULL, NULL) && text[0] != '\0')
        break;
      g_usleep (10000);
    }
  assert_non_null (text);
  g_strchomp (text);
  return json_loads (
      strrchr (text, '\n') != NULL ? strrchr (text, '\n') + 1 : text, 0, NULL);
}

static void
the_log_tells_of_a_request_but_not_its_query (void **state)
{
  g_autoptr (Echo) echo = echo_new (NULL);
  g_autofree char *path = echo_log_path (echo);
  g_autoptr (Answer) answer
      = client_get (echo_port (echo), "/echo?name=secret", "Cookie: s=key\r\n");
  json_t *line = last_line (path);
  g_autofree char *text = json_dumps (line, 0);

  (void)state;
  assert_string_equal (json_string_value (json_object_get (line, "route")),
                       "echo");
  assert_string_equal (json_string_value (json_object_get (line, "user")),
                       "zhang");
  assert_string_equal (json_string_value (json_object_get (line, "method")),
                       "GET");
  assert_int_equal (json_integer_value (json_object_get (line, "status")), 200);
  assert_int_equal (json_integer_value (json_object_get (line, "bytes")),
                    answer->size);
  assert_string_equal (json_string_value (json_object_get (line, "id")),
                       answer_header (answer, "x-request-id"));
  assert_null (strstr (text, "secret"));
  assert_null (strstr (text, "key"));
  json_decref (line);
}

static void
a_log_that_was_renamed_is_begun_anew (void **state)
{
  g_autoptr (Echo) echo = echo_new (NULL);
  g_autofree char *path = echo_log_path (echo);
  g_autofree char *old = g_strconcat (path, ".1", NULL);
  g_autoptr (Answer) before G_GNUC_UNUSED
      = client_get (echo_port (echo), "/echo", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) after = NULL;
  json_t *line = last_line (path);

  (void)state;
  json_decref (line);
  assert_int_equal (g_rename (path, old), 0);
  assert_true (hx_http_reopen_log (echo_http (echo), &error));
  after = client_get (echo_port (echo), "/echo", NULL);
  line = last_line (path);
  assert_string_equal (json_string_value (json_object_get (line, "id")),
                       answer_header (after, "x-request-id"));
  json_decref (line);
}

static void
metrics_count_by_route_and_status (void **state)
{
  g_autoptr (Echo) echo = echo_new (NULL);
  g_autoptr (GString) metrics = g_string_new (NULL);
  const int client = client_open (echo_port (echo));

  (void)state;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Answer) answer = NULL;

      client_send (client, "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
      answer = client_read (client, FALSE);
    }
  for (guint i = 0; i < 200
                    && strstr (metrics->str,
                               "requests_total{route=\"echo\",status=\"200\"} 3"
                               "\n")
                           == NULL;
       i++)
    {
      g_usleep (10000);
      g_string_truncate (metrics, 0);
      hx_http_metrics (echo_http (echo), metrics);
    }
  assert_non_null (strstr (metrics->str, "\nhongxia_http_connections 1\n"));
  assert_non_null (strstr (
      metrics->str,
      "\nhongxia_http_request_seconds_bucket{route=\"echo\",le=\"+Inf\"} 3\n"));
  assert_non_null (
      strstr (metrics->str,
              "\nhongxia_http_request_seconds_count{route=\"echo\"} 3\n"));
  client_close (client);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_connection_serves_one_request_after_the_other),
    cmocka_unit_test (requests_sent_at_once_are_answered_in_their_order),
    cmocka_unit_test (head_is_get_without_the_body),
    cmocka_unit_test (what_the_client_has_is_304),
    cmocka_unit_test (behind_304_comes_the_next_reply),
    cmocka_unit_test (long_text_is_compressed_for_those_who_take_it),
    cmocka_unit_test (compression_serves_again_and_again),
    cmocka_unit_test (files_are_sent_as_bodies),
    cmocka_unit_test (the_log_tells_of_a_request_but_not_its_query),
    cmocka_unit_test (a_log_that_was_renamed_is_begun_anew),
    cmocka_unit_test (metrics_count_by_route_and_status),
  };

  return cmocka_run_group_tests_name ("http reply", tests, setup, teardown);
}
