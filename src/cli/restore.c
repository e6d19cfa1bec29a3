#include "cli/cli.h"
#include "ledger/evidence.h"

/* What lies beside the backup goes beside the database. */
static gboolean
copy_evidence (HxStore *store, const char *path, GError **error)
{
  g_autofree char *from = g_strconcat (path, ".evidence", NULL);
  g_autofree char *to = hx_evidence_folder (store);
  g_autoptr (HxReader) reader = hx_store_reader (store, error);
  gboolean is_kept = FALSE;
  guint count = 0;

  if (reader == NULL
      || !hx_evidence_is_kept (hx_reader_connection (reader), &is_kept, error))
    return FALSE;
  if (!is_kept)
    return TRUE;
  if (!hx_evidence_copy (hx_reader_connection (reader), from, to, &count,
                         error))
    return FALSE;
  if (count > 0)
    hx_cli_print (_ ("佐证材料 %u 件已放在 %s\n"), count, to);
  return TRUE;
}

static gboolean
run_restore (HxCli *cli, int argc, char **arguments, GError **error)
{
  if (!hx_cli_options (cli, &hx_command_restore, NULL, 1, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  g_autofree char *kept = NULL;
  const HxStoreOptions options = { .key_file = cli->key };
  if (!hx_store_restore (cli->db, arguments[1], &options, &kept, error))
    return FALSE;
  hx_cli_print (_ ("已从 %s 恢复\n"), arguments[1]);
  if (kept != NULL)
    hx_cli_print (_ ("原来的数据库保留为 %s\n"), kept);
  g_autoptr (GError) locked = NULL;
  g_autoptr (HxStore) store = hx_cli_open (cli, &locked);
  if (store == NULL)
    {
      hx_cli_print (_ ("但还打不开它：%s\n"), locked->message);
      return TRUE;
    }
  return copy_evidence (store, arguments[1], error);
}

const HxCommand hx_command_restore = {
  .name = "restore",
  .synopsis = "FILE",
  .summary = N_ ("用备份文件恢复数据库"),
  .manual
  = N_ ("先核对备份是否完整、密钥文件对不对，再一步换上；原来的数据库改名\n"
        "保留在旁边。密钥文件不在备份里：先把备份时的那一个，或后来轮换过的，\n"
        "放在数据库旁边，或用 --key 指明。\n\n"
        "例： hongxia restore 2023-12-31.db"),
  .run = run_restore,
};
