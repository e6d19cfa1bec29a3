/* change: what one administrator asks and another answers.
 *
 * Whoever of the three administrators may ask for a change of accounts (the
 * security administrator) or of settings (the system administrator); it waits,
 * and any other administrator but the one whom it is about confirms or refuses
 * it.  What was confirmed is done in the same write.  The asker may take it
 * back.
 *
 * Table user_change (bureau_id, id, what, user_id, content, reason, asked_by,
 * asked_at, state, answered_by, answered_at, answer); `content` is JSON, state
 * waiting, done, refused or withdrawn.  Each step stands in the change log as
 * "@change"; what is confirmed must still be what was asked by that log.
 *
 * Ownership: what is returned is the caller's.
 */
#ifndef HX_CHANGE_H
#define HX_CHANGE_H

#include "access/account.h"

G_BEGIN_DECLS

#define HX_CHANGE_REASON_MAX 200 /* characters */

typedef enum
{
  HX_CHANGE_ADD,
  HX_CHANGE_ROLES,
  HX_CHANGE_UNIT,
  HX_CHANGE_DISABLE,
  HX_CHANGE_ENABLE,
  HX_CHANGE_PASSWORD, /* one that must be changed */
  HX_CHANGE_NO_CODE,  /* the one-time code is lost */
  HX_CHANGE_SETTING
} HxChangeWhat;

#define HX_CHANGES 8

typedef struct
{
  HxChangeWhat what;
  gint64 user_id;           /* 0: of HX_CHANGE_ADD and HX_CHANGE_SETTING */
  const char *login, *name; /* ADD */
  HxUserRoles roles;        /* ADD, ROLES */
  gint64 unit_id;           /* ADD, UNIT */
  const char *hash;         /* ADD, PASSWORD: see hx_password_hash */
  const char *key;          /* SETTING: one of hx_access_setting */
  gint64 value;
  const char *reason; /* not empty */
} HxChangeWanted;

/* Refused as the change itself would be, and without a reason. */
gboolean hx_change_ask (HxLedger *ledger, const HxIdentity *asker,
                        const HxChangeWanted *wanted, gint64 *id,
                        GError **error);
/* `answer` may be NULL when it is confirmed. */
gboolean hx_change_answer (HxLedger *ledger, const HxIdentity *who, gint64 id,
                           gboolean confirmed, const char *answer,
                           GError **error);
gboolean hx_change_withdraw (HxLedger *ledger, const HxIdentity *who, gint64 id,
                             GError **error);

typedef struct
{
  gint64 id, user_id, asked_by, asked_at, answered_by, answered_at;
  HxChangeWhat what;
  char *login, *name; /* whom it is about; NULL of a setting */
  char *text;         /* what is to become of it, for people */
  char *reason, *answer, *state;
  char *asker, *answerer; /* logins */
} HxChange;

/* Those that wait, or all of them, the last first (at most 200): HxChange,
 * freed with the array. */
GPtrArray *hx_change_list (HxConnection *connection, gboolean waiting,
                           GError **error);
/* 新建账号, in the user's language. */
const char *hx_change_name (HxChangeWhat what);
gboolean hx_change_may_answer (const HxIdentity *who, const HxChange *change);

G_END_DECLS

#endif
