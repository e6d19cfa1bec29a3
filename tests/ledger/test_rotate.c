/* A catalogue that changes what is secret, and a key that is replaced. */
#include "secret_test.h"

/* ------------------------------------------------------------- installing
 */

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  return hx_catalogue_install (connection, data, NULL, error);
}

/* What installing says to a catalogue with one file in its place, or NULL. */
static char *
try_catalogue (Fixture *fixture, const char *path, const char *text)
{
  static const char *const paths[]
      = { "codes.yaml", "registers/unit.yaml", "records/visit.yaml" };
  g_autoptr (HxBundle) bundle = hx_bundle_new ();
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;

  hx_bundle_add (bundle, "catalogue.yaml", fixture->head);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    hx_bundle_add (bundle, paths[i], catalogue_file (paths[i]));
  hx_bundle_add (bundle, "registers/cadre.yaml", secret_cadre_yaml ());
  hx_bundle_add (bundle, path, text);
  catalogue = hx_catalogue_load (bundle, &error);
  assert_no_error (error);
  hx_write (fixture->store, install, catalogue, &error);
  return error != NULL ? g_strdup (error->message) : NULL;
}

static char *
cadre_with (const char *was, const char *is)
{
  g_auto (GStrv) parts = g_strsplit (secret_cadre_yaml (), was, 2);

  assert_int_equal (g_strv_length (parts), 2);
  return g_strjoinv (is, parts);
}

static void
what_is_secret_cannot_change_under_values (void **state)
{
  static const struct
  {
    const char *was, *is, *says;
  } cases[] = {
    { "住址, secret: true", "住址", "老干部·住址: 改了是否保密" },
    { "type: ref, to: unit", "type: ref, to: unit", NULL },
    { "key: name, name: 姓名, ", "key: name, name: 姓名, secret: true, ",
      "老干部·姓名: 改了是否保密" },
    { "住址, secret: true", "住址, secret: true, unique: true",
      "老干部·住址: 改了是否保密" },
  };
  Fixture *fixture = *state;

  in_ledger (fixture, put_people, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cadre_with (cases[i].was, cases[i].is);
      g_autofree char *says
          = try_catalogue (fixture, "registers/cadre.yaml", text);

      assert_int_equal (says == NULL, cases[i].says == NULL);
      if (says != NULL && strstr (says, cases[i].says) == NULL)
        assert_string_equal (says, cases[i].says);
      assert_clean (fixture);
    }
}

static void
an_empty_field_may_become_secret_and_open_again (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *open = cadre_with ("住址, secret: true", "住址");
  g_autofree char *unique
      = cadre_with ("住址, secret: true", "住址, secret: true, unique: true");

  g_autofree char *first
      = try_catalogue (fixture, "registers/cadre.yaml", open);
  g_autofree char *second
      = try_catalogue (fixture, "registers/cadre.yaml", unique);

  assert_null (first);
  assert_null (second);
  assert_int_equal (read_integer (fixture, "SELECT count (*) FROM"
                                           " pragma_table_info ('reg_cadre')"
                                           " WHERE name = 'address_digest'"),
                    1);
  use_catalogue (fixture, "registers/cadre.yaml", unique);
  in_ledger (fixture, put_people, NULL);
  assert_clean (fixture);
}

static void
a_code_that_sealed_rows_use_cannot_go (void **state)
{
  static const char head[] = "visit_occasion:\n  name: 走访事由\n  codes:\n"
                             "    - {code: birthday, name: 生日}\n"
                             "    - {code: festival, name: 节日}\n"
                             "sex:\n  name: 性别\n  codes:\n";
  Fixture *fixture = *state;
  g_autofree char *without_1
      = g_strconcat (head, "    - {code: '2', name: 女}\n", NULL);
  g_autofree char *without_2
      = g_strconcat (head, "    - {code: '1', name: 男}\n", NULL);
  g_autofree char *refused = NULL;
  g_autofree char *taken = NULL;

  in_ledger (fixture, put_people, NULL);
  refused = try_catalogue (fixture, "codes.yaml", without_1);
  taken = try_catalogue (fixture, "codes.yaml", without_2);
  assert_non_null (strstr (refused, "老干部·性别: 删去的代码还在用（1 行）"));
  assert_null (taken);
}

/* ----------------------------------------------------------------- rotation
 */

typedef struct
{
  Fixture *fixture;
  HxCipher cipher;
  gboolean breaks_off;
  HxRotation rotation;
} Turn;

static gboolean
turn (HxConnection *connection, gpointer data, GError **error)
{
  Turn *turn = data;

  if (!hx_secret_rotate (connection, turn->fixture->catalogue, turn->cipher,
                         &turn->rotation, error))
    return FALSE;
  return !turn->breaks_off
         || hx_fail (error, HX_ERROR_STORE, "停电", NULL, NULL);
}

static guint
rotate (Fixture *fixture, HxCipher cipher, gboolean breaks_off)
{
  Turn work = { fixture, cipher, breaks_off, { 0 } };
  g_autoptr (GError) error = NULL;

  assert_int_equal (hx_write (fixture->store, turn, &work, &error),
                    !breaks_off);
  return work.rotation.generation;
}

static guint
generations_in_file (Fixture *fixture)
{
  g_autoptr (HxKeyring) keyring
      = hx_keyring_open (hx_store_key_file (fixture->store), NULL);

  return hx_keyring_count (keyring);
}

static void
assert_rows_of (Fixture *fixture, guint generation)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count (*) FROM reg_cadre WHERE id_number LIKE 'hx1:%u:%%'"
      " AND phone LIKE 'hx1:%u:%%'",
      generation, generation);

  assert_int_equal (read_integer (fixture, sql), 2);
}

static void
a_new_key_seals_all_rows_anew_and_leaves_the_log (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *log = NULL;
  g_autofree char *same = NULL;
  Change again = { 2, { "card=Ａ-77", NULL }, NULL };
  Change change = { 1, { "phone=13900139000", NULL }, NULL };

  in_ledger (fixture, put_people, NULL);
  log = read_text (fixture, "SELECT group_concat (after) FROM change_log");
  for (guint i = 2; i <= 4; i++)
    {
      assert_int_equal (
          rotate (fixture, i % 2 == 0 ? HX_CIPHER_SM4 : HX_CIPHER_AES, FALSE),
          i);
      assert_rows_of (fixture, i);
      assert_clean (fixture);
    }
  same = read_text (fixture, "SELECT group_concat (after) FROM change_log");
  assert_string_equal (log, same);
  in_ledger (fixture, put_people, NULL);
  assert_int_equal (read_integer (fixture, "SELECT count (*) FROM change_log"),
                    3);
  in_ledger (fixture, change_row, &again);
  assert_string_equal (again.fault, "证号: 与编号 1 的一行重复");
  g_free (again.fault);
  in_ledger (fixture, change_row, &change);
  assert_null (change.fault);
  assert_clean (fixture);
}

static void
a_rotation_that_breaks_off_is_taken_up_again (void **state)
{
  Fixture *fixture = *state;

  in_ledger (fixture, put_people, NULL);
  assert_int_equal (rotate (fixture, HX_CIPHER_AES, TRUE), 2);
  assert_rows_of (fixture, 1);
  assert_clean (fixture);
  reopen (fixture, NULL);
  assert_clean (fixture);
  in_ledger (fixture, put_people, NULL);
  assert_int_equal (rotate (fixture, HX_CIPHER_AES, TRUE), 2);
  assert_int_equal (generations_in_file (fixture), 2);
  assert_int_equal (rotate (fixture, HX_CIPHER_SM4, FALSE), 3);
  assert_rows_of (fixture, 3);
  assert_clean (fixture);
}

static void
who_has_the_database_open_meanwhile_goes_on (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (HxStore) other = NULL;
  HxStore *own = fixture->store;
  Change change = { 1, { "phone=13900139000", NULL }, NULL };

  in_ledger (fixture, put_people, NULL);
  other = hx_store_open (hx_store_url (own), HX_STORE_OPEN, NULL, NULL);
  fixture->store = other;
  assert_clean (fixture);
  fixture->store = own;
  rotate (fixture, HX_CIPHER_AES, FALSE);
  fixture->store = other;
  in_ledger (fixture, change_row, &change);
  assert_null (change.fault);
  assert_int_equal (
      read_integer (fixture, "SELECT phone LIKE 'hx1:2:%' FROM reg_cadre"), 1);
  assert_clean (fixture);
  fixture->store = own;
}

static void
a_rotation_with_a_value_that_does_not_open_is_refused (void **state)
{
  Fixture *fixture = *state;
  Turn work = { fixture, HX_CIPHER_AES, FALSE, { 0 } };
  g_autoptr (GError) error = NULL;

  in_ledger (fixture, put_people, NULL);
  run_sql (fixture, "UPDATE reg_cadre SET phone = id_number WHERE id = 2");
  assert_false (hx_write (fixture->store, turn, &work, &error));
  assert_non_null (strstr (error->message, "编号 2 的“电话”"));
  assert_int_equal (read_integer (fixture, "SELECT id_number LIKE 'hx1:1:%'"
                                           " FROM reg_cadre WHERE id = 1"),
                    1);
}

int
main (void)
{
#define EACH(test)                                                             \
  cmocka_unit_test_setup_teardown (test, secret_setup, fixture_teardown)
  const struct CMUnitTest tests[] = {
    EACH (what_is_secret_cannot_change_under_values),
    EACH (an_empty_field_may_become_secret_and_open_again),
    EACH (a_code_that_sealed_rows_use_cannot_go),
    EACH (a_new_key_seals_all_rows_anew_and_leaves_the_log),
    EACH (a_rotation_that_breaks_off_is_taken_up_again),
    EACH (who_has_the_database_open_meanwhile_goes_on),
    EACH (a_rotation_with_a_value_that_does_not_open_is_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
