/* Sessions: how they begin and how they end. */
#include "access_test.h"

static void
assert_there (Access *access, const char *cookie, const char *login)
{
  g_autofree char *found = who (access, cookie, AGENT);

  assert_string_equal (found, login);
}

static void
assert_nobody (Access *access, const char *cookie)
{
  g_autofree char *found = who (access, cookie, AGENT);

  assert_null (found);
}

static void
who_logs_in_is_there (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;
  HxLoginOutcome outcome;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, &outcome);
  assert_int_equal (outcome, HX_LOGIN_IN);
  assert_int_equal (strlen (cookie), 43);
  assert_there (access, cookie, "li.si");
  assert_int_equal (count_notes (access, "@login", "login"), 1);
}

static void
the_name_may_be_in_large_letters (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  cookie = log_in (access, "Li.Si", GOOD_PASSWORD, NULL);
  assert_non_null (cookie);
}

static void
the_tables_hold_no_cookie_and_no_password (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;
  g_autofree char *dump = NULL;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  dump = read_text (access->ledger,
                    "SELECT group_concat (quote (digest) || quote (agent)"
                    " || coalesce (agent_name, '')) FROM user_session");
  assert_null (strstr (dump, cookie));
  g_free (dump);
  dump = read_text (access->ledger, "SELECT password FROM user_account");
  assert_true (g_str_has_prefix (dump, "$argon2id$v=19$m=19456,t=3,p=1$"));
}

static void
a_session_ends_after_ten_idle_minutes_and_not_before (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  access->now += 599;
  assert_there (access, cookie, "li.si");
  access->now += 599;
  assert_there (access, cookie, "li.si");
  access->now += 600;
  assert_nobody (access, cookie);
  access->now -= 1;
  assert_there (access, cookie, "li.si");
}

static void
a_session_ends_twelve_hours_after_the_login_whatever_is_done (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;
  gint64 begin;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  begin = access->now;
  for (access->now = begin; access->now < begin + 43200; access->now += 500)
    assert_there (access, cookie, "li.si");
  access->now = begin + 43199;
  assert_there (access, cookie, "li.si");
  access->now = begin + 43200;
  assert_nobody (access, cookie);
}

static void
the_idle_end_is_a_setting_that_holds_at_once (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  run_sql (access->ledger, "INSERT INTO setting VALUES (1,"
                           " 'session_idle_seconds', '120')");
  run_sql (access->ledger, "UPDATE setting SET value = '99'"
                           " WHERE key = 'access_generation'");
  access->now += 119;
  assert_there (access, cookie, "li.si");
  access->now += 120;
  assert_nobody (access, cookie);
}

static void
that_it_was_used_is_written_once_in_thirty_seconds (void **state)
{
  Access *access = *state;
  static const char seen[] = "SELECT seen_at FROM user_session";
  g_autofree char *cookie = NULL;
  const gint64 begin = access->now;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  access->now = begin + 29;
  assert_there (access, cookie, "li.si");
  assert_int_equal (read_integer (access->ledger, seen), begin);
  access->now = begin + 30;
  assert_there (access, cookie, "li.si");
  assert_int_equal (read_integer (access->ledger, seen), begin + 30);
  access->now = begin + 59;
  assert_there (access, cookie, "li.si");
  assert_int_equal (read_integer (access->ledger, seen), begin + 30);
}

static void
a_cookie_is_good_for_the_client_it_was_given_to (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;
  g_autofree char *thief = NULL;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  thief = who (access, cookie, "curl/7.88.1");
  assert_null (thief);
  assert_there (access, cookie, "li.si");
  thief = who (access, cookie, NULL);
  assert_null (thief);
}

static void
what_is_no_cookie_is_nobody (void **state)
{
  Access *access = *state;
  static const char *const junk[]
      = { "", "x", "hongxia", "0000000000000000000000000000000000000000000",
          "00000000000000000000000000000000000000000000" };

  assert_nobody (access, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (junk); i++)
    assert_nobody (access, junk[i]);
}

static void
a_revoked_session_is_over_at_once (void **state)
{
  Access *access = *state;
  static const HxAuthor author = { "li.si", "r" };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_auto (HxVisitor) visitor = { 0 };
  g_autoptr (GError) error = NULL;
  const gint64 id = add_user (access, "li.si", HX_USER_CLERK, 0);

  first = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  second = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  hx_sessions_find (access->sessions, first, AGENT, &visitor, &error);
  assert_no_error (error);
  assert_false (hx_sessions_end (access->sessions, &author, id + 1,
                                 visitor.identity->session_id, &error));
  assert_true (g_error_matches (error, HX_ERROR, HX_ERROR_NOT_FOUND));
  g_clear_error (&error);
  assert_there (access, first, "li.si");
  hx_sessions_end (access->sessions, &author, id, visitor.identity->session_id,
                   &error);
  assert_no_error (error);
  assert_nobody (access, first);
  assert_there (access, second, "li.si");
}

static void
all_sessions_but_this_one_can_be_ended (void **state)
{
  Access *access = *state;
  static const HxAuthor author = { "li.si", "r" };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_auto (HxVisitor) visitor = { 0 };
  g_autoptr (GError) error = NULL;
  const gint64 id = add_user (access, "li.si", HX_USER_CLERK, 0);

  first = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  second = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  hx_sessions_find (access->sessions, first, AGENT, &visitor, &error);
  hx_sessions_end_all (access->sessions, &author, id,
                       visitor.identity->session_id, &error);
  assert_no_error (error);
  assert_there (access, first, "li.si");
  assert_nobody (access, second);
}

static gboolean
disable (HxLedger *ledger, gpointer data, GError **error)
{
  return hx_account_set_disabled (ledger, *(gint64 *)data, TRUE, error);
}

static void
a_disabled_account_is_out_and_stays_out (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;
  g_autofree char *again = NULL;
  gint64 id = add_user (access, "li.si", HX_USER_CLERK, 0);

  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  assert_there (access, cookie, "li.si");
  change (access, disable, &id, NULL);
  assert_nobody (access, cookie);
  again = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  assert_null (again);
}

static gboolean
make_reader (HxLedger *ledger, gpointer data, GError **error)
{
  return hx_account_set_roles (ledger, *(gint64 *)data, HX_USER_READER, error);
}

static void
another_role_holds_for_sessions_that_are_open (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;
  g_auto (HxVisitor) visitor = { 0 };
  gint64 id = add_user (access, "li.si", HX_USER_CLERK, 0);

  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  assert_there (access, cookie, "li.si");
  change (access, make_reader, &id, NULL);
  hx_sessions_find (access->sessions, cookie, AGENT, &visitor, NULL);
  assert_int_equal (visitor.identity->roles, HX_USER_READER);
}

static void
what_another_process_changes_is_seen_in_the_next_second (void **state)
{
  Access *access = *state;
  g_autofree char *cookie = NULL;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  assert_there (access, cookie, "li.si");
  run_sql (access->ledger, "DELETE FROM user_session");
  run_sql (access->ledger, "UPDATE setting SET value = '77'"
                           " WHERE key = 'access_generation'");
  access->now++;
  assert_nobody (access, cookie);
}

static void
each_session_has_a_csrf_secret_of_its_own (void **state)
{
  Access *access = *state;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_auto (HxVisitor) a = { 0 };
  g_auto (HxVisitor) b = { 0 };
  g_auto (HxVisitor) again = { 0 };

  add_user (access, "li.si", HX_USER_CLERK, 0);
  first = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  second = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  hx_sessions_find (access->sessions, first, AGENT, &a, NULL);
  hx_sessions_find (access->sessions, second, AGENT, &b, NULL);
  hx_sessions_find (access->sessions, first, AGENT, &again, NULL);
  assert_int_equal (strlen (a.csrf), 43);
  assert_string_equal (a.csrf, again.csrf);
  assert_string_not_equal (a.csrf, b.csrf);
  assert_string_not_equal (a.csrf, first);
}

static void
the_list_shows_the_living_alone (void **state)
{
  Access *access = *state;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const HxSession *session;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  first = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  access->now += 650;
  second = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  reader = hx_store_reader (access->store, &error);
  list = hx_sessions_list (access->sessions, hx_reader_connection (reader), 0,
                           &error);
  assert_no_error (error);
  assert_int_equal (list->len, 1);
  session = list->pdata[0];
  assert_string_equal (session->login, "li.si");
  assert_string_equal (session->agent, AGENT);
  assert_string_equal (session->address, "192.0.2.1");
  assert_int_equal (session->created_at, access->now);
}

int
main (void)
{
#define TEST(f)                                                                \
  cmocka_unit_test_setup_teardown (f, access_setup, access_teardown)
  const struct CMUnitTest tests[] = {
    TEST (who_logs_in_is_there),
    TEST (the_name_may_be_in_large_letters),
    TEST (the_tables_hold_no_cookie_and_no_password),
    TEST (a_session_ends_after_ten_idle_minutes_and_not_before),
    TEST (a_session_ends_twelve_hours_after_the_login_whatever_is_done),
    TEST (the_idle_end_is_a_setting_that_holds_at_once),
    TEST (that_it_was_used_is_written_once_in_thirty_seconds),
    TEST (a_cookie_is_good_for_the_client_it_was_given_to),
    TEST (what_is_no_cookie_is_nobody),
    TEST (a_revoked_session_is_over_at_once),
    TEST (all_sessions_but_this_one_can_be_ended),
    TEST (a_disabled_account_is_out_and_stays_out),
    TEST (another_role_holds_for_sessions_that_are_open),
    TEST (what_another_process_changes_is_seen_in_the_next_second),
    TEST (each_session_has_a_csrf_secret_of_its_own),
    TEST (the_list_shows_the_living_alone),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
