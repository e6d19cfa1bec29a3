/* Between keyring.c (the file), sealer.c (sealed text) and cipher.c (the
 * algorithms). */
#ifndef HX_KEYRING_INTERNAL_H
#define HX_KEYRING_INTERNAL_H

#include "base/keyring.h"

#define HX_SECRET_SIZE 32
#define HX_NONCE_SIZE 12
#define HX_TAG_SIZE 16

/* NULL when there is no such generation. */
const guint8 *hx_keyring_secret (const HxKeyring *keyring, guint generation);

/* HKDF (RFC 5869) without salt; `digest` is "SHA256" or "SM3". */
gboolean hx_hkdf (const char *digest, const guint8 *secret, const char *info,
                  guint8 *out, gsize size);

/* The contexts of one generation: the schedule of each key is made once. */
typedef struct _HxBox HxBox;
HxBox *hx_box_new (HxCipher cipher, const guint8 *secret);
/* With keys as they are given: for the published vectors.  NULL when the
 * system's OpenSSL lacks an algorithm. */
typedef struct
{
  const guint8 *encrypt; /* 32 bytes, or 16 of SM4 */
  const guint8 *mac;     /* 32 bytes */
  const guint8 *digest;  /* 32 bytes */
} HxBoxKeys;
HxBox *hx_box_new_keyed (HxCipher cipher, const HxBoxKeys *keys);
void hx_box_free (HxBox *box);

typedef struct
{
  const guint8 *nonce; /* HX_NONCE_SIZE */
  const guint8 *about; /* authenticated, not stored */
  gsize about_size;
  const guint8 *in;
  gsize size;
  guint8 *out; /* `size` bytes */
  guint8 *tag; /* HX_TAG_SIZE; written by seal, asked by open */
} HxBoxWork;

gboolean hx_box_seal (HxBox *box, const HxBoxWork *work);
gboolean hx_box_open (HxBox *box, const HxBoxWork *work);
/* HX_DIGEST_SIZE bytes of the HMAC of the pieces, one after the other. */
gboolean hx_box_digest (HxBox *box, const char *domain, const char *text,
                        gsize size, guint8 *out);

#endif
