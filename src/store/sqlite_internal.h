/* What the files of the SQLite engine share. */
#ifndef HX_SQLITE_INTERNAL_H
#define HX_SQLITE_INTERNAL_H

#include <sqlite3.h>

#include "store/store_internal.h"

G_BEGIN_DECLS

/* "HXIA", in the header of each database of ours. */
#define HX_SQLITE_APPLICATION_ID 0x48584941

/* One more command of SQLite's own: a read, which fixes the moment. */
#define HX_SQLITE_CONTROL_PEEK HX_CONTROL_LAST

typedef struct
{
  HxConnection base;
  sqlite3 *db;
  char *path;
  sqlite3_stmt *controls[HX_CONTROL_LAST + 1];
  guint reader_kib;        /* of a writer: see HxStoreOptions */
  gboolean is_controlling; /* the authorizer lets transaction commands by */
} HxSqlite;

typedef struct
{
  HxStatement base;
  sqlite3_stmt *handle;
  int bind_code; /* the first failure since the last unbind */
} HxSqliteStatement;

/* --------------------------------------------------------- sqlite_error.c */

/* Words a result code for the user.  `sql` may be NULL. Returns FALSE. */
gboolean hx_sqlite_fail (HxSqlite *sqlite, int code, const char *sql,
                         GError **error);
/* The same for a failed system call. */
gboolean hx_sqlite_fail_errno (const char *what, const char *path, int number,
                               GError **error);

/* --------------------------------------------------------------- sqlite.c */

/* `name` is what SQLite opens (a path or a file: URI), `path` what errors
 * name.  No transaction commands can be given through it yet. */
HxSqlite *hx_sqlite_connect (const char *name, const char *path, int flags,
                             GError **error);
void hx_sqlite_close (HxConnection *connection);
/* Is it ours?  *is_empty: it has no page yet, and so no owner. */
gboolean hx_sqlite_identify (HxSqlite *sqlite, gboolean *is_empty,
                             GError **error);
/* A first integer from a PRAGMA or SELECT. */
gboolean hx_sqlite_integer (HxSqlite *sqlite, const char *sql, gint64 *value,
                            GError **error);

/* -------------------------------------------------------- sqlite_place.c */

/* A regular file that can be read (and written to). */
gboolean hx_sqlite_check_file (const char *path, gboolean is_written,
                               GError **error);
/* Makes an empty file of mode 0600 where there is none. */
gboolean hx_sqlite_make_file (const char *path, GError **error);
/* The same beside `path`, under a name nobody has: PATH.WORD-xxxxxx. */
char *hx_sqlite_make_beside (const char *path, const char *word,
                             GError **error);
/* Puts `from` where `to` is not; never over an existing file. */
gboolean hx_sqlite_rename_new (const char *from, const char *to,
                               GError **error);
gboolean hx_sqlite_sync (const char *path, GError **error);
/* The folder of `path`, so that a rename in it lasts. */
gboolean hx_sqlite_sync_folder (const char *path, GError **error);

/* --------------------------------------------------- sqlite_statement.c */

HxStatement *hx_sqlite_prepare (HxConnection *connection, const char *sql,
                                gboolean keep, GError **error);
void hx_sqlite_finalize (HxStatement *statement);
void hx_sqlite_bind_integer (HxStatement *statement, int index, gint64 value);
void hx_sqlite_bind_text (HxStatement *statement, int index, const char *text,
                          gssize length);
void hx_sqlite_bind_blob (HxStatement *statement, int index, const void *data,
                          gsize size);
void hx_sqlite_bind_null (HxStatement *statement, int index);
void hx_sqlite_unbind (HxStatement *statement);
HxStep hx_sqlite_step (HxStatement *statement, GError **error);
void hx_sqlite_reset (HxStatement *statement);
gint64 hx_sqlite_column_integer (HxStatement *statement, int index);
const char *hx_sqlite_column_text (HxStatement *statement, int index);
const void *hx_sqlite_column_blob (HxStatement *statement, int index);
gsize hx_sqlite_column_size (HxStatement *statement, int index);
gboolean hx_sqlite_column_is_null (HxStatement *statement, int index);
int hx_sqlite_column_count (HxStatement *statement);
const char *hx_sqlite_column_name (HxStatement *statement, int index);

/* -------------------------------- sqlite_backup.c and sqlite_restore.c */

/* Copies page by page and leaves `path`, an empty file, as one whole file
 * without a write-ahead log, synced. */
gboolean hx_sqlite_copy (HxSqlite *from, const char *path, HxProgress progress,
                         gpointer data, GError **error);
gboolean hx_sqlite_backup (HxConnection *reader, const char *path,
                           HxProgress progress, gpointer data, GError **error);
gboolean hx_sqlite_restore (const char *place, const char *backup, HxKeys *keys,
                            char **kept, GError **error);
gboolean hx_sqlite_check (HxConnection *connection, GError **error);
/* Opens the file at `path` and looks at all of it. */
gboolean hx_sqlite_check_copy (const char *path, GError **error);

G_END_DECLS

#endif
