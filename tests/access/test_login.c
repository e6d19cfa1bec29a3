/* Passwords and the lock. */
#include "access_test.h"

#include <sodium.h>

typedef struct
{
  const char *password;
  const char *says; /* NULL: it is good */
} Password;

static const Password passwords[] = {
  { GOOD_PASSWORD, NULL },
  { "correct horse 7", NULL },
  { "九个字的密码不够长", "至少要有 10 个字符" },
  { "abcdefgh1", "至少要有 10 个字符" },
  { "mxqzrtwplk", "两种" },
  { "8203641957", "两种" },
  { "梧桐细雨黄昏点点滴滴", "两种" },
  { "梧桐细雨黄昏点点滴滴3", NULL },
  { "password2023", "太容易猜到" },
  { "Hongxia2024!", "太容易猜到" },
  { "Woaini12345", "太容易猜到" },
  { "1234567890a", "太容易猜到" },
  { "aaaaaaaaaa1", "太容易猜到" },
  { "xx li.si 42 yy", "账号或姓名" },
  { "xx LI.SI 42 yy", "账号或姓名" },
  { "风雨李四同舟7号", NULL },
  { "风雨李小四同舟 7 号", "账号或姓名" },
};

static void
passwords_are_held_to_the_policy (void **state)
{
  Access *access = *state;
  static const HxPasswordOwner owner = { "li.si", "李小四" };
  g_autoptr (HxReader) reader = hx_store_reader (access->store, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      const Password *each = &passwords[i];
      g_autoptr (GError) error = NULL;
      const gboolean good = hx_password_check (hx_reader_connection (reader),
                                               each->password, &owner, &error);

      if (g_utf8_strlen (each->password, -1) < 10 && each->says == NULL)
        continue;
      if (good != (each->says == NULL))
        fail_msg ("%s: %s", each->password, good ? "taken" : error->message);
      if (!good && strstr (error->message, each->says) == NULL)
        fail_msg ("%s: %s", each->password, error->message);
    }
}

static void
the_longest_password_is_taken_and_one_more_is_not (void **state)
{
  Access *access = *state;
  static const HxPasswordOwner owner = { "li.si", "李小四" };
  g_autoptr (HxReader) reader = hx_store_reader (access->store, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < HX_PASSWORD_MAX; i++)
    g_string_append_c (text, "q7z1m"[i % 5]);
  assert_true (hx_password_check (hx_reader_connection (reader), text->str,
                                  &owner, NULL));
  g_string_append_c (text, 'x');
  assert_false (hx_password_check (hx_reader_connection (reader), text->str,
                                   &owner, NULL));
}

static void
words_of_the_bureau_are_refused_too (void **state)
{
  Access *access = *state;
  static const HxPasswordOwner owner = { "li.si", "李小四" };
  g_autoptr (HxReader) reader = NULL;

  run_sql (access->ledger, "INSERT INTO setting VALUES (1, 'password_words',"
                           " '荔湾老干局, liwan')");
  reader = hx_store_reader (access->store, NULL);
  assert_false (hx_password_check (hx_reader_connection (reader),
                                   "荔湾老干局20231", &owner, NULL));
  assert_true (hx_password_check (hx_reader_connection (reader),
                                  "荔湾老干局 20 株红棉开", &owner, NULL));
}

static void
a_made_password_is_good_and_another_each_time (void **state)
{
  Access *access = *state;
  static const HxPasswordOwner owner = { "li.si", "李小四" };
  g_autoptr (HxReader) reader = hx_store_reader (access->store, NULL);
  g_autofree char *last = NULL;

  for (guint i = 0; i < 50; i++)
    {
      char *made = hx_password_make ();

      assert_true (hx_password_check (hx_reader_connection (reader), made,
                                      &owner, NULL));
      assert_true (g_strcmp0 (made, last) != 0);
      g_free (last);
      last = made;
    }
}

static void
assert_refused (Access *access, const char *password)
{
  HxLoginOutcome outcome;
  g_autofree char *cookie = log_in (access, "li.si", password, &outcome);

  assert_null (cookie);
  assert_int_equal (outcome, HX_LOGIN_REFUSED);
}

static void
assert_let_in (Access *access)
{
  g_autofree char *cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);

  assert_non_null (cookie);
}

static void
four_wrong_tries_lock_nothing (void **state)
{
  Access *access = *state;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 4; i++)
        assert_refused (access, OTHER_PASSWORD);
      assert_let_in (access);
    }
  assert_int_equal (count_notes (access, "@login", "refused"), 12);
  assert_int_equal (count_notes (access, "@login", "lock"), 0);
}

static void
the_fifth_wrong_try_locks_for_300_seconds (void **state)
{
  Access *access = *state;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  for (guint i = 0; i < 5; i++)
    assert_refused (access, OTHER_PASSWORD);
  assert_int_equal (count_notes (access, "@login", "lock"), 1);
  assert_refused (access, GOOD_PASSWORD);
  access->now += 299;
  assert_refused (access, GOOD_PASSWORD);
  access->now += 1;
  assert_let_in (access);
}

static void
after_the_lock_there_are_five_tries_again (void **state)
{
  Access *access = *state;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  for (guint i = 0; i < 5; i++)
    assert_refused (access, OTHER_PASSWORD);
  access->now += 300;
  for (guint i = 0; i < 4; i++)
    assert_refused (access, OTHER_PASSWORD);
  assert_let_in (access);
}

static void
tries_while_it_is_locked_do_not_lengthen_the_lock (void **state)
{
  Access *access = *state;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  for (guint i = 0; i < 5; i++)
    assert_refused (access, OTHER_PASSWORD);
  access->now += 200;
  assert_refused (access, OTHER_PASSWORD);
  access->now += 100;
  assert_let_in (access);
}

static gpointer
try_wrongly (gpointer data)
{
  Access *access = data;
  const HxLogin try = { "li.si", OTHER_PASSWORD, AGENT, NULL, NULL };
  HxLoginOutcome outcome;
  char *cookie = NULL;

  hx_sessions_login (access->sessions, &try, &outcome, &cookie, NULL);
  g_free (cookie);
  return NULL;
}

static void
many_tries_at_once_are_no_more_than_five (void **state)
{
  Access *access = *state;
  GThread *threads[8];

  add_user (access, "li.si", HX_USER_CLERK, 0);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("try", try_wrongly, access);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  assert_int_equal (count_notes (access, "@login", "refused"), 5);
  assert_refused (access, GOOD_PASSWORD);
}

static void
a_name_that_nobody_has_is_refused_and_not_noted (void **state)
{
  Access *access = *state;

  assert_refused (access, GOOD_PASSWORD);
  assert_int_equal (count_notes (access, "@login", "refused"), 0);
}

static void
an_account_without_password_lets_nobody_in (void **state)
{
  Access *access = *state;

  add_user (access, "li.si", HX_USER_CLERK, 0);
  run_sql (access->ledger, "UPDATE user_account SET password = ''");
  assert_refused (access, "");
  assert_refused (access, GOOD_PASSWORD);
}

static void
a_password_kept_by_lower_amounts_is_kept_anew (void **state)
{
  Access *access = *state;
  g_autoptr (HxAccount) before = NULL;
  g_autoptr (HxAccount) after = NULL;
  g_autofree char *sql = NULL;
  char weak[crypto_pwhash_STRBYTES];

  add_user (access, "li.si", HX_USER_CLERK, 0);
  assert_int_equal (crypto_pwhash_str (weak, GOOD_PASSWORD,
                                       strlen (GOOD_PASSWORD), 1,
                                       crypto_pwhash_MEMLIMIT_MIN),
                    0);
  sql = g_strdup_printf ("UPDATE user_account SET password = '%s'", weak);
  run_sql (access->ledger, sql);
  before = account_of (access, "li.si");
  assert_true (hx_password_is_old (before->password));
  assert_let_in (access);
  after = account_of (access, "li.si");
  assert_false (hx_password_is_old (after->password));
  assert_let_in (access);
}

static void
the_password_can_be_confirmed_and_a_wrong_one_counts (void **state)
{
  Access *access = *state;
  const gint64 id = add_user (access, "li.si", HX_USER_CLERK, 0);
  gboolean right = FALSE;

  assert_true (
      hx_sessions_confirm (access->sessions, id, GOOD_PASSWORD, &right, NULL));
  assert_true (right);
  for (guint i = 0; i < 5; i++)
    {
      hx_sessions_confirm (access->sessions, id, OTHER_PASSWORD, &right, NULL);
      assert_false (right);
    }
  hx_sessions_confirm (access->sessions, id, GOOD_PASSWORD, &right, NULL);
  assert_false (right);
}

int
main (void)
{
#define TEST(f)                                                                \
  cmocka_unit_test_setup_teardown (f, access_setup, access_teardown)
  const struct CMUnitTest tests[] = {
    TEST (passwords_are_held_to_the_policy),
    TEST (the_longest_password_is_taken_and_one_more_is_not),
    TEST (words_of_the_bureau_are_refused_too),
    TEST (a_made_password_is_good_and_another_each_time),
    TEST (four_wrong_tries_lock_nothing),
    TEST (the_fifth_wrong_try_locks_for_300_seconds),
    TEST (after_the_lock_there_are_five_tries_again),
    TEST (tries_while_it_is_locked_do_not_lengthen_the_lock),
    TEST (many_tries_at_once_are_no_more_than_five),
    TEST (a_name_that_nobody_has_is_refused_and_not_noted),
    TEST (an_account_without_password_lets_nobody_in),
    TEST (a_password_kept_by_lower_amounts_is_kept_anew),
    TEST (the_password_can_be_confirmed_and_a_wrong_one_counts),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
