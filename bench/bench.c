#include "bench.h"

#include <stdio.h>
#include <unistd.h>

gboolean
bench_open (BenchBase *base, const char *path, const HxStoreOptions *options,
            GError **error)
{
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (HxReader) reader = NULL;

  base->store = hx_store_open (url, HX_STORE_OPEN, options, error);
  if (base->store == NULL)
    return FALSE;
  reader = hx_store_reader (base->store, error);
  if (reader == NULL)
    return FALSE;
  base->catalogue
      = hx_catalogue_installed (hx_reader_connection (reader), error);
  return base->catalogue != NULL;
}

void
bench_close (BenchBase *base)
{
  g_clear_pointer (&base->store, hx_store_close);
  g_clear_pointer (&base->catalogue, hx_catalogue_unref);
}

gint64
bench_now (void)
{
  return g_get_monotonic_time ();
}

void
bench_put_time (const char *name, gint64 start)
{
  printf ("%s\t%.3f\n", name, (double)(bench_now () - start) / 1e3);
}

void
bench_put_integer (const char *name, gint64 value)
{
  printf ("%s\t%" G_GINT64_FORMAT "\n", name, value);
}

gint64
bench_resident_kib (void)
{
  g_autofree char *text = NULL;
  long size = 0, resident = 0;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL)
      || sscanf (text, "%ld %ld", &size, &resident) != 2)
    return 0;
  return (gint64)resident * (sysconf (_SC_PAGESIZE) / 1024);
}

guint
bench_number (const char *text)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT32, &number, NULL))
    return 0;
  return (guint)number;
}

int
bench_status (const char *program, GError *error)
{
  if (error == NULL)
    return 0;
  fprintf (stderr, "%s: %s\n", program, error->message);
  return hx_error_exit_status (error);
}
