#include "model.h"

const char model_duties[]
    = "- {key: greet, name: 祝寿, of: person, within: 7d,\n"
      "   where: [{veteran: true}, {level: {min: 2, max: 3},\n"
      "            home.name: [街, 社]}],\n"
      "   lunar: {calendar: lunar}, lunar_day: lunar_day,\n"
      "   when: {birthday: [70, 80]},\n"
      "   done_by: {visit: {occasion: birthday}}}\n"
      "- {key: yearly, name: 生日, of: person, within: {before: 2d},\n"
      "   lunar: {calendar: lunar, veteran: false}, lunar_day: lunar_day,\n"
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
      "   when: {after: {person: until}}, done_by: {call: {}}}\n"
      "- {key: steps, name: 分步, of: person, within: 90d,\n"
      "   begins: 2023-04-11, each: step,\n"
      "   when: {after: {stay: date}},\n"
      "   done_by: {taken: {}}, also: {gift: {visit: {occasion: ward}}}}\n";

const char *const whats[] = { "visit", "call", "stay", "taken" };
const char *const occasions[] = { "birthday", "ward", "home" };
const char *const steps[] = { "talk", "gift", "class" };

typedef struct
{
  Day opens, closes;
  int age;
  Day due;
  gboolean is_lunar;
  int step; /* of the steps, from 1; 0: it has none */
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
  gboolean has_steps;
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
  return record->what == CALL || record->what == VISIT;
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
has_lunar_birthday (const Person *person)
{
  return person->is_lunar && person->birth.year != 0
         && (person->birth.day != 0 || person->lunar_day.month != 0);
}

static gboolean
lunar_birthday (const Person *person, Day day, int before, int after,
                Window *window)
{
  HxLunarDate birth = person->lunar_day;

  if (birth.month == 0)
    birth = lunar_of (person->birth);
  if (!is_kept (birth, day))
    return FALSE;
  *window = (Window){
    day_moved (day, -before), day_moved (day, after), 0, day, TRUE, 0
  };
  window->age = lunar_of (day).year - lunar_year (birth, person->birth);
  return window->age > 0;
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
  return (has_lunar_birthday (person) ? lunar_birthday
                                      : birthday) (person, day, 7, 7, window)
         && (window->age == 70 || window->age == 80);
}

static gboolean
on_birthday (const Person *person, const Record *record, Day day,
             Window *window)
{
  (void)record;
  return (has_lunar_birthday (person) && !person->veteran
              ? lunar_birthday
              : birthday) (person, day, 2, 0, window);
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
  *window = (Window){ { day.year, day.month, 1 }, day, 0, day, FALSE, 0 };
  return day_is_last_of_month (day);
}

static gboolean
on_quarter (const Person *person, const Record *record, Day day, Window *window)
{
  (void)person;
  (void)record;
  *window = (Window){ { day.year, day.month - 2, 1 }, day, 0, day, FALSE, 0 };
  return day_is_last_of_month (day) && day.month % 3 == 0;
}

static gboolean
on_year (const Person *person, const Record *record, Day day, Window *window)
{
  (void)person;
  (void)record;
  *window = (Window){ { day.year, 1, 1 }, day, 0, day, FALSE, 0 };
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
  *window
      = (Window){ day_moved (day, -40), day_moved (day, 40), 0, day, FALSE, 0 };
  return on_years (person, day, 3, 3);
}

static gboolean
on_second_year (const Person *person, const Record *record, Day day,
                Window *window)
{
  (void)record;
  *window
      = (Window){ day_moved (day, -20), day_moved (day, 20), 0, day, FALSE, 0 };
  return on_years (person, day, 2, 0);
}

static gboolean
after_stay (const Person *person, const Record *record, Day day, Window *window)
{
  (void)person;
  *window = (Window){ day_first_of (record->day), day, 0, day, FALSE, 0 };
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
  *window = (Window){ day_first_of (person->until), day, 0, day, FALSE, 0 };
  return day_number (day_moved (day_last_of (person->until), 9))
         == day_number (day);
}

static gboolean
after_late_stay (const Person *person, const Record *record, Day day,
                 Window *window)
{
  (void)person;
  *window = (Window){ day_first_of (record->day), day, 0, day, FALSE, 0 };
  return day_number (day_last_of (record->day)) >= 20230411
         && day_number (day_moved (day_last_of (record->day), 90))
                == day_number (day);
}

static gboolean
by_step (const Person *person, const Record *record)
{
  return record->what == TAKEN || by_ward_visit (person, record);
}

/* A visit to the ward shows the gift. */
static gboolean
is_of_step (const Record *record, int step)
{
  return step == 0
         || (record->what == TAKEN ? record->number + 1 == step : step == 2);
}

static const Duty all_duties[] = {
  { "greet", greeted, on_round_birthday, by_birthday_visit, FALSE, FALSE,
    FALSE },
  { "yearly", all, on_birthday, by_call_or_visit, FALSE, FALSE, FALSE },
  { "feast", all, on_feast, by_home_visit, FALSE, FALSE, FALSE },
  { "monthly", veteran, on_month, by_call, FALSE, FALSE, FALSE },
  { "quarterly", all, on_quarter, by_other_visit, FALSE, FALSE, FALSE },
  { "reached", joined, on_year, by_low_call, FALSE, FALSE, FALSE },
  { "third", all, on_third_year, by_visit, FALSE, FALSE, FALSE },
  { "second", all, on_second_year, by_call, FALSE, FALSE, FALSE },
  { "ward", all, after_stay, by_ward_visit, FALSE, TRUE, FALSE },
  { "help", all, after_end, by_call, TRUE, FALSE, FALSE },
  { "steps", all, after_late_stay, by_step, FALSE, TRUE, TRUE },
};

/* Of one day a call comes before a visit (the order of `yearly`), a step taken
 * before a visit, and a lower number before a higher. */
static gboolean
is_better (const Record *record, const Record *best)
{
  const int day = day_number (day_first_of (record->day));
  const int best_day = best == NULL ? 0 : day_number (day_first_of (best->day));

  if (best == NULL || day != best_day)
    return best == NULL || day < best_day;
  if (record->what != best->what)
    return record->what == CALL || record->what == TAKEN;
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
          && is_of_step (record, window->step) && is_better (record, best))
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
    g_string_append_printf (line, " age=%d%s", window->age,
                            window->is_lunar ? "*" : "");
  if (window->step != 0)
    g_string_append_printf (line, " step=%s", steps[window->step - 1]);
  if (proof != NULL)
    g_string_append_printf (line, " %s %d " DAY, whats[proof->what],
                            (int)proof->id, PARTS (day_first_of (proof->day)));
  g_ptr_array_add (lines, g_strdup (line->str));
}

/* One, or one for each step. */
static void
add_lines (const World *world, const Duty *duty, guint person, Window *window,
           GPtrArray *lines)
{
  const int last = duty->has_steps ? (int)G_N_ELEMENTS (steps) : 0;

  for (window->step = MIN (last, 1); window->step <= last; window->step++)
    add_line (world, duty, person, window, lines);
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
          add_lines (world, duty, person, &window, lines);
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
      add_lines (world, duty, index, &window, lines);
    }
}

GPtrArray *
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
