/* Readers: each borrows a connection from the pool, or opens one when all are
 * lent, and holds one read transaction until it is given back.
 *
 * The pool lives until the last reader is back, even if the store is closed
 * before: such a reader then closes its connection itself. */
#include "store/store_internal.h"

/* Connections kept open while nobody reads; more readers may exist at once. */
#define IDLE_MAX 64

struct _HxPool
{
  pthread_mutex_t lock;
  GPtrArray *idle; /* HxConnection, each outside of a transaction */
  guint lent;
  gboolean is_closed;
};

struct _HxReader
{
  HxPool *pool;
  HxConnection *connection;
};

static void
close_connection (gpointer data)
{
  HxConnection *connection = data;

  connection->engine->close (connection);
}

HxPool *
hx_pool_new (void)
{
  HxPool *pool = g_new0 (HxPool, 1);

  pthread_mutex_init (&pool->lock, NULL);
  pool->idle = g_ptr_array_new_with_free_func (close_connection);
  return pool;
}

static void
pool_free (HxPool *pool)
{
  g_ptr_array_unref (pool->idle);
  pthread_mutex_destroy (&pool->lock);
  g_free (pool);
}

void
hx_pool_close (HxPool *pool)
{
  gboolean is_last;

  pthread_mutex_lock (&pool->lock);
  pool->is_closed = TRUE;
  g_ptr_array_set_size (pool->idle, 0);
  is_last = pool->lent == 0;
  pthread_mutex_unlock (&pool->lock);
  if (is_last)
    pool_free (pool);
}

/* NULL when none is idle; counts as lent all the same. */
static HxConnection *
lend (HxPool *pool)
{
  HxConnection *connection = NULL;

  pthread_mutex_lock (&pool->lock);
  if (pool->idle->len > 0)
    connection = g_ptr_array_steal_index_fast (pool->idle, pool->idle->len - 1);
  pool->lent++;
  pthread_mutex_unlock (&pool->lock);
  return connection;
}

/* Keeps or closes the connection, which may be NULL. */
static void
take_back (HxPool *pool, HxConnection *connection)
{
  gboolean is_last;

  pthread_mutex_lock (&pool->lock);
  if (connection != NULL && !pool->is_closed && pool->idle->len < IDLE_MAX)
    g_ptr_array_add (pool->idle, g_steal_pointer (&connection));
  pool->lent--;
  is_last = pool->is_closed && pool->lent == 0;
  pthread_mutex_unlock (&pool->lock);
  if (connection != NULL)
    close_connection (connection);
  if (is_last)
    pool_free (pool);
}

static HxConnection *
begin (HxStore *store, HxConnection *idle, GError **error)
{
  const HxEngine *engine = store->engine;
  HxConnection *connection = idle;

  if (connection == NULL)
    connection = engine->open_reader (store->connection, error);
  if (connection == NULL
      || engine->control (connection, HX_CONTROL_BEGIN_READ, error))
    return connection;
  close_connection (connection);
  return NULL;
}

HxReader *
hx_store_reader (HxStore *store, GError **error)
{
  HxConnection *connection = begin (store, lend (store->pool), error);
  HxReader *reader;

  if (connection == NULL)
    {
      take_back (store->pool, NULL);
      return NULL;
    }
  hx_connection_set_keys (connection, store->keys);
  connection->generation = 0;
  reader = g_new0 (HxReader, 1);
  reader->pool = store->pool;
  reader->connection = connection;
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
  HxConnection *connection;

  if (reader == NULL)
    return;
  connection = reader->connection;
  hx_connection_settle (connection);
  if (!connection->engine->control (connection, HX_CONTROL_ROLLBACK, NULL))
    {
      close_connection (connection);
      connection = NULL;
    }
  take_back (reader->pool, connection);
  g_free (reader);
}
