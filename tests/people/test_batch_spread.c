/* Days, slots and the spreading of people: tables, and random wishes held
 * against a slow checker. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "people/batch.h"

#define WORKDAYS 0x1FU

static HxDate
date (int number)
{
  return hx_date_from_number (number);
}

static GArray *
numbers (const gint32 *days, guint count)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_array_append_vals (array, days, count);
  return array;
}

/* -------------------------------------------------------------------- days */

static void
test_weekends_and_blocked_days_are_closed (void **state)
{
  (void)state;
  static const gint32 blocked_days[] = { 20260930, 20261001, 20261002 };
  static const gint32 open_days[] = { 20260927, 20261001 };
  static const gint32 expected[] = { 20260925, 20260927, 20260928, 20260929 };
  g_autoptr (GArray) blocked
      = numbers (blocked_days, G_N_ELEMENTS (blocked_days));
  g_autoptr (GArray) opened = numbers (open_days, G_N_ELEMENTS (open_days));
  const HxBatchDays wish = { .from = date (20260925),
                             .until = date (20261004),
                             .weekdays = WORKDAYS,
                             .blocked = blocked,
                             .opened = opened };
  g_autoptr (GArray) days = hx_batch_days (&wish, NULL);
  assert_non_null (days);
  assert_int_equal (days->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < days->len; i++)
    assert_int_equal (g_array_index (days, gint32, i), expected[i]);
}

static void
test_no_open_day_is_an_error (void **state)
{
  (void)state;
  static const gint32 spans[][2] = {
    { 20260926, 20260927 }, /* a weekend */
    { 20260928, 20260927 }, /* backwards */
    { 20000101, 20260927 }, /* too long */
  };
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (GError) error = NULL;
      const HxBatchDays wish = { .from = date (spans[i][0]),
                                 .until = date (spans[i][1]),
                                 .weekdays = WORKDAYS };
      assert_null (hx_batch_days (&wish, &error));
      assert_non_null (error);
    }
}

/* ------------------------------------------------------------------- slots */

static GArray *
make_days (guint count)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (gint32));
  const gint64 first = hx_date_days (date (20260302)); /* a Monday */
  for (guint i = 0; days->len < count; i++)
    if (i % 7 < 5)
      {
        const gint32 day = hx_date_number (hx_date_from_days (first + i));
        g_array_append_val (days, day);
      }
  return days;
}

typedef struct
{
  GArray *days, *hospitals, *taken;
  HxBatchWish wish;
} Case;

static void
case_clear (Case *one)
{
  g_array_unref (one->days);
  g_array_unref (one->hospitals);
  g_array_unref (one->taken);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static void
case_init (Case *one, guint days, guint batches, guint capacity)
{
  *one = (Case){ make_days (days),
                 g_array_new (FALSE, FALSE, sizeof (HxBatchHospital)),
                 g_array_new (FALSE, FALSE, sizeof (HxBatchSlot)),
                 { 0 } };
  one->wish = (HxBatchWish){ .days = one->days,
                             .hospitals = one->hospitals,
                             .taken = one->taken,
                             .frail_weekdays = 0x7,
                             .batches = batches,
                             .capacity = capacity };
}

static void
add_hospital (Case *one, guint daily, gboolean is_preferred)
{
  const HxBatchHospital hospital
      = { one->hospitals->len + 1, daily, is_preferred };
  g_array_append_val (one->hospitals, hospital);
}

static void
test_batches_lie_evenly_over_the_days (void **state)
{
  (void)state;
  g_auto (Case) one;
  case_init (&one, 30, 15, 80);
  g_autoptr (GArray) slots = hx_batch_slots (&one.wish, 1100, NULL);
  assert_non_null (slots);
  assert_int_equal (slots->len, 15);
  for (guint i = 0; i < slots->len; i++)
    {
      const HxBatchSlot *slot = &g_array_index (slots, HxBatchSlot, i);
      assert_int_equal (slot->day, g_array_index (one.days, gint32, 2 * i));
      assert_int_equal (slot->places, 80);
      assert_int_equal (slot->rank, 2 * i % 5 >= 3);
    }
}

static void
test_hospitals_take_turns_within_their_places (void **state)
{
  (void)state;
  g_auto (Case) one;
  case_init (&one, 2, 8, 50);
  add_hospital (&one, 100, FALSE); /* two batches a day */
  add_hospital (&one, 0, TRUE);    /* one */
  add_hospital (&one, 30, FALSE);  /* a small one */
  g_autoptr (GArray) slots = hx_batch_slots (&one.wish, 360, NULL);
  assert_non_null (slots);
  guint of[4] = { 0 }, places = 0;
  for (guint i = 0; i < slots->len; i++)
    {
      const HxBatchSlot *slot = &g_array_index (slots, HxBatchSlot, i);
      of[slot->hospital]++;
      places += slot->places;
      assert_int_equal (slot->rank, slot->hospital == 2 ? 0 : 2);
    }
  assert_int_equal (of[1], 4);
  assert_int_equal (of[2], 2);
  assert_int_equal (of[3], 2);
  assert_int_equal (places, 360);
}

static void
test_larger_hospitals_stand_in_where_places_are_wanting (void **state)
{
  (void)state;
  g_auto (Case) one;
  case_init (&one, 10, 10, 80);
  add_hospital (&one, 20, FALSE);
  add_hospital (&one, 80, FALSE);
  g_autoptr (GArray) slots = hx_batch_slots (&one.wish, 800, NULL);
  assert_non_null (slots);
  for (guint i = 0; i < slots->len; i++)
    assert_int_equal (g_array_index (slots, HxBatchSlot, i).hospital, 2);
}

static void
test_hospitals_in_use_are_left_alone (void **state)
{
  (void)state;
  g_auto (Case) one;
  case_init (&one, 4, 3, 80);
  const HxBatchSlot taken = { .day = g_array_index (one.days, gint32, 1) };
  g_array_append_val (one.taken, taken);
  g_autoptr (GArray) slots = hx_batch_slots (&one.wish, 200, NULL);
  assert_non_null (slots);
  for (guint i = 0; i < slots->len; i++)
    assert_int_not_equal (g_array_index (slots, HxBatchSlot, i).day, taken.day);
  one.wish.batches = 4;
  assert_null (hx_batch_slots (&one.wish, 200, NULL));
}

static void
test_too_few_places_say_how_many_are_wanting (void **state)
{
  (void)state;
  static const struct
  {
    guint days, batches, people;
    const char *says[3];
  } cases[] = {
    { 30,
      10,
      1100,
      { "只有 800 个名额，还差 300 个", "至少 14 批", "110 人" } },
    { 9, 15, 1100, { "要排 15 批", "只排得下 9 批，还差 6 批", "放长日期" } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (Case) one;
      case_init (&one, cases[i].days, cases[i].batches, 80);
      assert_null (hx_batch_slots (&one.wish, cases[i].people, &error));
      assert_non_null (error);
      for (guint k = 0; k < G_N_ELEMENTS (cases[i].says); k++)
        if (strstr (error->message, cases[i].says[k]) == NULL)
          fail_msg ("no “%s” in: %s", cases[i].says[k], error->message);
    }
}

/* ------------------------------------------------------------------ spread */

static GArray *
make_people (GRand *random, guint count, guint streets, guint frail_percent)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (HxBatchPerson));
  for (guint i = 0; i < count; i++)
    {
      const guint skewed
          = (guint)g_rand_int_range (random, 0, (gint32)streets)
            * (guint)g_rand_int_range (random, 1, (gint32)streets + 1)
            / MAX (streets, 1);
      const HxBatchPerson person
          = { .street = skewed,
              .is_frail
              = (guint)g_rand_int_range (random, 0, 100) < frail_percent,
              .partner = HX_BATCH_NONE };
      g_array_append_val (people, person);
    }
  for (guint i = 0; i + 1 < count; i += (guint)g_rand_int_range (random, 2, 9))
    {
      g_array_index (people, HxBatchPerson, i).partner = i + 1;
      g_array_index (people, HxBatchPerson, i + 1).partner = i;
    }
  return people;
}

/* Slow and obvious: each has one batch, none is over its places. */
static void
assert_spread (const GArray *people, const GArray *slots, const guint *batch_of)
{
  for (guint i = 0; i < people->len; i++)
    assert_true (batch_of[i] < slots->len);
  for (guint k = 0; k < slots->len; k++)
    {
      guint count = 0;
      for (guint i = 0; i < people->len; i++)
        count += batch_of[i] == k;
      assert_true (count <= g_array_index (slots, HxBatchSlot, k).places);
    }
}

/* The number of pairs of a street and a batch in which it is. */
static guint
pieces (const GArray *people, guint batches, const guint *batch_of)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < people->len; i++)
    {
      gint64 *key = g_new (gint64, 1);
      *key = g_array_index (people, HxBatchPerson, i).street * batches
             + batch_of[i];
      g_hash_table_add (seen, key);
    }
  return g_hash_table_size (seen);
}

static guint
streets_of (const GArray *people)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < people->len; i++)
    g_hash_table_add (seen, &g_array_index (people, HxBatchPerson, i).street);
  return g_hash_table_size (seen);
}

static void
random_case (GRand *random, Case *one)
{
  case_init (one, (guint)g_rand_int_range (random, 1, 40),
             (guint)g_rand_int_range (random, 1, 30),
             (guint)g_rand_int_range (random, 1, 60));
  for (gint32 i = g_rand_int_range (random, 0, 4); i > 0; i--)
    add_hospital (one, (guint)g_rand_int_range (random, 0, 150),
                  g_rand_boolean (random));
  for (gint32 i = g_rand_int_range (random, 0, 5); i > 0; i--)
    {
      const HxBatchSlot taken
          = { .day = g_array_index (
                  one->days, gint32,
                  g_rand_int_range (random, 0, (gint32)one->days->len)),
              .hospital = g_rand_int_range (random, 0, 4) };
      g_array_append_val (one->taken, taken);
    }
}

/* How many of a hospital's batches a day holds, and the places of each. */
static guint
rounds_of (const Case *one, gint64 hospital, guint *places)
{
  *places = one->wish.capacity;
  for (guint i = 0; i < one->hospitals->len; i++)
    {
      const HxBatchHospital *each
          = &g_array_index (one->hospitals, HxBatchHospital, i);
      if (each->id != hospital || each->daily == 0)
        continue;
      *places = MIN (each->daily, one->wish.capacity);
      return MAX (each->daily / one->wish.capacity, 1);
    }
  return 1;
}

static guint
in_use (const GArray *slots, gint32 day, gint64 hospital)
{
  guint count = 0;
  for (guint i = 0; i < slots->len; i++)
    {
      const HxBatchSlot *slot = &g_array_index (slots, HxBatchSlot, i);
      count += slot->day == day && slot->hospital == hospital;
    }
  return count;
}

static int
larger_first (gconstpointer a, gconstpointer b)
{
  return *(const guint *)a < *(const guint *)b ? 1 : -1;
}

/* The most that so many batches can hold; 0 if there are not so many. */
static guint
most_places (const Case *one)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint d = 0; d < one->days->len; d++)
    for (guint h = 0; h < MAX (one->hospitals->len, 1); h++)
      {
        const gint64 hospital = one->hospitals->len == 0 ? 0 : h + 1;
        const gint32 day = g_array_index (one->days, gint32, d);
        guint places;
        const guint rounds = rounds_of (one, hospital, &places);
        for (guint k = in_use (one->taken, day, hospital); k < rounds; k++)
          g_array_append_val (all, places);
      }
  if (all->len < one->wish.batches)
    return 0;
  guint sum = 0;
  g_array_sort (all, larger_first);
  for (guint i = 0; i < one->wish.batches; i++)
    sum += g_array_index (all, guint, i);
  return sum;
}

static void
assert_slots (const Case *one, const GArray *slots)
{
  assert_int_equal (slots->len, one->wish.batches);
  for (guint i = 0; i < slots->len; i++)
    {
      const HxBatchSlot *slot = &g_array_index (slots, HxBatchSlot, i);
      guint places;
      const guint rounds = rounds_of (one, slot->hospital, &places);
      gboolean is_day = FALSE;
      for (guint d = 0; d < one->days->len; d++)
        is_day |= g_array_index (one->days, gint32, d) == slot->day;
      assert_true (is_day);
      assert_int_equal (slot->places, places);
      assert_true (in_use (slots, slot->day, slot->hospital)
                       + in_use (one->taken, slot->day, slot->hospital)
                   <= rounds);
      assert_true (i == 0 || slot[-1].day <= slot->day);
    }
}

static void
check_people (GRand *random, const GArray *slots, guint count)
{
  const guint streets = (guint)g_rand_int_range (random, 1, 30);
  const guint percent = (guint)g_rand_int_range (random, 0, 101);
  g_autoptr (GArray) people = make_people (
      random, count, streets, (guint)g_rand_int_range (random, 0, 101));
  g_autofree guint *batch_of = g_new (guint, count + 1);
  g_autofree guint *again = g_new (guint, count + 1);
  assert_true (hx_batch_spread (people, slots, percent, batch_of, NULL));
  assert_true (hx_batch_spread (people, slots, percent, again, NULL));
  assert_memory_equal (batch_of, again, sizeof (guint) * count);
  assert_spread (people, slots, batch_of);
  /* Neither the frail nor the others are split more often than batches. */
  assert_true (pieces (people, slots->len, batch_of)
               <= 2 * (streets_of (people) + slots->len));
}

static void
test_random_wishes_are_kept_or_refused (void **state)
{
  (void)state;
  g_autoptr (GRand) random = g_rand_new_with_seed (20260917);
  guint kept = 0, refused = 0;
  for (guint i = 0; i < 3000; i++)
    {
      g_auto (Case) one;
      random_case (random, &one);
      const guint most = most_places (&one);
      const guint count = (guint)g_rand_int_range (random, 0, (gint32)most + 9);
      g_autoptr (GArray) slots = hx_batch_slots (&one.wish, count, NULL);
      /* Refused exactly if nothing would do. */
      assert_int_equal (slots != NULL,
                        count <= most && (most > 0 || one.wish.batches == 0));
      kept += slots != NULL;
      refused += slots == NULL;
      if (slots == NULL)
        continue;
      assert_slots (&one, slots);
      check_people (random, slots, count);
    }
  assert_true (kept > 1000 && refused > 100);
}

static void
test_streets_that_fit_are_whole (void **state)
{
  (void)state;
  g_auto (Case) one;
  case_init (&one, 15, 5, 100);
  g_autoptr (GArray) slots = hx_batch_slots (&one.wish, 400, NULL);
  g_autoptr (GArray) people
      = g_array_new (FALSE, FALSE, sizeof (HxBatchPerson));
  for (guint i = 0; i < 400; i++)
    {
      const HxBatchPerson person
          = { .street = i % 10, .partner = HX_BATCH_NONE };
      g_array_append_val (people, person);
    }
  g_autofree guint *batch_of = g_new (guint, people->len);
  assert_true (hx_batch_spread (people, slots, 25, batch_of, NULL));
  assert_int_equal (pieces (people, slots->len, batch_of), 10);
}

static void
test_large_streets_have_batches_of_their_own (void **state)
{
  (void)state;
  g_autoptr (GRand) random = g_rand_new_with_seed (13);
  g_auto (Case) one;
  case_init (&one, 60, 20, 80);
  g_autoptr (GArray) slots = hx_batch_slots (&one.wish, 600, NULL);
  for (guint frail = 0; frail <= 100; frail += 20)
    {
      g_autoptr (GArray) people = make_people (random, 600, 2, frail);
      g_autofree guint *batch_of = g_new (guint, people->len);
      assert_true (hx_batch_spread (people, slots, 25, batch_of, NULL));
      assert_spread (people, slots, batch_of);
      assert_in_range (pieces (people, slots->len, batch_of), 20, 22);
    }
}

static void
test_the_frail_are_early_and_level (void **state)
{
  (void)state;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_auto (Case) one;
  case_init (&one, 15, 15, 80);
  g_autoptr (GArray) slots = hx_batch_slots (&one.wish, 1100, NULL);
  static const guint shares[] = { 10, 20, 60 };
  for (guint s = 0; s < G_N_ELEMENTS (shares); s++)
    {
      g_autoptr (GArray) people = make_people (random, 1100, 22, shares[s]);
      g_autofree guint *batch_of = g_new (guint, people->len);
      guint frail[15] = { 0 }, all = 0, late = 0, most = 0;
      assert_true (hx_batch_spread (people, slots, 25, batch_of, NULL));
      for (guint i = 0; i < people->len; i++)
        if (g_array_index (people, HxBatchPerson, i).is_frail)
          {
            all++;
            frail[batch_of[i]]++;
            late += g_array_index (slots, HxBatchSlot, batch_of[i]).rank > 0;
          }
      for (guint k = 0; k < 15; k++)
        most = MAX (most, frail[k]);
      /* A quarter of 80 is 20, and 9 of the 15 batches are early. */
      const guint share = (all + 14) / 15;
      assert_true (most <= MAX (20, share + share / 8));
      if (all <= 9 * 20)
        assert_int_equal (late, 0);
    }
}

static void
test_partners_come_together (void **state)
{
  (void)state;
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_auto (Case) one;
  case_init (&one, 15, 15, 80);
  g_autoptr (GArray) slots = hx_batch_slots (&one.wish, 1100, NULL);
  g_autoptr (GArray) people = make_people (random, 1100, 1, 30);
  g_autofree guint *batch_of = g_new (guint, people->len);
  guint apart = 0;
  assert_true (hx_batch_spread (people, slots, 25, batch_of, NULL));
  assert_spread (people, slots, batch_of);
  for (guint i = 0; i < people->len; i++)
    {
      const guint partner = g_array_index (people, HxBatchPerson, i).partner;
      apart += partner != HX_BATCH_NONE && batch_of[partner] != batch_of[i];
    }
  assert_int_equal (apart, 0);
}

static void
test_a_hundred_thousand_are_spread_at_once (void **state)
{
  (void)state;
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_auto (Case) one;
  case_init (&one, 150, 1500, 80);
  for (guint i = 0; i < 10; i++)
    add_hospital (&one, 0, i < 3);
  g_autoptr (GArray) people = make_people (random, 100000, 200, 25);
  g_autofree guint *batch_of = g_new (guint, people->len);
  const gint64 begin = g_get_monotonic_time ();
  g_autoptr (GArray) slots = hx_batch_slots (&one.wish, people->len, NULL);
  assert_non_null (slots);
  assert_true (hx_batch_spread (people, slots, 25, batch_of, NULL));
  const gint64 took = g_get_monotonic_time () - begin;
  g_autofree guint *sizes = g_new0 (guint, slots->len);
  for (guint i = 0; i < people->len; i++)
    assert_true (++sizes[batch_of[i]] <= 80);
  print_message ("100,000 people, 1,500 batches: %d ms\n", (int)(took / 1000));
  assert_true (took < 5 * G_USEC_PER_SEC);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_weekends_and_blocked_days_are_closed),
    cmocka_unit_test (test_no_open_day_is_an_error),
    cmocka_unit_test (test_batches_lie_evenly_over_the_days),
    cmocka_unit_test (test_hospitals_take_turns_within_their_places),
    cmocka_unit_test (test_larger_hospitals_stand_in_where_places_are_wanting),
    cmocka_unit_test (test_hospitals_in_use_are_left_alone),
    cmocka_unit_test (test_too_few_places_say_how_many_are_wanting),
    cmocka_unit_test (test_random_wishes_are_kept_or_refused),
    cmocka_unit_test (test_streets_that_fit_are_whole),
    cmocka_unit_test (test_large_streets_have_batches_of_their_own),
    cmocka_unit_test (test_the_frail_are_early_and_level),
    cmocka_unit_test (test_partners_come_together),
    cmocka_unit_test (test_a_hundred_thousand_are_spread_at_once),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
