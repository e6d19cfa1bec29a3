/* Which pairs are looked at: rows that share a key.
 *
 * The keys of one candidate line are hashed, sorted together with their rows,
 * and each run of equal keys is a block.  Two different keys of one hash only
 * cost a comparison.
 *
 * A block that is too large is sorted again by each slot in turn, and those
 * that share a value there are a block within the block.  What is still too
 * large is a window over the rows in the order of their contents, which is the
 * same whatever ids they have. */
#include "people/duplicate_internal.h"

#include <stdlib.h>

#define KEYS_MAX 64 /* of one row under one line */

typedef struct
{
  guint64 keys[KEYS_MAX];
  guint count;
} Keys;

/* --------------------------------------------------------------- one part */

static void
add_key (Keys *keys, guint64 key)
{
  if (keys->count < KEYS_MAX)
    keys->keys[keys->count++] = key;
}

static void
take_sound (const char *key, gpointer data)
{
  if (*key == HX_BLOCK_ALONE)
    add_key (data, hx_hash_bytes (key, strlen (key)));
}

static void
take_less_one (const char *key, gpointer data)
{
  if (*key == HX_BLOCK_WITH)
    add_key (data, hx_hash_bytes (key, strlen (key)));
}

static void
add_first (HxCrowd *crowd, const char *name, Keys *keys)
{
  g_autoptr (GString) spelled = g_string_new (NULL);
  gsize size;

  hx_pinyin_spell (crowd->pinyin, name, spelled);
  size = strcspn (spelled->str, " ");
  if (size > 0)
    add_key (keys, hx_hash_bytes (spelled->str, size));
}

static void
add_date (gint64 number, HxKeyPart part, Keys *keys)
{
  const gint64 month_day = number % 10000;

  if (part == HX_PART_YEAR)
    add_key (keys, (guint64)number / 10000);
  else if (part == HX_PART_MONTH && month_day / 100 != 0)
    add_key (keys, (guint64)number / 100);
  else if (part == HX_PART_DAY && month_day % 100 != 0)
    add_key (keys, (guint64)number);
  else if (part == HX_PART_MONTH_DAY && month_day % 100 != 0)
    add_key (keys, (guint64)month_day);
}

#define TAIL_SIZE 4

static void
add_tail (const char *number, Keys *keys)
{
  const gsize length = strlen (number);

  if (length > TAIL_SIZE)
    add_key (keys, hx_hash_bytes (number + length - TAIL_SIZE, TAIL_SIZE));
}

static void
add_phones (const HxCrowd *crowd, const gint64 *values, Keys *keys)
{
  for (guint i = 0; i < crowd->slots->len; i++)
    if (g_array_index (crowd->slots, HxSlot, i).field->type == HX_FIELD_PHONE
        && values[i] != 0)
      add_key (keys, (guint64)values[i]);
}

static void
part_keys (HxCrowd *crowd, const HxCandidateKey *key, const gint64 *values,
           Keys *keys)
{
  const guint slot
      = hx_crowd_slot (crowd, key->field, hx_part_form (key->part, key->field));

  keys->count = 0;
  if (key->part == HX_PART_ANY)
    add_phones (crowd, values, keys);
  else if (values[slot] == 0)
    return;
  else if (key->part == HX_PART_SOUND)
    hx_name_blocking_keys (crowd->pinyin, hx_slot_text (values[slot]) + 1,
                           take_sound, keys);
  else if (key->part == HX_PART_LESS_ONE)
    hx_name_blocking_keys (crowd->pinyin, hx_slot_text (values[slot]) + 1,
                           take_less_one, keys);
  else if (key->part == HX_PART_FIRST)
    add_first (crowd, hx_slot_text (values[slot]) + 1, keys);
  else if (key->part == HX_PART_TAIL)
    add_tail (hx_slot_text (values[slot]), keys);
  else if (key->part == HX_PART_VALUE)
    add_key (keys, (guint64)values[slot]);
  else
    add_date (values[slot], key->part, keys);
}

/* ------------------------------------------------------------ keys of a row */

/* Each key so far with each of the part's. */
static void
combine (Keys *keys, const Keys *parts)
{
  Keys all = { .count = 0 };

  for (guint i = 0; i < keys->count; i++)
    for (guint j = 0; j < parts->count; j++)
      add_key (&all, hx_hash_mix (keys->keys[i], parts->keys[j]));
  *keys = all;
}

static void
add_row (HxCrowd *crowd, const GArray *line, guint row, GArray *keyed)
{
  const gint64 *values = hx_crowd_values (crowd, row);
  Keys keys = { .keys = { 1 }, .count = 1 };
  Keys parts;

  for (guint i = 0; i < line->len && keys.count > 0; i++)
    {
      part_keys (crowd, &g_array_index (line, HxCandidateKey, i), values,
                 &parts);
      combine (&keys, &parts);
    }
  for (guint i = 0; i < keys.count; i++)
    {
      const HxKeyed each = { keys.keys[i], row };

      g_array_append_val (keyed, each);
    }
}

static int
compare_keyed (gconstpointer a, gconstpointer b)
{
  const HxKeyed *one = a;
  const HxKeyed *other = b;

  if (one->key != other->key)
    return one->key < other->key ? -1 : 1;
  return (one->row > other->row) - (one->row < other->row);
}

GArray *
hx_candidates_of_line (HxCrowd *crowd, const GArray *line)
{
  GArray *keyed
      = g_array_sized_new (FALSE, FALSE, sizeof (HxKeyed), crowd->ids->len);

  for (guint row = 0; row < crowd->ids->len; row++)
    add_row (crowd, line, row, keyed);
  hx_sort_array (keyed, compare_keyed);
  return keyed;
}

/* ------------------------------------------------------------------- blocks */

typedef struct
{
  HxCrowd *crowd;
  const HxCandidateSink *sink;
} Walk;

static void
tell (const Walk *walk, guint a, guint b)
{
  if (a != b)
    walk->sink->pair (MIN (a, b), MAX (a, b), walk->sink->data);
}

static void
each_with_each (const Walk *walk, const HxKeyed *keyed, guint count)
{
  for (guint i = 0; i + 1 < count; i++)
    for (guint j = i + 1; j < count; j++)
      tell (walk, keyed[i].row, keyed[j].row);
}

static int
compare_contents (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *contents = data;
  const guint64 one
      = g_array_index (contents, guint64, ((const HxKeyed *)a)->row);
  const guint64 other
      = g_array_index (contents, guint64, ((const HxKeyed *)b)->row);

  return (one > other) - (one < other);
}

static void
with_neighbours (const Walk *walk, HxKeyed *keyed, guint count)
{
  qsort_r (keyed, count, sizeof *keyed, compare_contents,
           walk->crowd->contents);
  for (guint i = 0; i < count; i++)
    for (guint j = i + 1; j < count && j <= i + HX_DUPLICATE_WINDOW; j++)
      tell (walk, keyed[i].row, keyed[j].row);
}

/* The end of the run of equal keys that begins at `from`. */
static guint
run_end (const HxKeyed *keyed, guint from, guint count)
{
  guint to = from + 1;

  while (to < count && keyed[to].key == keyed[from].key)
    to++;
  return to;
}

static guint64
slot_key (const HxCrowd *crowd, guint slot, guint row)
{
  const gint64 value = hx_crowd_values (crowd, row)[slot];
  const HxSlotForm form = g_array_index (crowd->slots, HxSlot, slot).form;

  if (value == 0 || form == HX_SLOT_HASH || form == HX_SLOT_DATE)
    return (guint64)value;
  return hx_hash_bytes (hx_slot_text (value), strlen (hx_slot_text (value)));
}

static void
split_by (const Walk *walk, guint slot, HxKeyed *keyed, guint count)
{
  guint to;

  for (guint i = 0; i < count; i++)
    keyed[i].key = slot_key (walk->crowd, slot, keyed[i].row);
  qsort (keyed, count, sizeof *keyed, compare_keyed);
  for (guint from = 0; from < count; from = to)
    {
      to = run_end (keyed, from, count);
      /* Shared by all, it divides nothing. */
      if (keyed[from].key == 0 || to - from == count)
        continue;
      if (to - from <= HX_DUPLICATE_SUB_BLOCK)
        each_with_each (walk, keyed + from, to - from);
      else
        with_neighbours (walk, keyed + from, to - from);
    }
}

static void
crowded_block (const Walk *walk, const HxKeyed *keyed, guint count)
{
  g_autofree HxKeyed *own = g_memdup2 (keyed, sizeof *keyed * count);

  walk->sink->crowded (count, keyed->row, walk->sink->data);
  for (guint slot = 0; slot < walk->crowd->slots->len; slot++)
    split_by (walk, slot, own, count);
  with_neighbours (walk, own, count);
}

void
hx_candidates_walk (HxCrowd *crowd, GArray *keyed, const HxCandidateSink *sink)
{
  const Walk walk = { crowd, sink };
  const HxKeyed *all = (const HxKeyed *)(const void *)keyed->data;
  guint to;

  for (guint from = 0; from < keyed->len; from = to)
    {
      to = run_end (all, from, keyed->len);
      if (to - from <= HX_DUPLICATE_BLOCK)
        each_with_each (&walk, all + from, to - from);
      else
        crowded_block (&walk, all + from, to - from);
    }
}
