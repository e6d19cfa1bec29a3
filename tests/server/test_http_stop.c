/* Time: slow work beside quick, slow clients, the end of the server. */
#include "echo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define GET(target) "GET " target " HTTP/1.1\r\nHost: a\r\n\r\n"

static int
ask_slow (Echo *echo, guint nth)
{
  const int client = client_open (echo_port (echo));

  client_send (client, GET ("/slow"));
  echo_wait_slow (echo, nth);
  return client;
}

static guint
status_from (int client)
{
  g_autoptr (Answer) answer = client_read (client, FALSE);
  const guint status = answer != NULL ? answer->status : 0;

  client_close (client);
  return status;
}

static void
slow_work_holds_up_nobody (void **state)
{
  g_autoptr (Echo) echo = echo_new (&(HxHttpOptions){ .workers = 3 });
  const int first = ask_slow (echo, 1);
  const int second = ask_slow (echo, 2);
  g_autoptr (Answer) worked = client_get (echo_port (echo), "/echo", NULL);
  g_autoptr (Answer) inlined = NULL;
  const int third = ask_slow (echo, 3);

  (void)state;
  assert_int_equal (worked->status, 200);
  /* All workers are busy now. */
  inlined = client_get (echo_port (echo), "/inlined", NULL);
  assert_int_equal (inlined->status, 200);
  echo_release (echo, 3);
  assert_int_equal (status_from (first), 200);
  assert_int_equal (status_from (second), 200);
  assert_int_equal (status_from (third), 200);
}

static void
what_waits_for_a_worker_is_answered_later (void **state)
{
  g_autoptr (Echo) echo = echo_new (&(HxHttpOptions){ .workers = 1 });
  const int slow = ask_slow (echo, 1);
  const int waiting = client_open (echo_port (echo));

  (void)state;
  client_send (waiting, GET ("/echo"));
  g_usleep (50000);
  echo_release (echo, 1);
  assert_int_equal (status_from (slow), 200);
  assert_int_equal (status_from (waiting), 200);
}

/* The client is gone when the answer is there. */
static void
an_answer_that_nobody_waits_for_does_no_harm (void **state)
{
  g_autoptr (Echo) echo = echo_new (NULL);
  g_autoptr (Answer) after = NULL;

  (void)state;
  for (guint i = 0; i < 10; i++)
    client_close (ask_slow (echo, i + 1));
  echo_release (echo, 10);
  echo_wait_slow (echo, 0);
  after = client_get (echo_port (echo), "/small", NULL);
  assert_int_equal (after->status, 200);
}

static void
who_stops_ends_what_was_begun_and_refuses_the_rest (void **state)
{
  g_autoptr (Echo) echo = echo_new (NULL);
  const int begun = ask_slow (echo, 1);
  const int kept = client_open (echo_port (echo));
  g_autoptr (Answer) refused = NULL;
  g_autoptr (Answer) ended = NULL;
  const guint port = echo_port (echo);

  (void)state;
  client_send (kept, GET ("/small"));
  refused = client_read (kept, FALSE);
  g_clear_pointer (&refused, answer_free);
  assert_false (hx_http_stop (echo_http (echo), 0));
  client_send (kept, GET ("/small"));
  refused = client_read (kept, FALSE);
  assert_int_equal (refused->status, 503);
  assert_string_equal (answer_header (refused, "connection"), "close");
  assert_int_equal (client_open (port), -1);
  echo_release (echo, 1);
  ended = client_read (begun, FALSE);
  assert_int_equal (ended->status, 200);
  assert_string_equal (answer_header (ended, "connection"), "close");
  assert_true (hx_http_stop (echo_http (echo), 10));
  client_close (begun);
  client_close (kept);
}

static void
a_server_without_work_stops_at_once (void **state)
{
  g_autoptr (Echo) echo = echo_new (NULL);
  const int idle = client_open (echo_port (echo));
  const gint64 began = g_get_monotonic_time ();

  (void)state;
  assert_true (hx_http_stop (echo_http (echo), 10));
  assert_true (g_get_monotonic_time () - began < 2 * G_USEC_PER_SEC);
  client_close (idle);
}

static void
a_header_that_dribbles_in_is_cut (void **state)
{
  g_autoptr (Echo) echo = echo_new (&(HxHttpOptions){ .idle_seconds = 1 });
  const int client = client_open (echo_port (echo));
  const gint64 began = g_get_monotonic_time ();
  gboolean is_cut = FALSE;

  (void)state;
  client_send (client, "GET /echo HTTP/1.1\r\nHost: a\r\nX: ");
  for (guint i = 0; i < 30 && !is_cut; i++)
    {
      client_send (client, "x");
      g_usleep (300000);
      is_cut = g_get_monotonic_time () - began > 4 * G_USEC_PER_SEC;
    }
  assert_true (client_is_over (client));
  client_close (client);
}

static void
a_body_that_dribbles_in_is_cut (void **state)
{
  g_autoptr (Echo) echo = echo_new (&(HxHttpOptions){ .idle_seconds = 1 });
  const int client = client_open (echo_port (echo));

  (void)state;
  client_send (client, "POST /echo HTTP/1.1\r\nHost: a\r\n"
                       "Content-Length: 1000\r\n\r\n");
  for (guint i = 0; i < 14; i++)
    {
      client_send (client, "x");
      g_usleep (300000);
    }
  assert_true (client_is_over (client));
  client_close (client);
}

static void
a_silent_connection_is_closed (void **state)
{
  g_autoptr (Echo) echo = echo_new (&(HxHttpOptions){ .idle_seconds = 1 });
  const int client = client_open (echo_port (echo));

  (void)state;
  assert_true (client_is_over (client));
  client_close (client);
}

static void
one_address_has_so_many_connections_and_no_more (void **state)
{
  g_autoptr (Echo) echo = echo_new (&(HxHttpOptions){ .per_address = 3 });
  int clients[3];
  int fourth;

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (Answer) answer = NULL;

      clients[i] = client_open (echo_port (echo));
      client_send (clients[i], GET ("/small"));
      answer = client_read (clients[i], FALSE);
      assert_int_equal (answer->status, 200);
    }
  fourth = client_open (echo_port (echo));
  client_send (fourth, GET ("/small"));
  assert_int_equal (status_from (fourth), 0);
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    client_close (clients[i]);
}

/* --------------------------------------------------------------- many at once
 */

typedef struct
{
  guint port;
  guint wrong;
} Storm;

static gpointer
storm_main (gpointer data)
{
  Storm *storm = data;
  const int client = client_open (storm->port);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (Answer) answer = NULL;

      client_send (client, i % 4 == 3 ? GET ("/inlined") : GET ("/echo"));
      answer = client_read (client, FALSE);
      storm->wrong += answer == NULL || answer->status != 200;
    }
  client_close (client);
  return NULL;
}

static void
many_clients_at_once_are_all_answered (void **state)
{
  g_autoptr (Echo) echo
      = echo_new (&(HxHttpOptions){ .workers = 4, .threads = 2 });
  Storm storms[8];
  GThread *threads[8];

  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS (storms); i++)
    {
      storms[i] = (Storm){ .port = echo_port (echo) };
      threads[i] = g_thread_new ("storm", storm_main, &storms[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (storms); i++)
    {
      g_thread_join (threads[i]);
      assert_int_equal (storms[i].wrong, 0);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (slow_work_holds_up_nobody),
    cmocka_unit_test (what_waits_for_a_worker_is_answered_later),
    cmocka_unit_test (an_answer_that_nobody_waits_for_does_no_harm),
    cmocka_unit_test (who_stops_ends_what_was_begun_and_refuses_the_rest),
    cmocka_unit_test (a_server_without_work_stops_at_once),
    cmocka_unit_test (a_header_that_dribbles_in_is_cut),
    cmocka_unit_test (a_body_that_dribbles_in_is_cut),
    cmocka_unit_test (a_silent_connection_is_closed),
    cmocka_unit_test (one_address_has_so_many_connections_and_no_more),
    cmocka_unit_test (many_clients_at_once_are_all_answered),
  };

  return cmocka_run_group_tests_name ("http stop", tests, NULL, NULL);
}
