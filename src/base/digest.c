#include "base/base_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_SIZE 65536

typedef struct
{
  const char *name;
  const char *provider_name;
} Kind;

static const Kind kinds[] = {
  [HX_DIGEST_SHA256] = { "sha256", "SHA2-256" },
  [HX_DIGEST_SM3] = { "sm3", "SM3" },
};

struct _HxDigest
{
  EVP_MD_CTX *context;
};

/* Fetching an algorithm costs far more than digesting a row: each is fetched
 * once for the life of the process. */
static EVP_MD *
algorithm (HxDigestKind kind)
{
  static gsize fetched[G_N_ELEMENTS (kinds)];

  if (g_once_init_enter (&fetched[kind]))
    {
      EVP_MD *method = EVP_MD_fetch (NULL, kinds[kind].provider_name, NULL);

      g_once_init_leave (&fetched[kind], method == NULL ? 1 : (gsize)method);
    }
  return fetched[kind] == 1 ? NULL : (EVP_MD *)fetched[kind];
}

HxDigest *
hx_digest_new (HxDigestKind kind)
{
  g_autoptr (HxDigest) digest = g_new0 (HxDigest, 1);

  digest->context = EVP_MD_CTX_new ();
  if (digest->context == NULL || algorithm (kind) == NULL
      || !EVP_DigestInit_ex2 (digest->context, algorithm (kind), NULL))
    return NULL;
  return g_steal_pointer (&digest);
}

void
hx_digest_free (HxDigest *digest)
{
  if (digest == NULL)
    return;
  EVP_MD_CTX_free (digest->context);
  g_free (digest);
}

void
hx_digest_reset (HxDigest *digest)
{
  EVP_DigestInit_ex2 (digest->context, NULL, NULL);
}

void
hx_digest_update (HxDigest *digest, const void *data, gsize size)
{
  EVP_DigestUpdate (digest->context, data, size);
}

void
hx_digest_finish (HxDigest *digest, guint8 *out)
{
  EVP_DigestFinal_ex (digest->context, out, NULL);
}

void
hx_digest_hex (const guint8 *bytes, char *hex)
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < HX_DIGEST_SIZE; i++)
    {
      hex[2 * i] = digits[bytes[i] >> 4];
      hex[2 * i + 1] = digits[bytes[i] & 15];
    }
  hex[HX_DIGEST_HEX_SIZE - 1] = '\0';
}

gboolean
hx_digest_from_hex (const char *hex, guint8 *bytes)
{
  if (hex == NULL
      || strnlen (hex, HX_DIGEST_HEX_SIZE) != HX_DIGEST_HEX_SIZE - 1)
    return FALSE;
  for (gsize i = 0; i < HX_DIGEST_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = g_ascii_xdigit_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      bytes[i] = (guint8)(high * 16 + low);
    }
  return TRUE;
}

static gboolean
digest_stream (HxDigest *digest, int file)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gssize got;

  do
    {
      got = read (file, block, BLOCK_SIZE);
      if (got > 0)
        hx_digest_update (digest, block, (gsize)got);
    }
  while (got > 0 || (got < 0 && errno == EINTR));
  return got == 0;
}

gboolean
hx_digest_file (HxDigestKind kind, const char *path, guint8 *out,
                GError **error)
{
  g_autoptr (HxDigest) digest = hx_digest_new (kind);
  int file, number;

  if (digest == NULL)
    return hx_failf (error, HX_ERROR_DATA, _ ("这台机器不支持摘要算法 %s"),
                     hx_digest_kind_name (kind));
  file = open (path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return hx_file_fail (error, _ ("文件打不开"), path, errno);
  number = digest_stream (digest, file) ? 0 : errno;
  close (file);
  if (number != 0)
    return hx_file_fail (error, _ ("文件读不出来"), path, number);
  hx_digest_finish (digest, out);
  return TRUE;
}

const char *
hx_digest_kind_name (HxDigestKind kind)
{
  return (gsize)kind < G_N_ELEMENTS (kinds) ? kinds[kind].name : NULL;
}

gboolean
hx_digest_kind_parse (const char *name, HxDigestKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      {
        *kind = (HxDigestKind)i;
        return TRUE;
      }
  return FALSE;
}
