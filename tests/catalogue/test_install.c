/* Installing: tables that fit, and refusal of what would lose data. */
#include "support.h"

#include <glib/gstdio.h>

typedef struct
{
  HxCatalogue *catalogue;
  const char *sql;
  HxInstallSummary summary;
} Step;

static gboolean
run_step (HxConnection *connection, gpointer data, GError **error)
{
  Step *step = data;

  if (step->sql != NULL)
    return hx_execute (connection, step->sql, error);
  return hx_catalogue_install (connection, step->catalogue, &step->summary,
                               error);
}

static int
setup (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("hx-install-XXXXXX", NULL);
  g_autofree char *url = g_strdup_printf ("sqlite:%s/a.db", folder);

  *state = hx_store_open (url, HX_STORE_CREATE, NULL, NULL);
  return *state == NULL;
}

static int
teardown (void **state)
{
  g_autofree char *path = g_strdup (hx_store_url (*state) + strlen ("sqlite:"));
  g_autofree char *folder = g_path_get_dirname (path);

  hx_store_close (*state);
  g_unlink (path);
  g_rmdir (folder);
  return 0;
}

static gboolean
install (HxStore *store, const char *path, const char *text,
         HxInstallSummary *summary, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = load_with (path, text, NULL);
  Step step = { catalogue, NULL, { 0, 0, 0, 0 } };
  gboolean done;

  assert_non_null (catalogue);
  done = hx_write (store, run_step, &step, error);
  *summary = step.summary;
  return done;
}

static void
add_visit (HxStore *store)
{
  Step step = { NULL,
                "INSERT INTO rec_visit (bureau_id, id, day, cadre, occasion)"
                " VALUES (1, 1, '2023-03-05', 1, 'birthday')",
                { 0, 0, 0, 0 } };

  assert_true (hx_write (store, run_step, &step, NULL));
}

static void
a_new_catalogue_makes_its_tables_and_the_same_changes_nothing (void **state)
{
  HxInstallSummary summary;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (HxCatalogue) back = NULL;

  assert_true (install (*state, "catalogue.yaml", HEAD, &summary, NULL));
  assert_int_equal (summary.kinds_new, 3);
  assert_int_equal (summary.indicators_changed, 9);
  assert_true (install (*state, "catalogue.yaml", HEAD, &summary, NULL));
  assert_int_equal (summary.kinds_new + summary.kinds_changed
                        + summary.fields_new + summary.indicators_changed,
                    0);
  reader = hx_store_reader (*state, NULL);
  assert_true (hx_table_columns (hx_reader_connection (reader), "rec_visit",
                                 &columns, NULL));
  assert_int_equal (columns->len, 9 + 5);
  assert_string_equal (columns->pdata[3], "day");
  assert_string_equal (columns->pdata[13], "people_people");
  back = hx_catalogue_installed (hx_reader_connection (reader), NULL);
  assert_int_equal (hx_catalogue_kind (back, "visit")->version, 1);
}

static void
a_new_field_is_a_new_column_and_version (void **state)
{
  HxInstallSummary summary;

  assert_true (install (*state, "catalogue.yaml", HEAD, &summary, NULL));
  add_visit (*state);
  assert_true (install (*state, "records/visit.yaml",
                        VISIT "  - {key: note, name: 备注}\n", &summary, NULL));
  assert_int_equal (summary.fields_new, 1);
  assert_int_equal (summary.kinds_changed, 1);
}

/* ----------------------------------------------------------------- refusals */

typedef struct
{
  const char *path, *text;
  const char *reason; /* NULL: it is installed */
} Change;

/* Against the sample with one visit, two cadres and a voided third. */
static const Change changes[] = {
  { "records/visit.yaml", "key: visit\nname: 走访\nof: cadre\n",
    "走访慰问·事由: 删去的字段还有值（1 行）" },
  { "records/visit.yaml",
    "key: visit\nname: 走访\nof: cadre\nfields:\n"
    "  - {key: occasion, name: 事由, type: text}\n",
    "走访慰问·事由: 改了类型，但已有值（1 行）" },
  { "records/visit.yaml", VISIT "  - {key: note, name: 备注, required: true}\n",
    "新的必填字段没有默认值" },
  { "records/visit.yaml",
    "key: visit\nname: 走访慰问\nof: cadre\nidentity: [cadre, date, occasion]\n"
    "fields:\n"
    "  - {key: occasion, name: 事由, type: choice, codes: occasion}\n"
    "  - {key: gift, name: 慰问金, type: money, required: true, default: 1}\n",
    "走访慰问·慰问金: 改为必填，但有的行没有值（1 行）" },
  { "records/visit.yaml",
    "key: visit\nname: 走访慰问\nof: cadre\nidentity: [cadre, date, occasion]\n"
    "fields:\n"
    "  - {key: occasion, name: 事由, type: choice, codes: occasion}\n",
    NULL }, /* gift and people go, for they are empty */
  { "records/visit.yaml", "key: call\nname: 通话\nof: cadre\n",
    "走访慰问: 删去的种类还有记录（1 行）" },
  { "codes.yaml",
    "status:\n  name: 状态\n  codes:\n"
    "    - {code: active, name: 在世}\n    - {code: away, name: 外出}\n"
    "occasion:\n  name: 事由\n  codes:\n    - {code: other, name: 其他}\n",
    "走访慰问·事由: 删去的代码还在用（1 行）" },
  { "codes.yaml",
    "status:\n  name: 状态\n  codes:\n    - {code: active, name: 在世}\n"
    "occasion:\n  name: 事由\n  codes:\n    - {code: birthday, name: 祝寿}\n",
    NULL }, /* away and NO are used by none */
  { "registers/cadre.yaml",
    "key: cadre\nname: 老干部\nunit: street\nidentity: [id_no]\nfields:\n"
    "  - {key: id_no, name: 身份证号, type: id_number, unique: true}\n"
    "  - {key: name, name: 姓名, unique: true}\n"
    "  - {key: street, name: 街道, type: ref, to: unit}\n"
    "  - {key: status, name: 状态, type: choice, codes: status}\n",
    "老干部·姓名: 改为唯一，但有的行重复（2 行）" },
  { "registers/cadre.yaml",
    "key: cadre\nname: 老干部\nunit: street\nidentity: [id_no]\nfields:\n"
    "  - {key: id_no, name: 身份证号, type: id_number, unique: true}\n"
    "  - {key: name, name: 姓名}\n"
    "  - {key: street, name: 街道, type: ref, to: unit, unique: true}\n"
    "  - {key: status, name: 状态, type: choice, codes: status}\n",
    NULL }, /* 3 is voided and lets its street go */
  { "registers/cadre.yaml",
    "key: cadre\nname: 老干部\nunit: street\nidentity: [id_no]\nfields:\n"
    "  - {key: id_no, name: 身份证号, type: id_number, unique: true}\n"
    "  - {key: name, name: 姓名, type: integer}\n"
    "  - {key: street, name: 街道, type: ref, to: unit}\n"
    "  - {key: status, name: 状态, type: choice, codes: status}\n",
    "老干部·姓名: 改了类型，但已有值（3 行）" },
  { "catalogue.yaml", HEAD "digest: sm3\n", "有了记录就不能换 digest" },
};

static void
execute (HxStore *store, const char *sql)
{
  Step step = { NULL, sql, { 0, 0, 0, 0 } };
  g_autoptr (GError) error = NULL;

  if (!hx_write (store, run_step, &step, &error))
    fail_msg ("%s", error->message);
}

static void
fill_tables (HxStore *store)
{
  HxInstallSummary summary;

  assert_true (install (store, "catalogue.yaml", HEAD, &summary, NULL));
  add_visit (store);
  execute (store, "INSERT INTO reg_cadre (bureau_id, id, name, street, void)"
                  " VALUES (1, 1, '张三', 1, 0), (1, 2, '张三', 2, 0),"
                  " (1, 3, '李四', 2, 1)");
}

static char *
schema_of (HxStore *store)
{
  g_autoptr (HxReader) reader = hx_store_reader (store, NULL);
  HxStatement *statement = hx_statement (
      hx_reader_connection (reader),
      "SELECT group_concat (sql, ';') || (SELECT group_concat (version)"
      " FROM kind_version) FROM (SELECT sql FROM sqlite_schema ORDER BY name)",
      NULL);

  assert_int_equal (hx_step (statement, NULL), HX_STEP_ROW);
  return g_strdup (hx_column_text (statement, 0));
}

static void
try_change (HxStore *store, const Change *change)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = schema_of (store);
  g_autofree char *after = NULL;
  Step step = { NULL, NULL, { 0, 0, 0, 0 } };
  gboolean done;

  hx_bundle_add (bundle, change->path, change->text);
  hx_bundle_add (bundle, "indicators.yaml", "[]");
  step.catalogue = catalogue = must_load (bundle);
  done = hx_write (store, run_step, &step, &error);
  if (done != (change->reason == NULL))
    fail_msg ("%s: %s", change->text, error ? error->message : "installed");
  if (done)
    return;
  after = schema_of (store);
  assert_string_equal (after, before);
  assert_int_equal (error->code, HX_ERROR_CONFLICT);
  if (strstr (error->message, change->reason) == NULL)
    fail_msg ("%s: %s", change->text, error->message);
}

static void
what_would_lose_data_is_refused_and_the_rest_done (void **state)
{
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      void *store = NULL;

      assert_int_equal (setup (&store), 0);
      fill_tables (store);
      try_change (store, &changes[i]);
      teardown (&store);
    }
}

static void
every_reason_is_named_at_once (void **state)
{
  g_autoptr (HxBundle) bundle = sample_bundle ();
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;
  Step step = { NULL, NULL, { 0, 0, 0, 0 } };

  fill_tables (*state);
  hx_bundle_add (bundle, "records/visit.yaml", changes[0].text);
  hx_bundle_add (bundle, "registers/cadre.yaml", changes[8].text);
  hx_bundle_add (bundle, "indicators.yaml", "[]");
  step.catalogue = catalogue = must_load (bundle);
  assert_false (hx_write (*state, run_step, &step, &error));
  assert_non_null (strstr (error->message, changes[0].reason));
  assert_non_null (strstr (error->message, changes[8].reason));
}

/* ----------------------------------------------------------------- changes */

static gboolean
has_index (HxStore *store, const char *name)
{
  g_autoptr (HxReader) reader = hx_store_reader (store, NULL);
  HxStatement *statement
      = hx_statement (hx_reader_connection (reader),
                      "SELECT 1 FROM sqlite_schema WHERE type = 'index'"
                      " AND name = ?1",
                      NULL);

  hx_bind_text (statement, 1, name, -1);
  return hx_step (statement, NULL) == HX_STEP_ROW;
}

static void
indexes_come_and_go_with_the_marks (void **state)
{
  static const char unique[]
      = VISIT "  - {key: paper, name: 单号, unique: true}\n"
              "  - {key: guide, name: 陪同, type: ref, to: cadre}\n";
  HxInstallSummary summary;

  assert_true (install (*state, "catalogue.yaml", HEAD, &summary, NULL));
  assert_true (has_index (*state, "rec_visit.ident"));
  assert_true (has_index (*state, "rec_visit.cadre"));
  assert_false (has_index (*state, "reg_cadre.id_no"));
  assert_false (has_index (*state, "rec_visit.gift"));
  assert_true (install (*state, "records/visit.yaml", unique, &summary, NULL));
  assert_true (has_index (*state, "rec_visit.paper"));
  assert_true (has_index (*state, "rec_visit.guide"));
  assert_true (install (*state, "records/visit.yaml",
                        VISIT "  - {key: paper, name: 单号}\n", &summary,
                        NULL));
  assert_false (has_index (*state, "rec_visit.paper"));
  assert_false (has_index (*state, "rec_visit.guide"));
}

static void
a_renamed_label_changes_no_table (void **state)
{
  HxInstallSummary summary;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (HxCatalogue) back = NULL;
  g_auto (GStrv) parts = g_strsplit (VISIT, "慰问金", 2);
  g_autofree char *text = g_strjoinv ("慰问品金额", parts);

  fill_tables (*state);
  assert_true (install (*state, "records/visit.yaml", text, &summary, NULL));
  assert_int_equal (summary.fields_new, 0);
  assert_int_equal (summary.kinds_changed, 1);
  reader = hx_store_reader (*state, NULL);
  assert_true (hx_table_columns (hx_reader_connection (reader), "rec_visit",
                                 &columns, NULL));
  assert_int_equal (columns->len, 9 + 5);
  back = hx_catalogue_installed (hx_reader_connection (reader), NULL);
  assert_int_equal (hx_catalogue_kind (back, "visit")->version, 2);
  assert_string_equal (
      hx_kind_field (hx_catalogue_kind (back, "visit"), "gift")->name,
      "慰问品金额");
}

static gint64
ask_integer (HxStore *store, const char *sql)
{
  g_autoptr (HxReader) reader = hx_store_reader (store, NULL);
  gint64 value = -1;

  assert_true (
      hx_query_integer (hx_reader_connection (reader), sql, -1, &value, NULL));
  return value;
}

static void
a_new_required_field_fills_the_rows_that_are_there_once (void **state)
{
  static const char text[]
      = VISIT "  - {key: way, name: 方式, required: true, default: 上门}\n"
              "  - {key: again, name: 再访, type: bool, required: true,\n"
              "     default: false}\n"
              "  - {key: state, name: 状态, type: choice, codes: status,\n"
              "     required: true, default: 外地}\n"
              "  - {key: maybe, name: 也许, default: 无}\n";
  g_autoptr (HxCatalogue) catalogue
      = load_with ("records/visit.yaml", text, NULL);
  const HxKind *visit = hx_catalogue_kind (catalogue, "visit");
  HxInstallSummary summary;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GPtrArray) fills = NULL;

  fill_tables (*state);
  for (int i = 0; i < 2; i++)
    assert_true (install (*state, "records/visit.yaml", text, &summary, NULL));
  assert_int_equal (summary.kinds_changed, 0);
  assert_int_equal (ask_integer (*state, "SELECT COUNT (*) FROM rec_visit WHERE"
                                         " way = '上门' AND again = 0"
                                         " AND state = 'away'"
                                         " AND maybe IS NULL"),
                    1);
  reader = hx_store_reader (*state, NULL);
  fills = hx_catalogue_fills (hx_reader_connection (reader), visit, NULL);
  assert_int_equal (fills->len, 3);
  for (guint i = 0; i < fills->len; i++)
    assert_int_equal (((HxFill *)fills->pdata[i])->version, 2);
}

static void
a_new_required_field_of_an_empty_table_fills_nothing (void **state)
{
  HxInstallSummary summary;

  assert_true (install (*state, "catalogue.yaml", HEAD, &summary, NULL));
  assert_true (install (*state, "records/visit.yaml",
                        VISIT "  - {key: way, name: 方式, required: true,"
                              " default: 上门}\n"
                              "  - {key: note, name: 备注, required: true}\n",
                        &summary, NULL));
  assert_int_equal (ask_integer (*state, "SELECT COUNT (*) FROM field_fill"),
                    0);
}

static void
another_identity_forgets_the_idents (void **state)
{
  g_auto (GStrv) parts = g_strsplit (VISIT, ", occasion]", 2);
  g_autofree char *text = g_strjoinv ("]", parts);
  HxInstallSummary summary;

  fill_tables (*state);
  execute (*state, "UPDATE rec_visit SET ident = 7");
  execute (*state, "UPDATE reg_cadre SET ident = 7");
  assert_true (install (*state, "records/visit.yaml", text, &summary, NULL));
  assert_int_equal (ask_integer (*state, "SELECT ident FROM rec_visit"), 0);
  assert_int_equal (ask_integer (*state, "SELECT min (ident) FROM reg_cadre"),
                    7);
}

static void
a_database_without_a_catalogue_says_what_to_do (void **state)
{
  g_autoptr (HxReader) reader = hx_store_reader (*state, NULL);
  g_autoptr (GError) error = NULL;

  assert_null (hx_catalogue_installed (hx_reader_connection (reader), &error));
  assert_int_equal (error->code, HX_ERROR_NOT_FOUND);
  assert_non_null (strstr (error->message, "hongxia init"));
}

int
main (void)
{
#define EACH(test) cmocka_unit_test_setup_teardown (test, setup, teardown)
  const struct CMUnitTest tests[] = {
    EACH (a_new_catalogue_makes_its_tables_and_the_same_changes_nothing),
    EACH (a_new_field_is_a_new_column_and_version),
    cmocka_unit_test (what_would_lose_data_is_refused_and_the_rest_done),
    EACH (every_reason_is_named_at_once),
    EACH (indexes_come_and_go_with_the_marks),
    EACH (a_renamed_label_changes_no_table),
    EACH (a_new_required_field_fills_the_rows_that_are_there_once),
    EACH (a_new_required_field_of_an_empty_table_fills_nothing),
    EACH (another_identity_forgets_the_idents),
    EACH (a_database_without_a_catalogue_says_what_to_do),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
