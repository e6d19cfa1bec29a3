/* What the files of the store share: the interface of an engine, and the
 * parts of a store that are the same whatever the engine.
 *
 * An engine extends HxConnection and HxStatement by placing them first in
 * structures of its own.  It knows nothing of queues, pools and caches; those
 * know nothing of SQLite.
 */
#ifndef HX_STORE_INTERNAL_H
#define HX_STORE_INTERNAL_H

#include <pthread.h>

#include "store/store.h"

G_BEGIN_DECLS

/* ----------------------------------------------- connection and statement */

typedef struct _HxEngine HxEngine;

/* Slots of the table that finds a statement by the address of its text. */
#define HX_STATEMENT_SLOTS 128

typedef struct
{
  const char *text; /* as the caller passed it; only compared, never read */
  HxStatement *statement;
} HxStatementSlot;

typedef struct _HxKeys HxKeys; /* see key.c */

struct _HxConnection
{
  const HxEngine *engine;
  GHashTable *statements; /* SQL text → HxStatement, owned */
  HxStatementSlot slots[HX_STATEMENT_SLOTS];
  HxStatement *active; /* those that stand on a row */
  GHashTable *kept;    /* key → HxKept */
  gboolean discard;    /* the running write asked to leave no trace */
  HxKeys *keys;        /* NULL: of no store */
  HxSealer *sealer;    /* NULL until needed */
  guint generation;    /* of the key, at this moment; 0: not asked yet */
};

struct _HxStatement
{
  HxConnection *connection;
  char *sql;
  gboolean is_active;
  HxStatement *active_previous;
  HxStatement *active_next;
};

void hx_connection_init (HxConnection *connection, const HxEngine *engine);
/* Frees the cached statements; the engine closes afterwards. */
void hx_connection_clear (HxConnection *connection);
/* Resets every statement that stands on a row, whoever left it there. */
void hx_connection_settle (HxConnection *connection);

/* -------------------------------------------------------------------- keys */

HxKeys *hx_keys_new (const char *place, const HxStoreOptions *options);
HxKeys *hx_keys_ref (HxKeys *keys);
void hx_keys_unref (HxKeys *keys);
const char *hx_keys_path (const HxKeys *keys);
void hx_connection_set_keys (HxConnection *connection, HxKeys *keys);
void hx_connection_drop_keys (HxConnection *connection);
/* The key file opens what the database says; a database without a key fits. */
gboolean hx_key_fits (HxConnection *connection, GError **error);

/* ------------------------------------------------------------------ engine */

/* The transaction commands an engine must know. */
typedef enum
{
  HX_CONTROL_BEGIN_WRITE,
  HX_CONTROL_BEGIN_READ, /* fixes the moment that is read */
  HX_CONTROL_COMMIT,
  HX_CONTROL_ROLLBACK,
  HX_CONTROL_SAVEPOINT,
  HX_CONTROL_RELEASE,
  HX_CONTROL_ROLLBACK_TO,
  HX_CONTROL_LAST
} HxControl;

struct _HxEngine
{
  const char *table_options;

  /* `place` is the URL behind the scheme. */
  HxConnection *(*open) (const char *place, HxStoreFlags flags,
                         const HxStoreOptions *options, GError **error);
  HxConnection *(*open_reader) (HxConnection *writer, GError **error);
  void (*close) (HxConnection *connection);

  gboolean (*control) (HxConnection *connection, HxControl control,
                       GError **error);
  gboolean (*in_transaction) (HxConnection *connection);
  /* Nothing is left that would make the commit fail (deferred keys). */
  gboolean (*is_settled) (HxConnection *connection, GError **error);

  HxStatement *(*prepare) (HxConnection *connection, const char *sql,
                           gboolean keep, GError **error);
  void (*finalize) (HxStatement *statement);
  void (*bind_integer) (HxStatement *statement, int index, gint64 value);
  void (*bind_text) (HxStatement *statement, int index, const char *text,
                     gssize length);
  void (*bind_blob) (HxStatement *statement, int index, const void *data,
                     gsize size);
  void (*bind_null) (HxStatement *statement, int index);
  void (*unbind) (HxStatement *statement);
  /* Resets by itself at the end and on an error. */
  HxStep (*step) (HxStatement *statement, GError **error);
  void (*reset) (HxStatement *statement);
  gint64 (*column_integer) (HxStatement *statement, int index);
  const char *(*column_text) (HxStatement *statement, int index);
  const void *(*column_blob) (HxStatement *statement, int index);
  gsize (*column_size) (HxStatement *statement, int index);
  gboolean (*column_is_null) (HxStatement *statement, int index);
  int (*column_count) (HxStatement *statement);
  const char *(*column_name) (HxStatement *statement, int index);

  gboolean (*execute) (HxConnection *connection, const char *sql,
                       GError **error);
  gint64 (*changes) (HxConnection *connection);
  gboolean (*table_columns) (HxConnection *connection, const char *table,
                             GPtrArray *columns, GError **error);

  gboolean (*backup) (HxConnection *reader, const char *path,
                      HxProgress progress, gpointer data, GError **error);
  gboolean (*restore) (const char *place, const char *backup, HxKeys *keys,
                       char **kept, GError **error);
  gboolean (*check) (HxConnection *reader, GError **error);
};

extern const HxEngine hx_sqlite_engine;
extern const HxEngine hx_postgres_engine;

/* ------------------------------------------------------------------ writer
 *
 * The locks are POSIX ones and not GLib's: the thread sanitizer follows them.
 */

typedef struct _HxRequest HxRequest;

typedef struct
{
  HxConnection *connection;
  guint batch_max;
  GThread *thread;
  pthread_mutex_t lock; /* guards what follows */
  pthread_cond_t work;  /* the queue is no longer empty, or stopping */
  HxRequest *first;
  HxRequest *last;
  gboolean is_idle;
  gboolean is_stopping;
} HxWriter;

/* Takes the connection for as long as it runs, but does not own it. */
void hx_writer_start (HxWriter *writer, HxConnection *connection,
                      guint batch_max);
/* Runs what still waits, then ends the thread. */
void hx_writer_stop (HxWriter *writer);
gboolean hx_writer_run (HxWriter *writer, HxWriteFunc function, gpointer data,
                        GError **error);

/* ------------------------------------------------------------------- store */

typedef struct _HxPool HxPool;

HxPool *hx_pool_new (void);
/* Lends no more; frees the pool once every reader is back. */
void hx_pool_close (HxPool *pool);

struct _HxStore
{
  const HxEngine *engine;
  char *url;
  HxKeys *keys;
  HxConnection *connection; /* of the writer */
  HxWriter writer;
  HxPool *pool;
};

/* The store's own tables; opens its own transaction where one is needed. */
gboolean hx_store_migrate (HxConnection *connection, GError **error);
/* Refuses a database that a newer store wrote. */
gboolean hx_store_check_version (HxConnection *connection, GError **error);

G_END_DECLS

#endif
