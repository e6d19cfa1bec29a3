/* Private to the room access. */
#ifndef HX_ACCESS_INTERNAL_H
#define HX_ACCESS_INTERNAL_H

#include "access/session.h"

#include <string.h>

#define HX_SUBJECT_USER "@user"
#define HX_SUBJECT_LOGIN "@login"
#define HX_SUBJECT_CHANGE "@change"

/* What would be refused: a new account; other roles of one, or none. */
gboolean hx_account_check_new (HxConnection *connection,
                               const HxAccountNew *account, GError **error);
gboolean hx_account_check_roles (HxConnection *connection, gint64 id,
                                 HxUserRoles roles, GError **error);
/* Notes the account as it is now, and raises the generation. */
gboolean hx_account_note (HxLedger *ledger, gint64 id, const char *action,
                          GError **error);
gboolean hx_access_touch (HxConnection *connection, GError **error);

/* One statement with these integers (n of them) from ?1 on; its rows changed
 * in *changed (may be NULL). */
typedef struct
{
  const gint64 *values;
  int n;
} HxIntegers;
gboolean hx_access_run (HxConnection *connection, const char *sql,
                        HxIntegers integers, gint64 *changed, GError **error);
#define HX_INTEGERS(...)                                                       \
  ((HxIntegers){ (const gint64[]){ __VA_ARGS__ },                              \
                 sizeof ((const gint64[]){ __VA_ARGS__ }) / sizeof (gint64) })

/* A write with a ledger that no watcher follows: of accounts alone. */
typedef gboolean (*HxAccessFunc) (HxLedger *ledger, gpointer data,
                                  GError **error);
typedef struct
{
  HxCatalogue *catalogue;
  const HxAuthor *author;
  HxAccessFunc function;
  gpointer data;
} HxAccessWrite;
gboolean hx_access_write (HxStore *store, HxAccessWrite *write, GError **error);

/* SHA-256 of a text. */
#define HX_SHA256_SIZE 32
void hx_access_digest (const char *text, guint8 *digest);
/* 256 random bits as base64url, 43 characters. */
char *hx_access_secret (void);

#endif
