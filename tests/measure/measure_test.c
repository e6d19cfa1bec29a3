#include "measure_test.h"

#include <glib/gstdio.h>

static const char *const kinds[][2] = {
  { "catalogue.yaml", "key: test\nname: 测试\nversion: 1\ndigest: sha256\n" },
  { "codes.yaml", "place:\n  name: 地点\n  codes:\n"
                  "    - {code: home, name: 家中}\n"
                  "    - {code: ward, name: 医院}\n" },
  { "registers/unit.yaml",
    "key: unit\nname: 机构\nidentity: [name]\nfields:\n"
    "  - {key: name, name: 名称, type: text, required: true}\n"
    "  - {key: parent, name: 上级, type: ref, to: unit}\n" },
  { "registers/person.yaml",
    "key: person\nname: 人员\nidentity: [title]\nunit: home\nfields:\n"
    "  - {key: title, name: 姓名, type: text, required: true}\n"
    "  - {key: home, name: 机构, type: ref, to: unit}\n"
    "  - {key: mentor, name: 师傅, type: ref, to: person}\n"
    "  - {key: grade, name: 级别, type: integer}\n"
    "  - {key: member, name: 党员, type: bool}\n"
    "  - {key: joined, name: 入党, type: date, partial: true}\n" },
  { "registers/lesson.yaml",
    "key: lesson\nname: 课\nidentity: [title]\nunit: home\nfields:\n"
    "  - {key: title, name: 名称, type: text, required: true}\n"
    "  - {key: since, name: 上课日期, type: date}\n"
    "  - {key: home, name: 机构, type: ref, to: unit}\n"
    "  - {key: crowd, name: 听课人, type: attendees, to: person}\n" },
  { "records/visit.yaml",
    "key: visit\nname: 走访\nof: person\nidentity: [person, date]\nfields:\n"
    "  - {key: date, name: 日期, type: date, required: true, partial: true}\n"
    "  - {key: place, name: 地点, type: choice, codes: place}\n"
    "  - {key: hours, name: 时长, type: decimal, decimals: 1}\n"
    "  - {key: gift, name: 礼金, type: money, money_unit: 元}\n" },
};

static const char own_indicators[]
    = "- {key: visits, name: 走访, unit: 次, count: true, in: visit}\n"
      "- {key: gifts, name: 礼金, unit: 元, sum: gift, in: visit}\n"
      "- {key: hours, name: 时长, unit: 小时, sum: hours, in: visit}\n"
      "- {key: heads, name: 听课, unit: 人次, sum: crowd, in: lesson}\n"
      "- {key: visited, name: 人数, unit: 名, distinct: person, in: visit}\n"
      "- {key: listeners, name: 听众, unit: 名, distinct: crowd, in: lesson}\n"
      "- {key: high, name: 高, unit: 次, count: true, in: visit,"
      " where: {person.grade: {min: 2}}}\n"
      "- {key: comrades, name: 党员, unit: 名, distinct: person, in: visit,"
      " where: {person.member: true}}\n"
      "- {key: old, name: 早入党, unit: 次, count: true, in: visit,"
      " where: {person.joined: {max: 1960-06}}}\n"
      "- {key: unjoined, name: 未入党, unit: 次, count: true, in: visit,"
      " where: {person.joined: {filled: false}}}\n"
      "- {key: home, name: 家访, unit: 次, count: true, in: visit,"
      " where: {place: [home], gift: {filled: true}}}\n"
      "- {key: people, name: 在册, unit: 名, members: person}\n"
      "- {key: taught, name: 有师傅, unit: 名, members: person,"
      " where: {mentor.grade: {min: 2}}}\n"
      "- {key: covered, name: 覆盖, unit: '%', coverage: person, in: visit,"
      " of_where: {grade: {min: 2}}}\n"
      "- {key: reach, name: 听课覆盖, unit: '%', coverage: person,"
      " in: lesson}\n"
      "- {key: by_august, name: 八月前, unit: 次, count: true, in: visit,"
      " until: 08-15}\n"
      "- {key: nothing, name: 无, unit: 次, count: true, in: visit,"
      " where: {hours: {min: 900}}}\n"
      "- {key: mean, name: 平均时长, unit: 小时, decimals: 2,"
      " ratio: [hours, visits]}\n"
      "- {key: void, name: 无从算起, unit: '%', ratio: [visits, nothing]}\n"
      "- {key: both, name: 合计, unit: 次, total: [visits, high]}\n"
      "- {key: full, name: 全覆盖, unit: 个, reached: [covered, reach]}\n"
      "- {key: typed, name: 手填, unit: 个, typed: 12.5}\n";

void
check (gboolean done, const GError *error)
{
  if (!done)
    fail_msg ("%s", error != NULL ? error->message : "no error is set");
}

HxCatalogue *
bureau_catalogue (const char *indicators)
{
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autoptr (GError) error = NULL;
  HxCatalogue *catalogue;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    hx_bundle_add (bundle, kinds[i][0], kinds[i][1]);
  hx_bundle_add (bundle, "indicators.yaml",
                 indicators != NULL ? indicators : own_indicators);
  catalogue = hx_catalogue_load (bundle, &error);
  check (catalogue != NULL, error);
  return catalogue;
}

HxCatalogue *
bureau_catalogue_without (const char *key)
{
  g_auto (GStrv) lines = g_strsplit (own_indicators, "\n", -1);
  g_autofree char *mark = g_strdup_printf ("{key: %s,", key);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], mark) == NULL)
      g_string_append_printf (kept, "%s\n", lines[i]);
  return bureau_catalogue (kept->str);
}

/* ------------------------------------------------------------------ fixture
 */

typedef struct
{
  HxCatalogue *catalogue;
  guint recounted;
} Install;

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  Install *work = data;
  HxInstallSummary summary;

  return hx_ledger_migrate (connection, error)
         && hx_measure_migrate (connection, error)
         && hx_catalogue_install (connection, work->catalogue, &summary, error)
         && hx_measure_sync (connection, work->catalogue, &work->recounted,
                             error);
}

guint
fixture_install (Fixture *fixture, HxCatalogue *catalogue)
{
  g_autoptr (GError) error = NULL;
  Install work = { catalogue, 0 };

  check (hx_write (fixture->store, install, &work, &error), error);
  hx_catalogue_unref (fixture->catalogue);
  fixture->catalogue = catalogue;
  return work.recounted;
}

int
fixture_setup (void **state)
{
  static const HxStoreOptions options = { .durability = HX_DURABLE_NORMAL };
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  fixture->folder = g_dir_make_tmp ("hx-measure-XXXXXX", NULL);
  url = g_strdup_printf ("sqlite:%s/a.db", fixture->folder);
  fixture->store = hx_store_open (url, HX_STORE_CREATE, &options, &error);
  check (fixture->store != NULL, error);
  *state = fixture;
  return 0;
}

int
fixture_teardown (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  hx_store_close (fixture->store);
  if (fixture->catalogue != NULL)
    hx_catalogue_unref (fixture->catalogue);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture);
  return 0;
}

/* ------------------------------------------------------------------- writes
 */

/* The writer's thread has no test to jump out of: faults are fatal there. */
static void
must (gboolean done, const char *line, const GError *error)
{
  if (!done)
    g_error ("%s: %s", line, error != NULL ? error->message : "refused");
}

static void
set_words (HxLedger *ledger, HxRow *row, char **words, const char *line)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  HxFaults faults = { sentences };

  for (; *words != NULL; words++)
    {
      g_auto (GStrv) parts = g_strsplit (*words, "=", 2);
      const HxField *field = hx_kind_field (row->kind, parts[0]);

      if (!hx_row_set (ledger, row, field, parts[1], &faults, NULL))
        g_error ("%s: %s", line,
                 sentences->len > 0 ? (char *)sentences->pdata[0] : "?");
    }
}

void
play_line (HxLedger *ledger, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  const HxKind *kind
      = hx_catalogue_kind (hx_ledger_catalogue (ledger), words[1]);
  g_autoptr (HxRow) row = hx_row_new (kind);
  g_autoptr (GError) error = NULL;
  HxPutOutcome outcome = HX_PUT_REFUSED;

  set_words (ledger, row, words + 2, line);
  if (g_str_equal (words[0], "void"))
    {
      must (hx_ledger_find (ledger, row, &error), line, error);
      must (hx_ledger_void (ledger, kind, row->id, "重复", &error), line,
            error);
      return;
    }
  must (hx_row_check (ledger, row, NULL, NULL, &error), line, error);
  must (hx_ledger_put (ledger, row, NULL, &outcome, NULL, &error), line, error);
}

static gboolean
play_all (HxLedger *ledger, gpointer data, GError **error)
{
  (void)error;
  for (const char *const *lines = data; *lines != NULL; lines++)
    play_line (ledger, *lines);
  return TRUE;
}

void
in_ledger (Fixture *fixture, HxLedgerFunc function, gpointer data)
{
  static const HxAuthor author = { "测试员", "试验" };
  g_autoptr (GError) error = NULL;

  check (hx_measure_write (fixture->store, fixture->catalogue, &author,
                           function, data, &error),
         error);
}

void
play (Fixture *fixture, const char *const *lines)
{
  in_ledger (fixture, play_all, (gpointer)(uintptr_t)lines);
}

static gboolean
execute (HxConnection *connection, gpointer data, GError **error)
{
  return hx_execute (connection, data, error);
}

void
run_sql (Fixture *fixture, const char *sql)
{
  g_autofree char *copy = g_strdup (sql);
  g_autoptr (GError) error = NULL;

  check (hx_write (fixture->store, execute, copy, &error), error);
}

/* ------------------------------------------------------------------ reading
 */

gint64
read_integer (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  gint64 value = -1;

  check (reader != NULL, error);
  check (
      hx_query_integer (hx_reader_connection (reader), sql, -1, &value, &error),
      error);
  return value;
}

char *
figure (Fixture *fixture, const char *key, const HxPeriod *period)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  g_autoptr (HxFigure) read = NULL;

  check (reader != NULL, error);
  read = hx_figure_read (hx_reader_connection (reader), fixture->catalogue, key,
                         period, &error);
  check (read != NULL, error);
  assert_int_equal (read->is_void, *read->text == '\0');
  return g_strdup (read->text);
}

void
assert_figure (Fixture *fixture, const char *key, const HxPeriod *period,
               const char *text)
{
  g_autofree char *read = figure (fixture, key, period);

  if (!g_str_equal (read, text))
    fail_msg ("%s is %s and should be %s", key, read, text);
}

static gboolean
count_row (const HxRow *row, gpointer data)
{
  assert_false (row->is_void);
  (*(gint64 *)data)++;
  return TRUE;
}

void
assert_traced (Fixture *fixture, const HxPeriod *period)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  HxConnection *connection = hx_reader_connection (reader);
  g_autoptr (GPtrArray) figures
      = hx_figures_read (connection, fixture->catalogue, period, &error);

  check (figures != NULL, error);
  for (guint i = 0; i < figures->len; i++)
    {
      const HxFigure *one = figures->pdata[i];
      gint64 rows = 0;

      check (hx_trace (connection, fixture->catalogue, one->indicator->key,
                       period, count_row, &rows, &error),
             error);
      if (rows != one->rows)
        fail_msg ("%s has %d rows, its trace %d (month %d, unit %d)",
                  one->indicator->key, (int)one->rows, (int)rows, period->month,
                  (int)period->unit_id);
    }
}

static void
append_finding (const char *finding, gpointer data)
{
  g_string_append_printf (data, "%s\n", finding);
}

char *
findings (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, &error);
  GString *text = g_string_new (NULL);

  check (hx_measure_verify (hx_reader_connection (reader), fixture->catalogue,
                            append_finding, text, NULL, &error),
         error);
  return g_string_free (text, FALSE);
}

static void
append_table (HxConnection *connection, const char *sql, GString *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxStatement) statement
      = hx_statement_new (connection, sql, &error);

  check (statement != NULL, error);
  while (hx_step (statement, &error) == HX_STEP_ROW)
    {
      for (int i = 0; i < hx_column_count (statement); i++)
        g_string_append_printf (text, "%s ", hx_column_text (statement, i));
      g_string_append_c (text, '\n');
    }
  assert_null (error);
}

char *
tables (Fixture *fixture)
{
  g_autoptr (HxReader) reader = hx_store_reader (fixture->store, NULL);
  HxConnection *connection = hx_reader_connection (reader);
  GString *text = g_string_new (NULL);

  append_table (connection,
                "SELECT indicator, unit_id, period, rows, amount FROM cell"
                " ORDER BY 1, 2, 3",
                text);
  append_table (connection,
                "SELECT indicator, value, year, unit_id, days FROM member"
                " ORDER BY 1, 2, 3, 4",
                text);
  return g_string_free (text, FALSE);
}
