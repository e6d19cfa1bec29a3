#include "cli/session.h"
#include "plan/plan_json.h"

typedef struct
{
  int year;
  gboolean dry_run, as_json;
  HxRoll roll;
} RollCall;

static gboolean
roll (HxLedger *ledger, gpointer data, GError **error)
{
  RollCall *call = data;
  if (!hx_plan_roll (ledger, call->year, hx_date_today (), &call->roll, error))
    return FALSE;
  if (call->dry_run)
    hx_write_discard (hx_ledger_connection (ledger));
  return TRUE;
}

static void
print_lines (const RollCall *call)
{
  const HxRoll *done = &call->roll;
  for (guint i = 0; i < done->rows->len; i++)
    {
      const HxRolled *rolled = done->rows->pdata[i];
      hx_cli_print_padded (hx_rolled_state_name (rolled->state), 8, FALSE);
      hx_cli_print_padded (rolled->kind->name, 10, FALSE);
      hx_cli_print_padded (rolled->number, 16, FALSE);
      hx_cli_print (" %s\n", rolled->name);
    }
  hx_cli_print (_ ("%d 年：新增 %u 行，已有 %u 行，作废而不再新增的 %u 行\n"),
                call->year + 1, done->added, done->present, done->left_out);
  if (done->filled > 0)
    hx_cli_print (_ ("补上了 %u 个指标的基期值\n"), done->filled);
  if (!done->has_actuals)
    hx_cli_print (_ ("%d 年还没有过完：指标的基期值留空，过完后再运行一次就补上"
                     "\n"),
                  call->year);
  if (done->added > 0)
    hx_cli_print (_ ("新预算指标的金额是 0，等 %d 年批复下达再填；节点的原定"
                     "日期在年初之前还可以改\n"),
                  call->year + 1);
  if (call->dry_run)
    hx_cli_print (_ ("试运行：什么都没有写入\n"));
}

static void
print_json (const RollCall *call)
{
  g_autoptr (GString) out = g_string_new (NULL);
  hx_roll_json (&call->roll, call->year, call->dry_run, out);
  hx_cli_print ("%s\n", out->str);
}

static gboolean
roll_year (HxCli *cli, RollCall *call, GError **error)
{
  g_autoptr (HxCatalogue) catalogue = NULL;
  g_autoptr (HxStore) store = hx_cli_open_catalogue (cli, &catalogue, error);
  const HxAuthor author = hx_cli_author ("roll-forward");
  if (store == NULL
      || !hx_measure_write (store, catalogue, &author, roll, call, error))
    return FALSE;
  (call->as_json ? print_json : print_lines) (call);
  return TRUE;
}

static gboolean
run_roll_forward (HxCli *cli, int argc, char **arguments, GError **error)
{
  RollCall call = { 0 };
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &call.dry_run, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &call.as_json, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gboolean done = hx_cli_options (cli, &hx_command_roll, entries, 1, &argc,
                                  &arguments, error);
  if (done && argc > 0)
    done = hx_cli_year (arguments[1], &call.year, error)
           && roll_year (cli, &call, error);
  hx_roll_clear (&call.roll);
  return done;
}

const HxCommand hx_command_roll = {
  .name = "roll-forward",
  .synopsis = "YEAR [--dry-run] [--json]",
  .summary = N_ ("把一年的目标、任务、节点、预算指标和绩效指标结转成下一年的"),
  .manual = N_ (
      "今年的一行也不动。编号里的年份改成下一年，日期顺延一年（2 月 29 日改为\n"
      "28 日，不避开节假日）。节点取原定日期，不取调整后的；预算指标的金额是 "
      "0，\n"
      "等批复下达再填；绩效指标的基期值取今年的实际值，今年还没有过完就留空。\n"
      "下一年已有的编号不再新增，所以再运行一次什么也不会多出来；作废了的也不会"
      "\n"
      "再新增。新节点在下一年 1 月 1 日之前还可以改原定日期。\n"
      "  --dry-run  只列出会新增什么，不写入\n"
      "  --json     用 JSON 输出\n\n"
      "例： hongxia roll-forward 2023 --dry-run"),
  .run = run_roll_forward,
};
