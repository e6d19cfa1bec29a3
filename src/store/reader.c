/* Readers: each borrows a connection from the pool, or opens one when all are
 * lent, and holds one read transaction until it is given back. */
#include "store/store_internal.h"

/* Connections kept open while nobody reads; more readers may exist at once. */
#define IDLE_MAX 8

struct _HxReader
{
  HxStore *store;
  HxConnection *connection;
};

static void
reader_close (HxReader *reader)
{
  reader->store->engine->close (reader->connection);
  g_free (reader);
}

void
hx_pool_init (HxPool *pool)
{
  pthread_mutex_init (&pool->lock, NULL);
  pool->idle = g_ptr_array_new ();
  pool->lent = 0;
}

void
hx_pool_clear (HxPool *pool)
{
  g_warn_if_fail (pool->lent == 0);
  for (guint i = 0; i < pool->idle->len; i++)
    reader_close (g_ptr_array_index (pool->idle, i));
  g_ptr_array_unref (pool->idle);
  pthread_mutex_destroy (&pool->lock);
}

static HxReader *
take_idle (HxPool *pool)
{
  HxReader *reader = NULL;

  pthread_mutex_lock (&pool->lock);
  if (pool->idle->len > 0)
    reader = g_ptr_array_steal_index_fast (pool->idle, pool->idle->len - 1);
  pool->lent++;
  pthread_mutex_unlock (&pool->lock);
  return reader;
}

/* FALSE when the pool has enough: the caller then closes it. */
static gboolean
give_back (HxPool *pool, HxReader *reader)
{
  gboolean has_room;

  pthread_mutex_lock (&pool->lock);
  has_room = reader != NULL && pool->idle->len < IDLE_MAX;
  if (has_room)
    g_ptr_array_add (pool->idle, reader);
  pool->lent--;
  pthread_mutex_unlock (&pool->lock);
  return has_room;
}

static HxReader *
reader_open (HxStore *store, GError **error)
{
  HxConnection *connection
      = store->engine->open_reader (store->connection, error);
  HxReader *reader;

  if (connection == NULL)
    return NULL;
  reader = g_new0 (HxReader, 1);
  reader->store = store;
  reader->connection = connection;
  return reader;
}

HxReader *
hx_store_reader (HxStore *store, GError **error)
{
  HxReader *reader = take_idle (&store->pool);

  if (reader == NULL)
    reader = reader_open (store, error);
  if (reader == NULL)
    {
      give_back (&store->pool, NULL);
      return NULL;
    }
  if (!store->engine->control (reader->connection, HX_CONTROL_BEGIN_READ,
                               error))
    {
      give_back (&store->pool, NULL);
      reader_close (reader);
      return NULL;
    }
  return reader;
}

HxConnection *
hx_reader_connection (HxReader *reader)
{
  return reader->connection;
}

void
hx_reader_free (HxReader *reader)
{
  HxStore *store;
  gboolean is_clean;

  if (reader == NULL)
    return;
  store = reader->store;
  hx_connection_settle (reader->connection);
  is_clean = store->engine->control (reader->connection, HX_CONTROL_ROLLBACK,
                                     NULL);
  if (!give_back (&store->pool, is_clean ? reader : NULL))
    reader_close (reader);
}
