#include "server/http_internal.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* "[::]:443", "localhost:80", ":8023" for every address. */
static gboolean
split_address (const char *text, char **host, char **port)
{
  const char *colon = strrchr (text, ':');
  if (colon == NULL || colon[1] == '\0')
    return FALSE;
  const char *begin = text;
  const char *end = colon;
  if (end - begin >= 2 && begin[0] == '[' && end[-1] == ']')
    {
      begin++;
      end--;
    }
  *host = g_strndup (begin, (gsize)(end - begin));
  *port = g_strdup (colon + 1);
  return TRUE;
}

static int
listen_at (const struct addrinfo *at)
{
  const int yes = 1;
  int s = socket (at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (s < 0)
    return -1;
  setsockopt (s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind (s, at->ai_addr, at->ai_addrlen) == 0 && listen (s, SOMAXCONN) == 0)
    return s;
  const int wrong = errno;
  close (s);
  errno = wrong;
  return -1;
}

int
hx_socket_listen (const char *address, GError **error)
{
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;
  const struct addrinfo hints
      = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
  struct addrinfo *found = NULL;
  if (!split_address (address, &host, &port)
      || getaddrinfo (host[0] != '\0' ? host : NULL, port, &hints, &found) != 0)
    {
      hx_fail (error, HX_ERROR_USAGE, _ ("看不懂监听地址"), address,
               _ ("写成 地址:端口，例如 127.0.0.1:8023"));
      return -1;
    }
  const int s = listen_at (found);
  const int wrong = errno;
  freeaddrinfo (found);
  if (s < 0)
    hx_fail (error, HX_ERROR_STORE, _ ("不能在这个地址上监听"), address,
             g_strerror (wrong));
  return s;
}

guint
hx_socket_port (int s)
{
  struct sockaddr_storage name = { 0 };
  socklen_t size = sizeof name;
  if (getsockname (s, (struct sockaddr *)&name, &size) != 0)
    return 0;
  if (name.ss_family == AF_INET)
    return ntohs (((struct sockaddr_in *)&name)->sin_port);
  if (name.ss_family == AF_INET6)
    return ntohs (((struct sockaddr_in6 *)&name)->sin6_port);
  return 0;
}
