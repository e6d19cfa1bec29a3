/* Random adds, changes and voids against counts by plain SQL. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#define ROWS 40
#define STEPS 400

static const char *const files[][2] = {
  { "catalogue.yaml", "key: test\nname: 测试\nversion: 1\ndigest: sha256\n" },
  { "registers/unit.yaml",
    "key: unit\nname: 机构\nidentity: [title]\nfields:\n"
    "  - {key: title, name: 名称, type: text, required: true}\n"
    "  - {key: parent, name: 上级, type: ref, to: unit}\n" },
  { "registers/person.yaml",
    "key: person\nname: 人员\nidentity: [title]\nunit: home\nfields:\n"
    "  - {key: title, name: 姓名, type: text, required: true}\n"
    "  - {key: home, name: 机构, type: ref, to: unit}\n"
    "  - {key: grade, name: 级别, type: integer}\n" },
  { "records/visit.yaml",
    "key: visit\nname: 走访\nof: person\nidentity: [person, date]\nfields:\n"
    "  - {key: gift, name: 礼金, type: integer}\n" },
  { "indicators.yaml",
    "- {key: visits, name: 走访, unit: 次, count: true, in: visit}\n"
    "- {key: gifts, name: 礼金, unit: 份, sum: gift, in: visit}\n"
    "- {key: visited, name: 人数, unit: 名, distinct: person, in: visit}\n"
    "- {key: high, name: 高, unit: 次, count: true, in: visit,"
    " where: {person.grade: {min: 2}}}\n"
    "- {key: people, name: 在册, unit: 名, members: person}\n"
    "- {key: covered, name: 覆盖, unit: '%', coverage: person, in: visit}\n"
    "- {key: mean, name: 平均, unit: 份, decimals: 2,"
    " ratio: [gifts, visits]}\n" },
};

typedef struct
{
  HxCatalogue *catalogue;
  const HxKind *visit, *person;
  HxRow *rows[ROWS];
} HxWorld;

static void
must (gboolean done, GError *error)
{
  if (!done)
    fail_msg ("%s", error != NULL ? error->message : "no error");
}

static void
execute (HxConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;

  must (hx_execute (connection, sql, &error), error);
}

static void
make_tables (HxConnection *connection)
{
#define SYSTEM                                                                 \
  "bureau_id INTEGER, id INTEGER, unit_id INTEGER, day TEXT, void INTEGER,"    \
  " version INTEGER, definition INTEGER, seq INTEGER, ident INTEGER"
  execute (connection, "CREATE TABLE reg_unit (" SYSTEM
                       ", title TEXT, parent INTEGER, until TEXT);"
                       "CREATE TABLE reg_person (" SYSTEM
                       ", title TEXT, home INTEGER, grade INTEGER,"
                       " until TEXT);"
                       "CREATE TABLE rec_visit (" SYSTEM
                       ", person INTEGER, gift INTEGER);");
  execute (connection,
           "INSERT INTO reg_unit (bureau_id, id, unit_id, void, parent)"
           " VALUES (1, 1, 0, 0, NULL), (1, 2, 0, 0, 1), (1, 3, 0, 0, 1);");
}

static void
set_integer (HxRow *row, const char *key, gint64 integer)
{
  HxValue *value = &row->values[hx_kind_field (row->kind, key)->index];

  value->filled = TRUE;
  value->integer = integer;
}

static void
set_date (HxRow *row, const HxField *field, int month, int day)
{
  HxValue *value = &row->values[field->index];
  g_autofree char *text = g_strdup_printf ("2023-%02d-%02d", month, day);

  value->filled = TRUE;
  value->integer = 20230000 + month * 100 + day;
  value->text = g_string_chunk_insert (row->arena, text);
}

static void
store_row (HxConnection *connection, const HxRow *row)
{
  gboolean visit = row->kind->date != NULL;
  const HxField *field = visit ? row->kind->date : row->kind->since;
  const HxValue *day = &row->values[field->index];
  const char *a = visit ? "person" : "home", *b = visit ? "gift" : "grade";
  g_autofree char *quoted
      = day->filled ? g_strdup_printf ("'%s'", day->text) : g_strdup ("NULL");
  g_autofree char *sql = g_strdup_printf (
      "DELETE FROM %s WHERE id = %d; INSERT INTO %s (bureau_id, id,"
      " unit_id, day, void, %s, %s) VALUES (1, %d, %d, %s, %d, %d, %d)",
      row->kind->table, (int)row->id, row->kind->table, a, b, (int)row->id,
      (int)row->unit_id, quoted, row->is_void,
      (int)row->values[hx_kind_field (row->kind, a)->index].integer,
      (int)row->values[hx_kind_field (row->kind, b)->index].integer);

  execute (connection, sql);
}

static HxRow *
random_row (HxWorld *world, GRand *random, int index)
{
  HxRow *row = hx_row_new (index < 8 ? world->person : world->visit);

  row->id = index + 1;
  row->unit_id = g_rand_int_range (random, 1, 4);
  if (index < 8)
    {
      set_integer (row, "home", row->unit_id);
      set_integer (row, "grade", g_rand_int_range (random, 1, 4));
      return row;
    }
  set_integer (row, "person", g_rand_int_range (random, 1, 9));
  set_integer (row, "gift", g_rand_int_range (random, 0, 50));
  set_date (row, world->visit->date, g_rand_int_range (random, 1, 13),
            g_rand_int_range (random, 1, 5));
  return row;
}

static void
step (HxWorld *world, HxConnection *connection, HxMeasure *measure,
      GRand *random, int index)
{
  g_autoptr (GError) error = NULL;
  const HxWatcher *watcher = hx_measure_watcher (measure);
  HxRow *row = random_row (world, random, index);

  row->is_void = index >= 8 && world->rows[index] != NULL
                 && g_rand_int_range (random, 0, 5) == 0;
  store_row (connection, row);
  must (watcher->changed (watcher->data, world->rows[index], row, &error),
        error);
  hx_row_free (world->rows[index]);
  world->rows[index] = row;
  if (g_rand_int_range (random, 0, 4) == 0)
    must (watcher->finish (watcher->data, &error), error);
}

static void
count_finding (const char *finding, gpointer data)
{
  (*(guint *)data)++;
  print_message ("%s\n", finding);
}

static gboolean
count_row (const HxRow *row, gpointer data)
{
  (void)row;
  (*(gint64 *)data)++;
  return TRUE;
}

static void
expect (HxWorld *world, HxConnection *connection, const char *key,
        const HxPeriod *period, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxFigure) figure
      = hx_figure_read (connection, world->catalogue, key, period, &error);
  gint64 value = -1, rows = 0;

  must (figure != NULL, error);
  must (hx_query_integer (connection, sql, -1, &value, &error), error);
  assert_int_equal (figure->value.numerator, value);
  must (hx_trace (connection, world->catalogue, key, period, count_row, &rows,
                  &error),
        error);
  assert_int_equal (rows, figure->rows);
}

static void
compare (HxWorld *world, HxConnection *connection)
{
  const HxPeriod year = { .year = 2023 };
  const HxPeriod part = { .year = 2023, .as_of = { 2023, 7, 2 } };
  const HxPeriod unit = { .year = 2023, .unit_id = 1 };
  const HxPeriod leaf = { .year = 2023, .unit_id = 2, .month = 1 };

#define LIVE " FROM rec_visit v WHERE v.void = 0"
  expect (world, connection, "visits", &year, "SELECT COUNT (*)" LIVE);
  expect (world, connection, "visits", &unit, "SELECT COUNT (*)" LIVE);
  expect (world, connection, "gifts", &part,
          "SELECT SUM (gift)" LIVE " AND day <= '2023-07-02'");
  expect (world, connection, "visited", &part,
          "SELECT COUNT (DISTINCT person)" LIVE " AND day <= '2023-07-02'");
  expect (world, connection, "visited", &leaf,
          "SELECT COUNT (DISTINCT person)" LIVE
          " AND day < '2023-02-01' AND unit_id = 2");
  expect (world, connection, "high", &year,
          "SELECT COUNT (*)" LIVE " AND (SELECT grade FROM reg_person p"
          " WHERE p.id = v.person) >= 2");
  expect (world, connection, "people", &year,
          "SELECT COUNT (*) FROM reg_person");
}

static gboolean
play (HxConnection *connection, gpointer data, GError **error)
{
  HxWorld *world = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (HxMeasure) measure = NULL;
  guint findings = 0;

  make_tables (connection);
  must (hx_measure_migrate (connection, error)
            && hx_measure_sync (connection, world->catalogue, NULL, error),
        *error);
  measure = hx_measure_new (connection, world->catalogue, error);
  must (measure != NULL, *error);
  for (int i = 0; i < STEPS; i++)
    step (world, connection, measure, random,
          i < ROWS ? i : g_rand_int_range (random, 0, ROWS));
  must (hx_measure_watcher (measure)->finish (measure, error), *error);
  compare (world, connection);
  must (hx_measure_verify (connection, world->catalogue, count_finding,
                           &findings, NULL, error),
        *error);
  assert_int_equal (findings, 0);
  execute (connection, "UPDATE cell SET amount = amount + 1"
                       " WHERE period = 20230000 AND unit_id = 0"
                       " AND indicator = (SELECT id FROM indicator"
                       " WHERE key = 'visits')");
  must (hx_measure_verify (connection, world->catalogue, count_finding,
                           &findings, NULL, error),
        *error);
  assert_int_equal (findings, 1);
  return TRUE;
}

static void
figures_follow_random_changes_and_verify_names_a_false_cell (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autofree char *folder = g_dir_make_tmp ("hx-measure-XXXXXX", NULL);
  g_autofree char *url = g_strdup_printf ("sqlite:%s/a.db", folder);
  g_autoptr (HxStore) store = NULL;
  HxWorld world = { 0 };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    hx_bundle_add (bundle, files[i][0], files[i][1]);
  world.catalogue = hx_catalogue_load (bundle, &error);
  must (world.catalogue != NULL, error);
  world.visit = hx_catalogue_kind (world.catalogue, "visit");
  world.person = hx_catalogue_kind (world.catalogue, "person");
  store = hx_store_open (url, HX_STORE_CREATE, NULL, &error);
  must (store != NULL, error);
  must (hx_write (store, play, &world, &error), error);
  for (guint i = 0; i < ROWS; i++)
    hx_row_free (world.rows[i]);
  hx_catalogue_unref (world.catalogue);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (
        figures_follow_random_changes_and_verify_names_a_false_cell),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
