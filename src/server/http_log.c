#include "server/http_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int
open_log (const char *path, GError **error)
{
  if (strcmp (path, "-") == 0)
    return fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
  const int file = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (file < 0)
    hx_fail (error, HX_ERROR_STORE, _ ("不能写访问日志"), path,
             g_strerror (errno));
  return file;
}

gboolean
hx_access_log_open (HxAccessLog *log, const char *path, GError **error)
{
  pthread_mutex_init (&log->lock, NULL);
  log->file = -1;
  if (path == NULL)
    return TRUE;
  log->path = g_strdup (path);
  log->file = open_log (path, error);
  return log->file >= 0;
}

gboolean
hx_access_log_reopen (HxAccessLog *log, GError **error)
{
  if (log->path == NULL)
    return TRUE;
  const int file = open_log (log->path, error);
  if (file < 0)
    return FALSE;
  pthread_mutex_lock (&log->lock);
  const int before = log->file;
  log->file = file;
  pthread_mutex_unlock (&log->lock);
  close (before);
  return TRUE;
}

void
hx_access_log_close (HxAccessLog *log)
{
  if (log->file >= 0)
    close (log->file);
  g_free (log->path);
  pthread_mutex_destroy (&log->lock);
}

static void
append_time (HxJson *json)
{
  const gint64 now = g_get_real_time ();
  const time_t seconds = (time_t)(now / G_USEC_PER_SEC);
  char text[64];
  struct tm parts;
  gmtime_r (&seconds, &parts);
  const gsize length
      = strftime (text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  g_snprintf (text + length, sizeof text - length, ".%03dZ",
              (int)(now % G_USEC_PER_SEC / 1000));
  hx_json_member (json, "time", text);
}

/* No path and no query: both may hold what is nobody's business. */
void
hx_access_log_write (HxAccessLog *log, const HxTurn *turn, gint64 micros)
{
  if (log->path == NULL || turn->reply == NULL)
    return;
  g_autoptr (GString) line = g_string_sized_new (256);
  HxJson json;
  hx_json_init (&json, line, FALSE);
  hx_json_object_begin (&json);
  append_time (&json);
  hx_json_member (&json, "id", turn->request.id);
  hx_json_member (&json, "address", turn->request.address);
  hx_json_member (&json, "method", turn->method);
  hx_json_member (&json, "route", turn->reply->route);
  hx_json_member_integer (&json, "status", (gint64)turn->reply->status);
  hx_json_member_integer (&json, "bytes", (gint64)turn->reply_size);
  hx_json_member_integer (&json, "micros", micros);
  hx_json_member (&json, "user", turn->reply->user);
  hx_json_object_end (&json);
  g_string_append_c (line, '\n');
  pthread_mutex_lock (&log->lock);
  /* A log that cannot be written must not stop the work. */
  const gssize written = write (log->file, line->str, line->len);
  (void)written;
  pthread_mutex_unlock (&log->lock);
}
