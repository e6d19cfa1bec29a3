/* Sorting more records than memory should hold.
 *
 * Records with the same key are added up.  A full buffer is sorted and joined;
 * if that frees less than half of it, it goes to a temporary file as a run.
 * Reading merges the runs.  Memory: the buffer and READ_MAX records a run.
 */
#include "measure/verify_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READ_MAX 1024

typedef struct
{
  gint64 next, end; /* bytes of the file */
  guint at, n;
  HxTally buffer[READ_MAX];
} HxRun;

struct _HxSorter
{
  FILE *file;
  guint max;
  gint64 size;
  GArray *buffer;  /* HxTally */
  GPtrArray *runs; /* HxRun */
  guint at;
};

HxSorter *
hx_sorter_new (guint records)
{
  HxSorter *sorter = g_new0 (HxSorter, 1);

  sorter->max = records;
  sorter->buffer = g_array_new (FALSE, FALSE, sizeof (HxTally));
  sorter->runs = g_ptr_array_new_with_free_func (g_free);
  return sorter;
}

void
hx_sorter_free (HxSorter *sorter)
{
  if (sorter == NULL)
    return;
  if (sorter->file != NULL)
    fclose (sorter->file);
  g_array_unref (sorter->buffer);
  g_ptr_array_unref (sorter->runs);
  g_free (sorter);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const HxTally *x = a, *y = b;

  for (guint i = 0; i < HX_TALLY_KEYS; i++)
    if (x->key[i] != y->key[i])
      return x->key[i] < y->key[i] ? -1 : 1;
  return 0;
}

static void
join (GArray *buffer)
{
  guint kept = 0;

  g_array_sort (buffer, compare);
  for (guint i = 0; i < buffer->len; i++)
    {
      HxTally *tally = &g_array_index (buffer, HxTally, i);
      HxTally *last
          = kept > 0 ? &g_array_index (buffer, HxTally, kept - 1) : NULL;

      if (last != NULL && compare (last, tally) == 0)
        {
          last->rows += tally->rows;
          last->amount += tally->amount;
        }
      else
        g_array_index (buffer, HxTally, kept++) = *tally;
    }
  g_array_set_size (buffer, kept);
}

static gboolean
fail_file (GError **error)
{
  return hx_fail (error, HX_ERROR_STORE, _ ("临时文件读写不了"),
                  g_strerror (errno), _ ("请检查临时文件夹的空间"));
}

static gboolean
write_run (HxSorter *sorter, GError **error)
{
  gsize size = sizeof (HxTally) * sorter->buffer->len;
  HxRun *run = g_new0 (HxRun, 1);

  run->next = sorter->size;
  run->end = sorter->size + (gint64)size;
  g_ptr_array_add (sorter->runs, run);
  if (sorter->file == NULL)
    sorter->file = tmpfile ();
  if (sorter->file == NULL
      || fwrite (sorter->buffer->data, 1, size, sorter->file) != size)
    return fail_file (error);
  sorter->size += (gint64)size;
  g_array_set_size (sorter->buffer, 0);
  return TRUE;
}

gboolean
hx_sorter_add (HxSorter *sorter, const HxTally *tally, GError **error)
{
  g_array_append_val (sorter->buffer, *tally);
  if (sorter->buffer->len < sorter->max)
    return TRUE;
  join (sorter->buffer);
  return sorter->buffer->len < sorter->max / 2 || write_run (sorter, error);
}

gboolean
hx_sorter_sort (HxSorter *sorter, GError **error)
{
  join (sorter->buffer);
  sorter->at = 0;
  return sorter->runs->len == 0 || write_run (sorter, error);
}

/* The head of a run, read when its buffer is used up; NULL at its end. */
static const HxTally *
run_head (HxSorter *sorter, HxRun *run, GError **error)
{
  gint64 left = (run->end - run->next) / (gint64)sizeof (HxTally);

  if (run->at < run->n)
    return &run->buffer[run->at];
  run->at = 0;
  run->n = (guint)MIN (left, READ_MAX);
  if (run->n == 0)
    return NULL;
  if (fseeko (sorter->file, run->next, SEEK_SET) != 0
      || fread (run->buffer, sizeof (HxTally), run->n, sorter->file) != run->n)
    {
      run->n = 0;
      fail_file (error);
      return NULL;
    }
  run->next += (gint64)(sizeof (HxTally) * run->n);
  return run->buffer;
}

static HxRun *
least_run (HxSorter *sorter, GError **error)
{
  const HxTally *least = NULL;
  HxRun *found = NULL;

  for (guint i = 0; i < sorter->runs->len; i++)
    {
      HxRun *run = sorter->runs->pdata[i];
      const HxTally *head = run_head (sorter, run, error);

      if (head == NULL || (least != NULL && compare (least, head) <= 0))
        continue;
      least = head;
      found = run;
    }
  return found;
}

static gboolean
next_merged (HxSorter *sorter, HxTally *tally, GError **error)
{
  GError *failure = NULL;
  HxRun *run = least_run (sorter, &failure);

  if (run != NULL)
    *tally = run->buffer[run->at++];
  while (run != NULL && failure == NULL
         && (run = least_run (sorter, &failure)) != NULL
         && compare (&run->buffer[run->at], tally) == 0)
    {
      tally->rows += run->buffer[run->at].rows;
      tally->amount += run->buffer[run->at++].amount;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
hx_sorter_next (HxSorter *sorter, HxTally *tally, gboolean *is_end,
                GError **error)
{
  *is_end = FALSE;
  if (sorter->runs->len > 0)
    {
      tally->key[0] = G_MININT64;
      if (!next_merged (sorter, tally, error))
        return FALSE;
      *is_end = tally->key[0] == G_MININT64;
      return TRUE;
    }
  *is_end = sorter->at >= sorter->buffer->len;
  if (!*is_end)
    *tally = g_array_index (sorter->buffer, HxTally, sorter->at++);
  return TRUE;
}
