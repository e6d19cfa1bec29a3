/* What one administrator asks and another answers; verify; tokens. */
#include "access_test.h"

#include "access/change.h"

typedef struct
{
  Access *access;
  gint64 security, system, clerk;
} Office;

static Office
make_office (Access *access)
{
  return (Office){ .access = access,
                   .security
                   = add_user (access, "an.quan", HX_USER_SECURITY, 0),
                   .system = add_user (access, "xi.tong", HX_USER_SYSTEM, 0),
                   .clerk = add_user (access, "li.si", HX_USER_CLERK, 0) };
}

static HxIdentity *
identity_of (const Office *office, gint64 id)
{
  g_autoptr (HxReader) reader = hx_store_reader (office->access->store, NULL);
  g_autoptr (GError) error = NULL;
  HxIdentity *identity
      = hx_identity_new (hx_reader_connection (reader),
                         office->access->ledger->catalogue, id, &error);

  assert_no_error (error);
  return identity;
}

typedef struct
{
  HxIdentity *who;
  HxChangeWanted wanted;
  gint64 id;
  gboolean confirmed;
  const char *answer;
} Step;

static gboolean
ask (HxLedger *ledger, gpointer data, GError **error)
{
  Step *step = data;

  return hx_change_ask (ledger, step->who, &step->wanted, &step->id, error);
}

static gboolean
answer (HxLedger *ledger, gpointer data, GError **error)
{
  const Step *step = data;

  return hx_change_answer (ledger, step->who, step->id, step->confirmed,
                           step->answer, error);
}

static gboolean
withdraw (HxLedger *ledger, gpointer data, GError **error)
{
  const Step *step = data;

  return hx_change_withdraw (ledger, step->who, step->id, error);
}

/* The id; 0 with the message when it is refused. */
static gint64
ask_as (const Office *office, gint64 user, HxChangeWanted wanted,
        char **message)
{
  g_autoptr (HxIdentity) who = identity_of (office, user);
  Step step = { .who = who, .wanted = wanted };

  return change (office->access, ask, &step, message) ? step.id : 0;
}

static gboolean
answer_as (const Office *office, gint64 user, gint64 id, const char *refusal,
           char **message)
{
  g_autoptr (HxIdentity) who = identity_of (office, user);
  Step step = {
    .who = who, .id = id, .confirmed = refusal == NULL, .answer = refusal
  };

  return change (office->access, answer, &step, message);
}

static HxChangeWanted
promotion (const Office *office)
{
  return (HxChangeWanted){ .what = HX_CHANGE_ROLES,
                           .user_id = office->clerk,
                           .roles = HX_USER_SECTION,
                           .reason = "升任" };
}

static HxUserRoles
roles_now (const Office *office)
{
  g_autoptr (HxAccount) account = account_of (office->access, "li.si");

  return account->roles;
}

static void
a_change_waits_until_another_confirms_it (void **state)
{
  const Office office = make_office (*state);
  const gint64 id
      = ask_as (&office, office.security, promotion (&office), NULL);

  assert_int_equal (roles_now (&office), HX_USER_CLERK);
  assert_true (answer_as (&office, office.system, id, NULL, NULL));
  assert_int_equal (roles_now (&office), HX_USER_SECTION);
  assert_int_equal (count_notes (*state, "@change", "ask"), 1);
  assert_int_equal (count_notes (*state, "@change", "confirm"), 1);
  assert_int_equal (count_notes (*state, "@user", "roles"), 1);
}

static void
the_asker_never_confirms_nor_whom_it_is_about_nor_who_is_no_administrator (
    void **state)
{
  const Office office = make_office (*state);
  g_autofree char *message = NULL;
  gint64 id = ask_as (&office, office.security, promotion (&office), NULL);
  const gint64 others[] = { office.security, office.clerk };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *why = NULL;

      assert_false (answer_as (&office, others[i], id, NULL, &why));
      assert_non_null (strstr (why, "不能自己答复"));
    }
  id = ask_as (&office, office.security,
               (HxChangeWanted){ .what = HX_CHANGE_UNIT,
                                 .user_id = office.system,
                                 .reason = "调动" },
               NULL);
  assert_false (answer_as (&office, office.system, id, NULL, &message));
  assert_int_equal (roles_now (&office), HX_USER_CLERK);
}

static void
what_was_answered_or_withdrawn_is_not_answered_again (void **state)
{
  const Office office = make_office (*state);
  g_autoptr (HxIdentity) asker = identity_of (&office, office.security);
  g_autofree char *message = NULL;
  gint64 id = ask_as (&office, office.security, promotion (&office), NULL);
  Step step = { .who = asker };

  assert_true (answer_as (&office, office.system, id, "不合适", NULL));
  assert_false (answer_as (&office, office.system, id, NULL, &message));
  assert_non_null (strstr (message, "已经答复过"));
  id = ask_as (&office, office.security, promotion (&office), NULL);
  step.id = id;
  assert_true (change (*state, withdraw, &step, NULL));
  g_clear_pointer (&message, g_free);
  assert_false (answer_as (&office, office.system, id, NULL, &message));
  assert_int_equal (roles_now (&office), HX_USER_CLERK);
}

static void
refusing_needs_a_reason_and_so_does_asking (void **state)
{
  const Office office = make_office (*state);
  HxChangeWanted wanted = promotion (&office);
  const gint64 id = ask_as (&office, office.security, wanted, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  assert_false (answer_as (&office, office.system, id, "", &first));
  wanted.reason = "";
  assert_int_equal (ask_as (&office, office.security, wanted, &second), 0);
  assert_non_null (strstr (second, "原因"));
}

/* The ids that make_office gives. */
enum
{
  SECURITY = 1,
  SYSTEM,
  CLERK
};

static const struct
{
  gint64 who;
  HxChangeWanted wanted;
  const char *says;
} impossible[] = {
  { SECURITY,
    { .what = HX_CHANGE_ADD,
      .login = "li.si",
      .name = "某",
      .roles = HX_USER_CLERK,
      .reason = "r" },
    "已有这个账号" },
  { SECURITY,
    { .what = HX_CHANGE_ADD,
      .login = "Li Si",
      .name = "某",
      .roles = HX_USER_CLERK,
      .reason = "r" },
    "账号写得不对" },
  { SECURITY,
    { .what = HX_CHANGE_ADD,
      .login = "x.y",
      .name = "某",
      .roles = HX_USER_SYSTEM | HX_USER_AUDIT,
      .reason = "r" },
    "不兼别的角色" },
  { SECURITY,
    { .what = HX_CHANGE_ADD,
      .login = "x.y",
      .name = "某",
      .roles = HX_USER_SECURITY | HX_USER_CLERK,
      .reason = "r" },
    "不兼别的角色" },
  { SECURITY,
    { .what = HX_CHANGE_DISABLE, .user_id = SYSTEM, .reason = "r" },
    "最后一名" },
  { SECURITY,
    { .what = HX_CHANGE_ROLES,
      .user_id = SECURITY,
      .roles = HX_USER_CLERK,
      .reason = "r" },
    "最后一名" },
  { SECURITY,
    { .what = HX_CHANGE_DISABLE, .user_id = 99, .reason = "r" },
    "没有编号" },
  { SECURITY,
    { .what = HX_CHANGE_SETTING,
      .key = "login_failures",
      .value = 3,
      .reason = "r" },
    "您的角色" },
  { SYSTEM,
    { .what = HX_CHANGE_SETTING,
      .key = "login_failures",
      .value = 0,
      .reason = "r" },
    "之间" },
  { SYSTEM,
    { .what = HX_CHANGE_SETTING,
      .key = "secret_key",
      .value = 1,
      .reason = "r" },
    "没有这项设置" },
  { CLERK,
    { .what = HX_CHANGE_ROLES,
      .user_id = CLERK,
      .roles = HX_USER_BUREAU,
      .reason = "r" },
    "您的角色" },
};

static void
what_could_not_be_done_cannot_be_asked_for (void **state)
{
  const Office office = make_office (*state);

  assert_int_equal (office.clerk, CLERK);
  for (guint i = 0; i < G_N_ELEMENTS (impossible); i++)
    {
      g_autofree char *message = NULL;

      if (ask_as (&office, impossible[i].who, impossible[i].wanted, &message)
          != 0)
        fail_msg ("case %u was taken", i);
      if (strstr (message, impossible[i].says) == NULL)
        fail_msg ("case %u: %s", i, message);
    }
}

static void
a_setting_holds_when_it_is_confirmed (void **state)
{
  const Office office = make_office (*state);
  const HxChangeWanted wanted = { .what = HX_CHANGE_SETTING,
                                  .key = "login_failures",
                                  .value = 2,
                                  .reason = "从严" };
  const gint64 id = ask_as (&office, office.system, wanted, NULL);

  assert_true (answer_as (&office, office.security, id, NULL, NULL));
  for (guint i = 0; i < 2; i++)
    g_free (log_in (*state, "li.si", OTHER_PASSWORD, NULL));
  assert_null (log_in (*state, "li.si", GOOD_PASSWORD, NULL));
}

static void
what_waits_and_was_changed_by_sql_is_not_confirmed (void **state)
{
  const Office office = make_office (*state);
  const gint64 id
      = ask_as (&office, office.security, promotion (&office), NULL);
  g_autofree char *message = NULL;

  run_sql (((Access *)*state)->ledger,
           "UPDATE user_change SET content = replace (content, 'section',"
           " 'bureau')");
  assert_false (answer_as (&office, office.system, id, NULL, &message));
  assert_non_null (strstr (message, "有人绕过程序"));
  assert_int_equal (roles_now (&office), HX_USER_CLERK);
}

/* ------------------------------------------------------------------- verify */

static void
count_finding (const char *finding, gpointer data)
{
  (void)finding;
  ++*(guint *)data;
}

static guint
findings_of (Access *access)
{
  g_autoptr (HxReader) reader = hx_store_reader (access->store, NULL);
  g_autoptr (GError) error = NULL;
  guint found = 0;

  hx_access_verify (hx_reader_connection (reader), count_finding, &found,
                    &error);
  assert_no_error (error);
  hx_ledger_verify (hx_reader_connection (reader), access->ledger->catalogue,
                    count_finding, &found, NULL, &error);
  assert_no_error (error);
  return found;
}

static void
verify_finds_what_sql_did_to_accounts (void **state)
{
  Access *access = *state;
  static const char *const tricks[]
      = { "UPDATE user_account SET roles = 'bureau' WHERE login = 'li.si'",
          "UPDATE user_account SET password = '$x' WHERE login = 'li.si'",
          "UPDATE user_account SET disabled = 1 WHERE login = 'li.si'",
          "UPDATE user_account SET unit_id = 7 WHERE login = 'li.si'",
          "DELETE FROM user_account WHERE login = 'li.si'" };

  make_office (access);
  g_free (log_in (access, "li.si", OTHER_PASSWORD, NULL));
  g_free (log_in (access, "li.si", GOOD_PASSWORD, NULL));
  assert_int_equal (findings_of (access), 0);
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      run_sql (access->ledger, "CREATE TABLE kept AS SELECT * FROM"
                               " user_account");
      run_sql (access->ledger, tricks[i]);
      if (findings_of (access) != 1)
        fail_msg ("not found: %s", tricks[i]);
      run_sql (access->ledger,
               "DELETE FROM user_account; INSERT INTO user_account"
               " SELECT * FROM kept; DROP TABLE kept");
    }
  assert_int_equal (findings_of (access), 0);
}

static void
verify_finds_an_account_that_nobody_made (void **state)
{
  Access *access = *state;

  make_office (access);
  run_sql (access->ledger,
           "INSERT INTO user_account SELECT bureau_id, 50, 'ghost', name,"
           " roles, unit_id, password, must_change, disabled, failures,"
           " locked_until, totp, totp_step, created_at FROM user_account"
           " WHERE id = 1");
  assert_int_equal (findings_of (access), 1);
}

/* ------------------------------------------------------------------- tokens */

static void
a_token_is_its_user_with_some_roles_until_its_end (void **state)
{
  Access *access = *state;
  static const HxAuthor author = { "li.si", "r" };
  const gint64 id
      = add_user (access, "li.si", HX_USER_CLERK | HX_USER_FINANCE, 0);
  const HxTokenNew wanted
      = { .user_id = id, .label = "看板", .roles = HX_USER_FINANCE, .days = 2 };
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_auto (HxVisitor) there = { 0 };
  g_auto (HxVisitor) later = { 0 };

  hx_token_add (access->sessions, &author, &wanted, &token, &error);
  assert_no_error (error);
  assert_true (g_str_has_prefix (token, "hxt_"));
  access->now += 2 * 86400 - 1;
  hx_sessions_find_token (access->sessions, token, &there, NULL);
  assert_non_null (there.identity);
  assert_int_equal (there.identity->roles, HX_USER_FINANCE);
  assert_true (there.identity->reads_only);
  assert_int_not_equal (there.identity->token_id, 0);
  assert_int_equal (there.identity->session_id, 0);
  access->now += 1;
  hx_sessions_find_token (access->sessions, token, &later, NULL);
  assert_null (later.identity);
}

static void
a_token_loses_the_roles_that_its_user_loses (void **state)
{
  const Office office = make_office (*state);
  Access *access = *state;
  static const HxAuthor author = { "li.si", "r" };
  const HxTokenNew wanted = { .user_id = office.clerk,
                              .label = "导入",
                              .roles = HX_USER_CLERK,
                              .writes = TRUE,
                              .days = 2 };
  g_autofree char *token = NULL;
  g_auto (HxVisitor) before = { 0 };
  g_auto (HxVisitor) after = { 0 };

  hx_token_add (access->sessions, &author, &wanted, &token, NULL);
  hx_sessions_find_token (access->sessions, token, &before, NULL);
  assert_int_equal (before.identity->roles, HX_USER_CLERK);
  assert_false (before.identity->reads_only);
  answer_as (&office, office.system,
             ask_as (&office, office.security, promotion (&office), NULL), NULL,
             NULL);
  hx_sessions_find_token (access->sessions, token, &after, NULL);
  assert_int_equal (after.identity->roles, HX_USER_NOBODY);
}

static void
tokens_beyond_the_user_or_the_limit_are_refused (void **state)
{
  Access *access = *state;
  static const HxAuthor author = { "li.si", "r" };
  const gint64 id = add_user (access, "li.si", HX_USER_CLERK, 0);
  const HxTokenNew wrong[] = {
    { .user_id = id, .label = "x", .roles = HX_USER_BUREAU, .days = 1 },
    { .user_id = id, .label = "", .days = 1 },
    { .user_id = id, .label = "x", .days = 0 },
    { .user_id = id, .label = "x", .days = 367 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *token = NULL;

      if (hx_token_add (access->sessions, &author, &wrong[i], &token, NULL))
        fail_msg ("token %u was made", i);
    }
}

static void
an_ended_token_is_nobody (void **state)
{
  Access *access = *state;
  static const HxAuthor author = { "li.si", "r" };
  const gint64 id = add_user (access, "li.si", HX_USER_CLERK, 0);
  const HxTokenNew wanted = { .user_id = id, .label = "x", .days = 1 };
  g_autofree char *token = NULL;
  g_auto (HxVisitor) before = { 0 };
  g_auto (HxVisitor) after = { 0 };

  hx_token_add (access->sessions, &author, &wanted, &token, NULL);
  hx_sessions_find_token (access->sessions, token, &before, NULL);
  assert_true (hx_token_end (access->sessions, &author, id,
                             before.identity->token_id, NULL));
  hx_sessions_find_token (access->sessions, token, &after, NULL);
  assert_null (after.identity);
}

int
main (void)
{
#define TEST(f)                                                                \
  cmocka_unit_test_setup_teardown (f, access_setup, access_teardown)
  const struct CMUnitTest tests[] = {
    TEST (a_change_waits_until_another_confirms_it),
    TEST (
        the_asker_never_confirms_nor_whom_it_is_about_nor_who_is_no_administrator),
    TEST (what_was_answered_or_withdrawn_is_not_answered_again),
    TEST (refusing_needs_a_reason_and_so_does_asking),
    TEST (what_could_not_be_done_cannot_be_asked_for),
    TEST (a_setting_holds_when_it_is_confirmed),
    TEST (what_waits_and_was_changed_by_sql_is_not_confirmed),
    TEST (verify_finds_what_sql_did_to_accounts),
    TEST (verify_finds_an_account_that_nobody_made),
    TEST (a_token_is_its_user_with_some_roles_until_its_end),
    TEST (a_token_loses_the_roles_that_its_user_loses),
    TEST (tokens_beyond_the_user_or_the_limit_are_refused),
    TEST (an_ended_token_is_nobody),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
