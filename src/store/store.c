/* Opening by URL, closing, and what is handed straight to the engine. */
#include "store/store_internal.h"

#define BATCH_MAX 256
#define CACHE_KIB 65536

typedef struct
{
  const char *scheme; /* what stands before the first colon of the URL */
  const HxEngine *engine;
} Scheme;

static const Scheme schemes[] = {
  { "sqlite", &hx_sqlite_engine },
  { "postgres", &hx_postgres_engine },
  { "postgresql", &hx_postgres_engine },
};

/* "sqlite:PATH" gives the engine and PATH. */
static const HxEngine *
engine_of_url (const char *url, const char **place, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i].scheme);

      if (strncmp (url, schemes[i].scheme, length) == 0 && url[length] == ':')
        {
          *place = url + length + 1;
          return schemes[i].engine;
        }
    }
  hx_fail (error, HX_ERROR_USAGE, _ ("数据库地址不认识"), url,
           _ ("写成 sqlite:文件名，例如 sqlite:hongxia.db"));
  return NULL;
}

static HxStoreOptions
options_or_defaults (const HxStoreOptions *options)
{
  HxStoreOptions chosen = { 0 };

  if (options != NULL)
    chosen = *options;
  if (chosen.batch_max == 0)
    chosen.batch_max = BATCH_MAX;
  if (chosen.cache_kib == 0)
    chosen.cache_kib = CACHE_KIB;
  return chosen;
}

HxStore *
hx_store_open (const char *url, HxStoreFlags flags,
               const HxStoreOptions *options, GError **error)
{
  HxStoreOptions chosen = options_or_defaults (options);
  const char *place = NULL;
  const HxEngine *engine = engine_of_url (url, &place, error);
  HxConnection *connection;
  HxKeys *keys;
  HxStore *store;

  if (engine == NULL)
    return NULL;
  connection = engine->open (place, flags, &chosen, error);
  if (connection == NULL)
    return NULL;
  keys = hx_keys_new (place, &chosen);
  hx_connection_set_keys (connection, keys);
  if (!hx_store_migrate (connection, error) || !hx_key_fits (connection, error))
    {
      engine->close (connection);
      hx_keys_unref (keys);
      return NULL;
    }

  store = g_new0 (HxStore, 1);
  store->keys = keys;
  store->engine = engine;
  store->url = g_strdup (url);
  store->connection = connection;
  store->pool = hx_pool_new ();
  hx_writer_start (&store->writer, connection, chosen.batch_max);
  return store;
}

void
hx_store_close (HxStore *store)
{
  if (store == NULL)
    return;
  hx_writer_stop (&store->writer);
  hx_pool_close (store->pool);
  store->engine->close (store->connection);
  hx_keys_unref (store->keys);
  g_free (store->url);
  g_free (store);
}

const char *
hx_store_url (const HxStore *store)
{
  return store->url;
}

const char *
hx_store_key_file (const HxStore *store)
{
  return hx_keys_path (store->keys);
}

gboolean
hx_write (HxStore *store, HxWriteFunc function, gpointer data, GError **error)
{
  return hx_writer_run (&store->writer, function, data, error);
}

gboolean
hx_store_backup (HxStore *store, const char *path, HxProgress progress,
                 gpointer data, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (store, error);

  if (reader == NULL)
    return FALSE;
  return store->engine->backup (hx_reader_connection (reader), path, progress,
                                data, error);
}

gboolean
hx_store_restore (const char *url, const char *backup,
                  const HxStoreOptions *options, char **kept, GError **error)
{
  const HxStoreOptions chosen = options_or_defaults (options);
  const char *place = NULL;
  const HxEngine *engine = engine_of_url (url, &place, error);
  HxKeys *keys;
  gboolean is_restored;

  if (kept != NULL)
    *kept = NULL;
  if (engine == NULL)
    return FALSE;
  keys = hx_keys_new (place, &chosen);
  is_restored = engine->restore (place, backup, keys, kept, error);
  hx_keys_unref (keys);
  return is_restored;
}

gboolean
hx_store_check (HxStore *store, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (store, error);

  if (reader == NULL)
    return FALSE;
  return store->engine->check (hx_reader_connection (reader), error);
}
