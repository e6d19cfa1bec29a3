#include "catalogue/install.h"

static const HxMigration migrations[] = {
  { 1, "CREATE TABLE catalogue_file (bureau_id INTEGER NOT NULL,"
       " path TEXT NOT NULL, text TEXT NOT NULL,"
       " PRIMARY KEY (bureau_id, path)) $options;"
       "CREATE TABLE kind_version (bureau_id INTEGER NOT NULL,"
       " kind TEXT NOT NULL, version INTEGER NOT NULL,"
       " definition TEXT NOT NULL,"
       " PRIMARY KEY (bureau_id, kind, version)) $options" },
  { 2, "CREATE TABLE field_fill (bureau_id INTEGER NOT NULL,"
       " kind TEXT NOT NULL, version INTEGER NOT NULL,"
       " field TEXT NOT NULL, value TEXT NOT NULL,"
       " PRIMARY KEY (bureau_id, kind, version, field)) $options" },
};

gboolean
hx_catalogue_migrate (HxConnection *connection, GError **error)
{
  return hx_migrate (connection, "catalogue", migrations,
                     G_N_ELEMENTS (migrations), error);
}

static const char *
column_type (const HxField *field)
{
  return hx_field_type_is_integer (field->type) ? "INTEGER" : "TEXT";
}

gboolean
hx_kind_create (HxConnection *connection, const HxKind *kind, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (
      sql,
      "CREATE TABLE %s (bureau_id INTEGER NOT NULL, id INTEGER NOT NULL,"
      " unit_id INTEGER, day TEXT, void INTEGER NOT NULL DEFAULT 0,"
      " version INTEGER NOT NULL DEFAULT 1,"
      " definition INTEGER NOT NULL DEFAULT 1,"
      " seq INTEGER NOT NULL DEFAULT 0, ident INTEGER NOT NULL DEFAULT 0",
      kind->table);
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = kind->fields->pdata[i];

      if (strcmp (hx_field_column (field), "day") == 0)
        continue;
      g_string_append_printf (sql, ", \"%s\" %s", field->key,
                              column_type (field));
      if (field->type == HX_FIELD_ATTENDEES)
        g_string_append_printf (sql, ", \"%s_people\" TEXT", field->key);
      if (field->digest_column != NULL)
        g_string_append_printf (sql, ", \"%s\" INTEGER", field->digest_column);
    }
  g_string_append_printf (sql, ", PRIMARY KEY (bureau_id, id)) %s",
                          hx_table_options (connection));
  return hx_execute (connection, sql->str, error);
}

/* ----------------------------------------------------------------- indexes */

static gboolean
holds (const GPtrArray *fields, const HxField *field)
{
  for (guint i = 0; i < fields->len; i++)
    if (fields->pdata[i] == field)
      return TRUE;
  return FALSE;
}

/* What is the identity alone is looked up by its digest. */
static gboolean
is_looked_up (const HxKind *kind, const HxField *field)
{
  if (field->type == HX_FIELD_ATTENDEES)
    return FALSE;
  if (field->type == HX_FIELD_REF)
    return TRUE;
  if (field->secret)
    return FALSE;
  if (kind->identity->len == 1 && kind->identity->pdata[0] == field)
    return field->known_bad != NULL;
  return field->unique || holds (kind->refer_by, field);
}

/* A dot cannot be in a key, so no two names are one. */
static char *
index_sql (const HxKind *kind, const char *column, gboolean wanted)
{
  if (!wanted)
    return g_strdup_printf ("DROP INDEX IF EXISTS \"%s.%s\"", kind->table,
                            column);
  return g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%s.%s\" ON %s"
                          " (bureau_id, \"%s\")",
                          kind->table, column, kind->table, column);
}

static gboolean
index_field (HxConnection *connection, const HxKind *kind, const HxField *field,
             GError **error)
{
  g_autofree char *sql
      = index_sql (kind, hx_field_column (field), is_looked_up (kind, field));
  g_autofree char *digest = field->digest_column != NULL
                                ? index_sql (kind, field->digest_column, TRUE)
                                : NULL;

  return hx_execute (connection, sql, error)
         && (digest == NULL || hx_execute (connection, digest, error));
}

gboolean
hx_kind_index (HxConnection *connection, const HxKind *kind, GError **error)
{
  g_autofree char *ident = index_sql (kind, "ident", TRUE);

  if (!hx_execute (connection, ident, error))
    return FALSE;
  for (guint i = 0; i < kind->fields->len; i++)
    if (!index_field (connection, kind, kind->fields->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* A unique field is asked for with each row, a name whenever another row
 * refers to this one. */
static const char *
column_that_waits (const HxKind *kind, const HxField *field)
{
  if (field->unique || holds (kind->refer_by, field))
    return NULL;
  return field->type == HX_FIELD_REF ? field->key : field->digest_column;
}

gboolean
hx_kind_indexes_drop (HxConnection *connection, const HxKind *kind,
                      GError **error)
{
  g_autofree char *ident = index_sql (kind, "ident", FALSE);

  if (!hx_execute (connection, ident, error))
    return FALSE;
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const char *column = column_that_waits (kind, kind->fields->pdata[i]);
      g_autofree char *sql
          = column != NULL ? index_sql (kind, column, FALSE) : NULL;

      if (sql != NULL && !hx_execute (connection, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* Without statistics SQLite takes the first column of a key to be worth as
 * much as a whole index.  With bureau_id first everywhere it would then read
 * through a table in the order of its primary key rather than use an index.
 * The statistics it gets are those of large tables of one bureau. */
static gboolean
expect_many (HxConnection *connection, const HxKind *kind, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "DELETE FROM sqlite_stat1 WHERE tbl = '%s';"
      "INSERT INTO sqlite_stat1 (tbl, idx, stat)"
      " SELECT '%s', CASE origin WHEN 'pk' THEN '%s' ELSE name END,"
      " CASE WHEN origin = 'pk' THEN '1000000 1000000 1'"
      " WHEN name LIKE '%%.ident' THEN '1000000 1000000 2'"
      " ELSE '1000000 1000000 100' END FROM pragma_index_list ('%s')",
      kind->table, kind->table, kind->table, kind->table);

  return hx_execute (connection, sql, error);
}

gboolean
hx_kinds_expect_many (HxConnection *connection, const GPtrArray *kinds,
                      GError **error)
{
  if (strstr (hx_table_options (connection), "ROWID") == NULL)
    return TRUE;
  if (!hx_execute (connection, "ANALYZE sqlite_schema", error))
    return FALSE;
  for (guint i = 0; i < kinds->len; i++)
    if (!expect_many (connection, kinds->pdata[i], error))
      return FALSE;
  return hx_execute (connection, "ANALYZE sqlite_schema", error);
}

gboolean
hx_kind_indexes_make (HxConnection *connection, const HxKind *kind,
                      GError **error)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();

  g_ptr_array_add (kinds, (gpointer)(guintptr)kind);
  return hx_kind_index (connection, kind, error)
         && hx_kinds_expect_many (connection, kinds, error);
}

gboolean
hx_kind_drop_columns (HxConnection *connection, const HxKind *kind,
                      const HxField *field, GError **error)
{
  g_autofree char *index = index_sql (kind, hx_field_column (field), FALSE);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "%s;ALTER TABLE %s DROP COLUMN \"%s\"", index,
                   kind->table, field->key);
  if (field->type == HX_FIELD_ATTENDEES)
    g_string_append_printf (sql, ";ALTER TABLE %s DROP COLUMN \"%s_people\"",
                            kind->table, field->key);
  if (field->digest_column != NULL)
    {
      g_autofree char *digest = index_sql (kind, field->digest_column, FALSE);

      g_string_append_printf (sql, ";%s;ALTER TABLE %s DROP COLUMN \"%s\"",
                              digest, kind->table, field->digest_column);
    }
  return hx_execute (connection, sql->str, error);
}

gboolean
hx_kind_add_columns (HxConnection *connection, const HxKind *kind,
                     const HxField *field, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "ALTER TABLE %s ADD COLUMN \"%s\" %s", kind->table,
                   field->key, column_type (field));
  if (field->type == HX_FIELD_ATTENDEES)
    g_string_append_printf (sql,
                            ";ALTER TABLE %s ADD COLUMN \"%s_people\" TEXT",
                            kind->table, field->key);
  if (field->digest_column != NULL)
    g_string_append_printf (sql, ";ALTER TABLE %s ADD COLUMN \"%s\" INTEGER",
                            kind->table, field->digest_column);
  return hx_execute (connection, sql->str, error);
}

gboolean
hx_ident_forget (HxConnection *connection, const HxKind *kind, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("UPDATE %s SET ident = 0", kind->table);

  return hx_execute (connection, sql, error);
}

gboolean
hx_rows_where (HxConnection *connection, const char *table, const char *where,
               gint64 *rows, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT COUNT (*) FROM %s WHERE %s", table, where);

  return hx_query_integer (connection, sql, 0, rows, error);
}

gboolean
hx_bundle_store (HxConnection *connection, const HxBundle *bundle,
                 GError **error)
{
  g_autoptr (GPtrArray) paths = hx_bundle_paths (bundle);

  if (!hx_execute (connection, "DELETE FROM catalogue_file", error))
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    {
      HxStatement *statement
          = hx_statement (connection,
                          "INSERT INTO catalogue_file (bureau_id, path, text)"
                          " VALUES (?1, ?2, ?3)",
                          error);

      if (statement == NULL)
        return FALSE;
      hx_bind_integer (statement, 1, HX_BUREAU_ID);
      hx_bind_text (statement, 2, paths->pdata[i], -1);
      hx_bind_text (statement, 3, hx_bundle_get (bundle, paths->pdata[i]), -1);
      if (!hx_step_done (statement, error))
        return FALSE;
    }
  return TRUE;
}

HxBundle *
hx_bundle_fetch (HxConnection *connection, GError **error)
{
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autoptr (GPtrArray) columns = NULL;
  HxStatement *statement;
  HxStep step;

  if (!hx_table_columns (connection, "catalogue_file", &columns, error))
    return NULL;
  if (columns->len == 0)
    return g_steal_pointer (&bundle);
  statement = hx_statement (
      connection, "SELECT path, text FROM catalogue_file WHERE bureau_id = 1",
      error);
  if (statement == NULL)
    return NULL;
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    hx_bundle_add (bundle, hx_column_text (statement, 0),
                   hx_column_text (statement, 1));
  hx_statement_reset (statement);
  return step == HX_STEP_ERROR ? NULL : g_steal_pointer (&bundle);
}

gboolean
hx_version_get (HxConnection *connection, const char *kind, gint64 *version,
                char **definition, GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "SELECT version, definition FROM kind_version WHERE bureau_id = 1"
      " AND kind = ?1 ORDER BY version DESC LIMIT 1",
      error);
  HxStep step;

  *version = 0;
  *definition = NULL;
  if (statement == NULL)
    return FALSE;
  hx_bind_text (statement, 1, kind, -1);
  step = hx_step (statement, error);
  if (step == HX_STEP_ROW)
    {
      *version = hx_column_integer (statement, 0);
      *definition = g_strdup (hx_column_text (statement, 1));
    }
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

gboolean
hx_version_put (HxConnection *connection, const char *kind, gint64 version,
                const char *definition, GError **error)
{
  HxStatement *statement = hx_statement (
      connection,
      "INSERT INTO kind_version (bureau_id, kind, version, definition)"
      " VALUES (1, ?1, ?2, ?3)",
      error);

  if (statement == NULL)
    return FALSE;
  hx_bind_text (statement, 1, kind, -1);
  hx_bind_integer (statement, 2, version);
  hx_bind_text (statement, 3, definition, -1);
  return hx_step_done (statement, error);
}
