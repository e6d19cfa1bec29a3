/* Migrations of all rooms, and the store's own tables. */
#include "store/store_internal.h"

static const HxMigration own_migrations[] = {
  { 1, "CREATE TABLE schema_version ("
       "  room TEXT NOT NULL,"
       "  version INTEGER NOT NULL,"
       "  applied_at TEXT NOT NULL,"
       "  PRIMARY KEY (room, version)"
       ") $options;"
       "CREATE TABLE setting ("
       "  bureau_id INTEGER NOT NULL,"
       "  key TEXT NOT NULL,"
       "  value TEXT NOT NULL,"
       "  PRIMARY KEY (bureau_id, key)"
       ") $options;" },
};

/* 0 for a room that never ran, and in a new database. */
static gboolean
current_version (HxConnection *connection, const char *room, gint64 *version,
                 GError **error)
{
  g_autoptr (GPtrArray) columns = NULL;
  HxStatement *statement;

  *version = 0;
  if (!hx_table_columns (connection, "schema_version", &columns, error))
    return FALSE;
  if (columns->len == 0)
    return TRUE;
  statement = hx_statement (
      connection, "SELECT MAX (version) FROM schema_version WHERE room = ?1",
      error);
  if (statement == NULL)
    return FALSE;
  hx_bind_text (statement, 1, room, -1);
  if (hx_step (statement, error) != HX_STEP_ROW)
    return FALSE;
  *version = hx_column_integer (statement, 0);
  hx_statement_reset (statement);
  return TRUE;
}

static gboolean
refuse_newer (const char *room, gint64 found, gint64 known, GError **error)
{
  g_autofree char *where = NULL;

  if (found <= known)
    return TRUE;
  where = g_strdup_printf (_ ("%s 表是第 %" G_GINT64_FORMAT
                              " 版，本程序只到第 %" G_GINT64_FORMAT " 版"),
                           room, found, known);
  return hx_fail (error, HX_ERROR_STORE, _ ("数据库由更新的红霞写成"), where,
                  _ ("请升级红霞后再打开"));
}

static gboolean
apply (HxConnection *connection, const char *room, const HxMigration *migration,
       GError **error)
{
  g_autoptr (GString) sql = g_string_new (migration->sql);
  g_autofree char *now = hx_time_now ();
  HxStatement *statement;

  g_string_replace (sql, "$options", hx_table_options (connection), 0);
  if (!hx_execute (connection, sql->str, error))
    return FALSE;
  statement = hx_statement (connection,
                            "INSERT INTO schema_version"
                            " (room, version, applied_at)"
                            " VALUES (?1, ?2, ?3)",
                            error);
  if (statement == NULL)
    return FALSE;
  hx_bind_text (statement, 1, room, -1);
  hx_bind_integer (statement, 2, migration->version);
  hx_bind_text (statement, 3, now, -1);
  return hx_step_done (statement, error);
}

gboolean
hx_migrate (HxConnection *connection, const char *room,
            const HxMigration *migrations, gsize n_migrations, GError **error)
{
  gint64 known = n_migrations > 0 ? migrations[n_migrations - 1].version : 0;
  gint64 found = 0;

  if (!current_version (connection, room, &found, error)
      || !refuse_newer (room, found, known, error))
    return FALSE;
  for (gsize i = 0; i < n_migrations; i++)
    if (migrations[i].version > found
        && !apply (connection, room, &migrations[i], error))
      {
        hx_error_at (error, room);
        return FALSE;
      }
  return TRUE;
}

static gboolean
migrate_in_transaction (HxConnection *connection, GError **error)
{
  const HxEngine *engine = connection->engine;

  if (!engine->control (connection, HX_CONTROL_BEGIN_WRITE, error))
    return FALSE;
  if (hx_migrate (connection, "store", own_migrations,
                  G_N_ELEMENTS (own_migrations), error)
      && engine->control (connection, HX_CONTROL_COMMIT, error))
    return TRUE;
  if (engine->in_transaction (connection))
    engine->control (connection, HX_CONTROL_ROLLBACK, NULL);
  return FALSE;
}

static gint64
own_version (void)
{
  return own_migrations[G_N_ELEMENTS (own_migrations) - 1].version;
}

gboolean
hx_store_check_version (HxConnection *connection, GError **error)
{
  gint64 found = 0;

  return current_version (connection, "store", &found, error)
         && refuse_newer ("store", found, own_version (), error);
}

/* Only a database that is behind is written to: another program may be
 * writing while this one opens. */
gboolean
hx_store_migrate (HxConnection *connection, GError **error)
{
  gint64 found = 0;

  if (!current_version (connection, "store", &found, error)
      || !refuse_newer ("store", found, own_version (), error))
    return FALSE;
  return found == own_version () || migrate_in_transaction (connection, error);
}
