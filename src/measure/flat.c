/* A hash table of records of one size that lie behind each other.
 *
 * The slots hold positions of records, so growing moves no record twice and
 * walking the table is walking an array.  Nothing is ever taken out: a table
 * is filled, walked or sorted, and cleared.
 */
#include "measure/measure_internal.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 64

struct _HxFlat
{
  gsize size;
  guint words; /* of the key at the head of each record */
  guint count, room;
  guint8 *records;
  guint32 *slots; /* position + 1; 0: free */
  guint mask;
};

HxFlat *
hx_flat_new (gsize size, guint words)
{
  HxFlat *flat = g_new0 (HxFlat, 1);

  flat->size = size;
  flat->words = words;
  flat->mask = SLOTS_FIRST - 1;
  flat->slots = g_new0 (guint32, SLOTS_FIRST);
  return flat;
}

void
hx_flat_free (HxFlat *flat)
{
  if (flat == NULL)
    return;
  g_free (flat->records);
  g_free (flat->slots);
  g_free (flat);
}

guint
hx_flat_count (const HxFlat *flat)
{
  return flat->count;
}

gpointer
hx_flat_at (const HxFlat *flat, guint position)
{
  return flat->records + position * flat->size;
}

void
hx_flat_clear (HxFlat *flat)
{
  if (flat->count == 0)
    return;
  memset (flat->slots, 0, sizeof *flat->slots * (flat->mask + 1U));
  flat->count = 0;
}

static guint
hash_of (const HxFlat *flat, const gint64 *key)
{
  guint64 hash = 0;

  for (guint i = 0; i < flat->words; i++)
    {
      hash = (hash ^ (guint64)key[i]) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
      hash ^= hash >> 32;
    }
  return (guint)hash;
}

static gboolean
has_key (const HxFlat *flat, guint position, const gint64 *key)
{
  const gint64 *own = hx_flat_at (flat, position);

  for (guint i = 0; i < flat->words; i++)
    if (own[i] != key[i])
      return FALSE;
  return TRUE;
}

/* The slot of the key, or the free one where it belongs. */
static guint
slot_of (const HxFlat *flat, const gint64 *key)
{
  guint slot = hash_of (flat, key) & flat->mask;

  while (flat->slots[slot] != 0 && !has_key (flat, flat->slots[slot] - 1, key))
    slot = (slot + 1) & flat->mask;
  return slot;
}

static void
grow (HxFlat *flat)
{
  flat->mask = flat->mask * 2 + 1;
  g_free (flat->slots);
  flat->slots = g_new0 (guint32, flat->mask + 1U);
  for (guint i = 0; i < flat->count; i++)
    flat->slots[slot_of (flat, hx_flat_at (flat, i))] = i + 1;
}

gpointer
hx_flat_find (const HxFlat *flat, const gint64 *key)
{
  guint position = flat->slots[slot_of (flat, key)];

  return position != 0 ? hx_flat_at (flat, position - 1) : NULL;
}

gpointer
hx_flat_add (HxFlat *flat, const gint64 *key)
{
  guint slot = slot_of (flat, key);
  guint8 *record;

  if (flat->slots[slot] != 0)
    return hx_flat_at (flat, flat->slots[slot] - 1);
  if (flat->count == flat->room)
    {
      flat->room = MAX (SLOTS_FIRST / 2, flat->room * 2);
      flat->records = g_realloc_n (flat->records, flat->room, flat->size);
    }
  record = hx_flat_at (flat, flat->count++);
  memset (record, 0, flat->size);
  memcpy (record, key, flat->words * sizeof *key);
  flat->slots[slot] = flat->count;
  if (flat->count > flat->mask / 2)
    grow (flat);
  return record;
}

void
hx_flat_sort (HxFlat *flat, GCompareFunc compare)
{
  if (flat->count > 1)
    qsort (flat->records, flat->count, flat->size, compare);
}
