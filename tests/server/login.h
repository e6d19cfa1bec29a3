/* The proof that a form of a session carries, for tests that ask the server. */
#ifndef TESTS_SERVER_LOGIN_H
#define TESTS_SERVER_LOGIN_H

#include "server_fixture.h"

/* A whole line of a header with the token out of the form of a page that the
 * user may open; `headers` are those of the user; the caller's. */
char *login_prove (ServerFixture *fixture, const char *path,
                   const char *headers);
/* "Authorization: Bearer …", of a token that may only read. */
char *login_reading_token (ServerFixture *fixture, gint64 user_id);

#endif
