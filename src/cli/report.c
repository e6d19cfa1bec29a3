#include "check/issue.h"
#include "cli/edition.h"
#include "cli/session.h"
#include "plan/years.h"
#include "report/year.h"

#include <string.h>
#include <unistd.h>

static const char *const format_names[] = {
  [HX_REPORT_MARKDOWN] = "md",
  [HX_REPORT_HTML] = "html",
  [HX_REPORT_JSON] = "json",
  [HX_REPORT_DOCX] = "docx",
};

static gboolean
parse_format (const char *name, HxReportFormat *format, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (name == NULL || strcmp (name, format_names[i]) == 0)
      {
        *format = (HxReportFormat)i;
        return TRUE;
      }
  return hx_fail (error, HX_ERROR_USAGE, _ ("没有这种格式"), name,
                  _ ("可用 md、html、json、docx"));
}

static void
print_changes (const GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const HxWordingChange *change = changes->pdata[i];
      g_printerr (_ ("措辞改动：%s 第 %u 行：%s → %s\n"), change->key,
                  change->line, change->approved, change->wording);
    }
}

/* Bytes that are no text do not go to a screen. */
static gboolean
check_output (HxReportFormat format, const char *output, GError **error)
{
  if (format != HX_REPORT_DOCX || output != NULL || !isatty (STDOUT_FILENO))
    return TRUE;
  return hx_fail (error, HX_ERROR_USAGE, _ ("Word 文件不能写到屏幕上"), NULL,
                  _ ("请用 -o 写到文件，如 -o 自评报告.docx"));
}

/* A report is issued when nothing blocks it.  A catalogue without a plan or
 * money, or without rules, has nothing that could. */
static gboolean
may_issue (const HxCliReading *reading, const HxPeriod *period,
           const HxReportOptions *options, GError **error)
{
  const HxReviewOptions how = { .year = period->year,
                                .as_of = period->as_of,
                                .markdown = *options->markdown,
                                .values = options->values };
  HxCatalogue *catalogue = reading->catalogue;
  g_autoptr (HxReviewResult) review = NULL;

  if (options->is_draft || !hx_review_is_possible (catalogue))
    return TRUE;
  if (!hx_year_need (reading->connection, catalogue, period->year, HX_YEAR_ANY,
                     error))
    return FALSE;
  review = hx_review_year (reading->connection, catalogue, &how, error);
  return review != NULL && hx_review_pass (review, error);
}

static gboolean
put_out (const char *output, const char *text, gsize length, GError **error)
{
  if (output != NULL)
    return hx_file_replace (output, text, (gssize)length, error);
  fwrite (text, 1, length, stdout);
  return TRUE;
}

static gboolean
write_report (HxCli *cli, const HxPeriod *period, const HxReportOptions *asked,
              const char *output, GError **error)
{
  g_auto (HxCliReading) reading = { 0 };
  if (!hx_cli_read (cli, &reading, error))
    return FALSE;
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hx_wording_change_free);
  g_autoptr (GHashTable) values
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *markdown = NULL;
  gsize length = 0;
  HxReportOptions options = *asked;
  options.changes = changes;
  options.length = &length;
  options.markdown = &markdown;
  options.values = values;
  g_autofree char *text = hx_report_year (reading.connection, reading.catalogue,
                                          period, &options, error);
  if (text == NULL || !may_issue (&reading, period, &options, error))
    return FALSE;
  print_changes (changes);
  return put_out (output, text, length, error);
}

/* What was issued, or is to be now. */
static gboolean
issued_report (HxCli *cli, int year, const HxCliEdition *edition,
               HxReportFormat format, const char *output, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (edition->number < 0)
    return hx_fail (error, HX_ERROR_USAGE, _ ("第几次出具要写成正整数"),
                    "--edition", NULL);
  if (edition->list)
    return hx_cli_edition_list (cli, year, error);
  if (edition->issue && !hx_cli_edition_issue (cli, year, error))
    return FALSE;
  if (edition->issue && output == NULL)
    return TRUE;
  text = hx_cli_edition_read (cli, year, (guint)edition->number, format,
                              &length, error);
  return text != NULL && put_out (output, text, length, error);
}

static gboolean
run_report (HxCli *cli, int argc, char **arguments, GError **error)
{
  g_autofree char *format = NULL, *output = NULL, *template_path = NULL;
  HxReportOptions options = { 0 };
  HxCliEdition edition = { 0 };
  HxPeriod period = { 0 };
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, NULL, NULL },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &template_path, NULL, NULL },
    { "reword", 0, 0, G_OPTION_ARG_NONE, &options.reword, NULL, NULL },
    { "draft", 0, 0, G_OPTION_ARG_NONE, &options.is_draft, NULL, NULL },
    { "issue", 0, 0, G_OPTION_ARG_NONE, &edition.issue, NULL, NULL },
    { "edition", 0, 0, G_OPTION_ARG_INT, &edition.number, NULL, NULL },
    { "editions", 0, 0, G_OPTION_ARG_NONE, &edition.list, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_report, entries, 1, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  options.template_path = template_path;
  if (!hx_cli_year (arguments[1], &period.year, error)
      || !parse_format (format, &options.format, error)
      || !check_output (options.format, output, error))
    return FALSE;
  if (edition.issue || edition.list || edition.number != 0)
    return issued_report (cli, period.year, &edition, options.format, output,
                          error);
  return write_report (cli, &period, &options, output, error);
}

const HxCommand hx_command_report = {
  .name = "report",
  .synopsis = "YEAR [--format md|html|json|docx] [-o FILE] [--template FILE] "
              "[--reword] [--draft] [--issue | --edition N | --editions]",
  .summary = N_ ("由记录写出一年的绩效自评报告"),
  .manual = N_ (
      "模板里没有手写的数字，每个数字都连着它背后的行。写法（380多、近万）\n"
      "不符合实际值时拒绝出报告，并指出模板的哪一行、哪个数字。\n\n"
      "  --format html   一个独立的网页文件，点数字就看到它的行\n"
      "  --format docx   Word 文件，版式按 GB/T 9704，要和 -o 一起用\n"
      "  --reword        按现值重写已认可的约数，并列出改动\n"
      "  --issue         出具：数值、写法、背后的行连同摘要一起定下，这一年的\n"
      "                  记录锁定；有拦下的发现就不能出具\n"
      "  --edition N     第 N 次出具的那一份，照当时定下的写出\n"
      "  --editions      列出出具过的，以及出具以后变了的数字\n"
      "  --draft         还有没改正的发现（hongxia check）也写出，标明草稿\n\n"
      "例： hongxia report 2023 --format html -o 自评报告.html"),
  .run = run_report,
};
