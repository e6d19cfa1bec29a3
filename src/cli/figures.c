#include "cli/figure_output.h"
#include "cli/session.h"
#include "people/weakness.h"
#include "report/year.h"

static gboolean
print_figures (HxCli *cli, int year, const HxCliPeriod *choice,
               gboolean as_json, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  HxConnection *connection = reading.connection;
  HxPeriod period = { .year = year };
  if (!hx_cli_period (&reading, choice, &period, error))
    return FALSE;
  g_autoptr (GPtrArray) figures
      = hx_figures_read (connection, reading.catalogue, &period, error);
  g_autoptr (GHashTable) stated
      = figures != NULL ? hx_report_stated (connection, reading.catalogue,
                                            &period, figures, error)
                        : NULL;
  g_autoptr (GHashTable) weak
      = stated != NULL ? hx_weakness_of_figures (connection, reading.catalogue,
                                                 period.unit_id, figures, error)
                       : NULL;
  if (weak == NULL)
    return FALSE;
  if (as_json)
    hx_cli_figures_json (figures, stated, weak);
  else
    hx_cli_figures_table (figures, stated, weak);
  return TRUE;
}

static gboolean
run_figures (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_auto (HxCliPeriod) choice = { 0 };
  gboolean as_json = FALSE;
  int year = 0;
  const GOptionEntry entries[] = {
    HX_CLI_PERIOD_ENTRIES (&choice),
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_figures, entries, 1, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  return hx_cli_year (arguments[1], &year, error)
         && print_figures (cli, year, &choice, as_json, error);
}

const HxCommand hx_command_figures = {
  .name = "figures",
  .synopsis = "YEAR [--as-of DATE] [--month N] [--unit NAME] [--json]",
  .summary = N_ ("列出一年的全部指标：值、报告里的写法、背后的行数"),
  .manual = N_ ("数字随每次登记当场更新，不必等夜间统计。\n"
                "带 ※ 的数字依据的字段填得不够（目录的 quality.yaml），\n"
                "表后写明缺多少。\n"
                "  --as-of DATE  只数到这一天为止\n"
                "  --json        用 JSON 输出\n\n"
                "例： hongxia figures 2023 --as-of 2023-06-30"),
  .run = run_figures,
};
