/* bench-check ROUNDS FILES FOLDER
 *
 * The texts (NNN.txt) of FOLDER, checked in two ways: put one behind the other
 * until they are a million bytes, as a single text; and one by one in turn
 * until FILES are done, each read, checked and let go.
 *
 *   text_ms       the single text, ROUNDS times
 *   text_cpu_ms   the same, of the processor
 *   text_kib      how large it is
 *   files_ms      all the files
 *   early_kib     memory in use when a tenth of the files was done
 *   late_kib      at the end
 *   claims        in all the files
 */
#include "check/check.h"
#include "bench.h"

#include <stdio.h>
#include <time.h>

#define PROGRAM "bench-check"
#define TEXT_BYTES 1000000

/* The texts of a folder in order of their names. */
static GPtrArray *
texts_read (const char *path, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  const char *name = NULL;

  if (folder == NULL)
    return NULL;
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      char *text = NULL;

      if (!g_str_has_suffix (name, ".txt"))
        continue;
      if (!g_file_get_contents (file, &text, NULL, error))
        return NULL;
      g_ptr_array_add (texts, text);
    }
  if (texts->len == 0)
    return hx_failf (error, HX_ERROR_NOT_FOUND, "%s: no .txt", path), NULL;
  return g_steal_pointer (&texts);
}

static gboolean
check_text (const char *text, gsize length, gint64 *claims, GError **error)
{
  g_autoptr (HxSource) source = hx_source_new ("-", text, length, error);
  g_autoptr (HxCheckResult) result = NULL;

  if (source == NULL)
    return FALSE;
  result = hx_check_source (source);
  *claims += result->claims->len;
  return TRUE;
}

static gboolean
measure_one (GPtrArray *texts, guint rounds, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  gint64 claims = 0;

  for (guint i = 0; all->len < TEXT_BYTES; i++)
    g_string_append (all, texts->pdata[i % texts->len]);
  bench_put_integer ("text_kib", (gint64)all->len / 1024);
  for (guint i = 0; i < rounds; i++)
    {
      const gint64 start = bench_now ();
      const clock_t processor = clock ();

      if (!check_text (all->str, all->len, &claims, error))
        return FALSE;
      bench_put_time ("text_ms", start);
      printf ("text_cpu_ms\t%.3f\n",
              (double)(clock () - processor) * 1e3 / CLOCKS_PER_SEC);
    }
  return TRUE;
}

static gboolean
measure_many (GPtrArray *texts, guint files, GError **error)
{
  const gint64 start = bench_now ();
  gint64 claims = 0;

  for (guint i = 0; i < files; i++)
    {
      const char *text = texts->pdata[i % texts->len];

      if (!check_text (text, strlen (text), &claims, error))
        return FALSE;
      if (i + 1 == MAX (files / 10, 1))
        bench_put_integer ("early_kib", bench_resident_kib ());
    }
  bench_put_time ("files_ms", start);
  bench_put_integer ("late_kib", bench_resident_kib ());
  bench_put_integer ("claims", claims);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  const guint rounds = argc == 4 ? bench_number (argv[1]) : 0;
  const guint files = argc == 4 ? bench_number (argv[2]) : 0;

  if (rounds == 0 || files == 0)
    {
      fprintf (stderr, "usage: %s ROUNDS FILES FOLDER\n", PROGRAM);
      return 2;
    }
  texts = texts_read (argv[3], &error);
  if (texts != NULL && measure_many (texts, files, &error))
    measure_one (texts, rounds, &error);
  return bench_status (PROGRAM, error);
}
