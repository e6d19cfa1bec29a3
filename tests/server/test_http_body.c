/* Bodies: forms, files, documents; too large, broken off, malformed. */
#include "echo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define PARTS "Content-Type: multipart/form-data; boundary=XyZ\r\n"
#define PART(name) "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\""

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

static Answer *
post (const Echo *echo, const char *target, const char *headers,
      const char *body)
{
  return client_ask (echo_port (echo),
                     &(Question){ "POST", target, headers, body });
}

static void
assert_form (const json_t *said, const char *wanted)
{
  json_t *form = json_loads (wanted, 0, NULL);

  assert_non_null (form);
  if (!json_equal (json_object_get (said, "form"), form))
    {
      char *text = json_dumps (json_object_get (said, "form"), 0);

      fail_msg ("%s, not %s", text, wanted);
    }
  json_decref (form);
}

static void
forms_are_read_into_fields (void **state)
{
  g_autoptr (Answer) answer
      = post (*state, "/echo?q=1", FORM, "a=1&b=%E5%BC%A0+x&a=&c");
  json_t *said = echo_said (answer);

  assert_form (said,
               "{\"a\": [\"1\", \"\"], \"b\": [\"张 x\"], \"c\": [\"\"]}");
  assert_string_equal (json_string_value (json_object_get (said, "body")), "");
  json_decref (said);
}

static void
malformed_forms_are_refused (void **state)
{
  static const char *const bodies[] = { "a=%", "a=%zz", "%ff=1", "a=%00" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Answer) answer = post (*state, "/echo", FORM, bodies[i]);

      assert_int_equal (answer->status, 400);
    }
}

static void
other_bodies_come_as_they_are (void **state)
{
  g_autoptr (Answer) answer
      = post (*state, "/echo", "Content-Type: application/json\r\n",
              "{\"a\": \"%zz\"}");
  json_t *said = echo_said (answer);

  assert_string_equal (json_string_value (json_object_get (said, "body")),
                       "{\"a\": \"%zz\"}");
  assert_form (said, "{}");
  json_decref (said);
}

static const char two_files[]
    = PART ("名") "\r\n\r\n张三\r\n" PART ("empty") "\r\n\r\n\r\n" PART (
        "empt"
        "y") "\r\n\r\n\r\n" PART ("photo") "; filename=\"C:\\\\x\\a.jpg\"\r\n"
                                           "Content-Type: "
                                           "image/"
                                           "jpeg\r\n\r\nJFIF\r\n--Xy\r\n" PART (
                                               "photo") "; "
                                                        "filename=\"/etc/"
                                                        "passwd\"\r\n\r\n\r"
                                                        "\n" PART (
                                                            "none") "; "
                                                                    "fil"
                                                                    "ena"
                                                                    "me="
                                                                    "\""
                                                                    "\""
                                                                    "\r"
                                                                    "\n"
                                                                    "Con"
                                                                    "ten"
                                                                    "t-"
                                                                    "Typ"
                                                                    "e: "
                                                                    "app"
                                                                    "lic"
                                                                    "ati"
                                                                    "on/"
                                                                    "oct"
                                                                    "et-"
                                                                    "str"
                                                                    "eam"
                                                                    "\r"
                                                                    "\n"
                                                                    "\r"
                                                                    "\n"
                                                                    "\r"
                                                                    "\n" PART (
                                                                        "last") "\r\n\r\nz\r\n--"
                                                                                "XyZ--\r\n";

static void
assert_two_files (const json_t *said)
{
  const json_t *files = json_object_get (said, "uploads");
  const json_t *first = json_array_get (files, 0);
  const json_t *second = json_array_get (files, 1);

  assert_form (said, "{\"名\": [\"张三\"], \"empty\": [\"\", \"\"], "
                     "\"last\": [\"z\"]}");
  assert_int_equal (json_array_size (files), 2);
  assert_string_equal (json_string_value (json_object_get (first, "file")),
                       "a.jpg");
  assert_string_equal (json_string_value (json_object_get (first, "content")),
                       "JFIF\r\n--Xy");
  assert_int_equal (json_integer_value (json_object_get (first, "size")), 10);
  assert_int_equal (json_integer_value (json_object_get (first, "there")), 10);
  assert_string_equal (json_string_value (json_object_get (second, "file")),
                       "passwd");
  assert_int_equal (json_integer_value (json_object_get (second, "size")), 0);
}

static void
files_are_there_with_the_request_and_gone_after_it (void **state)
{
  g_autoptr (Answer) answer = post (*state, "/upload", PARTS, two_files);
  json_t *said = echo_said (answer);

  assert_two_files (said);
  json_decref (said);
  for (guint i = 0; i < 100 && echo_files (*state) > 0; i++)
    g_usleep (10000);
  assert_int_equal (echo_files (*state), 0);
}

/* However the pieces are cut, the same is read. */
static void
parts_may_come_byte_by_byte (void **state)
{
  const int client = client_open (echo_port (*state));
  g_autofree char *head
      = g_strdup_printf ("POST /upload HTTP/1.1\r\nHost: a\r\n" PARTS
                         "Content-Length: %zu\r\n\r\n",
                         strlen (two_files));
  g_autoptr (Answer) answer = NULL;
  json_t *said;

  client_send (client, head);
  for (gsize i = 0; i < strlen (two_files); i++)
    {
      client_send_bytes (client, two_files + i, 1);
      g_usleep (200);
    }
  answer = client_read (client, FALSE);
  said = echo_said (answer);
  assert_two_files (said);
  json_decref (said);
  client_close (client);
}

static void
an_upload_that_breaks_off_leaves_nothing (void **state)
{
  g_autoptr (Echo) echo = echo_new (&(HxHttpOptions){ .idle_seconds = 2 });
  g_autofree char *filler = g_strnfill (300000, 'x');
  const int client = client_open (echo_port (echo));

  (void)state;
  client_send (client, "POST /upload HTTP/1.1\r\nHost: a\r\n" PARTS
                       "Content-Length: 1000000\r\n\r\n" PART (
                           "f") "; filename=\"a\"\r\n\r\n");
  client_send (client, filler);
  for (guint i = 0; i < 2000 && echo_files (echo) == 0; i++)
    g_usleep (10000);
  assert_int_equal (echo_files (echo), 1);
  client_close (client);
  /* At the latest when nothing came for as long as a connection may be idle. */
  for (guint i = 0; i < 4000 && echo_files (echo) > 0; i++)
    g_usleep (10000);
  assert_int_equal (echo_files (echo), 0);
}

static void
malformed_parts_are_refused (void **state)
{
  static const struct
  {
    const char *headers, *body;
  } cases[] = {
    { "Content-Type: multipart/form-data\r\n", "--XyZ--\r\n" },
    { PARTS, PART ("a") "\r\n\r\nno end" },
    { PARTS, "no boundary at all" },
    { PARTS, "" },
    { PARTS, "--XyZ" },
    { PARTS, "--XyZab\r\n\r\n--XyZ--" },
    { PARTS, "--XyZ\r\n\r\na\r\n--XyZ--" },
    { PARTS, "--XyZ\r\nContent-Type: a/b\r\n\r\na\r\n--XyZ--" },
    { PARTS, "--XyZ\r\nContent-Disposition: form-data\r\n\r\na\r\n--XyZ--" },
    { PARTS, "--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\na\r\n"
             "--XyZ--" },
    { PARTS, PART ("a") "; name=\"b\"\r\n\r\na\r\n--XyZ--" },
    { PARTS, PART ("a") "; filename=\"b\"\r\n\r\nno end" },
    { "Content-Type: multipart/form-data; boundary=\r\n", "----\r\n" },
    { "Content-Type: multipart/form-data; boundary=\"a<b\"\r\n", "--a<b--" },
    { PARTS, PART ("a") "\r\n\r\n\xff\r\n--XyZ--\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer
          = post (*state, "/upload", cases[i].headers, cases[i].body);

      if (answer == NULL || answer->status != 400)
        fail_msg ("%zu: %u", i, answer != NULL ? answer->status : 0);
    }
  assert_int_equal (echo_files (*state), 0);
}

static void
files_are_not_taken_where_none_are_asked_for (void **state)
{
  g_autoptr (Answer) answer = post (*state, "/echo", PARTS, two_files);

  assert_int_equal (answer->status, 415);
}

/* The client hears why, though it sends all before it reads. */
static void
a_body_that_is_too_large_is_413 (void **state)
{
  static const gsize sizes[] = { ECHO_BODY_MAX + 1, 100000, 5000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *body = g_strnfill (sizes[i], 'x');
      g_autoptr (Answer) answer = post (*state, "/echo", NULL, body);

      assert_non_null (answer);
      assert_int_equal (answer->status, 413);
      assert_string_equal (answer_header (answer, "connection"), "close");
    }
}

static void
a_body_of_the_largest_size_is_taken (void **state)
{
  g_autofree char *body = g_strnfill (ECHO_BODY_MAX, 'x');
  g_autoptr (Answer) answer = post (*state, "/echo", NULL, body);
  json_t *said = echo_said (answer);

  assert_int_equal (json_string_length (json_object_get (said, "body")),
                    ECHO_BODY_MAX);
  json_decref (said);
}

static void
chunks_are_counted_too (void **state)
{
  const int client = client_open (echo_port (*state));
  g_autofree char *chunk = g_strnfill (0x4000, 'x');
  g_autoptr (Answer) answer = NULL;

  client_send (client, "POST /echo HTTP/1.1\r\nHost: a\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n");
  for (guint i = 0; i < 4; i++)
    {
      client_send (client, "4000\r\n");
      client_send (client, chunk);
      client_send (client, "\r\n");
    }
  client_send (client, "0\r\n\r\n");
  answer = client_read (client, FALSE);
  assert_int_equal (answer->status, 413);
  client_close (client);
}

static void
chunks_make_one_body (void **state)
{
  const int client = client_open (echo_port (*state));
  g_autoptr (Answer) answer = NULL;
  json_t *said;

  client_send (client, "POST /echo HTTP/1.1\r\nHost: a\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n"
                       "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  answer = client_read (client, FALSE);
  said = echo_said (answer);
  assert_string_equal (json_string_value (json_object_get (said, "body")),
                       "abcde");
  json_decref (said);
  client_close (client);
}

/* Who asks before sending is told at once, and sends nothing. */
static void
who_expects_to_be_refused_is_told_before_the_body (void **state)
{
  const int client = client_open (echo_port (*state));
  g_autoptr (Answer) answer = NULL;

  client_send (client, "POST /echo HTTP/1.1\r\nHost: a\r\n"
                       "Expect: 100-continue\r\n"
                       "Content-Length: 1000000\r\n\r\n");
  answer = client_read (client, FALSE);
  assert_int_equal (answer->status, 413);
  client_close (client);
}

static void
who_expects_to_be_taken_is_told_to_go_on (void **state)
{
  const int client = client_open (echo_port (*state));
  g_autoptr (Answer) go_on = NULL;
  g_autoptr (Answer) answer = NULL;

  client_send (client, "POST /echo HTTP/1.1\r\nHost: a\r\n"
                       "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  go_on = client_read (client, TRUE);
  assert_int_equal (go_on->status, 100);
  client_send (client, "abc");
  answer = client_read (client, FALSE);
  assert_int_equal (answer->status, 200);
  client_close (client);
}

static void
a_body_with_get_is_read_over (void **state)
{
  const int client = client_open (echo_port (*state));
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;

  client_send (client, "GET /small HTTP/1.1\r\nHost: a\r\n"
                       "Content-Length: 27\r\n\r\nGET /evil HTTP/1.1\r\nHost: a"
                       "GET /small HTTP/1.1\r\nHost: a\r\n\r\n");
  first = client_read (client, FALSE);
  second = client_read (client, FALSE);
  assert_int_equal (first->status, 200);
  assert_int_equal (second->status, 200);
  assert_int_equal (second->size, 50);
  client_close (client);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (forms_are_read_into_fields),
    cmocka_unit_test (malformed_forms_are_refused),
    cmocka_unit_test (other_bodies_come_as_they_are),
    cmocka_unit_test (files_are_there_with_the_request_and_gone_after_it),
    cmocka_unit_test (parts_may_come_byte_by_byte),
    cmocka_unit_test (an_upload_that_breaks_off_leaves_nothing),
    cmocka_unit_test (malformed_parts_are_refused),
    cmocka_unit_test (files_are_not_taken_where_none_are_asked_for),
    cmocka_unit_test (a_body_that_is_too_large_is_413),
    cmocka_unit_test (a_body_of_the_largest_size_is_taken),
    cmocka_unit_test (chunks_are_counted_too),
    cmocka_unit_test (chunks_make_one_body),
    cmocka_unit_test (who_expects_to_be_refused_is_told_before_the_body),
    cmocka_unit_test (who_expects_to_be_taken_is_told_to_go_on),
    cmocka_unit_test (a_body_with_get_is_read_over),
  };

  return cmocka_run_group_tests_name ("http body", tests, setup, teardown);
}
