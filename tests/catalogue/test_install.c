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

static void
what_would_lose_data_is_refused (void **state)
{
  static const char *const texts[] = {
    /* occasion gone; its type changed; a new required field */
    "key: visit\nname: 走访\nof: cadre\n",
    "key: visit\nname: 走访\nof: cadre\nfields:\n"
    "  - {key: occasion, name: 事由, type: text}\n",
    VISIT "  - {key: note, name: 备注, required: true}\n",
  };
  HxInstallSummary summary;

  assert_true (install (*state, "catalogue.yaml", HEAD, &summary, NULL));
  add_visit (*state);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HxBundle) bundle = sample_bundle ();
      g_autoptr (HxCatalogue) catalogue = NULL;
      g_autoptr (GError) error = NULL;
      Step step = { NULL, NULL, { 0, 0, 0, 0 } };

      hx_bundle_add (bundle, "records/visit.yaml", texts[i]);
      hx_bundle_add (bundle, "indicators.yaml", "[]");
      step.catalogue = catalogue = must_load (bundle);
      assert_false (hx_write (*state, run_step, &step, &error));
      assert_int_equal (error->code, HX_ERROR_CONFLICT);
      assert_non_null (strstr (error->message, "1 行"));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (
        a_new_catalogue_makes_its_tables_and_the_same_changes_nothing, setup,
        teardown),
    cmocka_unit_test_setup_teardown (a_new_field_is_a_new_column_and_version,
                                     setup, teardown),
    cmocka_unit_test_setup_teardown (what_would_lose_data_is_refused, setup,
                                     teardown),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
