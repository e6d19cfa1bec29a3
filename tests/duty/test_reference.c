/* Random rows, dates and voids: the list holds what the slow reference finds.
 */
#include "model.h"

#define N_ROUNDS 6
#define N_QUERIES 25

/* ---------------------------------------------------------------- the world */

static Day
random_day (GRand *random, int first, int last, gboolean partial)
{
  Day day = { g_rand_int_range (random, first, last + 1), 0, 0 };

  if (partial && g_rand_int_range (random, 0, 12) == 0)
    return day;
  day.month = g_rand_int_range (random, 1, 13);
  if (partial && g_rand_int_range (random, 0, 6) == 0)
    return day;
  day.day
      = g_rand_int_range (random, 1, day_month_days (day.year, day.month) + 1);
  if (day_is_leap (day.year) && g_rand_int_range (random, 0, 6) == 0)
    day = (Day){ day.year, 2, 29 };
  return day;
}

static void
append_day (GString *line, const char *field, Day day)
{
  if (day.year == 0)
    return;
  g_string_append_printf (line, " %s=%04d", field, day.year);
  if (day.month != 0)
    g_string_append_printf (line, "-%02d", day.month);
  if (day.day != 0)
    g_string_append_printf (line, "-%02d", day.day);
}

/* Who keeps the birthday by the lunar calendar; some say on which day. */
static void
choose_calendar (GRand *random, Person *person, GString *line)
{
  char text[HX_LUNAR_TEXT_SIZE];

  person->is_lunar = g_rand_boolean (random);
  g_string_append (line, person->is_lunar ? " calendar=农历" : "");
  if (g_rand_int_range (random, 0, 3) != 0)
    return;
  person->lunar_day.month = (gint8)g_rand_int_range (random, 1, 13);
  person->lunar_day.day = (gint8)g_rand_int_range (random, 1, 36);
  person->lunar_day.day = MIN (person->lunar_day.day, 30);
  person->lunar_day.is_leap = g_rand_int_range (random, 0, 4) == 0;
  hx_lunar_format (person->lunar_day, text);
  g_string_append_printf (line, " lunar_day=%s", text);
}

static char *
make_person (GRand *random, guint index, Person *person)
{
  static const char *const units[] = { "", "区", "街", "社" };
  g_autoptr (GString) line = g_string_new (NULL);

  person->home = g_rand_int_range (random, 1, N_UNITS + 1);
  person->level = g_rand_int_range (random, 0, 5);
  person->veteran = g_rand_int_range (random, 0, 3) == 0;
  person->birth = random_day (random, 1941, 1956, TRUE);
  if (g_rand_boolean (random))
    person->joined = random_day (random, 2010, 2024, TRUE);
  if (g_rand_int_range (random, 0, 4) == 0)
    person->since = random_day (random, 2021, 2023, FALSE);
  if (g_rand_int_range (random, 0, 4) == 0)
    person->until = random_day (random, 2024, 2025, TRUE);
  g_string_printf (line, "put person name=人%u home=%s veteran=%s", index,
                   units[person->home], person->veteran ? "是" : "否");
  if (person->level != 0)
    g_string_append_printf (line, " level=%d", person->level);
  append_day (line, "birth_date", person->birth);
  append_day (line, "joined", person->joined);
  append_day (line, "since", person->since);
  append_day (line, "until", person->until);
  choose_calendar (random, person, line);
  return g_strdup (line->str);
}

static char *
make_record (GRand *random, guint index, Record *record)
{
  g_autoptr (GString) line = g_string_new (NULL);

  record->what = (What)g_rand_int_range (random, 0, 4);
  record->person = (guint)g_rand_int_range (random, 0, N_PEOPLE);
  record->day = random_day (random, 2021, 2025,
                            record->what == VISIT || record->what == STAY);
  record->number = g_rand_int_range (random, 0, 3);
  g_string_printf (line, "put %s number=%u %s=人%u", whats[record->what], index,
                   record->what == CALL ? "whom" : "person", record->person);
  append_day (line, "date", record->day);
  if (record->what == VISIT)
    g_string_append_printf (line, " occasion=%s", occasions[record->number]);
  if (record->what == STAY)
    g_string_append_printf (line, " days=%d", record->number);
  if (record->what == TAKEN)
    g_string_append_printf (line, " step=%s", steps[record->number]);
  return g_strdup (line->str);
}

static void
fill (Fixture *fixture, GRand *random, World *world)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gint64 ids[3 + N_PEOPLE + N_RECORDS];

  g_ptr_array_add (lines, g_strdup ("put unit name=区"));
  g_ptr_array_add (lines, g_strdup ("put unit name=街 parent=区"));
  g_ptr_array_add (lines, g_strdup ("put unit name=社 parent=街"));
  for (guint i = 0; i < N_PEOPLE; i++)
    g_ptr_array_add (lines, make_person (random, i, &world->people[i]));
  for (guint i = 0; i < N_RECORDS; i++)
    g_ptr_array_add (lines, make_record (random, i, &world->records[i]));
  play (fixture, (const char *const *)lines->pdata, lines->len, ids);
  for (guint i = 0; i < N_PEOPLE; i++)
    world->people[i].id = ids[3 + i];
  for (guint i = 0; i < N_RECORDS; i++)
    world->records[i].id = ids[3 + N_PEOPLE + i];
}

static void
void_some (Fixture *fixture, GRand *random, World *world)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_RECORDS; i++)
    {
      Record *record = &world->records[i];

      if (record->is_void || g_rand_int_range (random, 0, 12) != 0)
        continue;
      record->is_void = TRUE;
      g_ptr_array_add (
          lines,
          g_strdup_printf ("void %s %d", whats[record->what], (int)record->id));
    }
  play (fixture, (const char *const *)lines->pdata, lines->len, NULL);
}

static HxDutyQuery
ask (GRand *random, World *world)
{
  world->from = random_day (random, 2022, 2024, FALSE);
  world->until = day_moved (world->from, g_rand_int_range (random, 0, 420));
  world->as_of = day_moved (world->from, g_rand_int_range (random, -60, 480));
  world->unit = g_rand_int_range (random, 0, N_UNITS + 1);
  return (HxDutyQuery){ .from = plain (world->from),
                        .until = plain (world->until),
                        .as_of = plain (world->as_of),
                        .unit_id = world->unit };
}

static int
by_text (gconstpointer first, gconstpointer second)
{
  return strcmp (*(char *const *)first, *(char *const *)second);
}

static void
assert_same (GPtrArray *list, GPtrArray *wanted)
{
  g_ptr_array_sort (list, by_text);
  g_ptr_array_sort (wanted, by_text);
  for (guint i = 0; i < MIN (list->len, wanted->len); i++)
    assert_string_equal (list->pdata[i], wanted->pdata[i]);
  assert_int_equal (list->len, wanted->len);
}

static void
assert_in_order (const GPtrArray *list)
{
  const char *last = "";
  gboolean late = TRUE;

  for (guint i = 0; i < list->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (list->pdata[i], " ", 4);
      const gboolean is_late = g_str_equal (words[0], "overdue");

      assert_true (late || !is_late);
      if (late != is_late)
        last = "";
      assert_true (strcmp (last, strstr (list->pdata[i], words[2])) <= 0
                   || strncmp (last, words[2], 10) == 0);
      late = is_late;
      last = strstr (list->pdata[i], words[2]);
    }
}

static void
the_list_is_what_a_slow_search_finds (void **state)
{
  gsize items = 0, done = 0, lunar = 0, stepped = 0;

  (void)state;
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (round + 20231123);
      Fixture *fixture = fixture_new (model_duties);
      g_autofree World *world = g_new0 (World, 1);

      fill (fixture, random, world);
      for (guint i = 0; i < N_QUERIES; i++)
        {
          const HxDutyQuery query = ask (random, world);
          g_autoptr (GPtrArray) list = listed (fixture, &query);
          g_autoptr (GPtrArray) wanted = reference (world);

          assert_in_order (list);
          assert_same (list, wanted);
          items += list->len;
          for (guint j = 0; j < list->len; j++)
            {
              const char *line = list->pdata[j];

              done += g_str_has_prefix (line, "done");
              lunar += strchr (line, '*') != NULL;
              stepped += g_str_has_prefix (line, "done steps ");
            }
          if (i % 5 == 4)
            void_some (fixture, random, world);
        }
      fixture_free (fixture);
    }
  assert_true (items > 10000 && done > 500);
  assert_true (lunar > 500 && stepped > 50);
}

/* ----------------------------------------------------------------- coverage */

static void
recount (const World *world, const char *key, int unit, gint64 *counts)
{
  g_autoptr (GPtrArray) lines = reference (world);

  memset (counts, 0, 4 * sizeof *counts);
  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines->pdata[i], " ", 7);
      const gint64 id = g_ascii_strtoll (words[5], NULL, 10);

      if (!g_str_equal (words[1], key) || world->people[id - 1].home != unit)
        continue;
      counts[0]++;
      counts[1] += g_str_equal (words[0], "done");
      counts[2] += g_str_equal (words[0], "open");
      counts[2] += g_str_equal (words[0], "upcoming");
      counts[3] += g_str_equal (words[0], "overdue");
    }
}

static void
assert_line (const World *world, const HxDutyCoverage *line)
{
  gint64 counts[4];

  recount (world, line->duty->key, (int)line->unit_id, counts);
  assert_int_equal (line->due, counts[0]);
  assert_int_equal (line->done, counts[1]);
  assert_int_equal (line->open, counts[2]);
  assert_int_equal (line->overdue, counts[3]);
  assert_int_equal (line->due, line->done + line->open + line->overdue);
}

/* Rows that ended stay in the coverage: here nobody ends before the as-of
 * date, so that the reference of the list serves. */
static void
coverage_is_the_list_counted (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  Fixture *fixture = fixture_new (model_duties);
  g_autofree World *world = g_new0 (World, 1);
  const HxDutyQuery query = { .as_of = { 2023, 8, 20 } };
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GArray) lines = NULL;
  gint64 due = 0;

  (void)state;
  fill (fixture, random, world);
  void_some (fixture, random, world);
  world->from = (Day){ 2023, 1, 1 };
  world->until = (Day){ 2023, 12, 31 };
  world->as_of = (Day){ 2023, 8, 20 };
  reader = hx_store_reader (fixture->store, NULL);
  lines = hx_duty_coverage (hx_reader_connection (reader), fixture->catalogue,
                            2023, &query, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const HxDutyCoverage *line = &g_array_index (lines, HxDutyCoverage, i);

      assert_line (world, line);
      assert_true (i == 0 || line->duty->index > (line - 1)->duty->index
                   || line->unit_id > (line - 1)->unit_id);
      due += line->due;
    }
  g_autoptr (GPtrArray) wanted = reference (world);
  assert_int_equal (due, wanted->len);
  g_clear_pointer (&reader, hx_reader_free);
  fixture_free (fixture);
}

static void
who_ended_stays_in_the_coverage (void **state)
{
  Fixture *fixture = fixture_new (model_duties);
  static const char *const rows[]
      = { "put unit name=区",
          "put person name=甲 home=区 veteran=是 until=2023-02-15",
          "put call number=1 whom=甲 date=2023-01-31" };
  const HxDutyQuery query = { .as_of = { 2023, 12, 31 }, .duty = "monthly" };
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GArray) lines = NULL;

  (void)state;
  play (fixture, rows, G_N_ELEMENTS (rows), NULL);
  reader = hx_store_reader (fixture->store, NULL);
  lines = hx_duty_coverage (hx_reader_connection (reader), fixture->catalogue,
                            2023, &query, NULL);
  assert_int_equal (lines->len, 1);
  assert_int_equal (g_array_index (lines, HxDutyCoverage, 0).due, 1);
  assert_int_equal (g_array_index (lines, HxDutyCoverage, 0).done, 1);
  g_clear_pointer (&reader, hx_reader_free);
  fixture_free (fixture);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_list_is_what_a_slow_search_finds),
    cmocka_unit_test (coverage_is_the_list_counted),
    cmocka_unit_test (who_ended_stays_in_the_coverage),
  };

  return cmocka_run_group_tests_name ("duty reference", tests, NULL, NULL);
}
