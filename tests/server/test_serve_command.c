/* `hongxia serve` as a service: what it says, takes over, and how it ends. */
#include "client.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

static const char *hongxia;

typedef struct
{
  char *folder;
  char *db;
} Place;

typedef struct
{
  GSubprocess *process;
  char *said;
  guint port;
} Service;

static void
run_init (const Place *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) init
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, hongxia,
                          "--db", place->db, "init", NULL);

  assert_true (g_subprocess_wait_check (init, NULL, &error));
}

static int
setup (void **state)
{
  Place *place = g_new0 (Place, 1);

  place->folder = g_dir_make_tmp ("hx-service-XXXXXX", NULL);
  place->db = g_strdup_printf ("sqlite:%s/a.db", place->folder);
  run_init (place);
  *state = place;
  return 0;
}

static int
teardown (void **state)
{
  Place *place = *state;
  g_autoptr (GDir) folder = g_dir_open (place->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->db);
  g_free (place);
  return 0;
}

/* `words` behind the command, NULL at the end; waits for the line that says
 * the address. */
static void
start (Service *service, const Place *place, GSubprocessLauncher *launcher,
       const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) out = NULL;

  g_ptr_array_add (argv, (char *)(gsize)hongxia);
  g_ptr_array_add (argv, (char *)(gsize) "--db");
  g_ptr_array_add (argv, place->db);
  g_ptr_array_add (argv, (char *)(gsize) "serve");
  for (; *words != NULL; words++)
    g_ptr_array_add (argv, (char *)(gsize)*words);
  g_ptr_array_add (argv, NULL);
  service->process = g_subprocess_launcher_spawnv (
      launcher, (const char *const *)argv->pdata, &error);
  assert_non_null (service->process);
  out = g_data_input_stream_new (
      g_subprocess_get_stdout_pipe (service->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out),
                                               FALSE);
  service->said = g_data_input_stream_read_line (out, NULL, NULL, &error);
  assert_non_null (service->said);
  service->port
      = (guint)g_ascii_strtoull (strrchr (service->said, ':') + 1, NULL, 10);
}

static void
start_plain (Service *service, const Place *place, const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  start (service, place, launcher, words);
}

/* Its exit status after the signal. */
static int
stop (Service *service, int signal)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_subprocess_send_signal (service->process, signal);
  assert_true (g_subprocess_wait (service->process, NULL, &error));
  status = g_subprocess_get_if_exited (service->process)
               ? g_subprocess_get_exit_status (service->process)
               : -1;
  g_object_unref (service->process);
  g_free (service->said);
  return status;
}

#define ANY_PORT "--listen", "127.0.0.1:0"

static void
it_says_where_and_ends_with_0 (void **state)
{
  static const char *const words[] = { ANY_PORT, NULL };
  static const int signals[] = { SIGTERM, SIGINT };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      Service service;
      g_autoptr (Answer) answer = NULL;

      start_plain (&service, *state, words);
      answer = client_get (service.port, "/healthz", NULL);
      assert_int_equal (answer->status, 200);
      assert_non_null (strstr (service.said, "http://127.0.0.1:"));
      assert_int_equal (stop (&service, signals[i]), 0);
    }
}

static void
on_hangup_it_opens_its_log_anew (void **state)
{
  const Place *place = *state;
  g_autofree char *log = g_build_filename (place->folder, "log", NULL);
  g_autofree char *old = g_build_filename (place->folder, "log.1", NULL);
  const char *const words[] = { ANY_PORT, "--access-log", log, NULL };
  Service service;

  start_plain (&service, place, words);
  assert_int_equal (g_rename (log, old), 0);
  g_subprocess_send_signal (service.process, SIGHUP);
  for (guint i = 0; i < 500 && !g_file_test (log, G_FILE_TEST_EXISTS); i++)
    g_usleep (10000);
  assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  assert_int_equal (stop (&service, SIGTERM), 0);
}

static void
a_wrong_option_is_exit_2 (void **state)
{
  static const char *const wrong[][3] = {
    { "--listen", "nowhere", NULL },    { "--listen", "127.0.0.1:", NULL },
    { "--workers", "1000", NULL },      { "--today", "2023-02-30", NULL },
    { "--tls-certificate", "x", NULL },
  };
  const Place *place = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GSubprocess) process = g_subprocess_new (
          G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, hongxia, "--db", place->db,
          "serve", wrong[i][0], wrong[i][1], NULL);

      g_subprocess_wait (process, NULL, NULL);
      assert_int_equal (g_subprocess_get_exit_status (process), 2);
    }
}

/* ----------------------------------------------------------------- systemd */

static int
listening_socket (guint *port)
{
  struct sockaddr_in at
      = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof at;
  const int s = socket (AF_INET, SOCK_STREAM, 0);

  assert_int_equal (bind (s, (struct sockaddr *)&at, sizeof at), 0);
  assert_int_equal (listen (s, 16), 0);
  getsockname (s, (struct sockaddr *)&at, &size);
  *port = ntohs (at.sin_port);
  return s;
}

static int
notify_socket (const char *path)
{
  struct sockaddr_un at = { .sun_family = AF_UNIX };
  const struct timeval patience = { .tv_sec = 10 };
  const int s = socket (AF_UNIX, SOCK_DGRAM, 0);

  g_strlcpy (at.sun_path, path, sizeof at.sun_path);
  assert_int_equal (bind (s, (struct sockaddr *)&at, sizeof at), 0);
  setsockopt (s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return s;
}

static void
assert_notified (int s, const char *wanted)
{
  char text[100] = "";

  assert_true (recv (s, text, sizeof text - 1, 0) > 0);
  assert_string_equal (text, wanted);
}

/* The shell becomes the program, and so its number is the program's. */
static void
systemd_hands_it_a_socket_and_hears_of_it (void **state)
{
  const Place *place = *state;
  g_autofree char *path = g_build_filename (place->folder, "notify", NULL);
  guint port = 0;
  const int listening = listening_socket (&port);
  const int notified = notify_socket (path);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (Answer) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "NOTIFY_SOCKET", path, TRUE);
  g_subprocess_launcher_take_fd (launcher, listening, 3);
  process = g_subprocess_launcher_spawn (
      launcher, &error, "/bin/sh", "-c",
      "LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" --db \"$1\" serve", hongxia,
      place->db, NULL);
  assert_non_null (process);
  assert_notified (notified, "READY=1");
  answer = client_get (port, "/healthz", NULL);
  assert_int_equal (answer->status, 200);
  g_subprocess_send_signal (process, SIGTERM);
  assert_notified (notified, "STOPPING=1");
  assert_true (g_subprocess_wait_check (process, NULL, &error));
  close (notified);
}

/* --------------------------------------------------------------------- TLS */

static void
write_pem (const char *path, const gnutls_datum_t *pem)
{
  g_file_set_contents (path, (const char *)pem->data, pem->size, NULL);
  gnutls_free (pem->data);
}

static void
make_certificate (const char *certificate, const char *key)
{
  gnutls_x509_privkey_t secret;
  gnutls_x509_crt_t public;
  gnutls_datum_t pem;
  const time_t now = time (NULL);

  gnutls_x509_privkey_init (&secret);
  gnutls_x509_privkey_generate (
      secret, GNUTLS_PK_ECDSA,
      GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  gnutls_x509_crt_init (&public);
  gnutls_x509_crt_set_version (public, 3);
  gnutls_x509_crt_set_serial (public, "\1", 1);
  gnutls_x509_crt_set_dn (public, "CN=localhost", NULL);
  gnutls_x509_crt_set_activation_time (public, now - 3600);
  gnutls_x509_crt_set_expiration_time (public, now + 3600);
  gnutls_x509_crt_set_key (public, secret);
  assert_int_equal (
      gnutls_x509_crt_sign2 (public, public, secret, GNUTLS_DIG_SHA256, 0), 0);
  gnutls_x509_crt_export2 (public, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (certificate, &pem);
  gnutls_x509_privkey_export2 (secret, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (key, &pem);
  gnutls_x509_crt_deinit (public);
  gnutls_x509_privkey_deinit (secret);
}

/* What the server says to GET /healthz, NULL when they do not agree. */
static char *
get_by_tls (guint port, const char *priorities)
{
  static const char question[]
      = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  gnutls_certificate_credentials_t trust;
  gnutls_session_t session;
  const int client = client_open (port);
  char said[2000] = "";
  gboolean agreed;

  gnutls_certificate_allocate_credentials (&trust);
  gnutls_init (&session, GNUTLS_CLIENT);
  gnutls_priority_set_direct (session, priorities, NULL);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, trust);
  gnutls_transport_set_int (session, client);
  agreed = gnutls_handshake (session) == 0;
  if (agreed)
    {
      gnutls_record_send (session, question, sizeof question - 1);
      for (gssize got = 0, more = 1; more > 0 && got < 1900; got += more)
        more = gnutls_record_recv (session, said + got,
                                   sizeof said - 1 - (gsize)got);
    }
  gnutls_deinit (session);
  gnutls_certificate_free_credentials (trust);
  client_close (client);
  return agreed ? g_strdup (said) : NULL;
}

static void
it_serves_by_tls_of_today_alone (void **state)
{
  const Place *place = *state;
  g_autofree char *certificate = g_build_filename (place->folder, "c", NULL);
  g_autofree char *key = g_build_filename (place->folder, "k", NULL);
  const char *const words[]
      = { ANY_PORT, "--tls-certificate", certificate, "--tls-key", key, NULL };
  Service service;
  g_autofree char *newest = NULL;
  g_autofree char *older = NULL;
  g_autofree char *oldest = NULL;

  make_certificate (certificate, key);
  start_plain (&service, place, words);
  assert_non_null (strstr (service.said, "https://127.0.0.1:"));
  newest = get_by_tls (service.port, "NORMAL:-VERS-ALL:+VERS-TLS1.3");
  older = get_by_tls (service.port, "NORMAL:-VERS-ALL:+VERS-TLS1.2");
  oldest = get_by_tls (service.port, "NORMAL:-VERS-ALL:+VERS-TLS1.1");
  assert_true (g_str_has_prefix (newest, "HTTP/1.1 200"));
  assert_true (g_str_has_prefix (older, "HTTP/1.1 200"));
  assert_null (oldest);
  assert_int_equal (stop (&service, SIGTERM), 0);
}

int
main (int argc, char **arguments)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (it_says_where_and_ends_with_0),
    cmocka_unit_test (on_hangup_it_opens_its_log_anew),
    cmocka_unit_test (a_wrong_option_is_exit_2),
    cmocka_unit_test (systemd_hands_it_a_socket_and_hears_of_it),
    cmocka_unit_test (it_serves_by_tls_of_today_alone),
  };

  assert_int_equal (argc, 2);
  hongxia = arguments[1];
  return cmocka_run_group_tests_name ("serve command", tests, setup, teardown);
}
