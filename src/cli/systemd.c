#include "cli/systemd.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST_SOCKET 3

static gboolean
is_number (const char *name, gint64 at_least, gint64 at_most)
{
  gint64 value;
  const char *text = g_getenv (name);
  return text != NULL
         && g_ascii_string_to_signed (text, 10, at_least, at_most, &value,
                                      NULL);
}

int
hx_systemd_socket (void)
{
  if (!is_number ("LISTEN_PID", getpid (), getpid ())
      || !is_number ("LISTEN_FDS", 1, 64))
    return 0;
  fcntl (FIRST_SOCKET, F_SETFD, FD_CLOEXEC);
  fcntl (FIRST_SOCKET, F_SETFL, fcntl (FIRST_SOCKET, F_GETFL) | O_NONBLOCK);
  return FIRST_SOCKET;
}

void
hx_systemd_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un to = { .sun_family = AF_UNIX };
  if (path == NULL || (path[0] != '/' && path[0] != '@')
      || strlen (path) >= sizeof to.sun_path)
    return;
  g_strlcpy (to.sun_path, path, sizeof to.sun_path);
  /* "@" stands for the NUL of the abstract names. */
  if (to.sun_path[0] == '@')
    to.sun_path[0] = '\0';
  const int s = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (s < 0)
    return;
  const socklen_t size
      = (socklen_t)(offsetof (struct sockaddr_un, sun_path) + strlen (path));
  sendto (s, state, strlen (state), MSG_NOSIGNAL, (struct sockaddr *)&to, size);
  close (s);
}
