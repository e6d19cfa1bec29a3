/* The key of a store: which file, which generation, and a sealer for each
 * connection.
 *
 * The setting "secret_key" holds a known text, sealed by the generation that
 * is in use: it names the generation and tells whether a key file is the right
 * one.  Each reader and each write asks for it once, so that both see the
 * generation of their own moment while another process rotates.  A generation
 * that the file did not have when it was read is looked for in it once more.
 */
#include "store/store_internal.h"

#include <string.h>

#define SETTING "secret_key"
#define CHECK_TEXT "hongxia"

static const HxPlace check_place = { "setting", SETTING, 0 };

struct _HxKeys
{
  int references;
  char *path;
  HxCipher cipher; /* of a key that is yet to be made */
  pthread_mutex_t lock;
  HxKeyring *keyring; /* guarded; NULL until it is needed */
};

HxKeys *
hx_keys_new (const char *place, const HxStoreOptions *options)
{
  HxKeys *keys = g_new0 (HxKeys, 1);

  keys->references = 1;
  keys->path = options->key_file != NULL ? g_strdup (options->key_file)
                                         : g_strconcat (place, ".key", NULL);
  keys->cipher = options->cipher;
  pthread_mutex_init (&keys->lock, NULL);
  return keys;
}

HxKeys *
hx_keys_ref (HxKeys *keys)
{
  g_atomic_int_inc (&keys->references);
  return keys;
}

void
hx_keys_unref (HxKeys *keys)
{
  if (keys == NULL || !g_atomic_int_dec_and_test (&keys->references))
    return;
  hx_keyring_unref (keys->keyring);
  pthread_mutex_destroy (&keys->lock);
  g_free (keys->path);
  g_free (keys);
}

const char *
hx_keys_path (const HxKeys *keys)
{
  return keys->path;
}

/* Takes the keyring. */
static HxKeyring *
replace (HxKeys *keys, HxKeyring *keyring)
{
  pthread_mutex_lock (&keys->lock);
  hx_keyring_unref (keys->keyring);
  keys->keyring = hx_keyring_ref (keyring);
  pthread_mutex_unlock (&keys->lock);
  return keyring;
}

/* A reference, NULL with *error. */
static HxKeyring *
get_keyring (HxKeys *keys, gboolean again, GError **error)
{
  HxKeyring *keyring = NULL;

  pthread_mutex_lock (&keys->lock);
  if (keys->keyring != NULL && !again)
    keyring = hx_keyring_ref (keys->keyring);
  pthread_mutex_unlock (&keys->lock);
  if (keyring != NULL)
    return keyring;
  keyring = hx_keyring_open (keys->path, error);
  return keyring != NULL ? replace (keys, keyring) : NULL;
}

/* ------------------------------------------------------------- connections */

void
hx_connection_set_keys (HxConnection *connection, HxKeys *keys)
{
  if (connection->keys == NULL)
    connection->keys = hx_keys_ref (keys);
}

void
hx_connection_drop_keys (HxConnection *connection)
{
  g_clear_pointer (&connection->sealer, hx_sealer_free);
  g_clear_pointer (&connection->keys, hx_keys_unref);
}

static gboolean
renew_sealer (HxConnection *connection, gboolean again, GError **error)
{
  g_autoptr (HxKeyring) keyring = get_keyring (connection->keys, again, error);

  if (keyring == NULL)
    return FALSE;
  hx_sealer_free (connection->sealer);
  connection->sealer = hx_sealer_new (keyring);
  return TRUE;
}

static gboolean
has_sealer (HxConnection *connection, GError **error)
{
  return connection->sealer != NULL || renew_sealer (connection, FALSE, error);
}

/* ------------------------------------------------------ the one that is used
 */

gboolean
hx_key_generation (HxConnection *connection, guint *generation, GError **error)
{
  g_autofree char *sealed = NULL;
  g_autoptr (GError) failed = NULL;

  *generation = connection->generation;
  if (*generation != 0)
    return TRUE;
  sealed = hx_setting_get (connection, SETTING, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!hx_text_is_sealed (sealed, generation))
    return hx_fail (error, HX_ERROR_STORE, _ ("这个数据库没有密钥"), NULL,
                    _ ("它由旧版本建立：用 hongxia init 另建一个数据库，"
                       "再把工作簿导入进去"));
  connection->generation = *generation;
  return TRUE;
}

/* The file is there, private, and the one this database was made with. */
static gboolean
fits (HxConnection *connection, const char *sealed, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) failed = NULL;

  if (!has_sealer (connection, error))
    return FALSE;
  if (hx_connection_unseal (connection, &check_place, sealed, text, &failed)
      && g_str_equal (text->str, CHECK_TEXT))
    return TRUE;
  return hx_fail (error, HX_ERROR_STORE,
                  _ ("密钥文件不是这个数据库的，打不开保密的内容"),
                  connection->keys->path,
                  _ ("换上建库时生成、后来轮换过的那个密钥文件，"
                     "或用 --key 指明它"));
}

gboolean
hx_key_fits (HxConnection *connection, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *sealed = hx_setting_get (connection, SETTING, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return sealed == NULL || fits (connection, sealed, error);
}

gboolean
hx_key_use (HxConnection *connection, guint generation, GError **error)
{
  g_autoptr (GString) sealed = g_string_new (NULL);

  if (!has_sealer (connection, error)
      || !hx_sealer_seal (connection->sealer, generation, &check_place,
                          CHECK_TEXT, sealed, error)
      || !hx_setting_set (connection, SETTING, sealed->str, error))
    return FALSE;
  connection->generation = generation;
  return TRUE;
}

/* A file that lies there already is taken: one that a broken off `init` left,
 * or that of a database that is made anew. */
static HxKeyring *
make_or_open (HxKeys *keys, GError **error)
{
  g_autoptr (GError) failed = NULL;
  HxKeyring *keyring = hx_keyring_create (keys->path, keys->cipher, &failed);

  if (keyring == NULL && g_error_matches (failed, HX_ERROR, HX_ERROR_CONFLICT))
    return hx_keyring_open (keys->path, error);
  if (keyring == NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return keyring;
}

gboolean
hx_key_establish (HxConnection *connection, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *sealed = hx_setting_get (connection, SETTING, &failed);
  g_autoptr (HxKeyring) keyring = NULL;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (sealed != NULL)
    return TRUE;
  keyring = make_or_open (connection->keys, error);
  if (keyring == NULL)
    return FALSE;
  replace (connection->keys, keyring);
  return renew_sealer (connection, FALSE, error)
         && hx_key_use (connection, hx_keyring_newest (keyring), error);
}

gboolean
hx_key_extend (HxConnection *connection, HxCipher cipher, guint *generation,
               GError **error)
{
  g_autoptr (HxKeyring) keyring = NULL;
  HxCipher waiting = HX_CIPHER_AES;
  guint used;

  if (!hx_key_generation (connection, &used, error))
    return FALSE;
  keyring = hx_keyring_open (connection->keys->path, error);
  if (keyring == NULL)
    return FALSE;
  *generation = hx_keyring_newest (keyring);
  if (*generation <= used || !hx_keyring_cipher (keyring, *generation, &waiting)
      || waiting != cipher)
    {
      hx_keyring_unref (keyring);
      keyring = hx_keyring_extend (connection->keys->path, cipher, error);
      if (keyring == NULL)
        return FALSE;
      *generation = hx_keyring_newest (keyring);
    }
  replace (connection->keys, keyring);
  return renew_sealer (connection, FALSE, error);
}

const char *
hx_key_file (HxConnection *connection)
{
  return connection->keys->path;
}

HxKeyring *
hx_key_ring (HxConnection *connection, GError **error)
{
  return get_keyring (connection->keys, FALSE, error);
}

/* ---------------------------------------------------------- sealing, opening
 */

/* The file may have grown since it was read: another process rotates. */
static gboolean
is_news (HxConnection *connection, const GError *failed)
{
  return g_error_matches (failed, HX_ERROR, HX_ERROR_NOT_FOUND)
         && renew_sealer (connection, TRUE, NULL);
}

gboolean
hx_connection_seal (HxConnection *connection, const HxPlace *place,
                    const char *text, GString *out, GError **error)
{
  g_autoptr (GError) failed = NULL;
  guint generation;

  if (!hx_key_generation (connection, &generation, error)
      || !has_sealer (connection, error))
    return FALSE;
  if (hx_sealer_seal (connection->sealer, generation, place, text, out,
                      &failed))
    return TRUE;
  if (is_news (connection, failed))
    return hx_sealer_seal (connection->sealer, generation, place, text, out,
                           error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

gboolean
hx_connection_unseal (HxConnection *connection, const HxPlace *place,
                      const char *sealed, GString *out, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (!has_sealer (connection, error))
    return FALSE;
  if (hx_sealer_open (connection->sealer, place, sealed, out, &failed))
    return TRUE;
  if (is_news (connection, failed))
    return hx_sealer_open (connection->sealer, place, sealed, out, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

gint64
hx_connection_digest (HxConnection *connection, const char *domain,
                      const char *text, gsize size)
{
  guint generation;
  gint64 digest;

  if (!hx_key_generation (connection, &generation, NULL)
      || !has_sealer (connection, NULL))
    return 0;
  digest
      = hx_sealer_digest (connection->sealer, generation, domain, text, size);
  if (digest == 0 && renew_sealer (connection, TRUE, NULL))
    digest
        = hx_sealer_digest (connection->sealer, generation, domain, text, size);
  return digest;
}
