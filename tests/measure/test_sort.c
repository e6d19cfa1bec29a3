/* The two containers against models of a few lines. */
#include "measure/verify_internal.h"
#include "measure_test.h"

static int
by_key (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (gint64)) == 0
             ? 0
             : (*(const gint64 *)a > *(const gint64 *)b ? 1 : -1);
}

typedef struct
{
  gint64 a, b;
  gint64 sum;
} Pair;

static void
a_flat_table_keeps_one_record_a_key (void **state)
{
  g_autoptr (HxFlat) flat = hx_flat_new (sizeof (Pair), 2);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  gint64 sums[40][40] = { { 0 } };
  gint64 none[2] = { 99, 99 };
  guint n = 0;

  (void)state;
  for (int i = 0; i < 5000; i++)
    {
      gint64 key[2] = { g_rand_int_range (random, -20, 20),
                        g_rand_int_range (random, -20, 20) };
      Pair *pair = hx_flat_add (flat, key);

      n += pair->sum == 0;
      pair->sum += i + 1;
      sums[key[0] + 20][key[1] + 20] += i + 1;
    }
  assert_int_equal (hx_flat_count (flat), n);
  assert_null (hx_flat_find (flat, none));
  for (guint i = 0; i < n; i++)
    {
      const Pair *pair = hx_flat_at (flat, i);

      assert_int_equal (pair->sum, sums[pair->a + 20][pair->b + 20]);
      assert_ptr_equal (hx_flat_find (flat, &pair->a), pair);
    }
  hx_flat_sort (flat, by_key);
  for (guint i = 1; i < n; i++)
    assert_true (((Pair *)hx_flat_at (flat, i - 1))->a
                 <= ((Pair *)hx_flat_at (flat, i))->a);
  hx_flat_clear (flat);
  assert_int_equal (hx_flat_count (flat), 0);
  assert_null (hx_flat_find (flat, none));
}

/* All of `keys` × `keys` come out once, in order, with their sums. */
static void
sort_many (guint records, int keys, int times)
{
  g_autoptr (HxSorter) sorter = hx_sorter_new (records);
  g_autoptr (GError) error = NULL;
  int n = keys * keys, step = 7919; /* prime: every key, in no order */
  gboolean is_end = FALSE;
  HxTally tally = { 0 };

  for (int i = 0; i < n * times; i++)
    {
      int at = (int)((gint64)i * step % n);

      tally.key[0] = at / keys - keys / 2;
      tally.key[2] = at % keys;
      tally.rows = 1;
      tally.amount = i;
      check (hx_sorter_add (sorter, &tally, &error), error);
    }
  check (hx_sorter_sort (sorter, &error), error);
  for (int i = 0; i < n; i++)
    {
      check (hx_sorter_next (sorter, &tally, &is_end, &error), error);
      assert_false (is_end);
      assert_int_equal (tally.key[0], i / keys - keys / 2);
      assert_int_equal (tally.key[2], i % keys);
      assert_int_equal (tally.rows, times);
    }
  check (hx_sorter_next (sorter, &tally, &is_end, &error), error);
  assert_true (is_end);
}

static void
a_sorter_adds_up_and_orders_what_memory_does_not_hold (void **state)
{
  (void)state;
  sort_many (1000, 10, 1);
  sort_many (100, 10, 50);
  sort_many (1000, 100, 3);
  sort_many (300, 100, 2);
}

static void
an_empty_sorter_is_at_its_end (void **state)
{
  g_autoptr (HxSorter) sorter = hx_sorter_new (10);
  gboolean is_end = FALSE;
  HxTally tally;

  (void)state;
  assert_true (hx_sorter_sort (sorter, NULL));
  assert_true (hx_sorter_next (sorter, &tally, &is_end, NULL));
  assert_true (is_end);
}

static void
days_are_read_as_they_are_written (void **state)
{
  static const struct
  {
    const char *text, *again;
  } cases[] = {
    { "", "" },
    { "0101", "0101" },
    { "0305 0312*2 1231", "0305 0312*2 1231" },
    { "1231 0305", "0305 1231" },
    { "0305 0305", "0305*2" },
    { "0305*-1", "0305*-1" },
    { "junk 0305 9999 0000", "0305" },
    { "0305*", "" },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new ("old");
      HxYearDays days;

      hx_days_parse (cases[i].text, &days);
      hx_days_format (&days, text);
      assert_string_equal (text->str, cases[i].again);
    }
}

static void
partial_days_lie_at_both_ends (void **state)
{
  static const struct
  {
    const char *text;
    gint32 day, first, last;
  } cases[] = {
    { "2023-03-05", 20230305, 20230305, 20230305 },
    { "2023-02", 20230200, 20230201, 20230228 },
    { "2024-02", 20240200, 20240201, 20240229 },
    { "1938", 19380000, 19380101, 19381231 },
    { "", 0, HX_DAY_FIRST, HX_DAY_LAST },
    { NULL, 0, HX_DAY_FIRST, HX_DAY_LAST },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_int_equal (hx_day_parse (cases[i].text), cases[i].day);
      assert_int_equal (hx_day_first (cases[i].day), cases[i].first);
      assert_int_equal (hx_day_last (cases[i].day), cases[i].last);
    }
  assert_int_equal (hx_day_next (20230228), 20230301);
  assert_int_equal (hx_day_next (20231231), 20240101);
  assert_int_equal (hx_day_next (HX_DAY_LAST), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_flat_table_keeps_one_record_a_key),
    cmocka_unit_test (a_sorter_adds_up_and_orders_what_memory_does_not_hold),
    cmocka_unit_test (an_empty_sorter_is_at_its_end),
    cmocka_unit_test (days_are_read_as_they_are_written),
    cmocka_unit_test (partial_days_lie_at_both_ends),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
