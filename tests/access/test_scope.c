/* Whose rows a user reaches: random trees of units against a slow model. */
#include "access_test.h"

#include "access/unmask.h"

#define UNITS 12
#define CADRES 40

/* The parent of each unit, 0 for none; of each cadre the unit, 0 for none.  Ids
 * begin with 1. */
typedef struct
{
  gint64 parent[UNITS + 1];
  gint64 unit[CADRES + 1];
  guint32 seed;
} Town;

static gint64
draw (Town *town, guint n)
{
  town->seed = town->seed * 1664525u + 1013904223u;
  return (town->seed >> 8) % n;
}

static void
write_town (Fixture *fixture, HxLedger *ledger, gpointer data)
{
  Town *town = data;

  for (gint64 i = 1; i <= UNITS; i++)
    {
      g_autofree char *name = g_strdup_printf ("name=街%d", (int)i);
      g_autofree char *parent
          = g_strdup_printf ("parent=街%d", (int)town->parent[i]);
      const char *const cells[]
          = { name, town->parent[i] != 0 ? parent : NULL, NULL };
      gint64 id;

      put_cells (ledger, fixture->unit, cells, &id);
      assert_int_equal (id, i);
    }
  for (gint64 i = 1; i <= CADRES; i++)
    {
      char digits[18];
      g_autofree char *number = NULL;
      g_autofree char *street
          = g_strdup_printf ("street=街%d", (int)town->unit[i]);

      g_snprintf (digits, sizeof digits, "99999919400101%03d", (int)i);
      number = g_strdup_printf ("id_number=%s%c", digits,
                                hx_id_number_check_character (digits));
      {
        const char *const cells[]
            = { "name=张某", number, town->unit[i] != 0 ? street : NULL, NULL };
        gint64 id;

        put_cells (ledger, fixture->cadre, cells, &id);
        assert_int_equal (id, i);
      }
    }
}

/* Walks up, one step after the other. */
static gboolean
is_below (const Town *town, gint64 unit, gint64 top)
{
  for (guint steps = 0; unit != 0 && steps <= UNITS; steps++)
    {
      if (unit == top)
        return TRUE;
      unit = town->parent[unit];
    }
  return FALSE;
}

static HxIdentity *
identity_at (Access *access, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (access->store, &error);
  HxIdentity *identity
      = hx_identity_new (hx_reader_connection (reader),
                         access->ledger->catalogue, user_id, &error);

  assert_no_error (error);
  return identity;
}

/* The rows that hx_identity_where lets through, by one query. */
static gint64
count_rows (Access *access, const HxIdentity *identity)
{
  g_autoptr (HxWhere) where = hx_where_new (1);
  g_autofree char *sql = NULL;

  hx_identity_where (identity, access->ledger->cadre, where, "c");
  sql = g_strdup_printf ("SELECT count(*) FROM reg_cadre c WHERE 1 = 1%s",
                         hx_where_text (where)->str);
  return read_integer (access->ledger, sql);
}

static void
check_user (Access *access, const Town *town, const HxIdentity *identity)
{
  gint64 expected = 0;

  for (gint64 i = 1; i <= CADRES; i++)
    {
      HxRow row = { .kind = access->ledger->cadre, .unit_id = town->unit[i] };
      const gboolean reached
          = identity->unit_id == 0
            || is_below (town, town->unit[i], identity->unit_id);

      expected += reached;
      if (hx_identity_reaches (identity, &row) != reached)
        fail_msg ("unit %ld: cadre of %ld", (long)identity->unit_id,
                  (long)town->unit[i]);
    }
  assert_int_equal (count_rows (access, identity), expected);
  for (gint64 unit = 1; unit <= UNITS; unit++)
    {
      gint64 asked = unit;

      assert_int_equal (hx_identity_unit (identity, &asked, NULL),
                        identity->unit_id == 0
                            || is_below (town, unit, identity->unit_id));
    }
}

static void
each_user_reaches_its_unit_and_all_below_and_nothing_else (void **state)
{
  Access *access = *state;
  Town town = { .seed = 20231130 };

  for (gint64 i = 2; i <= UNITS; i++)
    town.parent[i] = draw (&town, (guint)i);
  for (gint64 i = 1; i <= CADRES; i++)
    town.unit[i] = draw (&town, UNITS + 1);
  in_ledger (access->ledger, write_town, &town);
  for (gint64 unit = 0; unit <= UNITS; unit++)
    {
      g_autofree char *login = g_strdup_printf ("user%d", (int)unit);
      const gint64 id = add_user (access, login, HX_USER_LIAISON, unit);
      g_autoptr (HxIdentity) identity = identity_at (access, id);

      check_user (access, &town, identity);
    }
}

static void
a_unit_that_is_asked_for_as_nothing_is_the_users_own (void **state)
{
  Access *access = *state;
  gint64 asked = 0;
  g_autoptr (HxIdentity) identity = NULL;

  in_ledger (access->ledger, put_sample, NULL);
  identity
      = identity_at (access, add_user (access, "li.si", HX_USER_LIAISON, 1));
  assert_true (hx_identity_unit (identity, &asked, NULL));
  assert_int_equal (asked, 1);
  assert_string_equal (identity->unit_name, "一街");
}

static void
a_unit_that_is_out_of_scope_is_not_found (void **state)
{
  Access *access = *state;
  gint64 asked = 77;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxIdentity) identity = NULL;

  in_ledger (access->ledger, put_sample, NULL);
  identity
      = identity_at (access, add_user (access, "li.si", HX_USER_LIAISON, 1));
  assert_false (hx_identity_unit (identity, &asked, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
}

static void
kinds_that_keep_no_unit_are_reached_by_all (void **state)
{
  Access *access = *state;
  HxRow row = { .kind = access->ledger->unit };
  g_autoptr (HxWhere) where = hx_where_new (1);
  g_autoptr (HxIdentity) identity = NULL;

  in_ledger (access->ledger, put_sample, NULL);
  identity
      = identity_at (access, add_user (access, "li.si", HX_USER_LIAISON, 1));
  assert_true (hx_identity_reaches (identity, &row));
  hx_identity_where (identity, access->ledger->unit, where, "u");
  assert_string_equal (hx_where_text (where)->str, "");
}

static void
a_unit_that_moves_takes_its_people_along (void **state)
{
  Access *access = *state;
  Town town = { .seed = 1 };
  g_autofree char *cookie = NULL;
  g_auto (HxVisitor) before = { 0 };
  g_auto (HxVisitor) after = { 0 };

  in_ledger (access->ledger, write_town, &town);
  add_user (access, "li.si", HX_USER_LIAISON, 1);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  hx_sessions_find (access->sessions, cookie, AGENT, &before, NULL);
  assert_int_equal (before.identity->units->len, 1);
  town.parent[2] = 1;
  in_ledger (access->ledger, write_town, &town);
  access->now++;
  hx_sessions_find (access->sessions, cookie, AGENT, &after, NULL);
  assert_int_equal (after.identity->units->len, 2);
}

/* ------------------------------------------------------------------- unmask */

static const char rules[]
    = "roles:\n"
      "  liaison: {read: all, unmasks: {cadre: [id_number]}}\n"
      "  clerk: {read: all}\n"
      "  section: {read: all, unmasks: all}\n";

typedef struct
{
  Access *access;
  HxIdentity *identity;
  const char *reason;
  char *seen;
} Look;

static gboolean
look (HxLedger *ledger, gpointer data, GError **error)
{
  Look *look = data;
  const HxKind *cadre = look->access->ledger->cadre;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = NULL;
  const HxUnmask wanted = { cadre, 1, fields, look->reason };

  g_ptr_array_add (fields,
                   (gpointer)(guintptr)hx_kind_field (cadre, "id_number"));
  if (!hx_unmask (ledger, look->identity, &wanted, &values, error))
    return FALSE;
  look->seen = g_strdup (values->pdata[0]);
  return TRUE;
}

/* What the user sees; NULL when it is refused. */
static char *
look_as (Access *access, gint64 user_id, const char *reason)
{
  g_autoptr (HxIdentity) identity = identity_at (access, user_id);
  Look looking = { access, identity, reason, NULL };
  g_autofree char *message = NULL;

  change (access, look, &looking, &message);
  return looking.seen;
}

static void
who_may_sees_a_secret_with_a_reason_and_the_head_sees_who (void **state)
{
  Access *access = *state;
  gint64 liaison, other, clerk, head;
  g_autofree char *seen = NULL;
  g_autoptr (HxIdentity) reader_of = NULL;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const HxRevealed *first;

  use_catalogue (access->ledger, "access.yaml", rules);
  in_ledger (access->ledger, put_sample, NULL);
  run_sql (access->ledger, "INSERT INTO reg_unit (bureau_id, id, unit_id,"
                           " day, void, version, definition, seq, ident, name)"
                           " VALUES (1, 2, NULL, NULL, 0, 1, 1, 0, 0, '二街')");
  liaison = add_user (access, "li.si", HX_USER_LIAISON, 1);
  other = add_user (access, "wang.wu", HX_USER_LIAISON, 2);
  clerk = add_user (access, "zhao.liu", HX_USER_CLERK, 0);
  head = add_user (access, "qian.qi", HX_USER_SECTION, 1);
  seen = look_as (access, liaison, "上门前核对");
  assert_string_equal (seen, "999999193301010010");
  assert_null (look_as (access, liaison, " "));
  assert_null (look_as (access, other, "上门前核对"));
  assert_null (look_as (access, clerk, "上门前核对"));
  assert_int_equal (count_notes (access, "cadre", "reveal"), 1);
  reader_of = identity_at (access, head);
  reader = hx_store_reader (access->store, NULL);
  list = hx_reveals (hx_reader_connection (reader), reader_of, 0, 10, NULL);
  assert_int_equal (list->len, 1);
  first = list->pdata[0];
  assert_string_equal (first->label, "张三");
  assert_string_equal (first->fields, "身份证号");
  assert_string_equal (first->reason, "上门前核对");
}

int
main (void)
{
#define TEST(f)                                                                \
  cmocka_unit_test_setup_teardown (f, access_setup, access_teardown)
  const struct CMUnitTest tests[] = {
    TEST (each_user_reaches_its_unit_and_all_below_and_nothing_else),
    TEST (a_unit_that_is_asked_for_as_nothing_is_the_users_own),
    TEST (a_unit_that_is_out_of_scope_is_not_found),
    TEST (kinds_that_keep_no_unit_are_reached_by_all),
    TEST (a_unit_that_moves_takes_its_people_along),
    TEST (who_may_sees_a_secret_with_a_reason_and_the_head_sees_who),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
