/* libmicrohttpd closes a connection that is silent for too long; one that
 * sends a byte now and then lives for ever.  Here every wait has an end: a
 * header is there after twice the time of silence, a body comes with a
 * kilobyte a second at least.  The socket of one that is late is shut down,
 * not closed: it stays libmicrohttpd's, which finds it at its end. */
#include "server/http_internal.h"

#include <netdb.h>
#include <sys/socket.h>

#define BODY_BYTES_PER_SECOND 1024

static void
cut_late (HxWatch *watch)
{
  const gint64 now = g_get_monotonic_time ();
  for (HxClient *each = watch->first; each != NULL; each = each->next)
    {
      const gint64 deadline
          = __atomic_load_n (&each->deadline, __ATOMIC_RELAXED);
      if (deadline != 0 && deadline < now)
        shutdown (each->socket, SHUT_RDWR);
    }
}

static gpointer
watch_main (gpointer data)
{
  HxWatch *watch = data;
  pthread_mutex_lock (&watch->lock);
  while (!watch->is_stopping)
    {
      struct timespec until;
      clock_gettime (CLOCK_REALTIME, &until);
      until.tv_sec += 1;
      pthread_cond_timedwait (&watch->stop, &watch->lock, &until);
      cut_late (watch);
    }
  pthread_mutex_unlock (&watch->lock);
  return NULL;
}

void
hx_watch_start (HxWatch *watch, guint idle_seconds)
{
  pthread_mutex_init (&watch->lock, NULL);
  pthread_cond_init (&watch->stop, NULL);
  watch->patience = 2 * (gint64)idle_seconds * G_USEC_PER_SEC;
  watch->thread = g_thread_new ("hx-watch", watch_main, watch);
}

void
hx_watch_stop (HxWatch *watch)
{
  pthread_mutex_lock (&watch->lock);
  watch->is_stopping = TRUE;
  pthread_cond_signal (&watch->stop);
  pthread_mutex_unlock (&watch->lock);
  g_thread_join (watch->thread);
  pthread_cond_destroy (&watch->stop);
  pthread_mutex_destroy (&watch->lock);
}

static char *
peer_address (struct MHD_Connection *connection)
{
  char text[64];
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (
      connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *peer = info != NULL ? info->client_addr : NULL;
  socklen_t size = sizeof (struct sockaddr_in6);
  if (peer != NULL && peer->sa_family == AF_INET)
    size = sizeof (struct sockaddr_in);
  if (peer == NULL
      || (peer->sa_family != AF_INET && peer->sa_family != AF_INET6)
      || getnameinfo (peer, size, text, sizeof text, NULL, 0, NI_NUMERICHOST)
             != 0)
    return g_strdup ("-");
  /* An IPv4 client of a socket of both. */
  return g_strdup (g_str_has_prefix (text, "::ffff:") ? text + 7 : text);
}

HxClient *
hx_watch_add (HxWatch *watch, struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  HxClient *client = g_new0 (HxClient, 1);
  client->address = peer_address (connection);
  client->socket = info->connect_fd;
  hx_watch_header (watch, client);
  pthread_mutex_lock (&watch->lock);
  client->next = watch->first;
  if (client->next != NULL)
    client->next->previous = client;
  watch->first = client;
  watch->count++;
  pthread_mutex_unlock (&watch->lock);
  return client;
}

void
hx_watch_remove (HxWatch *watch, HxClient *client)
{
  pthread_mutex_lock (&watch->lock);
  if (client->previous != NULL)
    client->previous->next = client->next;
  else
    watch->first = client->next;
  if (client->next != NULL)
    client->next->previous = client->previous;
  watch->count--;
  pthread_mutex_unlock (&watch->lock);
  g_free (client->address);
  g_free (client);
}

static void
set_deadline (HxClient *client, gint64 deadline)
{
  __atomic_store_n (&client->deadline, deadline, __ATOMIC_RELAXED);
}

void
hx_watch_header (const HxWatch *watch, HxClient *client)
{
  set_deadline (client, g_get_monotonic_time () + watch->patience);
}

void
hx_watch_body (const HxWatch *watch, HxClient *client, gint64 began,
               guint64 received)
{
  const gint64 seconds = (gint64)(received / BODY_BYTES_PER_SECOND);
  set_deadline (client, began + watch->patience + seconds * G_USEC_PER_SEC);
}

void
hx_watch_nothing (HxClient *client)
{
  set_deadline (client, 0);
}
