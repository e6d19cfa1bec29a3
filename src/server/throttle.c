/* How often one user may ask.
 *
 * Each has one number, the moment at which all that was asked so far would be
 * due at the allowed rate; it may lie at most BURST seconds ahead of now. */
#include "server/call_internal.h"

#define BURST G_GINT64_CONSTANT (10)
#define KNOWN_MAX 4096

struct _HxThrottle
{
  GMutex lock;
  GHashTable *due; /* char * → gint64 *, monotonic µs */
  gint64 interval; /* µs */
};

HxThrottle *
hx_throttle_new (guint rate)
{
  HxThrottle *throttle = g_new0 (HxThrottle, 1);
  g_mutex_init (&throttle->lock);
  throttle->due
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  throttle->interval = G_USEC_PER_SEC / MAX (rate, 1u);
  return throttle;
}

void
hx_throttle_free (HxThrottle *throttle)
{
  if (throttle == NULL)
    return;
  g_hash_table_unref (throttle->due);
  g_mutex_clear (&throttle->lock);
  g_free (throttle);
}

static gboolean
is_past (gpointer key, gpointer value, gpointer data)
{
  const gint64 *due = value, *now = data;
  (void)key;
  return *due <= *now;
}

static gint64 *
due_of (HxThrottle *throttle, const char *who, gint64 now)
{
  gint64 *due = g_hash_table_lookup (throttle->due, who);
  if (due != NULL)
    return due;
  if (g_hash_table_size (throttle->due) >= KNOWN_MAX)
    g_hash_table_foreach_remove (throttle->due, is_past, &now);
  due = g_new (gint64, 1);
  *due = now;
  g_hash_table_insert (throttle->due, g_strdup (who), due);
  return due;
}

guint
hx_throttle_take (HxThrottle *throttle, const char *who, gint64 now)
{
  guint wait = 0;
  g_mutex_lock (&throttle->lock);
  gint64 *due = due_of (throttle, who, now);
  const gint64 next = MAX (*due, now) + throttle->interval;
  const gint64 over = next - now - BURST * G_USEC_PER_SEC;
  if (over > 0)
    wait = (guint)((over + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  else
    *due = next;
  g_mutex_unlock (&throttle->lock);
  return wait;
}

gboolean
hx_throttle_check (HxCall *call, GError **error)
{
  char who[80];
  if (call->identity != NULL)
    g_snprintf (who, sizeof who, "u%" G_GINT64_FORMAT, call->identity->user_id);
  else
    g_snprintf (who, sizeof who, "a%s", call->request->address);
  const guint wait = hx_throttle_take (hx_app_throttle (call->app), who,
                                       g_get_monotonic_time ());
  if (wait == 0)
    return TRUE;
  char seconds[16];
  g_snprintf (seconds, sizeof seconds, "%u", wait);
  hx_call_header (call, "Retry-After", seconds);
  return hx_status_fail (error, 429, _ ("操作太频繁了"));
}
