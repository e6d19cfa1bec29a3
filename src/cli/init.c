#include "cli/session.h"
#include "report/year.h"

typedef struct
{
  HxCatalogue *catalogue;
  const char *bureau; /* NULL: as it was */
  HxInstallSummary summary;
  guint recounted;
} Install;

static gboolean
install (HxConnection *connection, gpointer data, GError **error)
{
  Install *work = data;
  return hx_ledger_migrate (connection, error)
         && hx_measure_migrate (connection, error)
         && hx_catalogue_install (connection, work->catalogue, &work->summary,
                                  error)
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

static gboolean
run_init (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *bureau = NULL;
  const GOptionEntry entries[] = {
    { "catalogue", 0, 0, G_OPTION_ARG_FILENAME, &folder, NULL, NULL },
    { "bureau", 0, 0, G_OPTION_ARG_STRING, &bureau, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_init, entries, 0, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  g_autoptr (HxCatalogue) catalogue = load_catalogue (folder, error);
  if (catalogue == NULL)
    return FALSE;
  g_autoptr (HxStore) store
      = hx_store_open (cli->db, HX_STORE_CREATE, NULL, error);
  Install work = { .catalogue = catalogue, .bureau = bureau };
  if (store == NULL || !hx_write (store, install, &work, error))
    return FALSE;
  hx_cli_print (_ ("%s：目录“%s”已装好：新台账 %u 种，新字段 %u 个，"
                   "改动 %u 种，指标重算 %u 个\n"),
                cli->db, hx_catalogue_name (catalogue), work.summary.kinds_new,
                work.summary.fields_new, work.summary.kinds_changed,
                work.recounted);
  return TRUE;
}

const HxCommand hx_command_init = {
  .name = "init",
  .synopsis = "[--bureau NAME] [--catalogue DIR]",
  .summary = N_ ("建立数据库，或让已有的数据库跟上改过的目录"),
  .manual = N_ (
      "目录（YAML 文件）规定单位登记什么、数什么、报告什么；不指定就用自带的\n"
      "老干部局目录。在已有的数据库上再运行一次，就按新目录增加台账和字段、\n"
      "改名称；会丢失数据的改动一律拒绝并逐条说明。\n\n"
      "  --bureau NAME    单位全称，写在报告的标题里\n"
      "  --catalogue DIR  用这个文件夹里的目录\n\n"
      "例： hongxia init --bureau 荔湾区委老干部局\n"
      "     hongxia init --catalogue 我的目录 --db sqlite:2024.db"),
  .run = run_init,
};
