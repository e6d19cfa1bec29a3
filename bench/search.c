/* bench-search DB ROUNDS WORDS [WHERE]
 *
 * The first 20 that `hongxia search WORDS` shows, found by hx_search on a
 * reader of its own each time, and the first 20 rows of the register cadre for
 * which the plain condition WHERE holds.
 *
 *   first_ms    the first search of the process
 *   search_ms   each of ROUNDS more
 *   like_ms     the plain condition, up to PLAIN_ROUNDS times
 *   hits        how many the search gave
 */
#include "ledger/search.h"
#include "bench.h"

#include <stdio.h>

#define PROGRAM "bench-search"
#define LIMIT 20
#define PLAIN_ROUNDS 3

static gboolean
count_hit (const HxRow *row, HxSearchRank rank, gpointer data)
{
  (void)row;
  (void)rank;
  ++*(gint64 *)data;
  return TRUE;
}

static gboolean
search (const BenchBase *base, char **words, const char *name, gint64 *hits,
        GError **error)
{
  const HxSearchQuery query
      = { .words = (const char *const *)words, .limit = LIMIT };
  const gint64 start = bench_now ();
  g_autoptr (HxReader) reader = hx_store_reader (base->store, error);

  *hits = 0;
  if (reader == NULL
      || !hx_search (hx_reader_connection (reader), base->catalogue, &query,
                     count_hit, hits, error))
    return FALSE;
  bench_put_time (name, start);
  return TRUE;
}

static gboolean
plain (const BenchBase *base, const char *where, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id, name FROM reg_cadre WHERE void = 0 AND %s LIMIT %d", where,
      LIMIT);
  const gint64 start = bench_now ();
  g_autoptr (HxReader) reader = hx_store_reader (base->store, error);
  g_autoptr (HxStatement) statement = NULL;
  HxStep step = HX_STEP_ERROR;

  if (reader != NULL)
    statement = hx_statement_new (hx_reader_connection (reader), sql, error);
  while (statement != NULL
         && (step = hx_step (statement, error)) == HX_STEP_ROW)
    continue;
  bench_put_time ("like_ms", start);
  return step == HX_STEP_DONE;
}

static gboolean
measure (const BenchBase *base, char **arguments, GError **error)
{
  g_auto (GStrv) words = g_strsplit (arguments[3], " ", -1);
  gint64 hits = 0;

  if (!search (base, words, "first_ms", &hits, error))
    return FALSE;
  for (guint i = 0; i < bench_number (arguments[2]); i++)
    if (!search (base, words, "search_ms", &hits, error))
      return FALSE;
  bench_put_integer ("hits", hits);
  for (guint i = 0; arguments[4] != NULL && i < PLAIN_ROUNDS; i++)
    if (!plain (base, arguments[4], error))
      return FALSE;
  return TRUE;
}

int
main (int count, char **arguments)
{
  g_autoptr (GError) error = NULL;
  BenchBase base = { 0 };

  if (count != 4 && count != 5)
    hx_fail (&error, HX_ERROR_USAGE,
             "usage: " PROGRAM " DB ROUNDS WORDS [WHERE]", NULL, NULL);
  else if (bench_open (&base, arguments[1], NULL, &error))
    measure (&base, arguments, &error);
  bench_close (&base);
  return bench_status (PROGRAM, error);
}
