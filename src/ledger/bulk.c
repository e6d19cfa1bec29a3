/* Many rows into a kind that has none.
 *
 * When a write meets an empty kind, it keeps the digest and the id of every
 * row it adds in a table of its own: whether a row is there is then asked of
 * memory and not of an index, row by row.  From BULK_FROM rows on the indexes
 * of a record kind are taken down and made again, sorted, at the end of the
 * write, which costs a fifth of keeping them up one row at a time.  It is all
 * one transaction: a write that fails leaves the indexes as they were.
 *
 * Registers keep theirs, since rows of the same file may refer to each other,
 * and so do kinds with a cap, whose rows of one person are added up each time.
 * Beyond BULK_MAX rows the index takes over again. */
#include "ledger/ledger_internal.h"

#define BULK_FROM 20000
#define BULK_MAX (4 * 1024 * 1024)
#define BULK_SLOTS_FIRST 1024

typedef struct
{
  gint64 ident;
  gint64 id; /* 0: free */
} HxBulkSlot;

struct _HxBulk
{
  HxBulkSlot *slots;
  gsize n_slots; /* a power of two */
  gsize count;
  gboolean is_bare; /* the indexes are down */
};

/* Idents are the first 64 bits of a SHA-256: they need no further mixing. */
static HxBulkSlot *
slot_of (const HxBulk *bulk, gint64 ident)
{
  gsize mask = bulk->n_slots - 1;
  gsize at = (gsize)ident & mask;

  while (bulk->slots[at].id != 0 && bulk->slots[at].ident != ident)
    at = (at + 1) & mask;
  return &bulk->slots[at];
}

static void
grow (HxBulk *bulk)
{
  HxBulkSlot *old = bulk->slots;
  gsize n_old = bulk->n_slots;

  bulk->n_slots = n_old == 0 ? BULK_SLOTS_FIRST : n_old * 2;
  bulk->slots = g_new0 (HxBulkSlot, bulk->n_slots);
  for (gsize i = 0; i < n_old; i++)
    if (old[i].id != 0)
      *slot_of (bulk, old[i].ident) = old[i];
  g_free (old);
}

void
hx_bulk_free (HxBulk *bulk)
{
  if (bulk == NULL)
    return;
  g_free (bulk->slots);
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
      grow (state->bulk);
    }
  return TRUE;
}

gint64
hx_bulk_find (const HxBulk *bulk, gint64 ident)
{
  return slot_of (bulk, ident)->id;
}

gboolean
hx_bulk_add (HxLedger *ledger, HxKindState *state, gint64 ident, gint64 id,
             GError **error)
{
  HxBulk *bulk = state->bulk;
  HxBulkSlot *slot = slot_of (bulk, ident);

  if (slot->id != 0)
    return TRUE;
  *slot = (HxBulkSlot){ ident, id };
  if (++bulk->count * 2 > bulk->n_slots)
    grow (bulk);
  if (bulk->count > BULK_MAX)
    return hx_bulk_end (ledger, state, error);
  if (bulk->count != BULK_FROM || state->kind->is_register
      || hx_kind_is_capped (ledger, state->kind))
    return TRUE;
  bulk->is_bare = TRUE;
  return hx_kind_indexes_drop (ledger->connection, state->kind, error);
}

gboolean
hx_bulk_end (HxLedger *ledger, HxKindState *state, GError **error)
{
  gboolean is_bare = state->bulk != NULL && state->bulk->is_bare;

  g_clear_pointer (&state->bulk, hx_bulk_free);
  return !is_bare
         || hx_kind_indexes_make (ledger->connection, state->kind, error);
}
