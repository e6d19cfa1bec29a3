/* The key file. */
#include "base/base_internal.h"
#include "base/keyring_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GENERATIONS_MAX 200
#define N_WORDS 3
#define OTHERS 077 /* the bits of a mode that are not the owner's */

static const char heading[]
    = "# 红霞密钥文件：数据库里保密的内容（身份证号、电话、住址等）用它加密。\n"
      "# 没有它，谁也读不出那些内容，备份里的也一样。\n"
      "# 请勿改动、外传；另存一份，与数据库备份分开保管。旧的一代也要留着。\n"
      "# 代  算法  密钥\n";

typedef struct
{
  guint number;
  HxCipher cipher;
  guint8 secret[HX_SECRET_SIZE];
} Generation;

struct _HxKeyring
{
  int references;
  GArray *generations; /* Generation, by number */
};

static void
clear_generation (gpointer data)
{
  OPENSSL_cleanse (data, sizeof (Generation));
}

static HxKeyring *
keyring_new (void)
{
  HxKeyring *keyring = g_new0 (HxKeyring, 1);

  keyring->references = 1;
  keyring->generations = g_array_new (FALSE, TRUE, sizeof (Generation));
  g_array_set_clear_func (keyring->generations, clear_generation);
  return keyring;
}

HxKeyring *
hx_keyring_ref (HxKeyring *keyring)
{
  g_atomic_int_inc (&keyring->references);
  return keyring;
}

void
hx_keyring_unref (HxKeyring *keyring)
{
  if (keyring == NULL || !g_atomic_int_dec_and_test (&keyring->references))
    return;
  g_array_unref (keyring->generations);
  g_free (keyring);
}

/* ------------------------------------------------------------------- asking */

guint
hx_keyring_count (const HxKeyring *keyring)
{
  return keyring->generations->len;
}

guint
hx_keyring_number (const HxKeyring *keyring, guint at)
{
  return g_array_index (keyring->generations, Generation, at).number;
}

guint
hx_keyring_newest (const HxKeyring *keyring)
{
  return hx_keyring_number (keyring, keyring->generations->len - 1);
}

static const Generation *
find (const HxKeyring *keyring, guint number)
{
  for (guint i = 0; i < keyring->generations->len; i++)
    if (hx_keyring_number (keyring, i) == number)
      return &g_array_index (keyring->generations, Generation, i);
  return NULL;
}

gboolean
hx_keyring_cipher (const HxKeyring *keyring, guint generation, HxCipher *cipher)
{
  const Generation *found = find (keyring, generation);

  if (found != NULL)
    *cipher = found->cipher;
  return found != NULL;
}

const guint8 *
hx_keyring_secret (const HxKeyring *keyring, guint generation)
{
  const Generation *found = find (keyring, generation);

  return found != NULL ? found->secret : NULL;
}

/* ------------------------------------------------------------------ reading */

static gboolean
fail_line (const char *path, guint line, GError **error)
{
  g_autofree char *where = g_strdup_printf (_ ("%s 第 %u 行"), path, line);

  return hx_fail (error, HX_ERROR_DATA, _ ("密钥文件有误"), where,
                  _ ("换用另存的那一份密钥文件"));
}

/* Cuts the line into words, in place; FALSE unless there are N_WORDS. */
static gboolean
split (char *line, char **words)
{
  guint count = 0;
  char *word;

  while ((word = strsep (&line, " \t")) != NULL)
    if (*word != '\0')
      {
        if (count == N_WORDS)
          return FALSE;
        words[count++] = word;
      }
  return count == N_WORDS;
}

static gboolean
read_line (HxKeyring *keyring, char *line)
{
  guint last = keyring->generations->len > 0 ? hx_keyring_newest (keyring) : 0;
  char *words[N_WORDS];
  Generation generation = { 0 };
  guint64 number = 0;
  gboolean good;

  good = keyring->generations->len < GENERATIONS_MAX && split (line, words)
         && g_ascii_string_to_unsigned (words[0], 10, last + 1, G_MAXUINT16,
                                        &number, NULL)
         && hx_cipher_parse (words[1], &generation.cipher)
         && hx_digest_from_hex (words[2], generation.secret);
  generation.number = (guint)number;
  if (good)
    g_array_append_val (keyring->generations, generation);
  OPENSSL_cleanse (&generation, sizeof generation);
  return good;
}

static HxKeyring *
parse (const char *path, char *text, GError **error)
{
  g_autoptr (HxKeyring) keyring = keyring_new ();
  char *rest = text;
  guint number = 0;

  while (rest != NULL)
    {
      char *line = g_strstrip (strsep (&rest, "\n"));

      number++;
      if (*line == '\0' || *line == '#')
        continue;
      if (!read_line (keyring, line))
        return fail_line (path, number, error), NULL;
    }
  if (keyring->generations->len == 0)
    return fail_line (path, number, error), NULL;
  return g_steal_pointer (&keyring);
}

static gboolean
is_private (int file, const char *path, GError **error)
{
  g_autofree char *advice = NULL;
  struct stat status;

  if (fstat (file, &status) != 0)
    return hx_file_fail (error, _ ("密钥文件打不开"), path, errno);
  if (!S_ISREG (status.st_mode))
    return hx_fail (error, HX_ERROR_DATA, _ ("密钥文件不是普通文件"), path,
                    _ ("检查文件名"));
  if (status.st_size > HX_KEYRING_FILE_MAX)
    return hx_fail (error, HX_ERROR_LIMIT, _ ("这不是密钥文件：太大了"), path,
                    _ ("检查文件名"));
  if ((status.st_mode & OTHERS) == 0)
    return TRUE;
  advice
      = g_strdup_printf (_ ("只能由主人读写：运行 chmod 600 '%s'；"
                            "若别人可能已经看过，随后运行 hongxia key rotate"),
                         path);
  return hx_fail (error, HX_ERROR_DATA, _ ("密钥文件别人也能读，不予使用"),
                  path, advice);
}

/* The text of the file, wiped by the caller; NULL with *error. */
static GString *
read_file (int file, const char *path, GError **error)
{
  GString *text = g_string_sized_new (HX_KEYRING_FILE_MAX + 1);
  gssize got = 1;

  while (got > 0 && text->len <= HX_KEYRING_FILE_MAX)
    {
      got = read (file, text->str + text->len,
                  HX_KEYRING_FILE_MAX + 1 - text->len);
      if (got < 0 && errno == EINTR)
        got = 1;
      else if (got > 0)
        g_string_set_size (text, text->len + (gsize)got);
    }
  if (got == 0)
    return text;
  hx_file_fail (error, _ ("密钥文件读不出来"), path, got < 0 ? errno : EFBIG);
  OPENSSL_cleanse (text->str, text->allocated_len);
  g_string_free (text, TRUE);
  return NULL;
}

static HxKeyring *
read_keyring (int file, const char *path, GError **error)
{
  GString *text
      = is_private (file, path, error) ? read_file (file, path, error) : NULL;
  HxKeyring *keyring;

  if (text == NULL)
    return NULL;
  keyring = parse (path, text->str, error);
  OPENSSL_cleanse (text->str, text->allocated_len);
  g_string_free (text, TRUE);
  return keyring;
}

HxKeyring *
hx_keyring_open (const char *path, GError **error)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  HxKeyring *keyring;

  if (file < 0 && errno == ENOENT)
    {
      hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有密钥文件"), path,
               _ ("把建库时生成的密钥文件放到这里，或用 --key 指明它在哪里；"
                  "没有它，保密的内容读不出来"));
      return NULL;
    }
  if (file < 0)
    return hx_file_fail (error, _ ("密钥文件打不开"), path, errno), NULL;
  keyring = read_keyring (file, path, error);
  close (file);
  return keyring;
}

/* ------------------------------------------------------------------ writing */

static gboolean
add_generation (HxKeyring *keyring, HxCipher cipher, GError **error)
{
  guint last = keyring->generations->len > 0 ? hx_keyring_newest (keyring) : 0;
  Generation generation = { .number = last + 1, .cipher = cipher };

  if (keyring->generations->len >= GENERATIONS_MAX)
    return hx_failf (error, HX_ERROR_LIMIT, _ ("密钥文件最多 %d 代"),
                     GENERATIONS_MAX);
  if (RAND_priv_bytes (generation.secret, sizeof generation.secret) != 1)
    return hx_fail (error, HX_ERROR_STORE, _ ("系统给不出随机数"), NULL, NULL);
  g_array_append_val (keyring->generations, generation);
  OPENSSL_cleanse (&generation, sizeof generation);
  return TRUE;
}

static GString *
write_text (const HxKeyring *keyring)
{
  GString *text = g_string_sized_new (HX_KEYRING_FILE_MAX);

  g_string_append (text, heading);
  for (guint i = 0; i < keyring->generations->len; i++)
    {
      const Generation *generation
          = &g_array_index (keyring->generations, Generation, i);
      char hex[HX_DIGEST_HEX_SIZE];

      hx_digest_hex (generation->secret, hex);
      g_string_append_printf (text, "%u %s %s\n", generation->number,
                              hx_cipher_name (generation->cipher), hex);
      OPENSSL_cleanse (hex, sizeof hex);
    }
  return text;
}

static gboolean
write_new (const char *path, const GString *text, GError **error)
{
  int file = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int number = 0;

  if (file < 0 && errno == EEXIST)
    return hx_fail (error, HX_ERROR_CONFLICT, _ ("密钥文件已经有了，不会覆盖"),
                    path, NULL);
  if (file < 0)
    return hx_file_fail (error, _ ("密钥文件写不进去"), path, errno);
  if (write (file, text->str, text->len) != (gssize)text->len
      || fsync (file) != 0)
    number = errno != 0 ? errno : EIO;
  if (close (file) != 0 && number == 0)
    number = errno;
  if (number == 0)
    return hx_file_sync_folder (path, error);
  g_unlink (path);
  return hx_file_fail (error, _ ("密钥文件写不进去"), path, number);
}

HxKeyring *
hx_keyring_create (const char *path, HxCipher cipher, GError **error)
{
  g_autoptr (HxKeyring) keyring = keyring_new ();
  GString *text;
  gboolean done;

  if (!add_generation (keyring, cipher, error))
    return NULL;
  text = write_text (keyring);
  done = write_new (path, text, error);
  OPENSSL_cleanse (text->str, text->allocated_len);
  g_string_free (text, TRUE);
  return done ? g_steal_pointer (&keyring) : NULL;
}

HxKeyring *
hx_keyring_extend (const char *path, HxCipher cipher, GError **error)
{
  g_autoptr (HxKeyring) keyring = hx_keyring_open (path, error);
  char *real = NULL;
  GString *text;
  gboolean done;

  if (keyring == NULL || !add_generation (keyring, cipher, error))
    return NULL;
  real = realpath (path, NULL); /* a link stays a link */
  text = write_text (keyring);
  done = hx_file_replace (real != NULL ? real : path, text->str,
                          (gssize)text->len, error);
  free (real);
  OPENSSL_cleanse (text->str, text->allocated_len);
  g_string_free (text, TRUE);
  return done ? g_steal_pointer (&keyring) : NULL;
}
