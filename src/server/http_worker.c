#include "server/http_internal.h"

static HxTurn *
take_turn (HxWorkers *workers)
{
  pthread_mutex_lock (&workers->lock);
  while (workers->first == NULL && !workers->is_stopping)
    pthread_cond_wait (&workers->work, &workers->lock);
  HxTurn *turn = workers->first;
  if (turn != NULL)
    {
      workers->first = turn->next;
      workers->waiting--;
    }
  if (workers->first == NULL)
    workers->last = NULL;
  pthread_mutex_unlock (&workers->lock);
  return turn;
}

static gpointer
worker_main (gpointer data)
{
  HxWorkers *workers = data;
  HxTurn *turn;
  gpointer deflate = NULL;
  while ((turn = take_turn (workers)) != NULL)
    {
      const HxHttpHandler *handler = &turn->http->handler;
      struct MHD_Connection *connection = turn->connection;
      turn->reply = handler->answer (&turn->request, handler->data);
      hx_reply_fit (turn->reply, &turn->request, &deflate);
      turn->stage = HX_STAGE_REPLY;
      MHD_resume_connection (connection);
    }
  hx_deflate_free (deflate);
  return NULL;
}

void
hx_workers_start (HxWorkers *workers, guint count)
{
  pthread_mutex_init (&workers->lock, NULL);
  pthread_cond_init (&workers->work, NULL);
  workers->threads = g_ptr_array_new ();
  for (guint i = 0; i < count; i++)
    g_ptr_array_add (workers->threads,
                     g_thread_new ("hx-worker", worker_main, workers));
}

void
hx_workers_stop (HxWorkers *workers)
{
  pthread_mutex_lock (&workers->lock);
  workers->is_stopping = TRUE;
  pthread_cond_broadcast (&workers->work);
  pthread_mutex_unlock (&workers->lock);
  for (guint i = 0; i < workers->threads->len; i++)
    g_thread_join (workers->threads->pdata[i]);
  g_ptr_array_unref (workers->threads);
  pthread_cond_destroy (&workers->work);
  pthread_mutex_destroy (&workers->lock);
}

void
hx_workers_add (HxWorkers *workers, HxTurn *turn)
{
  pthread_mutex_lock (&workers->lock);
  turn->next = NULL;
  if (workers->last != NULL)
    workers->last->next = turn;
  else
    workers->first = turn;
  workers->last = turn;
  workers->waiting++;
  pthread_cond_signal (&workers->work);
  pthread_mutex_unlock (&workers->lock);
}
