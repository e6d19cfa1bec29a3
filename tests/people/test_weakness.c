/* A figure says so when it leans on a field that too few rows have. */
#include "quality_test.h"

#include "people/weakness.h"

static const HxDate today = { 2024, 6, 30 };

static gboolean
count_anew (HxConnection *connection, gpointer data, GError **error)
{
  return hx_execute (connection, "UPDATE indicator SET digest = ''", error)
         && hx_measure_sync (connection, data, NULL, error);
}

/* What no write of the program's made, counted all the same. */
static void
change (Bureau *bureau, const char *sql)
{
  g_autoptr (GError) error = NULL;

  bureau_sql (bureau, sql);
  hx_write (bureau->store, count_anew, bureau->catalogue, &error);
  assert_no_error (error);
}

static int
set_up (void **state)
{
  static const char *const rows[] = {
    "unit name=一街 kind=街道",
    "unit name=二街 kind=街道",
    "person number=1 home=一街 birth_date=1940 phone=13800000000",
    "person number=2 home=一街 birth_date=1941 phone=13800000001",
    "person number=3 home=二街 birth_date=1942",
    "person number=4 birth_date=1943",
    "person number=5 status=已故",
    "person number=6 until=2023-01-31",
  };

  *state = bureau_new ();
  bureau_put (*state, rows, G_N_ELEMENTS (rows));
  return 0;
}

static int
tear_down (void **state)
{
  bureau_free (*state);
  return 0;
}

static void
assert_weak (Bureau *bureau, const char *indicator, gint64 unit_id,
             const char *expected)
{
  g_autoptr (HxWeakness) weakness = hx_weakness_new (
      bureau_read (bureau), bureau->catalogue, unit_id, today);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = hx_weakness_of (
      weakness, hx_catalogue_indicator (bureau->catalogue, indicator), &error);

  assert_no_error (error);
  if (!g_str_equal (text, expected))
    fail_msg ("%s: %s, not %s", indicator, text, expected);
}

#define PHONE "手机缺 50.00%（应填 90.00%）"

static void
a_field_of_the_rule_that_is_missing_is_named (void **state)
{
  assert_weak (*state, "with_phone", 0, PHONE);
  assert_weak (*state, "looks", 0, "");
  assert_weak (*state, "looks_at_phones", 0, PHONE);
  assert_weak (*state, "covered", 0, PHONE);
}

static void
a_field_that_is_full_enough_is_not_named (void **state)
{
  assert_weak (*state, "old", 0, "");
  change (*state, "UPDATE reg_person SET birth_date = NULL"
                  " WHERE number = '1'");
  assert_weak (*state, "old", 0, "出生日期缺 25.00%（应填 99.50%）");
}

static void
what_is_made_of_parts_is_as_weak_as_they (void **state)
{
  assert_weak (*state, "share", 0, PHONE);
}

static void
a_units_figure_looks_at_the_unit (void **state)
{
  assert_weak (*state, "with_phone", 1, "");
  assert_weak (*state, "with_phone", 2, "手机缺 100.00%（应填 90.00%）");
}

static void
rows_of_which_nothing_is_asked_do_not_count (void **state)
{
  change (*state, "UPDATE reg_person SET status = 'active',"
                  " birth_date = '1950' WHERE number = '5'");
  assert_weak (*state, "with_phone", 0, "手机缺 60.00%（应填 90.00%）");
  change (*state, "UPDATE reg_person SET until = '2024-06'"
                  " WHERE number = '6'");
  assert_weak (*state, "with_phone", 0, "手机缺 66.67%（应填 90.00%）");
  change (*state, "UPDATE reg_person SET void = 1 WHERE number = '6'");
  assert_weak (*state, "with_phone", 0, "手机缺 60.00%（应填 90.00%）");
}

static void
each_write_keeps_the_counts (void **state)
{
  static const char *const first[]
      = { "person number=3 home=二街 phone=13800000002" };
  static const char *const more[]
      = { "person number=7 home=一街", "person number=8 home=一街 status=已故",
          "person number=2 until=2024-06-29" };

  bureau_put (*state, first, G_N_ELEMENTS (first));
  assert_weak (*state, "with_phone", 0, "手机缺 25.00%（应填 90.00%）");
  assert_weak (*state, "with_phone", 2, "");
  bureau_put (*state, more, G_N_ELEMENTS (more));
  assert_weak (*state, "with_phone", 0, "手机缺 50.00%（应填 90.00%）");
}

static void
keep_finding (const char *finding, gpointer data)
{
  g_ptr_array_add (data, g_strdup (finding));
}

static void
verify_finds_a_count_that_is_wrong (void **state)
{
  Bureau *bureau = *state;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  assert_true (hx_measure_verify (bureau_read (bureau), bureau->catalogue,
                                  keep_finding, findings, NULL, &error));
  assert_int_equal (findings->len, 0);
  bureau_sql (bureau, "UPDATE reg_person SET phone = NULL WHERE number = '1'");
  assert_true (hx_measure_verify (bureau_read (bureau), bureau->catalogue,
                                  keep_finding, findings, NULL, &error));
  assert_true (findings->len > 0);
  for (guint i = 0; i < findings->len; i++)
    if (strstr (findings->pdata[i], "person/phone") != NULL)
      return;
  fail_msg ("%s", (char *)findings->pdata[0]);
}

static void
weak_figures_are_found_among_all (void **state)
{
  Bureau *bureau = *state;
  HxFigure figures[] = {
    { .indicator = hx_catalogue_indicator (bureau->catalogue, "looks"),
      .as_of = today },
    { .indicator = hx_catalogue_indicator (bureau->catalogue, "with_phone"),
      .as_of = today },
  };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) weak = NULL;

  g_ptr_array_add (list, &figures[0]);
  g_ptr_array_add (list, &figures[1]);
  weak = hx_weakness_of_figures (bureau_read (bureau), bureau->catalogue, 0,
                                 list, &error);
  assert_no_error (error);
  assert_int_equal (g_hash_table_size (weak), 1);
  assert_string_equal (g_hash_table_lookup (weak, "with_phone"), PHONE);
}

int
main (void)
{
#define EACH(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    EACH (a_field_of_the_rule_that_is_missing_is_named),
    EACH (a_field_that_is_full_enough_is_not_named),
    EACH (what_is_made_of_parts_is_as_weak_as_they),
    EACH (a_units_figure_looks_at_the_unit),
    EACH (rows_of_which_nothing_is_asked_do_not_count),
    EACH (each_write_keeps_the_counts),
    EACH (verify_finds_a_count_that_is_wrong),
    EACH (weak_figures_are_found_among_all),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
