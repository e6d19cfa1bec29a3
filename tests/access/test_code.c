/* One-time codes: RFC 6238, replay, recovery. */
#include "access_test.h"

#include "access/code.h"

#include <liboath/oath.h>

typedef struct
{
  gint64 user_id, now;
  char *secret, *address;
  const char *text;
  char **recovery;
  gboolean right;
} Step;

static gboolean
begin (HxLedger *ledger, gpointer data, GError **error)
{
  Step *step = data;

  return hx_code_begin (ledger, step->user_id, &step->secret, &step->address,
                        error);
}

static gboolean
confirm (HxLedger *ledger, gpointer data, GError **error)
{
  Step *step = data;

  return hx_code_confirm (ledger, step->user_id, step->text, step->now,
                          &step->recovery, error);
}

static gboolean
use (HxLedger *ledger, gpointer data, GError **error)
{
  Step *step = data;

  return hx_code_use (ledger, step->user_id, step->text, step->now,
                      &step->right, error);
}

/* As a telephone reckons it. */
static void
code_at (const char *secret, gint64 moment, char *code)
{
  g_autofree char *large = g_ascii_strup (secret, -1);
  char *bytes = NULL;
  size_t size = 0;

  assert_int_equal (oath_base32_decode (large, strlen (large), &bytes, &size),
                    OATH_OK);
  assert_int_equal (oath_totp_generate (bytes, size, moment, 30, 0, 6, code),
                    OATH_OK);
  free (bytes);
}

static gboolean
try_code (Access *access, Step *step, const char *text, gint64 now)
{
  step->text = text;
  step->now = now;
  step->right = FALSE;
  change (access, use, step, NULL);
  return step->right;
}

/* A user with codes in use, confirmed at access->now. */
static void
enrol (Access *access, Step *step)
{
  char code[7];

  step->user_id = add_user (access, "li.si", HX_USER_CLERK, 0);
  step->now = access->now;
  change (access, begin, step, NULL);
  code_at (step->secret, access->now, code);
  step->text = code;
  change (access, confirm, step, NULL);
  assert_non_null (step->recovery);
}

static void
step_clear (Step *step)
{
  g_free (step->secret);
  g_free (step->address);
  g_strfreev (step->recovery);
}

/* The secret of appendix B in place of the drawn one. */
static gboolean
put_secret (HxConnection *connection, gpointer data, GError **error)
{
  static const HxPlace place = { "@user", "totp", 1 };
  g_autoptr (GString) sealed = g_string_new (NULL);
  g_autofree char *sql = NULL;

  if (!hx_connection_seal (connection, &place, data, sealed, error))
    return FALSE;
  sql = g_strdup_printf ("UPDATE user_account SET totp = '%s', totp_step = 0",
                         sealed->str);
  return hx_execute (connection, sql, error);
}

/* The last six digits of RFC 6238, appendix B. */
static void
codes_are_those_of_rfc_6238 (void **state)
{
  Access *access = *state;
  static const struct
  {
    gint64 moment;
    const char *code;
  } vectors[] = {
    { 59, "287082" },         { 1111111109, "081804" },
    { 1111111111, "050471" }, { 1234567890, "005924" },
    { 2000000000, "279037" }, { 20000000000, "353130" },
  };
  static char secret[] = "gezdgnbvgy3tqojqgezdgnbvgy3tqojq";
  Step step = { .user_id = add_user (access, "li.si", HX_USER_CLERK, 0) };

  assert_int_equal (step.user_id, 1);
  assert_true (hx_write (access->store, put_secret, secret, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      assert_false (try_code (access, &step, "000000", vectors[i].moment));
      assert_true (
          try_code (access, &step, vectors[i].code, vectors[i].moment));
    }
}

static void
a_code_is_good_in_its_window_and_not_outside (void **state)
{
  Access *access = *state;
  static const struct
  {
    gint64 steps;
    gboolean good;
  } cases[] = { { 2, FALSE }, { -2, FALSE }, { -1, TRUE } };
  Step step = { .user_id = 0 };

  enrol (access, &step);
  access->now += 3000;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char code[7];

      code_at (step.secret, access->now + cases[i].steps * 30, code);
      assert_int_equal (try_code (access, &step, code, access->now),
                        cases[i].good);
    }
  step_clear (&step);
}

static void
a_code_is_good_once (void **state)
{
  Access *access = *state;
  Step step = { .user_id = 0 };
  char first[7];
  char code[7];

  enrol (access, &step);
  code_at (step.secret, access->now, first);
  assert_false (try_code (access, &step, first, access->now));
  code_at (step.secret, access->now + 30, code);
  assert_true (try_code (access, &step, code, access->now + 30));
  assert_false (try_code (access, &step, code, access->now + 30));
  assert_false (try_code (access, &step, code, access->now + 45));
  step_clear (&step);
}

static void
an_earlier_code_is_no_good_after_a_later_one (void **state)
{
  Access *access = *state;
  Step step = { .user_id = 0 };
  char now[7];
  char next[7];

  enrol (access, &step);
  access->now += 300;
  code_at (step.secret, access->now, now);
  code_at (step.secret, access->now + 30, next);
  assert_true (try_code (access, &step, next, access->now));
  assert_false (try_code (access, &step, now, access->now));
  step_clear (&step);
}

static void
each_recovery_code_is_good_once (void **state)
{
  Access *access = *state;
  Step step = { .user_id = 0 };

  enrol (access, &step);
  assert_int_equal (g_strv_length (step.recovery), HX_RECOVERY_CODES);
  for (guint i = 0; i < HX_RECOVERY_CODES; i++)
    {
      g_autofree char *spaced = g_strdup_printf (" %s ", step.recovery[i]);

      assert_true (try_code (access, &step, spaced, access->now));
      assert_false (try_code (access, &step, step.recovery[i], access->now));
    }
  step_clear (&step);
}

static void
a_wrong_first_code_turns_nothing_on (void **state)
{
  Access *access = *state;
  Step step = { .user_id = add_user (access, "li.si", HX_USER_CLERK, 0) };
  g_autoptr (HxAccount) account = NULL;
  g_autofree char *cookie = NULL;
  HxLoginOutcome outcome;

  change (access, begin, &step, NULL);
  step.text = "000000x";
  step.now = access->now;
  change (access, confirm, &step, NULL);
  assert_null (step.recovery);
  account = account_of (access, "li.si");
  assert_false (account->has_code);
  cookie = log_in (access, "li.si", GOOD_PASSWORD, &outcome);
  assert_int_equal (outcome, HX_LOGIN_IN);
  step_clear (&step);
}

static void
the_secret_lies_sealed (void **state)
{
  Access *access = *state;
  Step step = { .user_id = 0 };
  g_autofree char *stored = NULL;

  enrol (access, &step);
  stored = read_text (access->ledger, "SELECT totp FROM user_account");
  assert_true (g_str_has_prefix (stored, "hx1:"));
  assert_null (strstr (stored, step.secret));
  step_clear (&step);
}

static HxLoginOutcome
send_code (Access *access, const char *cookie, const char *code, char **next)
{
  const HxLogin login = { NULL, code, AGENT, NULL, NULL };
  g_autoptr (GError) error = NULL;
  HxLoginOutcome outcome;

  hx_sessions_code (access->sessions, cookie, &login, &outcome, next, &error);
  assert_no_error (error);
  return outcome;
}

static void
the_login_asks_for_the_code_and_changes_the_cookie (void **state)
{
  Access *access = *state;
  Step step = { .user_id = 0 };
  HxLoginOutcome outcome;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *nobody = NULL;
  g_autofree char *somebody = NULL;
  g_auto (HxVisitor) visitor = { 0 };
  char code[7];

  enrol (access, &step);
  access->now += 60;
  first = log_in (access, "li.si", GOOD_PASSWORD, &outcome);
  assert_int_equal (outcome, HX_LOGIN_CODE);
  hx_sessions_find (access->sessions, first, AGENT, &visitor, NULL);
  assert_true (visitor.wants_code);
  assert_null (visitor.identity);
  code_at (step.secret, access->now, code);
  assert_int_equal (send_code (access, first, code, &second), HX_LOGIN_IN);
  nobody = who (access, first, AGENT);
  somebody = who (access, second, AGENT);
  assert_null (nobody);
  assert_string_equal (somebody, "li.si");
  step_clear (&step);
}

static void
five_wrong_codes_lock_though_the_password_is_right (void **state)
{
  Access *access = *state;
  Step step = { .user_id = 0 };
  char code[7];
  char *next = NULL;

  enrol (access, &step);
  access->now += 60;
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);

      assert_non_null (cookie);
      assert_int_equal (send_code (access, cookie, "12345x", &next),
                        HX_LOGIN_REFUSED);
    }
  assert_null (log_in (access, "li.si", GOOD_PASSWORD, NULL));
  access->now += 300;
  {
    g_autofree char *cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);

    code_at (step.secret, access->now, code);
    assert_int_equal (send_code (access, cookie, code, &next), HX_LOGIN_IN);
    g_free (next);
  }
  step_clear (&step);
}

static void
the_first_step_is_good_for_300_seconds (void **state)
{
  Access *access = *state;
  Step step = { .user_id = 0 };
  g_autofree char *cookie = NULL;
  char *next = NULL;
  char code[7];

  enrol (access, &step);
  access->now += 60;
  cookie = log_in (access, "li.si", GOOD_PASSWORD, NULL);
  access->now += 300;
  code_at (step.secret, access->now, code);
  assert_int_equal (send_code (access, cookie, code, &next), HX_LOGIN_REFUSED);
  step_clear (&step);
}

static void
a_qr_code_is_squares_in_a_box (void **state)
{
  guint side = 0;
  g_autofree char *path = NULL;

  (void)state;
  path = hx_code_picture ("otpauth://totp/Hongxia:li.si?secret=ABC", &side,
                          NULL);
  assert_true (side >= 21 + 8);
  /* The finder's corner behind the quiet zone. */
  assert_true (g_str_has_prefix (path, "M4,4h1v1h-1z"));
}

int
main (void)
{
#define TEST(f)                                                                \
  cmocka_unit_test_setup_teardown (f, access_setup, access_teardown)
  const struct CMUnitTest tests[] = {
    TEST (codes_are_those_of_rfc_6238),
    TEST (a_code_is_good_in_its_window_and_not_outside),
    TEST (a_code_is_good_once),
    TEST (an_earlier_code_is_no_good_after_a_later_one),
    TEST (each_recovery_code_is_good_once),
    TEST (a_wrong_first_code_turns_nothing_on),
    TEST (the_secret_lies_sealed),
    TEST (the_login_asks_for_the_code_and_changes_the_cookie),
    TEST (five_wrong_codes_lock_though_the_password_is_right),
    TEST (the_first_step_is_good_for_300_seconds),
    cmocka_unit_test (a_qr_code_is_squares_in_a_box),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
