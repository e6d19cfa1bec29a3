/* The file of a person: who is meant, needs on a day, services, money, the
 * year in order; random rows against a recount. */
#include "../duty/duty_test.h"

#include "people/person.h"

#define N_PEOPLE 4
#define N_ROUNDS 40

static const char duties[]
    = "- {key: greet, name: 祝寿, of: person, within: 7d,\n"
      "   when: {birthday: [70, 80]}, done_by: {visit: {}}}\n"
      "- {key: units, name: 机构事, of: unit, when: {every: year},\n"
      "   done_by: {person: {}}}\n";

static const Extra files[] = {
  { "registers/person.yaml",
    "key: person\nname: 人员\nidentity: [number]\nunit: home\nfields:\n"
    "  - {key: number, name: 编号, unique: true}\n"
    "  - {key: name, name: 姓名, group: 身份, required: true}\n"
    "  - {key: birth_date, name: 出生日期, type: date}\n"
    "  - {key: home, name: 机构, group: 居住, type: ref, to: unit, dated: "
    "true}\n"
    "  - {key: level, name: 级别, group: 身份, type: integer}\n" },
  { "records/call.yaml",
    "key: call\nname: 电话\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: whom, name: 对象, type: ref, to: person}\n"
    "  - {key: by, name: 打电话的人, type: ref, to: person}\n" },
  { "records/aid.yaml",
    "key: aid\nname: 帮扶\nof: person\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: amount, name: 金额, type: money}\n"
    "  - {key: over, name: 超限批准, type: text}\n" },
  { "records/need.yaml",
    "key: need\nname: 急难愁盼\nof: person\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: what, name: 需求, type: text}\n"
    "  - {key: owner, name: 责任人, type: text}\n"
    "  - {key: due, name: 时限, type: date}\n"
    "  - {key: promised, name: 承诺, type: date}\n"
    "  - {key: solved, name: 办结, type: date}\n"
    "  - {key: confirmed, name: 确认, type: date}\n"
    "  - {key: finished, name: 已办, type: bool}\n"
    "  - {key: dropped, name: 终止, type: bool}\n" },
  { "records/meeting.yaml",
    "key: meeting\nname: 会议\nidentity: [number]\nfields:\n"
    "  - {key: number, name: 编号, type: text, required: true}\n"
    "  - {key: crowd, name: 到会, type: attendees, to: person}\n" },
  { "registers/post.yaml",
    "key: post\nname: 任职\nof: person\nidentity: [name]\nfields:\n"
    "  - {key: name, name: 名称, type: text, required: true}\n" },
  { "caps.yaml", "- {key: yearly, name: 年度, of: aid, sum: amount, per: "
                 "person, each: year,\n"
                 "   max: 1000, unless: [over]}\n" },
  { "person.yaml",
    "of: person\nplan:\n  in: need\n  need: what\n  owner: owner\n  due: due\n"
    "  promised: promised\n  solved: solved\n  confirmed: confirmed\n"
    "  done: {finished: true}\n  stopped: {dropped: true}\n" },
  { NULL, NULL },
};

static HxPerson *
load (Fixture *fixture, gint64 id, int year, const char *as_of)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  HxPerson *person
      = hx_person_load (hx_reader_connection (reader), fixture->catalogue, id,
                        year, date (as_of), &error);

  check (person != NULL, error);
  return person;
}

static const HxPersonService *
service (const HxPerson *person, const char *kind)
{
  for (guint i = 0; i < person->services->len; i++)
    {
      const HxPersonService *each = person->services->pdata[i];

      if (g_str_equal (each->kind->key, kind))
        return each;
    }
  return NULL;
}

/* ------------------------------------------------------------------- needs */

static void
a_need_is_what_its_dates_say_on_the_day (void **state)
{
  static const struct
  {
    const char *fields, *as_of, *said; /* state, open, overdue, days */
  } cases[] = {
    { "date=2023-03-01", "2023-03-11", "raised 1 0 10" },
    { "date=2023-03-01 due=2023-03-10", "2023-03-10", "raised 1 0 9" },
    { "date=2023-03-01 due=2023-03-10", "2023-03-11", "raised 1 1 10" },
    { "date=2023-03-01 promised=2023-03-05", "2023-03-04", "raised 1 0 3" },
    { "date=2023-03-01 promised=2023-03-05", "2023-03-05", "promised 1 0 4" },
    { "date=2023-03-01 promised=2023-03-05 due=2023-03-06", "2023-03-09",
      "promised 1 1 8" },
    { "date=2023-03-01 solved=2023-03-08 finished=是", "2023-03-07",
      "raised 1 0 6" },
    { "date=2023-03-01 solved=2023-03-08 due=2023-03-02", "2023-04-30",
      "solved 0 0 7" },
    { "date=2023-03-01 finished=是", "2023-04-30", "solved 0 0 60" },
    { "date=2023-03-01 solved=2023-03-08 confirmed=2023-03-20", "2023-03-19",
      "solved 0 0 7" },
    { "date=2023-03-01 solved=2023-03-08 confirmed=2023-03-20", "2023-03-20",
      "confirmed 0 0 7" },
    { "date=2023-03-01 dropped=是 due=2023-03-02", "2023-03-09",
      "stopped 0 0 8" },
    { "date=2023-03-01", "2023-02-28", NULL },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture *fixture = fixture_with (duties, files);
      g_autofree char *line = g_strconcat (
          "put need number=1 person=A1 what=修灯 ", cases[i].fields, NULL);
      const char *const rows[]
          = { "put unit name=区", "put person number=A1 name=甲 home=区",
              line };

      play (fixture, rows, G_N_ELEMENTS (rows), NULL);
      g_autoptr (HxPerson) person = load (fixture, 1, 2023, cases[i].as_of);
      g_autofree char *said = NULL;

      if (person->needs->len > 0)
        {
          const HxPersonNeed *need
              = &g_array_index (person->needs, HxPersonNeed, 0);

          said = g_strdup_printf (
              "%s %d %d %d", hx_need_state_key (need->state), need->is_open,
              need->is_overdue, (int)need->days);
          assert_int_equal (person->needs_open, need->is_open);
          assert_int_equal (person->needs_overdue, need->is_overdue);
        }
      if (g_strcmp0 (said, cases[i].said) != 0)
        fail_msg ("%s on %s: %s", cases[i].fields, cases[i].as_of,
                  said != NULL ? said : "nothing");
      fixture_free (fixture);
    }
}

static void
open_needs_stand_first_the_longest_overdue_first (void **state)
{
  static const char *const rows[]
      = { "put unit name=区",
          "put person number=A1 name=甲 home=区",
          "put need number=1 person=A1 date=2023-01-01 solved=2023-02-01",
          "put need number=2 person=A1 date=2023-01-05",
          "put need number=3 person=A1 date=2023-01-09 due=2023-02-09",
          "put need number=4 person=A1 date=2023-01-08 due=2023-02-08",
          "put need number=5 person=A1 date=2023-01-02",
          "put need number=6 person=A1 date=2023-01-02",
          "void need 6" };
  static const gint64 wanted[] = { 4, 3, 5, 2, 1 };
  Fixture *fixture = fixture_with (duties, files);

  (void)state;
  play (fixture, rows, G_N_ELEMENTS (rows), NULL);
  g_autoptr (HxPerson) person = load (fixture, 1, 2023, "2023-12-31");
  assert_int_equal (person->needs->len, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < person->needs->len; i++)
    assert_int_equal (g_array_index (person->needs, HxPersonNeed, i).row->id,
                      wanted[i]);
  assert_int_equal (person->needs_open, 4);
  assert_int_equal (person->needs_overdue, 2);
  fixture_free (fixture);
}

/* ---------------------------------------------------------------- services */

static const char *const life[]
    = { "put unit name=区",
        "put unit name=街 parent=区",
        "put person number=A1 name=甲 home=区 birth_date=1953-03-05"
        " since=2023-01-01",
        "put person number=A2 name=乙 home=区",
        "put visit number=1 person=A1 date=2023-03-04 occasion=birthday",
        "put visit number=2 person=A1 date=2022-03-04",
        "put visit number=3 person=A1 date=2023-12-01",
        "put visit number=4 person=A2 date=2023-03-01",
        "put call number=1 whom=A2 by=A1 date=2023-02-01",
        "put call number=2 whom=A1 by=A1 date=2023-02-02",
        "put call number=3 whom=A1 date=2023-02-03",
        "void call 3",
        "put meeting number=1 date=2023-04-01 crowd=A1、A2",
        "put meeting number=2 date=2023-04-02 crowd=A2",
        "put post name=团长 person=A1 since=2023-05-01 until=2023-06-30",
        "put aid number=1 person=A1 date=2023-05-20 amount=600",
        "put aid number=2 person=A1 date=2023-05-21 amount=500 over=批准",
        "put aid number=3 person=A1 date=2022-05-21 amount=50",
        "put need number=1 person=A1 date=2023-02-10 promised=2023-02-12"
        " solved=2023-07-01 what=修灯",
        "change@2023-04-15 person 1 home=街",
        "change@2023-09-15 person 1 home=区" };

static Fixture *
fixture_of_a_life (void)
{
  Fixture *fixture = fixture_with (duties, files);

  play (fixture, life, G_N_ELEMENTS (life), NULL);
  return fixture;
}

static void
assert_service (const HxPerson *person, const char *kind, guint this_year,
                guint before)
{
  const HxPersonService *found = service (person, kind);

  assert_non_null (found);
  assert_int_equal (found->this_year, this_year);
  assert_int_equal (found->before, before);
}

static void
every_kind_that_names_the_person_is_a_service (void **state)
{
  Fixture *fixture = fixture_of_a_life ();
  g_autoptr (HxPerson) person = load (fixture, 1, 2023, "2023-08-01");

  (void)state;
  assert_service (person, "visit", 1, 1);
  assert_service (person, "call", 2, 0);
  assert_service (person, "meeting", 1, 0);
  assert_service (person, "post", 1, 0);
  assert_service (person, "aid", 2, 1);
  assert_null (service (person, "need"));
  assert_null (service (person, "stay"));
  assert_null (service (person, "person"));
  assert_int_equal (((HxRow *)service (person, "visit")->rows->pdata[0])->id,
                    1);
  fixture_free (fixture);
}

static void
money_stands_against_its_cap (void **state)
{
  Fixture *fixture = fixture_of_a_life ();
  g_autoptr (HxPerson) person = load (fixture, 1, 2023, "2023-08-01");
  g_autoptr (HxPerson) early = load (fixture, 1, 2022, "2023-08-01");
  const HxPersonMoney *money = &g_array_index (person->money, HxPersonMoney, 0);

  (void)state;
  assert_int_equal (person->money->len, 1);
  assert_string_equal (money->field->key, "amount");
  assert_int_equal (money->this_year, 110000);
  assert_int_equal (money->before, 5000);
  assert_int_equal (person->caps->len, 1);
  assert_int_equal (g_array_index (person->caps, HxPersonCap, 0).received,
                    110000);
  assert_int_equal (g_array_index (early->caps, HxPersonCap, 0).received, 5000);
  fixture_free (fixture);
}

static void
duties_of_the_person_alone_are_there (void **state)
{
  Fixture *fixture = fixture_of_a_life ();
  g_autoptr (HxPerson) person = load (fixture, 1, 2023, "2023-08-01");
  const HxDutyItem *item = &g_array_index (person->duties, HxDutyItem, 0);

  (void)state;
  assert_int_equal (person->duties->len, 1);
  assert_string_equal (item->duty->key, "greet");
  assert_int_equal (item->state, HX_DUTY_DONE);
  assert_int_equal (item->age, 70);
  fixture_free (fixture);
}

/* ------------------------------------------------------------------ events */

static char *
event_line (const HxPersonEvent *event)
{
  char day[HX_DATE_TEXT_SIZE];

  hx_date_format (event->date, day);
  return g_strdup_printf ("%s %s %s %d", day, hx_person_event_key (event->kind),
                          event->row->kind->key, (int)event->row->id);
}

static void
the_year_is_told_in_order_up_to_the_day (void **state)
{
  static const char *const wanted[] = {
    "2023-01-01 began person 1",   "2023-02-01 record call 1",
    "2023-02-02 record call 2",    "2023-02-10 record need 1",
    "2023-02-12 promised need 1",  "2023-03-04 record visit 1",
    "2023-04-01 record meeting 1", "2023-04-15 changed person 1",
    "2023-05-01 began post 1",     "2023-05-20 record aid 1",
    "2023-05-21 record aid 2",     "2023-06-30 ended post 1",
    "2023-07-01 solved need 1",
  };
  Fixture *fixture = fixture_of_a_life ();
  g_autoptr (HxPerson) person = load (fixture, 1, 2023, "2023-08-01");

  (void)state;
  for (guint i = 0; i < MIN (person->events->len, G_N_ELEMENTS (wanted)); i++)
    {
      g_autofree char *line
          = event_line (&g_array_index (person->events, HxPersonEvent, i));

      assert_string_equal (line, wanted[i]);
    }
  assert_int_equal (person->events->len, G_N_ELEMENTS (wanted));
  fixture_free (fixture);
}

static void
a_dated_field_is_that_of_the_day (void **state)
{
  static const struct
  {
    const char *as_of;
    gint64 home;
  } cases[] = { { "2023-04-14", 1 },
                { "2023-04-15", 2 },
                { "2023-09-14", 2 },
                { "2023-09-15", 1 },
                { "2024-01-01", 1 } };
  Fixture *fixture = fixture_of_a_life ();

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HxPerson) person = load (fixture, 1, 2023, cases[i].as_of);
      const HxField *home = hx_kind_field (person->view->of, "home");

      assert_int_equal (person->row->values[home->index].integer,
                        cases[i].home);
    }
  fixture_free (fixture);
}

/* ----------------------------------------------------------------- finding */

static void
who_is_meant_is_found_by_what_only_one_has (void **state)
{
  static const struct
  {
    const char *text;
    guint n;
    gint64 first;
  } cases[]
      = { { "A1", 1, 1 },   { "２", 1, 2 }, { "1", 2, 3 }, { "甲", 2, 1 },
          { " 乙 ", 1, 2 }, { "丁", 0, 0 }, { "", 0, 0 },  { "9", 0, 0 } };
  static const char *const rows[] = { "put unit name=区",
                                      "put person number=A1 name=甲 home=区",
                                      "put person number=A2 name=乙 home=区",
                                      "put person number=1 name=甲 home=区",
                                      "put person number=A4 name=戊 home=区",
                                      "void person 4" };
  Extra extra[G_N_ELEMENTS (files)];
  g_autoptr (GString) register_ = g_string_new (files[0].text);

  (void)state;
  memcpy (extra, files, sizeof extra);
  g_string_append (register_, "search: [name, number]\n");
  for (int is_searched = 0; is_searched < 2; is_searched++)
    {
      if (is_searched)
        extra[0].text = register_->str;
      Fixture *fixture = fixture_with (duties, extra);

      play (fixture, rows, G_N_ELEMENTS (rows), NULL);
      g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GArray) found
              = hx_person_find (hx_reader_connection (reader),
                                fixture->catalogue, cases[i].text, &error);

          check (found != NULL, error);
          if (found->len != cases[i].n
              || (found->len > 0
                  && g_array_index (found, gint64, 0) != cases[i].first))
            fail_msg ("“%s” finds %u, searched %d", cases[i].text, found->len,
                      is_searched);
        }
      g_clear_pointer (&reader, hx_reader_free);
      fixture_free (fixture);
    }
}

static void
without_a_view_there_is_no_file (void **state)
{
  Fixture *fixture = fixture_new (duties);
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);
  g_autoptr (GError) error = NULL, same = NULL;

  (void)state;
  assert_null (hx_person_find (connection, fixture->catalogue, "1", &error));
  assert_null (hx_person_load (connection, fixture->catalogue, 1, 2023,
                               date ("2023-01-01"), &same));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
  assert_string_equal (error->message, same->message);
  g_clear_pointer (&reader, hx_reader_free);
  fixture_free (fixture);
}

/* ------------------------------------------------------------------ recount */

typedef struct
{
  guint person;
  int year;
  gint64 amount;
  gboolean is_void;
} Aid;

static void
assert_recount (Fixture *fixture, const GArray *given)
{
  for (guint who = 0; who < N_PEOPLE; who++)
    {
      g_autoptr (HxPerson) person = load (fixture, who + 1, 2023, "2023-12-31");
      gint64 sums[2] = { 0 };
      guint counts[2] = { 0 };

      for (guint i = 0; i < given->len; i++)
        {
          const Aid *aid = &g_array_index (given, Aid, i);

          if (aid->person != who || aid->is_void || aid->year > 2023)
            continue;
          sums[aid->year == 2023] += aid->amount;
          counts[aid->year == 2023]++;
        }
      const HxPersonService *aids = service (person, "aid");
      const HxPersonMoney *money
          = person->money->len > 0
                ? &g_array_index (person->money, HxPersonMoney, 0)
                : NULL;

      assert_int_equal (aids != NULL ? aids->this_year : 0, counts[1]);
      assert_int_equal (aids != NULL ? aids->before : 0, counts[0]);
      assert_int_equal (money != NULL ? money->this_year : 0, sums[1] * 100);
      assert_int_equal (money != NULL ? money->before : 0, sums[0] * 100);
      assert_int_equal (g_array_index (person->caps, HxPersonCap, 0).received,
                        sums[1] * 100);
    }
}

static void
the_sums_of_a_person_are_a_recount (void **state)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20231125);
  g_autoptr (GArray) given = g_array_new (FALSE, TRUE, sizeof (Aid));
  Fixture *fixture = fixture_with (duties, files);
  static const char *const people[]
      = { "put unit name=区", "put person number=A1 name=甲 home=区",
          "put person number=A2 name=乙 home=区",
          "put person number=A3 name=丙 home=区",
          "put person number=A4 name=丁 home=区" };

  (void)state;
  play (fixture, people, G_N_ELEMENTS (people), NULL);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      Aid aid = { .person = (guint)g_rand_int_range (random, 0, N_PEOPLE),
                  .year = g_rand_int_range (random, 2021, 2025),
                  .amount = g_rand_int_range (random, 1, 900) };
      g_autofree char *put = g_strdup_printf (
          "put aid number=%u person=A%u date=%d-05-05 amount=%d over=批", i,
          aid.person + 1, aid.year, (int)aid.amount);
      const guint victim
          = (guint)g_rand_int_range (random, 0, (gint32)given->len + 4);

      play (fixture, (const char *const[]){ put }, 1, NULL);
      g_array_append_val (given, aid);
      if (victim < given->len && !g_array_index (given, Aid, victim).is_void)
        {
          g_autofree char *line = g_strdup_printf ("void aid %u", victim + 1);

          play (fixture, (const char *const[]){ line }, 1, NULL);
          g_array_index (given, Aid, victim).is_void = TRUE;
        }
      if (i % 8 == 7)
        assert_recount (fixture, given);
    }
  fixture_free (fixture);
}

/* ------------------------------------------------------------------- faults */

static void
a_wrong_view_is_refused_with_its_place (void **state)
{
  static const struct
  {
    const char *view, *says;
  } faults[] = {
    { "plan: {in: need, need: what}\n", "缺少“of”" },
    { "of: visit\n", "没有名册“visit”" },
    { "of: person\nplan: {in: post, need: what}\n", "没有台账“post”" },
    { "of: person\nplan: {in: need}\n", "缺少“need”" },
    { "of: person\nplan: {in: need, need: wat}\n", "是不是“what”？" },
    { "of: person\nplan: {in: need, need: what, due: what}\n",
      "没有日期字段“what”" },
    { "of: person\nplan: {in: need, need: what, done: {flown: true}}\n",
      "没有字段“flown”" },
    { "of: person\nplan: {in: need, need: what, done: {person.level: 1}}\n",
      "只能是本行的字段" },
    { "of: unit\nplan: {in: need, need: what}\n", "没有指向“机构”的字段" },
    { "of: person\nwho: a\n", "不认识的键“who”" },
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (HxBundle) bundle = bureau_bundle (duties);
      g_autoptr (GError) error = NULL;

      for (const Extra *file = files; file->path != NULL; file++)
        hx_bundle_add (bundle, file->path, file->text);
      hx_bundle_add (bundle, "person.yaml", faults[i].view);
      g_autoptr (HxCatalogue) catalogue = hx_catalogue_load (bundle, &error);

      if (catalogue != NULL)
        fail_msg ("loaded, and should not: %s", faults[i].view);
      if (!g_str_has_prefix (error->message, "person.yaml:")
          || strstr (error->message, faults[i].says) == NULL)
        fail_msg ("%s is refused with “%s”", faults[i].view, error->message);
    }
}

static void
a_field_stands_under_the_group_before_it (void **state)
{
  static const struct
  {
    const char *key, *group;
  } wanted[]
      = { { "number", NULL }, { "name", "身份" },  { "birth_date", "身份" },
          { "home", "居住" }, { "level", "身份" }, { "since", NULL } };
  Fixture *fixture = fixture_with (duties, files);
  const HxKind *kind = hx_catalogue_person (fixture->catalogue)->of;

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_int_equal (
        g_strcmp0 (hx_kind_field (kind, wanted[i].key)->group, wanted[i].group),
        0);
  fixture_free (fixture);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_need_is_what_its_dates_say_on_the_day),
    cmocka_unit_test (open_needs_stand_first_the_longest_overdue_first),
    cmocka_unit_test (every_kind_that_names_the_person_is_a_service),
    cmocka_unit_test (money_stands_against_its_cap),
    cmocka_unit_test (duties_of_the_person_alone_are_there),
    cmocka_unit_test (the_year_is_told_in_order_up_to_the_day),
    cmocka_unit_test (a_dated_field_is_that_of_the_day),
    cmocka_unit_test (who_is_meant_is_found_by_what_only_one_has),
    cmocka_unit_test (without_a_view_there_is_no_file),
    cmocka_unit_test (the_sums_of_a_person_are_a_recount),
    cmocka_unit_test (a_wrong_view_is_refused_with_its_place),
    cmocka_unit_test (a_field_stands_under_the_group_before_it),
  };

  return cmocka_run_group_tests_name ("person", tests, NULL, NULL);
}
