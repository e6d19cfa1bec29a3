#include "cli/cli.h"
#include "ledger/evidence.h"

/* The files of the evidence beside the copy: what it names is in it. */
static gboolean
copy_evidence (HxStore *store, const char *path, GError **error)
{
  g_autofree char *from = hx_evidence_folder (store);
  g_autofree char *to = g_strconcat (path, ".evidence", NULL);
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
    hx_cli_print (_ ("佐证材料 %u 件在 %s，请与备份放在一起\n"), count, to);
  return TRUE;
}

static gboolean
run_backup (HxCli *cli, int argc, char **arguments, GError **error)
{
  if (!hx_cli_options (cli, &hx_command_backup, NULL, 1, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  g_autoptr (HxStore) store = hx_cli_open (cli, error);
  if (store == NULL)
    return FALSE;
  HxCliProgress progress = { .label = _ ("备份") };
  if (!hx_store_backup (store, arguments[1], hx_cli_progress, &progress, error))
    return FALSE;
  hx_cli_print (_ ("已备份到 %s\n"), arguments[1]);
  if (!copy_evidence (store, arguments[1], error))
    return FALSE;
  hx_cli_print (_ ("备份里没有密钥，恢复时要用它：%s，请另存一份，分开保管\n"),
                hx_store_key_file (store));
  return TRUE;
}

const HxCommand hx_command_backup = {
  .name = "backup",
  .synopsis = "FILE",
  .summary = N_ ("把数据库完整地备份到一个新文件"),
  .manual
  = N_ ("备份期间别人可以照常读写；备份是同一时刻的完整副本，写完即核对。\n"
        "已有的文件不会被覆盖。备份里没有密钥文件：没有它，备份里保密的内容\n"
        "读不出来，请另存一份，与备份分开保管。佐证材料的文件复制到\n"
        "FILE.evidence，请与备份放在一起；restore 会一起放回去。\n\n"
        "例： hongxia backup 2023-12-31.db"),
  .run = run_backup,
};
