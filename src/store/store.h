/* store: one interface to the database, whatever engine is behind it.
 *
 * A store is opened by URL: `sqlite:PATH` (WAL, foreign keys on, STRICT
 * tables, synchronous=FULL).  `postgres://…` is the place of the second
 * engine; until it is there the call says so.
 *
 * Writing.  A write is a function handed to hx_write().  One writer thread
 * takes all functions that wait, runs each inside a savepoint of one
 * transaction, commits once, and only then answers: whoever got TRUE has its
 * change on the disk.  A function that fails is undone alone.  When the
 * commit fails, every caller of that round gets the error.
 *
 * Reading.  Readers have their own connections and see the last commit; a
 * reader never waits for the writer.
 *
 * Threads: hx_write() and hx_store_reader() may be called from any thread.  A
 * connection and its statements belong to one thread at a time.
 *
 * Ownership: statements from hx_statement() belong to the connection and stay
 * valid until it closes; column text is valid until the next step or reset.
 *
 * SQL is written once for both engines: no extensions, no arrays or JSON
 * operators, integers for money, TEXT for ISO dates, `?1` parameters.
 */
#ifndef HX_STORE_H
#define HX_STORE_H

#include "base/base.h"
#include "base/keyring.h"

G_BEGIN_DECLS

typedef struct _HxStore HxStore;
typedef struct _HxConnection HxConnection;
typedef struct _HxStatement HxStatement;

/* ----------------------------------------------------------- open and close */

typedef enum
{
  HX_STORE_OPEN = 0,       /* it must be there: else a clear error */
  HX_STORE_CREATE = 1 << 0 /* make it when it is not */
} HxStoreFlags;

typedef struct
{
  /* How the engine makes a commit durable. FULL: synced before the answer.
   * NORMAL: survives a crash of the process, not of the machine. */
  enum
  {
    HX_DURABLE_FULL = 0,
    HX_DURABLE_NORMAL
  } durability;
  guint batch_max; /* writes in one commit; 0: the default (256) */
  guint cache_kib; /* page cache of the writer; 0: the default (65536) */
  /* Page cache of each reader, which then maps nothing of the file: for many
   * readers at once.  0: 8 MiB, and a map of the file. */
  guint reader_kib;
  /* Where the key lies; NULL: beside the database, as PATH.key. */
  const char *key_file;
  HxCipher cipher; /* of a key that hx_key_establish makes */
} HxStoreOptions;

/* Opens, checks that it is a Hongxia database of a version this program
 * knows, and that the key file is there and is its own (if it has a key yet),
 * runs the store's own migrations, starts the writer.  options may be NULL. */
HxStore *hx_store_open (const char *url, HxStoreFlags flags,
                        const HxStoreOptions *options, GError **error);
/* Waits for the writes already handed over, then closes. NULL is allowed.  A
 * reader that is still out may be read and given back after it. */
void hx_store_close (HxStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxStore, hx_store_close)

const char *hx_store_url (const HxStore *store);
const char *hx_store_key_file (const HxStore *store);

/* ------------------------------------------------------------------ writing */

/* TRUE: keep.  FALSE with *error set: undo this write alone. */
typedef gboolean (*HxWriteFunc) (HxConnection *connection, gpointer data,
                                 GError **error);

/* Runs `function` on the writer thread, in the language of the caller; returns
 * when its commit is durable or its work is undone.  Not to be called inside
 * a write: that is refused.  The transaction is the writer's: a function may
 * not begin or end one, but may have savepoints of its own (`SAVEPOINT name`
 * by hx_execute).  Keys that are checked late must be whole at its end. */
gboolean hx_write (HxStore *store, HxWriteFunc function, gpointer data,
                   GError **error);
/* Inside a write: succeed, but leave no trace (dry run). */
void hx_write_discard (HxConnection *connection);

/* ------------------------------------------------------------------ reading */

/* A connection of the caller's own, inside one read transaction: everything
 * read through it is of one moment.  Give it back with hx_reader_free. */
typedef struct _HxReader HxReader;
HxReader *hx_store_reader (HxStore *store, GError **error);
HxConnection *hx_reader_connection (HxReader *reader);
void hx_reader_free (HxReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxReader, hx_reader_free)

/* --------------------------------------------------------------- statements */

/* The statement for this SQL on this connection, prepared once and kept;
 * handed out reset and with nothing bound.  NULL with *error when the SQL is
 * wrong.  The same SQL must not be stepped twice at once: use
 * hx_statement_new for a scan inside which the same statement may be asked
 * for again. */
HxStatement *hx_statement (HxConnection *connection, const char *sql,
                           GError **error);
/* A statement of the caller's own. */
HxStatement *hx_statement_new (HxConnection *connection, const char *sql,
                               GError **error);
void hx_statement_free (HxStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxStatement, hx_statement_free)

/* Borrowed. */
HxConnection *hx_statement_connection (HxStatement *statement);
/* Does a statement stand on a row?  Then no table or index can be dropped. */
gboolean hx_connection_reads (const HxConnection *connection);

/* Parameters count from 1.  Text and blobs are borrowed until the statement
 * is reset or stepped to its end.  A failure to bind is told by the next
 * step.  NULL text binds NULL; length -1 is up to the NUL. */
void hx_bind_integer (HxStatement *statement, int index, gint64 value);
void hx_bind_text (HxStatement *statement, int index, const char *text,
                   gssize length);
void hx_bind_blob (HxStatement *statement, int index, const void *data,
                   gsize size);
void hx_bind_null (HxStatement *statement, int index);

typedef enum
{
  HX_STEP_ERROR = -1,
  HX_STEP_DONE = 0,
  HX_STEP_ROW = 1
} HxStep;

HxStep hx_step (HxStatement *statement, GError **error);
/* Step that must end at once (INSERT, UPDATE …); resets the statement. */
gboolean hx_step_done (HxStatement *statement, GError **error);
void hx_statement_reset (HxStatement *statement);

/* Columns count from 0. */
gint64 hx_column_integer (HxStatement *statement, int index);
const char *hx_column_text (HxStatement *statement, int index); /* or NULL */
gsize hx_column_size (HxStatement *statement, int index);       /* bytes */
const void *hx_column_blob (HxStatement *statement, int index);
gboolean hx_column_is_null (HxStatement *statement, int index);
int hx_column_count (HxStatement *statement);
const char *hx_column_name (HxStatement *statement, int index);

/* One or more statements without parameters or result. */
gboolean hx_execute (HxConnection *connection, const char *sql, GError **error);
/* Rows changed by the last statement on this connection. */
gint64 hx_changes (HxConnection *connection);
/* First column of the first row, or `fallback` when there is none. */
gboolean hx_query_integer (HxConnection *connection, const char *sql,
                           gint64 fallback, gint64 *value, GError **error);

/* "STRICT, WITHOUT ROWID" or what the engine has in their place: the words
 * that close a CREATE TABLE whose rows lie in the order of the primary key. */
const char *hx_table_options (HxConnection *connection);
/* The names of the columns of a table; empty when there is no such table. */
gboolean hx_table_columns (HxConnection *connection, const char *table,
                           GPtrArray **columns, GError **error);

/* What a room makes once and needs in every write lies with the connection
 * between them.  Keep hands it over, to be destroyed with the connection or
 * when another takes its place; take gives it back, NULL when there is none.
 * `key` is a literal. */
void hx_connection_keep (HxConnection *connection, const char *key,
                         gpointer data, GDestroyNotify destroy);
gpointer hx_connection_take (HxConnection *connection, const char *key);

/* --------------------------------------------------------------- migrations
 *
 * Each room that keeps tables of its own lists its steps, oldest first, and
 * runs them at open time inside a write.  The table schema_version
 * (room, version, applied_at) says what has been run.  A database with a
 * version newer than the list is refused: it belongs to a newer program.
 */

typedef struct
{
  int version;     /* 1, 2, 3 … */
  const char *sql; /* `$options` is replaced by hx_table_options() */
} HxMigration;

gboolean hx_migrate (HxConnection *connection, const char *room,
                     const HxMigration *migrations, gsize n_migrations,
                     GError **error);

/* ----------------------------------------------------------------- settings
 *
 * Small values of the bureau: table setting (bureau_id, key, value).
 */

/* NULL without *error when not set. */
char *hx_setting_get (HxConnection *connection, const char *key,
                      GError **error);
gboolean hx_setting_set (HxConnection *connection, const char *key,
                         const char *value, GError **error);

/* The one bureau of an embedded database; every key starts with it. */
#define HX_BUREAU_ID 1

/* --------------------------------------------------------------------- keys
 *
 * What is secret is sealed with a key that is not in the database but in a
 * file of its own (base/keyring.h).  The setting "secret_key" says which
 * generation of the key is in use.  Each connection has a sealer.
 */

/* Inside a write, when the database is made: makes the key file, or takes the
 * one that lies there.  Does nothing when the database has its key. */
gboolean hx_key_establish (HxConnection *connection, GError **error);
/* The generation in use; an error that says what to do when there is none. */
gboolean hx_key_generation (HxConnection *connection, guint *generation,
                            GError **error);
const char *hx_key_file (HxConnection *connection);
/* The caller's reference. */
HxKeyring *hx_key_ring (HxConnection *connection, GError **error);

/* Rotation, inside one write.  Extend puts a generation into the key file that
 * is not in use yet, or finds the one that a broken off rotation left there;
 * the file keeps it whatever becomes of the write.  Use takes a generation for
 * all that is sealed from now on. */
gboolean hx_key_extend (HxConnection *connection, HxCipher cipher,
                        guint *generation, GError **error);
gboolean hx_key_use (HxConnection *connection, guint generation,
                     GError **error);

/* See hx_sealer_seal, hx_sealer_open and hx_sealer_digest, by the generation in
 * use; the digest is 0 when the database has no key. */
gboolean hx_connection_seal (HxConnection *connection, const HxPlace *place,
                             const char *text, GString *out, GError **error);
gboolean hx_connection_unseal (HxConnection *connection, const HxPlace *place,
                               const char *sealed, GString *out,
                               GError **error);
gint64 hx_connection_digest (HxConnection *connection, const char *domain,
                             const char *text, gsize size);

/* ------------------------------------------------------- backup and restore */

/* A consistent copy while others write, synced, and checked by opening it.
 * An existing file is not overwritten. */
gboolean hx_store_backup (HxStore *store, const char *path, HxProgress progress,
                          gpointer data, GError **error);
/* Checks the backup (is it a Hongxia database, is it whole), then puts it in
 * the place that `url` names in one step.  What was there is kept beside it as
 * PATH.before-restore-TIME. `*kept` (may be NULL) names it, NULL if none.
 * Nothing is changed unless the key that hx_store_open would take with these
 * options (may be NULL) opens what the backup holds sealed. */
gboolean hx_store_restore (const char *url, const char *backup,
                           const HxStoreOptions *options, char **kept,
                           GError **error);
/* The engine's own check of pages and indexes. */
gboolean hx_store_check (HxStore *store, GError **error);

G_END_DECLS

#endif
