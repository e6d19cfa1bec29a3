#include "cli/session.h"
#include "ledger/search.h"
#include "ledger/secret.h"

#include <string.h>
#include <sys/stat.h>

/* The key: which there is and which is in use, never the key itself. */

typedef struct
{
  HxCatalogue *catalogue;
  HxCipher cipher;
  HxRotation rotation;
} Work;

/* ---------------------------------------------------------------------- show
 */

typedef struct
{
  HxKeyring *keyring;
  guint used;
  const char *file;
  unsigned mode;
} Ring;

static void
print_ring (const Ring *ring)
{
  hx_cli_print (_ ("密钥文件：%s（权限 %o）\n"), ring->file, ring->mode);
  for (guint i = 0; i < hx_keyring_count (ring->keyring); i++)
    {
      const guint number = hx_keyring_number (ring->keyring, i);
      HxCipher cipher = HX_CIPHER_AES;
      hx_keyring_cipher (ring->keyring, number, &cipher);
      hx_cli_print (_ ("  第 %u 代  %s  %s\n"), number, hx_cipher_name (cipher),
                    number == ring->used  ? _ ("在用")
                    : number < ring->used ? _ ("旧：变更日志还要用它")
                                          : _ ("待用：上次轮换没有完成"));
    }
}

static void
print_ring_json (const Ring *ring)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member (&json, "file", ring->file);
  g_autofree char *mode = g_strdup_printf ("%04o", ring->mode);
  hx_json_member (&json, "mode", mode);
  hx_json_member_integer (&json, "in_use", ring->used);
  hx_json_key (&json, "generations");
  hx_json_array_begin (&json);
  for (guint i = 0; i < hx_keyring_count (ring->keyring); i++)
    {
      const guint number = hx_keyring_number (ring->keyring, i);
      HxCipher cipher = HX_CIPHER_AES;
      hx_keyring_cipher (ring->keyring, number, &cipher);
      hx_json_object_begin (&json);
      hx_json_member_integer (&json, "generation", number);
      hx_json_member (&json, "cipher", hx_cipher_name (cipher));
      hx_json_object_end (&json);
    }
  hx_json_array_end (&json);
  hx_json_object_end (&json);
  hx_cli_print ("%s\n", out->str);
}

static gboolean
show (HxStore *store, gboolean as_json, GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (store, error);
  struct stat status = { 0 };
  if (reader == NULL)
    return FALSE;
  HxConnection *connection = hx_reader_connection (reader);
  Ring ring = { .file = hx_key_file (connection) };
  g_autoptr (HxKeyring) keyring = hx_key_ring (connection, error);
  if (keyring == NULL || !hx_key_generation (connection, &ring.used, error))
    return FALSE;
  ring.keyring = keyring;
  if (stat (ring.file, &status) == 0)
    ring.mode = status.st_mode & 07777;
  (as_json ? print_ring_json : print_ring) (&ring);
  return TRUE;
}

/* -------------------------------------------------------------------- rotate
 */

static gboolean
rotate (HxConnection *connection, gpointer data, GError **error)
{
  Work *work = data;
  return hx_secret_rotate (connection, work->catalogue, work->cipher,
                           &work->rotation, error)
         && hx_search_sync (connection, work->catalogue, NULL, error);
}

/* The cipher that is in use, unless another is asked for. */
static gboolean
choose_cipher (HxStore *store, const char *name, HxCipher *cipher,
               GError **error)
{
  g_autoptr (HxReader) reader = hx_store_reader (store, error);
  guint used;
  if (reader == NULL
      || !hx_key_generation (hx_reader_connection (reader), &used, error))
    return FALSE;
  g_autoptr (HxKeyring) keyring
      = hx_key_ring (hx_reader_connection (reader), error);
  if (keyring == NULL)
    return FALSE;
  hx_keyring_cipher (keyring, used, cipher);
  return name == NULL || hx_cli_cipher (name, cipher, error);
}

static gboolean
run_rotate (HxStore *store, HxCatalogue *catalogue, const char *cipher,
            GError **error)
{
  Work work = { .catalogue = catalogue };
  if (!choose_cipher (store, cipher, &work.cipher, error)
      || !hx_write (store, rotate, &work, error))
    return FALSE;
  hx_cli_print (_ ("已换用第 %u 代密钥（%s）：重新加密 %lu 行的 %lu 个值\n"),
                work.rotation.generation, hx_cipher_name (work.cipher),
                (unsigned long)work.rotation.rows,
                (unsigned long)work.rotation.values);
  hx_cli_print (_ ("密钥文件变了，请重新另存一份：%s；"
                   "旧的各代仍在里面，变更日志和以前的备份要用它们\n"),
                hx_store_key_file (store));
  return TRUE;
}

static gboolean
run_key (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_autofree char *cipher = NULL;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "cipher", 0, 0, G_OPTION_ARG_STRING, &cipher, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_key, entries, 1, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  const gboolean rotates = strcmp (arguments[1], "rotate") == 0;
  if (!rotates && strcmp (arguments[1], "show") != 0)
    return hx_fail (error, HX_ERROR_USAGE, _ ("key 后面写 show 或 rotate"),
                    arguments[1], _ ("hongxia key --help 有说明"));
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  if (store == NULL)
    return FALSE;
  return rotates ? run_rotate (store, catalogue, cipher, error)
                 : show (store, as_json, error);
}

const HxCommand hx_command_key = {
  .name = "key",
  .synopsis = "show [--json] | rotate [--cipher aes|sm4]",
  .summary = N_ ("查看密钥文件的情况，或换一代新的密钥"),
  .manual = N_ (
      "身份证号、电话、住址、健康状况、银行卡号等保密的字段，在数据库和备份里\n"
      "都是加密的，密钥在数据库旁边的密钥文件里（数据库名."
      "key，只有主人能读）。\n\n"
      "show 列出密钥文件、各代密钥的算法和在用的一代，从不显示密钥。\n"
      "rotate 生成新的一代，把各行保密的内容全部重新加密；中途断电也不要紧，\n"
      "再运行一次即可。旧的各代留在文件里：变更日志和以前的备份要用它们。\n"
      "换人保管、疑心有人看过密钥文件时，就轮换一次。\n\n"
      "  --cipher aes|sm4   新的一代用哪种算法；不写就和现在一样\n\n"
      "例： hongxia key show\n"
      "     hongxia key rotate"),
  .run = run_key,
};
