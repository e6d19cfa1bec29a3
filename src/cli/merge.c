#include "cli/duplicates.h"

#include "exchange/duplicate_json.h"

#define STEPS_SHOWN 20

typedef struct
{
  HxMergeOrder order;
  const HxDuplicateRules *rules;
  gint64 undo; /* a note, or 0 */
  gboolean dry_run, as_json;
  GString *out; /* what is said once the write is done */
} MergeCall;

/* -------------------------------------------------------------------- saying
 */

static void
say_json (MergeCall *call, const HxMerged *merged)
{
  HxJson json;
  hx_json_init (&json, call->out, TRUE);
  hx_merged_json (&json, call->rules, &call->order, merged, call->dry_run);
  g_string_append_c (call->out, '\n');
}

static void
say_step (GString *out, const HxMergeStep *step)
{
  if (step->act == HX_MERGE_MOVED)
    g_string_append_printf (out, "%s %" G_GINT64_FORMAT, step->kind->name,
                            step->id);
  else if (step->act == HX_MERGE_REPEATED)
    g_string_append_printf (out, _ ("%s %ld（同 %ld）"), step->kind->name,
                            (long)step->id, (long)step->same);
  else if (step->act == HX_MERGE_DIFFERS)
    g_string_append_printf (out, _ ("%s %ld 的%s"), step->kind->name,
                            (long)step->id, step->field->name);
  else
    g_string_append (out, step->field->name);
}

/* All steps of one act in a line. */
static void
say_act (MergeCall *call, const HxMerged *merged, HxMergeAct act)
{
  guint count = 0;
  for (guint i = 0; i < merged->steps->len; i++)
    {
      const HxMergeStep *step = &g_array_index (merged->steps, HxMergeStep, i);
      if (step->act != act)
        continue;
      if (count == 0)
        g_string_append_printf (call->out, "  %s%s", hx_merge_act_name (act),
                                _ ("："));
      if (count > 0 && count < STEPS_SHOWN)
        g_string_append (call->out, _ ("、"));
      if (count < STEPS_SHOWN)
        say_step (call->out, step);
      count++;
    }
  if (count > STEPS_SHOWN)
    g_string_append_printf (call->out, _ (" 等 %u 项"), count);
  if (count > 0)
    g_string_append_c (call->out, '\n');
}

static void
say_text (MergeCall *call, const HxMerged *merged)
{
  g_string_append_printf (call->out, _ ("%s %ld 并入 %ld\n"),
                          call->rules->of->name, (long)call->order.other,
                          (long)call->order.keep);
  for (guint act = 0; act < HX_MERGE_ACTS; act++)
    say_act (call, merged, act);
  if (call->dry_run)
    g_string_append_printf (call->out, "%s\n", _ ("试运行：数据库没有改动"));
  else
    g_string_append_printf (
        call->out, _ ("合并号 %ld；要撤销： hongxia merge --undo %ld\n"),
        (long)merged->note, (long)merged->note);
}

/* ------------------------------------------------------------------- writing
 */

static gboolean
write_merge (HxLedger *ledger, gpointer data, GError **error)
{
  MergeCall *call = data;
  g_auto (HxMerged) merged = { 0 };
  if (!hx_merge (ledger, call->rules, &call->order, &merged, error))
    return FALSE;
  if (call->dry_run)
    hx_write_discard (hx_ledger_connection (ledger));
  if (call->as_json)
    say_json (call, &merged);
  else
    say_text (call, &merged);
  return TRUE;
}

static gboolean
write_undo (HxLedger *ledger, gpointer data, GError **error)
{
  MergeCall *call = data;
  if (!hx_merge_undo (ledger, call->rules, call->undo, error))
    return FALSE;
  if (call->dry_run)
    hx_write_discard (hx_ledger_connection (ledger));
  g_string_append_printf (call->out, "%s %" G_GINT64_FORMAT " %s\n",
                          call->rules->merges->name, call->undo,
                          call->dry_run ? _ ("可以撤销，数据库没有改动")
                                        : _ ("已撤销"));
  return TRUE;
}

/* --------------------------------------------------------------------- call */

static gboolean
run_call (HxCli *cli, MergeCall *call, int argc, char **arguments,
          const char *undo, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  if (argc != (undo != NULL ? 1 : 4))
    return hx_fail (error, HX_ERROR_USAGE, _ ("merge 后面的话不完整"), NULL,
                    _ ("hongxia merge --help 有说明"));
  if (undo != NULL
          ? !hx_cli_row_id (undo, &call->undo, error)
          : !hx_cli_row_id (arguments[2], &call->order.keep, error)
                || !hx_cli_row_id (arguments[3], &call->order.other, error))
    return FALSE;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  if (store == NULL)
    return FALSE;
  call->rules = hx_cli_duplicate_rules (
      catalogue, undo != NULL ? NULL : arguments[1], error);
  if (call->rules == NULL)
    return FALSE;
  const HxAuthor author = hx_cli_author ("merge");
  call->out = out;
  if (!hx_measure_write (store, catalogue, &author,
                         undo != NULL ? write_undo : write_merge, call, error))
    return FALSE;
  hx_cli_print ("%s", out->str);
  return TRUE;
}

static gboolean
run_merge (HxCli *cli, int argc, char **arguments, GError **error)
{
  MergeCall call = { 0 };
  g_autofree char *reason = NULL;
  g_autofree char *undo = NULL;
  g_auto (GStrv) take = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { "take", 0, 0, G_OPTION_ARG_STRING_ARRAY, &take, NULL, NULL },
    { "undo", 0, 0, G_OPTION_ARG_STRING, &undo, NULL, NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &call.dry_run, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!hx_cli_options (cli, &hx_command_merge, entries, HX_CLI_ANY_WORDS, &argc,
                       &arguments, error))
    return FALSE;
  if (argc == 0)
    return TRUE;
  call.order.reason = reason != NULL ? reason : _ ("重复登记");
  call.order.take = (const char *const *)take;
  return run_call (cli, &call, argc, arguments, undo, error);
}

const HxCommand hx_command_merge = {
  .name = "merge",
  .synopsis = "KIND KEEP OTHER [--take 字段=other]... [--reason 原因] "
              "[--dry-run] [--json] | --undo MERGE [--dry-run]",
  .summary = N_ ("把重复登记的两行合成一行，可以撤销"),
  .manual
  = N_ ("KEEP 保留，OTHER 作废并永远查得到。凡指向 OTHER 的登记都改指 KEEP；\n"
        "因此与 KEEP 的登记重复的（同一堂课两行都签了到）作废，不多数一次。\n"
        "KEEP 空着的字段用 OTHER 的值填上；两行都有而不同的保留 KEEP 的值，\n"
        "除非用 --take 选定。起止日期和表示离册的代码不自动填。\n\n"
        "  --take 字段=other  这个字段取 OTHER 的值；字段=keep 则不填\n"
        "  --reason 原因      默认“重复登记”\n"
        "  --dry-run          只列出会改什么，数据库不变\n"
        "  --undo MERGE       按合并号撤销；合并改过的内容后来又有变动时不能\n"
        "                     撤销，逐行说明，什么也不改\n"
        "  --json             用 JSON 输出\n\n"
        "例： hongxia merge cadre 12 40 --take 手机=other --dry-run"),
  .run = run_merge,
};
