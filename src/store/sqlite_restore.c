/* Putting a backup in the place of a database.
 *
 * The backup is copied beside its destination and the copy is checked: what
 * was looked at is what is put in place, whatever happens to the backup
 * meanwhile.  The copying goes through SQLite, so that a plain copy of a
 * running database with its log beside it is read whole.
 *
 * The database there must be free.  Leaving WAL mode needs every other
 * connection gone and empties the log into the file, so that the old database
 * is one file too; an exclusive lock then holds newcomers off while the names
 * change.  A database so damaged that SQLite does not read it is kept as it
 * is, with its log, which must by no means be applied to the new file.
 *
 * The old file gets its second name by a link before the new one is renamed
 * over its first: at no moment is there no database.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/sqlite_internal.h"

#define BUSY_MILLISECONDS 1000
#define NAMES_MAX 100

static const char *const companions[] = { "-wal", "-shm", "-journal" };

/* ----------------------------------------------------------- the new file */

static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf status;

  return g_stat (log, &status) == 0 && status.st_size > 0;
}

/* A file alone is opened as one that cannot change, which works on a medium
 * that cannot be written to and leaves nothing beside it. */
static HxSqlite *
open_backup (const char *path, GError **error)
{
  g_autofree char *uri = NULL;
  g_autofree char *name = NULL;

  if (has_log (path))
    return hx_sqlite_connect (path, path, SQLITE_OPEN_READONLY, error);
  uri = g_filename_to_uri (path, NULL, error);
  if (uri == NULL)
    return NULL;
  name = g_strconcat (uri, "?immutable=1", NULL);
  return hx_sqlite_connect (name, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                            error);
}

static gboolean
check_backup (HxSqlite *backup, GError **error)
{
  gboolean is_empty = TRUE;

  if (!hx_sqlite_identify (backup, &is_empty, error))
    return FALSE;
  if (is_empty)
    return hx_fail (error, HX_ERROR_STORE, _ ("这是空文件，不是红霞数据库"),
                    backup->path, _ ("换用一份完好的备份"));
  return hx_store_check_version (&backup->base, error);
}

static gboolean
copy_backup (const char *path, const char *copy, GError **error)
{
  HxSqlite *backup = open_backup (path, error);
  gboolean is_copied;

  if (backup == NULL)
    return FALSE;
  is_copied = check_backup (backup, error)
              && hx_sqlite_copy (backup, copy, NULL, NULL, error);
  hx_sqlite_close (&backup->base);
  return is_copied && hx_sqlite_check_copy (copy, error);
}

/* What nobody could read is not put in the place of what can be read. */
static gboolean
check_key (const char *copy, HxKeys *keys, GError **error)
{
  HxSqlite *sqlite
      = hx_sqlite_connect (copy, copy, SQLITE_OPEN_READONLY, error);
  gboolean fits;

  if (sqlite == NULL)
    return FALSE;
  hx_connection_set_keys (&sqlite->base, keys);
  fits = hx_key_fits (&sqlite->base, error);
  hx_sqlite_close (&sqlite->base);
  return fits;
}

/* ----------------------------------------------------------- the old file */

/* Empties the log and locks everybody out, if SQLite can read the file. */
static int
seize (HxSqlite *old)
{
  int code;

  sqlite3_busy_timeout (old->db, BUSY_MILLISECONDS);
  code = sqlite3_exec (old->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
  if (code != SQLITE_OK)
    return code;
  return sqlite3_exec (old->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
}

static gboolean
is_beyond_reading (int code)
{
  return (code & 0xff) == SQLITE_NOTADB || (code & 0xff) == SQLITE_CORRUPT;
}

/* Holds the old database, or NULL without *error when it is past holding. */
static HxSqlite *
hold_old (const char *path, GError **error)
{
  HxSqlite *old = hx_sqlite_connect (path, path, SQLITE_OPEN_READWRITE, error);
  gboolean is_empty = FALSE;
  int code;

  if (old == NULL)
    return NULL;
  code = seize (old);
  if (code == SQLITE_OK && hx_sqlite_identify (old, &is_empty, error))
    return old;
  if (code != SQLITE_OK && !is_beyond_reading (code))
    hx_sqlite_fail (old, code, NULL, error);
  hx_sqlite_close (&old->base);
  return NULL;
}

/* ---------------------------------------------------------------- exchange */

static void
move_companions (const char *path, const char *kept)
{
  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *from = g_strconcat (path, companions[i], NULL);
      g_autofree char *to = g_strconcat (kept, companions[i], NULL);

      g_rename (from, to);
    }
}

static char *
kept_name (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  char *name = g_strconcat (path, ".before-restore-", time, NULL);

  for (int i = 2; i < NAMES_MAX && g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.before-restore-%s-%d", path, time, i);
    }
  return name;
}

static gboolean
keep_old (const char *path, const char *kept, GError **error)
{
  if (link (path, kept) == 0)
    return TRUE;
  if (errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK)
    return hx_sqlite_rename_new (path, kept, error);
  return hx_sqlite_fail_errno (_ ("不能保留原来的数据库"), kept, errno, error);
}

static gboolean
put_in_place (const char *copy, const char *path, GError **error)
{
  if (g_rename (copy, path) == 0)
    return hx_sqlite_sync_folder (path, error);
  return hx_sqlite_fail_errno (_ ("不能换上备份"), path, errno, error);
}

/* The old database has its own name again, and that alone. */
static void
take_back_old (const char *path, const char *kept)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_unlink (kept);
  else
    g_rename (kept, path);
}

static gboolean
keep_and_put (const char *copy, const char *path, const char *kept,
              GError **error)
{
  if (!keep_old (path, kept, error))
    return FALSE;
  if (put_in_place (copy, path, error))
    return TRUE;
  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    take_back_old (path, kept);
  return FALSE;
}

static gboolean
exchange (const char *copy, const char *path, char **kept, GError **error)
{
  g_autofree char *name = kept_name (path);
  g_autoptr (GError) problem = NULL;
  HxSqlite *old;
  gboolean is_done;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      move_companions (path, name);
      return put_in_place (copy, path, error);
    }
  old = hold_old (path, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (old == NULL)
    move_companions (path, name);
  is_done = keep_and_put (copy, path, name, error);
  if (old != NULL)
    hx_sqlite_close (&old->base);
  if (is_done && kept != NULL)
    *kept = g_steal_pointer (&name);
  return is_done;
}

/* ----------------------------------------------------------------- restore */

/* Where links lead to, so that the file itself is replaced and not the link. */
static char *
real_path (const char *place)
{
  g_autofree char *path = g_canonicalize_filename (place, NULL);
  char *real = realpath (path, NULL);
  char *owned = g_strdup (real != NULL ? real : path);

  free (real);
  return owned;
}

/* An existing destination must be a file that may be replaced. */
static gboolean
check_places (const char *path, const char *backup, GError **error)
{
  if (!hx_sqlite_check_file (backup, FALSE, error))
    return FALSE;
  if (strcmp (path, backup) == 0)
    return hx_fail (error, HX_ERROR_USAGE,
                    _ ("备份和要恢复的数据库是同一个文件"), path,
                    _ ("换一个文件名"));
  return !g_file_test (path, G_FILE_TEST_EXISTS)
         || hx_sqlite_check_file (path, TRUE, error);
}

gboolean
hx_sqlite_restore (const char *place, const char *backup, HxKeys *keys,
                   char **kept, GError **error)
{
  g_autofree char *path = real_path (place);
  g_autofree char *source = real_path (backup);
  g_autofree char *copy = NULL;
  gboolean is_restored;

  if (!check_places (path, source, error))
    return FALSE;
  copy = hx_sqlite_make_beside (path, "restoring", error);
  if (copy == NULL)
    return FALSE;
  is_restored = copy_backup (source, copy, error)
                && check_key (copy, keys, error)
                && exchange (copy, path, kept, error);
  if (!is_restored)
    g_unlink (copy);
  return is_restored;
}
