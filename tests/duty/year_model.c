#include "year.h"

#include "kept.h"

#include <string.h>

/* The shipped duties once more, each as a question asked of a row, a day and a
 * record.  Nothing is looked up: every row is asked on every day.  What a row
 * may ask for does not hang on the as-of date, so it is found once. */

typedef struct
{
  Day due, opens, closes;
  int age;
  gboolean is_lunar;
} Window;

typedef struct
{
  const char *key;
  Register of;
  gboolean (*wants) (const Row *row);
  gboolean (*is_due) (const Row *row, Day day, Window *window);
  /* 0: no; of two on one day the lower number is told. */
  int (*shows) (const Record *record, const char *step);
  gboolean after_end;    /* asked of who left, too */
  gboolean has_steps;    /* each step by itself */
  gboolean is_of_events; /* once an admission */
} Duty;

typedef struct
{
  const Duty *duty;
  const Row *row;
  const Record *event;
  Window window;
  const char *step;
} Item;

static const char *const steps[]
    = { "talk",    "ceremony", "handover",   "club",
        "checkup", "training", "discipline", "course" };

static gboolean
is (const char *word, const char *other)
{
  return strcmp (word, other) == 0;
}

static gboolean
is_one_of (const char *word, const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *)all, word);
}

#define CHIEFS "ministry_chief ministry_deputy bureau_chief bureau_deputy"
#define HIGH CHIEFS " division_chief division_deputy"
#define LOW "section_chief section_deputy staff clerk other"

/* ----------------------------------------------------------------- who asks */

static gboolean
everyone (const Row *row)
{
  (void)row;
  return TRUE;
}

static gboolean
veteran (const Row *row)
{
  return is (row->category, "lixiu");
}

static gboolean
at_home (const Row *row)
{
  return !is (row->status, "abroad");
}

static gboolean
managed (const Row *row)
{
  return veteran (row) || is_one_of (row->level, HIGH);
}

static gboolean
examined (const Row *row)
{
  return at_home (row) && managed (row);
}

static gboolean
pensioner (const Row *row)
{
  return is_one_of (row->category, "retired early sick");
}

static gboolean
of_street (const Row *row)
{
  return (pensioner (row) || is (row->category, ""))
         && (is (row->level, "") || is_one_of (row->level, LOW));
}

static gboolean
greeted_at_spring (const Row *row)
{
  return veteran (row) || is_one_of (row->level, CHIEFS)
         || is_one_of (row->hardship, "1 2 3 disaster family");
}

static gboolean
veteran_at_home (const Row *row)
{
  return veteran (row) && at_home (row);
}

static gboolean
veteran_of_the_party (const Row *row)
{
  return veteran_at_home (row) && is (row->politics, "01");
}

static gboolean
soldier (const Row *row)
{
  return at_home (row) && is (row->elder, "soldier");
}

static gboolean
dead (const Row *row)
{
  return is (row->exit, "1");
}

static gboolean
taught (const Row *row)
{
  return is (row->status, "active") && pensioner (row)
         && is_one_of (row->politics, "01 02");
}

/* --------------------------------------------------------------- when is it */

static gboolean
around (Day day, int before, int after, Window *window)
{
  window->opens = day_moved (day, -before);
  window->closes = day_moved (day, after);
  return TRUE;
}

static gboolean
on_round_birthday (const Row *row, Day day, Window *window)
{
  if (row->is_lunar)
    {
      const HxLunarDate born = lunar_of (row->birth);

      if (!is_kept (born, day))
        return FALSE;
      window->age = lunar_of (day).year - lunar_year (born, row->birth);
    }
  else if (!day_is_yearly (row->birth, day))
    return FALSE;
  else
    window->age = day.year - row->birth.year;
  window->is_lunar = row->is_lunar;
  return window->age >= 70 && window->age <= 100 && window->age % 10 == 0
         && around (day, 7, 7, window);
}

/* From the published calendars. */
static gboolean
on_spring (const Row *row, Day day, Window *window)
{
  static const int days[]
      = { 20210212, 20220201, 20230122, 20240210, 20250129 };

  (void)row;
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (day_number (day) == days[i])
      return around (day, 30, 15, window);
  return FALSE;
}

static gboolean
on_double_ninth (const Row *row, Day day, Window *window)
{
  static const int days[]
      = { 20211014, 20221004, 20231023, 20241011, 20251029 };

  (void)row;
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (day_number (day) == days[i])
      return around (day, 15, 15, window);
  return FALSE;
}

static gboolean
on_party_day (const Row *row, Day day, Window *window)
{
  (void)row;
  return day.month == 7 && day.day == 1 && around (day, 15, 15, window);
}

static gboolean
on_army_day (const Row *row, Day day, Window *window)
{
  (void)row;
  return day.month == 8 && day.day == 1 && around (day, 15, 15, window);
}

static gboolean
at_the_end (Day day, int months, Window *window)
{
  window->opens = (Day){ day.year, day.month - months + 1, 1 };
  window->closes = day;
  return day_is_last_of_month (day) && day.month % months == 0;
}

static gboolean
each_month (const Row *row, Day day, Window *window)
{
  (void)row;
  return at_the_end (day, 1, window);
}

static gboolean
each_quarter (const Row *row, Day day, Window *window)
{
  (void)row;
  return at_the_end (day, 3, window);
}

static gboolean
each_year (const Row *row, Day day, Window *window)
{
  (void)row;
  return at_the_end (day, 12, window);
}

static gboolean
each_term (const Row *row, Day day, Window *window)
{
  const int years = day.year - row->term_end.year;

  return row->term_end.year != 0 && years >= 0 && years % 3 == 0
         && day_is_yearly (row->term_end, day) && around (day, 90, 30, window);
}

static gboolean
after (Day event, int days, Day day, Window *window)
{
  window->opens = event;
  window->closes = day;
  return event.year != 0
         && day_number (day_moved (event, days)) == day_number (day);
}

static gboolean
after_retirement (const Row *row, Day day, Window *window)
{
  return row->retired.year >= 2023 && after (row->retired, 90, day, window);
}

static gboolean
after_death (const Row *row, Day day, Window *window)
{
  return after (row->until, 7, day, window);
}

/* ------------------------------------------------------------- what shows it
 */

static int
by_birthday_visit (const Record *record, const char *step)
{
  (void)step;
  return record->what == VISIT && is (record->kind, "birthday");
}

static int
by_street_greeting (const Record *record, const char *step)
{
  if (record->what == CONTACT && is_one_of (record->kind, "care phone"))
    return 2;
  return by_birthday_visit (record, step);
}

static int
by_festival (const Record *record, const char *festival)
{
  return record->what == VISIT && is (record->kind, "festival")
         && is (record->festival, festival);
}

static int
by_spring_visit (const Record *record, const char *step)
{
  (void)step;
  return by_festival (record, "spring");
}

static int
by_party_day_visit (const Record *record, const char *step)
{
  (void)step;
  return by_festival (record, "party_day");
}

static int
by_army_day_visit (const Record *record, const char *step)
{
  (void)step;
  return by_festival (record, "army_day");
}

static int
by_double_ninth_visit (const Record *record, const char *step)
{
  (void)step;
  return by_festival (record, "double_ninth");
}

static int
by_checkup (const Record *record, const char *step)
{
  (void)step;
  return record->what == CHECKUP && is (record->kind, "attended");
}

static int
by_contact (const Record *record, const char *step)
{
  (void)step;
  return record->what == CONTACT ? 1 : record->what == VISIT ? 2 : 0;
}

static int
by_visit (const Record *record, const char *step)
{
  (void)step;
  return record->what == VISIT;
}

static int
by_hospital_visit (const Record *record, const char *step)
{
  (void)step;
  return record->what == VISIT && is (record->kind, "hospital");
}

static int
by_funeral_help (const Record *record, const char *step)
{
  (void)step;
  return record->what == FUNERAL;
}

/* The step itself first, then what other books show of it. */
static int
by_step (const Record *record, const char *step)
{
  if (record->what == STEP)
    return is (record->kind, step) ? 1 : 0;
  if (record->what == CEREMONY)
    return is (step, "ceremony")
                   || (is (step, "talk") && is (record->kind, "1"))
               ? 2
               : 0;
  if (record->what == CHECKUP)
    return is (step, "checkup") && is (record->kind, "attended") ? 2 : 0;
  return record->what == CLASS && is (step, "course") ? 2 : 0;
}

static int
by_party_day (const Record *record, const char *step)
{
  (void)step;
  return record->what == ACTIVITY && is (record->kind, "party_day");
}

static int
by_election (const Record *record, const char *step)
{
  (void)step;
  return record->what == ACTIVITY && is (record->kind, "election");
}

static int
by_session (const Record *record, const char *step)
{
  (void)step;
  return record->what == SESSION;
}

static int
by_lecture (const Record *record, const char *step)
{
  (void)step;
  return record->what == SESSION && is (record->kind, "party_lecture");
}

static int
by_class (const Record *record, const char *step)
{
  (void)step;
  return record->what == CLASS;
}

#define PLAIN FALSE, FALSE, FALSE

static const Duty duties[] = {
  { "birthday_greeting", CADRE, managed, on_round_birthday, by_birthday_visit,
    PLAIN },
  { "birthday_street", CADRE, of_street, on_round_birthday, by_street_greeting,
    PLAIN },
  { "spring_greeting", CADRE, greeted_at_spring, on_spring, by_spring_visit,
    PLAIN },
  { "party_day_greeting", CADRE, veteran_of_the_party, on_party_day,
    by_party_day_visit, PLAIN },
  { "army_day_greeting", CADRE, soldier, on_army_day, by_army_day_visit,
    PLAIN },
  { "double_ninth_greeting", CADRE, veteran_at_home, on_double_ninth,
    by_double_ninth_visit, PLAIN },
  { "checkup", CADRE, examined, each_year, by_checkup, PLAIN },
  { "lixiu_contact", CADRE, veteran, each_month, by_contact, PLAIN },
  { "lixiu_visit", CADRE, veteran_at_home, each_quarter, by_visit, PLAIN },
  { "hospital_visit", CADRE, everyone, NULL, by_hospital_visit, FALSE, FALSE,
    TRUE },
  { "funeral_help", CADRE, dead, after_death, by_funeral_help, TRUE, FALSE,
    FALSE },
  { "retirement_steps", CADRE, pensioner, after_retirement, by_step, FALSE,
    TRUE, FALSE },
  { "party_day", BRANCH, everyone, each_month, by_party_day, PLAIN },
  { "branch_election", BRANCH, everyone, each_term, by_election, PLAIN },
  { "teaching_site", POINT, everyone, each_year, by_session, PLAIN },
  { "teaching_lecture", POINT, everyone, each_year, by_lecture, PLAIN },
  { "teaching_members", CADRE, taught, each_year, by_class, PLAIN },
};

/* ------------------------------------------------------------ what may be due
 */

static void
add (GArray *items, Item item, Day day)
{
  item.window.due = day;
  item.step = "";
  if (!item.duty->has_steps)
    g_array_append_val (items, item);
  for (guint i = 0; item.duty->has_steps && i < G_N_ELEMENTS (steps); i++)
    {
      item.step = steps[i];
      g_array_append_val (items, item);
    }
}

static void
try_day (GArray *items, const Duty *duty, const Row *row, Day day)
{
  Item item = { .duty = duty, .row = row };

  if (!duty->is_of_events && duty->is_due (row, day, &item.window))
    add (items, item, day);
  for (guint i = 0; duty->is_of_events && i < row->records->len; i++)
    {
      item.event = &g_array_index (row->records, Record, i);
      if (item.event->what == HELP && is (item.event->kind, "admission")
          && after (item.event->day, 3, day, &item.window))
        add (items, item, day);
    }
}

static void
try_row (GArray *items, const Row *row, Register of, const Asked *span)
{
  for (guint i = 0; i < G_N_ELEMENTS (duties); i++)
    if (duties[i].of == of && duties[i].wants (row))
      for (Day day = span->from; day_number (day) <= day_number (span->until);
           day = day_next (day))
        try_day (items, &duties[i], row, day);
}

void
year_begin (Year *year, Day from, Day until)
{
  const Asked span = { .from = from, .until = until };

  year->items = g_array_new (FALSE, FALSE, sizeof (Item));
  for (int of = 0; of < N_REGISTERS; of++)
    for (guint i = 0; i < year->rows[of]->len; i++)
      try_row (year->items, &g_array_index (year->rows[of], Row, i),
               (Register)of, &span);
}

/* -------------------------------------------------------------- as of a day */

static gboolean
is_before (Day day, Day other)
{
  return day_number (day) < day_number (other);
}

static gboolean
is_there (const Item *item, const Asked *asked)
{
  const Row *row = item->row;
  const Day due = item->window.due;

  if (is_before (due, asked->from) || is_before (asked->until, due))
    return FALSE;
  if (item->event != NULL && is_before (asked->as_of, item->event->day))
    return FALSE;
  if (is_before (asked->as_of, row->since) || is_before (due, row->since))
    return FALSE;
  if (row->until.year == 0 || item->duty->after_end)
    return TRUE;
  return !is_before (row->until, due)
         && (asked->with_ended || !is_before (row->until, asked->as_of));
}

static gboolean
is_better (const Item *item, const Record *record, const Record *best)
{
  if (best == NULL || day_number (record->day) != day_number (best->day))
    return best == NULL || is_before (record->day, best->day);

  const int rank = item->duty->shows (record, item->step);
  const int other = item->duty->shows (best, item->step);

  return rank != other ? rank < other : record->id < best->id;
}

static const Record *
proof (const Item *item, Day as_of)
{
  const GArray *records = item->row->records;
  const Record *best = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const Record *record = &g_array_index (records, Record, i);

      if (item->duty->shows (record, item->step) != 0
          && !is_before (record->day, item->window.opens)
          && !is_before (item->window.closes, record->day)
          && !is_before (as_of, record->day) && is_better (item, record, best))
        best = record;
    }
  return best;
}

typedef enum
{
  DONE,
  OPEN,
  OVERDUE,
  UPCOMING
} State;

static State
state_of (const Item *item, const Record *shown, Day as_of)
{
  if (shown != NULL)
    return DONE;
  if (is_before (item->window.closes, as_of))
    return OVERDUE;
  return is_before (as_of, item->window.opens) ? UPCOMING : OPEN;
}

#define DAY "%04d-%02d-%02d"
#define PARTS(of) (of).year, (of).month, (of).day

static char *
line (const Item *item, Day as_of)
{
  static const char *const states[] = { "done", "open", "overdue", "upcoming" };
  static const char *const kinds[] = { "visit",
                                       "care_contact",
                                       "checkup_attendance",
                                       "hospital_help",
                                       "funeral_help",
                                       "retirement_step",
                                       "ceremony_retiree",
                                       "class_attendance",
                                       "party_activity",
                                       "class_session" };
  const Window *window = &item->window;
  const Record *shown = proof (item, as_of);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%s %s " DAY " [" DAY " " DAY "] %d",
                   states[state_of (item, shown, as_of)], item->duty->key,
                   PARTS (window->due), PARTS (window->opens),
                   PARTS (window->closes), (int)item->row->id);
  if (window->age != 0)
    g_string_append_printf (text, " age=%d%s", window->age,
                            window->is_lunar ? "*" : "");
  if (item->step[0] != '\0')
    g_string_append_printf (text, " step=%s", item->step);
  if (shown != NULL)
    g_string_append_printf (text, " %s %d " DAY, kinds[shown->what],
                            (int)shown->id, PARTS (shown->day));
  return g_strdup (text->str);
}

GPtrArray *
year_reference (const Year *year, const Asked *asked)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < year->items->len; i++)
    {
      const Item *item = &g_array_index (year->items, Item, i);

      if (is_there (item, asked))
        g_ptr_array_add (lines, line (item, asked->as_of));
    }
  return lines;
}

GHashTable *
year_coverage (const Year *year, const Asked *asked)
{
  static const int places[] = { 1, 2, 3, 2 }; /* by State */
  GHashTable *all
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < year->items->len; i++)
    {
      const Item *item = &g_array_index (year->items, Item, i);
      g_autofree char *key
          = g_strdup_printf ("%s %d", item->duty->key, (int)item->row->unit);
      gint64 *counts = g_hash_table_lookup (all, key);

      if (!is_there (item, asked))
        continue;
      if (counts == NULL)
        g_hash_table_insert (all, g_steal_pointer (&key),
                             counts = g_new0 (gint64, 4));
      counts[0]++;
      counts[places[state_of (item, proof (item, asked->as_of),
                              asked->as_of)]]++;
    }
  return all;
}
