/* access: who a user is, and what that user may see and do.
 *
 * Accounts (account.h), sessions and tokens (session.h) say who is there: a
 * HxIdentity.  What a role may do with the kinds of the catalogue is data,
 * access.yaml (catalogue/access.h); what an identity may do is asked here.
 *
 * Separation of three (三员分立): the system, the security and the audit
 * administrator hold no business role and see no records; a change of users,
 * roles or settings by one waits until another confirms it (change.h).
 *
 * Scope: a user belongs to a unit and reaches its rows and those of all units
 * below it; unit 0 is the whole bureau.  Rows without a unit are reached by
 * those of the whole bureau alone, except of kinds that keep no unit.
 *
 * All that this room changes stands in the change log (hx_ledger_note): "@user"
 * with the account as it is after it, "@login" for who came, who was refused,
 * which account was locked, and "@change" for what one administrator asked and
 * another answered.  hx_access_verify holds the accounts against it.
 *
 * Ownership: an identity owns its texts and arrays and keeps its catalogue; it
 * is counted by reference.
 * Threads: an identity never changes; any thread may read it.
 */
#ifndef HX_ACCESS_H
#define HX_ACCESS_H

#include "catalogue/access.h"
#include "ledger/ledger.h"
#include "ledger/selection.h"

G_BEGIN_DECLS

/* The tables of this room; run when a database is made or opened. */
gboolean hx_access_migrate (HxConnection *connection, GError **error);
/* Each account is what the last entry of the log says it is. */
gboolean hx_access_verify (HxConnection *connection, HxFindingFunc function,
                           gpointer data, GError **error);

/* ----------------------------------------------------------------- settings
 *
 * In the table setting, by these keys; what is missing or no number within its
 * bounds counts as the default.
 */
typedef struct
{
  gint64 idle_seconds;    /* session_idle_seconds: 600 */
  gint64 session_seconds; /* session_seconds: 43200, whatever is done */
  gint64 login_failures;  /* login_failures: 5, then it is locked */
  gint64 lock_seconds;    /* login_lock_seconds: 300 */
  gint64 password_min;    /* password_min: 10 characters */
  gint64 token_days_max;  /* token_days_max: 366 */
} HxAccessSettings;

gboolean hx_access_settings (HxConnection *connection,
                             HxAccessSettings *settings, GError **error);
/* The keys with what they mean and their bounds; NULL behind the last. */
typedef struct
{
  const char *key, *what; /* N_() */
  gint64 fallback, min, max;
  gsize offset; /* in HxAccessSettings */
} HxAccessSetting;
const HxAccessSetting *hx_access_setting (guint i);

/* -------------------------------------------------------------------- roles */

/* Who works with people and their records. */
#define HX_USER_PEOPLE                                                         \
  (HX_USER_LIAISON | HX_USER_CLERK | HX_USER_SECTION | HX_USER_BUREAU)
#define HX_USER_ANYBODY (HX_USER_ADMINISTRATORS | HX_USER_BUSINESS)

/* 联络员, in the user's language. */
const char *hx_user_role_name (guint i);
gboolean hx_user_role_parse (const char *text, HxUserRole *role);

/* "liaison,clerk"; the caller's.  Parsing takes keys and names, by comma. */
char *hx_user_roles_text (HxUserRoles roles);
gboolean hx_user_roles_parse (const char *text, HxUserRoles *roles,
                              GError **error);
/* An administrator has that one role alone; others have any of theirs. */
gboolean hx_user_roles_check (HxUserRoles roles, GError **error);

/* ----------------------------------------------------------------- identity */

typedef struct
{
  int references;
  gint64 user_id;
  char *login; /* the actor of the change log */
  char *name;  /* what a page calls the user */
  HxUserRoles roles;
  gint64 unit_id;  /* 0: the whole bureau */
  char *unit_name; /* NULL for the whole bureau */
  GArray *units;   /* gint64, ascending: the unit and all below it; NULL: all */
  gint64 session_id;    /* 0: a token or the command line */
  gint64 token_id;      /* 0: a session */
  gboolean reads_only;  /* a token that may not change anything */
  gboolean must_change; /* the password is to be changed first */
  HxCatalogue *catalogue;
} HxIdentity;

/* Of a user as the account is now; the caller's.  HX_ERROR_NOT_FOUND when there
 * is none, or it is disabled. */
HxIdentity *hx_identity_new (HxConnection *connection, HxCatalogue *catalogue,
                             gint64 user_id, GError **error);
HxIdentity *hx_identity_ref (HxIdentity *identity);
/* Gives back a reference; NULL is allowed. */
void hx_identity_free (HxIdentity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxIdentity, hx_identity_free)

gboolean hx_identity_has (const HxIdentity *identity, HxUserRoles roles);
/* By the roles and access.yaml, whatever the row. */
gboolean hx_identity_may (const HxIdentity *identity, HxAct act,
                          const HxKind *kind);
/* Is the field there for the roles at all (masked or not), may it be written,
 * may it be seen in clear with a reason? */
gboolean hx_identity_sees (const HxIdentity *identity, const HxKind *kind,
                           const HxField *field);
gboolean hx_identity_changes (const HxIdentity *identity, const HxKind *kind,
                              const HxField *field);
gboolean hx_identity_unmasks (const HxIdentity *identity, const HxKind *kind,
                              const HxField *field);
/* To whom names and secrets are shown: never HX_AUDIENCE_TRUSTED. */
HxAudience hx_identity_audience (const HxIdentity *identity);

/* Appends " AND …" that holds for the rows of the kind's table called `alias`
 * within the scope; nothing for the whole bureau. */
void hx_identity_where (const HxIdentity *identity, const HxKind *kind,
                        HxWhere *where, const char *alias);
/* Is a row within the scope? */
gboolean hx_identity_reaches (const HxIdentity *identity, const HxRow *row);
/* A unit that a user asks for: 0 stands for the user's own; another is an
 * error HX_ERROR_NOT_FOUND when it is not within the scope. */
gboolean hx_identity_unit (const HxIdentity *identity, gint64 *unit_id,
                           GError **error);

/* The value as this user reads it: hidden fields are NULL without *error,
 * secret ones masked. */
char *hx_identity_value (const HxIdentity *identity, HxConnection *connection,
                         const HxRow *row, const HxField *field,
                         GError **error);

G_END_DECLS

#endif
