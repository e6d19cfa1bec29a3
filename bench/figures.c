/* bench-figures DB YEAR ROUNDS PLAIN-ROUNDS
 * bench-figures DB YEAR --print
 *
 * All figures of a year, read from their cells and counted anew by plain SQL
 * (plain_sql.h) over the same file on a reader of its own.  In each round
 * the cells come first; the plain SQL takes part in the first PLAIN-ROUNDS.
 * What the two say is compared: a figure that differs is named.
 *
 *   open_ms        open the store and the catalogue
 *   first_ms       the first reading of all figures
 *   cells_ms       reading them, a new reader each time
 *   plain_ms       counting them
 *   opened_kib, read_kib, counted_kib   memory in use after each
 *   figures, agreeing, rows             how many, and the rows behind them
 *
 * --print writes the SQL itself, for the sqlite3 shell. */
#include "bench.h"
#include "plain_sql.h"

#include <stdio.h>
#include <string.h>

#define PROGRAM "bench-figures"

typedef struct
{
  gint64 numerator, denominator;
} Counted;

static GPtrArray *
read_figures (const BenchBase *base, int year, const char *name, GError **error)
{
  const HxPeriod period = { .year = year };
  const gint64 start = bench_now ();
  g_autoptr (HxReader) reader = hx_store_reader (base->store, error);
  g_autoptr (GPtrArray) figures = NULL;

  if (reader == NULL)
    return NULL;
  figures = hx_figures_read (hx_reader_connection (reader), base->catalogue,
                             &period, error);
  if (figures == NULL)
    return NULL;
  bench_put_time (name, start);
  return g_steal_pointer (&figures);
}

/* ------------------------------------------------------------ plain SQL */

static gboolean
count_one (HxConnection *connection, const char *sql, Counted *counted,
           GError **error)
{
  g_autoptr (HxStatement) statement = hx_statement_new (connection, sql, error);

  if (statement == NULL || hx_step (statement, error) != HX_STEP_ROW)
    return FALSE;
  counted->numerator = hx_column_integer (statement, 0);
  counted->denominator = hx_column_integer (statement, 1);
  return TRUE;
}

/* Counted by indicator; a typed one has denominator 0 and numerator 0. */
static Counted *
count_figures (const BenchBase *base, int year, GError **error)
{
  const GPtrArray *indicators = hx_catalogue_indicators (base->catalogue);
  const gint64 start = bench_now ();
  g_autofree Counted *counted = g_new0 (Counted, indicators->len);
  g_autoptr (HxReader) reader = hx_store_reader (base->store, error);

  if (reader == NULL)
    return NULL;
  for (guint i = 0; i < indicators->len; i++)
    {
      g_autofree char *sql = bench_plain_sql (indicators->pdata[i], year);

      if (sql != NULL
          && !count_one (hx_reader_connection (reader), sql, &counted[i],
                         error))
        return NULL;
    }
  bench_put_time ("plain_ms", start);
  return g_steal_pointer (&counted);
}

static gboolean
agrees (const HxFigure *figure, const Counted *counted)
{
  __extension__ typedef __int128 Wide;
  const HxExact *exact = &figure->value;

  if (figure->indicator->measure == HX_MEASURE_TYPED)
    return TRUE;
  if (figure->is_void || counted->denominator == 0)
    return figure->is_void && counted->denominator == 0;
  return (Wide)exact->numerator * counted->denominator
         == (Wide)counted->numerator * exact->denominator;
}

static void
compare (const GPtrArray *figures, const Counted *counted)
{
  gint64 agreeing = 0, rows = 0;

  for (guint i = 0; i < figures->len; i++)
    {
      const HxFigure *figure = figures->pdata[i];

      rows += figure->rows;
      if (agrees (figure, &counted[i]))
        agreeing++;
      else
        fprintf (stderr,
                 PROGRAM ": %s: cells %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
                         ", plain SQL %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
                         "\n",
                 figure->indicator->key, figure->value.numerator,
                 figure->value.denominator, counted[i].numerator,
                 counted[i].denominator);
    }
  bench_put_integer ("figures", figures->len);
  bench_put_integer ("agreeing", agreeing);
  bench_put_integer ("rows", rows);
}

/* --------------------------------------------------------------- rounds */

static gboolean
run_round (const BenchBase *base, int year, gboolean with_plain,
           gboolean is_first, GError **error)
{
  g_autoptr (GPtrArray) figures
      = read_figures (base, year, is_first ? "first_ms" : "cells_ms", error);
  g_autofree Counted *counted = NULL;

  if (figures == NULL)
    return FALSE;
  if (is_first)
    bench_put_integer ("read_kib", bench_resident_kib ());
  if (!with_plain)
    return TRUE;
  counted = count_figures (base, year, error);
  if (counted == NULL)
    return FALSE;
  if (!is_first)
    return TRUE;
  bench_put_integer ("counted_kib", bench_resident_kib ());
  compare (figures, counted);
  return TRUE;
}

static void
print_sql (const BenchBase *base, int year)
{
  const GPtrArray *indicators = hx_catalogue_indicators (base->catalogue);

  for (guint i = 0; i < indicators->len; i++)
    {
      g_autofree char *sql = bench_plain_sql (indicators->pdata[i], year);

      if (sql != NULL)
        printf ("%s;\n", sql);
    }
}

static gboolean
measure (const BenchBase *base, int year, char **rounds, GError **error)
{
  const guint all = bench_number (rounds[0]), plain = bench_number (rounds[1]);

  for (guint i = 0; i <= all; i++)
    if (!run_round (base, year, i < plain, i == 0, error))
      return FALSE;
  return TRUE;
}

static gboolean
run (int count, char **arguments, GError **error)
{
  BenchBase base = { 0 };
  gboolean done = FALSE;
  const gboolean is_print = count == 4 && strcmp (arguments[3], "--print") == 0;
  const gint64 start = bench_now ();

  if (count != 5 && !is_print)
    return hx_fail (error, HX_ERROR_USAGE,
                    "usage: " PROGRAM " DB YEAR ROUNDS PLAIN-ROUNDS | --print",
                    NULL, NULL);
  if (bench_open (&base, arguments[1], NULL, error))
    {
      const int year = (int)bench_number (arguments[2]);

      done = TRUE;
      if (is_print)
        print_sql (&base, year);
      else
        {
          bench_put_time ("open_ms", start);
          bench_put_integer ("opened_kib", bench_resident_kib ());
          done = measure (&base, year, arguments + 3, error);
        }
    }
  bench_close (&base);
  return done;
}

int
main (int count, char **arguments)
{
  g_autoptr (GError) error = NULL;

  run (count, arguments, &error);
  return bench_status (PROGRAM, error);
}
