/* The two ciphers, on OpenSSL's contexts.
 *
 * A context is given its key once; each value then sets the nonce alone, which
 * spares the key schedule and the look-up of the algorithm.  AES-256-GCM does
 * encryption and authentication in one.  SM4 has no such mode in OpenSSL 3.0:
 * it encrypts in counter mode, and an HMAC-SM3 over the length of the place,
 * the place, the nonce and the ciphertext is compared before anything is
 * decrypted.
 */
#include "base/keyring_internal.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <string.h>

#define COUNTER_SIZE 16 /* of SM4: the nonce, then a counter from 0 */

typedef struct
{
  const char *name;
  const char *short_name;
  const char *cipher; /* as OpenSSL calls it */
  const char *digest;
  gsize key_size;
  gboolean (*seal) (HxBox *box, const HxBoxWork *work);
  gboolean (*open) (HxBox *box, const HxBoxWork *work);
} Class;

struct _HxBox
{
  const Class *class;
  EVP_CIPHER_CTX *encrypt, *decrypt;
  EVP_MAC_CTX *mac, *digest;
};

/* --------------------------------------------------------------------- GCM */

static gboolean
begin (EVP_CIPHER_CTX *context, const HxBoxWork *work)
{
  int size;

  return EVP_CipherInit_ex (context, NULL, NULL, NULL, work->nonce, -1) == 1
         && EVP_CipherUpdate (context, NULL, &size, work->about,
                              (int)work->about_size)
                == 1
         && EVP_CipherUpdate (context, work->out, &size, work->in,
                              (int)work->size)
                == 1;
}

static gboolean
gcm_seal (HxBox *box, const HxBoxWork *work)
{
  guint8 rest[HX_TAG_SIZE];
  int size;

  return begin (box->encrypt, work)
         && EVP_CipherFinal_ex (box->encrypt, rest, &size) == 1
         && EVP_CIPHER_CTX_ctrl (box->encrypt, EVP_CTRL_AEAD_GET_TAG,
                                 HX_TAG_SIZE, work->tag)
                == 1;
}

static gboolean
gcm_open (HxBox *box, const HxBoxWork *work)
{
  guint8 rest[HX_TAG_SIZE];
  int size;

  return begin (box->decrypt, work)
         && EVP_CIPHER_CTX_ctrl (box->decrypt, EVP_CTRL_AEAD_SET_TAG,
                                 HX_TAG_SIZE, work->tag)
                == 1
         && EVP_CipherFinal_ex (box->decrypt, rest, &size) == 1;
}

/* --------------------------------------------------------------------- SM4 */

static gboolean
sm4_tag (HxBox *box, const HxBoxWork *work, const guint8 *sealed, guint8 *out)
{
  guint64 size = GUINT64_TO_BE ((guint64)work->about_size);
  gsize written;

  return EVP_MAC_init (box->mac, NULL, 0, NULL) == 1
         && EVP_MAC_update (box->mac, (const guint8 *)&size, sizeof size) == 1
         && EVP_MAC_update (box->mac, work->about, work->about_size) == 1
         && EVP_MAC_update (box->mac, work->nonce, HX_NONCE_SIZE) == 1
         && EVP_MAC_update (box->mac, sealed, work->size) == 1
         && EVP_MAC_final (box->mac, out, &written, HX_DIGEST_SIZE) == 1;
}

static gboolean
sm4_run (EVP_CIPHER_CTX *context, const HxBoxWork *work)
{
  guint8 counter[COUNTER_SIZE] = { 0 };
  int size;

  memcpy (counter, work->nonce, HX_NONCE_SIZE);
  return EVP_CipherInit_ex (context, NULL, NULL, NULL, counter, -1) == 1
         && EVP_CipherUpdate (context, work->out, &size, work->in,
                              (int)work->size)
                == 1;
}

static gboolean
sm4_seal (HxBox *box, const HxBoxWork *work)
{
  guint8 tag[HX_DIGEST_SIZE];

  if (!sm4_run (box->encrypt, work) || !sm4_tag (box, work, work->out, tag))
    return FALSE;
  memcpy (work->tag, tag, HX_TAG_SIZE);
  return TRUE;
}

static gboolean
sm4_open (HxBox *box, const HxBoxWork *work)
{
  guint8 tag[HX_DIGEST_SIZE];

  return sm4_tag (box, work, work->in, tag)
         && CRYPTO_memcmp (tag, work->tag, HX_TAG_SIZE) == 0
         && sm4_run (box->decrypt, work);
}

/* ----------------------------------------------------------------- classes */

static const Class classes[] = {
  [HX_CIPHER_AES]
  = { "aes-256-gcm", "aes", "AES-256-GCM", "SHA256", 32, gcm_seal, gcm_open },
  [HX_CIPHER_SM4]
  = { "sm4-ctr-hmac-sm3", "sm4", "SM4-CTR", "SM3", 16, sm4_seal, sm4_open },
};

const char *
hx_cipher_name (HxCipher cipher)
{
  return classes[cipher].name;
}

gboolean
hx_cipher_parse (const char *name, HxCipher *cipher)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (name, classes[i].name)
        || g_str_equal (name, classes[i].short_name))
      {
        *cipher = (HxCipher)i;
        return TRUE;
      }
  return FALSE;
}

/* -------------------------------------------------------------------- keys */

gboolean
hx_hkdf (const char *digest, const guint8 *secret, const char *info,
         guint8 *out, gsize size)
{
  EVP_KDF *method = EVP_KDF_fetch (NULL, "HKDF", NULL);
  EVP_KDF_CTX *context = EVP_KDF_CTX_new (method);
  OSSL_PARAM parameters[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_KDF_PARAM_DIGEST,
                                      (char *)(guintptr)digest, 0),
    OSSL_PARAM_construct_octet_string (
        OSSL_KDF_PARAM_KEY, (guint8 *)(guintptr)secret, HX_SECRET_SIZE),
    OSSL_PARAM_construct_octet_string (OSSL_KDF_PARAM_INFO,
                                       (char *)(guintptr)info, strlen (info)),
    OSSL_PARAM_construct_end (),
  };
  gboolean done
      = context != NULL && EVP_KDF_derive (context, out, size, parameters) == 1;

  EVP_KDF_CTX_free (context);
  EVP_KDF_free (method);
  return done;
}

static EVP_CIPHER_CTX *
cipher_context (const Class *class, const guint8 *key, int encrypts)
{
  EVP_CIPHER *method = EVP_CIPHER_fetch (NULL, class->cipher, NULL);
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();

  if (method == NULL || context == NULL
      || EVP_CipherInit_ex2 (context, method, key, NULL, encrypts, NULL) != 1)
    g_clear_pointer (&context, EVP_CIPHER_CTX_free);
  EVP_CIPHER_free (method);
  return context;
}

static EVP_MAC_CTX *
mac_context (const Class *class, const guint8 *key)
{
  EVP_MAC *method = EVP_MAC_fetch (NULL, "HMAC", NULL);
  EVP_MAC_CTX *context = EVP_MAC_CTX_new (method);
  OSSL_PARAM parameters[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_DIGEST,
                                      (char *)(guintptr) class->digest, 0),
    OSSL_PARAM_construct_end (),
  };

  if (context != NULL
      && EVP_MAC_init (context, key, HX_SECRET_SIZE, parameters) != 1)
    g_clear_pointer (&context, EVP_MAC_CTX_free);
  EVP_MAC_free (method);
  return context;
}

HxBox *
hx_box_new_keyed (HxCipher cipher, const HxBoxKeys *keys)
{
  HxBox *box = g_new0 (HxBox, 1);

  box->class = &classes[cipher];
  box->encrypt = cipher_context (box->class, keys->encrypt, 1);
  box->decrypt = cipher_context (box->class, keys->encrypt, 0);
  box->mac = mac_context (box->class, keys->mac);
  box->digest = mac_context (box->class, keys->digest);
  if (box->encrypt != NULL && box->decrypt != NULL && box->mac != NULL
      && box->digest != NULL)
    return box;
  hx_box_free (box);
  return NULL;
}

HxBox *
hx_box_new (HxCipher cipher, const guint8 *secret)
{
  const Class *class = &classes[cipher];
  guint8 keys[3][HX_SECRET_SIZE];
  HxBox *box = NULL;

  if (hx_hkdf (class->digest, secret, "hongxia encrypt", keys[0],
               class->key_size)
      && hx_hkdf (class->digest, secret, "hongxia mac", keys[1], HX_SECRET_SIZE)
      && hx_hkdf (class->digest, secret, "hongxia digest", keys[2],
                  HX_SECRET_SIZE))
    box = hx_box_new_keyed (cipher, &(HxBoxKeys){ keys[0], keys[1], keys[2] });
  OPENSSL_cleanse (keys, sizeof keys);
  return box;
}

void
hx_box_free (HxBox *box)
{
  if (box == NULL)
    return;
  EVP_CIPHER_CTX_free (box->encrypt);
  EVP_CIPHER_CTX_free (box->decrypt);
  EVP_MAC_CTX_free (box->mac);
  EVP_MAC_CTX_free (box->digest);
  g_free (box);
}

gboolean
hx_box_seal (HxBox *box, const HxBoxWork *work)
{
  return box->class->seal (box, work);
}

gboolean
hx_box_open (HxBox *box, const HxBoxWork *work)
{
  return box->class->open (box, work);
}

/* The domain's NUL keeps it apart from the text. */
gboolean
hx_box_digest (HxBox *box, const char *domain, const char *text, gsize size,
               guint8 *out)
{
  gsize written;

  return EVP_MAC_init (box->digest, NULL, 0, NULL) == 1
         && EVP_MAC_update (box->digest, (const guint8 *)domain,
                            strlen (domain) + 1)
                == 1
         && EVP_MAC_update (box->digest, (const guint8 *)text, size) == 1
         && EVP_MAC_final (box->digest, out, &written, HX_DIGEST_SIZE) == 1;
}
