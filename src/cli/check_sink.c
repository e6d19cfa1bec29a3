#include "cli/check_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static gboolean
fail (const HxCliSink *sink, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, _ ("结果写不出去"),
                  sink->path != NULL ? sink->path : _ ("标准输出"),
                  g_strerror (errno));
}

gboolean
hx_cli_sink_open (HxCliSink *sink, const char *path, GError **error)
{
  sink->descriptor = STDOUT_FILENO;
  if (path == NULL)
    return TRUE;
  sink->path = g_strdup (path);
  sink->temporary = g_strconcat (path, ".XXXXXX", NULL);
  sink->descriptor
      = g_mkstemp_full (sink->temporary, O_WRONLY | O_CLOEXEC, 0644);
  if (sink->descriptor >= 0)
    return TRUE;
  g_clear_pointer (&sink->temporary, g_free);
  return fail (sink, error);
}

gboolean
hx_cli_sink_write (HxCliSink *sink, GString *text, GError **error)
{
  gsize done = 0;

  while (done < text->len)
    {
      gssize written
          = write (sink->descriptor, text->str + done, text->len - done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return fail (sink, error);
      done += (gsize)written;
    }
  g_string_truncate (text, 0);
  return TRUE;
}

gboolean
hx_cli_sink_finish (HxCliSink *sink, GError **error)
{
  if (sink->temporary == NULL)
    return TRUE;
  if (fsync (sink->descriptor) != 0
      || g_rename (sink->temporary, sink->path) != 0)
    return fail (sink, error);
  g_clear_pointer (&sink->temporary, g_free);
  return TRUE;
}

void
hx_cli_sink_clear (HxCliSink *sink)
{
  if (sink->path != NULL && sink->descriptor >= 0)
    close (sink->descriptor);
  if (sink->temporary != NULL)
    g_unlink (sink->temporary);
  g_free (sink->temporary);
  g_free (sink->path);
}
