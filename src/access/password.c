/* Passwords: what they must be, and how they are kept. */
#include "access/access_internal.h"

#include <sodium.h>

#define PASSES 3
#define MEMORY (19 * 1024 * 1024)
#define RUN_MAX 4 /* of neighbours or equals that one counts as */

/* What is tried first everywhere, and here. */
static const char *const common[] = {
  "password",  "passw0rd", "qwertyuiop", "1qaz2wsx", "qazwsxedc", "iloveyou",
  "woaini",    "admin",    "root",       "letmein",  "welcome",   "hongxia",
  "laoganbu",  "zxcvbnm",  "asdfghjkl",  "monkey",   "dragon",    "master",
  "sunshine",  "princess", "football",   "charlie",  "superman",  "abc123",
  "a123456",   "q1w2e3r4", "wang",       "zhang",    "zhongguo",  "china",
  "guangzhou", "beijing",  "changeme",   "default",  "secret",    "test",
  "guest",     "user",     "system",     "security", "audit",     "公务员",
  "老干部",    "密码",     "红霞",
};

static gboolean
fail_password (const char *what, GError **error)
{
  return hx_fail (error, HX_ERROR_DATA, what, NULL,
                  _ ("例如用几个不相干的词连起来，中间加数字"));
}

static guint
count_classes (const char *text)
{
  guint seen = 0;

  for (const char *p = text; *p != '\0'; p += g_utf8_skip[(guchar)*p])
    {
      const gunichar c = g_utf8_get_char (p);

      seen |= g_unichar_isdigit (c) ? 1 : g_unichar_isalpha (c) ? 2 : 4;
    }
  return (seen & 1) + (seen >> 1 & 1) + (seen >> 2 & 1);
}

/* Characters that are no mere continuation of what stands before them: equal,
 * or one more or less. */
static guint
count_turns (const char *text)
{
  gunichar last = 0;
  guint turns = 0;

  for (const char *p = text; *p != '\0'; p += g_utf8_skip[(guchar)*p])
    {
      const gunichar c = g_utf8_get_char (p);

      turns += c > last + 1 || c + 1 < last;
      last = c;
    }
  return turns;
}

static gboolean
holds (const char *password, const char *word)
{
  g_autofree char *folded = NULL;

  if (word == NULL || g_utf8_strlen (word, -1) < 2)
    return FALSE;
  folded = g_utf8_casefold (word, -1);
  return strstr (password, folded) != NULL;
}

/* A word that leaves fewer than six characters of its own to the password. */
static gboolean
is_mostly (const char *password, const char *word)
{
  return *word != '\0' && holds (password, word)
         && g_utf8_strlen (password, -1) < g_utf8_strlen (word, -1) + 6;
}

static gboolean
is_common (HxConnection *connection, const char *folded, gboolean *found,
           GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree char *more = hx_setting_get (connection, "password_words", &wrong);
  g_auto (GStrv) words = g_strsplit (more != NULL ? more : "", ",", -1);

  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  *found = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (common) && !*found; i++)
    *found = is_mostly (folded, common[i]);
  for (guint i = 0; words[i] != NULL && !*found; i++)
    *found = is_mostly (folded, g_strstrip (words[i]));
  return TRUE;
}

static gboolean
check_length (const char *password, gint64 min, GError **error)
{
  const gint64 length = g_utf8_strlen (password, -1);

  if (length > HX_PASSWORD_MAX)
    return hx_failf (error, HX_ERROR_DATA, _ ("密码最多 %d 个字符"),
                     HX_PASSWORD_MAX);
  if (length >= min)
    return TRUE;
  return hx_failf (error, HX_ERROR_DATA,
                   _ ("密码至少要有 %" G_GINT64_FORMAT " 个字符"), min);
}

gboolean
hx_password_check (HxConnection *connection, const char *password,
                   const HxPasswordOwner *owner, GError **error)
{
  HxAccessSettings settings;
  g_autofree char *folded = NULL;
  gboolean found = FALSE;

  if (!hx_text_is_valid (password, -1))
    return fail_password (_ ("密码不是有效的文字"), error);
  if (!hx_access_settings (connection, &settings, error)
      || !check_length (password, settings.password_min, error))
    return FALSE;
  folded = g_utf8_casefold (password, -1);
  if (holds (folded, owner->login) || holds (folded, owner->name))
    return fail_password (_ ("密码里不能有账号或姓名"), error);
  if (count_classes (password) < 2)
    return fail_password (_ ("密码要有字母、数字、符号中的两种"), error);
  if (!is_common (connection, folded, &found, error))
    return FALSE;
  if (found || count_turns (folded) < RUN_MAX)
    return fail_password (_ ("这个密码太容易猜到"), error);
  return TRUE;
}

char *
hx_password_hash (const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (sodium_init () >= 0
      && crypto_pwhash_str_alg (hash, password, strlen (password), PASSES,
                                MEMORY, crypto_pwhash_ALG_ARGON2ID13)
             == 0)
    return g_strdup (hash);
  hx_fail (error, HX_ERROR_LIMIT, _ ("内存不够，算不出密码的摘要"), NULL,
           _ ("过一会儿再试"));
  return NULL;
}

char *
hx_password_make (void)
{
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 16; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text,
                         letters[randombytes_uniform (sizeof letters - 1)]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
hx_password_verify (const char *hash, const char *password)
{
  char copy[crypto_pwhash_STRBYTES] = { 0 };

  if (sodium_init () < 0 || *hash == '\0' || strlen (hash) >= sizeof copy)
    return FALSE;
  g_strlcpy (copy, hash, sizeof copy);
  return crypto_pwhash_str_verify (copy, password, strlen (password)) == 0;
}

gboolean
hx_password_is_old (const char *hash)
{
  char copy[crypto_pwhash_STRBYTES] = { 0 };

  if (g_strlcpy (copy, hash, sizeof copy) >= sizeof copy)
    return TRUE;
  return crypto_pwhash_str_needs_rehash (copy, PASSES, MEMORY) != 0;
}
