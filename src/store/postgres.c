/* The place of the second engine.  Until it is there, opening and restoring
 * say so; nothing else of it can be reached. */
#include "store/store_internal.h"

/* The address without the name, password and options that may stand in it. */
static char *
address_without_secret (const char *place)
{
  const char *at = strrchr (place, '@');
  const char *host = at != NULL ? at + 1 : place + 2;
  int length = (int)strcspn (host, "?");

  return g_strdup_printf ("postgres://%.*s", length, host);
}

static gboolean
refuse (const char *place, GError **error)
{
  g_autofree char *where = NULL;

  if (g_str_has_prefix (place, "//"))
    where = address_without_secret (place);
  return hx_fail (error, HX_ERROR_USAGE,
                  _ ("这一版还不能用 PostgreSQL，只有 SQLite 引擎"), where,
                  _ ("写成 sqlite:文件名，例如 sqlite:hongxia.db"));
}

static HxConnection *
postgres_open (const char *place, HxStoreFlags flags,
               const HxStoreOptions *options, GError **error)
{
  (void)flags;
  (void)options;
  refuse (place, error);
  return NULL;
}

static gboolean
postgres_restore (const char *place, const char *backup, HxKeys *keys,
                  char **kept, GError **error)
{
  (void)backup;
  (void)keys;
  (void)kept;
  return refuse (place, error);
}

const HxEngine hx_postgres_engine = {
  .table_options = "",
  .open = postgres_open,
  .restore = postgres_restore,
};
