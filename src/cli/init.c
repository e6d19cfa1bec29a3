#include "access/access.h"
#include "cli/session.h"
#include "ledger/search.h"
#include "report/draft.h"
#include "report/year.h"

typedef struct
{
  HxCatalogue *catalogue;
  const char *bureau; /* NULL: as it was */
  HxInstallSummary summary;
  guint recounted;
  gboolean is_new; /* its key was made */
} Install;

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  Install *work = data;
  guint generation;
  work->is_new = !hx_key_generation (connection, &generation, NULL);
  return hx_ledger_migrate (connection, error)
         && hx_measure_migrate (connection, error)
         && hx_access_migrate (connection, error)
         && hx_report_migrate (connection, error)
         && hx_catalogue_install (connection, work->catalogue, &work->summary,
                                  error)
         && hx_search_sync (connection, work->catalogue, NULL, error)
         && hx_measure_sync (connection, work->catalogue, &work->recounted,
                             error)
         && (work->bureau == NULL
             || hx_setting_set (connection, HX_SETTING_BUREAU, work->bureau,
                                error));
}

static HxCatalogue *
load_catalogue (const char *folder, GError **error)
{
  if (folder != NULL)
    return hx_catalogue_load_folder (folder, error);
  g_autoptr (HxBundle) bundle = hx_cli_shipped_catalogue (error);
  return bundle != NULL ? hx_catalogue_load (bundle, error) : NULL;
}

/* A bureau that chains its log by SM3 keeps to such algorithms. */
static gboolean
choose_cipher (const char *name, const HxCatalogue *catalogue, HxCipher *cipher,
               GError **error)
{
  *cipher = hx_catalogue_digest_kind (catalogue) == HX_DIGEST_SM3
                ? HX_CIPHER_SM4
                : HX_CIPHER_AES;
  return name == NULL || hx_cli_cipher (name, cipher, error);
}

static gboolean
run_init (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *bureau = NULL;
  g_autofree char *cipher = NULL;
  const GOptionEntry entries[] = {
    { "catalogue", 0, 0, G_OPTION_ARG_FILENAME, &folder, NULL, NULL },
    { "bureau", 0, 0, G_OPTION_ARG_STRING, &bureau, NULL, NULL },
    { "cipher", 0, 0, G_OPTION_ARG_STRING, &cipher, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_init, entries, 0, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  g_autoptr (HxCatalogue) catalogue = load_catalogue (folder, error);
  HxStoreOptions options = { .key_file = cli->key };
  if (catalogue == NULL
      || !choose_cipher (cipher, catalogue, &options.cipher, error))
    return FALSE;
  g_autoptr (HxStore) store
      = hx_store_open (cli->db, HX_STORE_CREATE, &options, error);
  Install work = { .catalogue = catalogue, .bureau = bureau };
  if (store == NULL || !hx_write (store, install, &work, error))
    return FALSE;
  hx_cli_print (_ ("%s：目录“%s”已装好：新台账 %u 种，新字段 %u 个，"
                   "改动 %u 种，指标重算 %u 个\n"),
                cli->db, hx_catalogue_name (catalogue), work.summary.kinds_new,
                work.summary.fields_new, work.summary.kinds_changed,
                work.recounted);
  if (work.is_new)
    hx_cli_print (_ ("密钥文件：%s。没有它谁也读不出保密的内容："
                     "请另存一份，与备份分开保管\n"),
                  hx_store_key_file (store));
  return TRUE;
}

const HxCommand hx_command_init = {
  .name = "init",
  .synopsis = "[--bureau NAME] [--catalogue DIR] [--cipher aes|sm4]",
  .summary = N_ ("建立数据库，或让已有的数据库跟上改过的目录"),
  .manual = N_ (
      "目录（YAML 文件）规定单位登记什么、数什么、报告什么；不指定就用自带的\n"
      "老干部局目录。在已有的数据库上再运行一次，就按新目录增加台账和字段、\n"
      "改名称；会丢失数据的改动一律拒绝并逐条说明。\n\n"
      "  --bureau NAME    单位全称，写在报告的标题里\n"
      "  --catalogue DIR  用这个文件夹里的目录\n"
      "  --cipher aes|sm4 新数据库用哪种算法加密保密的字段；不指定时，目录的\n"
      "                   digest 是 sm3 就用 sm4，否则用 aes\n\n"
      "新数据库旁边会有一个密钥文件（数据库名.key），保密的字段用它加密。\n"
      "备份里没有它：请另存一份，分开保管。\n\n"
      "例： hongxia init --bureau 荔湾区委老干部局\n"
      "     hongxia init --catalogue 我的目录 --db sqlite:2024.db"),
  .run = run_init,
};
