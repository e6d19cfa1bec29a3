#include "cli/session.h"

#include "exchange/exchange.h"

#define FAILURES_SHOWN 20
#define FAILURES_LISTED 1000

typedef struct
{
  HxCliProgress progress;
  guint shown;
  GPtrArray *failures; /* machine-readable output: place and reason in turn;
                        * NULL: lines for people */
} Show;

static void
show_failure (const char *where, const char *reason, gpointer data)
{
  Show *show = data;
  if (show->failures != NULL && show->failures->len < 2 * FAILURES_LISTED)
    {
      g_ptr_array_add (show->failures, g_strdup (where));
      g_ptr_array_add (show->failures, g_strdup (reason));
    }
  else if (show->failures == NULL && show->shown++ < FAILURES_SHOWN)
    g_printerr ("%s：%s\n", where, reason);
}

static gboolean
show_progress (guint64 done, guint64 total, gpointer data)
{
  Show *show = data;
  return hx_cli_progress (done, total, &show->progress);
}

static void
failures_json (HxJson *json, const GPtrArray *failures)
{
  hx_json_key (json, "failures");
  hx_json_array_begin (json);
  for (guint i = 0; i + 1 < failures->len; i += 2)
    {
      hx_json_object_begin (json);
      hx_json_member (json, "where", failures->pdata[i]);
      hx_json_member (json, "reason", failures->pdata[i + 1]);
      hx_json_object_end (json);
    }
  hx_json_array_end (json);
}

static void
print_json (const HxImportSummary *summary, const GPtrArray *failures,
            gboolean with_mapping)
{
  g_autoptr (GString) out = g_string_new (NULL);
  HxJson json;
  hx_json_init (&json, out, TRUE);
  hx_json_object_begin (&json);
  hx_json_member_integer (&json, "rows", (gint64)summary->rows);
  hx_json_member_integer (&json, "new", (gint64)summary->added);
  hx_json_member_integer (&json, "changed", (gint64)summary->changed);
  hx_json_member_integer (&json, "unchanged", (gint64)summary->unchanged);
  hx_json_member_integer (&json, "failed", (gint64)summary->failed);
  if (with_mapping)
    {
      hx_json_member_integer (&json, "contradicting",
                              (gint64)summary->contradicting);
      hx_json_member_integer (&json, "skipped", (gint64)summary->skipped);
    }
  hx_json_member_integer (&json, "warnings", (gint64)summary->n_warnings);
  hx_json_key (&json, "kept");
  hx_json_bool (&json, summary->kept);
  hx_json_key (&json, "unknown_columns");
  hx_json_array_begin (&json);
  for (guint i = 0; i < summary->unknown_columns->len; i++)
    hx_json_string (&json, summary->unknown_columns->pdata[i]);
  hx_json_array_end (&json);
  failures_json (&json, failures);
  hx_json_object_end (&json);
  hx_cli_print ("%s\n", out->str);
}

static void
print_names (const char *label, const GPtrArray *names)
{
  if (names->len == 0)
    return;
  hx_cli_print ("%s", label);
  for (guint i = 0; i < names->len; i++)
    hx_cli_print ("%s%s", i > 0 ? "、" : "", (char *)names->pdata[i]);
  hx_cli_print ("\n");
}

static const HxBudgetPaid *
find_paid (const GPtrArray *lines, gint64 id)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const HxBudgetPaid *paid = lines->pdata[i];
      if (paid->id == id)
        return paid;
    }
  return NULL;
}

static void
print_paid_line (const HxBudgetPaid *line, gint64 before)
{
  g_autofree char *had = hx_money_format_yuan (before);
  g_autofree char *more = hx_money_format_yuan (line->paid - before);
  g_autofree char *now = hx_money_format_yuan (line->paid);
  hx_cli_print ("  ");
  hx_cli_print_padded (line->number, 20, FALSE);
  hx_cli_print_padded (had, 18, TRUE);
  hx_cli_print_padded (more, 18, TRUE);
  hx_cli_print_padded (now, 18, TRUE);
  hx_cli_print ("  %s\n", line->name);
}

/* Lines on which something was paid by this file. */
static void
print_paid (const GPtrArray *before, const GPtrArray *after)
{
  gboolean is_first = TRUE;
  for (guint i = 0; i < after->len; i++)
    {
      const HxBudgetPaid *line = after->pdata[i];
      const HxBudgetPaid *then = find_paid (before, line->id);
      const gint64 had = then != NULL ? then->paid : 0;
      if (line->paid == had)
        continue;
      if (is_first)
        hx_cli_print ("%s\n", _ ("各预算指标的支付（元）：编号、导入前、本次、"
                                 "导入后、项目"));
      is_first = FALSE;
      print_paid_line (line, had);
    }
}

static void
print_reconciled (const HxImportSummary *summary,
                  const HxImportOptions *options)
{
  hx_cli_print (_ ("映射“%s”：与已有的一致 %" G_GUINT64_FORMAT
                   "，不一致 %" G_GUINT64_FORMAT
                   "，按映射略过 %" G_GUINT64_FORMAT " 行\n"),
                options->mapping->name, summary->unchanged,
                summary->contradicting, summary->skipped);
  if (summary->paid_after != NULL)
    print_paid (summary->paid_before, summary->paid_after);
}

static const char *
refusal (const HxImportSummary *summary, const HxImportOptions *options)
{
  if (options->mapping == NULL)
    return _ ("有失败的行，按要求全部没有导入");
  return summary->contradicting > 0 && !options->skip_contradictions
             ? _ ("有失败或不一致的行，全部没有导入；确认以已有的为准时，"
                  "加 --skip-contradictions 略过不一致的行")
             : _ ("有失败的行，全部没有导入；改好后重新导入原来的整个文件");
}

static void
print_summary (const HxKind *kind, const HxImportSummary *summary,
               const HxImportOptions *options, const Show *show)
{
  if (show->shown > FAILURES_SHOWN)
    g_printerr (_ ("…… 另有 %u 行失败，用 --errors 文件.xlsx 全部取出\n"),
                show->shown - FAILURES_SHOWN);
  hx_cli_print (_ ("%s：共 %" G_GUINT64_FORMAT " 行 = 新增 %" G_GUINT64_FORMAT
                   " + 更改 %" G_GUINT64_FORMAT " + 未变 %" G_GUINT64_FORMAT
                   " + 失败 %" G_GUINT64_FORMAT "\n"),
                kind->name, summary->rows, summary->added, summary->changed,
                summary->unchanged, summary->failed);
  if (summary->rows + summary->skipped == 0)
    hx_cli_print ("%s\n", _ ("表头下面没有一行数据：请检查文件和工作表"));
  if (options->mapping != NULL)
    print_reconciled (summary, options);
  print_names (_ ("未导入的列（目录里没有）："), summary->unknown_columns);
  print_names (_ ("跳过的工作表（没有认得的表头）："), summary->skipped_sheets);
  if (!summary->kept)
    hx_cli_print ("%s\n", options->dry_run ? _ ("试运行：数据库没有改动")
                                           : refusal (summary, options));
  if (summary->failed + summary->contradicting > 0
      && options->errors_path != NULL)
    hx_cli_print (summary->kept
                      ? _ ("失败的行和原因在 %s，改好后再导入这个文件即可\n")
                      : _ ("失败的行和原因在 %s\n"),
                  options->errors_path);
}

/* One of the catalogue by its name, else a file; `own` is then its owner. */
static gboolean
find_mapping (HxCatalogue *catalogue, const HxKind *kind, const char *name,
              HxImportOptions *options, HxMapping **own, GError **error)
{
  options->mapping = hx_catalogue_mapping (catalogue, name);
  if (options->mapping == NULL && !g_str_has_suffix (name, ".yaml")
      && !g_str_has_suffix (name, ".yml"))
    {
      g_autoptr (GString) known = g_string_new (_ ("可用："));
      const GPtrArray *mappings = hx_catalogue_mappings (catalogue);
      for (guint i = 0; i < mappings->len; i++)
        g_string_append_printf (known, "%s%s（%s）", i > 0 ? "、" : "",
                                ((HxMapping *)mappings->pdata[i])->key,
                                ((HxMapping *)mappings->pdata[i])->name);
      return hx_fail (error, HX_ERROR_NOT_FOUND, _ ("没有这个映射"), name,
                      known->str);
    }
  if (options->mapping == NULL)
    options->mapping = *own = hx_mapping_read (catalogue, name, error);
  if (options->mapping == NULL || options->mapping->kind == kind)
    return options->mapping != NULL;
  return hx_fail (error, HX_ERROR_USAGE, _ ("这个映射不是这种台账的"), name,
                  options->mapping->kind->name);
}

static gboolean
import_file (HxCli *cli, char **arguments, HxImportOptions *options,
             const char *mapping, gboolean as_json, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  if (store == NULL)
    return FALSE;
  const HxKind *kind = hx_cli_kind (catalogue, arguments[1], error);
  if (kind == NULL)
    return FALSE;
  g_autoptr (HxMapping) own = NULL;
  if (mapping != NULL
      && !find_mapping (catalogue, kind, mapping, options, &own, error))
    return FALSE;
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (g_free);
  Show show
      = { .progress.label = kind->name, .failures = as_json ? failures : NULL };
  options->author = hx_cli_author (arguments[2]);
  options->failed = show_failure;
  options->progress = show_progress;
  options->data = &show;
  HxImportSummary summary;
  const gboolean done = hx_import (store, catalogue, kind, arguments[2],
                                   options, &summary, error);
  if (done && as_json)
    print_json (&summary, failures, options->mapping != NULL);
  else if (done)
    print_summary (kind, &summary, options, &show);
  if (done)
    hx_cli_warn (summary.warnings, summary.n_warnings);
  cli->findings = done && summary.failed + summary.contradicting > 0;
  hx_import_summary_clear (&summary);
  return done;
}

static gboolean
run_import (HxCli *cli, int argc, char **arguments, GError **error)
{
  HxImportOptions options = { 0 };
  gboolean as_json = FALSE, is_correction = FALSE;
  g_autofree char *errors_path = NULL;
  g_autofree char *from = NULL;
  g_autofree char *mapping = NULL;
  g_autofree char *after_issue = NULL;
  const GOptionEntry entries[] = {
    { "mapping", 0, 0, G_OPTION_ARG_FILENAME, &mapping, NULL, NULL },
    { "skip-contradictions", 0, 0, G_OPTION_ARG_NONE,
      &options.skip_contradictions, NULL, NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, NULL, NULL },
    { "all-or-nothing", 0, 0, G_OPTION_ARG_NONE, &options.all_or_nothing, NULL,
      NULL },
    { "errors", 0, 0, G_OPTION_ARG_FILENAME, &errors_path, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, NULL, NULL },
    { "correction", 0, 0, G_OPTION_ARG_NONE, &is_correction, NULL, NULL },
    { "after-issue", 0, 0, G_OPTION_ARG_STRING, &after_issue, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_import, entries, 2, &argc, &arguments,
                       error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  options.errors_path = errors_path;
  options.after_issue = after_issue;
  return hx_cli_effect (from, is_correction, &options.effect, error)
         && import_file (cli, arguments, &options, mapping, as_json, error);
}

const HxCommand hx_command_import = {
  .name = "import",
  .synopsis = "KIND FILE [--dry-run] [--errors OUT.xlsx] [--all-or-nothing] "
              "[--from DATE] [--correction] [--mapping NAME|FILE.yaml] "
              "[--skip-contradictions] [--after-issue REASON] [--json]",
  .summary = N_ ("把一个工作簿（XLSX、CSV）导入一种台账"),
  .manual = N_ (
      "KIND 是台账的键或名称（cadre、离退休干部）。表头按键、名称或别名对应，\n"
      "目录里没有的列会一一列出。每一行都按目录检查；不合格的行不导入，逐行\n"
      "说明原因。同一个文件导入两次不会多出任何一行。\n\n"
      "  --dry-run          只检查、只计数，数据库不变\n"
      "  --errors OUT.xlsx  把失败的行连同原因写成工作簿，改好可再导入\n"
      "  --all-or-nothing   有一行失败就一行都不导入\n"
      "  --from DATE        表中的街道、类别等自这一天起有效，默认今天\n"
      "  --correction       原来登记的有误：直接更正，不算变动\n"
      "  --after-issue 理由 报告出具以后更正那一年的记录，理由记进变更日志\n"
      "  --mapping NAME     别的系统导出的表：按目录里的映射（或一个 .yaml "
      "文件）\n"
      "                     认列；已有的只核对，不更改，不一致的一一列出，\n"
      "                     并且全部不导入\n"
      "  --skip-contradictions  略过不一致的行，其余照导\n"
      "  --json             结果用 JSON 输出\n\n"
      "全部导入退出码为 0，有失败或不一致的行为 1，文件或数据库有问题为 3。\n\n"
      "例： hongxia import cadre 名册.xlsx --errors 待改.xlsx\n"
      "     hongxia import payment 支付明细.xlsx --mapping treasury_payment"),
  .run = run_import,
};
