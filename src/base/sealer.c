/* Sealed text, and keyed digests. */
#include "base/base_internal.h"
#include "base/keyring_internal.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#define PREFIX "hx1:"
#define POOL_SIZE 4092 /* random bytes fetched at once: 341 nonces */

struct _HxSealer
{
  HxKeyring *keyring;
  GPtrArray *boxes; /* HxBox by generation, NULL until needed */
  GString *about;
  GByteArray *bytes;
  guint8 pool[POOL_SIZE];
  gsize used;
};

static void
box_free (gpointer data)
{
  hx_box_free (data);
}

HxSealer *
hx_sealer_new (HxKeyring *keyring)
{
  HxSealer *sealer = g_new0 (HxSealer, 1);

  sealer->keyring = hx_keyring_ref (keyring);
  sealer->boxes = g_ptr_array_new_with_free_func (box_free);
  g_ptr_array_set_size (sealer->boxes, (int)hx_keyring_newest (keyring) + 1);
  sealer->about = g_string_new (NULL);
  sealer->bytes = g_byte_array_new ();
  sealer->used = POOL_SIZE;
  return sealer;
}

void
hx_sealer_free (HxSealer *sealer)
{
  if (sealer == NULL)
    return;
  g_ptr_array_unref (sealer->boxes);
  hx_keyring_unref (sealer->keyring);
  OPENSSL_cleanse (sealer->bytes->data, sealer->bytes->len);
  g_byte_array_unref (sealer->bytes);
  g_string_free (sealer->about, TRUE);
  g_free (sealer);
}

static HxBox *
box_of (HxSealer *sealer, guint generation, GError **error)
{
  const guint8 *secret = hx_keyring_secret (sealer->keyring, generation);
  HxCipher cipher = HX_CIPHER_AES;

  if (secret == NULL)
    {
      hx_failf (error, HX_ERROR_NOT_FOUND, _ ("密钥文件里没有第 %u 代密钥"),
                generation);
      return NULL;
    }
  if (sealer->boxes->pdata[generation] != NULL)
    return sealer->boxes->pdata[generation];
  hx_keyring_cipher (sealer->keyring, generation, &cipher);
  sealer->boxes->pdata[generation] = hx_box_new (cipher, secret);
  if (sealer->boxes->pdata[generation] == NULL)
    hx_fail (error, HX_ERROR_STORE, _ ("系统没有所需的加密算法"),
             hx_cipher_name (cipher), NULL);
  return sealer->boxes->pdata[generation];
}

static void
frame_place (HxSealer *sealer, const HxPlace *place)
{
  GString *about = sealer->about;

  g_string_assign (about, place->kind);
  g_string_append_len (about, "", 1);
  g_string_append (about, place->field);
  g_string_append_len (about, "", 1);
  hx_append_integer (about, place->row);
}

static gboolean
take_nonce (HxSealer *sealer, guint8 *nonce)
{
  if (sealer->used == POOL_SIZE)
    {
      if (RAND_bytes (sealer->pool, POOL_SIZE) != 1)
        return FALSE;
      sealer->used = 0;
    }
  memcpy (nonce, sealer->pool + sealer->used, HX_NONCE_SIZE);
  sealer->used += HX_NONCE_SIZE;
  return TRUE;
}

static HxBoxWork
work_on (const HxSealer *sealer, guint8 *bytes, gsize size)
{
  return (HxBoxWork){ .nonce = bytes,
                      .about = (const guint8 *)sealer->about->str,
                      .about_size = sealer->about->len,
                      .in = bytes + HX_NONCE_SIZE,
                      .size = size,
                      .out = bytes + HX_NONCE_SIZE,
                      .tag = bytes + HX_NONCE_SIZE + size };
}

/* ------------------------------------------------------------------ sealing
 */

static void
append_sealed (GString *out, guint generation, const guint8 *bytes, gsize size)
{
  gsize start;

  g_string_assign (out, PREFIX);
  hx_append_integer (out, generation);
  g_string_append_c (out, ':');
  start = out->len;
  g_string_set_size (out, start + (size + 2) / 3 * 4);
  EVP_EncodeBlock ((guint8 *)out->str + start, bytes, (int)size);
}

gboolean
hx_sealer_seal (HxSealer *sealer, guint generation, const HxPlace *place,
                const char *text, GString *out, GError **error)
{
  HxBox *box = box_of (sealer, generation, error);
  gsize size = strlen (text);
  HxBoxWork work;

  if (box == NULL)
    return FALSE;
  frame_place (sealer, place);
  g_byte_array_set_size (sealer->bytes,
                         (guint)(HX_NONCE_SIZE + size + HX_TAG_SIZE));
  work = work_on (sealer, sealer->bytes->data, size);
  work.in = (const guint8 *)text;
  if (!take_nonce (sealer, sealer->bytes->data) || !hx_box_seal (box, &work))
    return hx_fail (error, HX_ERROR_STORE, _ ("加密没有成功"), place->field,
                    NULL);
  append_sealed (out, generation, sealer->bytes->data, sealer->bytes->len);
  return TRUE;
}

/* ------------------------------------------------------------------ opening
 */

/* The base64 behind the generation, or NULL. */
static const char *
sealed_body (const char *text, guint *generation)
{
  char *end = NULL;
  guint64 number;

  if (text == NULL || strncmp (text, PREFIX, strlen (PREFIX)) != 0)
    return NULL;
  text += strlen (PREFIX);
  if (!g_ascii_isdigit (*text))
    return NULL;
  number = g_ascii_strtoull (text, &end, 10);
  if (*end != ':' || number == 0 || number > G_MAXUINT16)
    return NULL;
  *generation = (guint)number;
  return end + 1;
}

gboolean
hx_text_is_sealed (const char *text, guint *generation)
{
  guint number;

  return sealed_body (text, generation != NULL ? generation : &number) != NULL;
}

/* The size of what was decoded, 0 when it is no base64 of a sealed value. */
static gsize
decode (HxSealer *sealer, const char *body)
{
  gsize length = strlen (body);
  gsize padding = 0;
  int size;

  if (length == 0 || length % 4 != 0 || length > G_MAXINT32)
    return 0;
  while (padding < 2 && body[length - padding - 1] == '=')
    padding++;
  g_byte_array_set_size (sealer->bytes, (guint)(length / 4 * 3 + 1));
  size = EVP_DecodeBlock (sealer->bytes->data, (const guint8 *)body,
                          (int)length);
  if (size < 0 || (gsize)size < HX_NONCE_SIZE + HX_TAG_SIZE + padding)
    return 0;
  return (gsize)size - padding;
}

static gboolean
fail_tampered (const HxPlace *place, GError **error)
{
  g_autofree char *where = g_strdup_printf (
      "%s %" G_GINT64_FORMAT " %s", place->kind, place->row, place->field);

  return hx_fail (error, HX_ERROR_DATA,
                  _ ("加密的内容打不开：不是用这个密钥加的密，"
                     "或有人绕过程序改动、挪动过"),
                  where, NULL);
}

gboolean
hx_sealer_open (HxSealer *sealer, const HxPlace *place, const char *sealed,
                GString *out, GError **error)
{
  guint generation = 0;
  const char *body = sealed_body (sealed, &generation);
  HxBoxWork work;
  gsize size;
  HxBox *box;

  if (body == NULL)
    return fail_tampered (place, error);
  box = box_of (sealer, generation, error);
  if (box == NULL)
    return FALSE;
  size = decode (sealer, body);
  if (size == 0)
    return fail_tampered (place, error);
  size -= HX_NONCE_SIZE + HX_TAG_SIZE;
  frame_place (sealer, place);
  g_string_set_size (out, size);
  work = work_on (sealer, sealer->bytes->data, size);
  work.out = (guint8 *)out->str;
  if (hx_box_open (box, &work))
    return TRUE;
  g_string_truncate (out, 0);
  return fail_tampered (place, error);
}

/* ------------------------------------------------------------------ digests
 */

gint64
hx_sealer_digest (HxSealer *sealer, guint generation, const char *domain,
                  const char *text, gsize size)
{
  HxBox *box = box_of (sealer, generation, NULL);
  guint8 bytes[HX_DIGEST_SIZE];
  guint64 value = 0;

  if (box == NULL || !hx_box_digest (box, domain, text, size, bytes))
    return 0;
  for (guint i = 0; i < sizeof value; i++)
    value = value << 8 | bytes[i];
  value >>= 1;
  return value != 0 ? (gint64)value : 1;
}
