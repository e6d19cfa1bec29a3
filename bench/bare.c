/* bench-bare FILE STATUS
 *
 * libmicrohttpd alone, which answers everything with the bytes of a file:
 * what the library and the machine ask before anything is done.
 *
 *   port  where; ends when its input does
 */
#include "bench.h"

#include <microhttpd.h>
#include <stdio.h>

typedef struct
{
  char *bytes;
  gsize size;
  guint status;
} Bare;

static enum MHD_Result
on_access (void *data, struct MHD_Connection *connection, const char *url,
           const char *method, const char *version, const char *upload,
           size_t *upload_size, void **begun)
{
  static int there;
  const Bare *bare = data;
  (void)url;
  (void)method;
  (void)version;
  (void)upload;
  if (*begun == NULL || *upload_size > 0)
    {
      *begun = &there;
      *upload_size = 0;
      return MHD_YES;
    }
  struct MHD_Response *response = MHD_create_response_from_buffer (
      bare->size, bare->bytes, MHD_RESPMEM_PERSISTENT);
  MHD_add_response_header (response, "Content-Type", "application/json");
  const enum MHD_Result queued
      = MHD_queue_response (connection, bare->status, response);
  MHD_destroy_response (response);
  return queued;
}

int
main (int argc, char **arguments)
{
  Bare bare = { 0 };
  g_autoptr (GError) error = NULL;
  if (argc != 3)
    return 2;
  bare.status = bench_number (arguments[2]);
  if (!g_file_get_contents (arguments[1], &bare.bytes, &bare.size, &error))
    return bench_status ("bench-bare", g_steal_pointer (&error));
  struct MHD_Daemon *daemon = MHD_start_daemon (
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, 0, NULL, NULL, on_access,
      &bare, MHD_OPTION_CONNECTION_LIMIT, 1024u, MHD_OPTION_THREAD_POOL_SIZE,
      9u, MHD_OPTION_END);
  if (daemon == NULL)
    return 3;
  bench_put_integer (
      "port", MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
  fflush (stdout);
  while (getchar () != EOF)
    ;
  MHD_stop_daemon (daemon);
  g_free (bare.bytes);
  return 0;
}
