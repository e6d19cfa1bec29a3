/* The recount names what was changed behind the program's back. */
#include "measure_test.h"

static const char *const sample[] = {
  "put unit name=区",
  "put unit name=东街 parent=区",
  "put person title=甲 home=东街 grade=2",
  "put person title=乙 home=东街 grade=1",
  "put visit person=甲 date=2023-03-05 gift=20",
  "put visit person=甲 date=2023-03-12 gift=30",
  "put visit person=甲 date=2023-04-01",
  "put visit person=乙 date=2023-04-01 gift=5.5",
  NULL,
};

#define OF(key) " indicator = (SELECT id FROM indicator WHERE key = '" key "')"

static const struct
{
  const char *sql;
  guint n; /* findings */
  const char *words[3];
} cases[] = {
  { "UPDATE cell SET amount = amount + 1 WHERE period = 20230300"
    " AND unit_id = 2 AND" OF ("visits"),
    1,
    { "visits", "东街", "2023-03" } },
  { "UPDATE cell SET rows = 9 WHERE period = 20230000 AND unit_id = 0"
    " AND" OF ("gifts"),
    1,
    { "gifts", "全单位", "2023" } },
  { "DELETE FROM cell WHERE period = 20230401 AND unit_id = 1 AND" OF (
        "visits"),
    1,
    { "visits", "区", "2023-04-01" } },
  { "INSERT INTO cell SELECT 1, id, 2, 20240000, 1, 1 FROM indicator"
    " WHERE key = 'visits'",
    1,
    { "visits", "东街", "2024" } },
  { "INSERT INTO cell SELECT 1, id + 1, 2, 20240000, 1, 1 FROM indicator"
    " WHERE key = 'covered'",
    1,
    { "covered", "东街", "2024" } },
  { "UPDATE member SET days = '0305 0313 0401' WHERE value = 1"
    " AND" OF ("visited"),
    1,
    { "visited", "编号 1", "0305 0312 0401" } },
  { "DELETE FROM member WHERE value = 2 AND" OF ("visited"),
    1,
    { "visited", "编号 2", "2023" } },
  { "INSERT INTO member SELECT 1, id, 2, 2024, 2, '0101' FROM indicator"
    " WHERE key = 'visited'",
    1,
    { "visited", "2024", "0101" } },
  { "UPDATE rec_visit SET gift = gift + 100 WHERE id = 1",
    9,
    { "gifts", "2023-03-05", "区" } },
  { "DELETE FROM indicator WHERE key = 'visits'", 1, { "visits", "登记", "" } },
};

static guint
lines_of (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

static void
tamper (Fixture *fixture, guint index)
{
  g_autofree char *text = NULL;

  run_sql (fixture, cases[index].sql);
  text = findings (fixture);
  if (lines_of (text) != cases[index].n)
    fail_msg ("%s: %s", cases[index].sql, text);
  for (guint i = 0; i < G_N_ELEMENTS (cases[index].words); i++)
    if (strstr (text, cases[index].words[i]) == NULL)
      fail_msg ("%s: no %s in: %s", cases[index].sql, cases[index].words[i],
                text);
}

static void
each_thing_changed_by_hand_is_named (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      void *own = NULL;

      fixture_setup (&own);
      fixture_install (own, bureau_catalogue (NULL));
      play (own, sample);
      tamper (own, i);
      fixture_teardown (&own);
    }
}

static void
a_whole_table_gone_is_told_in_few_words (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *text = NULL;

  fixture_install (fixture, bureau_catalogue (NULL));
  play (fixture, sample);
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *line = g_strdup_printf (
          "put visit person=甲 date=2023-05-%02d", 1 + i % 28);
      play (fixture, (const char *const[]){ line, NULL });
    }
  run_sql (fixture, "DELETE FROM cell WHERE" OF ("visits"));
  text = findings (fixture);
  assert_int_equal (lines_of (text), 21);
  assert_non_null (strstr (text, "还有"));
}

static void
a_year_without_rows_is_clean (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *text = NULL;

  fixture_install (fixture, bureau_catalogue (NULL));
  text = findings (fixture);
  assert_string_equal (text, "");
}

static gboolean
stop (guint64 done, guint64 total, gpointer data)
{
  (void)data;
  assert_true (done <= total);
  return FALSE;
}

static void
no_finding (const char *finding, gpointer data)
{
  (void)data;
  fail_msg ("%s", finding);
}

static void
it_stops_when_asked (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;

  fixture_install (fixture, bureau_catalogue (NULL));
  run_sql (fixture, "DELETE FROM indicator WHERE key = 'typed'"
                    " OR key = 'by_august'");
  reader = hx_store_reader (fixture->store, &error);
  assert_true (hx_measure_verify (hx_reader_connection (reader),
                                  fixture->catalogue, no_finding, NULL, stop,
                                  &error));
  assert_null (error);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_thing_changed_by_hand_is_named),
    cmocka_unit_test_setup_teardown (a_whole_table_gone_is_told_in_few_words,
                                     fixture_setup, fixture_teardown),
    cmocka_unit_test_setup_teardown (a_year_without_rows_is_clean,
                                     fixture_setup, fixture_teardown),
    cmocka_unit_test_setup_teardown (it_stops_when_asked, fixture_setup,
                                     fixture_teardown),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
