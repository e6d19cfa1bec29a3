/* Many rows into a kind that has none.
 *
 * When a write meets an empty kind, it keeps the digest and the id of every
 * row it adds in a table of its own: whether a row is there is then asked of
 * memory and not of an index, row by row.  From BULK_FROM rows on the indexes
 * that nobody asks are taken down and made again, sorted, at the end of the
 * write, which costs a fifth of keeping them up one row at a time.  It is all
 * one transaction: a write that fails leaves the indexes as they were.
 *
 * The first cell that names a row of the kind brings them back at once: rows
 * of the same file may refer to each other.  Kinds with a cap keep theirs,
 * since the rows of one person are added up each time.  Beyond BULK_MAX rows
 * the index takes over again. */
#include "ledger/ledger_internal.h"

#define BULK_FROM 1000
#define BULK_MAX (4 * 1024 * 1024)
#define BULK_SLOTS_FIRST 1024

typedef struct
{
  gint64 ident;
  gint64 id; /* 0: free */
} HxBulkSlot;

typedef struct
{
  HxBulkSlot *slots;
  gsize n_slots; /* a power of two */
  gsize count;
} HxBulkTable;

struct _HxBulk
{
  HxBulkTable idents;
  HxBulkTable *unique; /* by field: the values of unique ones, digested */
  guint n_fields;
  gboolean is_bare; /* the indexes are down */
};

/* Idents are the first 64 bits of a SHA-256: they need no further mixing. */
static HxBulkSlot *
slot_of (const HxBulkTable *table, gint64 ident)
{
  gsize mask = table->n_slots - 1;
  gsize at = (gsize)ident & mask;

  while (table->slots[at].id != 0 && table->slots[at].ident != ident)
    at = (at + 1) & mask;
  return &table->slots[at];
}

static void
grow (HxBulkTable *table)
{
  HxBulkSlot *old = table->slots;
  gsize n_old = table->n_slots;

  table->n_slots = n_old == 0 ? BULK_SLOTS_FIRST : n_old * 2;
  table->slots = g_new0 (HxBulkSlot, table->n_slots);
  for (gsize i = 0; i < n_old; i++)
    if (old[i].id != 0)
      *slot_of (table, old[i].ident) = old[i];
  g_free (old);
}

/* FALSE: it was there, and stays. */
static gboolean
take (HxBulkTable *table, gint64 ident, gint64 id)
{
  HxBulkSlot *slot;

  if (table->count * 2 >= table->n_slots)
    grow (table);
  slot = slot_of (table, ident);
  if (slot->id != 0)
    return FALSE;
  *slot = (HxBulkSlot){ ident, id };
  table->count++;
  return TRUE;
}

void
hx_bulk_free (HxBulk *bulk)
{
  if (bulk == NULL)
    return;
  for (guint i = 0; i < bulk->n_fields; i++)
    g_free (bulk->unique[i].slots);
  g_free (bulk->unique);
  g_free (bulk->idents.slots);
  g_free (bulk);
}

gboolean
hx_bulk_begin (HxLedger *ledger, HxKindState *state, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT 1 FROM %s WHERE bureau_id = %d LIMIT 1",
                         state->kind->table, HX_BUREAU_ID);
  gint64 found = 0;

  if (!hx_query_integer (ledger->connection, sql, 0, &found, error))
    return FALSE;
  if (found == 0)
    {
      state->bulk = g_new0 (HxBulk, 1);
      state->bulk->n_fields = state->kind->fields->len;
      state->bulk->unique = g_new0 (HxBulkTable, state->bulk->n_fields);
      grow (&state->bulk->idents);
    }
  return TRUE;
}

gint64
hx_bulk_find (const HxBulk *bulk, gint64 ident)
{
  return slot_of (&bulk->idents, ident)->id;
}

/* ------------------------------------------------------------------ unique */

static gint64
value_key (const HxField *field, const HxValue *value)
{
  return hx_field_type_is_integer (field->type)
             ? value->integer
             : (gint64)g_str_hash (value->text);
}

gboolean
hx_bulk_is_new (const HxBulk *bulk, const HxField *field, const HxValue *value)
{
  const HxBulkTable *known = &bulk->unique[field->index];

  return known->n_slots == 0
         || slot_of (known, value_key (field, value))->id == 0;
}

static void
take_unique (HxBulk *bulk, const HxRow *row)
{
  for (guint i = 0; i < bulk->n_fields; i++)
    {
      const HxField *field = g_ptr_array_index (row->kind->fields, i);

      if (field->unique && row->values[i].filled)
        take (&bulk->unique[i], value_key (field, &row->values[i]), row->id);
    }
}

/* ------------------------------------------------------------------ adding */

/* No index can be dropped while a statement stands on a row. */
static gboolean
must_undress (const HxLedger *ledger, const HxKindState *state)
{
  const HxBulk *bulk = state->bulk;

  return !bulk->is_bare && bulk->idents.count >= BULK_FROM
         && !hx_connection_reads (ledger->connection)
         && !hx_kind_is_capped (ledger, state->kind);
}

gboolean
hx_bulk_add (HxLedger *ledger, HxKindState *state, gint64 ident,
             const HxRow *row, GError **error)
{
  HxBulk *bulk = state->bulk;

  take_unique (bulk, row);
  if (!take (&bulk->idents, ident, row->id))
    return TRUE;
  if (bulk->idents.count > BULK_MAX)
    return hx_bulk_end (ledger, state, error);
  if (!must_undress (ledger, state))
    return TRUE;
  bulk->is_bare = TRUE;
  return hx_kind_indexes_drop (ledger->connection, state->kind, error);
}

gboolean
hx_bulk_asked (HxLedger *ledger, HxKindState *state, GError **error)
{
  return state->bulk == NULL || !state->bulk->is_bare
         || hx_bulk_end (ledger, state, error);
}

gboolean
hx_bulk_end (HxLedger *ledger, HxKindState *state, GError **error)
{
  gboolean is_bare = state->bulk != NULL && state->bulk->is_bare;

  g_clear_pointer (&state->bulk, hx_bulk_free);
  return !is_bare
         || hx_kind_indexes_make (ledger->connection, state->kind, error);
}
