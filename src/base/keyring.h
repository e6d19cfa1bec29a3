/* keyring: the keys by which secret values are sealed, and the sealing.
 *
 * A keyring is a small text file of mode 0600.  Each line that is no comment
 * is a generation: its number, its cipher, 32 random bytes in hex.  New
 * generations are added at the end and old ones stay, since what they sealed
 * stays too (the change log is never rewritten).  Everything needed for a
 * value is derived from its generation's bytes by HKDF: one key each for
 * encryption, authentication and digests.
 *
 * A sealed value is text: "hx1:GENERATION:" and the base64 of a nonce of 12
 * bytes, the ciphertext and a tag of 16 bytes.  The place of the value (kind,
 * field, row) goes into the tag, so that a value that was moved to another
 * row or field does not open.
 *
 *   aes-256-gcm        AES-256-GCM; keys by HKDF-SHA256; digests HMAC-SHA256
 *   sm4-ctr-hmac-sm3   SM4-CTR, then HMAC-SM3 over place, nonce and ciphertext
 *                      (its first 16 bytes); keys by HKDF-SM3; digests HMAC-SM3
 *
 * Nonces are random: a generation should be replaced long before 2^32 values.
 *
 * Threads: a keyring never changes and may be shared; a sealer belongs to one
 * thread at a time.
 */
#ifndef HX_KEYRING_H
#define HX_KEYRING_H

#include "base/base.h"

G_BEGIN_DECLS

#define HX_KEYRING_FILE_MAX 65536 /* bytes */

typedef enum
{
  HX_CIPHER_AES,
  HX_CIPHER_SM4
} HxCipher;

/* "aes-256-gcm", "sm4-ctr-hmac-sm3". */
const char *hx_cipher_name (HxCipher cipher);
/* The same, or "aes", "sm4". */
gboolean hx_cipher_parse (const char *name, HxCipher *cipher);

/* ----------------------------------------------------------------- keyrings */

typedef struct _HxKeyring HxKeyring;

/* A new file with generation 1; an existing file is left as it is and is an
 * error (HX_ERROR_CONFLICT). */
HxKeyring *hx_keyring_create (const char *path, HxCipher cipher,
                              GError **error);
/* Refused is a file that others than its owner can read or write, and one that
 * is no keyring; HX_ERROR_NOT_FOUND when there is none. */
HxKeyring *hx_keyring_open (const char *path, GError **error);
/* Reads the file, adds a generation and replaces it in one step. */
HxKeyring *hx_keyring_extend (const char *path, HxCipher cipher,
                              GError **error);
HxKeyring *hx_keyring_ref (HxKeyring *keyring);
void hx_keyring_unref (HxKeyring *keyring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxKeyring, hx_keyring_unref)

guint hx_keyring_count (const HxKeyring *keyring);
/* The number of a generation by its place in the file, from 0. */
guint hx_keyring_number (const HxKeyring *keyring, guint at);
guint hx_keyring_newest (const HxKeyring *keyring);
/* FALSE when there is no such generation. */
gboolean hx_keyring_cipher (const HxKeyring *keyring, guint generation,
                            HxCipher *cipher);

/* ------------------------------------------------------------------ sealing */

/* Where a value lies. */
typedef struct
{
  const char *kind, *field;
  gint64 row;
} HxPlace;

typedef struct _HxSealer HxSealer;
/* Keeps a reference to the keyring, and the contexts that it makes. */
HxSealer *hx_sealer_new (HxKeyring *keyring);
void hx_sealer_free (HxSealer *sealer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HxSealer, hx_sealer_free)

/* Whether a text says that it is sealed; *generation may be NULL. */
gboolean hx_text_is_sealed (const char *text, guint *generation);
/* Writes the sealed text into `out`, which is emptied first. */
gboolean hx_sealer_seal (HxSealer *sealer, guint generation,
                         const HxPlace *place, const char *text, GString *out,
                         GError **error);
/* HX_ERROR_NOT_FOUND: the keyring lacks the generation.  HX_ERROR_DATA: it is
 * no sealed value, was tampered with, or is of another place or key. */
gboolean hx_sealer_open (HxSealer *sealer, const HxPlace *place,
                         const char *sealed, GString *out, GError **error);
/* 1 … G_MAXINT64, the same for the same bytes under the same generation and
 * domain; 0 when the keyring lacks the generation. */
gint64 hx_sealer_digest (HxSealer *sealer, guint generation, const char *domain,
                         const char *text, gsize size);

G_END_DECLS

#endif
