/* session: who is there.
 *
 * A session begins with a login and ends when nothing was asked for the time
 * that the settings say (10 minutes), when it is as old as they allow, when the
 * user or an administrator revokes it, when the password changes and when the
 * account is disabled.  Its cookie holds 256 random bits; the table
 * user_session keeps their SHA-256 alone, and that of the client's
 * `User-Agent`, to which it is bound.  Where a one-time code is asked for
 * (code.h), the login gives a cookie that is good for the code alone.
 *
 * An API token is "hxt_" and 256 random bits, shown once, kept as SHA-256; it
 * has an end, some of its user's roles, and may be for reading alone.
 *
 * The cookie is called HX_COOKIE: HttpOnly, Path=/, SameSite=Strict, Secure
 * when the request is (whoever follows a link from elsewhere is shown the
 * login, which finds the session at its next step).
 *
 * Found identities are kept in memory; that another process changed accounts,
 * units or settings is seen within a second, what goes through this object at
 * once, after hx_sessions_forget too.  That a session was used is written at
 * most once in 30 s.
 *
 * Threads: any.  Ownership: what is returned is the caller's.
 */
#ifndef HX_SESSION_H
#define HX_SESSION_H

#include "access/account.h"

G_BEGIN_DECLS

#define HX_COOKIE "hongxia"
#define HX_TOKEN_PREFIX "hxt_"
#define HX_SEEN_SECONDS 30

typedef struct _HxSessions HxSessions;

/* Seconds since 1970, for tests; NULL: the clock of the machine. */
typedef struct
{
  gint64 (*now) (gpointer data);
  gpointer data;
} HxClock;

/* Makes the tables where they are missing.  `clock` may be NULL; the store is
 * borrowed, the catalogue kept. */
HxSessions *hx_sessions_new (HxStore *store, HxCatalogue *catalogue,
                             const HxClock *clock, GError **error);
void hx_sessions_free (HxSessions *sessions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxSessions, hx_sessions_free)
/* Another was installed. */
void hx_sessions_set_catalogue (HxSessions *sessions, HxCatalogue *catalogue);
/* After a change of accounts or units: ask the tables again. */
void hx_sessions_forget (HxSessions *sessions);

/* ------------------------------------------------------------- who is there */

#define HX_CSRF_SIZE 44

typedef struct
{
  HxIdentity *identity;    /* NULL: nobody */
  gboolean wants_code;     /* nobody yet: the code is still asked for */
  char csrf[HX_CSRF_SIZE]; /* of the session: base64url, 43 characters; "" of
                            * a token */
} HxVisitor;

void hx_visitor_clear (HxVisitor *visitor);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HxVisitor, hx_visitor_clear)

/* By the cookie (may be NULL) and the User-Agent (may be NULL).  FALSE is of
 * the store alone. */
gboolean hx_sessions_find (HxSessions *sessions, const char *cookie,
                           const char *agent, HxVisitor *visitor,
                           GError **error);
/* By "hxt_…". */
gboolean hx_sessions_find_token (HxSessions *sessions, const char *token,
                                 HxVisitor *visitor, GError **error);

/* ------------------------------------------------------------------- login
 *
 * One text answers a wrong name, a wrong password and a locked account, so that
 * nobody learns which names there are.  Each try is counted before it is
 * looked at: many at once are no more than one after the other.
 */
typedef struct
{
  const char *login, *password;
  const char *agent, *address, *request; /* any may be NULL */
} HxLogin;

typedef enum
{
  HX_LOGIN_REFUSED,
  HX_LOGIN_CODE, /* *cookie is good for the code alone */
  HX_LOGIN_IN
} HxLoginOutcome;

/* `cookie` is NULL when refused. */
gboolean hx_sessions_login (HxSessions *sessions, const HxLogin *login,
                            HxLoginOutcome *outcome, char **cookie,
                            GError **error);
/* `login->password` is the one-time code, or a recovery code; `old` the cookie
 * of the first step, which is good no more.  A wrong code counts as a wrong
 * password. */
gboolean hx_sessions_code (HxSessions *sessions, const char *old,
                           const HxLogin *login, HxLoginOutcome *outcome,
                           char **cookie, GError **error);
/* Is this the password of that user?  A wrong one counts. */
gboolean hx_sessions_confirm (HxSessions *sessions, gint64 user_id,
                              const char *password, gboolean *right,
                              GError **error);

/* ------------------------------------------------------------------ revoking
 *
 * `user_id` 0: of whoever; else HX_ERROR_NOT_FOUND for those of others.  A
 * change of which the author is named goes into the log.
 */
gboolean hx_sessions_end (HxSessions *sessions, const HxAuthor *author,
                          gint64 user_id, gint64 session_id, GError **error);
/* All but `except`. */
gboolean hx_sessions_end_all (HxSessions *sessions, const HxAuthor *author,
                              gint64 user_id, gint64 except, GError **error);

typedef struct
{
  gint64 id, user_id;
  char *login, *name, *agent, *address;
  gint64 created_at, seen_at;
} HxSession;

/* Those that live, of a user or (0) of all, the last seen first: HxSession,
 * freed with the array. */
GPtrArray *hx_sessions_list (HxSessions *sessions, HxConnection *connection,
                             gint64 user_id, GError **error);

/* ------------------------------------------------------------------- tokens */

typedef struct
{
  gint64 user_id;
  const char *label; /* what it is for */
  HxUserRoles roles; /* of the user's; 0: all of them, also later ones */
  gboolean writes;
  gint64 days; /* until its end; at most token_days_max */
} HxTokenNew;

/* *token is shown now and never again. */
gboolean hx_token_add (HxSessions *sessions, const HxAuthor *author,
                       const HxTokenNew *wanted, char **token, GError **error);
gboolean hx_token_end (HxSessions *sessions, const HxAuthor *author,
                       gint64 user_id, gint64 token_id, GError **error);

typedef struct
{
  gint64 id, user_id;
  char *label;
  HxUserRoles roles;
  gboolean writes;
  gint64 created_at, ends_at, used_at; /* 0: never used */
} HxToken;

/* Those that are good, of a user or (0) of all: HxToken. */
GPtrArray *hx_tokens (HxSessions *sessions, HxConnection *connection,
                      gint64 user_id, GError **error);

G_END_DECLS

#endif
