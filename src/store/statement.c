/* Statements: the cache of each connection, and the way to the engine.
 *
 * A statement is found by its SQL text.  Most callers pass a string constant,
 * so its address is tried first: a small table maps address to statement, and
 * a hit is believed only if the text is the same, for a buffer of the caller's
 * may hold another text at the same address.  That comparison costs less than
 * the hash of the text.
 *
 * A statement that stands on a row keeps the engine's cursors open.  Those are
 * kept on a list of the connection, so that the end of a write or of a reader
 * can reset exactly them and not the whole cache.
 */
#include "store/store_internal.h"

/* ------------------------------------------------------------- the active */

static void
activate (HxStatement *statement)
{
  HxConnection *connection = statement->connection;

  if (statement->is_active)
    return;
  statement->is_active = TRUE;
  statement->active_previous = NULL;
  statement->active_next = connection->active;
  if (connection->active != NULL)
    connection->active->active_previous = statement;
  connection->active = statement;
}

static void
deactivate (HxStatement *statement)
{
  HxStatement *previous = statement->active_previous;
  HxStatement *next = statement->active_next;

  if (!statement->is_active)
    return;
  if (previous != NULL)
    previous->active_next = next;
  else
    statement->connection->active = next;
  if (next != NULL)
    next->active_previous = previous;
  statement->is_active = FALSE;
}

gboolean
hx_connection_reads (const HxConnection *connection)
{
  return connection->active != NULL;
}

void
hx_connection_settle (HxConnection *connection)
{
  while (connection->active != NULL)
    hx_statement_reset (connection->active);
}

/* -------------------------------------------------------------- the cache */

void
hx_statement_free (HxStatement *statement)
{
  if (statement == NULL)
    return;
  deactivate (statement);
  statement->connection->engine->finalize (statement);
}

static void
free_cached (gpointer statement)
{
  hx_statement_free (statement);
}

typedef struct
{
  gpointer data;
  GDestroyNotify destroy;
} HxKept;

static void
free_kept (gpointer data)
{
  HxKept *kept = data;

  if (kept->data != NULL && kept->destroy != NULL)
    kept->destroy (kept->data);
  g_free (kept);
}

void
hx_connection_init (HxConnection *connection, const HxEngine *engine)
{
  connection->kept
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_kept);
  connection->engine = engine;
  connection->statements
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_cached);
}

void
hx_connection_clear (HxConnection *connection)
{
  hx_connection_drop_keys (connection);
  g_clear_pointer (&connection->kept, g_hash_table_unref);
  g_clear_pointer (&connection->statements, g_hash_table_unref);
}

void
hx_connection_keep (HxConnection *connection, const char *key, gpointer data,
                    GDestroyNotify destroy)
{
  HxKept *kept = g_new (HxKept, 1);

  *kept = (HxKept){ data, destroy };
  g_hash_table_replace (connection->kept, (gpointer)(guintptr)key, kept);
}

gpointer
hx_connection_take (HxConnection *connection, const char *key)
{
  HxKept *kept = g_hash_table_lookup (connection->kept, key);
  gpointer data = NULL;

  if (kept != NULL)
    data = g_steal_pointer (&kept->data);
  return data;
}

static HxStatementSlot *
slot_of (HxConnection *connection, const char *sql)
{
  gsize address = GPOINTER_TO_SIZE (sql);

  return &connection
              ->slots[((address >> 4) ^ (address >> 11)) % HX_STATEMENT_SLOTS];
}

static HxStatement *
find_or_prepare (HxConnection *connection, const char *sql, GError **error)
{
  HxStatement *statement = g_hash_table_lookup (connection->statements, sql);

  if (statement != NULL)
    return statement;
  statement = connection->engine->prepare (connection, sql, TRUE, error);
  if (statement != NULL)
    g_hash_table_insert (connection->statements, statement->sql, statement);
  return statement;
}

HxStatement *
hx_statement (HxConnection *connection, const char *sql, GError **error)
{
  HxStatementSlot *slot = slot_of (connection, sql);
  HxStatement *statement;

  if (slot->text == sql && strcmp (slot->statement->sql, sql) == 0)
    statement = slot->statement;
  else
    statement = find_or_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  slot->text = sql;
  slot->statement = statement;
  hx_statement_reset (statement);
  connection->engine->unbind (statement);
  return statement;
}

HxStatement *
hx_statement_new (HxConnection *connection, const char *sql, GError **error)
{
  return connection->engine->prepare (connection, sql, FALSE, error);
}

/* --------------------------------------------------------- bind and step */

void
hx_bind_integer (HxStatement *statement, int index, gint64 value)
{
  statement->connection->engine->bind_integer (statement, index, value);
}

void
hx_bind_text (HxStatement *statement, int index, const char *text,
              gssize length)
{
  if (text == NULL)
    hx_bind_null (statement, index);
  else
    statement->connection->engine->bind_text (statement, index, text, length);
}

void
hx_bind_blob (HxStatement *statement, int index, const void *data, gsize size)
{
  if (data == NULL)
    hx_bind_null (statement, index);
  else
    statement->connection->engine->bind_blob (statement, index, data, size);
}

void
hx_bind_null (HxStatement *statement, int index)
{
  statement->connection->engine->bind_null (statement, index);
}

HxStep
hx_step (HxStatement *statement, GError **error)
{
  HxStep step = statement->connection->engine->step (statement, error);

  if (step == HX_STEP_ROW)
    activate (statement);
  else
    deactivate (statement);
  return step;
}

gboolean
hx_step_done (HxStatement *statement, GError **error)
{
  HxStep step = hx_step (statement, error);

  if (step != HX_STEP_ROW)
    return step == HX_STEP_DONE;
  hx_statement_reset (statement);
  return hx_fail (error, HX_ERROR_STORE, _ ("数据库语句不该有结果行，却有"),
                  statement->sql, NULL);
}

void
hx_statement_reset (HxStatement *statement)
{
  deactivate (statement);
  statement->connection->engine->reset (statement);
}

/* ---------------------------------------------------------------- columns */

gint64
hx_column_integer (HxStatement *statement, int index)
{
  return statement->connection->engine->column_integer (statement, index);
}

const char *
hx_column_text (HxStatement *statement, int index)
{
  return statement->connection->engine->column_text (statement, index);
}

gsize
hx_column_size (HxStatement *statement, int index)
{
  return statement->connection->engine->column_size (statement, index);
}

const void *
hx_column_blob (HxStatement *statement, int index)
{
  return statement->connection->engine->column_blob (statement, index);
}

gboolean
hx_column_is_null (HxStatement *statement, int index)
{
  return statement->connection->engine->column_is_null (statement, index);
}

int
hx_column_count (HxStatement *statement)
{
  return statement->connection->engine->column_count (statement);
}

const char *
hx_column_name (HxStatement *statement, int index)
{
  return statement->connection->engine->column_name (statement, index);
}

/* ------------------------------------------------------------- connection */

gboolean
hx_execute (HxConnection *connection, const char *sql, GError **error)
{
  return connection->engine->execute (connection, sql, error);
}

gint64
hx_changes (HxConnection *connection)
{
  return connection->engine->changes (connection);
}

gboolean
hx_query_integer (HxConnection *connection, const char *sql, gint64 fallback,
                  gint64 *value, GError **error)
{
  HxStatement *statement = hx_statement (connection, sql, error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  step = hx_step (statement, error);
  if (step == HX_STEP_ERROR)
    return FALSE;
  *value = step == HX_STEP_ROW ? hx_column_integer (statement, 0) : fallback;
  hx_statement_reset (statement);
  return TRUE;
}

const char *
hx_table_options (HxConnection *connection)
{
  return connection->engine->table_options;
}

gboolean
hx_table_columns (HxConnection *connection, const char *table,
                  GPtrArray **columns, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  if (!connection->engine->table_columns (connection, table, found, error))
    return FALSE;
  *columns = g_steal_pointer (&found);
  return TRUE;
}

void
hx_write_discard (HxConnection *connection)
{
  connection->discard = TRUE;
}

HxConnection *
hx_statement_connection (HxStatement *statement)
{
  return statement->connection;
}
