/* People who are logged in, for tests that ask the server. */
#ifndef TESTS_SERVER_LOGIN_H
#define TESTS_SERVER_LOGIN_H

#include "access/session.h"
#include "server_fixture.h"

#define LOGIN_PASSWORD "海棠花开-2023"

typedef struct
{
  char *cookie; /* a whole line of a header */
  char *csrf;   /* likewise; NULL until login_prove */
} Login;

void login_clear (Login *login);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Login, login_clear)

/* An account of the whole bureau whose password is LOGIN_PASSWORD; its id. */
gint64 login_add (ServerFixture *fixture, const char *name, HxUserRoles roles);
/* Somebody of that name, in a session. */
void login_as (ServerFixture *fixture, const char *name, Login *login);
/* Takes the token out of the form of a page that the user may open. */
void login_prove (ServerFixture *fixture, const char *path, Login *login);
/* A whole line of a header: "Authorization: Bearer …". */
char *login_token (ServerFixture *fixture, gint64 user_id, gboolean writes);

#endif
