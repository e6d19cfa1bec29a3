/* What is due in the sample year: on any date the list and the coverage are
 * those of the slow reference.  HX_TEST_SEED chooses other days. */
#include "duty_test.h"
#include "kept.h"
#include "year.h"

#include "../chance.h"
#include "../cli/program.h"

#define YEAR "year.db"
#define BACK 200 /* days before the as-of date */
#define AHEAD 45
#define N_RANDOM 12

typedef struct
{
  Program program;
  Fixture duty;
  Year *year;
  guint32 seed;
} Sample;

static const int chosen[] = {
  /* month ends */
  20230131,
  20230228,
  20230331,
  20230430,
  20230531,
  20230630,
  20230731,
  20230831,
  20230930,
  20231031,
  20231130,
  20231231,
  /* about festivals: their windows open, the day, they close, the day after */
  20221223,
  20230121,
  20230122,
  20230206,
  20230207,
  20230616,
  20230701,
  20230716,
  20230717,
  20231008,
  20231023,
  20231107,
  20231108,
  /* leap days, a common year's, and years with hardly any rows */
  20220228,
  20230301,
  20240228,
  20240229,
  20240301,
  20221231,
  20230101,
};

static Day
day_of (int number)
{
  return (Day){ number / 10000, number / 100 % 100, number % 100 };
}

static int
by_text (gconstpointer first, gconstpointer second)
{
  return strcmp (*(char *const *)first, *(char *const *)second);
}

static void
assert_day (Sample *sample, Day day)
{
  const Asked asked = { .from = day_moved (day, -BACK),
                        .until = day_moved (day, AHEAD),
                        .as_of = day };
  const HxDutyQuery query = { .from = plain (asked.from),
                              .until = plain (asked.until),
                              .as_of = plain (day) };
  g_autoptr (GPtrArray) list = listed (&sample->duty, &query);
  g_autoptr (GPtrArray) wanted = year_reference (sample->year, &asked);

  g_ptr_array_sort (list, by_text);
  g_ptr_array_sort (wanted, by_text);
  for (guint i = 0; i < MIN (list->len, wanted->len); i++)
    if (strcmp (list->pdata[i], wanted->pdata[i]) != 0)
      fail_msg ("as of %d, seed %u: listed “%s”, wanted “%s”", day_number (day),
                sample->seed, (char *)list->pdata[i], (char *)wanted->pdata[i]);
  if (list->len != wanted->len)
    fail_msg ("as of %d, seed %u: %u listed, %u wanted", day_number (day),
              sample->seed, list->len, wanted->len);
}

static void
the_list_of_chosen_days_is_the_slow_one (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    assert_day (*state, day_of (chosen[i]));
}

static void
the_list_of_any_day_is_the_slow_one (void **state)
{
  Sample *sample = *state;
  g_autoptr (GRand) random = g_rand_new_with_seed (sample->seed);

  for (guint i = 0; i < N_RANDOM; i++)
    assert_day (sample, day_moved ((Day){ 2022, 9, 1 },
                                   g_rand_int_range (random, 0, 600)));
}

static void
assert_coverage (Sample *sample, Day day)
{
  const Asked asked = { { 2023, 1, 1 }, { 2023, 12, 31 }, day, TRUE };
  const HxDutyQuery query = { .as_of = plain (day) };
  g_autoptr (GHashTable) wanted = year_coverage (sample->year, &asked);
  g_autoptr (HxReader) reader = hx_store_reader (sample->duty.store, NULL);
  g_autoptr (GArray) lines
      = hx_duty_coverage (hx_reader_connection (reader), sample->duty.catalogue,
                          2023, &query, NULL);

  assert_non_null (lines);
  assert_int_equal (lines->len, g_hash_table_size (wanted));
  for (guint i = 0; i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);
      g_autofree char *key
          = g_strdup_printf ("%s %d", line->duty->key, (int)line->unit_id);
      const gint64 counts[]
          = { line->due, line->done, line->open, line->overdue };
      const gint64 *other = g_hash_table_lookup (wanted, key);

      if (other == NULL || memcmp (counts, other, sizeof counts) != 0)
        fail_msg ("as of %d: coverage of %s differs", day_number (day), key);
    }
}

static void
the_coverage_is_the_slow_count (void **state)
{
  static const int days[] = { 20230131, 20230630, 20230701, 20231023,
                              20231130, 20231231, 20240229 };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    assert_coverage (*state, day_of (days[i]));
}

/* The year would show nothing if it held nothing. */
static void
each_duty_has_items_and_most_are_seen_done (void **state)
{
  Sample *sample = *state;
  const Asked asked
      = { { 2023, 1, 1 }, { 2023, 12, 31 }, { 2023, 12, 31 }, TRUE };
  const GPtrArray *duties = hx_catalogue_duties (sample->duty.catalogue);
  g_autoptr (GPtrArray) lines = year_reference (sample->year, &asked);
  guint lunar = 0, seen = 0;

  for (guint i = 0; i < duties->len; i++)
    {
      g_autofree char *part
          = g_strdup_printf (" %s ", ((HxDuty *)duties->pdata[i])->key);
      gboolean has = FALSE;

      for (guint j = 0; j < lines->len && !has; j++)
        has = strstr (lines->pdata[j], part) != NULL;
      seen += has;
    }
  for (guint j = 0; j < lines->len; j++)
    lunar += strchr (lines->pdata[j], '*') != NULL;
  assert_int_equal (seen, duties->len - 1); /* nobody is known as a soldier */
  assert_true (lines->len > 15000 && lunar > 50);
}

static int
set_up (void **state)
{
  static const HxStoreOptions options = { .durability = HX_DURABLE_NORMAL };
  Sample *sample = *state;
  g_autoptr (GError) error = NULL;

  program_import_year (&sample->program, YEAR);
  g_autofree char *path = program_path (&sample->program, YEAR);
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);

  sample->duty.store = hx_store_open (url, HX_STORE_OPEN, &options, &error);
  check (sample->duty.store != NULL, error);
  sample->duty.catalogue = hx_catalogue_load_folder (HX_TEST_CATALOGUE, &error);
  check (sample->duty.catalogue != NULL, error);
  sample->year = year_read (path);
  year_begin (sample->year, (Day){ 2021, 7, 1 }, (Day){ 2024, 6, 30 });
  sample->seed = chance_seed (20231023);
  return 0;
}

static int
tear_down (void **state)
{
  Sample *sample = *state;

  year_free (sample->year);
  hx_store_close (sample->duty.store);
  hx_catalogue_unref (sample->duty.catalogue);
  program_teardown (&sample->program);
  return 0;
}

int
main (int count, char **arguments)
{
  Sample sample = { 0 };
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_prestate (the_list_of_chosen_days_is_the_slow_one,
                               &sample),
    cmocka_unit_test_prestate (the_list_of_any_day_is_the_slow_one, &sample),
    cmocka_unit_test_prestate (the_coverage_is_the_slow_count, &sample),
    cmocka_unit_test_prestate (each_duty_has_items_and_most_are_seen_done,
                               &sample),
  };
  void *state = &sample;
  int failed;

  if (count < 3)
    return 1;
  program_setup (&sample.program, arguments);
  set_up (&state);
  failed = cmocka_run_group_tests_name ("due of the sample year", tests, NULL,
                                        NULL);
  tear_down (&state);
  return failed;
}
