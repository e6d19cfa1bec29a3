/* Keeping the index: what a write does to the keys of its rows is gathered,
 * and brought to the table in the order of its key when the write ends, or
 * when there is much of it.  In order a key costs a third of what it costs
 * anywhere in the table.
 *
 * A key that is taken away and given again in one write is neither. */
#include "ledger/search_internal.h"
#include "ledger/secret.h"

#define RULE 2 /* the next when the keys of a row are made in another way */
#define GATHERED_MAX (1024 * 1024)
#define HEAD_BYTES 8
#define AT_ONCE 32

static const HxMigration migrations[] = {
  { 1, "CREATE TABLE search_index (bureau_id INTEGER NOT NULL,"
       " kind TEXT NOT NULL, rule TEXT NOT NULL,"
       " PRIMARY KEY (bureau_id, kind)) $options" },
};

typedef struct
{
  guint64 head; /* the first bytes of the key, which decide mostly */
  gint64 row;
  guint32 offset;
  gint32 sign;
} Entry;

struct _HxKeyBuffer
{
  HxConnection *connection;
  const HxKind *kind;
  GArray *entries; /* Entry */
  GString *texts;
  gint64 row;
  gint32 sign;
};

gboolean
hx_search_migrate (HxConnection *connection, GError **error)
{
  return hx_migrate (connection, "search", migrations,
                     G_N_ELEMENTS (migrations), error);
}

char *
hx_search_table (const HxKind *kind)
{
  return g_strconcat ("search_", kind->key, NULL);
}

/* --------------------------------------------------------------- gathering */

HxKeyBuffer *
hx_key_buffer_new (HxConnection *connection, const HxKind *kind)
{
  HxKeyBuffer *buffer = g_new0 (HxKeyBuffer, 1);

  buffer->connection = connection;
  buffer->kind = kind;
  buffer->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  buffer->texts = g_string_new (NULL);
  return buffer;
}

void
hx_key_buffer_free (HxKeyBuffer *buffer)
{
  if (buffer == NULL)
    return;
  g_array_unref (buffer->entries);
  g_string_free (buffer->texts, TRUE);
  g_free (buffer);
}

static guint64
head_of (const char *key)
{
  guint64 head = 0;

  for (guint i = 0; i < HEAD_BYTES; i++)
    {
      head = head << 8 | (guint8)*key;
      key += *key != '\0';
    }
  return head;
}

static void
gather (const char *key, gpointer data)
{
  HxKeyBuffer *buffer = data;
  Entry entry = { head_of (key), buffer->row, (guint32)buffer->texts->len,
                  buffer->sign };

  hx_append (buffer->texts, key, strlen (key) + 1);
  g_array_append_val (buffer->entries, entry);
}

static gboolean
gather_row (HxKeyBuffer *buffer, HxKeyMaker *maker, const HxRow *row,
            gint32 sign, GError **error)
{
  if (!hx_row_is_open (row, error))
    return FALSE;
  buffer->row = row->id;
  buffer->sign = sign;
  hx_keys_of_row (maker, row, TRUE, gather, buffer);
  return TRUE;
}

/* ----------------------------------------------------------------- writing */

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Entry *one = a, *other = b;
  const GString *texts = data;
  int order;

  if (one->head != other->head)
    return one->head < other->head ? -1 : 1;
  order = strcmp (texts->str + one->offset, texts->str + other->offset);
  if (order != 0)
    return order;
  return one->row < other->row ? -1 : one->row > other->row;
}

/* Keys on their way into the table, or out of it; several in one statement
 * take a quarter of the time that they take alone. */
typedef struct
{
  const HxKeyBuffer *buffer;
  char *one, *many, *gone; /* SQL */
  const Entry *waiting[AT_ONCE];
  guint n_waiting;
} Adding;

static char *
insert_sql (const char *table, guint keys)
{
  GString *sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s (bureau_id, key, row) VALUES ", table);
  for (guint i = 0; i < keys; i++)
    g_string_append_printf (sql, "%s(?1, ?%u, ?%u)", i > 0 ? ", " : "",
                            2 * i + 2, 2 * i + 3);
  g_string_append (sql, " ON CONFLICT DO NOTHING");
  return g_string_free (sql, FALSE);
}

static gboolean
run (const Adding *adding, const char *sql, guint first, guint keys,
     GError **error)
{
  const char *texts = adding->buffer->texts->str;
  HxStatement *statement
      = hx_statement (adding->buffer->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  for (guint i = 0; i < keys; i++)
    {
      const Entry *entry = adding->waiting[first + i];

      hx_bind_text (statement, 2 * (int)i + 2, texts + entry->offset, -1);
      hx_bind_integer (statement, 2 * (int)i + 3, entry->row);
    }
  return hx_step_done (statement, error);
}

static gboolean
add_waiting (Adding *adding, GError **error)
{
  guint keys = adding->n_waiting == AT_ONCE ? AT_ONCE : 1;

  for (guint i = 0; i < adding->n_waiting; i += keys)
    if (!run (adding, keys > 1 ? adding->many : adding->one, i, keys, error))
      return FALSE;
  adding->n_waiting = 0;
  return TRUE;
}

static gboolean
change_key (Adding *adding, const Entry *entry, gint32 sum, GError **error)
{
  if (sum == 0)
    return TRUE;
  adding->waiting[adding->n_waiting++] = entry;
  if (sum > 0)
    return adding->n_waiting < AT_ONCE || add_waiting (adding, error);
  return run (adding, adding->gone, --adding->n_waiting, 1, error);
}

static gboolean
flush_sorted (Adding *adding, GError **error)
{
  const HxKeyBuffer *buffer = adding->buffer;
  const Entry *entries = (const Entry *)(void *)buffer->entries->data;
  guint next;

  for (guint i = 0; i < buffer->entries->len; i = next)
    {
      gint32 sum = 0;

      for (next = i;
           next < buffer->entries->len
           && compare (&entries[i], &entries[next], buffer->texts) == 0;
           next++)
        sum += entries[next].sign;
      if (!change_key (adding, &entries[i], sum, error))
        return FALSE;
    }
  return add_waiting (adding, error);
}

gboolean
hx_key_buffer_flush (HxKeyBuffer *buffer, GError **error)
{
  g_autofree char *table = hx_search_table (buffer->kind);
  g_autofree char *one = insert_sql (table, 1);
  g_autofree char *many = insert_sql (table, AT_ONCE);
  g_autofree char *gone = g_strdup_printf (
      "DELETE FROM %s WHERE bureau_id = ?1 AND key = ?2 AND row = ?3", table);
  Adding adding = { .buffer = buffer, .one = one, .many = many, .gone = gone };

  g_array_sort_with_data (buffer->entries, compare, buffer->texts);
  if (!flush_sorted (&adding, error))
    return FALSE;
  g_array_set_size (buffer->entries, 0);
  g_string_truncate (buffer->texts, 0);
  return TRUE;
}

static gboolean
same_keys (const HxRow *a, const HxRow *b)
{
  if (a->is_void != b->is_void)
    return FALSE;
  for (guint i = 0; i < a->kind->search->len; i++)
    {
      const HxField *field = a->kind->search->pdata[i];

      if (hx_field_has_keys (field)
          && !hx_value_equal (field, &a->values[field->index],
                              &b->values[field->index]))
        return FALSE;
    }
  return TRUE;
}

gboolean
hx_key_buffer_take (HxKeyBuffer *buffer, HxKeyMaker *maker, const HxRow *before,
                    const HxRow *after, GError **error)
{
  if (before != NULL && same_keys (before, after))
    return TRUE;
  if (before != NULL && !before->is_void
      && !gather_row (buffer, maker, before, -1, error))
    return FALSE;
  if (!after->is_void && !gather_row (buffer, maker, after, 1, error))
    return FALSE;
  return buffer->entries->len < GATHERED_MAX
         || hx_key_buffer_flush (buffer, error);
}

/* ------------------------------------------------------------------ making */

/* Ends of ID numbers are digests by the key in use. */
static char *
rule_of (HxConnection *connection, const HxKind *kind, GError **error)
{
  g_autoptr (GString) rule = g_string_new (NULL);

  g_string_printf (rule, "%d", RULE);
  for (guint i = 0; i < kind->search->len; i++)
    {
      const HxField *field = kind->search->pdata[i];
      guint generation = 0;

      if (!hx_field_has_keys (field))
        continue;
      if (field->type == HX_FIELD_ID_NUMBER
          && !hx_key_generation (connection, &generation, error))
        return NULL;
      g_string_append_printf (rule, " %s:%s:%u", field->key,
                              hx_field_type_name (field->type), generation);
    }
  return g_strdup (rule->str);
}

gboolean
hx_search_is_ready (HxConnection *connection, const HxKind *kind,
                    gboolean *ready, GError **error)
{
  g_autofree char *rule = rule_of (connection, kind, error);
  HxStatement *statement;
  HxStep step;

  if (rule == NULL)
    return FALSE;
  statement = hx_statement (
      connection,
      "SELECT rule FROM search_index WHERE bureau_id = ?1 AND kind = ?2",
      error);
  if (statement == NULL)
    return FALSE;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  hx_bind_text (statement, 2, kind->key, -1);
  step = hx_step (statement, error);
  *ready = step == HX_STEP_ROW
           && g_strcmp0 (hx_column_text (statement, 0), rule) == 0;
  hx_statement_reset (statement);
  return step != HX_STEP_ERROR;
}

static gboolean
forget (HxConnection *connection, const char *kind, GError **error)
{
  g_autofree char *drop
      = g_strdup_printf ("DROP TABLE IF EXISTS search_%s;"
                         "DELETE FROM search_index WHERE kind = '%s'",
                         kind, kind);

  return hx_execute (connection, drop, error);
}

static gboolean
create (HxConnection *connection, const HxKind *kind, GError **error)
{
  g_autofree char *rule = rule_of (connection, kind, error);
  g_autofree char *sql = g_strdup_printf (
      "CREATE TABLE search_%s (bureau_id INTEGER NOT NULL, key TEXT NOT NULL,"
      " row INTEGER NOT NULL, PRIMARY KEY (bureau_id, key, row)) %s;"
      "INSERT INTO search_index (bureau_id, kind, rule) VALUES (%d, '%s',"
      " '%s')",
      kind->key, hx_table_options (connection), HX_BUREAU_ID, kind->key,
      rule != NULL ? rule : "");

  return rule != NULL && forget (connection, kind->key, error)
         && hx_execute (connection, sql, error);
}

static gboolean
fill (HxKeyBuffer *buffer, HxKeyMaker *maker, GError **error)
{
  g_autoptr (HxRow) row = hx_row_new (buffer->kind);
  g_autoptr (HxStatement) rows
      = hx_search_rows (buffer->connection, buffer->kind, error);
  HxStep step = HX_STEP_ERROR;

  while (rows != NULL && (step = hx_step (rows, error)) == HX_STEP_ROW)
    {
      hx_row_read (rows, 0, row);
      if (!hx_key_buffer_take (buffer, maker, NULL, row, error))
        return FALSE;
    }
  return step == HX_STEP_DONE && hx_key_buffer_flush (buffer, error);
}

gboolean
hx_search_rebuild (HxConnection *connection, const HxKind *kind, GError **error)
{
  g_autoptr (HxKeyMaker) maker = hx_key_maker_take (connection);
  g_autoptr (HxKeyBuffer) buffer = hx_key_buffer_new (connection, kind);

  return create (connection, kind, error) && fill (buffer, maker, error);
}

HxStatement *
hx_search_rows (HxConnection *connection, const HxKind *kind, GError **error)
{
  g_autofree char *columns = hx_row_columns (kind, NULL);
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM %s WHERE bureau_id = ?1"
                         " AND void = 0 ORDER BY id",
                         columns, kind->table);
  HxStatement *statement = hx_statement_new (connection, sql, error);

  if (statement != NULL)
    hx_bind_integer (statement, 1, HX_BUREAU_ID);
  return statement;
}

/* ------------------------------------------------------------ in a ledger */

static gboolean
begin (HxLedger *ledger, HxKindState *state, GError **error)
{
  gboolean ready = FALSE;

  if (!hx_search_is_ready (ledger->connection, state->kind, &ready, error)
      || (!ready
          && !hx_search_rebuild (ledger->connection, state->kind, error)))
    return FALSE;
  if (ledger->keys == NULL)
    ledger->keys = hx_key_maker_take (ledger->connection);
  state->keys = hx_key_buffer_new (ledger->connection, state->kind);
  return TRUE;
}

gboolean
hx_ledger_index (HxLedger *ledger, HxKindState *state, const HxRow *before,
                 const HxRow *after, GError **error)
{
  if (state->kind->search->len == 0)
    return TRUE;
  if (state->keys == NULL && !begin (ledger, state, error))
    return FALSE;
  return hx_key_buffer_take (state->keys, ledger->keys, before, after, error);
}

gboolean
hx_ledger_index_end (HxKindState *state, GError **error)
{
  return state->keys == NULL || hx_key_buffer_flush (state->keys, error);
}

void
hx_ledger_index_free (HxLedger *ledger)
{
  g_clear_pointer (&ledger->keys, hx_key_maker_keep);
}

/* ----------------------------------------------------------------- syncing */

static GPtrArray *
known_kinds (HxConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new_with_free_func (g_free);
  HxStatement *statement = hx_statement (
      connection, "SELECT kind FROM search_index WHERE bureau_id = ?1", error);
  HxStep step = HX_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  hx_bind_integer (statement, 1, HX_BUREAU_ID);
  while ((step = hx_step (statement, error)) == HX_STEP_ROW)
    g_ptr_array_add (kinds, g_strdup (hx_column_text (statement, 0)));
  hx_statement_reset (statement);
  return step == HX_STEP_DONE ? g_steal_pointer (&kinds) : NULL;
}

static gboolean
drop_old (HxConnection *connection, HxCatalogue *catalogue, GError **error)
{
  g_autoptr (GPtrArray) known = known_kinds (connection, error);

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      const HxKind *kind = hx_catalogue_kind (catalogue, known->pdata[i]);

      if ((kind == NULL || kind->search->len == 0)
          && !forget (connection, known->pdata[i], error))
        return FALSE;
    }
  return known != NULL;
}

gboolean
hx_search_sync (HxConnection *connection, HxCatalogue *catalogue, guint *made,
                GError **error)
{
  const GPtrArray *kinds = hx_catalogue_kinds (catalogue);
  guint count = 0;

  if (!hx_search_migrate (connection, error)
      || !drop_old (connection, catalogue, error))
    return FALSE;
  for (guint i = 0; i < kinds->len; i++)
    {
      const HxKind *kind = kinds->pdata[i];
      gboolean ready = kind->search->len == 0;

      if (!ready && !hx_search_is_ready (connection, kind, &ready, error))
        return FALSE;
      if (!ready && !hx_search_rebuild (connection, kind, error))
        return FALSE;
      count += !ready;
    }
  if (made != NULL)
    *made = count;
  return TRUE;
}
