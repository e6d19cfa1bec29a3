/* The SQL of the tables of a kind.  Names come from the catalogue, which lets
 * only [a-z][a-z0-9_]* through, and are quoted, for they may be words of SQL;
 * values are bound. */
#include "ledger/ledger_internal.h"

static const char *const system_columns[]
    = { "bureau_id", "id",         "unit_id", "day",  "void",
        "version",   "definition", "seq",     "ident" };

#define N_SYSTEM G_N_ELEMENTS (system_columns)
#define N_KEY 2 /* bureau_id, id */

/* A row of a wide kind has 70 columns, and its SQL is written anew for each
 * ledger: no printf here. */
static void
append_name (GString *sql, const char *prefix, const char *name,
             const char *suffix)
{
  g_string_append (sql, ", ");
  g_string_append (sql, prefix);
  g_string_append_c (sql, '"');
  g_string_append (sql, name);
  g_string_append (sql, suffix);
  g_string_append_c (sql, '"');
}

/* ", name" for each column of the fields that is not `day`; their number. */
static guint
append_fields (GString *sql, const HxKind *kind, const char *prefix,
               gboolean with_digests)
{
  const HxField *day = hx_kind_day (kind);
  guint count = 0;

  for (guint i = 0; i < kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (kind->fields, i);

      if (field == day)
        continue;
      append_name (sql, prefix, hx_field_column (field), "");
      count++;
      if (field->digest_column != NULL && with_digests)
        {
          append_name (sql, prefix, field->digest_column, "");
          count++;
        }
      if (field->type != HX_FIELD_ATTENDEES)
        continue;
      append_name (sql, prefix, field->key, "_people");
      count++;
    }
  return count;
}

char *
hx_row_columns (const HxKind *kind, const char *alias)
{
  static const char *const names[]
      = { "id", "unit_id", "void", "version", "definition", "seq", "day" };
  g_autofree char *prefix
      = alias != NULL ? g_strconcat (alias, ".", NULL) : g_strdup ("");
  GString *sql = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (sql, "%s%s%s", i > 0 ? ", " : "", prefix, names[i]);
  append_fields (sql, kind, prefix, FALSE);
  return g_string_free (sql, FALSE);
}

char *
hx_sql_find (const HxKind *kind)
{
  g_autofree char *columns = hx_row_columns (kind, NULL);

  return g_strdup_printf ("SELECT %s FROM %s WHERE bureau_id = ?1"
                          " AND ident = ?2",
                          columns, kind->table);
}

char *
hx_sql_load (const HxKind *kind)
{
  g_autofree char *columns = hx_row_columns (kind, NULL);

  return g_strdup_printf ("SELECT %s FROM %s WHERE bureau_id = ?1"
                          " AND id = ?2",
                          columns, kind->table);
}

/* ------------------------------------------------------- kept statements
 *
 * Rows are loaded one by one in every list of references.  Their SQL names
 * each column of the kind, and costs more to write and to find again than to
 * run: the statements are kept with the connection, by kind.  A kind of another
 * catalogue may come to lie at the same address: it is another when its table,
 * version or number of fields is. */

#define LOADS "ledger.loads"

typedef struct
{
  char *table;
  guint version, n_fields;
  HxStatement *row, *label; /* or NULL: not asked for yet */
} Loads;

static void
loads_free (gpointer data)
{
  Loads *loads = data;

  hx_statement_free (loads->row);
  hx_statement_free (loads->label);
  g_free (loads->table);
  g_free (loads);
}

static gboolean
is_of (const Loads *loads, const HxKind *kind)
{
  return loads->version == kind->version && loads->n_fields == kind->fields->len
         && strcmp (loads->table, kind->table) == 0;
}

static void
table_free (gpointer data)
{
  if (data != NULL)
    g_hash_table_unref (data);
}

/* Borrowed: they live with the connection. */
static Loads *
loads_of (HxConnection *connection, const HxKind *kind)
{
  GHashTable *all = hx_connection_take (connection, LOADS);
  Loads *loads;

  if (all == NULL)
    all = g_hash_table_new_full (NULL, NULL, NULL, loads_free);
  loads = g_hash_table_lookup (all, kind);
  if (loads == NULL || !is_of (loads, kind))
    {
      loads = g_new0 (Loads, 1);
      loads->table = g_strdup (kind->table);
      loads->version = kind->version;
      loads->n_fields = kind->fields->len;
      g_hash_table_replace (all, (gpointer)(guintptr)kind, loads);
    }
  hx_connection_keep (connection, LOADS, all, table_free);
  return loads;
}

HxStatement *
hx_row_statement (HxConnection *connection, const HxKind *kind, GError **error)
{
  Loads *loads = loads_of (connection, kind);

  if (loads->row == NULL)
    {
      g_autofree char *sql = hx_sql_load (kind);

      loads->row = hx_statement_new (connection, sql, error);
    }
  return loads->row;
}

HxStatement *
hx_label_statement (HxConnection *connection, const HxKind *kind,
                    const HxField *label, GError **error)
{
  Loads *loads = loads_of (connection, kind);

  if (loads->label == NULL)
    {
      g_autofree char *sql
          = g_strdup_printf ("SELECT \"%s\" FROM %s WHERE bureau_id = ?1"
                             " AND id = ?2",
                             hx_field_column (label), kind->table);

      loads->label = hx_statement_new (connection, sql, error);
    }
  return loads->label;
}

char *
hx_sql_name (const HxKind *kind, const HxField *field)
{
  if (field->secret)
    return g_strdup_printf ("SELECT id, unit_id, \"%s\" FROM %s"
                            " WHERE bureau_id = ?1 AND \"%s\" = ?2"
                            " AND void = 0",
                            field->key, kind->table, field->digest_column);
  return g_strdup_printf ("SELECT id, unit_id FROM %s WHERE bureau_id = ?1"
                          " AND \"%s\" = ?2 AND void = 0%s LIMIT 2",
                          kind->table, hx_field_column (field),
                          hx_is_identity (kind, field) ? " AND ident = ?3"
                                                       : "");
}

char *
hx_sql_unit (const HxKind *kind)
{
  return g_strdup_printf ("SELECT unit_id FROM %s WHERE bureau_id = ?1"
                          " AND id = ?2",
                          kind->table);
}

char *
hx_sql_users (const HxKind *kind, const HxField *field)
{
  g_autofree char *test = g_strdup_printf (
      field->type == HX_FIELD_ATTENDEES
          ? "replace(replace(\"%s_people\", '[', ','), ']', ',') LIKE ?2"
          : "\"%s\" = ?2",
      hx_field_column (field));

  return g_strdup_printf ("SELECT count(*) FROM %s WHERE bureau_id = ?1 AND %s"
                          " AND void = 0",
                          kind->table, test);
}

char *
hx_sql_repeat (const HxKind *kind, const HxField *field)
{
  g_autofree char *good
      = field->known_bad != NULL
            ? g_strdup_printf (" AND \"%s\" IS NULL", field->known_bad->key)
            : g_strdup ("");

  if (field->secret)
    return g_strdup_printf ("SELECT id, \"%s\" FROM %s WHERE bureau_id = ?1"
                            " AND \"%s\" = ?2 AND void = 0 AND id <> ?3%s",
                            field->key, kind->table, field->digest_column,
                            good);
  return g_strdup_printf ("SELECT id FROM %s WHERE bureau_id = ?1"
                          " AND \"%s\" = ?2 AND void = 0 AND id <> ?3%s"
                          " LIMIT 1",
                          kind->table, hx_field_column (field), good);
}

char *
hx_sql_insert (const HxKind *kind)
{
  GString *sql = g_string_new ("INSERT INTO ");
  guint n_columns = N_SYSTEM;

  g_string_append (sql, kind->table);
  for (guint i = 0; i < N_SYSTEM; i++)
    {
      g_string_append (sql, i == 0 ? " (" : ", ");
      g_string_append (sql, system_columns[i]);
    }
  n_columns += append_fields (sql, kind, "", TRUE);
  g_string_append (sql, ") VALUES (?");
  for (guint i = 1; i < n_columns; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

/* The row value is that of the insert without its key. */
char *
hx_sql_update (const HxKind *kind)
{
  GString *sql = g_string_new ("UPDATE ");
  guint n_columns = N_SYSTEM;

  g_string_append (sql, kind->table);
  for (guint i = N_KEY; i < N_SYSTEM; i++)
    {
      g_string_append (sql, i == N_KEY ? " SET (" : ", ");
      g_string_append (sql, system_columns[i]);
    }
  n_columns += append_fields (sql, kind, "", TRUE);
  for (guint i = N_KEY; i < n_columns; i++)
    {
      g_string_append (sql, i == N_KEY ? ") = (?" : ", ?");
      hx_log_integer (sql, i + 1);
    }
  g_string_append (sql, ") WHERE bureau_id = ?1 AND id = ?2");
  return g_string_free (sql, FALSE);
}

/* ----------------------------------------------------------------- binding */

static int
bind_field (HxStatement *statement, int index, const HxField *field,
            const HxValue *value)
{
  if (!value->filled)
    hx_bind_null (statement, index);
  else if (hx_field_type_is_integer (field->type))
    hx_bind_integer (statement, index, value->integer);
  else
    hx_bind_text (statement, index, field->secret ? value->sealed : value->text,
                  -1);
  if (field->digest_column != NULL)
    {
      if (value->filled)
        hx_bind_integer (statement, index + 1, value->integer);
      else
        hx_bind_null (statement, index + 1);
      return index + 2;
    }
  if (field->type != HX_FIELD_ATTENDEES)
    return index + 1;
  hx_bind_text (statement, index + 1, value->people, -1);
  return index + 2;
}

void
hx_row_bind (HxStatement *statement, const HxRow *row, gint64 ident)
{
  const HxField *day = hx_kind_day (row->kind);
  int index = (int)N_SYSTEM + 1;

  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_integer (statement, 2, row->id);
  if (row->unit_id != 0)
    hx_bind_integer (statement, 3, row->unit_id);
  else
    hx_bind_null (statement, 3);
  hx_bind_text (statement, 4, day != NULL ? row->values[day->index].text : NULL,
                -1);
  hx_bind_integer (statement, 5, row->is_void);
  hx_bind_integer (statement, 6, row->version);
  hx_bind_integer (statement, 7, row->definition);
  hx_bind_integer (statement, 8, row->seq);
  hx_bind_integer (statement, 9, ident);
  for (guint i = 0; i < row->kind->fields->len; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);

      if (field != day)
        index = bind_field (statement, index, field, &row->values[i]);
    }
}
