#include "server/http_internal.h"

#define STATUSES_MAX 24

static const gint64 bounds[]
    = { 500,   1000,   2500,   5000,    10000,   25000,
        50000, 100000, 250000, 1000000, 5000000, 30000000 }; /* µs */

typedef struct
{
  guint status;
  guint64 count;
} StatusCount;

typedef struct
{
  StatusCount statuses[STATUSES_MAX];
  guint64 within[G_N_ELEMENTS (bounds) + 1];
  guint64 count;
  gint64 micros;
} Counters;

void
hx_metrics_init (HxMetrics *metrics)
{
  pthread_mutex_init (&metrics->lock, NULL);
  metrics->routes
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

void
hx_metrics_clear (HxMetrics *metrics)
{
  g_hash_table_unref (metrics->routes);
  pthread_mutex_destroy (&metrics->lock);
}

static Counters *
counters_of (HxMetrics *metrics, const char *route)
{
  Counters *counters = g_hash_table_lookup (metrics->routes, route);
  if (counters != NULL)
    return counters;
  counters = g_new0 (Counters, 1);
  g_hash_table_insert (metrics->routes, (gpointer)(gsize)route, counters);
  return counters;
}

static void
count_status (Counters *counters, guint status)
{
  for (gsize i = 0; i < STATUSES_MAX; i++)
    {
      StatusCount *each = &counters->statuses[i];
      if (each->status != 0 && each->status != status)
        continue;
      each->status = status;
      each->count++;
      return;
    }
}

void
hx_metrics_count (HxMetrics *metrics, const HxReply *reply, gint64 micros)
{
  gsize bucket = 0;
  while (bucket < G_N_ELEMENTS (bounds) && micros > bounds[bucket])
    bucket++;
  pthread_mutex_lock (&metrics->lock);
  Counters *counters
      = counters_of (metrics, reply->route != NULL ? reply->route : "none");
  count_status (counters, reply->status);
  counters->within[bucket]++;
  counters->count++;
  counters->micros += micros;
  pthread_mutex_unlock (&metrics->lock);
}

static void
write_statuses (const char *route, const Counters *counters, GString *out)
{
  for (gsize i = 0; i < STATUSES_MAX && counters->statuses[i].status != 0; i++)
    g_string_append_printf (out,
                            "hongxia_http_requests_total{route=\"%s\","
                            "status=\"%u\"} %" G_GUINT64_FORMAT "\n",
                            route, counters->statuses[i].status,
                            counters->statuses[i].count);
}

static void
write_seconds (GString *out, gint64 micros)
{
  g_string_append_printf (out, "%" G_GINT64_FORMAT ".%06d",
                          micros / G_USEC_PER_SEC,
                          (int)(micros % G_USEC_PER_SEC));
}

static void
write_buckets (const char *route, const Counters *counters, GString *out)
{
  static const char name[] = "hongxia_http_request_seconds";
  guint64 sum = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      sum += counters->within[i];
      g_string_append_printf (out, "%s_bucket{route=\"%s\",le=\"", name, route);
      write_seconds (out, bounds[i]);
      g_string_append_printf (out, "\"} %" G_GUINT64_FORMAT "\n", sum);
    }
  g_string_append_printf (
      out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %" G_GUINT64_FORMAT "\n", name,
      route, counters->count);
  g_string_append_printf (out, "%s_sum{route=\"%s\"} ", name, route);
  write_seconds (out, counters->micros);
  g_string_append_printf (out,
                          "\n%s_count{route=\"%s\"} %" G_GUINT64_FORMAT "\n",
                          name, route, counters->count);
}

typedef void (*WriteRoute) (const char *route, const Counters *counters,
                            GString *out);

static void
write_routes (HxMetrics *metrics, WriteRoute function, GString *out)
{
  GHashTableIter iter;
  gpointer route, counters;
  g_hash_table_iter_init (&iter, metrics->routes);
  while (g_hash_table_iter_next (&iter, &route, &counters))
    function (route, counters, out);
}

void
hx_metrics_write (HxMetrics *metrics, GString *out)
{
  pthread_mutex_lock (&metrics->lock);
  g_string_append (out,
                   "# HELP hongxia_http_requests_total Requests answered.\n"
                   "# TYPE hongxia_http_requests_total counter\n");
  write_routes (metrics, write_statuses, out);
  g_string_append (out,
                   "# HELP hongxia_http_request_seconds From the header to the "
                   "end of the reply.\n"
                   "# TYPE hongxia_http_request_seconds histogram\n");
  write_routes (metrics, write_buckets, out);
  pthread_mutex_unlock (&metrics->lock);
}
