/* The SQLite engine: connections and transactions.
 *
 * A file is ours when its header carries our application id.  The id is
 * written before the file is switched to WAL, so it is in the file itself and
 * not only in the log, whenever the program may be killed.  A file without a
 * single page belongs to nobody and may become ours.
 *
 * The writer keeps its temporary data in files (SQLite's default): the pages
 * that a savepoint would have to restore are temporary data too, and in
 * memory they would grow with the size of a write.  Pages that do not fit
 * into the cache go to the log before the commit; that is bounded by the disk
 * alone.
 */
#include <glib/gstdio.h>

#include "store/sqlite_internal.h"

#define BUSY_MILLISECONDS 5000
#define SAVEPOINT "hx_write"

/* Indexed by HxControl, then SQLite's own. */
static const char *const control_sql[] = {
  "BEGIN IMMEDIATE",
  "BEGIN",
  "COMMIT",
  "ROLLBACK",
  "SAVEPOINT " SAVEPOINT,
  "RELEASE " SAVEPOINT,
  "ROLLBACK TO " SAVEPOINT,
  "SELECT 1 FROM sqlite_schema LIMIT 1",
};
G_STATIC_ASSERT (G_N_ELEMENTS (control_sql) == HX_SQLITE_CONTROL_PEEK + 1);

/* ---------------------------------------------------------------- connect */

static gboolean
sqlite_execute (HxConnection *connection, const char *sql, GError **error)
{
  HxSqlite *sqlite = (HxSqlite *)connection;
  int code = sqlite3_exec (sqlite->db, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || hx_sqlite_fail (sqlite, code, sql, error);
}

/* Misspelt names in double quotes are errors and not text; a file from
 * elsewhere cannot make our functions run. */
static void
harden (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

/* Its statistics of memory cost a lock for each piece that any thread takes,
 * and nobody reads them.  Refused, without harm, once the engine is at work. */
static void
configure_engine (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

HxSqlite *
hx_sqlite_connect (const char *name, const char *path, int flags,
                   GError **error)
{
  HxSqlite *sqlite = g_new0 (HxSqlite, 1);
  int code;

  configure_engine ();
  code = sqlite3_open_v2 (name, &sqlite->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
  hx_connection_init (&sqlite->base, &hx_sqlite_engine);
  sqlite->path = g_strdup (path);
  if (code != SQLITE_OK)
    {
      hx_sqlite_fail (sqlite, code, NULL, error);
      hx_sqlite_close (&sqlite->base);
      return NULL;
    }
  sqlite3_extended_result_codes (sqlite->db, 1);
  sqlite3_busy_timeout (sqlite->db, BUSY_MILLISECONDS);
  harden (sqlite->db);
  return sqlite;
}

void
hx_sqlite_close (HxConnection *connection)
{
  HxSqlite *sqlite = (HxSqlite *)connection;

  hx_connection_clear (connection);
  for (gsize i = 0; i < G_N_ELEMENTS (control_sql); i++)
    sqlite3_finalize (sqlite->controls[i]);
  sqlite3_close (sqlite->db);
  g_free (sqlite->path);
  g_free (sqlite);
}

gboolean
hx_sqlite_integer (HxSqlite *sqlite, const char *sql, gint64 *value,
                   GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_statement_new (&sqlite->base, sql, error);

  if (statement == NULL || hx_step (statement, error) != HX_STEP_ROW)
    return FALSE;
  *value = hx_column_integer (statement, 0);
  return TRUE;
}

/* SQLite takes a file of one byte for an empty one; we do not. */
static gboolean
has_bytes (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_size > 0;
}

gboolean
hx_sqlite_identify (HxSqlite *sqlite, gboolean *is_empty, GError **error)
{
  gint64 id = 0;
  gint64 pages = 0;

  if (!hx_sqlite_integer (sqlite, "PRAGMA application_id", &id, error)
      || !hx_sqlite_integer (sqlite, "PRAGMA page_count", &pages, error))
    return FALSE;
  *is_empty = pages == 0;
  if (pages == 0 && has_bytes (sqlite->path))
    return hx_sqlite_fail (sqlite, SQLITE_NOTADB, NULL, error);
  if (pages == 0 || id == HX_SQLITE_APPLICATION_ID)
    return TRUE;
  return hx_fail (error, HX_ERROR_STORE,
                  _ ("这是别的程序的数据库，不是红霞数据库"), sqlite->path,
                  _ ("检查文件名"));
}

/* ------------------------------------------------------------ transactions */

/* Transactions are the store's: a function that commits by itself would
 * answer for what is not on the disk. */
static int
authorize (void *data, int action, const char *first, const char *second,
           const char *database, const char *trigger)
{
  const HxSqlite *sqlite = data;

  (void)first;
  (void)database;
  (void)trigger;
  if (sqlite->is_controlling)
    return SQLITE_OK;
  if (action == SQLITE_TRANSACTION)
    return SQLITE_DENY;
  if (action == SQLITE_SAVEPOINT && g_strcmp0 (second, SAVEPOINT) == 0)
    return SQLITE_DENY;
  return SQLITE_OK;
}

static gboolean
prepare_controls (HxSqlite *sqlite, GError **error)
{
  sqlite3_set_authorizer (sqlite->db, authorize, sqlite);
  sqlite->is_controlling = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (control_sql); i++)
    {
      int code = sqlite3_prepare_v3 (sqlite->db, control_sql[i], -1,
                                     SQLITE_PREPARE_PERSISTENT,
                                     &sqlite->controls[i], NULL);

      if (code != SQLITE_OK)
        return hx_sqlite_fail (sqlite, code, control_sql[i], error);
    }
  sqlite->is_controlling = FALSE;
  return TRUE;
}

static gboolean
run_control (HxSqlite *sqlite, int control, GError **error)
{
  sqlite3_stmt *handle = sqlite->controls[control];
  gboolean is_done;
  int code;

  sqlite->is_controlling = TRUE;
  code = sqlite3_step (handle);
  sqlite->is_controlling = FALSE;
  is_done = code == SQLITE_DONE || code == SQLITE_ROW;
  if (!is_done)
    hx_sqlite_fail (sqlite, code, control_sql[control], error);
  sqlite3_reset (handle);
  return is_done;
}

static gboolean
sqlite_control (HxConnection *connection, HxControl control, GError **error)
{
  HxSqlite *sqlite = (HxSqlite *)connection;

  if (!run_control (sqlite, control, error))
    return FALSE;
  if (control != HX_CONTROL_BEGIN_READ
      || run_control (sqlite, HX_SQLITE_CONTROL_PEEK, error))
    return TRUE;
  run_control (sqlite, HX_CONTROL_ROLLBACK, NULL);
  return FALSE;
}

static gboolean
sqlite_in_transaction (HxConnection *connection)
{
  return !sqlite3_get_autocommit (((HxSqlite *)connection)->db);
}

static gboolean
sqlite_is_settled (HxConnection *connection, GError **error)
{
  int is_open = 0;
  int highest = 0;

  sqlite3_db_status (((HxSqlite *)connection)->db, SQLITE_DBSTATUS_DEFERRED_FKS,
                     &is_open, &highest, 0);
  if (is_open == 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_CONFLICT,
                  _ ("所指的另一条数据不存在，没有写入"), NULL, NULL);
}

/* ------------------------------------------------------------------- open */

static gboolean
enter_wal (HxSqlite *sqlite, GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_statement_new (&sqlite->base, "PRAGMA journal_mode=WAL", error);

  if (statement == NULL || hx_step (statement, error) != HX_STEP_ROW)
    return FALSE;
  if (g_strcmp0 (hx_column_text (statement, 0), "wal") == 0)
    return TRUE;
  return hx_fail (error, HX_ERROR_STORE, _ ("这个文件系统不能安全地存放数据库"),
                  sqlite->path, _ ("把数据库放到本机磁盘上"));
}

/* A restore may have put another file here while this one was being opened. */
static gboolean
is_in_place (HxSqlite *sqlite, GError **error)
{
  int has_moved = 0;

  sqlite3_file_control (sqlite->db, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  if (!has_moved)
    return TRUE;
  return hx_fail (error, HX_ERROR_STORE, _ ("数据库文件刚刚被换掉"),
                  sqlite->path, _ ("再试一次"));
}

static gboolean
configure_writer (HxSqlite *sqlite, const HxStoreOptions *options,
                  GError **error)
{
  gboolean is_full = options->durability == HX_DURABLE_FULL;
  g_autofree char *sql
      = g_strdup_printf ("PRAGMA foreign_keys=ON;"
                         "PRAGMA synchronous=%s;"
                         "PRAGMA cache_size=-%u;"
                         "PRAGMA cache_spill=ON;"
                         "PRAGMA wal_autocheckpoint=1000;"
                         "PRAGMA journal_size_limit=67108864;"
                         "PRAGMA secure_delete=FAST",
                         is_full ? "FULL" : "NORMAL", options->cache_kib);

  sqlite->reader_kib = options->reader_kib;
  return enter_wal (sqlite, error) && is_in_place (sqlite, error)
         && sqlite_execute (&sqlite->base, sql, error)
         && prepare_controls (sqlite, error);
}

/* Ours already, or empty and now marked as ours. */
static gboolean
claim (HxSqlite *sqlite, HxStoreFlags flags, GError **error)
{
  g_autofree char *sql = NULL;
  gboolean is_empty = FALSE;

  if (!hx_sqlite_identify (sqlite, &is_empty, error))
    return FALSE;
  if (!is_empty)
    return TRUE;
  if ((flags & HX_STORE_CREATE) == 0)
    return hx_fail (error, HX_ERROR_STORE, _ ("这是空文件，不是红霞数据库"),
                    sqlite->path, _ ("新的数据库用 hongxia init 建立"));
  sql = g_strdup_printf ("PRAGMA application_id=%d", HX_SQLITE_APPLICATION_ID);
  return sqlite_execute (&sqlite->base, sql, error);
}

static HxConnection *
open_existing (const char *path, HxStoreFlags flags,
               const HxStoreOptions *options, GError **error)
{
  HxSqlite *sqlite;

  if (!hx_sqlite_check_file (path, TRUE, error))
    return NULL;
  sqlite = hx_sqlite_connect (path, path, SQLITE_OPEN_READWRITE, error);
  if (sqlite == NULL)
    return NULL;
  if (claim (sqlite, flags, error) && configure_writer (sqlite, options, error))
    return &sqlite->base;
  hx_sqlite_close (&sqlite->base);
  return NULL;
}

static HxConnection *
sqlite_open (const char *place, HxStoreFlags flags,
             const HxStoreOptions *options, GError **error)
{
  g_autofree char *path = NULL;
  HxConnection *connection;
  gboolean is_new;

  if (*place == '\0' || *place == ':')
    {
      hx_fail (error, HX_ERROR_USAGE, _ ("数据库地址里没有文件名"), place,
               _ ("写成 sqlite:文件名，例如 sqlite:hongxia.db"));
      return NULL;
    }
  path = g_canonicalize_filename (place, NULL);
  is_new = (flags & HX_STORE_CREATE) != 0
           && !g_file_test (path, G_FILE_TEST_EXISTS);
  if (is_new && !hx_sqlite_make_file (path, error))
    return NULL;
  connection = open_existing (path, flags, options, error);
  if (connection == NULL && is_new)
    g_unlink (path);
  return connection;
}

static HxConnection *
sqlite_open_reader (HxConnection *writer, GError **error)
{
  const char *path = ((HxSqlite *)writer)->path;
  const guint kib = ((HxSqlite *)writer)->reader_kib;
  HxSqlite *sqlite
      = hx_sqlite_connect (path, path, SQLITE_OPEN_READONLY, error);
  g_autofree char *sql
      = g_strdup_printf ("PRAGMA cache_size=-%u;"
                         "PRAGMA mmap_size=%u",
                         kib > 0 ? kib : 8192u, kib > 0 ? 0u : 268435456u);

  if (sqlite == NULL)
    return NULL;
  if (sqlite_execute (&sqlite->base, sql, error)
      && prepare_controls (sqlite, error))
    return &sqlite->base;
  hx_sqlite_close (&sqlite->base);
  return NULL;
}

/* The last one out empties the log.  Who still reads it is not waited for. */
static void
sqlite_close (HxConnection *connection)
{
  HxSqlite *sqlite = (HxSqlite *)connection;

  hx_connection_settle (connection);
  sqlite3_busy_timeout (sqlite->db, 0);
  if (!sqlite3_db_readonly (sqlite->db, "main"))
    sqlite3_wal_checkpoint_v2 (sqlite->db, "main", SQLITE_CHECKPOINT_TRUNCATE,
                               NULL, NULL);
  hx_sqlite_close (connection);
}

/* ------------------------------------------------------------------ engine */

static gint64
sqlite_changes (HxConnection *connection)
{
  return sqlite3_changes64 (((HxSqlite *)connection)->db);
}

static gboolean
sqlite_table_columns (HxConnection *connection, const char *table,
                      GPtrArray *columns, GError **error)
{
  HxStatement *statement = hx_statement (
      connection, "SELECT name FROM pragma_table_info (?1)", error);
  HxStep step;

  if (statement == NULL)
    return FALSE;
  hx_bind_text (statement, 1, table, -1);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_ptr_array_add (columns, g_strdup (hx_column_text (statement, 0)));
  return step == HX_STEP_DONE;
}

const HxEngine hx_sqlite_engine = {
  .table_options = "STRICT, WITHOUT ROWID",
  .open = sqlite_open,
  .open_reader = sqlite_open_reader,
  .close = sqlite_close,
  .control = sqlite_control,
  .in_transaction = sqlite_in_transaction,
  .is_settled = sqlite_is_settled,
  .prepare = hx_sqlite_prepare,
  .finalize = hx_sqlite_finalize,
  .bind_integer = hx_sqlite_bind_integer,
  .bind_text = hx_sqlite_bind_text,
  .bind_blob = hx_sqlite_bind_blob,
  .bind_null = hx_sqlite_bind_null,
  .unbind = hx_sqlite_unbind,
  .step = hx_sqlite_step,
  .reset = hx_sqlite_reset,
  .column_integer = hx_sqlite_column_integer,
  .column_text = hx_sqlite_column_text,
  .column_blob = hx_sqlite_column_blob,
  .column_size = hx_sqlite_column_size,
  .column_is_null = hx_sqlite_column_is_null,
  .column_count = hx_sqlite_column_count,
  .column_name = hx_sqlite_column_name,
  .execute = sqlite_execute,
  .changes = sqlite_changes,
  .table_columns = sqlite_table_columns,
  .backup = hx_sqlite_backup,
  .restore = hx_sqlite_restore,
  .check = hx_sqlite_check,
};
