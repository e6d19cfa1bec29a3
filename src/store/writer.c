/* The writer: one thread, one transaction a round, one commit.
 *
 * Callers put a request, which lies on their own stack, at the end of a queue
 * and sleep on a semaphore of the request.  The thread takes what waits (at
 * most batch_max) as one round:
 *
 *   begin
 *     savepoint, function, release       (or: roll back to the savepoint)
 *     savepoint, function, release
 *     …
 *   commit                               the one sync to the disk
 *   answer each
 *
 * While it waits for the disk the next round gathers by itself, so the number
 * of commits falls as the load rises and nothing is ever delayed on purpose.
 *
 * A round of one needs no savepoint: undoing the transaction undoes the write.
 * That spares a large import the copies the engine keeps for a savepoint.
 *
 * Some faults (disk full, for one) make an engine drop the whole transaction
 * in the middle.  Then everything since `begin` is lost: those requests get
 * the error, and the rest of the round goes on in a transaction of its own.
 *
 * A request belongs to its caller again as soon as its semaphore is posted;
 * what comes next in the round must be read before that.
 */
#include <errno.h>
#include <semaphore.h>

#include "store/store_internal.h"

typedef enum
{
  REQUEST_FAILED,    /* undone, `error` says why */
  REQUEST_DISCARDED, /* undone as it wished */
  REQUEST_KEPT       /* done, if the commit succeeds */
} RequestState;

struct _HxRequest
{
  HxRequest *next;
  HxWriteFunc function;
  gpointer data;
  HxLanguage language; /* errors are worded in the caller's */
  RequestState state;
  GError *error;
  sem_t answered;
};

/* ------------------------------------------------------------ one request */

static gboolean
control (HxWriter *writer, HxControl which, GError **error)
{
  return writer->connection->engine->control (writer->connection, which, error);
}

static gboolean
is_lost (HxWriter *writer)
{
  return !writer->connection->engine->in_transaction (writer->connection);
}

/* The function, and whether what it left can be committed. */
static gboolean
call (HxWriter *writer, HxRequest *request)
{
  HxConnection *connection = writer->connection;
  gboolean done;

  hx_language_set (request->language);
  connection->discard = FALSE;
  connection->generation = 0;
  done = request->function (connection, request->data, &request->error);
  hx_connection_settle (connection);
  if (done)
    g_clear_error (&request->error);
  else if (request->error == NULL)
    hx_fail (&request->error, HX_ERROR_STORE,
             _ ("写入没有完成，也没有说明原因"), NULL, NULL);
  return done && !is_lost (writer)
         && (connection->discard
             || connection->engine->is_settled (connection, &request->error));
}

/* Makes the savepoint vanish, with its work or without.  If even that fails,
 * the transaction is no longer to be trusted. */
static void
close_savepoint (HxWriter *writer, HxRequest *request)
{
  gboolean closed = TRUE;

  if (is_lost (writer))
    return;
  if (request->state != REQUEST_KEPT)
    closed = control (writer, HX_CONTROL_ROLLBACK_TO, NULL);
  if (!closed || !control (writer, HX_CONTROL_RELEASE, NULL))
    control (writer, HX_CONTROL_ROLLBACK, NULL);
}

static void
run_request (HxWriter *writer, HxRequest *request, gboolean is_alone)
{
  request->state = REQUEST_FAILED;
  if (!is_alone && !control (writer, HX_CONTROL_SAVEPOINT, &request->error))
    return;
  if (call (writer, request))
    request->state
        = writer->connection->discard ? REQUEST_DISCARDED : REQUEST_KEPT;
  if (!is_alone)
    close_savepoint (writer, request);
}

/* -------------------------------------------------------------- one round */

/* From `first` up to but not `end`: what counted on the commit has failed. */
static void
fail_kept (HxRequest *first, HxRequest *end, const GError *error)
{
  for (HxRequest *request = first; request != end; request = request->next)
    if (request->state == REQUEST_KEPT)
      {
        request->state = REQUEST_FAILED;
        request->error = g_error_copy (error);
      }
}

static gboolean
is_any_kept (const HxRequest *first)
{
  for (; first != NULL; first = first->next)
    if (first->state == REQUEST_KEPT)
      return TRUE;
  return FALSE;
}

/* Commits what was kept since `first`, or undoes it all. */
static void
end_transaction (HxWriter *writer, HxRequest *first)
{
  g_autoptr (GError) error = NULL;

  if (is_any_kept (first) && control (writer, HX_CONTROL_COMMIT, &error))
    return;
  if (!is_lost (writer))
    control (writer, HX_CONTROL_ROLLBACK, NULL);
  if (error != NULL)
    fail_kept (first, NULL, error);
}

/* The engine dropped the transaction while `culprit` ran. */
static void
fail_lost (HxRequest *first, HxRequest *culprit)
{
  g_autoptr (GError) error = NULL;

  if (culprit->error != NULL)
    error = g_error_copy (culprit->error);
  else
    hx_fail (&error, HX_ERROR_STORE, _ ("数据库中途撤销了这一批写入"), NULL,
             _ ("检查磁盘空间后再试"));
  culprit->state = REQUEST_FAILED;
  if (culprit->error == NULL)
    culprit->error = g_error_copy (error);
  fail_kept (first, culprit->next, error);
}

/* Marks all as failed that have not run: the transaction did not begin. */
static void
fail_unrun (HxRequest *first, const GError *error)
{
  for (; first != NULL; first = first->next)
    {
      first->state = REQUEST_FAILED;
      first->error = g_error_copy (error);
    }
}

/* One transaction, from `first` as far as it gets; returns what is left. */
static HxRequest *
run_transaction (HxWriter *writer, HxRequest *first, gboolean is_alone)
{
  g_autoptr (GError) error = NULL;

  hx_language_set (first->language);
  if (!control (writer, HX_CONTROL_BEGIN_WRITE, &error))
    {
      fail_unrun (first, error);
      return NULL;
    }
  for (HxRequest *request = first; request != NULL; request = request->next)
    {
      run_request (writer, request, is_alone);
      if (is_lost (writer))
        {
          fail_lost (first, request);
          return request->next;
        }
    }
  end_transaction (writer, first);
  return NULL;
}

static void
run_round (HxWriter *writer, HxRequest *round)
{
  gboolean is_alone = round->next == NULL;
  HxRequest *rest = round;

  while (rest != NULL)
    rest = run_transaction (writer, rest, is_alone);
  while (round != NULL)
    {
      HxRequest *next = round->next;

      sem_post (&round->answered);
      round = next;
    }
}

/* -------------------------------------------------------------- the queue */

/* At most batch_max of what waits; NULL when there is nothing left to do. */
static HxRequest *
take_round (HxWriter *writer)
{
  HxRequest *round;
  HxRequest *end;

  pthread_mutex_lock (&writer->lock);
  writer->is_idle = TRUE;
  while (writer->first == NULL && !writer->is_stopping)
    pthread_cond_wait (&writer->work, &writer->lock);
  writer->is_idle = FALSE;
  round = end = writer->first;
  for (guint i = 1; end != NULL && i < writer->batch_max; i++)
    {
      if (end->next == NULL)
        break;
      end = end->next;
    }
  if (end != NULL)
    {
      writer->first = end->next;
      end->next = NULL;
    }
  if (writer->first == NULL)
    writer->last = NULL;
  pthread_mutex_unlock (&writer->lock);
  return round;
}

static gpointer
writer_main (gpointer data)
{
  HxWriter *writer = data;
  HxRequest *round;

  while ((round = take_round (writer)) != NULL)
    run_round (writer, round);
  return NULL;
}

void
hx_writer_start (HxWriter *writer, HxConnection *connection, guint batch_max)
{
  writer->connection = connection;
  writer->batch_max = batch_max;
  pthread_mutex_init (&writer->lock, NULL);
  pthread_cond_init (&writer->work, NULL);
  writer->thread = g_thread_new ("hx-writer", writer_main, writer);
}

void
hx_writer_stop (HxWriter *writer)
{
  pthread_mutex_lock (&writer->lock);
  writer->is_stopping = TRUE;
  pthread_cond_signal (&writer->work);
  pthread_mutex_unlock (&writer->lock);
  g_thread_join (writer->thread);
  pthread_cond_destroy (&writer->work);
  pthread_mutex_destroy (&writer->lock);
}

/* The signal is given under the lock: once it is released, the writer may be
 * stopped and freed as soon as the request is answered. */
static gboolean
enqueue (HxWriter *writer, HxRequest *request)
{
  gboolean is_taken;

  pthread_mutex_lock (&writer->lock);
  is_taken = !writer->is_stopping;
  if (is_taken && writer->last != NULL)
    writer->last->next = request;
  else if (is_taken)
    writer->first = request;
  if (is_taken)
    writer->last = request;
  if (is_taken && writer->is_idle)
    pthread_cond_signal (&writer->work);
  pthread_mutex_unlock (&writer->lock);
  return is_taken;
}

gboolean
hx_writer_run (HxWriter *writer, HxWriteFunc function, gpointer data,
               GError **error)
{
  HxRequest request
      = { .function = function, .data = data, .language = hx_language_get () };

  if (writer->thread == g_thread_self ())
    return hx_fail (error, HX_ERROR_STORE, _ ("写入之中不能再发起写入"), NULL,
                    _ ("在同一个写入里用同一个连接完成"));
  sem_init (&request.answered, 0, 0);
  if (!enqueue (writer, &request))
    {
      sem_destroy (&request.answered);
      return hx_fail (error, HX_ERROR_STORE, _ ("数据库正在关闭"), NULL, NULL);
    }
  while (sem_wait (&request.answered) != 0 && errno == EINTR)
    ;
  sem_destroy (&request.answered);
  if (request.state != REQUEST_FAILED)
    return TRUE;
  g_propagate_error (error, request.error);
  return FALSE;
}
