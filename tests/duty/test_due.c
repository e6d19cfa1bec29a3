/* Single cases: edge days, windows, states, units, order. */
#include "duty_test.h"

#define DUTY(when, rest)                                                       \
  "- {key: duty, name: 事, of: person, when: {" when "}, " rest "}\n"
#define VISITED "done_by: {visit: {}}"

typedef struct
{
  const char *duties;
  const char *query;    /* from until as_of */
  const char *rows[4];  /* written after the unit and the person */
  const char *person;   /* fields of person 1 */
  const char *items[4]; /* expected */
} Case;

static const Case cases[] = {
  /* birthdays */
  { DUTY ("birthday: [70]", "within: 7d, " VISITED),
    "2022-01-01 2022-12-31 2022-02-01",
    { NULL },
    "birth_date=1952-02-29",
    { "upcoming duty 2022-02-28 [2022-02-21 2022-03-07] 1 age=70" } },
  { DUTY ("birthday: [80]", "within: 7d, " VISITED),
    "2024-01-01 2024-12-31 2024-02-29",
    { NULL },
    "birth_date=1944-02-29",
    { "open duty 2024-02-29 [2024-02-22 2024-03-07] 1 age=80" } },
  { DUTY ("birthday: [70]", "within: 7d, " VISITED),
    "2023-01-01 2023-12-31 2023-12-31",
    { "put visit number=1 person=甲 date=2022-12-28" },
    "birth_date=1953-01-03",
    { "done duty 2023-01-03 [2022-12-27 2023-01-10] 1 age=70"
      " visit 1 2022-12-28" } },
  { DUTY ("birthday: [70]", "within: 7d, " VISITED),
    "2022-12-01 2022-12-31 2022-12-30",
    { "put visit number=1 person=甲 date=2023-01-06" },
    "birth_date=1952-12-30",
    { "open duty 2022-12-30 [2022-12-23 2023-01-06] 1 age=70" } },
  { DUTY ("birthday: every", "within: 2d, " VISITED),
    "2022-01-01 2023-12-31 2023-06-01",
    { NULL },
    "birth_date=1953-07",
    { "overdue duty 2022-07-31 [2022-06-29 2022-08-02] 1 age=69",
      "upcoming duty 2023-07-31 [2023-06-29 2023-08-02] 1 age=70" } },
  { DUTY ("birthday: every", "within: 2d, " VISITED),
    "2022-01-01 2023-12-31 2023-06-01",
    { NULL },
    "birth_date=1953",
    { NULL } },
  { DUTY ("birthday: [60]", "within: 2d, " VISITED),
    "2022-01-01 2023-12-31 2023-06-01",
    { NULL },
    "birth_date=1953-01-01",
    { NULL } },
  /* by the lunar calendar: once in a lunar year */
  { DUTY ("birthday: [69, 70]",
          "lunar: {calendar: lunar}, within: 2d, " VISITED),
    "2021-01-01 2024-12-31 2023-06-01",
    { NULL },
    "birth_date=1953-01-18 calendar=lunar", /* 壬辰年十二月初四 */
    { "overdue duty 2022-01-06 [2022-01-04 2022-01-08] 1 age=69*",
      "overdue duty 2022-12-26 [2022-12-24 2022-12-28] 1 age=70*" } },
  { DUTY ("birthday: [69]", "lunar: {calendar: lunar}, within: 2d, " VISITED),
    "2023-01-01 2023-12-31 2023-06-01",
    { NULL },
    "birth_date=1953-01-18 calendar=solar",
    { NULL } },
  /* born in a leap month: the plain one where the year has no such leap */
  { DUTY (
        "birthday: every",
        "lunar: {calendar: lunar}, lunar_day: lunar_day, within: 0d, " VISITED),
    "2022-01-01 2023-12-31 2023-06-01",
    { NULL },
    "birth_date=1947 calendar=lunar lunar_day=闰二月初三",
    { "overdue duty 2022-03-05 [2022-03-05 2022-03-05] 1 age=75*",
      "overdue duty 2023-03-24 [2023-03-24 2023-03-24] 1 age=76*" } },
  /* born on day 30: the last day of a short month */
  { DUTY (
        "birthday: every",
        "lunar: {calendar: lunar}, lunar_day: lunar_day, within: 0d, " VISITED),
    "2022-01-01 2023-12-31 2023-06-01",
    { NULL },
    "birth_date=1950-09 calendar=lunar lunar_day=八月三十",
    { "overdue duty 2022-09-25 [2022-09-25 2022-09-25] 1 age=72*",
      "upcoming duty 2023-10-14 [2023-10-14 2023-10-14] 1 age=73*" } },
  /* the lunar day cannot be told: the solar month stays */
  { DUTY ("birthday: every", "lunar: {calendar: lunar}, within: 0d, " VISITED),
    "2023-01-01 2023-12-31 2023-06-01",
    { NULL },
    "birth_date=1950-09 calendar=lunar",
    { "upcoming duty 2023-09-30 [2023-09-01 2023-09-30] 1 age=73" } },
  /* papers that hold the lunar day as if it were solar */
  { DUTY (
        "birthday: every",
        "lunar: {calendar: lunar}, lunar_day: lunar_day, within: 0d, " VISITED),
    "2023-01-01 2023-12-31 2023-06-01",
    { NULL },
    "birth_date=1938-01-10 calendar=lunar lunar_day=正月初十",
    { "overdue duty 2023-01-31 [2023-01-31 2023-01-31] 1 age=85*" } },
  /* steps */
  { DUTY ("after: {person: joined}",
          "within: 30d, each: step, begins: 2023-01-01,"
          " done_by: {taken: {}}, also: {gift: {visit: {occasion: ward}}}"),
    "2023-01-01 2023-12-31 2023-03-01",
    { "put taken number=1 person=甲 date=2023-02-05 step=class",
      "put taken number=2 person=甲 date=2023-03-09 step=talk",
      "put visit number=1 person=甲 date=2023-02-20 occasion=ward" },
    "joined=2023-02-03",
    { "open duty 2023-03-05 [2023-02-03 2023-03-05] 1 step=talk",
      "done duty 2023-03-05 [2023-02-03 2023-03-05] 1 step=gift"
      " visit 1 2023-02-20",
      "done duty 2023-03-05 [2023-02-03 2023-03-05] 1 step=class"
      " taken 1 2023-02-05" } },
  { DUTY ("after: {person: joined}",
          "within: 30d, each: step, begins: 2023-01-01, done_by: {taken: {}}"),
    "2023-01-01 2023-12-31 2023-03-01",
    { NULL },
    "joined=2022-12-31",
    { NULL } },
  { DUTY ("every: month", "begins: 2023-03-01, " VISITED),
    "2023-01-01 2023-03-31 2023-03-01",
    { NULL },
    "level=1",
    { "open duty 2023-03-31 [2023-03-01 2023-03-31] 1" } },
  /* festivals, over the year's end */
  { DUTY ("festival: [laba, spring]", "within: {before: 3d}, " VISITED),
    "2022-12-01 2023-01-31 2023-01-01",
    { "put visit number=1 person=甲 date=2022-12-27" },
    "level=1",
    { "done duty 2022-12-30 [2022-12-27 2022-12-30] 1 visit 1 2022-12-27",
      "upcoming duty 2023-01-22 [2023-01-19 2023-01-22] 1" } },
  /* periods */
  { DUTY ("every: quarter", VISITED),
    "2022-12-31 2023-03-31 2023-04-01",
    { "put visit number=1 person=甲 date=2023-01-01" },
    "level=1",
    { "overdue duty 2022-12-31 [2022-10-01 2022-12-31] 1",
      "done duty 2023-03-31 [2023-01-01 2023-03-31] 1 visit 1 2023-01-01" } },
  { DUTY ("every: month", VISITED),
    "2024-02-01 2024-02-29 2024-02-29",
    { NULL },
    "level=1",
    { "open duty 2024-02-29 [2024-02-01 2024-02-29] 1" } },
  { DUTY ("covered: year", "done_by: {call: {}}"),
    "2023-01-01 2023-12-31 2023-12-31",
    { "put call number=1 whom=甲 date=2023-12-31",
      "put call number=2 whom=甲 date=2023-05-01", "void call 2" },
    "level=1",
    { "done duty 2023-12-31 [2023-01-01 2023-12-31] 1 call 1 2023-12-31" } },
  { DUTY ("every: year", "done_by: {call: {}, visit: {}}"),
    "2023-01-01 2023-12-31 2023-12-31",
    { "put visit number=1 person=甲 date=2023-05-01",
      "put call number=1 whom=甲 date=2023-06-01",
      "put call number=2 whom=甲 date=2023-05-01",
      "put call number=3 whom=甲 date=2023-05-01" },
    "level=1",
    { "done duty 2023-12-31 [2023-01-01 2023-12-31] 1 call 2 2023-05-01" } },
  { DUTY ("every: quarter", VISITED),
    "2023-04-01 2023-06-30 2023-06-30",
    { "put visit number=1 person=甲 date=2023-04" },
    "level=1",
    { "done duty 2023-06-30 [2023-04-01 2023-06-30] 1 visit 1 2023-04-01" } },
  { DUTY ("every: year", VISITED),
    "2023-04-01 2023-12-31 2023-06-30",
    { "put visit number=1 person=甲 date=2023" },
    "level=1",
    { "done duty 2023-12-31 [2023-01-01 2023-12-31] 1 visit 1 2023-01-01" } },
  /* years */
  { DUTY ("every: {years: 3, since: joined}", "within: 5d, " VISITED),
    "2020-01-01 2027-12-31 2023-06-01",
    { NULL },
    "joined=2020-02-29",
    { "overdue duty 2023-02-28 [2023-02-23 2023-03-05] 1",
      "upcoming duty 2026-02-28 [2026-02-23 2026-03-05] 1" } },
  { DUTY ("every: {years: 3, from: joined}", "within: 5d, " VISITED),
    "2020-01-01 2023-12-31 2023-06-01",
    { NULL },
    "joined=2023-04",
    { "overdue duty 2023-04-30 [2023-04-25 2023-05-05] 1" } },
  /* after an event */
  { DUTY ("after: {stay: date, where: {days: {min: 2}}}",
          "within: 3d, done_by: {visit: {occasion: ward}}"),
    "2023-01-01 2023-12-31 2023-06-01",
    { "put stay number=1 person=甲 date=2022-12-30 days=2",
      "put stay number=2 person=甲 date=2023-05-01 days=1",
      "put visit number=1 person=甲 date=2023-01-02 occasion=ward" },
    "level=1",
    { "done duty 2023-01-02 [2022-12-30 2023-01-02] 1 visit 1 2023-01-02" } },
  { DUTY ("after: {stay: date}",
          "within: 3d, done_by: {visit: {occasion: ward}}"),
    "2023-01-01 2023-12-31 2023-06-01",
    { "put stay number=1 person=甲 date=2023-04 days=2",
      "put stay number=2 person=甲 date=2023-06-02 days=2",
      "put visit number=1 person=甲 date=2023-04-02 occasion=home" },
    "level=1",
    { "overdue duty 2023-05-03 [2023-04-01 2023-05-03] 1" } },
  /* the row's beginning and end */
  { DUTY ("every: month", VISITED),
    "2023-01-01 2023-12-31 2023-03-10",
    { NULL },
    "since=2023-03-11",
    { NULL } },
  { DUTY ("every: month", VISITED),
    "2023-02-01 2023-04-30 2023-03-11",
    { NULL },
    "since=2023-03-11",
    { "open duty 2023-03-31 [2023-03-01 2023-03-31] 1",
      "upcoming duty 2023-04-30 [2023-04-01 2023-04-30] 1" } },
  { DUTY ("every: month", VISITED),
    "2023-01-01 2023-12-31 2023-02-14",
    { NULL },
    "until=2023-02-15",
    { "overdue duty 2023-01-31 [2023-01-01 2023-01-31] 1" } },
  { DUTY ("every: month", VISITED),
    "2023-01-01 2023-12-31 2023-02-16",
    { NULL },
    "until=2023-02-15",
    { NULL } },
  { DUTY ("after: {person: until}", "within: 7d, done_by: {call: {}}"),
    "2023-01-01 2023-12-31 2023-02-20",
    { NULL },
    "until=2023-02-15",
    { "open duty 2023-02-22 [2023-02-15 2023-02-22] 1" } },
};

static void
play_case (Fixture *fixture, const Case *one)
{
  const char *lines[6] = { "put unit name=区" };
  g_autofree char *person
      = g_strdup_printf ("put person name=甲 home=区 %s", one->person);
  guint n = 2;

  lines[1] = person;
  for (guint i = 0; i < G_N_ELEMENTS (one->rows) && one->rows[i] != NULL; i++)
    lines[n++] = one->rows[i];
  play (fixture, lines, n, NULL);
}

static void
each_rule_gives_its_days (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];
      Fixture *fixture = fixture_new (one->duties);
      g_auto (GStrv) days = g_strsplit (one->query, " ", 3);
      const HxDutyQuery query = { .from = date (days[0]),
                                  .until = date (days[1]),
                                  .as_of = date (days[2]) };
      g_autoptr (GPtrArray) lines = NULL;

      play_case (fixture, one);
      lines = listed (fixture, &query);
      for (guint j = 0; j < lines->len; j++)
        if (g_strcmp0 (lines->pdata[j], one->items[j]) != 0)
          fail_msg ("case %u: %s and not %s", i, (char *)lines->pdata[j],
                    one->items[j] != NULL ? one->items[j] : "nothing");
      if (one->items[lines->len] != NULL)
        fail_msg ("case %u: no %s", i, one->items[lines->len]);
      fixture_free (fixture);
    }
}

static void
a_list_may_be_of_one_row_or_of_those_who_do_it (void **state)
{
  Fixture *fixture = fixture_new (
      "- {key: a, name: 甲, of: person, by: 街道, when: {every: year}, " VISITED
      "}\n- {key: b, name: 乙, of: person, when: {every: year}, " VISITED
      "}\n- {key: c, name: 丙, of: unit, by: street, when: {every: year},"
      " done_by: {person: {}}}\n");
  static const char *const rows[]
      = { "put unit name=区", "put person name=甲 home=区",
          "put person name=乙 home=区 until=2023-02-01" };
  HxDutyQuery query = { .from = date ("2023-01-01"),
                        .until = date ("2023-12-31"),
                        .as_of = date ("2022-06-01"),
                        .by = "street" };
  g_autoptr (GPtrArray) by = NULL, of = NULL, row = NULL, ended = NULL;

  (void)state;
  play (fixture, rows, G_N_ELEMENTS (rows), NULL);
  by = listed (fixture, &query);
  query.by = NULL;
  query.of = hx_catalogue_kind (fixture->catalogue, "person");
  of = listed (fixture, &query);
  query.row_id = 2;
  query.from = date ("2022-01-01");
  row = listed (fixture, &query);
  query.as_of = date ("2023-06-01");
  query.with_ended = TRUE;
  ended = listed (fixture, &query);
  assert_int_equal (by->len, 2);
  assert_int_equal (of->len, 2);
  assert_int_equal (row->len, 2);
  assert_int_equal (ended->len, 2);
  assert_string_equal (row->pdata[1],
                       "open b 2022-12-31 [2022-01-01 2022-12-31] 2");
  assert_string_equal (ended->pdata[1],
                       "overdue b 2022-12-31 [2022-01-01 2022-12-31] 2");
  fixture_free (fixture);
}

static void
a_voided_record_makes_it_undone (void **state)
{
  Fixture *fixture = fixture_new (DUTY ("every: year", VISITED));
  static const char *const rows[]
      = { "put unit name=区", "put person name=甲 home=区",
          "put visit number=1 person=甲 date=2023-05-05",
          "put visit number=2 person=甲 date=2023-05-06" };
  static const char *const first[] = { "void visit 1" };
  static const char *const second[] = { "void visit 2" };
  const HxDutyQuery query = { .from = date ("2023-12-31"),
                              .until = date ("2023-12-31"),
                              .as_of = date ("2024-01-01"),
                              .duty = "duty" };
  g_autoptr (GPtrArray) before = NULL, between = NULL, after = NULL;

  (void)state;
  play (fixture, rows, G_N_ELEMENTS (rows), NULL);
  before = listed (fixture, &query);
  play (fixture, first, 1, NULL);
  between = listed (fixture, &query);
  play (fixture, second, 1, NULL);
  after = listed (fixture, &query);
  assert_string_equal (before->pdata[0],
                       "done duty 2023-12-31 [2023-01-01 2023-12-31] 1"
                       " visit 1 2023-05-05");
  assert_string_equal (between->pdata[0],
                       "done duty 2023-12-31 [2023-01-01 2023-12-31] 1"
                       " visit 2 2023-05-06");
  assert_string_equal (after->pdata[0],
                       "overdue duty 2023-12-31 [2023-01-01 2023-12-31] 1");
  fixture_free (fixture);
}

static gboolean
stop_at_second (const HxDutyItem *item, gpointer data)
{
  assert_string_equal (item->label, *(int *)data == 0 ? "甲" : "乙");
  return ++*(int *)data < 2;
}

static void
a_list_can_be_stopped (void **state)
{
  Fixture *fixture = fixture_new (DUTY ("every: year", VISITED));
  static const char *const rows[]
      = { "put unit name=区", "put person name=甲 home=区",
          "put person name=乙 home=区", "put person name=丙 home=区" };
  const HxDutyQuery query = { .from = date ("2023-01-01"),
                              .until = date ("2023-12-31"),
                              .as_of = date ("2023-06-01"),
                              .duty = NULL };
  g_autoptr (HxReader) reader = NULL;
  int told = 0;

  (void)state;
  play (fixture, rows, G_N_ELEMENTS (rows), NULL);
  reader = hx_store_reader (fixture->store, NULL);
  assert_true (hx_duty_list (hx_reader_connection (reader), fixture->catalogue,
                             &query, stop_at_second, &told, NULL));
  assert_int_equal (told, 2);
  g_clear_pointer (&reader, hx_reader_free);
  fixture_free (fixture);
}

static void
an_unknown_duty_is_named (void **state)
{
  Fixture *fixture = fixture_new (DUTY ("every: year", VISITED));
  const HxDutyQuery query = { .from = date ("2023-01-01"),
                              .until = date ("2023-12-31"),
                              .as_of = date ("2023-06-01"),
                              .duty = "fly" };
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);
  g_autoptr (GError) error = NULL, same = NULL;

  (void)state;
  assert_false (hx_duty_list (connection, fixture->catalogue, &query,
                              stop_at_second, NULL, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
  assert_non_null (strstr (error->message, "fly"));
  assert_null (
      hx_duty_coverage (connection, fixture->catalogue, 2023, &query, &same));
  assert_string_equal (same->message, error->message);
  g_clear_pointer (&reader, hx_reader_free);
  fixture_free (fixture);
}

static void
the_label_is_a_field_of_the_register (void **state)
{
  Fixture *fixture = fixture_new (DUTY ("every: year", VISITED));
  const HxKind *person = hx_catalogue_kind (fixture->catalogue, "person");
  const HxKind *visit = hx_catalogue_kind (fixture->catalogue, "visit");

  (void)state;
  assert_string_equal (hx_kind_label_field (person)->key, "name");
  assert_string_equal (hx_kind_label_field (visit)->key, "number");
  fixture_free (fixture);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_rule_gives_its_days),
    cmocka_unit_test (a_list_may_be_of_one_row_or_of_those_who_do_it),
    cmocka_unit_test (a_voided_record_makes_it_undone),
    cmocka_unit_test (a_list_can_be_stopped),
    cmocka_unit_test (an_unknown_duty_is_named),
    cmocka_unit_test (the_label_is_a_field_of_the_register),
  };

  return cmocka_run_group_tests_name ("duty", tests, NULL, NULL);
}
