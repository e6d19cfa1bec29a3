/* Random rows, dates and voids: the list holds what a slow reference finds that
 * goes day by day through every row, and knows neither the catalogue's duties
 * nor the database.  Festivals are those of the published calendars. */
#include "day.h"
#include "duty_test.h"

#define N_PEOPLE 30
#define N_RECORDS 260
#define N_ROUNDS 6
#define N_QUERIES 25
#define N_UNITS 3 /* 区, below it 街, below it 社 */

static const char duties[]
    = "- {key: greet, name: 祝寿, of: person, within: 7d,\n"
      "   where: [{veteran: true}, {level: {min: 2, max: 3},\n"
      "            home.name: [街, 社]}],\n"
      "   when: {birthday: [70, 80]},\n"
      "   done_by: {visit: {occasion: birthday}}}\n"
      "- {key: yearly, name: 生日, of: person, within: {before: 2d},\n"
      "   when: {birthday: every}, done_by: {call: {}, visit: {}}}\n"
      "- {key: feast, name: 过节, of: person, when: {festival: [laba, spring,\n"
      "   new_year_eve, double_ninth]}, within: {before: 10d, after: 2d},\n"
      "   done_by: {visit: {occasion: home}}}\n"
      "- {key: monthly, name: 每月, of: person, where: {veteran: true},\n"
      "   when: {every: month}, done_by: {call: {}}}\n"
      "- {key: quarterly, name: 每季, of: person, when: {every: quarter},\n"
      "   done_by: {visit: {occasion: [home, ward]}}}\n"
      "- {key: reached, name: 覆盖, of: person, when: {covered: year},\n"
      "   where: {joined: {filled: true}},\n"
      "   done_by: {call: {whom.level: {max: 2}}}}\n"
      "- {key: third, name: 三年, of: person, within: 40d,\n"
      "   when: {every: {years: 3, since: joined}}, done_by: {visit: {}}}\n"
      "- {key: second, name: 两年, of: person, within: 20d,\n"
      "   when: {every: {years: 2, from: joined}}, done_by: {call: {}}}\n"
      "- {key: ward, name: 探视, of: person, within: 3d,\n"
      "   when: {after: {stay: date, where: {days: {min: 2}}}},\n"
      "   done_by: {visit: {occasion: ward}}}\n"
      "- {key: help, name: 善后, of: person, within: 9d,\n"
      "   when: {after: {person: until}}, done_by: {call: {}}}\n";

typedef struct
{
  gint64 id;
  int home;  /* 1…N_UNITS */
  int level; /* 0: none */
  gboolean veteran;
  Day birth, joined, since, until;
} Person;

typedef enum
{
  VISIT,
  CALL,
  STAY
} What;

typedef struct
{
  What what;
  gint64 id;
  guint person;
  Day day;
  int number; /* of a visit its occasion, of a stay its days */
  gboolean is_void;
} Record;

typedef struct
{
  Person people[N_PEOPLE];
  Record records[N_RECORDS];
  Day from, until, as_of;
  int unit;
} World;

static const char *const whats[] = { "visit", "call", "stay" };
static const char *const occasions[] = { "birthday", "ward", "home" };

/* ----------------------------------------------------------- the reference */

typedef struct
{
  Day opens, closes;
  int age;
  Day due;
} Window;

typedef struct
{
  const char *key;
  gboolean (*wants) (const Person *person);
  /* Is the duty due on the day; of the person, or of the record. */
  gboolean (*is_due) (const Person *person, const Record *record, Day day,
                      Window *window);
  gboolean (*shows) (const Person *person, const Record *record);
  gboolean is_after_end;
  gboolean is_of_stays;
} Duty;

static gboolean
all (const Person *person)
{
  (void)person;
  return TRUE;
}

static gboolean
greeted (const Person *person)
{
  return person->veteran
         || (person->level >= 2 && person->level <= 3 && person->home >= 2);
}

static gboolean
veteran (const Person *person)
{
  return person->veteran;
}

static gboolean
joined (const Person *person)
{
  return person->joined.year != 0;
}

static gboolean
by_birthday_visit (const Person *person, const Record *record)
{
  (void)person;
  return record->what == VISIT && record->number == 0;
}

static gboolean
by_call_or_visit (const Person *person, const Record *record)
{
  (void)person;
  return record->what != STAY;
}

static gboolean
by_home_visit (const Person *person, const Record *record)
{
  (void)person;
  return record->what == VISIT && record->number == 2;
}

static gboolean
by_ward_visit (const Person *person, const Record *record)
{
  (void)person;
  return record->what == VISIT && record->number == 1;
}

static gboolean
by_call (const Person *person, const Record *record)
{
  (void)person;
  return record->what == CALL;
}

static gboolean
by_low_call (const Person *person, const Record *record)
{
  return record->what == CALL && person->level >= 1 && person->level <= 2;
}

static gboolean
by_other_visit (const Person *person, const Record *record)
{
  return record->what == VISIT && !by_birthday_visit (person, record);
}

static gboolean
by_visit (const Person *person, const Record *record)
{
  (void)person;
  return record->what == VISIT;
}

static gboolean
birthday (const Person *person, Day day, int before, int after, Window *window)
{
  const Day birth = person->birth;
  const gboolean vague = birth.day == 0;

  if (birth.year == 0 || birth.month == 0 || !day_is_yearly (birth, day))
    return FALSE;
  window->age = day.year - birth.year;
  window->opens
      = day_moved (vague ? (Day){ day.year, day.month, 1 } : day, -before);
  window->closes = day_moved (day, after);
  return window->age > 0;
}

static gboolean
on_round_birthday (const Person *person, const Record *record, Day day,
                   Window *window)
{
  (void)record;
  return birthday (person, day, 7, 7, window)
         && (window->age == 70 || window->age == 80);
}

static gboolean
on_birthday (const Person *person, const Record *record, Day day,
             Window *window)
{
  (void)record;
  return birthday (person, day, 2, 0, window);
}

static gboolean
on_feast (const Person *person, const Record *record, Day day, Window *window)
{
  static const int feasts[] = {
    20220110, 20220131, 20220201, 20221004, 20221230, 20230121,
    20230122, 20231023, 20240118, 20240209, 20240210, 20241011,
    20250107, 20250128, 20250129, 20251029,
  };

  (void)person;
  (void)record;
  window->opens = day_moved (day, -10);
  window->closes = day_moved (day, 2);
  for (guint i = 0; i < G_N_ELEMENTS (feasts); i++)
    if (feasts[i] == day_number (day))
      return TRUE;
  return FALSE;
}

static gboolean
on_month (const Person *person, const Record *record, Day day, Window *window)
{
  (void)person;
  (void)record;
  *window = (Window){ { day.year, day.month, 1 }, day, 0, day };
  return day_is_last_of_month (day);
}

static gboolean
on_quarter (const Person *person, const Record *record, Day day, Window *window)
{
  (void)person;
  (void)record;
  *window = (Window){ { day.year, day.month - 2, 1 }, day, 0, day };
  return day_is_last_of_month (day) && day.month % 3 == 0;
}

static gboolean
on_year (const Person *person, const Record *record, Day day, Window *window)
{
  (void)person;
  (void)record;
  *window = (Window){ { day.year, 1, 1 }, day, 0, day };
  return day.month == 12 && day.day == 31;
}

static gboolean
on_years (const Person *person, Day day, int years, int first)
{
  const int times = day.year - person->joined.year;

  return person->joined.year != 0 && day_is_yearly (person->joined, day)
         && times >= first && times % years == 0;
}

static gboolean
on_third_year (const Person *person, const Record *record, Day day,
               Window *window)
{
  (void)record;
  *window = (Window){ day_moved (day, -40), day_moved (day, 40), 0, day };
  return on_years (person, day, 3, 3);
}

static gboolean
on_second_year (const Person *person, const Record *record, Day day,
                Window *window)
{
  (void)record;
  *window = (Window){ day_moved (day, -20), day_moved (day, 20), 0, day };
  return on_years (person, day, 2, 0);
}

static gboolean
after_stay (const Person *person, const Record *record, Day day, Window *window)
{
  (void)person;
  *window = (Window){ day_first_of (record->day), day, 0, day };
  return record->number >= 2
         && day_number (day_moved (day_last_of (record->day), 3))
                == day_number (day);
}

static gboolean
after_end (const Person *person, const Record *record, Day day, Window *window)
{
  (void)record;
  if (person->until.year == 0)
    return FALSE;
  *window = (Window){ day_first_of (person->until), day, 0, day };
  return day_number (day_moved (day_last_of (person->until), 9))
         == day_number (day);
}

static const Duty all_duties[] = {
  { "greet", greeted, on_round_birthday, by_birthday_visit, FALSE, FALSE },
  { "yearly", all, on_birthday, by_call_or_visit, FALSE, FALSE },
  { "feast", all, on_feast, by_home_visit, FALSE, FALSE },
  { "monthly", veteran, on_month, by_call, FALSE, FALSE },
  { "quarterly", all, on_quarter, by_other_visit, FALSE, FALSE },
  { "reached", joined, on_year, by_low_call, FALSE, FALSE },
  { "third", all, on_third_year, by_visit, FALSE, FALSE },
  { "second", all, on_second_year, by_call, FALSE, FALSE },
  { "ward", all, after_stay, by_ward_visit, FALSE, TRUE },
  { "help", all, after_end, by_call, TRUE, FALSE },
};

/* Of one day a call comes before a visit (the order of `yearly`), and a lower
 * number before a higher. */
static gboolean
is_better (const Record *record, const Record *best)
{
  const int day = day_number (day_first_of (record->day));
  const int best_day = best == NULL ? 0 : day_number (day_first_of (best->day));

  if (best == NULL || day != best_day)
    return best == NULL || day < best_day;
  if (record->what != best->what)
    return record->what == CALL;
  return record->id < best->id;
}

static const Record *
proof_of (const World *world, const Duty *duty, guint person,
          const Window *window)
{
  const Record *best = NULL;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      const Record *record = &world->records[i];
      const int day = day_number (day_first_of (record->day));

      if (record->person == person && !record->is_void
          && day >= day_number (window->opens)
          && day <= day_number (window->closes)
          && day <= day_number (world->as_of)
          && duty->shows (&world->people[person], record)
          && is_better (record, best))
        best = record;
    }
  return best;
}

static gboolean
is_there (const World *world, const Duty *duty, const Person *person, Day day)
{
  if (person->since.year != 0
      && (day_number (person->since) > day_number (world->as_of)
          || day_number (person->since) > day_number (day)))
    return FALSE;
  if (person->until.year == 0 || duty->is_after_end)
    return TRUE;
  return day_number (day_last_of (person->until)) >= day_number (world->as_of)
         && day_number (day_last_of (person->until)) >= day_number (day);
}

#define DAY "%04d-%02d-%02d"
#define PARTS(of) (of).year, (of).month, (of).day

static void
add_line (const World *world, const Duty *duty, guint person,
          const Window *window, GPtrArray *lines)
{
  const Record *proof = proof_of (world, duty, person, window);
  g_autoptr (GString) line = g_string_new (NULL);
  const char *state = "open";

  if (proof != NULL)
    state = "done";
  else if (day_number (window->closes) < day_number (world->as_of))
    state = "overdue";
  else if (day_number (window->opens) > day_number (world->as_of))
    state = "upcoming";
  g_string_printf (line, "%s %s " DAY " [" DAY " " DAY "] %d", state, duty->key,
                   PARTS (window->due), PARTS (window->opens),
                   PARTS (window->closes), (int)world->people[person].id);
  if (window->age != 0)
    g_string_append_printf (line, " age=%d", window->age);
  if (proof != NULL)
    g_string_append_printf (line, " %s %d " DAY, whats[proof->what],
                            (int)proof->id, PARTS (day_first_of (proof->day)));
  g_ptr_array_add (lines, g_strdup (line->str));
}

static void
try_stays (const World *world, const Duty *duty, guint person, Day day,
           GPtrArray *lines)
{
  for (guint i = 0; i < N_RECORDS; i++)
    {
      const Record *record = &world->records[i];
      Window window = { 0 };

      if (record->what == STAY && record->person == person && !record->is_void
          && day_number (day_first_of (record->day))
                 <= day_number (world->as_of)
          && duty->is_due (&world->people[person], record, day, &window))
        {
          window.due = day;
          add_line (world, duty, person, &window, lines);
        }
    }
}

static void
try_person (const World *world, const Duty *duty, guint index, Day day,
            GPtrArray *lines)
{
  const Person *person = &world->people[index];
  Window window = { 0 };

  if (person->home < world->unit || !duty->wants (person)
      || !is_there (world, duty, person, day))
    return;
  if (duty->is_of_stays)
    try_stays (world, duty, index, day, lines);
  else if (duty->is_due (person, NULL, day, &window))
    {
      window.due = day;
      add_line (world, duty, index, &window, lines);
    }
}

static GPtrArray *
reference (const World *world)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (Day day = world->from; day_number (day) <= day_number (world->until);
       day = day_next (day))
    for (guint i = 0; i < G_N_ELEMENTS (all_duties); i++)
      for (guint j = 0; j < N_PEOPLE; j++)
        try_person (world, &all_duties[i], j, day, lines);
  return lines;
}

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
  return g_strdup (line->str);
}

static char *
make_record (GRand *random, guint index, Record *record)
{
  g_autoptr (GString) line = g_string_new (NULL);

  record->what = (What)g_rand_int_range (random, 0, 3);
  record->person = (guint)g_rand_int_range (random, 0, N_PEOPLE);
  record->day = random_day (random, 2021, 2025, record->what != CALL);
  record->number = g_rand_int_range (random, 0, 3);
  g_string_printf (line, "put %s number=%u %s=人%u", whats[record->what], index,
                   record->what == CALL ? "whom" : "person", record->person);
  append_day (line, "date", record->day);
  if (record->what == VISIT)
    g_string_append_printf (line, " occasion=%s", occasions[record->number]);
  if (record->what == STAY)
    g_string_append_printf (line, " days=%d", record->number);
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

static HxDate
plain (Day day)
{
  return (HxDate){ (gint16)day.year, (gint8)day.month, (gint8)day.day };
}

static HxDutyQuery
ask (GRand *random, World *world)
{
  world->from = random_day (random, 2022, 2024, FALSE);
  world->until = day_moved (world->from, g_rand_int_range (random, 0, 420));
  world->as_of = day_moved (world->from, g_rand_int_range (random, -60, 480));
  world->unit = g_rand_int_range (random, 0, N_UNITS + 1);
  return (HxDutyQuery){ plain (world->from), plain (world->until),
                        plain (world->as_of), world->unit, NULL };
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
  gsize items = 0, done = 0;

  (void)state;
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (round + 20231123);
      Fixture *fixture = fixture_new (duties);
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
            done += g_str_has_prefix (list->pdata[j], "done");
          if (i % 5 == 4)
            void_some (fixture, random, world);
        }
      fixture_free (fixture);
    }
  assert_true (items > 10000 && done > 500);
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
  Fixture *fixture = fixture_new (duties);
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
  Fixture *fixture = fixture_new (duties);
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
