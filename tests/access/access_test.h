/* What the tests of access share: the ledger's fixture, a clock that stands
 * until it is moved, and some users. */
#ifndef HX_ACCESS_TEST_H
#define HX_ACCESS_TEST_H

#include "../ledger/ledger_test.h"

#include "access/session.h"

#define GOOD_PASSWORD "柳树+17 只白鹭在飞"
#define OTHER_PASSWORD "木棉花开42朵;"
#define AGENT "Mozilla/5.0 (X11; Linux x86_64)"

typedef struct
{
  Fixture *ledger;
  HxStore *store; /* of the fixture */
  HxSessions *sessions;
  gint64 now;
} Access;

int access_setup (void **state);
int access_teardown (void **state);

/* A user whose password is GOOD_PASSWORD; the id. */
gint64 add_user (Access *access, const char *login, HxUserRoles roles,
                 gint64 unit_id);
/* A change of accounts in one write; TRUE with no error, else its message in
 * *message (may be NULL), the caller's. */
typedef gboolean (*Change) (HxLedger *ledger, gpointer data, GError **error);
gboolean change (Access *access, Change function, gpointer data,
                 char **message);
/* The cookie, NULL when refused; *outcome may be NULL. */
char *log_in (Access *access, const char *login, const char *password,
              HxLoginOutcome *outcome);
/* The login of who is there by the cookie; NULL: nobody. */
char *who (Access *access, const char *cookie, const char *agent);
HxAccount *account_of (Access *access, const char *login);
/* How many entries of the log have this kind and action. */
gint64 count_notes (Access *access, const char *kind, const char *action);

#endif
