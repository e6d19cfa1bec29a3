/* code: one-time codes by RFC 6238 as a second step of the login.
 *
 * A user draws a secret (hx_code_begin), takes it up with a telephone by a QR
 * code, and proves so by a first code (hx_code_confirm), which also gives ten
 * recovery codes, each good once.  Six digits of HMAC-SHA1, a new one every 30
 * seconds; the one before and the one after are taken too, and none twice: the
 * number of the last one taken is kept, and only later ones are good.
 *
 * The secret lies in user_account.totp, sealed (base/keyring.h); recovery codes
 * lie as SHA-256 in user_recovery (bureau_id, user_id, digest).
 *
 * Ownership: what is returned is the caller's.
 */
#ifndef HX_CODE_H
#define HX_CODE_H

#include "access/account.h"

G_BEGIN_DECLS

#define HX_RECOVERY_CODES 10

/* A new secret that waits for its first code, in place of one that waited:
 * *secret in base 32, *address what a QR code holds (otpauth://…).
 * HX_ERROR_CONFLICT when one is in use. */
gboolean hx_code_begin (HxLedger *ledger, gint64 user_id, char **secret,
                        char **address, GError **error);
/* The secret that waits; NULL without *error when none does. */
char *hx_code_waiting (HxConnection *connection, gint64 user_id,
                       GError **error);
char *hx_code_address (const char *login, const char *secret);
/* From now on codes are asked for.  *recovery: NULL at the end; NULL when the
 * code was wrong. */
gboolean hx_code_confirm (HxLedger *ledger, gint64 user_id, const char *text,
                          gint64 now, char ***recovery, GError **error);
/* No code is asked for any more. */
gboolean hx_code_end (HxLedger *ledger, gint64 user_id, GError **error);
/* A code or a recovery code; which then is good no more. */
gboolean hx_code_use (HxLedger *ledger, gint64 user_id, const char *text,
                      gint64 now, gboolean *right, GError **error);

/* A QR code: the data of an SVG path of squares of 1, and how many of them a
 * side has, the quiet zone of 4 included. */
char *hx_code_picture (const char *text, guint *side, GError **error);

G_END_DECLS

#endif
