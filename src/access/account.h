/* account: who may log in.
 *
 * Table user_account (bureau_id, id, login, name, roles, unit_id, password,
 * must_change, disabled, failures, locked_until, totp, totp_step, created_at).
 * `roles` is "clerk,finance"; times are seconds since 1970.  An account is
 * never removed, it is disabled: the change log goes on naming it.
 *
 * Passwords are Argon2id (libsodium, crypto_pwhash_str) over 19 MiB in 3
 * passes, some 40 ms: one at a time is computed, so that logins cannot eat the
 * memory.  Who comes with a right password that was kept by other amounts has
 * it kept anew.
 *
 * What a password must be: as long as the setting password_min says, at most
 * HX_PASSWORD_MAX; characters of two of three classes (letters of any script,
 * digits, signs); neither login nor name in it; no well-known one, no run of
 * one character or of neighbours alone.  The setting password_words lists
 * words, by comma, that may not be most of it.
 *
 * Every change goes through a ledger, whose author is who did it, and leaves an
 * entry "@user"; identities in use are made anew (hx_access_generation).
 *
 * Ownership: what is returned is the caller's.
 */
#ifndef HX_ACCOUNT_H
#define HX_ACCOUNT_H

#include "access/access.h"

G_BEGIN_DECLS

#define HX_LOGIN_MAX 32
#define HX_USER_NAME_MAX 30 /* characters */
#define HX_PASSWORD_MAX 200 /* characters */

typedef struct
{
  gint64 id;
  char *login, *name;
  HxUserRoles roles;
  gint64 unit_id;
  char *password; /* as crypto_pwhash_str writes it; "": none yet */
  gboolean must_change, disabled, has_code;
  gint64 failures;
  gint64 locked_until; /* seconds since 1970; 0: not locked */
  gint64 created_at;
} HxAccount;

void hx_account_free (HxAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxAccount, hx_account_free)

/* HX_ERROR_NOT_FOUND when there is none. */
HxAccount *hx_account_load (HxConnection *connection, gint64 id,
                            GError **error);
HxAccount *hx_account_find (HxConnection *connection, const char *login,
                            GError **error);
/* By login: HxAccount, freed with the array. */
GPtrArray *hx_accounts (HxConnection *connection, GError **error);

/* ---------------------------------------------------------------- passwords */

/* For whom a password is, so that it holds neither. */
typedef struct
{
  const char *login, *name;
} HxPasswordOwner;

/* HX_ERROR_DATA with the first thing that is wrong and what to do. */
gboolean hx_password_check (HxConnection *connection, const char *password,
                            const HxPasswordOwner *owner, GError **error);
/* Takes 40 ms; never inside a write. */
char *hx_password_hash (const char *password, GError **error);
gboolean hx_password_verify (const char *hash, const char *password);
/* One for somebody else's first login: good by the rules above. */
char *hx_password_make (void);
/* Was it kept by other amounts than today's? */
gboolean hx_password_is_old (const char *hash);

/* ----------------------------------------------------------------- changing */

typedef struct
{
  const char *login; /* small letters, digits, . _ - ; begins with a letter */
  const char *name;
  HxUserRoles roles;
  gint64 unit_id;   /* 0: the whole bureau */
  const char *hash; /* of hx_password_hash; must be changed at first login */
} HxAccountNew;

gboolean hx_account_add (HxLedger *ledger, const HxAccountNew *account,
                         gint64 *id, GError **error);
gboolean hx_account_set_roles (HxLedger *ledger, gint64 id, HxUserRoles roles,
                               GError **error);
gboolean hx_account_set_unit (HxLedger *ledger, gint64 id, gint64 unit_id,
                              GError **error);
/* Disabling ends its sessions and tokens; the last enabled administrator of a
 * role stays. */
gboolean hx_account_set_disabled (HxLedger *ledger, gint64 id,
                                  gboolean disabled, GError **error);
/* Ends its sessions and unlocks it.  `must_change`: another has chosen it. */
gboolean hx_account_set_password (HxLedger *ledger, gint64 id, const char *hash,
                                  gboolean must_change, GError **error);

/* Goes up with every change of accounts, units and settings of access. */
gboolean hx_access_generation (HxConnection *connection, gint64 *generation,
                               GError **error);

G_END_DECLS

#endif
