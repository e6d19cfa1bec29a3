#include "access/access.h"
#include "cli/edition.h"
#include "cli/session.h"
#include "ledger/evidence.h"
#include "ledger/search.h"

typedef struct
{
  HxCliProgress progress;
  guint findings;
  gboolean as_json;
  HxJson json;
} Findings;

static void
take_finding (const char *finding, gpointer data)
{
  Findings *findings = data;
  findings->findings++;
  if (findings->as_json)
    hx_json_string (&findings->json, finding);
  else
    hx_cli_print ("%s\n", finding);
}

static gboolean
show_progress (guint64 done, guint64 total, gpointer data)
{
  Findings *findings = data;
  return hx_cli_progress (done, total, &findings->progress);
}

static gboolean
verify (const HxStore *store, HxConnection *connection, HxCatalogue *catalogue,
        Findings *findings, GError **error)
{
  if (!hx_evidence_verify (store, connection,
                           hx_catalogue_digest_kind (catalogue), take_finding,
                           findings, error))
    return FALSE;
  findings->progress = (HxCliProgress){ .label = _ ("核对记录") };
  if (!hx_ledger_verify (connection, catalogue, take_finding, findings,
                         show_progress, error))
    return FALSE;
  if (!hx_access_verify (connection, take_finding, findings, error))
    return FALSE;
  findings->progress = (HxCliProgress){ .label = _ ("核对搜索索引") };
  if (!hx_search_verify (connection, catalogue, take_finding, findings,
                         show_progress, error))
    return FALSE;
  findings->progress = (HxCliProgress){ .label = _ ("核对数字") };
  return hx_measure_verify (connection, catalogue, take_finding, findings,
                            show_progress, error)
         && hx_editions_verify (connection, catalogue, take_finding, findings,
                                error);
}

static gboolean
run_verify (HxCli *cli, int argc, char **arguments, GError **error)
{
  Findings findings = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &findings.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_verify, entries, 0, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  if (store == NULL || !hx_store_check (store, error))
    return FALSE;
  g_autoptr (HxReader) reader = hx_store_reader (store, error);
  if (reader == NULL)
    return FALSE;
  g_autoptr (GString) out = g_string_new (NULL);
  hx_json_init (&findings.json, out, TRUE);
  hx_json_array_begin (&findings.json);
  if (!verify (store, hx_reader_connection (reader), catalogue, &findings,
               error))
    return FALSE;
  hx_json_array_end (&findings.json);
  cli->findings = findings.findings > 0;
  if (findings.as_json)
    hx_cli_print ("%s\n", out->str);
  else if (findings.findings == 0)
    hx_cli_print ("%s\n", _ ("变更链、各行、各数字全部相符"));
  return findings.as_json
         || hx_cli_edition_changes (hx_reader_connection (reader), catalogue, 0,
                                    error);
}

const HxCommand hx_command_verify = {
  .name = "verify",
  .synopsis = "[--json]",
  .summary = N_ ("核对变更链、各行和各数字，指出不符之处"),
  .manual = N_ ("从第一条起重算变更链，把每一行与它的变更记录对照，从各行重新\n"
                "数出每个数字，再做一遍搜索索引，核对出具过的报告、\n"
                "佐证材料的文件和审批的状态。绕过程序直接改数据库\n"
                "也会被发现。出具以后更正的数字一并列出，那不算不符。\n"
                "全部相符退出码为 0，有不符为 1。"),
  .run = run_verify,
};
