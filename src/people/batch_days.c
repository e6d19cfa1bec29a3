/* Which days and hospitals there are, and which of them become batches.
 *
 * Every open day has as many slots as hospitals and their places allow, less
 * those in use.  Days get equally many batches, up to a level that is just high
 * enough; days at the level that must do with one less lie evenly between the
 * others.  A slot is then as large as its hospital allows; where that is not
 * enough for all people, the smallest chosen gives way to the largest not
 * chosen until it is, so that a wish fails only if no choice can fulfil it. */
#include "catalogue/days.h"
#include "people/batch_internal.h"

#define DAYS_MAX 3660

static guint
weekday (gint32 day)
{
  return hx_day_weekday (hx_date_from_number (day));
}

static gboolean
holds (const GArray *days, gint32 day)
{
  for (guint i = 0; days != NULL && i < days->len; i++)
    if (g_array_index (days, gint32, i) == day)
      return TRUE;
  return FALSE;
}

static gboolean
is_open (const HxBatchDays *days, gint32 day)
{
  if (holds (days->blocked, day))
    return FALSE;
  return (days->weekdays >> weekday (day) & 1) != 0
         || holds (days->opened, day);
}

GArray *
hx_batch_days (const HxBatchDays *days, GError **error)
{
  const gint64 from = hx_date_days (days->from);
  const gint64 until = hx_date_days (days->until);
  char first[HX_DATE_TEXT_SIZE], last[HX_DATE_TEXT_SIZE];
  hx_date_format (days->from, first);
  hx_date_format (days->until, last);
  g_autofree char *where = g_strdup_printf ("%s – %s", first, last);
  if (until < from || until - from >= DAYS_MAX)
    return hx_fail (error, HX_ERROR_USAGE, _ ("这段日期不对"), where,
                    _ ("开始日期在前，前后最多十年")),
           NULL;
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (gint64 i = from; i <= until; i++)
    {
      const gint32 day = hx_date_number (hx_date_from_days (i));
      if (is_open (days, day))
        g_array_append_val (open, day);
    }
  if (open->len > 0)
    return g_steal_pointer (&open);
  hx_fail (error, HX_ERROR_DATA, _ ("这段日期里没有一天可以安排"), where,
           _ ("周末、节假日和 --block 的日期都不排；请放长日期"));
  return NULL;
}

/* ------------------------------------------------------------------ levels */

guint
hx_batch_level (const guint *limits, guint count, guint64 wanted)
{
  guint low = 0, high = 0;
  for (guint i = 0; i < count; i++)
    high = MAX (high, limits[i]);
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      guint64 sum = 0;
      for (guint i = 0; i < count; i++)
        sum += MIN (limits[i], middle);
      if (sum >= wanted)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* ------------------------------------------------------------------- slots */

/* Every slot there is, by day; where each day's begin, and the end. */
typedef struct
{
  GArray *slots;  /* HxBatchSlot */
  GArray *starts; /* guint, one a day and the end */
  guint8 *chosen; /* one a slot */
} Offer;

static void
offer_clear (Offer *offer)
{
  g_clear_pointer (&offer->slots, g_array_unref);
  g_clear_pointer (&offer->starts, g_array_unref);
  g_clear_pointer (&offer->chosen, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Offer, offer_clear)

static guint
rank_of (const HxBatchWish *wish, gint32 day, const HxBatchHospital *hospital,
         gboolean prefer)
{
  const gboolean is_late = wish->frail_weekdays != 0
                           && (wish->frail_weekdays >> weekday (day) & 1) == 0;
  const gboolean is_other = prefer && !hospital->is_preferred;
  return (is_other ? 2U : 0U) + (is_late ? 1U : 0U);
}

static guint
rounds_of (const HxBatchWish *wish, const HxBatchHospital *hospital)
{
  return hospital->daily == 0 ? 1 : MAX (hospital->daily / wish->capacity, 1);
}

static guint
taken_on (const HxBatchWish *wish, gint32 day, gint64 hospital)
{
  guint count = 0;
  for (guint i = 0; wish->taken != NULL && i < wish->taken->len; i++)
    {
      const HxBatchSlot *taken = &g_array_index (wish->taken, HxBatchSlot, i);
      count += taken->day == day && taken->hospital == hospital;
    }
  return count;
}

static const HxBatchHospital *
hospital_at (const HxBatchWish *wish, guint index)
{
  static const HxBatchHospital nameless = { 0 };
  return wish->hospitals->len == 0
             ? &nameless
             : &g_array_index (wish->hospitals, HxBatchHospital, index);
}

/* Those of the first round stand before those of the second. */
static void
offer_day (Offer *offer, const HxBatchWish *wish, gint32 day, gboolean prefer)
{
  const guint hospitals = MAX (wish->hospitals->len, 1);
  gboolean more = TRUE;
  for (guint round = 0; more; round++)
    {
      more = FALSE;
      for (guint i = 0; i < hospitals; i++)
        {
          const HxBatchHospital *hospital = hospital_at (wish, i);
          const guint rounds = rounds_of (wish, hospital);
          const HxBatchSlot slot
              = { .day = day,
                  .hospital = hospital->id,
                  .places = hospital->daily == 0
                                ? wish->capacity
                                : MIN (hospital->daily, wish->capacity),
                  .rank = rank_of (wish, day, hospital, prefer) };
          more |= round + 1 < rounds;
          if (round < rounds
              && round + taken_on (wish, day, hospital->id) < rounds)
            g_array_append_val (offer->slots, slot);
        }
    }
}

static void
offer_all (Offer *offer, const HxBatchWish *wish)
{
  gboolean prefer = FALSE;
  for (guint i = 0; i < wish->hospitals->len; i++)
    prefer |= hospital_at (wish, i)->is_preferred;
  offer->slots = g_array_new (FALSE, FALSE, sizeof (HxBatchSlot));
  offer->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < wish->days->len; i++)
    {
      g_array_append_val (offer->starts, offer->slots->len);
      offer_day (offer, wish, g_array_index (wish->days, gint32, i), prefer);
    }
  g_array_append_val (offer->starts, offer->slots->len);
  offer->chosen = g_new0 (guint8, MAX (offer->slots->len, 1));
}

static guint
places_at (const Offer *offer, guint index)
{
  return g_array_index (offer->slots, HxBatchSlot, index).places;
}

/* Of `count` things in a row, whether this is one of `kept` spread evenly. */
static gboolean
is_spread (guint index, guint kept, guint count)
{
  return (guint64)index * kept % count < kept;
}

/* How many batches each day has: up to a level that is just high enough. */
static guint *
batches_by_day (const Offer *offer, guint batches)
{
  const guint days = offer->starts->len - 1;
  guint *counts = g_new (guint, days);
  for (guint i = 0; i < days; i++)
    counts[i] = g_array_index (offer->starts, guint, i + 1)
                - g_array_index (offer->starts, guint, i);
  const guint level = hx_batch_level (counts, days, batches);
  guint below = 0, full = 0, seen = 0;
  for (guint i = 0; i < days; i++)
    {
      full += level > 0 && counts[i] >= level;
      below += MIN (counts[i], level - MIN (level, 1));
    }
  for (guint i = 0; i < days; i++)
    if (level > 0 && counts[i] >= level)
      counts[i] = level - !is_spread (seen++, batches - below, full);
  return counts;
}

static void
choose_evenly (Offer *offer, guint batches)
{
  g_autofree guint *counts = batches_by_day (offer, batches);
  guint turn = 0;
  for (guint i = 0; i + 1 < offer->starts->len; i++)
    {
      const guint start = g_array_index (offer->starts, guint, i);
      const guint there = g_array_index (offer->starts, guint, i + 1) - start;
      for (guint k = 0; k < counts[i]; k++)
        offer->chosen[start + turn++ % there] = 1;
    }
}

/* Trades the smallest chosen for the largest that is not; FALSE if none is
 * larger. */
static gboolean
trade (Offer *offer, guint64 *places)
{
  guint small = HX_BATCH_NONE, large = HX_BATCH_NONE;
  for (guint i = 0; i < offer->slots->len; i++)
    if (offer->chosen[i])
      small = small == HX_BATCH_NONE
                      || places_at (offer, i) < places_at (offer, small)
                  ? i
                  : small;
    else
      large = large == HX_BATCH_NONE
                      || places_at (offer, i) > places_at (offer, large)
                  ? i
                  : large;
  if (small == HX_BATCH_NONE || large == HX_BATCH_NONE
      || places_at (offer, small) >= places_at (offer, large))
    return FALSE;
  offer->chosen[small] = 0;
  offer->chosen[large] = 1;
  *places += places_at (offer, large) - places_at (offer, small);
  return TRUE;
}

static gboolean
fail_batches (const HxBatchWish *wish, guint there, GError **error)
{
  g_autofree char *where = g_strdup_printf (
      _ ("这段日期里只排得下 %u 批，还差 %u 批"), there, wish->batches - there);
  g_autofree char *what = g_strdup_printf (_ ("要排 %u 批"), wish->batches);
  return hx_fail (
      error, HX_ERROR_DATA, what, where,
      _ ("放长日期、增加医院（--hospital），或减少批数（--batches）"));
}

static gboolean
fail_places (const HxBatchWish *wish, guint people, guint64 places,
             GError **error)
{
  const guint capacity = wish->capacity;
  g_autofree char *what = g_strdup_printf (
      _ ("要排 %u 人，%u 批每批最多 %u 人"), people, wish->batches, capacity);
  g_autofree char *where = g_strdup_printf (_ ("只有 %lu 个名额，还差 %lu 个"),
                                            (unsigned long)places,
                                            (unsigned long)(people - places));
  g_autofree char *what_to_do = g_strdup_printf (
      _ ("至少 %u 批（--batches），或每批 %u 人（--capacity）；"
         "医院每日名额不够时增加医院"),
      (people + capacity - 1) / capacity,
      (people + wish->batches - 1) / wish->batches);
  return hx_fail (error, HX_ERROR_DATA, what, where, what_to_do);
}

static gboolean
choose (Offer *offer, const HxBatchWish *wish, guint people, GError **error)
{
  guint64 places = 0;
  if (offer->slots->len < wish->batches)
    return fail_batches (wish, offer->slots->len, error);
  choose_evenly (offer, wish->batches);
  for (guint i = 0; i < offer->slots->len; i++)
    places += offer->chosen[i] ? places_at (offer, i) : 0;
  while (places < people)
    if (!trade (offer, &places))
      return fail_places (wish, people, places, error);
  return TRUE;
}

GArray *
hx_batch_slots (const HxBatchWish *wish, guint people, GError **error)
{
  g_auto (Offer) offer = { 0 };
  if (wish->batches == 0 || wish->capacity == 0)
    return hx_fail (error, HX_ERROR_USAGE, _ ("批数和每批人数至少是 1"), NULL,
                    NULL),
           NULL;
  offer_all (&offer, wish);
  if (!choose (&offer, wish, people, error))
    return NULL;
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (HxBatchSlot));
  for (guint i = 0; i < offer.slots->len; i++)
    if (offer.chosen[i])
      g_array_append_vals (slots, &g_array_index (offer.slots, HxBatchSlot, i),
                           1);
  return slots;
}
