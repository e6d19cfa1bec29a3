/* bench-writers DB-GROUPED DB-SINGLE THREADS WRITES ROUNDS
 *
 * Two copies of one database.  In each round the same visits are written to
 * both, each visit a write of its own with all checks, its change-log entry
 * and its cells, answered when it is durable: to the first by THREADS threads
 * at once, to the second one behind the other by a store that commits each
 * write by itself.  A third measurement commits one bare row of a plain table
 * each time: what the disk and the engine alone ask.
 *
 *   grouped_ms  all writes of a round by all threads
 *   single_ms   the same one by one
 *   bare_ms     as many bare rows one by one
 *   answer_ms   one write as one of many threads sees it
 *   lone_ms     one write with nobody else about
 */
#include "bench.h"

#include <stdio.h>

#define PROGRAM "bench-writers"
#define DAY_FIRST 20310101 /* a year in which the sample has no visits */

typedef struct
{
  BenchBase base;
  const HxKind *visit;
  GPtrArray *people; /* char *: what a cell would name them by */
} Bureau;

typedef struct
{
  Bureau *bureau;
  guint first, end; /* visits */
  gint64 *took;     /* microseconds, by visit; may be NULL */
  GError *error;
} Clerk;

typedef struct
{
  const Bureau *bureau;
  guint index;
} Visit;

/* ------------------------------------------------------------ one visit */

static gboolean
set_fields (HxLedger *ledger, HxRow *row, const Visit *visit, HxFaults *faults,
            GError **error)
{
  const GPtrArray *people = visit->bureau->people;
  const gint64 day = hx_date_days (hx_date_from_number (DAY_FIRST));
  char date[HX_DATE_TEXT_SIZE];

  hx_date_format (hx_date_from_days (day + visit->index / people->len), date);
  const char *const cells[][2]
      = { { "cadre", people->pdata[visit->index % people->len] },
          { "date", date },
          { "occasion", "生日" },
          { "visitor", "王小红" },
          { "gift", "500.00" },
          { "note", "精神很好，子女在身边，想参加书画班" } };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    if (!hx_row_set (ledger, row,
                     hx_kind_field (visit->bureau->visit, cells[i][0]),
                     cells[i][1], faults, error))
      return FALSE;
  return hx_row_check (ledger, row, NULL, faults, error);
}

static gboolean
put_visit (HxLedger *ledger, gpointer data, GError **error)
{
  const Visit *visit = data;
  g_autoptr (HxRow) row = hx_row_new (visit->bureau->visit);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { list };
  HxPutOutcome outcome = HX_PUT_REFUSED;
  const gboolean done
      = set_fields (ledger, row, visit, &faults, error)
        && hx_ledger_put (ledger, row, NULL, &outcome, &faults, error);

  if (done && outcome == HX_PUT_NEW)
    return TRUE;
  if (error != NULL && *error != NULL)
    return FALSE;
  return hx_fail (error, HX_ERROR_DATA,
                  list->len > 0 ? list->pdata[0] : "the visit is not new", NULL,
                  "use a fresh copy of the database");
}

static gboolean
write_visit (Bureau *bureau, guint index, GError **error)
{
  const HxAuthor author = { "bench", "bench" };
  Visit visit = { bureau, index };

  return hx_measure_write (bureau->base.store, bureau->base.catalogue, &author,
                           put_visit, &visit, error);
}

/* --------------------------------------------------------- rows of them */

static gpointer
clerk_main (gpointer data)
{
  Clerk *clerk = data;

  for (guint i = clerk->first; i < clerk->end; i++)
    {
      const gint64 start = bench_now ();

      if (!write_visit (clerk->bureau, i, &clerk->error))
        break;
      if (clerk->took != NULL)
        clerk->took[i - clerk->first] = bench_now () - start;
    }
  return NULL;
}

static void
put_answers (const char *name, const Clerk *clerk)
{
  for (guint i = 0; i < clerk->end - clerk->first; i++)
    printf ("%s\t%.3f\n", name, (double)clerk->took[i] / 1e3);
}

/* `threads` clerks write visits from `first`, `each` of them. */
static gboolean
write_grouped (Bureau *bureau, guint threads, guint first, guint each,
               GError **error)
{
  g_autofree Clerk *clerks = g_new0 (Clerk, threads);
  g_autofree GThread **running = g_new0 (GThread *, threads);
  g_autofree gint64 *took = g_new0 (gint64, (gsize)threads * each);
  const gint64 start = bench_now ();

  for (guint i = 0; i < threads; i++)
    {
      clerks[i] = (Clerk){ .bureau = bureau,
                           .first = first + i * each,
                           .end = first + (i + 1) * each,
                           .took = took + (gsize)i * each };
      running[i] = g_thread_new ("clerk", clerk_main, &clerks[i]);
    }
  for (guint i = 0; i < threads; i++)
    g_thread_join (running[i]);
  bench_put_time ("grouped_ms", start);
  for (guint i = 0; i < threads; i++)
    {
      put_answers ("answer_ms", &clerks[i]);
      if (clerks[i].error != NULL && error != NULL && *error == NULL)
        g_propagate_error (error, clerks[i].error);
      else
        g_clear_error (&clerks[i].error);
    }
  return error == NULL || *error == NULL;
}

static gboolean
write_single (Bureau *bureau, guint first, guint writes, GError **error)
{
  g_autofree gint64 *took = g_new0 (gint64, writes);
  Clerk clerk
      = { .bureau = bureau, .first = first, .end = first + writes, took, NULL };
  const gint64 start = bench_now ();

  clerk_main (&clerk);
  bench_put_time ("single_ms", start);
  if (clerk.error != NULL)
    return g_propagate_error (error, clerk.error), FALSE;
  put_answers ("lone_ms", &clerk);
  return TRUE;
}

/* ------------------------------------------------------------ bare rows */

static gboolean
make_bare_table (HxConnection *connection, gpointer data, GError **error)
{
  (void)data;
  return hx_execute (connection,
                     "CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)",
                     error);
}

static gboolean
put_bare_row (HxConnection *connection, gpointer data, GError **error)
{
  (void)data;
  return hx_execute (connection,
                     "INSERT INTO bare (text) VALUES"
                     " ('精神很好，子女在身边，想参加书画班')",
                     error);
}

static gboolean
write_bare (Bureau *bureau, guint writes, GError **error)
{
  const gint64 start = bench_now ();

  for (guint i = 0; i < writes; i++)
    if (!hx_write (bureau->base.store, put_bare_row, NULL, error))
      return FALSE;
  bench_put_time ("bare_ms", start);
  return TRUE;
}

/* --------------------------------------------------------------- bureau */

static gboolean
load_people (Bureau *bureau, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (bureau->base.store, error);
  HxStatement *statement
      = reader != NULL
            ? hx_statement (hx_reader_connection (reader),
                            "SELECT id_number FROM reg_cadre"
                            " WHERE bureau_id = 1 AND void = 0 ORDER BY id",
                            error)
            : NULL;
  HxStep step;

  if (statement == NULL)
    return FALSE;
  bureau->people = g_ptr_array_new_with_free_func (g_free);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_ptr_array_add (bureau->people, g_strdup (hx_column_text (statement, 0)));
  hx_statement_reset (statement);
  if (step == HX_STEP_DONE && bureau->people->len == 0)
    return hx_fail (error, HX_ERROR_DATA, "no cadres to visit",
                    hx_store_url (bureau->base.store), "import them first");
  return step == HX_STEP_DONE;
}

static gboolean
bureau_open (Bureau *bureau, const char *path, guint batch_max, GError **error)
{
  const HxStoreOptions options = { .batch_max = batch_max };

  if (!bench_open (&bureau->base, path, &options, error))
    return FALSE;
  bureau->visit = hx_catalogue_kind (bureau->base.catalogue, "visit");
  return load_people (bureau, error)
         && hx_write (bureau->base.store, make_bare_table, NULL, error);
}

static void
bureau_close (Bureau *bureau)
{
  bench_close (&bureau->base);
  g_clear_pointer (&bureau->people, g_ptr_array_unref);
}

/* The two sides take turns, and turns in going first. */
static gboolean
run_rounds (Bureau *grouped, Bureau *single, const guint *numbers,
            GError **error)
{
  const guint threads = numbers[0], each = MAX (numbers[1] / threads, 1);
  const guint writes = threads * each;

  for (guint round = 0; round < numbers[2]; round++)
    {
      const guint first = round * writes;
      const gboolean done
          = round % 2 == 0
                ? write_grouped (grouped, threads, first, each, error)
                      && write_single (single, first, writes, error)
                : write_single (single, first, writes, error)
                      && write_grouped (grouped, threads, first, each, error);

      if (!done || !write_bare (single, writes, error))
        return FALSE;
    }
  bench_put_integer ("threads", threads);
  bench_put_integer ("writes", writes);
  return TRUE;
}

static gboolean
measure (char **arguments, GError **error)
{
  Bureau grouped = { 0 }, single = { 0 };
  guint numbers[3];
  gboolean done = TRUE;

  for (guint i = 0; i < 3; i++)
    if ((numbers[i] = bench_number (arguments[i + 3])) == 0)
      return hx_fail (error, HX_ERROR_USAGE, "not a number from 1",
                      arguments[i + 3], NULL);
  done = bureau_open (&grouped, arguments[1], 0, error)
         && bureau_open (&single, arguments[2], 1, error)
         && run_rounds (&grouped, &single, numbers, error);
  bureau_close (&grouped);
  bureau_close (&single);
  return done;
}

int
main (int count, char **arguments)
{
  g_autoptr (GError) error = NULL;

  if (count != 6)
    hx_fail (&error, HX_ERROR_USAGE,
             "usage: " PROGRAM " DB-GROUPED DB-SINGLE THREADS WRITES ROUNDS",
             NULL, NULL);
  else
    measure (arguments, &error);
  return bench_status (PROGRAM, error);
}
