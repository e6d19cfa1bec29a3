/* Statements of the SQLite engine. */
#include "store/sqlite_internal.h"

static HxSqliteStatement *
own (HxStatement *statement)
{
  return (HxSqliteStatement *)statement;
}

static sqlite3_stmt *
handle_of (HxStatement *statement)
{
  return own (statement)->handle;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n;")] == '\0';
}

HxStatement *
hx_sqlite_prepare (HxConnection *connection, const char *sql, gboolean keep,
                   GError **error)
{
  HxSqlite *sqlite = (HxSqlite *)connection;
  unsigned flags = keep ? SQLITE_PREPARE_PERSISTENT : 0;
  HxSqliteStatement *statement;
  sqlite3_stmt *handle = NULL;
  const char *tail = NULL;
  int code = sqlite3_prepare_v3 (sqlite->db, sql, -1, flags, &handle, &tail);

  if (code != SQLITE_OK)
    {
      hx_sqlite_fail (sqlite, code, sql, error);
      return NULL;
    }
  if (handle == NULL || !is_blank (tail))
    {
      sqlite3_finalize (handle);
      hx_fail (error, HX_ERROR_STORE, _ ("这里要恰好一条数据库语句"), sql,
               NULL);
      return NULL;
    }
  statement = g_new0 (HxSqliteStatement, 1);
  statement->base.connection = connection;
  statement->base.sql = g_strdup (sql);
  statement->handle = handle;
  return &statement->base;
}

void
hx_sqlite_finalize (HxStatement *statement)
{
  sqlite3_finalize (handle_of (statement));
  g_free (statement->sql);
  g_free (statement);
}

/* ------------------------------------------------------------------- bind */

static void
remember (HxStatement *statement, int code)
{
  if (code != SQLITE_OK && own (statement)->bind_code == SQLITE_OK)
    own (statement)->bind_code = code;
}

void
hx_sqlite_bind_integer (HxStatement *statement, int index, gint64 value)
{
  remember (statement,
            sqlite3_bind_int64 (handle_of (statement), index, value));
}

void
hx_sqlite_bind_text (HxStatement *statement, int index, const char *text,
                     gssize length)
{
  sqlite3_uint64 size = length < 0 ? strlen (text) : (gsize)length;

  remember (statement, sqlite3_bind_text64 (handle_of (statement), index, text,
                                            size, SQLITE_STATIC, SQLITE_UTF8));
}

void
hx_sqlite_bind_blob (HxStatement *statement, int index, const void *data,
                     gsize size)
{
  remember (statement, sqlite3_bind_blob64 (handle_of (statement), index, data,
                                            size, SQLITE_STATIC));
}

void
hx_sqlite_bind_null (HxStatement *statement, int index)
{
  remember (statement, sqlite3_bind_null (handle_of (statement), index));
}

void
hx_sqlite_unbind (HxStatement *statement)
{
  sqlite3_clear_bindings (handle_of (statement));
  own (statement)->bind_code = SQLITE_OK;
}

/* ------------------------------------------------------------------- step */

/* The error is worded before the reset, which loses the message. */
static HxStep
step_failed (HxStatement *statement, int code, GError **error)
{
  hx_sqlite_fail ((HxSqlite *)statement->connection, code, statement->sql,
                  error);
  sqlite3_reset (handle_of (statement));
  return HX_STEP_ERROR;
}

HxStep
hx_sqlite_step (HxStatement *statement, GError **error)
{
  int code = own (statement)->bind_code;

  if (code != SQLITE_OK)
    return step_failed (statement, code, error);
  code = sqlite3_step (handle_of (statement));
  if (code == SQLITE_ROW)
    return HX_STEP_ROW;
  if (code != SQLITE_DONE)
    return step_failed (statement, code, error);
  sqlite3_reset (handle_of (statement));
  return HX_STEP_DONE;
}

void
hx_sqlite_reset (HxStatement *statement)
{
  sqlite3_reset (handle_of (statement));
}

/* ---------------------------------------------------------------- columns */

gint64
hx_sqlite_column_integer (HxStatement *statement, int index)
{
  return sqlite3_column_int64 (handle_of (statement), index);
}

const char *
hx_sqlite_column_text (HxStatement *statement, int index)
{
  return (const char *)sqlite3_column_text (handle_of (statement), index);
}

/* SQLite gives NULL for a blob of no bytes, which is not NULL. */
const void *
hx_sqlite_column_blob (HxStatement *statement, int index)
{
  const void *data = sqlite3_column_blob (handle_of (statement), index);

  if (data == NULL && !hx_sqlite_column_is_null (statement, index))
    return "";
  return data;
}

gsize
hx_sqlite_column_size (HxStatement *statement, int index)
{
  return (gsize)sqlite3_column_bytes (handle_of (statement), index);
}

gboolean
hx_sqlite_column_is_null (HxStatement *statement, int index)
{
  return sqlite3_column_type (handle_of (statement), index) == SQLITE_NULL;
}

int
hx_sqlite_column_count (HxStatement *statement)
{
  return sqlite3_column_count (handle_of (statement));
}

const char *
hx_sqlite_column_name (HxStatement *statement, int index)
{
  return sqlite3_column_name (handle_of (statement), index);
}
