#include "login.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const HxAuthor author = { "测试员", "试验" };

void
login_clear (Login *login)
{
  g_clear_pointer (&login->cookie, g_free);
  g_clear_pointer (&login->csrf, g_free);
}

typedef struct
{
  HxAccountNew account;
  gint64 id;
} Adding;

static gboolean
add (HxLedger *ledger, gpointer data, GError **error)
{
  Adding *adding = data;
  return hx_account_add (ledger, &adding->account, &adding->id, error)
         && hx_account_set_password (ledger, adding->id, adding->account.hash,
                                     FALSE, error);
}

gint64
login_add (ServerFixture *fixture, const char *name, HxUserRoles roles)
{
  g_autofree char *hash = hx_password_hash (LOGIN_PASSWORD, NULL);
  Adding adding = {
    .account = { .login = name, .name = name, .roles = roles, .hash = hash },
  };
  server_fixture_write (fixture, add, &adding);
  return adding.id;
}

static HxSessions *
open_sessions (ServerFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  HxSessions *sessions
      = hx_sessions_new (fixture->store, fixture->catalogue, NULL, &error);
  if (sessions == NULL)
    fail_msg ("%s", error->message);
  return sessions;
}

void
login_as (ServerFixture *fixture, const char *name, Login *login)
{
  g_autoptr (HxSessions) sessions = open_sessions (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *cookie = NULL;
  HxLoginOutcome outcome = HX_LOGIN_REFUSED;
  const HxLogin wanted = { .login = name, .password = LOGIN_PASSWORD };
  if (!hx_sessions_login (sessions, &wanted, &outcome, &cookie, &error))
    fail_msg ("%s", error->message);
  assert_int_equal (outcome, HX_LOGIN_IN);
  login_clear (login);
  login->cookie = g_strdup_printf ("Cookie: " HX_COOKIE "=%s\r\n", cookie);
}

void
login_prove (ServerFixture *fixture, const char *path, Login *login)
{
  g_autoptr (Answer) answer = client_get (fixture->port, path, login->cookie);
  const char *field = strstr (answer->body, "name=\"csrf\"");
  const char *value = field != NULL ? strstr (field, "value=\"") : NULL;
  if (value == NULL)
    fail_msg ("%s: %u, no form", path, answer->status);
  value += strlen ("value=\"");
  g_free (login->csrf);
  login->csrf = g_strdup_printf ("X-CSRF-Token: %.*s\r\n",
                                 (int)strcspn (value, "\""), value);
}

char *
login_token (ServerFixture *fixture, gint64 user_id, gboolean writes)
{
  g_autoptr (HxSessions) sessions = open_sessions (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  const HxTokenNew wanted = {
    .user_id = user_id,
    .label = "试验",
    .writes = writes,
    .days = 1,
  };
  if (!hx_token_add (sessions, &author, &wanted, &token, &error))
    fail_msg ("%s", error->message);
  return g_strdup_printf ("Authorization: Bearer %s\r\n", token);
}
