#include "base/base_internal.h"

#include <string.h>

/* An error remembers how much of its message stands behind the first part, so
 * that a caller can still put a place there.  The length is counted from the
 * end: g_prefix_error does not disturb it. */
typedef struct
{
  gsize tail;
} HxErrorPrivate;

static void
hx_error_private_init (HxErrorPrivate *extra)
{
  extra->tail = 0;
}

static void
hx_error_private_copy (const HxErrorPrivate *from, HxErrorPrivate *to)
{
  to->tail = from->tail;
}

static void
hx_error_private_clear (HxErrorPrivate *extra)
{
  extra->tail = 0;
}

/* GLib's macro casts away a const. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-qual"
G_DEFINE_EXTENDED_ERROR (HxError, hx_error)
#pragma GCC diagnostic pop

static void
append_part (GString *message, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (message->len > 0)
    g_string_append (message, ": ");
  g_string_append (message, part);
}

gboolean
hx_fail (GError **error, HxErrorCode code, const char *what, const char *where,
         const char *what_to_do)
{
  g_autoptr (GString) message = NULL;
  gsize head;

  if (error == NULL)
    return FALSE;
  message = g_string_new (what);
  head = message->len;
  append_part (message, where);
  append_part (message, what_to_do);
  g_set_error_literal (error, HX_ERROR, (int)code, message->str);
  hx_error_get_private (*error)->tail = message->len - head;
  return FALSE;
}

gboolean
hx_failf (GError **error, HxErrorCode code, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  if (error == NULL)
    return FALSE;
  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return hx_fail (error, code, what, NULL, NULL);
}

void
hx_error_at (GError **error, const char *where)
{
  HxErrorPrivate *extra = NULL;
  g_autofree char *message = NULL;
  gsize length, tail = 0;

  if (error == NULL || *error == NULL || where == NULL || *where == '\0')
    return;
  if ((*error)->domain == HX_ERROR)
    extra = hx_error_get_private (*error);
  length = strlen ((*error)->message);
  if (extra != NULL)
    tail = MIN (extra->tail, length);
  message
      = g_strdup_printf ("%.*s: %s%s", (int)(length - tail), (*error)->message,
                         where, (*error)->message + length - tail);
  if (extra != NULL)
    extra->tail = tail + strlen (where) + 2;
  g_free ((*error)->message);
  (*error)->message = g_steal_pointer (&message);
}

int
hx_error_exit_status (const GError *error)
{
  if (error == NULL)
    return 0;
  if (error->domain != HX_ERROR)
    return 3;
  if (error->code == HX_ERROR_FINDING)
    return 1;
  return error->code == HX_ERROR_USAGE ? 2 : 3;
}
