#include "access_test.h"

static gint64
standing_clock (gpointer data)
{
  return ((Access *)data)->now;
}

int
access_setup (void **state)
{
  Access *access = g_new0 (Access, 1);
  const HxClock clock = { standing_clock, access };
  g_autoptr (GError) error = NULL;
  void *fixture = NULL;

  fixture_setup (&fixture);
  access->ledger = fixture;
  access->store = access->ledger->store;
  access->now = 1700000000;
  access->sessions = hx_sessions_new (access->store, access->ledger->catalogue,
                                      &clock, &error);
  assert_no_error (error);
  *state = access;
  return 0;
}

int
access_teardown (void **state)
{
  Access *access = *state;
  void *fixture = access->ledger;

  hx_sessions_free (access->sessions);
  fixture_teardown (&fixture);
  g_free (access);
  return 0;
}

typedef struct
{
  Access *access;
  Change function;
  gpointer data;
} Job;

static gboolean
run_change (HxConnection *connection, gpointer data, GError **error)
{
  static const HxAuthor author = { "测试员", "试验" };
  Job *job = data;
  g_autoptr (HxLedger) ledger = hx_ledger_new (
      connection, job->access->ledger->catalogue, &author, NULL, error);

  return ledger != NULL && job->function (ledger, job->data, error)
         && hx_ledger_finish (ledger, error);
}

gboolean
change (Access *access, Change function, gpointer data, char **message)
{
  Job job = { access, function, data };
  g_autoptr (GError) error = NULL;
  const gboolean done = hx_write (access->store, run_change, &job, &error);

  hx_sessions_forget (access->sessions);
  if (message != NULL)
    *message = g_strdup (done ? "" : error->message);
  else
    assert_no_error (error);
  return done;
}

typedef struct
{
  HxAccountNew account;
  gint64 id;
} New;

static gboolean
add (HxLedger *ledger, gpointer data, GError **error)
{
  New *new = data;

  return hx_account_add (ledger, &new->account, &new->id, error);
}

/* The same for all: it takes a while to make. */
static const char *
good_hash (void)
{
  static char *hash;

  if (hash == NULL)
    hash = hx_password_hash (GOOD_PASSWORD, NULL);
  return hash;
}

gint64
add_user (Access *access, const char *login, HxUserRoles roles, gint64 unit_id)
{
  New new = { { login, "某某", roles, unit_id, good_hash () }, 0 };

  change (access, add, &new, NULL);
  return new.id;
}

char *
log_in (Access *access, const char *login, const char *password,
        HxLoginOutcome *outcome)
{
  const HxLogin try = { login, password, AGENT, "192.0.2.1", "r1" };
  g_autoptr (GError) error = NULL;
  HxLoginOutcome what;
  char *cookie;

  hx_sessions_login (access->sessions, &try, outcome != NULL ? outcome : &what,
                     &cookie, &error);
  assert_no_error (error);
  return cookie;
}

char *
who (Access *access, const char *cookie, const char *agent)
{
  g_auto (HxVisitor) visitor = { 0 };
  g_autoptr (GError) error = NULL;

  hx_sessions_find (access->sessions, cookie, agent, &visitor, &error);
  assert_no_error (error);
  return visitor.identity != NULL ? g_strdup (visitor.identity->login) : NULL;
}

HxAccount *
account_of (Access *access, const char *login)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HxReader) reader = hx_store_reader (access->store, &error);
  HxAccount *account
      = hx_account_find (hx_reader_connection (reader), login, &error);

  assert_no_error (error);
  return account;
}

gint64
count_notes (Access *access, const char *kind, const char *action)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM change_log WHERE kind = '%s' AND action = '%s'",
      kind, action);

  return read_integer (access->ledger, sql);
}
