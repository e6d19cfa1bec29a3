/* Copies of a database, and the check of one.
 *
 * A backup is read inside the read transaction of a reader: it is of one
 * moment, and writers neither wait for it nor make it start again.  It is
 * made under another name and gets its own only when it is whole, checked and
 * on the disk.
 */
#include <glib/gstdio.h>

#include "store/sqlite_internal.h"

#define STEP_PAGES 1024
#define RETRY_MILLISECONDS 20

/* ------------------------------------------------------------------- copy */

static gboolean
report (sqlite3_backup *backup, HxProgress progress, gpointer data,
        GError **error)
{
  int total = sqlite3_backup_pagecount (backup);
  int left = sqlite3_backup_remaining (backup);

  if (progress == NULL
      || progress ((guint64)(total - left), (guint64)total, data))
    return TRUE;
  return hx_fail (error, HX_ERROR_STORE, _ ("已按要求停止，没有留下文件"), NULL,
                  NULL);
}

static gboolean
copy_pages (HxSqlite *from, HxSqlite *to, HxProgress progress, gpointer data,
            GError **error)
{
  sqlite3_backup *backup
      = sqlite3_backup_init (to->db, "main", from->db, "main");
  gboolean is_wanted = TRUE;
  int code = SQLITE_OK;

  if (backup == NULL)
    return hx_sqlite_fail (to, sqlite3_errcode (to->db), NULL, error);
  while (is_wanted && code != SQLITE_DONE)
    {
      code = sqlite3_backup_step (backup, STEP_PAGES);
      if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        sqlite3_sleep (RETRY_MILLISECONDS);
      else if (code != SQLITE_OK && code != SQLITE_DONE)
        break;
      is_wanted = report (backup, progress, data, error);
    }
  sqlite3_backup_finish (backup);
  if (!is_wanted)
    return FALSE;
  return code == SQLITE_DONE || hx_sqlite_fail (to, code, NULL, error);
}

gboolean
hx_sqlite_copy (HxSqlite *from, const char *path, HxProgress progress,
                gpointer data, GError **error)
{
  HxSqlite *to = hx_sqlite_connect (path, path, SQLITE_OPEN_READWRITE, error);
  gboolean is_copied;

  if (to == NULL)
    return FALSE;
  is_copied = hx_execute (&to->base, "PRAGMA synchronous=OFF", error)
              && copy_pages (from, to, progress, data, error)
              && hx_execute (&to->base, "PRAGMA journal_mode=DELETE", error);
  hx_sqlite_close (&to->base);
  return is_copied && hx_sqlite_sync (path, error);
}

/* ------------------------------------------------------------------ check */

static gboolean
check_pages (HxSqlite *sqlite, GError **error)
{
  const char *sql = "PRAGMA integrity_check (1)";
  g_autoptr (HxStatement) statement
      = hx_statement_new (&sqlite->base, sql, error);
  g_autofree char *where = NULL;

  if (statement == NULL || hx_step (statement, error) != HX_STEP_ROW)
    return FALSE;
  if (g_strcmp0 (hx_column_text (statement, 0), "ok") == 0)
    return TRUE;
  where = g_strdup_printf ("%s (%s)", sqlite->path,
                           hx_column_text (statement, 0));
  return hx_fail (error, HX_ERROR_STORE, _ ("数据库文件已损坏"), where,
                  _ ("换用一份完好的备份"));
}

static gboolean
check_keys (HxSqlite *sqlite, GError **error)
{
  g_autoptr (HxStatement) statement
      = hx_statement_new (&sqlite->base, "PRAGMA foreign_key_check", error);
  g_autofree char *where = NULL;
  HxStep step;

  if (statement == NULL)
    return FALSE;
  step = hx_step (statement, error);
  if (step != HX_STEP_ROW)
    return step == HX_STEP_DONE;
  where = g_strdup_printf ("%s → %s", hx_column_text (statement, 0),
                           hx_column_text (statement, 2));
  return hx_fail (error, HX_ERROR_STORE, _ ("数据库里有数据指向不存在的另一条"),
                  where, _ ("换用一份完好的备份"));
}

gboolean
hx_sqlite_check (HxConnection *connection, GError **error)
{
  HxSqlite *sqlite = (HxSqlite *)connection;

  return check_pages (sqlite, error) && check_keys (sqlite, error);
}

gboolean
hx_sqlite_check_copy (const char *path, GError **error)
{
  HxSqlite *sqlite
      = hx_sqlite_connect (path, path, SQLITE_OPEN_READONLY, error);
  gboolean is_empty = TRUE;
  gboolean is_whole;

  if (sqlite == NULL)
    return FALSE;
  is_whole = hx_sqlite_identify (sqlite, &is_empty, error)
             && hx_store_check_version (&sqlite->base, error)
             && hx_sqlite_check (&sqlite->base, error);
  hx_sqlite_close (&sqlite->base);
  return is_whole;
}

/* ----------------------------------------------------------------- backup */

gboolean
hx_sqlite_backup (HxConnection *reader, const char *path, HxProgress progress,
                  gpointer data, GError **error)
{
  g_autofree char *target = g_canonicalize_filename (path, NULL);
  g_autofree char *partial = NULL;
  gboolean is_made;

  if (g_file_test (target, G_FILE_TEST_EXISTS))
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("文件已经存在，不会覆盖"),
                    path, _ ("换一个文件名"));
  partial = hx_sqlite_make_beside (target, "partial", error);
  if (partial == NULL)
    return FALSE;
  is_made = hx_sqlite_copy ((HxSqlite *)reader, partial, progress, data, error)
            && hx_sqlite_check_copy (partial, error)
            && hx_sqlite_rename_new (partial, target, error);
  if (!is_made)
    g_unlink (partial);
  return is_made;
}
