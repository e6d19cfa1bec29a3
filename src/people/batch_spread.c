/* Spreading people over batches.
 *
 * Finding the fewest splits of streets is bin packing, so this is greedy.  A
 * street that is larger than a batch gets batches of its own, as long as it
 * fills them.  Then come the frail of each street, under a quota for each
 * batch, then the others;
 * each time the street with most people, into the batch with most room.  A
 * street that fits nowhere fills the roomiest batch and goes on with the rest,
 * so that each split closes a batch: there are fewer splits than batches, for
 * the frail and for the others.  Partners are brought together at the end by
 * changing places, which leaves all numbers as they are. */
#include "people/batch_internal.h"

/* People of one street who are all frail, or all not. */
typedef struct
{
  gint64 street;
  guint first, count; /* in Spread.order */
  guint number;       /* of the street, from 0 */
} Run;

typedef struct
{
  const HxBatchPerson *people;
  guint n_people;
  const HxBatchSlot *slots;
  guint n_slots;
  guint *room;        /* by batch: places left for whom is being spread */
  guint *size;        /* by batch: people in it */
  guint *order;       /* people by frailty, street, input */
  GArray *runs;       /* Run: the frail, then the others; the largest first */
  guint n_frail;      /* runs of the frail */
  GPtrArray *present; /* by street: GArray of guint, the batches it is in */
  guint *batch_of;
} Spread;

static void
spread_clear (Spread *spread)
{
  g_free (spread->room);
  g_free (spread->size);
  g_free (spread->order);
  g_clear_pointer (&spread->runs, g_array_unref);
  g_clear_pointer (&spread->present, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Spread, spread_clear)

/* -------------------------------------------------------------------- runs */

static int
sign (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_people (gconstpointer first, gconstpointer second, gpointer data)
{
  const guint i = *(const guint *)first, k = *(const guint *)second;
  const HxBatchPerson *people = data;
  const HxBatchPerson *a = &people[i], *b = &people[k];
  if (a->is_frail != b->is_frail)
    return a->is_frail ? -1 : 1;
  return a->street != b->street ? sign (a->street, b->street) : sign (i, k);
}

static int
compare_runs (gconstpointer first, gconstpointer second)
{
  const Run *a = first, *b = second;
  return a->count != b->count ? sign (b->count, a->count)
                              : sign (a->street, b->street);
}

static guint
street_number (GHashTable *numbers, const gint64 *street)
{
  gpointer known = NULL;
  if (g_hash_table_lookup_extended (numbers, street, NULL, &known))
    return GPOINTER_TO_UINT (known);
  const guint number = g_hash_table_size (numbers);
  g_hash_table_insert (numbers, (gpointer)(guintptr)street,
                       GUINT_TO_POINTER (number));
  return number;
}

static gboolean
goes_on (const Spread *spread, guint i, guint k)
{
  const HxBatchPerson *a = &spread->people[spread->order[i]];
  const HxBatchPerson *b = &spread->people[spread->order[k]];
  return a->street == b->street && a->is_frail == b->is_frail;
}

static void
make_runs (Spread *spread)
{
  g_autoptr (GHashTable) numbers
      = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0, next = 0; i < spread->n_people; i = next)
    {
      const HxBatchPerson *person = &spread->people[spread->order[i]];
      for (next = i + 1; next < spread->n_people && goes_on (spread, i, next);)
        next++;
      const Run run = { person->street, i, next - i,
                        street_number (numbers, &person->street) };
      g_array_append_val (spread->runs, run);
      spread->n_frail += person->is_frail;
    }
  g_ptr_array_set_size (spread->present, (int)g_hash_table_size (numbers));
}

/* The largest of each first; those that are placed are gone. */
static void
sort_runs (Spread *spread)
{
  Run *runs = (Run *)(gpointer)spread->runs->data;
  guint kept = 0, frail = 0;
  for (guint i = 0; i < spread->runs->len; i++)
    if (runs[i].count > 0)
      {
        frail += i < spread->n_frail;
        runs[kept++] = runs[i];
      }
  g_array_set_size (spread->runs, kept);
  spread->n_frail = frail;
  if (kept == 0)
    return;
  qsort (runs, frail, sizeof *runs, compare_runs);
  qsort (runs + frail, kept - frail, sizeof *runs, compare_runs);
}

static void
unref_array (gpointer array)
{
  if (array != NULL)
    g_array_unref (array);
}

static void
spread_init (Spread *spread, const GArray *people, const GArray *slots,
             guint *batch_of)
{
  *spread = (Spread){
    .people = (const HxBatchPerson *)(gconstpointer)people->data,
    .n_people = people->len,
    .slots = (const HxBatchSlot *)(gconstpointer)slots->data,
    .n_slots = slots->len,
    .room = g_new0 (guint, MAX (slots->len, 1)),
    .size = g_new0 (guint, MAX (slots->len, 1)),
    .order = g_new (guint, MAX (people->len, 1)),
    .runs = g_array_new (FALSE, FALSE, sizeof (Run)),
    .present = g_ptr_array_new_with_free_func (unref_array),
    .batch_of = batch_of,
  };
  for (guint i = 0; i < people->len; i++)
    {
      spread->order[i] = i;
      batch_of[i] = HX_BATCH_NONE;
    }
  g_qsort_with_data (spread->order, (int)people->len, sizeof (guint),
                     compare_people, (gpointer)(guintptr)spread->people);
  make_runs (spread);
}

/* ------------------------------------------------------------------ limits */

/* An even share and an eighth, so that a street is not split for the sake of a
 * few. */
static guint
with_slack (guint level)
{
  return level + level / 8;
}

/* The even share of a batch, within its places. */
static guint *
even_shares (const Spread *spread)
{
  guint *shares = g_new0 (guint, MAX (spread->n_slots, 1));
  for (guint i = 0; i < spread->n_slots; i++)
    shares[i] = spread->slots[i].places;
  const guint level
      = hx_batch_level (shares, spread->n_slots, spread->n_people);
  for (guint i = 0; i < spread->n_slots; i++)
    shares[i] = MIN (shares[i], level);
  return shares;
}

/* How many a batch may have: none where a street has it to itself. */
static guint *
limits_of_size (const Spread *spread, const guint *shares)
{
  guint *limits = g_new0 (guint, MAX (spread->n_slots, 1));
  for (guint i = 0; i < spread->n_slots; i++)
    if (spread->size[i] == 0)
      limits[i] = MIN (spread->slots[i].places, with_slack (shares[i]));
  return limits;
}

static guint
frail_people (const Spread *spread)
{
  guint count = 0;
  for (guint i = 0; i < spread->n_frail; i++)
    count += g_array_index (spread->runs, Run, i).count;
  return count;
}

/* The quota of the batches of one rank, level; what is left goes on. */
static guint
quota_of_rank (Spread *spread, const guint *limits, guint rank, guint left)
{
  g_autofree guint *own = g_new0 (guint, spread->n_slots);
  guint there = 0;
  for (guint i = 0; i < spread->n_slots; i++)
    {
      own[i] = spread->slots[i].rank == rank ? limits[i] : 0;
      there += own[i];
    }
  const guint level = hx_batch_level (own, spread->n_slots, MIN (left, there));
  for (guint i = 0; i < spread->n_slots; i++)
    if (spread->slots[i].rank == rank)
      spread->room[i] = MIN (limits[i], left > 0 ? with_slack (level) : 0);
  return left - MIN (left, there);
}

/* Into `room`: how many of the frail each batch may have. */
static void
quotas (Spread *spread, const guint *limits, guint percent)
{
  g_autofree guint *quota = g_new0 (guint, MAX (spread->n_slots, 1));
  const guint frail = frail_people (spread);
  guint worst = 0, left = frail;
  for (guint i = 0; i < spread->n_slots; i++)
    {
      worst = MAX (worst, spread->slots[i].rank);
      quota[i] = (guint)(((guint64)limits[i] * MIN (percent, 100) + 99) / 100);
    }
  for (guint rank = 0; rank <= worst; rank++)
    left = quota_of_rank (spread, quota, rank, left);
  const guint level = hx_batch_level (limits, spread->n_slots, frail);
  for (guint i = 0; left > 0 && i < spread->n_slots; i++)
    spread->room[i] = MIN (limits[i], with_slack (level));
}

/* ----------------------------------------------------- batches of one street
 */

typedef struct
{
  Run *frail, *others; /* NULL: none */
  guint left;          /* of both; 0 too when no batch can be had */
} Street;

static Street *
make_streets (Spread *spread)
{
  Street *streets = g_new0 (Street, MAX (spread->present->len, 1));
  for (guint i = 0; i < spread->runs->len; i++)
    {
      Run *run = &g_array_index (spread->runs, Run, i);
      Street *street = &streets[run->number];
      *(i < spread->n_frail ? &street->frail : &street->others) = run;
      street->left += run->count;
    }
  return streets;
}

static void
take_from (Spread *spread, Run *run, guint count, guint batch)
{
  for (guint i = 0; run != NULL && i < count; i++)
    spread->batch_of[spread->order[run->first + i]] = batch;
  if (run == NULL)
    return;
  run->first += count;
  run->count -= count;
}

/* An empty batch that the street fills, one with room for the frail as long as
 * it has such. */
static guint
find_own (const Spread *spread, const Street *street, const guint *shares)
{
  const guint frail = street->frail != NULL ? street->frail->count : 0;
  const guint others = street->others != NULL ? street->others->count : 0;
  guint best = HX_BATCH_NONE;
  for (guint i = 0; i < spread->n_slots; i++)
    {
      const guint taken = MIN (frail, spread->room[i]);
      if (spread->size[i] > 0 || shares[i] == 0 || taken > shares[i]
          || shares[i] - taken > others)
        continue;
      if (best == HX_BATCH_NONE
          || (frail > 0 ? spread->room[i] > spread->room[best]
                        : spread->room[i] < spread->room[best]))
        best = i;
    }
  return best;
}

static void
fill_own (Spread *spread, Street *street, guint batch, const guint *shares)
{
  const guint frail = street->frail != NULL
                          ? MIN (street->frail->count, spread->room[batch])
                          : 0;
  take_from (spread, street->frail, frail, batch);
  take_from (spread, street->others, shares[batch] - frail, batch);
  spread->size[batch] = shares[batch];
  street->left -= shares[batch];
}

/* Streets take turns, the largest first, so that none has all early days. */
static void
give_own (Spread *spread, const guint *shares)
{
  g_autofree Street *streets = make_streets (spread);
  for (;;)
    {
      guint most = 0;
      for (guint i = 1; i < spread->present->len; i++)
        if (streets[i].left > streets[most].left)
          most = i;
      if (streets[most].left == 0)
        return;
      const guint batch = find_own (spread, &streets[most], shares);
      if (batch == HX_BATCH_NONE)
        streets[most].left = 0;
      else
        fill_own (spread, &streets[most], batch, shares);
    }
}

/* ----------------------------------------------------------------- placing */

static guint
roomiest (const Spread *spread)
{
  guint best = 0;
  for (guint i = 1; i < spread->n_slots; i++)
    if (spread->room[i] > spread->room[best])
      best = i;
  return best;
}

/* Where the street is already, if all that is left of it fits there. */
static guint
roomiest_of_street (const Spread *spread, const Run *run, guint left)
{
  const GArray *there = spread->present->pdata[run->number];
  guint best = HX_BATCH_NONE;
  for (guint i = 0; there != NULL && i < there->len; i++)
    {
      const guint batch = g_array_index (there, guint, i);
      if (spread->room[batch] >= left
          && (best == HX_BATCH_NONE
              || spread->room[batch] > spread->room[best]))
        best = batch;
    }
  return best;
}

static void
note_present (Spread *spread, guint street, guint batch)
{
  gpointer *there = &spread->present->pdata[street];
  if (*there == NULL)
    *there = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val ((GArray *)*there, batch);
}

static void
place_run (Spread *spread, const Run *run)
{
  for (guint done = 0; done < run->count;)
    {
      const guint left = run->count - done;
      guint batch = roomiest_of_street (spread, run, left);
      if (batch == HX_BATCH_NONE)
        batch = roomiest (spread);
      const guint taken = MIN (left, spread->room[batch]);
      for (guint i = 0; i < taken; i++)
        spread->batch_of[spread->order[run->first + done + i]] = batch;
      spread->room[batch] -= taken;
      spread->size[batch] += taken;
      done += taken;
      note_present (spread, run->number, batch);
    }
}

static void
place_all (Spread *spread, guint percent)
{
  g_autofree guint *shares = even_shares (spread);
  quotas (spread, shares, percent);
  give_own (spread, shares);
  g_autofree guint *limits = limits_of_size (spread, shares);
  sort_runs (spread);
  quotas (spread, limits, percent);
  for (guint i = 0; i < spread->runs->len; i++)
    {
      if (i == spread->n_frail)
        for (guint k = 0; k < spread->n_slots; k++)
          spread->room[k] = limits[k] - MIN (limits[k], spread->size[k]);
      place_run (spread, &g_array_index (spread->runs, Run, i));
    }
}

/* ---------------------------------------------------------------- partners */

/* Who stands where before anybody changes, in an order in which all of one
 * frailty, street and batch stand together. */
typedef struct
{
  Spread *spread;
  guint *was;      /* batch_of as it was */
  guint *by_batch; /* people */
  guint8 *settled; /* one a person: has a partner, or has changed */
} Exchange;

static int
compare_places (const Exchange *exchange, guint i, guint k)
{
  const HxBatchPerson *people = exchange->spread->people;
  if (people[i].is_frail != people[k].is_frail)
    return people[i].is_frail ? -1 : 1;
  if (people[i].street != people[k].street)
    return sign (people[i].street, people[k].street);
  return sign (exchange->was[i], exchange->was[k]);
}

static int
compare_by_batch (gconstpointer first, gconstpointer second, gpointer data)
{
  const guint i = *(const guint *)first, k = *(const guint *)second;
  const int order = compare_places (data, i, k);
  return order != 0 ? order : sign (i, k);
}

/* Somebody like `person` who is in the batch and free to leave it. */
static guint
find_like (Exchange *exchange, guint person, guint batch)
{
  const guint people = exchange->spread->n_people;
  const guint is_in = exchange->was[person];
  guint begin = 0, end = people, found = HX_BATCH_NONE;
  exchange->was[person] = batch;
  while (begin < end)
    {
      const guint middle = begin + (end - begin) / 2;
      if (compare_places (exchange, exchange->by_batch[middle], person) < 0)
        begin = middle + 1;
      else
        end = middle;
    }
  for (guint i = begin; i < people && found == HX_BATCH_NONE; i++)
    {
      const guint other = exchange->by_batch[i];
      if (other != person && compare_places (exchange, other, person) != 0)
        break;
      if (!exchange->settled[other])
        found = other;
    }
  exchange->was[person] = is_in;
  return found;
}

static gboolean
move_to (Exchange *exchange, guint person, guint partner)
{
  guint *batch_of = exchange->spread->batch_of;
  const guint other = find_like (exchange, person, batch_of[partner]);
  if (other == HX_BATCH_NONE)
    return FALSE;
  batch_of[other] = batch_of[person];
  batch_of[person] = batch_of[partner];
  exchange->settled[other] = 1;
  return TRUE;
}

static gboolean
has_partner (const Spread *spread, guint i)
{
  const guint partner = spread->people[i].partner;
  return partner < spread->n_people && partner != i
         && spread->people[partner].partner == i;
}

/* The stronger of two moves first. */
static void
bring_together (Spread *spread)
{
  Exchange exchange = {
    .spread = spread,
    .was = g_memdup2 (spread->batch_of, sizeof (guint) * spread->n_people),
    .by_batch = g_memdup2 (spread->order, sizeof (guint) * spread->n_people),
    .settled = g_new0 (guint8, spread->n_people)
  };
  g_qsort_with_data (exchange.by_batch, (int)spread->n_people, sizeof (guint),
                     compare_by_batch, &exchange);
  for (guint i = 0; i < spread->n_people; i++)
    exchange.settled[i] = has_partner (spread, i);
  for (guint i = 0; i < spread->n_people; i++)
    {
      const guint partner = spread->people[i].partner;
      if (!has_partner (spread, i) || partner < i
          || spread->batch_of[i] == spread->batch_of[partner])
        continue;
      const guint strong = spread->people[i].is_frail ? partner : i;
      const guint weak = strong == i ? partner : i;
      if (!move_to (&exchange, strong, weak))
        move_to (&exchange, weak, strong);
    }
  g_free (exchange.was);
  g_free (exchange.by_batch);
  g_free (exchange.settled);
}

/* ------------------------------------------------------------------ spread */

gboolean
hx_batch_spread (const GArray *people, const GArray *slots, guint frail_percent,
                 guint *batch_of, GError **error)
{
  g_auto (Spread) spread = { 0 };
  guint64 places = 0;
  for (guint i = 0; i < slots->len; i++)
    places += g_array_index (slots, HxBatchSlot, i).places;
  if (places < people->len)
    return hx_failf (error, HX_ERROR_DATA, _ ("%u 人只有 %lu 个名额"),
                     people->len, (unsigned long)places);
  spread_init (&spread, people, slots, batch_of);
  place_all (&spread, frail_percent);
  if (people->len > 0)
    bring_together (&spread);
  return TRUE;
}
