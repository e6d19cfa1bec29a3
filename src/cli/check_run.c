/* Many files in several threads.
 *
 * The main thread hands out files in their order and takes the results in the
 * same order, so that the output does not depend on which thread was faster.
 * It hands out no more than HELD_PER_JOB files a thread beyond the one that it
 * waits for: a thousand files take the memory of a few. */
#include "cli/check_file.h"

#include <string.h>

#define HELD_PER_JOB 4

typedef struct
{
  gboolean is_done;
  HxSource *source;
  HxCheckResult *result;
  char *fault;
} Outcome;

typedef struct
{
  const GPtrArray *files;
  Outcome *outcomes; /* a ring of `held` */
  guint held;
  HxLanguage language;
  GMutex mutex;
  GCond is_one_done;
} Run;

static void
check_one (const HxCliCheckFile *file, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;

  if (file->fault != NULL)
    {
      outcome->fault = g_strdup (file->fault);
      return;
    }
  outcome->source = hx_source_read (file->path, &error);
  if (outcome->source == NULL)
    outcome->fault = g_strdup (error->message);
  else
    outcome->result = hx_check_source (outcome->source);
}

static Outcome *
slot_of (const Run *run, guint index)
{
  return &run->outcomes[index % MAX (run->held, 1)];
}

static void
work (gpointer number, gpointer data)
{
  Run *run = data;
  const guint index = GPOINTER_TO_UINT (number) - 1;
  Outcome outcome = { .is_done = TRUE };

  hx_language_set (run->language);
  check_one (run->files->pdata[index], &outcome);
  g_mutex_lock (&run->mutex);
  *slot_of (run, index) = outcome;
  g_cond_signal (&run->is_one_done);
  g_mutex_unlock (&run->mutex);
}

static Outcome
wait_for (Run *run, guint index)
{
  Outcome *slot = slot_of (run, index);
  Outcome outcome;

  g_mutex_lock (&run->mutex);
  while (!slot->is_done)
    g_cond_wait (&run->is_one_done, &run->mutex);
  outcome = *slot;
  memset (slot, 0, sizeof *slot);
  g_mutex_unlock (&run->mutex);
  return outcome;
}

static gboolean
take (Run *run, guint index, HxCliCheckedFunc done, gpointer data,
      GError **error)
{
  const HxCliCheckFile *file = run->files->pdata[index];
  Outcome outcome = wait_for (run, index);
  const HxChecked checked
      = { file->path, outcome.source, outcome.result, outcome.fault };
  gboolean is_taken = done == NULL || done (file, &checked, data, error);

  hx_check_result_free (outcome.result);
  hx_source_free (outcome.source);
  g_free (outcome.fault);
  return is_taken;
}

/* After a failure what was handed out is still taken, and dropped. */
static gboolean
take_all (Run *run, GThreadPool *pool, HxCliCheckedFunc done, gpointer data,
          GError **error)
{
  guint given = 0, taken = 0;

  for (; taken < run->files->len; taken++)
    {
      while (given < run->files->len && given < taken + run->held)
        g_thread_pool_push (pool, GUINT_TO_POINTER (++given), NULL);
      if (!take (run, taken, done, data, error))
        break;
    }
  if (taken == run->files->len)
    return TRUE;
  for (taken++; taken < given; taken++)
    take (run, taken, NULL, NULL, NULL);
  return FALSE;
}

gboolean
hx_cli_check_run (const GPtrArray *files, guint jobs, HxCliCheckedFunc done,
                  gpointer data, GError **error)
{
  Run run = { .files = files,
              .held = jobs * HELD_PER_JOB,
              .language = hx_language_get () };
  g_autofree Outcome *outcomes = g_new0 (Outcome, run.held);
  GThreadPool *pool = g_thread_pool_new (work, &run, (int)jobs, TRUE, error);
  gboolean is_done;

  if (pool == NULL)
    return FALSE;
  run.outcomes = outcomes;
  g_mutex_init (&run.mutex);
  g_cond_init (&run.is_one_done);
  is_done = take_all (&run, pool, done, data, error);
  g_thread_pool_free (pool, FALSE, TRUE);
  g_cond_clear (&run.is_one_done);
  g_mutex_clear (&run.mutex);
  return is_done;
}
